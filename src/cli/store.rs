//! Which store a command works on, and who said so.

use std::fmt;
use std::path::PathBuf;

use crate::metadata::etcd::Endpoint;
use crate::metadata::etcd::config::ENDPOINTS_MAX;
use crate::ports::Keys;
use crate::ports::keys::PREFIX_DEFAULT;

use super::Environment;
use super::error::CliError;
use super::settings::{Source, Sourced, fault, fault_in};

/// A store by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StoreAddress {
    /// The embedded store in a file.
    File(PathBuf),
    /// A snapshot in a file.
    Snapshot(PathBuf),
    /// A snapshot on standard input.
    SnapshotStdin,
    /// An etcd.
    Etcd(EtcdAddress),
}

/// The members of an etcd, and where the cluster lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EtcdAddress {
    /// At least one.
    pub(super) endpoints: Vec<Endpoint>,
    /// Who named them: the address, or `ETCDCTL_ENDPOINTS`.
    pub(super) endpoints_source: Source,
    /// Whether the connection is encrypted: said by the address, until the flags are looked at.
    pub(super) tls: bool,
    /// Whether the address itself says that the connection is plain: `http://` in `ETCDCTL_ENDPOINTS`.
    pub(super) plain: bool,
    /// The key prefix.
    pub(super) prefix: String,
}

impl EtcdAddress {
    /// Whether both may be the same cluster: under the same prefix of at least one common member.
    fn may_be(&self, other: &Self) -> bool {
        self.prefix == other.prefix && self.endpoints.iter().any(|endpoint| other.endpoints.contains(endpoint))
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Snapshot(path) => write!(f, "snapshot:{}", path.display()),
            Self::SnapshotStdin => f.write_str("snapshot:-"),
            Self::Etcd(EtcdAddress { endpoints, tls, prefix, .. }) => {
                let scheme = if *tls { "etcds" } else { "etcd" };
                let endpoints: Vec<String> = endpoints.iter().map(ToString::to_string).collect();
                write!(f, "{scheme}://{}{prefix}", endpoints.join(","))
            }
        }
    }
}

impl StoreAddress {
    /// Whether both may be the same store.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Etcd(one), Self::Etcd(other)) => one.may_be(other),
            (Self::File(one), Self::File(other)) => {
                let real = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
                real(one) == real(other)
            }
            (Self::File(_) | Self::Snapshot(_) | Self::SnapshotStdin | Self::Etcd(_), _) => false,
        }
    }
}

/// A store and where its setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoreChoice {
    pub(super) address: StoreAddress,
    /// Who named it.
    pub(super) source: Source,
    /// Further flags that name the same store: ` --store …`, or nothing where a further command takes the same anyway.
    pub(super) argument: String,
}

impl StoreChoice {
    /// What names the same store in a further command: ` --store …` if that was given here, else nothing.
    pub(super) fn argument(&self) -> String {
        self.argument.clone()
    }

    /// Whether the operator named it.
    pub(super) fn is_explicit(&self) -> bool {
        self.source != Source::Default
    }
}

impl fmt::Display for StoreChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.address, self.source)
    }
}

/// The default: a file in the user's data directory.
pub(super) fn default_address(environment: &Environment<'_>) -> Result<StoreAddress, CliError> {
    let data = environment.variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let data = data.or_else(|| environment.variable("HOME").map(|home| PathBuf::from(home).join(".local/share")));
    let data = data.ok_or_else(|| {
        CliError::usage_hint("no store is named and there is no home directory", "name one with --store file:PATH")
    })?;
    Ok(StoreAddress::File(data.join("otlp-part").join("cluster.db")))
}

const FORMS: &str = "use etcd://HOST:PORT,…[/PREFIX], file:PATH, or snapshot:PATH (`-` = stdin)";

/// Reads an address; `etcd:` without a host takes the endpoints from `ETCDCTL_ENDPOINTS`.
pub(super) fn parse_address(text: &Sourced<String>, environment: &Environment<'_>) -> Result<StoreAddress, CliError> {
    let Sourced { value, source } = text;
    let wrong = |reason: &str| fault_in(source, &shown(value), reason, FORMS);
    let path = |path: &str| PathBuf::from(path.strip_prefix("//").unwrap_or(path));
    match value.split_once(':') {
        Some(("file" | "snapshot", "")) => Err(wrong("the path is missing")),
        Some(("file", rest)) => Ok(StoreAddress::File(path(rest))),
        Some(("snapshot", "-")) => Ok(StoreAddress::SnapshotStdin),
        Some(("snapshot", rest)) => Ok(StoreAddress::Snapshot(path(rest))),
        Some((scheme @ ("etcd" | "etcds"), rest)) => {
            Ok(StoreAddress::Etcd(etcd_address(text, scheme == "etcds", rest, environment)?))
        }
        Some(_) | None => Err(wrong("not a store address")),
    }
}

