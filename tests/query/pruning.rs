//! What is not read: segments by signal, time, service and trace, frames by time and trace.

use serde_json::{Value, json};

use crate::world::{HOUR, SECOND, World, log, logs, span, spans, time_text, trace_id};

/// One segment of many frames in each partition, and others beside it.
fn world() -> World {
    let mut world = World::new();
    let mut input = String::new();
    let mut noise = 1_u64;
    for n in 0..12_000_u64 {
        // Text that does not compress well, so that there are several frames.
        let name: String = (0..1500)
            .map(|_| {
                noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'a' + (noise >> 33) as u8 % 26)
            })
            .collect();
        input += &spans("big", &[span(n, 1, HOUR + n * SECOND / 4, &name, n)]);
    }
    world.write(input.as_bytes());
    world.write(spans("small", &[span(7, 2, HOUR + 7 * SECOND, "second", 10_007)]).as_bytes());
    world.write(logs("small", &[log(HOUR, 9, "x", 20_000)]).as_bytes());
    world.save();
    world
}

fn explain(world: &World, words: &str) -> Value {
    world.query(&format!("{words} --explain -o json")).ok().json()
}

#[test]
fn a_trace_id_reads_its_frames_alone() {
    let world = world();
    let said = explain(&world, &format!("--trace-id {} --time {}", trace_id(7), time_text(HOUR)));
    let total = &said["total"];
    assert_eq!(
        (&said["spans"], &total["frames_read"], &total["segments_read"]),
        (&json!(2), &json!(2), &json!(2)),
        "{said:#}"
    );
    assert_eq!(said["pruned_by"], json!(["time", "hash"]));
    assert_eq!(said["partitions"].as_array().unwrap().len(), 1);
    assert!(total["frames_skipped"].as_u64().unwrap() >= 1, "{said:#}");
    let whole: u64 =
        std::fs::read_dir(world.copy("n1", said["partitions"][0]["partition"].as_str().unwrap().parse().unwrap()))
            .unwrap()
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .sum();
    assert!(total["bytes_read"].as_u64().unwrap() < whole, "less than the copy: {said:#}");
    // A trace that the index does not know costs sidecars only.
    let said =
        explain(&world, &format!("--trace-id {} --time {} --ignore-not-found", trace_id(7 + 48_000), time_text(HOUR)));
    assert_eq!((&said["spans"], &said["total"]["frames_read"]), (&json!(0), &json!(0)), "{said:#}");
}

#[test]
fn ranges_skip_by_time_signal_and_service() {
    let world = world();
    let range = format!("--from {} --for 25s", time_text(HOUR + 2900 * SECOND));
    let said = explain(&world, &range);
    let total = &said["total"];
    assert_eq!(said["spans"], 100);
    assert!(total["frames_skipped"].as_u64().unwrap() > 0 && total["segments_skipped"]["time"] == 2, "{said:#}");
    let said = explain(&world, &format!("{range} --service small"));
    assert_eq!(
        (&said["total"]["segments_read"], &said["total"]["segments_skipped"]["service"]),
        (&json!(0), &json!(4)),
        "{said:#}"
    );
    let said = explain(&world, &format!("{range} --severity error"));
    assert_eq!(
        (&said["total"]["segments_read"], &said["total"]["segments_skipped"]["signal"]),
        (&json!(0), &json!(5)),
        "{said:#}"
    );
    let said = explain(&world, &format!("--from {} --for 1h --limit 1", time_text(HOUR)));
    assert_eq!(said["limited"], true);
    let whole = explain(&world, &format!("--from {} --for 1h", time_text(HOUR)));
    let frames = |said: &Value| said["total"]["frames_read"].as_u64().unwrap();
    assert!(
        2 * frames(&said) < 2 * frames(&whole) - frames(&whole) / 4,
        "a limit stops the reading: {said:#} {whole:#}"
    );
}

#[test]
fn the_nearest_replica_is_read_and_what_crosses_zones_is_told() {
    let mut world = world();
    let line = format!("--trace-id {} --time {}", trace_id(7), time_text(HOUR));
    let read = |said: &Value| {
        let replicas = said["partitions"][0]["replicas"].as_array().unwrap().clone();
        let read = replicas.into_iter().find(|replica| replica["used"] == "read").unwrap();
        (read["node"].as_str().unwrap().to_owned(), read["why"].as_str().unwrap().to_owned())
    };
    for (near, node, why) in [("n2", "n2", "same_node"), ("zone=z3", "n3", "same_zone")] {
        let said = explain(&world, &format!("{line} --near {near}"));
        assert_eq!(read(&said), (node.to_owned(), why.to_owned()));
        assert_eq!(said["total"]["bytes_cross_zone"], 0);
    }
    let (leader, why) = read(&explain(&world, &line));
    assert_eq!(why, "leader");
    // The nearest node is down, or to be repaired: another zone is read.
    world.states.insert("n2", "Down");
    world.save();
    let said = explain(&world, &format!("{line} --near n2"));
    assert_ne!(read(&said).0, "n2");
    assert_eq!(said["total"]["bytes_cross_zone"], said["total"]["bytes_read"]);
    world.states.clear();
    let id = said["partitions"][0]["partition"].as_str().unwrap().parse().unwrap();
    world.marks.insert((id, crate::world::NODES.into_iter().find(|node| *node == leader).unwrap()));
    world.save();
    let said = explain(&world, &line);
    assert_ne!(read(&said).0, leader, "a copy with a repair mark comes last: {said:#}");
    assert_eq!(world.uids(&line).len(), 2);
}
