//! The answer of `simulate`, as a document and as a table.

use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::ByteSize;
use crate::operations::reroute::Reroute;
use crate::operations::simulate::figures::{Figures, LeaderSpread, NodeFigures};
use crate::operations::simulate::violations::Violation;
use crate::operations::simulate::{Finding, Simulation};
use crate::output::{Cell, Column, Format, Printer, Row, Tone, escape_text, load_bars};
use crate::planner::NodeRole;

use super::page::{changes, unit};
use super::request::Request;
use super::show_failure::{failure_json, failure_lines};
use super::source::Ground;

/// The schema of the document.
const SCHEMA: &str = "otlp-part/simulate/v1";

/// Everything that is answered.
pub(super) struct Answer<'a> {
    pub(super) request: &'a Request,
    pub(super) ground: &'a Ground,
    pub(super) simulation: &'a Simulation,
    pub(super) findings: &'a [Finding],
    pub(super) unrecorded: Option<Reroute>,
}

/// A ratio with as many digits as mean something.
pub(super) fn rounded(ratio: f64) -> f64 {
    (ratio * 1e6).round() / 1e6
}

/// A ratio for people.
pub(super) fn per_cent(ratio: f64) -> String {
    format!("{:.2} %", ratio * 100.0)
}

/// A deviation for people.
pub(super) fn signed(ratio: f64) -> String {
    format!("{:+.2} %", ratio * 100.0)
}

