//! OFD documents: a whole package, or the markup of a page that is put into one.
#![no_main]

use libfuzzer_sys::fuzz_target;

const ROOT: &[u8] = b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>";
const DOCUMENT: &[u8] =
    b"<Document><PublicRes>P.xml</PublicRes><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>";

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        nianbao_fuzz::read("a.ofd", bytes);
    } else if let Some(package) = nianbao_fuzz::packed(&[
        ("OFD.xml", ROOT),
        ("D.xml", DOCUMENT),
        ("P.xml", bytes),
    ]) {
        nianbao_fuzz::read("a.ofd", &package);
    }
});
