//! Reading a segment without frames: from its start to its end, in bounded memory.
//!
//! If a sidecar knows its CRC, the bytes are checked before anything of them is given out. What was given out of one copy is
//! passed over in the next: copies are the same byte for byte.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::engine::Engine;
use super::frames::in_time;
use super::group::Groups;
use super::listing::SegmentWork;
use super::pick::{Picker, Tally};
use super::replicas::locked;
use crate::otlp::ReadError;
use crate::ports::MetadataRead;
use crate::ports::storage::error::Cause;
use crate::ports::storage::{CHUNK_BYTES, SegmentFacts, SegmentRead, StorageError, StorageRead};

/// What is given out at a time.
const GIVEN_BYTES: usize = 256 << 10;
/// Requests that are given out at a time.
const GIVEN_BATCHES: u64 = 1_000;

/// A segment that is being read.
pub(super) struct WholeStream {
    segment: SegmentWork,
    facts: Option<SegmentFacts>,
    /// The place among the sources of the copy that is read next.
    next: usize,
    /// Requests that were read and given out.
    batches: u64,
    running: Option<(usize, mpsc::Receiver<News>)>,
}

/// What a reading tells.
enum News {
    Given(Groups, u64),
    Ended(Tally),
    Damaged(String),
    Failed(StorageError),
    NotOtlp(String),
}

impl WholeStream {
    pub(super) fn new(segment: SegmentWork, facts: Option<SegmentFacts>) -> Self {
        Self { segment, facts, next: 0, batches: 0, running: None }
    }

    /// The earliest time in it, if that is known.
    pub(super) fn bound(&self) -> u64 {
        self.facts.as_ref().and_then(|facts| facts.min_time_unix_nano).unwrap_or_default()
    }
}

impl<M: MetadataRead, S: StorageRead + 'static> Engine<'_, M, S> {
    /// The next of what matches, and the stream unless that was all.
    pub(super) async fn read_on(&self, mut stream: WholeStream) -> (Groups, Option<WholeStream>) {
        loop {
            let Some((replica, news)) = &mut stream.running else {
                let Some(&(replica, _)) = stream.segment.sources.get(stream.next) else {
                    let name = Some(stream.segment.name.clone());
                    self.lose(&stream.segment.partition, name, "no copy that was read is good".to_owned());
                    return (Groups::default(), None);
                };
                stream.next += 1;
                match self.start(&stream, replica).await {
                    Ok(news) => stream.running = Some((replica, news)),
                    Err(error) => self.failed(&stream.segment, replica, &error),
                }
                continue;
            };
            let replica = *replica;
            match news.recv().await {
                Some(News::Given(groups, batches)) => {
                    stream.batches += batches;
                    locked(&stream.segment.partition.figures).records += groups.record_count() as u64;
                    return (groups, Some(stream));
                }
                Some(News::Ended(tally)) => {
                    locked(&self.report).tally += tally;
                    return (Groups::default(), None);
                }
                Some(News::NotOtlp(reason)) => {
                    self.unreadable(&stream.segment, &reason);
                    return (Groups::default(), None);
                }
                Some(News::Damaged(reason)) => self.damaged(&stream.segment, replica, reason),
                Some(News::Failed(error)) => self.failed(&stream.segment, replica, &error),
                None => self.damaged(&stream.segment, replica, "its reading broke off".to_owned()),
            }
            stream.running = None;
        }
    }

    async fn start(&self, stream: &WholeStream, replica: usize) -> Result<mpsc::Receiver<News>, StorageError> {
        let work = &stream.segment.partition;
        let at = &work.replicas[replica];
        let node = self.nodes.of(&at.node).await?;
        let segment = node.open_segment(&at.copy, &stream.segment.name).await?;
        work.read(replica, segment.bytes());
        let input = Input {
            segment: Arc::new(segment),
            place: node.place().to_owned(),
            handle: Handle::current(),
            chunk: (0, Bytes::new()),
            at: 0,
            failed: None,
        };
        let (sender, news) = mpsc::channel(1);
        let (picker, facts, skip) = (self.picker.clone(), stream.facts.clone(), stream.batches);
        tokio::task::spawn_blocking(move || read(input, &picker, facts.as_ref(), skip, &sender));
        Ok(news)
    }
}

