//! Receipts as the tax service (FNS) and the operators of fiscal data (OFD) export them in JSON. Nobody submits this
//! form, so it is only read, and tolerantly: what is odd about a document that is fiscal already is only told.

mod fields;

use super::map::{Dialect, Reading, Row, is_new};
use super::payload::{self, Read};
use super::{Decoded, Envelope};
use crate::bytes;
use crate::check;
use crate::date::Date;
use crate::draft::excerpt;
use crate::issue::{Findings, IssueCode, Trail};
use crate::json::{Json, Kind};
use crate::money::{Money, whole};
use crate::options::{CheckOptions, Mode};
use crate::receipt::Draft;
use crate::record::{Record, View};
use crate::vocab::{Ffd, Spelling, System, Term, Vat};
use std::borrow::Cow;

const DIALECT: Dialect = Dialect { system: System::Ffd, label: "FNS", version: u8::MAX, has: |_, _, _| true };

/// Reads an exported receipt, or a list of them: JSON text in any of the dialects since 2018, wrapped or not.
///
/// What is odd comes as findings in mode "read". What the model has no place for is in `extra`; in the envelope stand
/// `vat` (the document's VAT sums, of `vat0` and `none` the turnovers) and `vatMethod`, which of the two legal ways of
/// rounding gives them: `byLines`, `bySum`, `both`, `neither`, or `mixed` where rates differ in it.
///
/// ```
/// let text = r#"{"document":{"receipt":{"code":3,"fiscalDocumentFormatVer":4,"operationType":1,"dateTime":1791464700,
///     "items":[{"name":"Tea","price":26910,"quantity":3,"sum":80730,"nds":11}],"ecashTotalSum":80730,"totalSum":80730,
///     "fiscalDriveNumber":"7380440902582955","fiscalDocumentNumber":9895,"fiscalSign":3304159072,
///     "amountsReceiptNds":{"amountsNds":[{"nds":11,"ndsSum":14558}]}}}}"#;
/// let decoded = chek54::fns::decode(text, None);
/// let (receipt, envelope) = &decoded.receipts[0];
/// assert_eq!(receipt.items_total(), Some(chek54::Money::from_kopecks(80_730)));
/// assert_eq!(receipt.fiscal.as_ref().and_then(|fiscal| fiscal.date_time.as_deref()), Some("2026-10-08T13:05:00"));
/// assert!(envelope.iter().any(|(name, value)| *name == "vatMethod" && value.as_str() == Some("both")));
/// ```
pub fn decode(text: &str, ffd: Option<Ffd>) -> Decoded {
    let (mut findings, mut decoded) = (Findings::default(), Decoded::default());
    let value = payload::parse(text, &mut findings);
    let payloads = payload::elements(value, &mut decoded, nothing, &mut findings);
    payload::each(&mut decoded, payloads, &Trail::ROOT, findings, &|value, findings| read(value, ffd, findings));
    decoded
}

/// Says that a payload is no receipt.
fn nothing(findings: &mut Findings) {
    let issue = findings.add(IssueCode::InvalidValue, &Trail::ROOT, 0).severity(crate::Severity::Warning);
    issue.with("value", "{}").with("example", "items, totalSum, ticket.document.receipt");
}

fn read(value: Json<'static>, ffd: Option<Ffd>, findings: &mut Findings) -> Read {
    let mut draft = Draft::default();
    if value.kind() != Kind::Object {
        let issue = findings.add(IssueCode::InvalidType, &Trail::ROOT, 0);
        issue.with("field", "receipt").with("expected", "object").with("got", value.kind().name());
        return (draft, Vec::new(), vec![(Vec::new(), value)]);
    }
    let mut reading = Reading { dialect: DIALECT, findings, envelope: Vec::new(), extra: Vec::new() };
    unwrap(&mut reading, value, 0, &mut draft, &Trail::ROOT);
    let Reading { mut envelope, extra, .. } = reading;
    if draft.items.is_none() && draft.correction.is_none() && draft.fiscal.is_none() {
        nothing(findings);
        return (draft, envelope, extra);
    }
    let mut odd = Findings::default();
    let day = draft.fiscal.as_ref().and_then(|fiscal| Date::parse(fiscal.date_time.as_deref()?));
    kind(&mut draft, &envelope, &mut odd);
    let sums = sums(&mut envelope, day, &mut odd);
    finish(&mut draft, &sums, day, ffd);
    if let Some(method) = method(&draft, &sums, &mut odd) {
        envelope.push(("vatMethod", Json::String(method.into())));
    }
    let options = CheckOptions { mode: Mode::Read, at: day, ..CheckOptions::default() };
    check::rules(&draft, &options, &mut odd);
    // What exports have for the factory number is often the name of a vending machine (1036).
    odd.drop(IssueCode::RnmMismatch);
    odd.soften();
    findings.append(odd, &Trail::ROOT);
    (draft, envelope, extra)
}

