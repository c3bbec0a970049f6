//! Stopping everything that is in flight, so that it can be resumed.

use tokio::sync::watch;

/// Why everything stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HaltReason {
    /// Somebody asked for it: a signal, by its number.
    Signal(u8),
    /// The time until which it may run is over.
    TimeIsUp,
    /// The lock is gone; another executor may hold it.
    LockLost(String),
    /// The store does not answer for longer than the lock lives.
    StoreLost(String),
    /// Nothing more was to begin, and what was in flight is through: why.
    Closed(String),
}

impl std::fmt::Display for HaltReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Signal(number) => write!(f, "signal {number}"),
            Self::TimeIsUp => f.write_str("the time until which it may run is over"),
            Self::LockLost(why) => write!(f, "the lock is lost: {why}"),
            Self::StoreLost(why) => write!(f, "the store does not answer: {why}"),
            Self::Closed(why) => f.write_str(why),
        }
    }
}

/// A switch that is thrown once; clones are handles on one switch.
#[derive(Clone, Debug)]
pub struct Halt {
    reason: watch::Sender<Option<HaltReason>>,
    closing: watch::Sender<Option<String>>,
}

impl Default for Halt {
    fn default() -> Self {
        Self { reason: watch::channel(None).0, closing: watch::channel(None).0 }
    }
}

impl Halt {
    /// Throws it; the first reason stays.
    pub fn throw(&self, reason: HaltReason) {
        self.reason.send_if_modified(|now| {
            let is_first = now.is_none();
            if is_first {
                *now = Some(reason);
            }
            is_first
        });
    }

    /// Lets nothing more begin, while what is in flight goes on to its rest; the first reason stays.
    pub fn close(&self, reason: &str) {
        self.closing.send_if_modified(|now| {
            let is_first = now.is_none();
            if is_first {
                *now = Some(reason.to_owned());
            }
            is_first
        });
    }

    /// Why nothing more begins, if that was asked for.
    #[must_use]
    pub fn closing(&self) -> Option<String> {
        self.closing.borrow().clone()
    }

    /// Waits until nothing more is to begin.
    pub async fn closed(&self) {
        let mut receiver = self.closing.subscribe();
        // The sender lives as long as this handle.
        let _ = receiver.wait_for(Option::is_some).await;
    }

    /// Why, if it was thrown.
    #[must_use]
    pub fn reason(&self) -> Option<HaltReason> {
        self.reason.borrow().clone()
    }

    /// Whether it was thrown.
    #[must_use]
    pub fn is_thrown(&self) -> bool {
        self.reason.borrow().is_some()
    }

    /// Waits until it is thrown.
    pub async fn thrown(&self) {
        let mut receiver = self.reason.subscribe();
        // The sender lives as long as this handle.
        let _ = receiver.wait_for(Option::is_some).await;
    }
}
