//! The past of an etcd: what is kept of it, the states of one key, the revision of a time.
//!
//! etcd keeps no times. The audit trail does: its keys begin with the milliseconds of their change.

use std::time::Duration;

use etcd_client::{Client, GetOptions, SortOrder, SortTarget};
use tokio::time::{Instant, sleep, timeout_at};

use super::fault::{Fault, Refusal};
use super::members::{Members, ReadFault};
use super::reader::{EtcdReader, kv};
use super::stream::{Message, Stream};
use super::wire::{bounds, entries, header_revision, sent};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{Change, Entry, KeyRange, RevisionAt};
use crate::ports::{Keys, StoreError};

/// etcd looks for watches that start in the past every 100 ms; a key without a present state has told all after three.
const QUIET: Duration = Duration::from_millis(350);

/// The oldest revision that can be read: the first one, if it can be; else a watch from there on is told which.
pub(super) async fn oldest(reader: &EtcdReader) -> Result<Revision, ReadFault> {
    let probe = reader.probe();
    let key = KeyRange::single(&probe);
    let at_first = move |client: Client| {
        let (key, options) = (probe.clone(), GetOptions::new().with_keys_only().with_revision(1));
        async move { kv(&client).get(key, Some(options)).await }
    };
    match reader.members.read(at_first).await {
        Ok(_) => return Ok(Revision(1)),
        Err(ReadFault::Refused(Refusal::Compacted)) => {}
        Err(fault) => return Err(fault),
    }
    match told(&reader.members, &key, Revision(1), &Present::default()).await? {
        Told::Compacted(oldest) => Ok(oldest),
        Told::Changes(_) => Ok(Revision(1)),
    }
}

/// Between two rounds over all members.
const PAUSE: Duration = Duration::from_millis(100);

/// A key as it stands at a revision.
pub(super) struct Present {
    pub(super) entry: Option<Entry>,
    revision: Revision,
}

impl Default for Present {
    fn default() -> Self {
        Self { entry: None, revision: Revision(u64::MAX) }
    }
}

impl Present {
    pub(super) async fn of(reader: &EtcdReader, key: &str) -> Result<Self, StoreError> {
        let (entry, revision) = reader.one(key, None).await?;
        Ok(Self { entry, revision })
    }
}

enum Told {
    /// Oldest first.
    Changes(Vec<Change>),
    Compacted(Revision),
}

/// The changes of one key from a revision on, up to its present state; where it has none, until it is quiet.
async fn changes(reader: &EtcdReader, key: &KeyRange, from: Revision, now: &Present) -> Result<Told, StoreError> {
    match told(&reader.members, key, from, now).await {
        Ok(told) => Ok(told),
        Err(fault) => Err(reader.told(fault, &format!("watching {}", key.start()), Some(from)).await),
    }
}

async fn told(members: &Members, key: &KeyRange, from: Revision, now: &Present) -> Result<Told, ReadFault> {
    let until = Instant::now() + members.total();
    loop {
        let mut passing = false;
        let mut fault = None;
        for _ in 0..members.count() {
            let member = members.current();
            match changes_told(members, member, key, from, now, until).await {
                Ok(told) => return Ok(told),
                Err(Fault::Refused(refusal)) => return Err(ReadFault::Refused(refusal)),
                Err(other) => {
                    members.failed(member, &other).await;
                    passing |= matches!(other, Fault::Member { passing: true, .. });
                    fault = Some((member, other));
                }
            }
        }
        if !passing || Instant::now() + PAUSE >= until {
            let (member, fault) = fault.unwrap_or_else(|| (0, Fault::silent("no answer", super::fault::Sent::Never)));
            return Err(ReadFault::Unreachable(members.unusable(member, fault)));
        }
        sleep(PAUSE).await;
    }
}

async fn changes_told(
    members: &Members,
    member: usize,
    key: &KeyRange,
    from: Revision,
    now: &Present,
    until: Instant,
) -> Result<Told, Fault> {
    let Some(bounds) = bounds(key) else { return Ok(Told::Changes(Vec::new())) };
    let mut stream = Stream::open(members, member, bounds, from, until).await?;
    let mut found: Vec<Change> = Vec::new();
    loop {
        let wait = if now.entry.is_some() { until } else { until.min(Instant::now() + QUIET) };
        match timeout_at(wait, stream.message(members)).await {
            Ok(message) => match message? {
                Message::Compacted(oldest) => return Ok(Told::Compacted(oldest)),
                Message::Progress(_) | Message::Alive => {}
                Message::Events { events, .. } => {
                    let change = |e: super::stream::Event| Change { revision: e.revision, at: None, entry: e.entry };
                    found.extend(events.into_iter().map(change));
                }
            },
            Err(_) if Instant::now() >= until => {
                return Err(Fault::silent("the past of a key did not come", super::fault::Sent::Never));
            }
            // Quiet, and its last change is the deletion that it must be, or it never was.
            Err(_) if found.last().is_none_or(|change| change.entry.is_none()) => return Ok(Told::Changes(found)),
            Err(_) => {}
        }
        let last = now.entry.as_ref().map(|entry| entry.mod_revision);
        let is_told =
            |change: &Change| last.is_some_and(|last| change.revision >= last) || change.revision > now.revision;
        if found.iter().any(is_told) {
            return Ok(Told::Changes(found));
        }
    }
}

