//! The one way in which a draft changes, in its report and beside it.

use std::collections::BTreeSet;

use super::{Beside, Choices, Confirmation, Edit, Explanation, Number, Prior, Report, Reused};
use crate::form::FieldId;

/// A change to a draft.
#[derive(Debug, Clone)]
pub enum Change {
    /// In the report.
    Report(Edit),
    /// What is written about one finding.
    Written(Written),
    /// Last year's report.
    Prior(Option<Box<Prior>>),
    /// How the report is set out.
    Choices(Box<Choices>),
    /// The confirmation of a report in which nothing happened.
    Confirmation(Option<Confirmation>),
    /// The figures that last year's report proposes and the filer does not take.
    Left(BTreeSet<(FieldId, Number)>),
    /// What became of the sentences of last year's texts.
    Reused(Reused),
    /// What the importer noted.
    Notes(Vec<String>),
    /// Everything that stands beside the report.
    Beside(Box<Beside>),
    /// Several changes as one, in this order.
    All(Vec<Change>),
}

/// What is written about one finding: an explanation, a half-written one, both or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The rule of the finding.
    pub rule: String,
    /// What it rests on.
    pub basis: String,
    /// The explanation that was finished.
    pub finished: Option<String>,
    /// The one that was begun and not finished.
    pub half: Option<String>,
}

impl Change {
    /// Makes the change and returns the one that takes it back.
    pub(super) fn apply(self, report: &mut Report, beside: &mut Beside) -> Self {
        use std::mem::replace;
        match self {
            Self::Report(edit) => Self::Report(report.apply(edit)),
            Self::Written(Written {
                rule,
                basis,
                finished,
                half,
            }) => {
                let finished = put(&mut beside.explanations, &rule, &basis, finished);
                let half = put(&mut beside.half_written, &rule, &basis, half);
                Self::Written(Written {
                    rule,
                    basis,
                    finished,
                    half,
                })
            }
            Self::Prior(prior) => {
                let prior = prior.map(|prior| *prior);
                Self::Prior(replace(&mut beside.prior, prior).map(Box::new))
            }
            Self::Choices(mut choices) => {
                std::mem::swap(&mut beside.choices, &mut choices);
                Self::Choices(choices)
            }
            Self::Confirmation(new) => Self::Confirmation(replace(&mut beside.confirmation, new)),
            Self::Left(left) => Self::Left(replace(&mut beside.left, left)),
            Self::Reused(reused) => Self::Reused(replace(&mut beside.reused, reused)),
            Self::Notes(notes) => Self::Notes(replace(&mut beside.notes, notes)),
            Self::Beside(mut other) => {
                std::mem::swap(beside, &mut other);
                Self::Beside(other)
            }
            Self::All(changes) => {
                let changes = changes.into_iter();
                let mut inverses: Vec<_> =
                    changes.map(|change| change.apply(report, beside)).collect();
                inverses.reverse();
                Self::All(inverses)
            }
        }
    }

    /// The fields it states something in.
    pub(super) fn fields(&self) -> Vec<FieldId> {
        match self {
            Self::Report(edit) => edit.fields(),
            Self::All(changes) => changes.iter().flat_map(Self::fields).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether both put something in the one and same place, so that this one, made after the
    /// other, leaves nothing of it.
    pub(super) fn is_in_place_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Report(Edit::Enter(one, _)), Self::Report(Edit::Enter(other, _))) => {
                one == other
            }
            (Self::Written(one), Self::Written(other)) => {
                (&one.rule, &one.basis) == (&other.rule, &other.basis)
            }
            (Self::Choices(_), Self::Choices(_)) => true,
            _ => false,
        }
    }
}

/// Puts a text about a finding into a sorted list, or takes it away; returns what stood there.
fn put(
    list: &mut Vec<Explanation>,
    rule: &str,
    basis: &str,
    text: Option<String>,
) -> Option<String> {
    let place = list.binary_search_by(|known| {
        let key = (known.rule.as_str(), known.basis.as_str());
        key.cmp(&(rule, basis))
    });
    match (place, text) {
        (Ok(at), Some(text)) => list
            .get_mut(at)
            .map(|known| std::mem::replace(&mut known.text, text)),
        (Ok(at), None) => Some(list.remove(at).text),
        (Err(at), Some(text)) => {
            let (rule, basis) = (rule.to_owned(), basis.to_owned());
            list.insert(at, Explanation { rule, basis, text });
            None
        }
        (Err(_), None) => None,
    }
}
