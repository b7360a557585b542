//! What the window shows: the open draft, its findings, the dialog. It draws nothing.

pub mod after;
pub mod autosave;
pub mod checker;
pub mod deadline;
pub mod dialog;
pub mod explaining;
pub mod find;
pub mod findings;
pub mod gaps;
pub mod gather;
pub mod import;
pub mod jobs;
pub mod likeliest;
pub mod listing;
pub mod mark;
pub mod offer;
pub mod page_check;
pub mod progress;
pub mod protection;
pub mod publish;
pub mod recent;
pub mod recovery;
pub mod reuse;
pub mod saving;
pub mod settings;
pub mod text;
pub mod years;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::app::state::autosave::{Autosave, AutosaveState};
use crate::app::state::checker::{CheckInputs, Checker};
use crate::app::state::dialog::{Dialog, PendingFileDialog};
use crate::app::state::find::Find;
use crate::app::state::findings::{Filter, FindingsRoom};
use crate::app::state::import::ImportReview;
use crate::app::state::jobs::RunningJob;
use crate::app::state::mark::CellMark;
use crate::app::state::recent::DraftSummaries;
use crate::app::state::settings::Settings;
use crate::app::state::text::TextSelection;
use crate::app::system::platform::Renderer;
use crate::app::system::shell::Moment;
use crate::check::claims::Tie;
use crate::check::{Finding, Findings, Level, check_draft};
use crate::form::{FieldId, Section, SectionBody};
use crate::report::carry::Proposal;
use crate::report::{Draft, Guarded, Prior, Revision, Standing, carry};

/// Everything the views read.
#[derive(Debug, Default)]
pub struct State {
    /// What is remembered between runs.
    pub settings: Settings,
    /// The draft on the desk; the start screen is shown without one.
    pub open: Option<OpenDraft>,
    /// The dialog over everything else.
    pub dialog: Option<Dialog>,
    /// The report that was read and is being looked at.
    pub intake: Option<Box<ImportReview>>,
    /// The last thing worth saying, for the status bar.
    pub notice: String,
    /// The file that the user is being asked for.
    pub waiting: Option<PendingFileDialog>,
    /// Work under way beside the frame.
    pub running: Vec<RunningJob>,
    /// What the cards of the start screen know; `None` before it is shown.
    pub glances: Option<DraftSummaries>,
    /// Whether the desktop is dark, where the window system does not tell.
    pub desktop_dark: Option<bool>,
    /// The search, while it is open.
    pub find: Option<Find>,
    /// Whether the pages are shown as they will be printed.
    pub pages: Pages,
    /// Whether the window should close now.
    pub leaving: bool,
    /// What keeps drafts safe; nothing does in a test that needs none of it.
    pub keeper: Option<Autosave>,
    /// Why nothing keeps drafts safe, where that failed at the start.
    pub unkept: Option<String>,
    /// What day it is; unknown before the first frame.
    pub today: Option<Moment>,
    /// The page of many reports.
    pub gather: Option<Box<gather::GatherPage>>,
    /// Where the findings have room.
    pub room: FindingsRoom,
    /// How the window is drawn; unknown where there is none, as in a test.
    pub renderer: Option<Renderer>,
}

/// Whether the pages are shown as they will be printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pages {
    /// They are not.
    #[default]
    Hidden,
    /// They are, beside the editor or in its place.
    Shown,
}

impl Pages {
    /// Whether they are shown.
    #[must_use]
    pub fn are_shown(self) -> bool {
        self == Self::Shown
    }

    /// The other way round.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Hidden => Self::Shown,
            Self::Shown => Self::Hidden,
        }
    }
}

