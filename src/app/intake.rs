//! A report that was read from a file or the clipboard, and what of it goes where (导入核对).
//!
//! It compares with the open draft and makes one edit of what is taken. It knows no widget.

use std::path::PathBuf;
use std::sync::Arc;

use super::action::Action;
use super::dialog::{After, Dialog};
use super::likeliest::Target;
use super::shell::{Clip, Moment};
use super::state::{OpenDraft, State};
use crate::doc::recognise::Left;
use crate::form::{Block, Edition, FieldId};
use crate::open::{self, Opened};
use crate::report::{Beside, Change as DraftChange, Draft, Edit, Entry, Prior, Report};
use crate::store;

/// What the step is called that takes over an imported report.
const STEP: &str = "导入";

/// A report that was read and waits for the user's word.
#[derive(Debug)]
pub struct Intake {
    /// The file, or where else it comes from.
    pub source: String,
    /// The text it was read from, line by line.
    pub lines: Arc<Vec<String>>,
    /// What was read, with the notes of the reader.
    pub draft: Draft,
    /// What it says, part by part.
    pub parts: Vec<Part>,
    /// Text of the source that went nowhere, and whether it is taken back.
    pub left: Vec<(Left, bool)>,
    /// The report and the notes as they were read, without what is taken back.
    read: Box<(Report, Vec<String>)>,
    /// Where in the text to look, as a line.
    pub look_at: Option<usize>,
    /// The draft that it can go into.
    pub target: Option<Target>,
}

/// One part of a report that was read.
#[derive(Debug)]
pub struct Part {
    /// What it is called.
    pub label: String,
    /// How much was read, in words.
    pub read: String,
    /// What would change in the open draft.
    pub changes: Vec<Change>,
    /// Whether it is to be taken.
    pub taken: bool,
}

/// One field that would change.
#[derive(Debug)]
pub struct Change {
    /// The field of the open draft.
    pub field: FieldId,
    /// What it is called.
    pub label: String,
    /// What stands there now.
    pub old: Entry,
    /// What was read.
    pub new: Entry,
}

/// What the user wants to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeStep {
    /// Take a part, or leave it.
    Take(usize, bool),
    /// Take back a text that was left out, or leave it out.
    TakeBack(usize, bool),
    /// Look for words in the text.
    LookFor(String),
    /// Put what is taken into the open draft.
    Enter,
    /// Make a draft of its own out of it.
    OpenAsDraft,
    /// Use it as last year's report of the open draft.
    UseAsPrior,
}

impl Intake {
    /// What was read, held against the open draft if there is one.
    #[must_use]
    pub fn new(source: String, opened: Opened, target: Option<&Draft>) -> Self {
        let read = opened.draft.report();
        let parts = match target {
            Some(target) => parts(read, target.report()),
            None => parts(read, &Report::new(Arc::clone(read.edition()), read.year())),
        };
        Self {
            source,
            lines: Arc::new(opened.source.lines().map(str::to_owned).collect()),
            read: Box::new((read.clone(), opened.draft.notes().to_vec())),
            draft: opened.draft,
            parts,
            left: opened.left.into_iter().map(|left| (left, false)).collect(),
            look_at: None,
            target: target.map(Target::of),
        }
    }

    /// Takes back a text that was left out, or leaves it out again: it joins its passage, where it can
    /// be moved or cut.
    fn take_back(&mut self, index: usize, taken: bool, target: Option<&Report>) {
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
    fn look_for(&mut self, words: &str) {
        let plain =
            |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
        let words = plain(words);
        let found = |line: &&(usize, &String)| plain(line.1).contains(&words);
        let lines: Vec<(usize, &String)> = self.lines.iter().enumerate().collect();
        let after = self.look_at.map_or(0, |line| line + 1);
        let next = lines.iter().skip(after).find(found);
        self.look_at = next.or_else(|| lines.iter().find(found)).map(|(at, _)| *at);
    }
}

/// The cover and the sections of the target, and what they would take from what was read.
fn parts(read: &Report, target: &Report) -> Vec<Part> {
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
            Block::Table(_) => format!("{}格", pairs.len()),
            Block::Passage { .. } => {
                let letters = pairs.iter().map(|(_, entry)| entry.shown().chars().count());
                format!("{}字", letters.sum::<usize>())
            }
        };
        let changes = changes(pairs, target);
        if section.heading.is_empty() && changes.is_empty() {
            continue;
        }
        parts.push(Part {
            label: section.label.clone(),
            read: said,
            taken: !changes.is_empty(),
            changes,
        });
    }
    parts
}

