//! CloudKassir's side, document 3.4.5 (sections 2..10); its examples of answers are the model of each answer here.

use super::answer::{Around, word};
use super::answer::{Members, fields, json, led, maybe, member, moscow, number, object, printed, response, text, utc};
use super::register::{ADDRESS, DOCUMENTED, Register};
use super::route::Call;
use super::{FaultKind, basic, is_known, is_unread};
use super::{HOUR, Issued, Job, Kept, Named, Sandbox, State};
use crate::check;
use crate::explain::explain;
use crate::form;
use crate::http::Response;
use crate::issue::{Findings, Issue, IssueCode, Severity, Step};
use crate::json::Json;
use crate::mark::{MarkKind, parse_mark};
use crate::message::Lang;
use crate::money::Money;
use crate::options::CheckOptions;
use crate::provider::cloudkassir::fields::{CORRECTION, CORRECTION_REQUEST, FISCAL, ITEM, REQUEST};
use crate::provider::cloudkassir::{self, EncodeOptions};
use crate::provider::map::{Row, Take};
use crate::provider::notification::{self, Delivery};
use crate::provider::{Envelope, Provider};
use crate::receipt::{Cashier, Draft, Place, Receipt, Seller};
use crate::record::OwnRecord;
use crate::split::{MAX_ITEMS, split_receipt};
use crate::vocab::{OFD, Operation, Spelling, System, Taxation, Term};
use crate::{date, inn};

/// Section 1: the limit of the test mode.
const TEST_LIMIT: (usize, u64) = (100, 8 * HOUR);
/// Section 4: a register is registered "in minutes".
const FISCALIZED_IN: u64 = 2 * 60_000;

/// Of `OfdInn`: that of the operator in the document's example; of others no document tells it.
const PETER_SERVICE: (&str, &str) = ("PeterService", "7841465198");
/// Who rang it up where nobody says (3.3.7, `CashierName`).
const CASHIER: &str = "Сист. Администратор";

/// `AdditionalData` of section 6.2, in its order.
const ADDITIONAL_DATA: &[&str] = &[
    "Id",
    "AccountId",
    "Amount",
    "CalculationPlace",
    "CashierName",
    "DateTime",
    "DeviceNumber",
    "DocumentNumber",
    "FiscalNumber",
    "FiscalSign",
    "InvoiceId",
    "Ofd",
    "OfdReceiptUrl",
    "OrganizationInn",
    "QrCodeUrl",
    "RegNumber",
    "SenderEmail",
    "SessionCheckNumber",
    "SessionNumber",
    "SettlePlace",
    "TransactionId",
    "Type",
];
/// The marks in section 8.3, in its order.
const CORRECTION_DATA: &[&str] = &[
    "Id",
    "Amount",
    "PaymentPlace",
    "PaymentAddress",
    "CashierName",
    "DeviceNumber",
    "DocumentNumber",
    "FiscalNumber",
    "FiscalSign",
    "OfdName",
    "OfdInn",
    "OfdReceiptUrl",
    "OrganizationInn",
    "RegNumber",
    "SessionCheckNumber",
    "SessionNumber",
];
/// The table of section 10.1, in its order; `Receipt` is put in by code.
const NOTIFICATION: &[&str] = &[
    "Id",
    "DocumentNumber",
    "SessionNumber",
    "Number",
    "FiscalSign",
    "DeviceNumber",
    "RegNumber",
    "FiscalNumber",
    "Inn",
    "Type",
    "Ofd",
    "Url",
    "QrCodeUrl",
    "TransactionId",
    "Amount",
    "DateTime",
    "InvoiceId",
    "AccountId",
    "Receipt",
    "CalculationPlace",
    "CashierName",
    "SettlePlace",
];

/// An error of section 11.1 with the code table's own text, and what it is about.
fn message(list: &str, code: &str) -> &'static str {
    explain(Provider::CloudKassir, code, Some(list), Lang::Ru)
        .map_or("Неизвестная ошибка", |found| found.message)
}

/// A refused receipt, 5.17.
pub(super) fn refusal(code: &str, about: Option<&str>) -> Json<'static> {
    let told = match about {
        Some(about) => [message("error", code), ": ", about].concat(),
        None => message("error", code).to_owned(),
    };
    refused(code, &told)
}

fn refused(code: &str, told: &str) -> Json<'static> {
    let model = object([("ErrorCode", number(code))]);
    object([("Model", model), ("InnerResult", Json::Null), ("Success", Json::Bool(false)), ("Message", text(told))])
}

/// An answer of two members.
fn said(success: bool, told: &str) -> Json<'static> {
    object([("Success", Json::Bool(success)), ("Message", text(told))])
}

