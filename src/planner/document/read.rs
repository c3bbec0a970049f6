//! Reading a plan document back, with one clear error for each way of being none.

use serde::Deserialize;

use crate::model::document::is_object;

use super::digest::{content_of, digest_of, plain, plan_id};
use super::{PlanDocument, SCHEMA};

/// Why a text is no plan that can be relied on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// It ends in the middle.
    #[error("it is cut off after {0} bytes")]
    Cut(usize),
    /// Not JSON.
    #[error("it is not JSON: {0}")]
    NotJson(String),
    /// JSON of something else.
    #[error("it is no plan: {0}")]
    NotAPlan(String),
    /// Written by a newer version.
    #[error("its schema {0} is newer than this version, which knows {SCHEMA}")]
    Newer(String),
    /// Written by a version whose plans are no longer executed.
    #[error("its schema {0} is older than {SCHEMA}, the only one that this version executes")]
    Older(String),
    /// A field is missing or wrong.
    #[error("it is no plan that this version can read: {0}")]
    Malformed(String),
    /// What it says is not what its digest was made of.
    #[error("it was changed after it was made: its digest is {said}, that of what it says is {found}")]
    Edited {
        /// The digest in the document.
        said: String,
        /// The digest of the document.
        found: String,
    },
    /// Its id is not the digest's.
    #[error("it was changed after it was made: its plan_id is {said:?}, that of its digest is {found}")]
    OtherId {
        /// The id in the document.
        said: String,
        /// The id of its digest.
        found: String,
    },
    /// A plan for another cluster.
    #[error("it is a plan for cluster {plan:?}, this is cluster {cluster:?}")]
    OtherCluster {
        /// The document's.
        plan: String,
        /// The store's.
        cluster: String,
    },
}

impl PlanFault {
    /// What to do about it.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Cut(_) => "copy the file again, or make a new plan with `otlp-part plan-rebalance`",
            Self::NotJson(_) | Self::NotAPlan(_) => {
                "a plan file is made by `otlp-part plan-rebalance --out FILE` or `otlp-part plan get ID -o json`"
            }
            Self::Newer(_) => "use the newer version of otlp-part that wrote it",
            Self::Older(_) | Self::Malformed(_) => "make a new plan with `otlp-part plan-rebalance`",
            Self::Edited { .. } | Self::OtherId { .. } => {
                "a plan is executed as it was made, or not at all: make one as it should be with `otlp-part plan-rebalance`, \
                 whose --move and --leader choose moves exactly"
            }
            Self::OtherCluster { .. } => "is it the right store and prefix? --store, --context",
        }
    }
}

/// A plan document with its text in the one spelling, which is what is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadPlan {
    /// What this version understands of it.
    pub document: PlanDocument,
    /// All of it, as compact JSON.
    pub text: String,
}

