//! `simulate`: changes, failures, scenarios and requirements that cannot be.

use crate::check;
use crate::support::{Lab, record, snapshot};

const SMALL: &str = "simulate --nodes a,b,c,d --partitions 64";

fn lines(lab: &Lab, lines: &[(&str, u8, &str, &str)]) {
    let lines: Vec<(String, u8, &str, &str)> =
        lines.iter().map(|(flags, code, error, hint)| (format!("{SMALL} {flags}"), *code, *error, *hint)).collect();
    check(lab, b"", &lines.iter().map(|(l, c, e, h)| (l.as_str(), *c, *e, *h)).collect::<Vec<_>>());
}

#[test]
fn changes_and_failures() {
    lines(
        &Lab::new(),
        &[
            ("--add a", 1, "node a exists already", ""),
            ("--add e --add e", 1, "node e exists already", ""),
            ("--add ''", 2, "node id \"\"", ""),
            ("--add e,weight=0", 2, "--add \"e,weight=0\"", ""),
            ("--add e,weight=-1", 2, "between 0.001 and 1000", ""),
            ("--add e,weight=NaN", 2, "NaN", ""),
            ("--add e,weight=1,weight=2", 2, "weight is given twice", ""),
            ("--add e,zone=", 2, "region=R,az=Z,dc=D", ""),
            ("--add e,rack=1", 2, "\"rack=1\" is not known", ""),
            ("--add e,capacity=lots", 2, "not a size", ""),
            ("--add-count 0", 2, "that is no node", ""),
            ("--add-count 10x", 2, "a ratio such as 10%", ""),
            ("--add-count 100000", 1, "the most is 60000", ""),
            ("--remove x", 1, "node x does not exist", ""),
            ("--remove a --remove a", 2, "--remove a is given twice", ""),
            ("--drain a --remove a --drain a", 2, "--drain a is given twice", ""),
            ("--drain x", 1, "node x does not exist", ""),
            ("--weight a", 2, "NODE=WEIGHT", ""),
            ("--weight a=0", 2, "between 0.001 and 1000", ""),
            ("--weight a=inf", 2, "inf", ""),
            ("--weight x=2", 1, "node x does not exist", ""),
            ("--remove a --remove b", 1, "2 active node(s) are fewer than the 3 replicas", ""),
            ("--drain a --drain b", 1, "fewer than the 3 replicas", ""),
            ("--replication-factor 5", 1, "4 active node(s) are fewer than the 5 replicas", ""),
            ("--replication-factor 0", 1, "between 1 and", ""),
            ("--replication-factor 300", 2, "300", ""),
            ("--virtual-nodes 0", 1, "virtual_nodes", ""),
            ("--hash-buckets 0", 1, "hash_buckets", ""),
            ("--hash md5", 1, "md5", ""),
            ("--placement magic", 1, "magic", ""),
            ("--granularity-hours 0", 1, "granularity", ""),
            ("--by magic", 2, "use planner or placement", ""),
            ("--zones a,,b", 2, "a zone has a name", ""),
            ("--fail a", 2, "node=NODE, zone=ZONE or random=N", ""),
            ("--fail node=x", 1, "node x does not exist", ""),
            ("--fail zone=x", 1, "a node in zone \"x\" does not exist", ""),
            ("--fail random=0", 2, "a number of nodes above 0", ""),
            ("--fail random=5", 1, "only 4 others are up", ""),
            ("--fail random=1 --fail random=1", 2, "random is given twice", ""),
            ("--fail random=1 --rounds 0", 1, "0 rounds", ""),
            ("--fail random=1 --rounds 10001", 1, "10001 rounds", ""),
            ("--rounds 3", 2, "--fail", ""),
            ("--store file:x", 2, "--nodes computes without a store", ""),
            ("--compare-placements --fail node=a", 2, "--fail", ""),
            ("--force", 2, "--snapshot-out", ""),
            ("--snapshot-out -", 2, "writes a file", ""),
        ],
    );
}

#[test]
fn partitions_and_requirements() {
    let simulate = "simulate --nodes a,b,c";
    let made = [
        ("--partitions 0", 1, "no partition at all"),
        ("--partitions 99999999999", 1, "the most is"),
        ("--partitions x", 2, "x"),
        ("--size lots", 2, "--size \"lots\""),
        ("--partitions 8 --size 9223372036854775808", 1, "above 2^62 bytes"),
        ("--partitions 8 --size 99EB", 2, "--size"),
        ("--size-spread 20", 2, "write 20%"),
        ("--size-spread 200%", 2, "more than 100 %"),
        ("--until yesterday", 2, "--until \"yesterday\""),
        ("--seed -1", 2, "-1"),
        ("--otlp $DIR/none", 1, "cannot read $DIR/none"),
        ("--otlp $DIR/none --partitions 3", 2, "--partitions"),
        ("--partitions 8 --require ''", 2, "not of the form NAME=VALUE"),
        ("--partitions 8 --require max-scew=1", 2, "there are: min-replicas"),
        ("--partitions 8 --require max-skew", 2, "NAME=VALUE"),
        ("--partitions 8 --require max-skew=30", 2, "write 30%"),
        ("--partitions 8 --require min-replicas=many", 2, "not a whole number"),
        ("--partitions 8 --require max-moved-bytes=-1", 2, "not a size"),
        ("--partitions 8 --require min-replicas=1 --require min-replicas=2", 2, "required twice"),
        ("--partitions 8 --require min-replicas=4", 3, "min-replicas is 3, required is at least 4"),
        ("--partitions 8 --require max-node-fill=85%", 3, "has no capacity"),
        ("--plan $DIR/none", 2, "--plan"),
    ];
    let lines: Vec<(String, u8, &str)> = made.iter().map(|(f, c, e)| (format!("{simulate} {f}"), *c, *e)).collect();
    check(&Lab::new(), b"", &lines.iter().map(|(l, c, e)| (l.as_str(), *c, *e, "")).collect::<Vec<_>>());
}

