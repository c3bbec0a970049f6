//! How JSON values may lie in an input.

use super::*;

fn good() -> String {
    span_line(ID, "7")
}

fn pretty() -> String {
    let value: serde_json::Value = serde_json::from_str(&good()).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

/// Requests, lines and bad ones.
fn numbers(outcome: &Outcome) -> (u64, u64, u64) {
    (outcome.totals.counts.requests, outcome.totals.lines, outcome.totals.bad)
}

#[test]
fn lines_with_any_ending_and_blank_ones_between() {
    let outcome = read(format!("\u{feff}{0}\r\n\r\n  \t\n{0}\n{0}", good()));
    assert_eq!(numbers(&outcome), (3, 3, 0));
    assert_eq!(outcome.lines(), vec![format!("shop {ID} 7 1"); 3]);
    assert_eq!(outcome.totals.bytes_read, outcome.totals.bytes_decoded);
}

#[test]
fn bad_lines_cost_themselves_only() {
    let text = format!("{0}\nhello\n{0}\n{{\"a\":tru}}\n{0}\n{{\"a\":1,}}\n\"x\"\n{{\"a\":\"\u{1}\"}}\n{0}\n", good());
    let outcome = read(text);
    assert_eq!(numbers(&outcome), (4, 9, 5));
    assert_eq!(
        outcome.problems(),
        [
            "line 2: not valid JSON at byte 0: unexpected character",
            "line 4: not valid JSON at byte 5: unexpected character",
            "line 6: not valid JSON at byte 7: unexpected character",
            "line 7: not valid JSON at byte 0: unexpected character",
            "line 8: not valid JSON at byte 6: bad character in a string",
        ]
    );
}

#[test]
fn only_the_first_problems_are_kept() {
    let text = format!("{}\n{}", "x\n".repeat(100), good());
    let outcome = read_with(text.as_bytes(), Options { problems_max: 2, ..Options::default() });
    assert_eq!((outcome.totals.bad, outcome.totals.problems.len()), (100, 2));
}

#[test]
fn a_line_cut_anywhere_costs_itself_only() {
    let good = good();
    for cut in 1..good.len() {
        let lines = [&good[..cut], &good, &good].join("\n");
        let outcome = read(&lines);
        assert_eq!(numbers(&outcome), (2, 3, 1), "cut at {cut}");
        assert!(outcome.problems()[0].starts_with("line 1: "), "cut at {cut}: {:?}", outcome.problems());

        let last = read(format!("{good}\n{}", &good[..cut]));
        assert_eq!(numbers(&last), (1, 2, 1), "cut at {cut}");
    }
}

#[test]
fn pretty_printed_and_concatenated_values_and_mixtures() {
    let (good, pretty) = (good(), pretty());
    let lines = pretty.lines().count() as u64;
    for (text, requests, lines) in [
        (pretty.clone(), 1, lines),
        (format!("{pretty}{pretty}"), 2, 2 * lines - 1),
        (format!("{good}{good} {good}\n{good}"), 4, 2),
        (format!("{good}\n{pretty}\n\n{good}\n"), 3, lines + 2),
        (pretty.replace('\n', "\r\n"), 1, lines),
        (format!("[{good},{good}]"), 2, 1),
        (format!("\n[\n {pretty},\n{good}\n]\n"), 2, lines + 3),
        (format!("[{good}]\n[]\n[{good},\n{good}]\n{good}"), 4, 5),
    ] {
        let outcome = read(&text);
        assert_eq!(numbers(&outcome), (requests, lines, 0), "{text}");
        assert_eq!(outcome.units.len() as u64, requests);
    }
}

#[test]
fn an_array_goes_on_behind_a_bad_element() {
    let good = good();
    let outcome = read(format!("[\n{good},\n{{\"a\":}},\n{good},\n{good}\n]\n"));
    assert_eq!(numbers(&outcome), (3, 6, 1));
    assert_eq!(outcome.problems(), ["line 3: not valid JSON at byte 5: unexpected character"]);
    for (text, problem) in [
        (format!("[{good}"), "it ends in the middle of a value"),
        (format!("[{good},"), "it ends in the middle of a value"),
        (format!("[{good},]"), "unexpected character"),
        (format!("[{good}{good}]"), "unexpected character"),
        (format!("[{good},[]]"), "unexpected character"),
    ] {
        let outcome = read(&text);
        assert_eq!((outcome.totals.counts.requests, outcome.totals.bad), (1, 1), "{text}");
        assert!(outcome.problems()[0].ends_with(problem), "{:?}", outcome.problems());
    }
}

#[test]
fn a_broken_document_is_blamed_where_it_is_broken() {
    let text = pretty().replace("\"spans\": [", "\"spans\" [");
    let line = text.lines().position(|line| line.contains("\"spans\" [")).unwrap() + 1;
    let error = read(&text).error.unwrap();
    assert!(error.starts_with(&format!("not OTLP: line {line}: not valid JSON at byte ")), "{error}");
}

#[test]
fn text_that_is_not_utf8_is_bad() {
    let mut text = good().replace("shop", "s_op").into_bytes();
    let at = text.iter().position(|&byte| byte == b'_').unwrap();
    text[at] = 0xff;
    let outcome = read([text, b"\n".to_vec(), good().into_bytes()].concat());
    assert_eq!(numbers(&outcome), (1, 2, 1));
    assert_eq!(outcome.problems(), [format!("line 1: not valid UTF-8 at byte {at}")]);
    assert_eq!(outcome.units.len(), 1);
}

#[test]
fn what_is_not_otlp_is_refused_with_the_reason() {
    for (text, error) in [
        ("", "not OTLP: it is empty"),
        ("\u{feff} \n\n", "not OTLP: it is empty"),
        ("hello", "not OTLP: line 1: not valid JSON at byte 0: unexpected character"),
        ("{\"a\":1}\n", "not OTLP: no resourceSpans, resourceMetrics or resourceLogs in it"),
        ("[{\"a\":1}]", "not OTLP: no resourceSpans, resourceMetrics or resourceLogs in it"),
        ("{\"resourceSpans\":[", "not OTLP: line 1: not valid JSON at byte 18: it ends in the middle of a value"),
        ("[1]", "not OTLP: line 1: not valid JSON at byte 1: unexpected character"),
        ("[]", "not OTLP: it is empty"),
    ] {
        assert_eq!(read(text).error.as_deref(), Some(error), "{text:?}");
    }
}

#[test]
fn unrecognised_objects_are_counted_and_not_bad() {
    let outcome = read(format!("{}\n{{\"a\":{{}}}}\n{{}}\n", good()));
    assert_eq!(numbers(&outcome), (2, 3, 0));
    assert_eq!(outcome.totals.counts.unrecognised, 1);
}

#[test]
fn one_message_is_limited_but_not_the_input() {
    let options = Options { message_bytes_max: 1000, ..Options::default() };
    let many = format!("{}\n", good()).repeat(3000);
    let outcome = read_with(many.as_bytes(), options);
    assert_eq!((outcome.totals.counts.requests, &outcome.error), (3000, &None));
    let array = format!("[{}]", vec![good(); 3000].join(","));
    assert_eq!(read_with(array.as_bytes(), options).totals.counts.requests, 3000);

    let long = format!("{}\n{{\"a\":\"{}\"}}", good(), "x".repeat(1000));
    let outcome = read_with(long.as_bytes(), options);
    let error = "line 2: larger than the limit of 1000 bytes for one message";
    assert_eq!((outcome.units.len(), outcome.error.as_deref()), (1, Some(error)));
    // Garbage without a line break is not kept in memory, and not a message.
    let garbage = read_with("x".repeat(1 << 20).as_bytes(), options);
    assert_eq!(garbage.totals.bad, 1);
}

#[test]
fn values_larger_than_the_window_are_read() {
    let spans = vec![format!(r#"{{"traceId":"{ID}","startTimeUnixNano":"7","name":"{}"}}"#, "n".repeat(1000)); 2000];
    let text = format!(r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{}]}}]}}]}}"#, spans.join(",\n"));
    let outcome = read(format!("{}\n{text}\n{}", good(), good()));
    assert_eq!(outcome.lines()[1], format!("unknown_service {ID} 7 2000"));
    assert_eq!(numbers(&outcome), (3, 2002, 0));
}

