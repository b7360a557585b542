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

/// Divides a text before and after each `<table>` in it.
pub(in crate::import) fn split_tables(text: &str) -> Vec<Part<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(start) = find(&lower, "<table", from) {
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
        from = end;
    }
    parts.push(Part::Text(text.get(from..).unwrap_or_default()));
    parts
}

fn find(text: &str, what: &str, from: usize) -> Option<usize> {
    Some(text.get(from..)?.find(what)? + from)
}
