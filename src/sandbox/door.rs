//! The sandbox with JSON text for everything: what its JavaScript door is made of.

use super::answer::{maybe, number, object, text};
use super::route::known_path;
use super::seed::digest;
use super::{Credentials, Delivery, Fault, FaultKind, Issued, Reply, Sandbox, SandboxOptions};
use crate::bytes::base64;
use crate::call;
use crate::http::{Method, Request, Response};
use crate::json::Json;
use crate::record::{OwnRecord, View};

/// A sandbox that is spoken to in JSON text: every call answers with an object, of `value` or of `error`.
///
/// The calls and their arguments:
/// - `open`: `{credentials?, seed?, faults?, webhookUrl?, testLimit?}`, before all others;
/// - `handle`: `{method, url, headers: [[name, value]], body}` → `{status, headers, body (base64), after}`, or
///   `{lost: carriedOut}`, or `{hang: true}`;
/// - `due`: → milliseconds since 1970, or null;
/// - `advance`: → `[{id, provider, method, url, headers, body, attempt}]`;
/// - `delivered`: `{id, taken: true}`, or `{id, status, body}`, or `{id}` for no answer;
/// - `receipts`: how many are known already → those behind them;
/// - `faults`: a list of faults that takes the place of those there are, or null to ask → the list.
#[derive(Debug, Default)]
pub struct Door {
    sandbox: Option<Sandbox>,
}

type Told = Result<Json<'static>, String>;

impl Door {
    /// A door without a sandbox behind it: `open` puts one there.
    pub fn new() -> Self {
        Self::default()
    }

    /// A call by its name, at a time in milliseconds since 1970.
    pub fn call(&mut self, name: &str, argument: &str, now: u64) -> String {
        let told = match self.try_call(name, argument, now) {
            Ok(value) => object([("value", value)]),
            Err(error) => object([("error", text(error))]),
        };
        told.to_string()
    }

    fn try_call(&mut self, name: &str, argument: &str, now: u64) -> Told {
        let argument = Json::parse(argument).map_err(|_| format!("the argument of {name} is not JSON"))?;
        if name == "open" {
            self.sandbox = Some(Sandbox::new(options(&argument)?, now));
            return Ok(Json::Null);
        }
        let sandbox = self.sandbox.as_mut().ok_or("the sandbox is not open")?;
        Ok(match name {
            "handle" => replied(sandbox.handle(&request(&argument)?, now)),
            "due" => sandbox.due().map_or(Json::Null, number),
            "advance" => Json::Array(sandbox.advance(now).into_iter().map(delivery).collect()),
            "delivered" => {
                delivered(sandbox, &argument, now)?;
                Json::Null
            }
            "receipts" => {
                sandbox.work(now);
                let known = count(&argument).unwrap_or(0) as usize;
                Json::Array(sandbox.receipts().iter().skip(known).map(issued).collect())
            }
            "faults" => {
                sandbox.work(now);
                if argument != Json::Null {
                    let faults = faults(&argument)?;
                    sandbox.faults_off();
                    faults.into_iter().for_each(|fault| sandbox.add_fault(fault));
                }
                let left = sandbox.faults().iter().filter(|fault| fault.times != Some(0));
                Json::Array(left.map(fault_told).collect())
            }
            _ => return Err(format!("no such call: {name}")),
        })
    }
}

fn delivered(sandbox: &mut Sandbox, argument: &Json<'_>, now: u64) -> Result<(), String> {
    let id = argument.get("id").and_then(count).ok_or("delivered needs an id")?;
    let body = argument.get("body").and_then(Json::as_str).unwrap_or_default();
    let answer = argument.get("status").and_then(count).map(|status| Response {
        status: u16::try_from(status).unwrap_or(500),
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    });
    if argument.get("taken") == Some(&Json::Bool(true)) {
        sandbox.work(now);
        sandbox.outbox.taken(id);
    } else {
        sandbox.delivered(id, answer.as_ref(), now);
    }
    Ok(())
}

