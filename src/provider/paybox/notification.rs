//! What Paybox tells a shop by itself, and what the shop answers: "Result URL", "Check URL" of the merchant API.

use super::signature::sign;
use crate::json::Json;
use crate::provider::notification::{Notification, ReplyOptions, needed};
use crate::provider::{CallError, Envelope};
use std::borrow::Cow;

/// What a notification is about, and the field that has its id: a payment's result, a refund, a receipt, or the question
/// whether an order may be paid.
pub(crate) fn kind(has: &dyn Fn(&'static str) -> bool) -> (&'static str, &'static str) {
    match () {
        () if has("pg_result") => ("payment", "pg_payment_id"),
        () if has("positions") || has("receipt_id") || has("pg_receipt") => ("receipt", "receipt_id"),
        () if has("data") => ("receipt", "data"),
        () if has("pg_refund_id") => ("refund", "pg_refund_id"),
        () if has("pg_refund_date") || has("pg_refund_type") => ("refund", "pg_payment_id"),
        () if has("pg_payment_id") => ("check", "pg_payment_id"),
        () if has("pg_order_id") => ("check", "pg_order_id"),
        () => ("unknown", "pg_payment_id"),
    }
}

/// The id and the status of what a notification is about. Told again it has another salt and signature, and the same of
/// these.
pub(crate) fn event(notification: &mut Notification, envelope: &Envelope) {
    let said = |name: &str| match envelope.iter().find(|(known, _)| *known == name) {
        Some((_, Json::String(text) | Json::Number(text))) if !text.is_empty() => Some(text.clone().into_owned()),
        _ => None,
    };
    match notification.kind {
        "payment" => {
            notification.id = said("paymentId");
            notification.status = match said("result").as_deref() {
                Some("1") => Some("ok".into()),
                Some("0") => Some("failed".into()),
                other => other.map(str::to_owned),
            };
        }
        "refund" => (notification.id, notification.status) = (said("refundId").or_else(|| said("paymentId")), None),
        "check" => (notification.id, notification.status) = (said("paymentId").or_else(|| said("orderId")), None),
        _ => {}
    }
}

/// The answer that Paybox waits for, signed by the name of the script that it called.
pub(crate) fn reply(options: &ReplyOptions<'_>) -> Result<String, CallError> {
    let (script, secret) = (needed(&options.script, "script")?, needed(&options.secret, "secret")?);
    let salt = needed(&options.salt, "salt")?;
    let status = options.status.as_deref().unwrap_or("ok");
    if !["ok", "rejected", "error"].contains(&status) {
        return Err(CallError::Argument(format!("no such status: {status}; there are ok, rejected, error")));
    }
    // What no XML can hold would make the whole answer unreadable.
    let clean = |text: &str| Json::String(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect());
    let mut members = vec![("pg_status".into(), clean(status)), ("pg_salt".into(), clean(salt))];
    if let Some(text) = &options.description {
        members.insert(1, ("pg_description".into(), clean(text)));
    }
    Ok(signed(members, script, secret))
}

/// Members of plain texts as XML, with their signature behind them.
pub(crate) fn signed(members: Vec<(Cow<'static, str>, Json<'static>)>, script: &str, secret: &str) -> String {
    let mut message = Json::Object(members);
    let signature = sign(&message, script, secret);
    let Json::Object(members) = &mut message else { unreachable!("an object") };
    members.push(("pg_sig".into(), Json::String(signature.into())));
    let mut body = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?><response>");
    for (name, text) in members {
        body.extend(["<", name, ">"]);
        body.push_str(&quick_xml::escape::partial_escape(text.as_str().unwrap_or_default()));
        body.extend(["</", name, ">"]);
    }
    body.push_str("</response>");
    body
}
