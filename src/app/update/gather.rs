//! The page of many reports: a folder is gathered beside the frame and watched, and what it comes to is used.
//! It knows no widget.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::actions::{Action, GatherAction};
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::dialog::FilePurpose;
use crate::app::state::gather::{GatherDone, GatherOutcome, GatherPage};
use crate::app::system::shell::FileQuestion;
use crate::app::update::files::asked;
use crate::desk::output::OutputKind;
use crate::desk::units::EXTENSIONS;
use crate::desk::{GatherRequest, KnownReports, is_report_of};
use crate::disk::{self, Access};
use crate::form::FieldId;

/// How often the folder is looked at, in seconds.
const LOOK: f64 = 3.0;

impl State {
    /// Shows the page, or hides it; asks for a folder first where there is none.
    pub(in crate::app) fn turn_gather(&mut self) -> Effect {
        match &mut self.gather {
            Some(page) => {
                page.is_shown = !page.is_shown;
                page.next_look = 0.0;
                Effect::Nothing
            }
            None => self.ask_gather(FilePurpose::GatherFolder, "选择放各单位报告的文件夹", &[]),
        }
    }

    fn ask_gather(&mut self, purpose: FilePurpose, title: &str, extensions: &[&str]) -> Effect {
        let year = self.gathered().map(|done| done.gathering.year);
        let writes = matches!(purpose, FilePurpose::GatherOutput);
        let question = FileQuestion {
            title: title.to_owned(),
            filter: "文件".to_owned(),
            extensions: extensions.iter().map(|&one| one.to_owned()).collect(),
            save_as: writes.then(|| {
                let year = year.map_or_else(String::new, |year| year.to_string());
                format!("{year}年报汇总.xlsx")
            }),
        };
        self.ask(purpose, question)
    }

    fn gathered(&self) -> Option<&GatherDone> {
        self.gather.as_ref()?.done.as_ref()
    }

    /// Does what a view asked for on the page.
    pub(in crate::app) fn run_gather(&mut self, step: GatherAction) -> Effect {
        match step {
            GatherAction::AskFolder => {
                return self.ask_gather(FilePurpose::GatherFolder, "选择放各单位报告的文件夹", &[]);
            }
            GatherAction::AskUnits => {
                let title = "选择应报单位名单";
                return self.ask_gather(FilePurpose::GatherUnits, title, &EXTENSIONS);
            }
            GatherAction::AskLast => {
                let title = "选择放上年度报告的文件夹";
                return self.ask_gather(FilePurpose::GatherLast, title, &[]);
            }
            GatherAction::AskOutput => {
                let kinds = OutputKind::EXTENSIONS;
                return self.ask_gather(FilePurpose::GatherOutput, "导出汇总", &kinds);
            }
            GatherAction::Folder(folder) => {
                self.gather = Some(Box::new(GatherPage {
                    request: GatherRequest {
                        folder,
                        ..GatherRequest::default()
                    },
                    is_shown: true,
                    ..GatherPage::default()
                }));
                return self.gather_anew();
            }
            GatherAction::Units(file) => {
                return self.ask_for(|request| request.units = Some(file));
            }
            GatherAction::Last(folder) => {
                return self.ask_for(|request| request.last = Some(folder));
            }
            GatherAction::Leave(name, reason) => {
                self.with_page(|page| page.leaving = None);
                return self.ask_for(|request| {
                    request.without.retain(|(other, _)| *other != name);
                    request.without.extend(reason.map(|reason| (name, reason)));
                });
            }
            GatherAction::Look => return self.gather_again(),
            GatherAction::Came(number, outcome) => self.gather_came(number, outcome),
            GatherAction::Export(path) => self.export_gather(&path),
            GatherAction::Tab(tab) => self.with_page(|page| page.tab = tab),
            GatherAction::Cell(cell) => self.with_page(|page| page.cell = cell),
            GatherAction::Leaving(leaving) => self.with_page(|page| page.leaving = leaving),
            GatherAction::Take(cells) => self.take_sums(&cells),
            GatherAction::Hide => self.with_page(|page| page.is_shown = false),
        }
        Effect::Nothing
    }

    fn with_page(&mut self, change: impl FnOnce(&mut GatherPage)) {
        if let Some(page) = &mut self.gather {
            change(page);
        }
    }

    /// Gathers on other terms.
    fn ask_for(&mut self, change: impl FnOnce(&mut GatherRequest)) -> Effect {
        self.with_page(|page| change(&mut page.request));
        self.gather_anew()
    }

    /// Gathers the folder, whatever is known of it.
    fn gather_anew(&mut self) -> Effect {
        self.start_gather(false)
    }

    /// Gathers the folder if something in it changed.
    fn gather_again(&mut self) -> Effect {
        self.start_gather(true)
    }

