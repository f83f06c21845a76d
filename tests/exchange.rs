//! Calls of the providers, each failure at each point: what is sent again, under which key, and what is told.
#![cfg(feature = "client")]

use chek54::exchange::{
    Account, Call, ErrorCode, Event, Exchange, ExchangeError, ExchangeOptions, Failure, NextKind, Pause, Step,
};
use chek54::{Json, Lang, Provider, Request, Response, cloudkassir, parse_receipt};

const NOW: u64 = 1_795_000_000_000;
const SECRET: &str = "s3cret-of-the-shop";
const MINUTE: u64 = 60_000;

/// What the other side does with a request.
#[derive(Clone, Copy)]
enum Reply {
    Say(u16, &'static str),
    /// With `Retry-After`.
    Later(u16, &'static str),
    Fail(Failure),
    /// The caller gives up while the request is on its way.
    Abort,
    /// The process ends while the request is on its way, and starts again after so many milliseconds.
    Crash(u64),
}
use Reply::{Abort, Crash, Fail, Later, Say};

#[derive(Debug)]
struct Played {
    requests: Vec<Request>,
    waits: Vec<u64>,
    statuses: Vec<String>,
    outcome: Result<Json<'static>, ExchangeError>,
    took: u64,
}

impl Played {
    fn ids(&self) -> Vec<&str> {
        self.requests.iter().filter_map(|request| request.header("x-request-id")).collect()
    }
    fn error(&self) -> &ExchangeError {
        self.outcome.as_ref().expect_err("a failure")
    }
    fn code(&self) -> &'static str {
        self.error().code.name()
    }
    fn next(&self) -> NextKind {
        self.error().next.as_ref().expect("what settles it").kind
    }
    fn text(&self, name: &str) -> String {
        let value = self.outcome.as_ref().expect("an answer").get(name).cloned().unwrap_or(Json::Null);
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }
}

fn play(call: Call, account: &Account, options: ExchangeOptions, replies: &[Reply]) -> Played {
    let exchange = Exchange::new(call, account, options, NOW, [9; 16]).expect("a call");
    go_on(exchange, account, NOW, replies)
}

fn go_on(mut exchange: Exchange, account: &Account, begun: u64, replies: &[Reply]) -> Played {
    let (mut now, mut replies) = (begun, replies.iter());
    let (mut requests, mut waits, mut statuses) = (Vec::new(), Vec::new(), Vec::new());
    let mut event = Event::Start;
    loop {
        let step = exchange.step(account, event, now, u64::MAX);
        let text = exchange.to_text();
        assert!(!text.contains(SECRET) && !text.contains("czNjcmV0"), "{text}");
        // What goes on from the text is what goes on.
        let again = Exchange::from_text(&text).expect("a state");
        assert_eq!(again.to_text(), text);
        match step {
            Step::Send { request, timeout } => {
                assert!(timeout > 0 && timeout <= 30_000);
                requests.push(request);
                now += 100;
                event = match *replies.next().expect("no more requests than replies") {
                    Say(status, body) => Event::Answered(Response { status, headers: Vec::new(), body: body.into() }),
                    Later(status, after) => {
                        let headers = vec![("Retry-After".to_owned(), after.to_owned())];
                        Event::Answered(Response { status, headers, body: Vec::new() })
                    }
                    Fail(failure) => {
                        now += if failure == Failure::Timeout { timeout } else { 0 };
                        Event::Failed(failure)
                    }
                    Abort => Event::Aborted,
                    Crash(ms) => {
                        (exchange, now) = (again, now + ms);
                        Event::Start
                    }
                };
            }
            Step::Wait { ms } => {
                if let Some(Pause::Status(status)) = exchange.pause() {
                    statuses.push(status.get("status").and_then(Json::as_str).unwrap_or("?").to_owned());
                }
                (waits, now) = ([&waits[..], &[ms]].concat(), now + ms);
                event = Event::Waited;
            }
            Step::Done(outcome) => {
                assert!(exchange.is_over());
                assert!(replies.next().is_none(), "fewer requests than replies: {outcome:?}");
                if let Err(error) = &outcome {
                    assert!(!format!("{error} {error:?}").contains(SECRET));
                }
                return Played {
                    requests,
                    waits,
                    statuses,
                    outcome: outcome.map_err(|error| *error),
                    took: now - begun,
                };
            }
        }
    }
}

fn kassir() -> Account {
    Account::cloud_kassir("pk_1", SECRET).with_inn("7708806062")
}

const TEA: &str = r#"{ "operation": "income", "taxation": "osn", "items": [{ "name": "Tea", "price": 149.9, "quantity": 1, "vat": "vat22" }],
    "customer": { "email": "buyer@example.com" } }"#;

