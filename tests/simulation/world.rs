//! Shops, a network and the providers on one clock.

use crate::dice::Dice;
use crate::order::{self, SECRET, Wanted, account};
use crate::weather::{self, LATEST, Weather};
use chek54::exchange::{ErrorCode, Event, Exchange, ExchangeError, Failure, NextKind, Step};
use chek54::notification::{self, ReplyOptions};
use chek54::sandbox::{Credentials, Delivery, Issued, Reply, Sandbox, SandboxOptions};
use chek54::{Json, Method, Money, Provider, Request, Response};
use std::collections::{BTreeMap, BTreeSet};

const BEGIN: u64 = 1_795_000_000_000;
const MINUTE: u64 = 60_000;
/// When the weather clears up.
const CALM: u64 = BEGIN + 180 * MINUTE;
/// When all has to be settled.
const END: u64 = BEGIN + 7 * 24 * 60 * MINUTE;

/// What happens at a moment.
enum Happening {
    Begins(usize),
    /// A request reaches the provider; an echo is one that came twice, and nobody hears its answer.
    Arrives {
        order: usize,
        life: u64,
        request: Request,
        echo: bool,
    },
    /// An answer, or none, reaches the shop.
    Returns {
        order: usize,
        life: u64,
        result: Result<Response, Failure>,
    },
    Wakes {
        order: usize,
        life: u64,
    },
    /// The shop's process starts again from what it kept.
    Restarts {
        order: usize,
        life: u64,
    },
    /// The shop's process ends.
    Crashes {
        order: usize,
        life: u64,
    },
    Aborts {
        order: usize,
        life: u64,
    },
    /// A notification reaches the shop.
    Notifies(Box<Delivery>),
    /// The shop's answer to it reaches the provider.
    Acknowledges(u64, Response),
}

/// How far an order has come.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Creating,
    /// The provider has it under this id.
    Waiting(String),
    /// Nobody knows, and the question that settles it is asked.
    Asking,
    Ended(End),
}

/// What is known of an order in the end.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// There is a receipt.
    Made,
    /// There is none, and will be none.
    NotMade,
    /// Only a notification can tell now.
    Told,
}

struct Order {
    wanted: Wanted,
    stage: Stage,
    exchange: Option<Exchange>,
    /// What the shop keeps of it, for after a crash.
    kept: String,
    /// Counts what is waited for: what comes for an earlier one is late.
    life: u64,
    ids: BTreeSet<String>,
    /// The day from which on its receipt is looked for.
    since: String,
    attempts: u32,
}

pub struct World {
    dice: Dice,
    weather: Weather,
    now: u64,
    sequence: u64,
    queue: BTreeMap<(u64, u64), Happening>,
    sandbox: Sandbox,
    orders: Vec<Order>,
    /// Bodies that the providers sent: nothing else may be believed.
    sent: BTreeSet<String>,
    /// Notifications that the shop believed, by their keys: the delivery, the receipt, its sum.
    believed: BTreeMap<String, (u64, Provider, Option<String>, Option<Money>)>,
    log: Option<Vec<String>>,
    pub requests: u64,
}

impl World {
    pub fn new(seed: u64, log: bool) -> Self {
        let mut dice = Dice(seed);
        let weather = Weather::of(&mut dice);
        let options = SandboxOptions {
            credentials: Credentials {
                public_id: Some("pk_1".into()),
                api_secret: Some(SECRET.into()),
                merchant_id: Some("500".into()),
                secret: Some(SECRET.into()),
                user: Some("demo".into()),
                password: Some(SECRET.into()),
            },
            seed,
            faults: weather::faults(&mut dice),
            ..SandboxOptions::default()
        };
        let mut world = Self {
            weather,
            now: BEGIN,
            sequence: 0,
            queue: BTreeMap::new(),
            sandbox: Sandbox::new(options, BEGIN),
            orders: Vec::new(),
            sent: BTreeSet::new(),
            believed: BTreeMap::new(),
            log: log.then(Vec::new),
            requests: 0,
            dice,
        };
        for number in 0..world.dice.within(1, 5) as usize {
            for wanted in order::orders(&mut world.dice, number) {
                let at = BEGIN + world.dice.within(0, 30 * MINUTE);
                world.put(at, Happening::Begins(world.orders.len()));
                world.orders.push(Order {
                    wanted,
                    stage: Stage::Creating,
                    exchange: None,
                    kept: String::new(),
                    life: 0,
                    ids: BTreeSet::new(),
                    since: String::new(),
                    attempts: 0,
                });
            }
        }
        world
    }

