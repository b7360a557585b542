//! Sentences that say what the tables hold, nothing included.

use super::{Number, Report};
use crate::form::Skeleton;

impl Report {
    /// What a sentence says of the tables; `None` while a cell that it speaks of is not filled in.
    #[must_use]
    pub fn told(&self, skeleton: &Skeleton) -> Option<String> {
        let figures = skeleton.figures().into_iter();
        let figures: Option<Vec<_>> = figures
            .map(|name| Some((name, self.figure(name)?)))
            .collect();
        let figures = figures?;
        let is_none = figures.iter().all(|(_, figure)| figure.is_zero());
        let answer = |name: &str| match name {
            "year" => self.year().to_string(),
            "issuer" => self.issuer().to_owned(),
            "notice" => self.edition().notice.clone(),
            _ => {
                let mut known = figures.iter();
                let known = known.find(|(known, _)| *known == name);
                known.map_or_else(String::new, |(_, figure)| figure.to_string())
            }
        };
        Some(if is_none && skeleton.has_none() {
            skeleton.none(&answer)
        } else {
            skeleton.filled(&answer)
        })
    }

    /// The sum of cells by their keys, `+` between them; `None` when one of them is not filled in.
    fn figure(&self, keys: &str) -> Option<Number> {
        let cells = keys.split('+').map(|key| self.edition().cells_of(key));
        let mut sum = Number::ZERO;
        for cells in cells {
            if cells.is_empty() {
                return None;
            }
            for cell in cells {
                sum = sum + self.value(cell).filter(|_| self.is_complete(cell))?;
            }
        }
        Some(sum)
    }
}
