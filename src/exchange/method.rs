//! What can be asked of the providers: one table. Adding a method is adding a row.

use super::{ExchangeOptions, joined, string};
use crate::http::Method;
use crate::json::Json;
use crate::nearest::nearest;
use crate::provider::map::short;
use crate::provider::{CallError, Encoded, Provider, paykeeper};
use crate::vocab::{Taxation, Term};
use std::borrow::Cow;

type Members = Vec<(Cow<'static, str>, Json<'static>)>;

/// Whether a call may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Safety {
    /// It changes nothing.
    Reading,
    /// It is carried out once for a key, for as long as that is kept.
    Keyed,
    /// Nothing tells a second one from the first.
    Once,
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// `{ message }`.
    Message,
    /// `{ id, url, warning }`.
    Accepted,
    /// `{ status, message, warnings }`.
    Status,
    /// A fiscal receipt.
    Fiscal,
    /// The state of a register.
    Register,
    /// Registers with their warnings.
    Warnings,
    /// A marking code.
    Mark,
    /// Marking codes.
    Marks,
    /// A payment of Paybox's: what stands around a receipt.
    Payment,
    /// A receipt with its status.
    Receipt,
    /// A list of those.
    Receipts,
    /// The same with counts beside it.
    Counted,
    /// Counts alone.
    Counts,
    /// PayKeeper's `{ id, receiptKey }`.
    Printed,
}

/// How an outcome that is not known is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settles {
    /// There is nothing to settle.
    Nothing,
    /// By the same request, and when its time is over by the notification.
    Receipt,
    /// By the same request, and when its time is over in the account: corrections are notified of by nobody.
    Correction,
    /// By the same request, and when its time is over by the state of the register.
    Register,
    /// By the receipt's key.
    Key,
    /// By the status of the payment.
    Payment,
    /// By the receipts of the payment.
    Receipts,
}

