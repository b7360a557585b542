//! The program's parts through their public doors, without a window.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod cards;
mod check;
mod circles;
mod claims;
mod cli;
mod compare;
mod contrast;
mod damage;
mod desk;
mod drafts;
mod follow;
mod forms;
mod fuzz;
mod gather;
mod guarded;
mod guards;
mod hostile;
mod house;
mod import;
mod keep;
mod local_rules;
mod ofd;
mod paths;
mod pdf;
mod properties;
mod publish;
mod published;
mod roundtrip;
mod ruled;
mod rules;
mod sample;
mod several;
mod shredded;
mod years;

/// Whether all of what is usually only sampled is to be tried.
fn all() -> bool {
    std::env::var_os("NIANBAO_FUZZ").is_some()
}
