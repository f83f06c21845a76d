//! PayKeeper's side, section 8.

use super::answer::{Members, fields, json, led, moscow, number, object, printed, response, text};
use super::right;
use super::route::Call;
use super::seed::{digest, uuid_of};
use super::{FaultKind, Job, Named, Sandbox, State, basic, is_known};
use crate::explain;
use crate::form;
use crate::http::Response;
use crate::issue::Issue;
use crate::json::Json;
use crate::message::Lang;
use crate::money::Money;
use crate::provider::notification::{self, Delivery};
use crate::provider::paykeeper;
use crate::provider::paykeeper::fields::ANSWER;
use crate::provider::{Decoded, Provider};
use crate::receipt::Receipt;
use crate::record::OwnRecord;
use crate::vocab::System;

/// A token holds about a day.
const TOKEN_HOLDS: u64 = 24 * 60 * 60 * 1000;

/// Table 8.4.2, in its order.
const ANSWERED: &[&str] = &[
    "id",
    "payment_id",
    "type",
    "is_post_sale",
    "is_correction",
    "refund_id",
    "status",
    "contact",
    "sum_cashless",
    "sum_cash",
    "sum_advance",
    "sum_credit",
    "sum_counter_payment",
    "cart",
    "receipt_properties",
    "fpd",
    "fnd",
    "fn",
    "ts",
    "rnkkt",
    "shift_number",
    "receipt_number",
    "obtain_datetime",
    "request_datetime",
    "fop_receipt_key",
    "fop_uuid",
    "fop_url",
    "custom_params",
    "error",
];
/// Those of them that the register makes.
const MARKS: &[&str] = &["fpd", "fnd", "fn", "rnkkt", "shift_number", "receipt_number"];
/// Fields 4.1..4.3 of a request for a correction, which answers have in `custom_params`.
const CORRECTION: &[&str] = &["correction_type", "correction_operation_date", "correction_document_number"];
const SUMS: &[&str] = &["sum_cashless", "sum_cash", "sum_advance", "sum_credit"];

fn fail(told: &str) -> Response {
    json(200, &object([("result", text("fail")), ("msg", text(told))]))
}

fn nothing() -> Response {
    response(200, "application/json; charset=utf-8", String::new())
}

/// A field of a form.
fn said<'f>(form: &'f Json<'static>, name: &str) -> &'f str {
    form.get(name).and_then(Json::as_str).map(str::trim).unwrap_or_default()
}

impl Sandbox {
    pub(super) fn paykeeper(&mut self, call: &Call<'_>) -> Response {
        let asked = |name: &str| said(&call.query, name);
        if call.route == "receipt/{id}" {
            // The page that a buyer sees needs no login.
            let job = self.job(Provider::PayKeeper, asked("rc_id"));
            let job = job.filter(|job| job.named.receipt_key.as_deref() == Some(call.id));
            let qr = job.and_then(|job| self.printed(job)?.receipt.fiscal.as_ref()?.qr.clone());
            let (status, told) = qr.map_or((404, "Чек не найден".to_owned()), |qr| (200, qr));
            let body = ["<!doctype html><meta charset=\"utf-8\"><title>Чек</title><p>", &told.replace('&', "&amp;")];
            return response(status, "text/html; charset=utf-8", body.concat());
        }
        let known = &self.options.credentials;
        let is_allowed = basic(call.request)
            .is_some_and(|(user, password)| is_known(&known.user, &user) && is_known(&known.password, &password));
        if !is_allowed {
            let body = "<!doctype html><title>401</title><p>Требуется авторизация";
            let mut response = response(401, "text/html; charset=utf-8", body.into());
            response.headers.push(("www-authenticate".into(), "Basic".into()));
            return response;
        }
        match call.route {
            "info/settings/token" => json(200, &object([("token", text(self.token()))])),
            "change/receipt/print" => self.ask_to_print(&call.request.body),
            "info/receipts/byid" => match self.job(Provider::PayKeeper, asked("id")) {
                Some(job) => json(200, &Json::Object(self.told(job))),
                None => nothing(),
            },
            "info/receipts/bypaymentid" => {
                let wanted = asked("payment_id");
                let of = |job: &&Job| !wanted.is_empty() && job.named.payment_id.as_deref() == Some(wanted);
                let found: Vec<_> = self.own(|_| true).filter(of).map(|job| Json::Object(self.told(job))).collect();
                if found.is_empty() { nothing() } else { json(200, &Json::Array(found)) }
            }
            "info/receipts/bydatecount" => {
                let found: Vec<_> = self.own(|day| is_between(day, &call.query)).collect();
                let mut counts = self.counts(&found);
                counts.push(("total".into(), number(found.len())));
                json(200, &Json::Object(counts))
            }
            "info/receipts/search" => {
                let query = asked("query");
                let has = |job: &&Job| {
                    let fields = [Some(&*job.id), job.named.payment_id.as_deref(), Some(said(&job.form, "contact"))];
                    fields.into_iter().flatten().any(|field| field.contains(query))
                };
                let found = self.own(|day| is_between(day, &call.query)).filter(has).collect();
                self.listed(found, &call.query)
            }
            _ => self.by_date(&call.query),
        }
    }

