//! Calls of the providers without I/O: what to send, how long to wait, what came of it.
//!
//! An [`Exchange`] is one call under way. It says what to do next ([`Step`]), is told what happened ([`Event`]), and
//! knows nothing of networks, clocks and chance: they come in. So it works with any HTTP library, and what it does in
//! every failure is tested without one.
//!
//! A request that may have been carried out is sent again only under the same key: CloudKassir's `X-Request-ID`, within
//! 55 minutes of the first time, since it keeps results for an hour; PayKeeper's `receipt_key`. Else the call ends in
//! [`ErrorCode::UnknownOutcome`], and [`ExchangeError::next`] says what settles it.
//!
//! ```
//! use chek54::exchange::{Account, Call, Event, Exchange, ExchangeOptions, Failure, Step};
//! use chek54::{Json, Request, Response, cloudkassir, parse_receipt, Provider};
//!
//! /// One request by whatever library there is: no redirects followed, the answer read within the time given.
//! fn send(request: &Request, timeout_ms: u64) -> Result<Response, Failure> {
//!     assert_eq!(request.url, "https://api.cloudpayments.ru/kkt/receipt");
//!     let body = r#"{"Success":true,"Message":"Queued","Model":{"Id":"17b6899c","ErrorCode":0}}"#;
//!     Ok(Response { status: 200, headers: Vec::new(), body: body.into() })
//! }
//!
//! let order = r#"{ "operation": "income", "taxation": "osn", "items": [{ "name": "Tea", "price": 149.9, "quantity": 1, "vat": "vat22" }],
//!     "customer": { "email": "buyer@example.com" } }"#;
//! let receipt = parse_receipt(order, &Default::default())?;
//! let options = cloudkassir::EncodeOptions {
//!     inn: Some("7708806062".into()), invoice_id: Some("order 1".into()), ..Default::default()
//! };
//! let call = Call::receipt(Provider::CloudKassir, cloudkassir::encode(&receipt, &options)?, &Json::Null)?;
//!
//! let account = Account::cloud_kassir("pk_1", "secret");
//! let (now, random) = (1_795_000_000_000, [7; 16]); // the clock, and sixteen random bytes
//! let mut exchange = Exchange::new(call, &account, ExchangeOptions::default(), now, random)?;
//! let mut event = Event::Start;
//! let answer = loop {
//!     match exchange.step(&account, event, now, 42) {
//!         Step::Send { request, timeout } => {
//!             // Keep exchange.to_text() here: Exchange::from_text and Event::Start go on with it after a crash.
//!             event = send(&request, timeout).map_or_else(Event::Failed, Event::Answered);
//!         }
//!         Step::Wait { ms } => {
//!             std::thread::sleep(std::time::Duration::from_millis(ms));
//!             event = Event::Waited;
//!         }
//!         Step::Done(answer) => break answer,
//!     }
//! };
//! assert_eq!(answer.unwrap().get("id").unwrap().as_str(), Some("17b6899c"));
//! # Ok::<(), chek54::CallError>(())
//! ```

mod account;
mod answer;
mod failure;
mod method;
mod request;
mod state;

pub use account::Account;
pub use failure::{ErrorCode, ExchangeError, Next, NextKind};
pub use method::Call;

use crate::http::{Request, Response};
use crate::json::Json;
use crate::message::Lang;
use crate::money::Money;
use crate::provider::{CallError, Provider};
use answer::Settled;
use failure::Fault;
use method::{Answer, Safety, Settles, plain};

/// CloudKassir keeps the result of a request id for an hour: five minutes less, for requests that are on their way.
const WINDOW: u64 = 55 * 60_000;
/// How far back a clock may go until it says nothing about that hour.
const DRIFT: u64 = 5 * 60_000;
/// The first pause before another attempt, at most; each is twice the one before.
const PAUSE: u64 = 500;
/// The shortest between two questions for a receipt.
const SHORTEST_PAUSE: u64 = 200;
/// The longest of them.
const LONGEST_PAUSE: u64 = 30_000;
/// A server that wants a longer pause than this is not waited for.
const PATIENCE: u64 = 5 * 60_000;
/// PayKeeper's sums, and what they are called in the model.
const SUMS: [(&str, &str); 4] =
    [("sum_cashless", "electronic"), ("sum_cash", "cash"), ("sum_advance", "prepaid"), ("sum_credit", "credit")];