/// Goes down to the document, reading what stands beside the way, and then reads it.
fn unwrap(reading: &mut Reading<'_>, value: Json<'static>, kind: i64, draft: &mut Draft<'static>, wire: &Trail<'_>) {
    let root = Trail::ROOT;
    let Json::Object(mut members) = value else { return };
    let has = |names: &[&str]| members.iter().any(|(key, _)| names.iter().any(|name| name.eq_ignore_ascii_case(key)));
    let wrapper = |key: &str| fields::WRAPPERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
    let down = members.iter().position(|(key, value)| value.kind() == Kind::Object && wrapper(key).is_some());
    if let Some(at) = down.filter(|_| !has(&["items", "totalSum", "fiscalSign"])) {
        let (key, inner) = members.remove(at);
        let said = wrapper(&key).map_or(0, |(_, kind)| *kind);
        reading.object(&Json::Object(members), &[fields::BESIDE], draft, wire, &root);
        return unwrap(reading, inner, if said == 0 { kind } else { said }, draft, &wire.key(&key));
    }
    if kind != 0 && !has(&["code", "receiptCode"]) {
        reading.envelope.push(("code", Json::Number(kind.to_string().into())));
    }
    for (key, value) in &mut members {
        if let (true, Json::Array(items)) = (key.eq_ignore_ascii_case("items"), value) {
            items.iter_mut().for_each(rated);
        }
    }
    reading.object(&Json::Object(members), &[fields::DOCUMENT, fields::AGENT, fields::VAT_SUMS], draft, wire, &root);
}

/// Gives an item of an older export its rate: the one whose sum stands there instead, and if there are several, the one
/// whose sum is not zero.
fn rated(item: &mut Json<'static>) {
    let Json::Object(members) = item else { return };
    let is_rate = |key: &str| ["nds", "ndsRate"].iter().any(|name| name.eq_ignore_ascii_case(key));
    members.retain(|(key, value)| !is_rate(key) || *value != Json::Null);
    if members.iter().any(|(key, _)| is_rate(key)) {
        return;
    }
    let mut said: Vec<(i64, Money)> = Vec::new();
    for (key, value) in members.iter() {
        let row = fields::VAT_SUMS.iter().find(|row| row.wire.eq_ignore_ascii_case(key));
        said.extend(row.and_then(code_of).zip(kopecks(value)));
    }
    let sold: Vec<_> = said.iter().filter(|(_, sum)| *sum != Money::ZERO).collect();
    if let ([(code, _)], _) | (_, [(code, _)]) = (&*said, &*sold) {
        members.push(("nds".into(), Json::Number(code.to_string().into())));
    }
}

/// The code (tag 1199) of the rate that a sum is of.
fn code_of(row: &Row) -> Option<i64> {
    whole(row.model.strip_prefix("@vat.")?)
}

fn kopecks(value: &Json<'_>) -> Option<Money> {
    match value {
        Json::Number(text) | Json::String(text) => Money::read_kopecks(text).ok(),
        _ => None,
    }
}

fn integer(value: &Json<'_>) -> Option<i64> {
    match value {
        Json::Number(text) | Json::String(text) => whole(text),
        _ => None,
    }
}

