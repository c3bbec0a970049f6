//! What can be wrong with an endpoint, its TLS and the login: each is answered in time, with its cause named.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support_etcd;

use std::future::Future;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use otlp_part::metadata::etcd::{Endpoint, Login, Secret, TlsFiles};
use otlp_part::metadata::{EtcdConfig, EtcdReader, EtcdStore};
use otlp_part::ports::metadata::{KeyRange, Op, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError, UnreachableCause as Cause};
use support_etcd::lab::{Lab, LabOptions, closed_port};

/// Every answer comes within this time.
const IN_TIME: Duration = Duration::from_secs(10);

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Takes connections and never says a word.
fn silent_peer() -> (TcpListener, Endpoint) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("127.0.0.1:{}", listener.local_addr().unwrap().port()).parse().unwrap();
    (listener, endpoint)
}

/// Why a connection fails.
async fn fault(config: EtcdConfig) -> StoreError {
    let (place, started) = (config.place(), tokio::time::Instant::now());
    let answer = EtcdReader::connect(config).await;
    assert!(started.elapsed() < IN_TIME, "{place}: {:?}", started.elapsed());
    match answer {
        Ok(_) => panic!("{place} was reached"),
        Err(error) => error,
    }
}

#[track_caller]
fn assert_cause(error: &StoreError, wanted: Cause) {
    let StoreError::Unreachable { cause, applied_unknown: false, .. } = error else { panic!("{wanted:?}: {error:?}") };
    assert_eq!(*cause, wanted, "{error:?}");
}

fn at(lab: &Lab, endpoint: Endpoint) -> EtcdConfig {
    EtcdConfig { endpoints: vec![endpoint], ..lab.config("/otlp") }
}

/// With a shorter patience than the defaults.
fn quick(lab: &Lab) -> EtcdConfig {
    EtcdConfig { command_timeout: Duration::from_secs(2), dial_timeout: Duration::from_secs(2), ..lab.config("/otlp") }
}

async fn plain() -> Lab {
    Lab::start(LabOptions::default()).await
}

async fn with_tls(client_certificates: bool) -> Lab {
    Lab::start(LabOptions { tls: true, client_certificates, ..LabOptions::default() }).await
}

#[test]
fn nobody_listens_or_nobody_speaks() {
    run(async {
        let lab = plain().await;
        let refused: Endpoint = format!("127.0.0.1:{}", closed_port()).parse().unwrap();
        assert_cause(&fault(at(&lab, refused.clone())).await, Cause::Refused);
        let (_listener, silent) = silent_peer();
        assert_cause(&fault(at(&lab, silent.clone())).await, Cause::Silent);
        let tls = EtcdConfig { tls: Some(TlsFiles::default()), ..at(&lab, silent.clone()) };
        let tls =
            EtcdConfig { tls: Some(TlsFiles { ca: Some(lab.certificates.ca.clone()), ..TlsFiles::default() }), ..tls };
        assert_cause(&fault(tls).await, Cause::Silent);
        let unknown = at(&lab, "no-such-host.invalid".parse().unwrap());
        assert_cause(&fault(unknown).await, Cause::UnknownHost);

        // Each of several is named with its own cause, and none keeps the others from being asked.
        let endpoints = vec![silent.clone(), refused.clone()];
        let StoreError::Unreachable { reason, .. } = fault(EtcdConfig { endpoints, ..lab.config("/otlp") }).await
        else {
            panic!("unreachable")
        };
        assert!(reason.contains(&format!("{refused}: connection refused")), "{reason}");
        assert!(reason.contains(&format!("{silent}: no answer in time")), "{reason}");
        let many: Vec<Endpoint> = std::iter::repeat_n(silent.clone(), 40).collect();
        assert_cause(&fault(EtcdConfig { endpoints: many, ..quick(&lab) }).await, Cause::Silent);
        let started = tokio::time::Instant::now();
        let endpoints = vec![silent, refused, lab.endpoint(0)];
        EtcdReader::connect(EtcdConfig { endpoints, ..lab.config("/otlp") }).await.unwrap();
        assert!(started.elapsed() < Duration::from_secs(3), "a silent member costs {:?}", started.elapsed());
    });
}