/// An answer about something.
fn about(model: Json<'static>) -> Json<'static> {
    object([("Model", model), ("InnerResult", Json::Null), ("Success", Json::Bool(true)), ("Message", Json::Null)])
}

/// That there is nothing to be told; no document has the answer.
fn nothing(told: &str) -> Json<'static> {
    object([
        ("Model", Json::Null),
        ("InnerResult", Json::Null),
        ("Success", Json::Bool(false)),
        ("Message", text(told)),
    ])
}

impl Sandbox {
    /// Section 2: who calls, and whether the same was called before.
    pub(super) fn cloudkassir(&mut self, call: &Call<'_>) -> Response {
        let known = &self.options.credentials;
        let user = basic(call.request).filter(|(user, password)| {
            is_known(&known.public_id, user) && is_known(&known.api_secret, password) && !user.is_empty()
        });
        let Some((user, password)) = user else {
            let mut response = response(401, "text/plain; charset=utf-8", "Unauthorized".into());
            response.headers.push(("www-authenticate".into(), "Basic".into()));
            return response;
        };
        let id = call.request.header("x-request-id").map(str::trim).filter(|id| !id.is_empty());
        let key = id.map(|id| (user, id.to_owned()));
        if let Some(kept) = key.as_ref().and_then(|key| self.kept.get(key)).filter(|kept| self.now < kept.since + HOUR)
        {
            return kept.response.clone();
        }
        let refusing = self.refusing.map(|code| refusal(&code.to_string(), None));
        let response = json(200, &refusing.unwrap_or_else(|| self.method(call, id, &password)));
        if let Some(key) = key {
            self.kept.insert(key, Kept { since: self.now, response: response.clone() });
        }
        response
    }