/// Where a request's path and body come from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Making {
    /// From arguments by name.
    Params(&'static [Param]),
    /// From a receipt that was encoded.
    Encoded,
    /// A payment of Paybox's: the sum's name there, the arguments that have to be there, those that may; a receipt may
    /// be within.
    Payment(&'static str, &'static [&'static str], &'static [&'static str]),
    /// A query of PayKeeper's, by its kind.
    Query(&'static str),
    /// The id is the last part of the path.
    Path,
}

/// One argument: its name with callers, its name in the body, whether it has to be there, what it is.
#[derive(Debug)]
pub(super) struct Param(&'static str, &'static str, bool, Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    /// A text; that of the account where none is given.
    Inn,
    Flag,
    Texts,
    /// Tax systems, by their numbers.
    Taxations,
}

/// A method.
#[derive(Debug)]
pub(super) struct Row {
    pub name: &'static str,
    pub provider: Provider,
    pub method: Method,
    /// Below the base address; of a query, its kind's.
    pub path: &'static str,
    pub safety: Safety,
    pub making: Making,
    pub answer: Answer,
    pub settles: Settles,
    /// Whether it is asked again until the status is final.
    pub polls: bool,
    /// Where the receipt is, once its status says that it is made; empty: in the same answer.
    pub details: &'static str,
}

impl Row {
    /// Changes nothing.
    const fn reading(
        name: &'static str,
        provider: Provider,
        path: &'static str,
        making: Making,
        answer: Answer,
    ) -> Self {
        let method = match (provider, making) {
            (Provider::CloudKassir, _) | (_, Making::Payment(..)) => Method::Post,
            _ => Method::Get,
        };
        let (safety, settles) = (Safety::Reading, Settles::Nothing);
        Self { name, provider, method, path, safety, making, answer, settles, polls: false, details: "" }
    }
    const fn keyed(self, settles: Settles) -> Self {
        Self { safety: Safety::Keyed, method: Method::Post, settles, ..self }
    }
    const fn once(self, settles: Settles) -> Self {
        Self { safety: Safety::Once, method: Method::Post, settles, ..self }
    }
    const fn polled(self, details: &'static str) -> Self {
        Self { polls: true, details, ..self }
    }

    pub fn changes(&self) -> bool {
        self.safety != Safety::Reading
    }
}

use Provider::{CloudKassir, PayKeeper, Paybox};

const ID: &[Param] = &[Param("id", "Id", true, Form::Text)];
const REGISTER: &[Param] =
    &[Param("deviceNumber", "DeviceNumber", true, Form::Text), Param("fiscalNumber", "FiscalNumber", true, Form::Text)];

/// Every method of the three providers' documents: CloudKassir 3.4.5; Paybox, the page on receipts; PayKeeper, 8.
pub(super) static METHODS: &[Row] = &[
    Row::reading("test", CloudKassir, "test", Making::Params(&[]), Answer::Message),
    Row::reading("createReceipt", CloudKassir, "kkt/receipt", Making::Encoded, Answer::Accepted)
        .keyed(Settles::Receipt),
    Row::reading("receiptStatus", CloudKassir, "kkt/receipt/status/get", Making::Params(ID), Answer::Status),
    Row::reading("getReceipt", CloudKassir, "kkt/receipt/get", Making::Params(ID), Answer::Fiscal),
    Row::reading("waitForReceipt", CloudKassir, "kkt/receipt/status/get", Making::Params(ID), Answer::Status)
        .polled("kkt/receipt/get"),
    Row::reading("createCorrection", CloudKassir, "kkt/correction-receipt", Making::Encoded, Answer::Accepted)
        .keyed(Settles::Correction),
    Row::reading(
        "correctionStatus",
        CloudKassir,
        "kkt/correction-receipt/status/get",
        Making::Params(ID),
        Answer::Status,
    ),
    Row::reading("getCorrection", CloudKassir, "kkt/correction-receipt/get", Making::Params(ID), Answer::Fiscal),
    Row::reading(
        "waitForCorrection",
        CloudKassir,
        "kkt/correction-receipt/status/get",
        Making::Params(ID),
        Answer::Status,
    )
    .polled("kkt/correction-receipt/get"),
    Row::reading(
        "fiscalize",
        CloudKassir,
        "kkt/fiscalize",
        Making::Params(&[
            Param("inn", "Inn", true, Form::Inn),
            Param("deviceNumber", "DeviceNumber", true, Form::Text),
            Param("fiscalNumber", "FiscalNumber", true, Form::Text),
            Param("regNumber", "RegNumber", true, Form::Text),
            Param("url", "Url", true, Form::Text),
            Param("ofd", "Ofd", true, Form::Text),
            Param("taxation", "TaxationSystem", true, Form::Taxations),
            Param("merchantEmail", "MerchantEmail", true, Form::Text),
            Param("merchantPhone", "MerchantPhone", true, Form::Text),
            Param("bso", "IsBso", false, Form::Flag),
        ]),
        Answer::Message,
    )
    .keyed(Settles::Register),
    Row::reading(
        "setState",
        CloudKassir,
        "kkt/state",
        Making::Params(&[
            Param("inn", "Inn", true, Form::Inn),
            Param("deviceNumber", "DeviceNumber", true, Form::Text),
            Param("fiscalNumber", "FiscalNumber", true, Form::Text),
            Param("onMaintenance", "OnMaintenance", true, Form::Flag),
        ]),
        Answer::Message,
    )
    .keyed(Settles::Register),
    Row::reading("getState", CloudKassir, "kkt/state/get", Making::Params(REGISTER), Answer::Register),
    Row::reading("warnings", CloudKassir, "kkt/merchant-devices-warnings", Making::Params(&[]), Answer::Warnings),
    Row::reading(
        "validateMarkCode",
        CloudKassir,
        "kkt/validate-mark-code",
        Making::Params(&[Param("inn", "Inn", true, Form::Inn), Param("code", "MarkCode", true, Form::Text)]),
        Answer::Mark,
    ),
    Row::reading(
        "validateMarkCodes",
        CloudKassir,
        "kkt/validate-mark-codes",
        Making::Params(&[Param("inn", "Inn", true, Form::Inn), Param("codes", "MarkCodes", true, Form::Texts)]),
        Answer::Marks,
    ),
    Row::reading(
        "initPayment",
        Paybox,
        "init_payment.php",
        Making::Payment("pg_amount", &["orderId", "amount", "description"], &["autoClearing"]),
        Answer::Payment,
    )
    .once(Settles::Payment),
    Row::reading(
        "capture",
        Paybox,
        "do_capture.php",
        Making::Payment("pg_clearing_amount", &["paymentId"], &["amount"]),
        Answer::Payment,
    )
    .once(Settles::Payment),
    Row::reading(
        "refund",
        Paybox,
        "revoke.php",
        Making::Payment("pg_refund_amount", &["paymentId"], &["amount"]),
        Answer::Payment,
    )
    .once(Settles::Payment),
    Row::reading("cancel", Paybox, "cancel.php", Making::Payment("", &["paymentId"], &[]), Answer::Payment)
        .once(Settles::Payment),
    // The page on receipts asks to look at the status and does not name the path; the provider's API has it.
    Row::reading(
        "status",
        Paybox,
        "get_status.php",
        Making::Payment("", &[], &["paymentId", "orderId"]),
        Answer::Payment,
    ),
    Row::reading("createReceipt", Paybox, "v5/receipts", Making::Encoded, Answer::Receipt).once(Settles::Receipts),
    Row::reading("getReceipt", Paybox, "v5/receipts", Making::Path, Answer::Receipt),
    Row::reading("waitForReceipt", Paybox, "v5/receipts", Making::Path, Answer::Receipt).polled(""),
    Row::reading("receipts", Paybox, "v5/receipts", Making::Params(&[]), Answer::Receipts),
    Row::reading("printReceipt", PayKeeper, "change/receipt/print/", Making::Encoded, Answer::Printed)
        .keyed(Settles::Key),
    Row::reading("receiptById", PayKeeper, "", Making::Query("byid"), Answer::Receipt),
    Row::reading("waitForReceipt", PayKeeper, "", Making::Query("byid"), Answer::Receipt).polled(""),
    Row::reading("receiptsByPayment", PayKeeper, "", Making::Query("bypaymentid"), Answer::Receipts),
    Row::reading("receiptsByDate", PayKeeper, "", Making::Query("bydate"), Answer::Counted),
    Row::reading("countByDate", PayKeeper, "", Making::Query("bydatecount"), Answer::Counts),
    Row::reading("search", PayKeeper, "", Making::Query("search"), Answer::Counted),
];

pub(super) fn row(provider: &str, name: &str) -> Result<&'static Row, CallError> {
    let found = METHODS.iter().find(|row| row.provider.name() == provider && row.name == name);
    found.ok_or_else(|| CallError::Argument(joined(&["no such method: ", provider, " ", name])))
}

/// A method with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub(super) row: &'static Row,
    /// Below the base address, with the query.
    pub(super) target: String,
    pub(super) body: Json<'static>,
    pub(super) invoice: Option<String>,
    pub(super) part: Option<String>,
    pub(super) request_id: Option<String>,
    /// In milliseconds since 1970.
    pub(super) until: Option<u64>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.provider == other.provider && self.name == other.name
    }
}

impl Call {
    /// A method that takes no receipt, by the name it has in JavaScript: `receiptStatus` of CloudKassir with `{ id }`,
    /// `receiptsByDate` of PayKeeper with the parameters of its query, `capture` of Paybox with `{ paymentId, amount }`.
    ///
    /// # Errors
    /// [`CallError::Argument`]: no such method or argument, one that has to be there and is not.
    pub fn new(provider: Provider, name: &str, arguments: &Json<'_>) -> Result<Self, CallError> {
        Self::build(row(provider.name(), name)?, None, arguments)
    }

    /// A receipt that was [encoded](crate::cloudkassir::encode) for the provider: `createReceipt`, `createCorrection`,
    /// `printReceipt`, and the payments of Paybox that one is in. Check it first: nothing does here.
    ///
    /// # Errors
    /// [`CallError::Argument`], as of [`Call::new`].
    pub fn receipt(provider: Provider, encoded: Encoded, arguments: &Json<'_>) -> Result<Self, CallError> {
        let fits = |row: &&Row| row.provider == provider && row.path == encoded.path && row.changes();
        let row = METHODS.iter().find(fits);
        let row = row.ok_or_else(|| CallError::Argument("a receipt of another provider".into()))?;
        Self::build(row, Some(encoded.body), arguments)
    }

    /// The order that the receipt is of. CloudKassir's receipts know it from [`EncodeOptions`]; corrections have no field
    /// for it, and it only tells their request ids apart.
    ///
    /// [`EncodeOptions`]: crate::cloudkassir::EncodeOptions
    #[must_use]
    pub fn invoice(self, id: &str) -> Self {
        Self { invoice: Some(id.to_owned()), ..self }
    }

    /// Which of several equal ones of an order it is: two refunds of one rouble each.
    #[must_use]
    pub fn part(self, part: &str) -> Self {
        Self { part: Some(part.to_owned()), ..self }
    }

    /// With a request id of the caller's own: 1 to 128 visible ASCII characters.
    #[must_use]
    pub fn request_id(self, id: &str) -> Self {
        Self { request_id: Some(id.to_owned()), ..self }
    }

    /// For a call that was made before under the same request id and whose outcome is not known: until when CloudKassir
    /// surely knows the id ([`Next`](super::Next)'s `until`, RFC 3339 in UTC). Later nothing is sent under it any more.
    ///
    /// # Errors
    /// [`CallError::Argument`]: no such moment.
    pub fn until(self, moment: &str) -> Result<Self, CallError> {
        let seconds = moment.ends_with('Z').then(|| crate::date::unix(moment)).flatten();
        let seconds = seconds.ok_or_else(|| CallError::Argument("until is no moment, 2026-01-31T12:00:00Z".into()))?;
        Ok(Self { until: Some(seconds.saturating_mul(1000)), ..self })
    }

    /// The method's name, `createReceipt`.
    pub fn method(&self) -> &'static str {
        self.row.name
    }

    fn build(row: &'static Row, encoded: Option<Json<'static>>, arguments: &Json<'_>) -> Result<Self, CallError> {
        let mut given = match arguments.clone().into_owned() {
            Json::Object(members) => members,
            Json::Null => Vec::new(),
            _ => return refuse(row.name, " takes an object", ""),
        };
        given.retain(|(_, value)| *value != Json::Null);
        let mut call = Self {
            row,
            target: row.path.to_owned(),
            body: Json::Object(Vec::new()),
            invoice: None,
            part: None,
            request_id: None,
            until: None,
        };
        match (row.making, encoded) {
            (Making::Encoded, Some(body)) => {
                let invoice = ["InvoiceId", "payment_id", "receipt_key"].iter().find_map(|name| body.get(name));
                let invoice = invoice.and_then(Json::as_str).filter(|id| !id.is_empty());
                (call.invoice, call.body) = (invoice.map(str::to_owned), body);
                none_but(row, &[], &given)?;
            }
            (Making::Encoded, None) => return refuse(row.name, " needs ", "receipt"),
            (Making::Params(params), _) => call.body = Json::Object(params_of(row, params, &given)?),
            (Making::Payment(sum, needed, others), body) => {
                call.body = payment(row, sum, needed, others, body, given)?;
            }
            (Making::Query(kind), _) => {
                let asked = paykeeper::query(kind, &Json::Object(given))?;
                call.target = asked.path + "?" + &asked.query;
            }
            (Making::Path, _) => {
                none_but(row, &["id"], &given)?;
                let Some(id) = given.first().and_then(|(_, id)| plain(id)) else {
                    return refuse(row.name, " needs ", "id");
                };
                call.target.push('/');
                crate::form::escape(&mut call.target, &id);
            }
        }
        Ok(call)
    }

    /// Of an account, what the caller has not given.
    pub(super) fn complete(&mut self, login: &str, inn: Option<&str>) -> Result<(), CallError> {
        let Json::Object(members) = &mut self.body else { return Ok(()) };
        if let Making::Payment(..) = self.row.making
            && !login.is_empty()
            && !members.iter().any(|(key, _)| key == "pg_merchant_id")
        {
            members.insert(0, ("pg_merchant_id".into(), string(login)));
        }
        let Making::Params(params) = self.row.making else { return Ok(()) };
        if params.iter().any(|param| param.3 == Form::Inn) && !members.iter().any(|(key, _)| key == "Inn") {
            let Some(inn) = inn else { return refuse(self.row.name, " needs ", "inn") };
            members.insert(0, ("Inn".into(), string(inn)));
        }
        Ok(())
    }

    /// The value of a field of the body, as text.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        self.body.get(name).and_then(plain).filter(|text| !text.is_empty())
    }
}

