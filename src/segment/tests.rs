use proptest::prelude::*;

use super::document::SegmentDocument;
use super::name::{is_merged, merged_name, segment_name};
use super::*;
use crate::model::seal::{self, INDEX_BLOCK_CHARS, IndexBlock, Seal, SealError};
use crate::model::{Signal, TraceId};
use crate::otlp::Encoding;

fn trace(number: u16) -> TraceId {
    let mut bytes = [0x5a; 16];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    TraceId::from_bytes(bytes).unwrap()
}

/// A request of a text and the traces in it.
type Sample = (Vec<u8>, Vec<u16>);

fn build(encoding: Encoding, samples: &[Sample]) -> BuiltSegment {
    let mut compressor = Compressor::new(1).unwrap();
    let mut builder = SegmentBuilder::new(Signal::Traces, encoding);
    for (number, (text, traces)) in samples.iter().enumerate() {
        builder.request(&mut compressor, |out| out.extend_from_slice(text)).unwrap();
        for &t in traces {
            builder.record(&RecordFacts {
                time_unix_nano: 1000 + number as u64,
                sum: u64::from(t),
                trace: Some(trace(t)),
            });
            builder.service(&format!("s{}", t % 3));
        }
    }
    builder.finish(&mut compressor, Origin::Batch("b")).unwrap()
}