    fn method(&mut self, call: &Call<'_>, request_id: Option<&str>, secret: &str) -> Json<'static> {
        if call.route == "test" {
            return said(true, &self.chance.uuid());
        }
        let body = match call.request.body.trim() {
            "" => Json::Object(Vec::new()),
            body => match Json::parse(crate::json::unmarked(body)) {
                Ok(body @ Json::Object(_)) => body.into_owned(),
                _ => return said(false, "Тело запроса — не объект JSON"),
            },
        };
        match call.route {
            "kkt/receipt" | "kkt/correction-receipt" => {
                let correction = call.route == "kkt/correction-receipt";
                self.accept(&body, &call.request.body, correction, request_id, secret).unwrap_or_else(|refusal| refusal)
            }
            "kkt/receipt/status/get" => self.status(&body, false),
            "kkt/correction-receipt/status/get" => self.status(&body, true),
            "kkt/receipt/get" => self.details(&body, false),
            "kkt/correction-receipt/get" => self.details(&body, true),
            "kkt/fiscalize" => self.fiscalize(&body),
            "kkt/state" => self.set_state(&body),
            "kkt/state/get" => self.state(&body),
            "kkt/merchant-devices-warnings" => self.warnings(),
            "kkt/validate-mark-code" => match (word(&body, "Inn"), member(&body, "MarkCode")) {
                (None, _) => said(false, message("error", "11")),
                (_, Some(Json::String(code))) => {
                    let (valid, why, permit) = self.permit(code);
                    let answer = [("Success", Json::Bool(true)), ("IsValid", valid), ("Message", why)];
                    let Json::Object(mut members) = object(answer) else { unreachable!("an object") };
                    members.push(("IndustryRequisite".into(), permit));
                    Json::Object(members)
                }
                _ => said(false, &[message("error", "26"), ": MarkCode"].concat()),
            },
            _ => self.permits(&body),
        }
    }

    /// Section 5 and 8.1.
    fn accept(
        &mut self,
        body: &Json<'static>,
        raw: &str,
        correction: bool,
        request_id: Option<&str>,
        secret: &str,
    ) -> Result<Json<'static>, Json<'static>> {
        let (receipt, around) = read(body, raw, correction)?;
        self.organisation(&receipt)?;
        if self.options.test_limit {
            let since = self.now.saturating_sub(TEST_LIMIT.1);
            let mine = |job: &&Job| job.provider == Provider::CloudKassir && job.accepted > since;
            if self.jobs.iter().filter(mine).count() >= TEST_LIMIT.0 {
                return Err(refusal("22", None));
            }
        }
        let options = EncodeOptions::default();
        // More than a receipt holds are several receipts; the answer has the id of the first.
        let parts = split_receipt(&receipt, MAX_ITEMS).map_err(|_| refusal("27", Some("CustomerReceipt.Items")))?;
        let parts: Vec<_> = parts.into_iter().map(|part| (cloudkassir::encode(&part, &options), part)).collect();
        let told = |name: &str| {
            let found = around.iter().find(|(known, _)| *known == name)?;
            found.1.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let named = Named {
            request_id: request_id.map(str::to_owned),
            invoice_id: told("invoiceId"),
            account_id: told("accountId"),
            ..Named::default()
        };
        if parts.iter().any(|(encoded, _)| encoded.is_err()) {
            return Err(refusal("27", None));
        }
        let mut first = None;
        for (encoded, receipt) in parts {
            let Ok(encoded) = encoded else { continue };
            let data = if correction { "CorrectionReceiptData" } else { "CustomerReceipt" };
            let id = self.chance.hex(32);
            first.get_or_insert_with(|| id.clone());
            // Section 5: the register handles it in seconds.
            let turn = self.now + self.chance.within(1_000, 5_000);
            let form = encoded.body.get(data).cloned().unwrap_or(Json::Null);
            let job = Job::new(Provider::CloudKassir, id, named.clone(), receipt, form, (self.now, turn));
            self.queue(Job { secret: secret.to_owned(), ..job });
        }
        let id = first.unwrap_or_default();
        let url = ["https://receipts.ru/", &id].concat();
        let model = object([("Id", text(id)), ("ErrorCode", number(0)), ("ReceiptLocalUrl", text(url))]);
        if self.is_on(FaultKind::StorageFull) {
            let full = explain(Provider::CloudKassir, "4", Some("warning"), Lang::Ru);
            let told = full.map_or_else(String::new, |full| [full.message, " - ", full.hint].concat());
            return Ok(object([
                ("Model", model),
                ("InnerResult", Json::Null),
                ("Success", Json::Bool(true)),
                ("Message", text("Queued")),
                ("Warning", text([DOCUMENTED.1, ": ", &told].concat())),
            ]));
        }
        Ok(object([
            ("Success", Json::Bool(true)),
            ("Message", text("Queued")),
            ("Warning", Json::Null),
            ("WarningCodes", Json::Null),
            ("Model", model),
        ]))
    }

    /// Whether the organisation has a register for such a receipt. One that nobody registered a register of has one that
    /// takes all.
    fn organisation(&self, receipt: &Receipt) -> Result<(), Json<'static>> {
        let own = receipt.seller.as_ref().and_then(|seller| seller.inn.as_deref()).unwrap_or_default();
        if !inn::inn(own).valid {
            let told = ["Компания с ИНН ", own, " не найдена"].concat();
            return Err(refused("-1", &told));
        }
        let mut registers = self.registers.iter().filter(|register| register.inn == own).peekable();
        if registers.peek().is_none() {
            return Ok(());
        }
        let fiscal: Vec<&Register> = registers.filter(|register| register.fiscal_from <= self.now).collect();
        let refuse = |code| Err(refusal(code, None));
        match () {
            () if fiscal.is_empty() => refuse("2"),
            () if !fiscal.iter().any(|register| register.fits(receipt.taxation, register.bso)) => refuse("3"),
            () if !fiscal.iter().any(|register| register.fits(receipt.taxation, receipt.bso)) => {
                refuse(if receipt.bso == Some(true) { "17" } else { "18" })
            }
            () => Ok(()),
        }
    }

    /// Whether a fault of the register is switched on.
    fn is_on(&self, kind: FaultKind) -> bool {
        self.options.faults.iter().any(|fault| fault.kind == kind && fault.times != Some(0))
    }

    fn found(&self, body: &Json<'static>, correction: bool) -> Option<&Job> {
        let job = self.job(Provider::CloudKassir, word(body, "Id")?)?;
        Some(job).filter(|job| job.receipt.correction.is_some() == correction)
    }

    /// 6.1 and 8.2.
    fn status(&self, body: &Json<'static>, correction: bool) -> Json<'static> {
        let job = self.found(body, correction);
        let (word, why) = match job.map(|job| &job.state) {
            None => ("NotFound", None),
            Some(State::Waiting) => ("Queued", None),
            Some(State::Printed(_)) => ("Processed", None),
            Some(State::Given(why)) => ("Error", Some(given(*why))),
        };
        if let Some(held) = job.and_then(|job| job.held).filter(|_| word == "Queued") {
            let code = if held.why == FaultKind::StorageFull { "2" } else { "1" };
            let warning = object([("Code", number(code)), ("Description", text(message("receiptWarning", code)))]);
            return object([
                ("Model", text(word)),
                ("InnerResult", Json::Null),
                ("Warnings", Json::Array(vec![warning])),
                ("Success", Json::Bool(true)),
                ("Message", Json::Null),
            ]);
        }
        if why.is_none() && !correction {
            return object([("Model", text(word)), ("Success", Json::Bool(true))]);
        }
        object([
            ("Model", text(word)),
            ("InnerResult", Json::Null),
            ("Success", Json::Bool(true)),
            ("Message", maybe(why)),
        ])
    }

    /// 6.2 and 8.3.
    fn details(&self, body: &Json<'static>, correction: bool) -> Json<'static> {
        let Some(job) = self.found(body, correction) else { return nothing("Чек не найден") };
        match (&job.state, self.printed(job)) {
            (_, Some(issued)) if correction => about(self.corrected(job, issued)),
            (_, Some(issued)) => about(self.made(job, issued)),
            (State::Given(why), _) => nothing(given(*why)),
            _ => nothing("Чек ещё не сформирован"),
        }
    }

    /// The receipt as answers have it: what the account's settings say, where the receipt does not.
    fn shown(&self, issued: &Issued) -> Receipt {
        let mut receipt = issued.receipt.clone();
        let serial = receipt.fiscal.as_ref().and_then(|fiscal| fiscal.serial.as_deref());
        let register = self.registers.iter().find(|register| Some(register.serial.as_str()) == serial);
        let place = receipt.place.get_or_insert_with(Place::default);
        place.site.get_or_insert_with(|| register.map_or_else(String::new, |register| register.site.clone()));
        place.address.get_or_insert_with(|| ADDRESS.to_owned());
        receipt.cashier.get_or_insert_with(Cashier::default).name.get_or_insert_with(|| CASHIER.to_owned());
        let seller = receipt.seller.get_or_insert_with(Seller::default);
        seller.email = seller.email.take().or(register.and_then(|register| register.email.clone()));
        receipt
    }

    /// What stands around the marks of a receipt.
    fn beside(&self, issued: &Issued) -> Vec<(&'static str, Json<'static>)> {
        let fiscal = issued.receipt.fiscal.as_ref();
        let mut qr = String::from("https://qr.cloudpayments.ru/receipt?q=");
        form::escape(&mut qr, fiscal.and_then(|fiscal| fiscal.qr.as_deref()).unwrap_or_default());
        let ofd = fiscal.and_then(|fiscal| fiscal.ofd.as_deref());
        let is_peter = OFD.rows.iter().any(|row| row.name == PETER_SERVICE.0 && Some(row.ru) == ofd);
        vec![
            ("qrCodeUrl", text(qr)),
            ("dateTime", text(utc(issued.printed))),
            ("invoiceId", maybe(issued.invoice_id.as_deref())),
            ("accountId", maybe(issued.account_id.as_deref())),
            ("ofdInn", maybe(is_peter.then_some(PETER_SERVICE.1))),
        ]
    }

    /// Fields of the marks, by the names of an answer.
    fn marks(&self, names: &[&'static str], table: &[Row], receipt: &Receipt, around: &Around<'_>) -> Members {
        fields(names, table, System::CloudKassir, &receipt.put(), around)
    }

    fn made(&self, job: &Job, issued: &Issued) -> Json<'static> {
        let receipt = self.shown(issued);
        let mut model = job.form.clone();
        if let Json::Object(members) = &mut model {
            for (_, items) in members.iter_mut().filter(|(name, _)| name == "Items") {
                let Json::Array(items) = items else { continue };
                for item in items {
                    *item = answered(std::mem::replace(item, Json::Null));
                }
            }
            if !members.iter().any(|(name, _)| name == "IsBso") {
                members.push(("IsBso".into(), Json::Bool(false)));
            }
            let data = self.marks(ADDITIONAL_DATA, FISCAL, &receipt, &self.beside(issued));
            members.push(("AdditionalData".into(), Json::Object(data)));
        }
        led(model, &["Email", "Phone", "Items", "TaxationSystem", "Amounts", "IsBso", "AdditionalData"])
    }

    fn corrected(&self, job: &Job, issued: &Issued) -> Json<'static> {
        let table = [FISCAL, CORRECTION].concat();
        let marks = self.marks(CORRECTION_DATA, &table, &self.shown(issued), &self.beside(issued));
        let mut model = job.form.clone();
        let Json::Object(members) = &mut model else { return model };
        members.retain(|(name, _)| !marks.iter().any(|(mark, _)| mark == name) && name != "CauseCorrection");
        let cause = issued.receipt.correction.as_ref();
        // The document's example has midnight in Moscow, in UTC.
        let midnight = cause.and_then(|cause| date::unix(&cause.date)).map(|day| utc(day * 1000 - 3 * HOUR) + "Z");
        members.push(("CorrectionDate".into(), maybe(midnight.as_deref())));
        members.push(("CorrectionNumber".into(), maybe(cause.and_then(|cause| cause.number.as_deref()))));
        members.push(("Status".into(), text("Processed")));
        for (name, value) in members.iter_mut() {
            match (&**name, &mut *value) {
                ("Items", Json::Array(items)) => {
                    items.iter_mut().for_each(|item| *item = answered(std::mem::replace(item, Json::Null)));
                }
                ("Amounts", amounts) => {
                    let zero = |name: &str| amounts.get(name).cloned().unwrap_or(number("0.0"));
                    let sum = number(crate::provider::map::short(issued.total.to_string()));
                    let names = ["Electronic", "Cash", "AdvancePayment", "Credit", "Provision"];
                    let mut all: Members = names.iter().map(|name| ((*name).into(), zero(name))).collect();
                    all.push(("Sum".into(), sum));
                    *value = Json::Object(all);
                }
                _ => {}
            }
        }
        if !members.iter().any(|(name, _)| name == "Items") {
            members.push(("Items".into(), Json::Array(Vec::new())));
        }
        let names = ["Status", "ErrorCode", "ErrorMessage", "Amounts", "Items", "TaxationSystem", "CorrectionType"];
        let names = [&names[..], &["CorrectionReceiptType", "VatRate", "CorrectionDate", "CorrectionNumber"]].concat();
        let mut whole = led(model, &names);
        if let Json::Object(members) = &mut whole {
            members.extend(marks);
        }
        whole
    }

    /// Section 4.
    fn fiscalize(&mut self, body: &Json<'static>) -> Json<'static> {
        let told = |code, name: &str| said(false, &[message("error", code), ": ", name].concat());
        let (missing, wrong) = (|name| Err(told("26", name)), |name| Err(told("27", name)));
        let text_of = |name: &'static str| word(body, name).map(str::to_owned).ok_or_else(|| told("26", name));
        let mut read = || -> Result<Register, Json<'static>> {
            let (inn, serial, fn_) = (text_of("Inn")?, text_of("DeviceNumber")?, text_of("FiscalNumber")?);
            let (rnm, site, ofd) = (text_of("RegNumber")?, text_of("Url")?, text_of("Ofd")?);
            let Some(Json::Array(systems)) = member(body, "TaxationSystem") else { return missing("TaxationSystem") };
            let (email, phone) = (text_of("MerchantEmail")?, text_of("MerchantPhone")?);
            let Some(ofd) = OFD.rows.iter().find(|row| row.name == ofd) else { return wrong("Ofd") };
            let system = |value: &Json<'_>| match value {
                Json::Number(code) | Json::String(code) => {
                    Taxation::from_wire(System::CloudKassir, Spelling::Number(code.parse().ok()?))
                }
                _ => None,
            };
            let Some(taxation) = systems.iter().map(system).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
            else {
                return wrong("TaxationSystem");
            };
            if !inn::inn(&inn).valid {
                return wrong("Inn");
            }
            let digits = phone.strip_prefix('+').unwrap_or_default();
            if digits.len() < 11 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return wrong("MerchantPhone");
            }
            let mut register = Register::new(&inn, Some(&serial), Some(&fn_), self.now, &mut self.chance);
            register.bso = Some(member(body, "IsBso") == Some(&Json::Bool(true)));
            register.fiscal_from = self.now + FISCALIZED_IN;
            (register.rnm, register.site, register.ofd) = (rnm, site, ofd);
            (register.taxation, register.email) = (taxation, Some(email));
            Ok(register)
        };
        match read() {
            Ok(register) => {
                self.registers.retain(|known| known.serial != register.serial);
                self.registers.push(register);
                said(true, "Fiscal data queued")
            }
            Err(refusal) => refusal,
        }
    }

