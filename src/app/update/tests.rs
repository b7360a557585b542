//! Whatever can be asked for is asked for on a draft that can only be read.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::app::actions::{
    Action, CheckAction, Command, FindAction, ImportAction, PublishAction, RecoveryAction,
    YearsAction,
};
use crate::app::effects::Effect;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::{
    Dialog, FilePurpose, NewReport, PendingFileDialog, ReadFrom, RuleSettingsForm, ZeroReportForm,
};
use crate::app::state::explaining::{Explain, Explaining};
use crate::app::state::find::Find;
use crate::app::state::findings::Filter;
use crate::app::state::import::ImportReview;
use crate::app::state::recovery::{HistoryDialog, RecoveryDialog};
use crate::app::state::reuse::{Reuse, ReuseStep};
use crate::app::state::saving::SaveStalled;
use crate::app::state::settings::ThemeChoice;
use crate::app::state::text::{FillIn, Insertion, TextSelection};
use crate::app::state::{OpenDraft, PartId, State};
use crate::app::system::platform::Renderer;
use crate::app::system::shell::{FileAnswer, Moment};
use crate::app::update::files::reading;
use crate::export::{ExportError, WRITERS};
use crate::form::FieldId;
use crate::keep::history::Version;
use crate::open::{OpenError, Opened};
use crate::report::{Choices, Confirmation, Draft, Edit, Entry, Number, Prior, Report};
use crate::{form, store};

const NOW: Moment = Moment {
    year: 2026,
    month: 1,
    day: 5,
    hour: 9,
    minute: 0,
};

fn field(key: &str) -> FieldId {
    form::by_id("2021").unwrap().find(key).unwrap()
}

fn last_year() -> Prior {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), 2024);
    for id in edition.cells() {
        report.apply(Edit::Enter(id, Entry::Number(Number::ZERO)));
    }
    let words = Entry::Text("网站改了版，栏目更加清楚。".to_owned());
    report.apply(Edit::Enter(field("overview"), words));
    let source = "上年".to_owned();
    Prior { report, source }
}

/// A draft with something to do for everything: blanks, proposals, steps to take back and to make again.
fn draft() -> Draft {
    let mut draft = Draft::new(Report::new(form::by_id("2021").unwrap(), 2025));
    draft.set_prior(Some(last_year()));
    let text = Entry::Text("青石乡，青石乡政府".to_owned());
    draft.edit("填报", Edit::Enter(field("overview"), text));
    draft.explain("title", "甲", "属实");
    draft.jot("title", "乙", "没有写");
    let one = Entry::Number(Number::ONE);
    let cell = field("requests.new_received@natural_person");
    draft.edit("填报", Edit::Enter(cell, one));
    draft.undo();
    draft
}

fn state(place: PartId, dialog: Option<Dialog>) -> State {
    let mut open = OpenDraft::new(draft(), None, true);
    open.place = place;
    let other = Opened {
        draft: Draft::new(last_year().report),
        is_draft: false,
        source: String::new(),
        left: Vec::new(),
        page: crate::doc::Doc::default(),
    };
    let intake = ImportReview::new("甲".to_owned(), other, Some(&*open.draft));
    let mut find = Find {
        pattern: "青石乡".to_owned(),
        replacement: "白水镇".to_owned(),
        replaces: true,
        ..Find::default()
    };
    find.current = find.hits(open.draft.report()).first().copied();
    State {
        open: Some(open),
        intake: Some(Box::new(intake)),
        find: Some(find),
        dialog,
        ..State::default()
    }
}

/// Does something on the draft, shut or open; whether the draft on the desk changed by it.
fn changes(mut state: State, action: Action, shut: bool) -> bool {
    let open = state.open.as_mut().unwrap();
    open.draft.shut(shut);
    let before = open.draft.without_steps();
    drop(state.run(action, NOW));
    // Another draft on the desk, or none, is no change of this one.
    let open = state.open.as_ref();
    open.filter(|open| open.draft.is_read_only() == shut)
        .is_some_and(|open| !open.draft.says_the_same(&before))
}

fn places() -> Vec<PartId> {
    let count = form::by_id("2021").unwrap().sections.len();
    let sections = (0..count).map(PartId::Section);
    std::iter::once(PartId::Cover).chain(sections).collect()
}

#[test]
fn no_command_changes_a_draft_that_can_only_be_read() {
    let mut changing = BTreeSet::new();
    for &command in Command::ALL {
        for place in places() {
            let run = || Action::Run(command);
            assert!(!changes(state(place, None), run(), true), "{command:?}");
            if changes(state(place, None), run(), false) {
                changing.insert(command.name());
            }
        }
    }
    // On a draft that may be changed they are not without effect.
    for command in [
        Command::Undo,
        Command::Redo,
        Command::FillZeros,
        Command::FillAllZeros,
        Command::TakeProposals,
    ] {
        assert!(changing.contains(command.name()), "{command:?}");
    }
}

