//! Storage nodes.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Location, Weight};

/// The name of a storage node.
///
/// 1 to 128 of ASCII letters, digits and `. _ : @ -`, starting with a letter or digit: nothing that could leave its
/// etcd key, its directory, a comma list or a terminal line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct NodeId(String);

/// The longest node id in bytes.
pub const NODE_ID_MAX: usize = 128;

/// Why a text is no node id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NodeIdError {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// Longer than 128 bytes.
    #[error("it is longer than {NODE_ID_MAX} characters")]
    TooLong,
    /// A character that ids do not have.
    #[error("it holds {0:?}; node ids are letters, digits and . _ : @ -, and start with a letter or digit")]
    Character(char),
}

impl NodeId {
    /// Reads an id.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NodeIdError> {
        if text.is_empty() {
            return Err(NodeIdError::Empty);
        }
        if let Some(c) = text.chars().find(|c| !(c.is_ascii_alphanumeric() || "._:@-".contains(*c))) {
            return Err(NodeIdError::Character(c));
        }
        if let Some(c) = text.chars().next().filter(|c| !c.is_ascii_alphanumeric()) {
            return Err(NodeIdError::Character(c));
        }
        if text.len() > NODE_ID_MAX {
            return Err(NodeIdError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl std::str::FromStr for NodeId {
    type Err = NodeIdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl<'de> Deserialize<'de> for NodeId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|e| serde::de::Error::custom(format!("node id {text:?}: {e}")))
    }
}

/// Natural order: runs of digits by value, so that node-2 comes before node-10.
impl Ord for NodeId {
    fn cmp(&self, other: &Self) -> Ordering {
        natural_cmp(&self.0, &other.0)
    }
}

impl PartialOrd for NodeId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares texts with runs of ASCII digits taken as numbers; equal numbers of different length, and the rest, by bytes.
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let (Some(&x), Some(&y)) = (left.first(), right.first()) {
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (number_x, rest_x) = split_digits(left);
            let (number_y, rest_y) = split_digits(right);
            let by_value = number_x.len().cmp(&number_y.len()).then_with(|| number_x.cmp(number_y));
            if by_value != Ordering::Equal {
                return by_value;
            }
            (left, right) = (rest_x, rest_y);
        } else if x != y {
            return x.cmp(&y);
        } else {
            (left, right) = (&left[1..], &right[1..]);
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// The leading digits without leading zeros, and what follows.
fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let (number, rest) = text.split_at(digits);
    let zeros = number.iter().take_while(|&&b| b == b'0').count();
    (&number[zeros..], rest)
}

/// What a node may be used for.
///
/// ```text
///                    +---------- drain ---------+
///                    |                          v
///   Active --cordon--+--> Cordoned --drain--> Draining      every state --activate--> Active
///                            ^                  |           every state --fail------> Down
///                            +----- cordon -----+
///
///   Down --activate--> Active      nothing else says that a node is up again
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NodeState {
    /// In use.
    #[default]
    Active,
    /// Gets no new partitions.
    Cordoned,
    /// To be emptied.
    Draining,
    /// Not there.
    Down,
}

impl NodeState {
    /// All states, in the order of [`NodeState`].
    pub const ALL: [Self; 4] = [Self::Active, Self::Cordoned, Self::Draining, Self::Down];

    /// Whether new partitions may be created on it.
    #[must_use]
    pub fn takes_new_partitions(self) -> bool {
        match self {
            Self::Active => true,
            Self::Cordoned | Self::Draining | Self::Down => false,
        }
    }

    /// Whether it answers reads.
    #[must_use]
    pub fn is_up(self) -> bool {
        match self {
            Self::Active | Self::Cordoned | Self::Draining => true,
            Self::Down => false,
        }
    }

    /// Whether an operator's word may lead from this state to `next`; staying as it is always may.
    #[must_use]
    pub fn can_become(self, next: Self) -> bool {
        match (self, next) {
            (_, Self::Active | Self::Down) => true,
            (Self::Active | Self::Cordoned | Self::Draining, Self::Cordoned | Self::Draining) => true,
            // Its copies are rebuilt elsewhere; calling it cordoned or draining would call it up.
            (Self::Down, Self::Cordoned | Self::Draining) => false,
        }
    }

    /// The word in metadata and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Cordoned => "Cordoned",
            Self::Draining => "Draining",
            Self::Down => "Down",
        }
    }

    /// Reads the word, any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name().eq_ignore_ascii_case(text))
    }
}

/// A storage node as it is recorded under `nodes/{node_id}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its name, from the key.
    pub id: NodeId,
    /// Its share of the data against other nodes; 1 is usual.
    pub weight: Weight,
    /// How many bytes it can hold, where that is known.
    pub capacity_bytes: Option<u64>,
    /// Where it stands.
    pub location: Location,
    /// What it may be used for.
    pub state: NodeState,
    /// Where its data is: `file:///path`, `s3://bucket/prefix`.
    pub data_url: Option<String>,
}

impl Node {
    /// A node with weight 1, active, nothing else known.
    #[must_use]
    pub fn new(id: NodeId) -> Self {
        Self {
            id,
            weight: Weight::ONE,
            capacity_bytes: None,
            location: Location::default(),
            state: NodeState::Active,
            data_url: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_cannot_leave_their_place() {
        for good in ["node-1", "n", "10.0.0.7:4317", "rack_3.node@eu"] {
            assert!(NodeId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-x", ".", "..", "a/b", "a b", "a,b", "a\u{1b}[31m", "a\nb", "ноде", "a=b", &"x".repeat(129)]
        {
            assert!(NodeId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn natural_order() {
        let mut ids = ["node-10", "node-2", "node-1", "node-02", "a", "node-1a", "node-"];
        ids.sort_by(|a, b| natural_cmp(a, b));
        assert_eq!(ids, ["a", "node-", "node-1", "node-1a", "node-02", "node-2", "node-10"]);
    }

    #[test]
    fn a_node_that_is_down_comes_back_by_activate_alone() {
        for state in NodeState::ALL {
            assert!(
                state.can_become(state) && state.can_become(NodeState::Down) && state.can_become(NodeState::Active)
            );
        }
        for next in [NodeState::Cordoned, NodeState::Draining] {
            let from: Vec<_> = NodeState::ALL.into_iter().filter(|s| s.can_become(next)).collect();
            assert_eq!(from, [NodeState::Active, NodeState::Cordoned, NodeState::Draining]);
        }
    }

    #[test]
    fn only_active_nodes_take_new_partitions() {
        let taking: Vec<_> = NodeState::ALL.into_iter().filter(|s| s.takes_new_partitions()).collect();
        assert_eq!(taking, [NodeState::Active]);
        assert!(NodeState::ALL.into_iter().all(|s| NodeState::parse(&s.name().to_lowercase()) == Some(s)));
    }
}
