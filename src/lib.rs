//! nianbao: fills in, checks and publishes the yearly report on government information disclosure.
//!
//! # Code map
//! - [`form`]: the statutory form as data.
//! - [`report`]: what was stated in it; drafts with undo.
//! - [`check`]: rules in, findings out.
//! - [`doc`]: the printed text between the report and every file format.
//! - [`import`], [`export`]: file formats.
//! - [`store`]: draft files; [`open`]: any file to a draft.
//! - `disk`: the one place that writes files.
//! - [`cli`], `app`: the two front ends.

#[cfg(feature = "gui")]
pub mod app;
pub mod check;
pub mod cli;
pub(crate) mod disk;
pub mod doc;
pub mod export;
pub mod form;
pub mod import;
pub mod open;
pub mod report;
pub mod store;
