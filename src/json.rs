//! JSON text, read once and in place.
//!
//! A pull reader of our own because of what the product needs and serde hides: the text of a number as it stands,
//! every fault instead of the first, unknown and repeated keys, caps on size and depth; and because of what it
//! costs: strings are borrowed, no tree is built, and a new structure adds a table and no code (DESIGN.md, "The
//! reader").

use std::borrow::Cow;
use std::fmt;

/// The longest text that is read: 4 MiB. A fiscal document holds 32 KiB.
pub const MAX_BYTES: usize = 4 << 20;
/// The deepest nesting that is read.
pub const MAX_DEPTH: u16 = 64;
/// The key of the object that stands for a value JSON has no text for, as the JavaScript door writes it.
const FOREIGN: &str = "{\"\\u0000chek54\":\"";

/// A text without its byte order mark, which the JavaScript door puts before a Latin one (pkg-template/api.js).
pub fn unmarked(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Why the text cannot be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The offset of the byte that does not fit.
    pub at: usize,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// The ways a text fails to be JSON that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Not JSON.
    Syntax,
    /// Nested deeper than [`MAX_DEPTH`].
    Depth,
    /// Not XML, where XML was looked for.
    Xml,
}

/// What kind of value comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// JSON's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A place in a JSON text.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    text: &'a str,
    /// The same, byte by byte.
    bytes: &'a [u8],
    at: usize,
    depth: u16,
}

type Read<T> = Result<T, Fault>;

