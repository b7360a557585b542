//! What is kept of lines that were read: what they said, and what it rests on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::reading::{Fault, Reading};
use super::said::SaidFigure;
use crate::report::{Entry, Report};

/// For how many states of the tables lines are kept: as they are, and as rules try them.
const GROUNDS: usize = 4;
/// From so many lines on, those are let go that the last reading did not ask for.
const KEPT: usize = 500;

/// What all lines rest on beside their words: the issuer, the year, and what the tables of both years hold.
#[derive(Debug, PartialEq)]
struct Ground {
    own: ReportGround,
    prior: Option<ReportGround>,
}

/// All of a report but its texts.
#[derive(Debug, PartialEq)]
struct ReportGround {
    edition: String,
    year: u16,
    entries: Vec<Entry>,
}

/// What stands before a line and decides how it is read.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the text by itself"
)]
#[derive(Debug, PartialEq)]
pub(super) struct LineState {
    pub topic: &'static str,
    pub dispute: Option<&'static str>,
    /// The figure before it, wherever that stands.
    pub previous: Option<Reading>,
    pub is_overview: bool,
    pub is_quiet: bool,
    pub says_open: bool,
    /// No figure stands before it.
    pub is_first: bool,
}

/// What a line said: places count from its beginning, figures from its first one.
#[derive(Debug)]
pub(super) struct LineRead {
    pub readings: Vec<Reading>,
    pub rest: Vec<Reading>,
    pub faults: Vec<Fault>,
    pub said: Vec<SaidFigure>,
    pub topic: &'static str,
    pub dispute: Option<&'static str>,
    /// Its own last figure.
    pub previous: Option<usize>,
}

/// Lines by their words.
#[derive(Debug, Default)]
pub(super) struct KnownLines(RefCell<KeptLines>);

#[derive(Debug, Default)]
struct KeptLines {
    lines: HashMap<String, Vec<KeptLine>>,
    count: usize,
    /// How many readings there were.
    turn: usize,
}

#[derive(Debug)]
struct KeptLine {
    state: LineState,
    read: Rc<LineRead>,
    /// The last reading that asked for it.
    turn: usize,
}

thread_local! {
    static KNOWN: RefCell<Vec<(Ground, Rc<KnownLines>)>> = const { RefCell::new(Vec::new()) };
}

/// The lines that were read with these tables.
pub(super) fn lines(report: &Report, prior: Option<&Report>) -> Rc<KnownLines> {
    let ground = Ground {
        own: ReportGround::of(report),
        prior: prior.map(ReportGround::of),
    };
    KNOWN.with_borrow_mut(|known| {
        let place = known.iter().position(|(own, _)| *own == ground);
        let lines = match place {
            Some(place) => known.remove(place),
            None => (ground, Rc::default()),
        };
        let found = Rc::clone(&lines.1);
        known.insert(0, lines);
        known.truncate(GROUNDS);
        found.0.borrow_mut().begin();
        found
    })
}

impl ReportGround {
    fn of(report: &Report) -> Self {
        let edition = report.edition();
        let texts: Vec<_> = edition.passages().map(|(_, id)| id).collect();
        let others = edition.ids().filter(|id| !texts.contains(id));
        Self {
            edition: edition.id.clone(),
            year: report.year(),
            entries: others.map(|id| report.entry(id).clone()).collect(),
        }
    }
}

impl KeptLines {
    /// Begins another reading.
    fn begin(&mut self) {
        if self.count > KEPT {
            self.count = 0;
            self.lines.retain(|_, of_line| {
                of_line.retain(|one| one.turn == self.turn);
                self.count += of_line.len();
                !of_line.is_empty()
            });
        }
        self.turn += 1;
    }
}

impl KnownLines {
    pub(super) fn get(&self, line: &str, state: &LineState) -> Option<Rc<LineRead>> {
        let mut kept = self.0.borrow_mut();
        let turn = kept.turn;
        let mut of_line = kept.lines.get_mut(line)?.iter_mut();
        let one = of_line.find(|one| one.state == *state)?;
        one.turn = turn;
        Some(Rc::clone(&one.read))
    }

    pub(super) fn keep(&self, line: &str, state: LineState, read: LineRead) {
        let mut kept = self.0.borrow_mut();
        let one = KeptLine {
            state,
            read: Rc::new(read),
            turn: kept.turn,
        };
        kept.lines.entry(line.to_owned()).or_default().push(one);
        kept.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    #[test]
    fn lines_that_nobody_asks_for_are_let_go() {
        let report = Report::new(form::by_id("2021").unwrap(), 2025);
        let state = || LineState {
            topic: "",
            dispute: None,
            previous: None,
            is_overview: true,
            is_quiet: false,
            says_open: false,
            is_first: true,
        };
        let read = || LineRead {
            readings: Vec::new(),
            rest: Vec::new(),
            faults: Vec::new(),
            said: Vec::new(),
            topic: "",
            dispute: None,
            previous: None,
        };
        for n in 0..3 * KEPT {
            let known = lines(&report, None);
            known.keep(&n.to_string(), state(), read());
            assert!(known.get(&n.to_string(), &state()).is_some());
            assert!(n == 0 || n > KEPT || known.get("0", &state()).is_some());
        }
        let known = lines(&report, None);
        assert!(known.0.borrow().count <= KEPT + 1);
        assert!(known.get("1", &state()).is_none());
    }
}
