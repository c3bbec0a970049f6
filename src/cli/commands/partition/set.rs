//! `partition set`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::node::{parse_node_id, parse_node_list};
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::operations::partitions::{self, PartitionEdit};

use super::list::parse_partition_state;
use super::parse_partition_id;

/// `partition set`
#[derive(Debug, Args)]
pub(in crate::cli) struct SetArgs {
    /// The partition
    #[arg(value_name = "PARTITION")]
    partition: String,
    /// The leader, one of its nodes
    #[arg(long, value_name = "NODE")]
    leader: Option<String>,
    /// The state: active, readonly
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// The nodes that hold full copies; needs --force, as nobody looks at the copies
    #[arg(long, value_name = "NODE,...")]
    nodes: Option<String>,
    /// Bytes of one copy
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,
    /// Records of one copy
    #[arg(long, value_name = "N")]
    record_count: Option<u64>,
    /// Change the nodes although nobody has looked at the copies
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: SetArgs) -> Result<(), CliError> {
    let SetArgs { partition, leader, state, nodes, size, record_count, force, write } = args;
    let id = parse_partition_id(&partition)?;
    let parse_size = |text: String| {
        ByteSize::parse(&text).map(|s| s.0).map_err(|e| CliError::usage(format!("--size {text:?}: {e}")))
    };
    let edit = PartitionEdit {
        leader: leader.map(|text| parse_node_id(&text)).transpose()?,
        state: state.map(|text| parse_partition_state(&text)).transpose()?,
        nodes: nodes.map(|text| parse_node_list(&text)).transpose()?,
        size_bytes: size.map(parse_size).transpose()?,
        record_count,
        force,
    };
    if (PartitionEdit { force: false, ..edit.clone() }) == PartitionEdit::default() {
        return Err(CliError::usage("nothing to change: name a field, such as --leader or --state"));
    }
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (stored, view) = session.wait(partitions::get(&store, &keys, None, id))?;
    let change = partitions::set(&view, &keys, &stored, &edit, session.now())?;
    drop(store);
    consent::apply(session, &keys, &write, change, "partition set")?;
    Ok(())
}
