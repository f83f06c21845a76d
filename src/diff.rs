//! What differs between the receipt that was sent and the one that became fiscal.

use crate::bytes;
use crate::call::value;
use crate::check::{is_rounded_down, plain};
use crate::cp866;
use crate::date::{self, Date};
use crate::draft::excerpt;
use crate::issue::{Severity, Step, Trail, place};
use crate::json::Json;
use crate::mark::Code;
use crate::message::{self, Lang};
use crate::money::Money;
use crate::receipt::{Draft, Receipt};
use crate::record::{Field, Form, OwnRecord, Record, RecordsView, View};
use crate::vocab::{Term, Vat};
use std::borrow::Cow;
use std::collections::BinaryHeap;

/// What kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Both receipts have it, with different values.
    Changed,
    /// It was sent and is not in the fiscal receipt.
    Missing,
    /// It is in the fiscal receipt, was not sent, and is nothing that a register adds.
    Unexpected,
    /// It is in the fiscal receipt because the register or the provider adds it: marks, shop, cashier, place, version.
    Added,
    /// The kopecks of the total were dropped, as the law allows.
    Rounded,
    /// Another word for the same value: a calculated rate for the plain one, which gives the same VAT.
    Reworded,
}

impl DifferenceKind {
    /// As it is written: `changed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Unexpected => "unexpected",
            Self::Added => "added",
            Self::Rounded => "rounded",
            Self::Reworded => "reworded",
        }
    }
}

/// One difference between two receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// How grave; absent where it is as it should be.
    pub severity: Option<Severity>,
    /// Where in the receipt that was sent; where only the fiscal one has it, there.
    pub path: Vec<Step>,
    /// Where in the fiscal receipt, if that is another place: lines have moved.
    pub fiscal_path: Option<Vec<Step>>,
    /// The FFD tag of the field, if it has one.
    pub tag: Option<u16>,
    /// What was sent, as JSON has it: sums as text, terms by name, a line as a whole where it is missing.
    pub sent: Option<Json<'static>>,
    /// What the fiscal receipt has, likewise.
    pub fiscal: Option<Json<'static>>,
}

impl Difference {
    /// What differs, in words.
    pub fn message(&self, lang: Lang) -> String {
        let field = place(&self.path);
        let said = |value: &Option<Json<'static>>| match value {
            Some(Json::String(text)) => excerpt(text),
            // A line is called by its name.
            Some(value) => excerpt(value.get("name").and_then(Json::as_str).unwrap_or(&value.to_string())),
            None => String::new(),
        };
        let (sent, fiscal) = (said(&self.sent), said(&self.fiscal));
        let template = message::difference(self.kind, self.severity.is_some(), lang);
        let value = |name: &str| match name {
            "sent" => Some(&*sent),
            "fiscal" => Some(&*fiscal),
            _ => Some(&*field),
        };
        message::filled(template, &value).unwrap_or_default()
    }
}

/// Compares the receipt that was sent with the one that became fiscal: all differences, in the order of the model.
///
/// Values are compared, not their wording: a phone with or without its plus, an INN with spaces behind it, characters
/// that registers cannot hold. Lines are matched by what they say, wherever they stand, so that one line more or less
/// does not make all others differ.
///
/// ```
/// use chek54::{CheckOptions, DifferenceKind, diff_receipts, parse_receipt};
/// let text = r#"{"operation":"income","items":[{"name":"Tea","price":100,"quantity":1,"vat":"vat22"}]}"#;
/// let sent = parse_receipt(text, &CheckOptions::default())?;
/// let fiscal = parse_receipt(&text.replace("vat22", "vat10"), &CheckOptions::default())?;
/// let differences = diff_receipts(&sent, &fiscal);
/// assert_eq!(differences.len(), 1);
/// assert_eq!((differences[0].kind, differences[0].tag), (DifferenceKind::Changed, Some(1199)));
/// # Ok::<(), chek54::ReceiptError>(())
/// ```
pub fn diff_receipts(sent: &Receipt, fiscal: &Receipt) -> Vec<Difference> {
    diff_drafts(&sent.put(), &fiscal.put())
}

