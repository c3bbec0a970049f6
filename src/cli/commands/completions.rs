//! `completions SHELL`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::error::CliError;
use crate::cli::session::Session;

/// The program's name.
const NAME: &str = "otlp-part";

/// Print completions for a shell, e.g. `otlp-part completions bash > /etc/bash_completion.d/otlp-part`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: CompletionsArgs) -> Result<(), CliError> {
    let CompletionsArgs { shell } = args;
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut text);
    if shell == Shell::Bash {
        text = mended_bash(&String::from_utf8_lossy(&text)).into_bytes();
    }
    let mut printer = session.printer()?;
    printer.raw().write_all(&text).map_err(crate::output::OutputError::from)?;
    Ok(printer.flush()?)
}

/// The generator names the states of a program with a hyphen in its name in two ways, so that bash would offer nothing
/// behind a subcommand (clap-rs/clap#6421). With the bug gone this changes nothing.
fn mended_bash(text: &str) -> String {
    text.replace(&NAME.replace('-', "__subcmd__"), &NAME.replace('-', "__"))
}
