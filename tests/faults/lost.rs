//! A node that is declared lost while an operation on what it leads stands past its cutover.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::history;
use crate::kills::ABORT;
use crate::stage::{Scene, Stage, etcd};

/// A partition whose operation is past its cutover.
fn past_cutover(stored: &BTreeMap<String, Value>) -> &str {
    let mut journals = stored.iter().filter_map(|(key, value)| Some((key.strip_prefix("migrations/")?, value)));
    journals.find(|(_, journal)| journal["phase"] == "Cleanup").expect("an operation past its cutover").0
}

/// The leader moves at once, and whoever drives the operation finds a record that it did not write and goes on all the same.
#[test]
fn its_leadership_moves_past_the_cutover() {
    let etcd = etcd();
    for (place, driven) in
        [("cutover-committed", true), ("listed-verified", true), ("deleted", true), ("graced", false)]
    {
        let stage = Stage::new(&etcd, Scene::Chosen);
        let stopped = stage.stops_at(place, 1, &stage.command());
        let stored = stage.cluster.stored();
        let id = past_cutover(&stored);
        let key = format!("partitions/{id}");
        let lost = stored[&key]["leader"].as_str().unwrap();
        let failed = stage.cluster.run(&["node", "fail", lost, "--yes", "-o", "json"]);
        // Partitions of which a copy is still being made wait for their cutover.
        let what = format!("{place}, {id}, {lost} is lost: {failed:#?}");
        assert!(matches!(failed.code, Some(0 | 5)), "{what}");
        let now = stage.cluster.stored();
        let record = &now[&key];
        let leader = record["leader"].as_str().unwrap();
        assert!(leader != lost && record["nodes"].as_array().unwrap().contains(&leader.into()), "{what}: {record}");
        assert_eq!(record["nodes"], stored[&key]["nodes"], "{what}");
        assert_eq!(now[&format!("migrations/{id}")], stored[&format!("migrations/{id}")], "{what}");
        stage.check_listed(&now);
        if driven {
            let ran = stopped.goes_on();
            assert!(matches!(ran.code, Some(0 | 4 | 5)), "{what}: {ran:#?}");
        } else {
            stopped.dies();
            stage.cluster.end_lease();
        }
        // It is back; whatever is left over is brought to rest, and the leader stays where it is.
        stage.cluster.run(&["node", "activate", lost, "--yes"]).ok();
        stage.cluster.run(&ABORT).ok();
        assert_eq!(stage.cluster.stored()[&key]["leader"], leader, "{what}");
        let rest = stage.cluster.plan(&[]);
        stage.cluster.execute(&rest, &[]).ok();
        stage.cluster.run(&ABORT).ok();
        stage.cluster.check_rest();
        assert!(history::check(&stage.cluster) > 3, "{what}");
    }
}
