//! The numbers that Word puts before paragraphs by itself (自动编号). It knows no report.

mod counting;

use std::collections::{BTreeMap, BTreeSet};

use super::ImportError;
use super::package::{Markup, attribute, walk};

/// The levels of one list.
const LEVELS: usize = 9;
/// The most lists that are looked at.
const LISTS: usize = 20_000;

/// One level of a list.
#[derive(Debug, Clone)]
struct ListLevel {
    start: u32,
    format: String,
    text: String,
    legal: bool,
    style: String,
}

impl Default for ListLevel {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            legal: false,
            style: String::new(),
        }
    }
}

/// A list that paragraphs name: what it is made after, and what it does differently.
#[derive(Debug, Clone, Default)]
struct NumberedList {
    base: String,
    starts: BTreeMap<usize, u32>,
    own: BTreeMap<usize, ListLevel>,
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    bases: BTreeMap<String, BTreeMap<usize, ListLevel>>,
    /// The style that a base takes its levels from, and the base that a style stands for.
    links: (BTreeMap<String, String>, BTreeMap<String, String>),
    lists: BTreeMap<String, NumberedList>,
    /// The list and level of a style, where it has any.
    styles: BTreeMap<String, NumberMark>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    restarted: BTreeSet<(String, usize)>,
}

/// What a paragraph or a style says about its number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberMark {
    /// The list; `0` takes the number away.
    pub list: Option<String>,
    /// The level in it.
    pub level: Option<usize>,
}

impl NumberMark {
    /// Takes in one element of the number's properties.
    pub fn visit(&mut self, name: &[u8], value: Option<String>) {
        match name {
            b"numId" => self.list = value,
            b"ilvl" => self.level = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
    }
}

/// What the walk through the part is in the middle of.
#[derive(Default)]
struct OpenPart {
    base: Option<String>,
    list: Option<String>,
    level: usize,
}

impl Numbering {
    /// Reads the lists, and which styles use them.
    pub fn read(lists: &[u8], styles: Option<&[u8]>) -> Result<Self, ImportError> {
        let mut numbering = Self::default();
        let mut open = OpenPart::default();
        walk(lists, |markup| {
            match markup {
                Markup::Start(element) => {
                    let name = element.local_name();
                    numbering.start(&mut open, name.as_ref(), |attr| attribute(element, attr));
                }
                Markup::End(b"abstractNum") => open.base = None,
                Markup::End(b"num") => open.list = None,
                Markup::End(_) | Markup::Text(_) => {}
            }
            Ok(())
        })?;
        if let Some(styles) = styles {
            numbering.read_styles(styles)?;
        }
        Ok(numbering)
    }

    fn start(&mut self, open: &mut OpenPart, name: &[u8], attr: impl Fn(&str) -> Option<String>) {
        let value = || attr("val").unwrap_or_default();
        let at = |name| attr(name).and_then(|level| level.parse().ok()).unwrap_or(0);
        match name {
            b"abstractNum" if self.bases.len() < LISTS => {
                let base = attr("abstractNumId").unwrap_or_default();
                self.bases.entry(base.clone()).or_default();
                open.base = Some(base);
            }
            b"num" if self.lists.len() < LISTS => open.list = attr("numId"),
            b"lvlOverride" => open.level = at("ilvl"),
            b"lvl" => {
                open.level = at("ilvl");
                if let Some(levels) = self.levels(open) {
                    levels.insert(open.level, ListLevel::default());
                }
            }
            b"abstractNumId" | b"startOverride" => {
                let Some(list) = &open.list else { return };
                let list = self.lists.entry(list.clone()).or_default();
                if name == b"abstractNumId" {
                    list.base = value();
                } else if let Ok(start) = value().parse() {
                    list.starts.insert(open.level, start);
                }
            }
            b"numStyleLink" => {
                let base = open.base.clone().unwrap_or_default();
                self.links.0.insert(base, value());
            }
            b"styleLink" => {
                let base = open.base.clone().unwrap_or_default();
                self.links.1.insert(value(), base);
            }
            _ => {
                let at = open.level;
                let Some(level) = self.levels(open).and_then(|levels| levels.get_mut(&at)) else {
                    return;
                };
                match name {
                    b"start" => level.start = value().parse().unwrap_or(1),
                    b"numFmt" => level.format = value(),
                    b"lvlText" => level.text = value(),
                    b"pStyle" => level.style = value(),
                    b"isLgl" => level.legal = !matches!(value().as_str(), "0" | "false"),
                    _ => {}
                }
            }
        }
    }

    fn levels(&mut self, open: &OpenPart) -> Option<&mut BTreeMap<usize, ListLevel>> {
        if let Some(base) = &open.base {
            return self.bases.get_mut(base);
        }
        let list = open.list.as_ref()?;
        Some(&mut self.lists.entry(list.clone()).or_default().own)
    }

    fn read_styles(&mut self, xml: &[u8]) -> Result<(), ImportError> {
        let mut parents: BTreeMap<String, String> = BTreeMap::new();
        let mut style = String::new();
        walk(xml, |markup| {
            let Markup::Start(element) = markup else {
                return Ok(());
            };
            match element.local_name().as_ref() {
                b"style" => style = attribute(element, "styleId").unwrap_or_default(),
                b"basedOn" => {
                    let parent = attribute(element, "val").unwrap_or_default();
                    parents.insert(style.clone(), parent);
                }
                name @ (b"numId" | b"ilvl") => {
                    let mark = self.styles.entry(style.clone()).or_default();
                    mark.visit(name, attribute(element, "val"));
                }
                _ => {}
            }
            Ok(())
        })?;
        for (style, parent) in &parents {
            let mut next = Some(parent);
            for _ in 0..LEVELS {
                let Some(parent) = next.filter(|_| !self.styles.contains_key(style)) else {
                    break;
                };
                if let Some(mark) = self.styles.get(parent).cloned() {
                    self.styles.insert(style.clone(), mark);
                }
                next = parents.get(parent);
            }
        }
        Ok(())
    }