impl<'a> Reader<'a> {
    /// At the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, depth: 0 }
    }

    fn fault<T>(&self, kind: FaultKind) -> Read<T> {
        Err(Fault { at: self.at, kind })
    }

    /// A part of the text. It is always there; a plain index would bring Unicode's tables along for its panic.
    fn part(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
        None
    }

    /// Looks at the next value without taking it.
    #[inline(always)]
    pub fn kind(&mut self) -> Read<Kind> {
        Ok(match self.peek() {
            Some(b'"') => Kind::String,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            _ => return self.fault(FaultKind::Syntax),
        })
    }

    /// After the last value: nothing may follow.
    pub fn end(&mut self) -> Read<()> {
        if self.peek().is_none() { Ok(()) } else { self.fault(FaultKind::Syntax) }
    }

    fn word(&mut self, word: &str) -> Read<()> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            self.fault(FaultKind::Syntax)
        }
    }

    /// Takes `null`.
    pub fn null(&mut self) -> Read<()> {
        self.word("null")
    }

    /// Takes `true` or `false`.
    pub fn bool(&mut self) -> Read<bool> {
        let value = self.bytes.get(self.at) == Some(&b't');
        self.word(if value { "true" } else { "false" }).map(|()| value)
    }

    /// Takes a number as its text.
    pub fn number(&mut self) -> Read<&'a str> {
        let rest = &self.bytes[self.at..];
        let digits = |from: usize| rest[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut length = usize::from(rest.first() == Some(&b'-'));
        let whole = digits(length);
        let mut right = whole == 1 || whole > 1 && rest[length] != b'0';
        length += whole;
        if rest.get(length) == Some(&b'.') {
            let behind = digits(length + 1);
            right &= behind > 0;
            length += 1 + behind;
        }
        if let Some(b'e' | b'E') = rest.get(length) {
            let sign = usize::from(matches!(rest.get(length + 1), Some(b'+' | b'-')));
            let power = digits((length + 1 + sign).min(rest.len()));
            right &= power > 0;
            length += 1 + sign + power;
        }
        if !right {
            self.at += length;
            return self.fault(FaultKind::Syntax);
        }
        let text = self.part(self.at, self.at + length);
        self.at += length;
        Ok(text)
    }

    /// Takes an amount as nearly all are written, `5` or `"99.90"`, up to eight digits and `scale` decimals: as an integer
    /// of that scale. Any other is left to be taken as text, with all that can be wrong about it.
    #[inline(always)]
    pub fn amount(&mut self, scale: usize) -> Option<i64> {
        const POWERS: [i64; 7] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
        let quoted = self.bytes.get(self.at) == Some(&b'"');
        let start = self.at + usize::from(quoted);
        let (mut at, mut value, mut point) = (start, 0, None);
        let end = loop {
            match *self.bytes.get(at)? {
                // Fifteen digits overflow nothing, and a checked product is 128 bits in wasm.
                digit @ b'0'..=b'9' if at - start < 15 => {
                    value = i64::wrapping_mul(value, 10) + i64::from(digit - b'0')
                }
                b'.' if point.is_none() => point = Some(at),
                end => break end,
            }
            at += 1;
        };
        let ends = if quoted { end == b'"' } else { matches!(end, b',' | b'}') };
        let whole = point.unwrap_or(at) - start;
        let decimals = at - point.map_or(at, |point| point + 1);
        // JSON has no number `05`, nor `5.`; what ends otherwise may go on.
        let plain = ends && matches!(whole, 1..=8) && (quoted || whole == 1 || self.bytes[start] != b'0');
        let power = POWERS.get(scale.checked_sub(decimals)?)?;
        if !plain || point.is_some() && decimals == 0 {
            return None;
        }
        self.at = at + usize::from(quoted);
        Some(value.wrapping_mul(*power))
    }

    /// Takes a string: borrowed from the text unless it has escapes. A lone surrogate becomes U+FFFD.
    pub fn string(&mut self) -> Read<Cow<'a, str>> {
        self.at += 1;
        let start = self.at;
        self.plain();
        match self.bytes.get(self.at) {
            Some(b'"') => {
                self.at += 1;
                Ok(Cow::Borrowed(self.part(start, self.at - 1)))
            }
            Some(b'\\') => self.escaped(start).map(Cow::Owned),
            _ => self.fault(FaultKind::Syntax),
        }
    }

    /// Passes over what stands for itself within a string, eight bytes at a time.
    fn plain(&mut self) {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGHS: u64 = 0x8080_8080_8080_8080;
        // The high bit of each byte that is zero in the word; a borrow can only add bits above a true one.
        let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
        let mut chunks = self.bytes[self.at..].chunks_exact(8);
        let mut passed = 0;
        for chunk in &mut chunks {
            let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
            let quote = zeros(word ^ (ONES * b'"' as u64));
            let escape = zeros(word ^ (ONES * b'\\' as u64));
            let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
            let found = quote | escape | control;
            if found != 0 {
                self.at += passed + found.trailing_zeros() as usize / 8;
                return;
            }
            passed += 8;
        }
        let stop = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
        self.at += passed + chunks.remainder().iter().position(stop).unwrap_or(chunks.remainder().len());
    }

    #[cold]
    fn escaped(&mut self, start: usize) -> Read<String> {
        let mut text = String::from(self.part(start, self.at));
        loop {
            let from = self.at;
            self.plain();
            text.push_str(self.part(from, self.at));
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => self.at += 1,
                _ => return self.fault(FaultKind::Syntax),
            }
            text.push(match self.bytes.get(self.at) {
                Some(b'n') => '\n',
                Some(b't') => '\t',
                Some(b'r') => '\r',
                Some(b'b') => '\u{8}',
                Some(b'f') => '\u{c}',
                Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
                Some(b'u') => {
                    let unit = self.unit()?;
                    self.at += 4;
                    self.paired(unit)?
                }
                _ => return self.fault(FaultKind::Syntax),
            });
            self.at += 1;
        }
    }

    /// The four hex digits behind the `u` at this place.
    fn unit(&self) -> Read<u32> {
        let digits = self
            .text
            .get(self.at + 1..self.at + 5)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).map_or_else(|| self.fault(FaultKind::Syntax), Ok)
    }

    /// The character of a UTF-16 unit, with the one behind it where the two are a pair.
    fn paired(&mut self, unit: u32) -> Read<char> {
        if (0xd800..0xdc00).contains(&unit) && self.bytes[self.at + 1..].starts_with(b"\\u") {
            self.at += 2;
            let low = self.unit()?;
            if (0xdc00..0xe000).contains(&low) {
                self.at += 4;
                let pair = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at -= 2;
        }
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Goes into an array or object; then ask [`Reader::element`] or [`Reader::key`] until it says no.
    pub fn open(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fault(FaultKind::Depth);
        }
        self.at += 1;
        Ok(())
    }

    /// Whether the array or object goes on; takes the comma before the next one or the bracket at the end.
    fn more(&mut self, first: bool, end: u8) -> Read<bool> {
        match self.peek() {
            Some(byte) if byte == end => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !first => {
                self.at += 1;
                match self.peek() {
                    Some(byte) if byte != end => Ok(true),
                    _ => self.fault(FaultKind::Syntax),
                }
            }
            Some(_) if first => Ok(true),
            _ => self.fault(FaultKind::Syntax),
        }
    }

    /// Whether another element follows.
    pub fn element(&mut self, first: bool) -> Read<bool> {
        self.more(first, b']')
    }

    /// The next key, at its value.
    pub fn key(&mut self, first: bool) -> Read<Option<Cow<'a, str>>> {
        if !self.more(first, b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return self.fault(FaultKind::Syntax);
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            return self.fault(FaultKind::Syntax);
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Takes the next key if it is this one, given as `,"key":` and written without spaces; else leaves it to
    /// [`Reader::key`].
    #[inline(always)]
    pub fn key_is(&mut self, first: bool, key: &str) -> bool {
        let key = &key.as_bytes()[usize::from(first)..];
        let same = self.bytes.get(self.at..self.at + key.len()).is_some_and(|next| same(next, key));
        self.at += if same { key.len() } else { 0 };
        same
    }

    /// Takes the string at this place if it is this one, plainly written; else leaves it to [`Reader::string`].
    #[inline(always)]
    pub fn string_is(&mut self, text: &str) -> bool {
        let text = text.as_bytes();
        let (from, to) = (self.at + 1, self.at + 1 + text.len());
        let quoted = self.bytes.get(self.at) == Some(&b'"') && self.bytes.get(to) == Some(&b'"');
        let is = quoted && same(&self.bytes[from..to], text);
        self.at = if is { to + 1 } else { self.at };
        is
    }

    /// Passes over a value.
    pub fn skip(&mut self) -> Read<()> {
        let kind = self.kind()?;
        match kind {
            Kind::Null => self.null()?,
            Kind::Bool => drop(self.bool()?),
            Kind::Number => drop(self.number()?),
            Kind::String => drop(self.string()?),
            Kind::Array | Kind::Object => {
                self.open()?;
                let mut first = true;
                while if kind == Kind::Object { self.key(first)?.is_some() } else { self.element(first)? } {
                    self.skip()?;
                    first = false;
                }
            }
        }
        Ok(())
    }

    /// Takes the value that the JavaScript door put in place of one JSON has no text for: `"NaN"`, `"function"`.
    pub fn foreign(&mut self) -> Option<&'a str> {
        let name = self.text.get(self.at..)?.strip_prefix(FOREIGN)?;
        let (what, rest) = name.split_once('"')?;
        self.at += if rest.starts_with('}') { FOREIGN.len() + what.len() + 2 } else { return None };
        Some(what)
    }

    /// Takes a value of any kind as a tree.
    pub fn value(&mut self) -> Read<Json<'a>> {
        Ok(match self.kind()? {
            Kind::Null => self.null().map(|()| Json::Null)?,
            Kind::Bool => Json::Bool(self.bool()?),
            Kind::Number => Json::Number(self.number()?.into()),
            Kind::String => Json::String(self.string()?),
            Kind::Array => {
                let mut elements = Vec::new();
                self.open()?;
                while self.element(elements.is_empty())? {
                    elements.push(self.value()?);
                }
                Json::Array(elements)
            }
            Kind::Object => {
                let mut members = Vec::new();
                self.open()?;
                while let Some(key) = self.key(members.is_empty())? {
                    members.push((key, self.value()?));
                }
                Json::Object(members)
            }
        })
    }
}

