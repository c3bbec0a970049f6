//! Real etcds for the checks: servers are kept and shared, one check at a time has each.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use otlp_part::metadata::EtcdStore;

use super::metadata::{Backend, Stage, TestClock};
use super::support_etcd::lab::{Lab, LabOptions};
use super::support_etcd::{other_server, server};

/// Servers of one kind that nobody uses at the moment.
type Pool = Mutex<Vec<Lab>>;

/// A server while a check uses it.
struct Lent {
    pool: &'static Pool,
    lab: Option<Lab>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).extend(self.lab.take());
    }
}

/// etcd ends leases up to half a second late.
fn really_wait(_: &TestClock, time: Duration) {
    std::thread::sleep(time + Duration::from_millis(700));
}

async fn stage(pool: &'static Pool, kind: Kind) -> Stage<EtcdStore> {
    static CHECKS: AtomicU64 = AtomicU64::new(0);
    let idle = pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let lab = match idle {
        Some(lab) => lab,
        None => {
            let lab = Lab::start(kind.options()).await;
            if matches!(kind, Kind::ClientCertificates | Kind::Passwords) {
                lab.enable_users("/check").await;
            }
            lab
        }
    };
    let prefix = format!("/check/{}", CHECKS.fetch_add(1, Ordering::Relaxed));
    let mut config = lab.config(&prefix);
    if kind == Kind::Passwords {
        config.login = Some(Lab::login("operator"));
    }
    let store = EtcdStore::connect(config).await.unwrap();
    let keep = Lent { pool, lab: Some(lab) };
    let ttl = Duration::from_secs(3);
    Stage { store, prefix, clock: TestClock::new(), wait: really_wait, ttl, keep: Some(Box::new(keep)) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    OneNode,
    OtherVersion,
    ThreeNodes,
    ClientCertificates,
    Passwords,
}

impl Kind {
    fn options(self) -> LabOptions {
        let tls = matches!(self, Self::ClientCertificates);
        LabOptions {
            server: if self == Self::OtherVersion { other_server() } else { server() },
            members: if self == Self::ThreeNodes { 3 } else { 1 },
            tls,
            client_certificates: tls,
            quota_bytes: None,
        }
    }
}

macro_rules! backend {
    ($($kind:ident),+) => {
        $(
            pub(crate) struct $kind;
            impl Backend for $kind {
                type Store = EtcdStore;
                async fn open() -> Stage<EtcdStore> {
                    static POOL: Pool = Mutex::new(Vec::new());
                    stage(&POOL, Kind::$kind).await
                }
            }
        )+
    };
}
backend!(OneNode, OtherVersion, ThreeNodes, ClientCertificates, Passwords);
