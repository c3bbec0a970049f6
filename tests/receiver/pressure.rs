//! More than there is room for.

use std::time::Duration;

use otlp_part::model::Signal;
use otlp_part::otlp::Encoding;

use crate::client::{PROTOBUF, Request};
use crate::sample::{self, records};
use crate::world::Cluster;

/// Waits until what was sent is being worked on.
fn settle() {
    std::thread::sleep(Duration::from_millis(300));
}

#[test]
fn who_finds_no_room_is_told_so_and_comes_in_later() {
    let cluster = Cluster::new();
    // The first request waits for others, alone in a queue that it is larger than.
    let receiver = cluster.listen(&["--queue-size", "1KB", "--linger", "3s"]);
    let (first, second) = (sample::protobuf(Signal::Logs, 1, 50), sample::protobuf(Signal::Logs, 2, 3));
    let mut waiting = receiver.client();
    waiting.begin(&Request::post("/v1/logs", PROTOBUF, &first)).unwrap();
    settle();
    let mut client = receiver.client();
    for is_chunked in [false, true] {
        let request = Request { is_chunked, ..Request::post("/v1/logs", PROTOBUF, &second) };
        let refused = client.send(&request).unwrap();
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("1")), "{}", refused.text());
        assert!(refused.text().contains("the queue is full"), "{}", refused.text());
    }
    waiting.answer().unwrap().ok();
    client.send(&Request::post("/v1/logs", PROTOBUF, &second)).unwrap().ok();
    let mut sent = records(&first, Encoding::Protobuf, Signal::Logs);
    sample::add(&mut sent, &records(&second, Encoding::Protobuf, Signal::Logs));
    assert_eq!(cluster.stored(), sent);
    let ended = receiver.stop();
    assert!(ended.err.contains("received 4 requests: 2 acknowledged, 2 found the queue full (429)"), "{ended:#?}");
}

/// What is compressed has room by its size when it is not.
#[test]
fn a_compressed_body_takes_the_room_that_it_needs() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["--queue-size", "60KB", "--linger", "2s"]);
    let first = sample::protobuf(Signal::Logs, 1, 50);
    let mut waiting = receiver.client();
    waiting.begin(&Request::post("/v1/logs", PROTOBUF, &first)).unwrap();
    settle();
    let blank = vec![b' '; 200_000];
    let small = sample::gzip(&blank);
    let request = Request::post("/v1/logs", "application/json", &small).header("Content-Encoding", "gzip");
    assert_eq!(receiver.send(&request).status, 429);
    waiting.answer().unwrap().ok();
    assert_eq!(receiver.send(&request).status, 400, "there is room now, to see what it is");
}

/// Requests whose senders have gone are not written: they will be repeated.
#[test]
fn who_does_not_wait_is_not_written() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["--linger", "1s"]);
    let (gone, waits) = (sample::protobuf(Signal::Logs, 1, 5), sample::protobuf(Signal::Logs, 2, 5));
    let mut leaving = receiver.client();
    leaving.begin(&Request::post("/v1/logs", PROTOBUF, &gone)).unwrap();
    let mut waiting = receiver.client();
    waiting.begin(&Request::post("/v1/logs", PROTOBUF, &waits)).unwrap();
    settle();
    drop(leaving);
    waiting.answer().unwrap().ok();
    assert_eq!(cluster.stored(), records(&waits, Encoding::Protobuf, Signal::Logs));
}
