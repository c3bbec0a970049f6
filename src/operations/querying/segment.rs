//! What of a segment is to be read, by its sidecar.
//!
//! Invariant: a sidecar that contradicts itself is not believed: the next copy's is taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::engine::Engine;
use super::listing::{PartitionWork, SegmentWork};
use super::replicas::locked;
use super::report::{Damage, Loss, LossKind, SkipRule};
use super::said::{Refused, Said};
use crate::model::Signal;
use crate::otlp::Encoding;
use crate::ports::MetadataRead;
use crate::ports::storage::{CHUNK_BYTES, Part, SegmentFacts, StorageRead};
use crate::segment::Frame;
use crate::segment::name::is_merged;

/// Bytes of requests that are read together, after decompression, unless one frame alone has more.
pub(super) const RUN_RAW_BYTES_MAX: u64 = 2 << 20;

/// Frames of a segment, one behind the other, that are read together.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) segment: Arc<SegmentWork>,
    /// What its records are, and how its requests are written down.
    pub(super) kind: (Signal, Encoding),
    /// The segment's length, by its sidecar.
    pub(super) segment_bytes: u64,
    pub(super) frames: Vec<Frame>,
}

impl Run {
    /// The earliest time in it.
    pub(super) fn bound(&self) -> u64 {
        self.frames.iter().map(|frame| frame.min_time_unix_nano).min().unwrap_or_default()
    }
}

/// What is to be read.
pub(super) enum Plan {
    /// Some frames.
    Runs(Vec<Run>),
    /// All of it: it has no frames.
    Whole(Option<SegmentFacts>),
    /// Nothing.
    Nothing,
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// Reads a segment's sidecar, from the first copy that has a sound one; the start of the first copy's may have been read.
    pub(super) async fn plan(&self, segment: SegmentWork, mut start: Option<Part>) -> Plan {
        let work = Arc::clone(&segment.partition);
        let any = segment.sources.iter().any(|(_, has_sidecar)| *has_sidecar);
        let mut last = None;
        for &(replica, has_sidecar) in &segment.sources {
            if !has_sidecar {
                if any {
                    self.damaged(&segment, replica, "its sidecar is not there".to_owned());
                }
                continue;
            }
            match self.look(&segment, replica, start.take()).await {
                None => {}
                Some(Ok(said)) => return self.follow(&work, segment, said),
                Some(Err(Refused::Unknown(reason))) => last = Some((LossKind::NotReadable, reason)),
                Some(Err(Refused::Damaged(reason))) => {
                    self.damaged(&segment, replica, format!("its sidecar is damaged: {reason}"));
                }
                Some(Err(Refused::NoSidecar(reason))) => {
                    let copy = &work.replicas[replica].copy;
                    if let Ok(node) = self.nodes.of(&work.replicas[replica].node).await {
                        self.failed(&segment, replica, &node.damaged_sidecar(copy, &segment.name, reason));
                    }
                }
            }
        }
        if let Some((kind, reason)) = last {
            let loss = Loss { partition: work.id, segment: Some(segment.name), kind, reason };
            locked(&self.report).losses.add(loss);
            return Plan::Nothing;
        }
        if any {
            let reason = "no copy has a sound sidecar, so that what was read of it is not verified";
            self.lose(&work, Some(segment.name.clone()), reason.to_owned());
        }
        locked(&work.figures).segments_read += 1;
        Plan::Whole(None)
    }

    fn follow(&self, work: &PartitionWork, segment: SegmentWork, said: Said) -> Plan {
        let mut figures = locked(&work.figures);
        match said {
            Said::Skip(rule) => {
                *figures.segments_skipped.entry(rule).or_default() += 1;
                Plan::Nothing
            }
            Said::Whole(facts) => {
                figures.segments_read += 1;
                Plan::Whole(Some(facts))
            }
            Said::Frames { kind, segment_bytes, frames, skipped } => {
                figures.segments_read += 1;
                figures.frames_skipped += skipped;
                let segment = Arc::new(segment);
                let run = |frames| Run { segment: Arc::clone(&segment), kind, segment_bytes, frames };
                Plan::Runs(runs(frames).into_iter().map(run).collect())
            }
        }
    }

    /// Leaves out the segments whose batches a merged segment of the same kind holds: after a merge both are there for a
    /// while.
    pub(super) async fn without_merged(&self, work: &PartitionWork, segments: Vec<SegmentWork>) -> Vec<SegmentWork> {
        let mut held: BTreeSet<String> = BTreeSet::new();
        for segment in segments.iter().filter(|segment| is_merged(segment.name.as_str())) {
            for &(replica, _) in segment.sources.iter().filter(|(_, has_sidecar)| *has_sidecar) {
                let Some(names) = self.merged_into(segment, replica).await else { continue };
                held.extend(names);
                break;
            }
        }
        let is_held = |segment: &SegmentWork| held.contains(segment.name.as_str());
        let (merged, kept): (Vec<_>, Vec<_>) = segments.into_iter().partition(is_held);
        merged.iter().for_each(|_| work.skip(SkipRule::Merged));
        kept
    }

    /// Notes that a copy of a segment is damaged.
    pub(super) fn damaged(&self, segment: &SegmentWork, replica: usize, reason: String) {
        let node = segment.partition.replicas[replica].node.clone();
        let damage = Damage { partition: segment.partition.id, node, segment: segment.name.clone(), reason };
        locked(&self.report).damages.add(damage);
    }
}

/// Frames that lie one behind the other, together as long as they are few.
fn runs(frames: Vec<Frame>) -> Vec<Vec<Frame>> {
    let mut runs: Vec<Vec<Frame>> = Vec::new();
    let (mut end, mut bytes, mut raw_bytes) = (u64::MAX, 0, 0);
    for frame in frames {
        let fits = bytes + frame.bytes <= CHUNK_BYTES as u64 && raw_bytes + frame.raw_bytes <= RUN_RAW_BYTES_MAX;
        match runs.last_mut() {
            Some(run) if frame.offset == end && fits => run.push(frame),
            Some(_) | None => {
                runs.push(vec![frame]);
                (bytes, raw_bytes) = (0, 0);
            }
        }
        (bytes, raw_bytes) = (bytes + frame.bytes, raw_bytes + frame.raw_bytes);
        end = frame.offset + frame.bytes;
    }
    runs
}
