//! The command line's outermost layer: global options and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::output::{ColorChoice, Format, ProgressMode};

use super::commands::{
    audit, auto_rebalance, cluster, completions, context, data, demo, doctor, execute_rebalance, init, man, migration,
    node, partition, plan, plan_rebalance, ring, route, simulate, snapshot, status, store, watch,
};
use super::settings::ConnectionArgs;

/// Operate a partitioned OTLP (OpenTelemetry) store: where is this trace, who holds it, what if.
#[derive(Debug, Parser)]
#[command(
    name = "otlp-part",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Exit codes: 0 done, 1 error or not found, 2 wrong command line, 3 an asked check does not hold,\n\
                  4 conflict, 5 stopped with work left, 6 store not reached, 7 data did not verify."
)]
pub struct Cli {
    #[command(flatten)]
    pub(super) global: GlobalArgs,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct GlobalArgs {
    /// Where metadata lives: etcd://HOST:PORT,…[/PREFIX] (etcds:// with TLS), file:PATH (embedded store) or
    /// snapshot:PATH (read-only, `-` = stdin)
    ///
    /// `etcd:` alone takes the endpoints and everything else that etcdctl knows from ETCDCTL_….
    /// [env: OTLP_PART_STORE] [default: file:$XDG_DATA_HOME/otlp-part/cluster.db]
    #[arg(long, global = true, value_name = "STORE")]
    pub(super) store: Option<String>,

    /// Work on this cluster of the configuration file
    ///
    /// [env: OTLP_PART_CONTEXT] [default: what `context use` chose]
    #[arg(long, global = true, value_name = "CONTEXT")]
    pub(super) context: Option<String>,

    /// The configuration file
    ///
    /// [env: OTLP_PART_CONFIG] [default: $XDG_CONFIG_HOME/otlp-part/config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Read the past: a revision, or a time (the newest revision made until then)
    #[arg(long, global = true, value_name = "REVISION|TIME")]
    pub(super) at: Option<String>,

    /// Output format: table, json, ndjson, csv, name, value=FIELD [default: table, or what the context says]
    #[arg(short, long, global = true, value_name = "FORMAT")]
    pub(super) output: Option<Format>,

    /// Leave the heading line of tables and CSV out
    #[arg(long, global = true)]
    pub(super) no_headers: bool,

    /// Show these columns, in this order
    #[arg(long, global = true, value_name = "FIELD,...", value_delimiter = ',')]
    pub(super) columns: Vec<String>,

    /// Sort by a field; `:desc` turns it round
    #[arg(long, global = true, value_name = "FIELD[:desc]")]
    pub(super) sort: Option<String>,

    /// Show at most so many rows
    #[arg(long, global = true, value_name = "N")]
    pub(super) limit: Option<u64>,

    /// No notes, warnings or progress on stderr
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorArg,

    /// Progress on stderr
    #[arg(long, global = true, value_name = "HOW", default_value = "auto")]
    pub(super) progress: ProgressArg,

    #[command(flatten)]
    pub(super) connection: ConnectionArgs,
}

/// `--color`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

impl From<ColorArg> for ColorChoice {
    fn from(arg: ColorArg) -> Self {
        match arg {
            ColorArg::Auto => Self::Auto,
            ColorArg::Always => Self::Always,
            ColorArg::Never => Self::Never,
        }
    }
}

/// `--progress`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ProgressArg {
    Auto,
    Json,
    None,
}

impl From<ProgressArg> for ProgressMode {
    fn from(arg: ProgressArg) -> Self {
        match arg {
            ProgressArg::Auto => Self::Auto,
            ProgressArg::Json => Self::Json,
            ProgressArg::None => Self::None,
        }
    }
}

/// The commands. Where a command's arguments have a text of their own, that is its help; a comment here would hide it.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(init::InitArgs),
    Demo(demo::DemoArgs),
    Status(status::StatusArgs),
    Route(Box<route::RouteArgs>),
    /// The cluster spec
    #[command(subcommand)]
    Cluster(cluster::ClusterCommand),
    /// Storage nodes
    #[command(subcommand)]
    Node(node::NodeCommand),
    /// Partition records
    #[command(subcommand)]
    Partition(partition::PartitionCommand),
    /// The consistent-hash ring
    #[command(subcommand)]
    Ring(ring::RingCommand),
    Simulate(Box<simulate::SimulateArgs>),
    PlanRebalance(Box<plan_rebalance::PlanRebalanceArgs>),
    ExecuteRebalance(Box<execute_rebalance::ExecuteRebalanceArgs>),
    /// Recorded plans and plan files
    #[command(subcommand)]
    Plan(plan::PlanCommand),
    #[command(subcommand)]
    Migration(migration::MigrationCommand),
    #[command(subcommand)]
    AutoRebalance(auto_rebalance::AutoRebalanceCommand),
    #[command(subcommand)]
    Data(data::DataCommand),
    Doctor(doctor::DoctorArgs),
    Watch(watch::WatchArgs),
    /// The audit trail
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// The offline copy of everything
    #[command(subcommand)]
    Snapshot(snapshot::SnapshotCommand),
    /// The embedded store
    #[command(subcommand)]
    Store(store::StoreCommand),
    /// Named clusters in the configuration file
    #[command(subcommand)]
    Context(context::ContextCommand),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Command {
    /// Whether contexts concern it. A configuration file that cannot be read must not keep anybody from help, or from
    /// choosing another context.
    pub(super) fn goes_by_contexts(&self) -> bool {
        !matches!(self, Self::Completions(_) | Self::Man(_) | Self::Context(context::ContextCommand::Use(_)))
    }
}

/// Options of every command that writes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Writing")]
pub(super) struct WriteArgs {
    /// Show what would change and write nothing; the store is opened read-only
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Do not ask; a protected cluster wants --confirm instead
    #[arg(short, long)]
    pub(super) yes: bool,
    /// The name of the context in force, which a protected one wants instead of a question
    #[arg(long, value_name = "CONTEXT")]
    pub(super) confirm: Option<String>,
    /// Why, for the audit trail
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
    /// Who, for the audit trail [default: the login name]
    #[arg(long, value_name = "NAME", env = "OTLP_PART_ACTOR")]
    pub(super) actor: Option<String>,
}
