//! What is due in truth: looked at before anything is claimed.

use std::collections::{BTreeMap, BTreeSet};

use super::due::{Due, Oversized, Wanted, due};
use super::memory::Memory;
use crate::migration::rewrite_journal::RewriteKind;
use crate::model::{ByteSize, NodeId, PartitionId, Timestamp};
use crate::operations::OperationError;
use crate::operations::auto_rebalance::AutoSettings;
use crate::operations::executing::{Halt, Opener};
use crate::operations::rewriting::{
    CompactScope, Compactable, RewriteError, SEGMENTS_MIN_DEFAULT, SplitSurvey, TARGET_BYTES_DEFAULT, bits_for,
    bits_left, look_compact, survey_split,
};
use crate::operations::scrub::Scope;
use crate::ports::storage::StorageRead;
use crate::ports::{Keys, MetadataRead};

/// Partitions that are split in a round.
const SPLITS_MAX: usize = 16;
/// Partitions that are too large and looked at in a round.
const SPLIT_LOOKS_MAX: usize = 64;
/// Partitions that are compacted in a round.
const COMPACTIONS_MAX: usize = 128;
/// Partitions whose copies are listed in a round, to see whether they are worth a compaction: of a month of 184,320 all are
/// known after 93 rounds, and from then on those that changed are looked at.
const COMPACT_LOOKS_MAX: usize = 2_000;
/// Those that are looked at before it is asked whether there are enough.
const LOOKS_AT_ONCE: usize = 64;
/// A partition that could not be begun is left alone for so long.
pub(super) const REFUSED_SECONDS: i64 = 15 * 60;

/// Looks for what is due.
pub(in crate::operations::auto_rebalance) struct Seeker<'a, M, S> {
    pub(in crate::operations::auto_rebalance) store: &'a M,
    pub(in crate::operations::auto_rebalance) keys: &'a Keys,
    pub(in crate::operations::auto_rebalance) open: Opener<'a, S>,
    pub(in crate::operations::auto_rebalance) settings: &'a AutoSettings,
    pub(in crate::operations::auto_rebalance) now: Timestamp,
    /// Nodes that do not answer.
    pub(in crate::operations::auto_rebalance) away: BTreeSet<NodeId>,
    /// Thrown or closed, it looks at nothing more.
    pub(in crate::operations::auto_rebalance) halt: &'a Halt,
}

/// Why partitions are left alone that were not known to be: each once for as long as the reason is the same.
#[derive(Debug, Default)]
pub(super) struct News(BTreeMap<String, Vec<PartitionId>>);

impl News {
    /// It is remembered, and told if it is news.
    pub(super) fn refuse(
        &mut self,
        memory: &mut Memory,
        (id, kind): (PartitionId, RewriteKind),
        why: &str,
        until: Timestamp,
    ) {
        if memory.refuse((id, kind), why, until) {
            let reason = match kind {
                RewriteKind::Split => format!("not split: {why}"),
                RewriteKind::Compact => format!("not compacted: {why}"),
            };
            self.0.entry(reason).or_default().push(id);
        }
    }

    /// In words.
    pub(super) fn words(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(|(reason, ids)| {
            let first = ids.first()?;
            let more = if ids.len() > 1 { format!(" and {} more", ids.len() - 1) } else { String::new() };
            Some(format!("{first}{more}: {reason}"))
        })
    }
}

