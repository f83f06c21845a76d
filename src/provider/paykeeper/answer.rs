//! What PayKeeper sends and takes, read into the model: the form of a request, answers, the callback of 8.13.

use super::{DIALECT, LABEL, codes, fields};
use crate::bytes::of_base64;
use crate::draft::excerpt;
use crate::explain;
use crate::form;
use crate::issue::{Findings, IssueCode, Severity, Step, Trail};
use crate::json::{Json, Kind, unmarked};
use crate::money::Money;
use crate::options::{CheckOptions, Mode};
use crate::provider::map::{Reading, is_new};
use crate::provider::payload::{self, Extra, Read, take};
use crate::provider::{Decoded, Envelope, Provider};
use crate::qr;
use crate::receipt::Draft;
use crate::vocab::Ffd;

/// Reads what PayKeeper sends or takes: form text, or JSON text of a form's object, of an answer, of a list.
///
/// An empty answer is "no such receipt". Counts of a list, or counts alone, stand in the envelope. What is odd comes as
/// findings in mode "read"; what has no place in the model is in `envelope` or `extra`.
pub fn decode(text: &str, ffd: Option<Ffd>) -> Decoded {
    let mut findings = Findings::default();
    let text = unmarked(text).trim();
    let value = match text.as_bytes().first() {
        None => None,
        Some(b'{' | b'[' | b'"') => payload::parse(text, &mut findings),
        Some(_) if text.bytes().any(|byte| byte == b'=') => Some(form::read(text)),
        Some(_) => payload::parse(text, &mut findings),
    };
    decode_value(value, ffd, findings)
}

/// The same of a value, on top of findings about its text.
pub(crate) fn decode_value(value: Option<Json<'static>>, ffd: Option<Ffd>, findings: Findings) -> Decoded {
    let (mut decoded, root) = (Decoded::default(), Trail::ROOT);
    let list = root.key("receipts");
    let (mut payloads, mut place) = (Vec::new(), &root);
    match value {
        None | Some(Json::Null) => {}
        Some(Json::Array(elements)) => (decoded.is_list, payloads) = (true, elements),
        Some(Json::Object(members)) if is_counts(&members) => decoded.around.push(("counts", Json::Object(members))),
        // The answer of `bydate` and `search`: receipts and counts.
        Some(Json::Object(members)) if matches!(named(&members, "receipts"), Some(Json::Array(_))) => {
            (decoded.is_list, place) = (true, &list);
            for (key, value) in members {
                match (&*key, value) {
                    ("receipts", Json::Array(elements)) => payloads.extend(elements),
                    ("counts", value) => decoded.around.push(("counts", value)),
                    (_, value) => decoded.extra.push((root.key(&key).steps(), value)),
                }
            }
        }
        Some(value) => payloads.push(value),
    }
    let options = CheckOptions { mode: Mode::Read, provider: Some(Provider::PayKeeper), ..CheckOptions::default() };
    payload::each(&mut decoded, payloads, place, findings, &|value, findings| {
        let (receipt, envelope, extra) = read(value, ffd, findings);
        payload::look(&receipt, &options, findings);
        (receipt, envelope, extra)
    });
    decoded
}

type Members = [(std::borrow::Cow<'static, str>, Json<'static>)];

/// A member by the first part of its name: the document's table has counts as `status.created`.
fn named<'m>(members: &'m Members, name: &str) -> Option<&'m Json<'static>> {
    let first = |key: &str| key.split('.').next() == Some(name);
    members.iter().find(|(key, _)| first(key)).map(|(_, value)| value)
}

/// The answer of `bydatecount`: counts by status, type and way of payment, and nothing of a receipt.
fn is_counts(members: &Members) -> bool {
    let counted = ["receipt_type", "sum_type"].iter().any(|name| named(members, name).is_some());
    counted && !["type", "cart", "receipts"].iter().any(|name| named(members, name).is_some())
}

fn read(value: Json<'static>, ffd: Option<Ffd>, findings: &mut Findings) -> Read {
    let root = Trail::ROOT;
    let mut draft = Draft::default();
    let mut reading = Reading { dialect: DIALECT, findings, envelope: Vec::new(), extra: Vec::new() };
    if value.kind() == Kind::Object {
        reading.object(&value, &[fields::REQUEST, fields::ANSWER], &mut draft, &root, &root);
    } else {
        let issue = reading.findings.add(IssueCode::InvalidType, &root, 0);
        issue.with("field", LABEL).with("expected", "object").with("got", value.kind().name());
        reading.extra.push((Vec::new(), value));
    }
    let Reading { mut envelope, mut extra, .. } = reading;
    whole_codes(&mut draft, &mut extra, findings);
    match take(&mut envelope, "isCorrection") {
        Some(Json::Bool(true)) => {
            draft.correction.get_or_insert_default();
            draft.give("correction");
        }
        None | Some(Json::Bool(_)) => {}
        Some(odd) => envelope.push(("isCorrection", odd)),
    }
    if draft.items.is_some() || draft.correction.is_some() {
        // `is_correction` is of FFD 1.2 alone.
        let new = draft.correction.is_some() || is_new(&draft);
        draft.ffd = Some(ffd.unwrap_or(if new { Ffd::V1_2 } else { Ffd::V1_05 }));
        draft.give("ffd");
    }
    marks(&mut draft, &mut envelope);
    around(&mut envelope, findings);
    (draft, envelope, extra)
}

