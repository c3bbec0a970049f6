//! What every backend does.

use bytes::Bytes;
use otlp_part::ports::storage::{CHUNK_BYTES, SegmentRead as _, SegmentWrite as _, StorageError};

use crate::lab::*;

#[test]
fn segments_read_back_as_they_were_written() {
    on_each(|backend| {
        let node = backend.node("n1");
        block_on(async {
            let copy = place("first");
            for (i, length) in
                [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES + 5].into_iter().enumerate()
            {
                let (text, bytes) = (format!("s{i}"), noise(i as u64, length));
                write(&node, &copy, &text, &bytes, None).await;
                let reader = node.open_segment(&copy, &name(&text)).await.unwrap();
                assert_eq!(reader.bytes(), length as u64);
                for (offset, asked) in
                    [(0, CHUNK_BYTES), (length / 2, 10), (length, 10), (length + 9, 1), (0, usize::MAX)]
                {
                    let read = reader.read(offset as u64, asked).await.unwrap();
                    let from = offset.min(length);
                    let to = from.saturating_add(asked.min(CHUNK_BYTES)).min(length);
                    assert!(read == bytes[from..to], "{length}: {offset} +{asked} gave {}", read.len());
                    let part = node.segment_part(&copy, &name(&text), offset as u64, asked).await.unwrap();
                    assert!(part.bytes == read && part.total == length as u64, "{length}: {offset} +{asked}");
                }
            }
            let listing = node.list(&copy).await.unwrap();
            let sizes: Vec<_> = listing.segments.iter().map(|s| (s.name.to_string(), s.bytes, s.has_sidecar)).collect();
            assert_eq!(sizes.len(), 6);
            assert_eq!(sizes[5], ("s5".to_owned(), 2 * CHUNK_BYTES as u64 + 5, false));
            assert_eq!((listing.staged, listing.missing.len(), listing.strangers.len()), (0, 0, 0));
        });
    });
}

#[test]
fn nothing_is_written_over() {
    on_each(|backend| {
        let node = backend.node("n1");
        block_on(async {
            let copy = place("c1");
            // Two writers at once: the second to publish is told so, and the first's bytes stay.
            let (mut one, mut two) =
                (node.create(&copy, &name("s")).await.unwrap(), node.create(&copy, &name("s")).await.unwrap());
            one.append(Bytes::from_static(b"one")).await.unwrap();
            two.append(Bytes::from_static(b"two!")).await.unwrap();
            let sealed = one.seal().await.unwrap();
            assert_eq!(sealed.read(0, 10).await.unwrap(), "one");
            node.publish(sealed).await.unwrap();
            let late = match two.seal().await {
                Ok(sealed) => node.publish(sealed).await.err(),
                Err(error) => Some(error),
            };
            assert!(matches!(late, Some(StorageError::Exists { .. })), "{late:?}");
            let again = node.create(&copy, &name("s")).await.map(drop);
            assert!(matches!(again, Err(StorageError::Exists { .. })), "{again:?}");

            node.create_sidecar(&copy, &name("s"), sidecar(b"one", 1).into()).await.unwrap();
            let again = node.create_sidecar(&copy, &name("s"), sidecar(b"one", 2).into()).await;
            assert!(matches!(again, Err(StorageError::Exists { .. })), "{again:?}");
            let tree = tree(&node, &copy).await;
            assert_eq!(tree["s"], (b"one".to_vec(), Some(sidecar(b"one", 1).into_bytes())));
            assert_eq!(node.list(&copy).await.unwrap().staged, 0);
        });
    });
}

#[test]
fn what_is_given_up_leaves_nothing() {
    on_each(|backend| {
        let node = backend.node("n1");
        block_on(async {
            let copy = place("c1");
            for length in [10, 3 * CHUNK_BYTES] {
                let bytes = Bytes::from(noise(1, length));
                for end in ["abort", "drop", "discard"] {
                    let mut writer = node.create(&copy, &name("s")).await.unwrap();
                    writer.append(bytes.clone()).await.unwrap();
                    match end {
                        "abort" => writer.abort().await.unwrap(),
                        "discard" => node.discard(writer.seal().await.unwrap()).await.unwrap(),
                        _ => drop(writer),
                    }
                    let listing = node.list(&copy).await.unwrap();
                    assert_eq!((listing.segments.len(), listing.staged), (0, 0), "{end}");
                }
            }
            write(&node, &copy, "s", b"bytes", Some(1)).await;
        });
    });
}

