//! The table of all commands: a row each, in the order of the menus.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::actions::CheckAction;
use crate::app::actions::Command;
use crate::app::effects::{Effect, Handling};
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::{Dialog, FilePurpose, ManualPage, Seek};
use crate::app::state::{OpenDraft, State};
use crate::app::update::commands::row::{CommandInfo, Menu};
use crate::app::update::files::importing;
use crate::form::SectionBody;
use crate::sheet::Paper;

/// Makes the table. A row: the command, its menu and group there, its name, its tooltip and its keys;
/// when it can be run, what it does, and what is unusual about it.
macro_rules! commands {
    ($($command:ident $menu:ident $group:literal $name:literal $hint:literal [$($keys:expr),*]
        if $is_enabled:expr => |$state:pat_param, $now:pat_param| $run:expr $(, $field:ident: $value:expr)*;)*) => {
        pub(super) static COMMANDS: &[CommandInfo] = &[$(CommandInfo {
            command: Command::$command,
            menu: Menu::$menu,
            group: $group,
            name: $name,
            hint: $hint,
            keys: &[$($keys),*],
            is_enabled: $is_enabled,
            run: |$state, $now| Effect::from($run),
            $($field: $value,)*
            ..USUAL
        }),*];
    };
}

commands! {
    New File 0 "新建报告…" "从年份开始，新建一份年度报告" [ctrl(Key::N)]
        if always => |state, now| state.guard(ThenDo::New, now);
    NextYear File 0 "用这份做下一年的" "新建下一年的报告：机关、前言带过去，上年结转等由这份推得" []
        if has_next_year => |state, now| state.next_year(now);
    Open File 0 "打开…" "打开草稿，或者读入已发布的报告" [ctrl(Key::O)]
        if may_ask => |state, now| state.guard(ThenDo::Ask, now);
    Import File 0 "导入已发布的报告…" "读入已发布的报告（DOCX、网页、文本），核对后写入草稿" []
        if may_ask => |state, _| state.ask(FilePurpose::Import, importing("选择已发布的报告"));
    PasteReport File 0 "粘贴整份报告" "把复制下来的整份报告读入，核对后写入草稿" [ctrl_shift(Key::V)]
        if may_ask => |_, _| Effect::ReadClipboard;
    NewWindow File 0 "新窗口" "再开一个窗口，同时填另一份报告" [ctrl_shift(Key::N)]
        if always => |_, _| Effect::OpenWindow(None);
    Save File 1 "保存" "存到草稿文件里" [ctrl(Key::S)]
        if has_draft_and_may_ask => |state, _| state.save_then(None);
    SaveAs File 1 "另存为…" "用另一个文件名存一份，以后存到那里" [ctrl_shift(Key::S)]
        if has_draft_and_may_ask => |state, _| state.ask_save(None);
    Publish File 2 "发布…" "审核后写出各种格式，逐个读回核对" [ctrl(Key::E)]
        if has_draft_and_may_ask => |state, _| state.begin_publishing();
    Correct File 2 "更正已发布的报告…" "看发布以后改了哪些，写明原因，另写一套更正后的文件" []
        if was_published => |state, _| state.begin_publishing();
    CopyHtml File 2 "复制为网页内容" "把整份报告带格式复制，粘贴到网站后台的编辑器里" []
        if has_draft => |state, _| state.copy_as_html();
    Print File 3 "打印…" "排成PDF，交给系统的阅读程序打印" [ctrl(Key::P)]
        if has_draft => |state, _| state.print();
    History File 4 "历史版本…" "看每次保存之前的版本，可以取回" []
        if has_history => |state, _| state.show_history();
    Recover File 4 "恢复没有保存的修改…" "看上次没有保存的修改，可以取回" []
        if has_keeper_and_may_ask => |state, now| state.guard(ThenDo::Recover, now);
    Home File 5 "返回开始页" "关上这份报告，回到开始页" []
        if has_draft => |state, now| state.guard(ThenDo::Home, now);
    Quit File 5 "退出" "关闭窗口，有没保存的修改会先问" [ctrl(Key::Q)]
        if always => |state, now| state.guard(ThenDo::Quit, now);

    Undo Edit 0 "撤销" "取消上一步修改" [ctrl(Key::Z)]
        if can_undo => |state, _| state.undo(), detail: next_undo, repeats: true;
    Redo Edit 0 "重做" "把撤销的一步再做一遍" [ctrl(Key::Y), ctrl_shift(Key::Z)]
        if can_redo => |state, _| state.redo(), detail: next_redo, repeats: true;
    Cut Edit 1 "剪切" "拿走所选的文字或格里的数，可以粘贴到别处" [ctrl(Key::X)]
        if has_draft => |_, _| Effect::Handle(Handling::Cut);
    Copy Edit 1 "复制" "复制所选的文字或格" [ctrl(Key::C)]
        if has_draft => |_, _| Effect::Handle(Handling::Copy);
    Paste Edit 1 "粘贴" "把复制的内容放到光标或所选的格里" [ctrl(Key::V)]
        if has_draft => |_, _| Effect::Handle(Handling::Paste);
    Find Edit 2 "查找…" "在正文里找字词" [ctrl(Key::F)]
        if has_draft => |state, _| state.begin_find(false);
    Replace Edit 2 "替换…" "在正文里找字词并换成别的" [ctrl(Key::H)]
        if has_draft => |state, _| state.begin_find(true);
    InsertFigure Edit 2 "插入表中数字…" "把表里的一个数写进正文" [ctrl(Key::T)]
        if shows_text => |state, _| state.pick_figure();
    FillZeros Edit 3 "其余填0" "把本表还空着的格都填为0，填过的不动" [plain(Key::F4)]
        if shows_blank_cells => |state, _| state.fill_zeros();
    FillAllZeros Edit 3 "全部表格其余填0" "把所有表格还空着的格都填为0，填过的不动" [shift(Key::F4)]
        if has_blank_cells => |state, _| state.fill_all_zeros();
    ChoosePrior Edit 3 "选择上年度报告…" "加上上年度报告，用来核对结转和对照上年数" []
        if has_draft_and_may_ask => |state, _| state.ask_prior();
    FollowTables Edit 3 "正文随表改" "表里的数改了，正文里原来与它一致的数字跟着改" []
        if always => |state, _| state.set(|settings| settings.follow = Some(settings.follow != Some(true))), is_on: Some(|state| state.settings.follow == Some(true));
    TakeProposals Edit 3 "采用上年推得的数" "把由上年度报告推得的数填进去" []
        if has_proposals => |state, _| state.take_proposals();
    TakeSentences Edit 3 "沿用上年余下的句子" "把上年这一部分还没有处理的句子都放进来，没有核对的都标出" []
        if has_sentences => |state, _| state.take_sentences();
    PreviousPart Edit 4 "上一部分" "转到目录里的上一部分" [shift(Key::F6), ctrl(Key::PageUp)]
        if has_draft => |state, _| state.with_open(|open| open.step(false)), repeats: true;
    NextPart Edit 4 "下一部分" "转到目录里的下一部分" [plain(Key::F6), ctrl(Key::PageDown)]
        if has_draft => |state, _| state.with_open(|open| open.step(true)), repeats: true;

    ZoomIn View 0 "放大" "整个窗口放大一级" [ctrl(Key::Plus), ctrl(Key::Equals)]
        if always => |state, _| state.zoom(state.settings.next_zoom(true)), repeats: true;
    ZoomOut View 0 "缩小" "整个窗口缩小一级" [ctrl(Key::Minus)]
        if always => |state, _| state.zoom(state.settings.next_zoom(false)), repeats: true;
    ZoomReset View 0 "实际大小" "回到100%" [ctrl(Key::Num0)]
        if always => |state, _| state.zoom(100);
    Contrast View 1 "高对比度" "用最强的对比显示文字和线条" []
        if always => |state, _| state.set(|settings| settings.contrast = !settings.contrast), is_on: Some(|state| state.settings.contrast);
    Preview View 2 "排版预览" "看印出来的每一页" [plain(Key::F5)]
        if has_draft => |state, _| { state.pages = state.pages.turned(); }, is_on: Some(|state| state.pages.are_shown());
    ShowPrior View 2 "显示上年数" "在每一格里用淡色显示上年度的数" []
        if has_prior => |state, _| state.set(|settings| settings.show_prior = !settings.show_prior), is_on: Some(|state| state.settings.show_prior);
    ShowFindings View 2 "显示审核结果" "在右边列出审核结果" [plain(Key::F7)]
        if has_draft => |state, _| state.turn_findings(), is_on: Some(|state| state.settings.show_findings);

    NextStep Check 0 "下一步" "转到还空着的地方、要改的地方，都好了就发布" [plain(Key::F9)]
        if has_draft_and_may_ask => |state, _| state.next_step();
    PreviousFinding Check 0 "上一条审核结果" "转到上一条审核结果所在的地方" [shift(Key::F8)]
        if has_findings => |state, _| state.step_finding(false), repeats: true;
    NextFinding Check 0 "下一条审核结果" "转到下一条审核结果所在的地方" [plain(Key::F8)]
        if has_findings => |state, _| state.step_finding(true), repeats: true;
    Sheet Check 1 "导出自查表…" "把核查了什么、发现什么、怎么说明写成一份存档的表" []
        if has_draft => |state, _| state.begin_sheet();
    Approval Check 1 "导出呈批单…" "把主要数据、审核结论和说明排成一页，留出签字的地方，送领导签批" []
        if has_draft => |state, _| state.ask_paper(Paper::Approval);
    ComparePage Check 1 "核对公开的页面…" "选公开出去的网页或文件，和草稿逐格、逐行、逐段核对" []
        if has_draft_and_may_ask => |state, _| state.ask_page();
    Years Check 1 "几年对比…" "选两到六份报告，主要数据排成一页，有表有图，可以写成PDF或图片" []
        if may_ask => |state, _| state.begin_years();
    RuleSettings Check 1 "审核设置…" "改规则的阈值、自己常错的词和核查人" []
        if always => |state, now| state.run_checking(CheckAction::Settings, now);
    Gather Check 2 "汇总各单位的报告…" "把一个文件夹里的报告放在一起：谁报了、怎么样、加起来是多少" []
        if may_ask => |state, _| state.turn_gather(), is_on: Some(|state| state.gather.as_ref().is_some_and(|page| page.is_shown));

    Manual Help 0 "使用手册" "从新建到公开，一步一步怎么做" []
        if always => |state, _| { state.dialog = Some(Dialog::Manual(ManualPage::default())); };
    Palette Help 0 "查找命令…" "写出名称的任何一部分或者拼音首字母，直接做" [ctrl(Key::K)]
        if always => |state, _| { state.dialog = Some(Dialog::Palette(Seek::default())); };
    Shortcuts Help 0 "快捷键" "列出所有快捷键" [plain(Key::F1)]
        if always => |state, _| { state.dialog = Some(Dialog::Shortcuts); };
    About Help 1 "关于" "版本、格式依据和许可" []
        if always => |state, _| { state.dialog = Some(Dialog::About); };
}

