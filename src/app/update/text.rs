//! Pieces of text: where one is inserted, what a filled-in sentence says, how many 字 a text has.
//!
//! It knows no widget.

use crate::app::state::dialog::Dialog;
use crate::app::state::text::{FigurePicker, Insertion, TextSelection};
use crate::app::state::{State, Target};
use crate::form::{Kind, SectionBody};
use crate::report::{Edit, Entry};

impl State {
    /// Writes something into a text as a step of its own, and puts the caret behind it.
    pub(in crate::app) fn insert(&mut self, name: &str, spot: TextSelection, piece: &Insertion) {
        self.dialog = None;
        let Some(open) = &self.open else { return };
        let text = open.draft.report().text(spot.field);
        let (text, caret) = inserted(text, spot, piece);
        let entry = Entry::read(Kind::Prose, &text);
        if self.with_draft(|draft| draft.edit(name, Edit::Enter(spot.field, entry))) {
            self.with_open(|open| {
                open.target = Some(Target::Text {
                    start: caret,
                    end: caret,
                });
            });
        }
    }

    /// Asks for a figure of the tables, for the text that is shown.
    pub(in crate::app) fn pick_figure(&mut self) {
        if !self.may_change() {
            return;
        }
        let Some(open) = &self.open else { return };
        let passage = open.section().and_then(|section| match section.body {
            SectionBody::Passage { field, .. } => Some(field),
            SectionBody::Table(_) => None,
        });
        let Some(field) = passage else { return };
        let end = open.draft.report().text(field).chars().count();
        let spot = open.spot.filter(|spot| spot.field == field);
        self.dialog = Some(Dialog::Figure(FigurePicker {
            spot: spot.unwrap_or(TextSelection {
                field,
                start: end,
                end,
            }),
            table: 0,
            filter: String::new(),
        }));
    }
}

/// The text with a piece in it, and the character behind the piece.
fn inserted(text: &str, spot: TextSelection, piece: &Insertion) -> (String, usize) {
    let head = |end: usize| text.chars().take(end).collect::<String>();
    let tail = |start: usize| text.chars().skip(start).collect::<String>();
    match piece {
        Insertion::Inline(words) => {
            let (start, end) = (spot.start.min(spot.end), spot.start.max(spot.end));
            let caret = start + words.chars().count();
            (format!("{}{words}{}", head(start), tail(end)), caret)
        }
        Insertion::Paragraph(line) => {
            let (before, after) = around(text, spot.end);
            let written = joined(before, line);
            let caret = written.chars().count();
            (joined(written, &after), caret)
        }
        Insertion::Headings(headings) => {
            let (before, after) = around(text, spot.end);
            let (first, others) = headings
                .split_first()
                .map_or(("", headings.as_slice()), |(first, others)| {
                    (first.as_str(), others)
                });
            let mut written = format!("{}\n", joined(before, first));
            let caret = written.chars().count();
            for heading in others {
                written = format!("{written}\n{heading}\n");
            }
            if !after.is_empty() {
                written = format!("{written}\n{after}");
            }
            (written, caret)
        }
    }
}

/// The text up to the end of the paragraph a character is in, and the rest of it.
fn around(text: &str, at: usize) -> (String, String) {
    let head: String = text.chars().take(at).collect();
    let tail: String = text.chars().skip(at).collect();
    let (rest, after) = tail.split_once('\n').unwrap_or((tail.as_str(), ""));
    let before = format!("{head}{rest}");
    // A text that only says that there is nothing gives way to what there is.
    let says_nothing = before.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
    let before = if says_nothing {
        String::new()
    } else {
        before.trim_end_matches('\n').to_owned()
    };
    (before, after.to_owned())
}

