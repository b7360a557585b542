//! Spreadsheets of LibreOffice: a whole package, or the markup of the sheets that is put into one.
#![no_main]

use libfuzzer_sys::fuzz_target;

const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        nianbao_fuzz::read("a.ods", bytes);
    } else if let Some(package) = nianbao_fuzz::packed(&[("mimetype", KIND), ("content.xml", bytes)]) {
        nianbao_fuzz::read("a.ods", &package);
    }
});
