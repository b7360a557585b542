//! How a run of text looks in a word processor, and what of it its document says. It knows no file format.

use crate::doc::normal::raised;

/// Why a run of text is not part of what its document says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Unseen {
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Whether a line is drawn through it.
    pub is_struck: bool,
    /// Whether two lines are; files say so apart from whether it is one.
    pub is_struck_twice: bool,
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is hidden or struck out.
    pub unseen: Unseen,
    /// Whether it was taken back and is kept only to tell that.
    pub is_deleted: bool,
    /// Whether it is raised.
    pub is_raised: bool,
}

impl Look {
    /// Adds a run to what is seen, or to what is not.
    pub fn push(self, text: &str, seen: &mut String, unseen: &mut String) {
        if self.is_deleted {
            return;
        }
        if self.unseen != Unseen::default() {
            unseen.push_str(text);
        } else if self.is_raised {
            seen.extend(text.chars().map(raised));
        } else {
            seen.push_str(text);
        }
    }
}
