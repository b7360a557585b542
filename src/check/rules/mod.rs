//! The table of all rules.

use super::{Level, Rule, arithmetic, claims, totals};

mod bad_number;
mod blank_cell;
mod carried_over;
mod column_shift;
mod copied_from_prior;
mod deadline;
mod export_verify;
mod fee_statement;
mod fee_sums;
mod impossible_date;
mod label_altered;
mod local_length;
mod local_missing;
mod local_style;
mod local_words;
mod money_precision;
mod money_unit;
mod nil_report;
mod numbering;
mod old_edition;
mod outvoted_cell;
mod overview_topic;
mod placeholder;
mod prior_mismatch;
mod prior_missing;
mod prior_same_tables;
mod prior_vanished_requests;
mod privacy;
mod problems_empty;
mod punctuation;
mod requests_catch_all;
mod requests_none_answered;
mod requests_state_secret;
mod review_after_none;
mod review_first;
mod review_pending_gone;
mod review_without_request;
mod self_name;
mod split_cell;
mod stray_heading;
mod supervision_duty;
mod swing;
mod text_prior_figure;
mod text_year;
mod title;
mod township_rules;
mod unfinished;
mod vanished;
mod wording;
mod wrong_cell;
mod wrong_citation;

/// Makes the table: a rule's file and card, its name, its level, its title.
///
/// A rule whose row ends in an arrow has a card only: it calls a relation or a total of the edition.
/// The files stand in the list of modules as well, because `cargo fmt` does not look into macros.
macro_rules! rules {
    (@check $file:ident) => {
        $file::check
    };
    (@check $file:ident relation $mend:ident) => {
        |rule, subject, findings| {
            arithmetic::report_broken(rule, subject, findings, arithmetic::$mend);
        }
    };
    (@check $file:ident total $way:ident) => {
        |rule, subject, findings| {
            totals::report_stated(rule, subject, findings, totals::TotalWay::$way);
        }
    };
    (@check $file:ident claims $how:ident) => {
        |rule, subject, findings| claims::report(rule, subject, findings)
    };
    ($($file:ident $name:literal $level:ident $title:literal $(=> $how:ident $what:ident)?;)*) => {
        /// Every rule, in alphabetical order of its name.
        pub static RULES: &[Rule] = &[$(Rule {
            name: $name,
            title: $title,
            level: Level::$level,
            card: include_str!(concat!(stringify!($file), ".md")),
            check: rules!(@check $file $($how $what)?),
        }),*];
    };
}

