//! What matches, as it goes out: records in groups, and the groups of one reading side by side in few pieces of memory.
//!
//! A reading gives many small groups. Each with memory of its own would cost more than reading it does: threads make them and
//! another takes them apart, so the allocator's locks are held against each other.

use crate::model::{Signal, TraceId};
use crate::otlp::{Encoding, SpanId};

/// Memory that is less than this is kept until all of it is given out.
const KEPT_BYTES: usize = 16 << 10;

/// One record that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// What it is.
    pub signal: Signal,
    /// Its time in nanoseconds since 1970; its unit's if it has none of its own.
    pub time_unix_nano: u64,
    /// The trace and span of a span.
    pub span: Option<(TraceId, Option<SpanId>)>,
    /// [`Layout::record_sum`](crate::otlp::Layout::record_sum).
    pub sum: u64,
}

/// A record's details, owned, for [`Grain::Rows`](super::Grain::Rows).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowDetails {
    /// `service.name` of its resource.
    pub service: String,
    /// A span's or metric's name, a log record's event name.
    pub name: String,
    /// The trace and span that a log record names.
    pub trace_id: Option<TraceId>,
    /// See `trace_id`.
    pub span_id: Option<SpanId>,
    /// A span's end; 0 = none.
    pub end_unix_nano: u64,
    /// A log record's severity number; 0 = unset.
    pub severity: i64,
    /// A log record's body.
    pub body: String,
    /// A metric's first data point.
    pub value: Option<String>,
    /// A metric's data points.
    pub data_points: u64,
}

impl RowDetails {
    fn held_bytes(&self) -> usize {
        let value = self.value.as_ref().map_or(0, String::len);
        self.service.len() + self.name.len() + self.body.len() + value
    }
}

/// Records that go out together: they are of one request, in its order.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// The records, at least one.
    pub records: &'a [Picked],
    /// For [`Grain::Rows`](super::Grain::Rows): the record's details.
    pub details: Option<&'a RowDetails>,
    /// For [`Grain::Record`](super::Grain::Record) and [`Grain::Request`](super::Grain::Request): a request that holds just
    /// these.
    pub request: &'a [u8],
    /// How it is written down.
    pub encoding: Encoding,
}

/// What orders groups: the earliest time in it, then its first span.
pub(super) type GroupKey = (u64, SpanId);

/// Where a group lies among others.
#[derive(Clone, Copy, Debug)]
struct Piece {
    key: GroupKey,
    records: (u32, u32),
    request: (usize, usize),
}

impl Piece {
    fn held_bytes(&self) -> usize {
        let records = (self.records.1 - self.records.0) as usize;
        size_of::<Self>() + records * size_of::<Picked>() + (self.request.1 - self.request.0)
    }
}

/// Groups that were read together.
#[derive(Debug, Default)]
pub(super) struct Groups {
    encoding: Encoding,
    pieces: Vec<Piece>,
    records: Vec<Picked>,
    /// As many as records, or none.
    details: Vec<RowDetails>,
    requests: Vec<u8>,
    /// The group that goes out next.
    next: usize,
    /// Bytes of those that are not out yet.
    held: usize,
}

impl Groups {
    /// Adds a group; `write` appends its request.
    pub(super) fn add(
        &mut self,
        encoding: Encoding,
        records: impl IntoIterator<Item = Picked>,
        write: impl FnOnce(&mut Vec<u8>),
    ) {
        let (first, start) = (self.records.len(), self.requests.len());
        self.records.extend(records);
        write(&mut self.requests);
        self.encoding = encoding;
        let added = &self.records[first..];
        let time = added.iter().map(|record| record.time_unix_nano).min().unwrap_or_default();
        let span = added.first().and_then(|record| record.span?.1).unwrap_or_default();
        let records = (first as u32, self.records.len() as u32);
        let piece = Piece { key: (time, span), records, request: (start, self.requests.len()) };
        self.held += piece.held_bytes();
        self.pieces.push(piece);
    }

    /// Adds a record with its details as a group.
    pub(super) fn add_row(&mut self, record: Picked, details: RowDetails) {
        self.held += size_of::<RowDetails>() + details.held_bytes();
        self.details.push(details);
        self.add(Encoding::default(), [record], |_| {});
    }

    /// There are no more: brings them into the order in which they go out, equal ones as they came.
    pub(super) fn settle(&mut self) {
        self.pieces.sort_by_key(|piece| piece.key);
        self.pieces.shrink_to_fit();
        self.records.shrink_to_fit();
        self.details.shrink_to_fit();
        self.requests.shrink_to_fit();
    }

    /// The key of the group that goes out next; `None` = all are out.
    pub(super) fn key(&self) -> Option<GroupKey> {
        self.pieces.get(self.next).map(|piece| piece.key)
    }

