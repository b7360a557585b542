//! Claims of nothing: a negation, and the nouns it reaches.

use super::class::Class;
use super::nothing::{CONTENT, FOREIGN, amount};
use super::noun::DISPUTES;
use super::reader::PassageReader;
use super::reading::{ClaimKind, Context, Reading};
use super::token::Token;
use crate::report::Number;

impl<'t> PassageReader<'t> {
    /// Nothing of what stands behind a negation, up to the end of the clause.
    pub(super) fn zero(
        &mut self,
        before: &[Token<'t>],
        negation: &Token<'t>,
        phrase: &[Token<'t>],
        all: &[Token<'t>],
        context: &mut Context<'t>,
    ) {
        let cues = &self.words.cues;
        if self.is_plan || self.is_quiet || !self.may_be_nothing(before, negation, context) {
            return;
        }
        let mut phrase = match phrase {
            [one, rest @ ..] if one.class == Class::Number && one.amount.value == Number::ONE => {
                rest.to_vec()
            }
            phrase => phrase.to_vec(),
        };
        let says = |phrase: &[Token<'_>], classes: &[Class]| {
            phrase.iter().any(|token| token.is_any(classes))
        };
        let nouns_or_unknown = [Class::Thing, Class::Bare, Class::Unknown, Class::Other];
        if cues.nothing.begins(negation.text) && !says(&phrase, &nouns_or_unknown) {
            let nouns = before
                .iter()
                .filter(|token| token.is_any(&[Class::Thing, Class::Bare]));
            phrase = nouns.cloned().collect();
        }
        let said: Vec<_> = phrase
            .iter()
            .filter(|token| token.is_any(&CONTENT))
            .collect();
        let any = self.in_sentence(&cues.any);
        let is_foreign = |token: &&Token<'_>| {
            token.is_any(&FOREIGN)
                || token.class == Class::Part && !(token.called("channel") && any)
        };
        if said.iter().any(is_foreign) {
            return;
        }
        let nouns: Vec<_> = said
            .iter()
            .copied()
            .filter(|token| token.is_any(&[Class::Thing, Class::Bare]))
            .collect();
        let owns = |thing: &str| {
            said.iter()
                .any(|token| token.class == Class::Verb && self.words.own(token.id) == thing)
        };
        let owns_requests = owns("req");
        if nouns.is_empty() && !owns_requests && !owns("t4") {
            return;
        }
        if let Some(last) = nouns.last().filter(|last| last.class == Class::Bare) {
            let is_topic =
                context.topic == "requests" || context.thing == Some("req") || owns_requests;
            let acts = ["lic", "pun", "coe", "doc"];
            if last.called("req") && !is_topic
                || nouns.iter().any(|noun| noun.is(Class::Thing, &acts))
            {
                return;
            }
        }
        let heads = heads(&phrase, &nouns);
        let fallback = if owns_requests {
            "req"
        } else {
            context.dispute.unwrap_or("rev")
        };
        let meant = Token::new(Class::Thing, fallback, "", 0, 0);
        let heads = if heads.is_empty() {
            vec![&meant]
        } else {
            heads
        };
        let quote = negation.start..all.last().map_or(negation.end, |last| last.end);
        self.zeros(&heads, &said, &phrase, negation, quote, context);
    }

    /// Whether what stands before a negation lets it be a claim of nothing.
    fn may_be_nothing(
        &self,
        before: &[Token<'t>],
        negation: &Token<'t>,
        context: &Context<'t>,
    ) -> bool {
        let cues = &self.words.cues;
        let with_negation: Vec<_> = before.iter().chain([negation]).cloned().collect();
        let above = self
            .issuer
            .level
            .map(|level| &level.above)
            .filter(|above| !above.is_empty());
        let is_above =
            above.is_some_and(|above| before.iter().any(|token| above.begins(token.text)));
        let is_part = before.iter().any(|token| {
            token.is(Class::Part, &["area", "time", "due", "cause"]) || token.class == Class::Number
        });
        let is_of_year = context.year == self.year() || context.year == self.year() - 1;
        !self.is_other_body(&with_negation)
            && !before.last().is_some_and(|last| cues.r#if.is(last.text))
            && !is_part
            && !is_above
            && is_of_year
    }

    /// The claims of nothing about each noun that a negation reaches.
    fn zeros(
        &mut self,
        heads: &[&Token<'t>],
        said: &[&Token<'t>],
        phrase: &[Token<'t>],
        negation: &Token<'t>,
        quote: std::ops::Range<usize>,
        context: &mut Context<'t>,
    ) {
        let named: Vec<_> = said
            .iter()
            .filter(|token| token.class == Class::Column)
            .map(|token| token.id)
            .collect();
        let mut columns = self.words.columns_of(&named);
        if columns.len() == self.words.column_count() {
            columns.clear();
        }
        let verbs: Vec<_> = said
            .iter()
            .filter(|token| token.class == Class::Verb && !token.called("occur"))
            .map(|token| (*token).clone())
            .collect();
        let received = self.words.cues.received.is_in(negation.text);
        for head in heads.iter().rev() {
            let thing = head.id;
            let is_other = thing == "req"
                && context.thing == Some("other")
                && context.other_said
                // A head that is only meant stands nowhere in the text.
                && head.end == 0;
            if thing == "pfee" || is_other || ["lic", "pun", "coe"].contains(&thing) && received {
                continue;
            }
            let Some(near) = near_verbs(thing, head, heads, &verbs) else {
                return;
            };
            let apart = ["doc", "reg"].contains(&thing) && near.len() > 1;
            let groups: Vec<&[Token<'t>]> = if apart {
                near.iter().map(std::slice::from_ref).collect()
            } else {
                vec![&near]
            };
            for verbs in groups {
                let (read, verb) = self.read_as(thing, verbs, phrase, context.list_verb);
                let is_shown = verb == "publish" && thing != "req";
                let Some(mut read) = read.filter(|read| !read.is_empty() && !is_shown) else {
                    continue;
                };
                let span = quote.clone();
                let mut reading =
                    Reading::new(span.clone(), span, amount(Number::ZERO), context.year);
                reading.kind = ClaimKind::Zero;
                if thing == "req" {
                    read.truncate(1);
                    reading.columns.clone_from(&columns);
                    context.thing = Some("req");
                }
                (reading.thing, reading.verb, reading.readings) = (Some(thing), verb, read);
                if ["rev", "lit"].contains(&thing) {
                    context.dispute = Some(thing);
                }
                self.judge(reading);
            }
        }
    }
}

/// The last noun, and those that are joined to it.
fn heads<'a, 't>(phrase: &[Token<'t>], nouns: &[&'a Token<'t>]) -> Vec<&'a Token<'t>> {
    let mut heads: Vec<&Token<'t>> = Vec::new();
    for &noun in nouns.iter().rev() {
        let Some(last) = heads.last() else {
            heads.push(noun);
            continue;
        };
        let gap = phrase
            .iter()
            .filter(|token| noun.end <= token.start && token.end <= last.start);
        let joint = gap.clone().rfind(|token| token.class == Class::Joint);
        let verb_before = |joint: &Token<'_>| {
            gap.clone()
                .any(|token| token.is(Class::Verb, &["occur"]) && token.start < joint.start)
        };
        if joint.is_some_and(|joint| !verb_before(joint)) {
            heads.push(noun);
        } else if noun.id != last.id {
            break;
        }
    }
    if heads.iter().any(|head| DISPUTES.contains(&head.id))
        && heads.iter().any(|head| !head.called("req"))
    {
        heads.retain(|head| !head.called("req"));
    }
    heads
}

/// The verbs that belong to one of several nouns; `None` where they make it no claim.
fn near_verbs<'t>(
    thing: &str,
    head: &Token<'t>,
    heads: &[&Token<'t>],
    verbs: &[Token<'t>],
) -> Option<Vec<Token<'t>>> {
    let mut near = verbs.to_vec();
    if heads.len() > 1 {
        near.retain(|verb| {
            let between = heads
                .iter()
                .any(|other| other.start > head.start && other.start < verb.start);
            verb.start >= head.end && !between
        });
        if near.is_empty() {
            let first = heads
                .iter()
                .map(|head| head.start)
                .min()
                .unwrap_or_default();
            near = verbs
                .iter()
                .filter(|verb| verb.end <= first)
                .cloned()
                .collect();
        }
    }
    if thing == "req" {
        near.retain(|verb| !["recv", "accept", "handle"].contains(&verb.id));
        if near.iter().any(|verb| verb.called("done")) {
            return None;
        }
        if near.is_empty() {
            near.push(Token::meant("recv", 0));
        }
    } else if DISPUTES.contains(&thing) {
        near.retain(|verb| !["recv", "accept"].contains(&verb.id));
    }
    Some(near)
}
