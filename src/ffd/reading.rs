//! From the tags of a document to a receipt: tolerant, with what the model has no place for kept.

use super::document::{self, of_draft};
use super::tags::{self, form_of};
use super::tlv::{self, TlvError, TlvFault};
use super::tree::{TagNode, TagValue, fiscal_sign, quantity_of};
use super::way::way;
use crate::bytes;
use crate::check;
use crate::date;
use crate::draft::excerpt;
use crate::issue::{Findings, IssueCode, Severity, Step, Trail};
use crate::json::Json;
use crate::message::Lang;
use crate::money::Money;
use crate::options::{CheckOptions, Mode};
use crate::provider::map::is_new;
use crate::provider::map::reach;
use crate::provider::{Decoded, Envelope};
use crate::receipt::{Draft, ItemDraft, Receipt};
use crate::record::{FieldKind, Form, OwnRecord, Record, Slot, View, bit};
use crate::vocab::{Ffd, Spelling, Term, Vat};
use std::borrow::Cow;

/// The most bytes that are read as a document: what one tag can hold, with its number and length. The format allows half.
const MAX_BYTES: usize = u16::MAX as usize + 4;

/// Reads the bytes of a fiscal document, or of the tags within: the receipt in mode "read", and in `extra` every tag
/// that the receipt would not become again. `ffd` is the version where the document does not say it (tag 1209).
pub fn decode(bytes: &[u8], ffd: Option<Ffd>) -> Decoded {
    let (mut nodes, mut findings) = (Vec::new(), Findings::default());
    let read = if bytes.len() > MAX_BYTES {
        Err(TlvError::new(0, TlvFault::TooLarge))
    } else {
        tlv::read(bytes, 0, 0, &mut nodes)
    };
    if let Err(error) = read {
        let root = Trail::ROOT;
        match error.fault {
            TlvFault::Depth => {
                findings.add(IssueCode::TooDeep, &root, error.tag).with("max", tlv::MAX_DEPTH.to_string())
            }
            TlvFault::TooLarge => findings.add(IssueCode::TooLarge, &root, 0).with("max", MAX_BYTES.to_string()),
            fault => {
                let issue = findings.add(IssueCode::InvalidTlv, &root, error.tag);
                if let TlvFault::Length { said, left } = fault {
                    issue.with("said", said.to_string()).with("left", left.to_string());
                }
                issue.with("offset", error.offset.unwrap_or_default().to_string())
            }
        };
    }
    of_nodes(&nodes, ffd, findings)
}

/// The same of bytes as text, in hex or base64.
pub(crate) fn decode_text(text: &str, ffd: Option<Ffd>) -> Decoded {
    match bytes::of_text(text) {
        Some(bytes) => decode(&bytes, ffd),
        None => {
            let mut findings = Findings::default();
            let issue = findings.add(IssueCode::InvalidFormat, &Trail::ROOT, 0);
            issue.with("field", "tlv").with("value", format!("\"{}\"", excerpt(text))).with("expected", "hex, base64");
            of_nodes(&[], ffd, findings)
        }
    }
}

fn of_nodes(nodes: &[TagNode], ffd: Option<Ffd>, mut findings: Findings) -> Decoded {
    let (mut decoded, root) = (Decoded::default(), Trail::ROOT);
    let options = CheckOptions { mode: Mode::Read, ..CheckOptions::default() };
    let mut draft = Draft::default();
    // Either the document as a whole, or what stands in it.
    let place = root.index(0);
    let (form, nodes, at) = match nodes {
        [TagNode { tag: form @ (3 | 4 | 31 | 41), value: TagValue::Nested(inner) }] => {
            (*form, &**inner, &place.key("children"))
        }
        nodes => (3, nodes, &root),
    };
    record(nodes, &mut draft);
    let mut envelope = Vec::new();
    finish(&mut draft, form, nodes, ffd, &mut envelope);
    let mut reading = Reading { findings: &mut findings, extra: Vec::new() };
    reading.compare(nodes, &of_draft(&draft), at);
    decoded.extra = reading.extra;
    if draft.items.is_some() || draft.correction.is_some() {
        check::rules(&draft, &options, &mut findings);
    }
    findings.forgive(&["fiscal", "operation", "correction"]);
    decoded.receipts.push((draft, envelope));
    decoded.issues = findings.settle(Receipt::SHAPE, &|_| None, options.max_issues).0;
    decoded
}

struct Reading<'f> {
    findings: &'f mut Findings,
    extra: Vec<(Vec<Step>, Json<'static>)>,
}

