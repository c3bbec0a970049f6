//! One segment onto every node that holds its partition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join_all;
use tokio::time::{Instant, timeout};

use super::collect::SegmentKey;
use super::error::WriteError;
use super::view::PartitionView;
use crate::model::{Node, NodeId};
use crate::operations::executing::Places;
use crate::ports::storage::{CopyId, CopyPlace, OpenedNode, Put, SegmentName, StorageError, StorageWrite};
use crate::routing::{Near, Topology};
use crate::segment::document::Merged;
use crate::segment::name::{is_merged, segment_name};
use crate::segment::{BuiltSegment, SegmentDocument};

/// A node that did not answer is not asked again for so long.
const SILENT_FOR: Duration = Duration::from_secs(3);

/// A segment of a batch that is not acknowledged yet.
#[derive(Clone, Debug)]
pub(super) struct OpenSegment {
    pub(super) key: SegmentKey,
    /// The key that it was collected under; another one once its partition was split.
    pub(super) origin: SegmentKey,
    pub(super) name: SegmentName,
    pub(super) batch: String,
    pub(super) built: BuiltSegment,
}

impl OpenSegment {
    /// The segment of a batch.
    ///
    /// # Errors
    /// Never: the names of batches are names of segments.
    pub(super) fn new(
        key: SegmentKey,
        batch: &crate::segment::BatchId,
        min_time_unix_nano: u64,
        built: BuiltSegment,
    ) -> Result<Self, WriteError> {
        let text = segment_name(min_time_unix_nano, batch, key.1, key.2);
        let name = SegmentName::parse(&text)
            .map_err(|e| crate::operations::OperationError::Invalid(format!("segment name {text:?}: {e}")))?;
        Ok(Self { key, origin: key, name, batch: batch.to_string(), built })
    }

    fn other_data(&self, node: &NodeId) -> WriteError {
        WriteError::OtherData { partition: self.key.0, node: node.clone(), segment: self.name.to_string() }
    }
}

/// What came of writing a segment.
#[derive(Clone, Debug, Default)]
pub(super) struct Replicated {
    /// Copies without a repair mark that have it.
    pub(super) good: usize,
    /// Copies that had it before, with or without a mark.
    pub(super) present: usize,
    /// Copies that it was written to.
    pub(super) written: usize,
    /// Copies that miss it, and why.
    pub(super) missing: Vec<(NodeId, String)>,
    /// Copies that it was written to in another zone than that from where is written.
    pub(super) written_far: usize,
}

/// Nodes that did not answer, and until when they are not asked.
#[derive(Debug, Default)]
pub(super) struct Silent(Mutex<BTreeMap<NodeId, (Instant, String)>>);

impl Silent {
    fn reason(&self, node: &NodeId) -> Option<String> {
        let silent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        silent.get(node).filter(|(until, _)| *until > Instant::now()).map(|(_, reason)| reason.clone())
    }

    fn note(&self, node: &NodeId, reason: String) {
        let mut silent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        silent.insert(node.clone(), (Instant::now() + SILENT_FOR, reason));
    }
}

/// Writes a segment to the copies of its partition.
pub(super) struct Replication<'a, 'p, S> {
    pub(super) places: &'a Places<'p, S>,
    pub(super) nodes: &'a BTreeMap<NodeId, Node>,
    pub(super) silent: &'a Silent,
    pub(super) timeout: Duration,
    /// From where is written, with the cluster that it lies in.
    pub(super) near: Option<(&'a Near, &'a Topology)>,
    /// Whether the batch may have been written by an earlier process.
    pub(super) may_be_there: bool,
}

/// What one node said.
enum Said {
    Written,
    Present,
    /// There is a segment of this name with another sidecar.
    Other(Option<Bytes>),
    Missed(String),
}

