//! The command line: arguments to operations, operations to output, errors to exit codes.
//!
//! Low arguments are only validated (so `--help` always works); what needs the environment happens in a [`Session`].
//!
//! Invariant: everything outside (arguments, environment, clock, standard streams) comes in through [`Environment`], so
//! that the whole program runs in a test.

mod args;
mod commands;
mod completion;
mod consent;
mod data;
mod driving;
mod editor;
mod environment;
mod error;
mod input;
mod mend;
mod report;
mod rewriting;
mod session;
mod settings;
mod store;

pub use args::Cli;
pub use environment::{Environment, SystemClock};

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use crate::output::{Talk, escape_text};
use error::CliError;
use settings::Contexts;

/// The exit code of success.
pub const SUCCESS: u8 = 0;

/// Runs one command line, program name first, and gives the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, environment: &mut Environment<'_>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(shell) = completion::asking_shell(environment) {
        return match completion::run(&shell, &args, environment) {
            Ok(()) => SUCCESS,
            Err(error) => failed(&error, environment, false),
        };
    }
    let cli = match parse(&args) {
        Ok(cli) => cli,
        Err(error) => return clap_exit(escaped_error(&args).unwrap_or(error), environment, asks_for_json(&args)),
    };
    let contexts = match cli.command.goes_by_contexts() {
        true => Contexts::load(&cli.global, environment),
        false => Ok(Contexts::default()),
    };
    let format = match &contexts {
        Ok(contexts) => settings::output_format(&cli.global, contexts, environment).value,
        Err(_) => cli.global.output.clone().unwrap_or_default(),
    };
    let json = format.is_json();
    match contexts.and_then(|contexts| commands::run(cli, contexts, format, environment)) {
        Ok(()) => SUCCESS,
        Err(error) => failed(&error, environment, json),
    }
}

/// Tells an error and gives its exit code.
fn failed(error: &CliError, environment: &mut Environment<'_>, json: bool) -> u8 {
    if error.is_closed_output() {
        return SUCCESS;
    }
    let mut talk = Talk::new(environment.stderr, false, json);
    talk.error_with(error.kind(), &error.to_string(), error.hint().as_deref(), &error.facts());
    error.exit_code()
}

/// Whether a command line that clap refused asks for JSON: then its error is JSON too.
fn asks_for_json(args: &[OsString]) -> bool {
    let is_json = |format: &str| format == "json" || format == "ndjson";
    let words: Vec<&str> = args.iter().take_while(|arg| *arg != "--").filter_map(|arg| arg.to_str()).collect();
    words.iter().enumerate().any(|(i, word)| match word.strip_prefix("-o").or(word.strip_prefix("--output")) {
        Some("") => words.get(i + 1).is_some_and(|format| is_json(format)),
        Some(rest) => is_json(rest.strip_prefix('=').unwrap_or(rest)),
        None => false,
    })
}

fn parse(args: &[OsString]) -> Result<Cli, clap::Error> {
    Cli::command().try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches))
}

/// The error about the same arguments made harmless, if they are not: the parser repeats them in its text, and a line
/// break in one could forge a line of ours.
fn escaped_error(args: &[OsString]) -> Option<clap::Error> {
    let escaped: Vec<OsString> = args.iter().map(|a| escape_text(&a.to_string_lossy()).into_owned().into()).collect();
    if escaped == args { None } else { parse(&escaped).err() }
}

/// Help and version go to stdout with 0, everything else to stderr with 2.
fn clap_exit(error: clap::Error, environment: &mut Environment<'_>, json: bool) -> u8 {
    let plain = error.render().to_string();
    let ansi = error.render().ansi().to_string();
    if !error.use_stderr() {
        let text = if environment.color_stdout() { ansi } else { plain };
        let _ = environment.stdout.write_all(text.as_bytes());
        let _ = environment.stdout.flush();
        return SUCCESS;
    }
    if json {
        let mut paragraphs = plain.trim().split("\n\n");
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = one_line(paragraphs.next().unwrap_or_default());
        let hint = paragraphs.map(one_line).collect::<Vec<_>>().join("; ");
        let hint = Some(hint.as_str()).filter(|hint| !hint.is_empty());
        let mut talk = Talk::new(environment.stderr, false, true);
        talk.error(CliError::usage("").kind(), message.strip_prefix("error: ").unwrap_or(&message), hint);
    } else {
        let text = if environment.color_stderr() { ansi } else { plain };
        let _ = writeln!(environment.stderr, "{}", text.trim_end());
    }
    CliError::usage("").exit_code()
}