#[inline(never)]
fn refuse<T>(name: &str, what: &str, which: &str) -> Result<T, CallError> {
    Err(CallError::Argument(joined(&[name, what, which])))
}

/// The text of a string, the digits of a number.
pub(super) fn plain(value: &Json<'_>) -> Option<String> {
    match value {
        Json::String(text) | Json::Number(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

fn none_but(row: &Row, known: &[&str], given: &Members) -> Result<(), CallError> {
    match given.iter().find(|(name, _)| !known.contains(&&**name)) {
        Some((name, _)) => refuse(row.name, " has no argument ", name),
        None => Ok(()),
    }
}

fn params_of(row: &Row, params: &[Param], given: &Members) -> Result<Members, CallError> {
    none_but(row, &params.iter().map(|param| param.0).collect::<Vec<_>>(), given)?;
    let mut body = Members::new();
    for Param(name, wire, required, form) in params {
        let value = given.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let Some(value) = value else {
            if *required && *form != Form::Inn {
                return refuse(row.name, " needs ", name);
            }
            continue;
        };
        let list = || match value {
            Json::Array(elements) if !elements.is_empty() => Some(&elements[..]),
            _ => None,
        };
        let wired = match form {
            Form::Text | Form::Inn => {
                plain(value).filter(|text| !text.is_empty()).map(|text| Json::String(text.into()))
            }
            Form::Flag => matches!(value, Json::Bool(_)).then(|| value.clone()),
            Form::Texts => list().filter(|all| all.iter().all(|one| one.as_str().is_some())).map(|_| value.clone()),
            Form::Taxations => list().and_then(|all| {
                let number = |one: &Json<'_>| {
                    let row = Taxation::LIST.rows.iter().find(|row| one.as_str() == Some(row.name))?;
                    row.cloudkassir.number().map(|number| Json::Number(number.to_string().into()))
                };
                all.iter().map(number).collect::<Option<Vec<_>>>().map(Json::Array)
            }),
        };
        let Some(wired) = wired else { return refuse(name, " cannot be ", &value.to_string()) };
        body.push(((*wire).into(), wired));
    }
    Ok(body)
}

/// What callers name a payment's fields; every other one has its own name, with the prefix.
static PAYMENT: &[(&str, &str)] = &[
    ("orderId", "pg_order_id"),
    ("description", "pg_description"),
    ("paymentId", "pg_payment_id"),
    ("autoClearing", "pg_auto_clearing"),
];

/// The fields of a payment: those of the contract by their names there, others as they are when they have the prefix.
fn payment(
    row: &Row,
    sum: &str,
    needed: &[&str],
    others: &[&str],
    encoded: Option<Json<'static>>,
    given: Members,
) -> Result<Json<'static>, CallError> {
    let wire_of = |name: &str| PAYMENT.iter().find(|row| row.0 == name).map_or(sum, |row| row.1);
    let known = [needed, others].concat();
    let mut body = match encoded {
        Some(Json::Object(members)) => members,
        _ => Members::new(),
    };
    for (name, value) in given {
        let is_known = known.contains(&&*name);
        let wire = if is_known { wire_of(&name) } else { &*name };
        let reserved = matches!(wire, "" | "pg_" | "pg_sig" | "pg_salt" | "pg_merchant_id");
        if reserved || !wire.starts_with("pg_") {
            let Some(meant) = nearest(&name, &known).filter(|_| !is_known) else {
                let why = if wire.starts_with("pg_") { "" } else { ": fields of Paybox's begin with pg_" };
                return Err(CallError::Argument(joined(&[row.name, " has no argument ", &name, why])));
            };
            return Err(CallError::Argument(joined(&[row.name, " has no argument ", &name, "; is it ", meant, "?"])));
        }
        let said = plain(&value).filter(|text| !text.is_empty());
        let value = match (value, said) {
            // Neither a part of a kopeck nor less than nothing is paid.
            (_, Some(text)) if wire == sum => match crate::money::Money::read(&text) {
                Ok(money) if money.kopecks() > 0 => Json::Number(short(money.to_string()).into()),
                Ok(_) => return refuse(&name, " cannot be ", &text),
                Err(error) => return refuse(&name, ": ", &error.to_string()),
            },
            (Json::Bool(flag), _) if name == "autoClearing" || !is_known => {
                Json::Number((if flag { "1" } else { "0" }).into())
            }
            (value, Some(_)) if is_known && name != "autoClearing" => value,
            (value, _) if !is_known && wire != sum => value,
            (value, _) => return refuse(&name, " cannot be ", &value.to_string()),
        };
        match body.iter().find(|(key, _)| *key == wire) {
            Some((_, old)) if plain(old) != plain(&value) => return refuse(row.name, " has it twice: ", &name),
            Some(_) => {}
            None => body.push((wire.to_owned().into(), value)),
        }
    }
    let has = |name: &str| body.iter().any(|(key, _)| key == wire_of(name));
    for name in needed {
        if !has(name) {
            return refuse(row.name, " needs ", name);
        }
    }
    if needed.is_empty() && !others.iter().any(|name| has(name)) {
        return refuse(row.name, " needs ", "paymentId");
    }
    Ok(Json::Object(body))
}

/// For how long a call that waits does so, if nothing else is said: ten minutes.
const WAITING: u64 = 600_000;

impl Row {
    pub fn deadline(&self, options: &ExchangeOptions) -> Option<u64> {
        options.deadline.or(self.polls.then_some(WAITING))
    }
}
