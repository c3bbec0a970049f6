//! Plans: made, recorded, checked, compared and deleted.

use crate::golden;
use crate::support::{Lab, NOW, Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";

/// A partition of a time bucket that is over.
fn id(index: usize) -> String {
    format!("partition_489540_{index:04}")
}

const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":64}],"placement":{"algorithm":"zone-balanced"}}"#;

fn node(zone: &str, more: &str) -> String {
    format!(r#"{{"location":{{"availability_zone":"{zone}"}}{more}}}"#)
}

/// Four nodes in two zones; n1 and n2 hold everything, one partition of 1 GB after the other.
pub(super) fn skewed() -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = vec![("cluster".into(), SPEC.into())];
    for (name, zone) in [("n1", "a"), ("n2", "b"), ("n3", "a"), ("n4", "b")] {
        entries.push((format!("nodes/{name}"), node(zone, "")));
    }
    for index in 0..40 {
        let id = id(index);
        entries.push((format!("partitions/{id}"), record(&id, &["n1", "n2"], Some("n1"), 1_000_000_000)));
    }
    entries
}

/// The value of a key replaced.
fn set(entries: &mut [(String, String)], key: &str, value: String) {
    entries.iter_mut().find(|(k, _)| k == key).unwrap().1 = value;
}

fn put(lab: &Lab, file: &str, entries: &[(String, String)]) {
    let pairs: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    lab.file(file, snapshot(&pairs));
}

/// A store of these entries.
pub(super) fn lab(entries: &[(String, String)]) -> Session {
    let s = Session::new();
    put(&s.lab, "s.json", entries);
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes -q")).ok();
    s
}

#[test]
fn a_skewed_cluster_is_planned() {
    let mut s = lab(&skewed());
    let before = s.lab.read("c.db");
    s.run(&format!("{STORE} plan-rebalance --dry-run"));
    s.run(&format!("{STORE} plan-rebalance --dry-run -o csv --columns seq,partition,from,to -q"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --limit 2 --columns node,before_bytes,after_bytes -q"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --detailed-exitcode -o value=summary.moves"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --max-moves 3 -o value=summary.moves -q"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --leaders-only -o value=summary.leader_transfers -q"));
    s.run(&format!("{STORE} plan-rebalance --curve"));
    s.run("--store snapshot:$DIR/s.json plan-rebalance --dry-run -o name -q");
    assert!(before == s.lab.read("c.db"), "a dry run wrote");
    // The same input gives the same plan, whoever asks and from which copy.
    let digest = |lab: &Lab, line: &str| lab.run(line).ok().json()["digest"].clone();
    let first = digest(&s.lab, &format!("{STORE} plan-rebalance --dry-run -o json -q"));
    s.lab.now = NOW.plus_seconds(60);
    assert_eq!(digest(&s.lab, "--store snapshot:$DIR/s.json plan-rebalance --dry-run -o json --actor ann -q"), first);
    golden!("plan_skewed", s);
}

#[test]
fn a_balanced_cluster_has_no_plan() {
    let mut entries = skewed();
    for index in 0..40 {
        let id = id(index);
        let nodes: [&str; 2] = if index % 2 == 0 { ["n1", "n2"] } else { ["n3", "n4"] };
        let leader = nodes[index / 2 % 2];
        set(&mut entries, &format!("partitions/{id}"), record(&id, &nodes, Some(leader), 1_000_000_000));
    }
    let mut s = lab(&entries);
    s.run(&format!("{STORE} plan-rebalance --detailed-exitcode"));
    s.run(&format!("{STORE} plan list"));
    // One node is a tenth above its target: more than the band, less than a threshold.
    let (id, other) = (id(1), id(3));
    for id in [&id, &other] {
        s.lab.run(&format!("{STORE} partition set {id} --size 2GB --yes -q")).ok();
    }
    s.run(&format!("{STORE} plan-rebalance --dry-run --detailed-exitcode --threshold 20% -o table --columns node"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --threshold 20% --limit 0"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --threshold 20"));
    golden!("plan_balanced", s);
}

#[test]
fn exactly_chosen_moves() {
    let mut s = lab(&skewed());
    let (a, b) = (id(0), id(1));
    s.run(&format!("{STORE} plan-rebalance --dry-run --move {a},from=n1,to=n3 --move {b},from=n2,to=n4"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --leader {a}=n2"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --move {a},from=n1,to=n3 --leader {b}=n2 -o csv -q"));
    for refused in [
        format!("--move {a}"),
        format!("--move {a},from=n1,to=n1"),
        format!("--move {a},from=n9,to=n3"),
        format!("--move {},from=n1,to=n3", id(99)),
        format!("--move {a},from=n3,to=n4"),
        format!("--move {a},from=n1,to=n2"),
        format!("--leader {a}"),
        format!("--leader {a}=n3"),
        format!("--leader {a}=n9"),
        format!("--move {a},from=n1,to=n3 --drain n1"),
    ] {
        s.run(&format!("{STORE} plan-rebalance --dry-run {refused} -o csv -q"));
    }
    golden!("plan_exact", s);
}

#[test]
fn a_drained_node_is_emptied_but_for_what_is_named() {
    let mut entries = skewed();
    set(&mut entries, "nodes/n1", node("a", r#","state":"Draining""#));
    entries.push((format!("ext/{}", id(3)), r#"{"pinned":true}"#.into()));
    entries.push((format!("migrations/{}", id(4)), r#"{"phase":"Copying"}"#.into()));
    let open = "partition_489543_0001";
    entries.push((format!("partitions/{open}"), record(open, &["n1", "n2"], Some("n1"), 5_000)));
    let mut s = lab(&entries);
    s.run(&format!("{STORE} plan-rebalance --dry-run --limit 3"));
    let plan = s.lab.run(&format!("{STORE} plan-rebalance --dry-run -o json -q")).ok().json();
    // Everything of n1 either leaves it or is named.
    let named = |list: &str, field: &str| -> Vec<String> {
        let all = plan[list].as_array().unwrap().iter();
        all.filter(|item| item[field] == "n1").filter_map(|item| Some(item["partition"].as_str()?.to_owned())).collect()
    };
    let leaving: Vec<String> = named("moves", "from")
        .into_iter()
        .filter(|id| plan["moves"].as_array().unwrap().iter().any(|m| m["partition"] == **id && m["kind"] == "replica"))
        .collect();
    let left: Vec<String> = plan["unplanned"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| Some(item["partition"].as_str()?.to_owned()))
        .collect();
    for index in 0..40 {
        let id = id(index);
        assert_ne!(leaving.contains(&id), left.contains(&id), "{id} is in one of both: {plan:#}");
    }
    for stays in [open.to_owned(), id(3), id(4)] {
        assert!(left.contains(&stays), "{stays}: {plan:#}");
    }
    s.run(&format!("{STORE} plan-rebalance --dry-run --include-open -o csv --columns partition,kind,from,to --sort partition:desc --limit 1 -q"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --exclude-node n1 -o value=summary.moves -q"));
    s.run(&format!("{STORE} plan-rebalance --dry-run --exclude-partition {} -o value=unplanned -q", id(5)));
    s.run(&format!("{STORE} plan-rebalance --dry-run --drain n2,n9"));
    golden!("plan_drained", s);
}

#[test]
fn recorded_shown_compared_and_deleted() {
    let mut s = lab(&skewed());
    let chosen = format!("--move {},from=n1,to=n3", id(0));
    s.run(&format!("{STORE} plan list"));
    s.run(&format!("{STORE} plan-rebalance {chosen} --leader {}=n2 --reason 'make room'", id(1)));
    let first = s.lab.run(&format!("{STORE} plan list -o name -q")).ok().out.trim().to_owned();
    s.run(&format!("{STORE} plan-rebalance {chosen} --leader {}=n2 -o name --actor ann", id(1)));
    s.lab.now = NOW.plus_seconds(60);
    s.run(&format!("{STORE} plan-rebalance {chosen} -o name -q --actor ann"));
    let second = s.lab.run(&format!("{STORE} plan list -o name -q --limit 1")).ok().out.trim().to_owned();
    s.run(&format!("{STORE} plan list"));
    s.run(&format!("{STORE} plan list -o json -q"));
    s.run(&format!("{STORE} plan get {first} -q"));
    s.run(&format!("{STORE} plan get {first} -o json -q"));
    s.run(&format!("{STORE} plan get {first} --inverse -o csv -q"));
    s.run(&format!("{STORE} plan diff {first} {second}"));
    s.run(&format!("{STORE} plan diff {first} {second} -o ndjson --limit 1 -q"));
    s.run(&format!("{STORE} plan diff {second} {second}"));
    s.run(&format!("{STORE} plan verify {second}"));
    s.run(&format!("{STORE} plan get plan-0123456789ab"));
    s.run(&format!("{STORE} plan delete {first} --dry-run"));
    s.run(&format!("{STORE} plan delete {first}"));
    s.run(&format!("{STORE} plan delete {first} --yes"));
    s.run(&format!("{STORE} plan delete {first} --yes"));
    s.run(&format!("{STORE} plan delete {first} --yes --ignore-not-found"));
    s.run(&format!("{STORE} plan delete ./p.json --yes"));
    s.run(&format!("{STORE} plan prune --keep 0 --yes"));
    s.run(&format!("{STORE} plan list -o json -q"));
    s.run(&format!("{STORE} audit list --columns command,keys,actor,reason,summary -q"));
    golden!("plan_recorded", s);
}

/// Plans are part of the snapshot: they are there after an import, byte for byte.
#[test]
fn plans_survive_export_and_import() {
    let s = lab(&skewed());
    let id = id(0);
    s.lab.run(&format!("{STORE} plan-rebalance --move {id},from=n1,to=n3 -q")).ok();
    let plan = s.lab.run(&format!("{STORE} plan list -o name -q")).ok().out.trim().to_owned();
    s.lab.run(&format!("{STORE} snapshot export $DIR/e.json -q")).ok();
    s.lab.run("--store file:$DIR/d.db snapshot import $DIR/e.json --yes -q").ok();
    for what in ["", " --inverse"] {
        let get = |store: &str| s.lab.run(&format!("--store {store} plan get {plan}{what} -o json -q")).ok().out;
        let original = get("file:$DIR/c.db");
        assert_eq!(get("file:$DIR/d.db"), original);
        assert_eq!(get("snapshot:$DIR/e.json"), original);
    }
}

#[test]
fn files_are_verified() {
    let mut s = lab(&skewed());
    let (a, b) = (id(0), id(1));
    s.run(&format!(
        "{STORE} plan-rebalance --move {a},from=n1,to=n3 --move {b},from=n2,to=n4 --out $DIR/p.json --limit 0"
    ));
    s.run(&format!("{STORE} plan-rebalance --move {a},from=n1,to=n3 --out $DIR/p.json"));
    s.run(&format!("{STORE} plan list -o json -q"));
    s.run(&format!("{STORE} plan verify $DIR/p.json"));
    s.run("--store snapshot:$DIR/s.json plan verify $DIR/p.json -q");
    // However it is laid out, it is the same plan.
    let text = String::from_utf8(s.lab.read("p.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    s.lab.file("pretty.json", serde_json::to_string_pretty(&json).unwrap());
    s.run(&format!("{STORE} plan verify $DIR/pretty.json -q"));
    s.run(&format!("{STORE} plan diff $DIR/p.json $DIR/pretty.json"));
    for (name, text) in [
        ("edited.json", text.replacen("\"to\":\"n3\"", "\"to\":\"n4\"", 1)),
        ("cut.json", text[..text.len() / 2].to_owned()),
        ("newer.json", text.replacen("plan/v1", "plan/v2", 1)),
        ("older.json", text.replacen("plan/v1", "plan/v0", 1)),
        ("other.json", std::fs::read_to_string(s.lab.path("s.json")).unwrap()),
        ("empty.json", String::new()),
        ("words.json", "no plan".to_owned()),
    ] {
        s.lab.file(name, text);
        for command in ["verify", "get"] {
            s.run(&format!("{STORE} plan {command} $DIR/{name} -q"));
        }
    }
    s.run(&format!("{STORE} plan verify $DIR/missing.json"));
    s.run_stdin(&format!("{STORE} plan verify - -o json -q"), "{");
    // Another cluster.
    let mut entries = skewed();
    set(&mut entries, "cluster", SPEC.replace("\"cluster_id\":\"c\"", "\"cluster_id\":\"d\""));
    put(&s.lab, "d.json", &entries);
    s.run("--store snapshot:$DIR/d.json plan verify $DIR/p.json");
    golden!("plan_files", s);
}

/// Whatever is asked for: the checker, which shares nothing with the planner, finds nothing wrong with the plan.
#[test]
fn every_kind_of_plan_is_verified() {
    let mut drained = skewed();
    set(&mut drained, "nodes/n1", node("a", r#","state":"Draining""#));
    drained.push((format!("ext/{}", id(3)), r#"{"pinned":true}"#.into()));
    let mut lost = skewed();
    lost.extend([("nodes/n5".to_owned(), node("a", "")), ("nodes/n6".to_owned(), node("b", ""))]);
    lost.extend((7..18).map(|n| (format!("nodes/n{n}"), node(if n % 2 == 0 { "a" } else { "b" }, ""))));
    set(&mut lost, "nodes/n1", node("a", r#","state":"Down""#));
    let mut coming = skewed();
    for index in 0..16 {
        let id = format!("partition_489545_{index:04}");
        coming.push((format!("partitions/{id}"), record(&id, &["n1", "n2"], Some("n1"), 0)));
    }
    for (name, entries) in [("skewed", skewed()), ("drained", drained), ("lost", lost), ("coming", coming)] {
        let lab = Lab::new();
        put(&lab, "s.json", &entries);
        for flags in [
            "",
            "--band 10%",
            "--threshold 20%",
            "--threshold 500%",
            "--max-bytes 5GB",
            "--max-moves 3",
            "--leaders-only",
            "--prefer fewest-moves",
            "--relieve n2",
            "--drain n2",
            "--exclude-node n4",
            "--include-open",
        ] {
            let line =
                format!("--store snapshot:$DIR/s.json plan-rebalance --out $DIR/p.json --force {flags} -q -o name");
            lab.run(&line).ok();
            let done = lab.run("--store snapshot:$DIR/s.json plan verify $DIR/p.json");
            assert_eq!(done.code, 0, "{name} {flags}: {done:#?}");
        }
    }
}

/// What a plan leads to needs no plan.
#[test]
fn planning_the_result_again_gives_nothing() {
    let lab = Lab::new();
    put(&lab, "s.json", &skewed());
    let line = |store: &str, more: &str| {
        format!("--store snapshot:$DIR/{store} plan-rebalance {more} --detailed-exitcode -q -o name")
    };
    assert_eq!(lab.run(&line("s.json", "--out $DIR/p.json")).code, 3);
    lab.run("--store snapshot:$DIR/s.json simulate --plan $DIR/p.json --snapshot-out $DIR/t.json -q").ok();
    let again = lab.run(&line("t.json", "--dry-run"));
    assert_eq!(again.code, 0, "{again:#?}");
}

#[test]
fn what_changed_meanwhile_is_stale() {
    let mut s = lab(&skewed());
    let (a, b, c, d) = (id(0), id(1), id(2), id(3));
    let moves = format!("--move {a},from=n1,to=n3 --move {b},from=n2,to=n4 --move {c},from=n1,to=n3 --leader {d}=n2");
    s.lab.run(&format!("{STORE} plan-rebalance {moves} --out $DIR/p.json -q")).ok();
    // Sizes may change.
    s.lab.run(&format!("{STORE} partition set {a} --size 2GB --yes -q")).ok();
    s.run(&format!("{STORE} plan verify $DIR/p.json"));
    s.lab.run(&format!("{STORE} partition set {a} --state readonly --yes -q")).ok();
    s.lab.run(&format!("{STORE} partition set {d} --leader n2 --yes -q")).ok();
    s.run(&format!("{STORE} plan verify $DIR/p.json"));
    s.lab.run(&format!("{STORE} node cordon n4 --yes -q")).ok();
    s.lab.run(&format!("{STORE} partition delete {c} --force --yes -q")).ok();
    s.run(&format!("{STORE} plan verify $DIR/p.json -o csv -q"));
    s.run(&format!("{STORE} plan verify $DIR/p.json -o ndjson --limit 1 -q"));
    golden!("plan_stale", s);
}

#[test]
fn what_is_not_written() {
    let mut s = lab(&skewed());
    let before = s.lab.read("c.db");
    let chosen = format!("--move {},from=n1,to=n3", id(0));
    for line in [
        format!("{STORE} plan-rebalance --dry-run --out $DIR/p.json"),
        format!("{STORE} plan-rebalance --out -"),
        format!("{STORE} plan-rebalance --force"),
        format!("{STORE} --at 1 plan-rebalance {chosen}"),
        format!("--store snapshot:$DIR/s.json plan-rebalance {chosen}"),
        format!("plan-rebalance {chosen}"),
        format!("{STORE} plan-rebalance --out $DIR/no/such/directory/p.json {chosen} -q -o name"),
        format!("{STORE} plan-rebalance --drain n1 --exclude-node n1"),
        format!("{STORE} plan-rebalance --relieve n1 --exclude-node n1"),
        format!("{STORE} plan-rebalance --exclude-node n9"),
        format!("{STORE} plan-rebalance --exclude-partition partition_1_0001"),
        format!("{STORE} plan-rebalance --band 0%"),
        format!("{STORE} plan-rebalance --bandwidth 0"),
        format!("{STORE} plan-rebalance --max-concurrent 0"),
        format!("{STORE} plan-rebalance --max-bytes much"),
        "--store snapshot:$DIR/s.json plan prune --yes".to_owned(),
    ] {
        let done = s.run(&line);
        assert_ne!(done.code, 0, "{line}");
    }
    assert!(before == s.lab.read("c.db") && !s.lab.path("p.json").exists());
    golden!("plan_refusals", s);
}

/// What makes a good cluster bad.
type Change<'c> = &'c dyn Fn(&mut Vec<(String, String)>);

/// Clusters that nothing can be planned on: one clear error each.
#[test]
fn bad_clusters() {
    let mut s = Session::new();
    let plan = "--store snapshot:$DIR/b.json plan-rebalance --dry-run -o csv -q";
    let mut bad = |say: &str, change: Change<'_>| {
        let mut entries = skewed();
        change(&mut entries);
        put(&s.lab, "b.json", &entries);
        s.say(say);
        s.run(plan);
    };
    bad("nothing at all", &|e| e.clear());
    bad("no node", &|e| e.retain(|(k, _)| k == "cluster"));
    bad("no partition", &|e| e.retain(|(k, _)| !k.starts_with("partitions")));
    bad("fewer nodes than replicas", &|e| set(e, "cluster", SPEC.replace("factor\":2", "factor\":5")));
    bad("all are drained", &|e| {
        for n in ["n1", "n2", "n3", "n4"] {
            set(e, &format!("nodes/{n}"), node("a", r#","state":"Draining""#));
        }
    });
    bad("all are down", &|e| {
        for n in ["n1", "n2", "n3", "n4"] {
            set(e, &format!("nodes/{n}"), node("a", r#","state":"Down""#));
        }
    });
    for weight in ["0", "-1", "NaN", "\"heavy\"", "1e99"] {
        bad(&format!("weight {weight}"), &|e| set(e, "nodes/n3", format!(r#"{{"weight":{weight}}}"#)));
    }
    for size in [1_u64 << 62, 1 << 63, u64::MAX] {
        bad(&format!("a size of {size}"), &|e| {
            set(e, &format!("partitions/{}", id(7)), record(&id(7), &["n1", "n2"], Some("n1"), size));
        });
    }
    bad("a partition larger than any node", &|e| {
        for (n, zone) in [("n1", "a"), ("n2", "b"), ("n3", "a"), ("n4", "b")] {
            set(e, &format!("nodes/{n}"), node(zone, r#","capacity_bytes":500000000"#));
        }
    });
    bad("capacity for half of it", &|e| {
        for (n, zone) in [("n1", "a"), ("n2", "b"), ("n3", "a"), ("n4", "b")] {
            set(e, &format!("nodes/{n}"), node(zone, r#","capacity_bytes":10000000000"#));
        }
    });
    bad("a broken record", &|e| set(e, &format!("partitions/{}", id(7)), "{".into()));
    bad("a broken spec", &|e| set(e, "cluster", "{}".into()));
    golden!("plan_bad_clusters", s);
}
