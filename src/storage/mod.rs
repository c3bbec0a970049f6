//! Backends of the storage port.
//!
//! Architecture invariant: `object_store` is named in this module only. Nothing here knows what a migration is.

pub mod any;
pub mod command;
pub mod file;
pub mod objects;
pub mod places;
pub mod url;

mod fault;
mod unique;

pub use any::AnyStorage;
pub use command::CommandMover;
pub use url::{DataUrl, S3Url};
