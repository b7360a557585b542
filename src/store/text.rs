//! The text of a draft file: RON with every entry on a line of its own.
//!
//! It is written by hand, because a recovery file is written while somebody types: a serialiser
//! that works character by character takes longer than the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::choices::ChoicesFile;
use super::header;
use crate::form::{FieldId, Kind};
use crate::report::{Choices, Confirmation, Draft, Entry, Explanation, Publication, Report};

/// The body of the draft's file.
pub(super) fn write(draft: &Draft) -> String {
    let mut text = TextWriter::default();
    text.open("(");
    text.line(&format!("version: {},", header::version_of(draft)));
    text.open("report: (");
    text.report(draft.report());
    text.close("),");
    if let Some(prior) = draft.prior() {
        text.open("prior: Some((");
        text.string("source", &prior.source);
        text.open("report: (");
        text.report(&prior.report);
        text.close("),");
        text.close(")),");
    }
    text.explanations("explanations", draft.explanations());
    text.explanations("half_written", draft.half_written());
    if let Some(confirmation) = draft.confirmation() {
        text.confirmation(confirmation);
    }
    if !draft.notes().is_empty() {
        text.open("notes: [");
        text.items(draft.notes());
        text.close("],");
    }
    text.choices(draft.choices());
    if !draft.left().is_empty() {
        text.left(draft);
    }
    if !draft.local_rules().is_empty() {
        text.string("local_rules", draft.local_rules());
    }
    text.sentences("kept", draft.report(), &draft.reused().kept);
    text.sentences("unused", draft.report(), &draft.reused().unused);
    if !draft.publications().is_empty() {
        text.open("published: [");
        for publication in draft.publications() {
            text.publication(publication);
        }
        text.close("],");
    }
    text.close(")");
    text.written
}

/// Whether a character that begins with this byte may not stand in a string as it is.
///
/// Bytes are looked at because most texts are long and have no such character.
fn may_be_special(byte: u8) -> bool {
    /// The first byte of all controls that are not ASCII.
    const LATIN: u8 = 0xC2;
    matches!(byte, b'"' | b'\\' | LATIN) || byte.is_ascii_control()
}

/// Where the first such byte stands.
fn first_special(bytes: &[u8]) -> Option<usize> {
    /// So many are looked at together, which a processor does at once.
    const TOGETHER: usize = 64;
    let plain = bytes
        .chunks_exact(TOGETHER)
        .take_while(|chunk| {
            !chunk
                .iter()
                .fold(false, |any, &byte| any | may_be_special(byte))
        })
        .count();
    let start = plain * TOGETHER;
    let rest = bytes.get(start..)?;
    Some(start + rest.iter().copied().position(may_be_special)?)
}

#[derive(Default)]
struct TextWriter {
    written: String,
    depth: usize,
}

