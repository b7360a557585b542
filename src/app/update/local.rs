//! What the county asks for (地方要求): a file is taken, said by name, and remembered in the draft. It knows no widget.

use std::path::{Path, PathBuf};

use crate::app::actions::{Action, CheckAction, LocalAction};
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::dialog::FilePurpose;
use crate::app::system::shell::FileQuestion;
use crate::check::RuleSettings;
use crate::desk::{self, SettingsFileError};

/// The extension of files of settings, without a dot.
const EXTENSION: &str = "ron";

/// Whether a file is one of settings, by its name.
pub(in crate::app) fn is_settings(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

impl State {
    /// Does what a view asked for around the county's own rules.
    pub(in crate::app) fn run_local(&mut self, step: LocalAction) -> Effect {
        match step {
            LocalAction::Ask => {
                let question = FileQuestion {
                    title: "选择地方要求的文件".to_owned(),
                    filter: "地方要求".to_owned(),
                    extensions: vec![EXTENSION.to_owned()],
                    save_as: None,
                };
                return self.ask(FilePurpose::LocalRules, question);
            }
            LocalAction::Read(path) => return Self::read_local(path),
            LocalAction::Done(outcome) => self.take_local(outcome),
            LocalAction::Leave => {
                self.settings.check = std::mem::take(&mut self.settings.check).with_local(None);
                self.keep_settings();
                "不再按地方要求审核".clone_into(&mut self.notice);
                self.show_rule_settings();
            }
            LocalAction::UseStyle => self.use_local_style(),
        }
        Effect::Nothing
    }

    /// Reads a file of settings beside the frame.
    pub(in crate::app) fn read_local(path: PathBuf) -> Effect {
        Effect::start("正在读地方要求…", move || {
            let outcome = desk::read_settings(&path);
            Action::Checking(CheckAction::Local(LocalAction::Done(outcome)))
        })
    }

    fn take_local(&mut self, outcome: Result<RuleSettings, SettingsFileError>) {
        let read = match outcome {
            Ok(read) => read,
            Err(error) => return self.trouble("没有用这份地方要求", error.to_string()),
        };
        let own = std::mem::take(&mut self.settings.check);
        self.notice = if let Some(signature) = read.signature() {
            self.settings.check = own.with_local(read.local);
            format!("已用地方要求：{signature}")
        } else {
            self.settings.check = read.with_local(own.local);
            "已用文件里的审核设置".to_owned()
        };
        self.keep_settings();
        self.show_rule_settings();
    }

    /// Sets the open draft out as the county asks for, as one step.
    fn use_local_style(&mut self) {
        let Some(local) = self.settings.check.local.clone() else {
            return;
        };
        let done = self.with_draft(|draft| {
            let choices = local.style.on(draft.choices());
            draft.seal();
            draft.set_choices(choices);
            draft.seal();
        });
        if done {
            "已按地方要求设版式，可以撤销".clone_into(&mut self.notice);
        }
        self.dialog = None;
    }

    /// What is said of a draft that was opened.
    pub(in crate::app) fn said_of_local_rules(&self) -> String {
        let own = self.settings.check.signature();
        let open = self.open.as_ref();
        let named = open.map_or("", |open| open.draft.local_rules());
        if named.is_empty() || own.as_deref() == Some(named) {
            return "已打开".to_owned();
        }
        let now = own.map_or_else(
            || "现在没有用地方要求".to_owned(),
            |own| format!("现在用的是{own}"),
        );
        format!("已打开；上次按{named}审核，{now}，在“审核设置…”里选")
    }

    /// Has the draft remember what the county asked for when it was checked.
    pub(in crate::app) fn note_local_rules(&mut self) {
        let Some(name) = self.settings.check.signature() else {
            return;
        };
        let open = self.open.as_mut();
        if let Some(Ok(draft)) = open.map(|open| open.draft.door()) {
            draft.note_local_rules(&name);
        }
    }
}
