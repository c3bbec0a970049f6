//! The metadata store of a cluster: etcd.
//!
//! Never: a password in an error, a log or a debug print; a connection without time-outs.

pub mod config;

pub use config::{Endpoint, EtcdConfig, Login, Secret, TlsFiles};