impl Reading<'_> {
    /// Keeps what the receipt would not become again: unknown tags, tags that the model has no place for, values that
    /// it cannot hold, and sums that the register worked out otherwise.
    fn compare(&mut self, nodes: &[TagNode], again: &[TagNode], at: &Trail<'_>) {
        // Of one number the first is compared with the first; documents are in order mostly, so it is near.
        let mut left: Vec<&TagNode> = again.iter().collect();
        for (index, node) in nodes.iter().enumerate() {
            let twin = left.iter().position(|twin| twin.tag == node.tag).map(|at| left.remove(at));
            let here = at.index(index);
            match (&node.value, twin.map(|twin| &twin.value)) {
                (one, Some(other)) if same(node.tag, one, other) => {}
                (TagValue::Nested(inner), Some(TagValue::Nested(again))) => {
                    self.compare(inner, again, &here.key("children"));
                }
                // No sum is a sum of zero.
                (TagValue::Number(0), None) if form_of(node.tag).is_some_and(tags::Form::is_money) => {}
                _ => {
                    if form_of(node.tag).is_none() {
                        let issue = self.findings.add(IssueCode::UnknownField, &here, node.tag);
                        issue.severity(Severity::Warning).with("field", node.tag.to_string());
                    }
                    let mut text = String::new();
                    node.write(Lang::default(), &mut text);
                    self.extra.push((here.steps(), Json::parse(&text).map_or(Json::Null, Json::into_owned)));
                }
            }
        }
    }
}

fn same(tag: u16, one: &TagValue, other: &TagValue) -> bool {
    match (one, other) {
        // Zeros behind the point of a quantity say nothing.
        (TagValue::Decimal(digits, point), TagValue::Decimal(again, of)) => {
            quantity_of(*digits, *point).is_some_and(|one| quantity_of(*again, *of) == Some(one))
        }
        // What stands before the sign is the fiscal storage's own.
        (TagValue::Bytes(one), TagValue::Bytes(other)) if tag == 1077 => {
            fiscal_sign(tag, one).is_some_and(|one| fiscal_sign(tag, other) == Some(one))
        }
        (TagValue::Nested(_), _) => false,
        (one, other) => one == other,
    }
}

/// Reads tags into the record of what they stand in.
fn record(nodes: &[TagNode], record: &mut dyn Record<'static>) {
    let shape = record.shape();
    for node in nodes {
        let nested = matches!(node.value, TagValue::Nested(_));
        match (node.tag, shape.name) {
            // E-mail and phone have one tag.
            (1008, "Receipt") => {
                let TagValue::Text(text) = &node.value else { continue };
                let path = if text.contains('@') { "customer.email" } else { "customer.phone" };
                reach(record, path, &Trail::ROOT, &mut |slot, _, _| text_into(slot, text.clone()));
            }
            // One of the forms of product codes is in it.
            (1163, "Item") => {
                if let Some(TagValue::Text(code)) = node.children().first().map(|inner| &inner.value) {
                    reach(record, "mark.code", &Trail::ROOT, &mut |slot, _, _| text_into(slot, code.clone()));
                }
            }
            (1234, "Receipt") => {
                for each in node.children().iter().filter(|each| each.tag == 1235) {
                    reach(record, "cashless", &Trail::ROOT, &mut |slot, _, _| nested_into(slot, each.children()));
                }
            }
            _ => {
                let Some(way) = way(shape, node.tag, nested) else { continue };
                let (kind, form) = (way.field.kind, way.field.rule.form);
                way.reach(record, &mut |slot| match &node.value {
                    TagValue::Nested(inner) => nested_into(slot, inner),
                    value => value_into(slot, node.tag, kind, form, value),
                });
            }
        }
    }
}

fn text_into(slot: Slot<'_, 'static>, text: String) {
    if let Slot::Text(hole) = slot {
        *hole = Some(Cow::Owned(text));
    }
}

fn nested_into(slot: Slot<'_, 'static>, nodes: &[TagNode]) {
    match slot {
        Slot::Record(hole) => record(nodes, hole.fill()),
        Slot::Records(hole) => record(nodes, hole.push()),
        _ => {}
    }
}

fn value_into(slot: Slot<'_, 'static>, tag: u16, kind: FieldKind, form: Form, value: &TagValue) {
    match (slot, value) {
        (Slot::Text(hole), value) => *hole = text_of(tag, form, value).map(Cow::Owned),
        (Slot::Texts(hole), TagValue::Text(text)) => hole.get_or_insert_default().push(Cow::Owned(text.clone())),
        (Slot::Money(hole), TagValue::Number(value)) => *hole = money_of(*value),
        (Slot::Quantity(hole), TagValue::Decimal(digits, point)) => *hole = quantity_of(*digits, *point),
        (Slot::Bool(hole), TagValue::Number(value @ (0 | 1))) => *hole = Some(*value == 1),
        (Slot::Int(hole), TagValue::Number(value)) => *hole = Some(*value),
        (Slot::Term(hole), TagValue::Number(value)) => {
            let FieldKind::Term(list) = kind else { return };
            if let Some(row) = i64::try_from(*value).ok().and_then(|code| list.by_code(Spelling::Number(code))) {
                hole.set(row);
            }
        }
        _ => {}
    }
}

