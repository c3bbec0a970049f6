//! Answers of OTLP/HTTP: export responses and errors, in the encoding of the request.

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use prost::encoding::{WireType, encode_key, encode_varint};
use serde_json::json;

use crate::model::Signal;
use crate::otlp::Encoding;

/// What the header says of an encoding.
pub(super) fn content_type(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Protobuf => "application/x-protobuf",
        Encoding::Json => "application/json",
    }
}

/// What was not taken of a request that was: a count in the signal's own unit, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) rejected: u64,
    pub(super) message: String,
}

/// A request that is safe, but for what is said.
pub(super) fn accepted(encoding: Encoding, signal: Signal, partial: &Partial) -> Response {
    let body = match encoding {
        Encoding::Protobuf => export_response(partial),
        Encoding::Json => export_response_json(signal, partial),
    };
    answer(StatusCode::OK, encoding, body)
}

/// `Export…ServiceResponse`: the three have the same fields. `partial_success` is unset where all is well.
fn export_response(partial: &Partial) -> Vec<u8> {
    if *partial == Partial::default() {
        return Vec::new();
    }
    let mut inner = Vec::new();
    if partial.rejected > 0 {
        encode_key(1, WireType::Varint, &mut inner);
        encode_varint(partial.rejected, &mut inner);
    }
    put_bytes(2, partial.message.as_bytes(), &mut inner);
    let mut body = Vec::new();
    put_bytes(1, &inner, &mut body);
    body
}

fn export_response_json(signal: Signal, partial: &Partial) -> Vec<u8> {
    if *partial == Partial::default() {
        return b"{}".to_vec();
    }
    let count = match signal {
        Signal::Traces => "rejectedSpans",
        Signal::Metrics => "rejectedDataPoints",
        Signal::Logs => "rejectedLogRecords",
    };
    // 64-bit numbers are strings in protobuf's JSON.
    json!({"partialSuccess": {count: partial.rejected.to_string(), "errorMessage": partial.message}})
        .to_string()
        .into_bytes()
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its body is no export request.
    Bad(String),
    /// Its body is larger than the limit.
    TooLarge(String),
    /// Its type or compression is none that is read here.
    Unsupported(String),
    /// There is no room now.
    Full(String),
    /// It could not be written now, or nothing more is taken.
    Unavailable(String),
    /// Nothing is there.
    NotFound(String),
    /// Another method is needed.
    Method {
        /// Which.
        allow: &'static str,
    },
}

/// Seconds after which a full queue may have room: it is written several times a second.
const RETRY_FULL: HeaderValue = HeaderValue::from_static("1");
/// Seconds after which a node or the store may be back. Longer ones would use up the patience of senders that give up
/// after ten.
const RETRY_UNAVAILABLE: HeaderValue = HeaderValue::from_static("2");

/// The canonical codes of gRPC that fit. Senders go by the HTTP status alone.
const INVALID_ARGUMENT: u8 = 3;
const NOT_FOUND: u8 = 5;
const RESOURCE_EXHAUSTED: u8 = 8;
const UNIMPLEMENTED: u8 = 12;
const UNAVAILABLE: u8 = 14;

