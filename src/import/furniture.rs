//! What a site or a page adds around a report: navigation, dates of publication, page numbers.
//!
//! It knows how Chinese government sites word these, not what a report says.

use std::collections::BTreeSet;

use super::assemble::Piece;

/// The longest line that can be furniture, in characters.
const LONGEST: usize = 90;
/// How many lines behind the report may be left out at once.
const TAIL: usize = 40;

/// What a line above the text begins with that says something about the page.
const ABOVE: &[&str] = &[
    "首页",
    "网站首页",
    "当前位置",
    "您的位置",
    "您现在的位置",
    "所在位置",
    "位置：",
    "发布时间",
    "发布日期",
    "发文日期",
    "成文日期",
    "生成日期",
    "公开日期",
    "更新时间",
    "日期：",
    "时间：",
    "来源",
    "信息来源",
    "文章来源",
    "稿件来源",
    "作者",
    "发布机构",
    "发文机关",
    "发布单位",
    "公开机构",
    "信息分类",
    "主题分类",
    "体裁分类",
    "索引号",
    "索引编号",
    "信息索引号",
    "浏览",
    "点击",
    "阅读",
    "访问量",
    "字体",
    "字号",
    "【字体",
    "【字号",
    "[字体",
    "打印",
    "【打印",
    "[打印",
    "分享",
    "收藏",
    "关闭",
    "扫一扫",
    "扫码",
    "无障碍",
    "长者",
    "简体",
    "繁体",
    "公开方式",
    "公开范围",
    "有效性",
    "公开程序",
    "公开形式",
    "公开时限",
    "信息名称",
    "名称：",
    "名 称",
    "关键词",
    "责任编辑",
    "编辑：",
    "审核：",
    "登录",
    "注册",
    "搜索",
    "收藏本站",
    "设为首页",
    "返回",
];

/// What a line behind the text begins with that the site put there.
const BEHIND: &[&str] = &[
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "上一页",
    "下一页",
    "相关链接",
    "相关文档",
    "相关阅读",
    "相关信息",
    "相关新闻",
    "分享到",
    "分享：",
    "【打印",
    "打印本页",
    "打印此页",
    "关闭窗口",
    "关闭本页",
    "【关闭",
    "[关闭",
    "扫一扫",
    "扫码",
    "返回顶部",
    "责任编辑",
    "编辑：",
    "初审：",
    "审核：",
    "版权所有",
    "主办单位",
    "主办：",
    "承办单位",
    "网站标识码",
    "网站地图",
    "联系我们",
    "关于我们",
    "ICP备",
    "备案号",
    "Copyright",
    "copyright",
    "技术支持",
    "友情链接",
    "附件下载",
    "浏览次数",
    "点击次数",
    "我要纠错",
    "网站声明",
];

/// Leaves out page numbers everywhere, and what the site put above and behind the text.
pub(super) fn strip(pieces: Vec<Piece>, is_main: impl Fn(&str) -> bool) -> Vec<Piece> {
    let first = pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Text(text, _) if is_main(text)));
    let last = tail(&pieces).unwrap_or(pieces.len());
    let kept = pieces.into_iter().enumerate().filter(|(at, piece)| {
        let Piece::Text(text, hint) = piece else {
            return true;
        };
        let above = first.is_some_and(|first| *at < first) && *hint != Some(0) && is_above(text);
        *at < last && !above && !is_page_number(text)
    });
    kept.map(|(_, piece)| piece).collect()
}

/// Where the site goes on behind the text; `None` when it does not.
fn tail(pieces: &[Piece]) -> Option<usize> {
    let from = pieces.len().saturating_sub(TAIL);
    let table = pieces
        .iter()
        .rposition(|piece| matches!(piece, Piece::Table(_)));
    let from = from.max(table.map_or(0, |at| at + 1));
    let found = pieces.iter().skip(from).position(
        |piece| matches!(piece, Piece::Text(text, _) if is_short(text) && begins(text, BEHIND)),
    );
    found.map(|at| at + from).filter(|&at| at > 0)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST
}

