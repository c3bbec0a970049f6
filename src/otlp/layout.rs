//! Where the records of requests lie in the text that was read, so that they go into new requests as they are.
//!
//! ```text
//! request   { "resourceSpans":[ · ] }             pieces of text with holes between them,
//! resource  { "resource":{…},"scopeSpans":[ · ] }      into which the entries below it go
//! scope     { "scope":{…},"spans":[ · ],"schemaUrl":… }
//! record    { "traceId":…, … }
//! ```
//!
//! [`Layout::write_request`] writes a request that holds some of a request's records: the entries that they stand in, with
//! everything that those say, and no other record. Protobuf gets the same treatment: what is no entry is a piece of text,
//! entries go between behind their key and new length.
//!
//! Invariant: what is written are bytes that were read, but for lengths, commas between entries, and line ends between the
//! tokens of JSON, which become spaces: unknown fields, spelling and order survive.
//! Invariant: [`Layout::record_sum`] of a record is the same in every request that it was written into.

use std::ops::Range;

use prost::encoding::{encode_varint, encoded_len_varint};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// How a request is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// OTLP/JSON.
    #[default]
    Json,
    /// OTLP/protobuf.
    Protobuf,
}

/// The three kinds of entries that hold others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Request,
    Resource,
    Scope,
}

/// The unit of a record that is in none.
const NO_UNIT: u32 = u32::MAX;
/// Set while a span's unit is the number of its group in its request.
const GROUP: u32 = 1 << 31;

/// A range of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: u32,
    end: u32,
}

impl Piece {
    fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A request, or a resource or scope in one.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The entry that it stands in, and the hole there; 0 of a request.
    parent: u32,
    hole: u32,
    /// Protobuf's field number there.
    field: u32,
    /// Its pieces among those of its level; there is a hole behind each but the last.
    pieces: (u32, u32),
    /// Hash of its pieces, seeded with its parent's; 0 of a request.
    seed: u64,
}

/// The entries of one level.
#[derive(Debug, Default)]
struct Entries {
    entries: Vec<Entry>,
    pieces: Vec<Piece>,
    /// Where the present piece started; `None` within a hole.
    piece_start: Option<u32>,
}

/// A record and where it stands.
#[derive(Clone, Copy, Debug)]
struct Record {
    scope: u32,
    hole: u32,
    field: u32,
    unit: u32,
    piece: Piece,
    time_unix_nano: u64,
}

/// A record of a layout, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordNo(u32);

/// The structure of the requests that were read last. See the module's picture.
#[derive(Debug, Default)]
pub struct Layout {
    /// Whether anything is kept.
    wanted: bool,
    encoding: Encoding,
    text: Vec<u8>,
    levels: [Entries; 3],
    records: Vec<Record>,
}

/// A state to return to.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayoutMark {
    levels: [(usize, usize); 3],
    records: usize,
}

