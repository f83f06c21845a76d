//! Tags as bytes: number and length, two bytes each, little endian, and the value (order ЕД-7-20/662@, table 3).
//!
//! Writing is exact. Reading takes what registers really write: integers longer than they need be or empty, texts
//! padded with spaces or zeros; unknown tags stay bytes. Lengths that lie, deep nesting and noise are an error.

use super::tags::{Form, TagKind, form_of};
use super::tree::{TagNode, TagValue};
use crate::cp866;

/// The most bytes that are read: 1 MiB. A fiscal document has 32 KiB.
pub(super) const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting that is read; that of the format is four.
pub(super) const MAX_DEPTH: usize = 16;
/// The most digits behind the point of a FVLN.
pub(super) const MAX_POINT: u8 = 18;

/// Why tags cannot be bytes, or bytes tags.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("TLV: tag {tag}{}: {fault}", .offset.map(|at| format!(" at byte {at}")).unwrap_or_default())]
pub struct TlvError {
    /// The tag in question; 0 where there is none.
    pub tag: u16,
    /// Where it begins, when bytes are read.
    pub offset: Option<usize>,
    /// What is wrong with it.
    pub fault: TlvFault,
}

impl TlvError {
    pub(super) const fn new(tag: u16, fault: TlvFault) -> Self {
        Self { tag, offset: None, fault }
    }
}

/// What is wrong with a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlvFault {
    /// There are fewer bytes than it says.
    #[error("{said} bytes are said, {left} are left")]
    Length {
        /// How many it says.
        said: usize,
        /// How many there are.
        left: usize,
    },
    /// Nested deeper than is read.
    #[error("nested deeper than 16 levels")]
    Depth,
    /// More bytes than are read.
    #[error("more than 1048576 bytes")]
    TooLarge,
    /// Not a tag: its number is 0..65535.
    #[error("not a tag number")]
    Tag,
    /// A value that the tag's kind does not have.
    #[error("not a value of its kind")]
    Value,
    /// A character that CP866 does not have.
    #[error("CP866 has no {0:?}")]
    Character(char),
    /// More than the tag has room for.
    #[error("more than {0} bytes")]
    Room(usize),
}

/// The bytes of some tags, without what a register puts around a document.
pub fn encode_tlv(nodes: &[TagNode]) -> Result<Vec<u8>, TlvError> {
    let mut out = Vec::new();
    write(nodes, &mut out)?;
    Ok(out)
}

