//! Faults of the worst day, injected between the store and a real etcd: lost requests and replies, requests applied too
//! late, members killed and frozen, leaders changed, leases revoked, history compacted away, no space left.
//!
//! A small part with a fixed seed always runs; `OTLP_PART_FAULTS=full` runs the full counts.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "etcd_faults/calls.rs"]
mod calls;
#[path = "etcd_faults/compaction.rs"]
mod compaction;
#[path = "etcd_faults/members.rs"]
mod members;
#[path = "etcd_faults/refusals.rs"]
mod refusals;
mod support_etcd;

use std::future::Future;

use otlp_part::metadata::EtcdStore;
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Compare, Entry, KeyRange, Op, Outcome, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWrite, StoreError};

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// The number of rounds: a few, or all when the environment says so.
#[expect(clippy::disallowed_methods, reason = "a test may look at its environment")]
fn rounds(few: usize, full: usize) -> usize {
    if std::env::var("OTLP_PART_FAULTS").is_ok_and(|value| value == "full") { full } else { few }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

async fn one(store: &impl MetadataRead, key: &str) -> Option<Entry> {
    store.read(&[KeyRange::single(key)], None).await.unwrap().ranges.pop().unwrap().pop()
}

/// A change as the operations make them: on the revision that was read, with an audit entry of its own.
fn edit(key: &str, read: Revision, value: &str, audit: &str) -> Transaction {
    Transaction {
        compares: vec![
            Compare::ModRevision { key: key.to_owned(), is: read },
            Compare::absent(format!("/otlp/audit/{audit}")),
        ],
        ops: vec![Op::put(key.to_owned(), value), Op::put(format!("/otlp/audit/{audit}"), value)],
    }
}

async fn put(store: &EtcdStore, key: &str, value: &str) -> Revision {
    let ops = vec![Op::put(key.to_owned(), value)];
    match store.commit(Transaction { compares: vec![], ops }).await.unwrap() {
        Outcome::Committed { revision } => revision,
        other @ Outcome::Conflict { .. } => panic!("{other:?}"),
    }
}

fn in_doubt(answer: &Result<Outcome, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Unreachable { applied_unknown: true, .. }))
}
