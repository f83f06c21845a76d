//! The providers' side, as their documents describe it: a stand-in for tests and trials.
//!
//! [`Sandbox`] takes requests and gives answers; it has no network, no clock and no chance of its own. Time comes with
//! every call, and all that looks like chance comes of the seed: the same requests at the same times are answered the
//! same. Where documents are silent the choice is told at its place, and in docs/sandbox.md.
//!
//! ```
//! use chek54::sandbox::{Reply, Sandbox, SandboxOptions};
//! use chek54::{Method, Request};
//!
//! let mut sandbox = Sandbox::new(SandboxOptions::default(), 1_795_000_000_000);
//! let body = r#"{"Inn":"7708806062","Type":"Income","CustomerReceipt":{"Amounts":{"Electronic":100},
//!     "Items":[{"Label":"Чай","Price":100,"Quantity":1,"Amount":100,"Vat":22}]}}"#;
//! let request = Request {
//!     method: Method::Post,
//!     url: "https://api.cloudpayments.ru/kkt/receipt".into(),
//!     headers: vec![("authorization".into(), "Basic cGtfMTpzZWNyZXQ=".into())],
//!     body: body.into(),
//! };
//! let Reply::Answer { response, .. } = sandbox.handle(&request, 1_795_000_000_000) else { panic!("an answer") };
//! assert!(String::from_utf8_lossy(&response.body).contains(r#""Message":"Queued""#));
//! // Time passes, the register prints, and the notification is on its way.
//! let due = sandbox.advance(1_795_000_060_000);
//! assert_eq!((sandbox.receipts().len(), due.len()), (1, 1));
//! assert_eq!(sandbox.receipts()[0].total.to_string(), "100.00");
//! ```

mod answer;
mod cloudkassir;
mod door;
mod fault;
mod outbox;
mod paybox;
mod paykeeper;
mod register;
mod route;
mod seed;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use door::Door;
pub use fault::{Fault, FaultKind};
pub use outbox::Delivery;

use crate::check;
use crate::http::{Request, Response};
use crate::issue::{Findings, Issue, IssueCode, Severity};
use crate::json::Json;
use crate::money::Money;
use crate::options::CheckOptions;
use crate::provider::Provider;
use crate::receipt::{Draft, Receipt};
use crate::record::OwnRecord;
use crate::split::MAX_ITEMS;
use crate::vocab::Taxation;
use outbox::Outbox;
use register::Register;
use route::Call;
use seed::Seed;
use std::collections::BTreeMap;

/// Who may call. Those left out are not looked at: any are taken.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// CloudKassir's Public ID.
    pub public_id: Option<String>,
    /// CloudKassir's API Secret, which signs its notifications; left out, the one that the receipt was sent with does.
    pub api_secret: Option<String>,
    /// The shop's number at Paybox.
    pub merchant_id: Option<String>,
    /// The secret key of Paybox, and the secret word of PayKeeper's POST notifications. Left out, what the sandbox signs
    /// is signed with `secret`.
    pub secret: Option<String>,
    /// PayKeeper's login.
    pub user: Option<String>,
    /// PayKeeper's password.
    pub password: Option<String>,
}

/// Secrets are not shown.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { public_id, merchant_id, user, .. } = self;
        let mut shown = f.debug_struct("Credentials");
        shown.field("public_id", public_id).field("merchant_id", merchant_id).field("user", user);
        shown.finish_non_exhaustive()
    }
}

/// How a sandbox is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SandboxOptions {
    /// Who may call.
    pub credentials: Credentials,
    /// What all chance comes of.
    pub seed: u64,
    /// What goes wrong from the start.
    pub faults: Vec<Fault>,
    /// Where notifications go. Left out, they are due all the same, at `https://shop.example/notification`.
    pub webhook_url: Option<String>,
    /// Whether CloudKassir's limit of the test mode holds: 100 receipts in 8 hours, then error 22.
    pub test_limit: bool,
}

/// What comes back of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Answer {
        /// The answer.
        response: Response,
        /// How long it takes, in milliseconds.
        after: u64,
    },
    /// No answer ever comes: the request was lost, or its answer was.
    Lost {
        /// Whether the request was carried out.
        carried_out: bool,
    },
    /// No answer comes, and nothing says that none will.
    Hang,
}

