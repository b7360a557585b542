//! Work that runs beside the frame; what comes of it is an action. It knows no widget and no file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::app::actions::{Action, Actions};
use crate::app::effects::Job;
use crate::app::state::State;
use crate::app::state::jobs::RunningJob;
use crate::app::system::shell::Shell;

type JobOutcome = (u64, Option<Action>);

/// After how long a disk counts as one that does not answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is to be run when a job has not ended by then, by the window's clock.
struct Wait {
    number: u64,
    until: f64,
    stalled: Action,
}

/// Hands jobs to the shell and collects what came of them.
pub(in crate::app) struct Jobs {
    sender: Sender<JobOutcome>,
    receiver: Receiver<JobOutcome>,
    waits: Vec<Wait>,
    count: u64,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            waits: Vec::new(),
            count: 0,
        }
    }
}

impl Jobs {
    /// Starts a job.
    pub(in crate::app) fn start(
        &mut self,
        Job {
            label,
            work,
            stalled,
        }: Job,
        state: &mut State,
        shell: &mut dyn Shell,
        ctx: &egui::Context,
    ) {
        self.count += 1;
        let number = self.count;
        let sender = self.sender.clone();
        let waker = ctx.clone();
        let started = shell.spawn(Box::new(move || {
            let action = catch_unwind(AssertUnwindSafe(work)).ok();
            // A receiver that is gone means that the window is closing.
            sender.send((number, action)).ok();
            waker.request_repaint();
        }));
        match started {
            Ok(()) => {
                state.running.push(RunningJob { number, label });
                self.wait(number, stalled, ctx);
            }
            Err(error) => state.notice = format!("没有做成：系统报告：{error}"),
        }
    }

    fn wait(&mut self, number: u64, stalled: Option<Action>, ctx: &egui::Context) {
        let Some(stalled) = stalled else { return };
        self.waits.push(Wait {
            number,
            until: ctx.input(|input| input.time) + PATIENCE.as_secs_f64(),
            stalled,
        });
        ctx.request_repaint_after(PATIENCE);
    }

    /// What came of the jobs that ended, and what is to be done about those that do not; `now` is the
    /// time of the window's clock.
    pub(in crate::app) fn collect(&mut self, state: &mut State, now: f64) -> Actions {
        let mut actions = Actions::new();
        while let Ok((number, outcome)) = self.receiver.try_recv() {
            self.waits.retain(|wait| wait.number != number);
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
        let overdue = self.waits.extract_if(.., |wait| wait.until <= now);
        for wait in overdue {
            actions.push(wait.stalled);
        }
        actions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effects::Effect;
    use crate::app::system::shell::Scripted;

    fn notice_after(work: impl FnOnce() -> Action + Send + 'static) -> String {
        let (mut jobs, mut state) = (Jobs::default(), State::default());
        let ctx = egui::Context::default();
        let Effect::Start(job) = Effect::start("正在数数…", work) else {
            panic!("no job")
        };
        jobs.start(job, &mut state, &mut Scripted::new([]), &ctx);
        assert_eq!(state.progress_sign(), Some("正在数数…"));
        for action in jobs.collect(&mut state, 0.0) {
            let effect = state.run(action, Scripted::new([]).now());
            assert!(matches!(effect, Effect::Nothing));
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
