//! Tables of answers for the time buckets that many keys fall into, read when they are first needed.

use std::collections::BTreeMap;

use crate::model::{Granularity, TimeBucket, Timestamp};
use crate::routing::{HourTable, Near, RecordSet, Topology};

use super::OperationError;

/// Tables kept at a time; beyond that all are dropped and read again as needed, so that memory stays bounded.
pub const TABLES_MAX: usize = 96;

/// The tables of the time buckets seen so far, with a payload `T` for each.
pub struct HourTables<'a, T> {
    topology: &'a Topology,
    near: Option<&'a Near>,
    load: Box<dyn FnMut(TimeBucket) -> Result<RecordSet, OperationError> + 'a>,
    tables: BTreeMap<(Granularity, TimeBucket), usize>,
    slots: Vec<(HourTable<'a>, T)>,
    last: Option<((Granularity, TimeBucket), usize)>,
}

impl<'a, T: Default> HourTables<'a, T> {
    /// `load` reads the records of a time bucket.
    pub fn new(
        topology: &'a Topology,
        near: Option<&'a Near>,
        load: impl FnMut(TimeBucket) -> Result<RecordSet, OperationError> + 'a,
    ) -> Self {
        Self { topology, near, load: Box::new(load), tables: BTreeMap::new(), slots: Vec::new(), last: None }
    }

    /// The table of the bucket that holds `time`, and its payload.
    ///
    /// # Errors
    /// Its records cannot be read.
    #[inline]
    pub fn at(&mut self, time: Timestamp) -> Result<&mut (HourTable<'a>, T), OperationError> {
        let granularity = self.topology.spec().partitioning_at(time).granularity_hours;
        let key = (granularity, TimeBucket::of(time, granularity));
        let slot = match self.last {
            Some((last, slot)) if last == key => slot,
            Some(_) | None => self.find(key, time)?,
        };
        Ok(&mut self.slots[slot])
    }

    #[cold]
    fn find(&mut self, key: (Granularity, TimeBucket), time: Timestamp) -> Result<usize, OperationError> {
        let slot = match self.tables.get(&key) {
            Some(slot) => *slot,
            None => {
                if self.slots.len() >= TABLES_MAX {
                    self.slots.clear();
                    self.tables.clear();
                }
                let records = (self.load)(key.1)?;
                self.slots.push((HourTable::new(self.topology, time, records, self.near), T::default()));
                self.tables.insert(key, self.slots.len() - 1);
                self.slots.len() - 1
            }
        };
        self.last = Some((key, slot));
        Ok(slot)
    }
}
