//! The dictionary: every tag of the documents of FFD 1.05, 1.1 and 1.2 (order ЕД-7-20/662@; 1115, 1119 and 1120 in
//! their meaning of 2025: ЕД-7-20/1038@; 1011, 1082, 1125 and 1234..1238: ЕД-7-20/236@).
//!
//! `tags.tsv` has a line a tag, in their order: number, kind and length, FNS name, Russian, English, first day in force.
//! Kinds: `s` text, `f` fixed text, `x` bytes, `y` fixed bytes, `v` VLN (6 bytes: kopecks), `q` FVLN, `b` byte, `o`
//! bool, `i` bits, `h` uint16, `u` uint32, `t` unixtime, `S` STLV. Text rather than structures: brotli makes a fifth of
//! it, and nobody pays for what is not asked for.

use super::structure::{self, Uses};
use crate::message::Lang;

const TABLE: &str = include_str!("tags.tsv");

/// What a tag holds, and how its bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// Text in CP866.
    Text,
    /// Bytes as they are.
    Bytes,
    /// A byte: a number or a code.
    Byte,
    /// A byte, 0 or 1.
    Bool,
    /// A set of bits, one byte or four.
    Bits,
    /// An integer of two bytes, little endian as all of them.
    Uint16,
    /// An integer of four bytes.
    Uint32,
    /// Seconds since 1970 by the register's own clock, four bytes.
    UnixTime,
    /// An integer of as many bytes as it takes.
    Vln,
    /// A decimal: the number of digits behind the point, and an integer of as many bytes as it takes.
    Fvln,
    /// Tags within.
    Stlv,
}

impl TagKind {
    /// As the format calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Bytes => "bytes",
            Self::Byte => "byte",
            Self::Bool => "bool",
            Self::Bits => "bits",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::UnixTime => "unixtime",
            Self::Vln => "VLN",
            Self::Fvln => "FVLN",
            Self::Stlv => "STLV",
        }
    }
}

/// A tag of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagInfo {
    /// Its number; up to 84 a form of document.
    pub tag: u16,
    /// What it holds.
    pub kind: TagKind,
    /// How many bytes its value has, or may have; none where the orders we know do not say.
    pub length: Option<u16>,
    /// Whether it always has as many.
    pub fixed: bool,
    /// Its name in the JSON of the tax service; that of 1174 begins with a Cyrillic letter.
    pub key: Option<&'static str>,
    /// Its name in Russian, as in the orders.
    pub ru: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// The first day of its present meaning.
    pub since: Option<&'static str>,
}

impl TagInfo {
    /// Where it stands.
    pub fn uses(&self) -> Uses {
        structure::uses(self.tag, &structure::everywhere())
    }

    /// Its name in a language.
    pub const fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => self.ru,
            Lang::En => self.en,
        }
    }
}

/// What a tag holds, without its names.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub kind: TagKind,
    /// How many bytes, or how many at most; 0 where it is not known.
    pub length: u16,
    pub fixed: bool,
}

impl Form {
    /// Whether it is kopecks.
    pub fn is_money(self) -> bool {
        self.kind == TagKind::Vln && self.length == 6
    }
}

/// The form of a tag; none where there is no such tag.
pub(super) fn form_of(number: u16) -> Option<Form> {
    seek(number).map(|line| form(cell(line, 1)))
}

/// A tag by its number; none where the versions 1.05 to 1.2 have no such tag.
pub fn tag(number: u16) -> Option<TagInfo> {
    seek(number).map(parse)
}

/// Each tag with the place where its line begins: worked out when this is compiled.
static INDEX: [(u16, u16); count()] = {
    let (bytes, mut index, mut at, mut which) = (TABLE.as_bytes(), [(0, 0); count()], 0, 0);
    while at < bytes.len() {
        index[which].1 = at as u16;
        while bytes[at].is_ascii_digit() {
            index[which].0 = index[which].0 * 10 + (bytes[at] - b'0') as u16;
            at += 1;
        }
        while bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
        which += 1;
    }
    index
};

