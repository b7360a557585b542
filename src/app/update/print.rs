//! Printing: a PDF for the system's reader.

use std::path::PathBuf;

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::disk::FileClaim;
use crate::export::ExportError;
use crate::report::Draft;
use crate::{disk, export};

impl State {
    /// Writes the draft as PDF for the system's viewer, which can print it.
    pub(in crate::app) fn print(&self) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let draft = open.draft.clone();
        Effect::start("正在准备打印…", move || {
            Action::Printed(for_printer(&draft))
        })
    }

    /// Has the system's viewer show what was written.
    pub(in crate::app) fn printed(&mut self, outcome: Result<PathBuf, ExportError>) -> Effect {
        match outcome {
            Ok(path) => {
                "已交给系统的阅读器，可以从那里打印".clone_into(&mut self.notice);
                Effect::Show(path)
            }
            Err(error) => {
                self.trouble("没有打印", error.to_string());
                Effect::Nothing
            }
        }
    }
}

/// A PDF in a folder of its own, which the system clears away some day.
fn for_printer(draft: &Draft) -> Result<PathBuf, ExportError> {
    let folder = tempfile::Builder::new().prefix("nianbao-").tempdir()?;
    let pages = export::pages(draft)?;
    let name = disk::safe_name(&draft.report().title());
    let path = folder.keep().join(format!("{name}.pdf"));
    pages.put(&path, FileClaim::NEW)?;
    Ok(path)
}
