//! Notes of an import that a program reads again. The words stand here only, for writer and reader.

/// A label that was printed differently from what the form prescribes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlteredLabel<'a> {
    /// What the section is called.
    pub section: &'a str,
    /// What was printed.
    pub printed: &'a str,
    /// What the form prescribes.
    pub prescribed: &'a str,
}

/// Notes that a label was read though it was printed differently.
#[must_use]
pub fn altered_label(section: &str, printed: &str, prescribed: &str) -> String {
    format!("{section}：行名“{printed}”按“{prescribed}”导入")
}

/// The label that a note speaks of; `None` for a note of another kind.
#[must_use]
pub fn read_altered_label(note: &str) -> Option<AlteredLabel<'_>> {
    let (section, rest) = note.split_once("：行名“")?;
    let (printed, rest) = rest.split_once("”按“")?;
    let prescribed = rest.strip_suffix("”导入")?;
    Some(AlteredLabel {
        section,
        printed,
        prescribed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let note = altered_label("三、甲", "（一）乙“丙”", "（一）丁");
        let read = read_altered_label(&note).unwrap();
        assert_eq!((read.section, read.printed), ("三、甲", "（一）乙“丙”"));
        assert_eq!(read.prescribed, "（一）丁");
        assert_eq!(read_altered_label("表格中有3格没有数字"), None);
    }
}
