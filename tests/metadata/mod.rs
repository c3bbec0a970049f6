//! What the tests of metadata stores share: a movable clock, a stage with one store, short ways to say things.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

pub mod leases;
pub mod reads;
pub mod scans;
pub mod transactions;
pub mod values;
pub mod watches;

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use otlp_part::metadata::{InitialRevisions, MemoryStore, SqliteStore, sqlite};
use otlp_part::model::{Revision, Timestamp};
use otlp_part::ports::metadata::{Compare, Entry, KeyRange, Op, Outcome, Transaction};
use otlp_part::ports::{Clock, MetadataRead, MetadataWrite, StoreError};

/// A clock that is moved by hand.
pub struct TestClock(Mutex<Timestamp>);

impl TestClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Timestamp::from_seconds(1_762_353_824))))
    }

    pub fn advance(&self, by: Duration) {
        let mut now = self.0.lock().unwrap();
        *now = now.plus_nanos(by.as_nanos() as i128);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Runs a future to its end.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// A kind of store that the checks are played on.
pub trait Backend {
    type Store: MetadataWrite;
    /// A store with nothing under the stage's prefix, which nobody else writes to.
    fn open() -> impl Future<Output = Stage<Self::Store>>;
}

/// One store, and where in it a check may work.
pub struct Stage<S> {
    pub store: S,
    pub prefix: String,
    pub clock: Arc<TestClock>,
    /// Lets time pass for the store's leases.
    pub wait: fn(&TestClock, Duration),
    /// The time to live of the checks' leases.
    pub ttl: Duration,
    /// Dropped when the check is over.
    pub keep: Option<Box<dyn std::any::Any>>,
}

/// Of stores whose clock is moved by hand.
const TTL: Duration = Duration::from_secs(10);

pub struct Memory;
impl Memory {
    pub fn stage() -> Stage<MemoryStore> {
        let clock = TestClock::new();
        let store = MemoryStore::new(clock.clone());
        Stage { store, prefix: "/check".into(), clock, wait: TestClock::advance, ttl: TTL, keep: None }
    }
}

impl Backend for Memory {
    type Store = MemoryStore;
    async fn open() -> Stage<MemoryStore> {
        Self::stage()
    }
}

pub struct Sqlite;
impl Sqlite {
    pub fn stage() -> Stage<SqliteStore> {
        let clock = TestClock::new();
        let keep = tempfile::tempdir().unwrap();
        let path = keep.path().join("cluster.db");
        let store = sqlite::create(&path, clock.clone(), [], InitialRevisions::AllFirst).unwrap();
        let keep: Option<Box<dyn std::any::Any>> = Some(Box::new(keep));
        Stage { store, prefix: "/check".into(), clock, wait: TestClock::advance, ttl: TTL, keep }
    }
}

impl Backend for Sqlite {
    type Store = SqliteStore;
    async fn open() -> Stage<SqliteStore> {
        Self::stage()
    }
}

impl<S: MetadataWrite> Stage<S> {
    pub fn key(&self, name: &str) -> String {
        format!("{}/{name}", self.prefix)
    }

    pub fn all(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/", self.prefix))
    }

    pub fn pass(&self, time: Duration) {
        (self.wait)(&self.clock, time);
    }

    pub fn put_op(&self, name: &str, value: &str) -> Op {
        Op::put(self.key(name), value)
    }

    pub fn delete_op(&self, name: &str) -> Op {
        Op::Delete { key: self.key(name) }
    }

    /// Applies changes without conditions.
    pub async fn apply(&self, ops: Vec<Op>) -> Revision {
        committed(self.store.commit(Transaction { compares: vec![], ops }).await.unwrap())
    }

    pub async fn put(&self, name: &str, value: &str) -> Revision {
        self.apply(vec![self.put_op(name, value)]).await
    }

    pub async fn delete(&self, name: &str) -> Revision {
        self.apply(vec![self.delete_op(name)]).await
    }

    pub async fn commit_if(&self, compares: Vec<Compare>, ops: Vec<Op>) -> Outcome {
        self.store.commit(Transaction { compares, ops }).await.unwrap()
    }

    pub async fn get(&self, name: &str) -> Option<Entry> {
        one(&self.store, &self.key(name), None).await.unwrap()
    }

    pub async fn get_at(&self, name: &str, at: Revision) -> Option<Entry> {
        one(&self.store, &self.key(name), Some(at)).await.unwrap()
    }

    /// The keys there are, without the prefix.
    pub async fn names(&self) -> Vec<String> {
        let answer = self.store.read(&[self.all()], None).await.unwrap();
        answer.ranges[0].iter().map(|entry| entry.key[self.prefix.len() + 1..].to_owned()).collect()
    }
}

/// One key.
pub async fn one(store: &impl MetadataRead, key: &str, at: Option<Revision>) -> Result<Option<Entry>, StoreError> {
    let mut answer = store.read(&[KeyRange::single(key)], at).await?;
    Ok(answer.ranges.pop().and_then(|mut entries| entries.pop()))
}

/// Everything that a scan shows.
pub async fn scanned(store: &impl MetadataRead, range: &KeyRange, at: Option<Revision>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let visit = &mut |entry: &Entry| {
        entries.push(entry.clone());
        std::ops::ControlFlow::Continue(())
    };
    store.scan(range, at, visit).await.unwrap();
    entries
}

pub fn committed(outcome: Outcome) -> Revision {
    match outcome {
        Outcome::Committed { revision } => revision,
        Outcome::Conflict { .. } => panic!("{outcome:?}"),
    }
}

pub fn next(revision: Revision) -> Revision {
    Revision(revision.0 + 1)
}

/// An entry as it stands in a new store.
pub fn entry(key: &str, value: &[u8]) -> Entry {
    Entry {
        key: key.to_owned(),
        value: value.to_vec(),
        create_revision: Revision(1),
        mod_revision: Revision(1),
        version: 1,
        lease: None,
    }
}
