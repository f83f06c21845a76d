//! From JSON text to a [`Draft`]: every fault of the shape found, none in the way of another.

use crate::check::{self, shape};
use crate::issue::{Findings, Issue, IssueCode, Trail};
use crate::json::{Fault, FaultKind, Kind, MAX_BYTES, MAX_DEPTH, Reader, unmarked};
use crate::money::{AmountError, Money, Quantity, scaled};
use crate::nearest::nearest;
use crate::receipt::{Draft, PaymentsDraft, Receipt};
use crate::record::{Field, FieldKind, OwnRecord, Record, Shape, Slot};
use crate::vocab::{Ffd, List, PaymentMethod, PaymentObject, Spelling, System, Unit, Vat, slang};
use std::borrow::Cow;

type Read<T> = Result<T, Fault>;

/// Reads a draft. What cannot be read is in the findings, what can is in the draft.
pub(crate) fn read<'a>(text: &'a str, findings: &mut Findings) -> Draft<'a> {
    let mut draft = Draft::default();
    if text.len() > MAX_BYTES {
        findings.add(IssueCode::TooLarge, &Trail::ROOT, 0).show("max", &MAX_BYTES);
        return draft;
    }
    read_record(text, &mut draft, findings);
    draft
}

/// Reads any record: options of a call, or what stands in them.
pub(crate) fn read_record<'a>(text: &'a str, record: &mut dyn Record<'a>, findings: &mut Findings) {
    let text = unmarked(text);
    let mut decoder = Decoder { reader: Reader::new(text), findings };
    let read = decoder.record(record, &mut Habit::default(), &Trail::ROOT).and_then(|_| decoder.reader.end());
    if let Err(fault) = read {
        unreadable(text, fault, &Trail::ROOT, findings);
    }
}

/// What a receipt is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be priced: its payments are left as they were given.
    Order,
    /// To be added up, whatever its sums are.
    Sum,
    /// To be made others of: what a register made of it is of no account.
    Sale,
    /// To be corrected: its fiscal sign counts.
    Correction,
}

/// Reads a receipt that is to be worked on: well-shaped, its rules aside.
pub(crate) fn receipt(text: &str, purpose: Purpose, findings: &mut Findings) -> Option<Receipt> {
    let mut own = Findings::default();
    let mut draft = read(text, &mut own);
    if !own.is_unreadable() {
        let given = draft.payments.clone();
        draft.complete();
        if purpose != Purpose::Correction {
            draft.fiscal = None;
        }
        shape(&draft, &mut own);
        if purpose != Purpose::Sum {
            check::ranges(&draft, &mut own);
        }
        if purpose == Purpose::Order {
            draft.payments = Some(given.unwrap_or_default());
        }
    }
    let failed = own.any_error();
    findings.append(own, &Trail::ROOT);
    if failed { None } else { Receipt::take(&draft) }
}

/// Says where a text stops being JSON.
pub(crate) fn unreadable(text: &str, fault: Fault, at: &Trail<'_>, findings: &mut Findings) {
    let code = match fault.kind {
        FaultKind::Syntax => IssueCode::InvalidJson,
        FaultKind::Depth => IssueCode::TooDeep,
        FaultKind::Xml => IssueCode::InvalidXml,
    };
    let before = &text.as_bytes()[..fault.at.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    // Columns count characters: continuation bytes of UTF-8 are not their own.
    let column =
        before.iter().rev().take_while(|byte| **byte != b'\n').filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
    findings.add(code, at, 0).show("offset", &fault.at).show("line", &line).show("column", &column);
    if fault.kind == FaultKind::Depth {
        findings.last().show("max", &MAX_DEPTH);
    }
}

/// What a value turned out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Value,
    Null,
    Fault,
}

/// What a key turned out to be.
enum Key {
    Field(usize),
    Unknown,
    End,
}

/// How the record before was written: callers write all records of a list alike, so this one is looked for first.
struct Habit {
    /// The field behind each field, one up: 0 is the start of the record.
    next: [u8; 33],
    /// The row of the term in each field.
    row: [u8; 32],
}

impl Default for Habit {
    /// Before there is one: the order of the model.
    fn default() -> Self {
        Self { next: std::array::from_fn(|at| at as u8), row: [0; 32] }
    }
}

struct Decoder<'a, 'f> {
    reader: Reader<'a>,
    findings: &'f mut Findings,
}