impl TextWriter {
    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.written.push_str("    ");
        }
    }

    fn line(&mut self, line: &str) {
        self.indent();
        self.written.push_str(line);
        self.written.push('\n');
    }

    fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    fn close(&mut self, line: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    fn end(&mut self) {
        self.written.push_str(",\n");
    }

    fn choices(&mut self, choices: &Choices) {
        let choices = ChoicesFile::write(choices);
        if !choices.is_usual()
            && let Ok(choices) = ron::to_string(&choices)
        {
            self.line(&format!("choices: {choices},"));
        }
    }

    fn publication(&mut self, publication: &Publication) {
        self.open("(");
        self.string("on", &publication.on);
        self.string("by", &publication.by);
        self.string("folder", &publication.folder);
        self.string("reason", &publication.reason);
        self.string("digest", &publication.digest);
        self.choices(&publication.choices);
        self.open("report: (");
        self.report(&publication.report);
        self.close("),");
        self.close("),");
    }

    fn string(&mut self, name: &str, text: &str) {
        self.indent();
        self.written.push_str(name);
        self.written.push_str(": ");
        self.quoted(text);
        self.end();
    }

    fn quoted(&mut self, text: &str) {
        self.written.push('"');
        let mut rest = text;
        while let Some(at) = first_special(rest.as_bytes()) {
            let (plain, special) = rest.split_at(at);
            self.written.push_str(plain);
            let mut characters = special.chars();
            match characters.next() {
                Some('\n') => self.written.push_str("\\n"),
                Some(c @ ('"' | '\\')) => self.written.extend(['\\', c]),
                Some(c) if !c.is_control() => self.written.push(c),
                // Writing to a string cannot fail.
                Some(c) => write!(self.written, "\\u{{{:x}}}", u32::from(c)).unwrap_or_default(),
                None => {}
            }
            rest = characters.as_str();
        }
        self.written.push_str(rest);
        self.written.push('"');
    }

    /// Only what was stated, sorted by key.
    fn report(&mut self, report: &Report) {
        let edition = report.edition();
        self.string("form", &edition.id);
        self.line(&format!("year: {},", report.year()));
        self.map("texts", report, |kind| !kind.is_number());
        self.map("cells", report, Kind::is_number);
    }

    fn map(&mut self, name: &str, report: &Report, belongs: impl Fn(Kind) -> bool) {
        let edition = report.edition();
        let stated = edition.ids_by_key().filter_map(|id| {
            let (field, entry) = (edition.field(id), report.entry(id));
            (belongs(field.kind) && *entry != Entry::Blank).then_some((&field.key, entry))
        });
        let mut stated = stated.peekable();
        if stated.peek().is_none() {
            return self.line(&format!("{name}: {{}},"));
        }
        self.open(&format!("{name}: {{"));
        for (key, entry) in stated {
            self.indent();
            self.quoted(key);
            self.written.push_str(": ");
            match entry {
                Entry::Text(text) | Entry::Unreadable(text) => self.quoted(text),
                Entry::Blank | Entry::Number(_) => self.quoted(&entry.shown()),
            }
            self.end();
        }
        self.close("},");
    }

    fn items(&mut self, items: &[String]) {
        for item in items {
            self.indent();
            self.quoted(item);
            self.end();
        }
    }

    fn confirmation(&mut self, confirmation: &Confirmation) {
        self.open("confirmation: Some((");
        self.line(&format!("year: {},", confirmation.year));
        self.string("by", &confirmation.by);
        self.string("on", &confirmation.on);
        self.open("channels: [");
        self.items(&confirmation.channels);
        self.close("],");
        self.close(")),");
    }

    fn left(&mut self, draft: &Draft) {
        let mut left: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (id, figure) in draft.left() {
            let key = &draft.report().edition().field(*id).key;
            left.entry(key).or_default().push(figure.to_string());
        }
        self.open("left: {");
        for (key, figures) in left {
            self.indent();
            self.quoted(key);
            self.written.push_str(": [\"");
            self.written.push_str(&figures.join("\", \""));
            self.written.push_str("\"]");
            self.end();
        }
        self.close("},");
    }

    /// Sentences by the key of their text.
    fn sentences(&mut self, name: &str, report: &Report, all: &BTreeSet<(FieldId, String)>) {
        if all.is_empty() {
            return;
        }
        self.open(&format!("{name}: ["));
        for (id, words) in all {
            self.indent();
            self.written.push('(');
            self.quoted(&report.edition().field(*id).key);
            self.written.push_str(", ");
            self.quoted(words);
            self.written.push_str("),\n");
        }
        self.close("],");
    }

    fn explanations(&mut self, name: &str, explanations: &[Explanation]) {
        if explanations.is_empty() {
            return;
        }
        self.open(&format!("{name}: ["));
        for explanation in explanations {
            self.explanation(explanation);
        }
        self.close("],");
    }

    fn explanation(&mut self, explanation: &Explanation) {
        self.open("(");
        self.string("rule", &explanation.rule);
        self.string("basis", &explanation.basis);
        self.string("text", &explanation.text);
        self.close("),");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_comes_back() {
        let every = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        let all: String = every.collect();
        for text in [
            all.as_str(),
            "",
            "\"",
            "\\",
            "\\\"\n\\",
            "末尾\\",
            "\r\n\t\0",
        ] {
            let mut written = TextWriter::default();
            written.quoted(text);
            let again: String = ron::from_str(&written.written).unwrap();
            assert!(again == text);
            assert!(!written.written.contains('\n'));
        }
    }
}
