//! What is asked for about the explanation of a finding. It knows no widget.

use crate::report::Draft;

/// Something to do with the explanation of a finding.
#[derive(Debug, Clone)]
pub struct Explaining {
    /// The rule of the finding.
    pub rule: &'static str,
    /// What the finding rests on.
    pub basis: String,
    /// What an explanation of it rested on that lapsed.
    pub lapsed: Option<String>,
    /// What to do.
    pub what: Explain,
}

/// What to do with an explanation.
#[derive(Debug, Clone)]
pub enum Explain {
    /// Keep it as far as it is written.
    Jot(String),
    /// Let it be finished, with these words.
    Finish(String),
    /// Take it away.
    Withdraw,
    /// Go on with one that was begun when the finding rested on this.
    GoOn(String),
    /// Give up one that was begun when the finding rested on this.
    GiveUp(String),
}

impl Explaining {
    /// Does it.
    pub(in crate::app) fn make(self, draft: &mut Draft) {
        let Self {
            rule,
            basis,
            lapsed,
            what,
        } = self;
        match what {
            Explain::Jot(text) => draft.jot(rule, &basis, &text),
            Explain::Finish(text) => {
                let old: Vec<_> = lapsed.into_iter().collect();
                draft.explain_instead(rule, &basis, &text, &old);
            }
            Explain::Withdraw => draft.explain(rule, &basis, ""),
            Explain::GoOn(old) => draft.go_on_writing(rule, &basis, &old),
            Explain::GiveUp(old) => draft.give_up_writing(rule, &old),
        }
    }
}
