//! Units that wrote the same.

use std::sync::Arc;

use super::gather::Gathering;
use crate::check::{Alike, Gathered, RuleSettings};

/// Two sections in nearly the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikePair {
    /// The unit.
    pub one: String,
    /// The other one.
    pub other: String,
    /// The year of the other's report.
    pub year: u16,
    /// What they have in common.
    pub alike: Alike,
}

impl Gathering {
    /// The units whose texts are alike, and those alike to what another wrote last year.
    #[must_use]
    pub fn alike(&self, settings: &RuleSettings) -> Vec<AlikePair> {
        let (mut texts, mut names) = (Gathered::default(), Vec::new());
        for unit in &self.units {
            if let Some(taken) = self.taken_of(unit) {
                texts.add(Arc::clone(&taken.texts));
                names.push((unit.name.clone(), taken.year));
            }
        }
        for older in &self.before {
            names.push((older.issuer().to_owned(), self.year.saturating_sub(1)));
            texts.add_older(Arc::clone(older));
        }
        let found = texts.alike(settings).into_iter();
        let pairs = found.filter_map(|alike| {
            let ((one, _), (other, year)) = (names.get(alike.one)?, names.get(alike.other)?);
            Some(AlikePair {
                one: one.clone(),
                other: other.clone(),
                year: *year,
                alike,
            })
        });
        pairs.collect()
    }
}
