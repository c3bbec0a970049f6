//! What is scrubbed, and how, as words of the command line.

use std::num::NonZeroU64;

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::request::rate;
use crate::cli::commands::node::parse_node_id;
use crate::cli::commands::partition::{parse_partition_id, parse_partition_ids};
use crate::cli::commands::route::range::{RangeArgs, Span};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::NodeId;
use crate::model::ratio::parse_ratio;
use crate::operations::copying::{CopySettings, Depth, STREAMS_MAX};
use crate::operations::listing::PartitionFilter;
use crate::operations::scrub::{Sample, Scope};

/// Look at the copies of partitions: against their sidecars, and against each other.
///
/// Every segment of every listed copy on a node that is up is read. Without --repair nothing is written, and bad copies end it with
/// exit code 3. With it, what is bad is kept aside and made anew from a good copy; the same command goes on after any crash.
#[derive(Debug, Args)]
pub(in crate::cli) struct ScrubArgs {
    /// Repair what is bad from good copies
    #[arg(long)]
    repair: bool,
    /// This partition alone (repeatable)
    #[arg(long, value_name = "PARTITION")]
    partition: Vec<String>,
    /// Partitions of which this node holds a copy (repeatable)
    #[arg(long, value_name = "NODE")]
    node: Vec<String>,
    /// A part of the partitions, chosen at random: 5% or 0.05
    #[arg(long, value_name = "RATIO")]
    sample: Option<String>,
    /// Which part; the same number chooses the same partitions [default: random, and said]
    #[arg(long, value_name = "N", requires = "sample")]
    seed: Option<u64>,
    /// Look at sidecars and lengths only, which finds what is missing and not what is flipped
    #[arg(long)]
    quick: bool,
    /// Go on behind this partition
    #[arg(long, value_name = "PARTITION")]
    after: Option<String>,
    /// At most so many bytes per second out of each node, and as many into it, such as 100MB/s
    #[arg(long, value_name = "RATE")]
    bandwidth: Option<String>,
    /// Segments of one copy at the same time, 1 to 4
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=STREAMS_MAX as i64))]
    streams: u8,
    /// Repair although a whole zone or more than 10 % of the nodes is down
    #[arg(long, requires = "repair")]
    allow_mass_repair: bool,
    #[command(flatten)]
    range: RangeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// What is asked for.
pub(super) struct Request {
    pub(super) repair: bool,
    pub(super) scope: Scope,
    pub(super) depth: Depth,
    pub(super) settings: CopySettings,
    pub(super) bandwidth: Option<NonZeroU64>,
    pub(super) allow_mass_repair: bool,
    /// The words that a command needs to go on with the same, without `--after`.
    words: Vec<String>,
}

impl ScrubArgs {
    /// Reads everything that needs no store.
    pub(super) fn read(self, session: &mut Session<'_, '_>) -> Result<(Request, WriteArgs), CliError> {
        let Self {
            repair,
            partition,
            node,
            sample,
            seed,
            quick,
            after,
            bandwidth,
            streams,
            allow_mass_repair,
            range,
            write,
        } = self;
        if !repair && (write.dry_run || write.yes || write.reason.is_some() || write.confirm.is_some()) {
            let hint = "--repair --dry-run looks, and says what would be repaired";
            return Err(CliError::usage_hint("without --repair nothing is written", hint));
        }
        if session.global().at.is_some() {
            return Err(CliError::usage("--at reads the past, and the data of nodes is what it is now"));
        }
        let mut words = Vec::new();
        let mut word = |is_given: bool, text: String| words.extend(is_given.then_some(text));
        word(repair, "--repair".to_owned());
        word(quick, "--quick".to_owned());
        partition.iter().for_each(|id| word(true, format!("--partition {id}")));
        node.iter().for_each(|id| word(true, format!("--node {id}")));
        word(bandwidth.is_some(), format!("--bandwidth {}", bandwidth.as_deref().unwrap_or_default()));
        word(allow_mass_repair, "--allow-mass-repair".to_owned());
        let time = match range.span(session)? {
            Span::Given(range) => Some(range),
            Span::NotGiven => None,
        };
        if let Some(range) = time {
            word(true, format!("--from {} --to {}", range.start(), range.end()));
        }
        let sample = match sample {
            None => None,
            Some(text) => {
                let seed = seed.unwrap_or_else(|| (session.environment().random)());
                word(true, format!("--sample {text} --seed {seed}"));
                Some(Sample { share: share(&text)?, seed })
            }
        };
        let nodes: Vec<NodeId> = node.iter().map(|text| parse_node_id(text)).collect::<Result<_, _>>()?;
        let scope = Scope {
            partitions: parse_partition_ids(&partition)?,
            filter: PartitionFilter { range: time, nodes, ..PartitionFilter::default() },
            sample,
            after: after.as_deref().map(parse_partition_id).transpose()?,
        };
        let request = Request {
            repair,
            scope,
            depth: if quick { Depth::Sidecars } else { Depth::Bytes },
            settings: CopySettings { streams: usize::from(streams), expect_data: false },
            bandwidth: bandwidth.as_deref().map(rate).transpose()?,
            allow_mass_repair,
            words,
        };
        Ok((request, write))
    }
}

/// A share of the partitions, not 0 and not above all of them.
fn share(text: &str) -> Result<f64, CliError> {
    let wrong = |e: &dyn std::fmt::Display| CliError::usage(format!("--sample {text:?}: {e}"));
    let share = parse_ratio(text).map_err(|e| wrong(&e))?;
    if share > 0.0 && share <= 1.0 { Ok(share) } else { Err(wrong(&"it must be above 0 and at most 100%")) }
}

impl Request {
    /// The command that does the same, behind `after` if that is given.
    pub(super) fn command(&self, store: &str, more: &[String]) -> String {
        let words: Vec<&str> = self.words.iter().chain(more).map(String::as_str).collect();
        format!("otlp-part{store} data scrub {}", words.join(" ")).trim_end().to_owned()
    }

    /// Whether data is written, given whether somebody agreed to that.
    pub(super) fn is_changing(&self, is_agreed: bool) -> bool {
        self.repair && is_agreed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        assert!((share("5%").unwrap() - 0.05).abs() < 1e-12);
        assert!((share("1").unwrap() - 1.0).abs() < 1e-12);
        for bad in ["0", "0%", "101%", "5", "x", ""] {
            assert_eq!(share(bad).unwrap_err().exit_code(), 2, "{bad}");
        }
    }
}
