//! From questions to answers: where a record is, which partitions and nodes a query touches, and why.
//!
//! A partition with a record routes by its record; one without routes by the placement function; the answer says which.
//!
//! Invariant: a look-up walks the placement function unskipped and reports each node's state: data already placed does
//! not move because a node is down.
//! Never: it reads nothing itself; records are handed to it.

pub mod explain;
pub mod failover;
pub mod fan_out;
pub mod hour;
pub mod locality;
pub mod records;
pub mod route;
pub mod topology;
pub mod unroutable;

pub use fan_out::{FanOut, FanOutQuery};
pub use hour::HourTable;
pub use locality::Near;
pub use records::{RecordSet, Recorded};
pub use route::{PlacedBy, Route, RouteError};
pub use topology::Topology;
pub use unroutable::Unroutable;