/// A number for each kind of action, so that nobody adds one without a thought of this test.
fn kind(action: &Action) -> usize {
    match action {
        Action::Run(_) => 0,
        Action::Edit(..) => 1,
        Action::Type(..) => 2,
        Action::Seal => 3,
        Action::Spot(_) => 4,
        Action::Insert { .. } => 5,
        Action::Complete(_) => 6,
        Action::Find(_) => 7,
        Action::GoTo(_) => 8,
        Action::Show(..) => 9,
        Action::GoToFinding(_) => 10,
        Action::Filter(_) => 11,
        Action::Leave(_) => 12,
        Action::Deadline(_) => 13,
        Action::Explain(_) => 14,
        Action::Checking(_) => 15,
        Action::OpenPath(_) => 16,
        Action::Pasted(_) => 17,
        Action::Intake(_) => 18,
        Action::OpenElsewhere(_) => 19,
        Action::Opened(..) => 20,
        Action::Glanced(..) => 21,
        Action::Forget(_) => 22,
        Action::Create(_) => 23,
        Action::AskNewPrior(_) => 24,
        Action::ReadNewPrior(_) => 25,
        Action::NewPriorRead(_) => 26,
        Action::PriorRead(_) => 27,
        Action::Export(_) => 28,
        Action::ExportAnyway(_) => 29,
        Action::Printed(_) => 30,
        Action::Exported(..) => 31,
        Action::Publish(_) => 32,
        Action::Years(_) => 59,
        Action::SaveThen(_) => 33,
        Action::Discard(_) => 34,
        Action::Answer(..) => 35,
        Action::PutAway => 36,
        Action::Rescue(_) => 37,
        Action::Zoom(_) => 38,
        Action::Theme(_) => 39,
        Action::Desktop(_) => 40,
        Action::Notice(_) => 41,
        Action::CloseDialog => 42,
        Action::ShowManual(_) => 43,
        Action::Saved(_) => 44,
        Action::Fix(..) => 45,
        Action::Cells(..) => 46,
        Action::Renderer(_) => 47,
        Action::Follow(_) => 48,
        Action::AskYear(_) => 49,
        Action::Read(..) => 50,
        Action::PageCompared(_) => 51,
        Action::NextYear(_) => 52,
        Action::NextYearRead(_) => 53,
        Action::OfYear(_) => 54,
        Action::FixAll(..) => 55,
        Action::Reuse(_) => 56,
        Action::SaveStalled(_) => 57,
        Action::Gather(_) => 58,
    }
}

const KINDS: usize = 60;

/// Those of which something is asked of the draft itself.
fn about_the_draft() -> Vec<Action> {
    let (cell, overview) = (
        field("requests.new_received@natural_person"),
        field("overview"),
    );
    let two = || Entry::Number(2.into());
    let spot = TextSelection {
        field: overview,
        start: 0,
        end: 0,
    };
    let explain = |basis: &str, what| {
        Action::Explain(Explaining {
            rule: "title",
            basis: basis.to_owned(),
            lapsed: Some("甲".to_owned()),
            what,
        })
    };
    let proposals = || OpenDraft::new(draft(), None, true).proposals();
    let other = Choices {
        signature: true,
        ..Choices::default()
    };
    let findings = OpenDraft::new(draft(), None, true).findings;
    let mut list = findings.list.iter();
    let fixable = list.position(|finding| !finding.fixes.is_empty()).unwrap();
    vec![
        Action::Edit("填报".to_owned(), Edit::Enter(cell, two())),
        Action::Cells("填报".to_owned(), Edit::Enter(cell, two())),
        Action::Type("填报".to_owned(), cell, two()),
        Action::Insert {
            name: "插入".to_owned(),
            spot,
            piece: Insertion::Inline("甲".to_owned()),
        },
        Action::Find(FindAction::Replace),
        Action::Find(FindAction::ReplaceAll),
        Action::Leave(proposals()),
        Action::Reuse(Reuse {
            field: overview,
            pieces: vec![0],
            what: ReuseStep::Take,
        }),
        explain("丙", Explain::Jot("写".to_owned())),
        explain("丙", Explain::Finish("写".to_owned())),
        explain("甲", Explain::Withdraw),
        explain("丙", Explain::GoOn("乙".to_owned())),
        explain("丙", Explain::GiveUp("乙".to_owned())),
        Action::Checking(CheckAction::Confirmed(Confirmation::default())),
        Action::Intake(ImportAction::Enter),
        Action::Intake(ImportAction::UseAsPrior),
        Action::PriorRead(Ok(Box::new(Prior {
            source: "别的".to_owned(),
            ..last_year()
        }))),
        Action::Publish(PublishAction::Set(Box::new(other))),
        Action::Fix(fixable, 0),
        Action::FixAll(
            findings.list[fixable].rule.name,
            findings.list[fixable].fixes[0].title.clone(),
        ),
        Action::OfYear(2024),
    ]
}