impl ReadPlan {
    /// Reads a document, however it is laid out.
    ///
    /// # Errors
    /// The first of the faults that it has.
    pub fn parse(bytes: &[u8]) -> Result<Self, PlanFault> {
        let text = std::str::from_utf8(bytes).map_err(|_| PlanFault::NotJson("not UTF-8 text".to_owned()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        check_schema(text)?;
        let document: PlanDocument = serde_json::from_str(text).map_err(|e| PlanFault::Malformed(e.to_string()))?;
        let text = plain(text);
        let found = digest_of(&text).ok_or_else(|| PlanFault::Malformed("a field stands there twice".to_owned()))?;
        if found != document.digest {
            return Err(PlanFault::Edited { said: document.digest, found });
        }
        let id = plan_id(&found);
        if document.plan_id != id {
            return Err(PlanFault::OtherId { said: document.plan_id, found: id });
        }
        Ok(Self { document, text })
    }

    /// One that was just made.
    #[must_use]
    pub fn made(document: PlanDocument) -> Self {
        Self { text: document.to_json(), document }
    }

    /// The digest of what the plan says, whichever revision it was made at.
    #[must_use]
    pub fn content(&self) -> String {
        content_of(&self.text).unwrap_or_default()
    }

    /// Whether the plan is one for this cluster.
    ///
    /// # Errors
    /// [`PlanFault::OtherCluster`].
    pub fn check_cluster(&self, cluster_id: &str) -> Result<(), PlanFault> {
        if self.document.cluster_id == cluster_id {
            return Ok(());
        }
        Err(PlanFault::OtherCluster { plan: self.document.cluster_id.clone(), cluster: cluster_id.to_owned() })
    }
}

fn check_schema(text: &str) -> Result<(), PlanFault> {
    #[derive(Deserialize)]
    struct Header {
        #[serde(default)]
        schema: Option<serde_json::Value>,
    }
    let fault = |e: serde_json::Error| match e.classify() {
        serde_json::error::Category::Eof if text.trim().is_empty() => PlanFault::NotJson("it is empty".to_owned()),
        serde_json::error::Category::Eof => PlanFault::Cut(text.len()),
        serde_json::error::Category::Io | serde_json::error::Category::Syntax | serde_json::error::Category::Data => {
            PlanFault::NotJson(e.to_string())
        }
    };
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(fault)?;
    if !is_object(text.as_bytes()) {
        return Err(PlanFault::NotAPlan("not a JSON object".to_owned()));
    }
    let header: Header = serde_json::from_str(text).map_err(|e| PlanFault::NotAPlan(e.to_string()))?;
    let schema = match header.schema {
        Some(serde_json::Value::String(schema)) => schema,
        Some(other) => return Err(PlanFault::NotAPlan(format!("its schema is {other}"))),
        None => return Err(PlanFault::NotAPlan(format!("it has no schema {SCHEMA}"))),
    };
    if schema == SCHEMA {
        return Ok(());
    }
    let version = schema.strip_prefix("otlp-part/plan/v").and_then(|version| version.parse::<u64>().ok());
    Err(match version {
        Some(0) => PlanFault::Older(schema),
        Some(_) => PlanFault::Newer(schema),
        None => PlanFault::NotAPlan(format!("its schema is {schema:?}, that of a plan {SCHEMA}")),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::samples::document;
    use super::*;

    fn parse(text: &str) -> Result<ReadPlan, PlanFault> {
        ReadPlan::parse(text.as_bytes())
    }

    /// The document with another field value, with its digest made anew or as it was.
    fn changed(field: &str, value: impl Into<Value>) -> String {
        let mut json: Value = serde_json::from_str(&document().to_json()).unwrap();
        json[field] = value.into();
        json.to_string()
    }

    #[test]
    fn every_layout_of_a_plan_is_the_same_plan() {
        let made = ReadPlan::made(document());
        assert_eq!(parse(&made.text).unwrap(), made);
        let json: Value = serde_json::from_str(&made.text).unwrap();
        let pretty = serde_json::to_string_pretty(&json).unwrap();
        assert_eq!(parse(&format!("\u{feff}\n{pretty}\n")).unwrap(), made);
        let escaped = made.text.replace("it is pinned", "it\\u0020is pinned");
        assert_ne!(escaped, made.text);
        assert_eq!(parse(&escaped).unwrap(), made);
        // Who and when are not part of it.
        let renamed = parse(&changed("created_by", "bob")).unwrap();
        assert_eq!((renamed.document.created_by.as_str(), renamed.document.plan_id), ("bob", made.document.plan_id));
    }

    #[test]
    fn a_field_of_a_later_version_is_covered_and_kept() {
        let mut json: Value = serde_json::from_str(&document().to_json()).unwrap();
        json["later"] = serde_json::json!({"x": 1.50});
        let Err(PlanFault::Edited { found, .. }) = parse(&json.to_string()) else { panic!("it is not noticed") };
        json["plan_id"] = plan_id(&found).into();
        json["digest"] = found.into();
        let read = parse(&json.to_string()).unwrap();
        assert!(read.text.ends_with(r#","later":{"x":1.5}}"#), "{}", read.text);
    }

    #[test]
    fn each_fault_has_its_own_error() {
        let text = document().to_json();
        for cut in [1, 100, text.len() / 2, text.len() - 1] {
            assert_eq!(parse(&text[..cut]), Err(PlanFault::Cut(cut)));
        }
        for (text, told) in [
            ("".to_owned(), "it is empty"),
            ("plan".to_owned(), "not JSON"),
            (format!("{text}x"), "not JSON"),
            ("[1]".to_owned(), "no plan: not a JSON object"),
            ("{}".to_owned(), "no schema otlp-part/plan/v1"),
            (r#"{"schema":1}"#.to_owned(), "no plan: its schema is 1"),
            (changed("schema", "otlp-part/snapshot/v1"), "its schema is \"otlp-part/snapshot/v1\""),
            (changed("schema", "otlp-part/plan/v2"), "newer than this version"),
            (changed("schema", "otlp-part/plan/v0"), "older than otlp-part/plan/v1"),
            (changed("moves", Value::Null), "this version can read"),
            (changed("moves", Vec::<Value>::new()), "changed after it was made: its digest"),
            (changed("cluster_id", "c2"), "changed after it was made: its digest"),
            (changed("digest", "sha256:0"), "changed after it was made: its digest"),
            (changed("plan_id", "plan-x"), "changed after it was made: its plan_id"),
            (text.replacen("\"bytes\":100", "\"bytes\":101", 1), "changed after it was made: its digest"),
            (text.replacen("\"bytes\":100", "\"bytes\":NaN", 1), "not JSON"),
            (text.replacen("\"bytes\":100", "\"bytes\":-1", 1), "this version can read"),
            (text.replacen("\"kind\":\"replica\"", "\"kind\":\"teleport\"", 1), "this version can read"),
            (text.replacen("{", "{\"schema\":\"otlp-part/plan/v1\",", 1), "duplicate field"),
        ] {
            let fault = parse(&text).unwrap_err();
            assert!(fault.to_string().contains(told), "{told}: {fault}");
            assert!(!fault.hint().is_empty());
        }
        assert!(ReadPlan::parse(&[b'{', 0xff]).unwrap_err().to_string().contains("UTF-8"));
    }

    #[test]
    fn a_plan_is_for_one_cluster() {
        let read = ReadPlan::made(document());
        assert_eq!(read.check_cluster("c1"), Ok(()));
        assert!(read.check_cluster("c2").unwrap_err().to_string().contains("cluster \"c1\", this is cluster \"c2\""));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}", at in 0_usize..4000, with in "\\PC{0,3}") {
            let _ = parse(&text);
            let mut document = document().to_json();
            let at = (0..=at.min(document.len())).rev().find(|at| document.is_char_boundary(*at)).unwrap();
            document.insert_str(at, &with);
            let _ = parse(&document);
        }
    }
}
