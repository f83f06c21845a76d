//! Answers, read: what each method gives, or what failed.

use super::failure::{ErrorCode, Fault};
use super::method::{Answer, Row, plain};
use super::{joined, string};
use crate::call;
use crate::date;
use crate::explain;
use crate::http::Response;
use crate::issue::{Findings, Step};
use crate::json::Json;
use crate::message::Lang;
use crate::provider::{Decoded, Envelope, Provider, cloudkassir, paybox, paykeeper};
use std::borrow::Cow;

type Members = Vec<(Cow<'static, str>, Json<'static>)>;
type Read = Result<Json<'static>, Box<Fault>>;

/// What a method gives, from a response to it.
pub(super) fn read(row: &Row, answer: Answer, response: &Response, now: u64) -> Read {
    let text = std::str::from_utf8(&response.body).unwrap_or_default().trim();
    let status = response.status;
    let mut read = match status {
        200..=299 => spoken(row, answer, text),
        _ => Err(unspoken(row.provider, response, text, now)),
    };
    if let Err(fault) = &mut read {
        fault.status = Some(status);
    }
    read
}

/// What a status says without the body.
fn unspoken(provider: Provider, response: &Response, text: &str, now: u64) -> Box<Fault> {
    let mut fault = match response.status {
        401 | 403 => Fault::new(ErrorCode::Auth, true, false),
        429 => Fault::new(ErrorCode::RateLimited, true, true),
        // Credentials go to nobody else, so a redirect is not followed. One to look at a result comes after it.
        300..=399 => Fault::new(ErrorCode::BadAnswer, response.status != 303, false),
        408 | 500.. => Fault::new(ErrorCode::Server, false, true),
        400..=499 => Fault::new(ErrorCode::Rejected, true, false),
        _ => Fault::unreadable(),
    };
    if matches!(response.status, 429 | 500..) {
        fault.after = response.header("retry-after").and_then(|text| retry_after(text, now));
    }
    if let Some(Ok(value)) = text.starts_with('{').then(|| Json::parse(text)) {
        let decoded = decoded(provider, value.into_owned());
        (fault.provider_code, fault.provider_message) = refusal(around(&decoded));
    }
    fault
}

/// Seconds, or a date of HTTP: milliseconds from now.
fn retry_after(text: &str, now: u64) -> Option<u64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(seconds.saturating_mul(1000));
    }
    // Sun, 06 Nov 1994 08:49:37 GMT
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let rest = text.split_once(", ")?.1.strip_suffix(" GMT")?;
    let (day, month, year, clock) = (rest.get(..2)?, rest.get(3..6)?, rest.get(7..11)?, rest.get(12..)?);
    let month = MONTHS.as_bytes().chunks(3).position(|name| name == month.as_bytes())? + 1;
    let number = joined(&[if month < 10 { "0" } else { "" }, &month.to_string()]);
    let seconds = date::unix(&joined(&[year, "-", &number, "-", day, "T", clock, "Z"]))?;
    Some((seconds * 1000).saturating_sub(now))
}

/// The value of an answer, with findings that nobody asked for.
fn decoded(provider: Provider, value: Json<'static>) -> Decoded {
    match provider {
        Provider::CloudKassir => cloudkassir::decode_value(Some(value), None, None, Findings::default()),
        Provider::Paybox => paybox::decode_value(Some(value), None, Findings::default()),
        Provider::PayKeeper => paykeeper::decode_value(Some(value), None, Findings::default()),
    }
}

fn around(decoded: &Decoded) -> &[(&'static str, Json<'static>)] {
    decoded.receipts.first().map_or(&[], |(_, envelope)| envelope)
}

fn named<'e>(envelope: &'e [(&'static str, Json<'static>)], name: &str) -> Option<&'e Json<'static>> {
    envelope.iter().find(|(known, value)| *known == name && *value != Json::Null).map(|(_, value)| value)
}

