//! `simulate`: changes, failures, scenarios, requirements, placements, plans.

use otlp_part::metadata::SnapshotStore;
use otlp_part::operations::rebalance::load::{LayoutOptions, LoadedLayout, load};
use otlp_part::planner::Settings;
use otlp_part::planner::document::{PlanDocument, Provenance};
use otlp_part::ports::Keys;

use crate::golden;
use crate::support::{Lab, Session, record, snapshot};

/// Six nodes in three zones, without a store.
const NODES: &str = "--nodes n1,n2,n3,n4,n5,n6 --zones eu-1,eu-2,eu-3";
const SMALL: &str = "--partitions 2048 --size 1GB";

#[test]
fn an_added_node() {
    let mut s = Session::new();
    s.run(&format!("simulate {NODES} {SMALL} --add n7,zone=eu-1,weight=2"));
    s.run(&format!("simulate {NODES} {SMALL} --add n7,zone=eu-1,weight=2 -o json"));
    s.run(&format!("simulate {NODES} {SMALL} --add-count 50% -o value=moved.fraction"));
    s.run(&format!(
        "simulate {NODES} {SMALL} --add n7 --columns node,bytes_before,bytes_after --sort bytes_after:desc"
    ));
    s.run(&format!("simulate {NODES} {SMALL} --add n7 -o name"));
    golden!("simulate_add", s);
}

#[test]
fn several_changes_at_once() {
    let mut s = Session::new();
    s.run(&format!(
        "simulate {NODES} {SMALL} --size-spread 50% --seed 7 --remove n2 --drain n3 --weight n4=2 --add n8 --add n9"
    ));
    s.run(&format!("simulate {NODES} {SMALL} --placement rendezvous"));
    s.run(&format!(
        "simulate {NODES} {SMALL} --replication-factor 2 --virtual-nodes 1000 --columns node,deviation_after"
    ));
    s.run(&format!("simulate {NODES} {SMALL} --hash-buckets 64 --granularity-hours 2 --columns node,partitions_after"));
    s.run(&format!("simulate {NODES} {SMALL} --hash xxh3-64 --columns node,partitions_after -o csv"));
    golden!("simulate_changes", s);
}

#[test]
fn failures() {
    let mut s = Session::new();
    s.run(&format!("simulate {NODES} {SMALL} --fail zone=eu-1"));
    s.run(&format!("simulate {NODES} {SMALL} --fail node=n1 --fail node=n3 --add n7,zone=eu-2 --columns node,leaders_after,fails,leaders_then,reads_then"));
    s.run(&format!("simulate {NODES} {SMALL} --fail random=2 --rounds 25 --seed 5 --columns node,fails"));
    s.run(&format!("simulate {NODES} {SMALL} --fail random=3 --rounds 2 -o json"));
    golden!("simulate_fail", s);
}

#[test]
fn scenario_files() {
    let mut s = Session::new();
    let scenario = r#"{
        "schema": "otlp-part/scenario/v1",
        "before": {"nodes": [{"id": "a", "location": {"zone": "z1"}, "capacity": "4TB"}, {"id": "b", "location": {"zone": "z2"}, "capacity": "4TB"},
            {"id": "c", "location": {"zone": "z3"}, "capacity": "4TB"}], "cluster": {"partitioning": {"hash_buckets": 64}}},
        "add": [{"id": "d", "location": {"zone": "z1"}, "capacity": "4TB"}],
        "weight": {"a": 0.5}, "placement": "rendezvous",
        "partitions": 1024, "size": "2GB", "size_spread": 0.3, "seed": 42,
        "fail": ["node=b"], "require": ["min-replicas=2", "max-node-fill=80%"]
    }"#;
    s.lab.file("scenario.json", scenario);
    s.run("simulate --file $DIR/scenario.json");
    s.run("simulate --file $DIR/scenario.json --seed 43 --require max-skew=0.05 -o json");
    s.say("The wanted cluster of `cluster diff` is a scenario, too.");
    let topology = r#"{"nodes": [{"id": "n1"}, {"id": "n2"}, {"id": "n3", "weight": 2}, {"id": "n9"}], "cluster": {"replication_factor": 2}}"#;
    s.lab.file("topology.json", topology);
    s.run("--store file:$DIR/c.db init --nodes n1,n2,n3,n4 --yes -q");
    s.run("--store file:$DIR/c.db cluster diff $DIR/topology.json -q");
    s.run("--store file:$DIR/c.db simulate --file $DIR/topology.json --partitions 512");
    s.run("--store file:$DIR/c.db cluster diff $DIR/scenario.json -q");
    golden!("simulate_scenario", s);
}

