//! Tables of answers for the time buckets that many keys fall into, read when they are first needed.

use std::collections::BTreeMap;

use crate::model::{Granularity, TimeBucket, Timestamp};
use crate::routing::{HourTable, Near, RecordSet, Topology};

use super::OperationError;

/// Answers that the kept tables have room for; beyond that all are dropped and made again as needed, so that memory
/// stays bounded: an answer with its texts has less than 1 KiB.
pub const ANSWERS_MAX: usize = 32_768;

/// The tables of the time buckets seen so far, with a payload `T` for each.
pub struct HourTables<'a, T> {
    topology: &'a Topology,
    near: Option<&'a Near>,
    load: Box<dyn FnMut(TimeBucket) -> Result<RecordSet, OperationError> + 'a>,
    tables: BTreeMap<(Granularity, TimeBucket), usize>,
    slots: Vec<(HourTable<'a>, T)>,
    last: Option<((Granularity, TimeBucket), usize)>,
    /// Answers that the tables have room for.
    room: usize,
}

impl<'a, T: Default> HourTables<'a, T> {
    /// `load` reads the records of a time bucket.
    pub fn new(
        topology: &'a Topology,
        near: Option<&'a Near>,
        load: impl FnMut(TimeBucket) -> Result<RecordSet, OperationError> + 'a,
    ) -> Self {
        Self { topology, near, load: Box::new(load), tables: BTreeMap::new(), slots: Vec::new(), last: None, room: 0 }
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
                let room = self.topology.spec().partitioning_at(time).partitions_per_bucket() as usize;
                if self.room + room > ANSWERS_MAX {
                    self.slots.clear();
                    self.tables.clear();
                    (self.last, self.room) = (None, 0);
                }
                let records = (self.load)(key.1)?;
                self.room += room;
                self.slots.push((HourTable::new(self.topology, time, records, self.near), T::default()));
                self.tables.insert(key, self.slots.len() - 1);
                self.slots.len() - 1
            }
        };
        self.last = Some((key, slot));
        Ok(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClusterSpec, Node, NodeId, TraceId};

    #[test]
    fn many_hours_in_any_order_stay_right_in_bounded_memory() {
        let nodes = (1..=5).map(|n| Node::new(NodeId::parse(&format!("n{n}")).unwrap())).collect();
        let topology = Topology::new(ClusterSpec::default(), nodes).unwrap();
        let mut loads = 0;
        let id = TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").unwrap();
        {
            let mut hours: HourTables<'_, ()> = HourTables::new(&topology, None, |_| {
                loads += 1;
                Ok(RecordSet::default())
            });
            for step in 0..2_000_i64 {
                let time = Timestamp::from_seconds(step * 7 % 400 * 3600);
                let (table, ()) = hours.at(time).unwrap();
                let leaf = table.leaf_of_trace(&id).unwrap();
                let route = table.route(leaf);
                assert_eq!(route.bucket(), TimeBucket::of(time, Granularity::HOUR));
                assert_eq!(route.owners, topology.placed_owners(route.partition));
                assert!(hours.slots.len() * 256 <= ANSWERS_MAX);
            }
        }
        assert!(loads > 400, "tables were dropped and made again: {loads}");
    }

    #[test]
    fn a_failed_load_leaves_nothing_stale() {
        let topology = Topology::new(ClusterSpec::default(), vec![Node::new(NodeId::parse("n").unwrap())]).unwrap();
        let fails = TimeBucket::new(128);
        let mut hours: HourTables<'_, ()> = HourTables::new(&topology, None, |bucket| {
            if bucket == fails { Err(OperationError::Invalid("broken".into())) } else { Ok(RecordSet::default()) }
        });
        for hour in 0..128 {
            hours.at(Timestamp::from_seconds(hour * 3600)).unwrap();
        }
        assert!(hours.at(Timestamp::from_seconds(128 * 3600)).is_err());
        assert!(hours.at(Timestamp::from_seconds(127 * 3600)).is_ok());
    }
}
