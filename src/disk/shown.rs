//! Names of files as they are shown: in one line, and without what would make a terminal do something.

use std::borrow::Cow;
use std::path::Path;

/// A path for a reader: a control character in a name is shown and does nothing.
#[must_use]
pub fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if !text.contains(is_odd) {
        return text;
    }
    text.chars()
        .map(|c| if is_odd(c) { picture(c) } else { c })
        .collect()
}

/// Text without the control characters that a terminal would obey; lines and tabs stay.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| is_odd(c) && !matches!(c, '\n' | '\t');
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| if obeyed(c) { picture(c) } else { c })
        .collect()
}

/// Whether a character belongs to no name: controls, line ends, and what turns the direction of writing.
fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What is shown instead: Unicode has pictures of the old controls.
fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7F => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_makes_a_terminal_do_anything() {
        for (name, seen) in [
            ("青石镇 2025.txt", "青石镇 2025.txt"),
            ("a\u{1b}[31mb\n2", "a␛[31mb␊2"),
            ("\u{202E}txt.exe\u{9b}0m", "\u{FFFD}txt.exe\u{FFFD}0m"),
        ] {
            assert_eq!(shown(Path::new(name)), seen);
        }
        assert_eq!(plain("一\t二\n\u{1b}]0;三\u{7}"), "一\t二\n␛]0;三␇");
        assert!(matches!(plain("一\t二\n"), Cow::Borrowed(_)));
    }
}
