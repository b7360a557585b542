//! What an action leaves to the system to be done.

use crate::app::actions::Action;

/// A piece of work for another thread.
pub struct Job {
    pub(in crate::app) label: String,
    pub(in crate::app) work: Box<dyn FnOnce() -> Action + Send>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Job").field(&self.label).finish()
    }
}
