//! The public calls as the JavaScript door makes them: JSON text in, a JSON value out. Natively the same calls run the
//! cases of `examples/`.

use crate::check::{check_with, shape};
use crate::ffd::{self, TagNode};
use crate::inn::{InnKind, inn as look_at};
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Step};
use crate::json::{Json, MAX_BYTES, unmarked};
use crate::message::{self, Lang};
use crate::options::CheckOptions;
use crate::provider::cloudkassir::{self, EncodeOptions, Version};
use crate::provider::{CallError, Envelope, Provider};
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
fn object<const N: usize>(members: [(&'static str, Option<Answer>); N]) -> Answer {
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
    settled(try_decode(text, from, options).map_err(|message| (CallError::Argument(message), Lang::default())))
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
    let (options, lang) = encode_options(options).map_err(refused)?;
    if provider != Provider::CloudKassir.name() {
        return Err(refused(format!("no such provider: {provider}")));
    }
    // What a register made of it is not sent.
    let (draft, mut issues) = receipt_of(receipt, |draft| draft.fiscal = None).map_err(|error| (error.into(), lang))?;
    let encoded = cloudkassir::encode_draft(draft, &options).map_err(|error| (error, lang))?;
    issues.extend(encoded.losses);
    Ok(object([
        ("path", Some(text(encoded.path))),
        ("body", Some(encoded.body)),
        ("losses", Some(told(&issues, lang))),
    ]))
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
    let given = Arguments::parse(options, &["ffd", "version", "lang"])?;
    let ffd = given.ffd()?;
    let (version, lang) = (given.version()?, given.lang()?);
    let decoded = match from {
        "cloudkassir" => cloudkassir::decode(payload, ffd, version),
        "tlv" => ffd::decode_text(unmarked(payload), ffd),
        _ => return Err(format!("no such source: {from}")),
    };
    let extra = |(path, value)| object([("path", Some(list(path, |step| place(&step)))), ("value", Some(value))]);
    let (many, none) = (decoded.is_list, (Default::default(), Vec::new()));
    let (receipt, envelope) = decoded.receipts.first().unwrap_or(&none);
    Ok(object([
        ("receipt", Some(record(receipt).into_owned())),
        ("envelope", Some(around(envelope))),
        ("extra", Some(list(decoded.extra, extra))),
        ("receipts", many.then(|| list(&decoded.receipts, |(receipt, _)| record(receipt).into_owned()))),
        ("envelopes", many.then(|| list(&decoded.receipts, |(_, envelope)| around(envelope)))),
        ("issues", Some(told(&decoded.issues, lang))),
    ]))
}

fn around(envelope: &Envelope) -> Answer {
    Json::Object(envelope.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
}

/// `receiptTags`: `{value}`, or `{issues}` of the receipt, or an `{error}` of the call; as JSON text.
pub fn receipt_tags(text: &str, options: &str) -> String {
    told_tags(language(options).and_then(|lang| {
        let (draft, _) = receipt_of(text, |_| ()).map_err(|error| (error.into(), lang))?;
        Ok((ffd::of_draft(&draft), lang))
    }))
}

/// `decodeTlv`: the same, of bytes in hex or base64.
pub fn decode_tlv(bytes: &str, options: &str) -> String {
    told_tags(language(options).and_then(|lang| {
        let bytes = ffd::bytes_of(unmarked(bytes)).ok_or_else(|| refused("TLV: not hex, not base64".into()))?;
        Ok((ffd::decode_tlv(&bytes).map_err(|error| refused(error.to_string()))?, lang))
    }))
}

fn told_tags(result: Result<(Vec<TagNode>, Lang), (CallError, Lang)>) -> String {
    let mut text = String::from("{\"value\":");
    match result {
        Ok((nodes, lang)) => ffd::write_all(&nodes, lang, &mut text),
        Err(error) => return settled(Err(error)).to_string(),
    }
    text.push('}');
    text
}

#[inline(never)]
fn language(options: &str) -> Result<Lang, (CallError, Lang)> {
    Arguments::parse(options, &["lang"]).and_then(|given| given.lang()).map_err(refused)
}

fn refused(message: String) -> (CallError, Lang) {
    (CallError::Argument(message), Lang::default())
}

/// `encodeTlv`: the bytes in hex; of a list of tags, or of a receipt.
pub fn encode_tlv(text: &str) -> Answer {
    settled(try_encode_tlv(text))
}

fn try_encode_tlv(text: &str) -> Result<Answer, (CallError, Lang)> {
    let wrong = |error: ffd::TlvError| refused(error.to_string());
    let read = if text.len() > MAX_BYTES { None } else { Json::parse(unmarked(text)).ok() };
    let tags = match read {
        Some(Json::Array(elements)) => TagNode::list_of_json(&elements).map_err(wrong)?,
        _ => ffd::of_draft(&receipt_of(text, |_| ()).map_err(|error| (error.into(), Lang::default()))?.0),
    };
    Ok(self::text(&ffd::hex(&ffd::encode_tlv(&tags).map_err(wrong)?)))
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
    let issues = findings.settle(Receipt::SHAPE, |_| None, usize::MAX).0;
    if failed { Err(ReceiptError { issues }) } else { Ok((draft, issues)) }
}

/// `tag`, as JSON text; null where there is no such tag.
pub fn tag(number: u16) -> String {
    let mut text = String::new();
    match ffd::tag(number) {
        Some(info) => ffd::write_info(&info, None, &ffd::everywhere(), &mut text),
        None => text.push_str("null"),
    }
    text
}

/// `tags`: `{value}` or `{error}`, as JSON text.
pub fn tags(options: &str) -> String {
    try_tags(options).unwrap_or_else(|message| settled(Err(refused(message))).to_string())
}

fn try_tags(options: &str) -> Result<String, String> {
    let given = Arguments::parse(options, &["ffd", "document"])?;
    let document = match given.0.get("document") {
        None | Some(Json::Null) => None,
        Some(name) => {
            let text = name.to_string();
            let found = name.as_str().and_then(ffd::document).or_else(|| {
                let code = |(_, code): &&(&str, u16)| code.to_string() == text;
                ffd::documents().iter().find(code).map(|(_, code)| *code)
            });
            Some(found.ok_or_else(|| ["no such document: ", &text].concat())?)
        }
    };
    let (mut text, everywhere) = (String::from("{\"value\":["), ffd::everywhere());
    for (at, (info, need)) in ffd::tags(given.ffd()?, document).iter().enumerate() {
        text.push_str(if at == 0 { "" } else { "," });
        ffd::write_info(info, *need, &everywhere, &mut text);
    }
    text.push_str("]}");
    Ok(text)
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
