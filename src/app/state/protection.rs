//! Whether what is typed and what is replaced is kept somewhere now. It knows no widget.

use crate::app::state::State;

/// What is not protected now, and why; the window shows it as long as it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprotected {
    /// What there is none of.
    pub what: &'static str,
    /// Why.
    pub reason: String,
}

impl std::fmt::Display for Unprotected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What to do about a draft does not fit here.
        let reason = self.reason.split('，').next().unwrap_or_default();
        write!(f, "没有{}：{reason}", self.what)
    }
}

impl State {
    /// Whether recovery files or earlier versions cannot be written now, and why.
    #[must_use]
    pub fn unprotected(&self) -> Option<Unprotected> {
        let both = "恢复文件和历史版本";
        let of = |what, reason: &String| {
            let reason = reason.clone();
            Some(Unprotected { what, reason })
        };
        if let Some(reason) = &self.unkept {
            return of(both, reason);
        }
        let keeper = self.keeper.as_ref()?;
        match (&keeper.told, &keeper.history_trouble) {
            (Some(reason), Some(_)) => of(both, reason),
            (Some(reason), None) => of("恢复文件", reason),
            (None, Some(reason)) => of("历史版本", reason),
            (None, None) => None,
        }
    }

    /// Whether what is typed goes into recovery files.
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        let keeper = self.keeper.as_ref();
        keeper.is_some_and(|keeper| keeper.told.is_none() && keeper.writer.is_alive())
    }

    /// Whether the version before each save is kept.
    #[must_use]
    pub fn has_history(&self) -> bool {
        let keeper = self.keeper.as_ref();
        keeper.is_some_and(|keeper| keeper.history_trouble.is_none())
    }

    /// Whether what was sent of the open draft is in its recovery file by now.
    #[must_use]
    pub fn is_in_recovery(&self) -> bool {
        let (Some(keeper), Some(open)) = (&self.keeper, &self.open) else {
            return false;
        };
        self.has_recovery()
            && open.kept.sent.is_some()
            && keeper.writer.status().written >= open.kept.number
    }
}
