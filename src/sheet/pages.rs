//! The sheet as a document of headings, paragraphs and tables.

use super::{Paper, RuleOutcome, Sheet};
use crate::check::rules::by_name;
use crate::check::{Finding, lapsed};
use crate::doc::{Block, Cell, Doc, Role, Table};
use crate::report::Confirmation;

/// The sheet as a document.
pub(super) fn doc(sheet: &Sheet<'_>) -> Doc {
    let report = sheet.draft.report();
    let mut blocks = vec![Block::Table(facts(sheet))];
    let heading = |blocks: &mut Vec<Block>, name: &str| {
        let headings = blocks
            .iter()
            .filter(|block| matches!(block, Block::Heading { .. }))
            .count();
        let number = "一二三四五六".chars().nth(headings).unwrap_or('　');
        blocks.push(Block::Heading {
            level: 1,
            text: format!("{number}、{name}"),
        });
    };
    heading(&mut blocks, "发现的问题和说明");
    if sheet.findings.list.is_empty() {
        blocks.push(Block::Paragraph("没有发现问题。".to_owned()));
    } else {
        blocks.push(Block::Table(found(sheet)));
    }
    if let Some(confirmation) = sheet.draft.confirmation() {
        heading(&mut blocks, "零报告的逐项确认");
        blocks.extend(confirmed(confirmation));
    }
    if let Some(local) = sheet.local() {
        heading(&mut blocks, "地方要求");
        let lines = local.lines().into_iter();
        let lines: Vec<String> = lines.map(|line| format!("{line}。")).collect();
        blocks.extend(lines.into_iter().map(Block::Paragraph));
    }
    let lapsed = lapsed(sheet.draft, sheet.findings);
    if !lapsed.is_empty() {
        heading(&mut blocks, "已失效的说明");
        let lines = lapsed.iter().map(|explanation| {
            let rule = by_name(&explanation.rule).map_or("规则已不在", |rule| rule.title);
            format!("{}（{rule}）", explanation.text)
        });
        blocks.extend(lines.map(Block::Paragraph));
    }
    heading(&mut blocks, "各条规则的核查情况");
    blocks.extend(rules(sheet));
    blocks.push(Block::Paragraph(
        "本表供本机关存档，不随报告公开。".to_owned(),
    ));
    let signers = ["核查人（签字）：", "负责人（签字）：", "日期："];
    blocks.push(Block::Paragraph(signers.join("　　　　　　")));
    Doc {
        issuer: report.issuer().to_owned(),
        year: Some(report.year()),
        title: sheet.title_of(Paper::SelfCheck),
        blocks,
        ..Doc::default()
    }
}

/// Whose report it is, and what the check came to.
fn facts(sheet: &Sheet<'_>) -> Table {
    let report = sheet.draft.report();
    let prior = sheet.draft.prior();
    let or =
        |text: &str, otherwise: &str| if text.is_empty() { otherwise } else { text }.to_owned();
    let local = sheet.local().map(|local| ("地方要求", local.signature()));
    let lines = [
        ("机关名称", or(report.issuer(), "未填写")),
        ("报告年度", format!("{}年", report.year())),
        ("格式版本", report.edition().name.clone()),
        (
            "上年度报告",
            prior.map_or_else(|| "没有".to_owned(), |prior| prior.source.clone()),
        ),
        ("核查日期", or(sheet.on, "未注明")),
        ("核查人", or(sheet.by, "未注明")),
        ("结论", sheet.conclusion()),
    ];
    let rows = lines
        .into_iter()
        .chain(local)
        .map(|(name, value)| vec![name.to_owned(), value])
        .collect();
    table("基本情况", &[2200, 6644], rows, 0)
}

fn found(sheet: &Sheet<'_>) -> Table {
    let edition = sheet.draft.report().edition();
    let row = |(number, finding): (usize, &Finding)| {
        let section = finding
            .section
            .as_deref()
            .and_then(|id| edition.section(id));
        let section = section.map_or("全文", |section| section.label.as_str());
        let explanation = finding.explanation.as_deref();
        vec![
            (number + 1).to_string(),
            finding.level.name().to_owned(),
            section.to_owned(),
            finding.message.clone(),
            explanation
                .unwrap_or(if finding.blocks() { "未处理" } else { "" })
                .to_owned(),
        ]
    };
    let mut rows = vec![
        ["序号", "级别", "部分", "问题", "说明"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(sheet.findings.list.iter().enumerate().map(row));
    table("发现的问题和说明", &[700, 1000, 1700, 3444, 2000], rows, 1)
}

/// What every rule came to: those that found nothing in one paragraph, the others row by row.
fn rules(sheet: &Sheet<'_>) -> Vec<Block> {
    let outcomes = sheet.outcomes();
    let passed = outcomes
        .iter()
        .filter_map(|(rule, outcome)| matches!(outcome, RuleOutcome::Passed).then_some(rule.title));
    let passed: Vec<&str> = passed.collect();
    let mut rows = vec![["查什么", "级别", "结果"].map(str::to_owned).to_vec()];
    for (rule, outcome) in &outcomes {
        let outcome = match outcome {
            RuleOutcome::Passed => continue,
            RuleOutcome::Found(count) => format!("发现{count}个"),
            RuleOutcome::Unchecked(reasons) => format!("未核查：{}", reasons.join("；")),
        };
        rows.push(vec![
            rule.title.to_owned(),
            rule.level.name().to_owned(),
            outcome,
        ]);
    }
    let mut text = format!("核查了{}条规则", outcomes.len());
    if !passed.is_empty() {
        let list = passed.join("；");
        text.push_str(&format!(
            "，其中{}条未发现问题，即没有这些情形：{list}",
            passed.len()
        ));
    }
    let mut blocks = vec![Block::Paragraph(format!("{text}。"))];
    if rows.len() > 1 {
        let widths = [3844, 1000, 4000];
        blocks.push(Block::Table(table("各条规则的核查情况", &widths, rows, 1)));
    }
    blocks
}

fn confirmed(confirmation: &Confirmation) -> Vec<Block> {
    let Confirmation {
        year,
        by,
        on,
        channels,
    } = confirmation;
    let channels = channels
        .iter()
        .map(|channel| Block::Paragraph(format!("{channel}。")));
    let line = format!("{by}于{on}确认，{year}年度。");
    channels.chain([Block::Paragraph(line)]).collect()
}

fn table(caption: &str, widths: &[u32], rows: Vec<Vec<String>>, header_rows: usize) -> Table {
    let (count, columns) = (rows.len(), widths.len());
    let role = |row: usize, column: usize| match (row < header_rows, column) {
        (true, _) => Role::Head,
        (false, 0) if header_rows == 0 => Role::Head,
        _ => Role::Label,
    };
    let cells = rows.into_iter().enumerate().flat_map(|(row, texts)| {
        texts
            .into_iter()
            .enumerate()
            .map(move |(column, text)| Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                role: role(row, column),
                text,
            })
    });
    Table {
        caption: caption.to_owned(),
        widths: widths.to_vec(),
        header_rows,
        rows: count,
        sums: Vec::new(),
        columns,
        cells: cells.collect(),
    }
}
