//! What a sentence says by itself: its tokens, its cues and its topic. A sentence that stood there before is not read
//! anew, whatever was changed around it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::cue::CuesSaid;
use super::issuer::Issuer;
use super::phrase::{PhraseScope, digits};
use super::token::{BareToken, tokens};
use super::words::words;

/// How many sentences are kept; a long report has a few hundred.
const KEPT: usize = 2_000;

/// A sentence by itself.
#[derive(Debug)]
pub(super) struct ReadSentence {
    pub tokens: Vec<BareToken>,
    /// The cues that may stand in it.
    pub cues: CuesSaid,
    /// What it is about, if it is a heading or begins like one.
    pub topic: Option<&'static str>,
}

/// The sentences that were read, by their words, of one issuer in one year: all that they depend on.
#[derive(Debug, Default)]
struct KnownSentences {
    issuer: String,
    year: i32,
    sentences: HashMap<String, Rc<ReadSentence>>,
}

thread_local! {
    static KNOWN: RefCell<KnownSentences> = RefCell::default();
}

/// Reads a sentence, unless it is known.
pub(super) fn read(text: &str, issuer: &Issuer, year: i32) -> Rc<ReadSentence> {
    KNOWN.with_borrow_mut(|known| {
        let is_same = known.issuer == issuer.stated && known.year == year;
        if !is_same || known.sentences.len() >= KEPT {
            known.issuer.clone_from(&issuer.stated);
            known.year = year;
            known.sentences.clear();
        }
        if let Some(sentence) = known.sentences.get(text) {
            return Rc::clone(sentence);
        }
        let sentence = Rc::new(ReadSentence::of(text, issuer, year));
        known
            .sentences
            .insert(text.to_owned(), Rc::clone(&sentence));
        sentence
    })
}

impl ReadSentence {
    fn of(text: &str, issuer: &Issuer, year: i32) -> Self {
        let scope = PhraseScope {
            text,
            from: 0,
            year,
        };
        Self {
            tokens: tokens(scope, &issuer.own),
            cues: words().cue_index.said_in(text),
            topic: topic(text),
        }
    }
}

/// What a heading, or a sentence that begins like one, is about.
fn topic(sentence: &str) -> Option<&'static str> {
    let words = words();
    let sentence = without_number(sentence);
    let head = sentence
        .split(['，', '。', '：', ':', '；'])
        .next()
        .unwrap_or_default();
    if head.contains(|c: char| c.is_ascii_digit()) || words.cues.told.is_in(head) {
        return None;
    }
    let count = |text: &str| text.chars().count();
    let is_about = |word: &String| {
        head.match_indices(word.as_str()).any(|(start, word)| {
            let mut tail = head.get(start + word.len()..).unwrap_or_default();
            if let Some(end) = ["情况", "方面", "工作"]
                .iter()
                .find_map(|end| tail.strip_suffix(end))
            {
                tail = end;
            }
            count(head.get(..start).unwrap_or_default()) <= 10 && count(tail) <= 6
        })
    };
    let mut lead = words.lead.iter();
    let topic = lead.find(|(_, words)| words.iter().any(is_about));
    topic.map(|(topic, _)| topic.as_str())
}

/// A sentence without the number of its item: （一）, 1., 一是, 一、
pub(super) fn without_number(sentence: &str) -> &str {
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c);
    let opened = sentence.strip_prefix('（');
    let inner = opened.unwrap_or(sentence);
    let count = match digits(inner) {
        0 => inner.find(|c| !is_numeral(c)).unwrap_or(inner.len()),
        count => count,
    };
    let rest = inner.get(count..).filter(|_| count > 0).unwrap_or_default();
    let marks: &[char] = if opened.is_some() {
        &['）']
    } else if digits(inner) > 0 {
        &['）', '.', '、']
    } else {
        &['）', '、', '是']
    };
    rest.strip_prefix(marks).unwrap_or(sentence)
}
