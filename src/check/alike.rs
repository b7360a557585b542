//! Finds sections that different units wrote in nearly the same words, among many reports.
//!
//! Two sections are compared word by word only when short fingerprints of both meet somewhere, so that
//! hundreds of reports take a moment.

use std::io::{Read as _, Write as _};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::keys::KEYS;
use super::settings::{Limit, RuleSettings};
use super::similar::{letters, likeness, runs};
use crate::form::SectionBody;
use crate::report::Report;

/// How many marks a fingerprint has at most; two sections meet where one of them is the same.
const MARKS: usize = 32;
/// What a mark is where there are too few letters for it.
const NO_MARK: u32 = 0;
/// Beyond so many sections with the same mark each is compared with the first of them only.
const CROWD: usize = 16;

/// The texts of one report, as far as they are compared between units; packed, because there may be many.
#[derive(Debug, Clone)]
pub struct Texts {
    issuer: String,
    sections: Vec<Section>,
}

/// One text.
#[derive(Debug, Clone)]
struct Section {
    id: String,
    label: String,
    packed: Vec<u8>,
    /// Its fingerprint; empty for a text too short to be compared.
    marks: Vec<u32>,
}

/// Texts of many reports.
#[derive(Debug, Default)]
pub struct Gathered {
    units: Vec<Arc<Texts>>,
    /// From this place on they are last year's, which are not compared among themselves.
    older: Option<usize>,
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
    pub fn of(report: &Report, settings: &RuleSettings) -> Self {
        let shortest = settings.count(Limit::CopiedLeast);
        let sections = report.edition().passages().filter(|(section, _)| {
            section.id != KEYS.other_matters
                && !matches!(section.body, SectionBody::Passage { optional: true, .. })
        });
        let sections = sections.map(|(section, id)| {
            Section::of(&section.id, &section.label, report.text(id), shortest)
        });
        Self {
            issuer: report.issuer().to_owned(),
            sections: sections.collect(),
        }
    }

    /// Who wrote them.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    fn text_of(&self, wanted: &str) -> Option<String> {
        let found = self.sections.iter().find(|section| section.id == wanted);
        found.map(Section::text)
    }
}

impl Section {
    fn of(id: &str, label: &str, text: &str, shortest: usize) -> Self {
        let letters = letters(text);
        let marks = if letters.len() >= shortest {
            fingerprint(&letters)
        } else {
            Vec::new()
        };
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            packed: if marks.is_empty() {
                Vec::new()
            } else {
                pack(text)
            },
            marks,
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut reader = ZlibDecoder::new(self.packed.as_slice());
        // What was packed here comes out whole.
        match reader.read_to_string(&mut text) {
            Ok(_) => text,
            Err(_) => String::new(),
        }
    }
}

fn pack(text: &str) -> Vec<u8> {
    let mut writer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = writer.write_all(text.as_bytes());
    // Memory takes whatever is written.
    let mut packed = written.and_then(|()| writer.finish()).unwrap_or_default();
    packed.shrink_to_fit();
    packed
}

impl Gathered {
    /// Adds the texts of a report.
    pub fn add(&mut self, texts: Arc<Texts>) {
        self.units.push(texts);
    }

    /// Adds the texts of a report of last year; from here on no other one may be added.
    pub fn add_older(&mut self, texts: Arc<Texts>) {
        self.older.get_or_insert(self.units.len());
        self.units.push(texts);
    }

    fn is_older(&self, unit: usize) -> bool {
        self.older.is_some_and(|first| unit >= first)
    }

