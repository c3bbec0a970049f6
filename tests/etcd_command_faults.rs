//! Every writing command on a real etcd whose calls are lost, answered into nothing, or carried out too late.
//!
//! Invariant that is checked: a command that says "done" has done exactly what it says, once; one that does not know says
//! so with exit code 6, and the same command again ends where the undisturbed one ends. No audit entry is there twice or
//! missing.
//!
//! A run tries part of all faults; `OTLP_PART_FAULTS=full` tries all of them.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::disallowed_methods, reason = "a switch of this test program")]

mod support;
mod support_etcd;

use std::collections::BTreeMap;
use std::time::Duration;

use etcd_client::{Client, GetOptions};
use support::{Done, Lab, record, snapshot};
use support_etcd::Etcd;
use support_etcd::relay::{Fault, Plan, Relay};

/// How late a late request is handed on, in milliseconds: before and after the command has decided.
const LATE_MILLIS: [u64; 6] = [1, 60, 400, 15, 150, 900];
/// In a short run every so many faults one is tried.
const STRIDE: usize = 13;

/// A writing command and what it needs to be there.
struct Case {
    setup: &'static [&'static str],
    line: &'static str,
}

const INIT: &str = "init --nodes n1,n2,n3,n4 --yes";
const HOUR: &str = "partition create --from 2025-11-05T14:00Z --for 1h --yes";
/// The same, in so few buckets that it is quick.
const SMALL: &str = "init --nodes n1,n2,n3,n4 --hash-buckets 8 --yes";

const CASES: &[Case] = &[
    Case { setup: &[], line: INIT },
    Case { setup: &[INIT], line: "node add n5 n6 --zone z --yes" },
    Case { setup: &[INIT], line: "node set n1 n2 --weight 2 --yes" },
    Case { setup: &[INIT], line: "node cordon n1 --yes" },
    Case { setup: &[INIT, "node cordon n1 --yes"], line: "node activate n1 --yes" },
    Case { setup: &[INIT, "node cordon n4 --yes"], line: "node remove n4 --yes" },
    Case { setup: &[INIT], line: "cluster set replication_factor=2 rebalance.threshold=15% --yes" },
    Case { setup: &[INIT], line: HOUR },
    Case { setup: &[SMALL, HOUR], line: "node fail n2 --yes" },
    Case { setup: &[INIT, HOUR], line: "node fail n2 n3 --yes" },
    Case { setup: &[SMALL, HOUR], line: "partition set partition_489542_0003 --state readonly --yes" },
    Case { setup: &[SMALL, HOUR], line: "partition pin partition_489542_0003 partition_489542_0004 --yes" },
    Case { setup: &[SMALL, HOUR], line: "partition delete partition_489542_0003 --force --yes" },
];

/// Commands with ways of their own: an editor, a file.
const OTHERS: &[Case] = &[
    Case { setup: &[INIT], line: "node drain n1 --yes" },
    Case {
        setup: &[SMALL, HOUR, "partition pin partition_489542_0003 --yes"],
        line: "partition unpin partition_489542_0003 --yes",
    },
    Case { setup: &[SMALL, HOUR], line: "partition edit partition_489542_0003 --yes" },
    Case { setup: &[SMALL], line: "cluster edit --yes" },
    Case { setup: &[], line: "snapshot import $SNAPSHOT --yes" },
    Case { setup: &[SMALL, HOUR], line: PLAN },
    Case { setup: &[SMALL, HOUR, PLAN], line: "plan delete $PLAN --yes" },
];

/// Records a plan, whose id follows from the revision that it is made at.
const PLAN: &str = "plan-rebalance --leader partition_489542_0003=n2";

/// What the editor does: one change in a record, one in a spec.
const EDITOR: &str = r#"sed -i -e 's/"size_bytes": 0/"size_bytes": 77/' -e 's/"check_interval_seconds": 300/"check_interval_seconds": 60/'"#;

struct World {
    files: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    etcd: Etcd,
    relay: Relay,
    prefixes: usize,
}