fn write(nodes: &[TagNode], out: &mut Vec<u8>) -> Result<(), TlvError> {
    for node in nodes {
        let start = out.len();
        out.extend_from_slice(&node.tag.to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        match &node.value {
            TagValue::Nested(inner) => write(inner, out)?,
            value => write_value(node.tag, value, out).map_err(|fault| TlvError::new(node.tag, fault))?,
        }
        let length = u16::try_from(out.len() - start - 4);
        let length = length.map_err(|_| TlvError::new(node.tag, TlvFault::Room(u16::MAX.into())))?;
        out[start + 2..start + 4].copy_from_slice(&length.to_le_bytes());
    }
    Ok(())
}

fn write_value(number: u16, value: &TagValue, out: &mut Vec<u8>) -> Result<(), TlvFault> {
    let form = form_of(number);
    let room = form.filter(|form| form.fixed).map(|form| usize::from(form.length));
    let start = out.len();
    match value {
        TagValue::Text(text) => {
            for character in text.chars() {
                out.push(cp866::byte(character).ok_or(TlvFault::Character(character))?);
            }
            if let Some(room) = room.filter(|room| out.len() - start < *room) {
                out.resize(start + room, b' ');
            }
        }
        TagValue::Bytes(bytes) => out.extend_from_slice(bytes),
        TagValue::Number(value) => match (room, form.map(|form| form.kind)) {
            (_, Some(TagKind::Fvln)) => decimal(*value, 0, out),
            (Some(room), _) => {
                let bytes = value.to_le_bytes();
                let (low, high) = bytes.split_at(room.min(8));
                if high.iter().any(|byte| *byte != 0) {
                    return Err(TlvFault::Room(room));
                }
                out.extend_from_slice(low);
            }
            (None, _) => integer(*value, out),
        },
        TagValue::Decimal(digits, point) => decimal(*digits, *point, out),
        TagValue::Nested(_) => {}
    }
    match room {
        Some(room) if out.len() - start > room && !matches!(value, TagValue::Bytes(_)) => Err(TlvFault::Room(room)),
        _ => Ok(()),
    }
}

/// As few bytes as hold it, one for zero.
fn integer(value: u64, out: &mut Vec<u8>) {
    let bytes = value.to_le_bytes();
    let length = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
    out.extend_from_slice(&bytes[..length]);
}

fn decimal(digits: u64, point: u8, out: &mut Vec<u8>) {
    out.push(point);
    integer(digits, out);
}

/// The tags of some bytes: all of a document, or of a part of it.
pub fn decode_tlv(bytes: &[u8]) -> Result<Vec<TagNode>, TlvError> {
    let mut nodes = Vec::new();
    read(bytes, 0, 0, &mut nodes)?;
    Ok(nodes)
}

/// Reads tags as far as there are any; `base` is where the bytes begin in the whole.
pub(super) fn read(bytes: &[u8], base: usize, depth: usize, nodes: &mut Vec<TagNode>) -> Result<(), TlvError> {
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (mut number, mut fault) = (0, TlvFault::Length { said: 4, left: rest.len() });
        if let [t0, t1, l0, l1, behind @ ..] = rest {
            number = u16::from_le_bytes([*t0, *t1]);
            let length = usize::from(u16::from_le_bytes([*l0, *l1]));
            fault = TlvFault::Length { said: length, left: behind.len() };
            let form = form_of(number);
            let nests = form.is_some_and(|form| form.kind == TagKind::Stlv);
            match behind.get(..length) {
                Some(_) if nests && depth == MAX_DEPTH => fault = TlvFault::Depth,
                Some(_) if base == 0 && bytes.len() > MAX_BYTES => fault = TlvFault::TooLarge,
                Some(value) => {
                    let mut inner = Vec::new();
                    let within = if nests { read(value, base + at + 4, depth + 1, &mut inner) } else { Ok(()) };
                    let value = if nests { Some(TagValue::Nested(inner)) } else { value_of(form, value) };
                    let value = value.unwrap_or_else(|| TagValue::Bytes(behind[..length].to_vec()));
                    nodes.push(TagNode::new(number, value));
                    within?;
                    at += 4 + length;
                    continue;
                }
                // Of what breaks off, what is there is read all the same.
                None if nests && depth < MAX_DEPTH => {
                    let mut inner = Vec::new();
                    let _ = read(behind, base + at + 4, depth + 1, &mut inner);
                    nodes.push(TagNode::new(number, TagValue::Nested(inner)));
                }
                None => {}
            }
        }
        return Err(TlvError { tag: number, offset: Some(base + at), fault });
    }
    Ok(())
}

/// The value of some bytes; none where they are not of the tag's kind.
fn value_of(form: Option<Form>, bytes: &[u8]) -> Option<TagValue> {
    Some(match form?.kind {
        TagKind::Bytes | TagKind::Stlv => return None,
        TagKind::Text => {
            let text: String = bytes.iter().map(|byte| cp866::character(*byte)).collect();
            TagValue::Text(text.trim_end_matches([' ', '\0']).to_owned())
        }
        TagKind::Fvln => match bytes {
            [] => TagValue::Decimal(0, 0),
            [point, digits @ ..] if *point <= MAX_POINT => TagValue::Decimal(number(digits)?, *point),
            _ => return None,
        },
        _ => TagValue::Number(number(bytes)?),
    })
}

/// An integer of any length whose value is of eight bytes.
fn number(bytes: &[u8]) -> Option<u64> {
    let (low, high) = bytes.split_at(bytes.len().min(8));
    let value = low.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    high.iter().all(|byte| *byte == 0).then_some(value)
}
