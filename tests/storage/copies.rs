//! Copies that nothing disturbs.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use otlp_part::operations::copying::{
    Bandwidth, CopyError, CopyEvent, CopyJob, CopySettings, Depth, copy, verify_copy,
};
use otlp_part::ports::storage::CHUNK_BYTES;

use crate::lab::*;

#[test]
fn a_copy_is_equal_byte_for_byte_with_its_sidecars() {
    on_each(|backend| {
        let (a, b) = (backend.node("n1"), backend.node("n2"));
        block_on(async {
            fill(&a, &place("first"), CHUNK_BYTES).await;
            let told = copied(&a, &place("first"), &b, &place("c2")).await;
            let content = told.result.clone().unwrap();
            let (before, after) = (tree(&a, &place("first")).await, tree(&b, &place("c2")).await);
            assert!(before == after);
            let all: Vec<u8> = before.values().flat_map(|(bytes, _)| bytes.clone()).collect();
            assert_eq!((content.bytes, content.segments), (all.len() as u64, 6));
            assert_eq!(content.crc32c, crc32c::crc32c(&all));
            assert_eq!(content.record_count, Some(150));
            assert_eq!(told.verified(), (6, 0));
            assert_eq!(told.events[0], CopyEvent::Planned { segments: 6, bytes: content.bytes });
            let sum = |pick: fn(&CopyEvent) -> u64| told.events.iter().map(pick).sum::<u64>();
            let of_verified =
                |event: &CopyEvent| if let CopyEvent::Verified { bytes, .. } = event { *bytes } else { 0 };
            let of_written = |event: &CopyEvent| if let CopyEvent::Written { bytes } = event { *bytes } else { 0 };
            assert_eq!((sum(of_verified), sum(of_written)), (content.bytes, content.bytes));
            for (node, copy) in [(&a, "first"), (&b, "c2")] {
                assert!(verified(node, &place(copy)).await.is_full(&content));
            }
            // Again: everything is there.
            let again = copied(&a, &place("first"), &b, &place("c2")).await;
            assert_eq!((again.result.clone(), again.repeated().len()), (Ok(content), 0));
            assert_eq!(again.events.iter().map(of_written).sum::<u64>(), 0);
            assert_eq!(
                again.events.iter().filter(|e| matches!(e, CopyEvent::Verified { was_there: true, .. })).count(),
                6
            );
        });
    });
}

#[test]
fn kinds_of_stores_mix() {
    let (memory, file) = (Backend::memory(), Backend::file());
    let (a, b, c) = (memory.node("n1"), file.node("n2"), memory.node("n3"));
    block_on(async {
        fill(&a, &place("first"), 5000).await;
        let there = copied(&a, &place("first"), &b, &place("x")).await.result.unwrap();
        let back = copied(&b, &place("x"), &c, &place("y")).await.result.unwrap();
        assert_eq!(there, back);
        assert!(tree(&a, &place("first")).await == tree(&c, &place("y")).await);
    });
}

#[test]
fn segments_that_others_wrote_get_a_sidecar_on_the_target_alone() {
    on_each(|backend| {
        let (a, b) = (backend.node("n1"), backend.node("n2"));
        block_on(async {
            write(&a, &place("first"), "a.parquet", b"PAR1", None).await;
            write(&a, &place("first"), "b.jsonl", b"{}\n", Some(1)).await;
            for _ in 0..2 {
                let content = copied(&a, &place("first"), &b, &place("c")).await.result.unwrap();
                assert_eq!((content.record_count, content.segments, content.bytes), (None, 2, 7));
            }
            assert_eq!(tree(&a, &place("first")).await["a.parquet"].1, None);
            let made = tree(&b, &place("c")).await["a.parquet"].1.clone().unwrap();
            let expected = format!("{{\"bytes\":4,\"crc32c\":{},\"records\":null}}\n", crc32c::crc32c(b"PAR1"));
            assert_eq!(String::from_utf8(made).unwrap(), expected);
            let report = verified(&a, &place("first")).await;
            assert!(report.is_sound() && report.bare.len() == 1);
        });
    });
}

