//! When two printed labels mean the same: width, spaces, brackets and quotation marks folded,
//! and small alterations measured. It knows no form.

use crate::text;

/// The longest label whose alterations are measured, in characters.
const LONGEST: usize = 90;

/// What a printed table counts in, where that follows a figure in its cell.
const UNITS: [char; 8] = ['件', '份', '条', '宗', '项', '次', '起', '个'];

/// Whether a text is nothing but the name of what is counted.
#[must_use]
pub fn is_unit(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|letter| UNITS.contains(&letter)) && letters.next().is_none()
}

/// A text without the unit behind it.
#[must_use]
pub fn without_unit(text: &str) -> &str {
    let text = text.trim();
    let bare = text.trim_end_matches(['）', ')', '（', '(', '元', '万']);
    let text = if text.ends_with(['元', '）', ')']) {
        bare
    } else {
        text
    };
    text.strip_suffix(UNITS).unwrap_or(text).trim_end()
}

/// Whether a character is a raised digit, as the marks of notes are.
#[must_use]
pub fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

/// A character as it looks raised: the digits have own signs.
#[must_use]
pub fn raised(c: char) -> char {
    let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    let signs = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit
        .and_then(|digit| signs.get(digit))
        .copied()
        .unwrap_or(c)
}

/// A label without what printing alone changes; its leading number is kept.
#[must_use]
pub fn fold(text: &str) -> String {
    let visible = text.chars().filter(|c| {
        let unseen = matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
        !(c.is_whitespace() || c.is_control() || unseen || is_quote(*c))
    });
    alike_number(visible.map(fold_char).collect())
}

/// `1.`, `1、`, `(1)` and `①` before a label are the same number.
fn alike_number(folded: String) -> String {
    let mut letters = folded.chars();
    if let Some(circled @ '①'..='⑳') = letters.next() {
        let number = u32::from(circled) - u32::from('①') + 1;
        let rest = letters.as_str();
        return format!("{number}.{}", rest.strip_prefix(['.', ',']).unwrap_or(rest));
    }
    let inner = folded.strip_prefix('(').unwrap_or(&folded);
    let bracketed = inner.len() < folded.len();
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = inner.get(..inner.len() - rest.len()).unwrap_or_default();
    let mark = if bracketed { [')', ')'] } else { [',', ')'] };
    match rest.strip_prefix(mark) {
        Some(rest) if (1..=2).contains(&number.len()) => format!("{number}.{rest}"),
        _ => folded,
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
            | '《'
            | '》'
            | '"'
            | '‘'
            | '’'
            | '＇'
            | '\''
    )
}

fn fold_char(c: char) -> char {
    match c {
        '【' | '〔' | '［' | '[' => '(',
        '】' | '〕' | '］' | ']' => ')',
        '、' | '﹑' => ',',
        '。' | '·' | '•' | '｡' => '.',
        '‐'..='―' | '−' | '─' => '-',
        '！'..='～' => text::half_width(c),
        _ => c,
    }
}

/// A folded label without the number before it.
#[must_use]
pub fn unnumbered(folded: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || text::is_numeral(c);
    let inner = folded.strip_prefix('(').unwrap_or(folded);
    let rest = inner.trim_start_matches(is_number);
    if rest.len() == inner.len() {
        return folded;
    }
    let rest = match rest.strip_prefix(')') {
        Some(rest) => Some(rest.strip_prefix([',', '.']).unwrap_or(rest)),
        None if inner.len() == folded.len() => rest.strip_prefix([',', '.']),
        None => None,
    };
    rest.filter(|rest| !rest.is_empty()).unwrap_or(folded)
}

/// A folded label without what stands in brackets, and without a closing colon.
fn bare(folded: &str) -> String {
    let mut depth = 0_usize;
    let kept = folded.chars().filter(|&c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0 && c != ':',
    });
    kept.collect()
}

/// The number before a folded label; empty when there is none.
#[must_use]
pub fn number(folded: &str) -> &str {
    let rest = unnumbered(folded);
    folded.get(..folded.len() - rest.len()).unwrap_or_default()
}

