//! What all benches share: the sample report, and a row of the table they print.

use std::time::Duration;

use nianbao::report::Draft;
use nianbao::store;

/// A line of the table: ours, the peer, and how many times as long ours takes.
pub fn row(what: &str, ours: Duration, peer: &str, theirs: Duration) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "| {what} | {:.3}毫秒 | {peer} | {:.3}毫秒 | {ratio:.2} |",
        ms(ours),
        ms(theirs)
    );
}

/// The head of the table.
pub fn head() {
    println!("| 做什么 | 年报 | 对照 | 对照用时 | 比值 |\n|---|--:|---|--:|--:|");
}

/// The report that comes with the program.
pub fn sample() -> Draft {
    let bytes = include_bytes!("../../assets/sample.nianbao");
    store::from_bytes(bytes, std::path::Path::new("sample.nianbao")).unwrap()
}
