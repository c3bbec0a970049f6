//! What is asked of the planner, as words of the command line.

use clap::{Args, ValueEnum};

use crate::cli::commands::node::parse_node_id;
use crate::cli::commands::partition::parse_partition_id;
use crate::cli::error::CliError;
use crate::model::ratio::parse_ratio;
use crate::model::{ByteSize, NodeId, PartitionId};
use crate::operations::rebalance::LayoutOptions;
use crate::operations::rebalance::planning::PlanRequest;
use crate::planner::Prefer;
use crate::planner::settings::PPM;

/// What is planned.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is planned")]
pub(in crate::cli) struct RequestArgs {
    /// Half width of the band round its target that every node is brought into
    #[arg(long, value_name = "RATIO", default_value = "2%")]
    band: String,
    /// Balance nothing unless a node deviates by more than this from its target, or is more than 85 % full
    #[arg(long, value_name = "RATIO")]
    threshold: Option<String>,
    /// Move at most so many bytes for balance
    #[arg(long, value_name = "SIZE")]
    max_bytes: Option<String>,
    /// Make at most so many moves for balance
    #[arg(long, value_name = "N")]
    max_moves: Option<u64>,
    /// Only hand leaderships over; no data moves
    #[arg(long)]
    leaders_only: bool,
    /// Empty this node too, beside those that are Draining (repeatable)
    #[arg(long, value_name = "NODE")]
    drain: Vec<String>,
    /// Bring only this node into its band (repeatable)
    #[arg(long, value_name = "NODE")]
    relieve: Vec<String>,
    /// Exactly this move and nothing else (repeatable, also with --leader)
    #[arg(
        long = "move",
        value_name = "PID,from=NODE,to=NODE",
        conflicts_with_all = ["threshold", "max_bytes", "max_moves", "leaders_only", "drain", "relieve"]
    )]
    moves: Vec<String>,
    /// Exactly this leader and nothing else (repeatable, also with --move)
    #[arg(
        long = "leader",
        value_name = "PID=NODE",
        conflicts_with_all = ["threshold", "max_bytes", "max_moves", "leaders_only", "drain", "relieve"]
    )]
    leaders: Vec<String>,
    /// Leave this node as it is (repeatable)
    #[arg(long, value_name = "NODE")]
    exclude_node: Vec<String>,
    /// Leave this partition where it is (repeatable)
    #[arg(long, value_name = "PARTITION")]
    exclude_partition: Vec<String>,
    /// Move partitions of time buckets that are still being written, too
    #[arg(long)]
    include_open: bool,
    /// Which replicas are picked when several would do: evenly over age, so that retention does not undo the balance, or
    /// the largest first
    #[arg(long, value_name = "HOW", default_value = "uniform")]
    prefer: PreferArg,
    /// Rebuild copies even while a whole zone or more than a tenth of the nodes is down
    #[arg(long)]
    allow_mass_repair: bool,
    /// Assumed bytes per second into a node and out of it, for the estimate of the time
    #[arg(long, value_name = "SIZE", default_value = "100MB")]
    bandwidth: String,
    /// Assumed copies at a time per node, for the estimate [default: what the cluster spec says]
    #[arg(long, value_name = "N")]
    max_concurrent: Option<u32>,
}

/// `--prefer`
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PreferArg {
    Uniform,
    FewestMoves,
}

impl From<PreferArg> for Prefer {
    fn from(arg: PreferArg) -> Self {
        match arg {
            PreferArg::Uniform => Self::Uniform,
            PreferArg::FewestMoves => Self::FewestMoves,
        }
    }
}

impl RequestArgs {
    /// Reads everything that needs no store.
    pub(super) fn read(self) -> Result<PlanRequest, CliError> {
        let Self {
            band,
            threshold,
            max_bytes,
            max_moves,
            leaders_only,
            drain,
            relieve,
            moves,
            leaders,
            exclude_node,
            exclude_partition,
            include_open,
            prefer,
            allow_mass_repair,
            bandwidth,
            max_concurrent,
        } = self;
        let drain = nodes(&drain)?;
        let exclude_nodes = nodes(&exclude_node)?;
        if let Some(node) = drain.iter().find(|node| exclude_nodes.contains(node)) {
            return Err(CliError::usage(format!("node {node} is both to be emptied and to be left as it is")));
        }
        let relieve = nodes(&relieve)?;
        if let Some(node) = relieve.iter().find(|node| exclude_nodes.contains(node)) {
            return Err(CliError::usage(format!("node {node} is both to be relieved and to be left as it is")));
        }
        let layout = LayoutOptions {
            include_open,
            drain,
            exclude_nodes,
            exclude_partitions: exclude_partition.iter().map(|id| parse_partition_id(id)).collect::<Result<_, _>>()?,
            pass_over_unknown: false,
        };
        let node_bytes_per_second = size("--bandwidth", &bandwidth)?;
        if node_bytes_per_second == 0 {
            return Err(CliError::usage("--bandwidth must be more than 0 bytes per second"));
        }
        if max_concurrent == Some(0) {
            return Err(CliError::usage("--max-concurrent must be at least 1"));
        }
        Ok(PlanRequest {
            layout,
            band_ppm: band_of(&band)?,
            threshold_ppm: threshold.map(|text| ppm("--threshold", &text)).transpose()?,
            bytes_max: max_bytes.map(|text| size("--max-bytes", &text)).transpose()?,
            moves_max: max_moves,
            leaders_only,
            prefer: prefer.into(),
            relieve,
            moves: moves.iter().map(|text| chosen_move(text)).collect::<Result<_, _>>()?,
            leaders: leaders.iter().map(|text| chosen_leader(text)).collect::<Result<_, _>>()?,
            allow_mass_repair,
            node_bytes_per_second,
            migrations_per_node: max_concurrent,
        })
    }
}

