//! What may be due, by the records alone: one pass over them, at one revision.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::memory::Memory;
use crate::migration::Control;
use crate::migration::rewrite_journal::RewriteKind;
use crate::model::{
    ByteSize, NodeId, PartitionId, PartitionRecord, PartitionState, Partitioning, Revision, Strategy, Timestamp,
};
use crate::operations::auto_rebalance::AutoSettings;
use crate::operations::consistent::consistently;
use crate::operations::records::id_of;
use crate::operations::rewriting::{bits_for, bits_left};
use crate::operations::{ClusterView, OperationError, executing::preflight};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

/// A partition is compacted once its record has not changed for so long: late records come in small segments, too, and each
/// compaction writes the whole partition anew.
const QUIET_SECONDS: i64 = 15 * 60;

/// The largest partition that is split while its time bucket is open. At 20 MB/s, a slow disk, it takes 14 minutes; writers hold
/// back for 15, and then give up.
const OPEN_BYTES_MAX: u64 = 16 << 30;

/// A partition that is too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Oversized {
    pub(super) id: PartitionId,
    /// Bytes of one copy.
    pub(super) bytes: u64,
    pub(super) copies: u64,
    /// It is split by so many bits.
    pub(super) bits: u8,
}

/// What may be due.
pub(super) struct Due {
    pub(super) view: ClusterView,
    /// Why nothing is begun, if somebody paused it.
    pub(super) paused: Option<String>,
    /// The largest first.
    pub(super) oversized: Vec<Oversized>,
    /// Too large, and not to be split: why.
    pub(super) refused: BTreeMap<PartitionId, String>,
    /// Of closed time buckets, with the revisions of their records; the newest hours first.
    pub(super) closed: Vec<(PartitionId, Revision)>,
}

/// What is looked for.
pub(super) struct Wanted<'a> {
    pub(super) settings: &'a AutoSettings,
    pub(super) now: Timestamp,
    /// Nodes that do not answer.
    pub(super) away: &'a BTreeSet<NodeId>,
}

/// Looks through all records; forgets what is gone.
///
/// # Errors
/// The store's; others write to the cluster by rules of their own.
pub(super) async fn due<M: MetadataRead>(
    store: &M,
    keys: &Keys,
    wanted: &Wanted<'_>,
    memory: &mut Memory,
) -> Result<Due, OperationError> {
    let (due, idle, seen) = consistently(None, async || {
        let single = KeyRange::single(&keys.rebalance_control());
        let (view, lists) = ClusterView::read(store, keys, None, &[keys.migrations(), single]).await?;
        preflight::check_writers(&view, "split or compact")?;
        let mut lists = lists.into_iter();
        let journals = lists.next().unwrap_or_default();
        let paused = match lists.next().unwrap_or_default().first() {
            Some(entry) => paused(entry)?,
            None => None,
        };
        let busy = journals.iter().filter_map(|entry| id_of(keys, "migrations", entry).ok()).collect();
        let mut pass = Pass::new(wanted, &view, memory, busy);
        let mut visit = |entry: &Entry| {
            // What cannot be read is `doctor`'s to tell.
            if let Ok(id) = id_of(keys, "partitions", entry)
                && let Ok(record) = PartitionRecord::parse(id, &entry.value)
            {
                pass.look(&record, entry.mod_revision);
            }
            ControlFlow::Continue(())
        };
        if paused.is_none() {
            store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
        }
        Ok(pass.end(paused))
    })
    .await?;
    if due.paused.is_none() {
        memory.keep(idle, &seen);
    }
    Ok(due)
}

fn paused(entry: &Entry) -> Result<Option<String>, OperationError> {
    let control =
        Control::parse(&entry.value).map_err(|reason| OperationError::Corrupt { key: entry.key.clone(), reason })?;
    Ok(pause_of(&control))
}

/// Why nothing is begun, if somebody said so.
pub(super) fn pause_of(control: &Control) -> Option<String> {
    let said = control.auto_paused.as_ref().or(control.paused.as_ref())?;
    Some(format!("paused by {}", said.by))
}

