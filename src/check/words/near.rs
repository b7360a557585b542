//! A term of the report with one character wrong.

use std::ops::Range;

use super::{ReadyWords, ReportTerm};

impl ReadyWords {
    /// Where a term stands with one character wrong, beside one of its parts.
    pub(super) fn near(
        &self,
        text: &str,
        part: &Range<usize>,
        term: &ReportTerm,
        is_last: bool,
    ) -> Option<Range<usize>> {
        if !self.may_be_near(text, part, term, is_last) {
            return None;
        }
        if is_last {
            let before = text.get(..part.start)?;
            let mut window: Vec<_> = before.char_indices().rev().take(term.first.len()).collect();
            window.reverse();
            let written: Vec<_> = window.iter().map(|(_, c)| *c).collect();
            let (start, _) = window.first()?;
            let is_near = self.is_misread(&term.first, &written)
                || (written.len() > 2 && is_swapped(&term.first, &written));
            return is_near.then_some(*start..part.end);
        }
        let window: Vec<_> = text
            .get(part.end..)?
            .char_indices()
            .take(term.last.len() + 2)
            .collect();
        let length = term.last.len();
        let written =
            |count: usize| -> Vec<char> { window.iter().take(count).map(|(_, c)| *c).collect() };
        let end = |count: usize| {
            let at = window.get(count).map(|(offset, _)| part.end + offset);
            at.unwrap_or_else(|| {
                window
                    .last()
                    .map_or(part.end, |(o, c)| part.end + o + c.len_utf8())
            })
        };
        let tears = |count: usize| {
            let last = count.checked_sub(1).and_then(|last| window.get(last));
            let next = window.get(count);
            let joins = last.and_then(|(_, last)| self.joins.get(last));
            !joins.is_some_and(|joins| next.is_some_and(|(_, next)| joins.contains(next)))
        };
        let same = written(length);
        if same == term.last {
            return None;
        }
        if self.is_misread(&term.last, &same) || (is_swapped(&term.last, &same) && tears(length)) {
            return Some(part.start..end(length));
        }
        let longer = written(length + 1);
        if has_one_more(&term.last, &longer) && tears(length + 1) {
            return Some(part.start..end(length + 1));
        }
        // With a character left out only where it is known what else the rest could begin.
        let shorter = written(length.saturating_sub(1));
        let known = shorter.last();
        let known = known.is_some_and(|last| self.joins.contains_key(last));
        (known && window.len() >= length && lacks_one(&term.last, &shorter) && tears(length - 1))
            .then(|| part.start..end(length - 1))
    }

    /// Whether the character beside a part is one with which a misprint of the other part could begin: most often
    /// something else stands there.
    fn may_be_near(
        &self,
        text: &str,
        part: &Range<usize>,
        term: &ReportTerm,
        is_last: bool,
    ) -> bool {
        let (beside, own) = if is_last {
            let mut own = term.first.iter().rev();
            let before = text.get(..part.start);
            (
                before.and_then(|text| text.chars().next_back()),
                [own.next(), own.next()],
            )
        } else {
            let mut own = term.last.iter();
            let after = text.get(part.end..);
            (
                after.and_then(|text| text.chars().next()),
                [own.next(), own.next()],
            )
        };
        let (Some(beside), [Some(nearest), next]) = (beside, own) else {
            return false;
        };
        let alike = self.alike.get(nearest);
        beside == *nearest
            || next == Some(&beside)
            || alike.is_some_and(|alike| alike.contains(&beside))
    }

    /// Whether but one character is another, which looks or sounds alike.
    fn is_misread(&self, right: &[char], written: &[char]) -> bool {
        let mut differ = right
            .iter()
            .zip(written)
            .filter(|(right, written)| right != written);
        let (Some((right_one, written_one)), None) = (differ.next(), differ.next()) else {
            return false;
        };
        let alike = self.alike.get(right_one);
        right.len() == written.len() && alike.is_some_and(|alike| alike.contains(written_one))
    }
}

/// Whether two neighbours have changed places.
fn is_swapped(right: &[char], written: &[char]) -> bool {
    let pairs = right.iter().zip(written).enumerate();
    let differ: Vec<_> = pairs.filter(|(_, (one, other))| one != other).collect();
    match differ.as_slice() {
        [(place, (a, b)), (next, (c, d))] => {
            right.len() == written.len() && place + 1 == *next && a == d && b == c
        }
        _ => false,
    }
}

/// Whether the longer is the shorter with one Chinese character put in, not at its ends.
fn has_one_more(shorter: &[char], longer: &[char]) -> bool {
    let Some(place) = (0..shorter.len()).find(|&at| shorter.get(at) != longer.get(at)) else {
        return false;
    };
    let is_han = longer
        .get(place)
        .is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(c));
    longer.len() == shorter.len() + 1
        && is_han
        && shorter.get(place..) == longer.get(place + 1..)
        && place > 0
}

/// Whether one text is the other without one of its characters.
fn lacks_one(right: &[char], written: &[char]) -> bool {
    let place = (0..right.len()).find(|&at| right.get(at) != written.get(at));
    place.is_some_and(|place| {
        right.len() == written.len() + 1 && right.get(place + 1..) == written.get(place..)
    })
}
