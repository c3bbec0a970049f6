//! `context get`

use std::time::Duration;

use clap::Args;
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::settings::{Connection, Contexts, PasswordPlace, Settings, Source, Sourced, output_format};
use crate::cli::store::{EtcdAddress, StoreAddress};
use crate::output::{Cell, Column, Row};

/// Show every setting in force, and where it came from.
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {
    /// As if this context were named by --context
    #[arg(value_name = "CONTEXT")]
    name: Option<String>,
}

const COLUMNS: [Column; 3] = [Column::text("setting"), Column::text("value"), Column::text("source")];

/// A setting as it is shown; `None` = not set.
type Shown = (&'static str, Option<Sourced<String>>);

pub(super) fn run(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs { name } = args;
    let mut global = session.global().clone();
    if name.is_some() {
        if global.context.is_some() && global.context != name {
            return Err(CliError::usage("two contexts are named"));
        }
        global.context = name;
    }
    let contexts = Contexts::load(&global, session.environment())?;
    let settings = Settings::resolve(&global, &contexts, session.environment())?;
    let output = output_format(&global, &contexts, session.environment());
    if let Some(chosen) = contexts.chosen.as_ref().filter(|_| settings.context.is_none()) {
        let (name, by, store) = (&chosen.value, &chosen.source, &settings.store.source);
        session.talk().note(&format!("context {name} ({by}) is not in force: the store is named by {store}"));
    }
    let mut shown = vec![("config", contexts.path.as_ref().map(|path| path.with(path.value.display().to_string())))];
    shown.extend(of_store(&settings));
    if let (StoreAddress::Etcd(address), Some(connection)) = (&settings.store.address, &settings.connection) {
        shown.extend(of_connection(address, connection));
    }
    shown.push(("output", Some(output.with(output.value.to_string()))));
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for (setting, found) in shown {
        rows.push(row(setting, found))?;
    }
    rows.finish()?;
    Ok(())
}

fn row(setting: &str, found: Option<Sourced<String>>) -> Row {
    let source = found.as_ref().map(|found| found.source.to_string());
    let value = found.map(|found| found.value);
    let json = json!({"schema": "otlp-part/setting/v1", "setting": setting, "value": value, "source": source});
    Row::with_json(setting, vec![Cell::text(setting), Cell::maybe(value), Cell::maybe(source)], json)
}

fn of_store(settings: &Settings) -> Vec<Shown> {
    let store = Sourced { value: settings.store.address.to_string(), source: settings.store.source.clone() };
    let protected = Sourced {
        value: settings.protected_by.is_some().to_string(),
        source: settings.protected_by.clone().map_or(Source::Default, Source::Context),
    };
    vec![
        ("context", settings.context.clone()),
        ("store", Some(store)),
        ("protected", Some(protected)),
        ("cluster_id", settings.cluster_id.clone()),
    ]
}

fn of_connection(address: &EtcdAddress, connection: &Connection) -> Vec<Shown> {
    let endpoints: Vec<String> = address.endpoints.iter().map(ToString::to_string).collect();
    let endpoints = Sourced { value: endpoints.join(","), source: address.endpoints_source.clone() };
    let tls_source = connection.asks_for_tls().unwrap_or(&address.endpoints_source).clone();
    let user = connection.user.as_ref();
    // Never the password itself, nor how long it is.
    let password = user.map(|user| {
        let word = match &user.password.value {
            PasswordPlace::Given(_) | PasswordPlace::File(_) => "set",
            PasswordPlace::Ask => "unset, asked for",
        };
        user.password.with(word.to_owned())
    });
    let file = user.and_then(|user| match &user.password.value {
        PasswordPlace::File(path) => Some(user.password.with(path.clone())),
        PasswordPlace::Given(_) | PasswordPlace::Ask => None,
    });
    let time = |found: &Sourced<Duration>| Some(found.with(format!("{:?}", found.value)));
    vec![
        ("endpoints", Some(endpoints)),
        ("tls", Some(Sourced { value: address.tls.to_string(), source: tls_source })),
        ("cacert", connection.cacert.clone()),
        ("cert", connection.cert.clone()),
        ("key", connection.key.clone()),
        ("user", user.map(|user| user.name.clone())),
        ("password", password),
        ("password_file", file),
        ("dial_timeout", time(&connection.dial_timeout)),
        ("command_timeout", time(&connection.command_timeout)),
        ("insecure", Some(connection.insecure.with(connection.insecure.value.to_string()))),
    ]
}