fn all_others() -> Vec<Action> {
    let path = || PathBuf::from("/没有/这个文件");
    let gone = || OpenError::Read {
        path: path(),
        reason: std::io::ErrorKind::NotFound.into(),
    };
    let skeleton = form::by_id("2021").unwrap().sections.iter().find_map(|s| {
        let form::SectionBody::Passage { skeletons, .. } = &s.body else {
            return None;
        };
        skeletons.first().cloned()
    });
    let spot = TextSelection {
        field: field("overview"),
        start: 0,
        end: 0,
    };
    let waiting = |purpose| PendingFileDialog {
        purpose,
        question: reading("选择"),
    };
    let chosen = || FileAnswer::Chosen(path());
    vec![
        Action::Run(Command::Undo),
        Action::Seal,
        Action::Spot(spot),
        Action::Complete(FillIn {
            spot,
            skeleton: skeleton.unwrap(),
            answers: Vec::new(),
        }),
        Action::Find(FindAction::Next),
        Action::Find(FindAction::Close),
        Action::GoTo(PartId::Cover),
        Action::Show(PartId::Cover, None),
        Action::GoToFinding(0),
        Action::Filter(Filter::default()),
        Action::Deadline(crate::app::Deadline::default()),
        Action::Follow(false),
        Action::Checking(CheckAction::Confirm),
        Action::Checking(CheckAction::SideBySide("overview".to_owned())),
        Action::Checking(CheckAction::Set(
            RuleSettingsForm::default().settings,
            String::new(),
        )),
        Action::OpenPath(path()),
        Action::Pasted(None),
        Action::AskYear(ReadFrom::File(path())),
        Action::Read(ReadFrom::File(path()), 2024),
        Action::PageCompared(Err(gone())),
        Action::Gather(crate::app::actions::GatherAction::Hide),
        Action::Intake(ImportAction::Compare),
        Action::Intake(ImportAction::NextYear),
        Action::NextYear(path()),
        Action::NextYearRead(Err(gone())),
        Action::Intake(ImportAction::Take(0, true)),
        Action::Intake(ImportAction::OpenAsDraft),
        Action::OpenElsewhere(path()),
        Action::Opened(path(), None, Err(gone())),
        Action::Glanced(path(), None),
        Action::Forget(path()),
        Action::Create(NewReport::default()),
        Action::AskNewPrior(NewReport::default()),
        Action::ReadNewPrior(path()),
        Action::NewPriorRead(Ok(Box::new(last_year()))),
        Action::Export(&WRITERS[0]),
        Action::ExportAnyway(&WRITERS[0]),
        Action::Printed(Err(ExportError::Write(std::io::ErrorKind::Other.into()))),
        Action::Exported(path(), Ok(Vec::new())),
        Action::Publish(PublishAction::Begin),
        Action::Years(YearsAction::Ask),
        Action::SaveThen(ThenDo::Home),
        Action::Discard(ThenDo::Home),
        Action::Answer(waiting(FilePurpose::Prior), chosen()),
        Action::Answer(waiting(FilePurpose::Import), chosen()),
        Action::PutAway,
        Action::Rescue(RecoveryAction::TakeOver),
        Action::Rescue(RecoveryAction::LookLater),
        Action::Rescue(RecoveryAction::OpenRescued(Box::new(draft()))),
        Action::Zoom(100),
        Action::Theme(ThemeChoice::Light),
        Action::Renderer(Renderer::Cpu),
        Action::Desktop(None),
        Action::Notice(String::new()),
        Action::CloseDialog,
        Action::ShowManual(path()),
        Action::SaveStalled(Box::new(SaveStalled {
            token: std::sync::Weak::new(),
            path: path(),
            after: None,
        })),
    ]
}

