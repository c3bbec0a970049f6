//! The members of a cluster: one client each, and which of them to ask.
//!
//! A read that gets no good answer, or none for a while, is asked of the next member too, and the first answer counts. A
//! write goes to one member; only if it cannot have got there, to the next.
//!
//! Invariant: every wait has an end, [`Members::total`] after the call began. A write is sent at most once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use etcd_client::{Client, Error};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

use super::config::{Endpoint, EtcdConfig};
use super::dial::Dialer;
use super::fault::{Fault, Refusal, Sent};
use crate::model::Revision;
use crate::ports::{StoreError, UnreachableCause};

/// After so long without an answer the next member is asked as well.
const STAGGER: Duration = Duration::from_millis(1_500);
/// The members of a large set are all asked within this time.
const STAGGER_ALL: Duration = Duration::from_secs(5);
/// Between two rounds over all members, while they elect a leader.
const ROUND_PAUSE: Duration = Duration::from_millis(100);
/// What a call may take beyond its time-out: to look at the peer, to ask another.
const GRACE: Duration = Duration::from_millis(1_500);

/// A handle on the members.
#[derive(Clone)]
pub(super) struct Members {
    inner: Arc<Inner>,
}

struct Inner {
    config: EtcdConfig,
    place: String,
    slots: Vec<Slot>,
    /// The member that answered last.
    current: AtomicUsize,
    /// The newest revision that any answer told.
    seen: AtomicU64,
}

struct Slot {
    dialer: Dialer,
    client: Mutex<Option<Client>>,
}

/// What became of a write.
pub(super) enum Unwritten {
    /// The store refused it.
    Refused(Refusal),
    /// It got to no member.
    Unreachable(StoreError),
    /// Nobody knows.
    Unclear(StoreError),
}

impl Members {
    /// The members of a configuration, its files checked; nothing is connected yet.
    pub(super) fn new(config: EtcdConfig) -> Result<Self, StoreError> {
        let slots = Dialer::all(&config)?.into_iter().map(|dialer| Slot { dialer, client: Mutex::new(None) }).collect();
        let place = config.place();
        let (current, seen) = (AtomicUsize::new(0), AtomicU64::new(0));
        Ok(Self { inner: Arc::new(Inner { config, place, slots, current, seen }) })
    }

    pub(super) fn place(&self) -> &str {
        &self.inner.place
    }

    pub(super) fn config(&self) -> &EtcdConfig {
        &self.inner.config
    }

    /// Notes the revision of an answer.
    pub(super) fn note_revision(&self, revision: Revision) {
        self.inner.seen.fetch_max(revision.0, Ordering::Relaxed);
    }

    /// The newest revision that any answer told: whatever is sent from now on is newer.
    pub(super) fn seen(&self) -> Revision {
        Revision(self.inner.seen.load(Ordering::Relaxed))
    }

    /// The longest that a call may take.
    pub(super) fn total(&self) -> Duration {
        self.config().command_timeout.max(self.config().dial_timeout) + GRACE
    }

    fn order(&self) -> Vec<usize> {
        let (n, first) = (self.inner.slots.len(), self.inner.current.load(Ordering::Relaxed));
        (0..n).map(|i| (first + i) % n).collect()
    }

