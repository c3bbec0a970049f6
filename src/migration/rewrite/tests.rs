use std::collections::BTreeSet;

use super::*;
use crate::migration::Versioned;
use crate::migration::rewrite_journal::BITS_AT_ONCE_MAX;
use crate::model::{NodeState, PartitionExtension, PartitionRecord, Revision};

fn node(name: &str) -> NodeId {
    NodeId::parse(name).unwrap()
}

fn id() -> PartitionId {
    PartitionId::parse("partition_489542_0051").unwrap()
}

fn at<T>(value: T) -> Versioned<T> {
    Versioned { value, revision: Revision(3) }
}

fn seen() -> FamilyView {
    let record = PartitionRecord {
        id: id(),
        nodes: vec![node("a"), node("b")],
        leader: Some(node("a")),
        state: PartitionState::Active,
        size_bytes: 9,
        record_count: 3,
        created_at: Timestamp::EPOCH,
        updated_at: Timestamp::EPOCH,
    };
    let view = View {
        read_at: Revision(5),
        lock: Revision::NONE,
        record: Some(at(record)),
        extension: None,
        journal: None,
        marks: BTreeMap::new(),
        slots: BTreeSet::new(),
        nodes: [(node("a"), NodeState::Active), (node("b"), NodeState::Draining)].into(),
    };
    FamilyView { view, has_children: false }
}

fn request(kind: RewriteKind, bits: u8) -> RewriteRequest {
    RewriteRequest {
        kind,
        bits,
        target_bytes: (kind == RewriteKind::Compact).then_some(64 << 20),
        operation_id: "w-1".to_owned(),
        run: "run-1".to_owned(),
        copy_id: "c-1".to_owned(),
        started_at: Timestamp::EPOCH,
        by: "ann".to_owned(),
    }
}

