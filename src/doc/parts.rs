//! Which blocks of a document make up which section, and where each section's heading is.
//!
//! It knows the form's headings, not its tables.

use std::collections::BTreeSet;

use super::left::Collector;
use super::loose::is_prose;
use super::normal::{closeness, fold, number, unnumbered};
use super::{Block, Doc};
use crate::form::Edition;

/// The longest line that can be a heading, in characters.
const LONGEST: usize = 60;

/// The blocks with every heading of the form on a line of its own: put together where it was
/// broken, cut off where text follows it.
pub(super) fn with_own_headings(doc: &Doc, edition: &Edition) -> Doc {
    let headings: Vec<String> = edition
        .sections
        .iter()
        .map(|section| fold(&section.heading))
        .filter(|heading| !heading.is_empty())
        .collect();
    let is_heading = |text: &str| headings.contains(&fold(text));
    let mut made: Vec<Block> = Vec::with_capacity(doc.blocks.len());
    let mut left_out = doc.left_out.clone();
    let mut waiting = left_out.iter_mut().peekable();
    for (at, block) in doc.blocks.iter().enumerate() {
        while let Some(left) = waiting.next_if(|left| left.before <= at) {
            left.before = made.len();
        }
        let (Block::Heading { text, .. } | Block::Paragraph(text)) = block else {
            made.push(block.clone());
            continue;
        };
        if let Some(Block::Heading { text: before, .. } | Block::Paragraph(before)) = made.last()
            && before.chars().count() + text.chars().count() <= LONGEST
            && !is_heading(before)
            && !is_heading(text)
            && is_heading(&format!("{before}{text}"))
        {
            let text = format!("{before}{text}");
            made.pop();
            made.push(Block::Heading { level: 1, text });
            continue;
        }
        match cut(text, &headings) {
            Some((heading, rest)) => {
                made.push(Block::Heading {
                    level: 1,
                    text: heading.to_owned(),
                });
                made.push(Block::Paragraph(rest.to_owned()));
            }
            None => made.push(block.clone()),
        }
    }
    for left in waiting {
        left.before = made.len();
    }
    Doc {
        blocks: made,
        left_out,
        ..doc.clone()
    }
}

/// A heading of the form and the text that follows it on the same line.
fn cut<'a>(text: &'a str, headings: &[String]) -> Option<(&'a str, &'a str)> {
    if number(&fold(text.get(..text.len().min(24)).unwrap_or(text))).is_empty()
        && !text.is_char_boundary(text.len().min(24))
    {
        return None;
    }
    for heading in headings {
        let mut folded = String::new();
        for (at, c) in text.char_indices() {
            folded.push_str(&fold(&c.to_string()));
            if folded.len() > heading.len() {
                break;
            }
            if folded == *heading {
                let (heading, rest) = text.split_at(at + c.len_utf8());
                let rest =
                    rest.trim_start_matches(|c: char| c.is_whitespace() || "。：:，".contains(c));
                // Another heading right behind it is a table of contents.
                let contents = headings
                    .iter()
                    .any(|other| fold(rest).starts_with(other.as_str()));
                let dotted = rest
                    .chars()
                    .all(|c| c.is_ascii_digit() || ".…·".contains(c));
                return (!dotted && !contents).then_some((heading, rest));
            }
        }
    }
    None
}

/// The lines before the first section without what is no text of the report: the title once more, and
/// a table of contents.
pub(super) fn tidy_preface(
    lines: Vec<String>,
    edition: &Edition,
    title: &str,
    out: &mut Collector<'_>,
) -> Vec<String> {
    let headings: Vec<String> = edition
        .sections
        .iter()
        .map(|section| fold(&section.heading))
        .filter(|heading| !heading.is_empty())
        .collect();
    let is_contents = |line: &str| {
        let bare = line.trim_end_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || ".…·-—".contains(c)
        });
        let folded = fold(bare);
        let entry = headings.iter().any(|heading| {
            folded == *heading || (!is_prose(line) && folded.starts_with(heading.as_str()))
        });
        entry || folded == "目录" || folded == "contents"
    };
    let (contents, text): (Vec<String>, Vec<String>) =
        lines.into_iter().partition(|line| is_contents(line));
    for line in contents {
        out.add("目录", &line);
    }
    let is_title = |line: &String| fold(line) == fold(title);
    text.into_iter().filter(|line| !is_title(line)).collect()
}

