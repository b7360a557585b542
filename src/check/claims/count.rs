//! A segment with one number: what it counts, and what makes it a part or doubtful.

use super::lists::Event;
use super::noun::{DISPUTES, Resolved};
use super::reader::{Reader, reads};
use super::reading::{AREA, CHANNEL, Context, Doubt, Kind, Reading, TIME};
use super::token::{Class, Token};
use super::words::{Rows, Words};

/// Verbs that a list carries from one item to the next.
const LIST_VERBS: [&str; 7] = [
    "make", "repeal", "valid", "decide", "publish", "handle", "occur",
];
/// Verbs with which a count of requests is a whole that others are parts of.
const WHOLE_VERBS: [&str; 14] = [
    "recv",
    "accept",
    "handle",
    "done",
    "",
    "over",
    "fwd",
    "granted",
    "denied",
    "unable",
    "not_processed",
    "partial",
    "otherwise",
    "over+",
];

/// A segment: the words before its number, the number, the words after.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a, 't> {
    pub all: &'a [Token<'t>],
    pub before: &'a [Token<'t>],
    pub number: &'a Token<'t>,
    pub after: &'a [Token<'t>],
}

impl Parts<'_, '_> {
    pub(super) fn has(&self, class: Class) -> bool {
        self.all.iter().any(|token| token.class == class)
    }
}

impl<'t> Reader<'t> {
    pub(super) fn segment(
        &mut self,
        tokens: &[Token<'t>],
        number: usize,
        context: &mut Context<'t>,
    ) {
        let Some((before, [number, after @ ..])) = tokens.split_at_checked(number) else {
            return;
        };
        let parts = Parts {
            all: tokens,
            before,
            number,
            after,
        };
        let start = before.iter().find(|token| token.class != Class::Joint);
        let start = start.map_or(number.start, |token| token.start);
        let end = after
            .last()
            .map_or(number.end, |token| token.end.max(number.end));
        // What was lent stands before this clause; the words between are quoted with it.
        self.segment = start..end;
        let mut reading = Reading::new(
            start..end,
            number.start..number.end,
            number.amount,
            context.year,
        );
        reading.doubt = reading.doubt.or(self.is_plan || self.is_quiet, Doubt::Any);
        if self.compared(&mut reading, parts, context) {
            return;
        }
        self.counted(reading, parts, context);
    }

    /// Growth, shares and figures of last year. Whether it was one of them.
    fn compared(
        &mut self,
        reading: &mut Reading<'t>,
        parts: Parts<'_, 't>,
        context: &mut Context<'t>,
    ) -> bool {
        let (cues, number) = (&self.words.cues, parts.number);
        let of = |ids: &[&str]| -> Vec<&Token<'t>> {
            parts
                .all
                .iter()
                .filter(|token| token.is(Class::Growth, ids))
                .collect()
        };
        let (ways, to, mut compared) = (of(&["up", "down"]), of(&["to"]), !of(&["cmp"]).is_empty());
        let grows = parts.has(Class::Growth);
        let is_percent = number.class == Class::Percent;
        if let Some(way) = ways.last() {
            let nouns_between = parts
                .before
                .iter()
                .skip_while(|token| token.start != way.start)
                .any(|token| token.is_any(&[Class::Thing, Class::Bare]));
            let is_before = way.start < number.start
                && parts.before.iter().any(|token| token.start == way.start);
            if is_percent || is_before && !nouns_between {
                self.growth(reading.clone(), parts, way.id, context);
                return true;
            }
        }
        let base = self.base(context);
        if let Some(base) = base.as_ref().filter(|_| !to.is_empty() && !is_percent) {
            self.judge(reading.clone().about(base));
            return true;
        }
        if is_percent {
            self.percent(reading.clone(), parts, context);
            return true;
        }
        if !grows && base.is_some() {
            let year = parts
                .before
                .iter()
                .find(|token| token.is_any(&[Class::Last, Class::Year]));
            let before = self
                .slice(self.sentence.start..year.map_or(self.sentence.start, |year| year.start));
            compared |= year.is_some()
                && before
                    .char_indices()
                    .next_back()
                    .is_some_and(|(at, _)| cues.from.is(before.get(at..).unwrap_or("")));
        }
        let is_added =
            |token: &Token<'_>| token.class == Class::Verb && cues.added.begins(token.text);
        if compared && ways.is_empty() && parts.before.iter().any(is_added) {
            self.growth(reading.clone(), parts, "up", context);
            return true;
        }
        if number.amount.unit == "倍" {
            self.growth(
                reading.clone(),
                parts,
                ways.last().map_or("times", |way| way.id),
                context,
            );
            return true;
        }
        if let Some(base) =
            base.filter(|_| compared && ways.last().is_none_or(|way| way.start > number.start))
        {
            self.figure_of_last_year(reading.clone().about(&base), context);
            return true;
        }
        false
    }

