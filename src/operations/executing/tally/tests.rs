use super::*;
use crate::model::{NodeId, PartitionId, Revision};

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn node(id: &str) -> NodeId {
    NodeId::parse(id).unwrap()
}

fn label(number: u64, bytes: u64) -> MoveLabel {
    MoveLabel {
        number,
        partition: PartitionId::parse("partition_489542_0051").unwrap(),
        kind: MoveKind::Replica,
        from: Some(node("n1")),
        to: Some(node("n2")),
        copy_from: Some(node("n3")),
        bytes,
    }
}

fn started(moves: u64, bytes: u64) -> ExecutionEvent {
    ExecutionEvent::Started { plan_id: "p".to_owned(), execution: Revision(9), moves, bytes }
}

fn verified(number: u64, bytes: u64) -> ExecutionEvent {
    ExecutionEvent::Verified { number, bytes, was_there: false }
}

fn phase(number: u64, phase: MovePhase) -> ExecutionEvent {
    ExecutionEvent::Phase { number, phase }
}

/// An event every second, from the first on.
fn tally(events: impl IntoIterator<Item = ExecutionEvent>) -> Tally {
    let mut tally = Tally::default();
    (1..).zip(events).for_each(|(at, event)| tally.note(&event, s(at)));
    tally
}

fn begun(number: u64, bytes: u64) -> [ExecutionEvent; 2] {
    [ExecutionEvent::MoveStarted(label(number, bytes)), phase(number, MovePhase::Copying)]
}

#[test]
fn it_is_never_whole_before_the_last_record() {
    let mut tally = tally([started(1, 100)].into_iter().chain(begun(0, 100)));
    assert_eq!((tally.percent(), tally.bytes_done(), tally.bytes()), (0, 0, 100));
    tally.note(&verified(0, 40), s(4));
    assert_eq!(tally.percent(), 40);
    for event in [verified(0, 60), ExecutionEvent::Cutover { number: 0 }, ExecutionEvent::Done { number: 0 }] {
        tally.note(&event, s(5));
        assert_eq!((tally.percent(), tally.is_whole()), (99, false), "{event:?}");
    }
    let left = Totals { left: 1, ..tally.totals };
    for (totals, percent) in [(left, 99), (tally.totals, 100)] {
        tally.note(&ExecutionEvent::Ended(totals), s(6));
        assert_eq!((tally.percent(), tally.is_whole()), (percent, percent == 100));
    }
}

#[test]
fn an_end_with_a_failure_is_not_whole() {
    let mut tally = tally([started(2, 100)].into_iter().chain(begun(0, 100)));
    let (reason, hint) = ("x".to_owned(), None);
    tally.note(&ExecutionEvent::Failed { number: 0, reason, hint }, s(5));
    tally.note(&ExecutionEvent::Ended(Totals { failed: 1, ..Totals::default() }), s(6));
    assert!(!tally.is_whole() && tally.percent() < 100);
}

#[test]
fn what_is_made_anew_counts_once() {
    let mut tally = tally([started(1, 100)].into_iter().chain(begun(0, 100)).chain([verified(0, 70)]));
    assert_eq!(tally.bytes_done(), 70);
    // Its source was bad: the copy is undone, and the move begins again from another one.
    begun(0, 100).iter().for_each(|event| tally.note(event, s(9)));
    assert_eq!((tally.bytes_done(), tally.bytes(), tally.running.len()), (0, 100, 1));
    tally.note(&verified(0, 100), s(10));
    tally.note(&ExecutionEvent::Done { number: 0 }, s(11));
    assert_eq!((tally.bytes_done(), tally.bytes()), (100, 100));
    // What was read back in all is told as that.
    assert_eq!(tally.totals.verified_bytes, 170);
}

#[test]
fn a_segment_that_is_made_anew_is_no_progress() {
    let repeated = ExecutionEvent::Repeated { number: 0, segment: "s".to_owned(), reason: "r".to_owned() };
    let written = ExecutionEvent::Written { number: 0, bytes: 100 };
    let tally = tally([started(1, 100)].into_iter().chain(begun(0, 100)).chain([
        written.clone(),
        repeated,
        written,
        verified(0, 100),
    ]));
    assert_eq!((tally.bytes_done(), tally.percent()), (100, 99));
}

