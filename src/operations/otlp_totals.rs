//! Routing whole OTLP inputs: totals per partition and per node.

use std::collections::BTreeMap;
use std::io::Read;

use crate::model::{NodeId, PartitionId, Signal};
use crate::otlp::{ReadError, Reader, Totals, Unit, UnitKey};
use crate::routing::Route;

use super::OperationError;
use super::distinct::DistinctTraces;
use super::hours::HourTables;

/// What one partition gets of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionTotals {
    /// Where it is.
    pub leader: Option<NodeId>,
    /// Its owners.
    pub owners: Vec<NodeId>,
    /// Routing units of traces: (export request, trace id).
    pub traces: u64,
    /// Spans.
    pub spans: u64,
    /// Metrics.
    pub metrics: u64,
    /// Log records.
    pub logs: u64,
    /// Bytes of its spans, metrics and log records as they lie in the input.
    pub bytes: u64,
}

/// What one node gets of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeTotals {
    /// Partitions that it leads.
    pub leader_of: u64,
    /// Partitions that it holds a copy of, those that it leads included.
    pub replica_of: u64,
    /// Spans in them.
    pub spans: u64,
    /// Bytes in them.
    pub bytes: u64,
}

/// The answer for a whole input.
#[derive(Debug)]
pub struct OtlpTotals {
    /// Routing units.
    pub units: u64,
    /// Distinct trace ids, and whether that is exact.
    pub traces: (u64, bool),
    /// What the reader counted.
    pub read: Totals,
    /// Each partition.
    pub partitions: BTreeMap<PartitionId, PartitionTotals>,
}

impl OtlpTotals {
    /// What each node gets, in natural order.
    #[must_use]
    pub fn nodes(&self) -> BTreeMap<NodeId, NodeTotals> {
        let mut nodes: BTreeMap<NodeId, NodeTotals> = BTreeMap::new();
        for totals in self.partitions.values() {
            for owner in &totals.owners {
                let node = nodes.entry(owner.clone()).or_default();
                node.leader_of += u64::from(totals.leader.as_ref() == Some(owner));
                node.replica_of += 1;
                node.spans += totals.spans;
                node.bytes += totals.bytes;
            }
        }
        nodes
    }
}

/// Reading or routing an input failed.
#[derive(Debug, thiserror::Error)]
pub enum TotalsError {
    /// The input.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The metadata.
    #[error(transparent)]
    Operation(#[from] OperationError),
}

/// Reads an input to its end. `each` sees every routing unit with its route; `progress` the bytes read so far.
///
/// # Errors
/// The input cannot be read or is not OTLP; a partition's metadata is broken; `each` says so.
pub fn route_input<R: Read, E: From<TotalsError>>(
    reader: &mut Reader<R>,
    hours: &mut HourTables<'_, ()>,
    mut each: impl FnMut(&Unit<'_>, &Route) -> Result<(), E>,
    mut progress: impl FnMut(u64),
) -> Result<OtlpTotals, E> {
    let mut units = 0;
    let mut traces = DistinctTraces::default();
    let mut partitions: BTreeMap<PartitionId, PartitionTotals> = BTreeMap::new();
    while let Some(batch) = reader.next_batch().map_err(TotalsError::from)? {
        for unit in batch.units() {
            units += 1;
            if let UnitKey::Trace { id } = &unit.key {
                traces.add(id);
            }
            let (table, ()) = hours.at(unit.time).map_err(TotalsError::from)?;
            let leaf = table.leaf(|algorithm| unit.hash(algorithm), unit.service);
            let leaf = leaf.map_err(|e| TotalsError::Operation(e.into()))?;
            let route = table.route(leaf);
            partitions.entry(route.partition).or_insert_with(|| PartitionTotals::at(route)).add(&unit);
            each(&unit, route)?;
        }
        progress(reader.totals().bytes_read);
    }
    Ok(OtlpTotals { units, traces: traces.count(), read: reader.totals().clone(), partitions })
}

impl PartitionTotals {
    fn at(route: &Route) -> Self {
        Self {
            leader: route.leader.clone(),
            owners: route.owners.clone(),
            traces: 0,
            spans: 0,
            metrics: 0,
            logs: 0,
            bytes: 0,
        }
    }

    fn add(&mut self, unit: &Unit<'_>) {
        match unit.signal() {
            Signal::Traces => {
                self.traces += 1;
                self.spans += unit.records;
            }
            Signal::Metrics => self.metrics += 1,
            Signal::Logs => self.logs += 1,
        }
        self.bytes += unit.bytes;
    }
}
