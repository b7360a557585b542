//! Lines that were read before: what they said they say again, as long as nothing changed that they rest on.
//!
//! So a key that is pressed in a long text costs the reading of one line.

use std::ops::Range;

use super::known::{LineRead, LineState};
use super::reader::PassageReader;
use super::reading::{Context, Fault, Reading};
use super::said::SaidFigure;

impl<'t> PassageReader<'t> {
    /// Reads a line that begins at a byte of the text, unless it is known.
    pub(super) fn line(&mut self, line: &'t str, start: usize, context: &mut Context<'t>) {
        let Some(known) = self.known.clone().filter(|_| !line.is_empty()) else {
            self.read_line(line, start, context);
            return;
        };
        let state = self.state(context);
        if let Some(read) = known.get(line, &state) {
            self.say_again(&read, start, context);
            return;
        }
        #[cfg(test)]
        tests::READ.set(tests::READ.get() + 1);
        let first = [
            self.readings.len(),
            self.rest.len(),
            self.faults.len(),
            self.said.len(),
        ];
        self.read_line(line, start, context);
        if let Some(read) = self.since(first, &(start..start + line.len()), context) {
            known.keep(line, state, read);
        }
    }

    fn state(&self, context: &Context<'t>) -> LineState {
        let previous = context.previous.and_then(|previous| self.reading(previous));
        LineState {
            topic: context.topic,
            dispute: context.dispute,
            previous: previous.map(|previous| Reading {
                quote: 0..0,
                span: 0..0,
                whole: None,
                ..previous.clone()
            }),
            is_overview: self.is_overview,
            is_quiet: self.is_quiet,
            says_open: self.says_open,
            is_first: self.readings.is_empty(),
        }
    }

    /// What a line said, unless it speaks of what stands outside of it.
    fn since(
        &self,
        first: [usize; 4],
        line: &Range<usize>,
        context: &Context<'t>,
    ) -> Option<LineRead> {
        let [readings, rest, faults, said] = first;
        let own = |range: &Range<usize>| {
            let is_within = line.start <= range.start && range.end <= line.end;
            is_within.then(|| range.start - line.start..range.end.saturating_sub(line.start))
        };
        let figure = |place: Option<usize>| match place {
            None => Some(None),
            Some(place) => place.checked_sub(readings).map(Some),
        };
        let reading = |reading: &Reading| {
            Some(Reading {
                quote: own(&reading.quote)?,
                span: own(&reading.span)?,
                whole: figure(reading.whole)?,
                ..reading.clone()
            })
        };
        let fault = |fault: &Fault| {
            let fix = match &fault.fix {
                None => None,
                Some((place, by, title)) => Some((own(place)?, by.clone(), title.clone())),
            };
            Some(Fault {
                quote: own(&fault.quote)?,
                reading: figure(fault.reading)?,
                fix,
                ..fault.clone()
            })
        };
        let figure_said = |said: &SaidFigure| {
            Some(SaidFigure {
                quote: own(&said.quote)?,
                sentence: said.sentence.checked_sub(line.start)?,
                ..said.clone()
            })
        };
        Some(LineRead {
            readings: self
                .readings
                .iter()
                .skip(readings)
                .map(reading)
                .collect::<Option<_>>()?,
            rest: self
                .rest
                .iter()
                .skip(rest)
                .map(reading)
                .collect::<Option<_>>()?,
            faults: self
                .faults
                .iter()
                .skip(faults)
                .map(fault)
                .collect::<Option<_>>()?,
            said: self
                .said
                .iter()
                .skip(said)
                .map(figure_said)
                .collect::<Option<_>>()?,
            topic: context.topic,
            dispute: context.dispute,
            previous: context
                .previous
                .and_then(|place| place.checked_sub(readings)),
        })
    }

