//! What went wrong in a call, told apart by its cause.
//!
//! etcd's gRPC codes collide (`Unavailable` is a wrong authority as well as a missing leader), so causes are told apart by
//! the server's texts and by the chain of sources behind a local error.
//!
//! Invariant: [`Sent::Never`] is said only where the server cannot have taken the request, [`Sent::Answered`] only where
//! it has said no to it: all other requests may still be carried out, also long after the time-out.

use std::error::Error as _;

use etcd_client::Error;

use crate::ports::UnreachableCause as Cause;

/// What is known of a request that got no good answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// It never reached a server that could carry it out: it may be sent again, also to another member.
    Never,
    /// Nobody knows: a write may have been, or be yet, carried out.
    Perhaps,
    /// The store refused it: sending it again gives the same answer.
    Answered,
}

/// What the store refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The revision was compacted away.
    Compacted,
    /// The revision is not there yet.
    FutureRevision,
    /// The lease is gone.
    LeaseGone,
    /// The user may not do that.
    Denied,
    /// No space is left.
    OutOfSpace,
    /// A request or an answer is too large; in words.
    TooLarge(String),
    /// The request breaks a rule; in the server's words.
    Malformed(String),
}

/// Why a call gave no good answer.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// The store said no.
    Refused(Refusal),
    /// The member could not be used.
    Member {
        /// Why.
        cause: Cause,
        /// Why, in words.
        text: String,
        /// What became of the request.
        sent: Sent,
        /// Whether the same member may well answer a moment later.
        passing: bool,
    },
}

impl Fault {
    /// A member that cannot be used, found out before the request was sent.
    pub(super) fn unusable(cause: Cause, text: impl Into<String>) -> Self {
        Self::Member { cause, text: text.into(), sent: Sent::Never, passing: false }
    }

    /// No answer within a time.
    pub(super) fn silent(text: impl Into<String>, sent: Sent) -> Self {
        Self::Member { cause: Cause::Silent, text: text.into(), sent, passing: false }
    }

    /// What became of the request.
    pub(super) fn sent(&self) -> Sent {
        match self {
            Self::Refused(_) => Sent::Answered,
            Self::Member { sent, .. } => *sent,
        }
    }

    /// Whether the client should be made anew: its connection or its token is of no use any more.
    pub(super) fn spoils_client(&self) -> bool {
        match self {
            Self::Refused(_) => false,
            Self::Member { cause, .. } => *cause != Cause::NoLeader,
        }
    }

    /// Says of an error of the client what it means.
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::GRpcStatus(status) => {
                if status.source().is_some() {
                    return transport(status);
                }
                of_message(status.message(), status.code())
            }
            Error::TransportError(error) => transport(error),
            Error::LeaseKeepAliveError(text) if text.contains("not found") => Self::Refused(Refusal::LeaseGone),
            Error::InvalidArgs(_)
            | Error::InvalidUri(_)
            | Error::IoError(_)
            | Error::WatchError(_)
            | Error::Utf8Error(_)
            | Error::LeaseKeepAliveError(_)
            | Error::ElectError(_)
            | Error::InvalidMetadataValue(_)
            | Error::EndpointError(_)
            | Error::EndpointsNotManaged
            | Error::Internal(_) => broken(error.to_string()),
        }
    }
}

fn broken(text: String) -> Fault {
    Fault::Member { cause: Cause::Broken, text, sent: Sent::Perhaps, passing: true }
}

/// The refusals of the server, and its troubles, by their texts.
fn of_message(message: &str, code: tonic::Code) -> Fault {
    let has = |part: &str| message.contains(part);
    let refused = Fault::Refused;
    let member = |cause, sent, passing| Fault::Member { cause, text: message.to_owned(), sent, passing };
    if has("required revision has been compacted") {
        refused(Refusal::Compacted)
    } else if has("required revision is a future revision") {
        refused(Refusal::FutureRevision)
    } else if has("requested lease not found") {
        refused(Refusal::LeaseGone)
    } else if has("database space exceeded") {
        refused(Refusal::OutOfSpace)
    } else if has("permission denied") {
        refused(Refusal::Denied)
    } else if has("request is too large") {
        refused(Refusal::TooLarge("the request is larger than the store takes".to_owned()))
    } else if has("decoded message length too large") || has("message larger than max") {
        refused(Refusal::TooLarge("the answer is larger than this tool takes at once".to_owned()))
    } else if has("too many operations in txn") || has("duplicate key given") || has("key is not provided") {
        refused(Refusal::Malformed(message.trim_start_matches("etcdserver: ").to_owned()))
    } else if has("authentication failed") {
        member(Cause::LoginRefused, Sent::Never, false)
    } else if has("user name is empty") {
        member(Cause::LoginMissing, Sent::Never, false)
    } else if has("authentication is not enabled") {
        member(Cause::LoginUnknown, Sent::Never, false)
    } else if has("invalid auth token") || has("revision of auth store is old") {
        // A new client logs in anew.
        member(Cause::LoginRefused, Sent::Never, true)
    } else if has("no leader") || has("raft proposal dropped") || has("too many requests") {
        // Said before the request is proposed to the members.
        member(Cause::NoLeader, Sent::Never, true)
    } else if has("leader changed") || has("previous leader failure") {
        member(Cause::NoLeader, Sent::Perhaps, true)
    } else if has("request timed out") || has("Timeout expired") || has("connection lost") {
        member(Cause::Silent, Sent::Perhaps, true)
    } else if code == tonic::Code::Unimplemented || has("missing, mapped from HTTP status") || has("content-type") {
        member(Cause::NotAStore, Sent::Perhaps, false)
    } else {
        member(Cause::Other, Sent::Perhaps, true)
    }
}

