//! What a cell shows: the stated figure or the derived one, and last year's beside it.
//!
//! It knows the report; it knows no pixel.

use crate::app::table::{GridInput, GridState};
use crate::form::FieldId;
use crate::report::{Entry, Report};

/// What stands in a cell.
pub(super) struct CellText {
    pub text: String,
    /// Nothing is filled in where something should be.
    pub blank: bool,
    pub unreadable: bool,
    /// The figure is a sum that nobody stated.
    pub derived: bool,
    /// The sum, where the stated total is another number.
    pub differs: Option<String>,
}

/// What stands in a cell while this frame's actions are not yet applied.
pub(super) fn shown(input: &GridInput<'_>, state: &GridState, id: FieldId) -> CellText {
    let report = input.report;
    let total = report.edition().field(id).is_total();
    let entry = state.stated.get(&id).unwrap_or_else(|| report.entry(id));
    let sum = total.then(|| report.value(id)).flatten();
    let derived = total && *entry == Entry::Blank;
    CellText {
        text: match sum {
            Some(sum) if derived => sum.to_string(),
            _ => entry.shown(),
        },
        blank: !total && *entry == Entry::Blank,
        unreadable: matches!(entry, Entry::Unreadable(_)),
        derived,
        differs: sum
            .filter(|sum| !derived && entry.number() != Some(*sum))
            .map(|sum| sum.to_string()),
    }
}

/// How many characters of a text that is no number a column is made wider for.
const LONGEST_TEXT: usize = 8;

/// What of a cell must be read whole: a figure, or the beginning of a text that is no number.
pub(super) fn whole(input: &GridInput<'_>, state: &GridState, id: FieldId) -> String {
    let mut shown = shown(input, state, id);
    if let Some(proposed) = input.proposed(id).filter(|_| shown.blank) {
        return proposed.to_string();
    }
    if shown.unreadable {
        shown.text = shown.text.chars().take(LONGEST_TEXT).collect();
    }
    shown.text
}

/// Last year's figure of a cell.
pub(super) fn prior_text(report: &Report, prior: &Report, id: FieldId) -> Option<String> {
    let same = prior.same_field(report, id)?;
    let value = prior.entry(same).number().or_else(|| prior.value(same));
    value.map(|value| value.to_string())
}

/// Last year's figure, where it is to be shown in the cell.
pub(super) fn ghost(input: &GridInput<'_>, id: FieldId) -> Option<String> {
    let prior = input.prior.filter(|_| input.show_prior)?;
    prior_text(input.report, prior, id)
}

/// Whether last year's figure or the differing sum does not fit beside the figure.
pub(super) fn is_crowded(
    input: &GridInput<'_>,
    state: &GridState,
    id: FieldId,
    width: f32,
    em: f32,
) -> bool {
    let shown = shown(input, state, id);
    let remark = match &shown.differs {
        Some(sum) => sum.chars().count() + 1,
        None => ghost(input, id).map_or(0, |ghost| ghost.chars().count()),
    };
    let figure = whole(input, state, id).chars().count();
    let badge = if input.marks.contains_key(&id) && !shown.blank {
        0.7
    } else {
        0.0
    };
    remark > 0 && em * (0.56 * figure as f32 + 0.41 * remark as f32 + badge) + 4.0 > width
}
