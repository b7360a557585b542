//! The house rules that a compiler does not know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use nianbao::form::{self, SquareContent};
use regex::Regex;

/// What each module may use; nothing else in the crate.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("date", &[]),
    ("form", &[]),
    ("manual", &[]),
    ("report", &["text", "form"]),
    ("check", &["text", "date", "form", "report"]),
    ("system", &[]),
    ("screen", &[]),
    ("disk", &["system"]),
    ("store", &["form", "report", "disk"]),
    ("keep", &["form", "report", "disk", "store", "system"]),
    ("doc", &["text", "date", "form", "report"]),
    ("import", &["text", "doc"]),
    ("layout", &["text", "doc", "report"]),
    (
        "export",
        &["text", "doc", "report", "disk", "layout", "system"],
    ),
    (
        "open",
        &["doc", "form", "report", "disk", "store", "import"],
    ),
    ("compare", &["doc", "form", "report"]),
    (
        "publish",
        &["date", "doc", "report", "disk", "import", "export"],
    ),
    (
        "sheet",
        &["check", "doc", "form", "report", "disk", "export"],
    ),
    (
        "years",
        &["doc", "form", "report", "disk", "layout", "export"],
    ),
    (
        "desk",
        &[
            "date", "text", "check", "doc", "form", "report", "disk", "store", "import", "export",
            "open", "system",
        ],
    ),
    (
        "cli",
        &[
            "date", "desk", "app", "check", "compare", "doc", "form", "report", "disk", "store",
            "keep", "import", "export", "open", "publish", "sheet", "system", "years",
        ],
    ),
    (
        "app",
        &[
            "date", "desk", "text", "check", "compare", "doc", "form", "report", "disk", "store",
            "keep", "import", "layout", "export", "open", "publish", "manual", "screen", "sheet",
            "system", "years",
        ],
    ),
];

/// All source files, by their paths below `src`.
pub fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_path_buf(), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20);
    found
}

/// The lines of a file that are shipped: no comments, no tests.
pub fn shipped(path: &Path, text: &str) -> String {
    if path.ends_with("tests.rs") {
        return String::new();
    }
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let uses = Regex::new(r"crate::(\w+)").unwrap();
    for (path, text) in sources() {
        let top = path
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let Some((_, allowed)) = MAY_USE.iter().find(|(module, _)| *module == top) else {
            assert!(
                ["lib", "main"].contains(&top.as_str()),
                "{top} has no place in the house"
            );
            continue;
        };
        for (_, [used]) in uses
            .captures_iter(&shipped(&path, &text))
            .map(|found| found.extract())
        {
            assert!(
                used == top || allowed.contains(&used),
                "{} uses {used}",
                path.display()
            );
        }
    }
}

#[test]
fn only_one_module_asks_which_system_it_is() {
    let asks = Regex::new(r"cfg[^\n]*\b(windows|unix|target_os|target_family)\b").unwrap();
    for (path, text) in sources() {
        // The program itself must say that it has no console.
        if path == Path::new("system.rs") || path == Path::new("main.rs") {
            continue;
        }
        assert!(!asks.is_match(&shipped(&path, &text)), "{}", path.display());
    }
}

#[test]
fn no_label_of_the_form_stands_in_the_code() {
    let mut labels = Vec::new();
    for edition in form::all() {
        labels.extend(
            edition
                .sections
                .iter()
                .map(|section| section.heading.clone()),
        );
        for (_, table) in edition.tables() {
            labels.extend(
                table
                    .grid
                    .squares
                    .iter()
                    .filter_map(|square| match &square.content {
                        SquareContent::Head(text) | SquareContent::Label(text) => {
                            Some(text.clone())
                        }
                        SquareContent::Value(_) => None,
                    }),
            );
        }
    }
    labels.retain(|label| label.chars().count() > 4);
    assert!(labels.len() > 50);
    for (path, text) in sources() {
        let text = shipped(&path, &text);
        for label in &labels {
            assert!(
                !text.contains(&format!("\"{label}\"")),
                "{} holds {label}",
                path.display()
            );
        }
    }
}

#[test]
fn words_for_the_filer_are_punctuated_as_chinese() {
    let literal = Regex::new(r#""((?:[^"\\\n]|\\.)*)""#).unwrap();
    let half_width = Regex::new(r"\p{Han}[,;:!?]\p{Han}").unwrap();
    for (path, text) in sources() {
        for (_, [words]) in literal
            .captures_iter(&shipped(&path, &text))
            .map(|found| found.extract())
        {
            let chinese = words
                .chars()
                .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            // A pattern is not read by the filer.
            let is_pattern = words.contains("(?") || words.contains('|') || words.contains("[^");
            assert!(
                is_pattern || !half_width.is_match(words),
                "{}: {words}",
                path.display()
            );
            assert!(
                !(chinese && words.contains("...")),
                "{}: {words}",
                path.display()
            );
        }
    }
}

#[test]
fn the_guides_name_only_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    let place = Regex::new(r"`((?:src|tests|templates|docs)(?:/[\w./-]+)?|\.ci/run)`").unwrap();
    let spoken = Regex::new(r"`([a-z]+(?:_[a-z0-9]+){2,})`").unwrap();
    let mut code = String::new();
    for folder in ["src", "tests/it", "tests/gui"] {
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    code.push_str(&fs::read_to_string(path).unwrap());
                }
            }
        }
    }
    let mut count = 0;
    for guide in ["src/lib.rs", "CONTRIBUTING.md"] {
        let words = read(guide);
        for (_, [path]) in place.captures_iter(&words).map(|found| found.extract()) {
            let is_there = path.contains("NAME") || root.join(path).exists();
            assert!(is_there, "{guide} names {path}");
            count += 1;
        }
        for (_, [name]) in spoken.captures_iter(&words).map(|found| found.extract()) {
            assert!(code.contains(&format!("fn {name}(")), "{guide}: {name}");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
    assert!(read("README.md").contains("`CONTRIBUTING.md`"));
}

#[test]
fn a_name_of_a_type_means_one_thing() {
    let definition =
        Regex::new(r"(?m)^ *(?:pub(?:\([^)]*\))? )?(?:struct|enum|trait) (\w+)|^(?:pub(?:\([^)]*\))? )?type (\w+)").unwrap();
    let mut defined: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for (path, text) in sources() {
        for found in definition.captures_iter(&shipped(&path, &text)) {
            let name = found.get(1).or(found.get(2)).unwrap().as_str().to_owned();
            defined.entry(name).or_default().insert(path.clone());
        }
    }
    assert!(defined.len() > 300, "{}", defined.len());
    defined.retain(|_, paths| paths.len() > 1);
    assert!(defined.len() <= 8, "{defined:#?}");
}

#[test]
fn no_function_takes_two_things_as_one() {
    let pair = Regex::new(r"(?m)(?:^ +|fn \w+\([^|)\n]*)\((?:\w+, )+\w+\): .*").unwrap();
    for (path, text) in sources() {
        let shipped = shipped(&path, &text);
        let found: Vec<_> = pair
            .find_iter(&shipped)
            .map(|found| found.as_str())
            .collect();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}
