//! What a count is meant of: its readings and columns, and what makes it a part.

use super::class::Class;
use super::count::Parts;
use super::noun::{ACTS, Resolved};
use super::reader::{PassageReader, reads};
use super::reading::{AREA, CHANNEL, Context, Doubt, Reading, TIME};
use super::token::Token;
use super::words::{Rows, Words};

impl<'t> PassageReader<'t> {
    /// The readings of a figure, and the columns it is of.
    pub(super) fn what_is_meant(
        &self,
        reading: &mut Reading,
        thing: &'static str,
        parts: Parts<'_, 't>,
        resolved: &Resolved<'t>,
        explicit: Option<&'static str>,
        context: &Context<'t>,
    ) {
        let verbs = &resolved.verbs;
        let whole = context.whole.and_then(|whole| self.reading(whole));
        let is_listed = ["lic", "pun", "coe", "fee", "doc", "reg", "rev", "lit"];
        let (read, verb) = if verbs.is_empty() && explicit.is_none() && !resolved.columns.is_empty()
        {
            match whole.filter(|whole| whole.thing == Some("req")) {
                Some(whole) => (Some(whole.readings.clone()), whole.verb),
                None => (
                    Some([reads("req", "recv"), reads("req", "recv+over")].concat()),
                    "recv",
                ),
            }
        } else if let Some(verb) = context.list_verb.filter(|_| {
            verbs.is_empty() && explicit.is_some_and(|thing| is_listed.contains(&thing))
        }) {
            self.read_as(
                thing,
                &[Token::meant(verb, 0)],
                parts.all,
                context.list_verb,
            )
        } else {
            self.read_as(thing, verbs, parts.all, context.list_verb)
        };
        let is_read = read.is_some();
        reading.verb = verb;
        reading.readings = read.unwrap_or_default();
        let is_request = thing == "req";
        if is_request
            && ["recv", "add"].contains(&verb)
            && context.listing
            && whole.is_some_and(|whole| whole.verb == "done")
        {
            reading.readings.extend(reads("req", "done-over"));
        }
        if is_request
            && verbs.is_empty()
            && explicit.is_none()
            && parts.before.iter().any(|token| token.class == Class::Year)
        {
            reading.readings = reads("req", "recv");
        }
        two_things(reading, thing, parts, is_read);
        reading.doubt = reading.doubt.or(!is_read, Doubt::Aside);
        if !resolved.columns.is_empty() {
            reading.columns = self.words.columns_of(&resolved.columns);
            if reading.columns.len() == self.words.column_count() {
                reading.columns.clear();
            }
            if ["fwd", "over"].contains(&verb)
                || whole.is_some_and(|w| ["accept", "handle", ""].contains(&w.verb))
            {
                for rows in reads("req", "accept") {
                    if !reading.readings.contains(&rows) {
                        reading.readings.push(rows);
                    }
                }
            }
        }
        if is_request && verb == "recv" && self.in_sentence(&self.words.cues.with_carried) {
            reading.readings.extend(reads("req", "recv+over"));
        }
        let proactive = is_request && verb == "publish" && context.topic == "proactive";
        reading.doubt = reading.doubt.or(proactive, Doubt::Any);
        let no_topic = is_request
            && verb == "done"
            && explicit.is_none()
            && context.thing != Some("req")
            && context.topic != "requests";
        reading.doubt = reading.doubt.or(no_topic, Doubt::Any);
        let previous = context.previous.and_then(|previous| self.reading(previous));
        let follows = context.listing
            && explicit.is_none()
            && previous.is_some_and(|previous| {
                previous.thing == Some(thing)
                    && [Doubt::Aside, Doubt::Qualified, Doubt::AfterAside].contains(&previous.doubt)
            });
        reading.doubt = reading.doubt.or(follows, Doubt::AfterAside);
        let is_rest = parts.before.last().is_some_and(|last| {
            last.is_any(&[Class::Filler, Class::Unknown]) && self.words.cues.rest.is_in(last.text)
        });
        let is_row = |verb: &Token<'_>| self.words.own(verb.id) == "req";
        reading.doubt = reading.doubt.or(
            is_request && is_read && !verbs.iter().any(is_row) && is_rest,
            Doubt::Any,
        );
        // What is published of decisions need not be all that were made.
        let is_shown = verb == "publish" && ACTS.contains(&thing);
        reading.doubt = reading.doubt.or(is_shown, Doubt::Aside);
    }

