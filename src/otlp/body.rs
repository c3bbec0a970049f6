//! One export request whose encoding and signal its sender has named: the body of an OTLP/HTTP request.
//!
//! Nothing is guessed here, where [`Reader`](super::Reader) recognises everything: an empty body is an empty request in
//! protobuf and no request in JSON.

use super::batch::Batch;
use super::error::Compression;
use super::framing::BYTE_ORDER_MARK;
use super::layout::Encoding;
use super::totals::Reason;
use super::{json, protobuf, source};
use crate::model::Signal;
use crate::model::json::Cursor;

/// Why a body is no export request.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// Its compression is cut or damaged.
    #[error("its {compression} compression is cut or damaged: {source}")]
    Compressed {
        /// Which.
        compression: Compression,
        /// What the decompressor says.
        source: std::io::Error,
    },
    /// It is larger than the limit once it is decompressed.
    #[error("it has more than {limit} bytes")]
    TooLong {
        /// Bytes.
        limit: usize,
    },
    /// It cannot be read.
    #[error("{0}")]
    Bad(#[from] Reason),
    /// It carries another signal than it was sent as.
    #[error("it carries {found}, but was sent as {sent}")]
    OtherSignal {
        /// What it carries.
        found: Signal,
        /// What it was sent as.
        sent: Signal,
    },
    /// It carries profiles.
    #[error("it carries profiles; this store holds traces, metrics and logs only")]
    Profiles,
}

/// Decompresses a body.
///
/// # Errors
/// It is damaged, or has more than `limit` bytes.
pub fn inflate(compression: Compression, body: &[u8], limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut text = Vec::new();
    source::decompress(compression, body, limit, &mut text)
        .map_err(|source| BodyError::Compressed { compression, source })?;
    if text.len() > limit { Err(BodyError::TooLong { limit }) } else { Ok(text) }
}

/// Reads a body, with its layout. One that has none of OTLP's keys or fields is an empty request, counted as
/// [`unrecognised`](super::Counts::unrecognised): unknown fields are nobody's mistake.
///
/// # Errors
/// It is no export request, or one of another signal.
pub fn read_body(body: &[u8], encoding: Encoding, signal: Signal) -> Result<Batch, BodyError> {
    let mut batch = Batch::new(true);
    match encoding {
        Encoding::Protobuf => {
            protobuf::read_request(body, Some(signal), &mut batch).map_err(|refusal| match refusal {
                protobuf::Refusal::Wire(error) => BodyError::Bad(error.into()),
                protobuf::Refusal::Profiles => BodyError::Profiles,
            })?;
            batch.layout_mut().keep(Encoding::Protobuf, body);
        }
        Encoding::Json => {
            let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
            if let Err(error) = std::str::from_utf8(body) {
                return Err(BodyError::Bad(Reason::NotUtf8 { at: error.valid_up_to() }));
            }
            let mut cursor = Cursor::new(body);
            json::read_request(&mut cursor, &mut batch).map_err(|refusal| match refusal {
                json::Refusal::Json(error) => BodyError::Bad(error.into()),
                json::Refusal::Profiles => BodyError::Profiles,
            })?;
            cursor.end().map_err(Reason::from)?;
            // The cursor may have taken white space before the request: offsets are those of the whole.
            batch.layout_mut().keep(Encoding::Json, body);
        }
    }
    let counts = batch.counts();
    let found = [(Signal::Traces, counts.spans), (Signal::Metrics, counts.metrics), (Signal::Logs, counts.logs)];
    match found.into_iter().find(|(found, records)| *found != signal && *records > 0) {
        Some((found, _)) => Err(BodyError::OtherSignal { found, sent: signal }),
        None => Ok(batch.settle()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAN: &str = r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736",
        "startTimeUnixNano":"1762355400000000000"}]}]}]}"#;

    fn json(text: &str, signal: Signal) -> Result<Batch, BodyError> {
        read_body(text.as_bytes(), Encoding::Json, signal)
    }

    #[test]
    fn a_body_is_read_as_what_it_was_sent_as() {
        let batch = json(&format!(" {SPAN}\n"), Signal::Traces).unwrap();
        assert_eq!((batch.counts().spans, batch.units().len()), (1, 1));
        let mut out = Vec::new();
        batch.layout().write_request(&batch.layout().records().collect::<Vec<_>>(), &mut out);
        assert_eq!(out, SPAN.replace('\n', " ").as_bytes());
        let error = json(SPAN, Signal::Logs).unwrap_err().to_string();
        assert_eq!(error, "it carries traces, but was sent as logs");
    }

    #[test]
    fn empty_requests_are_requests_and_an_empty_text_is_none() {
        assert_eq!(read_body(b"", Encoding::Protobuf, Signal::Metrics).unwrap().counts().requests, 1);
        assert_eq!(json("{}", Signal::Logs).unwrap().counts().requests, 1);
        assert_eq!(json("{\"resourceLogs\":[]}", Signal::Logs).unwrap().counts().requests, 1);
        assert_eq!(json("{\"later\":1}", Signal::Logs).unwrap().counts().unrecognised, 1);
        for bad in ["", " ", "[]", "[{}]", "1", "{} {}", "{}x", "{\"resourceLogs\":1}", "nonsense", "{"] {
            assert!(matches!(json(bad, Signal::Logs), Err(BodyError::Bad(_))), "{bad:?}");
        }
        assert!(matches!(json("{\"resourceProfiles\":[{}]}", Signal::Logs), Err(BodyError::Profiles)));
    }

    #[test]
    fn what_inflates_beyond_the_limit_is_refused() {
        let bomb = zstd::bulk::compress(&vec![0; 1 << 20], 1).unwrap();
        assert!(matches!(inflate(Compression::Zstd, &bomb, 1 << 19), Err(BodyError::TooLong { limit: 524_288 })));
        assert_eq!(inflate(Compression::Zstd, &bomb, 1 << 20).unwrap().len(), 1 << 20);
        assert!(matches!(inflate(Compression::Gzip, &bomb, 1 << 20), Err(BodyError::Compressed { .. })));
    }
}
