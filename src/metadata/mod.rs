//! The backends of the metadata port: etcd, a file, a snapshot, memory.
//!
//! [`AnyReader`] and [`AnyStore`] are what a command holds: which backend it is was settled when it was opened.
//!
//! Invariant: all backends answer alike where they can answer; `tests/metadata_conformance.rs` holds them to it. What a
//! backend cannot do is [`crate::ports::StoreError::Unsupported`], never an empty answer.
//! Invariant: a reader has no writing methods, whichever backend it is.

mod any;
pub mod etcd;
mod initial;
pub mod memory;
mod polling;
pub mod snapshot;
pub mod sqlite;

pub use any::{AnyReader, AnyStore, AnyWatch};
pub use etcd::{EtcdConfig, EtcdReader, EtcdStore};
pub use initial::InitialRevisions;
pub use memory::MemoryStore;
pub use snapshot::SnapshotStore;
pub use sqlite::{SqliteReader, SqliteStore};
