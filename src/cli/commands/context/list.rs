//! `context list`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::settings::Context;
use crate::output::{Cell, Column, Row, Tone};

/// List the contexts of the configuration file.
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {}

const COLUMNS: [Column; 6] = [
    Column::text("context"),
    Column::text("current"),
    Column::text("store"),
    Column::text("protected"),
    Column::text("user").extra(),
    Column::text("cluster_id").extra(),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs {} = args;
    let contexts = session.contexts().clone();
    if contexts.file.contexts.is_empty() {
        let place = contexts.path.map(|path| path.value.display().to_string());
        session.talk().note(&format!("no contexts in {}", place.as_deref().unwrap_or("any configuration file")));
    }
    let current = contexts.chosen.map(|chosen| chosen.value);
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for context in &contexts.file.contexts {
        rows.push(row(context, current.as_deref() == Some(&context.name)))?;
    }
    rows.finish()?;
    Ok(())
}

fn row(context: &Context, current: bool) -> Row {
    let Context { name, store, user, protected, cluster_id, .. } = context;
    let mut mark = Cell::flag(current);
    mark.human = if current { "*" } else { "" }.to_owned();
    let tone = if *protected { Tone::Warn } else { Tone::Plain };
    let cells = vec![
        Cell::text(name.as_str()),
        mark,
        Cell::text(store.as_str()),
        Cell::flag(*protected).toned(tone),
        Cell::maybe(user.clone()),
        Cell::maybe(cluster_id.clone()),
    ];
    let json: Value = json!({
        "schema": "otlp-part/context/v1", "context": name, "current": current, "store": store, "protected": protected,
        "user": user, "cluster_id": cluster_id,
    });
    Row::with_json(name.as_str(), cells, json)
}
