//! Counts that a text mentions, read out and compared with what the tables say.

use super::pattern::{Hit, Pattern};
use super::prose::Prose;
use super::{Finding, Findings, Rule, Subject, figures};
use crate::form::{FieldId, Section};
use crate::report::{Number, Report};

/// A number of things with what may stand before and after it.
const COUNT: &str = "(?P<near>大约|约|将近|近|超过|超|逾|达到?|数|上|不足|不到|第|每|逐|同|这|任|另|某|首)?\
    (?P<n>[0-9]+(?:，[0-9]{3})*(?:\\.[0-9]+)?万?|[〇零一二两三四五六七八九十百千万]+)\
    (?P<more>余|多|几)?(?:件|份|条|宗|起|例)";
/// What a number of things begins with.
pub(super) const COUNT_BEGINS: &[&str] = &[
    "大约", "约", "将近", "近", "超", "逾", "达", "数", "上", "不足", "不到", "第", "每", "逐",
    "同", "这", "任", "另", "某", "首", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "〇",
    "零", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万",
];
/// Words that say that a count is not the year's whole.
const PARTIAL: &[&str] = &[
    "累计", "以来", "历年", "季度", "半年", "月份", "平均", "所属", "下属", "各村", "全县", "全市",
    "全区", "全省", "全国",
];

/// A count that the text mentions.
#[derive(Debug)]
pub(super) struct Mention<'a> {
    /// First byte in the prose.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The number.
    pub number: Number,
    /// Whether the text says “this many or more”.
    pub at_least: bool,
    /// The words, from the verb to the unit.
    pub words: &'a str,
    /// The sentence before them.
    pub before: &'a str,
}

/// What the mentions of one kind must equal.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    /// Any of these is right.
    pub values: Vec<Number>,
    /// The cells they come from.
    pub cells: Vec<FieldId>,
}

/// A pattern in which `{count}` stands for a number of things.
pub(super) fn counted(pattern: &str) -> String {
    pattern.replace("{count}", COUNT)
}

/// The counts of the whole report year that a pattern finds.
pub(super) fn mentions<'a>(prose: &'a Prose, pattern: &Pattern, year: u16) -> Vec<Mention<'a>> {
    let mut mentions = mentions_of_any_year(prose, pattern);
    mentions.retain(|mention| is_of_year(mention.before, mention.words, year));
    mentions
}

/// The counts of a whole that a pattern finds, whatever year the sentence speaks of.
pub(super) fn mentions_of_any_year<'a>(prose: &'a Prose, pattern: &Pattern) -> Vec<Mention<'a>> {
    let mut mentions = parts(prose, pattern);
    mentions.retain(|mention| !has_any(mention.before, &["其中"]));
    mentions
}

/// The counts that a pattern finds, those that the text names as parts of another count too.
pub(super) fn parts<'a>(prose: &'a Prose, pattern: &Pattern) -> Vec<Mention<'a>> {
    let hits = pattern.hits(prose);
    hits.iter()
        .filter_map(|hit| mention(prose, hit))
        .filter(|mention| !has_any(mention.before, PARTIAL) && !has_any(mention.words, PARTIAL))
        .collect()
}

fn mention<'a>(prose: &'a Prose, hit: &Hit<'a>) -> Option<Mention<'a>> {
    let near = hit.words("near");
    let is_vague = ["约", "大约", "超过", "超", "逾"].contains(&near);
    if !is_vague && !["", "达", "达到"].contains(&near) {
        return None;
    }
    Some(Mention {
        start: hit.all.start,
        end: hit.all.end,
        number: read_number(hit.words("n"))?,
        at_least: is_vague || hit.part("more").is_some(),
        words: hit.all.words,
        before: prose.sentence_before(hit.all.start),
    })
}

/// Whether any of the words stands in a text.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether a sentence says something of this report itself: only there must a year or a letter be
/// this year's. Elsewhere another one may be the truth, and replacing it would make it false.
pub(super) fn is_about_this_report(sentence: &str) -> bool {
    const THIS: &[&str] = &["本报告", "本年报", "统计期限", "现将", "现予以", "编制本"];
    const OTHER: &[&str] = &[
        "较",
        "比",
        "同期",
        "去年",
        "前年",
        "上年",
        "上一年",
        "往年",
        "以往",
        "此前",
        "原",
        "曾",
    ];
    has_any(sentence, THIS) && !has_any(sentence, OTHER)
}

