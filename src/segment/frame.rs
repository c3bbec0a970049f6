//! Frames: independently compressed runs of requests.

use serde::{Deserialize, Serialize};

use super::decompressors;
use crate::otlp::Encoding;

/// Bytes of the length before a protobuf request.
pub(super) const LENGTH_BYTES: usize = 4;

/// Memory that is set aside before anything is decompressed: most frames have no more.
const RESERVED_BYTES_MAX: usize = 2 << 20;

/// One frame of a segment, in a sidecar as `[offset, bytes, raw_bytes, crc32c, records, min_time_unix_nano,
/// max_time_unix_nano]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FrameWire", into = "FrameWire")]
pub struct Frame {
    /// Where it starts in the segment.
    pub offset: u64,
    /// Its length there.
    pub bytes: u64,
    /// Its length when decompressed.
    pub raw_bytes: u64,
    /// CRC32C of its bytes in the segment.
    pub crc32c: u32,
    /// Its records.
    pub records: u64,
    /// The earliest time in it, in nanoseconds since 1970.
    pub min_time_unix_nano: u64,
    /// The latest.
    pub max_time_unix_nano: u64,
}

type FrameWire = (u64, u64, u64, u32, u64, u64, u64);

impl From<FrameWire> for Frame {
    fn from(wire: FrameWire) -> Self {
        let (offset, bytes, raw_bytes, crc32c, records, min_time_unix_nano, max_time_unix_nano) = wire;
        Self { offset, bytes, raw_bytes, crc32c, records, min_time_unix_nano, max_time_unix_nano }
    }
}

impl From<Frame> for FrameWire {
    fn from(frame: Frame) -> Self {
        let Frame { offset, bytes, raw_bytes, crc32c, records, min_time_unix_nano, max_time_unix_nano } = frame;
        (offset, bytes, raw_bytes, crc32c, records, min_time_unix_nano, max_time_unix_nano)
    }
}

/// Why a frame cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Its bytes are not those that were written.
    #[error("frame at byte {offset}: its bytes have CRC {found:08x}, its sidecar says {expected:08x}")]
    Crc {
        /// Where it starts.
        offset: u64,
        /// What its sidecar says.
        expected: u32,
        /// What there is.
        found: u32,
    },
    /// It is shorter or longer than its sidecar says.
    #[error("frame at byte {offset}: {found} bytes, its sidecar says {expected}")]
    Length {
        /// Where it starts.
        offset: u64,
        /// What its sidecar says.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// Its compression is broken.
    #[error("frame at byte {offset}: its compression is broken: {reason}")]
    Compression {
        /// Where it starts.
        offset: u64,
        /// What the decompressor says.
        reason: String,
    },
    /// The requests in it are not divided as its framing says.
    #[error("the lengths of its requests do not fit the frame")]
    Framing,
}

/// Checks a frame's bytes and decompresses them into `out`, which holds nothing else then.
///
/// # Errors
/// They are not those that were written.
pub fn decompress(frame: &Frame, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FrameError> {
    out.clear();
    let offset = frame.offset;
    if bytes.len() as u64 != frame.bytes {
        return Err(FrameError::Length { offset, expected: frame.bytes, found: bytes.len() as u64 });
    }
    let found = crc32c::crc32c(bytes);
    if found != frame.crc32c {
        return Err(FrameError::Crc { offset, expected: frame.crc32c, found });
    }
    let broken = |reason: &dyn std::fmt::Display| FrameError::Compression { offset, reason: reason.to_string() };
    // One byte more than it may have is enough to see that it has more. What its sidecar says is not taken at its word.
    let limit = frame.raw_bytes.saturating_add(1);
    out.reserve(usize::try_from(limit).map_or(RESERVED_BYTES_MAX, |limit| limit.min(RESERVED_BYTES_MAX)));
    decompressors::with(|context| {
        let decoder = zstd::Decoder::with_context(bytes, context);
        std::io::Read::read_to_end(&mut std::io::Read::take(decoder, limit), out)
    })
    .map_err(|e| broken(&e))?;
    if out.len() as u64 != frame.raw_bytes {
        return Err(FrameError::Length { offset, expected: frame.raw_bytes, found: out.len() as u64 });
    }
    Ok(())
}

/// The requests of a decompressed frame.
pub fn requests(encoding: Encoding, frame: &[u8]) -> Requests<'_> {
    Requests { encoding, rest: frame }
}

/// See [`requests`].
#[derive(Clone, Debug)]
pub struct Requests<'a> {
    encoding: Encoding,
    rest: &'a [u8],
}

impl<'a> Iterator for Requests<'a> {
    type Item = Result<&'a [u8], FrameError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let split = match self.encoding {
            Encoding::Json => memchr::memchr(b'\n', self.rest).map(|end| (&self.rest[..end], &self.rest[end + 1..])),
            Encoding::Protobuf => self.rest.split_first_chunk::<LENGTH_BYTES>().and_then(|(length, rest)| {
                let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
                rest.split_at_checked(length)
            }),
        };
        let Some((request, rest)) = split else {
            self.rest = &[];
            return Some(Err(FrameError::Framing));
        };
        self.rest = rest;
        Some(Ok(request))
    }
}
