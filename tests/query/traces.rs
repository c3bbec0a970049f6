//! Traces: found whole, in order, once, wherever they lie.

use serde_json::{Value, json};

use crate::world::{BUCKET, HOUR, SECOND, World, log, logs, metric, metrics, span, spans, time_text, trace_id};

/// Traces over two hours; trace 1 in both, with a span that was sent twice.
fn world() -> World {
    let mut world = World::new();
    let early = HOUR - 10 * SECOND;
    world.write(spans("front", &[span(1, 1, early, "GET /", 1), span(2, 1, HOUR + SECOND, "GET /cart", 2)]).as_bytes());
    world.write(
        spans("cart", &[span(1, 2, HOUR + 5 * SECOND, "load", 3), span(1, 3, HOUR + 4 * SECOND, "read", 4)]).as_bytes(),
    );
    world.write(
        spans("cart", &[span(1, 3, HOUR + 4 * SECOND, "read", 40), span(1, 4, HOUR + 4 * SECOND, "wait", 5)])
            .as_bytes(),
    );
    for other in 10..40 {
        world.write(spans("other", &[span(other, 1, HOUR + other * SECOND, "x", 100 + other)]).as_bytes());
    }
    world.write(logs("cart", &[log(HOUR + SECOND, 17, "failed", 200)]).as_bytes());
    world.write(metrics("cart", &[metric(HOUR + SECOND, "carts", 3, 300)]).as_bytes());
    world.save();
    world
}

#[test]
fn a_trace_comes_whole_in_order_and_once() {
    let world = world();
    for when in [
        format!("--time {}", time_text(HOUR)),
        String::new(),
        format!("--from {} --to {}", time_text(HOUR), time_text(HOUR + 10 * SECOND)),
    ] {
        let line = format!("--trace-id {} {when}", trace_id(1));
        let uids = world.uids(&line);
        assert_eq!(uids.len(), 5 - 1, "{line}: {uids:?}");
        // Of two at one time the smaller span id comes first; of a span that was sent twice any may come.
        assert_eq!((uids[0], uids[2], uids[3]), (1, 5, 3), "{line}");
        assert!(uids[1] == 4 || uids[1] == 40, "{line}: {uids:?}");
        let rows = world.query(&format!("{line} -o json")).ok().json();
        let names: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["GET /", "read", "wait", "load"]);
        assert_eq!(rows[0]["duration_nanos"], 1_500_000);
    }
}

#[test]
fn slack_decides_how_far_is_looked() {
    let world = world();
    let alone = world.uids(&format!("--trace-id {} --time {} --slack 0", trace_id(1), time_text(HOUR)));
    assert_eq!(alone.len(), 3, "the span of the hour before is left out: {alone:?}");
    let missing = world.query(&format!("--trace-id {} --time {}", trace_id(1), time_text(HOUR - 7200 * SECOND)));
    assert_eq!(missing.uids_len(), 1, "the bucket after it: {missing:?}");
    let done = world.query(&format!("--trace-id {} --time {}", trace_id(1), time_text(HOUR - 9 * 3600 * SECOND)));
    assert_eq!(done.code, 1);
    assert!(done.err.contains("does not exist") && done.err.contains("--slack"), "{}", done.err);
    let line = format!("--trace-id {} --ignore-not-found", trace_id(999));
    assert_eq!(world.query(&line).ok().out, "TIME  SERVICE  DURATION  SPAN ID  NAME\n");
    let error = world.query(&format!("--trace-id {} -o json", trace_id(999)));
    let error: Value = serde_json::from_str(error.err.lines().last().unwrap()).unwrap();
    assert_eq!(error["kind"], "not_found");
}

trait Rows {
    fn uids_len(&self) -> usize;
}

impl Rows for crate::support::Done {
    /// Rows of a table without its heading.
    fn uids_len(&self) -> usize {
        self.out.lines().count().saturating_sub(1)
    }
}

