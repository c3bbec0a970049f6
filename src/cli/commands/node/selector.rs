//! Which nodes a command is about.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::Value;

use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::model::{Node, NodeId};
use crate::operations::{ClusterView, OperationError};

use super::parse_node_list;

/// The nodes by their ids, by zone or region, or out of a file: one of these ways.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(in crate::cli) struct NodeSelector {
    /// The nodes
    #[arg(value_name = "NODE")]
    nodes: Vec<String>,
    /// Instead, all nodes of this availability zone (repeatable)
    #[arg(long, value_name = "ZONE", conflicts_with_all = ["nodes", "file"])]
    zone: Vec<String>,
    /// Instead, all nodes of this region (repeatable); with --zone, those of the zone in this region
    #[arg(long, value_name = "REGION", conflicts_with_all = ["nodes", "file"])]
    region: Vec<String>,
    /// Instead, the nodes of a file: ids one a line, or JSON as `node list` prints it
    #[arg(long, value_name = "FILE", conflicts_with = "nodes")]
    file: Option<String>,
}

impl NodeSelector {
    /// Reads ids and file, before any store is opened.
    pub(super) fn read(self, session: &mut Session<'_, '_>) -> Result<Selection, CliError> {
        let Self { nodes, zone, region, file } = self;
        Selection::read(session, &nodes, zone, region, file.as_deref())
    }
}

/// Nodes as they were asked for.
#[derive(Debug)]
pub(super) enum Selection {
    /// By their ids, at least one.
    Ids(Vec<NodeId>),
    /// By place: in one of the zones and one of the regions, where any are given.
    Places { zones: Vec<String>, regions: Vec<String> },
}

impl Selection {
    pub(super) fn read(
        session: &mut Session<'_, '_>,
        nodes: &[String],
        zones: Vec<String>,
        regions: Vec<String>,
        file: Option<&str>,
    ) -> Result<Self, CliError> {
        if let Some(file) = file {
            let text = input::read_text(session.environment(), file)?;
            return ids_of_file(&text, input::shown_name(file)).map(Self::Ids);
        }
        if nodes.is_empty() {
            Ok(Self::Places { zones, regions })
        } else {
            parse_node_list(&nodes.join(",")).map(Self::Ids)
        }
    }

    /// The ids, in the order of the command line or in natural order; never none.
    pub(super) fn ids(&self, view: &ClusterView) -> Result<Vec<NodeId>, CliError> {
        let Self::Places { zones, regions } = self else {
            let Self::Ids(ids) = self else { return Ok(Vec::new()) };
            return Ok(ids.clone());
        };
        // A node that cannot be read may stand there, too.
        if let Some(corrupt) = view.corrupt.first() {
            return Err(OperationError::from(corrupt.clone()).into());
        }
        let one_of = |asked: &[String], value: &Option<String>| {
            asked.is_empty() || value.as_ref().is_some_and(|value| asked.contains(value))
        };
        let chosen = |node: &Node, zones: &[String], regions: &[String]| {
            one_of(zones, &node.location.availability_zone) && one_of(regions, &node.location.region)
        };
        let any =
            |zones: &[String], regions: &[String]| view.nodes.iter().any(|(node, _)| chosen(node, zones, regions));
        // Each place by itself, so that a typing error is not lost among others.
        let no_node = |what: String| CliError::from(OperationError::NotFound { what: format!("a node in {what}") });
        if let Some(zone) = zones.iter().find(|zone| !any(std::slice::from_ref(*zone), regions)) {
            let of = if regions.is_empty() { String::new() } else { format!(" of region {}", regions.join(", ")) };
            return Err(no_node(format!("zone {zone:?}{of}")));
        }
        if let Some(region) = regions.iter().find(|region| !any(zones, std::slice::from_ref(*region))) {
            return Err(no_node(format!("region {region:?}")));
        }
        let nodes = view.nodes.iter().filter(|(node, _)| chosen(node, zones, regions));
        Ok(nodes.map(|(node, _)| node.id.clone()).collect())
    }
}

/// Ids one a line (`#` starts a remark), or a JSON array, object of `nodes` or JSON lines, of ids or of objects with `id`
/// or `node`.
fn ids_of_file(text: &str, file: &str) -> Result<Vec<NodeId>, CliError> {
    let wrong = |e: String| CliError::input(format!("{file} is no list of nodes: {e}"));
    let mut words: Vec<String> = Vec::new();
    if text.trim_start().starts_with(['[', '{', '"']) {
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            ids_of_json(&value.map_err(|e| wrong(e.to_string()))?, &mut words).map_err(wrong)?;
        }
    } else {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        words.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    let mut ids: Vec<NodeId> = Vec::with_capacity(words.len());
    let mut seen = BTreeSet::new();
    for word in words {
        let id = NodeId::parse(&word).map_err(|e| wrong(format!("node id {word:?}: {e}")))?;
        if !seen.insert(id.clone()) {
            return Err(wrong(format!("node {id} is given twice")));
        }
        ids.push(id);
    }
    if ids.is_empty() { Err(CliError::input(format!("{file} names no node"))) } else { Ok(ids) }
}

fn ids_of_json(value: &Value, into: &mut Vec<String>) -> Result<(), String> {
    match value {
        Value::String(id) => into.push(id.clone()),
        Value::Array(items) => items.iter().try_for_each(|item| ids_of_json(item, into))?,
        Value::Object(fields) => {
            match fields.get("node").or_else(|| fields.get("id")).or_else(|| fields.get("nodes")) {
                Some(inner @ (Value::String(_) | Value::Array(_))) => ids_of_json(inner, into)?,
                Some(_) | None => return Err("an object without the field node or id".to_owned()),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => return Err(format!("{value} is no node id")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Result<Vec<String>, String> {
        ids_of_file(text, "f").map(|ids| ids.iter().map(ToString::to_string).collect()).map_err(|e| e.to_string())
    }

    #[test]
    fn every_form_of_a_file() {
        let forms = [
            "a\n\n # the old ones\nb # both\r\n",
            r#"["a","b"]"#,
            r#"[{"id":"a"},{"id":"b","weight":2}]"#,
            r#"{"nodes":[{"id":"a"},"b"]}"#,
            "{\"schema\":\"otlp-part/node/v1\",\"node\":\"a\"}\n{\"node\":\"b\"}\n",
            "\"a\" \"b\"",
        ];
        for form in forms {
            assert_eq!(ids(form).unwrap(), ["a", "b"], "{form}");
        }
    }

    #[test]
    fn what_is_no_list_is_told() {
        for (text, told) in [
            ("", "names no node"),
            ("# nothing\n", "names no node"),
            ("[]", "names no node"),
            ("a/b", "node id \"a/b\""),
            ("a b", "node id \"a b\""),
            ("a\na", "given twice"),
            ("[1]", "1 is no node id"),
            (r#"[{"name":"a"}]"#, "without the field"),
            (r#"{"node":{"node":"a"}}"#, "without the field"),
            ("[\"a\"", "no list"),
        ] {
            let error = ids(text).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
