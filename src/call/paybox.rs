//! The calls that only Paybox has: what its `encode` takes, and what to send in which order.

use super::{Answer, Arguments, list, object, text};
use crate::json::Json;
use crate::message::Lang;
use crate::money::Money;
use crate::provider::paybox::{self, EncodeOptions, Form, Mode, Scenario};
use crate::vocab::Term;

/// The options of `encode`.
pub(super) fn options(options: &str) -> Result<(EncodeOptions, Lang), String> {
    let known = ["form", "merchantId", "paymentId", "refundId", "offset", "amount", "lang"];
    let given = Arguments::parse(options, &known)?;
    let form = given.text("form")?;
    let options = EncodeOptions {
        form: Form::ALL[one_of("form", form.as_deref(), &Form::ALL.map(Form::name))?],
        merchant_id: given.id("merchantId")?,
        payment_id: given.id("paymentId")?,
        refund_id: given.id("refundId")?,
        offset: given.flag("offset")? == Some(true),
        amount: given.money("amount")?,
    };
    Ok((options, given.lang()?))
}

/// `payboxFlow`.
pub(super) fn flow(scenario: &str, options: &str) -> Result<Answer, String> {
    let given = Arguments::parse(options, &["mode", "lang"])?;
    let scenario = Scenario::ALL[one_of("scenario", Some(scenario), &Scenario::ALL.map(Scenario::name))?];
    let mode = Mode::ALL[one_of("mode", given.text("mode")?.as_deref(), &Mode::ALL.map(Mode::name))?];
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

/// A word that has to be there, as its place among those it can be.
fn one_of(name: &str, said: Option<&str>, words: &[&str]) -> Result<usize, String> {
    let said = said.unwrap_or_default();
    let refused = || format!("option {name} is one of {}, not \"{said}\"", words.join(", "));
    words.iter().position(|word| *word == said).ok_or_else(refused)
}

impl Arguments {
    fn money(&self, name: &str) -> Result<Option<Money>, String> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Number(text) | Json::String(text)) => {
                Money::read(text).map(Some).map_err(|error| format!("option {name}: {text}: {error}"))
            }
            Some(other) => Err(format!("option {name} is a sum, not {}", other.kind().name())),
        }
    }
}
