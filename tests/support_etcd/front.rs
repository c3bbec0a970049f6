//! What listens in front of an etcd, and does with each connection what it is told.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// It ends with the value.
pub struct Front {
    address: SocketAddr,
    runtime: Option<Runtime>,
}

impl Drop for Front {
    fn drop(&mut self) {
        // Without waiting, so that it may be dropped inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Front {
    /// Listens, on a thread of its own.
    pub fn start<C>(connection: impl Fn(TcpStream) -> C + Send + 'static) -> Self
    where
        C: Future<Output = ()> + Send + 'static,
    {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(connection(socket));
            }
        });
        Self { address, runtime: Some(runtime) }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.address.to_string()
    }
}

/// The address of an endpoint, `http://127.0.0.1:PORT`.
pub fn target(endpoint: &str) -> SocketAddr {
    endpoint.strip_prefix("http://").unwrap_or(endpoint).parse().unwrap()
}
