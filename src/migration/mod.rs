//! One exclusive operation on a partition as a state machine: what was read goes in, the next step comes out.
//!
//! [`journal`] tells the kinds of operations apart. A move, a repair and a removal share one machine, drawn here; an expiry has
//! its own, in [`expiry`], and splits and compactions theirs, in [`rewrite`].
//!
//! ```text
//! (none) --start--> Copying --cutover--> Cleanup --finish--> (none)
//!                      |
//!                      +--abort--> Aborting --end--> (none)
//! ```
//!
//! The machine decides, whoever drives it carries out: the executor over real ports, the simulation over its own, and the
//! model checker over every interleaving of crashes and lost replies. Recovery is the same function: read, look at the phase,
//! do the next step.
//!
//! Invariant: no phase is inferred from memory or from a clock. What an executor remembers ([`Facts`]) can only make it repeat
//! work or wait again; every change is fenced on exactly what the decision was made from.

pub mod control;
pub mod expiry;
pub mod facts;
pub mod journal;
pub mod move_journal;
pub mod rewrite;
pub mod rewrite_journal;
pub mod start;
pub mod status;
pub mod step;
pub mod view;

mod next;

pub use control::Control;
pub use facts::{Facts, Verified};
pub use journal::Journal;
pub use move_journal::{MoveJournal, OperationKind, Phase, SlotName};
pub use next::next;
pub use start::{Refusal, Request, start};
pub use status::{LockValue, RebalanceStatus, RunningMove};
pub use step::{Abandoned, Change, JournalChange, Step, Stop};
pub use view::{Versioned, View};

/// What the operator wants of an operation in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intent {
    /// That it goes on.
    Proceed,
    /// That it is undone while that is possible.
    Abort,
}
