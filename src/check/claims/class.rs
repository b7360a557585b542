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

/// What names what is counted, in what way.
pub(super) const NAMES: [Class; 4] = [Class::Thing, Class::Bare, Class::Verb, Class::Column];

/// What means something for a figure, be it known to the tables or not.
pub(super) const CONTENT: [Class; 7] = [
    Class::Thing,
    Class::Bare,
    Class::Verb,
    Class::Column,
    Class::Part,
    Class::Other,
    Class::Unknown,
];