fn joined(before: String, after: &str) -> String {
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (_, true) => before,
        _ => format!("{before}\n{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::text::{FillIn, count};
    use crate::form;
    use crate::report::Report;

    fn spot(start: usize, end: usize) -> TextSelection {
        let edition = form::by_id("2021").unwrap();
        TextSelection {
            field: edition.find("overview").unwrap(),
            start,
            end,
        }
    }

    #[test]
    fn a_paragraph_stands_after_the_one_with_the_caret() {
        let line = Insertion::Paragraph("甲乙".to_owned());
        for (text, caret, expected) in [
            ("", 0, ("甲乙", 2)),
            ("子丑", 1, ("子丑\n甲乙", 5)),
            ("子丑\n寅", 1, ("子丑\n甲乙\n寅", 5)),
            ("子丑\n", 3, ("子丑\n甲乙", 5)),
            ("无。", 2, ("甲乙", 2)),
        ] {
            let (written, after) = inserted(text, spot(caret, caret), &line);
            assert_eq!((written.as_str(), after), expected, "{text}");
        }
    }

    #[test]
    fn a_heading_comes_with_a_line_to_write_in() {
        let one = Insertion::Headings(vec!["甲乙".to_owned()]);
        for (text, caret, expected) in [
            ("", 0, ("甲乙\n", 3)),
            ("子丑", 2, ("子丑\n甲乙\n", 6)),
            ("子丑\n", 3, ("子丑\n甲乙\n", 6)),
            ("子丑\n寅", 1, ("子丑\n甲乙\n\n寅", 6)),
        ] {
            let (written, after) = inserted(text, spot(caret, caret), &one);
            assert_eq!((written.as_str(), after), expected, "{text}");
        }
        let two = Insertion::Headings(vec!["甲".to_owned(), "乙".to_owned()]);
        let (written, after) = inserted("", spot(0, 0), &two);
        assert_eq!((written.as_str(), after), ("甲\n\n乙\n", 2));
    }

    #[test]
    fn words_take_the_place_of_what_is_selected() {
        let words = Insertion::Inline("12".to_owned());
        let insert = |start, end| inserted("收到一二件", spot(start, end), &words);
        assert_eq!(insert(2, 4), ("收到12件".to_owned(), 4));
        assert_eq!(insert(4, 2), ("收到12件".to_owned(), 4));
        assert_eq!(insert(5, 5), ("收到一二件12".to_owned(), 7));
    }

    #[test]
    fn words_are_counted_as_word_processors_do() {
        for (text, expected) in [
            ("", 0),
            ("本年度收到申请，共12件。", 12),
            ("2025年", 2),
            ("Hello, world", 2),
            ("电话：0537-1234567", 4),
            ("“三安全一稳定”——等……", 13),
            (" 甲\n\n乙　丙\t", 3),
            ("３件", 2),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    #[test]
    fn a_statement_of_fees_follows_from_three_figures() {
        let edition = form::by_id("2021").unwrap();
        let report = Report::new(edition.clone(), 2025);
        let section = edition.section("other_matters").unwrap();
        let SectionBody::Passage { skeletons, .. } = &section.body else {
            panic!("a table")
        };
        let says = |answers: [&str; 3]| {
            let mut fill = FillIn::new(spot(0, 0), &skeletons[0]);
            fill.answers = answers.map(str::to_owned).to_vec();
            fill.sentence(&report)
        };
        let none = says(["", "", ""]).unwrap();
        assert!(none.contains("未收取信息处理费"), "{none}");
        assert_eq!(says(["0", "0", "0.00"]).unwrap(), none);
        let some = says(["３", "2,000+230.1+0.2", "300"]).unwrap();
        assert!(some.contains("通知3件，总金额2230.3元"), "{some}");
        assert!(some.contains("实际收取信息处理费300元"), "{some}");
        for (answers, said) in [
            (["3", "", "0"], "还没有填"),
            (["3.5", "1", "0"], "整数"),
            (["3", "1.234", "0"], "最多2位小数"),
            (["3", "若干", "0"], "“若干”"),
            (["-3", "0", "0"], "“-3”"),
        ] {
            let refused = says(answers).unwrap_err();
            assert!(refused.contains(said), "{refused}");
        }
    }
}
