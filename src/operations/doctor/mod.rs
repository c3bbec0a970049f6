//! Finding what is wrong in metadata and store, and mending what is safe to mend.
//!
//! Everything is looked at once, at one revision, in one scan in the order of the keys: what records are checked against
//! (extensions, operations in flight, nodes) comes before them.
//!
//! Invariant: memory holds a few bytes for each extension and each child of a split, and the first findings of each kind;
//! never the values. Nothing is written here; [`repair`] computes a change like any other.

mod executions;
pub mod finding;
mod joins;
mod leftovers;
pub mod places;
mod records;
pub mod repair;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use crate::model::{
    ByteSize, ClusterSpec, Document, NodeId, PartitionExtension, PartitionId, PlacementAlgorithm, Revision, Timestamp,
};
use crate::ports::codec::parse_node;
use crate::ports::families::{KeyFamily, KeyName};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead, StoreHealth};

use super::OperationError;
use super::check_value::{ValueFault, check_value};
use super::consistent::consistently;
use super::coverage::Coverage;
use crate::storage::places::{Overlap, overlaps};
use executions::Executions;

use finding::{Code, Finding, Findings, Severity};
use leftovers::Leftover;
use repair::Repair;

/// Repairs that one run plans; the next one goes on.
pub const REPAIRS_MAX: usize = 20_000;

/// Keys and bytes of a family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FamilySize {
    /// Keys.
    pub keys: u64,
    /// Bytes of keys and values.
    pub bytes: u64,
}

/// What the doctor found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The revision that was looked at.
    pub revision: Revision,
    /// Partition records.
    pub partitions: u64,
    /// What is wrong.
    pub findings: Findings,
    /// By family; `None` = of no family.
    pub families: BTreeMap<Option<KeyFamily>, FamilySize>,
    /// What the store says of itself.
    pub health: StoreHealth,
    /// What can be mended safely, at most [`REPAIRS_MAX`].
    pub repairs: Vec<Repair>,
    /// The nodes that may lead: recorded and not down.
    pub live: Vec<NodeId>,
}

/// What is known of a node.
struct NodeFacts {
    is_up: bool,
    /// Place of its zone among the zones.
    zone: Option<usize>,
}

/// What is kept of an extension.
struct ExtensionFacts {
    id: PartitionId,
    split_bits: u8,
    /// Whether nothing is lost with it: it says neither where copies are nor how the partition was split.
    is_removable: bool,
    /// Whether it can be read, and so be changed.
    is_readable: bool,
    has_record: bool,
    /// The nodes on which it names copies, by their places in [`Examination::copy_holders`].
    copies: Box<[u16]>,
}

/// The one pass.
struct Examination<'a> {
    keys: &'a Keys,
    now: Timestamp,
    /// `None` = it cannot be read: what it decides is not checked.
    spec: Option<ClusterSpec>,
    nodes: HashMap<NodeId, NodeFacts>,
    /// How many zones have a node that is up.
    live_zones: usize,
    is_copy: bool,
    findings: Findings,
    families: BTreeMap<Option<KeyFamily>, FamilySize>,
    coverage: Coverage,
    /// In the order of the ids, once the first record is looked at.
    extensions: Vec<ExtensionFacts>,
    is_sorted: bool,
    executions: Executions,
    /// Nodes on which extensions name copies.
    copy_holders: Vec<NodeId>,
    children: Vec<PartitionId>,
    /// Nodes that are named and not recorded: how often, and where first.
    unknown: BTreeMap<NodeId, (u64, PartitionId)>,
    /// Plans, and whether their recording was finished.
    plans: BTreeMap<String, bool>,
    repairs: Vec<Repair>,
    /// What is compared with its record once all is seen, by key.
    leftovers: Vec<(String, Leftover)>,
}

/// Looks at everything; of each kind of finding `kept_max` are kept.
///
/// # Errors
/// The store does not answer or is empty.
pub async fn examine<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    now: Timestamp,
    kept_max: usize,
) -> Result<Report, OperationError> {
    consistently(at, async || examine_once(store, keys, at, now, kept_max).await).await
}

async fn examine_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    now: Timestamp,
    kept_max: usize,
) -> Result<Report, OperationError> {
    let health = store.health().await?;
    let single = |key: String| KeyRange::single(&key);
    let answer = store.read(&[single(keys.cluster()), keys.nodes(), single(keys.rebalance_lock())], at).await?;
    let mut lists = answer.ranges.into_iter();
    let spec = lists.next().unwrap_or_default().pop();
    let nodes = lists.next().unwrap_or_default();
    let lock = lists.next().unwrap_or_default().pop();
    let mut examination = Examination::new(keys, now, kept_max, health.is_copy);
    examination.read_spec(spec.as_ref());
    examination.read_nodes(&nodes);
    examination.read_lock(lock.as_ref());
    let mut visit = |entry: &Entry| {
        examination.visit(entry);
        ControlFlow::Continue(())
    };
    let revision = store.scan(&keys.everything(), Some(answer.revision), &mut visit).await?;
    if examination.families.is_empty() {
        return Err(OperationError::Empty { place: store.place().to_owned(), prefix: keys.prefix().to_owned() });
    }
    examination.join();
    examination.compare(store, revision).await?;
    examination.judge_health(&health);
    let Examination { findings, families, repairs, nodes, .. } = examination;
    let mut live: Vec<NodeId> = nodes.into_iter().filter(|(_, facts)| facts.is_up).map(|(id, _)| id).collect();
    live.sort();
    let partitions = families.get(&Some(KeyFamily::Partition)).map_or(0, |size| size.keys);
    Ok(Report { revision, partitions, findings, families, health, repairs, live })
}

