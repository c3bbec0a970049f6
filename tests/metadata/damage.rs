//! Damaged files: never a panic; an error, or what was written.

use super::*;

fn whole() -> (tempfile::TempDir, Vec<u8>, Vec<Entry>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("whole.db");
    let store = create(&path, (0..150).map(|i| entry(&format!("/k/{i:04}"), &[b'v'; 290]))).unwrap();
    for i in 0..60 {
        put(&store, &format!("/k/{:04}", i * 2), "changed");
    }
    drop(store);
    let entries = read_all(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    (directory, bytes, entries)
}

/// Reads all that can be read of a file; each entry must be right, and a missing one must show in the full check.
fn examine(path: &Path, right: &[Entry], what: &str) -> bool {
    let examined = SqliteReader::open(path, TestClock::new()).and_then(|reader| {
        let found = run(reader.read(&[everything()], None))?;
        run(reader.read(&[everything()], Some(Revision(30))))?;
        run(reader.history("/k/0004", 10))?;
        Ok((found, reader.verify()))
    });
    match examined {
        Ok((found, verified)) => {
            let found = &found.ranges[0];
            assert!(found.iter().all(|entry| right.contains(entry)), "{what}: a wrong entry");
            assert!(found.len() == right.len() || verified.is_err(), "{what}: {} entries", found.len());
            true
        }
        Err(
            StoreError::Damaged { .. }
            | StoreError::NotAStore { .. }
            | StoreError::NewerSchema { .. }
            | StoreError::Compacted { .. }
            | StoreError::FutureRevision { .. },
        ) => false,
        Err(error) => panic!("{what}: {error}"),
    }
}

#[test]
fn flipped_bytes_give_an_error_or_what_was_written() {
    let (directory, whole, right) = whole();
    let path = directory.path().join("flipped.db");
    let (mut bytes, mut survived, mut tried) = (whole.clone(), 0, 0);
    let offsets = (0..200).chain((200..whole.len()).step_by(251));
    for offset in offsets {
        for flip in [0x01, 0xff] {
            bytes[offset] ^= flip;
            fs::write(&path, &bytes).unwrap();
            survived += usize::from(examine(&path, &right, &format!("byte {offset} ^ {flip:#x}")));
            tried += 1;
            bytes[offset] = whole[offset];
        }
    }
    assert!(survived < tried * 3 / 4, "{survived} of {tried} went unnoticed");
}

#[test]
fn cut_files_give_an_error() {
    let (directory, whole, right) = whole();
    let path = directory.path().join("cut.db");
    let lengths = (0..200).chain((200..whole.len()).step_by(1021)).chain([8192, 16384, whole.len() - 1]);
    for len in lengths {
        fs::write(&path, &whole[..len]).unwrap();
        assert!(!examine(&path, &right, &format!("cut at {len}")), "cut at {len} went unnoticed");
    }
}

#[test]
fn writing_to_a_damaged_file_does_not_panic() {
    let (directory, whole, _) = whole();
    for (number, offset) in (0..whole.len()).step_by(1021).enumerate() {
        let path = directory.path().join(format!("{number}.db"));
        let mut bytes = whole.clone();
        bytes[offset] ^= 0xff;
        fs::write(&path, &bytes).unwrap();
        if let Ok(store) = SqliteStore::open(&path, TestClock::new()) {
            for i in (0..150).step_by(9) {
                let ops =
                    vec![Op::put(format!("/k/{i:04}"), "x"), Op::Delete { key: format!("/k/{:04}", (i + 7) % 150) }];
                drop(run(store.commit(Transaction { compares: vec![], ops })));
            }
            drop(run(store.compact(Revision(60))));
        }
    }
}
