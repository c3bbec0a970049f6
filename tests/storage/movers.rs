//! The operator's own mover: what it does is proved, whatever it says.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use otlp_part::operations::copying::{Bandwidth, Content, CopyError, CopyEvent, CopyJob, CopySettings, copy_by_mover};
use otlp_part::storage::CommandMover;

use crate::lab::*;

struct Pair {
    backend: Backend,
    a: Node,
    b: Node,
    scratch: tempfile::TempDir,
}

impl Pair {
    fn new() -> Self {
        let backend = Backend::file();
        let (a, b) = (backend.node("n1"), backend.node("n2"));
        block_on(fill(&a, &place("first"), 40_000));
        Self { backend, a, b, scratch: tempfile::tempdir().unwrap() }
    }

    fn mover(&self, command: &str) -> CommandMover {
        CommandMover::new(command.to_owned(), self.scratch.path().to_owned(), 7)
    }

    async fn moved_async(&self, command: &str) -> (Result<Content, CopyError>, Vec<CopyEvent>) {
        self.moved_telling(command, |_| {}).await
    }

    async fn moved_telling(
        &self,
        command: &str,
        told: impl Fn(&CopyEvent) + Send + Sync,
    ) -> (Result<Content, CopyError>, Vec<CopyEvent>) {
        let events = Mutex::new(Vec::new());
        let tell = |event| {
            told(&event);
            events.lock().unwrap().push(event);
        };
        let (from, to, bandwidth) = (place("first"), place("c"), Bandwidth::default());
        let (source, target, settings) = (&self.a, &self.b, CopySettings::default());
        let job = CopyJob { source, from: &from, target, to: &to, settings, bandwidth: &bandwidth, tell: &tell };
        let result = copy_by_mover(&job, &self.mover(command)).await;
        (result, events.into_inner().unwrap())
    }

    fn moved(&self, command: &str) -> Result<Content, CopyError> {
        block_on(self.moved_async(command)).0
    }

    fn is_equal(&self) -> bool {
        block_on(async { tree(&self.a, &place("first")).await == tree(&self.b, &place("c")).await })
    }
}

