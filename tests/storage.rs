//! The data of nodes: what every backend of the storage port does, and copies that survive damage, kills and full disks.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "storage/conformance.rs"]
mod conformance;
#[path = "storage/copies.rs"]
mod copies;
#[path = "storage/damage.rs"]
mod damage;
#[path = "storage/disks.rs"]
mod disks;
#[path = "storage/interrupted.rs"]
mod interrupted;
#[path = "storage/lab.rs"]
mod lab;
#[path = "storage/markers.rs"]
mod markers;
#[path = "storage/movers.rs"]
mod movers;
#[path = "storage/names.rs"]
mod names;
#[cfg(feature = "s3")]
#[path = "storage/s3.rs"]
mod s3;
