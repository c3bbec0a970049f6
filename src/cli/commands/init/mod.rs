//! `init`

mod desired;
mod places;

use clap::Args;
use clap::builder::RangedI64ValueParser;

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::store::{StoreAddress, StoreChoice};
use crate::metadata::{InitialRevisions, sqlite};
use crate::model::cluster_spec::{HASH_BUCKETS_MAX, REPLICATION_MAX, RETENTION_DAYS_MAX, VIRTUAL_NODES_MAX};
use crate::model::time::GRANULARITY_HOURS_MAX;
use crate::model::{ClusterSpec, Node};
use crate::operations::change::creation_audit;
use crate::operations::create::{entry, initial_entries};
use crate::operations::init::{Found, InitPlan, plan_adopt, plan_init};
use crate::ports::Keys;

pub(super) use desired::read_boundaries;
use desired::{described, spec};

/// Make a cluster: its spec and nodes, in a new embedded store or in an etcd; never overwrites.
#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// Node ids, separated by commas
    #[arg(long, value_name = "ID,...", required_unless_present_any = ["file", "adopt"])]
    nodes: Option<String>,
    /// A JSON file: {"nodes": [{"id": …, "weight": …, "location": {…}, …}], "cluster": {fields of the spec}}
    #[arg(long, value_name = "FILE", conflicts_with = "nodes")]
    file: Option<String>,
    /// Make a directory below this one for the data of each node that has no data URL, and mark it as the node's
    #[arg(long, value_name = "DIR", conflicts_with = "adopt")]
    data_root: Option<String>,
    /// Take over an existing cluster of which there are only partition records
    ///
    /// The nodes are those that the records name; --file may describe them. Writes the spec, from these flags, and the
    /// nodes, and touches no record.
    #[arg(long, conflicts_with = "nodes")]
    adopt: bool,
    /// Adopt although records cannot be read, or do not fit the spec
    #[arg(long)]
    force: bool,
    /// Copies of every partition [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=i64::from(REPLICATION_MAX)))]
    replication_factor: Option<u8>,
    /// Divide by ranges of service names: alphabetic:N, or a file with one boundary a line
    #[arg(long, value_name = "alphabetic:N|FILE")]
    boundaries: Option<String>,
    /// How a time bucket is divided [default: time-hash]
    #[arg(long, value_name = "STRATEGY", value_parser = ["time-hash", "time-range", "time"])]
    strategy: Option<String>,
    /// Hours a time bucket [default: 1]
    #[arg(long, value_name = "HOURS", value_parser = up_to(GRANULARITY_HOURS_MAX))]
    granularity_hours: Option<u32>,
    /// Days that partitions are kept [default: 30]
    #[arg(long, value_name = "DAYS", value_parser = up_to(RETENTION_DAYS_MAX))]
    retention_days: Option<u32>,
    /// Hash buckets a time bucket [default: 256]
    #[arg(long, value_name = "N", value_parser = up_to(HASH_BUCKETS_MAX))]
    hash_buckets: Option<u32>,
    /// How keys are hashed [default: siphash13]
    #[arg(long, value_name = "HASH", value_parser = ["siphash13", "xxh3-64"])]
    hash: Option<String>,
    /// How owners are chosen [default: ring]
    #[arg(long, value_name = "ALGORITHM", value_parser = ["ring", "zone-balanced", "rendezvous"])]
    placement: Option<String>,
    /// Ring tokens of a node of weight 1 [default: 150]
    #[arg(long, value_name = "N", value_parser = up_to(VIRTUAL_NODES_MAX))]
    virtual_nodes: Option<u32>,
    /// What is stored [default: mixed]
    #[arg(long, value_name = "SIGNAL", value_parser = ["traces", "metrics", "logs", "mixed"])]
    signal: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

fn up_to(max: u32) -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(max))
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: InitArgs) -> Result<(), CliError> {
    if args.force && !args.adopt {
        return Err(CliError::usage("--force is for --adopt: init never overwrites"));
    }
    consent::check(session, &args.write)?;
    let settings = session.settings()?;
    if let Some(expected) = &settings.cluster_id {
        return Err(CliError::usage_hint(
            format!("{} is about cluster {}, which is made already", expected.source, expected.value),
            "leave cluster_id out of the context until init has made it",
        ));
    }
    let choice = settings.store;
    let (file, mut nodes) = described(session, &args)?;
    let spec = spec(session, &args, file)?;
    let root = args.data_root.as_deref().map(places::root).transpose()?;
    if let Some(root) = &root {
        places::assign(root, &mut nodes);
    }
    let (cluster_id, placed) = (spec.cluster_id.clone(), nodes.clone());
    let made = match &choice.address {
        _ if args.adopt => adopt(session, &args, &choice, spec, nodes).map(|()| false),
        StoreAddress::File(_) => create_file(session, &args, &choice, &spec, &nodes),
        StoreAddress::Etcd(_) => init(session, &args, &choice, spec, nodes),
        StoreAddress::Snapshot(_) | StoreAddress::SnapshotStdin => {
            Err(CliError::usage("init makes no snapshot: name an etcd or a file with --store"))
        }
    }?;
    match root {
        Some(root) if made => places::make(session, &root, &cluster_id, &placed),
        Some(_) | None => Ok(()),
    }
}

