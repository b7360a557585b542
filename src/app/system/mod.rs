//! What the window takes from the system it runs on. It knows no draft.

pub mod desktop;
pub mod folders;
pub mod ime;
pub mod platform;
pub mod shell;
