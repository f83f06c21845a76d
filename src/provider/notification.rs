//! Notifications: whether one is authentic, what it says, what is answered, where it comes from.
//!
//! Signatures are made of what came over the wire, so [`Delivery`] wants the body as it came. Nothing here throws a
//! notification away: one that is authentic and cannot be read says so in `issues`.

use super::signature::{hmac_sha256, same};
use super::{CallError, Decoded, Provider, cloudkassir, paybox, paykeeper, payload};
use crate::bytes::{base64, small_hex};
use crate::form::{self, MAX_FIELDS, unescaped};
use crate::issue::{Findings, IssueCode, Severity, Trail};
use crate::json::{Json, unmarked};
use std::borrow::Cow;

/// What arrived at the shop's address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery<'a> {
    /// The body: its raw text as a [`Json::String`]; or its fields as an object, where something else parsed them.
    pub body: Option<Json<'a>>,
    /// The query of a GET, raw, with or without its `?`. Only looked at where there is no body.
    pub query: Option<Cow<'a, str>>,
    /// The body's type, where it is known: JSON is told apart from a form by it, and by its first sign.
    pub content_type: Option<Cow<'a, str>>,
    /// The headers, names in any case.
    pub headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The last part of the address that Paybox called, which its signature begins with.
    pub script: Option<Cow<'a, str>>,
}

impl Delivery<'_> {
    /// The text that came, where it is one; nothing where fields came, an empty text where nothing did.
    fn raw(&self) -> Option<&str> {
        match &self.body {
            Some(Json::String(text)) if !text.is_empty() => Some(text),
            Some(Json::Object(_) | Json::Array(_)) => None,
            _ => Some(self.query.as_deref().unwrap_or_default().trim_start_matches('?')),
        }
    }

    /// What came, as fields.
    #[inline(never)]
    fn fields(&self, findings: &mut Findings) -> Option<Json<'static>> {
        match self.raw() {
            Some("") => None,
            Some(text) if self.is_json(text) => payload::parse(text, findings),
            Some(text) => Some(form::read(text)),
            None => self.body.clone().map(Json::into_owned),
        }
    }

    /// The same of what Paybox sends: XML too, and forms with nested names.
    fn message(&self, findings: &mut Findings) -> Option<Json<'static>> {
        match self.raw() {
            Some("") => None,
            Some(text) => payload::message(text, findings),
            None => match self.body.clone().map(Json::into_owned)? {
                Json::Object(fields) if fields.iter().any(|(name, _)| name.ends_with(']')) => {
                    Some(form::nest_names(fields))
                }
                body => Some(body),
            },
        }
    }

    /// Whether a text is JSON rather than a form, whose first name does not begin with a bracket.
    #[inline(never)]
    fn is_json(&self, text: &str) -> bool {
        let kind = self.content_type.as_deref().unwrap_or_default();
        let said = kind.as_bytes().windows(4).any(|part| part.eq_ignore_ascii_case(b"json"));
        said || matches!(unmarked(text).trim_start().as_bytes().first(), Some(b'{' | b'['))
    }
}

/// What no PayKeeper has sent.
const TOO_MANY: &str = "body has too many fields";

fn argument<T>(text: &str) -> Result<T, CallError> {
    Err(CallError::Argument(text.to_owned()))
}

