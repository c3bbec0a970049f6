//! Commands that edit, delete and pin partition records.

use std::time::Duration;

use crate::golden;
use crate::support::{Lab, Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";
const ID: &str = "partition_489542_0051";

/// A store with two records, one of them with fields and spellings of somebody else.
fn started() -> Session {
    let s = Session::new();
    let odd = format!(
        r#"{{"x-owner": "team-a","partition_id":"{ID}", "nodes":["node-1","node-2"],"leader":"node-1","state":"Active","size_bytes":5, "ratio":1.50,"record_count":2,"created_at":"2025-11-05T13:00:00Z","updated_at":"2025-11-05T14:59:00Z"}}"#
    );

    let empty = record("partition_489542_0052", &["node-1", "node-2"], Some("node-2"), 0);
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2}"#;
    s.lab.file(
        "s.json",
        snapshot(&[
            ("cluster", spec),
            ("nodes/node-1", "{}"),
            ("nodes/node-2", "{}"),
            ("nodes/node-3", "{}"),
            (&format!("partitions/{ID}"), &odd),
            ("partitions/partition_489542_0052", &empty),
        ]),
    );
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    with_editors(s)
}

/// Text that is being edited goes below the lab's directory.
pub(crate) fn with_editors(mut s: Session) -> Session {
    std::fs::create_dir(s.lab.path("tmp")).unwrap();
    s.lab.variables.insert("TMPDIR".into(), s.lab.text("tmp"));
    s
}

/// The operator's editor from now on: a script with the file as `$1`.
pub(crate) fn editor(s: &mut Session, script: &str) {
    let path = s.lab.file("editor.sh", format!("{script}\n"));
    s.lab.variables.insert("EDITOR".into(), format!("sh {path}"));
    s.say(&format!("EDITOR: {script}"));
}

pub(crate) fn on_terminal(s: &mut Session) {
    (s.lab.stdin_terminal, s.lab.stderr_terminal) = (true, true);
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
}

/// The stored text of a record.
fn stored(lab: &Lab, id: &str) -> String {
    let export = lab.run(&format!("{STORE} snapshot export")).ok().out;
    let line = export.lines().find(|line| line.starts_with(&format!("{{\"key\":\"/otlp/partitions/{id}\""))).unwrap();
    line.split_once("\"value\":").unwrap().1.trim_end_matches(',').strip_suffix('}').unwrap().to_owned()
}

pub(crate) fn left_files(lab: &Lab) -> usize {
    std::fs::read_dir(lab.path("tmp")).unwrap().count()
}

#[test]
fn editing_a_record() {
    let mut s = started();
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    editor(&mut s, "sed -i 's/Active/ReadOnly/' $1");
    let before = stored(&s.lab, ID);
    s.run(&format!("{STORE} partition edit {ID} --dry-run"));
    assert_eq!(stored(&s.lab, ID), before);
    s.run(&format!("{STORE} partition edit {ID}"));
    s.run(&format!("{STORE} partition edit {ID} --yes --reason drill"));
    let after = before.replace("Active", "ReadOnly").replace("2025-11-05T14:59:00Z", "2025-11-05T15:10:00Z");
    assert_eq!(stored(&s.lab, ID), after);
    s.say("a program that writes JSON its own way changes nothing but what it changes");
    editor(&mut s, "true");
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    editor(&mut s, ": > $1");
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    editor(&mut s, "sed -i 's/1.50/1.5/; s/\"x-owner\": /\"x-owner\" :/' $1");
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    assert_eq!(stored(&s.lab, ID), after);
    editor(&mut s, "sed -i s/ReadOnly/Melting/ $1; exit 3");
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    s.say("nothing was typed, so nothing is kept");
    editor(&mut s, "exit 3");
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    s.lab.variables.insert("VISUAL".into(), "/nonexistent/editor".into());
    s.run(&format!("{STORE} partition edit {ID} --yes"));
    s.lab.variables.remove("VISUAL");
    s.run(&format!("{STORE} partition edit partition_1_0001 --yes"));
    golden!("edit_record", s);
}

