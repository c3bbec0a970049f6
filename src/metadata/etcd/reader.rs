//! Reading an etcd.
//!
//! Invariant: revision 0 is never sent: etcd would read it as "now".

use std::ops::ControlFlow;

use etcd_client::proto::PbTxnOpResponse;
use etcd_client::{Client, Error, GetOptions, KvClient, Txn};

use super::config::EtcdConfig;
use super::fault::Refusal;
use super::members::{Members, ReadFault};
use super::watch::EtcdWatch;
use super::wire::{bounds, entries, entry, get_op, get_options, header_revision};
use super::{health, history, scan};
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{Change, Entry, KeyRange, ReadAnswer, RevisionAt};
use crate::ports::{MetadataRead, StoreError, StoreHealth};

/// The largest answer that is taken at once; what is larger is scanned.
const ANSWER_BYTES_MAX: usize = 256 << 20;
/// etcd's limit of operations in a transaction.
pub(super) const OPERATIONS_MAX: usize = 128;

/// An etcd that was opened for reading.
#[derive(Clone)]
pub struct EtcdReader {
    pub(super) members: Members,
}

impl EtcdReader {
    /// Checks the files of TLS, connects to the first member that answers, and proves it by a read.
    ///
    /// # Errors
    /// [`StoreError::BadCredential`], [`StoreError::PlainPassword`]; [`StoreError::Unreachable`] with the cause of each
    /// member.
    pub async fn connect(config: EtcdConfig) -> Result<Self, StoreError> {
        let reader = Self { members: Members::new(config)? };
        // The proof is part of connecting.
        let connected = reader.members.read(|_: Client| async { Ok(()) }).await;
        match connected {
            Ok(()) => Ok(reader),
            Err(fault) => Err(reader.told(fault, "reading the cluster", None).await),
        }
    }

    /// The key prefix that the configuration names.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.members.config().prefix
    }

    /// The newest revision that an answer told so far: after connecting, the store's of a moment ago, without a call.
    #[must_use]
    pub fn revision_seen(&self) -> Option<Revision> {
        Some(self.members.seen()).filter(|seen| *seen > Revision::NONE)
    }

    /// A read's fault as the port tells it; `asked` is the revision that was to be read.
    pub(super) async fn told(&self, fault: ReadFault, what: &str, asked: Option<Revision>) -> StoreError {
        match fault {
            ReadFault::Unreachable(error) => error,
            ReadFault::Refused(refusal) => self.refused(refusal, what, asked).await,
        }
    }

    /// A refusal as the port tells it.
    pub(super) async fn refused(&self, refusal: Refusal, what: &str, asked: Option<Revision>) -> StoreError {
        let place = self.place().to_owned();
        match refusal {
            Refusal::Compacted => match history::oldest(self).await {
                Ok(oldest) => StoreError::Compacted { asked: asked.unwrap_or(Revision::NONE), oldest },
                Err(fault) => self.told_plainly(fault),
            },
            Refusal::FutureRevision => match self.newest().await {
                Ok(newest) => StoreError::FutureRevision { asked: asked.unwrap_or(Revision::NONE), newest },
                Err(fault) => self.told_plainly(fault),
            },
            Refusal::Denied => StoreError::Denied { place, what: what.to_owned() },
            Refusal::OutOfSpace => StoreError::OutOfSpace { place },
            Refusal::TooLarge(reason) => StoreError::TooLarge { place, reason },
            Refusal::Malformed(reason) => StoreError::Malformed(reason),
            Refusal::LeaseGone => StoreError::LeaseGone(crate::ports::metadata::LeaseId(0)),
        }
    }

    /// The fault of a read that was to explain a refusal.
    fn told_plainly(&self, fault: ReadFault) -> StoreError {
        match fault {
            ReadFault::Unreachable(error) => error,
            ReadFault::Refused(_) => {
                StoreError::Denied { place: self.place().to_owned(), what: format!("reading {}", self.probe()) }
            }
        }
    }

    /// A key that every user of the prefix may read, whether it is there or not.
    pub(super) fn probe(&self) -> String {
        format!("{}/cluster", self.prefix())
    }

    /// The store's present revision.
    async fn newest(&self) -> Result<Revision, ReadFault> {
        let key = self.probe();
        let op = move |client: Client| {
            let key = key.clone();
            async move { kv(&client).get(key, Some(GetOptions::new().with_keys_only())).await }
        };
        let answer = self.members.read(op).await?;
        let revision = header_revision(answer.0.header.as_ref());
        self.members.note_revision(revision);
        Ok(revision)
    }

    /// A past revision that etcd can be asked for: not 0, which it reads as "now", and not beyond its numbers.
    pub(super) async fn askable(&self, at: Option<Revision>) -> Result<(), StoreError> {
        match at {
            Some(Revision::NONE) => Err(self.refused(Refusal::Compacted, "", at).await),
            Some(asked) if i64::try_from(asked.0).is_err() => Err(self.refused(Refusal::FutureRevision, "", at).await),
            Some(_) | None => Ok(()),
        }
    }

    /// One key, now or at a revision that was read before, and the store's revision.
    pub(super) async fn one(&self, key: &str, at: Option<Revision>) -> Result<(Option<Entry>, Revision), StoreError> {
        let mut answer = self.read(&[KeyRange::single(key)], at).await?;
        Ok((answer.ranges.pop().and_then(|mut found| found.pop()), answer.revision))
    }

    /// Reads the ranges that are not empty, as many as one transaction takes.
    async fn read_some(&self, ranges: Vec<KeyRange>, at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        let what = ranges.first().map_or_else(String::new, |range| format!("reading {}", range.start()));
        let op = move |client: Client| {
            let ranges = ranges.clone();
            async move { read_once(kv(&client), &ranges, at).await }
        };
        match self.members.read(op).await {
            Ok(answer) => {
                self.members.note_revision(answer.revision);
                Ok(answer)
            }
            Err(fault) => Err(self.told(fault, &what, at).await),
        }
    }
}

