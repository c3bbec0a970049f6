//! `partition boundaries`

use std::collections::BTreeMap;

use clap::Args;
use serde_json::json;

use crate::cli::commands::init::read_boundaries;
use crate::cli::commands::route::otlp::report_reading;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::otlp::{Options, Reader};
use crate::output::{Cell, Column, Row};
use crate::partitioner::range::{by_weight, index_in};

/// Suggest range boundaries of service names, for `init --boundaries` and `cluster set boundaries=…`.
#[derive(Debug, Args)]
pub(in crate::cli) struct BoundariesArgs {
    /// alphabetic:N, or a file with one boundary a line to check
    #[arg(value_name = "alphabetic:N|FILE", required_unless_present = "otlp")]
    source: Option<String>,
    /// Weigh the services of an OTLP file by bytes; `-` = stdin
    #[arg(long, value_name = "FILE", conflicts_with = "source", requires = "count")]
    otlp: Option<String>,
    /// How many ranges to make of the OTLP file
    #[arg(long, value_name = "N", requires = "otlp")]
    count: Option<usize>,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: BoundariesArgs) -> Result<(), CliError> {
    let BoundariesArgs { source, otlp, count } = args;
    let (boundaries, weights) = match (source, otlp) {
        (Some(source), _) => (read_boundaries(session, &source)?, None),
        (None, Some(file)) => {
            let weights = weigh(session, &file)?;
            let boundaries =
                by_weight(&weights, count.unwrap_or(0)).map_err(|e| CliError::input(format!("{file}: {e}")))?;
            (boundaries, Some(weights))
        }
        (None, None) => return Err(CliError::usage("name alphabetic:N, a file, or --otlp FILE --count N")),
    };
    const COLUMNS: [Column; 4] =
        [Column::number("index"), Column::text("boundary"), Column::number("services"), Column::number("bytes")];
    let mut totals = vec![(0_u64, 0_u64); boundaries.len()];
    for (name, bytes) in weights.iter().flatten() {
        let slot = &mut totals[index_in(&boundaries, name) as usize];
        *slot = (slot.0 + 1, slot.1 + bytes);
    }
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for (index, (boundary, (services, bytes))) in boundaries.iter().zip(totals).enumerate() {
        let known = weights.is_some();
        let json = json!({
            "schema": "otlp-part/boundary/v1", "index": index, "boundary": boundary,
            "services": known.then_some(services), "bytes": known.then_some(bytes),
        });
        let cells = vec![
            Cell::number(index as u64),
            Cell::text(boundary.clone()),
            if known { Cell::number(services) } else { Cell::none() },
            if known { Cell::bytes(bytes) } else { Cell::none() },
        ];
        rows.push(Row::with_json(boundary.clone(), cells, json))?;
    }
    rows.finish()?;
    Ok(())
}

/// Bytes of each service in an OTLP input.
fn weigh(session: &mut Session<'_, '_>, file: &str) -> Result<BTreeMap<String, u64>, CliError> {
    let input::Input { name, reader } = input::open(session.environment(), file)?;
    let wrong = |source| CliError::Otlp { name: name.clone(), source };
    let mut weights: BTreeMap<String, u64> = BTreeMap::new();
    let mut reader = Reader::open(reader, Options::default()).map_err(wrong)?;
    let totals = reader
        .for_each(|unit| match weights.get_mut(unit.service) {
            Some(bytes) => *bytes += unit.bytes,
            None => {
                weights.insert(unit.service.to_owned(), unit.bytes);
            }
        })
        .map_err(wrong)?
        .clone();
    drop(reader);
    report_reading(session, &name, &totals);
    Ok(weights)
}