impl<'a> Decoder<'a, '_> {
    /// Reads an object into a record.
    fn record(&mut self, record: &mut dyn Record<'a>, habit: &mut Habit, at: &Trail<'_>) -> Read<Found> {
        let shape = record.shape();
        if self.reader.kind()? != Kind::Object || self.reader.clone().foreign().is_some() {
            // Of what is no record, no field is said to be missing.
            *record.given_mut() = shape.all();
            return self.wrong_type(at, 0, "object");
        }
        self.reader.open()?;
        let (mut first, mut place, mut met, mut given) = (true, 0, 0_u32, 0_u32);
        loop {
            let expected = usize::from(habit.next[place]);
            let known = shape.fields.get(expected).is_some_and(|field| self.reader.key_is(first, field.key));
            let key = if known { Key::Field(expected) } else { self.other_key(shape, first, at)? };
            first = false;
            let index = match key {
                Key::Field(index) => index,
                Key::Unknown => continue,
                Key::End => break,
            };
            habit.next[place] = index as u8;
            place = index + 1;
            let field = &shape.fields[index];
            if met & (1 << index) != 0 {
                self.findings.add(IssueCode::DuplicateField, &at.key(field.name), field.tag);
                record.slot(index).clear();
            }
            met |= 1 << index;
            match self.field(record.slot(index), field, &mut habit.row[index], at)? {
                Found::Null => given &= !(1 << index),
                Found::Value | Found::Fault => given |= 1 << index,
            }
        }
        *record.given_mut() = given;
        Ok(Found::Value)
    }

    /// The key that is not the one looked for; of a field that is unknown, the value is passed over.
    #[inline(never)]
    fn other_key(&mut self, shape: &'static Shape, first: bool, at: &Trail<'_>) -> Read<Key> {
        let Some(key) = self.reader.key(first)? else { return Ok(Key::End) };
        match shape.fields.iter().position(|field| field.name == key) {
            Some(index) => Ok(Key::Field(index)),
            None => self.unknown(shape, &key, &at.key(&key)).map(|()| Key::Unknown),
        }
    }

    #[cold]
    fn unknown(&mut self, shape: &'static Shape, key: &str, at: &Trail<'_>) -> Read<()> {
        let issue = self.findings.add(IssueCode::UnknownField, at, 0);
        if let Some(meant) = nearest(key, &shape.fields.iter().map(|field| field.name).collect::<Vec<_>>()) {
            issue.with("suggestion", meant);
        } else if let Some(place) = place_of(shape, key) {
            issue.with("place", place);
        }
        self.reader.skip()
    }

    /// Reads a value into its place: here what nearly every field is, all else below. `of` is the record's place.
    #[inline(always)]
    fn field(&mut self, slot: Slot<'_, 'a>, field: &'static Field, row: &mut u8, of: &Trail<'_>) -> Read<Found> {
        let kind = self.reader.kind()?;
        match (slot, kind) {
            (Slot::Text(hole), Kind::String) => {
                let text = self.reader.string()?;
                if is_blank(&text) {
                    return Ok(self.blank(field, &of.key(field.name)));
                }
                *hole = Some(text);
            }
            (Slot::Money(hole), Kind::Number | Kind::String) => {
                if let Some(kopecks) = self.reader.amount(2) {
                    *hole = Some(Money::from_kopecks(kopecks));
                    return Ok(Found::Value);
                }
                let text = self.amount_text(kind)?;
                match Money::read(&text) {
                    Ok(money) => *hole = Some(money),
                    Err(error) => return Ok(self.wrong_amount(error, &text, 2, field, of)),
                }
            }
            (Slot::Quantity(hole), Kind::Number | Kind::String) => {
                if let Some(millionths) = self.reader.amount(6) {
                    *hole = Some(Quantity::from_millionths(millionths));
                    return Ok(Found::Value);
                }
                let text = self.amount_text(kind)?;
                match Quantity::read(&text) {
                    Ok(quantity) => *hole = Some(quantity),
                    Err(error) => return Ok(self.wrong_amount(error, &text, 6, field, of)),
                }
            }
            (Slot::Term(hole), Kind::String) => {
                let rows = list_of(field).rows;
                if !rows.get(usize::from(*row)).is_some_and(|row| self.reader.string_is(row.name)) {
                    let name = self.reader.string()?;
                    match list_of(field).find(&name) {
                        Some(found) => *row = found as u8,
                        None => return Ok(self.no_term(&name, field, of)),
                    }
                }
                hole.set(usize::from(*row));
            }
            (slot, kind) => return self.other_field(slot, kind, field, of),
        }
        Ok(Found::Value)
    }

    #[inline(never)]
    fn other_field(&mut self, slot: Slot<'_, 'a>, kind: Kind, field: &'static Field, of: &Trail<'_>) -> Read<Found> {
        let at = &of.key(field.name);
        match (slot, kind) {
            (_, Kind::Null) => return self.reader.null().map(|()| Found::Null),
            (Slot::Bool(hole), Kind::Bool) => *hole = Some(self.reader.bool()?),
            (Slot::Int(hole), Kind::Number) => {
                let text = self.reader.number()?;
                let error = match scaled(text, 0, i64::MAX / 10, "").map(u64::try_from) {
                    Ok(Ok(value)) => {
                        *hole = Some(value);
                        return Ok(Found::Value);
                    }
                    Err(AmountError::Scale(_)) => AmountError::Scale(0),
                    _ => AmountError::Range(""),
                };
                return Ok(self.wrong_amount(error, text, 0, field, of));
            }
            (Slot::Record(hole), Kind::Object) => return self.record(hole.fill(), &mut Habit::default(), at),
            (Slot::Records(hole), Kind::Array) => {
                hole.start();
                self.reader.open()?;
                let (mut count, mut habit) = (0, Habit::default());
                while self.reader.element(count == 0)? {
                    self.record(hole.push(), &mut habit, &at.index(count))?;
                    count += 1;
                }
            }
            (Slot::Texts(hole), Kind::Array) => {
                let texts = hole.get_or_insert_default();
                self.reader.open()?;
                while self.reader.element(texts.is_empty())? {
                    if self.reader.kind()? == Kind::String {
                        texts.push(self.reader.string()?);
                        if texts.last().is_some_and(|text| is_blank(text)) {
                            self.blank(field, &at.index(texts.len() - 1));
                        }
                    } else {
                        // An empty text keeps the places of those behind it.
                        self.wrong_type(&at.index(texts.len()), field.tag, "string")?;
                        texts.push(Cow::Borrowed(""));
                    }
                }
            }
            (Slot::Term(_), Kind::Number) => {
                let (list, text) = (list_of(field), self.reader.number()?);
                let issue = self.findings.add(IssueCode::InvalidType, at, field.tag);
                issue.with("expected", "string").with("got", "number");
                if let Some(row) = other_spelling(list, text) {
                    issue.quote("suggestion", list.rows[row].name);
                }
                return Ok(Found::Fault);
            }
            (slot, _) => {
                let expected = match slot {
                    Slot::Text(_) | Slot::Term(_) => "string",
                    Slot::Money(_) | Slot::Quantity(_) => "string or number",
                    Slot::Bool(_) => "boolean",
                    Slot::Int(_) => "number",
                    Slot::Record(_) => "object",
                    Slot::Texts(_) | Slot::Records(_) => "array",
                };
                return self.wrong_type(at, field.tag, expected);
            }
        }
        Ok(Found::Value)
    }

    #[cold]
    fn no_term(&mut self, name: &str, field: &'static Field, of: &Trail<'_>) -> Found {
        let issue = self.findings.add(IssueCode::InvalidValue, &of.key(field.name), field.tag);
        not_a_term(issue, list_of(field), name);
        Found::Fault
    }

    /// A text without a character in it is none: optional, it is only said; required, it is missing.
    #[cold]
    fn blank(&mut self, field: &Field, at: &Trail<'_>) -> Found {
        if !field.required {
            self.findings.add(IssueCode::EmptyText, at, field.tag);
        }
        Found::Null
    }

    fn amount_text(&mut self, kind: Kind) -> Read<Cow<'a, str>> {
        if kind == Kind::String { self.reader.string() } else { self.reader.number().map(Cow::Borrowed) }
    }

    #[cold]
    fn wrong_type(&mut self, at: &Trail<'_>, tag: u16, expected: &'static str) -> Read<Found> {
        let kind = self.reader.kind()?;
        let foreign = if kind == Kind::Object { self.reader.foreign() } else { None };
        let issue = self.findings.add(IssueCode::InvalidType, at, tag);
        issue.with("expected", expected).with("got", foreign.map_or(kind.name().into(), |what| what.to_owned()));
        if foreign.is_some() {
            return Ok(Found::Fault);
        }
        if kind == Kind::Number && expected == "string" {
            let text = self.reader.number()?;
            self.findings.last().quote("suggestion", text);
            return Ok(Found::Fault);
        }
        self.reader.skip().map(|()| Found::Fault)
    }

    #[cold]
    fn wrong_amount(&mut self, error: AmountError, text: &str, scale: u8, field: &Field, of: &Trail<'_>) -> Found {
        let at = &of.key(field.name);
        let shown = excerpt(text);
        match error {
            AmountError::Format => {
                let issue = self.findings.add(IssueCode::InvalidValue, at, field.tag);
                issue.quote("value", &shown);
                match decimal_of(text).filter(|meant| scaled(meant, scale, i64::MAX / 10, "").is_ok()) {
                    Some(meant) => issue.quote("suggestion", &meant),
                    None => issue.with("example", "\"100.00\""),
                };
            }
            AmountError::Scale(scale) => {
                let issue = self.findings.add(IssueCode::InvalidScale, at, field.tag);
                issue.show("scale", &scale).with("value", shown);
                if let Some(rounded) = rounded(text, scale) {
                    issue.with("suggestion", rounded);
                }
            }
            AmountError::Range(max) => {
                let issue = self.findings.add(IssueCode::OutOfRange, at, field.tag);
                issue.with("value", shown).fixed();
                let (from, to) = field.rule.range;
                let max = if max.is_empty() { to.min(1 << 53).to_string().into() } else { Cow::Borrowed(max) };
                issue.show("min", &from).with("max", max);
            }
        }
        Found::Fault
    }
}

