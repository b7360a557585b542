//! What is exported is read back as the same report.

use nianbao::doc::compose::compose;
use nianbao::doc::recognise::recognise;
use nianbao::export;
use nianbao::report::{Draft, Entry, Report};
use nianbao::{form, import};

use crate::sample::{enter, zero_report};

fn assert_comes_back(report: &Report, format: &str) {
    let writer = export::by_name(format).unwrap();
    let bytes = writer.bytes(&Draft::new(report.clone())).unwrap();
    let doc = import::read(&format!("report.{}", writer.extension), &bytes).unwrap();
    let again = recognise(&doc, form::all(), None).unwrap().report;
    assert_eq!(again.edition().id, report.edition().id);
    assert_eq!(
        (again.issuer(), again.year(), again.title()),
        (report.issuer(), report.year(), report.title())
    );
    let edition = report.edition();
    for id in edition.ids() {
        let field = edition.field(id);
        if field.is_total() {
            // A total is printed as it is derived.
            assert_eq!(again.entry(id).number(), report.value(id), "{}", field.key);
        } else if *report.entry(id) != Entry::Blank || field.section.is_some() {
            assert_eq!(
                again.entry(id).shown(),
                report.entry(id).shown(),
                "{}",
                field.key
            );
        }
    }
    assert_eq!(compose(&again), compose(report));
}

fn busy_report(edition: &str, year: u16) -> Report {
    let mut report = zero_report(edition, year);
    let form = report.edition().clone();
    let inputs = form.cells().filter(|&id| !form.field(id).is_total());
    for (n, id) in inputs.enumerate() {
        enter(
            &mut report,
            &form.field(id).key.clone(),
            &(n * 37 % 1009).to_string(),
        );
    }
    report
}

#[test]
fn a_text_export_is_read_back_as_the_same_report() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        assert_comes_back(&zero_report(edition, year), "txt");
        assert_comes_back(&busy_report(edition, year), "txt");
    }
}

#[test]
fn a_blank_stays_blank_on_the_way() {
    let mut report = busy_report("2021", 2025);
    for key in [
        "requests.new_received@natural_person",
        "proactive.fees@amount",
        "review_litigation@review.other",
    ] {
        enter(&mut report, key, "");
    }
    enter(&mut report, "proactive.regulations@made", "435.532");
    assert_comes_back(&report, "txt");
}