impl Layout {
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, ..Self::default() }
    }

    /// How the requests are written down.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The records, in the order in which they were read.
    pub fn records(&self) -> impl ExactSizeIterator<Item = RecordNo> + use<> {
        (0..self.records.len() as u32).map(RecordNo)
    }

    /// The number of a record's unit among the batch's; `None` = it is in no unit.
    #[must_use]
    pub fn unit(&self, record: RecordNo) -> Option<usize> {
        Some(self.at(record).unit).filter(|unit| *unit != NO_UNIT).map(|unit| unit as usize)
    }

    /// The text that was read, JSON without line ends.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// A record's bytes as they are written into requests.
    #[must_use]
    pub fn record_bytes(&self, record: RecordNo) -> &[u8] {
        self.bytes(self.at(record).piece)
    }

    /// A span's start, a log record's time, or that of a metric's first data point, in nanoseconds since 1970; 0 = none.
    #[must_use]
    pub fn time_unix_nano(&self, record: RecordNo) -> u64 {
        self.at(record).time_unix_nano
    }

    /// The number of the request that a record stands in: those with the same number may be written together.
    #[must_use]
    pub fn request(&self, record: RecordNo) -> usize {
        self.level(Level::Resource).entries[self.resource(record)].parent as usize
    }

    /// The number of the resource that a record belongs to.
    #[must_use]
    pub(super) fn resource(&self, record: RecordNo) -> usize {
        self.level(Level::Scope).entries[self.at(record).scope as usize].parent as usize
    }

    /// The number of the scope that a record belongs to.
    #[must_use]
    pub fn scope(&self, record: RecordNo) -> usize {
        self.at(record).scope as usize
    }

    /// Writes the entry of a record's resource over `out`, without the scopes in it.
    pub(super) fn resource_entry(&self, record: RecordNo, out: &mut Vec<u8>) {
        self.entry(Level::Resource, self.resource(record), out);
    }

    /// Writes the entry of a record's scope over `out`, without the records in it.
    pub(super) fn scope_entry(&self, record: RecordNo, out: &mut Vec<u8>) {
        self.entry(Level::Scope, self.scope(record), out);
    }

    fn entry(&self, level: Level, number: usize, out: &mut Vec<u8>) {
        out.clear();
        for piece in self.pieces_of(level, number) {
            out.extend_from_slice(self.bytes(*piece));
        }
    }

    /// XXH3 of a record's bytes, seeded with that of the entries around it: what a sum over records in any order is made of.
    #[must_use]
    pub fn record_sum(&self, record: RecordNo) -> u64 {
        let record = self.at(record);
        let seed = self.level(Level::Scope).entries[record.scope as usize].seed;
        xxh3_64_with_seed(self.bytes(record.piece), seed)
    }

    /// Appends a request with these records to `out`: they stand in one request and come in order, each once.
    pub fn write_request(&self, records: &[RecordNo], out: &mut Vec<u8>) {
        let Some(&first) = records.first() else { return };
        let sizes = match self.encoding {
            Encoding::Json => Sizes::default(),
            Encoding::Protobuf => self.sizes(records),
        };
        let mut writer = Writer { layout: self, out, sizes: &sizes };
        let mut request = writer.open(Level::Request, self.request(first));
        let (mut resource, mut scope): (Option<Open>, Option<Open>) = (None, None);
        for &record in records {
            let Record { scope: scope_no, hole, field, piece, .. } = *self.at(record);
            let resource_no = self.resource(record);
            if scope.as_ref().is_none_or(|open| open.entry != scope_no as usize) {
                writer.close(scope.take());
                if resource.as_ref().is_none_or(|open| open.entry != resource_no) {
                    writer.close(resource.take());
                    resource = Some(writer.open_in(&mut request, Level::Resource, resource_no));
                }
                scope = resource.as_mut().map(|resource| writer.open_in(resource, Level::Scope, scope_no as usize));
            }
            if let Some(scope) = &mut scope {
                writer.child(scope, hole, field, piece.len());
                writer.out.extend_from_slice(self.bytes(piece));
            }
        }
        writer.close(scope);
        writer.close(resource);
        writer.close(Some(request));
    }

    /// Bytes of memory that are held.
    pub(super) fn memory_bytes(&self) -> usize {
        let levels = self
            .levels
            .iter()
            .map(|level| level.entries.capacity() * size_of::<Entry>() + level.pieces.capacity() * size_of::<Piece>());
        self.text.capacity() + self.records.capacity() * size_of::<Record>() + levels.sum::<usize>()
    }

    fn at(&self, record: RecordNo) -> &Record {
        &self.records[record.0 as usize]
    }

    fn bytes(&self, piece: Piece) -> &[u8] {
        &self.text[piece.start as usize..piece.end as usize]
    }

    fn level(&self, level: Level) -> &Entries {
        &self.levels[level as usize]
    }

    /// The sizes of the resources and scopes of these records, in protobuf.
    fn sizes(&self, records: &[RecordNo]) -> Sizes {
        let mut sizes = Sizes::default();
        for &record in records {
            let Record { scope, field, piece, .. } = *self.at(record);
            let scope = scope as usize;
            if sizes.scopes.last().is_none_or(|(last, _)| *last != scope) {
                sizes.scopes.push((scope, self.envelope_len(Level::Scope, scope)));
            }
            if let Some((_, size)) = sizes.scopes.last_mut() {
                *size += child_len(field, piece.len());
            }
        }
        for &(scope, size) in &sizes.scopes {
            let Entry { parent, field, .. } = self.level(Level::Scope).entries[scope];
            let resource = parent as usize;
            if sizes.resources.last().is_none_or(|(last, _)| *last != resource) {
                sizes.resources.push((resource, self.envelope_len(Level::Resource, resource)));
            }
            if let Some((_, sum)) = sizes.resources.last_mut() {
                *sum += child_len(field, size);
            }
        }
        sizes
    }

    fn envelope_len(&self, level: Level, entry: usize) -> usize {
        self.pieces_of(level, entry).iter().map(|piece| piece.len()).sum()
    }

    fn pieces_of(&self, level: Level, entry: usize) -> &[Piece] {
        let Entries { entries, pieces, .. } = self.level(level);
        let (start, end) = entries[entry].pieces;
        &pieces[start as usize..end as usize]
    }
}

