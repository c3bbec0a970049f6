//! The input, decompressed as a whole if it is compressed as a whole.

use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::error::{Compression, ReadError};

/// Bytes by which gzip and zstd are told.
const MAGIC_BYTES: usize = 4;
/// What is read at a time from a compressed input.
const COMPRESSED_CHUNK_BYTES: usize = 128 << 10;

/// The compression that these first bytes announce.
pub(super) fn compression_of(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        // A frame, or a skippable frame.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Compression::Zstd),
        _ => None,
    }
}

/// Decompresses one message into `out`, but not further than one byte beyond `limit`.
pub(super) fn decompress(
    compression: Compression,
    bytes: &[u8],
    limit: usize,
    out: &mut Vec<u8>,
) -> Result<(), io::Error> {
    out.clear();
    let limit = limit as u64 + 1;
    match compression {
        Compression::Gzip => MultiGzDecoder::new(bytes).take(limit).read_to_end(out)?,
        Compression::Zstd => zstd::Decoder::with_buffer(bytes)?.take(limit).read_to_end(out)?,
    };
    Ok(())
}

/// The raw input: counts its bytes, and gives those again that were taken to recognise it.
#[derive(Debug)]
struct Input<R> {
    reader: R,
    head: [u8; MAGIC_BYTES],
    /// What of `head` is not given yet.
    pending: std::ops::Range<usize>,
    bytes: u64,
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pending.is_empty() {
            let count = self.reader.read(buffer)?;
            self.bytes += count as u64;
            return Ok(count);
        }
        let count = self.pending.len().min(buffer.len());
        let end = self.pending.start + count;
        buffer[..count].copy_from_slice(&self.head[self.pending.start..end]);
        self.pending.start = end;
        Ok(count)
    }
}

/// The input, decompressed.
pub(super) struct Source<R: Read> {
    stream: Stream<R>,
}

enum Stream<R: Read> {
    Plain(Input<R>),
    Gzip(Box<MultiGzDecoder<BufReader<Input<R>>>>),
    Zstd(Box<zstd::Decoder<'static, BufReader<Input<R>>>>),
}

impl<R: Read> Source<R> {
    /// Recognises the compression.
    pub(super) fn open(reader: R) -> Result<Self, ReadError> {
        let mut input = Input { reader, head: [0; MAGIC_BYTES], pending: 0..0, bytes: 0 };
        let mut length = 0;
        while length < MAGIC_BYTES {
            match input.reader.read(&mut input.head[length..]) {
                Ok(0) => break,
                Ok(count) => length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ReadError::Input(error)),
            }
        }
        input.bytes = length as u64;
        input.pending = 0..length;
        let stream = match compression_of(&input.head[..length]) {
            None => Stream::Plain(input),
            Some(Compression::Gzip) => {
                let buffered = BufReader::with_capacity(COMPRESSED_CHUNK_BYTES, input);
                Stream::Gzip(Box::new(MultiGzDecoder::new(buffered)))
            }
            Some(Compression::Zstd) => {
                let buffered = BufReader::with_capacity(COMPRESSED_CHUNK_BYTES, input);
                Stream::Zstd(Box::new(zstd::Decoder::with_buffer(buffered).map_err(ReadError::Input)?))
            }
        };
        Ok(Self { stream })
    }

    /// Whether the input is compressed.
    pub(super) fn is_compressed(&self) -> bool {
        match self.stream {
            Stream::Plain(_) => false,
            Stream::Gzip(_) | Stream::Zstd(_) => true,
        }
    }

    /// Bytes taken from the input, as stored.
    pub(super) fn bytes_read(&self) -> u64 {
        match &self.stream {
            Stream::Plain(input) => input.bytes,
            Stream::Gzip(decoder) => decoder.get_ref().get_ref().bytes,
            Stream::Zstd(decoder) => decoder.get_ref().get_ref().bytes,
        }
    }

    /// Reads some bytes; 0 at the end.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ReadError> {
        loop {
            let (result, compression) = match &mut self.stream {
                Stream::Plain(input) => (input.read(buffer), None),
                Stream::Gzip(decoder) => (decoder.read(buffer), Some(Compression::Gzip)),
                Stream::Zstd(decoder) => (decoder.read(buffer), Some(Compression::Zstd)),
            };
            match (result, compression) {
                (Ok(count), _) => return Ok(count),
                (Err(error), _) if error.kind() == io::ErrorKind::Interrupted => {}
                (Err(source), Some(compression)) => return Err(ReadError::Compressed { compression, source }),
                (Err(error), None) => return Err(ReadError::Input(error)),
            }
        }
    }
}
