//! Names of provinces, cities, counties and towns, and what each belongs to.
//!
//! The list is of one day: a name that is not in it is unknown, never wrong.

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;

static PLACES: LazyLock<PlaceNames> = LazyLock::new(|| PlaceNames::read(DATA).unwrap_or_default());
static DATA: &[u8] = include_bytes!("../../assets/places/places.zz");
/// How two characters number a line.
const BASE: usize = 90;
const FIRST: u8 = b'!';

/// How many characters the names have that are looked for.
pub(super) const LENGTHS: std::ops::RangeInclusive<usize> = 3..=8;

/// The list, unpacked.
#[derive(Debug, Default)]
struct PlaceNames {
    text: String,
    /// Name and number of the place above, for every place above the towns.
    above: Vec<(std::ops::Range<usize>, Option<usize>)>,
    /// Where the names begin, a line each, in order.
    names: usize,
}

/// A place that bears a name, by what it belongs to: the nearest first.
pub(super) type Chain = Vec<&'static str>;

/// Every place of this name, each as the chain of those above it; empty for an unknown name.
pub(super) fn chains(name: &str) -> Vec<Chain> {
    PLACES.chains(name)
}

/// Whether there is a place of this name.
pub(super) fn is_known(name: &str) -> bool {
    PLACES.line(name).is_some()
}

/// Whether a county, a city or a province bears this name.
pub(super) fn is_above_towns(name: &str) -> bool {
    let mut above = PLACES.above.iter();
    above.any(|(range, _)| PLACES.text.get(range.clone()) == Some(name))
}

impl PlaceNames {
    fn read(data: &[u8]) -> Option<Self> {
        let mut text = String::new();
        ZlibDecoder::new(data).read_to_string(&mut text).ok()?;
        let (mut above, mut names) = (Vec::new(), 0);
        for line in text.split('\n').take_while(|line| !line.is_empty()) {
            let start = names;
            names += line.len() + 1;
            let (name, number) = line.split_once('\t').unwrap_or((line, ""));
            above.push((start..start + name.len(), number.parse().ok()));
        }
        names += 1;
        Some(Self { text, above, names })
    }

    /// What stands behind a name in its line.
    fn line(&self, name: &str) -> Option<&str> {
        let names = self.text.get(self.names..)?;
        let line = |start: usize| names.get(start..)?.split('\n').next();
        // The lines before `low` come before the name, those from `high` on do not.
        let (mut low, mut high) = (0, names.len());
        while low < high {
            let middle = names.floor_char_boundary(usize::midpoint(low, high));
            let start = names.get(low..middle)?.rfind('\n');
            let start = start.map_or(low, |at| low + at + 1);
            let here = line(start)?;
            if here < name {
                low = start + here.len() + 1;
            } else {
                high = start;
            }
        }
        let rest = line(low)?.strip_prefix(name)?;
        // Behind the name stand the numbers, which are ASCII.
        rest.is_ascii().then_some(rest)
    }

    fn chains(&self, name: &str) -> Vec<Vec<&str>> {
        let numbers = self.line(name).unwrap_or_default().as_bytes();
        let digit = |byte: u8| usize::from(byte.saturating_sub(FIRST));
        let pairs = numbers.chunks_exact(2).filter_map(|pair| match pair {
            [high, low] => Some(digit(*high) * BASE + digit(*low)),
            _ => None,
        });
        pairs.map(|number| self.chain(number)).collect()
    }

    fn chain(&self, number: usize) -> Vec<&str> {
        let mut chain = Vec::new();
        let mut next = Some(number);
        while let Some((name, above)) = next.and_then(|number| self.above.get(number)) {
            chain.extend(self.text.get(name.clone()));
            next = *above;
        }
        chain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_known_with_what_it_belongs_to() {
        let lines: Vec<_> = PLACES.text[PLACES.names..].lines().collect();
        assert!(lines.len() > 30_000 && PLACES.above.len() > 3_000);
        assert!(lines.is_sorted());
        for line in [lines[0], lines[1], lines[lines.len() - 1]] {
            let name = line.trim_end_matches(|c: char| c.is_ascii());
            assert!(!chains(name).is_empty(), "{name}");
        }
        assert_eq!(chains("长安区").len(), 2);
        let town = chains("郭仓镇");
        assert_eq!(town, [vec!["汶上县", "济宁市", "山东省"]]);
        assert!(is_known("济宁市") && is_known("南磨房地区"));
        assert!(!is_known("郭仓") && !is_known("没有这个镇"));
        assert!(chains("没有这个镇").is_empty());
    }
}