#[test]
fn what_an_edit_may_not_do() {
    let mut s = started();
    for (change, more) in [
        ("s/_0051/_0052/", ""),
        ("s/2025-11-05T13:00:00Z/2025-11-05T12:00:00Z/", ""),
        ("s/2025-11-05T14:59:00Z/2025-11-05T12:00:00Z/", ""),
        ("s/\"leader\": \"node-1\"/\"leader\": \"node-3\"/", ""),
        ("s/Active/Migrating/", ""),
        ("s/\"size_bytes\": 5/\"size_bytes\": -5/", ""),
        ("/record_count/d", ""),
        ("s/^    \"node-2\"/    \"node-3\"/", ""),
        ("s/^    \"node-2\"/    \"node-9\"/", " --force"),
        ("s/^    \"node-2\"/    \"node-1\"/", " --force"),
        ("s/\"state\"/\"state/", ""),
        ("s/\"state\"/\"leader\"/", ""),
    ] {
        editor(&mut s, &format!("sed -i '{change}' $1"));
        let before = stored(&s.lab, ID);
        let kept = left_files(&s.lab);
        assert_ne!(s.run(&format!("{STORE} partition edit {ID} --yes{more}")).code, 0);
        assert_eq!((stored(&s.lab, ID), left_files(&s.lab)), (before, kept + 1));
    }
    s.say("the operator's word for the copies");
    editor(&mut s, "sed -i 's/^    \"node-2\"/    \"node-3\"/' $1");
    s.run(&format!("{STORE} partition edit {ID} --yes --force"));
    golden!("edit_refused", s);
}

#[test]
fn editing_again() {
    let mut s = started();
    on_terminal(&mut s);
    s.say("the reason stands at the top of the file");
    editor(
        &mut s,
        "cat $1 >> $1.seen; grep -q 'not accepted' $1 && sed -i 's/Melting/ReadOnly/' $1 || sed -i 's/Active/Melting/' $1",
    );
    s.run_stdin(&format!("{STORE} partition edit {ID}"), "y\ny\n");
    let seen = std::fs::read_dir(s.lab.path("tmp")).unwrap().next().unwrap().unwrap().path();
    let seen = std::fs::read_to_string(seen).unwrap();
    seen.lines().for_each(|line| s.say(&format!("seen: {line}")));
    editor(&mut s, "sed -i 's/ReadOnly/Melting/' $1");
    s.run_stdin(&format!("{STORE} partition edit {ID}"), "n\n");
    s.run_stdin(&format!("{STORE} partition edit {ID}"), "");
    s.say("saved again as it is");
    s.run_stdin(&format!("{STORE} partition edit {ID}"), "\n");
    s.say("declined");
    editor(&mut s, "sed -i 's/ReadOnly/Active/' $1");
    s.run_stdin(&format!("{STORE} partition edit {ID}"), "n\n");
    golden!("edit_again", s);
}

/// Somebody else changes the record while the editor is open: exit 4, their change shown, the own text kept.
#[test]
fn two_editors_at_once() {
    let mut s = started();
    for round in 0..10_u64 {
        let (open, go_on) = (s.lab.text("open"), s.lab.text("go-on"));
        let wait = format!("touch {open}; while [ ! -e {go_on} ]; do sleep 0.01; done; rm {open} {go_on}");
        editor(&mut s, &format!("{wait}; sed -i 's/\"record_count\": .*/\"record_count\": 7{round},/' $1"));
        let lab = &s.lab;
        let loser = std::thread::scope(|scope| {
            let loser = scope.spawn(|| lab.run(&format!("{STORE} partition edit {ID} --yes")));
            while !lab.path("open").exists() {
                std::thread::sleep(Duration::from_millis(2));
            }
            lab.run(&format!("{STORE} partition set {ID} --size 10{round} --yes")).ok();
            lab.file("go-on", "");
            loser.join().unwrap()
        });
        assert_eq!(loser.code, 4, "{loser:#?}");
        assert!(loser.err.contains(&format!("-> 10{round}")), "{loser:#?}");
        let file = loser.err.lines().find_map(|line| line.strip_prefix("your text is kept in ")).unwrap();
        assert!(std::fs::read_to_string(file).unwrap().contains(&format!("7{round}")));
        let now = stored(lab, ID);
        assert!(now.contains(&format!("\"size_bytes\":10{round}")) && !now.contains(&format!("7{round}")), "{now}");
    }
}

#[test]
fn deleting_records() {
    let mut s = started();
    s.run(&format!("{STORE} partition delete {ID} --yes"));
    s.run(&format!("{STORE} partition delete partition_489542_0052 --yes"));
    s.run(&format!("{STORE} partition delete partition_489542_0053 --force --yes"));
    s.run(&format!("{STORE} partition delete partition_489542_0053 --force --yes --ignore-not-found"));
    s.run(&format!("{STORE} partition delete {ID} {ID} --force --dry-run"));
    s.run(&format!("{STORE} partition delete {ID} --force"));
    s.say("on a terminal the id is typed");
    on_terminal(&mut s);
    s.run_stdin(&format!("{STORE} partition delete {ID} --force"), "yes\n");
    s.run_stdin(&format!("{STORE} partition delete {ID} --force"), "partition_489542_0052\n");
    s.run_stdin(&format!("{STORE} partition delete {ID} partition_489542_0052 --force"), "2 partitions\n");
    s.run(&format!("{STORE} partition list -o name"));
    golden!("delete", s);
}

