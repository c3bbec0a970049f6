//! What is wrong with the copies of one partition, and what can be done about it, from what was found in each of them.
//!
//! A content (bytes and CRC32C) of a segment is **vouched for** if a copy holds it and either some copy's sidecar states it, be
//! it beside a damaged segment, or two copies hold it. Segments are immutable and named uniquely, so:
//!
//! ```text
//! one content vouched for      it is the good one; whoever holds something else or nothing gets it
//! more than one                nobody can say which is right, however many hold it: nothing is repaired
//! none                         what is there may be all that is left of it: nothing is repaired
//! ```
//!
//! A pure function. Invariant: nothing is repairable without a source that was looked at and holds what is vouched for.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Prospect, What};
use crate::operations::copying::{CopyReport, FaultKind, SegmentSum};
use crate::ports::storage::SegmentName;

/// Bytes and CRC32C: what tells one content from another.
pub type Identity = (u64, u32);

fn identity(sum: &SegmentSum) -> Identity {
    (sum.bytes, sum.crc32c)
}

/// What a copy has under a segment's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It was read, or its sidecar was, if only sidecars are looked at.
    Whole {
        /// What it is.
        sum: SegmentSum,
        /// It has no sidecar, so that nothing beside it says what it should be.
        bare: bool,
    },
    /// It is not what it should be.
    Bad {
        /// What is wrong.
        kind: FaultKind,
        /// What its sidecar states, if that can be read.
        stated: Option<SegmentSum>,
    },
}

impl Held {
    fn stated(&self) -> Option<&SegmentSum> {
        match self {
            Self::Whole { sum, bare: false } => Some(sum),
            Self::Whole { bare: true, .. } => None,
            Self::Bad { stated, .. } => stated.as_ref(),
        }
    }

    fn is(&self, wanted: Identity) -> bool {
        matches!(self, Self::Whole { sum, .. } if identity(sum) == wanted)
    }
}

/// A listed copy that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replica {
    /// Whether it has a repair mark.
    pub is_marked: bool,
    /// Its segments.
    pub held: BTreeMap<SegmentName, Held>,
    /// Segments of which something lies there quarantined.
    pub quarantined: BTreeSet<SegmentName>,
    /// Names that are no segments'.
    pub strangers: Vec<String>,
}

impl Replica {
    /// From the report of a look at it.
    #[must_use]
    pub fn of(report: CopyReport, is_marked: bool) -> Self {
        let CopyReport { content: _, segments, bare, quarantined, faults } = report;
        let whole = |(name, sum): (SegmentName, SegmentSum)| {
            let bare = bare.contains(&name);
            (name, Held::Whole { sum, bare })
        };
        let mut replica = Self { is_marked, quarantined, ..Self::default() };
        replica.held = segments.into_iter().map(whole).collect();
        for fault in faults {
            match SegmentName::parse(&fault.name).ok().filter(|_| fault.kind != FaultKind::Stranger) {
                Some(name) => drop(replica.held.insert(name, Held::Bad { kind: fault.kind, stated: fault.stated })),
                None => replica.strangers.push(fault.name),
            }
        }
        replica
    }
}

/// What is wrong with the copies of one partition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// By copy and segment.
    pub findings: Vec<Finding>,
    /// The good content of each segment that has one, with its records where a sidecar states them.
    pub good: BTreeMap<SegmentName, SegmentSum>,
}

/// Judges the listed copies of a partition, in the order of its record; `None` = it was not looked at, so that it may hold
/// anything. `expects_data`: by the record there is some.
#[must_use]
pub fn judge(replicas: &[Option<Replica>], expects_data: bool) -> Judgement {
    let mut judgement = Judgement::default();
    let seen = || replicas.iter().enumerate().filter_map(|(at, replica)| Some((at, replica.as_ref()?)));
    let names: BTreeSet<&SegmentName> = seen().flat_map(|(_, r)| r.held.keys().chain(&r.quarantined)).collect();
    let hopeless = if replicas.iter().all(Option::is_some) { Prospect::Lost } else { Prospect::Waits };
    for name in &names {
        Segment::new(replicas, name, &hopeless).judge(&mut judgement);
    }
    for (at, replica) in seen() {
        let strangers = replica.strangers.iter();
        judgement.findings.extend(strangers.map(|name| Finding::new(at, name, What::Stranger, Prospect::Reported)));
        if names.is_empty() && expects_data {
            judgement.findings.push(Finding::new(at, "", What::Empty, hopeless.clone()));
        }
    }
    leftovers(replicas, &mut judgement);
    judgement.findings.sort_by(|a, b| (a.replica, &a.segment).cmp(&(b.replica, &b.segment)));
    judgement
}

