//! Segments that this tool writes: OTLP requests as they came in, in compressed frames, and what their sidecars say.
//!
//! ```text
//! segment   frame frame frame …                       each a zstd frame of its own: `zstd -d` gives the whole
//! frame     request request …                         JSON: a line each; protobuf: behind its length in 4 bytes, big endian
//! sidecar   {"bytes", "crc32c", "records", …, "frames": [[…], …], "trace_index": "…"}
//! ```
//!
//! One trace is read without the rest: the index says in which frames its spans lie, a frame has a CRC of its own.
//!
//! Invariant: a segment holds records of one signal in one encoding. The same requests give the same segment, byte for byte.
//! Invariant: nothing of a segment is believed: lengths are checked before anything is decompressed or divided.
//! Never: no store and no runtime.

pub mod build;
mod decompressors;
pub mod document;
pub mod frame;
pub mod index;
pub mod name;

#[cfg(test)]
mod tests;

pub use build::{BuiltSegment, Compressor, Origin, RecordFacts, SegmentBuilder};
pub use document::{DocumentError, SegmentDocument};
pub use frame::{Frame, FrameError, decompress, requests};
pub use index::TraceIndex;
pub use name::{BatchId, batch_of};

/// The most bytes of requests in a frame, unless one request alone has more.
pub const FRAME_RAW_BYTES_MAX: usize = 1 << 20;
