use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn name(text: &str) -> SegmentName {
    SegmentName::parse(text).unwrap()
}

fn sum(crc32c: u32, records: Option<u64>) -> SegmentSum {
    SegmentSum { bytes: 100, crc32c, records }
}

/// One segment "s" as a copy holds it, told by a letter and a content:
/// `+1` sound; `b1` bare; `o1` sound, its sidecar knows no records; `c1` corrupt, its sidecar states 1; `x` its sidecar is damaged;
/// `m1` it is missing beside a sidecar that states 1; `-` nothing; `q` nothing, and something quarantined; `?` not looked at; a final
/// `!` = marked.
fn replica(text: &str) -> Option<Replica> {
    let (text, is_marked) = text.strip_suffix('!').map_or((text, false), |rest| (rest, true));
    let mut replica = Replica { is_marked, ..Replica::default() };
    let (kind, content) = text.split_at(1);
    let content = || content.parse().unwrap();
    let stated = |records| Some(sum(content(), records));
    let held = match kind {
        "?" => return None,
        "+" => Some(Held::Whole { sum: sum(content(), Some(3)), bare: false }),
        "o" => Some(Held::Whole { sum: sum(content(), None), bare: false }),
        "b" => Some(Held::Whole { sum: sum(content(), None), bare: true }),
        "c" => {
            let kind = FaultKind::Crc { expected: content(), found: 999 };
            Some(Held::Bad { kind, stated: stated(Some(3)) })
        }
        "m" => Some(Held::Bad { kind: FaultKind::Missing, stated: stated(Some(3)) }),
        "x" => Some(Held::Bad { kind: FaultKind::Sidecar("not JSON".to_owned()), stated: None }),
        "q" => {
            replica.quarantined.insert(name("s"));
            None
        }
        _ => None,
    };
    replica.held.extend(held.map(|held| (name("s"), held)));
    Some(replica)
}

