//! The progress of receiving, which has no end: lines on stderr while something comes in.

use std::io::Write as _;
use std::time::Instant;

use serde_json::json;

use super::progress::{JSON_EVERY, PLAIN_EVERY, PROGRESS_SCHEMA, ProgressMode};
use crate::model::ByteSize;
use crate::operations::receiving::Snapshot;

/// Tells every few seconds what came in. A terminal gets lines too: what happens beside it stays readable above them.
pub struct ReceivingProgress {
    mode: ProgressMode,
    last_shown: Instant,
    last: Snapshot,
}

impl ReceivingProgress {
    /// Starts.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "rates are of wall time and only shown, never computed with")]
    pub fn start(mode: ProgressMode, quiet: bool) -> Self {
        let mode = match mode {
            ProgressMode::Auto if quiet => ProgressMode::None,
            ProgressMode::Auto | ProgressMode::Json | ProgressMode::None => mode,
        };
        Self { mode, last_shown: Instant::now(), last: Snapshot::default() }
    }

    /// Shows where it stands if it is time to, and something has changed.
    #[expect(clippy::disallowed_methods, reason = "only shown")]
    pub fn tick(&mut self, now: Snapshot, queued_bytes: u64, queue_bytes_max: u64) {
        let every = match self.mode {
            ProgressMode::None => return,
            ProgressMode::Json => JSON_EVERY,
            ProgressMode::Auto => PLAIN_EVERY,
        };
        let elapsed = self.last_shown.elapsed();
        if elapsed < every || now == self.last {
            return;
        }
        let rate = |all: u64, before: u64| (all.saturating_sub(before) as f64 / elapsed.as_secs_f64()) as u64;
        let records = rate(now.records, self.last.records);
        let bytes = rate(now.bytes, self.last.bytes);
        let refused = now.full + now.closed + now.bad;
        let Snapshot { requests, acknowledged, unwritten, .. } = now;
        let line = match self.mode {
            ProgressMode::Json => json!({
                "schema": PROGRESS_SCHEMA, "what": "receiving", "requests": requests, "acknowledged": acknowledged,
                "unwritten": unwritten, "refused": refused, "records": now.records, "bytes": now.bytes,
                "records_per_second": records, "bytes_per_second": bytes,
                "queued_bytes": queued_bytes, "queue_bytes_max": queue_bytes_max,
            })
            .to_string(),
            ProgressMode::Auto | ProgressMode::None => format!(
                "received {requests} requests: {acknowledged} acknowledged, {unwritten} not written, {refused} refused; {records} \
                 records/s, {}/s; queue {} of {}",
                ByteSize(bytes),
                ByteSize(queued_bytes),
                ByteSize(queue_bytes_max)
            ),
        };
        let _ = writeln!(std::io::stderr().lock(), "{line}");
        (self.last_shown, self.last) = (Instant::now(), now);
    }
}
