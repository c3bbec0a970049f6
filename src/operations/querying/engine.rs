//! One query, from its partitions to its end.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;

use super::filter::Filter;
use super::group::Group;
use super::listing::{PartitionWork, SegmentWork};
use super::pick::{Grain, Picker, first_of};
use super::replicas::{Nodes, locked};
use super::report::Report;
use super::sidecar::WHOLE_AT_A_TIME;
use super::targets::{Metadata, Narrow, Target, Wanted, wanted_buckets};
use crate::model::{Signal, Timestamp};
use crate::operations::OperationError;
use crate::operations::executing::Opener;
use crate::ports::MetadataRead;
use crate::ports::storage::StorageRead;
use crate::routing::Near;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Query {
    /// Of which partitions.
    pub wanted: Wanted,
    /// Neighbouring time buckets: before and after those of a trace, before those of a range.
    pub slack: u32,
    /// Which records.
    pub filter: Filter,
    /// In what form.
    pub grain: Grain,
    /// From where replicas are chosen.
    pub near: Option<Near>,
    /// The most records.
    pub limit: Option<u64>,
    /// Whether the report names each partition.
    pub explain: bool,
    /// The time now, for retention.
    pub now: Timestamp,
}

/// A query that runs.
pub(super) struct Engine<'a, M, S> {
    pub(super) metadata: &'a Metadata<'a, M>,
    pub(super) query: &'a Query,
    pub(super) nodes: Nodes<'a, S>,
    pub(super) picker: Arc<Picker>,
    pub(super) report: Mutex<Report>,
    /// Room for sidecars that are held whole.
    pub(super) whole_sidecars: Semaphore,
}

/// Who takes what matches; breaking ends the query.
pub type Sink<'a> = &'a mut dyn FnMut(Group<'_>) -> ControlFlow<()>;

/// The way out: it counts what is given, and ends at the limit.
pub(super) struct Out<'a> {
    sink: Sink<'a>,
    left: u64,
    report: &'a Mutex<Report>,
}

impl Out<'_> {
    pub(super) fn give(&mut self, group: Group<'_>, in_order: bool) -> ControlFlow<()> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX);
        if group.records.len() <= wanted || group.request.is_empty() {
            return self.give_all(group, in_order);
        }
        // A group that a picker made can be read again.
        let cut = first_of(group, wanted).unwrap_or_default();
        cut.first().map_or(ControlFlow::Break(()), |group| self.give_all(group, in_order))
    }

    fn give_all(&mut self, group: Group<'_>, in_order: bool) -> ControlFlow<()> {
        {
            let mut report = locked(self.report);
            report.out_of_order |= !in_order;
            for record in group.records {
                report.record_sum += record.sum;
                report.records[slot(record.signal)] += 1;
            }
        }
        self.left = self.left.saturating_sub(group.records.len() as u64);
        let flow = (self.sink)(group);
        if self.left == 0 {
            locked(self.report).limited = true;
            return ControlFlow::Break(());
        }
        flow
    }
}

fn slot(signal: Signal) -> usize {
    match signal {
        Signal::Traces => 0,
        Signal::Metrics => 1,
        Signal::Logs => 2,
    }
}

/// Answers a query; `sink` takes the records as they are found, in order.
///
/// # Errors
/// The metadata store does not answer, or the query touches too much. Nodes that do not answer and damaged copies are no
/// error: the report says what is missing.
pub async fn run<'a, M: MetadataRead, S: StorageRead + 'static>(
    metadata: &'a Metadata<'a, M>,
    open: Opener<'a, S>,
    query: &'a Query,
    sink: Sink<'a>,
) -> Result<Report, OperationError> {
    let engine = Engine {
        metadata,
        query,
        nodes: Nodes::new(metadata.topology, open),
        picker: Arc::new(Picker::new(query.filter.clone(), query.grain)),
        report: Mutex::default(),
        whole_sidecars: Semaphore::new(WHOLE_AT_A_TIME),
    };
    if query.limit != Some(0) {
        let mut out = Out { sink, left: query.limit.unwrap_or(u64::MAX), report: &engine.report };
        engine.answer(&mut out).await?;
    }
    let mut report = std::mem::take(&mut *locked(&engine.report));
    report.silent = engine.nodes.silent();
    {
        let seen = locked(&engine.picker.seen);
        (report.duplicates, report.unseen) = (seen.duplicates, seen.unseen);
    }
    report.partitions.sort_by_key(|partition| partition.partition);
    Ok(report)
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    async fn answer(&self, out: &mut Out<'_>) -> Result<(), OperationError> {
        let buckets = wanted_buckets(self.metadata.topology, &self.query.wanted, self.query.slack, self.query.now)?;
        // A trace is ordered as a whole; a range bucket by bucket.
        let together = match self.query.wanted {
            Wanted::Trace { .. } => buckets.len().max(1),
            Wanted::Range(_) => 1,
        };
        let narrow = Narrow {
            service: self.query.filter.service.as_deref(),
            signal: self.query.filter.signal.or(self.query.filter.severity_min.map(|_| Signal::Logs)),
            now: self.query.now,
        };
        for some in buckets.chunks(together) {
            let found = self.metadata.targets(&self.query.wanted, some, &narrow).await?;
            {
                let mut report = locked(&self.report);
                report.unrecorded += found.unrecorded;
                report.pruned_by = found.pruned_by;
                for (_, error, _) in found.unroutable.iter() {
                    report.unroutable.note(error.clone())?;
                }
            }
            if self.read(&found.targets, out).await?.is_break() {
                break;
            }
            locked(&self.picker.seen).next_bucket();
        }
        Ok(())
    }

    async fn read(&self, targets: &[Target], out: &mut Out<'_>) -> Result<ControlFlow<()>, OperationError> {
        let mut works: Vec<Arc<PartitionWork>> = Vec::new();
        let mut segments: Vec<SegmentWork> = Vec::new();
        for (work, found) in self.list(targets).await? {
            works.push(work);
            segments.extend(found);
        }
        let flow = self.merge(segments, out).await;
        let mut report = locked(&self.report);
        for work in works {
            let partition = work.report();
            report.total += &partition.figures;
            report.partitions_read += 1;
            if self.query.explain {
                report.partitions.push(partition);
            }
        }
        Ok(flow)
    }
}