/// The draft on the desk.
#[derive(Debug)]
pub struct OpenDraft {
    /// The draft; to change it there is one door.
    pub draft: Guarded,
    /// Where it is saved; `None` until it is.
    pub path: Option<PathBuf>,
    /// What was saved; `None` when nothing of it was.
    pub saved: Option<Revision>,
    /// What the rules say about the draft as it stands.
    pub findings: Findings,
    /// Those that only say what is not filled in yet: progress, until the report is to be published.
    pub gaps: Vec<Finding>,
    /// Whether what is not filled in is an error by now.
    pub(super) demands: bool,
    /// What the findings are about, and what the rules were told; `None` before the first frame.
    pub(super) checked: Option<(Revision, CheckInputs)>,
    pub(super) checker: Checker,
    /// How this content of it stands to what was published.
    standing: Option<(Revision, Standing)>,
    /// The part that is shown.
    pub place: PartId,
    /// Where the focus should go next.
    pub target: Option<Target>,
    /// The finding that was chosen.
    pub chosen: Option<usize>,
    /// Where in the list the chosen finding stood before it went away.
    pub(super) resume: Option<(Level, usize)>,
    /// Which findings are looked at.
    pub filter: Filter,
    /// What is selected in the text that was last written in.
    pub spot: Option<TextSelection>,
    /// The figures of the text whose cells were emptied since the draft was opened; they follow when the cells are
    /// filled again.
    pub ties: Vec<Tie>,
    /// What is known of its file and its recovery file.
    pub kept: AutosaveState,
    /// Tells it from the drafts that were open before it.
    pub(super) serial: u64,
}

/// The open draft and the window it stands in, for a view that looks at both.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What the window shows.
    pub state: &'a State,
    /// The draft in it.
    pub open: &'a OpenDraft,
}

/// A part of the report, as the outline lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartId {
    /// Issuer, year and title.
    Cover,
    /// A section by its number in the edition.
    Section(usize),
}

/// Where in a part the focus should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The place in the part that was used last, or else its first.
    Part,
    /// A cell or the whole of a text.
    Field(FieldId),
    /// A place in a text that comes into sight while the focus stays where it is.
    Sight {
        /// A character.
        start: usize,
    },
    /// Some characters of a text.
    Text {
        /// First character.
        start: usize,
        /// One past the last character.
        end: usize,
    },
}

impl State {
    /// The start screen.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// Whether there are changes that are not saved.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.open.as_ref().is_some_and(OpenDraft::is_dirty)
    }

    /// What is being done beside the frame, in words, for the progress sign.
    #[must_use]
    pub fn progress_sign(&self) -> Option<&str> {
        let mut labels = self.running.iter().map(|job| job.label.as_str());
        labels.find(|label| !label.is_empty())
    }

    /// What the window is called.
    #[must_use]
    pub fn title(&self) -> String {
        let Some(open) = &self.open else {
            return "年报填报".to_owned();
        };
        let report = open.draft.report();
        let issuer = match report.issuer() {
            "" => "未命名机关",
            issuer => issuer,
        };
        let mark = if open.is_dirty() {
            "● 未保存 "
        } else {
            ""
        };
        let standing = open.standing().says();
        let standing = standing.map_or_else(String::new, |says| format!(" {says}"));
        format!("{mark}{issuer}{}年{standing} - 年报填报", report.year())
    }
}

impl OpenDraft {
    /// A draft on the desk; `saved` says whether a file holds it as it is.
    #[must_use]
    pub fn new(draft: Draft, path: Option<PathBuf>, saved: bool) -> Self {
        let revision = draft.revision();
        let mut findings = check_draft(&draft);
        let gaps = gaps::part(draft.report(), &mut findings);
        let place = if draft.report().issuer().is_empty() {
            PartId::Cover
        } else {
            PartId::Section(0)
        };
        Self {
            draft: Guarded::new(draft),
            path,
            saved: saved.then_some(revision),
            findings,
            gaps,
            demands: false,
            checked: None,
            checker: Checker::default(),
            standing: None,
            place,
            target: Some(Target::Part),
            spot: None,
            ties: Vec::new(),
            kept: AutosaveState::default(),
            serial: next_serial(),
            chosen: None,
            resume: None,
            filter: Filter::default(),
        }
    }

