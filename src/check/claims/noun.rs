//! What a number counts: the last noun before it, with its verb.

use super::class::{CONTENT, Class};
use super::reader::PassageReader;
use super::reading::{Context, Doubt};
use super::token::Token;

/// What stands around a number, resolved.
#[derive(Debug)]
pub(super) struct Resolved<'t> {
    /// What is counted; `other` for what no table holds.
    pub thing: Option<&'static str>,
    pub verbs: Vec<Token<'t>>,
    pub columns: Vec<&'static str>,
    pub parts: Vec<Token<'t>>,
    pub doubt: Doubt,
}

pub(super) const NOUN: [Class; 3] = [Class::Thing, Class::Bare, Class::Other];
/// Verbs whose noun may follow the number.
const GENERIC: [&str; 12] = [
    "recv", "add", "accept", "both", "handle", "done", "make", "decide", "occur", "repeal",
    "publish", "charge",
];
/// What the second table counts of decisions.
pub(super) const ACTS: [&str; 3] = ["lic", "pun", "coe"];
pub(super) const DISPUTES: [&str; 4] = ["rev", "lit", "dir", "post"];

fn content<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a Token<'t>> {
    tokens
        .iter()
        .filter(|token| token.is_any(&CONTENT))
        .collect()
}

/// 警告、罚款等行政处罚: words that say what is among the decisions counted.
fn examples(tokens: &[Token<'_>]) -> Option<std::ops::Range<usize>> {
    let end = tokens.windows(2).position(|pair| match pair {
        [etc, acts] => etc.text == "等" && acts.is(Class::Thing, &ACTS),
        _ => false,
    })?;
    let is_example = |token: &&Token<'_>| {
        token.is_any(&[Class::Unknown, Class::Other, Class::Joint, Class::Filler])
            || token.is(Class::Thing, &ACTS)
    };
    let examples = tokens.get(..end)?.iter().rev().take_while(is_example);
    Some(examples.last()?.start..tokens.get(end)?.start)
}

/// What the last noun of a phrase is.
fn resolve_noun<'t>(
    found: &mut Resolved<'t>,
    phrase: &[&Token<'t>],
    place: usize,
    context: &Context<'t>,
) {
    let Some(noun) = phrase.get(place) else {
        return;
    };
    let previous = place.checked_sub(1).and_then(|place| phrase.get(place));
    found.thing = Some(if noun.class == Class::Other {
        "other"
    } else {
        noun.id
    });
    let touching =
        previous.filter(|previous| previous.end == noun.start && previous.class == Class::Unknown);
    if noun.class == Class::Bare {
        let near = '的'.len_utf8();
        let taken = previous.filter(|previous| {
            previous.end + near >= noun.start && previous.is_any(&[Class::Unknown, Class::Other])
                || previous.class == Class::Thing && !previous.called("req")
        });
        if let Some(taken) = taken {
            found.thing = Some(if taken.class == Class::Thing {
                taken.id
            } else {
                "other"
            });
        } else if context.topic != "requests" && context.thing != Some("req") {
            found.doubt = Doubt::Any;
        }
    } else if noun.class == Class::Thing
        && let Some(touching) = touching
    {
        let has_verb = phrase
            .iter()
            .take(place)
            .any(|token| token.class == Class::Verb);
        // 兽药经营许可58件
        let is_kind = ACTS.contains(&noun.id) && !noun.text.starts_with("行政");
        let is_dispute = ["rev", "lit"].contains(&noun.id);
        if has_verb || is_kind || is_dispute && touching.is_unknown_word() {
            found.doubt = Doubt::Qualified;
        }
    }
}

impl<'t> PassageReader<'t> {
    /// Finds what is counted between the words before a number and those after it.
    pub(super) fn resolve(
        &self,
        before: &[Token<'t>],
        after: &[Token<'t>],
        context: &Context<'t>,
    ) -> Resolved<'t> {
        let cues = &self.words.cues;
        let is_stop = |token: &Token<'_>| {
            token.class == Class::All || token.class == Class::Filler && cues.stop.is(token.text)
        };
        let stop = after.iter().position(is_stop).filter(|&stop| stop > 0);
        let after_stop = after.get(..stop.unwrap_or(after.len())).unwrap_or_default();
        let (mut head_words, mut tail) = (content(before), content(after_stop));
        if let Some(examples) = examples(before).filter(|_| !context.listing) {
            head_words.retain(|token| !examples.contains(&token.start));
        }
        let known = head_words
            .iter()
            .filter(|token| token.class != Class::Unknown);
        let known: Vec<_> = known.copied().collect();
        let noun_may_follow = known.last().is_none_or(|last| {
            last.is(Class::Verb, &GENERIC) && !known.iter().any(|token| token.is_any(&NOUN))
        });
        if !noun_may_follow {
            tail.clear();
        }
        let phrase: Vec<_> = head_words.iter().chain(&tail).copied().collect();
        let mut found = Resolved {
            thing: None,
            verbs: phrase
                .iter()
                .filter(|token| token.class == Class::Verb)
                .map(|t| (*t).clone())
                .collect(),
            columns: phrase
                .iter()
                .filter(|token| token.class == Class::Column)
                .map(|t| t.id)
                .collect(),
            parts: before
                .iter()
                .chain(after_stop)
                .filter(|token| token.class == Class::Part)
                .cloned()
                .collect(),
            doubt: Doubt::None,
        };
        let noun = phrase.iter().rposition(|token| token.is_any(&NOUN));
        if let Some(place) = noun {
            resolve_noun(&mut found, &phrase, place, context);
        }
        let head = tail.last().or(head_words.last());
        if head.is_some_and(|head| head.class == Class::Unknown) {
            found.thing = Some("other");
            found.doubt = found.doubt.or(true, Doubt::Any);
        }
        self.qualify(
            &mut found,
            before,
            &phrase,
            noun.is_some(),
            &tail,
            known.is_empty(),
        );
        found
    }

