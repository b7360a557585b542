//! What was read of a report: its figures, each row beside its source, and the reader's notes.

use egui::{CollapsingHeader, RichText, Ui};

use crate::app::actions::{Action, Actions, ImportAction};
use crate::app::state::import::{ImportPart, ImportReview};
use crate::app::widgets::theme::{palette, sizes};
use crate::doc::trace::TracedRow;
use crate::report::Entry;
use crate::report::note::{NoteKind, folded};

/// How much of a line of the source is shown, in characters.
const SHOWN: usize = 120;

/// The notes by what they say, those that say the same of different places folded.
pub(super) fn notes_ui(ui: &mut Ui, notes: &[&String], actions: &mut Actions) {
    for kind in NoteKind::ALL {
        let own = notes.iter().copied();
        let own: Vec<_> = own.filter(|note| NoteKind::of(note) == kind).collect();
        if own.is_empty() {
            continue;
        }
        ui.label(format!("{}（{}）", kind.name(), own.len()));
        ui.indent(("notes", kind.name()), |ui| {
            for group in folded(own.into_iter()) {
                let Some((first, others)) = group.split_first() else {
                    continue;
                };
                note_ui(ui, first, actions);
                if others.is_empty() {
                    continue;
                }
                let title = format!("还有{}处相近", others.len());
                CollapsingHeader::new(RichText::new(title).small())
                    .id_salt(first)
                    .show(ui, |ui| {
                        for note in others {
                            note_ui(ui, note, actions);
                        }
                    });
            }
        });
    }
}

/// A note that leads to the words it quotes.
fn note_ui(ui: &mut Ui, note: &str, actions: &mut Actions) {
    let link = ui.link(RichText::new(note).color(palette(ui).text.0));
    if let (true, Some(words)) = (link.clicked(), quoted(note)) {
        actions.push(Action::Intake(ImportAction::LookFor(words.to_owned())));
    }
}

/// The figures of a table as they were read, row by row, each row beside the line it was found in.
pub(super) fn figures_ui(
    ui: &mut Ui,
    intake: &ImportReview,
    index: usize,
    part: &ImportPart,
    actions: &mut Actions,
) {
    let rows: Vec<_> = intake.rows_of(part).collect();
    if rows.is_empty() {
        return;
    }
    ui.indent(("read", index), |ui| {
        CollapsingHeader::new(RichText::new("看读到的数").small())
            .id_salt(("figures", index))
            .default_open(intake.target.is_none())
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = sizes().unit / 4.0;
                for row in rows {
                    row_ui(ui, intake, row, actions);
                }
            });
    });
}

/// One row: its label and its figures, then its line of the source, which is shown when either is pressed.
fn row_ui(ui: &mut Ui, intake: &ImportReview, row: &TracedRow, actions: &mut Actions) {
    let colours = palette(ui);
    let report = intake.draft.report();
    let weak = |text: String| RichText::new(text).small().color(colours.weak.0);
    let looked = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = sizes().unit;
        let label = if row.label.is_empty() {
            "这一行"
        } else {
            &row.label
        };
        let mut is_asked = ui
            .link(RichText::new(label).color(colours.text.0))
            .clicked();
        for &id in &row.fields {
            let shown = report.entry(id).shown();
            let text = match report.entry(id) {
                Entry::Blank => RichText::new("空").color(colours.query.0),
                Entry::Unreadable(_) => RichText::new(shown).color(colours.error.0),
                _ => RichText::new(shown).strong(),
            };
            let name = &report.edition().field(id).label;
            let figure = ui.add(egui::Label::new(text).sense(egui::Sense::click()));
            is_asked |= figure.on_hover_text(name).clicked();
        }
        is_asked
    });
    let line = row
        .line
        .and_then(|line| Some((line, intake.lines.get(line)?)));
    let source = match line {
        Some((number, text)) => {
            let text: String = text.trim().chars().take(SHOWN).collect();
            weak(format!(
                "原文第{}行：{}",
                number + 1,
                text.replace('\t', " ")
            ))
        }
        None if row
            .fields
            .iter()
            .all(|&id| *report.entry(id) == Entry::Blank) =>
        {
            weak("没有读到数".to_owned())
        }
        None => weak("原文里这几个数没有连在一起，逐格核对".to_owned()).color(colours.query.0),
    };
    let source = ui.add(
        egui::Label::new(source)
            .truncate()
            .sense(egui::Sense::click()),
    );
    let Some((line, _)) = line.filter(|_| looked.inner || source.clicked()) else {
        return;
    };
    actions.push(Action::Intake(ImportAction::LookAt(line)));
}

/// What stands first between quotation marks in a note: the words to look for.
fn quoted(note: &str) -> Option<&str> {
    let (_, rest) = note.split_once('“')?;
    rest.split_once('”').map(|(words, _)| words)
}
