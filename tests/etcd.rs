//! What the metadata port takes for granted of etcd and of its client, on a real server.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support_etcd;

use otlp_part::ports::metadata::{KEY_BYTES_MAX, VALUE_BYTES_MAX};
use std::time::Duration;

use etcd_client::{
    Client, Compare, CompareOp, DeleteOptions, Error, EventType, GetOptions, KeyValue, PutOptions, Txn, TxnOp,
    TxnOpResponse, TxnResponse, WatchOptions, WatchStream,
};
use support_etcd::relay::{Fault, Plan, Relay};
use support_etcd::with_etcd;

/// What a key looks like: create_revision, mod_revision, version, value.
type Seen = (i64, i64, i64, String);

fn seen(kv: &KeyValue) -> Seen {
    (kv.create_revision(), kv.mod_revision(), kv.version(), kv.value_str().unwrap().to_owned())
}

async fn get(client: &mut Client, key: &str, revision: i64) -> Option<Seen> {
    let answer = client.get(key, Some(GetOptions::new().with_revision(revision))).await.unwrap();
    answer.kvs().first().map(seen)
}

async fn put(client: &mut Client, key: &str, value: &str) -> i64 {
    client.put(key, value, None).await.unwrap().header().unwrap().revision()
}

async fn delete(client: &mut Client, key: &str) -> i64 {
    client.delete(key, None).await.unwrap().header().unwrap().revision()
}

fn op_put(key: &str, value: &str) -> TxnOp {
    TxnOp::put(key, value, None)
}

fn unchanged(key: &str, revision: i64) -> Compare {
    Compare::mod_revision(key, CompareOp::Equal, revision)
}

fn revision(answer: &TxnResponse) -> i64 {
    answer.header().unwrap().revision()
}

/// The keys of each range that a transaction read.
fn ranges(answer: &TxnResponse) -> Vec<Vec<(String, i64)>> {
    let keys = |kvs: &[KeyValue]| kvs.iter().map(|kv| (kv.key_str().unwrap().to_owned(), kv.mod_revision())).collect();
    let range = |response: TxnOpResponse| match response {
        TxnOpResponse::Get(get) => keys(get.kvs()),
        other @ (TxnOpResponse::Put(_) | TxnOpResponse::Delete(_) | TxnOpResponse::Txn(_)) => panic!("{other:?}"),
    };
    answer.op_responses().into_iter().map(range).collect()
}

/// The text of a refusal: codes collide, so the store tells its causes apart by text.
fn refusal<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    let error = answer.unwrap_err();
    let Error::GRpcStatus(status) = &error else { panic!("not an answer of the server: {error}") };
    status.message().to_owned()
}

async fn is_empty(client: &mut Client) -> bool {
    client.get("/", Some(GetOptions::new().with_prefix())).await.unwrap().kvs().is_empty()
}

#[test]
fn a_key_carries_the_revisions_of_its_creation_and_last_change() {
    with_etcd(async |_, mut client| {
        let first = put(&mut client, "/k", "a").await;
        assert_eq!(get(&mut client, "/k", 0).await, Some((first, first, 1, "a".into())));

        let other = put(&mut client, "/other", "x").await;
        assert_eq!(other, first + 1, "one revision for the whole store");
        let second = put(&mut client, "/k", "a").await;
        assert_eq!(second, first + 2, "the same value is a change");
        assert_eq!(get(&mut client, "/k", 0).await, Some((first, second, 2, "a".into())));

        let deleted = delete(&mut client, "/k").await;
        assert_eq!(deleted, second + 1);
        assert_eq!(get(&mut client, "/k", 0).await, None);
        assert_eq!(delete(&mut client, "/k").await, deleted, "nothing to delete is no change");

        let again = put(&mut client, "/k", "b").await;
        assert_eq!(get(&mut client, "/k", 0).await, Some((again, again, 1, "b".into())), "created again");
    });
}

