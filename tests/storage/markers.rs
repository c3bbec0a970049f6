//! A node's data is worked on behind its marker only.

use std::path::Path;

use bytes::Bytes;
use otlp_part::ports::storage::error::Cause;
use otlp_part::ports::storage::{NodeMarker, OpenedNode, SegmentWrite as _, StorageError};
use otlp_part::storage::file::FileNode;
use otlp_part::storage::{AnyStorage, DataUrl};

use crate::lab::*;

const MARKER: &str = ".otlp-part-node.json";

#[test]
fn only_the_right_marker_opens_a_node() {
    on_each(|backend| {
        let bare = backend.unmarked("n1");
        block_on(async {
            let opened = OpenedNode::open(bare.clone(), marker("n1")).await.map(drop);
            assert!(matches!(&opened, Err(StorageError::Unmarked { .. })), "{opened:?}");
            OpenedNode::mark(bare.clone(), marker("n1")).await.unwrap();
            // Marking again is no error, as another node it is.
            OpenedNode::mark(bare.clone(), marker("n1")).await.unwrap();
            let elsewhere = NodeMarker { cluster_id: "c-2".to_owned(), ..marker("n1") };
            for foreign in [marker("n2"), elsewhere] {
                for result in [
                    OpenedNode::open(bare.clone(), foreign.clone()).await.map(drop),
                    OpenedNode::mark(bare.clone(), foreign).await.map(drop),
                ] {
                    let error = result.unwrap_err();
                    assert!(matches!(error, StorageError::Foreign { .. }) && error.is_unreachable(), "{error}");
                    assert!(error.hint().is_some());
                }
            }
            OpenedNode::open(bare, marker("n1")).await.unwrap();
        });
    });
}

#[test]
fn markers_that_cannot_be_read_open_nothing() {
    let backend = Backend::file();
    let bare = backend.unmarked("n1");
    let file = backend.path("n1", "c").ancestors().nth(2).unwrap().join(MARKER);
    let long = format!("{{\"cluster_id\":\"c-1\",\"node_id\":\"n1\",\"x\":\"{}\"}}", "x".repeat(70_000));
    for text in
        ["", "{}", "[\"c-1\",\"n1\"]", "{\"cluster_id\":\"c-1\",\"node_id\":\"../x\"}", "{\"node_id\":\"n1\"}", &long]
    {
        std::fs::write(&file, text).unwrap();
        let error = block_on(OpenedNode::open(bare.clone(), marker("n1"))).map(drop).unwrap_err();
        assert!(matches!(error, StorageError::Marker { .. } | StorageError::Corrupt { .. }), "{text}: {error}");
    }
    // What a newer version adds is no hindrance.
    std::fs::write(&file, "{\"cluster_id\":\"c-1\",\"node_id\":\"n1\",\"later\":1}").unwrap();
    block_on(OpenedNode::open(bare, marker("n1"))).map(drop).unwrap();
}

#[test]
fn a_directory_that_is_not_there_is_unreachable_and_never_made() {
    let directory = tempfile::tempdir().unwrap();
    let gone = directory.path().join("gone");
    let url = DataUrl::parse(&format!("file://{}", gone.display())).unwrap();
    let error = AnyStorage::open(&url, 7, &|_| None).map(drop).unwrap_err();
    assert!(matches!(error, StorageError::Unreachable { cause: Cause::Missing, .. }), "{error}");
    std::fs::write(&gone, b"a file").unwrap();
    let error = FileNode::open(&gone, 7).map(drop).unwrap_err();
    assert!(matches!(error, StorageError::Unreachable { cause: Cause::Missing, .. }), "{error}");
    std::fs::remove_file(&gone).unwrap();
    std::fs::create_dir(&gone).unwrap();
    let node = FileNode::open(&gone, 7).unwrap();
    std::fs::remove_dir(&gone).unwrap();
    let error = block_on(OpenedNode::mark(node, marker("n1"))).map(drop).unwrap_err();
    assert!(matches!(error, StorageError::Unreachable { cause: Cause::Missing, .. }), "{error}");
    assert!(!gone.exists());
}

fn files_below(path: &Path) -> usize {
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| if entry.file_type().unwrap().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}

/// The disk goes away between opening and working: what stands in its place is never read as empty and never written to.
#[test]
fn every_call_looks_at_the_marker() {
    for foreign in [false, true] {
        let backend = Backend::file();
        let node = backend.node("n1");
        let root = backend.path("n1", "c").ancestors().nth(2).unwrap().to_owned();
        block_on(async {
            let copy = place("c");
            write(&node, &copy, "s", b"bytes", Some(1)).await;
            let mut writer = node.create(&copy, &name("t")).await.unwrap();
            writer.append(Bytes::from_static(b"x")).await.unwrap();
            let sealed = writer.seal().await.unwrap();
            if foreign {
                std::fs::write(root.join(MARKER), marker("n2").to_bytes()).unwrap();
            } else {
                std::fs::remove_file(root.join(MARKER)).unwrap();
            }
            let before = files_below(&root);
            let (s, t) = (name("s"), name("t"));
            let results = [
                node.check().await,
                node.partitions().await.map(drop),
                node.copies(copy.partition()).await.map(drop),
                node.list(&copy).await.map(drop),
                node.list(&place("none")).await.map(drop),
                node.open_segment(&copy, &s).await.map(drop),
                node.sidecar(&copy, &s).await.map(drop),
                node.sidecar_start(&copy, &s, 10).await.map(drop),
                node.segment_part(&copy, &s, 0, 10).await.map(drop),
                node.create(&copy, &name("u")).await.map(drop),
                node.create_sidecar(&copy, &t, sidecar(b"x", 1).into()).await,
                node.remove(&copy, &s).await,
                node.clean(&copy).await.map(drop),
                node.delete_copy(&copy).await,
            ];
            for (i, result) in results.into_iter().enumerate() {
                assert!(result.as_ref().is_err_and(StorageError::is_unreachable), "call {i}: {result:?}");
            }
            assert_eq!(files_below(&root), before);
            let published = node.publish(sealed).await;
            assert!(published.is_err_and(|error| error.is_unreachable()));
            assert!(!backend.path("n1", "c").join("t").exists() && backend.path("n1", "c").join("s").exists());
        });
    }
}
