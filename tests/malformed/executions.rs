//! What executions store, mutated: whoever reads it answers, and whoever writes leaves alone what cannot be read.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use serde_json::value::RawValue;

use super::support::{Lab, record, snapshot};
use super::{config, mutated, said};
use otlp_part::migration::Journal;
use otlp_part::model::Document;

const PARTITION: &str = "partition_489540_0000";
const COPYING: &str = r#"{"kind":"move","schema_version":1,"operation_id":"op-1-a","plan_id":"plan-1","plan_digest":"sha256:1","phase":"Copying","from":"n1","to":"n2","copy_from":"n1","copy_id":"c-1-a","old_copy_id":"first","slots":[{"node":"n1","index":0},{"node":"n2","index":0}],"original_nodes":["n1"],"original_leader":"n1","original_copies":{},"target_nodes":["n2"],"prior_state":"Active","base_epoch":0,"crc32c":927772661,"record_count":null,"started_at":"2025-11-05T14:29:58.775097915Z"}"#;
const LOCK: &str = r#"{"schema":"otlp-part/rebalance-lock/v1","host":"desk","user":"ann","pid":1040,"started_at":"2025-11-05T14:29:58.755Z","plan_id":"plan-1"}"#;
const CONTROL: &str = r#"{"schema":"otlp-part/rebalance-control/v1","paused":{"by":"ann@desk","at":"2025-11-05T14:30:08.808Z"},"auto_paused":null,"bandwidth_bytes_per_second":1000,"max_concurrent":2,"abort_operations":["op-1-a"],"abort_execution":null}"#;
const STATUS: &str = r#"{"schema":"otlp-part/rebalance-status/v1","holder":"ann@desk, process 1040","execution":9,"plan_id":"plan-1","started_at":"2025-11-05T14:29:58.755Z","updated_at":"2025-11-05T14:30:08.774Z","waits_for":null,"moves":1,"moves_done":0,"moves_failed":0,"bytes":50,"verified_bytes":0,"bytes_per_second":0,"eta_seconds_min":1,"eta_seconds_max":null,"in_flight":1,"running":[{"partition":"partition_489540_0000","kind":"replica","phase":"settling","from":"n1","to":"n2","copy_from":"n1","bytes":50,"verified_bytes":0,"waits_for":"writers"}]}"#;
const HEAD: &str = r#"{"schema":"otlp-part/plan-head/v1","plan_id":"plan-1","cluster_id":"c","created_at":"2025-11-05T14:29:58.745Z","created_by":"ann","store_revision":7,"digest":"sha256:1","content":"sha256:7","state":"executing","moves":1,"leader_transfers":0,"move_bytes":50,"estimated_seconds":1,"unplanned":0,"chunks":1,"bytes":1544,"inverse_chunks":1,"inverse_bytes":1543}"#;
const EXTENSION: &str = r#"{"epoch":1,"copies":{"n2":"c-1-a"}}"#;