fn claimed(kind: RewriteKind, bits: u8) -> RewriteJournal {
    match claim(&seen(), id(), request(kind, bits)) {
        Ok(RewriteChange::Claim(journal)) => *journal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_journal_is_read_as_it_is_written_and_one_that_contradicts_itself_is_not() {
    for journal in [claimed(RewriteKind::Split, 2), claimed(RewriteKind::Compact, 0)] {
        let json = serde_json::to_string(&journal).unwrap();
        assert_eq!(Journal::parse(json.as_bytes()), Ok(Journal::Rewrite(Box::new(journal.clone()))));
        let known = Journal::Rewrite(Box::new(journal.clone()));
        assert!(known.admits(PartitionState::Migrating) && !known.admits(PartitionState::Active));
        assert_eq!(known.nodes().count(), 2);
        for (from, to) in [
            (r#""bits":2"#, r#""bits":0"#),
            (r#""bits":2"#, r#""bits":6"#),
            (r#""target_bytes":67108864"#, r#""target_bytes":null"#),
            (r#""original_nodes":["a","b"]"#, r#""original_nodes":["a","c"]"#),
            (r#""original_nodes":["a","b"]"#, r#""original_nodes":[]"#),
            (r#""copy_id":"c-1""#, r#""copy_id":"first""#),
            (r#""phase":"Copying""#, r#""phase":"Melting""#),
        ] {
            let broken = json.replacen(from, to, 1);
            assert!(broken == json || Journal::parse(broken.as_bytes()).is_err(), "{broken}");
        }
    }
}

#[test]
fn what_may_not_be_claimed() {
    let refused = |edit: &dyn Fn(&mut FamilyView), kind: RewriteKind, bits: u8| {
        let mut seen = seen();
        edit(&mut seen);
        claim(&seen, id(), request(kind, bits)).unwrap_err()
    };
    let split = |edit: &dyn Fn(&mut FamilyView)| refused(edit, RewriteKind::Split, 1);
    assert_eq!(split(&|seen| seen.view.record = None), Unfit::NoRecord);
    assert_eq!(split(&|seen| seen.has_children = true), Unfit::Children);
    let away = |seen: &mut FamilyView| {
        seen.view.nodes.remove(&node("b"));
    };
    assert_eq!(split(&away), Unfit::Away(node("b")));
    let marked = |seen: &mut FamilyView| {
        seen.view.marks.insert(node("b"), Revision(4));
    };
    assert_eq!(split(&marked), Unfit::Marked(node("b")));
    let extension = PartitionExtension { split_bits: 1, ..PartitionExtension::default() };
    assert_eq!(split(&|seen| seen.view.extension = Some(at(extension.clone()))), Unfit::WasSplit);
    let journal = claimed(RewriteKind::Compact, 0);
    let busy = |seen: &mut FamilyView| seen.view.journal = Some(at(Journal::Rewrite(Box::new(journal.clone()))));
    assert_eq!(split(&busy), Unfit::Busy("compact"));
    let read_only = |seen: &mut FamilyView| {
        if let Some(record) = &mut seen.view.record {
            record.value.state = PartitionState::ReadOnly;
        }
    };
    assert_eq!(split(&read_only), Unfit::State(PartitionState::ReadOnly));
    let mut held = seen();
    read_only(&mut held);
    assert!(claim(&held, id(), request(RewriteKind::Compact, 0)).is_ok());
    let mut used = request(RewriteKind::Split, 1);
    used.copy_id = "first".to_owned();
    assert_eq!(claim(&seen(), id(), used), Err(Unfit::UsedId("first".to_owned())), "no journal that is not read again");
    let deep: PartitionId = "partition_489542_0051.0101010".parse().unwrap();
    assert_eq!(claim(&seen(), deep, request(RewriteKind::Split, 2)), Err(Unfit::TooDeep(7, 2)));
    assert!(claim(&seen(), deep, request(RewriteKind::Split, 1)).is_ok());
}

#[test]
fn children_and_copies_are_named_once_each() {
    for bits in 1..=BITS_AT_ONCE_MAX {
        let journal = claimed(RewriteKind::Split, bits);
        let children: BTreeSet<PartitionId> = journal.targets_of(id()).into_iter().collect();
        assert_eq!(children.len(), 1 << bits);
        assert!(children.iter().all(|child| id().is_ancestor_of(*child) && child.suffix().len() == bits));
        assert_eq!(journal.new_copies(id()).len(), 2 << bits);
    }
    let journal = claimed(RewriteKind::Compact, 0);
    assert_eq!(journal.targets_of(id()), [id()]);
    assert_eq!(journal.old_copies(id()).iter().map(|copy| copy.copy_id.as_str()).collect::<Vec<_>>(), ["first"; 2]);
}

#[test]
fn a_mark_or_another_listing_undoes_it() {
    let mut seen = seen();
    let mut journal = claimed(RewriteKind::Split, 1);
    journal.sources = Some("x".to_owned());
    if let Some(record) = &mut seen.view.record {
        record.value.state = PartitionState::Migrating;
    }
    let why = |seen: &FamilyView, sources: &str| {
        let facts = RewriteFacts {
            operation_id: "w-1".to_owned(),
            settled: true,
            sources: Some(sources.to_owned()),
            ..RewriteFacts::default()
        };
        let step = next_of_rewrite(seen, id(), &facts, Intent::Proceed);
        if let RewriteStep::Commit(RewriteChange::Abort { why, state, .. }) = step { Some((why, state)) } else { None }
    };
    seen.view.journal = Some(at(Journal::Rewrite(Box::new(journal))));
    assert_eq!(why(&seen, "x"), None);
    assert_eq!(why(&seen, "y"), Some((Undo::SourcesChanged, Some(PartitionState::Active))));
    seen.view.marks.insert(node("a"), Revision(6));
    assert_eq!(why(&seen, "x"), Some((Undo::Marked(node("a")), Some(PartitionState::Active))));
    seen.view.marks.clear();
    if let Some(record) = &mut seen.view.record {
        record.value.state = PartitionState::Active;
    }
    assert_eq!(why(&seen, "x"), Some((Undo::RecordChanged, None)), "a state that somebody else has set is theirs");
}
