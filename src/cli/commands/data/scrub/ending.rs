//! What is said at the end, and with which exit code.

use super::request::Request;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::PartitionId;
use crate::operations::executing::HaltReason;
use crate::operations::scrub::{Away, Fate, PartitionReport, Prospect, Selection};

/// Partitions, failures and nodes named one by one; the rest is counted.
const NAMED_MAX: usize = 20;

/// What was done.
pub(super) struct Ending {
    is_changing: bool,
    partitions: u64,
    copies: u64,
    /// Findings, and the partitions with some.
    found: u64,
    found_in: u64,
    repaired: u64,
    /// Without a good copy.
    lost: u64,
    /// That a repair could do something about, or could not.
    left: u64,
    /// That nothing can be said about before more copies answer.
    waits: u64,
    /// That nothing is done about without a decision.
    reported: u64,
    counters: Vec<String>,
    skipped: Vec<(PartitionId, String)>,
    failed: Vec<String>,
    last: Option<PartitionId>,
    away: Vec<Away>,
    stopped: Option<HaltReason>,
}

impl Ending {
    pub(super) fn new(is_changing: bool) -> Self {
        Self {
            is_changing,
            partitions: 0,
            copies: 0,
            found: 0,
            found_in: 0,
            repaired: 0,
            lost: 0,
            left: 0,
            waits: 0,
            reported: 0,
            counters: Vec::new(),
            skipped: Vec::new(),
            failed: Vec::new(),
            last: None,
            away: Vec::new(),
            stopped: None,
        }
    }

    /// Takes what came of one partition in.
    pub(super) fn take(&mut self, report: &PartitionReport) {
        self.last = Some(report.id);
        if let Some(why) = &report.skipped {
            self.skipped.push((report.id, why.clone()));
            return;
        }
        self.partitions += 1;
        self.copies += report.copies;
        self.found += report.findings.len() as u64;
        self.found_in += u64::from(!report.findings.is_empty());
        for reported in &report.findings {
            match (&reported.fate, &reported.finding.prospect) {
                (Fate::Repaired, _) => self.repaired += 1,
                (Fate::Failed(why), _) => {
                    self.left += 1;
                    let (node, segment) = (report.node(reported.finding.replica), &reported.finding.segment);
                    let what = if segment.is_empty() { String::new() } else { format!(" {segment}") };
                    self.failed.push(format!("{}{what} on {node} is not repaired: {why}", report.id));
                }
                (Fate::Open, Prospect::Lost) => self.lost += 1,
                (Fate::Open, Prospect::Waits) => self.waits += 1,
                (Fate::Open, Prospect::Reported) => self.reported += 1,
                (Fate::Open, Prospect::Rebuild { .. } | Prospect::Sidecar { .. } | Prospect::Unmark) => self.left += 1,
            }
        }
        if let Some(counters) = &report.counters {
            let (size, count) = (counters.size_bytes, counters.record_count);
            self.counters.push(format!(
                "{}: its record said {} bytes and {} records, and says {} and {} now",
                report.id, size.0, count.0, size.1, count.1
            ));
        }
    }

    pub(super) fn end(&mut self, away: Vec<Away>, stopped: Option<HaltReason>) {
        self.away = away;
        self.stopped = stopped;
    }

