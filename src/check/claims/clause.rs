//! A clause: cut into segments that hold one number each.

use super::class::{CONTENT, Class, NAMES};
use super::reader::Event;
use super::reader::PassageReader;
use super::reading::Context;
use super::token::Token;

/// A segment: its tokens, and which of them is its number.
pub(super) type Segment<'t> = (Vec<Token<'t>>, usize);

impl<'t> PassageReader<'t> {
    pub(super) fn clause(&mut self, tokens: &[Token<'t>], context: &mut Context<'t>) {
        if tokens.is_empty() {
            return;
        }
        self.set_the_scene(tokens, context);
        let numbers = self.numbers(tokens);
        let Some(&first) = numbers.first() else {
            self.without_a_number(tokens, context);
            return;
        };
        let before_first = tokens.get(..first).unwrap_or_default();
        let says = |token: &Token<'_>| {
            let compares = [Class::Share, Class::Rate, Class::Growth];
            token.is_any(&CONTENT) || token.is_any(&compares)
        };
        let number_last = before_first
            .iter()
            .any(|token| says(token) || token.class == Class::Last);
        let mut segments = cut(tokens, &numbers, number_last);
        let cues = &self.words.cues;
        let each = first.checked_sub(1).and_then(|before| tokens.get(before));
        if segments.len() > 1 || each.is_some_and(|token| cues.each.is(token.text)) {
            segments = self.respectively(tokens, &numbers, segments);
        }
        let percents = numbers
            .iter()
            .filter(|&&n| tokens.get(n).is_some_and(|t| t.class == Class::Percent))
            .count();
        let is_apart = percents > 1
            && percents == numbers.len()
            && tokens.iter().any(|token| cues.apart.is_in(token.text));
        self.shares = is_apart.then_some((0, percents));
        let mut done = Vec::new();
        for pair in tokens.windows(2) {
            if let [before, bracket] = pair
                && bracket.class == Class::Bracket
                && (before.class == Class::Last
                    || before.class == Class::Year && before.year == self.year() - 1)
            {
                self.bracket(bracket, context, Some(before));
                done.push(bracket.start);
            }
        }
        let lent = std::mem::take(&mut context.lent);
        if let Some((segment, number)) = segments.first_mut()
            && !lent.is_empty()
            && !segment.iter().any(|t| says(t) || t.class == Class::Year)
            && !tokens.iter().any(|token| cues.among.is(token.text))
        {
            *number += lent.len();
            segment.splice(0..0, lent);
        }
        let is_negated = before_first
            .iter()
            .any(|token| token.class == Class::Negation);
        let last = segments.last().filter(|_| !is_negated);
        let tail = last.map_or(Vec::new(), |(segment, number)| tail(segment, *number));
        for (mut segment, mut number) in segments {
            if self.shares.is_some() && !segment.iter().any(|token| token.class == Class::Share) {
                let at = segment.get(number).map_or(0, |token| token.start);
                segment.insert(0, Token::new(Class::Share, "", self.text, at, at));
                number += 1;
            }
            let count = segment
                .iter()
                .take(number)
                .filter(|token| token.class != Class::Bracket)
                .count();
            let is_bracket = |token: &Token<'_>| token.class == Class::Bracket;
            let (brackets, plain): (Vec<_>, Vec<_>) = segment.into_iter().partition(is_bracket);
            self.segment(&plain, count, context);
            for bracket in &brackets {
                if !done.contains(&bracket.start) {
                    self.bracket(bracket, context, None);
                }
            }
        }
        if !tail.is_empty() {
            self.all_done(&tail, context);
        }
    }

