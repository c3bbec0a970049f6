//! Traces in a segment with a large index: a piece of its sidecar is read, and damage of that piece is never taken for an
//! absent trace.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};

use bytes::Bytes;
use otlp_part::model::seal::{INDEX_BLOCK_CHARS, Seal};
use otlp_part::model::{HashAlgorithm, PartitionId, Signal, TimeBucket, Timestamp, TraceId};
use otlp_part::operations::querying::{Filter, Group, Query, Wanted, When};
use otlp_part::otlp::Encoding;
use otlp_part::partitioner::HashPartitioner;
use otlp_part::ports::storage::{
    CopyId, CopyListing, CopyPlace, IdListing, Part, SegmentName, StorageError, StorageRead,
};
use otlp_part::segment::name::segment_name;
use otlp_part::segment::{BatchId, BuiltSegment, Compressor, Origin, RecordFacts, SegmentBuilder, SegmentDocument};
use otlp_part::storage::{AnyStorage, DataUrl};

use crate::engine::{ask_through, hour, store, wait};
use crate::world::{BUCKET, HOUR, NODES, World, span, spans, time_text, trace_id};

/// Traces in the segment.
const TRACES: u64 = 12_000;

/// A segment of one span for each trace, and traces of its bucket: the first of each frame and others.
fn segment() -> &'static (BuiltSegment, Vec<u64>) {
    static SEGMENT: LazyLock<(BuiltSegment, Vec<u64>)> = LazyLock::new(|| {
        let mut compressor = Compressor::new(1).unwrap();
        let mut builder = SegmentBuilder::new(Signal::Traces, Encoding::Json);
        // Only these are spans that can be read; the others fill the index.
        let asked: Vec<u64> = (0..TRACES).filter(|n| n % 1500 == 3).collect();
        for n in 0..TRACES {
            if asked.contains(&n) {
                let text = spans("s", &[span(n, 1, HOUR + n, "x", n)]);
                builder.request(&mut compressor, |out| out.extend_from_slice(text.trim_end().as_bytes())).unwrap();
            } else if n % 100 == 0 {
                let filler = format!("{{\"resourceSpans\":[],\"x\":\"{}\"}}", "y".repeat(60_000));
                builder.request(&mut compressor, |out| out.extend_from_slice(filler.as_bytes())).unwrap();
            }
            builder.record(&RecordFacts { time_unix_nano: HOUR + n, sum: n, trace: Some(id_of(n)) });
        }
        builder.service("s");
        (builder.finish(&mut compressor, Origin::Batch("b")).unwrap(), asked)
    });
    &SEGMENT
}

fn id_of(trace: u64) -> TraceId {
    trace_id(trace).parse().unwrap()
}

fn name() -> String {
    segment_name(HOUR, &BatchId::of(&[b"large"]), Signal::Traces, Encoding::Json)
}

/// The segment in every partition of the hour, so that each trace finds it; with this sidecar.
fn world(sidecar: &[u8]) -> World {
    let mut world = World::new();
    for bucket in 0..4 {
        let id = PartitionId::new(TimeBucket::new(BUCKET), bucket).unwrap();
        world.place(id, &name(), &segment().0.content);
        world.place(id, &format!("{}.sidecar.json", name()), sidecar);
    }
    world.save();
    world
}

/// The partition that a trace belongs to.
fn partition_of(trace: u64) -> PartitionId {
    let algorithm = HashAlgorithm::Siphash13;
    let bucket = HashPartitioner::new(algorithm, 4).place(algorithm.trace(&id_of(trace))).bucket;
    PartitionId::new(TimeBucket::new(BUCKET), bucket).unwrap()
}

fn sidecar_of(world: &World, node: &str, trace: u64) -> PathBuf {
    world.copy(node, partition_of(trace)).join(format!("{}.sidecar.json", name()))
}

fn line(trace: u64) -> String {
    format!("--trace-id {} --time {} --slack 0", trace_id(trace), time_text(HOUR))
}

/// Where in the sidecar the block lies that names a trace, by an index that is read whole.
fn entry_of(trace: u64) -> usize {
    let sidecar = &segment().0.sidecar;
    let document = SegmentDocument::parse(sidecar).unwrap();
    let key = xxhash_rust::xxh3::xxh3_64(id_of(trace).bytes()) as u32;
    let block = document.trace_index_blocks.partition_point(|block| block.first <= key) - 1;
    Seal::find(sidecar).unwrap().index_at + block * INDEX_BLOCK_CHARS
}

