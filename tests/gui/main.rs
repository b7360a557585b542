//! The window, driven without a screen.

mod app;
mod grid;
mod whole;
