//! The command line: arguments to work to an exit code.
