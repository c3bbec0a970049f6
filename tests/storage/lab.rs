//! Nodes with segments in them, in memory and in directories.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use bytes::Bytes;
use otlp_part::operations::copying::{
    Bandwidth, Content, CopyError, CopyEvent, CopyJob, CopyReport, CopySettings, Depth, copy, verify_copy,
};
use otlp_part::ports::storage::{
    CHUNK_BYTES, CopyId, CopyPlace, NodeMarker, OpenedNode, SegmentName, SegmentRead as _, SegmentWrite as _,
};
use otlp_part::storage::AnyStorage;
use otlp_part::storage::file::FileNode;
use otlp_part::storage::objects::ObjectNode;

pub(crate) type Node = OpenedNode<AnyStorage>;

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(crate) fn marker(node: &str) -> NodeMarker {
    NodeMarker { cluster_id: "c-1".to_owned(), node_id: node.parse().unwrap() }
}

pub(crate) fn place(copy: &str) -> CopyPlace {
    CopyPlace::new("partition_489542_0051".parse().unwrap(), CopyId::parse(copy).unwrap())
}

pub(crate) fn name(text: &str) -> SegmentName {
    SegmentName::parse(text).unwrap()
}

/// Bytes that look like nothing and are the same each time.
pub(crate) fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// A kind of store to run a test on.
pub(crate) struct Backend {
    pub(crate) kind: &'static str,
    directory: Option<tempfile::TempDir>,
    #[cfg(feature = "s3")]
    server: Option<crate::s3::Server>,
}

impl Backend {
    pub(crate) fn memory() -> Self {
        Self {
            kind: "memory",
            directory: None,
            #[cfg(feature = "s3")]
            server: None,
        }
    }

    pub(crate) fn file() -> Self {
        let mut backend = Self::memory();
        backend.kind = "file";
        backend.directory = Some(tempfile::tempdir().unwrap());
        backend
    }

    #[cfg(feature = "s3")]
    pub(crate) fn s3() -> Self {
        Self { kind: "s3", server: Some(crate::s3::Server::start()), ..Self::memory() }
    }

    /// A place that is no node's data yet; in a directory each name has its own.
    pub(crate) fn unmarked(&self, node: &str) -> AnyStorage {
        #[cfg(feature = "s3")]
        if let Some(server) = &self.server {
            return server.open(node);
        }
        match &self.directory {
            None => AnyStorage::Objects(ObjectNode::in_memory(node)),
            Some(directory) => {
                let path = directory.path().join(node);
                std::fs::create_dir_all(&path).unwrap();
                AnyStorage::File(FileNode::open(&path, 7).unwrap())
            }
        }
    }

    pub(crate) fn node(&self, node: &str) -> Node {
        block_on(OpenedNode::mark(self.unmarked(node), marker(node))).unwrap()
    }

    /// The directory of a node's copy.
    pub(crate) fn path(&self, node: &str, copy: &str) -> PathBuf {
        self.directory.as_ref().unwrap().path().join(node).join(place(copy).to_string())
    }
}

/// Runs a test on every kind of store.
pub(crate) fn on_each(test: impl Fn(&Backend)) {
    let backends = [
        Backend::memory(),
        Backend::file(),
        #[cfg(feature = "s3")]
        Backend::s3(),
    ];
    for backend in backends {
        println!("on {}", backend.kind);
        test(&backend);
    }
}

/// Writes a segment as a writer of the store would; with `records`, also its sidecar.
pub(crate) async fn write(node: &Node, copy: &CopyPlace, segment: &str, bytes: &[u8], records: Option<u64>) {
    let segment = name(segment);
    let mut writer = node.create(copy, &segment).await.unwrap();
    for piece in bytes.chunks(CHUNK_BYTES) {
        writer.append(Bytes::copy_from_slice(piece)).await.unwrap();
    }
    let sealed = writer.seal().await.unwrap();
    node.publish(sealed).await.unwrap();
    if let Some(records) = records {
        node.create_sidecar(copy, &segment, sidecar(bytes, records).into()).await.unwrap();
    }
}

