//! One type over the backends.
//!
//! Invariant: dispatch is by `match` without `_`, so a new backend cannot be forgotten.

use std::ops::ControlFlow;
use std::time::Duration;

use super::etcd::{EtcdReader, EtcdStore, EtcdWatch};
use super::memory::{MemoryStore, MemoryWatch};
use super::snapshot::{NoWatch, SnapshotStore};
use super::sqlite::{SqliteReader, SqliteStore, SqliteWatch};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{
    Change, Entry, KeyRange, LeaseId, Limits, Outcome, ReadAnswer, RevisionAt, Transaction, WatchBatch,
};
use crate::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError, StoreHealth};

/// A store that was opened for reading.
pub enum AnyReader {
    /// A store file.
    Sqlite(SqliteReader),
    /// An etcd.
    Etcd(EtcdReader),
    /// A snapshot document.
    Snapshot(SnapshotStore),
    /// A store in memory.
    Memory(MemoryStore),
}

/// A store that was opened for reading and writing.
pub enum AnyStore {
    /// A store file.
    Sqlite(SqliteStore),
    /// An etcd.
    Etcd(EtcdStore),
    /// A store in memory.
    Memory(MemoryStore),
}

/// A watch on any store.
pub enum AnyWatch {
    /// On a store file.
    Sqlite(SqliteWatch),
    /// On an etcd; it is large beside the others.
    Etcd(Box<EtcdWatch>),
    /// On a snapshot: there is none.
    Snapshot(NoWatch),
    /// On a store in memory.
    Memory(MemoryWatch),
}

impl From<SqliteWatch> for AnyWatch {
    fn from(watch: SqliteWatch) -> Self {
        Self::Sqlite(watch)
    }
}

impl From<EtcdWatch> for AnyWatch {
    fn from(watch: EtcdWatch) -> Self {
        Self::Etcd(Box::new(watch))
    }
}

impl From<NoWatch> for AnyWatch {
    fn from(watch: NoWatch) -> Self {
        Self::Snapshot(watch)
    }
}

impl From<MemoryWatch> for AnyWatch {
    fn from(watch: MemoryWatch) -> Self {
        Self::Memory(watch)
    }
}

impl MetadataWatch for AnyWatch {
    async fn next(&mut self, timeout: Duration) -> Result<Option<WatchBatch>, StoreError> {
        match self {
            Self::Sqlite(watch) => watch.next(timeout).await,
            Self::Etcd(watch) => watch.next(timeout).await,
            Self::Snapshot(watch) => watch.next(timeout).await,
            Self::Memory(watch) => watch.next(timeout).await,
        }
    }
}

/// `MetadataRead` for an enum whose variants are stores, each with a variant of [`AnyWatch`] for its watch.
macro_rules! read_by_match {
    ($type:ident: $($variant:ident),+) => {
        impl MetadataRead for $type {
            type Watch = AnyWatch;

            fn place(&self) -> &str {
                match self {
                    $(Self::$variant(store) => store.place(),)+
                }
            }

            async fn revision(&self) -> Result<Revision, StoreError> {
                match self {
                    $(Self::$variant(store) => store.revision().await,)+
                }
            }

            async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
                match self {
                    $(Self::$variant(store) => store.read(ranges, at).await,)+
                }
            }

            async fn scan(
                &self,
                range: &KeyRange,
                at: Option<Revision>,
                visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
            ) -> Result<Revision, StoreError> {
                match self {
                    $(Self::$variant(store) => store.scan(range, at, visit).await,)+
                }
            }

            async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
                match self {
                    $(Self::$variant(store) => store.revision_at(time).await,)+
                }
            }

            async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
                match self {
                    $(Self::$variant(store) => store.history(key, limit).await,)+
                }
            }

            async fn health(&self) -> Result<StoreHealth, StoreError> {
                match self {
                    $(Self::$variant(store) => store.health().await,)+
                }
            }

            async fn watch(&self, range: &KeyRange, from: Revision) -> Result<AnyWatch, StoreError> {
                match self {
                    $(Self::$variant(store) => Ok(AnyWatch::from(store.watch(range, from).await?)),)+
                }
            }
        }
    };
}

read_by_match!(AnyReader: Sqlite, Etcd, Snapshot, Memory);
read_by_match!(AnyStore: Sqlite, Etcd, Memory);

impl MetadataWrite for AnyStore {
    fn limits(&self) -> Limits {
        match self {
            Self::Sqlite(store) => store.limits(),
            Self::Etcd(store) => store.limits(),
            Self::Memory(store) => store.limits(),
        }
    }

    async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        match self {
            Self::Sqlite(store) => store.commit(transaction).await,
            Self::Etcd(store) => store.commit(transaction).await,
            Self::Memory(store) => store.commit(transaction).await,
        }
    }

    async fn grant_lease(&self, ttl: Duration) -> Result<LeaseId, StoreError> {
        match self {
            Self::Sqlite(store) => store.grant_lease(ttl).await,
            Self::Etcd(store) => store.grant_lease(ttl).await,
            Self::Memory(store) => store.grant_lease(ttl).await,
        }
    }

    async fn keep_alive(&self, lease: LeaseId) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(store) => store.keep_alive(lease).await,
            Self::Etcd(store) => store.keep_alive(lease).await,
            Self::Memory(store) => store.keep_alive(lease).await,
        }
    }

    async fn revoke_lease(&self, lease: LeaseId) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(store) => store.revoke_lease(lease).await,
            Self::Etcd(store) => store.revoke_lease(lease).await,
            Self::Memory(store) => store.revoke_lease(lease).await,
        }
    }

    async fn compact(&self, before: Revision) -> Result<Option<u64>, StoreError> {
        match self {
            Self::Sqlite(store) => store.compact(before).await,
            Self::Etcd(store) => store.compact(before).await,
            Self::Memory(store) => store.compact(before).await,
        }
    }
}
