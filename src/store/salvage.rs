//! What can still be read in a damaged draft file, line by line; every entry stands on its own line.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::form::{self, Edition};
use crate::report::{Beside, Draft, Edit, Entry, Explanation, Prior, Report};

/// A key and what was stated there; the closing quotation mark is missing where the file was cut.
static PAIR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^\s*"([^"\\]+)":\s*"((?:[^"\\]|\\.)*)("?)"#).ok());
static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"^\s*form:\s*"(\w+)""#).ok());
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*year:\s*(\d{4})\b").ok());

/// What belongs to an explanation.
static EXPLAINED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^\s*(rule|basis|text):\s*("(?:[^"\\]|\\.)*"?)"#).ok());

const FIRST_NOTE: &str = "这份草稿从损坏的文件中抢救出来，请逐项核对";

/// A draft of everything that can still be read; `None` when nothing can.
///
/// What was lost is in its notes. The draft is to be checked by its owner in any case: damage
/// inside a figure cannot be seen.
#[must_use]
pub fn salvage(bytes: &[u8]) -> Option<Draft> {
    let text = String::from_utf8_lossy(bytes);
    let mut report = SalvagedPart::default();
    let mut prior = SalvagedPart::default();
    let mut in_prior = false;
    let mut explained = Vec::new();
    let mut notes = vec![FIRST_NOTE.to_owned()];
    if !text.trim_end().ends_with(')') {
        notes.push("文件后面的部分没有了".to_owned());
    }
    for (number, line) in text.lines().enumerate() {
        // What was published lies in its folder; its figures are no figures of the draft.
        if line.trim_start().starts_with("published: ") {
            break;
        }
        in_prior |= line.trim_start().starts_with("prior: ");
        let part = if in_prior { &mut prior } else { &mut report };
        if let Some(lost) = part.read(line) {
            notes.push(format!("第{}行{lost}", number + 1));
        }
        read_explanation(line, &mut explained);
    }
    explained.retain(|one| !one.text.is_empty());
    let report = report.report(&mut notes)?;
    let prior = prior.report(&mut notes).map(|report| Prior {
        report,
        source: "从损坏的草稿中抢救".to_owned(),
    });
    let beside = Beside {
        prior,
        // What was damaged may be in their words too, so each is to be finished once more.
        half_written: explained,
        notes,
        ..Beside::default()
    };
    Some(Draft::with(report, beside))
}

/// Reads a line of an explanation; the first of its lines begins a new one.
fn read_explanation(line: &str, explained: &mut Vec<Explanation>) {
    let captures = EXPLAINED.as_ref().and_then(|regex| regex.captures(line));
    let Some((_, [part, value])) = captures.map(|captures| captures.extract()) else {
        return;
    };
    let closed = value.len() > 1 && value.ends_with('"');
    let whole = if closed { "" } else { "\"" };
    let Ok(text) = ron::from_str::<String>(&format!("{value}{whole}")) else {
        return;
    };
    if part == "rule" {
        explained.push(Explanation {
            rule: text,
            basis: String::new(),
            text: String::new(),
        });
    } else if let Some(last) = explained.last_mut() {
        match part {
            "basis" => last.basis = text,
            _ => last.text = text,
        }
    }
}

/// One of the two reports in a draft file.
#[derive(Debug, Default)]
struct SalvagedPart {
    form: Option<String>,
    year: Option<u16>,
    /// Key, text, and whether the text is whole.
    entries: Vec<(String, String, bool)>,
}

impl SalvagedPart {
    /// Reads a line; says what was lost in it.
    fn read(&mut self, line: &str) -> Option<&'static str> {
        let found = |regex: &Option<Regex>| {
            let captures = regex.as_ref()?.captures(line)?;
            Some(captures.get(1)?.as_str().to_owned())
        };
        if self.form.is_none() {
            self.form = found(&FORM);
        }
        if self.year.is_none() {
            self.year = found(&YEAR).and_then(|year| year.parse().ok());
        }
        let captures = PAIR.as_ref()?.captures(line);
        let Some((_, [key, value, end])) = captures.map(|captures| captures.extract()) else {
            return line.contains("\": \"").then_some("读不出，没有取用");
        };
        if key.contains(char::REPLACEMENT_CHARACTER) {
            return Some("读不出，没有取用");
        }
        let Ok(text) = ron::from_str::<String>(&format!("\"{value}\"")) else {
            return Some("读不出，没有取用");
        };
        let is_whole = end == "\"" && !text.contains(char::REPLACEMENT_CHARACTER);
        self.entries.push((key.to_owned(), text, is_whole));
        (!is_whole).then_some("不完整，取用了读得出的部分")
    }

    fn edition(&self) -> Option<Arc<Edition>> {
        let named = self.form.as_deref().and_then(form::by_id);
        let of_year = || self.year.and_then(form::for_year);
        named
            .or_else(of_year)
            .or_else(|| form::all().last().cloned())
    }

    fn report(&self, notes: &mut Vec<String>) -> Option<Report> {
        let edition = self.edition()?;
        let year = self.year.unwrap_or(edition.years.0);
        let mut report = Report::new(edition.clone(), year);
        let mut count = 0;
        for (key, text, is_whole) in &self.entries {
            let Some(id) = edition.find(key) else {
                notes.push(format!("表中没有“{key}”这一格，没有取用"));
                continue;
            };
            let kind = edition.field(id).kind;
            let entry = Entry::read(kind, text);
            if kind.is_number() && (!is_whole || entry.number().is_none()) {
                notes.push(format!("{}的数读不出，没有取用", edition.field(id).label));
                continue;
            }
            report.apply(Edit::Enter(id, entry));
            count += 1;
        }
        (count > 0).then_some(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &[u8] = include_bytes!("../../assets/sample.nianbao");

    fn entries(report: &Report) -> usize {
        let ids = report.edition().ids();
        ids.filter(|&id| *report.entry(id) != Entry::Blank).count()
    }

    #[test]
    fn a_whole_draft_is_salvaged_whole() {
        let whole = crate::store::parse(SAMPLE).unwrap();
        let salvaged = salvage(SAMPLE).unwrap();
        assert!(salvaged.report().states_the_same(whole.report()));
        let prior = |draft: &Draft| draft.prior().unwrap().report.clone();
        assert!(prior(&salvaged).states_the_same(&prior(&whole)));
        assert_eq!(salvaged.notes(), [FIRST_NOTE]);
    }

    #[test]
    fn wherever_a_draft_is_cut_all_lines_before_the_cut_are_salvaged() {
        let whole = crate::store::parse(SAMPLE).unwrap();
        let report = whole.report();
        for cut in (0..SAMPLE.len()).step_by(61) {
            let head = &SAMPLE[..cut];
            let Some(salvaged) = salvage(head) else {
                assert!(cut < 400, "{cut}");
                continue;
            };
            let got = salvaged.report();
            let lines = String::from_utf8_lossy(head)
                .lines()
                .take_while(|line| !line.starts_with("    prior"))
                .filter(|line| line.contains("\": \"") && line.ends_with("\","))
                .count();
            assert!(entries(got) >= lines, "{cut}: {} of {lines}", entries(got));
            for id in got.edition().ids() {
                let is_cut_text = !got.edition().field(id).kind.is_number();
                let (own, other) = (got.entry(id), report.entry(id));
                assert!(*own == Entry::Blank || own == other || is_cut_text, "{cut}");
            }
        }
    }

    #[test]
    fn explanations_come_back_to_be_finished_once_more() {
        let mut draft = crate::store::parse(SAMPLE).unwrap();
        let explanation = Explanation {
            rule: "nil-report".to_owned(),
            basis: "甲|乙".to_owned(),
            text: "全年没有，\"已核\"".to_owned(),
        };
        draft.explain(&explanation.rule, &explanation.basis, &explanation.text);
        let mut bytes = crate::store::to_bytes(&draft);
        let salvaged = salvage(&bytes).unwrap();
        assert!(salvaged.explanations().is_empty());
        assert_eq!(salvaged.half_written(), [explanation]);
        // Cut in the middle of its words, what is left of them is kept.
        let text = String::from_utf8(bytes.clone()).unwrap();
        bytes.truncate(text.find("没有，").unwrap());
        assert_eq!(salvage(&bytes).unwrap().half_written()[0].text, "全年");
    }

    #[test]
    fn from_noise_nothing_is_salvaged() {
        for noise in [
            &b""[..],
            b"\x00\xff\xfe",
            "（）".as_bytes(),
            b"(\n\"a\": \"b\"",
        ] {
            assert!(salvage(noise).is_none());
        }
    }
}