impl<S: StorageWrite> Replication<'_, '_, S> {
    /// Who of these nodes is away, and why.
    pub(super) async fn away<'n>(&self, nodes: impl Iterator<Item = &'n NodeId>) -> BTreeMap<NodeId, String> {
        let distinct: BTreeSet<&NodeId> = nodes.collect();
        let looks = distinct.into_iter().map(async |node| {
            let opened = match self.open(node).await {
                Ok(opened) => opened,
                Err(reason) => return Some((node.clone(), reason)),
            };
            let looked = opened.check().await;
            looked.err().map(|error| (node.clone(), self.failed(node, &error)))
        });
        join_all(looks).await.into_iter().flatten().collect()
    }

    /// Writes a segment to every listed copy.
    ///
    /// # Errors
    /// Other data is there under its name.
    pub(super) async fn write(&self, segment: &OpenSegment, view: &PartitionView) -> Result<Replicated, WriteError> {
        if self.may_be_there
            && let Some(known) = self.merged_already(segment, view).await?
        {
            return Ok(known);
        }
        let mut content = (segment.built.content.clone(), segment.built.sidecar.clone());
        let nodes = self.near_first(view);
        for _ in 0..2 {
            let said = join_all(nodes.iter().map(|node| self.put(segment, view, node, content.clone()))).await;
            let other = nodes.iter().zip(&said).find_map(|(node, said)| match said {
                Said::Other(sidecar) => Some((node, sidecar)),
                Said::Written | Said::Present | Said::Missed(_) => None,
            });
            let Some((node, sidecar)) = other else { return Ok(self.told(view, &nodes, said)) };
            // Another version of this program compresses otherwise: what is there is taken, if it is the same records.
            match self.same_records(segment, view, node, sidecar.as_ref()).await {
                Some(there) => content = there,
                None => return Err(segment.other_data(node)),
            }
        }
        // Two nodes hold two versions of it.
        view.record.value.nodes.first().map_or(Ok(Replicated::default()), |node| Err(segment.other_data(node)))
    }

    /// The nodes that hold a partition, the nearest first.
    fn near_first<'v>(&self, view: &'v PartitionView) -> Vec<&'v NodeId> {
        let mut nodes: Vec<&NodeId> = view.record.value.nodes.iter().collect();
        if let Some((near, topology)) = self.near {
            let nearness = |id: &&NodeId| topology.node(id).map(|node| near.nearness(topology, node));
            // One that is not known comes last.
            nodes.sort_by_key(|id| nearness(id).map_or((true, None), |nearness| (false, Some(nearness))));
        }
        nodes
    }

    /// Whether a node lies in another zone than that from where is written.
    fn is_far(&self, node: &NodeId) -> bool {
        self.near.is_some_and(|(near, topology)| {
            let zone = near.location(topology).availability_zone;
            let own = self.nodes.get(node).and_then(|node| node.location.availability_zone.clone());
            zone.is_some() && own != zone
        })
    }

    fn told(&self, view: &PartitionView, nodes: &[&NodeId], said: Vec<Said>) -> Replicated {
        let mut replicated = Replicated::default();
        for (&node, said) in nodes.iter().zip(said) {
            match said {
                Said::Written => {
                    replicated.written += 1;
                    replicated.written_far += usize::from(self.is_far(node));
                }
                Said::Present => replicated.present += 1,
                Said::Missed(reason) => {
                    replicated.missing.push((node.clone(), reason));
                    continue;
                }
                Said::Other(_) => continue,
            }
            // What is only on a marked copy may go with its repair.
            replicated.good += usize::from(!view.marks.contains_key(node));
        }
        replicated
    }

    async fn put(
        &self,
        segment: &OpenSegment,
        view: &PartitionView,
        node: &NodeId,
        (content, sidecar): (Bytes, Bytes),
    ) -> Said {
        let opened = match self.open(node).await {
            Ok(opened) => opened,
            Err(reason) => return Said::Missed(reason),
        };
        let Some(place) = place_of(segment, view, node) else {
            return Said::Missed("its copy id in the metadata is no name".to_owned());
        };
        match timeout(self.timeout, opened.put(&place, &segment.name, content, sidecar)).await {
            Ok(Ok(Put::Written)) => Said::Written,
            Ok(Ok(Put::Present)) => Said::Present,
            Ok(Ok(Put::Other { sidecar })) => Said::Other(sidecar),
            Ok(Err(error)) => Said::Missed(self.failed(node, &error)),
            Err(_) => {
                let reason = format!("nothing in {} s", self.timeout.as_secs());
                self.silent.note(node, reason.clone());
                Said::Missed(reason)
            }
        }
    }

    /// The data of a node that is up.
    async fn open(&self, node: &NodeId) -> Result<std::sync::Arc<OpenedNode<S>>, String> {
        match self.nodes.get(node) {
            None => return Err("it is no node of the cluster".to_owned()),
            Some(known) if !known.state.is_up() => return Err(format!("it is {}", known.state.name())),
            Some(_) => {}
        }
        if let Some(reason) = self.silent.reason(node) {
            return Err(reason);
        }
        self.places.of(node, self.nodes).await.map_err(|error| self.failed(node, &error))
    }

    /// What is wrong with a node, remembered if it concerns all of it.
    fn failed(&self, node: &NodeId, error: &StorageError) -> String {
        let reason = error.to_string();
        // A disk that is full is so for every segment.
        if error.is_unreachable() || matches!(error, StorageError::Full { .. }) {
            self.silent.note(node, reason.clone());
        }
        reason
    }

    /// What is to be told if the batch was merged into another segment since it was first written.
    async fn merged_already(
        &self,
        segment: &OpenSegment,
        view: &PartitionView,
    ) -> Result<Option<Replicated>, WriteError> {
        for node in view.record.value.nodes.iter().filter(|node| !view.marks.contains_key(*node)) {
            let Ok(opened) = self.open(node).await else { continue };
            let Some(place) = place_of(segment, view, node) else { continue };
            let Ok(listing) = opened.list(&place).await else { continue };
            for entry in listing.segments.iter().filter(|entry| is_merged(entry.name.as_str())) {
                let Ok(Some(sidecar)) = opened.sidecar(&place, &entry.name).await else { continue };
                let Ok(document) = SegmentDocument::parse(sidecar.raw()) else { continue };
                let Some(Merged(_, records, sum)) = document.merged.iter().find(|m| m.0 == segment.name.as_str())
                else {
                    continue;
                };
                if (*records, *sum) != (segment.built.records, segment.built.record_sum) {
                    return Err(segment.other_data(node));
                }
                let copies = view.record.value.nodes.len();
                return Ok(Some(Replicated { good: copies, present: copies, ..Replicated::default() }));
            }
            // One whole copy tells of all.
            return Ok(None);
        }
        Ok(None)
    }

    /// A segment that is there, if it holds the records that were to be written.
    async fn same_records(
        &self,
        segment: &OpenSegment,
        view: &PartitionView,
        node: &NodeId,
        sidecar: Option<&Bytes>,
    ) -> Option<(Bytes, Bytes)> {
        let sidecar = sidecar?;
        let document = SegmentDocument::parse(sidecar).ok()?;
        let BuiltSegment { records, record_sum, .. } = segment.built;
        if (document.records, document.record_sum) != (records, record_sum) {
            return None;
        }
        let opened = self.open(node).await.ok()?;
        let content = opened.read_segment(&place_of(segment, view, node)?, &segment.name).await.ok()?;
        let is_sound = content.len() as u64 == document.bytes && crc32c::crc32c(&content) == document.crc32c;
        is_sound.then(|| (content, sidecar.clone()))
    }
}

fn place_of(segment: &OpenSegment, view: &PartitionView, node: &NodeId) -> Option<CopyPlace> {
    Some(CopyPlace::new(segment.key.0, CopyId::parse(view.copy_of(node)).ok()?))
}
