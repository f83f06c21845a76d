//! What Paybox sends and takes, read into the model: requests of all forms, receipts, answers and notifications.

use super::{body::Form, dialect, fields, unequal};
use crate::date;
use crate::draft::excerpt;
use crate::issue::{Findings, Issue, IssueCode, Severity, Trail};
use crate::json::{Json, Kind};
use crate::money::Money;
use crate::options::{CheckOptions, Mode};
use crate::provider::map::{Reading, identified, is_new};
use crate::provider::payload::{self, Read};
use crate::provider::{Decoded, Envelope, Provider};
use crate::qr;
use crate::receipt::{Draft, PaymentsDraft};
use crate::record::{Record, Slot};
use crate::vocab::{Ffd, PAYMENT_FORM, Spelling, System, Term};
use std::borrow::Cow;

/// Reads a request, a receipt, an answer or a notification of Paybox: JSON, XML or form text.
///
/// What is odd comes as findings in mode "read"; what has no place in the model is in `envelope` or `extra`. `ffd` is
/// for receipts that do not say their own `receipt_format`.
pub fn decode(text: &str, ffd: Option<Ffd>) -> Decoded {
    let mut findings = Findings::default();
    let value = payload::message(text, &mut findings);
    decode_value(value, ffd, findings)
}

/// The same of a value, on top of findings about its text.
pub(crate) fn decode_value(mut value: Option<Json<'static>>, ffd: Option<Ffd>, mut findings: Findings) -> Decoded {
    let (mut decoded, root) = (Decoded::default(), Trail::ROOT);
    let data = root.key("data");
    let mut place = &root;
    // A list of receipts stands in `data`, with what else there is beside it.
    if let Some(Json::Object(members)) = &mut value
        && let Some(at) = members.iter().position(|(key, value)| key == "data" && value.kind() == Kind::Array)
    {
        let (_, list) = members.remove(at);
        decoded.extra.extend(members.drain(..).map(|(key, value)| (root.key(&key).steps(), value)));
        (place, value) = (&data, Some(list));
    }
    let payloads = payload::elements(value, &mut decoded, nothing, &mut findings);
    let options = CheckOptions { mode: Mode::Read, provider: Some(Provider::Paybox), ..CheckOptions::default() };
    payload::each(&mut decoded, payloads, place, findings, &|value, findings| {
        let (receipt, envelope, extra) = read(value, ffd, findings);
        payload::look(&receipt, &options, findings);
        (receipt, envelope, extra)
    });
    decoded
}

/// Says that a payload is none of Paybox's.
fn nothing(findings: &mut Findings) {
    let issue = findings.add(IssueCode::InvalidValue, &Trail::ROOT, 0).severity(Severity::Warning);
    issue.with("value", "{}").with("example", "pg_receipt, positions, data, pg_payment_id");
}

