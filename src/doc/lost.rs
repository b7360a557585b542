//! Totals that a file should show and does not are left open: some of their parts may be lost, too.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Wholeness;
use crate::form::FieldId;
use crate::report::{Edit, Entry, Report};

/// Enters for each of these totals that it is lost, and says so.
pub(super) fn leave_totals(wholeness: Wholeness, report: &mut Report, notes: &mut Vec<String>) {
    if wholeness == Wholeness::Sure {
        return;
    }
    let edition = Arc::clone(report.edition());
    let row = |id: FieldId| edition.field(id).key.split('@').next().unwrap_or_default();
    let read = edition
        .cells()
        .filter(|&id| *report.entry(id) != Entry::Blank);
    let read_rows: BTreeSet<&str> = read.map(row).collect();
    let is_lost = |id: &FieldId| {
        let is_open = edition.field(*id).is_total() && *report.entry(*id) == Entry::Blank;
        // Where a row was read at all, its total was printed blank.
        let is_missing = wholeness == Wholeness::Damaged || !read_rows.contains(row(*id));
        is_open && is_missing && report.value(*id).is_some()
    };
    let lost: Vec<FieldId> = edition.cells().filter(is_lost).collect();
    let Some(&first) = lost.first() else { return };
    for &id in &lost {
        report.apply(Edit::Enter(id, Entry::lost()));
    }
    notes.push(format!(
        "文件里没有读到{}个合计（“{}”等），可能有内容缺失，没有用各格的和代替，请对照原件填写",
        lost.len(),
        edition.field(first).label
    ));
}