#[test]
fn what_goes_in_comes_out_with_the_same_sum() {
    let mut world = World::new();
    let mut input = String::new();
    for n in 0..200 {
        let at = HOUR + n * 20 * SECOND;
        input += &spans(["a", "b"][n as usize % 2], &[span(n, 1, at, "x", n), span(n, 2, at + SECOND, "y", n)]);
        input += &logs("a", &[log(at, 9, &format!("line {n}"), n)]);
        input += &metrics("b", &[metric(at, &format!("m{n}"), 1, n)]);
    }
    world.write(input.as_bytes());
    world.save();
    world.lab.file("in.jsonl", &input);
    let given = world.lab.run("--store snapshot:$DIR/c.json route --otlp $DIR/in.jsonl --sum -o json").ok().json();
    let counted = world.query(&format!("--from {} --for 3h --count -o json", time_text(HOUR))).ok().json();
    assert_eq!((&counted["spans"], &counted["metrics"], &counted["logs"]), (&json!(400), &json!(200), &json!(200)));
    assert_eq!((&counted["traces"], &counted["complete"]), (&json!(200), &json!(true)));
    assert_eq!(counted["record_sum"], given["record_sum"]);
    // The OTLP that comes out is worth the same, and so is what is written again of it.
    let out = world.query(&format!("--from {} --for 3h --encoding jsonl", time_text(HOUR))).ok().out;
    world.lab.file("out.jsonl", out);
    let again = world.lab.run("--store snapshot:$DIR/c.json route --otlp $DIR/out.jsonl --sum -o json").ok().json();
    assert_eq!(again["record_sum"], given["record_sum"]);
    assert!(
        world.lab.run("--store snapshot:$DIR/c.json route --otlp $DIR/out.jsonl -o json").ok().json()["record_sum"]
            .is_null()
    );
}

#[test]
fn the_children_of_a_split_partition_are_read() {
    let mut world = World::new();
    for bucket in 0..4 {
        let root: otlp_part::model::PartitionId = format!("partition_{BUCKET}_{bucket:04}").parse().unwrap();
        world.place(root, "0000.jsonl", spans("old", &[span(500 + bucket, 1, HOUR, "of the parent", 1)]).as_bytes());
        world.splits.insert(root, 1);
        for bit in 0..2 {
            let child: otlp_part::model::PartitionId = format!("{root}.{bit}").parse().unwrap();
            world.partitions.insert(child, "n1");
        }
    }
    let input: String = (0..40).map(|n| spans("s", &[span(n, 1, HOUR + n * SECOND, "x", n)])).collect();
    world.write(input.as_bytes());
    world.save();
    let all = world.uids(&format!("--from {} --for 1h", time_text(HOUR)));
    assert_eq!(all, (0..40).collect::<Vec<u64>>(), "in order, and nothing of the parents");
    for n in [0, 7, 39] {
        assert_eq!(world.uids(&format!("--trace-id {} --time {}", trace_id(n), time_text(HOUR))), [n]);
    }
}

#[test]
fn ranges_end_where_they_say_and_limits_hold() {
    let world = world();
    let range = |from: u64, to: u64| format!("--from {} --to {}", time_text(from), time_text(to));
    let uids = world.uids(&format!("{} --signal traces", range(HOUR + 4 * SECOND, HOUR + 12 * SECOND)));
    assert_eq!(uids.len(), 5, "{uids:?}");
    assert_eq!(uids[3..], [110, 111], "trace 1 began in the hour before, and its bucket is read too: {uids:?}");
    let one = range(HOUR + 11 * SECOND, HOUR + 11 * SECOND + 1);
    assert_eq!(world.uids(&one), [111]);
    assert_eq!(world.uids(&range(HOUR + 11 * SECOND + 1, HOUR + 12 * SECOND)), [0_u64; 0]);
    for limit in [0, 1, 3, 1000] {
        let line = format!("{} --limit {limit}", range(HOUR, HOUR + 3600 * SECOND));
        assert_eq!(world.uids(&line).len(), limit.min(36), "{line}");
        let rows = world.query(&format!("{line} -o json -q")).ok().json();
        assert_eq!(rows.as_array().unwrap().len(), limit.min(36));
    }
    let none = world.query(&format!("{} --service nobody", range(HOUR, HOUR + SECOND))).ok();
    assert!(none.err.contains("no record matches"), "{}", none.err);
}
