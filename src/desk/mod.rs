//! The county's desk (汇总): the reports of a folder together.
//!
//! It knows files only through [`crate::open`], and neither a terminal nor a window.

mod alike;
pub mod folder;
pub mod gather;
mod json;
mod names;
pub mod output;
pub mod pages;
mod parallel;
mod request;
mod settings;
pub mod state;
mod sums;
pub mod table;
pub mod taken;
pub mod units;
mod year;

pub use alike::AlikePair;
pub use folder::{Folder, ReportFile, is_report_of, walk};
pub use parallel::{AT_ONCE, in_parallel};
pub use request::{DeskError, GatherRequest, GatheredFolder, KnownReports};
pub use settings::{SettingsFileError, read_settings};
pub use state::UnitState;
pub use sums::{Different, GatheredSum};
pub use year::GatherError;