    fn figure_of_last_year(&mut self, mut reading: Reading<'t>, context: &mut Context<'t>) {
        reading.kind = Kind::Prior;
        reading.year = self.year() - 1;
        context.prior = Some(reading.value());
        self.judge(reading);
    }

    fn counted(
        &mut self,
        mut reading: Reading<'t>,
        parts: Parts<'_, 't>,
        context: &mut Context<'t>,
    ) {
        let (cues, before, number) = (&self.words.cues, parts.before, parts.number);
        let mut resolved = self.resolve(before, parts.after, context);
        let is_channel = before
            .last()
            .is_some_and(|last| last.is(Class::Part, &[CHANNEL]));
        if is_channel && ["个", "项", "部"].contains(&number.amount.unit) {
            resolved.thing = Some("other");
            resolved.parts.clear();
        }
        let doubt_before = reading.doubt;
        if reading.doubt == Doubt::None {
            reading.doubt = resolved.doubt;
        }
        reading.doubt = reading.doubt.or(
            before.iter().any(|token| token.class == Class::Negation),
            Doubt::Any,
        );
        let above = self
            .issuer
            .level
            .map(|level| &level.above)
            .filter(|above| !above.is_empty());
        let is_above =
            above.is_some_and(|above| before.iter().any(|token| above.begins(token.text)));
        reading.doubt = reading.doubt.or(is_above, Doubt::Any);
        self.year_of(&mut reading, parts, &resolved, context);
        let explicit = resolved.thing;
        let is_left = |verb: &Token<'_>| ["handle", "over"].contains(&verb.id);
        let start = parts.all.first().map_or(number.start, |first| first.start);
        if !resolved.verbs.is_empty()
            && resolved.verbs.iter().all(is_left)
            && self.has(&cues.left, start..number.start)
        {
            resolved.verbs = vec![Token::meant("fwd", number.start)];
            if reading.doubt == resolved.doubt {
                reading.doubt = doubt_before;
            }
        }
        let mut thing = match explicit {
            Some(thing) => Some(thing),
            None => self.thing_meant(&reading, parts, &resolved, context),
        };
        let is_last_year = before
            .iter()
            .any(|token| token.class == Class::Year && token.year == self.year() - 1);
        if let Some(last) = context.last
            && is_last_year
            && resolved.verbs.is_empty()
            && explicit.is_none()
            && resolved.columns.is_empty()
            && thing.is_none()
            && let Some(last) = self.reading(last).cloned()
        {
            self.figure_of_last_year(reading.about(&last), context);
            return;
        }
        if thing.is_none() && context.thing == Some("pfee") && number.amount.unit == "元" {
            thing = Some("pfee");
        }
        let unit = number.amount.unit;
        let fits = |thing: &str| {
            let units = self.words.things.get(thing).map(|thing| &thing.units);
            units.is_none_or(|units| unit.is_empty() || units.iter().any(|own| own == unit))
        };
        if thing.is_some_and(|thing| thing != "other" && !fits(thing)) {
            if explicit.is_none() {
                thing = Some("other");
            }
            reading.doubt = reading.doubt.or(true, Doubt::Any);
        }
        reading.thing = thing;
        if thing == Some("pfee") {
            reading.kind = Kind::Fee;
            context.thing = thing;
            self.readings.push(reading);
            return;
        }
        if let Some(thing) = thing.filter(|thing| *thing != "other") {
            self.what_is_meant(&mut reading, thing, parts, (&resolved, explicit), context);
            self.part_of(&mut reading, thing, parts, (&resolved, explicit), context);
        }
        self.remember(reading, thing, &resolved, context);
    }

    /// Which year a number is of.
    fn year_of(
        &self,
        reading: &mut Reading<'t>,
        parts: Parts<'_, 't>,
        resolved: &Resolved<'t>,
        context: &Context<'t>,
    ) {
        let is_known = |year: i32| year == self.year() || year == self.year() - 1;
        reading.doubt = reading.doubt.or(!is_known(reading.year), Doubt::Any);
        let named = parts
            .before
            .iter()
            .rev()
            .find(|token| token.class == Class::Year);
        if let Some(named) = named {
            reading.year = named.year;
        } else if parts.after.iter().any(|token| token.class == Class::Year) {
            reading.year = context.year_before;
        }
        reading.doubt = reading.doubt.or(!is_known(reading.year), Doubt::Any);
        let is_carried = resolved.verbs.iter().any(|verb| verb.called("over"));
        if parts.before.iter().any(|token| token.class == Class::Last) && !is_carried {
            reading.year = self.year() - 1;
        }
    }

