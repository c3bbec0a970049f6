//! What an operator can do when a store cannot be reached, by its cause; and when a cluster cannot be planned on.

use crate::planner::{LayoutError, PlanError};
use crate::ports::UnreachableCause;

/// The hint for a cause; `None` where nothing can be said.
pub(super) fn of(cause: UnreachableCause) -> Option<&'static str> {
    use UnreachableCause as Cause;
    Some(match cause {
        Cause::Refused => "is etcd running there, and is the port right?",
        Cause::NoRoute => "check the address, the network and the firewall between here and there",
        Cause::UnknownHost => "check the spelling of the host, or name it by its address",
        Cause::Silent => {
            "the peer may be frozen, overloaded or no etcd; look at it, name a further endpoint, or give it more \
                 time with --command-timeout"
        }
        Cause::Broken => "the member may have just stopped; the same command tries again",
        Cause::WrongAuthority => "name the authority that signed the server's certificate with --cacert",
        Cause::WrongHostName => "use one of the names or addresses that the server's certificate is for",
        Cause::CertificateTime => "renew the server's certificate, or set this machine's clock",
        Cause::PlainPeer => "leave out TLS: etcd:// instead of etcds://, and no --cacert, --cert, --key",
        Cause::TlsPeer => "use TLS: etcds://, with --cacert when the authority is your own",
        Cause::NoClientCertificate => "give the client's certificate with --cert and --key",
        Cause::ForeignClientCertificate => {
            "use a client certificate, with --cert and --key, that the server's authority has signed and that is \
                 still valid"
        }
        Cause::LoginRefused => "check --user and --password",
        Cause::LoginMissing => "name a user with --user, or a client certificate with --cert and --key",
        Cause::LoginUnknown => "leave out --user: this etcd has authentication switched off",
        Cause::NotAStore => "this is the port of another service: etcd's clients use 2379",
        Cause::NoLeader => "most members must be running and able to reach each other; start those that are not",
        Cause::Busy => "wait until the other process is done, then try again",
        Cause::Other => return None,
    })
}

/// The hint for a cluster that is no layout.
pub(super) fn of_layout(error: &LayoutError) -> Option<String> {
    Some(match error {
        LayoutError::NoNodes => "add nodes with `otlp-part node add`".to_owned(),
        LayoutError::TooLarge(id, _) => format!("`otlp-part partition set {id} --size SIZE` corrects the record"),
        LayoutError::TooManyReplicas(id, _) => {
            format!("`otlp-part partition set {id} --nodes NODE,...` corrects the record")
        }
        LayoutError::ReplicationFactor(_) => {
            "`otlp-part cluster set replication_factor=3` corrects the spec".to_owned()
        }
        LayoutError::ForeignLeader(id)
        | LayoutError::Order(id)
        | LayoutError::DuplicateReplica { partition: id, .. } => {
            format!("look at the record with `otlp-part partition get {id}`")
        }
        LayoutError::TooManyNodes(_) | LayoutError::TooManyPartitions(_) | LayoutError::DuplicateNode(_) => {
            return None;
        }
    })
}

/// The hint for what cannot be planned.
pub(super) fn of_plan(error: &PlanError) -> Option<String> {
    Some(match error {
        PlanError::TooFewNodes { .. } => {
            "`otlp-part node add` adds nodes, `node activate` ends a drain, `cluster set replication_factor=N` asks for fewer \
             copies"
                .to_owned()
        }
        PlanError::LargerThanNodes { partition, .. } => format!(
            "`otlp-part partition set {partition} --size SIZE` corrects its record, `node set NODE --capacity SIZE` a node"
        ),
        PlanError::NoCapacity(_) => {
            "`otlp-part node add` adds nodes, `node set NODE --capacity SIZE` corrects one; --relieve and --move still plan a part"
                .to_owned()
        }
        PlanError::Held { partition, .. }
        | PlanError::NotAHolder { partition, .. }
        | PlanError::AlreadyAHolder { partition, .. }
        | PlanError::ZoneRule { partition, .. }
        | PlanError::NoSource(partition) => format!("look at it with `otlp-part partition get {partition}`"),
        PlanError::NodeUnusable { node, .. } | PlanError::NoRoom { node, .. } => {
            format!("look at it with `otlp-part node get {node}`")
        }
        PlanError::UnknownPartition(_) => return None,
    })
}
