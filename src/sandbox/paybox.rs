//! Paybox's side: the page on receipts. It shows the answers of `init_payment.php` and `v5/receipts` alone; those of the
//! other methods have the fields that the page names, and the numbers of errors are from memory of the merchant API.

use super::answer::{Members, json, maybe, moscow, number, object, printed, response, text};
use super::register::{DOCUMENTED, SITE};
use super::route::Call;
use super::{FaultKind, Job, Named, Sandbox, State, is_known, right};
use crate::explain::explain;
use crate::form;
use crate::http::Response;
use crate::issue::Issue;
use crate::json::Json;
use crate::message::Lang;
use crate::money::Money;
use crate::provider::map::short;
use crate::provider::notification::{Delivery, verify_notification};
use crate::provider::paybox::{self, EncodeOptions, Form};
use crate::provider::{Decoded, Envelope, Provider};
use crate::receipt::{Draft, Receipt};
use crate::vocab::{Operation, System, Taxation, Term, Wire};

/// A payment.
#[derive(Debug)]
pub(super) struct Payment {
    id: String,
    order: String,
    description: String,
    amount: Money,
    /// Whether the money is only held until it is captured.
    two_stage: bool,
    /// When it is paid, until then.
    pub pays: Option<u64>,
    status: &'static str,
    captured: Option<Money>,
    refunded: Money,
    created: u64,
    /// The receipt that came with it.
    receipt: Option<Receipt>,
}

/// Numbers of errors.
const BAD_SIGNATURE: (&str, &str) = ("100", "Некорректная подпись запроса");
const BAD_MERCHANT: (&str, &str) = ("101", "Неверный номер магазина");
const BAD_PARAMETER: (&str, &str) = ("200", "Не хватает или некорректный параметр запроса");
const NO_PAYMENT: (&str, &str) = ("340", "Платёж не найден");
const IMPOSSIBLE: (&str, &str) = ("490", "Операция невозможна в текущем состоянии платежа");

/// Why a request is refused: number, text, and what it is about.
type Refusal = ((&'static str, &'static str), String);

fn refuse<T>(error: (&'static str, &'static str), about: &str) -> Result<T, Refusal> {
    Err((error, about.to_owned()))
}

