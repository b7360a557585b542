//! What a site or a page adds around a report: navigation, dates of publication, page numbers.
//!
//! It stands outside the text of the report and looks like it in more than one way; every word of it
//! is kept, so that it can be taken back. It knows how Chinese government sites word these, not what
//! a report says.

use std::collections::BTreeSet;

use super::piece::{Piece, is_part};
use super::title::Title;
use super::words::{ABOVE, BEHIND, OWN};

/// The longest line that can be furniture, in characters.
const LONGEST: usize = 90;
/// The fewest words of a menu.
const MENU: usize = 4;
/// The longest word of a menu, in characters.
const MENU_WORD: usize = 8;
/// How much longer a label may be than the word it begins with, in characters.
const LABEL: usize = 3;
/// The fewest digits in a row of a telephone number.
const TELEPHONE: usize = 7;

/// What a line above the title is called.
const BEFORE_TITLE: &str = "标题前面的文字";
/// What the site says about the page is called.
const OF_SITE: &str = "网站上的文字";
/// What stands behind the report is called.
const BEHIND_REPORT: &str = "报告后面的文字";
/// What page numbers are called.
pub(super) const PAGE_NUMBERS: &str = "页码";

/// Marks what is no text of the report: page numbers everywhere, what stands above the title, and
/// what the site put between the title and the first part and behind the last one.
pub(super) fn leave_out(pieces: Vec<Piece>, title: &Title, first: usize) -> Vec<Piece> {
    let tail = tail(&pieces);
    let start = title.lines.first().copied().unwrap_or(0);
    let marked = pieces.into_iter().enumerate().map(|(at, piece)| {
        let own = title.lines.contains(&at) || title.issuer == Some(at);
        match piece {
            Piece::Text(text, _) if is_page_number(&text) => Piece::Out(PAGE_NUMBERS, text),
            Piece::Text(text, _) if at >= tail => Piece::Out(BEHIND_REPORT, text),
            Piece::Text(text, hint) if at < first && !own && hint != Some(0) => {
                if at < start && !is_sentence(&text) {
                    Piece::Out(BEFORE_TITLE, text)
                } else if is_of_site(&text) || (at < start && ways(&text) > 0) {
                    Piece::Out(OF_SITE, text)
                } else {
                    Piece::Text(text, hint)
                }
            }
            piece => piece,
        }
    });
    marked.collect()
}

/// Where the site goes on behind the report; the number of pieces when it does not.
fn tail(pieces: &[Piece]) -> usize {
    let is_end = |piece: &Piece| is_part(piece) || matches!(piece, Piece::Table(_));
    let from = pieces.iter().rposition(is_end).map_or(0, |at| at + 1);
    let lines = || {
        pieces
            .iter()
            .enumerate()
            .skip(from.max(1))
            .filter_map(|(at, piece)| match piece {
                Piece::Text(text, _) => Some((at, text.as_str())),
                _ => None,
            })
    };
    let last_sentence = lines().rfind(|(_, text)| is_sentence(text));
    let quiet = last_sentence.map_or(0, |(at, _)| at + 1);
    let starts = |(at, text): &(usize, &str)| {
        let own = is_short(text) && !is_sentence(text) && begins(text, OWN);
        own || (*at >= quiet && is_short(text) && ways_behind(text) > 1)
    };
    lines().find(starts).map_or(pieces.len(), |(at, _)| at)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST
}

/// Whether a line says something, as a text does.
fn is_sentence(text: &str) -> bool {
    text.contains(['。', '；', '！', '？'])
}

fn begins(text: &str, words: &[&str]) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "|·•>＞".contains(c));
    words.iter().any(|word| text.starts_with(word))
}

/// Whether a line looks in more than one way like what a site says about a page.
fn is_of_site(text: &str) -> bool {
    is_short(text) && !is_sentence(text) && ways(text) > 1
}

/// In how many ways a line looks like what a site says about a page.
fn ways(text: &str) -> usize {
    let named = ABOVE.iter().filter(|word| text.contains(*word));
    let labelled = named
        .clone()
        .filter(|word| has_mark_behind(text, word))
        .count();
    let stamp = is_stamp(text);
    let only_words = named.clone().count() > 0 && is_nothing_but(text, ABOVE);
    usize::from(begins(text, ABOVE))
        + labelled.min(2)
        + usize::from(has_date(text) || text.contains("www.") || text.contains("http"))
        + usize::from(stamp) * 2
        + usize::from(only_words) * 2
        + usize::from(is_menu(text)) * 2
        + text.matches(['>', '＞', '»', '›']).count().min(2)
}

/// In how many ways a line looks like what a site has below a text.
fn ways_behind(text: &str) -> usize {
    let named = BEHIND.iter().filter(|word| text.contains(*word));
    let labelled = named.clone().any(|word| has_mark_behind(text, word));
    let digits = text.split(|c: char| !c.is_ascii_digit() && c != '-');
    let number = digits.into_iter().any(|run| run.len() >= TELEPHONE);
    if !begins(text, BEHIND) {
        return 0;
    }
    1 + usize::from(labelled)
        + usize::from(named.count() > 1)
        + usize::from(number || text.contains("www.") || text.contains("http"))
        + usize::from(is_nothing_but(text, BEHIND)) * 2
}

/// Whether a mark that closes a label follows a word, or a longer one that begins with it.
fn has_mark_behind(text: &str, word: &str) -> bool {
    const MARKS: [char; 4] = ['：', ':', '】', ']'];
    let closes = |rest: &str| {
        let mut letters = rest.trim_start().chars();
        let mark = letters
            .by_ref()
            .take(LABEL + 1)
            .find(|c| !c.is_alphabetic());
        mark.is_some_and(|mark| MARKS.contains(&mark))
    };
    let mut behind = text
        .match_indices(word)
        .filter_map(|(at, word)| text.get(at + word.len()..));
    behind.any(|rest| word.ends_with(MARKS) || closes(rest))
}

