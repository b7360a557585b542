//! Sentences with blanks (范句): what a filer completes, and then edits like any other text.
//!
//! It knows how a sentence is put together from its blanks, never what is put in.

use super::Kind;

/// Sentences with blanks (范句), offered where a passage is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skeleton {
    /// What it is called for a reader.
    pub name: String,
    /// What it asks for, in order.
    pub blanks: Vec<Blank>,
    text: Vec<SkeletonPart>,
    none: Vec<SkeletonPart>,
}

/// One thing that a [`Skeleton`] asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// Its name in the skeleton.
    pub id: String,
    /// What it is called for a reader.
    pub label: String,
    /// What it might look like; may be empty.
    pub hint: String,
    /// What may be entered.
    pub kind: Kind,
    /// The unit behind it; mostly empty.
    pub unit: String,
}

/// A part of a skeleton's text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SkeletonPart {
    Words(String),
    Blank(String),
    /// Left out when a blank in it is empty or a figure in it 0, or everything optional in it was left out.
    Optional(Vec<SkeletonPart>),
}

impl Skeleton {
    /// Reads the text `[…{blank}…]` of a skeleton; the reason is said when it cannot be read.
    pub(super) fn new(
        name: &str,
        blanks: Vec<Blank>,
        text: &str,
        none: &str,
        given: &[&str],
    ) -> Result<Self, String> {
        let skeleton = Self {
            name: name.to_owned(),
            text: parse(text)?,
            none: parse(none)?,
            blanks,
        };
        let mut used = Vec::new();
        for piece in skeleton.text.iter().chain(&skeleton.none) {
            piece.names(&mut used);
        }
        for name in &used {
            if !given.contains(name)
                && !is_figure(name)
                && !skeleton.blanks.iter().any(|blank| blank.id == *name)
            {
                return Err(format!("no blank {name}"));
            }
        }
        for blank in &skeleton.blanks {
            if !used.contains(&blank.id.as_str()) {
                return Err(format!("the blank {} is not used", blank.id));
            }
        }
        Ok(skeleton)
    }

    /// Whether there are other words for the case that all its numbers are 0.
    #[must_use]
    pub fn has_none(&self) -> bool {
        !self.none.is_empty()
    }

    /// The figures of the tables that it says by itself: keys of cells, `+` between those that are added.
    #[must_use]
    pub fn figures(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for piece in self.text.iter().chain(&self.none) {
            piece.names(&mut names);
        }
        names.retain(|name| is_figure(name));
        names
    }

    /// The text with its blanks filled; what has an empty blank is left out.
    #[must_use]
    pub fn filled(&self, answer: &dyn Fn(&str) -> String) -> String {
        written(&self.text, answer)
    }

    /// The words for the case that all its numbers are 0.
    #[must_use]
    pub fn none(&self, answer: &dyn Fn(&str) -> String) -> String {
        written(&self.none, answer)
    }
}

impl SkeletonPart {
    fn names<'a>(&'a self, into: &mut Vec<&'a str>) {
        match self {
            Self::Words(_) => {}
            Self::Blank(name) => into.push(name),
            Self::Optional(pieces) => pieces.iter().for_each(|piece| piece.names(into)),
        }
    }
}

fn written(pieces: &[SkeletonPart], answer: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            SkeletonPart::Words(words) => text.push_str(words),
            SkeletonPart::Blank(name) => text.push_str(&answer(name)),
            SkeletonPart::Optional(inner) if holds(inner, answer) => {
                text.push_str(&written(inner, answer));
            }
            SkeletonPart::Optional(_) => {}
        }
    }
    // The last of several optional parts leaves its separator behind.
    text.replace("，）", "）")
}

/// Whether it is no blank but a figure of the tables.
fn is_figure(name: &str) -> bool {
    name.contains('@')
}

/// Whether an optional part is complete enough to be written.
fn holds(pieces: &[SkeletonPart], answer: &dyn Fn(&str) -> String) -> bool {
    let (mut asks, mut complete, mut any) = (false, true, false);
    for piece in pieces {
        match piece {
            SkeletonPart::Words(_) => {}
            SkeletonPart::Blank(name) => {
                asks = true;
                let answer = answer(name);
                // Of a figure, nothing is not worth a word.
                let is_nothing = answer.is_empty() || is_figure(name) && answer == "0";
                complete &= !is_nothing;
            }
            SkeletonPart::Optional(inner) => any |= holds(inner, answer),
        }
    }
    complete && (asks || any)
}

fn parse(text: &str) -> Result<Vec<SkeletonPart>, String> {
    let mut open: Vec<Vec<SkeletonPart>> = vec![Vec::new()];
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(['{', '[', ']']).unwrap_or(rest.len());
        let (before, after) = rest.split_at(words);
        let mut signs = after.chars();
        let sign = signs.next();
        rest = signs.as_str();
        let Some(level) = open.last_mut() else { break };
        if !before.is_empty() {
            level.push(SkeletonPart::Words(before.to_owned()));
        }
        match sign {
            Some('{') => {
                let (name, after) = rest.split_once('}').ok_or("a { without its }")?;
                level.push(SkeletonPart::Blank(name.to_owned()));
                rest = after;
            }
            Some('[') => open.push(Vec::new()),
            Some(']') => {
                let inner = open.pop().unwrap_or_default();
                let outer = open.last_mut().ok_or("a ] without its [")?;
                outer.push(SkeletonPart::Optional(inner));
            }
            _ => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(pieces), true) => Ok(pieces),
        _ => Err("a [ without its ]".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank(id: &str) -> Blank {
        Blank {
            id: id.to_owned(),
            label: id.to_owned(),
            hint: String::new(),
            kind: Kind::Line,
            unit: String::new(),
        }
    }

    #[test]
    fn what_was_not_filled_in_is_left_out_whole() {
        let blanks = ["site", "office", "phone", "mail"].map(blank).to_vec();
        let text = "截至{year}年。[可在{site}下载。][请与{office}联系[（[电话：{phone}，][邮箱：{mail}，]）]。]";
        let skeleton = Skeleton::new("前言", blanks, text, "", &["year"]).unwrap();
        for (filled, expected) in [
            (&["year"][..], "截至year年。"),
            (&["year", "site", "phone"], "截至year年。可在site下载。"),
            (&["year", "office"], "截至year年。请与office联系。"),
            (
                &["year", "office", "phone"],
                "截至year年。请与office联系（电话：phone）。",
            ),
            (
                &["year", "office", "phone", "mail"],
                "截至year年。请与office联系（电话：phone，邮箱：mail）。",
            ),
        ] {
            let answer = |name: &str| {
                let found = filled.iter().find(|known| **known == name);
                found.map_or_else(String::new, |name| (*name).to_owned())
            };
            assert_eq!(skeleton.filled(&answer), expected);
        }
        assert!(!skeleton.has_none());
    }

    #[test]
    fn a_broken_skeleton_is_refused() {
        for (text, said) in [
            ("{a", "without its }"),
            ("[{a}", "without its ]"),
            ("{a}]", "without its ["),
            ("{a}{b}", "no blank b"),
            ("无", "not used"),
        ] {
            let refused = Skeleton::new("", vec![blank("a")], text, "", &[]).unwrap_err();
            assert!(refused.contains(said), "{text}: {refused}");
        }
    }
}
