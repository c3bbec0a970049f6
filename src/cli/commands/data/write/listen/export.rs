//! One export request over HTTP: its head, its body, its answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;
use futures_util::StreamExt as _;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::answer::{Partial, Refusal, accepted};
use crate::model::{ByteSize, Signal};
use crate::operations::receiving::{Budget, Figures, Full, Intake, Reservation};
use crate::operations::writing::Refused;
use crate::otlp::{self, BodyError, Compression, Encoding, inflate, read_body};

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long the rest of a body that nobody wants is read, so that its sender comes to read the answer.
const REST_TIMEOUT: Duration = Duration::from_secs(5);

/// What requests are received with.
pub(super) struct Door {
    pub(super) intake: Intake,
    pub(super) budget: Budget,
    /// Bodies that are read at the same time.
    pub(super) readers: Arc<Semaphore>,
    /// The largest body, also after decompression.
    pub(super) body_bytes_max: usize,
    pub(super) figures: Figures,
}

impl From<Full> for Refusal {
    fn from(full: Full) -> Self {
        let Full { used, limit } = full;
        Self::Full(format!(
            "the queue is full, {} of {} are in use: send it again later",
            ByteSize(used),
            ByteSize(limit)
        ))
    }
}

impl Door {
    /// Answers a request.
    pub(super) async fn export(&self, signal: Signal, request: Request) -> Response {
        let (head, body) = request.into_parts();
        let encoding = encoding_of(&head.headers);
        let mut body = body.into_data_stream();
        let result = match encoding {
            Ok(encoding) => self.take(signal, encoding, &head.headers, &mut body).await,
            Err(ref refusal) => Err(refusal.clone()),
        };
        let encoding = encoding.unwrap_or(Encoding::Json);
        self.figures.count(|figures| {
            figures.requests += 1;
            match &result {
                Ok(_) => {}
                Err(Refusal::Full(_)) => figures.full += 1,
                Err(Refusal::Unavailable(_)) if !self.intake.is_open() => figures.closed += 1,
                Err(Refusal::Unavailable(_)) => {}
                Err(
                    Refusal::Bad(_)
                    | Refusal::TooLarge(_)
                    | Refusal::Unsupported(_)
                    | Refusal::NotFound(_)
                    | Refusal::Method { .. },
                ) => figures.bad += 1,
            }
        });
        match result {
            Ok(partial) => accepted(encoding, signal, &partial),
            Err(refusal) => {
                skip(body, self.body_bytes_max).await;
                refusal.answer(encoding)
            }
        }
    }

    async fn take(
        &self,
        signal: Signal,
        encoding: Encoding,
        headers: &HeaderMap,
        body: &mut BodyDataStream,
    ) -> Result<Partial, Refusal> {
        let compression = compression_of(headers)?;
        if !self.intake.is_open() {
            return Err(closing());
        }
        let mut reservation = self.budget.reserve();
        let received = self.receive(headers, body, &mut reservation);
        let bytes = match timeout(BODY_TIMEOUT, received).await {
            Ok(received) => received?,
            // Its sender may try again, where 408 would make it give up.
            Err(_) => return Err(unavailable(format!("the body did not arrive in {} s", BODY_TIMEOUT.as_secs()))),
        };
        // While the body came in, it may have been closed: then nobody waits for it.
        let ticket = self.intake.enter().ok_or_else(closing)?;
        let permit = self.readers.clone().acquire_owned().await.map_err(|_| closing())?;
        let limit = self.body_bytes_max;
        let read = spawn_blocking(move || {
            let _permit = permit;
            read(bytes, compression, encoding, signal, limit, reservation)
        });
        let (requests, reservation) = read.await.map_err(|error| unavailable(error.to_string()))??;
        let counts = requests.counts();
        self.figures.count(|figures| figures.read += counts);
        let lacking = Lacking::of(&requests, signal);
        if requests.layout().records().len() == 0 {
            self.figures.count(|figures| figures.acknowledged += 1);
            return Ok(lacking.partial(signal, Refused::default()));
        }
        let done = ticket.submit(requests, reservation).await.map_err(|error| unavailable(error.to_string()))?;
        Ok(lacking.partial(signal, done.refused))
    }