/// A fiscal receipt that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Who made it.
    pub provider: Provider,
    /// The provider's id of it.
    pub id: String,
    /// The X-Request-ID that it was asked for with. CloudKassir.
    pub request_id: Option<String>,
    /// The order: `InvoiceId`; `pg_order_id` of Paybox.
    pub invoice_id: Option<String>,
    /// The buyer: `AccountId`. CloudKassir.
    pub account_id: Option<String>,
    /// The payment. Paybox, PayKeeper.
    pub payment_id: Option<String>,
    /// The refund. Paybox, PayKeeper.
    pub refund_id: Option<String>,
    /// The key of the receipt. PayKeeper.
    pub receipt_key: Option<String>,
    /// Its total.
    pub total: Money,
    /// The receipt with its fiscal marks.
    pub receipt: Receipt,
    /// When it was asked for, in milliseconds since 1970.
    pub accepted: u64,
    /// When it was printed, in milliseconds since 1970.
    pub printed: u64,
}

/// Whose receipt it is, in the words of the request.
#[derive(Debug, Clone, Default)]
struct Named {
    request_id: Option<String>,
    invoice_id: Option<String>,
    account_id: Option<String>,
    payment_id: Option<String>,
    refund_id: Option<String>,
    receipt_key: Option<String>,
}

/// A receipt that was asked for.
#[derive(Debug)]
struct Job {
    provider: Provider,
    id: String,
    named: Named,
    receipt: Receipt,
    /// The receipt as the provider keeps it: the body of the request.
    form: Json<'static>,
    /// What its notification is signed with.
    secret: String,
    accepted: u64,
    /// When the register takes it up.
    turn: u64,
    held: Option<Held>,
    state: State,
}

impl Job {
    /// One that waits for its turn.
    fn new(
        provider: Provider,
        id: String,
        named: Named,
        receipt: Receipt,
        form: Json<'static>,
        times: (u64, u64),
    ) -> Self {
        let ((accepted, turn), secret) = (times, String::new());
        Self { provider, id, named, receipt, form, secret, accepted, turn, held: None, state: State::Waiting }
    }
}

/// Why a receipt whose turn has come is not printed, and since when.
#[derive(Debug, Clone, Copy)]
struct Held {
    why: FaultKind,
    since: u64,
    /// Of a fault; else of a register on maintenance.
    by_fault: bool,
}

/// What became of a receipt.
#[derive(Debug)]
enum State {
    Waiting,
    /// Printed: its place among the fiscal receipts.
    Printed(usize),
    /// The register gave it up.
    Given(FaultKind),
}

/// An answer that the same request is given again.
#[derive(Debug)]
struct Kept {
    since: u64,
    response: Response,
}

/// The three providers. See the [module](self).
#[derive(Debug)]
pub struct Sandbox {
    options: SandboxOptions,
    chance: Seed,
    registers: Vec<Register>,
    jobs: Vec<Job>,
    /// Places of the jobs that wait for the register.
    waiting: Vec<usize>,
    issued: Vec<Issued>,
    outbox: Outbox,
    /// By Public ID and X-Request-ID.
    kept: BTreeMap<(String, String), Kept>,
    /// Places of jobs, by provider and id.
    places: BTreeMap<(&'static str, String), usize>,
    payments: Vec<paybox::Payment>,
    last: u64,
    /// The code that the method now called refuses with: a fault.
    refusing: Option<i64>,
    now: u64,
}

/// The last moment that clocks of fiscal documents can show, in 2106.
const END: u64 = 4_290_000_000_000;
/// How often a register that is in no state to print is looked at, and how long a receipt waits for it.
const LOOK: u64 = 5_000;
const WAIT: u64 = 60_000;
/// CloudKassir 3.4.5, 2: how long the result of a request is kept.
const HOUR: u64 = 3_600_000;
/// Where notifications go when nobody says where.
const NOWHERE: &str = "https://shop.example/notification";
/// What is signed with when there is no secret.
const SECRET: &str = "secret";

impl Sandbox {
    /// A sandbox in which nothing has happened yet. `now` is in milliseconds since 1970, as everywhere here.
    pub fn new(options: SandboxOptions, now: u64) -> Self {
        let mut chance = Seed::new(options.seed);
        let (inn, serial, fn_) = register::DOCUMENTED;
        let registers = vec![Register::new(inn, Some(serial), Some(fn_), now.min(END), &mut chance)];
        Self {
            options,
            chance,
            registers,
            jobs: Vec::new(),
            waiting: Vec::new(),
            issued: Vec::new(),
            outbox: Outbox::default(),
            kept: BTreeMap::new(),
            places: BTreeMap::new(),
            payments: Vec::new(),
            last: 0,
            refusing: None,
            now: now.min(END),
        }
    }

