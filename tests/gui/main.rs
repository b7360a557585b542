//! The window, driven without a screen.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod app;
mod grid;
mod whole;
