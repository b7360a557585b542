//! The table of all rules.

use super::Rule;

mod bad_number;
mod blank_cell;
mod fee_statement;
mod money_precision;
mod money_unit;
mod prior_carry;
mod prior_mismatch;
mod prior_missing;
mod prior_same_tables;
mod prior_stock;
mod prior_vanished_requests;
mod problems_empty;
mod requests_balance;
mod requests_catch_all;
mod requests_none_answered;
mod requests_open_too_long;
mod requests_results_total;
mod requests_row_total;
mod requests_state_secret;
mod review_after_none;
mod review_pending_gone;
mod review_total;
mod review_without_request;
mod stock_below_flow;
mod swing;
mod title;
mod township_rules;
mod vanished;

/// Every rule, in alphabetical order of its name.
pub static RULES: &[Rule] = &[
    bad_number::RULE,
    blank_cell::RULE,
    fee_statement::RULE,
    money_precision::RULE,
    money_unit::RULE,
    prior_carry::RULE,
    prior_mismatch::RULE,
    prior_missing::RULE,
    prior_same_tables::RULE,
    prior_stock::RULE,
    prior_vanished_requests::RULE,
    problems_empty::RULE,
    requests_balance::RULE,
    requests_catch_all::RULE,
    requests_none_answered::RULE,
    requests_open_too_long::RULE,
    requests_results_total::RULE,
    requests_row_total::RULE,
    requests_state_secret::RULE,
    review_after_none::RULE,
    review_pending_gone::RULE,
    review_total::RULE,
    review_without_request::RULE,
    stock_below_flow::RULE,
    swing::RULE,
    title::RULE,
    township_rules::RULE,
    vanished::RULE,
];