/// Whether a notification is the provider's own. How long it takes tells nothing of the signature.
///
/// CloudKassir: one of `X-Content-HMAC` (of the decoded parameters) and `Content-HMAC` (of the body or query as it
/// came) is there and right; `secret` is the API Secret. PayKeeper: `sign` is right; `secret` is the secret word of
/// POST notifications. Paybox: `pg_sig` is right, of an answer or a request as well; `secret` is the shop's secret key.
///
/// # Errors
/// [`CallError::Argument`]: an empty secret, which anybody could sign with; a body that CloudKassir sent and something
/// else parsed, of which no signature can be made any more; a Paybox delivery without its script.
pub fn verify_notification(provider: Provider, delivery: &Delivery<'_>, secret: &str) -> Result<bool, CallError> {
    if provider == Provider::Paybox {
        let signed = signed(delivery, secret)?;
        return Ok(signed.is_some_and(|(message, sign)| is_given(&message, "pg_sig", &sign)));
    }
    let signature = match sign(provider, delivery, secret) {
        // Came over the wire: not the caller's fault, and nobody's signature.
        Err(CallError::Argument(told)) if told == TOO_MANY => return Ok(false),
        signature => signature?,
    };
    Ok(match provider {
        Provider::CloudKassir => delivery.headers.iter().any(|(name, value)| {
            let Json::Object(known) = &signature else { return false };
            let right = known.iter().find(|(header, _)| header.eq_ignore_ascii_case(name.trim()));
            right.and_then(|(_, mac)| mac.as_str()).is_some_and(|mac| same(mac, value.trim()))
        }),
        Provider::PayKeeper | Provider::Paybox => {
            let fields = delivery.fields(&mut Findings::default()).unwrap_or(Json::Null);
            signature.as_str().is_some_and(|sign| is_given(&fields, "sign", sign))
        }
    })
}

/// Whether a field has this signature.
fn is_given(fields: &Json<'_>, name: &str, sign: &str) -> bool {
    let given = fields.get(name).and_then(Json::as_str).unwrap_or_default();
    same(sign, &given.trim().to_ascii_lowercase())
}

