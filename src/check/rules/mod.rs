//! The table of all rules.

use super::Rule;

mod bad_number;
mod blank_cell;
mod fee_statement;
mod prior_carry;
mod prior_mismatch;
mod prior_missing;
mod prior_stock;
mod problems_empty;
mod requests_balance;
mod requests_results_total;
mod requests_row_total;
mod review_total;
mod title;

/// Every rule, in alphabetical order of its name.
pub static RULES: &[Rule] = &[
    bad_number::RULE,
    blank_cell::RULE,
    fee_statement::RULE,
    prior_carry::RULE,
    prior_mismatch::RULE,
    prior_missing::RULE,
    prior_stock::RULE,
    problems_empty::RULE,
    requests_balance::RULE,
    requests_results_total::RULE,
    requests_row_total::RULE,
    review_total::RULE,
    title::RULE,
];
