//! Who changed what: the audit trail, the past of a partition and of a node, and changes as they happen.

use std::sync::Arc;

use otlp_part::metadata::SqliteStore;
use otlp_part::ports::MetadataWrite;
use otlp_part::ports::clock::FixedClock;
use otlp_part::ports::metadata::{Op, Outcome, Transaction};

use crate::golden;
use crate::support::{Lab, Session, record};

const STORE: &str = "--store file:$DIR/c.db";
const ID: &str = "partition_489544_0001";

/// Writes past this tool, as another program would.
fn outside(lab: &Lab, ops: Vec<Op>) {
    let store = SqliteStore::open(&lab.path("c.db"), Arc::new(FixedClock(lab.now))).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let outcome = runtime.block_on(store.commit(Transaction { compares: vec![], ops })).unwrap();
    assert!(matches!(outcome, Outcome::Committed { .. }));
}

/// A store with a few changes, an hour apart, of which one was made by another program.
fn lived() -> Session {
    let mut s = Session::new();
    s.lab.init("c.db");
    let quietly = |s: &mut Session, line: &str| {
        s.lab.now = s.lab.now.plus_seconds(3600);
        s.lab.run(&format!("{STORE} {line} --yes -q")).ok();
    };
    s.lab.run(&format!("{STORE} cluster set hash_buckets=2 --from 2025-11-05T16:00Z --yes -q")).ok();
    s.lab.run(&format!("{STORE} partition create --from 2025-11-05T16:00Z --for 1h --yes -q")).ok();
    quietly(&mut s, &format!("partition set {ID} --size 3GB --reason 'grew a lot' --actor ann"));
    s.lab.now = s.lab.now.plus_seconds(3600);
    let value = record(ID, &["node-2", "node-3"], Some("node-3"), 4_000_000_000);
    outside(&s.lab, vec![Op::put(format!("/otlp/partitions/{ID}"), value)]);
    quietly(&mut s, &format!("partition set {ID} --leader node-2"));
    quietly(&mut s, "node set node-1 --state cordoned --reason 'disk slow' --actor bob");
    s
}

#[test]
fn the_audit_trail() {
    let mut s = lived();
    s.run(&format!("{STORE} audit list"));
    s.run(&format!("{STORE} audit list --actor ann -o json"));
    s.run(&format!("{STORE} audit list --command partition -o csv --columns at,command,keys,revision"));
    s.run(&format!("{STORE} audit list --command 'node set' -o value=reason"));
    s.run(&format!("{STORE} audit list --partition {ID} --columns revision,command"));
    s.run(&format!("{STORE} audit list --node node-1 --columns revision,command"));
    s.run(&format!("{STORE} audit list --key cluster --key /otlp/nodes/node-2 --columns revision,command"));
    s.run(&format!("{STORE} audit list --last 90m --columns at,command"));
    s.run(&format!("{STORE} audit list --from 2025-11-05T15:10Z --to 2025-11-05T16:10Z --columns at,command"));
    s.run(&format!("{STORE} audit list --limit 1 -o name"));
    s.run(&format!("{STORE} audit list --at 3 -o value=command"));
    s.say("an entry that names only some of its keys");
    s.lab.run(&format!("{STORE} cluster set hash_buckets=300 --from 2025-11-05T20:00Z --yes -q")).ok();
    s.lab.run(&format!("{STORE} partition create --from 2025-11-05T20:00Z --for 1h --yes -q")).ok();
    s.run(&format!("{STORE} audit list --partition partition_489548_0250"));
    s.run(&format!("{STORE} partition history partition_489548_0250"));
    s.say("entries that cannot be read are told by their keys");
    outside(&s.lab, vec![Op::put("/otlp/audit/1762355400000-odd".into(), "{}")]);
    s.run(&format!("{STORE} audit list --limit 1 --actor nobody"));
    s.run(&format!("{STORE} partition history {ID} -o value=revision"));
    s.run(&format!("{STORE} audit list --partition nonsense"));
    s.run(&format!("{STORE} audit list --to now"));
    golden!("audit", s);
}

#[test]
fn pruning_the_trail() {
    let mut s = lived();
    s.run(&format!("{STORE} audit prune --yes"));
    s.run(&format!("{STORE} audit prune --older-than 150m --dry-run"));
    s.run(&format!("{STORE} audit prune --older-than 150m --yes --reason space"));
    s.run(&format!("{STORE} audit list --columns at,command,keys,summary"));
    s.say("what is older than the trail came from nobody knows where");
    s.run(&format!("{STORE} partition history {ID} --columns revision,actor,origin,changed"));
    s.run(&format!("{STORE} audit prune --max-bytes 0 --yes -q"));
    s.run(&format!("{STORE} audit list -o value=command"));
    s.say("a value that cannot be read is never pruned");
    outside(&s.lab, vec![Op::put("/otlp/audit/0000000000001-odd".into(), "broken")]);
    s.run(&format!("{STORE} audit prune --older-than 0s --max-bytes 0 --yes"));
    s.run(&format!("{STORE} audit list -o value=command"));
    for wrong in ["--older-than soon", "--older-than -1h", "--max-bytes many"] {
        s.run(&format!("{STORE} audit prune {wrong} --yes"));
    }
    s.run(&format!("{STORE} audit prune"));
    golden!("audit_prune", s);
}

