//! What a new cluster is to be: its spec and nodes, out of flags and a file.

use serde::Deserialize;

use crate::cli::commands::node::file::{NodeFile, parse_nodes};
use crate::cli::commands::node::parse_node_list;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::model::{ClusterSpec, Node, Strategy};
use crate::operations::founding::Existing;
use crate::operations::spec_diff::unknown_field;

use super::{InitArgs, read_boundaries};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClusterFile {
    nodes: Vec<NodeFile>,
    #[serde(default)]
    cluster: serde_json::Map<String, serde_json::Value>,
}

/// The spec and nodes that the arguments ask for.
///
/// # Errors
/// What a flag says that cannot be is a wrong command line; what a file says is wrong input.
pub(super) fn desired(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    existing: Option<&Existing>,
) -> Result<(ClusterSpec, Vec<Node>), CliError> {
    let InitArgs {
        nodes,
        file,
        replication_factor,
        boundaries,
        strategy,
        granularity_hours,
        retention_days,
        hash_buckets,
        hash,
        placement,
        virtual_nodes,
        signal,
        adopt: _,
        force: _,
        write: _,
    } = args;
    let (mut json, nodes) = match (file, nodes) {
        (Some(file), _) => {
            let text = input::read_text(session.environment(), file)?;
            let parsed: ClusterFile =
                serde_json::from_str(&text).map_err(|e| CliError::input(format!("{file} is no cluster file: {e}")))?;
            (parsed.cluster, parse_nodes(parsed.nodes, file)?)
        }
        (None, Some(list)) => {
            let ids = parse_node_list(list)?;
            (serde_json::Map::new(), ids.into_iter().map(Node::new).collect())
        }
        (None, None) => {
            let Some(existing) = existing else { return Err(CliError::usage("init needs --nodes or --file")) };
            (serde_json::Map::new(), existing.nodes.iter().cloned().map(Node::new).collect())
        }
    };
    let mut partitioning = match json.remove("partitioning") {
        Some(serde_json::Value::Array(mut versions)) if versions.len() == 1 && versions[0].is_object() => {
            versions.remove(0)
        }
        Some(object @ serde_json::Value::Object(_)) => object,
        None => serde_json::json!({}),
        Some(_) => return Err(CliError::input("partitioning of a new cluster is one object")),
    };
    let mut set = |name: &str, value: Option<serde_json::Value>| {
        if let Some(value) = value {
            partitioning[name] = value;
        }
    };
    if let Some(text) = boundaries {
        set("boundaries", Some(read_boundaries(session, text)?.into()));
        let default = serde_json::to_value(Strategy::TimeRange).unwrap_or_default();
        set("strategy", Some(default));
    }
    set("strategy", strategy.clone().map(Into::into));
    set("granularity_hours", granularity_hours.map(Into::into));
    set("retention_days", retention_days.map(Into::into));
    set("hash_buckets", hash_buckets.map(Into::into));
    set("hash", hash.clone().map(Into::into));
    json.insert("partitioning".into(), serde_json::json!([partitioning]));
    if placement.is_some() || virtual_nodes.is_some() {
        let slot = json.entry("placement").or_insert_with(|| serde_json::json!({}));
        if !slot.is_object() {
            return Err(CliError::input("placement of a cluster file is an object, such as {\"algorithm\": \"ring\"}"));
        }
        if let Some(algorithm) = placement {
            slot["algorithm"] = algorithm.clone().into();
        }
        if let Some(n) = virtual_nodes {
            slot["virtual_nodes"] = (*n).into();
        }
    }
    if let Some(n) = replication_factor {
        json.insert("replication_factor".into(), (*n).into());
    }
    if let Some(signal) = signal {
        json.insert("signal".into(), signal.clone().into());
    }
    if existing.is_some() {
        // Others write to it: they made the records.
        json.insert("foreign_writers".into(), true.into());
    }
    json.insert("schema".into(), crate::model::cluster_spec::SCHEMA.into());
    let random = session.environment().random;
    json.insert("cluster_id".into(), format!("{:016x}{:016x}", random(), random()).into());
    let text = serde_json::Value::Object(json).to_string();
    let spec = ClusterSpec::parse(text.as_bytes()).map_err(|e| {
        let message = format!("the cluster spec: {e}");
        if file.is_some() { CliError::input(message) } else { CliError::usage(message) }
    })?;
    let asked: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(field) = unknown_field(&asked, &serde_json::to_value(&spec).unwrap_or_default()) {
        return Err(CliError::input(format!("the cluster spec has no field {field}")));
    }
    Ok((spec, nodes))
}
