//! The sandbox against the examples of the providers' documents.

use chek54::notification::{Delivery, parse_notification, verify_notification};
use chek54::sandbox::{Credentials, Fault, FaultKind, Reply, Sandbox, SandboxOptions};
use chek54::{Json, Method, Provider, Request, Response, Term, parse_qr, registration_number_agrees};
use proptest::prelude::*;

const NOW: u64 = 1_795_000_000_000;
const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

fn sandbox() -> Sandbox {
    Sandbox::new(SandboxOptions { seed: 7, ..SandboxOptions::default() }, NOW)
}

fn ask(method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let url = format!("https://api.example/{path}");
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Request { method, url, headers, body: body.into() }
}

/// `pk_1:secret`, in base64.
const BASIC: (&str, &str) = ("authorization", "Basic cGtfMTpzZWNyZXQ=");

fn kassir(path: &str, body: &str) -> Request {
    ask(Method::Post, path, &[BASIC, ("content-type", "application/json")], body)
}

fn answer(reply: Reply) -> Response {
    match reply {
        Reply::Answer { response, .. } => response,
        other => panic!("an answer, and not {other:?}"),
    }
}

fn body(response: &Response) -> Json<'static> {
    let text = String::from_utf8(response.body.clone()).expect("UTF-8");
    Json::parse(&text).unwrap_or_else(|_| panic!("JSON: {text}")).into_owned()
}

fn told(sandbox: &mut Sandbox, path: &str, request: &str, now: u64) -> Json<'static> {
    body(&answer(sandbox.handle(&kassir(path, request), now)))
}

fn at<'v>(value: &'v Json<'static>, path: &str) -> &'v Json<'static> {
    path.split('.').fold(value, |value, key| match value {
        Json::Array(list) => &list[key.parse::<usize>().expect("an index")],
        value => value.get(key).unwrap_or_else(|| panic!("{key} in {value}")),
    })
}

fn word<'v>(value: &'v Json<'static>, path: &str) -> &'v str {
    match at(value, path) {
        Json::String(text) | Json::Number(text) => text,
        other => panic!("{path}: {other}"),
    }
}

/// The members of an example, in their order, are those of an answer; nested ones too, where both have them.
fn same_shape(answer: &Json<'static>, example: &str) {
    fn look(answer: &Json<'_>, example: &Json<'_>, place: &str) {
        match (answer, example) {
            (Json::Object(answer), Json::Object(example)) => {
                let names = |members: &[(std::borrow::Cow<'_, str>, Json<'_>)]| {
                    members.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()
                };
                assert_eq!(names(answer), names(example), "{place}");
                for ((name, answer), (_, example)) in answer.iter().zip(example) {
                    look(answer, example, &format!("{place}.{name}"));
                }
            }
            (Json::Array(answer), Json::Array(example)) => {
                for (answer, example) in answer.iter().zip(example) {
                    look(answer, example, &format!("{place}[]"));
                }
            }
            (Json::Null, _) | (_, Json::Null) => {}
            (answer, example) => assert_eq!(answer.kind(), example.kind(), "{place}: {answer}"),
        }
    }
    look(answer, &Json::parse(example).expect("an example"), "");
}

fn receipt(total: &str) -> String {
    format!(
        r#"{{"Inn":"7708806062","Type":"Income","InvoiceId":"order-1","AccountId":"user@example.com",
        "CustomerReceipt":{{"Items":[{{"Label":"Чай","Price":{total},"Quantity":1,"Amount":{total},"Vat":22}}],
        "TaxationSystem":0,"Email":"user@example.com","Amounts":{{"Electronic":{total}}}}}}}"#
    )
}

fn id_of(sandbox: &mut Sandbox, request: &str, now: u64) -> String {
    let queued = told(sandbox, "kkt/receipt", request, now);
    assert_eq!(word(&queued, "Message"), "Queued", "{queued}");
    word(&queued, "Model.Id").to_owned()
}

#[test]
fn cloudkassir_wants_to_know_who_calls() {
    let options = SandboxOptions {
        credentials: Credentials {
            public_id: Some("pk_1".into()),
            api_secret: Some("secret".into()),
            ..Credentials::default()
        },
        ..SandboxOptions::default()
    };
    let mut sandbox = Sandbox::new(options, NOW);
    let test = |headers: &[(&str, &str)]| ask(Method::Post, "test", headers, "");
    for headers in [&[][..], &[("authorization", "Basic cGtfMTp3cm9uZw==")], &[("authorization", "Bearer x")]] {
        assert_eq!(answer(sandbox.handle(&test(headers), NOW)).status, 401, "{headers:?}");
    }
    let known = answer(sandbox.handle(&test(&[BASIC]), NOW));
    same_shape(&body(&known), r#"{"Success":true,"Message":"bd6353c3-0ed6-4a65-946f-083664bf8dbd"}"#);
    assert_eq!(answer(sandbox.handle(&ask(Method::Get, "test", &[BASIC], ""), NOW)).status, 405);
    assert_eq!(answer(sandbox.handle(&ask(Method::Post, "kkt/nothing", &[BASIC], ""), NOW)).status, 404);
}

#[test]
fn a_receipt_of_cloudkassir_from_the_queue_to_its_marks() {
    let mut sandbox = sandbox();
    let queued = told(&mut sandbox, "kkt/receipt", &receipt("100"), NOW);
    same_shape(
        &queued,
        r#"{"Success":true,"Message":"Queued","Warning":null,"WarningCodes":null,"Model":{
            "Id":"17b6899c89af4486b954ba584af8c4ae","ErrorCode":0,
            "ReceiptLocalUrl":"https://receipts.ru/17b6899c89af4486b954ba584af8c4ae"}}"#,
    );
    let id = word(&queued, "Model.Id").to_owned();
    let by_id = format!(r#"{{"Id":"{id}"}}"#);
    let status = told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW);
    assert_eq!(status.to_string(), r#"{"Model":"Queued","Success":true}"#);
    let early = told(&mut sandbox, "kkt/receipt/get", &by_id, NOW);
    assert_eq!(at(&early, "Success"), &Json::Bool(false));
    let unknown = told(&mut sandbox, "kkt/receipt/status/get", r#"{"id":"none"}"#, NOW);
    assert_eq!(unknown.to_string(), r#"{"Model":"NotFound","Success":true}"#);

    let later = NOW + MINUTE;
    let status = told(&mut sandbox, "kkt/receipt/status/get", &by_id, later);
    assert_eq!(status.to_string(), r#"{"Model":"Processed","Success":true}"#);
    let details = told(&mut sandbox, "kkt/receipt/get", &by_id, later);
    same_shape(
        &details,
        r#"{"Model":{"Email":"user@example.com","Phone":null,"Items":[{"Label":"Товар 1","Price":100,"Quantity":1,
            "Amount":100,"Department":null,"Vat":0,"EAN13":null,"AgentSign":null,"Method":6,"Object":3,
            "MeasurementUnit":"шт","AgentData":null,"PurveyorData":null}],"TaxationSystem":2,"Amounts":null,
            "IsBso":false,"AdditionalData":{"Id":"4c335bb5ee56455f916db6e95c0d196e","AccountId":"user@example.com",
            "Amount":1150,"CalculationPlace":"www.my.ru","CashierName":"test","DateTime":"2018-11-14T16:19:33",
            "DeviceNumber":"00000000000000000001","DocumentNumber":"1323","FiscalNumber":"9999078900005430",
            "FiscalSign":"13223","InvoiceId":"1322223","Ofd":"Первый ОФД","OfdReceiptUrl":"http://url.com/adress",
            "OrganizationInn":"7708806062","QrCodeUrl":"https://qr.cloudpayments.ru/receipt?q=","RegNumber":"322223",
            "SenderEmail":"sender@email.com","SessionCheckNumber":"12223","SessionNumber":"1","SettlePlace":"Москва",
            "TransactionId":14442,"Type":"Income"}},"InnerResult":null,"Success":true,"Message":null}"#,
    );
    let data = at(&details, "Model.AdditionalData");
    let (rnm, serial) = (word(data, "RegNumber"), word(data, "DeviceNumber"));
    assert_eq!(registration_number_agrees(rnm, "7708806062", serial), Some(true));
    let qr = parse_qr(word(data, "QrCodeUrl")).expect("a code");
    assert_eq!(qr.total.to_string(), "100.00");
    assert_eq!((qr.fn_.as_str(), qr.fd.as_str()), (word(data, "FiscalNumber"), word(data, "DocumentNumber")));
    assert_eq!(qr.fp, word(data, "FiscalSign"));
    // The code has the clock of Moscow, the answer that of UTC.
    let issued = &sandbox.receipts()[0];
    let decoded = chek54::cloudkassir::decode(&details.to_string(), None, None);
    assert!(decoded.issues.is_empty(), "{:?}", decoded.issues);
    let (draft, _) = &decoded.receipts[0];
    let fiscal = draft.fiscal.as_ref().expect("marks");
    let marks = issued.receipt.fiscal.as_ref().expect("marks");
    assert_eq!(fiscal.date_time.as_deref(), Some(marks.date_time.as_str()));
    assert_eq!(fiscal.qr, marks.qr.as_deref().map(Into::into));
    assert_eq!((issued.invoice_id.as_deref(), issued.total.to_string().as_str()), (Some("order-1"), "100.00"));
}

