//! The records of a stored segment, read frame by frame.

use otlp_part::otlp::{Batch, Options, Reader, RecordNo};
use otlp_part::segment::{Frame, SegmentDocument, decompress};

/// Gives each record of a segment to `each`; panics if anything cannot be read.
pub(crate) fn each_record(
    document: &SegmentDocument<'_>,
    content: &[u8],
    what: &str,
    mut each: impl FnMut(&Frame, &Batch, RecordNo),
) {
    let options = Options {
        layout: true,
        signal: Some(document.signal),
        encoding: document.encoding().ok(),
        ..Options::default()
    };
    let mut raw = Vec::new();
    for frame in &document.frames {
        let bytes = &content[frame.offset as usize..(frame.offset + frame.bytes) as usize];
        decompress(frame, bytes, &mut raw).unwrap_or_else(|e| panic!("{what}: {e}"));
        let mut reader = Reader::open(raw.as_slice(), options).unwrap();
        while let Some(batch) = reader.next_batch().unwrap() {
            for record in batch.layout().records() {
                each(frame, batch, record);
            }
        }
        assert_eq!(reader.totals().bad, 0, "{what}");
    }
}