/// Key, length and content of a field that holds so many bytes.
fn child_len(field: u32, content: usize) -> usize {
    encoded_len_varint(key_of(field)) + encoded_len_varint(content as u64) + content
}

/// The key of a length-delimited field.
fn key_of(field: u32) -> u64 {
    u64::from(field) << 3 | 2
}

/// The contents' lengths of the entries that are written, in order.
#[derive(Debug, Default)]
struct Sizes {
    resources: Vec<(usize, usize)>,
    scopes: Vec<(usize, usize)>,
}

impl Sizes {
    fn of(&self, level: Level, entry: usize) -> usize {
        let sizes = match level {
            Level::Request => return 0,
            Level::Resource => &self.resources,
            Level::Scope => &self.scopes,
        };
        // Entries come in the order of their numbers.
        sizes.binary_search_by_key(&entry, |(entry, _)| *entry).map_or(0, |at| sizes[at].1)
    }
}

/// An entry that is being written.
struct Open {
    level: Level,
    entry: usize,
    /// The pieces written so far.
    written: u32,
    /// Whether a child was written behind the last piece.
    has_child: bool,
}

struct Writer<'a> {
    layout: &'a Layout,
    out: &'a mut Vec<u8>,
    sizes: &'a Sizes,
}

impl Writer<'_> {
    fn open(&mut self, level: Level, entry: usize) -> Open {
        let mut open = Open { level, entry, written: 0, has_child: false };
        self.advance(&mut open, 1);
        open
    }

    fn open_in(&mut self, parent: &mut Open, level: Level, entry: usize) -> Open {
        let Entry { hole, field, .. } = self.layout.level(level).entries[entry];
        self.child(parent, hole, field, self.sizes.of(level, entry));
        self.open(level, entry)
    }

    /// Goes to the place of a child that is about to be written.
    fn child(&mut self, parent: &mut Open, hole: u32, field: u32, length: usize) {
        self.advance(parent, hole + 1);
        match self.layout.encoding {
            Encoding::Json if parent.has_child => self.out.push(b','),
            Encoding::Json => {}
            Encoding::Protobuf => {
                encode_varint(key_of(field), self.out);
                encode_varint(length as u64, self.out);
            }
        }
        parent.has_child = true;
    }

    /// Writes pieces until there are so many.
    fn advance(&mut self, open: &mut Open, until: u32) {
        let pieces = self.layout.pieces_of(open.level, open.entry);
        while open.written < until
            && let Some(piece) = pieces.get(open.written as usize)
        {
            self.out.extend_from_slice(self.layout.bytes(*piece));
            open.written += 1;
            open.has_child = false;
        }
    }

    fn close(&mut self, open: Option<Open>) {
        if let Some(mut open) = open {
            self.advance(&mut open, u32::MAX);
        }
    }
}

