//! Which text of a page stands in the place of which text of the draft.
//!
//! Whole texts are matched first; what is left between them is matched letter by letter, a figure being one
//! letter, so that it does not matter how a page cuts its texts into pieces.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::DifferenceKind;
use super::pieces::ComparedText;

/// What came of matching.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// For each text of the draft what stands in its place, where that is something else.
    pub changes: Vec<Option<String>>,
    /// The texts that stand on the page alone.
    pub extras: Vec<Extra>,
}

/// A text that stands on the page alone.
#[derive(Debug)]
pub(super) struct Extra {
    /// Which of the page's texts.
    pub found: usize,
    /// The draft's text before it.
    pub after: Option<usize>,
}

/// A letter, or a figure as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum AlignedToken {
    Letter(char),
    Figure(String),
}

/// Matches the texts of a page with those of a draft.
pub(super) fn align(wanted: &[ComparedText], found: &[ComparedText]) -> Matching {
    let keys =
        |pieces: &[ComparedText]| -> Vec<String> { pieces.iter().map(ComparedText::key).collect() };
    let mut aligned = Matching {
        changes: vec![None; wanted.len()],
        extras: Vec::new(),
    };
    for op in capture_diff_slices(Algorithm::Myers, &keys(wanted), &keys(found)) {
        let (tag, own, other) = op.as_tag_tuple();
        if tag != DiffTag::Equal {
            Gap::new(wanted, found, own, other).close(&mut aligned);
        }
    }
    aligned
}

/// Texts between others that are the same on both sides.
struct Gap<'a> {
    wanted: Side<'a>,
    found: Side<'a>,
}

/// The letters of one side, each with the text it belongs to.
struct Side<'a> {
    pieces: &'a [ComparedText],
    range: Range<usize>,
    tokens: Vec<AlignedToken>,
    owners: Vec<usize>,
}

impl<'a> Side<'a> {
    fn new(pieces: &'a [ComparedText], range: Range<usize>) -> Self {
        let (mut tokens, mut owners) = (Vec::new(), Vec::new());
        for (at, piece) in pieces.iter().enumerate().take(range.end).skip(range.start) {
            let text = piece.key();
            if piece.kind == DifferenceKind::Figure || piece.kind == DifferenceKind::Table {
                tokens.push(AlignedToken::Figure(text));
            } else {
                tokens.extend(text.chars().map(AlignedToken::Letter));
            }
            owners.resize(tokens.len(), at);
        }
        Self {
            pieces,
            range,
            tokens,
            owners,
        }
    }

    fn is_whole(&self, at: usize) -> bool {
        let kind = self.pieces.get(at).map(|piece| piece.kind);
        matches!(kind, Some(DifferenceKind::Figure | DifferenceKind::Table))
    }
}

/// What became of a letter of the page.
#[derive(Clone, Copy, Default)]
struct Fate {
    /// The draft's text it stands in.
    owner: Option<usize>,
    /// Whether it should stand there.
    is_right: bool,
}

impl<'a> Gap<'a> {
    fn new(
        wanted: &'a [ComparedText],
        found: &'a [ComparedText],
        own: Range<usize>,
        other: Range<usize>,
    ) -> Self {
        Self {
            wanted: Side::new(wanted, own),
            found: Side::new(found, other),
        }
    }

