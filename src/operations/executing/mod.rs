//! Executing moves: many partitions at once, each driven through the machine of [`crate::migration`] to its rest.
//!
//! ```text
//! execution   lock -> what earlier ones left, to rest -> is the plan still fitting? -> moves -> plan done
//! rolling     which move begins next; as many as nodes have room for
//! drive       one operation: read -> next() -> do -> repeat
//! read, commit    a partition in one read transaction, a change in one fenced transaction
//! effects     copy, look again, delete: on the data of nodes
//! steer       control is followed, status told
//! ```
//!
//! Invariant: nothing here decides what is safe: the machine does, from what was read; a transaction holds that still.
//! Killed or stopped anywhere, the same command goes on from what is stored.

mod agenda;
mod board;
pub(in crate::operations) mod commit;
pub mod crash;
mod drive;
pub(in crate::operations) mod effects;
pub mod event;
mod execution;
mod halt;
pub mod lock;
mod mark;
mod outcome;
pub mod pace;
pub mod places;
pub mod preflight;
mod queue;
pub(in crate::operations) mod read;
mod recover;
mod rolling;
mod run;
mod slots;
mod start;
mod steer;
pub mod tally;

pub use agenda::{Agenda, Scope};
pub use crash::CrashAt;
pub use event::{ExecutionEvent, Listener, MoveLabel, MovePhase, Totals, WaitsFor, stands_still};
pub use execution::{Executor, Work};
pub use halt::{Halt, HaltReason};
pub use outcome::{Failure, Outcome};
pub use places::{Opener, Places};
pub use recover::RECOVERED_FROM;
pub use run::ExecutionSettings;
