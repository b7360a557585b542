//! What each command is called, and what is said of it. It knows no key.

use super::Command;
use crate::app::state::State;

impl Command {
    /// What menus call it while nothing is known of the draft.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "新建报告…",
            Self::NewWindow => "新窗口",
            Self::Open => "打开…",
            Self::Import => "导入已发布的报告…",
            Self::PasteReport => "粘贴整份报告",
            Self::Save => "保存",
            Self::SaveAs => "另存为…",
            Self::Publish => "发布…",
            Self::CopyHtml => "复制为网页内容",
            Self::ChoosePrior => "选择上年度报告…",
            Self::History => "历史版本…",
            Self::Recover => "恢复没有保存的修改…",
            Self::Home => "返回开始页",
            Self::Quit => "退出",
            Self::Undo => "撤销",
            Self::Redo => "重做",
            Self::Find => "查找…",
            Self::Replace => "替换…",
            Self::InsertFigure => "插入表中数字…",
            Self::FillZeros => "其余填0",
            Self::FillAllZeros => "全部表格其余填0",
            Self::TakeProposals => "采用上年推得的数",
            Self::NextPart => "下一部分",
            Self::PreviousPart => "上一部分",
            Self::NextFinding => "下一条审核结果",
            Self::PreviousFinding => "上一条审核结果",
            Self::ZoomIn => "放大",
            Self::ZoomOut => "缩小",
            Self::ZoomReset => "实际大小",
            Self::ShowPrior => "显示上年数",
            Self::ShowFindings => "显示审核结果",
            Self::Sheet => "导出自查表…",
            Self::RuleSettings => "审核设置…",
            Self::Contrast => "高对比度",
            Self::Palette => "查找命令…",
            Self::Preview => "排版预览",
            Self::Print => "打印…",
            Self::Manual => "使用手册",
            Self::Shortcuts => "快捷键",
            Self::About => "关于",
        }
    }

    /// What it does, for a tooltip.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::New => "从年份开始，新建一份年度报告",
            Self::NewWindow => "再开一个窗口，同时填另一份报告",
            Self::Open => "打开草稿，或者读入已发布的报告",
            Self::Import => "读入已发布的报告（DOCX、网页、文本），核对后写入草稿",
            Self::PasteReport => "把复制下来的整份报告读入，核对后写入草稿",
            Self::Save => "存到草稿文件里",
            Self::SaveAs => "用另一个文件名存一份，以后存到那里",
            Self::Publish => "审核后写出各种格式，逐个读回核对",
            Self::CopyHtml => "把整份报告带格式复制，粘贴到网站后台的编辑器里",
            Self::ChoosePrior => "加上上年度报告，用来核对结转和对照上年数",
            Self::History => "看每次保存之前的版本，可以取回",
            Self::Recover => "看上次没有保存的修改，可以取回",
            Self::Home => "关上这份报告，回到开始页",
            Self::Quit => "关闭窗口，有没保存的修改会先问",
            Self::Undo => "取消上一步修改",
            Self::Redo => "把撤销的一步再做一遍",
            Self::Find => "在正文里找字词",
            Self::Replace => "在正文里找字词并换成别的",
            Self::InsertFigure => "把表里的一个数写进正文",
            Self::FillZeros => "把本表还空着的格都填为0，填过的不动",
            Self::NextPart => "转到目录里的下一部分",
            Self::PreviousPart => "转到目录里的上一部分",
            Self::FillAllZeros => "把所有表格还空着的格都填为0，填过的不动",
            Self::TakeProposals => "把由上年度报告推得的数填进去",
            Self::NextFinding => "转到下一条审核结果所在的地方",
            Self::PreviousFinding => "转到上一条审核结果所在的地方",
            Self::ZoomIn => "整个窗口放大一级",
            Self::ZoomOut => "整个窗口缩小一级",
            Self::ZoomReset => "回到100%",
            Self::ShowPrior => "在每一格里用淡色显示上年度的数",
            Self::ShowFindings => "在右边列出审核结果",
            Self::Contrast => "用最强的对比显示文字和线条",
            Self::Preview => "看印出来的每一页",
            Self::Print => "排成PDF，交给系统的阅读程序打印",
            Self::Palette => "写出名称的任何一部分或者拼音首字母，直接做",
            Self::Manual => "从新建到公开，一步一步怎么做",
            Self::Sheet => "把核查了什么、发现什么、怎么说明写成一份存档的表",
            Self::RuleSettings => "改规则的阈值、自己常错的词和核查人",
            Self::Shortcuts => "列出所有快捷键",
            Self::About => "版本、格式依据和许可",
        }
    }

    /// What menus call it now.
    #[must_use]
    pub fn text(self, state: &State) -> String {
        let draft = state.open.as_ref().map(|open| &open.draft);
        let step = match self {
            Self::Undo => draft.and_then(|draft| draft.undo_step()),
            Self::Redo => draft.and_then(|draft| draft.redo_step()),
            _ => None,
        };
        step.map_or_else(
            || self.name().to_owned(),
            |step| format!("{} {}", self.name(), step.name),
        )
    }
}
