//! A copy that somebody else makes, and that we prove.
//!
//! Movers find their own reasons to leave a file alone: with one bit flipped on the target, rsync by its defaults and
//! `rclone check` see no difference. So after the mover both sides are read, and what differs is taken away and brought again.

use std::collections::BTreeMap;

use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::content::{Content, SegmentSum};
use super::error::{CopyError, Side, of};
use super::event::CopyEvent;
use super::segment::{Attempt, examine, read_source, reading_again, source_sidecar};
use super::transfer::{CopyJob, compare, listing, open_segments, refuse_itself};
use crate::ports::storage::mover::{Mover, MoverOrder, manifest, url_of};
use crate::ports::storage::{SegmentEntry, StorageRead, StorageWrite};

/// How often the mover is started before what it leaves undone is an error.
const RUNS_MAX: u32 = 3;

/// Has the copy made by a mover. When this returns, all of both sides was read by this call and is equal.
///
/// # Errors
/// The mover's, or the first that stops the proof.
pub async fn copy_by_mover<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    mover: &impl Mover,
) -> Result<Content, CopyError> {
    refuse_itself(job)?;
    job.target.clean(job.to).await.map_err(of(Side::Target))?;
    let mut done: BTreeMap<_, SegmentSum> = BTreeMap::new();
    let mut left_undone = String::new();
    for run in 0..=RUNS_MAX {
        let source = listing(job.source, job.from, Side::Source).await?;
        let target = listing(job.target, job.to, Side::Target).await?;
        let open = open_segments(job, &source, &target, &done)?;
        if open.is_empty() {
            return compare(&target, &done);
        }
        if run == RUNS_MAX {
            break;
        }
        let bytes = source.segments.iter().map(|segment| segment.bytes).sum();
        (job.tell)(CopyEvent::Planned { segments: source.segments.len() as u64, bytes });
        let order = MoverOrder {
            partition: job.from.partition(),
            source: url_of(job.source.place(), job.from),
            target: url_of(job.target.place(), job.to),
            manifest: manifest(open.iter().map(|(segment, _)| *segment)),
        };
        let told = mover.run(&order, &|bytes| (job.tell)(CopyEvent::MoverSays { bytes })).await;
        told.map_err(CopyError::Mover)?;
        let (mut waiting, mut running) = (open.into_iter(), FuturesUnordered::new());
        loop {
            while running.len() < job.settings.streams()
                && let Some((segment, _)) = waiting.next()
            {
                running.push(prove(job, segment));
            }
            let Some(proved) = running.next().await else { break };
            match proved? {
                (segment, Attempt::Whole(sum)) => {
                    let (name, bytes) = (segment.name.clone(), sum.bytes);
                    (job.tell)(CopyEvent::Verified { segment: name.clone(), bytes, was_there: false });
                    done.insert(name, sum);
                }
                (segment, Attempt::Again { reason, .. }) => {
                    left_undone = format!("{}: {reason}", segment.name);
                    (job.tell)(CopyEvent::Repeated { segment: segment.name.clone(), reason });
                }
            }
        }
    }
    Err(CopyError::Mover(format!("did not make the copy in {RUNS_MAX} runs; {left_undone}")))
}

/// Reads a segment on both sides; what is not equal on the target is taken away.
async fn prove<'l, S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &'l SegmentEntry,
) -> Result<(&'l SegmentEntry, Attempt), CopyError> {
    let read = async || {
        let sidecar = source_sidecar(job, segment).await?;
        let expected = read_source(job, segment, sidecar.as_ref()).await?;
        Ok((sidecar, expected))
    };
    let (sidecar, expected) = reading_again(job, |_| read()).await?;
    let attempt = examine(job, segment, sidecar.as_ref(), expected).await?;
    Ok((segment, attempt))
}