    /// The register of two numbers. One that nobody named before is taken as it comes, online.
    fn named(&mut self, body: &Json<'static>) -> Result<usize, Json<'static>> {
        let missing = |name: &str| said(false, &[message("error", "26"), ": ", name].concat());
        let serial = word(body, "DeviceNumber").ok_or_else(|| missing("DeviceNumber"))?;
        let fn_ = word(body, "FiscalNumber").ok_or_else(|| missing("FiscalNumber"))?;
        let known = self.registers.iter().position(|register| register.serial == serial && register.fn_ == fn_);
        Ok(known.unwrap_or_else(|| {
            let inn = word(body, "Inn").unwrap_or(DOCUMENTED.0);
            let register = Register::new(inn, Some(serial), Some(fn_), self.now, &mut self.chance);
            self.registers.push(register);
            self.registers.len() - 1
        }))
    }

    /// 9.1.
    fn set_state(&mut self, body: &Json<'static>) -> Json<'static> {
        if word(body, "Inn").is_none() {
            return said(false, message("error", "11"));
        }
        let Some(Json::Bool(off)) = member(body, "OnMaintenance") else {
            return said(false, &[message("error", "26"), ": OnMaintenance"].concat());
        };
        let place = match self.named(body) {
            Ok(place) => place,
            Err(refusal) => return refusal,
        };
        let register = &mut self.registers[place];
        match (register.on_maintenance, *off) {
            (true, true) => said(true, "Kkm is already on maintenance"),
            (false, false) => said(true, "Kkm is already turned on"),
            (_, off) => {
                register.on_maintenance = off;
                said(true, "Kkt status was changed")
            }
        }
    }

    /// 9.2.
    fn state(&mut self, body: &Json<'static>) -> Json<'static> {
        let place = match self.named(body) {
            Ok(place) => place,
            Err(refusal) => return refusal,
        };
        let full = self.is_on(FaultKind::StorageFull);
        let offline = self.is_on(FaultKind::RegisterOffline);
        let (warnings, register) = (self.warned(), &self.registers[place]);
        let status = match () {
            () if full => 3,
            () if offline || register.on_maintenance => 2,
            () => 1,
        };
        let until = printed(&moscow(register.storage_until), "Y-m-d") + "T00:00:00+03:00";
        let occupied = if full { 100 } else { register.occupied() };
        about(object([
            ("Inn", text(&*register.inn)),
            ("DeviceNumber", text(&*register.serial)),
            ("RegNumber", text(&*register.rnm)),
            ("FiscalNumber", text(&*register.fn_)),
            ("Status", number(status)),
            ("Fiscal", Json::Bool(register.fiscal_from <= self.now)),
            ("OfdName", text(register.ofd.ru)),
            ("SettlePlace", text(ADDRESS)),
            ("CalculationPlace", text(&*register.site)),
            ("KkmModelName", text("MicroPay-ФАС")),
            ("FiscalDateEnd", text(until)),
            ("FirmwareVersion", text("MP 087")),
            ("IsBso", Json::Bool(register.bso == Some(true))),
            ("OfdQueueDocsCount", number(0)),
            ("FnOccupancy", number(Money::from_kopecks(occupied as i64))),
            ("Warnings", warnings),
            ("IsReceiptProcessingBlocked", Json::Bool(full)),
        ]))
    }

    /// What is wrong with the registers now.
    fn warned(&self) -> Json<'static> {
        let codes = [("3", FaultKind::StorageFull), ("4", FaultKind::RegisterOffline)];
        let on = codes.into_iter().filter(|(_, kind)| self.is_on(*kind));
        let found = on.filter_map(|(code, _)| explain(Provider::CloudKassir, code, Some("registerWarning"), Lang::Ru));
        let warning = |row: crate::explain::Explanation| {
            let [code, description] = [number(row.code), text(row.message)];
            object([("Code", code), ("Description", description), ("ResolveAction", text(row.hint))])
        };
        Json::Array(found.map(warning).collect())
    }

    /// 9.3.
    fn warnings(&self) -> Json<'static> {
        let row =
            |register: &Register| object([("DeviceNumber", text(&*register.serial)), ("Warnings", self.warned())]);
        about(Json::Array(self.registers.iter().map(row).collect()))
    }

    /// Whether a marking code is good, why not, and the permit. Nothing here asks ГИС МТ: a code that cannot be read is
    /// not good, nor is one that was sold here; of all others the answer is that of the document's example.
    fn permit(&mut self, code: &str) -> (Json<'static>, Json<'static>, Json<'static>) {
        let parsed = parse_mark(code);
        let wrong = parsed.issues.iter().any(|issue| issue.severity == Severity::Error);
        let broken = wrong || parsed.kind == MarkKind::Unknown;
        let is_it = |issued: &Issued| {
            let mut marks = issued.receipt.items.iter().filter_map(|item| item.mark.as_ref());
            issued.receipt.operation == Operation::Income && marks.any(|mark| mark.code.as_deref() == Some(code))
        };
        let why = match () {
            () if broken => Some("КМ не распознан"),
            () if self.issued.iter().any(is_it) => Some("КМ выведен из оборота"),
            () => None,
        };
        if why.is_some() {
            return (Json::Bool(false), maybe(why), Json::Null);
        }
        let value = format!("UUID={}&Time={}", self.chance.uuid(), self.now);
        let permit = object([
            ("Code", text("030")),
            ("DocumentDate", text("2023-11-21T00:00:00")),
            ("DocumentNumber", text("1944")),
            ("RequisiteValue", text(value)),
        ]);
        (Json::Bool(true), Json::Null, permit)
    }

    /// 7.2.
    fn permits(&mut self, body: &Json<'static>) -> Json<'static> {
        let (Some(_), Some(Json::Array(codes))) = (word(body, "Inn"), member(body, "MarkCodes")) else {
            return said(false, &[message("error", "26"), ": Inn, MarkCodes"].concat());
        };
        let mut results = Vec::new();
        for code in codes {
            let code = code.as_str().unwrap_or_default();
            let (valid, why, permit) = self.permit(code);
            let [code, valid, why] = [("MarkCode", text(code)), ("IsValid", valid), ("Message", why)];
            results.push(object([code, valid, why, ("IndustryRequisite", permit)]));
        }
        object([("Success", Json::Bool(true)), ("Message", Json::Null), ("Results", Json::Array(results))])
    }

    /// 10.1 and 10.2: the notification of a receipt. Of corrections and failures the documents tell none.
    pub(super) fn notify_cloudkassir(&mut self, place: usize) {
        let job = &self.jobs[place];
        let Some(issued) = self.printed(job).filter(|issued| issued.receipt.correction.is_none()) else { return };
        let mut around = self.beside(issued);
        for (name, value) in &mut around {
            if *name == "dateTime" {
                *value = text(printed(&utc(issued.printed), "Y-m-d H:i:s"));
            }
        }
        let mut body = String::new();
        for (name, value) in self.marks(NOTIFICATION, FISCAL, &self.shown(issued), &around) {
            match value {
                Json::Null if name == "Receipt" => form::push(&mut body, &name, &job.form.to_string()),
                Json::String(value) | Json::Number(value) => form::push(&mut body, &name, &value),
                _ => {}
            }
        }
        let secret = self.options.credentials.api_secret.as_deref().unwrap_or(&job.secret);
        let delivery = Delivery { body: Some(Json::String(body.as_str().into())), ..Delivery::default() };
        let headers = match notification::sign(Provider::CloudKassir, &delivery, secret) {
            Ok(Json::Object(headers)) => headers,
            _ => Vec::new(),
        };
        let header = |(name, value): (std::borrow::Cow<'_, str>, Json<'_>)| {
            (name.into_owned(), value.as_str().unwrap_or_default().to_owned())
        };
        let headers = headers.into_iter().map(header).collect();
        // Under a second, but for one in a hundred, which takes up to two minutes.
        let late = if self.chance.percent(1) { 120_000 } else { 900 };
        let due = self.now + self.chance.within(200, late);
        let url = self.webhook();
        self.outbox.put(Provider::CloudKassir, url, headers, body, due);
    }
}

/// Why the register gave a receipt up.
fn given(why: FaultKind) -> &'static str {
    message("error", if why == FaultKind::StorageFull { "8" } else { "15" })
}

/// The receipt of a request, or the refusal of what is wrong with it.
fn read(body: &Json<'static>, raw: &str, correction: bool) -> Result<(Receipt, Envelope), Json<'static>> {
    let missing = |name: &str| Err(refusal("26", Some(name)));
    let (rows, data) =
        if correction { (CORRECTION_REQUEST, "CorrectionReceiptData") } else { (REQUEST, "CustomerReceipt") };
    let Some(inner) = member(body, data) else { return missing(data) };
    let own = if correction { word(inner, "OrganizationInn") } else { word(body, "Inn") };
    if own.is_none() {
        return Err(refusal("11", None));
    }
    let needed: &[&str] =
        if correction { &["CorrectionReceiptType", "CauseCorrection", "Amounts"] } else { &["Items", "Amounts"] };
    if !correction && word(body, "Type").is_none() {
        return missing("Type");
    }
    if let Some(name) = needed.iter().find(|name| member(inner, name).is_none()) {
        return if *name == "Items" { Err(refusal("12", None)) } else { missing(&[data, ".", name].concat()) };
    }
    let mut decoded = cloudkassir::decode(raw, None, None);
    let Some((mut draft, around)) = decoded.receipts.pop() else { return Err(refusal("27", None)) };
    let refuse = |issue: &Issue| refusal(code(issue), Some(&place(rows, &issue.path)));
    if let Some(issue) = decoded.issues.iter().find(is_unread) {
        return Err(refuse(issue));
    }
    for (index, item) in draft.items.iter().flatten().enumerate() {
        if item.amount.is_none() {
            return missing(&format!("{data}.Items[{index}].Amount"));
        }
    }
    draft.complete();
    if let Some(issue) = faults(&draft).first() {
        return Err(refuse(issue));
    }
    match Receipt::take(&draft) {
        Some(receipt) => Ok((receipt, around)),
        None => Err(refusal("26", None)),
    }
}

/// What the documents refuse: conditions of section 1, required fields and formats of section 5, errors of section 11.
fn faults(draft: &Draft<'_>) -> Vec<Issue> {
    let mut findings = Findings::default();
    let options = CheckOptions { provider: Some(Provider::CloudKassir), ..CheckOptions::default() };
    check::rules(draft, &options, &mut findings);
    let is_refused = |issue: &Issue| match issue.code {
        // 8.1 requires it, and its own example has null there.
        IssueCode::Required => issue.place() != "correction.number",
        // The organisation is looked up.
        IssueCode::InvalidChecksum => false,
        IssueCode::InvalidType
        | IssueCode::InvalidValue
        | IssueCode::InvalidScale
        | IssueCode::OutOfRange
        | IssueCode::InvalidFormat
        | IssueCode::AmountMismatch
        | IssueCode::PaymentsMismatch
        | IssueCode::TotalNotPositive
        | IssueCode::AgentDataRequired
        | IssueCode::SupplierRequired
        | IssueCode::MarkInvalid
        | IssueCode::UnsupportedByProvider => true,
        _ => false,
    };
    let all = findings.all();
    all.into_iter().filter(|issue| issue.severity == Severity::Error && is_refused(issue)).collect()
}

/// The code of section 11.1 for a finding.
fn code(issue: &Issue) -> &'static str {
    let field = issue.path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    match (issue.code, field) {
        (IssueCode::Required, Some("items")) => "12",
        (IssueCode::Required, _) => "26",
        (IssueCode::AgentDataRequired, _) => "4",
        (IssueCode::SupplierRequired, _) => "5",
        (IssueCode::PaymentsMismatch, _) => {
            let less = issue.params.iter().any(|(name, value)| *name == "difference" && value.starts_with('-'));
            if less { "13" } else { "14" }
        }
        (IssueCode::InvalidScale, Some(name)) if name != "quantity" => "23",
        (IssueCode::InvalidFormat, Some("email")) => "24",
        (IssueCode::InvalidFormat, Some("phone")) => "6",
        (IssueCode::InvalidFormat, Some("inn")) if issue.tag == Some(1226) => "7",
        (_, Some("phones" | "receiverPhones" | "operation")) if issue.path.len() > 2 => "9",
        _ => "27",
    }
}

/// A place of the model as the request spells it: `CustomerReceipt.Items[0].Label`.
fn place(rows: &'static [Row], path: &[Step]) -> String {
    let mut model = String::new();
    for (at, step) in path.iter().enumerate() {
        let Step::Key(key) = step else { break };
        model.push_str(if model.is_empty() { "" } else { "." });
        model.push_str(key);
        let Some((above, row)) = writer(rows, &model) else { continue };
        let mut wire = above + row.wire;
        let mut rest = path.get(at + 1..).unwrap_or_default();
        if let [Step::Index(index), behind @ ..] = rest {
            wire.extend(["[", &index.to_string(), "]"]);
            rest = behind;
        }
        if !rest.is_empty() && !row.rows.is_empty() {
            wire.extend([".", &place(row.rows, rest)]);
        }
        return wire;
    }
    holder(rows, &model).unwrap_or(model)
}

/// The row that writes a field of the model, and what stands above it.
fn writer(rows: &'static [Row], model: &str) -> Option<(String, &'static Row)> {
    rows.iter().find_map(|row| match row.model {
        "" => writer(row.rows, model).map(|(above, found)| ([row.wire, ".", &above].concat(), found)),
        found => (found == model && !matches!(row.take, Take::Carried)).then(|| (String::new(), row)),
    })
}

/// The object that the fields of a record are written into.
fn holder(rows: &'static [Row], model: &str) -> Option<String> {
    let beneath = |row: &&Row| row.model.strip_prefix(model).is_some_and(|rest| rest.starts_with('.'));
    let row = rows.iter().filter(|row| row.take != Take::Carried).find(beneath)?;
    row.wire.rsplit_once('.').map(|(holder, _)| holder.to_owned())
}

/// A position as answers have it: the data of its agent by the names that answers have for them, and null where there is
/// nothing.
fn answered(item: Json<'static>) -> Json<'static> {
    let Json::Object(mut members) = item else { return item };
    const DATA: &str = "AgentData.";
    if let Some((_, data)) = members.iter_mut().find(|(name, _)| name == "AgentData") {
        let twin = |row: &Row| {
            let sent = ITEM.iter().find(|other| other.model == row.model && other.wire.starts_with(DATA));
            sent.and_then(|sent| data.get(sent.wire.strip_prefix(DATA)?)).cloned().unwrap_or(Json::Null)
        };
        let rows = ITEM.iter().filter(|row| row.take == Take::Read);
        let named = rows.filter_map(|row| Some((row.wire.strip_prefix(DATA)?.into(), twin(row))));
        *data = Json::Object(named.collect());
    }
    let names = ["Label", "Price", "Quantity", "Amount", "Department", "Vat", "EAN13", "AgentSign"];
    let names = [&names[..], &["Method", "Object", "MeasurementUnit", "AgentData", "PurveyorData"]].concat();
    led(Json::Object(members), &names)
}
