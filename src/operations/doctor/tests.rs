use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::repair;
use super::*;
use crate::metadata::MemoryStore;
use crate::operations::AuditContext;
use crate::operations::audit::AuditRecord;
use crate::operations::change::Consent;
use crate::operations::cluster::ClusterView;
use crate::ports::MetadataWrite;
use crate::ports::clock::FixedClock;
use crate::ports::health::MemberHealth;
use crate::ports::metadata::{Op, Transaction};

/// 2025-11-05T15:10:00Z, in the bucket 489543.
const NOW: Timestamp = Timestamp::from_seconds(1_762_355_400);
const P: &str = "partition_489542_0000";

type Keyspace = BTreeMap<String, String>;

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn record(id: &str, nodes: &str, leader: &str, size: u64) -> String {
    let time = "2025-11-05T14:00:00Z";
    let nodes: Vec<&str> = nodes.split(',').collect();
    serde_json::json!({
        "partition_id": id, "nodes": nodes, "leader": (!leader.is_empty()).then_some(leader), "state": "Active",
        "size_bytes": size, "record_count": 1, "created_at": time, "updated_at": time,
    })
    .to_string()
}

const SIZE: u64 = 1_500_000_000;

fn put_record(keys: &mut Keyspace, id: &str, nodes: &str, leader: &str, size: u64) {
    keys.insert(format!("partitions/{id}"), record(id, nodes, leader, size));
}

fn spec(replication: u8) -> String {
    format!(
        r#"{{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":{replication},
            "partitioning":[{{"hash_buckets":2}}],"placement":{{"algorithm":"rendezvous"}}}}"#
    )
}

