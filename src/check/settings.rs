//! What may be set for the rules: thresholds with their usual values, and words of one's own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A number that a rule decides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Likeness between units, in per cent.
    Alike,
    /// Share of the row for all others, in per cent.
    CatchAllShare,
    /// Results below which that share says nothing.
    CatchAllLeast,
    /// Likeness to last year that wants an explanation, in per cent.
    CopiedQuery,
    /// Likeness to last year that deserves a look, in per cent.
    CopiedAdvice,
    /// Characters below which a text is not compared.
    CopiedLeast,
    /// Month by whose end or day the report is to be published.
    DeadlineMonth,
    /// Day by which the report is to be published.
    DeadlineDay,
    /// Days before that day from which on it is pointed out.
    DeadlineAhead,
    /// Days after that day up to which it is pointed out.
    DeadlineAfter,
    /// Usual decimals of a sum of money.
    MoneyDecimals,
    /// Smallest ratio that looks like a wrong unit.
    MoneyUnitLeast,
    /// Largest ratio that looks like a wrong unit.
    MoneyUnitMost,
    /// Characters below which the section on problems says nothing.
    ProblemsLeast,
    /// Requests of last year that do not vanish by chance.
    VanishedRequests,
    /// Sum of figures from which on equal tables are no chance.
    SameTables,
    /// Figures below which a swing is chance.
    SwingLeast,
    /// How many times as large a figure must be to be a swing.
    SwingTimes,
}

/// A number that a rule decides by, with what is to be known of it (阈值).
#[derive(Debug)]
pub struct Threshold {
    /// Which one.
    pub limit: Limit,
    /// Its stable name in kebab-case.
    pub name: &'static str,
    /// The rule that uses it.
    pub rule: &'static str,
    /// What it is, for a filer.
    pub title: &'static str,
    /// The unit; may be empty.
    pub unit: &'static str,
    /// Its value unless set otherwise.
    pub usual: i64,
    /// The smallest value it may have.
    pub least: i64,
    /// The largest value it may have.
    pub most: i64,
    /// Where the usual value comes from.
    pub source: &'static str,
}

macro_rules! threshold {
    ($limit:ident, $name:literal, $rule:literal, $title:literal, $usual:literal $unit:literal in $least:literal..$most:literal, $source:expr) => {
        Threshold {
            limit: Limit::$limit,
            name: $name,
            rule: $rule,
            title: $title,
            unit: $unit,
            usual: $usual,
            least: $least,
            most: $most,
            source: $source,
        }
    };
}

const DEADLINE: &str = "《条例》第四十九条规定县级以上部门1月31日前公布，县级以上人民政府3月31日前公布，乡镇、街道以本地通知为准";
const EXPERIENCE: &str = "经验值，没有规定";

/// Every threshold, by name.
pub static THRESHOLDS: &[Threshold] = &[
    threshold!(Alike, "alike", "copied-from-prior", "各单位之间文字相同多少算雷同", 80 "%" in 1..100, EXPERIENCE),
    threshold!(CatchAllLeast, "catch-all-least", "requests-catch-all", "办结多少件以上才看“其他”的比例", 10 "件" in 1..1_000_000, EXPERIENCE),
    threshold!(CatchAllShare, "catch-all-share", "requests-catch-all", "“其他”超过办结总数的多少", 50 "%" in 1..100, EXPERIENCE),
    threshold!(CopiedAdvice, "copied-advice", "copied-from-prior", "与上年相同多少作提示", 80 "%" in 1..100, EXPERIENCE),
    threshold!(CopiedLeast, "copied-least", "copied-from-prior", "多少个字以下不比较", 60 "字" in 1..100_000, EXPERIENCE),
    threshold!(CopiedQuery, "copied-query", "copied-from-prior", "与上年相同多少须说明", 90 "%" in 1..100, "法治蓝皮书（2017）指出有的年报与上年相同达90%"),
    threshold!(DeadlineAfter, "deadline-after", "deadline", "期限过后提示到多少天", 90 "天" in 0..3_650, EXPERIENCE),
    threshold!(DeadlineAhead, "deadline-ahead", "deadline", "期限之前多少天起提示", 31 "天" in 0..366, EXPERIENCE),
    threshold!(DeadlineDay, "deadline-day", "deadline", "公布期限在几日", 31 "日" in 1..31, DEADLINE),
    threshold!(DeadlineMonth, "deadline-month", "deadline", "公布期限在几月", 1 "月" in 1..12, DEADLINE),
    threshold!(MoneyDecimals, "money-decimals", "money-precision", "金额通常的小数位数", 4 "位" in 0..6, "4位小数的万元就是整元，公开的报告大多如此"),
    threshold!(MoneyUnitLeast, "money-unit-least", "money-unit", "两年相差多少倍起像是弄错单位", 5_000 "倍" in 2..1_000_000, "元与万元相差10000倍，取其一半"),
    threshold!(MoneyUnitMost, "money-unit-most", "money-unit", "两年相差多少倍止像是弄错单位", 20_000 "倍" in 2..1_000_000, "元与万元相差10000倍，取其两倍"),
    threshold!(ProblemsLeast, "problems-least", "problems-empty", "多少个字以下算没有写实", 10 "字" in 1..1_000, EXPERIENCE),
    threshold!(SameTables, "same-tables", "prior-same-tables", "相同的数合计多少起不是碰巧", 10 "" in 1..1_000_000, EXPERIENCE),
    threshold!(SwingLeast, "swing-least", "swing", "两年中较大的数至少多少才比较", 10 "" in 1..1_000_000, EXPERIENCE),
    threshold!(SwingTimes, "swing-times", "swing", "两年相差多少倍以上作提示", 5 "倍" in 2..1_000, EXPERIENCE),
    threshold!(VanishedRequests, "vanished-requests", "prior-vanished-requests", "上年至少多少件申请", 3 "件" in 1..1_000_000, EXPERIENCE),
];

