//! `init`

mod desired;

use std::path::Path;

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::store::{StoreAddress, StoreChoice};
use crate::cli::{consent, input};
use crate::metadata::{InitialRevisions, sqlite};
use crate::model::{ClusterSpec, Node};
use crate::operations::change::creation_audit;
use crate::operations::create::{entry, initial_entries};
use crate::operations::founding::{self, Existing};
use crate::partitioner::range;
use crate::ports::Keys;

use desired::desired;

/// Create a cluster: its spec and nodes, in a new embedded store or in an etcd; never overwrites.
///
/// With --adopt it takes over a cluster that has partition records only: the nodes are those that the records name, the
/// spec is that of the flags and says that other programs write there, and no record is touched.
#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// Node ids, separated by commas
    #[arg(long, value_name = "ID,...", required_unless_present_any = ["file", "adopt"])]
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
    /// Take over an existing cluster, which has partition records and no spec
    #[arg(long)]
    adopt: bool,
    /// Adopt although records cannot be read, or lie where the spec does not reach
    #[arg(long, requires = "adopt")]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: InitArgs) -> Result<(), CliError> {
    consent::check(session, &args.write)?;
    let choice = session.store_choice()?;
    match (&choice.address, args.adopt) {
        (_, true) => adopt(session, &args),
        (StoreAddress::Etcd(_), false) => found(session, &args),
        (StoreAddress::File(path), false) => create(session, &args, &choice, path),
        (StoreAddress::Snapshot(_) | StoreAddress::SnapshotStdin, false) => {
            Err(CliError::usage(format!("{choice} is a snapshot, which is read-only")))
        }
    }
}

/// A new embedded store.
fn create(session: &mut Session<'_, '_>, args: &InitArgs, choice: &StoreChoice, path: &Path) -> Result<(), CliError> {
    let (spec, nodes) = desired(session, args, None)?;
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
    warn_few(session, &spec, &nodes);
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

/// A new cluster in an etcd.
fn found(session: &mut Session<'_, '_>, args: &InitArgs) -> Result<(), CliError> {
    let (spec, nodes) = desired(session, args, None)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let change = session.wait(founding::found(&store, &keys, &spec, &nodes))?;
    drop(store);
    warn_few(session, &spec, &nodes);
    if consent::apply(session, &keys, &args.write, change, "init")?.is_some() {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!("next: otlp-part{store} partition create --from now --for 24h"));
    }
    Ok(())
}

/// An existing cluster, whose records were written by others.
fn adopt(session: &mut Session<'_, '_>, args: &InitArgs) -> Result<(), CliError> {
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let existing = session.wait(founding::existing(&store, &keys))?;
    let (spec, nodes) = desired(session, args, Some(&existing))?;
    let change = session.wait(founding::adopt(&store, &keys, &existing, &spec, &nodes, args.force))?;
    drop(store);
    warn_few(session, &spec, &nodes);
    warn_differing(session, &spec, &existing);
    if consent::apply(session, &keys, &args.write, change, "init --adopt")?.is_some() {
        let store = session.store_choice()?.argument();
        session
            .talk()
            .note(&format!("next: otlp-part{store} status; otlp-part{store} partition create --from now-30d --to now"));
    }
    Ok(())
}

fn warn_few(session: &mut Session<'_, '_>, spec: &ClusterSpec, nodes: &[Node]) {
    if nodes.len() < usize::from(spec.replication_factor) {
        let wanted = spec.replication_factor;
        session.talk().warn(&format!("{} nodes cannot hold {wanted} replicas of a partition", nodes.len()));
    }
}

/// The flags may not say what the records show.
fn warn_differing(session: &mut Session<'_, '_>, spec: &ClusterSpec, existing: &Existing) {
    if existing.replicas_max > 0 && existing.replicas_max != usize::from(spec.replication_factor) {
        session.talk().warn(&format!(
            "its records have up to {} replicas, the spec has a replication factor of {}",
            existing.replicas_max, spec.replication_factor
        ));
    }
    if !existing.corrupt.is_empty() {
        session.talk().warn(&format!("{} record(s) cannot be read; they stay as they are", existing.corrupt.len()));
    }
}

fn shown_nodes(nodes: &[Node]) -> String {
    const SHOWN: usize = 8;
    let mut text = nodes.iter().take(SHOWN).map(|n| n.id.as_str()).collect::<Vec<_>>().join(", ");
    if nodes.len() > SHOWN {
        text.push_str(&format!(", … {} more", nodes.len() - SHOWN));
    }
    text
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
