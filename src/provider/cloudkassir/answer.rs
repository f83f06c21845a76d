//! What CloudKassir sends and takes, read into the model: requests, answers, and the fields of its notifications.

use super::{Version, fields};
use crate::issue::{Findings, IssueCode, Trail};
use crate::json::{Json, Kind};
use crate::money::whole;
use crate::options::{CheckOptions, Mode};
use crate::provider::map::{Reading, Row, is_new};
use crate::provider::payload::{self, Read};
use crate::provider::{Decoded, Envelope, Provider};
use crate::qr;
use crate::receipt::Draft;
use crate::vocab::{Ffd, Vat};
use std::borrow::Cow;

/// Reads a body or an answer of CloudKassir: JSON text, keys in any case, numbers or strings, wrapped or flat.
///
/// What is odd comes as findings in mode "read"; what has no place in the model is in `envelope` or `extra`.
pub fn decode(text: &str, ffd: Option<Ffd>, version: Option<Version>) -> Decoded {
    let mut findings = Findings::default();
    let value = payload::parse(text, &mut findings);
    decode_value(value, ffd, version, findings)
}

/// The same of a value, on top of findings about its text.
pub(crate) fn decode_value(
    value: Option<Json<'static>>,
    ffd: Option<Ffd>,
    version: Option<Version>,
    mut findings: Findings,
) -> Decoded {
    let mut decoded = Decoded::default();
    let options = CheckOptions {
        mode: Mode::Read,
        provider: Some(Provider::CloudKassir),
        version: version.unwrap_or_default(),
        ..CheckOptions::default()
    };
    let payloads = payload::elements(value, &mut decoded, nothing, &mut findings);
    payload::each(&mut decoded, payloads, &Trail::ROOT, findings, &|value, findings| {
        let (receipt, envelope, extra) = read(value, ffd, version, findings);
        payload::look(&receipt, &options, findings);
        (receipt, envelope, extra)
    });
    decoded
}

fn read(value: Json<'static>, ffd: Option<Ffd>, version: Option<Version>, findings: &mut Findings) -> Read {
    let root = Trail::ROOT;
    let mut draft = Draft::default();
    if value.kind() != Kind::Object {
        let issue = findings.add(IssueCode::InvalidType, &root, 0);
        issue.with("field", "CustomerReceipt").with("expected", "object").with("got", value.kind().name());
        return (draft, Vec::new(), vec![(Vec::new(), value)]);
    }
    let value = separated(value);
    let model = member(&value, "Model");
    let inner = model.filter(|model| model.kind() == Kind::Object).unwrap_or(&value);
    let mut dialect = version.unwrap_or_default().dialect();
    let mut numbering = |data: &Json<'static>| {
        let older = if is_tagged(data, version) { Version::V3_3_7 } else { Version::V3_4_5 };
        dialect = older.dialect();
    };
    let tables: &[&[Row]] = if member(&value, "CustomerReceipt").is_some() {
        &[fields::REQUEST]
    } else if let Some(data) = member(&value, "CorrectionReceiptData") {
        numbering(data);
        &[fields::CORRECTION_REQUEST]
    } else if member(inner, "CorrectionReceiptType").is_some() {
        numbering(inner);
        fields::CORRECTION_DETAILS
    } else if member(inner, "FiscalSign").is_some() {
        fields::NOTIFICATION
    } else if member(inner, "Items").is_some() || member(inner, "AdditionalData").is_some() {
        fields::RECEIPT_DETAILS
    } else {
        &[]
    };
    let mut reading = Reading { dialect, findings, envelope: Vec::new(), extra: Vec::new() };
    match model {
        Some(Json::String(status)) => {
            reading.envelope.push(("status", Json::String(status.clone())));
            reading.object(&value, &[fields::ANSWER], &mut draft, &root, &root);
        }
        Some(_) => {
            let tables = if tables.is_empty() { &[fields::MODEL] } else { tables };
            reading.object(inner, tables, &mut draft, &root.key("Model"), &root);
            reading.object(&value, &[fields::ANSWER], &mut draft, &root, &root);
        }
        None => {
            if tables.is_empty() && member(&value, "Success").is_none() {
                nothing(reading.findings);
            }
            reading.object(&value, &[tables, &[fields::ANSWER]].concat(), &mut draft, &root, &root);
        }
    }
    let Reading { mut envelope, extra, .. } = reading;
    finish(&mut draft, &mut envelope, ffd);
    (draft, envelope, extra)
}

/// Says that a payload is none of CloudKassir's.
fn nothing(findings: &mut Findings) {
    let issue = findings.add(IssueCode::InvalidValue, &Trail::ROOT, 0).severity(crate::Severity::Warning);
    issue.with("value", "{}").with("example", "CustomerReceipt, CorrectionReceiptData, Items, Model, FiscalSign");
}

