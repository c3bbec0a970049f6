//! The command line: arguments to operations, operations to output, errors to exit codes.
//!
//! Low arguments are only validated (so `--help` always works); what needs the environment happens in a [`Session`].
//!
//! Invariant: everything outside (arguments, environment, clock, standard streams) comes in through [`Environment`], so
//! that the whole program runs in a test.

mod args;
mod commands;
mod consent;
mod environment;
mod error;
mod input;
mod session;
mod store;

pub use args::Cli;
pub use environment::{Environment, SystemClock};

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use crate::output::Talk;
use error::CliError;

/// The exit code of success.
pub const SUCCESS: u8 = 0;

/// Runs one command line, program name first, and gives the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, environment: &mut Environment<'_>) -> u8 {
    let matches = match Cli::command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return clap_exit(&error, environment),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return clap_exit(&error, environment),
    };
    let json = cli.global.wants_json();
    match commands::run(cli, environment) {
        Ok(()) => SUCCESS,
        Err(error) if error.is_closed_output() => SUCCESS,
        Err(error) => {
            let mut talk = Talk::new(environment.stderr, false, json);
            talk.error(error.kind(), &error.to_string(), error.hint().as_deref());
            error.exit_code()
        }
    }
}

/// Help and version go to stdout with 0, everything else to stderr with 2.
fn clap_exit(error: &clap::Error, environment: &mut Environment<'_>) -> u8 {
    let text = if environment.color_stderr() && error.use_stderr() || environment.color_stdout() && !error.use_stderr()
    {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    if error.use_stderr() {
        let text = text.lines().map(crate::output::escape_text).collect::<Vec<_>>().join("\n");
        let _ = writeln!(environment.stderr, "{text}");
        CliError::usage("").exit_code()
    } else {
        let _ = environment.stdout.write_all(text.as_bytes());
        let _ = environment.stdout.flush();
        SUCCESS
    }
}
