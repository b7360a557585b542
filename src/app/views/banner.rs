//! What stands over the report when its file is open or was changed elsewhere, and in its place when the program
//! broke.

use std::path::Path;

use egui::{RichText, Ui};

use crate::app::actions::{Action, Actions, RecoveryAction};
use crate::app::state::State;
use crate::app::system::shell::Moment;
use crate::app::widgets::theme::{palette, sizes};
use crate::disk;
use crate::keep::lock::Holder;

pub(super) fn ask(actions: &mut Actions, action: RecoveryAction) {
    actions.push(Action::Rescue(action));
}

/// What stands over a draft that is open or was changed elsewhere; nothing over every other one.
pub fn banner_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(open) = &state.open else { return };
    if let Some(holder) = open.kept.elsewhere() {
        elsewhere_ui(ui, holder, actions);
    }
    let keeps = if state.has_history() {
        "，两边都不会丢"
    } else {
        ""
    };
    if let (Some(seen), Some(path)) = (state.changed_elsewhere(), &open.path) {
        let when = seen
            .when
            .map(|when| format!("（{}）", Moment::of(when)))
            .unwrap_or_default();
        let here = match (state.is_read_only(), open.is_dirty()) {
            (true, _) => "这里显示的还是以前的内容",
            (false, true) => "您没有保存的修改还在这里",
            (false, false) => "这里还是以前的内容",
        };
        ui.horizontal_wrapped(|ui| {
            let text = format!("这份草稿的文件在别处改过{when}；{here}{keeps}");
            ui.label(RichText::new(text).color(palette(ui).query.0));
            if ui.button("看看哪里不同…").clicked() {
                ask(actions, RecoveryAction::ShowChanged);
            }
            take_theirs_button(ui, state, path, actions);
            if ui.button("以后再说").clicked() {
                ask(actions, RecoveryAction::LookLater);
            }
        });
    }
}

fn elsewhere_ui(ui: &mut Ui, holder: &Holder, actions: &mut Actions) {
    let since = Moment::of(crate::keep::time_of(holder.since));
    let is_own = holder.user == disk::user() && holder.host == disk::host();
    let who = match (holder.user.as_str(), holder.host.as_str()) {
        _ if is_own => "本机的另一个窗口".to_owned(),
        ("", "") => "别人".to_owned(),
        ("", host) => format!("别人（{host}）"),
        (user, "") => user.to_owned(),
        (user, host) => format!("{user}（{host}）"),
    };
    ui.horizontal_wrapped(|ui| {
        let text = format!("只读：{who}从{since}起打开着这份草稿");
        ui.label(RichText::new(text).color(palette(ui).query.0));
        if ui.button("另存为…").clicked() {
            ask(actions, RecoveryAction::SaveElsewhere(None));
        }
        if ui
            .button("改由我来编辑")
            .on_hover_text("对方保存时会看到文件已被改过，两边的内容都会留下")
            .clicked()
        {
            ask(actions, RecoveryAction::TakeOver);
        }
    });
}

pub(super) fn take_theirs_button(ui: &mut Ui, state: &State, path: &Path, actions: &mut Actions) {
    let theirs = ui.button("改用文件里的");
    if theirs.on_hover_text(left_words(state)).clicked() {
        ask(actions, RecoveryAction::TakeTheirs(path.to_owned()));
    }
}

/// What becomes of changes that are left unsaved.
pub(super) fn left_words(state: &State) -> &'static str {
    if state.has_recovery() {
        "没有保存的修改30天内还可以找回"
    } else {
        "现在写不了恢复文件，没有保存的修改以后找不回来"
    }
}

/// What is shown after the program broke; `words` say what became of the changes.
pub fn broken_ui(ui: &mut Ui, words: &str) -> bool {
    ui.vertical_centered(|ui| {
        ui.add_space(sizes().unit * 20.0);
        ui.label(RichText::new("程序出错了").size(sizes().title));
        ui.add_space(sizes().unit * 2.0);
        ui.label(words);
        ui.add_space(sizes().unit * 2.0);
        ui.button("关闭年报").clicked()
    })
    .inner
}
