//! Marking codes of goods ("Chestny ZNAK" and its forerunners): what a scan says, and what becomes of it in a receipt.
//!
//! The kinds, and what of each stands in tag 1163, are those of order ЕД-7-20/662@ (tags 1300..1309); the two bytes
//! before the code in tag 1162, and the lengths that the rules of single goods give to serials and check codes, are
//! gathered from registers' and operators' documents: they never make a code wrong, only worth a look.

use crate::bytes::hex;
use crate::draft::excerpt;
use crate::issue::{Findings, Issue, IssueCode, Severity, Trail};
use crate::receipt::Draft;
use std::borrow::Cow;
use std::ops::Range;

/// The group separator, which ends a field of no fixed length.
pub(crate) const GS: char = '\u{1d}';
/// Longer texts are no codes, and are not looked into.
const LONGEST: usize = 1024;
/// The longest code that registers take.
const MOST: usize = 223;

/// What kind of code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// None that is known. Tag 1300.
    Unknown,
    /// EAN-8. Tag 1301.
    Ean8,
    /// EAN-13. Tag 1302.
    Ean13,
    /// ITF-14. Tag 1303.
    Itf14,
    /// GS1 of goods without a number of the single thing. Tag 1304.
    Gs1,
    /// GS1 of marked goods: product number (01) and serial (21). Tag 1305.
    Gs1m,
    /// The short code of tobacco packs: product number, seven of serial, four of price, four of check. Tag 1306.
    Short,
    /// The sign of furs, `RU-430302-ABC1234567`. Tag 1307.
    Fur,
    /// A strip stamp of EGAIS 2.0, 68 characters. Tag 1308.
    Egais2,
    /// A strip stamp of EGAIS 3.0, 150 characters. Tag 1309.
    Egais3,
}

/// What a kind is in receipts.
struct KindRow {
    kind: MarkKind,
    /// As callers get it.
    name: &'static str,
    /// The tag within 1163.
    tag: u16,
    /// The two bytes that tag 1162 begins with.
    sign: [u8; 2],
}

/// One row a kind, in the order of [`MarkKind`].
#[rustfmt::skip]
static KINDS: &[KindRow] = &[
    KindRow { kind: MarkKind::Unknown, name: "unknown", tag: 1300, sign: [0x00, 0x00] },
    KindRow { kind: MarkKind::Ean8,    name: "ean8",    tag: 1301, sign: [0x45, 0x08] },
    KindRow { kind: MarkKind::Ean13,   name: "ean13",   tag: 1302, sign: [0x45, 0x0d] },
    KindRow { kind: MarkKind::Itf14,   name: "itf14",   tag: 1303, sign: [0x49, 0x0e] },
    KindRow { kind: MarkKind::Gs1,     name: "gs1",     tag: 1304, sign: [0x44, 0x4d] },
    KindRow { kind: MarkKind::Gs1m,    name: "gs1m",    tag: 1305, sign: [0x44, 0x4d] },
    KindRow { kind: MarkKind::Short,   name: "short",   tag: 1306, sign: [0x44, 0x4d] },
    KindRow { kind: MarkKind::Fur,     name: "fur",     tag: 1307, sign: [0x52, 0x46] },
    KindRow { kind: MarkKind::Egais2,  name: "egais2",  tag: 1308, sign: [0xc5, 0x14] },
    KindRow { kind: MarkKind::Egais3,  name: "egais3",  tag: 1309, sign: [0xc5, 0x1e] },
];

impl MarkKind {
    /// Every kind, in the order of their tags.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|row| row.kind)
    }

    /// As callers get it: `gs1m`.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].name
    }

    /// The tag that it stands in within 1163.
    pub fn tag(self) -> u16 {
        KINDS[self as usize].tag
    }

    /// Whether a code of this kind is that of one single thing.
    pub(crate) fn is_single(self) -> bool {
        !matches!(self, Self::Ean8 | Self::Ean13 | Self::Itf14 | Self::Gs1)
    }
}

/// A field of a GS1 code: how its identifier begins, how many digits that has, and the value's length.
struct Ai {
    begins: &'static str,
    digits: u8,
    /// The longest value; its only length where it is `fixed`.
    most: u8,
    fixed: bool,
    /// Whether a separator ends it, unless the code does.
    separated: bool,
    /// The lengths that the rules of marked goods leave to it; empty where they say nothing.
    known: &'static [u8],
}

const fn ai(begins: &'static str, digits: u8, most: u8) -> Ai {
    Ai { begins, digits, most, fixed: false, separated: true, known: &[] }
}