fn money_of(kopecks: u64) -> Option<Money> {
    let kopecks = i64::try_from(kopecks).ok()?;
    Some(Money::from_kopecks(kopecks)).filter(|money| money.kopecks() == kopecks)
}

/// A value as the model's texts have it.
fn text_of(tag: u16, form: Form, value: &TagValue) -> Option<String> {
    match value {
        TagValue::Text(text) => Some(match form {
            Form::Date | Form::DocumentDate => date::dotted(text).map_or_else(|| text.clone(), |day| day.to_string()),
            _ => text.clone(),
        }),
        TagValue::Number(value) => Some(match form {
            Form::Date => date::of_seconds((*value).try_into().ok()?)?,
            Form::Day => date::of_seconds((*value).try_into().ok()?)?.get(..10)?.to_owned(),
            _ => value.to_string(),
        }),
        TagValue::Bytes(bytes) => Some(fiscal_sign(tag, bytes).unwrap_or_else(|| bytes::hex(bytes))),
        TagValue::Decimal(..) | TagValue::Nested(_) => None,
    }
}

/// Says what the tags leave unsaid.
fn finish(draft: &mut Draft<'static>, form: u16, nodes: &[TagNode], ffd: Option<Ffd>, envelope: &mut Envelope) {
    if matches!(form, 4 | 41) {
        draft.bso = Some(true);
        draft.give("bso");
    }
    if draft.items.is_some() || draft.correction.is_some() {
        let said = draft.ffd.or(ffd);
        draft.ffd = Some(said.unwrap_or_else(|| if is_new(draft) { Ffd::V1_2 } else { Ffd::V1_05 }));
        draft.give("ffd");
    }
    // Every sum of payment is in a document; those of zero were not paid.
    if let Some(payments) = draft.payments.as_deref_mut() {
        for at in 0..payments.shape().fields.len() {
            if let View::Money(Money::ZERO) = payments.view(at) {
                payments.slot(at).clear();
                payments.given &= !(1 << at);
            }
        }
        if payments.given == 0 {
            draft.payments = None;
            draft.given &= !bit(Receipt::SHAPE, "payments");
        }
    }
    // A total alone makes nothing fiscal.
    let is_fiscal = |fiscal: &crate::receipt::FiscalDraft<'_>| {
        fiscal.fn_.is_some() || fiscal.fd.is_some() || fiscal.fp.is_some() || fiscal.date_time.is_some()
    };
    if let Some(fiscal) = draft.fiscal.take_if(|fiscal| !is_fiscal(fiscal)) {
        draft.given &= !bit(Receipt::SHAPE, "fiscal");
        let worked_out = draft.items_total().or(draft.payments.as_ref().and_then(|payments| payments.total()));
        if let Some(total) = fiscal.total.filter(|total| worked_out != Some(*total)) {
            envelope.push(("total", Json::String(total.to_string().into())));
        }
    }
    // The codes of 18% went to 20% with 2019.
    let old = draft.fiscal.as_ref().and_then(|fiscal| fiscal.date_time.as_deref()).is_some_and(|day| day < "2019");
    for item in draft.items.iter_mut().flatten().filter(|_| old) {
        older(item);
    }
    let itemless = draft.items.as_ref().is_none_or(Vec::is_empty);
    if let Some(correction) = draft.correction.as_deref_mut().filter(|_| itemless) {
        correction.vat = only_rate(nodes);
        if correction.vat.is_some() {
            correction.give("vat");
        }
    }
}

fn older(item: &mut ItemDraft<'_>) {
    item.vat = item.vat.map(|vat| match vat {
        Vat::Vat20 => Vat::Vat18,
        Vat::Vat120 => Vat::Vat118,
        vat => vat,
    });
}

/// The rate of a correction that has one for its total: that whose sum is there.
fn only_rate(nodes: &[TagNode]) -> Option<Vat> {
    let mut code = None;
    for node in nodes {
        let found = match (node.tag, &node.value) {
            (1104, TagValue::Number(0)) => continue,
            (1102..=1107, _) => document::RATES[usize::from(node.tag - 1102)],
            (1115, TagValue::Nested(each)) => match each.first()?.children().first()?.value {
                TagValue::Number(code) if each.len() == 1 => code,
                _ => return None,
            },
            _ => continue,
        };
        if code.replace(found).is_some() {
            return None;
        }
    }
    Vat::from_code(u16::try_from(code?).ok()?)
}
