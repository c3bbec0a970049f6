//! The partitions that a query reads, by metadata.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::routing_key::RoutingKey;
use crate::model::{
    NodeId, PartitionExtension, PartitionId, Partitioning, Revision, Signal, Strategy, TimeBucket, TimeRange,
    Timestamp, TraceId,
};
use crate::operations::OperationError;
use crate::operations::cluster::CorruptValue;
use crate::operations::records::{load_bucket, load_families};
use crate::partitioner::{CompositePartitioner, TimePartitioner};
use crate::ports::metadata::KeyRange;
use crate::ports::storage::CopyId;
use crate::ports::{Keys, MetadataRead};
use crate::routing::fan_out::{FanOutError, PARTITIONS_MAX, fan_out};
use crate::routing::route::route;
use crate::routing::{FanOut, FanOutQuery, RecordSet, Route, RouteError, Topology, Unroutable};

/// Partitions whose extensions and repair marks are read at a time: two ranges each.
const PARTITIONS_A_READ: usize = 32;
/// Time buckets that one query may touch.
const BUCKETS_MAX: u64 = 1_000_000;

/// When a trace was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// About this time.
    At(Timestamp),
    /// Within this range.
    Within(TimeRange),
    /// Within retention.
    Any,
}

/// What partitions are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that may hold a trace.
    Trace {
        /// The trace.
        id: TraceId,
        /// When it was recorded.
        when: When,
    },
    /// Those that may hold records of a range of time.
    Range(TimeRange),
}

/// One partition to read.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) route: Route,
    pub(super) copies: BTreeMap<NodeId, CopyId>,
    pub(super) marks: BTreeSet<NodeId>,
}

/// Where metadata is read.
pub struct Metadata<'a, M> {
    /// The store.
    pub store: &'a M,
    /// Its keys.
    pub keys: &'a Keys,
    /// The revision of the cluster's view.
    pub revision: Revision,
    /// Whether that is the past, so that it is not looked at again.
    pub is_past: bool,
    /// Spec and nodes.
    pub topology: &'a Topology,
}

/// What was found of some time buckets.
#[derive(Debug, Default)]
pub(super) struct Targets {
    pub(super) targets: Vec<Target>,
    pub(super) unrecorded: u64,
    pub(super) unroutable: Unroutable,
    pub(super) pruned_by: Vec<&'static str>,
    pub(super) foreign: Vec<CorruptValue>,
}

/// A time bucket of one version of the partitioning.
pub(super) type Bucket<'a> = (&'a Partitioning, TimeBucket);

/// The buckets of a range of time, and so many before and after it, in order.
fn buckets(topology: &Topology, range: TimeRange, before: u32, after: u32) -> Result<Vec<Bucket<'_>>, OperationError> {
    let spec = topology.spec();
    let step = |time: Timestamp, count: u32, sign: i64| {
        time.plus_seconds(sign * i64::from(count) * spec.partitioning_at(time).granularity_hours.seconds())
    };
    let start = step(range.start(), before, -1).max(Timestamp::EPOCH).min(range.start());
    let end = step(range.end(), after, 1);
    let range = TimeRange::new(start, end).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let mut found = Vec::new();
    for (partitioning, part) in spec.versions_in(range) {
        let of_part = TimePartitioner::new(partitioning.granularity_hours).buckets(part);
        let count = found.len() as u64 + of_part.len() as u64;
        if count > BUCKETS_MAX {
            let message = format!("the range holds {count} time buckets or more, the most is {BUCKETS_MAX}");
            return Err(OperationError::Invalid(message));
        }
        found.extend(of_part.map(|bucket| (partitioning, bucket)));
    }
    Ok(found)
}