impl<M: MetadataRead, S: StorageRead> Seeker<'_, M, S> {
    /// What may be due, by the records.
    ///
    /// # Errors
    /// The store's; others write to the cluster by rules of their own.
    pub(super) async fn due(&self, memory: &mut Memory, news: &mut News) -> Result<Due, OperationError> {
        let wanted = Wanted { settings: self.settings, now: self.now, away: &self.away };
        let found = due(self.store, self.keys, &wanted, memory).await?;
        for (id, why) in &found.refused {
            news.refuse(memory, (*id, RewriteKind::Split), why, self.now);
        }
        Ok(found)
    }

    /// What is to be split.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn splits(
        &self,
        due: &Due,
        memory: &mut Memory,
        news: &mut News,
    ) -> Result<Vec<Oversized>, OperationError> {
        let bytes_max = due.view.spec.size_bounds().max_bytes;
        let mut found = Vec::new();
        for one in due.oversized.iter().take(SPLIT_LOOKS_MAX) {
            if found.len() >= SPLITS_MAX || self.is_over() {
                break;
            }
            let looked = tokio::select! {
                looked = survey_split(self.store, self.keys, self.open, (one.id, one.bits)) => looked,
                () = self.halt.thrown() => break,
            };
            match judge(one, bytes_max, looked) {
                Ok(Some(split)) => found.push(split),
                Ok(None) => {}
                Err(RewriteError::Operation(error @ OperationError::Store(_))) => return Err(error),
                Err(error) => news.refuse(memory, (one.id, RewriteKind::Split), &reason_of(&error), self.rested()),
            }
        }
        Ok(found)
    }

    /// What is to be compacted.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn compactions(
        &self,
        due: &Due,
        memory: &mut Memory,
        news: &mut News,
    ) -> Result<Vec<Compactable>, OperationError> {
        let wanted = CompactScope {
            scope: Scope::default(),
            include_open: false,
            segments_min: u64::from(SEGMENTS_MIN_DEFAULT),
            target_bytes: TARGET_BYTES_DEFAULT,
            now: self.now,
        };
        let mut found: Vec<Compactable> = Vec::new();
        let looked_at = &due.closed[..due.closed.len().min(COMPACT_LOOKS_MAX)];
        for some in looked_at.chunks(LOOKS_AT_ONCE) {
            if found.len() >= COMPACTIONS_MAX || self.is_over() {
                break;
            }
            let ids: Vec<PartitionId> = some.iter().map(|(id, _)| *id).collect();
            let survey = tokio::select! {
                survey = look_compact(self.store, self.keys, self.open, (&due.view, &wanted), &ids, &|_, _| {}) => survey?,
                () = self.halt.thrown() => break,
            };
            for (id, why) in &survey.skipped {
                news.refuse(memory, (*id, RewriteKind::Compact), why, self.rested());
            }
            let worth: BTreeSet<PartitionId> = survey.partitions.iter().map(|one| one.id).collect();
            let is_idle = |id: &PartitionId| {
                !worth.contains(id) && !survey.skipped.contains_key(id) && !survey.in_flight.contains_key(id)
            };
            for (id, revision) in some.iter().filter(|(id, _)| is_idle(id)) {
                memory.note_idle(*id, *revision);
            }
            found.extend(survey.partitions);
        }
        found.truncate(COMPACTIONS_MAX);
        Ok(found)
    }

    fn is_over(&self) -> bool {
        self.halt.is_thrown() || self.halt.closing().is_some()
    }

    fn rested(&self) -> Timestamp {
        self.now.plus_seconds(REFUSED_SECONDS)
    }
}

/// What is to be split, by what its copies hold; `None` = a split of it is in flight.
fn judge(
    one: &Oversized,
    bytes_max: u64,
    looked: Result<SplitSurvey, RewriteError>,
) -> Result<Option<Oversized>, RewriteError> {
    let survey = looked?;
    if survey.in_flight.is_some() {
        return Ok(None);
    }
    match bits_for(survey.bytes, bytes_max, bits_left(one.id)) {
        Some(bits) => Ok(Some(Oversized { id: one.id, bytes: survey.bytes, copies: survey.nodes.len() as u64, bits })),
        None => {
            let (has, says) = (ByteSize(survey.bytes), ByteSize(one.bytes));
            Err(RewriteError::Differ(format!("its copies hold {has}, and its record says {says}")))
        }
    }
}

/// Without what is said of every refusal, and with what mends it.
fn reason_of(error: &RewriteError) -> String {
    let why = match error {
        RewriteError::Operation(OperationError::Refused { reason, .. }) => reason.clone(),
        RewriteError::Operation(_)
        | RewriteError::Storage { .. }
        | RewriteError::Damaged { .. }
        | RewriteError::Differ(_)
        | RewriteError::Undividable { .. }
        | RewriteError::NotAsWritten { .. }
        | RewriteError::Unequal { .. }
        | RewriteError::Build(_) => error.to_string(),
    };
    match error.hint() {
        Some(hint) => format!("{why}; {hint}"),
        None => why,
    }
}
