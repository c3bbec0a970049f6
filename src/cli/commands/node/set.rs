//! `node set`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::topology;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{ByteSize, Location, NodeState, Weight};
use crate::operations::ClusterView;
use crate::operations::nodes::{NodeEdit, set};

use super::selector::Selection;

/// Fields of a node.
#[derive(Clone, Debug, Args)]
pub(super) struct NodeFieldArgs {
    /// Share of the data against other nodes; 1 is usual
    #[arg(long, value_name = "WEIGHT", allow_hyphen_values = true)]
    pub(super) weight: Option<String>,
    /// How much it can hold: 4TB, 500GiB
    #[arg(long, value_name = "SIZE")]
    pub(super) capacity: Option<String>,
    /// Where it stands
    #[arg(long, value_name = "region=R,az=Z,dc=D")]
    pub(super) location: Option<String>,
    /// The availability zone; short for --location az=Z
    #[arg(long, value_name = "ZONE", conflicts_with = "location")]
    pub(super) zone: Option<String>,
    /// Where its data is: file:///path, s3://bucket/prefix
    #[arg(long, value_name = "URL")]
    pub(super) data_url: Option<String>,
}

impl NodeFieldArgs {
    pub(super) fn edit(self) -> Result<NodeEdit, CliError> {
        let Self { weight, capacity, location, zone, data_url } = self;
        let location = location.or_else(|| zone.map(|zone| format!("az={zone}")));
        let usage =
            |name: &str, text: &str, e: &dyn std::fmt::Display| CliError::usage(format!("{name} {text:?}: {e}"));
        Ok(NodeEdit {
            weight: weight.map(|t| Weight::parse(&t).map_err(|e| usage("--weight", &t, &e))).transpose()?,
            capacity_bytes: capacity
                .map(|t| ByteSize::parse(&t).map(|s| s.0).map_err(|e| usage("--capacity", &t, &e)))
                .transpose()?,
            location: location.map(|t| Location::parse(&t).map_err(|e| usage("--location", &t, &e))).transpose()?,
            state: None,
            data_url: data_url.map(|url| check_data_url(&url).map(|()| url)).transpose()?,
        })
    }
}

fn check_data_url(url: &str) -> Result<(), CliError> {
    let known = ["file:///", "s3://"].iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len());
    if known && !url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Ok(())
    } else {
        Err(CliError::usage_hint(
            format!("--data-url {url:?} is no data URL"),
            "use file:///path or s3://bucket/prefix",
        ))
    }
}

/// `node set`
#[derive(Debug, Args)]
pub(in crate::cli) struct SetArgs {
    /// The nodes
    #[arg(value_name = "NODE", required_unless_present_any = ["in_zone", "in_region", "file"])]
    nodes: Vec<String>,
    /// Instead, all nodes of this availability zone (repeatable)
    #[arg(long, value_name = "ZONE", conflicts_with_all = ["nodes", "file"])]
    in_zone: Vec<String>,
    /// Instead, all nodes of this region (repeatable); with --in-zone, those of the zone in this region
    #[arg(long, value_name = "REGION", conflicts_with_all = ["nodes", "file"])]
    in_region: Vec<String>,
    /// Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it
    #[arg(long, value_name = "FILE", conflicts_with = "nodes")]
    file: Option<String>,
    #[command(flatten)]
    fields: NodeFieldArgs,
    /// What it may be used for: active, cordoned (no new partitions), draining (to be emptied), down
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Change weights or zones although partitions without a record would be routed elsewhere
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn parse_state(text: &str) -> Result<NodeState, CliError> {
    NodeState::parse(text)
        .ok_or_else(|| CliError::usage(format!("unknown node state {text:?}: use active, cordoned, draining or down")))
}

pub(super) fn run(session: &mut Session<'_, '_>, args: SetArgs) -> Result<(), CliError> {
    let SetArgs { nodes, in_zone, in_region, file, fields, state, force, write } = args;
    let mut edit = fields.edit()?;
    edit.state = state.map(|text| parse_state(&text)).transpose()?;
    if edit.is_empty() {
        return Err(CliError::usage("nothing to change: name a field, such as --weight or --state"));
    }
    let selection = Selection::read(session, &nodes, in_zone, in_region, file.as_deref())?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let change = set(&view, &keys, &selection.ids(&view)?, &edit)?;
    let change = topology::check(session, (&store, &keys), &view, change, force)?;
    drop(store);
    let written = consent::apply(session, &keys, &write, change, "node set")?;
    if written.is_some() && edit.state == Some(NodeState::Down) {
        session.talk().note("leadership stays where it is: `otlp-part node fail` moves it to live nodes");
    }
    Ok(())
}
