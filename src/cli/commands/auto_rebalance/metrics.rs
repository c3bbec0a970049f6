//! Metrics for Prometheus: `GET /metrics`.

use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;

use anyhow::Context as _;
use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use tokio::net::TcpListener;

use crate::operations::auto_rebalance::{AutoEvent, Round};
use crate::operations::executing::ExecutionEvent;

/// What OpenMetrics' text is called.
const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResultLabel {
    result: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct NodeLabel {
    node: String,
}

type Ratio = Gauge<f64, AtomicU64>;

/// What is counted.
pub(super) struct Metrics {
    registry: Registry,
    leads: Gauge,
    rounds: Family<ResultLabel, Counter>,
    last_round: Gauge,
    moves: Counter,
    moves_left: Gauge,
    verified_bytes: Counter,
    max_deviation: Ratio,
    fail_overs: Counter,
    expired: Counter,
    expired_bytes: Counter,
    split: Counter,
    split_bytes: Counter,
    compacted: Counter,
    compacted_bytes: Counter,
    nodes: Gauge,
    nodes_down: Gauge,
    away: Family<NodeLabel, Gauge>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("otlp_part_auto_rebalance"),
            leads: Gauge::default(),
            rounds: Family::default(),
            last_round: Gauge::default(),
            moves: Counter::default(),
            moves_left: Gauge::default(),
            verified_bytes: Counter::default(),
            max_deviation: Ratio::default(),
            fail_overs: Counter::default(),
            expired: Counter::default(),
            expired_bytes: Counter::default(),
            split: Counter::default(),
            split_bytes: Counter::default(),
            compacted: Counter::default(),
            compacted_bytes: Counter::default(),
            nodes: Gauge::default(),
            nodes_down: Gauge::default(),
            away: Family::default(),
        };
        let Self {
            registry,
            leads,
            rounds,
            last_round,
            moves,
            moves_left,
            verified_bytes,
            max_deviation,
            fail_overs,
            expired,
            expired_bytes,
            split,
            split_bytes,
            compacted,
            compacted_bytes,
            nodes,
            nodes_down,
            away,
        } = &mut metrics;
        registry.register("leads", "1 while this process rebalances, 0 while it stands by", leads.clone());
        registry.register("rounds", "Rounds that ended, by how", rounds.clone());
        registry.register_with_unit("last_round", "When the last round ended", Unit::Seconds, last_round.clone());
        registry.register("moves", "Moves that were made", moves.clone());
        registry.register("moves_left", "Moves of the last round's plan that were not made", moves_left.clone());
        registry.register_with_unit("verified", "Copied and verified", Unit::Bytes, verified_bytes.clone());
        let help = "The largest deviation of a node from its target, before the last round";
        registry.register_with_unit("max_deviation", help, Unit::Ratios, max_deviation.clone());
        registry.register("fail_overs", "Nodes that were declared lost", fail_overs.clone());
        registry.register("expired", "Partitions past their retention that are gone", expired.clone());
        registry.register_with_unit("expired", "Copies of them that were deleted", Unit::Bytes, expired_bytes.clone());
        registry.register("split", "Partitions that were too large and are split", split.clone());
        registry.register_with_unit("split", "Written anew by that, in all copies", Unit::Bytes, split_bytes.clone());
        registry.register("compacted", "Partitions whose small segments are merged", compacted.clone());
        let help = "Written anew by that, in all copies";
        registry.register_with_unit("compacted", help, Unit::Bytes, compacted_bytes.clone());
        registry.register("nodes", "Nodes of the cluster", nodes.clone());
        registry.register("nodes_down", "Nodes that are Down", nodes_down.clone());
        registry.register("node_away", "1 while the data of this node does not answer", away.clone());
        metrics
    }

    /// Counts news.
    pub(super) fn note(&self, event: &AutoEvent<'_>) {
        match event {
            AutoEvent::Leads => drop(self.leads.set(1)),
            AutoEvent::Standby(_) | AutoEvent::LeadLost(_) => drop(self.leads.set(0)),
            AutoEvent::Ended(round) => self.note_round(round),
            AutoEvent::Looked(health, nodes) => {
                self.nodes.set(i64::try_from(*nodes).unwrap_or(i64::MAX));
                self.nodes_down.set(health.down.len() as i64);
                self.away.clear();
                for node in health.away.keys() {
                    self.away.get_or_create(&NodeLabel { node: node.to_string() }).set(1);
                }
            }
            AutoEvent::FailedOver(failed) => drop(self.fail_overs.inc_by(failed.nodes.len() as u64)),
            AutoEvent::Expired(outcome) => {
                self.expired.inc_by(outcome.expired);
                self.expired_bytes.inc_by(outcome.bytes);
            }
            AutoEvent::Split(split) => {
                self.split.inc_by(split.partitions);
                self.split_bytes.inc_by(split.bytes);
            }
            AutoEvent::Compacted(compacted) => {
                self.compacted.inc_by(compacted.partitions);
                self.compacted_bytes.inc_by(compacted.bytes);
            }
            AutoEvent::Executes { .. }
            | AutoEvent::Splits { .. }
            | AutoEvent::Compacts { .. }
            | AutoEvent::Expires { .. }
            | AutoEvent::Away(..)
            | AutoEvent::Back(..)
            | AutoEvent::FailOverHeld(_)
            | AutoEvent::Trouble(_) => {}
        }
    }

    fn note_round(&self, round: &Round) {
        self.rounds.get_or_create(&ResultLabel { result: round.result.name() }).inc();
        self.last_round.set(round.ended_at.seconds());
        self.moves.inc_by(round.moves_done);
        self.moves_left.set(i64::try_from(round.moves_left).unwrap_or(i64::MAX));
        if let Some(deviation) = round.max_deviation {
            self.max_deviation.set(deviation);
        }
    }

    /// Counts what is verified while a round runs.
    pub(super) fn note_execution(&self, event: &ExecutionEvent) {
        if let ExecutionEvent::Verified { bytes, .. } = event {
            self.verified_bytes.inc_by(*bytes);
        }
    }

    fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Binds the address.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, anyhow::Error> {
    TcpListener::bind(address).await.with_context(|| format!("cannot serve metrics at {address}"))
}

