//! Why a store could not be reached, told apart by what mends it.

use std::fmt;

/// Why a store, or a member of it, could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreachableCause {
    /// Nobody listens there.
    Refused,
    /// The network has no way there.
    NoRoute,
    /// The host's name is not known.
    UnknownHost,
    /// No answer in time.
    Silent,
    /// The connection broke.
    Broken,
    /// The server's certificate is signed by none of the authorities that we trust.
    WrongAuthority,
    /// The server's certificate is for other names.
    WrongHostName,
    /// The server's certificate is not valid at this time.
    CertificateTime,
    /// The peer speaks without TLS, we with it.
    PlainPeer,
    /// The peer speaks TLS, we do not.
    TlsPeer,
    /// The server wants a client certificate, and we have none.
    NoClientCertificate,
    /// The server does not accept our client certificate.
    ForeignClientCertificate,
    /// User or password are wrong.
    LoginRefused,
    /// The store wants a user, and none is given.
    LoginMissing,
    /// A user is given, and the store knows no users.
    LoginUnknown,
    /// The peer is something else than this kind of store.
    NotAStore,
    /// The members have no leader, so nothing can be read or written.
    NoLeader,
    /// Another process uses the store, for too long.
    Busy,
    /// None of these.
    Other,
}

impl UnreachableCause {
    /// One word for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::NoRoute => "no_route",
            Self::UnknownHost => "unknown_host",
            Self::Silent => "silent",
            Self::Broken => "broken",
            Self::WrongAuthority => "wrong_authority",
            Self::WrongHostName => "wrong_host_name",
            Self::CertificateTime => "certificate_time",
            Self::PlainPeer => "plain_peer",
            Self::TlsPeer => "tls_peer",
            Self::NoClientCertificate => "no_client_certificate",
            Self::ForeignClientCertificate => "foreign_client_certificate",
            Self::LoginRefused => "login_refused",
            Self::LoginMissing => "login_missing",
            Self::LoginUnknown => "login_unknown",
            Self::NotAStore => "not_a_store",
            Self::NoLeader => "no_leader",
            Self::Busy => "busy",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for UnreachableCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "connection refused",
            Self::NoRoute => "no route to the host",
            Self::UnknownHost => "the host's name is not known",
            Self::Silent => "no answer in time",
            Self::Broken => "the connection broke",
            Self::WrongAuthority => "the server's certificate is signed by no authority that is trusted here",
            Self::WrongHostName => "the server's certificate is for another host name",
            Self::CertificateTime => "the server's certificate has expired or is not valid yet",
            Self::PlainPeer => "the server speaks without TLS",
            Self::TlsPeer => "the server speaks TLS",
            Self::NoClientCertificate => "the server wants a client certificate",
            Self::ForeignClientCertificate => "the server does not accept this client certificate",
            Self::LoginRefused => "the user or the password is wrong",
            Self::LoginMissing => "the store wants a user",
            Self::LoginUnknown => "a user is given, but the store has no users",
            Self::NotAStore => "the peer is no etcd",
            Self::NoLeader => "the members have no leader",
            Self::Busy => "another process uses it",
            Self::Other => "it cannot be used",
        })
    }
}
