//! The offline copy of everything under the prefix.

use std::ops::ControlFlow;

use crate::model::Revision;
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

use super::OperationError;
use super::consistent::consistently;

/// Everything at one revision, in key order.
#[derive(Clone, Debug)]
pub struct Export {
    /// The revision.
    pub revision: Revision,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// Reads everything under the prefix.
///
/// # Errors
/// The store does not answer or is empty.
pub async fn export<S: MetadataRead>(store: &S, keys: &Keys, at: Option<Revision>) -> Result<Export, OperationError> {
    consistently(at, async || export_once(store, keys, at).await).await
}

async fn export_once<S: MetadataRead>(store: &S, keys: &Keys, at: Option<Revision>) -> Result<Export, OperationError> {
    let mut entries = Vec::new();
    let mut visit = |entry: &Entry| {
        entries.push(entry.clone());
        ControlFlow::Continue(())
    };
    let revision = store.scan(&keys.everything(), at, &mut visit).await?;
    if entries.is_empty() {
        return Err(OperationError::Empty { place: store.place().to_owned(), prefix: keys.prefix().to_owned() });
    }
    Ok(Export { revision, entries })
}