/// Serves them for as long as it is polled.
pub(super) async fn serve(listener: TcpListener, metrics: std::sync::Arc<Metrics>) {
    let answer = move || async move {
        match metrics.text() {
            Ok(text) => ([(CONTENT_TYPE, TEXT)], text).into_response(),
            Err(error) => failed(&error),
        }
    };
    let router = Router::new().route("/metrics", get(answer));
    // It ends only with the process; a connection that breaks is its client's concern.
    let _ = axum::serve(listener, router).await;
    std::future::pending::<()>().await;
}

fn failed(error: &dyn std::fmt::Display) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NodeId, Timestamp};
    use crate::operations::auto_rebalance::{Away, CompactedSince, FailedOver, Health, RoundResult, SplitSince};

    #[test]
    fn what_was_told_is_counted() {
        let (metrics, now) = (Metrics::new(), Timestamp::from_seconds(1_762_400_000));
        let round = Round {
            number: 1,
            began_at: now,
            ended_at: now,
            result: RoundResult::Executed,
            message: String::new(),
            plan_id: None,
            moves_done: 7,
            moves_left: 2,
            verified_bytes: 10,
            max_deviation: Some(0.25),
        };
        let node = NodeId::parse("n1").unwrap();
        let away = Away { since: now, looks: 1, reason: "gone".to_owned() };
        let health = Health { away: [(node.clone(), away)].into(), down: [(node.clone(), now)].into() };
        metrics.note(&AutoEvent::Leads);
        metrics.note(&AutoEvent::Ended(&round));
        metrics.note(&AutoEvent::Ended(&round));
        metrics.note(&AutoEvent::Looked(&health, 8));
        metrics.note(&AutoEvent::FailedOver(&FailedOver { at: now, nodes: vec![node], leaders_moved: 3 }));
        let split = SplitSince { partitions: 2, children: 4, bytes: 100, orphans: 0 };
        metrics.note(&AutoEvent::Split(&split));
        let compacted = CompactedSince { partitions: 3, segments: 40, into: 3, bytes: 200, orphans: 1 };
        metrics.note(&AutoEvent::Compacted(&compacted));
        metrics.note_execution(&ExecutionEvent::Verified { number: 1, bytes: 4_000, was_there: false });
        let text = metrics.text().unwrap();
        for line in [
            "leads 1",
            r#"rounds_total{result="executed"} 2"#,
            "last_round_seconds 1762400000",
            "moves_total 14",
            "moves_left 2",
            "verified_bytes_total 4000",
            "max_deviation_ratios 0.25",
            "fail_overs_total 1",
            "split_total 2",
            "split_bytes_total 100",
            "compacted_total 3",
            "compacted_bytes_total 200",
            "nodes 8",
            "nodes_down 1",
            r#"node_away{node="n1"} 1"#,
        ] {
            let line = format!("otlp_part_auto_rebalance_{line}\n");
            assert!(text.contains(&line), "{line} is not in {text}");
        }
        assert!(text.ends_with("# EOF\n"), "{text}");
        // It answers again.
        metrics.note(&AutoEvent::Looked(&Health::default(), 8));
        assert!(!metrics.text().unwrap().contains("node_away{"));
    }
}
