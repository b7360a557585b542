//! Work that runs beside the frame; what comes of it is an action. It knows no widget and no file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::app::actions::{Action, Actions};
use crate::app::effects::Job;
use crate::app::state::State;
use crate::app::state::jobs::Running;
use crate::app::system::shell::Shell;

impl State {
    /// Starts work beside the frame; `label` says what is being done, and is empty when nobody waits for it.
    pub fn start(&mut self, label: &str, work: impl FnOnce() -> Action + Send + 'static) {
        self.jobs.push(Job {
            label: label.to_owned(),
            work: Box::new(work),
        });
    }

    /// What is being done beside the frame, in words, for the progress sign.
    #[must_use]
    pub fn progress_sign(&self) -> Option<&str> {
        let labels = self.running.iter().map(|job| job.label.as_str());
        let waiting = self.jobs.iter().map(|job| job.label.as_str());
        labels.chain(waiting).find(|label| !label.is_empty())
    }
}

type Outcome = (u64, Option<Action>);

/// Hands jobs to the shell and collects what came of them.
pub(in crate::app) struct Jobs {
    sender: Sender<Outcome>,
    receiver: Receiver<Outcome>,
    count: u64,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            count: 0,
        }
    }
}

impl Jobs {
    /// Starts what the state asks for.
    pub(in crate::app) fn hand_out(
        &mut self,
        state: &mut State,
        shell: &mut dyn Shell,
        ctx: &egui::Context,
    ) {
        for Job { label, work } in state.jobs.drain(..) {
            self.count += 1;
            let number = self.count;
            let sender = self.sender.clone();
            let ctx = ctx.clone();
            let started = shell.spawn(Box::new(move || {
                let action = catch_unwind(AssertUnwindSafe(work)).ok();
                // A receiver that is gone means that the window is closing.
                sender.send((number, action)).ok();
                ctx.request_repaint();
            }));
            match started {
                Ok(()) => state.running.push(Running { number, label }),
                Err(error) => state.notice = format!("没有做成：系统报告：{error}"),
            }
        }
    }

    /// What came of the jobs that ended.
    pub(in crate::app) fn collect(&mut self, state: &mut State) -> Actions {
        let mut actions = Actions::new();
        while let Ok((number, outcome)) = self.receiver.try_recv() {
            let place = state.running.iter().position(|job| job.number == number);
            let label = place.map(|place| state.running.remove(place).label);
            match (outcome, label) {
                (Some(action), _) => actions.push(action),
                (None, Some(label)) if !label.is_empty() => {
                    state.notice = format!("没有做成：{label}");
                }
                (None, _) => {}
            }
        }
        actions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::system::shell::Scripted;

    fn notice_after(work: impl FnOnce() -> Action + Send + 'static) -> String {
        let (mut jobs, mut state) = (Jobs::default(), State::default());
        let ctx = egui::Context::default();
        state.start("正在数数…", work);
        assert_eq!(state.progress_sign(), Some("正在数数…"));
        jobs.hand_out(&mut state, &mut Scripted::new([]), &ctx);
        for action in jobs.collect(&mut state) {
            state.run(action, Scripted::new([]).now());
        }
        assert_eq!(state.progress_sign(), None);
        state.notice
    }

    #[test]
    fn what_comes_of_a_job_is_run() {
        let done = notice_after(|| Action::Notice("数完了".to_owned()));
        assert_eq!(done, "数完了");
    }

    #[test]
    fn a_job_that_breaks_is_told_and_leaves_nothing_running() {
        let told = notice_after(|| panic!("a broken job"));
        assert_eq!(told, "没有做成：正在数数…");
    }
}
