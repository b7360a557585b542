//! The program: arguments go to the command line or the window.

fn main() {}
