//! The window in which an imported report is looked at before it goes anywhere.

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use super::dialogs::{buttons_ui, main_button, title_ui};
use crate::app::action::{Action, Actions};
use crate::app::intake::{Change, Intake, IntakeStep, Part};
use crate::app::kit::theme::{palette, sizes};

/// How many changes of one part are listed.
const LISTED: usize = 300;
/// How much of a long text is shown for a change, in characters.
const SHOWN: usize = 40;

/// The text it was read from on the left, what was read on the right.
pub fn intake_ui(ui: &mut Ui, intake: &Intake, actions: &mut Actions) {
    title_ui(ui, &format!("导入：{}", intake.source));
    let report = intake.draft.report();
    let issuer = if report.issuer().is_empty() {
        "没有机关名称"
    } else {
        report.issuer()
    };
    ui.label(format!(
        "{issuer}，{}年，{}",
        report.year(),
        report.edition().name
    ));
    ui.add_space(sizes().unit);
    let height = (ui.ctx().content_rect().height() - sizes().unit * 34.0).max(160.0);
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        source_ui(left, intake, height);
        read_ui(right, intake, height, actions);
    });
    buttons_ui(ui, |ui| {
        let step = |actions: &mut Actions, step| actions.push(Action::Intake(step));
        if intake.has_target {
            let count = intake.count();
            if main_button(ui, &format!("写入当前草稿（{count}处）"), count > 0) {
                step(actions, IntakeStep::Enter);
            }
            if ui.button("作为上年度报告").clicked() {
                step(actions, IntakeStep::UseAsPrior);
            }
            if ui.button("另开一份草稿").clicked() {
                step(actions, IntakeStep::OpenAsDraft);
            }
        } else if main_button(ui, "作为草稿打开", true) {
            step(actions, IntakeStep::OpenAsDraft);
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

/// The lines of the source; only those in sight are laid out.
fn source_ui(ui: &mut Ui, intake: &Intake, height: f32) {
    let colours = palette(ui);
    ui.label(RichText::new("原文").strong());
    let row = ui.text_style_height(&egui::TextStyle::Body) + ui.spacing().item_spacing.y;
    let mut area = ScrollArea::both()
        .id_salt("source")
        .auto_shrink([false, false])
        .max_height(height);
    let moved = egui::Id::unique("source looked at");
    let before = ui.data(|data| data.get_temp::<usize>(moved));
    if intake.look_at != before {
        let line = intake.look_at.unwrap_or(0);
        area = area.vertical_scroll_offset((line as f32 * row - height / 3.0).max(0.0));
        ui.data_mut(|data| match intake.look_at {
            Some(line) => {
                data.insert_temp(moved, line);
            }
            None => {
                data.remove::<usize>(moved);
            }
        });
    }
    let text_height = row - ui.spacing().item_spacing.y;
    area.show_rows(ui, text_height, intake.lines.len(), |ui, rows| {
        for at in rows {
            let line = intake.lines.get(at).map_or("", String::as_str);
            let shown = line.replace('\t', "　");
            let mut text = RichText::new(shown);
            if intake.look_at == Some(at) {
                text = text.background_color(colours.query_fill.0);
            }
            ui.add(egui::Label::new(text).extend().selectable(true));
        }
    });
}

/// What was read: the notes first, then part by part what would change.
fn read_ui(ui: &mut Ui, intake: &Intake, height: f32, actions: &mut Actions) {
    let colours = palette(ui);
    ui.label(RichText::new("读到的内容").strong());
    ScrollArea::vertical()
        .id_salt("read")
        .auto_shrink([false, false])
        .max_height(height)
        .show(ui, |ui| {
            for (index, part) in intake.parts.iter().enumerate() {
                part_ui(ui, intake, (index, part), actions);
            }
            let notes = intake.draft.notes();
            ui.add_space(sizes().unit);
            if notes.is_empty() {
                ui.label(RichText::new("没有要核对的地方").color(colours.good.0));
                return;
            }
            ui.label(RichText::new(format!("要核对的地方（{}）", notes.len())).strong());
            for note in notes {
                let link = ui.link(RichText::new(note).color(colours.text.0));
                if let (true, Some(words)) = (link.clicked(), quoted(note)) {
                    actions.push(Action::Intake(IntakeStep::LookFor(words.to_owned())));
                }
            }
        });
}

/// What stands first between quotation marks in a note: the words to look for.
fn quoted(note: &str) -> Option<&str> {
    let (_, rest) = note.split_once('“')?;
    rest.split_once('”').map(|(words, _)| words)
}

fn part_ui(ui: &mut Ui, intake: &Intake, (index, part): (usize, &Part), actions: &mut Actions) {
    let colours = palette(ui);
    let changes = part.changes.len();
    let said = match (intake.has_target, changes) {
        (false, _) => format!("{}：{}", part.label, part.read),
        (true, 0) => format!("{}：{}，与草稿相同", part.label, part.read),
        (true, changes) => format!("{}：{}，{changes}处与草稿不同", part.label, part.read),
    };
    if !intake.has_target {
        ui.label(said);
        return;
    }
    let mut taken = part.taken && changes > 0;
    if ui
        .add_enabled(changes > 0, egui::Checkbox::new(&mut taken, said))
        .changed()
    {
        actions.push(Action::Intake(IntakeStep::Take(index, taken)));
    }
    if changes == 0 {
        return;
    }
    ui.indent(("changes", index), |ui| {
        CollapsingHeader::new(RichText::new("看不同之处").small())
            .id_salt(("list", index))
            .default_open(changes <= 12)
            .show(ui, |ui| {
                for change in part.changes.iter().take(LISTED) {
                    let link = ui.link(RichText::new(change_text(change)).color(colours.text.0));
                    if link.clicked() {
                        let words = shown(&change.new.shown());
                        actions.push(Action::Intake(IntakeStep::LookFor(words)));
                    }
                }
                if changes > LISTED {
                    ui.label(format!("另有{}处没有列出", changes - LISTED));
                }
            });
    });
}

fn change_text(change: &Change) -> String {
    let old = match change.old.shown() {
        old if old.is_empty() => "空白".to_owned(),
        old => shown(&old),
    };
    format!("{}：{old} → {}", change.label, shown(&change.new.shown()))
}

/// The beginning of a text, in one line.
fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if text.chars().count() <= SHOWN && line == text {
        return text.to_owned();
    }
    format!("{}…", line.chars().take(SHOWN).collect::<String>())
}
