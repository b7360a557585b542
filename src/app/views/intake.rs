//! The window in which an imported report is looked at before it goes anywhere.

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use crate::app::actions::{Action, Actions, ImportAction};
use crate::app::state::import::{ImportChange, ImportPart, ImportReview, ImportTarget};
use crate::app::state::likeliest::Likeliest;
use crate::app::views::read::{figures_ui, notes_ui};
use crate::app::views::source::source_ui;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::report::differences::shortened;

/// How many changes of one part are listed.
const LISTED: usize = 300;

/// How much of a long text is shown for a change, in characters.
const SHOWN: usize = 60;

/// How much of what two texts share is shown around what differs, in characters.
const AROUND: usize = 10;

/// The text it was read from on the left, what was read on the right.
pub fn intake_ui(ui: &mut Ui, intake: &ImportReview, actions: &mut Actions) {
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
    let mut warned = 0.0;
    if let Some(target) = &intake.target {
        for (text, grave) in remarks(intake, target) {
            let colours = palette(ui);
            let ink = if grave {
                colours.error.0
            } else {
                colours.text.0
            };
            warned += ui.label(RichText::new(text).color(ink)).rect.height() + sizes().unit;
        }
    }
    ui.add_space(sizes().unit);
    let height = ui.ctx().content_rect().height() - sizes().unit * 34.0 - warned;
    let height = height.max(160.0);
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        source_ui(left, intake, height);
        read_ui(right, intake, height, actions);
    });
    buttons_ui(ui, |ui| {
        steps_ui(ui, intake, actions);
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

/// What can be done with it, the likeliest first.
fn steps_ui(ui: &mut Ui, intake: &ImportReview, actions: &mut Actions) {
    let next = intake.draft.report().year().saturating_add(1);
    let next = format!("用它做{next}年的");
    if intake.target.is_none() {
        if main_button(ui, "作为草稿打开", true) {
            actions.push(Action::Intake(ImportAction::OpenAsDraft));
        }
        if ui.button(next).clicked() {
            actions.push(Action::Intake(ImportAction::NextYear));
        }
        return;
    }
    let count = intake.count();
    let mut steps = [
        (
            Likeliest::Enter,
            format!("写入当前草稿（{count}处）"),
            ImportAction::Enter,
        ),
        (
            Likeliest::UseAsPrior,
            "作为上年度报告".to_owned(),
            ImportAction::UseAsPrior,
        ),
        (
            Likeliest::OpenAsDraft,
            "另开一份草稿".to_owned(),
            ImportAction::OpenAsDraft,
        ),
    ];
    let likeliest = intake.likeliest();
    steps.sort_by_key(|(kind, ..)| *kind != likeliest);
    for (kind, text, step) in steps {
        let possible = kind != Likeliest::Enter || count > 0;
        let pressed = if kind == likeliest && possible {
            main_button(ui, &text, true)
        } else {
            ui.add_enabled(possible, egui::Button::new(text)).clicked()
        };
        if pressed {
            actions.push(Action::Intake(step));
        }
    }
    if ui.button(next).clicked() {
        actions.push(Action::Intake(ImportAction::NextYear));
    }
    if ui
        .button("和当前草稿核对")
        .on_hover_text("这是公开出去的页面：逐格、逐行、逐段看是不是和草稿一致")
        .clicked()
    {
        actions.push(Action::Intake(ImportAction::Compare));
    }
}

/// How the report differs from the open draft as a whole, and what would be written over; whether
/// it is grave.
fn remarks(intake: &ImportReview, target: &ImportTarget) -> Vec<(String, bool)> {
    let read = intake.draft.report();
    let mut remarks = Vec::new();
    if intake.is_of_another() {
        let text = format!("这是另一个机关的报告，当前草稿是“{}”的", target.issuer);
        remarks.push((text, true));
    }
    if read.year() != target.year {
        let (read, own) = (read.year(), target.year);
        let text = format!("这是{read}年的报告，当前草稿是{own}年的");
        remarks.push((text, true));
    }
    let overwritten = intake.overwritten();
    remarks.push(if overwritten > 0 {
        let text = format!("写入当前草稿会改掉已经填好的{overwritten}处，下面用红色标出");
        (text, true)
    } else {
        ("写入当前草稿不会改掉已经填好的内容".to_owned(), false)
    });
    if let Some((prior, year)) = &target.prior {
        let text = format!("作为上年度报告会替换现有的上年度报告：{prior}（{year}年）");
        remarks.push((text, false));
    }
    remarks
}

/// What was read: the notes first, then part by part what would change.
fn read_ui(ui: &mut Ui, intake: &ImportReview, height: f32, actions: &mut Actions) {
    let colours = palette(ui);
    ui.label(RichText::new("读到的内容").strong());
    ScrollArea::vertical()
        .id_salt("read")
        .auto_shrink([false, false])
        .max_height(height)
        .show(ui, |ui| {
            for (index, part) in intake.parts.iter().enumerate() {
                part_ui(ui, intake, index, part, actions);
            }
            left_ui(ui, intake, actions);
            ui.add_space(sizes().unit);
            let notes = intake.notes();
            if notes.is_empty() {
                ui.label(RichText::new("没有要核对的地方").color(colours.good.0));
                return;
            }
            ui.label(RichText::new(format!("要核对的地方（{}）", notes.len())).strong());
            notes_ui(ui, &notes, actions);
        });
}

/// The text that was left out, all of it, each piece with a box to take it back.
fn left_ui(ui: &mut Ui, intake: &ImportReview, actions: &mut Actions) {
    if intake.left.is_empty() {
        return;
    }
    ui.add_space(sizes().unit);
    let title = format!("没有导入的文字（{}），勾上就放进报告", intake.left.len());
    ui.label(RichText::new(title).strong());
    let edition = intake.draft.report().edition();
    for (index, (left, taken)) in intake.left.iter().enumerate() {
        let mut taken = *taken;
        let place = &edition.field(left.passage).label;
        let said = format!("{}，放进{place}", left.what);
        if ui.checkbox(&mut taken, said).changed() {
            actions.push(Action::Intake(ImportAction::TakeBack(index, taken)));
        }
        ui.indent(("left", index), |ui| {
            let text = RichText::new(&left.text).small();
            ui.add(egui::Label::new(text).wrap());
        });
    }
}

fn part_ui(
    ui: &mut Ui,
    intake: &ImportReview,
    index: usize,
    part: &ImportPart,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let changes = part.changes.len();
    let has_target = intake.target.is_some();
    let said = match (has_target, changes, part.overwritten()) {
        (false, ..) => format!("{}：{}", part.label, part.read),
        (true, 0, _) => format!("{}：{}，与草稿相同", part.label, part.read),
        (true, changes, 0) => format!("{}：{}，{changes}处与草稿不同", part.label, part.read),
        (true, changes, over) => format!(
            "{}：{}，{changes}处与草稿不同，其中{over}处已经填过",
            part.label, part.read
        ),
    };
    if !has_target {
        ui.label(said);
        figures_ui(ui, intake, index, part, actions);
        return;
    }
    let mut taken = part.taken && changes > 0;
    if ui
        .add_enabled(changes > 0, egui::Checkbox::new(&mut taken, said))
        .changed()
    {
        actions.push(Action::Intake(ImportAction::Take(index, taken)));
    }
    figures_ui(ui, intake, index, part, actions);
    if changes == 0 {
        return;
    }
    ui.indent(("changes", index), |ui| {
        CollapsingHeader::new(RichText::new("看不同之处").small())
            .id_salt(("list", index))
            .default_open(changes <= 12)
            .show(ui, |ui| {
                let mut listed: Vec<&ImportChange> = part.changes.iter().collect();
                listed.sort_by_key(|change| !change.overwrites());
                for change in listed.into_iter().take(LISTED) {
                    let colour = if change.overwrites() {
                        colours.error.0
                    } else {
                        colours.text.0
                    };
                    let line = intake.line_of(&change.label);
                    let place = line.map(|line| format!("（原文第{}行）", line + 1));
                    let text = format!("{}{}", change_text(change), place.unwrap_or_default());
                    if ui.link(RichText::new(text).color(colour)).clicked() {
                        let look = line.map(ImportAction::LookAt);
                        let look = look.unwrap_or_else(|| ImportAction::LookFor(new_words(change)));
                        actions.push(Action::Intake(look));
                    }
                }
                if changes > LISTED {
                    ui.label(format!("另有{}处没有列出", changes - LISTED));
                }
            });
    });
}

fn change_text(change: &ImportChange) -> String {
    let (old, new) = (change.old.shown(), change.new.shown());
    let (old, new) = shortened(&old, &new, AROUND);
    format!("{}：{} → {}", change.label, shown(&old), shown(&new))
}

/// The beginning of a text, in one line.
fn shown(text: &str) -> String {
    if text.is_empty() {
        return "空白".to_owned();
    }
    let mut line: String = text.chars().take(SHOWN).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    line.replace('\n', " ")
}

/// Words of the source where it says something else: the first line that is new, or its beginning.
fn new_words(change: &ImportChange) -> String {
    let (old, new) = (change.old.shown(), change.new.shown());
    let line = new.lines().find(|line| !old.contains(line));
    line.unwrap_or(&new).chars().take(SHOWN).collect()
}
