//! The cursor: one pass over JSON text.

use super::JsonStr;

/// The deepest nesting that is read; deeper text is refused.
pub const DEPTH_MAX: u32 = 128;

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    String,
    /// A digit or a minus sign.
    Number,
    /// `true`, `false`
    Bool,
    /// `null`
    Null,
}

/// What is wrong with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The text ended inside a value.
    #[error("it ends in the middle of a value")]
    Truncated,
    /// A character that cannot stand there.
    #[error("unexpected character")]
    Unexpected,
    /// A string holds a raw control character or an escape that does not exist.
    #[error("bad character in a string")]
    BadString,
    /// A number that JSON does not allow.
    #[error("bad number")]
    BadNumber,
    /// Deeper than [`DEPTH_MAX`].
    #[error("nested deeper than {DEPTH_MAX} levels")]
    TooDeep,
    /// A value of another type than the field has.
    #[error("a value of the wrong type")]
    WrongType,
}

/// A problem and the byte offset where it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub struct JsonError {
    /// What is wrong.
    pub problem: Problem,
    /// Byte offset in the text.
    pub at: usize,
}

impl std::fmt::Display for JsonError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { problem, at } = self;
        match problem {
            // The text is JSON; it is the field that does not fit.
            Problem::WrongType => write!(f, "{problem} at byte {at}"),
            Problem::Truncated | Problem::Unexpected | Problem::BadString | Problem::BadNumber | Problem::TooDeep => {
                write!(f, "not valid JSON at byte {at}: {problem}")
            }
        }
    }
}

/// A position in JSON text.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    depth: u32,
}

/// Bytes that end the quick pass over a string: quote, backslash and control characters.
const fn special_bytes() -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 0x20 {
        table[i] = true;
        i += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
}
static SPECIAL: [bool; 256] = special_bytes();