#[test]
fn what_the_source_really_has_is_what_counts() {
    let planned = |bytes| ExecutionEvent::Planned { number: 0, segments: 1, bytes };
    let mut tally = tally([started(2, 150)].into_iter().chain(begun(0, 100)));
    assert_eq!(tally.bytes(), 150);
    for (bytes, all) in [(300, 350), (20, 70)] {
        tally.note(&planned(bytes), s(9));
        assert_eq!(tally.bytes(), all);
    }
    // More than planned never makes more than all.
    tally.note(&verified(0, 500), s(9));
    assert!(tally.bytes_done() <= tally.bytes() && tally.percent() < 100);
}

#[test]
fn recovered_operations_are_moves_too() {
    let of = RECOVERED_FROM;
    let mut tally = tally([ExecutionEvent::Recovering { operations: 2 }].into_iter().chain(begun(of, 0)));
    tally.note(&ExecutionEvent::Planned { number: of, segments: 1, bytes: 50 }, s(4));
    let there = ExecutionEvent::Verified { number: of, bytes: 30, was_there: true };
    tally.note(&there, s(5));
    assert_eq!((tally.moves(), tally.bytes_done(), tally.bytes(), tally.percent()), (2, 30, 50, 60));
    tally.note(&verified(of, 20), s(6));
    tally.note(&ExecutionEvent::Done { number: of }, s(7));
    tally.note(&started(3, 950), s(8));
    assert_eq!((tally.moves(), tally.bytes_done(), tally.bytes(), tally.percent()), (5, 50, 1000, 5));
    // One whose journal cannot be read never began.
    let (reason, hint) = ("newer".to_owned(), None);
    tally.note(&ExecutionEvent::Failed { number: of + 2, reason, hint }, s(9));
    assert_eq!((tally.moves(), tally.totals.failed), (6, 1));
}

#[test]
fn what_is_undone_or_passed_over_is_no_work_any_more() {
    let two = || begun(0, 100).into_iter().chain(begun(1, 60)).chain([verified(0, 80), verified(1, 10)]);
    let undone = ExecutionEvent::Aborted { number: 0, reason: None, error: None };
    let partition = label(0, 0).partition;
    let skipped = ExecutionEvent::Skipped { number: 0, partition, reason: String::new() };
    for event in [undone, skipped] {
        let mut tally = tally([started(2, 160)].into_iter().chain(two()));
        tally.note(&event, s(20));
        assert_eq!((tally.bytes_done(), tally.bytes()), (10, 60), "{event:?}");
    }
}

#[test]
fn leader_transfers_count_by_number() {
    let leader = |number| ExecutionEvent::MoveStarted(MoveLabel { kind: MoveKind::Leader, ..label(number, 0) });
    let tally = tally([started(4, 0), leader(0), ExecutionEvent::Done { number: 0 }, leader(1)]);
    assert_eq!((tally.percent(), tally.bytes()), (25, 0));
    assert_eq!(Tally::default().percent(), 0);
}

#[test]
fn who_stands_still_says_what_for() {
    let mut tally = tally([started(1, 100)].into_iter().chain(begun(0, 100)));
    let waits = |tally: &Tally, at| tally.running[&0].waits_for(s(at)).map(|on| on.to_string());
    assert_eq!(waits(&tally, 12), None);
    assert_eq!(waits(&tally, 13).as_deref(), Some("data from n3, none for 10 s"));
    tally.note(&ExecutionEvent::Written { number: 0, bytes: 1 }, s(14));
    assert_eq!(waits(&tally, 20), None);
    let on = |on| ExecutionEvent::MoveWaits { number: 0, on };
    tally.note(&on(Some(WaitsFor::Store("silent".to_owned()))), s(20));
    tally.note(&on(Some(WaitsFor::Store("silent".to_owned()))), s(29));
    assert_eq!(waits(&tally, 30).as_deref(), Some("the store: silent"));
    tally.note(&on(None), s(31));
    assert_eq!(waits(&tally, 32), None);
    tally.note(&phase(0, MovePhase::Grace), s(40));
    tally.note(&on(Some(WaitsFor::Readers(60))), s(40));
    assert_eq!(waits(&tally, 57).as_deref(), Some("readers' caches, 43 s left"));
    assert_eq!(waits(&tally, 400).as_deref(), Some("readers' caches, 0 s left"));
    tally.note(&phase(0, MovePhase::Verifying), s(100));
    assert_eq!(waits(&tally, 400), None);
}