/// Whether a line is made of such words and of marks between them alone.
fn is_nothing_but(text: &str, words: &[&str]) -> bool {
    let mut rest = text.trim();
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            return true;
        }
        let word = words.iter().filter(|word| rest.starts_with(**word));
        match word.max_by_key(|word| word.len()) {
            Some(word) => rest = rest.get(word.len()..).unwrap_or_default(),
            None => return false,
        }
    }
}

/// Whether a line is a row of short words, as menus are.
fn is_menu(text: &str) -> bool {
    let gaps = text.split(|c: char| c.is_whitespace() || "|｜·".contains(c));
    let words: Vec<&str> = gaps.filter(|word| !word.is_empty()).collect();
    let is_word = |word: &&str| {
        word.chars().count() <= MENU_WORD
            && word.chars().all(|c| !c.is_ascii() && c.is_alphabetic())
    };
    words.len() >= MENU && words.iter().all(is_word)
}

/// Whether a line is nothing but a date, perhaps with the time of day.
fn is_stamp(text: &str) -> bool {
    let marks = |c: char| c.is_ascii_digit() || "-/.:：年月日时分秒 \u{a0}\u{3000}".contains(c);
    has_date(text)
        && text
            .trim_matches(['（', '）', '(', ')', '[', ']'])
            .chars()
            .all(marks)
}

/// Whether a day stands in a line: `2031-01-22`, `2031年1月22日`.
fn has_date(text: &str) -> bool {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end = at + c.len_utf8(),
            _ => runs.push((at, at + c.len_utf8())),
        }
    }
    let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let day = |runs: &[(usize, usize)]| match runs {
        [year, month, day] => {
            let marks = (between(year.1, month.0), between(month.1, day.0));
            let dashed = marks.0 == marks.1 && ["-", "/", "."].contains(&marks.0);
            let behind = between(day.1, text.len());
            let named = marks == ("年", "月") && behind.starts_with('日');
            year.1 - year.0 == 4 && (dashed || named)
        }
        _ => false,
    };
    runs.windows(3).any(day)
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

    fn marked(lines: &[&str]) -> (Vec<String>, Vec<String>) {
        let text = |text: &&str| Piece::Text((*text).to_owned(), None);
        let pieces: Vec<Piece> = lines.iter().map(text).collect();
        let first = pieces.iter().position(is_part).unwrap();
        let title = super::super::title::find(&pieces[..first]);
        let (mut kept, mut out) = (Vec::new(), Vec::new());
        for piece in leave_out(pieces, &title, first) {
            match piece {
                Piece::Text(text, _) => kept.push(text),
                Piece::Out(_, text) => out.push(text),
                Piece::Table(_) => {}
            }
        }
        (kept, out)
    }

    #[test]
    fn what_the_site_says_stays_out() {
        let (kept, out) = marked(&[
            "首页 > 政务公开",
            "首  页 要闻 政务公开 办事服务 互动交流",
            "2025-01-02 10:20:30",
            "甲县人民政府办公室",
            "甲乡2024年年度报告",
            "发布时间：2025-01-02 来源：甲乡",
            "【打印】 【关闭】",
            "浏览次数：",
            "本报告按要求编制。",
            "一、甲",
            "来源：甲",
            "- 2 -",
            "乙。",
            "上一篇：丙",
            "版权所有",
        ]);
        assert_eq!(
            kept,
            [
                "甲乡2024年年度报告",
                "本报告按要求编制。",
                "一、甲",
                "来源：甲",
                "乙。"
            ]
        );
        assert_eq!(out.len(), 10);
    }

    #[test]
    fn a_line_of_figures_is_searched_for_a_day_once() {
        let start = std::time::Instant::now();
        assert!(!has_date(&"1 2 3 ".repeat(100_000)));
        assert!(has_date(&format!("{}2031-1-22", "1 2 3 ".repeat(100_000))));
        assert!(has_date("发布于2031年01月22日。") && !has_date("2031年1月至2月22日"));
        assert!(start.elapsed() < std::time::Duration::from_mins(1));
    }

    #[test]
    fn a_text_that_begins_like_a_footer_stays() {
        let lines = [
            "甲乡2024年年度报告",
            "阅读本报告有疑问的，联系甲乡办公室",
            "一、甲",
            "相关信息更新不够及时，个别栏目三个月没有更新。",
            "联系我们的群众逐年增加",
            "六、乙",
            "审核：由分管领导负责。",
            "相关信息可到便民服务中心查阅",
            "主办单位设在党政办公室，共办理3件。",
            "附件下载次数没有统计",
        ];
        assert_eq!(marked(&lines).0, lines);
    }

    #[test]
    fn a_footer_is_known_behind_the_last_part_alone() {
        let lines = ["甲乡2024年年度报告", "一、甲", "六、乙", "无。"];
        for footer in [
            &["相关信息：2023年年报", "附件下载：表.xlsx"][..],
            &["联系我们：0100-1234567"],
            &["关闭窗口", "建议用新的浏览器访问本站。"],
            &["审核：李某某"],
        ] {
            let all = [&lines[..], footer].concat();
            assert_eq!(
                marked(&all),
                (
                    lines.map(str::to_owned).to_vec(),
                    footer.iter().map(|line| (*line).to_owned()).collect()
                )
            );
        }
    }
}