    pub fn log(&self) -> String {
        let lines = self.log.iter().flatten().map(|line| line.to_owned() + "\n").collect::<String>();
        format!("{:?}\n{:?}\n{lines}", self.weather, self.sandbox.faults())
    }

    fn say(&mut self, what: impl FnOnce() -> String) {
        let seconds = (self.now - BEGIN) as f64 / 1000.0;
        if let Some(log) = &mut self.log {
            log.push(format!("{seconds:>10.3} {}", what()));
        }
    }

    fn put(&mut self, at: u64, happening: Happening) {
        self.sequence += 1;
        self.queue.insert((at.max(self.now), self.sequence), happening);
    }

    fn delay(&mut self) -> u64 {
        if self.now >= CALM { 50 } else { self.weather.delay(&mut self.dice) }
    }

    /// Whether something of this chance goes wrong; nothing does once it is calm.
    fn wrong(&mut self, chance: impl Fn(&Weather) -> u64) -> bool {
        self.now < CALM && self.dice.percent(chance(&self.weather))
    }

    /// Lets everything happen.
    pub fn run(&mut self) {
        loop {
            let next = self.queue.first_key_value().map(|((at, _), _)| *at);
            let Some(at) = next.into_iter().chain(self.sandbox.due()).min().filter(|at| *at <= END) else { break };
            if self.now < CALM && at >= CALM {
                self.sandbox.faults_off();
            }
            self.now = self.now.max(at);
            if next.is_some_and(|next| next <= self.now) {
                let ((_, _), happening) = self.queue.pop_first().expect("one is due");
                self.happen(happening);
            } else {
                for delivery in self.sandbox.advance(self.now) {
                    self.sent.insert(delivery.body.clone());
                    self.carry(delivery);
                }
            }
            self.never_twice();
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Begins(order) => self.create(order, None),
            Happening::Arrives { order, life, request, echo } => self.arrive(order, life, &request, echo),
            Happening::Returns { order, life, result } => {
                if self.is_awaited(order, life) {
                    let event = result.map_or_else(Event::Failed, Event::Answered);
                    self.step(order, event);
                }
            }
            Happening::Wakes { order, life } => {
                if self.is_awaited(order, life) {
                    match self.orders[order].exchange {
                        Some(_) => self.step(order, Event::Waited),
                        None => self.go_on(order),
                    }
                }
            }
            Happening::Crashes { order, life } => {
                if self.is_awaited(order, life) && self.orders[order].exchange.is_some() {
                    self.say(|| format!("order {order}: crash"));
                    self.orders[order].life += 1;
                    let life = self.orders[order].life;
                    let down = if self.dice.percent(50) { MINUTE } else { 90 * MINUTE };
                    let at = self.now + self.dice.within(0, down);
                    self.put(at, Happening::Restarts { order, life });
                }
            }
            Happening::Restarts { order, life } => {
                if self.is_awaited(order, life) {
                    let kept = Exchange::from_text(&self.orders[order].kept).expect("a state");
                    self.orders[order].exchange = Some(kept);
                    self.step(order, Event::Start);
                }
            }
            Happening::Aborts { order, life } => {
                if self.is_awaited(order, life) && self.orders[order].exchange.is_some() {
                    self.say(|| format!("order {order}: abort"));
                    self.step(order, Event::Aborted);
                }
            }
            Happening::Notifies(delivery) => self.notified(&delivery),
            Happening::Acknowledges(id, response) => self.sandbox.delivered(id, Some(&response), self.now),
        }
    }

    fn is_awaited(&self, order: usize, life: u64) -> bool {
        self.orders[order].life == life
    }

    /// Asks for the receipt; under an id that was used before, until when that is good.
    fn create(&mut self, order: usize, again: Option<(String, Option<String>)>) {
        let wanted = &self.orders[order].wanted;
        let mut call = wanted.call.clone();
        if let Some((id, until)) = again {
            call = call.request_id(&id);
            if let Some(until) = until {
                call = call.until(&until).expect("a moment");
            }
        }
        self.orders[order].stage = Stage::Creating;
        self.orders[order].attempts += 1;
        self.start(order, call);
    }

