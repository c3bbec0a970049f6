//! Routing: one trace id to its three owners in a known hour, the steps it is made of, and building rings.
//!
//! `cargo bench --bench routing`; figures are per call.

#![allow(missing_docs, clippy::unwrap_used)]

use divan::{Bencher, black_box, counter::ItemsCount};
use otlp_part::model::{ClusterSpec, HashAlgorithm, Node, NodeId, PartitionId, TimeBucket, Timestamp, TraceId};
use otlp_part::placement::{Placer, Ring, key_hash};
use otlp_part::routing::{HourTable, RecordSet, Topology};

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

const IDS: usize = 4096;
const HOUR: Timestamp = Timestamp::from_seconds(1_762_353_824);

fn nodes(count: usize) -> Vec<Node> {
    (0..count).map(|i| Node::new(NodeId::parse(&format!("node-{i}")).unwrap())).collect()
}

/// SplitMix64, so that every run routes the same ids.
fn ids() -> Vec<TraceId> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u128::from(z ^ (z >> 31))
    };
    (0..IDS).map(|_| TraceId::from_bytes((next() << 64 | next() | 1).to_be_bytes()).unwrap()).collect()
}

/// Hash, bucket and the three owners of an id in a known hour, as the batch routing does it.
#[divan::bench(args = [10, 100, 1000])]
fn owners_in_a_known_hour(bencher: Bencher<'_, '_>, count: usize) {
    let topology = Topology::new(ClusterSpec::default(), nodes(count)).unwrap();
    let ids = ids();
    let mut table = HourTable::new(&topology, HOUR, RecordSet::default(), None);
    for id in &ids {
        table.leaf_of_trace(id).unwrap();
    }
    bencher.counter(ItemsCount::new(IDS)).bench_local(|| {
        for id in &ids {
            let leaf = table.leaf_of_trace(black_box(id)).unwrap();
            black_box(table.route(leaf).owners.as_slice());
        }
    });
}

/// The same without a table: hash, bucket, partition id as text, ring hash, ring walk.
#[divan::bench(args = [10, 100, 1000])]
fn owners_by_the_ring(bencher: Bencher<'_, '_>, count: usize) {
    let nodes = nodes(count);
    let placer = Placer::new(&nodes, &ClusterSpec::default().placement).unwrap();
    let ids = ids();
    let bucket = TimeBucket::new(489_542);
    bencher.counter(ItemsCount::new(IDS)).bench_local(|| {
        for id in &ids {
            let hash = HashAlgorithm::Siphash13.trace(black_box(id));
            let partition = PartitionId::new(bucket, (hash % 256) as u32).unwrap();
            black_box(placer.owners(partition, 3));
        }
    });
}

#[divan::bench]
fn hash_of_a_trace_id(bencher: Bencher<'_, '_>) {
    let ids = ids();
    bencher.counter(ItemsCount::new(IDS)).bench_local(|| {
        for id in &ids {
            black_box(HashAlgorithm::Siphash13.trace(black_box(id)));
        }
    });
}

#[divan::bench]
fn hash_of_a_partition_id(bencher: Bencher<'_, '_>) {
    let ids: Vec<PartitionId> =
        (0..IDS as u32).map(|i| PartitionId::new(TimeBucket::new(489_542), i).unwrap()).collect();
    bencher.counter(ItemsCount::new(IDS)).bench_local(|| {
        for id in &ids {
            black_box(key_hash(*black_box(id)));
        }
    });
}

#[divan::bench]
fn trace_id_from_hex(bencher: Bencher<'_, '_>) {
    let texts: Vec<[u8; 32]> = ids().iter().map(TraceId::to_hex).collect();
    bencher.counter(ItemsCount::new(IDS)).bench_local(|| {
        for text in &texts {
            black_box(TraceId::from_hex(black_box(text)));
        }
    });
}

#[divan::bench(args = [10, 100, 1000])]
fn build_ring(bencher: Bencher<'_, '_>, count: usize) {
    let nodes = nodes(count);
    bencher.bench_local(|| black_box(Ring::new(&nodes, 150).unwrap().len()));
}
