//! A look at a peer that did not answer as a member does: is it there, and does it speak TLS?
//!
//! Invariant: it sends nothing that etcd could take for a request.

use std::io::ErrorKind;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::config::Endpoint;
use crate::ports::UnreachableCause as Cause;

/// The start of HTTP/2 without TLS, with empty settings.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";
/// A TLS record with a handshake message that does not exist: whoever speaks TLS sends an alert.
const TLS_NONSENSE: &[u8] = b"\x16\x03\x01\x00\x04\xff\x00\x00\x00";
/// The record types of a TLS alert and a handshake.
const TLS_RECORDS: [u8; 2] = [0x15, 0x16];
/// The type of an HTTP/2 frame lies behind its length; this one is the settings'.
const HTTP2_SETTINGS: (usize, u8) = (3, 4);

/// What is wrong with a peer, seen from outside; `None` if nothing can be said.
pub(super) async fn look(endpoint: &Endpoint, we_use_tls: bool, within: Duration) -> Option<Cause> {
    let connect = TcpStream::connect((endpoint.host(), endpoint.port()));
    let mut stream = match timeout(within, connect).await {
        Err(_) => return Some(Cause::Silent),
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            let kind = error.kind();
            let no_route = [ErrorKind::HostUnreachable, ErrorKind::NetworkUnreachable].contains(&kind);
            let refused = (kind == ErrorKind::ConnectionRefused).then_some(Cause::Refused);
            return refused.or(no_route.then_some(Cause::NoRoute));
        }
    };
    let opening = if we_use_tls { HTTP2_PREFACE } else { TLS_NONSENSE };
    let mut reply = [0_u8; 9];
    let exchange = async {
        stream.write_all(opening).await?;
        stream.read(&mut reply).await
    };
    match timeout(within, exchange).await {
        Err(_) => Some(Cause::Silent),
        Ok(Err(_)) => None,
        Ok(Ok(_)) if we_use_tls => {
            let plain = reply[HTTP2_SETTINGS.0] == HTTP2_SETTINGS.1 || reply.starts_with(b"HTTP/");
            plain.then_some(Cause::PlainPeer)
        }
        Ok(Ok(_)) => TLS_RECORDS.contains(&reply[0]).then_some(Cause::TlsPeer),
    }
}