#[test]
fn requirements() {
    let mut s = Session::new();
    let line = format!("simulate {NODES} {SMALL} --add n7,zone=eu-1 --columns node");
    s.run(&format!("{line} --require min-replicas=3,max-skew=130%,max-moved-bytes=1TB"));
    s.run(&format!("{line} --require min-replicas=3,max-skew=0.1,max-moved-bytes=1GB --require max-violations=0"));
    s.run(&format!("{line} --require max-node-fill=85%"));
    s.run(&format!("{line} --fail zone=eu-2 --require min-replicas=2 -o json"));
    s.run(&format!("{line} --require max-scew=0.1"));
    s.run(&format!("{line} --require max-skew=10"));
    golden!("simulate_require", s);
}

#[test]
fn placements_side_by_side() {
    let mut s = Session::new();
    s.run(&format!("simulate {NODES} {SMALL} --compare-placements"));
    s.run(&format!("simulate {NODES} {SMALL} --compare-placements --add n7 -o json"));
    s.run(&format!("simulate {NODES} {SMALL} --placement zone-balanced --columns node,deviation_after --by placement"));
    golden!("simulate_placements", s);
}

#[test]
fn recorded_telemetry() {
    let mut s = Session::new();
    s.run("demo --dir $DIR/demo -q");
    s.run(&format!("simulate {NODES} --otlp $DIR/demo/sample.jsonl --add n7,zone=eu-2"));
    s.run(&format!(
        "simulate {NODES} --otlp $DIR/demo/sample.jsonl --hash-buckets 16 --columns node,partitions_after -q"
    ));
    golden!("simulate_otlp", s);
}

