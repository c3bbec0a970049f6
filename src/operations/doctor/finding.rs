//! Findings, grouped by what is wrong.
//!
//! Invariant: of each group only so many are kept as are asked for; the rest is counted, so memory does not follow the
//! number of faults.

use std::collections::BTreeMap;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Data is out of reach or at risk now, or the metadata is wrong.
    Error,
    /// It will be, or somebody must look.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == text)
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// An alarm of the store is raised.
    StoreAlarm,
    /// A member of the store is not well.
    MemberFault,
    /// The store is nearly full.
    StoreNearQuota,
    /// A value cannot be read.
    CorruptValue,
    /// A value was written by a newer version.
    NewerSchema,
    /// A partition's state is not known to this version.
    UnknownState,
    /// The id in a record is not its key's.
    IdMismatch,
    /// A record names a node twice.
    DuplicateReplicas,
    /// A record's leader is not among its nodes.
    LeaderNotReplica,
    /// A partition has no leader.
    NoLeader,
    /// A partition's leader is down.
    LeaderDown,
    /// No replica of a partition lives.
    NoLiveReplica,
    /// Records name a node that is not recorded.
    UnknownNode,
    /// Nodes share one data URL.
    SharedDataUrl,
    /// The place of a node's data does not answer from here, is not that node's, or does not look as if it took data.
    DataUnreachable,
    /// A node has no data URL, and others have.
    NoDataUrl,
    /// A split partition lacks a child.
    SplitChildMissing,
    /// A child of a partition that is not split.
    ParentNotSplit,
    /// An operation in flight on a partition without a record.
    OrphanedJournal,
    /// A partition that is being moved by nobody.
    JournalMissing,
    /// A journal that nobody can go on with.
    JournalUnreadable,
    /// A record's state that does not fit the operation in flight on it.
    StateNotOfJournal,
    /// Fewer nodes than replicas are asked for.
    TooFewNodes,
    /// Fewer replicas than are asked for.
    TooFewReplicas,
    /// Fewer live replicas than are asked for.
    UnderReplicated,
    /// More replicas in a zone than there have to be.
    ZoneViolation,
    /// Partitions without records within the recorded time.
    Hole,
    /// The coming hour has no records.
    NotCreatedAhead,
    /// Partitions past their retention.
    BeyondRetention,
    /// A partition larger than the spec wants.
    PartitionTooLarge,
    /// Partitions smaller than the spec wants, though there is enough data.
    PartitionsTooSmall,
    /// An extension without a record.
    OrphanedExtension,
    /// A slot whose operation is gone.
    OrphanedSlot,
    /// A slot that its operation does not name.
    UnnamedSlot,
    /// A lock that never ends by itself.
    LockWithoutLease,
    /// A plan whose recording was not finished.
    PlanWithoutHead,
    /// Operations in flight that nobody drives.
    NobodyExecutes,
    /// A pause that outlived its execution.
    ControlPaused,
    /// A copy that misses something.
    CopyNeedsRepair,
    /// A copy that is named on a node which does not hold the partition.
    CopyUnlisted,
    /// A repair mark of a copy that no record lists.
    MarkStale,
    /// A copy that waits to be deleted, and is listed.
    OrphanListed,
    /// A copy that waits to be deleted.
    CopyToDelete,
    /// A key that is none of this tool's.
    ForeignKey,
    /// The audit trail is longer than it should be.
    AuditTooLarge,
    /// A plan whose execution has ended before its end.
    PlanUnfinished,
    /// What was asked of an execution that has ended.
    ControlStale,
    /// No spec is recorded.
    NoSpec,
    /// No node is recorded.
    NoNodes,
    /// No partition is recorded.
    NoPartitions,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 50] = [
        Self::StoreAlarm,
        Self::MemberFault,
        Self::StoreNearQuota,
        Self::CorruptValue,
        Self::NewerSchema,
        Self::UnknownState,
        Self::IdMismatch,
        Self::DuplicateReplicas,
        Self::LeaderNotReplica,
        Self::NoLeader,
        Self::LeaderDown,
        Self::NoLiveReplica,
        Self::UnknownNode,
        Self::SharedDataUrl,
        Self::DataUnreachable,
        Self::NoDataUrl,
        Self::SplitChildMissing,
        Self::ParentNotSplit,
        Self::OrphanedJournal,
        Self::JournalMissing,
        Self::JournalUnreadable,
        Self::StateNotOfJournal,
        Self::TooFewNodes,
        Self::TooFewReplicas,
        Self::UnderReplicated,
        Self::ZoneViolation,
        Self::Hole,
        Self::NotCreatedAhead,
        Self::BeyondRetention,
        Self::PartitionTooLarge,
        Self::PartitionsTooSmall,
        Self::OrphanedExtension,
        Self::OrphanedSlot,
        Self::UnnamedSlot,
        Self::LockWithoutLease,
        Self::PlanWithoutHead,
        Self::NobodyExecutes,
        Self::ControlPaused,
        Self::CopyNeedsRepair,
        Self::CopyUnlisted,
        Self::MarkStale,
        Self::OrphanListed,
        Self::CopyToDelete,
        Self::ForeignKey,
        Self::AuditTooLarge,
        Self::PlanUnfinished,
        Self::ControlStale,
        Self::NoSpec,
        Self::NoNodes,
        Self::NoPartitions,
    ];

    /// The word in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::StoreAlarm => "store_alarm",
            Self::MemberFault => "member_fault",
            Self::StoreNearQuota => "store_near_quota",
            Self::CorruptValue => "corrupt_value",
            Self::NewerSchema => "newer_schema",
            Self::UnknownState => "unknown_state",
            Self::IdMismatch => "id_mismatch",
            Self::DuplicateReplicas => "duplicate_replicas",
            Self::LeaderNotReplica => "leader_not_replica",
            Self::NoLeader => "no_leader",
            Self::LeaderDown => "leader_down",
            Self::NoLiveReplica => "no_live_replica",
            Self::UnknownNode => "unknown_node",
            Self::SharedDataUrl => "shared_data_url",
            Self::SplitChildMissing => "split_child_missing",
            Self::ParentNotSplit => "parent_not_split",
            Self::OrphanedJournal => "orphaned_journal",
            Self::StateNotOfJournal => "state_not_of_journal",
            Self::JournalUnreadable => "journal_unreadable",
            Self::JournalMissing => "journal_missing",
            Self::TooFewNodes => "too_few_nodes",
            Self::TooFewReplicas => "too_few_replicas",
            Self::UnderReplicated => "under_replicated",
            Self::ZoneViolation => "zone_violation",
            Self::Hole => "hole",
            Self::NotCreatedAhead => "not_created_ahead",
            Self::BeyondRetention => "beyond_retention",
            Self::PartitionTooLarge => "partition_too_large",
            Self::PartitionsTooSmall => "partitions_too_small",
            Self::OrphanedExtension => "orphaned_extension",
            Self::UnnamedSlot => "unnamed_slot",
            Self::OrphanedSlot => "orphaned_slot",
            Self::LockWithoutLease => "lock_without_lease",
            Self::ControlPaused => "control_paused",
            Self::NobodyExecutes => "nobody_executes",
            Self::PlanWithoutHead => "plan_without_head",
            Self::CopyUnlisted => "copy_unlisted",
            Self::CopyNeedsRepair => "copy_needs_repair",
            Self::MarkStale => "mark_stale",
            Self::OrphanListed => "orphan_listed",
            Self::DataUnreachable => "data_unreachable",
            Self::NoDataUrl => "no_data_url",
            Self::CopyToDelete => "copy_to_delete",
            Self::ForeignKey => "foreign_key",
            Self::ControlStale => "control_stale",
            Self::PlanUnfinished => "plan_unfinished",
            Self::AuditTooLarge => "audit_too_large",
            Self::NoSpec => "no_spec",
            Self::NoNodes => "no_nodes",
            Self::NoPartitions => "no_partitions",
        }
    }

    /// How bad it is, unless the cluster's own settings say otherwise.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::StoreAlarm
            | Self::CorruptValue
            | Self::IdMismatch
            | Self::DuplicateReplicas
            | Self::LeaderNotReplica
            | Self::NoLeader
            | Self::LeaderDown
            | Self::NoLiveReplica
            | Self::UnknownNode
            | Self::SharedDataUrl
            | Self::SplitChildMissing
            | Self::ParentNotSplit
            | Self::OrphanedJournal
            | Self::JournalMissing
            | Self::JournalUnreadable
            | Self::StateNotOfJournal => Severity::Error,
            Self::MemberFault
            | Self::StoreNearQuota
            | Self::NewerSchema
            | Self::UnknownState
            | Self::TooFewNodes
            | Self::TooFewReplicas
            | Self::UnderReplicated
            | Self::ZoneViolation
            | Self::Hole
            | Self::NotCreatedAhead
            | Self::BeyondRetention
            | Self::PartitionTooLarge
            | Self::OrphanedExtension
            | Self::OrphanedSlot
            | Self::UnnamedSlot
            | Self::LockWithoutLease
            | Self::NobodyExecutes
            | Self::ControlPaused
            | Self::CopyUnlisted
            | Self::PlanWithoutHead
            | Self::CopyNeedsRepair
            | Self::MarkStale
            | Self::OrphanListed
            | Self::DataUnreachable
            | Self::NoDataUrl
            | Self::ForeignKey
            | Self::AuditTooLarge => Severity::Warning,
            Self::PartitionsTooSmall
            | Self::CopyToDelete
            | Self::PlanUnfinished
            | Self::ControlStale
            | Self::NoSpec
            | Self::NoNodes
            | Self::NoPartitions => Severity::Info,
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub code: Code,
    /// With what: a key, a partition, a node, a time.
    pub subject: String,
    /// What was found, in words.
    pub message: String,
    /// The arguments of the command that mends it; `None` = no command of this version does.
    pub fix: Option<String>,
    /// Whether `doctor --fix` does it.
    pub fixable: bool,
}

