//! The lists as the template holds them; what each is for stands there.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The lists as the template holds them; what each is for stands there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::check) struct Lists {
    pub(super) terms: Vec<String>,
    pub(super) right_too: Vec<String>,
    pub(super) joins: Vec<String>,
    pub(super) alike: Vec<String>,
    /// Each misprint with what is meant.
    pub misprints: BTreeMap<String, String>,
    pub(super) not_after: Vec<String>,
    pub(super) doubled: Vec<String>,
    /// Words with which no sentence ends.
    pub dangling: Vec<String>,
    pub(super) templates: Vec<String>,
    /// What a template asks for in brackets.
    pub asked: Vec<String>,
    /// Words of a template's notes in brackets.
    pub notes: Vec<String>,
    /// Words before a number.
    pub counted: Vec<String>,
    /// Words behind a number.
    pub units: Vec<String>,
    /// Labels in the contact line.
    pub contacts: Vec<String>,
    pub(super) marked: Vec<String>,
    /// Marks of secrecy that count only alone in a line or in brackets.
    pub marked_alone: Vec<String>,
    pub(super) persons: Vec<String>,
    /// Surnames.
    pub surnames: String,
    /// What looks like a name and is none.
    pub not_names: Vec<String>,
    /// What may come behind a name.
    pub after_name: Vec<String>,
    /// Words that say that another place is named on purpose.
    pub partners: Vec<String>,
    /// Names of places that are mostly other words.
    pub not_places: Vec<String>,
    /// How bodies call themselves.
    pub selves: Vec<Own>,
    /// What fits the part on problems of any report, the longer first.
    pub commonplaces: Vec<String>,
    /// Laws and letters.
    pub cited: Vec<Cited>,
    pub(super) prefixes: Vec<String>,
}

/// How bodies of one kind call themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::check) struct Own {
    /// The words, the usual one first.
    pub words: Vec<String>,
    /// How the names end that they fit.
    pub ends: Vec<String>,
}

/// A law or a letter that reports cite.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::check) struct Cited {
    /// How it may be called, its full name first.
    pub names: Vec<String>,
    /// What its number begins with.
    pub prefix: String,
    /// The year in its number; orders of the State Council have none.
    #[serde(default)]
    pub year: Option<u16>,
    /// Its number.
    pub number: u16,
    /// Since when it is in force, where reports say so.
    #[serde(default)]
    pub since: Option<(u16, u8, u8)>,
}

impl Lists {
    pub(super) fn built_in() -> Self {
        ron::from_str(include_str!("../../../templates/proofreading.ron")).unwrap_or_default()
    }
}