/// Whether two texts of one length are the same, by their first and last eight bytes: names are short, and a call of
/// memcmp costs wasm more.
#[inline(always)]
fn same(one: &[u8], other: &[u8]) -> bool {
    match one.len() {
        8..=16 => one.first_chunk::<8>() == other.first_chunk() && one.last_chunk::<8>() == other.last_chunk(),
        4..=7 => one.first_chunk::<4>() == other.first_chunk() && one.last_chunk::<4>() == other.last_chunk(),
        _ => one == other,
    }
}

/// A JSON value, numbers as their text and members in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are JSON's own")]
pub enum Json<'a> {
    Null,
    Bool(bool),
    Number(Cow<'a, str>),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// Reads a whole text.
    pub fn parse(text: &'a str) -> Result<Self, Fault> {
        let mut reader = Reader::new(text);
        let value = reader.value()?;
        reader.end().map(|()| value)
    }

    /// The member of this name, letter for letter; the last one where it is repeated, as JSON.parse has it.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The same value with texts of its own.
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(value),
            Self::Number(text) => Json::Number(text.into_owned().into()),
            Self::String(text) => Json::String(text.into_owned().into()),
            Self::Array(elements) => Json::Array(elements.into_iter().map(Self::into_owned).collect()),
            Self::Object(members) => {
                let owned = |(key, value): (Cow<'a, str>, Self)| (Cow::Owned(key.into_owned()), value.into_owned());
                Json::Object(members.into_iter().map(owned).collect())
            }
        }
    }

    /// What kind of value it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }
}