    fn start(&mut self, order: usize, call: chek54::exchange::Call) {
        let (account, options) =
            (account(self.orders[order].wanted.provider), self.orders[order].wanted.options.clone());
        let exchange = Exchange::new(call, &account, options, self.now, self.dice.bytes()).expect("a call");
        self.say(|| format!("order {order}: begins under {:?}", exchange.request_id()));
        self.orders[order].exchange = Some(exchange);
        self.step(order, Event::Start);
    }

    fn step(&mut self, order: usize, event: Event) {
        self.say(|| match &event {
            Event::Answered(response) => {
                format!("order {order}: {} {}", response.status, String::from_utf8_lossy(&response.body))
            }
            event => format!("order {order}: {event:?}"),
        });
        let account = account(self.orders[order].wanted.provider);
        let random = self.dice.next();
        let Self { orders, now, .. } = self;
        let mine = &mut orders[order];
        mine.life += 1;
        let life = mine.life;
        let exchange = mine.exchange.as_mut().expect("an exchange");
        let step = exchange.step(&account, event, *now, random);
        mine.kept = exchange.to_text();
        if let (Some(id), Stage::Creating) = (exchange.request_id(), &mine.stage) {
            mine.ids.insert(id.to_owned());
        }
        if !matches!(step, Step::Done(_)) {
            if self.wrong(|weather| weather.crashes) {
                let at = self.now + self.dice.within(0, 3_000);
                self.put(at, Happening::Crashes { order, life });
            }
            if self.wrong(|weather| weather.aborts) {
                let at = self.now + self.dice.within(0, MINUTE);
                self.put(at, Happening::Aborts { order, life });
            }
        }
        match step {
            Step::Send { request, timeout } => self.send(order, life, request, timeout),
            Step::Wait { ms } => self.put(self.now + ms, Happening::Wakes { order, life }),
            Step::Done(result) => {
                self.orders[order].exchange = None;
                self.done(order, result);
            }
        }
    }

    /// A request goes on its way.
    fn send(&mut self, order: usize, life: u64, request: Request, timeout: u64) {
        self.requests += 1;
        self.say(|| format!("order {order}: {} {} {}", request.method.name(), request.url, request.body));
        self.put(self.now + timeout, Happening::Returns { order, life, result: Err(Failure::Timeout) });
        if self.wrong(|weather| weather.refused) {
            return self.put(self.now + 5, Happening::Returns { order, life, result: Err(Failure::Refused) });
        }
        if self.wrong(|weather| weather.lost) {
            if self.dice.percent(50) {
                let at = self.now + self.dice.within(1, 1_000);
                self.put(at, Happening::Returns { order, life, result: Err(Failure::Network) });
            }
            return;
        }
        let mut delay = self.delay();
        // PayKeeper lets a key be used again once its receipt has failed: of it, what nobody waits for any more does not
        // arrive, or nothing could be said of a receipt that failed.
        if request.url.contains("/change/") {
            delay = delay.min(timeout - 1);
        }
        self.put(self.now + delay, Happening::Arrives { order, life, request, echo: false });
    }

    fn arrive(&mut self, order: usize, life: u64, request: &Request, echo: bool) {
        let reply = self.sandbox.handle(request, self.now);
        self.say(|| format!("  provider, order {order}{}: {reply:?}", if echo { ", again" } else { "" }));
        if echo {
            return;
        }
        // A connection delivers a request once; what tries again in between does so under X-Request-ID, or when it reads,
        // and not what was turned away.
        let reads = request.method == Method::Get || request.url.ends_with("/get");
        let turned_away = matches!(&reply, Reply::Answer { response, .. } if response.status == 429);
        let repeats = !turned_away && (reads || request.header("x-request-id").is_some());
        if repeats && self.wrong(|weather| weather.doubled) {
            let at = self.now + self.dice.within(1, MINUTE / 2);
            self.put(at, Happening::Arrives { order, life, request: request.clone(), echo: true });
        }
        match reply {
            Reply::Answer { mut response, after } => {
                if self.wrong(|weather| weather.unheard) {
                    return;
                }
                // Not to nothing: PayKeeper's documents have an empty body say that there is no such receipt.
                if self.wrong(|weather| weather.torn) && !response.body.is_empty() {
                    let length = self.dice.within(1, response.body.len() as u64) as usize;
                    response.body.truncate(length);
                }
                let at = self.now + after + self.delay();
                self.put(at, Happening::Returns { order, life, result: Ok(response) });
            }
            Reply::Lost { .. } => {
                let at = self.now + self.delay();
                self.put(at, Happening::Returns { order, life, result: Err(Failure::Network) });
            }
            Reply::Hang => {}
        }
    }