#[test]
fn nothing_that_is_asked_for_changes_a_draft_that_can_only_be_read() {
    let place = PartId::Section(1);
    let dialog = || Some(Dialog::Confirm(ZeroReportForm::default()));
    let mut seen = BTreeSet::new();
    for action in about_the_draft().into_iter().chain(all_others()) {
        seen.insert(kind(&action));
        let name = format!("{action:?}");
        assert!(!changes(state(place, dialog()), action, true), "{name}");
    }
    // What came of a save is made by a save alone.
    assert_eq!(seen.len(), KINDS - 1);
    // Each of these does change a draft that may be changed.
    for action in about_the_draft() {
        let name = format!("{action:?}");
        assert!(changes(state(place, dialog()), action, false), "{name}");
    }
}

#[test]
fn a_refusal_says_what_to_do_and_nothing_else() {
    for action in about_the_draft() {
        let mut state = state(PartId::Section(1), None);
        state.open.as_mut().unwrap().draft.shut(true);
        let name = format!("{action:?}");
        drop(state.run(action, NOW));
        let says = "这份草稿只能读，要改先另存为自己的一份";
        assert_eq!(state.notice, says, "{name}");
    }
}

#[test]
fn what_no_page_can_hold_is_said_and_not_chosen() {
    let mut state = state(PartId::Section(1), None);
    state.begin_publishing();
    let usual = Choices::default();
    let set = |state: &mut State, choices: &Choices| {
        let step = PublishAction::Set(Box::new(choices.clone()));
        drop(state.run(Action::Publish(step), NOW));
        let Some(Dialog::Publish(publishing)) = &state.dialog else {
            unreachable!("no dialog");
        };
        let chosen = state.open.as_ref().unwrap().draft.choices().clone();
        (chosen, publishing.fault.clone())
    };
    let tight = Choices {
        line_pitch: 560,
        ..usual
    };
    assert_eq!(set(&mut state, &tight), (tight.clone(), String::new()));
    // A title of 26 points wants more than 28 from line to line.
    let large = Choices {
        title_size: 52,
        ..tight.clone()
    };
    let (chosen, fault) = set(&mut state, &large);
    assert_eq!(chosen, tight);
    assert!(fault.contains("行距要在28.6磅到60磅之间"), "{fault}");
    let looser = Choices {
        line_pitch: 578,
        ..large
    };
    assert_eq!(set(&mut state, &looser), (looser.clone(), String::new()));
}

/// A version of the history, in a dialog over a draft that says something else.
fn with_version(folder: &std::path::Path) -> State {
    let mut older = Draft::new(last_year().report);
    older.jot("title", "丁", "还没有写完");
    let path = folder.join("甲.nianbao");
    store::save(&older, &path).unwrap();
    let version = Version {
        saved: 0,
        sequence: 0,
        length: 0,
        path,
    };
    let dialog = RecoveryDialog::History(HistoryDialog {
        versions: vec![version],
        chosen: None,
        sure: false,
        others: Vec::new(),
        sure_of: None,
    });
    state(PartId::Cover, Some(Dialog::Rescue(dialog)))
}

#[test]
fn a_version_brings_back_what_stood_beside_the_report_and_is_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let restore = || Action::Rescue(RecoveryAction::Restore(0));
    assert!(!changes(with_version(folder.path()), restore(), true));
    let mut state = with_version(folder.path());
    let before = state.open.as_ref().unwrap().draft.without_steps();
    drop(state.run(restore(), NOW));
    let draft = &state.open.as_ref().unwrap().draft;
    assert_eq!(draft.report().year(), 2024);
    assert_eq!(draft.half_written()[0].text, "还没有写完");
    assert!(draft.explanations().is_empty() && draft.prior().is_none());
    drop(state.run(Action::Run(Command::Undo), NOW));
    assert!(state.open.as_ref().unwrap().draft.says_the_same(&before));
    assert_eq!(state.notice, "已撤销：恢复历史版本");
}

#[test]
fn what_an_action_leaves_to_the_system_comes_back() {
    let left = |action| state(PartId::Cover, None).run(action, NOW);
    let page = std::path::PathBuf::from("manual.html");
    assert!(matches!(left(Action::Seal), Effect::Nothing));
    for (action, expected) in [
        (Action::Run(Command::Import), "AskFile"),
        (Action::Run(Command::SaveAs), "AskFile"),
        (Action::Run(Command::PasteReport), "ReadClipboard"),
        (Action::Run(Command::CopyHtml), "Copy"),
        (Action::Run(Command::Print), "Start(Job(\"正在准备打印…\"))"),
        (Action::Run(Command::NewWindow), "OpenWindow(None)"),
        (Action::OpenElsewhere(page.clone()), "OpenWindow(Some("),
        (Action::ShowManual(page), "Show("),
    ] {
        let name = format!("{action:?}");
        let effect = format!("{:?}", left(action));
        assert!(effect.starts_with(expected), "{name}: {effect}");
    }
}
