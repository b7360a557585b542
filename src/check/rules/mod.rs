//! The table of all rules.

use super::Rule;

/// Every rule, in alphabetical order of its name.
pub static RULES: &[Rule] = &[];
