//! What views ask for: data, and nothing that runs it.

use std::path::PathBuf;

use crate::app::state::after::ThenDo;
use crate::app::state::deadline::Deadline;
use crate::app::state::dialog::{NewReport, PendingFileDialog, ReadFrom};
use crate::app::state::explaining::{Explain, Explaining};
use crate::app::state::findings::Filter;
use crate::app::state::gather::{GatherOutcome, GatherTab};
use crate::app::state::page_check::PageCheck;
use crate::app::state::publish::Publishing;
use crate::app::state::recent::DraftSummary;
use crate::app::state::reuse::Reuse;
use crate::app::state::saving::{SaveDone, SaveStalled};
use crate::app::state::settings::ThemeChoice;
use crate::app::state::text::{FillIn, Insertion, TextSelection};
use crate::app::state::{PartId, Target};
use crate::app::system::platform::Renderer;
use crate::app::system::shell::{Clip, FileAnswer};
use crate::check;
use crate::desk::SettingsFileError;
use crate::export::{ExportError, Writer};
use crate::form::FieldId;
use crate::keep::save::Fingerprint;
use crate::open::{OpenError, Opened};
use crate::publish::Published;
use crate::report::carry::Proposal;
use crate::report::{Choices, Confirmation, Draft, Edit, Entry, Prior, Publication};

