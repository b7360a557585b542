//! Which file of the house leans on which: no circles, and in the window nothing leans upwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

use crate::house::{shipped, sources};

/// The rooms of the window, each above those it may know.
const ROOMS: &[&str] = &[
    "system", "state", "actions", "effects", "update", "widgets", "table", "views", "window",
];

type Name = Vec<String>;

fn name(text: &str) -> Name {
    let parts = text.split("::").map(str::trim);
    parts.map(str::to_owned).collect()
}

/// The module a file holds, by its path below `src`.
fn module(path: &Path) -> Name {
    let text = path.with_extension("").display().to_string();
    let mut parts = name(&text.replace(['/', '\\'], "::"));
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

/// What a `use` brings in: each whole path, and the name it has here.
fn leaves(text: &str, before: &str, found: &mut Vec<(String, String)>) {
    let text = text.trim().trim_end_matches(',');
    if let Some((head, tail)) = text.split_once('{') {
        let inner = tail.rsplit_once('}').map_or(tail, |(inner, _)| inner);
        let (mut depth, mut from) = (0, 0);
        for (at, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    leaves(&inner[from..at], &format!("{before}{head}"), found);
                    from = at + 1;
                }
                _ => {}
            }
        }
        leaves(&inner[from..], &format!("{before}{head}"), found);
    } else if !text.is_empty() {
        let (path, alias) = text.split_once(" as ").unwrap_or((text, ""));
        let path = format!("{before}{path}");
        let path = path.strip_suffix("::self").unwrap_or(&path).to_owned();
        let last = path.rsplit("::").next().unwrap_or_default().to_owned();
        let known = if alias.is_empty() {
            last
        } else {
            alias.trim().to_owned()
        };
        found.push((path, known));
    }
}

/// A path from the root of the crate, if it stays within the crate.
fn absolute(path: &str, here: &Name, modules: &BTreeMap<Name, String>) -> Option<Name> {
    let parts = name(path);
    let (first, rest) = parts.split_first()?;
    let mut base = match first.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => here.clone(),
        other => {
            let child = [here.as_slice(), &[other.to_owned()]].concat();
            modules.contains_key(&child).then_some(())?;
            return Some([here.as_slice(), &parts].concat());
        }
    };
    if first == "super" {
        base.pop();
    }
    for part in rest {
        if part == "super" {
            base.pop();
        } else {
            base.push(part.clone());
        }
    }
    Some(base)
}

/// The house as it leans: from each file to those it names, past what only hands a name on.
///
/// That the parts of a module know the module they are parts of is no arrow.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let import = Regex::new(r"(?m)^ *(pub(?:\([^)]*\))? )?use ([^;]*);").unwrap();
    let inline = Regex::new(r"(?:^|[^\w:])((?:crate|super|self)(?:::\w+)+)").unwrap();
    let sources = sources();
    let mut modules = BTreeMap::new();
    for (path, _) in &sources {
        modules.insert(module(path), path.display().to_string().replace('\\', "/"));
    }
    let mut named: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    let mut handed_on: BTreeMap<Name, Name> = BTreeMap::new();
    for (path, text) in &sources {
        let here = module(path);
        let file = modules[&here].clone();
        let text = shipped(path, text);
        let to = named.entry(file).or_default();
        for found in import.captures_iter(&text) {
            let mut all = Vec::new();
            leaves(&found[2].replace('\n', " "), "", &mut all);
            for (path, known) in all {
                let Some(path) = absolute(&path, &here, &modules) else {
                    continue;
                };
                if found.get(1).is_some() {
                    let mut own = here.clone();
                    own.push(known);
                    handed_on.insert(own, path);
                } else {
                    to.push(path);
                }
            }
        }
        let rest = import.replace_all(&text, "");
        for found in inline.captures_iter(&rest) {
            to.extend(absolute(&found[1], &here, &modules));
        }
    }
    let owner = |mut path: Name| {
        for _ in 0..8 {
            let prefix = (0..=path.len()).rev();
            let handed = prefix
                .clone()
                .find(|&end| handed_on.contains_key(&path[..end]));
            let whole = prefix
                .clone()
                .find(|&end| modules.contains_key(&path[..end]))?;
            match handed.filter(|&end| end > whole) {
                Some(end) => path = [handed_on[&path[..end]].as_slice(), &path[end..]].concat(),
                None => return Some(modules[&path[..whole]].clone()),
            }
        }
        None
    };
    let is_part = |file: &str, of: &str| {
        of == "lib.rs"
            || of
                .strip_suffix("mod.rs")
                .is_some_and(|room| file.starts_with(room))
    };
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, paths) in named {
        let to = paths.into_iter().filter_map(owner);
        let to = to.filter(|to| *to != file && !is_part(&file, to));
        let to = to.collect();
        arrows.insert(file, to);
    }
    arrows
}

/// Everything a file leans on, by way of whatever lies between.
fn reached<'a>(from: &str, arrows: &'a BTreeMap<String, BTreeSet<String>>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = arrows[from].iter().map(String::as_str).collect();
    while let Some(file) = next.pop() {
        if seen.insert(file) {
            next.extend(arrows.get(file).into_iter().flatten().map(String::as_str));
        }
    }
    seen
}

#[test]
fn no_files_lean_on_one_another_in_a_circle() {
    let arrows = arrows();
    let count: usize = arrows.values().map(BTreeSet::len).sum();
    assert!(count > 500, "{count}");
    let mut circles = BTreeSet::new();
    for file in arrows.keys() {
        if reached(file, &arrows).contains(file.as_str()) {
            circles.insert(file.as_str());
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn in_the_window_nothing_leans_upwards() {
    let floor = |file: &str| {
        let room = file.strip_prefix("app/")?.split(['/', '.']).next()?;
        ROOMS.iter().position(|&name| name == room)
    };
    for (file, to) in &arrows() {
        for to in to {
            if let (Some(own), Some(other)) = (floor(file), floor(to)) {
                assert!(own >= other, "{file} knows {to}");
            }
        }
    }
    let top = sources();
    let top = top
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("app").ok());
    let count = top.filter(|path| path.components().count() == 1).count();
    assert!(count <= 3, "{count} files at the top of the window's code");
}