/// The signature that [`verify_notification`] looks for: of CloudKassir an object of both headers, of PayKeeper the
/// text of `sign`, of Paybox that of `pg_sig`.
///
/// # Errors
/// Those of [`verify_notification`], and a Paybox body that is no object, form or XML.
pub fn sign(provider: Provider, delivery: &Delivery<'_>, secret: &str) -> Result<Json<'static>, CallError> {
    if secret.is_empty() {
        return argument("secret is empty");
    }
    match provider {
        Provider::CloudKassir => {
            let Some(message) = delivery.raw() else {
                return argument("body has to be as it came: text or bytes, not what a framework made of it");
            };
            let mac = |message: &[u8]| Json::String(base64(&hmac_sha256(secret.as_bytes(), message)).into());
            let decoded = if delivery.is_json(message) { message.into() } else { unescaped(message) };
            Ok(Json::Object(vec![
                ("Content-HMAC".into(), mac(message.as_bytes())),
                ("X-Content-HMAC".into(), mac(&decoded)),
            ]))
        }
        Provider::PayKeeper => {
            let fields = delivery.fields(&mut Findings::default()).unwrap_or(Json::Null);
            let joined = values(&fields).ok_or_else(|| CallError::Argument(TOO_MANY.into()))?;
            Ok(Json::String(small_hex(&hmac_sha256(secret.as_bytes(), joined.as_bytes())).into()))
        }
        Provider::Paybox => match signed(delivery, secret)? {
            Some((_, sign)) => Ok(Json::String(sign.into())),
            None => argument("body is no object, form or XML"),
        },
    }
}

/// What Paybox signs, with its signature; nothing where the body is nothing that could be signed.
fn signed(delivery: &Delivery<'_>, secret: &str) -> Result<Option<(Json<'static>, String)>, CallError> {
    if secret.is_empty() {
        return argument("secret is empty");
    }
    let script = needed(&delivery.script, "script")?;
    let message = delivery.message(&mut Findings::default()).filter(|message| matches!(message, Json::Object(_)));
    Ok(message.map(|message| {
        let sign = paybox::sign(&message, script, secret);
        (message, sign)
    }))
}

pub(super) fn needed<'o>(value: &'o Option<Cow<'_, str>>, name: &str) -> Result<&'o str, CallError> {
    let missing = || CallError::Argument(format!("{name} is not given"));
    value.as_deref().filter(|text| !text.is_empty()).ok_or_else(missing)
}

/// PayKeeper 8.13: the values of all fields but `sign`, empty ones too, in the order of their keys, joined by `;`. Of a
/// repeated field the last counts, as in PHP.
fn values(fields: &Json<'_>) -> Option<String> {
    let none = Vec::new();
    let members = if let Json::Object(members) = fields { members } else { &none };
    if members.len() > MAX_FIELDS {
        return None;
    }
    let mut rest: Vec<_> = members.iter().filter(|(key, _)| key != "sign").collect();
    let mut joined = String::new();
    // By hand: there are thirty of them, and a sort is a fiftieth of the whole wasm.
    while let Some(least) = rest.iter().map(|(key, _)| key).min() {
        let value = rest.iter().rev().find(|(key, _)| key == least).map_or(&Json::Null, |(_, value)| value);
        match value {
            Json::String(text) | Json::Number(text) => joined.push_str(text),
            Json::Bool(true) => joined.push('1'),
            Json::Bool(false) | Json::Null => {}
            value => value.write(&mut joined),
        }
        joined.push(';');
        let least = least.clone();
        rest.retain(|(key, _)| *key != least);
    }
    joined.pop();
    Some(joined)
}

/// What a notification says.
#[derive(Debug, Default)]
pub struct Notification {
    /// `receipt`; `kkt` of CloudKassir, about a register; `payment`, `refund` and `check` of Paybox, the last being the
    /// question whether an order may be paid; `unknown`.
    pub kind: &'static str,
    /// The provider's id of the receipt, the payment or the refund.
    pub id: Option<String>,
    /// The status of the receipt; of a payment `ok` or `failed`.
    pub status: Option<String>,
    /// The same for every delivery of one notification, and for none of another, nor for one of the same receipt that
    /// can be read where this one cannot.
    pub dedupe_key: String,
    /// The receipt and what stands around it; at most one.
    pub decoded: Decoded,
}

/// Reads a notification. Check first that it is authentic: [`verify_notification`].
///
/// # Errors
/// [`CallError::Argument`] of a provider whose notifications are not known. Whatever came is an answer.
pub fn parse_notification(provider: Provider, delivery: &Delivery<'_>) -> Result<Notification, CallError> {
    let mut findings = Findings::default();
    let fields = match provider {
        Provider::Paybox => delivery.message(&mut findings),
        _ => delivery.fields(&mut findings),
    };
    let has = |name| fields.as_ref().is_some_and(|fields| has(fields, name));
    let (kind, id) = match provider {
        Provider::CloudKassir => {
            let kind = match () {
                () if has("FiscalSign") || has("Receipt") => "receipt",
                // The documents name it and do not print it: what it has stands in `extra`.
                () if has("DeviceNumber") || has("RegNumber") || has("FiscalNumber") => "kkt",
                () => "unknown",
            };
            (kind, "Id")
        }
        Provider::PayKeeper => (if has("status") || has("cart") || has("fpd") { "receipt" } else { "unknown" }, "id"),
        Provider::Paybox => paybox::kind(&has),
    };
    if kind != "kkt" && !has(id) && !findings.any_error() {
        findings.add(IssueCode::Required, &Trail::ROOT.key(id), 0);
    }
    let raw = || delivery.raw().unwrap_or_default().to_owned();
    let text = fields.as_ref().map_or_else(raw, told);
    let mut decoded = match provider {
        Provider::PayKeeper => paykeeper::decode_value(fields, None, findings),
        Provider::Paybox => paybox::decode_value(fields, None, findings),
        Provider::CloudKassir => cloudkassir::decode_value(fields, None, None, findings),
    };
    if kind == "kkt" {
        // Not a receipt, and nothing is wrong with that.
        decoded.issues.retain(|issue| !issue.path.is_empty());
    }
    decoded.is_list = false;
    decoded.receipts.truncate(1);
    let mut notification = Notification { kind, ..Notification::default() };
    if let Some((receipt, envelope)) = decoded.receipts.first() {
        let fiscal = receipt.fiscal.as_ref().and_then(|fiscal| fiscal.id.as_deref());
        notification.id = payload::text(envelope, "id").or(fiscal).map(str::to_owned);
        notification.status = payload::text(envelope, "status").map(str::to_owned);
        if provider == Provider::Paybox {
            paybox::event(&mut notification, envelope);
        }
    }
    notification.decoded = decoded;
    notification.dedupe_key = key(provider, &notification, &text);
    Ok(notification)
}

/// The fields without what Paybox makes anew for every delivery.
fn told(fields: &Json<'static>) -> String {
    let mut fields = fields.clone();
    if let Json::Object(members) = &mut fields {
        members.retain(|(name, _)| name != "pg_salt" && name != "pg_sig");
    }
    fields.to_string()
}

/// Id and status; of what has no id, the hash of what came. Of what cannot be read both: one of the same id that can
/// must not be taken for its repetition.
fn key(provider: Provider, notification: &Notification, text: &str) -> String {
    let mut key = format!("{}:{}", provider.name(), notification.kind);
    // A receipt that timed out can be printed later, which is another notification.
    for part in notification.id.iter().chain(&notification.status) {
        key.extend([":", part]);
    }
    let broken = notification.decoded.issues.iter().any(|issue| issue.severity == Severity::Error);
    if broken || notification.id.is_none() {
        key.extend([":", &small_hex(&hmac_sha256(b"", text.as_bytes()))]);
    }
    key
}

/// Whether there is a member of this name, in any case, that says anything.
#[inline(never)]
fn has(fields: &Json<'_>, name: &str) -> bool {
    let Json::Object(members) = fields else { return false };
    let says = |value: &Json<'_>| *value != Json::Null && value.as_str() != Some("");
    members.iter().any(|(key, value)| key.eq_ignore_ascii_case(name) && says(value))
}

/// What an answer to Paybox has in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplyOptions<'a> {
    /// The last part of the shop's address that was called, or the whole of it.
    pub script: Option<Cow<'a, str>>,
    /// The shop's secret key.
    pub secret: Option<Cow<'a, str>>,
    /// Random characters.
    pub salt: Option<Cow<'a, str>>,
    /// `ok`, `rejected` (the payment is taken back, where `pg_can_reject` is 1) or `error`; none: `ok`.
    pub status: Option<Cow<'a, str>>,
    /// Why, for people.
    pub description: Option<Cow<'a, str>>,
}

