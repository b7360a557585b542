//! The dialog that publishes: what the check says, formats, folder, and what came of it.

use std::path::PathBuf;

use egui::{Align, Layout, ProgressBar, RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions, Command, PublishAction};
use crate::app::state::publish::{Publishing, WritingProgress};
use crate::app::state::{OpenDraft, State};
use crate::app::update::publish::as_published;
use crate::app::views::choices::choices_ui;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Level;

/// The dialog, whatever it has come to.
pub fn publish_ui(ui: &mut Ui, state: &State, publishing: &mut Publishing, actions: &mut Actions) {
    let Some(open) = &state.open else { return };
    title_ui(ui, "发布年度报告");
    if let Some(progress) = &publishing.progress {
        progress_ui(ui, progress, &publishing.folder, actions);
        return;
    }
    let height = ui.ctx().content_rect().height() - sizes().unit * 30.0;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        verdict_ui(ui, open, publishing, actions);
        obstacles_ui(ui, publishing);
        ui.separator();
        formats_ui(ui, open, publishing);
        ui.separator();
        folder_ui(ui, publishing, actions);
        ui.separator();
        choices_ui(ui, open.draft.choices(), actions);
    });
    let blocked = open.findings.blocking() > 0;
    let ready = publishing.wanted().next().is_some()
        && !publishing.folder.trim().is_empty()
        && (!blocked || publishing.insists)
        && publishing.objections().is_empty();
    buttons_ui(ui, |ui| {
        let name = if blocked { "写出草稿" } else { "发布" };
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

/// What was written so far, and what is being written.
fn progress_ui(ui: &mut Ui, progress: &WritingProgress, folder: &str, actions: &mut Actions) {
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
    } else {
        let text = format!("{bad}个文件没有写好，不要发布");
        ui.label(RichText::new(text).color(colours.error.0));
    }
    buttons_ui(ui, |ui| {
        if main_button(ui, "关闭", true) {
            actions.push(Action::CloseDialog);
        }
        if ui.button("打开文件夹").clicked() {
            let step = PublishAction::ShowFolder(PathBuf::from(folder.trim()));
            actions.push(Action::Publish(step));
        }
    });
}
