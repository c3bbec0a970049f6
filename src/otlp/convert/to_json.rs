//! Protobuf requests as OTLP/JSON.
//!
//! The official message types decode and write them, so what those types know comes over: ids in hexadecimal, 64-bit integers
//! as strings, bytes in base64. Fields that they do not know are lost.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;
use serde::Serialize;

use crate::model::Signal;

/// A request cannot be converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// The official types do not read it.
    #[error("not an OTLP request: {0}")]
    Decode(#[from] prost::DecodeError),
    /// It is no JSON, or cannot be written as such.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// There is no room for it.
    #[error("not written as protobuf: {0}")]
    Room(prost::EncodeError),
}

/// Appends a protobuf request to `out` as OTLP/JSON on one line, without a line end.
///
/// # Errors
/// It is no request of this signal.
pub fn json_of(signal: Signal, request: &[u8], out: &mut Vec<u8>) -> Result<(), ConvertError> {
    match signal {
        Signal::Traces => convert::<ExportTraceServiceRequest>(request, out),
        Signal::Metrics => convert::<ExportMetricsServiceRequest>(request, out),
        Signal::Logs => convert::<ExportLogsServiceRequest>(request, out),
    }
}

fn convert<M: Message + Default + Serialize>(request: &[u8], out: &mut Vec<u8>) -> Result<(), ConvertError> {
    Ok(serde_json::to_writer(out, &M::decode(request)?)?)
}
