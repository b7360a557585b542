//! Which of the lines before the first part are the title of a report, and who it says makes it.
//!
//! It knows how Chinese offices set titles, not what a report says.

use super::piece::Piece;

/// How many lines before the first part are searched for a title without a year.
const NEAR: usize = 8;
/// How many of them are searched for one with a year.
const FAR: usize = 400;
/// The longest line that can be a title, in characters.
const LENGTH: usize = 100;
/// What no line of a title has: it would be a sentence, or say something about the page.
const SENTENCE: [char; 9] = ['。', '；', '，', ',', '：', ':', ';', '！', '？'];
/// What a title begins with that does not name its authority.
const SUBJECTS: &[&str] = &["政府信息公开", "政务公开", "信息公开", "政府政务公开"];

/// The title among the pieces, by their places.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Its lines.
    pub lines: Vec<usize>,
    /// The line that names the authority, where it stands below the title.
    pub issuer: Option<usize>,
}

/// A line before the first part.
struct TitleLine<'a> {
    at: usize,
    text: &'a str,
    hint: Option<u8>,
}

/// Finds the title among the pieces before the first part.
pub(super) fn find(pieces: &[Piece]) -> Title {
    let lines: Vec<TitleLine<'_>> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Text(text, hint) => Some(TitleLine {
                at,
                text: text.trim(),
                hint: *hint,
            }),
            _ => None,
        })
        .take(FAR)
        .collect();
    let span = span(&lines);
    let own: String = lines
        .get(span.clone())
        .unwrap_or_default()
        .iter()
        .map(|line| line.text)
        .collect();
    let below = lines.get(span.end).filter(|_| !span.is_empty());
    let issuer = below.filter(|line| !names_its_authority(&own) && names_authority(line.text));
    Title {
        lines: lines
            .get(span)
            .unwrap_or_default()
            .iter()
            .map(|line| line.at)
            .collect(),
        issuer: issuer.map(|line| line.at),
    }
}

