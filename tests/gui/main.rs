//! The window, driven without a screen.

mod grid;