#[test]
fn the_past_of_a_partition_and_of_a_node() {
    let mut s = lived();
    s.run(&format!("{STORE} partition history {ID}"));
    s.run(&format!("{STORE} partition history {ID} -o ndjson"));
    s.run(&format!("{STORE} partition history {ID} --limit 2 --columns revision,kind,origin,source,host"));
    s.run(&format!("{STORE} partition history {ID} --at 4 -o value=revision"));
    s.run(&format!("{STORE} partition history {ID} --sort revision --limit 1 -o csv"));
    s.run(&format!("{STORE} node history node-1"));
    s.run(&format!("{STORE} node history node-1 -o value=reason"));
    s.say("pins are a partition's past, too");
    s.lab.run(&format!("{STORE} partition pin {ID} --yes -q")).ok();
    s.run(&format!("{STORE} partition history {ID} --limit 1"));
    s.say("after it was deleted");
    s.lab.run(&format!("{STORE} partition delete {ID} --force --yes -q --actor eve")).ok();
    s.lab.run(&format!("{STORE} node remove node-1 --force --yes -q")).ok();
    s.run(&format!("{STORE} partition history {ID} --limit 2 -o json"));
    s.run(&format!("{STORE} node history node-1 --columns revision,kind,changed"));
    s.say("what the store has forgotten, the trail still knows");
    s.lab.run(&format!("{STORE} store compact --yes -q")).ok();
    s.run(&format!("{STORE} partition history {ID} --columns revision,actor,source,changed"));
    s.run(&format!("{STORE} node history node-1"));
    s.say("nothing is known");
    s.run(&format!("{STORE} partition history partition_1_0001"));
    s.run(&format!("{STORE} partition history partition_1_1"));
    s.run(&format!("{STORE} node history nobody -o json"));
    s.run(&format!("{STORE} node history ..%2f"));
    golden!("history", s);
}

#[test]
fn the_past_of_a_value_that_cannot_be_read() {
    let mut s = lived();
    let key = || format!("/otlp/partitions/{ID}");
    outside(&s.lab, vec![Op::put(key(), b"\xffbroken\x1b[31m".to_vec())]);
    outside(&s.lab, vec![Op::put(key(), record(ID, &["node-2"], None, 1))]);
    s.run(&format!("{STORE} partition history {ID} --limit 2"));
    s.run(&format!("{STORE} partition history {ID} --limit 2 -o json"));
    s.say("in a snapshot there is the present alone");
    s.lab.run(&format!("{STORE} snapshot export $DIR/s.json -q")).ok();
    s.run(&format!("--store snapshot:$DIR/s.json partition history {ID} --columns revision,at,actor,source,changed"));
    golden!("history_unreadable", s);
}

#[test]
fn changes_as_they_happen() {
    let mut s = lived();
    s.run(&format!("{STORE} watch --from 5 --for 0s"));
    s.run(&format!("{STORE} watch --from 5 --for 0s --family partitions,ext -o ndjson"));
    s.run(&format!("{STORE} watch --from 2025-11-05T18:10Z --for 0s --family partition -o csv"));
    s.run(&format!("{STORE} watch --from 2025-11-05T18:20Z --for 0s -o value=key"));
    s.run(&format!("{STORE} watch --from 1 --limit 2 -o name"));
    s.run(&format!("{STORE} watch --from 1 --for 0s --id node-1 --columns revision,kind,family,id"));
    s.run(&format!("{STORE} watch --from 1 --for 0s --family cluster --columns revision,kind,id"));
    s.say("nothing happens");
    s.run(&format!("{STORE} watch --for 10ms"));
    s.run(&format!("{STORE} watch --for 10ms -o json"));
    s.say("deleted, foreign, unreadable");
    let ops = vec![
        Op::Delete { key: "/otlp/nodes/node-4".into() },
        Op::put("/otlp/what/x".into(), "{}"),
        Op::put(format!("/otlp/partitions/{ID}"), b"\xff\x1b[2J".to_vec()),
        Op::put("/elsewhere".into(), "x"),
    ];
    outside(&s.lab, ops);
    s.run(&format!("{STORE} watch --from 8 --for 0s"));
    s.run(&format!("{STORE} watch --from 8 --for 0s -o ndjson"));
    s.say("what was compacted away is told, with what to do");
    s.lab.run(&format!("{STORE} store compact --before 6 --yes -q")).ok();
    s.run(&format!("{STORE} watch --from 5 --for 0s"));
    s.run(&format!("{STORE} watch --from 2025-11-05T15:10Z --for 0s"));
    s.run(&format!("{STORE} watch --from 6 --for 0s --family partitions"));
    s.run(&format!("{STORE} watch --family colours"));
    s.run(&format!("{STORE} watch --for soon"));
    s.run(&format!("{STORE} watch --from soon"));
    s.run(&format!("{STORE} watch --at 3"));
    s.run(&format!("{STORE} watch --sort id"));
    s.lab.run(&format!("{STORE} snapshot export $DIR/s.json -q")).ok();
    s.run("--store snapshot:$DIR/s.json watch");
    golden!("watch", s);
}

#[test]
fn on_a_terminal_of_80_columns() {
    let mut s = lived();
    (s.lab.stdout_terminal, s.lab.width) = (true, Some(80));
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
    s.run(&format!("{STORE} audit list"));
    s.run(&format!("{STORE} partition history {ID}"));
    s.run(&format!("{STORE} watch --from 4 --for 0s"));
    golden!("trail_80", s);
}

#[test]
fn a_watch_ends_quietly_when_its_reader_goes() {
    let s = lived();
    let store = s.lab.store("c.db");
    let done = s.lab.run_closed(&["--store", &store, "watch", "--from", "1", "-o", "ndjson"], 700);
    assert_eq!(done.code, 0, "{done:#?}");
    assert!(!done.err.contains("error"), "{done:#?}");
}