#[test]
fn a_transaction_applies_whole_or_not_at_all() {
    with_etcd(async |_, mut client| {
        let at = put(&mut client, "/a", "1").await;
        let write = || vec![op_put("/a", "2"), op_put("/b", "2"), TxnOp::delete("/gone", None)];
        let attempt = |compares: Vec<Compare>| {
            Txn::new().when(compares).and_then(write()).or_else([TxnOp::get("/a", None), TxnOp::get("/b", None)])
        };

        // One of two comparisons fails: nothing happens, and the same answer says what stands there.
        for wrong in [unchanged("/a", at + 1), unchanged("/b", at), unchanged("/a", 0)] {
            let answer = client.txn(attempt(vec![unchanged("/a", at), wrong])).await.unwrap();
            assert!(!answer.succeeded());
            assert_eq!(revision(&answer), at);
            assert_eq!(ranges(&answer), [vec![("/a".to_owned(), at)], vec![]]);
        }

        // 0 = the key does not exist.
        let answer = client.txn(attempt(vec![unchanged("/a", at), unchanged("/b", 0)])).await.unwrap();
        assert!(answer.succeeded());
        let after = revision(&answer);
        assert_eq!(after, at + 1, "one revision for all of it");
        assert_eq!(get(&mut client, "/a", 0).await, Some((at, after, 2, "2".into())));
        assert_eq!(get(&mut client, "/b", 0).await, Some((after, after, 1, "2".into())));

        // A fence on the creation holds over changes, and ends with a delete and a new creation.
        let created = |revision: i64| [Compare::create_revision("/a", CompareOp::Equal, revision)];
        assert!(client.txn(Txn::new().when(created(at)).and_then([op_put("/b", "3")])).await.unwrap().succeeded());
        delete(&mut client, "/a").await;
        assert!(client.txn(Txn::new().when(created(0)).and_then([op_put("/b", "4")])).await.unwrap().succeeded());
        put(&mut client, "/a", "5").await;
        assert!(!client.txn(Txn::new().when(created(at)).and_then([op_put("/b", "5")])).await.unwrap().succeeded());

        // Nothing to change leaves the revision as it is.
        let before = put(&mut client, "/a", "6").await;
        let answer = client.txn(Txn::new().and_then([TxnOp::delete("/gone", None)])).await.unwrap();
        assert_eq!((answer.succeeded(), revision(&answer)), (true, before));
        let answer = client.txn(Txn::new().when([unchanged("/a", before)])).await.unwrap();
        assert_eq!((answer.succeeded(), revision(&answer)), (true, before));
    });
}

#[test]
fn several_ranges_are_read_in_key_order_at_one_revision_also_a_past_one() {
    with_etcd(async |_, mut client| {
        let mut revisions = Vec::new();
        for key in ["/p/2", "/p/10", "/p/1", "/n/a", "/q"] {
            revisions.push(put(&mut client, key, "old").await);
        }
        let [two, ten, one, node, last] = revisions[..] else { unreachable!() };
        let read = |revision: i64| {
            let range = |start: &str, end: &str| {
                TxnOp::get(start, Some(GetOptions::new().with_range(end).with_revision(revision)))
            };
            Txn::new().and_then([range("/p/", "/p0"), range("/n/", "/n0"), range("/p/1", "/p/1\0"), range("/x", "/y")])
        };
        let key = |key: &str, revision: i64| (key.to_owned(), revision);
        let then = [
            vec![key("/p/1", one), key("/p/10", ten), key("/p/2", two)],
            vec![key("/n/a", node)],
            vec![key("/p/1", one)],
            vec![],
        ];
        let answer = client.txn(read(0)).await.unwrap();
        assert_eq!((ranges(&answer), revision(&answer)), (then.to_vec(), last));

        let changed = put(&mut client, "/p/1", "new").await;
        delete(&mut client, "/n/a").await;
        let newest = put(&mut client, "/x", "new").await;
        let answer = client.txn(read(last)).await.unwrap();
        assert_eq!(ranges(&answer), then);
        assert_eq!(revision(&answer), newest, "the header tells the newest revision, not the one that was read");
        let now = ranges(&client.txn(read(0)).await.unwrap());
        assert_eq!(now[0][0], key("/p/1", changed));
        assert_eq!((now[1].len(), now[3].len()), (0, 1));

        // A key's history, backwards: the state before each change is read at the revision before it.
        assert_eq!(get(&mut client, "/p/1", changed - 1).await, Some((one, one, 1, "old".into())));
        assert_eq!(get(&mut client, "/p/1", one - 1).await, None);

        let future = client.get("/p/1", Some(GetOptions::new().with_revision(newest + 1))).await;
        assert_eq!(refusal(future), "etcdserver: mvcc: required revision is a future revision");
        assert_eq!(
            refusal(client.txn(read(newest + 1)).await),
            "etcdserver: mvcc: required revision is a future revision"
        );
    });
}

