//! What the loss of nodes means, by the records: which partitions need another leader, and which copies are missing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use crate::migration::{Journal, Phase};
use crate::model::partition_record::set_stored_time;
use crate::model::{
    Document, Node, NodeId, NodeState, PartitionExtension, PartitionId, PartitionRecord, Revision, Timestamp,
};
use crate::operations::change::{Group, KeyChange};
use crate::operations::cluster::CorruptValue;
use crate::operations::consistent::consistently;
use crate::operations::nodes::holdings::parse_record;
use crate::operations::partitions::next_epoch;
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};
use crate::routing::failover::successor;

/// Partitions that have something in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub partitions: u64,
    /// Bytes: of one copy of each, or of what is missing, as the tally's own text says.
    pub bytes: u64,
    /// The first of them, at most [`NAMED_MAX`].
    pub named: BTreeSet<PartitionId>,
}

/// Partitions that a tally names.
pub const NAMED_MAX: usize = 100;

impl Tally {
    pub(super) fn add(&mut self, id: PartitionId, bytes: u64) {
        self.partitions += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.named.insert(id);
        if self.named.len() > NAMED_MAX {
            self.named.pop_last();
        }
    }
}

/// What stands after the loss of nodes.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Got another leader (or would get it, before anything is written).
    pub moved: Tally,
    /// Still led by a lost node although another could lead: somebody else kept changing them.
    pub left: Tally,
    /// Led by a lost node, with an operation in flight that has not set the leader yet.
    pub in_flight: Tally,
    /// Led by a lost node, and no other full copy is on a live one.
    pub leaderless: Tally,
    /// With a copy on a lost node and fewer live copies than the replication factor; bytes = to be copied.
    pub under_replicated: Tally,
    /// The part of these with one live copy alone.
    pub last_copy: Tally,
    /// The part of these with none.
    pub no_copy: Tally,
    /// Values that cannot be read: nobody knows what they would need.
    pub corrupt: Vec<CorruptValue>,
}

/// A partition that gets another leader.
#[derive(Clone, Debug)]
pub(super) struct Transfer {
    pub(super) record: PartitionRecord,
    pub(super) to: NodeId,
    entry: Entry,
    epoch: u64,
    extension: Option<Entry>,
}

impl Transfer {
    /// Bytes of the values that are written, roughly.
    pub(super) fn value_bytes(&self) -> usize {
        self.entry.value.len() + self.extension.as_ref().map_or(0, |e| e.value.len())
    }

    /// Record and epoch, in one transaction, while the next leader stays as it was read.
    pub(super) fn group(&self, view: &ClusterView, keys: &Keys, now: Timestamp) -> Result<Group, OperationError> {
        let id = self.record.id;
        let before = document(&self.entry)?;
        let mut after = before.clone();
        after.set("leader", self.to.as_str());
        set_stored_time(&mut after, "updated_at", now);
        let record = KeyChange::update(format!("partition {id}"), &self.entry, &before, &after);
        let epoch = next_epoch(keys, id, self.epoch, self.extension.as_ref())?;
        let guards = view.node_guards(keys, std::slice::from_ref(&self.to));
        Ok(Group { changes: record.into_iter().chain([epoch]).collect(), guards })
    }
}

fn document(entry: &Entry) -> Result<Document, OperationError> {
    Document::parse(&entry.value).map_err(|e| OperationError::Corrupt { key: entry.key.clone(), reason: e.to_string() })
}

/// Cluster, operations in flight and repair marks at one revision, with some nodes taken as lost.
pub(super) struct Scene<'a> {
    view: &'a ClusterView,
    lost: HashSet<&'a NodeId>,
    states: HashMap<&'a NodeId, NodeState>,
    /// Partitions with an operation in flight that is still to set the leader, or whose journal cannot be read.
    busy: BTreeSet<PartitionId>,
    /// Copies that miss something.
    marked: BTreeSet<(PartitionId, NodeId)>,
}

