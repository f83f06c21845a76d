//! An exchange as text, and back: what survives a restart. It holds the receipt, and no secret.

use super::failure::Fault;
use super::method::{self, Call, plain};
use super::{Exchange, ExchangeOptions, Stage};
use crate::json::Json;
use crate::message::Lang;
use crate::provider::CallError;

/// Of this form.
const FORM: &str = "1";
const STAGES: [(&str, Stage); 5] = [
    ("token", Stage::Token),
    ("main", Stage::Main),
    ("details", Stage::Details),
    ("look", Stage::Look),
    ("over", Stage::Over),
];

impl Exchange {
    /// As text, from which [`Exchange::from_text`] goes on, in another process too. Kept when the first
    /// [`Step::Send`](super::Step::Send) comes, before it is sent, it knows that something may have been carried out.
    /// What the receipt says of its buyer is in it; secrets are not.
    pub fn to_text(&self) -> String {
        let text = |text: &str| Some(Json::String(text.to_owned().into()));
        let number = |number: u64| Some(Json::Number(number.to_string().into()));
        let maybe = |text: &Option<String>| text.clone().map(|text| Json::String(text.into()));
        let stage = STAGES.iter().find(|(_, stage)| *stage == self.stage).map_or("over", |(name, _)| name);
        let refusal = self.refusal.as_ref();
        let members = [
            ("chek54", text(FORM)),
            ("provider", text(self.call.row.provider.name())),
            ("method", text(self.call.row.name)),
            ("target", text(&self.call.target)),
            ("body", Some(self.call.body.clone())),
            ("invoice", maybe(&self.call.invoice)),
            ("part", maybe(&self.call.part)),
            ("key", text(&self.key)),
            ("owner", text(&self.owner)),
            ("stage", text(stage)),
            ("underWay", self.under_way.then_some(Json::Bool(true))),
            ("doubt", self.doubt.then_some(Json::Bool(true))),
            ("begun", number(self.begun)),
            ("first", self.first.and_then(number)),
            ("tries", number(self.tries.into())),
            ("polls", number(self.polls.into())),
            ("page", number(self.page.into())),
            ("timeout", number(self.options.timeout)),
            ("deadline", self.options.deadline.and_then(number)),
            ("maxRetries", number(self.options.max_retries.into())),
            ("lang", text(if self.options.lang == Lang::En { "en" } else { "ru" })),
            ("refused", refusal.map(|_| Json::Bool(true))),
            ("refusalStatus", refusal.and_then(|fault| fault.status).and_then(|status| number(status.into()))),
            ("refusalCode", refusal.and_then(|fault| maybe(&fault.provider_code))),
            ("refusal", refusal.and_then(|fault| maybe(&fault.provider_message))),
        ];
        let there = members.into_iter().filter_map(|(name, value)| Some((name.into(), value?)));
        Json::Object(there.collect()).to_string()
    }

    /// From a text that [`Exchange::to_text`] gave.
    ///
    /// # Errors
    /// [`CallError::Argument`]: it is none.
    pub fn from_text(text: &str) -> Result<Self, CallError> {
        Json::parse(text)
            .ok()
            .and_then(|state| read(&state))
            .ok_or(CallError::Argument("this is no state of a call".into()))
    }
}

fn read(state: &Json<'_>) -> Option<Exchange> {
    let text = |name: &str| state.get(name).and_then(Json::as_str).map(str::to_owned);
    let number = |name: &str| state.get(name).and_then(plain).and_then(|digits| digits.parse::<u64>().ok());
    let count = |name: &str| number(name).and_then(|number| u32::try_from(number).ok());
    let flag = |name: &str| state.get(name) == Some(&Json::Bool(true));
    let row = method::row(&text("provider")?, &text("method")?).ok()?;
    let body = state.get("body").filter(|body| matches!(body, Json::Object(_)))?.clone().into_owned();
    let (stage, first) = (text("stage")?, number("first"));
    let stage = STAGES.iter().find(|(name, _)| *name == stage)?.1;
    // Without them a second request could be a second receipt.
    if text("chek54")? != FORM || flag("underWay") && row.changes() && stage == Stage::Main && first.is_none() {
        return None;
    }
    let call =
        Call { row, target: text("target")?, body, invoice: text("invoice"), part: text("part"), request_id: None };
    let key = text("key")?;
    if row.safety == method::Safety::Keyed && (key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic())) {
        return None;
    }
    Some(Exchange {
        call,
        options: ExchangeOptions {
            timeout: number("timeout")?,
            deadline: number("deadline"),
            max_retries: count("maxRetries")?,
            lang: if text("lang").as_deref() == Some("en") { Lang::En } else { Lang::Ru },
        },
        key,
        owner: text("owner")?,
        stage,
        under_way: flag("underWay"),
        begun: number("begun")?,
        first,
        doubt: flag("doubt"),
        tries: count("tries")?,
        polls: count("polls")?,
        page: count("page")?,
        refusal: flag("refused").then(|| Fault {
            status: number("refusalStatus").and_then(|status| u16::try_from(status).ok()),
            ..Fault::refused(text("refusalCode"), text("refusal"), false)
        }),
        pause: None,
    })
}
