//! One route as a row and as JSON.

use serde_json::{Map, Value, json};

use crate::cli::commands::partition::partition_state_cell;
use crate::model::{PartitionId, Signal, Timestamp};
use crate::output::{Cell, Column, Row};
use crate::routing::{Route, RouteError};

/// The schema of a route.
pub(in crate::cli) const SCHEMA: &str = "otlp-part/route/v1";

/// Columns of routes; the first is named after what is routed.
pub(in crate::cli) fn columns(signal: Signal) -> [Column; 9] {
    let (first, time) = match signal {
        Signal::Traces => ("trace_id", Column::text("time").extra()),
        Signal::Metrics => ("metric", Column::text("time")),
        Signal::Logs => ("service", Column::text("time")),
    };
    [
        Column::text(first),
        time,
        Column::text("partition"),
        Column::number("hash_bucket").extra(),
        Column::text("leader"),
        Column::text("owners"),
        Column::text("nearest").extra(),
        Column::text("placement").extra(),
        Column::text("state").extra(),
    ]
}

/// An answer for one key at one time.
pub(in crate::cli) struct Answer<'a> {
    pub(in crate::cli) signal: Signal,
    pub(in crate::cli) name: &'a str,
    pub(in crate::cli) fields: &'a Map<String, Value>,
    pub(in crate::cli) time: Timestamp,
    pub(in crate::cli) time_source: &'a str,
    pub(in crate::cli) route: &'a Route,
    /// Whether a hash bucket decided, not a range.
    pub(in crate::cli) hashed: bool,
    /// Whether node states are known.
    pub(in crate::cli) with_states: bool,
}

impl Answer<'_> {
    pub(in crate::cli) fn row(&self) -> Row {
        let route = self.route;
        let cells = vec![
            Cell::text(self.name),
            Cell::time(self.time),
            Cell::text(route.partition.to_string()),
            route.partition.index().map_or_else(Cell::none, Cell::number),
            Cell::maybe(route.leader.as_ref().map(ToString::to_string)),
            Cell::list(route.owners.iter().map(ToString::to_string)),
            Cell::maybe(route.nearest.as_ref().map(ToString::to_string)),
            Cell::text(route.placed_by.name()),
            partition_state_cell(route.state),
        ];
        Row::with_json(route.partition.to_string(), cells, self.json())
    }

    pub(in crate::cli) fn json(&self) -> Value {
        let route = self.route;
        let mut object = Map::new();
        object.insert("schema".into(), SCHEMA.into());
        object.insert("signal".into(), self.signal.name().into());
        object.extend(self.fields.clone());
        let index = route.partition.index();
        let rest = json!({
            "time": self.time.to_string(),
            "time_source": self.time_source,
            "time_bucket": {
                "id": route.bucket().id(), "start": route.span.start().to_string(), "end": route.span.end().to_string(),
            },
            "hash_bucket": index.filter(|_| self.hashed),
            "partition": route.partition.to_string(),
            "owners": route.owners,
            "leader": route.leader,
            "nearest": route.nearest,
            "placement": route.placed_by.name(),
            "state": route.state.map(crate::model::PartitionState::name),
        });
        if let Value::Object(rest) = rest {
            object.extend(rest);
        }
        if let Some(index) = index.filter(|_| !self.hashed) {
            object.insert("range_index".into(), index.into());
        }
        if self.with_states {
            object.insert("node_states".into(), node_states(route));
        }
        Value::Object(object)
    }
}

/// Each owner's state; null = the cluster does not know the node.
pub(in crate::cli) fn node_states(route: &Route) -> Value {
    let state = |(node, state): (&crate::model::NodeId, &Option<crate::model::NodeState>)| {
        (node.to_string(), state.map_or(Value::Null, |s| s.name().into()))
    };
    Value::Object(route.owners.iter().zip(&route.owner_states).map(state).collect())
}

/// A partition that could not answer.
pub(super) fn unreadable_json((id, error, times): (PartitionId, &RouteError, u64)) -> Value {
    json!({"partition": id.to_string(), "reason": error.to_string(), "times": times})
}

/// An object that stands alone, with its schema first.
pub(super) fn with_schema(schema: &str, json: Value) -> Value {
    let mut object = Map::new();
    object.insert("schema".into(), schema.into());
    if let Value::Object(fields) = json {
        object.extend(fields);
    }
    Value::Object(object)
}
