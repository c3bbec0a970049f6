//! One watch on one member, as long as it lasts.
//!
//! It does not survive its member; [`super::watch`] opens another.

use std::time::Duration;

use etcd_client::proto::PbWatchResponse;
use etcd_client::{Error, WatchOptions, WatchStream};
use tokio::time::{Instant, timeout_at};

use super::fault::{Fault, Refusal, Sent};
use super::members::Members;
use super::wire::{entry, revision, sent};
use crate::model::Revision;
use crate::ports::UnreachableCause;
use crate::ports::metadata::Entry;

/// A revision's events come in pieces of about etcd's request limit; this leaves room.
const MESSAGE_BYTES_MAX: usize = 64 << 20;
/// A watch is taken at once by whoever takes it; after so long another connection is tried.
const OPEN: Duration = Duration::from_secs(3);
/// etcd's number for an event that is a deletion.
const DELETE: i32 = 1;

/// A changed key.
pub(super) struct Event {
    pub(super) revision: Revision,
    pub(super) key: String,
    /// `None` = deleted.
    pub(super) entry: Option<Entry>,
}

/// What a member says on a watch.
pub(super) enum Message {
    /// Changes in order; with `more` the last revision goes on in the next message.
    Events {
        /// The changes.
        events: Vec<Event>,
        /// Whether the last revision goes on.
        more: bool,
    },
    /// Every change up to this revision has been told.
    Progress(Revision),
    /// The member lives.
    Alive,
    /// What was asked for is compacted away; the oldest revision that is kept.
    Compacted(Revision),
}

/// A watch on one member.
pub(super) struct Stream {
    stream: WatchStream,
    id: i64,
    member: usize,
}

impl Stream {
    /// Opens a watch of `[start, end)` from a revision on, and waits until the member has taken it.
    pub(super) async fn open(
        members: &Members,
        member: usize,
        (start, end): (&str, &str),
        from: Revision,
        until: Instant,
    ) -> Result<Self, Fault> {
        let client = members.client(member, until).await?;
        let options = WatchOptions::new()
            .with_range(end)
            .with_start_revision(sent(from).max(1))
            .with_progress_notify()
            .with_fragment();
        let open = async {
            let mut kv = client.watch_client().max_decoding_message_size(MESSAGE_BYTES_MAX);
            let mut stream = kv.watch(start, Some(options)).await?;
            let first = stream.message().await?;
            Ok::<_, Error>((stream, first))
        };
        let silent = |_| Fault::Member {
            cause: UnreachableCause::Silent,
            text: "the watch was not answered".to_owned(),
            sent: Sent::Never,
            passing: true,
        };
        let (stream, first) = timeout_at(until.min(Instant::now() + OPEN), open)
            .await
            .map_err(silent)?
            .map_err(|error| members.explain(member, &error))?;
        let first = first.ok_or_else(ended)?;
        if first.canceled() {
            return Err(cancelled(&first.0));
        }
        Ok(Self { stream, id: first.watch_id(), member })
    }

    pub(super) fn member(&self) -> usize {
        self.member
    }

    /// Asks for a sign of life.
    pub(super) async fn ask_alive(&mut self) -> Result<(), Fault> {
        self.stream.request_progress().await.map_err(|error| Fault::of(&error))
    }

    /// The next message, whenever it comes. Dropping the future loses nothing.
    pub(super) async fn message(&mut self, members: &Members) -> Result<Message, Fault> {
        let message = self.stream.message().await.map_err(|error| members.explain(self.member, &error))?;
        let message = message.ok_or_else(ended)?.0;
        let told = revision(message.header.as_ref().map_or(0, |header| header.revision));
        if message.canceled {
            return match message.compact_revision {
                0 => Err(cancelled(&message)),
                oldest => Ok(Message::Compacted(revision(oldest))),
            };
        }
        if message.events.is_empty() {
            // The watch's own progress is in order with its events, the stream's is not in every version.
            let own = message.watch_id == self.id && !message.created;
            return Ok(if own { Message::Progress(told) } else { Message::Alive });
        }
        let event = |event: etcd_client::proto::PbEvent| {
            let deleted = event.r#type == DELETE;
            let changed = entry(event.kv?);
            let (revision, key) = (changed.mod_revision, changed.key.clone());
            Some(Event { revision, key, entry: (!deleted).then_some(changed) })
        };
        members.note_revision(told);
        Ok(Message::Events { events: message.events.into_iter().filter_map(event).collect(), more: message.fragment })
    }
}

fn ended() -> Fault {
    Fault::Member {
        cause: UnreachableCause::Broken,
        text: "the watch ended".to_owned(),
        sent: Sent::Never,
        passing: true,
    }
}

fn cancelled(message: &PbWatchResponse) -> Fault {
    if message.cancel_reason.contains("permission denied") {
        return Fault::Refused(Refusal::Denied);
    }
    Fault::Member {
        cause: if message.cancel_reason.contains("no leader") {
            UnreachableCause::NoLeader
        } else {
            UnreachableCause::Broken
        },
        text: message.cancel_reason.clone(),
        sent: Sent::Never,
        passing: true,
    }
}
