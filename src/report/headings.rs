//! Headings inside a text, and what stands under them. It knows lines, no form.

use crate::text;

/// The level of the heading that a paragraph begins with, and where it ends in bytes: `（一）主动公开情况。`
/// in `（一）主动公开情况。全年公开……`, or the same with a colon; `None` for a paragraph that begins otherwise.
#[must_use]
pub fn run_in_heading(paragraph: &str) -> Option<(u8, usize)> {
    const LONGEST: usize = 25;
    let (level, rest) = numbered(paragraph)?;
    let (at, stop) = rest
        .char_indices()
        .find(|(_, c)| "。，：:；！？".contains(*c))?;
    let end = paragraph.len() - rest.len() + at + stop.len_utf8();
    let heading = rest.get(..at)?;
    let fits =
        "。：:".contains(stop) && !heading.trim().is_empty() && heading.chars().count() <= LONGEST;
    let goes_on = paragraph
        .get(end..)
        .is_some_and(|rest| !rest.trim().is_empty());
    (fits && goes_on).then_some((level, end))
}

/// The level of a line that is a heading and nothing else: 2 for `（一）`, 3 for `1.`.
///
/// A heading that runs on into its paragraph is part of the paragraph.
#[must_use]
pub fn heading_level(line: &str) -> Option<u8> {
    const LONGEST: usize = 40;
    let (level, rest) = numbered(line)?;
    let stops_early = rest
        .trim_end_matches(['。', '：', ':'])
        .contains(['。', '；', '，', '：', '！', '？']);
    let fits = !rest.trim().is_empty() && line.chars().count() <= LONGEST && !stops_early;
    (fits && (level == 2 || !rest.ends_with('。'))).then_some(level)
}

/// Whether a line is a heading that says nothing by itself.
#[must_use]
pub fn is_heading(line: &str) -> bool {
    heading_level(line).is_some() && !line.ends_with(['。', '；', '！', '…'])
}

/// The level of the second or the third kind, and what comes after the number.
fn numbered(line: &str) -> Option<(u8, &str)> {
    text::numbered(line).filter(|(level, _)| *level > 1)
}

/// A line of a text.
struct TextLine<'a> {
    words: &'a str,
    /// Its level if it is a heading that says nothing by itself.
    level: Option<u8>,
}

/// The lines of a text that hold a letter, each with its level if it is a heading. A numbered
/// sentence that ends like one is no mere heading, but one of the `topics` a form asks for always is.
fn lines<'a>(text: &'a str, topics: &'a [String]) -> impl Iterator<Item = TextLine<'a>> {
    text.split('\n').filter_map(|line| {
        let words = line.trim();
        let level = if is_topic(words, topics) {
            Some(heading_level(words).unwrap_or(2))
        } else {
            heading_level(words).filter(|_| is_heading(words))
        };
        let says = words.chars().any(char::is_alphanumeric);
        says.then_some(TextLine { words, level })
    })
}

