//! From a receipt to the tags of its fiscal document, those that are worked out included.

use super::structure::{Place, places};
use super::tags::{TagKind, form_of};
use super::tree::{self, TagNode, TagValue, decimal_of, digits_of, kopecks};
use super::way::way;
use crate::bytes;
use crate::date;
use crate::mark::Code;
use crate::money::Money;
use crate::receipt::{Draft, ItemDraft};
use crate::record::{Form, Record, View};
use crate::vocab::{Term, Vat};

/// The codes of the rates (1199) whose sums are tags 1102..1107.
pub(super) const RATES: [u64; 6] = [1, 2, 5, 6, 3, 4];

/// The form of a receipt's document.
pub(super) fn form(draft: &Draft<'_>) -> u16 {
    match (draft.correction.is_some(), draft.bso == Some(true)) {
        (false, false) => 3,
        (false, true) => 4,
        (true, false) => 31,
        (true, true) => 41,
    }
}

/// The tags of a receipt, as far as it goes.
pub(crate) fn of_draft(draft: &Draft<'_>) -> Vec<TagNode> {
    let document = Document { draft, places: places(draft.ffd.unwrap_or_default()), sums: Sums::of(draft) };
    document.within(form(draft), draft, None)
}

struct Document<'d, 'a> {
    draft: &'d Draft<'a>,
    /// What stands where, in the receipt's version.
    places: Vec<Place>,
    sums: Sums,
}

impl Document<'_, '_> {
    /// What stands in a tag or document, the record being what the model has for it.
    fn within(&self, parent: u16, record: &dyn Record<'_>, item: Option<&ItemDraft<'_>>) -> Vec<TagNode> {
        let mut nodes = Vec::new();
        for place in self.places.iter().filter(|place| place.parent == parent && !place.printed) {
            if !self.computed(place.tag, item, &mut nodes) {
                self.stated(place.tag, record, item, &mut nodes);
            }
        }
        nodes
    }

    /// What the model says.
    fn stated(&self, number: u16, record: &dyn Record<'_>, item: Option<&ItemDraft<'_>>, nodes: &mut Vec<TagNode>) {
        let Some(form) = form_of(number) else { return };
        let Some(way) = way(record.shape(), number, form.kind == TagKind::Stlv) else { return };
        match way.view(record) {
            View::Record(inner) => self.nest(number, self.within(number, inner, item), nodes),
            // All cashless payments stand in one tag, and each in a tag within.
            View::Records(list) if number == 1234 => {
                let mut each = Vec::new();
                for at in 0..list.count() {
                    self.nest(1235, self.within(1235, list.at(at), None), &mut each);
                }
                self.nest(1234, each, nodes);
            }
            View::Records(list) if number == 1059 => {
                let items = self.draft.items.iter().flatten();
                for (at, item) in items.enumerate() {
                    self.nest(1059, self.within(1059, list.at(at), Some(item)), nodes);
                }
            }
            View::Records(list) => {
                for at in 0..list.count() {
                    self.nest(number, self.within(number, list.at(at), item), nodes);
                }
            }
            View::Texts(texts) => {
                for text in texts.iter().filter(|text| !text.is_empty()) {
                    put(nodes, number, Some(TagValue::Text(text.to_string())));
                }
            }
            view => put(nodes, number, value(form.kind, way.field.rule.form, view)),
        }
    }

    /// A structure that holds nothing is left out.
    fn nest(&self, tag: u16, inner: Vec<TagNode>, nodes: &mut Vec<TagNode>) {
        put(nodes, tag, (!inner.is_empty()).then_some(TagValue::Nested(inner)));
    }

    /// What is worked out, or is in the document otherwise than in the model; whether the tag is such.
    fn computed(&self, tag: u16, item: Option<&ItemDraft<'_>>, nodes: &mut Vec<TagNode>) -> bool {
        let value = match (tag, item) {
            (1020, _) => self.sums.total.and_then(kopecks),
            // Every sum of payment is there, be it zero.
            (1031 | 1081 | 1215 | 1216 | 1217, None) => {
                match way(self.draft.shape(), tag, false).map(|way| way.view(self.draft)) {
                    Some(View::Money(sum)) => kopecks(sum),
                    _ => Some(TagValue::Number(0)),
                }
            }
            (1102..=1107, None) => self.sums.of_tag(tag),
            (1115, None) => {
                let rates = self.sums.of_rates();
                (!rates.is_empty()).then_some(TagValue::Nested(rates))
            }
            (1008, None) => {
                let contact = self.draft.customer.as_ref().and_then(|who| who.email.as_ref().or(who.phone.as_ref()));
                contact.filter(|text| !text.is_empty()).map(|text| TagValue::Text(text.to_string()))
            }
            (1200, Some(item)) => item.vat.and_then(|vat| {
                vat.code()?;
                vat.percent().filter(|percent| *percent > 0)?;
                kopecks(vat.sum(item.amount?))
            }),
            (1162, Some(item)) => item
                .mark
                .as_ref()
                .and_then(|mark| match (&mark.hex, &mark.code) {
                    (Some(hex), _) => bytes::of_hex(hex),
                    (None, Some(code)) => Some(Code::of(code).bytes()),
                    (None, None) => None,
                })
                .map(TagValue::Bytes),
            (1163, Some(item)) => item.mark.as_ref().and_then(|mark| mark.code.as_deref()).map(|code| {
                let code = Code::of(code);
                TagValue::Nested(vec![TagNode::new(code.kind.tag(), TagValue::Text(code.identification()))])
            }),
            // Codes are processed in one mode only, 0.
            (2102, Some(item)) => item.mark.as_ref().filter(|mark| mark.code.is_some()).map(|_| TagValue::Number(0)),
            _ => return false,
        };
        put(nodes, tag, value);
        true
    }
}

