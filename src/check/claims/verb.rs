//! What a thing is counted in with its verbs.

use std::borrow::Cow;

use super::class::Class;
use super::noun::{ACTS, DISPUTES};
use super::reader::{PassageReader, reads};
use super::token::Token;
use super::words::{Rows, Words};

impl<'t> PassageReader<'t> {
    /// What a thing with these verbs is counted in; `None` where they make it another thing.
    pub(super) fn read_as(
        &self,
        thing: &'static str,
        verbs: &[Token<'t>],
        tokens: &[Token<'t>],
        list_verb: Option<&'static str>,
    ) -> (Option<Vec<Rows>>, &'static str) {
        let ids: Vec<_> = verbs.iter().map(|verb| verb.id).collect();
        match thing {
            "req" => self.read_requests(verbs, tokens),
            thing if DISPUTES.contains(&thing) => read_disputes(thing, &ids),
            "doc" | "reg" => read_documents(thing, &ids, list_verb),
            _ => {
                let shown = ACTS.contains(&thing) && ids.contains(&"publish");
                let read = |verb: &&str| {
                    Words::reads(thing, verb).is_some() || shown && *verb == "publish"
                };
                if ids.iter().any(|verb| !read(verb)) {
                    return (None, "aside");
                }
                if shown {
                    return (Some(reads(thing, "")), "publish");
                }
                let verb = ids.last().copied().unwrap_or("");
                (Some(reads(thing, verb)), verb)
            }
        }
    }

    fn read_requests(
        &self,
        verbs: &[Token<'t>],
        tokens: &[Token<'t>],
    ) -> (Option<Vec<Rows>>, &'static str) {
        let has = |ids: &[&str]| verbs.iter().any(|verb| ids.contains(&verb.id));
        let joined = |from: usize, to: usize| {
            tokens.iter().any(|token| {
                token.class == Class::Joint && from <= token.start && token.start <= to
            })
        };
        let first_row = |verb: &str| reads("req", verb).into_iter().next().unwrap_or_default();
        let rows: Vec<_> = verbs
            .iter()
            .filter(|verb| self.words.own(verb.id) == "req")
            .collect();
        if has(&["charge"]) && rows.is_empty() {
            return (None, "aside");
        }
        if has(&["fwd"]) {
            return (Some(reads("req", "fwd")), "fwd");
        }
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            if has(&["over"]) && verbs.len() > 1 {
                if has(&["recv", "accept", "handle"]) {
                    let both = [reads("req", "recv+over"), reads("req", "over")].concat();
                    return (Some(both), "over+");
                }
                if has(&["done"]) || rows.len() > 1 {
                    return (None, "aside");
                }
                return (Some(reads("req", "over")), "over");
            }
            let linked = rows.windows(2).all(|pair| match pair {
                [a, b] => joined(a.end, b.start),
                _ => true,
            });
            let published = verbs.iter().any(|verb| {
                verb.called("publish")
                    && verb.end <= first.start
                    && joined(verb.end, first.start.saturating_sub(1))
            });
            let each = rows.iter().map(|verb| first_row(verb.id));
            if published && first.called("partial") {
                let sum = std::iter::once(first_row("granted")).chain(each);
                return (Some(vec![added(sum)]), "joined");
            }
            let granted = published.then(|| first_row("granted"));
            let each: Vec<Rows> = granted.into_iter().chain(each).collect();
            if rows.len() > 1 && linked {
                let either = self.in_sentence(&self.words.cues.or);
                let sum = std::iter::once(Rows::from(each.concat()));
                return (
                    Some(sum.chain(each.into_iter().filter(|_| either)).collect()),
                    "joined",
                );
            }
            return (Some(each), last.id);
        }
        let generic: Vec<_> = verbs
            .iter()
            .filter(|verb| ["recv", "accept", "both", "handle", "done", "add"].contains(&verb.id))
            .collect();
        if let (Some(first), Some(last)) = (generic.first(), generic.last()) {
            let any = generic.len() > 1 && joined(first.end, last.start);
            let meant = if any {
                generic.as_slice()
            } else {
                std::slice::from_ref(last)
            };
            let read: Vec<_> = meant
                .iter()
                .flat_map(|verb| reads("req", verb.id))
                .collect();
            return (Some(read), last.id);
        }
        if has(&["publish"]) {
            return (Some(reads("req", "publish")), "publish");
        }
        if has(&[
            "aside",
            "make",
            "repeal",
            "valid",
            "maintain",
            "correct",
            "unfinished",
            "charge",
        ]) {
            return (None, "aside");
        }
        let mut read = reads("req", "");
        read.truncate(3);
        (Some(read), "")
    }
}

/// The rows of several readings together.
fn added(each: impl Iterator<Item = Rows>) -> Rows {
    each.flat_map(Cow::into_owned).collect()
}

fn read_disputes(thing: &'static str, ids: &[&'static str]) -> (Option<Vec<Rows>>, &'static str) {
    let known: Vec<_> = ids
        .iter()
        .copied()
        .filter(|verb| Words::reads(thing, verb).is_some())
        .collect();
    let outcomes: Vec<_> = known
        .iter()
        .copied()
        .filter(|verb| ["maintain", "correct", "ended", "unfinished"].contains(verb))
        .collect();
    let first_rows = |verb: &&str| reads(thing, verb).into_iter().next().unwrap_or_default();
    let aside = [
        "accept", "handle", "aside", "publish", "done", "make", "decide",
    ];
    let is_aside = ids.first().is_some_and(|first| aside.contains(first))
        && !ids
            .iter()
            .any(|verb| ["occur", "recv", "respond"].contains(verb));
    match outcomes.as_slice() {
        [] if is_aside => (None, "aside"),
        [] => {
            let verb = known.last().copied().unwrap_or("");
            (Some(reads(thing, verb)), verb)
        }
        [only] => (Some(reads(thing, only)), only),
        several => (Some(vec![added(several.iter().map(first_rows))]), "joined"),
    }
}

fn read_documents(
    thing: &'static str,
    ids: &[&'static str],
    list_verb: Option<&'static str>,
) -> (Option<Vec<Rows>>, &'static str) {
    let is_known = |verb: &&str| Words::reads(thing, verb).is_some();
    let mut known: Vec<_> = ids.iter().copied().filter(|verb| is_known(verb)).collect();
    let published = ids.iter().position(|verb| *verb == "publish");
    let last_known = ids.iter().rposition(&is_known);
    let only_published = published.is_some_and(|published| {
        let after = last_known.is_some_and(|known| {
            ids.iter()
                .position(|verb| Some(verb) == ids.get(known))
                .is_some_and(|first| published > first)
        });
        !known.contains(&"repeal") && !after
    });
    if known.is_empty() && !ids.is_empty() || ids.contains(&"aside") || only_published {
        return (None, "aside");
    }
    if known.is_empty() {
        known.extend(list_verb.filter(is_known));
    }
    let Some(last) = known.last().copied() else {
        return (None, "");
    };
    // Each edition has its own rows.
    let read: Vec<_> = known.iter().map(|verb| reads(thing, verb)).collect();
    let most = read.iter().map(Vec::len).max().unwrap_or_default();
    let nth = |place: usize| {
        let rows = read.iter().map(|read| read.get(place).or(read.last()));
        added(rows.flatten().cloned())
    };
    (Some((0..most).map(nth).collect()), last)
}