fn sample() -> impl Strategy<Value = Sample> {
    // Some are longer than a frame, and hardly any is empty.
    let size = prop_oneof![20 => 0_usize..2000, 3 => 200_000_usize..600_000, 1 => 1_000_000_usize..1_500_000];
    (size, any::<u8>(), prop::collection::vec(0_u16..50, 1..4)).prop_map(|(size, seed, traces)| {
        let text = (0..size).map(|i| b'a' + ((i as u8).wrapping_mul(seed) % 26)).collect();
        (text, traces)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_built_is_read_again(samples in prop::collection::vec(sample(), 1..12), json: bool) {
        let encoding = if json { Encoding::Json } else { Encoding::Protobuf };
        let built = build(encoding, &samples);
        let document = SegmentDocument::parse(&built.sidecar).unwrap();
        prop_assert_eq!((document.bytes, document.crc32c), (built.content.len() as u64, crc32c::crc32c(&built.content)));
        let (mut read, mut frame_of, mut raw) = (Vec::new(), Vec::new(), Vec::new());
        for (number, frame) in document.frames.iter().enumerate() {
            decompress(frame, &built.content[frame.offset as usize..][..frame.bytes as usize], &mut raw).unwrap();
            let found: Vec<Vec<u8>> = requests(encoding, &raw).map(|request| request.unwrap().to_vec()).collect();
            prop_assert!(raw.len() <= FRAME_RAW_BYTES_MAX || found.len() == 1);
            frame_of.extend(found.iter().map(|_| number));
            read.extend(found);
        }
        let texts: Vec<Vec<u8>> = samples.iter().map(|(text, _)| text.clone()).collect();
        prop_assert_eq!(read, texts);
        prop_assert_eq!(document.raw_bytes, document.frames.iter().map(|f| f.raw_bytes).sum::<u64>());
        // Each trace is found in just the frames that hold it.
        for t in 0..50 {
            let mut expected: Vec<usize> =
                samples.iter().zip(&frame_of).filter(|((_, ts), _)| ts.contains(&t)).map(|(_, f)| *f).collect();
            expected.dedup();
            let offsets: Vec<u64> = expected.iter().map(|&f| document.frames[f].offset).collect();
            let found: Vec<u64> = document.frames_of(&trace(t)).iter().map(|frame| frame.offset).collect();
            prop_assert_eq!(found, offsets);
        }
        let records: u64 = samples.iter().map(|(_, traces)| traces.len() as u64).sum();
        prop_assert_eq!(document.records, records);
        let sum: u64 = samples.iter().flat_map(|(_, traces)| traces).map(|t| u64::from(*t)).sum();
        prop_assert_eq!(document.record_sum.0, sum);
        prop_assert_eq!(document.encoding(), Ok(encoding));
        // `zstd -d` gives the whole.
        let whole = zstd::decode_all(&built.content[..]).unwrap();
        prop_assert_eq!(whole.len() as u64, document.raw_bytes);
        prop_assert_eq!(build(encoding, &samples), built);
    }

    #[test]
    fn damage_is_told_and_never_believed(
        samples in prop::collection::vec(sample(), 1..4),
        at in any::<prop::sample::Index>(),
        flip in 1_u8..,
        text in "\\PC{0,40}",
    ) {
        let built = build(Encoding::Json, &samples);
        let document = SegmentDocument::parse(&built.sidecar).unwrap();
        let mut content = built.content.to_vec();
        let at = at.index(content.len());
        content[at] ^= flip;
        let mut raw = Vec::new();
        let is_hit = |frame: &&Frame| (frame.offset..frame.offset + frame.bytes).contains(&(at as u64));
        let hit = document.frames.iter().find(is_hit).unwrap();
        let bytes = &content[hit.offset as usize..][..hit.bytes as usize];
        prop_assert!(matches!(decompress(hit, bytes, &mut raw), Err(FrameError::Crc { .. })), "a flipped byte");
        let lying = Frame { crc32c: crc32c::crc32c(bytes), ..*hit };
        let _ = decompress(&lying, bytes, &mut raw);
        let short = Frame { raw_bytes: hit.raw_bytes - 1, ..*hit };
        let good = &built.content[hit.offset as usize..][..hit.bytes as usize];
        prop_assert!(matches!(decompress(&short, good, &mut raw), Err(FrameError::Length { .. })), "a lying length");
        let _ = requests(Encoding::Protobuf, text.as_bytes()).count();
        let _ = TraceIndex::new(&text).frames_of(&trace(1));
        let _ = SegmentDocument::parse(text.as_bytes());
    }
}

#[test]
fn a_sidecar_whose_frames_do_not_fit_is_refused() {
    let built = build(Encoding::Json, &[(b"{}".to_vec(), vec![1])]);
    let text = String::from_utf8(built.sidecar.to_vec()).unwrap();
    assert!(SegmentDocument::parse(text.as_bytes()).is_ok());
    let bytes = built.content.len();
    for (from, to) in [
        (format!("\"frames\":[[0,{bytes}"), format!("\"frames\":[[1,{bytes}")),
        (format!("\"frames\":[[0,{bytes}"), "\"frames\":[[0,7".to_owned()),
        ("\"jsonl\"".to_owned(), "\"parquet\"".to_owned()),
        ("\"zstd\"".to_owned(), "\"lzma\"".to_owned()),
        ("\"record_sum\":\"".to_owned(), "\"record_sum\":\"x".to_owned()),
    ] {
        assert!(text.contains(&from), "{from} in {text}");
        assert!(SegmentDocument::parse(text.replace(&from, &to).as_bytes()).is_err(), "{to}");
    }
    // A newer version may say more.
    let more = text.replacen('{', "{\"future\":[1],", 1);
    assert_eq!(SegmentDocument::parse(more.as_bytes()).unwrap().records, 1);
}

#[test]
fn names_sort_by_time_and_tell_their_batch() {
    let batch = BatchId::of(&[b"input", b"0"]);
    assert_ne!(batch, BatchId::of(&[b"inp", b"ut0"]), "where a part ends counts");
    let name = segment_name(1_675_079_501_299_000_000, &batch, Signal::Traces, Encoding::Json);
    assert_eq!(name, format!("01675079501299-{batch}-t.jsonl.zst"));
    assert_eq!((batch_of(&name), is_merged(&name)), (Some(batch.as_str()), false));
    let merged = merged_name(u64::MAX, &batch, Signal::Logs, Encoding::Protobuf);
    assert_eq!(merged, format!("18446744073709-{batch}-l+.otlp.zst"));
    assert_eq!((batch_of(&merged), is_merged(&merged)), (None, true));
    assert!(name < merged);
    for other in ["0001.jsonl", "a-b-c", "", "-", "01675079501299-xyz-t.jsonl.zst", "é-é-é+", "x-+.zst"] {
        assert_eq!((batch_of(other), is_merged(other)), (None, false), "{other}");
    }
}

/// A segment of so many traces in frames of up to 1 MiB, four traces in each request.
fn of_traces(count: u16) -> BuiltSegment {
    let samples: Vec<Sample> =
        (0..count.div_ceil(4)).map(|n| (vec![b'x'; 1000], (n * 4..count.min(n * 4 + 4)).collect())).collect();
    build(Encoding::Json, &samples)
}

/// What the blocks that can name a trace say, of a sealed sidecar.
fn by_blocks(sidecar: &[u8], id: &TraceId) -> Vec<u16> {
    let seal = Seal::find(sidecar).unwrap();
    let head = seal.head(sidecar).unwrap();
    let document = SegmentDocument::parse_head(&head).unwrap();
    let blocks = index::blocks_with(&document.trace_index_blocks, id);
    assert!(blocks.len() <= 2, "{blocks:?}");
    let from = seal.index_at + blocks.start * INDEX_BLOCK_CHARS;
    let text = &sidecar[from..sidecar.len().min(from + blocks.len() * INDEX_BLOCK_CHARS)];
    let text = seal::checked(text, blocks.start, &document.trace_index_blocks[blocks]).unwrap();
    TraceIndex::new(text).frames_of(id).unwrap()
}

/// About one block, two, three: with one entry less and one more.
#[test]
fn a_block_says_what_the_whole_index_says() {
    for count in [1, 2047, 2048, 2049, 4095, 4096, 4097, 6144, 20_000] {
        let sidecar = of_traces(count).sidecar;
        let document = SegmentDocument::parse(&sidecar).unwrap();
        let entries = document.trace_index.as_ref().unwrap().len() / 8;
        let blocks = if entries > 2048 { entries.div_ceil(2048) } else { 0 };
        assert_eq!(
            (document.trace_index_blocks.len(), Seal::find(&sidecar).is_some()),
            (blocks, blocks > 0),
            "{count}"
        );
        if blocks > 0 {
            for t in (0..count.saturating_add(3000)).step_by(7) {
                let whole = document.numbers_of(&trace(t)).unwrap();
                assert_eq!(by_blocks(&sidecar, &trace(t)), whole, "{t} of {count}");
                assert_eq!(whole.is_empty(), t >= count, "{t} of {count}: no two of these share their 32 bits");
            }
        }
    }
}

/// A trace whose entries fill more than a block: all blocks that hold some are named.
#[test]
fn a_trace_in_many_frames_lies_in_several_blocks() {
    let block = |first| IndexBlock { first, crc32c: 0 };
    let key = xxhash_rust::xxh3::xxh3_64(trace(1).bytes()) as u32;
    let firsts = |list: &[u32]| index::blocks_with(&list.iter().copied().map(block).collect::<Vec<_>>(), &trace(1));
    assert_eq!(firsts(&[0, key - 1, key, key, key + 1, u32::MAX]), 1..4);
    assert_eq!(firsts(&[key, key]), 0..2);
    assert_eq!(firsts(&[key - 1]), 0..1);
    assert_eq!(firsts(&[key + 1, u32::MAX]), 0..0, "all are behind it");
    assert_eq!(firsts(&[]), 0..0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_byte_of_a_sealed_sidecar_changes_unseen(at in any::<prop::sample::Index>(), flip in 1_u8.., cut: bool) {
        static SIDECAR: std::sync::OnceLock<bytes::Bytes> = std::sync::OnceLock::new();
        let sidecar = SIDECAR.get_or_init(|| of_traces(3000).sidecar);
        let original = SegmentDocument::parse(sidecar).unwrap();
        // The head is a small part of it: it is hit as often as the index.
        let limit = if at.index(2) == 0 { original_head(sidecar) } else { sidecar.len() };
        let (at, mut bytes) = (at.index(limit), sidecar.to_vec());
        if cut { bytes.truncate(at) } else { bytes[at] ^= flip }
        // White space behind the object is no damage.
        if let Ok(document) = SegmentDocument::parse(&bytes) {
            prop_assert_eq!(document, original);
        }
        prop_assert!(SegmentDocument::parse(&bytes).is_err() || at + 1 == sidecar.len(), "{}", at);
        let parsed = crate::model::seal::check(&bytes);
        prop_assert!(parsed.is_err() || at + 4 >= sidecar.len() || Seal::find(&bytes).is_none(), "{}", at);
    }
}

fn original_head(sidecar: &[u8]) -> usize {
    Seal::find(sidecar).unwrap().index_at
}

/// What an earlier version wrote is read as it stands, and what a newer one adds is no error where it seals it.
#[test]
fn a_seal_is_of_what_is_there() {
    let sidecar = of_traces(3000).sidecar;
    let document = SegmentDocument::parse(&sidecar).unwrap();
    let old = SegmentDocument { trace_index_blocks: Vec::new(), ..document.clone() };
    let text = old.to_json().unwrap();
    assert!(!text.contains("crc32c\":\"") && !text.contains("head_crc32c") && !text.contains("blocks"), "as ever");
    assert_eq!(SegmentDocument::parse(text.as_bytes()).unwrap(), old);
    let newer = std::str::from_utf8(&sidecar).unwrap().replacen("\"}\n", "\",\"future\":[\"\"]}\n", 1);
    assert_eq!(SegmentDocument::parse(newer.as_bytes()).unwrap(), document);
    let lost = String::from_utf8(sidecar.to_vec()).unwrap().replacen(",\"head_crc32c\":", ",\"head_crc32d\":", 1);
    assert_eq!(SegmentDocument::parse(lost.as_bytes()), Err(DocumentError::Seal(SealError::Shape)));
}
