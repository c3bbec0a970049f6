//! Readers change no file, whatever state a store was left in, and see all that was committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::*;

/// A store in a directory of its own, with a committed value that a copy of some of its files must show.
fn copied(files: &[&str], live: bool) -> (tempfile::TempDir, PathBuf) {
    let origin = tempfile::tempdir().unwrap();
    let path = origin.path().join("cluster.db");
    let store = create(&path, (0..300).map(|i| entry(&format!("/k/{i:04}"), b"1"))).unwrap();
    put(&store, "/k/0007", "in the log");
    let store = Some(store).filter(|_| live);
    let copy = tempfile::tempdir().unwrap();
    for file in files {
        fs::copy(origin.path().join(file), copy.path().join(file)).unwrap();
    }
    drop(store);
    let path = copy.path().join("cluster.db");
    (copy, path)
}

fn reads_without_a_trace(directory: &Path, path: &Path) {
    let before = listing(directory);
    let reader = SqliteReader::open(path, TestClock::new()).unwrap();
    for _ in 0..3 {
        let all = run(scanned(&reader, &everything(), None));
        assert_eq!((all.len(), all[7].value.as_slice()), (300, &b"in the log"[..]));
        assert_eq!(run(one(&reader, "/k/0007", Some(Revision(1)))).unwrap().unwrap().value, b"1");
    }
    reader.verify().unwrap();
    run(reader.watch(&everything(), Revision(1))).map(drop).unwrap();
    same(&before, &listing(directory));
    drop(reader);
    same(&before, &listing(directory));
}

const ALL: [&str; 3] = ["cluster.db", "cluster.db-wal", "cluster.db-shm"];

#[test]
fn of_a_file_alone() {
    let (directory, path) = copied(&ALL[..1], false);
    reads_without_a_trace(directory.path(), &path);
}

#[test]
fn of_a_store_that_was_written_and_closed() {
    let (directory, path) = copied(&ALL, false);
    assert_eq!(fs::metadata(directory.path().join(ALL[1])).unwrap().len(), 0, "all of the log is in the file");
    reads_without_a_trace(directory.path(), &path);
}

/// A writer that is killed while it begins its log leaves one without frames. SQLite waits for the rest for ten seconds, and
/// then gives up; found by killing `data write`.
#[test]
fn of_a_store_whose_writer_died_while_it_began_its_log() {
    let (directory, path) = copied(&ALL, false);
    let mut header = vec![0; 32];
    header[..4].copy_from_slice(&0x377f_0682_u32.to_be_bytes());
    header[4..8].copy_from_slice(&3_007_000_u32.to_be_bytes());
    header[16..24].copy_from_slice(b"any salt");
    fs::write(directory.path().join(ALL[1]), &header).unwrap();
    reads_without_a_trace(directory.path(), &path);
}

#[test]
fn of_a_store_whose_writer_died() {
    let (directory, path) = copied(&ALL, true);
    assert!(fs::metadata(directory.path().join(ALL[1])).unwrap().len() > 0);
    reads_without_a_trace(directory.path(), &path);
}

#[test]
fn of_a_log_without_its_index() {
    let (directory, path) = copied(&ALL[..2], true);
    assert!(fs::metadata(directory.path().join(ALL[1])).unwrap().len() > 0);
    reads_without_a_trace(directory.path(), &path);
}

#[test]
fn in_a_directory_that_cannot_be_written() {
    for (files, live) in [(&ALL[..], true), (&ALL[..2], true), (&ALL[..1], false)] {
        let (directory, path) = copied(files, live);
        let mode = |mode| fs::set_permissions(directory.path(), fs::Permissions::from_mode(mode)).unwrap();
        for file in files {
            fs::set_permissions(directory.path().join(file), fs::Permissions::from_mode(0o444)).unwrap();
        }
        mode(0o555);
        reads_without_a_trace(directory.path(), &path);
        mode(0o755);
    }
}

#[test]
fn a_reader_of_a_still_file_notices_the_first_writer() {
    let (_directory, path) = copied(&ALL[..1], false);
    let reader = SqliteReader::open(&path, TestClock::new()).unwrap();
    assert_eq!(run(reader.revision()).unwrap(), Revision(2));
    let store = SqliteStore::open(&path, TestClock::new()).unwrap();
    for revision in 3..6 {
        put(&store, "/k/0007", "new");
        assert_eq!(run(reader.revision()).unwrap(), Revision(revision));
    }
    assert_eq!(run(one(&reader, "/k/0007", None)).unwrap().unwrap().value, b"new");
}

#[test]
fn a_scan_that_a_first_writer_overtakes_is_an_error_not_a_mixture() {
    let (_directory, path) = copied(&ALL[..1], false);
    let reader = SqliteReader::open(&path, TestClock::new()).unwrap();
    let store = Mutex::new(None);
    let write = || {
        let mut store = store.lock().unwrap();
        let store = store.get_or_insert_with(|| SqliteStore::open(&path, TestClock::new()).unwrap());
        put(store, "/k/0299", "overtaken");
    };
    let visit = &mut |_: &Entry| {
        // On another thread, for this one is inside a runtime already.
        std::thread::scope(|scope| scope.spawn(write).join().unwrap());
        std::ops::ControlFlow::Continue(())
    };
    let overtaken = run(reader.scan(&everything(), None, visit));
    assert!(matches!(overtaken, Err(StoreError::Unreachable { applied_unknown: false, .. })), "{overtaken:?}");
    assert_eq!(run(scanned(&reader, &everything(), None))[299].value, b"overtaken");
}