/// The same of drafts; the sent one is complete, so that what its sender left out counts as its default.
pub(crate) fn diff_drafts(sent: &Draft<'_>, fiscal: &Draft<'_>) -> Vec<Difference> {
    let paid = |draft: &Draft<'_>| draft.payments.as_ref().and_then(|payments| payments.total());
    let dropped = paid(sent).zip(paid(fiscal)).filter(|(total, less)| is_rounded_down(*less, *total));
    let dropped = dropped.map(|(total, less)| total - less);
    let mut comparison = Comparison { fiscal, dropped, found: Vec::new() };
    comparison.records(sent, fiscal, &Trail::ROOT, &Trail::ROOT, Severity::Error);
    comparison.total(sent);
    comparison.found
}

/// What registers and providers add, by record; of a record without names, everything.
const ADDED: &[(&str, &[&str])] = &[
    (
        "Receipt",
        &[
            "ffd",
            "taxation",
            "seller",
            "cashier",
            "place",
            "internet",
            "timeZone",
            "cashless",
            "requisite",
            "userRequisite",
            "fiscal",
        ],
    ),
    ("Item", &["unit", "unitName"]),
    ("Seller", &[]),
    ("Cashier", &[]),
    ("Place", &[]),
    ("Fiscal", &[]),
];

/// What no fiscal document has a place for: it goes to the provider, or with the request about a mark.
const NOWHERE: &[(&str, &str)] = &[
    ("Receipt", "infos"),
    ("Item", "info"),
    ("Seller", "phone"),
    ("Mark", "status"),
    ("Fiscal", "id"),
    ("Fiscal", "url"),
];

/// What a receipt is not wrong for when it differs.
const LIGHT: &[&str] = &[
    "ffd",
    "customer",
    "seller",
    "cashier",
    "place",
    "internet",
    "timeZone",
    "cashless",
    "requisite",
    "infos",
    "userRequisite",
    "operationRequisite",
    "industryRequisites",
    "fiscal",
    "name",
    "unit",
    "unitName",
    "countryCode",
    "customsDeclaration",
    "info",
];

struct Comparison<'c, 'a> {
    fiscal: &'c Draft<'a>,
    /// The kopecks by which less was paid than was sent.
    dropped: Option<Money>,
    found: Vec<Difference>,
}

/// A field of two records.
struct Pair<'p> {
    record: &'static str,
    field: &'static Field,
    severity: Severity,
    at: &'p Trail<'p>,
    there: &'p Trail<'p>,
}

impl Comparison<'_, '_> {
    fn records(
        &mut self,
        sent: &dyn Record<'_>,
        fiscal: &dyn Record<'_>,
        at: &Trail<'_>,
        there: &Trail<'_>,
        severity: Severity,
    ) {
        let shape = sent.shape();
        let one_code = shape.name == "Mark" && is_one_code(sent, fiscal);
        for (index, field) in shape.fields.iter().enumerate() {
            let (here, place) = (at.key(field.name), there.key(field.name));
            let light = LIGHT.contains(&field.name);
            let severity = if light { Severity::Warning } else { severity };
            let pair = Pair { record: shape.name, field, severity, at: &here, there: &place };
            let (one, other) = (sent.view(index), fiscal.view(index));
            let given = sent.given() & (1 << index) != 0;
            match (one, other) {
                _ if one_code && matches!(field.name, "code" | "hex") => {}
                (View::Record(one), View::Record(other)) => self.records(one, other, &here, &place, severity),
                (View::Records(one), View::Records(other)) => self.lists(one, other, &pair),
                _ => match (is_nothing(one, field), is_nothing(other, field)) {
                    (true, true) => {}
                    // What its sender left out, and has a default, is not missed.
                    (false, true) if !given => {}
                    (false, true) => {
                        // One contact fits tag 1008.
                        let contact = field.tag == 1008 && has_tag(fiscal, 1008);
                        self.missing(&pair, one, contact);
                    }
                    (true, false) => self.surplus(&pair, other),
                    (false, false) => match self.compare(&pair, one, other) {
                        None => {}
                        Some(_) if !given && is_added(&pair) => self.surplus(&pair, other),
                        Some(kind) => {
                            self.add(kind, &pair, Some(one), Some(other));
                            self.excuse(one);
                        }
                    },
                },
            }
        }
    }

