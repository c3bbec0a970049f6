//! Expiring: partitions past their retention go, data first, record last.
//!
//! ```text
//! survey     which partitions are past their retention, by their records at one revision
//! expirer    a run: waves of partitions; each wave is claimed, settles once, and is brought to rest
//! claiming   the first transaction of each
//! driver     some partitions to their rest: read -> next_of_expiry() -> do -> repeat
//! asking     what is asked of the store, and how long is waited
//! sight      some partitions in one read transaction
//! grouping   changes of several partitions in one transaction
//! deleting   copies on several nodes at the same time
//! ```
//!
//! Invariant: nothing here decides what is safe: [`crate::migration::expiry`] does, from what was read; a transaction holds that
//! still. Killed or stopped anywhere, the same command, or any execution's recovery, goes on from what is stored.
//!
//! **No lock is needed.** Every transaction compares record, extension and journal as they were read. A move starts only where
//! no journal stands, and so does a claim: one of them wins. Of two that drive the same expiry one commits each step and the
//! other reads again; that both delete the same copy does no harm, as ids of copies are never used twice. What a run puts under
//! `rebalance/runs/` only says that somebody is at work; nothing rests on it.
//!
//! **No acknowledged data is lost that is not expired.** A bucket that is expired has ended a whole retention ago, so every
//! unit that is routed to it is of a time that is expired, too; writers reject such units unless they are told to load old
//! recordings. A writer that is in flight all the same acknowledges only on a view of an Active record at most 5 s old. The
//! claim makes the record ReadOnly; the first copy goes only after a further transaction that is sent when a driver has waited
//! for longer than such a view lives (`settle`, 10 s), and that compares the record as it was read behind the wait. So what was
//! acknowledged before the claim is of an expired time, and nothing is acknowledged later. Until that transaction the partition
//! can be given back as it was.
//!
//! What is not guarded: a process that is frozen between its last look at a journal and its delete, while the partition is
//! finished by another and then made anew under the same id with a copy of the same id. Ids of copies are random but for
//! `first`, the one that a new record begins with; whoever loads data that is expired already must not do so beside an expiry.

mod asking;
mod claiming;
mod deleting;
mod driver;
mod event;
mod expirer;
mod grouping;
mod sight;
pub mod survey;

pub(in crate::operations) use driver::{Driver, InFlight};
pub use event::{ExpiryEvent, ExpiryListener};
pub use expirer::{Expirer, ExpiryOutcome, ExpirySettings, SETTLE_DEFAULT};
pub use survey::{Expired, Rule, Survey, survey};
