//! The table of all rules.

use super::Rule;

mod bad_number;
mod blank_cell;
mod copied_from_prior;
mod fee_statement;
mod money_precision;
mod money_unit;
mod old_edition;
mod overview_topic;
mod placeholder;
mod prior_carry;
mod prior_mismatch;
mod prior_missing;
mod prior_same_tables;
mod prior_stock;
mod prior_vanished_requests;
mod privacy;
mod problems_empty;
mod punctuation;
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
mod self_name;
mod stock_below_flow;
mod stray_heading;
mod swing;
mod text_all_done;
mod text_answered;
mod text_carried;
mod text_growth;
mod text_none;
mod text_received;
mod text_results;
mod text_review;
mod text_stock;
mod text_year;
mod title;
mod township_rules;
mod vanished;
mod wrong_edition_cited;

/// Every rule, in alphabetical order of its name.
pub static RULES: &[Rule] = &[
    bad_number::RULE,
    blank_cell::RULE,
    copied_from_prior::RULE,
    fee_statement::RULE,
    money_precision::RULE,
    money_unit::RULE,
    old_edition::RULE,
    overview_topic::RULE,
    placeholder::RULE,
    prior_carry::RULE,
    prior_mismatch::RULE,
    prior_missing::RULE,
    prior_same_tables::RULE,
    prior_stock::RULE,
    prior_vanished_requests::RULE,
    privacy::RULE,
    problems_empty::RULE,
    punctuation::RULE,
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
    self_name::RULE,
    stock_below_flow::RULE,
    stray_heading::RULE,
    swing::RULE,
    text_all_done::RULE,
    text_answered::RULE,
    text_carried::RULE,
    text_growth::RULE,
    text_none::RULE,
    text_received::RULE,
    text_results::RULE,
    text_review::RULE,
    text_stock::RULE,
    text_year::RULE,
    title::RULE,
    township_rules::RULE,
    vanished::RULE,
    wrong_edition_cited::RULE,
];
