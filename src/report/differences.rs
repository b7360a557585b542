//! What differs between two drafts, place by place.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Draft, Explanation, Report};
use crate::form::FieldId;

/// One place where two drafts differ (差别).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The part of the report it stands in; empty for the cover.
    pub section: String,
    /// What the place is called.
    pub place: String,
    /// What the one draft says there; empty for a blank.
    pub before: String,
    /// What the other one says.
    pub after: String,
}

/// The places where `after` says something else than `before`, in the order of the form.
#[must_use]
pub fn differences(before: &Draft, after: &Draft) -> Vec<Difference> {
    let mut found = of_reports(before.report(), after.report());
    beside_the_report(before, after, &mut found);
    found
}

/// The places where one report says something else than another one, in the order of the form.
#[must_use]
pub fn of_reports(old: &Report, new: &Report) -> Vec<Difference> {
    let mut found = Vec::new();
    if old.year() != new.year() || old.edition().id != new.edition().id {
        let whole = |report: &Report| format!("{}年，{}", report.year(), report.edition().name);
        found.push(beside("年份和格式", whole(old), whole(new)));
    }
    for id in new.edition().ids() {
        let old = old.same_field(new, id).map(|id| old.entry(id).shown());
        let (old, new_entry) = (old.unwrap_or_default(), new.entry(id).shown());
        if old != new_entry {
            found.push(Difference {
                before: old,
                after: new_entry,
                ..named(new, id)
            });
        }
    }
    for id in old.edition().ids() {
        let entry = old.entry(id).shown();
        if !entry.is_empty() && new.same_field(old, id).is_none() {
            found.push(Difference {
                before: entry,
                ..named(old, id)
            });
        }
    }
    found
}

/// The differences of long texts sentence by sentence, all others as they are.
#[must_use]
pub fn by_sentence(differences: Vec<Difference>) -> Vec<Difference> {
    let all = differences.into_iter();
    all.flat_map(|one| {
        let (before, after) = (sentences(&one.before), sentences(&one.after));
        if before.len().max(after.len()) < 2 {
            return vec![one];
        }
        let mut found = Vec::new();
        for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
            let (tag, old, new) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                continue;
            }
            for number in 0..old.len().max(new.len()) {
                let sentence = |all: &[&str], range: &Range<usize>| {
                    let at = range.start + number;
                    let own = all.get(at).filter(|_| at < range.end);
                    own.map_or_else(String::new, |text| (*text).to_owned())
                };
                found.push(Difference {
                    before: sentence(&before, &old),
                    after: sentence(&after, &new),
                    ..one.clone()
                });
            }
        }
        // Only in the breaks of lines.
        if found.is_empty() { vec![one] } else { found }
    })
    .collect()
}

fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '\n');
    let cut = text.split_inclusive(ends).map(str::trim);
    cut.filter(|sentence| !sentence.is_empty()).collect()
}

fn beside_the_report(before: &Draft, after: &Draft, found: &mut Vec<Difference>) {
    let source = |draft: &Draft| draft.prior().map(|prior| prior.source.clone());
    if before.prior() != after.prior() {
        let (old, new) = (source(before), source(after));
        found.push(beside(
            "上年度报告",
            old.unwrap_or_default(),
            new.unwrap_or_default(),
        ));
    }
    let (old, new) = (before.beside(), after.beside());
    for (place, old, new) in [
        ("说明", &old.explanations, &new.explanations),
        ("没有写完的说明", &old.half_written, &new.half_written),
    ] {
        if old != new {
            found.push(beside(place, texts(old), texts(new)));
        }
    }
    let confirmed = |draft: &Draft| {
        let confirmation = draft.confirmation();
        confirmation.map_or_else(String::new, |one| format!("{} {}", one.by, one.on))
    };
    if before.confirmation() != after.confirmation() {
        found.push(beside("零报告确认", confirmed(before), confirmed(after)));
    }
    if before.reused() != after.reused() {
        let changed = "有改动".to_owned();
        found.push(beside("上年句子的取舍", String::new(), changed));
    }
    if before.choices() != after.choices() {
        let changed = "有改动".to_owned();
        found.push(beside("公开格式的选择", String::new(), changed));
    }
}

