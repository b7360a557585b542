//! Records of old workbooks, and the texts in them that go on in further records.

/// The record in which the one before it goes on.
const CONTINUE: u16 = 0x3C;
/// In how many records one may go on.
const CONTINUED: usize = 100_000;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    u16_at(bytes, at).map(usize::from)
}

/// A number in four bytes: a whole number or half of a floating one, perhaps of hundredths.
pub(super) fn packed(number: u32) -> f64 {
    let value = if number & 2 == 0 {
        f64::from_bits(u64::from(number & !3) << 32)
    } else {
        f64::from(number.cast_signed() >> 2)
    };
    if number & 1 == 0 {
        value
    } else {
        value / 100.0
    }
}

/// A record: what it is, and its bytes with those of the records in which it goes on.
pub(super) struct BiffRecord<'a> {
    pub(super) kind: u16,
    pub(super) bytes: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

/// The records from a place on.
pub(super) struct BiffRecords<'a> {
    rest: &'a [u8],
}

impl<'a> BiffRecords<'a> {
    pub(super) fn from(bytes: &'a [u8], at: usize) -> Self {
        Self {
            rest: bytes.get(at..).unwrap_or_default(),
        }
    }

    fn take(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = u16_at(self.rest, 0)?;
        let length = size_at(self.rest, 2)?;
        let whole = self.rest.get(4..)?;
        let (bytes, rest) = whole.split_at(length.min(whole.len()));
        self.rest = rest;
        Some((kind, bytes))
    }
}

impl<'a> Iterator for BiffRecords<'a> {
    type Item = BiffRecord<'a>;

    fn next(&mut self) -> Option<BiffRecord<'a>> {
        let (kind, bytes) = self.take()?;
        let mut more = Vec::new();
        while more.len() < CONTINUED && u16_at(self.rest, 0) == Some(CONTINUE) {
            more.push(self.take()?.1);
        }
        Some(BiffRecord { kind, bytes, more })
    }
}

/// A place in a record and those in which it goes on.
pub(super) struct BiffTexts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

/// A text, and from which of its letters on which font is used.
pub(super) struct BiffText {
    letters: Vec<u16>,
    fonts: Vec<(u16, u16)>,
}

impl BiffText {
    pub(super) fn plain(&self) -> String {
        String::from_utf16_lossy(&self.letters)
    }

    /// The text with other signs for the letters in some of the fonts.
    pub(super) fn changed(
        &self,
        is_font: impl Fn(u16) -> bool,
        change: fn(char) -> char,
    ) -> String {
        if !self.fonts.iter().any(|(_, font)| is_font(*font)) {
            return self.plain();
        }
        let mut text = String::new();
        let (mut at, mut is_changed) = (0, false);
        let mut fonts = self.fonts.iter().peekable();
        for letter in char::decode_utf16(self.letters.iter().copied()) {
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            while let Some((_, font)) = fonts.next_if(|(from, _)| usize::from(*from) <= at) {
                is_changed = is_font(*font);
            }
            text.push(if is_changed { change(letter) } else { letter });
            at += letter.len_utf16();
        }
        text
    }
}

impl<'a> BiffTexts<'a> {
    /// From a place in the first part of a record on.
    pub(super) fn of(record: &BiffRecord<'a>, at: usize) -> Self {
        let mut parts = vec![record.bytes.get(at..).unwrap_or_default()];
        parts.extend(&record.more);
        Self {
            parts,
            part: 0,
            at: 0,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            let part = self.parts.get(self.part)?;
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at);
            let step = left.min(count);
            self.at += step;
            count -= step;
            if count > 0 {
                (self.part, self.at) = (self.part + 1, 0);
            }
        }
        Some(())
    }

    /// A text of so many letters, with what stands before and behind it.
    pub(super) fn rich(&mut self, length: usize) -> Option<BiffText> {
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.u16()? };
        let extension = if flags & 4 == 0 { 0 } else { self.u32()? };
        let mut is_wide = flags & 1 == 1;
        let mut letters = Vec::new();
        for _ in 0..length {
            // Where a text goes on in another record, its flags stand there again.
            if self
                .parts
                .get(self.part)
                .is_some_and(|part| self.at >= part.len())
            {
                (self.part, self.at) = (self.part + 1, 0);
                is_wide = self.byte()? & 1 == 1;
            }
            letters.push(if is_wide {
                self.u16()?
            } else {
                u16::from(self.byte()?)
            });
        }
        let mut fonts = Vec::new();
        for _ in 0..runs {
            fonts.push((self.u16()?, self.u16()?));
        }
        self.skip(usize::try_from(extension).ok()?)?;
        Some(BiffText { letters, fonts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_of_a_text_is_looked_at_once() {
        let text = BiffText {
            letters: "12345".encode_utf16().collect(),
            fonts: vec![(1, 7), (2, 0), (4, 7)],
        };
        let mark = |_: char| '*';
        assert_eq!(text.changed(|font| font == 7, mark), "1*34*");
        let many = BiffText {
            letters: vec![65; 65_535],
            fonts: vec![(65_535, 7); 65_535],
        };
        let begun = std::time::Instant::now();
        assert_eq!(many.changed(|font| font == 7, mark).len(), 65_535);
        assert!(begun.elapsed().as_secs() < 60);
    }

    #[test]
    fn a_record_goes_on_in_no_more_records_than_a_text_needs() {
        let more = [&CONTINUE.to_le_bytes()[..], &[0, 0]].concat();
        let bytes = [&[0xFC, 0, 0, 0][..], &more.repeat(CONTINUED + 1)].concat();
        let first = BiffRecords::from(&bytes, 0).next().unwrap();
        assert_eq!(first.more.len(), CONTINUED);
    }
}
