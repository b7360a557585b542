//! Wholes and their listed parts.

use super::class::Class;
use super::numerals::Vague;
use super::reader::{Event, PassageReader, reads};
use super::reading::{AREA, CHANNEL, ClaimKind, Doubt, Reading, TIME, Verdict};
use super::sentence::without_number;
use super::token::Token;
use super::words::Words;
use crate::report::Number;

/// Along what a list divides its whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    Columns,
    Channels,
    Requests,
    Other,
    Thing(&'static str),
}

pub(super) fn dimension(reading: &Reading) -> Dimension {
    match reading.thing {
        _ if !reading.columns.is_empty() => Dimension::Columns,
        _ if reading.by_channel => Dimension::Channels,
        Some("req") => Dimension::Requests,
        None | Some("other") => Dimension::Other,
        Some(thing) => Dimension::Thing(thing),
    }
}

pub(super) fn sum<'a>(readings: impl Iterator<Item = &'a Reading>) -> Number {
    readings.fold(Number::ZERO, |sum, reading| sum + reading.value())
}

impl<'t> PassageReader<'t> {
    /// Answered and pending are together what was received: the answered are this year's alone.
    pub(super) fn own_sum(&mut self, first: usize) {
        let mine = self.readings.get(first..).unwrap_or_default();
        let of = |verbs: &'static [&str]| {
            mine.iter().enumerate().filter(move |(_, reading)| {
                reading.thing == Some("req")
                    && reading.kind == ClaimKind::Count
                    && verbs.contains(&reading.verb)
                    && reading.columns.is_empty()
                    && !reading.is_part
            })
        };
        let own =
            Words::reads("req", "done-over").and_then(|reads| self.tables.now(reads.first()?, &[]));
        let adds_up = |done: &Reading| {
            of(&["recv", "accept"]).any(|(_, whole)| {
                whole.verdict == Verdict::Equal
                    && of(&["fwd"]).any(|(_, left)| {
                        left.verdict == Verdict::Equal
                            && done.value() + left.value() == whole.value()
                    })
            })
        };
        let right: Vec<_> = of(&["done", "handle"])
            .filter(|(_, done)| {
                done.verdict == Verdict::Different && adds_up(done) && Some(done.value()) == own
            })
            .map(|(place, _)| first + place)
            .collect();
        for place in right {
            if let Some(reading) = self.readings.get_mut(place) {
                reading.verdict = Verdict::Equal;
                reading.bound = reads("req", "done-over").concat().into();
            }
            self.faults.retain(|fault| fault.reading != Some(place));
        }
    }

    /// Parts of one kind against the whole they follow: channels, quarters, bodies.
    pub(super) fn sum_groups(&mut self, first: usize) {
        let mine = self.readings.get(first..).unwrap_or_default();
        let is_grouped = |reading: &&Reading| reading.is_part && !reading.group.is_empty();
        let before = mine
            .iter()
            .filter(is_grouped)
            .find_map(|reading| reading.whole);
        // Or the whole follows its parts: 网上1件、信函2件，共3件.
        let first_part = mine.iter().position(|reading| is_grouped(&reading));
        let after = first_part.and_then(|part| {
            let is_whole = |reading: &Reading| {
                reading.thing == Some("req")
                    && reading.kind == ClaimKind::Count
                    && !reading.is_part
                    && self.has(&self.words.cues.says_all, reading.quote.clone())
            };
            (first + part..self.readings.len())
                .find(|&place| self.reading(place).is_some_and(is_whole))
        });
        let Some(place) = before.or(after) else {
            return;
        };
        let Some(whole) = self.reading(place).cloned().filter(|whole| {
            ["recv", "accept", "handle", ""].contains(&whole.verb)
                && whole.is_exact()
                && whole.verdict != Verdict::Different
        }) else {
            return;
        };
        for (group, full) in [(CHANNEL, 3), (TIME, 4), (AREA, 99)] {
            let parts: Vec<usize> = (first..self.readings.len())
                .filter(|&part| part != place && self.is_part_of(part, group))
                .collect();
            if parts.len() < 2 {
                continue;
            }
            let sum = sum(parts.iter().filter_map(|&part| self.reading(part)));
            if sum > whole.value()
                || sum < whole.value() && (parts.len() >= full || before.is_none())
            {
                self.find_sum(&parts, sum, &whole);
            } else if sum == whole.value() {
                self.set_sum(&parts);
            }
        }
    }

    fn is_part_of(&self, place: usize, group: &str) -> bool {
        self.reading(place).is_some_and(|reading| {
            reading.is_part
                && reading.group == group
                && reading.thing == Some("req")
                && reading.kind == ClaimKind::Count
                && reading.is_exact()
                && reading.doubt == Doubt::None
                && reading.year == self.year()
        })
    }

    /// Parts that add up are right.
    fn set_sum(&mut self, parts: &[usize]) {
        for &part in parts {
            if let Some(reading) = self.readings.get_mut(part)
                && reading.verdict == Verdict::Unknown
            {
                reading.is_part_verdict = true;
            }
        }
    }

    /// Every whole of the sentence with the parts listed after it.
    pub(super) fn sum_lists(&mut self) {
        let events = std::mem::take(&mut self.list);
        for (place, event) in events.iter().enumerate() {
            let Event::Figure(whole) = *event else {
                continue;
            };
            let after = events.get(place + 1..).unwrap_or_default();
            let opened = match after.first() {
                Some(Event::Open) => true,
                Some(Event::Listing) => false,
                _ => continue,
            };
            let Some(whole) = self.reading(whole).cloned() else {
                continue;
            };
            let parts = self.listed(&whole, after.get(1..).unwrap_or_default(), opened);
            self.check_sum(&whole, &parts);
        }
    }

    /// The parts of a whole in what follows it.
    fn listed(&self, whole: &Reading, events: &[Event], opened: bool) -> Vec<usize> {
        let is_other = |thing: Option<&str>| matches!(thing, None | Some("other"));
        let mut parts: Vec<usize> = Vec::new();
        for (place, event) in events.iter().enumerate() {
            match *event {
                Event::Listing if !parts.is_empty() && !opened => break,
                Event::Listing => {}
                Event::Open | Event::Close => {
                    if !parts.is_empty() {
                        break;
                    }
                }
                Event::Semicolon => {
                    let next = match events.get(place + 1) {
                        Some(Event::Figure(next)) => self.reading(*next),
                        _ => None,
                    };
                    if !next.is_some_and(|next| is_other(next.thing) && is_other(whole.thing)) {
                        break;
                    }
                }
                Event::Figure(figure) => {
                    let Some(part) = self.reading(figure) else {
                        continue;
                    };
                    if part.amount.unit != whole.amount.unit {
                        continue;
                    }
                    if part.year != whole.year {
                        break;
                    }
                    let first = parts.first().and_then(|first| self.reading(*first));
                    if first.is_some_and(|first| dimension(first) != dimension(part)) {
                        break;
                    }
                    parts.push(figure);
                }
            }
        }
        parts
    }

    fn check_sum(&mut self, whole: &Reading, places: &[usize]) {
        let parts: Vec<_> = places
            .iter()
            .filter_map(|&part| self.reading(part))
            .collect();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return;
        };
        let kind = dimension(first);
        let is_vague = |reading: &Reading| reading.amount.vague != Vague::Exact;
        let is_judged = |reading: &&&Reading| reading.verdict == Verdict::Different;
        if parts.len() < 2
            || parts.iter().any(|part| is_judged(&part) || is_vague(part))
            || is_vague(whole)
            || kind == Dimension::Requests
        {
            return;
        }
        let sum = sum(parts.iter().copied());
        let ends_with_rest = self.has(&self.words.cues.rest_part, last.quote.clone());
        let says_all = self.has(&self.words.cues.says_all, whole.quote.clone())
            && !self.has(
                &self.words.cues.open_list,
                whole.quote.start..last.quote.end.max(whole.quote.end),
            );
        let lists_all =
            (ends_with_rest || says_all) && matches!(kind, Dimension::Other | Dimension::Channels);
        let bound_column = kind == Dimension::Columns && first.verdict == Verdict::Equal;
        if sum > whole.value() || sum < whole.value() && lists_all {
            if !bound_column {
                self.find_sum(places, sum, whole);
            }
        } else if sum == whole.value() {
            self.set_sum(places);
        }
    }

    /// Where a passage names no whole at all, its channels together stand for it.
    pub(super) fn parts_for_whole(&mut self) {
        let is_mine = |reading: &&Reading| {
            reading.thing == Some("req")
                && matches!(reading.kind, ClaimKind::Count | ClaimKind::Zero)
        };
        let is_whole = |reading: &Reading| {
            !reading.is_part
                && ["recv", "accept", "handle", "", "over+"].contains(&reading.verb)
                && reading.columns.is_empty()
        };
        if self.readings.iter().filter(is_mine).any(is_whole) {
            return;
        }
        let channels: Vec<usize> = (0..self.readings.len())
            .filter(|&place| {
                self.reading(place).filter(is_mine).is_some_and(|reading| {
                    reading.by_channel
                        && ["recv", "accept", "handle", ""].contains(&reading.verb)
                        && reading.year == self.year()
                        && reading.doubt == Doubt::None
                })
            })
            .collect();
        let reads = reads("req", "accept");
        let held: Vec<_> = reads
            .iter()
            .map(|rows| self.tables.now(rows, &[]))
            .collect();
        let sum = sum(channels.iter().filter_map(|&place| self.reading(place)));
        let (Some(&first), Some(&Some(expected))) = (channels.first(), held.first()) else {
            return;
        };
        if held.contains(&None) {
            return;
        }
        let is_right = held.contains(&Some(sum));
        for &place in &channels {
            if let Some(reading) = self.readings.get_mut(place) {
                reading.verdict = if is_right {
                    Verdict::Equal
                } else {
                    Verdict::Different
                };
                reading.bound = reads.first().cloned().unwrap_or_default();
            }
        }
        if !is_right {
            self.find_channels(first, sum, expected);
        }
    }

    /// A sentence of the overview that opens with last year and is not about last year.
    pub(super) fn stale_year(&mut self, tokens: &[Token<'t>], first: usize) {
        let cues = &self.words.cues;
        let mine = self.readings.get(first..).unwrap_or_default();
        if !self.is_overview {
            return;
        }
        let last = self.year() - 1;
        let years: Vec<_> = tokens
            .iter()
            .filter(|token| token.class == Class::Year)
            .collect();
        let sentence = self.slice(self.sentence.clone());
        if let Some(day) = self.place_in_sentence(&cues.stale_day) {
            let is_prior = mine
                .iter()
                .any(|r| r.verdict == Verdict::Prior && r.kind == ClaimKind::Prior);
            if !sentence.contains(&self.year().to_string()) && !mine.is_empty() && !is_prior {
                self.find_stale(day);
            }
            return;
        }
        let Some(year) = years.first().filter(|year| year.year == last) else {
            return;
        };
        let lead = self.slice(self.sentence.start..year.start);
        let opens = without_number(lead).len() < lead.len() || lead.chars().count() <= 8;
        let light = [Class::Filler, Class::Sign, Class::Unknown];
        let says_first = tokens
            .iter()
            .find(|token| !token.is_any(&light) && token.start >= year.start);
        if !opens
            || years.iter().any(|year| year.year >= self.year())
            || says_first.is_none_or(|first| first.start != year.start)
            || tokens
                .iter()
                .any(|token| token.class == Class::Last || token.is(Class::Growth, &["cmp"]))
        {
            return;
        }
        let after = self.slice(self.sentence.start..self.sentence.end);
        let end = after
            .char_indices()
            .map(|(at, _)| self.sentence.start + at)
            .filter(|&at| at >= year.end)
            .nth(12)
            .unwrap_or(self.sentence.end);
        if self.has(&cues.history, self.sentence.start..end) {
            return;
        }
        let of_tables: Vec<_> = mine
            .iter()
            .filter(|r| {
                r.thing.is_some_and(|thing| thing != "other")
                    && matches!(r.kind, ClaimKind::Count | ClaimKind::Zero)
            })
            .collect();
        let has_prior = self
            .tables
            .prior
            .is_some_and(|prior| i32::from(prior.year()) == last);
        let all_differ =
            !of_tables.is_empty() && of_tables.iter().all(|r| r.verdict == Verdict::Different);
        if mine.iter().any(|r| r.verdict == Verdict::Prior) || has_prior && all_differ {
            return;
        }
        let name = &self.issuer.name;
        let tail = name.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let tail = name.get(tail..).unwrap_or_default();
        let about_us = cues.we.is_in(sentence) || !tail.is_empty() && sentence.contains(tail);
        let alone = about_us && year.start == self.sentence.start && first == 0;
        if !of_tables.is_empty() || alone {
            self.find_stale(year.start..year.end);
        }
    }
}
