//! An exchange as text, and back: what survives a restart. It holds the receipt, and no secret.

use super::failure::Fault;
use super::method::{self, Call, plain};
use super::{Exchange, ExchangeOptions, Stage, joined, request};
use crate::bytes::small_hex;
use crate::json::{self, Json};
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
        let mut out = joined(&["{\"chek54\":\"", FORM, "\",\"body\":"]);
        self.call.body.write(&mut out);
        let stage = STAGES.iter().find(|(_, stage)| *stage == self.stage).map_or("over", |(name, _)| name);
        let refusal = self.refusal.as_deref();
        let said = |said: fn(&Fault) -> &Option<String>| refusal.and_then(|fault| said(fault).as_deref());
        for (name, text) in [
            ("provider", Some(self.call.row.provider.name())),
            ("method", Some(self.call.row.name)),
            ("target", Some(&*self.call.target)),
            ("invoice", self.call.invoice.as_deref()),
            ("part", self.call.part.as_deref()),
            ("key", Some(&*self.key)),
            ("owner", Some(&*self.owner)),
            ("stage", Some(stage)),
            ("lang", Some(if self.options.lang == Lang::En { "en" } else { "ru" })),
            ("refusalCode", said(|fault| &fault.provider_code)),
            ("refusal", said(|fault| &fault.provider_message)),
        ] {
            if let Some(text) = text {
                begin(&mut out, name);
                json::write_string(&mut out, text);
            }
        }
        let flag = |flag: bool| flag.then_some(1);
        for (name, number) in [
            ("underWay", flag(self.under_way)),
            ("doubt", flag(self.doubt)),
            ("begun", Some(self.begun)),
            ("first", self.first),
            ("tries", Some(self.tries.into())),
            ("polls", Some(self.polls.into())),
            ("page", Some(self.page.into())),
            ("timeout", Some(self.options.timeout)),
            ("deadline", self.options.deadline),
            ("maxRetries", Some(self.options.max_retries.into())),
            ("refused", flag(refusal.is_some())),
            ("refusalStatus", refusal.and_then(|fault| fault.status).map(u64::from)),
        ] {
            if let Some(number) = number {
                begin(&mut out, name);
                out.push_str(&number.to_string());
            }
        }
        let sum = sum(&out);
        begin(&mut out, "sum");
        json::write_string(&mut out, &sum);
        out.push('}');
        out
    }

    /// From a text that [`Exchange::to_text`] gave.
    ///
    /// # Errors
    /// [`CallError::Argument`]: it is none.
    pub fn from_text(text: &str) -> Result<Self, CallError> {
        // One that was changed on its way would be another receipt.
        let whole = text.rsplit_once(",\"sum\":").filter(|(head, tail)| tail.trim_matches(['"', '}']) == sum(head));
        whole
            .and_then(|_| Json::parse(text).ok())
            .and_then(|state| read(&state))
            .ok_or(CallError::Argument("this is no state of a call".into()))
    }
}

fn begin(out: &mut String, name: &str) {
    out.push(',');
    json::write_string(out, name);
    out.push(':');
}

/// By which a text that was cut or changed is told.
fn sum(text: &str) -> String {
    small_hex(&request::hash(&[text]))
}

fn read(state: &Json<'_>) -> Option<Exchange> {
    let text = |name: &str| state.get(name).and_then(Json::as_str).map(str::to_owned);
    let number = |name: &str| state.get(name).and_then(plain).and_then(|digits| digits.parse::<u64>().ok());
    let count = |name: &str| number(name).and_then(|number| u32::try_from(number).ok());
    let flag = |name: &str| number(name) == Some(1);
    let row = method::row(&text("provider")?, &text("method")?).ok()?;
    let body = state.get("body").filter(|body| matches!(body, Json::Object(_)))?.clone().into_owned();
    let (stage, first) = (text("stage")?, number("first"));
    let stage = STAGES.iter().find(|(name, _)| *name == stage)?.1;
    // Without them a second request could be a second receipt.
    if text("chek54")? != FORM || flag("underWay") && row.changes() && stage == Stage::Main && first.is_none() {
        return None;
    }
    let (target, invoice, part) = (text("target")?, text("invoice"), text("part"));
    let call = Call { row, target, body, invoice, part, request_id: None, until: None };
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
        refusal: flag("refused").then(|| {
            let mut fault = Fault::refused(text("refusalCode"), text("refusal"), false);
            fault.status = number("refusalStatus").and_then(|status| u16::try_from(status).ok());
            fault
        }),
        pause: None,
    })
}
