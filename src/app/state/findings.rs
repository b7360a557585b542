//! Which findings are looked at, and where their list has room.

use crate::app::state::PartId;
use crate::check::Level;

/// Which findings are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Levels that are left out: errors, queries, hints.
    pub without: [bool; 3],
    /// The only part that is looked at.
    pub part: Option<PartId>,
}

impl Filter {
    /// Whether a level is looked at.
    #[must_use]
    pub fn has_level(&self, level: Level) -> bool {
        let [errors, queries, hints] = self.without;
        !match level {
            Level::Error => errors,
            Level::Query => queries,
            Level::Advice => hints,
        }
    }

    /// Looks at one level only; at all of them again where that one was the only one.
    pub fn only(&mut self, level: Level) {
        let all = [Level::Error, Level::Query, Level::Advice];
        let without = all.map(|other| other != level);
        self.without = if self.without == without {
            [false; 3]
        } else {
            without
        };
    }
}

/// Where the findings have room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FindingsRoom {
    /// Beside the report.
    #[default]
    Beside,
    /// Only over the report, where they are not shown now.
    Lacking,
    /// Over the report, which is to be seen again afterwards.
    Over,
}

impl FindingsRoom {
    /// What it is once the room beside the report was measured.
    #[must_use]
    pub fn measured(self, beside: bool) -> Self {
        match (beside, self) {
            (true, _) => Self::Beside,
            (false, Self::Over) => Self::Over,
            (false, _) => Self::Lacking,
        }
    }

    /// What it is after the findings were shown over the report, or put away.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Beside => Self::Beside,
            Self::Lacking => Self::Over,
            Self::Over => Self::Lacking,
        }
    }
}
