//! Data of nodes of which one call goes wrong in a chosen way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use otlp_part::model::{PartitionId, SplitMix64};
use otlp_part::ports::storage::error::Cause;
use otlp_part::ports::storage::{
    CopyId, CopyListing, CopyPlace, IdListing, SegmentName, StorageError, StorageRead, StorageWrite,
};
use otlp_part::storage::objects::ObjectNode;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The call is not done.
    Before,
    /// The call is done, and an error comes back.
    After,
    /// The node does not answer from this call on.
    Gone,
}

/// The trouble of all nodes of a cluster, at the call of its number.
#[derive(Debug)]
pub(crate) struct Weather {
    trouble: Option<(usize, Trouble)>,
    calls: AtomicUsize,
    gone: Mutex<Option<String>>,
    /// Whence how long calls take is drawn, and the most that is waited on each side of one.
    slow: Option<(Mutex<SplitMix64>, Duration)>,
}

impl Weather {
    pub(crate) fn calm() -> Arc<Self> {
        Self::with(None, None)
    }

    /// Every call takes up to twice so long.
    pub(crate) fn slow(seed: u64, most: Duration) -> Arc<Self> {
        Self::with(None, Some((Mutex::new(SplitMix64::new(seed)), most)))
    }

    pub(crate) fn of(call: usize, trouble: Trouble) -> Arc<Self> {
        Self::with(Some((call, trouble)), None)
    }

    fn with(trouble: Option<(usize, Trouble)>, slow: Option<(Mutex<SplitMix64>, Duration)>) -> Arc<Self> {
        Arc::new(Self { trouble, calls: AtomicUsize::new(0), gone: Mutex::new(None), slow })
    }

    async fn dawdle(&self) {
        let pause = self.slow.as_ref().map(|(random, most)| {
            // Most calls are quick.
            let mut random = random.lock().unwrap();
            if random.below(4) > 0 { 0 } else { random.below(most.as_millis() as u64) }
        });
        if let Some(pause) = pause.filter(|pause| *pause > 0) {
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// The node that went away.
    pub(crate) fn gone(&self) -> Option<String> {
        self.gone.lock().unwrap().clone()
    }

    fn next(&self, url: &str) -> Option<Trouble> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let mut gone = self.gone.lock().unwrap();
        if gone.as_deref() == Some(url) {
            return Some(Trouble::Gone);
        }
        let (_, trouble) = self.trouble.filter(|(at, _)| *at == call)?;
        if trouble == Trouble::Gone {
            *gone = Some(url.to_owned());
        }
        Some(trouble)
    }
}

/// A node's data in this weather.
#[derive(Clone)]
pub(crate) struct Shaky {
    inner: ObjectNode,
    url: String,
    weather: Arc<Weather>,
    /// Looks at each copy before it is deleted.
    guard: Option<Arc<Guard>>,
}

/// Looks at a copy of the node behind a URL before it is deleted.
pub(crate) type Guard = dyn Fn(&str, &CopyPlace) + Send + Sync;

impl Shaky {
    pub(crate) fn new(inner: ObjectNode, url: &str, weather: &Arc<Weather>) -> Self {
        Self { inner, url: url.to_owned(), weather: Arc::clone(weather), guard: None }
    }

    #[allow(dead_code, reason = "each test program uses a part of it")]
    pub(crate) fn guarded(self, guard: Arc<Guard>) -> Self {
        Self { guard: Some(guard), ..self }
    }

    async fn call<T>(&self, call: impl Future<Output = Result<T, StorageError>>) -> Result<T, StorageError> {
        let place = self.url.clone();
        match self.weather.next(&self.url) {
            None => {
                self.weather.dawdle().await;
                let done = call.await;
                self.weather.dawdle().await;
                done
            }
            Some(Trouble::Gone) => {
                Err(StorageError::Unreachable { place, cause: Cause::NoConnection, detail: "it is gone".to_owned() })
            }
            Some(trouble) => {
                if trouble == Trouble::After {
                    let _ = call.await;
                }
                Err(StorageError::Io { place, what: "a call".to_owned(), detail: "bad weather".to_owned() })
            }
        }
    }
}

impl StorageRead for Shaky {
    type Segment = <ObjectNode as StorageRead>::Segment;

    fn place(&self) -> &str {
        self.inner.place()
    }

    async fn marker(&self) -> Result<Option<Bytes>, StorageError> {
        self.call(self.inner.marker()).await
    }

    async fn partitions(&self) -> Result<IdListing<PartitionId>, StorageError> {
        self.call(self.inner.partitions()).await
    }

    async fn copies(&self, partition: PartitionId) -> Result<IdListing<CopyId>, StorageError> {
        self.call(self.inner.copies(partition)).await
    }

    async fn list(&self, copy: &CopyPlace) -> Result<CopyListing, StorageError> {
        self.call(self.inner.list(copy)).await
    }

    async fn open(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Self::Segment, StorageError> {
        self.call(self.inner.open(copy, segment)).await
    }

    async fn sidecar(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Option<Bytes>, StorageError> {
        self.call(self.inner.sidecar(copy, segment)).await
    }
}

impl StorageWrite for Shaky {
    type Writer = <ObjectNode as StorageWrite>::Writer;
    type Sealed = <ObjectNode as StorageWrite>::Sealed;

    async fn create_marker(&self, marker: Bytes) -> Result<(), StorageError> {
        self.call(self.inner.create_marker(marker)).await
    }

    async fn create(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<Self::Writer, StorageError> {
        self.call(self.inner.create(copy, segment)).await
    }

    async fn publish(&self, sealed: Self::Sealed) -> Result<(), StorageError> {
        self.call(self.inner.publish(sealed)).await
    }

    async fn discard(&self, sealed: Self::Sealed) -> Result<(), StorageError> {
        self.call(self.inner.discard(sealed)).await
    }

    async fn create_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        self.call(self.inner.create_sidecar(copy, segment, sidecar)).await
    }

    async fn replace_sidecar(
        &self,
        copy: &CopyPlace,
        segment: &SegmentName,
        sidecar: Bytes,
    ) -> Result<(), StorageError> {
        self.call(self.inner.replace_sidecar(copy, segment, sidecar)).await
    }

    async fn remove(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<(), StorageError> {
        self.call(self.inner.remove(copy, segment)).await
    }

    async fn quarantine(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        self.call(self.inner.quarantine(copy, segment)).await
    }

    async fn remove_quarantined(&self, copy: &CopyPlace, segment: &SegmentName) -> Result<u64, StorageError> {
        self.call(self.inner.remove_quarantined(copy, segment)).await
    }

    async fn clean(&self, copy: &CopyPlace) -> Result<u64, StorageError> {
        self.call(self.inner.clean(copy)).await
    }

    async fn delete_copy(&self, copy: &CopyPlace) -> Result<(), StorageError> {
        let deletion = async {
            self.guard.iter().for_each(|guard| guard(&self.url, copy));
            self.inner.delete_copy(copy).await
        };
        self.call(deletion).await
    }
}
