//! Building a segment, request by request.

use std::borrow::Cow;
use std::collections::BTreeSet;

use bytes::Bytes;

use super::FRAME_RAW_BYTES_MAX;
use super::document::{COMPRESSION, DocumentError, Merged, RecordSum, SERVICES_MAX, SegmentDocument, framing_of};
use super::frame::{Frame, LENGTH_BYTES};
use super::index::IndexBuilder;
use crate::model::{Signal, TraceId};
use crate::otlp::Encoding;

/// Compresses frames; one for any number of builders.
pub struct Compressor {
    zstd: zstd::bulk::Compressor<'static>,
    out: Vec<u8>,
}

/// Compression cannot begin: out of memory.
#[derive(Debug, thiserror::Error)]
#[error("zstd: {0}")]
pub struct CompressError(#[from] std::io::Error);

impl Compressor {
    /// A compressor of this level: 1 is the fastest, 3 zstd's own default.
    ///
    /// # Errors
    /// zstd's.
    pub fn new(level: i32) -> Result<Self, CompressError> {
        Ok(Self { zstd: zstd::bulk::Compressor::new(level)?, out: Vec::new() })
    }

    fn compress(&mut self, raw: &[u8]) -> Result<&[u8], CompressError> {
        self.out.clear();
        self.out.reserve(zstd::zstd_safe::compress_bound(raw.len()));
        self.zstd.compress_to_buffer(raw, &mut self.out)?;
        Ok(&self.out)
    }
}

/// What a segment is to know of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordFacts {
    /// Its time in nanoseconds since 1970.
    pub time_unix_nano: u64,
    /// [`Layout::record_sum`](crate::otlp::Layout::record_sum).
    pub sum: u64,
    /// The trace of a span.
    pub trace: Option<TraceId>,
}

/// Collects requests of one signal in one encoding.
#[derive(Debug)]
pub struct SegmentBuilder {
    signal: Signal,
    encoding: Encoding,
    /// Requests of the frame that is open.
    raw: Vec<u8>,
    open: Times,
    content: Vec<u8>,
    crc32c: u32,
    raw_bytes: u64,
    frames: Vec<Frame>,
    index: IndexBuilder,
    services: BTreeSet<String>,
    sum: RecordSum,
}

/// Records with their times.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    records: u64,
    min: u64,
    max: u64,
}

impl Times {
    fn add(&mut self, time_unix_nano: u64) {
        self.min = if self.records == 0 { time_unix_nano } else { self.min.min(time_unix_nano) };
        self.max = self.max.max(time_unix_nano);
        self.records += 1;
    }
}

/// What a segment came of.
#[derive(Clone, Debug)]
pub enum Origin<'a> {
    /// A batch, by its id.
    Batch(&'a str),
    /// Other segments.
    Merged(Vec<Merged<'a>>),
}

/// A segment and its sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltSegment {
    /// The segment.
    pub content: Bytes,
    /// Its sidecar.
    pub sidecar: Bytes,
    /// CRC32C of the content.
    pub crc32c: u32,
    /// Its records.
    pub records: u64,
    /// The sum of their hashes.
    pub record_sum: RecordSum,
    /// Its length when decompressed.
    pub raw_bytes: u64,
    /// The earliest time in it, in nanoseconds since 1970.
    pub min_time_unix_nano: u64,
}

impl SegmentBuilder {
    /// A segment without any request.
    #[must_use]
    pub fn new(signal: Signal, encoding: Encoding) -> Self {
        Self {
            signal,
            encoding,
            raw: Vec::new(),
            open: Times::default(),
            content: Vec::new(),
            crc32c: 0,
            raw_bytes: 0,
            frames: Vec::new(),
            index: IndexBuilder::default(),
            services: BTreeSet::new(),
            sum: RecordSum::default(),
        }
    }

    /// Adds a request: `write` appends it, JSON on one line; its records are told afterwards.
    ///
    /// # Errors
    /// zstd's.
    pub fn request(
        &mut self,
        compressor: &mut Compressor,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), CompressError> {
        let start = self.raw.len();
        match self.encoding {
            Encoding::Json => {
                write(&mut self.raw);
                self.raw.push(b'\n');
            }
            Encoding::Protobuf => {
                self.raw.extend_from_slice(&[0; LENGTH_BYTES]);
                write(&mut self.raw);
                let length = (self.raw.len() - start - LENGTH_BYTES) as u32;
                self.raw[start..start + LENGTH_BYTES].copy_from_slice(&length.to_be_bytes());
            }
        }
        if self.raw.len() > FRAME_RAW_BYTES_MAX && start > 0 {
            self.end_frame(compressor, start)?;
        }
        Ok(())
    }