const BAD_REQUEST_TYPE: &str = "type.googleapis.com/google.rpc.BadRequest";

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Full(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Bad(_) | Self::Unsupported(_) => INVALID_ARGUMENT,
            Self::TooLarge(_) | Self::Full(_) => RESOURCE_EXHAUSTED,
            Self::Unavailable(_) => UNAVAILABLE,
            Self::NotFound(_) => NOT_FOUND,
            Self::Method { .. } => UNIMPLEMENTED,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Bad(message)
            | Self::TooLarge(message)
            | Self::Unsupported(message)
            | Self::Full(message)
            | Self::Unavailable(message)
            | Self::NotFound(message) => message.clone(),
            Self::Method { allow } => format!("use {allow}"),
        }
    }

    /// The answer: a `google.rpc.Status`.
    pub(super) fn answer(&self, encoding: Encoding) -> Response {
        let body = match encoding {
            Encoding::Protobuf => self.protobuf(),
            Encoding::Json => self.json(),
        };
        let mut response = answer(self.status(), encoding, body);
        let headers = response.headers_mut();
        match self {
            Self::Full(_) => drop(headers.insert(RETRY_AFTER, RETRY_FULL)),
            Self::Unavailable(_) => drop(headers.insert(RETRY_AFTER, RETRY_UNAVAILABLE)),
            Self::Unsupported(_) => {
                headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, zstd, identity"));
            }
            Self::Method { allow } => drop(headers.insert(ALLOW, HeaderValue::from_static(allow))),
            Self::Bad(_) | Self::TooLarge(_) | Self::NotFound(_) => {}
        }
        response
    }

    fn protobuf(&self) -> Vec<u8> {
        let message = self.message();
        let mut status = Vec::new();
        encode_key(1, WireType::Varint, &mut status);
        encode_varint(self.code().into(), &mut status);
        put_bytes(2, message.as_bytes(), &mut status);
        if let Self::Bad(_) = self {
            let (mut violation, mut bad_request, mut any) = (Vec::new(), Vec::new(), Vec::new());
            put_bytes(1, b"body", &mut violation);
            put_bytes(2, message.as_bytes(), &mut violation);
            put_bytes(1, &violation, &mut bad_request);
            put_bytes(1, BAD_REQUEST_TYPE.as_bytes(), &mut any);
            put_bytes(2, &bad_request, &mut any);
            put_bytes(3, &any, &mut status);
        }
        status
    }

    fn json(&self) -> Vec<u8> {
        let message = self.message();
        let mut status = json!({"code": self.code(), "message": message});
        if let Self::Bad(_) = self {
            let violation = json!({"field": "body", "description": message});
            status["details"] = json!([{"@type": BAD_REQUEST_TYPE, "fieldViolations": [violation]}]);
        }
        status.to_string().into_bytes()
    }
}

/// A length-delimited field.
fn put_bytes(field: u32, bytes: &[u8], out: &mut Vec<u8>) {
    encode_key(field, WireType::LengthDelimited, out);
    encode_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

fn answer(status: StatusCode, encoding: Encoding, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type(encoding)));
    response
}

#[cfg(test)]
mod tests {
    use opentelemetry_proto::tonic::collector::metrics::v1::{
        ExportMetricsPartialSuccess, ExportMetricsServiceResponse,
    };
    use prost::Message as _;

    use super::*;

    #[test]
    fn an_export_response_is_that_of_the_protocol() {
        let partial = Partial { rejected: 300, message: "too old".to_owned() };
        let decoded = ExportMetricsServiceResponse::decode(&*export_response(&partial)).unwrap();
        let expected = ExportMetricsPartialSuccess { rejected_data_points: 300, error_message: "too old".to_owned() };
        assert_eq!(decoded.partial_success, Some(expected));
        assert_eq!(export_response(&Partial::default()), b"");
        let json = |signal, partial: &Partial| String::from_utf8(export_response_json(signal, partial)).unwrap();
        assert_eq!(json(Signal::Logs, &Partial::default()), "{}");
        assert_eq!(
            json(Signal::Traces, &partial),
            r#"{"partialSuccess":{"rejectedSpans":"300","errorMessage":"too old"}}"#
        );
    }

    #[test]
    fn who_may_repeat_a_request_is_told_when() {
        for (refusal, status, retry) in [
            (Refusal::Bad("x".into()), 400, None),
            (Refusal::TooLarge("x".into()), 413, None),
            (Refusal::Unsupported("x".into()), 415, None),
            (Refusal::Full("x".into()), 429, Some("1")),
            (Refusal::Unavailable("x".into()), 503, Some("2")),
            (Refusal::NotFound("x".into()), 404, None),
            (Refusal::Method { allow: "POST" }, 405, None),
        ] {
            let answer = refusal.answer(Encoding::Json);
            assert_eq!(answer.status().as_u16(), status);
            assert_eq!(answer.headers().get(RETRY_AFTER).map(|value| value.to_str().unwrap()), retry, "{status}");
        }
    }
}
