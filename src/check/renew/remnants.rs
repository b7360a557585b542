//! What in a sentence may be last year's still: its year, figures that no table bears out, promises.

use std::ops::Range;

use super::years::years;
use crate::check::claims::{Claim, Verdict};
use crate::form::Section;

/// Words of a sentence that are last year's still (没有核对的).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remnant {
    /// Why they are.
    pub kind: RemnantKind,
    /// The words.
    pub words: String,
    /// Where they stand in the sentence, in bytes.
    pub range: Range<usize>,
}

/// Why words may be last year's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemnantKind {
    /// They name last year.
    Year,
    /// They are a figure that no table of this year bears out.
    Figure,
    /// They promise something that is done by now, or not.
    Promise,
}

impl RemnantKind {
    /// What such words are called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "上年的年份",
            Self::Figure => "未核对的数",
            Self::Promise => "上年的打算",
        }
    }
}

/// The figures of one section.
pub(in crate::check) fn of_section<'a>(
    claims: &'a [Claim],
    section: Option<&Section>,
) -> Vec<&'a Claim> {
    let is_here = |claim: &&Claim| section.is_some_and(|section| claim.section == section.id);
    claims.iter().filter(is_here).collect()
}

/// A text in which remnants of last year are looked for.
pub(in crate::check) struct RemnantSearch<'a> {
    /// The text.
    pub text: &'a str,
    /// The figures in it.
    pub claims: &'a [&'a Claim],
    /// The year before the report's.
    pub last: u16,
    /// Whether figures that differ from the tables are told too; they are findings of their own.
    pub tells_differing: bool,
}

impl RemnantSearch<'_> {
    /// What of some bytes of the text is last year's still, in order.
    pub(in crate::check) fn remnants(&self, range: &Range<usize>) -> Vec<Remnant> {
        let sentence = self.text.get(range.clone()).unwrap_or_default();
        let mut found = self.years(sentence);
        found.extend(self.figures(range, sentence));
        found.extend(promise(sentence));
        found.sort_by_key(|remnant| remnant.range.start);
        found
    }

    fn years(&self, sentence: &str) -> Vec<Remnant> {
        let named = years(sentence).filter(|named| named.year == self.last && !named.is_compared());
        let named = named.map(|named| named.range.start..named.range.end + '年'.len_utf8());
        let letter = ["〔", "［", "["].map(|open| format!("{open}{}", self.last));
        let letters = letter.iter().flat_map(|letter| {
            let places = sentence.match_indices(letter.as_str());
            places.map(|(at, found)| at..at + found.len())
        });
        let all = named.chain(letters);
        all.filter_map(|range| remnant(RemnantKind::Year, sentence, range))
            .collect()
    }

    fn figures(&self, range: &Range<usize>, sentence: &str) -> Vec<Remnant> {
        let mut found: Vec<Remnant> = Vec::new();
        let mut settled: Vec<Range<usize>> = Vec::new();
        let start = count(self.text, range.start);
        let length = sentence.chars().count();
        for claim in self.claims {
            let (Some(from), Some(to)) = (
                claim.start.checked_sub(start),
                claim.end.checked_sub(start).filter(|&to| to <= length),
            ) else {
                continue;
            };
            let own = byte(sentence, from)..byte(sentence, to);
            let is_left = match claim.verdict {
                Verdict::Equal | Verdict::AtLeast | Verdict::Prior => false,
                Verdict::Different => self.tells_differing,
                Verdict::Unchecked => true,
                Verdict::Unknown => !claim.value.is_zero() && !has_digit(&claim.says),
            };
            if is_left {
                found.extend(remnant(RemnantKind::Figure, sentence, own.clone()));
            }
            if is_left || claim.verdict != Verdict::Unknown {
                settled.push(own);
            }
        }
        let plain = numbers(sentence).filter(|number| {
            let is_in = |own: &Range<usize>| own.start < number.end && number.start < own.end;
            !settled.iter().any(is_in)
        });
        found.extend(plain.filter_map(|own| remnant(RemnantKind::Figure, sentence, own)));
        found
    }
}

fn has_digit(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

fn remnant(kind: RemnantKind, sentence: &str, range: Range<usize>) -> Option<Remnant> {
    let words = sentence.get(range.clone())?.to_owned();
    Some(Remnant { kind, words, range })
}

/// How many characters stand before a byte.
fn count(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |head| head.chars().count())
}

