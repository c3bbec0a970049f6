//! One segment from the source to the target.

use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join;
use tokio::time::sleep;

use super::bandwidth::{Bandwidth, Direction};
use super::content::SegmentSum;
use super::error::{CopyError, Side, of};
use super::event::CopyEvent;
use super::transfer::CopyJob;
use crate::model::NodeId;
use crate::ports::storage::{
    SegmentEntry, SegmentName, SegmentRead, SegmentWrite, Sidecar, StorageError, StorageRead, StorageWrite,
};

/// How often a segment is written before the target is called damaged.
const ATTEMPTS_MAX: u32 = 3;
/// How long after a source could not be read it is read again.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The pieces of a segment in order, not faster than its node may be read.
pub(super) struct Pieces<'a, R> {
    segment: &'a R,
    node: &'a NodeId,
    bandwidth: &'a Bandwidth,
    offset: u64,
}

impl<'a, R: SegmentRead> Pieces<'a, R> {
    pub(super) fn new(segment: &'a R, node: &'a NodeId, bandwidth: &'a Bandwidth) -> Self {
        Self { segment, node, bandwidth, offset: 0 }
    }

    /// The next piece; `None` at the end, wherever that is.
    async fn next(&mut self) -> Result<Option<Bytes>, StorageError> {
        let left = self.segment.bytes().saturating_sub(self.offset);
        if left == 0 {
            return Ok(None);
        }
        let length = usize::try_from(left).map_or(usize::MAX, |left| left).min(self.bandwidth.piece_bytes());
        self.bandwidth.take(self.node, Direction::Out, length as u64).await;
        let piece = self.segment.read(self.offset, length).await?;
        self.offset += piece.len() as u64;
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }

    /// Reads all of it: bytes and CRC.
    pub(super) async fn sum(mut self) -> Result<(u64, u32), StorageError> {
        let mut crc = 0;
        let mut next = self.next().await?;
        while let Some(piece) = next {
            let (following, sum) = join(self.next(), async { crc32c::crc32c_append(crc, &piece) }).await;
            crc = sum;
            next = following?;
        }
        Ok((self.offset, crc))
    }
}

/// What became of one try.
pub(super) enum Attempt {
    /// It is on the target, whole.
    Whole(SegmentSum),
    /// It is not: why, and whether something of that name is there now.
    Again { reason: String, is_there: bool },
}

impl Attempt {
    fn differs(reason: String) -> Self {
        Self::Again { reason, is_there: false }
    }
}

/// Brings one segment over, or finds that it is there. `is_there`: whether the target lists something under its name.
pub(super) async fn copy_segment<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    is_there: bool,
) -> Result<SegmentSum, CopyError> {
    // Should something be there the second time, that is found when what is written gets its name.
    reading_again(job, |is_again| bring(job, segment, is_there && !is_again)).await
}

/// Does what reads a segment of the source; once more if it reads wrong or not at all, as one bad moment makes no damaged
/// copy: that would have to be repaired as a whole before anything of its partition moves. `attempt` is told whether it is
/// the second.
pub(super) async fn reading_again<S, T, R, F>(
    job: &CopyJob<'_, S, T>,
    attempt: impl Fn(bool) -> F,
) -> Result<R, CopyError>
where
    F: Future<Output = Result<R, CopyError>>,
{
    // What copies is large, and whoever waits for it would hold it on the stack.
    match Box::pin(attempt(false)).await {
        Err(CopyError::SourceDamaged { segment, reason }) => {
            (job.tell)(CopyEvent::Repeated { segment, reason: format!("source: {reason}") });
            sleep(READ_AGAIN_AFTER).await;
            Box::pin(attempt(true)).await
        }
        done => done,
    }
}

/// Brings one segment over of which it is known what it must be: `sidecar` vouches for the source's bytes, and is put beside
/// the target's byte for byte. Nothing is to be under its name there.
pub(crate) async fn restore_segment<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: &Sidecar,
) -> Result<SegmentSum, CopyError> {
    reading_again(job, |_| bring_as(job, segment, Some(sidecar), false)).await
}

async fn bring<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    is_there: bool,
) -> Result<SegmentSum, CopyError> {
    let sidecar = source_sidecar(job, segment).await?;
    bring_as(job, segment, sidecar.as_ref(), is_there).await
}

async fn bring_as<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: Option<&Sidecar>,
    is_there: bool,
) -> Result<SegmentSum, CopyError> {
    let name = &segment.name;
    let mut is_there = is_there;
    let mut attempts = 0;
    loop {
        let was_there = is_there;
        let attempt = if is_there {
            examine(job, segment, sidecar, expected_sum(job, segment, sidecar).await?).await?
        } else {
            attempts += 1;
            write(job, segment, sidecar).await?
        };
        match attempt {
            Attempt::Whole(sum) => {
                (job.tell)(CopyEvent::Verified { segment: name.clone(), bytes: sum.bytes, was_there });
                return Ok(sum);
            }
            Attempt::Again { reason, .. } if attempts >= ATTEMPTS_MAX => {
                return Err(CopyError::TargetDamaged { segment: name.clone(), reason });
            }
            Attempt::Again { reason, is_there: now } => {
                (job.tell)(CopyEvent::Repeated { segment: name.clone(), reason });
                is_there = now;
            }
        }
    }
}