#[test]
fn scenario_files() {
    let lab = Lab::new();
    for (text, error) in [
        ("", "no cluster file"),
        ("[]", "not a JSON object"),
        ("{\"add\":", "no cluster file"),
        (r#"{"ad":[]}"#, "unknown field `ad`"),
        (r#"{"schema":"otlp-part/scenario/v2"}"#, "its schema is \"otlp-part/scenario/v2\""),
        (r#"{"add":[{"id":"e","weight":-2}]}"#, "weight"),
        (r#"{"add":[{"id":"e","capacity":"lots"}]}"#, "capacity \"lots\" of node e"),
        (r#"{"add":[{"id":"a"}]}"#, "node a exists already"),
        (r#"{"nodes":[]}"#, "the cluster has no nodes"),
        (r#"{"nodes":[{"id":"a"},{"id":"a"}]}"#, "node a is given twice"),
        (r#"{"nodes":[{"id":"a"},{"id":"b"}]}"#, "fewer than the 3 replicas"),
        (r#"{"cluster":{"replication_facter":2}}"#, "no field replication_facter"),
        (r#"{"replication_factor":"two"}"#, "two"),
        (r#"{"weight":{"a":0}}"#, "weight"),
        (r#"{"add_count":"ten"}"#, "a ratio such as 10%"),
        (r#"{"size_spread":20}"#, "write 20%"),
        (r#"{"by":"magic"}"#, "use planner or placement"),
        (r#"{"fail":["a"]}"#, "node=NODE"),
        (r#"{"before":{"nodes":[]}}"#, "leave --nodes out"),
        (r#"{"before":[]}"#, "before is an object"),
        (r#"{"before":{"nodes":[{"id":"a"}],"rest":1}}"#, "before.rest"),
    ] {
        lab.file("s.json", text);
        let code = if error.contains("leave --nodes") { 2 } else { 1 };
        check(&lab, b"", &[("simulate --nodes a,b,c --partitions 8 --file $DIR/s.json", code, error, "")]);
    }
    for (text, error) in [
        (r#"{"before":{"cluster":{}}}"#, "names no nodes"),
        (r#"{"before":{"nodes":[]}}"#, "the cluster has no nodes"),
        (r#"{"before":{"nodes":[{"id":"a"},{"id":"a"}]}}"#, "node a is given twice"),
    ] {
        lab.file("s.json", text);
        check(&lab, b"", &[("simulate --file $DIR/s.json", 1, error, "")]);
    }
    lab.file("s.json", r#"{"require":["max-scew=1"]}"#);
    check(&lab, b"", &[("simulate --nodes a,b,c --file $DIR/s.json", 2, "\"max-scew\" is no requirement", "")]);
    check(&lab, b"", &[("simulate --nodes a,b,c --file $DIR/none.json", 1, "cannot read $DIR/none.json", "")]);
}

#[test]
fn stores_and_plans() {
    let lab = Lab::new();
    lab.init("empty.db");
    let id = "partition_489500_0001";
    let held = record(id, &["a", "b", "c"], Some("a"), 5);
    let nodes: Vec<String> = ["a", "b", "c"].map(|id| format!("nodes/{id}")).into();
    let mut entries: Vec<(&str, &str)> = nodes.iter().map(|key| (key.as_str(), "{}")).collect();
    let (key, broken) = (format!("partitions/{id}"), held.replace("\"b\"", "\"a\""));
    entries.push((&key, &held));
    lab.file("good.json", snapshot(&entries));
    entries.pop();
    entries.push((&key, &broken));
    lab.file("broken.json", snapshot(&entries));
    lab.file("no.plan", "{}");
    check(
        &lab,
        b"",
        &[
            ("--store file:$DIR/empty.db simulate", 1, "no partition is recorded", "--partitions N"),
            ("--store file:$DIR/empty.db simulate --size 1GB", 2, "--size is about made-up partitions", "--partitions"),
            ("--store snapshot:$DIR/broken.json simulate", 1, "partition_489500_0001", ""),
            ("--store snapshot:$DIR/good.json simulate --remove a", 1, "fewer than the 3 replicas", ""),
            ("--store snapshot:$DIR/good.json simulate --snapshot-out $DIR/good.json", 1, "exists already", "--force"),
            ("--store snapshot:$DIR/good.json simulate --plan $DIR/no.plan", 1, "it has no schema", "plan-rebalance"),
            ("--store snapshot:$DIR/good.json simulate --plan $DIR/none.plan", 1, "none.plan", ""),
            ("--store snapshot:$DIR/good.json simulate --plan p --add x", 2, "--add", ""),
        ],
    );
}