/// Reads a segment where it may wait; nobody may listen any more.
fn read<S: SegmentRead + 'static>(
    mut input: Input<S>,
    picker: &Picker,
    facts: Option<&SegmentFacts>,
    skip: u64,
    news: &mpsc::Sender<News>,
) {
    if let Some(facts) = facts {
        let said = match input.crc32c() {
            Ok(found) if found == (facts.bytes, facts.crc32c) => None,
            Ok((bytes, crc)) => Some(News::Damaged(format!(
                "{bytes} bytes with CRC {crc:08x}, its sidecar says {} with {:08x}",
                facts.bytes, facts.crc32c
            ))),
            Err(error) => Some(News::Failed(error)),
        };
        if let Some(said) = said {
            let _ = news.blocking_send(said);
            return;
        }
    }
    let mut given = Groups::default();
    let mut batches = 0;
    let give = |groups: &mut Groups, batches| {
        let mut all = std::mem::take(groups);
        all.settle();
        if news.blocking_send(News::Given(all, batches)).is_err() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let result = picker.read(&mut input, skip, &mut given, |groups| {
        batches += 1;
        if groups.held_bytes() < GIVEN_BYTES && batches < GIVEN_BATCHES {
            return ControlFlow::Continue(());
        }
        give(groups, std::mem::take(&mut batches))
    });
    // Whoever does not listen any more does not miss it.
    let _ = give(&mut given, batches);
    let end = match (result, input.failed) {
        (_, Some(error)) => News::Failed(error),
        (Ok(tally), None) => News::Ended(tally),
        (Err(ReadError::NotOtlp(crate::otlp::NotOtlp::Empty)), None) => News::Ended(Tally::default()),
        (Err(error @ ReadError::Compressed { .. }), None) => News::Damaged(error.to_string()),
        (Err(error), None) => News::NotOtlp(error.to_string()),
    };
    let _ = news.blocking_send(end);
}

/// A segment as an input for readers that wait.
struct Input<S> {
    segment: Arc<S>,
    place: String,
    handle: Handle,
    /// What was read last, and where it lies.
    chunk: (u64, Bytes),
    at: u64,
    failed: Option<StorageError>,
}

impl<S: SegmentRead + 'static> Input<S> {
    /// Makes the chunk at the present place the one in memory.
    fn fill(&mut self) -> Result<(), StorageError> {
        let start = self.at / CHUNK_BYTES as u64 * CHUNK_BYTES as u64;
        if self.chunk.0 != start || self.chunk.1.is_empty() {
            self.chunk = (start, self.read_chunk(start)?);
        }
        Ok(())
    }

    /// Reads on the runtime, which alone may keep time: it may end while this thread still reads, and then nobody answers.
    fn read_chunk(&self, start: u64) -> Result<Bytes, StorageError> {
        let (sender, received) = std::sync::mpsc::sync_channel(1);
        let (segment, place) = (Arc::clone(&self.segment), self.place.clone());
        self.handle.spawn(async move {
            let _ = sender.send(in_time(&place, segment.read(start, CHUNK_BYTES)).await);
        });
        received.recv().unwrap_or_else(|_| {
            Err(StorageError::Unreachable {
                place: self.place.clone(),
                cause: Cause::Other,
                detail: "the reading was stopped".to_owned(),
            })
        })
    }

    /// Length and CRC of everything; then it stands at the start again.
    fn crc32c(&mut self) -> Result<(u64, u32), StorageError> {
        let mut crc = 0;
        while self.at < self.segment.bytes() {
            self.fill()?;
            if self.chunk.1.is_empty() {
                break;
            }
            crc = crc32c::crc32c_append(crc, &self.chunk.1);
            self.at = self.chunk.0 + self.chunk.1.len() as u64;
        }
        Ok((std::mem::take(&mut self.at), crc))
    }
}

impl<S: SegmentRead + 'static> io::Read for Input<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.segment.bytes() {
            return Ok(0);
        }
        if let Err(error) = self.fill() {
            let told = io::Error::other(error.to_string());
            self.failed = Some(error);
            return Err(told);
        }
        let rest =
            usize::try_from(self.at - self.chunk.0).ok().and_then(|from| self.chunk.1.get(from..)).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}