/// A text of an envelope; the digits of a number.
fn said<'e>(around: &'e Envelope, name: &str) -> Option<&'e str> {
    match around.iter().find(|(known, _)| *known == name) {
        Some((_, Json::String(text) | Json::Number(text))) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn sum(around: &Envelope, name: &str) -> Result<Option<Money>, Refusal> {
    match said(around, name).map(Money::read) {
        None => Ok(None),
        Some(Ok(sum)) if sum > Money::ZERO => Ok(Some(sum)),
        _ => refuse(BAD_PARAMETER, name),
    }
}

impl Sandbox {
    pub(super) fn paybox(&mut self, call: &Call<'_>) -> Response {
        match call.route {
            "v5/receipts" if call.request.method == crate::Method::Get => self.receipts_of(call),
            "v5/receipts" => self.create(call),
            "v5/receipts/{id}" => match self.job(Provider::Paybox, call.id) {
                Some(job) => json(200, &object([("data", self.receipt_told(job))])),
                None => json(404, &failed("404", "Чек не найден")),
            },
            _ => {
                let done = self.payment(call);
                let members = done.unwrap_or_else(|((code, told), about)| {
                    let told = if about.is_empty() { told.to_owned() } else { [told, ": ", &about].concat() };
                    vec![
                        ("pg_status".into(), text("error")),
                        ("pg_error_code".into(), text(code)),
                        ("pg_error_description".into(), text(told)),
                    ]
                });
                let mut members = members;
                members.push(("pg_salt".into(), text(self.chance.hex(16))));
                let body = paybox::signed(members, call.route, &self.secret());
                response(200, "application/xml; charset=utf-8", body)
            }
        }
    }

    /// The methods of payments, each of which is signed.
    fn payment(&mut self, call: &Call<'_>) -> Result<Members, Refusal> {
        let body = call.request.body.as_str();
        let mut decoded = paybox::decode(body, None);
        let issues = std::mem::take(&mut decoded.issues);
        let Some((draft, around)) = decoded.receipts.pop() else { return refuse(BAD_PARAMETER, "") };
        if let Some(secret) = &self.options.credentials.secret {
            let delivery = Delivery {
                body: Some(Json::String(body.into())),
                script: Some(call.route.into()),
                ..Delivery::default()
            };
            if verify_notification(Provider::Paybox, &delivery, secret) != Ok(true) {
                return refuse(BAD_SIGNATURE, "");
            }
        }
        match said(&around, "merchantId") {
            None => return refuse(BAD_PARAMETER, "pg_merchant_id"),
            Some(merchant) if !is_known(&self.options.credentials.merchant_id, merchant) => {
                return refuse(BAD_MERCHANT, "");
            }
            Some(_) => {}
        }
        let receipt = match draft.items {
            None => None,
            Some(_) => Some(taken(draft, &issues).map_err(|about| (BAD_PARAMETER, about))?),
        };
        if call.route == "init_payment.php" {
            return self.init(&around, receipt);
        }
        let id = said(&around, "paymentId");
        let order = said(&around, "orderId").filter(|_| call.route == "get_status.php" && id.is_none());
        if id.is_none() && order.is_none() {
            return refuse(BAD_PARAMETER, "pg_payment_id");
        }
        let is_it = |payment: &Payment| Some(&*payment.id) == id || Some(&*payment.order) == order;
        let Some(place) = self.payments.iter().rposition(is_it) else { return refuse(NO_PAYMENT, "") };
        match call.route {
            "do_capture.php" => self.capture(place, sum(&around, "clearingAmount")?, receipt),
            "revoke.php" => self.revoke(place, sum(&around, "refundAmount")?, receipt),
            "cancel.php" => self.cancel(place),
            _ => Ok(self.payments[place].told()),
        }
    }

    fn init(&mut self, around: &Envelope, receipt: Option<Receipt>) -> Result<Members, Refusal> {
        let needed = |name: &str| said(around, name).map(str::to_owned).ok_or((BAD_PARAMETER, name.to_owned()));
        let (order, description) = (needed("orderId")?, needed("description")?);
        let Some(amount) = sum(around, "amount")? else { return refuse(BAD_PARAMETER, "pg_amount") };
        fits(receipt.as_ref(), amount, "pg_amount")?;
        let id = (700_000_000 + self.count()).to_string();
        let customer = self.chance.hex(32);
        self.payments.push(Payment {
            id: id.clone(),
            order,
            description,
            amount,
            two_stage: said(around, "autoClearing") == Some("0"),
            // Nobody sits at the page of payment: it is paid after a while.
            pays: Some(self.now + self.chance.within(5_000, 20_000)),
            status: "pending",
            captured: None,
            refunded: Money::ZERO,
            created: self.now,
            receipt,
        });
        Ok(vec![
            ("pg_status".into(), text("ok")),
            ("pg_payment_id".into(), text(id)),
            ("pg_redirect_url".into(), text(["https://freedompay.uz/pay.html?customer=", &customer].concat())),
            ("pg_redirect_url_type".into(), text("needdata")),
        ])
    }

    /// Pays what is to be paid now.
    pub(super) fn pay(&mut self) {
        let now = self.now;
        let due = |payment: &Payment| payment.pays.is_some_and(|at| at <= now);
        while let Some(place) = self.payments.iter().position(due) {
            let payment = &mut self.payments[place];
            (payment.pays, payment.status) = (None, "ok");
            if !payment.two_stage {
                payment.captured = Some(payment.amount);
            }
            if let Some(receipt) = payment.receipt.clone() {
                self.send(place, receipt, None);
            }
            self.notify_payment(place);
        }
    }

    /// The second stage.
    fn capture(&mut self, place: usize, part: Option<Money>, receipt: Option<Receipt>) -> Result<Members, Refusal> {
        let payment = &mut self.payments[place];
        let amount = part.unwrap_or(payment.amount);
        if payment.status != "ok" || !payment.two_stage || payment.captured.is_some() {
            return refuse(IMPOSSIBLE, "");
        }
        if amount > payment.amount {
            return refuse(BAD_PARAMETER, "pg_clearing_amount");
        }
        let (whole, first) = (amount == payment.amount, payment.receipt.clone());
        if let Some(first) = first.filter(|_| !whole) {
            // The first of the two receipts makes itself.
            let Some(receipt) = receipt else { return refuse(BAD_PARAMETER, "pg_receipt") };
            fits(Some(&receipt), amount, "pg_clearing_amount")?;
            self.send(place, returned(&first), None);
            self.send(place, receipt, None);
        }
        let payment = &mut self.payments[place];
        payment.captured = Some(amount);
        let told = [("pg_status", "ok".to_owned()), ("pg_clearing_amount", short(amount.to_string()))];
        Ok(told.map(|(name, value)| (name.into(), text(value))).into())
    }

    fn revoke(&mut self, place: usize, part: Option<Money>, receipt: Option<Receipt>) -> Result<Members, Refusal> {
        let payment = &self.payments[place];
        let Some(captured) = payment.captured.filter(|_| matches!(payment.status, "ok" | "refunded")) else {
            return refuse(IMPOSSIBLE, "");
        };
        let left = captured - payment.refunded;
        let amount = part.unwrap_or(left);
        if amount > left || left <= Money::ZERO {
            return refuse(if left > Money::ZERO { BAD_PARAMETER } else { IMPOSSIBLE }, "pg_refund_amount");
        }
        let id = (800_000_000 + self.count()).to_string();
        // What was captured in part counts as refunded in part, even as a whole.
        let payment = &self.payments[place];
        if let Some(first) = payment.receipt.clone() {
            let made = match receipt {
                _ if amount == payment.amount => returned(&first),
                Some(receipt) => receipt,
                None => return refuse(BAD_PARAMETER, "pg_receipt"),
            };
            fits(Some(&made), amount, "pg_refund_amount")?;
            self.send(place, made, Some(&id));
        }
        let payment = &mut self.payments[place];
        payment.refunded = payment.refunded + amount;
        payment.status = "refunded";
        Ok(vec![("pg_status".into(), text("ok")), ("pg_revoke_payment_id".into(), text(id))])
    }

    /// Before it is captured.
    fn cancel(&mut self, place: usize) -> Result<Members, Refusal> {
        let payment = &self.payments[place];
        let held = payment.status == "ok" && payment.captured.is_none();
        if !held && payment.status != "pending" {
            return refuse(IMPOSSIBLE, "");
        }
        let id = (800_000_000 + self.count()).to_string();
        if let Some(first) = self.payments[place].receipt.clone().filter(|_| held) {
            self.send(place, returned(&first), Some(&id));
        }
        let payment = &mut self.payments[place];
        (payment.status, payment.pays) = ("revoked", None);
        Ok(vec![("pg_status".into(), text("ok")), ("pg_cancel_payment_id".into(), text(id))])
    }

    /// Sends the receipt of a payment to the register.
    fn send(&mut self, place: usize, receipt: Receipt, refund: Option<&str>) {
        let payment = &self.payments[place];
        let named = Named {
            invoice_id: Some(payment.order.clone()),
            payment_id: Some(payment.id.clone()).filter(|_| refund.is_none()),
            refund_id: refund.map(str::to_owned),
            ..Named::default()
        };
        let merchant = self.options.credentials.merchant_id.clone();
        if let Some(form) = form_of(&receipt, &named, merchant, "with_payment") {
            self.register_receipt(receipt, named, form);
        }
    }

    fn register_receipt(&mut self, receipt: Receipt, named: Named, form: Json<'static>) -> usize {
        let (id, turn) = (self.chance.uuid(), self.now + self.chance.within(2_000, 15_000));
        self.queue(Job::new(Provider::Paybox, id, named, receipt, form, (self.now, turn)))
    }

    /// A receipt by itself.
    fn create(&mut self, call: &Call<'_>) -> Response {
        let Decoded { mut receipts, issues, .. } = paybox::decode(&call.request.body, None);
        let wrong = |about: &str| json(422, &failed(BAD_PARAMETER.0, &[BAD_PARAMETER.1, ": ", about].concat()));
        let Some((draft, around)) = receipts.pop() else { return wrong("тело запроса") };
        let merchant = said(&around, "merchantId").map(str::to_owned);
        let named = Named {
            payment_id: said(&around, "paymentId").map(str::to_owned),
            refund_id: said(&around, "refundId").map(str::to_owned),
            ..Named::default()
        };
        let Some(number) = &merchant else { return wrong("merchant_id") };
        if !is_known(&self.options.credentials.merchant_id, number) {
            return json(403, &failed(BAD_MERCHANT.0, BAD_MERCHANT.1));
        }
        for (name, there) in [
            ("receipt_format", draft.gave("ffd")),
            ("operation_type", draft.gave("operation")),
            ("positions", draft.items.is_some()),
            ("settlements", draft.payments.as_ref().is_some_and(|payments| payments.given != 0)),
            ("payment_id, refund_id", named.payment_id.is_some() || named.refund_id.is_some()),
        ] {
            if !there {
                return wrong(name);
            }
        }
        let receipt = match taken(draft, &issues) {
            Ok(receipt) => receipt,
            Err(about) => return wrong(&about),
        };
        let offset = around.iter().any(|(name, value)| *name == "offset" && *value == Json::Bool(true));
        let prepaid = receipt.payments.prepaid.is_some_and(|sum| sum > Money::ZERO);
        if prepaid && !offset && receipt.operation == Operation::Income {
            return wrong("offset");
        }
        let Some(form) = form_of(&receipt, &named, merchant, "separately") else { return wrong("positions") };
        let place = self.register_receipt(receipt, named, form);
        let told = self.receipt_told(&self.jobs[place]);
        json(200, &object([("data", told)]))
    }

    /// All receipts, or those of a payment, of a refund, of a status.
    fn receipts_of(&self, call: &Call<'_>) -> Response {
        let wanted = |name: &str| call.query.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let mine = self.jobs.iter().filter(|job| job.provider == Provider::Paybox);
        let told = mine.map(|job| self.receipt_told(job)).filter(|told| {
            ["payment_id", "refund_id", "status", "operation_type"]
                .into_iter()
                .all(|name| wanted(name).is_none_or(|wanted| told.get(name).and_then(Json::as_str) == Some(wanted)))
        });
        json(200, &object([("data", Json::Array(told.collect()))]))
    }

    /// `data` of an answer, in the order of the page's example.
    fn receipt_told(&self, job: &Job) -> Json<'static> {
        let issued = self.printed(job);
        let fiscal = issued.and_then(|issued| issued.receipt.fiscal.as_ref());
        let form = |name: &str| job.form.get(name).cloned().unwrap_or(Json::Null);
        let mark = |value: Option<&str>, digits: bool| match value {
            Some(value) if digits => number(value),
            value => maybe(value),
        };
        let (status, error) = match job.state {
            State::Waiting => ("pending", Json::Null),
            State::Printed(_) => ("registered", Json::Null),
            State::Given(why) => ("error", text(given(why))),
        };
        let mut positions = form("positions");
        if let Json::Array(positions) = &mut positions {
            for (position, item) in positions.iter_mut().zip(&job.receipt.items) {
                if let Json::Object(members) = position {
                    members.push(("sum".into(), number(short(item.amount.to_string()))));
                }
            }
        }
        let taxation = job.receipt.taxation.unwrap_or(Taxation::Osn);
        let Wire::Text(system) = taxation.wire(System::Paybox) else { return Json::Null };
        let company = object([
            ("inn", text(DOCUMENTED.0)),
            ("email", text("shop@example.com")),
            ("tax_system", text(system)),
            ("payment_address", text(SITE)),
        ]);
        let clock = |at: u64| text(printed(&moscow(at), "d.m.Y H:i:s"));
        let mut data = object([
            ("merchant_id", form("merchant_id")),
            ("receipt_id", text(&*job.id)),
            ("operation_type", form("operation_type")),
            ("receipt_format", form("receipt_format")),
            ("status", text(status)),
            ("fiscal_document_number", mark(fiscal.map(|fiscal| &*fiscal.fd), true)),
            ("fiscal_storage_number", mark(fiscal.map(|fiscal| &*fiscal.fn_), false)),
            ("fiscal_attribute", mark(fiscal.map(|fiscal| &*fiscal.fp), true)),
            ("registered_at", issued.map_or(Json::Null, |issued| clock(issued.printed))),
            ("created_at", clock(job.accepted)),
            ("fiscal_provider_id", issued.map_or(Json::Null, |issued| text(super::seed::uuid_of(&issued.id)))),
            ("positions", positions),
            ("total", number(short(job.receipt.total().to_string()))),
            ("settlements", form("settlements")),
            ("company", company),
            ("receipt_method", form("receipt_method")),
            ("error", error),
            ("link", maybe(fiscal.and_then(|fiscal| fiscal.url.as_deref()))),
        ]);
        if let Json::Object(members) = &mut data {
            let ids = [("payment_id", &job.named.payment_id), ("refund_id", &job.named.refund_id)];
            members.extend(ids.into_iter().filter_map(|(name, id)| Some((name.into(), text(id.as_deref()?)))));
        }
        data
    }

    /// The result of a payment. The page on receipts does not print it; its names are those of the merchant API.
    fn notify_payment(&mut self, place: usize) {
        let salt = self.chance.hex(16);
        let Payment { id, order, description, amount, captured, .. } = &self.payments[place];
        let date = printed(&moscow(self.now), "Y-m-d H:i:s");
        let amount = short(amount.to_string());
        let captured = if captured.is_some() { "1" } else { "0" };
        let members: Members = [
            ("pg_order_id", &**order),
            ("pg_payment_id", id),
            ("pg_amount", &amount),
            ("pg_currency", "RUB"),
            ("pg_net_amount", &amount),
            ("pg_ps_amount", &amount),
            ("pg_ps_full_amount", &amount),
            ("pg_ps_currency", "RUB"),
            ("pg_description", description),
            ("pg_result", "1"),
            ("pg_payment_date", &date),
            ("pg_can_reject", "0"),
            ("pg_captured", captured),
            ("pg_payment_method", "bankcard"),
            ("pg_testing_mode", "1"),
            ("pg_salt", &salt),
        ]
        .map(|(name, value)| (name.into(), text(value)))
        .into();
        let url = self.webhook();
        let mut body = String::new();
        for (name, value) in &members {
            form::push(&mut body, name, value.as_str().unwrap_or_default());
        }
        form::push(&mut body, "pg_sig", &paybox::sign(&Json::Object(members), &url, &self.secret()));
        let due = self.now + self.chance.within(200, 900);
        self.outbox.put(Provider::Paybox, url, Vec::new(), body, due);
    }
}

