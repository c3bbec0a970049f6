//! A plan by the name that it is given on the command line: the id of a recorded one, or a file.

use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::{OpenReader, Session};
use crate::operations::rebalance::recorded::{self, Which};
use crate::planner::document::digest::is_plan_id;
use crate::planner::document::read::ReadPlan;

/// Where a plan is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli::commands) enum PlanSource {
    /// In the store.
    Recorded(String),
    /// In a file; `-` = stdin.
    File(String),
}

impl PlanSource {
    /// A word of the form of a plan's id names a recorded plan; `./plan-…` is a file of that name.
    pub(in crate::cli::commands) fn of(text: &str) -> Self {
        if is_plan_id(text) { Self::Recorded(text.to_owned()) } else { Self::File(text.to_owned()) }
    }

    /// What it is called in messages.
    pub(in crate::cli::commands) fn name(&self) -> &str {
        match self {
            Self::Recorded(id) => id,
            Self::File(file) => input::shown_name(file),
        }
    }

    /// Reads a file; what is recorded is read from the store.
    pub(in crate::cli::commands) fn read(
        &self,
        session: &mut Session<'_, '_>,
        store: Option<&OpenReader>,
    ) -> Result<ReadPlan, CliError> {
        match (self, store) {
            (Self::File(file), _) => {
                let bytes = input::read_bytes(session.environment(), file)?;
                ReadPlan::parse(&bytes)
                    .map_err(|fault| CliError::input_hint(format!("{}: {fault}", self.name()), fault.hint()))
            }
            (Self::Recorded(id), Some(OpenReader { store, keys, at })) => {
                Ok(session.wait(recorded::get(store, keys, *at, id, Which::Plan))?)
            }
            (Self::Recorded(id), None) => {
                let opened = session.open_reader()?;
                Self::Recorded(id.clone()).read(session, Some(&opened))
            }
        }
    }
}

/// The id of a recorded plan.
pub(super) fn recorded_id(text: &str) -> Result<String, CliError> {
    if is_plan_id(text) {
        return Ok(text.to_owned());
    }
    Err(CliError::usage_hint(
        format!("{text:?} is no id of a recorded plan, such as plan-3f2a9c1b7d04"),
        "`otlp-part plan list` shows those that there are",
    ))
}
