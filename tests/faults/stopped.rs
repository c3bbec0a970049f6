//! A process that stands still at a numbered place, so that something can be done to what it works on.

use std::process::Child;
use std::time::Duration;

use otlp_part::operations::executing::CrashAt;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::lab::{Cluster, Ran};

const POLL: Duration = Duration::from_millis(2);
/// Whatever was done to it, it ends in this time: the store may be silent for the life of the lock.
const ENDS_IN: Duration = Duration::from_secs(120);

/// It stands.
#[must_use]
pub(crate) struct Stopped(Child);

impl Stopped {
    /// Begins a process, which stops the TIME-th time that it passes a place; one that does not get there has ended.
    pub(crate) fn begin(
        cluster: &Cluster,
        store: &str,
        (place, time): (&str, u32),
        args: &[&str],
    ) -> Result<Self, Ran> {
        let number = CrashAt::number_of(place).unwrap();
        let child = cluster.spawn_until(store, &format!("{number}:{time}"), args);
        // Its end is looked at, and left for who waits for it.
        let look = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        for _ in 0..ENDS_IN.as_millis() / POLL.as_millis() {
            match waitid(WaitId::Pid(pid(&child)), look).unwrap() {
                Some(status) if status.stopped() => return Ok(Self(child)),
                Some(_) => return Err(Cluster::ended(child)),
                None => std::thread::sleep(POLL),
            }
        }
        panic!("{place}, time {time}: it hangs: {:#?}", killed(child));
    }

    /// Kills it where it stands.
    pub(crate) fn dies(self) {
        killed(self.0);
    }

    /// Lets it go on to its end.
    #[track_caller]
    pub(crate) fn goes_on(self) -> Ran {
        kill_process(pid(&self.0), Signal::CONT).unwrap();
        to_its_end(self.0, "let go on")
    }
}

/// Waits for its end, and not for ever: one that hangs is a fault like any other.
#[track_caller]
pub(crate) fn to_its_end(mut child: Child, what: &str) -> Ran {
    for _ in 0..ENDS_IN.as_millis() / POLL.as_millis() {
        if child.try_wait().unwrap().is_some() {
            return Cluster::ended(child);
        }
        std::thread::sleep(POLL);
    }
    panic!("{what}: it hangs: {:#?}", killed(child));
}

fn killed(mut child: Child) -> Ran {
    child.kill().unwrap();
    Cluster::ended(child)
}

fn pid(child: &Child) -> Pid {
    Pid::from_child(child)
}