impl Payment {
    /// The answer to the question about its status.
    fn told(&self) -> Members {
        let members = [
            ("pg_status", "ok".to_owned()),
            ("pg_payment_id", self.id.clone()),
            ("pg_order_id", self.order.clone()),
            ("pg_transaction_status", self.status.to_owned()),
            ("pg_amount", short(self.amount.to_string())),
            ("pg_currency", "RUB".to_owned()),
            ("pg_captured", if self.captured.is_some() { "1" } else { "0" }.to_owned()),
            ("pg_refund_amount", short(self.refunded.to_string())),
            ("pg_create_date", printed(&moscow(self.created), "Y-m-d H:i:s")),
            ("pg_testing_mode", "1".to_owned()),
        ];
        members.map(|(name, value)| (name.into(), text(value))).into()
    }
}

/// An error of `v5/receipts`; no document shows one.
fn failed(code: &str, told: &str) -> Json<'static> {
    object([("error", object([("code", text(code)), ("message", text(told))]))])
}

fn given(why: FaultKind) -> &'static str {
    let code = if why == FaultKind::StorageFull { "8" } else { "15" };
    explain(Provider::CloudKassir, code, Some("error"), Lang::Ru).map_or("", |found| found.message)
}

/// The receipt of a request that is right, or the place of what is wrong with it.
fn taken(draft: Draft<'static>, issues: &[Issue]) -> Result<Receipt, String> {
    let place = |issue: Option<Issue>| issue.map_or("positions".into(), |issue| issue.place());
    right(draft, issues, Some(Provider::Paybox)).map_err(place)
}

/// The sum of a payment is the total of its receipt.
fn fits(receipt: Option<&Receipt>, amount: Money, name: &str) -> Result<(), Refusal> {
    if receipt.is_some_and(|receipt| receipt.total() != amount) { refuse(BAD_PARAMETER, name) } else { Ok(()) }
}

/// The return of a whole receipt.
fn returned(receipt: &Receipt) -> Receipt {
    Receipt { operation: Operation::IncomeReturn, ..receipt.clone() }
}

/// A receipt as the answers keep it; none where Paybox has no words for it.
fn form_of(receipt: &Receipt, named: &Named, merchant: Option<String>, method: &str) -> Option<Json<'static>> {
    let options = EncodeOptions {
        form: Form::Separate,
        payment_id: named.payment_id.clone(),
        refund_id: named.refund_id.clone(),
        ..EncodeOptions::default()
    };
    let mut form = paybox::encode(receipt, &options).ok()?.body;
    if let Json::Object(members) = &mut form {
        members.push(("merchant_id".into(), maybe(merchant.as_deref())));
        members.push(("receipt_method".into(), text(method)));
    }
    Some(form)
}
