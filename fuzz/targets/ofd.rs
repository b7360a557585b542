//! OFD documents: a whole package, or the markup of a page that is put into one.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const ROOT: &[u8] = b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>";
const DOCUMENT: &[u8] =
    b"<Document><PublicRes>P.xml</PublicRes><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>";

fn packed(markup: &[u8]) -> Option<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in [("OFD.xml", ROOT), ("D.xml", DOCUMENT), ("P.xml", markup)] {
        package.start_file(name, options).ok()?;
        package.write_all(bytes).ok()?;
    }
    Some(package.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        nianbao_fuzz::read("a.ofd", bytes);
    } else if let Some(package) = packed(bytes) {
        nianbao_fuzz::read("a.ofd", &package);
    }
});
