//! What the rules are told, and the thread that runs them beside the frame.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::app::state::deadline::Deadline;
use crate::app::system::shell::Moment;
use crate::check;
use crate::check::{CheckOptions, Findings, Limit, check_draft_on};
use crate::date::Day;
use crate::report::{Draft, Report, Revision};

/// Beyond so many bytes of text the rules could delay a frame.
const SHORT: usize = 9_000;

/// What the rules are told beside the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckInputs {
    settings: check::RuleSettings,
    today: Option<Day>,
}

/// Checks long drafts on a thread of its own, one at a time.
#[derive(Debug, Default)]
pub struct Checker {
    worker: Option<Worker>,
    is_busy: bool,
}

#[derive(Debug)]
struct Worker {
    jobs: Sender<(Draft, CheckInputs)>,
    done: Receiver<CheckDone>,
}

/// Findings, and what they are about.
#[derive(Debug)]
pub struct CheckDone {
    pub(in crate::app) revision: Revision,
    pub(in crate::app) told: CheckInputs,
    pub(in crate::app) findings: Findings,
}

impl CheckInputs {
    /// What these settings and this day say.
    pub(in crate::app) fn new(
        mut settings: check::RuleSettings,
        due: Deadline,
        today: Option<Moment>,
    ) -> Self {
        for (limit, value) in [
            (Limit::DeadlineMonth, due.month),
            (Limit::DeadlineDay, due.day),
        ] {
            let known = check::settings::THRESHOLDS
                .iter()
                .find(|t| t.limit == limit);
            // Both are in bounds by their type.
            known.map(|threshold| settings.set(threshold.name, i64::from(value)).ok());
        }
        let today = today.map(Moment::date);
        Self { settings, today }
    }

    /// The settings of the rules.
    pub(in crate::app) fn into_settings(self) -> check::RuleSettings {
        self.settings
    }

    /// The same for the rules.
    pub(in crate::app) fn terms(&self) -> CheckOptions<'_> {
        CheckOptions {
            settings: &self.settings,
            today: self.today,
            read_back: None,
        }
    }
}

impl Checker {
    /// Whether findings are on their way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Starts to check a draft, unless another one is being checked; whether it could.
    pub(in crate::app) fn ask(&mut self, draft: &Draft, told: &CheckInputs) -> bool {
        if self.is_busy {
            return true;
        }
        if self.worker.is_none() {
            self.worker = Worker::start();
        }
        let job = (draft.without_steps(), told.clone());
        self.is_busy = match &self.worker {
            Some(worker) => worker.jobs.send(job).is_ok(),
            None => false,
        };
        if !self.is_busy {
            self.worker = None;
        }
        self.is_busy
    }

    pub(in crate::app) fn answer(&mut self) -> Option<CheckDone> {
        let done = self.worker.as_ref()?.done.try_recv().ok()?;
        self.is_busy = false;
        Some(done)
    }
}

impl Worker {
    fn start() -> Option<Self> {
        let (jobs, todo) = channel::<(Draft, CheckInputs)>();
        let (finished, done) = channel();
        let work = move || {
            for (draft, told) in todo {
                let findings = check_draft_on(&draft, told.terms());
                let revision = draft.revision();
                let sent = finished.send(CheckDone {
                    revision,
                    told,
                    findings,
                });
                if sent.is_err() {
                    break;
                }
            }
        };
        let thread = std::thread::Builder::new().name("check".to_owned());
        thread.spawn(work).ok()?;
        Some(Self { jobs, done })
    }
}

pub(in crate::app) fn is_short(report: &Report) -> bool {
    let passages = report.edition().passages();
    passages.map(|(_, id)| report.text(id).len()).sum::<usize>() <= SHORT
}
