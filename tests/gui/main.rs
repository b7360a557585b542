//! The window, driven without a screen.
#![cfg(feature = "gui")]

mod grid;
