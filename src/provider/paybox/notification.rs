//! What Paybox tells a shop by itself, and what the shop answers: "Result URL", "Check URL" of the merchant API.

use super::{answer::decode, signature::signature};
use crate::json::Json;
use crate::provider::notification::{Letter, Notice, Reply, needed};
use crate::provider::{CallError, Decoded};

/// Reads a notification: of a payment's result (`pg_result`), of a refund, of a receipt, or the question whether an
/// order can be paid. A repeated one has another salt and signature, but the same `dedupe_key`.
pub(crate) fn read(body: &str) -> Notice {
    let decoded = decode(body, None);
    let said = |name: &str| text(&decoded, name);
    let receipt = decoded.receipts.first().is_some_and(|(receipt, _)| receipt.items.is_some());
    let (kind, id, status) = if receipt {
        ("receipt", said("id"), said("status"))
    } else if let Some(result) = said("result") {
        let status = match &*result {
            "1" => "ok".to_owned(),
            "0" => "failed".to_owned(),
            _ => result,
        };
        ("payment", said("paymentId"), Some(status))
    } else if said("refundDate").or_else(|| said("refundType")).or_else(|| said("refundId")).is_some() {
        ("refund", said("refundId").or_else(|| said("paymentId")), None)
    } else {
        ("check", said("paymentId").or_else(|| said("orderId")), None)
    };
    let mut dedupe_key = kind.to_owned();
    for part in [&id, &status].into_iter().flatten() {
        dedupe_key.push(':');
        dedupe_key.push_str(part);
    }
    Notice { kind, id, status, dedupe_key, decoded }
}

fn text(decoded: &Decoded, name: &str) -> Option<String> {
    let (_, envelope) = decoded.receipts.first()?;
    match &envelope.iter().find(|(known, _)| *known == name)?.1 {
        Json::String(text) | Json::Number(text) if !text.is_empty() => Some(text.clone().into_owned()),
        _ => None,
    }
}

/// The answer that Paybox waits for, signed by the name of the script that it called.
///
/// # Errors
/// [`CallError::Argument`] without `script`, `secret` or `salt`, or with a status that is none.
pub(crate) fn reply(letter: &Letter) -> Result<Reply, CallError> {
    let (script, secret) = (needed(&letter.script, "script")?, needed(&letter.secret, "secret")?);
    let salt = needed(&letter.salt, "salt")?;
    let status = letter.status.as_deref().unwrap_or("ok");
    if !["ok", "rejected", "error"].contains(&status) {
        return Err(CallError::Argument(format!("no such status: {status}; there are ok, rejected, error")));
    }
    // What no XML can hold would make the whole answer unreadable.
    let clean = |text: &str| Json::String(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect());
    let mut members = vec![("pg_status".into(), clean(status)), ("pg_salt".into(), clean(salt))];
    if let Some(text) = &letter.description {
        members.insert(1, ("pg_description".into(), clean(text)));
    }
    let mut message = Json::Object(members);
    let signature = signature(&message, script, secret);
    let Json::Object(members) = &mut message else { unreachable!("an object") };
    members.push(("pg_sig".into(), Json::String(signature.into())));
    let mut body = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?><response>");
    for (name, text) in members {
        body.push('<');
        body.push_str(name);
        body.push('>');
        for character in text.as_str().unwrap_or_default().chars() {
            match character {
                '&' => body.push_str("&amp;"),
                '<' => body.push_str("&lt;"),
                '>' => body.push_str("&gt;"),
                other => body.push(other),
            }
        }
        body.push_str("</");
        body.push_str(name);
        body.push('>');
    }
    body.push_str("</response>");
    Ok(Reply { status: 200, headers: &[("Content-Type", "application/xml; charset=utf-8")], body })
}