const USUAL: CommandInfo = CommandInfo {
    command: Command::About,
    menu: Menu::Help,
    group: 0,
    name: "",
    hint: "",
    keys: &[],
    is_enabled: always,
    is_on: None,
    detail: |_| None,
    repeats: false,
    run: |_, _| Effect::Nothing,
};

// Every command has its row, at its own place in the table.
const _: () = {
    assert!(COMMANDS.len() == Command::ALL.len());
    let (mut rows, mut place) = (COMMANDS, 0);
    while let [row, rest @ ..] = rows {
        assert!(row.command as usize == place);
        (rows, place) = (rest, place + 1);
    }
};

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

fn always(_: &State) -> bool {
    true
}

fn may_ask(state: &State) -> bool {
    state.waiting.is_none()
}

fn has_draft(state: &State) -> bool {
    state.open.is_some()
}

fn has_draft_and_may_ask(state: &State) -> bool {
    has_draft(state) && may_ask(state)
}

fn has_keeper_and_may_ask(state: &State) -> bool {
    state.keeper.is_some() && may_ask(state)
}

fn of_draft(state: &State, holds: impl FnOnce(&OpenDraft) -> bool) -> bool {
    state.open.as_ref().is_some_and(holds)
}

fn has_next_year(state: &State) -> bool {
    let this_year = state.today.map(|now| now.year);
    of_draft(state, |open| {
        this_year.is_some_and(|this_year| open.draft.report().year() < this_year)
    })
}

