//! Finds sections that different units wrote in nearly the same words, among many reports.
//!
//! Two sections are compared word by word only when short fingerprints of both meet somewhere, so that
//! hundreds of reports take a moment.

use super::keys::KEYS;
use super::settings::{Limit, RuleSettings};
use super::similar::{letters, likeness, runs};
use crate::form::SectionBody;
use crate::report::Report;

/// How many marks a fingerprint has; two sections meet where one of them is the same.
const MARKS: usize = 32;
/// Beyond so many sections with the same mark each is compared with the first of them only.
const CROWD: usize = 16;

/// The texts of one report, as far as they are compared between units.
#[derive(Debug, Clone)]
pub struct Texts {
    issuer: String,
    /// Id, label and text of each section.
    sections: Vec<(String, String, String)>,
}

/// Texts of many reports.
#[derive(Debug, Default)]
pub struct Gathered {
    units: Vec<Texts>,
}

/// Two sections in nearly the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The number of the report that was gathered first.
    pub one: usize,
    /// The number of the other report.
    pub other: usize,
    /// The section's id.
    pub section: String,
    /// What the section is called.
    pub label: String,
    /// How much of each stands in the other, of a hundred.
    pub percent: usize,
    /// The longest sentence both have.
    pub sentence: String,
}

impl Texts {
    /// The texts of a report that are each unit's own work.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let sections = report.edition().passages().filter(|(section, _)| {
            section.id != KEYS.other_matters
                && !matches!(section.body, SectionBody::Passage { optional: true, .. })
        });
        let text = |id| report.text(id).to_owned();
        Self {
            issuer: report.issuer().to_owned(),
            sections: sections
                .map(|(section, id)| (section.id.clone(), section.label.clone(), text(id)))
                .collect(),
        }
    }
}

impl Gathered {
    /// Adds the texts of a report.
    pub fn add(&mut self, texts: Texts) {
        self.units.push(texts);
    }

    /// All pairs of sections of different units that are nearly the same, the most alike first.
    #[must_use]
    pub fn alike(&self, settings: &RuleSettings) -> Vec<Alike> {
        let least = settings.count(Limit::Alike);
        let shortest = settings.count(Limit::CopiedLeast);
        let mut marks: Vec<(&str, usize, [u64; 2], usize)> = Vec::new();
        for (unit, texts) in self.units.iter().enumerate() {
            for (id, _, text) in &texts.sections {
                let letters = letters(text);
                if letters.len() >= shortest {
                    let own = fingerprint(&letters).into_iter().enumerate();
                    marks.extend(own.map(|(place, mark)| (id.as_str(), place, mark, unit)));
                }
            }
        }
        marks.sort_unstable();
        let mut pairs = Vec::new();
        for same in marks.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let ones = if same.len() > CROWD { 1 } else { same.len() };
            for (place, (section, _, _, one)) in same.iter().enumerate().take(ones) {
                let others = same.get(place + 1..).unwrap_or_default();
                pairs.extend(
                    others
                        .iter()
                        .map(|(_, _, _, other)| (*section, *one, *other)),
                );
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut found: Vec<_> = pairs
            .into_iter()
            .filter_map(|(section, one, other)| self.compare(section, one, other, least))
            .collect();
        found.sort_by_key(|alike| (std::cmp::Reverse(alike.percent), alike.one, alike.other));
        found
    }

    fn compare(&self, section: &str, one: usize, other: usize, least: usize) -> Option<Alike> {
        let (one_unit, other_unit) = (self.units.get(one)?, self.units.get(other)?);
        if one_unit.issuer == other_unit.issuer {
            return None;
        }
        let (label, text) = one_unit.section(section)?;
        let (_, other_text) = other_unit.section(section)?;
        let (there, back) = (likeness(text, other_text), likeness(other_text, text));
        let percent = there.percent.min(back.percent);
        let longest = there
            .sentences
            .iter()
            .max_by_key(|sentence| sentence.chars().count());
        (percent >= least).then(|| Alike {
            one,
            other,
            section: section.to_owned(),
            label: label.to_owned(),
            percent,
            sentence: (*longest.unwrap_or(&"")).to_owned(),
        })
    }
}

impl Texts {
    fn section(&self, wanted: &str) -> Option<(&str, &str)> {
        let found = self.sections.iter().find(|(id, _, _)| id == wanted);
        found.map(|(_, label, text)| (label.as_str(), text.as_str()))
    }
}

/// The least of the text's runs of letters under many orders, two at a time: texts with much in common
/// have some of them in common.
fn fingerprint(letters: &[char]) -> Vec<[u64; 2]> {
    let mut least = vec![[u64::MAX; 2]; MARKS];
    for run in runs(letters) {
        let mut order = run;
        for mark in &mut least {
            for place in mark {
                // Each step puts the runs in another order.
                order = (order ^ (order >> 29))
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    .rotate_left(31);
                *place = order.min(*place);
            }
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(issuer: &str, text: &str) -> Texts {
        let section = |text: &str| ("problems".to_owned(), "五".to_owned(), text.to_owned());
        Texts {
            issuer: issuer.to_owned(),
            sections: vec![section(text)],
        }
    }

    fn text(number: usize) -> String {
        let words = [
            "更新", "审核", "培训", "栏目", "平台", "制度", "队伍", "渠道",
        ];
        let word = |step: usize| words[(number * 7 + step * (number + 3)) % words.len()];
        let sentence = |step: usize| {
            let (one, two, three) = (word(step), word(step + 1), word(step * number));
            format!("第{one}方面的工作中{two}还不够及时，下一步把{three}作为重点。")
        };
        (0..12).map(sentence).collect::<Vec<_>>().concat()
    }

    #[test]
    fn nearly_the_same_words_of_two_units_are_found() {
        let mut gathered = Gathered::default();
        for number in 0..40 {
            gathered.add(unit(&format!("第{number}镇"), &text(number)));
        }
        let copy = text(7).replacen("下一步", "今后将", 1);
        gathered.add(unit("抄写镇", &copy));
        gathered.add(unit("第7镇", &text(7)));
        let found = gathered.alike(&RuleSettings::default());
        assert!(
            found
                .iter()
                .any(|alike| (alike.one, alike.other) == (7, 40))
        );
        assert!(
            found
                .iter()
                .all(|alike| (alike.one, alike.other) != (7, 41))
        );
    }

    #[test]
    fn one_text_of_hundreds_of_units_is_found_for_each() {
        let mut gathered = Gathered::default();
        for number in 0..300 {
            gathered.add(unit(&format!("第{number}镇"), &text(3)));
        }
        assert!(gathered.alike(&RuleSettings::default()).len() >= 299);
    }
}
