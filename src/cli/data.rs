//! The data of nodes, as commands open it.

use std::collections::BTreeMap;

use crate::ports::storage::StorageError;
use crate::storage::{AnyStorage, DataUrl};

use super::session::Session;

/// Opens the data behind a URL.
pub(super) fn opener(
    session: &mut Session<'_, '_>,
) -> impl Fn(&str) -> Result<AnyStorage, StorageError> + Send + Sync + 'static {
    let environment = session.environment();
    let tag = (environment.random)();
    let variables: BTreeMap<String, String> = environment.variables.clone();
    move |url| AnyStorage::open(&DataUrl::parse(url)?, tag, &|name| variables.get(name).cloned())
}