rules! {
    bad_number "bad-number" Error "数字不合要求";
    blank_cell "blank-cell" Error "有格未填";
    carried_over "carried-over" Query "沿用上年的话没有确认";
    column_shift "column-shift" Advice "一行的数可能错了列";
    copied_from_prior "copied-from-prior" Query "正文与上年度雷同";
    deadline "deadline" Advice "公布期限";
    export_verify "export-verify" Error "写出的文件与草稿不一致";
    fee_statement "fee-statement" Query "没有报告信息处理费";
    fee_sums "fee-sums" Query "收费的件数、金额互相矛盾";
    impossible_date "impossible-date" Query "日期或统计期限不对";
    label_altered "label-altered" Advice "表格的栏目名称与规定的不同";
    local_length "local-length" Query "文字长过地方要求";
    local_missing "local-missing" Query "缺少地方要求写明的内容";
    local_style "local-style" Advice "版式与地方要求不同";
    local_words "local-words" Query "用了地方要求不用的词";
    money_precision "money-precision" Advice "金额小数多于4位";
    money_unit "money-unit" Query "收费金额可能弄错了单位";
    nil_report "nil-report" Query "零报告没有逐项确认";
    numbering "numbering" Advice "序号跳号、重号";
    old_edition "old-edition" Query "格式版本与报告年度不符";
    outvoted_cell "outvoted-cell" Query "正文几处一致，只与一格不同";
    overview_topic "overview-topic" Query "总体情况缺少应写的内容";
    placeholder "placeholder" Query "模板里的占位文字没有替换";
    prior_carry "prior-carry" Query "上年结转与上年度报告不一致" => relation fit_first;
    prior_mismatch "prior-mismatch" Query "上年度报告不是本机关上一年的";
    prior_missing "prior-missing" Advice "没有上年度报告";
    prior_same_tables "prior-same-tables" Query "整张表与上年相同";
    prior_stock "prior-stock" Query "有效文件数与上年度不衔接" => relation fit_first;
    prior_vanished_requests "prior-vanished-requests" Advice "上年有申请，本年一件没有";
    privacy "privacy" Query "正文里有个人信息或者密级标志";
    problems_empty "problems-empty" Query "问题及改进情况没有写实";
    punctuation "punctuation" Advice "标点用错或者不成对";
    requests_balance "requests-balance" Error "收到与办理的件数不平衡" => relation balance;
    requests_catch_all "requests-catch-all" Advice "过半的办理结果归入“其他”";
    requests_none_answered "requests-none-answered" Query "有申请而没有一件办结";
    requests_open_too_long "requests-open-too-long" Query "结转下年的多于本年新收" => relation no_fix;
    requests_results_total "requests-results-total" Error "办理结果总计不等于各项之和" => total Column;
    requests_row_total "requests-row-total" Error "总计不等于各列之和" => total Row;
    requests_state_secret "requests-state-secret" Advice "乡镇以国家秘密为由不予公开";
    review_after_none "review-after-none" Advice "没有复议却有复议后的诉讼";
    review_first "review-first" Advice "有未经复议直接起诉的案件";
    review_pending_gone "review-pending-gone" Advice "上年没有审结的没有下文";
    review_total "review-total" Error "复议诉讼总计不等于各项之和" => total OnlyRow;
    review_without_request "review-without-request" Query "没有申请却有复议、诉讼";
    self_name "self-name" Query "写到别的机关或者地方的名称";
    split_cell "split-cell" Advice "一个数可能拆成了两格";
    stock_below_flow "stock-below-flow" Query "有效文件少于本年净增" => relation no_fix;
    stray_heading "stray-heading" Advice "部分之内又有一级标题或报告标题";
    supervision_duty "supervision-duty" Advice "监督保障缺考核、评议或追责情况";
    swing "swing" Advice "与上年相差悬殊";
    text_acts "text-acts" Query "正文的许可、处罚、强制、收费与表二不一致" => claims read;
    text_all_done "text-all-done" Query "正文写全部办结，表三仍有结转" => claims read;
    text_answered "text-answered" Query "正文的办结件数与表三不一致" => claims read;
    text_applicants "text-applicants" Query "正文的申请人情况与表三不一致" => claims read;
    text_carried "text-carried" Query "正文的结转件数与表三不一致" => claims read;
    text_growth "text-growth" Query "正文的增减幅度与两年的数字不一致" => claims read;
    text_none "text-none" Query "正文写没有，表中却有" => claims read;
    text_parts "text-parts" Advice "正文分项之和与总数不等" => claims read;
    text_prior_figure "text-prior-figure" Query "数字与上年度报告的同一句话相同";
    text_received "text-received" Query "正文的收到件数与表三不一致" => claims read;
    text_results "text-results" Query "正文的办理结果与表三不一致" => claims read;
    text_review "text-review" Query "正文的复议、诉讼件数与表四不一致" => claims read;
    text_share "text-share" Query "正文的占比、比率与表中的数不一致" => claims read;
    text_stock "text-stock" Query "正文的文件件数与表二不一致" => claims read;
    text_twice "text-twice" Advice "正文两处写的数不同" => claims read;
    text_year "text-year" Query "正文的年份不是报告年度";
    title "title" Advice "标题与规定的不同";
    township_rules "township-rules" Query "规章不为0";
    unfinished "unfinished" Advice "句子没有写完或者写了两遍";
    vanished "vanished" Advice "上年有数，本年为0";
    wording "wording" Advice "可能是错别字";
    wrong_cell "wrong-cell" Error "一格错了，改了全部平衡";
    wrong_citation "wrong-citation" Query "引用的法规、文件或文号不对";
}

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
        只改一个数的，用`--set copied-query=85`。县里的要求（期限、字数、要写明的数、不用的词）也写进这样的文件，见[local-rules.md](local-rules.md)。\n\n| 规则 | 级别 | 查什么 |\n|---|---|---|\n",
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
