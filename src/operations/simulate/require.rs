//! What a simulation must come to, for CI: `min-replicas=2,max-skew=0.3`.

use crate::model::ByteSize;
use crate::model::ratio::parse_ratio;

use super::Simulation;

/// One requirement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Requirement {
    /// Every partition keeps so many live replicas, also in the worst round of a failure.
    MinReplicas(u64),
    /// No node is further above its fair share.
    MaxSkew(f64),
    /// No more is copied.
    MaxMovedBytes(u64),
    /// No node is fuller.
    MaxNodeFill(f64),
    /// No more violations of hard rules, counted by partition or node.
    MaxViolations(u64),
}

/// Why a text is no requirement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequirementError {
    /// Not `NAME=VALUE`.
    #[error("{0:?} is not of the form NAME=VALUE")]
    Form(String),
    /// Nobody knows what is required.
    #[error("{0:?} is no requirement; there are: {names}", names = Requirement::NAMES.join(", "))]
    Unknown(String),
    /// The value does not fit.
    #[error("{name}={value}: {reason}")]
    Value {
        /// Of which requirement.
        name: &'static str,
        /// The text.
        value: String,
        /// What is wrong.
        reason: String,
    },
    /// The same one twice: nobody can say which one counts.
    #[error("{0} is required twice")]
    Twice(&'static str),
}

/// A requirement and what it came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its name.
    pub name: &'static str,
    /// What is required, in words.
    pub required: String,
    /// What was found, in words.
    pub found: String,
    /// Whether it is met.
    pub met: bool,
}

impl Requirement {
    /// The names there are.
    pub const NAMES: [&'static str; 5] =
        ["min-replicas", "max-skew", "max-moved-bytes", "max-node-fill", "max-violations"];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MinReplicas(_) => Self::NAMES[0],
            Self::MaxSkew(_) => Self::NAMES[1],
            Self::MaxMovedBytes(_) => Self::NAMES[2],
            Self::MaxNodeFill(_) => Self::NAMES[3],
            Self::MaxViolations(_) => Self::NAMES[4],
        }
    }

    /// Reads requirements with commas between them.
    ///
    /// # Errors
    /// The first that is none.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, RequirementError> {
        let mut list: Vec<Self> = Vec::new();
        for part in text.split(',') {
            let requirement = Self::parse(part.trim())?;
            if list.iter().any(|other| other.name() == requirement.name()) {
                return Err(RequirementError::Twice(requirement.name()));
            }
            list.push(requirement);
        }
        Ok(list)
    }

    fn parse(text: &str) -> Result<Self, RequirementError> {
        let (name, value) = text.split_once('=').ok_or_else(|| RequirementError::Form(text.to_owned()))?;
        let wrong = |name, reason: String| RequirementError::Value { name, value: value.to_owned(), reason };
        let number = |name| value.parse::<u64>().map_err(|_| wrong(name, "not a whole number".to_owned()));
        let ratio = |name| parse_ratio(value).map_err(|e| wrong(name, e.to_string()));
        match Self::NAMES.into_iter().find(|known| *known == name) {
            Some("min-replicas") => Ok(Self::MinReplicas(number("min-replicas")?)),
            Some("max-skew") => Ok(Self::MaxSkew(ratio("max-skew")?)),
            Some("max-moved-bytes") => match ByteSize::parse(value) {
                Ok(ByteSize(bytes)) => Ok(Self::MaxMovedBytes(bytes)),
                Err(e) => Err(wrong("max-moved-bytes", e.to_string())),
            },
            Some("max-node-fill") => Ok(Self::MaxNodeFill(ratio("max-node-fill")?)),
            Some("max-violations") => Ok(Self::MaxViolations(number("max-violations")?)),
            Some(_) | None => Err(RequirementError::Unknown(name.to_owned())),
        }
    }

    /// Looks whether a simulation meets it.
    #[must_use]
    pub fn look(self, simulation: &Simulation) -> Finding {
        let per_cent = |ratio: f64| format!("{:.2} %", ratio * 100.0);
        let (required, found, met) = match self {
            Self::MinReplicas(least) => {
                let found = simulation.live_replicas_min();
                (format!("at least {least}"), found.to_string(), found >= least)
            }
            Self::MaxSkew(most) => {
                let skew = simulation.after.skew;
                (format!("at most {}", per_cent(most)), per_cent(skew), skew <= most)
            }
            Self::MaxMovedBytes(most) => {
                let bytes = simulation.moved.bytes;
                (format!("at most {}", ByteSize(most)), ByteSize(bytes).to_string(), bytes <= most)
            }
            Self::MaxNodeFill(most) => {
                let (found, met) = node_fill(simulation, most);
                (format!("at most {}", per_cent(most)), found, met)
            }
            Self::MaxViolations(most) => {
                let found = simulation.violations.iter().map(|violation| violation.count).sum::<u64>();
                (format!("at most {most}"), found.to_string(), found <= most)
            }
        };
        Finding { name: self.name(), required, found, met }
    }
}

/// How full a node of unknown capacity is nobody knows, so it does not meet a limit.
fn node_fill(simulation: &Simulation, most: f64) -> (String, bool) {
    let unknown = simulation.after.nodes.iter().find(|node| node.fill.is_none() && node.bytes > 0);
    match (unknown, simulation.after.fullest()) {
        (Some(node), _) => (format!("unknown: node {} has no capacity", node.node), false),
        (None, Some((node, fill))) => (format!("{:.2} % of node {node}", fill * 100.0), fill <= most),
        (None, None) => ("0 %".to_owned(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let list =
            Requirement::parse_list("min-replicas=2, max-skew=0.3,max-moved-bytes=1TB,max-node-fill=85%").unwrap();
        let expected = [
            Requirement::MinReplicas(2),
            Requirement::MaxSkew(0.3),
            Requirement::MaxMovedBytes(1_000_000_000_000),
            Requirement::MaxNodeFill(0.85),
        ];
        assert_eq!(list, expected);
        assert_eq!(Requirement::parse_list("max-violations=0").unwrap(), [Requirement::MaxViolations(0)]);
    }

    #[test]
    fn what_is_no_requirement_is_told() {
        let told = |text: &str| Requirement::parse_list(text).unwrap_err().to_string();
        assert!(told("max-scew=0.3").contains("there are: min-replicas, max-skew"));
        assert!(told("").contains("NAME=VALUE") && told("max-skew").contains("NAME=VALUE"));
        assert!(told("max-skew=30").contains("write 30%"));
        assert!(told("min-replicas=-1").contains("whole number"));
        assert!(told("max-moved-bytes=much").contains("not a size"));
        assert!(told("max-skew=1,max-skew=1").contains("twice"));
    }
}
