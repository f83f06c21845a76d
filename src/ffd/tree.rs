//! Tags of a document as a tree, and what people read in them.

use super::tags::{Form, TagKind, form_of, tag};
use super::tlv::{self, TlvError, TlvFault};
use crate::bytes;
use crate::date;
use crate::json::{Json, add, write_string};
use crate::message::Lang;
use crate::money::{Money, Quantity};
use crate::vocab::{self, Row, Spelling, Wire};

/// A tag with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagNode {
    /// The number of the tag.
    pub tag: u16,
    /// What it holds.
    pub value: TagValue,
}

/// What a tag holds, as the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagValue {
    /// Kopecks, codes, bits, numbers, seconds.
    Number(u64),
    /// An integer and how many of its digits stand behind the point.
    Decimal(u64, u8),
    /// A text, without what pads it.
    Text(String),
    /// Bytes of a tag that holds bytes, of one that is unknown, or of one that they do not fit.
    Bytes(Vec<u8>),
    /// Tags within.
    Nested(Vec<TagNode>),
}

impl TagNode {
    /// A tag with its value.
    pub const fn new(tag: u16, value: TagValue) -> Self {
        Self { tag, value }
    }

    /// A tag that holds a number.
    pub const fn number(tag: u16, value: u64) -> Self {
        Self::new(tag, TagValue::Number(value))
    }

    /// What stands in it; nothing where it holds a value of its own.
    pub fn children(&self) -> &[Self] {
        if let TagValue::Nested(nodes) = &self.value { nodes } else { &[] }
    }

    /// Its name; of an unknown tag its number.
    pub fn name(&self, lang: Lang) -> String {
        match (tag(self.tag), lang) {
            (Some(info), lang) => info.name(lang).to_owned(),
            (None, Lang::Ru) => format!("Тег {}", self.tag),
            (None, Lang::En) => format!("Tag {}", self.tag),
        }
    }

    /// What it says, for people: roubles, the words of a code, a date. Nothing for what only holds tags.
    pub fn text(&self, lang: Lang) -> String {
        match &self.value {
            TagValue::Number(value) => match form_of(self.tag) {
                Some(form) => number_text(self.tag, form, *value, lang),
                None => value.to_string(),
            },
            TagValue::Decimal(digits, point) => decimal(*digits, *point),
            TagValue::Text(text) => match listed(self.tag, Spelling::Text(text)) {
                Some(row) => wording(row, lang).to_owned(),
                None => text.clone(),
            },
            TagValue::Bytes(bytes) => match fiscal_sign(self.tag, bytes) {
                Some(sign) => sign,
                None => bytes::hex(bytes),
            },
            TagValue::Nested(_) => String::new(),
        }
    }

    /// As callers get it: `{ tag, name, value, text, children? }`. As text: of a document JavaScript makes values faster
    /// than one call a value would, and the code is a third.
    pub(crate) fn write(&self, lang: Lang, out: &mut String) {
        add(out, "{\"tag\":");
        add(out, &self.tag.to_string());
        add(out, ",\"name\":");
        write_string(out, &self.name(lang));
        add(out, ",\"value\":");
        match &self.value {
            TagValue::Number(value) => write_number(out, value.to_string()),
            TagValue::Decimal(digits, point) => write_number(out, decimal(*digits, *point)),
            TagValue::Text(text) => write_string(out, text),
            TagValue::Bytes(bytes) => {
                let fits = form_of(self.tag).is_none_or(|form| form.kind == TagKind::Bytes);
                add(out, if fits { "\"" } else { "\"0x" });
                add(out, &bytes::hex(bytes));
                out.push('"');
            }
            TagValue::Nested(_) => out.push_str("null"),
        }
        add(out, ",\"text\":");
        write_string(out, &self.text(lang));
        if let TagValue::Nested(nodes) = &self.value {
            add(out, ",\"children\":");
            write_all(nodes, lang, out);
        }
        out.push('}');
    }

    /// From what callers give: the tag, and its value or children; name and text say nothing.
    pub(crate) fn of_json(json: &Json<'_>) -> Result<Self, TlvError> {
        let number = match json.get("tag") {
            Some(Json::Number(text)) => digits_of(text).and_then(|tag| u16::try_from(tag).ok()),
            _ => None,
        };
        let Some(number) = number else { return Err(TlvError::new(0, TlvFault::Tag)) };
        let value = match json.get("children") {
            Some(Json::Array(children)) => Some(TagValue::Nested(Self::list_of_json(children)?)),
            _ => json.get("value").and_then(|value| value_of(number, value)),
        };
        match value {
            Some(value) => Ok(Self::new(number, value)),
            None => Err(TlvError::new(number, TlvFault::Value)),
        }
    }

