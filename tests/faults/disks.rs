//! A target's disk that has no room left: the move is undone with a message that says so, others go on, and when room was made the
//! same command makes the rest.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use serde_json::Value;

use crate::lab::{Ran, noise};
use crate::stage::{End, Scene, Stage, etcd, undisturbed};
use crate::support_etcd::Etcd;

/// The move that finds no room, and where it finds none.
const PARTITION: &str = "partition_489540_0000";
const NODE: &str = "n4";

/// A disk of so many bytes, and the least that a file takes there.
const DISK_BYTES: usize = 256 << 10;
const PAGE: usize = 4096;
/// A copy takes as many pages as it has files.
const PAGES_OF_COPY: usize = 5;

/// A small disk in memory, mounted for a process that holds it and seen through that: without any privilege, where the system lets
/// a user have name spaces. It goes with this value.
struct Disk {
    holder: Child,
    root: PathBuf,
}

impl Disk {
    /// `None`, said aloud, where that is not permitted.
    fn mount(point: &Path) -> Option<Self> {
        fs::create_dir(point).unwrap();
        let script = "mount -t tmpfs -o size=\"$0\" tmpfs \"$1\" && echo mounted && exec cat";
        let mut command = Command::new("unshare");
        command.args(["-Urm", "sh", "-c", script, &DISK_BYTES.to_string()]).arg(point);
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let Ok(mut holder) = spawned else {
            println!("SKIPPED: no full disk was tried, there is no `unshare` here: {spawned:?}");
            return None;
        };
        let mut line = String::new();
        BufReader::new(holder.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let root = PathBuf::from(format!("/proc/{}/root{}", holder.id(), point.display()));
        if line.trim() != "mounted" || !root.is_dir() {
            let said = holder.wait_with_output().unwrap();
            println!("SKIPPED: no full disk was tried, mounting in a name space is not permitted here: {said:?}");
            return None;
        }
        Some(Self { holder, root })
    }

    /// Fills it but for so many pages.
    fn fill(&self, pages_left: usize) {
        let mut file = File::create(self.filler()).unwrap();
        let mut written = 0;
        while file.write_all(&[0; PAGE]).is_ok() {
            written += PAGE;
        }
        let left = u64::try_from(written.checked_sub(pages_left * PAGE).unwrap()).unwrap();
        file.set_len(left).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.root.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}

/// One move is undone for want of room, told once with what mends it, and nothing of its copy is left; all others are made.
#[track_caller]
fn check_undone(stage: &Stage, ran: &Ran, what: &str) {
    assert_eq!(ran.code, Some(5), "{what}: {ran:#?}");
    let done: Value = serde_json::from_str::<Value>(&ran.out).unwrap()[0].clone();
    let [failure] = &done["failures"].as_array().unwrap()[..] else { panic!("{what}: {ran:#?}") };
    assert_eq!((&failure["partition"], &failure["undone"]), (&PARTITION.into(), &true.into()), "{what}: {failure}");
    assert_eq!((&done["done"], &done["left"]), (&4.into(), &1.into()), "{what}: {done}");
    let place = stage.cluster.node(NODE).display().to_string();
    let told: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("warning: ")).collect();
    let [line] = told[..] else { panic!("{what}: not one message: {ran:#?}") };
    for part in [PARTITION, "no room is left for", &place, "make room there"] {
        assert!(line.contains(part), "{what}: {part} is not told of: {line}");
    }
    let stored = stage.cluster.stored();
    assert!(!stored.keys().any(|key| key.starts_with("migrations/")), "{what}");
    assert!(!stage.disk().keys().any(|(node, ..)| node == NODE), "{what}: something is left of the copy");
    stage.check_listed(&stored);
}

/// One execution on a disk with room for so many files more.
fn play(etcd: &Arc<Etcd>, end: &End, pages_left: usize) -> bool {
    let what = format!("a disk with {pages_left} pages left");
    let stage = Stage::new(etcd, Scene::Chosen);
    let Some(disk) = Disk::mount(&stage.cluster.path("disk")) else { return false };
    // The node's directory is on that disk from now on.
    let (there, here) = (disk.root.join(NODE), stage.cluster.node(NODE));
    fs::create_dir(&there).unwrap();
    fs::rename(here.join(".otlp-part-node.json"), here.with_extension("marker")).unwrap();
    fs::copy(here.with_extension("marker"), there.join(".otlp-part-node.json")).unwrap();
    fs::remove_dir(&here).unwrap();
    std::os::unix::fs::symlink(&there, &here).unwrap();
    disk.fill(pages_left);
    for again in ["once", "again"] {
        let ran = stage.cluster.run(&stage.command());
        if again == "once" {
            check_undone(&stage, &ran, &what);
        } else {
            assert_eq!(ran.code, Some(5), "{what}: {ran:#?}");
        }
    }
    disk.make_room();
    stage.again();
    stage.check(end, &what);
    true
}

#[test]
fn a_disk_is_full() {
    let etcd = etcd();
    let (_, end) = undisturbed(&etcd, Scene::Chosen);
    let played = (0..PAGES_OF_COPY).take_while(|pages_left| play(&etcd, &end, *pages_left)).count();
    println!("{played} full disks");
}

/// A file may become no larger for this process: the same, without a disk of its own.
#[test]
fn a_file_may_become_no_larger() {
    let etcd = etcd();
    let (_, end) = undisturbed(&etcd, Scene::Chosen);
    let mut stage = Stage::new(&etcd, Scene::Chosen);
    // Larger than the 16 blocks, whichever size they have; all other segments are smaller.
    stage.add_segment(PARTITION, "d-large.parquet", &noise(7, 20_000));
    check_undone(&stage, &stage.cluster.run_limited(16, &stage.command()), "ulimit -f");
    stage.again();
    stage.check(&end, "ulimit -f");
}
