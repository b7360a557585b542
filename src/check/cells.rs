//! Single figures of a report by their key.

use crate::form::FieldId;
use crate::report::{Number, Report};

/// A figure with its cell; `None` when the form has no such cell or it is not filled in.
pub(super) fn figure(report: &Report, key: &str) -> Option<(FieldId, Number)> {
    let id = report.edition().find(key)?;
    let value = report.value(id).filter(|_| report.is_complete(id))?;
    Some((id, value))
}

/// A figure; `None` when the form has no such cell or it is not filled in.
pub(super) fn value(report: &Report, key: &str) -> Option<Number> {
    figure(report, key).map(|(_, value)| value)
}

/// The sum of figures; `None` when one of them is absent.
pub(super) fn sum(report: &Report, keys: &[&str]) -> Option<Number> {
    keys.iter()
        .map(|key| value(report, key))
        .try_fold(Number::ZERO, |sum, value| Some(sum + value?))
}

/// The cells that exist of these keys.
pub(super) fn cells(report: &Report, keys: &[&str]) -> Vec<FieldId> {
    keys.iter()
        .filter_map(|key| report.edition().find(key))
        .collect()
}
