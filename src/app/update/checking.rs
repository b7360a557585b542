//! The findings of the open draft, kept up to it: at once for a short report, beside the frame for a long one.
//! And what is asked for around them: confirmations, the settings of the rules, the self-check sheet.

use std::path::PathBuf;

use crate::app::actions::{Action, CheckAction};
use crate::app::effects::Effect;
use crate::app::state::checker::{CheckInputs, is_short};
use crate::app::state::dialog::{
    Dialog, FilePurpose, RuleSettingsForm, SideBySide, ZeroReportForm,
};
use crate::app::state::{OpenDraft, State};
use crate::app::system::shell::{FileQuestion, Moment};
use crate::app::update::files::asked;
use crate::check::{Fix, check_draft_on, side_by_side};
use crate::disk;
use crate::report::Edit;
use crate::sheet::{Paper, Sheet};

impl OpenDraft {
    /// Brings the findings up to the draft, or sees to it that they will be.
    pub(in crate::app) fn refresh(&mut self, told: &CheckInputs) {
        self.note_standing();
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
    pub(in crate::app) fn check_now(&mut self, told: &CheckInputs) {
        let findings = check_draft_on(&self.draft, told.terms());
        self.checked = Some((self.draft.revision(), told.clone()));
        self.take_findings(findings);
    }

    /// How many findings of a rule offer the same change.
    #[must_use]
    pub fn alike(&self, rule: &str, title: &str) -> usize {
        let list = self.findings.list.iter();
        let own = list.filter(|finding| finding.rule.name == rule);
        own.filter(|finding| finding.fixes.iter().any(|fix| fix.title == title))
            .count()
    }
}

impl State {
    /// Makes a change that a finding offers, worked out anew for the draft as it stands now: what
    /// was typed since the finding was made must not be written over.
    pub(in crate::app) fn fix(&mut self, finding: usize, which: usize) {
        let told = self.told();
        let Some(open) = &mut self.open else { return };
        let Some(shown) = open.said().nth(finding).cloned() else {
            return;
        };
        open.check_now(&told);
        let fresh = open.found_again(&shown);
        if let Some(fix) = fresh.and_then(|fresh| fresh.fixes.get(which)).cloned() {
            let edit = fix.edit(open.draft.report());
            self.edit(&fix.title, edit);
        } else {
            "草稿已经改动，这条审核结果不在了".clone_into(&mut self.notice);
        }
    }

    /// Makes the same change wherever findings of one rule offer it, as one step. What cannot be made at once
    /// is worked out anew, for what was made may have moved its place.
    pub(in crate::app) fn fix_all(&mut self, rule: &str, title: &str) {
        /// More than any report has that cannot be made at once.
        const MOST: usize = 200;
        let told = self.told();
        let Some(open) = &self.open else { return };
        let mut trial = open.draft.without_steps();
        let mut count = 0;
        for _ in 0..MOST {
            let findings = check_draft_on(&trial, told.terms());
            let list = findings.list.iter();
            let own = list.filter(|finding| finding.rule.name == rule);
            let fixes = own
                .flat_map(|finding| &finding.fixes)
                .filter(|fix| fix.title == title);
            let Some((edit, made)) = Fix::together(fixes, trial.report()) else {
                break;
            };
            trial.edit(title, edit);
            count += made;
        }
        let report = Box::new(trial.report().clone());
        let step = format!("全部{title}");
        if count > 0 {
            let told = format!("改好了{count}处，可以一次撤销");
            self.edit_and_tell(&step, Edit::Replace(report), None, told);
        }
    }

