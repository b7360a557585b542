//! What the county asks for beside the law (地方要求): data, read from a file and signed by name.
//!
//! It knows no rule; the rules whose names begin with `local` look at a report by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::threshold::THRESHOLDS;
use crate::date::Day;
use crate::form::{self, Section};
use crate::report::{Choices, choices};

/// The part of the text that means all of it.
const WHOLE: &str = "";

/// What a county asks for of the reports it collects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalRules {
    /// What it is called.
    pub name: String,
    /// Who asks for it.
    pub by: String,
    /// The day it is of; may be empty.
    pub on: String,
    /// Until when what is to be done.
    pub dates: Vec<LocalDate>,
    /// Thresholds of the usual rules.
    pub(super) thresholds: BTreeMap<String, i64>,
    /// Misprints to be looked for.
    pub misprints: Vec<Misprint>,
    /// The most characters of each part.
    pub longest: BTreeMap<String, usize>,
    /// What has to be written.
    pub required: Vec<LocalTopic>,
    /// Words that are not to be written.
    pub forbidden: Vec<LocalWord>,
    /// How the pages are set out.
    pub style: LocalStyle,
}

/// A misprint of one's own and what is meant by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misprint {
    /// What is written.
    pub wrong: String,
    /// What is meant.
    pub right: String,
}

/// A day until which something is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalDate {
    /// What.
    pub what: String,
    /// Until when: a day, or month and day of the year after the report's.
    pub day: String,
}

/// A figure or a phrase that has to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalTopic {
    /// In which part: its number or its id; empty for anywhere in the text.
    pub part: String,
    /// What it belongs to; may be empty.
    pub topic: String,
    /// What it is called.
    pub name: String,
    /// Words of which one has to be written.
    pub phrases: Vec<String>,
    /// Units of which one has to follow a figure in the sentence; none where words are enough.
    pub units: Vec<String>,
}

/// A word that is not to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalWord {
    /// The word.
    pub words: String,
    /// What to do in its place; may be empty.
    pub why: String,
}

/// How the pages are set out; what is empty or 0 is left to the filer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalStyle {
    /// Font of the body text.
    pub body_font: String,
    /// Its size in half-points.
    pub body_size: u16,
    /// Font of the title.
    pub title_font: String,
    /// Its size in half-points.
    pub title_size: u16,
    /// Size of the table text in half-points.
    pub table_size: u16,
    /// Distance from one line of text to the next in twips.
    pub line_pitch: u16,
}

impl LocalRules {
    /// Whether the county asks for nothing that the usual settings do not hold too, and nobody signs it.
    pub(super) fn is_plain(&self) -> bool {
        let plain = Self {
            thresholds: self.thresholds.clone(),
            misprints: self.misprints.clone(),
            ..Self::default()
        };
        *self == plain
    }

    /// What is wrong with it, beside its thresholds.
    pub(super) fn check(&self) -> Result<(), String> {
        let wrong = |what: String| Err(what);
        let signed = [("name", "名称", &self.name), ("by", "谁制定的", &self.by)];
        for (key, what, value) in signed {
            if value.trim().is_empty() {
                return wrong(format!("没有写{what}，加上{key}: \"……\""));
            }
        }
        if !self.on.is_empty() && Day::read(&self.on).is_none() {
            let on = &self.on;
            return wrong(format!("on写成“{on}”，应写成2026-01-05的样子"));
        }
        for LocalDate { what, day } in &self.dates {
            if what.trim().is_empty() || read_day(day, 2025).is_none() {
                return wrong(format!(
                    "dates里“{what}”的日期“{day}”看不懂，应写成2026-01-15或者1-15的样子"
                ));
            }
        }
        let parts = self.longest.keys().map(|part| ("longest", part));
        let required = self.required.iter().map(|topic| ("required", &topic.part));
        let mut parts = parts.chain(required.filter(|(_, part)| *part != WHOLE));
        if let Some((key, part)) = parts.find(|(_, part)| !is_known(part)) {
            return wrong(format!(
                "{key}里没有“{part}”这个部分，可以写“一”“五”“六”或者“preface”"
            ));
        }
        if let Some((part, _)) = self.longest.iter().find(|(_, most)| **most == 0) {
            return wrong(format!("longest里“{part}”的字数应大于0"));
        }
        let has_words = |words: &[String]| words.iter().all(|word| !word.trim().is_empty());
        for topic in &self.required {
            let said = !topic.phrases.is_empty() && has_words(&topic.phrases);
            if topic.name.trim().is_empty() || !said || !has_words(&topic.units) {
                let name = &topic.name;
                return wrong(format!(
                    "required里的“{name}”应写明name和phrases，例如(part: \"一\", name: \"网站公开条数\", phrases: [\"网站\"], units: [\"条\"])"
                ));
            }
        }
        if self
            .forbidden
            .iter()
            .any(|word| word.words.trim().is_empty())
        {
            return wrong("forbidden里有一项没有写words".to_owned());
        }
        match self.style.on(&Choices::default()).fault() {
            Some(fault) => wrong(format!("style里{fault}")),
            None => Ok(()),
        }
    }

