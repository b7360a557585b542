//! Pieces of rules to whole rules, and rules that cross to one group for each table.

use super::{RuledLine, SeenPage};

/// What is nearer than this stands in one place: double rules, a rule drawn by both neighbours.
pub(super) const NEAR: f64 = 4.0;
/// A gap in a rule, or between the end of a rule and the one it meets.
pub(super) const GAP: f64 = 3.0;
/// Pieces so far apart still lie on one line.
const IN_LINE: f64 = 0.75;
/// The most pairs of rules that are compared on one page.
const PAIRS: usize = 4_000_000;
/// The most steps that are taken to put the pieces of one page together.
const STEPS: usize = 40_000_000;
/// Rules end together when their ends are no farther apart.
const TOGETHER: f64 = 1.5;

/// The rules of one table.
#[derive(Default)]
pub(super) struct RuleGroup {
    pub level: Vec<RuledLine>,
    pub upright: Vec<RuledLine>,
}

/// The groups of rules that cross on a page.
pub(super) fn groups(sheet: &SeenPage) -> Vec<RuleGroup> {
    // What is ruled so much is a drawing.
    let (Some(level), Some(upright)) = (merged(&sheet.level), merged(&sheet.upright)) else {
        return Vec::new();
    };
    if level.is_empty() || upright.len() < 2 || level.len() * upright.len() > PAIRS {
        return Vec::new();
    }
    let mut sets = Sets::new(level.len() + upright.len());
    for (i, across) in level.iter().enumerate() {
        for (j, down) in upright.iter().enumerate() {
            if meets(down.at, across) && meets(across.at, down) {
                sets.join(i, level.len() + j);
            }
        }
    }
    let mut found: std::collections::BTreeMap<usize, RuleGroup> = std::collections::BTreeMap::new();
    for (i, rule) in level.iter().enumerate() {
        found.entry(sets.root(i)).or_default().level.push(*rule);
    }
    for (j, rule) in upright.iter().enumerate() {
        let group = found.entry(sets.root(level.len() + j)).or_default();
        group.upright.push(*rule);
    }
    let is_table = |group: &RuleGroup| !group.level.is_empty() && group.upright.len() > 1;
    found.into_values().filter(is_table).collect()
}

fn meets(at: f64, rule: &RuledLine) -> bool {
    at >= rule.from - GAP && at <= rule.to + GAP
}

/// Pieces in one line that overlap or nearly touch become one; `None` when it takes too long.
pub(super) fn merged(rules: &[RuledLine]) -> Option<Vec<RuledLine>> {
    let mut rules = rules.to_vec();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut whole: Vec<RuledLine> = Vec::new();
    let (mut first, mut steps) = (0, 0);
    for rule in rules {
        while whole.get(first).is_some_and(|old| old.at < rule.at - 1.0) {
            first += 1;
        }
        steps += whole.len() - first;
        if steps > STEPS {
            return None;
        }
        let touches = |old: &&mut RuledLine| {
            (old.at - rule.at).abs() <= IN_LINE
                && rule.from <= old.to + GAP
                && rule.to >= old.from - GAP
        };
        match whole.iter_mut().skip(first).find(touches) {
            Some(old) => {
                old.from = old.from.min(rule.from);
                old.to = old.to.max(rule.to);
            }
            None => whole.push(rule),
        }
    }
    Some(whole)
}

/// The places at which some rules stand, and one more beyond either end where the rules across go
/// on together: a row that the page cuts off has no rule there.
pub(super) fn places(rules: &[RuledLine], across: &[RuledLine]) -> Vec<f64> {
    let mut places = clustered(rules.iter().map(|rule| rule.at).collect());
    let end = across.iter().map(|rule| rule.to).fold(f64::MIN, f64::max);
    let start = across.iter().map(|rule| rule.from).fold(f64::MAX, f64::min);
    let ends = across.iter().filter(|rule| end - rule.to < TOGETHER);
    let starts = across.iter().filter(|rule| rule.from - start < TOGETHER);
    let (ends, starts) = (ends.count(), starts.count());
    if ends > 1 && places.last().is_some_and(|&last| end > last + 2.0 * NEAR) {
        places.push(end);
    }
    if starts > 1
        && places
            .first()
            .is_some_and(|&first| start < first - 2.0 * NEAR)
    {
        places.insert(0, start);
    }
    places
}

/// Numbers that lie near each other become their mean.
pub(super) fn clustered(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    let mut clusters: Vec<(f64, f64, f64)> = Vec::new();
    for number in numbers {
        match clusters.last_mut() {
            Some((sum, last, count))
                if number - *last <= NEAR && number - *sum / *count <= 2.0 * NEAR =>
            {
                *sum += number;
                *last = number;
                *count += 1.0;
            }
            _ => clusters.push((number, number, 1.0)),
        }
    }
    clusters
        .into_iter()
        .map(|(sum, _, count)| sum / count)
        .collect()
}

/// The rules that stand at a place.
pub(super) fn near(rules: &[RuledLine], place: f64) -> Vec<RuledLine> {
    let near = rules.iter().filter(|rule| (rule.at - place).abs() <= NEAR);
    near.copied().collect()
}

/// Whether the rules at one place cover the way between two others, but for small gaps.
pub(super) fn cover(rules: &[RuledLine], from: f64, to: f64) -> bool {
    let mut parts: Vec<(f64, f64)> = rules
        .iter()
        .filter(|rule| rule.to > from - GAP && rule.from < to + GAP)
        .map(|rule| (rule.from, rule.to))
        .collect();
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reached = from + GAP;
    for (start, end) in parts {
        if reached >= to - GAP {
            return true;
        }
        if start > reached + GAP {
            return false;
        }
        reached = reached.max(end);
    }
    reached >= to - GAP
}

/// Things that belong together, by their numbers.
pub(super) struct Sets(Vec<usize>);

impl Sets {
    /// So many things, each alone.
    pub fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The least of the things that one belongs together with.
    pub fn root(&mut self, mut at: usize) -> usize {
        loop {
            let above = self.0.get(at).copied().unwrap_or(at);
            if above == at {
                return at;
            }
            let higher = self.0.get(above).copied().unwrap_or(above);
            if let Some(own) = self.0.get_mut(at) {
                *own = higher;
            }
            at = above;
        }
    }

    /// Says that two things belong together.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(own) = self.0.get_mut(a.max(b)) {
            *own = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_pieces_without_end_has_no_tables() {
        let pieces = |count: usize| -> Vec<RuledLine> {
            let starts = (0..count).map(|at| at as f64 * 10.0);
            let piece = |from| RuledLine {
                at: 5.0,
                from,
                to: from + 1.0,
            };
            starts.map(piece).collect()
        };
        assert!(merged(&pieces(10_000)).is_none());
        assert_eq!(merged(&pieces(1_000)).map(|rules| rules.len()), Some(1_000));
    }
}
