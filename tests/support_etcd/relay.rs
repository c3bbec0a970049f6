//! A relay in front of an etcd that harms calls: it loses requests, loses replies, or hands a request on too late.
//!
//! It speaks HTTP/2 and looks at nothing but the path of a call, so what is behind it is the real server, and the program
//! before it is the program as it is built.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use h2::server::SendResponse;
use h2::{Reason, RecvStream, SendStream};
use http::{Request, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never reaches the server; the connection breaks.
    LostRequest,
    /// The server answers, and the connection breaks before the answer arrives.
    LostReply,
    /// The connection breaks, and the server gets the call only then, so much later.
    LateRequest(Duration),
    /// It never reaches the server, and nobody says so.
    Silence,
}

/// Which call is harmed, and how.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How the path of the call ends: `/Txn`, `/Range`, `` for any.
    pub path_end: &'static str,
    /// Which of those calls, from 1.
    pub number: usize,
    /// What happens to it.
    pub fault: Fault,
}

#[derive(Default)]
struct State {
    plan: Option<Plan>,
    seen: usize,
    hit: bool,
    paths: Vec<String>,
}

/// The running relay; it ends with the value.
pub struct Relay {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        // Without waiting, so that it may be dropped inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Relay {
    /// Starts a relay to `http://127.0.0.1:PORT`.
    pub fn start(endpoint: &str) -> Self {
        let target: SocketAddr = endpoint.strip_prefix("http://").unwrap_or(endpoint).parse().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = state.clone();
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(connection(socket, target, shared.clone()));
            }
        });
        Self { address, state, runtime: Some(runtime) }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Plans what is harmed next; `None` = nothing.
    pub fn plan(&self, plan: Option<Plan>) {
        *self.state.lock().unwrap() = State { plan, ..State::default() };
    }

    /// Whether the planned call came and was harmed.
    pub fn hit(&self) -> bool {
        self.state.lock().unwrap().hit
    }

    /// The paths of the calls since the last plan.
    pub fn paths(&self) -> Vec<String> {
        self.state.lock().unwrap().paths.clone()
    }
}

impl State {
    fn judge(&mut self, path: &str) -> Option<Fault> {
        self.paths.push(path.to_owned());
        let plan = self.plan.as_ref().filter(|plan| path.ends_with(plan.path_end))?;
        self.seen += 1;
        let fault = (self.seen == plan.number).then_some(plan.fault);
        self.hit |= fault.is_some();
        fault
    }
}

/// Relays one connection until it ends or is broken.
async fn connection(socket: TcpStream, target: SocketAddr, state: Arc<Mutex<State>>) {
    let Ok(upstream) = TcpStream::connect(target).await else { return };
    let (Ok(mut incoming), Ok((sender, outgoing))) =
        (h2::server::handshake(socket).await, h2::client::handshake(upstream).await)
    else {
        return;
    };
    tokio::spawn(outgoing);
    let broken = Arc::new(Notify::new());
    loop {
        tokio::select! {
            () = broken.notified() => return,
            call = incoming.accept() => match call {
                Some(Ok((request, reply))) => {
                    let fault = state.lock().unwrap().judge(request.uri().path());
                    tokio::spawn(relay(request, reply, sender.clone(), fault, broken.clone()));
                }
                Some(Err(_)) | None => return,
            },
        }
    }
}

async fn relay(
    request: Request<RecvStream>,
    mut reply: SendResponse<Bytes>,
    sender: SendRequest<Bytes>,
    fault: Option<Fault>,
    broken: Arc<Notify>,
) {
    match fault {
        None => {
            if pass(request, &mut reply, sender).await.is_err() {
                reply.send_reset(Reason::INTERNAL_ERROR);
            }
        }
        Some(Fault::Silence) => std::future::pending().await,
        Some(Fault::LostRequest) => broken.notify_one(),
        Some(Fault::LostReply) => {
            if let Ok((head, body)) = whole(request).await {
                let _ = answered(head, body, sender).await;
            }
            broken.notify_one();
        }
        Some(Fault::LateRequest(delay)) => {
            let whole = whole(request).await;
            broken.notify_one();
            tokio::time::sleep(delay).await;
            if let Ok((head, body)) = whole {
                let _ = answered(head, body, sender).await;
            }
        }
    }
}

/// Hands a call on and its answer back, both as they come.
async fn pass(
    request: Request<RecvStream>,
    reply: &mut SendResponse<Bytes>,
    sender: SendRequest<Bytes>,
) -> Result<(), h2::Error> {
    let (head, body) = request.into_parts();
    let (response, outgoing) = sender.ready().await?.send_request(Request::from_parts(head, ()), false)?;
    let upload = tokio::spawn(copy(body, outgoing));
    let (head, body) = response.await?.into_parts();
    let ends = body.is_end_stream();
    let back = reply.send_response(Response::from_parts(head, ()), ends)?;
    if !ends {
        copy(body, back).await?;
    }
    upload.abort();
    Ok(())
}

async fn copy(mut from: RecvStream, mut to: SendStream<Bytes>) -> Result<(), h2::Error> {
    while let Some(chunk) = from.data().await {
        let chunk = chunk?;
        from.flow_control().release_capacity(chunk.len())?;
        to.send_data(chunk, false)?;
    }
    match from.trailers().await? {
        Some(trailers) => to.send_trailers(trailers),
        None => to.send_data(Bytes::new(), true),
    }
}

/// A call with all of its body.
async fn whole(request: Request<RecvStream>) -> Result<(http::request::Parts, Vec<Bytes>), h2::Error> {
    let (head, mut body) = request.into_parts();
    let mut chunks = Vec::new();
    while let Some(chunk) = body.data().await {
        let chunk = chunk?;
        body.flow_control().release_capacity(chunk.len())?;
        chunks.push(chunk);
    }
    Ok((head, chunks))
}

/// Makes a call and waits for the end of its answer.
async fn answered(head: http::request::Parts, chunks: Vec<Bytes>, sender: SendRequest<Bytes>) -> Result<(), h2::Error> {
    let (response, mut outgoing) = sender.ready().await?.send_request(Request::from_parts(head, ()), false)?;
    for chunk in chunks {
        outgoing.send_data(chunk, false)?;
    }
    outgoing.send_data(Bytes::new(), true)?;
    let mut body = response.await?.into_body();
    while let Some(chunk) = body.data().await {
        let chunk = chunk?;
        body.flow_control().release_capacity(chunk.len())?;
    }
    Ok(())
}
