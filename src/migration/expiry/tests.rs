use super::*;
use crate::migration::Versioned;
use crate::model::{NodeState, PartitionExtension, PartitionId, PartitionRecord, Revision};

fn node(name: &str) -> NodeId {
    NodeId::parse(name).unwrap()
}

fn copy(name: &str, copy_id: &str) -> CopyToDelete {
    CopyToDelete { node: node(name), copy_id: copy_id.to_owned() }
}

fn at<T>(value: T) -> Versioned<T> {
    Versioned { value, revision: Revision(1) }
}

/// A partition on `a` and `b`, the copy on `b` a later one.
fn stored(state: PartitionState) -> FamilyView {
    let record = PartitionRecord {
        id: PartitionId::parse("partition_489542_0051").unwrap(),
        nodes: vec![node("a"), node("b")],
        leader: Some(node("a")),
        state,
        size_bytes: 7,
        record_count: 3,
        created_at: Timestamp::EPOCH,
        updated_at: Timestamp::EPOCH,
    };
    let copies = [("b".to_owned(), "c-1".to_owned())].into();
    let view = View {
        read_at: Revision(1),
        lock: Revision::NONE,
        record: Some(at(record)),
        extension: Some(at(PartitionExtension { copies, ..PartitionExtension::default() })),
        journal: None,
        marks: Default::default(),
        slots: Default::default(),
        nodes: [(node("a"), NodeState::Active), (node("b"), NodeState::Active)].into(),
    };
    FamilyView { view, has_children: false }
}

fn who() -> Claim {
    Claim { operation_id: "x-1".into(), run: "run-1".into(), started_at: Timestamp::EPOCH, by: "ann@desk".into() }
}

fn claimed_of(state: PartitionState) -> (FamilyView, ExpiryJournal) {
    let mut seen = stored(state);
    let Ok(ExpiryChange::Claim(journal)) = claim(&seen, who()) else { panic!("it is not claimed") };
    seen.view.record.as_mut().unwrap().value.state = PartitionState::ReadOnly;
    seen.view.journal = Some(at(Journal::Expire((*journal).clone())));
    (seen, *journal)
}

fn in_phase(phase: ExpiryPhase) -> (FamilyView, ExpiryJournal) {
    let (mut seen, journal) = claimed_of(PartitionState::Active);
    let journal = ExpiryJournal { phase, ..journal };
    seen.view.journal = Some(at(Journal::Expire(journal.clone())));
    (seen, journal)
}

fn facts() -> ExpiryFacts {
    ExpiryFacts { operation_id: "x-1".into(), ..ExpiryFacts::default() }
}

fn next(seen: &FamilyView, facts: &ExpiryFacts) -> ExpiryStep {
    next_of_expiry(seen, facts, Intent::Proceed)
}

#[test]
fn a_claim_names_every_copy_and_the_state_before() {
    for state in [PartitionState::Active, PartitionState::ReadOnly] {
        let (_, journal) = claimed_of(state);
        assert_eq!(journal.copies, [copy("a", "first"), copy("b", "c-1")].into());
        assert_eq!((journal.phase, journal.prior_state), (ExpiryPhase::Claimed, state));
        assert_eq!((journal.size_bytes, journal.record_count), (7, 3));
        let json = serde_json::to_string(&journal).unwrap();
        assert_eq!(Journal::parse(json.as_bytes()), Ok(Journal::Expire(journal)));
    }
}

#[test]
fn what_is_busy_or_split_is_not_claimed() {
    for state in [PartitionState::Migrating, PartitionState::Rebalancing] {
        assert_eq!(claim(&stored(state), who()), Err(Unclaimable::State(state)));
    }
    let (busy, _) = claimed_of(PartitionState::Active);
    assert_eq!(claim(&busy, who()), Err(Unclaimable::Busy("expire")));
    let split = FamilyView { has_children: true, ..stored(PartitionState::Active) };
    assert_eq!(claim(&split, who()), Err(Unclaimable::Children));
    let mut gone = stored(PartitionState::Active);
    gone.view.record = None;
    assert_eq!(claim(&gone, who()), Err(Unclaimable::NoRecord));
}

#[test]
fn nothing_is_deleted_before_the_wait_and_the_way_back_is_closed() {
    let (seen, journal) = in_phase(ExpiryPhase::Claimed);
    assert_eq!(next(&seen, &facts()), ExpiryStep::Settle);
    let settled = ExpiryFacts { settled: true, ..facts() };
    let begun = ExpiryJournal { phase: ExpiryPhase::Deleting, ..journal };
    assert_eq!(next(&seen, &settled), ExpiryStep::Commit(ExpiryChange::Begin(Box::new(begun))));
    // Who waited for another operation has not waited for this one.
    let other = ExpiryFacts { operation_id: "x-0".into(), ..settled };
    assert_eq!(next(&seen, &other), ExpiryStep::Settle);
}