    /// Takes a request. Time does not go back: an earlier `now` is the latest one that was given.
    pub fn handle(&mut self, request: &Request, now: u64) -> Reply {
        self.work(now);
        let after = self.chance.within(20, 250);
        let call = match Call::of(request) {
            Ok(call) => call,
            Err(response) => return Reply::Answer { response, after },
        };
        let Some(fault) = self.strike(|fault| !fault.kind.is_of_register() && fault.is_at(call.route)) else {
            return Reply::Answer { response: self.carry_out(&call), after };
        };
        let plain = |status, body: &str| answer::response(status, "text/plain; charset=utf-8", body.to_owned());
        match fault.kind {
            FaultKind::LostRequest => Reply::Lost { carried_out: false },
            FaultKind::LostAnswer => {
                self.carry_out(&call);
                Reply::Lost { carried_out: true }
            }
            FaultKind::Hang => {
                if self.chance.percent(50) {
                    self.carry_out(&call);
                }
                Reply::Hang
            }
            FaultKind::ServerError => {
                if self.chance.percent(50) {
                    self.carry_out(&call);
                }
                Reply::Answer { response: plain(500, "Internal Server Error"), after }
            }
            FaultKind::TooManyRequests => {
                let mut response = plain(429, "Too Many Requests");
                let seconds = fault.after.unwrap_or(2_000).div_ceil(1000).to_string();
                response.headers.push(("retry-after".into(), seconds));
                Reply::Answer { response, after }
            }
            FaultKind::BrokenBody => {
                let mut response = self.carry_out(&call);
                response.body.truncate(response.body.len() / 2);
                Reply::Answer { response, after }
            }
            FaultKind::Slow => {
                let response = self.carry_out(&call);
                Reply::Answer { response, after: fault.after.unwrap_or(20_000) }
            }
            FaultKind::Refused => {
                self.refusing = Some(fault.code.unwrap_or(22));
                let response = self.carry_out(&call);
                self.refusing = None;
                Reply::Answer { response, after }
            }
            FaultKind::RegisterOffline | FaultKind::StorageFull => {
                Reply::Answer { response: self.carry_out(&call), after }
            }
        }
    }

    /// When something next happens by itself: a receipt is printed, a payment paid, a notification sent.
    pub fn due(&self) -> Option<u64> {
        self.next().into_iter().chain(self.outbox.due()).min()
    }

    /// Lets time pass up to `now`, and gives the notifications that are to be delivered then. Tell of each what became
    /// of it: [`Sandbox::delivered`]. One of which nothing is told in 30 seconds counts as unanswered.
    pub fn advance(&mut self, now: u64) -> Vec<Delivery> {
        self.work(now);
        self.outbox.take(self.now)
    }

    /// What the shop answered to a notification, or that it answered nothing: then it is sent again later, CloudKassir's
    /// up to 100 times, until its code is 0. PayKeeper's is sent once.
    pub fn delivered(&mut self, id: u64, answer: Option<&Response>, now: u64) {
        self.work(now);
        self.outbox.answered(id, answer, self.now);
    }

    /// Every fiscal receipt there is, in the order they were printed in.
    pub fn receipts(&self) -> &[Issued] {
        &self.issued
    }

    /// Makes something go wrong.
    pub fn add_fault(&mut self, fault: Fault) {
        self.options.faults.push(fault);
    }

    /// What goes wrong now.
    pub fn faults(&self) -> &[Fault] {
        &self.options.faults
    }

    /// Switches all faults off: registers print again what they were kept from.
    pub fn faults_off(&mut self) {
        self.options.faults.clear();
        for place in &self.waiting {
            let held = &mut self.jobs[*place].held;
            *held = held.filter(|held| !held.by_fault);
        }
    }

