//! A wire to an etcd that can be cut: what is sent waits, or every connection breaks.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::watch;

use super::front::{Front, target};

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
    front: Front,
    wire: watch::Sender<Wire>,
    felt: Arc<AtomicUsize>,
}

/// What a connection knows of its wire.
#[derive(Clone)]
struct Seen {
    wire: watch::Receiver<Wire>,
    /// Connections that broke, and bytes that were held up, each time.
    felt: Arc<AtomicUsize>,
}

impl Seen {
    /// Waits while the wire is silent.
    async fn passes(&mut self) {
        if *self.wire.borrow() == Wire::Silent {
            self.felt.fetch_add(1, Ordering::Relaxed);
        }
        let _ = self.wire.wait_for(|wire| *wire != Wire::Silent).await;
    }

    /// Waits until the wire breaks.
    async fn breaks(&mut self) {
        let _ = self.wire.wait_for(|wire| *wire == Wire::Broken).await;
        self.felt.fetch_add(1, Ordering::Relaxed);
    }
}

impl Cuttable {
    /// Starts a wire to `http://127.0.0.1:PORT`.
    pub fn start(endpoint: &str) -> Self {
        let (target, felt) = (target(endpoint), Arc::new(AtomicUsize::new(0)));
        let (wire, state) = watch::channel(Wire::Whole);
        let seen = Seen { wire: state, felt: felt.clone() };
        let front = Front::start(move |socket| connection(socket, target, seen.clone()));
        Self { front, wire, felt }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.front.address()
    }

    /// Makes the wire so for a while; says whether that broke a connection or held anything up.
    pub fn cut(&self, wire: Wire, time: Duration) -> bool {
        self.felt.store(0, Ordering::Relaxed);
        self.wire.send_replace(wire);
        std::thread::sleep(time);
        self.wire.send_replace(Wire::Whole);
        self.felt.load(Ordering::Relaxed) > 0
    }
}

/// One connection until it ends or is broken.
async fn connection(near: TcpStream, target: SocketAddr, mut seen: Seen) {
    let mut passing = seen.clone();
    let relayed = async {
        // A connection that is made into silence stays unanswered.
        passing.passes().await;
        let Ok(far) = TcpStream::connect(target).await else { return };
        let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
        tokio::join!(pass(from_near, to_far, passing.clone()), pass(from_far, to_near, passing));
    };
    tokio::select! {
        () = relayed => {}
        () = seen.breaks() => {}
    }
}

/// Passes on what comes, unless the wire is silent.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut seen: Seen) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let Ok(length @ 1..) = from.read(&mut buffer).await else { return };
        seen.passes().await;
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