/// The block that holds the heading of each section; `None` for a heading that is not there.
pub(super) fn headings(doc: &Doc, edition: &Edition) -> Vec<Option<usize>> {
    let lines: Vec<Option<String>> = doc
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                (text.chars().count() <= LONGEST).then(|| fold(text))
            }
            Block::Table(_) => None,
        })
        .collect();
    let mut starts = vec![None; edition.sections.len()];
    let mut end = lines.len();
    // From the end, so that a table of contents in front does not count.
    for (section, start) in edition.sections.iter().zip(&mut starts).rev() {
        if section.heading.is_empty() {
            continue;
        }
        let heading = fold(&section.heading);
        let before = lines.iter().take(end).enumerate();
        let near = before.filter_map(|(at, line)| {
            let line = line.as_ref()?;
            let same_number = number(line) == number(&heading);
            closeness(line, &heading)
                .filter(|far| {
                    *far == 0 || (same_number || unnumbered(line) == unnumbered(&heading))
                })
                .map(|far| (at, far))
        });
        let best = near.min_by_key(|(at, far)| (*far, std::cmp::Reverse(*at)));
        if let Some((at, _)) = best {
            *start = Some(at);
            end = at;
        }
    }
    by_number(doc, edition, &lines, &mut starts);
    starts
}

/// A heading that was reworded is known by its number, when only one between its neighbours has it.
fn by_number(doc: &Doc, edition: &Edition, lines: &[Option<String>], starts: &mut [Option<usize>]) {
    let rows: BTreeSet<String> = edition
        .tables()
        .flat_map(|(_, table)| table.lines.iter().flat_map(|line| &line.labels))
        .map(|label| fold(label))
        .collect();
    for index in 0..starts.len() {
        let own = edition
            .sections
            .get(index)
            .map(|section| fold(&section.heading));
        let Some(own) = own.filter(|own| !number(own).is_empty()) else {
            continue;
        };
        if starts.get(index).is_none_or(Option::is_some) {
            continue;
        }
        let before = starts.iter().take(index).rev().flatten().next();
        let after = starts.iter().skip(index + 1).flatten().next();
        let first = before.map_or(0, |at| at + 1);
        let last = after.copied().unwrap_or(lines.len());
        let fits = |at: &usize| {
            let numbered = lines.get(*at).and_then(Option::as_ref);
            numbered.is_some_and(|line| {
                number(line) == number(&own)
                    && !rows.iter().any(|row| line.starts_with(row.as_str()))
            }) && matches!(doc.blocks.get(*at), Some(Block::Heading { level: 1, .. }))
        };
        let mut fitting = (first..last).filter(fits);
        if let (Some(at), None) = (fitting.next(), fitting.next())
            && let Some(start) = starts.get_mut(index)
        {
            *start = Some(at);
        }
    }
}

/// The blocks of each section, without its heading; the preface holds what stands before all.
pub(super) fn parts<'a>(
    doc: &'a Doc,
    edition: &Edition,
    starts: &[Option<usize>],
) -> Vec<Vec<&'a Block>> {
    let mut parts = vec![Vec::new(); edition.sections.len()];
    let mut current = 0;
    for (at, block) in doc.blocks.iter().enumerate() {
        if let Some(section) = starts.iter().position(|start| *start == Some(at)) {
            current = section;
        } else if let Some(part) = parts.get_mut(current) {
            part.push(block);
        }
    }
    parts
}
