//! Looks kept as files: asked for in the dialog of publishing, used, written. It knows no widget.

use std::path::Path;

use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::dialog::{Dialog, FilePurpose};
use crate::app::state::publish::Publishing;
use crate::app::system::shell::FileQuestion;
use crate::app::update::files::asked;
use crate::disk;
use crate::store::{self, LOOK_EXTENSION};

impl State {
    /// Asks for the file of a look, to use or to write; the dialog waits meanwhile.
    pub(super) fn ask_look(&mut self, writes: bool) -> Effect {
        let Some(Dialog::Publish(publishing)) = self.dialog.take() else {
            return Effect::Nothing;
        };
        let title = if writes {
            "存成版式文件"
        } else {
            "用版式文件"
        };
        let question = FileQuestion {
            title: title.to_owned(),
            filter: "版式文件".to_owned(),
            extensions: vec![LOOK_EXTENSION.to_owned()],
            save_as: writes.then(|| format!("版式.{LOOK_EXTENSION}")),
        };
        let purpose = if writes {
            FilePurpose::KeepLook(publishing)
        } else {
            FilePurpose::UseLook(publishing)
        };
        self.ask(purpose, question)
    }

    pub(super) fn use_look(&mut self, publishing: Box<Publishing>, path: &Path) {
        self.dialog = Some(Dialog::Publish(publishing));
        let Some(open) = &self.open else { return };
        match store::read_look(path) {
            Ok(look) => {
                let look = look.with_own(open.draft.choices());
                self.choose(look);
                self.notice = format!("用了版式文件：{}", disk::shown(path));
            }
            Err(error) => self.trouble("没有用版式文件", error.to_string()),
        }
    }

    pub(super) fn keep_look(&mut self, publishing: Box<Publishing>, path: &Path) {
        self.dialog = Some(Dialog::Publish(publishing));
        let Some(open) = &self.open else { return };
        let own: Vec<_> = open.path.as_deref().into_iter().collect();
        match store::write_look(open.draft.choices(), path, asked(&own)) {
            Ok(()) => self.notice = format!("版式存成了文件：{}", disk::shown(path)),
            Err(error) => self.trouble("没有存成版式文件", error.to_string()),
        }
    }
}
