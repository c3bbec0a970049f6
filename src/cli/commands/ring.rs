//! `ring get`, `ring owners`

use clap::{Args, Subcommand};
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::hash::siphash13_str;
use crate::output::{Cell, Column, Row};
use crate::placement::Placer;

use super::route::source::{Source, SourceArgs};

/// The consistent-hash ring.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RingCommand {
    /// Tokens and share of the key space of each node
    Get(GetArgs),
    /// The owners of any key, such as a partition id
    Owners(OwnersArgs),
}

/// `ring get`
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {
    #[command(flatten)]
    source: SourceArgs,
}

/// `ring owners`
#[derive(Debug, Args)]
pub(in crate::cli) struct OwnersArgs {
    /// The keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    source: SourceArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: RingCommand) -> Result<(), CliError> {
    match command {
        RingCommand::Get(args) => get(session, args),
        RingCommand::Owners(args) => owners(session, args),
    }
}

fn get(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs { source } = args;
    let source = Source::open(session, &source)?;
    let topology = source.topology(session)?;
    let Placer::Ring(ring) = topology.placer() else {
        let algorithm = topology.placer().name();
        return Err(CliError::input(format!("the cluster places by {algorithm}, which has no ring")));
    };
    const COLUMNS: [Column; 6] = [
        Column::text("node"),
        Column::number("weight"),
        Column::number("tokens"),
        Column::number("share"),
        Column::text("zone"),
        Column::text("state"),
    ];
    let shares = ring.shares();
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for (node, (tokens, share)) in topology.nodes().iter().zip(shares) {
        let zone = node.location.availability_zone.clone();
        let json = json!({
            "schema": "otlp-part/ring/v1", "node": node.id.as_str(), "weight": node.weight, "tokens": tokens,
            "share": share, "zone": zone, "state": node.state.name(),
        });
        let cells = vec![
            Cell::text(node.id.as_str()),
            Cell::decimal(node.weight.as_f64()),
            Cell::number(tokens),
            Cell::share(share),
            Cell::maybe(zone),
            super::node::state_cell(Some(node.state)),
        ];
        rows.push(Row::with_json(node.id.as_str(), cells, json))?;
    }
    rows.finish()?;
    Ok(())
}

fn owners(session: &mut Session<'_, '_>, args: OwnersArgs) -> Result<(), CliError> {
    let OwnersArgs { keys, source } = args;
    let source = Source::open(session, &source)?;
    let topology = source.topology(session)?;
    const COLUMNS: [Column; 4] =
        [Column::text("key"), Column::text("hash"), Column::text("owners"), Column::text("placement")];
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for key in keys {
        let owners = topology.names(topology.placer().owners_of_key(&key, topology.spec().replication_factor));
        let hash = format!("{:016x}", siphash13_str(&key));
        let json = json!({
            "schema": "otlp-part/ring-owners/v1", "key": key, "hash": hash, "owners": owners,
            "placement": topology.placer().name(),
        });
        let cells = vec![
            Cell::text(key.clone()),
            Cell::text(hash),
            Cell::list(owners.iter().map(ToString::to_string)),
            Cell::text(topology.placer().name()),
        ];
        rows.push(Row::with_json(key, cells, json))?;
    }
    rows.finish()?;
    Ok(())
}
