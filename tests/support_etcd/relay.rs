//! A relay in front of an etcd that harms calls: it loses requests, loses replies, hands a request on too late, or holds one while
//! something happens to the server.
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
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::front::{Front, target};

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
    /// It waits for [`Relay::release`], and then goes its way.
    Held,
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
    refusals: Vec<String>,
}

/// The running relay; it ends with the value.
pub struct Relay {
    front: Front,
    state: Arc<Mutex<State>>,
    held: Arc<Notify>,
    cut: Arc<Notify>,
}

impl Relay {
    /// Starts a relay to `http://127.0.0.1:PORT`.
    pub fn start(endpoint: &str) -> Self {
        let target = target(endpoint);
        let state: Arc<Mutex<State>> = Arc::default();
        let (held, cut) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let shared = Shared { state: state.clone(), held: held.clone(), cut: cut.clone() };
        let front = Front::start(move |socket| connection(socket, target, shared.clone()));
        Self { front, state, held, cut }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.front.address()
    }

    /// Plans what is harmed next; `None` = nothing.
    pub fn plan(&self, plan: Option<Plan>) {
        *self.state.lock().unwrap() = State { plan, ..State::default() };
    }

    /// Lets the call go that is held.
    pub fn release(&self) {
        self.held.notify_one();
    }

    /// Breaks all connections that are open.
    pub fn cut(&self) {
        self.cut.notify_waiters();
    }

    /// Whether the planned call came and was harmed.
    pub fn hit(&self) -> bool {
        self.state.lock().unwrap().hit
    }

    /// What the server said since the last plan where it refused a call.
    pub fn refusals(&self) -> Vec<String> {
        self.state.lock().unwrap().refusals.clone()
    }

    /// The paths of the calls since the last plan.
    pub fn paths(&self) -> Vec<String> {
        self.state.lock().unwrap().paths.clone()
    }
}

impl State {
    /// Takes note of what a server says instead of an answer.
    fn note(&mut self, headers: &http::HeaderMap) {
        let said = headers.get("grpc-message").and_then(|said| said.to_str().ok()).filter(|said| !said.is_empty());
        self.refusals.extend(said.map(|said| said.replace("%20", " ")));
    }

    fn judge(&mut self, path: &str) -> Option<Fault> {
        self.paths.push(path.to_owned());
        let plan = self.plan.as_ref().filter(|plan| path.ends_with(plan.path_end))?;
        self.seen += 1;
        let fault = (self.seen == plan.number).then_some(plan.fault);
        self.hit |= fault.is_some();
        fault
    }
}

/// What all connections share.
#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<State>>,
    held: Arc<Notify>,
    cut: Arc<Notify>,
}

/// Relays one connection until it ends or is broken.
async fn connection(socket: TcpStream, target: SocketAddr, shared: Shared) {
    // From now on: a cut while it is being opened counts.
    let is_cut = shared.cut.notified();
    tokio::pin!(is_cut);
    is_cut.as_mut().enable();
    let Ok(upstream) = TcpStream::connect(target).await else { return };
    // Small frames are not kept back for the acknowledgement of those before them: 40 ms a call.
    if socket.set_nodelay(true).is_err() || upstream.set_nodelay(true).is_err() {
        return;
    }
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
            () = &mut is_cut => return,
            call = incoming.accept() => match call {
                Some(Ok((request, reply))) => {
                    let fault = shared.state.lock().unwrap().judge(request.uri().path());
                    tokio::spawn(relay(request, reply, sender.clone(), fault, (broken.clone(), shared.clone())));
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
    (broken, shared): (Arc<Notify>, Shared),
) {
    match fault {
        None | Some(Fault::Held) => {
            if fault.is_some() {
                shared.held.notified().await;
            }
            if pass(request, &mut reply, sender, &shared.state).await.is_err() {
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
    state: &Mutex<State>,
) -> Result<(), h2::Error> {
    let (head, body) = request.into_parts();
    let (response, outgoing) = sender.ready().await?.send_request(Request::from_parts(head, ()), false)?;
    let upload = tokio::spawn(async move { copy(body, outgoing, None).await });
    let (head, body) = response.await?.into_parts();
    state.lock().unwrap().note(&head.headers);
    let ends = body.is_end_stream();
    let back = reply.send_response(Response::from_parts(head, ()), ends)?;
    if !ends {
        copy(body, back, Some(state)).await?;
    }
    upload.abort();
    Ok(())
}

async fn copy(mut from: RecvStream, mut to: SendStream<Bytes>, state: Option<&Mutex<State>>) -> Result<(), h2::Error> {
    while let Some(chunk) = from.data().await {
        let chunk = chunk?;
        from.flow_control().release_capacity(chunk.len())?;
        to.send_data(chunk, false)?;
    }
    match from.trailers().await? {
        Some(trailers) => {
            if let Some(state) = state {
                state.lock().unwrap().note(&trailers);
            }
            to.send_trailers(trailers)
        }
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
