//! Last year's report: read for a draft, and the report of the year after it begun with it. It knows no widget.

use std::path::PathBuf;

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::{Dialog, FilePurpose};
use crate::app::system::shell::Moment;
use crate::app::update::files::reading;
use crate::open::{self, OpenError};
use crate::report::Prior;

/// What becomes of a report that was read.
type PriorRead = fn(Result<Box<Prior>, OpenError>) -> Action;

impl State {
    /// Reads last year's report beside the frame.
    pub(in crate::app) fn read_prior(path: PathBuf, then: PriorRead) -> Effect {
        Effect::start("正在读上年度报告…", move || {
            then(open::open_prior(&path).map(Box::new))
        })
    }

    pub(in crate::app) fn new_prior_read(&mut self, outcome: Result<Box<Prior>, OpenError>) {
        let Some(Dialog::New(new)) = &mut self.dialog else {
            return;
        };
        match outcome {
            Ok(prior) => {
                if new.issuer.is_empty() {
                    prior.report.issuer().clone_into(&mut new.issuer);
                }
                new.prior = Some(*prior);
            }
            Err(error) => self.notice = error.to_string(),
        }
    }

    /// Makes a report of the year after the one on the desk, with that one as last year's.
    pub(in crate::app) fn next_year(&mut self, now: Moment) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let name = open.path.as_ref().and_then(|path| path.file_name());
        let source = name.map_or_else(
            || format!("{}年的报告", open.draft.report().year()),
            |name| name.to_string_lossy().into_owned(),
        );
        let report = open.draft.report().clone();
        let prior = Prior { report, source };
        self.guard(ThenDo::NextYear(Box::new(prior)), now)
    }

    pub(in crate::app) fn next_year_read(
        &mut self,
        outcome: Result<Box<Prior>, OpenError>,
        now: Moment,
    ) -> Effect {
        match outcome {
            Ok(prior) => self.guard(ThenDo::NextYear(prior), now),
            Err(error) => {
                self.trouble("没有新建", error.to_string());
                Effect::Nothing
            }
        }
    }

    pub(in crate::app) fn ask_prior(&mut self) -> Effect {
        if self.may_change() {
            return self.ask(FilePurpose::Prior, reading("选择上年度报告"));
        }
        Effect::Nothing
    }

    pub(in crate::app) fn prior_read(&mut self, outcome: Result<Box<Prior>, OpenError>) {
        match outcome {
            Ok(prior) => {
                self.add_prior(*prior);
            }
            Err(error) => self.trouble("没有加上上年度报告", error.to_string()),
        }
    }

    /// Takes last year's report for the open draft, and says what is to be known of it.
    pub(in crate::app) fn add_prior(&mut self, prior: Prior) {
        let Some(open) = &self.open else { return };
        let said = format!("已加上上年度报告：{}", prior.source);
        let remarks = prior.remarks(open.draft.report().year());
        if !self.with_draft(|draft| draft.set_prior(Some(prior))) {
            return;
        }
        self.notice = said;
        if !remarks.is_empty() {
            self.trouble("已加上上年度报告，但要注意", remarks.join("\n"));
        }
    }
}