/// Code and message of a refusal; code 0 is none.
fn refusal(envelope: &[(&'static str, Json<'static>)]) -> (Option<String>, Option<String>) {
    let error = named(envelope, "error");
    let part = |name: &str| error.and_then(|error| error.get(name)).and_then(plain).filter(|text| !text.is_empty());
    let message = part("message").or_else(|| named(envelope, "message").and_then(plain));
    (part("code").filter(|code| code != "0"), message)
}

fn refused(provider: Provider, envelope: &[(&'static str, Json<'static>)]) -> Box<Fault> {
    let (code, message) = refusal(envelope);
    let known = code.as_deref().and_then(|code| explain::explain(provider, code, Some("error"), Lang::En));
    Fault::refused(code, message, known.is_some_and(|known| known.retry))
}

/// What an answer that the provider gave says.
fn spoken(row: &Row, answer: Answer, text: &str) -> Read {
    match row.provider {
        Provider::CloudKassir => cloud_kassir(answer, text),
        Provider::Paybox => paybox(answer, text),
        Provider::PayKeeper => pay_keeper(answer, text),
    }
}

fn object(members: &[(&'static str, Option<&Json<'static>>)]) -> Json<'static> {
    let there = members.iter().filter_map(|(name, value)| Some(((*name).into(), (*value)?.clone())));
    Json::Object(there.collect())
}

const EMPTY: Json<'static> = Json::String(Cow::Borrowed(""));

fn cloud_kassir(answer: Answer, text: &str) -> Read {
    let value = Json::parse(text).map_err(|_| Fault::unreadable())?.into_owned();
    let Json::Object(_) = &value else { return Err(Fault::unreadable()) };
    let (model, results) = (value.get("Model").cloned(), value.get("Results").cloned());
    let valid = value.get("IsValid").cloned();
    let bare = matches!(answer, Answer::Warnings) && value.get("DeviceNumber").is_some();
    let element = bare.then(|| value.clone());
    let requisite = value.get("IndustryRequisite").cloned();
    let decoded = decoded(Provider::CloudKassir, value);
    let envelope = around(&decoded);
    match named(envelope, "success") {
        Some(Json::Bool(true)) => {}
        Some(Json::Bool(false)) => return Err(refused(Provider::CloudKassir, envelope)),
        _ if bare => {}
        _ => return Err(Fault::unreadable()),
    }
    let said = |name| named(envelope, name);
    let read = match answer {
        Answer::Message => Some(object(&[("message", Some(said("message").unwrap_or(&EMPTY)))])),
        Answer::Accepted => said("id").and_then(plain).filter(|id| !id.is_empty()).map(|_| {
            object(&[
                ("id", said("id")),
                ("url", said("receiptLocalUrl")),
                ("warning", said("warning")),
                ("warningCodes", said("warningCodes")),
            ])
        }),
        Answer::Status => said("status").and_then(Json::as_str).map(|status| {
            let (status, warnings) = (string(&lower(status)), said("warnings").map(|list| camel(list)));
            object(&[("status", Some(&status)), ("message", said("message")), ("warnings", warnings.as_ref())])
        }),
        Answer::Fiscal => decoded
            .receipts
            .first()
            .filter(|(draft, _)| draft.fiscal.as_ref().is_some_and(|fiscal| fiscal.fp.is_some()))
            .map(|(draft, _)| call::record(draft).into_owned()),
        Answer::Register => model.filter(|model| matches!(model, Json::Object(_))).map(|model| {
            let Json::Object(mut members) = camel(&model) else { return Json::Null };
            for (_, value) in members.iter_mut().filter(|(key, _)| key == "status") {
                let words = ["online", "offline", "error"];
                let at = plain(value).and_then(|digits| digits.parse::<usize>().ok()).and_then(|at| at.checked_sub(1));
                if let Some(word) = at.and_then(|at| words.get(at)) {
                    *value = string(word);
                }
            }
            Json::Object(members)
        }),
        Answer::Warnings => match model {
            Some(list @ Json::Array(_)) => Some(camel(&list)),
            _ => element.map(|one| Json::Array(vec![camel(&one)])),
        },
        Answer::Marks => results.filter(|list| matches!(list, Json::Array(_))).map(|list| camel(&list)),
        Answer::Mark => valid.as_ref().map(|valid| {
            let requisite = requisite.filter(|one| *one != Json::Null).map(|one| camel(&one));
            object(&[("valid", Some(valid)), ("message", said("message")), ("industryRequisite", requisite.as_ref())])
        }),
        _ => None,
    };
    read.ok_or_else(Fault::unreadable)
}