    /// A call has ended.
    fn done(&mut self, order: usize, result: Result<Json<'static>, Box<ExchangeError>>) {
        self.say(|| format!("order {order}: done: {result:?}"));
        let (is_waiting, provider) =
            (matches!(self.orders[order].stage, Stage::Waiting(_)), self.orders[order].wanted.provider);
        if self.orders[order].stage == Stage::Asking {
            return self.told(order, result);
        }
        match result {
            Ok(_) if is_waiting => self.orders[order].stage = Stage::Ended(End::Made),
            Ok(value) => {
                let id = value.get("id").or_else(|| value.get("fiscal").and_then(|fiscal| fiscal.get("id")));
                let id = match id {
                    Some(Json::String(id) | Json::Number(id)) => id.to_string(),
                    _ => panic!("an id in {value}"),
                };
                self.orders[order].stage = Stage::Waiting(id);
                self.later(order, 1, 1_000);
            }
            Err(error) => match (error.code, error.next) {
                (ErrorCode::Auth, _) => panic!("order {order}: the credentials are right"),
                (ErrorCode::UnknownOutcome, Some(next)) => match next.kind {
                    NextKind::SameRequest => {
                        // Some time before it is too late; a shop that does not get round to it awaits the notification.
                        let id = next.get("requestId").expect("an id").to_owned();
                        let until = next.get("until").expect("a moment").to_owned();
                        let pause = self.dice.within(1, 20 * MINUTE);
                        if self.dice.percent(80) {
                            self.orders[order].kept = format!("{id} {until}");
                            self.orders[order].stage = Stage::Creating;
                            self.put_off(order, pause);
                        } else {
                            self.orders[order].stage = Stage::Ended(End::Told);
                        }
                    }
                    NextKind::Notification | NextKind::Account => self.orders[order].stage = Stage::Ended(End::Told),
                    NextKind::ReceiptKey | NextKind::PaymentReceipts => {
                        // What is on its way is first let arrive.
                        self.orders[order].stage = Stage::Asking;
                        self.orders[order].since = next.get("start").unwrap_or_default().to_owned();
                        self.put_off(order, LATEST + 5 * MINUTE);
                    }
                    // PayKeeper gave it up; it might yet be printed, and is not once all has been calm for long.
                    NextKind::ReceiptStatus if self.now > CALM + 24 * 60 * MINUTE => {
                        self.orders[order].stage = Stage::Ended(End::NotMade);
                    }
                    NextKind::ReceiptStatus => self.later(order, MINUTE, 60 * MINUTE),
                    kind => panic!("order {order}: {kind:?} settles no receipt"),
                },
                (ErrorCode::Rejected, _) => {
                    let why = error.provider_code.is_some() || error.provider_message.is_some();
                    assert!(why || provider != Provider::CloudKassir, "order {order}: refused, and nobody says why");
                    self.orders[order].stage = Stage::Ended(End::NotMade);
                }
                // Certainly not carried out; it is tried again, or left.
                _ if is_waiting => self.later(order, 1_000, 30 * MINUTE),
                _ if self.dice.percent(50) && self.orders[order].attempts < 8 => {
                    self.orders[order].kept.clear();
                    self.put_off(order, self.dice_within(1_000, 10 * MINUTE));
                }
                _ => self.orders[order].stage = Stage::Ended(End::NotMade),
            },
        }
    }

    fn dice_within(&self, from: u64, to: u64) -> u64 {
        Dice(self.now ^ self.sequence).within(from, to)
    }

    fn later(&mut self, order: usize, from: u64, to: u64) {
        let pause = self.dice.within(from, to);
        self.put_off(order, pause);
    }

    fn put_off(&mut self, order: usize, pause: u64) {
        self.orders[order].life += 1;
        let life = self.orders[order].life;
        self.put(self.now + pause, Happening::Wakes { order, life });
    }