/// Whether a sentence up to some words speaks of the report year: the last year it names is this
/// one, comparisons and what was carried over aside.
pub(super) fn is_of_year(before: &str, words: &str, year: u16) -> bool {
    static YEAR: Pattern = Pattern::at(
        &[
            "较", "比", "与", "同", "和", "上", "去年", "前年", "0", "1", "2", "3", "4", "5", "6",
            "7", "8", "9",
        ],
        || {
            "(?P<beside>较|比|与|同|和)?(?:(?P<year>[0-9]{4})年|上一?年度?(?P<carried>结转)?|去年|前年)"
                .to_owned()
        },
    );
    let sentence = format!("{before}{words}");
    let named = YEAR.hits_in(&sentence);
    let mut named = named
        .iter()
        .filter(|hit| hit.part("beside").is_none() && hit.part("carried").is_none());
    named
        .next_back()
        .is_none_or(|hit| hit.words("year") == year.to_string())
}

/// Whether a sentence speaks of information that is asked for.
pub(super) fn is_on_requests(sentence: &str) -> bool {
    has_any(sentence, &["信息公开", "依申请", "公开申请", "政府信息"])
}

/// The sum of figures as the only value expected; notes when a cell is not filled in.
pub(super) fn expect(
    rule: &Rule,
    report: &Report,
    findings: &mut Findings,
    keys: &[&str],
) -> Option<Expected> {
    let cells = figures::cells(report, keys);
    if cells.len() < keys.len() {
        return None;
    }
    let Some(value) = figures::sum(report, keys) else {
        figures::not_filled(rule, findings, 1);
        return None;
    };
    Some(Expected {
        values: vec![value],
        cells,
    })
}

impl Mention<'_> {
    fn fits(&self, expected: &Expected) -> bool {
        expected.values.iter().any(|&value| {
            if self.at_least {
                value >= self.number
            } else {
                value == self.number
            }
        })
    }
}

/// Reports the mentions that differ from what is expected.
///
/// Within one sentence, smaller counts beside a right one are taken for its parts, and so are
/// counts that add up to it.
pub(super) fn compare(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    (section, prose): (&Section, &Prose),
    mentions: &[Mention<'_>],
    expected: &Expected,
) {
    let sentence = |mention: &Mention<'_>| mention.start - mention.before.len();
    let most = expected.values.iter().max().copied();
    for mention in mentions.iter().filter(|mention| !mention.fits(expected)) {
        let beside = || {
            mentions
                .iter()
                .filter(|other| sentence(other) == sentence(mention))
        };
        let sum = beside().fold(Number::ZERO, |sum, other| sum + other.number);
        let is_part = Some(mention.number) < most && beside().any(|other| other.fits(expected));
        if is_part || expected.values.contains(&sum) {
            continue;
        }
        let values: Vec<_> = expected.values.iter().map(ToString::to_string).collect();
        let message = format!("正文写“{}”，按表中应为{}", mention.words, values.join("或"));
        let (start, end) = prose.written(mention.start, mention.end);
        let mut finding = Finding::new(rule, message)
            .at(subject, expected.cells.clone())
            .on_text(section, start, end);
        finding.expected = Some(values.join("或"));
        finding.actual = Some(mention.number.to_string());
        findings.report(finding);
    }
}

/// Reports the mentions that differ from the sum of figures; without a mention nothing is asked of the table.
pub(super) fn compare_with_table(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    passage: (&Section, &Prose),
    mentions: &[Mention<'_>],
    keys: &[&str],
) {
    if mentions.is_empty() {
        return;
    }
    if let Some(expected) = expect(rule, subject.report, findings, keys) {
        compare(rule, subject, findings, passage, mentions, &expected);
    }
}

/// Reads digits or Chinese numerals.
pub(super) fn read_number(text: &str) -> Option<Number> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return chinese(text).map(Number::from);
    }
    let (digits, factor) = match text.strip_suffix('万') {
        Some(digits) => (digits, 10_000),
        None => (text, 1),
    };
    Number::read(&digits.replace('，', ",")).map(|number| number.times(factor))
}

fn chinese(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => {
                total = (total + section + digit.take().unwrap_or(0)).checked_mul(10_000)?;
                section = 0;
                continue;
            }
            _ => {
                let position = "零一二三四五六七八九".chars().position(|d| d == c);
                let value = match c {
                    '〇' => 0,
                    '两' => 2,
                    _ => i64::try_from(position?).ok()?,
                };
                if digit.replace(value).is_some_and(|before| before != 0) {
                    return None;
                }
                continue;
            }
        };
        section += digit.take().filter(|&digit| digit != 0).unwrap_or(1) * unit;
    }
    Some(total + section + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        for (text, expected) in [
            ("十二", "12"),
            ("二十", "20"),
            ("一百零三", "103"),
            ("两千三百", "2300"),
            ("一万二千", "12000"),
            ("1，200", "1200"),
            ("1.2万", "12000"),
        ] {
            let number = read_number(text);
            assert_eq!(
                number.map(|n| n.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(read_number("二三"), None);
    }
}