/// Marks, and what lies quarantined, of copies that lack nothing. A mark may only go if the copies that were looked at hold all
/// there is: all of them were, or one of them is sound and without a mark, and so full by the metadata.
fn leftovers(replicas: &[Option<Replica>], judgement: &mut Judgement) {
    let is_clean = |at: usize| !judgement.findings.iter().any(|f| f.replica == at && f.what.speaks_against_copy());
    let clean: Vec<bool> = (0..replicas.len()).map(is_clean).collect();
    let all_seen = replicas.iter().all(Option::is_some);
    let is_full = |at: usize| replicas[at].as_ref().is_some_and(|replica| !replica.is_marked) && clean[at];
    for (at, replica) in replicas.iter().enumerate().filter_map(|(at, replica)| Some((at, replica.as_ref()?))) {
        let is_left = replica.is_marked || !replica.quarantined.is_empty();
        if !clean[at] || !is_left {
            continue;
        }
        let may_go = all_seen || (0..replicas.len()).any(|other| other != at && is_full(other));
        let is_replaced = replica.quarantined.iter().all(|name| judgement.good.contains_key(name));
        let prospect = if may_go && is_replaced { Prospect::Unmark } else { Prospect::Waits };
        let what = if replica.is_marked { What::Marked } else { What::Quarantined };
        judgement.findings.push(Finding::new(at, "", what, prospect));
    }
}

/// One segment in all copies that were looked at.
struct Segment<'a> {
    name: &'a SegmentName,
    /// Whether there is but one copy, so that nothing could vouch for what has no sidecar.
    is_only_copy: bool,
    seen: Vec<(usize, &'a Replica, Option<&'a Held>)>,
    hopeless: &'a Prospect,
}

impl<'a> Segment<'a> {
    fn new(replicas: &'a [Option<Replica>], name: &'a SegmentName, hopeless: &'a Prospect) -> Self {
        let seen = replicas.iter().enumerate().filter_map(|(at, replica)| {
            let replica = replica.as_ref()?;
            Some((at, replica, replica.held.get(name)))
        });
        Self { name, is_only_copy: replicas.len() == 1, seen: seen.collect(), hopeless }
    }

    fn held(&self) -> impl Iterator<Item = (usize, &'a Held)> {
        self.seen.iter().filter_map(|&(at, _, held)| Some((at, held?)))
    }

    /// The contents that are vouched for.
    fn vouched(&self) -> BTreeSet<Identity> {
        let contents = self.held().filter_map(|(_, held)| match held {
            Held::Whole { sum, .. } => Some(identity(sum)),
            Held::Bad { .. } => None,
        });
        let is_vouched = |content: &Identity| {
            let stated = self.held().any(|(_, held)| held.stated().is_some_and(|sum| identity(sum) == *content));
            stated || self.is_only_copy || self.held().filter(|(_, held)| held.is(*content)).count() > 1
        };
        contents.filter(is_vouched).collect()
    }

    fn finding(&self, at: usize, what: What, prospect: Prospect) -> Finding {
        Finding::new(at, self.name.as_str(), what, prospect)
    }

    fn judge(&self, judgement: &mut Judgement) {
        let vouched = self.vouched();
        let mut contents = vouched.iter();
        match (contents.next(), contents.next()) {
            (Some(good), None) => self.judge_by(*good, judgement),
            (Some(_), Some(_)) => self.judge_differing(judgement),
            (None, _) => self.judge_unvouched(judgement),
        }
    }

    /// There is one good content.
    fn judge_by(&self, good: Identity, judgement: &mut Judgement) {
        let mut sources: Vec<(bool, bool, usize)> = Vec::new();
        for (at, replica, held) in &self.seen {
            if let Some(Held::Whole { sum, bare }) = held.filter(|held| held.is(good)) {
                sources.push((replica.is_marked, *bare, *at));
                let known = judgement.good.entry(self.name.clone()).or_insert(*sum);
                known.records = known.records.or(sum.records);
            }
        }
        sources.sort_unstable();
        let from: Vec<usize> = sources.iter().map(|(.., at)| *at).collect();
        let mut good_on = from.clone();
        good_on.sort_unstable();
        let sidecar = self.sidecar_of(good);
        let lacks_sidecar = self.owed_sidecar(good, &sources);
        for (at, replica, held) in &self.seen {
            let (what, expected, found) = match held {
                Some(Held::Whole { sum, bare }) if identity(sum) == good => {
                    let Some(from) = lacks_sidecar.filter(|_| *bare) else { continue };
                    let mut finding = self.finding(*at, What::SidecarMissing, Prospect::Sidecar { from });
                    finding.good_on.clone_from(&good_on);
                    judgement.findings.push(finding);
                    continue;
                }
                Some(Held::Whole { sum, .. }) => (What::Corrupt, Some(words(good)), Some(words(identity(sum)))),
                Some(Held::Bad { kind, .. }) => of_fault(kind),
                None => (self.absent(replica), Some(words(good)), None),
            };
            let prospect = Prospect::Rebuild { from: from.clone(), sidecar, good };
            let finding = self.finding(*at, what, prospect);
            judgement.findings.push(Finding { expected, found, good_on: good_on.clone(), ..finding });
        }
    }

