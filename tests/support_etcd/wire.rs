//! A wire to an etcd that can be cut: what is sent waits, or every connection breaks.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::net::{SocketAddr, TcpListener as Listener};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How a wire is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Everything passes.
    Whole,
    /// Nothing passes, and nobody says so; it arrives when the wire is whole again.
    Silent,
    /// Connections break, also new ones.
    Broken,
}

/// The running wire; it ends with the value.
pub struct Cuttable {
    address: SocketAddr,
    wire: watch::Sender<Wire>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Cuttable {
    fn drop(&mut self) {
        // Without waiting, so that it may be dropped inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Cuttable {
    /// Starts a wire to `127.0.0.1:PORT`.
    pub fn start(target: &str) -> Self {
        let target: SocketAddr = target.parse().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = Listener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (wire, state) = watch::channel(Wire::Whole);
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(connection(socket, target, state.clone()));
            }
        });
        Self { address, wire, runtime: Some(runtime) }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Makes the wire so for a while.
    pub fn cut(&self, wire: Wire, time: Duration) {
        self.wire.send_replace(wire);
        std::thread::sleep(time);
        self.wire.send_replace(Wire::Whole);
    }
}

/// One connection until it ends or is broken.
async fn connection(near: TcpStream, target: SocketAddr, mut state: watch::Receiver<Wire>) {
    let mut seen = state.clone();
    let relayed = async {
        // A connection that is made into silence stays unanswered.
        let _ = seen.wait_for(|wire| *wire != Wire::Silent).await;
        let Ok(far) = TcpStream::connect(target).await else { return };
        let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
        tokio::join!(pass(from_near, to_far, seen.clone()), pass(from_far, to_near, seen));
    };
    tokio::select! {
        () = relayed => {}
        _ = state.wait_for(|wire| *wire == Wire::Broken) => {}
    }
}

/// Passes on what comes, unless the wire is silent.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut state: watch::Receiver<Wire>) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let Ok(length @ 1..) = from.read(&mut buffer).await else { return };
        let _ = state.wait_for(|wire| *wire != Wire::Silent).await;
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
