//! Equations in the clerk's short words: 一＋二, （七）＋四. It knows the form; it knows no figure.

use crate::form::{Comparison, FieldId, Operand, Term};
use crate::report::{Number, Report};

/// The number that a label begins with, and the label itself without what stands outside it.
pub fn numeral(label: &str) -> (&str, &str) {
    let label = label.rsplit('·').next().unwrap_or(label);
    let number = match label.strip_prefix('（').and_then(|rest| rest.find('）')) {
        Some(end) => label.get(..end + '（'.len_utf8() + '）'.len_utf8()),
        None => label
            .split_once(['、', '.'])
            .map(|(number, _)| number)
            .filter(|number| number.chars().count() <= 3),
    };
    (number.unwrap_or(label), label)
}

fn name(report: &Report, id: FieldId) -> &str {
    numeral(&report.edition().field(id).row_label).0
}

fn term(report: &Report, term: &Term) -> (i64, String) {
    let times = |text: &str| match term.factor.abs() {
        1 => text.to_owned(),
        factor => format!("{factor}×{text}"),
    };
    let text = match term.operand {
        Operand::One => term.factor.abs().to_string(),
        Operand::Field(id) => times(name(report, id)),
        Operand::Prior(id) => times(&format!("上年{}", name(report, id))),
    };
    (term.factor.signum(), text)
}

fn joined(terms: impl Iterator<Item = (i64, String)>) -> String {
    let mut words = String::new();
    for (sign, text) in terms {
        if sign < 0 {
            words.push('－');
        } else if !words.is_empty() {
            words.push('＋');
        }
        words.push_str(&text);
    }
    words
}

/// One side of an equation.
pub fn side(report: &Report, terms: &[Term]) -> String {
    joined(terms.iter().map(|one| term(report, one)))
}

/// What a cell is set to and how that is worked out: 四 ← 一＋二－（七）＝8.
pub fn repair_title(
    report: &Report,
    comparison: &Comparison,
    field: FieldId,
    value: Number,
) -> String {
    let holds = |terms: &[Term]| {
        let is_field = |term: &Term| term.operand == Operand::Field(field);
        terms.iter().any(is_field)
    };
    let (own, other) = if holds(&comparison.left) {
        (&comparison.left, &comparison.right)
    } else {
        (&comparison.right, &comparison.left)
    };
    let rest = own
        .iter()
        .filter(|term| term.operand != Operand::Field(field))
        .map(|one| term(report, one))
        .map(|(sign, text)| (-sign, text));
    let formula = joined(other.iter().map(|one| term(report, one)).chain(rest));
    format!("{} ← {formula}＝{value}", name(report, field))
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn a_label_is_told_by_its_number() {
        for (label, number) in [
            ("甲、某某", "甲"),
            ("组·（七）总计", "（七）"),
            ("3.其他", "3"),
            ("新借出", "新借出"),
            (
                "一整句没有编号、只有顿号的话",
                "一整句没有编号、只有顿号的话",
            ),
        ] {
            assert_eq!(numeral(label).0, number, "{label}");
        }
    }
}
