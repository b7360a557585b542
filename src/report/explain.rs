//! Explanations of findings: begun, finished, taken over, withdrawn; each is a step like any other.

use super::change::{Change, Written};
use super::{Draft, Explanation};

/// What the step is called that writes an explanation, half or whole.
const WRITE: &str = "写说明";

impl Draft {
    /// The explanation that was begun for a finding and not finished.
    #[must_use]
    pub fn half_written_for(&self, rule: &str, basis: &str) -> Option<&str> {
        text_of(self.half_written(), rule, basis)
    }

    /// Keeps an explanation as far as it is written. It lets nothing pass.
    pub fn jot(&mut self, rule: &str, basis: &str, text: &str) {
        let finished = text_of(self.explanations(), rule, basis);
        let says_more = !text.trim().is_empty() && finished != Some(text);
        let written = Written {
            rule: rule.to_owned(),
            basis: basis.to_owned(),
            finished: finished.map(str::to_owned),
            half: says_more.then(|| text.to_owned()),
        };
        self.go_on(WRITE, Change::Written(written));
    }

    /// Writes an explanation, or withdraws it when the text is blank.
    pub fn explain(&mut self, rule: &str, basis: &str, text: &str) {
        self.explain_instead(rule, basis, text, &[]);
    }

    /// Writes an explanation in the place of others of the same finding, known by what they rested
    /// on; withdraws it when the text is blank.
    pub fn explain_instead(&mut self, rule: &str, basis: &str, text: &str, old: &[String]) {
        let text = text.trim();
        let was = text_of(self.explanations(), rule, basis);
        let taken_over = |basis: &String| text_of(self.explanations(), rule, basis) == Some(text);
        let name = match was {
            _ if text.is_empty() => "撤回说明",
            Some(_) => "改说明",
            None if old.iter().any(taken_over) => "沿用说明",
            None => WRITE,
        };
        // Who withdraws an explanation may be writing a better one.
        let half = self.half_written_for(rule, basis);
        let written = Written {
            rule: rule.to_owned(),
            basis: basis.to_owned(),
            finished: (!text.is_empty()).then(|| text.to_owned()),
            half: half.filter(|_| text.is_empty()).map(str::to_owned),
        };
        let mut changes: Vec<_> = old.iter().map(|old| nothing(rule, old)).collect();
        changes.push(Change::Written(written));
        self.change(name, Change::All(changes));
    }

    /// Goes on with an explanation that was begun when the finding rested on something else.
    pub fn go_on_writing(&mut self, rule: &str, basis: &str, old: &str) {
        let Some(text) = self.half_written_for(rule, old) else {
            return;
        };
        let begun = Written {
            rule: rule.to_owned(),
            basis: basis.to_owned(),
            finished: text_of(self.explanations(), rule, basis).map(str::to_owned),
            half: Some(text.to_owned()),
        };
        let old = self.without_half(rule, old);
        let changes = [old, begun].map(Change::Written);
        self.change(WRITE, Change::All(changes.to_vec()));
    }

    /// Gives up an explanation that was begun.
    pub fn give_up_writing(&mut self, rule: &str, basis: &str) {
        if self.half_written_for(rule, basis).is_none() {
            return;
        }
        let given_up = self.without_half(rule, basis);
        // Who gives up at once takes back what was typed; the draft is then as if nothing had been.
        if self.would_take_back(&given_up) {
            self.undo();
        } else {
            self.change("不写说明", Change::Written(given_up));
        }
    }

    fn without_half(&self, rule: &str, basis: &str) -> Written {
        let finished = text_of(self.explanations(), rule, basis);
        Written {
            rule: rule.to_owned(),
            basis: basis.to_owned(),
            finished: finished.map(str::to_owned),
            half: None,
        }
    }
}

fn nothing(rule: &str, basis: &str) -> Change {
    Change::Written(Written {
        rule: rule.to_owned(),
        basis: basis.to_owned(),
        finished: None,
        half: None,
    })
}

