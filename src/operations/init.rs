//! The first contents of a store that is there already: a new cluster, or an existing one that is taken over.
//!
//! Invariant: nothing is written over, and no partition record is touched. The cluster spec comes last: a store without it
//! is no cluster, and the same command goes on where it was interrupted.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::model::{ClusterSpec, Document, Node, NodeId, PartitionId, PartitionRecord, Revision, Strategy};
use crate::ports::codec::{parse_node, set_node};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead, MetadataWrite};

use super::OperationError;
use super::change::{Applied, AuditContext, ChangeSet, Consent, Group, KeyChange};
use super::cluster::CorruptValue;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct InitPlan {
    summary: String,
    spec: ClusterSpec,
    /// The nodes to write, in natural order.
    nodes: Vec<Node>,
    /// Nodes that are recorded already and stay as they are.
    recorded: usize,
    /// What must not have changed since `read_at`.
    untouched: KeyRange,
    read_at: Revision,
}

/// What was found in a cluster that is taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Records that can be read.
    pub records: u64,
    /// Those that cannot be.
    pub unreadable: Vec<CorruptValue>,
    /// How many nodes hold a partition, and how many partitions that is so for.
    pub replicas: BTreeMap<usize, u64>,
}

impl Found {
    /// The number of replicas that most partitions have.
    #[must_use]
    pub fn usual_replicas(&self) -> Option<usize> {
        self.replicas.iter().max_by_key(|(replicas, count)| (**count, **replicas)).map(|(replicas, _)| *replicas)
    }
}

/// A new cluster in a store that holds nothing under the prefix, but for nodes that an interrupted init wrote.
///
/// # Errors
/// There is a cluster, or anything else; the spec or the nodes are not valid; the store does not answer.
pub async fn plan_init<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    spec: ClusterSpec,
    nodes: Vec<Node>,
) -> Result<InitPlan, OperationError> {
    super::create::check_initial(&spec, &nodes)?;
    let read_at = without_cluster(store, keys).await?;
    let refused = |reason: String| OperationError::Refused {
        refused: format!("not making a cluster in {}", store.place()),
        reason,
        forceable: false,
    };
    let (mut recorded, mut other) = (BTreeMap::new(), None);
    let mut visit = |entry: &Entry| {
        if let Some(name) = keys.name("nodes", &entry.key) {
            recorded.insert(name.to_owned(), entry.value.clone());
        } else if keys.name("audit", &entry.key).is_none() {
            other = Some(entry.key.clone());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.everything(), Some(read_at), &mut visit).await?;
    if let Some(other) = other {
        return Err(refused(format!(
            "it holds keys under {}/ already, such as {other}; `init --adopt` takes an existing cluster's records over",
            keys.prefix()
        )));
    }
    let mut missing = Vec::new();
    let asked_for = nodes.len();
    for node in nodes {
        match recorded.remove(node.id.as_str()) {
            None => missing.push(node),
            Some(value) if value == document_of(&node)?.to_json().as_bytes() => {}
            Some(_) => return Err(refused(format!("node {} is recorded already, and otherwise", node.id))),
        }
    }
    if let Some(name) = recorded.into_keys().next() {
        return Err(refused(format!("node {name:?} is recorded already, and not asked for")));
    }
    let recorded = asked_for - missing.len();
    let untouched = keys.everything();
    Ok(InitPlan { summary: "create the cluster".to_owned(), spec, nodes: missing, recorded, untouched, read_at })
}

/// A cluster of which there are only partition records. Its nodes are those that the records name; `described` says more
/// about some of them.
///
/// # Errors
/// There is a cluster, or no record; a record cannot be read or does not fit the spec, and `force` is not given;
/// `described` has a node that no record names; the store does not answer.
pub async fn plan_adopt<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    spec: ClusterSpec,
    described: Vec<Node>,
    force: bool,
) -> Result<(InitPlan, Found), OperationError> {
    spec.check()?;
    let read_at = without_cluster(store, keys).await?;
    let refused = |reason: String, forceable| OperationError::Refused {
        refused: format!("not adopting the cluster in {}", store.place()),
        reason,
        forceable,
    };
    let mut survey = Survey::default();
    let mut visit = |entry: &Entry| {
        survey.add(keys, &spec, entry);
        ControlFlow::Continue(())
    };
    store.scan(&keys.everything(), Some(read_at), &mut visit).await?;
    let Survey { found, named, recorded, bad_node, misfit } = survey;
    if let Some(bad) = bad_node {
        return Err(bad.into());
    }
    if let Some(first) = found.unreadable.first().filter(|_| !force) {
        let CorruptValue { key, reason } = first;
        let more = found.unreadable.len() - 1;
        let more = if more > 0 { format!(", and {more} more cannot be read") } else { String::new() };
        let reason = format!("{key} cannot be read ({reason}){more}: nobody knows which nodes it names");
        return Err(refused(reason, true));
    }
    if found.records == 0 {
        let reason =
            format!("there is no partition record under {}/; `init --nodes` makes a new cluster", keys.prefix());
        return Err(refused(reason, false));
    }
    if let Some(id) = misfit.filter(|_| !force) {
        return Err(refused(format!("{id} is no partition of {}", spec.partitioning[0]), true));
    }
    let nodes = merged(&named, &recorded, described).map_err(|reason| refused(reason, false))?;
    if nodes.is_empty() && recorded.is_empty() {
        return Err(refused("no record names a node".to_owned(), false));
    }
    let summary = "adopt the cluster".to_owned();
    Ok((InitPlan { summary, spec, nodes, recorded: recorded.len(), untouched: keys.nodes(), read_at }, found))
}

