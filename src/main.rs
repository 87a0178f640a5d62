//! Hands the arguments to `cli` and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    giaoban::cli::main(std::env::args_os())
}