impl<'a> Examination<'a> {
    fn new(keys: &'a Keys, now: Timestamp, kept_max: usize, is_copy: bool) -> Self {
        Self {
            keys,
            now,
            spec: None,
            nodes: HashMap::new(),
            live_zones: 0,
            is_copy,
            findings: Findings::keeping(kept_max),
            families: BTreeMap::new(),
            coverage: Coverage::default(),
            extensions: Vec::new(),
            is_sorted: true,
            executions: Executions::default(),
            copy_holders: Vec::new(),
            children: Vec::new(),
            unknown: BTreeMap::new(),
            plans: BTreeMap::new(),
            repairs: Vec::new(),
            leftovers: Vec::new(),
        }
    }

    /// The settings that everything is judged by. A spec that cannot be read is found by the scan.
    fn read_spec(&mut self, entry: Option<&Entry>) {
        match entry {
            Some(entry) => self.spec = ClusterSpec::parse(&entry.value).ok(),
            None => {
                let message = "no cluster spec is recorded; the defaults are taken";
                self.findings.add(Finding::new(Code::NoSpec, "cluster", message).mended_by("init --adopt"));
                self.spec = Some(ClusterSpec::default());
            }
        }
    }

    fn read_nodes(&mut self, entries: &[Entry]) {
        let (mut zones, mut live_zones) = (Vec::new(), Vec::new());
        let mut urls: Vec<(NodeId, String)> = Vec::new();
        for entry in entries {
            let Some(Ok(id)) = self.keys.name("nodes", &entry.key).map(NodeId::parse) else { continue };
            // A node that cannot be read is a node all the same; the scan reports it.
            let Ok(node) = parse_node(id.clone(), &entry.value) else {
                self.nodes.insert(id, NodeFacts { is_up: false, zone: None });
                continue;
            };
            let zone = node.location.availability_zone.map(|zone| {
                zones.iter().position(|known| *known == zone).unwrap_or_else(|| {
                    zones.push(zone);
                    zones.len() - 1
                })
            });
            if let Some(zone) = zone.filter(|zone| node.state.is_up() && !live_zones.contains(zone)) {
                live_zones.push(zone);
            }
            if let Some(url) = node.data_url {
                urls.push((id.clone(), url));
            }
            self.nodes.insert(id, NodeFacts { is_up: node.state.is_up(), zone });
        }
        self.live_zones = live_zones.len();
        self.check_places(&urls);
    }

    /// The data of each node lies apart from all others', whatever the URLs look like. Nothing is deleted where it does not.
    fn check_places(&mut self, urls: &[(NodeId, String)]) {
        let mut told = BTreeSet::new();
        for Overlap { outer, inner, is_same } in overlaps(urls) {
            if !told.insert(inner.clone()) {
                continue;
            }
            let message = if is_same {
                format!("its data lies in the same place as that of {outer}")
            } else {
                format!("its data lies within that of {outer}")
            };
            let fix = format!("node set {inner} --data-url URL");
            self.findings.add(Finding::new(Code::SharedDataUrl, inner.as_str(), message).mended_by(fix));
        }
    }

    fn visit(&mut self, entry: &Entry) {
        let Some(name) = self.keys.take_apart(&entry.key) else { return };
        let family = name.family.filter(|_| name.is_canonical);
        let size = self.families.entry(family).or_default();
        size.keys += 1;
        size.bytes += (entry.key.len() + entry.value.len()) as u64;
        match family {
            Some(KeyFamily::Partition) => {
                if let Ok(id) = PartitionId::parse(name.name) {
                    self.partition(id, entry);
                }
                return;
            }
            Some(KeyFamily::Extension) => self.extension(name, entry),
            Some(KeyFamily::Migration) => self.journal(name, entry),
            Some(KeyFamily::Plan) => {
                let (plan, part) = name.name.split_once('/').unwrap_or((name.name, ""));
                *self.plans.entry(plan.to_owned()).or_default() |= part == "head";
                if part == "head" {
                    self.plan_head(plan, entry);
                }
            }
            Some(KeyFamily::Rebalance) => self.rebalance(name, entry),
            Some(KeyFamily::Repair) => {
                if !self.note_leftover(&entry.key) {
                    let (id, node) = name.name.split_once('/').unwrap_or((name.name, ""));
                    self.needs_repair(id, node);
                }
            }
            Some(KeyFamily::Orphan) => {
                if !self.note_leftover(&entry.key) {
                    self.orphan(name.name, name.name.split('/').next().and_then(|node| NodeId::parse(node).ok()));
                }
            }
            Some(KeyFamily::Cluster | KeyFamily::Node | KeyFamily::Audit) | None => {}
        }
        if let Err(fault) = check_value(name, &entry.value) {
            self.bad_value(&entry.key, &fault);
        }
    }