fn put_node(keys: &mut Keyspace, id: &str, zone: &str, state: &str) {
    let value = format!(r#"{{"location":{{"availability_zone":"{zone}"}},"state":"{state}"}}"#);
    keys.insert(format!("nodes/{id}"), value);
}

/// Three whole hours of two partitions, on four nodes in two zones.
fn healthy() -> Keyspace {
    let mut keys = Keyspace::from([("cluster".to_owned(), spec(2))]);
    for (node, zone) in [("n1", "a"), ("n2", "b"), ("n3", "a"), ("n4", "b")] {
        put_node(&mut keys, node, zone, "Active");
    }
    for bucket in 489_542..489_545 {
        for index in 0..2 {
            put_record(&mut keys, &format!("partition_{bucket}_{index:04}"), "n1,n2", "n1", SIZE);
        }
    }
    keys
}

fn store(keyspace: &Keyspace) -> MemoryStore {
    let store = MemoryStore::new(Arc::new(FixedClock(NOW)));
    for (key, value) in keyspace {
        let ops = vec![Op::put(format!("/otlp/{key}"), value.as_bytes())];
        let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
    }
    store
}

fn report(store: &MemoryStore) -> Report {
    wait(examine(store, &Keys::default(), None, NOW, 100)).unwrap()
}

fn found(report: &Report) -> Vec<(Code, String)> {
    let all = report.findings.groups().flat_map(|(_, code, group)| group.first.iter().map(move |f| (code, f)));
    all.map(|(code, finding)| (code, finding.subject.clone())).collect()
}

fn contents(store: &MemoryStore) -> BTreeMap<String, Vec<u8>> {
    let lists = wait(store.read(&[Keys::default().everything()], None)).unwrap().ranges;
    lists[0].iter().map(|e| (e.key.clone(), e.value.clone())).collect()
}

/// Applies what the doctor counts as safe, and gives the keys that changed, but for the audit trail's.
fn fix(store: &MemoryStore) -> BTreeSet<String> {
    let keys = Keys::default();
    let report = report(store);
    let before = contents(store);
    let (view, _) = wait(ClusterView::read(store, &keys, None, &[])).unwrap();
    let change = wait(repair::plan(store, &keys, &view, &report.repairs, NOW)).unwrap();
    let audit = AuditContext {
        now: NOW,
        actor: "a".into(),
        host: "h".into(),
        command: "doctor --fix".into(),
        reason: None,
        nonce: wait(store.revision()).unwrap().0,
    };
    wait(change.approve(Consent::Flag).apply(store, &keys, &audit)).unwrap();
    let after = contents(store);
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = all.into_iter().filter(|key| before.get(*key) != after.get(*key));
    changed.filter(|key| !key.starts_with("/otlp/audit/")).cloned().collect()
}

/// Of a move from n1 to n3.
fn journal(phase: &str) -> String {
    serde_json::json!({
        "kind": "move", "schema_version": 1, "operation_id": "op-1", "plan_id": "plan-1", "plan_digest": null,
        "phase": phase, "from": "n1", "to": "n3", "copy_from": "n2", "copy_id": "c-1", "old_copy_id": "first",
        "slots": [], "original_nodes": ["n1", "n2"], "original_leader": "n1", "original_copies": {},
        "target_nodes": ["n3", "n2"], "prior_state": "Active", "base_epoch": 0, "crc32c": null, "record_count": null,
        "started_at": "2025-11-05T15:00:00Z",
    })
    .to_string()
}

/// A fault: its codes with their subjects, how it is planted, and the keys that `--fix` changes.
type Fault<'a> = (&'a [(Code, &'a str)], &'a dyn Fn(&mut Keyspace), &'a [&'a str]);

fn split(keys: &mut Keyspace, id: &str, children: &[&str], size: u64) {
    keys.insert(format!("ext/{id}"), r#"{"split_bits":1}"#.into());
    for child in children {
        put_record(keys, &format!("{id}.{child}"), "n1,n2", "n1", size);
    }
}

fn faults(check: &mut dyn FnMut(Fault<'_>)) {
    const OTHER: &str = "partition_489544_0005";
    let r = |keys: &mut Keyspace, nodes: &str, leader: &str| put_record(keys, P, nodes, leader, SIZE);
    let down = |keys: &mut Keyspace| put_node(keys, "n5", "c", "Down");
    let put = |keys: &mut Keyspace, key: &str, value: &str| {
        keys.insert(key.to_owned(), value.to_owned());
    };
    let edit = |keys: &mut Keyspace, from: &str, to: &str| {
        let value = keys.get_mut(&format!("partitions/{P}")).unwrap();
        assert!(value.contains(from));
        *value = value.replace(from, to);
    };
    let (own, ext) = (format!("partitions/{P}"), format!("ext/{P}"));
    check((&[(Code::CorruptValue, "/otlp/ext/partition_489542_0000")], &|k| put(k, &ext, "x"), &[]));
    check((&[(Code::CorruptValue, "/otlp/partitions/partition_489542_0000")], &|k| put(k, &own, "{}"), &[]));
    let newer = r#"{"schema":"otlp-part/node/v2"}"#;
    check((&[(Code::NewerSchema, "/otlp/nodes/n4")], &|k| put(k, "nodes/n4", newer), &[]));
    check((&[(Code::UnknownState, P)], &|k| edit(k, "Active", "Melting"), &[]));
    check((&[(Code::IdMismatch, P)], &|k| edit(k, P, OTHER), &[]));
    check((&[(Code::DuplicateReplicas, P)], &|k| r(k, "n1,n2,n1", "n1"), &[&own, &ext]));
    check((&[(Code::LeaderNotReplica, P)], &|k| r(k, "n1,n2", "n3"), &[&own, &ext]));
    check((&[(Code::NoLeader, P)], &|k| r(k, "n1,n2", ""), &[]));
    check((
        &[(Code::LeaderDown, P)],
        &|k| {
            down(k);
            r(k, "n5,n1,n2", "n5");
        },
        &[],
    ));
    check((
        &[(Code::NoLiveReplica, P)],
        &|k| {
            down(k);
            r(k, "n5", "n5");
        },
        &[],
    ));
    check((&[(Code::UnknownNode, "n9")], &|k| r(k, "n1,n9", "n1"), &[]));
    // Nobody holds what was split; one that says that it has bytes is not taken at its word.
    check((
        &[],
        &|k| {
            split(k, P, &["0", "1"], SIZE);
            put_record(k, P, "n1,n9", "n1", 0);
        },
        &[],
    ));
    check((
        &[(Code::UnknownNode, "n9")],
        &|k| {
            split(k, P, &["0", "1"], SIZE);
            put_record(k, P, "n1,n9", "n1", SIZE);
        },
        &[],
    ));
    check((
        &[(Code::SharedDataUrl, "n4")],
        &|k| {
            put(k, "nodes/n3", r#"{"data_url":"file:///d/","location":{"availability_zone":"a"}}"#);
            put(k, "nodes/n4", r#"{"data_url":"file:///d","location":{"availability_zone":"b"}}"#);
        },
        &[],
    ));
    check((&[(Code::SplitChildMissing, P)], &|k| split(k, P, &["0"], SIZE), &[]));
    let child = format!("{P}.0");
    check((&[(Code::ParentNotSplit, &child)], &|k| put_record(k, &child, "n1,n2", "n1", SIZE), &[]));
    let journal_of = |k: &mut Keyspace, id: &str, phase: &str| {
        k.insert(format!("migrations/{id}"), journal(phase));
    };
    let nobody = (Code::NobodyExecutes, "migrations");
    check((&[(Code::OrphanedJournal, OTHER), nobody], &|k| journal_of(k, OTHER, "Cleanup"), &[]));
    check((&[(Code::JournalUnreadable, P), nobody], &|k| put(k, &format!("migrations/{P}"), "{}"), &[]));
    check((&[(Code::StateNotOfJournal, P), nobody], &|k| journal_of(k, P, "Copying"), &[]));
    check((
        &[(Code::StateNotOfJournal, P), nobody],
        &|k| {
            edit(k, "Active", "Migrating");
            journal_of(k, P, "Cleanup");
        },
        &[],
    ));
    check((
        &[nobody],
        &|k| {
            edit(k, "Active", "Migrating");
            journal_of(k, P, "Copying");
        },
        &[],
    ));
    let control = "rebalance/control";
    let told = |fields: &str| format!(r#"{{"schema":"otlp-part/rebalance-control/v1","later":1,{fields}}}"#);
    let at_control = "/otlp/rebalance/control";
    let paused = told(r#""paused":{"by":"ann@desk","at":"2025-11-05T15:00:00Z"}"#);
    check((&[(Code::ControlPaused, at_control)], &|k| put(k, control, &paused), &[]));
    let auto_paused = paused.replace("paused", "auto_paused");
    check((&[(Code::ControlPaused, at_control)], &|k| put(k, control, &auto_paused), &[]));
    for stale in [r#""abort_execution":7"#, r#""abort_operations":["op-9"]"#] {
        check((&[(Code::ControlStale, at_control)], &|k| put(k, control, &told(stale)), &[control]));
    }
    // What is still to be undone is asked of whoever executes next.
    check((
        &[nobody],
        &|k| {
            journal_of(k, P, "Aborting");
            put(k, control, &told(r#""abort_operations":["op-1"]"#));
        },
        &[],
    ));
    check((&[(Code::CorruptValue, at_control)], &|k| put(k, control, "{}"), &[]));
    check((&[(Code::CopyUnlisted, P)], &|k| put(k, &ext, r#"{"epoch":1,"copies":{"n1":"c1","n3":"c3"}}"#), &[]));
    let head = r#"{"schema":"otlp-part/plan-head/v1","plan_id":"p","cluster_id":"c","created_at":"2025-11-05T15:00:00Z",
        "created_by":"ann","store_revision":1,"digest":"d","content":"c","state":"executing","moves":1,"leader_transfers":0,
        "move_bytes":1,"estimated_seconds":1,"unplanned":0,"chunks":1,"bytes":1,"inverse_chunks":1,"inverse_bytes":1}"#;
    check((&[(Code::PlanUnfinished, "p")], &|k| put(k, "plans/p/head", head), &[]));
    check((&[(Code::JournalMissing, P)], &|k| edit(k, "Active", "Migrating"), &[]));
    check((
        &[(Code::TooFewNodes, "cluster")],
        &|k| {
            put(k, "cluster", &spec(3));
            k.retain(|key, _| key != "nodes/n3" && key != "nodes/n4");
        },
        &[],
    ));
    check((&[(Code::TooFewReplicas, P)], &|k| r(k, "n1", "n1"), &[]));
    check((
        &[(Code::UnderReplicated, P)],
        &|k| {
            down(k);
            r(k, "n1,n5", "n1");
        },
        &[],
    ));
    check((&[(Code::ZoneViolation, P)], &|k| r(k, "n1,n3", "n1"), &[]));
    let no = |k: &mut Keyspace, text: &str| k.retain(|key, _| !key.contains(text));
    check((&[(Code::Hole, "2025-11-05T15:00:00Z")], &|k| no(k, "partition_489543_0001"), &[]));
    check((&[(Code::Hole, "2025-11-05T15:00:00Z")], &|k| no(k, "partition_489543_"), &[]));
    check((&[(Code::NotCreatedAhead, "2025-11-05T16:00:00Z")], &|k| no(k, "partition_489544_"), &[]));
    let old = "partition_400000_0000";
    check((&[(Code::BeyondRetention, "2015-08-19T16:00:00Z")], &|k| put_record(k, old, "n1,n2", "n1", SIZE), &[]));
    check((&[(Code::PartitionTooLarge, P)], &|k| put_record(k, P, "n1,n2", "n1", 6_000_000_000), &[]));
    check((
        &[(Code::PartitionsTooSmall, "partitions")],
        &|k| {
            split(k, P, &["0", "1"], 60_000_000);
            split(k, "partition_489542_0001", &["0", "1"], 60_000_000);
        },
        &[],
    ));
    let stray = format!("ext/{OTHER}");
    check((&[(Code::OrphanedExtension, OTHER)], &|k| put(k, &stray, r#"{"epoch":4,"pinned":true}"#), &[&stray]));
    for kept in [r#"{"split_bits":1}"#, r#"{"copies":{"n1":"c"}}"#, r#"{"epoch":1,"future":1}"#] {
        check((&[(Code::OrphanedExtension, OTHER)], &|k| put(k, &stray, kept), &[]));
    }
    let slot = "rebalance/slots/n1/0";
    check((&[(Code::OrphanedSlot, "/otlp/rebalance/slots/n1/0")], &|k| put(k, slot, P), &[slot]));
    check((
        &[(Code::UnnamedSlot, "/otlp/rebalance/slots/n1/0"), nobody],
        &|k| {
            put(k, slot, P);
            put(k, "rebalance/slots/n2/3", P);
            k.insert(
                format!("migrations/{P}"),
                journal("Aborting").replace(r#""slots":[]"#, r#""slots":[{"node":"n2","index":3}]"#),
            );
        },
        &[],
    ));
    let lock = "rebalance/lock";
    check((&[(Code::LockWithoutLease, "/otlp/rebalance/lock")], &|k| put(k, lock, "{}"), &[lock]));
    check((
        &[(Code::LockWithoutLease, "/otlp/rebalance/lock")],
        &|k| {
            put(k, lock, "{}");
            journal_of(k, P, "Aborting");
        },
        &[],
    ));
    check((&[(Code::PlanWithoutHead, "p")], &|k| put(k, "plans/p/000000", "[]"), &[]));
    check((&[(Code::CopyNeedsRepair, P)], &|k| put(k, &format!("repair/{P}/n1"), "{}"), &[]));
    let stray = format!("repair/{P}/n3");
    check((&[(Code::MarkStale, P)], &|k| put(k, &stray, "{}"), &[&stray]));
    let gone = "partition_489542_0009";
    let of_none = format!("repair/{gone}/n1");
    check((&[(Code::MarkStale, gone)], &|k| put(k, &of_none, "{}"), &[&of_none]));
    // The operation in flight is to list it, or not: its mark is its own concern.
    check((
        &[(Code::NobodyExecutes, "migrations"), (Code::CopyNeedsRepair, P)],
        &|k| {
            put(k, &stray, "{}");
            journal_of(k, P, "Aborting");
        },
        &[],
    ));
    for (copy, copies) in [("first", r#"{"epoch":1}"#), ("c9", r#"{"epoch":1,"copies":{"n1":"c9"}}"#)] {
        let listed = format!("orphans/n1/{P}/{copy}");
        let ext = format!("ext/{P}");
        let make = |k: &mut Keyspace| {
            put(k, &listed, "{}");
            put(k, &ext, copies);
        };
        check((&[(Code::OrphanListed, P)], &make, &[&listed]));
    }
    let orphan = format!("n1/{P}/c1");
    check((&[(Code::CopyToDelete, &orphan)], &|k| put(k, &format!("orphans/{orphan}"), "{}"), &[]));
    check((&[(Code::ForeignKey, "/otlp/what/x")], &|k| put(k, "what/x", "{}"), &[]));
    check((
        &[(Code::AuditTooLarge, "audit")],
        &|k| {
            let audit = AuditContext {
                now: NOW,
                actor: "x".repeat(1 << 20),
                host: String::new(),
                command: "c".into(),
                reason: None,
                nonce: 1,
            };
            let value = AuditRecord::of(&audit, Consent::Flag, "s", &[]).to_json();
            k.extend((0..65).map(|n| (format!("audit/{n:013}-a"), value.clone())));
        },
        &[],
    ));
    check((&[(Code::NoNodes, "nodes")], &|k| no(k, "nodes/"), &[]));
    check((&[(Code::NoPartitions, "partitions")], &|k| no(k, "partitions/"), &[]));
}

#[test]
fn a_healthy_cluster_has_no_findings() {
    assert_eq!(found(&report(&store(&healthy()))), []);
}

#[test]
fn each_fault_is_found_as_what_it_is_and_mended_if_that_is_safe() {
    let mut seen: BTreeSet<Code> = BTreeSet::new();
    faults(&mut |(expected, plant, mends)| {
        let mut keyspace = healthy();
        plant(&mut keyspace);
        let store = store(&keyspace);
        let report = report(&store);
        let expected: Vec<(Code, String)> = expected.iter().map(|(code, s)| (*code, (*s).to_owned())).collect();
        assert_eq!(found(&report), expected);
        seen.extend(expected.iter().map(|(code, _)| *code));
        let fixable: u64 = report.findings.groups().map(|(.., group)| group.fixable).sum();
        assert_eq!(fixable, u64::from(!mends.is_empty()), "{expected:?}");
        let changed = fix(&store);
        let mends: BTreeSet<String> = mends.iter().map(|key| format!("/otlp/{key}")).collect();
        assert_eq!(changed, mends, "{expected:?}");
        if !mends.is_empty() {
            assert_eq!(found(&self::report(&store)), [], "{expected:?}");
        }
    });
    // Told by the store itself, by the places of data (golden session `doctor_places`), or by the whole lot at once.
    let of_places = [Code::DataUnreachable, Code::NoDataUrl];
    let of_store = [Code::StoreAlarm, Code::MemberFault, Code::StoreNearQuota, Code::NoSpec];
    let elsewhere: Vec<Code> = of_places.into_iter().chain(of_store).collect();
    let all: BTreeSet<Code> = Code::ALL.into_iter().filter(|code| !elsewhere.contains(code)).collect();
    assert_eq!(seen, all);
}

#[test]
fn a_mended_record_keeps_every_other_byte() {
    let mut keyspace = healthy();
    let odd = record(P, "n4,n2,n4,n2", "n9", SIZE).replacen('{', r#"{"x-owner": [1.0,  2],"#, 1);
    keyspace.insert(format!("partitions/{P}"), odd.clone());
    keyspace.insert(format!("ext/{P}"), r#"{"epoch":7, "future":1e2}"#.into());
    put_node(&mut keyspace, "n4", "b", "Down");
    let store = store(&keyspace);
    fix(&store);
    let after = contents(&store);
    let mended = odd
        .replace(r#"["n4","n2","n4","n2"]"#, r#"["n4","n2"]"#)
        .replace(r#""leader":"n9""#, r#""leader":"n2""#)
        .replace(r#""updated_at":"2025-11-05T14:00:00Z""#, r#""updated_at":"2025-11-05T15:10:00Z""#);
    assert_eq!(String::from_utf8_lossy(&after[&format!("/otlp/partitions/{P}")]), mended);
    assert_eq!(String::from_utf8_lossy(&after[&format!("/otlp/ext/{P}")]), r#"{"epoch":8, "future":1e2}"#);
}

#[test]
fn what_is_in_flight_or_not_ours_is_left_alone() {
    for (key, value) in [
        (format!("migrations/{P}"), r#"{"phase":"Copying"}"#.to_owned()),
        (format!("ext/{P}"), "broken".to_owned()),
        (format!("partitions/{P}"), record(P, "n1,n1", "n1", 1).replace("Active", "Migrating")),
        (format!("partitions/{P}"), record(P, "n1,n1", "n1", 1).replace("Active", "Melting")),
        // No node that could lead is up.
        (format!("partitions/{P}"), record(P, "n8,n9", "n7", 1)),
    ] {
        let mut keyspace = healthy();
        put_record(&mut keyspace, P, "n1,n2,n1", "n1", SIZE);
        keyspace.insert(key.clone(), value);
        let store = store(&keyspace);
        assert_eq!((report(&store).repairs, fix(&store)), (vec![], BTreeSet::new()), "{key}");
    }
}

#[test]
fn a_repair_rests_on_what_made_it_safe() {
    let mut keyspace = healthy();
    keyspace.insert("ext/partition_489544_0005".into(), "{}".into());
    let store = store(&keyspace);
    let keys = Keys::default();
    let (view, _) = wait(ClusterView::read(&store, &keys, None, &[])).unwrap();
    let change = wait(repair::plan(&store, &keys, &view, &report(&store).repairs, NOW)).unwrap();
    let record = record("partition_489544_0005", "n1,n2", "n1", 1);
    let ops = vec![Op::put("/otlp/partitions/partition_489544_0005".into(), record)];
    let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
    let audit =
        AuditContext { now: NOW, actor: "a".into(), host: "h".into(), command: "c".into(), reason: None, nonce: 1 };
    let error = wait(change.approve(Consent::Flag).apply(&store, &keys, &audit)).unwrap_err();
    assert!(matches!(error, OperationError::Conflict { .. }), "{error}");
}

#[test]
fn what_is_asked_of_who_is_gone_is_taken_back_unless_somebody_begins() {
    let mut keyspace = healthy();
    let told =
        r#"{"schema":"otlp-part/rebalance-control/v1","later":{"x":1.50},"max_concurrent":3,"abort_execution":7}"#;
    keyspace.insert("rebalance/control".into(), told.into());
    let store = store(&keyspace);
    let keys = Keys::default();
    let (view, _) = wait(ClusterView::read(&store, &keys, None, &[])).unwrap();
    let audit =
        AuditContext { now: NOW, actor: "a".into(), host: "h".into(), command: "c".into(), reason: None, nonce: 1 };
    let change = || wait(repair::plan(&store, &keys, &view, &report(&store).repairs, NOW)).unwrap();
    let begun_meanwhile = change();
    let lock = |op| wait(store.commit(Transaction { compares: vec![], ops: vec![op] })).unwrap();
    let _ = lock(Op::put("/otlp/rebalance/lock".into(), "{}"));
    let error = wait(begun_meanwhile.approve(Consent::Flag).apply(&store, &keys, &audit)).unwrap_err();
    assert!(matches!(error, OperationError::Conflict { .. }), "{error}");
    let _ = lock(Op::Delete { key: "/otlp/rebalance/lock".into() });
    fix(&store);
    let left = String::from_utf8(contents(&store)["/otlp/rebalance/control"].clone()).unwrap();
    assert!(left.contains(r#""later":{"x":1.50},"max_concurrent":3,"abort_execution":null"#), "{left}");
}

#[test]
fn who_would_go_on_is_named() {
    let mut keyspace = healthy();
    keyspace.insert(format!("migrations/{P}"), journal("Aborting"));
    let report = report(&store(&keyspace));
    let fixes: Vec<_> = report.findings.groups().flat_map(|(.., group)| &group.first).map(|f| f.fix.clone()).collect();
    assert_eq!(fixes, [Some("execute-rebalance plan-1".to_owned())]);
}

#[test]
fn without_a_spec_the_defaults_judge_and_a_broken_one_judges_nothing() {
    let mut keyspace = healthy();
    keyspace.remove("cluster");
    let codes: BTreeSet<Code> = found(&report(&store(&keyspace))).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, BTreeSet::from([Code::NoSpec, Code::Hole, Code::TooFewReplicas]));
    keyspace.insert("cluster".into(), "broken".into());
    assert_eq!(found(&report(&store(&keyspace))), [(Code::CorruptValue, "/otlp/cluster".to_owned())]);
    let empty = store(&Keyspace::new());
    let error = wait(examine(&empty, &Keys::default(), None, NOW, 9)).unwrap_err();
    assert!(matches!(error, OperationError::Empty { .. }));
}

#[test]
fn the_ring_never_promised_zones() {
    let mut keyspace = healthy();
    put_record(&mut keyspace, P, "n1,n3", "n1", SIZE);
    keyspace.insert("cluster".into(), spec(2).replace("rendezvous", "ring"));
    let report = report(&store(&keyspace));
    assert_eq!(report.findings.problems(), (0, 0));
    assert_eq!(report.findings.count(Severity::Info), 1);
}

#[test]
fn the_store_is_judged_by_what_it_says() {
    let keys = Keys::default();
    let mut examination = Examination::new(&keys, NOW, 9, false);
    let health = StoreHealth {
        size_bytes: Some(81),
        quota_bytes: Some(100),
        alarms: vec!["NOSPACE".into()],
        members: vec![
            MemberHealth { name: "m1".into(), ..MemberHealth::default() },
            MemberHealth { name: "m2".into(), fault: Some("no answer".into()), ..MemberHealth::default() },
        ],
        ..StoreHealth::default()
    };
    examination.judge_health(&health);
    let codes: Vec<Code> = examination.findings.groups().map(|(_, code, _)| code).collect();
    assert_eq!(codes, [Code::StoreAlarm, Code::MemberFault, Code::StoreNearQuota]);
}

/// Values with bytes lost, turned and added. `OTLP_PART_CORRUPT` is how many; 10,000 in the full proof.
#[test]
fn corrupt_values_are_found_and_never_written() {
    let count = option_env!("OTLP_PART_CORRUPT").and_then(|n| n.parse().ok()).unwrap_or(600_usize);
    let mut random = 0x5eed_u64;
    let mut next = move || {
        random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (random ^ (random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ (z >> 27)) as usize
    };
    let mut corrupt = 0;
    for _ in 0..count.div_ceil(50) {
        let mut keyspace = healthy();
        put_record(&mut keyspace, P, "n1,n2,n1", "n3", SIZE);
        keyspace.insert(format!("ext/{P}"), r#"{"epoch":3}"#.into());
        keyspace.insert(format!("migrations/{P}.0"), r#"{"phase":"Copying"}"#.into());
        keyspace.insert("rebalance/lock".into(), "{}".into());
        keyspace.insert("rebalance/slots/n1/0".into(), P.into());
        let store = store(&keyspace);
        let names: Vec<String> = keyspace.keys().cloned().collect();
        let mut broken: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for _ in 0..50 {
            let name = &names[next() % names.len()];
            let mut value = keyspace[name].clone().into_bytes();
            match next() % 4 {
                0 => value.truncate(next() % value.len().max(1)),
                1 => value = (0..next() % 40).map(|_| next() as u8).collect(),
                2 => value.iter_mut().step_by(3).for_each(|byte| *byte ^= 0x15),
                _ => value.extend_from_slice(b"}{"),
            }
            let ops = vec![Op::put(format!("/otlp/{name}"), value.clone())];
            let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
            broken.insert(format!("/otlp/{name}"), value);
        }
        let report = report(&store);
        let keys = Keys::default();
        let unreadable: BTreeMap<_, _> = broken
            .into_iter()
            .filter(|(key, value)| {
                keys.take_apart(key).is_some_and(|name| {
                    matches!(check_value(name, value), Err(ValueFault::Corrupt(_) | ValueFault::NewerSchema(_)))
                })
            })
            .collect();
        corrupt += unreadable.len();
        let told: BTreeSet<String> = found(&report).into_iter().map(|(_, subject)| subject).collect();
        for key in unreadable.keys() {
            assert!(told.contains(key), "{key} is not told");
        }
        if unreadable.contains_key("/otlp/cluster") {
            continue;
        }
        let changed = fix(&store);
        assert!(changed.iter().all(|key| !unreadable.contains_key(key)), "{changed:?}");
    }
    assert!(corrupt * 4 > count, "only {corrupt} values became unreadable");
}
