//! From every state a fresh run comes to rest.

use otlp_part::model::PartitionState;

use super::model::{Decided, Protocol};
use super::world::{Executor, World, Writer};

/// More steps than any operation has.
const STEPS_MAX: usize = 60;

impl World {
    /// Whether nothing is left over: no place taken, no state, no copy that nobody names.
    pub(crate) fn is_tidy(&self) -> bool {
        let view = self.store.view(0);
        let stray = |node: &otlp_part::model::NodeId, copy: &String| {
            let listed = self.store.record.value.nodes.contains(node) && view.copy_of(node) == *copy;
            !listed && !self.store.orphans.contains(&(node.clone(), copy.clone()))
        };
        let strays = self.disks.iter().filter(|(_, disk)| disk.alive);
        let strays = strays.flat_map(|(node, disk)| disk.copies.keys().map(move |copy| (node, copy)));
        self.store.slots.is_empty()
            && self.store.record.value.state != PartitionState::Migrating
            && (self.lost_track || strays.into_iter().all(|(node, copy)| !stray(node, copy)))
    }
}

impl Protocol {
    /// Everybody stops, nothing is on its way; then one executor that knows nothing works alone.
    pub(crate) fn comes_to_rest(&self, world: &World) -> bool {
        if world.broken.is_some() {
            return true;
        }
        let mut world = world.clone();
        // What others wrote for an operation that is over is theirs to take away.
        world.lost_track |= world.executors.iter().any(|executor| executor.facts.wrote.is_some());
        world.late = None;
        world.writer = Writer::Idle;
        world.executors = vec![Executor::default()];
        world.store.revision += 1;
        world.store.lock = Some(world.store.revision);
        world.executors[0].lock = world.store.lock;
        for _ in 0..STEPS_MAX {
            match self.decided(&mut world) {
                Decided::Nothing => return world.store.journal.is_none() && world.is_tidy(),
                // It says what is to be decided.
                Decided::Stopped => return true,
                Decided::Work(work) => {
                    world.executors[0].work = Some(work);
                    self.perform(&mut world, 0);
                }
            }
        }
        false
    }

    fn decided(&self, world: &mut World) -> Decided {
        let executor = &mut world.executors[0];
        if executor.work.is_some() {
            return executor.work.take().map_or(Decided::Nothing, Decided::Work);
        }
        let operation = world.store.journal.as_ref().map(|journal| journal.value.operation_id.clone());
        executor.facts = std::mem::take(&mut executor.facts).about(&operation.unwrap_or_default());
        let lock = executor.lock.unwrap_or_default();
        let facts = executor.facts.clone();
        self.decide(world, lock, &facts)
    }
}
