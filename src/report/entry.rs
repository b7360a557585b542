//! What the filer stated in one field.

use super::Number;
use crate::form::Kind;

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

impl Entry {
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
