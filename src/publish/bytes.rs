//! What is looked for in the bytes of a PDF.

/// Where something begins.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Hexadecimal digits as 16-bit units.
pub(super) fn hex(digits: &[u8]) -> Option<Vec<u16>> {
    let digits = std::str::from_utf8(digits).ok()?;
    let units = digits.as_bytes().chunks(4);
    units
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok())
        .collect()
}
