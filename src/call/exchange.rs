//! The call that goes on with an exchange: the loop is JavaScript's.

use super::{Answer, Arguments, form, number, object, receipt_of, settled, text};
use crate::exchange::{Account, Call, Event, Exchange, ExchangeError, ExchangeOptions, Failure, Pause, Step};
use crate::http::{Request, Response};
use crate::json::Json;
use crate::message::Lang;
use crate::provider::{CallError, Provider};

type Refused = (CallError, Lang);

/// One step: `state` is that of the step before, or `{"call": {provider, method, arguments, receipt, ..}}` at the
/// beginning; `account` the credentials; `event` what happened; `now` milliseconds since 1970; `random` 32 hex digits.
/// As JSON text: `{value: {state, left, step}}`, or `{issues}` of the receipt, or an `{error}` of the call. What there is to
/// do is in `step`: `{send}`, `{wait}`, `{done}` or `{failed}`.
pub fn exchange(state: &str, account: &str, event: &str, now: f64, random: &str) -> String {
    settled(try_exchange(state, account, event, now, random)).to_string()
}

fn refused(text: &str) -> Refused {
    (CallError::Argument(text.to_owned()), Lang::default())
}

fn try_exchange(state: &str, account: &str, event: &str, now: f64, random: &str) -> Result<Answer, Refused> {
    let of = |text: &str, what: &str| Json::parse(text).map(Json::into_owned).map_err(|_| refused(what));
    let random = crate::bytes::of_hex(random).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let random = random.ok_or_else(|| refused("random is 32 hex digits"))?;
    let account = account_of(&of(account, "account is not an object")?)?;
    let event = event_of(of(event, "event is not an object")?).ok_or_else(|| refused("no such event"))?;
    // Milliseconds fit by far; what is no time at all is the year 1970.
    let now = now as u64;
    let given = of(state, "state is not an object")?;
    let mut exchange = match given.get("call") {
        Some(call) => begin(call, &account, now, random)?,
        None => Exchange::from_text(state).map_err(|error| (error, Lang::default()))?,
    };
    let chance = u64::from_be_bytes(random.first_chunk().copied().unwrap_or_default());
    let step = match exchange.step(&account, event, now, chance) {
        Step::Send { request, timeout } => ("send", sent(&request, timeout)),
        Step::Wait { ms } => ("wait", waited(ms, exchange.pause())),
        Step::Done(Ok(value)) => ("done", value),
        Step::Done(Err(error)) => ("failed", failed(&error)),
    };
    Ok(object([
        ("state", Some(text(&exchange.to_text()))),
        ("requestId", exchange.request_id().map(text)),
        ("left", exchange.left(now).map(number)),
        ("step", Some(object([(step.0, Some(step.1))]))),
    ]))
}

fn account_of(given: &Answer) -> Result<Account, Refused> {
    let word = |name: &str| given.get(name).and_then(Json::as_str).unwrap_or_default();
    let (login, secret, base) = (word("login"), word("secret"), word("baseUrl"));
    let account = match word("provider") {
        "cloudkassir" => Account::cloud_kassir(login, secret),
        "paybox" => Account::paybox(login, secret),
        "paykeeper" => Account::pay_keeper(login, secret, base),
        _ => return Err(refused("no such provider")),
    };
    let account = if base.is_empty() { account } else { account.with_base_url(base) };
    let account = if word("inn").is_empty() { account } else { account.with_inn(word("inn")) };
    Ok(if word("jws").is_empty() { account } else { account.with_jws(word("jws")) })
}

fn event_of(given: Answer) -> Option<Event> {
    let Json::Object(members) = &given else { return None };
    Some(match given.get("kind")?.as_str()? {
        "start" => Event::Start,
        "waited" => Event::Waited,
        "aborted" => Event::Aborted,
        "expired" => Event::Expired,
        "refused" => Event::Failed(Failure::Refused),
        "network" => Event::Failed(Failure::Network),
        "timeout" => Event::Failed(Failure::Timeout),
        "answered" => {
            let status = members.iter().find(|(key, _)| key == "status").map(|(_, status)| status.to_string());
            let after = given.get("retryAfter").and_then(Json::as_str);
            Event::Answered(Response {
                status: status?.parse().ok()?,
                headers: after.map(|after| ("retry-after".to_owned(), after.to_owned())).into_iter().collect(),
                body: given.get("body").and_then(Json::as_str).unwrap_or_default().into(),
            })
        }
        _ => return None,
    })
}

/// What a call may say beside its arguments.
const OPTIONS: &[&str] = &[
    "provider",
    "method",
    "arguments",
    "receipt",
    "encode",
    "invoiceId",
    "part",
    "requestId",
    "until",
    "timeoutMs",
    "deadlineMs",
    "maxRetries",
    "lang",
];

