//! What an operator sees.

use crate::support::{Lab, Session};
use crate::world::{HOUR, SECOND, World, log, logs, metric, metrics, span, spans, time_text, trace_id};

fn world() -> World {
    let mut world = World::new();
    let request = spans(
        "front",
        &[span(1, 1, HOUR + SECOND, "GET /cart", 1), span(1, 2, HOUR + 2 * SECOND, "render \u{1b}[31m", 2)],
    );
    world.write(request.as_bytes());
    world.write(spans("cart", &[span(1, 3, HOUR + 2 * SECOND, "load", 3)]).as_bytes());
    world.write(
        logs("cart", &[log(HOUR + SECOND, 17, "payment failed: card refused", 4), log(HOUR, 0, "up", 5)]).as_bytes(),
    );
    world.write(metrics("cart", &[metric(HOUR + 3 * SECOND, "carts.open", 42, 6)]).as_bytes());
    world.save();
    world
}

/// The same session on any lab.
fn session(mut world: World, change: impl FnOnce(&mut Lab)) -> Session {
    change(&mut world.lab);
    Session::on(world.lab)
}

macro_rules! golden {
    ($name:literal, $session:expr) => {
        insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!($name, $session.log());
        })
    };
}

#[test]
fn traces_ranges_and_their_forms() {
    let mut s = session(world(), |_| ());
    let trace = format!("--trace-id {} --time {}", trace_id(1), time_text(HOUR));
    let range = format!("--from {} --for 1h", time_text(HOUR));
    for words in [
        trace.clone(),
        format!("{trace} -o json"),
        format!("{trace} -o csv -q"),
        format!("{trace} -o name -q"),
        format!("{trace} --encoding jsonl --limit 1 -q"),
        format!("{trace} --explain"),
        format!("{trace} --explain -o json -q"),
        range.clone(),
        format!("{range} --signal traces"),
        format!("{range} --severity error"),
        format!("{range} --signal metrics -o ndjson -q"),
        format!("{range} --signal logs -o value=body -q"),
        format!("{range} --count"),
        format!("{range} --count -o json -q"),
        format!("{range} --service cart --attribute uid=3"),
        format!("{range} --service nobody"),
    ] {
        s.run(&World::line(&words));
    }
    golden!("data_query", s);
}

#[test]
fn wrong_questions() {
    let mut s = session(world(), |_| ());
    for words in [
        "",
        "--trace-id xyz",
        "--trace-id 00000000000000000000000000000002 --signal logs",
        "--trace-id 00000000000000000000000000000002 --severity error",
        "--trace-id 00000000000000000000000000000099",
        "--trace-id 00000000000000000000000000000099 -o json",
        "--trace-id 00000000000000000000000000000099 --ignore-not-found -o json -q",
        "--last 1h --time now",
        "--last 1h --attribute color",
        "--last 1h --severity loud",
        "--last 1h --signal sound",
        "--last 1h --near zone=nowhere",
        "--last 1h --sort time",
        "--last 1h --slack 100000",
        "--last 1h --encoding xml",
        "--last 1h --count --encoding jsonl",
        "--from 1970-01-01 --to 2200-01-01",
    ] {
        s.run(&World::line(words));
    }
    s.run("data query --last 1h");
    golden!("data_query_wrong", s);
}

#[test]
fn on_a_terminal() {
    let mut s = session(world(), |lab| {
        (lab.stdin_terminal, lab.stdout_terminal, lab.stderr_terminal) = (true, true, true);
        lab.width = Some(80);
        lab.variables.insert("NO_COLOR".into(), "1".into());
    });
    let range = format!("--from {} --for 1h", time_text(HOUR));
    for words in [
        format!("--trace-id {} --time {}", trace_id(1), time_text(HOUR)),
        range.clone(),
        format!("{range} --signal logs"),
        format!("{range} --signal traces --encoding jsonl"),
        format!("{range} --encoding proto"),
        format!("{range} --explain"),
    ] {
        s.run(&World::line(&words));
    }
    golden!("data_query_terminal", s);
}