/// Whether two short labels are told apart by their numbers.
fn numbers_part(left: &str, right: &str) -> bool {
    const SHORT: usize = 5;
    let (a, b) = (number(left), number(right));
    let length = unnumbered(left).chars().count();
    let length = length.min(unnumbered(right).chars().count());
    let digits = |text: &str| text.trim_matches(['(', ')', '.', ',']).to_owned();
    !a.is_empty() && !b.is_empty() && digits(a) != digits(b) && length < SHORT
}

/// How far a printed label is from the prescribed one, both folded: 0 is the same; `None` is another.
#[must_use]
pub fn closeness(printed: &str, prescribed: &str) -> Option<usize> {
    if printed == prescribed {
        return Some(0);
    }
    let (left, right) = (unnumbered(printed), unnumbered(prescribed));
    if left.is_empty() || right.is_empty() || numbers_part(printed, prescribed) {
        return None;
    }
    let (left_bare, right_bare) = (bare(left), bare(right));
    if left == right || (left_bare == right_bare && !left_bare.is_empty()) {
        return Some(1);
    }
    let (left_length, right_length) = (left.chars().count(), right.chars().count());
    if left_length > LONGEST || right_length > LONGEST {
        return None;
    }
    let (short, long) = if left_length < right_length {
        (left, right)
    } else {
        (right, left)
    };
    let (less, more) = (left_length.min(right_length), left_length.max(right_length));
    if less >= 4 && less * 10 >= more * 6 && long.contains(short) {
        return Some(2);
    }
    let allowed = (more / 4).min(3);
    if less < 4 || more - less > allowed {
        return None;
    }
    let distance = strsim::levenshtein(left, right);
    (distance <= allowed).then_some(1 + distance)
}

/// The one candidate that a folded label comes closest to, and how close; `None` on a tie.
pub fn closest<'a, T>(
    printed: &str,
    candidates: impl Iterator<Item = (T, &'a str)>,
) -> Option<(T, usize)> {
    let mut best: Option<(T, usize)> = None;
    let mut tied = false;
    for (candidate, label) in candidates {
        let Some(far) = closeness(printed, label) else {
            continue;
        };
        match &best {
            Some((_, least)) if far > *least => {}
            Some((_, least)) if far == *least => tied = true,
            _ => {
                best = Some((candidate, far));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_makes_no_difference() {
        assert_eq!(fold("（一） 甲　乙，“丙”１"), fold("(一)甲乙,丙1"));
        assert_eq!(fold("1．甲、乙"), "1.甲,乙");
        for (text, plain) in [
            ("(一)甲", "甲"),
            ("一)甲", "甲"),
            ("三,甲", "甲"),
            ("12.甲", "甲"),
            ("一甲", "一甲"),
            ("甲", "甲"),
            ("3.", "3."),
        ] {
            assert_eq!(unnumbered(text), plain);
        }
    }

    #[test]
    fn small_alterations_are_near_and_others_far() {
        assert_eq!(closeness("甲乙丙丁", "甲乙丙丁"), Some(0));
        assert_eq!(closeness("甲乙丙丁", "1.甲乙丙丁"), Some(1));
        assert_eq!(
            closeness("甲乙丙丁(单位:元,2)", "甲乙丙丁(单位:元)"),
            Some(1)
        );
        assert_eq!(closeness("甲乙丙丁戊", "己庚甲乙丙丁戊"), Some(2));
        assert_eq!(closeness("甲乙丙戊", "甲乙丙丁"), Some(2));
        assert_eq!(closeness("甲乙戊己", "甲乙丙丁"), None);
        assert_eq!(closeness("甲", "乙"), None);
        assert_eq!(strsim::levenshtein("甲乙丙", "乙丙丁"), 2);
        let labels = ["甲乙丙丁", "甲乙丙戊"];
        assert_eq!(closest("甲乙丙己", labels.into_iter().enumerate()), None);
        let found = closest("甲乙丙丁", labels.into_iter().enumerate());
        assert_eq!(found, Some((0, 0)));
    }
}