fn begins(text: &str, words: &[&str]) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "|·•>＞".contains(c));
    words.iter().any(|word| text.starts_with(word))
}

fn is_above(text: &str) -> bool {
    let breadcrumbs = text.matches(['>', '＞', '»', '›']).count() > 0;
    is_short(text) && !text.contains('。') && (begins(text, ABOVE) || breadcrumbs)
}

/// Whether a line is the number of a page: `- 3 -`, `第3页`, `第 3 页 共 9 页`, `Page 3 of 9`.
pub(super) fn is_page_number(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_dash = |c: char| "-—–－―·─~".contains(c);
    let digits = |text: &str| {
        (1..=4).contains(&text.chars().count())
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    };
    let inner = plain.trim_matches(is_dash);
    let dashed = plain.starts_with(is_dash) && plain.ends_with(is_dash) && digits(inner);
    let named = || {
        let rest = plain.strip_prefix('第')?;
        let (number, rest) = rest.split_once('页')?;
        let rest = rest.trim_start_matches(['/', '，', ',']);
        let total = rest
            .strip_prefix('共')
            .and_then(|rest| rest.strip_suffix('页'));
        Some(digits(number) && (rest.is_empty() || total.is_some_and(digits)))
    };
    let english = || {
        let rest = plain.to_ascii_lowercase();
        let rest = rest.strip_prefix("page")?;
        let (number, total) = rest.split_once("of").unwrap_or((rest, "1"));
        Some(digits(number) && digits(total))
    };
    dashed || named().unwrap_or(false) || english().unwrap_or(false)
}

/// How many other lines of nothing but a figure make a lone one among empty lines suspicious.
const FIGURES: usize = 20;

/// The lines that are page numbers without any dress: figures between empty lines that count up,
/// in a text where figures otherwise stand without empty lines around them.
pub(super) fn bare_page_numbers(lines: &[&str]) -> BTreeSet<usize> {
    let is_empty = |at: Option<usize>| {
        let line = at.and_then(|at| lines.get(at));
        line.is_none_or(|line| line.trim().is_empty() && !line.contains('\t'))
    };
    let mut alone = BTreeSet::new();
    let mut others = 0;
    let mut numbers: Vec<u32> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.trim();
        if text.is_empty() || text.len() > 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let short = text.len() <= 3 && !line.starts_with('\t');
        if short && is_empty(at.checked_sub(1)) && is_empty(Some(at + 1)) {
            alone.insert(at);
            numbers.extend(text.parse::<u32>().ok());
        } else {
            others += 1;
        }
    }
    let counts_up = numbers.windows(2).all(|pair| match pair {
        [before, after] => before < after,
        _ => true,
    });
    if counts_up && others >= FIGURES {
        alone
    } else {
        BTreeSet::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_by_their_dress() {
        for line in [
            "- 3 -",
            "—12—",
            "－ ４ －",
            "第3页",
            "第 3 页 共 12 页",
            "第3页/共9页",
            "Page 3 of 9",
        ] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["3", "-3", "- 3", "第三页", "3件", "第3页所列", "-"] {
            assert!(!is_page_number(line), "{line}");
        }
    }

    #[test]
    fn what_the_site_says_stays_out() {
        let text = |text: &str| Piece::Text(text.to_owned(), None);
        let pieces = [
            "首页 > 政务公开",
            "甲乡2024年报告",
            "发布时间：2025-01-02 来源：甲乡",
            "本报告按要求编制。",
            "一、甲",
            "来源：甲。",
            "- 2 -",
            "乙。",
            "上一篇：丙",
            "版权所有",
        ];
        let kept = strip(pieces.map(text).to_vec(), |line| line.starts_with("一、"));
        let kept: Vec<_> = kept
            .iter()
            .map(|piece| match piece {
                Piece::Text(text, _) => text.as_str(),
                Piece::Table(_) => "",
            })
            .collect();
        assert_eq!(
            kept,
            [
                "甲乡2024年报告",
                "本报告按要求编制。",
                "一、甲",
                "来源：甲。",
                "乙。"
            ]
        );
    }
}