/// A whole number.
fn count(value: &Json<'_>) -> Option<u64> {
    if let Json::Number(digits) = value { digits.parse().ok() } else { None }
}

/// The members of an object, each of which is known.
fn members<'j, 'a>(value: &'j Json<'a>, what: &str, known: &[&str]) -> Result<Vec<(&'j str, &'j Json<'a>)>, String> {
    let Json::Object(members) = value else { return Err(format!("{what} is an object")) };
    let given = members.iter().filter(|(_, value)| *value != Json::Null).map(|(name, value)| (&**name, value));
    let given: Vec<_> = given.collect();
    match given.iter().find(|(name, _)| !known.contains(name)) {
        Some((name, _)) => Err(format!("{what} has no {name}; there are {}", known.join(", "))),
        None => Ok(given),
    }
}

fn said(value: &Json<'_>, name: &str) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("{name} is a string"))
}

const OPTIONS: &[&str] = &["credentials", "seed", "faults", "webhookUrl", "testLimit"];
const CREDENTIALS: &[&str] = &["publicId", "apiSecret", "merchantId", "secret", "user", "password"];
const FAULT: &[&str] = &["kind", "path", "times", "chance", "after", "code"];

fn options(value: &Json<'_>) -> Result<SandboxOptions, String> {
    let mut options = SandboxOptions::default();
    for (name, value) in members(value, "options", OPTIONS)? {
        match name {
            "credentials" => options.credentials = credentials(value)?,
            "seed" => options.seed = seed(value)?,
            "faults" => options.faults = faults(value)?,
            "webhookUrl" => options.webhook_url = Some(said(value, name)?),
            _ => {
                let Json::Bool(is_on) = value else { return Err("testLimit is true or false".into()) };
                options.test_limit = *is_on;
            }
        }
    }
    Ok(options)
}

/// A whole number, or any text.
fn seed(value: &Json<'_>) -> Result<u64, String> {
    match value {
        Json::String(text) => Ok(digest(0, &[text])),
        value => count(value).ok_or_else(|| "seed is a whole number or a string".into()),
    }
}

fn credentials(value: &Json<'_>) -> Result<Credentials, String> {
    let mut known = Credentials::default();
    for (name, value) in members(value, "credentials", CREDENTIALS)? {
        let given = match value {
            // A merchant's number is a number to many.
            Json::Number(digits) if name == "merchantId" => digits.to_string(),
            _ => said(value, name)?,
        };
        let hole = match name {
            "publicId" => &mut known.public_id,
            "apiSecret" => &mut known.api_secret,
            "merchantId" => &mut known.merchant_id,
            "secret" => &mut known.secret,
            "user" => &mut known.user,
            _ => &mut known.password,
        };
        *hole = Some(given);
    }
    Ok(known)
}

fn faults(value: &Json<'_>) -> Result<Vec<Fault>, String> {
    match value {
        Json::Array(list) => list.iter().map(fault).collect(),
        one => Ok(vec![fault(one)?]),
    }
}

fn fault(value: &Json<'_>) -> Result<Fault, String> {
    if let Json::String(text) = value {
        return possible(Fault::parse(text).ok_or_else(|| no_fault(text))?);
    }
    let given = members(value, "a fault", FAULT)?;
    let kind = given.iter().find(|(name, _)| *name == "kind").and_then(|(_, kind)| kind.as_str()).unwrap_or_default();
    let mut fault = Fault::of(FaultKind::from_name(kind).ok_or_else(|| no_fault(kind))?);
    for (name, value) in given {
        let whole = || count(value).ok_or_else(|| format!("{name} of a fault is a whole number"));
        let small = || whole().map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        match name {
            "path" => fault.path = Some(said(value, name)?),
            "times" => fault.times = Some(small()?),
            "chance" => fault.chance = Some(small()?),
            "after" => fault.after = Some(whole()?),
            "code" => {
                let code = if let Json::Number(digits) = value { digits.parse().ok() } else { None };
                fault.code = Some(code.ok_or("code of a fault is a whole number")?);
            }
            _ => {}
        }
    }
    possible(fault)
}