impl Answer<'_> {
    pub(super) fn show(&self, session: &mut Session<'_, '_>) -> Result<(), CliError> {
        let mut printer = session.printer()?;
        match printer.style().format {
            Format::Json | Format::Ndjson | Format::Value(_) => return Ok(printer.document(&self.json())?),
            Format::Table => {
                for line in self.lines() {
                    printer.line(&escape_text(&line))?;
                }
                printer.line("")?;
                if self.simulation.by.is_some() && printer.style().columns.is_empty() {
                    let bars = load_bars(&changes(self.simulation), unit(self.simulation), printer.style());
                    for line in bars {
                        printer.line(&line)?;
                    }
                    printer.line("")?;
                }
            }
            Format::Csv | Format::Name => {}
        }
        self.rows(&mut printer)
    }

    fn json(&self) -> Value {
        let Self { request, ground, simulation, findings, unrecorded } = self;
        let Simulation { by, before, after, moved, violations, left_out, failure, .. } = simulation;
        let left_out =
            left_out.iter().map(|item| json!({"reason": item.reason, "count": item.count, "message": item.message}));
        let finding = |f: &Finding| json!({"name": f.name, "required": f.required, "found": f.found, "met": f.met});
        json!({
            "schema": SCHEMA,
            "source": ground.name(),
            "revision": ground.revision().map(|revision| revision.0),
            "changes": request.changes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "by": by.map(|by| by.name()),
            "seed": request.seed,
            "before": self.figures_json(before),
            "after": self.figures_json(after),
            "moved": {
                "partitions": moved.partitions, "replicas": moved.replicas, "bytes": moved.bytes,
                "fraction": rounded(moved.fraction), "minimum_fraction": rounded(moved.minimum_fraction),
                "minimum_bytes": moved.minimum_bytes, "leaders": moved.leaders,
            },
            "violations": violations.iter().map(violation_json).collect::<Vec<_>>(),
            "unplanned": left_out.collect::<Vec<_>>(),
            "unrecorded": unrecorded.as_ref().map(|r| json!({"partitions": r.unrecorded, "rerouted": r.changed})),
            "failure": failure.as_ref().map(|failure| failure_json(request, failure)),
            "requirements": findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    fn figures_json(&self, figures: &Figures) -> Value {
        let node = |n: &NodeFigures| {
            json!({
                "node": n.node.as_str(), "weight": n.weight, "partitions": n.partitions, "leaders": n.leaders,
                "bytes": n.bytes, "share": rounded(n.share), "deviation": n.deviation.map(rounded),
                "zone": n.zone, "state": role_name(n.role), "fair_bytes": n.target_bytes,
                "capacity_bytes": n.capacity_bytes, "fill": n.fill.map(rounded), "open_leaders": n.open_leaders,
            })
        };
        let spread = |s: &LeaderSpread| {
            json!({
                "partitions": s.partitions, "most": s.most, "skew": rounded(s.skew), "skew_minimum": rounded(s.skew_minimum),
            })
        };
        let open = figures.open.as_ref().map(|(bucket, leaders)| {
            let mut json = spread(leaders);
            json["time_bucket"] = bucket.id().into();
            json
        });
        json!({
            "nodes": figures.nodes.iter().map(node).collect::<Vec<_>>(),
            "skew": rounded(figures.skew), "max_deviation": rounded(figures.max_deviation),
            "most_loaded": figures.most_loaded, "least_loaded": figures.least_loaded, "stddev": rounded(figures.stddev),
            "partitions": figures.partitions, "bytes": figures.bytes, "partition_skew": rounded(figures.partition_skew),
            "leaders": spread(&figures.leaders), "open_hour": open,
        })
    }

    /// What stands above the table.
    fn lines(&self) -> Vec<String> {
        let Self { request, ground, simulation, findings, unrecorded: _ } = self;
        let Simulation { by, before, after, moved, violations, left_out, failure, .. } = simulation;
        let mut lines = Vec::new();
        let changes: Vec<String> = request.changes.iter().map(ToString::to_string).collect();
        if !changes.is_empty() {
            lines.push(format!("changes     {}", changes.join("; ")));
        }
        let seed = if ground.name() == "synthetic" { format!(", seed {}", request.seed) } else { String::new() };
        let amount =
            |f: &Figures| format!("{} partitions, {} on {} nodes", f.partitions, ByteSize(f.bytes), f.nodes.len());
        let of = |what: &dyn Fn(&Figures) -> String| match by {
            None => what(before),
            Some(_) => format!("{} -> {}", what(before), what(after)),
        };
        lines.push(format!("{:<12}{}{seed}", ground.name(), of(&amount)));
        let most = |f: &Figures| f.most_loaded.as_ref().map_or(String::new(), |node| format!(" ({node})"));
        lines.push(format!("skew        {}", of(&|f| format!("{}{}", signed(f.skew), most(f)))));
        lines.push(format!("deviation   {}", of(&|f| format!("{} at most", per_cent(f.max_deviation)))));
        lines.push(format!("leaders     {}", of(&|f| spread_words(&f.leaders))));
        if before.open.is_some() || after.open.is_some() {
            let open = |f: &Figures| f.open.as_ref().map_or("none".to_owned(), |(_, s)| spread_words(s));
            lines.push(format!("open hour   {}", of(&open)));
        }
        if let Some(by) = by {
            lines.push(format!(
                "moved       {} replicas of {} partitions, {} ({}), {} leaders, by {}; an even end needs {} ({})",
                moved.replicas,
                moved.partitions,
                ByteSize(moved.bytes),
                per_cent(moved.fraction),
                moved.leaders,
                by.name(),
                ByteSize(moved.minimum_bytes),
                per_cent(moved.minimum_fraction)
            ));
        }
        let listed = |(i, v): (usize, &Violation)| {
            format!("{}{}, {} first", if i == 0 { "violations  " } else { "            " }, v.message, v.first)
        };
        lines.extend(violations.iter().enumerate().map(listed));
        if violations.is_empty() {
            lines.push("violations  none".to_owned());
        }
        lines.extend(left_out.iter().map(|item| format!("unplanned   {}: {}", item.count, item.message)));
        if let Some(failure) = failure {
            lines.extend(failure_lines(request, failure));
        }
        let verdict = |f: &Finding| if f.met { "met" } else { "NOT MET" };
        lines.extend(
            findings.iter().map(|f| format!("required    {} {}: {}, {}", f.name, f.required, f.found, verdict(f))),
        );
        lines
    }

    /// A row for each node of either side.
    fn rows(&self, printer: &mut Printer<'_>) -> Result<(), CliError> {
        let Simulation { before, after, failure, by, .. } = self.simulation;
        let changed = by.is_some();
        let mut columns: Vec<Column> = vec![Column::text("node"), Column::text("zone"), Column::number("weight")];
        columns.extend(if changed { &BOTH[..] } else { &ONE[..] });
        if failure.is_some() {
            columns.extend(FAILED);
        }
        let mut rows = printer.rows(&columns)?;
        let mut ids: Vec<_> = before.nodes.iter().chain(&after.nodes).map(|node| &node.node).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let find = |figures: &'_ Figures| figures.nodes.iter().position(|node| node.node == *id);
            let (old, new) = (find(before).map(|at| &before.nodes[at]), find(after).map(|at| &after.nodes[at]));
            let Some(either) = new.or(old) else { continue };
            let zone = Some(either.zone.as_str()).filter(|zone| !zone.is_empty());
            let mut cells = vec![Cell::text(id.as_str()), Cell::maybe(zone), Cell::decimal(either.weight.as_f64())];
            for field in FIELDS {
                cells.push(field(old));
                if changed {
                    cells.push(field(new));
                }
            }
            if let Some(failure) = failure {
                let survivor = failure.survivors.iter().find(|survivor| survivor.node == *id);
                let (fails, leaders, reads) = survivor.map_or((Cell::none(), Cell::none(), Cell::none()), |s| {
                    let tone = if s.failed { Tone::Bad } else { Tone::Plain };
                    let (leaders, reads) = (Cell::number(s.leaders_after), Cell::share(rounded(s.reads_after)));
                    (Cell::flag(s.failed).toned(tone), leaders, reads)
                });
                cells.extend([fails, leaders, reads]);
            }
            rows.push(Row::new(id.as_str(), cells))?;
        }
        rows.finish()?;
        Ok(())
    }
}

/// Fields of a node, most telling first: a narrow terminal leaves the last ones out.
const FIELDS: [fn(Option<&NodeFigures>) -> Cell; 7] = [
    |n| n.and_then(|n| n.deviation).map_or_else(Cell::none, |d| deviation_cell(rounded(d))),
    |n| n.map_or_else(Cell::none, |n| Cell::bytes(n.bytes)),
    |n| n.map_or_else(Cell::none, |n| Cell::number(n.leaders)),
    |n| n.map_or_else(Cell::none, |n| Cell::number(n.partitions)),
    |n| n.map_or_else(Cell::none, |n| Cell::share(rounded(n.share))),
    |n| n.and_then(|n| n.fill).map_or_else(Cell::none, |fill| Cell::share(rounded(fill))),
    |n| n.map_or_else(Cell::none, |n| Cell::number(n.open_leaders)),
];

const ONE: [Column; 7] = [
    Column::number("deviation"),
    Column::number("bytes"),
    Column::number("leaders"),
    Column::number("partitions"),
    Column::number("share"),
    Column::number("fill").extra(),
    Column::number("open_leaders").extra(),
];

const BOTH: [Column; 14] = [
    Column::number("deviation_before"),
    Column::number("deviation_after"),
    Column::number("bytes_before"),
    Column::number("bytes_after"),
    Column::number("leaders_before"),
    Column::number("leaders_after"),
    Column::number("partitions_before"),
    Column::number("partitions_after"),
    Column::number("share_before"),
    Column::number("share_after"),
    Column::number("fill_before").extra(),
    Column::number("fill_after").extra(),
    Column::number("open_leaders_before").extra(),
    Column::number("open_leaders_after").extra(),
];

const FAILED: [Column; 3] = [Column::text("fails"), Column::number("leaders_then"), Column::number("reads_then")];

fn deviation_cell(deviation: f64) -> Cell {
    let mut cell = Cell::share(deviation);
    cell.human = signed(deviation);
    cell
}

fn spread_words(spread: &LeaderSpread) -> String {
    format!("at most {} ({}, least {})", spread.most, signed(spread.skew), signed(spread.skew_minimum))
}

fn violation_json(violation: &Violation) -> Value {
    let Violation { rule, count, first, message } = violation;
    json!({"rule": rule.name(), "count": count, "first": first, "message": message})
}

fn role_name(role: NodeRole) -> &'static str {
    match role {
        NodeRole::Open => "Active",
        NodeRole::SendOnly | NodeRole::Fixed => "Cordoned",
        NodeRole::Draining => "Draining",
        NodeRole::Lost => "Down",
    }
}
