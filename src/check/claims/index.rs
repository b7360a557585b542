//! Which phrases of a list may begin at a place: told by its first characters, for all phrases at once.

use super::phrase::{Phrase, PhrasePlace};

/// How many characters are looked at; nearly every phrase that may then begin does.
const DEPTH: usize = 3;
/// With so many nodes no more are made: what begins alike is then told apart by the phrases themselves.
const MOST: usize = 60_000;
/// Characters with codes beyond these begin no phrase.
const CODES: usize = 0x1_0000;

/// Phrases by the characters with which they begin.
#[derive(Debug, Default)]
pub(super) struct PhraseIndex {
    /// The node of each first character, by its code; 0 where there is none.
    first: Vec<u16>,
    nodes: Vec<IndexNode>,
}

/// Characters with which phrases begin.
#[derive(Debug, Default)]
struct IndexNode {
    next: Vec<(char, u16)>,
    /// Phrases that may begin with these characters, of which no more is looked at.
    phrases: Vec<u16>,
}

impl PhraseIndex {
    /// Of phrases that go by their places in a list.
    pub(super) fn of<'p>(phrases: impl Iterator<Item = &'p Phrase>) -> Self {
        let mut index = Self {
            first: vec![0; CODES],
            nodes: vec![IndexNode::default()],
        };
        for (place, phrase) in (0..).zip(phrases) {
            index.add(0, 0, place, phrase, &[PhrasePlace::default()]);
        }
        let root = index.nodes.first();
        for &(c, node) in root.map_or(&[][..], |root| &root.next) {
            if let Some(first) = index.first.get_mut(c as usize) {
                *first = node;
            }
        }
        index
    }

    /// Adds what a phrase goes on with behind the characters of a node.
    fn add(&mut self, node: u16, depth: usize, place: u16, phrase: &Phrase, at: &[PhrasePlace]) {
        let goes_on = depth < DEPTH && self.nodes.len() < MOST;
        let Some(next) = goes_on.then(|| phrase.next(at)).flatten() else {
            if let Some(node) = self.nodes.get_mut(usize::from(node)) {
                node.phrases.push(place);
            }
            return;
        };
        for (c, at) in next {
            let child = self.child(node, c);
            self.add(child, depth + 1, place, phrase, &at);
        }
    }

    fn child(&mut self, node: u16, c: char) -> u16 {
        let new = u16::try_from(self.nodes.len()).unwrap_or(u16::MAX);
        let Some(node) = self.nodes.get_mut(usize::from(node)) else {
            return new;
        };
        if let Some(&(_, child)) = node.next.iter().find(|(own, _)| *own == c) {
            return child;
        }
        node.next.push((c, new));
        self.nodes.push(IndexNode::default());
        new
    }

    /// Hands over every phrase that may begin where a text does, by its place in the list.
    pub(super) fn each(&self, text: &str, mut take: impl FnMut(usize)) {
        let mut chars = text.chars();
        let mut here = self.nodes.first();
        let mut is_first = true;
        while let Some(node) = here {
            node.phrases.iter().for_each(|&place| take(place.into()));
            here = chars.next().and_then(|c| {
                let next = if std::mem::take(&mut is_first) {
                    self.first.get(c as usize).copied().filter(|&next| next > 0)
                } else {
                    let mut next = node.next.iter();
                    next.find(|(own, _)| *own == c).map(|(_, next)| *next)
                };
                self.nodes.get(usize::from(next?))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_begin_is_told_by_the_first_characters() {
        let phrases = ["搬[来|走]箱子", "(大|小)箱", "箱", "…2箱", "#箱"].map(Phrase::read);
        let index = PhraseIndex::of(phrases.iter());
        let found = |text: &str| {
            let mut found = Vec::new();
            index.each(text, |place| found.push(place));
            found
        };
        assert_eq!(found("搬来箱子了"), [3, 0]);
        assert_eq!(found("搬来凳子"), [3]);
        assert_eq!(found("小箱"), [3, 1]);
        assert_eq!(found("箱"), [3, 2]);
        assert_eq!(found("7"), [3, 4]);
        assert_eq!(found(""), [3]);
    }
}
