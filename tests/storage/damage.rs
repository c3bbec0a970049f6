//! Damage on either side, before, while and after a copy: it is found, and what can be mended is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use otlp_part::operations::copying::{Bandwidth, CopySettings};
use otlp_part::operations::copying::{
    Content, CopyError, CopyEvent, CopyJob, Depth, FaultKind, Side, copy, verify_copy,
};

use crate::lab::*;

/// A way to damage the file of a segment or sidecar.
type Damage = (&'static str, fn(&Path));

const DAMAGES: [Damage; 4] = [
    ("flip at the start", |path| flip(path, 0)),
    ("flip at the end", |path| flip(path, fs::metadata(path).unwrap().len() - 1)),
    ("truncate", |path| truncate(path, fs::metadata(path).unwrap().len() / 2)),
    ("remove", |path| fs::remove_file(path).unwrap()),
];

struct Pair {
    backend: Backend,
    a: Node,
    b: Node,
}

impl Pair {
    fn new() -> Self {
        let backend = Backend::file();
        let (a, b) = (backend.node("n1"), backend.node("n2"));
        block_on(fill(&a, &place("first"), 40_000));
        Self { backend, a, b }
    }

    fn copy(&self) -> Told {
        block_on(copied(&self.a, &place("first"), &self.b, &place("c")))
    }

    fn source(&self, file: &str) -> PathBuf {
        self.backend.path("n1", "first").join(file)
    }

    fn target(&self, file: &str) -> PathBuf {
        self.backend.path("n2", "c").join(file)
    }

    fn is_equal(&self) -> bool {
        block_on(async { tree(&self.a, &place("first")).await == tree(&self.b, &place("c")).await })
    }
}

#[test]
fn a_damaged_source_is_never_copied() {
    for (what, damage) in DAMAGES {
        for file in ["s3.jsonl", "s3.jsonl.sidecar.json"] {
            let pair = Pair::new();
            if what == "remove" && file.ends_with(".json") {
                continue; // Then it is a segment that others wrote.
            }
            damage(&pair.source(file));
            let error = pair.copy().result.unwrap_err();
            assert_eq!((error.side(), error.is_unreachable()), (Some(Side::Source), false), "{what} {file}: {error}");
            assert!(matches!(error, CopyError::SourceDamaged { .. }), "{what} {file}: {error}");
            let report = block_on(verified(&pair.a, &place("first")));
            assert_eq!(report.faults.len(), 1, "{what} {file}: {report:?}");
            assert!(!pair.target("s3.jsonl.sidecar.json").exists(), "{what} {file}");
        }
    }
}

#[test]
fn one_bad_moment_makes_no_damaged_source() {
    let pair = Pair::new();
    let (from, to, bandwidth) = (place("first"), place("c"), Bandwidth::default());
    flip(&pair.source("s3.jsonl"), 3);
    let told = Mutex::new(Vec::new());
    let tell = |event| {
        if let CopyEvent::Repeated { segment, reason } = event {
            // The moment is over.
            flip(&pair.source("s3.jsonl"), 3);
            told.lock().unwrap().push(format!("{segment}: {reason}"));
        }
    };
    let (source, target, settings) = (&pair.a, &pair.b, CopySettings::default());
    let job = CopyJob { source, from: &from, target, to: &to, settings, bandwidth: &bandwidth, tell: &tell };
    block_on(copy(&job)).unwrap();
    let told = told.lock().unwrap();
    assert!(told.len() == 1 && told[0].starts_with("s3.jsonl: source: its CRC32C is "), "{told:?}");
    assert!(pair.is_equal());
}

#[test]
fn a_damaged_target_is_mended_by_the_next_run() {
    for (what, damage) in DAMAGES {
        for file in ["s3.jsonl", "s3.jsonl.sidecar.json"] {
            let pair = Pair::new();
            let content = pair.copy().result.unwrap();
            damage(&pair.target(file));
            let report = block_on(verified(&pair.b, &place("c")));
            if what == "remove" && file.ends_with(".json") {
                // Then it looks like a segment of others.
                assert_eq!(report.bare.len(), 1, "{file}: {report:?}");
            } else {
                assert!(!report.is_full(&content) && report.faults.len() == 1, "{what} {file}: {report:?}");
            }
            let told = pair.copy();
            assert_eq!(told.result.unwrap(), content, "{what} {file}");
            assert!(pair.is_equal(), "{what} {file}");
        }
    }
}

/// What an earlier tool left under a segment's name is read before anything is written over it.
#[test]
fn a_target_that_was_damaged_before_the_copy_is_mended() {
    for (what, damage) in &DAMAGES[..3] {
        let pair = Pair::new();
        fs::create_dir_all(pair.target("")).unwrap();
        fs::copy(pair.source("s3.jsonl"), pair.target("s3.jsonl")).unwrap();
        damage(&pair.target("s3.jsonl"));
        let told = pair.copy();
        told.result.as_ref().unwrap();
        let repeated = told.repeated();
        assert!(repeated.len() == 1 && repeated[0].starts_with("s3.jsonl: "), "{what}: {repeated:?}");
        assert!(pair.is_equal(), "{what}");
    }
}

/// The whole copy on the target is not touched, whatever becomes of the source.
#[test]
fn a_source_that_is_damaged_after_the_copy_harms_no_copy() {
    for (what, damage) in DAMAGES {
        for file in ["s3.jsonl", "s3.jsonl.sidecar.json"] {
            let pair = Pair::new();
            let content = pair.copy().result.unwrap();
            let before = block_on(tree(&pair.b, &place("c")));
            damage(&pair.source(file));
            let source = block_on(verified(&pair.a, &place("first")));
            assert!(!source.is_sound() || source.bare.len() == 1, "{what} {file}: {source:?}");
            match pair.copy().result {
                // Bits that turned at the source are no matter where its sidecar vouches for the target's.
                Ok(again) => assert_eq!(again, content, "{what} {file}"),
                Err(error) => {
                    assert!(matches!(error, CopyError::SourceDamaged { .. }), "{what} {file}: {error}");
                }
            }
            assert!(block_on(verified(&pair.b, &place("c"))).is_full(&content), "{what} {file}");
            assert!(block_on(tree(&pair.b, &place("c"))) == before, "{what} {file}");
        }
    }
}

/// The staged file of the largest segment, once all of it is written.
fn staged(directory: &Path) -> Option<PathBuf> {
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let whole = fs::metadata(path).is_ok_and(|metadata| metadata.len() == 80_077);
        name.starts_with("s5.jsonl.") && name.ends_with(".staging") && whole
    };
    fs::read_dir(directory).ok()?.map(|entry| entry.unwrap().path()).find(is_it)
}

