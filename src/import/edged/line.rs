//! A paragraph, run by run.

use crate::import::look::Look;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(in crate::import) struct EdgedLine {
    /// What of it is seen.
    pub text: String,
    /// What of it is hidden or struck out.
    pub unseen: String,
    /// The number that the program puts before it.
    pub number: String,
}

impl EdgedLine {
    /// Adds a run.
    pub fn push(&mut self, text: &str, look: Look) {
        look.push(text, &mut self.text, &mut self.unseen);
    }

    /// Adds to the number that stands before it.
    pub fn push_number(&mut self, text: &str) {
        self.number.push_str(text);
    }

    /// Whether there is nothing in it but a number.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.unseen.is_empty()
    }
}
