//! Data of pages: a small plan, a small simulation, names that mean harm, and a cluster that must be brought together.

// Each test program uses a part of this.
#![allow(dead_code)]

use otlp_part::output::report::{Comparison, Figure, Remark, ReportCopy, ReportCurvePoint, ReportData, ReportNode};
use otlp_part::output::{LoadUnit, NodeLoadChange};

const GB: u64 = 1_000_000_000;

fn node(name: &str, zone: &str, before: u64, after: u64, target: u64) -> ReportNode {
    ReportNode {
        load: NodeLoadChange {
            node: name.to_owned(),
            zone: zone.to_owned(),
            before: before * GB,
            after: after * GB,
            target: target * GB,
            low: target * GB / 100 * 98,
            high: target * GB / 100 * 102,
        },
        weight: "1".to_owned(),
        leaders: (before / 10, after / 10),
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn figure(name: &str, value: &str, detail: &str) -> Figure {
    Figure { name: name.to_owned(), value: value.to_owned(), detail: detail.to_owned() }
}

fn comparison(name: &str, before: &str, after: &str) -> Comparison {
    Comparison { name: name.to_owned(), before: before.to_owned(), after: after.to_owned() }
}

fn curve(points: &[(u32, u64)]) -> Vec<ReportCurvePoint> {
    points.iter().map(|&(band_ppm, gigabytes)| ReportCurvePoint { band_ppm, bytes: gigabytes * GB }).collect()
}

/// Six nodes in three zones, one of them drained, one new.
pub(crate) fn plan() -> ReportData {
    let nodes = vec![
        node("node-1", "eu-west-1a", 5120, 4080, 4000),
        node("node-2", "eu-west-1a", 2880, 3920, 4000),
        node("node-3", "eu-west-1b", 4300, 4010, 4000),
        node("node-4", "eu-west-1b", 3700, 3990, 4000),
        node("node-5", "eu-west-1c", 4200, 0, 0),
        node("node-6", "eu-west-1c", 3800, 3800, 4000),
        node("node-7", "eu-west-1c", 0, 4200, 4000),
    ];
    let copy = |from, to, gigabytes, start: u64, end: u64| ReportCopy {
        from: Some(from),
        to,
        load: gigabytes * GB,
        span_ms: Some((start * 1000, end * 1000)),
    };
    ReportData {
        title: "Plan plan-0123456789ab".to_owned(),
        lead: "5 moves bring 5.53 TB to where they belong; one node stays outside its band.".to_owned(),
        facts: vec![
            pair("Cluster", "c-7f3a"),
            pair("Store", "etcd://etcd-1:2379/otlp, revision 48213"),
            pair("Made", "2025-11-05T15:10:00Z by operator"),
            pair("Digest", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            pair("Command", "otlp-part plan-rebalance --drain node-5 --report plan.html"),
        ],
        figures: vec![
            figure("To be moved", "5.53 TB", "5 moves"),
            figure("Lower bound", "5.53 TB", "gap 0.0000 %"),
            figure("Time", "15 h 22 min", "at least 11 h 40 min"),
            figure("Leader transfers", "12", ""),
            figure("Not planned", "2", "see the end of the page"),
        ],
        comparisons: vec![
            comparison("Skew", "+28.0 %", "+5.0 %"),
            comparison("Largest deviation", "28.0 %", "5.0 %"),
            comparison("Structural skew", "0.0 %", "0.0 %"),
            comparison("Violations", "0", "0"),
        ],
        unit: LoadUnit::Bytes,
        nodes,
        copies: vec![
            copy(0, 1, 1040, 0, 10_400),
            copy(2, 3, 290, 0, 2_900),
            copy(4, 6, 2000, 0, 20_000),
            copy(4, 6, 2200, 20_000, 42_000),
            ReportCopy { from: None, to: 5, load: 7 * GB, span_ms: Some((41_000_000, 41_070_000)) },
        ],
        curve: curve(&[
            (5_000, 6100),
            (10_000, 5900),
            (20_000, 5530),
            (50_000, 4900),
            (100_000, 4200),
            (200_000, 4200),
        ]),
        chosen: Some(ReportCurvePoint { band_ppm: 20_000, bytes: 5_537 * GB }),
        remarks_title: "Not planned".to_owned(),
        remarks: vec![
            Remark {
                partition: "partition_489542_0051".to_owned(),
                node: "node-5".to_owned(),
                reason: "open".to_owned(),
                message: "its time bucket is still being written until 2025-11-05T16:00:00Z".to_owned(),
            },
            Remark {
                node: "node-6".to_owned(),
                reason: "out_of_band".to_owned(),
                message: "the nearest that can be reached is 3.80 TB: all other partitions are pinned".to_owned(),
                ..Remark::default()
            },
        ],
    }
}

/// Four nodes without sizes, one added: partitions are counted, nothing is scheduled.
pub(crate) fn simulation() -> ReportData {
    let node = |name: &str, before: u64, after: u64| ReportNode {
        load: NodeLoadChange {
            node: name.to_owned(),
            before,
            after,
            target: 737_280 / 4,
            low: 737_280 / 4,
            high: 737_280 / 4,
            ..NodeLoadChange::default()
        },
        weight: "1".to_owned(),
        leaders: (before / 3, after / 3),
    };
    ReportData {
        title: "Simulation: add node-4".to_owned(),
        facts: vec![pair("Cluster", "3 nodes of --nodes"), pair("Placement", "ring")],
        figures: vec![figure("Moved", "184,012", "partitions; at least 184,320")],
        comparisons: vec![comparison("Skew", "+4.2 %", "+8.8 %")],
        unit: LoadUnit::Partitions,
        nodes: vec![
            node("node-1", 245_760, 200_531),
            node("node-2", 250_000, 181_000),
            node("node-3", 241_520, 171_737),
            node("node-4", 0, 184_012),
        ],
        copies: vec![
            ReportCopy { from: Some(0), to: 3, load: 1, span_ms: None },
            ReportCopy { from: Some(1), to: 3, load: 1, span_ms: None },
        ],
        ..ReportData::default()
    }
}

/// Every text of the page tries to be something else.
pub(crate) fn hostile() -> ReportData {
    let mut data = plan();
    let evil =
        "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u{202e}\u{1b}[2J\u{0}\u{ffff}";
    let spoil = |text: &mut String| *text = format!("{evil}{text}{}", "w".repeat(200));
    spoil(&mut data.title);
    spoil(&mut data.lead);
    spoil(&mut data.remarks_title);
    data.facts.iter_mut().for_each(|(name, value)| [name, value].map(spoil).into_iter().collect());
    data.figures.iter_mut().for_each(|f| [&mut f.name, &mut f.value, &mut f.detail].map(spoil).into_iter().collect());
    data.comparisons.iter_mut().for_each(|c| spoil(&mut c.name));
    for node in &mut data.nodes {
        spoil(&mut node.load.node);
        spoil(&mut node.load.zone);
        spoil(&mut node.weight);
    }
    for remark in &mut data.remarks {
        for text in [&mut remark.partition, &mut remark.node, &mut remark.reason, &mut remark.message] {
            spoil(text);
        }
    }
    data.nodes[0].load.before = u64::MAX;
    data.copies[0].load = u64::MAX;
    data.copies.push(ReportCopy { from: Some(u32::MAX), to: u32::MAX, load: u64::MAX, span_ms: Some((u64::MAX, 0)) });
    data
}

/// `nodes` nodes in `zones` zones, a tenth of them new, and so many copies to these.
pub(crate) fn many(nodes: usize, zones: usize, copies: usize) -> ReportData {
    let new = |n: usize| n % 10 == 9;
    let spread = |n: usize| 3600 + (n * 7919 % 1000) as u64;
    let list = (0..nodes).map(|n| {
        let before = if new(n) { 0 } else { spread(n) };
        node(&format!("storage-{n:04}"), &format!("zone-{}", n % zones), before, 3650 + (n % 17) as u64, 3654)
    });
    let old: Vec<u32> = (0..nodes).filter(|n| !new(*n)).map(|n| n as u32).collect();
    let fresh: Vec<u32> = (0..nodes).filter(|n| new(*n)).map(|n| n as u32).collect();
    let copy = |n: usize| {
        let start = (n / fresh.len()) as u64 * 30_000;
        ReportCopy {
            from: Some(old[n * 31 % old.len()]),
            to: fresh[n % fresh.len()],
            load: 3 * GB,
            span_ms: Some((start, start + 20_000 + (n * 13 % 20_000) as u64)),
        }
    };
    ReportData {
        title: "Plan plan-fedcba987654".to_owned(),
        nodes: list.collect(),
        copies: (0..copies).map(copy).collect(),
        remarks: (0..copies / 10)
            .map(|n| Remark {
                partition: format!("partition_489542_{n:04}"),
                reason: "pinned".to_owned(),
                message: "pinned by an operator".to_owned(),
                ..Remark::default()
            })
            .collect(),
        ..plan()
    }
}