/// A sidecar with a field that this version does not know.
pub(crate) fn sidecar(bytes: &[u8], records: u64) -> String {
    let crc = crc32c::crc32c(bytes);
    format!("{{ \"later\":[1, 2],\"bytes\":{},\"crc32c\":{crc}, \"records\":{records}}}", bytes.len())
}

/// What a copy holds: each segment's bytes and its sidecar's.
pub(crate) type Tree = BTreeMap<String, (Vec<u8>, Option<Vec<u8>>)>;

pub(crate) async fn tree(node: &Node, copy: &CopyPlace) -> Tree {
    let listing = node.list(copy).await.unwrap();
    assert!(listing.strangers.is_empty() && listing.missing.is_empty(), "{listing:?}");
    let mut tree = Tree::new();
    for segment in listing.segments {
        let reader = node.open_segment(copy, &segment.name).await.unwrap();
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < reader.bytes() {
            bytes.extend_from_slice(&reader.read(bytes.len() as u64, CHUNK_BYTES).await.unwrap());
        }
        let sidecar = node.sidecar(copy, &segment.name).await.unwrap();
        tree.insert(segment.name.to_string(), (bytes, sidecar.map(|sidecar| sidecar.raw().to_vec())));
    }
    tree
}

/// A node with a copy of some segments: sizes around the pieces that are moved, one that others wrote, one empty.
pub(crate) async fn fill(node: &Node, copy: &CopyPlace, scale: usize) {
    for (i, length) in [0, 1, scale - 1, scale, scale + 1, 2 * scale + 77].into_iter().enumerate() {
        write(node, copy, &format!("s{i}.jsonl"), &noise(i as u64, length), Some(i as u64 * 10)).await;
    }
}

/// What became of a copy, with all that it told.
pub(crate) struct Told {
    pub(crate) result: Result<Content, CopyError>,
    pub(crate) events: Vec<CopyEvent>,
}

impl Told {
    pub(crate) fn verified(&self) -> (usize, usize) {
        let of = |there: bool| {
            let is = |event: &&CopyEvent| matches!(event, CopyEvent::Verified { was_there, .. } if *was_there == there);
            self.events.iter().filter(is).count()
        };
        (of(false), of(true))
    }

    pub(crate) fn repeated(&self) -> Vec<String> {
        let of = |event: &CopyEvent| {
            let CopyEvent::Repeated { segment, reason } = event else { return None };
            Some(format!("{segment}: {reason}"))
        };
        self.events.iter().filter_map(of).collect()
    }
}

pub(crate) async fn copied(source: &Node, from: &CopyPlace, target: &Node, to: &CopyPlace) -> Told {
    copied_while(source, from, target, to, &|_| {}).await
}

/// Says that something is not tested on this machine, past the test's own capture, so that it is seen.
pub(crate) fn skipped(why: &str) {
    let mut shown = std::io::stderr().lock();
    let _ = writeln!(shown, "SKIPPED: {why}");
}

/// Makes a copy; `also` sees each event when it happens.
pub(crate) async fn copied_while(
    source: &Node,
    from: &CopyPlace,
    target: &Node,
    to: &CopyPlace,
    also: &(dyn Fn(&CopyEvent) + Send + Sync),
) -> Told {
    let events = Mutex::new(Vec::new());
    let tell = |event: CopyEvent| {
        also(&event);
        events.lock().unwrap().push(event);
    };
    let (settings, bandwidth) = (CopySettings::default(), Bandwidth::default());
    let job = CopyJob { source, from, target, to, settings, bandwidth: &bandwidth, tell: &tell };
    let result = copy(&job).await;
    Told { result, events: events.into_inner().unwrap() }
}

pub(crate) async fn verified(node: &Node, copy: &CopyPlace) -> CopyReport {
    let bandwidth = Bandwidth::default();
    verify_copy(node, copy, Depth::Bytes, CopySettings::default(), &bandwidth, &|_| {}).await.unwrap()
}

/// Turns one bit of a file.
pub(crate) fn flip(path: &Path, at: u64) {
    use std::os::unix::fs::FileExt as _;
    let file = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 0x10], at).unwrap();
}

pub(crate) fn truncate(path: &Path, to: u64) {
    std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(to).unwrap();
}
