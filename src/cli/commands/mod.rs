//! One file per command.

pub(super) mod audit;
pub(super) mod auto_rebalance;
pub(super) mod cluster;
pub(super) mod completions;
pub(super) mod context;
pub(super) mod data;
pub(super) mod demo;
pub(super) mod doctor;
pub(super) mod execute_rebalance;
mod history;
pub(super) mod init;
pub(super) mod man;
pub(super) mod migration;
pub(super) mod node;
pub(super) mod partition;
pub(super) mod plan;
pub(super) mod plan_rebalance;
pub(super) mod ring;
pub(super) mod route;
mod scenario;
pub(super) mod simulate;
pub(super) mod snapshot;
pub(super) mod status;
pub(super) mod store;
mod topology;
pub(super) mod watch;

use crate::output::Format;

use super::Environment;
use super::args::{Cli, Command};
use super::error::CliError;
use super::session::Session;
use super::settings::Contexts;

/// Runs the command.
pub(super) fn run(
    cli: Cli,
    contexts: Contexts,
    format: Format,
    environment: &mut Environment<'_>,
) -> Result<(), CliError> {
    let Cli { global, command } = cli;
    let mut session = Session::new(environment, global, contexts, format)?;
    match command {
        Command::Init(args) => init::run(&mut session, args),
        Command::Demo(args) => demo::run(&mut session, args),
        Command::Status(args) => status::run(&mut session, args),
        Command::Route(args) => route::run(&mut session, *args),
        Command::Cluster(command) => cluster::run(&mut session, command),
        Command::Node(command) => node::run(&mut session, command),
        Command::Partition(command) => partition::run(&mut session, command),
        Command::Ring(command) => ring::run(&mut session, command),
        Command::Simulate(args) => simulate::run(&mut session, *args),
        Command::PlanRebalance(args) => plan_rebalance::run(&mut session, *args),
        Command::ExecuteRebalance(args) => execute_rebalance::run(&mut session, *args),
        Command::Plan(command) => plan::run(&mut session, command),
        Command::Migration(command) => migration::run(&mut session, command),
        Command::AutoRebalance(command) => auto_rebalance::run(&mut session, command),
        Command::Data(command) => data::run(&mut session, command),
        Command::Doctor(args) => doctor::run(&mut session, args),
        Command::Watch(args) => watch::run(&mut session, args),
        Command::Audit(command) => audit::run(&mut session, command),
        Command::Snapshot(command) => snapshot::run(&mut session, command),
        Command::Store(command) => store::run(&mut session, command),
        Command::Context(command) => context::run(&mut session, command),
        Command::Completions(args) => completions::run(&mut session, args),
        Command::Man(args) => man::run(&mut session, args),
    }
}
