//! Bytes to text: the encodings in which Chinese offices save text. It knows no format.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use unicode_normalization::UnicodeNormalization as _;

/// One broken character in so many is a slip of whoever saved the text.
const BROKEN: usize = 500;

/// The text of a file, its lines separated by `\n`; `None` when it is no text.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return clean(encoding, bytes).map(|text| tidy(&text));
    }
    if let Some(encoding) = wide(bytes) {
        return clean(encoding, bytes).map(|text| tidy(&text));
    }
    let declared = declared(bytes);
    let exact = [Some(UTF_8), declared, Some(GB18030)];
    let exact = exact.into_iter().flatten().find_map(|encoding| {
        let (text, _, broken) = encoding.decode(bytes);
        (!broken).then(|| text.into_owned())
    });
    let text = match exact {
        Some(text) if !text.contains('\0') && is_sound(&text) => text,
        _ => clean(guess(bytes), bytes)?,
    };
    Some(tidy(&text))
}

/// Two bytes a character without a mark in front: every other byte of Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |first: usize| {
        start
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = start.len() / 40;
    match (even > many, odd > many) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding that a web page says it has.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let start = String::from_utf8_lossy(start).to_lowercase();
    let (_, rest) = start.split_once("charset=")?;
    let label: String = rest
        .chars()
        .skip_while(|c| matches!(c, '"' | '\'' | ' '))
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes()).filter(|&encoding| encoding != UTF_8)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guess == UTF_8 || guess == BIG5 {
        guess
    } else {
        GB18030
    }
}

fn clean(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, _, _) = encoding.decode(bytes);
    (is_sound(&text) && !text.contains('\0')).then(|| text.into_owned())
}

/// Whether hardly anything in it is broken.
fn is_sound(text: &str) -> bool {
    let is_broken =
        |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace() && *c != '\u{7}');
    text.chars().filter(is_broken).count() * BROKEN <= text.chars().count()
}

/// The text with one kind of line end, without what cannot be seen.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\u{7}", "\t").replace("\r\n", "\n");
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Word's manual line and page breaks survive in text that was copied out of it.
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            // Its marks between cells do, too.
            '\u{7}' => kept.push('\t'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            // Text drawn out of a PDF has look-alikes of common characters.
            '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
                kept.extend(std::iter::once(c).nfkc());
            }
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => kept.push(c),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_understood() {
        let expected = Some("乡镇\n报告1\n".to_owned());
        let text = "乡镇\r\n报告1\r\n";
        assert_eq!(decode(text.as_bytes()), expected);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()), expected);
        assert_eq!(decode(&GB18030.encode(text).0), expected);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little), expected);
        assert_eq!(decode(&big), expected);
        assert_eq!(
            decode(&[&[0xFF, 0xFE], little.as_slice()].concat()),
            expected
        );
        assert_eq!(decode(&[&[0xFE, 0xFF], big.as_slice()].concat()), expected);
    }

    #[test]
    fn a_page_may_say_its_encoding() {
        let text = "<meta charset=\"big5\"><p>報告</p>";
        assert_eq!(decode(&BIG5.encode(text).0).as_deref(), Some(text));
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(
            decode("甲\u{200b}乙\u{2f42}\u{b}丙\r\u{7}".as_bytes()).as_deref(),
            Some("甲乙文\n丙\t")
        );
    }

    #[test]
    fn a_slip_in_a_long_text_is_forgiven() {
        let mut bytes = "甲乙丙丁".repeat(500).into_bytes();
        bytes.push(0xFF);
        assert!(decode(&bytes).is_some());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            &b"a\0b"[..],
            b"\xff\xff\xff",
            b"\x81\x01\x02",
            "a\u{fffd}".as_bytes(),
        ] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