    /// Its name with who signed it.
    #[must_use]
    pub fn signature(&self) -> String {
        let on = if self.on.is_empty() {
            String::new()
        } else {
            format!("，{}", self.on)
        };
        format!("{}（{}{on}）", self.name.trim(), self.by.trim())
    }

    /// Everything it asks for, a line each, for a reader.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for LocalDate { what, day } in &self.dates {
            lines.push(format!("{what}：{day}以前"));
        }
        for threshold in THRESHOLDS {
            if let Some(value) = self.thresholds.get(threshold.name) {
                let (title, unit) = (threshold.title, threshold.unit);
                lines.push(format!("{title}：{value}{unit}"));
            }
        }
        for (part, most) in &self.longest {
            lines.push(format!("{}：不超过{most}个字", called(part)));
        }
        for topic in &self.required {
            let figure = if topic.units.is_empty() {
                ""
            } else {
                "（写数）"
            };
            lines.push(format!(
                "{}：写明{}{figure}",
                called(&topic.part),
                topic.name
            ));
        }
        for LocalWord { words, why } in &self.forbidden {
            let why = if why.is_empty() {
                String::new()
            } else {
                format!("，{why}")
            };
            lines.push(format!("不用“{words}”{why}"));
        }
        for Misprint { wrong, right } in &self.misprints {
            lines.push(format!("“{wrong}”应为“{right}”"));
        }
        lines.extend(self.style.lines());
        lines
    }
}

/// Whether some edition has such a part with a text.
fn is_known(part: &str) -> bool {
    form::all().iter().any(|edition| {
        edition
            .passages()
            .any(|(section, _)| is_part(section, part))
    })
}

/// Whether a section is the part that the county means: by its id, or by its number.
pub(super) fn is_part(section: &Section, part: &str) -> bool {
    let by_number = || section.heading.strip_prefix(part)?.strip_prefix('、');
    part == WHOLE || section.id == part || by_number().is_some()
}

/// What a part is called for a reader.
pub(super) fn called(part: &str) -> String {
    match part {
        WHOLE => "正文".to_owned(),
        "preface" => "前言".to_owned(),
        part => format!("第{part}部分"),
    }
}

/// A day that is written whole, or as month and day of the year after the report's.
fn read_day(text: &str, report_year: u16) -> Option<Day> {
    let next = report_year.saturating_add(1);
    Day::read(text).or_else(|| Day::read(&format!("{next}-{text}")))
}

impl LocalDate {
    /// The day for the report on a year; `None` for that of another year's report.
    pub(super) fn for_report_on(&self, year: u16) -> Option<Day> {
        let day = read_day(&self.day, year)?;
        (day.year == year.saturating_add(1)).then_some(day)
    }
}

impl LocalStyle {
    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Some choices with what it asks for.
    #[must_use]
    pub fn on(&self, choices: &Choices) -> Choices {
        let text =
            |asked: &String, own: &String| if asked.is_empty() { own } else { asked }.clone();
        let size = |asked: u16, own: u16| if asked == 0 { own } else { asked };
        Choices {
            body_font: text(&self.body_font, &choices.body_font),
            body_size: size(self.body_size, choices.body_size),
            title_font: text(&self.title_font, &choices.title_font),
            title_size: size(self.title_size, choices.title_size),
            table_size: size(self.table_size, choices.table_size),
            line_pitch: size(self.line_pitch, choices.line_pitch),
            ..choices.clone()
        }
    }

    /// In what choices are not what it asks for: what, as asked, as it is.
    pub(super) fn unlike(&self, own: &Choices) -> Vec<[String; 3]> {
        let asked = self.on(own);
        Self::all(&asked)
            .into_iter()
            .zip(Self::all(own))
            .filter(|(asked, own)| asked != own)
            .map(|((what, asked), (_, own))| [what.to_owned(), asked, own])
            .collect()
    }

    fn all(choices: &Choices) -> [(&'static str, String); 6] {
        let named = choices::size_name;
        [
            ("正文字体", choices.body_font.clone()),
            ("正文字号", named(choices.body_size)),
            ("标题字体", choices.title_font.clone()),
            ("标题字号", named(choices.title_size)),
            ("表格字号", named(choices.table_size)),
            ("行距", format!("{}磅", choices::points(choices.line_pitch))),
        ]
    }

    fn lines(&self) -> Vec<String> {
        // Told apart by two looks that have nothing in common.
        let nothing = Choices {
            body_font: String::new(),
            body_size: 0,
            title_font: String::new(),
            title_size: 0,
            table_size: 0,
            line_pitch: 0,
            ..Choices::default()
        };
        let asked = self.unlike(&nothing).into_iter();
        asked
            .map(|[what, asked, _]| format!("{what}：{asked}"))
            .collect()
    }
}
