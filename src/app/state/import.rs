//! A report that was read, part by part, before it is taken over.

use std::sync::Arc;

use crate::doc::Doc;
use crate::doc::recognise::Left;
use crate::doc::trace::{TracedRow, trace};
use crate::form::{Edition, FieldId, SectionBody};
use crate::open::Opened;
use crate::report::{Beside, Draft, Edit, Entry, Prior, Report};

/// A report that was read and waits for the user's word.
#[derive(Debug)]
pub struct ImportReview {
    /// The file, or where else it comes from.
    pub source: String,
    /// The text it was read from, line by line.
    pub lines: Arc<Vec<String>>,
    /// What was read, with the notes of the reader.
    pub draft: Draft,
    /// What it says, part by part.
    pub parts: Vec<ImportPart>,
    /// Text of the source that went nowhere, and whether it is taken back.
    pub left: Vec<(Left, bool)>,
    /// The report and the notes as they were read, without what is taken back.
    read: Box<(Report, Vec<String>)>,
    /// The rows of its tables, each with the line of the text where it was found again.
    pub rows: Vec<TracedRow>,
    /// Where in the text to look, as a line.
    pub look_at: Option<usize>,
    /// The draft that it can go into.
    pub target: Option<ImportTarget>,
    /// The document it was read from, to be compared with the draft.
    pub page: Doc,
}

/// One part of a report that was read.
#[derive(Debug)]
pub struct ImportPart {
    /// What it is called.
    pub label: String,
    /// How much was read, in words.
    pub read: String,
    /// What would change in the open draft.
    pub changes: Vec<ImportChange>,
    /// Whether it is to be taken.
    pub taken: bool,
}

/// One field that would change.
#[derive(Debug)]
pub struct ImportChange {
    /// The field of the open draft.
    pub field: FieldId,
    /// What it is called.
    pub label: String,
    /// What stands there now.
    pub old: Entry,
    /// What was read.
    pub new: Entry,
}

impl ImportReview {
    /// What was read, held against the open draft if there is one.
    #[must_use]
    pub fn new(source: String, opened: Opened, target: Option<&Draft>) -> Self {
        let read = opened.draft.report();
        let parts = match target {
            Some(target) => parts(read, target.report()),
            None => parts(read, &Report::new(Arc::clone(read.edition()), read.year())),
        };
        let lines: Vec<String> = opened.source.lines().map(str::to_owned).collect();
        let rows = trace(read, &lines);
        Self {
            source,
            lines: Arc::new(lines),
            rows,
            read: Box::new((read.clone(), opened.draft.notes().to_vec())),
            draft: opened.draft,
            parts,
            left: opened.left.into_iter().map(|left| (left, false)).collect(),
            look_at: None,
            target: target.map(ImportTarget::of),
            page: opened.page,
        }
    }

    /// Takes back a text that was left out, or leaves it out again: it joins its passage, where it can
    /// be moved or cut.
    pub(in crate::app) fn take_back(&mut self, index: usize, taken: bool, target: Option<&Report>) {
        if let Some((_, own)) = self.left.get_mut(index) {
            *own = taken;
        }
        let (mut report, mut notes) = (*self.read).clone();
        for (left, _) in self.left.iter().filter(|(_, taken)| *taken) {
            let text = report.text(left.passage).to_owned();
            let both = match (text.is_empty(), left.is_before) {
                (true, _) => left.text.clone(),
                (false, true) => format!("{}\n{text}", left.text),
                (false, false) => format!("{text}\n{}", left.text),
            };
            report.apply(Edit::Enter(left.passage, Entry::Text(both)));
            notes.retain(|note| *note != left.note());
        }
        let mut parts = match target {
            Some(target) => parts(&report, target),
            None => parts(
                &report,
                &Report::new(Arc::clone(report.edition()), report.year()),
            ),
        };
        for part in &mut parts {
            let before = self.parts.iter().find(|old| old.label == part.label);
            let had_changes = before.filter(|old| !old.changes.is_empty());
            part.taken = had_changes.map_or(part.taken, |old| old.taken);
        }
        self.parts = parts;
        let beside = Beside {
            notes,
            ..Beside::default()
        };
        self.draft = Draft::with(report, beside);
    }

    /// The notes of the reader but for those of text that was left out, which has a list of its own.
    #[must_use]
    pub fn notes(&self) -> Vec<&String> {
        let of_left: Vec<_> = self.left.iter().map(|(left, _)| left.note()).collect();
        let notes = self.draft.notes().iter();
        notes.filter(|note| !of_left.contains(note)).collect()
    }

    /// The rows of a part, if it is a table.
    pub fn rows_of(&self, part: &ImportPart) -> impl Iterator<Item = &TracedRow> {
        let edition = self.draft.report().edition();
        let label = part.label.clone();
        let is_of = move |row: &&TracedRow| {
            let section = edition.sections.get(row.section);
            section.is_some_and(|section| section.label == label)
        };
        self.rows.iter().filter(is_of)
    }