fn texts(explanations: &[Explanation]) -> String {
    let texts: Vec<_> = explanations.iter().map(|one| one.text.as_str()).collect();
    texts.join("\n")
}

fn beside(place: &str, before: String, after: String) -> Difference {
    Difference {
        section: String::new(),
        place: place.to_owned(),
        before,
        after,
    }
}

fn named(report: &Report, id: FieldId) -> Difference {
    let edition = report.edition();
    let section = edition.section_of(id);
    Difference {
        section: section.map_or(String::new(), |section| section.label.clone()),
        place: edition.field(id).label.clone(),
        before: String::new(),
        after: String::new(),
    }
}

impl Difference {
    /// What was changed, in words.
    #[must_use]
    pub fn says(&self) -> String {
        let Self { before, after, .. } = self;
        match (before.is_empty(), after.is_empty()) {
            (true, _) => format!("增加“{after}”"),
            (_, true) => format!("删去“{before}”"),
            _ => format!("“{before}”改为“{after}”"),
        }
    }

    /// What the place is called, with the part of the report it stands in.
    #[must_use]
    pub fn name(&self) -> String {
        if self.section.is_empty() || self.place.contains(&self.section) {
            self.place.clone()
        } else {
            format!("{}，{}", self.section, self.place)
        }
    }

    /// Both texts without the long beginning and end that they share.
    #[must_use]
    pub fn shortened(&self, around: usize) -> (String, String) {
        shortened(&self.before, &self.after, around)
    }
}

/// Two texts without the long beginning and end that they share, but so many characters of each.
#[must_use]
pub fn shortened(before: &str, after: &str, around: usize) -> (String, String) {
    let (before, after): (Vec<_>, Vec<_>) = (before.chars().collect(), after.chars().collect());
    let same = |(a, b): &(&char, &char)| a == b;
    let start = before.iter().zip(&after).take_while(same).count();
    let room = before.len().min(after.len()) - start;
    let ends = before.iter().rev().zip(after.iter().rev());
    let end = ends.take(room).take_while(same).count();
    let cut = |text: &[char]| {
        let from = start.saturating_sub(around);
        let to = (text.len() - end + around).min(text.len());
        let middle: String = text.get(from..to).unwrap_or_default().iter().collect();
        let dots = |is_cut: bool| if is_cut { "…" } else { "" };
        format!("{}{middle}{}", dots(from > 0), dots(to < text.len()))
    };
    (cut(&before), cut(&after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::{Edit, Entry};

    fn draft(texts: &[(&str, &str)]) -> Draft {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), 2025);
        for (key, text) in texts {
            let id = edition.find(key).unwrap();
            let kind = edition.field(id).kind;
            report.apply(Edit::Enter(id, Entry::read(kind, text)));
        }
        Draft::new(report)
    }

    #[test]
    fn every_place_that_differs_is_named_with_both_texts() {
        let before = draft(&[("overview", "甲"), ("requests.new_received@total", "3")]);
        let mut after = draft(&[("overview", "乙"), ("problems", "丙")]);
        after.explain("rule", "basis", "丁");
        after.jot("rule", "other", "戊");
        let found = differences(&before, &after);
        let texts: Vec<_> = found
            .iter()
            .map(|one| (one.before.as_str(), one.after.as_str()))
            .collect();
        let wanted = [("甲", "乙"), ("3", ""), ("", "丙"), ("", "丁"), ("", "戊")];
        assert_eq!(texts, wanted);
        assert!(found.iter().all(|one| !one.place.is_empty()));
        assert!(differences(&after, &after.clone()).is_empty());
    }

    #[test]
    fn long_texts_are_cut_to_what_differs() {
        let one = Difference {
            section: String::new(),
            place: String::new(),
            before: "一二三四五六七八九十".to_owned(),
            after: "一二三四伍六七八九十".to_owned(),
        };
        let (before, after) = one.shortened(2);
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("…三四五六七…", "…三四伍六七…")
        );
        let (before, after) = Difference {
            after: String::new(),
            ..one
        }
        .shortened(2);
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("一二三四五六七八九十", "")
        );
    }
}