    /// Says it all, and gives the exit code: damage before a store that is lost, before work left, before bad copies.
    pub(super) fn judge(
        self,
        session: &mut Session<'_, '_>,
        request: &Request,
        selection: &Selection,
        done: Result<(), CliError>,
    ) -> Result<(), CliError> {
        self.tell(session, selection);
        let store = session.store_choice()?.argument();
        let behind = self.last.map(|last| format!("--after {last}"));
        let on = format!("`{}` goes on", request.command(&store, behind.as_slice()));
        if self.lost > 0 {
            let hint = "nothing of them was touched: bring back a node that holds them, or restore them from elsewhere";
            return Err(CliError::NotVerified { message: self.summary(), hint: Some(hint.to_owned()) });
        }
        if let Err(error) = done {
            if !error.is_closed_output() && self.last.is_some() {
                session.talk().note(&on);
            }
            return Err(error);
        }
        if let Some(reason) = &self.stopped {
            return Err(match reason {
                HaltReason::Signal(signal) => {
                    CliError::Interrupted { signal: *signal, message: self.summary(), hint: Some(on) }
                }
                HaltReason::TimeIsUp | HaltReason::LockLost(_) | HaltReason::StoreLost(_) | HaltReason::Closed(_) => {
                    CliError::WorkLeft { message: format!("stopped, {reason}: {}", self.summary()), hint: Some(on) }
                }
            });
        }
        let is_unseen = self.away.iter().any(|away| !away.is_down);
        if !self.skipped.is_empty()
            || !selection.corrupt.is_empty()
            || is_unseen
            || (self.is_changing && self.left + self.waits > 0)
        {
            let hint = format!("`{}` looks at them again", request.command(&store, &self.again()));
            return Err(CliError::WorkLeft { message: self.summary(), hint: Some(hint) });
        }
        if self.left > 0 {
            let hint = format!("`{}` repairs what has a good copy", request.command(&store, &["--repair".to_owned()]));
            let hint = Some(hint).filter(|_| !request.repair);
            return Err(CliError::DoesNotHold { message: self.summary(), hint });
        }
        if self.waits + self.reported > 0 {
            return Err(CliError::DoesNotHold { message: self.summary(), hint: None });
        }
        session.talk().note(&self.summary());
        Ok(())
    }

    /// The partitions to be named in a further command, where there are few.
    fn again(&self) -> Vec<String> {
        let is_few = self.left + self.waits == 0 && self.away.is_empty() && self.skipped.len() <= 3;
        let named = self.skipped.iter().filter(|_| is_few);
        named.map(|(id, _)| format!("--partition {id}")).collect()
    }

    /// "looked at 3 partition(s), 6 copies: 2 finding(s) in 1 partition(s), 2 repaired; 2 copies not looked at"
    fn summary(&self) -> String {
        let Self { partitions, copies, found, found_in, repaired, lost, left, waits, reported, .. } = self;
        let unseen = self.away.iter().map(|away| away.copies).sum::<u64>();
        let mut text = format!("looked at {partitions} partition(s), {copies} copies: ");
        if *copies == 0 && unseen > 0 {
            text.push_str("nothing is known");
        } else if *found == 0 {
            text.push_str(if unseen > 0 { "nothing is wrong with them" } else { "nothing is wrong" });
        } else {
            text.push_str(&format!("{found} finding(s) in {found_in} partition(s)"));
        }
        let left_words = if self.is_changing { "left" } else { "to be repaired" };
        let parts = [
            (repaired, "repaired"),
            (left, left_words),
            (waits, "waiting for nodes"),
            (lost, "without a good copy"),
            (reported, "to be decided"),
        ];
        for (count, words) in parts {
            if *count > 0 {
                text.push_str(&format!(", {count} {words}"));
            }
        }
        if !self.skipped.is_empty() {
            text.push_str(&format!("; {} partition(s) passed over", self.skipped.len()));
        }
        if unseen > 0 {
            text.push_str(&format!("; {} not looked at", copies_of(unseen)));
        }
        text
    }

    fn tell(&self, session: &mut Session<'_, '_>, selection: &Selection) {
        let mut talk = session.talk();
        for corrupt in selection.corrupt.iter().take(NAMED_MAX) {
            talk.warn(&format!("the value of {} is corrupt: {}", corrupt.key, corrupt.reason));
        }
        for (id, why) in self.skipped.iter().take(NAMED_MAX) {
            talk.warn(&format!("{id} is passed over: {why}"));
        }
        for failed in self.failed.iter().take(NAMED_MAX) {
            talk.warn(failed);
        }
        for away in &self.away {
            let Away { node, reason, copies, hint, .. } = away;
            let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            talk.warn(&format!("{} on {node} not looked at: {reason}{hint}", copies_of(*copies)));
        }
        let more =
            [self.skipped.len(), self.failed.len()].map(|all| all.saturating_sub(NAMED_MAX)).iter().sum::<usize>();
        if more > 0 {
            talk.warn(&format!("and {more} more like these"));
        }
        for corrected in self.counters.iter().take(NAMED_MAX) {
            talk.note(corrected);
        }
        if self.counters.len() > NAMED_MAX {
            talk.note(&format!("and {} more records were corrected", self.counters.len() - NAMED_MAX));
        }
    }
}

/// "1 copy", "2 copies"
fn copies_of(count: u64) -> String {
    if count == 1 { "1 copy".to_owned() } else { format!("{count} copies") }
}