const CP: &str = r#"src=${OTLP_PART_SRC#file://} dst=${OTLP_PART_DST#file://}
    mkdir -p "$dst" && cp "$src"/* "$dst"/ && echo '{"bytes":5,"more":1}' && echo 'no JSON' && echo '{"bytes":77}'"#;

#[test]
fn what_a_mover_brought_is_read_on_both_sides() {
    let pair = Pair::new();
    let (result, events) = block_on(pair.moved_async(CP));
    let content = result.unwrap();
    assert!(pair.is_equal());
    assert!(block_on(verified(&pair.a, &place("first"))).is_full(&content));
    let says: Vec<_> = events.iter().filter(|event| matches!(event, CopyEvent::MoverSays { .. })).collect();
    assert_eq!(says, [&CopyEvent::MoverSays { bytes: 5 }, &CopyEvent::MoverSays { bytes: 77 }]);
    assert_eq!(events.iter().filter(|event| matches!(event, CopyEvent::Verified { .. })).count(), 6);
    assert_eq!(std::fs::read_dir(pair.scratch.path()).unwrap().count(), 0, "the manifest is left");
}

#[test]
fn a_mover_is_told_what_to_bring() {
    let pair = Pair::new();
    let seen = pair.scratch.path().join("seen");
    let command =
        format!("{CP}; {{ echo \"$OTLP_PART_PARTITION\"; cat \"$OTLP_PART_MANIFEST\"; }} > '{}'", seen.display());
    pair.moved(&command).unwrap();
    let text = std::fs::read_to_string(seen).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines.len()), ("partition_489542_0051", 7));
    assert_eq!(lines[3], r#"{"segment":"s2.jsonl","bytes":39999,"has_sidecar":true}"#);
}

#[test]
fn its_exit_code_proves_nothing() {
    let pair = Pair::new();
    // It says that it did, and did nothing.
    let error = pair.moved("true").unwrap_err();
    assert!(matches!(&error, CopyError::Mover(text) if text.contains("3 runs")), "{error}");
    // It leaves one out.
    let error = pair.moved(&format!("{CP}; rm \"$dst/s2.jsonl\"")).unwrap_err();
    assert!(matches!(&error, CopyError::Mover(text) if text.contains("s2.jsonl")), "{error}");
    // It brings one with a bit flipped.
    let error = pair.moved(&format!("{CP}; printf X | dd of=\"$dst/s2.jsonl\" bs=1 seek=9 conv=notrunc")).unwrap_err();
    assert!(matches!(&error, CopyError::Mover(text) if text.contains("CRC32C")), "{error}");
    assert!(!pair.backend.path("n2", "c").join("s2.jsonl").exists());
    // Damaged once, it is brought again.
    let once = format!(
        "{CP}; [ -e \"{0}/once\" ] || printf X | dd of=\"$dst/s2.jsonl\" bs=1 seek=9 conv=notrunc; touch \"{0}/once\"",
        pair.scratch.path().display()
    );
    pair.moved(&once).unwrap();
    assert!(pair.is_equal());
}

#[test]
fn without_sidecars_they_are_made_here() {
    let pair = Pair::new();
    let content = pair.moved(&format!("{CP}; rm \"$dst\"/*.sidecar.json")).unwrap();
    assert!(pair.is_equal() && content.record_count == Some(150));
}

#[test]
fn a_mover_that_fails_says_why() {
    let pair = Pair::new();
    let error = pair.moved("echo 'no route to host' >&2; exit 3").unwrap_err();
    assert_eq!(error.to_string(), "the mover ended with exit status: 3: no route to host");
    assert!(error.side().is_none() && error.hint().is_some());
    // A source that is damaged is the source's fault.
    flip(&pair.backend.path("n1", "first").join("s3.jsonl"), 3);
    assert!(matches!(pair.moved(CP), Err(CopyError::SourceDamaged { .. })));
    // Long lines and no end of line do no harm.
    let pair = Pair::new();
    pair.moved(&format!("{CP}; head -c 300000 /dev/zero | tr '\\0' x; printf '\\n{{\"bytes\":'")).unwrap();
}

#[test]
fn one_bad_moment_makes_no_damaged_source() {
    let pair = Pair::new();
    let bad = pair.backend.path("n1", "first").join("s3.jsonl");
    // The mover still read what is right.
    let command = format!("{CP}; printf X | dd of='{}' bs=1 seek=9 conv=notrunc 2>&1", bad.display());
    let right = std::fs::read(&bad).unwrap();
    let told = |event: &CopyEvent| {
        if matches!(event, CopyEvent::Repeated { .. }) {
            std::fs::write(&bad, &right).unwrap();
        }
    };
    let (result, events) = block_on(pair.moved_telling(&command, told));
    result.unwrap();
    assert!(pair.is_equal());
    let repeated = events.iter().filter_map(|event| {
        let CopyEvent::Repeated { segment, reason } = event else { return None };
        Some(format!("{segment}: {reason}"))
    });
    let repeated: Vec<String> = repeated.collect();
    assert!(repeated.len() == 1 && repeated[0].starts_with("s3.jsonl: source: "), "{repeated:?}");
}

/// Nothing of a mover writes on, neither when it is given up nor behind its own back.
#[test]
fn a_mover_ends_with_all_that_it_started() {
    let pair = Pair::new();
    let tick = pair.scratch.path().join("tick");
    let count = || std::fs::metadata(&tick).map_or(0, |metadata| metadata.len());
    let ticking = format!("while :; do printf x >> '{}'; sleep 0.02; done", tick.display());
    let is_quiet = || {
        let before = count();
        std::thread::sleep(Duration::from_millis(200));
        before > 0 && count() == before
    };
    block_on(async {
        let cut =
            tokio::time::timeout(Duration::from_millis(500), pair.moved_async(&format!("({ticking}) & wait"))).await;
        assert!(cut.is_err());
    });
    assert!(is_quiet());
    std::fs::remove_file(&tick).unwrap();
    pair.moved(&format!("({ticking}) & sleep 0.2; {CP}")).unwrap();
    assert!(is_quiet());
}

fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        skipped(&format!("{program} is not installed, its example mover was not tried"));
    }
    found
}

fn example(name: &str) -> String {
    format!("'{}'", Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).display())
}

#[test]
fn the_example_movers_move() {
    for (program, mover) in [("rsync", "mover-rsync"), ("rclone", "mover-rclone")] {
        if !is_installed(program) {
            continue;
        }
        let pair = Pair::new();
        let (result, events) = block_on(pair.moved_async(&example(mover)));
        let content = result.unwrap();
        assert!(pair.is_equal(), "{mover}");
        let said =
            events.iter().rev().find_map(|e| if let CopyEvent::MoverSays { bytes } = e { Some(*bytes) } else { None });
        assert!(said.is_some_and(|bytes| bytes >= content.bytes), "{mover} said {said:?} of {}", content.bytes);
        // One bit flipped on the target, its time and size as before: found, and mended by the same mover.
        let damaged = pair.backend.path("n2", "c").join("s5.jsonl");
        let times = std::fs::metadata(&damaged).unwrap().modified().unwrap();
        flip(&damaged, 1234);
        std::fs::File::open(&damaged).unwrap().set_modified(times).unwrap();
        assert_eq!(pair.moved(&example(mover)).unwrap(), content, "{mover}");
        assert!(pair.is_equal(), "{mover}");
        // What it cannot do it says.
        std::fs::write(pair.backend.path("n1", "first").join("s6"), b"x").unwrap();
        let missing = format!("OTLP_PART_SRC=ftp://x {}", example(mover));
        let error = pair.moved(&missing).unwrap_err().to_string();
        assert!(error.contains("ftp://x"), "{error}");
    }
}
