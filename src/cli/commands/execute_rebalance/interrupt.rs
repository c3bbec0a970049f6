//! Signals: the first one stops resumably, the second one ends the process at once.

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::operations::executing::crash::Blow;
use crate::operations::executing::{Halt, HaltReason};

/// Sends this process a signal.
pub(super) fn strike(blow: Blow) {
    let signal = match blow {
        Blow::Kill => rustix::process::Signal::KILL,
        Blow::Interrupt => rustix::process::Signal::INT,
        Blow::Stop => rustix::process::Signal::STOP,
    };
    let _ = rustix::process::kill_process(rustix::process::getpid(), signal);
}

/// SIGHUP, SIGINT and SIGTERM. SIGXFSZ is caught beside them, as it would end the process: the write says so itself.
pub(in crate::cli) struct Signals {
    hangup: Option<Signal>,
    interrupt: Option<Signal>,
    terminate: Option<Signal>,
    _file_too_large: Option<Signal>,
}

impl Signals {
    /// Catches them from now on. Must be called within the runtime.
    pub(in crate::cli) fn catch() -> Self {
        let caught = |kind: SignalKind| signal(kind).ok();
        Self {
            hangup: caught(SignalKind::hangup()),
            interrupt: caught(SignalKind::interrupt()),
            terminate: caught(SignalKind::terminate()),
            _file_too_large: caught(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw())),
        }
    }

    /// Throws the switch at the first; at the second nothing is waited for, as if there were no first. Never ends.
    pub(in crate::cli) async fn listen(mut self, halt: &Halt) {
        let number = self.next().await;
        halt.throw(HaltReason::Signal(number));
        self.next().await;
        // What is stored is resumable at any point; a process that is stuck must go.
        strike(Blow::Kill);
        std::future::pending::<()>().await;
    }

    async fn next(&mut self) -> u8 {
        let Self { hangup, interrupt, terminate, _file_too_large: _ } = self;
        tokio::select! {
            () = one(hangup) => 1,
            () = one(interrupt) => 2,
            () = one(terminate) => 15,
        }
    }
}

/// Waits for one signal; for ever where the system gives no way to.
async fn one(stream: &mut Option<Signal>) {
    match stream {
        Some(stream) => drop(stream.recv().await),
        None => std::future::pending().await,
    }
}
