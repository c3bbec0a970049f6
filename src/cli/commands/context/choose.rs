//! `context use`

use std::io::Write as _;

use anyhow::Context as _;
use clap::Args;

use crate::cli::commands::snapshot::write_whole;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::settings::{config_path, read_config, with_current_context};

/// Choose the context that holds when none is named.
///
/// Only the current_context of the configuration file changes; its comments and everything else stay.
#[derive(Debug, Args)]
pub(in crate::cli) struct UseArgs {
    /// The context
    #[arg(value_name = "CONTEXT")]
    name: String,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: UseArgs) -> Result<(), CliError> {
    let UseArgs { name, dry_run } = args;
    let global = session.global().clone();
    let path = config_path(&global, session.environment()).ok_or_else(|| {
        CliError::usage_hint("there is no home directory to look for a configuration file in", "name it with --config")
    })?;
    let shown = path.value.display().to_string();
    let before = read_config(&path)?.ok_or_else(|| {
        CliError::input_hint(
            format!("there is no configuration file {shown}"),
            "write one with a table [contexts.NAME] for each cluster, and its store",
        )
    })?;
    let after = with_current_context(&before, &name).map_err(|reason| {
        CliError::input_hint(
            format!("configuration file {shown}: {reason}"),
            "`otlp-part context list` shows what there is",
        )
    })?;
    if after == before {
        session.talk().note(&format!("{name} is the current context already"));
        return Ok(());
    }
    if dry_run {
        session.talk().show(&format!("would make {name} the current context in {shown}"));
        session.talk().note("dry run: nothing was written");
        return Ok(());
    }
    // Behind a link, as in a directory of shared settings, the file itself is replaced.
    let file = std::fs::canonicalize(&path.value).with_context(|| format!("cannot find {shown}"))?;
    let permissions = std::fs::metadata(&file).map(|metadata| metadata.permissions());
    write_whole(&file, |out| {
        out.get_ref().set_permissions(permissions?)?;
        out.write_all(after.as_bytes())
    })
    .with_context(|| format!("cannot write {shown}"))?;
    session.talk().note(&format!("{name} is the current context now ({shown})"));
    Ok(())
}