impl Ai {
    /// Of one length, told by GS1, so that no separator is needed.
    const fn fixed(self) -> Self {
        Self { fixed: true, separated: false, ..self }
    }

    const fn known(self, known: &'static [u8]) -> Self {
        Self { known, ..self }
    }

    /// Whether the value has digits only.
    fn is_number(&self) -> bool {
        self.fixed || matches!(self.begins, "30" | "37" | "39")
    }
}

/// The identifiers of GS1's General Specifications that goods have; serials have 6 characters (milk), 7 (tobacco, beer)
/// or 13 (most), check keys 4, check codes 44 or 88, the short check code 4.
#[rustfmt::skip]
static AIS: &[Ai] = &[
    ai("00", 2, 18).fixed(), ai("01", 2, 14).fixed(), ai("02", 2, 14).fixed(), ai("10", 2, 20),
    ai("11", 2, 6).fixed(), ai("12", 2, 6).fixed(), ai("13", 2, 6).fixed(), ai("15", 2, 6).fixed(),
    ai("16", 2, 6).fixed(), ai("17", 2, 6).fixed(), ai("20", 2, 2).fixed(),
    ai("21", 2, 20).known(&[6, 7, 13]), ai("22", 2, 20),
    ai("24", 3, 30), ai("25", 3, 30), ai("30", 2, 8),
    ai("31", 4, 6).fixed(), ai("32", 4, 6).fixed(), ai("33", 4, 6).fixed(), ai("34", 4, 6).fixed(),
    ai("35", 4, 6).fixed(), ai("36", 4, 6).fixed(), ai("37", 2, 8), ai("39", 4, 15),
    ai("40", 3, 30), ai("41", 3, 13).fixed(), ai("7003", 4, 10),
    Ai { separated: true, ..ai("8005", 4, 6).fixed() }, ai("8008", 4, 12),
    ai("90", 2, 30), ai("91", 2, 90).known(&[4]), ai("92", 2, 90).known(&[44, 88]), ai("93", 2, 90).known(&[4]),
    ai("94", 2, 90), ai("95", 2, 90), ai("96", 2, 90), ai("97", 2, 90), ai("98", 2, 90), ai("99", 2, 90),
];

/// The identifier that a text begins with.
fn ai_of(text: &str) -> Option<(&'static Ai, &str)> {
    let row = AIS.iter().find(|row| text.starts_with(row.begins))?;
    let (number, rest) = text.split_at_checked(row.digits.into())?;
    is_digits(number).then_some((row, rest))
}

/// Where an identifier and its value stand in a code.
type Element = (Range<usize>, Range<usize>);

/// What is odd about a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing in it.
    Empty,
    /// Beyond what registers take.
    Long(usize),
    /// A character that codes do not have, and which one it is.
    Character(char, usize),
    /// The check digit of the product number is another one.
    Gtin(char),
    /// Separators were lost, or written otherwise, and are in their places again: behind these characters.
    PutBack(Vec<usize>),
    /// A separator is lost, and its place cannot be told.
    Lost,
    /// From here on nothing that is known.
    Strange(usize),
}

/// A code, taken apart.
pub(crate) struct Code<'c> {
    pub kind: MarkKind,
    /// The code as registers want it: no prefix of the scanner's, separators in their places.
    pub raw: Cow<'c, str>,
    gtin: Range<usize>,
    serial: Range<usize>,
    elements: Vec<Element>,
    pub faults: Vec<Fault>,
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_capitals(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// The check digit that a product number has to end in; `None` of what is none.
pub(crate) fn check_digit(gtin: &str) -> Option<char> {
    let (last, others) = gtin.as_bytes().split_last()?;
    if !is_digits(gtin) || !last.is_ascii_digit() {
        return None;
    }
    let weighted =
        others.iter().rev().enumerate().map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 3 } else { 1 });
    char::from_digit((10 - weighted.sum::<u32>() % 10) % 10, 10)
}

fn agrees(gtin: &str) -> bool {
    check_digit(gtin).is_some_and(|digit| gtin.ends_with(digit))
}