#[test]
fn notifications_are_signed_and_repeated_until_they_are_taken() {
    let mut sandbox = sandbox();
    let id = id_of(&mut sandbox, &receipt("99.50"), NOW);
    let mut now = sandbox.due().expect("a turn");
    assert!(sandbox.advance(now).is_empty());
    now = sandbox.due().expect("a notification");
    let sent = sandbox.advance(now);
    assert_eq!((sent.len(), sent[0].attempt, sent[0].method), (1, 1, Method::Post));
    let delivery = Delivery {
        body: Some(Json::String(sent[0].body.as_str().into())),
        headers: sent[0].headers.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect(),
        ..Delivery::default()
    };
    assert_eq!(verify_notification(Provider::CloudKassir, &delivery, "secret"), Ok(true));
    assert_eq!(verify_notification(Provider::CloudKassir, &delivery, "other"), Ok(false));
    let said = parse_notification(Provider::CloudKassir, &delivery).expect("a notification");
    assert_eq!((said.kind, said.id.as_deref()), ("receipt", Some(id.as_str())));
    assert!(said.decoded.issues.is_empty(), "{:?}", said.decoded.issues);
    let (draft, around) = &said.decoded.receipts[0];
    let found = |name| around.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.as_str());
    assert_eq!((found("invoiceId"), found("accountId")), (Some("order-1"), Some("user@example.com")));
    assert_eq!(draft.fiscal.as_ref().and_then(|fiscal| fiscal.total).map(|sum| sum.to_string()), Some("99.50".into()));
    assert_eq!(draft.items.as_ref().map(Vec::len), Some(1));
    assert_eq!(found("dateTime").map(str::len), Some("2018-11-14 16:19:33".len()));

    // 1, 2, 5, 10, 30, 30.. minutes, a hundred times; nothing but a code of 0 ends it.
    let refusal = Response { status: 200, headers: Vec::new(), body: br#"{"code":13}"#.to_vec() };
    let mut pauses = Vec::new();
    let mut attempts = 1;
    sandbox.delivered(sent[0].id, Some(&refusal), now);
    while let Some(due) = sandbox.due() {
        pauses.push((due - now) / MINUTE);
        now = due;
        let again = sandbox.advance(now);
        attempts += 1;
        assert_eq!((again[0].id, again[0].attempt, &again[0].body), (sent[0].id, attempts, &sent[0].body));
        sandbox.delivered(sent[0].id, None, now);
    }
    assert_eq!((attempts, &pauses[..7]), (100, &[1, 2, 5, 10, 30, 30, 30][..]));

    // One that nobody tells anything of is sent again after 30 seconds of waiting and the pause.
    id_of(&mut sandbox, &receipt("1"), now);
    let mut next = || {
        let due = sandbox.due().expect("more");
        (due, sandbox.advance(due))
    };
    let sent = std::iter::repeat_with(&mut next).find(|(_, sent)| !sent.is_empty()).expect("a notification");
    let again = std::iter::repeat_with(&mut next).find(|(_, sent)| !sent.is_empty()).expect("the same");
    assert_eq!((again.0 - sent.0, again.1[0].attempt), (30 * SECOND + MINUTE, 2));
    let taken = Response { status: 200, headers: Vec::new(), body: br#"{"code":0}"#.to_vec() };
    sandbox.delivered(again.1[0].id, Some(&taken), again.0);
    assert_eq!(sandbox.due(), None);
}

#[test]
fn the_same_request_is_carried_out_once_in_an_hour() {
    let mut sandbox = sandbox();
    let mut request = kassir("kkt/receipt", &receipt("100"));
    request.headers.push(("x-request-id".into(), "r-1".into()));
    let first = answer(sandbox.handle(&request, NOW));
    for later in [NOW, NOW + MINUTE, NOW + HOUR - 1] {
        assert_eq!(answer(sandbox.handle(&request, later)), first);
    }
    sandbox.advance(NOW + HOUR - 1);
    assert_eq!(sandbox.receipts().len(), 1);
    assert_eq!(sandbox.receipts()[0].request_id.as_deref(), Some("r-1"));
    // The hour is that of the first request.
    let second = answer(sandbox.handle(&request, NOW + HOUR));
    assert_ne!(second, first);
    request.headers.pop();
    answer(sandbox.handle(&request, NOW + HOUR));
    sandbox.advance(NOW + 2 * HOUR);
    assert_eq!(sandbox.receipts().len(), 3);

    // A refusal is an answer as well.
    let mut bad = kassir("kkt/receipt", &receipt("-1"));
    bad.headers.push(("x-request-id".into(), "r-2".into()));
    let refused = answer(sandbox.handle(&bad, NOW + 2 * HOUR));
    bad.body = receipt("1");
    assert_eq!(answer(sandbox.handle(&bad, NOW + 2 * HOUR + 1)), refused);
}

#[test]
fn what_is_wrong_is_refused_by_the_documents_codes() {
    let mut sandbox = sandbox();
    let base = receipt("100");
    let agent = r#""Vat":22,"AgentSign":6"#;
    let bank = r#""Vat":22,"AgentSign":0,"PurveyorData":{"Name":"Я","Inn":"7708806062","Phone":"+79991234567"}"#;
    for (from, to, code, about) in [
        ("7708806062", "7777777777", "-1", "Компания с ИНН 7777777777 не найдена"),
        (r#""Inn":"7708806062","#, "", "11", ""),
        (r#""Type":"Income","#, "", "26", "Type"),
        (r#""Type":"Income""#, r#""Type":"Incoming""#, "27", "Type"),
        (r#""Label":"Чай","#, "", "26", "CustomerReceipt.Items[0].Label"),
        (r#""Amount":100,"#, "", "26", "CustomerReceipt.Items[0].Amount"),
        (r#""Price":100"#, r#""Price":100.001"#, "23", "CustomerReceipt.Items[0].Price"),
        (r#""Price":100"#, r#""Price":-100"#, "27", "CustomerReceipt.Items[0].Price"),
        (r#""Vat":22"#, r#""Vat":21"#, "27", "CustomerReceipt.Items[0].Vat"),
        (r#""Vat":22"#, agent, "5", "CustomerReceipt.Items[0].PurveyorData"),
        (r#""Vat":22"#, bank, "4", "CustomerReceipt.Items[0].AgentData"),
        (r#"{"Electronic":100}"#, r#"{"Electronic":99.99}"#, "13", ""),
        (r#"{"Electronic":100}"#, r#"{"Electronic":100.01}"#, "14", ""),
        (r#","Amounts":{"Electronic":100}"#, "", "26", "CustomerReceipt.Amounts"),
        (r#""Email":"user@example.com""#, r#""Email":"user""#, "24", "CustomerReceipt.Email"),
        (r#""Email":"user@example.com""#, r#""Phone":"позвоните""#, "6", "CustomerReceipt.Phone"),
        ("CustomerReceipt", "Receipt", "26", "CustomerReceipt"),
        ("Items", "Item", "12", ""),
    ] {
        let request = base.replace(from, to);
        assert_ne!(request, base, "{from}");
        let refused = told(&mut sandbox, "kkt/receipt", &request, NOW);
        same_shape(
            &refused,
            r#"{"Model":{"ErrorCode":-1},"InnerResult":null,"Success":false,"Message":"Компания с ИНН не найдена"}"#,
        );
        assert_eq!(word(&refused, "Model.ErrorCode"), code, "{from}: {refused}");
        let message = word(&refused, "Message");
        let own = chek54::explain(Provider::CloudKassir, code, Some("error"), chek54::Lang::Ru).expect("a code");
        assert!(message.contains(about) && (code == "-1" || message.starts_with(own.message)), "{message}");
    }
    for nonsense in ["", "[]", "{", "1"] {
        let refused = told(&mut sandbox, "kkt/receipt", nonsense, NOW);
        assert_eq!(at(&refused, "Success"), &Json::Bool(false), "{nonsense}");
    }
    sandbox.advance(NOW + HOUR);
    assert!(sandbox.receipts().is_empty());
}

proptest! {
    #[test]
    fn any_request_is_answered(
        route in prop::sample::select(vec!["kkt/receipt", "kkt/correction-receipt", "kkt/receipt/get", "kkt/state"]),
        text in "\\PC{0,80}|[{}\\[\\]\":,a-zA-Z0-9.]{0,80}",
        now: u64,
    ) {
        let mut sandbox = sandbox();
        let reply = sandbox.handle(&kassir(route, &text), now);
        let answered = matches!(reply, Reply::Answer { .. });
        prop_assert!(answered);
        sandbox.advance(now.saturating_add(HOUR));
        prop_assert!(sandbox.receipts().is_empty());
    }
}

#[test]
fn faults_strike_where_and_as_often_as_they_are_told() {
    let mut sandbox = sandbox();
    sandbox.add_fault(Fault::of(FaultKind::LostRequest).at("kkt/receipt").times(1));
    sandbox.add_fault(Fault::of(FaultKind::LostAnswer).at("/kkt/receipt/").times(1));
    let request = kassir("kkt/receipt", &receipt("1"));
    assert_eq!(answer(sandbox.handle(&kassir("test", ""), NOW)).status, 200);
    assert_eq!(sandbox.handle(&request, NOW), Reply::Lost { carried_out: false });
    assert_eq!(sandbox.handle(&request, NOW), Reply::Lost { carried_out: true });
    assert_eq!(answer(sandbox.handle(&request, NOW)).status, 200);
    sandbox.advance(NOW + MINUTE);
    assert_eq!(sandbox.receipts().len(), 2);
}

#[test]
fn the_documents_own_request_is_taken() {
    // Section 5.16 of the facts, as far as one document can be: its sums agree.
    let request = r#"{"inn":"7708806062","invoiceId":"invoiceId","accountId":"accountId","Type":"Income","customerReceipt":{"email":"email@email.ru","phone":"+79999999999","calculationPlace":"от 1 до 256","items":[{"label":"от 1 до 124","price":100,"quantity":1,"amount":100,"vat":0,"method":1,"object":0,"unitCode":0,"agentSign":0,"agentData":{"agentOperationName":"agentOperationName","paymentAgentPhone":"+79999999999","paymentReceiverOperatorPhone":"+79999999999","transferOperatorPhone":"+79999999999","transferOperatorName":"transferOperatorName","transferOperatorAddress":"transferOperatorAddress","transferOperatorInn":"1234567890"},"purveyorData":{"phone":"+79999999999","name":"name","inn":"1234567890"},"excise":100,"countryOriginCode":"156","customsDeclarationNumber":"10714040/140917/0090376","additionalPositionInfo":"additionalPositionInfo","saleObjectData":"1 до 64","industryRequisiteCollection":[{"code":"020","documentDate":"2018-12-14T00:00:00","documentNumber":"1556","requisiteValue":"tm=mdlp&sid=00000000128602&dn=&dd=&ps="}],"markPartQuantity":{"numerator":2,"denominator":4},"rawMarkCode":"010462930887704421DzkcYt2\u001d8005177000\u001d93dGVz","expectedMarkItemStatus":5}],"taxationSystem":0,"amounts":{"electronic":60,"cash":10,"advancePayment":10,"credit":10,"provision":10},"isBso":false,"customerInfo":"customerInfo","customerInn":"123456789012","customerBirthday":"2025-02-26T12:26:45.020Z","customerStateCode":"RUS","customerDocType":"21","customerDoc":"customerDoc","customerPlace":"customerPlace","cashierName":"CashierName","cashierInn":"123456789012","additionalReceiptInfos":["additionalReceiptInfos"],"userRequisiteData":{"requisiteKey":"1 до 64","requisiteValue":"1 до 256"},"additionalReceiptRequisite":"1 до 16","operationReceiptRequisite":{"operationIdentifier":0,"operationDate":"2025-02-26T12:26:45.020Z","operationData":"1 до 64"},"isInternetPayment":true,"russiaTimeZone":2,"nonCashPayments":[{"amount":5,"paymentMethod":1,"paymentId":"12345678","additionalInfo":"string 1"},{"amount":1,"paymentMethod":1,"paymentId":"87654321","additionalInfo":"string 2"}]}}"#;
    let mut sandbox = sandbox();
    let id = id_of(&mut sandbox, request, NOW);
    let details = told(&mut sandbox, "kkt/receipt/get", &format!(r#"{{"Id":"{id}"}}"#), NOW + MINUTE);
    let item = at(&details, "Model.Items.0");
    same_shape(
        at(item, "AgentData"),
        r#"{"PayingAgentOperation":null,"PayingAgentPhone":null,"ReceivePaymentsOperatorPhone":null,
            "MoneyTransferOperatorPhone":null,"MoneyTransferOperatorName":null,"MoneyTransferOperatorAddress":null,
            "MoneyTransferOperatorVATIN":null}"#,
    );
    assert_eq!(word(item, "AgentData.PayingAgentOperation"), "agentOperationName");
    assert_eq!(word(&details, "Model.AdditionalData.CashierName"), "CashierName");
}

fn xml(response: &Response) -> Vec<(&'static str, Json<'static>)> {
    let text = String::from_utf8(response.body.clone()).expect("UTF-8");
    let decoded = chek54::paybox::decode(&text, None);
    assert!(decoded.issues.is_empty() && decoded.extra.is_empty(), "{text}: {:?} {:?}", decoded.issues, decoded.extra);
    decoded.receipts.into_iter().next().expect("an answer").1
}

fn named(around: &[(&'static str, Json<'static>)], name: &str) -> String {
    match around.iter().find(|(known, _)| *known == name) {
        Some((_, Json::String(text) | Json::Number(text))) => text.to_string(),
        other => panic!("{name} is {other:?} in {around:?}"),
    }
}

const PAYBOX: Credentials =
    Credentials { public_id: None, api_secret: None, merchant_id: None, secret: None, user: None, password: None };

fn shop() -> Sandbox {
    let credentials = Credentials { merchant_id: Some("542088".into()), secret: Some("key".into()), ..PAYBOX.clone() };
    Sandbox::new(SandboxOptions { credentials, seed: 3, ..SandboxOptions::default() }, NOW)
}

/// A signed request, as the page on receipts has them; the answer is looked at for its signature too.
fn pay(sandbox: &mut Sandbox, script: &str, members: &str, now: u64) -> Vec<(&'static str, Json<'static>)> {
    let body = format!(r#"{{"pg_merchant_id":542088,"pg_salt":"default",{members}}}"#);
    let message = Json::parse(&body).expect("JSON");
    let sign = chek54::paybox::sign(&message, script, "key");
    let body = body.replacen('{', &format!(r#"{{"pg_sig":"{sign}","#), 1);
    let response = answer(sandbox.handle(&ask(Method::Post, script, &[], &body), now));
    let text = String::from_utf8(response.body.clone()).expect("UTF-8");
    let delivery =
        Delivery { body: Some(Json::String(text.into())), script: Some(script.into()), ..Delivery::default() };
    assert_eq!(verify_notification(Provider::Paybox, &delivery, "key"), Ok(true));
    xml(&response)
}

const POSITIONS: &str = r#""receipt_format":"ru_1_05","customer":{"email":"customer@mail.ru"},"positions":[
    {"price":50.00,"name":"Товар №1","quantity":2.00,"vat_code":"vat_20","payment_method":"full_payment","payment_object":"goods"},
    {"price":100.00,"name":"Товар №2","quantity":1.00,"vat_code":"vat_20","payment_method":"full_payment","payment_object":"goods"}]"#;
const HALF: &str = r#""receipt_format":"ru_1_05","customer":{"email":"customer@mail.ru"},"positions":[
    {"price":50.00,"name":"Товар №1","quantity":2.00,"vat_code":"vat_20","payment_method":"full_payment","payment_object":"goods"}]"#;

#[test]
fn a_payment_of_paybox_with_its_receipts() {
    let mut sandbox = shop();
    let init = format!(
        r#""pg_order_id":"3552","pg_amount":200.00,"pg_description":"Заказ №052641","pg_auto_clearing":0,"pg_receipt":{{{POSITIONS}}}"#
    );
    let started = pay(&mut sandbox, "init_payment.php", &init, NOW);
    assert_eq!((named(&started, "status"), named(&started, "redirectUrlType")), ("ok".into(), "needdata".into()));
    assert!(named(&started, "redirectUrl").starts_with("https://freedompay.uz/pay.html?customer="));
    let id = format!(r#""pg_payment_id":{}"#, named(&started, "paymentId"));
    let status = |sandbox: &mut Sandbox, now| named(&pay(sandbox, "get_status.php", &id, now), "transactionStatus");
    assert_eq!(status(&mut sandbox, NOW), "pending");
    let mut now = NOW + MINUTE;
    assert_eq!(status(&mut sandbox, now), "ok");
    assert_eq!(named(&pay(&mut sandbox, "get_status.php", &id, now), "captured"), "0");

    // Part of it is captured: the return of the first receipt makes itself, the second is that of the request.
    let capture = format!(r#"{id},"pg_clearing_amount":100,"pg_receipt":{{{HALF}}}"#);
    assert_eq!(named(&pay(&mut sandbox, "do_capture.php", &capture, now), "status"), "ok");
    assert_eq!(named(&pay(&mut sandbox, "do_capture.php", &capture, now), "errorCode"), "490");
    // And all of that is refunded, which is a part as well.
    assert_eq!(named(&pay(&mut sandbox, "revoke.php", &id, now), "errorCode"), "200");
    let refund = format!(r#"{id},"pg_refund_amount":100,"pg_receipt":{{{HALF}}}"#);
    let refunded = pay(&mut sandbox, "revoke.php", &refund, now);
    assert_eq!(named(&refunded, "status"), "ok");
    assert_eq!(status(&mut sandbox, now), "refunded");
    now += MINUTE;
    let sent = sandbox.advance(now);
    let made: Vec<_> = sandbox
        .receipts()
        .iter()
        .map(|issued| (issued.receipt.operation.name(), issued.total.to_string(), issued.invoice_id.clone()))
        .collect();
    let order = || Some("3552".to_owned());
    let mut expected = vec![
        ("income", "200.00".to_owned(), order()),
        ("incomeReturn", "200.00".to_owned(), order()),
        ("income", "100.00".to_owned(), order()),
        ("incomeReturn", "100.00".to_owned(), order()),
    ];
    let sorted = |mut list: Vec<(&'static str, String, Option<String>)>| {
        list.sort();
        list
    };
    expected = sorted(expected);
    assert_eq!(sorted(made), expected);

    // The result of the payment, signed by the last part of the address that it goes to.
    assert_eq!(sent.len(), 1);
    let delivery = Delivery {
        body: Some(Json::String(sent[0].body.as_str().into())),
        script: Some("notification".into()),
        ..Delivery::default()
    };
    assert_eq!(verify_notification(Provider::Paybox, &delivery, "key"), Ok(true));
    let said = parse_notification(Provider::Paybox, &delivery).expect("a notification");
    assert_eq!((said.kind, said.status.as_deref()), ("payment", Some("ok")));
    assert!(said.decoded.issues.is_empty() && said.decoded.extra.is_empty(), "{:?}", said.decoded);
    let reply = chek54::notification::notification_reply(
        Provider::Paybox,
        &chek54::notification::ReplyOptions {
            script: Some("notification".into()),
            secret: Some("key".into()),
            salt: Some("s".into()),
            ..Default::default()
        },
    )
    .expect("a reply");
    let reply = Response { status: reply.status, headers: Vec::new(), body: reply.body.into_bytes() };
    sandbox.delivered(sent[0].id, Some(&reply), now);
    assert_eq!(sandbox.due(), None);
}

#[test]
fn what_paybox_refuses() {
    let mut sandbox = shop();
    let init = |amount: &str| {
        format!(r#""pg_order_id":"1","pg_amount":{amount},"pg_description":"x","pg_receipt":{{{POSITIONS}}}"#)
    };
    assert_eq!(named(&pay(&mut sandbox, "init_payment.php", &init("199"), NOW), "errorCode"), "200");
    assert_eq!(named(&pay(&mut sandbox, "get_status.php", r#""pg_payment_id":1"#, NOW), "errorCode"), "340");
    let started = pay(&mut sandbox, "init_payment.php", &init("200"), NOW);
    let id = format!(r#""pg_payment_id":{}"#, named(&started, "paymentId"));
    assert_eq!(named(&pay(&mut sandbox, "do_capture.php", &id, NOW), "errorCode"), "490");
    let cancelled = pay(&mut sandbox, "cancel.php", &id, NOW);
    assert!(!named(&cancelled, "cancelPaymentId").is_empty());
    let body = r#"{"pg_merchant_id":542088,"pg_payment_id":1,"pg_salt":"s","pg_sig":"0"}"#;
    let unsigned = answer(sandbox.handle(&ask(Method::Post, "get_status.php", &[], body), NOW));
    assert_eq!(named(&xml(&unsigned), "errorCode"), "100");
    sandbox.advance(NOW + HOUR);
    assert!(sandbox.receipts().is_empty());
}

#[test]
fn a_receipt_of_paybox_by_itself() {
    let mut sandbox = shop();
    let head = r#""merchant_id":542088,"payment_id":764239789,"operation_type":"sell""#;
    let request = format!(r#"{{{head},{POSITIONS},"settlements":[{{"type":"cashless","sum":200.00}}]}}"#);
    let post = |body: &str| ask(Method::Post, "v5/receipts", &[("content-type", "application/json")], body);
    let made = body(&answer(sandbox.handle(&post(&request), NOW)));
    assert_eq!((word(&made, "data.status"), at(&made, "data.fiscal_attribute")), ("pending", &Json::Null));
    let id = word(&made, "data.receipt_id").to_owned();
    let path = format!("v5/receipts/{id}");
    let later = body(&answer(sandbox.handle(&ask(Method::Get, &path, &[], ""), NOW + MINUTE)));
    same_shape(
        &later,
        r#"{"data":{"merchant_id":"542088","receipt_id":"bb938d6c-6c1c-44a0-aa54-32c3e14fddb7","operation_type":"sell",
            "receipt_format":"ru_1_05","status":"registered","fiscal_document_number":10605,
            "fiscal_storage_number":"9999078900006286","fiscal_attribute":923085333,
            "registered_at":"29.03.202317:37:00","created_at":"29.03.202320:39:16",
            "fiscal_provider_id":"5e402526-0c20-41c3-b30a-b52e7f903922","positions":[{"price":50,"name":"Товар №1",
            "quantity":2,"vat_code":"vat_20","payment_method":"full_payment","payment_object":"goods","sum":100}],
            "total":200,"settlements":[{"type":"cashless","sum":200}],"company":{"inn":"5544332219",
            "email":"customer@mail.ru","tax_system":"osn","payment_address":"shop.ru"},"receipt_method":"separately",
            "error":null,"link":"https://consumer.1-ofd-test.ru/v1?fn=1","payment_id":"764239789"}}"#,
    );
    assert_eq!(word(&later, "data.status"), "registered");
    let decoded = chek54::paybox::decode(&later.to_string(), None);
    assert!(decoded.issues.is_empty(), "{:?}", decoded.issues);
    let marks = sandbox.receipts()[0].receipt.fiscal.clone().expect("marks");
    let (draft, _) = &decoded.receipts[0];
    assert_eq!(draft.fiscal.as_ref().and_then(|fiscal| fiscal.date_time.as_deref()), Some(&*marks.date_time));
    let list =
        body(&answer(sandbox.handle(&ask(Method::Get, "v5/receipts?payment_id=764239789", &[], ""), NOW + MINUTE)));
    assert_eq!(word(&list, "data.0.receipt_id"), id);
    let none = body(&answer(sandbox.handle(&ask(Method::Get, "v5/receipts?payment_id=1", &[], ""), NOW + MINUTE)));
    assert_eq!(at(&none, "data"), &Json::Array(Vec::new()));
    let missing = answer(sandbox.handle(&ask(Method::Get, "v5/receipts/none", &[], ""), NOW + MINUTE));
    assert_eq!(missing.status, 404);
    for (from, to) in [
        (r#""sum":200.00"#, r#""sum":199.00"#),
        (r#""payment_id":764239789,"#, ""),
        ("542088", "1"),
        ("vat_20", "vat_21"),
        ("cashless", "prepayment"),
    ] {
        let wrong = answer(sandbox.handle(&post(&request.replace(from, to)), NOW + MINUTE));
        assert!((400..500).contains(&wrong.status), "{from}");
    }
}

const KEEPER: (&str, &str) = ("authorization", "Basic ZGVtbzpkZW1v");

fn keeper(sandbox: &mut Sandbox, path: &str, now: u64) -> Response {
    answer(sandbox.handle(&ask(Method::Get, path, &[KEEPER], ""), now))
}

fn print(sandbox: &mut Sandbox, fields: &[(&str, &str)], now: u64) -> Json<'static> {
    let token = word(&body(&keeper(sandbox, "info/settings/token/", now)), "token").to_owned();
    let cart = "%5B%7B%22name%22%3A%22Tea%22%2C%22price%22%3A%22100.00%22%2C%22quantity%22%3A%221%22%2C%22sum%22%3A%22100.00%22%2C%22tax%22%3A%22vat22%22%7D%5D";
    let mut form = format!("type=sale&contact=a%40b.ru&sum_cashless=100.00&cart={cart}&token={token}");
    for (name, value) in fields {
        form += &format!("&{name}={value}");
    }
    body(&answer(sandbox.handle(&ask(Method::Post, "change/receipt/print/", &[KEEPER], &form), now)))
}

#[test]
fn a_receipt_of_paykeeper() {
    let options = SandboxOptions {
        credentials: Credentials {
            user: Some("demo".into()),
            password: Some("demo".into()),
            secret: Some("word".into()),
            ..PAYBOX.clone()
        },
        ..SandboxOptions::default()
    };
    let mut sandbox = Sandbox::new(options, NOW);
    let stranger = answer(sandbox.handle(&ask(Method::Get, "info/settings/token/", &[], ""), NOW));
    assert!(stranger.body.starts_with(b"<"));
    let empty = keeper(&mut sandbox, "info/receipts/byid/?id=4201", NOW);
    assert_eq!((empty.status, empty.body.as_slice()), (200, &b""[..]));

    let asked = print(&mut sandbox, &[("payment_id", ""), ("refund_id", ""), ("receipt_key", "key-0001")], NOW);
    let id = word(&asked, "receipt_id").to_owned();
    let path = format!("info/receipts/byid/?id={id}");
    for (later, status) in [(0, "created"), (1_500, "sending"), (2_500, "request_sent"), (MINUTE, "success")] {
        assert_eq!(word(&body(&keeper(&mut sandbox, &path, NOW + later)), "status"), status);
    }
    let told = body(&keeper(&mut sandbox, &path, NOW + MINUTE));
    let Json::Object(members) = &told else { panic!("an object") };
    assert_eq!(members.len(), 29);
    assert!(members.iter().all(|(_, value)| value.as_str().is_some()), "{told}");
    let decoded = chek54::paykeeper::decode(&told.to_string(), None);
    assert!(decoded.issues.is_empty(), "{:?}", decoded.issues);
    let marks = sandbox.receipts()[0].receipt.fiscal.clone().expect("marks");
    let fiscal = decoded.receipts[0].0.fiscal.as_ref().expect("marks");
    assert_eq!((fiscal.fn_.as_deref(), fiscal.fp.as_deref()), (Some(&*marks.fn_), Some(&*marks.fp)));
    assert_eq!(fiscal.date_time.as_deref(), Some(&*marks.date_time));
    assert_eq!(fiscal.total, Some(marks.total));

    // The same key again, and what has none.
    let again = print(&mut sandbox, &[("payment_id", ""), ("receipt_key", "key-0001")], NOW + MINUTE);
    assert_eq!(word(&again, "result"), "fail");
    for _ in 0..2 {
        print(&mut sandbox, &[("payment_id", "")], NOW + MINUTE);
    }
    print(&mut sandbox, &[("payment_id", "2211")], NOW + MINUTE);
    assert_eq!(word(&print(&mut sandbox, &[("payment_id", "2211")], NOW + MINUTE), "result"), "fail");
    assert_eq!(word(&print(&mut sandbox, &[("payment_id", ""), ("sum_credit", "1")], NOW + MINUTE), "result"), "fail");

    let by_payment = body(&keeper(&mut sandbox, "info/receipts/bypaymentid/?payment_id=2211", NOW + HOUR));
    assert_eq!(word(&by_payment, "0.status"), "success");
    let none = keeper(&mut sandbox, "info/receipts/bypaymentid/?payment_id=1", NOW + HOUR);
    assert!(none.body.is_empty());
    let all = "info/receipts/bydate/?start=2026-11-17&end=2026-11-20&receipt_type[0]=sale&receipt_type[1]=refund\
        &sum_type[0]=sum_cashless&limit=3";
    let page = body(&keeper(&mut sandbox, all, NOW + HOUR));
    assert_eq!((word(&page, "counts.page_size"), word(&page, "counts.totals.total")), ("3", "4"));
    assert_eq!(word(&page, "counts.totals.status.success"), "4");
    let refunds = all.replace("[0]=sale", "[0]=correction");
    assert_eq!(word(&body(&keeper(&mut sandbox, &refunds, NOW + HOUR)), "counts.totals.total"), "0");
    let counted = body(&keeper(&mut sandbox, "info/receipts/bydatecount/?start=2026-11-18&end=2026-11-18", NOW + HOUR));
    assert_eq!((word(&counted, "total"), word(&counted, "sum_type.sum_cashless")), ("4", "4"));
    let found =
        body(&keeper(&mut sandbox, "info/receipts/search/?start=2026-11-01&end=2026-11-30&query=2211", NOW + HOUR));
    assert_eq!(word(&found, "receipts.0.payment_id"), "2211");
    let buyer =
        answer(sandbox.handle(&ask(Method::Get, &format!("receipt/key-0001/?rc_id={id}"), &[], ""), NOW + HOUR));
    assert_eq!(buyer.status, 200);

    // The token of yesterday.
    let mut old = ask(Method::Post, "change/receipt/print/", &[KEEPER], "payment_id=&type=sale&token=0");
    assert_eq!(word(&body(&answer(sandbox.handle(&old, NOW + HOUR))), "result"), "fail");
    let token =
        |sandbox: &mut Sandbox, now| word(&body(&keeper(sandbox, "info/settings/token/", now)), "token").to_owned();
    let (first, second) = (token(&mut sandbox, NOW + HOUR), token(&mut sandbox, NOW + 25 * HOUR));
    assert_ne!(first, second);
    old.body = format!("payment_id=&type=sale&token={first}");
    assert!(word(&body(&answer(sandbox.handle(&old, NOW + 25 * HOUR))), "msg").contains("токен"));

    // The callbacks, once each.
    let sent = sandbox.advance(NOW + 25 * HOUR);
    assert_eq!((sent.len(), sandbox.due()), (4, None));
    for sent in sent {
        let delivery = Delivery { body: Some(Json::String(sent.body.into())), ..Delivery::default() };
        assert_eq!(verify_notification(Provider::PayKeeper, &delivery, "word"), Ok(true));
        let said = parse_notification(Provider::PayKeeper, &delivery).expect("a notification");
        assert_eq!((said.kind, said.status.as_deref()), ("receipt", Some("success")));
        assert!(said.decoded.issues.is_empty(), "{:?}", said.decoded.issues);
    }
}

#[test]
fn a_register_that_cannot_print() {
    for (kind, code, warning, kept) in
        [(FaultKind::RegisterOffline, "15", "1", "timeout"), (FaultKind::StorageFull, "8", "2", "failed")]
    {
        let mut sandbox = sandbox();
        sandbox.add_fault(Fault::of(kind));
        let queued = told(&mut sandbox, "kkt/receipt", &receipt("100"), NOW);
        assert_eq!(at(&queued, "Warning") != &Json::Null, kind == FaultKind::StorageFull);
        let by_id = format!(r#"{{"Id":"{}"}}"#, word(&queued, "Model.Id"));
        let printed = print(&mut sandbox, &[("payment_id", "1")], NOW);
        let status = told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW + MINUTE / 2);
        assert_eq!((word(&status, "Model"), word(&status, "Warnings.0.Code")), ("Queued", warning));
        let status = told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW + 3 * MINUTE);
        let own = chek54::explain(Provider::CloudKassir, code, Some("error"), chek54::Lang::Ru).expect("a code");
        assert_eq!((word(&status, "Model"), word(&status, "Message")), ("Error", own.message));
        let path = format!("info/receipts/byid/?id={}", word(&printed, "receipt_id"));
        assert_eq!(word(&body(&keeper(&mut sandbox, &path, NOW + 3 * MINUTE)), "status"), kept);
        assert!(sandbox.receipts().is_empty());

        // Put right in time, it prints.
        let id = id_of(&mut sandbox, &receipt("100"), NOW + HOUR);
        sandbox.advance(NOW + HOUR + MINUTE / 2);
        sandbox.faults_off();
        let by_id = format!(r#"{{"Id":"{id}"}}"#);
        let status = told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW + HOUR + MINUTE);
        assert_eq!(word(&status, "Model"), "Processed");
    }
}

#[test]
fn more_than_a_hundred_items_are_several_receipts() {
    let mut sandbox = sandbox();
    let items: Vec<_> = (1..=250)
        .map(|n| format!(r#"{{"Label":"{n}","Price":{n}.01,"Quantity":1,"Amount":{n}.01,"Vat":22}}"#))
        .collect();
    let request = format!(
        r#"{{"Inn":"7708806062","Type":"Income","InvoiceId":"big","CustomerReceipt":{{"Items":[{}],
        "Amounts":{{"Electronic":31000,"AdvancePayment":377.5}}}}}}"#,
        items.join(",")
    );
    let id = id_of(&mut sandbox, &request, NOW);
    assert_eq!(sandbox.advance(NOW + 4 * MINUTE).len(), 3);
    let made = sandbox.receipts();
    let mut counts: Vec<_> = made.iter().map(|issued| issued.receipt.items.len()).collect();
    counts.sort_unstable();
    assert_eq!(counts, [50, 100, 100]);
    let sum = |of: fn(&chek54::Receipt) -> Option<chek54::Money>| {
        made.iter().filter_map(|issued| of(&issued.receipt)).map(|sum| sum.kopecks()).sum::<i64>()
    };
    assert_eq!((sum(|one| one.payments.electronic), sum(|one| one.payments.prepaid)), (3_100_000, 37_750));
    assert_eq!(made.iter().map(|issued| issued.total.kopecks()).sum::<i64>(), 3_137_750);
    assert!(made.iter().all(|issued| issued.invoice_id.as_deref() == Some("big")));
    assert_eq!(made.iter().filter(|issued| issued.id == id).count(), 1);
    let mut ids: Vec<_> = made.iter().map(|issued| &issued.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn corrections() {
    let mut sandbox = sandbox();
    let request = r#"{"correctionReceiptData":{"organizationInn":"7708806062","taxationSystem":1,"correctionType":1,
        "correctionReceiptType":1,"causeCorrection":{"correctionNumber":"б//н","correctionDate":"2021-07-27"},
        "vatRate":22,"amounts":{"electronic":150}}}"#;
    let queued = told(&mut sandbox, "kkt/correction-receipt", request, NOW);
    let by_id = format!(r#"{{"Id":"{}"}}"#, word(&queued, "Model.Id"));
    let early = told(&mut sandbox, "kkt/correction-receipt/status/get", &by_id, NOW);
    assert_eq!(early.to_string(), r#"{"Model":"Queued","InnerResult":null,"Success":true,"Message":null}"#);
    let other = told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW);
    assert_eq!(word(&other, "Model"), "NotFound");
    let details = told(&mut sandbox, "kkt/correction-receipt/get", &by_id, NOW + MINUTE);
    same_shape(
        &details,
        r#"{"Model":{"Status":"Processed","ErrorCode":null,"ErrorMessage":null,"Amounts":{"Electronic":150.0,"Cash":0.0,
            "AdvancePayment":0.0,"Credit":0.0,"Provision":0.0,"Sum":150.0},"Items":[],"TaxationSystem":1,
            "CorrectionType":1,"CorrectionReceiptType":1,"VatRate":1,"CorrectionDate":"2021-07-26T21:00:00Z",
            "CorrectionNumber":"б//н","Id":"xzuQd6Ag","Amount":150.0,"PaymentPlace":"test_place.com",
            "PaymentAddress":"117342, Москва, ул. Бутлерова, 17Б","CashierName":"Сист. администратор",
            "DeviceNumber":"01801810008669","DocumentNumber":"602","FiscalNumber":"9999078902009571",
            "FiscalSign":"2451182224","OfdName":"ООО «ПЕТЕР-СЕРВИС Спецтехнологии»","OfdInn":"7841465198",
            "OfdReceiptUrl":null,"OrganizationInn":"7708806062","RegNumber":"0000000480013321","SessionCheckNumber":"3",
            "SessionNumber":"13"},"InnerResult":null,"Success":true,"Message":null}"#,
    );
    assert_eq!(word(&details, "Model.CorrectionDate"), "2021-07-26T21:00:00Z");
    let decoded = chek54::cloudkassir::decode(&details.to_string(), None, None);
    assert!(decoded.issues.is_empty(), "{:?}", decoded.issues);
    let (draft, _) = &decoded.receipts[0];
    assert_eq!(
        draft.payments.as_ref().and_then(|paid| paid.electronic).map(|sum| sum.to_string()),
        Some("150.00".into())
    );
    // The documents tell of no notification of a correction.
    assert!(sandbox.advance(NOW + HOUR).is_empty());
    assert_eq!(sandbox.receipts()[0].total.to_string(), "150.00");
}

#[test]
fn registers_and_marks() {
    let mut sandbox = sandbox();
    let one = r#"{"DeviceNumber":"01801810008669","FiscalNumber":"9999078902005454"}"#;
    let state = told(&mut sandbox, "kkt/state/get", one, NOW);
    same_shape(
        &state,
        r#"{"Model":{"Inn":"7708806062","DeviceNumber":"01801810008669","RegNumber":"0000000370021655",
            "FiscalNumber":"9999078902005454","Status":1,"Fiscal":true,"OfdName":"ОФД Группа Элемент",
            "SettlePlace":"117342, Москва, ул. Бутлерова, 17Б","CalculationPlace":"www.my.ru",
            "KkmModelName":"MicroPay-ФАС","FiscalDateEnd":"2022-02-18T00:00:00+03:00","FirmwareVersion":"MP 087",
            "IsBso":false,"OfdQueueDocsCount":0,"FnOccupancy":0.0,"Warnings":[{"Code":2,"Description":"x",
            "ResolveAction":"x"}],"IsReceiptProcessingBlocked":true},"InnerResult":null,"Success":true,"Message":null}"#,
    );
    assert_eq!(word(&state, "Model.RegNumber"), "0000000370021655");
    let set = |sandbox: &mut Sandbox, off: bool, now| {
        let request = one.replace('}', &format!(r#","Inn":"7708806062","OnMaintenance":{off}}}"#));
        word(&told(sandbox, "kkt/state", &request, now), "Message").to_owned()
    };
    assert_eq!(set(&mut sandbox, false, NOW), "Kkm is already turned on");
    assert_eq!(set(&mut sandbox, true, NOW), "Kkt status was changed");
    assert_eq!(set(&mut sandbox, true, NOW), "Kkm is already on maintenance");
    assert_eq!(word(&told(&mut sandbox, "kkt/state/get", one, NOW), "Model.Status"), "2");
    let id = id_of(&mut sandbox, &receipt("1"), NOW);
    let by_id = format!(r#"{{"Id":"{id}"}}"#);
    assert_eq!(word(&told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW + MINUTE / 2), "Model"), "Queued");
    assert_eq!(set(&mut sandbox, false, NOW + MINUTE / 2), "Kkt status was changed");
    assert_eq!(word(&told(&mut sandbox, "kkt/receipt/status/get", &by_id, NOW + MINUTE), "Model"), "Processed");

    sandbox.add_fault(Fault::of(FaultKind::StorageFull));
    let warned = told(&mut sandbox, "kkt/merchant-devices-warnings", "{}", NOW + MINUTE);
    assert_eq!(word(&warned, "Model.0.Warnings.0.Description"), "ФН заполнен");
    sandbox.faults_off();

    let fiscalize = r#"{"Inn":"5408130693","DeviceNumber":"00000000000000000001","FiscalNumber":"9999078900005430",
        "RegNumber":"0000000004030311","Url":"www.cloudpayments.ru","Ofd":"PeterService","TaxationSystem":[0],
        "MerchantEmail":"my@mail.ru","MerchantPhone":"+79999999999","IsBso":false}"#;
    let missing = told(&mut sandbox, "kkt/fiscalize", &fiscalize.replace("\"Ofd\"", "\"Operator\""), NOW + MINUTE);
    assert_eq!((at(&missing, "Success"), word(&missing, "Message").ends_with("Ofd")), (&Json::Bool(false), true));
    let done = told(&mut sandbox, "kkt/fiscalize", fiscalize, NOW + MINUTE);
    assert_eq!(done.to_string(), r#"{"Success":true,"Message":"Fiscal data queued"}"#);
    let mut later = NOW + MINUTE;
    for (request, code) in [
        (receipt("1"), "2"),
        (receipt("1"), ""),
        (receipt("1").replace(r#""TaxationSystem":0"#, r#""TaxationSystem":1"#), "3"),
        (receipt("1").replace(r#""TaxationSystem":0"#, r#""IsBso":true"#), "17"),
    ] {
        let answer = told(&mut sandbox, "kkt/receipt", &request.replace("7708806062", "5408130693"), later);
        assert_eq!(word(&answer, "Model.ErrorCode"), if code.is_empty() { "0" } else { code }, "{answer}");
        later = NOW + 4 * MINUTE;
    }

    let mark = r"010460043993125621JgXJ5.T\u001d8005112000\u001d930001\u001d923zbrLA==\u001d24014276281";
    let one =
        told(&mut sandbox, "kkt/validate-mark-code", &format!(r#"{{"Inn":"7708806062","MarkCode":"{mark}"}}"#), later);
    same_shape(
        &one,
        r#"{"Success":true,"IsValid":true,"Message":null,"IndustryRequisite":{"Code":"030",
            "DocumentDate":"2023-11-21T00:00:00","DocumentNumber":"1944","RequisiteValue":"UUID=5325c6f5&Time=1"}}"#,
    );
    assert_eq!(at(&one, "IsValid"), &Json::Bool(true));
    let codes = format!(r#"{{"Inn":"7708806062","MarkCodes":["{mark}","nonsense"]}}"#);
    let several = told(&mut sandbox, "kkt/validate-mark-codes", &codes, later);
    assert_eq!(at(&several, "Results.0.IsValid"), &Json::Bool(true));
    assert_eq!(
        (at(&several, "Results.1.IsValid"), at(&several, "Results.1.IndustryRequisite")),
        (&Json::Bool(false), &Json::Null)
    );
}

#[test]
fn the_limit_of_the_test_mode() {
    let mut sandbox = Sandbox::new(SandboxOptions { test_limit: true, ..SandboxOptions::default() }, NOW);
    for _ in 0..100 {
        id_of(&mut sandbox, &receipt("1"), NOW);
    }
    assert_eq!(word(&told(&mut sandbox, "kkt/receipt", &receipt("1"), NOW + HOUR), "Model.ErrorCode"), "22");
    id_of(&mut sandbox, &receipt("1"), NOW + 8 * HOUR);
}

#[test]
fn other_faults() {
    let mut sandbox = sandbox();
    let request = kassir("kkt/receipt", &receipt("1"));
    sandbox.add_fault(Fault { after: Some(1500), ..Fault::of(FaultKind::TooManyRequests).times(1) });
    let limited = answer(sandbox.handle(&request, NOW));
    assert_eq!((limited.status, limited.header("Retry-After")), (429, Some("2")));
    sandbox.add_fault(Fault::of(FaultKind::BrokenBody).times(1));
    let broken = answer(sandbox.handle(&request, NOW));
    assert!(Json::parse(&String::from_utf8_lossy(&broken.body)).is_err());
    sandbox.add_fault(Fault { code: Some(25), ..Fault::of(FaultKind::Refused).times(1) });
    assert_eq!(word(&body(&answer(sandbox.handle(&request, NOW))), "Model.ErrorCode"), "25");
    sandbox.add_fault(Fault { after: Some(7_000), ..Fault::of(FaultKind::Slow).times(1) });
    let slow = matches!(sandbox.handle(&request, NOW), Reply::Answer { after: 7_000, .. });
    assert!(slow);
    sandbox.add_fault(Fault::of(FaultKind::Hang).times(20));
    sandbox.add_fault(Fault::of(FaultKind::ServerError).times(20));
    for _ in 0..20 {
        assert_eq!(sandbox.handle(&request, NOW), Reply::Hang);
    }
    for _ in 0..20 {
        assert_eq!(answer(sandbox.handle(&request, NOW)).status, 500);
    }
    sandbox.advance(NOW + HOUR);
    // Some were carried out, some not.
    let made = sandbox.receipts().len() - 2;
    assert!((5..35).contains(&made), "{made}");
    sandbox.add_fault(Fault::of(FaultKind::LostRequest).chance(30));
    let lost = (0..1000).filter(|_| matches!(sandbox.handle(&kassir("test", ""), NOW), Reply::Lost { .. })).count();
    assert!((250..350).contains(&lost), "{lost}");
    assert_eq!(
        Fault::parse("lostAnswer:kkt/receiptx2"),
        Some(Fault::of(FaultKind::LostAnswer).at("kkt/receipt").times(2))
    );
    assert_eq!(Fault::parse("hangx3"), Some(Fault::of(FaultKind::Hang).times(3)));
    assert_eq!((Fault::parse("hang"), Fault::parse("hung")), (Some(Fault::of(FaultKind::Hang)), None));
}

/// All that a run of requests comes to, as text.
fn run(seed: u64) -> String {
    let mut sandbox = Sandbox::new(SandboxOptions { seed, ..SandboxOptions::default() }, NOW);
    sandbox.add_fault(Fault::of(FaultKind::LostAnswer).chance(20));
    let mut log = String::new();
    for step in 0..30 {
        let now = NOW + step * 7 * SECOND;
        log += &format!("{:?}", sandbox.handle(&kassir("kkt/receipt", &receipt(&step.max(1).to_string())), now));
        log += &format!("{:?}", sandbox.advance(now));
    }
    log + &format!("{:?}{:?}", sandbox.receipts(), sandbox.due())
}

#[test]
fn the_same_seed_is_the_same_run() {
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}

proptest! {
    #[test]
    fn what_is_sent_is_what_is_printed(
        sums in prop::collection::vec((1_u32..10_000_000, 1_u32..5), 1..160), prepaid in 0_u32..100, seed: u64,
    ) {
        let mut sandbox = Sandbox::new(SandboxOptions { seed, ..SandboxOptions::default() }, NOW);
        let kopecks = |sum: u64| format!("{}.{:02}", sum / 100, sum % 100);
        let mut total = 0;
        let items: Vec<_> = sums.iter().map(|(price, quantity)| {
            let amount = u64::from(*price) * u64::from(*quantity);
            total += amount;
            let (price, amount) = (kopecks(u64::from(*price)), kopecks(amount));
            format!(r#"{{"Label":"x","Price":{price},"Quantity":{quantity},"Amount":{amount},"Vat":22}}"#)
        }).collect();
        let part = total * u64::from(prepaid) / 100;
        let request = format!(
            r#"{{"Inn":"7708806062","Type":"Income","CustomerReceipt":{{"Items":[{}],
            "Amounts":{{"Electronic":{},"AdvancePayment":{}}}}}}}"#, items.join(","), kopecks(total - part), kopecks(part)
        );
        let queued = told(&mut sandbox, "kkt/receipt", &request, NOW);
        prop_assert_eq!(word(&queued, "Message"), "Queued");
        let sent = sandbox.advance(NOW + 3 * MINUTE);
        let printed: i64 = sandbox.receipts().iter().map(|issued| issued.total.kopecks()).sum();
        prop_assert_eq!(printed, i64::try_from(total).unwrap());
        prop_assert_eq!(sent.len(), sums.len().div_ceil(100));
        for issued in sandbox.receipts() {
            let marks = issued.receipt.fiscal.as_ref().expect("marks");
            let code = parse_qr(marks.qr.as_deref().expect("a code")).expect("a code");
            prop_assert_eq!(code.total, issued.receipt.total());
        }
    }

    #[test]
    fn any_request_to_anybody_is_answered(
        get: bool, path in "(v5/receipts|info/receipts/bydate|get_status.php|init_payment.php|change/receipt/print|kkt/state|\
            kkt/validate-mark-codes|kkt/fiscalize|receipt|test|[a-z/?.]{0,12})(/[a-z0-9]{0,5})?([?#&=a-z0-9\\[\\]%]{0,30})",
        text in prop_oneof![
            "\\PC{0,60}",
            "(pg_[a-z_]{2,10}|type|cart|token|payment_id)=[a-z0-9%+\\[\\]\"{}:,]{0,20}(&[a-z_]{1,8}=[0-9.-]{0,6}){0,4}",
            "\\{\"(pg_amount|pg_merchant_id|positions|data|Inn|MarkCodes)\":(\\[\\]|\\{\\}|-?[0-9]{1,20}|\"[a-z]{0,5}\"|null)\\}",
        ], faulty: bool, now: u64,
    ) {
        let mut sandbox = sandbox();
        if faulty {
            sandbox.add_fault(Fault::of(FaultKind::BrokenBody));
        }
        let method = if get { Method::Get } else { Method::Post };
        let answered = matches!(sandbox.handle(&ask(method, &path, &[KEEPER], &text), now), Reply::Answer { .. });
        prop_assert!(answered);
        sandbox.advance(u64::MAX);
    }
}

proptest! {
    /// Sums and quantities at their limits and beyond: refused or printed, and then with the sum that was sent.
    #[test]
    fn sums_at_their_limits(
        lines in prop::collection::vec((extreme(), extreme(), extreme()), 1..4), paid in extreme(), kind in 0..3,
    ) {
        let mut sandbox = sandbox();
        match kind {
            0 => {
                let items: Vec<_> = lines.iter().map(|(price, quantity, amount)| {
                    format!(r#"{{"Label":"x","Price":{price},"Quantity":{quantity},"Amount":{amount},"Vat":0}}"#)
                }).collect();
                let request = format!(
                    r#"{{"Inn":"7708806062","Type":"Income","CustomerReceipt":{{"Items":[{}],"Amounts":{{"Electronic":{paid}}}}}}}"#,
                    items.join(",")
                );
                told(&mut sandbox, "kkt/receipt", &request, NOW);
            }
            1 => {
                let items: Vec<_> = lines.iter().map(|(price, quantity, _)| format!(
                    r#"{{"price":{price},"name":"x","quantity":{quantity},"vat_code":"none","payment_method":"full_payment","payment_object":"goods"}}"#
                )).collect();
                let request = format!(
                    r#"{{"receipt_format":"ru_1_05","merchant_id":1,"payment_id":2,"operation_type":"sell","positions":[{}],
                    "settlements":[{{"type":"cashless","sum":{paid}}}]}}"#,
                    items.join(",")
                );
                answer(sandbox.handle(&ask(Method::Post, "v5/receipts", &[], &request), NOW));
            }
            _ => {
                let items: Vec<_> = lines.iter().map(|(price, quantity, amount)| format!(
                    r#"{{"name":"x","price":"{price}","quantity":"{quantity}","sum":"{amount}","tax":"none"}}"#
                )).collect();
                let token = word(&body(&keeper(&mut sandbox, "info/settings/token/", NOW)), "token").to_owned();
                let form = format!(
                    "payment_id=&type=sale&contact=a%40b.ru&sum_cashless={paid}&token={token}&cart=[{}]", items.join(",")
                );
                answer(sandbox.handle(&ask(Method::Post, "change/receipt/print/", &[KEEPER], &form), NOW));
            }
        }
        sandbox.advance(NOW + HOUR);
        for issued in sandbox.receipts() {
            let paid = chek54::Json::Number(paid.clone().into()).to_string();
            let sent: chek54::Money = paid.parse().expect("a sum");
            prop_assert_eq!(issued.total, sent);
        }
    }
}

fn extreme() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("1".to_owned()),
        1 => prop::sample::select(vec![
            "0", "-1", "0.01", "0.001", "0.000001", "2814749767106.55", "2814749767106.56", "281474976.710655", "1e30", "1e-9",
            "99999999999999999999", "-2814749767106.55", "1e2",
        ]).prop_map(str::to_owned),
    ]
}
