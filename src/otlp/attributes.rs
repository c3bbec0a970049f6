//! Attributes that are asked for, and whether they stand on a record, its scope or its resource.

use super::batch::Batch;
use super::layout::{Encoding, RecordNo};
use super::value::Value;
use super::{json, protobuf};
use crate::model::Signal;

/// The most attributes that one query may ask for.
pub const ATTRIBUTES_MAX: usize = 64;

/// Attributes and the values that they must have, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeQuery {
    wanted: Vec<(String, String)>,
}

/// Where attributes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// In the entry of a resource.
    Resource,
    /// In the entry of a scope.
    Scope,
    /// In a record; a metric's stand in its data points.
    Record(Signal),
}

/// What is known of the resource and the scope that were looked at last: the next record mostly has the same.
#[derive(Debug, Default)]
pub struct AttributeMemory {
    resource: Option<(usize, u64)>,
    scope: Option<(usize, u64)>,
    entry: Vec<u8>,
}

impl AttributeMemory {
    /// Forgets the last batch.
    pub fn clear(&mut self) {
        (self.resource, self.scope) = (None, None);
    }
}

impl AttributeQuery {
    /// Asks for all of these; those beyond [`ATTRIBUTES_MAX`] are left out.
    #[must_use]
    pub fn new(mut wanted: Vec<(String, String)>) -> Self {
        wanted.truncate(ATTRIBUTES_MAX);
        Self { wanted }
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether a record of a batch has all that is asked for, on itself, its scope or its resource; a metric has what any
    /// of its data points has. `memory` is of this batch.
    #[must_use]
    pub fn matches(&self, batch: &Batch, record: RecordNo, signal: Signal, memory: &mut AttributeMemory) -> bool {
        let layout = batch.layout();
        let all = u64::MAX.checked_shr(64 - self.wanted.len() as u32).unwrap_or(0);
        let (resource, scope) = (layout.resource(record), layout.scope(record));
        let AttributeMemory { resource: last_resource, scope: last_scope, entry } = memory;
        let of_resource = known(last_resource, resource, || {
            layout.resource_entry(record, entry);
            self.found(layout.encoding(), Holder::Resource, entry)
        });
        let of_scope = known(last_scope, scope, || {
            layout.scope_entry(record, entry);
            self.found(layout.encoding(), Holder::Scope, entry)
        });
        let found = of_resource | of_scope;
        found == all
            || found | self.found(layout.encoding(), Holder::Record(signal), layout.record_bytes(record)) == all
    }

    /// A bit for each that is asked for and stands there.
    fn found(&self, encoding: Encoding, holder: Holder, text: &[u8]) -> u64 {
        let mut found = 0;
        let mut see = |name: &str, value: Value<'_>| {
            if self.wanted.iter().any(|(wanted, _)| wanted == name) {
                let value = value.into_text();
                for (bit, (wanted, expected)) in self.wanted.iter().enumerate() {
                    found |= u64::from(wanted == name && *expected == value) << bit;
                }
            }
        };
        match encoding {
            Encoding::Json => json::attributes(holder, text, &mut see),
            Encoding::Protobuf => protobuf::attributes(holder, text, &mut see),
        }
        found
    }
}

fn known(memory: &mut Option<(usize, u64)>, number: usize, look: impl FnOnce() -> u64) -> u64 {
    match memory {
        Some((last, found)) if *last == number => *found,
        Some(_) | None => memory.insert((number, look())).1,
    }
}
