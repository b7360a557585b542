//! 自然人2件、商业企业1件，合计3件: a sum that says nothing but that it is one.

use super::lists::{dimension, sum};
use super::reader::PassageReader;
use super::reading::{ClaimKind, Reading, Verdict};

impl PassageReader<'_> {
    /// Every bare sum of the sentence with the figures right before it.
    pub(super) fn bare_sums(&mut self, first: usize) {
        for place in first..self.readings.len() {
            self.bare_sum(first, place);
        }
    }

    fn bare_sum(&mut self, first: usize, place: usize) {
        let Some(whole) = self.reading(place).filter(|one| self.is_bare_sum(one)) else {
            return;
        };
        let (whole, places) = (whole.clone(), self.parts_before(first, place, whole));
        let parts: Vec<_> = places
            .iter()
            .filter_map(|&part| self.reading(part))
            .collect();
        let is_known = |part: &&Reading| part.verdict != Verdict::Unknown;
        if parts.len() < 2 || !parts.iter().all(is_known) {
            return;
        }
        let is_open = parts.iter().any(|part| part.verdict == Verdict::Unchecked);
        let are_held = parts.iter().all(|part| part.verdict == Verdict::Equal);
        let total = sum(parts.iter().copied());
        // 新收3件，其中自然人2件、企业1件，合计3件: or of the last of them.
        let mut ends = (2..parts.len()).filter_map(|count| parts.get(..count));
        let is_of_last =
            total != whole.value() && ends.any(|last| sum(last.iter().copied()) == whole.value());
        let (bound, columns) = bound(&parts);
        let is_wrong = are_held && total != whole.value() && !is_of_last;
        if let Some(reading) = self.readings.get_mut(place) {
            reading.kind = ClaimKind::Sum;
            reading.readings.clear();
            (reading.bound, reading.columns) = (bound, columns);
            reading.expected = Some(total).filter(|_| are_held);
            reading.verdict = if is_open {
                Verdict::Unchecked
            } else if is_wrong {
                Verdict::Different
            } else if are_held && !is_of_last {
                Verdict::Equal
            } else {
                Verdict::Unknown
            };
        }
        if is_wrong {
            self.find_sum(&places, total, &whole);
        }
    }

    fn is_bare_sum(&self, reading: &Reading) -> bool {
        let said = reading.quote.start..reading.span.start;
        let words = self.words.cues.bare_sum.find(self.place(), said.clone());
        reading.kind == ClaimKind::Count
            && (reading.is_part
                || reading.verdict == Verdict::Unknown
                    && matches!(reading.thing, None | Some("other")))
            && reading.is_exact()
            && words.is_some_and(|words| words == said)
    }

    /// The figures of one kind right before a place, the nearest first.
    fn parts_before(&self, first: usize, place: usize, whole: &Reading) -> Vec<usize> {
        let counts = |&part: &usize| {
            let compares = [ClaimKind::Share, ClaimKind::Rate, ClaimKind::Growth];
            self.reading(part)
                .is_some_and(|part| !compares.contains(&part.kind))
        };
        let mut before = (first..place).rev().filter(counts).peekable();
        let kind = before
            .peek()
            .and_then(|&last| self.reading(last))
            .map(dimension);
        let is_part = |part: &Reading| {
            part.kind == ClaimKind::Count
                && part.amount.unit == whole.amount.unit
                && part.year == whole.year
                && part.is_exact()
                && Some(dimension(part)) == kind
        };
        before
            .take_while(|&part| self.reading(part).is_some_and(is_part))
            .collect()
    }
}

/// The rows and columns of some figures together, where they are a rectangle.
fn bound(parts: &[&Reading]) -> (super::words::Rows, Vec<&'static str>) {
    let Some(one) = parts.first() else {
        return Default::default();
    };
    if parts.iter().all(|part| part.columns == one.columns) {
        let rows = parts.iter().flat_map(|part| part.bound.iter().copied());
        return (rows.collect(), one.columns.clone());
    }
    if parts.iter().all(|part| part.bound == one.bound) {
        let columns = parts.iter().flat_map(|part| part.columns.iter().copied());
        return (one.bound.clone(), columns.collect());
    }
    Default::default()
}