    /// What is counted where no noun says it.
    fn thing_meant(
        &self,
        reading: &Reading<'t>,
        parts: Parts<'_, 't>,
        resolved: &Resolved<'t>,
        context: &Context<'t>,
    ) -> Option<&'static str> {
        let cues = &self.words.cues;
        let owns = |thing: &str| {
            resolved
                .verbs
                .iter()
                .any(|verb| self.words.own(verb.id) == thing)
        };
        let carried = context.thing;
        if owns("req") {
            let is_other = carried == Some("other") && context.other_said;
            return Some(if is_other { "other" } else { "req" });
        }
        if owns("t4") {
            let quote = reading.quote.clone();
            return carried
                .filter(|thing| DISPUTES.contains(thing))
                .or(context.dispute)
                .or_else(|| {
                    if self.has(&cues.review, quote.clone()) {
                        Some("rev")
                    } else {
                        self.has(&cues.court, quote).then_some("lit")
                    }
                });
        }
        if owns("doc") {
            return carried
                .filter(|thing| ["doc", "reg"].contains(thing))
                .or(Some("doc"));
        }
        if !resolved.columns.is_empty() {
            return Some(if matches!(carried, Some("req") | None) {
                "req"
            } else {
                "other"
            });
        }
        if !resolved.verbs.is_empty() || !resolved.parts.is_empty() {
            return carried.or((context.topic == "requests").then_some("req"));
        }
        let compared = parts
            .all
            .iter()
            .any(|token| token.is(Class::Growth, &["cmp"]));
        let says_whole = parts
            .before
            .iter()
            .any(|t| t.class == Class::Year || cues.sum.is(t.text));
        let is_bare = carried == Some("req")
            && !context.listing
            && !compared
            && (context.previous.is_none() || says_whole)
            && parts.after.is_empty();
        is_bare.then_some("req")
    }

    /// The readings of a figure, and the columns it is of.
    fn what_is_meant(
        &self,
        reading: &mut Reading<'t>,
        thing: &'static str,
        parts: Parts<'_, 't>,
        (resolved, explicit): (&Resolved<'t>, Option<&'static str>),
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
        reading.doubt = reading.doubt.or(
            is_request && is_read && verbs.is_empty() && is_rest,
            Doubt::Any,
        );
    }

    /// What makes a figure a part of what the tables hold.
    fn part_of(
        &self,
        reading: &mut Reading<'t>,
        thing: &'static str,
        parts: Parts<'_, 't>,
        (resolved, explicit): (&Resolved<'t>, Option<&'static str>),
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
        } else {
            reading.doubt = reading.doubt.or(has_part(&["due"]), Doubt::Any);
            return;
        };
        reading.is_part = true;
        reading.group = group;
    }

    /// Judges a figure and keeps what the next ones need to know of it.
    fn remember(
        &mut self,
        mut reading: Reading<'t>,
        thing: Option<&'static str>,
        resolved: &Resolved<'t>,
        context: &mut Context<'t>,
    ) {
        let listed = resolved
            .verbs
            .iter()
            .rfind(|verb| LIST_VERBS.contains(&verb.id));
        let makes = resolved.verbs.iter().any(|verb| verb.called("make"));
        if let Some(listed) =
            listed.filter(|_| thing.is_some_and(|thing| thing != "other") || makes)
        {
            context.list_verb = Some(listed.id);
        }
        reading.whole = context.whole;
        context.other_subject = reading.is_part && reading.group == AREA || reading.same_subject;
        let (is_part, verb) = (reading.is_part, reading.verb);
        let has_readings = !reading.readings.is_empty();
        let place = self.judge(reading);
        self.list.push(Event::Figure(place));
        context.previous = Some(place);
        if let Some(thing) = thing.filter(|thing| *thing != "other" || !context.listing) {
            context.thing = Some(thing);
            context.other_said |= thing == "other";
            context.verb = verb;
        }
        if thing.is_some_and(|thing| DISPUTES.contains(&thing)) {
            context.dispute = thing;
        }
        if thing == Some("req")
            && resolved.columns.is_empty()
            && WHOLE_VERBS.contains(&verb)
            && !is_part
            && !(context.listing && verb == "over")
        {
            context.whole = Some(place);
        }
        context.growing = None;
        if !is_part && thing.is_some() {
            if has_readings {
                context.last = Some(place);
            } else if !context.listing {
                context.last = None;
            }
        }
        context.wholes.push(place);
    }
}

/// 行政复议和行政诉讼15件: the sum of both.
fn two_things<'t>(
    reading: &mut Reading<'t>,
    thing: &'static str,
    parts: Parts<'_, 't>,
    is_read: bool,
) {
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
            .map(|b| [a.as_slice(), b.as_slice()].concat())
            .collect::<Vec<_>>()
    };
    reading.readings = reading.readings.iter().flat_map(both).collect();
}