#[test]
fn an_input_without_end_is_given_up() {
    let zeros = read_with(std::io::repeat(0), Options { message_bytes_max: 1 << 20, ..Options::default() });
    assert_eq!(zeros.error.unwrap(), "line 1: larger than the limit of 1048576 bytes for one message");
    let lines = read("no OTLP\n".repeat(20_000));
    assert_eq!(lines.error.unwrap(), "not OTLP: line 1: not valid JSON at byte 0: unexpected character");
    assert_eq!(lines.totals.bad, 10_000, "the rest is not read");
    let late = format!("{}{}", "x\n".repeat(9_000), good());
    assert!(read(late).error.is_none());
}

#[test]
fn a_time_before_1970_is_no_time_and_costs_its_record_only() {
    let spans = ["-5", "\"-1675079501299000000\"", "1675079501299000000"]
        .map(|start| format!(r#"{{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","startTimeUnixNano":{start}}}"#));
    let request =
        |spans: &[String]| format!(r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{}]}}]}}]}}"#, spans.join(","));
    let outcome = read(format!("{}\n{}", request(&spans), request(&spans[..1])));
    assert_eq!((outcome.totals.bad, outcome.totals.counts.spans, outcome.totals.counts.without_time), (0, 4, 1));
    assert_eq!((outcome.units.len(), outcome.units[0].records), (1, 3));
}
