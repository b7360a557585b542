//! A growth rate in the text is that of the two years' tables.

use rust_decimal::RoundingStrategy;

use crate::check::pattern::{Hit, Part, Pattern};
use crate::check::subject::Passage;
use crate::check::{Findings, Rule, Subject, figures, mention};
use crate::report::{Number, Report};

const NEW: &str = "requests.new_received@total";
const OVER: &str = "requests.carried_over@total";

/// What a count is of: its words, the figures it may be, and whether a sentence must speak of
/// requests.
struct Quantity {
    pattern: Pattern,
    figures: &'static [&'static [&'static str]],
    on_requests: bool,
}

/// The verbs of receiving.
const VERBS: &[&str] = &["新收", "收到", "受理", "收办", "接收"];
/// What may stand between a word and its count.
const GAP: &str = "[^，。；、\\n0-9]{0,12}?";

/// The counts whose change can be told from the tables.
static QUANTITIES: [Quantity; 9] = [
    Quantity {
        pattern: Pattern::after(VERBS, || {
            growth_of(
                "[^，。；、\\n]{0,24}?申请[^，。；、\\n]{0,8}?",
                "[件份条宗]",
            )
        }),
        figures: &[&[NEW], &[NEW, OVER]],
        on_requests: true,
    },
    Quantity {
        pattern: Pattern::after(VERBS, || {
            growth_of(
                "[^，。；、\\n0-9]{0,8}?",
                "[件份条宗][^，。；、\\n0-9]{0,12}?申请",
            )
        }),
        figures: &[&[NEW], &[NEW, OVER]],
        on_requests: true,
    },
    Quantity {
        pattern: Pattern::after(&["办结", "答复"], || growth_of(GAP, "[件份条宗]")),
        figures: &[&["requests.results.total_processed@total"]],
        on_requests: true,
    },
    Quantity {
        pattern: Pattern::after(&["行政许可"], || growth_of(GAP, "[件份条宗项]")),
        figures: &[&["proactive.licensing@processed"]],
        on_requests: false,
    },
    Quantity {
        pattern: Pattern::after(&["行政处罚"], || growth_of(GAP, "[件份条宗项起]")),
        figures: &[&["proactive.punishment@processed"]],
        on_requests: false,
    },
    Quantity {
        pattern: Pattern::after(&["行政强制"], || growth_of(GAP, "[件份条宗项起]")),
        figures: &[&["proactive.coercion@processed"]],
        on_requests: false,
    },
    Quantity {
        pattern: Pattern::after(&["行政事业性"], || {
            growth_of("收费[^，。；、\\n0-9]{0,12}?", "万元")
        }),
        figures: &[&["proactive.fees@amount"]],
        on_requests: false,
    },
    Quantity {
        pattern: Pattern::after(&["行政复议"], || {
            growth_of("[^，。；、\\n0-9]{0,8}?", "[件起]")
        }),
        figures: &[&["review_litigation@review.total"]],
        on_requests: true,
    },
    Quantity {
        pattern: Pattern::after(&["行政诉讼"], || {
            growth_of("[^，。；、\\n0-9]{0,8}?", "[件起]")
        }),
        figures: &[&[
            "review_litigation@litigation_direct.total",
            "review_litigation@litigation_post_review.total",
        ]],
        on_requests: true,
    },
];

/// A count and, right after it, how it changed since last year.
fn growth_of(gap: &str, unit: &str) -> String {
    let change = "，?(?:(?:较|比|与)?(?:上一?年度?|去年)?(?:同期)?(?:相比)?，?)(?:同比)?\
        (?P<way>增长|增加|上升|提高|下降|减少|降低)了?(?P<rate>[0-9]+(?:\\.[0-9]+)?)%";
    format!("{gap}(?P<n>[0-9]+(?:，[0-9]{{3}})*(?:\\.[0-9]+)?){unit}{change}")
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let text = passage.prose.text();
        // Without a rate no pattern can match.
        if !text.contains('%') {
            continue;
        }
        for quantity in &QUANTITIES {
            for hit in quantity.pattern.hits(&passage.prose) {
                if is_meant(passage, &hit, quantity, subject.report.year()) {
                    compare(rule, subject, findings, (passage, quantity), &hit);
                }
            }
        }
    }
}

