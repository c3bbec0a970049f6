//! What a command goes by: which store, how to reach it, and where each setting came from.
//!
//! Precedence, for each setting by itself: the flag, the context named by `--context`, the environment (`OTLP_PART_…`),
//! the current context, the default. Below everything are etcdctl's variables, for an address `etcd:` alone.
//!
//! Invariant: a context holds as a whole. Its TLS files and login are used for its own store, or where `--context` on
//! the command line names it together with another; a password is never sent to a store that it was not meant for.

mod connection;
mod contexts;
mod edit;
mod file;
mod login;
mod source;

pub(super) use connection::{Connection, ConnectionArgs, PasswordPlace, fault, fault_in};
pub(super) use contexts::{Contexts, config_path, read_config};
pub(super) use edit::with_current_context;
pub(super) use file::Context;
pub(super) use login::etcd_config;
pub(super) use source::{Source, Sourced};

use super::Environment;
use super::args::GlobalArgs;
use super::error::CliError;
use super::store::{EtcdAddress, StoreAddress, StoreChoice, default_address, parse_address};
use crate::output::Format;
use connection::Layers;

/// What a command goes by.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) store: StoreChoice,
    /// How the store is reached, if it is an etcd.
    pub(super) connection: Option<Connection>,
    /// The context in force: its name, and who named it.
    pub(super) context: Option<Sourced<String>>,
    /// The protected context whose name every write wants.
    pub(super) protected_by: Option<String>,
    /// The cluster that must be found in the store.
    pub(super) cluster_id: Option<Sourced<String>>,
}

impl Settings {
    /// Reads all of it out of arguments, contexts and environment.
    pub(super) fn resolve(
        global: &GlobalArgs,
        contexts: &Contexts,
        environment: &Environment<'_>,
    ) -> Result<Self, CliError> {
        let (text, context) = chosen_store(global, contexts, environment)?;
        let mut address = match &text {
            Some(text) => parse_address(text, environment)?,
            None => default_address(environment)?,
        };
        let connection = match &mut address {
            StoreAddress::Etcd(address) => {
                let etcdctl = address.endpoints_source == Source::Variable("ETCDCTL_ENDPOINTS".to_owned());
                let connection = Layers::new(&global.connection, context, etcdctl, environment).connection()?;
                Some(settle_tls(address, connection)?)
            }
            StoreAddress::File(_) | StoreAddress::Snapshot(_) | StoreAddress::SnapshotStdin => None,
        };
        let source = text.map_or(Source::Default, |text| text.source);
        let argument = argument(global, contexts, &source, &address);
        let named = context.map(|(context, _)| context);
        Ok(Self {
            protected_by: protection(named, &address, contexts, environment),
            context: named.and(contexts.chosen.clone()),
            cluster_id: named.and_then(|context| {
                let id = context.cluster_id.clone()?;
                Some(Sourced { value: id, source: Source::Context(context.name.clone()) })
            }),
            store: StoreChoice { address, source, argument },
            connection,
        })
    }
}

/// The output format: the flag's, else the one of the context in force.
pub(super) fn output_format(
    global: &GlobalArgs,
    contexts: &Contexts,
    environment: &Environment<'_>,
) -> Sourced<Format> {
    if let Some(format) = &global.output {
        return Sourced { value: format.clone(), source: Source::Flag("--output".to_owned()) };
    }
    let context = chosen_store(global, contexts, environment).ok().and_then(|(_, context)| context);
    let of_context = context.and_then(|(context, _)| {
        let source = Source::Context(context.name.clone());
        context.output.clone().map(|value| Sourced { value, source })
    });
    of_context.unwrap_or_else(|| Sourced::default(Format::default()))
}

/// The store's address as a text, and the context that goes with it.
type ChosenStore<'c> = (Option<Sourced<String>>, Option<(&'c Context, bool)>);

