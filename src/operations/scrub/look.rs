//! One partition: its metadata in one read, and all its copies at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{Instant, sleep};

use super::finding::{Finding, Prospect, What};
use super::judge::{Judgement, Replica, judge};
use crate::model::{NodeId, PartitionId, PartitionState, Revision};
use crate::operations::OperationError;
use crate::operations::copying::{Bandwidth, CopySettings, Depth, Listener, verify_copy};
use crate::operations::executing::Places;
use crate::operations::executing::effects::place_of;
use crate::operations::executing::read::{Seen, Wanted, read};
use crate::ports::storage::{StorageError, StorageRead};
use crate::ports::{Keys, MetadataRead};

/// A node that did not answer is not asked again for so long: many partitions may be on it, and each question may take seconds.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// How long is waited for what a writer may be bringing.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// A node of which copies could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// The node.
    pub node: NodeId,
    /// It is down by its record, and was not asked.
    pub is_down: bool,
    /// Why.
    pub reason: String,
    /// What mends it.
    pub hint: Option<&'static str>,
    /// How many times a copy on it was to be looked at.
    pub copies: u64,
    asked_at: Option<Instant>,
}

/// Looks at copies.
pub struct Looker<'a, M, S> {
    /// The metadata.
    pub store: &'a M,
    /// Where it lies.
    pub keys: &'a Keys,
    /// The data of nodes.
    pub places: Places<'a, S>,
    /// How closely a copy is looked at.
    pub depth: Depth,
    /// How many segments at a time.
    pub settings: CopySettings,
    /// How fast.
    pub bandwidth: Bandwidth,
    /// Who is told of segments that were read.
    pub tell: Listener<'a>,
    /// Whether a partition may be written to now: what a writer may be bringing there is looked for twice.
    pub is_written: &'a (dyn Fn(PartitionId) -> bool + Send + Sync),
    away: Mutex<BTreeMap<NodeId, Away>>,
}

/// What became of a look.
pub(super) enum Look {
    /// There is no such partition any more.
    Gone,
    /// It is not to be looked at now: why.
    Skipped(String),
    /// It was looked at.
    Done(Box<Looked>),
}

/// A partition that was looked at.
pub(super) struct Looked {
    pub(super) seen: Seen,
    /// The nodes of the record, in its order: findings number them.
    pub(super) nodes: Vec<NodeId>,
    /// What was found on each; `None` = it could not be looked at.
    pub(super) replicas: Vec<Option<Replica>>,
    pub(super) judgement: Judgement,
}

impl Looked {
    pub(super) fn node(&self, replica: usize) -> Option<&NodeId> {
        self.nodes.get(replica)
    }

    /// The revision of a copy's repair mark.
    pub(super) fn mark_of(&self, replica: usize) -> Option<Revision> {
        self.seen.view.marks.get(self.node(replica)?).copied()
    }
}

impl<'a, M: MetadataRead, S: StorageRead> Looker<'a, M, S> {
    /// A looker that looks closely, without a limit, and tells nobody.
    pub fn new(store: &'a M, keys: &'a Keys, places: Places<'a, S>) -> Self {
        Self {
            store,
            keys,
            places,
            depth: Depth::Bytes,
            settings: CopySettings::default(),
            bandwidth: Bandwidth::default(),
            tell: &|_| {},
            is_written: &|_| false,
            away: Mutex::new(BTreeMap::new()),
        }
    }

    /// The nodes of which copies could not be looked at.
    pub fn away(&self) -> Vec<Away> {
        self.with_away(|away| away.values().cloned().collect())
    }

