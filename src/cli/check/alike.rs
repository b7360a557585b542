//! What is printed of sections that different units wrote in nearly the same words.

use std::path::Path;

use serde_json::json;

use crate::check::Alike;
use crate::cli::format::OutputFormat;
use crate::disk;

pub(super) fn shown(found: &[Alike], names: &[&Path], format: OutputFormat) -> String {
    let name = |number: usize| {
        let path = names.get(number);
        match format {
            OutputFormat::Text => path.map_or_else(String::new, |path| disk::shown(path)),
            OutputFormat::Json => path.map_or_else(String::new, |path| path.display().to_string()),
        }
    };
    let mut text = String::new();
    if format == OutputFormat::Text {
        text.push_str(&format!("\n各单位之间文字雷同（{}处）\n", found.len()));
    }
    for alike in found {
        let Alike {
            one,
            other,
            section,
            label,
            percent,
            sentence,
        } = alike;
        let (one, other) = (name(*one), name(*other));
        let line = match format {
            OutputFormat::Text => {
                format!("{one} 与 {other}：{label}有{percent}%相同，例如“{sentence}”")
            }
            OutputFormat::Json => json!({ "alike": {
                "files": [one, other], "section": section, "percent": percent, "sentence": sentence,
            }})
            .to_string(),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}