/// "1:corrupt<0" = on copy 1 it is corrupt, and copy 0 is the source.
fn told(copies: &str) -> Vec<String> {
    let replicas: Vec<_> = copies.split(' ').map(replica).collect();
    let line = |finding: Finding| {
        let how = match &finding.prospect {
            Prospect::Rebuild { from, sidecar, .. } => {
                let sidecar = sidecar.map_or("-".to_owned(), |at| at.to_string());
                format!("<{}/{sidecar}", from.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
            }
            Prospect::Sidecar { from } => format!("<{from}"),
            other @ (Prospect::Unmark | Prospect::Lost | Prospect::Waits | Prospect::Reported) => {
                format!(" {other:?}").to_lowercase()
            }
        };
        format!("{}:{}{how}", finding.replica, finding.what.word())
    };
    judge(&replicas, false).findings.into_iter().map(line).collect()
}

#[test]
fn rules_by_example() {
    for (copies, findings) in [
        ("+1 +1 +1", &[][..]),
        ("+1 c1 +1", &["1:corrupt<0,2/0"]),
        ("c1 +1! +1", &["0:corrupt<2,1/1", "1:marked unmark"]),
        ("c1 +1!", &["0:corrupt<1/1", "1:marked unmark"]),
        ("c1 +1! ?", &["0:corrupt<1/1", "1:marked waits"]),
        ("+1 m1", &["1:missing<0/0"]),
        ("+1 x", &["1:sidecar_corrupt<0/0"]),
        ("+1 -", &["1:lacking<0/0"]),
        ("+1 q!", &["1:missing<0/0"]),
        ("+1 b1", &["1:sidecar_missing<0"]),
        ("+1 b2", &["1:corrupt<0/0"]),
        // Others wrote it: two that agree are good, one alone is only told.
        ("b1 b1 b2", &["2:corrupt<0,1/-"]),
        ("b1 b1 -", &["2:lacking<0,1/-"]),
        ("b1 - -", &["0:extra reported"]),
        ("b1", &[]),
        ("b1 ?", &[]),
        ("b1 ? -", &["0:extra reported"]),
        // What a mover wrote beside such a segment is nobody's due.
        ("o1 b1 b1", &[]),
        ("c1 o1 b1", &["0:corrupt<1,2/0", "2:sidecar_missing<0"]),
        // No majority decides.
        ("+1 +1 +2", &["0:differs lost", "1:differs lost", "2:differs lost"]),
        ("+1 b2 b2 -", &["0:differs lost", "1:differs lost", "2:differs lost", "3:lacking lost"]),
        ("b1 b2", &["0:differs lost", "1:differs lost"]),
        ("b1 b2 ?", &["0:differs waits", "1:differs waits"]),
        // The sidecar beside a damaged segment vouches for what another copy holds, and is brought to safety first.
        ("c1 b1", &["0:corrupt<1/0", "1:sidecar_missing<0"]),
        ("m1 b1", &["0:missing<1/0", "1:sidecar_missing<0"]),
        ("c1 c1", &["0:corrupt lost", "1:corrupt lost"]),
        ("c1 ?", &["0:corrupt waits"]),
        ("c1 - x", &["0:corrupt lost", "1:lacking lost", "2:sidecar_corrupt lost"]),
        // What was quarantined there was here once.
        ("q! -", &["0:missing lost"]),
        ("q! ?", &["0:missing waits"]),
        ("q! b1", &["0:missing lost", "1:extra reported"]),
        // A mark goes only where nothing can be lacking.
        ("+1! +1", &["0:marked unmark"]),
        ("+1! ?", &["0:marked waits"]),
        ("+1! +1 ?", &["0:marked unmark"]),
        ("+1! +1! ?", &["0:marked waits", "1:marked waits"]),
        ("+1! +1!", &["0:marked unmark", "1:marked unmark"]),
        ("-! -", &["0:marked unmark"]),
    ] {
        assert_eq!(told(copies), findings, "{copies}");
    }
}

#[test]
fn where_there_should_be_data_none_is_a_finding() {
    let empty = || vec![replica("-"), replica("-")];
    let found = judge(&empty(), true).findings;
    assert!(found.len() == 2 && found.iter().all(|f| f.what == What::Empty && f.prospect == Prospect::Lost));
    assert!(judge(&empty(), false).findings.is_empty());
    let found = judge(&[replica("-!"), None], true).findings;
    assert_eq!(
        found.iter().map(|f| (f.what, f.prospect.clone())).collect::<Vec<_>>(),
        [(What::Empty, Prospect::Waits)]
    );
    assert!(judge(&[None, None], true).findings.is_empty());
}

#[test]
fn strangers_are_told_and_nothing_is_done_about_them() {
    let mut one = replica("+1!").unwrap();
    one.strangers = vec!["a b".to_owned()];
    let found = judge(&[Some(one), replica("+1")], true).findings;
    let of = |f: &Finding| (f.segment.clone(), f.what, f.prospect.clone());
    let expected =
        [(String::new(), What::Marked, Prospect::Unmark), ("a b".to_owned(), What::Stranger, Prospect::Reported)];
    assert_eq!(found.iter().map(of).collect::<Vec<_>>(), expected);
}

#[test]
fn quarantined_files_without_a_mark_go_too() {
    let mut one = replica("+1").unwrap();
    one.quarantined.insert(name("s"));
    let found = judge(&[Some(one), replica("+1")], true).findings;
    assert_eq!((found[0].what, &found[0].prospect), (What::Quarantined, &Prospect::Unmark));
    // Of a segment that is good nowhere, they stay.
    let mut one = replica("b1").unwrap();
    one.quarantined.insert(name("s"));
    let found = judge(&[Some(one), replica("-")], true).findings;
    assert!(found.iter().all(|f| f.prospect != Prospect::Unmark), "{found:?}");
}

#[test]
fn every_word_is_its_own() {
    let words: BTreeSet<&str> = What::ALL.iter().map(|what| what.word()).chain([What::UNREACHABLE]).collect();
    assert_eq!(words.len(), What::ALL.len() + 1);
}

/// How a copy of a segment may go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    None,
    Flipped,
    Cut,
    Gone,
    GoneWithSidecar,
    SidecarGone,
    SidecarBroken,
    SidecarGoneAndFlipped,
}

fn damage() -> impl Strategy<Value = Damage> {
    use Damage::{Cut, Flipped, Gone, GoneWithSidecar, None, SidecarBroken, SidecarGone, SidecarGoneAndFlipped};
    prop_oneof![
        4 => Just(None),
        1 => Just(Flipped),
        1 => Just(Cut),
        1 => Just(Gone),
        1 => Just(GoneWithSidecar),
        1 => Just(SidecarGone),
        1 => Just(SidecarBroken),
        1 => Just(SidecarGoneAndFlipped),
    ]
}

