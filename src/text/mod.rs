//! How Chinese texts are written: widths of characters, numerals, numbers of headings, ends of lines.
//!
//! It knows no form and no format.

/// Everything that ends a line in the programs texts come from; Word's soft break is among it.
pub const LINE_BREAKS: [char; 7] = [
    '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
];

/// The character as it is written with half the width, if it has such a form: `７` and `7`, `（` and `(`.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character is a digit, of whichever width.
#[must_use]
pub fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// Whether a character is one of the numerals that headings are numbered with.
#[must_use]
pub fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// Whether some words are a number as headings have it, such as `十二`.
#[must_use]
pub fn is_number(words: &str) -> bool {
    !words.is_empty() && words.chars().all(is_numeral)
}

/// The number that some words spell with Chinese numerals, such as `廿四`, `一百零五` or `二〇`; `None` for other words.
#[must_use]
pub fn spelled(words: &str) -> Option<i64> {
    let digits: Option<Vec<i64>> = words.chars().map(digit).collect();
    match digits {
        Some(digits) if digits.is_empty() || digits.len() > 15 => None,
        Some(digits) => Some(digits.into_iter().fold(0, |sum, digit| sum * 10 + digit)),
        None => with_units(words),
    }
}

/// A numeral of one figure, of the plain and of the bankers' kind.
fn digit(c: char) -> Option<i64> {
    let plain = "〇一二三四五六七八九";
    let banked = "零壹贰叁肆伍陆柒捌玖";
    let place = |row: &str| row.chars().position(|numeral| numeral == c);
    let place = place(plain).or_else(|| place(banked)).or(match c {
        '○' => Some(0),
        '两' => Some(2),
        _ => None,
    })?;
    i64::try_from(place).ok()
}

/// The worth of a numeral that multiplies the one before it.
fn unit(c: char) -> Option<i64> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1_000),
        '万' => Some(10_000),
        _ => None,
    }
}

/// `二十四` and its like: figures, each before a smaller unit than the one before it.
fn with_units(words: &str) -> Option<i64> {
    let words = words.replace('廿', "二十").replace('卅', "三十");
    let (mut sum, mut below, mut least) = (0, 0, i64::MAX);
    let mut figure = None;
    for c in words.chars() {
        if let Some(unit) = unit(c) {
            if unit == 10_000 {
                let times = below + figure.take().unwrap_or(0);
                if times == 0 || sum > 0 {
                    return None;
                }
                (sum, below, least) = (times * unit, 0, unit);
                continue;
            }
            let bare = unit == 10 && below == 0 && sum == 0;
            let times = figure.take().or(bare.then_some(1))?;
            if unit >= least || times == 0 {
                return None;
            }
            below += times * unit;
            least = unit;
        } else {
            // Nothing but a zero stands beside a figure without a unit between.
            let before = figure.replace(digit(c)?);
            if before.is_some_and(|before| before != 0) {
                return None;
            }
        }
    }
    Some(sum + below + figure.unwrap_or(0))
}

/// The level that the number before a heading gives it, and what comes after the number:
/// 1 for `一、`, 2 for `（一）`, 3 for `1.`.
#[must_use]
pub fn numbered(line: &str) -> Option<(u8, &str)> {
    if let Some(rest) = line.strip_prefix(['（', '(']) {
        let (number, rest) = rest.split_once(['）', ')'])?;
        return is_number(number).then_some((2, rest));
    }
    let rest = line.trim_start_matches(is_numeral);
    if rest.len() < line.len() {
        return Some((1, rest.strip_prefix('、')?));
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['.', '．', '、'])?;
    let is_figure = rest.starts_with(|c: char| c.is_ascii_digit());
    (line.starts_with(|c: char| c.is_ascii_digit()) && !is_figure).then_some((3, rest))
}

/// A text with the characters `start..end` replaced.
#[must_use]
pub fn replaced(text: &str, stretch: (usize, usize), by: &str) -> String {
    let (start, end) = stretch;
    let mut bytes = text
        .char_indices()
        .map(|(byte, _)| byte)
        .chain([text.len()]);
    let start_byte = bytes.nth(start).unwrap_or(text.len());
    let end_byte = match end.checked_sub(start + 1) {
        Some(more) => bytes.nth(more).unwrap_or(text.len()),
        None => start_byte,
    };
    let head = text.get(..start_byte).unwrap_or_default();
    let tail = text.get(end_byte..).unwrap_or_default();
    [head, by, tail].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_have_half_the_width() {
        let half: String = "１２％（Ａ）　，。件".chars().map(half_width).collect();
        assert_eq!(half, "12%(A) ,。件");
        assert!(is_digit('０') && is_digit('9') && !is_digit('九'));
    }

    #[test]
    fn numbers_are_read_that_are_spelled_out() {
        for (words, number) in [
            ("〇", Some(0)),
            ("零", Some(0)),
            ("廿四", Some(24)),
            ("卅", Some(30)),
            ("二十四", Some(24)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("两", Some(2)),
            ("二〇", Some(20)),
            ("一百零五", Some(105)),
            ("三千二百", Some(3_200)),
            ("一万零二十", Some(10_020)),
            ("贰拾肆", Some(24)),
            ("", None),
            ("二十四五", None),
            ("十百", None),
            ("百", None),
            ("若干", None),
            ("二三十", None),
        ] {
            assert_eq!(spelled(words), number, "{words}");
        }
    }

    #[test]
    fn headings_are_known_by_their_numbers() {
        for (line, found) in [
            ("一、总体情况", Some((1, "总体情况"))),
            ("十二、", Some((1, ""))),
            ("（三）监督", Some((2, "监督"))),
            ("(二)管理", Some((2, "管理"))),
            ("1.公开", Some((3, "公开"))),
            ("12、公开", Some((3, "公开"))),
            ("1.5件", None),
            ("一是", None),
            ("（1）公开", None),
            ("（）公开", None),
            (".公开", None),
            ("", None),
        ] {
            assert_eq!(numbered(line), found, "{line}");
        }
    }
}
