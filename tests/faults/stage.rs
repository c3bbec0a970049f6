//! A cluster with a plan whose execution is to be disturbed, and what must hold whatever was done to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::Duration;

use etcd_client::DeleteOptions;
use otlp_part::operations::executing::CrashAt;
use serde_json::Value;

use crate::checksums::{Disk, Sums, check_listed, check_rest, of_node, sha256};
use crate::history;
use crate::kills::ABORT;
use crate::lab::{Cluster, Metadata, NODES, Ran, Setting, block_on, execution};
use crate::stopped::Stopped;
use crate::support_etcd::Etcd;

/// The signal of `kill -9`.
pub(crate) const KILLED: Option<i32> = Some(9);

/// About so many bytes in a copy.
const BYTES: usize = 3000;

const POLL: Duration = Duration::from_millis(5);
/// 4,000 · 5 ms = 20 s.
const POLLS_MAX: usize = 4_000;

/// Repairs that follow on what was found broken.
const REPAIRS_MAX: usize = 3;

/// What the plan is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scene {
    /// Chosen replicas go to other nodes, and chosen leaderships.
    Chosen,
    /// Balance, with one copy too many.
    Balance,
    /// Two copies miss something.
    Repair,
    /// A copy is broken, and nobody knows it until it is read.
    Broken,
}

impl Scene {
    fn holders(self) -> Vec<&'static [&'static str]> {
        let mut holders: Vec<&[&str]> =
            vec![&["n1", "n2"], &["n2", "n3"], &["n3", "n1"], &["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
        match self {
            Self::Balance => holders[3] = &["n1", "n2", "n3"],
            Self::Chosen | Self::Repair | Self::Broken => {}
        }
        holders
    }

    fn marks(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Repair => &[("partition_489540_0001", "n3"), ("partition_489540_0003", "n1")],
            Self::Chosen | Self::Balance | Self::Broken => &[],
        }
    }

    fn plan(self) -> &'static [&'static str] {
        match self {
            Self::Chosen => &[
                "--move",
                "partition_489540_0000,from=n1,to=n4",
                "--move",
                "partition_489540_0001,from=n2,to=n5",
                "--move",
                "partition_489540_0002,from=n3,to=n6",
                "--leader",
                "partition_489540_0003=n2",
                "--leader",
                "partition_489540_0004=n3",
            ],
            Self::Balance | Self::Repair => &[],
            Self::Broken => &["--move", "partition_489540_0000,from=n1,to=n4"],
        }
    }
}

/// A cluster on an etcd with a plan.
pub(crate) struct Stage {
    pub(crate) cluster: Cluster,
    pub(crate) scene: Scene,
    /// The file of the plan.
    pub(crate) plan: String,
    /// Its id.
    pub(crate) id: String,
    /// Partitions of which the plan moves more than one copy.
    moved_twice: BTreeSet<String>,
    /// What every copy of a partition holds.
    whole: BTreeMap<String, Sums>,
}

/// What a run leaves, without what differs from run to run: times, ids of copies and plans, the audit trail.
pub(crate) type End = BTreeMap<String, String>;

/// An etcd that several stages use one after the other.
pub(crate) fn etcd() -> Arc<Etcd> {
    Arc::new(block_on(Etcd::start()))
}

/// Takes everything out, and forgets that it was there: the history begins anew.
fn empty(etcd: &Etcd) {
    block_on(async {
        let mut client = etcd.client().await;
        let done = client.delete("", Some(DeleteOptions::new().with_all_keys())).await.unwrap();
        if done.deleted() > 0 {
            client.compact(done.header().unwrap().revision(), None).await.unwrap();
        }
    });
}

