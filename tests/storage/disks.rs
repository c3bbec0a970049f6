//! A full disk, and one that goes away.

use std::path::{Path, PathBuf};
use std::process::Command;

use otlp_part::operations::copying::{CopyError, CopyEvent, Side};
use otlp_part::ports::storage::error::Cause;
use otlp_part::ports::storage::{OpenedNode, StorageError, StorageWrite as _};
use otlp_part::storage::AnyStorage;
use otlp_part::storage::file::FileNode;

use crate::lab::*;

/// A small disk in memory; gone with this value.
struct Disk(PathBuf);

impl Disk {
    /// `None`, said on the way, where mounting is not permitted.
    fn mount(path: &Path, bytes: u64) -> Option<Self> {
        std::fs::create_dir_all(path).unwrap();
        let options = format!("size={bytes}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(path).output();
        if mounted.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(Self(path.to_owned()));
        }
        skipped(&format!("no full or lost disk was tried, mounting a tmpfs is not permitted here: {mounted:?}"));
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A test may have done it already.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

fn node(path: &Path, id: &str) -> Node {
    block_on(OpenedNode::mark(AnyStorage::File(FileNode::open(path, 7).unwrap()), marker(id))).unwrap()
}

#[test]
fn a_full_disk_is_told_apart_and_gets_its_room_back() {
    let directory = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(&directory.path().join("small"), 4 << 20) else { return };
    let (a, b) = (Backend::file(), node(&disk.0, "n2"));
    let a = a.node("n1");
    block_on(async {
        for i in 0..5 {
            write(&a, &place("first"), &format!("s{i}"), &noise(i, 1 << 20), Some(1)).await;
        }
        let told = copied(&a, &place("first"), &b, &place("c")).await;
        let error = told.result.as_ref().unwrap_err();
        assert!(
            matches!(error, CopyError::Storage { side: Side::Target, error: StorageError::Full { .. } }),
            "{error}"
        );
        assert!(error.hint().is_some() && !error.is_unreachable());
        // What is whole stays whole, and what was half written takes no room.
        assert!(verified(&b, &place("c")).await.is_sound());
        assert_eq!(b.list(&place("c")).await.unwrap().staged, 0);
        // With more room it goes on.
        let bigger = Command::new("mount").args(["-o", "remount,size=16M"]).arg(&disk.0).status().unwrap();
        assert!(bigger.success());
        let again = copied(&a, &place("first"), &b, &place("c")).await;
        again.result.as_ref().unwrap();
        assert!(again.verified().1 >= told.verified().0 && again.verified().1 > 0, "{:?}", again.verified());
        assert!(tree(&a, &place("first")).await == tree(&b, &place("c")).await);
    });
}

/// Seen without writing, and without rights that anybody could have.
#[test]
fn a_disk_that_is_mounted_to_be_read_only_takes_no_data() {
    let directory = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(&directory.path().join("small"), 1 << 20) else { return };
    let node = node(&disk.0, "n1");
    block_on(async {
        node.looks_writable().await.unwrap();
        let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&disk.0).status().unwrap();
        assert!(remounted.success());
        node.check().await.unwrap();
        let error = node.looks_writable().await.unwrap_err();
        assert!(matches!(error, StorageError::Unreachable { cause: Cause::NoAccess, .. }), "{error}");
    });
}

/// The target's disk is unmounted in the middle of a copy: below it lies an empty directory, which stays empty.
#[test]
fn an_unmounted_disk_is_unreachable() {
    for side in [Side::Source, Side::Target] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("mounted");
        let Some(disk) = Disk::mount(&path, 64 << 20) else { return };
        let backend = Backend::file();
        let (there, other) = (node(&path, "n1"), backend.node("n2"));
        let (a, b) = if side == Side::Source { (&there, &other) } else { (&other, &there) };
        block_on(async {
            for i in 0..6 {
                write(a, &place("first"), &format!("s{i}"), &noise(i, 1 << 20), Some(1)).await;
            }
            let unmount = |event: &CopyEvent| {
                if matches!(event, CopyEvent::Verified { segment, .. } if segment.as_str() == "s2") {
                    assert!(Command::new("umount").arg("-l").arg(&disk.0).status().unwrap().success());
                }
            };
            let error = copied_while(a, &place("first"), b, &place("c"), &unmount).await.result.unwrap_err();
            assert!(error.is_unreachable() && error.side() == Some(side), "{error}");
            let below: Vec<_> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
            assert!(below.is_empty(), "{below:?} was written to the disk below");
            for result in [there.list(&place("first")).await.map(drop), there.delete_copy(&place("c")).await] {
                assert!(result.is_err_and(|error| error.is_unreachable()));
            }
        });
    }
}

/// Unmounted between the look at the marker and the first write: the look alone would not keep the copy off the disk below.
#[test]
fn nothing_is_made_where_no_marker_is() {
    let directory = tempfile::tempdir().unwrap();
    let store = FileNode::open(directory.path(), 7).unwrap();
    block_on(async {
        let error = store.create(&place("c"), &name("s1")).await.map(drop).unwrap_err();
        assert!(matches!(error, StorageError::Unmarked { .. }), "{error}");
        let error = store.create_sidecar(&place("c"), &name("s1"), "{}".into()).await.unwrap_err();
        assert!(matches!(error, StorageError::Unmarked { .. }), "{error}");
    });
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}
