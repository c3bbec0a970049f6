//! Following what operators say in the store, and saying there how far it is.

use std::num::NonZeroU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::event::ExecutionEvent;
use super::run::{RETRY_AFTER, Run};
use crate::migration::control::Said;
use crate::migration::{Control, LockValue};
use crate::model::Revision;
use crate::operations::OperationError;
use crate::operations::leased::Held;
use crate::ports::metadata::{Compare, Entry, KeyRange, Op, Transaction};
use crate::ports::{MetadataRead, MetadataWatch, MetadataWrite};

/// How often the status is written.
const STATUS_EVERY: Duration = Duration::from_secs(10);
/// How long one look of the watch may last.
const WATCH_TIMEOUT: Duration = Duration::from_secs(30);
/// How long writing the status may take.
const STATUS_TIMEOUT: Duration = Duration::from_secs(4);

/// What the limits were when the control was last read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Limits {
    bandwidth: Option<u64>,
    per_node: Option<u32>,
}

/// Who follows the control.
pub(super) struct Follower {
    limits: Limits,
    /// The revision at which it was read.
    read_at: Revision,
}

/// The control as it is stored. One that cannot be read may say that nothing is to begin: so nothing does.
fn parse<M, S, V>(run: &Run<'_, M, S, V>, entry: Option<&Entry>) -> Control {
    let Some(entry) = entry else { return Control::default() };
    Control::parse(&entry.value).unwrap_or_else(|reason| {
        let by = format!("a value of {} that cannot be read ({reason})", entry.key);
        Control { paused: Some(Said { by, at: run.clock.now() }), ..Control::default() }
    })
}

impl Follower {
    /// Reads the control before anything begins. Its limits hold where the command line gives none.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn begin<M: MetadataRead, S, V>(run: &Run<'_, M, S, V>) -> Result<Self, OperationError> {
        let mut follower = Self { limits: Limits::default(), read_at: Revision::NONE };
        let control = follower.read(run).await?;
        let limits = Limits { bandwidth: control.bandwidth_bytes_per_second, per_node: control.max_concurrent };
        let given = Limits { bandwidth: run.settings.bandwidth.map(NonZeroU64::get), per_node: run.settings.per_node };
        follower.limits = Limits {
            bandwidth: if given.bandwidth.is_some() { limits.bandwidth } else { None },
            per_node: if given.per_node.is_some() { limits.per_node } else { None },
        };
        follower.apply(run, control);
        Ok(follower)
    }

    async fn read<M: MetadataRead, S, V>(&mut self, run: &Run<'_, M, S, V>) -> Result<Control, OperationError> {
        let answer = run.store.read(&[KeyRange::single(&run.keys.rebalance_control())], None).await?;
        self.read_at = answer.revision;
        let entry = answer.ranges.into_iter().flatten().next();
        Ok(parse(run, entry.as_ref()))
    }

    fn apply<M, S, V>(&mut self, run: &Run<'_, M, S, V>, control: Control) {
        let limits = Limits { bandwidth: control.bandwidth_bytes_per_second, per_node: control.max_concurrent };
        let before = std::mem::replace(&mut self.limits, limits);
        if limits.bandwidth != before.bandwidth {
            let bandwidth = limits.bandwidth.map_or(run.settings.bandwidth, NonZeroU64::new);
            run.bandwidth.set(bandwidth);
        }
        if limits.per_node != before.per_node {
            run.per_node.store(limits.per_node.unwrap_or(run.per_node_default), Ordering::Relaxed);
        }
        if limits != before {
            let bytes_per_second = run.bandwidth.limit().map(NonZeroU64::get);
            run.tell(&ExecutionEvent::Limits { bytes_per_second, per_node: run.per_node() });
        }
        run.control.send_if_modified(|now| {
            let is_other = *now != control;
            if is_other {
                *now = control;
            }
            is_other
        });
    }

    /// Follows it for as long as it is polled.
    pub(super) async fn follow<M: MetadataRead, S, V>(mut self, run: &Run<'_, M, S, V>) {
        let range = KeyRange::single(&run.keys.rebalance_control());
        loop {
            if let Ok(mut watch) = run.store.watch(&range, Revision(self.read_at.0 + 1)).await {
                while let Ok(batch) = watch.next(WATCH_TIMEOUT).await {
                    let Some(batch) = batch else { continue };
                    self.read_at = batch.revision;
                    if let Some((_, entry)) = batch.changes.last() {
                        self.apply(run, parse(run, entry.as_ref()));
                    }
                }
            }
            // The watch broke: what changed meanwhile is read.
            sleep(RETRY_AFTER).await;
            if let Ok(control) = self.read(run).await {
                self.apply(run, control);
            }
        }
    }
}

/// Writes the status for as long as it is polled.
pub(super) async fn tell_status<M: MetadataWrite, S, V>(run: &Run<'_, M, S, V>, lock: Held, holder: &LockValue) {
    loop {
        let status = run.board.status(holder, lock.revision, run.clock.now());
        if let Ok(value) = serde_json::to_vec(&status) {
            let transaction = Transaction {
                compares: vec![Compare::CreateRevision { key: run.keys.rebalance_lock(), is: lock.revision }],
                ops: vec![Op::Put { key: run.keys.rebalance_status(), value, lease: Some(lock.lease) }],
            };
            // Nothing rests on it; the next one says the same and more.
            if let Ok(Ok(_)) = timeout(STATUS_TIMEOUT, run.store.commit(transaction)).await {
                run.crash.pass("status-written");
            }
        }
        sleep(STATUS_EVERY).await;
    }
}