/// What a view asks for (动作).
#[derive(Debug)]
pub enum Action {
    /// A menu item.
    Run(Command),
    /// A change to the report with the name of its step.
    Edit(String, Edit),
    /// A change that a finding offers: the finding, and which of its fixes.
    Fix(usize, usize),
    /// The same change wherever findings of one rule offer it, as one step.
    FixAll(&'static str, String),
    /// What a table states itself, with the name of its step; it sees to its own typing.
    Cells(String, Edit),
    /// Typing in a field.
    Type(String, FieldId, Entry),
    /// The end of typing.
    Seal,
    /// What is selected in the text that is written in.
    Spot(TextSelection),
    /// Something to write into a text, with the name of the step.
    Insert {
        /// What the menu calls the step.
        name: String,
        /// Where.
        spot: TextSelection,
        /// What.
        piece: Insertion,
    },
    /// A sentence to be completed.
    Complete(FillIn),
    /// A step of the search.
    Find(FindAction),
    /// A part of the report.
    GoTo(PartId),
    /// A part of the report and a place in it.
    Show(PartId, Option<Target>),
    /// The place a finding speaks of.
    GoToFinding(usize),
    /// Other findings to look at.
    Filter(Filter),
    /// Proposals from last year's report that are not taken.
    Leave(Vec<Proposal>),
    /// Something to do with sentences of last year's report.
    Reuse(Reuse),
    /// Whether the figures of the text follow their cells, from now on.
    Follow(bool),
    /// Another day by which the report is due.
    Deadline(Deadline),
    /// Something about the explanation of a finding.
    Explain(Explaining),
    /// Something around the findings.
    Checking(CheckAction),
    /// A file by its name.
    OpenPath(PathBuf),
    /// What is on the clipboard, to be read as a report.
    Pasted(Option<Clip>),
    /// A report that was read and does not say its year.
    AskYear(ReadFrom),
    /// A report of the year that was chosen for it.
    Read(ReadFrom, u16),
    /// A draft by its name, for the report of the year after it.
    NextYear(PathBuf),
    /// What came of reading it.
    NextYearRead(Result<Box<Prior>, OpenError>),
    /// The report on the desk as one of another year.
    OfYear(u16),
    /// What came of comparing a published page with the draft.
    PageCompared(Result<Box<PageCheck>, OpenError>),
    /// Something on the page of many reports.
    Gather(GatherAction),
    /// Something to do with a report that was read.
    Intake(ImportAction),
    /// A file by its name, in a window of its own.
    OpenElsewhere(PathBuf),
    /// What came of reading a file.
    Opened(PathBuf, Option<Fingerprint>, Result<Box<Opened>, OpenError>),
    /// What a recent draft is like.
    Glanced(PathBuf, Option<DraftSummary>),
    /// A draft to be taken from the list of recent ones.
    Forget(PathBuf),
    /// A new report.
    Create(NewReport),
    /// The question for last year's report of a new one.
    AskNewPrior(NewReport),
    /// Last year's report for the new one from this file.
    ReadNewPrior(PathBuf),
    /// What came of reading last year's report for a new one.
    NewPriorRead(Result<Box<Prior>, OpenError>),
    /// What came of reading last year's report for the open draft.
    PriorRead(Result<Box<Prior>, OpenError>),
    /// An export, if nothing forbids it.
    Export(&'static Writer),
    /// An export in spite of open findings.
    ExportAnyway(&'static Writer),
    /// What came of writing the report for the printer.
    Printed(Result<PathBuf, ExportError>),
    /// What came of an export.
    Exported(PathBuf, Result<Vec<String>, ExportError>),
    /// A step of publishing.
    Publish(PublishAction),
    /// Something about the reports that stand side by side.
    Years(YearsAction),
    /// What came of a save.
    Saved(Box<SaveDone>),
    /// Nothing came of a save for a long time.
    SaveStalled(Box<SaveStalled>),
    /// Saving, and then what was asked for.
    SaveThen(ThenDo),
    /// What was asked for, without saving.
    Discard(ThenDo),
    /// The answer to a question for a file.
    Answer(PendingFileDialog, FileAnswer),
    /// The end of the draft on the desk.
    PutAway,
    /// Something that saves work from being lost.
    Rescue(RecoveryAction),
    /// A zoom level in per cent.
    Zoom(u16),
    /// A theme.
    Theme(ThemeChoice),
    /// Another way to draw the window, from the next start on.
    Renderer(Renderer),
    /// Whether the desktop is dark, where it says so.
    Desktop(Option<bool>),
    /// Something worth saying.
    Notice(String),
    /// The end of a dialog.
    CloseDialog,
    /// The manual with its pictures, in the system's reader.
    ShowManual(PathBuf),
}

/// What the views of one frame ask for, in order.
pub type Actions = Vec<Action>;

impl Action {
    /// Whether it is typing itself or only news, so that what is being typed may stay open.
    pub(in crate::app) fn leaves_typing_open(&self) -> bool {
        matches!(
            self,
            Self::Cells(..)
                | Self::Type(..)
                | Self::Seal
                | Self::Explain(Explaining {
                    what: Explain::Jot(_),
                    ..
                })
                | Self::Publish(PublishAction::Set(_))
                | Self::Spot(_)
                | Self::Notice(_)
                | Self::Glanced(..)
                | Self::Desktop(_)
                | Self::Printed(_)
                | Self::Exported(..)
        )
    }
}

/// What views ask for around the findings.
#[derive(Debug)]
pub enum CheckAction {
    /// The dialog that confirms a report in which nothing happened.
    Confirm,
    /// What was entered there.
    Confirmed(Confirmation),
    /// The sentences of a section beside those of last year's report.
    SideBySide(String),
    /// The question where the self-check sheet goes, and who checked.
    Sheet(String),
    /// The dialog with the settings of the rules.
    Settings,
    /// What was entered there, and who checks.
    Set(check::RuleSettings, String),
    /// Something about what the county asks for.
    Local(LocalAction),
}

/// What is asked for around a file of the county's own rules.
#[derive(Debug)]
pub enum LocalAction {
    /// The question for the file.
    Ask,
    /// The file by its name.
    Read(PathBuf),
    /// What came of reading it.
    Done(Result<check::RuleSettings, SettingsFileError>),
    /// No such rules from now on.
    Leave,
    /// The draft set out as they ask for.
    UseStyle,
}

/// What is asked for on the page of many reports.
#[derive(Debug)]
pub enum GatherAction {
    /// The question for a folder.
    AskFolder,
    /// The question for the list of units.
    AskUnits,
    /// The question for the folder with last year's reports.
    AskLast,
    /// The question where what it comes to is to be written.
    AskOutput,
    /// A folder.
    Folder(PathBuf),
    /// A list of units.
    Units(PathBuf),
    /// A folder with last year's reports.
    Last(PathBuf),
    /// A file to write what it comes to into.
    Export(PathBuf),
    /// A look whether something changed.
    Look,
    /// What came of gathering, and which time.
    Came(u64, GatherOutcome),
    /// Another sheet.
    Tab(GatherTab),
    /// The addends of a cell, or of none.
    Cell(Option<FieldId>),
    /// The reason so far why a unit is not counted.
    Leaving(Option<(String, String)>),
    /// A unit that is not counted for a reason, or is counted again.
    Leave(String, Option<String>),
    /// The sums of some cells for the open report.
    Take(Vec<FieldId>),
    /// The draft in its place.
    Hide,
}

/// Makes the list of all commands along with their type.
macro_rules! commands {
    ($($(#[$doc:meta])* $command:ident,)*) => {
        /// A menu item without data (命令).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $command,)*
        }

        impl Command {
            /// All of them, in the order of the menus.
            pub const ALL: &[Self] = &[$(Self::$command),*];
        }
    };
}

commands! {
    /// Asks what the new report is.
    New,
    /// Makes a report of the year after the open one.
    NextYear,
    /// Opens a draft.
    Open,
    /// Reads a published report.
    Import,
    /// Reads a report from the clipboard.
    PasteReport,
    /// Opens another window.
    NewWindow,
    /// Saves the draft.
    Save,
    /// Saves the draft under another name.
    SaveAs,
    /// Writes the formats for publishing.
    Publish,
    /// Writes corrected files of a report that was published.
    Correct,
    /// Copies the report for the editor of a website.
    CopyHtml,
    /// Prints the report by the system's viewer.
    Print,
    /// Shows the versions before each save.
    History,
    /// Shows the recovery files.
    Recover,
    /// Back to the start screen.
    Home,
    /// Ends the program.
    Quit,
    /// Takes the last step back.
    Undo,
    /// Makes the last undone step again.
    Redo,
    /// Takes away what is selected where the keyboard is.
    Cut,
    /// Copies it.
    Copy,
    /// Puts in what was copied.
    Paste,
    /// Looks for words in all texts.
    Find,
    /// Looks for words and puts others in their place.
    Replace,
    /// Writes a figure of the tables into the text.
    InsertFigure,
    /// Fills the blanks of the table that is shown with 0.
    FillZeros,
    /// Fills the blanks of all tables with 0.
    FillAllZeros,
    /// Chooses last year's report.
    ChoosePrior,
    /// Lets the figures of the text follow their cells, or no longer.
    FollowTables,
    /// Takes what last year's report proposes for the table that is shown.
    TakeProposals,
    /// Takes what is left of last year's text for the part that is shown.
    TakeSentences,
    /// The part before this one.
    PreviousPart,
    /// The part after this one.
    NextPart,
    /// Shows everything larger.
    ZoomIn,
    /// Shows everything smaller.
    ZoomOut,
    /// Shows everything in its usual size.
    ZoomReset,
    /// Shows everything with the strongest contrast.
    Contrast,
    /// Shows or hides the pages as they will be printed.
    Preview,
    /// Shows or hides last year's figures.
    ShowPrior,
    /// Shows or hides the findings.
    ShowFindings,
    /// Goes to what comes next on the way to a published report.
    NextStep,
    /// The finding before the chosen one.
    PreviousFinding,
    /// The finding after the chosen one.
    NextFinding,
    /// Writes the self-check sheet.
    Sheet,
    /// Writes the form on which a report is signed.
    Approval,
    /// Compares a published page with the draft.
    ComparePage,
    /// Shows reports of several years side by side.
    Years,
    /// Changes the settings of the rules.
    RuleSettings,
    /// Shows the page of many reports.
    Gather,
    /// Shows the manual.
    Manual,
    /// Finds a command by its name.
    Palette,
    /// Lists the shortcuts.
    Shortcuts,
    /// Says what this program is.
    About,
}

/// What is asked of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindAction {
    /// The place after the current one, from the start again after the last.
    Next,
    /// The place before the current one.
    Previous,
    /// The replacement in the current place, and the next one.
    Replace,
    /// The replacement in every place, as one step.
    ReplaceAll,
    /// Back to the text.
    Close,
}

/// What the user wants to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportAction {
    /// Take a part, or leave it.
    Take(usize, bool),
    /// Take back a text that was left out, or leave it out.
    TakeBack(usize, bool),
    /// Look for words in the text.
    LookFor(String),
    /// Look at a line of the text.
    LookAt(usize),
    /// Put what is taken into the open draft.
    Enter,
    /// Make a draft of its own out of it.
    OpenAsDraft,
    /// Use it as last year's report of the open draft.
    UseAsPrior,
    /// Make the report of the year after it.
    NextYear,
    /// Compare it with the open draft, whose published page it is.
    Compare,
}

/// What came of a folder of published files: where it is, and what the draft is to remember.
pub type Finished = Result<(PathBuf, Publication), ExportError>;

/// What the dialog asks for.
#[derive(Debug)]
pub enum PublishAction {
    /// The question for a folder.
    ChooseFolder(Box<Publishing>),
    /// The files.
    Begin,
    /// What the pages cannot show as it was chosen.
    Looked(Vec<String>),
    /// What came of one of them.
    Done(Result<Published, ExportError>),
    /// What came of the folder with all of them.
    Finished(Box<Finished>),
    /// A look at the folder in the system's own program.
    ShowFolder(PathBuf),
    /// How the report is set out from now on.
    Set(Box<Choices>),
    /// The question for the file of a look that is to be used.
    UseLook,
    /// The question where the look goes as a file.
    KeepLook,
}

/// What is asked for around the reports that stand side by side.
#[derive(Debug)]
pub enum YearsAction {
    /// The question for one more report.
    Ask,
    /// One more report by its name.
    Add(PathBuf),
    /// What came of reading it.
    Read(Box<Result<Prior, OpenError>>),
    /// One report less.
    Remove(usize),
    /// The question where the page goes as a file.
    Save,
}

/// What is asked for in such a dialog.
#[derive(Debug)]
pub enum RecoveryAction {
    /// Shows how a recovery file differs.
    ShowOffer(usize),
    /// Takes a recovery file.
    Recover(usize),
    /// Puts a recovery file aside.
    GiveUp(usize),
    /// Puts the recovery files that cannot be read aside.
    GiveUpUnreadable,
    /// Shows how a version differs.
    ShowVersion(usize),
    /// Brings a version back.
    Restore(usize),
    /// Removes all versions, once the user is sure.
    ClearHistory,
    /// Removes all versions of another draft, once the user is sure.
    ClearOther(PathBuf),
    /// How many megabytes of versions are kept.
    Limit(u16),
    /// Saves once more.
    Retry(PathBuf, Option<ThenDo>),
    /// Saves elsewhere.
    SaveElsewhere(Option<ThenDo>),
    /// Replaces a file that was changed; the history keeps what it says.
    Replace(PathBuf, Option<ThenDo>),
    /// Takes the file as it is now; what is on the desk can be had back.
    TakeTheirs(PathBuf),
    /// Opens what was salvaged, or a version that was kept, as a new draft.
    OpenRescued(Box<Draft>),
    /// Shows how a file that was changed elsewhere differs.
    ShowChanged,
    /// Says no more of that until it is changed again.
    LookLater,
    /// Takes the draft from whoever works on it elsewhere.
    TakeOver,
}
