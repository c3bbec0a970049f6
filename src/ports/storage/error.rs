//! Why something could not be done with a node's data, told apart by what mends it.

use std::fmt;

use super::marker::NodeMarker;
use crate::model::NodeId;

/// Why a node's data does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// There is no such directory or bucket.
    Missing,
    /// We may not read or write there.
    NoAccess,
    /// No answer in time.
    Silent,
    /// There is no connection to the server.
    NoConnection,
    /// None of these.
    Other,
}

impl Cause {
    /// One word for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoAccess => "no_access",
            Self::Silent => "silent",
            Self::NoConnection => "no_connection",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "there is no such directory or bucket",
            Self::NoAccess => "access is denied",
            Self::Silent => "no answer in time",
            Self::NoConnection => "no connection to the server",
            Self::Other => "it cannot be used",
        })
    }
}

/// An error of a node's data store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// Nobody recorded where the node's data is.
    #[error("node {node} has no data URL: `otlp-part node set {node} --data-url URL` records where its data is")]
    NoUrl {
        /// The node.
        node: NodeId,
    },
    /// The data URL cannot be used.
    #[error("data URL {url:?}: {reason}")]
    Url {
        /// As it was given, without anything secret.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The place does not answer.
    #[error("{place} is unreachable: {cause} ({detail})")]
    Unreachable {
        /// The node's data.
        place: String,
        /// Why.
        cause: Cause,
        /// What the system said.
        detail: String,
    },
    /// There is no marker: the disk is not mounted, or this is no node's data yet.
    #[error("{place} holds no marker of a node")]
    Unmarked {
        /// The node's data.
        place: String,
    },
    /// The marker is another node's.
    #[error("{place} is the data of {found}, not of {expected}")]
    Foreign {
        /// The node's data.
        place: String,
        /// Whose it is.
        found: Box<NodeMarker>,
        /// Whose it should be.
        expected: Box<NodeMarker>,
    },
    /// The marker cannot be read.
    #[error("the marker in {place} cannot be read: {reason}")]
    Marker {
        /// The node's data.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// What was asked for is not there.
    #[error("{what} does not exist in {place}")]
    NotFound {
        /// The node's data.
        place: String,
        /// The name below it.
        what: String,
    },
    /// What was to be created is there.
    #[error("{what} exists already in {place}")]
    Exists {
        /// The node's data.
        place: String,
        /// The name below it.
        what: String,
    },
    /// No room is left.
    #[error("no room is left for {what} in {place}: {detail}")]
    Full {
        /// The node's data.
        place: String,
        /// What was written.
        what: String,
        /// What the system said.
        detail: String,
    },
    /// What is there is not what it should be.
    #[error("{what} in {place} is damaged: {reason}")]
    Corrupt {
        /// The node's data.
        place: String,
        /// The name below it.
        what: String,
        /// What is wrong.
        reason: String,
    },
    /// The system refused one file or object, while the place as such answers.
    #[error("{what} in {place}: {detail}")]
    Io {
        /// The node's data.
        place: String,
        /// The name below it.
        what: String,
        /// What the system said.
        detail: String,
    },
}

impl StorageError {
    /// Whether the node's data as a whole cannot be worked with: nothing may be said about what it holds.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::NoUrl { .. }
            | Self::Url { .. }
            | Self::Unreachable { .. }
            | Self::Unmarked { .. }
            | Self::Foreign { .. }
            | Self::Marker { .. } => true,
            Self::NotFound { .. }
            | Self::Exists { .. }
            | Self::Full { .. }
            | Self::Corrupt { .. }
            | Self::Io { .. } => false,
        }
    }

    /// What mends it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Url { .. } => "data URLs are file:///path or s3://bucket/prefix?endpoint=URL",
            Self::Unreachable { cause: Cause::Missing, .. } => {
                "is the disk mounted? a node's directory or bucket is never made for it"
            }
            Self::Unreachable { cause: Cause::NoAccess, .. } => {
                "give the user that runs this, or its keys, the right to read and write there"
            }
            Self::Unreachable { .. } => "see that the node's storage answers from this host, and run the command again",
            Self::Unmarked { .. } => "is the disk mounted? `otlp-part node claim NODE` marks a place that is new",
            Self::Foreign { .. } => "two nodes may have one data URL, or disks may be mounted in each other's place",
            Self::Marker { .. } => "restore .otlp-part-node.json: {\"cluster_id\":…,\"node_id\":…}",
            Self::Full { .. } => {
                "make room there, or raise the limit of sizes (quota, ulimit -f); what was half written is removed, and the \
                 next run goes on"
            }
            // Its text names the node's own command.
            Self::NoUrl { .. } => return None,
            Self::NotFound { .. } | Self::Exists { .. } | Self::Corrupt { .. } | Self::Io { .. } => return None,
        })
    }
}