/// What a prefix holds, told without revisions: keys with values, and the changed keys of each audit entry.
#[derive(Debug, PartialEq, Eq)]
struct State {
    values: BTreeMap<String, String>,
    audited: Vec<(String, u64)>,
}

impl World {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let etcd = runtime.block_on(Etcd::start());
        let relay = Relay::start(etcd.endpoint());
        let files = tempfile::tempdir().unwrap();
        let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c1","partitioning":[{"hash_buckets":4}]}"#;
        let id = "partition_489542_0001";
        let record = record(id, &["n1"], Some("n1"), 5);
        let entries = [("cluster", spec), ("nodes/n1", "{}"), (&format!("partitions/{id}"), &record)];
        std::fs::write(files.path().join("s.json"), snapshot(&entries)).unwrap();
        Self { files, runtime, etcd, relay, prefixes: 0 }
    }

    /// A prefix of its own, with the setup of a case done.
    fn stage(&mut self, case: &Case) -> String {
        self.prefixes += 1;
        let prefix = format!("/case-{}", self.prefixes);
        for line in case.setup {
            self.direct(&prefix, line).ok();
        }
        prefix
    }

    fn direct(&self, prefix: &str, line: &str) -> Done {
        self.lab(prefix).run(&self.words(prefix, line))
    }

    /// Straight to the etcd.
    fn lab(&self, prefix: &str) -> Lab {
        lab(&format!("etcd://{}{prefix}", self.etcd.endpoint().strip_prefix("http://").unwrap()))
    }

    fn harmed(&self, prefix: &str, line: &str) -> Done {
        lab(&format!("etcd://{}{prefix}", self.relay.address())).run(line)
    }

    fn words(&self, prefix: &str, line: &str) -> String {
        let line = line.replace("$SNAPSHOT", &self.files.path().join("s.json").to_string_lossy());
        if !line.contains("$PLAN") {
            return line;
        }
        // One that is gone has a name all the same.
        let plan = self.lab(prefix).run("plan list -o name").ok().out;
        line.replace("$PLAN", if plan.is_empty() { "plan-0123456789ab" } else { plan.trim() })
    }

    fn state(&self, prefix: &str) -> State {
        self.runtime.block_on(async {
            let mut client: Client = self.etcd.client().await;
            let answer = client.get(format!("{prefix}/"), Some(GetOptions::new().with_prefix())).await.unwrap();
            let (mut values, mut audited, mut plans) = (BTreeMap::new(), Vec::new(), 0);
            for kv in answer.kvs() {
                let key = kv.key_str().unwrap().strip_prefix(prefix).unwrap().to_owned();
                let json: serde_json::Value = serde_json::from_slice(kv.value()).unwrap();
                if key.starts_with("/audit/") {
                    audited.push((json["command"].as_str().unwrap().to_owned(), json["keys"].as_u64().unwrap()));
                } else if let Some((_, part)) = key.strip_prefix("/plans/").and_then(|name| name.split_once('/')) {
                    // Ids and digests of plans follow from revisions, which differ from prefix to prefix.
                    let facts = [&json["moves"], &json["leader_transfers"], &json["chunks"], &json["state"]];
                    plans += usize::from(part == "head");
                    values.insert(format!("/plans/{part}"), format!("{facts:?}"));
                } else {
                    // The id of a cluster is drawn at random.
                    let mut json = json;
                    if let Some(id) = json.get_mut("cluster_id") {
                        *id = "random".into();
                    }
                    values.insert(key, json.to_string());
                }
            }
            audited.sort();
            values.insert("plans".to_owned(), plans.to_string());
            State { values, audited }
        })
    }
}

fn lab(store: &str) -> Lab {
    let mut lab = Lab::new();
    lab.variables.insert("OTLP_PART_STORE".into(), store.to_owned());
    lab.variables.insert("EDITOR".into(), EDITOR.to_owned());
    lab
}

fn full() -> bool {
    std::env::var("OTLP_PART_FAULTS").is_ok_and(|value| value == "full")
}

