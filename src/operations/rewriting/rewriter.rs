//! A run: partitions are claimed, and each is brought to its rest.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::sync::Semaphore;

use super::driver::{Driver, Ended, Pace};
use super::event::RewriteListener;
use crate::migration::rewrite::RewriteRequest;
use crate::migration::rewrite_journal::RewriteKind;
use crate::migration::{Intent, LockValue};
use crate::model::{PartitionId, SplitMix64};
use crate::operations::executing::commit::Trail;
use crate::operations::executing::{CrashAt, Halt, Opener, Places, preflight};
use crate::operations::leased::Sign;
use crate::operations::{AuditContext, ClusterView, Consent, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{Clock, Keys, MetadataWrite};

/// How long writers may go on by what they saw before: a view of a record is at most 5 s old.
pub const SETTLE_DEFAULT: Duration = Duration::from_secs(10);
/// How long readers may go on by the old copies.
pub const GRACE_DEFAULT: Duration = Duration::from_secs(60);
/// Partitions whose new copies are made at the same time; each holds a segment and what becomes of it in memory, and writers
/// hold back from it.
const BUILT_AT_ONCE: usize = 4;
/// Partitions in flight: the others wait until readers have left their old copies. By the usual times, 10 s and 60 s, some 800 an
/// hour go through, more than an hour has.
const IN_FLIGHT_MAX: usize = 16;

/// How partitions are rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RewriteSettings {
    /// How long writers may go on by what they saw before.
    pub settle: Duration,
    /// How long readers may go on by the old copies.
    pub grace: Duration,
}

impl Default for RewriteSettings {
    fn default() -> Self {
        Self { settle: SETTLE_DEFAULT, grace: GRACE_DEFAULT }
    }
}

/// What is to be done with a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// It is split by so many bits.
    Split(u8),
    /// Its small segments are merged into segments of about so many bytes.
    Compact(u64),
    /// What is in flight on it goes on.
    GoOn,
    /// What is in flight on it is undone while that is possible, and else finished.
    Undo,
}

/// Who rewrites, and with what.
pub struct Rewriter<'a, M, S> {
    /// The metadata.
    pub store: &'a M,
    /// Its keys.
    pub keys: &'a Keys,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Opens the data of nodes.
    pub open: Opener<'a, S>,
    /// How.
    pub settings: RewriteSettings,
    /// Where a test wants it to die.
    pub crash: &'a CrashAt,
    /// Stops it; closed, it claims no more, and brings what is claimed to its rest.
    pub halt: Halt,
    /// Who is told.
    pub tell: RewriteListener<'a>,
    /// For the audit trail; its nonce is used for nothing else.
    pub audit: &'a AuditContext,
    /// How the operator agreed.
    pub consent: Consent,
    /// Random, for ids.
    pub seed: u64,
    /// What is said of this run while it lives.
    pub holder: LockValue,
}

impl<M: MetadataWrite, S: StorageWrite> Rewriter<'_, M, S> {
    /// Does what is to be done with each partition; gives how each came to rest.
    ///
    /// # Errors
    /// The store's; the cluster is none whose data may be rewritten. Whatever was begun is resumable.
    pub async fn run(
        &self,
        tasks: &BTreeMap<PartitionId, Task>,
    ) -> Result<BTreeMap<PartitionId, Ended>, OperationError> {
        let (view, _) = ClusterView::read(self.store, self.keys, None, &[]).await?;
        preflight::check_cluster(&view)?;
        let ids = Mutex::new(SplitMix64::new(self.seed));
        let run = self.new_id(&ids, "run");
        let places = Places::new(view.spec.cluster_id.clone(), self.open);
        let entries = AtomicUsize::new(0);
        let trail = Trail { audit: self.audit, consent: self.consent, entries: &entries, clock: self.clock };
        let RewriteSettings { settle, grace } = self.settings;
        let driver = Driver::new(
            (self.store, self.keys, &places),
            trail,
            Pace { settle, grace },
            (&self.halt, self.crash, self.tell),
        );
        let sign = Sign::new(self.store, self.keys.run(&run), &self.holder);
        sign.put_up().await;
        let build = Semaphore::new(BUILT_AT_ONCE);
        let work = stream::iter(tasks).map(|(&id, &task)| self.rewrite(&driver, (&ids, &run, &build), id, task));
        let ended = tokio::select! {
            ended = work.buffer_unordered(IN_FLIGHT_MAX).collect::<Vec<_>>() => ended,
            // It never ends.
            () = sign.keep_up() => Vec::new(),
        };
        sign.take_down().await;
        ended.into_iter().collect()
    }

    fn new_id(&self, ids: &Mutex<SplitMix64>, prefix: &str) -> String {
        let random = ids.lock().unwrap_or_else(PoisonError::into_inner).next_u64();
        format!("{prefix}-{:011x}-{random:016x}", self.clock.now().millis())
    }

    async fn rewrite(
        &self,
        driver: &Driver<'_, M, S>,
        (ids, run, build): (&Mutex<SplitMix64>, &str, &Semaphore),
        id: PartitionId,
        task: Task,
    ) -> Result<(PartitionId, Ended), OperationError> {
        // It is closed by nobody.
        let permit = build.acquire().await.ok();
        let (kind, bits, target_bytes) = match task {
            Task::Split(bits) => (RewriteKind::Split, bits, None),
            Task::Compact(bytes) => (RewriteKind::Compact, 0, Some(bytes)),
            Task::GoOn => return driver.until_rest(id, Intent::Proceed, permit).await.map(|ended| (id, ended)),
            Task::Undo => return driver.until_rest(id, Intent::Abort, permit).await.map(|ended| (id, ended)),
        };
        if self.halt.closing().is_some() {
            return Ok((id, Ended::Left));
        }
        let request = RewriteRequest {
            kind,
            bits,
            target_bytes,
            operation_id: self.new_id(ids, "w"),
            run: run.to_owned(),
            copy_id: self.new_id(ids, "c"),
            started_at: self.clock.now(),
            by: self.holder.to_string(),
        };
        match driver.claim(id, &request).await? {
            Ok(()) => driver.until_rest(id, Intent::Proceed, permit).await.map(|ended| (id, ended)),
            Err(ended) => Ok((id, ended)),
        }
    }
}
