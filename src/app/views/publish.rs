//! The dialog that publishes: what the check says, formats, folder, and what came of it.

use std::path::PathBuf;

use egui::{Align, Layout, ProgressBar, RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions, Command, PublishAction};
use crate::app::state::publish::{Publishing, WritingProgress};
use crate::app::state::{OpenDraft, State};
use crate::app::update::publish::as_published;
use crate::app::views::choices::{choices_ui, has_possible_date};
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Level;
use crate::publish::correction;
use crate::report::{Edit, Entry, Standing};

/// How many corrections are listed.
const MOST_CHANGES: usize = 50;

/// The dialog, whatever it has come to.
pub fn publish_ui(ui: &mut Ui, state: &State, publishing: &mut Publishing, actions: &mut Actions) {
    let Some(open) = &state.open else { return };
    title_ui(ui, "发布年度报告");
    if let Some(progress) = &publishing.progress {
        progress_ui(ui, progress, publishing, actions);
        return;
    }
    let blocked = open.findings.blocking() > 0;
    let standing = open.standing();
    let height = ui.ctx().content_rect().height() - sizes().unit * 30.0;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        verdict_ui(ui, open, publishing, actions);
        if !blocked {
            standing_ui(ui, state, open, publishing, actions);
        }
        obstacles_ui(ui, publishing);
        ui.separator();
        formats_ui(ui, open, publishing);
        ui.separator();
        folder_ui(ui, publishing, actions);
        if !blocked {
            beside_ui(ui, publishing);
        }
        ui.separator();
        choices_ui(ui, open.draft.choices(), &publishing.fault, actions);
    });
    let is_correction = matches!(standing, Standing::Changed(_));
    let has_reason = !is_correction || !publishing.reason.trim().is_empty();
    let may = if blocked {
        publishing.insists
    } else {
        has_reason
    };
    let ready = may
        && publishing.wanted().next().is_some()
        && !publishing.folder.trim().is_empty()
        && has_possible_date(open.draft.choices())
        && publishing.objections().is_empty();
    buttons_ui(ui, |ui| {
        let name = match standing {
            _ if blocked => "写出草稿",
            Standing::Unpublished => "发布",
            Standing::Published => "再写一套",
            Standing::Changed(_) => "写出更正",
        };
        if main_button(ui, name, ready) {
            actions.push(Action::Publish(PublishAction::Begin));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

/// What the check says, and what follows from it.
fn verdict_ui(ui: &mut Ui, open: &OpenDraft, publishing: &mut Publishing, actions: &mut Actions) {
    let colours = palette(ui);
    let count = |level| {
        let list = open.findings.list.iter();
        list.filter(|finding| finding.level == level && finding.blocks())
            .count()
    };
    let (errors, queries) = (count(Level::Error), count(Level::Query));
    if errors + queries == 0 {
        let advice = open.findings.count(Level::Advice);
        let text = match advice {
            0 => "审核通过".to_owned(),
            _ => format!("审核通过，还有{advice}条提示"),
        };
        ui.label(RichText::new(text).color(colours.good.0));
        return;
    }
    if errors > 0 {
        ui.label(RichText::new(format!("强制性问题{errors}个，要改正")).color(colours.error.0));
    }
    if queries > 0 {
        let text = format!("核实性问题{queries}个，要改正或者写明原因");
        ui.label(RichText::new(text).color(colours.query.0));
    }
    ui.horizontal(|ui| {
        if ui.button("回去处理").clicked() {
            actions.push(Action::CloseDialog);
            actions.push(Action::Run(Command::NextFinding));
        }
        ui.checkbox(&mut publishing.insists, "仍要写出，文件名和页眉标明“草稿”");
    });
}

/// What the pages cannot show as it was chosen, and the question whether to go on.
fn obstacles_ui(ui: &mut Ui, publishing: &mut Publishing) {
    let wants_pages = publishing.wanted().any(|writer| writer.draws);
    let list = publishing.obstacles.iter().flatten();
    let list: Vec<_> = list.filter(|_| wants_pages).collect();
    if list.is_empty() {
        return;
    }
    for obstacle in list {
        ui.label(RichText::new(format!("PDF：{obstacle}")).color(palette(ui).query.0));
    }
    ui.checkbox(&mut publishing.accepts, "PDF照样发布");
}

fn formats_ui(ui: &mut Ui, open: &OpenDraft, publishing: &mut Publishing) {
    ui.horizontal_wrapped(|ui| {
        for (writer, wanted) in &mut publishing.formats {
            ui.checkbox(wanted, writer.label);
        }
    });
    let weak = palette(ui).weak.0;
    if open.findings.blocking() == 0 {
        let text = "写进一个带日期的新文件夹，附清单和校验码，不动别的文件";
        ui.label(RichText::new(text).small().color(weak));
        return;
    }
    let draft = as_published(open);
    let targets: Vec<_> = publishing
        .wanted()
        .map(|writer| publishing.target(&draft, writer))
        .collect();
    let existing = targets.iter().filter(|(_, exists)| *exists).count();
    if let Some((path, _)) = targets.first() {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let more = if targets.len() > 1 {
            format!("等{}个文件", targets.len())
        } else {
            String::new()
        };
        ui.label(RichText::new(format!("{name}{more}")).small().color(weak));
    }
    if existing > 0 {
        ui.horizontal(|ui| {
            let text = format!("文件夹里已有{existing}个同名文件，将另取名字");
            let said = if publishing.overwrite {
                format!("将覆盖{existing}个同名文件")
            } else {
                text
            };
            ui.label(RichText::new(said).color(palette(ui).query.0));
            ui.checkbox(&mut publishing.overwrite, "覆盖同名文件");
        });
    }
}

fn folder_ui(ui: &mut Ui, publishing: &mut Publishing, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let label = ui.label("文件夹");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("选择文件夹…").clicked() {
                let step = PublishAction::ChooseFolder(Box::new(publishing.clone()));
                actions.push(Action::Publish(step));
            }
            let edit = TextEdit::singleline(&mut publishing.folder).desired_width(f32::INFINITY);
            ui.add(edit).labelled_by(label.id);
        });
    });
}