/// Which of the lines make up the title.
fn span(lines: &[TitleLine<'_>]) -> std::ops::Range<usize> {
    let styled = |line: &TitleLine<'_>| line.hint == Some(0);
    if let Some(first) = lines.iter().position(styled) {
        let count = lines.iter().skip(first).take_while(|line| styled(line));
        return first..first + count.count();
    }
    let Some(last) = last_line(lines) else {
        let weak = lines.first().filter(|line| {
            line.text.chars().count() <= LENGTH
                && !line.text.contains(SENTENCE)
                && (line.hint == Some(1)
                    || (line.text.contains('年') && line.text.contains(is_digit)))
        });
        return 0..usize::from(weak.is_some());
    };
    let joined = |first: usize| -> String {
        let lines = lines.get(first..=last).unwrap_or_default();
        lines.iter().map(|line| line.text).collect()
    };
    let has_year = |first: usize| joined(first).contains('年') && joined(first).contains(is_digit);
    let mut first = last;
    while !has_year(first) && first > 0 && last - first < 2 {
        first -= 1;
    }
    // Lines above that bring no year are no part of the title.
    if !has_year(first) {
        first = last;
    }
    let above = first.checked_sub(1).and_then(|above| lines.get(above));
    if above.is_some_and(|line| names_authority(line.text)) && !names_its_authority(&joined(first))
    {
        first -= 1;
    }
    first..last + 1
}

/// The line in which the title ends. Where it stands several times, with nothing but remarks of the
/// site between, the last one is the report's own.
fn last_line(lines: &[TitleLine<'_>]) -> Option<usize> {
    let ends = |at: usize, line: &TitleLine<'_>| {
        line.text.chars().count() <= LENGTH
            && !line.text.contains(SENTENCE)
            && names_report(line.text)
            && (at < NEAR || is_dated_title(line.text))
    };
    let mut found = None;
    for (at, line) in lines.iter().enumerate() {
        if found.is_some() && line.text.contains('。') {
            break;
        }
        let dated = |at: Option<usize>| {
            at.and_then(|at| lines.get(at))
                .is_some_and(|line| is_dated_title(line.text))
        };
        if ends(at, line) && (!dated(found) || is_dated_title(line.text)) {
            found = Some(at);
        }
    }
    found
}

/// Whether a line alone can be the title of a report of some year.
pub(super) fn is_dated_title(text: &str) -> bool {
    text.chars().count() <= LENGTH
        && !text.contains(SENTENCE)
        && names_report(text)
        && text.contains('年')
        && text.contains(is_digit)
}

/// The last title with a year among lines, put together where it stands in two of them.
pub(super) fn dated_title(lines: &[&str]) -> Option<String> {
    let mut ends = (0..lines.len()).rev();
    ends.find_map(|at| {
        let line = lines.get(at)?.trim();
        let above = at.checked_sub(1).and_then(|above| lines.get(above));
        let both = above.map(|above| format!("{}{line}", above.trim()));
        let headless =
            line.starts_with(is_digit) && above.is_some_and(|above| names_authority(above));
        if is_dated_title(line) && !headless {
            return Some(line.to_owned());
        }
        both.filter(|both| names_report(line) && is_dated_title(both))
    })
}

fn names_report(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = match plain.rfind(['（', '(']) {
        Some(start) if plain.ends_with(['）', ')']) => plain.get(..start).unwrap_or(&plain),
        _ => &plain,
    };
    ["报告", "年报", "工作总结"]
        .iter()
        .any(|end| plain.ends_with(end))
}

/// Whether a title says whose report it is, and not only of which year and about what.
fn names_its_authority(title: &str) -> bool {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = plain.trim_start_matches(|c: char| is_digit(c) || "年度".contains(c));
    !SUBJECTS.iter().any(|subject| rest.starts_with(subject))
}

/// Whether a line is the name of an authority and nothing else.
fn names_authority(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "政府",
        "办事处",
        "委员会",
        "管委会",
        "街道",
        "镇",
        "乡",
        "局",
        "厅",
        "办公室",
        "中心",
        "院",
        "支队",
        "大队",
        "总队",
        "站",
        "所",
    ];
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (2..=30).contains(&plain.chars().count())
        && ENDS.iter().any(|end| plain.ends_with(end))
        && !plain.contains(['，', '。', '：', ':', '>', '、', '|'])
        && !plain.starts_with("新闻")
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇○零一二".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> (Vec<usize>, Option<usize>) {
        let text = |text: &&str| Piece::Text((*text).to_owned(), None);
        let title = find(&lines.iter().map(text).collect::<Vec<_>>());
        (title.lines, title.issuer)
    }

    #[test]
    fn a_sentence_before_the_first_part_is_no_title() {
        for line in [
            "根据要求,现将2031年度工作情况报告如下:",
            "现将2031年度工作情况报告如下：",
            "名称：甲乡2031年度报告",
        ] {
            assert_eq!(found(&[line]), (Vec::new(), None), "{line}");
        }
    }

    #[test]
    fn the_authority_may_stand_on_a_line_of_its_own() {
        for (lines, title) in [
            (
                vec!["甲县粮食局", "政府信息公开工作年度报告"],
                (vec![0, 1], None),
            ),
            (
                vec!["甲县粮食局", "2031年政府信息公开工作年度报告"],
                (vec![0, 1], None),
            ),
            (
                vec!["2031年政府信息公开工作年度报告", "甲县粮食局"],
                (vec![0], Some(1)),
            ),
            (
                vec!["乙网", "甲县2031年", "政府信息公开工作年度报告"],
                (vec![1, 2], None),
            ),
            (
                vec![
                    "2031年政府信息公开年度报告",
                    "甲县粮食局",
                    "2031年政府信息公开年度报告",
                ],
                (vec![1, 2], None),
            ),
        ] {
            assert_eq!(found(&lines), title, "{lines:?}");
        }
    }

    #[test]
    fn of_several_titles_the_last_before_the_text_counts() {
        let (own, menu) = ("甲乡2031年年度报告", "政府信息公开年报");
        assert_eq!(found(&[own, "字号", own, "甲。"]).0, [2]);
        assert_eq!(found(&[own, "我们的报告。", own]).0, [0]);
        assert_eq!(found(&[menu, "乙", own, menu]).0, [2]);
    }
}