/// What is to be done about one partition.
pub(super) enum Verdict {
    /// None of the lost nodes leads it.
    Keep,
    /// An operation in flight is to set its leader.
    InFlight,
    /// No live node has a full copy.
    Leaderless,
    /// This node leads from now on.
    To(NodeId),
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        keys: &'a Keys,
        lost: &'a [NodeId],
        view: &'a ClusterView,
        migrations: &[Entry],
        marks: impl IntoIterator<Item = Entry>,
    ) -> Self {
        let lost: HashSet<&NodeId> = lost.iter().collect();
        let state = |node: &Node| if lost.contains(&node.id) { NodeState::Down } else { node.state };
        let states = view.nodes.iter().filter(|(_, entry)| entry.is_some()).map(|(n, _)| (&n.id, state(n))).collect();
        // Behind its cutover an operation only deletes: it looks at the list of nodes, and at no leader.
        let sets_leader = |entry: &&Entry| match Journal::parse(&entry.value) {
            Ok(Journal::Move(journal)) => match journal.phase {
                Phase::Cleanup | Phase::Aborting => false,
                Phase::Copying => true,
            },
            // It looks at copies alone; a partition that is given back needs a leader.
            Ok(Journal::Expire(_)) => false,
            // It gives its children the leader that the record names then, and an undone one leaves it alone.
            Ok(Journal::Rewrite(_)) => false,
            Err(_) => true,
        };
        let busy = |entry: &Entry| keys.name("migrations", &entry.key).and_then(|name| PartitionId::parse(name).ok());
        let busy = migrations.iter().filter(sets_leader).filter_map(busy).collect();
        let marked = marks.into_iter().filter_map(|entry| keys.repair_mark_of(&entry.key)).collect();
        Self { view, lost, states, busy, marked }
    }

    fn is_live(&self, node: &NodeId) -> bool {
        self.states.get(node).is_some_and(|state| state.is_up())
    }

    pub(super) fn verdict(&self, record: &PartitionRecord) -> Verdict {
        let Some(leader) = record.leader.as_ref().filter(|leader| self.lost.contains(leader)) else {
            return Verdict::Keep;
        };
        // The journal's owner re-reads the record at cutover and sets the leader there: the present one if it lives,
        // else the first live one. Until then nobody writes to a partition that migrates.
        if self.busy.contains(&record.id) {
            return Verdict::InFlight;
        }
        let full = |node: &NodeId| !self.marked.contains(&(record.id, node.clone()));
        let state = |node: &NodeId| self.states.get(node).copied();
        match successor(&record.nodes, state, full) {
            Some(next) if next != leader => Verdict::To(next.clone()),
            Some(_) | None => Verdict::Leaderless,
        }
    }

    /// The transfer of a partition, if its values can be edited.
    pub(super) fn transfer(
        &self,
        record: PartitionRecord,
        to: NodeId,
        entry: Entry,
        extension: Option<Entry>,
    ) -> Result<Transfer, CorruptValue> {
        let corrupt = |entry: &Entry, reason: String| CorruptValue { key: entry.key.clone(), reason };
        document(&entry).map_err(|e| corrupt(&entry, e.to_string()))?;
        let epoch = match &extension {
            None => 0,
            Some(e) => {
                document(e).map_err(|error| corrupt(e, error.to_string()))?;
                PartitionExtension::parse(&e.value).map_err(|reason| corrupt(e, reason))?.epoch
            }
        };
        Ok(Transfer { record, to, entry, epoch, extension })
    }

    fn add_copies(&self, record: &PartitionRecord, report: &mut Report) {
        if !record.nodes.iter().any(|node| self.lost.contains(node)) {
            return;
        }
        let live = record.nodes.iter().filter(|node| self.is_live(node)).count() as u64;
        let missing = u64::from(self.view.spec.replication_factor).saturating_sub(live);
        if missing > 0 {
            report.under_replicated.add(record.id, record.size_bytes.saturating_mul(missing));
        }
        match live {
            0 => report.no_copy.add(record.id, record.size_bytes),
            1 if missing > 0 => report.last_copy.add(record.id, record.size_bytes),
            _ => {}
        }
    }
}

/// Everything that the loss of some nodes means, at one revision.
pub(super) struct Survey {
    pub(super) view: ClusterView,
    /// In the order of the next leaders, then of ids, so that one transaction needs few guards.
    pub(super) transfers: Vec<Transfer>,
    /// `moved` and `left` are empty.
    pub(super) report: Report,
}

/// Reads it, in three scans of one revision.
pub(super) async fn survey<S: MetadataRead>(store: &S, keys: &Keys, lost: &[NodeId]) -> Result<Survey, OperationError> {
    consistently(None, async || survey_once(store, keys, lost).await).await
}

async fn survey_once<S: MetadataRead>(store: &S, keys: &Keys, lost: &[NodeId]) -> Result<Survey, OperationError> {
    let (view, lists) = ClusterView::read(store, keys, None, &[keys.migrations()]).await?;
    let at = Some(view.revision);
    let mut marks: Vec<Entry> = Vec::new();
    let mut visit = |entry: &Entry| {
        marks.push(entry.clone());
        ControlFlow::Continue(())
    };
    store.scan(&keys.repair_marks(), at, &mut visit).await?;
    let mut report = Report::default();
    let mut led: BTreeMap<PartitionId, (PartitionRecord, NodeId, Entry)> = BTreeMap::new();
    let migrations = lists.into_iter().next().unwrap_or_default();
    let scene = Scene::new(keys, lost, &view, &migrations, marks);
    let mut visit = |entry: &Entry| {
        match parse_record(keys, entry) {
            Err(corrupt) => report.corrupt.push(corrupt),
            Ok(record) => {
                scene.add_copies(&record, &mut report);
                match scene.verdict(&record) {
                    Verdict::Keep => {}
                    Verdict::InFlight => report.in_flight.add(record.id, record.size_bytes),
                    Verdict::Leaderless => report.leaderless.add(record.id, record.size_bytes),
                    Verdict::To(next) => {
                        led.insert(record.id, (record, next, entry.clone()));
                    }
                }
            }
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.partitions(), at, &mut visit).await?;
    let mut extensions = extensions_of(store, keys, at, &led).await?;
    let mut transfers = Vec::with_capacity(led.len());
    for (id, (record, to, entry)) in led {
        match scene.transfer(record, to, entry, extensions.remove(&id)) {
            Ok(transfer) => transfers.push(transfer),
            Err(corrupt) => report.corrupt.push(corrupt),
        }
    }
    transfers.sort_by(|a, b| a.to.cmp(&b.to).then(a.record.id.cmp(&b.record.id)));
    Ok(Survey { view, transfers, report })
}

async fn extensions_of<S: MetadataRead, T: Sync>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    wanted: &BTreeMap<PartitionId, T>,
) -> Result<BTreeMap<PartitionId, Entry>, OperationError> {
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    let mut visit = |entry: &Entry| {
        let id = keys.name("ext", &entry.key).and_then(|name| PartitionId::parse(name).ok());
        if let Some(id) = id.filter(|id| wanted.contains_key(id)) {
            found.insert(id, entry.clone());
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.extensions(), at, &mut visit).await?;
    Ok(found)
}
