//! `simulate --compare-placements`

use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::simulate::compare::{Compared, compare_placements};
use crate::output::{Cell, Column, Row};

use super::request::Request;
use super::show::rounded;
use super::source::Ground;

const SCHEMA: &str = "otlp-part/placement-comparison/v1";

const COLUMNS: [Column; 11] = [
    Column::text("placement"),
    Column::number("skew"),
    Column::number("partition_skew"),
    Column::number("leader_skew"),
    Column::number("open_leader_skew"),
    Column::number("zone_spread"),
    Column::number("skew_after"),
    Column::number("moved_replicas"),
    Column::number("moved_bytes"),
    Column::number("moved_fraction"),
    Column::number("minimum_fraction"),
];

pub(super) fn run(session: &mut Session<'_, '_>, request: &Request, ground: &Ground) -> Result<(), CliError> {
    let all = compare_placements(&ground.setup, &ground.partitions, &request.changes)?;
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for compared in &all {
        rows.push(row(compared, request))?;
    }
    rows.finish()?;
    Ok(())
}

fn row(compared: &Compared, request: &Request) -> Row {
    let Compared { algorithm, before, zone_spread, after } = compared;
    let open = before.open.as_ref().map(|(_, leaders)| rounded(leaders.skew));
    let share = |ratio: f64| Cell::share(rounded(ratio));
    let none = || Cell::none();
    let mut cells = vec![
        Cell::text(algorithm.name()),
        share(before.skew),
        share(before.partition_skew),
        share(before.leaders.skew),
        open.map_or_else(none, Cell::share),
        Cell::number(*zone_spread),
    ];
    match after {
        None => cells.extend((0..5).map(|_| none())),
        Some((after, moved)) => cells.extend([
            share(after.skew),
            Cell::number(moved.replicas),
            Cell::bytes(moved.bytes),
            share(moved.fraction),
            share(moved.minimum_fraction),
        ]),
    }
    let json = json!({
        "schema": SCHEMA, "placement": algorithm.name(), "skew": rounded(before.skew),
        "partition_skew": rounded(before.partition_skew), "leader_skew": rounded(before.leaders.skew),
        "open_leader_skew": open, "zone_spread": zone_spread, "seed": request.seed,
        "after": after.as_ref().map(|(after, moved)| json!({
            "skew": rounded(after.skew), "partition_skew": rounded(after.partition_skew),
            "leader_skew": rounded(after.leaders.skew), "moved_replicas": moved.replicas, "moved_bytes": moved.bytes,
            "moved_fraction": rounded(moved.fraction), "minimum_fraction": rounded(moved.minimum_fraction),
        })),
    });
    Row::with_json(algorithm.name(), cells, json)
}