    /// What every POST has to carry: another one each day.
    fn token(&self) -> String {
        let day = self.now / TOKEN_HOLDS;
        format!("{:016x}", digest(self.options.seed, &["token", &day.to_string()]))
    }

    /// Receipts of PayKeeper, asked for on such days of Moscow.
    fn own(&self, is_such: impl Fn(&str) -> bool) -> impl Iterator<Item = &Job> {
        let mine = self.jobs.iter().filter(|job| job.provider == Provider::PayKeeper);
        mine.filter(move |job| is_such(moscow(job.accepted).get(..10).unwrap_or_default()))
    }

    /// 8.11.
    fn ask_to_print(&mut self, body: &str) -> Response {
        let form = form::read(body);
        if said(&form, "token") != self.token() {
            return fail("Неверный токен безопасности");
        }
        for name in ["payment_id", "type", "cart"] {
            let given = form.get(name).and_then(Json::as_str);
            if given.is_none() || name != "payment_id" && given == Some("") {
                return fail(&["Не передан параметр ", name].concat());
            }
        }
        let key = said(&form, "receipt_key");
        if !key.is_empty() && key.chars().count() < 6 {
            return fail("Параметр receipt_key короче 6 символов");
        }
        let receipt = match taken(body) {
            Ok(receipt) => receipt,
            Err(about) => return fail(&["Некорректные данные чека: ", &about].concat()),
        };
        let text_of = |name: &str| Some(said(&form, name).to_owned()).filter(|text| !text.is_empty());
        let is_same = |job: &&Job| {
            let of = |name: &str| said(&job.form, name) == said(&form, name);
            ["payment_id", "refund_id", "is_post_sale", "type", "receipt_key"].into_iter().all(of)
        };
        // What failed, or was refused, does not stand in the way. Without a payment and a key there is nothing to know a
        // receipt by: the key is then PayKeeper's own.
        let named = !key.is_empty() || !said(&form, "payment_id").is_empty();
        let alive = |job: &&Job| !matches!(job.state, State::Given(FaultKind::StorageFull));
        if let Some(job) = self.own(|_| true).filter(|_| named).filter(alive).find(is_same) {
            return fail(&["Чек с такими параметрами уже существует: ", &job.id].concat());
        }
        let named = Named {
            payment_id: text_of("payment_id"),
            refund_id: text_of("refund_id"),
            receipt_key: text_of("receipt_key").or_else(|| Some(self.chance.hex(32))),
            ..Named::default()
        };
        let id = (4_000 + self.count()).to_string();
        let turn = self.now + self.chance.within(4_000, 40_000);
        let answer = object([("receipt_id", text(&*id))]);
        self.queue(Job::new(Provider::PayKeeper, id, named, receipt, form, (self.now, turn)));
        json(200, &answer)
    }