    /// A list of them.
    pub(crate) fn list_of_json(list: &[Json<'_>]) -> Result<Vec<Self>, TlvError> {
        let mut nodes = Vec::new();
        for json in list {
            nodes.push(Self::of_json(json)?);
        }
        Ok(nodes)
    }
}

/// A list of tags.
pub(crate) fn write_all(nodes: &[TagNode], lang: Lang, out: &mut String) {
    out.push('[');
    for (at, node) in nodes.iter().enumerate() {
        add(out, if at == 0 { "" } else { "," });
        node.write(lang, out);
    }
    out.push(']');
}

/// A number; where JavaScript would make another one of it, its text.
fn write_number(out: &mut String, digits: String) {
    let quote = if digits.bytes().filter(u8::is_ascii_digit).count() > 15 { "\"" } else { "" };
    add(out, quote);
    add(out, &digits);
    add(out, quote);
}

fn value_of(number: u16, value: &Json<'_>) -> Option<TagValue> {
    let kind = form_of(number).map_or(TagKind::Bytes, |form| form.kind);
    let text = match value {
        Json::Number(text) | Json::String(text) => &**text,
        Json::Bool(true) => "1",
        Json::Bool(false) => "0",
        _ => return None,
    };
    match kind {
        TagKind::Text => Some(TagValue::Text(text.to_owned())),
        _ if text.starts_with("0x") => bytes::of_hex(text.get(2..)?).map(TagValue::Bytes),
        // A fiscal sign may come as it is printed; what stands before it is the fiscal storage's own.
        TagKind::Bytes if number == 1077 && text.len() <= 10 => sign_bytes(text).map(TagValue::Bytes),
        TagKind::Bytes => bytes::of_hex(text).map(TagValue::Bytes),
        TagKind::Fvln => {
            let point = text.bytes().position(|byte| byte == b'.').unwrap_or(text.len());
            let part = text.get(point + 1..).unwrap_or_default();
            let behind = u8::try_from(part.len()).ok().filter(|behind| *behind <= tlv::MAX_POINT)?;
            digits_of(&[text.get(..point)?, part].concat()).map(|digits| TagValue::Decimal(digits, behind))
        }
        TagKind::Stlv => None,
        _ => digits_of(text).map(TagValue::Number),
    }
}

/// The number of some digits, and of nothing else.
pub(super) fn digits_of(text: &str) -> Option<u64> {
    let mut bytes = text.bytes();
    let digits =
        |number: u64, byte: u8| number.checked_mul(10)?.checked_add(byte.checked_sub(b'0').filter(|d| *d < 10)?.into());
    if text.is_empty() { None } else { bytes.try_fold(0, digits) }
}

/// Tag 1077 of a fiscal sign as it is printed: two bytes that only the fiscal storage knows, and the sign, big endian.
pub(super) fn sign_bytes(digits: &str) -> Option<Vec<u8>> {
    let sign = u32::try_from(digits_of(digits)?).ok()?;
    Some([&[0, 0], &sign.to_be_bytes()[..]].concat())
}

/// The fiscal sign as it is printed: ten digits.
pub(super) fn fiscal_sign(tag: u16, bytes: &[u8]) -> Option<String> {
    match bytes {
        [_, _, sign @ ..] if tag == 1077 => {
            let sign = u32::from_be_bytes(sign.try_into().ok()?).to_string();
            Some(["0000000000".get(sign.len()..)?, &sign].concat())
        }
        _ => None,
    }
}

fn number_text(tag: u16, form: Form, value: u64, lang: Lang) -> String {
    let words = |yes: &str, no: &str| if value == 0 { no.to_owned() } else { yes.to_owned() };
    match form.kind {
        TagKind::Vln if form.is_money() => decimal(value, 2),
        TagKind::Bool => match lang {
            Lang::Ru => words("да", "нет"),
            Lang::En => words("yes", "no"),
        },
        TagKind::UnixTime => match value.try_into().ok().and_then(date::of_seconds) {
            // Days stand as their midnight.
            Some(clock) => match clock.split_once('T') {
                Some((day, _)) if matches!(tag, 1098 | 1178) => day.to_owned(),
                _ => clock.replace('T', " "),
            },
            None => value.to_string(),
        },
        TagKind::Bits => {
            let mut text = String::new();
            for bit in (0..32).map(|place| 1 << place).filter(|bit| value & bit != 0) {
                let Some(row) = listed(tag, Spelling::Number(bit as i64)) else { return value.to_string() };
                text.push_str(if text.is_empty() { "" } else { ", " });
                text.push_str(wording(row, lang));
            }
            if text.is_empty() { value.to_string() } else { text }
        }
        _ => match i64::try_from(value).ok().and_then(|code| listed(tag, Spelling::Number(code))) {
            Some(row) => wording(row, lang).to_owned(),
            None => value.to_string(),
        },
    }
}

/// The row of a code in the list that a tag's values are of.
fn listed(tag: u16, code: Spelling<'_>) -> Option<&'static Row> {
    // Lists that several tags take their values from.
    let of = match tag {
        1062 => 1055,
        1189 | 1190 => 1209,
        1222 => 1057,
        2110 => 2003,
        tag => tag,
    };
    let list =
        vocab::lists().iter().find(|list| list.tag == of && list.rows.iter().any(|row| row.code != Wire::Unknown))?;
    list.by_code(code).map(|row| &list.rows[row])
}

const fn wording(row: &Row, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => row.ru,
        Lang::En => row.en,
    }
}

/// Digits with a point among them.
fn decimal(digits: u64, point: u8) -> String {
    let point = usize::from(point);
    let mut text = digits.to_string();
    while text.len() <= point {
        text.insert(0, '0');
    }
    if point > 0 {
        text.insert(text.len() - point, '.');
    }
    text
}

/// The value of a sum of money; none below zero.
pub(super) fn kopecks(money: Money) -> Option<TagValue> {
    u64::try_from(money.kopecks()).ok().map(TagValue::Number)
}

/// A quantity without zeros behind.
pub(super) fn decimal_of(quantity: Quantity) -> Option<TagValue> {
    let (mut digits, mut point) = (u64::try_from(quantity.millionths()).ok()?, 6);
    while point > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        point -= 1;
    }
    Some(TagValue::Decimal(digits, point))
}

/// A quantity of at most six decimals.
pub(super) fn quantity_of(mut digits: u64, mut point: u8) -> Option<Quantity> {
    while point > 6 && digits.is_multiple_of(10) {
        digits /= 10;
        point -= 1;
    }
    let millionths = digits.checked_mul(10_u64.checked_pow(6_u32.checked_sub(point.into())?)?)?;
    let quantity = Quantity::from_millionths(i64::try_from(millionths).ok()?);
    (quantity.millionths().unsigned_abs() == millionths).then_some(quantity)
}
