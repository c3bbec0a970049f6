//! `route` of a range of time, and nearness.

use crate::golden;
use crate::support::{Lab, Session, record, snapshot};

fn node(zone: &str, region: &str, dc: &str, state: &str) -> String {
    format!(
        r#"{{"weight":1.0,"capacity_bytes":4000000000000,"location":{{"region":"{region}","availability_zone":"{zone}","data_center":"{dc}"}},"state":"{state}"}}"#
    )
}

/// Three nodes in three zones, four buckets an hour, and records of three of the four of 14:00.
pub(super) fn cluster() -> String {
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c1","partitioning":[{"hash_buckets":4}],"replication_factor":2}"#;
    let nodes = [node("z1", "eu", "d1", "Active"), node("z2", "eu", "d2", "Active"), node("z3", "us", "d3", "Down")];
    let id = |n: u32| format!("partition_489542_{n:04}");
    let records = [
        record(&id(0), &["n1", "n2"], Some("n1"), 2_000_000_000),
        record(&id(1), &["n2", "n3"], Some("n3"), 1_500_000_000),
        record(&id(3), &["n3", "n1"], None, 250_000_000),
    ];
    let keys = [0, 1, 3].map(|n| format!("partitions/{}", id(n)));
    snapshot(&[
        ("cluster", spec),
        ("nodes/n1", &nodes[0]),
        ("nodes/n2", &nodes[1]),
        ("nodes/n3", &nodes[2]),
        (&keys[0], &records[0]),
        (&keys[1], &records[1]),
        (&keys[2], &records[2]),
    ])
}

#[test]
fn a_range_with_holes() {
    let mut s = Session::new();
    s.lab.file("c.json", cluster());
    let range = "--store snapshot:$DIR/c.json route --from 2025-11-05T14:10Z --to 2025-11-05T14:50Z";
    s.run(range);
    s.run(&format!("{range} --each"));
    s.run(&format!("{range} -o json"));
    s.run(&format!("{range} -o ndjson -q"));
    s.run(&format!("{range} -o csv -q"));
    s.run(&format!("{range} --service checkout -o value=pruned_by"));
    s.run(&format!("{range} --bucket 3,1 -o name"));
    s.run(&format!("{range} --bucket 4"));
    s.run(&format!("{range} --explain -o name -q"));
    golden!("range_holes", s);
}

#[test]
fn beyond_retention_and_the_edges_of_hours() {
    let mut s = Session::new();
    let range = "route --nodes n1,n2 --bucket 7 -o name";
    s.run(&format!("{range} --from 2025-10-01 --for 1h"));
    s.say("the start lies inside an hour, the end on an edge");
    s.run(&format!("{range} --from 2025-11-05T13:59:59.999999999Z --to 2025-11-05T15:00:00Z"));
    s.run(&format!("{range} --from 2025-11-05T14:00:00Z --to 2025-11-05T15:00:00.000000001Z"));
    s.run(&format!("{range} --from now-61m"));
    s.run(&format!("{range} --last 1h30m"));
    golden!("range_edges", s);
}

#[test]
fn nearest_replicas() {
    let mut s = Session::new();
    s.lab.file("c.json", cluster());
    let route = "--store snapshot:$DIR/c.json route --from 2025-11-05T14:00Z --to 2025-11-05T15:00Z --each --columns partition,chosen,owners";
    for near in ["n2", "zone=z2", "region=us", "dc=d1", "n3", "zone=nowhere", "nobody"] {
        s.run(&format!("{route} --near {near}"));
    }
    let one = "--store snapshot:$DIR/c.json route --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time 2025-11-05T14:00Z";
    s.run(&format!("{one} --near zone=z2"));
    s.run(&format!("{one} --near n1 -o json"));
    golden!("range_near", s);
}

#[test]
fn on_a_terminal_of_80_columns() {
    let mut s = Session::on(Lab::new().on_terminal(80));
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
    s.lab.file("c.json", cluster());
    let store = "--store snapshot:$DIR/c.json";
    s.run(&format!("{store} status"));
    s.run(&format!("{store} route --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time 2025-11-05T14:00Z"));
    s.run(&format!("{store} partition list"));
    s.run(&format!("{store} route --from 2025-11-05T14:00Z --to 2025-11-05T15:00Z --each --limit 2"));
    s.run(&format!("{store} node get n3 -o json"));
    golden!("terminal_80", s);
}