    fn start_gather(&mut self, only_changed: bool) -> Effect {
        let settings = self.told().into_settings();
        let today = self.today.map(crate::app::system::shell::Moment::date);
        let own = self.open.as_ref().and_then(|open| open.path.clone());
        let Some(page) = &mut self.gather else {
            return Effect::Nothing;
        };
        if only_changed && page.is_busy {
            return Effect::Nothing;
        }
        // What was read on other terms is read again.
        let terms = |request: &GatherRequest| (request.settings.clone(), request.last.clone());
        let before = terms(&page.request);
        page.request.settings = settings;
        page.request.today = today;
        page.request.but = own.into_iter().chain(page.request.units.clone()).collect();
        let same = terms(&page.request) == before;
        let done = page
            .done
            .as_ref()
            .filter(|_| same && page.trouble.is_empty());
        let known = done.map(|done| Arc::clone(&done.known)).unwrap_or_default();
        let mark = done.and_then(|done| done.mark).filter(|_| only_changed);
        page.is_busy = true;
        page.number += 1;
        let (number, request) = (page.number, page.request.clone());
        let label = if only_changed { "" } else { "正在汇总…" };
        Effect::start(label, move || {
            let outcome = gathered(&request, &known, mark);
            Action::Gather(GatherAction::Came(number, outcome))
        })
    }

    fn gather_came(&mut self, number: u64, outcome: GatherOutcome) {
        let Some(page) = &mut self.gather else { return };
        if page.number != number {
            return;
        }
        page.is_busy = false;
        match outcome {
            GatherOutcome::Same => {}
            GatherOutcome::Done(done) => {
                let gone = |cell: &FieldId| done.sum(*cell).is_none();
                page.cell = page.cell.filter(|cell| !gone(cell));
                page.trouble.clear();
                page.beside = None;
                page.done = Some(*done);
            }
            GatherOutcome::Failed(error) => page.trouble = error.to_string(),
        }
    }

    /// Looks at the folder from time to time while the page is open.
    pub(in crate::app) fn watch_gather(&mut self, now: f64) -> Option<(Effect, f64)> {
        let page = self.gather.as_mut().filter(|page| page.is_shown)?;
        if now < page.next_look || page.is_busy {
            return Some((Effect::Nothing, LOOK));
        }
        page.next_look = now + LOOK;
        Some((self.gather_again(), LOOK))
    }

    /// Compares the open report with the sums, where that was not done for its content yet.
    pub(in crate::app) fn refresh_gather(&mut self) {
        let Some(open) = &self.open else { return };
        let Some(page) = self.gather.as_mut().filter(|page| page.is_shown) else {
            return;
        };
        let revision = (open.serial, open.draft.revision());
        let is_known = page
            .beside
            .as_ref()
            .is_some_and(|(known, _)| *known == revision);
        let Some(done) = page.done.as_ref().filter(|_| !is_known) else {
            return;
        };
        let report = open.draft.report();
        let is_same_year = report.year() == done.gathering.year;
        let different = is_same_year.then(|| done.gathering.differences(report));
        page.beside = Some((revision, different.unwrap_or_default()));
    }

    /// Puts sums into the open report, as one step.
    fn take_sums(&mut self, cells: &[FieldId]) {
        let (Some(open), Some(done)) = (&self.open, self.gathered()) else {
            return;
        };
        let gathering = &done.gathering;
        if open.draft.report().year() != gathering.year {
            return;
        }
        let units = gathering.counted().count();
        let (edit, count) = gathering.taking(open.draft.report(), cells);
        if count == 0 {
            "已经和汇总数一样，没有要改的".clone_into(&mut self.notice);
            return;
        }
        let name = format!("采用{units}个单位的汇总数");
        let told = format!("已把{count}格改为{units}个单位的汇总数，可以一次撤销");
        self.edit_and_tell(&name, edit, None, told);
    }

    fn export_gather(&mut self, path: &Path) {
        let Some(kind) = OutputKind::of(path) else {
            let text = format!(
                "汇总写成.xlsx、.docx或.json，名单写成.csv：{}",
                disk::shown(path)
            );
            return self.trouble("没有导出", text);
        };
        let Some(page) = &self.gather else { return };
        if is_report_of(&page.request.folder, path) {
            let text = format!("这是一份报来的报告，换一个文件名：{}", disk::shown(path));
            return self.trouble("没有导出", text);
        }
        let Some(done) = self.gathered() else { return };
        let settings = &self.settings.check;
        let written = done
            .gathering
            .bytes(settings, kind)
            .map_err(|error| error.to_string());
        let own: Vec<PathBuf> = self
            .gather
            .iter()
            .flat_map(|page| page.request.but.clone())
            .collect();
        let own: Vec<&Path> = own.iter().map(PathBuf::as_path).collect();
        let written = written.and_then(|bytes| {
            let put = disk::write(path, &bytes, Access::Usual, asked(&own));
            put.map_err(|error| disk::advice(&error))
        });
        match written {
            Ok(_) => self.notice = format!("已导出：{}", disk::shown(path)),
            Err(reason) => self.trouble("没有导出", format!("{reason}\n{}", disk::shown(path))),
        }
    }
}

/// Gathers, unless the files look as they did.
fn gathered(request: &GatherRequest, known: &KnownReports, mark: Option<u64>) -> GatherOutcome {
    let now = request.mark();
    if mark.is_some() && now == mark && !known.is_given_more() {
        return GatherOutcome::Same;
    }
    match request.gather(None, Some(known)) {
        Ok(found) => {
            let gathering = Arc::new(found.gathering);
            GatherOutcome::Done(Box::new(GatherDone {
                sums: gathering.sums(),
                pairs: gathering.alike(&request.settings),
                gathering,
                others: found.others,
                known: Arc::new(found.known),
                // A file that came in the meantime is seen at the next look.
                mark: now,
            }))
        }
        Err(error) => GatherOutcome::Failed(error),
    }
}