    /// After a member failed to answer: the next call begins with another.
    pub(super) fn pass_over(&self, member: usize) {
        let next = (member + 1) % self.inner.slots.len();
        let _ = self.inner.current.compare_exchange(member, next, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// The client of one member, connected and proved.
    pub(super) async fn client(&self, member: usize, until: Instant) -> Result<Client, Fault> {
        let slot = &self.inner.slots[member];
        let silent = || Fault::silent("no time was left to connect", Sent::Never);
        let mut client = timeout_at(until, slot.client.lock()).await.map_err(|_| silent())?;
        if let Some(client) = &*client {
            return Ok(client.clone());
        }
        let (made, revision) = slot.dialer.dial(self.config(), until).await?;
        self.note_revision(revision);
        *client = Some(made.clone());
        Ok(made)
    }

    async fn forget(&self, member: usize) {
        // Whoever holds it is making a new one.
        if let Ok(mut client) = self.inner.slots[member].client.try_lock() {
            *client = None;
        }
    }

    /// One call to one member.
    async fn attempt<T, F, Fut>(self, member: usize, op: F, until: Instant) -> Result<T, Fault>
    where
        F: Fn(Client) -> Fut,
        Fut: Future<Output = Result<T, Error>>,
    {
        let client = self.client(member, until).await?;
        let within = self.config().command_timeout.min(until.saturating_duration_since(Instant::now()));
        let fault = match timeout(within, op(client)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => self.inner.slots[member].dialer.explain(&error),
            Err(_) => Fault::silent(format!("no answer in {} s", within.as_secs_f32()), Sent::Perhaps),
        };
        self.failed(member, &fault).await;
        Err(fault)
    }

    /// After a member did not answer: its client is made anew, and the next call begins with another.
    pub(super) async fn failed(&self, member: usize, fault: &Fault) {
        if fault.spoils_client() {
            self.forget(member).await;
        }
        if !matches!(fault, Fault::Refused(_)) {
            self.pass_over(member);
        }
    }

    /// Asks the members until one gives a good answer or refuses.
    pub(super) async fn read<T, F, Fut>(&self, op: F) -> Result<T, ReadFault>
    where
        T: Send + 'static,
        F: Fn(Client) -> Fut + Clone + Send + 'static,
        Fut: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let until = Instant::now() + self.total();
        let mut faults = Faults::default();
        loop {
            let transient = match self.round(&op, until, &mut faults).await {
                Ok(answer) => return Ok(answer),
                Err(Some(refusal)) => return Err(ReadFault::Refused(refusal)),
                Err(None) => faults.any_passing,
            };
            if !transient || Instant::now() + ROUND_PAUSE >= until {
                return Err(ReadFault::Unreachable(self.unreachable(&faults, false)));
            }
            sleep(ROUND_PAUSE).await;
            faults.any_passing = false;
        }
    }

    /// Asks each member once, one after the other or side by side; `None` when all failed.
    async fn round<T, F, Fut>(&self, op: &F, until: Instant, faults: &mut Faults) -> Result<T, Option<Refusal>>
    where
        T: Send + 'static,
        F: Fn(Client) -> Fut + Clone + Send + 'static,
        Fut: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let mut waiting = self.order().into_iter();
        let stagger = STAGGER.min(STAGGER_ALL / u32::try_from(self.inner.slots.len()).unwrap_or(u32::MAX));
        // Dropping the set ends the calls that are still out.
        let mut calls = JoinSet::new();
        loop {
            if let Some(member) = waiting.next() {
                let (members, op) = (self.clone(), op.clone());
                calls.spawn(async move { (member, members.attempt(member, op, until).await) });
            }
            let next = if waiting.len() > 0 { Instant::now() + stagger } else { until };
            tokio::select! {
                biased;
                done = calls.join_next() => match done {
                    Some(Ok((member, Ok(answer)))) => {
                        self.inner.current.store(member, Ordering::Relaxed);
                        return Ok(answer);
                    }
                    Some(Ok((_, Err(Fault::Refused(refusal))))) => return Err(Some(refusal)),
                    Some(Ok((member, Err(fault)))) => faults.note(member, fault),
                    Some(Err(_)) => {}
                    None => return Err(None),
                },
                () = sleep_until(next) => if waiting.len() == 0 {
                    for member in self.order() {
                        faults.note_if_none(member, Fault::silent("no answer in time", Sent::Perhaps));
                    }
                    return Err(None);
                },
            }
        }
    }

