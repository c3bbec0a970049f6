//! What `init` was asked for: the spec and nodes out of flags and a file.

use serde_json::{Map, Value, json};

use crate::cli::commands::node::parse_node_list;
use crate::cli::commands::scenario::Scenario;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::model::cluster_spec::{SCHEMA, check_boundaries};
use crate::model::{ClusterSpec, Node, Strategy};
use crate::operations::spec_diff::{DesiredCluster, unknown_field};
use crate::partitioner::range;

use super::InitArgs;

/// The fields of the spec that a file has, and the nodes of the file or the list.
pub(super) fn described(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
) -> Result<(Map<String, Value>, Vec<Node>), CliError> {
    match (&args.file, &args.nodes) {
        (Some(file), _) => {
            let text = input::read_text(session.environment(), file)?;
            let DesiredCluster { spec, nodes } = Scenario::parse(&text, file)?.wanted(file)?;
            let nodes = nodes.ok_or_else(|| CliError::input(format!("{file} is no cluster file: it has no nodes")))?;
            Ok((spec, nodes.into_iter().map(|(id, edit)| edit.applied_to(&Node::new(id))).collect()))
        }
        (None, Some(list)) => Ok((Map::new(), parse_node_list(list)?.into_iter().map(Node::new).collect())),
        (None, None) if args.adopt => Ok((Map::new(), Vec::new())),
        (None, None) => Err(CliError::usage("init needs --nodes or --file")),
    }
}

/// The spec that the flags ask for, over the fields that a file has.
pub(super) fn spec(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    mut json: Map<String, Value>,
) -> Result<ClusterSpec, CliError> {
    let partitioning = match json.remove("partitioning") {
        Some(Value::Array(mut versions)) if versions.len() == 1 && versions[0].is_object() => versions.remove(0),
        Some(object @ Value::Object(_)) => object,
        None => json!({}),
        Some(_) => return Err(CliError::input("partitioning of a new cluster is one object")),
    };
    let partitioning = with_partitioning_flags(session, args, partitioning)?;
    json.insert("partitioning".into(), json!([partitioning]));
    with_placement_flags(args, &mut json)?;
    if let Some(n) = args.replication_factor {
        json.insert("replication_factor".into(), n.into());
    }
    if let Some(signal) = &args.signal {
        json.insert("signal".into(), signal.clone().into());
    }
    if args.adopt {
        // Whoever wrote the records goes on to.
        json.insert("foreign_writers".into(), true.into());
    }
    json.insert("schema".into(), SCHEMA.into());
    let random = session.environment().random;
    json.insert("cluster_id".into(), format!("{:016x}{:016x}", random(), random()).into());
    let text = Value::Object(json).to_string();
    let spec = ClusterSpec::parse(text.as_bytes()).map_err(|e| {
        let message = format!("the cluster spec: {e}");
        // Without a file the flags alone are wrong.
        if args.file.is_some() { CliError::input(message) } else { CliError::usage(message) }
    })?;
    let asked: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(field) = unknown_field(&asked, &serde_json::to_value(&spec).unwrap_or_default()) {
        return Err(CliError::input(format!("the cluster spec has no field {field}")));
    }
    Ok(spec)
}

fn with_partitioning_flags(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    mut partitioning: Value,
) -> Result<Value, CliError> {
    if let Some(text) = &args.boundaries {
        partitioning["boundaries"] = read_boundaries(session, text)?.into();
        partitioning["strategy"] = Strategy::TimeRange.name().into();
    }
    let flags: [(&str, Option<Value>); 5] = [
        ("strategy", args.strategy.clone().map(Into::into)),
        ("granularity_hours", args.granularity_hours.map(Into::into)),
        ("retention_days", args.retention_days.map(Into::into)),
        ("hash_buckets", args.hash_buckets.map(Into::into)),
        ("hash", args.hash.clone().map(Into::into)),
    ];
    for (name, value) in flags {
        if let Some(value) = value {
            partitioning[name] = value;
        }
    }
    Ok(partitioning)
}

fn with_placement_flags(args: &InitArgs, json: &mut Map<String, Value>) -> Result<(), CliError> {
    if args.placement.is_none() && args.virtual_nodes.is_none() {
        return Ok(());
    }
    let slot = json.entry("placement").or_insert_with(|| json!({}));
    if !slot.is_object() {
        return Err(CliError::input("placement of a cluster file is an object, such as {\"algorithm\": \"ring\"}"));
    }
    if let Some(algorithm) = &args.placement {
        slot["algorithm"] = algorithm.clone().into();
    }
    if let Some(n) = args.virtual_nodes {
        slot["virtual_nodes"] = n.into();
    }
    Ok(())
}

/// `alphabetic:N`, or the lines of a file.
pub(in crate::cli::commands) fn read_boundaries(
    session: &mut Session<'_, '_>,
    text: &str,
) -> Result<Vec<String>, CliError> {
    if let Some(count) = text.strip_prefix("alphabetic:") {
        let count =
            count.parse().map_err(|_| CliError::usage(format!("alphabetic:{count}: not a number of ranges")))?;
        return range::alphabetic(count).map_err(|e| {
            CliError::input_hint(e.to_string(), "`partition boundaries --otlp FILE --count N` makes them of real names")
        });
    }
    let lines = input::read_text(session.environment(), text)?;
    let boundaries: Vec<String> = lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    check_boundaries(&boundaries).map_err(|e| CliError::input(format!("{text}: {e}")))?;
    if boundaries.is_empty() {
        return Err(CliError::input(format!("{text} holds no boundaries")));
    }
    Ok(boundaries)
}
