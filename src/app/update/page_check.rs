//! A published page is compared with the draft on the desk. It knows no widget.

use std::path::PathBuf;

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::dialog::{Dialog, FilePurpose};
use crate::app::state::page_check::PageCheck;
use crate::app::update::files::importing;
use crate::compare::{Scope, compare};
use crate::doc::Doc;
use crate::open::{self, OpenError};
use crate::report::Draft;

impl State {
    /// Asks which page.
    pub(in crate::app) fn ask_page(&mut self) -> Effect {
        self.ask(FilePurpose::Page, importing("选择公开出去的网页或文件"))
    }

    /// Reads a page and compares it, beside the frame.
    pub(in crate::app) fn compare_page(&self, path: PathBuf) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let draft = open.draft.clone();
        Effect::start("正在核对页面…", move || {
            let name = path.file_name().unwrap_or(path.as_os_str());
            let name = name.to_string_lossy().into_owned();
            let page = open::open_page(&path);
            let outcome = page.and_then(|page| {
                checked(&draft, &page, &name).map_err(|reason| OpenError::NoReport { path, reason })
            });
            Action::PageCompared(outcome.map(Box::new))
        })
    }

    /// Compares the page that was read and is being looked at.
    pub(in crate::app) fn compare_intake(&mut self) {
        let (Some(open), Some(intake)) = (&self.open, &self.intake) else {
            return;
        };
        let outcome = checked(&open.draft, &intake.page, &intake.source);
        let path = PathBuf::from(&intake.source);
        let outcome = outcome.map_err(|reason| OpenError::NoReport { path, reason });
        self.intake = None;
        self.page_compared(outcome.map(Box::new));
    }

    /// Shows what came of it.
    pub(in crate::app) fn page_compared(&mut self, outcome: Result<Box<PageCheck>, OpenError>) {
        match outcome {
            Ok(check) => self.dialog = Some(Dialog::Page(check)),
            Err(error) => self.trouble("没有核对", error.to_string()),
        }
    }
}

fn checked(
    draft: &Draft,
    page: &Doc,
    source: &str,
) -> Result<PageCheck, crate::doc::recognise::RecogniseError> {
    Ok(PageCheck {
        source: source.to_owned(),
        with: "当前草稿".to_owned(),
        comparison: compare(draft, page, Scope::of_name(source))?,
    })
}
