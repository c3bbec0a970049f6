//! Connecting to one member: TLS, login, and one real read as the proof.
//!
//! Invariant: whatever is wrong with the endpoint, its certificates or the login is found out here, with its cause.

use std::time::Duration;

use etcd_client::{Channel, Client, ConnectOptions, Error, GetOptions};
use tokio::time::{Instant, timeout};
use tonic::transport;

use super::config::{Endpoint, EtcdConfig};
use super::fault::{Fault, Sent};
use super::peer;
use super::tls::TlsMaterial;
use crate::model::Revision;
use crate::ports::{StoreError, UnreachableCause as Cause};

/// How long to look at a peer that does not answer as a member does.
const LOOK: Duration = Duration::from_millis(700);
/// The streams of one connection share this much of what has been sent and not yet read.
const WINDOW_BYTES: u32 = 8 << 20;

/// How to connect to one member.
pub(super) struct Dialer {
    endpoint: Endpoint,
    transport: transport::Endpoint,
    uses_tls: bool,
    has_identity: bool,
    /// The key of the proof.
    probe: String,
}

impl Dialer {
    /// One for each member; checks the files of TLS, and that no password goes out in plain.
    pub(super) fn all(config: &EtcdConfig) -> Result<Vec<Self>, StoreError> {
        if let (None, Some(login), false) = (&config.tls, &config.login, config.insecure)
            && let Some(away) = config.endpoints.iter().find(|endpoint| !endpoint.is_loopback())
        {
            return Err(StoreError::PlainPassword { user: login.user.clone(), endpoint: away.to_string() });
        }
        let material = config.tls.as_ref().map(TlsMaterial::load).transpose()?;
        if config.endpoints.is_empty() {
            return Err(StoreError::Malformed("no endpoint is given".to_owned()));
        }
        config.endpoints.iter().map(|endpoint| Self::new(config, endpoint, material.as_ref())).collect()
    }

    fn new(config: &EtcdConfig, endpoint: &Endpoint, material: Option<&TlsMaterial>) -> Result<Self, StoreError> {
        let scheme = if material.is_some() { "https" } else { "http" };
        let unusable = |cause, error: transport::Error| StoreError::Unreachable {
            place: config.place(),
            cause,
            reason: format!("{endpoint}: {}", innermost(&error)),
            applied_unknown: false,
        };
        let mut transport = transport::Endpoint::from_shared(format!("{scheme}://{endpoint}"))
            .map_err(|error| unusable(Cause::Other, error))?
            .connect_timeout(config.dial_timeout)
            .initial_stream_window_size(WINDOW_BYTES)
            .initial_connection_window_size(WINDOW_BYTES)
            .tcp_nodelay(true);
        if let Some(material) = material {
            // Its files were checked, so it is the system's authorities that cannot be used.
            let no_authorities = |error| unusable(Cause::WrongAuthority, error);
            transport = transport.tls_config(material.options(endpoint)).map_err(no_authorities)?;
        }
        Ok(Self {
            endpoint: endpoint.clone(),
            transport,
            uses_tls: material.is_some(),
            has_identity: material.is_some_and(TlsMaterial::has_identity),
            probe: format!("{}/cluster", config.prefix),
        })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// What an error of this member's client means.
    pub(super) fn explain(&self, error: &Error) -> Fault {
        self.with_identity(Fault::of(error))
    }

    /// An alert after the handshake is about the client's certificate: wrong, or not there.
    fn with_identity(&self, fault: Fault) -> Fault {
        match fault {
            Fault::Member { cause: Cause::ForeignClientCertificate, text, sent, passing } if !self.has_identity => {
                Fault::Member { cause: Cause::NoClientCertificate, text, sent, passing }
            }
            Fault::Member { .. } | Fault::Refused(_) => fault,
        }
    }

    /// A client that was answered, and the revision that it was told.
    pub(super) async fn dial(&self, config: &EtcdConfig, until: Instant) -> Result<(Client, Revision), Fault> {
        let left = until.saturating_duration_since(Instant::now());
        // Some of the time is kept for a look at a peer that does not answer.
        let within = (config.dial_timeout.max(config.command_timeout)).min(left.saturating_sub(LOOK));
        let fault = match timeout(within, self.connect(config)).await {
            Ok(Ok(found)) => return Ok(found),
            Ok(Err(fault)) => fault,
            Err(_) => Fault::silent(format!("no answer in {} s", within.as_secs_f32()), Sent::Never),
        };
        Err(self.looked_at(fault).await)
    }

    async fn connect(&self, config: &EtcdConfig) -> Result<(Client, Revision), Fault> {
        let explain = |error: Error| self.explain(&error);
        let connect = timeout(config.dial_timeout, self.transport.connect()).await;
        let silent =
            |_| Fault::silent(format!("no connection in {} s", config.dial_timeout.as_secs_f32()), Sent::Never);
        let channel = connect.map_err(silent)?.map_err(|error| explain(error.into()))?;
        let mut options = ConnectOptions::new().with_require_leader(true);
        if let Some(login) = &config.login {
            options = options.with_user(&login.user, login.password.reveal()).with_auto_token_refresh(true);
        }
        let client = Client::from_channel(Channel::Tonic(channel), Some(options)).await.map_err(explain)?;
        let proof = GetOptions::new().with_keys_only();
        match client.kv_client().get(self.probe.as_str(), Some(proof)).await {
            Ok(answer) => {
                let revision = answer.header().map_or(0, etcd_client::ResponseHeader::revision);
                Ok((client, Revision(u64::try_from(revision).unwrap_or(0))))
            }
            Err(error) => match explain(error) {
                // It answered: the call itself will be told.
                Fault::Refused(_) => Ok((client, Revision::NONE)),
                fault @ Fault::Member { .. } => Err(fault),
            },
        }
    }

    /// A vague fault made clear by a look at the peer. Nothing but the dial has happened, so nothing was sent.
    async fn looked_at(&self, fault: Fault) -> Fault {
        let (cause, text, passing) = match fault {
            Fault::Member { cause, text, passing, .. } => (cause, text, passing),
            Fault::Refused(_) => return fault,
        };
        let vague = matches!(cause, Cause::Broken | Cause::Silent | Cause::Other | Cause::NotAStore);
        let seen = if vague { peer::look(&self.endpoint, self.uses_tls, LOOK).await } else { None };
        match seen {
            Some(seen) if seen != cause => Fault::unusable(seen, String::new()),
            Some(_) | None => Fault::Member { cause, text, sent: Sent::Never, passing },
        }
    }
}

fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut link = error;
    while let Some(source) = link.source() {
        link = source;
    }
    link.to_string()
}