    /// The next call of an order.
    fn go_on(&mut self, order: usize) {
        let provider = self.orders[order].wanted.provider;
        match self.orders[order].stage.clone() {
            Stage::Creating => {
                let kept = self.orders[order].kept.clone();
                let again = kept.split_once(' ').map(|(id, until)| (id.to_owned(), Some(until.to_owned())));
                let again = again.or_else(|| {
                    // Without an order of its own, a receipt that is tried again is told by the id of the first time.
                    let first = self.orders[order].ids.first().cloned();
                    first.filter(|_| provider == Provider::PayKeeper).map(|id| (id, None))
                });
                self.create(order, again);
            }
            Stage::Waiting(id) => {
                let is_correction = self.orders[order].wanted.call.method() == "createCorrection";
                let method = if is_correction { "waitForCorrection" } else { "waitForReceipt" };
                self.start(order, order::call(provider, method, &format!(r#"{{"id":"{id}"}}"#)));
            }
            Stage::Asking => self.ask(order),
            Stage::Ended(_) => {}
        }
    }

    /// The question that settles an outcome.
    fn ask(&mut self, order: usize) {
        let call = match self.orders[order].wanted.provider {
            Provider::Paybox => order::call(Provider::Paybox, "receipts", "{}"),
            provider => order::call(
                provider,
                "receiptsByDate",
                &format!(
                    r#"{{"start":"{}","receiptType":["sale","refund"],"sumType":["sum_cashless"],"limit":1000}}"#,
                    self.orders[order].since
                ),
            ),
        };
        self.start(order, call);
    }

    fn told(&mut self, order: usize, result: Result<Json<'static>, Box<ExchangeError>>) {
        let Ok(value) = result else {
            return self.put_off(order, MINUTE);
        };
        let list = if let Json::Array(list) = &value {
            list.clone()
        } else if let Some(Json::Array(list)) = value.get("receipts") {
            list.clone()
        } else {
            panic!("a list in {value}")
        };
        let named = |row: &Json<'_>| row.to_string().contains(&format!("\"{}\"", self.orders[order].wanted.goods));
        let keyed = |row: &Json<'_>| {
            let key = row.get("receiptKey").and_then(Json::as_str);
            key.is_some_and(|key| self.orders[order].ids.contains(key))
        };
        let found = list.iter().find(|row| named(row) || keyed(row)).and_then(|row| row.get("id")).cloned();
        self.orders[order].stage = match found {
            Some(Json::String(id) | Json::Number(id)) => Stage::Waiting(id.into_owned()),
            _ => Stage::Ended(End::NotMade),
        };
        if let Stage::Waiting(_) = &self.orders[order].stage {
            self.later(order, 1, 1_000);
        }
    }

    /// A notification goes on its way.
    fn carry(&mut self, delivery: Delivery) {
        self.say(|| format!("  notification {} ({}): {}", delivery.id, delivery.attempt, delivery.body));
        if self.wrong(|weather| weather.forged) {
            let mut forged = delivery.clone();
            forged.id = u64::MAX;
            match self.dice.within(0, 2) {
                2 if delivery.provider == Provider::CloudKassir => {
                    forged.headers.retain(|(name, _)| !name.to_ascii_lowercase().contains("hmac"));
                }
                0 => forged.body = forged.body.replacen(['1', '2', '3'], "7", 1) + "7",
                _ => forged.body += "&Amount=1",
            }
            let at = self.now + self.delay();
            self.put(at, Happening::Notifies(Box::new(forged)));
        }
        if self.wrong(|weather| weather.doubled) {
            let at = self.now + self.delay();
            self.put(at, Happening::Notifies(Box::new(delivery.clone())));
        }
        if !self.wrong(|weather| weather.lost) {
            let at = self.now + self.delay();
            self.put(at, Happening::Notifies(Box::new(delivery)));
        }
    }

    /// The shop looks at a notification, and answers.
    fn notified(&mut self, delivery: &Delivery) {
        let came = notification::Delivery {
            body: Some(Json::String(delivery.body.clone().into())),
            query: None,
            content_type: None,
            headers: delivery.headers.iter().map(|(name, value)| (name.into(), value.into())).collect(),
            script: None,
        };
        let provider = delivery.provider;
        let authentic = notification::verify_notification(provider, &came, SECRET).expect("a notification");
        assert_eq!(authentic, delivery.id != u64::MAX, "believed: {}", delivery.body);
        if !authentic {
            return;
        }
        assert!(self.sent.contains(&delivery.body), "believed what nobody sent: {}", delivery.body);
        let said = notification::parse_notification(provider, &came).expect("a notification");
        let receipt = said.decoded.receipts.first().map(|(draft, _)| draft);
        let total = receipt.and_then(|draft| draft.fiscal.as_ref()).and_then(|fiscal| fiscal.total);
        let seen = (delivery.id, provider, said.id.clone(), total);
        if let Some(before) = self.believed.insert(said.dedupe_key.clone(), seen.clone()) {
            assert_eq!(before.0, seen.0, "two notifications of one key");
        }
        let reply = notification::notification_reply(provider, &ReplyOptions::default()).expect("a reply");
        if !self.wrong(|weather| weather.unheard) {
            let response = Response { status: reply.status, headers: Vec::new(), body: reply.body.into_bytes() };
            let at = self.now + self.delay();
            self.put(at, Happening::Acknowledges(delivery.id, response));
        }
    }

    /// At no moment are there more receipts than were asked for.
    fn never_twice(&self) {
        for (goods, orders) in self.groups() {
            let most: usize = orders.iter().map(|order| order.wanted.receipts).sum();
            let there = self.issued(goods).count();
            assert!(there <= most, "{goods}: {there} receipts where {most} were asked for");
        }
    }

    /// Whether a notification says that an order has a receipt; of a correction, of which there is none, the account.
    fn is_told(&self, order: &Order, issued: &Issued) -> bool {
        let is_its = issued.request_id.as_ref().is_some_and(|id| order.ids.contains(id));
        let notified = self.believed.values().any(|(_, _, id, _)| id.as_deref() == Some(&*issued.id));
        is_its && (notified || issued.receipt.correction.is_some())
    }

    fn groups(&self) -> BTreeMap<&str, Vec<&Order>> {
        let mut groups: BTreeMap<&str, Vec<&Order>> = BTreeMap::new();
        for order in &self.orders {
            groups.entry(&order.wanted.goods).or_default().push(order);
        }
        groups
    }

    fn issued(&self, goods: &str) -> impl Iterator<Item = &Issued> {
        self.sandbox.receipts().iter().filter(move |issued| issued.receipt.items.iter().any(|item| item.name == goods))
    }

    /// What has to be true in the end.
    pub fn judge(&self) {
        assert!(self.queue.is_empty(), "not everything has happened");
        for (goods, orders) in self.groups() {
            let issued: Vec<_> = self.issued(goods).collect();
            let (mut least, mut most) = (0, 0);
            for order in &orders {
                let Stage::Ended(end) = &order.stage else { panic!("{goods}: never known: {:?}", order.stage) };
                let whole = order.wanted.receipts;
                match end {
                    End::Made => (least, most) = (least + 1, most + whole),
                    // Of a receipt of more than a hundred items the answer has the id of the first part only.
                    End::NotMade => most += whole - 1,
                    End::Told => {
                        let told = issued.iter().filter(|issued| self.is_told(order, issued)).count();
                        (least, most) = (least + told, most + told);
                    }
                }
                assert!(!order.wanted.refused || *end != End::Made, "{goods}: made what has to be refused");
            }
            let sure = orders.iter().all(|order| matches!(order.stage, Stage::Ended(End::Made)));
            assert!(
                (least..=most).contains(&issued.len()),
                "{goods}: {} receipts, known are {least} to {most}",
                issued.len()
            );
            // Parts of a receipt of more than a hundred items may fail by themselves.
            let total: i64 = issued.iter().map(|issued| issued.total.kopecks()).sum();
            let asked: i64 = orders.iter().map(|order| order.wanted.total.kopecks()).sum();
            if sure && issued.len() == most {
                assert_eq!(total, asked, "{goods}: another sum");
            }
        }
        // Whatever CloudKassir printed is told sooner or later, by a notification of that sum.
        let notified =
            |issued: &&Issued| issued.provider == Provider::CloudKassir && issued.receipt.correction.is_none();
        for issued in self.sandbox.receipts().iter().filter(notified) {
            let told = self.believed.values().find(|(_, _, id, _)| id.as_deref() == Some(&*issued.id));
            let (_, _, _, total) = told.unwrap_or_else(|| panic!("receipt {} is told nobody", issued.id));
            assert_eq!(*total, Some(issued.total), "receipt {}", issued.id);
        }
        // No two orders share an id.
        let mut owners = BTreeMap::new();
        for (at, order) in self.orders.iter().enumerate() {
            for id in &order.ids {
                let before = owners.insert((order.wanted.provider.name(), id), at);
                assert!(before.is_none_or(|before| before == at), "orders {before:?} and {at} share {id}");
            }
        }
    }
}
