//! A table without row labels that was printed as one small table for each group of its columns.

use std::collections::BTreeSet;

use super::prescribed::Prescribed;
use super::source::Source;
use crate::doc::normal::{fold, unnumbered};
use crate::doc::place::is_value;
use crate::doc::rows::{Labels, Row, rows_of};
use crate::form::Table;

/// What a caption may say besides the labels of its group.
const BESIDES: &[&str] = &[
    "政府信息公开",
    "情况",
    "结果",
    "统计",
    "表",
    "(",
    ")",
    ",",
    "-",
    ":",
];

/// Neighbouring columns under the same headings.
struct ColumnGroup {
    from: usize,
    /// The headings over them, from the outside in, folded.
    labels: Vec<String>,
    heads: Vec<String>,
}

/// The figures of a table that was printed apart, and the small tables they stand in.
pub(super) struct Apart {
    pub line: usize,
    pub texts: Vec<String>,
    pub sources: BTreeSet<usize>,
}

/// Finds the small tables; `None` unless two groups at least are found, each once and whole.
pub(super) fn find(form: &Prescribed<'_>, pool: &[Source<'_>]) -> Option<Apart> {
    let line = form.unlabelled_line()?;
    let groups = groups(form.table, &form.labels, form.band(line)?)?;
    let mut found: Vec<Option<Vec<String>>> = vec![None; groups.len()];
    let mut sources = BTreeSet::new();
    let mut caption: Option<&str> = None;
    for (at, source) in pool.iter().enumerate() {
        let printed = match source {
            Source::Line(text) => {
                caption = Some(text);
                continue;
            }
            Source::Table(printed) => rows_of(printed),
        };
        let above = caption.take();
        let Some(small) = Small::read(&printed) else {
            continue;
        };
        let caption = small.caption.as_deref().or(above)?;
        let group = group_of(&groups, caption)?;
        let own = groups.get(group)?;
        let place = found.get_mut(group)?;
        if small.heads != own.heads || place.is_some() {
            return None;
        }
        *place = Some(small.figures);
        sources.insert(at);
    }
    if sources.len() < 2 {
        return None;
    }
    let mut texts = Vec::new();
    for (own, figures) in groups.iter().zip(found) {
        texts.extend(figures.unwrap_or_else(|| vec![String::new(); own.heads.len()]));
    }
    Some(Apart {
        line,
        texts,
        sources,
    })
}

/// The groups of a band, all with the same innermost headings.
fn groups(table: &Table, labels: &Labels, band: usize) -> Option<Vec<ColumnGroup>> {
    let columns = &table.bands.get(band)?.columns;
    let heads = labels.heads.get(band)?;
    let mut groups: Vec<ColumnGroup> = Vec::new();
    for (at, (path, head)) in columns.iter().zip(heads).enumerate() {
        let over = path.split_last().map(|(_, over)| over).unwrap_or_default();
        let over: Vec<String> = over.iter().map(|label| fold(label)).collect();
        match groups.last_mut().filter(|group| group.labels == over) {
            Some(group) => group.heads.push(head.clone()),
            None => groups.push(ColumnGroup {
                from: at,
                labels: over,
                heads: vec![head.clone()],
            }),
        }
    }
    let first = groups.first()?;
    let alike = groups.iter().all(|group| group.heads == first.heads);
    let whole = groups.last()?.from + first.heads.len() == columns.len();
    (alike && whole && groups.len() > 1).then_some(groups)
}

/// A small table: headings, the figures under them, and perhaps a caption of its own.
struct Small {
    caption: Option<String>,
    heads: Vec<String>,
    figures: Vec<String>,
}

impl Small {
    fn read(rows: &[Row]) -> Option<Self> {
        let rows: Vec<&Row> = rows.iter().filter(|row| !row.filled.is_empty()).collect();
        let (caption, heads, figures) = match rows.as_slice() {
            [heads, figures] => (None, heads, figures),
            [caption, heads, figures] => (caption.filled.first(), heads, figures),
            _ => return None,
        };
        let same = heads.filled.len() == figures.filled.len();
        let under = heads.filled.iter().zip(&figures.filled);
        let all = under.into_iter().all(|(head, figure)| {
            head.column == figure.column && !is_value(&head.text) && is_value(&figure.text)
        });
        (same && all).then(|| Self {
            caption: caption.map(|cell| cell.text.clone()),
            heads: heads
                .filled
                .iter()
                .map(|cell| cell.folded.clone())
                .collect(),
            figures: figures
                .filled
                .iter()
                .map(|cell| cell.text.clone())
                .collect(),
        })
    }
}

/// The one group that a caption names: by its innermost heading, and with nothing else but the outer ones.
fn group_of(groups: &[ColumnGroup], caption: &str) -> Option<usize> {
    let folded = fold(caption);
    let caption = unnumbered(&folded);
    let names = |group: &ColumnGroup| {
        let Some(innermost) = group.labels.last().filter(|label| caption.contains(*label)) else {
            return false;
        };
        let mut rest = caption.replacen(innermost.as_str(), "", 1);
        for other in group
            .labels
            .iter()
            .map(String::as_str)
            .chain(BESIDES.iter().copied())
        {
            rest = rest.replace(other, "");
        }
        rest.is_empty()
    };
    let mut found = groups.iter().enumerate().filter(|(_, group)| names(group));
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}
