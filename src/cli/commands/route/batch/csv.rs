//! CSV rows of many ids, put together from parts that are made once per partition.

use crate::model::Timestamp;
use crate::output::{OutputError, Printer};
use crate::routing::Route;

use super::CHUNK_BYTES;

/// The CSV texts of an hour's table, for each of its answers.
#[derive(Default)]
pub(super) struct Tails {
    /// What follows id and time.
    pub(super) after_time: Vec<Option<Box<[u8]>>>,
    /// What follows the id where all lines have the same time.
    pub(super) after_id: Vec<Option<Tail>>,
}

/// Bytes copied for a tail at once; a longer tail is copied by its length.
const TAIL_ROOM: usize = 128;

/// What follows an id in a CSV row. Copying a fixed number of bytes and then keeping fewer of them is much cheaper than
/// copying a number that varies.
pub(super) struct Tail {
    padded: [u8; TAIL_ROOM],
    len: usize,
    long: Option<Box<[u8]>>,
}

impl Tail {
    pub(super) fn new(time: Timestamp, route: &Route) -> Self {
        let mut text = format!(",{time}").into_bytes();
        text.extend_from_slice(&csv_tail(route));
        let mut padded = [0; TAIL_ROOM];
        let len = text.len();
        if len <= TAIL_ROOM {
            padded[..len].copy_from_slice(&text);
            return Self { padded, len, long: None };
        }
        Self { padded, len, long: Some(text.into_boxed_slice()) }
    }
}

/// CSV rows on their way out.
pub(super) struct CsvBuffer {
    bytes: Vec<u8>,
    used: usize,
}

impl CsvBuffer {
    pub(super) fn new() -> Self {
        Self { bytes: vec![0; CHUNK_BYTES + 4 * TAIL_ROOM], used: 0 }
    }

    /// Adds an id and what follows it. Any case of the id's digits becomes lower case.
    #[inline]
    pub(super) fn push_id(&mut self, digits: &[u8; 32], tail: &Tail) {
        // Setting this bit makes letters lower case and leaves digits alone.
        let digits = digits.map(|digit| digit | 0x20);
        self.make_room(digits.len() + tail.len + TAIL_ROOM);
        if let (Some(slot), None) = (self.bytes[self.used..].first_chunk_mut::<{ 32 + TAIL_ROOM }>(), &tail.long) {
            slot[..32].copy_from_slice(&digits);
            slot[32..].copy_from_slice(&tail.padded);
            self.used += 32 + tail.len;
        } else {
            self.push(&digits);
            self.push(tail.long.as_deref().unwrap_or(&tail.padded[..tail.len]));
        }
    }

    pub(super) fn push(&mut self, text: &[u8]) {
        self.make_room(text.len());
        self.bytes[self.used..self.used + text.len()].copy_from_slice(text);
        self.used += text.len();
    }

    #[inline]
    fn make_room(&mut self, needed: usize) {
        if self.bytes.len() - self.used < needed {
            self.bytes.resize(self.used + needed + CHUNK_BYTES, 0);
        }
    }

    /// Writes everything out once enough has come together.
    #[inline]
    pub(super) fn flush_if_full(&mut self, printer: &mut Printer<'_>) -> Result<(), OutputError> {
        if self.used >= CHUNK_BYTES { self.flush(printer) } else { Ok(()) }
    }

    pub(super) fn flush(&mut self, printer: &mut Printer<'_>) -> Result<(), OutputError> {
        printer.raw().write_all(&self.bytes[..self.used])?;
        self.used = 0;
        Ok(())
    }
}

/// The text of the time last written: most lines share one.
pub(super) struct ShownTime {
    time: Timestamp,
    text: String,
}

impl ShownTime {
    pub(super) fn of(time: Timestamp) -> Self {
        Self { time, text: time.to_string() }
    }

    #[inline]
    pub(super) fn text(&mut self, time: Timestamp) -> &[u8] {
        if self.time != time {
            *self = Self::of(time);
        }
        self.text.as_bytes()
    }
}

/// `,partition,hash_bucket,leader,owners,nearest,placement,state` and the line break.
pub(super) fn csv_tail(route: &Route) -> Box<[u8]> {
    let owners: Vec<&str> = route.owners.iter().map(|n| n.as_str()).collect();
    let id = |node: &Option<crate::model::NodeId>| node.as_ref().map(ToString::to_string).unwrap_or_default();
    format!(
        ",{},{},{},{},{},{},{}\n",
        route.partition,
        route.partition.index().map(|i| i.to_string()).unwrap_or_default(),
        id(&route.leader),
        owners.join(";"),
        id(&route.nearest),
        route.placed_by.name(),
        route.state.map(crate::model::PartitionState::name).unwrap_or_default()
    )
    .into_bytes()
    .into_boxed_slice()
}
