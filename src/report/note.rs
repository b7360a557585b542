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

/// Notes that a row's label was read though it was printed differently.
#[must_use]
pub fn altered_label(section: &str, printed: &str, prescribed: &str) -> String {
    format!("{section}：{ROW}“{printed}”按“{prescribed}”导入")
}

/// Notes that a column's heading was read though it was printed differently.
#[must_use]
pub fn altered_heading(section: &str, printed: &str, prescribed: &str) -> String {
    format!("{section}：{COLUMN}“{printed}”按“{prescribed}”导入")
}

const ROW: &str = "行名";
const COLUMN: &str = "列名";

/// The label or heading that a note speaks of; `None` for a note of another kind.
#[must_use]
pub fn read_altered_label(note: &str) -> Option<AlteredLabel<'_>> {
    let part = |name: &str| note.split_once(&format!("：{name}“"));
    let (section, rest) = part(ROW).or_else(|| part(COLUMN))?;
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
        for write in [altered_label, altered_heading] {
            let note = write("三、甲", "（一）乙“丙”", "（一）丁");
            let read = read_altered_label(&note).unwrap();
            assert_eq!((read.section, read.printed), ("三、甲", "（一）乙“丙”"));
            assert_eq!(read.prescribed, "（一）丁");
        }
        assert_eq!(read_altered_label("表格中有3格没有数字"), None);
    }
}
