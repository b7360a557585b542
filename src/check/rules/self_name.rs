//! An authority calls itself by what it is, and names no other place in its stead.

use std::collections::BTreeSet;

use crate::check::places::{self, LENGTHS};
use crate::check::subject::Passage;
use crate::check::words::{Own, WORDS};
use crate::check::{Findings, Rule, Subject, issuer};

/// What the names of towns end with.
const TOWNS: [&str; 4] = ["镇", "乡", "街道", "苏木"];
/// What the names of counties and cities end with.
const COUNTIES: [&str; 5] = ["县", "市", "区", "旗", "州"];
/// What comes behind the name of a body rather than of a mere place.
const BODIES: [&str; 8] = [
    "人民政府",
    "政府",
    "党政",
    "党委",
    "办公室",
    "机关",
    "综合办",
    "办事处",
];
/// What goes on with the last character of a name to another word: 乡村, 市民, 区域.
const GOES_ON: [(char, &str); 4] = [
    ('乡', "村镇里亲土情贤音"),
    ('镇', "村街域"),
    ('市', "民场政容面级辖直"),
    ('区', "域间块位划别"),
];
/// What the names of departments end with.
const OFFICE: char = '局';
/// What an authority does at the head of a sentence about itself.
const ACTS: [&str; 16] = [
    "按照", "坚持", "认真", "深入", "严格", "紧紧", "围绕", "以", "全面", "持续", "高度", "切实",
    "积极", "共", "在", "始终",
];
/// The place, from its end, of the third last character of the issuer's name.
const OWN_END: usize = 2;
/// How far before a name the words stand that say why it is named.
const BEFORE: usize = 16;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let name = issuer::bare(subject.report.issuer());
    if name.is_empty() {
        findings.not_checked(rule, "没有填写机关名称");
        return;
    }
    selves(rule, subject, findings, &name);
    if name.ends_with(OFFICE) {
        offices(rule, subject, findings, &name);
    }
    let own = Home::of(subject, &name);
    let mut known = BTreeSet::new();
    for passage in subject.passages() {
        for (start, place) in own.foreign(passage.text) {
            if !known.insert(place.to_owned()) {
                continue;
            }
            let message = format!("正文写到“{place}”，机关名称是{}", subject.report.issuer());
            findings.report(passage.finding(rule, start..start + place.len(), message));
        }
    }
}

/// Other offices where this one should stand: at the head of a sentence, and where questions go.
fn offices(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings, name: &str) {
    for passage in subject.passages() {
        for (at, sign) in passage.text.match_indices(OFFICE) {
            let end = at + sign.len();
            let Some(office) = office_ending(passage.text, end) else {
                continue;
            };
            if office.chars().count() < 4 || is_same_office(name, office) {
                continue;
            }
            let message = format!("正文写到“{office}”，机关名称是{}", subject.report.issuer());
            let range = end - office.len()..end;
            findings.report(passage.finding(rule, range, message));
        }
    }
}

/// The name of an office that ends here, where the report's own should stand.
fn office_ending(text: &str, end: usize) -> Option<&str> {
    let head = text.get(..end)?;
    let is_han = |c: &(usize, char)| ('\u{4E00}'..='\u{9FFF}').contains(&c.1);
    let run = head.char_indices().rev().take_while(is_han).take(24);
    let (start, _) = run.last()?;
    let words = text.get(start..end)?;
    let asked = ["请与", "请向", "请联系", "请咨询"]
        .iter()
        .find_map(|word| words.split_once(word));
    if let Some((_, office)) = asked {
        return Some(office);
    }
    let before = text.get(..start)?;
    let begins = before.is_empty()
        || before.ends_with(['\n', '。'])
        || before.ends_with("年，")
        || before.ends_with("年度，");
    let rest = text.get(end..)?;
    let acts = ACTS.iter().any(|word| rest.starts_with(word));
    (begins && acts).then_some(words)
}

/// Whether two names of offices share their own part: 云岭县农业农村局 and 县农业农村局.
fn is_same_office(name: &str, office: &str) -> bool {
    let own = |text: &str| -> Vec<char> {
        let text = text.trim_end_matches(OFFICE);
        let start = text.rfind(['县', '市', '区', '旗', '州', '省', '镇', '乡']);
        let start = start.and_then(|at| Some(at + text.get(at..)?.chars().next()?.len_utf8()));
        text.get(start.unwrap_or(0)..)
            .unwrap_or_default()
            .chars()
            .collect()
    };
    let (name, office) = (own(name), own(office));
    let shares = |pair: &[char]| office.windows(2).any(|other| other == pair);
    office.is_empty() || name.windows(2).any(shares)
}

