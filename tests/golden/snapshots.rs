//! Comparing snapshots, and imports that are refused.

use crate::golden;
use crate::support::{Session, snapshot};

const STORE: &str = "--store file:$DIR/c.db";

#[test]
fn comparing_snapshots() {
    let mut s = Session::new();
    s.lab.init("c.db");
    s.lab.run(&format!("{STORE} partition create --from 2025-11-05T16:00Z --for 1h --yes")).ok();
    s.lab.run(&format!("{STORE} snapshot export $DIR/a.json")).ok();
    s.say("equal to the store that it was made of, also after a change of the audit trail alone");
    s.run(&format!("{STORE} snapshot diff $DIR/a.json"));
    let id = "partition_489544_0002";
    s.lab.run(&format!("{STORE} partition set {id} --size 3GB --state readonly --yes")).ok();
    s.lab.run(&format!("{STORE} partition delete partition_489544_0003 --force --yes")).ok();
    s.lab.run(&format!("{STORE} node add node-5 --force --yes")).ok();
    s.run(&format!("{STORE} snapshot diff $DIR/a.json"));
    s.run(&format!("{STORE} snapshot diff $DIR/a.json -o json"));
    s.run(&format!("{STORE} snapshot diff $DIR/a.json -o ndjson --limit 1 -q"));
    s.run(&format!("{STORE} snapshot diff $DIR/a.json --at 2"));
    s.run(&format!("{STORE} snapshot diff $DIR/a.json --audit -o value=key -q"));
    s.lab.run(&format!("{STORE} snapshot export $DIR/b.json")).ok();
    s.say("two files, in the other direction; no store is needed");
    s.run("snapshot diff $DIR/b.json $DIR/a.json --columns key,change,field");
    s.run("snapshot diff $DIR/b.json $DIR/b.json");
    let b = String::from_utf8(s.lab.read("b.json")).unwrap();
    let done = s.lab.run_stdin("snapshot diff - $DIR/b.json", b);
    assert_eq!((done.code, done.out.lines().count()), (0, 1), "{done:#?}");
    golden!("snapshot_diff", s);
}

#[test]
fn what_cannot_be_compared() {
    let mut s = Session::new();
    s.lab.file("a.json", snapshot(&[("nodes/a", r#"{"weight":1.0}"#), ("x", "no json"), ("y", "1")]));
    s.lab.file(
        "b.json",
        snapshot(&[("nodes/a", r#"{ "weight":1.0}"#), ("x", "other"), ("y", "1")])
            .replace("\"mod_revision\":7", "\"mod_revision\":6"),
    );
    s.say("white space, and values that are no JSON");
    s.run("snapshot diff $DIR/a.json $DIR/b.json");
    s.run("snapshot diff $DIR/a.json $DIR/b.json --revisions --columns key,field,before,after");
    s.run("snapshot diff - -");
    s.run("snapshot diff $DIR/none.json $DIR/a.json");
    s.lab.file("broken.json", "{");
    s.run("snapshot diff $DIR/a.json $DIR/broken.json");
    s.run("--store file:$DIR/none.db snapshot diff $DIR/a.json");
    s.say("an import says early that the store is there");
    s.lab.run("--store file:$DIR/new.db snapshot import $DIR/a.json --yes").ok();
    s.run("--store file:$DIR/new.db snapshot import $DIR/a.json --dry-run");
    s.run("--store file:$DIR/other.db snapshot import $DIR/a.json --dry-run");
    s.run("--store file:$DIR/new.db init --nodes a --dry-run");
    golden!("snapshot_refused", s);
}

/// What belongs to a running process does not come along.
#[test]
fn an_import_takes_no_lock_along() {
    let s = Session::new();
    s.lab.file("a.json", snapshot(&[("nodes/a", "{}"), ("rebalance/lock", "\"held\""), ("rebalance/control", "1")]));
    s.lab.run("--store file:$DIR/new.db snapshot import $DIR/a.json --yes").ok();
    let keys = s.lab.run("--store file:$DIR/new.db snapshot diff $DIR/a.json -o value=key");
    assert_eq!((keys.code, keys.out.as_str()), (3, "rebalance/lock\n"));
}
