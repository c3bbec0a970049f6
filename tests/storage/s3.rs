//! An S3 server in this process, and what is special about S3.

use std::net::SocketAddr;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use otlp_part::ports::storage::error::Cause;
use otlp_part::ports::storage::{OpenedNode, StorageError};
use otlp_part::storage::{AnyStorage, DataUrl};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

use crate::lab::*;

pub(crate) const BUCKET: &str = "otlp";

/// A server with one bucket; it ends with this value.
pub(crate) struct Server {
    address: SocketAddr,
    pub(crate) directory: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    pub(crate) fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join(BUCKET)).unwrap();
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(directory.path()).unwrap());
        service.set_auth(SimpleAuth::from_single("key", "hush"));
        let service = service.build();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let service = service.clone();
                tokio::spawn(async move {
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
        Self { address, directory, _runtime: runtime }
    }

    pub(crate) fn url(&self, bucket: &str, prefix: &str) -> String {
        format!("s3://{bucket}/{prefix}?endpoint=http://{}", self.address)
    }

    pub(crate) fn open(&self, prefix: &str) -> AnyStorage {
        open(&self.url(BUCKET, prefix), "hush").unwrap()
    }
}

fn open(url: &str, secret: &str) -> Result<AnyStorage, StorageError> {
    let variable = |name: &str| match name {
        "AWS_ACCESS_KEY_ID" => Some("key".to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some(secret.to_owned()).filter(|secret| !secret.is_empty()),
        _ => None,
    };
    AnyStorage::open(&DataUrl::parse(url)?, 7, &variable)
}

#[test]
fn why_a_bucket_does_not_answer_is_said() {
    let server = Server::start();
    let url = server.url(BUCKET, "n1");
    let no_keys = open(&url, "").map(drop).unwrap_err();
    assert!(
        matches!(no_keys, StorageError::Url { .. }) && no_keys.to_string().contains("AWS_SECRET_ACCESS_KEY"),
        "{no_keys}"
    );
    let unreachable = |url: &str, secret: &str| {
        let store = open(url, secret).unwrap();
        let error = block_on(OpenedNode::open(store, marker("n1"))).map(drop).unwrap_err();
        let StorageError::Unreachable { cause, detail, .. } = error else { panic!("{url}: {error}") };
        (cause, detail)
    };
    let (cause, detail) = unreachable(&url, "wrong");
    assert_eq!(cause, Cause::NoAccess, "{detail}");
    assert!(!detail.contains("wrong"), "{detail}");
    // This server says of a bucket that is not there only that the key is missing: the marker is, and so no node.
    let store = open(&server.url("nobody", "n1"), "hush").unwrap();
    let error = block_on(OpenedNode::open(store, marker("n1"))).map(drop).unwrap_err();
    assert!(matches!(error, StorageError::Unmarked { .. }), "{error}");
}

/// The answer that S3 itself gives.
const NO_SUCH_BUCKET: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code>\
    <Message>The specified bucket does not exist</Message><BucketName>otlp</BucketName></Error>";

#[test]
fn a_bucket_that_is_not_there_is_unreachable() {
    use std::io::{BufRead as _, BufReader, Write as _};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let request = BufReader::new(socket.try_clone().unwrap()).lines().map(Result::unwrap);
        let head: Vec<String> = request.take_while(|line| !line.is_empty()).collect();
        let length = NO_SUCH_BUCKET.len();
        let answer = format!("HTTP/1.1 404 Not Found\r\ncontent-type: application/xml\r\ncontent-length: {length}\r\n");
        socket.write_all(format!("{answer}connection: close\r\n\r\n{NO_SUCH_BUCKET}").as_bytes()).unwrap();
        head[0].clone()
    });
    let store = open(&format!("s3://otlp/n1?endpoint=http://127.0.0.1:{port}"), "hush").unwrap();
    let error = block_on(OpenedNode::open(store, marker("n1"))).map(drop).unwrap_err();
    assert_eq!(asked.join().unwrap(), "GET /otlp/n1/.otlp-part-node.json HTTP/1.1");
    assert!(matches!(&error, StorageError::Unreachable { cause: Cause::Missing, .. }), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("never made")), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_no_empty_node() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let store = open(&format!("s3://b/p?endpoint=http://127.0.0.1:{port}"), "hush").unwrap();
    let error = block_on(OpenedNode::open(store, marker("n1"))).map(drop).unwrap_err();
    let known = matches!(error, StorageError::Unreachable { cause: Cause::NoConnection | Cause::Silent, .. });
    assert!(known, "{error}");
}

#[test]
fn damage_in_a_bucket_is_found() {
    let server = Server::start();
    let mark = |name: &str| block_on(OpenedNode::mark(server.open(name), marker(name))).unwrap();
    let (a, b) = (mark("n1"), mark("n2"));
    block_on(async {
        fill(&a, &place("first"), 40_000).await;
        let content = copied(&a, &place("first"), &b, &place("c")).await.result.unwrap();
        let path = server.directory.path().join(BUCKET).join("n2").join(place("c").to_string()).join("s3.jsonl");
        flip(&path, 77);
        assert!(!verified(&b, &place("c")).await.is_sound());
        let told = copied(&a, &place("first"), &b, &place("c")).await;
        assert_eq!(told.result.clone(), Ok(content));
        assert!(told.repeated().len() == 1 && told.verified() == (1, 5), "{:?}", told.events);
        assert!(tree(&a, &place("first")).await == tree(&b, &place("c")).await);
    });
}
