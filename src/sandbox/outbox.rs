//! Notifications on their way to the shop, until it says that it has them.

use crate::http::{Method, Response};
use crate::json::Json;
use crate::provider::{Provider, paybox};

/// A notification that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The same for every attempt.
    pub id: u64,
    /// Who sends it.
    pub provider: Provider,
    /// How it is sent.
    pub method: Method,
    /// Where to.
    pub url: String,
    /// Its headers, names as the provider writes them.
    pub headers: Vec<(String, String)>,
    /// Its body, a form.
    pub body: String,
    /// Which attempt it is, from 1.
    pub attempt: u32,
}

/// CloudKassir 3.4.5, 10.1: pauses in minutes; the documents do not say how five pauses make a hundred attempts, so the
/// last one stays.
const PAUSES: [u64; 5] = [1, 2, 5, 10, 30];
const MINUTE: u64 = 60_000;
/// CloudKassir 3.4.5, 10.1: how long an answer is waited for.
const PATIENCE: u64 = 30_000;

#[derive(Debug)]
struct Notice {
    delivery: Delivery,
    /// When it is sent, or once it is sent, when it is given up waiting for the answer.
    due: u64,
    in_flight: bool,
}

/// Notifications that are not done with.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    notices: Vec<Notice>,
    last: u64,
}

/// How often a notification is sent at most. PayKeeper, 8.13: once; of Paybox no document says it.
const fn most(provider: Provider) -> u32 {
    match provider {
        Provider::CloudKassir => 100,
        Provider::Paybox => 10,
        Provider::PayKeeper => 1,
    }
}

impl Outbox {
    pub fn put(&mut self, provider: Provider, url: String, headers: Vec<(String, String)>, body: String, due: u64) {
        self.last += 1;
        let mut all = vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded; charset=utf-8".to_owned())];
        all.extend(headers);
        let delivery = Delivery { id: self.last, provider, method: Method::Post, url, headers: all, body, attempt: 0 };
        self.notices.push(Notice { delivery, due, in_flight: false });
    }

    pub fn due(&self) -> Option<u64> {
        self.notices.iter().map(|notice| notice.due).min()
    }

    /// Those to be sent now.
    pub fn take(&mut self, now: u64) -> Vec<Delivery> {
        let late = |notice: &Notice| notice.in_flight && notice.due <= now;
        let unanswered: Vec<u64> =
            self.notices.iter().filter(|notice| late(notice)).map(|notice| notice.delivery.id).collect();
        for id in unanswered {
            self.answered(id, None, now);
        }
        let mut taken = Vec::new();
        for notice in self.notices.iter_mut().filter(|notice| !notice.in_flight && notice.due <= now) {
            notice.delivery.attempt += 1;
            (notice.in_flight, notice.due) = (true, now + PATIENCE);
            taken.push(notice.delivery.clone());
        }
        // Of PayKeeper nobody looks at the answer.
        self.notices.retain(|notice| !(notice.in_flight && notice.delivery.provider == Provider::PayKeeper));
        taken
    }

    /// Is done with one, whatever its provider would have wanted to be told.
    pub fn taken(&mut self, id: u64) {
        self.notices.retain(|notice| notice.delivery.id != id);
    }

    /// What the shop said to an attempt, or that it said nothing.
    pub fn answered(&mut self, id: u64, answer: Option<&Response>, now: u64) {
        let Some(at) = self.notices.iter().position(|notice| notice.in_flight && notice.delivery.id == id) else {
            return;
        };
        let Notice { delivery, due, in_flight } = &mut self.notices[at];
        let done = answer.is_some_and(|answer| is_received(delivery.provider, answer));
        if done || delivery.attempt >= most(delivery.provider) {
            self.notices.remove(at);
            return;
        }
        let pause = PAUSES.get(delivery.attempt.saturating_sub(1) as usize).unwrap_or(&PAUSES[4]);
        (*in_flight, *due) = (false, now + pause * MINUTE);
    }
}

/// Whether an answer says "received": CloudKassir wants a code of 0, Paybox the status of its document's answer.
fn is_received(provider: Provider, answer: &Response) -> bool {
    let body = String::from_utf8_lossy(&answer.body);
    (200..300).contains(&answer.status)
        && match provider {
            Provider::CloudKassir => {
                let value = Json::parse(&body).ok();
                matches!(value.as_ref().and_then(|value| value.get("code")), Some(Json::Number(code)) if code == "0")
            }
            Provider::Paybox => {
                let said = paybox::decode(&body, None);
                let status = said.receipts.iter().flat_map(|(_, around)| around).find(|(name, _)| *name == "status");
                status.is_some_and(|(_, status)| matches!(status.as_str(), Some("ok" | "rejected")))
            }
            Provider::PayKeeper => true,
        }
}