    fn add(&mut self, kind: DifferenceKind, pair: &Pair<'_>, sent: Option<View<'_, '_>>, fiscal: Option<View<'_, '_>>) {
        use DifferenceKind::{Added, Changed, Missing, Unexpected};
        let severity = matches!(kind, Changed | Missing | Unexpected).then_some(pair.severity);
        let (path, there) = (pair.at.steps(), pair.there.steps());
        let (path, fiscal_path) = match kind {
            Added | Unexpected => (there, None),
            Missing => (path, None),
            _ => (path.clone(), Some(there).filter(|there| *there != path)),
        };
        self.found.push(Difference {
            kind,
            severity,
            path,
            fiscal_path,
            tag: (pair.field.tag != 0).then_some(pair.field.tag),
            sent: sent.map(|view| value(view).into_owned()),
            fiscal: fiscal.map(|view| value(view).into_owned()),
        });
    }

    fn missing(&mut self, pair: &Pair<'_>, sent: View<'_, '_>, contact: bool) {
        self.add(DifferenceKind::Missing, pair, Some(sent), None);
        let ffd = self.fiscal.ffd.unwrap_or_default();
        let nowhere = NOWHERE.contains(&(pair.record, pair.field.name)) || !pair.field.rule.ffd.has(ffd);
        if let Some(last) = self.found.last_mut().filter(|_| nowhere || contact) {
            last.severity = None;
        }
    }

    /// A term that the register's version of the format does not have cannot be in its receipt.
    fn excuse(&mut self, sent: View<'_, '_>) {
        let ffd = self.fiscal.ffd.unwrap_or_default();
        if let (View::Term(list, row), Some(last)) = (sent, self.found.last_mut())
            && !list.rows[row].ffd.has(ffd)
        {
            last.severity = last.severity.and(Some(Severity::Warning));
        }
    }

    fn surplus(&mut self, pair: &Pair<'_>, fiscal: View<'_, '_>) {
        let kind = if is_added(pair) { DifferenceKind::Added } else { DifferenceKind::Unexpected };
        self.add(kind, pair, None, Some(fiscal));
    }

    /// Compares two lists, record by record.
    fn lists(&mut self, sent: &dyn RecordsView<'_>, fiscal: &dyn RecordsView<'_>, pair: &Pair<'_>) {
        let (mates, alone) = matched(sent, fiscal);
        for (index, mate) in mates.into_iter().enumerate() {
            let at = pair.at.index(index);
            match mate {
                Some(mate) => {
                    let there = pair.there.index(mate);
                    self.records(sent.at(index), fiscal.at(mate), &at, &there, pair.severity);
                }
                None => self.missing(&Pair { at: &at, ..*pair }, View::Record(sent.at(index)), false),
            }
        }
        for index in alone {
            let there = pair.there.index(index);
            self.surplus(&Pair { there: &there, ..*pair }, View::Record(fiscal.at(index)));
        }
    }

    /// How two values differ, if they do.
    fn compare(&self, pair: &Pair<'_>, one: View<'_, '_>, other: View<'_, '_>) -> Option<DifferenceKind> {
        let same = match (one, other) {
            (View::Text(one), View::Text(other)) => is_same(pair.field, one, other),
            (View::Texts(one), View::Texts(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(pair.field, one, other))
            }
            (View::Money(one), View::Money(other)) => {
                if pair.record == "Payments" && one != other && self.dropped == Some(one - other) {
                    return Some(DifferenceKind::Rounded);
                }
                one == other
            }
            (View::Quantity(one), View::Quantity(other)) => one == other,
            (View::Bool(one), View::Bool(other)) => one == other,
            (View::Int(one), View::Int(other)) => one == other,
            (View::Term(list, one), View::Term(_, other)) => {
                let plain = |row| Vat::at(row).map(Vat::plain);
                if one != other && list.name == Vat::LIST.name && plain(one) == plain(other) {
                    return Some(DifferenceKind::Reworded);
                }
                one == other
            }
            _ => false,
        };
        (!same).then_some(DifferenceKind::Changed)
    }

