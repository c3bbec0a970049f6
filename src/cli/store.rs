//! Which store a command works on, and who said so.

use std::fmt;
use std::path::PathBuf;

use super::Environment;
use super::error::CliError;

/// A store by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StoreAddress {
    /// The embedded store in a file.
    File(PathBuf),
    /// A snapshot in a file.
    Snapshot(PathBuf),
    /// A snapshot on standard input.
    SnapshotStdin,
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Snapshot(path) => write!(f, "snapshot:{}", path.display()),
            Self::SnapshotStdin => f.write_str("snapshot:-"),
        }
    }
}

/// A store and where its setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoreChoice {
    pub(super) address: StoreAddress,
    /// "--store", "OTLP_PART_STORE" or "default".
    pub(super) source: &'static str,
}

impl StoreChoice {
    /// Flag, then environment, then the default file.
    pub(super) fn resolve(flag: Option<&str>, environment: &Environment<'_>) -> Result<Self, CliError> {
        if let Some(text) = flag {
            return Ok(Self { address: parse_address("--store", text)?, source: "--store" });
        }
        if let Some(text) = environment.variable("OTLP_PART_STORE") {
            return Ok(Self { address: parse_address("OTLP_PART_STORE", text)?, source: "OTLP_PART_STORE" });
        }
        let data = environment.variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let data = data.or_else(|| environment.variable("HOME").map(|home| PathBuf::from(home).join(".local/share")));
        let data = data.ok_or_else(|| {
            CliError::usage_hint("no store is named and there is no home directory", "name one with --store file:PATH")
        })?;
        Ok(Self { address: StoreAddress::File(data.join("otlp-part").join("cluster.db")), source: "default" })
    }

    /// What names the same store in a further command: ` --store …` if that was given here, else nothing.
    pub(super) fn argument(&self) -> String {
        if self.source == "--store" { format!(" --store {}", self.address) } else { String::new() }
    }

    /// Whether the operator named it.
    pub(super) fn is_explicit(&self) -> bool {
        self.source != "default"
    }
}

impl fmt::Display for StoreChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.address, self.source)
    }
}

fn parse_address(source: &str, text: &str) -> Result<StoreAddress, CliError> {
    let wrong = |reason: &str| {
        CliError::usage_hint(format!("{source} {text:?}: {reason}"), "use file:PATH, or snapshot:PATH (`-` = stdin)")
    };
    match text.split_once(':') {
        Some(("file" | "snapshot", "")) => Err(wrong("the path is missing")),
        Some(("file", path)) => Ok(StoreAddress::File(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
        Some(("snapshot", "-")) => Ok(StoreAddress::SnapshotStdin),
        Some(("snapshot", path)) => Ok(StoreAddress::Snapshot(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
        Some(("etcd" | "etcds", _)) => {
            Err(wrong("this version works on the embedded store and on snapshots, not on etcd"))
        }
        Some(_) | None => Err(wrong("not a store address")),
    }
}
