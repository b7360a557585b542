//! Word documents: a whole package, or the markup of a document that is put into one.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        nianbao_fuzz::read("a.docx", bytes);
    } else if let Some(package) = nianbao_fuzz::packed(&[("word/document.xml", bytes)]) {
        nianbao_fuzz::read("a.docx", &package);
    }
});