fn text_of<'a>(list: &'a [Explanation], rule: &str, basis: &str) -> Option<&'a str> {
    let mut list = list.iter();
    let known = list.find(|known| known.rule == rule && known.basis == basis);
    known.map(|known| known.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::{Choices, Confirmation, Entry, Prior, Report};

    fn draft() -> Draft {
        Draft::new(Report::new(form::by_id("2021").unwrap(), 2025))
    }

    fn texts(list: &[Explanation]) -> Vec<&str> {
        list.iter().map(|one| one.text.as_str()).collect()
    }

    #[test]
    fn writing_and_withdrawing_are_steps_that_can_be_taken_back() {
        let mut draft = draft();
        for text in ["全", "全年", "全年没有"] {
            draft.jot("a", "1", text);
        }
        assert_eq!(texts(draft.half_written()), ["全年没有"]);
        assert!(draft.explanations().is_empty());
        draft.explain("a", "1", " 全年没有 ");
        assert!(draft.half_written().is_empty());
        draft.explain("a", "1", "");
        assert!(draft.explanations().is_empty());
        assert_eq!(draft.undo_step().unwrap().name, "撤回说明");
        draft.undo();
        assert_eq!(texts(draft.explanations()), ["全年没有"]);
        // What was finished is half written again, and no word of it is lost.
        draft.undo();
        assert_eq!(texts(draft.half_written()), ["全年没有"]);
        draft.undo();
        assert!(draft.half_written().is_empty() && draft.undo_step().is_none());
        for _ in 0..3 {
            draft.redo();
        }
        assert!(draft.explanations().is_empty() && draft.half_written().is_empty());
        assert_eq!(draft.undo_step().unwrap().name, "撤回说明");
    }

    #[test]
    fn what_is_taken_over_takes_the_place_of_the_lapsed_one() {
        let mut draft = draft();
        draft.explain("a", "1", "上年漏报");
        draft.explain_instead("a", "2", "上年漏报", &["1".to_owned()]);
        assert_eq!(draft.undo_step().unwrap().name, "沿用说明");
        assert_eq!(draft.explanations().len(), 1);
        assert_eq!(draft.explanations()[0].basis, "2");
        draft.undo();
        assert_eq!(draft.explanations()[0].basis, "1");
    }

    #[test]
    fn a_change_of_mind_while_writing_loses_nothing() {
        let mut draft = draft();
        draft.explain("a", "1", "甲");
        draft.jot("a", "1", "甲乙");
        draft.give_up_writing("a", "1");
        assert_eq!(draft.redo_step().unwrap().name, "写说明");
        draft.redo();
        draft.explain("a", "1", "");
        assert_eq!(texts(draft.half_written()), ["甲乙"]);
        draft.give_up_writing("a", "1");
        assert_eq!(draft.undo_step().unwrap().name, "不写说明");
        draft.undo();
        assert_eq!(texts(draft.half_written()), ["甲乙"]);
        draft.go_on_writing("a", "2", "1");
        assert_eq!(draft.half_written_for("a", "2"), Some("甲乙"));
        assert_eq!(draft.half_written_for("a", "1"), None);
        draft.undo();
        assert_eq!(draft.half_written_for("a", "1"), Some("甲乙"));
    }

    #[test]
    fn whatever_stands_beside_the_report_is_taken_back_and_made_again() {
        let mut draft = draft();
        let first = draft.report().edition().cells().next().unwrap();
        let steps: [fn(&mut Draft); 6] = [
            |draft| {
                let report = Report::new(form::by_id("2021").unwrap(), 2024);
                let source = "甲".to_owned();
                draft.set_prior(Some(Prior { report, source }));
            },
            |draft| draft.confirm(Some(Confirmation::default())),
            |draft| {
                let signature = true;
                draft.set_choices(Choices {
                    signature,
                    ..Choices::default()
                });
            },
            |draft| draft.explain("a", "1", "甲"),
            |draft| draft.jot("b", "1", "乙"),
            |draft| draft.change("导入", Change::Notes(vec!["丙".to_owned()])),
        ];
        let mut states = vec![draft.clone()];
        for step in steps {
            step(&mut draft);
            states.push(draft.clone());
        }
        draft.leave([(first, 3.into())]);
        states.push(draft.clone());
        draft.type_into("填报", first, Entry::Number(1.into()));
        for state in states.iter().rev() {
            assert!(!draft.says_the_same(state));
            draft.undo();
            assert!(draft.says_the_same(state));
            assert_eq!(draft.revision(), state.revision());
        }
        for state in states.iter().skip(1) {
            draft.redo();
            assert!(draft.says_the_same(state));
        }
    }
}