    /// The year the clause speaks of, and whether it lists parts.
    fn set_the_scene(&mut self, tokens: &[Token<'t>], context: &mut Context<'t>) {
        let cues = &self.words.cues;
        let grows = tokens.iter().any(|token| token.class == Class::Growth);
        context.year_before = context.year;
        for (place, token) in tokens.iter().enumerate() {
            if token.class == Class::Year && !grows {
                context.year = token.year;
            }
            if token.class == Class::Filler && cues.now.is(token.text) {
                context.year = self.year();
            }
            let is_carried = tokens.iter().any(|token| token.is(Class::Verb, &["over"]));
            if token.class == Class::Last && !grows && place == 0 && !is_carried {
                context.year = self.year() - 1;
            }
            let is_listing = self.words.listing.iter().any(|word| word == token.text);
            if is_listing || token.class == Class::Filler && cues.listing_like.is_in(token.text) {
                context.listing = true;
                self.list.push(Event::Listing);
            }
        }
    }

    fn without_a_number(&mut self, tokens: &[Token<'t>], context: &mut Context<'t>) {
        let has = |classes: &[Class]| tokens.iter().any(|token| token.is_any(classes));
        let is_time = tokens.iter().any(|token| token.is(Class::Part, &["time"]));
        if is_time && !has(&[Class::Thing, Class::Verb]) {
            context.part_of_year = true;
        }
        context.lent = if has(&[Class::Negation, Class::Other, Class::Part]) {
            Vec::new()
        } else {
            tokens
                .iter()
                .filter(|token| token.is_any(&NAMES))
                .cloned()
                .collect()
        };
        self.no_number(tokens, context);
        for bracket in tokens.iter().filter(|token| token.class == Class::Bracket) {
            self.bracket(bracket, context, None);
        }
    }

    /// Which tokens are numbers that count.
    fn numbers(&self, tokens: &[Token<'t>]) -> Vec<usize> {
        let is_number = |token: &Token<'_>| token.is_any(&[Class::Number, Class::Percent]);
        let counts = |place: &usize| {
            tokens
                .get(*place)
                .is_some_and(|token| is_number(token) && self.counts(tokens, *place, token))
        };
        let mut numbers: Vec<_> = (0..tokens.len()).filter(counts).collect();
        let in_tables = |unit: &str| self.words.table_units.iter().any(|own| own == unit);
        let unit = |place: &usize| tokens.get(*place).map_or("", |token| token.amount.unit);
        if numbers.iter().any(|place| in_tables(unit(place))) {
            numbers.retain(|place| matches!(unit(place), "" | "%") || in_tables(unit(place)));
        }
        numbers
    }

    fn counts(&self, tokens: &[Token<'t>], place: usize, token: &Token<'t>) -> bool {
        if token.class == Class::Percent {
            return true;
        }
        let unit = token.amount.unit;
        let before = place.checked_sub(1).and_then(|before| tokens.get(before));
        let is_one = token.amount.value == crate::report::Number::ONE;
        if before.is_some_and(|before| before.class == Class::Negation) && is_one {
            return false;
        }
        let after = tokens.get(place + 1);
        let other = [Class::Unknown, Class::Part, Class::Other];
        if unit == "个" && after.is_some_and(|after| after.is_any(&other)) {
            return false;
        }
        if self.words.uncounted.iter().any(|own| own == unit) {
            return false;
        }
        if !unit.is_empty() {
            return true;
        }
        let light = [Class::Filler, Class::Joint, Class::Bracket];
        let before = tokens
            .iter()
            .take(place)
            .rfind(|token| !token.is_any(&light));
        place + 1 == tokens.len() && before.is_some_and(|before| before.is_any(&NAMES))
    }

    /// A、B分别1件、2件: as many heads as numbers; A、B各1件: the number for each.
    fn respectively(
        &self,
        tokens: &[Token<'t>],
        numbers: &[usize],
        segments: Vec<Segment<'t>>,
    ) -> Vec<Segment<'t>> {
        let cues = &self.words.cues;
        let lead = tokens
            .get(..numbers.first().copied().unwrap_or_default())
            .unwrap_or_default();
        let each = numbers.len() == 1 && lead.last().is_some_and(|last| cues.each.is(last.text));
        if !each && !lead.iter().any(|token| cues.apart.is_in(token.text)) {
            return segments;
        }
        let names = |token: &Token<'_>| token.is_any(&NAMES) || token.class == Class::Unknown;
        let (mut heads, mut head) = (Vec::new(), Vec::new());
        for (place, token) in lead.iter().enumerate() {
            if cues.apart.is_in(token.text) || each && place + 1 == lead.len() {
                continue;
            }
            if token.class == Class::Joint && head.iter().any(names) {
                heads.push(std::mem::take(&mut head));
            } else {
                head.push(token.clone());
            }
        }
        if !head.is_empty() {
            heads.push(head);
        }
        if !each && heads.len() != numbers.len() {
            return segments;
        }
        let numbers = numbers.iter().copied().cycle();
        let with_number = |(mut head, number): (Vec<Token<'t>>, usize)| {
            let place = head.len();
            head.extend(tokens.get(number).cloned());
            (head, place)
        };
        heads.into_iter().zip(numbers).map(with_number).collect()
    }
}

/// What stands behind a number, if it says that all is done.
fn tail<'t>(segment: &[Token<'t>], number: usize) -> Vec<Token<'t>> {
    let tail = segment.iter().skip(number + 1);
    let tail = tail.filter(|token| token.class != Class::Bracket);
    if tail.clone().any(|token| token.class == Class::All) {
        tail.cloned().collect()
    } else {
        Vec::new()
    }
}

/// Cuts a clause so that each segment holds one number.
fn cut<'t>(tokens: &[Token<'t>], numbers: &[usize], number_last: bool) -> Vec<Segment<'t>> {
    let mut cuts = vec![0];
    for pair in numbers.windows(2) {
        if let [a, b] = *pair {
            let joint =
                (a + 1..b).find(|&k| tokens.get(k).is_some_and(|t| t.class == Class::Joint));
            cuts.push(joint.unwrap_or(if number_last { a + 1 } else { b }));
        }
    }
    cuts.push(tokens.len());
    let ranges = cuts.windows(2).filter_map(|pair| match *pair {
        [a, b] => Some((a, b)),
        _ => None,
    });
    let segment = |((a, b), &number): ((usize, usize), &usize)| {
        (
            tokens.get(a..b).unwrap_or_default().to_vec(),
            number.saturating_sub(a),
        )
    };
    ranges.zip(numbers).map(segment).collect()
}
