//! What lies in the directories of nodes, read without the code that wrote it but for the format itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use otlp_part::segment::SegmentDocument;
use serde_json::Value;

use crate::sample::Sum;
use crate::stored::each_record;

/// One segment as it was found sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) crc32c: u32,
    pub(crate) bytes: u64,
    pub(crate) sum: Sum,
    pub(crate) batches: Vec<String>,
}

/// The segments of a copy by name.
pub(crate) type Copy = BTreeMap<String, Segment>;

/// Reads a segment and everything in it; panics if anything is not as its sidecar says.
pub(crate) fn read_segment(content: &[u8], sidecar: &[u8], what: &str) -> Segment {
    let document = SegmentDocument::parse(sidecar).unwrap_or_else(|e| panic!("{what}: {e}"));
    assert_eq!(document.bytes, content.len() as u64, "{what}");
    assert_eq!(document.crc32c, crc32c::crc32c(content), "{what}");
    let mut sum = Sum::default();
    each_record(&document, content, what, |frame, batch, record| {
        let layout = batch.layout();
        assert!(layout.unit(record).is_some(), "{what}");
        sum.add(1, layout.record_sum(record));
        let time = layout.time_unix_nano(record);
        assert!((frame.min_time_unix_nano..=frame.max_time_unix_nano).contains(&time), "{what}");
        assert!(document.may_hold_service(batch.service(record)), "{what}");
    });
    assert_eq!((sum.records, sum.sum), (document.records, document.record_sum.0), "{what}");
    let batches = document.batch.iter().map(ToString::to_string).collect();
    Segment { crc32c: document.crc32c, bytes: document.bytes, sum, batches }
}

/// What a copy's directory holds: segments with their sidecars, and nothing else but what is not whole yet.
pub(crate) fn read_copy(directory: &Path) -> Copy {
    let mut copy = Copy::new();
    let Ok(entries) = fs::read_dir(directory) else { return copy };
    let names: BTreeSet<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    for name in &names {
        if name.ends_with(".staging") || name.ends_with(".sidecar.json") {
            continue;
        }
        // Without its sidecar it does not count yet.
        let Ok(sidecar) = fs::read(directory.join(format!("{name}.sidecar.json"))) else { continue };
        let what = directory.join(name).display().to_string();
        copy.insert(name.clone(), read_segment(&fs::read(directory.join(name)).unwrap(), &sidecar, &what));
    }
    for name in names.iter().filter_map(|name| name.strip_suffix(".sidecar.json")) {
        assert!(names.contains(name), "{}: {name} has a sidecar and is not there", directory.display());
    }
    copy
}

/// Every copy that the records list, by partition and node; `records` is what `partition list -o json` says, `data` holds a
/// directory for each node.
pub(crate) fn copies(records: &Value, data: &Path) -> BTreeMap<String, BTreeMap<String, Copy>> {
    let mut copies = BTreeMap::new();
    for record in records.as_array().unwrap() {
        let id = record["partition"].as_str().unwrap();
        let nodes = record["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap());
        let of_node = nodes.map(|node| (node.to_owned(), read_copy(&data.join(node).join(id).join("first"))));
        copies.insert(id.to_owned(), of_node.collect());
    }
    copies
}

/// All copies of each partition are the same, the records count what they hold; gives what all of them hold, once.
pub(crate) fn check_whole(records: &Value, data: &Path, what: &str) -> Sum {
    let mut all = Sum::default();
    let copies = copies(records, data);
    for record in records.as_array().unwrap() {
        let id = record["partition"].as_str().unwrap();
        let mut of_nodes = copies[id].values();
        let first = of_nodes.next().unwrap();
        assert!(of_nodes.all(|copy| copy == first), "{what}: the copies of {id} differ: {:#?}", copies[id]);
        let bytes: u64 = first.values().map(|segment| segment.bytes).sum();
        let held: u64 = first.values().map(|segment| segment.sum.records).sum();
        assert_eq!(
            (record["size_bytes"].as_u64(), record["record_count"].as_u64()),
            (Some(bytes), Some(held)),
            "{what}: {id}"
        );
        first.values().for_each(|segment| all.add(segment.sum.records, segment.sum.sum));
    }
    all
}
