//! Workbooks: a whole package, or the markup of a sheet that is put into one.
#![no_main]

use libfuzzer_sys::fuzz_target;

const RELATIONS: &[u8] = b"<R><R Id='a' Type='/officeDocument' Target='xl/book.xml'/></R>";
const BOOK: &[u8] = b"<w><sheets><sheet name='a' id='a'/></sheets></w>";
const PARTS: &[u8] = b"<R><R Id='a' Type='/worksheet' Target='sheet.xml'/></R>";

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        nianbao_fuzz::read("a.xlsx", bytes);
    } else if let Some(package) = nianbao_fuzz::packed(&[
        ("_rels/.rels", RELATIONS),
        ("xl/book.xml", BOOK),
        ("xl/_rels/book.xml.rels", PARTS),
        ("xl/sheet.xml", bytes),
    ]) {
        nianbao_fuzz::read("a.xlsx", &package);
    }
});