impl<'c> Code<'c> {
    #[inline(never)]
    pub fn of(text: &'c str) -> Self {
        let mut code = Self {
            kind: MarkKind::Unknown,
            raw: Cow::Borrowed(text),
            gtin: 0..0,
            serial: 0..0,
            elements: Vec::new(),
            faults: Vec::new(),
        };
        if text.is_empty() {
            code.faults.push(Fault::Empty);
        }
        if text.len() <= LONGEST {
            let (clean, mut places) = cleaned(text);
            if let Some((kind, gtin, serial)) = recognised(&clean) {
                (code.kind, code.gtin, code.serial, code.raw) = (kind, gtin, serial, clean);
                if matches!(kind, MarkKind::Gs1 | MarkKind::Gs1m) {
                    code.take_apart(&mut places);
                }
                if !places.is_empty() {
                    code.faults.push(Fault::PutBack(places));
                }
            }
        }
        let odd = code.raw.chars().enumerate().find(|(_, c)| !matches!(*c, ' '..='~' | GS));
        code.faults.extend(odd.map(|(place, odd)| Fault::Character(odd, place + 1)));
        if code.raw.len() > MOST {
            code.faults.push(Fault::Long(code.raw.len()));
        }
        if let Some(digit) = check_digit(code.gtin()).filter(|digit| !code.gtin().ends_with(*digit)) {
            code.faults.push(Fault::Gtin(digit));
        }
        code
    }

    fn part(&self, range: &Range<usize>) -> &str {
        self.raw.get(range.clone()).unwrap_or_default()
    }

    /// The product's number, as many digits as it has; empty where the kind has none.
    pub fn gtin(&self) -> &str {
        self.part(&self.gtin)
    }

    /// The number of the single thing.
    pub fn serial(&self) -> &str {
        self.part(&self.serial)
    }

    /// The fields of a GS1 code: identifier and value.
    pub fn elements(&self) -> impl Iterator<Item = (&str, &str)> {
        self.elements.iter().map(|(ai, value)| (self.part(ai), self.part(value)))
    }

    /// Reads the fields of a GS1 code, separators put back where only one place can be theirs.
    #[inline(never)]
    fn take_apart(&mut self, places: &mut Vec<usize>) {
        let (mut lost, mut seen, mut put) = (false, 0, String::new());
        let (text, written) = (self.raw.clone(), std::mem::take(places));
        let separated = text.contains(GS);
        for segment in text.split(GS) {
            if seen > 0 {
                put.push(GS);
                if written.contains(&seen) {
                    places.push(put.len());
                }
            }
            seen += segment.len() + 1;
            let mut splits = Splits::default();
            splits.search(segment, 0, false, &mut Vec::new());
            let mut loose = Splits::default();
            if splits.whole.is_none() {
                loose.search(segment, 0, true, &mut Vec::new());
            }
            // A scanner that sends some separators sends all, unless nothing else can be.
            let may_be_whole = separated && loose.whole.is_some();
            let found = match (splits.whole, splits.parted) {
                (Some(whole), parted) if parted == 0 || separated => whole,
                (None, 1) if !may_be_whole => splits.first,
                (whole, parted) => {
                    lost |= whole.is_some() || parted + loose.parted > 0 && !may_be_whole;
                    plain(segment)
                }
            };
            let mut end = 0;
            for (place, (ai, value)) in found.iter().enumerate() {
                let from = put.len();
                put.push_str(segment.get(ai.start..value.end).unwrap_or_default());
                let middle = from + ai.len();
                self.elements.push((from..middle, middle..put.len()));
                end = value.end;
                let more = place + 1 < found.len();
                let row = segment.get(ai.start..).and_then(ai_of);
                if more && row.is_some_and(|(row, _)| row.separated) {
                    put.push(GS);
                    places.push(put.len());
                }
                let most = row.map_or(usize::MAX, |(row, _)| row.most.into());
                lost |= value.len() > most;
            }
            if end < segment.len() {
                self.faults.push(Fault::Strange(put.len() + 1));
                put.push_str(segment.get(end..).unwrap_or_default());
            }
        }
        if lost {
            self.faults.push(Fault::Lost);
        }
        if put != self.raw {
            self.raw = Cow::Owned(put);
        }
        let serial = self.elements.iter().find(|(ai, _)| self.part(ai) == "21").map(|(_, value)| value.clone());
        self.serial = serial.unwrap_or(0..0);
        self.kind = if self.serial.is_empty() { MarkKind::Gs1 } else { MarkKind::Gs1m };
    }

