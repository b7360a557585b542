//! The keys of the cells and sections of which single rules speak, by name.

use std::sync::LazyLock;

use serde::Deserialize;

/// What the program reads them from.
const SOURCE: &str = include_str!("../../templates/figures.ron");

/// The keys by their names.
pub(super) static KEYS: LazyLock<Keys> =
    LazyLock::new(|| ron::from_str(SOURCE).unwrap_or_default());

/// What `templates/figures.ron` holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    pub received: &'static str,
    pub carried_over: &'static str,
    pub processed: &'static str,
    pub other_results: &'static str,
    pub fee_not_paid: &'static str,
    pub state_secret: &'static str,
    pub reviews: &'static str,
    pub direct_lawsuits: &'static str,
    pub later_lawsuits: &'static str,
    pub fees: &'static str,
    /// A row.
    pub regulations: &'static str,
    /// Figures that seldom change much.
    pub steady: Vec<&'static str>,
    /// Figures that do not go away.
    pub lasting: Vec<&'static str>,
    /// A section, as those that follow.
    pub overview: &'static str,
    pub problems: &'static str,
    pub other_matters: &'static str,
    pub disputes: &'static str,
    pub nothing_happened: Vec<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_a_rule_has_for_a_cell_has_a_key() {
        let read: Result<Keys, _> = ron::from_str(SOURCE);
        assert!(read.is_ok(), "{:?}", read.err());
    }
}
