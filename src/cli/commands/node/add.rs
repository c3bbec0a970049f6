//! `node add`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::topology;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::{consent, input};
use crate::model::Node;
use crate::operations::ClusterView;
use crate::operations::nodes::add;

use super::file::parse_node_file;
use super::parse_node_id;
use super::set::NodeFieldArgs;

/// `node add`
#[derive(Debug, Args)]
pub(in crate::cli) struct AddArgs {
    /// The new nodes; the fields below are given to each
    #[arg(value_name = "NODE", required_unless_present = "file")]
    nodes: Vec<String>,
    /// A JSON file: [{"id": …, "weight": …, "capacity_bytes": …, "location": {…}, "data_url": …}, …]
    #[arg(long, value_name = "FILE", conflicts_with = "nodes")]
    file: Option<String>,
    #[command(flatten)]
    fields: NodeFieldArgs,
    /// Add although partitions without a record would be routed elsewhere
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: AddArgs) -> Result<(), CliError> {
    let AddArgs { nodes, file, fields, force, write } = args;
    let edit = fields.edit()?;
    consent::check(session, &write)?;
    let nodes = match file {
        Some(file) => {
            let text = input::read_text(session.environment(), &file)?;
            parse_node_file(&text, &file)?
        }
        None => nodes.iter().map(|text| parse_node_id(text).map(Node::new)).collect::<Result<Vec<_>, _>>()?,
    };
    let nodes: Vec<Node> = nodes.iter().map(|node| edit.applied_to(node)).collect();
    if nodes.is_empty() {
        return Err(CliError::input("there is no node to add"));
    }
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let change = add(&view, &keys, &nodes)?;
    let change = topology::check(session, (&store, &keys), &view, change, force)?;
    drop(store);
    if consent::apply(session, &keys, &write, change, "node add")?.is_some() {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!("next: otlp-part{store} ring get"));
    }
    Ok(())
}