    /// What stands of it in tag 1163; its tag there is the kind's.
    #[inline(never)]
    pub fn identification(&self) -> String {
        match self.kind {
            MarkKind::Gs1 => ["01", self.gtin()].concat(),
            // A serial has twenty characters at most.
            MarkKind::Gs1m | MarkKind::Short => ["01", self.gtin(), "21", self.short_serial()].concat(),
            MarkKind::Unknown => self.raw.chars().take(32).collect(),
            MarkKind::Ean8 | MarkKind::Ean13 | MarkKind::Itf14 => self.gtin().to_owned(),
            MarkKind::Fur | MarkKind::Egais2 | MarkKind::Egais3 => self.serial().to_owned(),
        }
    }

    fn short_serial(&self) -> &str {
        let cut = if self.kind == MarkKind::Gs1m { self.serial().get(..20) } else { None };
        cut.unwrap_or(self.serial())
    }

    /// Tag 1162: two bytes for the kind, six for the product's number, the serial; 32 bytes at most. Of a pack of
    /// tobacco its greatest price follows, filled up with spaces.
    #[inline(never)]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = KINDS[self.kind as usize].sign.to_vec();
        if let Ok(number) = self.gtin().parse::<u64>() {
            bytes.extend_from_slice(&number.to_be_bytes()[2..]);
        }
        match self.kind {
            MarkKind::Unknown => bytes.extend_from_slice(self.raw.as_bytes()),
            MarkKind::Short => {
                bytes.extend_from_slice(self.raw.get(14..25).unwrap_or(self.serial()).as_bytes());
                bytes.resize(21, b' ');
            }
            _ => bytes.extend_from_slice(self.short_serial().as_bytes()),
        }
        bytes.truncate(32);
        bytes
    }

    /// Tells what is odd about it.
    pub fn tell(&self, at: &Trail<'_>, findings: &mut Findings) {
        for fault in &self.faults {
            let code = match fault {
                Fault::PutBack(_) | Fault::Lost => IssueCode::MarkSeparator,
                _ => IssueCode::MarkInvalid,
            };
            let issue = findings.add(code, at, 2000);
            issue.with("what", excerpt(&visible(&self.raw)));
            match fault {
                Fault::Empty => issue.params[0].1 = "\"\"".into(),
                Fault::Long(length) => {
                    issue.show("length", length).show("max", &MOST);
                }
                Fault::Character(odd, place) => {
                    let number = u32::from(*odd);
                    if crate::check::is_hidden(*odd) {
                        issue.show("character", &format_args!("'{}' (U+{number:04X})", odd.escape_default()));
                    } else {
                        issue.show("character", &format_args!("'{odd}' (U+{number:04X})"));
                    }
                    issue.show("position", place);
                }
                Fault::Gtin(digit) => {
                    issue.severity(Severity::Warning).with("gtin", self.gtin().to_owned()).show("digit", digit);
                }
                Fault::PutBack(places) => {
                    let mut list = String::new();
                    for place in places {
                        list.push_str(if list.is_empty() { "" } else { ", " });
                        list.push_str(&place.to_string());
                    }
                    issue.with("places", list);
                }
                Fault::Lost => {}
                Fault::Strange(place) => {
                    issue.severity(Severity::Warning).show("strange", place);
                }
            }
        }
    }
}

/// A code with its separators to be seen.
fn visible(code: &str) -> String {
    code.replace(GS, "<GS>")
}

/// How separators are written where they cannot be printed: U+241D, the sign for it; FNC1 as some scanners send it; and
/// escapes of programs.
const WRITTEN: &[&str] = &["\u{241d}", "\u{e8}", "<GS>", "{GS}", "\\u001d", "\\u001D", "\\x1d", "\\x1D", "\\035"];

