//! The metadata store of a cluster: etcd.
//!
//! [`EtcdReader`] and [`EtcdStore`] are opened by `connect`, which proves the connection by a real read. Files:
//! [`config`] what is asked for; `tls`, `dial`, `peer` connecting to one member; `members` which member to ask; `fault`
//! what an error means; `reader`, `scan`, `tiling`, `history` reading; `stream`, `watch` following; `store`, `commit`
//! writing; `health` what the members say of themselves.
//!
//! Invariant: every call ends in time, whatever the peer does. A write is sent at most once; when its reply is lost it is
//! looked for.
//!
//! Never: a password in an error, a log or a debug print; a connection without time-outs; etcd's own lock and election
//! calls, whose locks end without a word.

mod commit;
pub mod config;
mod dial;
mod fault;
mod health;
mod history;
mod members;
mod peer;
mod reader;
mod scan;
mod store;
mod stream;
mod tiling;
mod tls;
mod watch;
mod wire;

pub use config::{Endpoint, EtcdConfig, Login, Secret, TlsFiles};
pub use reader::EtcdReader;
pub use store::{EtcdStore, LIMITS};
pub use watch::EtcdWatch;
