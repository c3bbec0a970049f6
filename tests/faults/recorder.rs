//! The whole history of an etcd that forgets it: everything is written down as it happens.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use etcd_client::Client;
use otlp_part::metadata::etcd::Endpoint;
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{KeyRange, WatchBatch};
use otlp_part::ports::{MetadataRead as _, MetadataWatch as _};

use crate::history;
use crate::lab::block_on;

/// Below this lies everything.
const ROOT: &str = "/";
const PREFIX: &str = "/otlp/";
/// A key that is nobody's, by which one sees how far the recorder is, and which makes revisions that nobody needs.
const NOISE: &str = "/noise";
const LOOK: Duration = Duration::from_secs(1);
const POLL: Duration = Duration::from_millis(1);
/// 20,000 · 1 ms = 20 s.
const POLLS_MAX: usize = 20_000;

/// Writes down from its start on.
pub(crate) struct Recorder {
    endpoint: Endpoint,
    seen: Arc<AtomicU64>,
    ends: Arc<AtomicBool>,
    thread: JoinHandle<(WatchBatch, Vec<WatchBatch>)>,
}

impl Recorder {
    pub(crate) fn start(endpoint: &Endpoint) -> Self {
        let (seen, ends) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (started, has_started) = mpsc::channel();
        let (noted, stop, at) = (seen.clone(), ends.clone(), endpoint.clone());
        let thread = std::thread::spawn(move || block_on(record(at, &noted, &stop, &started)));
        has_started.recv().unwrap();
        Self { endpoint: endpoint.clone(), seen, ends, thread }
    }

    /// Makes revisions that change nothing, waits until all up to them are written down, and lets etcd forget those before the
    /// last of them.
    pub(crate) fn forget(&self) {
        block_on(async {
            let mut client = client(&self.endpoint).await;
            client.put(NOISE, "1", None).await.unwrap();
            let now = client.delete(NOISE, None).await.unwrap().header().unwrap().revision();
            self.forget_before(u64::try_from(now).unwrap()).await;
        })
    }

    /// Waits until all up to a revision are written down, and lets etcd forget those before it.
    pub(crate) async fn forget_before(&self, revision: u64) {
        for _ in 0..POLLS_MAX {
            if self.seen.load(Ordering::Acquire) >= revision {
                client(&self.endpoint).await.compact(revision.cast_signed(), None).await.unwrap();
                return;
            }
            tokio::time::sleep(POLL).await;
        }
        panic!("revision {revision} is never written down");
    }

    /// Checks every revision that was written down, of which nothing is missing; gives how many there were with an operation in
    /// flight.
    #[track_caller]
    pub(crate) fn check(self) -> usize {
        self.forget();
        let Self { endpoint, ends, thread, .. } = self;
        ends.store(true, Ordering::Release);
        // It hears of that by one more change.
        block_on(async { client(&endpoint).await.put(NOISE, "1", None).await.unwrap() });
        let (first, batches) = thread.join().unwrap();
        block_on(async { client(&endpoint).await.delete(NOISE, None).await.unwrap() });
        history::check_batches(&first, &batches)
    }
}

async fn client(endpoint: &Endpoint) -> Client {
    Client::connect([endpoint.to_string()], None).await.unwrap()
}

async fn record(
    endpoint: Endpoint,
    seen: &AtomicU64,
    ends: &AtomicBool,
    started: &mpsc::Sender<()>,
) -> (WatchBatch, Vec<WatchBatch>) {
    let reader = history::reader(vec![endpoint]).await;
    let range = KeyRange::prefix(PREFIX);
    let answer = reader.read(std::slice::from_ref(&range), None).await.unwrap();
    let entries = answer.ranges.into_iter().flatten();
    let changes = entries.map(|entry| (entry.key.clone(), Some(entry))).collect();
    let first = WatchBatch { revision: answer.revision, at: None, changes };
    let mut watch = reader.watch(&KeyRange::prefix(ROOT), Revision(answer.revision.0 + 1)).await.unwrap();
    started.send(()).unwrap();
    let mut batches = Vec::new();
    while !ends.load(Ordering::Acquire) {
        let Some(mut batch) = watch.next(LOOK).await.unwrap() else { continue };
        seen.store(batch.revision.0, Ordering::Release);
        batch.changes.retain(|(key, _)| key.starts_with(PREFIX));
        batches.push(batch);
    }
    (first, batches)
}
