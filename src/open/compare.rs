//! Two readings of one report, compared figure by figure and text by text.

use crate::report::{Entry, Report};

/// How many differing figures are named, one by one.
const NAMED: usize = 20;

/// How much a reading holds: first its texts, then its figures.
pub(super) fn fullness(report: &Report) -> (usize, usize) {
    let edition = report.edition();
    let texts = edition.passages();
    let texts = texts.filter(|(_, id)| !report.text(*id).is_empty()).count();
    let figures = edition.cells();
    let figures = figures.filter(|&id| report.entry(id).number().is_some());
    (texts, figures.count())
}

/// Where a second reading says something else than the first one, a sentence each.
pub(super) fn differences(
    name: &str,
    own: &Report,
    other_name: &str,
    other: &Report,
) -> Vec<String> {
    let edition = own.edition();
    if edition.id != other.edition().id {
        return vec![format!(
            "“{name}”和“{other_name}”的格式版本不同，没有对照，导入的是“{name}”"
        )];
    }
    let mut found = Vec::new();
    if bare(&own.title()) != bare(&other.title()) && !other.issuer().is_empty() {
        found.push(format!(
            "标题：“{name}”中是“{}”，“{other_name}”中是“{}”",
            own.title(),
            other.title()
        ));
    }
    let (mut more, mut unread) = (0, 0);
    for id in edition.cells() {
        let shown = |report: &Report| match report.entry(id) {
            Entry::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let (own, other) = (shown(own), shown(other));
        if own == other {
            continue;
        }
        let Some(other) = other else {
            unread += 1;
            continue;
        };
        if found.len() >= NAMED {
            more += 1;
            continue;
        }
        let own = own.map_or_else(|| "没有读到".to_owned(), |own| format!("是{own}"));
        found.push(format!(
            "{}：“{name}”中{own}，“{other_name}”中是{other}",
            edition.field(id).label
        ));
    }
    if more > 0 {
        found.push(format!("“{name}”和“{other_name}”还有{more}个数不同"));
    }
    if unread > 0 {
        found.push(format!(
            "“{name}”中的{unread}个数在“{other_name}”中没有读到，没有对照"
        ));
    }
    for (section, id) in edition.passages() {
        let (own, other) = (bare(own.text(id)), bare(other.text(id)));
        if own == other || other.is_empty() {
            continue;
        }
        let pairs = own.chars().zip(other.chars());
        let same = pairs.take_while(|(own, other)| own == other).count();
        let from = |text: &str| text.chars().skip(same).take(12).collect::<String>();
        found.push(format!(
            "{}：“{name}”和“{other_name}”的文字不同，从“{}”和“{}”起",
            section.label,
            from(&own),
            from(&other)
        ));
    }
    found
}

/// A text without what formats break and join in their own ways.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}
