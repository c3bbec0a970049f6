//! How fast data may flow into and out of each node.
//!
//! A token bucket for each node and direction: the bytes read from a node and the bytes written to it are limited apart, so a
//! node that is read back from while it is written to is not slowed to half. The rate is one for all and may change while copies
//! run; who waits then waits by the new rate.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::model::NodeId;
use crate::ports::storage::CHUNK_BYTES;

/// The direction of bytes, seen from a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Written to it.
    In,
    /// Read from it.
    Out,
}

/// The smallest piece that is moved at a time, however low the rate.
const PIECE_BYTES_MIN: u64 = 64 << 10;

/// A bucket holds what flows in this time.
const BURST: Duration = Duration::from_millis(250);

/// The limit of a whole run; clones share it.
#[derive(Clone, Debug)]
pub struct Bandwidth {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    rate: watch::Sender<Option<NonZeroU64>>,
    buckets: Mutex<BTreeMap<(NodeId, Direction), Bucket>>,
}

/// May be below zero: what was taken ahead.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    fn fill(&mut self, rate: NonZeroU64, now: Instant) {
        let rate = rate.get() as f64;
        let since = now.saturating_duration_since(self.filled_at).as_secs_f64();
        self.tokens = (self.tokens + since * rate).min(rate * BURST.as_secs_f64());
        self.filled_at = now;
    }
}

impl Default for Bandwidth {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Bandwidth {
    /// So many bytes a second for each node and direction; `None` = no limit.
    #[must_use]
    pub fn new(bytes_per_second: Option<NonZeroU64>) -> Self {
        let (rate, _) = watch::channel(bytes_per_second);
        Self { shared: Arc::new(Shared { rate, buckets: Mutex::new(BTreeMap::new()) }) }
    }

    /// The present limit.
    #[must_use]
    pub fn limit(&self) -> Option<NonZeroU64> {
        *self.shared.rate.borrow()
    }

    /// Changes the limit, also for what waits now.
    pub fn set(&self, bytes_per_second: Option<NonZeroU64>) {
        let now = Instant::now();
        let before = self.limit();
        self.with_buckets(|buckets| match before {
            Some(rate) => buckets.values_mut().for_each(|bucket| bucket.fill(rate, now)),
            // Nothing was counted.
            None => buckets.clear(),
        });
        self.shared.rate.send_replace(bytes_per_second);
    }

    /// How much to move at a time, so that a low rate does not flow in gushes.
    #[must_use]
    pub fn piece_bytes(&self) -> usize {
        let whole = CHUNK_BYTES as u64;
        let piece = self.limit().map_or(whole, |rate| (rate.get() / 4).clamp(PIECE_BYTES_MIN, whole));
        usize::try_from(piece).unwrap_or(CHUNK_BYTES)
    }

    /// Waits until `bytes` may flow.
    pub async fn take(&self, node: &NodeId, direction: Direction, bytes: u64) {
        let mut rate = self.shared.rate.subscribe();
        loop {
            let Some(limit) = *rate.borrow_and_update() else { return };
            let Some(wait) = self.try_take(node, direction, bytes, limit) else { return };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = rate.changed() => {}
            }
        }
    }

    /// Takes if there is anything, however little, and pays it back later; else says how long to wait.
    fn try_take(&self, node: &NodeId, direction: Direction, bytes: u64, rate: NonZeroU64) -> Option<Duration> {
        let now = Instant::now();
        self.with_buckets(|buckets| {
            let full = rate.get() as f64 * BURST.as_secs_f64();
            let bucket = buckets.entry((node.clone(), direction)).or_insert(Bucket { tokens: full, filled_at: now });
            bucket.fill(rate, now);
            if bucket.tokens > 0.0 {
                bucket.tokens -= bytes as f64;
                return None;
            }
            // A little longer, so that it is above zero then.
            Some(Duration::from_secs_f64((1.0 - bucket.tokens) / rate.get() as f64).max(Duration::from_millis(1)))
        })
    }

    fn with_buckets<T>(&self, work: impl FnOnce(&mut BTreeMap<(NodeId, Direction), Bucket>) -> T) -> T {
        // Numbers are whole even if another thread died between two of them.
        work(&mut self.shared.buckets.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_time().start_paused(true).build().unwrap().block_on(future)
    }

    fn node(text: &str) -> NodeId {
        NodeId::parse(text).unwrap()
    }

    async fn flow(bandwidth: &Bandwidth, name: &str, direction: Direction, bytes: u64) -> f64 {
        let start = Instant::now();
        let mut left = bytes;
        while left > 0 {
            let piece = left.min(bandwidth.piece_bytes() as u64);
            bandwidth.take(&node(name), direction, piece).await;
            left -= piece;
        }
        start.elapsed().as_secs_f64()
    }

    #[test]
    fn the_rate_holds_for_each_node_and_direction() {
        run(async {
            let bandwidth = Bandwidth::new(NonZeroU64::new(10_000_000));
            let (a, b, c) = tokio::join!(
                flow(&bandwidth, "a", Direction::In, 100_000_000),
                flow(&bandwidth, "a", Direction::Out, 100_000_000),
                flow(&bandwidth, "b", Direction::In, 50_000_000),
            );
            for (took, seconds) in [(a, 10.0), (b, 10.0), (c, 5.0)] {
                assert!(took > seconds - 0.6 && took < seconds + 0.3, "{took} for {seconds}");
            }
            let two = tokio::join!(
                flow(&bandwidth, "a", Direction::In, 50_000_000),
                flow(&bandwidth, "a", Direction::In, 50_000_000),
            );
            assert!(two.0.max(two.1) > 9.4, "{two:?}");
        });
    }

    #[test]
    fn no_limit_never_waits() {
        assert!(run(async { flow(&Bandwidth::default(), "a", Direction::In, 1 << 40).await }) < 0.001);
    }

    #[test]
    fn a_change_reaches_who_waits() {
        run(async {
            let bandwidth = Bandwidth::new(NonZeroU64::new(1000));
            let steer = async {
                tokio::time::sleep(Duration::from_secs(5)).await;
                bandwidth.set(NonZeroU64::new(100_000_000));
                tokio::time::sleep(Duration::from_millis(500)).await;
                bandwidth.set(None);
            };
            let (took, ()) = tokio::join!(flow(&bandwidth, "a", Direction::In, 1_000_000_000), steer);
            // By the first rate it were eleven days, by the second ten seconds.
            assert!((5.4..5.6).contains(&took), "{took}");
        });
    }

    #[test]
    fn low_rates_move_small_pieces() {
        let piece = |rate| Bandwidth::new(NonZeroU64::new(rate)).piece_bytes();
        assert_eq!((piece(1), piece(4 << 20), piece(u64::MAX)), (64 << 10, 1 << 20, CHUNK_BYTES));
        assert_eq!(Bandwidth::default().piece_bytes(), CHUNK_BYTES);
    }
}