impl Finding {
    /// A finding of the code's own severity that nothing mends.
    #[must_use]
    pub fn new(code: Code, subject: impl Into<String>, message: impl Into<String>) -> Self {
        let (subject, message) = (subject.into(), message.into());
        Self { severity: code.severity(), code, subject, message, fix: None, fixable: false }
    }

    /// The same, mended by this command.
    #[must_use]
    pub fn mended_by(self, fix: impl Into<String>) -> Self {
        Self { fix: Some(fix.into()), ..self }
    }

    /// The same, mended by `doctor --fix`, if `fixable`.
    #[must_use]
    pub fn fixable(self, fixable: bool) -> Self {
        if fixable { Self { fix: Some("doctor --fix".to_owned()), fixable, ..self } } else { self }
    }

    /// The same with another severity.
    #[must_use]
    pub fn rated(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }
}

/// Findings of one severity and code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingGroup {
    /// How many there are.
    pub count: u64,
    /// How many of them `doctor --fix` mends.
    pub fixable: u64,
    /// The first of them.
    pub first: Vec<Finding>,
}

/// All findings, grouped, the worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    groups: BTreeMap<(Severity, Code), FindingGroup>,
    kept_max: usize,
}

impl Findings {
    /// Nothing found yet; of each group so many are kept.
    #[must_use]
    pub fn keeping(kept_max: usize) -> Self {
        Self { groups: BTreeMap::new(), kept_max }
    }