fn old_sidecar() -> String {
    let document = SegmentDocument::parse(&segment().0.sidecar).unwrap();
    SegmentDocument { trace_index_blocks: Vec::new(), ..document }.to_json().unwrap()
}

#[test]
fn a_trace_is_found_by_a_piece_of_the_sidecar() {
    let (built, asked) = segment();
    let size = built.sidecar.len() as u64;
    assert!(size > 90_000 && Seal::find(&built.sidecar[..64 << 10]).is_some(), "{size}");
    let (sealed, old) = (world(&built.sidecar), world(old_sidecar().as_bytes()));
    for &n in asked {
        for (world, most) in [(&sealed, 64 << 10 | INDEX_BLOCK_CHARS as u64), (&old, size + (64 << 10))] {
            assert_eq!(world.uids(&line(n)), [n]);
            let said = world.query(&format!("{} --explain -o json", line(n))).ok().json();
            let (read, frames) = (&said["partitions"][0]["bytes_read"], &said["partitions"][0]["frames_read"]);
            let compressed = built.content.len() as u64;
            assert!(read.as_u64().unwrap() <= most + compressed, "{said:#}");
            assert_eq!(frames, 1, "{said:#}");
        }
    }
    for n in [TRACES, TRACES + 1, 1 << 40] {
        let done = sealed.query(&line(n));
        assert_eq!((done.code, done.err.contains("warning")), (1, false), "{}", done.err);
    }
}

/// Does something to the sidecars of some nodes.
fn harmed(nodes: &[&str], trace: u64, harm: impl Fn(&mut Vec<u8>)) -> World {
    let world = world(&segment().0.sidecar);
    for node in nodes {
        let path = sidecar_of(&world, node, trace);
        let mut bytes = fs::read(&path).unwrap();
        harm(&mut bytes);
        fs::write(path, bytes).unwrap();
    }
    world
}

#[test]
fn what_is_damaged_comes_from_another_copy_or_is_read_whole() {
    let (built, asked) = segment();
    let n = asked[2];
    let (entry, size) = (entry_of(n), built.sidecar.len());
    // The whole block swapped for zeros of the same alphabet: to a reader without CRC the trace is not there.
    let block = |bytes: &mut Vec<u8>| {
        let end = bytes.len().min(entry + INDEX_BLOCK_CHARS) - 4;
        bytes[entry..end].fill(b'A');
    };
    type Harm<'a> = (&'a str, &'a dyn Fn(&mut Vec<u8>));
    let harms: [Harm<'_>; 6] = [
        ("its block is blank", &block),
        ("a bit of its block", &|bytes| bytes[entry + 77] ^= 1),
        ("a bit of the head", &|bytes| bytes[20] ^= 1),
        ("the first key of a block", &|bytes| {
            let at = memchr::memmem::find(bytes, b"\"trace_index_blocks\":[[").unwrap() + 24;
            bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        }),
        ("cut in the index", &|bytes| bytes.truncate(size - 40)),
        ("cut in the head", &|bytes| bytes.truncate(100)),
    ];
    for (what, harm) in harms {
        let world = harmed(&["n1", "n2"], n, harm);
        let done = world.query(&format!("{} --near n1 --encoding jsonl", line(n)));
        assert_eq!((done.code, crate::world::uids_in(&done.out)), (0, vec![n]), "{what}: {}", done.err);
        // A piece that is not looked at can be damaged without anybody noticing: that is the scrub's work.
        let is_read = what != "cut in the index" || entry + INDEX_BLOCK_CHARS > size - 40;
        assert_eq!(done.err.contains("is damaged") && done.err.contains("data scrub"), is_read, "{what}: {}", done.err);
        let world = harmed(&NODES, n, harm);
        let done = world.query(&format!("{} --encoding jsonl", line(n)));
        assert_eq!(crate::world::uids_in(&done.out), [n], "{what}: the segment itself is whole: {}", done.err);
        assert_eq!(done.code, if is_read { 7 } else { 0 }, "{what}: {}", done.err);
        let scrub = world.lab.run("--store snapshot:$DIR/c.json data scrub -o json");
        assert_eq!(scrub.out.matches("sidecar_corrupt").count(), 3, "{what}: {}", scrub.out);
    }
    // Damage elsewhere is not even read.
    let far = asked.iter().map(|n| entry_of(*n)).find(|at| *at != entry).unwrap();
    let done = harmed(&NODES, n, |bytes| bytes[far + 8] ^= 1).query(&format!("{} --encoding jsonl", line(n))).ok();
    assert_eq!((crate::world::uids_in(&done.out), done.err.contains("damaged")), (vec![n], false), "{}", done.err);
}