/// The nodes to write: those that records name and nobody recorded, as described.
fn merged(named: &BTreeSet<NodeId>, recorded: &BTreeSet<NodeId>, described: Vec<Node>) -> Result<Vec<Node>, String> {
    let mut by_id: BTreeMap<NodeId, Node> = BTreeMap::new();
    for node in described {
        let id = node.id.clone();
        if recorded.contains(&id) {
            return Err(format!("node {id} is recorded already; `node set` changes it"));
        }
        if !named.contains(&id) {
            return Err(format!("no partition record names node {id}; `node add` adds it afterwards"));
        }
        if by_id.insert(id.clone(), node).is_some() {
            return Err(format!("node {id} is given twice"));
        }
    }
    let missing = named.difference(recorded);
    Ok(missing.map(|id| by_id.remove(id).unwrap_or_else(|| Node::new(id.clone()))).collect())
}

/// The revision at which there is no cluster spec.
async fn without_cluster<S: MetadataRead>(store: &S, keys: &Keys) -> Result<Revision, OperationError> {
    let answer = store.read(&[KeyRange::single(&keys.cluster())], None).await?;
    if answer.ranges.iter().any(|found| !found.is_empty()) {
        return Err(OperationError::Exists { what: format!("a cluster in {}", store.place()) });
    }
    Ok(answer.revision)
}

/// What lies under the prefix of a cluster to be adopted.
#[derive(Default)]
struct Survey {
    found: Found,
    named: BTreeSet<NodeId>,
    recorded: BTreeSet<NodeId>,
    bad_node: Option<CorruptValue>,
    /// A partition that the spec does not know.
    misfit: Option<PartitionId>,
}

impl Survey {
    fn add(&mut self, keys: &Keys, spec: &ClusterSpec, entry: &Entry) {
        let corrupt = |reason: String| CorruptValue { key: entry.key.clone(), reason };
        if let Some(name) = keys.name("nodes", &entry.key) {
            let node = NodeId::parse(name).map_err(|e| e.to_string());
            match node.and_then(|id| parse_node(id, &entry.value)) {
                Ok(node) => {
                    self.recorded.insert(node.id);
                }
                Err(reason) => {
                    self.bad_node.get_or_insert_with(|| corrupt(reason));
                }
            }
        } else if let Some(name) = keys.name("partitions", &entry.key) {
            let id = PartitionId::parse(name).map_err(|e| e.to_string());
            match id.and_then(|id| PartitionRecord::parse(id, &entry.value).map_err(|e| e.to_string())) {
                Ok(record) => self.add_record(spec, record),
                Err(reason) => self.found.unreadable.push(corrupt(reason)),
            }
        }
    }

    fn add_record(&mut self, spec: &ClusterSpec, record: PartitionRecord) {
        self.found.records += 1;
        *self.found.replicas.entry(record.nodes.len()).or_default() += 1;
        for node in record.nodes {
            if !self.named.contains(&node) {
                self.named.insert(node);
            }
        }
        let partitioning = spec.partitioning_of(record.id);
        let fits = match record.id.index() {
            None => partitioning.strategy == Strategy::Time,
            Some(index) => partitioning.strategy != Strategy::Time && index < partitioning.partitions_per_bucket(),
        };
        if !fits {
            self.misfit.get_or_insert(record.id);
        }
    }
}