#[test]
fn absent_things_are_told_apart_from_failures() {
    on_each(|backend| {
        let node = backend.node("n1");
        block_on(async {
            let copy = place("c1");
            let empty = node.list(&copy).await.unwrap();
            assert!(empty.segments.is_empty());
            let open = node.open_segment(&copy, &name("s")).await.map(drop);
            assert!(matches!(open, Err(StorageError::NotFound { .. })), "{open:?}");
            let part = node.segment_part(&copy, &name("s"), 0, 1).await;
            assert!(matches!(part, Err(StorageError::NotFound { .. })), "{part:?}");
            assert_eq!(node.sidecar(&copy, &name("s")).await.unwrap(), None);
            node.remove(&copy, &name("s")).await.unwrap();
            node.delete_copy(&copy).await.unwrap();
            assert_eq!(node.clean(&copy).await.unwrap(), 0);
            assert!(node.partitions().await.unwrap().ids.is_empty());
            // A sidecar of nothing.
            node.create_sidecar(&copy, &name("s"), sidecar(b"x", 1).into()).await.unwrap();
            assert_eq!(node.list(&copy).await.unwrap().missing, [name("s")]);
            node.create_sidecar(&copy, &name("t"), Bytes::from_static(b"[]")).await.unwrap();
            let corrupt = node.sidecar(&copy, &name("t")).await;
            assert!(matches!(corrupt, Err(StorageError::Corrupt { .. })), "{corrupt:?}");
        });
    });
}

#[test]
fn a_sidecar_is_read_in_parts() {
    on_each(|backend| {
        let node = backend.node("n1");
        block_on(async {
            let copy = place("c1");
            for (i, length) in [0, 1, 65_536, 65_537, 200_000].into_iter().enumerate() {
                let (name, bytes) = (name(&format!("s{i}")), Bytes::from(noise(i as u64, length)));
                assert_eq!(node.sidecar_start(&copy, &name, 10).await.unwrap(), None);
                assert_eq!(node.sidecar_more(&copy, &name, 5, 10).await.unwrap(), None);
                node.create_sidecar(&copy, &name, bytes.clone()).await.unwrap();
                let start = node.sidecar_start(&copy, &name, 65_536).await.unwrap().unwrap();
                assert_eq!((start.total, &start.bytes), (length as u64, &bytes.slice(..length.min(65_536))));
                for (offset, asked) in [(0, usize::MAX), (length / 2, 10), (length, 10), (length + 9, 1)] {
                    let more = node.sidecar_more(&copy, &name, offset as u64, asked).await.unwrap().unwrap();
                    let to = offset.saturating_add(asked).min(length);
                    assert!(more.bytes == bytes[offset.min(length)..to], "{length}: {offset} +{asked}");
                    assert_eq!(more.total, length as u64, "{length}: {offset} +{asked}");
                }
                assert_eq!(node.sidecar_bytes(&copy, &name).await.unwrap(), Some(bytes));
            }
        });
    });
}

#[test]
fn a_delete_takes_one_copy_and_nothing_else() {
    on_each(|backend| {
        let node = backend.node("n1");
        block_on(async {
            for copy in ["a", "a.b", "ab"] {
                write(&node, &place(copy), "s1", copy.as_bytes(), Some(1)).await;
                write(&node, &place(copy), "s2", copy.as_bytes(), None).await;
            }
            node.remove(&place("ab"), &name("s1")).await.unwrap();
            let ids =
                |ids: Vec<otlp_part::ports::storage::CopyId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
            let copies = || async { ids(node.copies(place("a").partition()).await.unwrap().ids) };
            assert_eq!(copies().await, ["a", "a.b", "ab"]);
            node.delete_copy(&place("a")).await.unwrap();
            node.delete_copy(&place("a")).await.unwrap();
            assert_eq!(copies().await, ["a.b", "ab"]);
            assert_eq!(tree(&node, &place("a.b")).await.len(), 2);
            assert_eq!(tree(&node, &place("ab")).await.keys().collect::<Vec<_>>(), ["s2"]);
            assert_eq!(node.partitions().await.unwrap().ids, [place("a").partition()]);
            node.delete_copy(&place("a.b")).await.unwrap();
            node.delete_copy(&place("ab")).await.unwrap();
            let nothing = node.partitions().await.unwrap();
            assert!(nothing.ids.is_empty() && nothing.strangers.is_empty(), "{nothing:?}");
            node.check().await.unwrap();
        });
    });
}

