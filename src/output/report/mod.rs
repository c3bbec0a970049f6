//! A plan or a simulation as one HTML page with pictures, for a review or a ticket.
//!
//! Invariants: the page is whole by itself: no script, nothing fetched from anywhere, and its policy forbids both. It is
//! well-formed XML, so that tests can read it. The same data gives the same bytes. Its size is bounded whatever the size of
//! the cluster: above some number, nodes are brought together by zone and tables are cut, which the page says.

mod curve;
mod groups;
mod loads;
mod markup;
mod matrix;
mod page;
mod schedule;

use super::load::{LoadUnit, NodeLoadChange};

pub use page::html;

/// What a page is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportData {
    /// What it is about: `Plan plan-0123456789ab`.
    pub title: String,
    /// The outcome in a sentence or two.
    pub lead: String,
    /// Where it comes from: name and value, in order.
    pub facts: Vec<(String, String)>,
    /// The figures that count, in order.
    pub figures: Vec<Figure>,
    /// Figures before and after, in order.
    pub comparisons: Vec<Comparison>,
    /// What the loads are counted in.
    pub unit: LoadUnit,
    /// Every node.
    pub nodes: Vec<ReportNode>,
    /// Every copy of data, in order.
    pub copies: Vec<ReportCopy>,
    /// The least bytes for each of some bands, ascending by band.
    pub curve: Vec<ReportCurvePoint>,
    /// The band that was planned for, and the bytes of the plan.
    pub chosen: Option<ReportCurvePoint>,
    /// Heading of what is left out or broken.
    pub remarks_title: String,
    /// What is left out or broken.
    pub remarks: Vec<Remark>,
}

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// The figure.
    pub value: String,
    /// What it is to be seen against; may be empty.
    pub detail: String,
}

/// One figure before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What it is.
    pub name: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportNode {
    /// Its load.
    pub load: NodeLoadChange,
    /// Its weight.
    pub weight: String,
    /// Partitions that it leads, before and after.
    pub leaders: (u64, u64),
}

/// A copy of data to a node. Nodes are places in [`ReportData::nodes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportCopy {
    /// Who gives its replica up; none where a new copy is made.
    pub from: Option<u32>,
    /// Who gets it.
    pub to: u32,
    /// How much, in [`ReportData::unit`].
    pub load: u64,
    /// When it runs, milliseconds from the beginning, where that is known.
    pub span_ms: Option<(u64, u64)>,
}

/// What a band costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportCurvePoint {
    /// Half width, parts per million.
    pub band_ppm: u32,
    /// Bytes.
    pub bytes: u64,
}

/// Something that is left out or broken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// The partition, if one.
    pub partition: String,
    /// The node, if one.
    pub node: String,
    /// The word that scripts go by.
    pub reason: String,
    /// For people.
    pub message: String,
}