/// A new embedded store; `false` = it was a dry run.
fn create_file(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    choice: &StoreChoice,
    spec: &ClusterSpec,
    nodes: &[Node],
) -> Result<bool, CliError> {
    let StoreAddress::File(path) = &choice.address else { return Err(CliError::usage("not a file")) };
    let keys = Keys::default();
    let mut entries = initial_entries(&keys, spec, nodes)?;
    let mut lines = vec![format!("create {choice}")];
    lines.extend(spec_lines(spec));
    lines.push(nodes_line(nodes));
    warn_few_nodes(session, spec, nodes.len());
    sqlite::refuse_if_there(path)?;
    let Some(consent) = consent::ask(session, &args.write, &lines)? else { return Ok(false) };
    let audit = consent::audit_context(session, &args.write, "init");
    let (key, value) = creation_audit(&keys, &audit, consent, &entries);
    entries.push(entry(key, value));
    let clock = session.clock();
    sqlite::create(path, clock, entries, InitialRevisions::AllFirst)?;
    session.talk().note(&format!("next: otlp-part{} partition create --from now --for 24h", choice.argument()));
    Ok(true)
}

/// A new cluster under the prefix of an etcd; `false` = it was a dry run.
fn init(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    choice: &StoreChoice,
    spec: ClusterSpec,
    nodes: Vec<Node>,
) -> Result<bool, CliError> {
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let all = nodes.len();
    let plan = session.wait(plan_init(&store, &keys, spec, nodes))?;
    drop(store);
    warn_few_nodes(session, plan.spec(), all);
    let mut lines = vec![format!("create a cluster in {choice}")];
    lines.extend(spec_lines(plan.spec()));
    lines.push(nodes_line(plan.nodes()));
    if plan.recorded() > 0 {
        lines.push(format!("  {} nodes are there already, from an init that was interrupted", plan.recorded()));
    }
    let made = write_plan(session, args, &keys, plan, &lines, "init")?;
    if made {
        session.talk().note(&format!("next: otlp-part{} partition create --from now --for 24h", choice.argument()));
    }
    Ok(made)
}

/// An existing cluster, taken over.
fn adopt(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    choice: &StoreChoice,
    spec: ClusterSpec,
    nodes: Vec<Node>,
) -> Result<(), CliError> {
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (plan, found) = session.wait(plan_adopt(&store, &keys, spec, nodes, args.force))?;
    drop(store);
    warn_found(session, &plan, &found);
    let mut lines =
        vec![format!("adopt the cluster in {choice}: {} partition records, which stay as they are", found.records)];
    lines.extend(spec_lines(plan.spec()));
    lines.push(nodes_line(plan.nodes()));
    if plan.recorded() > 0 {
        lines.push(format!("  {} nodes are recorded already and stay as they are", plan.recorded()));
    }
    let retention = plan.spec().partitioning[0].retention_days;
    if write_plan(session, args, &keys, plan, &lines, "init --adopt")? {
        let argument = choice.argument();
        let mut talk = session.talk();
        talk.note("next:");
        talk.note(&format!("  otlp-part{argument} status"));
        talk.note(&format!("  otlp-part{argument} partition create --from now-{retention}d --to now"));
    }
    Ok(())
}

/// Asks and writes; `false` = it was a dry run.
fn write_plan(
    session: &mut Session<'_, '_>,
    args: &InitArgs,
    keys: &Keys,
    plan: InitPlan,
    lines: &[String],
    command: &str,
) -> Result<bool, CliError> {
    let Some(consent) = consent::ask(session, &args.write, lines)? else { return Ok(false) };
    let audit = consent::audit_context(session, &args.write, command);
    let store = session.open_writer()?;
    let applied = session.wait(plan.apply(&store, keys, &audit, consent))?;
    consent::said_done(session, &applied);
    Ok(true)
}

fn spec_lines(spec: &ClusterSpec) -> [String; 2] {
    let partitioning = &spec.partitioning[0];
    [
        format!("  cluster {}: {partitioning}", spec.cluster_id),
        format!(
            "  replication factor {}, retention {} days, placement {}",
            spec.replication_factor,
            partitioning.retention_days,
            spec.placement.algorithm.name()
        ),
    ]
}

fn nodes_line(nodes: &[Node]) -> String {
    const SHOWN: usize = 8;
    let mut text = nodes.iter().take(SHOWN).map(|n| n.id.as_str()).collect::<Vec<_>>().join(", ");
    if nodes.len() > SHOWN {
        text.push_str(&format!(", … {} more", nodes.len() - SHOWN));
    }
    let colon = if nodes.is_empty() { "" } else { ": " };
    format!("  {} nodes{colon}{text}", nodes.len())
}

fn warn_few_nodes(session: &mut Session<'_, '_>, spec: &ClusterSpec, nodes: usize) {
    let wanted = spec.replication_factor;
    if nodes < usize::from(wanted) {
        session.talk().warn(&format!("{nodes} nodes cannot hold {wanted} replicas of a partition"));
    }
}

/// What speaks against the flags, or is left behind.
fn warn_found(session: &mut Session<'_, '_>, plan: &InitPlan, found: &Found) {
    let factor = plan.spec().replication_factor;
    warn_few_nodes(session, plan.spec(), plan.nodes().len() + plan.recorded());
    if let Some(usual) = found.usual_replicas().filter(|usual| *usual != usize::from(factor)) {
        let warning =
            format!("most records name {usual} nodes, and the replication factor is {factor} (--replication-factor)");
        session.talk().warn(&warning);
    }
    if let Some(first) = found.unreadable.first() {
        let (count, key) = (found.unreadable.len(), &first.key);
        session.talk().warn(&format!(
            "{count} records cannot be read, the first is {key}; nodes that only they name are not known"
        ));
    }
}