#[test]
fn an_empty_source_is_an_error_where_there_should_be_data() {
    on_each(|backend| {
        let (a, b) = (backend.node("n1"), backend.node("n2"));
        block_on(async {
            let (from, to, bandwidth) = (place("first"), place("c"), Bandwidth::default());
            let run = async |expect_data| {
                let settings = CopySettings { expect_data, ..CopySettings::default() };
                let (source, target) = (&a, &b);
                let job =
                    CopyJob { source, from: &from, target, to: &to, settings, bandwidth: &bandwidth, tell: &|_| {} };
                copy(&job).await
            };
            let content = run(false).await.unwrap();
            assert_eq!((content.bytes, content.segments, content.record_count), (0, 0, Some(0)));
            assert!(matches!(run(true).await, Err(CopyError::SourceEmpty { .. })));
            // Onto itself it would prove nothing.
            let itself = copied(&a, &from, &a, &from).await.result;
            assert!(matches!(itself, Err(CopyError::TargetForeign(_))), "{itself:?}");
        });
    });
}

#[test]
fn a_limit_holds_for_the_whole_copy() {
    let backend = Backend::memory();
    let (a, b) = (backend.node("n1"), backend.node("n2"));
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap().block_on(async {
        for i in 0..20 {
            write(&a, &place("first"), &format!("s{i}"), &noise(i, 1_000_000), Some(1)).await;
        }
        let (bandwidth, written) = (Bandwidth::new(NonZeroU64::new(2_000_000)), AtomicU64::new(0));
        let tell = |event: CopyEvent| {
            if let CopyEvent::Written { bytes } = event {
                written.fetch_add(bytes, Ordering::Relaxed);
            }
        };
        let (from, to, settings) = (place("first"), place("c"), CopySettings::default());
        let job =
            CopyJob { source: &a, from: &from, target: &b, to: &to, settings, bandwidth: &bandwidth, tell: &tell };
        let start = tokio::time::Instant::now();
        let steer = async {
            tokio::time::sleep(Duration::from_secs(3)).await;
            let by_then = written.load(Ordering::Relaxed);
            assert!((5_000_000..=7_500_000).contains(&by_then), "{by_then}");
            bandwidth.set(NonZeroU64::new(14_000_000));
        };
        let (content, ()) = tokio::join!(copy(&job), steer);
        assert_eq!(content.unwrap().bytes, 20_000_000);
        let took = start.elapsed().as_secs_f64();
        assert!((3.8..5.5).contains(&took), "{took}");
        // Reading for verification is limited as well.
        let start = tokio::time::Instant::now();
        bandwidth.set(NonZeroU64::new(4_000_000));
        verify_copy(&b, &to, Depth::Bytes, settings, &bandwidth, &|_| {}).await.unwrap();
        let took = start.elapsed().as_secs_f64();
        assert!((4.4..5.5).contains(&took), "{took}");
    });
}

/// An executor runs many copies as tasks.
#[test]
fn copies_can_run_as_tasks() {
    fn is_send<T: Send>(task: T) -> T {
        task
    }
    let backend = Backend::file();
    let (a, b) = (backend.node("n1"), backend.node("n2"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build().unwrap();
    let content = runtime.block_on(async {
        fill(&a, &place("first"), 5000).await;
        let task = is_send(async move {
            let (from, to, bandwidth) = (place("first"), place("c"), Bandwidth::default());
            let settings = CopySettings::default();
            let job = CopyJob {
                source: &a,
                from: &from,
                target: &b,
                to: &to,
                settings,
                bandwidth: &bandwidth,
                tell: &|_| {},
            };
            let content = copy(&job).await?;
            let report = verify_copy(&b, &to, Depth::Sidecars, settings, &bandwidth, &|_| {}).await.unwrap();
            assert!(report.is_full(&content));
            Ok::<_, CopyError>(content)
        });
        tokio::spawn(task).await.unwrap()
    });
    assert_eq!(content.unwrap().segments, 6);
}
