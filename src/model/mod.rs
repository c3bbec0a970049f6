//! The words of the system as types: ids, time, sizes, hash streams, nodes, partition records and the cluster spec.
//!
//! Text becomes a type here, once; above this floor no `String` has structure.
//! Never: no clock, no random source, no file, no environment, no network.

pub mod cluster_spec;
pub mod document;
pub mod extension;
pub mod hash;
pub mod json;
pub mod location;
pub mod node;
pub mod partition_id;
pub mod partition_record;
pub mod random;
pub mod ratio;
pub mod revision;
pub mod routing_key;
pub mod seal;
pub mod signal;
pub mod size;
pub mod time;
pub mod trace_id;
pub mod weight;

pub use cluster_spec::{ClusterSpec, Partitioning, PlacementAlgorithm, Strategy};
pub use document::Document;
pub use extension::PartitionExtension;
pub use hash::HashAlgorithm;
pub use location::Location;
pub use node::{Node, NodeId, NodeState};
pub use partition_id::{PartitionId, SplitSuffix};
pub use partition_record::{PartitionRecord, PartitionState};
pub use random::SplitMix64;
pub use revision::Revision;
pub use signal::Signal;
pub use size::ByteSize;
pub use time::{Granularity, TimeBucket, TimeRange, Timestamp};
pub use trace_id::TraceId;
pub use weight::Weight;
