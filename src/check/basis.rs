//! What an explanation rests on: the figures and words of its finding, never the wording of the message.

use super::{Finding, Subject};
use crate::form::FieldId;
use crate::report::{Explanation, Report};

/// How a basis of today begins. Older ones end in the message; they hold as long as they did.
const MARK: &str = "2";

/// Longer words are kept as their beginning and a checksum.
const LONGEST: usize = 200;

impl Finding {
    /// What an explanation of it rests on: while this is the same, the explanation holds.
    #[must_use]
    pub fn basis(&self, subject: &Subject<'_>) -> String {
        of(self, subject)
    }
}

/// What an explanation of this finding would rest on.
pub(super) fn of(finding: &Finding, subject: &Subject<'_>) -> String {
    let (place, cells) = (place(finding), keys(finding, subject));
    let expected = finding.expected.as_deref().unwrap_or_default();
    let facts = [
        &values(subject.report, &finding.cells),
        expected,
        finding.actual.as_deref().unwrap_or_default(),
        &shortened(&words(finding, subject)),
    ];
    let further = finding.rests_on.iter().map(|fact| shortened(fact));
    let facts: Vec<_> = facts
        .map(str::to_owned)
        .into_iter()
        .chain(further)
        .collect();
    format!("{MARK}|{place}|{cells}|{}", facts.join("|"))
}

/// Whether an explanation rests on what the finding, whose basis is given, says now.
pub(super) fn holds(
    explanation: &Explanation,
    finding: &Finding,
    basis: &str,
    subject: &Subject<'_>,
) -> bool {
    explanation.rule == finding.rule.name
        && (explanation.basis == basis || held_before(&explanation.basis, finding, subject))
}

/// Whether an explanation was written for the same place, whatever stands there now.
pub(super) fn is_about(
    explanation: &Explanation,
    finding: &Finding,
    subject: &Subject<'_>,
) -> bool {
    let mut parts = explanation.basis.splitn(4, '|');
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let (own_place, own_cells) = if first == Some(MARK) {
        (second, third.map(str::to_owned))
    } else {
        let values = second.unwrap_or_default().split(' ');
        let keys = values.filter_map(|value| Some(value.split_once('=')?.0));
        (first, Some(keys.collect::<Vec<_>>().join(" ")))
    };
    explanation.rule == finding.rule.name
        && own_place == Some(place(finding))
        && own_cells == Some(keys(finding, subject))
}

/// Whether a basis that ends in the finding's message, as they did once, holds still. The message
/// may be worded in another way as long as it names the same figures and words.
fn held_before(basis: &str, finding: &Finding, subject: &Subject<'_>) -> bool {
    let values = values(subject.report, &finding.cells);
    let start = format!("{}|{values}|", place(finding));
    let Some(message) = basis.strip_prefix(&start) else {
        return false;
    };
    let (then, now) = (named(message), named(&finding.message));
    message == finding.message || then == now && !(values.is_empty() && now.is_empty())
}

/// The figures and the quoted words of a message, sorted.
fn named(message: &str) -> Vec<&str> {
    let quoted = message.split('“').skip(1);
    let quoted = quoted.filter_map(|rest| Some(rest.split_once('”')?.0));
    let figures = message.split(|c: char| !c.is_ascii_digit() && c != '.');
    let mut named: Vec<_> = quoted
        .chain(figures.map(|figure| figure.trim_matches('.')))
        .filter(|part| !part.is_empty())
        .collect();
    named.sort_unstable();
    named
}

fn place(finding: &Finding) -> &str {
    finding.section.as_deref().unwrap_or("report")
}

fn keys(finding: &Finding, subject: &Subject<'_>) -> String {
    let edition = subject.report.edition();
    let keys = finding.cells.iter();
    let keys: Vec<_> = keys.map(|&id| edition.field(id).key.as_str()).collect();
    keys.join(" ")
}

/// The stretch of text the finding speaks of.
fn words(finding: &Finding, subject: &Subject<'_>) -> String {
    let Some(span) = &finding.text else {
        return String::new();
    };
    let mut passages = subject.report.edition().passages();
    let field = passages.find(|(section, _)| section.id == span.section);
    let text = field.map_or("", |(_, id)| subject.report.text(id));
    let count = span.end.saturating_sub(span.start);
    text.chars().skip(span.start).take(count).collect()
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let start: String = words.chars().take(LONGEST).collect();
    format!("{start}…{:08x}", crc32fast::hash(words.as_bytes()))
}