/// The byte where a character begins.
fn byte(text: &str, at: usize) -> usize {
    let mut places = text.char_indices().map(|(byte, _)| byte);
    places.nth(at).unwrap_or(text.len())
}

/// The counts of a sentence with what they count, without years, days, and the numbers of letters, articles,
/// headings and legal periods.
fn numbers(sentence: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let rest = sentence.get(end..)?;
        let start = end + rest.find(|c: char| c.is_ascii_digit())?;
        let tail = sentence.get(start..)?;
        let length = tail.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'));
        end = start + length.unwrap_or(tail.len());
        Some(start..end)
    })
    .filter_map(|number| {
        let (before, digits, behind) = (
            sentence.get(..number.start)?,
            sentence.get(number.clone())?,
            sentence.get(number.end..)?,
        );
        let opens =
            |open: char, close: char| before.matches(open).count() > before.matches(close).count();
        let is_other = behind.starts_with(['年', '月', '日', '号', '时', '）', ')', '、'])
            || before.ends_with(['第', '（', '('])
            || ["个工作日", "工作日", "小时", "天内"]
                .iter()
                .any(|word| behind.starts_with(word))
            || opens('《', '》')
            || opens('〔', '〕')
            || before.trim().is_empty() && digits.ends_with('.')
            || digits == "12345";
        let unit = behind
            .chars()
            .next()
            .filter(|c| c.is_alphabetic() || "%％".contains(*c));
        let end = number.end + unit.map_or(0, char::len_utf8);
        (!is_other).then_some(number.start..end)
    })
}

/// The word that makes a sentence a promise.
fn promise(sentence: &str) -> Option<Remnant> {
    const PLAN: &[&str] = &[
        "下一步",
        "今后",
        "下一年",
        "明年",
        "新的一年",
        "打算",
        "拟于",
        "拟在",
        "拟开展",
        "计划于",
        "计划在",
    ];
    const DOES: &[&str] = &[
        "进一步",
        "继续",
        "持续",
        "不断",
        "着力",
        "加强",
        "加大",
        "重点",
        "从",
        "以",
        "严格",
        "认真",
        "积极",
        "努力",
        "坚持",
        "结合",
        "按照",
        "强化",
        "完善",
        "推进",
        "做好",
        "全面",
        "深入",
        "切实",
        "针对",
        "围绕",
    ];
    let plan = PLAN
        .iter()
        .filter_map(|word| Some((sentence.find(word)?, word.len())))
        .min();
    let will = sentence.match_indices('将').find(|(at, _)| {
        let behind = sentence.get(at + '将'.len_utf8()..).unwrap_or_default();
        DOES.iter().any(|word| behind.starts_with(word))
    });
    let (start, length) = plan.or(will.map(|(at, word)| (at, word.len())))?;
    remnant(RemnantKind::Promise, sentence, start..start + length)
}

/// The remnants in a few words, those of a kind together.
#[must_use]
pub fn told(remnants: &[Remnant]) -> String {
    /// So many of a kind are named.
    const NAMED: usize = 3;
    let kinds = [RemnantKind::Year, RemnantKind::Figure, RemnantKind::Promise];
    let told = kinds.iter().filter_map(|kind| {
        let mut words: Vec<&str> = Vec::new();
        for remnant in remnants.iter().filter(|remnant| remnant.kind == *kind) {
            if !words.contains(&remnant.words.as_str()) {
                words.push(&remnant.words);
            }
        }
        let more = if words.len() > NAMED { "等" } else { "" };
        words.truncate(NAMED);
        let named = words.join("、");
        (!words.is_empty()).then(|| format!("{}“{named}”{more}", kind.name()))
    });
    told.collect::<Vec<_>>().join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_no_counts_are_not_told() {
        let said = |text: &str| -> Vec<String> {
            let found = numbers(text).filter_map(|range| text.get(range));
            found.map(str::to_owned).collect()
        };
        assert_eq!(
            said("1.第12条，20个工作日，（3）2024年5月6日，《5号》12345热线"),
            Vec::<String>::new()
        );
        assert_eq!(
            said("电话0537-1234567，发布186条，占5.5%，3次"),
            ["0537-1234567", "186条", "5.5%", "3次"]
        );
    }

    #[test]
    fn only_plans_are_promises() {
        for (text, is_promise) in [
            ("将政务公开纳入考核。", false),
            ("我镇将进一步加强培训。", true),
            ("今后多做。", true),
            ("按年度计划完成。", false),
        ] {
            assert_eq!(promise(text).is_some(), is_promise, "{text}");
        }
    }
}
