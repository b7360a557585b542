//! The dialogs about work that might be lost.

use std::path::{Path, PathBuf};

use egui::{Button, Grid, RichText, ScrollArea, Ui};

use crate::app::actions::{Action, Actions, RecoveryAction};
use crate::app::state::State;
use crate::app::state::after::ThenDo;
use crate::app::state::offer::{FileNow, RecoverableDraft};
use crate::app::state::recovery::{Compared, HistoryDialog, RecoveryDialog};
use crate::app::system::shell::Moment;
use crate::app::views::banner::{ask, take_theirs_button};
use crate::app::views::shelves::shelves_ui;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::disk;
use crate::keep::history::Version;
use crate::report::Draft;
use crate::report::differences::Difference;

/// How many characters around a change are shown.
const AROUND: usize = 12;

/// The sizes of history that are offered, in megabytes.
const LIMITS: [u16; 4] = [5, 20, 50, 200];

/// The dialog that is open.
pub fn rescue_ui(ui: &mut Ui, state: &State, dialog: &RecoveryDialog, actions: &mut Actions) {
    match dialog {
        RecoveryDialog::Recover {
            offers,
            unreadable,
            chosen,
        } => {
            recover_ui(ui, offers, *chosen, unreadable, actions);
        }
        RecoveryDialog::History(history) => history_ui(ui, state, history, actions),
        RecoveryDialog::Failed { text, path, after } => {
            title_ui(ui, "没有保存");
            ui.label(text);
            ui.label(match (state.is_in_recovery(), state.unprotected()) {
                (true, _) => "草稿还开着，修改都在，恢复文件里也有".to_owned(),
                (false, Some(why)) => format!("草稿还开着，修改只在这个窗口里，先不要关闭；{why}"),
                (false, None) => "草稿还开着，修改都在这个窗口里".to_owned(),
            });
            buttons_ui(ui, |ui| {
                if main_button(ui, "另存为…", true) {
                    ask(actions, RecoveryAction::SaveElsewhere(after.clone()));
                }
                if ui.button("再试一次").clicked() {
                    let retry = RecoveryAction::Retry(path.clone(), after.clone());
                    ask(actions, retry);
                }
                close_button(ui, "关闭", actions);
            });
        }
        RecoveryDialog::Changed { path, after, shown } => {
            title_ui(ui, "文件在别处被改过");
            ui.label(disk::shown(path));
            ui.label(if state.has_history() {
                "覆盖以前，文件里现在的内容先存进历史版本；两边都不会丢"
            } else {
                "现在存不了历史版本，覆盖以后文件里现在的内容就没有了；另存为两边都不会丢"
            });
            shown_ui(ui, shown, ["文件里", "这里"]);
            changed_buttons_ui(ui, state, path, after.as_ref(), actions);
        }
        RecoveryDialog::Damaged {
            text,
            salvaged,
            version,
            ..
        } => damaged_ui(ui, text, salvaged.as_deref(), version.as_ref(), actions),
    }
}

fn close_button(ui: &mut Ui, text: &str, actions: &mut Actions) {
    if ui.button(text).clicked() {
        actions.push(Action::CloseDialog);
    }
}

fn changed_buttons_ui(
    ui: &mut Ui,
    state: &State,
    path: &Path,
    after: Option<&ThenDo>,
    actions: &mut Actions,
) {
    buttons_ui(ui, |ui| {
        if main_button(ui, "另存为…", true) {
            ask(actions, RecoveryAction::SaveElsewhere(after.cloned()));
        }
        if ui.button("覆盖文件").clicked() {
            let replace = RecoveryAction::Replace(path.to_owned(), after.cloned());
            ask(actions, replace);
        }
        take_theirs_button(ui, state, path, actions);
        close_button(ui, "取消", actions);
    });
}

/// The recovery files that cannot be read, by name; nothing where there are none.
fn unreadable_ui(ui: &mut Ui, unreadable: &[PathBuf], actions: &mut Actions) {
    if unreadable.is_empty() {
        return;
    }
    let text = format!("有{}份恢复文件读不出来，没有动它们", unreadable.len());
    ui.label(RichText::new(text).color(palette(ui).query.0));
    for stem in unreadable {
        ui.label(RichText::new(disk::shown(stem)).small());
    }
    let aside = ui.button("移到一边，不再提示");
    if aside.on_hover_text("30天以后删除").clicked() {
        ask(actions, RecoveryAction::GiveUpUnreadable);
    }
    ui.add_space(sizes().unit);
}