/// The values of some cells in one line.
pub(super) fn values(report: &Report, cells: &[FieldId]) -> String {
    let one = |&id: &FieldId| {
        let value = report
            .value(id)
            .map_or_else(|| report.entry(id).shown(), |value| value.to_string());
        format!("{}={value}", report.edition().field(id).key)
    };
    cells.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::by_name;
    use crate::form;
    use crate::report::{Edit, Entry};

    const CARRIED: &str = "requests.carried_over@natural_person";

    fn report(carried: i64, overview: &str) -> Report {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), 2025);
        let find = |key| edition.find(key).unwrap();
        report.apply(Edit::Enter(find(CARRIED), Entry::Number(carried.into())));
        let text = Entry::Text(overview.to_owned());
        report.apply(Edit::Enter(find("overview"), text));
        report
    }

    fn cell_finding(report: &Report, message: &str) -> Finding {
        let subject = Subject::new(report, None);
        let id = report.edition().find(CARRIED).unwrap();
        Finding::new(by_name("prior-carry").unwrap(), message)
            .at(&subject, vec![id])
            .comparing(0.into(), 2.into())
    }

    fn text_finding(report: &Report, at: usize) -> Finding {
        let section = report.edition().section("overview").unwrap();
        Finding::new(by_name("text-year").unwrap(), "年份不对").on_text(section, at, at + 5)
    }

    fn explanation(rule: &str, basis: &str) -> Explanation {
        let [rule, basis, text] = [rule, basis, "属实"].map(str::to_owned);
        Explanation { rule, basis, text }
    }

    #[test]
    fn another_wording_of_the_message_changes_nothing() {
        let report = report(2, "");
        let subject = Subject::new(&report, None);
        let one = of(&cell_finding(&report, "上年结转2件，应为0件"), &subject);
        let other = of(
            &cell_finding(&report, "去年是0，今年怎么是2？超过5"),
            &subject,
        );
        assert_eq!(one, other);
    }

    #[test]
    fn another_figure_or_another_word_changes_it() {
        let (two, three) = (report(2, ""), report(3, ""));
        let basis = |report: &Report| {
            let subject = Subject::new(report, None);
            of(&cell_finding(report, "不一致"), &subject)
        };
        assert_ne!(basis(&two), basis(&three));
        let words = |text: &str, at| {
            let report = report(2, text);
            of(&text_finding(&report, at), &Subject::new(&report, None))
        };
        let first = words("早在2019年起", 2);
        assert_eq!(first, words("我镇早在2019年起实行", 4));
        assert_ne!(first, words("早在2018年起", 2));
    }

    #[test]
    fn a_lapsed_one_is_known_by_its_place() {
        let (two, three) = (report(2, ""), report(3, ""));
        let old = of(&cell_finding(&two, "甲"), &Subject::new(&two, None));
        let subject = Subject::new(&three, None);
        let finding = cell_finding(&three, "甲");
        let basis = of(&finding, &subject);
        for old in [old, format!("requests|{CARRIED}=2|上年结转2件")] {
            let explanation = explanation("prior-carry", &old);
            assert!(!holds(&explanation, &finding, &basis, &subject), "{old}");
            assert!(is_about(&explanation, &finding, &subject), "{old}");
        }
        let other = explanation("prior-stock", &basis);
        assert!(!is_about(&other, &finding, &subject));
    }

    #[test]
    fn what_was_explained_with_its_message_holds_in_other_words_but_not_with_other_figures() {
        let report = report(2, "");
        let subject = Subject::new(&report, None);
        let finding = cell_finding(&report, "现在写的是2，应当是0");
        let basis = of(&finding, &subject);
        for (old, wanted) in [
            ("现在写的是2，应当是0", true),
            ("应当是0，写成了2", true),
            ("应当是1，写成了2", false),
        ] {
            let old = format!("requests|{CARRIED}=2|{old}");
            let explanation = explanation("prior-carry", &old);
            assert_eq!(
                holds(&explanation, &finding, &basis, &subject),
                wanted,
                "{old}"
            );
        }
    }
}