/// One hour of four buckets: a corrupt record, a corrupt extension, a split without its children, and a stray key.
fn broken() -> String {
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c1","partitioning":[{"hash_buckets":4}],"replication_factor":2}"#;
    let id = |n: u32| format!("partition_489542_{n:04}");
    let good = record(&id(0), &["n1", "n2"], Some("n1"), 2_000_000_000);
    let split = record(&id(2), &["n2", "n1"], Some("n2"), 9_000_000_000);
    snapshot(&[
        ("cluster", spec),
        ("nodes/n1", "{}"),
        ("nodes/n2", "{}"),
        ("partitions/partition_489542_0000", &good),
        ("partitions/partition_489542_0001", r#"{"partition_id":"partition_489542_0001","nodes":["n1","n1"]}"#),
        ("partitions/partition_489542_0002", &split),
        ("ext/partition_489542_0002", r#"{"epoch":1,"split_bits":1}"#),
        ("ext/partition_489542_0003", "[]"),
        ("partitions/partition_489542_1", "{}"),
    ])
}

#[test]
fn broken_metadata_is_told_by_key_and_the_rest_is_answered() {
    let mut s = Session::new();
    s.lab.file("c.json", broken());
    let route = "--store snapshot:$DIR/c.json route";
    let range = format!("{route} --from 2025-11-05T14:00Z --for 1h");
    s.run(&range);
    s.run(&format!("{range} -o json -q"));
    s.run(&format!("{range} --bucket 1 -o name -q"));
    s.say("ids of the buckets 0, 1, 2 and 1, each once");
    let ids: String = (0..4).map(|n| format!("{:032x}\n", [3, 9, 2, 10][n])).collect();
    s.run_stdin(&format!("{route} --trace-ids-from - --time 2025-11-05T14:10Z -o csv"), &ids);
    s.run_stdin(&format!("{route} --trace-ids-from - --time 2025-11-05T14:10Z -o name --limit 9"), &ids);
    let given: String = ids.lines().map(|id| format!(" --trace-id {id}")).collect();
    s.run(&format!("{route}{given} --time 2025-11-05T14:10Z -o name"));
    s.run(&format!("{route} --trace-id {:032x} --time 2025-11-05T14:10Z -o json", 9));
    let line = |id: &str| {
        format!(
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{id}","startTimeUnixNano":"1762351800000000000"}}]}}]}}]}}"#
        )
    };
    let lines: Vec<String> = ids.lines().map(line).collect();
    s.run_stdin(&format!("{route} --otlp - -o json"), &lines.join("\n"));
    golden!("broken_metadata", s);
}

#[test]
fn a_limit_cuts_lists_and_never_totals() {
    let mut s = Session::new();
    s.lab.file("c.json", cluster());
    let range = "--store snapshot:$DIR/c.json route --from 2025-11-05T14:10Z --to 2025-11-05T14:50Z -q";
    s.run(&format!("{range} --limit 1 -o json"));
    s.run(&format!("{range} --limit 1 --each"));
    let line = |id: u32| {
        format!(
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{id:032x}","startTimeUnixNano":"1762351800000000000"}}]}}]}}]}}"#
        )
    };
    let lines = [line(1), line(2), line(3)].join("\n");
    let otlp = "route --nodes n1,n2 --otlp - -q";
    s.run_stdin(&format!("{otlp} --limit 1"), &lines);
    s.run_stdin(&format!("{otlp} --limit 1 -o json"), &lines);
    s.say("columns and sorting are of either table");
    s.run_stdin(&format!("{otlp} --sort leader_of:desc --columns node,leader_of,partition,traces"), &lines);
    s.run_stdin(&format!("{otlp} --columns partition"), &lines);
    s.run_stdin(&format!("{otlp} --columns parttion"), &lines);
    golden!("limits", s);
}
