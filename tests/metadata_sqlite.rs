//! What is particular to the store file: reading without a trace, several processes, making a file, refusing others.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "metadata/damage.rs"]
mod damage;
mod metadata;
#[path = "metadata/processes.rs"]
mod processes;
#[path = "metadata/traceless.rs"]
mod traceless;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use metadata::{TestClock, entry, next, one, run, scanned};
use otlp_part::metadata::{InitialRevisions, SqliteReader, SqliteStore, sqlite};
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Entry, KeyRange, Op, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWrite, StoreError};

/// What can be told of the files in a directory: bytes, inode, mode, time of change.
///
/// Not the inode's time of change: SQLite gives log and index the file's owner whenever root opens them.
type Listing = BTreeMap<String, (Vec<u8>, [i64; 4])>;

fn same(before: &Listing, after: &Listing) {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, (bytes, numbers)) in before {
        assert_eq!((&after[name].1, after[name].0 == *bytes), (numbers, true), "{name}");
    }
}

fn listing(directory: &Path) -> Listing {
    let files = fs::read_dir(directory).unwrap().map(|file| file.unwrap());
    files
        .map(|file| {
            let metadata = file.metadata().unwrap();
            let numbers = [metadata.ino() as i64, i64::from(metadata.mode()), metadata.mtime(), metadata.mtime_nsec()];
            let bytes = if metadata.is_file() { fs::read(file.path()).unwrap() } else { Vec::new() };
            (file.file_name().into_string().unwrap(), (bytes, numbers))
        })
        .collect()
}

fn names(directory: &Path) -> Vec<String> {
    listing(directory).into_keys().collect()
}

fn create(path: &Path, entries: impl IntoIterator<Item = Entry>) -> Result<SqliteStore, StoreError> {
    sqlite::create(path, TestClock::new(), entries, InitialRevisions::AllFirst)
}

fn read_all(path: &Path) -> Result<Vec<Entry>, StoreError> {
    let reader = SqliteReader::open(path, TestClock::new())?;
    let mut answer = run(reader.read(&[everything()], None))?;
    Ok(answer.ranges.remove(0))
}

fn everything() -> KeyRange {
    KeyRange::prefix("/k/")
}

fn put(store: &SqliteStore, key: &str, value: &str) -> Revision {
    let ops = vec![Op::put(key.to_owned(), value)];
    metadata::committed(run(store.commit(Transaction { compares: vec![], ops })).unwrap())
}

#[test]
fn a_new_store_is_private_and_whole_and_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new/er/cluster.db");
    drop(create(&path, [entry("/k/a", b"1")]).unwrap());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(
        names(path.parent().unwrap()).iter().all(|name| name.starts_with("cluster.db")),
        "no temporary file is left"
    );
    assert_eq!(read_all(&path).unwrap(), [entry("/k/a", b"1")]);
}

#[test]
fn initial_entries_keep_their_revisions_if_asked() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cluster.db");
    let old = Entry { create_revision: Revision(3), mod_revision: Revision(5), version: 2, ..entry("/k/a", b"1") };
    let new = Entry { create_revision: Revision(9), mod_revision: Revision(9), ..entry("/k/b", b"1") };
    let kept = |revision| InitialRevisions::Kept { revision: Revision(revision) };
    let early = sqlite::create(&path, TestClock::new(), [old.clone(), new.clone()], kept(8));
    assert!(matches!(early, Err(StoreError::Malformed(_))));
    let store = sqlite::create(&path, TestClock::new(), [old.clone(), new.clone()], kept(9)).unwrap();
    assert_eq!(run(scanned(&store, &everything(), Some(Revision(9)))), [old, new]);
    assert!(matches!(run(store.read(&[], Some(Revision(8)))), Err(StoreError::Compacted { .. })));
    assert_eq!(put(&store, "/k/a", "2"), Revision(10));
    assert_eq!(run(one(&store, "/k/a", None)).unwrap().unwrap().version, 3);
    store.verify().unwrap();
}

