//! Repair marks and old copies that wait to be deleted, compared with the records that they are about.

use crate::migration::journal::FIRST_COPY;
use crate::model::{NodeId, PartitionExtension, PartitionId, PartitionRecord, Revision};
use crate::operations::OperationError;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::Examination;
use super::finding::{Code, Finding};
use super::repair::Repair;

/// Those that are compared; more are told as they are.
const COMPARED_MAX: usize = 20_000;
/// Those that are read together.
const CHUNK: usize = 40;
/// Keys that each of them reads.
const READ_EACH: usize = 3;

/// Something that is only right beside a certain record.
pub(super) enum Leftover {
    /// The copy of a partition on a node misses something.
    Mark(PartitionId, NodeId),
    /// A copy of a partition on a node is to be deleted.
    Orphan(PartitionId, NodeId, String),
}

impl Leftover {
    /// What is left at a key, if its name can be read.
    pub(super) fn of(keys: &Keys, key: &str) -> Option<Self> {
        if let Some((id, node)) = keys.repair_mark_of(key) {
            return Some(Self::Mark(id, node));
        }
        let mut parts = keys.name("orphans", key)?.splitn(3, '/');
        let (node, id, copy) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self::Orphan(PartitionId::parse(id).ok()?, NodeId::parse(node).ok()?, copy.to_owned()))
    }

    const fn partition(&self) -> PartitionId {
        match self {
            Self::Mark(id, _) | Self::Orphan(id, ..) => *id,
        }
    }

    /// What is wrong with it beside what is stored of its partition, and whether nothing rests on it.
    pub(super) fn judge(&self, [record, extension, journal]: [Option<&Entry>; READ_EACH]) -> Option<String> {
        // An operation in flight minds its own.
        if journal.is_some() {
            return None;
        }
        let parsed = match record {
            None => None,
            // What cannot be read says nothing.
            Some(entry) => Some(PartitionRecord::parse(self.partition(), &entry.value).ok()?),
        };
        match (self, parsed) {
            (Self::Mark(_, node), None) => Some(format!("a repair mark of {node}, and the partition has no record")),
            (Self::Mark(_, node), Some(record)) => (!record.nodes.contains(node))
                .then(|| format!("a repair mark of {node}, which does not hold the partition any more")),
            (Self::Orphan(..), None) => None,
            (Self::Orphan(_, node, copy), Some(record)) => {
                let copies = match extension {
                    None => PartitionExtension::default(),
                    Some(entry) => PartitionExtension::parse(&entry.value).ok()?,
                }
                .copies;
                let listed = copies.get(node.as_str()).map_or(FIRST_COPY, String::as_str);
                (record.nodes.contains(node) && listed == copy)
                    .then(|| "noted as an old copy, but its record lists it: it stays".to_owned())
            }
        }
    }
}

/// The keys that one of them is judged by: record, extension, journal.
fn ranges(keys: &Keys, leftover: &Leftover) -> [KeyRange; READ_EACH] {
    let id = leftover.partition();
    [keys.partition(id), keys.extension(id), keys.migration(id)].map(|key| KeyRange::single(&key))
}

impl Examination<'_> {
    /// Notes one for [`Self::compare`]; false = it is told as it is.
    pub(super) fn note_leftover(&mut self, key: &str) -> bool {
        let noted = Leftover::of(self.keys, key).filter(|_| self.leftovers.len() < COMPARED_MAX);
        let is_noted = noted.is_some();
        self.leftovers.extend(noted.map(|leftover| (key.to_owned(), leftover)));
        is_noted
    }

    /// Reads the records of all that were noted, and tells what is wrong.
    pub(super) async fn compare<S: MetadataRead>(&mut self, store: &S, at: Revision) -> Result<(), OperationError> {
        let leftovers = std::mem::take(&mut self.leftovers);
        for chunk in leftovers.chunks(CHUNK) {
            let asked: Vec<KeyRange> = chunk.iter().flat_map(|(_, leftover)| ranges(self.keys, leftover)).collect();
            let lists = store.read(&asked, Some(at)).await?.ranges;
            for ((key, leftover), found) in chunk.iter().zip(lists.chunks(READ_EACH)) {
                let first = |n: usize| found.get(n).and_then(|list| list.first());
                let fault = leftover.judge([first(0), first(1), first(2)]);
                self.tell_leftover(key, leftover, fault);
            }
        }
        Ok(())
    }

    fn tell_leftover(&mut self, key: &str, leftover: &Leftover, fault: Option<String>) {
        let (id, code) = match leftover {
            Leftover::Mark(id, _) => (*id, Code::MarkStale),
            Leftover::Orphan(id, ..) => (*id, Code::OrphanListed),
        };
        match (fault, leftover) {
            (Some(message), _) => {
                self.repair(Repair::Leftover(key.to_owned(), id));
                self.findings.add(Finding::new(code, id.to_string(), message).fixable(true));
            }
            (None, Leftover::Mark(id, node)) => self.needs_repair(&id.to_string(), node.as_str()),
            (None, Leftover::Orphan(_, node, _)) => {
                let name = self.keys.name("orphans", key).unwrap_or(key).to_owned();
                self.orphan(&name, Some(node.clone()));
            }
        }
    }
}
