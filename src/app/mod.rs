//! The window: reads the draft, asks for changes, and is drawn again.

pub mod kit;
