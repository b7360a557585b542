//! Widgets and looks that know the form and the report, never the program around them.

pub mod grid;
