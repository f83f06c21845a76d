//! Tags of a document as a tree, and what people read in them.

use super::tags::{TagInfo, TagKind, tag};
use super::tlv::{self, TlvError, TlvFault};
use crate::date;
use crate::json::Json;
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
        let info = tag(self.tag);
        match &self.value {
            TagValue::Number(value) => match info {
                Some(info) => number_text(info, *value, lang),
                None => value.to_string(),
            },
            TagValue::Decimal(digits, point) => decimal(*digits, *point),
            TagValue::Text(text) => match listed(self.tag, Spelling::Text(text)) {
                Some(row) => wording(row, lang).to_owned(),
                None => text.clone(),
            },
            TagValue::Bytes(bytes) => match fiscal_sign(self.tag, bytes) {
                Some(sign) => sign,
                None => tlv::hex(bytes),
            },
            TagValue::Nested(_) => String::new(),
        }
    }

    /// As callers get it: `{ tag, name, value, text, children? }`.
    pub(crate) fn json(&self, lang: Lang) -> Json<'static> {
        let string = |text: String| Json::String(text.into());
        let mut members = vec![
            ("tag".into(), Json::Number(self.tag.to_string().into())),
            ("name".into(), string(self.name(lang))),
            ("value".into(), self.value_json()),
            ("text".into(), string(self.text(lang))),
        ];
        if let TagValue::Nested(nodes) = &self.value {
            members.push(("children".into(), Json::Array(nodes.iter().map(|node| node.json(lang)).collect())));
        }
        Json::Object(members)
    }

    fn value_json(&self) -> Json<'static> {
        match &self.value {
            TagValue::Number(value) => Json::Number(value.to_string().into()),
            TagValue::Decimal(digits, point) => Json::Number(decimal(*digits, *point).into()),
            TagValue::Text(text) => Json::String(text.clone().into()),
            TagValue::Bytes(bytes) => {
                let fits = tag(self.tag).is_none_or(|info| info.kind == TagKind::Bytes);
                Json::String([if fits { "" } else { "0x" }, &tlv::hex(bytes)].concat().into())
            }
            TagValue::Nested(_) => Json::Null,
        }
    }

    /// From what callers give: the tag, and its value or children; name and text say nothing.
    pub(crate) fn of_json(json: &Json<'_>) -> Result<Self, TlvError> {
        let number = match json.get("tag") {
            Some(Json::Number(text)) => text.parse().ok(),
            _ => None,
        };
        let Some(number) = number else { return Err(TlvError::new(0, TlvFault::Tag)) };
        let children = match json.get("children") {
            Some(Json::Array(children)) => Some(children),
            _ => None,
        };
        if let Some(children) = children {
            let nodes = children.iter().map(Self::of_json).collect::<Result<_, _>>()?;
            return Ok(Self::new(number, TagValue::Nested(nodes)));
        }
        let kind = tag(number).map_or(TagKind::Bytes, |info| info.kind);
        match json.get("value").and_then(|value| value_of(number, kind, value)) {
            Some(value) => Ok(Self::new(number, value)),
            None => Err(TlvError::new(number, TlvFault::Value)),
        }
    }
}

fn value_of(number: u16, kind: TagKind, value: &Json<'_>) -> Option<TagValue> {
    let text = match value {
        Json::Number(text) | Json::String(text) => &**text,
        Json::Bool(value) if kind == TagKind::Bool => return Some(TagValue::Number((*value).into())),
        _ => return None,
    };
    if let Some(hex) = text.strip_prefix("0x").filter(|_| kind != TagKind::Text) {
        return tlv::of_hex(hex).map(TagValue::Bytes);
    }
    match kind {
        TagKind::Text => Some(TagValue::Text(text.to_owned())),
        // A fiscal sign may come as it is printed; what stands before it is the fiscal storage's own.
        TagKind::Bytes if number == 1077 && text.len() <= 10 => Some(TagValue::Bytes(sign_bytes(text)?)),
        TagKind::Bytes => tlv::of_hex(text).map(TagValue::Bytes),
        TagKind::Fvln => {
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            let point = u8::try_from(part.len()).ok().filter(|point| *point <= tlv::MAX_POINT)?;
            digits_of(&[whole, part].concat()).map(|digits| TagValue::Decimal(digits, point))
        }
        TagKind::Stlv => None,
        _ => digits_of(text).map(TagValue::Number),
    }
}

/// The number of some digits, and of nothing else.
pub(super) fn digits_of(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
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

fn number_text(info: TagInfo, value: u64, lang: Lang) -> String {
    let words = |yes: &str, no: &str| if value == 0 { no.to_owned() } else { yes.to_owned() };
    match info.kind {
        TagKind::Vln if info.is_money() => decimal(value, 2),
        TagKind::Bool => match lang {
            Lang::Ru => words("да", "нет"),
            Lang::En => words("yes", "no"),
        },
        TagKind::UnixTime => match date::clock(value) {
            // Days stand as their midnight.
            Some(clock) if matches!(info.tag, 1098 | 1178) => clock[..10].to_owned(),
            Some(clock) => [&clock[..10], " ", &clock[11..]].concat(),
            None => value.to_string(),
        },
        TagKind::Bits => {
            let mut text = String::new();
            for bit in (0..32).map(|place| 1 << place).filter(|bit| value & bit != 0) {
                let Some(row) = listed(info.tag, Spelling::Number(bit as i64)) else { return value.to_string() };
                text.push_str(if text.is_empty() { "" } else { ", " });
                text.push_str(wording(row, lang));
            }
            if text.is_empty() { value.to_string() } else { text }
        }
        _ => match i64::try_from(value).ok().and_then(|code| listed(info.tag, Spelling::Number(code))) {
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
