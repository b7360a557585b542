//! The window, driven without a screen.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod around;
mod beside;
mod checking;
mod desk;
mod elsewhere;
mod explain;
mod figures;
mod gather;
mod grid;
mod hints;
mod intake;
mod keep;
mod keys;
mod older;
mod painted;
mod preview;
mod protection;
mod publish;
mod range;
mod reach;
mod road;
mod room;
mod table;
mod typing;
mod whole;
mod window;
mod words;
mod years;
