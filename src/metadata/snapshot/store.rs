//! A snapshot document as a store that can only be read.
//!
//! Invariant: the whole document is checked when it is opened; after that, nothing but a question can be wrong.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::time::Duration;

use super::parse::{Refusal, document};
use super::{SCHEMA_VERSION, SnapshotHeader};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{Change, Entry, KeyRange, ReadAnswer, RevisionAt, WatchBatch};
use crate::ports::{MetadataRead, MetadataWatch, StoreError, StoreHealth};

/// A snapshot in memory.
#[derive(Clone, Debug)]
pub struct SnapshotStore {
    place: String,
    header: SnapshotHeader,
    /// In key order.
    entries: Vec<Entry>,
}

impl SnapshotStore {
    /// Reads the document `bytes` that was found at `place`, such as `snapshot:cluster.json`.
    ///
    /// # Errors
    /// [`StoreError::NotAStore`] with what is wrong; [`StoreError::NewerSchema`].
    pub fn parse(place: String, bytes: &[u8]) -> Result<Self, StoreError> {
        match document(bytes) {
            Ok((header, entries)) => Ok(Self { place, header, entries }),
            Err(Refusal::NotASnapshot(reason)) => Err(StoreError::NotAStore { place, reason }),
            Err(Refusal::Newer(found)) => Err(StoreError::NewerSchema { place, found, known: SCHEMA_VERSION }),
        }
    }

    /// What the document says about itself.
    #[must_use]
    pub fn header(&self) -> &SnapshotHeader {
        &self.header
    }

    /// All entries, in key order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All entries, in key order, without the document.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    fn readable(&self, at: Option<Revision>) -> Result<Revision, StoreError> {
        let only = self.header.revision;
        match at {
            Some(asked) if asked > only => Err(StoreError::FutureRevision { asked, newest: only }),
            Some(asked) if asked < only => Err(StoreError::Compacted { asked, oldest: only }),
            Some(_) | None => Ok(only),
        }
    }

    fn range(&self, range: &KeyRange) -> &[Entry] {
        let before = |key: &str| self.entries.partition_point(|entry| entry.key.as_str() < key);
        self.entries.get(before(range.start())..before(range.end())).unwrap_or_default()
    }
}

impl MetadataRead for SnapshotStore {
    type Watch = NoWatch;

    fn place(&self) -> &str {
        &self.place
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.header.revision)
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        let revision = self.readable(at)?;
        Ok(ReadAnswer { revision, ranges: ranges.iter().map(|range| self.range(range).to_vec()).collect() })
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        let revision = self.readable(at)?;
        for entry in self.range(range) {
            if visit(entry).is_break() {
                break;
            }
        }
        Ok(revision)
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        let SnapshotHeader { revision, exported_at: made_at, .. } = self.header;
        if time < made_at {
            Err(StoreError::BeforeHistory { oldest: made_at })
        } else {
            Ok(RevisionAt { revision, made_at })
        }
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        let states = self.range(&KeyRange::single(key)).iter().take(limit);
        Ok(states.map(|entry| Change { revision: entry.mod_revision, at: None, entry: Some(entry.clone()) }).collect())
    }

    async fn health(&self) -> Result<StoreHealth, StoreError> {
        Ok(StoreHealth { is_copy: true, oldest_revision: Some(self.header.revision), ..StoreHealth::default() })
    }

    async fn watch(&self, _range: &KeyRange, _from: Revision) -> Result<NoWatch, StoreError> {
        Err(StoreError::Unsupported { backend: "snapshot", cannot: "never change, so there is nothing to follow" })
    }
}

/// The watch of a store that cannot be watched: there is none.
#[derive(Debug)]
pub struct NoWatch(Infallible);

impl MetadataWatch for NoWatch {
    async fn next(&mut self, _timeout: Duration) -> Result<Option<WatchBatch>, StoreError> {
        match self.0 {}
    }
}
