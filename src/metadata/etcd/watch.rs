//! A watch that outlives its member.
//!
//! Invariant: batches are whole revisions, in order; after a break it goes on with the revision behind the last whole one,
//! on whichever member answers. Where a change may have been missed, [`StoreError::Compacted`] is the answer, never silence.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use super::fault::Fault;
use super::reader::EtcdReader;
use super::stream::{Event, Message, Stream};
use super::wire::bounds;
use crate::model::Revision;
use crate::ports::metadata::{KeyRange, WatchBatch};
use crate::ports::{MetadataRead as _, MetadataWatch, StoreError};

/// After so long without a word the member is asked whether it lives.
const QUIET: Duration = Duration::from_secs(2);
/// And after so long without an answer to that, it is given up.
const DEAD: Duration = Duration::from_secs(3);
/// etcd looks for watches that start in the past every 100 ms: a look at what is there already waits for three of these.
const CATCH_UP: Duration = Duration::from_millis(300);
/// Between two attempts to open it again.
const PAUSE: Duration = Duration::from_millis(100);

/// A watch on an etcd.
pub struct EtcdWatch {
    reader: EtcdReader,
    range: KeyRange,
    /// The first revision that was not given out.
    next: Revision,
    /// `None` = broken, or an empty range.
    stream: Option<Stream>,
    /// Whole revisions that wait to be given out.
    ready: VecDeque<WatchBatch>,
    /// The last revision, as far as it came.
    partial: Option<WatchBatch>,
    /// When the member last said something.
    heard: Instant,
    /// When it was asked for a sign of life since.
    asked: Option<Instant>,
}

impl EtcdWatch {
    /// Opens it on the first member that answers.
    pub(super) async fn open(reader: EtcdReader, range: KeyRange, from: Revision) -> Result<Self, StoreError> {
        let from = from.max(Revision(1));
        let (ready, partial, heard) = (VecDeque::new(), None, Instant::now());
        let mut watch = Self { reader, range, next: from, stream: None, ready, partial, heard, asked: None };
        let until = Instant::now() + watch.reader.members.total();
        watch.reopen(until).await?;
        Ok(watch)
    }

    /// Opens it on a member, beginning with the last that answered.
    async fn reopen(&mut self, until: Instant) -> Result<(), StoreError> {
        let members = self.reader.members.clone();
        let Some((start, end)) = bounds(&self.range) else { return Ok(()) };
        self.partial = None;
        loop {
            let (mut last, first) = (None, members.current());
            for i in 0..members.count() {
                let member = (first + i) % members.count();
                let left = until.saturating_duration_since(Instant::now());
                // A silent member leaves time for the others.
                let share = Instant::now() + left / u32::try_from(members.count() - i).unwrap_or(1);
                match Stream::open(&members, member, (start, end), self.next, share).await {
                    Ok(stream) => {
                        self.check_kept().await?;
                        (self.stream, self.heard, self.asked) = (Some(stream), Instant::now(), None);
                        return Ok(());
                    }
                    Err(Fault::Refused(refusal)) => {
                        let what = format!("watching {start}");
                        return Err(self.reader.refused(refusal, &what, Some(self.next)).await);
                    }
                    Err(fault) => {
                        members.failed(member, &fault).await;
                        last = Some((member, fault));
                    }
                }
            }
            if Instant::now() + PAUSE >= until {
                let (member, fault) =
                    last.unwrap_or_else(|| (0, Fault::silent("no answer", super::fault::Sent::Never)));
                return Err(members.unusable(member, fault));
            }
            sleep(PAUSE).await;
        }
    }

    /// A compaction at exactly the first revision would hide deletions made by it: the one before must be readable.
    async fn check_kept(&self) -> Result<(), StoreError> {
        let before = Revision(self.next.0 - 1);
        if before == Revision::NONE || before >= self.reader.members.seen() {
            return Ok(());
        }
        match self.reader.one(self.range.start(), Some(before)).await {
            Ok(_) | Err(StoreError::FutureRevision { .. }) => Ok(()),
            Err(StoreError::Compacted { oldest, .. }) => Err(StoreError::Compacted { asked: self.next, oldest }),
            Err(error) => Err(error),
        }
    }