    /// A copy whose sidecar states this content, best one with its records, beside it before beside something else.
    fn sidecar_of(&self, good: Identity) -> Option<usize> {
        let stating = self.held().filter_map(|(at, held)| {
            let sum = held.stated().filter(|sum| identity(sum) == good)?;
            Some((sum.records.is_none(), !held.is(good), at))
        });
        stating.min().map(|(.., at)| at)
    }

    /// Whose sidecar those get who hold this content without one. What others wrote needs none; but where a sidecar states
    /// records it is ours, and where it vouches beside a damaged segment for a content that is held once, it is brought
    /// to safety before that segment is touched.
    fn owed_sidecar(&self, good: Identity, sources: &[(bool, bool, usize)]) -> Option<usize> {
        let from = self.sidecar_of(good)?;
        let counts_records = self
            .seen
            .iter()
            .any(|(at, _, held)| *at == from && held.and_then(Held::stated).is_some_and(|sum| sum.records.is_some()));
        let is_only_voucher = matches!(sources, [(_, true, _)]);
        Some(from).filter(|_| counts_records || is_only_voucher)
    }

    fn absent(&self, replica: &Replica) -> What {
        if replica.quarantined.contains(self.name) { What::Missing } else { What::Lacking }
    }

    /// Nobody can say which content is right.
    fn judge_differing(&self, judgement: &mut Judgement) {
        for (at, replica, held) in &self.seen {
            let (what, expected, found) = match held {
                Some(Held::Whole { sum, .. }) => (What::Differs, None, Some(words(identity(sum)))),
                Some(Held::Bad { kind, .. }) => of_fault(kind),
                None => (self.absent(replica), None, None),
            };
            let finding = self.finding(*at, what, Prospect::Lost);
            judgement.findings.push(Finding { expected, found, ..finding });
        }
    }

    /// What is there is vouched for by nothing.
    fn judge_unvouched(&self, judgement: &mut Judgement) {
        let whole = self.held().filter(|(_, held)| matches!(held, Held::Whole { .. })).count();
        for (at, replica, held) in &self.seen {
            let (what, expected, found) = match held {
                // Nobody was asked who could contradict it.
                Some(Held::Whole { .. }) if self.seen.len() == 1 => continue,
                Some(Held::Whole { sum, .. }) => {
                    let what = if whole > 1 { What::Differs } else { What::Extra };
                    (what, None, Some(words(identity(sum))))
                }
                Some(Held::Bad { kind, .. }) => of_fault(kind),
                None => {
                    let what = self.absent(replica);
                    // Where it is said of others that they hold it, or held it once, nothing is known against who does not.
                    if what == What::Lacking && (whole > 0 || self.held().next().is_none()) {
                        continue;
                    }
                    (what, None, None)
                }
            };
            let prospect = if what == What::Extra { Prospect::Reported } else { self.hopeless.clone() };
            let finding = self.finding(*at, what, prospect);
            judgement.findings.push(Finding { expected, found, ..finding });
        }
    }
}

fn words((bytes, crc32c): Identity) -> String {
    format!("{bytes} bytes, crc32c {crc32c:08x}")
}

/// What a fault is called, and what was expected and found.
fn of_fault(kind: &FaultKind) -> (What, Option<String>, Option<String>) {
    match kind {
        FaultKind::Missing => (What::Missing, None, None),
        FaultKind::Bytes { expected, found } => {
            (What::Length, Some(format!("{expected} bytes")), Some(format!("{found} bytes")))
        }
        FaultKind::Crc { expected, found } => {
            (What::Corrupt, Some(format!("crc32c {expected:08x}")), Some(format!("crc32c {found:08x}")))
        }
        FaultKind::Sidecar(reason) => (What::SidecarCorrupt, None, Some(reason.clone())),
        FaultKind::Unreadable(reason) => (What::Unreadable, None, Some(reason.clone())),
        FaultKind::Stranger => (What::Stranger, None, None),
    }
}

#[cfg(test)]
mod tests;