fn begin(given: &Answer, account: &Account, now: u64, random: [u8; 16]) -> Result<Exchange, Refused> {
    let given = Arguments::parse(&given.to_string(), OPTIONS).map_err(super::refused)?;
    let lang = given.lang().map_err(super::refused)?;
    let argument = |message: String| (CallError::Argument(message), lang);
    let said = |name: &str| given.text(name).map_err(argument);
    let (provider, method) = (said("provider")?.unwrap_or_default(), said("method")?.unwrap_or_default());
    let Some(provider) = Provider::ALL.into_iter().find(|known| known.name() == provider) else {
        return Err(argument(["no such provider: ", &provider].concat()));
    };
    let arguments = given.0.get("arguments").unwrap_or(&Json::Null);
    let milliseconds = |name: &str| match given.0.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => value
            .to_string()
            .parse::<u64>()
            .map(Some)
            .map_err(|_| argument([name, " is a whole number, 0 or more"].concat())),
    };
    let mut options = ExchangeOptions { lang, deadline: milliseconds("deadlineMs")?, ..ExchangeOptions::default() };
    options.timeout = milliseconds("timeoutMs")?.unwrap_or(options.timeout);
    if let Some(retries) = milliseconds("maxRetries")? {
        options.max_retries = u32::try_from(retries).unwrap_or(u32::MAX);
    }
    let mut losses = Vec::new();
    let made = match given.0.get("receipt") {
        None | Some(Json::Null) => Call::new(provider, &method, arguments),
        Some(receipt) => {
            let receipt = receipt.as_str().map_or_else(|| receipt.to_string(), str::to_owned);
            let encode = given.0.get("encode").map_or_else(|| "{}".to_owned(), Json::to_string);
            let (form, _) = form(provider.name(), &encode).map_err(argument)?;
            let (draft, _) = receipt_of(&receipt, |draft| draft.fiscal = None).map_err(|error| (error.into(), lang))?;
            let encoded = form.encode(draft).map_err(|error| (error, lang))?;
            losses.extend(encoded.losses.iter().cloned());
            Call::receipt(provider, encoded, arguments)
        }
    };
    let mut call = made.map_err(|error| (error, lang))?;
    if call.method() != method {
        return Err(argument([&*method, " does not take this receipt: it is for ", call.method()].concat()));
    }
    if let Some(invoice) = given.id("invoiceId").map_err(argument)? {
        call = call.invoice(&invoice);
    }
    if let Some(part) = given.id("part").map_err(argument)? {
        call = call.part(&part);
    }
    if let Some(id) = said("requestId")? {
        call = call.request_id(&id);
    }
    if let Some(until) = said("until")? {
        call = call.until(&until).map_err(|error| (error, lang))?;
    }
    Exchange::new(call, account, options, now, random).map_err(|error| (error, lang))
}

fn sent(request: &Request, timeout: u64) -> Answer {
    let headers = request.headers.iter().map(|(name, value)| (name.clone().into(), text(value)));
    object([
        ("method", Some(text(request.method.name()))),
        ("url", Some(text(&request.url))),
        ("headers", Some(Json::Object(headers.collect()))),
        ("body", (!request.body.is_empty()).then(|| text(&request.body))),
        ("timeout", Some(number(timeout))),
    ])
}

fn waited(ms: u64, pause: Option<&Pause>) -> Answer {
    let (retry, status) = match pause {
        Some(Pause::Retry(attempt, code)) => (Some((number(attempt), text(code.name()))), None),
        Some(Pause::Status(status)) => (None, Some(status.clone())),
        None => (None, None),
    };
    let retry = retry.map(|(attempt, code)| object([("attempt", Some(attempt)), ("code", Some(code))]));
    object([("ms", Some(number(ms))), ("retry", retry), ("status", status)])
}

fn failed(error: &ExchangeError) -> Answer {
    let next = error.next.as_ref().map(|next| {
        let mut members = Vec::new();
        let of = next.of.iter().map(|(name, value)| (*name, Some(&**value)));
        words(&mut members, &mut [("kind", Some(next.kind.name()))].into_iter().chain(of));
        words(&mut members, &mut [("message", Some(next.kind.told(error.lang)))].into_iter());
        Json::Object(members)
    });
    let mut members = Vec::new();
    let (message, status) = (error.to_string(), error.status.map(number));
    let said = [
        ("code", Some(error.code.name())),
        ("message", Some(&*message)),
        ("provider", Some(error.provider.name())),
        ("method", Some(error.method)),
        ("requestId", error.request_id.as_deref()),
        ("providerCode", error.provider_code.as_deref()),
        ("providerMessage", error.provider_message.as_deref()),
        ("reason", error.cause.map(|cause| cause.name())),
    ];
    words(&mut members, &mut said.into_iter());
    let others = [("status", status), ("retryable", Some(Json::Bool(error.retryable))), ("next", next)];
    members.extend(others.into_iter().filter_map(|(name, value)| Some((name.into(), value?))));
    Json::Object(members)
}

#[inline(never)]
fn words(
    members: &mut Vec<(std::borrow::Cow<'static, str>, Answer)>,
    words: &mut dyn Iterator<Item = (&'static str, Option<&str>)>,
) {
    for (name, word) in words {
        if let Some(word) = word {
            members.push((name.into(), text(word)));
        }
    }
}
