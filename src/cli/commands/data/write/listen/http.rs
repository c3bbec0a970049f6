//! The HTTP server: connections in bounded number, none of which can stand still for ever.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::answer::Refusal;
use super::export::{Door, refuse};
use crate::model::Signal;

/// Connections at the same time; more wait until one ends. Each takes a file descriptor, of which most systems give a process
/// 1024, and segments need some too.
const CONNECTIONS_MAX: usize = 512;
/// How long a connection may be without a whole head of a request, also between two requests: longer than the minute
/// that SDKs let pass between two exports of metrics.
const HEAD_TIMEOUT: Duration = Duration::from_secs(150);
/// How long answers may take to leave at the end.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// After an accept that failed, for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What is answered where.
pub(super) fn router(door: Arc<Door>) -> Router {
    let export = |signal: Signal| {
        let (door, other) = (door.clone(), door.clone());
        post(move |request: Request| async move { door.export(signal, request).await })
            .fallback(move |request: Request| method(other, request))
    };
    let (health, lost) = (door.clone(), door.clone());
    let mut router = Router::new()
        .route("/healthz", get(move || async move { healthy(&health) }))
        .fallback(move |request: Request| not_found(lost, request));
    for signal in [Signal::Traces, Signal::Metrics, Signal::Logs] {
        router = router.route(super::path_of(signal), export(signal));
    }
    router
}

fn healthy(door: &Door) -> Response {
    let (status, text) =
        if door.intake.is_open() { (StatusCode::OK, "ok\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "ending\n") };
    (status, [(CONTENT_TYPE, "text/plain")], text).into_response()
}

async fn method(door: Arc<Door>, request: Request) -> Response {
    refuse(Refusal::Method { allow: "POST" }, request.into_body(), door.body_bytes_max).await
}

async fn not_found(door: Arc<Door>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let message = format!(
        "nothing is at {path:?}; telemetry goes to /v1/traces, /v1/metrics and /v1/logs, /healthz tells whether"
    );
    refuse(Refusal::NotFound(format!("{message} it is taken")), request.into_body(), door.body_bytes_max).await
}

/// Serves connections until `closing` ends, from then on no new ones; and ends once `drained` has and the answers are out.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    closing: impl Future<Output = ()>,
    drained: impl Future<Output = ()>,
) {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    tokio::pin!(closing);
    loop {
        let accepted = async {
            // It is never closed.
            let permit = room.clone().acquire_owned().await.ok();
            listener.accept().await.map(|(stream, _)| (permit, stream))
        };
        let (permit, stream) = tokio::select! {
            accepted = accepted => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            },
            () = &mut closing => break,
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // One that breaks is its client's concern.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    drained.await;
    let _ = timeout(LAST_ANSWERS, graceful.shutdown()).await;
}
