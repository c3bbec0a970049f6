//! The in-memory store's data and every transition of it, without clock or lock.
//!
//! Invariant: the states of a key are in the order of their revisions and never empty; every state that was superseded
//! after `oldest` is kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Revision, Timestamp};
use crate::ports::StoreError;
use crate::ports::metadata::{
    Change, Compare, Entry, KeyRange, LeaseId, Op, Outcome, RevisionAt, Transaction, WatchBatch,
};

/// A key after one of its changes; `None` = deleted.
#[derive(Clone, Debug)]
struct KeyState {
    revision: Revision,
    entry: Option<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Lease {
    ttl_nanos: i128,
    expires: Timestamp,
}

/// Everything that a store holds.
#[derive(Debug)]
pub(super) struct State {
    revision: Revision,
    oldest: Revision,
    keys: BTreeMap<String, Vec<KeyState>>,
    /// Which keys a revision changed.
    changes: BTreeMap<Revision, BTreeSet<String>>,
    times: BTreeMap<Revision, Timestamp>,
    leases: BTreeMap<LeaseId, Lease>,
    lease_next: i64,
}

impl State {
    pub(super) fn empty(revision: Revision, now: Timestamp) -> Self {
        Self {
            revision,
            oldest: revision,
            keys: BTreeMap::new(),
            changes: BTreeMap::new(),
            times: BTreeMap::from([(revision, now)]),
            leases: BTreeMap::new(),
            lease_next: 1,
        }
    }

    pub(super) fn new(revision: Revision, entries: Vec<Entry>, now: Timestamp) -> Result<Self, StoreError> {
        let mut state = Self::empty(revision, now);
        for entry in entries {
            if entry.mod_revision == revision {
                state.changes.entry(revision).or_default().insert(entry.key.clone());
            }
            let first = KeyState { revision: entry.mod_revision, entry: Some(entry.clone()) };
            if state.keys.insert(entry.key.clone(), vec![first]).is_some() {
                return Err(crate::metadata::initial::twice(&entry.key));
            }
        }
        Ok(state)
    }

    pub(super) fn revision(&self) -> Revision {
        self.revision
    }

    /// The revision to read at: `None` = now.
    pub(super) fn readable(&self, at: Option<Revision>) -> Result<Revision, StoreError> {
        match at {
            None => Ok(self.revision),
            Some(asked) if asked > self.revision => Err(StoreError::FutureRevision { asked, newest: self.revision }),
            Some(asked) => self.kept(asked),
        }
    }

    fn kept(&self, asked: Revision) -> Result<Revision, StoreError> {
        if asked < self.oldest { Err(StoreError::Compacted { asked, oldest: self.oldest }) } else { Ok(asked) }
    }

    /// The entries of a range at a revision. Given a time, those of leases that have ended by then are left out.
    pub(super) fn entries(
        &self,
        range: &KeyRange,
        revision: Revision,
        live_at: Option<Timestamp>,
    ) -> impl Iterator<Item = &Entry> {
        let bounds = (range.start() < range.end()).then(|| range.start().to_owned()..range.end().to_owned());
        bounds
            .into_iter()
            .flat_map(|bounds| self.keys.range(bounds))
            .filter_map(move |(_, states)| states.iter().rev().find(|state| state.revision <= revision)?.entry.as_ref())
            .filter(move |entry| live_at.is_none_or(|now| !self.has_ended(entry.lease, now)))
    }

    fn has_ended(&self, lease: Option<LeaseId>, now: Timestamp) -> bool {
        lease.is_some_and(|id| self.leases.get(&id).is_none_or(|lease| lease.expires <= now))
    }

    fn current(&self, key: &str) -> Option<&Entry> {
        self.keys.get(key)?.last()?.entry.as_ref()
    }

    pub(super) fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        let newest = self.times.iter().rev().find(|(_, made_at)| **made_at <= time);
        match (newest, self.times.values().next()) {
            (Some((&revision, &made_at)), _) => Ok(RevisionAt { revision, made_at }),
            (None, Some(&oldest)) => Err(StoreError::BeforeHistory { oldest }),
            (None, None) => Err(StoreError::BeforeHistory { oldest: time }),
        }
    }

    pub(super) fn history(&self, key: &str, limit: usize) -> Vec<Change> {
        let states = self.keys.get(key).map(Vec::as_slice).unwrap_or_default();
        let kept = states.iter().rev().filter(|state| state.entry.is_some() || state.revision > self.oldest);
        let change = |state: &KeyState| Change {
            revision: state.revision,
            at: self.times.get(&state.revision).copied(),
            entry: state.entry.clone(),
        };
        kept.take(limit).map(change).collect()
    }

    /// The first revision from `from` on that changed something in the range.
    pub(super) fn next_batch(&self, range: &KeyRange, from: Revision) -> Result<Option<WatchBatch>, StoreError> {
        self.kept(from)?;
        for (&revision, keys) in self.changes.range(from..) {
            let changed = keys.iter().filter(|key| range.contains(key));
            let changes: Vec<_> = changed.map(|key| (key.clone(), self.state_at(key, revision))).collect();
            if !changes.is_empty() {
                return Ok(Some(WatchBatch { revision, at: self.times.get(&revision).copied(), changes }));
            }
        }
        Ok(None)
    }