/// What the kind of the document says: a strict reporting form (4, 41), a correction (31, 41).
fn kind(draft: &mut Draft<'static>, envelope: &Envelope, odd: &mut Findings) {
    let Some((_, code)) = envelope.iter().find(|(name, _)| *name == "code") else { return };
    let number = integer(code);
    if !matches!(number, Some(3 | 4 | 31 | 41)) {
        let issue = odd.add(IssueCode::InvalidValue, &Trail::ROOT, 0);
        issue.with("field", "code").with("value", excerpt(&code.to_string())).with("expected", "3, 4, 31, 41");
    }
    if matches!(number, Some(4 | 41)) {
        draft.bso = Some(true);
        draft.give("bso");
    }
    if matches!(number, Some(31 | 41)) {
        draft.correction.get_or_insert_default();
        draft.give("correction");
    }
}

/// The rate of the same code on a day: 1 was 18% before 2019 and is 20%, 3 was 18/118 and is 20/120; 22% has a code of
/// its own, and so 1 stays 20% in the returns of 2026.
fn rate_on(vat: Vat, day: Option<Date>) -> Vat {
    let Some(day) = day.map(|day| day.to_string()) else { return vat };
    Vat::all().find(|other| other.code() == vat.code() && other.row().in_force(&day)).unwrap_or(vat)
}

/// Takes the document's VAT sums out of the envelope and puts them back as rates and roubles. What cannot be read stays
/// as it was.
fn sums(envelope: &mut Envelope, day: Option<Date>, odd: &mut Findings) -> Vec<(Vat, Money)> {
    let mut sums: Vec<(Vat, Money)> = Vec::new();
    envelope.retain_mut(|(name, value)| {
        if *name == "messageFiscalSign" {
            // Nineteen digits, more than a JavaScript number holds.
            *value = Json::String(excerpt(value.as_str().unwrap_or(&value.to_string())).into());
        }
        let (rates, code) = match (&*value, name.strip_prefix("vat.")) {
            (value, Some(code)) => (std::slice::from_ref(value), whole(code)),
            (Json::Array(rates), _) if *name == "amountsNds" => (&**rates, None),
            (value, _) if *name == "amountsNds" => (std::slice::from_ref(value), None),
            _ => return true,
        };
        let mut keep = false;
        for rate in rates {
            let (code, sum) = match rate {
                Json::Object(members) if code.is_none() => {
                    keep |= members.len() > 2;
                    (rate.get("nds").and_then(integer), rate.get("ndsSum"))
                }
                sum => (code, Some(sum)),
            };
            let vat = code.and_then(|code| Vat::LIST.by_code(Spelling::Number(code))).and_then(Vat::at);
            let Some((vat, sum)) = vat.zip(sum.and_then(kopecks)) else {
                let row = fields::VAT_SUMS.iter().find(|row| row.model.strip_prefix('@') == Some(*name));
                let issue = odd.add(IssueCode::InvalidValue, &Trail::ROOT, 0);
                issue.with("field", row.map_or("amountsReceiptNds", |row| row.wire));
                issue.with("value", excerpt(&rate.to_string()));
                keep = true;
                continue;
            };
            let vat = rate_on(vat, day);
            // One rate by its old and its new name: the one that says something counts.
            let same = |said: Money| said == sum || said == Money::ZERO || sum == Money::ZERO;
            match sums.iter_mut().find(|(other, said)| *other == vat && same(*said)) {
                Some((_, said)) if *said == Money::ZERO => *said = sum,
                Some(_) => {}
                None => sums.push((vat, sum)),
            }
        }
        keep
    });
    if !sums.is_empty() {
        let text = |text: String| Json::String(text.into());
        let member = |(vat, sum): &(Vat, Money)| {
            let members = vec![("vat".into(), text(vat.name().into())), ("sum".into(), text(sum.to_string()))];
            Json::Object(members)
        };
        envelope.push(("vat", Json::Array(sums.iter().map(member).collect())));
    }
    sums
}