/// One bit of what is being written turns on its way to the disk.
#[test]
fn what_does_not_read_back_is_written_again() {
    let pair = Pair::new();
    let hit = AtomicBool::new(false);
    let directory = pair.backend.path("n2", "c");
    let flip_staged = |event: &CopyEvent| {
        if let Some(staged) = staged(&directory).filter(|_| matches!(event, CopyEvent::Written { .. }))
            && !hit.swap(true, Ordering::Relaxed)
        {
            flip(&staged, 17);
        }
    };
    let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &flip_staged));
    told.result.as_ref().unwrap();
    assert!(hit.load(Ordering::Relaxed) && pair.is_equal());
    let repeated = told.repeated();
    assert!(repeated.len() == 1 && repeated[0].starts_with("s5.jsonl: its CRC32C is "), "{repeated:?}");
}

/// A disk that damages whatever is written is given up, and nothing of it counts.
#[test]
fn a_target_that_never_reads_back_is_an_error() {
    for (what, damage) in &DAMAGES[..3] {
        let pair = Pair::new();
        let directory = pair.backend.path("n2", "c");
        // Each file once: the other stream tells of its pieces as well, and a bit that is turned twice is whole again.
        let hit = Mutex::new(BTreeSet::new());
        let always = |event: &CopyEvent| {
            if let Some(staged) = staged(&directory).filter(|_| matches!(event, CopyEvent::Written { .. }))
                && hit.lock().unwrap().insert(staged.clone())
            {
                damage(&staged);
            }
        };
        let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &always));
        let error = told.result.unwrap_err();
        assert!(
            matches!(&error, CopyError::TargetDamaged { segment, .. } if *segment == name("s5.jsonl")),
            "{what}: {error}"
        );
        assert_eq!(hit.lock().unwrap().len(), 3, "{what}: each attempt was damaged");
        assert!(!pair.target("s5.jsonl").exists() && !pair.target("s5.jsonl.sidecar.json").exists());
        let left = block_on(pair.b.list(&place("c"))).unwrap();
        assert_eq!(left.staged, 0, "{what}");
    }
}

#[test]
fn what_vanishes_or_shrinks_after_it_was_verified_is_found() {
    for (what, damage) in &DAMAGES[2..] {
        for file in ["s1.jsonl", "s1.jsonl.sidecar.json"] {
            if file.ends_with(".json") && *what == "truncate" {
                continue; // A look at the end is at lengths of segments; the next look reads sidecars.
            }
            let pair = Pair::new();
            let path = pair.target(file);
            let last = name("s5.jsonl");
            let late = |event: &CopyEvent| {
                if matches!(event, CopyEvent::Verified { segment, .. } if *segment == last) {
                    damage(&path);
                }
            };
            let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &late));
            let error = told.result.unwrap_err();
            assert!(
                matches!(&error, CopyError::TargetDamaged { segment, .. } if *segment == name("s1.jsonl")),
                "{what}: {error}"
            );
        }
    }
}

