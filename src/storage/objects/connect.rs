//! HTTP for the object store, on what is built for etcd anyway: hyper, and rustls with ring.
//!
//! `object_store`'s own client would bring a second TLS library, which needs a C build of several minutes.

use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as TcpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpResponseBody,
    HttpService,
};

/// How long a connection may take to come up.
const CONNECT_TIME: Duration = Duration::from_secs(5);
/// How long a request with its whole answer may take: at most 8 MiB go either way.
const REQUEST_TIME: Duration = Duration::from_secs(60);
/// Connections that nobody uses are closed before servers do that.
const IDLE_TIME: Duration = Duration::from_secs(15);

type HyperClient = Client<HttpsConnector<TcpConnector>, HttpRequestBody>;

/// Makes the client; one for each store.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    client: HyperClient,
}

impl Connector {
    /// A client that trusts the machine's certificate authorities.
    pub(super) fn new() -> std::io::Result<Self> {
        let mut tcp = TcpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT_TIME));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let provider = rustls::crypto::ring::default_provider();
        let tls = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider)?;
        let connector = tls.https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIME)
            .build(connector);
        Ok(Self { client })
    }
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// No answer in time.
#[derive(Debug, thiserror::Error)]
#[error("timed out after {} s", REQUEST_TIME.as_secs())]
struct TimedOut;

#[async_trait]
impl HttpService for Connector {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answer = async {
            let response = self.client.request(request).await.map_err(|error| {
                let kind = if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
                HttpError::new(kind, error)
            })?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.map_err(|e| HttpError::new(HttpErrorKind::Interrupted, e))?;
            Ok(HttpResponse::from_parts(parts, HttpResponseBody::from(body.to_bytes())))
        };
        match tokio::time::timeout(REQUEST_TIME, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(HttpError::new(HttpErrorKind::Timeout, TimedOut)),
        }
    }
}