/// What an execution that was killed while it copied has left, and what steers it: key behind the prefix, and value.
const LEFT: [(&str, &str); 12] = [
    ("ext/partition_489540_0000", EXTENSION),
    ("migrations/partition_489540_0000", COPYING),
    ("orphans/n2/partition_489540_0001/c-0-a", r#"{"schema":"otlp-part/orphan/v1"}"#),
    ("plans/plan-1/000000", r#"{"schema":"otlp-part/plan-chunk/v1","zstd":"KLUv/SADGQAAe30K"}"#),
    ("plans/plan-1/head", HEAD),
    ("rebalance/auto-leader", LOCK),
    ("rebalance/auto-status", STATUS),
    ("rebalance/control", CONTROL),
    ("rebalance/lock", LOCK),
    ("rebalance/slots/n1/0", r#""op-1-a""#),
    ("rebalance/status", STATUS),
    ("repair/partition_489540_0001/n1", r#"{"schema":"otlp-part/repair/v1"}"#),
];

const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":1,"foreign_writers":false,"partitioning":[{"hash_buckets":64,"retention_days":3650}],"placement":{"algorithm":"zone-balanced"}}"#;

/// A cluster of two nodes below a directory, with everything that is left.
fn document(lab: &Lab, left: &[(String, String)]) -> String {
    let node = |id: &str| format!(r#"{{"data_url":"file://{}"}}"#, lab.text(id));
    let (n1, n2) = (node("n1"), node("n2"));
    let migrating = record(PARTITION, &["n1"], Some("n1"), 50).replace("Active", "Migrating");
    let calm = record("partition_489540_0001", &["n1"], Some("n1"), 50);
    let mut entries = vec![
        ("cluster", SPEC),
        ("nodes/n1", &n1),
        ("nodes/n2", &n2),
        ("partitions/partition_489540_0000", &migrating),
        ("partitions/partition_489540_0001", &calm),
    ];
    entries.extend(left.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    snapshot(&entries)
}

/// What is left, one of it mutated, or half of it.
fn mutation() -> impl Strategy<Value = Vec<(String, String)>> {
    let value = |(key, value): (&'static str, &'static str)| {
        let changed = mutated(Just(value.as_bytes().to_vec()));
        changed.prop_map(move |bytes| (key, value, String::from_utf8_lossy(&bytes).into_owned()))
    };
    let all: Vec<_> = LEFT.into_iter().map(value).collect();
    (all, 0..2 * LEFT.len(), any::<u16>()).prop_map(|(all, which, many)| {
        let is_mutated = |at: usize| if which < LEFT.len() { at == which } else { many >> at & 1 == 1 };
        let pick = |(at, (key, good, bad)): (usize, (&str, &str, String))| {
            (key.to_owned(), if is_mutated(at) { bad } else { good.to_owned() })
        };
        all.into_iter().enumerate().map(pick).collect()
    })
}

#[derive(serde::Deserialize)]
struct Exported<'a> {
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

#[derive(serde::Deserialize)]
struct Entry<'a> {
    key: String,
    version: u64,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    value_base64: Option<String>,
}

/// Everything that is stored: key behind the prefix to version and value, byte by byte.
fn stored(lab: &Lab, store: &str) -> BTreeMap<String, (u64, String)> {
    let done = lab.run(&format!("--store {store} snapshot export -o json -q"));
    assert_eq!(done.code, 0, "{done:?}");
    let exported: Exported<'_> = serde_json::from_str(&done.out).unwrap();
    let entry = |entry: Entry<'_>| {
        let value = entry.value.map(|value| value.get().to_owned()).or(entry.value_base64);
        (
            entry.key.strip_prefix("/otlp/").unwrap().to_owned(),
            (entry.version, value.unwrap_or_else(|| "null".to_owned())),
        )
    };
    exported.entries.into_iter().map(entry).collect()
}

proptest! {
    #![proptest_config(config(250, 1))]

    #[test]
    fn what_executions_left_is_read(
        left in mutation(),
        command in select(vec![
            "migration list", "migration get partition_489540_0000", "auto-rebalance status", "status", "doctor --each",
            "plan list", "plan get plan-1", "plan verify plan-1", "plan-rebalance --dry-run", "node safe-to-remove n1",
            "partition get partition_489540_0000", "partition list --under-replicated",
        ]),
        shape in select(vec!["-o json", "-q"]),
    ) {
        let lab = &super::LAB;
        let line = format!("--store snapshot:- {shape} {command}");
        let done = lab.run_stdin(&line, document(lab, &left));
        prop_assert!([0, 1, 2, 3, 4, 5].contains(&done.code), "{line}: {left:#?} {done:#?}");
        said(&done, &left);
    }
}

proptest! {
    #![proptest_config(config(25, 1))]

    /// Whatever cannot be read is as it was, and nothing outside the nodes' directories is touched.
    #[test]
    fn what_cannot_be_read_is_not_written(
        left in mutation(),
        command in select(vec![
            "migration abort --all --grace 0", "migration abort partition_489540_0000 --grace 0", "migration pause",
            "migration set --max-concurrent 3", "auto-rebalance pause", "doctor --fix", "node fail n2",
            "partition pin partition_489540_0000",
        ]),
    ) {
        let lab = Lab::new();
        let copy = lab.path("n1").join(PARTITION).join("first");
        fs::create_dir_all(&copy).unwrap();
        fs::create_dir(lab.path("n2")).unwrap();
        fs::write(copy.join("a-0001.jsonl"), "x".repeat(50)).unwrap();
        for id in ["n1", "n2"] {
            let marker = format!(r#"{{"cluster_id":"c","node_id":"{id}"}}"#);
            fs::write(lab.path(id).join(".otlp-part-node.json"), marker).unwrap();
        }
        lab.file("beside", "x");
        lab.file("s.json", document(&lab, &left));
        let store = lab.store("c.db");
        let imported = lab.run(&format!("--store {store} snapshot import {} --yes -q", lab.text("s.json")));
        prop_assert_eq!(imported.code, 0, "{:?}", imported);
        let before = stored(&lab, &store);
        let done = lab.run(&format!("--store {store} {command} --yes"));
        prop_assert!((0..=7).contains(&done.code), "{command}: {left:#?} {done:#?}");
        said(&done, &left);
        let after = stored(&lab, &store);
        for (key, value) in left.iter().filter(|(key, value)| is_unreadable(key, value)) {
            prop_assert_eq!(before.get(key), after.get(key), "{}: {} was {}", command, key, value);
        }
        prop_assert!(fs::read(lab.path("beside")).is_ok() && copy.join("a-0001.jsonl").is_file(), "{command}: {left:#?}");
    }
}

/// Whether nothing is to be made of a value.
fn is_unreadable(key: &str, value: &str) -> bool {
    let is_object = serde_json::from_str::<Value>(value).is_ok_and(|value| value.is_object());
    match key.split('/').next() {
        Some("migrations") => Journal::parse(value.as_bytes()).is_err(),
        Some("ext") => Document::parse(value.as_bytes()).is_err(),
        Some("plans") => !is_object,
        _ => key == "rebalance/control" && !is_object,
    }
}