#[test]
fn nothing_is_ever_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("empty"), "").unwrap();
    fs::write(at("text"), "text").unwrap();
    fs::create_dir(at("directory")).unwrap();
    symlink("nowhere", at("link")).unwrap();
    fs::write(at("former-wal"), "log").unwrap();
    let before = listing(directory.path());
    for name in ["empty", "text", "directory", "link", "former"] {
        let made = create(&at(name), [entry("/k/a", b"1")]).map(drop);
        assert!(matches!(made, Err(StoreError::Exists { .. })), "{name}: {made:?}");
    }
    let below_a_file = create(&at("text").join("cluster.db"), []).map(drop);
    assert!(below_a_file.is_err(), "{below_a_file:?}");
    same(&before, &listing(directory.path()));
}

#[test]
fn a_store_that_cannot_be_made_leaves_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cluster.db");
    let twice = create(&path, [entry("/k/a", b"1"), entry("/k/a", b"2")]).map(drop);
    assert!(matches!(twice, Err(StoreError::Malformed(_))), "{twice:?}");
    let interrupted = std::panic::catch_unwind(|| {
        create(&path, (0..9).map(|i| if i < 5 { entry(&format!("/k/{i}"), b"1") } else { panic!("interrupted") }))
            .map(drop)
    });
    assert!(interrupted.is_err());
    assert_eq!(names(directory.path()), Vec::<String>::new());
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("empty"), "").unwrap();
    fs::write(at("text"), "a text that is longer than the header of a file could ever be".repeat(100)).unwrap();
    fs::write(at("short"), "SQLite format 3\0").unwrap();
    fs::create_dir(at("directory")).unwrap();
    let foreign = rusqlite::Connection::open(at("foreign")).unwrap();
    foreign
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE kv (key TEXT); INSERT INTO kv VALUES ('x')")
        .unwrap();
    drop(foreign);
    drop(create(&at("newer"), []).unwrap());
    rusqlite::Connection::open(at("newer")).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let before = listing(directory.path());
    for name in ["empty", "text", "short", "directory", "foreign"] {
        let opened = SqliteStore::open(&at(name), TestClock::new()).map(drop);
        assert!(matches!(opened, Err(StoreError::NotAStore { .. })), "{name}: {opened:?}");
    }
    let newer = SqliteStore::open(&at("newer"), TestClock::new()).map(drop);
    assert!(matches!(newer, Err(StoreError::NewerSchema { found: 2, known: 1, .. })), "{newer:?}");
    for missing in ["missing", "missing/either", "text/below"] {
        let opened = SqliteStore::open(&at(missing), TestClock::new()).map(drop);
        assert!(matches!(opened, Err(StoreError::Missing { .. })), "{missing}: {opened:?}");
    }
    same(&before, &listing(directory.path()));
}

#[test]
fn odd_paths_are_paths() {
    let directory = tempfile::tempdir().unwrap();
    for name in ["a b", "100%.db", "a?mode=memory", "a#b", "é", "file:x", "'\"", "a\nb", "a%41"] {
        let path = directory.path().join(name);
        put(&create(&path, [entry("/k/a", b"1")]).unwrap(), "/k/a", name);
        assert_eq!(read_all(&path).unwrap()[0].value, name.as_bytes());
    }
    let link = directory.path().join("link");
    symlink("a b", &link).unwrap();
    let store = SqliteStore::open(&link, TestClock::new()).unwrap();
    let at = put(&store, "/k/a", "through a link");
    assert_eq!(at, next(next(Revision(1))));
    assert_eq!(store.place(), format!("file:{}", link.display()));
    assert_eq!(read_all(&directory.path().join("a b")).unwrap()[0].value, b"through a link");
}

#[test]
fn a_process_that_reads_first_cannot_write_and_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cluster.db");
    put(&create(&path, []).unwrap(), "/k/a", "1");
    let reader = SqliteReader::open(&path, TestClock::new()).unwrap();
    let write = || {
        let store = SqliteStore::open(&path, TestClock::new())?;
        run(store.commit(Transaction { compares: vec![], ops: vec![Op::put("/k/a".into(), "2")] })).map(drop)
    };
    let refused = write();
    assert!(matches!(&refused, Err(StoreError::Io { reason, .. }) if reason.contains("read-only")), "{refused:?}");
    drop(reader);
    write().unwrap();
}

/// Waits for the ten seconds that the store has patience, while other tests run.
#[test]
fn a_writer_that_never_lets_go_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cluster.db");
    let store = create(&path, []).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = run(store.commit(Transaction::default()));
    assert!(
        matches!(&refused, Err(StoreError::Unreachable { reason, applied_unknown: false, .. }) if reason.contains("another process")),
        "{refused:?}"
    );
}
