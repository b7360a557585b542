//! The words of the markup, one after another.

/// The longest word.
const LONGEST: usize = 32;

/// A piece of the markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ControlWord<'a> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// What follows may be skipped by who does not know it.
    Star,
    /// A word and its number.
    Control(&'a str, Option<i32>),
    /// A sign behind a backslash.
    Sign(u8),
    /// A byte of text.
    Text(u8),
}

/// The words of a file.
pub(super) struct ControlWords<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> ControlWords<'a> {
    /// From the start of a file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The bytes from here on that are so.
    fn run(&mut self, most: usize, is_so: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take(most).take_while(|byte| is_so(**byte));
        let length = length.count();
        self.at += length;
        let run = rest.get(..length).unwrap_or_default();
        std::str::from_utf8(run).unwrap_or_default()
    }

    fn control(&mut self) -> ControlWord<'a> {
        let word = self.run(LONGEST, |byte| byte.is_ascii_alphabetic());
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let number: Option<i32> = self.run(10, |byte| byte.is_ascii_digit()).parse().ok();
        let number = number.map(|number| if is_negative { -number } else { number });
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            let length = number.unwrap_or(0).max(0);
            self.at = self.at.saturating_add(length as usize);
        }
        ControlWord::Control(word, number)
    }

    fn escaped(&mut self) -> Option<ControlWord<'a>> {
        let byte = self.peek()?;
        if byte.is_ascii_alphabetic() {
            return Some(self.control());
        }
        self.at += 1;
        Some(match byte {
            b'\'' => {
                let digits = self.run(2, |byte| byte.is_ascii_hexdigit());
                ControlWord::Text(u8::from_str_radix(digits, 16).unwrap_or(b'?'))
            }
            b'*' => ControlWord::Star,
            b'\\' | b'{' | b'}' => ControlWord::Text(byte),
            byte => ControlWord::Sign(byte),
        })
    }
}

impl<'a> Iterator for ControlWords<'a> {
    type Item = ControlWord<'a>;

    fn next(&mut self) -> Option<ControlWord<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => ControlWord::Open,
                b'}' => ControlWord::Close,
                b'\\' => return self.escaped(),
                b'\r' | b'\n' | 0 => continue,
                byte => ControlWord::Text(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_bytes_are_told_apart() {
        let words: Vec<ControlWord<'_>> =
            ControlWords::new(b"{\\*\\ab-12 c\\'b9\\~\n\\{\\bin3 }}}\\v0}").collect();
        assert_eq!(
            words,
            [
                ControlWord::Open,
                ControlWord::Star,
                ControlWord::Control("ab", Some(-12)),
                ControlWord::Text(b'c'),
                ControlWord::Text(0xb9),
                ControlWord::Sign(b'~'),
                ControlWord::Text(b'{'),
                ControlWord::Control("bin", Some(3)),
                ControlWord::Control("v", Some(0)),
                ControlWord::Close,
            ]
        );
        for cut in ["\\", "\\'", "\\'b", "\\bin9999999999 a", "\\a-", "{\\"] {
            assert!(ControlWords::new(cut.as_bytes()).count() < 3, "{cut}");
        }
    }
}
