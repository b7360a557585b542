//! Bytes to letters: by the font they are set in, or else by what the file says of itself.

use std::collections::BTreeMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// The most fonts that are known.
const FONTS: usize = 10_000;

/// The encoding of each font that has one, and that of the file.
#[derive(Default)]
pub(super) struct Letters {
    fonts: BTreeMap<i32, &'static Encoding>,
    file: Option<&'static Encoding>,
}

impl Letters {
    /// Takes over the number of the file's encoding.
    pub fn set_file(&mut self, page: i32) {
        self.file = of_page(page);
    }

    /// Takes over the number of a font's encoding.
    pub fn set_page(&mut self, font: i32, page: i32) {
        self.set(font, of_page(page));
    }

    /// Takes over the letters that a font is for.
    pub fn set_charset(&mut self, font: i32, charset: i32) {
        let encoding = match charset {
            134 => Some(GBK),
            136 => Some(BIG5),
            128 => Some(SHIFT_JIS),
            129 => Some(EUC_KR),
            _ => None,
        };
        self.set(font, encoding);
    }

    fn set(&mut self, font: i32, encoding: Option<&'static Encoding>) {
        if let Some(encoding) = encoding
            && self.fonts.len() < FONTS
        {
            self.fonts.insert(font, encoding);
        }
    }

    /// What some bytes say in a font; the other one is for Chinese.
    pub fn decode(&self, bytes: &[u8], font: i32, wide: i32) -> String {
        let of = |font| self.fonts.get(&font).copied();
        let encoding = of(font).or(of(wide)).or(self.file);
        let encoding = encoding.unwrap_or(WINDOWS_1252);
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

fn of_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        936 => GBK,
        54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        65001 => UTF_8,
        1252 => WINDOWS_1252,
        _ => return None,
    })
}
