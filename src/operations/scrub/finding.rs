//! One thing that is wrong with a copy, and what can be done about it.

use super::judge::Identity;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Its sidecar is there, or it was quarantined; it itself is not.
    Missing,
    /// Another copy holds it, sound.
    Lacking,
    /// Its bytes are not what they should be.
    Corrupt,
    /// Its length is not what it should be.
    Length,
    /// It, or the whole copy, cannot be read.
    Unreadable,
    /// It is sound and has no sidecar, though there is one.
    SidecarMissing,
    /// Its sidecar cannot be read.
    SidecarCorrupt,
    /// Copies hold different contents, and nobody can say which is right.
    Differs,
    /// It is on this copy alone, and no sidecar says what it should be.
    Extra,
    /// This is no segment's name, and may be data.
    Stranger,
    /// The record says that there is data, and no copy holds any.
    Empty,
    /// It has a repair mark and lacks nothing.
    Marked,
    /// Something lies there quarantined that is not needed any more.
    Quarantined,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Missing,
        Self::Lacking,
        Self::Corrupt,
        Self::Length,
        Self::Unreadable,
        Self::SidecarMissing,
        Self::SidecarCorrupt,
        Self::Differs,
        Self::Extra,
        Self::Stranger,
        Self::Empty,
        Self::Marked,
        Self::Quarantined,
    ];

    /// The word for a node of which no copy could be looked at: it is said once for all of them.
    pub const UNREACHABLE: &str = "unreachable";

    /// One word for scripts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Lacking => "lacking",
            Self::Corrupt => "corrupt",
            Self::Length => "length",
            Self::Unreadable => "unreadable",
            Self::SidecarMissing => "sidecar_missing",
            Self::SidecarCorrupt => "sidecar_corrupt",
            Self::Differs => "differs",
            Self::Extra => "extra",
            Self::Stranger => "stranger",
            Self::Empty => "empty",
            Self::Marked => "marked",
            Self::Quarantined => "quarantined",
        }
    }

    /// Whether a writer leaves that for a moment: it brings a segment to one node after the other, and its sidecar behind it.
    pub(super) const fn may_be_under_way(self) -> bool {
        match self {
            Self::Lacking | Self::SidecarMissing | Self::Extra => true,
            Self::Missing
            | Self::Corrupt
            | Self::Length
            | Self::Unreadable
            | Self::SidecarCorrupt
            | Self::Differs
            | Self::Stranger
            | Self::Empty
            | Self::Marked
            | Self::Quarantined => false,
        }
    }

    /// Whether a copy of which that was found does not hold all that it should. What only it holds, and what is beside the
    /// segments, takes nothing from it.
    pub(super) const fn speaks_against_copy(self) -> bool {
        match self {
            Self::Missing
            | Self::Lacking
            | Self::Corrupt
            | Self::Length
            | Self::Unreadable
            | Self::SidecarMissing
            | Self::SidecarCorrupt
            | Self::Differs
            | Self::Empty => true,
            Self::Extra | Self::Stranger | Self::Marked | Self::Quarantined => false,
        }
    }
}

/// What can be done about it. Copies are numbered in the order of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prospect {
    /// The segment is made anew.
    Rebuild {
        /// From these copies, the best first.
        from: Vec<usize>,
        /// With the sidecar of this one; none = nobody has one.
        sidecar: Option<usize>,
        /// What it must be.
        good: Identity,
    },
    /// It gets the sidecar of another copy.
    Sidecar {
        /// Whose.
        from: usize,
    },
    /// Mark and quarantined files can go.
    Unmark,
    /// No copy is known to be good, and all were looked at or contradict each other.
    Lost,
    /// Nothing, before the copies that could not be looked at are.
    Waits,
    /// Nothing that is safe without somebody's decision.
    Reported,
}

impl Prospect {
    /// Whether a repair would do something about it.
    #[must_use]
    pub const fn is_repairable(&self) -> bool {
        match self {
            Self::Rebuild { .. } | Self::Sidecar { .. } | Self::Unmark => true,
            Self::Lost | Self::Waits | Self::Reported => false,
        }
    }

    /// One word for scripts.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Rebuild { .. } | Self::Sidecar { .. } | Self::Unmark => "repairable",
            Self::Lost => "no_good_copy",
            Self::Waits => "waits",
            Self::Reported => "reported",
        }
    }
}

/// One thing that is wrong with a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which copy, in the order of the record.
    pub replica: usize,
    /// The segment's name, or another one in the copy's directory; "" = the whole copy.
    pub segment: String,
    /// What is wrong.
    pub what: What,
    /// What there should be, in words.
    pub expected: Option<String>,
    /// What there is, in words.
    pub found: Option<String>,
    /// The copies that hold it as it should be.
    pub good_on: Vec<usize>,
    /// What can be done.
    pub prospect: Prospect,
}

impl Finding {
    pub(super) fn new(replica: usize, segment: &str, what: What, prospect: Prospect) -> Self {
        let segment = segment.to_owned();
        Self { replica, segment, what, expected: None, found: None, good_on: Vec::new(), prospect }
    }

    /// Whether it is about the same thing as another, found at another time.
    pub(super) fn is_about(&self, other: &Self) -> bool {
        (self.replica, &self.segment) == (other.replica, &other.segment)
    }
}
