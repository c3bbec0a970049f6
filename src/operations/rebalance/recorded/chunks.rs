//! A document as values of the store, and back.
//!
//! Each value is a JSON object of at most [`CHUNK_BYTES_MAX`]; together they hold the text, compressed: a plan that moves
//! 300,000 replicas has 90 MB of text, of which a few remain.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::operations::OperationError;
use crate::ports::metadata::Entry;

/// The most bytes of a chunk: 512 KiB.
pub const CHUNK_BYTES_MAX: usize = 512 << 10;

/// Compressed bytes of a chunk: base64 makes four bytes of three, and the object round them has less than 128.
const PIECE_BYTES: usize = (CHUNK_BYTES_MAX - 128) / 4 * 3;

/// zstd's own default: larger ones cost more time than they save.
const LEVEL: i32 = 3;

const SCHEMA: &str = "otlp-part/plan-chunk/v1";

#[derive(Serialize, Deserialize)]
struct Chunk<'a> {
    #[serde(borrow)]
    schema: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    zstd: std::borrow::Cow<'a, str>,
}

/// The values that hold a text.
///
/// # Errors
/// Compressing failed, in words.
pub(super) fn split(text: &str) -> Result<Vec<String>, OperationError> {
    let compressed = zstd::encode_all(text.as_bytes(), LEVEL).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let value = |piece: &[u8]| {
        let chunk = Chunk { schema: SCHEMA.into(), zstd: STANDARD.encode(piece).into() };
        serde_json::to_string(&chunk).map_err(|e| OperationError::Invalid(e.to_string()))
    };
    compressed.chunks(PIECE_BYTES).map(value).collect()
}

/// The text of so many bytes that values hold.
///
/// # Errors
/// [`OperationError::Corrupt`] with the key of the chunk that is not one, or of the first where together they are none.
pub(super) fn join(chunks: &[&Entry], bytes: u64) -> Result<String, OperationError> {
    let mut compressed = Vec::new();
    for chunk in chunks {
        let corrupt = |reason: String| OperationError::Corrupt { key: chunk.key.clone(), reason };
        let Chunk { schema, zstd } = serde_json::from_slice(&chunk.value).map_err(|e| corrupt(e.to_string()))?;
        if schema != SCHEMA {
            return Err(corrupt(format!("its schema {schema:?} is not known to this version, which knows {SCHEMA}")));
        }
        STANDARD.decode_vec(zstd.as_bytes(), &mut compressed).map_err(|e| corrupt(e.to_string()))?;
    }
    let key = chunks.first().map_or_else(String::new, |chunk| chunk.key.clone());
    let corrupt = |reason: String| OperationError::Corrupt { key: key.clone(), reason };
    let mut text = String::new();
    // One byte more than there should be is enough to know.
    let decoder = zstd::Decoder::new(compressed.as_slice()).map_err(|e| corrupt(e.to_string()))?;
    decoder.take(bytes.saturating_add(1)).read_to_string(&mut text).map_err(|e| corrupt(e.to_string()))?;
    if text.len() as u64 == bytes {
        Ok(text)
    } else {
        Err(corrupt(format!("the plan has not the {bytes} bytes that its head says")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::create::entry;

    #[test]
    fn a_text_comes_back_out_of_bounded_pieces() {
        // What cannot be compressed: the digits of a generator.
        let mut state = 1_u64;
        let noise: String = (0..250_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                format!("{:x}", state >> 20)
            })
            .collect();
        for (text, least) in [("", 1), ("{}", 1), (noise.as_str(), 3)] {
            let values = split(text).unwrap();
            assert!(values.len() >= least && values.iter().all(|v| v.len() <= CHUNK_BYTES_MAX), "{}", values.len());
            let entries: Vec<Entry> = values.into_iter().map(|v| entry("/k".into(), v)).collect();
            let chunks: Vec<&Entry> = entries.iter().collect();
            assert_eq!(join(&chunks, text.len() as u64).unwrap(), text);
            assert!(join(&chunks, text.len() as u64 + 1).is_err());
            assert!(text.is_empty() || join(&chunks, text.len() as u64 - 1).is_err());
            assert!(join(&chunks[1..], text.len() as u64).is_err());
        }
    }

    #[test]
    fn what_is_no_chunk_is_told_by_its_key() {
        for bad in ["", "[]", "{}", r#"{"schema":"x","zstd":""}"#, r#"{"schema":"otlp-part/plan-chunk/v1","zstd":"?"}"#]
        {
            let error = join(&[&entry("/k".into(), bad.into())], 5).unwrap_err();
            assert!(error.to_string().contains("value of /k is corrupt"), "{error}");
        }
    }
}
