//! The shape of a draft file, and the way from it to a draft.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::choices::ChoicesFile;
use super::{DraftFault, header};
use crate::form::{self, FieldId, Kind};
use crate::report::{
    Beside, Confirmation, Draft, Edit, Entry, Explanation, Number, Prior, Publication, Report,
    Reused,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    version: u32,
    report: ReportFile,
    #[serde(default)]
    prior: Option<PriorFile>,
    #[serde(default, deserialize_with = "few")]
    explanations: Vec<ExplanationFile>,
    /// Explanations that were begun; since version 2.
    #[serde(default, deserialize_with = "few")]
    half_written: Vec<ExplanationFile>,
    #[serde(default)]
    confirmation: Option<ConfirmationFile>,
    #[serde(default, deserialize_with = "few")]
    notes: Vec<String>,
    #[serde(default)]
    choices: ChoicesFile,
    /// Sentences of last year's texts that were carried over, and those that are not wanted, each with the
    /// key of its text; since version 4.
    #[serde(default, deserialize_with = "few")]
    kept: Vec<(String, String)>,
    #[serde(default, deserialize_with = "few")]
    unused: Vec<(String, String)>,
    /// What was published; since version 3.
    #[serde(default, deserialize_with = "few")]
    published: Vec<PublicationFile>,
    /// Figures that were proposed and not taken, by the key of their cell.
    #[serde(default)]
    left: BTreeMap<String, Vec<String>>,
    /// What the county asked for, by name; since version 4.
    #[serde(default)]
    local_rules: String,
}

/// Only what was stated: a key that is not there is blank.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportFile {
    form: String,
    year: u16,
    /// Cover lines and passages by key.
    texts: BTreeMap<String, String>,
    /// Figures by key, as decimal strings.
    cells: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorFile {
    source: String,
    report: ReportFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExplanationFile {
    rule: String,
    basis: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmationFile {
    year: u16,
    by: String,
    on: String,
    channels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicationFile {
    on: String,
    by: String,
    folder: String,
    reason: String,
    digest: String,
    #[serde(default)]
    choices: ChoicesFile,
    report: ReportFile,
}

/// The most items of a list: no draft has so many, and memory is not for the asking.
const MOST: usize = 100_000;

/// A list of at most [`MOST`] items.
fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    struct Few<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Few<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {MOST} items")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut few = Vec::new();
            while let Some(item) = items.next_element()? {
                if few.len() == MOST {
                    return Err(A::Error::custom("too many items"));
                }
                few.push(item);
            }
            Ok(few)
        }
    }
    from.deserialize_seq(Few(PhantomData))
}

/// Reads the body of a draft file of a version that needs no migration.
pub(super) fn parse(body: &str) -> Result<Draft, DraftFault> {
    let file: DraftFile = ron::from_str(body).map_err(|error| {
        // The header line stands above the body.
        let (line, column) = (error.span.start.line + 1, error.span.start.col);
        DraftFault::Damaged(format!("第{line}行第{column}列读不懂"))
    })?;
    // Version 2 has half-written explanations besides, version 3 more choices and what was published,
    // version 4 what the county asked for and what became of last year's sentences.
    if !(1..=header::VERSION).contains(&file.version) {
        return Err(DraftFault::Newer(file.version));
    }
    let written = report(&file.report)?;
    let prior = match file.prior {
        Some(PriorFile {
            source,
            report: file,
        }) => Some(Prior {
            report: report(&file)?,
            source,
        }),
        None => None,
    };
    let edition = written.edition().clone();
    let figures = file.left.iter().flat_map(|(key, figures)| {
        // What is not known any more is not proposed any more either.
        let id = edition.find(key);
        let figures = figures.iter().filter_map(|figure| Number::read(figure));
        figures.filter_map(move |figure| Some((id?, figure)))
    });
    let beside = Beside {
        prior,
        explanations: explanations(file.explanations),
        half_written: explanations(file.half_written),
        confirmation: file.confirmation.map(ConfirmationFile::read),
        notes: file.notes,
        choices: file.choices.read(),
        left: figures.collect(),
        local_rules: file.local_rules,
        reused: Reused {
            kept: sentences(&written, file.kept),
            unused: sentences(&written, file.unused),
        },
    };
    let published = file.published.into_iter().map(PublicationFile::read);
    let published = published.collect::<Result<_, _>>()?;
    Ok(Draft::with(written, beside).with_publications(published))
}

/// Sentences with their texts; those of a text that the form does not have are of no use.
fn sentences(report: &Report, file: Vec<(String, String)>) -> BTreeSet<(FieldId, String)> {
    let edition = report.edition();
    let known = |(key, words): (String, String)| Some((edition.find(&key)?, words));
    file.into_iter().filter_map(known).collect()
}

fn explanations(file: Vec<ExplanationFile>) -> Vec<Explanation> {
    let explanation = |ExplanationFile { rule, basis, text }| Explanation { rule, basis, text };
    file.into_iter().map(explanation).collect()
}

impl PublicationFile {
    fn read(self) -> Result<Publication, DraftFault> {
        Ok(Publication {
            report: report(&self.report)?,
            choices: self.choices.read(),
            on: self.on,
            by: self.by,
            folder: self.folder,
            reason: self.reason,
            digest: self.digest,
        })
    }
}

impl ConfirmationFile {
    fn read(self) -> Confirmation {
        let Self {
            year,
            by,
            on,
            channels,
        } = self;
        Confirmation {
            year,
            by,
            on,
            channels,
        }
    }
}

fn report(file: &ReportFile) -> Result<Report, DraftFault> {
    let edition = form::by_id(&file.form)
        .ok_or_else(|| DraftFault::Damaged(format!("没有“{}”这个格式版本", file.form)))?;
    let mut report = Report::new(edition.clone(), file.year);
    for (key, text) in file.texts.iter().chain(&file.cells) {
        let id = edition
            .find(key)
            .ok_or_else(|| DraftFault::Damaged(format!("表中没有“{key}”这一格")))?;
        let kind = edition.field(id).kind;
        // Text is kept to the letter, even where it is only spaces.
        let entry = if kind == Kind::Prose {
            Entry::Text(text.clone())
        } else {
            Entry::read(kind, text)
        };
        report.apply(Edit::Enter(id, entry));
    }
    Ok(report)
}
