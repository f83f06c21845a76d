//! From the tags of a document to a receipt: tolerant, with what the model has no place for kept.

use super::document::{self, of_draft};
use super::tags::tag;
use super::tlv::{self, TlvFault, bytes_of};
use super::tree::{TagNode, TagValue, fiscal_sign, quantity_of};
use super::way::way;
use crate::check;
use crate::date;
use crate::draft::excerpt;
use crate::issue::{Findings, IssueCode, Severity, Step, Trail};
use crate::json::Json;
use crate::message::Lang;
use crate::money::Money;
use crate::options::{CheckOptions, Mode};
use crate::provider::{Decoded, Envelope, cloudkassir};
use crate::receipt::{Draft, ItemDraft, Receipt};
use crate::record::{FieldKind, Form, OwnRecord, Record, Slot};
use crate::vocab::{Ffd, Spelling, Vat};
use std::borrow::Cow;

/// Reads the bytes of a fiscal document, or of the tags within: the receipt in mode "read", and in `extra` every tag
/// that the receipt would not become again. `ffd` is the version where the document does not say it (tag 1209).
pub fn decode(bytes: &[u8], ffd: Option<Ffd>) -> Decoded {
    let (mut nodes, mut findings) = (Vec::new(), Findings::default());
    if let Err(error) = tlv::read(bytes, 0, 0, &mut nodes) {
        let root = Trail::ROOT;
        match error.fault {
            TlvFault::Depth => {
                findings.add(IssueCode::TooDeep, &root, error.tag).with("max", tlv::MAX_DEPTH.to_string())
            }
            TlvFault::TooLarge => findings.add(IssueCode::TooLarge, &root, 0).with("max", tlv::MAX_BYTES.to_string()),
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
    match bytes_of(text) {
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
    let mut decoded = Decoded::default();
    let options = CheckOptions { mode: Mode::Read, ..CheckOptions::default() };
    // Either the document as a whole, or what stands in it.
    let whole = |node: &TagNode| matches!(node.tag, 3 | 4 | 31 | 41);
    decoded.is_list = nodes.len() > 1 && nodes.iter().all(whole);
    let each: Vec<&[TagNode]> = match nodes {
        [] => Vec::new(),
        [one] if whole(one) => vec![nodes],
        nodes if decoded.is_list => nodes.iter().map(std::slice::from_ref).collect(),
        nodes => vec![nodes],
    };
    let root = Trail::ROOT;
    for (index, nodes) in each.into_iter().enumerate() {
        let place = root.index(index);
        let (mut own, children) = (Findings::default(), root.key("children"));
        let (form, inner, at) = match nodes {
            [one] if whole(one) => (one.tag, one.children(), &children),
            nodes => (0, nodes, &root),
        };
        let mut reading = Reading { findings: &mut own, extra: Vec::new(), envelope: Vec::new() };
        let draft = reading.receipt(form, inner, ffd, at);
        let Reading { extra, envelope, .. } = reading;
        if draft.items.is_some() || draft.correction.is_some() {
            check::rules(&draft, &options, &mut own);
        }
        own.forgive(&["fiscal", "operation", "correction"]);
        // A single document stands at place 0 of its list of one, as its tags know.
        let wrapped = decoded.is_list || form != 0;
        findings.append(own, if decoded.is_list { &place } else { &root });
        let above = if wrapped { place.steps() } else { Vec::new() };
        decoded.extra.extend(extra.into_iter().map(|(path, value)| ([above.clone(), path].concat(), value)));
        decoded.receipts.push((draft, envelope));
    }
    decoded.issues = findings.settle(Receipt::SHAPE, |_| None, options.max_issues).0;
    decoded
}

struct Reading<'f> {
    findings: &'f mut Findings,
    extra: Vec<(Vec<Step>, Json<'static>)>,
    envelope: Envelope,
}

impl Reading<'_> {
    fn receipt(&mut self, form: u16, nodes: &[TagNode], ffd: Option<Ffd>, at: &Trail<'_>) -> Draft<'static> {
        let mut draft = Draft::default();
        record(nodes, &mut draft);
        if matches!(form, 4 | 41) {
            draft.bso = Some(true);
            draft.give("bso");
        }
        if draft.items.is_some() || draft.correction.is_some() {
            let guess = || if cloudkassir::is_new(&draft) { Ffd::V1_2 } else { Ffd::V1_05 };
            draft.ffd = Some(draft.ffd.or(ffd).unwrap_or_else(guess));
            draft.give("ffd");
        }
        finish(&mut draft, nodes, &mut self.envelope);
        self.compare(nodes, &of_draft(&draft), at);
        draft
    }

    /// Keeps what the receipt would not become again: unknown tags, tags that the model has no place for, values that
    /// it cannot hold, and sums that the register worked out otherwise.
    fn compare(&mut self, nodes: &[TagNode], again: &[TagNode], at: &Trail<'_>) {
        let (one, mut other) = (in_order(nodes), in_order(again).into_iter().peekable());
        let mut twins = vec![None; nodes.len()];
        // Both are in the order of tags; those of one number are compared one by one.
        for (tag, index) in one {
            while other.next_if(|(number, _)| *number < tag).is_some() {}
            twins[index] = other.next_if(|(number, _)| *number == tag).and_then(|(_, place)| again.get(place));
        }
        for (index, (node, twin)) in nodes.iter().zip(twins).enumerate() {
            let here = at.index(index);
            match (&node.value, twin.map(|twin| &twin.value)) {
                (one, Some(other)) if same(node.tag, one, other) => {}
                (TagValue::Nested(inner), Some(TagValue::Nested(again))) => {
                    self.compare(inner, again, &here.key("children"));
                }
                // No sum is a sum of zero.
                (TagValue::Number(0), None) if tag(node.tag).is_some_and(|info| info.is_money()) => {}
                _ => {
                    if tag(node.tag).is_none() {
                        let issue = self.findings.add(IssueCode::UnknownField, &here, node.tag);
                        issue.severity(Severity::Warning).with("field", node.tag.to_string());
                    }
                    self.extra.push((here.steps(), node.json(Lang::En)));
                }
            }
        }
    }
}

/// The tags with their places, in the order of numbers.
fn in_order(nodes: &[TagNode]) -> Vec<(u16, usize)> {
    let places = nodes.iter().enumerate().map(|(at, node)| (node.tag, at));
    places.collect::<std::collections::BinaryHeap<_>>().into_sorted_vec()
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
                let name = if text.contains('@') { "email" } else { "phone" };
                into(record, &["customer", name], &mut |slot| text_into(slot, text.clone()));
            }
            // One of the forms of product codes is in it.
            (1163, "Item") => {
                if let Some(TagValue::Text(code)) = node.children().first().map(|inner| &inner.value) {
                    into(record, &["mark", "code"], &mut |slot| text_into(slot, code.clone()));
                }
            }
            (1234, "Receipt") => {
                for each in node.children().iter().filter(|each| each.tag == 1235) {
                    into(record, &["cashless"], &mut |slot| nested_into(slot, each.children()));
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

fn into(record: &mut dyn Record<'static>, path: &[&str], put: &mut dyn FnMut(Slot<'_, 'static>)) {
    let [name, rest @ ..] = path else { return };
    let Some(at) = record.shape().fields.iter().position(|field| field.name == *name) else { return };
    *record.given_mut() |= 1 << at;
    match record.slot(at) {
        slot if rest.is_empty() => put(slot),
        Slot::Record(hole) => into(hole.fill(), rest, put),
        _ => {}
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
            Form::Date => date::clock(*value)?,
            Form::Day => date::clock(*value)?[..10].to_owned(),
            _ => value.to_string(),
        }),
        TagValue::Bytes(bytes) => Some(fiscal_sign(tag, bytes).unwrap_or_else(|| tlv::hex(bytes))),
        TagValue::Decimal(..) | TagValue::Nested(_) => None,
    }
}

/// Says what the tags leave unsaid.
fn finish(draft: &mut Draft<'static>, nodes: &[TagNode], envelope: &mut Envelope) {
    // Every sum of payment is in a document; those of zero were not paid.
    if let Some(payments) = draft.payments.as_deref_mut() {
        for hole in [
            &mut payments.cash,
            &mut payments.electronic,
            &mut payments.prepaid,
            &mut payments.credit,
            &mut payments.provision,
        ] {
            hole.take_if(|sum| *sum == Money::ZERO);
        }
        payments.given = crate::record::present(payments);
        if payments.given == 0 {
            draft.payments = None;
            draft.given &= !crate::record::bit(Receipt::SHAPE, "payments");
        }
    }
    // A total alone makes nothing fiscal.
    let is_fiscal = |fiscal: &crate::receipt::FiscalDraft<'_>| {
        fiscal.fn_.is_some() || fiscal.fd.is_some() || fiscal.fp.is_some() || fiscal.date_time.is_some()
    };
    if let Some(fiscal) = draft.fiscal.take_if(|fiscal| !is_fiscal(fiscal)) {
        draft.given &= !crate::record::bit(Receipt::SHAPE, "fiscal");
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
    let mut codes = Vec::new();
    for node in nodes {
        match (node.tag, &node.value) {
            (1102..=1107, TagValue::Number(sum)) => {
                codes.extend((*sum > 0 || node.tag != 1104).then_some(document::RATES[usize::from(node.tag - 1102)]));
            }
            (1115, TagValue::Nested(each)) => {
                codes.extend(each.iter().flat_map(TagNode::children).filter_map(|inner| match inner.value {
                    TagValue::Number(code) if inner.tag == 1199 => Some(code),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    match codes[..] {
        [code] => crate::vocab::Term::from_code(u16::try_from(code).ok()?),
        _ => None,
    }
}