/// Whether the words speak of the whole of the report year.
fn is_meant(passage: &Passage<'_>, hit: &Hit<'_>, quantity: &Quantity, year: u16) -> bool {
    let before = passage.prose.sentence_before(hit.all.start);
    let clause = before.rsplit('，').next().unwrap_or_default();
    let sentence = format!("{before}{}", hit.all.words);
    let is_part = mention::has_any(&sentence, &["其中", "季度", "半年", "月份", "累计"])
        || clause.ends_with(['未', '不', '被'])
        || hit.all.words.contains("项目");
    let is_on_requests = mention::is_on_requests(&sentence);
    !is_part && (!quantity.on_requests || is_on_requests) && mention::is_of_year(before, "", year)
}

fn compare(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    (passage, quantity): (&Passage<'_>, &Quantity),
    hit: &Hit<'_>,
) {
    let (Some(rate), Some(way)) = (hit.part("rate"), hit.part("way")) else {
        return;
    };
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    let count = mention::read_number(hit.words("n"));
    let rates = rates(subject.report, prior, quantity, count, (rate, way));
    let Some(right) = rates.first() else {
        // A count that is not the table's is another rule's business.
        if quantity.on_requests {
            figures::not_filled(rule, findings, 1);
        }
        return;
    };
    if rates
        .iter()
        .any(|right| Number::read(rate.words) == Some(*right))
    {
        return;
    }
    let words = format!("正文写“{}{}%”", way.words, rate.words);
    let message = if right.is_negative() {
        format!("{words}，按两年的数字，方向相反")
    } else {
        format!("{words}，按两年的数字应为{right}%")
    };
    let stretch = (hit.all.start, hit.all.end);
    let mut finding = passage
        .prose
        .finding(rule, passage.section, stretch, message);
    finding.cells = quantity
        .figures
        .first()
        .map_or_else(Vec::new, |keys| figures::cells(subject.report, keys));
    finding.expected = Some(format!("{right}%"));
    finding.actual = Some(format!("{}%", rate.words));
    findings.report(finding);
}

/// The rates the text may give: that of the figure that is the count in the text, or those of all
/// figures where none is.
fn rates(
    report: &Report,
    prior: &Report,
    quantity: &Quantity,
    count: Option<Number>,
    (rate, way): (Part<'_>, Part<'_>),
) -> Vec<Number> {
    let falls = matches!(way.words, "下降" | "减少" | "降低");
    let decimals = rate.words.split_once('.');
    let digits = decimals.map_or(0, |(_, decimals)| decimals.len());
    let pairs = quantity
        .figures
        .iter()
        .filter_map(|keys| Some((figures::sum(report, keys)?, figures::sum(prior, keys)?)));
    let pairs: Vec<_> = pairs.collect();
    let is_count = |(now, _): &&(Number, Number)| Some(*now) == count;
    let named: Vec<_> = pairs.iter().filter(is_count).copied().collect();
    let meant = if named.is_empty() && quantity.on_requests {
        pairs
    } else {
        named
    };
    meant
        .into_iter()
        .filter_map(|(now, old)| growth(now, old, falls, u32::try_from(digits).ok()?))
        .collect()
}

/// By how many percent a figure rose, or fell, to so many digits.
fn growth(now: Number, old: Number, falls: bool, digits: u32) -> Option<Number> {
    let change = if falls { old - now } else { now - old };
    let rate = change.times(100).decimal().checked_div(old.decimal())?;
    let rounded = rate.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    Number::read(&rounded.to_string())
}
