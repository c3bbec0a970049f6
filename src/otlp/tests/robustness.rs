//! No input makes the reader panic, run for ever or route something twice.

use proptest::prelude::*;

use super::oracle::any_request;
use super::*;

/// Small limits, so that they are met.
const OPTIONS: Options =
    Options { message_bytes_max: 4096, signal: None, encoding: None, problems_max: 3, layout: true };

/// What holds of every reading.
fn check(outcome: &Outcome) -> Result<(), TestCaseError> {
    let counts = outcome.totals.counts;
    prop_assert!(counts.without_id <= counts.spans);
    let records: u64 = outcome.units.iter().map(|unit| unit.records).sum();
    prop_assert!(records <= counts.spans + counts.data_points + counts.logs);
    prop_assert!(outcome.units.iter().all(|unit| unit.time > Timestamp::EPOCH));
    prop_assert_eq!(outcome.totals.problems.len() as u64, outcome.totals.bad.min(3));
    prop_assert!(outcome.error.is_some() || counts.requests > 0);
    Ok(())
}

/// Bytes changed, taken out or put in.
#[derive(Clone, Debug)]
enum Damage {
    Change(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
}

impl Damage {
    fn apply(&self, input: &mut Vec<u8>) {
        if input.is_empty() {
            return;
        }
        match self {
            Self::Change(at, byte) => {
                let at = at.index(input.len());
                input[at] = *byte;
            }
            Self::Cut(at) => input.truncate(at.index(input.len())),
            Self::Drop(at, count) => {
                let at = at.index(input.len());
                input.drain(at..(at + count).min(input.len()));
            }
            Self::Insert(at, bytes) => {
                let at = at.index(input.len());
                input.splice(at..at, bytes.iter().copied());
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    use prop::sample::Index;
    let text = prop::sample::select(vec!["{", "}", "[", "]", ",", "\n", "\"", "null", "\\u", "1e", "{}", "[[["]);
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Change(at, byte)),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), 1_usize..20).prop_map(|(at, count)| Damage::Drop(at, count)),
        (any::<Index>(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (any::<Index>(), text).prop_map(|(at, text)| Damage::Insert(at, text.as_bytes().to_vec())),
    ]
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&read_with(&bytes[..], OPTIONS))?;
    }

    #[test]
    fn any_bytes_behind_a_beginning(
        head in prop::sample::select(vec![
            &b"\x0a\x10\x0a"[..], b"\0\0\0\x10\x0a", b"\0\0\0\x10{\"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"{\"resourceSpans\":[",
            b"[{", b"\x50\x2a\x4d\x18", b"\0\0\0\x20\x28\xb5\x2f\xfd",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        check(&read_with(&[head, &bytes].concat()[..], OPTIONS))?;
    }

    #[test]
    fn json_shaped_text(text in "[\\[\\]{}:,\" \n1ae-]{0,60}") {
        check(&read_with(text.as_bytes(), OPTIONS))?;
    }

    #[test]
    fn damaged_inputs(
        twins in prop::collection::vec(any_request(), 1..4),
        damages in prop::collection::vec(damage(), 1..5),
        pretty: bool,
        framing in 0..9,
    ) {
        let text = |twin: &super::oracle::Twin| match pretty {
            true => serde_json::to_string_pretty(&twin.json).unwrap(),
            false => twin.json.to_string(),
        };
        let lines: Vec<String> = twins.iter().map(text).collect();
        let protobufs = || twins.iter().map(|twin| &twin.protobuf);
        let mut input = match framing {
            0 | 1 => lines.join("\n").into_bytes(),
            2 => format!("[{}]", lines.join(",\n")).into_bytes(),
            3 => gzip(lines.join("\n").as_bytes()),
            4 => zstd(lines.join("\n").as_bytes()),
            5 => frames(protobufs()),
            6 => frames(protobufs().map(|message| zstd(message))),
            7 => frames(&lines),
            _ => twins[0].protobuf.clone(),
        };
        damages.iter().for_each(|damage| damage.apply(&mut input));
        check(&read_with(&input[..], OPTIONS))?;
    }
}

/// Opening brackets on every line: each line is read to the depth limit, not to the end.
#[test]
fn many_cut_lines_stay_linear() {
    for line in ["[\n", "{\"a\":\n", "{\"a\":[\n", "{\"resourceSpans\":[\n", "{\"a\":[1,\n"] {
        let outcome = read(line.repeat(100_000));
        assert!(outcome.error.is_some());
    }
}

/// All trace ids alike but for one byte: grouping them is not quadratic.
#[test]
fn many_traces_in_one_request() {
    let spans: Vec<String> = (1..100_000)
        .map(|number| format!(r#"{{"traceId":"{number:032x}","startTimeUnixNano":1}}"#))
        .flat_map(|span| [span.clone(), span])
        .collect();
    let text = format!(r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{}]}}]}}]}}"#, spans.join(","));
    let outcome = read(format!("{text}\n{}\n{text}", span_line(ID, "7")));
    assert_eq!(outcome.units.len(), 2 * 99_999 + 1);
    assert!(outcome.units.iter().all(|unit| unit.records == 2 || unit.service == "shop"));
}
