//! The wire between a writer and its etcd is cut for a while.

use std::process::{Command, Stdio};
use std::time::Duration;

use otlp_part::model::SplitMix64;

use crate::amount::is_full;
use crate::disk::check_whole;
use crate::program::Cluster;
use crate::sample::{self, sum_of};
use crate::support_etcd::Etcd;
use crate::support_etcd::wire::{Cuttable, Wire};

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn a_writer_that_was_cut_off_from_its_etcd() {
    let etcd = block_on(Etcd::start());
    let wire = Cuttable::start(etcd.endpoint());
    let mut random = SplitMix64::new(5);
    let (mut through, mut stopped, mut felt) = (0, 0, 0);
    for round in 0..if is_full() { 60 } else { 4 } {
        // Each round is a cluster of its own, under a prefix of its own.
        let direct = format!("{}/cut-{round}", etcd.endpoint().replace("http://", "etcd://"));
        let behind = format!("etcd://{}/cut-{round}", wire.address());
        let cluster = Cluster::on(&direct, r#""partitioning":{"hash_buckets":2}"#);
        let input = sample::json_lines(300 + round, 80);
        let file = cluster.lab.file("input.jsonl", &input);
        let mut writer = Command::new(env!("CARGO_BIN_EXE_otlp-part"))
            .args(["--store", &behind, "data", "write", &file, "--accept-old", "--yes", "-q", "--batch-size", "8KB"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(random.below(600)));
        let at_work = writer.try_wait().unwrap().is_none();
        let way = if round % 2 == 0 { Wire::Broken } else { Wire::Silent };
        let is_felt = wire.cut(way, Duration::from_millis(20 + random.below(6000)));
        let ended = writer.wait_with_output().unwrap();
        felt += u32::from(at_work && is_felt);
        match ended.status.code() {
            Some(0) => through += 1,
            Some(5 | 6) => stopped += 1,
            other => panic!("round {round}, {way:?}: {other:?}: {}", String::from_utf8_lossy(&ended.stderr)),
        }
        // The same command completes it, and all copies are alike.
        for _ in 0..2 {
            cluster.run(&["data", "write", &file, "--accept-old", "--yes", "--batch-size", "8KB"]).ok();
        }
        let what = format!("round {round}, {way:?}");
        assert_eq!(check_whole(&cluster.records(), &cluster.data(), &what), sum_of(input.as_bytes()), "{what}");
    }
    assert!(felt > 0, "no cut was felt by a writer at work");
    println!("{felt} cuts felt; {through} writers came through, {stopped} stopped resumably");
}
