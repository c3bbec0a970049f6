//! Waiting for changes of a store that cannot wake its watchers.
//!
//! Invariant: it asks at least once, waits at most `timeout`, and counts its own sleeps, so it needs no clock.

use std::time::Duration;

use crate::ports::StoreError;

/// Asks `ready` every `interval` until it gives something or `timeout` has been slept through.
pub(super) async fn poll<T>(
    timeout: Duration,
    interval: Duration,
    mut ready: impl FnMut() -> Result<Option<T>, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut left = timeout;
    loop {
        if let Some(found) = ready()? {
            return Ok(Some(found));
        }
        if left.is_zero() {
            return Ok(None);
        }
        let pause = interval.min(left);
        tokio::time::sleep(pause).await;
        left = left.saturating_sub(pause);
    }
}