fn encoded(order: &str, invoice: Option<&str>) -> chek54::Encoded {
    let receipt = parse_receipt(order, &Default::default()).expect("a receipt");
    let invoice_id = invoice.map(str::to_owned);
    let options = cloudkassir::EncodeOptions { inn: Some("7708806062".into()), invoice_id, ..Default::default() };
    cloudkassir::encode(&receipt, &options).expect("a body")
}

fn create(order: &str, invoice: Option<&str>) -> Call {
    Call::receipt(Provider::CloudKassir, encoded(order, invoice), &Json::Null).expect("a call")
}

fn tea() -> Call {
    create(TEA, Some("order 1"))
}

fn call(provider: Provider, name: &str, arguments: &str) -> Call {
    Call::new(provider, name, &Json::parse(arguments).expect("JSON")).expect("a call")
}

fn options() -> ExchangeOptions {
    ExchangeOptions { lang: Lang::En, ..ExchangeOptions::default() }
}

fn kassir_plays(replies: &[Reply]) -> Played {
    play(tea(), &kassir(), options(), replies)
}

const TAKEN: Reply = Say(
    200,
    r#"{"Success":true,"Message":"Queued","Warning":null,"Model":{"Id":"17b6","ErrorCode":0,"ReceiptLocalUrl":"https://receipts.ru/17b6"}}"#,
);
const REFUSED: Reply = Say(
    200,
    r#"{"Model":{"ErrorCode":2},"InnerResult":null,"Success":false,"Message":"Компания с ИНН 7777777777 не найдена"}"#,
);