    /// Counts a paragraph with this mark in this style; the number that it prints, if any.
    pub fn count(&mut self, own: &NumberMark, style: Option<&str>) -> Option<String> {
        let by_style = style.and_then(|style| self.styles.get(style));
        let list = own.list.as_ref();
        let list = list.or_else(|| by_style?.list.as_ref())?.clone();
        let of_list = self.lists.get(&list)?;
        let base = self.base_of(of_list)?;
        let levels = self.bases.get(&base)?;
        let linked = || {
            let mut all = levels.iter();
            let found = all.find(|(_, level)| style == Some(level.style.as_str()))?;
            Some(*found.0)
        };
        let at = own.level.or_else(linked);
        let at = at.or_else(|| by_style?.level).unwrap_or(0);
        let level_at = |at: usize| of_list.own.get(&at).or_else(|| levels.get(&at));
        let level = level_at(at)?;
        let restart = of_list.starts.get(&at).copied();
        let first = self.restarted.insert((list, at));
        let counts = self.counts.entry(base).or_default();
        let count = counts.get_mut(at)?;
        *count = match (*count, restart.filter(|_| first)) {
            (_, Some(start)) => Some(start),
            (None, None) => Some(level.start),
            (Some(count), None) => Some(count.saturating_add(1)),
        };
        for deeper in counts.iter_mut().skip(at + 1) {
            *deeper = None;
        }
        let shown = |number: usize| {
            let of = level_at(number)?;
            let count = counts.get(number).copied().flatten().unwrap_or(of.start);
            let format = if level.legal { "decimal" } else { &of.format };
            counting::shown(count, format)
        };
        // A bullet counts nothing.
        counting::shown(1, &level.format)?;
        let mut text = level.text.clone();
        for number in 0..LEVELS {
            let place = format!("%{}", number + 1);
            if text.contains(&place) {
                text = text.replace(&place, &shown(number)?);
            }
        }
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// What a list is made after, through the style that it may name.
    fn base_of(&self, list: &NumberedList) -> Option<String> {
        let link = self.links.0.get(&list.base);
        let base = link.and_then(|style| self.links.1.get(style));
        let base = base.unwrap_or(&list.base);
        self.bases.contains_key(base).then(|| base.clone())
    }
}

/// A line behind its number; one that begins with it already keeps it.
pub(super) fn numbered(number: &str, line: &str) -> String {
    let line = line.trim_start();
    if line.starts_with(number) {
        return line.to_owned();
    }
    // A number of its own must not grow by that of the list.
    let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let grows = digits(number.chars().next_back()) && digits(line.chars().next());
    let gap = if grows { " " } else { "" };
    format!("{number}{gap}{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering() -> Numbering {
        let level = |at: usize, format: &str, text: &str, more: &str| {
            format!(
                "<lvl ilvl='{at}'><start val='1'/><numFmt val='{format}'/><lvlText val='{text}'/>{more}</lvl>"
            )
        };
        let lists = [
            "<numbering><abstractNum abstractNumId='7'>",
            &level(0, "chineseCounting", "%1、", "<pStyle val='h1'/>"),
            &level(1, "chineseCounting", "（%2）", "<pStyle val='h2'/>"),
            &level(2, "decimal", "%1.%3", "<isLgl/>"),
            "</abstractNum><abstractNum abstractNumId='8'>",
            &level(0, "bullet", "•", ""),
            "</abstractNum><num numId='1'><abstractNumId val='7'/></num>",
            "<num numId='2'><abstractNumId val='8'/></num>",
            "<num numId='3'><abstractNumId val='7'/>",
            "<lvlOverride ilvl='0'><startOverride val='5'/></lvlOverride></num></numbering>",
        ];
        let styles = "<styles><style styleId='h1'><numPr><numId val='1'/></numPr></style>\
            <style styleId='h2'><numPr><ilvl val='1'/><numId val='1'/></numPr></style>\
            <style styleId='own'><basedOn val='h2'/></style></styles>";
        Numbering::read(lists.concat().as_bytes(), Some(styles.as_bytes())).unwrap()
    }

    #[test]
    fn paragraphs_are_counted_by_list_level_and_style() {
        let mut numbering = numbering();
        let mark = |list: &str, level| NumberMark {
            list: Some(list.to_owned()),
            level: Some(level),
        };
        let none = NumberMark::default();
        let mut said = Vec::new();
        for (mark, style) in [
            (&none, Some("h1")),
            (&none, Some("h2")),
            (&none, Some("own")),
            (&mark("1", 2), None),
            (&none, Some("h1")),
            (&none, Some("h2")),
            (&mark("0", 0), Some("h1")),
            (&mark("2", 0), None),
            (&mark("3", 0), None),
            (&mark("3", 0), None),
            (&none, None),
        ] {
            said.push(numbering.count(mark, style).unwrap_or_default());
        }
        assert_eq!(
            said,
            [
                "一、",
                "（一）",
                "（二）",
                "1.1",
                "二、",
                "（一）",
                "",
                "",
                "五、",
                "六、",
                ""
            ]
        );
    }

    #[test]
    fn a_number_stands_apart_from_figures() {
        assert_eq!(numbered("1.", "甲。"), "1.甲。");
        assert_eq!(numbered("1.", "2024年"), "1. 2024年");
        assert_eq!(numbered("一、", "一、甲"), "一、甲");
    }
}
