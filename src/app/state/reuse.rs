//! Last year's text of a part beside this year's: which of its sentences stand there, which are left, and what
//! is asked for about them. It knows no widget.

use std::ops::Range;

use crate::app::state::OpenDraft;
use crate::check::renew::{Remnant, Renewed, renewed};
use crate::check::side_by_side;
use crate::form::{FieldId, SectionBody};
use crate::report::reuse::{SentencePlaces, TextPiece, pieces};
use crate::report::{Change, Edit, Entry, Prior, Reused};

/// Something to do with sentences of last year's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reuse {
    /// The text of this year's report.
    pub field: FieldId,
    /// Which pieces of last year's.
    pub pieces: Vec<usize>,
    /// What to do with them.
    pub what: ReuseStep,
}

/// What to do with a sentence of last year's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReuseStep {
    /// Put it in, renewed.
    Take,
    /// Put it in and write it anew.
    Rewrite,
    /// Offer it no more.
    Leave,
    /// Offer it again.
    WantBack,
}

impl ReuseStep {
    /// What the menu calls the step.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Take => "沿用上年的话",
            Self::Rewrite => "改写上年的话",
            Self::Leave => "不用上年的话",
            Self::WantBack => "取回上年的话",
        }
    }
}

/// What became of a sentence of last year's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentenceFate {
    /// Nothing yet.
    Open,
    /// It stands in this year's text, as it was or much like it, from this character on.
    Used(usize),
    /// It is not wanted.
    Unused,
}

/// A heading or a sentence of last year's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OlderPiece {
    /// As it stands in last year's report.
    pub words: String,
    /// As it would stand in this year's.
    pub renewed: Renewed,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// What became of it.
    pub fate: SentenceFate,
}

/// Last year's text of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OlderText {
    /// The text of this year's report that it was before.
    field: FieldId,
    /// The text.
    older: String,
    /// How each piece of it may stand in this year's text.
    forms: Vec<Vec<String>>,
    /// Its headings and sentences, in order.
    pub pieces: Vec<OlderPiece>,
}

impl OlderText {
    /// Last year's text for a text of the open draft; nothing where last year's report has none.
    #[must_use]
    pub fn of(open: &OpenDraft, field: FieldId) -> Option<Self> {
        let report = open.draft.report();
        let Prior { report: prior, .. } = open.last_year()?;
        let older = prior.text(prior.same_field(report, field)?).to_owned();
        let (text, reused) = (report.text(field), open.draft.reused());
        let renewed = renewed(report, prior, field);
        let own = pieces(&older);
        if own.len() != renewed.len() || !own.iter().any(|piece| !piece.is_heading()) {
            return None;
        }
        let forms: Vec<_> = own
            .iter()
            .zip(&renewed)
            .map(|(piece, now)| forms(piece, now, reused, field))
            .collect();
        let places = SentencePlaces {
            older: &own,
            forms: &forms,
        };
        let like = like(text, &older, &own);
        let fate = |number: usize, piece: &TextPiece<'_>| {
            let found = places.of(text, number).map(|range| range.start);
            match found.or_else(|| like.get(number).copied().flatten()) {
                Some(byte) => SentenceFate::Used(characters(text, byte)),
                None if reused.unused.contains(&(field, piece.words.to_owned())) => {
                    SentenceFate::Unused
                }
                None => SentenceFate::Open,
            }
        };
        let pieces = own
            .iter()
            .zip(renewed)
            .enumerate()
            .map(|(number, (piece, renewed))| OlderPiece {
                words: piece.words.to_owned(),
                renewed,
                is_heading: piece.is_heading(),
                fate: fate(number, piece),
            })
            .collect();
        Some(Self {
            field,
            older,
            forms,
            pieces,
        })
    }

    /// What is to be done with some of its sentences.
    #[must_use]
    pub fn ask(&self, pieces: Vec<usize>, what: ReuseStep) -> Reuse {
        Reuse {
            field: self.field,
            pieces,
            what,
        }
    }

    /// The sentences of which nothing became yet.
    #[must_use]
    pub fn open(&self) -> Vec<usize> {
        self.sentences(|fate| *fate == SentenceFate::Open)
    }

    /// The sentences of which this became.
    #[must_use]
    pub fn sentences(&self, is: impl Fn(&SentenceFate) -> bool) -> Vec<usize> {
        let all = self.pieces.iter().enumerate();
        let own = all.filter(|(_, piece)| !piece.is_heading && is(&piece.fate));
        own.map(|(number, _)| number).collect()
    }

    /// What is asked for, as one change, and where in the text it shows, in characters.
    #[must_use]
    pub(in crate::app) fn change(
        &self,
        open: &OpenDraft,
        ask: &Reuse,
    ) -> (Change, Option<Range<usize>>) {
        let mut reused = open.draft.reused().clone();
        let own: Vec<_> = ask
            .pieces
            .iter()
            .filter_map(|&number| Some((number, self.pieces.get(number)?)))
            .collect();
        if matches!(ask.what, ReuseStep::Leave | ReuseStep::WantBack) {
            for (_, piece) in own {
                let sentence = (ask.field, piece.words.clone());
                if ask.what == ReuseStep::Leave {
                    reused.unused.insert(sentence);
                } else {
                    reused.unused.remove(&sentence);
                }
            }
            return (Change::Reused(reused), None);
        }
        let older = pieces(&self.older);
        let places = SentencePlaces {
            older: &older,
            forms: &self.forms,
        };
        let mut text = open.draft.report().text(ask.field).to_owned();
        let mut shown = None;
        for (number, piece) in own {
            let (made, range) = places.put(&text, number);
            shown = shown.or_else(|| {
                let first = piece.renewed.left.first();
                let stretch = first.map_or(
                    piece.renewed.words.len()..piece.renewed.words.len(),
                    |left| left.range.clone(),
                );
                let at = |byte: usize| characters(&made, range.start + byte);
                Some(at(stretch.start)..at(stretch.end))
            });
            text = made;
            reused.unused.remove(&(ask.field, piece.words.clone()));
            reused.kept.insert((ask.field, piece.renewed.words.clone()));
        }
        let edit = Edit::Enter(ask.field, Entry::Text(text));
        let changes = vec![Change::Report(edit), Change::Reused(reused)];
        (Change::All(changes), shown)
    }

    /// How many of some sentences have something of last year left in them.
    #[must_use]
    pub fn unconfirmed(&self, pieces: &[usize]) -> usize {
        let own = pieces.iter().filter_map(|&number| self.pieces.get(number));
        own.filter(|piece| !piece.renewed.left.is_empty()).count()
    }
}