/// The time buckets that are wanted, in order. A trace may lie in a neighbour of its own; records of a range lie in its buckets
/// or, with an earlier span of their request, before it.
pub(super) fn wanted_buckets<'a>(
    topology: &'a Topology,
    wanted: &Wanted,
    slack: u32,
    now: Timestamp,
) -> Result<Vec<Bucket<'a>>, OperationError> {
    let instant =
        |time: Timestamp| TimeRange::new(time, time.plus_nanos(1)).map_err(|e| OperationError::Invalid(e.to_string()));
    match wanted {
        Wanted::Range(range) => buckets(topology, *range, slack, 0),
        Wanted::Trace { when: When::At(time), .. } => buckets(topology, instant(*time)?, slack, slack),
        Wanted::Trace { when: When::Within(range), .. } => buckets(topology, *range, slack, slack),
        Wanted::Trace { when: When::Any, .. } => {
            let versions = &topology.spec().partitioning;
            let start = versions.iter().map(|version| version.retention_start(now)).min().unwrap_or(now);
            let range = TimeRange::new(start.min(now), now.plus_nanos(1));
            buckets(topology, range.map_err(|e| OperationError::Invalid(e.to_string()))?, 0, 1)
        }
    }
}

impl<M: MetadataRead> Metadata<'_, M> {
    /// The partitions of some buckets.
    ///
    /// # Errors
    /// The store does not answer; the buckets hold too many partitions.
    pub(super) async fn targets(
        &self,
        wanted: &Wanted,
        of: &[Bucket<'_>],
        query: &Narrow<'_>,
    ) -> Result<Targets, OperationError> {
        let mut found = Targets::default();
        let mut routes = Vec::new();
        match wanted {
            Wanted::Trace { id, when } => {
                self.of_trace(*id, of, query, &mut found, &mut routes).await?;
                self.drop_unrecorded(*when == When::Any, &mut found, &mut routes);
            }
            Wanted::Range(_) => {
                for bucket in of {
                    self.of_bucket(*bucket, query, &mut found, &mut routes).await?;
                }
                self.drop_unrecorded(false, &mut found, &mut routes);
            }
        }
        found.targets = self.with_copies(routes, self.revision, &mut found.unroutable).await?;
        Ok(found)
    }

    /// A partition without a record holds no data of ours. Others' data may lie where routing places it.
    fn drop_unrecorded(&self, all: bool, found: &mut Targets, routes: &mut Vec<Route>) {
        let before = routes.len();
        if all || !self.topology.spec().foreign_writers {
            routes.retain(|route| route.revision.is_some());
        }
        found.unrecorded += (before - routes.len()) as u64;
    }

    async fn of_trace(
        &self,
        id: TraceId,
        of: &[Bucket<'_>],
        query: &Narrow<'_>,
        found: &mut Targets,
        routes: &mut Vec<Route>,
    ) -> Result<(), OperationError> {
        let key = RoutingKey::Trace { id };
        let mut roots = Vec::new();
        for (partitioning, bucket) in of {
            let time = bucket.start(partitioning.granularity_hours);
            match partitioning.strategy {
                Strategy::TimeHash | Strategy::Time => {
                    let located = CompositePartitioner::new(partitioning).locate(&key, "", time);
                    roots.push(located.map_err(RouteError::from)?.partition);
                }
                // The service of the earliest span decides, and nobody knows it.
                Strategy::TimeRange => self.of_bucket((partitioning, *bucket), query, found, routes).await?,
            }
        }
        let mut records = RecordSet::default();
        load_families(self.store, self.keys, self.revision, &roots, &mut records, &mut found.foreign).await?;
        found.pruned_by = if roots.is_empty() { vec!["time"] } else { vec!["time", "hash"] };
        for (partitioning, bucket) in of.iter().filter(|(p, _)| p.strategy != Strategy::TimeRange) {
            let time = bucket.start(partitioning.granularity_hours);
            match route(self.topology, &records, &key, "", time, None) {
                Ok(route) => routes.push(route),
                Err(error) => found.unroutable.note(error)?,
            }
        }
        Ok(())
    }

    async fn of_bucket(
        &self,
        (partitioning, bucket): Bucket<'_>,
        query: &Narrow<'_>,
        found: &mut Targets,
        routes: &mut Vec<Route>,
    ) -> Result<(), OperationError> {
        let mut records = RecordSet::default();
        load_bucket(self.store, self.keys, self.revision, bucket, &mut records, &mut found.foreign).await?;
        let fan_query = FanOutQuery {
            range: bucket.range(partitioning.granularity_hours),
            service: query.service_decides().then_some(query.service).flatten(),
            service_from: None,
            service_to: None,
            buckets: &[],
            near: None,
            now: query.now,
            recorded: true,
        };
        let FanOut { pruned_by, rows, unroutable, .. } = fan_out(self.topology, &records, &fan_query)?;
        found.pruned_by = pruned_by;
        for (_, error, _) in unroutable.iter() {
            found.unroutable.note(error.clone())?;
        }
        if routes.len() as u64 + rows.len() as u64 > PARTITIONS_MAX {
            return Err(FanOutError::TooLarge(routes.len() as u64 + rows.len() as u64).into());
        }
        routes.extend(rows.into_iter().map(|row| row.route));
        Ok(())
    }

    /// Reads which copy each node has of some partitions, and which are to be repaired.
    async fn with_copies(
        &self,
        routes: Vec<Route>,
        at: Revision,
        unroutable: &mut Unroutable,
    ) -> Result<Vec<Target>, OperationError> {
        let mut targets = Vec::with_capacity(routes.len());
        let mut routes = routes.into_iter().peekable();
        while routes.peek().is_some() {
            let some: Vec<Route> = routes.by_ref().take(PARTITIONS_A_READ).collect();
            let range = |route: &Route| {
                let id = route.partition;
                [KeyRange::single(&self.keys.extension(id)), self.keys.repair_marks_of(id)]
            };
            let ranges: Vec<KeyRange> = some.iter().flat_map(range).collect();
            let lists = self.store.read(&ranges, Some(at)).await?.ranges;
            for (route, lists) in some.into_iter().zip(lists.chunks(2)) {
                let [extension, marks] = lists else { continue };
                let extension = match extension.first().map(|entry| PartitionExtension::parse(&entry.value)) {
                    None => PartitionExtension::default(),
                    Some(Ok(extension)) => extension,
                    Some(Err(reason)) => {
                        unroutable.note(RouteError::Corrupt { id: route.partition, reason })?;
                        continue;
                    }
                };
                let copy =
                    |(node, copy): (&String, &String)| Some((NodeId::parse(node).ok()?, CopyId::parse(copy).ok()?));
                let copies = extension.copies.iter().filter_map(copy).collect();
                let marks = marks.iter().filter_map(|e| Some(self.keys.repair_mark_of(&e.key)?.1)).collect();
                targets.push(Target { route, copies, marks });
            }
        }
        Ok(targets)
    }

    /// The same partition as it is now; `None` = its replicas have not changed, or nobody may look.
    pub(super) async fn again(&self, target: &Target) -> Result<Option<Target>, OperationError> {
        if self.is_past {
            return Ok(None);
        }
        let id = target.route.partition;
        let now = self.store.revision().await?;
        let mut records = RecordSet::default();
        load_families(self.store, self.keys, now, &[id], &mut records, &mut Vec::new()).await?;
        let partitioning = self.topology.spec().partitioning_of(id);
        let Ok(route) = crate::routing::route::route_partition(self.topology, &records, partitioning, id, None) else {
            return Ok(None);
        };
        let found = self.with_copies(vec![route], now, &mut Unroutable::default()).await?.pop();
        Ok(found.filter(|found| {
            let same = found.route.owners == target.route.owners && found.copies == target.copies;
            !same || found.marks != target.marks
        }))
    }
}

/// What else narrows the partitions of a range down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrow<'a> {
    pub(super) service: Option<&'a str>,
    pub(super) signal: Option<Signal>,
    pub(super) now: Timestamp,
}

impl Narrow<'_> {
    /// Whether a record lies where its service says. A span lies where the earliest span of its trace and request does,
    /// which may be another service's.
    fn service_decides(&self) -> bool {
        matches!(self.signal, Some(Signal::Metrics | Signal::Logs))
    }
}

/// The id of the partition, for messages.
impl Target {
    pub(super) fn id(&self) -> PartitionId {
        self.route.partition
    }
}
