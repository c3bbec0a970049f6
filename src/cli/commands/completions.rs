//! `completions SHELL`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::error::CliError;
use crate::cli::session::Session;

/// Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: CompletionsArgs) -> Result<(), CliError> {
    let CompletionsArgs { shell } = args;
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "otlp-part", &mut text);
    let mut printer = session.printer()?;
    printer.raw().write_all(&text).map_err(crate::output::OutputError::from)?;
    Ok(printer.flush()?)
}