#[test]
fn leftovers_are_cleaned_and_strangers_are_named() {
    let backend = Backend::file();
    let node = backend.node("n1");
    block_on(async {
        write(&node, &place("c"), "s", b"bytes", Some(1)).await;
        let directory = backend.path("n1", "c");
        for name in [
            "s.000000000000000700000000.staging",
            "u.0123456789abcdef0000000a.staging",
            "u.0.staging",
            "u#3",
            "manifest.json",
            "a b",
            ".hidden",
            "x#y",
        ] {
            std::fs::write(directory.join(name), b"x").unwrap();
        }
        std::fs::create_dir(directory.join("below")).unwrap();
        std::os::unix::fs::symlink("s", directory.join("linked")).unwrap();
        let listing = node.list(&place("c")).await.unwrap();
        assert_eq!(listing.staged, 2);
        assert_eq!(listing.strangers, [".hidden", "a b", "below", "linked", "u#3", "u.0.staging", "x#y"]);
        assert_eq!(node.clean(&place("c")).await.unwrap(), 2);
        let listing = node.list(&place("c")).await.unwrap();
        assert_eq!((listing.staged, listing.segments.len()), (0, 1));
        node.delete_copy(&place("c")).await.unwrap();
        assert!(!directory.exists());
    });
}

#[test]
fn what_is_quarantined_is_out_of_the_way_and_kept() {
    on_each(|backend| {
        let (node, other) = (backend.node("n1"), backend.node("n2"));
        block_on(async {
            let copy = place("c");
            write(&node, &copy, "s", b"bad", Some(1)).await;
            write(&node, &copy, "s2", b"good", Some(2)).await;
            write(&node, &copy, "bare", b"others", None).await;
            assert_eq!(node.quarantine(&copy, &name("s")).await.unwrap(), 2);
            assert_eq!(node.quarantine(&copy, &name("bare")).await.unwrap(), 1);
            assert_eq!(node.quarantine(&copy, &name("nothing")).await.unwrap(), 0);
            assert_eq!(node.quarantine(&place("never"), &name("s")).await.unwrap(), 0);
            let listing = node.list(&copy).await.unwrap();
            let names: Vec<String> = listing.segments.iter().map(|s| s.name.to_string()).collect();
            assert_eq!((names, listing.missing.len(), listing.staged), (vec!["s2".to_owned()], 0, 0));
            assert_eq!(listing.quarantined, [name("bare"), name("s")].into());
            assert!(listing.strangers.is_empty(), "{listing:?}");
            assert!(matches!(node.open_segment(&copy, &name("s")).await.map(drop), Err(StorageError::NotFound { .. })));
            assert_eq!(node.sidecar(&copy, &name("s")).await.unwrap(), None);

            // The name is free again, and what comes there may be quarantined as well: nothing takes the other's place.
            write(&node, &copy, "s", b"bad again", Some(1)).await;
            assert_eq!(node.quarantine(&copy, &name("s")).await.unwrap(), 2);
            write(&node, &copy, "s", b"good", Some(1)).await;
            // A copy that is made of it leaves them behind, as does cleaning.
            assert_eq!(node.clean(&copy).await.unwrap(), 0);
            copied(&node, &copy, &other, &copy).await.result.unwrap();
            assert!(other.list(&copy).await.unwrap().quarantined.is_empty());
            assert_eq!(tree(&other, &copy).await, tree(&node, &copy).await);

            assert_eq!(node.remove_quarantined(&copy, &name("s2")).await.unwrap(), 0);
            assert_eq!(node.remove_quarantined(&copy, &name("s")).await.unwrap(), 4);
            assert_eq!(node.remove_quarantined(&copy, &name("s")).await.unwrap(), 0);
            assert_eq!(node.list(&copy).await.unwrap().quarantined, [name("bare")].into());
            assert_eq!(tree(&node, &copy).await.keys().collect::<Vec<_>>(), ["s", "s2"]);
            node.delete_copy(&copy).await.unwrap();
            assert!(node.copies(copy.partition()).await.unwrap().ids.is_empty());
        });
    });
}

#[test]
fn quarantined_files_hold_what_was_there() {
    let backend = Backend::file();
    let node = backend.node("n1");
    block_on(async {
        write(&node, &place("c"), "s", b"bad", Some(1)).await;
        node.quarantine(&place("c"), &name("s")).await.unwrap();
    });
    let read = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read(entry.unwrap().path()).unwrap();
    let mut kept: Vec<Vec<u8>> = std::fs::read_dir(backend.path("n1", "c")).unwrap().map(read).collect();
    kept.sort();
    let mut expected = vec![b"bad".to_vec(), sidecar(b"bad", 1).into_bytes()];
    expected.sort();
    assert_eq!(kept, expected);
}
