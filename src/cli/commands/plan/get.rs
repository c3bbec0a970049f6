//! `plan get`

use clap::Args;

use crate::cli::error::CliError;
use crate::cli::report::ReportFile;
use crate::cli::session::{OpenReader, Session};
use crate::operations::rebalance::recorded::{Which, get};

use super::source::{PlanSource, recorded_id};
use super::{page, show};

/// Show a plan; `-o json` prints the plan file.
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {
    /// The id of a recorded plan, or a file; `-` = stdin
    #[arg(value_name = "PLAN")]
    plan: String,
    /// Show the plan that undoes it, which was recorded with it
    #[arg(long)]
    inverse: bool,
    /// Write a page with charts of it, whole by itself (HTML)
    #[arg(long, value_name = "FILE")]
    report: Option<String>,
    /// Overwrite the file of --report
    #[arg(long, requires = "report")]
    force: bool,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs { plan, inverse, report, force } = args;
    let report = ReportFile::new(report, force)?;
    let plan = if inverse {
        let id = recorded_id(&plan)?;
        let OpenReader { store, keys, at } = session.open_reader()?;
        session.wait(get(&store, &keys, at, &id, Which::Inverse))?
    } else {
        PlanSource::of(&plan).read(session, None)?
    };
    show::plan(session, &plan, None)?;
    match report {
        Some(report) => report.write(session, &page::of_plan(&plan.document, "otlp-part plan get", &[])),
        None => Ok(()),
    }
}