    fn say_again(&mut self, read: &LineRead, start: usize, context: &mut Context<'t>) {
        let first = self.readings.len();
        let here = |range: &Range<usize>| range.start + start..range.end + start;
        let reading = |reading: &Reading| Reading {
            quote: here(&reading.quote),
            span: here(&reading.span),
            whole: reading.whole.map(|place| place + first),
            ..reading.clone()
        };
        self.readings.extend(read.readings.iter().map(reading));
        self.rest.extend(read.rest.iter().map(reading));
        self.faults.extend(read.faults.iter().map(|fault| {
            Fault {
                quote: here(&fault.quote),
                reading: fault.reading.map(|place| place + first),
                fix: fault
                    .fix
                    .as_ref()
                    .map(|(place, by, title)| (here(place), by.clone(), title.clone())),
                ..fault.clone()
            }
        }));
        self.said.extend(read.said.iter().map(|said| SaidFigure {
            quote: here(&said.quote),
            sentence: said.sentence + start,
            ..said.clone()
        }));
        context.topic = read.topic;
        context.dispute = read.dispute;
        if let Some(previous) = read.previous {
            context.previous = Some(previous + first);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::{Claims, claims};
    use crate::form;
    use crate::report::{Edit, Entry, Number, Report};

    thread_local! {
        /// How many lines were read that were not known.
        pub(super) static READ: Cell<usize> = const { Cell::new(0) };
    }

    fn set(report: &mut Report, key: &str, entry: Entry) {
        let field = report.edition().find(key).unwrap();
        report.apply(Edit::Enter(field, entry));
    }

    fn line(n: usize) -> String {
        let (a, b) = (n % 5, n % 7);
        let item = ["（一）依申请公开情况。", "", "三是", "（二）主动公开情况\n"][n % 4];
        format!(
            "{item}全年收到政府信息公开申请{a}件，其中自然人{b}件；上年结转{b}件，均已办结。未发生行政复议，\
            行政诉讼{b}件，结果维持。公开信息{n}{a}条，较上年增长{a}%。"
        )
    }

    /// The lines that are read anew, while what is found stays what a first reading finds.
    fn read_anew(report: &Report) -> usize {
        let before = READ.get();
        let known = Claims::kept(report, None);
        let anew = READ.get() - before;
        let shown = |list: &[crate::check::claims::Claim]| format!("{list:#?}");
        assert_eq!(shown(known.list()), shown(&claims(report, None)));
        let fresh = Claims::of(report, None, None);
        assert_eq!(format!("{:?}", known.faults), format!("{:?}", fresh.faults));
        anew
    }

    #[test]
    fn a_change_of_one_line_is_the_reading_of_one_line() {
        let mut report = Report::new(form::by_id("2021").unwrap(), 2025);
        set(
            &mut report,
            "issuer",
            Entry::Text("青山镇人民政府".to_owned()),
        );
        let mut lines: Vec<_> = (0..40).map(line).collect();
        let count = lines.join("\n").lines().count();
        let write = |report: &mut Report, lines: &[String]| {
            set(report, "overview", Entry::Text(lines.join("\n")));
        };
        write(&mut report, &lines);
        // Some lines may be told twice in the same place.
        let first = read_anew(&report);
        assert!((count / 2..=count).contains(&first), "{first} of {count}");
        assert_eq!(read_anew(&report), 0);
        lines[20] = lines[20].replace("公开信息", "公开各类信息");
        write(&mut report, &lines);
        assert_eq!(read_anew(&report), 1);
        lines.insert(7, "开展培训3次。".to_owned());
        write(&mut report, &lines);
        // It, and what follows up to the next figure.
        assert!(read_anew(&report) <= 3);
        lines.remove(30);
        write(&mut report, &lines);
        assert!(read_anew(&report) <= 2);
        let key = "requests.new_received@natural_person";
        set(&mut report, key, Entry::Number(Number::from(4)));
        assert!(read_anew(&report) >= count / 2);
        set(
            &mut report,
            "issuer",
            Entry::Text("青山县人民政府".to_owned()),
        );
        assert!(read_anew(&report) >= count / 2);
    }

    #[test]
    fn lines_are_read_as_often_as_they_are_many() {
        let mut report = Report::new(form::by_id("2021").unwrap(), 2025);
        let mut counts = Vec::new();
        for count in [100, 200] {
            let lines: Vec<_> = (0..count).map(|n| format!("办理事项{n}件。")).collect();
            set(&mut report, "overview", Entry::Text(lines.join("\n")));
            counts.push(read_anew(&report));
        }
        assert_eq!(counts, [100, 100]);
    }
}
