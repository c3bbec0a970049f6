//! Several processes on one file. The test program starts itself again, in the store's directory, to be the others.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::*;
use otlp_part::ports::metadata::{Compare, Outcome};

const FILE: &str = "cluster.db";
const COUNTER: &str = "/k/counter";
const INCREMENTS: u64 = 60;
/// Which of the other processes this one is; in the test program that was started first, none.
const ROLE: &str = "OTLP_PART_TEST_ROLE";

#[allow(clippy::disallowed_methods, reason = "set by `start`")]
fn plays(test: &str) -> bool {
    std::env::var_os(ROLE).is_some_and(|role| role == test)
}

fn start(directory: &Path, test: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("processes::{test}"), "--nocapture"]).env(ROLE, test);
    command.current_dir(directory).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

fn count(store: &SqliteStore) {
    for _ in 0..INCREMENTS {
        loop {
            let before = run(one(store, COUNTER, None)).unwrap().unwrap();
            let number: u64 = String::from_utf8(before.value.clone()).unwrap().parse().unwrap();
            let ops = vec![Op::put(COUNTER.into(), (number + 1).to_string())];
            let done = run(store.commit(Transaction { compares: vec![Compare::unchanged(&before)], ops })).unwrap();
            if matches!(done, Outcome::Committed { .. }) {
                break;
            }
        }
    }
}

/// Played by another process, as a part of `counters_lose_nothing`.
#[test]
fn counting_process() {
    if plays("counting_process") {
        count(&SqliteStore::open(Path::new(FILE), TestClock::new()).unwrap());
    }
}

#[test]
fn counters_lose_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(FILE);
    let store = create(&path, [entry(COUNTER, b"0")]).unwrap();
    let children: Vec<_> = (0..3).map(|_| start(directory.path(), "counting_process")).collect();
    std::thread::scope(|scope| {
        scope.spawn(|| count(&store));
        scope.spawn(|| count(&SqliteStore::open(&path, TestClock::new()).unwrap()));
    });
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let end = run(one(&store, COUNTER, None)).unwrap().unwrap();
    assert_eq!((end.value, end.version), ((5 * INCREMENTS).to_string().into_bytes(), 1 + 5 * INCREMENTS));
    assert_eq!(end.mod_revision, Revision(1 + 5 * INCREMENTS));
    store.verify().unwrap();
}

/// Played by another process, as a part of the tests below: writes each line that it is given.
#[test]
fn writing_process() {
    if !plays("writing_process") {
        return;
    }
    let store = SqliteStore::open(Path::new(FILE), TestClock::new()).unwrap();
    for line in std::io::stdin().lines() {
        put(&store, "/k/line", &line.unwrap());
        println!("\nwritten");
    }
}

/// Another process that has the store open.
struct Writer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Writer {
    fn start(directory: &Path) -> Self {
        let mut child = start(directory, "writing_process");
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, to, from }
    }

    fn write(&mut self, value: &str) {
        writeln!(self.to, "{value}").unwrap();
        let mut line = String::new();
        while line.trim() != "written" {
            line.clear();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the writer is gone");
        }
    }
}

fn new_store() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    drop(create(&directory.path().join(FILE), [entry("/k/line", b"none")]).unwrap());
    directory
}

fn line(reader: &SqliteReader) -> String {
    String::from_utf8(run(one(reader, "/k/line", None)).unwrap().unwrap().value).unwrap()
}

#[test]
fn a_reader_sees_what_a_live_writer_commits_and_leaves_no_trace() {
    let directory = new_store();
    let path = directory.path().join(FILE);
    let early = SqliteReader::open(&path, TestClock::new()).unwrap();
    assert_eq!(line(&early), "none");
    let mut writer = Writer::start(directory.path());
    for number in 0..50 {
        let value = format!("value {number}");
        writer.write(&value);
        let before = sizes_and_times(directory.path());
        let late = SqliteReader::open(&path, TestClock::new()).unwrap();
        assert_eq!((line(&early), line(&late)), (value.clone(), value));
        drop(late);
        assert!(sizes_and_times(directory.path()) == before);
    }
    drop(writer.to);
    assert!(writer.child.wait().unwrap().success());
    assert_eq!(line(&early), "value 49");
}

/// As [`listing`], without opening the files: that would end this process's locks on them.
fn sizes_and_times(directory: &Path) -> BTreeMap<String, [i64; 4]> {
    let files = fs::read_dir(directory).unwrap().map(|file| file.unwrap());
    files
        .map(|file| {
            let m = file.metadata().unwrap();
            (file.file_name().into_string().unwrap(), [m.ino() as i64, m.len() as i64, m.mtime(), m.mtime_nsec()])
        })
        .collect()
}

#[test]
fn a_killed_writer_loses_nothing_it_acknowledged() {
    let directory = new_store();
    let path = directory.path().join(FILE);
    for round in 0..5 {
        let mut writer = Writer::start(directory.path());
        for number in 0..3 {
            writer.write(&format!("{round}.{number}"));
        }
        writer.child.kill().unwrap();
        writer.child.wait().unwrap();
        let before = listing(directory.path());
        let reader = SqliteReader::open(&path, TestClock::new()).unwrap();
        assert_eq!((line(&reader), run(reader.revision()).unwrap()), (format!("{round}.2"), Revision(4 + 3 * round)));
        reader.verify().unwrap();
        drop(reader);
        same(&before, &listing(directory.path()));
    }
}