    fn with_away<T>(&self, work: impl FnOnce(&mut BTreeMap<NodeId, Away>) -> T) -> T {
        // What is in there is whole whenever the lock is free.
        work(&mut self.away.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads what is stored of a partition.
    pub(super) async fn read(&self, id: PartitionId) -> Result<Seen, OperationError> {
        let wanted = Wanted { partition: id, lock: Revision::NONE, nodes: &BTreeSet::new(), slots: &[] };
        read(self.store, self.keys, &wanted).await
    }

    /// Looks at a partition; `depth` says how closely at the copy of each node.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn look(&self, id: PartitionId, depth: impl Fn(&NodeId) -> Depth) -> Result<Look, OperationError> {
        let look = self.look_once(id, depth).await?;
        let Look::Done(mut looked) = look else { return Ok(look) };
        let is_under_way = looked.judgement.findings.iter().any(|finding| finding.what.may_be_under_way());
        if is_under_way && (self.is_written)(id) {
            sleep(LOOK_AGAIN_AFTER).await;
            if let Look::Done(again) = self.look_once(id, |_| Depth::Sidecars).await?
                && again.nodes == looked.nodes
            {
                let now = again.judgement.findings;
                let is_still = |finding: &Finding| now.iter().any(|now| now.is_about(finding));
                looked.judgement.findings.retain(|finding| !finding.what.may_be_under_way() || is_still(finding));
            }
        }
        Ok(Look::Done(looked))
    }

    async fn look_once(&self, id: PartitionId, depth: impl Fn(&NodeId) -> Depth) -> Result<Look, OperationError> {
        let seen = match self.read(id).await {
            Ok(seen) => seen,
            Err(OperationError::Corrupt { key, reason }) => {
                return Ok(Look::Skipped(format!("the value of {key} cannot be read: {reason}")));
            }
            Err(error) => return Err(error),
        };
        let Some(record) = seen.view.record.as_ref().map(|record| &record.value) else { return Ok(Look::Gone) };
        if let Some(why) = unfit(&seen) {
            return Ok(Look::Skipped(why));
        }
        let nodes = seen.view.holders().to_vec();
        let looks = join_all(nodes.iter().map(|node| self.look_at(&seen, node, depth(node)))).await;
        let (mut replicas, mut unreadable) = (Vec::with_capacity(nodes.len()), Vec::new());
        for (at, looked) in looks.into_iter().enumerate() {
            let (replica, fault) = match looked {
                Ok(replica) => (replica, None),
                Err(reason) => (None, Some(reason)),
            };
            replicas.push(replica);
            unreadable.extend(fault.map(|reason| Finding {
                found: Some(reason),
                ..Finding::new(at, "", What::Unreadable, Prospect::Reported)
            }));
        }
        // The data of a partition that was split is its children's.
        let expects_data = record.size_bytes > 0 && seen.view.extension().split_bits == 0;
        let mut judgement = judge(&replicas, expects_data);
        judgement.findings.extend(unreadable);
        Ok(Look::Done(Box::new(Looked { seen, nodes, replicas, judgement })))
    }

    /// One copy; `None` = its node does not answer, an error is the copy's own.
    async fn look_at(&self, seen: &Seen, node: &NodeId, depth: Depth) -> Result<Option<Replica>, String> {
        if self.is_away(seen, node) {
            return Ok(None);
        }
        let looked = async {
            let place = place_of(seen.partition, &seen.view.copy_of(node))?;
            let opened = self.places.of(node, &seen.nodes).await?;
            verify_copy(&opened, &place, depth, self.settings, &self.bandwidth, self.tell).await
        };
        match looked.await {
            Ok(report) => Ok(Some(Replica::of(report, seen.view.marks.contains_key(node)))),
            Err(error) if error.is_unreachable() => {
                self.note_away(node, &error);
                Ok(None)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Whether a node is not asked now; counts the copy that is not looked at then.
    fn is_away(&self, seen: &Seen, node: &NodeId) -> bool {
        let is_down = seen.nodes.get(node).is_some_and(|node| !node.state.is_up());
        self.with_away(|away| {
            if is_down {
                let down = Away {
                    node: node.clone(),
                    is_down,
                    reason: "it is down by its record".to_owned(),
                    hint: None,
                    copies: 0,
                    asked_at: None,
                };
                away.entry(node.clone()).or_insert(down).copies += 1;
                return true;
            }
            let Some(known) = away.get_mut(node) else { return false };
            let is_silent = known.asked_at.is_some_and(|at| at.elapsed() < ASK_AGAIN_AFTER);
            known.copies += u64::from(is_silent);
            is_silent
        })
    }

    fn note_away(&self, node: &NodeId, error: &StorageError) {
        let (reason, hint, asked_at) = (error.to_string(), error.hint(), Some(Instant::now()));
        self.with_away(|away| {
            let copies = away.get(node).map_or(0, |known| known.copies) + 1;
            away.insert(node.clone(), Away { node: node.clone(), is_down: false, reason, hint, copies, asked_at });
        });
    }
}

/// Why a partition is not to be looked at now.
fn unfit(seen: &Seen) -> Option<String> {
    let state = seen.view.record.as_ref()?.value.state;
    match state {
        _ if seen.view.journal.is_some() => Some("an operation is in flight on it".to_owned()),
        PartitionState::Migrating | PartitionState::Rebalancing => Some(format!("its state is {}", state.name())),
        PartitionState::Active | PartitionState::ReadOnly => None,
    }
}