    /// Table 8.4.3. How long each step takes is not told: here a second each, until the register has it.
    fn status_of(&self, job: &Job) -> &'static str {
        match (&job.state, self.now.saturating_sub(job.accepted)) {
            (State::Printed(_), _) => "success",
            (State::Given(FaultKind::StorageFull), _) => "failed",
            (State::Given(_), _) => "timeout",
            (State::Waiting, ..1_000) => "created",
            (State::Waiting, ..2_000) => "sending",
            (State::Waiting, _) => "request_sent",
        }
    }

    /// Table 8.4.2: every value is text, and those that there are not are empty.
    fn told(&self, job: &Job) -> Members {
        let issued = self.printed(job);
        let mut members: Members = match issued {
            Some(issued) => fields(MARKS, ANSWER, System::PayKeeper, &issued.receipt.put(), &[]),
            None => Vec::new(),
        };
        let fiscal = issued.and_then(|issued| issued.receipt.fiscal.as_ref());
        let flag = |name: &str| if said(&job.form, name) == "true" { "1" } else { "0" };
        let time = printed(&moscow(job.accepted), "Y-m-d H:i:s");
        let mut error = String::new();
        if let State::Given(FaultKind::StorageFull) = job.state {
            let row = explain::explain(Provider::PayKeeper, "print_error", Some("error"), Lang::Ru);
            let told = row.map_or("", |row| row.message);
            let why = [("type", text("print_error")), ("message", text(told)), ("error_id", text(uuid_of(&job.id)))];
            error = object(why).to_string();
        }
        let mut custom = String::new();
        if flag("is_correction") == "1" {
            let given = CORRECTION.iter().map(|name| ((*name).into(), text(said(&job.form, name))));
            custom = Json::Object(given.collect()).to_string();
        }
        let ts = fiscal.map(|fiscal| printed(&fiscal.date_time, "YmdTHi")).unwrap_or_default();
        for (name, value) in [
            ("id", &*job.id),
            ("is_post_sale", flag("is_post_sale")),
            ("is_correction", flag("is_correction")),
            ("status", self.status_of(job)),
            ("ts", &ts),
            ("obtain_datetime", &time),
            ("request_datetime", &time),
            ("fop_receipt_key", job.named.receipt_key.as_deref().unwrap_or_default()),
            ("fop_uuid", &uuid_of(&job.id)),
            ("fop_url", fiscal.and_then(|fiscal| fiscal.qr.as_deref()).unwrap_or_default()),
            ("custom_params", &custom),
            ("error", &error),
        ] {
            members.push((name.into(), text(value)));
        }
        for name in ANSWERED {
            if !members.iter().any(|(known, _)| known == name) {
                let value = match said(&job.form, name) {
                    "" if name.starts_with("sum_") => "0.00",
                    "" if *name == "receipt_properties" => "{}",
                    value => value,
                };
                members.push(((*name).into(), text(value)));
            }
        }
        match led(Json::Object(members), ANSWERED) {
            Json::Object(members) => members,
            _ => Vec::new(),
        }
    }

    /// How many there are by status, type, and way of payment.
    fn counts(&self, jobs: &[&Job]) -> Members {
        let mut counts: [Vec<(&str, u64)>; 3] = Default::default();
        let mut add = |list: usize, name: &'static str| match counts[list].iter_mut().find(|(known, _)| *known == name)
        {
            Some((_, count)) => *count += 1,
            None => counts[list].push((name, 1)),
        };
        for job in jobs {
            add(0, self.status_of(job));
            add(1, kind_of(job));
            SUMS.iter().filter(|name| is_paid(job, name)).for_each(|name| add(2, name));
        }
        let told = |counts: Vec<(&str, u64)>| {
            Json::Object(counts.into_iter().map(|(name, count)| (name.to_owned().into(), number(count))).collect())
        };
        let [status, receipt_type, sum_type] = counts.map(told);
        vec![("status".into(), status), ("receipt_type".into(), receipt_type), ("sum_type".into(), sum_type)]
    }

    /// 8.1.
    fn by_date(&self, query: &Json<'static>) -> Response {
        let wanted = |name: &str| match query.get(name) {
            Some(Json::Array(words)) => words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
            Some(Json::Object(words)) => {
                words.iter().filter_map(|(_, word)| word.as_str().map(str::to_owned)).collect()
            }
            Some(Json::String(word)) => vec![word.to_string()],
            _ => Vec::<String>::new(),
        };
        let (status, kinds, sums) = (wanted("status"), wanted("receipt_type"), wanted("sum_type"));
        for (name, list) in [("receipt_type", &kinds), ("sum_type", &sums)] {
            if list.is_empty() {
                return fail(&["Не передан параметр ", name].concat());
            }
        }
        let is_wanted = |job: &&Job| {
            let has = |list: &[String], word: &str| list.iter().any(|wanted| wanted == word);
            // What was paid in none of the four ways is in no way left out.
            let paid = sums.iter().any(|name| is_paid(job, name)) || !SUMS.iter().any(|name| is_paid(job, name));
            (status.is_empty() || has(&status, self.status_of(job))) && has(&kinds, kind_of(job)) && paid
        };
        self.listed(self.own(|day| is_between(day, query)).filter(is_wanted).collect(), query)
    }

    /// The page of a list, and the counts of it and of the whole: table 8.1.3.
    fn listed(&self, mut jobs: Vec<&Job>, query: &Json<'static>) -> Response {
        let field = |job: &Job| match said(query, "sort") {
            "payment_id" => job.named.payment_id.clone().unwrap_or_default(),
            "refund_id" => job.named.refund_id.clone().unwrap_or_default(),
            "status" => self.status_of(job).to_owned(),
            _ => String::new(),
        };
        jobs.sort_by_cached_key(|job| (field(job), job.accepted));
        if said(query, "direction") != "ASC" {
            jobs.reverse();
        }
        let count = |name: &str| said(query, name).parse::<usize>().ok();
        let mut totals = self.counts(&jobs);
        totals.push(("total".into(), number(jobs.len())));
        let (from, limit) = (count("from").unwrap_or(0), count("limit").unwrap_or(10));
        let page: Vec<&Job> = jobs.into_iter().skip(from).take(limit).collect();
        let mut counts = self.counts(&page);
        counts.push(("page_size".into(), number(page.len())));
        counts.push(("totals".into(), Json::Object(totals)));
        let receipts = page.iter().map(|job| Json::Object(self.told(job))).collect();
        json(200, &object([("receipts", Json::Array(receipts)), ("counts", Json::Object(counts))]))
    }

    /// 8.13: once, of every final status.
    pub(super) fn notify_paykeeper(&mut self, place: usize) {
        let mut body = String::new();
        for (name, value) in self.told(&self.jobs[place]) {
            form::push(&mut body, &name, value.as_str().unwrap_or_default());
        }
        let delivery = Delivery { body: Some(Json::String(body.as_str().into())), ..Delivery::default() };
        let Ok(Json::String(sign)) = notification::sign(Provider::PayKeeper, &delivery, &self.secret()) else { return };
        form::push(&mut body, "sign", &sign);
        let due = self.now + self.chance.within(200, 900);
        let url = self.webhook();
        self.outbox.put(Provider::PayKeeper, url, Vec::new(), body, due);
    }
}

/// `receipt_type` of table 8.1.1.
fn kind_of(job: &Job) -> &'static str {
    match said(&job.form, "type") {
        _ if said(&job.form, "is_correction") == "true" => "correction",
        "refund" | "expense-refund" => "refund",
        _ => "sale",
    }
}

/// Whether something was paid in a way.
fn is_paid(job: &Job, name: &str) -> bool {
    Money::read(said(&job.form, name)).is_ok_and(|sum| sum > Money::ZERO)
}

/// Whether a day is within those that are asked for.
fn is_between(day: &str, query: &Json<'static>) -> bool {
    let (start, end) = (said(query, "start"), said(query, "end"));
    (start.is_empty() || day >= start) && (end.is_empty() || day <= end)
}

/// The receipt of a request that is right, or what is wrong with it: what the document calls errors of syntax.
fn taken(body: &str) -> Result<Receipt, String> {
    let Decoded { mut receipts, issues, .. } = paykeeper::decode(body, None);
    let Some((draft, _)) = receipts.pop() else { return Err("cart".into()) };
    let told = |issue: &Issue| format!("{}: {}", issue.place(), issue.message(Lang::Ru));
    right(draft, &issues, None).map_err(|issue| issue.as_ref().map_or("cart".into(), told))
}