/// Whether a line is a topic and nothing else, with its number or without.
fn is_topic(line: &str, topics: &[String]) -> bool {
    let bare = |line: &str| -> String {
        let line = numbered(line.trim()).map_or(line, |(_, rest)| rest);
        line.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    // A topic is short; a paragraph is not looked at twice.
    line.len() <= 120 && topics.iter().any(|topic| bare(topic) == bare(line))
}

/// Whether anything but headings stands in a text.
pub(super) fn is_written(text: &str, topics: &[String]) -> bool {
    lines(text, topics).any(|line| line.level.is_none())
}

/// The headings of a text under which nothing stands.
pub(super) fn bare<'a>(text: &'a str, topics: &'a [String]) -> Vec<&'a str> {
    let lines = lines(text, topics).zip(are_bare(text, topics));
    let bare = lines.filter_map(|(line, is_bare)| is_bare.then_some(line.words));
    bare.collect()
}

/// A text without the headings under which nothing stands.
pub(super) fn written(text: &str, topics: &[String]) -> String {
    let lines = lines(text, topics).zip(are_bare(text, topics));
    let kept = lines.filter_map(|(line, is_bare)| (!is_bare).then_some(line.words));
    kept.collect::<Vec<_>>().join("\n")
}

/// For every line whether it is a heading with nothing under it, told from the end of the text.
fn are_bare(text: &str, topics: &[String]) -> Vec<bool> {
    let levels: Vec<_> = lines(text, topics).map(|line| line.level).collect();
    let mut bare = Vec::with_capacity(levels.len());
    // A heading down to this level has something under it.
    let mut reach = 0;
    for level in levels.into_iter().rev() {
        let is_bare = level.is_some_and(|level| level > reach);
        bare.push(is_bare);
        match level {
            None => reach = u8::MAX,
            // What stands below belongs to this heading and to those above it only.
            Some(level) => reach = reach.min(level - 1),
        }
    }
    bare.reverse();
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_run_on_into_its_paragraph() {
        for (paragraph, heading) in [
            (
                "（一）主动公开。全年发布信息100条。",
                Some("（一）主动公开。"),
            ),
            (
                "（二）公开渠道：门户网站发布80条，公众号发布20条。",
                Some("（二）公开渠道："),
            ),
            ("(三)监督保障: 开展培训2次。", Some("(三)监督保障:")),
            ("1.主动公开。全年发布。", Some("1.主动公开。")),
            ("（一）主动公开，全年发布信息100条。", None),
            ("（一）主动公开。", None),
            ("主动公开。全年发布。", None),
            ("（二）公开渠道：", None),
            ("（二）门户网站发布80条，其中：公文3件。", None),
        ] {
            let found = run_in_heading(paragraph).and_then(|(_, end)| paragraph.get(..end));
            assert_eq!(found, heading, "{paragraph}");
        }
    }

    #[test]
    fn a_heading_stands_alone_on_its_line() {
        for (line, level) in [
            ("（一）主动公开情况", Some(2)),
            ("(二)依申请公开", Some(2)),
            ("（一）积极推进信息主动公开。", Some(2)),
            ("1.信息审核机制", Some(3)),
            ("（一）主动公开。全年发布信息100条。", None),
            ("1.信息审核机制。建立了制度。", None),
            ("1.5万人", None),
            ("2025年，本机关", None),
            ("（略）", None),
        ] {
            assert_eq!(heading_level(line), level, "{line}");
        }
    }

    #[test]
    fn a_heading_with_nothing_under_it_is_not_written() {
        let topics = ["（一）主动公开情况".to_owned(), "（二）平台情况".to_owned()];
        for (text, rest, names) in [
            (
                "（一）主动公开情况\n（二）平台情况",
                "",
                "（一）主动公开情况|（二）平台情况",
            ),
            (
                "（一）主动公开情况。\n\n 平台情况：",
                "",
                "（一）主动公开情况。|平台情况：",
            ),
            (
                "（一）主动公开情况\n发布3条。\n（二）平台情况\n——",
                "（一）主动公开情况\n发布3条。",
                "（二）平台情况",
            ),
            (
                "（一）主动公开情况\n1.网站\n2.专栏\n更新了。",
                "（一）主动公开情况\n2.专栏\n更新了。",
                "1.网站",
            ),
            (
                "（一）主动公开情况\n1.网站\n（二）平台情况\n好。",
                "（二）平台情况\n好。",
                "（一）主动公开情况|1.网站",
            ),
            (
                "（一）更新不及时。\n（二）人手不足。",
                "（一）更新不及时。\n（二）人手不足。",
                "",
            ),
            ("", "", ""),
        ] {
            let found = bare(text, &topics);
            assert_eq!(found.join("|"), names, "{text}");
            assert_eq!(written(text, &topics), rest, "{text}");
            assert_eq!(is_written(text, &topics), !rest.is_empty(), "{text}");
        }
    }
}
