//! What the window asks: its dialogs, its questions for files, and what goes on once they are answered.
//! It knows no widget and no draft.

use std::path::PathBuf;

use crate::app::state::after::ThenDo;
use crate::app::state::listing::DirListing;
use crate::app::state::page_check::PageCheck;
use crate::app::state::publish::Publishing;
use crate::app::state::recovery::RecoveryDialog;
use crate::app::state::text::{FigurePicker, FillIn};
use crate::app::state::years::YearsView;
use crate::app::system::shell::{Clip, FileQuestion, Moment};
use crate::check::claims::Followed;
use crate::check::nil;
use crate::export::Writer;
use crate::report::{Change, Edit, Prior, Revision};
use crate::sheet::Paper;
use crate::{check, store};

/// What of the manual is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManualPage {
    /// What is looked for.
    pub search: String,
    /// The number of the part that is shown; the parts end with the rules.
    pub part: usize,
    /// The rule whose card is shown.
    pub card: Option<&'static str>,
}

/// A dialog over the window, with what was entered in it so far.
#[derive(Debug)]
pub enum Dialog {
    /// A new report.
    New(NewReport),
    /// The year of a report that does not say it.
    Year(AskYear),
    /// Unsaved changes before something that would lose them.
    Guard(ThenDo),
    /// Open findings before an export.
    Blocked {
        /// The format.
        writer: &'static Writer,
        /// Whether the user already asked to go on.
        insists: bool,
    },
    /// A file name typed by hand where the system has no dialog.
    TypePath {
        /// The question.
        waiting: PendingFileDialog,
        /// What was typed.
        text: String,
        /// The folder it names so far.
        listing: DirListing,
    },
    /// Something went wrong.
    Trouble {
        /// What failed.
        title: String,
        /// Why, and what to try.
        text: String,
    },
    /// A report that was read, before it goes anywhere.
    Intake,
    /// Publishing.
    Publish(Box<Publishing>),
    /// Who checked, before the self-check sheet is made.
    Sheet(String),
    /// A published page beside what was published.
    Page(Box<PageCheck>),
    /// Reports of several years side by side.
    Years(Box<YearsView>),
    /// A command looked for by its name.
    Palette(Seek),
    /// A sentence to complete.
    Skeleton(FillIn),
    /// A figure of the tables for a text.
    Figure(FigurePicker),
    /// The confirmation of a report in which nothing happened.
    Confirm(ZeroReportForm),
    /// Sentences beside those of last year's report.
    Beside(SideBySide),
    /// The settings of the rules.
    Rules(RuleSettingsForm),
    /// Work that might be lost.
    Rescue(RecoveryDialog),
    /// The manual.
    Manual(ManualPage),
    /// Whether the text follows the tables.
    Follow(Box<Following>),
    /// The list of shortcuts.
    Shortcuts,
    /// What this program is.
    About,
}

/// A step that changes cells.
#[derive(Debug)]
pub struct FollowedStep {
    /// What it is called.
    pub name: String,
    /// What changes in the report.
    pub cells: Edit,
    /// What changes beside it.
    pub beside: Option<Change>,
}

/// A step that was made, and what would follow from it in the text.
#[derive(Debug)]
pub struct Following {
    /// The step.
    pub step: FollowedStep,
    /// What would follow.
    pub followed: Followed,
    /// What the draft was then.
    pub revision: Revision,
}

/// What is looked for among the commands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seek {
    /// What was typed.
    pub query: String,
    /// The line that Enter takes.
    pub chosen: usize,
}

/// What was entered for a new report.
#[derive(Debug, Clone, Default)]
pub struct NewReport {
    /// The report year.
    pub year: u16,
    /// The latest year that is offered.
    pub latest: u16,
    /// The name of the authority.
    pub issuer: String,
    /// Last year's report.
    pub prior: Option<Prior>,
}