    /// What the rules are told beside the draft.
    pub(in crate::app) fn told(&self) -> CheckInputs {
        let settings = &self.settings;
        CheckInputs::new(settings.check.clone(), settings.deadline, self.today)
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
    pub(in crate::app) fn run_checking(&mut self, ask: CheckAction, now: Moment) -> Effect {
        match ask {
            CheckAction::Confirm => {
                if self.may_change() {
                    self.dialog = Some(Dialog::Confirm(ZeroReportForm {
                        by: self.settings.checked_by.clone(),
                        ..ZeroReportForm::default()
                    }));
                }
            }
            CheckAction::Confirmed(mut confirmation) => {
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
            CheckAction::SideBySide(section) => {
                self.dialog = self.beside(&section).map(Dialog::Beside);
            }
            CheckAction::Sheet(by) => {
                self.settings.checked_by = by;
                self.keep_settings();
                self.dialog = None;
                return self.ask_paper(Paper::SelfCheck);
            }
            CheckAction::Settings => self.show_rule_settings(),
            CheckAction::Set(settings, by) => {
                self.settings.check = settings;
                self.settings.checked_by = by;
                self.keep_settings();
                self.dialog = None;
            }
            CheckAction::Local(step) => return self.run_local(step),
        }
        Effect::Nothing
    }

    /// Shows the settings of the rules as they are.
    pub(in crate::app) fn show_rule_settings(&mut self) {
        self.dialog = Some(Dialog::Rules(RuleSettingsForm {
            settings: self.settings.check.clone(),
            by: self.settings.checked_by.clone(),
            ..RuleSettingsForm::default()
        }));
    }

    fn beside(&self, section: &str) -> Option<SideBySide> {
        let draft = &self.open.as_ref()?.draft;
        let (report, prior) = (draft.report(), &draft.prior()?.report);
        let mut passages = report.edition().passages();
        let (section, id) = passages.find(|(own, _)| own.id == section)?;
        let older = prior.same_field(report, id)?;
        Some(SideBySide {
            label: section.label.clone(),
            sentences: side_by_side(report.text(id), prior.text(older)),
            only_same: true,
        })
    }

    /// Asks who checked.
    pub(in crate::app) fn begin_sheet(&mut self) {
        self.dialog = Some(Dialog::Sheet(self.settings.checked_by.clone()));
    }

    /// Asks where a paper goes.
    pub(in crate::app) fn ask_paper(&mut self, paper: Paper) -> Effect {
        let Some(open) = &mut self.open else {
            return Effect::Nothing;
        };
        open.demand();
        let formats = paper.formats().iter().map(|format| format.extension());
        let extensions: Vec<String> = formats.map(str::to_owned).collect();
        let title = open.draft.report().title();
        let name = disk::safe_name(&format!("{title}{}", paper.name()));
        let usual = extensions.first().map_or("", String::as_str);
        let question = FileQuestion {
            title: format!("导出{}", paper.name()),
            filter: paper.name().to_owned(),
            save_as: Some(format!("{name}.{usual}")),
            extensions,
        };
        self.ask(FilePurpose::Paper(paper), question)
    }

    /// Writes a paper in the format its name asks for, beside the frame.
    pub(in crate::app) fn write_paper(
        &mut self,
        paper: Paper,
        path: PathBuf,
        now: Moment,
    ) -> Effect {
        let told = self.told();
        self.with_open(|open| open.check_now(&told));
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let format = match paper.format(&path) {
            Ok(format) => format,
            Err(text) => {
                self.trouble(&format!("没有导出{}", paper.name()), text);
                return Effect::Nothing;
            }
        };
        let (draft, findings) = (open.draft.clone(), open.findings.clone());
        let (own, by) = (open.path.clone(), self.settings.checked_by.clone());
        let settings = self.settings.check.clone();
        Effect::start(&format!("正在写{}…", paper.name()), move || {
            let sheet = Sheet {
                draft: &draft,
                findings: &findings,
                settings: &settings,
                by: &by,
                on: &now.date().to_string(),
            };
            let own: Vec<_> = own.as_deref().into_iter().collect();
            let written = sheet.write(paper, format, &path, asked(&own));
            Action::Exported(path, written.map(|()| Vec::new()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::{Draft, Report};
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
        let told = CheckInputs::default();
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

    #[test]
    fn a_text_that_was_pasted_twice_is_mended_at_once_however_long() {
        let sentence = |number: u32| format!("第{number}号事项的公开和核对都已经完成。");
        let once: String = (1..=210).map(sentence).collect();
        let edition = form::by_id("2021").unwrap();
        let text = edition.find("overview").unwrap();
        let mut report = Report::new(edition, 2025);
        let twice = Entry::Text(format!("{once}\n{once}"));
        report.apply(Edit::Enter(text, twice));
        let open = OpenDraft::new(Draft::new(report), None, true);
        let title = "删去后一遍";
        let found = open.findings.list.iter();
        let mut found = found.filter(|one| one.fixes.iter().any(|fix| fix.title == title));
        let rule = found.next().unwrap().rule.name;
        assert_eq!(open.alike(rule, title), 210);
        let mut state = State {
            open: Some(open),
            ..State::default()
        };
        state.fix_all(rule, title);
        assert_eq!(state.notice, "改好了210处，可以一次撤销");
        let draft = &state.open.as_ref().unwrap().draft;
        assert_eq!(draft.report().text(text).trim_end(), once);
    }
}
