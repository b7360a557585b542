//! The table of all rules.

use super::Rule;

mod bad_number;
mod blank_cell;
mod column_shift;
mod copied_from_prior;
mod deadline;
mod export_verify;
mod fee_statement;
mod fee_sums;
mod label_altered;
mod money_precision;
mod money_unit;
mod nil_report;
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
mod split_cell;
mod stock_below_flow;
mod stray_heading;
mod supervision_duty;
mod swing;
mod text_all_done;
mod text_answered;
mod text_applicants;
mod text_carried;
mod text_growth;
mod text_none;
mod text_parts;
mod text_received;
mod text_results;
mod text_review;
mod text_stock;
mod text_year;
mod title;
mod township_rules;
mod vanished;
mod wording;
mod wrong_edition_cited;

/// Every rule, in alphabetical order of its name.
pub static RULES: &[Rule] = &[
    bad_number::RULE,
    blank_cell::RULE,
    column_shift::RULE,
    copied_from_prior::RULE,
    deadline::RULE,
    export_verify::RULE,
    fee_statement::RULE,
    fee_sums::RULE,
    label_altered::RULE,
    money_precision::RULE,
    money_unit::RULE,
    nil_report::RULE,
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
    split_cell::RULE,
    stock_below_flow::RULE,
    stray_heading::RULE,
    supervision_duty::RULE,
    swing::RULE,
    text_all_done::RULE,
    text_answered::RULE,
    text_applicants::RULE,
    text_carried::RULE,
    text_growth::RULE,
    text_none::RULE,
    text_parts::RULE,
    text_received::RULE,
    text_results::RULE,
    text_review::RULE,
    text_stock::RULE,
    text_year::RULE,
    title::RULE,
    township_rules::RULE,
    vanished::RULE,
    wording::RULE,
    wrong_edition_cited::RULE,
];

/// The rule of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// All cards as one Markdown document, for the documentation.
#[must_use]
pub fn book() -> String {
    let mut text = String::from(
        "# 审核规则\n\n本文件由规则的卡片生成，改卡片后运行`UPDATE_EXPECT=1 cargo test --test it book`重新生成。\n\n\
        强制性的改正后才能公布，核实性的改正或者写明原因后才能公布，提示性的不妨碍公布。\n\
        缺少所需内容（没有上年度报告、有格没有填）的规则不作判断，列为未核查。\n\n\
        各规则“可调的数”可以在窗口的审核设置里改，也可以写进设置文件交给`nianbao check --settings 文件`：\n\n\
        ```ron\n(thresholds: {\"copied-query\": 85}, misprints: [(wrong: \"青山真\", right: \"青山镇\")])\n```\n\n\
        只改一个数的，用`--set copied-query=85`。\n\n| 规则 | 级别 | 查什么 |\n|---|---|---|\n",
    );
    for Rule {
        name, title, level, ..
    } in RULES
    {
        text.push_str(&format!(
            "| [{name}](#{name}) | {} | {title} |\n",
            level.name()
        ));
    }
    for rule in RULES {
        text.push_str(&format!("\n## {}\n\n", rule.name));
        text.push_str(&format!("{}（{}）\n", rule.title, rule.level.name()));
        for line in rule.full_card().lines() {
            // The headings of a card stand two levels below that of the rule.
            let deeper = if line.starts_with('#') { "#" } else { "" };
            text.push_str(&format!("{deeper}{line}\n"));
        }
    }
    text
}
