//! `simulate`

mod aftermath;
mod compare;
mod page;
mod request;
mod show;
mod show_failure;
mod source;

use clap::{ArgGroup, Args};

use crate::cli::error::CliError;
use crate::cli::report::ReportFile;
use crate::cli::session::Session;
use crate::operations::simulate::{Finding, Simulation, simulate};

use super::route::source::SourceArgs;
use aftermath::Out;
use request::Request;
use source::Ground;

/// What a change, a failure or a plan would do, without touching anything.
///
/// A store's records are the truth: what a change comes to there is what `plan-rebalance` would make of it. Without records
/// (--nodes, --partitions, --otlp) the placement before is set against the one after. Changes are made in this order: those
/// of --file, fields of the spec, --add, --add-count, --weight, --drain, --remove.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("written").args(["snapshot_out", "report"]).multiple(true)))]
pub(in crate::cli) struct SimulateArgs {
    /// A scenario: changes, the whole cluster that is wanted, or both; `-` = stdin
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
    #[command(flatten)]
    changes: ChangeArgs,
    #[command(flatten)]
    source: SourceArgs,
    /// The nodes of --nodes stand in these zones, one after the other and round again
    #[arg(long, value_name = "ZONE,...", requires = "nodes")]
    zones: Option<String>,
    #[command(flatten)]
    partitions: PartitionArgs,
    /// What a change comes to: what `planner` makes of it, or a new `placement` of everything [default: planner where
    /// partitions are recorded or placed zone-balanced]
    #[arg(long, value_name = "HOW")]
    by: Option<String>,
    /// Set ring, rendezvous and zone-balanced placement side by side for this cluster
    #[arg(long, conflicts_with_all = ["fail", "require", "by"])]
    compare_placements: bool,
    /// Carry out a plan: a file of `plan-rebalance --out`, or the id of a recorded one
    #[arg(long, value_name = "FILE|ID", conflicts_with_all = ["file", "by", "compare_placements", "nodes", "otlp", "partitions",
        "add", "add_count", "remove", "drain", "weight", "virtual_nodes", "replication_factor", "hash_buckets", "hash",
        "placement", "granularity_hours"])]
    plan: Option<String>,
    /// Write the cluster after as a snapshot, to be read with --store snapshot:FILE
    #[arg(long, value_name = "FILE", conflicts_with = "compare_placements")]
    snapshot_out: Option<String>,
    /// Write a page with charts of the simulation, whole by itself (HTML)
    #[arg(long, value_name = "FILE", conflicts_with = "compare_placements")]
    report: Option<String>,
    /// Overwrite the files of --snapshot-out and --report
    #[arg(long, requires = "written")]
    force: bool,
    #[command(flatten)]
    failure: FailureArgs,
    /// Exit code 3 unless this holds after: min-replicas=N, max-skew=RATIO, max-moved-bytes=SIZE, max-node-fill=RATIO,
    /// max-violations=N; several with commas
    #[arg(long, value_name = "NAME=VALUE,...")]
    require: Vec<String>,
}

/// Changes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Changes")]
struct ChangeArgs {
    /// Add a node (repeatable)
    #[arg(long, value_name = "NODE[,weight=W,zone=Z,capacity=SIZE]")]
    add: Vec<String>,
    /// Add so many nodes, or so many of the present ones: 10, 10%; each in the zone with the fewest nodes
    #[arg(long, value_name = "N|RATIO")]
    add_count: Option<String>,
    /// Take a node out; what it holds is brought away first (repeatable)
    #[arg(long, value_name = "NODE")]
    remove: Vec<String>,
    /// Empty a node (repeatable)
    #[arg(long, value_name = "NODE")]
    drain: Vec<String>,
    /// Give a node another weight (repeatable)
    #[arg(long, value_name = "NODE=WEIGHT")]
    weight: Vec<String>,
    /// Ring tokens of a node of weight 1
    #[arg(long, value_name = "N")]
    virtual_nodes: Option<u32>,
    /// Copies of every partition
    #[arg(long, value_name = "N")]
    replication_factor: Option<u8>,
    /// Hash buckets a time bucket
    #[arg(long, value_name = "N")]
    hash_buckets: Option<u32>,
    /// How keys are hashed: siphash13, xxh3-64
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
    /// How owners are chosen: ring, zone-balanced, rendezvous
    #[arg(long, value_name = "ALGORITHM")]
    placement: Option<String>,
    /// Hours a time bucket
    #[arg(long, value_name = "HOURS")]
    granularity_hours: Option<u32>,
}

