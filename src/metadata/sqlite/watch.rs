//! Following changes by looking for them.
//!
//! Invariant: a watch has a connection of its own, so it neither waits for the store's other users nor holds them up.

use std::sync::Arc;
use std::time::Duration;

use super::place::Place;
use super::read::{self, Look};
use super::reader::SqliteReader;
use crate::metadata::polling::poll;
use crate::model::Revision;
use crate::ports::metadata::{KeyRange, WatchBatch};
use crate::ports::{Clock, MetadataWatch, StoreError};

/// How often a watch looks. A look at an unchanged store reads one row.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A watch on a store file.
pub struct SqliteWatch {
    reader: Box<SqliteReader>,
    range: KeyRange,
    next: Revision,
}

impl SqliteWatch {
    pub(super) fn start(
        place: &Place,
        clock: Arc<dyn Clock>,
        range: &KeyRange,
        from: Revision,
    ) -> Result<Self, StoreError> {
        let reader = Box::new(SqliteReader::open(place.path(), clock)?);
        reader.reading(|connection| read::watchable(connection, from))?;
        Ok(Self { reader, range: range.clone(), next: from })
    }

    fn look(&mut self) -> Result<Option<WatchBatch>, StoreError> {
        match self.reader.reading(|connection| read::next_batch(connection, &self.range, self.next))? {
            Look::Batch(batch) => {
                self.next = Revision(batch.revision.0 + 1);
                Ok(Some(batch))
            }
            Look::Nothing(seen) => {
                self.next = self.next.max(Revision(seen.0 + 1));
                Ok(None)
            }
        }
    }
}

impl MetadataWatch for SqliteWatch {
    async fn next(&mut self, timeout: Duration) -> Result<Option<WatchBatch>, StoreError> {
        poll(timeout, POLL_INTERVAL, || self.look()).await
    }
}
