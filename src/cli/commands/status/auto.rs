//! What `status` says of automatic rebalancing.

use serde_json::{Value, json};

use crate::operations::auto_rebalance::{AutoState, AutoView};
use crate::operations::executor::ExecutorView;

/// The lines; none where nobody ever rebalanced automatically.
pub(super) fn auto_lines(auto: &AutoView) -> Vec<String> {
    if auto.holder.is_none() && auto.status.is_none() && auto.unreadable.is_none() && auto.paused.is_none() {
        return Vec::new();
    }
    let round = auto.status.as_ref().and_then(|status| status.last_round.as_ref());
    let last = round.map(|round| format!(", last round {} at {}", round.result.name(), round.ended_at.whole_second()));
    let mut lines = vec![format!("auto        {}{}", auto.state().name(), last.unwrap_or_default())];
    let mut line = |text: String| lines.push(format!("            {text}"));
    if let Some(said) = &auto.paused {
        line(format!("paused by {} at {}", said.by, said.at.whole_second()));
    }
    if let Some(reason) = &auto.unreadable {
        line(format!("cannot be read: {reason}"));
    }
    let status = auto.status.as_ref().filter(|_| auto.state() != AutoState::Stopped);
    let away: Vec<&str> = status.iter().flat_map(|status| status.away.keys()).map(|node| node.as_str()).collect();
    if !away.is_empty() {
        line(format!("no answer from {}", away.join(", ")));
    }
    if let Some(why) = status.and_then(|status| status.fail_over_held.as_ref()) {
        line(format!("nobody is declared lost: {why}"));
    }
    lines
}

/// The same for scripts; beside it what the executor is told and says, as it is stored.
pub(super) fn auto_json(auto: &AutoView, executor: &ExecutorView) -> Value {
    let status = auto.status.as_ref();
    json!({
        "control": executor.control,
        "status": executor.status,
        "state": auto.state().name(),
        "holder": auto.holder,
        "paused": auto.paused,
        "last_round": status.and_then(|status| status.last_round.as_ref()),
        "next_round_at": status.and_then(|status| status.next_round_at),
        "away": status.map(|status| &status.away),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::control::Said;
    use crate::model::Timestamp;

    #[test]
    fn nothing_is_said_where_there_is_nothing() {
        assert_eq!(auto_lines(&AutoView::default()), Vec::<String>::new());
        let said = Said { by: "ann@desk".to_owned(), at: Timestamp::from_seconds(0) };
        let paused = AutoView { holder: Some("bob@desk".to_owned()), paused: Some(said), ..AutoView::default() };
        assert_eq!(
            auto_lines(&paused),
            ["auto        paused", "            paused by ann@desk at 1970-01-01T00:00:00Z"]
        );
    }
}
