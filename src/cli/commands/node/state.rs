//! `node cordon`, `node drain`, `node activate`

use std::ops::ControlFlow;

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::metadata::AnyReader;
use crate::model::{ByteSize, NodeId, NodeState};
use crate::operations::nodes::holdings::Holdings;
use crate::operations::nodes::set_state;
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

use super::ids_in_words;
use super::selector::NodeSelector;

/// Nodes that get a new state.
#[derive(Debug, Args)]
pub(in crate::cli) struct StateArgs {
    #[command(flatten)]
    nodes: NodeSelector,
    #[command(flatten)]
    write: WriteArgs,
}

/// What is done to the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Cordon,
    Drain,
    Activate,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Self::Cordon => "cordon",
            Self::Drain => "drain",
            Self::Activate => "activate",
        }
    }

    fn leads_to(self) -> NodeState {
        match self {
            Self::Cordon => NodeState::Cordoned,
            Self::Drain => NodeState::Draining,
            Self::Activate => NodeState::Active,
        }
    }
}

pub(super) fn run(session: &mut Session<'_, '_>, args: StateArgs, verb: Verb) -> Result<(), CliError> {
    let StateArgs { nodes, write } = args;
    let selection = nodes.read(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let ids = selection.ids(&view)?;
    let change = set_state(&view, &keys, &ids, verb.leads_to(), verb.name())?;
    let facts = match verb {
        Verb::Cordon => Vec::new(),
        Verb::Drain => what_must_move(session, &store, &keys, &view, &ids)?,
        Verb::Activate => what_came_back(session, &store, &keys, &view, &ids)?,
    };
    drop(store);
    for fact in &facts {
        session.talk().note(fact);
    }
    let written = consent::apply(session, &keys, &write, change, &format!("node {}", verb.name()))?;
    if written.is_none() && write.dry_run {
        return Ok(());
    }
    let (store, ids) = (session.store_choice()?.argument(), ids_in_words(&ids));
    let next = match verb {
        Verb::Cordon => format!("next: otlp-part{store} node drain {ids}, or node activate {ids}"),
        Verb::Drain => format!(
            "next: otlp-part{store} plan-rebalance plans these moves; node safe-to-remove {ids} tells when all is gone"
        ),
        Verb::Activate => format!("next: otlp-part{store} status"),
    };
    session.talk().note(&next);
    Ok(())
}

/// Nodes that are told one by one.
const TOLD_MAX: usize = 10;

fn what_must_move(
    session: &mut Session<'_, '_>,
    store: &AnyReader,
    keys: &Keys,
    view: &ClusterView,
    ids: &[NodeId],
) -> Result<Vec<String>, CliError> {
    let holdings = session.wait(Holdings::read(store, keys, view.revision))?;
    let line = |who: &str, held: &crate::operations::nodes::holdings::Holding| {
        format!(
            "{who}: copies of {} partition(s), {}, must move; {} of them lead",
            held.partitions,
            ByteSize(held.bytes),
            held.leaders
        )
    };
    let mut lines: Vec<String> = ids.iter().take(TOLD_MAX).map(|id| line(id.as_str(), &holdings.of(id))).collect();
    if ids.len() > 1 {
        lines.push(line(&format!("all {}", ids.len()), &holdings.of_all(ids)));
    }
    warn_unreadable(session, &holdings);
    Ok(lines)
}

fn warn_unreadable(session: &mut Session<'_, '_>, holdings: &Holdings) {
    if let Some(first) = holdings.corrupt.first() {
        let count = holdings.corrupt.len();
        session.talk().warn(&format!(
            "{count} partition record(s) cannot be read and are not counted; the first is {}",
            first.key
        ));
    }
}

/// What is known of nodes that were down.
fn what_came_back(
    session: &mut Session<'_, '_>,
    store: &AnyReader,
    keys: &Keys,
    view: &ClusterView,
    ids: &[NodeId],
) -> Result<Vec<String>, CliError> {
    let was_down = |id: &&NodeId| view.nodes.iter().any(|(node, _)| node.id == **id && node.state == NodeState::Down);
    let back: Vec<NodeId> = ids.iter().filter(was_down).cloned().collect();
    if back.is_empty() {
        return Ok(Vec::new());
    }
    let holdings = session.wait(Holdings::read(store, keys, view.revision))?;
    let mut marks = vec![0_u64; back.len()];
    let mut visit = |entry: &Entry| {
        let node = keys.repair_mark_of(&entry.key).map(|(_, node)| node);
        if let Some(at) = node.and_then(|node| back.iter().position(|id| *id == node)) {
            marks[at] += 1;
        }
        ControlFlow::Continue(())
    };
    let scanned = session.wait(store.scan(&keys.repair_marks(), Some(view.revision), &mut visit));
    scanned.map_err(OperationError::from)?;
    let line = |(id, marked): (&NodeId, &u64)| {
        let held = holdings.of(id);
        let marked = match marked {
            0 => "no repair mark names it".to_owned(),
            n => format!("{n} of them miss something, by their repair marks"),
        };
        format!("{id}: copies of {} partition(s), {marked}; it leads {}", held.partitions, held.leaders)
    };
    let mut lines: Vec<String> = back.iter().zip(&marks).take(TOLD_MAX).map(line).collect();
    lines
        .push("leadership stays where it is: returning it needs a look at the copies (not in this version)".to_owned());
    if view.spec.foreign_writers || !view.has_spec() {
        session.talk().warn(
            "other programs write to this cluster and leave no repair marks: nobody knows whether these copies are full",
        );
    }
    warn_unreadable(session, &holdings);
    Ok(lines)
}
