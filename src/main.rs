//! The program: arguments go to the command line or the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    nianbao::cli::run()
}
