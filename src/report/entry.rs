//! What the filer stated in one field.

use super::Number;
use crate::form::Kind;
use crate::text::spelled;

/// What is written where nothing happened.
const NOTHING: [&str; 7] = ["/", "／", "-", "—", "——", "－", "无"];

/// What counts what the tables count.
const COUNTED: [char; 9] = ['件', '条', '份', '宗', '个', '项', '次', '起', '例'];

/// What was stated in a field (填报值). Blank is not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Entry {
    /// Nothing.
    #[default]
    Blank,
    /// A number.
    Number(Number),
    /// Something in a number's place that is no number, kept as it was typed.
    Unreadable(String),
    /// Text, in a field for text.
    Text(String),
}

/// What stands in the place of a total that a damaged file does not show any more.
const LOST: &str = "没有读到";

impl Entry {
    /// The entry of a total that a file should show and does not: it is not made up of the parts that
    /// it does show, as some of these may be lost, too.
    #[must_use]
    pub fn lost() -> Self {
        Self::Unreadable(LOST.to_owned())
    }

    /// Whether it is the entry of such a total.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Unreadable(text) if text == LOST)
    }

    /// Reads what was typed or imported into a field of this kind.
    #[must_use]
    pub fn read(kind: Kind, text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Blank;
        }
        match kind {
            Kind::Line => Self::Text(text.trim().to_owned()),
            Kind::Prose => Self::Text(text.to_owned()),
            Kind::Count | Kind::Change | Kind::Amount(_) => Number::read(text)
                .map_or_else(|| Self::Unreadable(text.trim().to_owned()), Self::Number),
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The number that something unreadable stands for, where only one is possible.
    #[must_use]
    pub fn meant(&self) -> Option<Number> {
        let Self::Unreadable(text) = self else {
            return None;
        };
        if NOTHING.contains(&text.as_str()) {
            return Some(Number::ZERO);
        }
        let plain = text.strip_prefix('共').unwrap_or(text);
        let plain = plain.trim_end_matches(COUNTED).trim();
        Number::read(plain).or_else(|| spelled(plain).map(Number::from))
    }

    /// What to show for it; empty for a blank.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Unreadable(text) | Self::Text(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_told_where_only_one_number_is_possible() {
        let meant = |text: &str| Entry::read(Kind::Count, text).meant();
        for (text, number) in [
            ("24件", Some(24)),
            ("共24件", Some(24)),
            ("２４ 件", Some(24)),
            ("〇", Some(0)),
            ("廿四", Some(24)),
            ("二十四条", Some(24)),
            ("无", Some(0)),
            ("约24件", None),
            ("3（含结转1）", None),
            ("件", None),
            ("24", None),
        ] {
            assert_eq!(meant(text), number.map(Number::from), "{text}");
        }
    }
}