/// The states of a key that are kept, newest first.
pub(super) async fn history(reader: &EtcdReader, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let now = Present::of(reader, key).await?;
    let mut states = since(reader, key, Revision(1), &now).await?;
    states.reverse();
    states.truncate(limit);
    Ok(states)
}

/// The states of a key from a revision on that are kept, oldest first, and the one that stood at a compaction.
pub(super) async fn since(
    reader: &EtcdReader,
    key: &str,
    from: Revision,
    now: &Present,
) -> Result<Vec<Change>, StoreError> {
    let range = KeyRange::single(key);
    let last = now.entry.as_ref().map(|entry| entry.mod_revision);
    if last.is_some_and(|last| last < from) {
        return Ok(Vec::new());
    }
    let oldest = match changes(reader, &range, from, now).await? {
        Told::Changes(states) => return Ok(states),
        Told::Compacted(oldest) => oldest,
    };
    let (base, _) = reader.one(key, Some(oldest)).await?;
    let change = |entry: Entry| Change { revision: entry.mod_revision, at: None, entry: Some(entry) };
    let mut states: Vec<Change> = base.map(change).into_iter().collect();
    let is_whole = states.last().map(|state| state.revision) == last && last.is_some();
    if !is_whole {
        match changes(reader, &range, Revision(oldest.0 + 1), now).await? {
            Told::Changes(later) => states.extend(later),
            // Compacted once more meanwhile.
            Told::Compacted(oldest) => return Err(StoreError::Compacted { asked: from, oldest }),
        }
    }
    Ok(states)
}

/// The milliseconds in an audit entry's key.
fn made_at(keys: &Keys, entry: &Entry) -> Option<Timestamp> {
    let (millis, _) = keys.name("audit", &entry.key)?.split_once('-')?;
    Some(Timestamp::from_nanos(i128::from(millis.parse::<u64>().ok()?) * 1_000_000))
}

/// The newest revision made at or before a time, by the audit trail.
pub(super) async fn revision_at(reader: &EtcdReader, time: Timestamp) -> Result<RevisionAt, StoreError> {
    let keys = Keys::new(reader.prefix()).map_err(|error| StoreError::Malformed(error.to_string()))?;
    let (start, end) = (keys.audits().start().to_owned(), keys.audits().end().to_owned());
    let millis = u64::try_from(time.millis()).unwrap_or(0);
    let behind = keys.audit(millis.saturating_add(1).min(9_999_999_999_999), "").trim_end_matches('-').to_owned();
    let newest = GetOptions::new().with_range(behind).with_sort(SortTarget::Key, SortOrder::Descend);
    let newest = first(reader, start.clone(), newest).await?;
    let found = newest.and_then(|entry| Some((made_at(&keys, &entry)?, entry.mod_revision)));
    let unknown =
        StoreError::Unsupported { backend: "etcd", cannot: "keep no times, and there is no audit entry to tell them" };
    if let Some((at, revision)) = found {
        match reader.one(&keys.cluster(), Some(revision)).await {
            Ok(_) => return Ok(RevisionAt { revision, made_at: at }),
            Err(StoreError::Compacted { oldest, .. }) => {
                let kept = GetOptions::new().with_range(end).with_min_mod_revision(sent(oldest));
                let kept = first(reader, start, kept).await?.and_then(|entry| made_at(&keys, &entry));
                return Err(kept.map_or(StoreError::Compacted { asked: revision, oldest }, |oldest| {
                    StoreError::BeforeHistory { oldest }
                }));
            }
            Err(error) => return Err(error),
        }
    }
    let oldest = first(reader, start, GetOptions::new().with_range(end)).await?;
    Err(oldest.and_then(|entry| made_at(&keys, &entry)).map_or(unknown, |oldest| StoreError::BeforeHistory { oldest }))
}

/// The first key that options choose.
async fn first(reader: &EtcdReader, start: String, options: GetOptions) -> Result<Option<Entry>, StoreError> {
    let what = format!("reading {start}");
    let op = move |client: Client| {
        let (start, options) = (start.clone(), options.clone().with_keys_only().with_limit(1));
        async move { kv(&client).get(start, Some(options)).await }
    };
    match reader.members.read(op).await {
        Ok(mut answer) => {
            reader.members.note_revision(header_revision(answer.0.header.as_ref()));
            Ok(entries(answer.take_kvs()).pop())
        }
        Err(fault) => Err(reader.told(fault, &what, None).await),
    }
}
