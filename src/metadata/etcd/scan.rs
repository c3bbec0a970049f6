//! Everything in a range, at one revision, by contiguous tiles.
//!
//! etcd counts all keys of a requested range, also beyond the limit of a page, so pages over a large range cost its square.
//! Tiles have ends of their own: behind the keys of a few time buckets, which the keys just seen tell. Any tiling is right,
//! since each tile begins where the one before it ended; a good one is fast.
//!
//! Invariant: entries are visited in key order, none twice and none left out, all of one revision.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use etcd_client::Client;
use tokio::task::JoinHandle;

use super::fault::Refusal;
use super::members::ReadFault;
use super::reader::{EtcdReader, kv};
use super::tiling::Tiling;
use super::wire::{bounds, entries, get_options, header_revision};
use crate::model::Revision;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{MetadataRead as _, StoreError};

/// The first page, of which nothing is known.
const PAGE_FIRST: i64 = 256;
/// The most keys of a page.
const PAGE_MAX: i64 = 4_096;
/// Tiles asked for before they are needed, so that the server works while we do.
const AHEAD: usize = 3;

/// A tile's answer.
struct Page {
    entries: Vec<Entry>,
    /// Keys of the tile are left behind these.
    more: bool,
    revision: Revision,
}

/// A tile that was asked for.
struct Tile {
    start: String,
    end: String,
    /// How many time buckets it was meant for.
    buckets: i64,
    page: Call,
}

/// A call that is under way; dropping it ends it.
struct Call(JoinHandle<Result<Page, ReadFault>>);

impl Drop for Call {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Scan<'a> {
    reader: &'a EtcdReader,
    /// The end of the range.
    end: &'a str,
    /// The revision; the first page settles it.
    at: Option<Revision>,
    /// Keys of a page.
    limit: i64,
    /// Tiles under way, each beginning where the one before it ends.
    tiles: VecDeque<Tile>,
    /// Where the first tile that was not asked for begins.
    unasked: String,
    tiling: Option<Tiling>,
}

/// Visits every entry of a range.
pub(super) async fn scan(
    reader: &EtcdReader,
    range: &KeyRange,
    at: Option<Revision>,
    visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
) -> Result<Revision, StoreError> {
    let Some((start, end)) = bounds(range) else {
        return Ok(reader.read(&[], at).await?.revision);
    };
    let (tiles, tiling) = (VecDeque::new(), None);
    let mut scan = Scan { reader, end, at, limit: PAGE_FIRST, tiles, unasked: start.to_owned(), tiling };
    let mut revision = at.unwrap_or(Revision::NONE);
    while let Some(page) = scan.next_page().await? {
        revision = scan.at.unwrap_or(page.revision);
        for entry in &page.entries {
            if visit(entry).is_break() {
                return Ok(revision);
            }
        }
    }
    Ok(revision)
}

impl Scan<'_> {
    /// The next page in key order; `None` at the end.
    async fn next_page(&mut self) -> Result<Option<Page>, StoreError> {
        loop {
            if self.tiles.is_empty() {
                self.ask_ahead();
            }
            let Some(mut tile) = self.tiles.pop_front() else { return Ok(None) };
            match (&mut tile.page.0).await {
                Ok(Ok(page)) => {
                    self.reader.members.note_revision(page.revision);
                    self.at.get_or_insert(page.revision);
                    self.limit = if self.limit == PAGE_FIRST { PAGE_MAX } else { self.limit };
                    self.learn(&tile, &page);
                    self.ask_ahead();
                    return Ok(Some(page));
                }
                Ok(Err(ReadFault::Refused(Refusal::TooLarge(_)))) if self.limit > 1 => {
                    self.limit = (self.limit / 8).max(1);
                    let again = self.ask(tile.start.clone(), tile.end.clone(), tile.buckets);
                    self.tiles.push_front(again);
                }
                Ok(Err(fault)) => {
                    let what = format!("reading {}", tile.start);
                    return Err(self.reader.told(fault, &what, self.at).await);
                }
                Err(stopped) => {
                    let reason = format!("a read was stopped: {stopped}");
                    return Err(StoreError::Io { place: self.reader.place().to_owned(), reason });
                }
            }
        }
    }

    /// Asks for the rest of a tile that was cut, and takes from its keys where the next tiles may end.
    fn learn(&mut self, tile: &Tile, page: &Page) {
        let last = page.entries.last().map(|entry| entry.key.as_str());
        match last {
            Some(last) if page.more => {
                let rest = format!("{last}\0");
                if self.tiles.is_empty() {
                    self.unasked = rest;
                    self.tiling = Tiling::of(last);
                } else {
                    let rest = self.ask(rest, tile.end.clone(), tile.buckets);
                    self.tiles.push_front(rest);
                    self.tiling = self.tiling.take().map(Tiling::crowded);
                }
            }
            Some(_) | None => {
                self.tiling = match self.tiling.take() {
                    Some(tiling) => tiling.learn(tile.buckets, page.entries.len(), last),
                    None => last.and_then(Tiling::of),
                };
            }
        }
    }

    /// Keeps some tiles under way. The first page is alone, as it settles the revision.
    fn ask_ahead(&mut self) {
        while self.tiles.len() < AHEAD
            && self.unasked.as_str() < self.end
            && (self.at.is_some() || self.tiles.is_empty())
        {
            let guess = self.tiling.as_mut().map(Tiling::advance);
            let guess = guess.filter(|(end, _)| self.unasked < *end && end.as_str() < self.end);
            // Without a guess all the rest is a tile, of which one page is read.
            let (end, buckets) = guess.unwrap_or_else(|| (self.end.to_owned(), 1));
            let start = std::mem::replace(&mut self.unasked, end.clone());
            let tile = self.ask(start, end, buckets);
            self.tiles.push_back(tile);
        }
    }

    fn ask(&self, start: String, end: String, buckets: i64) -> Tile {
        let (reader, at, limit) = (self.reader.clone(), self.at, self.limit);
        let (from, to) = (start.clone(), end.clone());
        let page = Call(tokio::spawn(async move { fetch(&reader, from, to, at, limit).await }));
        Tile { start, end, buckets, page }
    }
}

async fn fetch(
    reader: &EtcdReader,
    start: String,
    end: String,
    at: Option<Revision>,
    limit: i64,
) -> Result<Page, ReadFault> {
    let op = move |client: Client| {
        let (start, end) = (start.clone(), end.clone());
        async move { kv(&client).get(start, Some(get_options(&end, at).with_limit(limit))).await }
    };
    let mut answer = reader.members.read(op).await?;
    let revision = header_revision(answer.0.header.as_ref());
    Ok(Page { more: answer.more(), entries: entries(answer.take_kvs()), revision })
}
