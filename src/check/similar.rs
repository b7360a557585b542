//! How much of a text stands in another one, sentence by sentence, whatever its figures are.

use std::collections::BTreeSet;

/// What of a text was found again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Likeness<'a> {
    /// Characters in sentences that stand in the other text, of a hundred.
    pub percent: usize,
    /// How many characters the text has.
    pub length: usize,
    /// The sentences found again, as they were written.
    pub sentences: Vec<&'a str>,
}

/// Compares a text with an older one.
pub(super) fn likeness<'a>(text: &'a str, older: &str) -> Likeness<'a> {
    let known: BTreeSet<_> = sentences(older).map(masked).collect();
    let (mut length, mut same) = (0, 0);
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let mask = masked(sentence);
        let size = mask.chars().count();
        length += size;
        if size > 0 && known.contains(&mask) {
            same += size;
            found.push(sentence.trim());
        }
    }
    Likeness {
        percent: (same * 100).checked_div(length).unwrap_or(0),
        length,
        sentences: found,
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '；', '！', '？', '\n'])
}

/// Letters only, every run of digits as one sign.
fn masked(sentence: &str) -> String {
    let mut mask = String::new();
    for c in sentence.chars().filter(|c| c.is_alphanumeric()) {
        let is_digit = c.is_ascii_digit() || ('０'..='９').contains(&c);
        match (is_digit, mask.ends_with('#')) {
            (true, true) => {}
            (true, false) => mask.push('#'),
            (false, _) => mask.push(c),
        }
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_do_not_tell_texts_apart() {
        let likeness = likeness(
            "公开信息120条。新建专栏。",
            "2024年做了许多。公开信息 98条。",
        );
        assert_eq!((likeness.percent, likeness.length), (60, 10));
        assert_eq!(likeness.sentences, ["公开信息120条。"]);
    }
}