    /// The fault that strikes, if one does; it is counted.
    fn strike(&mut self, is_such: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let Self { options, chance, .. } = self;
        let faults = options.faults.iter_mut().filter(|fault| fault.times != Some(0) && is_such(fault));
        for fault in faults {
            if fault.chance.is_none_or(|percent| chance.percent(percent)) {
                fault.times = fault.times.map(|times| times - 1);
                return Some(fault.clone());
            }
        }
        None
    }

    fn carry_out(&mut self, call: &Call<'_>) -> Response {
        match call.provider {
            Provider::CloudKassir => self.cloudkassir(call),
            Provider::Paybox => self.paybox(call),
            Provider::PayKeeper => self.paykeeper(call),
        }
    }

    /// When a receipt's turn or a payment's moment next comes.
    fn next(&self) -> Option<u64> {
        let turns = self.waiting.iter().map(|place| self.jobs[*place].turn);
        turns.chain(self.payments.iter().filter_map(|payment| payment.pays)).min()
    }

    /// Does what was due up to now, each at its time.
    fn work(&mut self, now: u64) {
        let now = now.min(END).max(self.now);
        while let Some(at) = self.next().filter(|at| *at <= now) {
            self.now = at.max(self.now);
            self.pay();
            let due: Vec<usize> = self.waiting.iter().copied().filter(|place| self.jobs[*place].turn <= at).collect();
            for place in due {
                self.print(place);
            }
        }
        self.now = now;
    }

    /// Puts a receipt into the queue; its place there.
    fn queue(&mut self, job: Job) -> usize {
        let place = self.jobs.len();
        self.places.insert((job.provider.name(), job.id.clone()), place);
        self.jobs.push(job);
        self.waiting.push(place);
        place
    }

    /// The receipt of an id.
    fn job(&self, provider: Provider, id: &str) -> Option<&Job> {
        self.places.get(&(provider.name(), id.to_owned())).map(|place| &self.jobs[*place])
    }

    /// The fiscal receipt that a job came to.
    fn printed(&self, job: &Job) -> Option<&Issued> {
        if let State::Printed(place) = job.state { self.issued.get(place) } else { None }
    }

    /// A receipt's turn at the register.
    fn print(&mut self, place: usize) {
        let now = self.now;
        let (provider, receipt) = (self.jobs[place].provider, self.jobs[place].receipt.clone());
        let register = self.register(&receipt);
        let offline = self.registers[register].on_maintenance;
        let held = match self.jobs[place].held.filter(|held| held.by_fault || offline) {
            Some(held) => Some(held),
            None => {
                let struck = self.strike(|fault| fault.kind.is_of_register());
                let why = struck.map(|fault| fault.kind).or(offline.then_some(FaultKind::RegisterOffline));
                why.map(|why| Held { why, since: now, by_fault: !offline })
            }
        };
        let job = &mut self.jobs[place];
        job.held = held;
        match held {
            Some(Held { why, since, .. }) if now >= since + WAIT => job.state = State::Given(why),
            Some(_) => {
                job.turn = now + LOOK;
                return;
            }
            None => {
                let id = job.id.clone();
                let mut receipt = receipt;
                self.registers[register].print(&mut receipt, &id, |qr| copy_of(provider, &id, qr), now);
                self.jobs[place].state = State::Printed(self.issued.len());
                self.issue(place, receipt);
            }
        }
        self.waiting.retain(|waiting| *waiting != place);
        match provider {
            Provider::CloudKassir => self.notify_cloudkassir(place),
            Provider::PayKeeper => self.notify_paykeeper(place),
            Provider::Paybox => {}
        }
    }

    fn issue(&mut self, place: usize, receipt: Receipt) {
        let Job { provider, id, named, accepted, .. } = &self.jobs[place];
        let Named { request_id, invoice_id, account_id, payment_id, refund_id, receipt_key } = named.clone();
        self.issued.push(Issued {
            provider: *provider,
            id: id.clone(),
            request_id,
            invoice_id,
            account_id,
            payment_id,
            refund_id,
            receipt_key,
            total: receipt.total(),
            receipt,
            accepted: *accepted,
            printed: self.now,
        });
    }

