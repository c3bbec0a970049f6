//! What is executed, and how, as words of the command line.

use std::num::NonZeroU64;
use std::time::Duration;

use clap::Args;

use crate::cli::commands::partition::parse_partition_id;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::time::parse_duration;
use crate::model::{ByteSize, Timestamp};
use crate::operations::copying::STREAMS_MAX;
use crate::operations::executing::{ExecutionSettings, Scope};

/// Which part of the plan.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is executed")]
pub(super) struct ScopeArgs {
    /// Execute the moves of this partition alone (repeatable)
    #[arg(long, value_name = "PARTITION")]
    only: Vec<String>,
    /// Begin no move that would make it more than so many bytes
    #[arg(long, value_name = "SIZE")]
    max_bytes: Option<String>,
    /// Stop at this time; what is in flight then is left resumable
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Pass moves over that no longer fit, and execute the rest
    #[arg(long)]
    skip_stale: bool,
    /// Undo what was done of the plan: replicas and leaders go back to where the plan found them
    #[arg(long)]
    rollback: bool,
}

/// How it is executed.
#[derive(Debug, Args)]
#[command(next_help_heading = "How it is executed")]
pub(in crate::cli) struct PaceArgs {
    /// At most so many bytes per second into each node, and as many out of it, such as 100MB/s
    #[arg(long, value_name = "RATE")]
    bandwidth: Option<String>,
    /// Copies at a time per node [default: what the cluster spec says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_concurrent: Option<u32>,
    /// Segments of one copy at the same time, 1 to 4
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=STREAMS_MAX as i64))]
    streams: u8,
    /// How long readers may go on by the old owners before the old copy is deleted
    #[arg(long, value_name = "TIME", default_value = "60s")]
    grace: String,
    /// How long is waited before a copy until every writer has seen that the partition is migrating
    #[arg(long, value_name = "TIME", default_value = "10s")]
    settle: String,
    /// Have data moved by this command instead; what it moved is verified all the same
    #[arg(long, value_name = "COMMAND")]
    pub(in crate::cli) mover: Option<String>,
}

impl ScopeArgs {
    pub(super) fn read(&self, session: &Session<'_, '_>) -> Result<(Scope, Option<Timestamp>), CliError> {
        let Self { only, max_bytes, until, skip_stale, rollback } = self;
        let only = only.iter().map(|id| parse_partition_id(id)).collect::<Result<_, _>>()?;
        let size = |text: &String| {
            ByteSize::parse(text).map(|size| size.0).map_err(|e| CliError::usage(format!("--max-bytes {text:?}: {e}")))
        };
        let bytes_max = max_bytes.as_ref().map(size).transpose()?;
        let until = until.as_ref().map(|text| session.time("--until", text)).transpose()?;
        if let Some(until) = until.filter(|until| *until <= session.now()) {
            return Err(CliError::usage(format!("--until {until} is over, it is {} now", session.now())));
        }
        Ok((Scope { rollback: *rollback, only, skip_stale: *skip_stale, bytes_max }, until))
    }
}

impl PaceArgs {
    /// Reads everything that needs no store.
    pub(in crate::cli) fn read(&self) -> Result<ExecutionSettings, CliError> {
        let Self { bandwidth, max_concurrent, streams, grace, settle, mover: _ } = self;
        Ok(ExecutionSettings {
            settle: duration("--settle", settle)?,
            grace: duration("--grace", grace)?,
            per_node: *max_concurrent,
            bandwidth: bandwidth.as_deref().map(rate).transpose()?,
            streams: usize::from(*streams),
        })
    }
}

pub(in crate::cli) fn rate(text: &str) -> Result<NonZeroU64, CliError> {
    let wrong = |e: &dyn std::fmt::Display| CliError::usage(format!("--bandwidth {text:?}: {e}"));
    let size = ByteSize::parse(text.strip_suffix("/s").unwrap_or(text)).map_err(|e| wrong(&e))?;
    NonZeroU64::new(size.0).ok_or_else(|| wrong(&"it must be more than 0 bytes per second"))
}

/// A time to wait, 0 included.
pub(in crate::cli) fn duration(name: &str, text: &str) -> Result<Duration, CliError> {
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    let wrong = |e: &dyn std::fmt::Display| CliError::usage(format!("{name} {text:?}: {e}"));
    let nanos = parse_duration(text).map_err(|e| wrong(&e))?;
    let nanos = u64::try_from(nanos).map_err(|_| wrong(&"a time to wait is not below 0, and less than 500 years"))?;
    Ok(Duration::from_nanos(nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_times() {
        assert_eq!(rate("100MB/s").unwrap().get(), 100_000_000);
        assert_eq!(rate("1MiB").unwrap().get(), 1 << 20);
        for bad in ["", "0", "0B/s", "fast", "-1", "1MB/m"] {
            assert_eq!(rate(bad).unwrap_err().exit_code(), 2, "{bad}");
        }
        assert_eq!(duration("--grace", "0").unwrap(), Duration::ZERO);
        assert_eq!(duration("--grace", "90s").unwrap(), Duration::from_secs(90));
        for bad in ["", "-5s", "soon"] {
            assert_eq!(duration("--grace", bad).unwrap_err().exit_code(), 2, "{bad}");
        }
    }
}
