//! The public calls as the JavaScript door makes them: JSON text in, one serialisable answer out. Natively the same
//! calls run the cases of `examples/`.

use crate::check::{check_with, shape};
use crate::issue::{Findings, Issue, IssueCode, Severity, Told};
use crate::json::Json;
use crate::message::{self, Lang};
use crate::options::CheckOptions;
use crate::provider::cloudkassir::{self, EncodeOptions, Version};
use crate::provider::{CallError, Decoded, Encoded, Provider};
use crate::receipt::Receipt;
use crate::record::{OwnRecord, Record};
use crate::vocab::{Ffd, Term};
use crate::{draft, vocab};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// What a check answers.
#[derive(serde::Serialize)]
pub struct Report {
    ok: bool,
    issues: Telling,
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<usize>,
}

struct Telling(Vec<Issue>, Lang);

impl Serialize for Telling {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|issue| Told(issue, self.1)))
    }
}

/// What a call answers that can be refused.
pub enum Outcome<T> {
    /// What was asked for.
    Value(T),
    /// What is wrong with the receipt.
    Issues(Vec<Issue>, Lang),
    /// What is wrong with the call.
    Error(String),
}

impl<T: Serialize> Serialize for Outcome<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Value(value) => map.serialize_entry("value", value)?,
            Self::Issues(issues, lang) => map.serialize_entry("issues", &Telling(issues.clone(), *lang))?,
            Self::Error(message) => map.serialize_entry("error", &Refusal { code: "bad_argument", message })?,
        }
        map.end()
    }
}

#[derive(serde::Serialize)]
struct Refusal<'r> {
    code: &'static str,
    message: &'r str,
}

/// `checkReceipt`, without the receipt.
pub fn check(text: &str, options: &str) -> Report {
    let mut findings = Findings::default();
    let options = CheckOptions::parse(options, &mut findings);
    let check = check_with(text, &options, findings);
    let omitted = (check.omitted > 0).then_some(check.omitted);
    Report { ok: check.ok, issues: Telling(check.issues, options.lang), omitted }
}

/// The receipt of a text that was found right, defaults filled in: as JSON text, which JavaScript makes objects of
/// several times faster than one call a field would.
pub fn read(text: &str) -> String {
    let mut draft = draft::read(text, &mut Findings::default());
    draft.complete();
    let record: &dyn Record<'_> = &draft;
    record.to_string()
}

/// An encoded receipt, its losses told in a language.
pub struct Body(Encoded, Lang);

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("path", self.0.path)?;
        map.serialize_entry("body", &self.0.body)?;
        map.serialize_entry("losses", &Telling(self.0.losses.clone(), self.1))?;
        map.end()
    }
}

/// `encode`.
pub fn encode(text: &str, provider: &str, options: &str) -> Outcome<Body> {
    let given = match Arguments::parse(options, &["version", "inn", "invoiceId", "accountId", "deviceNumber", "lang"]) {
        Ok(given) => given,
        Err(message) => return Outcome::Error(message),
    };
    let parsed = (|| {
        let options = EncodeOptions {
            version: given.version()?.unwrap_or_default(),
            inn: given.text("inn")?,
            invoice_id: given.text("invoiceId")?,
            account_id: given.text("accountId")?,
            device_number: given.text("deviceNumber")?,
        };
        Ok((options, given.lang()?))
    })();
    let (options, lang) = match parsed {
        Ok(parsed) => parsed,
        Err(message) => return Outcome::Error(message),
    };
    if provider != Provider::CloudKassir.name() {
        return Outcome::Error(format!("no such provider: {provider}"));
    }
    let mut findings = Findings::default();
    let mut draft = draft::read(text, &mut findings);
    // What a register made of it is not sent, and what the model does not know is lost, not wrong.
    draft.fiscal = None;
    findings.tolerate();
    if !findings.is_unreadable() {
        draft.complete();
        shape(&draft, &mut findings);
    }
    let failed = findings.any_error();
    let (mut issues, _, _) = findings.settle(Receipt::SHAPE, |_| None, usize::MAX);
    if failed {
        return Outcome::Issues(issues, lang);
    }
    match cloudkassir::encode_draft(draft, &options) {
        Ok(mut encoded) => {
            issues.append(&mut encoded.losses);
            encoded.losses = issues;
            Outcome::Value(Body(encoded, lang))
        }
        Err(CallError::Receipt(error)) => Outcome::Issues(error.issues, lang),
        Err(CallError::Argument(message)) => Outcome::Error(message),
    }
}