    /// Adds one. What it says is only made if it is kept.
    pub fn add_with(&mut self, code: Code, severity: Severity, fixable: bool, make: impl FnOnce() -> Finding) {
        let empty = FindingGroup { count: 0, fixable: 0, first: Vec::new() };
        let group = self.groups.entry((severity, code)).or_insert(empty);
        group.count += 1;
        group.fixable += u64::from(fixable);
        if group.first.len() < self.kept_max {
            group.first.push(make());
        }
    }

    /// Adds one.
    pub fn add(&mut self, finding: Finding) {
        let Finding { severity, code, fixable, .. } = finding;
        self.add_with(code, severity, fixable, || finding);
    }

    /// The groups, the worst first.
    pub fn groups(&self) -> impl Iterator<Item = (Severity, Code, &FindingGroup)> + Clone {
        self.groups.iter().map(|((severity, code), group)| (*severity, *code, group))
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        self.groups().filter(|(s, ..)| *s == severity).map(|(.., group)| group.count).sum()
    }

    /// How many errors and warnings `doctor --fix` mends, and how many there are.
    #[must_use]
    pub fn problems(&self) -> (u64, u64) {
        let problems = self.groups().filter(|(severity, ..)| *severity != Severity::Info);
        problems.fold((0, 0), |(fixable, all), (.., group)| (fixable + group.fixable, all + group.count))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_a_word_of_its_own() {
        let words: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        assert_eq!(words.len(), Code::ALL.len());
        assert!(
            Code::ALL.windows(2).all(|pair| pair[0] < pair[1]),
            "in the order of the enum, so none is missing twice"
        );
        assert_eq!(Code::ALL.last(), Some(&Code::NoPartitions));
    }

    #[test]
    fn the_first_are_kept_and_the_rest_is_counted() {
        let mut findings = Findings::keeping(2);
        for n in 0..5 {
            findings.add(Finding::new(Code::NoLeader, n.to_string(), "x").fixable(n == 4));
        }
        findings.add(Finding::new(Code::NoSpec, "s", "x"));
        findings.add(Finding::new(Code::ZoneViolation, "z", "x").rated(Severity::Info));
        let groups: Vec<_> = findings.groups().map(|(s, c, g)| (s, c, g.count, g.first.len())).collect();
        assert_eq!(
            groups,
            [
                (Severity::Error, Code::NoLeader, 5, 2),
                (Severity::Info, Code::ZoneViolation, 1, 1),
                (Severity::Info, Code::NoSpec, 1, 1),
            ]
        );
        assert_eq!((findings.count(Severity::Info), findings.problems()), (2, (1, 5)));
    }
}
