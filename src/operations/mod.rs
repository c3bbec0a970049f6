//! What commands do, through the ports: reading the cluster, changing it, and what is built on both.
//!
//! Invariant: a change is computed as a value from one consistent read, shown, approved, and then applied as transactions
//! on exactly what was read; nothing else writes.

pub mod audit;
pub mod auto_rebalance;
pub mod change;
pub mod check_value;
pub mod cluster;
pub mod consistent;
pub mod copying;
pub mod coverage;
pub mod create;
pub mod demo;
pub mod distinct;
pub mod doctor;
pub mod error;
pub mod executing;
pub mod executor;
pub mod expiring;
pub mod history;
pub mod hours;
pub mod init;
pub mod leased;
pub mod listing;
pub mod migrations;
pub mod migrations_watch;
pub mod nodes;
pub mod otlp_totals;
pub mod partition_delete;
pub mod partition_edit;
pub mod partition_placement;
pub mod partitions;
mod patience;
pub mod prune;
pub mod querying;
pub mod rebalance;
pub mod receiving;
pub mod records;
mod regroup;
pub mod repair_mark;
pub mod reroute;
pub mod rewriting;
pub mod run_context;
pub mod scrub;
pub mod settings;
pub mod simulate;
pub mod snapshot;
pub mod snapshot_diff;
pub mod snapshot_import;
pub mod spec_diff;
pub mod spec_edit;
pub mod status;
pub mod watch;
pub mod writing;

pub use audit::AuditContext;
pub use change::{Applied, ApprovedChange, ChangeSet, Consent};
pub use cluster::ClusterView;
pub use error::OperationError;
