//! The views: each reads the state and says what it asks for. They change nothing themselves.

mod balance;
mod card;
mod cover;
mod dialogs;
mod explain;
mod figure;
mod fill_in;
mod find;
mod findings;
mod formula;
mod home;
mod intake;
mod menu;
mod outline;
mod passage;
mod proposals;
mod section;
mod status;
mod summary;

pub use dialogs::dialogs_ui;
pub use explain::EXPLANATION;
pub use find::{BOXES, find_ui};
pub use findings::{FindingsView, Shown, findings_ui};
pub use home::home_ui;
pub use menu::menu_ui;
pub use outline::outline_ui;
pub use section::{SectionView, finish_cell, section_ui};
pub use status::status_ui;
