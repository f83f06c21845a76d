//! Rules of marking: which subject needs a code, what a part of a marked whole has to keep to, no code twice.

use super::Checker;
use crate::date::{self, Date};
use crate::draft::excerpt;
use crate::issue::{Findings, IssueCode, Trail};
use crate::mark::{Code, MarkKind};
use crate::money::Quantity;
use crate::receipt::{ItemDraft, MarkDraft};
use crate::vocab::{Ffd, MARK_STATUS, PaymentObject, Spelling, Term, Unit};
use std::collections::BinaryHeap;

pub(super) fn mark(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    subject(checker, item, at);
    if let Some(mark) = &item.mark {
        let here = at.key("mark");
        codes(checker, mark, &here);
        part(checker, item, mark, &here);
    }
}

/// 31 and 33 have a code, 30 and 32 have none (tag 1212); before FFD 1.2 any goods may.
fn subject(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    if checker.draft.ffd != Some(Ffd::V1_2) || item.object.is_none() && item.gave("object") {
        return;
    }
    let object = item.object.unwrap_or(PaymentObject::Commodity);
    let (here, reads) = (at.key("mark"), checker.reads());
    let mark = item.mark.as_deref();
    let has_code = mark.is_some_and(|mark| mark.code.is_some() || mark.hex.is_some());
    let (unmarked, marked) = match object {
        PaymentObject::ExciseMarked | PaymentObject::ExciseUnmarked | PaymentObject::Excise => {
            (PaymentObject::ExciseUnmarked, PaymentObject::ExciseMarked)
        }
        _ => (PaymentObject::CommodityUnmarked, PaymentObject::CommodityMarked),
    };
    if object == marked && !has_code && !mark.is_some_and(|mark| mark.gave_code()) {
        let issue = checker.add(IssueCode::MarkRequired, &here, 2000).warning_if(reads);
        issue.with("object", object.name()).quote("suggestion", unmarked.name());
    }
    // What is read back is tag 1163, which holds a bar code of any goods too (1301..1303).
    let code = mark.and_then(|mark| mark.code.as_deref()).unwrap_or_default();
    let barcode = reads && matches!(code.len(), 8 | 13 | 14) && code.bytes().all(|byte| byte.is_ascii_digit());
    if object != marked && has_code && !barcode {
        let issue = checker.add(IssueCode::MarkUnexpected, &here, 2000);
        issue.show("what", &format_args!("object: \"{}\"", object.name()));
        issue.quote("suggestion", marked.name());
        if object == unmarked && !reads {
            issue.severity(crate::Severity::Error);
        }
    }
    // One code is one piece: more of them are items of their own.
    let pieces = item.unit == Some(Unit::Piece) && item.quantity.is_some_and(|quantity| quantity > Quantity::ONE);
    if object == marked && has_code && pieces && mark.is_some_and(|mark| mark.part.is_none()) {
        let quantity = item.quantity.unwrap_or_default();
        let issue = checker.add(IssueCode::MarkInvalid, &here, 2000).severity(crate::Severity::Warning);
        issue.show("what", &format_args!("quantity {quantity} ≠ 1"));
    }
}

fn codes(checker: &mut Checker<'_, '_>, mark: &MarkDraft<'_>, at: &Trail<'_>) {
    let reads = checker.reads();
    if let Some(code) = mark.code.as_deref().filter(|code| !code.is_empty()) {
        let mut odd = Findings::default();
        Code::of(code).tell(&Trail::ROOT, &mut odd);
        if reads {
            odd.soften();
        }
        checker.findings.append(odd, &at.key("code"));
    }
    // CloudKassir takes the whole code in hex and makes tag 1162 of it.
    let whole = checker.is_for(crate::Provider::CloudKassir);
    let mut invalid = |key: &str, tag: u16, what: &str, hints: &[(&'static str, String)]| {
        let issue = checker.add(IssueCode::MarkInvalid, &at.key(key), tag).warning_if(reads);
        issue.with("what", excerpt(what));
        for (name, value) in hints {
            issue.with(name, value.clone());
        }
    };
    if let Some(hex) = &mark.hex {
        if hex.len() % 2 == 1 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            invalid("hex", 1162, hex, &[("hex", "mark.hex".into())]);
        } else if hex.len() > 64 && !whole {
            invalid("hex", 1162, hex, &[("length", (hex.len() / 2).to_string()), ("max", "32".into())]);
        }
    }
    if let Some(status) = mark.status.filter(|status| *status <= 255) {
        let known = i64::try_from(status).is_ok_and(|code| MARK_STATUS.by_code(Spelling::Number(code)).is_some());
        if !known && status > 0 {
            let issue = checker.add(IssueCode::InvalidValue, &at.key("status"), 2003);
            issue.show("value", &status).with("expected", "1..6, 255").warning_if(reads);
        }
    }
}

