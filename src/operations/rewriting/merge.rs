//! Which segments of a partition become one, and that one.

use std::borrow::Cow;

use super::error::RewriteError;
use super::reading::{Shape, Sum, document, for_each};
use super::sources::{Sources, Whole};
use crate::operations::regroup::{Regrouper, Target, write_records};
use crate::ports::storage::{SegmentName, StorageRead};
use crate::segment::document::Merged;
use crate::segment::name::merged_name;
use crate::segment::{BatchId, BuiltSegment, Compressor, Origin, SegmentBuilder, SegmentDocument};

/// Records of a merged segment: its index then has at most 8 MB.
const RECORDS_MAX: u64 = 1_000_000;
/// Segments that a merged one came of: its sidecar names each.
const MEMBERS_MAX: usize = 10_000;

/// A segment that may be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Small {
    name: SegmentName,
    shape: Shape,
    bytes: u64,
    records: u64,
    /// Segments that it came of itself.
    members: usize,
}

/// What is to become of a partition's segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MergePlan {
    /// Each becomes one segment; of at least two.
    pub(super) groups: Vec<Vec<SegmentName>>,
}

impl MergePlan {
    /// Segments that are merged.
    pub(super) fn merged(&self) -> u64 {
        self.groups.iter().map(|group| group.len() as u64).sum()
    }
}

/// Decides what is merged: of each signal and encoding, in the order of time, segments that are smaller than half of what they
/// are to have, as many together as fit into that. The same of the same, whoever asks.
///
/// # Errors
/// A sidecar cannot be read.
pub(super) async fn plan<S: StorageRead>(sources: &Sources<S>, target_bytes: u64) -> Result<MergePlan, RewriteError> {
    let mut small = Vec::new();
    for (name, found) in sources.segments.iter().filter(|(_, found)| found.bytes < target_bytes / 2) {
        let Some(sidecar) = sources.sidecar(name, found).await? else { continue };
        let Ok(document) = SegmentDocument::parse(sidecar.raw()) else { continue };
        let Ok(encoding) = document.encoding() else { continue };
        small.push(Small {
            name: name.clone(),
            shape: (document.signal, encoding),
            bytes: found.bytes,
            records: document.records,
            members: document.merged.len().max(1),
        });
    }
    Ok(group(small, target_bytes))
}

fn group(mut small: Vec<Small>, target_bytes: u64) -> MergePlan {
    // Names begin with the time.
    small.sort_by(|a, b| (shape_order(a.shape), &a.name).cmp(&(shape_order(b.shape), &b.name)));
    let mut groups: Vec<Vec<SegmentName>> = Vec::new();
    let mut open: Option<(Shape, u64, u64, usize)> = None;
    for Small { name, shape, bytes, records, members } in small {
        let fits = |&(own, b, r, m): &(Shape, u64, u64, usize)| {
            own == shape && b + bytes <= target_bytes && r + records <= RECORDS_MAX && m + members <= MEMBERS_MAX
        };
        match (open.filter(fits), groups.last_mut()) {
            (Some((own, b, r, m)), Some(group)) => {
                group.push(name);
                open = Some((own, b + bytes, r + records, m + members));
            }
            (Some(_) | None, Some(_) | None) => {
                groups.push(vec![name]);
                open = Some((shape, bytes, records, members));
            }
        }
    }
    groups.retain(|group| group.len() > 1);
    MergePlan { groups }
}

fn shape_order((signal, encoding): Shape) -> (u8, crate::otlp::Encoding) {
    let number = match signal {
        crate::model::Signal::Traces => 0,
        crate::model::Signal::Metrics => 1,
        crate::model::Signal::Logs => 2,
    };
    (number, encoding)
}

/// Writes segments of one group into one.
pub(super) struct Merger {
    compressor: Compressor,
    regrouper: Regrouper,
    open: Option<(Shape, SegmentBuilder)>,
    members: Vec<Merged<'static>>,
    sum: Sum,
    /// The names of the members.
    names: crate::segment::name::BatchHasher,
}

impl Merger {
    /// # Errors
    /// zstd's.
    pub(super) fn new(level: i32) -> Result<Self, RewriteError> {
        Ok(Self {
            compressor: Compressor::new(level)?,
            regrouper: Regrouper::default(),
            open: None,
            members: Vec::new(),
            sum: Sum::default(),
            names: crate::segment::name::BatchHasher::default(),
        })
    }

    /// Adds a segment behind the others.
    ///
    /// # Errors
    /// It cannot be read, or is of another kind.
    pub(super) fn add(&mut self, whole: &Whole) -> Result<(), RewriteError> {
        let document = document(whole).ok_or_else(|| whole.damaged("its sidecar cannot be read any more"))?;
        let Self { compressor, regrouper, open, .. } = self;
        let sum = for_each(whole, |batch, shape| {
            let (own, segment) = open.get_or_insert_with(|| (shape, SegmentBuilder::new(shape.0, shape.1)));
            if *own != shape {
                return Err(whole.undividable("it is of another signal or encoding than those that it is merged with"));
            }
            let targets: Vec<Option<Target>> = batch.units().map(|unit| Some(Target::new(&unit, 0))).collect();
            regrouper.for_each(batch, &targets, |_, records| {
                write_records(batch, &targets, records, (segment, compressor), |_| {})
            })?;
            Ok(())
        })?;
        self.sum += sum;
        self.names.part(whole.name.as_str().as_bytes());
        let own = |Merged(name, records, sum): &Merged<'_>| Merged(Cow::Owned(name.to_string()), *records, *sum);
        if document.merged.is_empty() {
            self.members.push(Merged(Cow::Owned(whole.name.to_string()), sum.records, sum.sum));
        } else {
            self.members.extend(document.merged.iter().map(own));
        }
        Ok(())
    }

    /// The segment of all that was added; `None` = nothing was.
    ///
    /// # Errors
    /// It holds something else than its members.
    pub(super) fn finish(mut self) -> Result<Option<(SegmentName, BuiltSegment)>, RewriteError> {
        let Some(((signal, encoding), segment)) = self.open.take() else { return Ok(None) };
        let built = segment.finish(&mut self.compressor, Origin::Merged(self.members))?;
        let id: BatchId = self.names.finish();
        let text = merged_name(built.min_time_unix_nano, &id, signal, encoding);
        let found = Sum { records: built.records, sum: built.record_sum };
        if found != self.sum {
            let (found, expected) = (found.to_string(), self.sum.to_string());
            return Err(RewriteError::Unequal { segment: text, found, expected });
        }
        let name = SegmentName::parse(&text)
            .map_err(|e| crate::operations::OperationError::Invalid(format!("segment name {text:?}: {e}")))?;
        Ok(Some((name, built)))
    }
}