/// Whether `VatRate` is numbered as tag 1199, 1..6: up to 3.3.7 it was, from 3.4.5 on it has the codes of `Vat`. Only
/// 5 is in both numberings; then the register's number, gone in 3.4.5, tells.
fn is_tagged(data: &Json<'static>, version: Option<Version>) -> bool {
    let rate = match member(data, "VatRate") {
        Some(Json::Number(text) | Json::String(text)) => whole(text),
        _ => None,
    };
    match (version, rate) {
        (_, Some(1..=4 | 6)) => true,
        (Some(version), _) => version < Version::V3_4_5,
        (None, Some(5)) => member(data, "DeviceNumber").is_some(),
        (None, _) => false,
    }
}

/// A member by its name in any case.
fn member<'v>(value: &'v Json<'static>, name: &str) -> Option<&'v Json<'static>> {
    let Json::Object(members) = value else { return None };
    let found = members.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && *value != Json::Null);
    found.map(|(_, value)| value)
}

/// Puts group separators back where a body names another one, and opens a receipt that is text within a form.
fn separated(value: Json<'static>) -> Json<'static> {
    match value {
        Json::Array(elements) => Json::Array(elements.into_iter().map(separated).collect()),
        Json::Object(mut members) => {
            let named = |members: &[(Cow<'static, str>, Json<'static>)], name: &str| {
                members.iter().position(|(key, _)| key.eq_ignore_ascii_case(name))
            };
            if let (Some(code), Some(separator)) = (named(&members, "RawMarkCode"), named(&members, "GroupSeparator"))
                && let (Some(text), Some(other)) = (members[code].1.as_str(), members[separator].1.as_str())
                && !other.is_empty()
            {
                members[code].1 = Json::String(replaced(text, other).into());
            }
            if let Some(at) = named(&members, "Receipt")
                && let Some(Ok(inner)) = members[at].1.as_str().map(|text| Json::parse(text).map(Json::into_owned))
            {
                members[at].1 = inner;
            }
            Json::Object(members.into_iter().map(|(key, value)| (key, separated(value))).collect())
        }
        other => other,
    }
}

/// A code with its separators put back. By hand: the library's search for a text is a hundredth of the whole wasm.
fn replaced(code: &str, separator: &str) -> String {
    let (mut whole, mut rest) = (String::new(), code.chars());
    loop {
        if let Some(behind) = rest.as_str().strip_prefix(separator) {
            whole.push('\u{1d}');
            rest = behind.chars();
        } else if let Some(character) = rest.next() {
            whole.push(character);
        } else {
            return whole;
        }
    }
}

/// Says what the payload leaves unsaid: no VAT is none, an item's agent is the receipt's, the register's clock is in
/// the QR code, and a body that has what only FFD 1.2 knows is of FFD 1.2.
fn finish(draft: &mut Draft<'static>, envelope: &mut Envelope, ffd: Option<Ffd>) {
    let kind = draft.agent.as_ref().and_then(|agent| agent.kind);
    for item in draft.items.iter_mut().flatten() {
        if item.vat.is_none() && !item.gave("vat") {
            item.vat = Some(Vat::None);
            item.give("vat");
        }
        if let Some(agent) = item.agent.as_mut().filter(|agent| agent.kind.is_none() && kind.is_some()) {
            agent.kind = kind;
            agent.give("kind");
        }
    }
    if draft.items.is_some() || draft.correction.is_some() {
        draft.ffd = Some(ffd.unwrap_or_else(|| if is_new(draft) { Ffd::V1_2 } else { Ffd::V1_05 }));
    }
    // With items each has its own rate: null beside them says nothing.
    let has_items = draft.items.as_ref().is_some_and(|items| !items.is_empty());
    if let Some(correction) = draft.correction.as_mut().filter(|_| has_items && draft.ffd != Some(Ffd::V1_05))
        && correction.vat == Some(Vat::None)
    {
        correction.vat = None;
    }
    let said =
        |envelope: &Envelope, name: &str| envelope.iter().find(|(known, _)| *known == name).map(|(_, v)| v.clone());
    let qr = said(envelope, "qrCodeUrl").and_then(|url| qr::of_url(url.as_str()?));
    if let (Some(fiscal), Some(text)) = (draft.fiscal.as_mut(), qr) {
        fiscal.date_time = qr::date_time(&text).map(Cow::Owned);
        fiscal.qr = Some(text.into());
    }
    let code = said(envelope, "errorCode").filter(|code| !is_zero(code));
    let failed = said(envelope, "success") == Some(Json::Bool(false));
    let refused = said(envelope, "status").is_some_and(|status| status.as_str() == Some("Error"));
    if code.is_some() || failed || refused {
        let message = said(envelope, "errorMessage").or(said(envelope, "message")).unwrap_or(Json::Null);
        let code = code.unwrap_or(Json::Null);
        envelope.push(("error", Json::Object(vec![("code".into(), code), ("message".into(), message)])));
    }
}

fn is_zero(value: &Json<'_>) -> bool {
    matches!(value, Json::Number(text) | Json::String(text) if whole(text) == Some(0))
}