/// A scan without what the scanner put around it, and where separators were put in place of something else.
#[inline(never)]
fn cleaned(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut rest = text.trim_matches([' ', '\r', '\n', '\t']);
    // The symbology by ISO/IEC 15424: ]d2 of GS1 DataMatrix, ]C1, ]Q3, ]E0..
    if let Some(behind) = rest.strip_prefix(']').and_then(|behind| behind.get(2..)) {
        rest = behind;
    }
    // The sign that a GS1 code begins with.
    rest = rest.trim_start_matches([GS, '\u{e8}', '\u{241d}']);
    let bracketed = rest.strip_prefix("(01)").is_some_and(|behind| behind.get(..14).is_some_and(is_digits));
    if !bracketed && !WRITTEN.iter().any(|written| rest.contains(written)) {
        return (Cow::Borrowed(rest), Vec::new());
    }
    let (mut out, mut places, mut open) = (String::new(), Vec::new(), false);
    while let Some(first) = rest.chars().next() {
        if let Some(behind) = WRITTEN.iter().find_map(|written| rest.strip_prefix(written)) {
            out.push(GS);
            places.push(out.len());
            rest = behind;
            continue;
        }
        // Identifiers in brackets, as people print them.
        let inside = rest.strip_prefix('(').filter(|_| bracketed).and_then(|behind| behind.split_once(')'));
        let known = inside.filter(|(ai, _)| ai_of(ai).is_some_and(|(row, rest)| rest.is_empty() && row.digits > 0));
        if let Some((ai, behind)) = known {
            if open && !out.ends_with(GS) {
                out.push(GS);
                places.push(out.len());
            }
            open = ai_of(ai).is_some_and(|(row, _)| row.separated);
            out.push_str(ai);
            rest = behind;
            continue;
        }
        out.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    (Cow::Owned(out), places)
}

/// The kind of a code, and where in it product number and serial stand.
#[inline(never)]
fn recognised(code: &str) -> Option<(MarkKind, Range<usize>, Range<usize>)> {
    let digits = is_digits(code);
    match code.len() {
        8 if digits => return Some((MarkKind::Ean8, 0..8, 0..0)),
        13 if digits => return Some((MarkKind::Ean13, 0..13, 0..0)),
        14 if digits => return Some((MarkKind::Itf14, 0..14, 0..0)),
        20 if is_fur(code) => return Some((MarkKind::Fur, 0..0, 0..20)),
        68 if is_capitals(code) => return Some((MarkKind::Egais2, 0..0, 8..31)),
        150 if is_capitals(code) => return Some((MarkKind::Egais3, 0..0, 0..14)),
        _ => {}
    }
    let short = code.get(..14).filter(|gtin| is_digits(gtin));
    let gs1 = code.get(2..16).filter(|gtin| code.starts_with("01") && is_digits(gtin));
    let is_short = match (code.len(), short) {
        // A serial may begin with any two digits: where both could be, the check digits tell.
        (29, Some(gtin)) if !code.contains(GS) => gs1.is_none() || agrees(gtin) && code.get(16..18) != Some("21"),
        // Without its check code, and without its price.
        (25 | 21, Some(gtin)) => gs1.is_none() && agrees(gtin),
        _ => false,
    };
    match (is_short, gs1) {
        (true, _) => Some((MarkKind::Short, 0..14, 14..21)),
        (false, Some(_)) => Some((MarkKind::Gs1, 2..16, 0..0)),
        (false, None) => None,
    }
}

/// `CC-DDDDDD-CCCCCCCCCC`.
fn is_fur(code: &str) -> bool {
    let mut parts = code.split('-');
    let mut part =
        |length: usize, is: fn(&str) -> bool| parts.next().is_some_and(|part| part.len() == length && is(part));
    part(2, is_capitals) && part(6, is_digits) && part(10, is_capitals) && parts.next().is_none()
}

/// The ways to read a segment, what stands between two separators, as fields of known lengths.
#[derive(Default)]
struct Splits {
    /// The one in which no separator is missing.
    whole: Option<Vec<Element>>,
    /// The first of those in which one is, and how many there are of them.
    first: Vec<Element>,
    parted: usize,
}

impl Splits {
    /// Goes on at a place. Loosely, serials have any length, and so has what stands last.
    fn search(&mut self, segment: &str, at: usize, loose: bool, so_far: &mut Vec<Element>) {
        let Some(rest) = segment.get(at..) else { return };
        let Some((row, value)) = ai_of(rest) else { return };
        let number = at..segment.len() - value.len();
        // Where a separator is missing, only what marked goods have goes on: any two digits are some identifier.
        let before = so_far.last().and_then(|(ai, _)| segment.get(ai.start..)).and_then(ai_of);
        let is_missing = before.is_some_and(|(row, _)| row.separated);
        if is_missing && !matches!(row.begins, "31" | "33" | "8005" | "91" | "92" | "93") {
            return;
        }
        // Every identifier stands once, which also keeps the search short.
        let twice = so_far.iter().any(|(other, _)| segment.get(other.clone()) == segment.get(number.clone()));
        if twice || self.parted > 1 {
            return;
        }
        let whole = value.len();
        let mut take = |length: usize| {
            let Some((value, _)) = value.split_at_checked(length).filter(|(value, _)| !value.is_empty()) else {
                return;
            };
            if row.is_number() && !is_digits(value) {
                return;
            }
            so_far.push((number.clone(), number.end..number.end + length));
            if length == whole {
                let mut ends = so_far.iter().rev().skip(1).filter_map(|(ai, _)| ai_of(segment.get(ai.start..)?));
                if !ends.any(|(row, _)| row.separated) {
                    self.whole = Some(so_far.clone());
                } else {
                    if self.parted == 0 {
                        self.first.clone_from(so_far);
                    }
                    self.parted += 1;
                }
            } else {
                self.search(segment, number.end + length, loose, so_far);
            }
            so_far.pop();
        };
        if row.fixed {
            take(row.most.into());
        } else if loose && row.begins == "21" {
            (1..=usize::from(row.most)).for_each(take);
        } else if row.known.is_empty() || loose && row.begins == "92" {
            if whole <= row.most.into() {
                take(whole);
            }
        } else {
            row.known.iter().for_each(|length| take((*length).into()));
        }
    }
}

/// A segment as its separators alone part it: fields of fixed length, and what follows to its end.
#[inline(never)]
fn plain(segment: &str) -> Vec<Element> {
    let (mut elements, mut at) = (Vec::new(), 0);
    while let Some((row, value)) = segment.get(at..).and_then(ai_of) {
        let from = segment.len() - value.len();
        let length = if row.fixed { row.most.into() } else { value.len() };
        let Some((inside, _)) = value.split_at_checked(length).filter(|(inside, _)| !inside.is_empty()) else { break };
        if row.is_number() && !is_digits(inside) {
            break;
        }
        elements.push((at..from, from..from + length));
        at = from + length;
    }
    elements
}

/// Makes of every item's code what registers and providers want: no prefix of the scanner's, separators in their places
/// again where those are certain. What is no known code stays as it is.
pub(crate) fn whole_codes(draft: &mut Draft<'_>) {
    for mark in draft.items.iter_mut().flatten().filter_map(|item| item.mark.as_mut()) {
        if let Some(code) = &mut mark.code {
            let whole = Code::of(code).raw.into_owned();
            if *code != whole {
                *code = Cow::Owned(whole);
            }
        }
    }
}

/// What a scan says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedMark {
    /// What kind of code it is.
    pub kind: MarkKind,
    /// The product's number: 14 digits, of EAN-13 13, of EAN-8 8.
    pub gtin: Option<String>,
    /// The number of the single thing; of a fur and of alcohol, what stands of the code in tag 1163.
    pub serial: Option<String>,
    /// The fields of a GS1 code: application identifier and value, in their order.
    pub ai: Vec<(String, String)>,
    /// What is odd about it.
    pub issues: Vec<Issue>,
    /// The code as registers want it (tag 2000, CloudKassir's RawMarkCode): without the scanner's prefix, with the group
    /// separators that were lost where their places are certain.
    pub raw: String,
    /// Tag 1162 (FFD 1.05 and 1.1) in hex.
    pub tag_1162_hex: String,
    /// What stands in tag 1163 (FFD 1.2): a tag, 1300..1309, and its value.
    pub tag_1163: (u16, String),
}