/// What is answered to a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// The answer that says "received". CloudKassir takes anything else as a failure and tries again up to 100 times;
/// PayKeeper sends its callback once and looks at no answer; Paybox wants signed XML.
///
/// # Errors
/// [`CallError::Argument`]: a Paybox answer without `script`, `secret` or `salt`, or with a status that is none.
pub fn notification_reply(provider: Provider, options: &ReplyOptions<'_>) -> Result<Reply, CallError> {
    let (content_type, body) = match provider {
        Provider::CloudKassir => ("application/json", r#"{"code":0}"#),
        Provider::PayKeeper => ("text/plain", "OK"),
        Provider::Paybox => {
            let body = paybox::reply(options)?;
            return Ok(Reply { status: 200, content_type: "application/xml; charset=utf-8", body });
        }
    };
    Ok(Reply { status: 200, content_type, body: body.to_owned() })
}

/// The addresses that notifications come from, as the provider publishes them; none where it publishes none.
pub fn notification_sources(provider: Provider) -> &'static [&'static str] {
    match provider {
        Provider::CloudKassir => CLOUDKASSIR_SOURCES,
        Provider::Paybox | Provider::PayKeeper => &[],
    }
}

/// CloudKassir 3.4.5, 10.2.
static CLOUDKASSIR_SOURCES: &[&str] = &[
    "185.98.81.0/28",
    "87.251.91.160/27",
    "46.46.175.96/27",
    "46.46.168.160/27",
    "162.55.174.97/32",
    "91.216.178.243/32",
];
