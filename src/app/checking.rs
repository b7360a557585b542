//! The findings of the open draft, kept up to it: at once for a short report, beside the frame for a long one.
//! And what is asked for around them: confirmations, the settings of the rules, the self-check sheet.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::deadline::Deadline;
use super::dialog::{Dialog, Purpose};
use super::files::asked;
use super::shell::{FileQuestion, Moment};
use super::state::{OpenDraft, State};
use crate::check::{self, Findings, Limit, Terms, check_draft_on, nil, side_by_side};
use crate::date::Day;
use crate::disk;
use crate::report::{Confirmation, Draft, Report, Revision};
use crate::sheet::{self, Sheet};

/// Beyond so many bytes of text the rules could delay a frame.
const SHORT: usize = 9_000;

/// What the rules are told beside the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    settings: check::Settings,
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
    jobs: Sender<(Draft, Told)>,
    done: Receiver<Done>,
}

/// Findings, and what they are about.
#[derive(Debug)]
pub struct Done {
    revision: Revision,
    told: Told,
    findings: Findings,
}

/// What views ask for around the findings.
#[derive(Debug)]
pub enum Ask {
    /// The dialog that confirms a report in which nothing happened.
    Confirm,
    /// What was entered there.
    Confirmed(Confirmation),
    /// The sentences of a section beside those of last year's report.
    SideBySide(String),
    /// The dialog with the settings of the rules.
    Settings,
    /// What was entered there, and who checks.
    Set(check::Settings, String),
}

/// What was ticked and entered in the confirmation so far.
#[derive(Debug, Clone, Default)]
pub struct Confirming {
    /// Who confirms.
    pub by: String,
    /// Which channels were looked at, in the order of the rule.
    pub seen: [bool; nil::CHANNELS.len()],
}

/// The settings of the rules while they are changed.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The thresholds and words.
    pub settings: check::Settings,
    /// Who checks, for the self-check sheet.
    pub by: String,
    /// A misprint to be added.
    pub wrong: String,
    /// What is meant by it.
    pub right: String,
}

/// Sentences of a section beside those of last year's report.
#[derive(Debug, Clone)]
pub struct Beside {
    /// What the section is called.
    pub label: String,
    /// The sentences.
    pub sentences: Vec<check::Sentence>,
    /// Whether only those found again are shown.
    pub only_same: bool,
}

