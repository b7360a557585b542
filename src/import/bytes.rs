//! Numbers at places of a stream or a file, the lowest byte first.

/// The byte at a place.
pub(super) fn byte(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// The number of two bytes at a place.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

/// The number of four bytes at a place.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

/// The number of four bytes at a place, as a place or a length.
pub(super) fn size(bytes: &[u8], at: usize) -> Option<usize> {
    long(bytes, at).map(|number| number as usize)
}

/// So many bytes from a place on, or as many as there are.
pub(super) fn part(bytes: &[u8], from: usize, length: usize) -> &[u8] {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.get(..length.min(rest.len())).unwrap_or_default()
}