#[test]
fn misuse_of_a_transaction_is_refused_and_changes_nothing() {
    with_etcd(async |_, mut client| {
        let delete = || TxnOp::delete("/a", None);
        for ops in [vec![op_put("/a", "1"), op_put("/a", "2")], vec![op_put("/a", "1"), delete()]] {
            let answer = client.txn(Txn::new().and_then(ops)).await;
            assert_eq!(refusal(answer), "etcdserver: duplicate key given in txn request");
        }
        let twice = client.txn(Txn::new().and_then([delete(), delete()])).await.unwrap();
        assert!(twice.succeeded(), "etcd takes two deletes of one key; the port refuses them too");
        let range = TxnOp::delete("/", Some(DeleteOptions::new().with_prefix()));
        let overlap = client.txn(Txn::new().and_then([range, op_put("/a", "1")])).await;
        assert_eq!(refusal(overlap), "etcdserver: duplicate key given in txn request");

        let keys: Vec<String> = (0..129).map(|i| format!("/{i}")).collect();
        let puts = |n: usize| keys[..n].iter().map(|key| op_put(key, "1")).collect::<Vec<_>>();
        let compares = |n: usize| keys[..n].iter().map(|key| unchanged(key, 0)).collect::<Vec<_>>();
        let too_many = "etcdserver: too many operations in txn request";
        assert_eq!(refusal(client.txn(Txn::new().and_then(puts(129))).await), too_many);
        assert_eq!(refusal(client.txn(Txn::new().when(compares(129)).and_then(puts(1))).await), too_many);
        assert_eq!(refusal(client.txn(Txn::new().and_then(puts(1)).or_else(puts(129))).await), too_many);
        assert_eq!(refusal(client.put("", "1", None).await), "etcdserver: key is not provided");
        assert!(is_empty(&mut client).await);

        let most = Txn::new().when(compares(128)).and_then(puts(128));
        assert!(client.txn(most).await.unwrap().succeeded(), "128 of each is allowed, counted apart");
    });
}

/// The request counts, not the value alone: key and framing take a part of the 1.5 MiB.
#[test]
fn a_request_may_have_one_and_a_half_mebibytes() {
    with_etcd(async |_, mut client| {
        let limit = 3 << 19;
        let too_large = client.put("/k", vec![b'x'; limit], None).await;
        assert_eq!(refusal(too_large), "etcdserver: request is too large");
        // What the port allows fits, under the longest key that it allows.
        let (key, value) = ("k".repeat(KEY_BYTES_MAX), vec![b'x'; VALUE_BYTES_MAX]);
        client.put(key.as_str(), value, None).await.unwrap();
        let answer = client.get(key, None).await.unwrap();
        assert_eq!(answer.kvs()[0].value().len(), VALUE_BYTES_MAX);
    });
}

#[test]
fn a_compacted_revision_says_so() {
    with_etcd(async |_, mut client| {
        let first = put(&mut client, "/k", "1").await;
        let second = put(&mut client, "/k", "2").await;
        let third = put(&mut client, "/k", "3").await;
        client.compact(second, None).await.unwrap();
        let compacted = "etcdserver: mvcc: required revision has been compacted";
        let read = |revision: i64| Some(GetOptions::new().with_revision(revision));
        assert_eq!(refusal(client.get("/k", read(first)).await), compacted);
        let in_transaction = Txn::new().and_then([TxnOp::get("/k", read(first))]);
        assert_eq!(refusal(client.txn(in_transaction).await), compacted);
        assert_eq!(get(&mut client, "/k", second).await.unwrap().3, "2", "the revision itself can still be read");
        assert_eq!(refusal(client.compact(first, None).await), compacted, "compacting twice is refused");
        assert_eq!(
            refusal(client.compact(third + 1, None).await),
            "etcdserver: mvcc: required revision is a future revision"
        );

        // A watch from there is opened, then cancelled with the oldest revision that is kept.
        let mut watch = watch_from(&mut client, "/k", first).await;
        let cancelled = loop {
            let message = watch.message().await.unwrap().unwrap();
            if message.canceled() {
                break message;
            }
        };
        assert_eq!(cancelled.compact_revision(), second);
    });
}

