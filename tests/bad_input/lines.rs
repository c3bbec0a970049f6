//! Wrong words on the command line and in inputs.

use crate::check;
use crate::support::Lab;

const TRACE: &str = "04a971f14b28f97dc6888f7bd33157cf";

#[test]
fn trace_ids() {
    let route = "route --nodes a,b --time now --trace-id";
    let zeros = "0".repeat(32);
    let lines = [
        (format!("{route} ''"), 1, "trace id \"\"", ""),
        (format!("{route} {zeros}"), 1, "all of its bytes are zero", ""),
        (format!("{route} 04a971f14b28f97dc6888f7bd33157c"), 1, "trace id \"04a971f14b28f97dc6888f7bd33157c\"", ""),
        (format!("{route} {TRACE}0"), 1, TRACE, ""),
        (format!("{route} 04a971f14b28f97dc6888f7bd33157cg"), 1, "'g' at position 32", ""),
        (format!("{route} 0x{}", &TRACE[2..]), 1, "'x' at position 2", ""),
        (format!("{route} 04a971f14b28-f97dc6888f7b-d33157cf"), 1, "trace id", ""),
        (format!("{route} {TRACE} --trace-id short"), 1, "trace id \"short\"", ""),
        (format!("route --nodes a --trace-id {TRACE} --time-from-id ulid"), 2, "--time-from-id \"ulid\"", ""),
        (format!("route --nodes a --trace-id {TRACE} --time-from-id uuidv7"), 1, "no UUID of version 7", ""),
        (format!("route --nodes a --trace-id {TRACE} --time now --time-from-id xray"), 2, "--time-from-id", ""),
    ];
    check(&Lab::new(), b"", &lines.each_ref().map(|(line, code, error, hint)| (line.as_str(), *code, *error, *hint)));
}

#[test]
fn times_and_ranges() {
    let at = |time: &str| format!("route --nodes a,b --trace-id {TRACE} --time {time}");
    let times =
        ["''", "yesterday", "2025-13-01", "2025-02-30", "2025-11-05T25:00Z", "now+", "now-2x", "1e9", "NaN", "--"];
    let mut lines: Vec<(String, u8, &str, &str)> =
        times.iter().map(|time| (at(time), 2, "--time", if *time == "--" { "" } else { "use RFC 3339" })).collect();
    for far in ["1969-12-31T23:59:59Z", "-1", "2600-01-01", "9999999999999999999999", "+10000-01-01T00:00:00Z"] {
        lines.push((at(far), 2, "--time", ""));
    }
    let range = |text: &str| format!("route --nodes a,b {text}");
    lines.extend([
        (range("--from 2025-11-05T15:00Z --to 2025-11-05T14:00Z"), 2, "2025-11-05T14:00:00Z", "the start comes first"),
        (range("--from 2025-11-05T15:00Z --to 2025-11-05T15:00Z"), 2, "2025-11-05T15:00:00Z", "the start comes first"),
        (range("--from 2025-11-06"), 2, "2025-11-06", "the start comes first"),
        (range("--to now"), 2, "--from", ""),
        (range("--for 1h"), 2, "--from", ""),
        (range("--last 0h"), 2, "--last \"0h\"", "use 90m"),
        (range("--last 1"), 2, "--last \"1\"", "use 90m"),
        (range("--last -1h"), 2, "-1", ""),
        (range("--from now-1h --for 99999999999999d"), 2, "--for", ""),
        (range("--last 1h --from now-2h"), 2, "--last", ""),
        (range("--from 1970-01-01 --to now"), 1, "partitions", "narrow the range"),
        (range("--last 1h --service-from z --service-to b"), 2, "no name between them", "the start comes first"),
        (range("--last 1h --near nobody"), 1, "the cluster has no such node", "`node list`"),
        (range("--last 1h --near zone=b"), 1, "--near az=b: no node of the cluster", "`node list"),
        (range("--last 1h --bucket 256"), 1, "hash bucket 256", ""),
        (range("--last 1h --bucket -1"), 2, "-1", ""),
        (range("--last 1h --bucket x"), 2, "x", ""),
        (range("--last 1h --near ''"), 2, "--near \"\"", ""),
        (range("--last 1h --near rack=3"), 2, "rack=3", ""),
        (range(""), 2, "route needs to know what to route", "--trace-id"),
        (range(&format!("--trace-id {TRACE} --slack 1001 --time now")), 2, "--slack 1001", ""),
        (range(&format!("--trace-id {TRACE} --slack -1 --time now")), 2, "-1", ""),
    ]);
    let lines: Vec<_> = lines.iter().map(|(l, c, e, h)| (l.as_str(), *c, *e, *h)).collect();
    check(&Lab::new(), b"", &lines);
}