    /// The total that was printed is that of the lines that were sent, its kopecks dropped at most.
    fn total(&mut self, sent: &Draft<'_>) {
        let printed = self.fiscal.fiscal.as_ref().and_then(|fiscal| fiscal.total);
        let itemless = sent.items.as_ref().is_none_or(Vec::is_empty);
        let total = if itemless { sent.payments.as_ref().and_then(|paid| paid.total()) } else { sent.items_total() };
        let (Some(printed), Some(total), true) = (printed, total, sent.fiscal.is_none()) else { return };
        if printed == total {
            return;
        }
        let kind = if is_rounded_down(printed, total) { DifferenceKind::Rounded } else { DifferenceKind::Changed };
        let (root, field) = (Trail::ROOT, crate::receipt::Fiscal::SHAPE.fields.iter().find(|field| field.tag == 1020));
        let fiscal = root.key("fiscal");
        let at = fiscal.key("total");
        if let Some(field) = field {
            let pair = Pair { record: "Fiscal", field, severity: Severity::Error, at: &at, there: &at };
            self.add(kind, &pair, Some(View::Money(total)), Some(View::Money(printed)));
        }
    }
}

fn is_added(pair: &Pair<'_>) -> bool {
    let of = ADDED.iter().find(|(record, _)| *record == pair.record);
    of.is_some_and(|(_, names)| names.is_empty() || names.contains(&pair.field.name))
}

/// Whether a value says no more than its absence: no payment, no sign, an empty text or record.
fn is_nothing(view: View<'_, '_>, field: &Field) -> bool {
    match view {
        View::None | View::Bool(false) => true,
        View::Text(text) => text.trim().is_empty(),
        View::Texts(texts) => texts.is_empty(),
        View::Records(list) => list.count() == 0,
        View::Money(money) => money == Money::ZERO && matches!(field.tag, 1031 | 1081 | 1215..=1217),
        View::Record(inner) => {
            let mut fields = inner.shape().fields.iter().enumerate();
            fields.all(|(index, field)| is_nothing(inner.view(index), field))
        }
        _ => false,
    }
}

fn has_tag(record: &dyn Record<'_>, tag: u16) -> bool {
    let mut fields = record.shape().fields.iter().enumerate();
    fields.any(|(index, field)| field.tag == tag && !is_nothing(record.view(index), field))
}

/// Whether two texts say the same.
fn is_same(field: &Field, one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let day = |text: &str| Date::parse(text).or_else(|| date::dotted(text));
    match field.rule.form {
        Form::Phone => digits(one) == digits(other),
        Form::Email => one.trim().eq_ignore_ascii_case(other.trim()),
        Form::Day | Form::DocumentDate => day(one).is_some() && day(one) == day(other),
        Form::Date => match (date::clock(one), date::clock(other)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => day(one).is_some() && day(one) == day(other),
            _ => false,
        },
        // Tag 1163 keeps of a scan what stands before the first separator; 1162 is hex in either case.
        _ if field.tag == 2000 => !before_separator(other).is_empty() && one.starts_with(before_separator(other)),
        _ if field.tag == 1162 => one.eq_ignore_ascii_case(other),
        _ => folded(one) == folded(other),
    }
}

/// The digits of a phone, with its country.
fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 && !phone.trim_start().starts_with('+') => ["7", rest].concat(),
        _ if digits.len() == 10 => ["7", &digits].concat(),
        _ => digits,
    }
}

/// What tag 1163 keeps of a scan.
fn before_separator(code: &str) -> &str {
    code.split('\u{1d}').next().unwrap_or(code)
}

/// Whether one mark has a scan and the other the hex that a register before FFD 1.2 makes of it: two bytes for the kind,
/// six for the GTIN, and the serial number (tag 1162); or simply all of it in hex.
fn is_one_code(sent: &dyn Record<'_>, fiscal: &dyn Record<'_>) -> bool {
    let (View::Text(code), View::None, View::None, View::Text(hex)) =
        (sent.view(0), sent.view(1), fiscal.view(0), fiscal.view(1))
    else {
        return false;
    };
    let Some(bytes) = bytes::of_hex(hex) else { return false };
    let made = Code::of(code).bytes();
    // Registers differ in the two bytes of the kind, and in what they fill the serial up with or cut it to.
    let same = match (made.get(2..8), bytes.get(2..8), made.get(8..), bytes.get(8..)) {
        (Some(gtin), Some(other), Some(serial), Some(printed)) => {
            gtin == other && !printed.is_empty() && serial.trim_ascii_end().starts_with(printed.trim_ascii_end())
        }
        _ => false,
    };
    same || bytes == code.as_bytes()
}