#[test]
fn what_needs_a_look_comes_first() {
    let mut tally = tally([started(4, 400)].into_iter().chain((0..4).flat_map(|n| begun(n, 100))));
    tally.note(&phase(0, MovePhase::Grace), s(20));
    tally.note(&ExecutionEvent::MoveWaits { number: 0, on: Some(WaitsFor::Readers(60)) }, s(20));
    tally.note(&phase(1, MovePhase::Deleting), s(20));
    tally.note(&ExecutionEvent::Written { number: 2, bytes: 1 }, s(20));
    let order: Vec<u64> = tally.in_order(s(25)).iter().map(|running| running.label.number).collect();
    assert_eq!(order, [3, 2, 1, 0]);
}

#[test]
fn an_estimate_needs_a_basis_and_somebody_who_works() {
    let mut tally = tally([started(1, 10_000)].into_iter().chain(begun(0, 10_000)));
    let there = ExecutionEvent::Verified { number: 0, bytes: 5_000, was_there: true };
    tally.note(&there, s(4));
    // What was there is read at once; that says nothing of what is to be made.
    assert_eq!((tally.rate(s(30)), tally.eta(s(30))), (None, None));
    (5..=30).for_each(|at| tally.note(&verified(0, 100), s(at)));
    assert_eq!((tally.rate(s(30)), tally.eta(s(30)).map(|eta| eta.low)), (Some(100), Some(s(24))));
    tally.note(&ExecutionEvent::Waits(WaitsFor::Resume("ann".to_owned())), s(31));
    assert_eq!(tally.eta(s(31)), None);
    tally.note(&ExecutionEvent::GoesOn, s(32));
    assert!(tally.eta(s(32)).is_some());
    tally.note(&verified(0, 2_400), s(33));
    assert_eq!(tally.eta(s(33)), None, "no bytes are left");
}

#[test]
fn the_last_steps_are_part_of_the_estimate() {
    let mut tally = tally([started(2, 10_000)].into_iter().chain(begun(0, 5_000)).chain(begun(1, 5_000)));
    tally.note(&verified(0, 5_000), s(6));
    tally.note(&phase(0, MovePhase::Grace), s(7));
    tally.note(&ExecutionEvent::MoveWaits { number: 0, on: Some(WaitsFor::Readers(60)) }, s(7));
    (7..=40).for_each(|at| tally.note(&verified(1, 100), s(at)));
    let left = s(10_000 - 5_000 - 3_400) / 100;
    assert_eq!(tally.eta(s(40)).map(|eta| eta.high), Some(left + s(60)));
    tally.note(&verified(1, 1_600), s(41));
    // No byte is left: only who waits last counts.
    assert_eq!(tally.eta(s(47)), Some(EtaRange { low: s(20), high: s(20) }));
}

#[test]
fn a_move_has_a_rate_from_its_first_byte_to_its_last() {
    let mut tally = tally([started(1, 100)].into_iter().chain(begun(0, 100)));
    let rate = |tally: &Tally, at: u64| tally.running_moves(s(at), 1)[0].bytes_per_second;
    assert_eq!(rate(&tally, 9), None, "it copies since second 3, and nothing is there");
    tally.note(&ExecutionEvent::Verified { number: 0, bytes: 50, was_there: true }, s(4));
    assert_eq!(rate(&tally, 9), None, "what was there was not copied");
    tally.note(&verified(0, 40), s(5));
    assert_eq!((rate(&tally, 5), rate(&tally, 11)), (Some(20), Some(5)));
    tally.note(&phase(0, MovePhase::CuttingOver), s(12));
    assert_eq!(rate(&tally, 13), None);
}