/// JSON text without spaces.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl Json<'_> {
    /// Straight into a text: a formatter would be asked for every sign.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::String(text) => write_string(out, text),
            Self::Array(elements) => {
                out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    write_string(out, key);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// A piece of a text that is written. In one place: within each writer it would be several times the call.
#[inline(never)]
pub(crate) fn add(out: &mut String, text: &str) {
    out.push_str(text);
}

/// A text as JSON has it.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
        let (plain, behind) = rest.split_at_checked(at).unwrap_or_default();
        out.push_str(plain);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            control => out.push_str(&format!("\\u{control:04x}")),
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}

/// The double of a number with at most 15 digits, which prints as it was read: an integer and a power of ten that
/// doubles hold exactly, so their quotient is the nearest one.
fn number(text: &str) -> Option<f64> {
    let (mut digits, mut power, mut behind) = (0_i64, 1_i64, false);
    for byte in text.trim_start_matches('-').bytes() {
        match byte {
            b'.' => behind = true,
            b'0'..=b'9' => {
                digits = digits.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                power = if behind { power.checked_mul(10)? } else { power };
            }
            _ => return None,
        }
    }
    let value = (digits < 1_000_000_000_000_000).then(|| digits as f64 / power as f64)?;
    Some(if text.starts_with('-') { -value } else { value })
}