    /// The group that goes out next.
    pub(super) fn first(&self) -> Option<Group<'_>> {
        let piece = self.pieces.get(self.next)?;
        let (first, end) = (piece.records.0 as usize, piece.records.1 as usize);
        Some(Group {
            records: &self.records[first..end],
            details: self.details.get(first),
            request: &self.requests[piece.request.0..piece.request.1],
            encoding: self.encoding,
        })
    }

    /// The first group is out. Memory is given back when a third of it is of no use any more.
    pub(super) fn advance(&mut self) {
        let Some(piece) = self.pieces.get(self.next) else { return };
        let details = self.details.get_mut(piece.records.0 as usize).map(std::mem::take);
        let details = details.map_or(0, |details| size_of::<RowDetails>() + details.held_bytes());
        self.held -= piece.held_bytes() + details;
        self.next += 1;
        if self.memory_bytes() > KEPT_BYTES.max(self.held + self.held / 2) {
            self.shrink();
        }
    }

    /// Bytes of the groups that are not out yet: the memory is at most half as much again, or little.
    pub(super) fn held_bytes(&self) -> usize {
        self.held
    }

    /// How many records there are, with those that are out.
    pub(super) fn record_count(&self) -> usize {
        self.records.len()
    }

    fn memory_bytes(&self) -> usize {
        self.pieces.len() * size_of::<Piece>()
            + self.records.len() * size_of::<Picked>()
            + self.details.len() * size_of::<RowDetails>()
            + self.requests.len()
    }

    /// Keeps only what is not out yet.
    fn shrink(&mut self) {
        let mut rest = Self { encoding: self.encoding, held: self.held, ..Self::default() };
        let pieces = self.pieces.get(self.next..).unwrap_or_default();
        let sum = |of: fn(&Piece) -> usize| pieces.iter().map(of).sum::<usize>();
        rest.pieces.reserve_exact(pieces.len());
        rest.records.reserve_exact(sum(|piece| (piece.records.1 - piece.records.0) as usize));
        rest.requests.reserve_exact(sum(|piece| piece.request.1 - piece.request.0));
        for piece in pieces {
            let (first, start) = (rest.records.len() as u32, rest.requests.len());
            let range = piece.records.0 as usize..piece.records.1 as usize;
            if let Some(details) = self.details.get_mut(range.clone()) {
                rest.details.extend(details.iter_mut().map(std::mem::take));
            }
            rest.records.extend_from_slice(&self.records[range]);
            rest.requests.extend_from_slice(&self.requests[piece.request.0..piece.request.1]);
            let records = (first, rest.records.len() as u32);
            rest.pieces.push(Piece { key: piece.key, records, request: (start, rest.requests.len()) });
        }
        *self = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(time_unix_nano: u64) -> Picked {
        Picked { signal: Signal::Logs, time_unix_nano, span: None, sum: time_unix_nano }
    }

    /// What goes out, to the end: times and requests.
    fn out(groups: &mut Groups) -> Vec<(Vec<u64>, Vec<u8>)> {
        let mut all = Vec::new();
        while let Some(group) = groups.first() {
            all.push((group.records.iter().map(|r| r.time_unix_nano).collect(), group.request.to_vec()));
            groups.advance();
        }
        all
    }

    #[test]
    fn groups_go_out_by_their_earliest_record_and_equal_ones_as_they_came() {
        let mut groups = Groups::default();
        for (times, request) in [(vec![9, 4], "a"), (vec![7], "b"), (vec![4], "c"), (vec![1, 30], "d")] {
            groups.add(Encoding::Json, times.into_iter().map(record), |out| out.extend(request.bytes()));
        }
        groups.settle();
        assert_eq!((groups.key(), groups.record_count()), (Some((1, [0; 8])), 6));
        let text = |bytes: &str| bytes.as_bytes().to_vec();
        let expected = [(vec![1, 30], text("d")), (vec![9, 4], text("a")), (vec![4], text("c")), (vec![7], text("b"))];
        assert_eq!(out(&mut groups), expected);
        assert_eq!((groups.key(), groups.held_bytes()), (None, 0));
    }

    /// Whatever is out is not held for long, and what is left is what it was.
    #[test]
    fn memory_is_given_back_while_they_go_out() {
        let mut groups = Groups::default();
        let request = |number: u64| vec![number as u8; 100 + number as usize];
        for number in (0..400).rev() {
            groups.add(Encoding::Protobuf, [record(number), record(number)], |out| out.extend(request(number)));
        }
        groups.settle();
        let mut held = groups.held_bytes();
        for number in 0..400 {
            let group = groups.first().unwrap();
            assert_eq!((group.records, group.request), (&[record(number), record(number)][..], &request(number)[..]));
            groups.advance();
            assert!(groups.held_bytes() < held);
            held = groups.held_bytes();
            assert!(groups.memory_bytes() <= KEPT_BYTES.max(held + held / 2), "{number}");
        }
        assert_eq!(held, 0);
        let mut rows = Groups::default();
        for number in 0..200 {
            let details = RowDetails { body: "x".repeat(300), data_points: number, ..RowDetails::default() };
            rows.add_row(record(number), details);
        }
        for number in 0..200 {
            let group = rows.first().unwrap();
            assert_eq!((group.details.unwrap().data_points, group.details.unwrap().body.len()), (number, 300));
            rows.advance();
        }
        assert_eq!((rows.held_bytes(), rows.key()), (0, None));
    }
}
