//! Readers: bytes of some file format to a [`crate::doc::Doc`]. They know no form and no report.
