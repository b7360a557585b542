//! The markup looked at as validators and those who listen to pages look at it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::*;
use crate::doc::compose::compose;
use crate::form;
use crate::report::{Edit, Entry, Number, Report};

/// A report with something in every cell, headings of all levels, one of which skips a level, and a link.
fn report(id: &str) -> Report {
    let edition = form::by_id(id).unwrap();
    let mut report = Report::new(edition.clone(), 2022);
    let name = Entry::Text("云溪县青石镇人民政府".to_owned());
    report.apply(Edit::Enter(edition.issuer_field, name));
    let text = "1.先看这里\n地址是https://www.example.gov.cn/a?b=1&c=<2>。\n（一）主动公开情况\n1.栏目\n“引号”&符号。";
    for (_, field) in edition.passages() {
        report.apply(Edit::Enter(field, Entry::Text(text.to_owned())));
    }
    for id in edition.cells().filter(|&id| !edition.field(id).is_total()) {
        report.apply(Edit::Enter(id, Entry::Number(Number::ONE)));
    }
    report
}

fn all<'a>(page: &'a Html, what: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(what).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// What the rules for pages that anybody can use say of the inside of a page.
fn look_at(page: &Html) {
    let mut above = 1;
    for heading in all(page, "h1, h2, h3, h4, h5, h6") {
        let rank: u8 = heading.value().name()[1..].parse().unwrap();
        assert!(rank <= above + 1, "{}", text(heading));
        assert!(!text(heading).is_empty());
        above = rank;
    }
    for link in all(page, "a") {
        assert!(!text(link).is_empty() && link.attr("href").is_some());
    }
    let mut ids = BTreeSet::new();
    for named in all(page, "[id]") {
        assert!(ids.insert(named.attr("id").unwrap().to_owned()));
    }
    for head in all(page, "th") {
        let scope = head.attr("scope").unwrap();
        assert!(["col", "row", "rowgroup", "colgroup"].contains(&scope));
        assert!(!text(head).is_empty());
    }
    for figure in all(page, "td") {
        for heading in figure.attr("headers").unwrap_or_default().split(' ') {
            assert!(heading.is_empty() || ids.contains(heading), "{heading}");
        }
    }
    for region in all(page, "[role=region], [tabindex]") {
        assert!(!region.attr("aria-label").unwrap().is_empty());
    }
}

#[test]
fn a_page_has_no_fault_and_tells_everything_in_order() {
    for id in ["2019", "2021"] {
        let doc = compose(&report(id));
        let page = Html::parse_document(&page(&doc));
        look_at(&page);
        let of = |what: &str| all(&page, what);
        assert_eq!(of("html")[0].attr("lang"), Some("zh-CN"));
        assert_eq!(text(of("title")[0]), doc.title);
        assert_eq!((of("main").len(), of("h1").len()), (1, 1));
        let tables = of("table").len();
        assert_eq!((tables, of("caption").len()), (3, 3));
        // Every figure names what it stands under.
        assert_eq!(of("td").len(), of("td[headers]").len());
        // A heading of the third level right below the first looks as ever.
        assert!(!of("h3.third").is_empty() && !of("h4").is_empty());
    }
}

#[test]
fn a_fragment_has_no_fault_within_a_page() {
    let doc = compose(&report("2021"));
    let inside = fragment(&doc);
    let page =
        format!("<!DOCTYPE html><html><head><title>站</title></head><body>{inside}</body></html>");
    look_at(&Html::parse_document(&page));
}
