//! What is counted of a batch.

use crate::model::Signal;
use crate::segment::document::RecordSum;

/// Records of a batch, or of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Spans, metrics and log records that are written.
    pub spans: u64,
    /// Metrics.
    pub metrics: u64,
    /// Log records.
    pub logs: u64,
    /// Of which sum of hashes.
    pub record_sum: RecordSum,
    /// Units that are not written as their time bucket is beyond the retention.
    pub too_old: u64,
    /// Units that are not written as their time bucket has not begun for long.
    pub too_new: u64,
    /// Units that are not written as the cluster stores other signals.
    pub other_signal: u64,
}

impl std::ops::AddAssign for Counted {
    fn add_assign(&mut self, other: Self) {
        self.spans += other.spans;
        self.metrics += other.metrics;
        self.logs += other.logs;
        self.record_sum += other.record_sum;
        self.too_old += other.too_old;
        self.too_new += other.too_new;
        self.other_signal += other.other_signal;
    }
}

impl Counted {
    /// Records of all signals.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.spans + self.metrics + self.logs
    }

    /// The same without any record: what was not taken alone.
    pub(super) fn without_records(self) -> Self {
        Self { spans: 0, metrics: 0, logs: 0, record_sum: RecordSum::default(), ..self }
    }

    /// Adds records of a signal, with the sum of their hashes.
    pub(super) fn add(&mut self, signal: Signal, records: u64, sum: RecordSum) {
        match signal {
            Signal::Traces => self.spans += records,
            Signal::Metrics => self.metrics += records,
            Signal::Logs => self.logs += records,
        }
        self.record_sum += sum;
    }
}

/// Records of one request that are not written: spans, data points or log records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// Their time bucket is beyond the retention.
    pub too_old: u64,
    /// Their time bucket has not begun for long.
    pub too_new: u64,
    /// The cluster stores other signals.
    pub other_signal: u64,
}

impl Refused {
    /// All of them.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.too_old + self.too_new + self.other_signal
    }
}