    /// Words that make a figure doubtful.
    fn qualify(
        &self,
        found: &mut Resolved<'t>,
        before: &[Token<'t>],
        phrase: &[&Token<'t>],
        has_noun: bool,
        tail: &[&Token<'t>],
        nothing_known_before: bool,
    ) {
        let cues = &self.words.cues;
        let mut doubt = |is: bool| found.doubt = found.doubt.or(is, Doubt::Any);
        let verbs: Vec<_> = phrase
            .iter()
            .filter(|token| token.class == Class::Verb)
            .collect();
        let generic: Vec<_> = verbs
            .iter()
            .filter(|verb| ["done", "handle"].contains(&verb.id))
            .collect();
        if let Some(first) = verbs
            .first()
            .filter(|_| !tail.is_empty() && nothing_known_before)
        {
            let is_generic = ["done", "handle", "recv", "accept"].contains(&first.id);
            doubt(
                is_generic
                    && tail
                        .iter()
                        .any(|t| t.is_unknown_word() && t.end <= first.start),
            );
        }
        if let (Some(first), Some(last)) = (generic.first(), generic.last()) {
            let glued = phrase.iter().any(|token| {
                token.is_unknown_word() && token.end == last.start && !self.is_body(token.text)
            });
            doubt(!has_noun && glued);
            doubt(
                before
                    .iter()
                    .any(|t| cues.same_year.is(t.text) && t.end <= last.start),
            );
            let noun = phrase.iter().rev().find(|token| token.is_any(&NOUN));
            if let Some(noun) = noun {
                doubt(before.iter().any(|t| {
                    cues.this_year.is(t.text) && first.end <= t.start && t.start < noun.start
                }));
            }
        }
        let first = phrase
            .iter()
            .position(|token| token.is_any(&[Class::Verb, Class::Thing]));
        if let Some(first) = first {
            doubt(
                phrase
                    .iter()
                    .skip(first + 1)
                    .any(|token| token.is_unknown_word()),
            );
        }
    }

    /// Whether a name ends like that of a body.
    pub(super) fn is_body(&self, name: &str) -> bool {
        let mut ends = self.words.bodies.iter();
        ends.any(|end| name.ends_with(end.as_str()))
    }

    /// Whether the subject before the first verb is another body, or a part of the issuer's area.
    pub(super) fn is_other_body(&self, before: &[Token<'t>]) -> bool {
        let cues = &self.words.cues;
        // 审批 in 行政审批局 is a part of a name.
        let in_name = |place: usize, token: &Token<'_>| {
            before.get(place + 1).is_some_and(|next| {
                next.start == token.end && next.class == Class::Unknown && self.is_body(next.text)
            })
        };
        let verb = before.iter().enumerate().find(|(place, token)| {
            token.is_any(&[Class::Verb, Class::Negation])
                && !token.called("occur")
                && !in_name(*place, token)
        });
        let Some((_, verb)) = verb else {
            return false;
        };
        let subject: Vec<_> = before
            .iter()
            .filter(|token| token.end <= verb.start)
            .skip_while(|token| {
                token.is_any(&[Class::Year, Class::Sign])
                    || token.called("date")
                    || token.is(Class::Filler, &[""])
            })
            .collect();
        let Some(first) = subject.first().filter(|first| !first.called("self")) else {
            return false;
        };
        let in_name = [
            Class::Unknown,
            Class::Filler,
            Class::Joint,
            Class::Bracket,
            Class::Other,
        ];
        let end = subject.iter().find(|token| {
            let is_named =
                token.is_any(&in_name) || token.class == Class::Verb && !token.called("occur");
            !is_named || cues.whole_of.begins(token.text)
        });
        let end = end.map_or(verb.start, |token| token.start);
        let name = self.slice(first.start..end).replace(['（', '）', '、'], "");
        let name = name.strip_suffix('共').unwrap_or(&name);
        let is_body = self.is_body(name);
        if !is_body || cues.ours.begins(name) {
            return false;
        }
        self.issuer
            .level
            .is_some_and(|level| !level.own.begins(name))
    }
}
