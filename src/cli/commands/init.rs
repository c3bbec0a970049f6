//! `init`

use clap::Args;
use serde::Deserialize;

use crate::cli::args::WriteArgs;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::store::StoreAddress;
use crate::cli::{consent, input};
use crate::metadata::{InitialRevisions, sqlite};
use crate::model::{ClusterSpec, Node, Strategy};
use crate::operations::change::creation_audit;
use crate::operations::create::{entry, initial_entries};
use crate::operations::spec_diff::unknown_field;
use crate::partitioner::range;
use crate::ports::Keys;

use super::node::file::{NodeFile, parse_nodes};
use super::node::parse_node_list;

/// Create an embedded store with a cluster spec and nodes; never overwrites.
#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// Node ids, separated by commas
    #[arg(long, value_name = "ID,...", required_unless_present = "file")]
    nodes: Option<String>,
    /// A JSON file: {"nodes": [{"id": …, "weight": …, "location": {…}, …}], "cluster": {fields of the spec}}
    #[arg(long, value_name = "FILE", conflicts_with = "nodes")]
    file: Option<String>,
    /// Copies of every partition [default: 3]
    #[arg(long, value_name = "N")]
    replication_factor: Option<u8>,
    /// Divide by ranges of service names: alphabetic:N, or a file with one boundary a line
    #[arg(long, value_name = "alphabetic:N|FILE")]
    boundaries: Option<String>,
    /// How a time bucket is divided: time-hash, time-range, time [default: time-hash]
    #[arg(long, value_name = "STRATEGY")]
    strategy: Option<String>,
    /// Hours a time bucket [default: 1]
    #[arg(long, value_name = "HOURS")]
    granularity_hours: Option<u32>,
    /// Days that partitions are kept [default: 30]
    #[arg(long, value_name = "DAYS")]
    retention_days: Option<u32>,
    /// Hash buckets a time bucket [default: 256]
    #[arg(long, value_name = "N")]
    hash_buckets: Option<u32>,
    /// How keys are hashed: siphash13, xxh3-64 [default: siphash13]
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
    /// How owners are chosen: ring, zone-balanced, rendezvous [default: ring]
    #[arg(long, value_name = "ALGORITHM")]
    placement: Option<String>,
    /// Ring tokens of a node of weight 1 [default: 150]
    #[arg(long, value_name = "N")]
    virtual_nodes: Option<u32>,
    /// What is stored: traces, metrics, logs, mixed [default: mixed]
    #[arg(long, value_name = "SIGNAL")]
    signal: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClusterFile {
    nodes: Vec<NodeFile>,
    #[serde(default)]
    cluster: serde_json::Map<String, serde_json::Value>,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: InitArgs) -> Result<(), CliError> {
    consent::check(session, &args.write)?;
    let choice = session.store_choice()?;
    let StoreAddress::File(path) = &choice.address else {
        return Err(CliError::usage("init makes an embedded store: name one with --store file:PATH"));
    };
    let (spec, nodes) = desired(session, &args)?;
    let keys = Keys::default();
    let mut entries = initial_entries(&keys, &spec, &nodes)?;
    let lines = vec![
        format!("create {choice}"),
        format!("  cluster {}: {}", spec.cluster_id, spec.partitioning[0]),
        format!(
            "  replication factor {}, retention {} days, placement {}",
            spec.replication_factor,
            spec.partitioning[0].retention_days,
            spec.placement.algorithm.name()
        ),
        format!("  {} nodes: {}", nodes.len(), shown_nodes(&nodes)),
    ];
    if nodes.len() < usize::from(spec.replication_factor) {
        let wanted = spec.replication_factor;
        session.talk().warn(&format!("{} nodes cannot hold {wanted} replicas of a partition", nodes.len()));
    }
    sqlite::refuse_if_there(path)?;
    let Some(consent) = consent::ask(session, &args.write, &lines)? else { return Ok(()) };
    let audit = consent::audit_context(session, &args.write, "init");
    let (key, value) = creation_audit(&keys, &audit, consent, &entries);
    entries.push(entry(key, value));
    let clock = session.clock();
    sqlite::create(path, clock, entries, InitialRevisions::AllFirst)?;
    session.talk().note(&format!("next: otlp-part --store {} partition create --from now --for 24h", choice.address));
    Ok(())
}

fn shown_nodes(nodes: &[Node]) -> String {
    const SHOWN: usize = 8;
    let mut text = nodes.iter().take(SHOWN).map(|n| n.id.as_str()).collect::<Vec<_>>().join(", ");
    if nodes.len() > SHOWN {
        text.push_str(&format!(", … {} more", nodes.len() - SHOWN));
    }
    text
}

/// The spec and nodes that the arguments ask for.
fn desired(session: &mut Session<'_, '_>, args: &InitArgs) -> Result<(ClusterSpec, Vec<Node>), CliError> {
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
        (None, None) => return Err(CliError::usage("init needs --nodes or --file")),
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
    json.insert("schema".into(), crate::model::cluster_spec::SCHEMA.into());
    let random = session.environment().random;
    json.insert("cluster_id".into(), format!("{:016x}{:016x}", random(), random()).into());
    let text = serde_json::Value::Object(json).to_string();
    let spec = ClusterSpec::parse(text.as_bytes()).map_err(|e| CliError::input(format!("the cluster spec: {e}")))?;
    let asked: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(field) = unknown_field(&asked, &serde_json::to_value(&spec).unwrap_or_default()) {
        return Err(CliError::input(format!("the cluster spec has no field {field}")));
    }
    Ok((spec, nodes))
}

/// `alphabetic:N`, or the lines of a file.
pub(super) fn read_boundaries(session: &mut Session<'_, '_>, text: &str) -> Result<Vec<String>, CliError> {
    if let Some(count) = text.strip_prefix("alphabetic:") {
        let count =
            count.parse().map_err(|_| CliError::usage(format!("alphabetic:{count}: not a number of ranges")))?;
        return range::alphabetic(count).map_err(|e| {
            CliError::input_hint(e.to_string(), "`partition boundaries --otlp FILE --count N` makes them of real names")
        });
    }
    let lines = input::read_text(session.environment(), text)?;
    let boundaries: Vec<String> = lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    crate::model::cluster_spec::check_boundaries(&boundaries).map_err(|e| CliError::input(format!("{text}: {e}")))?;
    if boundaries.is_empty() {
        return Err(CliError::input(format!("{text} holds no boundaries")));
    }
    Ok(boundaries)
}