/// Issuer and title; another authority's name is not taken unless the user says so.
fn cover(read: &Report, target: &Report, edition: &Edition) -> Part {
    let own = [
        (
            edition.issuer_field,
            read.entry(read.edition().issuer_field),
        ),
        (edition.title_field, read.entry(read.edition().title_field)),
    ];
    let stated = own.into_iter().filter(|(_, entry)| **entry != Entry::Blank);
    let changes = changes(stated.collect(), target);
    Part {
        label: "机关名称和标题".to_owned(),
        read: read.title(),
        taken: target.issuer().is_empty(),
        changes,
    }
}

fn changes(pairs: Vec<(FieldId, &Entry)>, target: &Report) -> Vec<Change> {
    let differing = pairs
        .into_iter()
        .filter(|(id, new)| target.entry(*id) != *new);
    let change = |(field, new): (FieldId, &Entry)| Change {
        field,
        label: target.edition().field(field).label.clone(),
        old: target.entry(field).clone(),
        new: new.clone(),
    };
    differing.map(change).collect()
}

impl State {
    /// Opens a draft, and shows what a report says before anything is done with it.
    pub(super) fn open_or_import(&mut self, path: PathBuf, now: Moment) {
        let is_draft = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case(store::EXTENSION));
        if is_draft {
            self.guard(After::Open(path), now);
        } else {
            self.read_file(path);
        }
    }

    /// Reads a report from the clipboard.
    pub(super) fn import_clip(&mut self, clip: Clip) {
        let from = PathBuf::from("剪贴板");
        self.start("正在读剪贴板…", move || {
            let outcome = open::open_pasted(clip.html.as_deref(), &clip.text);
            Action::Opened(from, None, outcome.map(Box::new))
        });
    }

    /// Shows what was read beside the text it was read from.
    pub(super) fn review(&mut self, source: String, opened: Opened) {
        let target = self.open.as_ref().map(|open| &*open.draft);
        self.intake = Some(Box::new(Intake::new(source, opened, target)));
        self.dialog = Some(Dialog::Intake);
    }

    /// Does what the user wants with the report that was read.
    pub(super) fn intake_step(&mut self, step: IntakeStep, now: Moment) {
        let Some(intake) = &mut self.intake else {
            return;
        };
        match step {
            IntakeStep::Take(part, taken) => {
                if let Some(part) = intake.parts.get_mut(part) {
                    part.taken = taken;
                }
            }
            IntakeStep::TakeBack(index, taken) => {
                let target = self.open.as_ref().map(|open| open.draft.report());
                intake.take_back(index, taken, target);
            }
            IntakeStep::LookFor(words) => intake.look_for(&words),
            IntakeStep::Enter => {
                let (edit, count) = (intake.edit(), intake.count());
                let mut notes = intake.draft.notes().to_vec();
                let done = self.with_draft(|draft| {
                    let before = draft.notes().iter().filter(|note| !notes.contains(note));
                    let mut all: Vec<String> = before.cloned().collect();
                    all.append(&mut notes);
                    let changes = vec![DraftChange::Report(edit), DraftChange::Notes(all)];
                    draft.change(STEP, DraftChange::All(changes));
                });
                if done {
                    self.notice = format!("已导入{count}处，可以撤销");
                    self.dialog = None;
                    self.intake = None;
                }
            }
            IntakeStep::OpenAsDraft => self.guard(After::Imported, now),
            IntakeStep::UseAsPrior => {
                let prior = Prior {
                    report: intake.draft.report().clone(),
                    source: intake.source.clone(),
                };
                self.dialog = None;
                self.intake = None;
                self.add_prior(prior);
            }
        }
    }

    /// Opens the report that was read as a draft of its own.
    pub(super) fn open_imported(&mut self) {
        let Some(intake) = self.intake.take() else {
            return;
        };
        self.notice = match intake.draft.notes().len() {
            0 => "已导入".to_owned(),
            notes => format!("已导入，有{notes}处要核对"),
        };
        self.put_on_desk(OpenDraft::new(intake.draft, None, false), None);
    }
}