const fn count() -> usize {
    let (mut at, mut lines) = (0, 0);
    while at < TABLE.len() {
        lines += (TABLE.as_bytes()[at] == b'\n') as usize;
        at += 1;
    }
    lines
}

/// The line of a tag, and what follows.
#[inline(never)]
fn seek(number: u16) -> Option<&'static str> {
    let at = INDEX.binary_search_by_key(&number, |(tag, _)| *tag).ok()?;
    TABLE.get(usize::from(INDEX[at].1)..)
}

/// Every tag, in the order of numbers.
pub(super) fn all() -> impl Iterator<Item = TagInfo> {
    INDEX.iter().filter_map(|(number, _)| tag(*number))
}

/// The number that a text begins with.
#[inline(never)]
fn digits(text: &str) -> u16 {
    let digits = text.bytes().take_while(u8::is_ascii_digit);
    digits.fold(0, |number, digit| number.wrapping_mul(10).wrapping_add((digit - b'0').into()))
}

/// A cell of the line that a text begins with, counted from 0; empty where there is none. Kept in one place for the
/// size of the wasm, as others.
#[inline(never)]
fn cell(line: &'static str, which: usize) -> &'static str {
    let (mut start, mut left) = (0, which);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'\t' if left > 0 => (start, left) = (at + 1, left - 1),
            b'\t' | b'\n' => return if left == 0 { line.get(start..at).unwrap_or_default() } else { "" },
            _ => {}
        }
    }
    ""
}

#[inline(never)]
fn form(text: &str) -> Form {
    let (kind, fixed) = match text.as_bytes().first() {
        Some(b's') => (TagKind::Text, false),
        Some(b'f') => (TagKind::Text, true),
        Some(b'x') => (TagKind::Bytes, false),
        Some(b'y') => (TagKind::Bytes, true),
        Some(b'b') => (TagKind::Byte, true),
        Some(b'o') => (TagKind::Bool, true),
        Some(b'i') => (TagKind::Bits, true),
        Some(b'h') => (TagKind::Uint16, true),
        Some(b'u') => (TagKind::Uint32, true),
        Some(b't') => (TagKind::UnixTime, true),
        Some(b'v') => (TagKind::Vln, false),
        Some(b'q') => (TagKind::Fvln, false),
        _ => (TagKind::Stlv, false),
    };
    Form { kind, length: digits(text.get(1..).unwrap_or_default()), fixed }
}

fn parse(line: &'static str) -> TagInfo {
    let said = |which| Some(cell(line, which)).filter(|cell| !cell.is_empty());
    let Form { kind, length, fixed } = form(cell(line, 1));
    TagInfo {
        tag: digits(line),
        kind,
        length: (length > 0).then_some(length),
        fixed,
        key: said(2),
        ru: cell(line, 3),
        en: cell(line, 4),
        since: said(5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_tag_and_is_found() {
        let all: Vec<_> = all().collect();
        assert_eq!(all.len(), TABLE.lines().count());
        assert!(TABLE.ends_with('\n') && all.iter().all(|info| !info.ru.is_empty() && !info.en.is_empty()));
        assert!(all.is_sorted_by(|one, other| one.tag < other.tag));
        for info in &all {
            assert_eq!(tag(info.tag), Some(*info));
        }
        for none in [0, 8, 85, 999, 1003, 1010, 2040, 2117, u16::MAX] {
            assert_eq!(tag(none), None, "{none}");
        }
    }

    #[test]
    fn meanings_of_2025() {
        let since = |number| tag(number).and_then(|info| info.since);
        for number in [1115, 1119, 1120] {
            assert_eq!(since(number), Some("2025-01-01"));
        }
        for number in [1011, 1082, 1125, 1234, 1235, 1236, 1237, 1238] {
            assert_eq!(since(number), Some("2025-09-01"));
        }
        assert_eq!(all().filter(|info| info.since.is_some()).count(), 11);
    }
}