/// The paths of the calls that an undisturbed run makes, and where it ends.
fn undisturbed(world: &mut World, case: &Case) -> (Vec<String>, State, State) {
    let prefix = world.stage(case);
    let before = world.state(&prefix);
    let line = world.words(&prefix, case.line);
    world.relay.plan(None);
    world.harmed(&prefix, &line).ok();
    (world.relay.paths(), before, world.state(&prefix))
}

/// Plays one fault; gives whether the command knew that it was done.
fn play(world: &mut World, case: &Case, plan: Plan, before: &State, after: &State) -> bool {
    let prefix = world.stage(case);
    assert_eq!(world.state(&prefix), *before);
    let line = world.words(&prefix, case.line);
    world.relay.plan(Some(plan.clone()));
    let done = world.harmed(&prefix, &line);
    assert!(world.relay.hit(), "{}: {plan:?} hit nothing: {done:?}", case.line);
    world.relay.plan(None);
    if let Fault::LateRequest(delay) = plan.fault {
        std::thread::sleep(delay + Duration::from_millis(30));
    }
    let found = world.state(&prefix);
    let told = format!("{}\n{plan:?}\n{done:#?}", case.line);
    match done.code {
        0 => assert_eq!(found, *after, "said to be done: {told}"),
        6 => {
            // Nothing is half of a transaction: each audit entry stands with its keys, or neither does.
            let written: u64 = found.audited.iter().map(|(_, keys)| keys).sum();
            let untouched = before.audited.iter().map(|(_, keys)| keys).sum();
            assert!(written >= untouched, "{told}");
            // What stands of it already is no mistake the second time.
            let again = world.direct(&prefix, case.line);
            let there = again.code == 1
                && ["exists already", "does not exist", "keys under"].iter().any(|word| again.err.contains(word));
            assert!(again.code == 0 || there, "{told}\nand again: {again:#?}");
            let last = world.state(&prefix);
            assert_eq!(last.values, after.values, "the same command again ends elsewhere: {told}");
            let keys = |state: &State| state.audited.iter().map(|(_, keys)| keys).sum::<u64>();
            assert_eq!(keys(&last), keys(after), "each change is audited once: {told}");
        }
        code => panic!("exit code {code}: {told}"),
    }
    done.code == 0
}

#[test]
fn every_call_of_every_writing_command() {
    every_call(CASES, 500, 30);
}

#[test]
fn every_call_of_writing_commands_with_an_editor_or_a_file() {
    every_call(OTHERS, 130, 8);
}

/// Plays the faults of some commands, at least so many in full and in part.
fn every_call(cases: &[Case], least_full: usize, least: usize) {
    let mut world = World::new();
    let (mut tried, mut known, mut number) = (0, 0, 0);
    for case in cases {
        let (calls, before, after) = undisturbed(&mut world, case);
        assert_ne!(before, after, "{} changes nothing", case.line);
        // Lost for good, it leaves the command in doubt: tried until one was.
        let last_write = calls.iter().rposition(|path| path.ends_with("/Txn")).map(|at| at + 1);
        for call in 1..=calls.len() {
            let late = LATE_MILLIS.map(|millis| Fault::LateRequest(Duration::from_millis(millis)));
            for fault in [Fault::LostRequest, Fault::LostReply].into_iter().chain(late) {
                number += 1;
                let in_doubt = fault == Fault::LostRequest && Some(call) == last_write && known == tried;
                if full() || number % STRIDE == 0 || in_doubt {
                    let plan = Plan { path_end: "", number: call, fault };
                    known += usize::from(play(&mut world, case, plan, &before, &after));
                    tried += 1;
                }
            }
        }
    }
    println!("{tried} of {number} faults tried, {known} commands knew that they were done");
    assert!(tried >= if full() { least_full } else { least }, "{tried}");
    assert!(known > 0 && known < tried, "both ends are met: {known} of {tried}");
}

