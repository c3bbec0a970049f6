//! How to reach an etcd: endpoints, TLS, login, time-outs.
//!
//! Invariant: an [`Endpoint`] that parses names a host and a port that can be dialled as they are written; etcd's client
//! would take `127.0.0.1:99999` for port 80.

use std::fmt;
use std::net::{Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// The port of etcd's clients.
pub const PORT_DEFAULT: u16 = 2379;
/// The most endpoints of one cluster.
pub const ENDPOINTS_MAX: usize = 64;

/// `host:port`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// A DNS name, an IPv4 address, or an IPv6 address without its brackets.
    host: String,
    port: u16,
}

/// A text that is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Nothing there.
    #[error("the host is missing")]
    NoHost,
    /// Not a DNS name or address.
    #[error("{0:?} is neither a host name nor an address")]
    Host(String),
    /// Not a port.
    #[error("port {0:?} is not a number from 1 to 65535")]
    Port(String),
}

impl Endpoint {
    /// The host, an IPv6 address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it is on this machine, so that a password does not leave it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    }

    /// The addresses that the host name stands for; asks the resolver.
    ///
    /// # Errors
    /// The name cannot be resolved.
    pub fn resolve(&self) -> std::io::Result<Vec<SocketAddr>> {
        (self.host.as_str(), self.port).to_socket_addrs().map(Iterator::collect)
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, rest) = rest.split_once(']').ok_or_else(|| EndpointError::Host(text.to_owned()))?;
                let wrong = || EndpointError::Host(text.to_owned());
                host.parse::<Ipv6Addr>().map_err(|_| wrong())?;
                let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':').ok_or_else(wrong)?) };
                (host, port)
            }
            None => match text.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        if host.is_empty() {
            return Err(EndpointError::NoHost);
        }
        let is_name = host.len() <= 253
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                    && !label.starts_with('-')
            });
        // A name that is all digits and dots must be an address: 1.2.3 is a typing error.
        let digits = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let is_address = host.parse::<std::net::IpAddr>().is_ok();
        if !is_address && (!is_name || digits) {
            return Err(EndpointError::Host(host.to_owned()));
        }
        let wrong_port = |port: &str| EndpointError::Port(port.to_owned());
        let port = match port {
            None => PORT_DEFAULT,
            Some(port) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
                port.parse().ok().filter(|port| *port > 0).ok_or_else(|| wrong_port(port))?
            }
            Some(port) => return Err(wrong_port(port)),
        };
        Ok(Self { host: host.to_owned(), port })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// A text that no print shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for the one place that sends it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A user and its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// Its password.
    pub password: Secret,
}

/// The files of TLS, all in PEM.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificates of the authorities that sign the servers'; `None` = those of the system.
    pub ca: Option<PathBuf>,
    /// The client's certificate, with its chain.
    pub cert: Option<PathBuf>,
    /// The key of the client's certificate, not encrypted.
    pub key: Option<PathBuf>,
}

/// Everything that a connection needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EtcdConfig {
    /// The members, at least one; the first that answers is used.
    pub endpoints: Vec<Endpoint>,
    /// `None` = plain.
    pub tls: Option<TlsFiles>,
    /// `None` = no login by password; a client certificate may be one.
    pub login: Option<Login>,
    /// How long connecting to one member may take.
    pub dial_timeout: Duration,
    /// How long one call may take.
    pub command_timeout: Duration,
    /// The key prefix, such as `/otlp`.
    pub prefix: String,
    /// Send the password over a plain connection that leaves this machine.
    pub insecure: bool,
}

impl EtcdConfig {
    /// etcdctl waits 2 s for a connection; a TLS handshake over a slow line takes longer.
    pub const DIAL_TIMEOUT_DEFAULT: Duration = Duration::from_secs(3);
    /// As measured: a frozen member is told from a slow one after 8 s.
    pub const COMMAND_TIMEOUT_DEFAULT: Duration = Duration::from_secs(8);

    /// How operators name the store: `etcd://host:port,host:port/prefix`, `etcds` with TLS.
    #[must_use]
    pub fn place(&self) -> String {
        let scheme = if self.tls.is_some() { "etcds" } else { "etcd" };
        let endpoints: Vec<String> = self.endpoints.iter().map(ToString::to_string).collect();
        format!("{scheme}://{}{}", endpoints.join(","), self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_read_strictly() {
        for (text, shown) in [
            ("127.0.0.1:2379", "127.0.0.1:2379"),
            ("etcd-0.etcd.svc", "etcd-0.etcd.svc:2379"),
            ("[::1]:1", "[::1]:1"),
            ("[fe80::2]", "[fe80::2]:2379"),
            ("localhost:65535", "localhost:65535"),
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().to_string(), shown);
        }
        for bad in [
            "",
            ":2379",
            "host:",
            "host:0",
            "host:99999",
            "host:-1",
            "host:+1",
            "host: 1",
            "ho st",
            "host:1:2",
            "::1",
            "[::1",
            "[::1]x",
            "[host]:1",
            "user@host",
            "host/path",
            "1.2.3",
            "256.1.1.1",
            "a..b",
            "-a",
            "host:1\n",
        ] {
            assert!(bad.parse::<Endpoint>().is_err(), "{bad:?}");
        }
        assert!("127.0.0.1".parse::<Endpoint>().unwrap().is_loopback());
        assert!(!"10.0.0.1".parse::<Endpoint>().unwrap().is_loopback());
    }

    #[test]
    fn no_print_shows_a_password() {
        let config = EtcdConfig {
            endpoints: vec!["h".parse().unwrap()],
            tls: None,
            login: Some(Login { user: "op".into(), password: Secret::new("hunter2".into()) }),
            dial_timeout: EtcdConfig::DIAL_TIMEOUT_DEFAULT,
            command_timeout: EtcdConfig::COMMAND_TIMEOUT_DEFAULT,
            prefix: "/otlp".into(),
            insecure: false,
        };
        assert!(!format!("{config:?} {}", config.place()).contains("hunter2"));
        assert_eq!(config.place(), "etcd://h:2379/otlp");
    }
}
