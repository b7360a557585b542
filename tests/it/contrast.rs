//! Every text of every theme stands out from everything it may stand on, by at least 4.5 to 1.

use std::collections::BTreeMap;

type Palette = BTreeMap<String, String>;

/// What each ink may be written on.
const INKS: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "desk",
            "panel",
            "paper",
            "hover",
            "press",
            "button",
            "selection",
            "error_fill",
            "query_fill",
            "advice_fill",
            "total_fill",
            "head",
            "crosshair",
        ],
    ),
    (
        "weak",
        &[
            "desk",
            "panel",
            "paper",
            "total_fill",
            "head",
            "hover",
            "selection",
            "error_fill",
            "query_fill",
            "advice_fill",
        ],
    ),
    ("ghost", &["paper", "total_fill", "selection"]),
    (
        "error",
        &[
            "panel",
            "paper",
            "selection",
            "hover",
            "error_fill",
            "total_fill",
        ],
    ),
    (
        "query",
        &["panel", "paper", "selection", "hover", "query_fill"],
    ),
    (
        "advice",
        &["panel", "paper", "selection", "hover", "advice_fill"],
    ),
    (
        "good",
        &["panel", "paper", "selection", "hover", "query_fill"],
    ),
    ("accent_text", &["accent"]),
    // The signs in the badges of marked cells.
    ("paper", &["error", "query", "advice"]),
];

/// What must be seen though it is no text: the cursor, the focus, the dots of a blank cell.
const SHAPES: &[(&str, &[&str])] = &[
    ("accent", &["desk", "panel", "paper", "selection"]),
    ("ghost", &["paper"]),
];

fn palettes() -> BTreeMap<String, Palette> {
    let text = include_str!("../../assets/theme.ron");
    let theme: BTreeMap<String, ron::Value> = ron::from_str(text).unwrap_or_else(|_| parts(text));
    let palettes = theme
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.into_rust::<Palette>().ok()?)));
    palettes.collect()
}

/// The named parts of the file, which is a struct and not a map.
fn parts(text: &str) -> BTreeMap<String, ron::Value> {
    let quoted = regex::Regex::new(r"(?m)^(\s*)([a-z_]+):").unwrap();
    let lines = text.lines();
    let plain: Vec<_> = lines
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let plain = plain.join("\n");
    let map = quoted.replace_all(&plain, "$1\"$2\":");
    let map = map.replace('(', "{").replace(')', "}");
    ron::from_str(&map).unwrap()
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap();
    let channel = |at: usize| {
        let value = u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn too_faint(pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let mut faint = Vec::new();
    for (theme, palette) in palettes() {
        for (ink, grounds) in pairs {
            for ground in *grounds {
                let found = contrast(&palette[*ink], &palette[*ground]);
                if found < least {
                    faint.push(format!("{theme}: {ink} on {ground} {found:.2}"));
                }
            }
        }
    }
    faint
}

#[test]
fn every_text_can_be_read() {
    assert!(palettes().len() >= 2);
    assert_eq!(too_faint(INKS, 4.5), Vec::<String>::new());
}

#[test]
fn cursor_focus_and_blanks_can_be_seen() {
    assert_eq!(too_faint(SHAPES, 3.0), Vec::<String>::new());
}
