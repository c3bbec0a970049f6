use std::sync::Arc;

use super::*;
use crate::metadata::MemoryStore;
use crate::ports::MetadataWrite as _;
use crate::ports::clock::FixedClock;
use crate::ports::metadata::{Op, Transaction};

/// 2025-11-05T15:30:00Z: the open hour is 489543.
const NOW: Timestamp = Timestamp::from_seconds(1_762_356_600);
const LONG_AGO: &str = "2025-11-05T15:00:00Z";
const JUST_NOW: &str = "2025-11-05T15:16:00Z";

struct Lab {
    store: MemoryStore,
    keys: Keys,
    memory: Memory,
    settings: AutoSettings,
    away: BTreeSet<NodeId>,
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

impl Lab {
    fn new() -> Self {
        let lab = Self {
            store: MemoryStore::new(Arc::new(FixedClock(NOW))),
            keys: Keys::new("/otlp").unwrap(),
            memory: Memory::default(),
            settings: AutoSettings { split: true, compact: true, ..AutoSettings::default() },
            away: BTreeSet::new(),
        };
        let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","signal":"logs","partition_size":{"logs":{"min_bytes":1,"max_bytes":1000}}}"#;
        lab.put("cluster", spec);
        lab.put("nodes/n1", r#"{"data_url":"file:///n1"}"#);
        lab.put("nodes/n2", r#"{"data_url":"file:///n2","state":"Down"}"#);
        lab
    }

    fn put(&self, key: &str, value: &str) {
        let ops = vec![Op::put(format!("/otlp/{key}"), value.to_owned())];
        let _ = block_on(self.store.commit(Transaction { compares: Vec::new(), ops })).unwrap();
    }

    fn record(&self, id: &str, node: &str, state: &str, (bytes, updated): (u64, &str)) {
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":["{node}"],"leader":"{node}","state":"{state}","size_bytes":{bytes},"record_count":1,"created_at":"{LONG_AGO}","updated_at":"{updated}"}}"#
        );
        self.put(&format!("partitions/{id}"), &value);
    }

    fn due(&mut self) -> Due {
        let wanted = Wanted { settings: &self.settings, now: NOW, away: &self.away };
        block_on(due(&self.store, &self.keys, &wanted, &mut self.memory)).unwrap()
    }
}

fn oversized(due: &Due) -> Vec<(String, u8)> {
    due.oversized.iter().map(|one| (one.id.to_string(), one.bits)).collect()
}

fn closed(due: &Due) -> Vec<String> {
    due.closed.iter().map(|(id, _)| id.to_string()).collect()
}

#[test]
fn what_is_too_large_and_may_be_split() {
    let mut lab = Lab::new();
    let gib = 1_u64 << 30;
    for (id, state, bytes) in [
        ("partition_489543_0001", "Active", 1_001),
        ("partition_489543_0002", "Active", 1_000),
        ("partition_489542_0003.01", "Active", 3_500),
        ("partition_489542_0004", "ReadOnly", 9_000),
        ("partition_489542_0005", "Migrating", 9_000),
        ("partition_489542_0006.01010101", "Active", 9_000),
        ("partition_489543_0007", "Active", 17 * gib),
        ("partition_489542_0007", "Active", 17 * gib),
        ("partition_489542_0008", "Active", 9_000),
        // Past its retention of 30 days.
        ("partition_480000_0001", "Active", 9_000),
    ] {
        lab.record(id, "n1", state, (bytes, JUST_NOW));
    }
    lab.put("migrations/partition_489542_0008", "whatever it is");
    let found = lab.due();
    let wanted = [("partition_489542_0007", 5), ("partition_489542_0003.01", 2), ("partition_489543_0001", 1)];
    assert_eq!(oversized(&found), wanted.map(|(id, bits)| (id.to_owned(), bits)));
    let refused: Vec<(String, &str)> = found.refused.iter().map(|(id, why)| (id.to_string(), why.as_str())).collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused[0].0.ends_with("0006.01010101") && refused[0].1.contains("no more bits"), "{refused:?}");
    assert!(refused[1].0 == "partition_489543_0007" && refused[1].1.contains("is open"), "{refused:?}");
    // One that was refused rests for its time, and is known as such until its record goes.
    let id = found.oversized[1].id;
    lab.memory.refuse((id, RewriteKind::Split), "why", NOW.plus_seconds(60));
    assert_eq!(oversized(&lab.due()).len(), 2);
    assert!(lab.memory.has_refused(id));
    lab.settings.split = false;
    assert!(lab.due().oversized.is_empty());
}

#[test]
fn what_is_closed_quiet_and_not_known_may_be_compacted() {
    let mut lab = Lab::new();
    for (id, node, state, size) in [
        ("partition_489541_0001", "n1", "Active", (10, LONG_AGO)),
        ("partition_489542_0001", "n1", "ReadOnly", (10, LONG_AGO)),
        ("partition_489542_0002", "n1", "Active", (10, LONG_AGO)),
        ("partition_489542_0003", "n1", "Active", (10, JUST_NOW)),
        ("partition_489542_0004", "n2", "Active", (10, LONG_AGO)),
        ("partition_489542_0005", "n1", "Migrating", (10, LONG_AGO)),
        // It was split, or nothing was ever written.
        ("partition_489542_0006", "n1", "Active", (0, LONG_AGO)),
        ("partition_489542_0007", "n1", "Active", (5_000, LONG_AGO)),
        ("partition_489543_0001", "n1", "Active", (10, LONG_AGO)),
    ] {
        lab.record(id, node, state, size);
    }
    let found = lab.due();
    assert_eq!(closed(&found), ["partition_489542_0001", "partition_489542_0002", "partition_489541_0001"]);
    // What was looked at is left alone until its record changes.
    for (id, revision) in &found.closed {
        lab.memory.note_idle(*id, *revision);
    }
    assert!(closed(&lab.due()).is_empty());
    lab.record("partition_489542_0002", "n1", "Active", (11, LONG_AGO));
    assert_eq!(closed(&lab.due()), ["partition_489542_0002"]);
    lab.away.insert(NodeId::parse("n1").unwrap());
    assert!(closed(&lab.due()).is_empty(), "its node does not answer");
}

#[test]
fn a_pause_of_either_kind_is_seen_and_nothing_is_looked_at() {
    for word in ["auto_paused", "paused"] {
        let mut lab = Lab::new();
        lab.record("partition_489542_0001", "n1", "Active", (5_000, LONG_AGO));
        let said =
            format!(r#"{{"schema":"otlp-part/rebalance-control/v1","{word}":{{"by":"ann@desk","at":"{LONG_AGO}"}}}}"#);
        lab.put("rebalance/control", &said);
        let found = lab.due();
        assert_eq!(found.paused.as_deref(), Some("paused by ann@desk"));
        assert!(found.oversized.is_empty());
    }
}
