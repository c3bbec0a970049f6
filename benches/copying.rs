//! Copying a partition's copy from directory to directory, verified, against `cp` and `sync` of the same bytes in the same run.
//!
//!     cargo bench --bench copying -- [GIB [DIRECTORY [ROUNDS]]]
//!
//! 2 GiB in the target directory of the build by default; 8 GiB is what the goal is stated for (0.8 of the rate of `cp` and `sync`,
//! memory of at most 128 MiB). As root the page cache is dropped before each copy, so that both read from the disk. On a machine
//! that others use take the best of several rounds; pairs are interleaved.

// A benchmark is a program of its own, and its clock is the point of it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use bytes::Bytes;
use otlp_part::operations::copying::{Bandwidth, CopyJob, CopySettings, copy};
use otlp_part::ports::storage::{
    CHUNK_BYTES, CopyId, CopyPlace, NodeMarker, OpenedNode, SegmentName, SegmentWrite as _, Sidecar,
};
use otlp_part::storage::AnyStorage;
use otlp_part::storage::file::FileNode;

const SEGMENT_BYTES: u64 = 256 << 20;

fn place(copy: &str) -> CopyPlace {
    CopyPlace::new("partition_489542_0051".parse().unwrap(), CopyId::parse(copy).unwrap())
}

async fn node(root: &Path, id: &str) -> OpenedNode<AnyStorage> {
    let path = root.join(id);
    std::fs::create_dir_all(&path).unwrap();
    let marker = NodeMarker { cluster_id: "bench".to_owned(), node_id: id.parse().unwrap() };
    OpenedNode::mark(AnyStorage::File(FileNode::open(&path, 1).unwrap()), marker).await.unwrap()
}

/// Segments of bytes that no disk can shrink.
async fn fill(node: &OpenedNode<AnyStorage>, bytes: u64) {
    let (place, mut state) = (place("first"), 0x9e37_79b9_7f4a_7c15_u64);
    for i in 0..bytes.div_ceil(SEGMENT_BYTES) {
        let name = SegmentName::parse(&format!("segment-{i:04}.bin")).unwrap();
        let mut writer = node.create(&place, &name).await.unwrap();
        let (mut crc, mut left) = (0, SEGMENT_BYTES.min(bytes - i * SEGMENT_BYTES));
        let whole = left;
        while left > 0 {
            let mut piece = vec![0_u8; left.min(CHUNK_BYTES as u64) as usize];
            for word in piece.chunks_mut(8) {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                word.copy_from_slice(&state.to_le_bytes()[..word.len()]);
            }
            crc = crc32c::crc32c_append(crc, &piece);
            left -= piece.len() as u64;
            writer.append(Bytes::from(piece)).await.unwrap();
        }
        let sealed = writer.seal().await.unwrap();
        node.publish(sealed).await.unwrap();
        node.create_sidecar(&place, &name, Sidecar::of_opaque(whole, crc).raw().clone()).await.unwrap();
    }
}

/// What is read next comes from the disk, where that may be asked for.
fn drop_caches() -> bool {
    std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}

fn shell(command: &str) {
    assert!(Command::new("sh").arg("-c").arg(command).status().unwrap().success(), "{command}");
}

/// The most memory that this process ever held, in MiB.
fn memory_max() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let gib: f64 = arguments.next().map_or(2.0, |text| text.parse().unwrap());
    let directory = arguments.next().map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    let rounds: u32 = arguments.next().map_or(3, |text| text.parse().unwrap());
    let root = directory.join(format!("otlp-part-bench-{}", std::process::id()));
    std::fs::create_dir_all(&root).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let bytes = (gib * 1024.0 * 1024.0 * 1024.0) as u64;
    let (a, b) = runtime.block_on(async { (node(&root, "n1").await, node(&root, "n2").await) });
    runtime.block_on(fill(&a, bytes));
    let rate = |seconds: f64| bytes as f64 / seconds / 1e6;
    let (mut best_cp, mut best_copy) = (0.0_f64, 0.0_f64);
    for round in 0..rounds {
        let plain = root.join("plain");
        let cold = drop_caches();
        let start = Instant::now();
        let (from, to) = (root.join("n1").join(place("first").to_string()), plain.display());
        shell(&format!("mkdir '{to}' && cp '{}'/* '{to}' && sync '{to}'/*", from.display()));
        let cp = rate(start.elapsed().as_secs_f64());
        std::fs::remove_dir_all(&plain).unwrap();

        drop_caches();
        let (from, to, bandwidth) = (place("first"), place(&format!("c{round}")), Bandwidth::default());
        let settings = CopySettings::default();
        let job =
            CopyJob { source: &a, from: &from, target: &b, to: &to, settings, bandwidth: &bandwidth, tell: &|_| {} };
        let start = Instant::now();
        let content = runtime.block_on(copy(&job)).unwrap();
        let ours = rate(start.elapsed().as_secs_f64());
        assert_eq!(content.bytes, bytes);
        runtime.block_on(b.delete_copy(&to)).unwrap();
        let caches = if cold { "from disk" } else { "caches as they are" };
        println!("round {round}: cp + sync {cp:.0} MB/s, verified copy {ours:.0} MB/s, {:.2} ({caches})", ours / cp);
        (best_cp, best_copy) = (best_cp.max(cp), best_copy.max(ours));
    }
    println!("best: cp + sync {best_cp:.0} MB/s, verified copy {best_copy:.0} MB/s, {:.2}", best_copy / best_cp);
    println!("memory at most {} MiB", memory_max());
    std::fs::remove_dir_all(&root).unwrap();
}
