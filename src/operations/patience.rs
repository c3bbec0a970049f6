//! A store that is silent for a moment is asked again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::OperationError;
use super::executing::Halt;
use crate::ports::StoreError;

/// How long is waited before a store that did not answer is asked again.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// For so long a store may be silent.
const SILENT_MAX: Duration = Duration::from_secs(30);

/// Since when a store does not answer.
#[derive(Debug, Default)]
pub(super) struct Patience(Mutex<Option<Instant>>);

impl Patience {
    /// It answered.
    pub(super) fn answered(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Waits a moment if the store may be asked again; `tell` is told why it did not answer.
    ///
    /// # Errors
    /// It may not: it is another error, or the store is silent for long, or everything stops.
    pub(super) async fn may_retry(
        &self,
        error: OperationError,
        halt: &Halt,
        tell: impl FnOnce(String),
    ) -> Result<(), OperationError> {
        let OperationError::Store(StoreError::Unreachable { reason, .. }) = &error else { return Err(error) };
        let since = *self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now);
        if since.elapsed() >= SILENT_MAX || halt.is_thrown() {
            return Err(error);
        }
        tell(reason.clone());
        tokio::select! {
            () = sleep(RETRY_AFTER) => Ok(()),
            () = halt.thrown() => Err(error),
        }
    }
}