/// The source's sidecar, when it has one that fits the segment as it is listed.
pub(super) async fn source_sidecar<S: StorageRead, T>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
) -> Result<Option<Sidecar>, CopyError> {
    let damaged = |reason| CopyError::SourceDamaged { segment: segment.name.clone(), reason };
    let sidecar = match job.source.sidecar(job.from, &segment.name).await {
        Ok(sidecar) => sidecar,
        Err(StorageError::Corrupt { reason, .. }) => return Err(damaged(format!("its sidecar: {reason}"))),
        Err(error) => return Err(of(Side::Source)(error)),
    };
    match &sidecar {
        Some(known) if known.facts().bytes != segment.bytes => {
            Err(damaged(format!("it has {} bytes, its sidecar says {}", segment.bytes, known.facts().bytes)))
        }
        _ => Ok(sidecar),
    }
}

/// What the target's bytes must be: what the source's sidecar says, or, where nothing vouches for it, the source's bytes.
async fn expected_sum<S: StorageRead, T>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: Option<&Sidecar>,
) -> Result<(u64, u32), CopyError> {
    match sidecar {
        Some(known) => Ok((known.facts().bytes, known.facts().crc32c)),
        None => read_source(job, segment, None).await,
    }
}

/// Looks at what the target has under this name; takes it away if it is not what it should be.
pub(super) async fn examine<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: Option<&Sidecar>,
    expected: (u64, u32),
) -> Result<Attempt, CopyError> {
    let name = &segment.name;
    let found = match job.target.open_segment(job.to, name).await {
        Ok(there) => Pieces::new(&there, job.target.id(), job.bandwidth).sum().await,
        Err(error) => Err(error),
    };
    let reason = match found {
        Ok(found) if found == expected => match settle_sidecar(job, name, sidecar, expected).await? {
            Ok(sum) => return Ok(Attempt::Whole(sum)),
            Err(reason) => reason,
        },
        Ok(found) => difference(found, expected),
        Err(error) if is_of_the_segment(&error) => error.to_string(),
        Err(error) => return Err(of(Side::Target)(error)),
    };
    job.target.remove(job.to, name).await.map_err(of(Side::Target))?;
    Ok(Attempt::differs(reason))
}

/// Whether an error is about one segment and not about the node: writing it anew may help.
fn is_of_the_segment(error: &StorageError) -> bool {
    match error {
        StorageError::Corrupt { .. } | StorageError::Io { .. } | StorageError::NotFound { .. } => true,
        StorageError::NoUrl { .. }
        | StorageError::Url { .. }
        | StorageError::Unreachable { .. }
        | StorageError::Unmarked { .. }
        | StorageError::Foreign { .. }
        | StorageError::Marker { .. }
        | StorageError::Exists { .. }
        | StorageError::Full { .. } => false,
    }
}

pub(super) fn difference(found: (u64, u32), expected: (u64, u32)) -> String {
    if found.0 == expected.0 {
        format!("its CRC32C is {:08x}, expected {:08x}", found.1, expected.1)
    } else {
        format!("it has {} bytes, expected {}", found.0, expected.0)
    }
}

/// Reads the source's segment, and compares it with its sidecar and listing.
pub(super) async fn read_source<S: StorageRead, T>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: Option<&Sidecar>,
) -> Result<(u64, u32), CopyError> {
    let reader = open_source(job, &segment.name).await?;
    let sum = Pieces::new(&reader, job.source.id(), job.bandwidth).sum().await;
    check_source(segment, sidecar, sum.map_err(|e| source_error(&segment.name, e))?)
}

async fn open_source<S: StorageRead, T>(job: &CopyJob<'_, S, T>, name: &SegmentName) -> Result<S::Segment, CopyError> {
    job.source.open_segment(job.from, name).await.map_err(|error| source_error(name, error))
}

/// A segment that was listed and cannot be read is a damaged one.
fn source_error(name: &SegmentName, error: StorageError) -> CopyError {
    if is_of_the_segment(&error) {
        return CopyError::SourceDamaged { segment: name.clone(), reason: error.to_string() };
    }
    of(Side::Source)(error)
}

fn check_source(segment: &SegmentEntry, sidecar: Option<&Sidecar>, found: (u64, u32)) -> Result<(u64, u32), CopyError> {
    let expected = sidecar.map_or((segment.bytes, found.1), |known| (known.facts().bytes, known.facts().crc32c));
    if found == expected {
        return Ok(found);
    }
    Err(CopyError::SourceDamaged { segment: segment.name.clone(), reason: difference(found, expected) })
}

