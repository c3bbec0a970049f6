//! One segment of a partition that is split: divided among the children, under its own name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::error::RewriteError;
use super::reading::{Sum, document, for_each};
use super::sources::Whole;
use crate::migration::rewrite_journal::descendants;
use crate::model::{HashAlgorithm, PartitionId, Partitioning};
use crate::operations::regroup::{Regrouper, Target, write_records};
use crate::otlp;
use crate::partitioner::HashPartitioner;
use crate::partitioner::split::descend;
use crate::segment::document::{Merged, RecordSum};
use crate::segment::{BuiltSegment, Compressor, Origin, SegmentBuilder, batch_of};

/// Divides segments of one partition.
pub(super) struct Divider {
    parent: PartitionId,
    bits: u8,
    algorithm: HashAlgorithm,
    partitioner: HashPartitioner,
    /// The children with their numbers.
    children: BTreeMap<PartitionId, u32>,
    compressor: Compressor,
    regrouper: Regrouper,
}

/// What is divided of one segment so far.
#[derive(Default)]
struct Parts {
    segments: BTreeMap<u32, SegmentBuilder>,
    /// Of a merged segment, what each child gets of each of the segments that it came of.
    merged: BTreeMap<(u32, usize), Sum>,
    /// Records so far.
    records: u64,
}

impl Divider {
    /// # Errors
    /// zstd's.
    pub(super) fn new(
        parent: PartitionId,
        bits: u8,
        partitioning: &Partitioning,
        level: i32,
    ) -> Result<Self, RewriteError> {
        Ok(Self {
            parent,
            bits,
            algorithm: partitioning.hash,
            partitioner: HashPartitioner::new(partitioning.hash, partitioning.hash_buckets),
            children: descendants(parent, bits).into_iter().zip(0..).collect(),
            compressor: Compressor::new(level)?,
            regrouper: Regrouper::default(),
        })
    }

    /// The children's segments, of those that get something of it; together they hold what it holds.
    ///
    /// # Errors
    /// It cannot be read, or holds what belongs to no child.
    pub(super) fn divide(&mut self, whole: &Whole) -> Result<Vec<(PartitionId, BuiltSegment)>, RewriteError> {
        let document = document(whole);
        let merged: &[Merged<'_>] = document.as_ref().map_or(&[], |document| &document.merged);
        let mut parts = Parts::default();
        let sum = for_each(whole, |batch, shape| {
            let targets: Vec<Option<Target>> = self.targets(whole, batch)?;
            parts.note_merged(batch, &targets, merged);
            let (regrouper, compressor) = (&mut self.regrouper, &mut self.compressor);
            regrouper.for_each(batch, &targets, |child, records| {
                let segment = parts.segments.entry(child).or_insert_with(|| SegmentBuilder::new(shape.0, shape.1));
                write_records(batch, &targets, records, (segment, compressor), |_| {})
            })?;
            Ok(())
        })?;
        let batch = match &document {
            Some(document) => document.batch.as_deref(),
            None => batch_of(whole.name.as_str()),
        };
        let mut built = Vec::new();
        let mut found = Sum::default();
        for (&child, &number) in &self.children {
            let Some(segment) = parts.segments.remove(&number) else { continue };
            let origin = match batch {
                Some(batch) => Origin::Batch(batch),
                None => Origin::Merged(parts.merged_of(number, merged)),
            };
            let segment = segment.finish(&mut self.compressor, origin)?;
            found += Sum { records: segment.records, sum: segment.record_sum };
            built.push((child, segment));
        }
        if found != sum {
            let (segment, found, expected) = (whole.name.to_string(), found.to_string(), sum.to_string());
            return Err(RewriteError::Unequal { segment, found, expected });
        }
        Ok(built)
    }

    /// The child of each unit.
    fn targets(&self, whole: &Whole, batch: &otlp::Batch) -> Result<Vec<Option<Target>>, RewriteError> {
        let mut targets = Vec::with_capacity(batch.units().len());
        for unit in batch.units() {
            let quotient = self.partitioner.place(unit.hash(self.algorithm)).quotient;
            let child = descend(self.parent, quotient, |id| if id == self.parent { self.bits } else { 0 });
            let child = child.map_err(|e| whole.undividable(e.to_string()))?;
            let number = self.children.get(&child).ok_or_else(|| whole.undividable(format!("{child} is no child")))?;
            targets.push(Some(Target::new(&unit, *number)));
        }
        Ok(targets)
    }
}

impl Parts {
    /// The records of a merged segment lie in the order of those that it came of.
    fn note_merged(&mut self, batch: &otlp::Batch, targets: &[Option<Target>], merged: &[Merged<'_>]) {
        if merged.is_empty() {
            return;
        }
        let layout = batch.layout();
        for record in layout.records() {
            let child = layout.unit(record).and_then(|unit| targets.get(unit).copied().flatten());
            let mut before = 0;
            let of = merged.iter().position(|Merged(_, records, _)| {
                before += records;
                self.records < before
            });
            if let (Some(child), Some(of)) = (child, of) {
                let sum = RecordSum(layout.record_sum(record));
                *self.merged.entry((child.group, of)).or_default() += Sum { records: 1, sum };
            }
            self.records += 1;
        }
    }

    fn merged_of<'m>(&self, child: u32, merged: &[Merged<'m>]) -> Vec<Merged<'m>> {
        let part = |(at, Merged(name, ..)): (usize, &Merged<'m>)| {
            let Sum { records, sum } = self.merged.get(&(child, at)).copied()?;
            Some(Merged(Cow::clone(name), records, sum))
        };
        merged.iter().enumerate().filter_map(part).collect()
    }
}