/// The closed list of a field that has terms.
fn list_of(field: &Field) -> &'static List {
    match field.kind {
        FieldKind::Term(list) => list,
        _ => unreachable!("a term's place in a field without a list"),
    }
}

/// The beginning of a value for a message.
pub(crate) fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Whether a text says nothing.
fn is_blank(text: &str) -> bool {
    // A letter or a digit at the start settles it, as it nearly always does.
    !text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(char::is_whitespace)
}

/// The decimal in what people type: a comma for the point, spaces between thousands, "руб." or a sign behind.
fn decimal_of(text: &str) -> Option<String> {
    let unit = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{400}'..='\u{4ff}' | '.' | '₽') || c.is_whitespace();
    let number = text.trim_end_matches(unit);
    let meant = number.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c });
    let meant: String = meant.collect();
    meant.chars().all(|c| c.is_ascii_digit() || c == '.').then_some(meant)
}

/// A decimal rounded half-up to a scale, for a hint. The first digit that goes decides, so the rest is not looked at.
fn rounded(text: &str, scale: u8) -> Option<String> {
    if text.contains(['e', 'E']) {
        return None;
    }
    let point = text.find('.')?;
    let kept = text.get(..point + 2 + usize::from(scale))?;
    let value = scaled(kept, scale + 1, i64::MAX / 10, "").ok()?;
    let micro = (value + 5 * value.signum()) / 10 * 10_i64.pow(6 - u32::from(scale));
    // Nothing is no price that anybody meant.
    (micro != 0).then(|| Quantity::from_millionths(micro).to_string())
}

