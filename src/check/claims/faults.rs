//! What is said of a figure that is not what the tables hold.

use std::ops::Range;

use rust_decimal::Decimal;

use super::reader::PassageReader;
use super::reading::{ClaimKind, Fault, Reading, Verdict};
use crate::report::Number;

impl PassageReader<'_> {
    /// The rule whose business a figure is.
    pub(super) fn rule(&self, reading: &Reading) -> &'static str {
        match reading.kind {
            ClaimKind::Zero => return "text-none",
            ClaimKind::Growth => return "text-growth",
            ClaimKind::Rate if reading.value() == Number::from(100) => return "text-all-done",
            ClaimKind::Share | ClaimKind::Rate => return "text-share",
            ClaimKind::Sum => return "text-parts",
            ClaimKind::All if reading.columns.is_empty() => return "text-all-done",
            ClaimKind::All => return "text-applicants",
            _ => {}
        }
        if !reading.columns.is_empty() {
            return "text-applicants";
        }
        if reading.verb == "joined" && reading.thing == Some("req") {
            return "text-results";
        }
        let thing = reading.thing.and_then(|thing| self.words.things.get(thing));
        let thing = thing.map_or("text-received", |thing| thing.rule.as_str());
        let verb = self
            .words
            .verbs
            .get(reading.verb)
            .map_or("", |verb| verb.rule.as_str());
        if verb.is_empty() || reading.thing != Some("req") {
            thing
        } else {
            verb
        }
    }

    /// What a figure should be found in, by the labels of the cells.
    fn named(&self, reading: &Reading) -> String {
        let edition = self.tables.report.edition();
        let cells = self.tables.cells(&reading.bound, &reading.columns);
        let labels = cells.iter().map(|&cell| edition.field(cell).label.as_str());
        let shared = labels
            .map(|label| label.split('·').collect::<Vec<_>>())
            .reduce(|shared, label| {
                let same = shared
                    .iter()
                    .zip(&label)
                    .take_while(|(a, b)| a == b)
                    .count();
                label.into_iter().take(same).collect()
            });
        match (shared.unwrap_or_default().join("·"), cells.len()) {
            (label, _) if label.is_empty() => "相应各项合计".to_owned(),
            (label, 1) => format!("“{label}”"),
            (label, _) => format!("“{label}”相应各项合计"),
        }
    }

    fn find(&mut self, place: usize, message: String) {
        let Some(reading) = self.readings.get_mut(place) else {
            return;
        };
        if self.is_quiet {
            reading.verdict = Verdict::Unknown;
            return;
        }
        reading.verdict = Verdict::Different;
        let reading = reading.clone();
        let unit = if reading.amount.unit == "%" { "%" } else { "" };
        let shown = |number: Number| format!("{number}{unit}");
        let fault = Fault {
            rule: self.rule(&reading),
            quote: reading.quote.clone(),
            message,
            expected: reading.expected.map(shown),
            actual: Some(shown(reading.value())).filter(|_| reading.kind != ClaimKind::All),
            cells: self.tables.cells(&reading.bound, &reading.columns),
            fix: None,
            reading: Some(place),
        };
        self.faults.push(fault);
    }

    /// Offers to write the right number.
    fn offer(&mut self, span: Range<usize>, by: String, title: String) {
        if let Some(fault) = self.faults.last_mut() {
            fault.fix = Some((span, by, title));
        }
    }

    fn quoted(&self, reading: &Reading) -> String {
        format!("正文写“{}”", self.slice(reading.quote.clone()))
    }

    pub(super) fn find_count(&mut self, place: usize, values: &[Number]) {
        let Some(reading) = self.reading(place).cloned() else {
            return;
        };
        let Some(expected) = reading.expected else {
            return;
        };
        let table = if reading.year == self.year() {
            "表中"
        } else {
            "上年报告中"
        };
        let shown = self.words.in_table(&reading.bound, expected);
        let message = format!(
            "{}，{table}{}为{shown}",
            self.quoted(&reading),
            self.named(&reading)
        );
        let before = self.faults.len();
        self.find(place, message);
        let certain = values.iter().all(|value| *value == expected)
            && reading.is_exact()
            && reading.kind == ClaimKind::Count
            && reading.amount.scale == 1
            && !expected.is_negative();
        if certain && self.faults.len() > before {
            let unit = reading.amount.unit;
            self.offer(
                reading.span,
                format!("{expected}{unit}"),
                format!("正文改为{expected}{unit}"),
            );
        }
    }

    pub(super) fn find_growth(&mut self, place: usize, rate: Decimal) {
        let Some(reading) = self.reading(place).cloned() else {
            return;
        };
        let unit = if reading.amount.unit == "%" {
            "%"
        } else {
            reading.amount.unit
        };
        let quoted = self.quoted(&reading);
        match reading.expected.filter(|_| rate >= Decimal::ZERO) {
            Some(expected) => {
                let before = self.faults.len();
                self.find(place, format!("{quoted}，按两年的数字应为{expected}{unit}"));
                if self.faults.len() > before && reading.is_exact() && reading.amount.scale == 1 {
                    self.offer(
                        reading.span,
                        format!("{expected}{unit}"),
                        format!("改为{expected}{unit}"),
                    );
                }
            }
            None => self.find(place, format!("{quoted}，按两年的数字，方向相反")),
        }
    }

    pub(super) fn find_share(&mut self, place: usize) {
        let Some(reading) = self.reading(place).cloned() else {
            return;
        };
        let expected = reading
            .expected
            .map(|expected| expected.to_string())
            .unwrap_or_default();
        self.find(
            place,
            format!("{}，按表中的数应为{expected}%", self.quoted(&reading)),
        );
    }

    pub(super) fn find_not_the_same(&mut self, place: usize) {
        if let Some(reading) = self.reading(place).cloned() {
            self.find(
                place,
                format!("{}，与两年的数字不符", self.quoted(&reading)),
            );
        }
    }

    pub(super) fn find_not_all(&mut self, place: usize, part: Number, whole: Number) {
        if let Some(reading) = self.reading(place).cloned() {
            self.find(
                place,
                format!("{}，表中为{part}件，共{whole}件", self.quoted(&reading)),
            );
        }
    }

    pub(super) fn find_left_over(&mut self, place: usize, left: Number) {
        if let Some(reading) = self.reading(place).cloned() {
            let name = self.named(&reading);
            self.find(
                place,
                format!("{}，表中{name}为{left}", self.quoted(&reading)),
            );
        }
    }

    pub(super) fn find_channels(&mut self, place: usize, sum: Number, expected: Number) {
        if let Some(reading) = self.reading(place).cloned() {
            let name = self.named(&reading);
            self.find(
                place,
                format!(
                    "{}，各渠道合计{sum}，表中{name}为{expected}",
                    self.quoted(&reading)
                ),
            );
        }
    }

    /// Parts that do not add up to their whole.
    pub(super) fn find_sum(&mut self, parts: &[usize], sum: Number, whole: &Reading) {
        let quotes = parts
            .iter()
            .filter_map(|&part| self.reading(part))
            .map(|part| part.quote.clone());
        let (start, end) = quotes.fold(
            (whole.quote.start, whole.quote.end),
            |(start, end), quote| (start.min(quote.start), end.max(quote.end)),
        );
        let unit = whole.amount.unit;
        if self.is_quiet {
            return;
        }
        self.faults.push(Fault {
            rule: "text-parts",
            quote: start..end,
            message: format!("总数是{}{unit}，各项相加是{sum}{unit}", whole.value()),
            expected: Some(whole.value().to_string()),
            actual: Some(sum.to_string()),
            cells: Vec::new(),
            fix: None,
            reading: None,
        });
    }

    /// A sentence that still speaks of last year.
    pub(super) fn find_stale(&mut self, quote: Range<usize>) {
        let (last, year) = (self.year() - 1, self.year());
        self.faults.push(Fault {
            rule: "text-year",
            quote,
            message: format!("正文写的是{last}年，报告年度是{year}年"),
            expected: None,
            actual: None,
            cells: Vec::new(),
            fix: None,
            reading: None,
        });
    }
}