#[test]
fn a_receipt_is_taken() {
    let played = kassir_plays(&[TAKEN]);
    let [request] = &played.requests[..] else { panic!("one request") };
    assert_eq!(request.url, "https://api.cloudpayments.ru/kkt/receipt");
    assert_eq!(request.method.name(), "POST");
    // printf 'pk_1:s3cret-of-the-shop' | base64
    assert_eq!(request.header("Authorization"), Some("Basic cGtfMTpzM2NyZXQtb2YtdGhlLXNob3A="));
    assert_eq!(request.header("Content-Type"), Some("application/json"));
    assert!(request.body.starts_with(r#"{"Inn":"7708806062","Type":"Income","CustomerReceipt":{"Items":["#));
    assert_eq!((played.text("id"), played.text("url")), ("17b6".into(), "https://receipts.ru/17b6".into()));
    assert_eq!(played.ids(), [played.text("requestId")]);
}

/// Each way of one request to go wrong, once: whether another follows, and what it ends in when nothing else does.
#[test]
fn every_failure_of_a_receipt() {
    let rows: &[(Reply, bool, &str, &str)] = &[
        // What is sent, whether again, what without more attempts, and its cause where that is unknown.
        (Fail(Failure::Refused), true, "network", ""),
        (Fail(Failure::Network), true, "unknown_outcome", "network"),
        (Fail(Failure::Timeout), true, "unknown_outcome", "timeout"),
        (Say(500, "<html>"), true, "unknown_outcome", "server"),
        (Say(502, ""), true, "unknown_outcome", "server"),
        (Say(408, ""), true, "unknown_outcome", "server"),
        (Later(503, "1"), true, "unknown_outcome", "server"),
        (Say(429, ""), true, "rate_limited", ""),
        (Say(200, "<html>"), true, "unknown_outcome", "bad_answer"),
        (Say(200, ""), true, "unknown_outcome", "bad_answer"),
        (Say(200, r#"{"Success":true,"Model":{"Id":"#), true, "unknown_outcome", "bad_answer"),
        (Say(200, r#"{"Success":true,"Model":{}}"#), true, "unknown_outcome", "bad_answer"),
        (Say(200, r#"{"Model":{"Id":"1"}}"#), true, "unknown_outcome", "bad_answer"),
        (Say(303, ""), false, "unknown_outcome", "bad_answer"),
        (Say(302, ""), false, "bad_answer", ""),
        (Say(401, ""), false, "auth", ""),
        (Say(403, ""), false, "auth", ""),
        (Say(400, r#"{"Success":false,"Message":"no"}"#), false, "rejected", ""),
        (Say(404, ""), false, "rejected", ""),
        (REFUSED, false, "rejected", ""),
        (Abort, false, "unknown_outcome", "aborted"),
    ];
    let once = ExchangeOptions { max_retries: 0, ..options() };
    for (reply, again, code, cause) in rows {
        let played = play(tea(), &kassir(), once.clone(), &[*reply]);
        assert_eq!((played.code(), played.error().cause.map_or("", ErrorCode::name)), (*code, *cause), "{played:?}");
        let unknown = *code == "unknown_outcome";
        assert_eq!(played.error().next.is_some(), unknown);
        assert_eq!(played.error().request_id.as_deref(), played.ids().first().copied());
        if *again {
            let played = kassir_plays(&[*reply, TAKEN]);
            assert_eq!(played.text("id"), "17b6");
            let ids = played.ids();
            assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
        } else {
            assert_eq!(kassir_plays(&[*reply]).code(), *code);
        }
    }
}

#[test]
fn what_may_have_been_done_stays_so() {
    // Of the first request nothing is known; that the second was turned away says nothing about it.
    for last in [Say(401, ""), Say(400, ""), Say(302, "")] {
        let played = kassir_plays(&[Fail(Failure::Timeout), last]);
        assert_eq!((played.code(), played.next()), ("unknown_outcome", NextKind::SameRequest));
    }
    let last = [Say(429, ""), Say(429, ""), Say(429, "")];
    let played = kassir_plays(&[&[Fail(Failure::Network)], &last[..]].concat());
    assert_eq!((played.code(), played.error().cause), ("unknown_outcome", Some(ErrorCode::RateLimited)));
    // Under one id the provider's word is that on every request.
    let played = kassir_plays(&[Fail(Failure::Timeout), REFUSED]);
    let error = played.error();
    assert_eq!((error.code, error.provider_code.as_deref()), (ErrorCode::Rejected, Some("2")));
    assert_eq!(error.provider_message.as_deref(), Some("Компания с ИНН 7777777777 не найдена"));
    assert!(!error.retryable);
    assert!(error.to_string().ends_with(": refused, 2: Компания с ИНН 7777777777 не найдена"), "{error}");
}

#[test]
fn attempts_end() {
    let played = kassir_plays(&[Fail(Failure::Network); 4]);
    assert_eq!(played.requests.len(), 4);
    let error = played.error();
    assert_eq!((played.code(), error.retryable, played.next()), ("unknown_outcome", true, NextKind::SameRequest));
    let next = error.next.as_ref().expect("next");
    assert_eq!(next.get("requestId"), error.request_id.as_deref());
    assert_eq!(next.get("invoiceId"), Some("order 1"));
    // 55 minutes from the first time: 1795000000 is 2026-11-18T11:06:40Z.
    assert_eq!(next.get("until"), Some("2026-11-18T12:01:40Z"));
    // Each at most twice the one before, by chance less.
    assert_eq!(played.waits, [500, 1000, 2000].map(|most| u64::MAX % (most + 1)));
}

#[test]
fn retry_after_is_kept() {
    let played = kassir_plays(&[Later(429, "7"), TAKEN]);
    assert!((7_000..7_600).contains(&played.waits[0]), "{:?}", played.waits);
    // Nine seconds from now, less the hundred milliseconds that the answer took.
    let played = kassir_plays(&[Later(503, "Wed, 18 Nov 2026 11:06:49 GMT"), TAKEN]);
    assert!((8_900..9_500).contains(&played.waits[0]), "{:?}", played.waits);
    for odd in ["soon", "-1", "Wed, 99 Foo 2026 11:06:49 GMT", "1.5", "Wed, 18 Nov 1926 11:06:49 GMT"] {
        assert!(kassir_plays(&[Later(503, odd), TAKEN]).waits[0] <= 500);
    }
    for far in ["3600", "18446744073709551615", "18446744073709551"] {
        let played = kassir_plays(&[Later(429, far)]);
        assert_eq!(played.code(), "rate_limited", "{far}");
    }
}

#[test]
fn a_restart_goes_on_under_the_same_id_within_the_hour() {
    let played = kassir_plays(&[Crash(10 * MINUTE), TAKEN]);
    assert!(played.ids().len() == 2 && played.ids()[0] == played.ids()[1]);
    // Later the id is forgotten: a second request could be a second receipt.
    let played = kassir_plays(&[Crash(56 * MINUTE)]);
    assert_eq!(
        (played.code(), played.next(), played.error().retryable),
        ("unknown_outcome", NextKind::Notification, false)
    );
    assert_eq!(played.error().next.as_ref().and_then(|next| next.get("invoiceId")), Some("order 1"));
    // The hour counts from the first time.
    let played = kassir_plays(&[Crash(30 * MINUTE), Crash(26 * MINUTE)]);
    assert_eq!((played.requests.len(), played.code()), (2, "unknown_outcome"));
    // What was certainly not sent has no hour.
    let played = kassir_plays(&[Fail(Failure::Refused), Crash(MINUTE), TAKEN]);
    assert_eq!(played.requests.len(), 3);
    // A clock that was put back hours says nothing.
    let (account, mut exchange) = (kassir(), Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call"));
    assert!(matches!(exchange.step(&account, Event::Start, NOW, 0), Step::Send { .. }));
    let exchange = Exchange::from_text(&exchange.to_text()).expect("a state");
    assert_eq!(go_on(exchange.clone(), &account, NOW - 3 * 60 * MINUTE, &[]).code(), "unknown_outcome");
    assert_eq!(go_on(exchange, &account, NOW - MINUTE, &[TAKEN]).text("id"), "17b6");
}

#[test]
fn a_restart_before_anything_was_sent_is_a_beginning() {
    let exchange = Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call");
    let exchange = Exchange::from_text(&exchange.to_text()).expect("a state");
    assert_eq!(go_on(exchange, &kassir(), NOW + 99 * MINUTE, &[TAKEN]).text("id"), "17b6");
}

#[test]
fn deadlines() {
    let hurried = ExchangeOptions { deadline: Some(1_000), ..options() };
    // The attempt gets what is left, and the pause that would be longer is not begun.
    let played = play(tea(), &kassir(), hurried.clone(), &[Fail(Failure::Timeout)]);
    assert_eq!((played.code(), played.error().cause), ("unknown_outcome", Some(ErrorCode::Timeout)));
    assert!(played.took <= 1_100);
    let played = play(tea(), &kassir(), hurried.clone(), &[Later(429, "5")]);
    assert_eq!(played.code(), "timeout");
    let status = call(Provider::CloudKassir, "receiptStatus", r#"{"id":"1"}"#);
    let played = play(status, &kassir(), hurried, &[Say(503, ""), Later(503, "2")]);
    assert_eq!((played.code(), played.error().status, played.error().retryable), ("timeout", Some(503), true));
}

#[test]
fn aborted_before_it_was_sent() {
    let account = kassir();
    let mut exchange = Exchange::new(tea(), &account, options(), NOW, [0; 16]).expect("a call");
    let Step::Done(Err(error)) = exchange.step(&account, Event::Aborted, NOW, 0) else { panic!("over") };
    assert_eq!(error.code, ErrorCode::Aborted);
    // During a pause after a certain failure, and after another one.
    for (failure, code) in [(Failure::Refused, "aborted"), (Failure::Network, "unknown_outcome")] {
        let mut exchange = Exchange::new(tea(), &account, options(), NOW, [0; 16]).expect("a call");
        exchange.step(&account, Event::Start, NOW, 0);
        assert!(matches!(exchange.step(&account, Event::Failed(failure), NOW, 0), Step::Wait { .. }));
        let Step::Done(Err(error)) = exchange.step(&account, Event::Aborted, NOW, 0) else { panic!("over") };
        assert_eq!(error.code.name(), code);
    }
}

/// The ids of calls.
fn id(call: Call) -> String {
    let exchange = Exchange::new(call, &kassir(), options(), NOW, [5; 16]).expect("a call");
    exchange.request_id().expect("an id").to_owned()
}

#[test]
fn ids_are_those_of_what_is_asked() {
    let refund = TEA.replace("income\"", "incomeReturn\"");
    let other = TEA.replace("149.9", "149.8");
    let correction = TEA.replacen('{', r#"{ "correction": { "kind": "self", "date": "2026-11-01" }, "#, 1);
    let calls = || {
        [
            tea(),
            create(TEA, Some("order 2")),
            create(&refund, Some("order 1")),
            create(&other, Some("order 1")),
            create(&correction, None).invoice("order 1"),
            tea().part("1"),
            tea().part("2"),
            create(&refund, Some("order 1")).part("1"),
            create(&refund, Some("order 1")).part("2"),
            // Parts and orders are not one text.
            create(TEA, Some("order 11")).part(""),
        ]
    };
    let (ids, again) = (calls().map(id), calls().map(id));
    assert_eq!(ids, again);
    for (at, one) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(one), "{at}");
        assert!(one.len() == 36 && one.as_bytes()[14] == b'8', "{one}");
    }
    // Without an order it is by chance.
    let random = |bytes| {
        let exchange = Exchange::new(create(TEA, None), &kassir(), options(), NOW, bytes).expect("a call");
        exchange.request_id().expect("an id").to_owned()
    };
    assert_eq!(random([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert_ne!(random([1; 16]), random([2; 16]));
    assert_eq!(id(tea().request_id("mine")), "mine");
    for bad in ["", "two words", "line\r\nx-other: 1", "ж", &"x".repeat(129)] {
        assert!(Exchange::new(tea().request_id(bad), &kassir(), options(), NOW, [0; 16]).is_err(), "{bad}");
    }
}

#[test]
fn waiting_for_a_receipt() {
    const QUEUED: Reply = Say(200, r#"{"Model":"Queued","Success":true}"#);
    const MISSING: Reply = Say(200, r#"{"Model":"NotFound","Success":true}"#);
    let made = Say(
        200,
        r#"{"Model":{"Items":[{"Label":"Tea","Price":100,"Quantity":1,"Amount":100,"Vat":0}],"TaxationSystem":0,
        "AdditionalData":{"Id":"4c33","Amount":100,"DocumentNumber":"1323","FiscalNumber":"9999078900005430",
        "FiscalSign":"13223"}},"InnerResult":null,"Success":true,"Message":null}"#,
    );
    let wait = || call(Provider::CloudKassir, "waitForReceipt", r#"{"id":"4c33"}"#);
    let done = Say(200, r#"{"Model":"Processed","Success":true}"#);
    let played = play(wait(), &kassir(), options(), &[MISSING, QUEUED, Say(503, ""), QUEUED, done, Say(500, ""), made]);
    assert_eq!(played.statuses, ["notFound", "queued", "queued"]);
    let fiscal = played.outcome.as_ref().expect("a receipt").get("fiscal").expect("marks");
    assert_eq!(fiscal.get("fd").and_then(Json::as_str), Some("1323"));
    assert!(played.ids().is_empty(), "an id would bring the first answer again and again");
    let paths: Vec<_> = played.requests.iter().map(|request| request.url.rsplit("kkt/").next().unwrap_or("")).collect();
    assert_eq!(paths[4..], ["receipt/status/get", "receipt/get", "receipt/get"]);
    assert!(played.requests.iter().all(|request| request.body == r#"{"Id":"4c33"}"#));

    let failed = Say(200, r#"{"Model":"Error","Success":true,"Message":"Нет касс без признака БСО"}"#);
    let played = play(wait(), &kassir(), options(), &[QUEUED, failed]);
    assert_eq!(played.code(), "rejected");
    assert_eq!(played.error().provider_message.as_deref(), Some("Нет касс без признака БСО"));

    let played = play(wait(), &kassir(), options(), &[MISSING; 12]);
    assert_eq!((played.code(), played.error().provider_code.as_deref()), ("rejected", Some("notFound")));
    assert!(played.took >= 60_000);

    // Pauses grow up to a bound, and ten minutes are enough unless something else is said.
    let hurried = ExchangeOptions { deadline: Some(20_000), ..options() };
    let played = play(wait(), &kassir(), hurried, &[QUEUED; 7]);
    assert_eq!((played.code(), played.error().retryable), ("timeout", true));
    assert!(played.took < 20_000 && played.waits.iter().max() > played.waits.first());
}

#[test]
fn the_other_methods_of_cloudkassir() {
    let fiscalize = r#"{"deviceNumber":"0001","fiscalNumber":"9999","regNumber":"0000","url":"my.ru",
        "ofd":"PeterService","taxation":["osn","patent"],"merchantEmail":"a@b.ru","merchantPhone":"+79999999999"}"#;
    let state = r#"{"Model":{"Inn":"7708806062","DeviceNumber":"0180","RegNumber":"0000","FiscalNumber":"9999","Status":1,
        "FnOccupancy":0.0,"Warnings":[{"Code":2,"Description":"d","ResolveAction":"r"}],"IsReceiptProcessingBlocked":true},
        "InnerResult":null,"Success":true,"Message":null}"#;
    let marks = r#"{"Success":true,"Message":null,"Results":[{"MarkCode":"01","IsValid":true,"Message":null,
        "IndustryRequisite":{"Code":"030","DocumentDate":"2023-11-21T00:00:00","DocumentNumber":"1944","RequisiteValue":"v"}},
        {"MarkCode":"02","IsValid":false,"Message":"out","IndustryRequisite":null}]}"#;
    let rows: &[(&str, &str, &str, &str, &str, &str)] = &[
        ("test", "{}", "test", "{}", r#"{"Success":true,"Message":"bd63"}"#, r#"{"message":"bd63"}"#),
        (
            "fiscalize",
            fiscalize,
            "kkt/fiscalize",
            r#"{"Inn":"7708806062","DeviceNumber":"0001","FiscalNumber":"9999","RegNumber":"0000","Url":"my.ru","Ofd":"PeterService","TaxationSystem":[0,5],"MerchantEmail":"a@b.ru","MerchantPhone":"+79999999999"}"#,
            r#"{"Success":true,"Message":"Fiscal data queued"}"#,
            r#"{"message":"Fiscal data queued"}"#,
        ),
        (
            "setState",
            r#"{"inn":"1","deviceNumber":"2","fiscalNumber":"3","onMaintenance":true}"#,
            "kkt/state",
            r#"{"Inn":"1","DeviceNumber":"2","FiscalNumber":"3","OnMaintenance":true}"#,
            r#"{"Success":true,"Message":"Kkt status was changed"}"#,
            r#"{"message":"Kkt status was changed"}"#,
        ),
        (
            "getState",
            r#"{"deviceNumber":"2","fiscalNumber":"3"}"#,
            "kkt/state/get",
            r#"{"DeviceNumber":"2","FiscalNumber":"3"}"#,
            state,
            r#"{"inn":"7708806062","serial":"0180","rnm":"0000","fn":"9999","status":"online","fnOccupancy":0.0,"warnings":[{"code":2,"description":"d","resolveAction":"r"}],"blocked":true}"#,
        ),
        (
            "warnings",
            "null",
            "kkt/merchant-devices-warnings",
            "{}",
            r#"{"Model":[{"DeviceNumber":"8","Warnings":[]}],"InnerResult":null,"Success":true,"Message":null}"#,
            r#"[{"serial":"8","warnings":[]}]"#,
        ),
        (
            "validateMarkCode",
            r#"{"code":"01\u001d93"}"#,
            "kkt/validate-mark-code",
            r#"{"Inn":"7708806062","MarkCode":"01\u001d93"}"#,
            r#"{"Success":true,"IsValid":false,"Message":"expired","IndustryRequisite":null}"#,
            r#"{"valid":false,"message":"expired"}"#,
        ),
        (
            "validateMarkCodes",
            r#"{"codes":["01","02"]}"#,
            "kkt/validate-mark-codes",
            r#"{"Inn":"7708806062","MarkCodes":["01","02"]}"#,
            marks,
            r#"[{"code":"01","valid":true,"industryRequisite":{"code":"030","documentDate":"2023-11-21T00:00:00","documentNumber":"1944","value":"v"}},{"code":"02","valid":false,"message":"out"}]"#,
        ),
        (
            "correctionStatus",
            r#"{"id":"4"}"#,
            "kkt/correction-receipt/status/get",
            r#"{"Id":"4"}"#,
            r#"{"Model":"Queued","InnerResult":null,"Warnings":[{"Code":1,"Description":"d"}],"Success":true,"Message":null}"#,
            r#"{"status":"queued","warnings":[{"code":1,"description":"d"}]}"#,
        ),
    ];
    for (name, arguments, path, body, answer, expected) in rows {
        let played = play(call(Provider::CloudKassir, name, arguments), &kassir(), options(), &[Say(200, answer)]);
        let [request] = &played.requests[..] else { panic!("one request") };
        assert_eq!(request.url, format!("https://api.cloudpayments.ru/{path}"));
        assert_eq!(request.body, *body, "{name}");
        assert_eq!(played.outcome.as_ref().map(ToString::to_string), Ok((*expected).to_owned()), "{name}");
        let refused = play(call(Provider::CloudKassir, name, arguments), &kassir(), options(), &[REFUSED]);
        assert_eq!(refused.code(), "rejected", "{name}");
        // Reading, and what has a key, go through whatever is in between.
        let between = [Say(503, ""), Fail(Failure::Timeout), Say(200, answer)];
        let played = play(call(Provider::CloudKassir, name, arguments), &kassir(), options(), &between);
        assert!(played.outcome.is_ok(), "{name}");
    }
    for (name, arguments) in [
        ("getState", "{}"),
        ("getState", r#"{"deviceNumber":"1","fiscalNumber":"2","more":1}"#),
        ("setState", r#"{"deviceNumber":"1","fiscalNumber":"2","onMaintenance":"yes"}"#),
        ("validateMarkCodes", r#"{"codes":[]}"#),
        ("validateMarkCodes", r#"{"codes":[1]}"#),
        ("receiptStatus", r#"{"id":""}"#),
        ("createReceipt", "{}"),
        ("nothing", "{}"),
        ("test", "[]"),
    ] {
        let arguments = Json::parse(arguments).expect("JSON");
        assert!(Call::new(Provider::CloudKassir, name, &arguments).is_err(), "{name} {arguments}");
    }
    let inn = call(Provider::CloudKassir, "validateMarkCode", r#"{"code":"1"}"#);
    assert!(Exchange::new(inn, &Account::cloud_kassir("a", "b"), options(), NOW, [0; 16]).is_err());
}

#[test]
fn secrets_are_nowhere() {
    let account = kassir().with_jws(SECRET);
    assert_eq!(format!("{account:?} {account}").matches(SECRET).count(), 0);
    // A server that sends them back is not believed.
    let played = kassir_plays(&[Say(200, r#"{"Success":false,"Message":"no s3cret-of-the-shop here"}"#)]);
    assert_eq!(played.error().provider_message.as_deref(), Some("no *** here"));
    assert!(!format!("{:?}", played.requests).contains("Basic"));
}

#[test]
fn accounts_that_cannot_be() {
    let refused = |account: Account| Exchange::new(tea(), &account, options(), NOW, [0; 16]).is_err();
    for base in ["", "ftp://a", "https://user:pass@host", "https://host?x=1", "https://host/#x", "https://a b"] {
        assert!(refused(kassir().with_base_url(base)), "{base}");
    }
    assert!(refused(Account::cloud_kassir("a:b", "c")) && refused(Account::cloud_kassir("a\r\n", "c")));
    assert!(refused(Account::paybox("1", "2")));
    for base in ["http://127.0.0.1:8080/", "https://api.cloudpayments.ru", "/api"] {
        assert!(!refused(kassir().with_base_url(base)), "{base}");
    }
    // A server of one's own adds the credentials.
    let bare = Account::cloud_kassir("", "").with_base_url("/api/kassir/");
    let played = play(tea(), &bare, options(), &[TAKEN]);
    assert_eq!(played.requests[0].url, "/api/kassir/kkt/receipt");
    assert_eq!(played.requests[0].header("authorization"), None);
    // A state goes on with its own account alone.
    let mut exchange = Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call");
    exchange.step(&kassir(), Event::Start, NOW, 0);
    let other = Account::cloud_kassir("pk_2", SECRET);
    let exchange = Exchange::from_text(&exchange.to_text()).expect("a state");
    assert_eq!(go_on(exchange, &other, NOW, &[]).code(), "unknown_outcome");
}

#[test]
fn texts_that_are_no_state() {
    let mut exchange = Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call");
    exchange.step(&kassir(), Event::Start, NOW, 0);
    let text = exchange.to_text();
    for (from, to) in [
        ("\"1\"", "\"2\""),
        ("\"provider\":\"cloudkassir\"", "\"provider\":\"nobody\""),
        ("\"main\"", "\"somewhere\""),
        ("\"first\"", "\"last\""),
        ("\"key\"", "\"kay\""),
        ("\"body\":{", "\"boda\":{"),
        ("\"timeout\":30000", "\"timeout\":-1"),
        ("\"tries\":0", "\"tries\":99999999999"),
    ] {
        assert!(text.contains(from), "{from} {text}");
        assert!(Exchange::from_text(&text.replacen(from, to, 1)).is_err(), "{from}");
    }
    for none in ["", "{}", "null", "[", "\"x\""] {
        assert!(Exchange::from_text(none).is_err());
    }
    // What comes out of turn changes nothing.
    let account = kassir();
    let late = Event::Answered(Response { status: 200, headers: Vec::new(), body: Vec::new() });
    let mut fresh = Exchange::new(tea(), &account, options(), NOW, [0; 16]).expect("a call");
    assert_eq!(fresh.step(&account, late, NOW, 0), Step::Wait { ms: 0 });
    assert_eq!(exchange.step(&account, Event::Waited, NOW, 0), Step::Wait { ms: 0 });
}
