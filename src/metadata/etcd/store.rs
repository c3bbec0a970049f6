//! Writing an etcd.

use std::ops::ControlFlow;
use std::time::Duration;

use etcd_client::Client;

use super::commit;
use super::config::EtcdConfig;
use super::fault::Refusal;
use super::members::Unwritten;
use super::reader::{EtcdReader, OPERATIONS_MAX};
use super::watch::EtcdWatch;
use crate::model::{Revision, Timestamp};
use crate::ports::metadata::{
    Change, Entry, KeyRange, LeaseId, Limits, Outcome, REQUEST_BYTES_MAX, ReadAnswer, RevisionAt, Transaction,
    VALUE_BYTES_MAX, check_transaction,
};
use crate::ports::{MetadataRead, MetadataWrite, StoreError, StoreHealth};

/// What a transaction may hold.
pub const LIMITS: Limits =
    Limits { operations_max: OPERATIONS_MAX, value_bytes_max: VALUE_BYTES_MAX, request_bytes_max: REQUEST_BYTES_MAX };

/// An etcd that was opened for reading and writing.
#[derive(Clone)]
pub struct EtcdStore {
    reader: EtcdReader,
}

impl EtcdStore {
    /// As [`EtcdReader::connect`].
    ///
    /// # Errors
    /// As [`EtcdReader::connect`].
    pub async fn connect(config: EtcdConfig) -> Result<Self, StoreError> {
        Ok(Self { reader: EtcdReader::connect(config).await? })
    }

    /// The same connection, for writing.
    #[must_use]
    pub fn of(reader: EtcdReader) -> Self {
        Self { reader }
    }

    /// The key prefix that the configuration names.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.reader.prefix()
    }

    /// A write's fault as the port tells it.
    async fn told(&self, unwritten: Unwritten, what: &str, asked: Option<Revision>) -> StoreError {
        match unwritten {
            Unwritten::Refused(refusal) => self.reader.refused(refusal, what, asked).await,
            Unwritten::Unreachable(error) | Unwritten::Unclear(error) => error,
        }
    }
}

impl MetadataRead for EtcdStore {
    type Watch = EtcdWatch;

    fn place(&self) -> &str {
        self.reader.place()
    }

    async fn revision(&self) -> Result<Revision, StoreError> {
        self.reader.revision().await
    }

    async fn read(&self, ranges: &[KeyRange], at: Option<Revision>) -> Result<ReadAnswer, StoreError> {
        self.reader.read(ranges, at).await
    }

    async fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> Result<Revision, StoreError> {
        self.reader.scan(range, at, visit).await
    }

    async fn revision_at(&self, time: Timestamp) -> Result<RevisionAt, StoreError> {
        self.reader.revision_at(time).await
    }

    async fn history(&self, key: &str, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.reader.history(key, limit).await
    }

    async fn health(&self) -> Result<StoreHealth, StoreError> {
        self.reader.health().await
    }

    async fn watch(&self, range: &KeyRange, from: Revision) -> Result<EtcdWatch, StoreError> {
        self.reader.watch(range, from).await
    }
}

/// Whole seconds, rounded up: etcd counts no others.
fn seconds(ttl: Duration) -> i64 {
    i64::try_from(ttl.as_millis().div_ceil(1000)).unwrap_or(i64::MAX).max(1)
}

impl MetadataWrite for EtcdStore {
    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        check_transaction(&transaction, LIMITS)?;
        commit::commit(&self.reader, transaction).await
    }

    async fn grant_lease(&self, ttl: Duration) -> Result<LeaseId, StoreError> {
        let ttl = seconds(ttl);
        // A lease that nobody knows of holds nothing and ends by itself, so it may be asked for again.
        let op = move |client: Client| async move { client.lease_client().grant(ttl, None).await };
        match self.reader.members.read(op).await {
            Ok(lease) => Ok(LeaseId(lease.id())),
            Err(fault) => Err(self.reader.told(fault, "granting a lease", None).await),
        }
    }

    async fn keep_alive(&self, lease: LeaseId) -> Result<(), StoreError> {
        // Renewing twice is renewing.
        let op = move |client: Client| async move { client.lease_client().keep_alive(lease.0).await.map(drop) };
        match self.reader.members.read(op).await {
            Ok(()) => Ok(()),
            Err(fault) => Err(of_lease(self.reader.told(fault, "renewing a lease", None).await, lease)),
        }
    }

    async fn revoke_lease(&self, lease: LeaseId) -> Result<(), StoreError> {
        // A second try that finds the lease gone has done what was asked.
        let mut unclear = None;
        for _ in 0..2 {
            let op = move |client: Client| async move { client.lease_client().revoke(lease.0).await.map(drop) };
            match self.reader.members.write(op).await {
                Ok(()) => return Ok(()),
                Err(Unwritten::Refused(Refusal::LeaseGone)) if unclear.is_some() => return Ok(()),
                Err(Unwritten::Unclear(error)) if unclear.is_none() => unclear = Some(error),
                Err(unwritten) => {
                    return Err(of_lease(self.told(unwritten, "revoking a lease", None).await, lease));
                }
            }
        }
        Err(unclear.unwrap_or(StoreError::LeaseGone(lease)))
    }

    async fn compact(&self, before: Revision) -> Result<Option<u64>, StoreError> {
        let asked = i64::try_from(before.0).unwrap_or(i64::MAX);
        let op = move |client: Client| async move { client.kv_client().compact(asked, None).await.map(drop) };
        match self.reader.members.write(op).await {
            // Forgotten already, perhaps by the try before.
            Ok(()) | Err(Unwritten::Refused(Refusal::Compacted)) => Ok(None),
            Err(unwritten) => Err(self.told(unwritten, "compacting", Some(before)).await),
        }
    }
}

/// The lease that a refusal is about.
fn of_lease(error: StoreError, lease: LeaseId) -> StoreError {
    if matches!(error, StoreError::LeaseGone(_)) { StoreError::LeaseGone(lease) } else { error }
}