/// Has any of the eight bytes a quote, a backslash or a control character?  The result's lowest set bit marks the first.
///
/// "Has a zero byte" and "has a byte less than n" from Sean Anderson's Bit Twiddling Hacks; borrows can only give false
/// marks above the first true one, and only the first is used.
#[inline(always)]
const fn special_mask(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote.wrapping_sub(ONES) & !quote | backslash.wrapping_sub(ONES) & !backslash | control) & HIGHS
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `text`.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// The byte offset of the next byte.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// An error at the present position.
    #[cold]
    #[must_use]
    pub fn error(&self, problem: Problem) -> JsonError {
        let problem =
            if self.at >= self.text.len() && problem == Problem::Unexpected { Problem::Truncated } else { problem };
        JsonError { problem, at: self.at }
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    #[inline(always)]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    /// The kind of the next value, without taking it.
    ///
    /// # Errors
    /// The text has ended, or what stands there starts no value.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, JsonError> {
        self.skip_space();
        match self.byte() {
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'"') => Ok(Kind::String),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'n') => Ok(Kind::Null),
            Some(_) | None => Err(self.error(Problem::Unexpected)),
        }
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// Something follows.
    pub fn end(&mut self) -> Result<(), JsonError> {
        self.skip_space();
        if self.at == self.text.len() { Ok(()) } else { Err(self.error(Problem::Unexpected)) }
    }

    /// Takes a string.
    ///
    /// # Errors
    /// The next value is none, or it is malformed.
    #[inline]
    pub fn string(&mut self) -> Result<JsonStr<'a>, JsonError> {
        self.skip_space();
        if self.byte() != Some(b'"') {
            return Err(self.error(Problem::Unexpected));
        }
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.skip_plain();
            match self.byte() {
                Some(b'"') => {
                    let raw = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(JsonStr { raw, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.skip_escape()?;
                }
                Some(_) => return Err(self.error(Problem::BadString)),
                None => return Err(self.error(Problem::Truncated)),
            }
        }
    }

    /// Moves to the next quote, backslash or control character.
    #[inline(always)]
    fn skip_plain(&mut self) {
        while let Some(chunk) = self.text.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
            let mask = special_mask(u64::from_le_bytes(*chunk));
            if mask != 0 {
                self.at += (mask.trailing_zeros() / 8) as usize;
                return;
            }
            self.at += 8;
        }
        while let Some(byte) = self.byte()
            && !SPECIAL[usize::from(byte)]
        {
            self.at += 1;
        }
    }

    fn skip_escape(&mut self) -> Result<(), JsonError> {
        match self.text.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let digits = self
                    .text
                    .get(self.at + 2..self.at + 6)
                    .ok_or(JsonError { problem: Problem::Truncated, at: self.text.len() })?;
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return Err(self.error(Problem::BadString));
                }
                self.at += 6;
            }
            Some(_) => return Err(self.error(Problem::BadString)),
            None => return Err(JsonError { problem: Problem::Truncated, at: self.text.len() }),
        }
        Ok(())
    }

    /// Takes a number and gives its text.
    ///
    /// # Errors
    /// The next value is none, or it is malformed.
    pub fn number(&mut self) -> Result<&'a [u8], JsonError> {
        self.skip_space();
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.skip_digits()?,
            Some(_) => return Err(self.error(Problem::BadNumber)),
            None => return Err(self.error(Problem::Truncated)),
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.skip_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.skip_digits()?;
        }
        match self.byte() {
            Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'+' | b'-') => Err(self.error(Problem::BadNumber)),
            Some(_) | None => Ok(&self.text[start..self.at]),
        }
    }

    fn skip_digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.error(Problem::BadNumber)) }
    }

    fn word(&mut self, word: &'static [u8]) -> Result<(), JsonError> {
        let rest = &self.text[self.at..];
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        let problem = if word.starts_with(rest) { Problem::Truncated } else { Problem::Unexpected };
        Err(JsonError { problem, at: self.at })
    }

    /// Takes `true` or `false`.
    ///
    /// # Errors
    /// The next value is neither.
    pub fn boolean(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        if self.byte() == Some(b't') { self.word(b"true").map(|()| true) } else { self.word(b"false").map(|()| false) }
    }

    /// Takes `null` if it comes next, and says whether it did.
    ///
    /// # Errors
    /// A word that starts with `n` but is not `null`.
    #[inline]
    pub fn null(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        if self.byte() != Some(b'n') {
            return Ok(false);
        }
        self.word(b"null").map(|()| true)
    }

    /// Takes the next value whatever it is, checks it, and gives its text.
    ///
    /// # Errors
    /// The value is malformed, cut off or nested too deep.
    #[inline]
    pub fn skip_value(&mut self) -> Result<&'a [u8], JsonError> {
        let kind = self.peek()?;
        let start = self.at;
        match kind {
            Kind::String => {
                self.string()?;
            }
            Kind::Number => {
                self.number()?;
            }
            Kind::Bool => {
                self.boolean()?;
            }
            Kind::Null => {
                self.null()?;
            }
            Kind::Object => self.object(|cursor, _| cursor.skip_value().map(drop))?,
            Kind::Array => self.array(|cursor| cursor.skip_value().map(drop))?,
        }
        Ok(&self.text[start..self.at])
    }

    fn enter(&mut self, open: u8) -> Result<(), JsonError> {
        self.skip_space();
        if self.byte() != Some(open) {
            return Err(self.error(Problem::Unexpected));
        }
        if self.depth == DEPTH_MAX {
            return Err(self.error(Problem::TooDeep));
        }
        self.depth += 1;
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    /// Takes an object; `field` is called for each member with the cursor before the value, which it must take.
    ///
    /// # Errors
    /// The object is malformed, or `field` says so.
    #[inline]
    pub fn object<E: From<JsonError>>(
        &mut self,
        mut field: impl FnMut(&mut Self, JsonStr<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.enter(b'{')?;
        if self.byte() == Some(b'}') {
            self.at += 1;
            self.depth -= 1;
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.skip_space();
            if self.byte() != Some(b':') {
                return Err(self.error(Problem::Unexpected).into());
            }
            self.at += 1;
            field(self, key)?;
            self.skip_space();
            match self.byte() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                Some(_) | None => return Err(self.error(Problem::Unexpected).into()),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Takes an array; `item` is called with the cursor before each value, which it must take.
    ///
    /// # Errors
    /// The array is malformed, or `item` says so.
    #[inline]
    pub fn array<E: From<JsonError>>(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), E>) -> Result<(), E> {
        self.enter(b'[')?;
        if self.byte() == Some(b']') {
            self.at += 1;
            self.depth -= 1;
            return Ok(());
        }
        loop {
            item(self)?;
            self.skip_space();
            match self.byte() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                Some(_) | None => return Err(self.error(Problem::Unexpected).into()),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &[u8]) -> Result<(), JsonError> {
        let mut cursor = Cursor::new(text);
        cursor.skip_value()?;
        cursor.end()
    }

    #[test]
    fn accepts_and_refuses_as_rfc_8259() {
        for good in ["{}", "[]", " [1, -0.5e+3, \"a\\u0041\", true, false, null] ", "{\"a\":{\"b\":[{}]}}", "0", "\"\""]
        {
            check(good.as_bytes()).unwrap_or_else(|e| panic!("{good}: {e}"));
        }
        for bad in [
            "",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "01",
            "1.",
            "-",
            "+1",
            "1e",
            "tru",
            "nulll",
            "\"\u{1}\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "[1 2]",
            "{\"a\":1 \"b\":2}",
            "1x",
            "[}",
            "{\"a\":1]",
        ] {
            assert!(check(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn tells_cut_text_from_wrong_text() {
        let whole = br#"{"a":[1.5,"x\u0041y",true,null,{"b":-2e3}]}"#;
        for cut in 1..whole.len() {
            let error = check(&whole[..cut]).unwrap_err();
            let numeric_cut = matches!(error.problem, Problem::BadNumber);
            assert!(error.problem == Problem::Truncated || numeric_cut, "cut at {cut}: {error}");
        }
        assert_eq!(check(b"{x").unwrap_err().problem, Problem::Unexpected);
    }

    #[test]
    fn limits_depth() {
        let deep = |n: usize| [vec![b'['; n], vec![b']'; n]].concat();
        assert!(check(&deep(DEPTH_MAX as usize)).is_ok());
        assert_eq!(check(&deep(DEPTH_MAX as usize + 1)).unwrap_err().problem, Problem::TooDeep);
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            (-1e9..1e9).prop_map(|x: f64| x.into()),
            ".*".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
                prop::collection::btree_map(".*", inner, 0..8)
                    .prop_map(|m| serde_json::Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn takes_whatever_serde_json_prints(value in any_json(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
            prop_assert_eq!(check(text.as_bytes()), Ok(()));
        }

        #[test]
        fn agrees_with_serde_json_on_broken_text(value in any_json(), at: prop::sample::Index, byte: u8) {
            let mut text = value.to_string().into_bytes();
            let at = at.index(text.len());
            text[at] = byte;
            let ours = check(&text).is_ok() && std::str::from_utf8(&text).is_ok();
            let theirs = serde_json::from_slice::<serde_json::Value>(&text);
            // serde_json also refuses lone surrogates and numbers beyond f64; both are JSON, and neither matters here.
            let known = theirs.as_ref().is_err_and(|e| {
                let e = e.to_string();
                e.contains("surrogate") || e.contains("number out of range") || e.contains("unexpected end of hex escape")
            });
            prop_assert!(known || ours == theirs.is_ok(), "{:?}: {:?}", String::from_utf8_lossy(&text), theirs);
        }
    }
}
