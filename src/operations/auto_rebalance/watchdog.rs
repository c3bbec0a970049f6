//! Looking at nodes beside the rounds, and declaring those lost that are away for too long.

use tokio::time::sleep;

use super::event::AutoEvent;
use super::health::{Health, Look, Verdict};
use super::probe::look;
use super::service::{AutoRebalancer, Term};
use super::status::FailedOver;
use crate::model::NodeId;
use crate::operations::nodes::fail;
use crate::operations::{ClusterView, OperationError};
use crate::ports::MetadataWrite;
use crate::ports::storage::{Mover, StorageWrite};

impl<M: MetadataWrite, S: StorageWrite, V: Mover> AutoRebalancer<'_, M, S, V> {
    /// Looks again and again, for as long as it is polled.
    pub(super) async fn watch_nodes(&self, term: &Term) {
        loop {
            sleep(self.settings.look_every()).await;
            self.look_once(term).await;
        }
    }

    /// Looks at all nodes; an error is told.
    pub(super) async fn look_once(&self, term: &Term) {
        if let Err(error) = self.look_at_nodes(term).await {
            (self.tell)(&AutoEvent::Trouble(&format!("nodes are not looked at: {error}")));
        }
    }

    async fn look_at_nodes(&self, term: &Term) -> Result<(), OperationError> {
        let (view, _) = ClusterView::read(self.store, self.keys, None, &[]).await?;
        let looks = look(&view, self.open).await;
        let now = self.clock.now();
        let (before, health) = term.with(|status| {
            let before = Health { away: std::mem::take(&mut status.away), down: std::mem::take(&mut status.down) };
            let mut health = before.clone();
            health.observe(now, &looks);
            (status.away, status.down) = (health.away.clone(), health.down.clone());
            (before, health)
        });
        self.tell_changes(&before, &health, &looks);
        let verdict = match self.settings.fail_after {
            Some(after) => health.verdict(now, &looks, after),
            None => Verdict::Nothing,
        };
        let held = match &verdict {
            Verdict::Held(why) => Some(why.clone()),
            Verdict::Nothing | Verdict::Fail(_) => None,
        };
        let is_news = term.with(|status| std::mem::replace(&mut status.fail_over_held, held.clone()) != held);
        if let (true, Some(why)) = (is_news, &held) {
            (self.tell)(&AutoEvent::FailOverHeld(why));
        }
        if let Verdict::Fail(nodes) = verdict {
            self.fail_over(term, &view, nodes).await?;
        }
        let is_other = before.down != health.down || !before.away.keys().eq(health.away.keys());
        if is_news || is_other {
            self.write_status(term).await;
        }
        Ok(())
    }

    fn tell_changes(&self, before: &Health, health: &Health, looks: &[Look]) {
        (self.tell)(&AutoEvent::Looked(health, looks.len()));
        for look in looks {
            match (before.away.contains_key(&look.node), &look.fault) {
                (false, Some(fault)) => (self.tell)(&AutoEvent::Away(&look.node, fault)),
                (true, None) => (self.tell)(&AutoEvent::Back(&look.node, look.is_down)),
                (false, None) | (true, Some(_)) => {}
            }
        }
    }

    /// `node fail`, by the same code.
    async fn fail_over(&self, term: &Term, view: &ClusterView, nodes: Vec<NodeId>) -> Result<(), OperationError> {
        let now = self.clock.now();
        let failover = fail::plan(self.store, self.keys, view, nodes.clone()).await?;
        let audit = self.audit_of(term, now, "no answer for --fail-after".to_owned());
        let approved = failover.approve(self.consent);
        let fail::Done { report, .. } = approved.run(self.store, self.keys, &audit, &mut |_, _| {}).await?;
        let failed = FailedOver { at: now, nodes: nodes.clone(), leaders_moved: report.moved.partitions };
        (self.tell)(&AutoEvent::FailedOver(&failed));
        term.with(|status| {
            status.last_fail_over = Some(failed);
            status.down.extend(nodes.into_iter().map(|node| (node, now)));
        });
        self.write_status(term).await;
        Ok(())
    }
}