#[test]
fn it_is_given_back_until_then_and_never_after() {
    let restored = |state, reason| ExpiryStep::Commit(ExpiryChange::Restore { state, reason });
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    let abort = |seen: &FamilyView| next_of_expiry(seen, &facts(), Intent::Abort);
    assert_eq!(abort(&seen), restored(Some(PartitionState::Active), GivenBack::Asked));
    // What was ReadOnly before stays so.
    let (read_only, _) = claimed_of(PartitionState::ReadOnly);
    assert_eq!(abort(&read_only), restored(None, GivenBack::Asked));
    seen.view.record = None;
    assert_eq!(abort(&seen), restored(None, GivenBack::Asked));
    let (seen, journal) = in_phase(ExpiryPhase::Deleting);
    assert_eq!(abort(&seen), ExpiryStep::Delete(journal.copies.into_iter().collect()));
}

#[test]
fn a_record_that_somebody_else_changed_is_given_back_as_it_is() {
    let settled = ExpiryFacts { settled: true, ..facts() };
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    seen.view.record.as_mut().unwrap().value.state = PartitionState::Active;
    let changed = |state| ExpiryStep::Commit(ExpiryChange::Restore { state, reason: GivenBack::RecordChanged });
    assert_eq!(next(&seen, &settled), changed(None));
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    seen.view.record.as_mut().unwrap().value.nodes.pop();
    assert_eq!(next(&seen, &settled), changed(Some(PartitionState::Active)));
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    seen.view.extension = None;
    assert_eq!(next(&seen, &settled), changed(Some(PartitionState::Active)));
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    seen.has_children = true;
    let children = ExpiryChange::Restore { state: Some(PartitionState::Active), reason: GivenBack::Children };
    assert_eq!(next(&seen, &settled), ExpiryStep::Commit(children));
    // Another leader is no other copy.
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    seen.view.record.as_mut().unwrap().value.leader = Some(node("b"));
    assert!(matches!(next(&seen, &settled), ExpiryStep::Commit(ExpiryChange::Begin(_))));
}

#[test]
fn copies_that_are_not_known_to_be_gone_become_orphans() {
    let (mut seen, _) = in_phase(ExpiryPhase::Deleting);
    let with = |a: Deletion, b: Deletion| {
        let deletions = [(copy("a", "first"), a), (copy("b", "c-1"), b)];
        ExpiryFacts { deletions: deletions.into(), ..facts() }
    };
    let finish = |orphans: Vec<CopyToDelete>| ExpiryStep::Commit(ExpiryChange::Finish { orphans });
    assert_eq!(next(&seen, &with(Deletion::Gone, Deletion::Gone)), finish(vec![]));
    assert_eq!(next(&seen, &with(Deletion::Unreachable, Deletion::Gone)), finish(vec![copy("a", "first")]));
    assert_eq!(next(&seen, &with(Deletion::Gone, Deletion::Open)), ExpiryStep::Delete(vec![copy("b", "c-1")]));
    // A node that is Down, or that nobody knows, is not asked.
    seen.view.nodes.insert(node("a"), NodeState::Down);
    seen.view.nodes.remove(&node("b"));
    assert_eq!(next(&seen, &facts()), finish(vec![copy("a", "first"), copy("b", "c-1")]));
}

#[test]
fn a_copy_that_is_listed_since_goes_too() {
    let (mut seen, journal) = in_phase(ExpiryPhase::Deleting);
    seen.view.record.as_mut().unwrap().value.nodes.push(node("c"));
    let ExpiryStep::Commit(ExpiryChange::Widen(wider)) = next(&seen, &facts()) else { panic!("it is left") };
    assert_eq!(wider.copies.len(), 3);
    assert!(wider.copies.contains(&copy("c", "first")) && wider.copies.is_superset(&journal.copies));
}

#[test]
fn without_a_record_it_goes_on_and_without_a_journal_it_is_over() {
    let (mut seen, _) = in_phase(ExpiryPhase::Claimed);
    seen.view.record = None;
    assert_eq!(next(&seen, &facts()), ExpiryStep::Settle);
    let settled = ExpiryFacts { settled: true, ..facts() };
    assert!(matches!(next(&seen, &settled), ExpiryStep::Commit(ExpiryChange::Begin(_))));
    seen.view.journal = None;
    assert_eq!(next(&seen, &settled), ExpiryStep::Done);
}

#[test]
fn other_kinds_are_told_apart_and_unknown_ones_refused() {
    let (_, journal) = in_phase(ExpiryPhase::Deleting);
    let json = serde_json::to_string(&journal).unwrap();
    for (from, to, why) in [
        ("\"expire\"", "\"merge\"", "kind"),
        ("\"Deleting\"", "\"Melting\"", "Melting"),
        ("\"schema_version\":1", "\"schema_version\":2", "newer"),
        ("\"expire\"", "\"move\"", "unknown variant"),
    ] {
        let error = Journal::parse(json.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    // Fields of a later version are no error.
    assert!(Journal::parse(json.replacen('{', "{\"later\":1,", 1).as_bytes()).is_ok());
}

#[test]
fn phases_move_forward_only() {
    use ExpiryPhase::{Claimed, Deleting};
    assert!(Claimed.can_become(Deleting) && !Deleting.can_become(Claimed) && Claimed.can_become(Claimed));
}
