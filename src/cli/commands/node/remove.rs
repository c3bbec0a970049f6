//! `node remove`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::ClusterView;
use crate::operations::nodes::{check_reroute, remove};

use super::parse_node_list;

/// `node remove`
#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveArgs {
    /// The nodes
    #[arg(required = true, value_name = "NODE")]
    nodes: Vec<String>,
    /// Remove although partition records name it
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: RemoveArgs) -> Result<(), CliError> {
    let RemoveArgs { nodes, force, write } = args;
    let ids = parse_node_list(&nodes.join(","))?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    check_reroute(&view, "removing nodes", force)?;
    let change = session.wait(remove(&store, &view, &keys, &ids, force))?;
    drop(store);
    consent::apply(session, &keys, &write, change, "node remove")?;
    Ok(())
}
