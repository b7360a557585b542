//! Reports of several years side by side: which ones, and the page as a file. It knows no widget.

use std::path::PathBuf;

use crate::app::actions::{Action, YearsAction};
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::dialog::{Dialog, FilePurpose};
use crate::app::state::years::YearsView;
use crate::app::system::shell::FileQuestion;
use crate::app::update::files::{asked, reading};
use crate::disk;
use crate::open::{self, OpenError};
use crate::report::Prior;
use crate::years::YearsFormat;

impl State {
    /// Shows the open draft beside last year's report, to which others can be added.
    pub(in crate::app) fn begin_years(&mut self) {
        let mut reports = Vec::new();
        if let Some(open) = &self.open {
            reports.extend(open.draft.prior().cloned());
            reports.push(Prior {
                report: open.draft.report().clone(),
                source: "当前草稿".to_owned(),
            });
        }
        self.dialog = Some(Dialog::Years(Box::new(YearsView::new(reports))));
    }

    pub(in crate::app) fn run_years(&mut self, step: YearsAction) -> Effect {
        if let YearsAction::Read(outcome) = step {
            self.year_read(*outcome);
            return Effect::Nothing;
        }
        let Some(Dialog::Years(view)) = &mut self.dialog else {
            return Effect::Nothing;
        };
        match step {
            YearsAction::Ask => {
                let view = view.clone();
                self.dialog = None;
                self.ask(FilePurpose::AddYear(view), reading("选择一份报告"))
            }
            YearsAction::Add(path) => Self::read_year(path),
            YearsAction::Remove(number) => {
                view.remove(number);
                Effect::Nothing
            }
            YearsAction::Save => {
                let view = view.clone();
                self.dialog = None;
                self.ask_years(view)
            }
            YearsAction::Read(_) => Effect::Nothing,
        }
    }

    /// Reads one more report beside the frame.
    pub(in crate::app) fn read_year(path: PathBuf) -> Effect {
        Effect::start("正在读报告…", move || {
            Action::Years(YearsAction::Read(Box::new(open::open_prior(&path))))
        })
    }

    fn year_read(&mut self, outcome: Result<Prior, OpenError>) {
        let Some(Dialog::Years(view)) = &mut self.dialog else {
            return;
        };
        match outcome {
            Ok(report) => view.add(report),
            Err(error) => view.fault = error.to_string(),
        }
    }

    /// Asks where the page goes.
    fn ask_years(&mut self, view: Box<YearsView>) -> Effect {
        let Ok(years) = &view.years else {
            return Effect::Nothing;
        };
        let question = FileQuestion {
            title: "写成文件".to_owned(),
            filter: "几年对比".to_owned(),
            extensions: YearsFormat::ALL
                .map(|format| format.extension().to_owned())
                .to_vec(),
            save_as: Some(disk::safe_name(&format!("{}.pdf", years.title()))),
        };
        self.ask(FilePurpose::Years(view), question)
    }

    /// Writes the page beside the frame, in the format that its name asks for.
    pub(in crate::app) fn write_years(&mut self, view: Box<YearsView>, path: PathBuf) -> Effect {
        let years = view.years.clone();
        self.dialog = Some(Dialog::Years(view));
        let Ok(years) = years else {
            return Effect::Nothing;
        };
        let format = match YearsFormat::of(&path) {
            Ok(format) => format,
            Err(text) => {
                self.trouble("没有写出几年对比", text);
                return Effect::Nothing;
            }
        };
        let own = self.open.as_ref().and_then(|open| open.path.clone());
        Effect::start("正在写几年对比…", move || {
            let own: Vec<_> = own.as_deref().into_iter().collect();
            let written = years.write(format, &path, asked(&own));
            Action::Exported(path, written.map(|()| Vec::new()))
        })
    }
}
