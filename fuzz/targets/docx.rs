//! Word documents: a whole package, or the markup of a document that is put into one.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn packed(markup: &[u8]) -> Option<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    package.start_file("word/document.xml", options).ok()?;
    package.write_all(markup).ok()?;
    Some(package.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        nianbao_fuzz::read("a.docx", bytes);
    } else if let Some(package) = packed(bytes) {
        nianbao_fuzz::read("a.docx", &package);
    }
});