fn read(mut value: Json<'static>, ffd: Option<Ffd>, findings: &mut Findings) -> Read {
    let root = Trail::ROOT;
    let mut draft = Draft::default();
    let Json::Object(members) = &mut value else {
        let issue = findings.add(IssueCode::InvalidType, &root, 0);
        issue.with("field", "pg_receipt").with("expected", "object").with("got", value.kind().name());
        return (draft, Vec::new(), vec![(Vec::new(), value)]);
    };
    for (_, receipt) in members.iter_mut().filter(|(key, _)| key == "pg_receipt") {
        // Within a form a receipt may be JSON text.
        if let Some(Ok(inner)) = receipt.as_str().map(|text| Json::parse(text).map(Json::into_owned)) {
            *receipt = inner;
        }
    }
    let has = |name: &str| members.iter().any(|(key, value)| key == name && *value != Json::Null);
    let form = [Form::Capture, Form::Refund].into_iter().find(|form| has(form.sum())).unwrap_or(Form::Payment);
    let within = has("pg_receipt");
    let holder =
        [("pg_receipt", within), ("data", has("data"))].into_iter().find(|(_, there)| *there).map(|(key, _)| key);
    let pays = within || members.iter().any(|(key, _)| key.starts_with("pg_"));
    if !pays && holder.is_none() && !["positions", "receipt_id", "receipt_format", "status"].into_iter().any(has) {
        nothing(findings);
    }
    let place = holder.map(|key| root.key(key));
    let place = place.as_ref().unwrap_or(&root);
    let dialect = dialect(!within, Ffd::V1_2);
    let mut reading = Reading { dialect, findings, envelope: Vec::new(), extra: Vec::new() };
    let mut around = Vec::new();
    let mut receipt = if holder.is_some() || pays { Json::Null } else { Json::Object(std::mem::take(members)) };
    for (key, value) in members.drain(..) {
        match holder {
            Some(name) if key == name && receipt == Json::Null => receipt = value,
            _ => around.push((key, value)),
        }
    }
    let settlements = if let Json::Object(members) = &mut receipt { prepared(members) } else { None };
    match &receipt {
        Json::Object(_) => reading.object(&receipt, &[fields::RECEIPT], &mut draft, place, &root),
        Json::Null => {}
        other => reading.unknown(other, place),
    }
    payment(around, &mut reading);
    if let Some(settlements) = settlements {
        settle(&settlements, &mut draft, &mut reading, &place.key("settlements"));
    }
    let Reading { mut envelope, extra, findings, .. } = reading;
    complete(&mut draft, within.then_some(form), ffd);
    marks(&mut draft, &mut envelope, findings);
    money(&mut envelope);
    if within {
        compare(&draft, &envelope, form, findings);
    }
    failure(&mut envelope);
    (draft, envelope, extra)
}

/// Reads what stands around a receipt into the envelope: `pg_order_id` is `orderId`.
fn payment(members: Vec<(Cow<'static, str>, Json<'static>)>, reading: &mut Reading<'_>) {
    for (key, value) in members {
        let here = Trail::ROOT.key(&key);
        let mut name = String::new();
        for part in key.strip_prefix("pg_").unwrap_or_default().split('_') {
            let (first, rest) = part.split_at_checked(1).unwrap_or_default();
            name.push_str(&if name.is_empty() { first.to_owned() } else { first.to_ascii_uppercase() });
            name.push_str(rest);
        }
        let known = fields::PAYMENT_FIELDS.split(' ').find(|known| *known == name);
        match known.filter(|name| !reading.envelope.iter().any(|(other, _)| other == name)) {
            _ if value == Json::Null => {}
            Some(name) => reading.envelope.push((name, identified(name, value))),
            None => reading.unknown(&value, &here),
        }
    }
}

/// Takes the settlements out of a receipt, and puts the one word that FFD 1.2 has of its own into the others' form.
fn prepared(receipt: &mut Vec<(Cow<'static, str>, Json<'static>)>) -> Option<Json<'static>> {
    for (_, positions) in receipt.iter_mut().filter(|(key, _)| key == "positions") {
        let Json::Array(positions) = positions else { continue };
        for position in positions {
            let Json::Object(members) = position else { continue };
            for (_, word) in members.iter_mut().filter(|(key, _)| key == "payment_object") {
                if word.as_str() == Some(fields::CONTRIBUTIONS.1) {
                    *word = Json::String(fields::CONTRIBUTIONS.0.into());
                }
            }
        }
    }
    let at = receipt.iter().position(|(key, value)| key == "settlements" && *value != Json::Null)?;
    Some(receipt.remove(at).1)
}

