//! Who writes the report: its names and its level.

use super::words::{BodyLevel, words};

/// Names, the longest first.
#[derive(Debug)]
pub(super) struct Names {
    own: Vec<String>,
    firsts: Vec<char>,
}

impl Names {
    /// The longest name with which a text begins.
    pub(super) fn longest(&self, text: &str) -> Option<&str> {
        let first = text.chars().next()?;
        if !self.firsts.contains(&first) {
            return None;
        }
        let mut names = self.own.iter().map(String::as_str);
        names.find(|name| text.starts_with(name))
    }
}

/// Who writes the report.
#[derive(Debug)]
pub(super) struct Issuer {
    /// The name as it is stated.
    pub stated: String,
    /// The name without what it ends with.
    pub name: String,
    /// The names by which it calls itself.
    pub own: Names,
    pub level: Option<&'static BodyLevel>,
}

impl Issuer {
    pub(super) fn new(name: &str) -> Self {
        let words = words();
        let stated = name.to_owned();
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let mut short = name.as_str();
        while let Some(shorter) = words
            .name_ends
            .iter()
            .find_map(|end| short.strip_suffix(end.as_str()))
        {
            short = shorter;
        }
        let starts: Vec<_> = short.char_indices().map(|(start, _)| start).collect();
        let tails = starts
            .iter()
            .take(starts.len().saturating_sub(2).max(1))
            .skip(1);
        let names = [name.as_str(), short]
            .into_iter()
            .chain(tails.filter_map(|&start| short.get(start..)));
        let names = names.filter(|name| name.chars().nth(1).is_some());
        let mut own: Vec<String> = Vec::new();
        for name in names {
            for end in ["", "人民政府", "政府", "办事处"] {
                for office in ["", "办公室", "党政办"] {
                    own.push(format!("{name}{end}{office}"));
                }
            }
        }
        own.sort_by_key(|name| std::cmp::Reverse(name.len()));
        own.dedup();
        let firsts = own.iter().filter_map(|name| name.chars().next()).collect();
        let is_of = |level: &&BodyLevel| level.ends.iter().any(|end| short.ends_with(end.as_str()));
        let level = words.levels.iter().find(is_of);
        Self {
            stated,
            name: short.to_owned(),
            own: Names { own, firsts },
            level,
        }
    }
}
