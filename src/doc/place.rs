//! From the printed text of one cell to an entry, and figures without a place to their places.

use std::collections::{BTreeMap, BTreeSet};

use super::normal::{is_raised, is_unit};
use crate::form::{Field, FieldId, Kind};
use crate::report::{Edit, Entry, Number, Report};
use crate::text;

/// How many placements of one row are tried at most.
const PLACEMENTS: usize = 2_000;

/// Whether a printed cell can be a figure or the mark for none.
pub(super) fn is_value(text: &str) -> bool {
    is_mark(text) || leading_number(text).is_some() || change_in_words(text).is_some()
}

/// A change that is printed in words, such as 减4, with its sign.
fn change_in_words(text: &str) -> Option<String> {
    let text = text.trim();
    let word = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    let less = word(&["减少", "减", "下降", "降"]).map(|rest| ("-", rest));
    let (sign, rest) = less.or_else(|| word(&["增加", "增长", "增"]).map(|rest| ("", rest)))?;
    let number = rest.trim().trim_end_matches(['项', '件', '个']);
    let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    digits.then(|| format!("{sign}{number}"))
}

/// Whether a printed cell says that there is no figure.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && (text == "无" || text.chars().all(|c| "/／\\-—–－―─".contains(c)))
}

/// The number before a remark in brackets or a unit, and what follows it.
fn leading_number(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let in_number = |c: char| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || c.is_whitespace()
            || ".,．，-－−+＋".contains(c)
    };
    let end = text.find(|c| !in_number(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let plausible = number.contains(figure)
        && (rest.is_empty()
            || is_unit(rest)
            || rest.starts_with(['（', '(', '件', '万', '元', '[', '*', '＊'])
            || rest.starts_with(is_raised));
    // A label such as `1.` before its text is no figure.
    (plausible && !number.trim().ends_with(['.', '．'])).then_some((number, rest))
}

/// What a printed cell states, and what is to be said about it.
pub(super) fn read_cell(field: &Field, text: &str) -> (Entry, Option<String>) {
    let text = text.trim();
    if text.is_empty() {
        return (Entry::Blank, None);
    }
    if is_mark(text) {
        let note = format!("“{}”印的是“{text}”，按空白处理", field.label);
        return (Entry::Blank, Some(note));
    }
    // Two paragraphs in one cell are two figures, which must not run together to one; neither are
    // figures that were run together, which no one can take apart, one figure.
    let entry =
        if runs_together(text) || text.lines().filter(|line| !line.trim().is_empty()).count() > 1 {
            Entry::Unreadable(text.split_whitespace().collect::<Vec<_>>().join(" "))
        } else {
            Entry::read(field.kind, text)
        };
    if entry.number().is_some() {
        return (entry, None);
    }
    if entry_reads_as_number(field.kind, &entry) {
        let note = format!("“{}”印的“{text}”读不准，留作空白", field.label);
        return (Entry::Blank, Some(note));
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(change) = change_in_words(&text).filter(|_| field.kind == Kind::Change) {
        let entry = Entry::read(field.kind, &change);
        let note = format!("“{}”印的是“{text}”，按{}导入", field.label, entry.shown());
        return (entry, Some(note));
    }
    if let Some(entry) = in_own_unit(field, &text) {
        let note = format!(
            "“{}”印的是“{text}”，换算成{}{}，请核对",
            field.label,
            entry.shown(),
            field.unit
        );
        return (entry, Some(note));
    }
    if let Some((number, rest)) =
        leading_number(&text).filter(|(number, _)| !number.trim().contains(' '))
    {
        let entry = Entry::read(field.kind, number);
        let printed_unit = rest == field.unit && !rest.is_empty();
        let usual_unit = (is_unit(rest) && matches!(field.kind, Kind::Count | Kind::Change))
            || (rest.starts_with('万') && field.column_label.contains(rest));
        let remark = rest.starts_with(['（', '(', '[', '*', '＊']) || rest.starts_with(is_raised);
        if entry.number().is_some() && (printed_unit || usual_unit || remark) {
            let note = format!("“{}”印的是“{text}”，只取数字{}", field.label, entry.shown());
            return (entry, (!printed_unit).then_some(note));
        }
    }
    let note = format!("“{}”印的“{text}”不是数字，请改正", field.label);
    (entry, Some(note))
}

/// Whether what is kept as unreadable would be taken for a number when a draft is opened again.
fn entry_reads_as_number(kind: Kind, entry: &Entry) -> bool {
    matches!(entry, Entry::Unreadable(text) if Entry::read(kind, text).number().is_some())
}

/// An amount that was printed in 万元 where the form counts in 元, exactly.
fn in_own_unit(field: &Field, text: &str) -> Option<Entry> {
    const SHIFT: usize = 4;
    let number = text.trim().strip_suffix("万元")?.trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    if field.unit != "元" || !digits(whole) || !digits(fraction) {
        return None;
    }
    let fraction = format!("{fraction:0<SHIFT$}");
    let (moved, rest) = fraction.split_at(SHIFT);
    let rest = if rest.is_empty() { "0" } else { rest };
    let entry = Entry::read(field.kind, &format!("{whole}{moved}.{rest}"));
    entry.number().is_some().then_some(entry)
}

/// Whether a text seems to be several figures without anything between them, or with blanks.
fn runs_together(text: &str) -> bool {
    let half = |c: char| match c {
        '０'..='９' => text::half_width(c),
        _ => c,
    };
    let digits: String = text.chars().map(half).collect();
    let leading =
        digits.len() > 1 && digits.starts_with('0') && digits.chars().all(|c| c.is_ascii_digit());
    let groups = digits
        .split_whitespace()
        .filter(|word| word.chars().all(|c| c.is_ascii_digit()));
    leading || groups.count() > 1
}

/// A line of a table that was printed with fewer figures than it has cells.
#[derive(Debug, Clone)]
pub(super) struct IncompleteRow {
    /// The line.
    pub line: usize,
    /// The cells of the line.
    pub fields: Vec<FieldId>,
    /// The figures that were printed.
    pub texts: Vec<String>,
    /// The cells they stand in, where there are as many squares behind the label as cells.
    pub squares: Option<Vec<usize>>,
    /// The ways to see the figures in the squares of the row, each by the cell of every figure.
    pub ways: Vec<Vec<usize>>,
    /// Whether a total is among the cells.
    pub has_total: bool,
    /// Where in its row the label stands, and how many cells the row has.
    pub shape: (usize, usize),
}

impl IncompleteRow {
    /// The entries in the squares where they were printed.
    pub fn in_squares(&self) -> Option<Vec<&str>> {
        self.placed(self.squares.as_ref()?)
    }

    /// The text of every cell when the figures stand in these.
    pub fn placed(&self, cells: &[usize]) -> Option<Vec<&str>> {
        let mut placed = vec![""; self.fields.len()];
        for (column, text) in cells.iter().zip(&self.texts) {
            *placed.get_mut(*column)? = text;
        }
        Some(placed)
    }
}

/// Whether a line, its figures where they were printed, adds up to a total that is not zero.
pub(super) fn adds_up(report: &Report, short: &IncompleteRow) -> bool {
    let edition = report.edition();
    let exact = short.shape.1 == short.shape.0 + 1 + short.fields.len();
    let Some(placed) = short.in_squares().filter(|_| exact) else {
        return false;
    };
    let value = |id: FieldId| {
        let at = short.fields.iter().position(|field| *field == id)?;
        read_cell(edition.field(id), placed.get(at)?).0.number()
    };
    short.fields.iter().any(|&total| {
        let sums = &edition.field(total).sums;
        let own = sums
            .iter()
            .find(|parts| parts.iter().all(|part| short.fields.contains(part)));
        let sum = own.map(|parts| {
            let numbers = parts.iter().filter_map(|&part| value(part));
            numbers.fold(Number::ZERO, |sum, number| sum + number)
        });
        sum.is_some_and(|sum| !sum.is_zero() && value(total) == Some(sum))
    })
}

/// What can be said about one line for one way to place its figures.
type RowPlacement = Vec<Option<Number>>;

/// Places the figures of a short line when every way that agrees with the printed sums says the
/// same about each cell. `known` are the cells whose lines were read, blanks among them.
pub(super) fn place_by_sums(
    report: &Report,
    short: &IncompleteRow,
    known: &BTreeSet<FieldId>,
) -> Option<Vec<(FieldId, Entry)>> {
    let edition = report.edition();
    let mut figures = Vec::new();
    for text in &short.texts {
        let field = edition.field(*short.fields.first()?);
        figures.push(read_cell(field, text).0.number()?);
    }
    if figures.is_empty() || short.fields.iter().any(|&id| signed(edition.field(id))) {
        return None;
    }
    let one_missing = figures.len() + 1 == short.fields.len();
    let mut agreed: Option<RowPlacement> = None;
    let mut printed = vec![false; short.fields.len()];
    for chosen in choices(short.fields.len(), figures.len())? {
        let mut trial = report.clone();
        for (&column, figure) in chosen.iter().zip(&figures) {
            let id = *short.fields.get(column)?;
            trial.apply(Edit::Enter(id, Entry::Number(*figure)));
        }
        let Some(placement) = complete(&trial, short, known) else {
            continue;
        };
        for column in &chosen {
            *printed.get_mut(*column)? = true;
        }
        match &agreed {
            None => agreed = Some(placement),
            Some(before) if one_missing && *before == placement && !placement.contains(&None) => {}
            Some(_) => return None,
        }
    }
    // Where several ways say the same, a total among them is derived like every other.
    let several = printed.iter().filter(|printed| **printed).count() > figures.len();
    let cells = short.fields.iter().zip(agreed?).zip(printed);
    let stated =
        cells.filter(|((id, _), printed)| *printed && !(several && edition.field(**id).is_total()));
    Some(
        stated
            .filter_map(|((id, value), _)| Some((*id, Entry::Number(value?))))
            .collect(),
    )
}

fn signed(field: &Field) -> bool {
    field.kind == Kind::Change
}

/// The cells of a line after a trial, those without a figure as the sums decide them; `None` when
/// a printed sum does not hold.
fn complete(
    trial: &Report,
    short: &IncompleteRow,
    known: &BTreeSet<FieldId>,
) -> Option<RowPlacement> {
    let edition = trial.edition();
    let own: BTreeSet<FieldId> = short.fields.iter().copied().collect();
    let mut values: BTreeMap<FieldId, Option<Number>> = BTreeMap::new();
    for &id in &short.fields {
        values.insert(id, trial.entry(id).number());
    }
    for total in edition.cells().filter(|&id| edition.field(id).is_total()) {
        for parts in &edition.field(total).sums {
            if !own.contains(&total) && !parts.iter().any(|part| own.contains(part)) {
                continue;
            }
            let numbers = || parts.iter().map(|&part| trial.entry(part).number());
            let open: Vec<FieldId> = parts
                .iter()
                .copied()
                .filter(|&part| {
                    trial.entry(part).number().is_none()
                        && (own.contains(&part) || !known.contains(&part))
                })
                .collect();
            let sum = numbers()
                .flatten()
                .fold(Number::ZERO, |sum, number| sum + number);
            let Some(stated) = trial.entry(total).number() else {
                if open.is_empty() && own.contains(&total) {
                    values.insert(total, Some(sum));
                }
                continue;
            };
            if sum > stated || (open.is_empty() && sum != stated) {
                return None;
            }
            let rest = stated - sum;
            for part in &open {
                // What is counted is never negative, so nothing is left for several cells but 0.
                let decided = (rest.is_zero() || open.len() == 1).then_some(rest);
                if own.contains(part) && decided.is_some() {
                    values.insert(*part, decided);
                }
            }
        }
    }
    Some(
        short
            .fields
            .iter()
            .map(|id| values.get(id).copied().flatten())
            .collect(),
    )
}

/// Every increasing choice of `count` of the first `length` numbers; `None` when there are too many.
fn choices(length: usize, count: usize) -> Option<Vec<Vec<usize>>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for step in 0..count {
        let mut longer = Vec::new();
        for choice in &all {
            let first = choice.last().map_or(0, |last| last + 1);
            let end = (length + step + 1).saturating_sub(count);
            for next in first..end {
                let mut choice = choice.clone();
                choice.push(next);
                longer.push(choice);
            }
            if longer.len() > PLACEMENTS {
                return None;
            }
        }
        all = longer;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::Number;

    fn read(key: &str, text: &str) -> (Entry, bool) {
        let edition = form::all()
            .iter()
            .find(|edition| edition.find(key).is_some())
            .unwrap();
        let (entry, note) = read_cell(edition.field(edition.find(key).unwrap()), text);
        (entry, note.is_some())
    }

    #[test]
    fn a_cell_is_read_without_guessing() {
        let number = |text| Entry::Number(Number::read(text).unwrap());
        let count = "proactive.normative_documents@valid";
        let money = "proactive.procurement@total_amount";
        assert_eq!(read(count, " 22 "), (number("22"), false));
        assert_eq!(read(count, "22（其中修订16件）"), (number("22"), true));
        assert_eq!(read(count, "22件"), (number("22"), true));
        assert_eq!(read(money, "1,200.5元"), (number("1200.5"), false));
        assert_eq!(
            read(money, "12.5万元"),
            (number("125000"), true),
            "the form counts in 元"
        );
        let change = "proactive.licensing@change";
        assert_eq!(read(change, "减4"), (number("-4"), true));
        assert_eq!(read(change, "增加4项"), (number("4"), true));
        assert_eq!(read(count, "3¹"), (number("3"), true));
        assert_eq!(read(count, "08"), (Entry::Blank, true));
        for mark in ["/", "-", "—", "——", "－"] {
            assert_eq!(read(count, mark), (Entry::Blank, true), "{mark}");
        }
        assert_eq!(read(count, ""), (Entry::Blank, false));
        assert_eq!(
            read(count, "若干"),
            (Entry::Unreadable("若干".to_owned()), true)
        );
    }

    #[test]
    fn labels_are_no_values() {
        for label in ["1.甲", "1. 甲", "2024年", "甲", "3."] {
            assert!(!is_value(label), "{label}");
        }
        assert!(is_value("12") && is_value("-3") && is_value("/"));
    }

    #[test]
    fn every_choice_is_made_once() {
        assert_eq!(choices(3, 2).unwrap(), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!(choices(7, 6).unwrap().len(), 7);
        assert_eq!(choices(2, 3).unwrap(), Vec::<Vec<usize>>::new());
        assert_eq!(choices(40, 20), None);
    }
}
