//! The figures and phrases that the county asks for are written.

use std::ops::Range;

use crate::check::local::{LocalTopic, called, is_part};
use crate::check::subject::Passage;
use crate::check::{Finding, Findings, Rule, Subject};

/// Where sentences end.
const ENDS: [char; 6] = ['。', '；', '！', '？', ';', '\n'];
/// Numerals beside the digits.
const NUMERALS: &str = "〇零一二三四五六七八九十百千两万亿";
/// What may stand between a figure and its unit.
const ABOUT: [char; 4] = ['余', '多', '来', '几'];
/// Words that say that there was nothing, which is as good as 0.
const NOTHING: [&str; 16] = [
    "没有",
    "未收",
    "未发",
    "未开",
    "未举",
    "未组",
    "未受",
    "未产",
    "未新",
    "未公",
    "未制",
    "未进",
    "均无",
    "均为零",
    "为零",
    "尚未",
];

/// How a topic stands in the text.
enum TopicState<'a> {
    Written,
    /// Its words are there, in this passage and place, without a figure.
    WithoutFigure(&'a Passage<'a>, Range<usize>),
    Absent,
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(local) = subject.local() else { return };
    let name = local.name.trim();
    let mut absent: Vec<(&str, Vec<&str>)> = Vec::new();
    for topic in &local.required {
        let own = |passage: &&Passage<'_>| is_part(passage.section, &topic.part);
        let passages: Vec<&Passage<'_>> = subject.passages().iter().filter(own).collect();
        if passages.is_empty() {
            let part = called(&topic.part);
            findings.not_checked(rule, format!("这个格式版本没有{part}"));
            continue;
        }
        let others = others(&local.required, topic);
        match state(topic, &others, &passages) {
            TopicState::Written => {}
            TopicState::WithoutFigure(passage, range) => {
                let (what, units) = (&topic.name, topic.units.join("、"));
                let message =
                    format!("“{name}”要求写明“{what}”，这一句没有写多少{units}，没有的写0");
                findings.report(passage.finding(rule, range, message).resting_on(what));
            }
            TopicState::Absent => match absent.iter_mut().find(|(part, _)| *part == topic.part) {
                Some((_, names)) => names.push(&topic.name),
                None => absent.push((&topic.part, vec![&topic.name])),
            },
        }
    }
    for (part, names) in absent {
        let mut passages = subject.passages().iter();
        let passage = passages.find(|passage| !part.is_empty() && is_part(passage.section, part));
        let names = names.join("、");
        let where_ = if passage.is_some() {
            "本部分"
        } else {
            "正文"
        };
        let message = format!("{where_}没有写到“{name}”要求写明的：{names}");
        let finding = Finding::new(rule, message).resting_on(names);
        findings.report(match passage {
            Some(passage) => finding.in_section(passage.section),
            None => finding,
        });
    }
}

/// The words of all other figures, at which this one's words end.
fn others<'a>(all: &'a [LocalTopic], topic: &LocalTopic) -> Vec<&'a str> {
    let others = all.iter().filter(|other| !other.units.is_empty());
    let words = others.flat_map(|other| &other.phrases).map(String::as_str);
    words
        .filter(|words| topic.phrases.iter().all(|own| own != words))
        .collect()
}

fn state<'a>(topic: &LocalTopic, others: &[&str], passages: &[&'a Passage<'a>]) -> TopicState<'a> {
    let mut lacking = None;
    for passage in passages {
        for sentence in sentences(passage.text) {
            let text = passage.text.get(sentence.clone()).unwrap_or_default();
            if !topic.phrases.iter().any(|phrase| text.contains(phrase)) {
                continue;
            }
            if topic.units.is_empty() || has_figure(text, topic, others) {
                return TopicState::Written;
            }
            lacking.get_or_insert((*passage, sentence));
        }
    }
    match lacking {
        Some((passage, sentence)) => TopicState::WithoutFigure(passage, sentence),
        None => TopicState::Absent,
    }
}

/// The sentences of a text, without the signs that end them.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(ENDS).map(move |sentence| {
        let own = sentence.trim_end_matches(ENDS).len();
        let range = start..start + own;
        start += sentence.len();
        range
    })
}

/// Whether the sentence says how many, in a clause with the topic's words or behind it, up to the words of another
/// figure; or that there was nothing.
fn has_figure(sentence: &str, topic: &LocalTopic, others: &[&str]) -> bool {
    let (mut start, mut is_open) = (0, false);
    sentence.split_inclusive(['，', ',']).any(|clause| {
        // The words may go on behind the comma.
        let mut begins = clause.char_indices().map(|(at, _)| start + at);
        let is_own = begins.any(|at| {
            let rest = sentence.get(at..).unwrap_or_default();
            topic.phrases.iter().any(|words| rest.starts_with(words))
        });
        start += clause.len();
        is_open = is_own || is_open && !others.iter().any(|words| clause.contains(words));
        let says_nothing = is_own && NOTHING.iter().any(|nothing| clause.contains(nothing));
        says_nothing || is_open && topic.units.iter().any(|unit| counts(clause, unit))
    })
}

/// Whether a clause has a figure with this unit.
fn counts(clause: &str, unit: &str) -> bool {
    clause.match_indices(unit).any(|(at, _)| {
        let before = clause.get(..at).unwrap_or_default().trim_end();
        let figure = before.trim_end_matches(ABOUT).trim_end();
        let rest = clause.get(at + unit.len()..).unwrap_or_default();
        !rest.starts_with('性') && figure.ends_with(is_numeral)
    })
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || NUMERALS.contains(c)
}
