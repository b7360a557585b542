//! Which unit of the list a report is of, by the name it is signed with.

use std::collections::HashMap;

use crate::check::issuer;

/// The names of the list, ready to be looked up.
#[derive(Debug)]
pub(super) struct UnitNames {
    bare: Vec<String>,
    by_bare: HashMap<String, usize>,
}

/// What a name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// It is this unit's.
    Unit(usize),
    /// It is nearly these units', and may be another's.
    Near(Vec<usize>),
    /// It is nobody's.
    Nobody,
}

/// What the county's own name in front of a unit's ends with.
const AREAS: [char; 7] = ['省', '市', '县', '区', '旗', '州', '盟'];

impl UnitNames {
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let bare: Vec<String> = names.map(issuer::bare).collect();
        let places = bare.iter().cloned().zip(0..);
        let by_bare = places.collect();
        Self { bare, by_bare }
    }

    /// Finds the unit: the same name, or the same but for the county in front of one of them; else one that
    /// differs in a character or two.
    pub fn find(&self, name: &str) -> Match {
        let own = issuer::bare(name);
        if own.is_empty() {
            return Match::Nobody;
        }
        if let Some(&unit) = self.by_bare.get(&own) {
            return Match::Unit(unit);
        }
        let with_area =
            |(_, other): &(usize, &String)| is_with_area(&own, other) || is_with_area(other, &own);
        if let Some(unit) = only(self.units().filter(with_area)) {
            return Match::Unit(unit);
        }
        let long = own.chars().count();
        let far = |other: &str| {
            let longer = long.max(other.chars().count());
            let most = if longer > 6 { 2 } else { 1 };
            let apart = other.chars().count().abs_diff(long);
            let far = (apart <= most).then(|| strsim::levenshtein(&own, other));
            far.filter(|far| *far <= most)
        };
        let near = self
            .units()
            .filter_map(|(unit, other)| Some((far(other)?, unit)));
        let near: Vec<(usize, usize)> = near.collect();
        let least = near.iter().map(|(far, _)| *far).min();
        let nearest = near.iter().filter(|(far, _)| Some(*far) == least);
        let nearest: Vec<usize> = nearest.map(|(_, unit)| *unit).collect();
        if nearest.is_empty() || long < 2 {
            Match::Nobody
        } else {
            Match::Near(nearest)
        }
    }

    fn units(&self) -> impl Iterator<Item = (usize, &String)> {
        self.bare.iter().enumerate()
    }
}

/// Whether the long name is the short one with a county's in front: 清河县青石镇 and 青石镇, 清河县教育局 and 县教育局.
fn is_with_area(long: &str, short: &str) -> bool {
    let front = long.strip_suffix(short).filter(|front| !front.is_empty());
    front.is_some_and(|front| front.ends_with(AREAS) || short.starts_with(AREAS))
}

/// The only one there is.
fn only<'a>(mut found: impl Iterator<Item = (usize, &'a String)>) -> Option<usize> {
    let (first, _) = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_but_for_the_county_in_front() {
        let list = ["青石镇人民政府", "清河县教育局", "石镇", "柳河街道办事处"];
        let names = UnitNames::new(list.into_iter());
        for (name, found) in [
            ("青石镇", Match::Unit(0)),
            ("清河县青石镇人民政府", Match::Unit(0)),
            ("青石镇人民政府 ", Match::Unit(0)),
            ("石镇人民政府", Match::Unit(2)),
            ("教育局", Match::Unit(1)),
            ("县教育局", Match::Unit(1)),
            ("柳河街道办亊处", Match::Near(vec![3])),
            ("清石镇人民政府", Match::Near(vec![0, 2])),
            ("县人民医院", Match::Nobody),
            ("", Match::Nobody),
        ] {
            assert_eq!(names.find(name), found, "{name}");
        }
    }

    #[test]
    fn a_name_near_two_units_may_be_either_of_them() {
        let names = UnitNames::new(["东山镇", "西山镇"].into_iter());
        assert_eq!(names.find("南山镇"), Match::Near(vec![0, 1]));
    }
}