    /// The register that a receipt goes to: the first of its organisation that fits; one is made where there is none.
    fn register(&mut self, receipt: &Receipt) -> usize {
        let inn = receipt.seller.as_ref().and_then(|seller| seller.inn.as_deref()).unwrap_or(register::DOCUMENTED.0);
        let own = |register: &Register| register.inn == inn && register.fiscal_from <= self.now;
        let fits = |register: &&Register| own(register) && register.fits(receipt.taxation, receipt.bso);
        let online = self.registers.iter().find(|register| fits(register) && !register.on_maintenance);
        let found = online.or_else(|| self.registers.iter().find(fits)).map(|register| register.serial.clone());
        match found.and_then(|serial| self.registers.iter().position(|register| register.serial == serial)) {
            Some(place) => place,
            None => {
                let register = Register::new(inn, None, None, self.now, &mut self.chance);
                self.registers.push(register);
                self.registers.len() - 1
            }
        }
    }

    /// Where a notification goes.
    fn webhook(&self) -> String {
        self.options.webhook_url.clone().unwrap_or_else(|| NOWHERE.to_owned())
    }

    /// What Paybox and PayKeeper sign with.
    fn secret(&self) -> String {
        self.options.credentials.secret.clone().unwrap_or_else(|| SECRET.to_owned())
    }

    /// The next of the numbers that payments and receipts are counted by.
    fn count(&mut self) -> u64 {
        self.last += self.chance.within(1, 9);
        self.last
    }
}

impl Register {
    /// Whether it is registered for such a receipt.
    fn fits(&self, taxation: Option<Taxation>, bso: Option<bool>) -> bool {
        let taxes = taxation.is_none_or(|taxation| self.taxation.is_empty() || self.taxation.contains(&taxation));
        taxes && self.bso.is_none_or(|only| only == bso.unwrap_or(false))
    }
}

/// Where a copy of a receipt is shown. Of Paybox's the address has the text of the code in it.
fn copy_of(provider: Provider, id: &str, qr: &str) -> String {
    match provider {
        Provider::CloudKassir => ["https://receipts.ru/", id].concat(),
        _ => ["https://consumer.1-ofd-test.ru/v1?", qr].concat(),
    }
}

/// Login and password of an Authorization header.
fn basic(request: &Request) -> Option<(String, String)> {
    let value = request.header("authorization")?;
    let (scheme, coded) = value.trim().split_once(' ')?;
    let bytes = crate::bytes::of_base64(coded.trim()).filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
}

/// Whether a credential is the one that is known, or none is.
fn is_known(known: &Option<String>, given: &str) -> bool {
    known.as_deref().is_none_or(|known| known == given)
}

/// Whether a value of the request could not be read, so that what is known of the receipt lacks it.
fn is_unread(issue: &&Issue) -> bool {
    issue.severity == Severity::Error && (issue.code.is_shape() || issue.fixed)
}

/// The receipt of a request that Paybox or PayKeeper would take, or what is wrong with it: fields that are missing or
/// malformed, sums that do not agree or are not above zero, more than 100 items.
fn right(mut draft: Draft<'_>, read: &[Issue], provider: Option<Provider>) -> Result<Receipt, Option<Issue>> {
    if let Some(issue) = read.iter().find(is_unread) {
        return Err(Some(issue.clone()));
    }
    draft.complete();
    let mut findings = Findings::default();
    check::rules(&draft, &CheckOptions { provider, ..CheckOptions::default() }, &mut findings);
    let refused = [
        IssueCode::Required,
        IssueCode::InvalidType,
        IssueCode::InvalidValue,
        IssueCode::InvalidScale,
        IssueCode::InvalidFormat,
        IssueCode::OutOfRange,
        IssueCode::TotalNotPositive,
        IssueCode::PaymentsMismatch,
        IssueCode::TooManyItems,
    ];
    let is_refused = |issue: &Issue| issue.severity == Severity::Error && refused.contains(&issue.code);
    match findings.all().into_iter().find(is_refused) {
        Some(issue) => Err(Some(issue)),
        None => Receipt::take(&draft).filter(|receipt| receipt.items.len() <= MAX_ITEMS).ok_or(None),
    }
}