/// Four nodes in two zones and their records, with fields that this tool does not know.
fn recorded() -> Lab {
    let lab = Lab::new();
    let node = |zone: &str| {
        format!(
            r#"{{"weight":1,"rack":"r7","capacity_bytes":100000000000,"location":{{"availability_zone":"{zone}"}},"state":"Active"}}"#
        )
    };
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c1","replication_factor":2,"x-ours":[1.0, 2]}"#;
    let mut entries: Vec<(String, String)> = vec![("cluster".to_owned(), spec.to_owned())];
    for (id, zone) in [("n1", "z1"), ("n2", "z2"), ("n3", "z1"), ("n4", "z2")] {
        entries.push((format!("nodes/{id}"), node(zone)));
    }
    for index in 0..12 {
        let id = format!("partition_489500_{index:04}");
        let text = record(&id, &["n1", "n2"], Some("n1"), 2_000_000_000);
        entries.push((format!("partitions/{id}"), text.replace("}", r#","theirs":1.50}"#)));
    }
    entries.push(("ext/partition_489500_0003".to_owned(), r#"{"epoch":7,"later":true}"#.to_owned()));
    entries.push(("other/key".to_owned(), "[1,  2]".to_owned()));
    let entries: Vec<(&str, &str)> = entries.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    lab.file("s.json", snapshot(&entries));
    lab
}

/// Other programs write there, so what has no record may hold data all the same.
#[test]
fn partitions_without_a_record() {
    let mut s = Session::on(recorded());
    let text = String::from_utf8(s.lab.read("s.json")).unwrap();
    let with = |field: &str| text.replace("\"replication_factor\":2", &format!("\"replication_factor\":2,{field}"));
    s.lab.file("foreign.json", with("\"foreign_writers\":true"));
    s.run("--store snapshot:$DIR/foreign.json simulate --add n5,zone=z1 --by placement --columns node,bytes_after");
    s.run("--store snapshot:$DIR/foreign.json simulate --add n5,zone=z1 --by placement -o value=unrecorded -q");
    s.say("A record may name a node that the cluster does not know.");
    s.lab.file("stranger.json", text.replace("/otlp/nodes/n2", "/otlp/nodes/n9"));
    s.run("--store snapshot:$DIR/stranger.json simulate --fail node=n1 --columns node,bytes,fails");
    golden!("simulate_unrecorded", s);
}

#[test]
fn the_cluster_after_as_a_snapshot() {
    let mut s = Session::on(recorded());
    let line = "--store snapshot:$DIR/s.json simulate --add n5,zone=z1 --remove n4 --weight n3=2 --by placement";
    s.run(&format!("{line} --snapshot-out $DIR/t.json --columns node,bytes_before,bytes_after"));
    s.run("snapshot diff $DIR/s.json $DIR/t.json -o csv");
    s.run("--store snapshot:$DIR/t.json node list");
    s.run(&format!("{line} --snapshot-out $DIR/t.json -q"));
    s.run(&format!("{line} --snapshot-out $DIR/t.json --force -o value=moved.bytes -q"));
    s.run("--store snapshot:$DIR/s.json simulate --hash-buckets 16 --by placement --snapshot-out $DIR/u.json -q -o value=by");
    s.run("--store snapshot:$DIR/s.json simulate -o value=moved.bytes -q");
    golden!("simulate_snapshot", s);
    let (before, after) = (s.lab.read("s.json"), s.lab.read("t.json"));
    let (before, after) = (String::from_utf8(before).unwrap(), String::from_utf8(after).unwrap());
    assert!(before.contains(r#""theirs":1.50"#) && after.contains(r#""theirs":1.50"#) && after.contains("[1,  2]"));
    assert!(after.contains(r#"{"epoch":8,"later":true}"#), "the epoch goes on and unknown fields stay: {after}");
}

/// A store of made-up records on the ring, which lie unevenly.
fn uneven(lab: &Lab) {
    let line = format!("simulate {NODES} --partitions 768 --size 1GB --until 2025-11-05 --snapshot-out $DIR/s.json -q");
    lab.run(&line).ok();
}

#[test]
fn what_the_planner_makes_of_a_change() {
    let lab = Lab::new();
    uneven(&lab);
    let mut s = Session::on(lab);
    s.run("--store snapshot:$DIR/s.json simulate --add n7,zone=eu-1 --drain n2 --snapshot-out $DIR/t.json");
    s.say("What it wrote is planned already.");
    s.run("--store snapshot:$DIR/t.json simulate --by planner -o value=moved.replicas -q");
    s.run("--store snapshot:$DIR/t.json node list --load");
    s.run("--store snapshot:$DIR/s.json simulate --remove n2 --columns node,bytes_before,bytes_after");
    s.run("--store snapshot:$DIR/s.json simulate --add n7,zone=eu-1 --require max-moved-bytes=1GB --columns node");
    golden!("simulate_planner", s);
}

/// A plan for the snapshot, as `plan-rebalance --out` writes it.
fn plan_for(lab: &Lab, name: &str) -> PlanDocument {
    let store = SnapshotStore::parse(name.to_owned(), &lab.read(name)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let (keys, options) = (Keys::default(), LayoutOptions::default());
    let loaded = runtime.block_on(load(&store, &keys, None, lab.now, &options)).unwrap();
    let LoadedLayout { view, layout, .. } = loaded.whole().unwrap();
    let settings = Settings::default();
    let plan = otlp_part::planner::plan(&layout, &settings).unwrap();
    let provenance = Provenance {
        cluster_id: view.spec.cluster_id.clone(),
        created_at: lab.now,
        created_by: "operator".to_owned(),
        store_revision: view.revision.0,
        drain: vec![],
        exclude_nodes: vec![],
        exclude_partitions: vec![],
        include_open: false,
    };
    PlanDocument::new(&layout, &settings, &plan, provenance)
}

#[test]
fn a_plan_carried_out() {
    let lab = Lab::new();
    uneven(&lab);
    let plan = plan_for(&lab, "s.json");
    assert!(!plan.moves.is_empty());
    lab.file("plan.json", plan.to_json());
    let mut s = Session::on(lab);
    s.run("--store snapshot:$DIR/s.json simulate --plan $DIR/plan.json --snapshot-out $DIR/t.json");
    s.run("--store snapshot:$DIR/t.json simulate --by planner -o value=moved.replicas -q");
    s.say("On what it made, it does not fit any more.");
    s.run("--store snapshot:$DIR/t.json simulate --plan $DIR/plan.json -q");
    let edited = String::from_utf8(s.lab.read("plan.json")).unwrap().replacen("\"n1\"", "\"n2\"", 1);
    s.lab.file("edited.json", &edited);
    s.run("--store snapshot:$DIR/s.json simulate --plan $DIR/edited.json -q");
    s.lab.file("cut.json", &edited[..edited.len() / 2]);
    s.run("--store snapshot:$DIR/s.json simulate --plan $DIR/cut.json -q");
    let other = plan_for(&s.lab, "s.json");
    s.lab.file("other.json", PlanDocument { cluster_id: "other".to_owned(), ..other }.sealed().to_json());
    s.run("--store snapshot:$DIR/s.json simulate --plan $DIR/other.json -q");
    s.run("--store snapshot:$DIR/s.json simulate --plan plan-0123456789ab -q");
    golden!("simulate_plan", s);
    assert!(plan_for(&s.lab, "t.json").moves.is_empty(), "planning the result again gives an empty plan");
}
