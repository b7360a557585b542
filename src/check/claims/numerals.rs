//! Numbers, shares, years and days as a text writes them.

use super::phrase::digits;
use crate::report::Number;

/// How near to the figure of a table a number must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Vague {
    #[default]
    Exact,
    /// 余、多、以上、超: the figure or a little less.
    AtLeast,
    /// 约、近、左右
    About,
}

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// How much, ten thousands and the like multiplied out.
    pub value: Number,
    pub vague: Vague,
    /// The unit; empty where there is none.
    pub unit: &'static str,
    /// How many decimals are written.
    pub decimals: u32,
    /// By how much the written number was multiplied.
    pub scale: i64,
}

impl Amount {
    pub(super) const NONE: Self = Self {
        value: Number::ZERO,
        vague: Vague::Exact,
        unit: "",
        decimals: 0,
        scale: 1,
    };
}

const NUMERALS: &str = "零〇一二三四五六七八九";

/// The value of one Chinese digit.
fn digit(c: char) -> Option<i64> {
    let place = NUMERALS.chars().position(|d| d == c)?;
    i64::try_from(place).ok().map(|place| (place - 1).max(0))
}

/// Reads Chinese numerals, place by place (二〇二五) or with their powers (九十八).
pub(super) fn chinese(text: &str) -> Option<i64> {
    if text.chars().nth(1).is_some() && text.chars().all(|c| digit(c).is_some()) {
        return text
            .chars()
            .try_fold(0_i64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut part, mut last) = (0_i64, 0_i64, 0_i64);
    for c in text.chars() {
        let power = match c {
            '两' => {
                last = 2;
                continue;
            }
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                total = total.checked_add((part + last).checked_mul(10_000)?)?;
                (part, last) = (0, 0);
                continue;
            }
            c => {
                last = digit(c)?;
                continue;
            }
        };
        part = part.checked_add(last.max(1) * power)?;
        last = 0;
    }
    total.checked_add(part)?.checked_add(last)
}

/// Whether a number, a share, a year or a day may begin with a character.
pub(super) fn may_begin(c: char) -> bool {
    let before = matches!(c, '约' | '近' | '大' | '将' | '超' | '逾' | '不' | '至');
    before || c.is_ascii_digit() || is_numeral(c)
}

/// The first of some words with which a text begins.
fn one_of<'w>(text: &str, words: &[&'w str]) -> &'w str {
    let mut words = words.iter().copied();
    words.find(|word| text.starts_with(word)).unwrap_or("")
}

/// Takes words off the front of a text.
fn take<'w>(text: &mut &str, words: &[&'w str]) -> &'w str {
    let word = one_of(text, words);
    *text = text.get(word.len()..).unwrap_or_default();
    word
}

const NEAR: &[&str] = &["约", "大约", "将近", "近"];
const BEFORE: &[&str] = &[
    "约",
    "近",
    "大约",
    "超过",
    "超",
    "逾",
    "不少于",
    "至少",
    "将近",
];
const AROUND: &[&str] = &["左右", "上下"];

/// A count or a sum with which a text begins, and how long it is: in digits with any unit or none, in Chinese numerals
/// with one of the counters.
pub(super) fn amount(
    text: &str,
    units: &'static [String],
    counters: &'static [String],
) -> Option<(Amount, usize)> {
    in_digits(text, units).or_else(|| in_chinese(text, counters))
}

fn vague(before: &str, inside: &str, after: &str) -> Vague {
    if NEAR.contains(&before) || AROUND.contains(&after) {
        Vague::About
    } else if before.is_empty() && inside.is_empty() && after.is_empty() {
        Vague::Exact
    } else {
        Vague::AtLeast
    }
}

fn in_digits(text: &str, units: &'static [String]) -> Option<(Amount, usize)> {
    let mut rest = text;
    let before = take(&mut rest, BEFORE);
    let (written, decimals) = decimal(rest)?;
    let number = Number::read(rest.get(..written)?)?;
    rest = rest.get(written..)?;
    let scales = ["万", "亿", "千"];
    let first = take(&mut rest, &scales);
    let inside = take(&mut rest, &["余", "多"]);
    let second = take(&mut rest, &["万", "亿"]);
    let unit = units.iter().find(|unit| rest.starts_with(unit.as_str()));
    let unit = unit.map_or("", String::as_str);
    rest = rest.get(unit.len()..)?;
    let mut after = take(&mut rest, &["以上", "左右", "上下", "余", "多"]);
    if after == "多" && rest.starts_with(['样', '元', '出', '收', '办', '了']) {
        rest = text.get(text.len() - rest.len() - after.len()..)?;
        after = "";
    }
    let scale: i64 = [first, second]
        .iter()
        .map(|scale| match *scale {
            "千" => 1000,
            "万" => 10_000,
            "亿" => 100_000_000,
            _ => 1,
        })
        .product();
    let amount = Amount {
        value: number.times(scale),
        vague: vague(before, inside, after),
        unit,
        decimals,
        scale: if number.is_zero() { 1 } else { scale },
    };
    Some((amount, text.len() - rest.len()))
}