/// A fault that can strike.
fn possible(fault: Fault) -> Result<Fault, String> {
    if fault.times == Some(0) {
        return Err("times of a fault is 1 or more".into());
    }
    if fault.chance.is_some_and(|percent| percent > 100) {
        return Err("chance of a fault is a percentage, 0 to 100".into());
    }
    fault.path.as_deref().map_or(Ok(()), known_path)?;
    Ok(fault)
}

fn no_fault(text: &str) -> String {
    let known: Vec<_> = FaultKind::ALL.into_iter().map(FaultKind::name).collect();
    format!("no such fault: {text}; there are {}", known.join(", "))
}

fn fault_told(fault: &Fault) -> Json<'static> {
    let numbers =
        [("times", fault.times.map(u64::from)), ("chance", fault.chance.map(u64::from)), ("after", fault.after)];
    let mut members = vec![("kind".into(), text(fault.kind.name()))];
    members.extend(fault.path.as_deref().map(|path| ("path".into(), text(path))));
    members.extend(numbers.into_iter().filter_map(|(name, value)| Some((name.into(), number(value?)))));
    members.extend(fault.code.map(|code| ("code".into(), number(code))));
    Json::Object(members)
}

fn request(value: &Json<'_>) -> Result<Request, String> {
    let part = |name: &str| value.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let method = match &*part("method") {
        "GET" | "HEAD" => Method::Get,
        _ => Method::Post,
    };
    let Some(Json::Array(pairs)) = value.get("headers") else { return Err("headers is a list".into()) };
    let header = |pair: &Json<'_>| match pair {
        Json::Array(pair) => Some((pair.first()?.as_str()?.to_ascii_lowercase(), pair.get(1)?.as_str()?.to_owned())),
        _ => None,
    };
    Ok(Request { method, url: part("url"), headers: pairs.iter().filter_map(header).collect(), body: part("body") })
}

fn headers(headers: Vec<(String, String)>) -> Json<'static> {
    Json::Array(headers.into_iter().map(|(name, value)| Json::Array(vec![text(name), text(value)])).collect())
}

fn replied(reply: Reply) -> Json<'static> {
    match reply {
        Reply::Answer { response, after } => object([
            ("status", number(response.status)),
            ("headers", headers(response.headers)),
            ("body", text(base64(&response.body))),
            ("after", number(after)),
        ]),
        Reply::Lost { carried_out } => object([("lost", Json::Bool(carried_out))]),
        Reply::Hang => object([("hang", Json::Bool(true))]),
    }
}

fn delivery(delivery: Delivery) -> Json<'static> {
    object([
        ("id", number(delivery.id)),
        ("provider", text(delivery.provider.name())),
        ("method", text(delivery.method.name())),
        ("url", text(delivery.url)),
        ("headers", headers(delivery.headers)),
        ("body", text(delivery.body)),
        ("attempt", number(delivery.attempt)),
    ])
}

/// A fiscal receipt in the model's form, and whose it is beside it.
fn issued(issued: &Issued) -> Json<'static> {
    let draft = issued.receipt.put();
    let mut all = match call::value(View::Record(&draft)).into_owned() {
        Json::Object(members) => members,
        _ => Vec::new(),
    };
    let named = [
        ("id", Some(&issued.id)),
        ("requestId", issued.request_id.as_ref()),
        ("invoiceId", issued.invoice_id.as_ref()),
        ("accountId", issued.account_id.as_ref()),
        ("paymentId", issued.payment_id.as_ref()),
        ("refundId", issued.refund_id.as_ref()),
        ("receiptKey", issued.receipt_key.as_ref()),
    ];
    all.push(("provider".into(), text(issued.provider.name())));
    let named = named.into_iter().filter_map(|(name, value)| Some((name.into(), maybe(Some(value?)))));
    all.extend(named);
    all.push(("total".into(), text(issued.total.to_string())));
    all.push(("acceptedAt".into(), number(issued.accepted)));
    all.push(("printedAt".into(), number(issued.printed)));
    Json::Object(all)
}
