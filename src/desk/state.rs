//! How a unit stands.

use super::taken::Taken;

/// How a unit stands (状态).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitState {
    /// 未报: no report of the year is there.
    #[default]
    Missing,
    /// 已报: a report is there in which nothing was found that keeps it from being published.
    Reported,
    /// 有问题: something was found, or two reports say different things.
    Faulty,
    /// 退回: the reviewer sent it back, and it has not come again.
    Returned,
    /// 改后再报: it came again after it was sent back.
    Revised,
    /// 通过: the reviewer has nothing more to say.
    Passed,
}

impl UnitState {
    /// All of them, as a list shows them.
    pub const ALL: [Self; 6] = [
        Self::Missing,
        Self::Faulty,
        Self::Returned,
        Self::Revised,
        Self::Reported,
        Self::Passed,
    ];

    /// Its name for programs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Reported => "reported",
            Self::Faulty => "faulty",
            Self::Returned => "returned",
            Self::Revised => "revised",
            Self::Passed => "passed",
        }
    }

    /// Its name for a reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "未报",
            Self::Reported => "已报",
            Self::Faulty => "有问题",
            Self::Returned => "退回",
            Self::Revised => "改后再报",
            Self::Passed => "通过",
        }
    }

    /// That of a unit by its report of the year, and whether that can be counted.
    pub(super) fn of(taken: &Taken, counted: bool) -> Self {
        if taken.blocking > 0 || !counted {
            Self::Faulty
        } else {
            Self::Reported
        }
    }
}