/// An error that this side met, by the errors behind it.
fn transport(error: &(dyn std::error::Error + 'static)) -> Fault {
    let mut texts: Vec<String> = Vec::new();
    let mut connecting = false;
    let mut link = Some(error);
    while let Some(error) = link {
        connecting |= error.is::<tonic::ConnectError>();
        let text = error.to_string();
        if texts.last().is_none_or(|last| !last.ends_with(text.as_str())) {
            texts.push(text);
        }
        link = error.source();
    }
    let chain = texts.join(": ");
    let cause = of_chain(&chain);
    let sent = match cause {
        // The handshake never ended, or the server closed before it read a request.
        Cause::NoClientCertificate | Cause::ForeignClientCertificate => Sent::Never,
        Cause::Refused
        | Cause::NoRoute
        | Cause::UnknownHost
        | Cause::Silent
        | Cause::Broken
        | Cause::WrongAuthority
        | Cause::WrongHostName
        | Cause::CertificateTime
        | Cause::PlainPeer
        | Cause::TlsPeer
        | Cause::LoginRefused
        | Cause::LoginMissing
        | Cause::LoginUnknown
        | Cause::NotAStore
        | Cause::NoLeader
        | Cause::Busy
        | Cause::Other => {
            if connecting {
                Sent::Never
            } else {
                Sent::Perhaps
            }
        }
    };
    let text = last_words(&texts);
    Fault::Member { cause, text, sent, passing: cause == Cause::Broken && !connecting }
}

/// The end of the chain says most.
fn last_words(texts: &[String]) -> String {
    texts.last().cloned().unwrap_or_default()
}

fn of_chain(chain: &str) -> Cause {
    let has = |parts: &[&str]| parts.iter().any(|part| chain.contains(part));
    if has(&["CertificateRequired", "certificate required"]) {
        Cause::NoClientCertificate
    } else if has(&["received fatal alert"]) {
        Cause::ForeignClientCertificate
    } else if has(&["UnknownIssuer", "BadSignature", "CaUsedAsEndEntity"]) {
        Cause::WrongAuthority
    } else if has(&["not valid for name", "NotValidForName"]) {
        Cause::WrongHostName
    } else if has(&["certificate expired", "Expired", "NotValidYet", "not valid yet"]) {
        Cause::CertificateTime
    } else if has(&["InvalidContentType"]) {
        Cause::PlainPeer
    } else if has(&["HTTP/2 was not negotiated", "H2NotNegotiated"]) {
        Cause::NotAStore
    } else if has(&["Connection refused", "connection refused"]) {
        Cause::Refused
    } else if has(&["failed to lookup address", "dns error", "Name or service not known"]) {
        Cause::UnknownHost
    } else if has(&["unreachable", "No route"]) {
        Cause::NoRoute
    } else if has(&["timed out", "Timeout expired", "deadline has elapsed"]) {
        Cause::Silent
    } else {
        Cause::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_says(text: &str) -> Fault {
        Fault::of(&Error::GRpcStatus(tonic::Status::new(tonic::Code::Unknown, text)))
    }

    #[test]
    fn colliding_codes_are_told_apart_by_text() {
        for (text, refusal) in [
            ("etcdserver: mvcc: required revision has been compacted", Refusal::Compacted),
            ("etcdserver: mvcc: required revision is a future revision", Refusal::FutureRevision),
            ("etcdserver: mvcc: database space exceeded", Refusal::OutOfSpace),
            ("etcdserver: permission denied", Refusal::Denied),
            ("etcdserver: requested lease not found", Refusal::LeaseGone),
        ] {
            let fault = server_says(text);
            assert!(matches!(&fault, Fault::Refused(found) if *found == refusal), "{fault:?}");
            assert_eq!(fault.sent(), Sent::Answered);
        }
        for large in ["etcdserver: request is too large", "decoded message length too large: found 5 bytes"] {
            assert!(matches!(server_says(large), Fault::Refused(Refusal::TooLarge(_))), "{large}");
        }
    }

    /// What may have been applied is never called unsent.
    #[test]
    fn what_may_have_been_applied_is_so_called() {
        for (text, sent) in [
            ("etcdserver: no leader", Sent::Never),
            ("etcdserver: too many requests", Sent::Never),
            ("etcdserver: invalid auth token", Sent::Never),
            ("etcdserver: leader changed", Sent::Perhaps),
            ("etcdserver: request timed out", Sent::Perhaps),
            ("etcdserver: request timed out, possibly due to previous leader failure", Sent::Perhaps),
            ("etcdserver: request timed out, possibly due to connection lost", Sent::Perhaps),
            ("etcdserver: server stopped", Sent::Perhaps),
            ("anything new", Sent::Perhaps),
        ] {
            assert_eq!(server_says(text).sent(), sent, "{text}");
        }
    }
}
