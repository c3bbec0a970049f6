//! The records of a segment: of one of ours frame by frame, of one that others wrote as a whole.

use super::error::{RewriteError, not_otlp};
use super::sources::Whole;
use crate::model::Signal;
use crate::otlp::{self, Encoding, Options, Reader};
use crate::segment::document::RecordSum;
use crate::segment::name::{batch_of, is_merged};
use crate::segment::{SegmentDocument, decompress};

/// How many records there are, and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) records: u64,
    pub(super) sum: RecordSum,
}

impl std::ops::AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.records += other.records;
        self.sum += other.sum;
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} records of sum {}", self.records, self.sum)
    }
}

/// What all records of a segment are.
pub(super) type Shape = (Signal, Encoding);

/// What our own sidecar says of a segment; `None` = others wrote it, or its sidecar is not there.
pub(super) fn document(whole: &Whole) -> Option<SegmentDocument<'_>> {
    SegmentDocument::parse(whole.sidecar.as_ref()?.raw()).ok()
}

/// Whether a segment's name is one that this tool gives.
pub(super) fn is_own_name(name: &str) -> bool {
    batch_of(name).is_some() || is_merged(name)
}

/// Calls `each` for the requests of a segment, in order; gives what they hold. Each record is in a unit.
///
/// # Errors
/// It cannot be read, or holds records that belong nowhere, or others than its sidecar says; the first of `each`.
pub(super) fn for_each(
    whole: &Whole,
    mut each: impl FnMut(&otlp::Batch, Shape) -> Result<(), RewriteError>,
) -> Result<Sum, RewriteError> {
    let mut sum = Sum::default();
    let Some(document) = document(whole) else {
        let mut shape = None;
        read(whole, &whole.content, None, &mut shape, &mut sum, &mut each)?;
        return Ok(sum);
    };
    let mut shape = Some((document.signal, document.encoding().map_err(|e| whole.damaged(e.to_string()))?));
    let mut raw = Vec::new();
    for frame in &document.frames {
        let (from, to) = (frame.offset as usize, frame.offset.saturating_add(frame.bytes) as usize);
        let bytes = whole.content.get(from..to).ok_or_else(|| whole.damaged("its frames reach beyond its end"))?;
        decompress(frame, bytes, &mut raw).map_err(|e| whole.damaged(e.to_string()))?;
        read(whole, &raw, Some(document.signal), &mut shape, &mut sum, &mut each)?;
    }
    let stated = Sum { records: document.records, sum: document.record_sum };
    if sum != stated {
        return Err(whole.damaged(format!("it holds {sum}, its sidecar says {stated}")));
    }
    Ok(sum)
}

/// Reads requests that lie in a row.
fn read(
    whole: &Whole,
    raw: &[u8],
    signal: Option<Signal>,
    shape: &mut Option<Shape>,
    sum: &mut Sum,
    each: &mut impl FnMut(&otlp::Batch, Shape) -> Result<(), RewriteError>,
) -> Result<(), RewriteError> {
    let options = Options { layout: true, signal: signal.or_else(|| signal_of(whole)), ..Options::default() };
    let mut reader = Reader::open(raw, options).map_err(|e| whole.undividable(not_otlp(&e)))?;
    while let Some(batch) = reader.next_batch().map_err(|e| whole.undividable(not_otlp(&e)))? {
        let layout = batch.layout();
        let counts = batch.counts();
        if counts.without_id + counts.without_time > 0 {
            let text = format!(
                "{} spans without a valid trace id and {} units without a time belong to no child",
                counts.without_id, counts.without_time
            );
            return Err(whole.undividable(text));
        }
        for unit in batch.units() {
            let own = (unit.signal(), layout.encoding());
            if *shape.get_or_insert(own) != own {
                return Err(whole.undividable("it holds more than one signal or encoding"));
            }
        }
        for record in layout.records() {
            *sum += Sum { records: 1, sum: RecordSum(layout.record_sum(record)) };
        }
        if let Some(shape) = *shape {
            each(batch, shape)?;
        }
    }
    let totals = reader.totals();
    let strange = totals.bad + totals.counts.unrecognised;
    if strange > 0 {
        return Err(whole.undividable(format!("{strange} of its messages are not OTLP")));
    }
    Ok(())
}

/// The signal that a name of ours tells, where its sidecar does not.
fn signal_of(whole: &Whole) -> Option<Signal> {
    let name = whole.name.as_str();
    let letter = is_own_name(name).then(|| name.rsplit('-').next()?.chars().next()).flatten()?;
    match letter {
        't' => Some(Signal::Traces),
        'm' => Some(Signal::Metrics),
        'l' => Some(Signal::Logs),
        _ => None,
    }
}
