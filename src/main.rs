//! The program: arguments go to the command line or the window.
// On Windows a program with a console opens one beside its window; the commands have a program of their own there.
#![cfg_attr(all(windows, feature = "gui"), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    nianbao::cli::run()
}
