//! What of a segment is to be read, by its sidecar.
//!
//! Invariant: a sidecar that contradicts itself is not believed: the next copy's is taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::engine::Engine;
use super::filter::Filter;
use super::listing::{PartitionWork, SegmentWork};
use super::pick::REQUEST_BYTES_MAX;
use super::replicas::locked;
use super::report::{Damage, Loss, LossKind, SkipRule};
use crate::model::Signal;
use crate::otlp::Encoding;
use crate::ports::MetadataRead;
use crate::ports::storage::{CHUNK_BYTES, SegmentFacts, Sidecar, StorageRead};
use crate::segment::name::is_merged;
use crate::segment::{DocumentError, Frame, SegmentDocument};

/// Bytes of requests that are read together, after decompression, unless one frame alone has more.
const RUN_RAW_BYTES_MAX: u64 = 2 << 20;

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

/// What a sidecar says is to be read.
#[derive(Debug, PartialEq)]
enum Said {
    Skip(SkipRule),
    Frames { kind: (Signal, Encoding), segment_bytes: u64, frames: Vec<Frame>, skipped: u64 },
    Whole(SegmentFacts),
}

/// Why a sidecar is not followed.
#[derive(Debug, PartialEq)]
enum Refused {
    Damaged(String),
    Unknown(String),
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// Reads a segment's sidecar, from the first copy that has a sound one.
    pub(super) async fn plan(&self, segment: SegmentWork) -> Plan {
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
            let Some(sidecar) = self.sidecar(&segment, replica).await else { continue };
            let filter = self.picker.filter.clone();
            let said = tokio::task::spawn_blocking(move || said(&sidecar, &filter)).await;
            match said.unwrap_or_else(|e| Err(Refused::Damaged(e.to_string()))) {
                Ok(said) => return self.follow(&work, segment, said),
                Err(Refused::Unknown(reason)) => last = Some((LossKind::NotReadable, reason)),
                Err(Refused::Damaged(reason)) => {
                    self.damaged(&segment, replica, format!("its sidecar is damaged: {reason}"));
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

    async fn sidecar(&self, segment: &SegmentWork, replica: usize) -> Option<Sidecar> {
        let at = &segment.partition.replicas[replica];
        let node = match self.nodes.of(&at.node).await {
            Ok(node) => node,
            Err(error) => {
                self.failed(segment, replica, &error);
                return None;
            }
        };
        match node.sidecar(&at.copy, &segment.name).await {
            Ok(Some(sidecar)) => {
                segment.partition.read(replica, sidecar.raw().len() as u64);
                Some(sidecar)
            }
            Ok(None) => {
                self.damaged(segment, replica, "its sidecar is not there".to_owned());
                None
            }
            Err(error) => {
                self.failed(segment, replica, &error);
                None
            }
        }
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
                let Some(sidecar) = self.sidecar(segment, replica).await else { continue };
                let Ok(document) = SegmentDocument::parse(sidecar.raw()) else { continue };
                held.extend(document.merged.iter().map(|merged| merged.0.to_string()));
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

fn said(sidecar: &Sidecar, filter: &Filter) -> Result<Said, Refused> {
    let document = match SegmentDocument::parse(sidecar.raw()) {
        Ok(document) => document,
        Err(error @ DocumentError::Unknown { .. }) => return Err(Refused::Unknown(error.to_string())),
        Err(error) if memchr::memmem::find(sidecar.raw(), b"\"frames\"").is_some() => {
            return Err(Refused::Damaged(error.to_string()));
        }
        Err(_) => return Ok(foreign(sidecar.facts(), filter)),
    };
    check(&document).map_err(|reason| Refused::Damaged(reason.to_owned()))?;
    if !filter.allows(document.signal) {
        return Ok(Said::Skip(SkipRule::Signal));
    }
    if !filter.allows_times(document.min_time_unix_nano, document.max_time_unix_nano) {
        return Ok(Said::Skip(SkipRule::Time));
    }
    if filter.service.as_deref().is_some_and(|service| !document.may_hold_service(service)) {
        return Ok(Said::Skip(SkipRule::Service));
    }
    let mut frames: Vec<Frame> = match &filter.trace {
        Some(id) => document.frames_of(id).into_iter().copied().collect(),
        None => document.frames.clone(),
    };
    if frames.is_empty() {
        return Ok(Said::Skip(if filter.trace.is_some() { SkipRule::Trace } else { SkipRule::Time }));
    }
    frames.retain(|frame| filter.allows_times(frame.min_time_unix_nano, frame.max_time_unix_nano));
    frames.sort_by_key(|frame| frame.offset);
    frames.dedup_by_key(|frame| frame.offset);
    if frames.is_empty() {
        return Ok(Said::Skip(SkipRule::Time));
    }
    let skipped = (document.frames.len() - frames.len()) as u64;
    let encoding = document.encoding().map_err(|error| Refused::Unknown(error.to_string()))?;
    Ok(Said::Frames { kind: (document.signal, encoding), segment_bytes: document.bytes, frames, skipped })
}

/// Whether what a sidecar says of the whole is what it says of the frames.
fn check(document: &SegmentDocument<'_>) -> Result<(), &'static str> {
    let frames = &document.frames;
    let sum = |of: fn(&Frame) -> u64| frames.iter().fold(0_u64, |sum, frame| sum.saturating_add(of(frame)));
    let min = frames.iter().map(|frame| frame.min_time_unix_nano).min().unwrap_or_default();
    let max = frames.iter().map(|frame| frame.max_time_unix_nano).max().unwrap_or_default();
    if sum(|frame| frame.records) != document.records || sum(|frame| frame.raw_bytes) != document.raw_bytes {
        return Err("its frames hold other records than it says");
    }
    if (min, max) != (document.min_time_unix_nano, document.max_time_unix_nano) {
        return Err("its frames hold other times than it says");
    }
    let too_large = |frame: &Frame| frame.raw_bytes.max(frame.bytes) > 2 * REQUEST_BYTES_MAX as u64;
    if frames.iter().any(too_large) { Err("a frame is larger than any request may be") } else { Ok(()) }
}

/// A segment of somebody else: all of it, unless what is known of it rules it out.
fn foreign(facts: &SegmentFacts, filter: &Filter) -> Said {
    let signals = [Signal::Traces, Signal::Metrics, Signal::Logs];
    let allowed = |name: &String| {
        let known = signals.iter().find(|signal| signal.name() == name);
        known.is_none_or(|signal| filter.allows(*signal))
    };
    if !facts.signal.as_ref().is_none_or(allowed) {
        return Said::Skip(SkipRule::Signal);
    }
    match (facts.min_time_unix_nano, facts.max_time_unix_nano) {
        (Some(min), Some(max)) if min <= max && !filter.allows_times(min, max) => Said::Skip(SkipRule::Time),
        (Some(_) | None, Some(_) | None) => Said::Whole(facts.clone()),
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