#[test]
fn a_short_time_out_is_kept() {
    run(async {
        let lab = plain().await;
        let (_listener, silent) = silent_peer();
        let short = Duration::from_millis(300);
        let started = tokio::time::Instant::now();
        let config = EtcdConfig { dial_timeout: short, command_timeout: short, ..at(&lab, silent) };
        assert_cause(&fault(config).await, Cause::Silent);
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    });
}

#[test]
fn with_and_without_tls() {
    run(async {
        let (plain, tls) = (plain().await, with_tls(false).await);
        let https_to_plain = EtcdConfig { tls: tls.config("/otlp").tls, ..plain.config("/otlp") };
        assert_cause(&fault(https_to_plain).await, Cause::PlainPeer);
        let http_to_tls = EtcdConfig { tls: None, ..tls.config("/otlp") };
        assert_cause(&fault(http_to_tls).await, Cause::TlsPeer);
        EtcdReader::connect(tls.config("/otlp")).await.unwrap();
    });
}

#[test]
fn the_servers_certificate() {
    run(async {
        let lab = with_tls(false).await;
        let ca = |ca: &Path| Some(TlsFiles { ca: Some(ca.to_owned()), ..TlsFiles::default() });
        let wrong_ca = EtcdConfig { tls: ca(&lab.certificates.foreign_ca), ..lab.config("/otlp") };
        assert_cause(&fault(wrong_ca).await, Cause::WrongAuthority);
        // The system's authorities know nothing of ours, or there are none.
        let system = EtcdConfig { tls: Some(TlsFiles::default()), ..lab.config("/otlp") };
        let error = fault(system).await;
        assert!(
            matches!(error, StoreError::Unreachable { cause: Cause::WrongAuthority | Cause::Other, .. }),
            "{error:?}"
        );
        // The certificate is for 127.0.0.1, not for this name of it.
        let name = format!("localhost:{}", lab.endpoint(0).port()).parse().unwrap();
        assert_cause(&fault(at(&lab, name)).await, Cause::WrongHostName);
    });
}

