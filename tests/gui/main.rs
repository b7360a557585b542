//! The window, driven without a screen.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod beside;
mod grid;
mod intake;
mod whole;
mod window;
mod words;