fn recover_ui(
    ui: &mut Ui,
    offers: &[RecoverableDraft],
    chosen: usize,
    unreadable: &[PathBuf],
    actions: &mut Actions,
) {
    title_ui(ui, "恢复没有保存的修改");
    unreadable_ui(ui, unreadable, actions);
    if offers.is_empty() {
        ui.label("没有可以恢复的修改");
        buttons_ui(ui, |ui| close_button(ui, "关闭", actions));
        return;
    }
    let weak = palette(ui).weak.0;
    ui.label(if offers.iter().all(|offer| offer.given_up) {
        "下面的修改没有存进草稿，放弃以后30天内可以恢复"
    } else {
        "上次没有正常结束，下面的修改还没有存进草稿"
    });
    ui.add_space(sizes().unit);
    for (index, offer) in offers.iter().enumerate() {
        let when = Moment::of(offer.recovered.written_at());
        let count = offer.differences.len();
        let mut text = format!("{}　{when}　{count}处修改", offer.name());
        if offer.given_up {
            text.push_str("（已放弃过）");
        }
        if ui.radio(index == chosen, text).clicked() {
            ask(actions, RecoveryAction::ShowOffer(index));
        }
    }
    let Some(offer) = offers.get(chosen) else {
        return;
    };
    let path = offer.recovered.path.as_ref();
    let path = path.map(|path| disk::shown(path));
    let file = match offer.file {
        FileNow::Never => "这份草稿还没有存成文件".to_owned(),
        FileNow::Same => path.unwrap_or_default(),
        FileNow::MovedOn => format!(
            "草稿文件在那以后又保存过，恢复后保存时会再问：{}",
            path.unwrap_or_default()
        ),
        FileNow::Gone => format!("草稿文件不在了或者打不开：{}", path.unwrap_or_default()),
    };
    ui.add_space(sizes().unit);
    ui.label(RichText::new(file).small().color(weak));
    differences_ui(ui, &offer.differences, ["草稿文件里", "恢复文件里"]);
    buttons_ui(ui, |ui| {
        if main_button(ui, "恢复", true) {
            ask(actions, RecoveryAction::Recover(chosen));
        }
        close_button(ui, "以后再说", actions);
        let give_up = Button::new("放弃");
        let response = ui.add_enabled(!offer.given_up, give_up);
        if response
            .on_hover_text("30天内还可以在“文件→恢复没有保存的修改…”里找回")
            .clicked()
        {
            ask(actions, RecoveryAction::GiveUp(chosen));
        }
    });
}

fn history_ui(ui: &mut Ui, state: &State, history: &HistoryDialog, actions: &mut Actions) {
    let HistoryDialog {
        versions, chosen, ..
    } = history;
    title_ui(ui, "历史版本");
    if let Some(open) = &state.open {
        published_ui(ui, &open.draft);
    }
    if versions.is_empty() {
        ui.label("还没有历史版本；每次保存前，文件里原来的内容都会留一份");
    }
    ScrollArea::vertical()
        .id_salt("versions")
        .max_height(sizes().unit * 16.0)
        .show(ui, |ui| {
            for (index, version) in versions.iter().enumerate() {
                let when = Moment::of(version.saved_at());
                let is_chosen = matches!(chosen, Some((chosen, _)) if *chosen == index);
                if ui.radio(is_chosen, format!("{when}保存的")).clicked() {
                    ask(actions, RecoveryAction::ShowVersion(index));
                }
            }
        });
    if let Some((_, shown)) = chosen {
        ui.add_space(sizes().unit);
        shown_ui(ui, shown, ["那时", "现在"]);
    }
    ui.add_space(sizes().unit);
    ui.horizontal(|ui| {
        let bytes: u64 = versions.iter().map(|version| version.length).sum();
        ui.label(format!(
            "共{}个，{}KB；最多留",
            versions.len(),
            bytes.div_ceil(1024)
        ));
        for limit in LIMITS {
            let is_chosen = state.settings.history_megabytes == limit;
            if ui.radio(is_chosen, format!("{limit}MB")).clicked() {
                ask(actions, RecoveryAction::Limit(limit));
            }
        }
    });
    shelves_ui(ui, &history.others, history.sure_of.as_deref(), actions);
    buttons_ui(ui, |ui| {
        let readable =
            matches!(chosen, Some((_, Compared::Differences(found))) if !found.is_empty());
        if main_button(ui, "恢复这一版", readable)
            && let Some((index, _)) = chosen
        {
            ask(actions, RecoveryAction::Restore(*index));
        }
        close_button(ui, "关闭", actions);
        let text = if history.sure {
            "确定清空，不能撤销"
        } else {
            "清空历史版本"
        };
        if ui
            .add_enabled(!versions.is_empty(), Button::new(text))
            .clicked()
        {
            ask(actions, RecoveryAction::ClearHistory);
        }
    });
}

