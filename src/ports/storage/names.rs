//! Names below a node's data: `{partition_id}/{copy_id}/{segment}`.
//!
//! Invariant: a name is one part of a path that cannot leave its place and that no store has to escape: it starts with a
//! letter or digit and holds no `/`, no `\`, no `#` and no white space, so neither `.` nor `..` is a name. What the store
//! itself puts beside segments ([`SIDECAR_SUFFIX`], [`STAGING_SUFFIX`], [`QUARANTINE_SUFFIX`], [`MANIFEST_NAME`]) is no segment's
//! name.

use std::fmt;

use crate::model::PartitionId;

/// The longest copy id in bytes.
pub const COPY_ID_MAX: usize = 128;
/// The longest segment name in bytes: with the sidecar's or a staging suffix it still fits the 255 of a file's name.
pub const SEGMENT_NAME_MAX: usize = 200;
/// What a sidecar's name adds to its segment's.
pub const SIDECAR_SUFFIX: &str = ".sidecar.json";
/// How the name of something ends that is not whole yet: `{segment}.{24 hex digits}.staging`.
pub const STAGING_SUFFIX: &str = ".staging";
/// How the name of something ends that was found damaged, and is kept out of the readers' way until it is made anew:
/// `{segment or sidecar}.{24 hex digits}.quarantined`.
pub const QUARANTINE_SUFFIX: &str = ".quarantined";
/// A cache of a sealed copy's sidecars, never the truth.
pub const MANIFEST_NAME: &str = "manifest.json";
/// The node's marker, beside the partitions.
pub const MARKER_NAME: &str = ".otlp-part-node.json";

/// Why a text is no copy id or segment name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// Too long.
    #[error("it is longer than {0} bytes")]
    TooLong(usize),
    /// A character that names do not have, at least not there.
    #[error("it holds {0:?}; names are letters, digits and . _ - = + @ : and comma, and start with a letter or digit")]
    Character(char),
    /// The store's own.
    #[error("{0} is a name of the store's own")]
    Reserved(&'static str),
}

fn check(text: &str, more: &str, length_max: usize) -> Result<(), NameError> {
    let Some(first) = text.chars().next() else { return Err(NameError::Empty) };
    let wrong = |c: &char| !(c.is_ascii_alphanumeric() || more.contains(*c));
    if let Some(c) = text.chars().find(wrong).or(Some(first).filter(|c| !c.is_ascii_alphanumeric())) {
        return Err(NameError::Character(c));
    }
    if text.len() > length_max { Err(NameError::TooLong(length_max)) } else { Ok(()) }
}

/// The id of one copy of a partition on one node. Ids are never used twice, so who deletes one can never hit a newer copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CopyId(String);

impl CopyId {
    /// The id of a copy that none was ever recorded for.
    pub const FIRST: &'static str = crate::migration::journal::FIRST_COPY;