/// Takes a marking code apart: the scan as it came, with or without the scanner's prefix (`]d2`). Any text is answered;
/// what is not right about it stands in `issues`.
///
/// ```
/// use chek54::{MarkKind, parse_mark};
///
/// let mark = parse_mark("]d2010460043993125621JgXJ5.T\u{1d}93dGVz");
/// assert_eq!((mark.kind, mark.gtin.as_deref(), mark.serial.as_deref()),
///     (MarkKind::Gs1m, Some("04600439931256"), Some("JgXJ5.T")));
/// assert!(mark.issues.is_empty());
/// // A scanner that swallows separators: milk has six characters of serial and four of check code.
/// let lost = parse_mark("010460043993125621JgXJ5.93dGVz");
/// assert_eq!(lost.raw, "010460043993125621JgXJ5.\u{1d}93dGVz");
/// assert_eq!(lost.issues[0].code.name(), "mark_separator");
/// ```
pub fn parse_mark(text: &str) -> ParsedMark {
    let code = Code::of(text);
    let mut findings = Findings::default();
    code.tell(&Trail::ROOT, &mut findings);
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ParsedMark {
        kind: code.kind,
        gtin: some(code.gtin()),
        serial: some(code.serial()),
        ai: code.elements().map(|(ai, value)| (ai.to_owned(), value.to_owned())).collect(),
        issues: findings.all(),
        raw: code.raw.to_string(),
        tag_1162_hex: hex(&code.bytes()),
        tag_1163: (code.kind.tag(), code.identification()),
    }
}