/// A decoded payload, its findings told in a language.
pub struct Payload(Decoded, Lang);

impl Serialize for Payload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Around<'d>(&'d [(&'static str, Json<'static>)]);
        impl Serialize for Around<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
            }
        }
        #[derive(serde::Serialize)]
        struct Extra<'d> {
            path: &'d [crate::issue::Step],
            value: &'d Json<'static>,
        }
        let Self(decoded, lang) = self;
        let mut map = serializer.serialize_map(None)?;
        let receipt: &dyn Record<'static> = &decoded.receipt;
        map.serialize_entry("receipt", receipt)?;
        map.serialize_entry("envelope", &Around(&decoded.envelope))?;
        let extra: Vec<_> = decoded.extra.iter().map(|(path, value)| Extra { path, value }).collect();
        map.serialize_entry("extra", &extra)?;
        if !decoded.receipts.is_empty() {
            let all: Vec<_> = decoded.receipts.iter().map(|(one, _)| -> &dyn Record<'static> { one }).collect();
            map.serialize_entry("receipts", &all)?;
            let all: Vec<_> = decoded.receipts.iter().map(|(_, envelope)| Around(envelope)).collect();
            map.serialize_entry("envelopes", &all)?;
        }
        map.serialize_entry("issues", &Telling(decoded.issues.clone(), *lang))?;
        map.end()
    }
}

/// `decode`.
pub fn decode(text: &str, from: &str, options: &str) -> Outcome<Payload> {
    let parsed = Arguments::parse(options, &["ffd", "version", "lang"]).and_then(|given| {
        let ffd = given.text("ffd")?.map(|name| Ffd::from_name(&name).ok_or(format!("no such ffd: {name}")));
        Ok((ffd.transpose()?, given.version()?, given.lang()?))
    });
    match parsed {
        Ok((ffd, version, lang)) if from == Provider::CloudKassir.name() => {
            Outcome::Value(Payload(cloudkassir::decode(text, ffd, version), lang))
        }
        Ok(_) => Outcome::Error(format!("no such source: {from}")),
        Err(message) => Outcome::Error(message),
    }
}

/// `vocabulary`: the rows of a list.
pub fn vocabulary(list: &str) -> Option<&'static [vocab::Row]> {
    vocab::list(list).map(|list| list.rows)
}

/// `vocabularyLists`: the names that `vocabulary` takes.
pub fn vocabulary_lists() -> Vec<&'static str> {
    vocab::lists().iter().map(|list| list.name).collect()
}

/// A row of `issueCodes`.
#[derive(serde::Serialize)]
pub struct CodeRow {
    code: &'static str,
    severity: Severity,
    /// Whether its severity stays, whatever the caller wants.
    fixed: bool,
    ru: &'static str,
    en: &'static str,
    source: &'static str,
}

/// `issueCodes`: every code there is.
pub fn issue_codes() -> Vec<CodeRow> {
    let row = |code: &IssueCode| CodeRow {
        code: code.name(),
        severity: code.severity(),
        fixed: code.is_shape(),
        ru: message::text(*code, Lang::Ru).0,
        en: message::text(*code, Lang::En).0,
        source: code.source(),
    };
    IssueCode::ALL.iter().map(row).collect()
}

/// The options of a call, as JSON text.
struct Arguments(Json<'static>);

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
