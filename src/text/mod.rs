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