    /// Reads an id: letters, digits, `.`, `_` and `-`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check(text, "._-", COPY_ID_MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// The copy that none was ever recorded for.
    #[must_use]
    pub fn first() -> Self {
        Self(Self::FIRST.to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CopyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The name of a segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentName(String);

impl SegmentName {
    /// Reads a name: letters, digits and `. _ - = + @ : ,`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check(text, "._-=+@:,", SEGMENT_NAME_MAX)?;
        for reserved in [SIDECAR_SUFFIX, STAGING_SUFFIX, QUARANTINE_SUFFIX] {
            if text.ends_with(reserved) {
                return Err(NameError::Reserved(reserved));
            }
        }
        if text == MANIFEST_NAME {
            return Err(NameError::Reserved(MANIFEST_NAME));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of its sidecar.
    #[must_use]
    pub fn sidecar(&self) -> String {
        format!("{}{SIDECAR_SUFFIX}", self.0)
    }

    /// A name under which it or its sidecar is written until it is whole.
    #[must_use]
    pub fn staged(&self, unique: Unique) -> String {
        format!("{}.{unique}{STAGING_SUFFIX}", self.0)
    }

    /// The names that it and its sidecar have and get when they are quarantined, in the order in which that is done: while the
    /// sidecar alone is there nobody takes the segment for one that others wrote.
    #[must_use]
    pub fn quarantined(&self, unique: Unique) -> [(String, String); 2] {
        [self.0.clone(), self.sidecar()].map(|name| {
            let away = format!("{name}.{unique}{QUARANTINE_SUFFIX}");
            (name, away)
        })
    }
}

impl fmt::Display for SegmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One copy of a partition on a node: `{partition_id}/{copy_id}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CopyPlace {
    partition: PartitionId,
    copy: CopyId,
}

impl CopyPlace {
    /// The place of a copy.
    #[must_use]
    pub fn new(partition: PartitionId, copy: CopyId) -> Self {
        Self { partition, copy }
    }

    /// The partition.
    #[must_use]
    pub fn partition(&self) -> PartitionId {
        self.partition
    }

    /// The copy's id.
    #[must_use]
    pub fn copy(&self) -> &CopyId {
        &self.copy
    }
}

impl fmt::Display for CopyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.partition, self.copy)
    }
}

/// What a name in a copy's directory stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A segment.
    Segment(SegmentName),
    /// The sidecar of this segment.
    Sidecar(SegmentName),
    /// Something that is or was being written.
    Staged,
    /// This segment or its sidecar, which was found damaged.
    Quarantined(SegmentName),
    /// The cache of the sidecars.
    Manifest,
    /// Nothing that this tool knows.
    Stranger,
}

impl Entry {
    /// Tells what a name stands for.
    #[must_use]
    pub fn of(name: &str) -> Self {
        if let Some(segment) = name.strip_suffix(SIDECAR_SUFFIX) {
            return SegmentName::parse(segment).map_or(Self::Stranger, Self::Sidecar);
        }
        if let Some((segment, unique)) = name.strip_suffix(STAGING_SUFFIX).and_then(|rest| rest.rsplit_once('.')) {
            let known = Unique::is_one(unique) && SegmentName::parse(segment).is_ok();
            return if known { Self::Staged } else { Self::Stranger };
        }
        if let Some((damaged, unique)) = name.strip_suffix(QUARANTINE_SUFFIX).and_then(|rest| rest.rsplit_once('.')) {
            let segment = SegmentName::parse(damaged.strip_suffix(SIDECAR_SUFFIX).unwrap_or(damaged));
            let known = segment.ok().filter(|_| Unique::is_one(unique));
            return known.map_or(Self::Stranger, Self::Quarantined);
        }
        if name == MANIFEST_NAME {
            return Self::Manifest;
        }
        SegmentName::parse(name).map_or(Self::Stranger, Self::Segment)
    }
}

/// Part of a name that nobody else has: a random number of the process, and a number within it.
///
/// A run may take the staged files of another for leftovers, when that one was frozen for a while. With names used twice the
/// other would then go on with this run's file, and call it whole before it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unique {
    tag: u64,
    number: u32,
}

impl Unique {
    /// A part of a name from the process's random number and the next number within it.
    #[must_use]
    pub fn new(tag: u64, number: u32) -> Self {
        Self { tag, number }
    }

    fn is_one(text: &str) -> bool {
        text.len() == 24 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    }
}

impl fmt::Display for Unique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:08x}", self.tag, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_place() {
        for bad in
            ["", ".", "..", "../x", "a/b", "/a", "a\\b", "a#1", "a b", "a\n", "a\0b", "-a", ".a", "ä", "a%2e", "~"]
        {
            assert!(SegmentName::parse(bad).is_err(), "{bad:?}");
            assert!(CopyId::parse(bad).is_err(), "{bad:?}");
        }
        assert!(SegmentName::parse(&"x".repeat(SEGMENT_NAME_MAX)).is_ok());
        assert_eq!(SegmentName::parse(&"x".repeat(SEGMENT_NAME_MAX + 1)), Err(NameError::TooLong(SEGMENT_NAME_MAX)));
        assert!(CopyId::parse(&"x".repeat(COPY_ID_MAX + 1)).is_err());
        assert!(CopyId::parse("a:b").is_err() && CopyId::parse(CopyId::FIRST).is_ok());
    }

    #[test]
    fn the_stores_own_names_are_no_segments() {
        for own in ["manifest.json", "a.sidecar.json", "a.0.staging", "a.staging", "a.quarantined"] {
            assert!(matches!(SegmentName::parse(own), Err(NameError::Reserved(_))), "{own}");
        }
        let longest = SegmentName::parse(&"x".repeat(SEGMENT_NAME_MAX)).unwrap();
        assert!(longest.sidecar().len() <= 250 && longest.staged(Unique::new(u64::MAX, u32::MAX)).len() <= 250);
        for (name, away) in longest.quarantined(Unique::new(u64::MAX, u32::MAX)) {
            assert!(away.starts_with(&name) && away.len() <= 250);
            assert_eq!(Entry::of(&away), Entry::Quarantined(longest.clone()));
        }
    }

    #[test]
    fn entries_are_told_apart() {
        let name = |text: &str| SegmentName::parse(text).unwrap();
        for (text, entry) in [
            ("a.jsonl.zst", Entry::Segment(name("a.jsonl.zst"))),
            ("a.sidecar.json", Entry::Sidecar(name("a"))),
            ("a.0123456789abcdef00000001.staging", Entry::Staged),
            ("a.0.staging", Entry::Stranger),
            ("a.0123456789abcdef00000001.quarantined", Entry::Quarantined(name("a"))),
            ("a.sidecar.json.0123456789abcdef00000001.quarantined", Entry::Quarantined(name("a"))),
            ("a.0.quarantined", Entry::Stranger),
            ("a.quarantined", Entry::Stranger),
            (".0123456789abcdef00000001.quarantined", Entry::Stranger),
            ("a.0123456789ABCDEF00000001.staging", Entry::Stranger),
            ("a#1", Entry::Stranger),
            ("manifest.json", Entry::Manifest),
            ("a.x.staging", Entry::Stranger),
            ("a.staging", Entry::Stranger),
            ("a#x", Entry::Stranger),
            (".sidecar.json", Entry::Stranger),
            (".hidden", Entry::Stranger),
            ("a b", Entry::Stranger),
        ] {
            assert_eq!(Entry::of(text), entry, "{text}");
        }
    }
}
