//! The arithmetic an edition demands (勾稽关系): linear comparisons, nothing more.

use super::FieldId;

/// One demand of the edition, unfolded to one comparison a row or column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The id of the rule that checks it.
    pub id: String,
    /// The demand in the form's own words.
    pub says: String,
    /// One comparison for every row or column it holds in.
    pub comparisons: Vec<Comparison>,
}

/// `left operator right`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The summands on the left.
    pub left: Vec<Term>,
    /// How the sides must compare.
    pub operator: Operator,
    /// The summands on the right.
    pub right: Vec<Term>,
}

/// How two sides must compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

/// A summand: a factor times an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What the operand is multiplied by.
    pub factor: i64,
    /// The operand.
    pub operand: Operand,
}

/// What a [`Term`] takes its value from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// The number one, so that the factor is a constant.
    One,
    /// A field of this report.
    Field(FieldId),
    /// The field of the same key in last year's report.
    Prior(FieldId),
}

impl Comparison {
    /// The fields of this report that take part, left to right.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.left
            .iter()
            .chain(&self.right)
            .filter_map(|term| match term.operand {
                Operand::Field(id) => Some(id),
                Operand::Prior(_) | Operand::One => None,
            })
    }

    /// Whether last year's report takes part.
    #[must_use]
    pub fn needs_prior(&self) -> bool {
        self.left
            .iter()
            .chain(&self.right)
            .any(|term| matches!(term.operand, Operand::Prior(_)))
    }
}

/// A comparison before its names are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    pub left: Vec<FormulaTerm>,
    pub operator: Operator,
    pub right: Vec<FormulaTerm>,
}

/// A summand before its name is resolved; no name means a constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormulaTerm {
    pub factor: i64,
    pub prior: bool,
    pub name: Option<String>,
}

/// Reads `a + 2 * prior b = c - 1`.
pub(super) fn parse(text: &str) -> Result<Formula, String> {
    let mut sides = [Vec::new(), Vec::new()];
    let mut operator = None;
    let (mut sign, mut factor, mut prior) = (1, None::<i64>, false);
    let mut complete = false;
    for word in text.split_whitespace() {
        let side = if operator.is_some() {
            &mut sides[1]
        } else {
            &mut sides[0]
        };
        match word {
            "+" | "-" | "=" | "<=" | ">=" => {
                if let Some(constant) = factor.take() {
                    side.push(FormulaTerm {
                        factor: sign * constant,
                        prior: false,
                        name: None,
                    });
                    complete = true;
                }
                if !complete {
                    return Err(format!("nothing before {word}"));
                }
                complete = false;
                sign = if word == "-" { -1 } else { 1 };
                if word != "+" && word != "-" && operator.replace(read_operator(word)).is_some() {
                    return Err("two comparisons in one relation".to_owned());
                }
            }
            "*" if factor.is_some() => {}
            "prior" => prior = true,
            _ if word.bytes().all(|byte| byte.is_ascii_digit()) && factor.is_none() => {
                factor = Some(word.parse().map_err(|error| format!("{word}: {error}"))?);
            }
            _ if complete || word == "*" => return Err(format!("{word} is out of place")),
            _ => {
                let factor = sign * factor.take().unwrap_or(1);
                side.push(FormulaTerm {
                    factor,
                    prior,
                    name: Some(word.to_owned()),
                });
                (prior, complete) = (false, true);
            }
        }
    }
    let [left, mut right] = sides;
    if let Some(constant) = factor {
        right.push(FormulaTerm {
            factor: sign * constant,
            prior: false,
            name: None,
        });
        complete = true;
    }
    let Some(operator) = operator.filter(|_| complete) else {
        return Err(format!("not a comparison: {text}"));
    };
    Ok(Formula {
        left,
        operator,
        right,
    })
}

fn read_operator(word: &str) -> Operator {
    match word {
        "<=" => Operator::AtMost,
        ">=" => Operator::AtLeast,
        _ => Operator::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_keep_sign_factor_and_year() {
        let formula = parse("valid >= prior valid - 2 * made + 3").unwrap();
        assert_eq!(formula.operator, Operator::AtLeast);
        let right: Vec<_> = formula
            .right
            .iter()
            .map(|t| (t.factor, t.prior, t.name.as_deref()))
            .collect();
        assert_eq!(
            right,
            [
                (1, true, Some("valid")),
                (-2, false, Some("made")),
                (3, false, None)
            ]
        );
    }

    #[test]
    fn what_is_no_comparison_is_refused() {
        for text in [
            "",
            "a + b",
            "a = ",
            "= a",
            "a b = c",
            "a = b = c",
            "a + = b",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
