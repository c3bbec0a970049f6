//! A cluster in a file, as it is wanted, and changes that are tried on one: the files of `cluster diff` and `simulate`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::cli::error::CliError;
use crate::model::{NodeId, Weight, cluster_spec};
use crate::operations::spec_diff::DesiredCluster;

use super::node::file::{NodeFile, parse_node_edits};

/// The schema that a scenario may name.
const SCHEMA: &str = "otlp-part/scenario/v1";

/// A file: a whole wanted cluster, changes, or both.
#[derive(Debug, Default)]
pub(super) struct Scenario {
    /// The cluster that is wanted, if the file describes one.
    pub(super) topology: Option<DesiredCluster>,
    /// Everything else.
    pub(super) rest: ScenarioFile,
}

/// A number, or text that stands for one, such as `"10%"`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum NumberOrText {
    Number(serde_json::Number),
    Text(String),
}

impl NumberOrText {
    /// As it would stand behind a flag.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The fields of a scenario beside the wanted cluster; they are named as the flags are.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioFile {
    schema: Option<String>,
    /// The cluster that is there before, where no store says it.
    pub(super) before: Option<Value>,
    #[serde(default)]
    pub(super) add: Vec<NodeFile>,
    pub(super) add_count: Option<NumberOrText>,
    #[serde(default)]
    pub(super) remove: Vec<NodeId>,
    #[serde(default)]
    pub(super) drain: Vec<NodeId>,
    #[serde(default)]
    pub(super) weight: BTreeMap<NodeId, Weight>,
    pub(super) virtual_nodes: Option<Value>,
    pub(super) replication_factor: Option<Value>,
    pub(super) hash_buckets: Option<Value>,
    pub(super) hash: Option<Value>,
    pub(super) placement: Option<Value>,
    pub(super) granularity_hours: Option<Value>,
    pub(super) partitions: Option<u64>,
    pub(super) size: Option<NumberOrText>,
    pub(super) size_spread: Option<NumberOrText>,
    pub(super) until: Option<String>,
    pub(super) seed: Option<u64>,
    pub(super) by: Option<String>,
    #[serde(default)]
    pub(super) fail: Vec<String>,
    pub(super) rounds: Option<u32>,
    #[serde(default)]
    pub(super) require: Vec<String>,
}

impl ScenarioFile {
    /// Whether it changes a cluster, beside what a whole wanted one says.
    fn has_changes(&self) -> bool {
        let fields = [
            &self.virtual_nodes,
            &self.replication_factor,
            &self.hash_buckets,
            &self.hash,
            &self.placement,
            &self.granularity_hours,
        ];
        let nodes =
            !self.add.is_empty() || !self.remove.is_empty() || !self.drain.is_empty() || !self.weight.is_empty();
        nodes || self.add_count.is_some() || fields.iter().any(|field| field.is_some())
    }
}

impl Scenario {
    /// Reads a file's text. `file` is its name.
    pub(super) fn parse(text: &str, file: &str) -> Result<Self, CliError> {
        let json = serde_json::from_str(text).map_err(|e| no_cluster_file(file, e))?;
        // serde would take a list for a struct, too.
        let Value::Object(mut fields) = json else { return Err(no_cluster_file(file, "not a JSON object")) };
        if fields.get("schema").is_some_and(|schema| schema == cluster_spec::SCHEMA) {
            let topology = Some(DesiredCluster { spec: fields, nodes: None });
            return Ok(Self { topology, rest: ScenarioFile::default() });
        }
        let topology = match (fields.remove("nodes"), fields.remove("cluster")) {
            (None, None) => None,
            (nodes, cluster) => Some(desired(nodes, cluster, file)?),
        };
        let rest: ScenarioFile = serde_json::from_value(Value::Object(fields)).map_err(|e| no_cluster_file(file, e))?;
        if let Some(schema) = rest.schema.as_ref().filter(|schema| *schema != SCHEMA) {
            return Err(no_cluster_file(file, format!("its schema is {schema:?}, not {SCHEMA:?}")));
        }
        Ok(Self { topology, rest })
    }

    /// The whole wanted cluster, where the file has one and nothing that changes it further.
    pub(super) fn wanted(self, file: &str) -> Result<DesiredCluster, CliError> {
        if self.rest.has_changes() {
            return Err(CliError::input_hint(
                format!("{file} changes a cluster, and does not say what the whole one should be"),
                "a file of nodes and fields of the spec is compared; `simulate --file` makes changes",
            ));
        }
        let desired = self.topology.unwrap_or_default();
        // A check that compares nothing must not pass.
        if desired.spec.is_empty() && desired.nodes.is_none() {
            return Err(CliError::input(format!("{file} names neither fields of the spec nor nodes")));
        }
        Ok(desired)
    }

    /// The cluster before, where the file has one.
    pub(super) fn before(&self, file: &str) -> Result<Option<DesiredCluster>, CliError> {
        match &self.rest.before {
            None => Ok(None),
            Some(Value::Object(fields)) => {
                let mut fields = fields.clone();
                let desired = desired(fields.remove("nodes"), fields.remove("cluster"), file)?;
                match fields.keys().next() {
                    Some(unknown) => Err(no_cluster_file(file, format!("unknown field before.{unknown}"))),
                    None => Ok(Some(desired)),
                }
            }
            Some(_) => Err(no_cluster_file(file, "before is an object of nodes and cluster")),
        }
    }
}

/// `{"nodes": […], "cluster": {…}}`, either of them.
fn desired(nodes: Option<Value>, cluster: Option<Value>, file: &str) -> Result<DesiredCluster, CliError> {
    let nodes: Option<Vec<NodeFile>> =
        nodes.map(serde_json::from_value).transpose().map_err(|e| no_cluster_file(file, e))?;
    let spec: Map<String, Value> =
        cluster.map(serde_json::from_value).transpose().map_err(|e| no_cluster_file(file, e))?.unwrap_or_default();
    Ok(DesiredCluster { spec, nodes: nodes.map(|nodes| parse_node_edits(nodes, file)).transpose()? })
}

fn no_cluster_file(file: &str, reason: impl std::fmt::Display) -> CliError {
    CliError::input(format!("{file} is no cluster file: {reason}"))
}
