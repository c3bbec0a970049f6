//! `man`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, CommandFactory};

use crate::cli::args::Cli;
use crate::cli::error::CliError;
use crate::cli::session::Session;

/// Print the man page, or write one page per command into a directory.
#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// Write one page per command here instead, such as ~/.local/share/man/man1
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: ManArgs) -> Result<(), CliError> {
    let ManArgs { dir } = args;
    let command = Cli::command();
    match dir {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page).context("cannot render the man page")?;
            let mut printer = session.printer()?;
            printer.raw().write_all(&page).map_err(crate::output::OutputError::from)?;
            Ok(printer.flush()?)
        }
        Some(dir) => {
            std::fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
            clap_mangen::generate_to(command, &dir).with_context(|| format!("cannot write into {}", dir.display()))?;
            session.talk().note(&format!("man pages written to {}", dir.display()));
            Ok(())
        }
    }
}