    fn state_at(&self, key: &str, revision: Revision) -> Option<Entry> {
        self.keys.get(key)?.iter().rev().find(|state| state.revision <= revision)?.entry.clone()
    }

    pub(super) fn commit(&mut self, transaction: Transaction, now: Timestamp) -> Result<Outcome, StoreError> {
        self.expire(now);
        let found: Vec<_> = transaction.compares.iter().map(|compare| self.compared(compare)).collect();
        if !transaction.compares.iter().zip(&found).all(|(compare, entry)| compare.holds(entry.as_ref())) {
            return Ok(Outcome::Conflict { revision: self.revision, found });
        }
        for op in &transaction.ops {
            if let Op::Put { lease: Some(lease), .. } = op {
                self.lease(*lease)?;
            }
        }
        self.apply(transaction.ops, now);
        Ok(Outcome::Committed { revision: self.revision })
    }

    /// What a comparison looks at: its key, or a key of its range that is newer.
    fn compared(&self, compare: &Compare) -> Option<Entry> {
        match compare {
            Compare::ModRevision { key, .. } | Compare::CreateRevision { key, .. } => self.current(key).cloned(),
            Compare::NothingNewer { range, than } => {
                self.entries(range, self.revision, None).find(|entry| entry.mod_revision > *than).cloned()
            }
        }
    }

    /// Applies changes as one revision; none if nothing changes.
    fn apply(&mut self, ops: Vec<Op>, now: Timestamp) {
        let revision = Revision(self.revision.0 + 1);
        let mut changed = BTreeSet::new();
        for op in ops {
            let before = self.current(op.key());
            let (key, entry) = match op {
                Op::Delete { .. } if before.is_none() => continue,
                Op::Delete { key } => (key, None),
                Op::Put { key, value, lease } => {
                    let create_revision = before.map_or(revision, |entry| entry.create_revision);
                    let version = before.map_or(1, |entry| entry.version + 1);
                    let entry = Entry { key, value, create_revision, mod_revision: revision, version, lease };
                    (entry.key.clone(), Some(entry))
                }
            };
            self.keys.entry(key.clone()).or_default().push(KeyState { revision, entry });
            changed.insert(key);
        }
        if !changed.is_empty() {
            let last = self.times.values().next_back().copied().unwrap_or(now);
            self.times.insert(revision, now.max(last));
            self.changes.insert(revision, changed);
            self.revision = revision;
        }
    }

    /// Removes leases that have ended, and their keys, as one revision.
    pub(super) fn expire(&mut self, now: Timestamp) {
        let ended: BTreeSet<LeaseId> =
            self.leases.iter().filter(|(_, lease)| lease.expires <= now).map(|(&id, _)| id).collect();
        if !ended.is_empty() {
            self.end_leases(&ended, now);
        }
    }

    fn end_leases(&mut self, ended: &BTreeSet<LeaseId>, now: Timestamp) {
        let current = self.keys.values().filter_map(|states| states.last()?.entry.as_ref());
        let keys = current.filter(|entry| entry.lease.is_some_and(|lease| ended.contains(&lease)));
        let deletes = keys.map(|entry| Op::Delete { key: entry.key.clone() }).collect();
        self.apply(deletes, now);
        self.leases.retain(|id, _| !ended.contains(id));
    }

    fn lease(&mut self, id: LeaseId) -> Result<&mut Lease, StoreError> {
        self.leases.get_mut(&id).ok_or(StoreError::LeaseGone(id))
    }

    pub(super) fn grant(&mut self, ttl_nanos: i128, now: Timestamp) -> LeaseId {
        self.expire(now);
        let id = LeaseId(self.lease_next);
        self.lease_next += 1;
        self.leases.insert(id, Lease { ttl_nanos, expires: now.plus_nanos(ttl_nanos) });
        id
    }

    pub(super) fn keep_alive(&mut self, id: LeaseId, now: Timestamp) -> Result<(), StoreError> {
        self.expire(now);
        let lease = self.lease(id)?;
        lease.expires = now.plus_nanos(lease.ttl_nanos);
        Ok(())
    }

    pub(super) fn revoke(&mut self, id: LeaseId, now: Timestamp) -> Result<(), StoreError> {
        self.expire(now);
        self.lease(id)?;
        self.end_leases(&BTreeSet::from([id]), now);
        Ok(())
    }

    /// Forgets what was superseded at or before `before`.
    pub(super) fn compact(&mut self, before: Revision) -> Result<u64, StoreError> {
        if before > self.revision {
            return Err(StoreError::FutureRevision { asked: before, newest: self.revision });
        }
        if before <= self.oldest {
            return Ok(0);
        }
        let mut removed = 0;
        self.keys.retain(|_, states| {
            let superseded = states.windows(2).take_while(|pair| pair[1].revision <= before).count();
            removed += states.drain(..superseded).filter(|state| state.entry.is_some()).count() as u64;
            // A deletion is still an event for those who watch from `before` on, and nothing to those who start later.
            states.len() > 1 || states.iter().any(|state| state.entry.is_some() || state.revision >= before)
        });
        self.changes = self.changes.split_off(&before);
        self.times = self.times.split_off(&before);
        self.oldest = before;
        Ok(removed)
    }
}
