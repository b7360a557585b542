//! The kinds of words that the word list tells apart.

/// What kind of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Thing,
    /// A noun that is a thing only where the text speaks of it.
    Bare,
    Verb,
    Column,
    Part,
    Other,
    Unknown,
    All,
    Filler,
    Joint,
    Negation,
    Growth,
    Rate,
    Share,
    Last,
    Sign,
    Year,
    Number,
    Percent,
    Bracket,
}