/// Puts into a finding what a value could have meant, or else all it can be.
fn not_a_term(issue: &mut Issue, list: &'static List, value: &str) {
    issue.quote("value", &excerpt(value));
    let names: Vec<_> = list.rows.iter().map(|row| row.name).collect();
    let meant = other_spelling(list, value).map(|row| list.rows[row].name);
    match meant.or_else(|| titled(list, value)).or_else(|| nearest(value, &names)) {
        Some(name) => issue.quote("suggestion", name),
        None => issue.with("expected", names.join(", ")),
    };
}

/// The name of the row that has this title: `НДС 22%`.
fn titled(list: &'static List, value: &str) -> Option<&'static str> {
    let value = slang::fold(value);
    list.rows.iter().find(|row| slang::fold(row.ru) == value).map(|row| row.name)
}

/// The row that a provider or the fiscal document spells so.
fn other_spelling(list: &'static List, value: &str) -> Option<usize> {
    let spelling = value.trim_end_matches('%').parse().map_or(Spelling::Text(value), Spelling::Number);
    [System::CloudKassir, System::Paybox, System::PayKeeper, System::Ffd]
        .into_iter()
        .find_map(|system| list.by(system, spelling))
}

/// Where else in the model a name stands: `email` is in `customer`.
fn place_of(shape: &'static Shape, name: &str) -> Option<String> {
    shape.fields.iter().find_map(|field| match field.kind {
        // Of what describes the receipt, not of what was made of it or why: a date there is another date.
        FieldKind::Record(inner) if field.tag == 0 && !matches!(field.name, "fiscal" | "correction") => {
            let direct = inner.fields.iter().any(|field| field.name == name).then(|| name.to_owned());
            direct.or_else(|| place_of(inner, name)).map(|rest| format!("{}.{rest}", field.name))
        }
        FieldKind::Records(inner) if inner.fields.iter().any(|field| field.name == name) => {
            Some(format!("{}[].{name}", field.name))
        }
        _ => None,
    })
}

impl Draft<'_> {
    /// Fills in what has a default. It cannot fail, and doing it twice changes nothing.
    pub fn complete(&mut self) {
        let ffd = *self.ffd.get_or_insert_default();
        if ffd == Ffd::V1_05 && self.correction.is_some() && !self.gave("items") {
            self.items = Some(Vec::new());
        }
        let only_vat = self.only_vat();
        if let Some(correction) = self.correction.as_mut().filter(|_| ffd == Ffd::V1_05)
            && !correction.gave("vat")
        {
            correction.vat = only_vat;
        }
        for item in self.items.iter_mut().flatten() {
            item.method.get_or_insert(PaymentMethod::FullPayment);
            item.object.get_or_insert(PaymentObject::Commodity);
            if let (None, Some(price), Some(quantity)) = (item.amount, item.price, item.quantity)
                && !item.gave("amount")
            {
                item.amount = price.times(quantity);
            }
            if ffd == Ffd::V1_2 && item.unit.is_none() && item.quantity.is_some_and(Quantity::is_whole) {
                item.unit = Some(Unit::Piece);
            }
        }
        if self.payments.as_ref().map_or(!self.gave("payments"), |payments| payments.given == 0) {
            let electronic = self.items_total();
            self.payments =
                electronic.map(|sum| Box::new(PaymentsDraft { electronic: Some(sum), ..Default::default() }));
        }
    }

    /// The one VAT rate of all items, if they have one.
    pub(crate) fn only_vat(&self) -> Option<Vat> {
        let mut rates = self.items.iter().flatten().map(|item| item.vat);
        let first = rates.next()?;
        if rates.all(|rate| rate == first) { first } else { None }
    }

    /// The sum of the items, if every one of them has an amount and the sum is within the limit.
    pub fn items_total(&self) -> Option<Money> {
        let mut total = 0_i64;
        for item in self.items.as_ref()? {
            total = total.checked_add(item.amount?.kopecks())?;
        }
        Some(Money::from_kopecks(total)).filter(|money| money.kopecks() == total)
    }
}