    /// Takes in events: all revisions but perhaps the last are whole.
    fn take(&mut self, events: Vec<Event>, more: bool) {
        for event in events.into_iter().filter(|event| event.revision >= self.next) {
            if self.partial.as_ref().is_some_and(|batch| batch.revision != event.revision) {
                self.ready.extend(self.partial.take());
            }
            let revision = event.revision;
            let batch = self.partial.get_or_insert_with(|| WatchBatch { revision, at: None, changes: Vec::new() });
            batch.changes.push((event.key, event.entry));
        }
        if !more {
            self.ready.extend(self.partial.take());
        }
    }

    fn give(&mut self) -> Option<WatchBatch> {
        let mut batch = self.ready.pop_front()?;
        batch.changes.sort_by(|a, b| a.0.cmp(&b.0));
        self.next = Revision(batch.revision.0 + 1);
        Some(batch)
    }

    /// How long to wait at least: what is there already must be found even by a look that does not wait.
    async fn patience(&mut self, timeout: Duration) -> Result<Duration, StoreError> {
        if timeout >= CATCH_UP || !self.ready.is_empty() {
            return Ok(timeout);
        }
        let now = self.reader.revision().await?;
        Ok(if now >= self.next { CATCH_UP } else { timeout })
    }

    /// Waits for one message, at most until `until`.
    async fn hear(&mut self, until: Instant) -> Result<(), StoreError> {
        let members = self.reader.members.clone();
        let Some(stream) = &mut self.stream else {
            // A broken watch is given as long as any call, even by a caller in a hurry.
            return self.reopen(Instant::now() + members.total()).await;
        };
        let patience = self.asked.map_or(self.heard + QUIET, |asked| asked + DEAD);
        let message = tokio::select! {
            biased;
            message = stream.message(&members) => message,
            () = sleep_until(until.min(patience)) => {
                if Instant::now() < patience {
                    return Ok(());
                }
                if self.asked.is_some() {
                    members.pass_over(stream.member());
                    self.stream = None;
                } else {
                    let asked = Instant::now();
                    self.asked = Some(asked);
                    if !matches!(timeout_at(asked + DEAD, stream.ask_alive()).await, Ok(Ok(()))) {
                        self.stream = None;
                    }
                }
                return Ok(());
            }
        };
        (self.heard, self.asked) = (Instant::now(), None);
        match message {
            Ok(Message::Events { events, more }) => self.take(events, more),
            Ok(Message::Progress(revision)) if self.ready.is_empty() && self.partial.is_none() => {
                self.next = self.next.max(Revision(revision.0 + 1));
            }
            Ok(Message::Progress(_) | Message::Alive) => {}
            Ok(Message::Compacted(oldest)) => {
                self.stream = None;
                return Err(StoreError::Compacted { asked: self.next, oldest });
            }
            Err(Fault::Refused(refusal)) => {
                self.stream = None;
                let what = format!("watching {}", self.range.start());
                return Err(self.reader.refused(refusal, &what, Some(self.next)).await);
            }
            Err(fault) => {
                members.failed(stream.member(), &fault).await;
                self.stream = None;
            }
        }
        Ok(())
    }
}

impl MetadataWatch for EtcdWatch {
    async fn next(&mut self, timeout: Duration) -> Result<Option<WatchBatch>, StoreError> {
        if bounds(&self.range).is_none() {
            sleep(timeout).await;
            return Ok(None);
        }
        let until = Instant::now() + self.patience(timeout).await?;
        loop {
            if let Some(batch) = self.give() {
                return Ok(Some(batch));
            }
            if Instant::now() >= until {
                return Ok(None);
            }
            self.hear(until).await?;
        }
    }
}
