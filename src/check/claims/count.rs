//! A segment with one number: what it counts, and what makes it a part or doubtful.

use super::class::Class;
use super::noun::{DISPUTES, Resolved};
use super::reader::Event;
use super::reader::PassageReader;
use super::reading::{AREA, CHANNEL, ClaimKind, Context, Doubt, Reading, Verdict};
use super::token::Token;

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

impl<'t> PassageReader<'t> {
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
        reading: &mut Reading,
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
        let says_own = parts.before.iter().any(|token| {
            token.class == Class::Thing
                && parts.before.iter().any(|from| {
                    from.class == Class::Filler
                        && cues.from.is(from.text)
                        && from.start >= token.end
                })
        });
        let base =
            if says_own || !to.is_empty() && parts.before.iter().any(|t| t.class == Class::Thing) {
                self.base_named(parts, context)
            } else {
                self.base(context)
            };
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

    fn figure_of_last_year(&mut self, mut reading: Reading, context: &mut Context<'t>) {
        reading.kind = ClaimKind::Prior;
        reading.year = self.year() - 1;
        context.prior = Some(reading.value());
        self.judge(reading);
    }

    fn counted(&mut self, mut reading: Reading, parts: Parts<'_, 't>, context: &mut Context<'t>) {
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
        reading.is_qualified = before
            .iter()
            .any(|token| token.is_unknown_word() || token.class == Class::Part);
        if thing == Some("pfee") {
            reading.kind = ClaimKind::Fee;
            context.thing = thing;
            self.readings.push(reading);
            return;
        }
        if let Some(thing) = thing.filter(|thing| *thing != "other") {
            self.what_is_meant(&mut reading, thing, parts, &resolved, explicit, context);
            self.part_of(&mut reading, thing, parts, &resolved, explicit, context);
        }
        self.remember(reading, thing, &resolved, context);
    }

    /// Which year a number is of.
    fn year_of(
        &self,
        reading: &mut Reading,
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
        reading: &Reading,
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

    /// Judges a figure and keeps what the next ones need to know of it.
    fn remember(
        &mut self,
        mut reading: Reading,
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
        let placed = self.reading(place);
        if placed.is_some_and(|reading| reading.verdict == Verdict::Equal) {
            // 县政府及所属部门共收到98件: who counts all there is counts for the issuer.
            context.other_subject = false;
        }
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