impl serde::Serialize for Json<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => match number(text) {
                Some(value) => serializer.serialize_f64(value),
                // A JavaScript number would not be this one: nothing is lost of its text.
                None => serializer.serialize_str(text),
            },
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree() -> impl Strategy<Value = Json<'static>> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?".prop_map(|text| Json::Number(text.into())),
            any::<String>().prop_map(|text| Json::String(text.into())),
        ];
        leaf.prop_recursive(6, 60, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
                prop::collection::vec((any::<String>().prop_map(Cow::Owned), inner), 0..6).prop_map(Json::Object),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in tree()) {
            let text = value.to_string();
            prop_assert_eq!(Json::parse(&text), Ok(value.clone()));
            let mut reader = Reader::new(&text);
            prop_assert_eq!(reader.skip().and_then(|()| reader.end()), Ok(()));
            prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }

        #[test]
        fn agrees_with_serde_json_on_what_is_json(text in "[\\[\\]{}\",:0-9.eE+ntrufalse\\\\ \\-]{0,24}") {
            let oracle = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            // Lone surrogates are the one thing we let pass.
            prop_assert!(Json::parse(&text).is_ok() == oracle || text.contains("\\u"), "{}", text);
        }

        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,80}|[\"\\\\u\\[{:,dD8-9a-f\\u{0}-\\u{1f}]{0,40}") {
            let _ = (Json::parse(&text), Reader::new(&text).skip());
        }
    }

    proptest! {
        #[test]
        fn doubles_print_as_they_were_read(text in "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{0,5}[1-9])?") {
            let value = number(&text).expect("15 digits");
            prop_assert_eq!(Some(value), text.parse().ok());
            prop_assert!(value.to_string() == text || value == 0.0, "{}", text);
        }
    }

    proptest! {
        #[test]
        fn amounts_are_those_of_their_text(
            number in "-?[0-9]{0,10}(\\.[0-9]{0,8})?(e1)?", quoted: bool, end in "[,} \n]", scale in 0_usize..=6,
        ) {
            let text = if quoted { format!("\"{number}\"{end}") } else { format!("{number}{end}") };
            let (mut fast, mut slow) = (Reader::new(&text), Reader::new(&text));
            if let Some(value) = fast.amount(scale) {
                let taken = if quoted { slow.string().unwrap() } else { slow.number().unwrap().into() };
                prop_assert_eq!(crate::money::scaled(&taken, scale as u8, i64::MAX / 10, ""), Ok(value));
                prop_assert_eq!(fast.at, slow.at);
            } else {
                prop_assert_eq!(fast.at, 0);
            }
        }
    }

    #[test]
    fn plain_amounts_are_read_straight_away() {
        for (text, scale, value) in [("5,", 6, 5_000_000), ("\"99.90\"}", 2, 9990), ("0.5}", 6, 500_000)] {
            assert_eq!(Reader::new(text).amount(scale), Some(value), "{text}");
        }
        for text in ["05,", "5.,", "\".5\"", "-1,", "1e2,", "1.234,", "123456789,", "\"1", "1", "null,"] {
            assert_eq!(Reader::new(text).amount(2), None, "{text}");
        }
    }

    #[test]
    fn longer_numbers_stay_texts() {
        for text in ["12345678901234567890", "1234567890123456", "1e5", "0.1234567890123456"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn strings() {
        for (text, value) in [
            (r#""""#, ""),
            (r#""Чай №1""#, "Чай №1"),
            (r#""\"\\\/\b\f\n\r\t\u0416\uD83D\uDE00""#, "\"\\/\u{8}\u{c}\n\r\tЖ😀"),
            (r#""\ud800""#, "\u{fffd}"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
            (r#""\udc00\ud800x""#, "\u{fffd}\u{fffd}x"),
        ] {
            assert_eq!(Json::parse(text), Ok(Json::String(value.into())), "{text}");
        }
        for text in [r#"""#, r#""\"#, r#""\u12"#, r#""\u12g4""#, r#""\ud800\u""#, r#""\x""#, "\"\n\"", r#""\u+123""#] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(&nested(64)).is_ok());
        assert_eq!(Json::parse(&nested(65)).unwrap_err().kind, FaultKind::Depth);
        assert_eq!(Reader::new(&nested(100_000)).skip().unwrap_err().kind, FaultKind::Depth);
    }

    #[test]
    fn foreign_values() {
        let text = r#"{"\u0000chek54":"NaN"} "#;
        assert_eq!(Reader::new(text).foreign(), Some("NaN"));
        for text in [r#"{"chek54":"NaN"}"#, r#"{"\u0000chek54":"NaN","x":1}"#, r#"{"\u0000chek54":"NaN"#, "{"] {
            assert_eq!(Reader::new(text).foreign(), None, "{text}");
        }
    }
}
