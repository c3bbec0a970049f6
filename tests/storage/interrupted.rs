//! Copies that are cut off at any point, and go on.

use std::future::poll_fn;
use std::num::NonZeroU64;
use std::path::Path;
use std::process::{Command, Stdio};
use std::task::Poll;
use std::time::Duration;

use otlp_part::operations::copying::{Bandwidth, CopyError, CopyJob, CopySettings, copy};
use otlp_part::ports::storage::OpenedNode;
use otlp_part::storage::AnyStorage;
use otlp_part::storage::file::FileNode;
use proptest::prelude::*;

use crate::lab::*;

/// Polls a future so often and no more; `None` = it was cut off.
async fn at_most<T>(polls: u32, future: impl Future<Output = T>) -> Option<T> {
    let mut future = Box::pin(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

fn interrupted_runs_end_as_an_undisturbed_one(backend: &Backend, cuts: &[u32]) -> Result<(), TestCaseError> {
    let (a, b, c) = (backend.node("n1"), backend.node("n2"), backend.node("n3"));
    block_on(async {
        fill(&a, &place("first"), 3000).await;
        write(&a, &place("first"), "opaque", b"of others", None).await;
        let undisturbed = copied(&a, &place("first"), &c, &place("c")).await.result.unwrap();
        let mut there = 0;
        for cut in cuts {
            let told = at_most(*cut, copied(&a, &place("first"), &b, &place("c"))).await;
            if let Some(told) = told {
                prop_assert_eq!(told.result.unwrap(), undisturbed);
            }
            // What counts only grows, and is never something half.
            let listing = b.list(&place("c")).await.unwrap();
            let counted = listing.segments.iter().filter(|segment| segment.has_sidecar).count();
            prop_assert!(counted >= there, "{counted} of {there}");
            there = counted;
            prop_assert!(verified(&b, &place("c")).await.is_sound());
        }
        let told = copied(&a, &place("first"), &b, &place("c")).await;
        prop_assert!(told.verified().1 >= there, "{:?} of {there} are repeated", told.events);
        prop_assert_eq!(told.result.unwrap(), undisturbed);
        prop_assert!(tree(&b, &place("c")).await == tree(&c, &place("c")).await);
        prop_assert_eq!(b.list(&place("c")).await.unwrap().staged, 0);
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn cut_off_in_a_directory(cuts in prop::collection::vec(1_u32..150, 1..6)) {
        interrupted_runs_end_as_an_undisturbed_one(&Backend::file(), &cuts)?;
    }

    #[test]
    fn cut_off_in_memory(cuts in prop::collection::vec(1_u32..12, 1..6)) {
        interrupted_runs_end_as_an_undisturbed_one(&Backend::memory(), &cuts)?;
    }
}

/// Two executors of one operation, one of them frozen for a while: whatever either reports as made is whole.
#[test]
fn two_at_once_make_one_whole_copy() {
    on_each(|backend| {
        let (a, b) = (backend.node("n1"), backend.node("n2"));
        block_on(async {
            fill(&a, &place("first"), 20_000).await;
            let mut both_ended_well = 0;
            // A server that reads every object to answer for one is slow.
            let rounds = if backend.kind == "s3" { 4 } else { 20 };
            for round in 0..rounds {
                let to = place(&format!("c{round}"));
                let late = async {
                    tokio::time::sleep(Duration::from_millis(round)).await;
                    copied(&a, &place("first"), &b, &to).await
                };
                let from = place("first");
                let (one, two) = tokio::join!(copied(&a, &from, &b, &to), late);
                let report = verified(&b, &to).await;
                for told in [&one, &two] {
                    match &told.result {
                        Ok(content) => assert!(report.is_full(content), "{report:?}"),
                        Err(error) => assert!(!matches!(error, CopyError::SourceDamaged { .. }), "{error}"),
                    }
                }
                both_ended_well += u32::from(one.result.is_ok() && two.result.is_ok());
                let last = copied(&a, &place("first"), &b, &to).await;
                assert!(last.result.is_ok() && tree(&a, &place("first")).await == tree(&b, &to).await);
            }
            assert!(both_ended_well > 0);
        });
    });
}

/// Which of the other processes this one is.
const ROLE: &str = "OTLP_PART_TEST_ROLE";

fn open(root: &Path, node: &str) -> Node {
    let store = AnyStorage::File(FileNode::open(&root.join(node), 7).unwrap());
    block_on(OpenedNode::open(store, marker(node))).unwrap()
}

fn copy_slowly(root: &Path, bytes_per_second: Option<u64>) -> Told {
    let (a, b) = (open(root, "n1"), open(root, "n2"));
    let (from, to, settings) = (place("first"), place("c"), CopySettings::default());
    let bandwidth = Bandwidth::new(bytes_per_second.and_then(NonZeroU64::new));
    let events = std::sync::Mutex::new(Vec::new());
    let tell = |event| events.lock().unwrap().push(event);
    let job = CopyJob { source: &a, from: &from, target: &b, to: &to, settings, bandwidth: &bandwidth, tell: &tell };
    let result = block_on(copy(&job));
    Told { result, events: events.into_inner().unwrap() }
}

/// Played by another process, as a part of `killed_in_the_middle_of_a_segment`.
#[test]
#[allow(clippy::disallowed_methods, reason = "set by the test that starts this process")]
fn copying_process() {
    if let Some(root) = std::env::var_os(ROLE) {
        copy_slowly(Path::new(&root), Some(4_000_000)).result.unwrap();
    }
}

#[test]
fn killed_in_the_middle_of_a_segment() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    for node in ["n1", "n2"] {
        std::fs::create_dir(root.join(node)).unwrap();
        let store = AnyStorage::File(FileNode::open(&root.join(node), 7).unwrap());
        block_on(OpenedNode::mark(store, marker(node))).map(drop).unwrap();
    }
    let (a, b) = (open(root, "n1"), open(root, "n2"));
    block_on(async {
        for i in 0..8 {
            write(&a, &place("first"), &format!("s{i}"), &noise(i, 1_500_000), Some(1)).await;
        }
    });
    let mut hits = 0;
    for after_ms in [0, 50, 150, 400] {
        // What the last one left, so that what is seen is this one's.
        block_on(b.clean(&place("c"))).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "interrupted::copying_process", "--nocapture"]).env(ROLE, root);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while block_on(b.list(&place("c"))).unwrap().staged == 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(after_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        hits += u32::from(block_on(b.list(&place("c"))).unwrap().staged > 0);
        assert!(block_on(verified(&b, &place("c"))).is_sound());
    }
    assert!(hits > 0, "no kill hit the middle of a segment");
    let counted = block_on(b.list(&place("c"))).unwrap().segments.iter().filter(|s| s.has_sidecar).count();
    let told = copy_slowly(root, None);
    told.result.as_ref().unwrap();
    assert!(told.verified().1 >= counted);
    block_on(async {
        assert!(tree(&a, &place("first")).await == tree(&b, &place("c")).await);
        assert_eq!(b.list(&place("c")).await.unwrap().staged, 0);
    });
}