/// The permit mode of goods (decree 1944 of 21.11.2023): an industry requisite whose value is the answer of the check.
/// Other decrees of the same body (030) have values of their own.
pub(super) fn permit(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    let list = at.key("industryRequisites");
    for (index, requisite) in item.industry_requisites.iter().flatten().enumerate() {
        let texts = [&requisite.document_date, &requisite.document_number, &requisite.value];
        let [day, number, value] = texts.map(|text| text.as_deref().unwrap_or_default());
        let is_day = date::dotted(day).or_else(|| Date::parse(day)) == Date::new(2023, 11, 21);
        let means = number == "1944" || value.contains("UUID=") || value.contains("Time=");
        if requisite.code.as_deref() != Some("030") || !means || day.is_empty() || value.is_empty() {
            continue;
        }
        let here = list.index(index);
        for (right, key, tag, given, expected) in [
            (is_day, "documentDate", 1263, day, "21.11.2023"),
            (number == "1944", "documentNumber", 1264, number, "1944"),
            (is_permit(value), "value", 1265, value, "UUID=d3e758f9-246e-41a0-ad15-8e95a8a61b61&Time=1732706841407"),
        ] {
            if !right {
                let issue = checker.add(IssueCode::InvalidFormat, &here.key(key), tag);
                issue.quote("value", &excerpt(given)).with("expected", expected);
                issue.severity(crate::Severity::Warning);
            }
        }
    }
}

/// `UUID=..&Time=..`: the id of the answer, and its time in milliseconds.
fn is_permit(value: &str) -> bool {
    let parts = value.strip_prefix("UUID=").and_then(|behind| behind.split_once("&Time="));
    parts.is_some_and(|(id, time)| {
        let groups = id.split('-').map(str::len);
        let hex = id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        hex && groups.eq([8, 4, 4, 4, 12]) && time.len() == 13 && time.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Tag 1291: a proper fraction of one piece, sold at its own sum.
fn part(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, mark: &MarkDraft<'_>, at: &Trail<'_>) {
    let Some(part) = &mark.part else { return };
    let here = at.key("part");
    let reads = checker.reads();
    let mut invalid = |what: String| {
        checker.add(IssueCode::MarkInvalid, &here, 1291).with("what", what).warning_if(reads);
    };
    if let (Some(numerator), Some(denominator)) = (part.numerator, part.denominator)
        && numerator >= denominator
    {
        invalid(format!("{numerator}/{denominator} ≥ 1"));
    }
    if let Some(quantity) = item.quantity.filter(|quantity| *quantity != Quantity::ONE) {
        invalid(format!("quantity {quantity} ≠ 1"));
    }
    if let (Some(price), Some(amount)) = (item.price, item.amount)
        && price != amount
    {
        invalid(format!("price {price} ≠ amount {amount}"));
    }
    if let Some(unit) = item.unit.filter(|unit| *unit != Unit::Piece) {
        invalid(format!("unit \"{}\" ≠ \"piece\"", unit.name()));
    }
    let marked = matches!(item.object, Some(PaymentObject::CommodityMarked | PaymentObject::ExciseMarked));
    if !marked && !mark.gave_code() {
        let object = item.object.unwrap_or(PaymentObject::Commodity).name();
        checker.add(IssueCode::MarkRequired, at, 2000).with("object", object).warning_if(reads);
    }
}

/// One code is one thing, and it is sold once: but parts of one whole share its code.
pub(super) fn duplicates(checker: &mut Checker<'_, '_>) {
    let mut seen = BinaryHeap::new();
    let draft = checker.draft;
    for (index, item) in draft.items.iter().flatten().enumerate() {
        let Some(mark) = item.mark.as_ref().filter(|mark| mark.part.is_none()) else { continue };
        // The same thing, however it was scanned; bar codes are those of a kind of goods.
        let code = mark.code.as_deref().map(Code::of).filter(|code| code.kind.is_single() && !code.raw.is_empty());
        if let Some(code) = code {
            let known = code.kind != MarkKind::Unknown;
            seen.push((if known { code.identification() } else { code.raw.into_owned() }, index * 2));
        }
        if let Some(hex) = &mark.hex {
            seen.push((hex.to_ascii_lowercase(), index * 2 + 1));
        }
    }
    let root = Trail::ROOT;
    let list = root.key("items");
    for pair in seen.into_sorted_vec().chunk_by(|one, other| one.0 == other.0) {
        for (_, place) in &pair[1..] {
            let item = list.index(place / 2);
            let mark = item.key("mark");
            let at = mark.key(if place % 2 == 1 { "hex" } else { "code" });
            checker.add(IssueCode::DuplicateMark, &at, 2000).show("item", &(pair[0].1 / 2 + 1));
        }
    }
}

impl MarkDraft<'_> {
    fn gave_code(&self) -> bool {
        self.gave("code") || self.gave("hex")
    }
}
