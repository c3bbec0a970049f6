//! The hash streams, frozen bit for bit.
//!
//! `siphash13` is SipHash-1-3 with both keys zero, fed the bytes that Rust's `derive(Hash)` feeds on a 64-bit
//! little-endian machine. The standard library promises nothing about that stream, so it is written out here and held
//! by test vectors. `xxh3-64` (seed 0) is for clusters whose nodes are not written in Rust.
//!
//! Invariant: no result of this module depends on the compiler, the platform or a random seed.

use serde::{Deserialize, Serialize};

use super::TraceId;

/// How a routing key becomes a bucket. Ring tokens and ring keys are always siphash13.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HashAlgorithm {
    /// SipHash-1-3, keys zero, over the frozen `derive(Hash)` stream.
    #[default]
    #[serde(rename = "siphash13")]
    Siphash13,
    /// XXH3 64 bit, seed 0, over raw id bytes or zero-separated text fields.
    #[serde(rename = "xxh3-64")]
    Xxh3,
}

impl HashAlgorithm {
    /// The name in the cluster spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Siphash13 => "siphash13",
            Self::Xxh3 => "xxh3-64",
        }
    }

    /// The hash that decides a trace's bucket.
    #[inline]
    #[must_use]
    pub fn trace(self, id: &TraceId) -> u64 {
        match self {
            Self::Siphash13 => siphash13(&trace_stream(id)),
            Self::Xxh3 => xxhash_rust::xxh3::xxh3_64(id.bytes()),
        }
    }

    /// The hash of a key made of fields.
    #[must_use]
    pub fn fields(self, fields: &[Field<'_>]) -> u64 {
        match self {
            Self::Siphash13 => siphash13(&siphash_stream(fields)),
            Self::Xxh3 => xxhash_rust::xxh3::xxh3_64(&xxh3_stream(fields)),
        }
    }

    /// The bytes that [`HashAlgorithm::fields`] hashes, for `--explain`.
    #[must_use]
    pub fn field_bytes(self, fields: &[Field<'_>]) -> Vec<u8> {
        match self {
            Self::Siphash13 => siphash_stream(fields),
            Self::Xxh3 => xxh3_stream(fields),
        }
    }

    /// The bytes that [`HashAlgorithm::trace`] hashes, for `--explain`.
    #[must_use]
    pub fn trace_bytes(self, id: &TraceId) -> Vec<u8> {
        match self {
            Self::Siphash13 => trace_stream(id).to_vec(),
            Self::Xxh3 => id.bytes().to_vec(),
        }
    }
}

/// One field of a routing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// A string: UTF-8 bytes, then one `0xff`.
    Text(&'a str),
    /// 8 bytes, little endian.
    U64(u64),
    /// 4 bytes, little endian.
    U32(u32),
    /// 1 byte.
    U8(u8),
}

/// SipHash-1-3 (Aumasson and Bernstein 2012) with zero keys over raw bytes.
///
/// Written out, since it is the hot path of routing: a general streaming hasher takes twice the time, and over a stream
/// of fixed length, as a trace id's, this one has no loop left (so it must be inlined there: a call with a length that
/// varies costs 15 ns more). The tests hold it to such a hasher.
#[inline(always)]
#[must_use]
pub fn siphash13(bytes: &[u8]) -> u64 {
    let (words, tail) = bytes.as_chunks::<8>();
    let mut v = [0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573];
    for word in words {
        v = sip_word(v, u64::from_le_bytes(*word));
    }
    // The last word: the bytes left over, and the length's lowest byte on top.
    let last = tail.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
    v = sip_word(v, last | (bytes.len() as u64) << 56);
    v[2] ^= 0xff;
    v = sip_round(sip_round(sip_round(v)));
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

#[inline(always)]
const fn sip_word(mut v: [u64; 4], word: u64) -> [u64; 4] {
    v[3] ^= word;
    v = sip_round(v);
    v[0] ^= word;
    v
}

#[inline(always)]
const fn sip_round([mut a, mut b, mut c, mut d]: [u64; 4]) -> [u64; 4] {
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    [a, b, c, d]
}

/// The hash of one string as the frozen stream feeds it: its bytes, then `0xff`.
#[must_use]
pub fn siphash13_str(text: &str) -> u64 {
    siphash13_strs([text])
}

/// The hash of strings, one after the other. Of none: `d1fba762150c532c`.
pub fn siphash13_strs<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut stream = Vec::with_capacity(128);
    for text in texts {
        stream.extend_from_slice(text.as_bytes());
        stream.push(0xff);
    }
    siphash13(&stream)
}

/// The length 16 as u64 little endian, then the 16 bytes.
#[inline]
fn trace_stream(id: &TraceId) -> [u8; 24] {
    let mut stream = [0; 24];
    stream[0] = 16;
    stream[8..].copy_from_slice(id.bytes());
    stream
}

fn siphash_stream(fields: &[Field<'_>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(96);
    for field in fields {
        match *field {
            Field::Text(text) => {
                out.extend_from_slice(text.as_bytes());
                out.push(0xff);
            }
            Field::U64(n) => out.extend_from_slice(&n.to_le_bytes()),
            Field::U32(n) => out.extend_from_slice(&n.to_le_bytes()),
            Field::U8(n) => out.push(n),
        }
    }
    out
}

fn xxh3_stream(fields: &[Field<'_>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(96);
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            out.push(0);
        }
        match *field {
            Field::Text(text) => out.extend_from_slice(text.as_bytes()),
            Field::U64(n) => out.extend_from_slice(n.to_string().as_bytes()),
            Field::U32(n) => out.extend_from_slice(n.to_string().as_bytes()),
            Field::U8(n) => out.extend_from_slice(n.to_string().as_bytes()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use siphasher::sip::SipHasher13;

    use super::*;

    fn trace(hex: &str) -> Vec<u8> {
        (0..16).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect()
    }

    /// The vectors of the system's definition; the all-zero id is no `TraceId`, so its stream is fed raw.
    #[test]
    fn siphash13_trace_vectors() {
        for (hex, hash, bucket) in [
            ("00000000000000000000000000000001", 0x74cd_b01e_44c7_10c0_u64, 192),
            ("4bf92f3577b34da6a3ce929d0e0e4736", 0x6f3e_4d69_1026_f4b9, 185),
            ("0af7651916cd43dd8448eb211c80319c", 0x55b0_10cf_8b10_ae16, 22),
            ("ffffffffffffffffffffffffffffffff", 0x0649_a5fa_3eea_24ff, 255),
            ("000102030405060708090a0b0c0d0e0f", 0x5026_d4b5_372d_6206, 6),
        ] {
            let id = TraceId::parse(hex).unwrap();
            assert_eq!(HashAlgorithm::Siphash13.trace(&id), hash, "{hex}");
            assert_eq!(hash % 256, bucket);
        }
        let mut zero = [0_u8; 24];
        zero[0] = 16;
        assert_eq!(siphash13(&zero), 0x4c69_4758_cce8_bb7e);
    }

    #[test]
    fn siphash13_string_vectors() {
        for (text, hash) in [
            ("", 0x3040_6ea5_23c5_3def_u64),
            ("a", 0x719b_50b9_a4f0_e9f3),
            ("node-1:0", 0xb153_5157_6424_9fe7),
            ("node-1:1", 0x555b_aea8_b453_e589),
            ("node-1:149", 0x0caa_56a0_c227_16f4),
            ("node-2:0", 0xa9cc_a230_75c9_4a16),
            ("node-12:0", 0x7bed_b79e_b0ac_f50d),
        ] {
            assert_eq!(siphash13_str(text), hash, "{text}");
            assert_eq!(HashAlgorithm::Siphash13.fields(&[Field::Text(text)]), hash);
        }
        assert_eq!(siphash13_strs([]), 0xd1fb_a762_150c_532c);
    }

    #[test]
    fn siphash13_record_vectors() {
        let sip = HashAlgorithm::Siphash13;
        assert_eq!(sip.fields(&[Field::Text("node-1"), Field::U64(0)]), 0x810d_9500_326a_f96c);
        assert_eq!(sip.fields(&[Field::Text("checkout"), Field::U64(485_123), Field::U8(42)]), 0x43b2_5d8f_5227_38d8);
    }

    #[test]
    fn typical_mistakes_differ() {
        assert_eq!(siphash13(&trace("4bf92f3577b34da6a3ce929d0e0e4736")), 0x35d6_97e2_301e_f0a0);
        assert_eq!(siphash13(b"node-1:0"), 0x80d0_bfd3_11c1_b057);
    }

    #[test]
    fn xxh3_vectors() {
        for (hex, hash, bucket) in [
            ("4bf92f3577b34da6a3ce929d0e0e4736", 0x0735_538b_0a4f_043a_u64, 58),
            ("ffffffffffffffffffffffffffffffff", 0x722a_202f_07a4_b313, 19),
        ] {
            assert_eq!(HashAlgorithm::Xxh3.trace(&TraceId::parse(hex).unwrap()), hash);
            assert_eq!(hash % 256, bucket);
        }
        assert_eq!(xxhash_rust::xxh3::xxh3_64(&[0; 16]), 0xd0a6_6a65_c752_8968);
        let fields =
            [Field::Text("http.requests"), Field::Text("checkout"), Field::Text("2025-10-10-14"), Field::U64(42)];
        assert_eq!(HashAlgorithm::Xxh3.fields(&fields), 0xc290_dd54_db84_4647);
    }

    proptest::proptest! {
        #[test]
        fn the_written_out_hash_is_siphash(bytes: Vec<u8>) {
            proptest::prop_assert_eq!(siphash13(&bytes), SipHasher13::new().hash(&bytes));
        }
    }

    #[test]
    fn the_stream_is_what_derive_hash_feeds_today() {
        use std::hash::{Hash, Hasher};
        #[derive(Hash)]
        struct Key<'a> {
            name: &'a str,
            bucket: u64,
            level: u8,
        }
        let mut std_like = SipHasher13::new();
        Key { name: "checkout", bucket: 485_123, level: 42 }.hash(&mut std_like);
        let ours = HashAlgorithm::Siphash13.fields(&[Field::Text("checkout"), Field::U64(485_123), Field::U8(42)]);
        assert_eq!(std_like.finish(), ours);
    }
}