    /// How it stands to what was published of it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let known = self.standing;
        let known = known.filter(|(revision, _)| *revision == self.draft.revision());
        known.map_or_else(|| self.draft.standing(), |(_, standing)| standing)
    }

    /// Works out once what every frame tells in the title of the window.
    pub(super) fn note_standing(&mut self) {
        self.standing = Some((self.draft.revision(), self.standing()));
    }

    /// Whether there are changes that are not saved.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.draft.revision())
    }

    /// The section that is shown.
    #[must_use]
    pub fn section(&self) -> Option<&Section> {
        match self.place {
            PartId::Cover => None,
            PartId::Section(number) => self.draft.report().edition().sections.get(number),
        }
    }

    /// Shows the part a field stands in, and the field.
    pub fn go_to(&mut self, field: FieldId) {
        self.place = match self.draft.report().edition().field(field).section {
            Some(number) => PartId::Section(number),
            None => PartId::Cover,
        };
        self.target = Some(Target::Field(field));
    }

    /// Shows the part before or after this one.
    pub fn step(&mut self, forward: bool) {
        let count = self.draft.report().edition().sections.len();
        self.place = match (self.place, forward) {
            (PartId::Cover, true) => PartId::Section(0),
            (PartId::Cover | PartId::Section(0), false) => PartId::Cover,
            (PartId::Section(number), true) => {
                PartId::Section((number + 1).min(count.saturating_sub(1)))
            }
            (PartId::Section(number), false) => PartId::Section(number - 1),
        };
        self.target = self.first_field().map(Target::Field);
    }

    /// The first place to fill in of the part that is shown.
    pub(super) fn first_field(&self) -> Option<FieldId> {
        let edition = self.draft.report().edition();
        match self.section().map(|section| &section.body) {
            None => Some(edition.issuer_field),
            Some(SectionBody::Passage { field, .. }) => Some(*field),
            Some(SectionBody::Table(table)) => {
                table.fields().find(|&id| !edition.field(id).is_total())
            }
        }
    }

    /// The first blank cell of the part that is shown.
    pub(super) fn first_blank_field(&self) -> Option<FieldId> {
        let report = self.draft.report();
        let Some(SectionBody::Table(table)) = self.section().map(|section| &section.body) else {
            return None;
        };
        let is_total = |id| report.edition().field(id).is_total();
        let mut inputs = table.fields().filter(|&id| !is_total(id));
        inputs.find(|&id| report.entry(id).number().is_none())
    }

    /// What the open findings say about each cell.
    #[must_use]
    pub fn marks(&self) -> BTreeMap<FieldId, CellMark<'_>> {
        let mut marks: BTreeMap<_, CellMark<'_>> = BTreeMap::new();
        for finding in self.findings.list.iter().filter(|finding| is_open(finding)) {
            for &cell in &finding.cells {
                let mark = marks.entry(cell).or_insert(CellMark {
                    level: finding.level,
                    says: Vec::new(),
                });
                mark.level = finding.level.min(mark.level);
                mark.says.push(&finding.message);
            }
        }
        marks
    }

    /// How many findings of a level ask for something still.
    #[must_use]
    pub fn to_do(&self, level: Level) -> usize {
        let list = self.findings.list.iter();
        list.filter(|finding| finding.level == level && is_open(finding))
            .count()
    }

    /// Last year's report, where what was given is of the year before.
    #[must_use]
    pub fn last_year(&self) -> Option<&Prior> {
        let year = self.draft.report().year();
        let prior = self.draft.prior();
        prior.filter(|prior| carry::is_year_before(&prior.report, year))
    }

    /// The figures that last year's report leads one to expect, without those the filer left.
    #[must_use]
    pub fn proposals(&self) -> Vec<Proposal> {
        let Some(Prior { report: prior, .. }) = self.draft.prior() else {
            return Vec::new();
        };
        let mut proposals = carry::proposals(self.draft.report(), prior);
        let left = self.draft.left();
        proposals.retain(|proposal| !left.contains(&(proposal.field, proposal.value)));
        proposals
    }
}

fn next_serial() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Whether a finding still asks for something; an explained one does not.
pub fn is_open(finding: &crate::check::Finding) -> bool {
    finding.explanation.is_none()
}
