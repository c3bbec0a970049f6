//! A run: partitions are claimed, and each is brought to its rest.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::sync::Semaphore;

use super::driver::{Driver, Ended, Pace};
use super::event::RewriteListener;
use crate::migration::Intent;
use crate::migration::rewrite::RewriteRequest;
use crate::migration::rewrite_journal::RewriteKind;
use crate::model::PartitionId;
use crate::operations::executing::preflight;
use crate::operations::leased::Sign;
use crate::operations::run_context::{RunContext, RunIds};
use crate::operations::{ClusterView, OperationError};
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

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
    /// On whose behalf, and with what; the halt stops it, and closed, it claims no more and brings what is claimed to its rest.
    pub context: RunContext<'a, M, S>,
    /// How.
    pub settings: RewriteSettings,
    /// Who is told.
    pub tell: RewriteListener<'a>,
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
        let context = &self.context;
        let (view, _) = ClusterView::read(context.store, context.keys, None, &[]).await?;
        preflight::check_cluster(&view)?;
        let (ids, places, entries) = (context.ids(), context.places(&view), AtomicUsize::new(0));
        let run = ids.next("run");
        let RewriteSettings { settle, grace } = self.settings;
        let driver = Driver::new(
            (context.store, context.keys, &places),
            context.trail(&entries),
            Pace { settle, grace },
            (&context.halt, context.crash, self.tell),
        );
        let build = Semaphore::new(BUILT_AT_ONCE);
        let work = stream::iter(tasks).map(|(&id, &task)| self.rewrite(&driver, (&ids, &run, &build), id, task));
        let sign = Sign::new(context.store, context.keys.run(&run), &context.holder);
        let ended = sign.while_up(work.buffer_unordered(IN_FLIGHT_MAX).collect::<Vec<_>>()).await;
        ended.into_iter().collect()
    }

    async fn rewrite(
        &self,
        driver: &Driver<'_, M, S>,
        (ids, run, build): (&RunIds<'_>, &str, &Semaphore),
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
        if self.context.halt.closing().is_some() {
            return Ok((id, Ended::Left));
        }
        let request = RewriteRequest {
            kind,
            bits,
            target_bytes,
            operation_id: ids.next("w"),
            run: run.to_owned(),
            copy_id: ids.next("c"),
            started_at: self.context.clock.now(),
            by: self.context.holder.to_string(),
        };
        match driver.claim(id, &request).await? {
            Ok(()) => driver.until_rest(id, Intent::Proceed, permit).await.map(|ended| (id, ended)),
            Err(ended) => Ok((id, ended)),
        }
    }
}