    /// The line of the text that a cell of the report that was read was found in.
    #[must_use]
    pub fn line_of(&self, label: &str) -> Option<usize> {
        let edition = self.draft.report().edition();
        let mut rows = self.rows.iter();
        let holds = |row: &&TracedRow| {
            let mut fields = row.fields.iter();
            fields.any(|&id| edition.field(id).label == label)
        };
        rows.find(holds)?.line
    }

    /// Everything that is taken, as one edit.
    #[must_use]
    pub fn edit(&self) -> Edit {
        let taken = self.parts.iter().filter(|part| part.taken);
        let changes = taken.flat_map(|part| &part.changes);
        Edit::All(
            changes
                .map(|change| Edit::Enter(change.field, change.new.clone()))
                .collect(),
        )
    }

    /// How many fields would change.
    #[must_use]
    pub fn count(&self) -> usize {
        let taken = self.parts.iter().filter(|part| part.taken);
        taken.map(|part| part.changes.len()).sum()
    }

    /// The next line after the one looked at that holds these words, whatever the spaces.
    pub(in crate::app) fn look_for(&mut self, words: &str) {
        let plain =
            |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
        let words = plain(words);
        let found = |line: &&(usize, &String)| plain(line.1).contains(&words);
        let lines: Vec<(usize, &String)> = self.lines.iter().enumerate().collect();
        let after = self.look_at.map_or(0, |line| line + 1);
        let next = lines.iter().skip(after).find(found);
        self.look_at = next.or_else(|| lines.iter().find(found)).map(|(at, _)| *at);
    }

    pub(in crate::app) fn as_prior(&self) -> Prior {
        Prior {
            report: self.draft.report().clone(),
            source: self.source.clone(),
        }
    }
}

/// The cover and the sections of the target, and what they would take from what was read.
pub(in crate::app) fn parts(read: &Report, target: &Report) -> Vec<ImportPart> {
    let edition = Arc::clone(target.edition());
    let mut parts = vec![cover(read, target, &edition)];
    for (index, section) in edition.sections.iter().enumerate() {
        let inputs = edition.ids().filter(|&id| {
            let field = edition.field(id);
            field.section == Some(index) && !field.is_total()
        });
        let pairs: Vec<(FieldId, &Entry)> = inputs
            .filter_map(|id| Some((id, read.entry(read.edition().find(&edition.field(id).key)?))))
            .filter(|(_, entry)| **entry != Entry::Blank)
            .collect();
        let said = match &section.body {
            SectionBody::Table(_) => format!("{}格", pairs.len()),
            SectionBody::Passage { .. } => {
                let letters = pairs.iter().map(|(_, entry)| entry.shown().chars().count());
                format!("{}字", letters.sum::<usize>())
            }
        };
        let changes = changes(pairs, target);
        if section.heading.is_empty() && changes.is_empty() {
            continue;
        }
        parts.push(ImportPart {
            label: section.label.clone(),
            read: said,
            taken: !changes.is_empty(),
            changes,
        });
    }
    parts
}

/// Issuer and title; another authority's name is not taken unless the user says so.
fn cover(read: &Report, target: &Report, edition: &Edition) -> ImportPart {
    let own = [
        (
            edition.issuer_field,
            read.entry(read.edition().issuer_field),
        ),
        (edition.title_field, read.entry(read.edition().title_field)),
    ];
    let stated = own.into_iter().filter(|(_, entry)| **entry != Entry::Blank);
    let changes = changes(stated.collect(), target);
    ImportPart {
        label: "机关名称和标题".to_owned(),
        read: read.title(),
        taken: target.issuer().is_empty(),
        changes,
    }
}

pub(in crate::app) fn changes(pairs: Vec<(FieldId, &Entry)>, target: &Report) -> Vec<ImportChange> {
    let differing = pairs
        .into_iter()
        .filter(|(id, new)| target.entry(*id) != *new);
    let change = |(field, new): (FieldId, &Entry)| ImportChange {
        field,
        label: target.edition().field(field).label.clone(),
        old: target.entry(field).clone(),
        new: new.clone(),
    };
    differing.map(change).collect()
}

/// What is known of the open draft that a report could go into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportTarget {
    /// Its year.
    pub year: u16,
    /// Its authority.
    pub issuer: String,
    /// Where its last year's report comes from, and of which year that is.
    pub prior: Option<(String, u16)>,
}

impl ImportTarget {
    pub(in crate::app) fn of(draft: &Draft) -> Self {
        let prior = draft.prior();
        Self {
            year: draft.report().year(),
            issuer: draft.report().issuer().to_owned(),
            prior: prior.map(|prior| (prior.source.clone(), prior.report.year())),
        }
    }
}
