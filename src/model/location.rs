//! Where a node stands, and how near two places are.

use serde::{Deserialize, Serialize};

/// Region, availability zone and data center of a node; an availability zone holds one or more data centers.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The availability zone; replicas are spread over these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// The data center.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_center: Option<String>,
}

/// How near two places are, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// The same node.
    SameNode,
    /// The same data center.
    SameDataCenter,
    /// The same availability zone.
    SameZone,
    /// The same region.
    SameRegion,
    /// None of these, or not known.
    Elsewhere,
}

/// A place given as text is not `region=…,az=…,dc=…`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the form region=R,az=Z,dc=D")]
pub struct LocationError;

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [("region", &self.region), ("az", &self.availability_zone), ("dc", &self.data_center)];
        let known = parts.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}={value}")));
        f.write_str(&known.collect::<Vec<_>>().join(","))
    }
}

impl Location {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// How near the two places are. What is not known is never near.
    #[must_use]
    pub fn nearness(&self, other: &Self) -> Nearness {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let agrees = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        let region = agrees(&self.region, &other.region);
        let zone = region && agrees(&self.availability_zone, &other.availability_zone);
        if zone && same(&self.data_center, &other.data_center) {
            Nearness::SameDataCenter
        } else if region && same(&self.availability_zone, &other.availability_zone) {
            Nearness::SameZone
        } else if same(&self.region, &other.region) {
            Nearness::SameRegion
        } else {
            Nearness::Elsewhere
        }
    }

    /// Reads `region=R,az=Z,dc=D`, any part of it, in any order.
    ///
    /// # Errors
    /// An unknown or repeated part, an empty value or a control character.
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        let mut location = Self::default();
        for part in text.split(',') {
            let (name, value) = part.split_once('=').ok_or(LocationError)?;
            let slot = match name.trim() {
                "region" => &mut location.region,
                "az" | "zone" | "availability_zone" => &mut location.availability_zone,
                "dc" | "data_center" => &mut location.data_center,
                _ => return Err(LocationError),
            };
            let value = value.trim();
            if value.is_empty() || slot.is_some() || value.chars().any(char::is_control) {
                return Err(LocationError);
            }
            *slot = Some(value.to_owned());
        }
        Ok(location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Location {
        Location::parse(text).unwrap()
    }

    #[test]
    fn nearness_goes_from_data_center_to_region() {
        let here = at("region=eu,az=eu-1,dc=a");
        assert_eq!(here.nearness(&at("region=eu,az=eu-1,dc=a")), Nearness::SameDataCenter);
        assert_eq!(here.nearness(&at("region=eu,az=eu-1,dc=b")), Nearness::SameZone);
        assert_eq!(here.nearness(&at("region=eu,az=eu-2,dc=c")), Nearness::SameRegion);
        assert_eq!(here.nearness(&at("region=us,az=us-1,dc=d")), Nearness::Elsewhere);
        // The same name in another region is another place.
        assert_eq!(here.nearness(&at("region=us,az=eu-1,dc=a")), Nearness::Elsewhere);
        assert_eq!(here.nearness(&at("az=eu-1")), Nearness::SameZone);
        assert_eq!(Location::default().nearness(&Location::default()), Nearness::Elsewhere);
    }

    #[test]
    fn refuses_what_is_no_location() {
        for bad in ["", "eu", "region=", "region=a,region=b", "rack=1", "az=\u{7}"] {
            assert_eq!(Location::parse(bad), Err(LocationError), "{bad:?}");
        }
    }
}