/// The code in base64 is the whole one: it takes the place of the plain one, which stays beside the receipt unless only
/// separators are missing in it.
fn whole_codes(draft: &mut Draft<'static>, extra: &mut Extra, findings: &mut Findings) {
    extra.retain_mut(|(path, value)| {
        let [.., Step::Index(index), Step::Key(key)] = &mut path[..] else { return true };
        let item = draft.items.as_mut().and_then(|items| items.get_mut(*index));
        let (Some(item), true) = (item, key == fields::CODE_B64) else { return true };
        let text = value.as_str().unwrap_or_default();
        if text.is_empty() {
            return false;
        }
        let Some(whole) = of_base64(text).and_then(|bytes| String::from_utf8(bytes).ok()) else {
            let (root, shown) = (Trail::ROOT, excerpt(text));
            let (items, code) = (root.key("items"), IssueCode::InvalidFormat);
            let issue = findings.add(code, &items.index(*index).key("mark"), 2000);
            issue.severity(Severity::Warning).with("value", shown).with("expected", "base64");
            return true;
        };
        item.give("mark");
        let mark = item.mark.get_or_insert_default();
        mark.give("code");
        let printed = |text: &str| text.bytes().filter(|byte| !byte.is_ascii_control()).collect::<Vec<_>>();
        let same = mark.code.as_deref().is_none_or(|plain| printed(plain) == printed(&whole));
        if let Some(plain) = mark.code.replace(whole.into()) {
            *key = "item_code".into();
            *value = Json::String(plain);
        }
        !same
    });
}

/// Takes out of the envelope what the register made: the QR code's text, and the time where that does not tell it.
fn marks(draft: &mut Draft<'static>, envelope: &mut Envelope) {
    let code = payload::text(envelope, "fopUrl").and_then(|text| {
        let behind = text.split_once('?').map_or(text, |(_, query)| query);
        if qr::field(behind, "fn").is_some() { Some(behind.to_owned()) } else { qr::of_url(text) }
    });
    if let Some(text) = code {
        let field = |name| qr::field(&text, name).map(str::to_owned);
        draft.give("fiscal");
        let fiscal = draft.fiscal.get_or_insert_default();
        for (hole, name) in [(&mut fiscal.fn_, "fn"), (&mut fiscal.fd, "i"), (&mut fiscal.fp, "fp")] {
            if hole.is_none() {
                *hole = field(name).map(Into::into);
            }
        }
        fiscal.total = qr::field(&text, "s").and_then(|sum| Money::read(sum).ok());
        fiscal.date_time = qr::date_time(&text).map(Into::into);
        if payload::text(envelope, "fopUrl") == Some(&text) {
            take(envelope, "fopUrl");
        }
        fiscal.qr = Some(text.into());
    }
    let id = payload::text(envelope, "id").map(|id| id.to_owned().into());
    let Some(fiscal) = draft.fiscal.as_mut() else { return };
    fiscal.id = id;
    if let Some(time) = payload::text(envelope, "ts").and_then(|ts| qr::date_time(&format!("t={ts}"))) {
        let told = fiscal.date_time.get_or_insert_with(|| time.clone().into());
        // The code may have seconds that `ts` does not.
        if told.get(..16) == time.get(..16) {
            take(envelope, "ts");
        }
    }
}

/// What stands around the receipt, in the words of the other providers: whether the status is final, why it was
/// refused, where its page is.
fn around(envelope: &mut Envelope, findings: &mut Findings) {
    if let Some(status) = payload::text(envelope, "status") {
        match explain::row(codes::CODES, status, Some("status")).and_then(|row| row.end) {
            Some(end) => envelope.push(("final", Json::Bool(end))),
            None => {
                let issue = findings.add(IssueCode::InvalidValue, &Trail::ROOT.key("status"), 0);
                issue.severity(Severity::Warning).with("value", excerpt(status));
            }
        }
    }
    let refused = payload::text(envelope, "result") == Some("fail");
    let error = match take(envelope, "error") {
        // JSON text of an object, or words.
        Some(Json::String(text)) => Some(match Json::parse(&text) {
            Ok(inner @ Json::Object(_)) => inner.into_owned(),
            _ => Json::String(text),
        }),
        None if refused => payload::text(envelope, "message").map(|text| Json::String(text.to_owned().into())),
        error => error,
    };
    if let Some(error) = error {
        let members = match error {
            Json::Object(mut members) => {
                if let Some(code) = named(&members, "type").cloned() {
                    members.insert(0, ("code".into(), code));
                }
                members
            }
            message => vec![("message".into(), message)],
        };
        envelope.push(("error", Json::Object(members)));
    }
    if let (Some(key), Some(id)) = (payload::text(envelope, "receiptKey"), payload::text(envelope, "id")) {
        let page = super::query::page(key, id);
        envelope.push(("receiptPage", Json::String(page.into())));
    }
}