/// What CloudKassir's names are called elsewhere.
const NAMES: &[(&str, &str)] = &[
    ("DeviceNumber", "serial"),
    ("RegNumber", "rnm"),
    ("FiscalNumber", "fn"),
    ("OfdName", "ofd"),
    ("KkmModelName", "model"),
    ("IsBso", "bso"),
    ("IsReceiptProcessingBlocked", "blocked"),
    ("IsValid", "valid"),
    ("MarkCode", "code"),
    ("RequisiteValue", "value"),
];

/// Names as callers write them, and nothing that is null.
fn camel(value: &Json<'static>) -> Json<'static> {
    match value {
        Json::Array(elements) => Json::Array(elements.iter().map(camel).collect()),
        Json::Object(members) => {
            let name = |key: &str| {
                let known = NAMES.iter().find(|(wire, _)| *wire == key);
                known.map_or_else(|| lower(key), |(_, name)| (*name).to_owned())
            };
            let there = members.iter().filter(|(_, value)| *value != Json::Null);
            Json::Object(there.map(|(key, value)| (name(key).into(), camel(value))).collect())
        }
        plain => plain.clone(),
    }
}

/// With the first letter small.
fn lower(name: &str) -> String {
    let (first, rest) = name.split_at_checked(1).unwrap_or_default();
    first.to_ascii_lowercase() + rest
}

fn member(members: &mut Members, name: &'static str, value: Option<&Json<'static>>) {
    if let Some(value) = value {
        members.push((name.into(), value.clone()));
    }
}

/// A receipt with what stands around it: ids, status, why it was refused.
fn receipt(draft: &crate::receipt::Draft<'static>, envelope: &Envelope) -> Json<'static> {
    let Json::Object(mut members) = call::record(draft).into_owned() else { return Json::Null };
    for name in ["id", "status", "final", "error", "paymentId", "refundId", "receiptKey"] {
        member(&mut members, name, named(envelope, name).filter(|value| value.as_str() != Some("")));
    }
    let around = envelope.iter().map(|(name, value)| ((*name).into(), value.clone()));
    members.push(("envelope".into(), Json::Object(around.collect())));
    Json::Object(members)
}

fn paybox(answer: Answer, text: &str) -> Read {
    if text.is_empty() {
        return Err(Fault::unreadable());
    }
    let decoded = paybox::decode(text, None);
    let envelope = around(&decoded);
    let status = named(envelope, "status").or(named(envelope, "result")).and_then(plain);
    if let Answer::Payment = answer {
        return match status.as_deref() {
            Some("ok" | "1") => {
                let shown = envelope.iter().filter(|(name, _)| !matches!(*name, "sig" | "salt" | "status"));
                let mut members: Members = shown.map(|(name, value)| ((*name).into(), value.clone())).collect();
                // What is not known yet, by the provider's own names.
                for (path, value) in &decoded.extra {
                    if let [Step::Key(name)] = &path[..] {
                        members.push((name.to_string().into(), value.clone()));
                    }
                }
                Ok(Json::Object(members))
            }
            Some("error" | "failed" | "rejected" | "0") => Err(refused(Provider::Paybox, envelope)),
            _ => Err(Fault::unreadable()),
        };
    }
    if decoded.is_list && answer == Answer::Receipts {
        return Ok(Json::Array(decoded.receipts.iter().map(|(draft, envelope)| receipt(draft, envelope)).collect()));
    }
    match decoded.receipts.first() {
        Some((draft, envelope)) if named(envelope, "id").is_some() && answer == Answer::Receipt => {
            Ok(receipt(draft, envelope))
        }
        _ if named(envelope, "error").is_some() => Err(refused(Provider::Paybox, envelope)),
        _ => Err(Fault::unreadable()),
    }
}

fn pay_keeper(answer: Answer, text: &str) -> Read {
    // The page to log in at, in place of an answer.
    if text.starts_with('<') {
        return Err(match answer {
            Answer::Printed => Fault::unreadable(),
            _ => Fault::new(ErrorCode::Auth, true, false),
        });
    }
    if text.is_empty() {
        return match answer {
            Answer::Receipt => Ok(Json::Null),
            Answer::Receipts => Ok(Json::Array(Vec::new())),
            _ => Err(Fault::unreadable()),
        };
    }
    let value = Json::parse(text).map_err(|_| Fault::unreadable())?.into_owned();
    if value.get("result").and_then(Json::as_str) == Some("fail") {
        let decoded = decoded(Provider::PayKeeper, value);
        return Err(refused(Provider::PayKeeper, around(&decoded)));
    }
    if answer == Answer::Message {
        let token = value.get("token").filter(|token| token.as_str().is_some_and(|token| !token.is_empty()));
        return token.cloned().ok_or_else(Fault::unreadable);
    }
    if let Answer::Counts = answer {
        return if let Json::Object(_) = value { Ok(value) } else { Err(Fault::unreadable()) };
    }
    // Nothing found may be null, or an empty list.
    let nothing = matches!(&value, Json::Null | Json::Bool(false)) || value == Json::Array(Vec::new());
    if nothing && answer == Answer::Receipt {
        return Ok(Json::Null);
    }
    let decoded = decoded(Provider::PayKeeper, value);
    let list = || Json::Array(decoded.receipts.iter().map(|(draft, envelope)| receipt(draft, envelope)).collect());
    match (answer, decoded.receipts.first()) {
        (Answer::Counted, _) if decoded.is_list || nothing => {
            let counts = decoded.around.iter().find(|(name, _)| *name == "counts").map(|(_, counts)| counts);
            Ok(object(&[("receipts", Some(&list())), ("counts", counts)]))
        }
        (Answer::Receipts, _) if decoded.is_list || nothing => Ok(list()),
        (Answer::Receipt, Some((draft, envelope))) if named(envelope, "id").is_some() => Ok(receipt(draft, envelope)),
        (Answer::Printed, Some((_, envelope))) if named(envelope, "id").is_some() => {
            Ok(object(&[("id", named(envelope, "id"))]))
        }
        _ => Err(Fault::unreadable()),
    }
}

/// What a status means for who waits.
pub(super) enum Settled {
    /// It may change.
    Not,
    /// There is no such receipt, yet or at all.
    Missing,
    /// It is made.
    Made,
    /// It is not.
    Failed(Box<Fault>),
    /// It is not, and may be all the same.
    Doubtful,
}

pub(super) fn settled(provider: Provider, value: &Json<'static>) -> Settled {
    let Some(status) = value.get("status").and_then(Json::as_str) else {
        return if *value == Json::Null { Settled::Missing } else { Settled::Not };
    };
    let error = value.get("error");
    let part = |name: &str| error.and_then(|error| error.get(name)).and_then(plain);
    match status {
        "processed" | "success" | "registered" => Settled::Made,
        "notFound" => Settled::Missing,
        "error" => Settled::Failed(Fault::refused(
            part("code"),
            value.get("message").and_then(plain).or(part("message")),
            false,
        )),
        "failed" | "rejected" => {
            let code = part("code");
            let known = code.as_deref().and_then(|code| explain::explain(provider, code, Some("error"), Lang::En));
            Settled::Failed(Fault::refused(code, part("message"), known.is_some_and(|known| known.retry)))
        }
        "timeout" => Settled::Doubtful,
        _ if provider == Provider::Paybox && error.is_some() => {
            Settled::Failed(Fault::refused(part("code"), part("message"), false))
        }
        _ => Settled::Not,
    }
}
