//! Errors of the command line: kind, hint and exit code of everything that can go wrong.

use crate::operations::OperationError;
use crate::operations::otlp_totals::TotalsError;
use crate::otlp::ReadError;
use crate::output::OutputError;
use crate::planner::LayoutError;
use crate::ports::StoreError;
use crate::routing::RouteError;

/// A command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// Wrong command line.
    #[error("{message}")]
    Usage { message: String, hint: Option<String> },
    /// Input that cannot be used.
    #[error("{message}")]
    Input { message: String, hint: Option<String> },
    /// The operator said no.
    #[error("declined; nothing was written")]
    Declined,
    /// An operation failed.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// Output failed.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// An OTLP input cannot be read.
    #[error("{name}: {source}")]
    Otlp { name: String, source: ReadError },
    /// The answer is whole but for values that cannot be read.
    #[error("{count} stored value(s) cannot be read; the first is {first}")]
    Corrupt { count: usize, first: String },
    /// The answer is whole but for partitions whose metadata is broken.
    #[error("the metadata of {count} partition(s) is broken, so nobody knows where they are; the first is {first}")]
    Unroutable { count: usize, first: String },
    /// The answer is whole, and an asked check does not hold.
    #[error("{message}")]
    DoesNotHold { message: String, hint: Option<String> },
    /// A plan no longer fits the cluster.
    #[error("{message}")]
    Stale { message: String, hint: Option<String> },
    /// It stopped with work left.
    #[error("{message}")]
    WorkLeft { message: String, hint: Option<String> },
    /// Another executor holds the lock.
    #[error("another executor is at work, {holder}; nothing was changed")]
    Locked { holder: String },
    /// A signal stopped it.
    #[error("stopped by signal {signal}: {message}")]
    Interrupted { signal: u8, message: String, hint: Option<String> },
    /// Data did not verify, or no good copy is left.
    #[error("{message}")]
    NotVerified { message: String, hint: Option<String> },
    /// Anything else, with its context.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

impl CliError {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: None }
    }

    pub(super) fn usage_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: Some(hint.into()) }
    }

    pub(super) fn input(message: impl Into<String>) -> Self {
        Self::Input { message: message.into(), hint: None }
    }

    pub(super) fn input_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Input { message: message.into(), hint: Some(hint.into()) }
    }

    /// Adds the name of an input to the error of its reading.
    pub(super) fn reading(name: &str, error: TotalsError) -> Self {
        match error {
            TotalsError::Read(source) => Self::Otlp { name: name.to_owned(), source },
            TotalsError::Operation(error) => Self::Operation(error),
        }
    }

    /// Gives the error of a reading the input's own name.
    pub(super) fn of_input(self, name: &str) -> Self {
        if let Self::Otlp { source, .. } = self { Self::Otlp { name: name.to_owned(), source } } else { self }
    }

    /// The reader of stdout has gone.
    pub(super) fn is_closed_output(&self) -> bool {
        matches!(self, Self::Output(OutputError::Closed))
    }

    /// One word for scripts.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Usage { .. } => "usage",
            Self::Input { .. } => "invalid_input",
            Self::Declined => "declined",
            Self::Output(OutputError::UnknownField { .. } | OutputError::Unfit(_)) => "usage",
            Self::Output(OutputError::Closed | OutputError::Io(_)) => "output",
            Self::Otlp { source, .. } => match source {
                ReadError::Profiles { .. } => "unsupported_signal",
                ReadError::NotOtlp(_) => "not_otlp",
                ReadError::TooLong { .. } => "too_large",
                ReadError::Input(_) | ReadError::Compressed { .. } => "input",
            },
            Self::Corrupt { .. } | Self::Unroutable { .. } => "corrupt_value",
            Self::DoesNotHold { .. } => "does_not_hold",
            Self::Stale { .. } => "stale",
            Self::WorkLeft { .. } => "work_left",
            Self::Locked { .. } => "locked",
            Self::Interrupted { .. } => "interrupted",
            Self::NotVerified { .. } => "not_verified",
            Self::Other(_) => "error",
            Self::Operation(error) => operation_kind(error),
        }
    }

    /// The exit code.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Output(OutputError::UnknownField { .. } | OutputError::Unfit(_)) => 2,
            Self::Operation(error) => operation_exit_code(error),
            Self::DoesNotHold { .. } => 3,
            Self::Stale { .. } | Self::Locked { .. } => 4,
            Self::WorkLeft { .. } => 5,
            Self::NotVerified { .. } => 7,
            Self::Interrupted { signal, .. } => 128 + signal,
            Self::Input { .. }
            | Self::Declined
            | Self::Output(OutputError::Closed | OutputError::Io(_))
            | Self::Otlp { .. }
            | Self::Corrupt { .. }
            | Self::Unroutable { .. }
            | Self::Other(_) => 1,
        }
    }

    /// What a script may want to know beside the kind: why a store was not reached, and whether a write is in doubt.
    pub(super) fn facts(&self) -> Vec<(&'static str, &'static str)> {
        let Self::Operation(error) = self else { return Vec::new() };
        let OperationError::Store(StoreError::Unreachable { cause, applied_unknown, .. }) = innermost(error) else {
            return Vec::new();
        };
        let doubt = applied_unknown.then_some(("applied", "unknown"));
        [("cause", cause.name())].into_iter().chain(doubt).collect()
    }

    /// What to do about it.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::Usage { hint, .. }
            | Self::Input { hint, .. }
            | Self::DoesNotHold { hint, .. }
            | Self::Stale { hint, .. }
            | Self::WorkLeft { hint, .. }
            | Self::Interrupted { hint, .. }
            | Self::NotVerified { hint, .. } => hint.clone(),
            Self::Locked { .. } => {
                Some("`otlp-part status` shows what it does; run the command again when it is through".to_owned())
            }
            Self::Operation(error) => operation_hint(error),
            Self::Corrupt { .. } | Self::Unroutable { .. } => {
                Some("`snapshot export` keeps every value as it is for a closer look".to_owned())
            }
            Self::Otlp { .. } | Self::Declined | Self::Output(_) | Self::Other(_) => None,
        }
    }
}