impl Told {
    /// What these settings and this day say.
    pub(super) fn new(mut settings: check::Settings, due: Deadline, today: Option<Moment>) -> Self {
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

    /// The same for the rules.
    pub(super) fn terms(&self) -> Terms<'_> {
        Terms {
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
    fn ask(&mut self, draft: &Draft, told: &Told) -> bool {
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

    fn answer(&mut self) -> Option<Done> {
        let done = self.worker.as_ref()?.done.try_recv().ok()?;
        self.is_busy = false;
        Some(done)
    }
}

impl Worker {
    fn start() -> Option<Self> {
        let (jobs, todo) = channel::<(Draft, Told)>();
        let (finished, done) = channel();
        let work = move || {
            for (draft, told) in todo {
                let findings = check_draft_on(&draft, told.terms());
                let revision = draft.revision();
                let sent = finished.send(Done {
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

fn is_short(report: &Report) -> bool {
    let passages = report.edition().passages();
    passages.map(|(_, id)| report.text(id).len()).sum::<usize>() <= SHORT
}

impl OpenDraft {
    /// Brings the findings up to the draft, or sees to it that they will be.
    pub(super) fn refresh(&mut self, told: &Told) {
        if let Some(done) = self.checker.answer()
            && done.revision == self.draft.revision()
            && done.told == *told
        {
            self.checked = Some((done.revision, done.told));
            self.take_findings(done.findings);
        }
        let wanted = self
            .checked
            .as_ref()
            .is_none_or(|(revision, known)| *revision != self.draft.revision() || known != told);
        if wanted && (is_short(self.draft.report()) || !self.checker.ask(&self.draft, told)) {
            self.check_now(told);
        }
    }

    /// Brings the findings up to the draft at once, before something rests on them.
    pub(super) fn check_now(&mut self, told: &Told) {
        let findings = check_draft_on(&self.draft, told.terms());
        self.checked = Some((self.draft.revision(), told.clone()));
        self.take_findings(findings);
    }
}

impl State {
    /// Makes a change that a finding offers, worked out anew for the draft as it stands now: what
    /// was typed since the finding was made must not be written over.
    pub(super) fn fix(&mut self, finding: usize, which: usize) {
        let told = self.told();
        let Some(open) = &mut self.open else { return };
        let Some(shown) = open.findings.list.get(finding).cloned() else {
            return;
        };
        open.check_now(&told);
        let fresh = open.found_again(&shown);
        if let Some(fix) = fresh.and_then(|fresh| fresh.fixes.get(which)).cloned() {
            self.with_draft(|draft| draft.edit(&fix.title, fix.edit));
        } else {
            "草稿已经改动，这条审核结果不在了".clone_into(&mut self.notice);
        }
    }

    /// What the rules are told beside the draft.
    pub(super) fn told(&self) -> Told {
        let settings = &self.settings;
        Told::new(settings.check.clone(), settings.deadline, self.today)
    }

    /// Brings the findings up to the draft, if they are not.
    pub fn refresh(&mut self) {
        let told = self.told();
        self.with_open(|open| open.refresh(&told));
    }

    /// Whether findings are on their way.
    #[must_use]
    pub fn is_checking(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.checker.is_busy())
    }

    /// Does what a view asked for around the findings.
    pub(super) fn run_checking(&mut self, ask: Ask, now: Moment) {
        match ask {
            Ask::Confirm => {
                if self.may_change() {
                    self.dialog = Some(Dialog::Confirm(Confirming {
                        by: self.settings.checked_by.clone(),
                        ..Confirming::default()
                    }));
                }
            }
            Ask::Confirmed(mut confirmation) => {
                confirmation.on = now.date().to_string();
                confirmation.by.clone_into(&mut self.settings.checked_by);
                self.keep_settings();
                let done = self.with_draft(|draft| {
                    confirmation.year = draft.report().year();
                    draft.confirm(Some(confirmation));
                });
                if done {
                    "已记下确认，只存在草稿里".clone_into(&mut self.notice);
                }
                self.dialog = None;
            }
            Ask::SideBySide(section) => self.dialog = self.beside(&section).map(Dialog::Beside),
            Ask::Settings => {
                self.dialog = Some(Dialog::Rules(Setting {
                    settings: self.settings.check.clone(),
                    by: self.settings.checked_by.clone(),
                    ..Setting::default()
                }));
            }
            Ask::Set(settings, by) => {
                self.settings.check = settings;
                self.settings.checked_by = by;
                self.keep_settings();
                self.dialog = None;
            }
        }
    }

    fn beside(&self, section: &str) -> Option<Beside> {
        let draft = &self.open.as_ref()?.draft;
        let (report, prior) = (draft.report(), &draft.prior()?.report);
        let mut passages = report.edition().passages();
        let (section, id) = passages.find(|(own, _)| own.id == section)?;
        let older = prior.same_field(report, id)?;
        Some(Beside {
            label: section.label.clone(),
            sentences: side_by_side(report.text(id), prior.text(older)),
            only_same: true,
        })
    }

    /// Asks where the self-check sheet goes.
    pub(super) fn ask_sheet(&mut self) {
        let Some(open) = &self.open else { return };
        let name = disk::safe_name(&format!("{}自查表", open.draft.report().title()));
        let question = FileQuestion {
            title: "导出自查表".to_owned(),
            filter: "自查表".to_owned(),
            extensions: sheet::Format::ALL
                .map(|format| format.extension().to_owned())
                .to_vec(),
            save_as: Some(format!("{name}.docx")),
        };
        self.ask(Purpose::Sheet, question);
    }

    /// Writes the self-check sheet in the format its name asks for.
    pub(super) fn write_sheet(&mut self, path: &Path, now: Moment) {
        let told = self.told();
        self.with_open(|open| open.check_now(&told));
        let Some(open) = &self.open else { return };
        let Some(format) = sheet::Format::of(path) else {
            let text = format!(
                "自查表的扩展名应是.docx、.txt或.json：{}",
                disk::shown(path)
            );
            self.trouble("没有导出自查表", text);
            return;
        };
        let sheet = Sheet {
            draft: &open.draft,
            findings: &open.findings,
            by: &self.settings.checked_by,
            on: &now.date().to_string(),
        };
        let own: Vec<_> = open.path.as_deref().into_iter().collect();
        match sheet.write(format, path, asked(&own)) {
            Ok(()) => self.notice = format!("已导出自查表：{}", disk::shown(path)),
            Err(error) => self.trouble("没有导出自查表", error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::{Edit, Entry};

    #[test]
    fn a_long_report_is_checked_beside_the_frame() {
        let edition = form::by_id("2021").unwrap();
        let (_, overview) = edition
            .passages()
            .find(|(s, _)| s.id == "overview")
            .unwrap();
        let mut open = OpenDraft::new(Draft::new(Report::new(edition.clone(), 2025)), None, false);
        let text = Entry::Text("全年主动公开信息，".repeat(1000));
        let draft = open.draft.door().unwrap();
        draft.edit("填报", Edit::Enter(overview, text));
        let told = Told::default();
        open.refresh(&told);
        assert!(open.checker.is_busy());
        let deadline = std::time::Instant::now() + std::time::Duration::from_mins(1);
        while open.checker.is_busy() && std::time::Instant::now() < deadline {
            std::thread::yield_now();
            open.refresh(&told);
        }
        let (revision, _) = open.checked.as_ref().unwrap();
        assert_eq!(*revision, open.draft.revision());
    }
}
