//! The numbers that rules decide by, with their usual values.

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
