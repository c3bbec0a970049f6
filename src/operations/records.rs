//! Reading partition records for routing.

use crate::model::{ClusterSpec, PartitionId, Revision, TimeBucket};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};
use crate::routing::{RecordSet, Topology};

use super::cluster::CorruptValue;
use super::consistent::consistently;
use super::{ClusterView, OperationError};

/// Topology and records at one revision.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Spec, nodes and placement.
    pub topology: Topology,
    /// The records that were asked for.
    pub records: RecordSet,
    /// The revision that was read.
    pub revision: Revision,
    /// Whether the spec is recorded.
    pub has_spec: bool,
    /// Keys that are no partition's.
    pub foreign: Vec<CorruptValue>,
}

/// Reads cluster, nodes and the families of some partitions in one read transaction.
///
/// `roots` computes the partitions from a spec; they are asked for with the default spec first, and once more (at the
/// same revision) if the recorded one gives others; anew if the store compacts that revision away meanwhile.
///
/// # Errors
/// The store does not answer or is empty; a value that is needed is corrupt; `roots` fails.
pub async fn load<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    roots: impl Fn(&ClusterSpec) -> Result<Vec<PartitionId>, OperationError>,
) -> Result<Loaded, OperationError> {
    consistently(at, async || load_once(store, keys, at, &roots).await).await
}

async fn load_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    roots: &impl Fn(&ClusterSpec) -> Result<Vec<PartitionId>, OperationError>,
) -> Result<Loaded, OperationError> {
    let guess = roots(&ClusterSpec::default()).unwrap_or_default();
    let (view, mut lists) = ClusterView::read(store, keys, at, &family_ranges(keys, &guess)).await?;
    let wanted = roots(&view.spec)?;
    if wanted != guess {
        lists = store.read(&family_ranges(keys, &wanted), Some(view.revision)).await?.ranges;
    }
    let mut records = RecordSet::default();
    let mut foreign = Vec::new();
    add_families(keys, &lists, &mut records, &mut foreign);
    Ok(Loaded { topology: view.topology()?, records, revision: view.revision, has_spec: view.has_spec(), foreign })
}

/// Reads the families of some partitions at one revision.
///
/// # Errors
/// The store does not answer.
pub async fn load_families<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Revision,
    roots: &[PartitionId],
    records: &mut RecordSet,
    foreign: &mut Vec<CorruptValue>,
) -> Result<(), OperationError> {
    let lists = store.read(&family_ranges(keys, roots), Some(at)).await?.ranges;
    add_families(keys, &lists, records, foreign);
    Ok(())
}

fn add_families(keys: &Keys, lists: &[Vec<Entry>], records: &mut RecordSet, foreign: &mut Vec<CorruptValue>) {
    for pair in lists.chunks(2) {
        add_entries(keys, &pair[0], pair.get(1).map_or(&[], Vec::as_slice), records, foreign);
    }
}

/// For each partition the ranges of its records and its extensions.
fn family_ranges(keys: &Keys, roots: &[PartitionId]) -> Vec<KeyRange> {
    roots.iter().flat_map(|&id| [keys.partition_family(id), keys.extension_family(id)]).collect()
}

/// Reads all records of one time bucket.
///
/// # Errors
/// The store does not answer.
pub async fn load_bucket<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Revision,
    bucket: TimeBucket,
    records: &mut RecordSet,
    foreign: &mut Vec<CorruptValue>,
) -> Result<(), OperationError> {
    let [a, b] = keys.partitions_of(bucket);
    let [c, d] = keys.extensions_of(bucket);
    let lists = store.read(&[a, b, c, d], Some(at)).await?.ranges;
    if let [composite, whole, composite_ext, whole_ext] = lists.as_slice() {
        add_entries(keys, composite, composite_ext, records, foreign);
        add_entries(keys, whole, whole_ext, records, foreign);
    }
    Ok(())
}

/// All records of one time bucket as they stand. Keys that are no partition's are left out: they are doctor's.
///
/// # Errors
/// The store does not answer.
pub async fn bucket_records<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    bucket: TimeBucket,
) -> Result<RecordSet, OperationError> {
    consistently(None, async || {
        let mut records = RecordSet::default();
        let at = store.revision().await?;
        load_bucket(store, keys, at, bucket, &mut records, &mut Vec::new()).await?;
        Ok(records)
    })
    .await
}

fn add_entries(
    keys: &Keys,
    partitions: &[Entry],
    extensions: &[Entry],
    records: &mut RecordSet,
    foreign: &mut Vec<CorruptValue>,
) {
    for entry in partitions {
        match id_of(keys, "partitions", entry) {
            Ok(id) => records.add_record(id, &entry.value, entry.mod_revision),
            Err(corrupt) => foreign.push(corrupt),
        }
    }
    for entry in extensions {
        match id_of(keys, "ext", entry) {
            Ok(id) => records.add_extension(id, &entry.value, entry.mod_revision),
            Err(corrupt) => foreign.push(corrupt),
        }
    }
}

/// The partition that a key names.
///
/// # Errors
/// The key is not of the id grammar.
pub fn id_of(keys: &Keys, family: &str, entry: &Entry) -> Result<PartitionId, CorruptValue> {
    let name = keys.name(family, &entry.key).unwrap_or_default();
    PartitionId::parse(name)
        .map_err(|e| CorruptValue { key: entry.key.clone(), reason: format!("{name:?} is no partition id: {e}") })
}