/// The value of a field in the form of its tag.
fn value(kind: TagKind, form: Form, view: View<'_, '_>) -> Option<TagValue> {
    match view {
        View::Text("") => None,
        View::Text(text) => match kind {
            TagKind::UnixTime => {
                // Of a day its midnight, wherever the text says it is.
                let day = matches!(form, Form::Day).then(|| date::moment(text)).flatten();
                let day = day.map(|moment| moment.date.to_string());
                date::unix(day.as_deref().unwrap_or(text)).map(TagValue::Number)
            }
            TagKind::Bytes => tree::sign_bytes(text).map(TagValue::Bytes),
            TagKind::Text => Some(TagValue::Text(match form {
                Form::Date | Form::DocumentDate => dotted(text),
                _ => text.to_owned(),
            })),
            _ => digits_of(text).map(TagValue::Number),
        },
        View::Money(sum) => kopecks(sum),
        View::Quantity(quantity) => decimal_of(quantity),
        View::Bool(value) => Some(TagValue::Number(value.into())),
        View::Int(value) => Some(TagValue::Number(value)),
        View::Term(list, row) => list.rows[row].code.number().map(|code| TagValue::Number(code.into())),
        View::None | View::Record(_) | View::Texts(_) | View::Records(_) => None,
    }
}

#[inline(never)]
fn put(nodes: &mut Vec<TagNode>, tag: u16, value: Option<TagValue>) {
    if let Some(value) = value {
        nodes.push(TagNode::new(tag, value));
    }
}

/// A day as tags 1243 and 1263 have it: DD.MM.YYYY.
fn dotted(text: &str) -> String {
    let day = date::moment(text).map(|moment| moment.date.to_string());
    let parts = day.as_deref().and_then(|day| Some([day.get(8..)?, ".", day.get(5..7)?, ".", day.get(..4)?].concat()));
    parts.unwrap_or_else(|| text.to_owned())
}

/// The sums of a receipt.
struct Sums {
    /// Tag 1020.
    total: Option<Money>,
    /// By code of the rate (1199): the turnover, and the tax line by line.
    rates: [Option<(Money, Money)>; 13],
}

impl Sums {
    fn of(draft: &Draft<'_>) -> Self {
        let paid = draft.payments.as_ref().and_then(|payments| payments.total());
        let items = draft.items.as_deref().unwrap_or_default();
        let total = if items.is_empty() { paid } else { draft.items_total() };
        let mut sums =
            Self { total: draft.fiscal.as_ref().and_then(|fiscal| fiscal.total).or(total), rates: [None; 13] };
        for item in items {
            sums.add(item.vat, item.amount);
        }
        // A correction without items has one rate for its total.
        if let Some(correction) = draft.correction.as_ref().filter(|_| items.is_empty()) {
            sums.add(correction.vat, sums.total);
        }
        sums
    }

    fn add(&mut self, vat: Option<Vat>, amount: Option<Money>) {
        let (Some(vat), Some(amount)) = (vat, amount) else { return };
        let Some(hole) = vat.code().and_then(|code| self.rates.get_mut(usize::from(code))) else { return };
        let (turnover, tax) = hole.unwrap_or_default();
        // What goes beyond the limit of money was found by the check; here nothing may overflow.
        let sum = |one: Money, other: Money| Money::from_kopecks(one.kopecks().saturating_add(other.kopecks()));
        *hole = Some((sum(turnover, amount), sum(tax, vat.sum(amount))));
    }

    /// Tags 1102..1107: tax, or turnover where there is none.
    fn of_tag(&self, tag: u16) -> Option<TagValue> {
        let code = RATES[usize::from(tag - 1102)] as usize;
        match self.rates[code] {
            Some((turnover, tax)) => kopecks(if tag == 1104 || tag == 1105 { turnover } else { tax }),
            // Where all sums are in 1115, this one is there with zero (order ЕД-7-20/236@, a note to table 11.2).
            None if tag == 1104 && self.rates[..7].iter().all(Option::is_none) && !self.of_rates().is_empty() => {
                Some(TagValue::Number(0))
            }
            None => None,
        }
    }

    /// What stands in 1115: the taxes at the rates of 2025 and 2026.
    #[inline(never)]
    fn of_rates(&self) -> Vec<TagNode> {
        let newer = self.rates.iter().enumerate().skip(7);
        let sums = newer.filter_map(|(code, sums)| {
            let tax = kopecks((*sums)?.1)?;
            let inner = vec![TagNode::number(1199, code as u64), TagNode::new(1120, tax)];
            Some(TagNode::new(1119, TagValue::Nested(inner)))
        });
        sums.collect()
    }
}
