//! How it begins and ends.

use std::net::TcpListener;
use std::time::Duration;

use otlp_part::model::Signal;
use otlp_part::otlp::Encoding;

use crate::client::{Client, PROTOBUF, Request};
use crate::sample::{self, Records, add, records};
use crate::world::Cluster;

const LOGS: Signal = Signal::Logs;

#[test]
fn a_signal_ends_it_when_all_that_came_in_is_answered() {
    for (signal, code) in [("-TERM", 143), ("-INT", 130)] {
        let cluster = Cluster::new();
        let receiver = cluster.listen(&["--linger", "2s"]);
        let bodies: Vec<Vec<u8>> = (0..12).map(|n| sample::protobuf(LOGS, n, 3)).collect();
        let mut sent = Records::new();
        let mut clients: Vec<Client> = Vec::new();
        for body in &bodies {
            let mut client = receiver.client();
            client.begin(&Request::post("/v1/logs", PROTOBUF, body)).unwrap();
            clients.push(client);
            add(&mut sent, &records(body, Encoding::Protobuf, LOGS));
        }
        // On its way, but not whole: nobody waits for it.
        let mut late = receiver.client();
        late.raw(b"POST /v1/logs HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{")
            .unwrap();
        std::thread::sleep(Duration::from_millis(500));
        let address = receiver.address;
        receiver.signal(signal);
        std::thread::sleep(Duration::from_millis(100));
        late.raw(b"}").unwrap();
        assert_eq!(late.answer().unwrap().status, 503);
        for mut client in clients {
            assert_eq!(client.answer().unwrap().ok().text(), "");
        }
        let ended = receiver.wait();
        assert_eq!(ended.code, Some(code), "{ended:#?}");
        assert!(ended.err.contains("what was acknowledged is safe"), "{ended:#?}");
        assert!(ended.out.contains("36 log records in 1 batches"), "{ended:#?}");
        assert!(Client::connect(address).is_err(), "nothing listens there any longer");
        assert_eq!(cluster.stored(), sent);
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["--linger", "5s", "--quorum-wait", "1h"]);
    cluster.take_away("n2");
    cluster.take_away("n3");
    let body = sample::protobuf(LOGS, 1, 3);
    let mut client = receiver.client();
    client.begin(&Request::post("/v1/logs", PROTOBUF, &body)).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    receiver.signal("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    receiver.signal("-TERM");
    assert_eq!(receiver.wait().code, None, "killed");
    assert!(client.answer().is_err());
}

#[test]
fn an_address_that_cannot_be_had_is_one_clear_error() {
    let cluster = Cluster::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = |args: &[&str]| {
        let output = cluster.try_run(&[&["data", "write"], args].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for more in [&["--yes"][..], &["--dry-run"]] {
        let (code, err) = refused(&[&["--listen", &address], more].concat());
        assert_eq!(code, 1, "{err}");
        assert!(err.contains(&format!("error: cannot listen at {address}: another process does\nhint: ")), "{err}");
    }
    for (args, says) in [
        (&["--listen", "0.0.0.0:0", "--yes"][..], "error: --listen 0.0.0.0:0 can be reached from other machines"),
        (&["--listen", "here", "--yes"], "error: --listen \"here\" is no address"),
        (&["--listen", "127.0.0.1:0"], "needs --yes"),
        (&["--listen", "127.0.0.1:0", "--yes", "a.json"], "cannot be used with"),
        (&["--listen", "127.0.0.1:0", "--yes", "--strict"], "cannot be used with"),
        (&["--listen", "127.0.0.1:0", "--yes", "--batch-id", "x"], "cannot be used with"),
        (&["--linger", "1s", "--yes"], "--listen"),
    ] {
        let (code, err) = refused(args);
        assert!(code == 2 && err.contains(says), "{args:?}: {err}");
    }
    let before = cluster.json(&["snapshot", "export"])["revision"].clone();
    let (code, err) = refused(&["--listen", "127.0.0.1:0", "--dry-run"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("receive OTLP/HTTP at 127.0.0.1:0 and write it to 3 nodes"), "{err}");
    assert!(err.contains("dry run: nothing is received"), "{err}");
    assert_eq!(cluster.json(&["snapshot", "export"])["revision"], before);
}

#[test]
fn beyond_loopback_it_listens_when_that_is_agreed_to() {
    let cluster = Cluster::new();
    let receiver = cluster.listen_at("0.0.0.0:0", &["--listen-insecure"]);
    assert!(receiver.address.ip().is_unspecified());
    receiver.send(&Request::get("/healthz")).ok();
    // A signal that comes as soon as it listens is none that it misses.
    for _ in 0..5 {
        assert_eq!(cluster.listen(&[]).stop().code, Some(143));
    }
}