#[test]
fn the_clients_certificate() {
    run(async {
        let lab = with_tls(true).await;
        let files = |cert: Option<&PathBuf>, key: Option<&PathBuf>| {
            let (cert, key) = (cert.cloned(), key.cloned());
            let tls = Some(TlsFiles { ca: Some(lab.certificates.ca.clone()), cert, key });
            EtcdConfig { tls, ..lab.config("/otlp") }
        };
        let own = &lab.certificates;
        EtcdReader::connect(files(Some(&own.client_cert), Some(&own.client_key))).await.unwrap();
        assert_cause(&fault(files(None, None)).await, Cause::NoClientCertificate);
        let foreign = files(Some(&own.foreign_cert), Some(&own.foreign_key));
        assert_cause(&fault(foreign).await, Cause::ForeignClientCertificate);

        // What is wrong with a file is told before anything is connected.
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = directory.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let encrypted =
            write("pkcs8.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
        let old_encrypted = write(
            "old.key",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIB\n-----END RSA PRIVATE KEY-----\n",
        );
        let garbage = write("garbage", "nothing\n");
        let damaged = write("damaged.pem", "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n");
        let missing = directory.path().join("missing");
        let cert = &own.client_cert;
        for (config, file, reason) in [
            (files(Some(cert), Some(&encrypted)), &encrypted, "encrypted"),
            (files(Some(cert), Some(&old_encrypted)), &old_encrypted, "encrypted"),
            (files(Some(cert), Some(&garbage)), &garbage, "no private key"),
            (files(Some(&garbage), Some(&own.client_key)), &garbage, "no certificate"),
            (files(Some(&damaged), Some(&own.client_key)), &damaged, "damaged"),
            (files(Some(&own.client_key), Some(cert)), &own.client_key, "private key, but no certificate"),
            (files(Some(cert), Some(cert)), cert, "certificate, but no private key"),
            (files(Some(cert), Some(&own.foreign_key)), &own.foreign_key, "does not belong"),
            (files(Some(cert), None), cert, "without its key"),
            (files(None, Some(&own.client_key)), &own.client_key, "without its certificate"),
            (files(Some(&missing), Some(&own.client_key)), &missing, "cannot be read"),
        ] {
            let error = fault(config).await;
            let StoreError::BadCredential { file: named, reason: told, mend } = &error else {
                panic!("{reason}: {error:?}")
            };
            assert_eq!(*named, file.display().to_string());
            assert!(told.contains(reason) && !mend.is_empty(), "{told}, not {reason}");
        }
    });
}

#[test]
fn users_and_passwords() {
    run(async {
        let lab = plain().await;
        let user = |user: &str, password: &str| {
            let login = Login { user: user.to_owned(), password: Secret::new(password.to_owned()) };
            EtcdConfig { login: Some(login), ..lab.config("/otlp") }
        };
        let password = support_etcd::lab::PASSWORD;
        assert_cause(&fault(user("root", password)).await, Cause::LoginUnknown);
        lab.enable_users("/otlp").await;
        for wrong in [user("operator", "hunter2"), user("nobody", password)] {
            let error = fault(wrong).await;
            assert_cause(&error, Cause::LoginRefused);
            assert!(!format!("{error:?} {error}").contains("hunter2"));
        }
        assert_cause(&fault(lab.config("/otlp")).await, Cause::LoginMissing);
        let store = EtcdStore::connect(user("operator", password)).await.unwrap();
        store.read(&[KeyRange::prefix("/otlp/")], None).await.unwrap();
        let outside = store.read(&[KeyRange::prefix("/other/")], None).await;
        assert!(matches!(&outside, Err(StoreError::Denied { what, .. }) if what.contains("/other/")), "{outside:?}");
        let ops = vec![Op::put("/other/x".into(), "1")];
        let outside = store.commit(Transaction { compares: vec![], ops }).await;
        assert!(matches!(&outside, Err(StoreError::Denied { what, .. }) if what.contains("/other/x")), "{outside:?}");

        // A password leaves this machine only encrypted, or when told to.
        let away = vec!["192.0.2.1".parse().unwrap()];
        let error = fault(EtcdConfig { endpoints: away.clone(), ..user("operator", password) }).await;
        assert!(matches!(error, StoreError::PlainPassword { .. }), "{error:?}");
        let short = Duration::from_millis(200);
        let told = EtcdConfig { endpoints: away, insecure: true, ..user("operator", password) };
        let error = fault(EtcdConfig { dial_timeout: short, command_timeout: short, ..told }).await;
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    });
}

/// etcd forgets its tokens when it restarts, and after five minutes: the client logs in anew.
#[test]
fn a_token_that_is_no_longer_known() {
    run(async {
        let mut lab = plain().await;
        lab.enable_users("/otlp").await;
        let config = EtcdConfig { login: Some(Lab::login("operator")), ..lab.config("/otlp") };
        let store = EtcdStore::connect(config).await.unwrap();
        let put = |value: &str| Transaction { compares: vec![], ops: vec![Op::put("/otlp/x".into(), value)] };
        let _ = store.commit(put("1")).await.unwrap();
        lab.kill(0);
        lab.restart(0);
        lab.wait_for(0).await.unwrap();
        store.read(&[KeyRange::prefix("/otlp/")], None).await.unwrap();
        let _ = store.commit(put("2")).await.unwrap();
    });
}

/// A command waits for one call after the other, and does other things between them.
#[test]
fn a_runtime_that_runs_only_while_something_is_waited_for() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let lab = runtime.block_on(plain());
    let store = runtime.block_on(EtcdStore::connect(lab.config("/otlp"))).unwrap();
    let now = runtime.block_on(store.revision()).unwrap();
    let range = KeyRange::prefix("/otlp/");
    let mut watch = runtime.block_on(store.watch(&range, otlp_part::model::Revision(now.0 + 1))).unwrap();
    let put = |n: usize| Transaction { compares: vec![], ops: vec![Op::put(format!("/otlp/{n}"), "1")] };
    for n in 0..3 {
        std::thread::sleep(Duration::from_millis(1_500));
        let _ = runtime.block_on(store.commit(put(n))).unwrap();
        let batch = runtime.block_on(watch.next(Duration::from_secs(5))).unwrap().expect("a change");
        assert_eq!(batch.changes[0].0, format!("/otlp/{n}"));
    }
}
