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
//! | [`doc`] | headings, paragraphs, tables; `compose` and `recognise` | date, form, report |
//! | [`import`] | bytes of a format to a `Doc` | doc |
//! | [`layout`] | a `Doc` to pages of glyphs and lines | doc, report |
//! | [`export`] | a draft to the bytes of a format | doc, report, layout, system |
//! | [`system`] | where operating systems differ | nothing |
//! | `disk` | the one place that writes files | system |
//! | [`store`] | draft files | report, disk |
//! | [`keep`] | what no crash may take: history, recovery files, locks | store, report, disk |
//! | [`open`] | any file to a draft | store, import |
//! | [`compare`] | what was read of a published page against what the draft publishes | doc, form, report |
//! | [`publish`] | a draft to files that are read back and compared | date, export, import |
//! | [`sheet`] | what was checked, as a document for the file | check, doc, export |
//! | [`years`] | reports of several years on one page: key figures and charts | doc, layout, export |
//! | [`desk`] | the county's desk: the reports of a folder together | check, export, import, open |
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
//! # Where to begin reading
//! | for | begin at |
//! |---|---|
//! | the form | `templates/2021.ron`, then `src/form/mod.rs` |
//! | what a report is | `src/report/mod.rs`, and its one door, `src/report/edit.rs` |
//! | the rules | the table in `src/check/rules/mod.rs`, then any card beside it |
//! | reading files | `READERS` in `src/import/mod.rs`, then `src/doc/recognise.rs` |
//! | writing files | `src/doc/compose.rs`, then `WRITERS` in `src/export/mod.rs` |
//! | the command line | `src/cli/mod.rs` |
//! | the window | `src/app/mod.rs` has its rooms; `src/app/window/mod.rs` is a frame |
//!
//! # From a keystroke to a finding
//! 1. `src/app/window/key_order.rs` keeps the events of a slow frame in order; `src/app/window/mod.rs` draws the frame.
//! 2. `src/app/views/section.rs` shows the part; `src/app/table/mod.rs` takes the key and `src/app/table/turn.rs` makes a figure of it.
//! 3. The table states a `GridAction`; the view makes an `Action` of it (`src/app/actions.rs`), which is data.
//! 4. After the frame `State::run` (`src/app/update/mod.rs`) does it, through the draft, and returns an `Effect` for the system.
//! 5. `src/report/draft.rs` makes a step that can be taken back; [`report::Report::apply`] changes the entry.
//! 6. In the next frame `src/app/state/checker.rs` tells the rules; what they find ([`check::Findings`]) is what the views read.
//!    Of the texts only the lines that changed are read anew (`src/check/claims/lines.rs`).
//!
//! # From a page to the cells
//! 1. `src/open/mod.rs` tells a draft from anything else; `src/import/mod.rs` chooses the reader.
//! 2. The reader (`src/import/html/mod.rs`) finds pieces: lines and tables (`src/import/piece.rs`).
//! 3. `src/import/furniture.rs` leaves out what a site puts around them, `src/import/assemble.rs` makes a [`doc::Doc`].
//! 4. `src/doc/recognise.rs` finds the edition, the parts and the tables; `src/doc/tables.rs` tells
//!    in six steps which printed row is which row of the form.
//! 5. Every figure is entered through [`report::Report::apply`]; what cannot be placed is noted, never guessed.
//! 6. `src/doc/trace.rs` finds each row in its source again, apart from the reading, to be compared before it is taken.
//!
//! # Recipes
//! What to touch, and the test that speaks when something was forgotten. `UPDATE_EXPECT=1` before the
//! command writes what is generated; read the difference before it is committed.
//!
//! - **A rule**: `src/check/rules/NAME.rs` and its card `NAME.md`, a `mod` and a row in
//!   `src/check/rules/mod.rs`, in the alphabet's order; a cell or section it speaks of has a name in
//!   `templates/figures.ron` and `src/check/keys.rs`. `cargo test --test it cards`; `files_cards_and_table_agree`,
//!   `cards_find_what_they_say`, `the_book_of_rules_is_the_cards`.
//! - **A format to write**: one file in `src/export`, one row in `WRITERS` in `src/export/mod.rs`, with the way
//!   it is read back. `cargo test --test it publish`; `every_format_is_written_read_back_and_never_overwritten`.
//! - **A format to read**: one file in `src/import` that ends in pieces, one row in `READERS`, a case in
//!   `tests/corpus`. `cargo test --test it import`; `every_dialect_is_read_as_expected`,
//!   `only_the_readers_say_what_can_be_read`.
//! - **A command**: its name in the list in `src/app/actions.rs`, its row in `src/app/update/commands/table.rs`,
//!   both at the same place, or it does not compile. `cargo test --lib command`; `every_command_stands_in_one_menu_once`,
//!   `no_command_changes_a_draft_that_can_only_be_read`.
//! - **An edition**: one file in `templates`, one line in `src/form/builtin.rs`, and its drawn grid in `tests/forms`,
//!   read against the official letter; the edition before gets its last year in `years`.
//!   `cargo test --test it forms`; `the_grids_are_printed_as_the_law_prints_them`.
//! - **A column width**: `widths` of the table in the edition's file, in twips, which add up to what they did.
//! - **A setting**: of the window, a field in `src/app/state/settings.rs`, where what is missing in an older file
//!   has a usual value (`settings_are_read_back`); of a rule, a row in `src/check/threshold.rs`
//!   (`thresholds_are_of_rules`).
//!
//! `tests/it/circles.rs` fails when files lean on one another in a circle, or an import in the window runs up.

#[cfg(feature = "gui")]
pub mod app;
pub mod check;
pub mod cli;
pub mod compare;
pub mod date;
pub mod desk;
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
pub mod years;
