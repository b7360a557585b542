//! Checks, each against a named peer in the same run: the median of many runs and the ratio.
//!
//! `cargo bench --no-default-features --bench check`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops at the first surprise"
)]

mod median;
mod table;

use std::hint::black_box;

use median::median;
use nianbao::check::check_draft;
use nianbao::export;
use nianbao::report::{Draft, Edit, Entry, Prior};
use table::{row, sample};

const HANZI: usize = 20_000;

fn check(draft: &Draft) {
    let json = export::by_name("json").unwrap();
    let text = json.bytes(draft).unwrap();
    let ours = median(|| first_check(draft));
    let theirs = median(|| {
        drop(black_box(
            serde_json::from_slice::<serde_json::Value>(&text).unwrap(),
        ));
    });
    row("审核整份报告", ours, "serde_json读同一份报告", theirs);
}

/// A check of what was never read: a thread of its own knows nothing of the text.
fn first_check(draft: &Draft) {
    let check = || drop(black_box(check_draft(draft)));
    std::thread::scope(|scope| scope.spawn(check).join().unwrap());
}

fn hanzi(text: &str) -> usize {
    text.chars().filter(|c| *c >= '\u{4e00}').count()
}

/// The same report with 20,000 Hanzi in its first section, and last year's beside it.
fn long_draft(draft: &Draft, paragraph: impl Fn(usize) -> String) -> Draft {
    let mut report = draft.report().clone();
    let edition = report.edition().clone();
    let (_, overview) = edition.passages().nth(1).unwrap();
    let (mut text, mut count) = (String::new(), 0);
    for n in 0.. {
        let more = paragraph(n) + "\n";
        count += hanzi(&more);
        text += &more;
        if count >= HANZI {
            break;
        }
    }
    let prior = report.clone();
    report.apply(Edit::Enter(overview, Entry::Text(text)));
    let mut long = Draft::new(report);
    long.set_prior(Some(Prior {
        report: prior,
        source: "上年度".to_owned(),
    }));
    long
}

/// A paragraph in which every clause holds a figure, and many are not those of the tables.
fn dense(n: usize) -> String {
    let (a, b) = (n % 7, n % 11);
    format!(
        "{n}．全年共收到政府信息公开申请{a}件，比上年增加{b}件，增长{b}%，其中自然人{a}件、商业企业{b}件；上年结转{b}件，予以公开{a}件、部分公开{b}件、\
        不予公开1件，结转下年度{b}件。未发生行政复议、行政诉讼。制发行政规范性文件{a}件，废止{b}件，现行有效{a}{b}件。作出行政许可决定{a}{b}件、行政处罚决定{b}件，\
        通过网站公开信息{a}{b}条，办结率100%。"
    )
}

/// The whole text as it is opened, and after a change in one paragraph: what is known of the others is not read anew.
fn check_long(what: &str, mut long: Draft) {
    let edition = long.report().edition().clone();
    let text: String = edition
        .passages()
        .map(|(_, id)| long.report().text(id))
        .collect();
    let any = regex::Regex::new("\\p{Han}").unwrap();
    let theirs = median(|| {
        black_box(any.find_iter(&text).count());
    });
    let peer = "regex逐字数一遍同样的汉字";
    let ours = median(|| first_check(&long));
    row(what, ours, peer, theirs);
    let (_, overview) = edition.passages().nth(1).unwrap();
    let written = long.report().text(overview).to_owned();
    let middle = written.ceil_char_boundary(written.len() / 2);
    let mut count = 0;
    let ours = median(|| {
        count += 1;
        let mut text = written.clone();
        text.insert_str(middle, &"字".repeat(count));
        long.edit("写", Edit::Enter(overview, Entry::Text(text)));
        drop(black_box(check_draft(&long)));
    });
    row(&format!("{what}，改一段以后"), ours, peer, theirs);
}

fn main() {
    let draft = sample();
    table::head();
    check(&draft);
    let report = draft.report();
    let edition = report.edition();
    let own: String = edition.passages().map(|(_, id)| report.text(id)).collect();
    let mixed = long_draft(&draft, |n| own.replace("信息", &format!("信息{n}")));
    check_long("审核两万字的报告", mixed);
    check_long("审核两万字、句句有数的报告", long_draft(&draft, dense));
}