/// A text as a register may print it: what CP866 does not have replaced or left out, and spaces as one.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().map(plain).filter(|character| cp866::byte(*character).is_some()) {
        let space = character.is_whitespace();
        if !(space && (folded.is_empty() || folded.ends_with(' '))) {
            folded.push(if space { ' ' } else { character });
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// By what records are matched, one after the other.
#[derive(Clone, Copy)]
enum Key {
    /// All that the record has to have, of a line name, price, quantity, sum and rate; and its mark.
    Marked,
    /// The same whatever the mark.
    Whole,
    /// What it is called by, its first field.
    Name,
    /// Its sum.
    Amount,
}

/// For each record of the first list its mate in the second, and those of the second that have none.
///
/// Two that say the same are mates wherever they stand; what is left is matched by name, then by sum, then by its place.
/// Sorting finds the mates, so a long list takes hardly longer than reading it.
fn matched(one: &dyn RecordsView<'_>, other: &dyn RecordsView<'_>) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut mates = vec![None; one.count()];
    let mut alone: Vec<usize> = (0..other.count()).collect();
    for key in [Key::Marked, Key::Whole, Key::Name, Key::Amount] {
        let left = (0..mates.len()).filter(|index| mates[*index].is_none());
        let left = left.map(|index| (mark(one.at(index), key), index)).collect::<BinaryHeap<_>>().into_sorted_vec();
        let right = alone.iter().map(|index| (mark(other.at(*index), key), *index));
        let right = right.collect::<BinaryHeap<_>>().into_sorted_vec();
        let mut right = right.into_iter().peekable();
        alone.clear();
        for (mark, index) in left {
            while let Some((_, without)) = right.next_if(|(other, _)| *other < mark) {
                alone.push(without);
            }
            mates[index] = right.next_if(|(other, _)| *other == mark).map(|(_, mate)| mate);
        }
        alone.extend(right.map(|(_, without)| without));
    }
    let mut alone = alone.into_iter().collect::<BinaryHeap<_>>().into_sorted_vec();
    alone.retain(|index| match mates.get_mut(*index) {
        Some(mate @ None) => {
            *mate = Some(*index);
            false
        }
        _ => true,
    });
    (mates, alone)
}