/// What the decoders tell.
impl Layout {
    /// Forgets everything but the buffers.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.records.clear();
        for level in &mut self.levels {
            level.entries.clear();
            level.pieces.clear();
            level.piece_start = None;
        }
    }

    pub(super) fn mark(&self) -> LayoutMark {
        LayoutMark {
            levels: self.levels.each_ref().map(|level| (level.entries.len(), level.pieces.len())),
            records: self.records.len(),
        }
    }

    pub(super) fn roll_back(&mut self, mark: LayoutMark) {
        self.records.truncate(mark.records);
        for (level, (entries, pieces)) in self.levels.iter_mut().zip(mark.levels) {
            level.entries.truncate(entries);
            level.pieces.truncate(pieces);
            level.piece_start = None;
        }
    }

    /// An entry starts here, as this field of the one that holds it.
    #[inline]
    pub(super) fn open(&mut self, level: Level, field: u32, at: usize) {
        if !self.wanted {
            return;
        }
        let parent = match level {
            Level::Request => None,
            Level::Resource => Some(Level::Request),
            Level::Scope => Some(Level::Resource),
        };
        let (parent, hole) = parent.map_or((0, 0), |parent| self.place_in(parent));
        let entries = &mut self.levels[level as usize];
        let first = entries.pieces.len() as u32;
        entries.entries.push(Entry { parent, hole, field, pieces: (first, first), seed: 0 });
        entries.piece_start = Some(at as u32);
    }

    /// The entry of this level that is open, and which of its holes.
    fn place_in(&self, level: Level) -> (u32, u32) {
        let Entries { entries, pieces, .. } = self.level(level);
        let number = entries.len().saturating_sub(1);
        let first = entries.last().map_or(0, |entry| entry.pieces.0);
        (number as u32, (pieces.len() as u32).saturating_sub(first + 1))
    }

    /// From here on come entries; nothing happens if they do so already.
    #[inline]
    pub(super) fn begin_hole(&mut self, level: Level, at: usize) {
        let entries = &mut self.levels[level as usize];
        if let Some(start) = entries.piece_start.take() {
            entries.pieces.push(Piece { start, end: at as u32 });
        }
    }

    /// From here on comes something else; nothing happens if it does so already.
    #[inline]
    pub(super) fn end_hole(&mut self, level: Level, at: usize) {
        if self.wanted {
            self.levels[level as usize].piece_start.get_or_insert(at as u32);
        }
    }

    /// The entry ends here.
    #[inline]
    pub(super) fn close(&mut self, level: Level, at: usize) {
        if !self.wanted {
            return;
        }
        let entries = &mut self.levels[level as usize];
        let start = entries.piece_start.take().unwrap_or(at as u32);
        entries.pieces.push(Piece { start, end: at as u32 });
        let end = entries.pieces.len() as u32;
        if let Some(entry) = entries.entries.last_mut() {
            entry.pieces.1 = end;
        }
    }

    /// A record that is (or is in) a unit of this number, or in none.
    #[inline]
    pub(super) fn record(&mut self, unit: RecordUnit, field: u32, range: Range<usize>, time_unix_nano: u64) {
        if !self.wanted {
            return;
        }
        let (scope, hole) = self.place_in(Level::Scope);
        let unit = match unit {
            RecordUnit::None => NO_UNIT,
            RecordUnit::Group(number) => number as u32 | GROUP,
            RecordUnit::Number(number) => number as u32,
        };
        let piece = Piece { start: range.start as u32, end: range.end as u32 };
        self.records.push(Record { scope, hole, field, unit, piece, time_unix_nano });
    }

    /// The groups of the request that began at `mark` have become these units.
    pub(super) fn number_groups(&mut self, mark: LayoutMark, units: &[Option<u32>]) {
        for record in &mut self.records[mark.records..] {
            if record.unit != NO_UNIT && record.unit & GROUP != 0 {
                let group = (record.unit & !GROUP) as usize;
                record.unit = units.get(group).copied().flatten().unwrap_or(NO_UNIT);
            }
        }
    }

    /// Whether units are to be numbered.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Keeps the text that was read, once it is taken.
    pub(super) fn keep(&mut self, encoding: Encoding, text: &[u8]) {
        if !self.wanted {
            return;
        }
        self.encoding = encoding;
        self.text.clear();
        self.text.extend_from_slice(text);
        if encoding == Encoding::Json {
            let mut from = 0;
            // Between tokens only: within a string they would be no JSON.
            while let Some(at) = memchr::memchr2(b'\n', b'\r', &self.text[from..]) {
                self.text[from + at] = b' ';
                from += at + 1;
            }
        }
        self.set_seeds();
    }

    fn set_seeds(&mut self) {
        let mut envelope = Vec::new();
        for level in [Level::Resource, Level::Scope] {
            for number in 0..self.level(level).entries.len() {
                let parent = self.level(level).entries[number].parent as usize;
                envelope.clear();
                for piece in self.pieces_of(level, number) {
                    envelope.extend_from_slice(self.bytes(*piece));
                }
                let own = xxh3_64(&envelope);
                let seed = match level {
                    Level::Request | Level::Resource => own,
                    Level::Scope => own ^ self.level(Level::Resource).entries[parent].seed.rotate_left(1),
                };
                self.levels[level as usize].entries[number].seed = seed;
            }
        }
    }
}

/// The unit of a record that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) enum RecordUnit {
    /// None.
    None,
    /// The group of spans with this number in the request.
    Group(usize),
    /// The unit with this number in the batch.
    Number(usize),
}
