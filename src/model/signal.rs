//! Telemetry signals.

use serde::{Deserialize, Serialize};

/// What kind of telemetry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signal {
    /// Spans.
    Traces,
    /// Data points.
    Metrics,
    /// Log records.
    Logs,
}

impl Signal {
    /// The word in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Traces => "traces",
            Self::Metrics => "metrics",
            Self::Logs => "logs",
        }
    }
}

impl std::fmt::Display for Signal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// What a cluster stores: one signal, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignalSet {
    /// Traces only.
    Traces,
    /// Metrics only.
    Metrics,
    /// Logs only.
    Logs,
    /// All three.
    #[default]
    Mixed,
}

impl SignalSet {
    /// Whether a signal is one of them.
    #[must_use]
    pub const fn holds(self, signal: Signal) -> bool {
        matches!(
            (self, signal),
            (Self::Mixed, _)
                | (Self::Traces, Signal::Traces)
                | (Self::Metrics, Signal::Metrics)
                | (Self::Logs, Signal::Logs)
        )
    }

    /// The word in the spec.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Traces => "traces",
            Self::Metrics => "metrics",
            Self::Logs => "logs",
            Self::Mixed => "mixed",
        }
    }
}
