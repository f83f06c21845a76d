//! The public calls as the JavaScript door makes them: JSON text in, a JSON value out. Natively the same calls run the
//! cases of `examples/`.

use crate::check::{check_with, shape};
use crate::inn::{InnKind, inn as look_at};
use crate::issue::{Findings, Issue, IssueCode, Step};
use crate::json::Json;
use crate::message::{self, Lang};
use crate::money::Money;
use crate::options::CheckOptions;
use crate::provider::cloudkassir::{self, EncodeOptions, Version};
use crate::provider::notification::{self, Letter};
use crate::provider::{CallError, Decoded, Envelope, Provider, paybox};
use crate::receipt::Receipt;
use crate::record::{Field, OwnRecord, Record, View};
use crate::vocab::{self, Ffd, FfdSet, Row, Term, Wire};
use crate::{Severity, draft};

/// What a call answers.
pub type Answer = Json<'static>;

fn text(text: &str) -> Answer {
    Json::String(text.to_owned().into())
}

fn number(number: impl ToString) -> Answer {
    Json::Number(number.to_string().into())
}

fn list<T>(elements: impl IntoIterator<Item = T>, answer: impl FnMut(T) -> Answer) -> Answer {
    Json::Array(elements.into_iter().map(answer).collect())
}

/// An object of the members that there are.
fn object<const N: usize>(members: [(&'static str, Option<Answer>); N]) -> Answer {
    filled(Vec::from(members))
}

/// In one place: a copy for every number of members would make the wasm a kilobyte larger each.
#[inline(never)]
fn filled(members: Vec<(&'static str, Option<Answer>)>) -> Answer {
    Json::Object(members.into_iter().filter_map(|(name, value)| Some((name.into(), value?))).collect())
}

/// `checkReceipt`, without the receipt.
pub fn check(text: &str, options: &str) -> Answer {
    let mut findings = Findings::default();
    let options = CheckOptions::parse(options, &mut findings);
    let check = check_with(text, &options, findings);
    object([
        ("ok", Some(Json::Bool(check.ok))),
        ("issues", Some(told(&check.issues, options.lang))),
        ("omitted", (check.omitted > 0).then(|| number(check.omitted))),
    ])
}

/// The receipt of a text that was found right, defaults filled in: as JSON text, which JavaScript makes a hundred items
/// of several times faster than one call a value would.
pub fn read(text: &str) -> String {
    let mut draft = draft::read(text, &mut Findings::default());
    draft.complete();
    let mut out = String::with_capacity(text.len() * 2);
    record(&draft).write(&mut out);
    out
}

/// `encode`: `{value}`, or `{issues}` of the receipt, or an `{error}` of the call.
pub fn encode(text: &str, provider: &str, options: &str) -> Answer {
    settled(try_encode(text, provider, options))
}

/// `decode`: the same.
pub fn decode(text: &str, from: &str, options: &str) -> Answer {
    settled(try_decode(text, from, options).map_err(|error| (error.into(), Lang::default())))
}

fn settled(result: Result<Answer, (CallError, Lang)>) -> Answer {
    match result {
        Ok(value) => object([("value", Some(value))]),
        Err((CallError::Receipt(error), lang)) => object([("issues", Some(told(&error.issues, lang)))]),
        Err((CallError::Argument(message), _)) => {
            let error = object([("code", Some(text("bad_argument"))), ("message", Some(text(&message)))]);
            object([("error", Some(error))])
        }
    }
}

/// How a receipt is to be encoded.
enum Form {
    CloudKassir(EncodeOptions),
    Paybox(paybox::EncodeOptions),
}

fn try_encode(receipt: &str, provider: &str, options: &str) -> Result<Answer, (CallError, Lang)> {
    let refused = |message| (CallError::Argument(message), Lang::default());
    let (form, lang) = match Provider::from_name(provider) {
        Some(Provider::CloudKassir) => {
            encode_options(options).map(|(options, lang)| (Form::CloudKassir(options), lang))
        }
        Some(Provider::Paybox) => paybox_options(options).map(|(options, lang)| (Form::Paybox(options), lang)),
        _ => Err(format!("no such provider: {provider}")),
    }
    .map_err(refused)?;
    let mut findings = Findings::default();
    let mut draft = draft::read(receipt, &mut findings);
    // What a register made of it is not sent, and what the model does not know is lost, not wrong.
    draft.fiscal = None;
    findings.tolerate();
    if !findings.is_unreadable() {
        draft.complete();
        shape(&draft, &mut findings);
    }
    let failed = findings.any_error();
    let mut issues = findings.settle(Receipt::SHAPE, |_| None, usize::MAX).0;
    if failed {
        return Err((crate::ReceiptError { issues }.into(), lang));
    }
    let encoded = match &form {
        Form::CloudKassir(options) => cloudkassir::encode_draft(draft, options),
        Form::Paybox(options) => paybox::encode_draft(draft, options),
    }
    .map_err(|error| (error, lang))?;
    issues.extend(encoded.losses);
    Ok(object([
        ("path", Some(text(encoded.path))),
        ("body", Some(encoded.body)),
        ("losses", Some(told(&issues, lang))),
    ]))
}

fn paybox_options(options: &str) -> Result<(paybox::EncodeOptions, Lang), String> {
    let given =
        Arguments::parse(options, &["form", "merchantId", "paymentId", "refundId", "offset", "amount", "lang"])?;
    let options = paybox::EncodeOptions {
        form: paybox::Form::ALL[given.one_of("form", &paybox::Form::ALL.map(paybox::Form::name))?],
        merchant_id: given.id("merchantId")?,
        payment_id: given.id("paymentId")?,
        refund_id: given.id("refundId")?,
        offset: given.flag("offset")?,
        amount: given.money("amount")?,
    };
    Ok((options, given.lang()?))
}

fn encode_options(options: &str) -> Result<(EncodeOptions, Lang), String> {
    let given = Arguments::parse(options, &["version", "inn", "invoiceId", "accountId", "deviceNumber", "lang"])?;
    let options = EncodeOptions {
        version: given.version()?.unwrap_or_default(),
        inn: given.text("inn")?,
        invoice_id: given.text("invoiceId")?,
        account_id: given.text("accountId")?,
        device_number: given.text("deviceNumber")?,
    };
    Ok((options, given.lang()?))
}

fn try_decode(payload: &str, from: &str, options: &str) -> Result<Answer, String> {
    let source = Provider::from_name(from);
    let known: &[&str] =
        if source == Some(Provider::CloudKassir) { &["ffd", "version", "lang"] } else { &["ffd", "lang"] };
    let given = Arguments::parse(options, known)?;
    let ffd = given.text("ffd")?.map(|name| Ffd::from_name(&name).ok_or(format!("no such ffd: {name}"))).transpose()?;
    let (version, lang) = (given.version()?, given.lang()?);
    let decoded = match source {
        Some(Provider::CloudKassir) => cloudkassir::decode(payload, ffd, version),
        Some(Provider::Paybox) => paybox::decode(payload, ffd),
        _ => return Err(format!("no such source: {from}")),
    };
    Ok(filled(read_out(&decoded, lang)))
}

/// What was read of a payload: of a list, the first, and all.
fn read_out(decoded: &Decoded, lang: Lang) -> Vec<(&'static str, Option<Answer>)> {
    let extra = |(path, value): &(Vec<Step>, Json<'static>)| {
        object([("path", Some(list(path, place))), ("value", Some(value.clone()))])
    };
    let (many, none) = (decoded.is_list, (Default::default(), Vec::new()));
    let (receipt, envelope) = decoded.receipts.first().unwrap_or(&none);
    Vec::from([
        ("receipt", Some(record(receipt).into_owned())),
        ("envelope", Some(around(envelope))),
        ("extra", Some(list(&decoded.extra, extra))),
        ("receipts", many.then(|| list(&decoded.receipts, |(receipt, _)| record(receipt).into_owned()))),
        ("envelopes", many.then(|| list(&decoded.receipts, |(_, envelope)| around(envelope)))),
        ("issues", Some(told(&decoded.issues, lang))),
    ])
}

/// `sign`, `verifyNotification`, `parseNotification` and `notificationReply`: `{value}` or an `{error}` of the call.
/// `salt` is for a reply that is signed, unless the options have one.
pub fn letter(call: &str, body: &str, provider: &str, options: &str, salt: &str) -> Answer {
    settled(try_letter(call, body, provider, options, salt).map_err(|error| (error, Lang::default())))
}

fn try_letter(call: &str, body: &str, provider: &str, options: &str, salt: &str) -> Result<Answer, CallError> {
    let unknown = || CallError::Argument(format!("no such provider: {provider}"));
    let provider = Provider::from_name(provider).ok_or_else(unknown)?;
    let given = Arguments::parse(options, &["script", "secret", "salt", "status", "description", "lang"])?;
    let letter = Letter {
        script: given.text("script")?,
        secret: given.text("secret")?,
        salt: given.text("salt")?.or_else(|| Some(salt.to_owned())),
        status: given.text("status")?,
        description: given.text("description")?,
    };
    Ok(match call {
        "sign" => text(&notification::sign(provider, body, &letter)?),
        "verify" => Json::Bool(notification::verify(provider, body, &letter)?),
        "reply" => {
            let reply = notification::reply(provider, &letter)?;
            let headers = reply.headers.iter().map(|(name, value)| (*name, Some(text(value)))).collect();
            object([
                ("status", Some(number(reply.status))),
                ("headers", Some(filled(headers))),
                ("body", Some(text(&reply.body))),
            ])
        }
        _ => {
            let notice = notification::read(provider, body)?;
            let mut members = Vec::from([
                ("kind", Some(text(notice.kind))),
                ("id", Some(notice.id.as_deref().map_or(Json::Null, text))),
                ("status", notice.status.as_deref().map(text)),
                ("dedupeKey", Some(text(&notice.dedupe_key))),
            ]);
            members.extend(read_out(&notice.decoded, given.lang()?));
            filled(members)
        }
    })
}

/// `payboxFlow`: the same.
pub fn paybox_flow(options: &str) -> Answer {
    settled(try_flow(options).map_err(|error| (error.into(), Lang::default())))
}

fn try_flow(options: &str) -> Result<Answer, String> {
    let given = Arguments::parse(options, &["scenario", "mode", "lang"])?;
    let scenario =
        paybox::Scenario::ALL[given.one_of("scenario", &paybox::Scenario::ALL.map(paybox::Scenario::name))?];
    let mode = paybox::Mode::ALL[given.one_of("mode", &paybox::Mode::ALL.map(paybox::Mode::name))?];
    let lang = given.lang()?;
    let pair = |(name, value): (&'static str, &'static str)| object([(name, Some(text(value)))]);
    Ok(list(paybox::flow(scenario, mode), |step| {
        object([
            ("path", Some(text(step.path))),
            ("receipt", Some(step.receipt.map_or(Json::Null, |form| text(form.name())))),
            ("operation", step.operation.map(|operation| text(operation.name()))),
            ("offset", step.offset.then_some(Json::Bool(true))),
            ("set", step.set.map(pair)),
            ("keep", step.keep.map(text)),
            ("until", step.until.map(pair)),
            ("note", Some(text(step.note(lang)))),
        ])
    }))
}

fn around(envelope: &Envelope) -> Answer {
    Json::Object(envelope.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
}

/// `vocabulary`: the rows of a list.
pub fn vocabulary(name: &str) -> Option<Answer> {
    vocab::list(name).map(|rows| list(rows.rows, row))
}

/// `code` is null where FFD has none; a provider without a spelling is left out.
fn row(row: &Row) -> Answer {
    let wire = |wire: Wire| match wire {
        Wire::Unknown | Wire::Null => Json::Null,
        Wire::Number(code) => number(code),
        Wire::Text(word) => text(word),
    };
    let known = |spelling: Wire| (spelling != Wire::Unknown).then(|| wire(spelling));
    object([
        ("name", Some(text(row.name))),
        ("code", Some(wire(row.code))),
        ("ru", Some(text(row.ru))),
        ("en", Some(text(row.en))),
        ("since", row.since.map(text)),
        ("until", row.until.map(text)),
        ("ffd", (row.ffd != FfdSet::ALL).then(|| list(row.ffd.iter(), |ffd| text(ffd.name())))),
        ("cloudkassir", known(row.cloudkassir)),
        ("paybox", known(row.paybox)),
        ("paykeeper", known(row.paykeeper)),
    ])
}

/// `vocabularyLists`: the names that `vocabulary` takes.
pub fn vocabulary_lists() -> Answer {
    list(vocab::lists(), |list| text(list.name))
}

/// `issueCodes`: every code there is; `fixed` are those whose severity stays, whatever the caller wants.
pub fn issue_codes() -> Answer {
    list(IssueCode::ALL, |code| {
        object([
            ("code", Some(text(code.name()))),
            ("severity", Some(text(code.severity().name()))),
            ("fixed", Some(Json::Bool(code.is_shape()))),
            ("ru", Some(text(message::text(*code, Lang::Ru).0))),
            ("en", Some(text(message::text(*code, Lang::En).0))),
            ("source", Some(text(code.source()))),
        ])
    })
}

/// `inn`.
pub fn inn(digits: &str) -> Answer {
    let seen = look_at(digits);
    let kind = match seen.kind {
        Some(InnKind::Organization) => text("organization"),
        Some(InnKind::Person) => text("person"),
        None => Json::Null,
    };
    object([("valid", Some(Json::Bool(seen.valid))), ("kind", Some(kind))])
}

/// Findings with their texts in a language.
fn told(issues: &[Issue], lang: Lang) -> Answer {
    let params = |issue: &Issue| {
        let member = |(name, value): &(&'static str, _)| ((*name).into(), Json::String(std::borrow::Cow::clone(value)));
        Json::Object(issue.params.iter().map(member).collect())
    };
    list(issues, |issue| {
        object([
            ("code", Some(text(issue.code.name()))),
            ("severity", Some(text(issue.severity.name()))),
            ("path", Some(list(&issue.path, place))),
            ("message", Some(text(&issue.message(lang)))),
            ("hint", issue.hint(lang).map(|hint| text(&hint))),
            ("params", (!issue.params.is_empty()).then(|| params(issue))),
            ("tag", issue.tag.map(number)),
        ])
    })
}

fn place(step: &Step) -> Answer {
    match step {
        Step::Key(key) => text(key),
        Step::Index(index) => number(index),
    }
}

/// A record as JSON, absent fields left out: one function for all, so a new structure adds a table and no code.
fn record<'s>(record: &'s dyn Record<'_>) -> Json<'s> {
    let member = |(at, field): (usize, &'static Field)| {
        let view = record.view(at);
        (!matches!(view, View::None)).then(|| (field.name.into(), value(view)))
    };
    Json::Object(record.shape().fields.iter().enumerate().filter_map(member).collect())
}

fn value<'s>(view: View<'s, '_>) -> Json<'s> {
    match view {
        View::None => Json::Null,
        View::Text(text) => Json::String(text.into()),
        View::Money(money) => Json::String(money.to_string().into()),
        View::Quantity(quantity) => Json::String(quantity.to_string().into()),
        View::Bool(value) => Json::Bool(value),
        View::Int(value) => number(value),
        View::Term(list, row) => Json::String(list.rows[row].name.into()),
        View::Record(inner) => record(inner),
        View::Texts(texts) => Json::Array(texts.iter().map(|text| Json::String((&**text).into())).collect()),
        View::Records(records) => Json::Array((0..records.count()).map(|at| record(records.at(at))).collect()),
    }
}

/// The options of a call, as JSON text.
struct Arguments(Answer);

impl Arguments {
    fn parse(text: &str, known: &[&str]) -> Result<Self, String> {
        let options = match Json::parse(text) {
            Ok(Json::Null) => Json::Object(Vec::new()),
            Ok(options) => options.into_owned(),
            Err(_) => return Err("options are not an object".into()),
        };
        let Json::Object(members) = &options else { return Err("options are not an object".into()) };
        match members.iter().find(|(name, _)| !known.contains(&&**name)) {
            Some((name, _)) => Err(format!("no such option: {name}; there are {}", known.join(", "))),
            None => Ok(Self(options)),
        }
    }

    fn text(&self, name: &str) -> Result<Option<String>, String> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone().into_owned())),
            Some(other) => Err(format!("option {name} is a string, not {}", other.kind().name())),
        }
    }

    /// A number of somebody's: text, or a whole number as it is written.
    fn id(&self, name: &str) -> Result<Option<String>, String> {
        match self.0.get(name) {
            Some(Json::Number(digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(Some(digits.clone().into_owned()))
            }
            _ => self.text(name),
        }
    }

    fn flag(&self, name: &str) -> Result<bool, String> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(false),
            Some(Json::Bool(said)) => Ok(*said),
            Some(other) => Err(format!("option {name} is a boolean, not {}", other.kind().name())),
        }
    }

    fn money(&self, name: &str) -> Result<Option<Money>, String> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Number(text) | Json::String(text)) => {
                Money::read(text).map(Some).map_err(|error| format!("option {name}: {text}: {error}"))
            }
            Some(other) => Err(format!("option {name} is a sum, not {}", other.kind().name())),
        }
    }

    /// A word that has to be there, as its place among those it can be.
    fn one_of(&self, name: &str, words: &[&str]) -> Result<usize, String> {
        let said = self.text(name)?.unwrap_or_default();
        let refused = || format!("option {name} is one of {}, not \"{said}\"", words.join(", "));
        words.iter().position(|word| *word == said).ok_or_else(refused)
    }

    fn version(&self) -> Result<Option<Version>, String> {
        let name = self.text("version")?;
        let known = |name: String| {
            let found = Version::ALL.into_iter().find(|version| version.name() == name);
            found.ok_or_else(|| format!("no such version: {name}; there are 3.0, 3.3.7, 3.4.5"))
        };
        name.map(known).transpose()
    }

    fn lang(&self) -> Result<Lang, String> {
        match self.text("lang")?.as_deref() {
            None | Some("ru") => Ok(Lang::Ru),
            Some("en") => Ok(Lang::En),
            Some(other) => Err(format!("no such lang: {other}; there are ru, en")),
        }
    }
}

impl Severity {
    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