/// A number that records alike have in common (FNV-1a). A chance likeness only matches what is then compared.
fn mark(record: &dyn Record<'_>, key: Key) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (index, field) in record.shape().fields.iter().enumerate() {
        let wanted = match key {
            Key::Marked => field.required || matches!(field.name, "amount" | "mark"),
            Key::Whole => field.required || field.name == "amount",
            Key::Name => index == 0,
            Key::Amount => field.name == "amount",
        };
        if !wanted {
            continue;
        }
        let text: Cow<'_, str> = match record.view(index) {
            View::Text(text) => folded(text).into(),
            View::Term(list, row) if list.name == Vat::LIST.name => {
                Vat::at(row).map_or("", |vat| vat.plain().name()).into()
            }
            View::Record(inner) => match inner.view(0) {
                View::Text(code) => before_separator(code).into(),
                _ => "".into(),
            },
            view => value(view).to_string().into(),
        };
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CheckOptions, parse_receipt};
    use proptest::prelude::*;

    /// A receipt of lines `(name, kopecks)`.
    fn receipt(lines: &[(u8, i64)]) -> Receipt {
        let items: Vec<String> = lines
            .iter()
            .map(|(name, kopecks)| {
                let price = Money::from_kopecks(*kopecks);
                format!(r#"{{"name":"line {name}","price":"{price}","quantity":1,"vat":"vat22"}}"#)
            })
            .collect();
        let text = format!(r#"{{"operation":"income","items":[{}]}}"#, items.join(","));
        parse_receipt(&text, &CheckOptions::default()).expect("a receipt")
    }

    fn lines() -> impl Strategy<Value = Vec<(u8, i64)>> {
        prop::collection::vec((0_u8..6, 1_i64..4), 1..12)
    }

    /// The differences of the lines alone.
    fn of_lines(sent: &Receipt, fiscal: &Receipt) -> Vec<(DifferenceKind, usize)> {
        let differences = diff_receipts(sent, fiscal).into_iter();
        differences
            .filter_map(|difference| match &*difference.path {
                [Step::Key(key), Step::Index(index)] if key == "items" => Some((difference.kind, *index)),
                _ => None,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn a_receipt_does_not_differ_from_itself_in_any_order(sent in lines(), by in any::<prop::sample::Index>()) {
            let mut moved = sent.clone();
            moved.rotate_left(by.index(sent.len()));
            prop_assert_eq!(diff_receipts(&receipt(&sent), &receipt(&moved)), vec![]);
        }

        #[test]
        fn a_line_that_was_taken_out_is_the_only_one_that_is_missed(sent in lines(), at in any::<prop::sample::Index>()) {
            prop_assume!(sent.len() > 1);
            let at = at.index(sent.len());
            let mut fiscal = sent.clone();
            let line = fiscal.remove(at);
            let (sent_receipt, fiscal_receipt) = (receipt(&sent), receipt(&fiscal));
            let found = of_lines(&sent_receipt, &fiscal_receipt);
            prop_assert_eq!(found.len(), 1);
            let (kind, index) = found[0];
            prop_assert_eq!((kind, sent[index]), (DifferenceKind::Missing, line));
            let back = of_lines(&fiscal_receipt, &sent_receipt);
            prop_assert_eq!((back.len(), back[0].0, sent[back[0].1]), (1, DifferenceKind::Unexpected, line));
        }

        #[test]
        fn what_differs_in_one_field_is_told_of_that_field(sent in lines(), at in any::<prop::sample::Index>()) {
            let index = at.index(sent.len());
            let one = receipt(&sent);
            let mut other = one.clone();
            other.items[index].vat = Vat::Vat10;
            let found = diff_receipts(&one, &other);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!((found[0].kind, found[0].tag), (DifferenceKind::Changed, Some(1199)));
        }
    }

    #[test]
    fn wording_is_no_difference() {
        let shape = crate::receipt::Customer::SHAPE;
        let field = |name: &str| shape.fields.iter().find(|field| field.name == name).expect("a field");
        for (name, one, other, same) in [
            ("phone", "8 (999) 123-45-67", "+79991234567", true),
            ("phone", "9991234567", "+79991234567", true),
            ("phone", "+89991234567", "+79991234567", false),
            ("email", "A@B.ru", "a@b.ru ", true),
            ("inn", "7708806062", "7708806062  ", true),
            ("inn", "7708806062", "7708806061", false),
            ("birthday", "1990-02-01", "01.02.1990", true),
            ("birthday", "1990-02-01", "1990-01-02", false),
            ("name", "«Чай»  — 5 ₽", "\"Чай\" - 5", true),
            ("name", "чай", "Чай", false),
        ] {
            assert_eq!(is_same(field(name), one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn hex_of_a_mark_is_known_by_its_scan() {
        let drafts = |code: &str, hex: &str| {
            let mark = |code: Option<&str>, hex: Option<&str>| crate::receipt::Mark {
                code: code.map(str::to_owned),
                hex: hex.map(str::to_owned),
                part: None,
                status: None,
            };
            let (sent, fiscal) = (mark(Some(code), None), mark(None, Some(hex)));
            is_one_code(&sent.put(), &fiscal.put())
        };
        let code = "010460043993125621JgXJ5.\u{1d}93abcd";
        assert!(drafts(code, "444D042F1F9681784A67584A352E"));
        assert!(drafts(code, "444d042f1f9681784a67584a352e2020"));
        assert!(drafts("01A", "303141"));
        for hex in ["444D042F1F9681784A67584A352F", "444D042F1F9681794A67584A352E", "444D", "", "яяяя", "303141"] {
            assert!(!drafts(code, hex), "{hex}");
        }
        assert!(!drafts("01046004399312562", "444D042F1F968178"));
    }

    #[test]
    fn long_receipts_take_no_long_time() {
        let lines: Vec<(u8, i64)> = (0..2_000).map(|index| ((index % 250) as u8, index + 1)).collect();
        let (sent, mut fiscal) = (receipt(&lines), receipt(&lines));
        fiscal.items.remove(0);
        fiscal.items.reverse();
        assert_eq!(of_lines(&sent, &fiscal), [(DifferenceKind::Missing, 0)]);
    }
}