#[test]
fn the_end_of_a_lease_deletes_its_keys() {
    with_etcd(async |_, mut client| {
        let lease = client.lease_grant(30, None).await.unwrap().id();
        let on_lease = |lease: i64| Some(PutOptions::new().with_lease(lease));
        for key in ["/a", "/b", "/kept"] {
            client.put(key, "1", on_lease(lease)).await.unwrap();
        }
        let leased = client.get("/a", None).await.unwrap();
        assert_eq!(leased.kvs()[0].lease(), lease);
        put(&mut client, "/kept", "a put without a lease takes the key off").await;
        assert_eq!(client.get("/kept", None).await.unwrap().kvs()[0].lease(), 0);

        let (mut keeper, mut renewals) = client.lease_keep_alive(lease).await.unwrap();
        keeper.keep_alive().await.unwrap();
        assert_eq!(renewals.message().await.unwrap().unwrap().ttl(), 30);

        let before = put(&mut client, "/x", "1").await;
        client.lease_revoke(lease).await.unwrap();
        assert!(get(&mut client, "/a", 0).await.is_none() && get(&mut client, "/b", 0).await.is_none());
        assert!(get(&mut client, "/kept", 0).await.is_some());
        let after = client.get("/x", None).await.unwrap().header().unwrap().revision();
        assert_eq!(after, before + 1, "all keys of a lease go in one revision");

        keeper.keep_alive().await.unwrap();
        assert_eq!(renewals.message().await.unwrap().unwrap().ttl(), 0, "a renewal of 0 seconds: the lease is gone");
        assert_eq!(refusal(client.lease_revoke(lease).await), "etcdserver: requested lease not found");
        assert_eq!(refusal(client.put("/a", "1", on_lease(lease)).await), "etcdserver: requested lease not found");

        // And by itself, when nobody renews it.
        let short = client.lease_grant(1, None).await.unwrap();
        client.put("/short", "1", on_lease(short.id())).await.unwrap();
        let mut watch = watch_from(&mut client, "/short", after + 2).await;
        let ended = events(&mut watch, 1).await;
        assert_eq!(ended, [(after + 2, "/short".to_owned(), None)]);
    });
}

#[test]
fn a_watch_from_a_past_revision_has_no_gap_and_no_repeat() {
    with_etcd(async |_, mut client| {
        let first = put(&mut client, "/w/a", "1").await;
        put(&mut client, "/other", "1").await;
        let together = [op_put("/w/a", "2"), op_put("/w/b", "2"), op_put("/z", "2")];
        let second = revision(&client.txn(Txn::new().and_then(together)).await.unwrap());
        let third = delete(&mut client, "/w/a").await;

        let event =
            |revision: i64, key: &str, value: Option<&str>| (revision, key.to_owned(), value.map(str::to_owned));
        let mut past = vec![
            event(first, "/w/a", Some("1")),
            event(second, "/w/a", Some("2")),
            event(second, "/w/b", Some("2")),
            event(third, "/w/a", None),
        ];
        let mut watch = watch_from(&mut client, "/w/", first).await;
        assert_eq!(events(&mut watch, 4).await, past);
        // The past joins the present.
        let fourth = put(&mut client, "/w/c", "4").await;
        put(&mut client, "/other", "4").await;
        let fifth = put(&mut client, "/w/c", "5").await;
        let present = [event(fourth, "/w/c", Some("4")), event(fifth, "/w/c", Some("5"))];
        assert_eq!(events(&mut watch, 2).await, present);

        let mut later = watch_from(&mut client, "/w/", second).await;
        past.remove(0);
        past.extend(present);
        assert_eq!(events(&mut later, 5).await, past, "the revision itself is the first");
        let mut future = watch_from(&mut client, "/w/", fifth + 2).await;
        put(&mut client, "/w/d", "6").await;
        put(&mut client, "/w/d", "7").await;
        assert_eq!(events(&mut future, 1).await, [event(fifth + 2, "/w/d", Some("7"))]);
    });
}