    fn needs_repair(&mut self, id: &str, node: &str) {
        let message = format!("the copy on {node} misses something");
        self.findings.add(Finding::new(Code::CopyNeedsRepair, id, message).mended_by("plan-rebalance"));
    }

    fn bad_value(&mut self, key: &str, fault: &ValueFault) {
        let code = match fault {
            ValueFault::ForeignKey => Code::ForeignKey,
            ValueFault::NewerSchema(_) => Code::NewerSchema,
            ValueFault::Record(_) | ValueFault::Corrupt(_) => Code::CorruptValue,
        };
        let history = match self.keys.take_apart(key) {
            // Who broke it, and what it was before.
            Some(KeyName { family: Some(KeyFamily::Partition), name, is_canonical: true }) => {
                Some(format!("partition history {name}"))
            }
            Some(KeyName { family: Some(KeyFamily::Node), name, is_canonical: true }) => {
                Some(format!("node history {name}"))
            }
            Some(_) | None => None,
        };
        self.findings.add_with(code, code.severity(), false, || Finding {
            fix: history,
            ..Finding::new(code, key, fault.to_string())
        });
    }

    fn extension(&mut self, name: KeyName<'_>, entry: &Entry) {
        const KNOWN: [&str; 4] = ["epoch", "split_bits", "copies", "pinned"];
        let Ok(id) = PartitionId::parse(name.name) else { return };
        let parsed = PartitionExtension::parse(&entry.value).ok();
        let document = Document::parse(&entry.value).ok();
        let is_readable = parsed.is_some() && document.is_some();
        let is_ours = document.is_some_and(|document| document.names().all(|field| KNOWN.contains(&field)));
        let says_nothing = parsed.as_ref().is_some_and(|e| e.split_bits == 0 && e.copies.is_empty());
        let copies = parsed.as_ref().map_or_else(Box::default, |e| self.holders_of(e));
        self.extensions.push(ExtensionFacts {
            id,
            split_bits: parsed.map_or(0, |e| e.split_bits),
            is_removable: is_ours && says_nothing,
            is_readable,
            has_record: false,
            copies,
        });
        self.is_sorted = false;
    }

    /// The nodes on which copies are named, by their places. A name that no node can have is nobody's.
    fn holders_of(&mut self, extension: &PartitionExtension) -> Box<[u16]> {
        let mut place = |name: &String| {
            let node = NodeId::parse(name).ok()?;
            let at = self.copy_holders.iter().position(|known| *known == node).unwrap_or_else(|| {
                self.copy_holders.push(node);
                self.copy_holders.len() - 1
            });
            u16::try_from(at).ok()
        };
        extension.copies.keys().filter_map(&mut place).collect()
    }

    /// What an extension says of a partition.
    fn extension_of(&mut self, id: PartitionId) -> Option<&mut ExtensionFacts> {
        if !self.is_sorted {
            self.extensions.sort_unstable_by_key(|extension| extension.id);
            self.is_sorted = true;
        }
        let at = self.extensions.binary_search_by_key(&id, |extension| extension.id).ok()?;
        self.extensions.get_mut(at)
    }

    fn judge_health(&mut self, health: &StoreHealth) {
        for alarm in &health.alarms {
            let message = format!("the store has raised the alarm {alarm}");
            self.findings.add(Finding::new(Code::StoreAlarm, "store", message));
        }
        for member in &health.members {
            if let Some(fault) = &member.fault {
                self.findings.add(Finding::new(Code::MemberFault, member.name.clone(), fault.clone()));
            }
        }
        if let (Some(size), Some(quota)) = (health.size_bytes, health.quota_bytes)
            && quota > 0
            && size > quota / 5 * 4
        {
            let message = format!("{} of {} are used", ByteSize(size), ByteSize(quota));
            self.findings.add(Finding::new(Code::StoreNearQuota, "store", message).mended_by("audit prune"));
        }
    }

    fn repair(&mut self, repair: Repair) {
        if self.repairs.len() < REPAIRS_MAX {
            self.repairs.push(repair);
        }
    }
}

/// How bad it is that replicas share a zone: a placement that does not look at zones never promised otherwise.
fn zone_severity(spec: &ClusterSpec) -> Severity {
    match spec.placement.algorithm {
        PlacementAlgorithm::Ring => Severity::Info,
        PlacementAlgorithm::ZoneBalanced | PlacementAlgorithm::Rendezvous => Code::ZoneViolation.severity(),
    }
}

#[cfg(test)]
mod tests;
