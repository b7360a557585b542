//! nianbao (年报): fills in, checks and publishes the yearly report on government information disclosure.
//!
//! # In six sentences
//! 1. **An edition is data.** `templates/*.ron` hold headings, prompts and relations; the code knows tables, never these tables.
//! 2. **Every place for an entry is a field**: a table cell, a passage, a cover line. A report is one entry a field.
//! 3. **A report is what was stated.** Blank is not zero; totals are derived and compared with what was printed.
//! 4. **One way in.** A report changes only through [`report::Report::apply`], which returns the edit that takes it back.
//! 5. **One waist.** Every file format meets the report at [`doc::Doc`]; only `compose` and `recognise` know both sides.
//! 6. **Views only look and ask.** A view reads the draft, pushes actions, and is drawn again.
//!
//! # Code map
//! | module | what | knows |
//! |---|---|---|
//! | [`text`], [`date`] | how Chinese texts are written; days in China | nothing |
//! | [`form`] | editions, fields, the printed grid, relations | nothing |
//! | [`report`] | entries, exact numbers, edits, drafts with undo | form, text |
//! | [`check`] | rules in, findings out; a rule is one file with one card that is its test | form, report |
//! | [`doc`] | headings, paragraphs, tables; `compose` and `recognise` | form, report |
//! | [`import`] | bytes of a format to a `Doc` | doc |
//! | [`layout`] | a `Doc` to pages of glyphs and lines | doc, report |
//! | [`export`] | a draft to the bytes of a format | doc, report, layout |
//! | [`system`] | where operating systems differ | nothing |
//! | `disk` | the one place that writes files | system |
//! | [`store`] | draft files | report, disk |
//! | [`keep`] | what no crash may take: history, recovery files, locks | store, report, disk |
//! | [`open`] | any file to a draft | store, import |
//! | [`publish`] | a draft to files that are read back and compared | export, import |
//! | [`sheet`] | what was checked, as a document for the file | check, doc, export |
//! | `screen` | a window that needs no graphics card | nothing but egui |
//! | [`cli`], `app` | the two front ends; only `app` knows egui | all but each other; `cli` starts `app` |
//!
//! `tests/it/house.rs` holds the modules to this table.
//!
//! # Invariants
//! - No row, column or heading of the statutory form stands in the code.
//! - Numbers are exact decimals; there is no floating point between an entry and a file.
//! - Imports never guess: what cannot be read stays blank and is noted.
//! - A file on disk is the old one or the new one, never half; the old one is kept before it goes.
//! - What was typed two seconds ago stands in a recovery file until a save holds it.
//! - A rule that lacks what it needs neither fires nor passes; the findings say so.
//!
//! # A new edition
//! One file in `templates/`, one line in `form::builtin`, and its drawn grid in `tests/forms/`, read against the official letter.

#[cfg(feature = "gui")]
pub mod app;
pub mod check;
pub mod cli;
pub mod date;
pub(crate) mod disk;
pub mod doc;
pub mod export;
pub mod form;
pub mod import;
pub mod keep;
pub mod layout;
pub mod manual;
pub mod open;
pub mod publish;
pub mod report;
#[cfg(feature = "gui")]
pub mod screen;
pub mod sheet;
pub mod store;
pub mod system;
pub mod text;
