//! One bad segment: what is there goes out of the way, and it is made anew from a good copy.

use std::sync::Arc;

use super::finding::{Finding, Prospect};
use super::judge::Identity;
use super::look::Looked;
use super::repair::Mender;
use crate::operations::copying::{CopyError, CopyJob, Depth, look, restore_segment};
use crate::operations::executing::effects::place_of;
use crate::ports::MetadataWrite;
use crate::ports::storage::{
    CopyListing, CopyPlace, OpenedNode, SegmentEntry, SegmentName, Sidecar, StorageError, StorageWrite,
};

/// A copy on a node that answers.
pub(super) struct Place<S> {
    pub(super) node: Arc<OpenedNode<S>>,
    pub(super) copy: CopyPlace,
}

fn told(error: &StorageError) -> String {
    let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("{error}{hint}")
}

impl<M: MetadataWrite, S: StorageWrite> Mender<'_, M, S> {
    /// Repairs one segment of one copy. An error says why not; nothing is lost then.
    pub(super) async fn restore(&self, looked: &Looked, finding: &Finding) -> Result<(), String> {
        let name = SegmentName::parse(&finding.segment).map_err(|e| e.to_string())?;
        let target = self.place(looked, finding.replica).await?;
        match &finding.prospect {
            Prospect::Sidecar { from } => {
                let Some(good) = looked.judgement.good.get(&name) else { return Ok(()) };
                let sidecar = self.sidecar(looked, *from, &name, (good.bytes, good.crc32c)).await?;
                self.add_sidecar(&target, &name, &sidecar).await
            }
            Prospect::Rebuild { from, sidecar, good } => {
                // Read before anything is moved: it may be the one beside the damaged segment.
                let sidecar = match sidecar {
                    Some(of) => self.sidecar(looked, *of, &name, *good).await?,
                    None => Sidecar::of_opaque(good.0, good.1),
                };
                if self.is_good_by_now(&target, &name, *good).await? {
                    return Ok(());
                }
                let moved = target.node.quarantine(&target.copy, &name).await.map_err(|e| told(&e))?;
                if moved > 0 {
                    self.crash.pass("scrub-quarantined");
                }
                self.make_anew(looked, &target, (&name, &sidecar), from).await
            }
            Prospect::Unmark | Prospect::Lost | Prospect::Waits | Prospect::Reported => Ok(()),
        }
    }

    pub(super) async fn place(&self, looked: &Looked, replica: usize) -> Result<Place<S>, String> {
        let seen = &looked.seen;
        let node = looked.node(replica).ok_or("its node is not in the record")?;
        let copy = place_of(seen.partition, &seen.view.copy_of(node)).map_err(|e| told(&e))?;
        let node = self.looker.places.of(node, &seen.nodes).await.map_err(|e| told(&e))?;
        Ok(Place { node, copy })
    }

    /// The sidecar of a copy, which must still state what it did.
    async fn sidecar(
        &self,
        looked: &Looked,
        replica: usize,
        name: &SegmentName,
        good: Identity,
    ) -> Result<Sidecar, String> {
        let place = self.place(looked, replica).await?;
        let sidecar = place.node.sidecar(&place.copy, name).await.map_err(|e| told(&e))?;
        let is_same = |sidecar: &Sidecar| (sidecar.facts().bytes, sidecar.facts().crc32c) == good;
        sidecar.filter(is_same).ok_or_else(|| format!("its sidecar on {} has changed", place.node.id()))
    }

    /// Takes away what was just written to a copy that is listed no more: whoever deleted it must not find it there again. Nothing
    /// else that lies there is touched.
    pub(super) async fn withdraw(&self, looked: &Looked, finding: &Finding) {
        // A store that does not answer, or a value that cannot be read, is told of by the next look.
        let Ok(now) = self.looker.read(looked.seen.partition).await else { return };
        let Some(node) = looked.node(finding.replica) else { return };
        let holds = now.view.record.as_ref().is_some_and(|record| record.value.nodes.contains(node));
        if holds && now.view.copy_of(node) == looked.seen.view.copy_of(node) {
            return;
        }
        let name = SegmentName::parse(&finding.segment);
        if let (Ok(place), Ok(name)) = (self.place(looked, finding.replica).await, name) {
            // What cannot be taken away is no data that anybody misses.
            let _ = take_back(&place, &name, matches!(finding.prospect, Prospect::Rebuild { .. })).await;
        }
    }

    async fn add_sidecar(&self, target: &Place<S>, name: &SegmentName, sidecar: &Sidecar) -> Result<(), String> {
        match target.node.create_sidecar(&target.copy, name, sidecar.raw().clone()).await {
            Ok(()) => self.crash.pass("scrub-sidecar"),
            // Its writer was not done yet.
            Err(StorageError::Exists { .. }) => {}
            Err(error) => return Err(told(&error)),
        }
        Ok(())
    }

    /// Whether the segment is what it should be after all: one bad moment makes no bad segment, and somebody else may have
    /// repaired it.
    async fn is_good_by_now(&self, target: &Place<S>, name: &SegmentName, good: Identity) -> Result<bool, String> {
        let listing = target.node.list(&target.copy).await.map_err(|e| told(&e))?;
        let Some(entry) = listing.segments.iter().find(|segment| segment.name == *name) else { return Ok(false) };
        let looked = look(&target.node, &target.copy, entry, Depth::Bytes, &self.looker.bandwidth).await;
        Ok(looked.map_err(|e| told(&e))?.is_ok_and(|(sum, _)| (sum.bytes, sum.crc32c) == good))
    }

    /// From the first source that still reads as it should.
    async fn make_anew(
        &self,
        looked: &Looked,
        target: &Place<S>,
        (name, sidecar): (&SegmentName, &Sidecar),
        from: &[usize],
    ) -> Result<(), String> {
        let mut why = "no copy to make it from".to_owned();
        for &at in from {
            let source = match self.place(looked, at).await {
                Ok(source) => source,
                Err(error) => {
                    why = error;
                    continue;
                }
            };
            let job = CopyJob {
                source: &*source.node,
                from: &source.copy,
                target: &*target.node,
                to: &target.copy,
                settings: self.looker.settings,
                bandwidth: &self.looker.bandwidth,
                tell: self.looker.tell,
            };
            let entry = SegmentEntry { name: name.clone(), bytes: sidecar.facts().bytes, has_sidecar: true };
            match restore_segment(&job, &entry, sidecar).await {
                Ok(_) => {
                    self.crash.pass("scrub-rebuilt");
                    return Ok(());
                }
                Err(error) => why = words(&error),
            }
        }
        Err(why)
    }
}

/// Takes a segment back that was written, or a sidecar that stands alone; and the copy, if nothing is left of it.
async fn take_back<S: StorageWrite>(place: &Place<S>, name: &SegmentName, is_whole: bool) -> Result<(), StorageError> {
    let Place { node, copy } = place;
    if is_whole || node.list(copy).await?.missing.contains(name) {
        node.remove(copy, name).await?;
    }
    if node.list(copy).await? == CopyListing::default() {
        node.delete_copy(copy).await?;
    }
    Ok(())
}

fn words(error: &CopyError) -> String {
    let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("{error}{hint}")
}