/// For how long a receipt may be unknown to the server that has just taken it.
const GRACE: u64 = 60_000;
/// The rows of PayKeeper's lists that are asked for at a time, and how often.
const PAGE: u32 = 100;
const PAGES: u32 = 10;

/// How a call goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeOptions {
    /// How long one attempt may take, the reading of its answer included, in milliseconds.
    pub timeout: u64,
    /// How long the whole may take, in milliseconds from its start; from the new start after a restart. Without one, a
    /// call that waits for a receipt does so for ten minutes, and any other as long as its attempts take.
    pub deadline: Option<u64>,
    /// How many more attempts there are after the first.
    pub max_retries: u32,
    /// The language of the errors' texts.
    pub lang: Lang,
}

impl Default for ExchangeOptions {
    fn default() -> Self {
        Self { timeout: 30_000, deadline: None, max_retries: 3, lang: Lang::default() }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// Nothing was sent, certainly: the connection was refused, the name unknown.
    Refused,
    /// The connection broke: it may have been carried out.
    Network,
    /// There was no answer in time: it may have been carried out.
    Timeout,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The beginning, also that after [`Exchange::from_text`].
    Start,
    /// There was an answer, of whatever status.
    Answered(Response),
    /// There was none.
    Failed(Failure),
    /// The pause is over.
    Waited,
    /// The caller has given up.
    Aborted,
    /// The time of the whole was over before what [`Step`] asked for was begun.
    Expired,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this, follow no redirect, and give up after so many milliseconds.
    Send {
        /// The request.
        request: Request,
        /// Milliseconds until [`Failure::Timeout`], the reading of the body included.
        timeout: u64,
    },
    /// Wait.
    Wait {
        /// Milliseconds.
        ms: u64,
    },
    /// That was it: what the method gives, or why it does not.
    Done(Result<Json<'static>, Box<ExchangeError>>),
}

/// What is told of an outcome that is not known: the name, in which kinds of it, and the field of the body that it is.
#[rustfmt::skip]
static TOLD: &[(&str, &[NextKind], &str)] = &[
    ("requestId", &[NextKind::SameRequest, NextKind::Notification, NextKind::Account], ""),
    ("receiptKey", &[NextKind::ReceiptKey], ""),
    ("until", &[NextKind::SameRequest], ""),
    ("start", &[NextKind::ReceiptKey], ""),
    ("end", &[NextKind::ReceiptKey], ""),
    ("invoiceId", &[NextKind::SameRequest, NextKind::Notification, NextKind::Account], ""),
    ("deviceNumber", &[NextKind::RegisterState], "DeviceNumber"),
    ("fiscalNumber", &[NextKind::RegisterState], "FiscalNumber"),
    ("paymentId", &[NextKind::PaymentStatus], "pg_payment_id"),
    ("orderId", &[NextKind::PaymentStatus], "pg_order_id"),
    ("paymentId", &[NextKind::PaymentReceipts, NextKind::ReceiptKey], "payment_id"),
    ("refundId", &[NextKind::PaymentReceipts], "refund_id"),
];

/// What is being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// PayKeeper's token, which its POSTs carry.
    Token,
    /// What the call is about.
    Main,
    /// The receipt, after its status.
    Details,
    /// PayKeeper's lists, for a receipt of our key.
    Look,
    /// Nothing any more.
    Over,
}

/// Told beside a pause: why there is one.
#[derive(Debug, Clone, PartialEq)]
pub enum Pause {
    /// Another attempt follows, the number of which this is.
    Retry(u32, ErrorCode),
    /// The receipt is not final yet: its status.
    Status(Json<'static>),
}

/// One call under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    call: Call,
    options: ExchangeOptions,
    /// The request id, or PayKeeper's receipt key; empty where a second request would change nothing.
    key: String,
    /// Whose call it is, as a hash.
    owner: String,
    stage: Stage,
    /// Whether a request of the stage is on its way.
    under_way: bool,
    begun: u64,
    /// When what changes something was first sent.
    first: Option<u64>,
    /// Whether it may have been carried out.
    doubt: bool,
    tries: u32,
    polls: u32,
    page: u32,
    /// What PayKeeper refused with, while its lists are looked through.
    refusal: Option<Box<Fault>>,
    pause: Option<Pause>,
}

impl Exchange {
    /// A call that has not begun. `now` is in milliseconds since 1970; the random bytes make the request id where nothing
    /// else does.
    ///
    /// # Errors
    /// [`CallError::Argument`]: the account is of another provider or has no address, the request id is none, an INN is
    /// needed.
    pub fn new(
        mut call: Call,
        account: &Account,
        options: ExchangeOptions,
        now: u64,
        random: [u8; 16],
    ) -> Result<Self, CallError> {
        account.check()?;
        if account.provider != call.row.provider {
            return Err(CallError::Argument("the account is of another provider".into()));
        }
        call.complete(&account.login, account.inn.as_deref())?;
        let key = request::key(&mut call, &random)?;
        let owner = request::owner(account);
        let stage = first_stage(&call);
        let (tries, polls, page) = (0, 0, 0);
        // It may have been carried out when it was made before.
        let first = call.until.filter(|_| call.row.settles != Settles::Key).map(|until| until.saturating_sub(WINDOW));
        let doubt = call.until.is_some() && call.row.changes();
        let (refusal, pause) = (None, None);
        Ok(Self {
            call,
            options,
            key,
            owner,
            stage,
            under_way: false,
            begun: now,
            first,
            doubt,
            tries,
            polls,
            page,
            refusal,
            pause,
        })
    }

