//! Placement: how evenly the algorithms place, and how long an hour takes.
//!
//! `cargo bench --bench placement` prints first, for 12, 100 and 1000 nodes in three zones and 720 hours of 256 partitions
//! with 3 replicas, the replicas of the fullest node against the mean, the same of leaders, and the worst single hour's
//! leaders. Nodes of a zone with fewer nodes hold more under every algorithm that spreads over zones; `zone` is against the
//! mean of the node's own zone. Then the times.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;

use divan::Bencher;
use otlp_part::model::cluster_spec::Placement;
use otlp_part::model::{Location, Node, NodeId, PartitionId, PlacementAlgorithm, TimeBucket};
use otlp_part::placement::{Owners, Placer, ZoneBalanced};

const HOURS: i64 = 720;
const PARTITIONS: u32 = 256;
const FIRST: i64 = 489_542;

fn main() {
    if !std::env::args().any(|arg| arg == "--test") {
        print_skew();
    }
    divan::main();
}

fn nodes(count: usize) -> Vec<Node> {
    let node = |i: usize| Node {
        location: Location { availability_zone: Some(["a", "b", "c"][i % 3].to_owned()), ..Location::default() },
        ..Node::new(NodeId::parse(&format!("node-{i}")).unwrap())
    };
    (0..count).map(node).collect()
}

fn hour(bucket: i64) -> Vec<PartitionId> {
    (0..PARTITIONS).map(|i| PartitionId::new(TimeBucket::new(bucket), i).unwrap()).collect()
}

fn placer(nodes: &[Node], algorithm: PlacementAlgorithm) -> Placer {
    Placer::new(nodes, &Placement { algorithm, ..Placement::default() }).unwrap()
}

fn print_skew() {
    println!(
        "{:>6}  {:<14} {:>9} {:>9} {:>9} {:>14}",
        "nodes", "algorithm", "replicas", "zone", "leaders", "hour's leaders"
    );
    for count in [12, 100, 1000] {
        let nodes = nodes(count);
        for algorithm in [PlacementAlgorithm::Ring, PlacementAlgorithm::Rendezvous] {
            let placer = placer(&nodes, algorithm);
            print_row(count, algorithm, |bucket| hour(bucket).into_iter().map(|id| placer.owners(id, 3)).collect());
        }
        let mut balanced = ZoneBalanced::new(&nodes, 3, &[]);
        print_row(count, PlacementAlgorithm::ZoneBalanced, |bucket| balanced.place(&hour(bucket), &[]).owners);
    }
}

fn print_row(count: usize, algorithm: PlacementAlgorithm, mut place: impl FnMut(i64) -> Vec<Owners>) {
    let (mut replicas, mut leaders, mut worst) = (vec![0_u64; count], vec![0_u64; count], 0);
    for bucket in FIRST..FIRST + HOURS {
        let mut led = vec![0_u64; count];
        for owners in place(bucket) {
            owners.as_slice().iter().for_each(|&n| replicas[usize::from(n)] += 1);
            led[usize::from(owners.leader().unwrap())] += 1;
        }
        worst = worst.max(*led.iter().max().unwrap());
        leaders.iter_mut().zip(led).for_each(|(sum, n)| *sum += n);
    }
    let skew =
        |values: &[u64]| *values.iter().max().unwrap() as f64 * values.len() as f64 / values.iter().sum::<u64>() as f64;
    let of_zone = |zone: usize| replicas.iter().copied().skip(zone).step_by(3).collect::<Vec<u64>>();
    let zone = (0..3).map(|zone| skew(&of_zone(zone))).fold(0.0, f64::max);
    let worst = worst as f64 * count as f64 / f64::from(PARTITIONS);
    println!(
        "{count:>6}  {:<14} {:>9.4} {zone:>9.4} {:>9.4} {worst:>14.3}",
        algorithm.name(),
        skew(&replicas),
        skew(&leaders)
    );
}

/// All 256 partitions of an hour, after a day that was placed already.
#[divan::bench(args = [12, 100, 1000])]
fn an_hour_zone_balanced(bencher: Bencher<'_, '_>, count: usize) {
    let mut balanced = ZoneBalanced::new(&nodes(count), 3, &[]);
    for bucket in 0..24 {
        balanced.place(&hour(bucket), &[]);
    }
    let ids = hour(24);
    bencher.with_inputs(|| balanced.clone()).bench_local_values(|mut balanced| balanced.place(black_box(&ids), &[]));
}

#[divan::bench(args = [12, 100, 1000])]
fn an_hour_by_rendezvous(bencher: Bencher<'_, '_>, count: usize) {
    an_hour_by(bencher, count, PlacementAlgorithm::Rendezvous);
}

#[divan::bench(args = [12, 100, 1000])]
fn an_hour_by_the_ring(bencher: Bencher<'_, '_>, count: usize) {
    an_hour_by(bencher, count, PlacementAlgorithm::Ring);
}

fn an_hour_by(bencher: Bencher<'_, '_>, count: usize, algorithm: PlacementAlgorithm) {
    let placer = placer(&nodes(count), algorithm);
    let ids = hour(24);
    bencher.bench_local(|| black_box(&ids).iter().map(|&id| placer.owners(id, 3)).collect::<Vec<_>>());
}
