//! nianbao: fills in, checks and publishes the yearly report on government information disclosure.
//!
//! # Code map
//! - [`form`]: the statutory form as data.
//! - [`report`]: what was stated in it; drafts with undo.
//! - [`check`]: rules in, findings out.
//! - [`doc`]: the printed text between the report and every file format.

pub mod check;
pub mod doc;
pub mod form;
pub mod report;