#[test]
fn keys_and_signals() {
    let lines = [
        ("route --nodes a --metric m --time now", 2, "--service", ""),
        ("route --nodes a --log --time now", 2, "--service", ""),
        ("route --nodes a --log --service s --severity loud --time now", 2, "--severity \"loud\"", ""),
        ("route --nodes a --log --service s --severity 25 --time now", 2, "--severity \"25\"", ""),
        ("route --nodes a --metric m --service s --label zone --time now", 2, "--label \"zone\"", ""),
        (
            "route --nodes a --metric m --service s --label a=1 --label a=2 --time now",
            2,
            "--label a is given twice",
            "",
        ),
        ("route --nodes a --metric m --service s --body x", 2, "--body", ""),
        ("route --nodes a --trace-id 04a971f14b28f97dc6888f7bd33157cf --severity error", 2, "--log", ""),
        ("route --nodes a --last 1h --label a=b", 2, "", ""),
        ("route --nodes a --log --service s --label a=b", 2, "", ""),
        ("route --nodes a --metric m --log --service s", 2, "--metric", ""),
        ("route --nodes a --last 1h --signal profiles", 2, "unknown signal \"profiles\"", ""),
        ("route --nodes a --last 1h --limit x", 2, "x", ""),
        ("route --nodes a --last 1h --colour", 2, "--colour", ""),
        ("route --nodes a --otlp x --service s", 2, "--service", ""),
        ("route --nodes a --otlp x --last 1h", 2, "--otlp", ""),
        ("route --nodes a --last 1h --store file:x", 2, "--nodes computes without a store", ""),
        ("rout", 2, "rout", ""),
        ("node frobnicate", 2, "frobnicate", ""),
    ];
    let lab = Lab::new();
    check(&lab, b"", &lines);
    // Without a subcommand there is help instead of an error, but no success.
    let done = lab.run("node");
    assert_eq!((done.code, done.out.as_str()), (2, ""), "{done:#?}");
    assert!(done.err.contains("Usage: otlp-part node"), "{done:#?}");
}

#[test]
fn node_names_and_weights() {
    let lab = Lab::new();
    lab.init("c.db");
    let edit = |text: &str| format!("--store file:$DIR/c.db node set node-1 --yes {text}");
    let lines = [
        ("ring get --nodes ''".to_owned(), 2, "node id \"\"", ""),
        ("ring get --nodes a,,b".to_owned(), 2, "node id \"\"", ""),
        ("ring get --nodes a,b,a".to_owned(), 2, "node a is given twice", ""),
        ("ring get --nodes a/b".to_owned(), 2, "node id \"a/b\"", ""),
        ("ring get --nodes 'a b'".to_owned(), 2, "node id \"a b\"", ""),
        ("ring owners --nodes a".to_owned(), 2, "<KEY>", ""),
        (edit("--weight 0"), 2, "--weight \"0\"", ""),
        (edit("--weight -1"), 2, "--weight \"-1\"", ""),
        (edit("--weight nan"), 2, "--weight \"nan\"", ""),
        (edit("--weight inf"), 2, "--weight \"inf\"", ""),
        (edit("--weight 1e99"), 2, "--weight \"1e99\"", ""),
        (edit("--weight ''"), 2, "--weight \"\"", ""),
        (edit("--capacity 4XB"), 2, "--capacity \"4XB\"", ""),
        (edit("--capacity -4TB"), 2, "-4", ""),
        (edit("--capacity 99999999999999999TB"), 2, "--capacity", ""),
        (edit("--location rack=1"), 2, "--location \"rack=1\"", ""),
        (edit("--data-url http://x"), 2, "--data-url \"http://x\"", "file:///path"),
        (edit("--state asleep"), 2, "unknown node state \"asleep\"", ""),
        ("--store file:$DIR/c.db node remove node-9 --yes".to_owned(), 1, "node node-9 does not exist", ""),
        ("--store file:$DIR/c.db node add node-1 --yes".to_owned(), 1, "node node-1 exists already", ""),
        ("--store file:$DIR/c.db node add x x --yes".to_owned(), 1, "node x is given twice", ""),
        ("--store file:$DIR/c.db node add --yes".to_owned(), 2, "", ""),
        ("--store file:$DIR/c.db node fail node-1,node-9 --yes".to_owned(), 1, "node node-9 does not exist", ""),
        ("--store file:$DIR/c.db node drain '' --yes".to_owned(), 2, "node id \"\"", ""),
        ("--store file:$DIR/c.db node cordon --zone '' --yes".to_owned(), 1, "a node in zone \"\" does not exist", ""),
        (
            "--store file:$DIR/c.db node cordon --region x --yes".to_owned(),
            1,
            "a node in region \"x\" does not exist",
            "",
        ),
        ("--store file:$DIR/c.db node activate --file - --yes".to_owned(), 1, "stdin names no node", ""),
        ("--store file:$DIR/c.db node get ../x".to_owned(), 2, "node id \"../x\"", ""),
    ];
    check(&lab, b"", &lines.each_ref().map(|(line, code, error, hint)| (line.as_str(), *code, *error, *hint)));
}