/// Words like 我乡 in the report of a 镇.
fn selves(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings, name: &str) {
    let fits = |own: &&Own| own.ends.iter().any(|end| name.ends_with(end.as_str()));
    let fitting = WORDS.lists.selves.iter().find(fits);
    let above = COUNTIES.iter().any(|end| name.ends_with(end));
    if fitting.is_none() && !above {
        return;
    }
    let is_own = |own: &&Own| fitting.is_none_or(|fitting| fitting.words != own.words);
    for passage in subject.passages() {
        for own in WORDS.lists.selves.iter().filter(is_own) {
            for word in &own.words {
                self_called(rule, subject, findings, passage, word, fitting);
            }
        }
    }
}

fn self_called(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    passage: &Passage<'_>,
    word: &str,
    fitting: Option<&Own>,
) {
    for (start, _) in passage.text.match_indices(word) {
        let end = start + word.len();
        let next = passage.text.get(end..).and_then(|text| text.chars().next());
        let before = passage
            .text
            .get(..start)
            .and_then(|text| text.chars().next_back());
        // 我乡镇、我局限于、自我局限、根本镇、全镇域: other words.
        let is_part = next.is_some_and(|c| "镇街乡限部村土域".contains(c))
            || before.is_some_and(|c| "自根基日安健完各".contains(c));
        // 全局观念 and 全乡 of a county's town are no self; 全 is a self only of towns.
        if is_part || (word.starts_with('全') && fitting.is_none()) {
            continue;
        }
        let message = format!("正文自称“{word}”，机关名称是{}", subject.report.issuer());
        let mut finding = passage.finding(rule, start..end, message);
        let like = fitting.and_then(|fitting| {
            let own = fitting
                .words
                .iter()
                .find(|own| own.chars().next() == word.chars().next());
            own.or(fitting.words.first())
        });
        if let Some(like) = like {
            let edit = passage.replacing(std::slice::from_ref(&(start..end)), like);
            finding = finding.fixed_by(format!("改为{like}"), edit);
        }
        findings.report(finding);
    }
}

/// Where the issuer belongs: what it may name without being asked.
struct Home {
    name: String,
    /// Names of what stands above it; empty when the list does not know the issuer.
    above: BTreeSet<&'static str>,
    /// Whether it is a town, which has no other towns below it.
    is_town: bool,
    /// The county or city in its own name; empty for none.
    area: String,
    /// The part of its name that is a place of the list; empty when none is.
    seat: String,
}

impl Home {
    fn of(subject: &Subject<'_>, name: &str) -> Self {
        let is_town = TOWNS.iter().any(|end| name.ends_with(end)) || name.ends_with("办事处");
        let place = name.strip_suffix("办事处").unwrap_or(name);
        let chars: Vec<_> = place.char_indices().collect();
        // The longest end of the name that is a place, or for a department the longest beginning.
        let ends = chars
            .iter()
            .map(|(at, _)| place.get(*at..).unwrap_or_default());
        let heads = chars
            .iter()
            .rev()
            .map(|(at, _)| place.get(..*at).unwrap_or_default());
        let seat = ends
            .chain(heads)
            .find(|part| part.chars().count() > 2 && places::is_known(part));
        let mut chains = seat.map(places::chains).unwrap_or_default();
        // What the name or the text says of the county tells towns of one name apart.
        let said = |chain: &places::Chain| {
            let county = chain.first().copied().unwrap_or_default();
            name.contains(county)
                || subject
                    .passages()
                    .iter()
                    .any(|passage| passage.text.contains(county))
        };
        if chains.iter().any(said) {
            chains.retain(said);
        }
        let area_end = name.find(['县', '旗']).or_else(|| name.find(['区', '市']));
        let area = area_end.and_then(|at| {
            let sign = name.get(at..)?.chars().next()?;
            name.get(..at + sign.len_utf8())
        });
        Self {
            name: name.to_owned(),
            area: area.unwrap_or_default().to_owned(),
            above: chains.into_iter().flatten().collect(),
            is_town,
            seat: seat.unwrap_or_default().to_owned(),
        }
    }

