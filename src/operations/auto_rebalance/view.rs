//! What can be seen of automatic rebalancing from any host.

use super::status::AutoStatus;
use crate::migration::control::Said;
use crate::migration::{Control, LockValue};
use crate::model::Revision;
use crate::operations::OperationError;
use crate::operations::cluster::check_not_empty;
use crate::ports::metadata::{Entry, KeyRange};
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
    /// Why what it says, or what it is told, cannot be read.
    pub unreadable: Option<String>,
    /// Who paused it.
    pub paused: Option<Said>,
}

impl AutoView {
    /// Reads everything at one revision.
    ///
    /// # Errors
    /// The store does not answer or is empty.
    pub async fn read<S: MetadataRead>(store: &S, keys: &Keys, at: Option<Revision>) -> Result<Self, OperationError> {
        let answer = store.read(&Self::ranges(keys), at).await?;
        if answer.ranges.iter().all(Vec::is_empty) {
            check_not_empty(store, keys, Some(answer.revision)).await?;
        }
        Ok(Self::of(&answer.ranges))
    }

    /// The ranges that [`AutoView::of`] takes, in its order.
    #[must_use]
    pub fn ranges(keys: &Keys) -> [KeyRange; 3] {
        [keys.auto_leader(), keys.auto_status(), keys.rebalance_control()].map(|key| KeyRange::single(&key))
    }

    /// From what was read of [`AutoView::ranges`].
    #[must_use]
    pub fn of(lists: &[Vec<Entry>]) -> Self {
        let one = |n: usize| lists.get(n).and_then(|list| list.first());
        let parse_error = |name: &str, reason: String| format!("{name}: {reason}");
        let status = one(1).map(|entry| AutoStatus::parse(&entry.value).map_err(|e| parse_error(&entry.key, e)));
        let control = one(2).map(|entry| Control::parse(&entry.value).map_err(|e| parse_error(&entry.key, e)));
        let (status, bad_status) = apart(status);
        let (control, bad_control) = apart(control);
        Self {
            holder: one(0).map(|entry| LockValue::holder_in_words(&entry.value)),
            status,
            unreadable: bad_status.or(bad_control),
            paused: control.and_then(|control| control.auto_paused),
        }
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

fn apart<T>(parsed: Option<Result<T, String>>) -> (Option<T>, Option<String>) {
    match parsed {
        None => (None, None),
        Some(Ok(value)) => (Some(value), None),
        Some(Err(reason)) => (None, Some(reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::create::entry;

    fn of(leader: Option<&str>, control: Option<&str>) -> AutoView {
        let list = |key: &str, value: Option<&str>| {
            value.map(|value| entry(format!("/otlp/rebalance/{key}"), value.to_owned())).into_iter().collect()
        };
        AutoView::of(&[list("auto-leader", leader), Vec::new(), list("control", control)])
    }

    #[test]
    fn what_it_does_is_told_by_who_leads_and_who_paused_it() {
        let paused =
            r#"{"schema":"otlp-part/rebalance-control/v1","auto_paused":{"by":"ann","at":"2025-11-05T15:00:00Z"}}"#;
        assert_eq!(of(None, Some(paused)).state(), AutoState::Stopped);
        assert_eq!(of(Some("x"), Some(paused)).state(), AutoState::Paused);
        assert_eq!(of(Some("x"), None).state(), AutoState::Waiting);
        let unknown = of(Some("x"), Some("{"));
        assert_eq!((unknown.state(), unknown.holder.as_deref()), (AutoState::Waiting, Some("x")));
        assert!(unknown.unreadable.unwrap().starts_with("/otlp/rebalance/control: "));
    }
}
