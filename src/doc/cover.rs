//! Year, issuer and title of a document.

use std::sync::Arc;

use super::{Block, Doc};
use crate::form::Kind;
use crate::report::{Edit, Entry, Report};

/// How many lines are searched for the year when the title has none.
const YEAR_LINES: usize = 40;

/// The report year; what had to be guessed is noted. A year that somebody gave counts for more than one
/// found anywhere in the text, and for less than that of the title.
pub(super) fn year_of(doc: &Doc, given: Option<u16>, notes: &mut Vec<String>) -> Option<u16> {
    if let Some((year, _)) = find_year(&doc.title) {
        return Some(year);
    }
    let said = doc.year.or(given);
    if said.is_some() {
        return said;
    }
    let mut lines = texts(doc).take(YEAR_LINES);
    let year = lines.find_map(|text| find_year(text).map(|(year, _)| year))?;
    notes.push(format!("标题中没有年份，按{year}年导入，请核对"));
    Some(year)
}

fn texts(doc: &Doc) -> impl Iterator<Item = &str> {
    doc.blocks.iter().filter_map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => Some(text.as_str()),
        Block::Table(_) => None,
    })
}

/// The first year in a text and where it begins, in bytes.
fn find_year(text: &str) -> Option<(u16, usize)> {
    let digits: Vec<(usize, Option<u16>, char)> = text
        .char_indices()
        .map(|(at, c)| (at, digit(c), c))
        .collect();
    for (index, window) in digits.windows(4).enumerate() {
        let mut year = 0_u16;
        let all = window.iter().all(|(_, digit, _)| match digit {
            Some(digit) => {
                year = year * 10 + digit;
                true
            }
            None => false,
        });
        let before = index.checked_sub(1).and_then(|before| digits.get(before));
        let joined = before.is_some_and(|(_, digit, _)| digit.is_some());
        let after = digits
            .iter()
            .skip(index + 4)
            .find(|(_, _, c)| !c.is_whitespace());
        let named = after.is_some_and(|(_, _, c)| *c == '年');
        if all && !joined && named && (2000..2100).contains(&year) {
            return window.first().map(|(at, _, _)| (year, *at));
        }
    }
    None
}

fn digit(c: char) -> Option<u16> {
    let numerals = "〇一二三四五六七八九"
        .chars()
        .position(|numeral| numeral == c);
    match c {
        '0'..='9' => u16::try_from(u32::from(c) - u32::from('0')).ok(),
        '０'..='９' => u16::try_from(u32::from(c) - u32::from('０')).ok(),
        '○' | '零' => Some(0),
        _ => u16::try_from(numerals?).ok(),
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a title says the report is about; who makes it stands before.
const SUBJECTS: &[&str] = &["政府信息公开", "政务公开", "信息公开"];

/// The authority that a title names: before the year, or between the year and the subject.
fn issuer_in(title: &str) -> String {
    let title = without_spaces(title);
    let subject = |text: &str| {
        SUBJECTS
            .iter()
            .filter_map(|subject| text.find(subject))
            .min()
    };
    let (before, after) = match find_year(&title) {
        Some((_, at)) => title.split_at(at),
        None => (title.as_str(), ""),
    };
    let before = subject(before)
        .and_then(|at| before.get(..at))
        .unwrap_or(before);
    let before = tidy_issuer(before);
    if !before.is_empty() {
        return before;
    }
    let year_end = after.find('年').map_or(0, |at| at + '年'.len_utf8());
    let after = after.get(year_end..).unwrap_or_default();
    let after = after.strip_prefix('度').unwrap_or(after);
    let after = subject(after)
        .and_then(|at| after.get(..at))
        .unwrap_or_default();
    tidy_issuer(after)
}

fn tidy_issuer(text: &str) -> String {
    let text = text.trim_matches(|c: char| "（(《“\"【[：:，,".contains(c));
    let text = text.strip_prefix("关于").unwrap_or(text);
    let text = text.strip_suffix("关于").unwrap_or(text);
    text.strip_suffix('的').unwrap_or(text).to_owned()
}

/// Enters the issuer, and the title when it is not the usual one.
pub(super) fn enter(doc: &Doc, report: &mut Report, notes: &mut Vec<String>) {
    let edition = Arc::clone(report.edition());
    let issuer = if doc.issuer.is_empty() {
        issuer_in(&doc.title)
    } else {
        doc.issuer.trim().to_owned()
    };
    if issuer.is_empty() {
        notes.push("标题中看不出机关名称，请填写".to_owned());
    }
    let usual = edition.usual_title(&issuer, report.year());
    report.apply(Edit::Enter(
        edition.issuer_field,
        Entry::read(Kind::Line, &issuer),
    ));
    if without_spaces(&doc.title) != without_spaces(&usual) {
        let title = Entry::read(Kind::Line, &doc.title);
        report.apply(Edit::Enter(edition.title_field, title));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_found_wherever_the_year_stands() {
        for (title, issuer) in [
            ("甲镇人民政府2024年政府信息公开工作年度报告", "甲镇人民政府"),
            ("2024年甲镇人民政府政府信息公开工作年度报告", "甲镇人民政府"),
            ("甲镇政府信息公开工作年度报告（2024年度）", "甲镇"),
            (
                "甲镇人民政府关于2024年度政府信息公开工作的年度报告",
                "甲镇人民政府",
            ),
            ("关于甲镇 2024 年政府信息公开工作年度报告", "甲镇"),
            ("2024年度政府信息公开工作年度报告", ""),
        ] {
            assert_eq!(issuer_in(title), issuer, "{title}");
        }
    }

    #[test]
    fn the_year_is_found_however_it_is_written() {
        for (text, found) in [
            ("甲乡2024年度报告", Some((2024, 6))),
            ("甲乡 2023 年报告", Some((2023, 7))),
            ("甲乡二〇二二年报告", Some((2022, 6))),
            ("甲乡２０２１年", Some((2021, 6))),
            ("甲乡120241年", None),
            ("甲乡2024号", None),
            ("1900年", None),
        ] {
            assert_eq!(find_year(text), found, "{text}");
        }
    }
}
