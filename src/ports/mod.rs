//! What the tool needs from outside, as traits: a metadata store, the data of nodes and a clock; and how metadata is laid out in keys.
//!
//! Architecture invariant: no backend is named here. Reading and writing are traits of their own, so a store that was
//! opened read-only has no writing methods to call.

pub mod clock;
pub mod codec;
pub mod families;
pub mod health;
pub mod keys;
pub mod metadata;
pub mod storage;
pub mod unreachable;

pub use clock::Clock;
pub use families::KeyFamily;
pub use health::StoreHealth;
pub use keys::Keys;
pub use metadata::{MetadataRead, MetadataWatch, MetadataWrite, StoreError};
pub use unreachable::UnreachableCause;
