//! Certificates made for one test: an authority, the servers', the clients', and some that fit nothing.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType,
};

/// Files of certificates and keys in PEM, in a directory of the test.
pub struct Certificates {
    pub ca: PathBuf,
    pub server_cert: PathBuf,
    pub server_key: PathBuf,
    /// For the user `root`.
    pub client_cert: PathBuf,
    pub client_key: PathBuf,
    /// Of another authority.
    pub foreign_ca: PathBuf,
    pub foreign_cert: PathBuf,
    pub foreign_key: PathBuf,
}

fn authority(name: &str) -> (Issuer<'static, KeyPair>, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    (Issuer::new(params, key), pem)
}

fn leaf(issuer: &Issuer<'static, KeyPair>, name: Option<&str>, names: &[SanType]) -> (String, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.subject_alt_names = names.to_vec();
    params.distinguished_name = rcgen::DistinguishedName::new();
    if let Some(name) = name {
        params.distinguished_name.push(DnType::CommonName, name);
    }
    // etcd's gateway uses the server's certificate as a client.
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, issuer).unwrap().pem(), key.serialize_pem())
}

impl Certificates {
    /// Makes all of them. `host` is what the servers' certificate is for: an address.
    pub fn make(directory: &Path, host: &str) -> Self {
        let write = |name: &str, text: String| {
            let path = directory.join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let (issuer, ca) = authority("the test's authority");
        let names = [SanType::IpAddress(host.parse().unwrap())];
        let (server_cert, server_key) = leaf(&issuer, None, &names);
        let (client_cert, client_key) = leaf(&issuer, Some("root"), &[]);
        let (foreign, foreign_ca) = authority("somebody else");
        let (foreign_cert, foreign_key) = leaf(&foreign, Some("root"), &[]);
        Self {
            ca: write("ca.pem", ca),
            server_cert: write("server.pem", server_cert),
            server_key: write("server.key", server_key),
            client_cert: write("client.pem", client_cert),
            client_key: write("client.key", client_key),
            foreign_ca: write("foreign-ca.pem", foreign_ca),
            foreign_cert: write("foreign.pem", foreign_cert),
            foreign_key: write("foreign.key", foreign_key),
        }
    }
}
