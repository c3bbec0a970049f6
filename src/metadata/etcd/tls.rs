//! The files of TLS, looked at before anything is connected: the TLS library's own words name neither file nor mend.
//!
//! Never: the contents of a key in an error.

use std::fs;
use std::path::Path;

use etcd_client::{Certificate, Identity, TlsOptions};

use super::config::{Endpoint, TlsFiles};
use crate::ports::StoreError;

/// Larger files are no certificates.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// What the files hold, checked.
#[derive(Clone)]
pub(super) struct TlsMaterial {
    ca: Option<Vec<u8>>,
    identity: Option<(Vec<u8>, Vec<u8>)>,
}

impl TlsMaterial {
    /// Reads and checks the files.
    pub(super) fn load(files: &TlsFiles) -> Result<Self, StoreError> {
        let ca = files.ca.as_deref().map(|path| certificates(path, "--cacert")).transpose()?;
        let identity = match (&files.cert, &files.key) {
            (None, None) => None,
            (Some(cert), Some(key)) => {
                let pair = (certificates(cert, "--cert")?, private_key(key)?);
                check_pair(&pair, cert, key)?;
                Some(pair)
            }
            (Some(cert), None) => {
                return Err(bad(cert, "a client certificate without its key", "give its key with --key"));
            }
            (None, Some(key)) => {
                return Err(bad(key, "a client's key without its certificate", "give its certificate with --cert"));
            }
        };
        Ok(Self { ca, identity })
    }

    /// Whether there is a client certificate.
    pub(super) fn has_identity(&self) -> bool {
        self.identity.is_some()
    }

    /// The client's options for one member.
    pub(super) fn options(&self, endpoint: &Endpoint) -> TlsOptions {
        let mut options = TlsOptions::new().domain_name(endpoint.host());
        options = match &self.ca {
            Some(ca) => options.ca_certificate(Certificate::from_pem(ca)),
            None => options.with_native_roots(),
        };
        if let Some((cert, key)) = &self.identity {
            options = options.identity(Identity::from_pem(cert, key));
        }
        options
    }
}

fn bad(path: &Path, reason: impl Into<String>, mend: impl Into<String>) -> StoreError {
    StoreError::BadCredential { file: path.display().to_string(), reason: reason.into(), mend: mend.into() }
}

fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let refused = |error: std::io::Error| {
        let mend = if error.kind() == std::io::ErrorKind::NotFound {
            "check the path"
        } else if error.kind() == std::io::ErrorKind::PermissionDenied {
            "let this user read it, or run as one who may"
        } else {
            "name a file in PEM"
        };
        bad(path, format!("it cannot be read: {error}"), mend)
    };
    let size = fs::metadata(path).map_err(refused)?.len();
    if size > FILE_BYTES_MAX {
        return Err(bad(path, format!("{size} bytes are too many for certificates"), "name a file in PEM"));
    }
    fs::read(path).map_err(refused)
}

/// The labels of the PEM sections in a text: `-----BEGIN CERTIFICATE-----`.
fn labels(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let label = |line: &str| Some(line.trim().strip_prefix("-----BEGIN ")?.strip_suffix("-----")?.to_owned());
    text.lines().filter_map(label).collect()
}

fn certificates(path: &Path, flag: &str) -> Result<Vec<u8>, StoreError> {
    let text = read(path)?;
    let labels = labels(&text);
    let is_certificate = |label: &String| label == "CERTIFICATE";
    if labels.iter().any(is_certificate) {
        let probe = TlsOptions::new().domain_name("localhost").ca_certificate(Certificate::from_pem(&text));
        return match accepted(probe) {
            Ok(()) => Ok(text),
            Err(reason) => {
                Err(bad(path, format!("a certificate in it is damaged: {reason}"), "copy the file again, whole"))
            }
        };
    }
    if labels.iter().any(|label| label.ends_with("PRIVATE KEY")) {
        let mend = if flag == "--cert" { "are --cert and --key swapped?" } else { "name the certificate, not the key" };
        return Err(bad(path, "it holds a private key, but no certificate", mend));
    }
    Err(bad(path, "no certificate is in it", "name a PEM file with a section \"-----BEGIN CERTIFICATE-----\""))
}

fn private_key(path: &Path) -> Result<Vec<u8>, StoreError> {
    let text = read(path)?;
    let labels = labels(&text);
    let encrypted = labels.iter().any(|label| label == "ENCRYPTED PRIVATE KEY")
        || String::from_utf8_lossy(&text)
            .lines()
            .any(|line| line.starts_with("Proc-Type:") && line.contains("ENCRYPTED"));
    if encrypted {
        let mend = format!("`openssl pkey -in {} -out key.pem` writes it without its passphrase", path.display());
        return Err(bad(path, "the key is encrypted, and nobody can be asked for its passphrase", mend));
    }
    if labels.iter().any(|label| ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"].contains(&label.as_str())) {
        return Ok(text);
    }
    if labels.iter().any(|label| label == "CERTIFICATE") {
        return Err(bad(path, "it holds a certificate, but no private key", "are --cert and --key swapped?"));
    }
    Err(bad(path, "no private key is in it", "name a PEM file with a section \"-----BEGIN PRIVATE KEY-----\""))
}

/// Whether the key fits its certificate.
fn check_pair(pair: &(Vec<u8>, Vec<u8>), cert: &Path, key: &Path) -> Result<(), StoreError> {
    let probe = TlsOptions::new().domain_name("localhost").identity(Identity::from_pem(&pair.0, &pair.1));
    accepted(probe).map_err(|reason| {
        let belongs = "--cert and --key must belong together";
        if reason.contains("KeyMismatch") || reason.contains("keys may not be consistent") {
            bad(key, format!("the key does not belong to the certificate {}", cert.display()), belongs)
        } else {
            bad(key, format!("the key or its certificate {} cannot be used: {reason}", cert.display()), belongs)
        }
    })
}

/// Whether the TLS library takes options.
fn accepted(options: TlsOptions) -> Result<(), String> {
    let endpoint = tonic::transport::Endpoint::from_static("https://localhost");
    endpoint.tls_config(options).map(drop).map_err(|error| {
        let mut last = error.to_string();
        let mut link = std::error::Error::source(&error);
        while let Some(source) = link {
            last = source.to_string();
            link = source.source();
        }
        last
    })
}