/// How the draft stands to what was published: that nothing changed, or what is to be corrected and why.
fn standing_ui(
    ui: &mut Ui,
    state: &State,
    open: &OpenDraft,
    publishing: &mut Publishing,
    actions: &mut Actions,
) {
    let Some(last) = open.draft.last_publication() else {
        return;
    };
    let changes = open.draft.changes_since_publication();
    ui.separator();
    if changes.is_empty() {
        let text = format!(
            "{}已经发布，之后没有改动，不必再发布；要更正，先在草稿里改",
            last.on
        );
        ui.label(RichText::new(text).color(palette(ui).good.0));
        return;
    }
    let text = format!(
        "{}发布过，之后改了{}处，这次写出的是更正：",
        last.on,
        changes.len()
    );
    ui.label(text);
    ScrollArea::vertical()
        .id_salt("corrections")
        .max_height(sizes().unit * 14.0)
        .show(ui, |ui| {
            for change in changes.iter().take(MOST_CHANGES) {
                let text = format!("• {}：{}", change.name(), change.says());
                ui.add(egui::Label::new(RichText::new(text).small()).wrap());
            }
        });
    let label = ui.label("更正的原因");
    let edit = TextEdit::singleline(&mut publishing.reason).desired_width(f32::INFINITY);
    ui.add(edit).labelled_by(label.id);
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut publishing.apart, "另写一份更正说明");
        let has_reason = !publishing.reason.trim().is_empty();
        let passage = open.draft.report().edition().passages().last();
        let Some((section, field)) = passage else {
            return;
        };
        let name = format!("在“{}”里写一行更正说明", section.label);
        let on = state.today.map(|now| now.date().to_string());
        let occasion = publishing.occasion(&on.unwrap_or_default());
        let line = correction::sentence(&open.draft, &occasion);
        let text = open.draft.report().text(field);
        let is_open = has_reason && !text.contains(&line);
        if ui.add_enabled(is_open, egui::Button::new(name)).clicked() {
            let text = if text.is_empty() {
                line
            } else {
                format!("{text}\n{line}")
            };
            let edit = Edit::Enter(field, Entry::Text(text));
            actions.push(Action::Edit("写更正说明".to_owned(), edit));
        }
        let back = ui.button("回到发布时的内容");
        if back
            .on_hover_text("草稿回到上次发布的样子，可以撤销")
            .clicked()
        {
            let edit = Edit::Replace(Box::new(last.report.clone()));
            actions.push(Action::Edit("回到发布时的内容".to_owned(), edit));
        }
    });
}

/// Who publishes, and what else goes into the folder.
fn beside_ui(ui: &mut Ui, publishing: &mut Publishing) {
    ui.horizontal(|ui| {
        let label = ui.label("发布人");
        let edit = TextEdit::singleline(&mut publishing.by).desired_width(sizes().unit * 20.0);
        ui.add(edit).labelled_by(label.id);
        for (paper, wanted) in &mut publishing.papers {
            ui.checkbox(wanted, format!("附{}", paper.name()));
        }
    });
}

/// What was written so far, and what is being written.
fn progress_ui(
    ui: &mut Ui,
    progress: &WritingProgress,
    publishing: &Publishing,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let height = ui.ctx().content_rect().height() - sizes().unit * 40.0;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        for told in &progress.done {
            let (mark, colour) = match (told.is_good, told.is_compared) {
                (true, true) => ("✓", colours.good.0),
                (true, false) => ("?", colours.query.0),
                (false, _) => ("✗", colours.error.0),
            };
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(mark).color(colour));
                ui.label(told.text.as_str());
            });
            if let Some(name) = told.path.file_name() {
                let name = name.to_string_lossy().into_owned();
                ui.label(RichText::new(name).small().color(colours.weak.0));
            }
        }
    });
    if let Some(writer) = progress.current() {
        let share = progress.done.len() as f32 / progress.total().max(1) as f32;
        let text = format!("正在写{}并读回核对…", writer.label);
        ui.add(ProgressBar::new(share).text(text));
        return;
    }
    ui.add_space(sizes().unit);
    let bad = progress.done.iter().filter(|told| !told.is_good).count();
    if bad == 0 {
        ui.label(format!("写好了{}个文件", progress.total()));
        match &publishing.finished {
            Some(Ok(says)) => {
                ui.add(egui::Label::new(says.as_str()).wrap());
            }
            Some(Err(says)) => {
                ui.label(RichText::new(says).color(colours.error.0));
            }
            None => {}
        }
    } else {
        let text = format!("{bad}个文件没有写好，不要发布");
        ui.label(RichText::new(text).color(colours.error.0));
    }
    buttons_ui(ui, |ui| {
        if main_button(ui, "关闭", true) {
            actions.push(Action::CloseDialog);
        }
        if ui.button("打开文件夹").clicked() {
            let step = PublishAction::ShowFolder(PathBuf::from(publishing.folder.trim()));
            actions.push(Action::Publish(step));
        }
    });
}