fn was_published(state: &State) -> bool {
    may_ask(state) && of_draft(state, |open| open.draft.last_publication().is_some())
}

fn has_history(state: &State) -> bool {
    state.keeper.is_some() && of_draft(state, |open| open.path.is_some())
}

fn has_prior(state: &State) -> bool {
    of_draft(state, |open| open.draft.prior().is_some())
}

fn has_findings(state: &State) -> bool {
    of_draft(state, |open| !open.findings.list.is_empty())
}

fn has_proposals(state: &State) -> bool {
    of_draft(state, |open| !open.proposals().is_empty())
}

fn has_sentences(state: &State) -> bool {
    of_draft(state, |open| {
        open.older_here()
            .is_some_and(|older| !older.open().is_empty())
    })
}

fn has_blank_cells(state: &State) -> bool {
    of_draft(state, |open| {
        open.draft.report().open_cells().next().is_some()
    })
}

fn shows_text(state: &State) -> bool {
    of_draft(state, |open| {
        let section = open.section();
        section.is_some_and(|section| matches!(section.body, SectionBody::Passage { .. }))
    })
}

fn shows_blank_cells(state: &State) -> bool {
    of_draft(state, |open| {
        let section = open.section();
        section.is_some_and(|section| matches!(section.body, SectionBody::Table(_)))
            && open.progress(open.place).blank > 0
    })
}

fn can_undo(state: &State) -> bool {
    next_undo(state).is_some()
}

fn can_redo(state: &State) -> bool {
    next_redo(state).is_some()
}

fn next_undo(state: &State) -> Option<&str> {
    let step = state.open.as_ref()?.draft.undo_step()?;
    Some(&step.name)
}

fn next_redo(state: &State) -> Option<&str> {
    let step = state.open.as_ref()?.draft.redo_step()?;
    Some(&step.name)
}
