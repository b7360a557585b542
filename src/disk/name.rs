//! File names that every system takes.

use std::path::Path;

/// In bytes: an ending, a number and the marks of a lock still fit in the 255 that Linux allows.
const LONGEST: usize = 210;

/// A file name without what some system forbids; never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let allowed = |c: char| !c.is_control() && !r#"<>:"/\|?*"#.contains(c);
    let mut cleaned: String = name.chars().filter(|&c| allowed(c)).collect();
    while cleaned.len() > LONGEST {
        cleaned.pop();
    }
    let cleaned = cleaned.trim_start();
    let cleaned = cleaned.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let reserved = is_reserved(cleaned);
    if cleaned.is_empty() || reserved {
        format!("报告{cleaned}")
    } else {
        cleaned.to_owned()
    }
}

/// Whether Windows takes this name for a device.
pub(super) fn is_device(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| is_reserved(&name.to_string_lossy()))
}

fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |prefix| {
        let number = stem.strip_prefix(prefix).unwrap_or_default();
        number.chars().count() == 1 && number.chars().all(|c| "0123456789¹²³".contains(c))
    };
    let named = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    named.contains(&stem.trim_end()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_on_every_system() {
        for (name, safe) in [
            ("a/b:c", "abc"),
            ("CON", "报告CON"),
            ("", "报告"),
            ("  x. ", "x"),
            ("x. .", "x"),
            ("lpt1.txt", "报告lpt1.txt"),
            ("COM²", "报告COM²"),
            ("con .txt", "报告con .txt"),
            ("CONOUT$", "报告CONOUT$"),
            ("COMMUNE", "COMMUNE"),
            ("青石镇 2025", "青石镇 2025"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
    }

    #[test]
    fn a_long_name_leaves_room_for_its_ending() {
        let long = safe_name(&"镇".repeat(300));
        assert_eq!(long.chars().count(), LONGEST / 3);
        let lock = format!(".~lock.{long}（999）.nianbao#");
        assert!(lock.len() <= 255 && long.chars().count() <= 120);
        assert!(safe_name(&"a".repeat(300)).len() <= LONGEST);
    }
}