/// The error that stopped a change between its transactions.
fn innermost(error: &OperationError) -> &OperationError {
    if let OperationError::Partly { source, .. } = error { innermost(source) } else { error }
}

fn operation_exit_code(error: &OperationError) -> u8 {
    match error {
        OperationError::Conflict { .. } => 4,
        OperationError::Store(StoreError::Unreachable { .. }) => 6,
        // Work is left, but a conflict or a store out of reach says more.
        OperationError::Partly { source, .. } => match operation_exit_code(source) {
            1 => 5,
            code => code,
        },
        OperationError::Store(_)
        | OperationError::Empty { .. }
        | OperationError::Corrupt { .. }
        | OperationError::NotFound { .. }
        | OperationError::Exists { .. }
        | OperationError::Refused { .. }
        | OperationError::Reroute { .. }
        | OperationError::Invalid(_)
        | OperationError::Placement(_)
        | OperationError::Route(_)
        | OperationError::FanOut(_)
        | OperationError::Spec(_)
        | OperationError::PartitionId(_)
        | OperationError::Layout(_)
        | OperationError::Plan(_) => 1,
    }
}

fn operation_kind(error: &OperationError) -> &'static str {
    match error {
        OperationError::Store(error) => match error {
            StoreError::Missing { .. } => "not_found",
            StoreError::Exists { .. } => "exists",
            StoreError::NotAStore { .. } => "not_a_store",
            StoreError::NewerSchema { .. } => "newer_schema",
            StoreError::Damaged { .. } => "damaged",
            StoreError::Unreachable { .. } => "unreachable",
            StoreError::Compacted { .. } | StoreError::BeforeHistory { .. } => "compacted",
            StoreError::FutureRevision { .. } => "future_revision",
            StoreError::Denied { .. } => "permission_denied",
            StoreError::OutOfSpace { .. } => "out_of_space",
            StoreError::TooLarge { .. } => "too_large",
            StoreError::BadCredential { .. } => "bad_credential",
            StoreError::PlainPassword { .. } => "plain_password",
            StoreError::LeaseGone(_) => "lease_gone",
            StoreError::Unsupported { .. } => "unsupported",
            StoreError::Malformed(_) => "malformed",
            StoreError::Io { .. } => "io",
        },
        OperationError::Empty { .. } => "empty_store",
        OperationError::Corrupt { .. } | OperationError::Route(RouteError::Corrupt { .. }) => "corrupt_value",
        OperationError::NotFound { .. } => "not_found",
        OperationError::Exists { .. } => "exists",
        OperationError::Conflict { .. } => "conflict",
        OperationError::Partly { source, .. } => operation_kind(source),
        OperationError::Refused { .. } | OperationError::Reroute { .. } => "refused",
        OperationError::Invalid(_) | OperationError::Spec(_) | OperationError::PartitionId(_) => "invalid_input",
        OperationError::Placement(_) | OperationError::Layout(LayoutError::NoNodes) => "no_nodes",
        OperationError::Layout(_) | OperationError::Plan(_) => "not_plannable",
        OperationError::Route(_) | OperationError::FanOut(_) => "not_routable",
    }
}