    fn close(&self, aligned: &mut Matching) {
        let mut fates = vec![Fate::default(); self.found.tokens.len()];
        let mut missing = vec![0_usize; self.wanted.pieces.len()];
        let mut replaced = Vec::new();
        let ops = capture_diff_slices(Algorithm::Myers, &self.wanted.tokens, &self.found.tokens);
        for op in ops {
            let (tag, own, other) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                let owners = self.wanted.owners.get(own).unwrap_or_default();
                let slots = fates.get_mut(other).into_iter().flatten();
                for (fate, owner) in slots.zip(owners) {
                    *fate = Fate {
                        owner: Some(*owner),
                        is_right: true,
                    };
                }
                continue;
            }
            for owner in self.wanted.owners.get(own.clone()).unwrap_or_default() {
                if let Some(count) = missing.get_mut(*owner) {
                    *count += 1;
                }
            }
            replaced.push((own, other));
        }
        self.spread(&mut fates);
        self.pair(&mut fates, &missing, replaced);
        self.tell(&fates, &missing, aligned);
    }

    /// Gives a letter that is new in a text of the page to the draft's text that its neighbours stand in.
    fn spread(&self, fates: &mut [Fate]) {
        let owners = &self.found.owners;
        let mut last: Option<(usize, usize)> = None;
        for (fate, piece) in fates.iter_mut().zip(owners) {
            let near = last.filter(|(of, _)| of == piece).map(|(_, owner)| owner);
            fate.owner = fate.owner.or(near);
            last = fate.owner.map(|owner| (*piece, owner)).or(last);
        }
        let mut next: Option<(usize, usize)> = None;
        for (fate, piece) in fates.iter_mut().zip(owners).rev() {
            let near = next.filter(|(of, _)| of == piece).map(|(_, owner)| owner);
            fate.owner = fate.owner.or(near);
            next = fate.owner.map(|owner| (*piece, owner)).or(next);
        }
    }

    /// Puts whole texts of the page in the places of whole texts of the draft, one after the other.
    fn pair(
        &self,
        fates: &mut [Fate],
        missing: &[usize],
        replaced: Vec<(Range<usize>, Range<usize>)>,
    ) {
        let length = |at: usize| {
            self.wanted
                .owners
                .iter()
                .filter(|&&owner| owner == at)
                .count()
        };
        for (own, other) in replaced {
            let mut lost = self.wanted.owners.get(own).unwrap_or_default().to_vec();
            lost.dedup();
            lost.retain(|&at| missing.get(at) == Some(&length(at)));
            let mut new = self
                .found
                .owners
                .get(other.clone())
                .unwrap_or_default()
                .to_vec();
            new.dedup();
            let is_free = |at: usize, fates: &[Fate]| {
                let own = self.found.owners.iter().zip(fates);
                own.filter(|(owner, _)| **owner == at)
                    .all(|(_, fate)| fate.owner.is_none())
            };
            new.retain(|&at| is_free(at, fates));
            for whole in [true, false] {
                let lost = lost.iter().filter(|&&at| self.wanted.is_whole(at) == whole);
                let new = new.iter().filter(|&&at| self.found.is_whole(at) == whole);
                for (owner, at) in lost.zip(new) {
                    let slots = fates.iter_mut().zip(&self.found.owners);
                    for (fate, _) in slots.filter(|(_, of)| *of == at) {
                        fate.owner = Some(*owner);
                    }
                }
            }
        }
    }

    fn tell(&self, fates: &[Fate], missing: &[usize], aligned: &mut Matching) {
        let mut texts = vec![(String::new(), false); self.wanted.pieces.len()];
        let mut before = self.wanted.range.start.checked_sub(1);
        let mut extra = None;
        for ((fate, of), token) in fates.iter().zip(&self.found.owners).zip(&self.found.tokens) {
            let Some(owner) = fate.owner else {
                if extra != Some(*of) {
                    let (found, after) = (*of, before);
                    aligned.extras.push(Extra { found, after });
                    extra = Some(*of);
                }
                continue;
            };
            before = Some(owner);
            if let Some((text, is_wrong)) = texts.get_mut(owner) {
                match token {
                    AlignedToken::Letter(letter) => text.push(*letter),
                    AlignedToken::Figure(figure) => text.push_str(figure),
                }
                *is_wrong |= !fate.is_right;
            }
        }
        for at in self.wanted.range.clone() {
            let Some((text, is_wrong)) = texts.get_mut(at) else {
                continue;
            };
            let is_short = missing.get(at).is_some_and(|count| *count > 0);
            if (is_short || *is_wrong)
                && let Some(change) = aligned.changes.get_mut(at)
            {
                *change = Some(std::mem::take(text));
            }
        }
    }
}