/// A misprint of one's own and what is meant by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misprint {
    /// What is written.
    pub wrong: String,
    /// What is meant.
    pub right: String,
}

/// What is set for the rules; only what differs from the usual is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleSettings {
    thresholds: BTreeMap<String, i64>,
    /// Misprints that are looked for beside the usual ones.
    pub misprints: Vec<Misprint>,
}

/// Why something cannot be set.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum SettingsError {
    /// There is no such threshold.
    #[error("没有“{0}”这个阈值，用nianbao explain看各条规则的阈值")]
    Unknown(String),
    /// The value is out of its bounds.
    #[error("阈值{name}应在{least}到{most}之间，不能是{value}")]
    OutOfBounds {
        /// The threshold's name.
        name: String,
        /// What was to be set.
        value: String,
        /// The smallest value.
        least: i64,
        /// The largest value.
        most: i64,
    },
    /// The text holds no settings.
    #[error(
        "审核设置第{line}行第{column}列读不懂，应为(thresholds: {{\"copied-query\": 85}})的样子"
    )]
    Unreadable {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
}

impl RuleSettings {
    /// Reads settings from the text of a file.
    ///
    /// # Errors
    /// Anything that is not known or out of bounds is refused.
    pub fn read(text: &str) -> Result<Self, SettingsError> {
        let settings: Self = ron::from_str(text).map_err(|error| SettingsError::Unreadable {
            line: error.span.start.line,
            column: error.span.start.col,
        })?;
        let mut checked = Self {
            misprints: settings.misprints,
            ..Self::default()
        };
        for (name, value) in &settings.thresholds {
            checked.set(name, *value)?;
        }
        Ok(checked)
    }

    /// Sets a threshold by its name.
    ///
    /// # Errors
    /// Unknown names and values out of bounds are refused.
    pub fn set(&mut self, name: &str, value: i64) -> Result<(), SettingsError> {
        let known = THRESHOLDS.iter().find(|threshold| threshold.name == name);
        let Some(threshold) = known else {
            return Err(SettingsError::Unknown(name.to_owned()));
        };
        if value < threshold.least || value > threshold.most {
            return Err(SettingsError::OutOfBounds {
                name: name.to_owned(),
                value: value.to_string(),
                least: threshold.least,
                most: threshold.most,
            });
        }
        if value == threshold.usual {
            self.thresholds.remove(name);
        } else {
            self.thresholds.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// The value of a threshold.
    #[must_use]
    pub fn limit(&self, limit: Limit) -> i64 {
        let known = THRESHOLDS.iter().find(|threshold| threshold.limit == limit);
        known.map_or(0, |threshold| {
            let set = self.thresholds.get(threshold.name).copied();
            set.unwrap_or(threshold.usual)
        })
    }

    /// The same as a count of things.
    #[must_use]
    pub(super) fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.limit(limit)).unwrap_or(0)
    }
}

/// The thresholds of a rule, as lines of Markdown; empty when it has none.
#[must_use]
pub fn thresholds_of(rule: &str) -> String {
    let own = THRESHOLDS.iter().filter(|threshold| threshold.rule == rule);
    let lines: Vec<_> = own
        .map(|threshold| {
            let Threshold {
                name,
                title,
                unit,
                usual,
                source,
                ..
            } = threshold;
            format!("- {title}：{usual}{unit}（`{name}`，{source}）\n")
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n## 可调的数\n\n{}", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_stand_in_order_with_values_in_bounds() {
        assert!(THRESHOLDS.is_sorted_by(|a, b| a.name < b.name));
        for threshold in THRESHOLDS {
            assert!(threshold.least <= threshold.usual && threshold.usual <= threshold.most);
            assert_eq!(
                RuleSettings::default().limit(threshold.limit),
                threshold.usual
            );
        }
    }

    #[test]
    fn only_what_is_known_and_in_bounds_is_set() {
        let read = RuleSettings::read("(thresholds: {\"copied-query\": 85})").unwrap();
        assert_eq!(read.limit(Limit::CopiedQuery), 85);
        assert_eq!(read.limit(Limit::CopiedAdvice), 80);
        let unknown = RuleSettings::read("(thresholds: {\"copied\": 85})");
        assert_eq!(unknown, Err(SettingsError::Unknown("copied".to_owned())));
        assert!(RuleSettings::default().set("copied-query", 101).is_err());
        assert!(matches!(
            RuleSettings::read("(thresholds"),
            Err(SettingsError::Unreadable { .. })
        ));
    }

    #[test]
    fn the_usual_is_not_kept() {
        let mut settings = RuleSettings::default();
        settings.set("swing-times", 6).unwrap();
        settings.set("swing-times", 5).unwrap();
        assert_eq!(settings, RuleSettings::default());
    }
}
