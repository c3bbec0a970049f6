//! `--report FILE`: the page of a plan or a simulation, written as other files are: never over one that is there, unless
//! that is forced, and never half.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::model::ByteSize;
use crate::output::report::{ReportData, html};

use super::commands::snapshot::{new_file, write_whole};
use super::error::CliError;
use super::session::Session;

/// A page that is to be written.
#[derive(Debug)]
pub(super) struct ReportFile {
    path: PathBuf,
}

impl ReportFile {
    /// Looks at the path before any work is done.
    pub(super) fn new(file: Option<String>, force: bool) -> Result<Option<Self>, CliError> {
        match file {
            None => Ok(None),
            Some(file) if file == "-" => Err(CliError::usage("--report takes a file: stdout is for the answer")),
            Some(file) => Ok(Some(Self { path: new_file(&file, force)? })),
        }
    }

    /// Writes the page.
    pub(super) fn write(&self, session: &mut Session<'_, '_>, data: &ReportData) -> Result<(), CliError> {
        let page = html(data);
        let shown = self.path.display();
        write_whole(&self.path, |out| out.write_all(page.as_bytes()))
            .with_context(|| format!("cannot write {shown}"))?;
        let size = ByteSize(page.len() as u64);
        session.talk().note(&format!("page with charts written to {shown}, {size}"));
        Ok(())
    }
}

/// A ratio for people.
pub(super) fn percent(ratio: f64) -> String {
    // The rounded number must not be a negative zero.
    format!("{:.2} %", (ratio * 1e4).round() / 100.0 + 0.0)
}