#[test]
fn a_second_write_on_the_same_read_loses() {
    with_etcd(async |etcd, mut one| {
        let mut two = etcd.client().await;
        let at = put(&mut one, "/k", "0").await;
        let write = |value: &str| Txn::new().when([unchanged("/k", at)]).and_then([op_put("/k", value)]);
        let (first, second) = tokio::join!(one.txn(write("1")), two.txn(write("2")));
        let (first, second) = (first.unwrap().succeeded(), second.unwrap().succeeded());
        assert!(first != second, "one of two writers wins, never both: {first} {second}");
        assert_eq!(get(&mut one, "/k", 0).await.unwrap().3, if first { "1" } else { "2" });
    });
}

/// `connect` says ok to a port where nobody listens: the store has to try a read.
#[test]
fn connecting_to_nobody_is_noticed_at_the_first_read() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut client = Client::connect(["http://127.0.0.1:1"], None).await.expect("connect is lazy");
        let read = tokio::time::timeout(Duration::from_secs(10), client.get("/k", None)).await;
        assert!(matches!(read, Ok(Err(Error::GRpcStatus(_)))), "{read:?}");
    });
}

async fn watch_from(client: &mut Client, start: &str, revision: i64) -> WatchStream {
    let options = WatchOptions::new().with_prefix().with_start_revision(revision);
    client.watch(start, Some(options)).await.unwrap()
}

/// The next events: revision, key and value, `None` = deleted. One revision's events come in one message.
async fn events(watch: &mut WatchStream, count: usize) -> Vec<(i64, String, Option<String>)> {
    let mut all: Vec<(i64, String, Option<String>)> = Vec::new();
    while all.len() < count {
        let message = watch.message().await.unwrap().expect("the watch goes on");
        assert!(!message.canceled(), "{}", message.cancel_reason());
        let before = all.last().map(|event| event.0);
        for event in message.events() {
            let kv = event.kv().unwrap();
            assert_ne!(Some(kv.mod_revision()), before, "a revision came in two messages");
            let value = match event.event_type() {
                EventType::Put => Some(kv.value_str().unwrap().to_owned()),
                EventType::Delete => None,
            };
            all.push((kv.mod_revision(), kv.key_str().unwrap().to_owned(), value));
        }
    }
    assert_eq!(all.len(), count, "{all:?}");
    all
}

/// The tests of faults rest on the relay doing what it says.
#[test]
fn the_relay_harms_the_call_that_it_is_told_to() {
    with_etcd(async |etcd, mut direct| {
        let relay = Relay::start(etcd.endpoint());
        let client = || Client::connect([format!("http://{}", relay.address())], None);
        put(&mut client().await.unwrap(), "/a", "1").await;
        assert_eq!(relay.paths(), ["/etcdserverpb.KV/Put"]);
        let value = async |direct: &mut Client| get(direct, "/a", 0).await.unwrap().3;
        for (fault, at_once, later) in [
            (Fault::LostRequest, "1", "1"),
            (Fault::LostReply, "2", "2"),
            (Fault::LateRequest(Duration::from_millis(300)), "2", "3"),
        ] {
            relay.plan(Some(Plan { path_end: "/Put", number: 2, fault }));
            let mut client = client().await.unwrap();
            put(&mut client, "/b", "not harmed").await;
            assert!(!relay.hit());
            let new = later.parse::<u8>().unwrap().max(2).to_string();
            let answer = tokio::time::timeout(Duration::from_secs(5), client.put("/a", new, None)).await.unwrap();
            assert!(answer.is_err() && relay.hit(), "{fault:?}: {answer:?}");
            assert_eq!(value(&mut direct).await, at_once, "{fault:?}");
            tokio::time::sleep(Duration::from_millis(600)).await;
            assert_eq!(value(&mut direct).await, later, "{fault:?}");
        }
        relay.plan(Some(Plan { path_end: "", number: 1, fault: Fault::Silence }));
        let mut client = client().await.unwrap();
        let silent = tokio::time::timeout(Duration::from_millis(300), client.get("/a", None)).await;
        assert!(silent.is_err() && relay.hit());
    });
}
