//! Draft files, whole and broken: what is read is written and read again as it was.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use nianbao::store;

fuzz_target!(|bytes: &[u8]| {
    let path = Path::new("a.nianbao");
    let read = store::from_bytes(bytes, path).ok();
    for draft in read.into_iter().chain(store::salvage(bytes)) {
        assert!(store::check_bytes(&draft, &store::to_bytes(&draft)));
    }
});