/// The address as an error may show it: what stands before an `@` may be a password.
fn shown(text: &str) -> String {
    let Some((_, after)) = text.rsplit_once('@') else { return text.to_owned() };
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let scheme = scheme.filter(|scheme| scheme.bytes().all(|b| b.is_ascii_lowercase()));
    scheme.map_or_else(|| format!("…@{after}"), |scheme| format!("{scheme}://…@{after}"))
}

fn etcd_address(
    text: &Sourced<String>,
    tls: bool,
    rest: &str,
    environment: &Environment<'_>,
) -> Result<EtcdAddress, CliError> {
    let Sourced { value, source } = text;
    let wrong = |reason: &str, hint: &str| fault_in(source, &shown(value), reason, hint);
    refuse_login(source, value)?;
    let (hosts, prefix) = match rest.strip_prefix("//") {
        Some(rest) => match rest.split_once('/') {
            Some((hosts, prefix)) => (Some(hosts), prefix),
            None => (Some(rest), ""),
        },
        None => (None, rest),
    };
    let endpoints = match hosts {
        Some(hosts) => hosts.split(',').map(|host| parse_endpoint(source, host)).collect::<Result<Vec<_>, _>>()?,
        None => Vec::new(),
    };
    let prefix = match (hosts, prefix) {
        (_, "") => PREFIX_DEFAULT.to_owned(),
        (Some(_), prefix) => format!("/{prefix}"),
        (None, prefix) => prefix.to_owned(),
    };
    if hosts.is_none() && !prefix.starts_with('/') {
        return Err(wrong("the // before the hosts is missing", FORMS));
    }
    if prefix.contains(['?', '#']) {
        return Err(wrong("a key prefix holds no ? and no #", "TLS, login and time-outs are flags, such as --cacert"));
    }
    Keys::new(&prefix).map_err(|e| wrong(&e.to_string(), FORMS))?;
    if hosts.is_none() {
        let named = environment.variable("ETCDCTL_ENDPOINTS");
        let named = named.ok_or_else(|| {
            wrong("no host is named, and ETCDCTL_ENDPOINTS is not set", "name the hosts: etcd://HOST:PORT,HOST:PORT")
        })?;
        return etcdctl_address(named, tls, prefix);
    }
    let endpoints = distinct(source, endpoints)?;
    Ok(EtcdAddress { endpoints, endpoints_source: source.clone(), tls, plain: false, prefix })
}

/// A user and password in an address would show in process lists, histories and our own messages.
fn refuse_login(source: &Source, text: &str) -> Result<(), CliError> {
    if text.contains('@') {
        let hint = "name the user with --user, and its password with --password-file";
        return Err(fault_in(source, &shown(text), "a user does not stand in the address", hint));
    }
    Ok(())
}

fn parse_endpoint(source: &Source, text: &str) -> Result<Endpoint, CliError> {
    let hint = "an endpoint is HOST:PORT, such as etcd-1:2379, 10.0.0.7:2379 or [::1]:2379; commas divide several";
    text.parse().map_err(|e| fault(source, &format!("endpoint {text:?}: {e}"), hint))
}

fn distinct(source: &Source, endpoints: Vec<Endpoint>) -> Result<Vec<Endpoint>, CliError> {
    let mut kept: Vec<Endpoint> = Vec::new();
    for endpoint in endpoints {
        if !kept.contains(&endpoint) {
            kept.push(endpoint);
        }
    }
    if kept.len() > ENDPOINTS_MAX {
        let message = format!("{} endpoints, the most is {ENDPOINTS_MAX}", kept.len());
        return Err(fault(source, &message, "name some of the members; each can answer"));
    }
    Ok(kept)
}

/// `ETCDCTL_ENDPOINTS`: each may begin with `http://` or `https://`, which decides about TLS.
fn etcdctl_address(text: &str, tls: bool, prefix: String) -> Result<EtcdAddress, CliError> {
    let source = Source::Variable("ETCDCTL_ENDPOINTS".to_owned());
    refuse_login(&source, text)?;
    let (mut endpoints, mut plain, mut encrypted) = (Vec::new(), false, false);
    for part in text.split(',').map(str::trim) {
        let host = match part.split_once("://") {
            Some(("http", host)) => {
                plain = true;
                host.strip_suffix('/').unwrap_or(host)
            }
            Some(("https", host)) => {
                encrypted = true;
                host.strip_suffix('/').unwrap_or(host)
            }
            Some((_, _)) => {
                let message = format!("endpoint {part:?}: only http:// and https:// are known");
                return Err(fault(&source, &message, "name the members as HOST:PORT"));
            }
            None => part,
        };
        endpoints.push(parse_endpoint(&source, host)?);
    }
    if plain && (encrypted || tls) {
        let message = "some endpoints are plain (http://) and some are encrypted";
        return Err(fault(&source, message, "let all of them be https://, and the address etcds:"));
    }
    let endpoints = distinct(&source, endpoints)?;
    Ok(EtcdAddress { endpoints, endpoints_source: source, tls: tls || encrypted, plain, prefix })
}