struct Pass<'a> {
    wanted: &'a Wanted<'a>,
    view: &'a ClusterView,
    memory: &'a Memory,
    bytes_max: u64,
    /// Those with an operation in flight.
    busy: BTreeSet<PartitionId>,
    up: BTreeSet<NodeId>,
    oversized: Vec<Oversized>,
    refused: BTreeMap<PartitionId, String>,
    /// With the end of the bucket.
    closed: Vec<(Timestamp, PartitionId, Revision)>,
    idle: BTreeMap<PartitionId, Revision>,
    /// Those that were refused before, and are still there.
    seen: BTreeSet<PartitionId>,
}

impl<'a> Pass<'a> {
    fn new(wanted: &'a Wanted<'a>, view: &'a ClusterView, memory: &'a Memory, busy: BTreeSet<PartitionId>) -> Self {
        let up = view.nodes.iter().map(|(node, _)| node).filter(|node| node.state.is_up());
        let up = up.map(|node| node.id.clone()).filter(|id| !wanted.away.contains(id)).collect();
        Self {
            wanted,
            view,
            memory,
            bytes_max: view.spec.size_bounds().max_bytes,
            busy,
            up,
            oversized: Vec::new(),
            refused: BTreeMap::new(),
            closed: Vec::new(),
            idle: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    fn look(&mut self, record: &PartitionRecord, revision: Revision) {
        let (id, now) = (record.id, self.wanted.now);
        if self.memory.has_refused(id) {
            self.seen.insert(id);
        }
        if self.memory.is_idle(id, revision) {
            self.idle.insert(id, revision);
        }
        let partitioning = self.view.spec.partitioning_of(id);
        // What was split is empty by its record.
        if record.size_bytes == 0 || self.busy.contains(&id) || partitioning.is_expired(id.bucket(), now) {
            return;
        }
        let end = id.bucket().end(partitioning.granularity_hours);
        if self.wanted.settings.split && self.look_at_size(record, partitioning, end > now) {
            return;
        }
        let is_fit = match record.state {
            PartitionState::Active | PartitionState::ReadOnly => true,
            PartitionState::Migrating | PartitionState::Rebalancing => false,
        };
        let is_quiet = record.updated_at.plus_seconds(QUIET_SECONDS) <= now;
        if self.wanted.settings.compact
            && is_fit
            && end <= now
            && is_quiet
            && !self.memory.is_idle(id, revision)
            && !self.memory.rests((id, RewriteKind::Compact), now)
            && record.nodes.iter().all(|node| self.up.contains(node))
        {
            self.closed.push((end, id, revision));
        }
    }

    /// Whether it is to be split, or would be and waits.
    fn look_at_size(&mut self, record: &PartitionRecord, partitioning: &Partitioning, is_open: bool) -> bool {
        let (id, bytes) = (record.id, record.size_bytes);
        let is_hashed = partitioning.strategy == Strategy::TimeHash && id.index().is_some();
        if !is_hashed || record.state != PartitionState::Active || self.bytes_max == 0 || bytes <= self.bytes_max {
            return false;
        }
        let Some(bits) = bits_for(bytes, self.bytes_max, bits_left(id)) else {
            self.refused.insert(id, "it is too large, and its id can carry no more bits".to_owned());
            return false;
        };
        if is_open && bytes > OPEN_BYTES_MAX {
            let (has, most) = (ByteSize(bytes), ByteSize(OPEN_BYTES_MAX));
            let why = format!("it has {has} and its time bucket is open: above {most} it is split when that is closed");
            self.refused.insert(id, why);
        } else if !self.memory.rests((id, RewriteKind::Split), self.wanted.now) {
            self.oversized.push(Oversized { id, bytes, copies: record.nodes.len() as u64, bits });
        }
        true
    }

    fn end(self, paused: Option<String>) -> (Due, BTreeMap<PartitionId, Revision>, BTreeSet<PartitionId>) {
        let Self { view, mut oversized, refused, mut closed, idle, seen, .. } = self;
        oversized.sort_unstable_by_key(|one| (Reverse(one.bytes), one.id));
        closed.sort_unstable_by_key(|(end, id, _)| (Reverse(*end), *id));
        let closed = closed.into_iter().map(|(_, id, revision)| (id, revision)).collect();
        (Due { view: view.clone(), paused, oversized, refused, closed }, idle, seen)
    }
}

#[cfg(test)]
mod tests;
