//! Entries, ranges and revisions as etcd's client takes and gives them.

use etcd_client::proto::{PbKeyValue, PbResponseHeader};
use etcd_client::{GetOptions, KeyValue, TxnOp};

use crate::model::Revision;
use crate::ports::metadata::{Entry, KeyRange, LeaseId};

/// A key and what it holds. A key that is no UTF-8 is nobody's of ours; it is shown as far as it can be.
pub(super) fn entry(kv: PbKeyValue) -> Entry {
    let key = String::from_utf8(kv.key).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Entry {
        key,
        value: kv.value,
        create_revision: revision(kv.create_revision),
        mod_revision: revision(kv.mod_revision),
        version: u64::try_from(kv.version).unwrap_or(0),
        lease: (kv.lease != 0).then_some(LeaseId(kv.lease)),
    }
}

/// The entries of an answer.
pub(super) fn entries(kvs: Vec<KeyValue>) -> Vec<Entry> {
    kvs.into_iter().map(|kv| entry(kv.0)).collect()
}

/// A revision that etcd tells.
pub(super) fn revision(told: i64) -> Revision {
    Revision(u64::try_from(told).unwrap_or(0))
}

/// The store's revision in the header of an answer.
pub(super) fn header_revision(header: Option<&PbResponseHeader>) -> Revision {
    revision(header.map_or(0, |header| header.revision))
}

/// A revision as etcd takes it; one that no store can have reached stays in the future.
pub(super) fn sent(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}

/// The bounds of a range as etcd takes them; `None` = an empty range, which is not to be sent: etcd would read `"\0"` as
/// "no end".
pub(super) fn bounds(range: &KeyRange) -> Option<(&str, &str)> {
    let start = if range.start().is_empty() { "\0" } else { range.start() };
    (start < range.end()).then_some((start, range.end()))
}

/// Reads a range, now or at a revision.
pub(super) fn get_options(end: &str, at: Option<Revision>) -> GetOptions {
    GetOptions::new().with_range(end).with_revision(at.map_or(0, sent))
}

/// Reads a range in a transaction.
pub(super) fn get_op(range: &KeyRange, at: Option<Revision>) -> Option<TxnOp> {
    let (start, end) = bounds(range)?;
    Some(TxnOp::get(start, Some(get_options(end, at))))
}
