//! The sandbox against the examples of the providers' documents.

use chek54::notification::{Delivery, parse_notification, verify_notification};
use chek54::sandbox::{Credentials, Fault, FaultKind, Reply, Sandbox, SandboxOptions};
use chek54::{Json, Method, Provider, Request, Response, parse_qr, registration_number_agrees};
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