fn size(name: &str, text: &str) -> Result<u64, CliError> {
    ByteSize::parse(text).map(|size| size.0).map_err(|e| CliError::usage(format!("{name} {text:?}: {e}")))
}

fn ppm(name: &str, text: &str) -> Result<u32, CliError> {
    let ratio = parse_ratio(text).map_err(|e| CliError::usage(format!("{name} {text:?}: {e}")))?;
    // At most 10, by the ratio's own grammar.
    Ok((ratio * PPM as f64).round() as u32)
}

fn band_of(text: &str) -> Result<u32, CliError> {
    let band = ppm("--band", text)?;
    if (1..=500_000).contains(&band) {
        return Ok(band);
    }
    Err(CliError::usage(format!("--band {text:?}: a band lies above 0 % and goes up to 50 %")))
}

/// Node ids, each once.
fn nodes(texts: &[String]) -> Result<Vec<NodeId>, CliError> {
    let mut ids: Vec<NodeId> = Vec::with_capacity(texts.len());
    for text in texts.iter().flat_map(|text| text.split(',')) {
        let id = parse_node_id(text.trim())?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// `PID,from=A,to=B`
fn chosen_move(text: &str) -> Result<(PartitionId, NodeId, NodeId), CliError> {
    let wrong = |reason: &str| {
        CliError::usage_hint(
            format!("--move {text:?}: {reason}"),
            "such as --move partition_489542_0051,from=node-1,to=node-2",
        )
    };
    let mut parts = text.split(',').map(str::trim);
    let id = parse_partition_id(parts.next().unwrap_or_default())?;
    let (mut from, mut to) = (None, None);
    for part in parts {
        let (name, node) = part.split_once('=').ok_or_else(|| wrong("from=NODE and to=NODE follow the partition"))?;
        let place = match name {
            "from" => &mut from,
            "to" => &mut to,
            _ => return Err(wrong(&format!("{name:?} is neither from nor to"))),
        };
        if place.replace(parse_node_id(node)?).is_some() {
            return Err(wrong(&format!("{name} is given twice")));
        }
    }
    match (from, to) {
        (Some(from), Some(to)) if from == to => Err(wrong("it moves from a node to itself")),
        (Some(from), Some(to)) => Ok((id, from, to)),
        (None, _) | (_, None) => Err(wrong("it needs from=NODE and to=NODE")),
    }
}

/// `PID=NODE`
fn chosen_leader(text: &str) -> Result<(PartitionId, NodeId), CliError> {
    let (id, node) = text.split_once('=').ok_or_else(|| {
        CliError::usage_hint(
            format!("--leader {text:?} is not of the form PID=NODE"),
            "such as --leader partition_489542_0051=node-2",
        )
    })?;
    Ok((parse_partition_id(id.trim())?, parse_node_id(node.trim())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_moves_and_leaders() {
        let (id, from, to) = chosen_move("partition_489542_0051,from=n1,to=n2").unwrap();
        assert_eq!((id.to_string().as_str(), from.as_str(), to.as_str()), ("partition_489542_0051", "n1", "n2"));
        assert_eq!(chosen_move("partition_489542_0051, to=n2, from=n1").unwrap(), (id, from, to.clone()));
        assert_eq!(chosen_leader("partition_489542_0051=n2").unwrap(), (id, to));
        for (text, told) in [
            ("", "partition id"),
            ("partition_489542_51,from=a,to=b", "partition id"),
            ("partition_489542_0051", "needs from=NODE and to=NODE"),
            ("partition_489542_0051,from=a", "needs from=NODE and to=NODE"),
            ("partition_489542_0051,from=a,to=a", "to itself"),
            ("partition_489542_0051,from=a,from=b,to=c", "from is given twice"),
            ("partition_489542_0051,a,b", "follow the partition"),
            ("partition_489542_0051,from=a,to=b,via=c", "neither from nor to"),
            ("partition_489542_0051,from=a,to=b/c", "node id"),
        ] {
            let error = chosen_move(text).unwrap_err();
            assert!(error.to_string().contains(told) && error.exit_code() == 2, "{text}: {error}");
        }
        for text in ["", "partition_489542_0051", "x=n", "partition_489542_0051=", "partition_489542_0051=a=b"] {
            assert_eq!(chosen_leader(text).unwrap_err().exit_code(), 2, "{text}");
        }
    }

    #[test]
    fn ratios_are_parts_per_million() {
        assert_eq!(ppm("--threshold", "20%").unwrap(), 200_000);
        assert_eq!(band_of("0.5%").unwrap(), 5_000);
        assert_eq!(band_of("0.02").unwrap(), 20_000);
        for bad in ["0", "0%", "20", "51%", "1000%", "x", "-2%", ""] {
            assert_eq!(band_of(bad).unwrap_err().exit_code(), 2, "{bad}");
        }
    }
}
