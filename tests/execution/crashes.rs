//! Killed at every numbered place, then the same command again.

use otlp_part::operations::executing::crash::POINTS;

use crate::history;
use crate::lab::{Cluster, execution};

const KILLED: Option<i32> = Some(9);

/// Places that one undisturbed execution of moves and transfers does not pass.
const ELSEWHERE: [&str; 3] = ["abort-decided", "abort-committed", "mark-committed"];

#[test]
fn at_every_place_the_same_command_goes_on_to_the_same_end() {
    let undisturbed = Cluster::embedded(6);
    let plan = undisturbed.plan(&[]);
    undisturbed.execute(&plan, &[]).ok();
    let end = undisturbed.owners();
    for (number, name) in (1..).zip(POINTS).filter(|(_, name)| !ELSEWHERE.contains(name)) {
        for time in [1, 2] {
            let cluster = Cluster::embedded(6);
            let plan = cluster.plan(&[]);
            let ran = cluster.run_to(&format!("{number}:{time}"), &execution(&plan, &[]));
            let once_only = ["lock-taken", "plan-executing", "status-written", "plan-done", "lock-released"];
            if time == 2 && once_only.contains(&name) {
                continue;
            }
            assert_eq!(ran.signal, KILLED, "place {name}, time {time}, was not passed: {ran:?}");
            let resumed = cluster.execute(&plan, &[]);
            assert_eq!(resumed.code, Some(0), "killed at {name}, time {time}: {resumed:?}");
            cluster.check_rest();
            assert_eq!(cluster.owners(), end, "killed at {name}, time {time}");
            history::check(&cluster);
        }
    }
}