#[test]
fn a_source_that_changes_meanwhile_is_noticed() {
    // It loses a segment that was copied.
    let pair = Pair::new();
    let last = name("s5.jsonl");
    let lose = |event: &CopyEvent| {
        if matches!(event, CopyEvent::Verified { segment, .. } if *segment == last) {
            fs::remove_file(pair.source("s1.jsonl")).unwrap();
            fs::remove_file(pair.source("s1.jsonl.sidecar.json")).unwrap();
        }
    };
    let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &lose));
    assert!(matches!(told.result, Err(CopyError::SourceChanged(_))), "{:?}", told.result);
    // And so says the next run: the target has more.
    let next = pair.copy().result;
    assert!(matches!(next, Err(CopyError::TargetForeign(_))), "{next:?}");

    // It gains one: that is copied as well.
    let pair = Pair::new();
    let gained = AtomicBool::new(false);
    let gain = |event: &CopyEvent| {
        if matches!(event, CopyEvent::Verified { .. }) && !gained.swap(true, Ordering::Relaxed) {
            fs::write(pair.source("late.jsonl"), b"{}\n").unwrap();
        }
    };
    let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &gain));
    assert_eq!(told.result.unwrap().segments, 7);
    assert_eq!(fs::read(pair.target("late.jsonl")).unwrap(), b"{}\n");

    // It gains one each time.
    let pair = Pair::new();
    let endless = |event: &CopyEvent| {
        if let CopyEvent::Verified { segment, .. } = event {
            fs::write(pair.source(&format!("{segment}.x")), b"x").unwrap();
        }
    };
    let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &endless));
    assert!(matches!(told.result, Err(CopyError::SourceChanged(_))), "{:?}", told.result);

    // A segment grows, which segments never do.
    let pair = Pair::new();
    write_opaque(&pair);
    let grow = |event: &CopyEvent| {
        if matches!(event, CopyEvent::Verified { segment, .. } if segment.as_str() == "t") {
            fs::write(pair.source("t"), b"longer").unwrap();
        }
    };
    let told = block_on(copied_while(&pair.a, &place("first"), &pair.b, &place("c"), &grow));
    assert!(matches!(told.result, Err(CopyError::SourceChanged(_))), "{:?}", told.result);
}

fn write_opaque(pair: &Pair) {
    block_on(write(&pair.a, &place("first"), "t", b"short", None));
}

#[test]
fn files_that_are_no_segments_stop_a_copy() {
    for side in [Side::Source, Side::Target] {
        let pair = Pair::new();
        pair.copy().result.unwrap();
        let path = if side == Side::Source { pair.source("a b.parquet") } else { pair.target("a b.parquet") };
        fs::write(path, b"data?").unwrap();
        let error = pair.copy().result.unwrap_err();
        assert!(matches!(&error, CopyError::Strangers { side: s, .. } if *s == side), "{error}");
        assert!(error.to_string().contains("a b.parquet"), "{error}");
    }
}

#[test]
fn verification_names_what_is_wrong() {
    let pair = Pair::new();
    let whole = block_on(verified(&pair.a, &place("first")));
    assert!(whole.is_sound());
    flip(&pair.source("s2.jsonl"), 5);
    truncate(&pair.source("s3.jsonl"), 7);
    fs::remove_file(pair.source("s4.jsonl")).unwrap();
    fs::write(pair.source("s5.jsonl.sidecar.json"), b"{").unwrap();
    fs::write(pair.source(".x"), b"{").unwrap();
    let look = |depth| {
        let (settings, bandwidth) = (CopySettings::default(), Bandwidth::default());
        let report = block_on(verify_copy(&pair.a, &place("first"), depth, settings, &bandwidth, &|_| {})).unwrap();
        let text = |kind: &FaultKind| match kind {
            FaultKind::Missing => "missing",
            FaultKind::Bytes { .. } => "bytes",
            FaultKind::Crc { .. } => "crc",
            FaultKind::Sidecar(_) => "sidecar",
            FaultKind::Unreadable(_) => "unreadable",
            FaultKind::Stranger => "stranger",
        };
        report.faults.iter().map(|fault| format!("{} {}", fault.name, text(&fault.kind))).collect::<Vec<_>>()
    };
    let all = [".x stranger", "s2.jsonl crc", "s3.jsonl bytes", "s4.jsonl missing", "s5.jsonl sidecar"];
    assert_eq!(look(Depth::Bytes), all);
    // Without reading, flips are not seen.
    assert_eq!(look(Depth::Sidecars), [all[0], all[2], all[3], all[4]]);
    let report = block_on(verified(&pair.a, &place("first")));
    assert!(!report.is_full(&whole.content) && report.content != Content::default());
}