/// Partitions that are not recorded.
#[derive(Debug, Args)]
#[command(next_help_heading = "Partitions instead of recorded ones")]
struct PartitionArgs {
    /// The partitions that recorded telemetry falls into, with its bytes; `-` = stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["partitions", "size", "size_spread", "until"])]
    otlp: Option<String>,
    /// So many made-up partitions, in whole time buckets [default: with --nodes, as many as the retention holds]
    #[arg(long, value_name = "N")]
    partitions: Option<u64>,
    /// Mean size of a made-up partition [default: 3GB]
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,
    /// How far sizes lie from the mean at most, 0 to 100% [default: 0]
    #[arg(long, value_name = "RATIO")]
    size_spread: Option<String>,
    /// A time in the newest time bucket of made-up partitions, which is the open one [default: always the same]
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// What sizes and failing nodes are drawn by [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// Failures.
#[derive(Debug, Args)]
#[command(next_help_heading = "Failures")]
struct FailureArgs {
    /// What fails, all at once: a node, all nodes of a zone, or so many drawn at random (repeatable)
    #[arg(long, value_name = "node=NODE|zone=ZONE|random=N")]
    fail: Vec<String>,
    /// How often nodes are drawn [default: 1]
    #[arg(long, value_name = "N", requires = "fail")]
    rounds: Option<u32>,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: SimulateArgs) -> Result<(), CliError> {
    let SimulateArgs {
        file,
        changes,
        source,
        zones,
        partitions,
        by,
        compare_placements,
        plan,
        snapshot_out,
        report,
        force,
        failure,
        require,
    } = args;
    let out = snapshot_out.map(|path| Out::new(path, force)).transpose()?;
    let report = ReportFile::new(report, force)?;
    let request = Request::read(session, file.as_deref(), changes, partitions, by, failure, &require)?;
    let ground = Ground::open(session, &request, &source, zones.as_deref())?;
    if compare_placements {
        return compare::run(session, &request, &ground);
    }
    let mut simulation = match &plan {
        Some(plan) => aftermath::of_plan(session, &ground, plan)?,
        None => simulate(&ground.setup, &ground.partitions, &request.changes, request.by)?,
    };
    if let Some(failing) = &request.failing {
        simulation.fail(failing)?;
    }
    let findings: Vec<Finding> = request.requirements.iter().map(|required| required.look(&simulation)).collect();
    if ground.setup.partitioning() != simulation.setup.partitioning() {
        let recorded = if ground.is_recorded() { "what is recorded stays as it is" } else { "nothing moves for it" };
        session.talk().note(&format!("a new partitioning begins with a coming time bucket: {recorded}"));
    }
    let unrecorded = ground.unrecorded(session, &simulation)?;
    let answer =
        show::Answer { request: &request, ground: &ground, simulation: &simulation, findings: &findings, unrecorded };
    answer.show(session)?;
    if let Some(report) = &report {
        report.write(session, &answer.page(session.now()))?;
    }
    if let Some(out) = &out {
        out.write(session, &ground, &simulation, request.seed)?;
    }
    check(&findings, &simulation)
}

/// That everything required holds.
fn check(findings: &[Finding], simulation: &Simulation) -> Result<(), CliError> {
    let missed: Vec<String> = findings
        .iter()
        .filter(|finding| !finding.met)
        .map(|finding| format!("{} is {}, required is {}", finding.name, finding.found, finding.required))
        .collect();
    if missed.is_empty() {
        return Ok(());
    }
    let counted = findings.iter().any(|finding| !finding.met && finding.name == "max-violations");
    let first = simulation.violations.first().filter(|_| counted);
    let hint = first.map(|violation| format!("{}, {} first", violation.message, violation.first));
    Err(CliError::DoesNotHold { message: missed.join("; "), hint })
}
