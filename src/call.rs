//! The public calls as the JavaScript door makes them: JSON text in, a JSON value out. Natively the same calls run the
//! cases of `examples/`.

mod asked;
mod code;
#[cfg(feature = "client")]
mod exchange;
mod format;
mod made;
mod paybox;
#[cfg(feature = "preview")]
mod picture;

pub use asked::ask;
#[cfg(feature = "client")]
pub use exchange::exchange;
pub use format::{decode_tlv, encode_tlv, receipt_tags, tag, tags};
pub use made::make;
#[cfg(feature = "preview")]
pub use picture::preview;

use crate::check::{check_with, shape};
use crate::diff::diff_drafts;
use crate::ffd;
use crate::inn::{InnKind, inn as look_at};
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Step, Trail};
use crate::json::{Json, unmarked};
use crate::message::{self, Lang};
use crate::options::CheckOptions;
use crate::provider::cloudkassir::{self, EncodeOptions, Version};
use crate::provider::{self, CallError, Decoded, Encoded, Envelope, Provider, fns, paykeeper};
use crate::qr::decode_qr;
use crate::receipt::{Draft, Receipt};
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
fn object<const N: usize>(mut members: [(&'static str, Option<Answer>); N]) -> Answer {
    gathered(&mut members)
}

/// One function for objects of every size.
#[inline(never)]
fn gathered(members: &mut [(&'static str, Option<Answer>)]) -> Answer {
    Json::Object(members.iter_mut().filter_map(|(name, value)| Some(((*name).into(), value.take()?))).collect())
}

/// `checkReceipt`, without the receipt.
pub fn check(text: &str, options: &str) -> Answer {
    let mut findings = Findings::default();
    let options = CheckOptions::parse(options, "", &mut findings);
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
    settled(try_decode(text, from, options).map_err(|message| (CallError::Argument(message), Lang::default())))
}

/// `diffReceipts`: the same; the path of a fault begins with the receipt it is in, `sent` or `fiscal`.
pub fn diff(sent: &str, fiscal: &str, options: &str) -> Answer {
    settled(try_diff(sent, fiscal, options))
}

fn try_diff(sent: &str, fiscal: &str, options: &str) -> Result<Answer, (CallError, Lang)> {
    let given = Arguments::parse(options, &["lang"]);
    let lang =
        given.and_then(|given| given.lang()).map_err(|message| (CallError::Argument(message), Lang::default()))?;
    let (mut findings, mut of_sent, mut of_fiscal) = <(Findings, Findings, Findings)>::default();
    let (mut sent, fiscal) = (draft::read(sent, &mut of_sent), draft::read(fiscal, &mut of_fiscal));
    findings.append(of_sent, &Trail::ROOT.key("sent"));
    findings.append(of_fiscal, &Trail::ROOT.key("fiscal"));
    findings.tolerate();
    if findings.any_error() {
        let issues = findings.settle(Receipt::SHAPE, &|_| None, usize::MAX).0;
        return Err((crate::ReceiptError { issues }.into(), lang));
    }
    sent.complete();
    let steps = |path: &Vec<Step>| list(path, place);
    Ok(list(diff_drafts(&sent, &fiscal), |difference| {
        let message = difference.message(lang);
        object([
            ("kind", Some(text(difference.kind.name()))),
            ("severity", Some(text(difference.severity.map_or("info", Severity::name)))),
            ("path", Some(steps(&difference.path))),
            ("fiscalPath", difference.fiscal_path.as_ref().map(steps)),
            ("tag", difference.tag.map(number)),
            ("sent", difference.sent),
            ("fiscal", difference.fiscal),
            ("message", Some(Json::String(message.into()))),
        ])
    }))
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

fn try_encode(receipt: &str, provider: &str, options: &str) -> Result<Answer, (CallError, Lang)> {
    let (form, lang) = form(provider, options).map_err(refused)?;
    // What a register made of it is not sent.
    let (draft, mut issues) = receipt_of(receipt, |draft| draft.fiscal = None).map_err(|error| (error.into(), lang))?;
    let encoded = form.encode(draft).map_err(|error| (error, lang))?;
    issues.extend(encoded.losses);
    Ok(object([
        ("path", Some(text(encoded.path))),
        ("body", Some(encoded.body)),
        ("losses", Some(told(&issues, lang))),
    ]))
}

/// What a receipt is put into, with what stands beside it there.
enum Form {
    CloudKassir(EncodeOptions),
    Paybox(provider::paybox::EncodeOptions),
    PayKeeper(paykeeper::EncodeOptions),
}

impl Form {
    fn encode(&self, draft: Draft<'_>) -> Result<Encoded, CallError> {
        match self {
            Self::CloudKassir(options) => cloudkassir::encode_draft(draft, options),
            Self::Paybox(options) => provider::paybox::encode_draft(draft, options),
            Self::PayKeeper(options) => paykeeper::encode_draft(draft, options),
        }
    }
}

fn form(provider: &str, options: &str) -> Result<(Form, Lang), String> {
    if provider == Provider::CloudKassir.name() {
        let known = ["version", "inn", "invoiceId", "accountId", "deviceNumber", "lang"];
        let given = Arguments::parse(options, &known)?;
        let options = EncodeOptions {
            version: given.version()?.unwrap_or_default(),
            inn: given.text("inn")?,
            invoice_id: given.text("invoiceId")?,
            account_id: given.text("accountId")?,
            device_number: given.text("deviceNumber")?,
        };
        return Ok((Form::CloudKassir(options), given.lang()?));
    }
    if provider == Provider::Paybox.name() {
        let (options, lang) = paybox::options(options)?;
        return Ok((Form::Paybox(options), lang));
    }
    if provider == Provider::PayKeeper.name() {
        let given = Arguments::parse(options, &["paymentId", "refundId", "receiptKey", "postSale", "opaque", "lang"])?;
        let options = paykeeper::EncodeOptions {
            payment_id: given.id("paymentId")?,
            refund_id: given.id("refundId")?,
            receipt_key: given.text("receiptKey")?,
            post_sale: given.flag("postSale")?,
            opaque: given.opaque()?,
        };
        return Ok((Form::PayKeeper(options), given.lang()?));
    }
    Err(format!("no such provider: {provider}"))
}

fn try_decode(payload: &str, from: &str, options: &str) -> Result<Answer, String> {
    let given = Arguments::parse(options, &["ffd", "version", "lang"])?;
    let ffd = given.ffd()?;
    let (version, lang) = (given.version()?, given.lang()?);
    let decoded = match from {
        "cloudkassir" => cloudkassir::decode(payload, ffd, version),
        "paybox" => provider::paybox::decode(payload, ffd),
        "paykeeper" => paykeeper::decode(payload, ffd),
        "tlv" => ffd::decode_text(unmarked(payload), ffd),
        "fns" => fns::decode(payload, ffd),
        "qr" => decode_qr(unmarked(payload)),
        _ => return Err(format!("no such source: {from}")),
    };
    Ok(decoded_answer(&decoded, lang))
}

fn decoded_answer(decoded: &Decoded, lang: Lang) -> Answer {
    let (many, none) = (decoded.is_list, (Default::default(), Vec::new()));
    let (receipt, envelope) = decoded.receipts.first().unwrap_or(&none);
    let envelope = [&decoded.around[..], envelope].concat();
    object([
        ("receipt", Some(record(receipt).into_owned())),
        ("envelope", Some(around(&envelope))),
        ("extra", Some(extra(&decoded.extra))),
        ("receipts", many.then(|| list(&decoded.receipts, |(receipt, _)| record(receipt).into_owned()))),
        ("envelopes", many.then(|| list(&decoded.receipts, |(_, envelope)| around(envelope)))),
        ("issues", Some(told(&decoded.issues, lang))),
    ])
}

#[inline(never)]
fn extra(kept: &[(Vec<Step>, Answer)]) -> Answer {
    list(kept, |(path, value)| object([("path", Some(list(path, place))), ("value", Some(value.clone()))]))
}

#[inline(never)]
fn around(envelope: &Envelope) -> Answer {
    Json::Object(envelope.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
}

/// A receipt that is well-shaped, with its findings; what the model does not know is lost, not wrong.
#[inline(never)]
fn receipt_of(text: &str, alter: fn(&mut Draft<'_>)) -> Result<(Draft<'_>, Vec<Issue>), ReceiptError> {
    let mut findings = Findings::default();
    let mut draft = draft::read(text, &mut findings);
    alter(&mut draft);
    findings.tolerate();
    if !findings.is_unreadable() {
        draft.complete();
        shape(&draft, &mut findings);
    }
    let failed = findings.any_error();
    let issues = findings.all();
    if failed { Err(ReceiptError { issues }) } else { Ok((draft, issues)) }
}

#[inline(never)]
fn language(options: &str) -> Result<Lang, (CallError, Lang)> {
    Arguments::parse(options, &["lang"]).and_then(|given| given.lang()).map_err(refused)
}

fn refused(message: String) -> (CallError, Lang) {
    (CallError::Argument(message), Lang::default())
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
pub(crate) fn record<'s>(record: &'s dyn Record<'_>) -> Json<'s> {
    let member = |(at, field): (usize, &'static Field)| {
        let view = record.view(at);
        (!matches!(view, View::None)).then(|| (field.name.into(), value(view)))
    };
    Json::Object(record.shape().fields.iter().enumerate().filter_map(member).collect())
}

pub(crate) fn value<'s>(view: View<'s, '_>) -> Json<'s> {
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
    #[inline(never)]
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

    #[inline(never)]
    fn text(&self, name: &str) -> Result<Option<String>, String> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone().into_owned())),
            Some(other) => Err(format!("option {name} is a string, not {}", other.kind().name())),
        }
    }

    /// A text, or the digits of a number.
    fn id(&self, name: &str) -> Result<Option<String>, String> {
        match self.0.get(name) {
            Some(Json::Number(digits)) => Ok(Some(digits.clone().into_owned())),
            _ => self.text(name),
        }
    }

    fn flag(&self, name: &str) -> Result<Option<bool>, String> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Bool(value)) => Ok(Some(*value)),
            Some(other) => Err(format!("option {name} is a boolean, not {}", other.kind().name())),
        }
    }

    /// PayKeeper's JSON of unpublished form: an object of an object, and of a list of objects.
    fn opaque(&self) -> Result<paykeeper::Opaque, String> {
        const FORM: &str = "option opaque is { receiptProperties?: object, items?: (object | null)[] }";
        let mut opaque = paykeeper::Opaque::default();
        let none = Vec::new();
        let members = match self.0.get("opaque") {
            None | Some(Json::Null) => &none,
            Some(Json::Object(members)) => members,
            Some(_) => return Err(FORM.into()),
        };
        for (name, value) in members {
            match (&**name, value) {
                (_, Json::Null) => {}
                ("receiptProperties", Json::Object(_)) => opaque.receipt_properties = Some(value.clone()),
                ("items", Json::Array(items)) => opaque.items.clone_from(items),
                _ => return Err(FORM.into()),
            }
        }
        let is_item = |item: &Answer| matches!(item, Json::Object(_) | Json::Null);
        if opaque.items.iter().all(is_item) { Ok(opaque) } else { Err(FORM.into()) }
    }

    fn version(&self) -> Result<Option<Version>, String> {
        let name = self.text("version")?;
        let known = |name: String| {
            let found = Version::ALL.into_iter().find(|version| version.name() == name);
            found.ok_or_else(|| format!("no such version: {name}; there are 3.0, 3.3.7, 3.4.5"))
        };
        name.map(known).transpose()
    }

    fn ffd(&self) -> Result<Option<Ffd>, String> {
        self.text("ffd")?.map(|name| Ffd::from_name(&name).ok_or(format!("no such ffd: {name}"))).transpose()
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
