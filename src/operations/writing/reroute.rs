//! A segment for a partition that was split since its records were routed: divided among the children.

use std::collections::BTreeMap;

use super::collect::Collector;
use super::error::WriteError;
use super::replicate::OpenSegment;
use super::settings::WriteSettings;
use super::view::{BucketView, PartitionView};
use crate::migration::rewrite_journal::descendants;
use crate::model::Timestamp;
use crate::operations::OperationError;
use crate::operations::hours::HourTables;
use crate::otlp::{Options, Reader};
use crate::routing::{RecordSet, Topology};
use crate::segment::{Origin, SegmentDocument, decompress};

/// The segments of the partitions that hold now what `segment` was for.
///
/// # Errors
/// A partition's metadata is broken.
pub(super) fn divide(
    segment: &OpenSegment,
    view: &BucketView,
    settings: &WriteSettings,
    now: Timestamp,
) -> Result<Vec<OpenSegment>, WriteError> {
    let topology = view.cluster.topology()?;
    // The units were accepted before.
    let settings = WriteSettings { accept_old: true, ..settings.clone() };
    let hours = HourTables::new(&topology, None, |_| Ok(splits(segment, view)));
    let mut collector = Collector::new(&topology, hours, &settings, now)?;
    read_again(segment, &topology, &mut collector)?;
    let (mut compressor, segments) = collector.into_parts();
    let mut divided = Vec::new();
    for (key, builder) in segments {
        let built = builder.finish(&mut compressor, Origin::Batch(&segment.batch))?;
        let OpenSegment { origin, name, batch, .. } = segment.clone();
        divided.push(OpenSegment { key, origin, name, batch, built });
    }
    Ok(divided)
}

/// What routing needs to know of the partition's family.
fn splits(segment: &OpenSegment, view: &BucketView) -> RecordSet {
    let mut records = RecordSet::default();
    let mut open = vec![segment.key.0.root()];
    while let Some(id) = open.pop() {
        let bits = view.split_bits(id);
        if bits == 0 {
            // Where its data is: a child without a record would be nobody's.
            if let Ok(Some(PartitionView { record, .. })) = view.partition(id) {
                records.add_record(id, record.value.to_document().to_json().as_bytes(), record.revision);
            }
            continue;
        }
        let extension = format!("{{\"split_bits\":{bits}}}");
        records.add_extension(id, extension.as_bytes(), crate::model::Revision::NONE);
        open.extend(descendants(id, bits));
    }
    records
}

fn read_again(segment: &OpenSegment, _: &Topology, collector: &mut Collector<'_>) -> Result<(), WriteError> {
    let document = SegmentDocument::parse(&segment.built.sidecar)
        .map_err(|e| OperationError::Invalid(format!("{}: {e}", segment.name)))?;
    let mut raw = Vec::new();
    let (_, signal, encoding) = segment.key;
    let options = Options { layout: true, signal: Some(signal), encoding: Some(encoding), ..Options::default() };
    for frame in &document.frames {
        let (from, to) = (frame.offset as usize, (frame.offset + frame.bytes) as usize);
        decompress(frame, &segment.built.content[from..to], &mut raw)?;
        let broken = |e: crate::otlp::ReadError| OperationError::Invalid(format!("{}: {e}", segment.name));
        let mut reader = Reader::open(raw.as_slice(), options).map_err(broken)?;
        while let Some(requests) = reader.next_batch().map_err(broken)? {
            collector.add_again(requests)?;
        }
    }
    Ok(())
}

/// Segments by the time bucket of their partitions.
pub(super) fn by_bucket(open: &[OpenSegment]) -> BTreeMap<crate::model::TimeBucket, Vec<usize>> {
    let mut buckets: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, segment) in open.iter().enumerate() {
        buckets.entry(segment.key.0.bucket()).or_default().push(at);
    }
    buckets
}
