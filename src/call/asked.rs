//! The calls about what providers send on their own, and what their codes mean.

use super::{Answer, Arguments, around, code, extra, list, number, object, paybox, record, settled, text, told};
use crate::explain;
use crate::json::Json;
use crate::message::Lang;
use crate::provider::notification::{self, Delivery, Notification, ReplyOptions};
use crate::provider::{CallError, Provider, paykeeper};

/// The calls about what providers send on their own, by name: `explain`, `verifyNotification`, `sign`,
/// `parseNotification`, `notificationReply`, `notificationSources`; `payKeeperQuery`, which takes a kind of query for the
/// provider; `payboxFlow`, which takes a scenario; `parseMark`, `parseQr`, `formatQr`, `qrSvg`, which take a text. One
/// door for all of them: each export has its price in glue.
pub fn ask(call: &str, provider: &str, arguments: &str) -> Answer {
    if let Some(answer) = code::ask(call, provider, arguments) {
        return settled(answer);
    }
    settled(try_ask(call, provider, arguments).map_err(|error| (error, Lang::default())))
}

fn try_ask(call: &str, provider: &str, arguments: &str) -> Result<Answer, CallError> {
    if call == "payKeeperQuery" {
        let params = Json::parse(arguments).map_err(|_| CallError::Argument("parameters are not an object".into()))?;
        let asked = paykeeper::query(provider, &params)?;
        return Ok(object([("path", Some(text(&asked.path))), ("query", Some(text(&asked.query)))]));
    }
    if call == "payboxFlow" {
        return paybox::flow(provider, arguments).map_err(CallError::Argument);
    }
    let Some(provider) = Provider::ALL.into_iter().find(|known| known.name() == provider) else {
        return Err(CallError::Argument(format!("no such provider: {provider}")));
    };
    let known: &[&str] = match call {
        "explain" => &["code", "list", "lang"],
        "parseNotification" => &["body", "query", "contentType", "headers", "script", "lang"],
        "notificationReply" => &["script", "secret", "salt", "status", "description"],
        "notificationSources" => &[],
        _ => &["body", "query", "contentType", "headers", "script", "secret"],
    };
    let given = Arguments::parse(arguments, known).map_err(CallError::Argument)?;
    given.ask(call, provider)
}

impl Arguments {
    fn ask(&self, call: &str, provider: Provider) -> Result<Answer, CallError> {
        match call {
            "explain" => return self.explain(provider).map_err(CallError::Argument),
            "notificationSources" => {
                return Ok(list(notification::notification_sources(provider), |range| text(range)));
            }
            "notificationReply" => {
                let options = self.reply().map_err(CallError::Argument)?;
                let reply = notification::notification_reply(provider, &options)?;
                let headers = object([("content-type", Some(text(reply.content_type)))]);
                let (status, body) = (number(reply.status), text(&reply.body));
                return Ok(object([("status", Some(status)), ("headers", Some(headers)), ("body", Some(body))]));
            }
            _ => {}
        }
        let delivery = self.delivery().map_err(CallError::Argument)?;
        if call == "parseNotification" {
            let said = notification::parse_notification(provider, &delivery)?;
            return Ok(notified(&said, self.lang().map_err(CallError::Argument)?));
        }
        let secret = self.text("secret").map_err(CallError::Argument)?;
        let secret = secret.ok_or(CallError::Argument("secret is not given".into()))?;
        match call {
            "sign" => notification::sign(provider, &delivery, &secret),
            "verifyNotification" => notification::verify_notification(provider, &delivery, &secret).map(Json::Bool),
            _ => Err(CallError::Argument(format!("no such call: {call}"))),
        }
    }

    #[inline(never)]
    fn explain(&self, provider: Provider) -> Result<Answer, String> {
        let (list, lang) = (self.text("list")?, self.lang()?);
        let code = self.id("code")?.unwrap_or_default();
        let found = explain::explain(provider, code.trim(), list.as_deref(), lang);
        Ok(found.map_or(Json::Null, |found| {
            let is_number = found.code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            object([
                ("code", Some(if is_number { number(found.code) } else { text(found.code) })),
                ("list", Some(text(found.list))),
                ("message", Some(text(found.message))),
                ("kind", Some(text(found.fault.name()))),
                ("retry", Some(Json::Bool(found.retry))),
                ("final", found.is_final.map(Json::Bool)),
                ("hint", Some(text(found.hint))),
            ])
        }))
    }

    fn reply(&self) -> Result<ReplyOptions<'static>, String> {
        let text = |name| self.text(name).map(|text| text.map(Into::into));
        Ok(ReplyOptions {
            script: text("script")?,
            secret: text("secret")?,
            salt: text("salt")?,
            status: text("status")?,
            description: text("description")?,
        })
    }

    #[inline(never)]
    fn delivery(&self) -> Result<Delivery<'_>, String> {
        let body = match self.0.get("body") {
            None | Some(Json::Null) => None,
            // A byte order mark of the body's own is signed with the rest of it.
            Some(body @ (Json::String(_) | Json::Object(_) | Json::Array(_))) => Some(body.clone()),
            Some(other) => return Err(format!("body is a text, bytes or an object, not {}", other.kind().name())),
        };
        let mut headers = Vec::new();
        if let Some(Json::Object(members)) = self.0.get("headers") {
            for (name, value) in members {
                match value {
                    Json::String(value) => headers.push((name.clone(), value.clone())),
                    // Node gives a list where a header came twice.
                    Json::Array(values) => headers.extend(
                        values.iter().filter_map(Json::as_str).map(|value| (name.clone(), value.to_owned().into())),
                    ),
                    _ => {}
                }
            }
        }
        Ok(Delivery {
            body,
            query: self.text("query")?.map(Into::into),
            content_type: self.text("contentType")?.map(Into::into),
            headers,
            script: self.text("script")?.map(Into::into),
        })
    }
}

fn notified(said: &Notification, lang: Lang) -> Answer {
    let none = (Default::default(), Vec::new());
    let (receipt, envelope) = said.decoded.receipts.first().unwrap_or(&none);
    object([
        ("kind", Some(text(said.kind))),
        ("id", Some(said.id.as_deref().map_or(Json::Null, text))),
        ("status", said.status.as_deref().map(text)),
        ("dedupeKey", Some(text(&said.dedupe_key))),
        ("envelope", Some(around(envelope))),
        ("receipt", Some(record(receipt).into_owned())),
        ("extra", Some(extra(&said.decoded.extra))),
        ("issues", Some(told(&said.decoded.issues, lang))),
    ])
}
