//! Splits and compactions: what would be done, what was done, what is refused, and what the rest of the program says of them.

use std::fmt::Write as _;
use std::fs;

use crate::golden;
use crate::support::{Session, snapshot};

const STORE: &str = "--store file:$DIR/c.db";
const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"foreign_writers":false,"partitioning":[{"hash_buckets":1,"retention_days":3650}]}"#;
const ID: &str = "partition_489541_0000";

/// Three nodes with their data, and an hour with some batches of traces.
fn started(more: &[(&str, &str)]) -> Session {
    let s = Session::new();
    let mut entries = vec![("cluster".to_owned(), SPEC.to_owned())];
    for node in ["n1", "n2", "n3"] {
        fs::create_dir(s.lab.path(node)).unwrap();
        let marker = format!(r#"{{"cluster_id":"c","node_id":"{node}"}}"#);
        fs::write(s.lab.path(node).join(".otlp-part-node.json"), marker).unwrap();
        entries.push((format!("nodes/{node}"), format!(r#"{{"data_url":"file://{}"}}"#, s.lab.text(node))));
    }
    entries.extend(more.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    let entries: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&entries));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    let mut input = String::new();
    for n in 1..=40_u64 {
        let id = format!("{:032x}", u128::from(n) * 0x1234_5678_9abc_def1_2345_6789);
        let start = 1_762_348_000_000_000_000 + n;
        let _ = writeln!(
            input,
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{id}","spanId":"{n:016x}","name":"step","startTimeUnixNano":"{start}"}}]}}]}}]}}"#
        );
    }
    s.lab.file("in.jsonl", input);
    s
}

#[test]
fn a_partition_is_split_and_compacted() {
    let mut s = started(&[]);
    s.run(&format!("{STORE} data write $DIR/in.jsonl --batch-size 600B --yes -q"));
    s.run(&format!("{STORE} data compact --dry-run"));
    s.run(&format!("{STORE} data compact --settle 0 --grace 0 --yes --reason 'many small ones'"));
    s.run(&format!("{STORE} data compact --yes"));
    s.run(&format!("{STORE} partition split {ID} --dry-run"));
    s.run(&format!("{STORE} partition split {ID}"));
    s.run(&format!("{STORE} partition split {ID} --settle 0 --grace 0 --yes"));
    s.run(&format!("{STORE} partition split {ID}.0 --bits 2 --settle 0 --grace 0 --yes -o json -q"));
    s.run(&format!("{STORE} partition list --columns partition,state,record_count,split_bits -q"));
    s.run(&format!("{STORE} data write $DIR/in.jsonl --batch-size 600B --yes -q"));
    s.run(&format!("{STORE} data scrub"));
    s.run(&format!("{STORE} audit list --columns command,reason,summary -q"));
    s.say("what is refused");
    s.run(&format!("{STORE} partition split {ID} --yes"));
    s.run(&format!("{STORE} partition split partition_1_0000 --yes"));
    s.run(&format!("{STORE} partition split {ID}.1 --bits 9 --yes"));
    s.run("--store snapshot:$DIR/s.json partition split partition_1_0000 --yes");
    s.run(&format!("{STORE} data compact --target-size 1 --yes"));
    golden!("split_and_compact", s);
}

/// A split whose run is gone, and one that is past its switch.
#[test]
fn what_is_in_flight_is_told() {
    let journal = |kind: &str, phase: &str, more: &str| {
        format!(
            r#"{{"kind":"{kind}","schema_version":1,"operation_id":"w-1","run":"run-1","phase":"{phase}",{more},"copy_id":"c-1","original_nodes":["n1","n2"],"original_copies":{{"n1":"first","n2":"first"}},"sources":null,"targets":[],"prior_state":"Active","base_epoch":0,"started_at":"2025-11-05T14:00:00Z","by":"ann@desk"}}"#
        )
    };
    let record = |id: &str, state: &str| {
        format!(
            r#"{{"partition_id":"{id}","nodes":["n1","n2"],"leader":"n1","state":"{state}","size_bytes":0,"record_count":0,"created_at":"2025-11-05T14:00:00Z","updated_at":"2025-11-05T14:00:00Z"}}"#
        )
    };
    let other = "partition_489540_0000";
    let entries = [
        (format!("partitions/{ID}"), record(ID, "Migrating")),
        (format!("migrations/{ID}"), journal("split", "Copying", r#""bits":1,"target_bytes":null"#)),
        (format!("partitions/{other}"), record(other, "Active")),
        (format!("migrations/{other}"), journal("compact", "Cleanup", r#""bits":0,"target_bytes":1000000"#)),
    ];
    let entries: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let mut s = started(&entries);
    s.run(&format!("{STORE} migration list"));
    s.run(&format!("{STORE} migration get {ID} -o json -q"));
    s.run(&format!("{STORE} migration watch --limit 1"));
    s.run(&format!("{STORE} doctor --each --no-data"));
    s.run(&format!("{STORE} partition split {ID} --dry-run"));
    s.run(&format!("{STORE} migration abort --all --dry-run"));
    s.run(&format!("{STORE} migration abort {ID} --grace 0 --yes"));
    s.run(&format!("{STORE} data compact --grace 0 --yes"));
    s.run(&format!("{STORE} partition get {ID} --columns partition,state -q"));
    s.run(&format!("{STORE} migration list"));
    golden!("rewrites_in_flight", s);
}