fn operation_hint(error: &OperationError) -> Option<String> {
    let hint = match error {
        OperationError::Store(StoreError::Compacted { oldest, .. }) => {
            return Some(format!("what is kept begins with revision {oldest}: name that one or a later one"));
        }
        OperationError::Store(StoreError::Missing { .. }) => {
            "`otlp-part init --nodes …` makes a store, `otlp-part demo` one to try; `route --nodes …` needs none"
        }
        OperationError::Store(StoreError::Exists { .. }) => "name another path, or move the present one away",
        OperationError::Store(StoreError::NewerSchema { .. }) => "use the newer version of otlp-part that wrote it",
        OperationError::Store(StoreError::Damaged { .. }) => {
            "nothing was written; restore it from a `snapshot export` with `snapshot import`"
        }
        OperationError::Store(StoreError::Unreachable { applied_unknown: true, .. }) => {
            "the change may have happened or not: read again before you repeat it"
        }
        OperationError::Store(StoreError::Unreachable { cause, .. }) => {
            return super::mend::of(*cause).map(str::to_owned);
        }
        OperationError::Store(StoreError::BadCredential { mend, .. }) => return Some(mend.clone()),
        OperationError::Store(StoreError::PlainPassword { .. }) => {
            "use TLS (etcds://), or --insecure when the network between here and there is trusted"
        }
        OperationError::Store(StoreError::Denied { .. }) => {
            "`etcdctl role grant-permission ROLE readwrite --prefix PREFIX/` lets its role in; a read needs `read` alone"
        }
        OperationError::Store(StoreError::OutOfSpace { .. }) => {
            "`etcdctl compact`, `etcdctl defrag` and then `etcdctl alarm disarm` make room; --quota-backend-bytes raises the limit"
        }
        OperationError::Empty { .. } => "is it the right store and prefix? `otlp-part init` makes a new one",
        OperationError::Conflict { .. } => "look at the new value, then run the command again",
        OperationError::Partly { .. } => "what is written stays; the same command goes on with the rest",
        OperationError::Reroute { reroute, .. } => {
            return Some(format!(
                "record them with `otlp-part partition create --from now-{}d --to now`; --force does it all the same",
                reroute.days
            ));
        }
        OperationError::Refused { forceable: true, .. } => "--force does it all the same",
        OperationError::Corrupt { .. } | OperationError::Route(RouteError::Corrupt { .. }) => {
            "`snapshot export` keeps every value as it is for a closer look"
        }
        OperationError::FanOut(crate::routing::fan_out::FanOutError::TooLarge(_)) => "narrow the range",
        OperationError::Layout(error) => return super::mend::of_layout(error),
        OperationError::Plan(error) => return super::mend::of_plan(error),
        OperationError::Placement(crate::placement::PlacementError::NoNodes) => "add nodes with `otlp-part node add`",
        OperationError::Store(_)
        | OperationError::NotFound { .. }
        | OperationError::Exists { .. }
        | OperationError::Refused { forceable: false, .. }
        | OperationError::Invalid(_)
        | OperationError::Placement(_)
        | OperationError::Route(_)
        | OperationError::FanOut(_)
        | OperationError::Spec(_)
        | OperationError::PartitionId(_) => return None,
    };
    Some(hint.to_owned())
}
