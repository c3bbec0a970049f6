//! Group after group to its answers.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::collect::{Collected, Member, Work, collect};
use super::figures::Figures;
use super::intake::{Accepted, NotAccepted};
use super::queue::{Queue, Queued};
use crate::operations::consistent::consistently;
use crate::operations::records::bucket_records;
use crate::operations::writing::{Acknowledged, Ready, SegmentKey, WriteError, WriteSettings, Writer, Written};
use crate::operations::{ClusterView, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{Clock, Keys, MetadataWrite};

/// What happens beside writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiveEvent {
    /// Requests could not be written; told every [`TOLD_EVERY`] while it lasts.
    Unwritten {
        /// How many since it was told last.
        requests: usize,
        /// Why, of the first of the last group.
        reason: String,
    },
    /// A whole group was written after one that was not.
    Well,
}

/// How often trouble is told that lasts.
pub const TOLD_EVERY: Duration = Duration::from_secs(10);

/// For so long after something could not be written, nothing is waited for: whoever is not concerned goes on at full speed, and
/// whoever is hears of it at once.
const IMPATIENT_FOR: Duration = Duration::from_secs(10);

/// Requests that could not be written.
#[derive(Default)]
struct Trouble {
    /// When it was told, since the last group that was written whole.
    told: Option<Instant>,
    untold: usize,
    /// When it was met last.
    met: Option<Instant>,
}

impl Trouble {
    fn is_past(&self) -> bool {
        self.met.is_none_or(|met| met.elapsed() >= IMPATIENT_FOR)
    }
}

/// Writes what comes in.
pub struct Receiver<'a, M, S> {
    /// The metadata.
    pub store: &'a M,
    /// Where it lies.
    pub keys: &'a Keys,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Writes batches; with the same settings.
    pub writer: Writer<'a, M, S>,
    /// How is written. A batch is a group.
    pub settings: WriteSettings,
    /// How long a group waits for more, from the arrival of its first request on.
    pub linger: Duration,
    /// Where is counted.
    pub figures: Figures,
    /// Who is told.
    pub listener: &'a dyn Fn(&ReceiveEvent),
}

impl<M: MetadataWrite, S: StorageWrite> Receiver<'_, M, S> {
    /// Writes groups until the queue has ended; `on_group` gets what is safe of each.
    pub async fn run(self, mut queue: Queue, mut on_group: impl FnMut(&Acknowledged)) {
        let mut number = 0;
        let mut trouble = Trouble::default();
        while let Some(group) = queue.group(self.settings.batch_bytes, self.linger).await {
            if group.is_empty() {
                continue;
            }
            let Collected { members, ready } = self.collect(group, number).await;
            number += 1;
            let (acknowledged, left) = match ready {
                Ok(Some(ready)) => self.write(ready, trouble.is_past()).await,
                Ok(None) => (None, Unsafe::default()),
                Err(error) => (None, Unsafe { all: Some(error.to_string()), some: BTreeMap::new() }),
            };
            self.answer(members, &left, &mut trouble);
            if let Some(acknowledged) = acknowledged {
                on_group(&acknowledged);
            }
        }
    }

    /// Collects a group on another thread and answers its questions meanwhile.
    async fn collect(&self, group: Vec<Queued>, number: u64) -> Collected {
        let read = consistently(None, async || ClusterView::read(self.store, self.keys, None, &[]).await).await;
        let view = match read {
            Ok((view, _)) if view.has_spec() => view,
            Ok(_) => return refused(group, WriteError::NoSpec),
            Err(error) => return refused(group, error.into()),
        };
        let (questions, mut asked) = mpsc::channel(1);
        let work = Work { view, settings: self.settings.clone(), now: self.clock.now(), number, questions };
        let mut collecting = spawn_blocking(move || collect(work, group));
        let collected = loop {
            tokio::select! {
                Some((bucket, answer)) = asked.recv() => {
                    // Who asked may have gone.
                    let _ = answer.send(bucket_records(self.store, self.keys, bucket).await);
                }
                collected = &mut collecting => break collected,
            }
        };
        // It died: whoever waits for an answer is told so by its end.
        collected.unwrap_or_else(|error| {
            let error = OperationError::Invalid(format!("a group could not be collected: {error}"));
            Collected { members: Vec::new(), ready: Err(error.into()) }
        })
    }

    async fn write(&self, ready: Ready, patient: bool) -> (Option<Acknowledged>, Unsafe) {
        let Written { acknowledged, left } = self.writer.write_each(ready, patient).await;
        let mut some = BTreeMap::new();
        for unwritten in left {
            let reason = unwritten.error.to_string();
            some.extend(unwritten.segments.into_iter().map(|key| (key, reason.clone())));
        }
        (Some(acknowledged), Unsafe { all: None, some })
    }

    fn answer(&self, members: Vec<Member>, left: &Unsafe, trouble: &mut Trouble) {
        let mut unwritten: Option<(usize, String)> = None;
        for member in members {
            let Member { reply, reservation, records, bytes, added } = member;
            let result = match added {
                Err(error) => Err(error.to_string()),
                Ok(added) => match left.reason(added.segments.iter()) {
                    Some(reason) => Err(reason.to_owned()),
                    None => Ok(Accepted { refused: added.refused }),
                },
            };
            match &result {
                Ok(accepted) => self.figures.count(|figures| {
                    figures.acknowledged += 1;
                    figures.records += records.saturating_sub(accepted.refused.records());
                    figures.bytes += bytes;
                }),
                Err(reason) => {
                    self.figures.count(|figures| figures.unwritten += 1);
                    unwritten.get_or_insert_with(|| (0, reason.clone())).0 += 1;
                }
            }
            drop(reservation);
            // Whoever does not wait any longer repeats it.
            let _ = reply.send(result.map_err(NotAccepted::Unwritten));
        }
        let Some((requests, reason)) = unwritten else {
            if trouble.told.is_some() {
                (trouble.told, trouble.untold) = (None, 0);
                (self.listener)(&ReceiveEvent::Well);
            }
            return;
        };
        trouble.untold += requests;
        trouble.met = Some(Instant::now());
        if trouble.told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            let requests = std::mem::take(&mut trouble.untold);
            trouble.told = Some(Instant::now());
            (self.listener)(&ReceiveEvent::Unwritten { requests, reason });
        }
    }
}

/// What of a group is not safe.
#[derive(Default)]
struct Unsafe {
    /// Nothing is, for this reason.
    all: Option<String>,
    some: BTreeMap<SegmentKey, String>,
}

impl Unsafe {
    fn reason<'k>(&self, mut segments: impl Iterator<Item = &'k SegmentKey>) -> Option<&str> {
        self.all.as_deref().or_else(|| segments.find_map(|key| self.some.get(key)).map(String::as_str))
    }
}

fn refused(group: Vec<Queued>, error: WriteError) -> Collected {
    let members = group.into_iter().map(super::collect::untouched).collect();
    Collected { members, ready: Err(error) }
}