    /// The body as it was sent.
    async fn receive(
        &self,
        headers: &HeaderMap,
        body: &mut BodyDataStream,
        reservation: &mut Reservation,
    ) -> Result<Vec<u8>, Refusal> {
        let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        let announced = announced.unwrap_or(0);
        if announced > self.body_bytes_max {
            return Err(too_large(self.body_bytes_max));
        }
        // All at once: who finds no room is told so before it has sent anything.
        reservation.grow(announced as u64)?;
        let (mut bytes, mut reserved) = (Vec::with_capacity(announced), announced);
        while let Some(piece) = body.next().await {
            let piece = piece.map_err(|error| Refusal::Bad(format!("the body broke off: {error}")))?;
            let length = bytes.len() + piece.len();
            if length > self.body_bytes_max {
                return Err(too_large(self.body_bytes_max));
            }
            if length > reserved {
                reservation.grow((length - reserved) as u64)?;
                reserved = length;
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}

/// Decompresses and reads a body. Blocks.
fn read(
    body: Vec<u8>,
    compression: Option<Compression>,
    encoding: Encoding,
    signal: Signal,
    limit: usize,
    mut reservation: Reservation,
) -> Result<(otlp::Batch, Reservation), Refusal> {
    let text = match compression {
        None => body,
        Some(compression) => {
            let text = inflate(compression, &body, limit).map_err(unreadable)?;
            reservation.grow(text.len().saturating_sub(body.len()) as u64)?;
            text
        }
    };
    let requests = read_body(&text, encoding, signal).map_err(unreadable)?;
    reservation.settle(requests.memory_bytes());
    Ok((requests, reservation))
}

fn unreadable(error: BodyError) -> Refusal {
    match error {
        BodyError::TooLong { limit } => too_large(limit),
        BodyError::OtherSignal { found, .. } => {
            let path = super::path_of(found);
            Refusal::Bad(format!("the body cannot be read: {error}; POST it to {path}"))
        }
        BodyError::Compressed { .. } | BodyError::Bad(_) | BodyError::Profiles => {
            Refusal::Bad(format!("the body cannot be read: {error}"))
        }
    }
}

fn too_large(limit: usize) -> Refusal {
    let limit = ByteSize(limit as u64);
    Refusal::TooLarge(format!(
        "the body has more than {limit} (decompressed), the most that is taken: send smaller batches"
    ))
}

fn unavailable(why: String) -> Refusal {
    Refusal::Unavailable(why)
}

fn closing() -> Refusal {
    unavailable("this receiver is ending: send it again later".to_owned())
}

/// Reads what is left of a body and forgets it.
async fn skip(mut body: BodyDataStream, bytes_max: usize) {
    let mut left = bytes_max;
    let rest = async {
        while let Some(Ok(piece)) = body.next().await
            && piece.len() <= left
        {
            left -= piece.len();
        }
    };
    // A sender that takes longer finds the connection closed.
    let _ = timeout(REST_TIMEOUT, rest).await;
}

/// How a body is written down, as its head says.
fn encoding_of(headers: &HeaderMap) -> Result<Encoding, Refusal> {
    let value = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let kind = value.as_deref().and_then(|value| value.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase());
    match kind.as_deref() {
        Some("application/x-protobuf") => Ok(Encoding::Protobuf),
        Some("application/json") => Ok(Encoding::Json),
        Some(_) | None => {
            let given = value.map_or_else(|| "there is none".to_owned(), |value| format!("it is {value:?}"));
            Err(Refusal::Unsupported(format!(
                "the Content-Type is to be application/x-protobuf or application/json; {given}"
            )))
        }
    }
}

/// How a body is compressed, as its head says.
fn compression_of(headers: &HeaderMap) -> Result<Option<Compression>, Refusal> {
    let mut values = headers.get_all(CONTENT_ENCODING).iter();
    let value = values.next().map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_ascii_lowercase());
    match (value.as_deref(), values.next()) {
        (None | Some("" | "identity"), None) => Ok(None),
        (Some("gzip" | "x-gzip"), None) => Ok(Some(Compression::Gzip)),
        (Some("zstd"), None) => Ok(Some(Compression::Zstd)),
        (Some(given), None) => {
            Err(Refusal::Unsupported(format!("the Content-Encoding is to be gzip, zstd or identity; it is {given:?}")))
        }
        (_, Some(_)) => Err(Refusal::Unsupported("there is more than one Content-Encoding".to_owned())),
    }
}

/// Records that are in no unit of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lacking {
    id: u64,
    time: u64,
    /// Metrics without a data point that could tell a time.
    empty: bool,
    unrecognised: bool,
}

impl Lacking {
    fn of(requests: &otlp::Batch, signal: Signal) -> Self {
        let counts = requests.counts();
        let in_units: u64 = requests.units().map(|unit| unit.records).sum();
        let all = match signal {
            Signal::Traces => counts.spans,
            Signal::Metrics => counts.data_points,
            Signal::Logs => counts.logs,
        };
        let time = all.saturating_sub(in_units).saturating_sub(counts.without_id);
        Self {
            id: counts.without_id,
            time,
            empty: time == 0 && counts.without_time > 0,
            unrecognised: counts.unrecognised > 0,
        }
    }

    fn partial(self, signal: Signal, refused: Refused) -> Partial {
        let Refused { too_old, too_new, other_signal } = refused;
        let unit = match signal {
            Signal::Traces => "spans",
            Signal::Metrics => "data points",
            Signal::Logs => "log records",
        };
        let mut reasons: Vec<String> = [
            (self.id, "have no valid trace id"),
            (self.time, "have no time"),
            (too_old, "lie beyond the retention"),
            (too_new, "lie more than an hour ahead of this receiver's clock"),
            (other_signal, "are of a signal that this cluster does not store"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {unit} {why}"))
        .collect();
        if self.empty {
            reasons.push("metrics without a data point are not kept".to_owned());
        }
        if self.unrecognised {
            reasons.push(format!("nothing in the request is known as {signal}"));
        }
        Partial { rejected: self.id + self.time + refused.records(), message: reasons.join("; ") }
    }
}

/// A body that nobody looks at.
pub(super) async fn refuse(refusal: Refusal, body: Body, bytes_max: usize) -> Response {
    skip(body.into_data_stream(), bytes_max).await;
    refusal.answer(Encoding::Json)
}
