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

/// What a note says became of what it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// It was not taken, and its place is blank.
    LeftBlank,
    /// It was read otherwise than it was printed.
    Repaired,
    /// It is to be looked at.
    Other,
}

impl NoteKind {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::LeftBlank, Self::Repaired, Self::Other];

    /// What such notes are called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftBlank => "没有取用，留作空白的",
            Self::Repaired => "修补过的",
            Self::Other => "其他要核对的",
        }
    }

    /// What a note says.
    #[must_use]
    pub fn of(note: &str) -> Self {
        let said = without_quotes(note);
        let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if has(&[
            "没有导入",
            "空白",
            "没有找到",
            "没有取用",
            "没有读到",
            "填写",
            "补上",
        ]) {
            Self::LeftBlank
        } else if has(&["按", "只取数字", "换算", "计入", "接起来"]) {
            Self::Repaired
        } else {
            Self::Other
        }
    }
}

/// A note without the words it quotes.
fn without_quotes(note: &str) -> String {
    let (mut depth, mut plain) = (0_usize, String::new());
    for c in note.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// Notes that say the same of different places, together, in the order of the first of each.
#[must_use]
pub fn folded<'a>(notes: impl Iterator<Item = &'a String>) -> Vec<Vec<&'a str>> {
    let shape = |note: &str| -> String {
        let plain = without_quotes(note);
        let letters = plain.chars().filter(|c| !c.is_ascii_digit() && *c != '、');
        letters.collect()
    };
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for note in notes {
        let own = shape(note);
        match groups.iter_mut().find(|(shape, _)| *shape == own) {
            Some((_, group)) => group.push(note),
            None => groups.push((own, vec![note])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
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

    #[test]
    fn every_note_belongs_to_one_list() {
        for (note, kind) in [
            (
                "三、甲：“按”一行只有2个数字（1、2），无法确定属于哪几格，没有导入",
                NoteKind::LeftBlank,
            ),
            ("“甲”印的是“—”，按空白处理", NoteKind::LeftBlank),
            ("“二、甲”的表格没有找到，请自行填写", NoteKind::LeftBlank),
            ("三、甲：行名“乙没有导入”按“丙”导入", NoteKind::Repaired),
            ("“甲”印的是“3件”，只取数字3", NoteKind::Repaired),
            (
                "文件里有两份报告，只导入了前面一份，请核对是不是要的那一份",
                NoteKind::Other,
            ),
        ] {
            assert_eq!(NoteKind::of(note), kind, "{note}");
        }
    }

    #[test]
    fn notes_that_differ_in_their_place_only_are_folded() {
        let notes = [
            "三、甲：“乙”一行只有2个数字（1、2），没有导入",
            "“丁”印的是“3件”，只取数字3",
            "三、甲：“丙”一行只有3个数字（1、2、5），没有导入",
        ]
        .map(str::to_owned);
        let folded = folded(notes.iter());
        let counts: Vec<_> = folded.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 1]);
        assert_eq!(folded[0][1], notes[2]);
    }
}
