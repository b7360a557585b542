//! Tables in columns apart by spaces, as text is drawn out of a PDF: labels may run over several
//! lines, the figures stand beside any of them. It knows how labels are numbered, not which.

use crate::doc::normal::is_unit;
use crate::text;

use super::{LineWalk, Piece, is_figure, numbered_level, plain, push_text, ragged};

/// How far a piece may stand off the column it belongs to, in characters.
const SLACK: usize = 3;
/// The most lines without columns inside a table.
const GAP: usize = 12;
/// After so many lines a table must have shown itself.
const SOON: usize = 60;
/// The most figures of one row.
const FIGURES: usize = 30;

/// A word or a few between wide gaps.
#[derive(Debug, Clone)]
struct Fragment {
    start: usize,
    end: usize,
    text: String,
}

/// A label that runs down its column.
#[derive(Debug)]
struct SideLabel {
    start: usize,
    end: usize,
    first: usize,
    last: usize,
    text: String,
    /// The figures beside it, once they are found.
    figures: Option<Vec<Fragment>>,
    /// The line its figures stand on.
    line: usize,
    /// What was last added to it.
    last_piece: Option<Fragment>,
}

/// How many of the next lines are such a table; `None` when none are.
pub(super) fn table_length(lines: &mut LineWalk<'_>) -> Option<usize> {
    if lines.next < lines.unaligned {
        return None;
    }
    let mut end = lines.next;
    let mut seen = lines.next;
    let mut figured = 0;
    let mut wide = 0;
    let mut gap = 0;
    for (at, line) in lines.all.iter().enumerate().skip(lines.next) {
        let other = line.contains(['\t', '|', '│', '。']) || line.starts_with('#');
        let hopeless = at > lines.next + SOON && (figured == 0 || wide < 2);
        if other || gap > GAP || hopeless {
            break;
        }
        seen = at;
        gap += usize::from(!line.trim().is_empty());
        let fragments = fragments(line);
        let count = tail(&fragments);
        // Figures before labels, or very many, are a whole table on one line.
        let all = fragments.iter().filter(|fragment| is_value(&fragment.text));
        if all.count() > count || count > FIGURES {
            break;
        }
        if fragments.len() > 1
            || line.starts_with(' ') && end > lines.next && !line.trim().is_empty()
        {
            end = at + 1;
            gap = 0;
            wide += usize::from(has_gap(line));
            figured += usize::from(count > 0);
        } else if at == lines.next {
            return None;
        }
    }
    if wide == 0 {
        lines.unaligned = seen;
    }
    (figured > 0 && wide > 1).then(|| end - lines.next)
}

/// Whether blanks set pieces of a line apart.
fn has_gap(line: &str) -> bool {
    line.trim().contains("  ") || line.trim().contains('\u{3000}')
}