impl OpenDraft {
    /// Last year's text of the part that is shown.
    #[must_use]
    pub fn older_here(&self) -> Option<OlderText> {
        match self.section()?.body {
            SectionBody::Passage { field, .. } => OlderText::of(self, field),
            SectionBody::Table(_) => None,
        }
    }
}

/// How a piece may stand in this year's text: as it would be put in, as it was, and as it was put in while other
/// figures stood in the tables.
fn forms(piece: &TextPiece<'_>, now: &Renewed, reused: &Reused, field: FieldId) -> Vec<String> {
    let masked = |words: &str| -> String {
        let letters = words.chars().filter(|c| !c.is_ascii_digit());
        letters.collect()
    };
    let own = masked(piece.words);
    let kept = reused.kept.iter().filter(|(of, _)| *of == field);
    let kept = kept.filter(|(_, words)| masked(words) == own);
    let mut forms = vec![now.words.clone(), piece.words.to_owned()];
    forms.extend(kept.map(|(_, words)| words.clone()));
    forms.dedup();
    forms
}

/// For every piece of last year's text the byte of this year's where a sentence begins that is made of it.
fn like(text: &str, older: &str, own: &[TextPiece<'_>]) -> Vec<Option<usize>> {
    /// From here on a sentence counts as made of another one, of a hundred.
    const MADE_OF: usize = 50;
    let mut found = vec![None; own.len()];
    for sentence in side_by_side(text, older) {
        let Some(before) = sentence.before.filter(|_| sentence.percent >= MADE_OF) else {
            continue;
        };
        let of = own
            .iter()
            .position(|piece| !piece.is_heading() && piece.words.contains(before.as_str()));
        if let Some(place) = of.and_then(|number| found.get_mut(number))
            && place.is_none()
        {
            *place = text.find(sentence.now.as_str());
        }
    }
    found
}

/// How many characters stand before a byte.
fn characters(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |head| head.chars().count())
}

/// What of a sentence is last year's still, in words; nothing where nothing is.
#[must_use]
pub fn told(left: &[Remnant]) -> Option<String> {
    (!left.is_empty()).then(|| format!("还有{}", crate::check::renew::told(left)))
}
