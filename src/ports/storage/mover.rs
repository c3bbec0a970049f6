//! Somebody else's way of moving data: what it is told, and what it tells.

use bytes::Bytes;

use super::{CopyPlace, SegmentEntry};
use crate::model::PartitionId;

/// What a mover is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoverOrder {
    /// The partition.
    pub partition: PartitionId,
    /// The copy to read, as the URL of its directory.
    pub source: String,
    /// The copy to make.
    pub target: String,
    /// The segments to bring, one JSON object a line: see [`manifest`].
    pub manifest: Bytes,
}

/// A mover.
pub trait Mover: Send + Sync {
    /// Moves, and tells how many bytes it has moved so far. That it ends well proves nothing: whoever asked reads both sides.
    ///
    /// # Errors
    /// What it said when it failed, as the end of a sentence that starts with "the mover".
    fn run(
        &self,
        order: &MoverOrder,
        tell: &(dyn Fn(u64) + Send + Sync),
    ) -> impl Future<Output = Result<(), String>> + Send;
}

/// The segments as lines of `{"segment":"…","bytes":…,"has_sidecar":…}`.
#[must_use]
pub fn manifest<'s>(segments: impl IntoIterator<Item = &'s SegmentEntry>) -> Bytes {
    let mut text = String::new();
    for SegmentEntry { name, bytes, has_sidecar } in segments {
        let line = serde_json::json!({"segment": name.as_str(), "bytes": bytes, "has_sidecar": has_sidecar});
        text.push_str(&format!("{line}\n"));
    }
    text.into()
}

/// The place of a copy below a data URL; what follows a `?` stays at the end.
#[must_use]
pub fn url_of(data_url: &str, copy: &CopyPlace) -> String {
    let (path, query) = data_url.split_at(data_url.find('?').unwrap_or(data_url.len()));
    format!("{}/{copy}{query}", path.trim_end_matches('/'))
}