    /// All pairs of sections of different units that are nearly the same, the most alike first.
    #[must_use]
    pub fn alike(&self, settings: &RuleSettings) -> Vec<Alike> {
        let least = settings.count(Limit::Alike);
        // Small, because there are many: the mark, its place, the section's place, the unit.
        let mut marks: Vec<(u32, u8, u8, u32)> = Vec::new();
        for (unit, texts) in (0..).zip(&self.units) {
            for (section, text) in (0..).zip(&texts.sections) {
                let own = (0..).zip(&text.marks).filter(|(_, mark)| **mark != NO_MARK);
                marks.extend(own.map(|(place, mark)| (*mark, place, section, unit)));
            }
        }
        marks.sort_unstable();
        let mut pairs = Vec::new();
        for same in marks.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let ones = if same.len() > CROWD { 1 } else { same.len() };
            for (place, (_, _, section, one)) in same.iter().enumerate().take(ones) {
                let others = same.get(place + 1..).unwrap_or_default();
                let other = |(_, _, _, other): &(u32, u8, u8, u32)| (*section, *one, *other);
                pairs.extend(others.iter().map(other));
            }
        }
        drop(marks);
        pairs.sort_unstable();
        pairs.dedup();
        let mut found: Vec<_> = pairs
            .into_iter()
            .filter_map(|pair| self.compare(pair, least))
            .collect();
        found.sort_by_key(|alike| (std::cmp::Reverse(alike.percent), alike.one, alike.other));
        found
    }

    fn compare(&self, pair: (u8, u32, u32), least: usize) -> Option<Alike> {
        let (section, one, other) = pair;
        let (one, other) = (one as usize, other as usize);
        let (one_unit, other_unit) = (self.units.get(one)?, self.units.get(other)?);
        let is_again = one_unit.issuer == other_unit.issuer && !self.is_older(other);
        if is_again || self.is_older(one) {
            return None;
        }
        let section = one_unit.sections.get(usize::from(section))?;
        let other_text = other_unit.text_of(&section.id)?;
        let text = section.text();
        let (there, back) = (likeness(&text, &other_text), likeness(&other_text, &text));
        let percent = there.percent.min(back.percent);
        let longest = there
            .sentences
            .iter()
            .max_by_key(|sentence| sentence.chars().count());
        (percent >= least).then(|| Alike {
            one,
            other,
            section: section.id.clone(),
            label: section.label.clone(),
            percent,
            sentence: (*longest.unwrap_or(&"")).to_owned(),
        })
    }
}

/// The runs of letters are dealt into heaps, the least of each is taken, and two of these make a mark: texts
/// with much in common have some of them in common.
fn fingerprint(letters: &[char]) -> Vec<u32> {
    let mut least = vec![[u64::MAX; 2]; MARKS];
    for run in runs(letters) {
        let order = scrambled(run);
        let heap = (order >> 32) as usize % (MARKS * 2);
        let place = least
            .get_mut(heap / 2)
            .and_then(|pair| pair.get_mut(heap % 2));
        if let Some(place) = place {
            *place = order.min(*place);
        }
    }
    let mark = |pair: &[u64; 2]| {
        let [one, other] = *pair;
        if one == u64::MAX && other == u64::MAX {
            NO_MARK
        } else {
            (scrambled(one ^ other.rotate_left(17)) >> 32) as u32 | 1
        }
    };
    least.iter().map(mark).collect()
}

/// Each run in its place of another order.
fn scrambled(run: u64) -> u64 {
    let order = (run ^ (run >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (order ^ (order >> 32))
        .wrapping_mul(0xD6E8_FEB8_6659_FD93)
        .rotate_left(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(issuer: &str, text: &str) -> Arc<Texts> {
        let shortest = RuleSettings::default().count(Limit::CopiedLeast);
        Arc::new(Texts {
            issuer: issuer.to_owned(),
            sections: vec![Section::of("problems", "五", text, shortest)],
        })
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
    fn last_years_texts_are_compared_with_this_years_only() {
        let mut gathered = Gathered::default();
        gathered.add(unit("第1镇", &text(1)));
        gathered.add(unit("第2镇", &text(2)));
        gathered.add_older(unit("第3镇", &text(1)));
        gathered.add_older(unit("第4镇", &text(1)));
        gathered.add_older(unit("第2镇", &text(2)));
        let found = gathered.alike(&RuleSettings::default());
        let found: Vec<_> = found.iter().map(|alike| (alike.one, alike.other)).collect();
        assert_eq!(found, [(0, 2), (0, 3), (1, 4)]);
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