    /// Names of other places in a text that nothing around them explains.
    fn foreign<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let mut found = Vec::new();
        for (ends, is_town) in [(TOWNS.as_slice(), true), (COUNTIES.as_slice(), false)] {
            for end in ends {
                for (at, _) in text.match_indices(end) {
                    let end = at + end.len();
                    let place = self.name_ending(text, end, is_town);
                    found.extend(
                        place.map(|start| (start, text.get(start..end).unwrap_or_default())),
                    );
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// Where the name of another place begins that ends here.
    fn name_ending(&self, text: &str, end: usize, is_town: bool) -> Option<usize> {
        let head = text.get(..end)?;
        let last = head.chars().next_back()?;
        let rest = text.get(end..)?;
        let next = rest.chars().next();
        let goes_on = GOES_ON
            .iter()
            .any(|(sign, others)| *sign == last && next.is_some_and(|next| others.contains(next)));
        let is_body = BODIES.iter().any(|body| rest.starts_with(body));
        if goes_on || (is_town && !self.is_town) {
            return None;
        }
        let starts: Vec<_> = head
            .char_indices()
            .rev()
            .take(*LENGTHS.end())
            .take_while(|(_, c)| ('\u{4E00}'..='\u{9FFF}').contains(c))
            .map(|(at, _)| at)
            .collect();
        let possible = starts.iter().skip(LENGTHS.start() - 1).rev();
        let mut named = possible.filter_map(|&start| Some((start, text.get(start..end)?)));
        let is_listed = |name: &str| {
            places::is_known(name)
                && places::is_above_towns(name) != is_town
                && !WORDS.lists.not_places.iter().any(|other| other == name)
        };
        let listed = named.find(|(_, name)| is_listed(name));
        let unlisted = || {
            // A name the list does not have: only that of the office to be asked.
            let start = *starts.get(2).filter(|_| is_body && is_town)?;
            let begins = ["请与", "请向", "请联系", "请咨询", "可与", "可向"]
                .iter()
                .any(|words| text.get(..start).is_some_and(|head| head.ends_with(words)));
            let name = text.get(start..end)?;
            let is_name = !name.contains(|c| "各全该本我等个级村所属县市区两其某每同".contains(c));
            (begins && is_name).then_some((start, name))
        };
        let (start, name) = listed.or_else(unlisted)?;
        (!self.reaches_into(text, start, end)
            && !self.may_name(name, is_town)
            && !is_meant(text, start, end))
        .then_some(start)
    }

    /// Whether the issuer's own name ends within these bytes: 青石镇镇前路 names no 石镇镇.
    fn reaches_into(&self, text: &str, start: usize, end: usize) -> bool {
        let Some((from, _)) = self.name.char_indices().rev().nth(OWN_END) else {
            return false;
        };
        let own = self.name.get(from..).unwrap_or_default();
        let begin = text.ceil_char_boundary(start.saturating_sub(own.len()));
        let mut inside = text.get(begin..end).unwrap_or_default().match_indices(own);
        inside.any(|(at, _)| {
            let at = begin + at;
            at < start && (start..end).contains(&(at + own.len()))
        })
    }

    fn may_name(&self, name: &str, is_town: bool) -> bool {
        let stem = |name: &str| -> String {
            let mut chars: Vec<_> = name.chars().collect();
            chars.pop();
            chars.into_iter().collect()
        };
        let is_self = self.name.contains(name) || name.contains(&self.name);
        if is_self || is_town {
            return is_self;
        }
        // A county above may have become a city or a district since.
        let is_above = |own: &&str| *own == name || stem(own) == stem(name);
        // Of an issuer that the list does not know it is known what it is: another county is none above it.
        let is_equal = self.area.chars().next_back() == name.chars().next_back();
        (self.above.is_empty() && !is_equal)
            || self.above.iter().any(is_above)
            || self.name.contains(&stem(name))
            || places::chains(name)
                .iter()
                .flatten()
                .any(|above| self.seat == *above)
    }
}

/// Whether the words around a name say that the other place is meant.
fn is_meant(text: &str, start: usize, end: usize) -> bool {
    let head = text.get(..start).unwrap_or_default();
    let from = head
        .char_indices()
        .rev()
        .nth(BEFORE)
        .map_or(0, |(at, _)| at);
    let before = head.get(from..).unwrap_or_default();
    let before = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let after: String = text
        .get(end..)
        .unwrap_or_default()
        .chars()
        .take(BEFORE)
        .collect();
    let after = after.split(['。', '；', '\n']).next().unwrap_or_default();
    // A name in the title of a document is the document's.
    let mark = head.rfind(['《', '》']);
    let in_title = mark.is_some_and(|at| head.get(at..).is_some_and(|rest| rest.starts_with('《')));
    let partner = |words: &str| {
        let mut partners = WORDS.lists.partners.iter();
        partners.any(|word| words.contains(word.as_str()))
    };
    let beside = before.ends_with(|c| "原驻赴跨".contains(c)) || after.starts_with('籍');
    in_title || beside || partner(before) || partner(after)
}