#[test]
fn files_of_nodes() {
    let lab = Lab::new();
    lab.init("c.db");
    for (text, error) in [
        ("", "no list of nodes"),
        ("[]", "no node to add"),
        ("[{}]", "id"),
        (r#"[{"id":"a b"}]"#, "a b"),
        (r#"[{"id":"a","weight":-1}]"#, "weight"),
        (r#"[{"id":"a","weigth":1}]"#, "weigth"),
        (r#"[{"id":"a","location":{"rack":"r"}}]"#, "rack"),
        (r#"[{"id":"a","capacity":"lots"}]"#, "capacity \"lots\" of node a"),
        (r#"[{"id":"a","state":"asleep"}]"#, "asleep"),
        (r#"{"nodes":[{"id":"a"}"#, "no list of nodes"),
    ] {
        lab.file("n.json", text);
        let line = "--store file:$DIR/c.db node add --file $DIR/n.json --yes";
        check(&lab, b"", &[(line, 1, error, "")]);
    }
    for (text, error) in [
        (r#"{"nodes":[{"id":"a"}],"cluster":{"placement":"ring"}}"#, "placement"),
        (r#"{"nodes":[{"id":"a"}],"cluster":{"partitioning":[]}}"#, "partitioning"),
        (r#"{"nodes":[{"id":"a"}],"cluster":{"replication_factor":0}}"#, "replication"),
        (r#"{"nodes":[],"cluster":{}}"#, "node"),
        (r#"{"nodes":[{"id":"a"},{"id":"a"}]}"#, "a"),
        ("[]", "cluster file"),
    ] {
        lab.file("n.json", text);
        let line = "--store file:$DIR/new.db init --file $DIR/n.json --placement rendezvous --yes";
        check(&lab, b"", &[(line, 1, error, "")]);
    }
}

#[test]
fn partition_ids() {
    let lab = Lab::new();
    lab.init("c.db");
    for id in [
        "",
        "partition",
        "partition_1",
        "partition_1_1",
        "partition_01_0001",
        "partition_-0_0001",
        "partition_1_00001",
        "partition_1_100000",
        "partition_+1_0001",
        "partition_1_0001.",
        "partition_1_0001.2",
        "partition_1_0001.000000000",
        "partition_1_0001/x",
        "partition_1_0001%2e0",
        "../partition_1_0001",
        "partition_1_0001/../x",
        "/otlp/partitions/partition_1_0001",
        "Partition_1_0001",
        "partition_1_0001 ",
        "partition_1234567890123456_0001",
        "partition_1_٠٠٠١",
        "partition_1_0001x",
        "\u{feff}partition_1_0001",
        "partition\u{200b}_1_0001",
    ] {
        for line in [
            format!("--store file:$DIR/c.db partition get '{id}'"),
            format!("--store file:$DIR/c.db partition set '{id}' --size 1GB --yes"),
        ] {
            check(&lab, b"", &[(line.as_str(), 2, "partition id", "")]);
        }
    }
    lab.run("--store file:$DIR/c.db partition create --from 2025-11-05T16:00Z --for 1h --yes").ok();
    // Look-alikes of partition_489544_0001 that are ids of their own.
    for id in ["partition_489544_10000", "partition_489544_0001.0", "partition_48954_0001", "partition_-489544_0001"] {
        let line = format!("--store file:$DIR/c.db partition get {id}");
        check(&lab, b"", &[(line.as_str(), 1, &format!("{id} does not exist"), "")]);
    }
    let set = "--store file:$DIR/c.db partition set partition_489544_0001 --yes";
    check(
        &lab,
        b"",
        &[
            (&format!("{set} --size lots"), 2, "--size \"lots\"", ""),
            (&format!("{set} --state gone"), 2, "unknown partition state \"gone\"", ""),
            (&format!("{set} --record-count -1"), 2, "-1", ""),
            (&format!("{set} --leader node-99"), 1, "node-99", ""),
            (&format!("{set} --nodes node-1,node-1 --force"), 2, "node node-1 is given twice", ""),
            (&format!("{set} --nodes node-1,node-2"), 1, "nobody has looked at the copies", "--force"),
            ("--store file:$DIR/c.db partition create --yes", 2, "needs a range of time", "--from now"),
            (
                "--store file:$DIR/c.db partition create --from 1970-01-01 --to now --yes",
                2,
                "at most",
                "several ranges",
            ),
            ("--store file:$DIR/c.db partition list --min-size big", 2, "--min-size \"big\"", ""),
            ("--store file:$DIR/c.db partition list --state asleep", 2, "unknown partition state", ""),
            ("--store file:$DIR/c.db partition list --columns colour", 2, "no field \"colour\"", ""),
            ("--store file:$DIR/c.db partition list --sort colour", 2, "no field \"colour\"", ""),
            ("--store file:$DIR/c.db partition list --sort state:up", 2, "\"state:up\"", ""),
            ("--store file:$DIR/c.db partition list -o bogus", 2, "bogus", ""),
            ("--store file:$DIR/c.db partition list -o value=", 2, "value=", ""),
            ("--store file:$DIR/c.db partition list -o value=colour", 2, "no field \"colour\"", ""),
            ("--store file:$DIR/c.db cluster get -o name", 2, "-o name does not fit", ""),
        ],
    );
}

#[test]
fn boundaries() {
    let lab = Lab::new();
    let file = lab.file("b.txt", "");
    for (text, error) in [
        ("b\na\n", "\"b\" stands before \"a\""),
        ("a\na\n", "a"),
        ("\n \n", "holds no boundaries"),
        ("a\n\u{1b}[31m\n", "b.txt"),
    ] {
        std::fs::write(&file, text).unwrap();
        check(
            &lab,
            b"",
            &[
                ("partition boundaries $DIR/b.txt", 1, error, ""),
                ("--store file:$DIR/n.db init --nodes a --boundaries $DIR/b.txt --yes", 1, error, ""),
            ],
        );
    }
    check(
        &lab,
        b"",
        &[
            ("partition boundaries alphabetic:27", 1, "27 ranges", "--otlp FILE"),
            ("partition boundaries alphabetic:0", 1, "", "--otlp FILE"),
            ("partition boundaries alphabetic:-1", 2, "alphabetic:-1", ""),
            ("partition boundaries alphabetic:many", 2, "alphabetic:many", ""),
            ("partition boundaries $DIR/missing.txt", 1, "cannot read $DIR/missing.txt", ""),
            ("--store file:$DIR/n.db init --nodes a --boundaries alphabetic:27 --yes", 1, "27 ranges", "--otlp FILE"),
            ("--store file:$DIR/n.db init --nodes a --hash-buckets 0 --yes", 2, "hash-buckets", ""),
            ("--store file:$DIR/n.db init --nodes a --hash md5 --yes", 2, "md5", ""),
            ("--store file:$DIR/n.db init --nodes a --strategy astrology --yes", 2, "astrology", ""),
            ("--store file:$DIR/n.db init --nodes a --placement magic --yes", 2, "magic", ""),
            ("--store file:$DIR/n.db init --nodes a --replication-factor 0 --yes", 2, "replication", ""),
            ("--store file:$DIR/n.db init --nodes a --replication-factor 300 --yes", 2, "300", ""),
            ("--store file:$DIR/n.db init --nodes a --virtual-nodes 0 --yes", 2, "virtual", ""),
            ("--store file:$DIR/n.db init --nodes '' --yes", 2, "node id", ""),
            ("--store file:$DIR/n.db init --yes", 2, "--nodes", ""),
        ],
    );
    assert!(!lab.path("n.db").exists());
}