#[test]
fn deleting_what_is_split_or_in_flight() {
    let mut s = Session::new();
    let of = |id: &str| record(id, &["a"], Some("a"), 0);
    let (left, right) = (format!("{ID}.0"), format!("{ID}.1"));
    s.lab.file(
        "s.json",
        snapshot(&[
            ("nodes/a", "{}"),
            (&format!("partitions/{ID}"), &of(ID)),
            (&format!("ext/{ID}"), r#"{"epoch":1,"split_bits":1}"#),
            (&format!("partitions/{left}"), &of(&left)),
            (&format!("partitions/{right}"), &of(&right)),
            ("partitions/partition_489542_0052", &of("partition_489542_0052")),
            ("migrations/partition_489542_0052", r#"{"kind":"move"}"#),
            ("partitions/partition_489542_0053", "no record"),
        ]),
    );
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    s.run(&format!("{STORE} partition delete {ID} --force --yes"));
    s.run(&format!("{STORE} partition delete {left} --force --yes"));
    s.run(&format!("{STORE} partition delete partition_489542_0052 --force --yes"));
    s.run(&format!("{STORE} partition delete partition_489542_0053 --yes"));
    s.run(&format!("{STORE} partition delete partition_489542_0053 --force --yes"));
    s.run(&format!("{STORE} partition delete {left} {right} {ID} --force --yes"));
    s.run(&format!("{STORE} partition list -o name"));
    golden!("delete_split", s);
}

#[test]
fn pinning() {
    let mut s = started();
    s.run(&format!("{STORE} partition pin {ID} partition_489542_0052 --dry-run"));
    s.run(&format!("{STORE} partition pin {ID} partition_489542_0052 --yes"));
    s.run(&format!("{STORE} partition pin {ID} --yes"));
    s.run(&format!("{STORE} partition list --columns partition,pinned,epoch"));
    s.run(&format!("{STORE} partition unpin {ID} --yes --reason 'drill over'"));
    s.run(&format!("{STORE} partition unpin {ID} --yes"));
    s.run(&format!("{STORE} partition pin partition_1_0001 --yes"));
    s.run(&format!("{STORE} partition pin partition_1_0001 --yes --ignore-not-found"));
    s.run(&format!("{STORE} partition pin nonsense --yes"));
    golden!("pins", s);
}

#[test]
fn listing_what_an_operator_asks_for() {
    let mut s = Session::new();
    let node = |zone: &str, state: &str| {
        serde_json::json!({"location": {"availability_zone": zone}, "state": state}).to_string()
    };
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2}"#;
    let of = |id: &str, nodes: &[&str], leader, size| (format!("partitions/{id}"), record(id, nodes, leader, size));
    let records = [
        of("partition_489542_0001", &["a", "b"], Some("a"), 5_000_000),
        of("partition_489542_0002", &["b", "c"], Some("c"), 9_000_000),
        of("partition_489542_0003", &["a"], Some("a"), 700),
        of("partition_489543_0001", &["b", "gone"], Some("gone"), 0),
        of("partition_489543_0002", &["a", "b"], None, 800),
    ];
    let nodes =
        [("nodes/a", node("z1", "Active")), ("nodes/b", node("z2", "Cordoned")), ("nodes/c", node("z3", "Down"))];
    let mut entries = vec![("cluster", spec), ("ext/partition_489542_0003", r#"{"epoch":4,"pinned":true}"#)];
    entries.extend(nodes.iter().map(|(key, value)| (*key, value.as_str())));
    entries.extend(records.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    s.lab.file("s.json", snapshot(&entries));
    const LIST: &str = "--store snapshot:$DIR/s.json partition list";
    s.run(&format!(
        "{LIST} --columns partition,created_at,epoch,pinned,leader,nodes,size_bytes --sort size_bytes:desc"
    ));
    for filter in [
        "--under-replicated",
        "--no-leader",
        "--pinned",
        "--zone z3",
        "--zone z1 --zone z2",
        "--zone z9",
        "--min-size 1kB --max-size 5MB",
        "--max-size lots",
        "--node gone",
        "--node zzz",
        "--leader zzz",
        "--node a --leader zzz",
        "--no-leader --node b --limit 1",
    ] {
        s.run(&format!("{LIST} -o name {filter}"));
    }
    s.say("the same as status counts");
    let status = s.lab.run("--store snapshot:$DIR/s.json status -o json").ok().json();
    let count = |filter: &str| s.lab.run(&format!("{LIST} -o name {filter}")).ok().out.lines().count() as u64;
    assert_eq!(status["under_replicated"], count("--under-replicated"));
    assert_eq!(status["leaderless"], count("--no-leader"));
    golden!("list_filters", s);
}
