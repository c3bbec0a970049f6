//! What is to be done of a plan, partition by partition.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::start::Standing;
use crate::model::PartitionId;
use crate::planner::Layout;
use crate::planner::document::rollback::{Rollback, rollback};
use crate::planner::document::stale::{Freshness, StaleMove, expectation, freshness};
use crate::planner::document::{MoveDocument, PlanDocument, UnplannedDocument};

/// Which part of a plan is executed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// What was done of it is undone.
    pub rollback: bool,
    /// These partitions alone; empty = all.
    pub only: BTreeSet<PartitionId>,
    /// Moves that no longer fit are passed over.
    pub skip_stale: bool,
    /// No move begins that would make more bytes than this.
    pub bytes_max: Option<u64>,
}

/// The moves of one partition, which follow each other.
#[derive(Clone, Debug)]
pub struct Chain {
    pub(super) partition: PartitionId,
    pub(super) standing: Standing,
    pub(super) moves: VecDeque<MoveDocument>,
}

/// What is to be done.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    /// The moves that are left.
    pub chains: Vec<Chain>,
    /// Moves that are done.
    pub done: u64,
    /// Moves that no longer fit.
    pub stale: Vec<StaleMove>,
    /// What a way back leaves.
    pub unplanned: Vec<UnplannedDocument>,
}

impl Agenda {
    /// What is to be done of a plan as the cluster stands now.
    #[must_use]
    pub fn new(layout: &Layout, document: &PlanDocument, scope: &Scope) -> Self {
        let wanted = |id: PartitionId| scope.only.is_empty() || scope.only.contains(&id);
        let mut agenda = if scope.rollback {
            let Rollback { moves, at_rest, stale, unplanned } = rollback(layout, document);
            Self { chains: chains(layout, &moves, &[], &BTreeSet::new()), done: at_rest, stale, unplanned }
        } else {
            let Freshness { done, stale } = freshness(layout, document);
            let off: BTreeSet<u64> = stale.iter().map(|stale| stale.seq).collect();
            let chains = chains(layout, &document.moves, &done, &off);
            Self { chains, done: done.len() as u64, stale, unplanned: Vec::new() }
        };
        agenda.chains.retain(|chain| wanted(chain.partition));
        agenda.stale.retain(|stale| wanted(stale.partition));
        agenda
    }

    /// How many moves are left.
    #[must_use]
    pub fn moves(&self) -> u64 {
        self.chains.iter().map(|chain| chain.moves.len() as u64).sum()
    }

    /// How many bytes are left to be copied.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.chains.iter().flat_map(|chain| &chain.moves).map(|m| m.bytes).sum()
    }
}

/// The moves that are neither done nor stale, by partition. A stale move takes those behind it on its partition with it.
fn chains(layout: &Layout, moves: &[MoveDocument], done: &[u64], stale: &BTreeSet<u64>) -> Vec<Chain> {
    let mut found: BTreeMap<PartitionId, (bool, Chain)> = BTreeMap::new();
    for m in moves {
        let Some(expected) = expectation(layout, m.partition) else { continue };
        let empty = || Chain { partition: m.partition, standing: Standing(expected), moves: VecDeque::new() };
        let (is_cut, chain) = found.entry(m.partition).or_insert_with(|| (false, empty()));
        *is_cut |= stale.contains(&m.seq);
        // Both are sorted.
        if !*is_cut && done.binary_search(&m.seq).is_err() {
            chain.moves.push_back(m.clone());
        }
    }
    found.into_values().map(|(_, chain)| chain).filter(|chain| !chain.moves.is_empty()).collect()
}