    /// What makes a figure a part of what the tables hold.
    pub(super) fn part_of(
        &self,
        reading: &mut Reading,
        thing: &'static str,
        parts: Parts<'_, 't>,
        resolved: &Resolved<'t>,
        explicit: Option<&'static str>,
        context: &Context<'t>,
    ) {
        let (cues, before, verbs) = (&self.words.cues, parts.before, &resolved.verbs);
        let start = before
            .first()
            .map_or(parts.number.start, |token| token.start);
        let has_part = |ids: &[&str]| resolved.parts.iter().any(|part| ids.contains(&part.id));
        let organs = self
            .issuer
            .level
            .map(|level| &level.organs)
            .filter(|organs| !organs.is_empty());
        let from = if thing == "req" {
            start
        } else {
            self.sentence.start
        };
        let is_own_organ = organs.is_some_and(|organs| {
            self.has(organs, from..parts.number.start)
                && !self.has(&cues.whole_area, self.sentence.start..parts.number.start)
        });
        let is_qualified = explicit.is_none()
            && (thing != "req" || context.listing)
            && verbs.last().is_some_and(|last| {
                before
                    .iter()
                    .any(|t| t.is_unknown_word() && t.end <= last.start)
            });
        let is_same_subject = context.other_subject
            && explicit.is_none()
            && !before.iter().any(|token| cues.sum.is(token.text))
            && !before
                .iter()
                .any(|token| token.class == Class::Filler && cues.mine.begins(token.text));
        let group = if !verbs.is_empty() && self.is_other_body(before) || is_own_organ {
            AREA
        } else if is_qualified {
            ""
        } else if is_same_subject {
            reading.same_subject = true;
            ""
        } else if context.part_of_year {
            ""
        } else if has_part(&[TIME, AREA, "cause"]) {
            resolved.parts.first().map_or("", |part| part.id)
        } else if has_part(&[CHANNEL]) {
            // 收到来信34件 counts letters.
            let is_object =
                |verb: &Token<'_>| resolved.parts.iter().any(|part| verb.end <= part.start);
            let counts_letters = explicit.is_none()
                && !context.listing
                && context.whole.is_none()
                && verbs.iter().any(is_object);
            reading.doubt = reading.doubt.or(counts_letters, Doubt::Any);
            reading.by_channel = true;
            reading.group = CHANNEL;
            reading.is_part = !["doc", "lic", "pun", "coe"].contains(&thing);
            return;
        } else if self.is_of_a_share(thing, parts, resolved, explicit) {
            ""
        } else {
            reading.doubt = reading.doubt.or(has_part(&["due"]), Doubt::Any);
            return;
        };
        reading.is_part = true;
        reading.group = group;
    }

    /// 个人申请占绝大多数，达7件: how much of the whole it is was said, of a part that is no row and no column.
    fn is_of_a_share(
        &self,
        thing: &'static str,
        parts: Parts<'_, 't>,
        resolved: &Resolved<'t>,
        explicit: Option<&'static str>,
    ) -> bool {
        let is_row = |verb: &Token<'_>| self.words.own(verb.id) == "req";
        if thing != "req" || !resolved.columns.is_empty() || resolved.verbs.iter().any(is_row) {
            return false;
        }
        let first = parts.before.first().map_or(parts.number.start, |t| t.start);
        // Where the clause says nothing else, the one before it does.
        let says_nothing = explicit.is_none() && resolved.verbs.is_empty();
        let from = if says_nothing {
            self.sentence.start
        } else {
            first
        };
        self.has(&self.words.cues.share_of, from..parts.number.start)
    }
}

/// 行政复议和行政诉讼15件: the sum of both.
fn two_things(reading: &mut Reading, thing: &'static str, parts: Parts<'_, '_>, is_read: bool) {
    let things: Vec<_> = parts
        .before
        .iter()
        .filter(|token| token.class == Class::Thing)
        .collect();
    let [.., first, second] = things.as_slice() else {
        return;
    };
    let between = |class: Class| {
        parts
            .before
            .iter()
            .any(|t| t.class == class && first.end <= t.start && t.start < second.start)
    };
    if !is_read
        || second.id != thing
        || first.id == thing
        || !between(Class::Joint)
        || between(Class::Verb)
    {
        return;
    }
    let with_verb = Words::reads(first.id, reading.verb);
    let Some(more) = with_verb.or_else(|| Words::reads(first.id, "")) else {
        return;
    };
    let both = |a: &Rows| {
        more.iter()
            .map(|b| [&**a, b.as_slice()].concat().into())
            .collect::<Vec<Rows>>()
    };
    reading.readings = reading.readings.iter().flat_map(both).collect();
}
