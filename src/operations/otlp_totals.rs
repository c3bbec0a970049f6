//! Routing whole OTLP inputs: totals per partition and per node.

use std::collections::BTreeMap;
use std::io::Read;

use crate::model::{NodeId, PartitionId, Signal};
use crate::otlp::{Batch, ReadError, Reader, RecordNo, Totals, Unit, UnitKey};
use crate::routing::{Route, Unroutable};
use crate::segment::document::RecordSum;

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
    /// Its number in the order of discovery, from 1.
    number: u32,
    /// Distinct trace ids in it.
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
    /// Distinct trace ids in them; above the exact limit the sum over the partitions.
    pub traces: u64,
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
    /// Each node that holds one of them, in natural order.
    pub nodes: BTreeMap<NodeId, NodeTotals>,
    /// Partitions whose metadata is broken, with the units that would go there.
    pub unroutable: Unroutable,
    /// The sum of the hashes of the records that are routed, if the reader keeps where they stand.
    pub record_sum: Option<RecordSum>,
}

/// Stands for the partitions of what cannot be routed.
const NOWHERE: u32 = 0;

/// What each node gets.
fn nodes(partitions: &BTreeMap<PartitionId, PartitionTotals>, traces: &DistinctTraces) -> BTreeMap<NodeId, NodeTotals> {
    let mut nodes: BTreeMap<NodeId, NodeTotals> = BTreeMap::new();
    for totals in partitions.values() {
        for owner in &totals.owners {
            let node = nodes.entry(owner.clone()).or_default();
            node.leader_of += u64::from(totals.leader.as_ref() == Some(owner));
            node.replica_of += 1;
            node.traces += totals.traces;
            node.spans += totals.spans;
            node.bytes += totals.bytes;
        }
    }
    // A trace in several partitions of a node was counted for each.
    let mut numbered: Vec<&PartitionTotals> = partitions.values().collect();
    numbered.sort_unstable_by_key(|totals| totals.number);
    for places in traces.at_several_places() {
        let mut seen: Vec<&NodeId> = Vec::new();
        for owner in
            places.iter().filter_map(|place| numbered.get((*place as usize).checked_sub(1)?)).flat_map(|p| &p.owners)
        {
            if !seen.contains(&owner) {
                seen.push(owner);
            } else if let Some(node) = nodes.get_mut(owner) {
                node.traces -= 1;
            }
        }
    }
    nodes
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
/// The input cannot be read or is not OTLP; the store does not answer; `each` says so.
pub fn route_input<R: Read, E: From<TotalsError>>(
    reader: &mut Reader<R>,
    hours: &mut HourTables<'_, ()>,
    mut each: impl FnMut(&Unit<'_>, &Route) -> Result<(), E>,
    mut progress: impl FnMut(u64),
) -> Result<OtlpTotals, E> {
    let mut units = 0;
    let mut unroutable = Unroutable::default();
    let mut traces = DistinctTraces::default();
    let mut partitions: BTreeMap<PartitionId, PartitionTotals> = BTreeMap::new();
    let mut record_sum = reader.keeps_layout().then(RecordSum::default);
    let mut unrouted: Vec<usize> = Vec::new();
    while let Some(batch) = reader.next_batch().map_err(TotalsError::from)? {
        unrouted.clear();
        for (number, unit) in batch.units().enumerate() {
            units += 1;
            let (table, ()) = hours.at(unit.time).map_err(TotalsError::from)?;
            let leaf = match table.leaf(|algorithm| unit.hash(algorithm), unit.service) {
                Ok(leaf) => leaf,
                Err(error) => {
                    if let UnitKey::Trace { id } = &unit.key {
                        traces.add(id, NOWHERE);
                    }
                    unroutable.note(error).map_err(|e| TotalsError::Operation(e.into()))?;
                    unrouted.push(number);
                    continue;
                }
            };
            let route = table.route(leaf);
            let number = partitions.len() as u32 + 1;
            let totals = partitions.entry(route.partition).or_insert_with(|| PartitionTotals::at(route, number));
            totals.add(&unit);
            if let UnitKey::Trace { id } = &unit.key {
                traces.add(id, totals.number);
            }
            each(&unit, route)?;
        }
        if let Some(sum) = &mut record_sum {
            add_records(batch, &unrouted, sum);
        }
        progress(reader.totals().bytes_read);
    }
    partitions.values_mut().for_each(|totals| totals.traces = traces.at(totals.number));
    let nodes = nodes(&partitions, &traces);
    Ok(OtlpTotals {
        units,
        traces: traces.all(),
        read: reader.totals().clone(),
        partitions,
        nodes,
        unroutable,
        record_sum,
    })
}

/// Adds the records of a batch that are routed.
fn add_records(batch: &Batch, unrouted: &[usize], sum: &mut RecordSum) {
    let layout = batch.layout();
    let is_routed = |record: &RecordNo| layout.unit(*record).is_some_and(|unit| unrouted.binary_search(&unit).is_err());
    for record in layout.records().filter(is_routed) {
        *sum += layout.record_sum(record);
    }
}

impl PartitionTotals {
    fn at(route: &Route, number: u32) -> Self {
        Self {
            number,
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
            Signal::Traces => self.spans += unit.records,
            Signal::Metrics => self.metrics += 1,
            Signal::Logs => self.logs += 1,
        }
        self.bytes += unit.bytes;
    }
}