/// The client for keys, which takes large answers.
pub(super) fn kv(client: &Client) -> KvClient {
    client.kv_client().max_decoding_message_size(ANSWER_BYTES_MAX)
}

async fn read_once(mut kv: KvClient, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, Error> {
    if let [range] = ranges
        && let Some((start, end)) = bounds(range)
    {
        let mut answer = kv.get(start, Some(get_options(end, at))).await?;
        let revision = header_revision(answer.0.header.as_ref());
        return Ok(ReadAnswer { revision, ranges: vec![entries(answer.take_kvs())] });
    }
    let ops: Vec<_> = ranges.iter().filter_map(|range| get_op(range, at)).collect();
    let answer = kv.txn(Txn::new().and_then(ops)).await?.0;
    let revision = header_revision(answer.header.as_ref());
    let lists = answer.responses.into_iter().map(|response| match response.response {
        Some(PbTxnOpResponse::ResponseRange(range)) => range.kvs.into_iter().map(entry).collect(),
        _ => Vec::new(),
    });
    Ok(ReadAnswer { revision, ranges: lists.collect() })
}

impl MetadataRead for EtcdReader {
    type Watch = EtcdWatch;

    fn place(&self) -> &str {
        self.members.place()
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        match self.newest().await {
            Ok(revision) => Ok(revision),
            Err(fault) => Err(self.told(fault, &format!("reading {}", self.probe()), None).await),
        }
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        self.askable(at).await?;
        let asked: Vec<&KeyRange> = ranges.iter().filter(|range| bounds(range).is_some()).collect();
        let mut answer = ReadAnswer { revision: at.unwrap_or(Revision::NONE), ranges: Vec::new() };
        let mut found = Vec::with_capacity(asked.len());
        if asked.is_empty() {
            let probe = KeyRange::single(&self.probe());
            let seen = self.read_some(vec![probe], at).await?;
            answer.revision = at.unwrap_or(seen.revision);
        }
        for chunk in asked.chunks(OPERATIONS_MAX) {
            // Further transactions read the revision of the first.
            let at = Some(answer.revision).filter(|revision| *revision != Revision::NONE);
            let part = self.read_some(chunk.iter().map(|range| (*range).clone()).collect(), at).await?;
            answer.revision = at.unwrap_or(part.revision);
            found.extend(part.ranges);
        }
        let mut found = found.into_iter();
        let list = |range: &KeyRange| bounds(range).and_then(|_| found.next()).unwrap_or_default();
        answer.ranges = ranges.iter().map(list).collect();
        Ok(answer)
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        self.askable(at).await?;
        scan::scan(self, range, at, visit).await
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        history::revision_at(self, time).await
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        history::history(self, key, limit).await
    }

    async fn health(&self) -> Result<StoreHealth, StoreError> {
        Ok(health::health(self).await)
    }

    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<EtcdWatch, StoreError> {
        EtcdWatch::open(self.clone(), range.clone(), from).await
    }
}