    /// The request id of CloudKassir, the receipt key of PayKeeper; `None` of calls that need none.
    pub fn request_id(&self) -> Option<&str> {
        Some(&*self.key).filter(|key| !key.is_empty())
    }

    /// Why there is the pause that the last step asked for.
    pub fn pause(&self) -> Option<&Pause> {
        self.pause.as_ref()
    }

    /// How many milliseconds the whole may still take; `None` where nothing limits it.
    pub fn left(&self, now: u64) -> Option<u64> {
        Some(self.ends()).filter(|ends| *ends < u64::MAX).map(|ends| ends.saturating_sub(now))
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// Goes on: `now` is the time in milliseconds since 1970, `random` any number, for pauses of uneven length.
    ///
    /// An answer or a failure that nothing was sent for, and a pause that is over while a request is on its way, are as
    /// if they had not been: [`Step::Wait`] of no time.
    pub fn step(&mut self, account: &Account, event: Event, now: u64, random: u64) -> Step {
        self.pause = None;
        if self.stage == Stage::Over {
            return Step::Done(Err(Box::new(self.error(&Fault::new(ErrorCode::Aborted, true, false), None))));
        }
        match event {
            Event::Start => {
                // A request was on its way when the state was kept.
                if self.under_way && self.stage == Stage::Main {
                    self.doubt |= self.call.row.changes();
                }
                if self.stage == Stage::Main {
                    self.stage = first_stage(&self.call);
                }
                (self.under_way, self.begun, self.tries, self.polls) = (false, now, 0, 0);
                self.send(account, now, random)
            }
            Event::Waited if !self.under_way => self.send(account, now, random),
            Event::Aborted | Event::Expired => {
                self.doubt |= self.under_way && self.stage == Stage::Main && self.call.row.changes();
                let code = if event == Event::Aborted { ErrorCode::Aborted } else { ErrorCode::Timeout };
                self.end(&Fault::new(code, true, true), now)
            }
            Event::Answered(response) if self.under_way => {
                self.under_way = false;
                self.answered(account, &response, now, random)
            }
            Event::Failed(failure) if self.under_way => {
                self.under_way = false;
                let (code, certain) = match failure {
                    Failure::Refused => (ErrorCode::Network, true),
                    Failure::Network => (ErrorCode::Network, false),
                    Failure::Timeout => (ErrorCode::Timeout, false),
                };
                self.failed(account, Fault::new(code, certain, true), now, random)
            }
            _ => Step::Wait { ms: 0 },
        }
    }

    /// Whether the same request may be sent once more.
    fn may_repeat(&self, now: u64) -> bool {
        match (self.doubt, self.call.row.safety) {
            (false, _) | (true, Safety::Reading) => true,
            (true, Safety::Once) => false,
            (true, Safety::Keyed) => self.in_window(now),
        }
    }

    /// Whether the key is still known to make a second request the same as the first.
    fn in_window(&self, now: u64) -> bool {
        let Some(first) = self.first.filter(|_| self.call.row.settles != Settles::Key) else { return true };
        now < first.saturating_add(WINDOW) && first <= now.saturating_add(DRIFT)
    }

    /// When the call has to be over.
    fn ends(&self) -> u64 {
        self.call.row.deadline(&self.options).map_or(u64::MAX, |deadline| self.begun.saturating_add(deadline))
    }

    fn send(&mut self, account: &Account, now: u64, random: u64) -> Step {
        if self.owner != request::owner(account) {
            return self.end(&Fault::new(ErrorCode::Auth, true, false), now);
        }
        let left = self.ends().saturating_sub(now);
        if left == 0 {
            return self.end(&Fault::new(ErrorCode::Timeout, true, true), now);
        }
        // Looking for the receipt of our key sends nothing of ours.
        if self.stage != Stage::Look && !self.may_repeat(now) {
            return self.end(&Fault::new(ErrorCode::Timeout, true, false), now);
        }
        self.sent(account, None, now, random, left)
    }

    fn sent(&mut self, account: &Account, token: Option<&str>, now: u64, random: u64, left: u64) -> Step {
        let request = request::request(self, account, token, now, random);
        self.under_way = true;
        if self.stage == Stage::Main && self.call.row.changes() {
            self.first.get_or_insert(now);
        }
        Step::Send { request, timeout: self.options.timeout.min(left) }
    }

    fn answered(&mut self, account: &Account, response: &Response, now: u64, random: u64) -> Step {
        let answer = match self.stage {
            Stage::Token => Answer::Message,
            Stage::Details => Answer::Fiscal,
            Stage::Look if self.call.field("payment_id").is_some() => Answer::Receipts,
            Stage::Look => Answer::Counted,
            _ => self.call.row.answer,
        };
        let value = match answer::read(self.call.row, answer, response, now) {
            Ok(value) => value,
            Err(mut fault) => {
                let redacted = |text: Option<String>| text.map(|text| account.redacted(&text));
                fault.provider_code = redacted(fault.provider_code);
                fault.provider_message = redacted(fault.provider_message);
                return self.failed(account, fault, now, random);
            }
        };
        match self.stage {
            Stage::Token => {
                self.stage = Stage::Main;
                let left = self.ends().saturating_sub(now);
                if left == 0 || !self.may_repeat(now) {
                    return self.end(&Fault::new(ErrorCode::Timeout, true, true), now);
                }
                self.sent(account, value.as_str(), now, random, left)
            }
            Stage::Look => self.looked(account, &value, now, random),
            Stage::Main if self.call.row.polls => self.polled(account, value, now, random),
            _ => self.done(value),
        }
    }

    /// The end as it should be: with the ids that a caller keeps.
    fn done(&mut self, mut value: Json<'static>) -> Step {
        self.stage = Stage::Over;
        if let Json::Object(members) = &mut value
            && !self.key.is_empty()
            && matches!(self.call.row.settles, Settles::Receipt | Settles::Correction | Settles::Key)
        {
            let name = if self.call.row.settles == Settles::Key { "receiptKey" } else { "requestId" };
            members.push((name.into(), string(&self.key)));
            // CloudKassir makes several of a long one; the id is the first one's, and the others come by notification.
            let items = self.call.body.get("CustomerReceipt").and_then(|receipt| receipt.get("Items"));
            if let Some(Json::Array(items)) = items
                && items.len() > crate::MAX_ITEMS
            {
                members.push(("parts".into(), Json::Number(items.len().div_ceil(crate::MAX_ITEMS).to_string().into())));
            }
        }
        Step::Done(Ok(value))
    }

    fn polled(&mut self, account: &Account, value: Json<'static>, now: u64, random: u64) -> Step {
        self.tries = 0;
        match answer::settled(self.call.row.provider, &value) {
            Settled::Made if self.call.row.details.is_empty() => return self.done(value),
            Settled::Made => {
                self.stage = Stage::Details;
                return self.send(account, now, random);
            }
            Settled::Failed(fault) => return self.end(&fault, now),
            Settled::Doubtful => return self.doubtful(&Fault::new(ErrorCode::Timeout, false, false)),
            Settled::Missing if now.saturating_sub(self.begun) >= GRACE => {
                return self.end(&Fault::refused(Some("notFound".into()), None, false), now);
            }
            Settled::Not | Settled::Missing => {}
        }
        // From one second on, half as long again each time; PayKeeper's page advises two minutes.
        let (mut pause, most) = match self.call.row.provider {
            Provider::CloudKassir => (1_000, 15_000),
            Provider::Paybox => (2_000, 30_000),
            Provider::PayKeeper => (5_000, 60_000),
        };
        for _ in 0..self.polls.min(20) {
            pause = (pause + pause / 2).min(most);
        }
        self.polls = self.polls.saturating_add(1);
        let status =
            if value == Json::Null { Json::Object(vec![("status".into(), string("notFound"))]) } else { value };
        self.wait(
            pause / 2 + random % (pause / 2 + 1),
            Pause::Status(status),
            &Fault::new(ErrorCode::Timeout, true, true),
            now,
        )
    }

    /// The end of waiting for a receipt that may yet be made.
    fn doubtful(&mut self, fault: &Fault) -> Step {
        let next = Next { kind: NextKind::ReceiptStatus, of: self.asked().map(|id| ("id", id)).into_iter().collect() };
        self.stage = Stage::Over;
        Step::Done(Err(Box::new(self.error(fault, Some(next)))))
    }

    /// The id that is asked about.
    fn asked(&self) -> Option<String> {
        self.call.field("Id").or_else(|| Some(self.call.target.rsplit(['/', '=']).next()?.to_owned()))
    }

    /// Waits, unless the time would be over by then.
    fn wait(&mut self, ms: u64, pause: Pause, fault: &Fault, now: u64) -> Step {
        let left = self.ends().saturating_sub(now);
        // Near the end of the time a receipt is asked for more often, rather than not any more.
        let is_late = ms >= left && left >= SHORTEST_PAUSE * 2;
        let ms = if is_late && matches!(pause, Pause::Status(_)) { left / 2 } else { ms };
        if ms >= left {
            let over = Fault { code: ErrorCode::Timeout, ..fault.clone() };
            return self.end(&over, now);
        }
        self.pause = Some(pause);
        Step::Wait { ms }
    }

    fn failed(&mut self, account: &Account, fault: Box<Fault>, now: u64, random: u64) -> Step {
        let row = self.call.row;
        if self.stage == Stage::Main && row.changes() {
            if fault.final_word {
                return self.refused(account, fault, now, random);
            }
            if !fault.certain {
                self.doubt = true;
            } else if !self.doubt {
                self.first = None;
            }
        }
        let looks = self.stage == Stage::Look;
        let repeats = fault.retry && self.tries < self.options.max_retries && (looks || self.may_repeat(now));
        let bound = PAUSE.saturating_mul(1 << self.tries.min(16)).min(LONGEST_PAUSE);
        let ms = match fault.after {
            Some(after) if after > PATIENCE => return self.end(&fault, now),
            Some(after) => after + random % (PAUSE + 1),
            None => random % (bound + 1),
        };
        if !repeats || !(looks || self.may_repeat(now.saturating_add(ms))) {
            // It is the question that was refused: "rejected" would say that there is no receipt.
            return if row.polls && fault.final_word { self.doubtful(&fault) } else { self.end(&fault, now) };
        }
        self.tries += 1;
        if self.stage == Stage::Main {
            self.stage = first_stage(&self.call);
        }
        self.wait(ms, Pause::Retry(self.tries, fault.code), &fault, now)
    }

    /// The provider's word on what was asked. Under CloudKassir's request id it is that on every request before; PayKeeper
    /// may refuse because of the one before, of this call or of one that was made earlier under the same key.
    fn refused(&mut self, account: &Account, fault: Box<Fault>, now: u64, random: u64) -> Step {
        if self.call.row.settles == Settles::Key {
            (self.stage, self.page, self.refusal) = (Stage::Look, 0, Some(fault));
            return self.send(account, now, random);
        }
        self.doubt = false;
        // Under the same id CloudKassir says the same for an hour, whatever the cause was.
        self.end(&Fault { retry: false, ..*fault }, now)
    }

    /// A page of PayKeeper's list, newest first: is the receipt of our key in it?
    fn looked(&mut self, account: &Account, value: &Json<'static>, now: u64, random: u64) -> Step {
        let list = if let Json::Array(_) = value { Some(value) } else { value.get("receipts") };
        let Some(Json::Array(rows)) = list else { return self.failed(account, Fault::unreadable(), now, random) };
        let sum = |value: Option<&Json<'static>>| {
            value.and_then(plain).and_then(|text| Money::read(&text).ok()).unwrap_or_default()
        };
        let is_ours = |row: &&Json<'static>| {
            let text = |name: &str| row.get(name).and_then(plain);
            let failed = matches!(text("status").as_deref(), Some("failed" | "rejected"));
            // Another receipt may have been given the same key by mistake; what a row does not say, it does not deny.
            let is_return =
                |row: &str| (row == "incomeReturn") == (self.call.field("type").as_deref() == Some("refund"));
            let paid = |payments: &Json<'static>| {
                SUMS.iter().all(|(wire, name)| sum(self.call.body.get(wire)) == sum(payments.get(name)))
            };
            text("receiptKey").as_deref() == Some(&*self.key)
                && !failed
                && text("operation").is_none_or(|operation| is_return(&operation))
                && row.get("payments").is_none_or(paid)
        };
        if let Some(id) = rows.iter().find(is_ours).and_then(|row| row.get("id")).cloned() {
            return self.done(Json::Object(vec![("id".into(), id)]));
        }
        let whole = matches!(value, Json::Array(_)) || rows.len() < PAGE as usize;
        let Some(refusal) = self.refusal.take().filter(|_| whole || self.page < PAGES - 1) else {
            return self.end(&Fault::new(ErrorCode::Rejected, true, false), now);
        };
        if whole {
            // It was refused for a reason of its own, and so was the one before.
            self.doubt = false;
            return self.end(&refusal, now);
        }
        (self.page, self.refusal) = (self.page.saturating_add(1), Some(refusal));
        self.send(account, now, random)
    }

    /// The end as it should not be.
    fn end(&mut self, fault: &Fault, now: u64) -> Step {
        self.stage = Stage::Over;
        let next = self.doubt.then(|| self.next(now));
        Step::Done(Err(Box::new(self.error(fault, next))))
    }

    fn error(&self, fault: &Fault, next: Option<Next>) -> ExchangeError {
        let again = matches!(next.as_ref().map(|next| next.kind), Some(NextKind::SameRequest | NextKind::ReceiptKey));
        ExchangeError {
            code: if next.is_some() { ErrorCode::UnknownOutcome } else { fault.code },
            provider: self.call.row.provider,
            method: self.call.row.name,
            status: fault.status,
            request_id: self.request_id().map(str::to_owned),
            provider_code: fault.provider_code.clone(),
            provider_message: fault.provider_message.clone(),
            retryable: if next.is_some() { again } else { fault.retry },
            cause: next.is_some().then_some(fault.code),
            next,
            lang: self.options.lang,
        }
    }

    /// What settles an outcome that is not known.
    fn next(&self, now: u64) -> Next {
        let kind = match self.call.row.settles {
            Settles::Receipt | Settles::Correction | Settles::Register if self.in_window(now) => NextKind::SameRequest,
            Settles::Register => NextKind::RegisterState,
            Settles::Key => NextKind::ReceiptKey,
            Settles::Payment => NextKind::PaymentStatus,
            Settles::Receipts => NextKind::PaymentReceipts,
            Settles::Correction => NextKind::Account,
            Settles::Receipt | Settles::Nothing => NextKind::Notification,
        };
        let (first, mut of) = (self.first.unwrap_or(now), Vec::new());
        for (name, kinds, wire) in TOLD {
            let value = match *name {
                _ if !kinds.contains(&kind) => None,
                "requestId" | "receiptKey" => self.request_id().map(str::to_owned),
                "until" => Some(request::clock(first.saturating_add(WINDOW))),
                "start" => Some(request::day(first)),
                "end" => Some(request::day(now.max(first))),
                "invoiceId" => self.call.invoice.clone(),
                _ => self.call.field(wire),
            };
            of.extend(value.map(|value| (*name, value)));
        }
        Next { kind, of }
    }
}

/// Sixteen random bytes of the system, for [`Exchange::new`]; `None` where it has none. Nothing here calls it: who needs
/// repeatable calls gives bytes of his own.
#[cfg(all(feature = "getrandom", not(target_arch = "wasm32")))]
pub fn random() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

/// Pieces as one text: one function for all of them, since each `concat` and `extend` is one of its own.
#[inline(never)]
fn joined(pieces: &[&str]) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(piece);
    }
    text
}

#[inline(never)]
fn string(text: &str) -> Json<'static> {
    Json::String(text.to_owned().into())
}

fn first_stage(call: &Call) -> Stage {
    if call.row.provider == Provider::PayKeeper && call.row.changes() { Stage::Token } else { Stage::Main }
}
