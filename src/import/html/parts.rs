//! Tables in the markup of web pages that stand in the middle of another text.
//!
//! It finds where they begin and end; what is in them is read elsewhere.

/// A part of a text that holds tables in the markup of web pages.
pub(in crate::import) enum Part<'a> {
    /// Running text.
    Text(&'a str),
    /// A table with everything in it.
    Table(&'a str),
}

/// The deepest nesting of tables that are looked for in a text.
const NESTED: usize = 64;

/// The longest tag of a table, in bytes.
const TAG: usize = 4096;

/// Divides a text before and after each `<table>` in it.
pub(in crate::import) fn split_tables(text: &str) -> Vec<Part<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut parts = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(start) = find(&lower, "<table", search) {
        if !opens_table(&lower, start) {
            search = start + 6;
            continue;
        }
        let mut depth = 1_usize;
        let mut at = start + 6;
        while depth > 0 && depth < NESTED {
            let (open, close) = (find(&lower, "<table", at), find(&lower, "</table", at));
            match (open, close) {
                (Some(open), Some(close)) if open < close => (depth, at) = (depth + 1, open + 6),
                (_, Some(close)) => (depth, at) = (depth - 1, close + 7),
                (_, None) => (depth, at) = (0, text.len()),
            }
        }
        let end = match depth {
            0 if at < text.len() => find(&lower, ">", at).map_or(text.len(), |end| end + 1),
            _ => text.len(),
        };
        parts.push(Part::Text(text.get(from..start).unwrap_or_default()));
        parts.push(Part::Table(text.get(start..end).unwrap_or_default()));
        (from, search) = (end, end);
    }
    parts.push(Part::Text(text.get(from..).unwrap_or_default()));
    parts
}

/// Whether rows follow, and not a sentence that only names the tag.
fn opens_table(text: &str, start: usize) -> bool {
    let tag = text.as_bytes().iter().skip(start).take(TAG);
    let end = tag.into_iter().position(|byte| *byte == b'>');
    let inner = end.and_then(|end| text.get(start + end + 1..));
    inner.is_some_and(|inner| inner.trim_start().starts_with('<'))
}

fn find(text: &str, what: &str, from: usize) -> Option<usize> {
    Some(text.get(from..)?.find(what)? + from)
}
