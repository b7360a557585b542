//! No identity number, mobile number or bank card stands in a published report.

use crate::check::pattern::{DIGITS, Pattern};
use crate::check::{Findings, Rule, Subject};

static NUMBER: Pattern = Pattern::at(DIGITS, || "[0-9]{11,19}[Xx]?".to_owned());
/// Words that show that a telephone number is an office's.
const CONTACT: &[&str] = &[
    "联系", "电话", "热线", "咨询", "传真", "手机", "拨打", "监督",
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let passages = subject.passages().iter();
    for passage in passages.filter(|passage| has_long_number(passage.words.text())) {
        let (section, prose) = (passage.section, &passage.words);
        for found in prose.hits(&NUMBER).iter().map(|hit| hit.all) {
            let digits = found.words;
            let before = prose.sentence_before(found.start);
            let what = if is_identity_number(digits) {
                "身份证号码"
            } else if is_mobile(digits) && !CONTACT.iter().any(|word| before.contains(word)) {
                "手机号码"
            } else if is_bank_card(digits) {
                "银行卡号"
            } else {
                continue;
            };
            let message = format!("正文里有{what}，公开前应删去或者遮盖");
            findings.report(prose.finding(rule, section, (found.start, found.end), message));
        }
    }
}

/// Whether there are so many digits in a row that they may be a number of somebody's.
fn has_long_number(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    runs.any(|run| run.len() >= 11)
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.starts_with('1')
        && !digits.starts_with("10")
        && !digits.starts_with("12")
}

/// Eighteen places of which the last one checks the others.
fn is_identity_number(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .chars()
        .zip(WEIGHTS)
        .filter_map(|(c, weight)| Some(c.to_digit(10)? * weight))
        .sum();
    let born = digits.get(6..10).and_then(|year| year.parse::<u16>().ok());
    digits.len() == 18
        && born.is_some_and(|year| (1900..=2100).contains(&year))
        && "10X98765432".chars().nth(sum as usize % 11)
            == digits.to_ascii_uppercase().chars().last()
}

/// A number of a bank card by its beginning, its length and its check digit.
fn is_bank_card(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .filter_map(|(place, c)| {
            let digit = c.to_digit(10)?;
            let doubled = if place % 2 == 1 { digit * 2 } else { digit };
            Some(doubled / 10 + doubled % 10)
        })
        .sum();
    (16..=19).contains(&digits.len())
        && digits.starts_with("62")
        && !digits.ends_with(['X', 'x'])
        && sum.is_multiple_of(10)
}