/// Reads the settlements: each says its kind and its sum. Sums of one kind are added up.
fn settle(settlements: &Json<'static>, draft: &mut Draft<'static>, reading: &mut Reading<'_>, wire: &Trail<'_>) {
    let Json::Array(elements) = settlements else { return reading.unknown(settlements, wire) };
    draft.give("payments");
    let payments: &mut PaymentsDraft = draft.payments.get_or_insert_default();
    for (index, element) in elements.iter().enumerate() {
        let here = wire.index(index);
        let said = element.get("type").and_then(Json::as_str);
        let row = said.and_then(|word| PAYMENT_FORM.by(System::Paybox, Spelling::Text(word)));
        let field = row.and_then(|row| {
            let name = PAYMENT_FORM.rows[row].name;
            payments.shape().fields.iter().position(|field| field.name == name)
        });
        let sum = match element.get("sum") {
            Some(Json::Number(text) | Json::String(text)) => Money::read(text).ok(),
            _ => None,
        };
        let (Some(field), Some(sum)) = (field, sum) else {
            reading.unknown(element, &here);
            continue;
        };
        payments.given |= 1 << field;
        if let Slot::Money(hole) = payments.slot(field) {
            let earlier = hole.unwrap_or_default().kopecks();
            *hole = Some(Money::from_kopecks(earlier.saturating_add(sum.kopecks())));
        }
        let Json::Object(members) = element else { continue };
        for (key, value) in members.iter().filter(|(key, _)| !matches!(&**key, "type" | "sum")) {
            reading.unknown(value, &here.key(key));
        }
    }
}

/// Says what the payload leaves unsaid: the operation and the payment by what the request is, sums of positions, the
/// format by what only FFD 1.2 knows, the plus before the digits of a phone.
fn complete(draft: &mut Draft<'static>, form: Option<Form>, ffd: Option<Ffd>) {
    if let Some(phone) = draft.customer.as_mut().and_then(|customer| customer.phone.as_mut())
        && !phone.is_empty()
        && phone.bytes().all(|byte| byte.is_ascii_digit())
    {
        phone.to_mut().insert(0, '+');
    }
    for item in draft.items.iter_mut().flatten().filter(|item| !item.gave("amount")) {
        if let (Some(price), Some(quantity)) = (item.price, item.quantity) {
            item.amount = price.times(quantity);
            item.give("amount");
        }
    }
    if draft.items.is_none() {
        return;
    }
    if draft.ffd.is_none() && !draft.gave("ffd") {
        draft.ffd = Some(ffd.unwrap_or_else(|| if is_new(draft) { Ffd::V1_2 } else { Ffd::V1_05 }));
        draft.give("ffd");
    }
    let Some(form) = form else { return };
    if draft.operation.is_none() && !draft.gave("operation") {
        draft.operation = form.operation();
        draft.give("operation");
    }
    if let (None, Some(total)) = (&draft.payments, draft.items_total()) {
        let mut payments = PaymentsDraft { electronic: Some(total), ..PaymentsDraft::default() };
        payments.give("electronic");
        draft.payments = Some(Box::new(payments));
        draft.give("payments");
    }
}

/// The register's marks. Until they are there, a receipt is not fiscal: what an answer has of them stands around it.
fn marks(draft: &mut Draft<'static>, envelope: &mut Envelope, findings: &mut Findings) {
    let root = Trail::ROOT;
    let at = root.key("fiscal");
    for (_, value) in envelope.iter_mut().filter(|(name, _)| *name == "createdAt") {
        if let Some(clock) = value.as_str().and_then(|text| wall_clock(text, &root.key("created_at"), 0, findings)) {
            *value = Json::String(clock.into());
        }
    }
    let Some(fiscal) = draft.fiscal.as_deref_mut() else { return };
    if let Some(clock) =
        fiscal.date_time.as_deref().and_then(|text| wall_clock(text, &at.key("dateTime"), 1012, findings))
    {
        fiscal.date_time = Some(clock.into());
    }
    if fiscal.fn_.is_none() && fiscal.fd.is_none() && fiscal.fp.is_none() {
        let left = [
            ("total", fiscal.total.map(|total| total.to_string().into())),
            ("registeredAt", fiscal.date_time.take()),
            ("link", fiscal.url.take()),
        ];
        envelope.extend(left.into_iter().filter_map(|(name, text)| Some((name, Json::String(text?)))));
        draft.fiscal = None;
        return;
    }
    let id = envelope.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.as_str());
    if let Some(id) = id {
        fiscal.id = Some(id.to_owned().into());
        fiscal.give("id");
    }
    // The address of a copy has the text of the QR code in it, and the document's own example has another one's.
    let query = fiscal.url.as_deref().and_then(|url| url.split_once('?')).map(|(_, query)| query);
    let said = |key: &str| qr::field(query?, key);
    let mut differs = |key: &str, expected: String| {
        let issue = findings.add(IssueCode::InvalidValue, &at.key("url"), 0).severity(Severity::Warning);
        let shown = excerpt(said(key).unwrap_or_default());
        issue.with("value", format!("{key}={shown}")).with("expected", format!("{key}={expected}"));
    };
    if let (Some(sum), Some(total)) = (said("s").and_then(|sum| Money::read(sum).ok()), fiscal.total)
        && sum != total
    {
        differs("s", total.to_string());
    }
    let code = draft.operation.and_then(Term::code).map(|code| code.to_string());
    if let (Some(sign), Some(code)) = (said("n"), code)
        && sign != code
    {
        differs("n", code);
    }
}