impl PaymentsDraft<'_> {
    /// The sum of all ways of payment, if it is within the limit.
    pub fn total(&self) -> Option<Money> {
        let parts = [self.cash, self.electronic, self.prepaid, self.credit, self.provision];
        // Of a sum with a part that could not be read nothing is known.
        if parts.iter().flatten().count() < self.given.count_ones() as usize {
            return None;
        }
        let total = parts.into_iter().flatten().try_fold(0_i64, |sum, part| sum.checked_add(part.kopecks()))?;
        Some(Money::from_kopecks(total)).filter(|money| money.kopecks() == total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::Receipt;
    use crate::record::OwnRecord;
    use proptest::prelude::*;

    /// Members of an item, some twice, some wrong, some unknown.
    const MEMBERS: &[&str] = &[
        r#""name":"Чай""#,
        r#""name" : "Tea \u0416""#,
        r#""price":"1.50""#,
        r#""price":-2"#,
        r#""quantity":3"#,
        r#""quantity":"x""#,
        r#""vat":"vat22""#,
        r#""vat":"vat2""#,
        r#""vat": "none""#,
        r#""vat":22"#,
        r#""unit":"piece""#,
        r#""unit":null"#,
        r#""info":"""#,
        r#""oops":[1,{}]"#,
        r#""mark":{"code":"x"}"#,
    ];

    proptest! {
        #[test]
        fn a_record_is_read_the_same_whatever_stood_before_it(
            items in prop::collection::vec(prop::collection::vec(prop::sample::select(MEMBERS), 0..8), 1..5),
        ) {
            let told = |items: &[Vec<&str>]| {
                let items: Vec<_> = items.iter().map(|members| format!("{{{}}}", members.join(","))).collect();
                let (text, mut findings) = (format!(r#"{{"items":[{}]}}"#, items.join(",")), Findings::default());
                let read = format!("{:?}", read(&text, &mut findings).items.unwrap_or_default().last());
                let (issues, _, _) = findings.settle(Receipt::SHAPE, &|_| None, usize::MAX);
                let of_last = format!("items[{}]", items.len() - 1);
                let places = issues.iter().filter(|issue| issue.place().starts_with(&of_last));
                let told = |issue: &Issue| (issue.code, issue.place().replace(&of_last, ""), issue.params.clone());
                (read, places.map(told).collect::<Vec<_>>())
            };
            prop_assert_eq!(told(&items), told(&items[items.len() - 1..]));
        }
    }
}