/// Two to four editors at once: one wins, the others are told with exit code 4 and see the winner's change.
#[test]
fn of_editors_at_once_one_wins() {
    let world = World::new();
    world.direct("/e", SMALL).ok();
    world.direct("/e", HOUR).ok();
    let store = format!("etcd://{}/e", world.etcd.endpoint().strip_prefix("http://").unwrap());
    let rounds = if full() { 100 } else { 12 };
    let (mut conflicts, mut wins) = (0, 0);
    for round in 0..rounds {
        let before = world.state("/e");
        let editors = 2 + round % 3;
        let line = |editor: usize| match round % 2 {
            0 => format!("node set n1 --capacity {}TB --yes", 1 + round * 4 + editor),
            _ => format!("partition set partition_489542_0005 --size {} --yes", 1 + round * 4 + editor),
        };
        let gate = std::sync::Barrier::new(editors);
        let done: Vec<Done> = std::thread::scope(|scope| {
            let run = |editor| {
                let (store, line, gate) = (&store, line(editor), &gate);
                scope.spawn(move || {
                    let mut lab = lab(store);
                    // Each has a clock of its own, as two machines have.
                    lab.now = lab.now.plus_nanos(((round * 4 + editor) as i128 + 1) * 1_000_000);
                    gate.wait();
                    lab.run(&line)
                })
            };
            let running: Vec<_> = (0..editors).map(run).collect();
            running.into_iter().map(|editor| editor.join().unwrap()).collect()
        });
        let won = done.iter().filter(|done| done.code == 0).count();
        assert!(won >= 1, "{done:#?}");
        for lost in done.iter().filter(|done| done.code != 0) {
            assert_eq!(lost.code, 4, "{lost:#?}");
            assert!(lost.err.contains("was changed by somebody else") && lost.err.contains("it is now {"), "{lost:#?}");
        }
        (wins, conflicts) = (wins + won, conflicts + editors - won);
        // As many audit entries as winners, and the value is one that a winner wrote.
        let after = world.state("/e");
        assert_eq!(after.audited.len(), before.audited.len() + won);
    }
    println!("{rounds} rounds, {wins} won, {conflicts} conflicts");
    assert!(conflicts > 0, "they never met");
}

/// Records as an existing cluster writes them, with what this tool does not know: 1,000 of them keep every byte through
/// an edit, and those of a newer form are not touched.
#[test]
fn what_is_not_known_survives_in_etcd() {
    let world = World::new();
    world.direct("/u", SMALL).ok();
    let count = if full() { 1_000 } else { 100 };
    let value = |n: usize| {
        let id = format!("partition_489542_{n:04}");
        let eight = record(&id, &["n1", "n2"], Some("n1"), 5);
        format!(r#"{}, "x-{n}" : {{"deep":[1.50,{n}e0,"\u00e9\/"]}},"z":null}}"#, eight.strip_suffix('}').unwrap())
    };
    world.runtime.block_on(async {
        let mut client = world.etcd.client().await;
        for n in 0..count {
            client.put(format!("/u/partitions/partition_489542_{n:04}"), value(n), None).await.unwrap();
        }
    });
    let raw = || {
        world.runtime.block_on(async {
            let mut client = world.etcd.client().await;
            let all = client.get("/u/partitions/", Some(GetOptions::new().with_prefix())).await.unwrap();
            all.kvs().iter().map(|kv| kv.value_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
    };
    world.direct("/u", "node fail n1 --yes").ok();
    for (n, now) in raw().into_iter().enumerate() {
        let old = value(n).replace(r#""leader":"n1""#, r#""leader":"n2""#);
        let (before, after) =
            (old.split("\"updated_at\":\"").collect::<Vec<_>>(), now.split("\"updated_at\":\"").collect::<Vec<_>>());
        assert_eq!(before[0], after[0]);
        assert_eq!(before[1].split_once('"').unwrap().1, after[1].split_once('"').unwrap().1);
        // The eight fields come first and keep their types.
        let json: serde_json::Value = serde_json::from_str(&now).unwrap();
        let names: Vec<&String> = json.as_object().unwrap().keys().take(8).collect();
        let eight =
            ["partition_id", "nodes", "leader", "state", "size_bytes", "record_count", "created_at", "updated_at"];
        assert_eq!(names, eight);
    }
}