/// A report that does not say its year, and the year that was chosen so far.
#[derive(Debug, Clone)]
pub struct AskYear {
    /// Where the report is.
    pub source: ReadFrom,
    /// The report year.
    pub year: u16,
    /// The latest year that is offered.
    pub latest: u16,
}

impl AskYear {
    /// The question as it is first put.
    #[must_use]
    pub fn new(source: ReadFrom, now: Moment) -> Self {
        Self {
            source,
            year: now.usual_report_year(),
            latest: now.year,
        }
    }
}

/// Where a report is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadFrom {
    /// A file.
    File(PathBuf),
    /// What was copied.
    Clip(Clip),
}

/// A question for a file on its way.
#[derive(Debug, Clone)]
pub struct PendingFileDialog {
    /// What the file is for.
    pub purpose: FilePurpose,
    /// What the user is asked.
    pub question: FileQuestion,
}

/// What a chosen file is for.
#[derive(Debug, Clone)]
pub enum FilePurpose {
    /// To open.
    Open,
    /// To read as a report.
    Import,
    /// Last year's report for the report about to be made.
    NewPrior(NewReport),
    /// Last year's report for the open draft.
    Prior,
    /// To save in, and then to go on.
    Save(Option<ThenDo>),
    /// To export to.
    Export(&'static Writer),
    /// To write a paper of the authority to.
    Paper(Paper),
    /// To compare with the draft, as its published page.
    Page,
    /// To take the county's own rules from.
    LocalRules,
    /// The folder with the reports of many units.
    GatherFolder,
    /// The list of units that have to report.
    GatherUnits,
    /// The folder with their reports of last year.
    GatherLast,
    /// Where what they come to is written.
    GatherOutput,
    /// To stand beside the reports of other years.
    AddYear(Box<YearsView>),
    /// To write their page to.
    Years(Box<YearsView>),
    /// The folder to publish into.
    Folder(Box<Publishing>),
    /// The file of a look to use in the report that is being published.
    UseLook(Box<Publishing>),
    /// The file to keep its look in.
    KeepLook(Box<Publishing>),
}

impl FilePurpose {
    /// Whether a folder is asked for, and not a file.
    #[must_use]
    pub fn wants_folder(&self) -> bool {
        matches!(
            self,
            Self::Folder(_) | Self::GatherFolder | Self::GatherLast
        )
    }

    /// The chosen path with the extension that the file is to have; dialogs do not add it everywhere.
    pub(in crate::app) fn completed(&self, path: PathBuf) -> PathBuf {
        match self {
            Self::Save(_) => with_extension(path, store::EXTENSION),
            Self::Export(writer) => with_extension(path, writer.extension),
            Self::GatherOutput if path.extension().is_none() => with_extension(path, "xlsx"),
            Self::KeepLook(_) => with_extension(path, store::LOOK_EXTENSION),
            _ => path,
        }
    }
}

fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    let ending = format!(".{}", extension.to_lowercase());
    let has_it = path.to_string_lossy().to_lowercase().ends_with(&ending);
    if has_it {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// What was ticked and entered in the confirmation so far.
#[derive(Debug, Clone, Default)]
pub struct ZeroReportForm {
    /// Who confirms.
    pub by: String,
    /// Which channels were looked at, in the order of the rule.
    pub seen: [bool; nil::CHANNELS.len()],
}

/// The settings of the rules while they are changed.
#[derive(Debug, Clone, Default)]
pub struct RuleSettingsForm {
    /// The thresholds and words.
    pub settings: check::RuleSettings,
    /// Who checks, for the self-check sheet.
    pub by: String,
    /// A misprint to be added.
    pub wrong: String,
    /// What is meant by it.
    pub right: String,
}

/// Sentences of a section beside those of last year's report.
#[derive(Debug, Clone)]
pub struct SideBySide {
    /// What the section is called.
    pub label: String,
    /// The sentences.
    pub sentences: Vec<check::Sentence>,
    /// Whether only those found again are shown.
    pub only_same: bool,
}
