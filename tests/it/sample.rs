//! A report that is in order, and small changes to it.

use nianbao::check::nil;
use nianbao::form;
use nianbao::report::{Confirmation, Draft, Edit, Entry, Prior, Report};

/// States something in a field by its key.
pub fn enter(report: &mut Report, key: &str, text: &str) {
    let edition = report.edition().clone();
    let id = edition
        .find(key)
        .unwrap_or_else(|| panic!("no field {key}"));
    report.apply(Edit::Enter(id, Entry::read(edition.field(id).kind, text)));
}

/// A report of nothing but zeros, with texts that are in order.
pub fn zero_report(edition: &str, year: u16) -> Report {
    let mut report = Report::new(form::by_id(edition).unwrap(), year);
    let edition = report.edition().clone();
    for id in edition.cells().filter(|&id| !edition.field(id).is_total()) {
        report.apply(Edit::Enter(id, Entry::Number(0.into())));
    }
    enter(&mut report, "issuer", "青山镇人民政府");
    enter(&mut report, "preface", "本报告所列数据的统计期限为全年。");
    enter(
        &mut report,
        "overview",
        "（一）主动公开情况\n全年发布信息12条。\n（二）依申请公开情况\n未收到申请。\n（三）政府信息管理情况\n目录按季更新。\n（四）政府信息公开平台建设情况\n用好县政府网站专栏。\n（五）监督保障情况\n开展工作考核和社会评议，没有责任追究情形。",
    );
    enter(
        &mut report,
        "problems",
        "（一）存在的主要问题\n解读材料形式单一，更新不够及时。\n（二）改进情况\n制作图解，明确更新时限并按月检查。",
    );
    enter(&mut report, "other_matters", "本机关没有收取信息处理费。");
    report
}

/// Who saw to it that nothing happened; the name stands in no published file.
pub const CONFIRMER: &str = "确认人欧阳";

/// A draft of that report with a fitting report of the year before.
pub fn zero_draft(edition: &str, year: u16) -> Draft {
    let mut draft = Draft::new(zero_report(edition, year));
    let prior = if year == 2021 { "2019" } else { edition };
    let mut report = zero_report(prior, year - 1);
    // Last year's words were others, or the text would be found to be copied.
    enter(
        &mut report,
        "overview",
        "上年度信息公开工作由党政办承担，重点公布了惠农补贴名单。",
    );
    enter(&mut report, "problems", "栏目设置偏少，将增设两个专栏。");
    enter(&mut report, "other_matters", "没有收费。");
    draft.set_prior(Some(Prior {
        report,
        source: "上年.nianbao".to_owned(),
    }));
    draft.confirm(Some(Confirmation {
        year,
        by: CONFIRMER.to_owned(),
        on: "2026-01-12".to_owned(),
        channels: nil::CHANNELS.map(str::to_owned).to_vec(),
    }));
    draft.without_steps()
}