    /// Tells a record of the request that was added last.
    pub fn record(&mut self, facts: &RecordFacts) {
        self.open.add(facts.time_unix_nano);
        self.sum += facts.sum;
        if let Some(trace) = &facts.trace {
            self.index.add(trace, self.frames.len());
        }
    }

    /// Tells the service of records.
    pub fn service(&mut self, service: &str) {
        if self.services.len() <= SERVICES_MAX && !self.services.contains(service) {
            self.services.insert(service.to_owned());
        }
    }

    /// Whether no request was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty() && self.frames.is_empty()
    }

    /// Bytes of the requests, before compression.
    #[must_use]
    pub fn raw_bytes(&self) -> u64 {
        self.raw_bytes + self.raw.len() as u64
    }

    /// Bytes of the frames that are done.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.content.len() as u64
    }

    /// Compresses the first `length` bytes of the open frame.
    fn end_frame(&mut self, compressor: &mut Compressor, length: usize) -> Result<(), CompressError> {
        let bytes = compressor.compress(&self.raw[..length])?;
        let Times { records, min, max } = std::mem::take(&mut self.open);
        self.frames.push(Frame {
            offset: self.content.len() as u64,
            bytes: bytes.len() as u64,
            raw_bytes: length as u64,
            crc32c: crc32c::crc32c(bytes),
            records,
            min_time_unix_nano: min,
            max_time_unix_nano: max,
        });
        self.crc32c = crc32c::crc32c_append(self.crc32c, bytes);
        self.content.extend_from_slice(bytes);
        self.raw_bytes += length as u64;
        self.raw.drain(..length);
        self.index.end_frame();
        Ok(())
    }

    /// The segment, of this batch or of others that were merged.
    ///
    /// # Errors
    /// zstd's, or serde's.
    pub fn finish(mut self, compressor: &mut Compressor, origin: Origin<'_>) -> Result<BuiltSegment, BuildError> {
        let length = self.raw.len();
        if length > 0 {
            self.end_frame(compressor, length)?;
        }
        let (batch, merged) = match origin {
            Origin::Batch(batch) => (Some(Cow::Borrowed(batch)), Vec::new()),
            Origin::Merged(merged) => (None, merged),
        };
        let services = (self.services.len() <= SERVICES_MAX)
            .then(|| self.services.iter().map(|service| Cow::Borrowed(service.as_str())).collect());
        let records = self.frames.iter().map(|frame| frame.records).sum();
        let min_time_unix_nano = self.frames.iter().map(|frame| frame.min_time_unix_nano).min().unwrap_or_default();
        let (trace_index, trace_index_blocks) = self.index.finish().unzip();
        let document = SegmentDocument {
            bytes: self.content.len() as u64,
            crc32c: self.crc32c,
            records,
            min_time_unix_nano,
            max_time_unix_nano: self.frames.iter().map(|frame| frame.max_time_unix_nano).max().unwrap_or_default(),
            signal: self.signal,
            framing: framing_of(self.encoding).into(),
            compression: COMPRESSION.into(),
            raw_bytes: self.raw_bytes,
            record_sum: self.sum,
            batch,
            merged,
            services,
            frames: self.frames,
            trace_index_blocks: trace_index_blocks.unwrap_or_default(),
            trace_index: trace_index.map(Cow::Owned),
        };
        let sidecar = document.to_json()?.into();
        Ok(BuiltSegment {
            content: self.content.into(),
            sidecar,
            crc32c: self.crc32c,
            records,
            record_sum: self.sum,
            raw_bytes: self.raw_bytes,
            min_time_unix_nano,
        })
    }
}

/// Why a segment was not built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// It could not be compressed.
    #[error(transparent)]
    Compress(#[from] CompressError),
    /// Its sidecar could not be written down.
    #[error(transparent)]
    Document(#[from] DocumentError),
}