/// What was published, and when.
fn published_ui(ui: &mut Ui, draft: &Draft) {
    for publication in draft.publications() {
        let what = if publication.is_correction() {
            format!("更正，原因：{}", publication.reason)
        } else {
            "发布".to_owned()
        };
        let by = &publication.by;
        ui.label(format!(
            "{}　{by}　{what}　文件夹“{}”",
            publication.on, publication.folder
        ));
    }
    if let Some(says) = draft.standing().says() {
        ui.label(RichText::new(says).color(palette(ui).good.0));
        ui.add_space(sizes().unit);
    }
}

fn damaged_ui(
    ui: &mut Ui,
    text: &str,
    salvaged: Option<&Draft>,
    version: Option<&Version>,
    actions: &mut Actions,
) {
    title_ui(ui, "草稿打不开");
    ui.label(text);
    ui.add_space(sizes().unit);
    if let Some(version) = version {
        let when = Moment::of(version.saved_at());
        ui.label(format!("有{when}保存的上一个好版本"));
    }
    if let Some(draft) = salvaged {
        let lost = draft.notes().len().saturating_sub(1);
        ui.label(if lost == 0 {
            "文件里的内容都读得出来，可以作为新草稿打开后核对".to_owned()
        } else {
            format!("文件里还有内容读得出来，有{lost}处丢失或不完整，可以作为新草稿打开后核对")
        });
    }
    if salvaged.is_none() && version.is_none() {
        ui.label("没有留下好版本，文件里也读不出内容；可以看看有没有别的备份");
    }
    buttons_ui(ui, |ui| {
        if let Some(version) = version
            && main_button(ui, "打开上一个好版本", true)
            && let Ok(draft) = version.load()
        {
            ask(actions, RecoveryAction::OpenRescued(Box::new(draft)));
        }
        if let Some(draft) = salvaged
            && ui.button("打开读得出来的内容").clicked()
        {
            ask(
                actions,
                RecoveryAction::OpenRescued(Box::new(draft.clone())),
            );
        }
        close_button(ui, "关闭", actions);
    });
}

fn shown_ui(ui: &mut Ui, shown: &Compared, heads: [&str; 2]) {
    match shown {
        Compared::Differences(differences) => differences_ui(ui, differences, heads),
        Compared::Unreadable(text) => {
            ui.label(text);
        }
    }
}

/// What differs, side by side.
fn differences_ui(ui: &mut Ui, differences: &[Difference], [before, after]: [&str; 2]) {
    if differences.is_empty() {
        ui.label("没有差别");
        return;
    }
    let column = sizes().unit * 28.0;
    ScrollArea::vertical()
        .id_salt("differences")
        .max_height(sizes().unit * 26.0)
        .show(ui, |ui| {
            Grid::new("differences")
                .num_columns(3)
                .striped(true)
                .min_col_width(column)
                .max_col_width(column)
                .show(ui, |ui| {
                    for head in ["位置", before, after] {
                        ui.strong(head);
                    }
                    ui.end_row();
                    for difference in differences {
                        row_ui(ui, difference);
                    }
                });
        });
}

fn row_ui(ui: &mut Ui, difference: &Difference) {
    let (before, after) = difference.shortened(AROUND);
    let place = match difference.section.as_str() {
        "" => difference.place.clone(),
        section if section == difference.place => section.to_owned(),
        section => format!("{section}　{}", difference.place),
    };
    let weak = palette(ui).weak.0;
    let cell = |ui: &mut Ui, text: String| {
        let text = if text.is_empty() {
            RichText::new("（空白）").color(weak)
        } else {
            RichText::new(text)
        };
        ui.add(egui::Label::new(text).wrap());
    };
    cell(ui, place);
    cell(ui, before);
    cell(ui, after);
    ui.end_row();
}