/// Reads of sidecars, whole ones and parts: where and how long.
type Calls = BTreeMap<&'static str, Vec<(u64, usize)>>;

/// A store that counts what is read of sidecars.
struct Counting {
    inner: AnyStorage,
    calls: Arc<Mutex<Calls>>,
}

impl Counting {
    fn count(&self, what: &'static str, range: (u64, usize)) {
        self.calls.lock().unwrap().entry(what).or_default().push(range);
    }
}

impl StorageRead for Counting {
    type Segment = <AnyStorage as StorageRead>::Segment;

    fn place(&self) -> &str {
        self.inner.place()
    }

    async fn marker(&self) -> Result<Option<Bytes>, StorageError> {
        self.inner.marker().await
    }

    async fn partitions(&self) -> Result<IdListing<PartitionId>, StorageError> {
        self.inner.partitions().await
    }

    async fn copies(&self, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
        self.inner.copies(partition).await
    }

    async fn list(&self, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
        self.inner.list(copy).await
    }

    async fn open(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Self::Segment, StorageError> {
        self.inner.open(copy, segment).await
    }

    async fn sidecar(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Bytes>, StorageError> {
        self.count("whole", (0, 0));
        self.inner.sidecar(copy, segment).await
    }

    async fn sidecar_part(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        offset: u64,
        length: usize,
    ) -> Result<Option<Part>, StorageError> {
        self.count("part", (offset, length));
        self.inner.sidecar_part(copy, segment, offset, length).await
    }
}

/// What is read of the sidecar, and how many records are found.
fn reads(world: &World, query: &Query) -> (Calls, usize) {
    let calls = Arc::<Mutex<Calls>>::default();
    let found = wait(async {
        let store = store(world).await;
        let open = |url: &str| {
            let inner = AnyStorage::open(&DataUrl::parse(url)?, 7, &|_| None)?;
            Ok(Counting { inner, calls: Arc::clone(&calls) })
        };
        let mut found = 0;
        let mut sink = |group: Group<'_>| {
            found += group.records.len();
            ControlFlow::Continue(())
        };
        let report = ask_through(&open, &store, None, query, &mut sink).await;
        assert!(report.is_complete(), "{report:#?}");
        found
    });
    let calls = calls.lock().unwrap().clone();
    (calls, found)
}

#[test]
fn a_sidecar_takes_two_reads_and_a_small_one_takes_one() {
    let (built, asked) = segment();
    let at_hour = |n: u64| Query {
        wanted: Wanted::Trace { id: id_of(n), when: When::At(Timestamp::from_unix_nanos(HOUR)) },
        slack: 0,
        filter: Filter { trace: Some(id_of(n)), ..Filter::default() },
        ..hour()
    };
    let world = self::world(&built.sidecar);
    for &n in asked {
        let (calls, found) = reads(&world, &at_hour(n));
        let parts = &calls["part"];
        let block = (entry_of(n) as u64, INDEX_BLOCK_CHARS);
        let inside = block.0 as usize + INDEX_BLOCK_CHARS <= 64 << 10;
        let expected = if inside { vec![(0, 64 << 10)] } else { vec![(0, 64 << 10), block] };
        assert_eq!((calls.contains_key("whole"), parts, found), (false, &expected, 1), "{n}");
    }
    assert!(asked.iter().any(|n| entry_of(*n) > 64 << 10), "some lie behind the first read");
    // A range needs no index at all; each partition has the same spans.
    let (calls, found) = reads(&world, &hour());
    assert_eq!((calls["part"].len(), calls.contains_key("whole"), found), (4, false, asked.len()));
    let mut small = World::new();
    small.write(spans("s", &[span(1, 1, HOUR, "x", 1)]).as_bytes());
    let (calls, found) = reads(&small, &at_hour(1));
    assert_eq!((calls["part"].len(), calls.contains_key("whole"), found), (1, false, 1));
    // What an earlier version wrote is read as it was, after a look at its start.
    let (calls, found) = reads(&self::world(old_sidecar().as_bytes()), &at_hour(asked[0]));
    assert_eq!((calls["part"].len(), calls["whole"].len(), found), (1, 1, 1));
}