/// How long a decimal number is and how many decimals it has.
fn decimal(text: &str) -> Option<(usize, u32)> {
    let whole = digits(text);
    if whole == 0 || whole > 15 {
        return None;
    }
    let decimals = text.get(whole..)?.strip_prefix('.').map_or(0, digits);
    Some(if decimals == 0 {
        (whole, 0)
    } else {
        (whole + 1 + decimals, u32::try_from(decimals).ok()?)
    })
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九'
    ) || matches!(c, '两' | '十' | '百' | '千' | '万')
}

fn numerals(text: &str) -> &str {
    let end = text.find(|c| !is_numeral(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn in_chinese(text: &str, counters: &'static [String]) -> Option<(Amount, usize)> {
    let mut rest = text;
    let before = take(&mut rest, &["约", "近"]);
    let written = numerals(rest);
    if written.is_empty() {
        return None;
    }
    let value = chinese(written)?;
    rest = rest.get(written.len()..)?;
    let inside = take(&mut rest, &["余", "多"]);
    let unit = counters
        .iter()
        .find(|unit| rest.starts_with(unit.as_str()))?;
    rest = rest.get(unit.len()..)?;
    let after = take(&mut rest, &["以上", "左右"]);
    if rest.starts_with(['件', '条', '份']) {
        return None;
    }
    let amount = Amount {
        value: Number::from(value),
        vague: vague(before, inside, after),
        unit,
        ..Amount::NONE
    };
    Some((amount, text.len() - rest.len()))
}

/// A share or a rate with which a text begins, in per cent, and how long it is: `%`, 百分之, 成, 个百分点.
pub(super) fn percent(text: &str) -> Option<(Amount, usize)> {
    let share = |value: Number, decimals| Amount {
        value,
        decimals,
        unit: "%",
        ..Amount::NONE
    };
    if let Some((written, decimals)) = decimal(text) {
        let sign = one_of(text.get(written..)?, &["%", "个百分点"]);
        let value = Number::read(text.get(..written)?)?;
        return (!sign.is_empty()).then(|| (share(value, decimals), written + sign.len()));
    }
    if let Some(rest) = text.strip_prefix("百分之") {
        let whole = numerals(rest);
        let mut end = text.len() - rest.len() + whole.len();
        let mut value = chinese(whole)?.to_string();
        let mut decimals = 0;
        let fraction = rest.get(whole.len()..)?.strip_prefix('点').map(numerals);
        if let Some(fraction) = fraction.filter(|fraction| !fraction.is_empty()) {
            let digits: Option<String> = fraction
                .chars()
                .map(|c| digit(c).map(|digit| digit.to_string()))
                .collect();
            let digits = digits?;
            decimals = u32::try_from(digits.len()).ok()?;
            value = format!("{value}.{digits}");
            end += "点".len() + fraction.len();
        }
        return Some((share(Number::read(&value)?, decimals), end));
    }
    let mut rest = text;
    let before = take(&mut rest, &["近", "约", "超", "逾"]);
    let c = rest.chars().next().filter(|&c| is_numeral(c))?;
    rest = rest.get(c.len_utf8()..)?.strip_prefix('成')?;
    let after = take(&mut rest, &["左右", "以上", "多"]);
    let tenths = chinese(&c.to_string()).filter(|tenths| (1..10).contains(tenths))?;
    let amount = Amount {
        vague: vague(before, "", after),
        scale: 10,
        ..share(Number::from(tenths * 10), 0)
    };
    Some((amount, text.len() - rest.len()))
}

/// A year with which a text begins, and how long it is.
pub(super) fn year(text: &str) -> Option<(i32, usize)> {
    let (year, mut end) = if digits(text) == 4 {
        (text.get(..4)?.parse().ok()?, 4)
    } else {
        let written = text.get(..4 * '二'.len_utf8())?;
        let is_year =
            written.starts_with(['二', '一']) && written.chars().all(|c| NUMERALS.contains(c));
        let year = chinese(written).filter(|year| is_year && (1900..2100).contains(year))?;
        (i32::try_from(year).ok()?, written.len())
    };
    let mut rest = text.get(end..)?.strip_prefix('年')?;
    end += '年'.len_utf8();
    end += take(&mut rest, &["度", "底", "末"]).len();
    Some((year, end))
}

/// How long the month or the day is with which a text begins.
pub(super) fn day(text: &str) -> Option<usize> {
    let count = |text: &str| match digits(text) {
        0 => {
            let written = numerals(text);
            written.len()
        }
        count if count <= 2 => count,
        _ => 0,
    };
    let first = count(text);
    let mut rest = text.get(first..)?;
    if first == 0 {
        return None;
    }
    if let Some(after) = rest.strip_prefix('日').filter(|_| digits(text) > 0) {
        return Some(text.len() - after.len());
    }
    rest = rest.strip_prefix('月')?;
    rest = rest.strip_prefix('份').unwrap_or(rest);
    let second = digits(rest);
    if let Some(after) = rest
        .get(second..)
        .and_then(|after| after.strip_prefix('日'))
        .filter(|_| (1..=2).contains(&second))
    {
        rest = after;
    } else if rest.starts_with(['底', '初']) {
        rest = rest.get('底'.len_utf8()..)?;
    }
    Some(text.len() - rest.len())
}

/// How long what is no count is, such as numbers of articles, letters and telephones, titles and addresses.
pub(super) fn aside(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    match first {
        '《' => Some(text.find('》')? + '》'.len_utf8()),
        '第' => {
            let rest = text.get(first.len_utf8()..)?;
            let number = match digits(rest) {
                0 => {
                    let end = rest.find(|c| !"一二三四五六七八九十".contains(c));
                    end.unwrap_or(rest.len())
                }
                count => count,
            };
            let rest = rest.get(number..).filter(|_| number > 0)?;
            let unit = rest
                .chars()
                .next()
                .filter(|c| "条款项次届类批期名".contains(*c));
            Some(text.len() - rest.len() + unit.map_or(0, char::len_utf8))
        }
        '〔' | '[' => {
            let rest = text
                .get(first.len_utf8()..)
                .filter(|rest| digits(rest) == 4)?;
            let close = rest
                .get(4..)?
                .chars()
                .next()
                .filter(|c| "〕]）".contains(*c))?;
            Some(first.len_utf8() + 4 + close.len_utf8())
        }
        '0'..='9' => {
            let count = digits(text);
            let rest = text.get(count..)?;
            if rest.starts_with('号') {
                return Some(count + '号'.len_utf8());
            }
            let local = digits(rest.strip_prefix('-')?);
            ((3..=4).contains(&count) && (6..=8).contains(&local)).then_some(count + 1 + local)
        }
        'w' | 'h' if text.starts_with("www") || text.starts_with("http") => {
            let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "_./:-".contains(c)));
            Some(end.unwrap_or(text.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_unit_and_vagueness() {
        let words = crate::check::claims::words::words();
        let read = |text| amount(text, &words.units, &words.counters);
        for (text, value, unit, expected) in [
            ("12件申请", "12", "件", Vague::Exact),
            ("1.2万元", "12000", "元", Vague::Exact),
            ("近100份", "100", "份", Vague::About),
            ("120余件", "120", "件", Vague::AtLeast),
            ("九十八件", "98", "件", Vague::Exact),
            ("两百多件", "200", "件", Vague::AtLeast),
            ("3万多元", "30000", "元", Vague::AtLeast),
        ] {
            let (amount, _) = read(text).unwrap();
            let found = (amount.value.to_string(), amount.unit, amount.vague);
            assert_eq!(found, (value.to_owned(), unit, expected), "{text}");
        }
        assert!(read("99999999999999999999件").is_none());
    }

    #[test]
    fn shares_years_and_days_are_read() {
        let share = |text: &str| percent(text).map(|(share, _)| share.value.to_string());
        assert_eq!(share("61.5%").as_deref(), Some("61.5"));
        assert_eq!(share("百分之六十一点五").as_deref(), Some("61.5"));
        assert_eq!(share("两成").as_deref(), Some("20"));
        assert_eq!(share("3件"), None);
        assert_eq!(year("2025年度"), Some((2025, 10)));
        assert_eq!(year("二〇二五年"), Some((2025, 15)));
        assert_eq!(year("20255年"), None);
        assert_eq!(day("12月31日止"), Some(10));
        assert_eq!(aside("第711号"), Some(6));
        assert_eq!(aside("010-66010000"), Some(12));
    }
}
