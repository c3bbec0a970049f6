//! What can be seen of automatic rebalancing from any host.

use super::service::holder_words;
use super::status::AutoStatus;
use crate::migration::Control;
use crate::migration::control::Said;
use crate::model::Revision;
use crate::operations::OperationError;
use crate::operations::cluster::check_not_empty;
use crate::ports::metadata::KeyRange;
use crate::ports::{Keys, MetadataRead};

/// What it does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoState {
    /// Nobody leads.
    Stopped,
    /// Somebody leads, and begins nothing.
    Paused,
    /// A round is under way.
    Running,
    /// The next round waits for its time.
    Waiting,
}

impl AutoState {
    /// The word in JSON and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Paused => "paused",
            Self::Running => "running",
            Self::Waiting => "waiting",
        }
    }
}

/// All that is known of it at one revision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AutoView {
    /// Who leads, in words.
    pub holder: Option<String>,
    /// What it says of itself, or the last one that led.
    pub status: Option<AutoStatus>,
    /// Why what it says cannot be read.
    pub unreadable: Option<String>,
    /// Who paused it.
    pub paused: Option<Said>,
}

impl AutoView {
    /// Reads everything at one revision.
    ///
    /// # Errors
    /// The store does not answer or is empty; what the executor is told cannot be read.
    pub async fn read<S: MetadataRead>(store: &S, keys: &Keys, at: Option<Revision>) -> Result<Self, OperationError> {
        let control_key = keys.rebalance_control();
        let ranges = [keys.auto_leader(), keys.auto_status(), control_key.clone()].map(|key| KeyRange::single(&key));
        let answer = store.read(&ranges, at).await?;
        if answer.ranges.iter().all(Vec::is_empty) {
            check_not_empty(store, keys, Some(answer.revision)).await?;
        }
        let mut lists = answer.ranges.into_iter();
        let mut one = || lists.next().unwrap_or_default().pop();
        let (leader, status, control) = (one(), one(), one());
        let control = match control {
            None => Control::default(),
            Some(entry) => Control::parse(&entry.value)
                .map_err(|reason| OperationError::Corrupt { key: entry.key.clone(), reason })?,
        };
        let (status, unreadable) = match status.map(|entry| AutoStatus::parse(&entry.value)) {
            None => (None, None),
            Some(Ok(status)) => (Some(status), None),
            Some(Err(reason)) => (None, Some(reason)),
        };
        let holder = leader.map(|entry| holder_words(&entry.value));
        Ok(Self { holder, status, unreadable, paused: control.auto_paused })
    }

    /// What it does now.
    #[must_use]
    pub fn state(&self) -> AutoState {
        let is_running = self.status.as_ref().is_some_and(|status| status.is_running);
        match (&self.holder, &self.paused) {
            (None, _) => AutoState::Stopped,
            (Some(_), _) if is_running => AutoState::Running,
            (Some(_), Some(_)) => AutoState::Paused,
            (Some(_), None) => AutoState::Waiting,
        }
    }
}
