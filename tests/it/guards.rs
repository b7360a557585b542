//! What one place names, another place must have: keys, relations, rules, extensions.
//!
//! A key that no edition has makes no rule fail; it makes one keep silent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use nianbao::check::rules::{self, RULES};
use nianbao::{form, import, open, store};
use regex::Regex;

use crate::house::{shipped, sources};

/// The string literals of all shipped files below a folder, with the file.
fn literals(folder: &str) -> Vec<(String, String)> {
    let literal = Regex::new(r#""((?:[^"\\\n]|\\.)*)""#).unwrap();
    let mut found = Vec::new();
    for (path, text) in sources() {
        if path.starts_with(folder) {
            let text = shipped(&path, &text);
            let words = literal.captures_iter(&text).map(|found| found.extract());
            found.extend(words.map(|(_, [words])| (path.display().to_string(), words.to_owned())));
        }
    }
    assert!(found.len() > 10, "{folder}");
    found
}

/// The keys of all fields of all editions, and the ids of all sections.
fn keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for edition in form::all() {
        keys.extend(edition.ids().map(|id| edition.field(id).key.clone()));
        keys.extend(edition.sections.iter().map(|section| section.id.clone()));
    }
    keys
}

/// Whether some words are a key or the whole of some parts of one, as the rules put them together.
fn is_of(key: &str, words: &str) -> bool {
    let bare = words.trim_matches(['@', '.']);
    key.match_indices(bare).any(|(start, _)| {
        let (before, after) = (&key[..start], &key[start + bare.len()..]);
        (before.is_empty() || before.ends_with(['.', '@']))
            && (after.is_empty() || after.starts_with(['.', '@']))
    })
}

#[test]
fn every_key_that_the_code_names_stands_in_an_edition() {
    let keys = keys();
    let dotted = Regex::new(r"^@?[a-z][a-z_]*(?:[.@][a-z_]+)*[.@]?$").unwrap();
    let section = Regex::new(r#"(?:section\.id [!=]= |passage\(|section\()"([a-z_]+)""#).unwrap();
    let mut named = 0;
    for folder in [
        "check", "report", "doc", "export", "layout", "publish", "sheet", "app",
    ] {
        for (path, words) in literals(folder) {
            // Elsewhere than in rules a word without a column may be a file's name or anything else.
            let in_rules = path.starts_with("check/rules/");
            let is_key = words.contains('@') || (in_rules && words.contains(['_', '.']));
            if is_key && dotted.is_match(&words) {
                named += 1;
                assert!(keys.iter().any(|key| is_of(key, &words)), "{path}: {words}");
            }
        }
    }
    let figures = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/figures.ron");
    let figures = std::fs::read_to_string(figures).unwrap();
    for found in Regex::new(r#"(?m)^ +.*?"(.+)""#)
        .unwrap()
        .captures_iter(&figures)
    {
        for words in found[1].split("\", \"") {
            named += 1;
            assert!(keys.iter().any(|key| is_of(key, words)), "{words}");
        }
    }
    for (path, text) in sources() {
        for (_, [id]) in section
            .captures_iter(&shipped(&path, &text))
            .map(|found| found.extract())
        {
            named += 1;
            assert!(keys.contains(id), "{}: {id}", path.display());
        }
    }
    assert!(named > 20, "{named}");
}

#[test]
fn every_relation_belongs_to_a_rule_and_every_such_rule_has_one() {
    let relations = || form::all().iter().flat_map(|edition| &edition.relations);
    for relation in relations() {
        assert!(rules::by_name(&relation.id).is_some(), "{}", relation.id);
    }
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules/mod.rs");
    let table = std::fs::read_to_string(table).unwrap();
    let row = Regex::new(r#"(?m)^ +\w+ "([a-z-]+)" \w+ "[^"]+" => relation "#).unwrap();
    let names: Vec<_> = row
        .captures_iter(&table)
        .map(|found| found[1].to_owned())
        .collect();
    assert!(names.len() > 3, "{names:?}");
    for name in names {
        assert!(relations().any(|relation| relation.id == name), "{name}");
    }
}

#[test]
fn every_rule_that_the_window_treats_in_a_way_of_its_own_exists() {
    let compared = Regex::new(r#"rule(?:\.name)? == "([a-z-]+)""#).unwrap();
    for (path, text) in sources() {
        for (_, [name]) in compared
            .captures_iter(&shipped(&path, &text))
            .map(|found| found.extract())
        {
            assert!(
                RULES.iter().any(|rule| rule.name == name),
                "{}: {name}",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_readers_say_what_can_be_read() {
    let known: BTreeSet<_> = open::extensions().collect();
    for reader in import::READERS {
        for extension in reader.extensions {
            assert!(known.contains(extension), "{extension}");
        }
    }
    for folder in ["app", "cli"] {
        let mut lists: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, words) in literals(folder) {
            if words != store::EXTENSION && known.contains(words.as_str()) {
                lists.entry(path).or_default().insert(words);
            }
        }
        // One alone is a word of some other kind, as the format `text` of the command line.
        lists.retain(|_, words| words.len() > 1);
        assert!(lists.is_empty(), "{lists:?}");
    }
}

#[test]
fn the_rules_are_counted_where_they_are_told_of() {
    let counted = Regex::new("([0-9]+)条规则").unwrap();
    for (page, least) in [("README.md", 1), ("CHANGELOG.md", 0)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = std::fs::read_to_string(path).unwrap();
        let counts = counted.captures_iter(&text).map(|found| found.extract());
        let counts: Vec<usize> = counts.map(|(_, [count])| count.parse().unwrap()).collect();
        assert!(counts.len() >= least, "{page}");
        assert!(
            counts.iter().all(|&count| count == RULES.len()),
            "{page}: {counts:?}"
        );
    }
}

/// The figures of the text follow their cells, whatever changes these: so there is one door.
#[test]
fn the_window_changes_cells_through_one_door() {
    // These change texts alone, or put another report in the place of the whole.
    let others = [
        "find.rs",
        "text.rs",
        "files.rs",
        "recovery.rs",
        "reuse.rs",
        "mod.rs",
    ];
    let mut looked_at = 0;
    for (path, text) in sources() {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        if !path.starts_with("app/update") || name == "follow.rs" || others.contains(&name) {
            continue;
        }
        looked_at += 1;
        let text = shipped(&path, &text);
        for way in ["draft.edit(", "draft.change(", "draft.type_into("] {
            assert!(!text.contains(way), "{}: {way}", path.display());
        }
    }
    assert!(looked_at > 8);
}