/// Stages it, reads it back, gives it its name and its sidecar.
async fn write<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: Option<&Sidecar>,
) -> Result<Attempt, CopyError> {
    let name = &segment.name;
    let by_another = || Attempt::Again { reason: "somebody else wrote it meanwhile".to_owned(), is_there: true };
    let writer = match job.target.create(job.to, name).await {
        Ok(writer) => writer,
        Err(StorageError::Exists { .. }) => return Ok(by_another()),
        // A disk that went away answers in many ways.
        Err(error) => return Err(of(Side::Target)(job.target.check().await.err().unwrap_or(error))),
    };
    let (writer, read) = fill(job, segment, sidecar, writer).await?;
    let sealed = match writer.seal().await {
        Ok(sealed) => sealed,
        Err(StorageError::Exists { .. }) => return Ok(by_another()),
        Err(error) => return Err(of(Side::Target)(job.target.check().await.err().unwrap_or(error))),
    };
    let reason = match Pieces::new(&sealed, job.target.id(), job.bandwidth).sum().await {
        Ok(found) if found == read => None,
        Ok(found) => Some(difference(found, read)),
        Err(error) if is_of_the_segment(&error) => Some(error.to_string()),
        Err(error) => return Err(of(Side::Target)(error)),
    };
    if let Some(reason) = reason {
        job.target.discard(sealed).await.map_err(of(Side::Target))?;
        return Ok(Attempt::differs(reason));
    }
    match job.target.publish(sealed).await {
        Ok(()) => {}
        Err(StorageError::Exists { .. }) => return Ok(by_another()),
        // Another run took the staged file for a leftover.
        Err(StorageError::NotFound { .. }) => {
            return Ok(Attempt::differs("somebody else took it away before it was whole".to_owned()));
        }
        Err(error) => return Err(of(Side::Target)(error)),
    }
    match settle_sidecar(job, name, sidecar, read).await? {
        Ok(sum) => Ok(Attempt::Whole(sum)),
        Err(reason) => Ok(Attempt::Again { reason, is_there: true }),
    }
}

/// Pours the source's segment into a writer: each piece is written while the next is read.
async fn fill<S: StorageRead, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    segment: &SegmentEntry,
    sidecar: Option<&Sidecar>,
    mut writer: T::Writer,
) -> Result<(T::Writer, (u64, u32)), CopyError> {
    let poured = async {
        let reader = open_source(job, &segment.name).await?;
        let mut pieces = Pieces::new(&reader, job.source.id(), job.bandwidth);
        let from_source = |error| source_error(&segment.name, error);
        let mut crc = 0;
        let mut next = pieces.next().await.map_err(from_source)?;
        while let Some(piece) = next {
            let bytes = piece.len() as u64;
            crc = crc32c::crc32c_append(crc, &piece);
            job.bandwidth.take(job.target.id(), Direction::In, bytes).await;
            let (following, written) = join(pieces.next(), writer.append(piece)).await;
            written.map_err(of(Side::Target))?;
            (job.tell)(CopyEvent::Written { bytes });
            next = following.map_err(from_source)?;
        }
        check_source(segment, sidecar, (pieces.offset, crc))
    }
    .await;
    match poured {
        Ok(read) => Ok((writer, read)),
        Err(error) => {
            // What cannot be taken away now is left to the next run's clean.
            let _ = writer.abort().await;
            let gone = match error.side() {
                Some(Side::Target) => job.target.check().await.err().map(of(Side::Target)),
                Some(Side::Source) => job.source.check().await.err().map(of(Side::Source)),
                None => None,
            };
            Err(gone.unwrap_or(error))
        }
    }
}

/// Writes the sidecar if there is none, and reads it back; says what is known of the segment by it, or what is wrong with the
/// one that is there.
async fn settle_sidecar<S, T: StorageWrite>(
    job: &CopyJob<'_, S, T>,
    name: &SegmentName,
    source: Option<&Sidecar>,
    (bytes, crc32c): (u64, u32),
) -> Result<Result<SegmentSum, String>, CopyError> {
    let wanted = source.cloned().unwrap_or_else(|| Sidecar::of_opaque(bytes, crc32c));
    let vanished = || "its sidecar vanished".to_owned();
    match job.target.create_sidecar(job.to, name, wanted.raw().clone()).await {
        Ok(()) | Err(StorageError::Exists { .. }) => {}
        // Another run took the staged file for a leftover.
        Err(StorageError::NotFound { .. }) => return Ok(Err(vanished())),
        Err(error) => return Err(of(Side::Target)(error)),
    }
    let found = match job.target.sidecar(job.to, name).await {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(Err(vanished())),
        Err(StorageError::Corrupt { reason, .. }) => return Ok(Err(format!("its sidecar: {reason}"))),
        Err(error) => return Err(of(Side::Target)(error)),
    };
    // Where the source lost its own, or never had one, what an earlier run brought is worth more than one that knows nothing.
    let fits = source.is_none() && (found.facts().bytes, found.facts().crc32c) == (bytes, crc32c);
    if found.raw() != wanted.raw() && !fits {
        return Ok(Err("its sidecar says something else than the source's".to_owned()));
    }
    Ok(Ok(SegmentSum { bytes, crc32c, records: found.facts().records }))
}
