//! File names that every system takes.

/// A file name without what some system forbids; never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    const LONGEST: usize = 80;
    let allowed = |c: char| !c.is_control() && !r#"<>:"/\|?*"#.contains(c);
    let cleaned: String = name.chars().filter(|&c| allowed(c)).take(LONGEST).collect();
    let cleaned = cleaned.trim().trim_end_matches('.').trim();
    let stem = cleaned
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest: &str| rest.len() == 1)
    };
    let reserved =
        ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT");
    if cleaned.is_empty() || reserved {
        format!("报告{cleaned}")
    } else {
        cleaned.to_owned()
    }
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
            ("lpt1.txt", "报告lpt1.txt"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
    }
}
