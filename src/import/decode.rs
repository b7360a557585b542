//! Bytes to text: the encodings in which Chinese offices save plain text. It knows no format.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The text of a file, its lines separated by `\n`; `None` when it is no text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => clean(encoding, bytes)?,
        None => clean(UTF_8, bytes).or_else(|| clean(GB18030, bytes))?,
    };
    // GB 18030 has a byte order mark too, which the decoder takes for text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n");
    // Word's manual line and page breaks survive in text that was copied out of it.
    let text = text.replace(
        ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'],
        "\n",
    );
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    (!text.contains(is_control)).then_some(text)
}

fn clean(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, _, broken) = encoding.decode(bytes);
    (!broken && !text.contains('\u{fffd}')).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_understood() {
        let expected = Some("乡镇\n报告".to_owned());
        let text = "乡镇\r\n报告";
        assert_eq!(decode(text.as_bytes()), expected);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()), expected);
        assert_eq!(decode(&GB18030.encode(text).0), expected);
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&wide), expected);
        let mut wide = vec![0xFE, 0xFF];
        wide.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(decode(&wide), expected);
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