    /// Asks every member, side by side, for what each knows of itself; in the order of the endpoints.
    pub(super) async fn each<T, F, Fut>(&self, op: F, within: Duration) -> Vec<(&Endpoint, Result<T, Fault>)>
    where
        T: Send + 'static,
        F: Fn(Client) -> Fut + Clone + Send + 'static,
        Fut: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let until = Instant::now() + within.min(self.total());
        let mut calls = JoinSet::new();
        for member in 0..self.count() {
            let (members, op) = (self.clone(), op.clone());
            calls.spawn(async move { (member, members.attempt(member, op, until).await) });
        }
        let mut answers: Vec<(usize, Result<T, Fault>)> = Vec::new();
        while let Some(done) = calls.join_next().await {
            answers.extend(done);
        }
        answers.sort_by_key(|(member, _)| *member);
        answers.into_iter().map(|(member, answer)| (self.inner.slots[member].dialer.endpoint(), answer)).collect()
    }

    /// Sends a write to the first member that can be reached.
    pub(super) async fn write<T, F, Fut>(&self, op: F) -> Result<T, Unwritten>
    where
        F: Fn(Client) -> Fut + Clone,
        Fut: Future<Output = Result<T, Error>>,
    {
        let until = Instant::now() + self.total();
        let mut faults = Faults::default();
        loop {
            for member in self.order() {
                let fault = match self.clone().attempt(member, op.clone(), until).await {
                    Ok(answer) => {
                        self.inner.current.store(member, Ordering::Relaxed);
                        return Ok(answer);
                    }
                    Err(fault) => fault,
                };
                let sent = fault.sent();
                if let Fault::Refused(refusal) = fault {
                    return Err(Unwritten::Refused(refusal));
                }
                faults.note(member, fault);
                if sent == Sent::Perhaps {
                    return Err(Unwritten::Unclear(self.unreachable(&faults, true)));
                }
            }
            if !faults.any_passing || Instant::now() + ROUND_PAUSE >= until {
                return Err(Unwritten::Unreachable(self.unreachable(&faults, false)));
            }
            sleep(ROUND_PAUSE).await;
            faults.any_passing = false;
        }
    }

    /// What is told when no member gave a good answer.
    fn unreachable(&self, faults: &Faults, applied_unknown: bool) -> StoreError {
        let mut cause = UnreachableCause::Other;
        let mut lines = Vec::new();
        for (member, fault) in &faults.last {
            if let Fault::Member { cause: of_member, text, .. } = fault {
                if lines.is_empty() {
                    cause = *of_member;
                }
                let endpoint: &Endpoint = self.inner.slots[*member].dialer.endpoint();
                let said = of_member.to_string();
                let repeats = text.to_lowercase().starts_with(&said.to_lowercase());
                let detail = if text.is_empty() || repeats { String::new() } else { format!(" ({text})") };
                lines.push(format!("{endpoint}: {said}{detail}"));
            }
        }
        StoreError::Unreachable { place: self.place().to_owned(), cause, reason: lines.join("; "), applied_unknown }
    }

    /// What a member's failure is to the caller.
    pub(super) fn unusable(&self, member: usize, fault: Fault) -> StoreError {
        let mut faults = Faults::default();
        faults.note(member, fault);
        self.unreachable(&faults, false)
    }

    /// The member to ask first.
    pub(super) fn current(&self) -> usize {
        self.inner.current.load(Ordering::Relaxed)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.inner.slots.len()
    }

    /// What an error of the client means.
    pub(super) fn explain(&self, member: usize, error: &Error) -> Fault {
        self.inner.slots[member].dialer.explain(error)
    }
}

/// Why a read got no good answer.
pub(super) enum ReadFault {
    /// The store refused it.
    Refused(Refusal),
    /// No member answered.
    Unreachable(StoreError),
}

/// The last fault of each member, in the order in which they were first met.
#[derive(Default)]
struct Faults {
    last: Vec<(usize, Fault)>,
    any_passing: bool,
}

impl Faults {
    fn note(&mut self, member: usize, fault: Fault) {
        self.any_passing |= matches!(fault, Fault::Member { passing: true, .. });
        match self.last.iter_mut().find(|(of, _)| *of == member) {
            Some((_, last)) => *last = fault,
            None => self.last.push((member, fault)),
        }
    }

    fn note_if_none(&mut self, member: usize, fault: Fault) {
        if self.last.iter().all(|(of, _)| *of != member) {
            self.note(member, fault);
        }
    }
}
