//! Requests, with what each provider wants around a body: credentials, ids, signatures.

use super::method::{Call, Making};
use super::{Account, Exchange, PAGE, Stage, joined, string};
use crate::bytes::small_hex;
use crate::date;
use crate::form;
use crate::http::{Method, Request};
use crate::json::Json;
use crate::provider::{CallError, Provider, paybox};
use sha2::{Digest, Sha256};

/// What is sent at this stage. `token` is PayKeeper's.
pub(super) fn request(exchange: &Exchange, account: &Account, token: Option<&str>, now: u64, random: u64) -> Request {
    let call = &exchange.call;
    let row = call.row;
    let mut headers = Vec::new();
    put(&mut headers, "accept", "application/json");
    let mut put = |name: &str, value: &str| put(&mut headers, name, value);
    if let Some(basic) = account.basic() {
        put("authorization", &basic);
    }
    let (mut method, mut target, mut body) = (Method::Get, String::new(), String::new());
    match exchange.stage {
        Stage::Token => target.push_str("info/settings/token/"),
        Stage::Look => look(exchange, &mut target, now),
        Stage::Details => target.push_str(row.details),
        Stage::Main | Stage::Over => target.push_str(&call.target),
    }
    if row.provider == Provider::CloudKassir {
        method = Method::Post;
        call.body.write(&mut body);
    } else if exchange.stage == Stage::Main {
        method = row.method;
    }
    match row.provider {
        Provider::CloudKassir if exchange.stage == Stage::Main && !exchange.key.is_empty() => {
            put("x-request-id", &exchange.key);
        }
        Provider::Paybox if method == Method::Post => {
            let mut message = call.body.clone();
            if let (Making::Payment(..), Json::Object(members), false) =
                (row.making, &mut message, account.secret.is_empty())
            {
                let salt = small_hex(&random.to_be_bytes());
                members.push(("pg_salt".into(), string(&salt)));
                let signature = paybox::sign(&Json::Object(members.clone()), row.path, &account.secret);
                members.push(("pg_sig".into(), string(&signature)));
            }
            message.write(&mut body);
        }
        Provider::PayKeeper if method == Method::Post => {
            if let Json::Object(members) = &call.body {
                for (name, value) in members {
                    form::push(&mut body, name, value.as_str().unwrap_or_default());
                }
            }
            form::push(&mut body, "token", token.unwrap_or_default());
        }
        _ => {}
    }
    if let (Some(jws), Making::Encoded | Making::Path | Making::Params(_), Provider::Paybox) =
        (&account.jws, row.making, row.provider)
    {
        put("x-jws-signature", jws);
    }
    if method == Method::Post {
        let is_form = row.provider == Provider::PayKeeper;
        put("content-type", if is_form { "application/x-www-form-urlencoded" } else { "application/json" });
    }
    Request { method, url: joined(&[&account.base, "/", &target]), headers, body }
}

#[inline(never)]
fn put(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.push((name.to_owned(), value.to_owned()));
}

/// The list that has the receipt of our key, if it was taken: that of the payment, or that of these days, newest first.
fn look(exchange: &Exchange, target: &mut String, now: u64) {
    if let Some(payment) = exchange.call.field("payment_id") {
        target.push_str("info/receipts/bypaymentid/?");
        let mut query = String::new();
        form::push(&mut query, "payment_id", &payment);
        target.push_str(&query);
        return;
    }
    let first = exchange.first.unwrap_or(now).min(now);
    // A day more on either side: neither clocks nor zones of two sides need agree.
    let (from, to) = (first.saturating_sub(DAY), now.saturating_add(DAY));
    let start = exchange.page.saturating_mul(PAGE).to_string();
    *target = joined(&[
        "info/receipts/bydate/?start=",
        &day(from),
        "&end=",
        &day(to),
        "&receipt_type[0]=sale&receipt_type[1]=refund&receipt_type[2]=correction",
        "&sum_type[0]=sum_cashless&sum_type[1]=sum_cash&sum_type[2]=sum_advance&sum_type[3]=sum_credit",
        "&from=",
        &start,
        "&limit=",
        &PAGE.to_string(),
    ]);
}

const DAY: u64 = 86_400_000;

/// The day in Moscow of a moment in milliseconds.
pub(super) fn day(moment: u64) -> String {
    let mut text = clock(moment.saturating_add(DAY / 8));
    text.truncate(10);
    text
}

/// A moment in milliseconds as RFC 3339 has it, UTC.
pub(super) fn clock(moment: u64) -> String {
    let seconds = i64::try_from(moment / 1000).unwrap_or(i64::MAX);
    date::of_seconds(seconds).unwrap_or_default() + "Z"
}

/// The request id of a call, or PayKeeper's receipt key, which goes into the body; empty where none is needed.
pub(super) fn key(call: &mut Call, random: &[u8; 16]) -> Result<String, CallError> {
    if !matches!(call.row.safety, super::Safety::Keyed) {
        return Ok(String::new());
    }
    if let Some(key) = call.field("receipt_key") {
        return Ok(key);
    }
    let key = match (&call.request_id, &call.invoice) {
        (Some(id), _) => {
            if id.is_empty() || id.len() > 128 || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(CallError::Argument("a request id is 1 to 128 visible ASCII characters".into()));
            }
            id.clone()
        }
        (None, Some(invoice)) => {
            // INN and operation stand in the body. Lengths before the parts, so that no two lists of parts look alike.
            let body = call.body.to_string();
            let part = call.part.as_deref().unwrap_or_default();
            dashed(&hash(&[call.row.provider.name(), call.row.path, invoice, part, &body]), 0x80)
        }
        (None, None) => dashed(random, 0x40),
    };
    if let (Json::Object(members), super::Settles::Key) = (&mut call.body, call.row.settles) {
        members.push(("receipt_key".into(), string(&key)));
    }
    Ok(key)
}

/// Sixteen bytes as a UUID (RFC 9562): of version 4 they are random, of version 8 anybody's own.
fn dashed(bytes: &[u8; 16], version: u8) -> String {
    let mut bytes = *bytes;
    bytes[6] = bytes[6] & 0x0f | version;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        text.push_str(if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" });
        text.push_str(&small_hex(&[*byte]));
    }
    text
}

/// The first half of SHA-256 over texts, their lengths before them.
#[inline(never)]
pub(super) fn hash(texts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

/// Who an account is, without saying who.
pub(super) fn owner(account: &Account) -> String {
    small_hex(&hash(&[account.provider.name(), &account.login, &account.base]))
}