fn chosen_store<'c>(
    global: &GlobalArgs,
    contexts: &'c Contexts,
    environment: &Environment<'_>,
) -> Result<ChosenStore<'c>, CliError> {
    let variable = environment.variable("OTLP_PART_STORE").map(|text| {
        let source = Source::Variable("OTLP_PART_STORE".to_owned());
        Sourced { value: text.to_owned(), source }
    });
    if let Some(text) = &global.store {
        let flag = Sourced { value: text.clone(), source: Source::Flag("--store".to_owned()) };
        let together = if global.context.is_some() { contexts.context()? } else { None };
        return Ok((Some(flag), together));
    }
    let by_variable = contexts.chosen.as_ref().is_some_and(|chosen| matches!(chosen.source, Source::Variable(_)));
    match variable {
        Some(_) if by_variable => Err(CliError::usage_hint(
            "OTLP_PART_STORE and OTLP_PART_CONTEXT are both set, and name a store each",
            "unset one of them, or say it with --store or --context",
        )),
        Some(variable) if global.context.is_none() => Ok((Some(variable), None)),
        Some(_) | None => Ok(match contexts.context()? {
            Some((context, named)) => {
                let source = Source::Context(context.name.clone());
                (Some(Sourced { value: context.store.clone(), source }), Some((context, named)))
            }
            None => (None, None),
        }),
    }
}

/// TLS as address and files say together; and no password in plain over a network.
fn settle_tls(address: &mut EtcdAddress, connection: Connection) -> Result<Connection, CliError> {
    match connection.asks_for_tls() {
        // etcdctl takes its certificates along for http:// and does not use them.
        Some(Source::Variable(name)) if address.plain && name.starts_with("ETCDCTL_") => {
            let (cacert, cert, key) = (None, None, None);
            return guard_password(address, Connection { cacert, cert, key, ..connection });
        }
        Some(source) if address.plain => {
            let message = "TLS is asked for, but ETCDCTL_ENDPOINTS has http:// endpoints, which are plain";
            return Err(fault(source, message, "let the endpoints begin with https://"));
        }
        Some(_) => address.tls = true,
        None => {}
    }
    guard_password(address, connection)
}

fn guard_password(address: &EtcdAddress, connection: Connection) -> Result<Connection, CliError> {
    let Some(user) = &connection.user else { return Ok(connection) };
    let away = address.endpoints.iter().find(|endpoint| !endpoint.is_loopback());
    match away {
        Some(endpoint) if !address.tls && !connection.insecure.value => Err(fault(
            &user.name.source,
            &format!("the password would be sent to {endpoint} in plain"),
            "use etcds://… for TLS, or --insecure to send it all the same",
        )),
        Some(_) | None => Ok(connection),
    }
}

/// What names the same store in a further command.
fn argument(global: &GlobalArgs, contexts: &Contexts, source: &Source, address: &StoreAddress) -> String {
    let mut text = String::new();
    if let Some(path) = contexts.path.as_ref().filter(|path| matches!(path.source, Source::Flag(_)))
        && !matches!(source, Source::Flag(name) if name == "--store")
    {
        text.push_str(&format!(" --config {}", path.value.display()));
    }
    if let Some(name) = &global.context {
        text.push_str(&format!(" --context {name}"));
    }
    if matches!(source, Source::Flag(name) if name == "--store") {
        text.push_str(&format!(" --store {}", global.store.as_deref().unwrap_or_default()));
    }
    if matches!(address, StoreAddress::Etcd(_)) {
        text.push_str(&global.connection.repeated());
    }
    text
}

/// The protected context that the store belongs to, whichever way the store was named.
fn protection(
    named: Option<&Context>,
    address: &StoreAddress,
    contexts: &Contexts,
    environment: &Environment<'_>,
) -> Option<String> {
    let is_its_store = |context: &&Context| {
        let text = Sourced { value: context.store.clone(), source: Source::Context(context.name.clone()) };
        parse_address(&text, environment).is_ok_and(|its| its.may_be(address))
    };
    let named = named.filter(|context| context.protected);
    let other = || contexts.file.contexts.iter().filter(|context| context.protected).find(is_its_store);
    named.or_else(other).map(|context| context.name.clone())
}

#[cfg(test)]
mod tests;