fn document_of(node: &Node) -> Result<Document, OperationError> {
    let mut document = Document::default();
    set_node(&mut document, None, node).map_err(OperationError::Invalid)?;
    Ok(document)
}

impl InitPlan {
    /// The spec to write.
    #[must_use]
    pub fn spec(&self) -> &ClusterSpec {
        &self.spec
    }

    /// The nodes to write.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many nodes are recorded already and stay as they are.
    #[must_use]
    pub fn recorded(&self) -> usize {
        self.recorded
    }

    /// Writes the nodes and the spec: in one transaction if it takes all, else with the spec in the last.
    ///
    /// # Errors
    /// Somebody else wrote there since it was read, or the store does not answer: what is written stays, and the same
    /// command goes on.
    pub async fn apply<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
        consent: Consent,
    ) -> Result<Applied, OperationError> {
        let json = serde_json::to_string(&self.spec).map_err(|e| OperationError::Invalid(e.to_string()))?;
        let spec = Document::parse(json.as_bytes()).map_err(|e| OperationError::Invalid(e.to_string()))?;
        let mut changes = Vec::new();
        for node in &self.nodes {
            let what = format!("node {}", node.id);
            changes.push(KeyChange::create(what, keys.node(&node.id), &document_of(node)?));
        }
        changes.push(KeyChange::create("the cluster spec".to_owned(), keys.cluster(), &spec));
        // Beside the changes a transaction takes the audit entry, the range that was read and the absent spec.
        let room = store.limits().operations_max.saturating_sub(3).max(1);
        let all = changes.len();
        let mut applied = Applied { keys: 0, transactions: 0, revision: self.read_at };
        for chunk in changes.chunks(room) {
            let group = Group { changes: chunk.to_vec(), guards: BTreeMap::new() };
            let change = ChangeSet { summary: self.summary.clone(), groups: vec![group], ..ChangeSet::default() }
                .guarded([(keys.cluster(), Revision::NONE)])
                .untouched_since(applied.revision, [self.untouched.clone()]);
            match change.approve(consent).apply_after(applied.transactions, store, keys, audit).await {
                Ok(one) => {
                    applied.keys += one.keys;
                    applied.transactions += one.transactions;
                    applied.revision = one.revision;
                }
                Err(error) if applied.transactions == 0 => return Err(error),
                Err(error) => {
                    let left = all - applied.keys;
                    return Err(OperationError::Partly { applied: applied.keys, left, source: Box::new(error) });
                }
            }
        }
        Ok(applied)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Limits, Op, Outcome, Transaction, VALUE_BYTES_MAX};

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn audit(nonce: u64) -> AuditContext {
        AuditContext {
            now: Timestamp::EPOCH,
            actor: "a".into(),
            host: "h".into(),
            command: "init".into(),
            reason: None,
            nonce,
        }
    }

    fn store(operations_max: usize) -> MemoryStore {
        let limits = Limits { operations_max, value_bytes_max: VALUE_BYTES_MAX, request_bytes_max: usize::MAX };
        MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH))).with_limits(limits)
    }

    fn put(store: &MemoryStore, key: &str, value: &str) {
        let ops = vec![Op::put(key.to_owned(), value)];
        let outcome = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        assert!(matches!(outcome, Outcome::Committed { .. }));
    }

    fn spec() -> ClusterSpec {
        ClusterSpec { cluster_id: "c".into(), ..ClusterSpec::default() }
    }

    fn nodes(count: usize) -> Vec<Node> {
        (0..count).map(|i| Node::new(NodeId::parse(&format!("n{i}")).unwrap())).collect()
    }

    fn planned(store: &MemoryStore, count: usize) -> Result<InitPlan, OperationError> {
        wait(plan_init(store, &Keys::default(), spec(), nodes(count)))
    }

    fn apply(store: &MemoryStore, plan: InitPlan, nonce: u64) -> Result<Applied, OperationError> {
        wait(plan.apply(store, &Keys::default(), &audit(nonce), Consent::Flag))
    }

    fn keys_of(store: &MemoryStore) -> Vec<String> {
        let answer = wait(store.read(&[Keys::default().everything()], None)).unwrap();
        answer.ranges[0].iter().map(|entry| entry.key.clone()).collect()
    }

    const RECORD: &str = r#"{"partition_id":"partition_1_0001","nodes":["n0","x"],"leader":"x","state":"Active","size_bytes":0,"record_count":0,"created_at":"2025-11-05T13:00:00Z","updated_at":"2025-11-05T13:00:00Z"}"#;

    #[test]
    fn of_two_that_plan_at_once_one_wins() {
        for (count, other) in [(3, 3), (3, 5), (20, 20)] {
            let store = store(8);
            let (mine, others) = (planned(&store, count).unwrap(), planned(&store, other).unwrap());
            apply(&store, mine, 1).unwrap();
            let before = keys_of(&store);
            let error = apply(&store, others, 2).unwrap_err();
            assert!(matches!(error, OperationError::Conflict { .. }), "{error}");
            assert_eq!(keys_of(&store), before);
            assert!(matches!(planned(&store, count), Err(OperationError::Exists { .. })));
        }
    }

    #[test]
    fn the_spec_comes_last_and_the_same_init_goes_on() {
        // 8 operations take 5 keys.
        let store = store(8);
        let plan = planned(&store, 12).unwrap();
        let mut interrupted = plan.clone();
        // As if it had ended behind its first transaction.
        interrupted.nodes.truncate(5);
        put(&store, "/elsewhere", "x");
        for node in &interrupted.nodes {
            let document = document_of(node).unwrap().to_json();
            put(&store, &Keys::default().node(&node.id), &document);
        }
        assert!(matches!(apply(&store, plan, 1), Err(OperationError::Conflict { .. })), "what was read has changed");
        let again = planned(&store, 12).unwrap();
        assert_eq!((again.recorded(), again.nodes().len()), (5, 7));
        let applied = apply(&store, again, 2).unwrap();
        assert_eq!((applied.keys, applied.transactions), (8, 2));
        let cluster = wait(store.read(&[KeyRange::single("/otlp/cluster")], None)).unwrap();
        assert_eq!(cluster.ranges[0][0].mod_revision, cluster.revision);
    }

    #[test]
    fn a_conflict_between_transactions_says_what_stands() {
        let store = store(8);
        let mut plan = planned(&store, 12).unwrap();
        // A node of the second transaction that is there, and not newer than what was read.
        put(&store, "/otlp/nodes/n7", "{}");
        plan.read_at = wait(store.revision()).unwrap();
        let error = apply(&store, plan, 1).unwrap_err();
        let OperationError::Partly { applied, left, source } = error else { panic!("{error}") };
        assert_eq!((applied, left), (5, 8));
        assert!(matches!(*source, OperationError::Conflict { .. }));
        assert!(!keys_of(&store).contains(&"/otlp/cluster".to_owned()), "half an init is no cluster");
    }

    #[test]
    fn adopting_guards_nodes_and_spec_but_not_the_records_of_busy_writers() {
        let keys = Keys::default();
        let adopt = |store: &MemoryStore| wait(plan_adopt(store, &keys, spec(), Vec::new(), false));
        let store = store(128);
        put(&store, "/otlp/partitions/partition_1_0001", RECORD);
        let (plan, found) = adopt(&store).unwrap();
        assert_eq!((plan.nodes().len(), found.records, found.usual_replicas()), (2, 1, Some(2)));
        // Another program writes a size.
        put(&store, "/otlp/partitions/partition_1_0001", &RECORD.replace("\"size_bytes\":0", "\"size_bytes\":9"));
        apply(&store, plan, 1).unwrap();
        assert!(matches!(adopt(&store), Err(OperationError::Exists { .. })));

        let store = self::store(128);
        put(&store, "/otlp/partitions/partition_1_0001", RECORD);
        let (plan, _) = adopt(&store).unwrap();
        put(&store, "/otlp/nodes/n7", "{}");
        assert!(matches!(apply(&store, plan, 1), Err(OperationError::Conflict { .. })));
        // A recorded node stays as it is.
        put(&store, "/otlp/nodes/n0", r#"{"weight":3,"rack":"r"}"#);
        let (plan, _) = adopt(&store).unwrap();
        assert_eq!((plan.recorded(), plan.nodes().len()), (2, 1));
        apply(&store, plan, 1).unwrap();
        let node = wait(store.read(&[KeyRange::single("/otlp/nodes/n0")], None)).unwrap();
        assert_eq!(node.ranges[0][0].value, br#"{"weight":3,"rack":"r"}"#);
    }
}