/// "29.03.2023 17:37:00" as YYYY-MM-DDTHH:MM:SS. The documents' examples have lost the space between, which is said.
fn wall_clock(text: &str, at: &Trail<'_>, tag: u16, findings: &mut Findings) -> Option<String> {
    let (day, clock) = text.split_at_checked(10)?;
    let date = date::dotted(day)?;
    let time = clock.trim_start();
    let iso = format!("{date}T{time}");
    date::moment(&iso).filter(|moment| moment.timed)?;
    if time.len() == clock.len() {
        let issue: &mut Issue = findings.add(IssueCode::InvalidFormat, at, tag).severity(Severity::Warning);
        issue.with("value", format!("\"{}\"", excerpt(text))).with("suggestion", format!("\"{day} {time}\""));
    }
    Some(iso)
}

/// Sums of the envelope, as the model writes sums.
fn money(envelope: &mut Envelope) {
    for (_, value) in envelope.iter_mut().filter(|(name, _)| name.ends_with("mount")) {
        if let Json::Number(text) | Json::String(text) = value
            && let Ok(sum) = Money::read(text)
        {
            *value = Json::String(sum.to_string().into());
        }
    }
}

/// The sum of a payment, a capture or a refund is the total of its receipt.
fn compare(draft: &Draft<'_>, envelope: &Envelope, form: Form, findings: &mut Findings) {
    let name = ["amount", "clearingAmount", "refundAmount", ""][form as usize];
    let said = envelope.iter().find(|(known, _)| *known == name).and_then(|(_, sum)| Money::read(sum.as_str()?).ok());
    let (Some(sum), Some(total)) = (said, draft.items_total()) else { return };
    if sum != total {
        unequal(findings, &Trail::ROOT.key(form.sum()), 1020, sum, total).severity(Severity::Warning);
    }
}

/// Whatever went wrong, as `{code, message}`.
fn failure(envelope: &mut Envelope) {
    let taken = |name: &str| {
        let at = envelope.iter().position(|(known, _)| *known == name)?;
        Some(envelope[at].1.clone())
    };
    let (error, code, message) = (taken("error"), taken("errorCode"), taken("errorDescription"));
    match (error, code.is_some() || message.is_some()) {
        (Some(Json::String(text)), _) => {
            let error = vec![("code".into(), Json::Null), ("message".into(), Json::String(text))];
            envelope.retain(|(name, _)| *name != "error");
            envelope.push(("error", Json::Object(error)));
        }
        (None, true) => {
            let member = |value: Option<Json<'static>>| value.unwrap_or(Json::Null);
            let error = vec![("code".into(), member(code)), ("message".into(), member(message))];
            envelope.push(("error", Json::Object(error)));
        }
        _ => {}
    }
}