/// Says what the document leaves to be understood.
fn finish(draft: &mut Draft<'static>, sums: &[(Vat, Money)], day: Option<Date>, ffd: Option<Ffd>) {
    // A document with one VAT sum alone has that rate at every item.
    let mut said = sums.iter().filter(|(_, sum)| *sum != Money::ZERO).map(|(vat, _)| *vat);
    let only = said.next().filter(|_| said.next().is_none());
    for item in draft.items.iter_mut().flatten() {
        match item.vat {
            Some(vat) => item.vat = Some(rate_on(vat, day)),
            None if only.is_some() && !item.gave("vat") => {
                item.vat = only;
                item.give("vat");
            }
            None => {}
        }
        if let Some(hex) = item.mark.as_mut().and_then(|mark| mark.hex.as_mut()) {
            *hex = Cow::Owned(hex_of(hex));
        }
    }
    if draft.ffd.is_none() {
        draft.ffd = Some(ffd.unwrap_or_else(|| if is_new(draft) { Ffd::V1_2 } else { Ffd::V1_05 }));
        draft.give("ffd");
    }
    let vat = draft.only_vat().or(only);
    if let Some(correction) = draft.correction.as_mut().filter(|_| draft.ffd == Some(Ffd::V1_05)) {
        draft.items.get_or_insert_default();
        if let (None, Some(vat)) = (correction.vat, vat) {
            correction.vat = Some(vat);
            correction.give("vat");
        }
    }
    // Every way of payment stands in a document, those that nothing was paid in too.
    if let Some(payments) = draft.payments.as_deref_mut().filter(|payments| payments.total() != Some(Money::ZERO)) {
        for index in 0..payments.shape().fields.len() {
            if matches!(payments.view(index), View::Money(Money::ZERO)) {
                payments.slot(index).clear();
                payments.given &= !(1 << index);
            }
        }
    }
}

/// A product code (tag 1162) in hex: some write it with spaces, some in base64.
fn hex_of(code: &str) -> String {
    let digits = || code.chars().filter(char::is_ascii_hexdigit).collect();
    let coded = || bytes::of_base64(code).map_or(code.to_owned(), |bytes| bytes::small_hex(&bytes));
    bytes::of_hex(code).map_or_else(coded, |_| digits())
}

/// Which way of rounding gives the document's VAT sums; a sum that neither does is found.
///
/// The law leaves it open: each line rounded, or their sum at a rate once. Real documents have both.
fn method(draft: &Draft<'_>, sums: &[(Vat, Money)], odd: &mut Findings) -> Option<&'static str> {
    let items = draft.items.as_ref().filter(|items| !items.is_empty() && !sums.is_empty())?;
    let lines: Vec<_> = items.iter().filter_map(|item| item.vat.zip(item.amount)).collect();
    if lines.len() < items.len() {
        return None;
    }
    let (mut every_line, mut every_sum, mut any_wrong) = (true, true, false);
    for (vat, said) in sums {
        let of_rate = || lines.iter().filter(|(other, _)| other == vat).map(|(_, amount)| *amount);
        // Of no rate, and of 0%, documents have the turnover.
        let turnover = vat.percent().unwrap_or(0) == 0;
        let tax = |amount: Money| if turnover { amount } else { vat.sum(amount) };
        let add = |sum: i64, amount: Money| sum.checked_add(amount.kopecks());
        let by_lines = of_rate().try_fold(0, |sum, amount| add(sum, tax(amount)))?;
        let total = of_rate().try_fold(0, add).filter(|total| Money::from_kopecks(*total).kopecks() == *total)?;
        let (by_lines, by_sum) = (Money::from_kopecks(by_lines), tax(Money::from_kopecks(total)));
        every_line &= by_lines == *said;
        every_sum &= by_sum == *said;
        if by_lines != *said && by_sum != *said {
            any_wrong = true;
            let tag = fields::tag_of(*vat);
            let issue = odd.add(IssueCode::VatMismatch, &Trail::ROOT.key("items"), tag);
            issue.with("vat", vat.name()).with("sum", said.to_string()).with("byLines", by_lines.to_string());
            issue.with("bySum", by_sum.to_string()).with("difference", (*said - by_sum).to_string());
        }
    }
    Some(match (every_line, every_sum) {
        _ if any_wrong => "neither",
        (true, true) => "both",
        (true, false) => "byLines",
        (false, true) => "bySum",
        (false, false) => "mixed",
    })
}