/// The pieces of a line between gaps of two blanks or more; figures also between single blanks.
fn fragments(line: &str) -> Vec<Fragment> {
    let mut found: Vec<Fragment> = Vec::new();
    let mut blanks = 2;
    for (at, c) in line.chars().enumerate() {
        if c.is_whitespace() {
            blanks += if c == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        match found.last_mut() {
            Some(fragment) if blanks < 2 => {
                if blanks == 1 {
                    fragment.text.push(' ');
                }
                fragment.text.push(c);
                fragment.end = at + 1;
            }
            _ => found.push(Fragment {
                start: at,
                end: at + 1,
                text: c.to_string(),
            }),
        }
        blanks = 0;
    }
    found.into_iter().flat_map(divide).collect()
}

/// Divides a piece before figures, and before a numbered label after another text.
fn divide(fragment: Fragment) -> Vec<Fragment> {
    if !fragment.text.contains(' ') {
        return vec![fragment];
    }
    let mut parts: Vec<Fragment> = Vec::new();
    let mut at = fragment.start;
    for word in fragment.text.split(' ') {
        let length = word.chars().count();
        let after_figure = parts.last().is_some_and(|part| is_value(&part.text));
        let numbered = numbered_level(word).is_some() && !is_number_only(word);
        let apart = is_value(word) || after_figure || numbered;
        match parts.last_mut() {
            // A number and its dot, with a blank between them.
            Some(part) if is_torn_dot(word) && is_short_number(&part.text) => {
                part.text.push_str(word);
                part.end = at + length;
            }
            Some(part) if !apart => {
                part.text.push(' ');
                part.text.push_str(word);
                part.end = at + length;
            }
            _ => parts.push(Fragment {
                start: at,
                end: at + length,
                text: word.to_owned(),
            }),
        }
        at += length + 1;
    }
    parts
}

fn is_number_only(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn is_torn_dot(word: &str) -> bool {
    let rest = word.strip_prefix(['.', '．', '、']).unwrap_or_default();
    rest.starts_with(|c: char| !c.is_numeric())
}

fn is_short_number(text: &str) -> bool {
    text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_value(text: &str) -> bool {
    is_figure(text) || is_unit(text) || matches!(text, "/" | "-" | "—" | "——")
}

/// How many figures a line ends in.
fn tail(fragments: &[Fragment]) -> usize {
    fragments
        .iter()
        .rev()
        .take_while(|fragment| is_value(&fragment.text))
        .count()
}

/// Adds the rows of the table, and the lines of text that stand in it.
pub(super) fn push(lines: &[&str], pieces: &mut Vec<Piece>) {
    let mut table = Aligned::default();
    for (at, line) in lines.iter().enumerate() {
        let fragments = fragments(line);
        let lone_heading = matches!(fragments.as_slice(), [one] if numbered_level(&one.text) == Some(1) && one.start < 2);
        if lone_heading {
            table.finish(pieces);
            push_text(line, pieces);
        } else {
            table.line(at, fragments);
        }
    }
    table.finish(pieces);
}

/// A table that is being put together.
#[derive(Default)]
struct Aligned {
    /// Numbered labels, in the order in which they begin.
    labels: Vec<SideLabel>,
    /// The label that is open in each column, by its index.
    open: Vec<usize>,
    /// Rows that need no putting together, with their lines.
    rows: Vec<(usize, Vec<Fragment>)>,
    /// Figures on a line whose label is not yet known.
    waiting: Vec<(usize, Vec<Fragment>)>,
    /// The last line that had figures.
    figured: Option<usize>,
}

impl Aligned {
    fn line(&mut self, at: usize, fragments: Vec<Fragment>) {
        let count = fragments.len() - tail(&fragments);
        let mut fragments = fragments.into_iter();
        let labels: Vec<Fragment> = fragments.by_ref().take(count).collect();
        let figures: Vec<Fragment> = fragments.collect();
        let mut loose = Vec::new();
        let mut beside = None;
        for fragment in labels {
            if numbered_level(&fragment.text).is_some() || begins_numbered(&fragment.text) {
                beside = Some(self.begin(at, fragment));
            } else if let Some(index) = self.column(&fragment) {
                if let Some(label) = self.labels.get_mut(index) {
                    label.text.push_str(&fragment.text);
                    label.end = label.end.max(fragment.end);
                    label.last = at;
                    label.last_piece = Some(fragment);
                }
                beside = Some(index);
            } else {
                loose.push(fragment);
            }
        }
        let follows = self.figured.is_some_and(|before| before + 1 == at);
        if !figures.is_empty() {
            self.figured = Some(at);
        }
        if !loose.is_empty() {
            loose.extend(figures);
            self.rows.push((at, loose));
            return;
        }
        if figures.is_empty() {
            return;
        }
        let innermost = beside.filter(|index| self.is_innermost(*index));
        match innermost.and_then(|index| self.labels.get_mut(index)) {
            Some(label) => match &mut label.figures {
                Some(before) if before.len() == figures.len() && figures.len() > 1 => {
                    // A label without a number begins another row, as its figures show.
                    let torn = label.last_piece.take();
                    self.rows
                        .push((at, torn.into_iter().chain(figures).collect()));
                }
                Some(before) => continue_figures(before, figures),
                None => {
                    label.figures = Some(figures);
                    label.line = at;
                }
            },
            None if beside.is_none() && follows => self.continue_last(at, figures),
            None => self.waiting.push((at, figures)),
        }
    }

    /// Figures right under figures, with no label beside them, are the rest of those above.
    fn continue_last(&mut self, at: usize, figures: Vec<Fragment>) {
        let line = at.saturating_sub(1);
        let in_rows = self.rows.iter_mut().rev().find(|(other, _)| *other == line);
        let in_labels = self
            .labels
            .iter_mut()
            .rev()
            .find(|label| label.line == line && label.figures.is_some());
        let in_waiting = self
            .waiting
            .iter_mut()
            .rev()
            .find(|(other, _)| *other == line);
        if let Some((_, row)) = in_rows {
            continue_figures(row, figures);
        } else if let Some(before) = in_labels.and_then(|label| label.figures.as_mut()) {
            continue_figures(before, figures);
        } else if let Some((_, before)) = in_waiting {
            continue_figures(before, figures);
        } else {
            self.waiting.push((at, figures));
        }
    }

    /// Whether no label is open to the right of this one.
    fn is_innermost(&self, index: usize) -> bool {
        let Some(label) = self.labels.get(index) else {
            return false;
        };
        let inner = self.open.iter().filter_map(|&other| self.labels.get(other));
        inner
            .filter(|other| other.figures.is_none())
            .all(|other| other.start <= label.start)
    }

    /// The open label in whose column a piece stands.
    fn column(&self, fragment: &Fragment) -> Option<usize> {
        let open = self
            .open
            .iter()
            .filter_map(|&index| Some((index, self.labels.get(index)?)));
        let near = open.filter(|(_, label)| {
            fragment.start + SLACK > label.start && fragment.start < label.end + 1
        });
        near.min_by_key(|(_, label)| label.start.abs_diff(fragment.start))
            .map(|(index, _)| index)
    }

    fn begin(&mut self, at: usize, fragment: Fragment) -> usize {
        let index = self.labels.len();
        self.open.retain(|&other| {
            self.labels
                .get(other)
                .is_some_and(|label| label.start + SLACK <= fragment.start)
        });
        self.labels.push(SideLabel {
            start: fragment.start,
            end: fragment.end,
            first: at,
            last: at,
            text: fragment.text,
            figures: None,
            line: at,
            last_piece: None,
        });
        self.open.push(index);
        index
    }

    fn finish(&mut self, pieces: &mut Vec<Piece>) {
        let mut labels = std::mem::take(&mut self.labels);
        self.open.clear();
        let mut rows = std::mem::take(&mut self.rows);
        for (at, figures) in std::mem::take(&mut self.waiting) {
            let around = labels
                .iter_mut()
                .filter(|label| label.figures.is_none() && label.first <= at && label.last >= at);
            match around.max_by_key(|label| (label.start, label.first)) {
                Some(label) => {
                    label.figures = Some(figures);
                    label.line = at;
                }
                None => rows.push((at, figures)),
            }
        }
        let mut made: Vec<(usize, Vec<String>)> = Vec::new();
        for (at, row) in rows {
            made.push((at, row.iter().map(|cell| plain(&cell.text)).collect()));
        }
        for label in labels {
            let figures = label.figures.unwrap_or_default();
            let mut row = vec![plain(&label.text)];
            row.extend(figures.into_iter().map(|figure| figure.text));
            made.push((label.line, row));
        }
        made.sort_by_key(|(at, _)| *at);
        self.figured = None;
        if !made.is_empty() {
            let rows = made.into_iter().map(|(_, row)| row).collect();
            pieces.push(Piece::Table(ragged(rows)));
        }
    }
}

/// Figures that were broken in a narrow column: joined by a line break, which makes them unreadable
/// rather than wrong. What stands under none of those above makes the whole row too long.
fn continue_figures(above: &mut Vec<Fragment>, figures: Vec<Fragment>) {
    for figure in figures {
        let under = above.iter_mut().find(|other| {
            is_value(&other.text) && other.start < figure.end + 1 && figure.start < other.end + 1
        });
        match under {
            Some(other) => {
                other.text.push('\n');
                other.text.push_str(&figure.text);
            }
            None => above.push(figure),
        }
    }
}

/// Whether a torn piece begins with a number, such as `（三）` or `1.` alone.
fn begins_numbered(text: &str) -> bool {
    let text = text.trim();
    let numeral = |c: char| text::is_numeral(c) || text::is_digit(c);
    let inner = text
        .strip_prefix(['（', '('])
        .and_then(|rest| rest.split_once(['）', ')']));
    let bracketed =
        inner.is_some_and(|(number, _)| !number.is_empty() && number.chars().all(numeral));
    let rest = text.trim_start_matches(text::is_digit);
    let dotted = rest.len() < text.len() && rest.starts_with(['.', '．', '、']);
    let circled = text.starts_with(|c| ('①'..='⑳').contains(&c));
    bracketed || circled || (dotted && !is_figure(text))
}