/// What a look finds of a segment whose true content is 7, after a damage to copy `at` of it.
fn seen(damage: Damage, at: usize) -> Option<Held> {
    let stated = Some(sum(7, Some(3)));
    // Each damage makes bytes of its own.
    let other = 100 + at as u32;
    let bad = |kind, stated| Some(Held::Bad { kind, stated });
    match damage {
        Damage::None => Some(Held::Whole { sum: sum(7, Some(3)), bare: false }),
        Damage::Flipped => bad(FaultKind::Crc { expected: 7, found: other }, stated),
        Damage::Cut => bad(FaultKind::Bytes { expected: 100, found: 9 }, stated),
        Damage::Gone => bad(FaultKind::Missing, stated),
        Damage::GoneWithSidecar => None,
        Damage::SidecarGone => Some(Held::Whole { sum: sum(7, None), bare: true }),
        Damage::SidecarBroken => bad(FaultKind::Sidecar("broken".to_owned()), None),
        Damage::SidecarGoneAndFlipped => Some(Held::Whole { sum: sum(other, None), bare: true }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Against what is known to have happened, not against the rules: of segments that we wrote, each with damages of its own.
    #[test]
    fn what_happened_is_found_and_only_the_truth_is_spread(
        segments in prop::collection::vec(prop::collection::vec(damage(), 4), 1..4),
        copies in 1_usize..=4,
        hidden in prop::option::of(0_usize..4),
        marks in prop::collection::vec(any::<bool>(), 4),
    ) {
        let hidden = hidden.filter(|_| copies > 1);
        let mut replicas: Vec<Option<Replica>> = (0..copies).map(|at| {
            (hidden != Some(at)).then(|| Replica { is_marked: marks[at], ..Replica::default() })
        }).collect();
        for (n, damages) in segments.iter().enumerate() {
            for (at, replica) in replicas.iter_mut().enumerate() {
                if let (Some(replica), Some(held)) = (replica, seen(damages[at], at)) {
                    replica.held.insert(name(&format!("s{n}")), held);
                }
            }
        }
        let findings = judge(&replicas, true).findings;
        for (n, damages) in segments.iter().enumerate() {
            let segment = format!("s{n}");
            let looked: Vec<usize> = (0..copies).filter(|at| hidden != Some(*at)).collect();
            // A copy holds the truth if its bytes do, and it can be known by a sidecar that says so, or by another copy.
            let true_bytes: Vec<usize> = looked.iter().copied()
                .filter(|at| matches!(damages[*at], Damage::None | Damage::SidecarGone)).collect();
            let is_stated = looked.iter().any(|at| {
                matches!(damages[*at], Damage::None | Damage::Flipped | Damage::Cut | Damage::Gone)
            });
            let is_known = !true_bytes.is_empty() && (is_stated || true_bytes.len() > 1 || copies == 1);
            let is_only_flipped_bare = copies == 1 && damages[0] == Damage::SidecarGoneAndFlipped;
            for &at in &looked {
                let of: Vec<&Finding> = findings.iter().filter(|f| f.replica == at && f.segment == segment).collect();
                prop_assert!(of.len() <= 1, "{:?}", of);
                match damages[at] {
                    Damage::None => prop_assert!(of.is_empty(), "{:?}", of),
                    Damage::SidecarGone if is_known => {
                        prop_assert!(of.iter().all(|f| f.what == What::SidecarMissing), "{:?}", of);
                        // Where a sidecar is left somewhere, it is put back.
                        prop_assert_eq!(of.len(), usize::from(is_stated));
                    }
                    // Nothing says what it should be, and nobody who was looked at can contradict it.
                    Damage::SidecarGone | Damage::SidecarGoneAndFlipped if looked.len() == 1 && !is_known => {
                        prop_assert!(of.is_empty() || is_stated, "{:?}", of);
                    }
                    Damage::SidecarGoneAndFlipped if is_only_flipped_bare => prop_assert!(of.is_empty()),
                    Damage::GoneWithSidecar if !is_known => {}
                    Damage::Flipped
                    | Damage::Cut
                    | Damage::Gone
                    | Damage::GoneWithSidecar
                    | Damage::SidecarGone
                    | Damage::SidecarBroken
                    | Damage::SidecarGoneAndFlipped => prop_assert_eq!(of.len(), 1, "{:?} on {} of {:?}", damages[at], at, damages),
                }
                for finding in of {
                    let is_rebuilt = match &finding.prospect {
                        Prospect::Rebuild { from, good, sidecar } => {
                            prop_assert_eq!(*good, (100, 7), "something else than the truth is spread");
                            prop_assert!(!from.is_empty() && from.iter().all(|at| true_bytes.contains(at)));
                            prop_assert_eq!(&finding.good_on, &true_bytes);
                            prop_assert_eq!(sidecar.is_some(), is_stated);
                            // Marked copies are the last to be read.
                            prop_assert!(from.is_sorted_by_key(|at| marks[*at]));
                            true
                        }
                        Prospect::Sidecar { from } => {
                            prop_assert!(seen(damages[*from], *from).is_some_and(|held| held.stated().is_some()));
                            true
                        }
                        Prospect::Lost => {
                            prop_assert!(hidden.is_none() || !is_known);
                            false
                        }
                        Prospect::Waits | Prospect::Reported | Prospect::Unmark => false,
                    };
                    prop_assert_eq!(is_rebuilt, is_known, "{:?}: {:?}", finding, damages);
                }
            }
        }
        // A mark goes from a copy only if all that is known is on it.
        for finding in findings.iter().filter(|f| f.prospect == Prospect::Unmark) {
            let at = finding.replica;
            let lacks_nothing = segments.iter().all(|damages| {
                let is_anywhere = (0..copies).any(|at| hidden != Some(at) && damages[at] == Damage::None);
                damages[at] == Damage::None || !is_anywhere
            });
            prop_assert!(marks[at] && lacks_nothing);
        }
    }
}