impl Stage {
    pub(crate) fn new(etcd: &Arc<Etcd>, scene: Scene) -> Self {
        empty(etcd);
        let memory = Path::new("/dev/shm");
        let mark = |(id, node): &(&str, &str)| {
            (format!("repair/{id}/{node}"), r#"{"schema":"otlp-part/repair/v1"}"#.to_owned())
        };
        let setting = Setting {
            room: memory.is_dir().then_some(memory),
            holders: scene.holders(),
            bytes: BYTES,
            more: scene.marks().iter().map(mark).collect(),
        };
        let cluster = Cluster::set(Metadata::Etcd(etcd.clone()), setting);
        let sums = |files: &BTreeMap<String, Vec<u8>>| files.iter().map(|(n, b)| (n.clone(), sha256(b))).collect();
        let whole = cluster.content.iter().map(|(id, files)| (id.clone(), sums(files))).collect();
        for (id, node) in scene.marks() {
            fs::remove_file(cluster.node(node).join(id).join("first/b-0002.jsonl")).unwrap();
        }
        let plan = cluster.plan(scene.plan());
        let document: Value = serde_json::from_slice(&fs::read(&plan).unwrap()).unwrap();
        let id = document["plan_id"].as_str().unwrap().to_owned();
        let (mut moved, mut moved_twice) = (BTreeSet::new(), BTreeSet::new());
        for partition in document["moves"].as_array().unwrap().iter().map(|m| m["partition"].as_str().unwrap()) {
            if !moved.insert(partition) {
                moved_twice.insert(format!("partitions/{partition}"));
            }
        }
        let stage = Self { cluster, scene, plan, id, moved_twice, whole };
        if scene == Scene::Broken {
            // Who does not lead is read first.
            stage.flip(&stage.cluster.node("n2").join("partition_489540_0000/first/a-0001.jsonl"));
        }
        stage
    }

    /// Every copy of a partition has another segment, of which no sidecar tells.
    pub(crate) fn add_segment(&mut self, partition: &str, name: &str, bytes: &[u8]) {
        for (node, _) in NODES {
            let copy = self.cluster.node(node).join(partition).join("first");
            if copy.is_dir() {
                fs::write(copy.join(name), bytes).unwrap();
            }
        }
        self.whole.get_mut(partition).unwrap().insert(name.to_owned(), sha256(bytes));
    }

    fn flip(&self, path: &PathBuf) {
        let mut bytes = fs::read(path).unwrap();
        bytes[5] ^= 0x10;
        fs::write(path, bytes).unwrap();
    }

    /// The command that executes the plan.
    pub(crate) fn command(&self) -> Vec<&str> {
        execution(&self.plan, &[])
    }

    /// Executes up to a place, and dies there.
    #[track_caller]
    pub(crate) fn dies_at(&self, place: &str, time: u32, args: &[&str]) {
        let ran = self.to(place, time, args);
        assert_eq!(ran.signal, KILLED, "{:?}: {place}, time {time}, was not passed: {ran:?}", self.scene);
        self.check_death(place);
    }

    /// Executes up to a place, and stands there until it is let go on.
    #[track_caller]
    pub(crate) fn stops_at(&self, place: &str, time: u32, args: &[&str]) -> Stopped {
        let what = format!("{:?}: {place}, time {time}", self.scene);
        Stopped::begin(&self.cluster, &self.cluster.store(), (place, time), args)
            .unwrap_or_else(|ran| panic!("{what}, was not passed: {ran:?}"))
    }

    /// Executes up to a place, if it gets there.
    pub(crate) fn to(&self, place: &str, time: u32, args: &[&str]) -> Ran {
        let number = CrashAt::number_of(place).unwrap();
        self.cluster.run_to(&format!("{number}:{time}"), args)
    }

    /// It died where it was to die, and nothing that is listed is lost.
    #[track_caller]
    pub(crate) fn check_death(&self, place: &str) {
        let stored = self.cluster.stored();
        let phase = |phase: &str| stored.iter().any(|(key, v)| key.starts_with("migrations/") && v["phase"] == phase);
        let fits = match place {
            "lock-released" => !stored.contains_key("rebalance/lock"),
            "lock-taken" | "plan-executing" | "start-decided" | "leader-decided" | "leader-committed"
            | "status-written" | "plan-done" | "finish-committed" => stored.contains_key("rebalance/lock"),
            // A copy too many is given up without another being made.
            "start-committed" => phase("Copying") || phase("Cleanup"),
            "settled" | "copy-begun" | "segment-verified" | "copied" | "cutover-decided" | "abort-decided" => {
                phase("Copying")
            }
            "cutover-committed" | "graced" | "listed-verified" => phase("Cleanup"),
            "delete-begun" | "deleted" | "finish-decided" => phase("Cleanup") || phase("Aborting"),
            "abort-committed" => phase("Aborting"),
            "mark-committed" => stored.keys().any(|key| key.starts_with("repair/")),
            other => panic!("what does a death at {other} leave?"),
        };
        assert!(fits, "{:?}: that is not what a death at {place} leaves: {stored:#?}", self.scene);
        self.check_listed(&stored);
    }

    /// Whoever is listed holds everything, whatever is going on.
    #[track_caller]
    pub(crate) fn check_listed(&self, stored: &BTreeMap<String, Value>) {
        // What is broken here is to be found out.
        if self.scene != Scene::Broken {
            let least = check_listed(&self.disk(), stored, &self.whole);
            assert!(least >= if self.scene == Scene::Repair { 1 } else { 2 }, "{least} good copies");
        }
    }

    /// Whether somebody executes.
    pub(crate) fn is_locked(&self) -> bool {
        let Metadata::Etcd(etcd) = &self.cluster.metadata else { return false };
        block_on(async { etcd.client().await.get("/otlp/rebalance/lock", None).await.unwrap().count() > 0 })
    }

    /// Waits until somebody executes, or the process has ended.
    #[track_caller]
    pub(crate) fn until_locked(&self, running: &mut Child) {
        for _ in 0..POLLS_MAX {
            if self.is_locked() || running.try_wait().unwrap().is_some() {
                return;
            }
            std::thread::sleep(POLL);
        }
        panic!("the lock is never taken");
    }

    pub(crate) fn disk(&self) -> Disk {
        NODES.iter().flat_map(|(node, _)| of_node(node, &self.cluster.node(node))).collect()
    }

    /// The same command again, by which it must come to its end.
    #[track_caller]
    pub(crate) fn again(&self) {
        self.whole_at_last(&self.cluster.run(&self.command()));
    }

    /// The command of somebody else, who has the id of the plan only.
    #[track_caller]
    pub(crate) fn by_another(&self) {
        fs::remove_file(&self.plan).unwrap();
        self.whole_at_last(&self.cluster.run_elsewhere(&execution(&self.id, &[])));
    }

    #[track_caller]
    fn whole_at_last(&self, ran: &Ran) {
        if self.scene == Scene::Broken {
            self.repaired();
        } else {
            assert_eq!(ran.code, Some(0), "{:?}: {ran:#?}", self.scene);
        }
    }

    /// What was found broken is made anew, and what could not be moved for it is moved.
    fn repaired(&self) {
        let marked = || self.cluster.stored().keys().any(|key| key.starts_with("repair/"));
        for _ in 0..REPAIRS_MAX {
            if !marked() {
                break;
            }
            let plan = self.cluster.plan(&[]);
            self.cluster.execute(&plan, &[]).ok();
        }
    }

    /// Undoes what is undone and finishes the rest; each partition is then as before or as at the end.
    #[track_caller]
    pub(crate) fn abort_all(&self, begin: &End, end: &End) {
        self.cluster.run(&ABORT).ok();
        let stored = self.cluster.stored();
        let open = |key: &&String| key.starts_with("migrations/") || key.starts_with("rebalance/");
        assert_eq!(stored.keys().filter(open).collect::<Vec<_>>(), Vec::<&String>::new(), "after abort --all");
        let now = self.end_of(&stored);
        let once = |key: &&String| key.starts_with("partitions/") && !self.moved_twice.contains(*key);
        for (key, value) in now.iter().filter(|(key, _)| once(key)) {
            assert!(
                [begin, end].iter().any(|side| side[key] == *value),
                "{key} is neither as before nor as at the end"
            );
        }
        self.check_listed(&stored);
    }

    /// What is stored now.
    pub(crate) fn end(&self) -> End {
        self.end_of(&self.cluster.stored())
    }

    /// Nothing is left over, every byte is there, the end is that of an undisturbed run, and so was every revision.
    #[track_caller]
    pub(crate) fn check(&self, end: &End, what: &str) {
        self.check_end(end, what);
        history::check(&self.cluster);
    }

    /// The same without the revisions.
    #[track_caller]
    pub(crate) fn check_end(&self, end: &End, what: &str) {
        let stored = self.cluster.stored();
        let open = |key: &&String| {
            ["migrations/", "rebalance/", "orphans/", "repair/"].iter().any(|family| key.starts_with(family))
        };
        assert_eq!(stored.keys().filter(open).collect::<Vec<_>>(), Vec::<&String>::new(), "{what}: left over");
        check_rest(&self.disk(), &stored, &self.whole);
        let now = self.end_of(&stored);
        assert_eq!(&now, end, "{what}: another end");
        history::check_outside(&self.cluster);
    }

    fn end_of(&self, stored: &BTreeMap<String, Value>) -> End {
        let mut end = End::new();
        let root = self.cluster.path("").to_string_lossy().into_owned();
        for (key, value) in stored {
            let mut value = value.clone();
            if key.starts_with("audit/") {
                continue;
            } else if key.starts_with("plans/") {
                // A plan that came upon what is broken was overtaken by repairs, or not.
                if *key == format!("plans/{}/head", self.id) && self.scene != Scene::Broken {
                    end.insert("plan".to_owned(), value["state"].to_string());
                }
                continue;
            } else if key.starts_with("partitions/") {
                let mut nodes: Vec<String> =
                    value["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap().to_owned()).collect();
                nodes.sort();
                value["nodes"] = nodes.into();
                value["updated_at"] = Value::Null;
            } else if let Some(copies) = value.get_mut("copies").and_then(Value::as_object_mut) {
                copies.values_mut().for_each(|copy| *copy = "a copy".into());
            }
            end.insert(key.clone(), value.to_string().replace(&root, "$DIR"));
        }
        end
    }
}

/// How a scene begins, and where it ends when nothing disturbs it.
pub(crate) fn undisturbed(etcd: &Arc<Etcd>, scene: Scene) -> (End, End) {
    let stage = Stage::new(etcd, scene);
    let begin = stage.end();
    stage.again();
    let end = stage.end();
    assert_ne!(begin, end, "{scene:?} changes nothing");
    stage.check(&end, "undisturbed");
    (begin, end)
}
