//! Calls of the providers, each failure at each point: what is sent again, under which key, and what is told.
#![cfg(feature = "client")]

use chek54::exchange::{
    Account, Call, ErrorCode, Event, Exchange, ExchangeError, ExchangeOptions, Failure, NextKind, Pause, Step,
};
use chek54::{Json, Lang, Provider, Request, Response, cloudkassir, parse_receipt, paybox, paykeeper};

const NOW: u64 = 1_795_000_000_000;
const SECRET: &str = "s3cret-of-the-shop";
const MINUTE: u64 = 60_000;

/// What the other side does with a request.
#[derive(Debug, Clone, Copy)]
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
            // Its body names no order.
            create(&correction, None).invoice("order 2"),
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

    // Pauses grow up to a bound; near the end it is asked more often again, and the time is used up.
    let hurried = ExchangeOptions { deadline: Some(20_000), ..options() };
    let played = play(wait(), &kassir(), hurried, &[QUEUED; 11]);
    assert_eq!((played.code(), played.error().retryable), ("timeout", true));
    assert!((19_000..=20_100).contains(&played.took) && played.waits.iter().max() > played.waits.first());
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

fn shop() -> Account {
    Account::paybox("542088", SECRET)
}

const GOODS: &str = r#"{ "ffd": "1.05", "operation": "income", "items": [{ "name": "Tea", "price": 100, "quantity": 2,
    "vat": "vat20" }], "customer": { "email": "buyer@example.com" } }"#;

fn paid(order: &str, form: paybox::Form) -> chek54::Encoded {
    let receipt = parse_receipt(order, &Default::default()).expect("a receipt");
    let options = paybox::EncodeOptions { form, payment_id: Some("77".into()), ..Default::default() };
    let options = paybox::EncodeOptions { merchant_id: Some("542088".into()), ..options };
    paybox::encode(&receipt, &options).expect("a body")
}

const PAID: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><response><pg_status>ok</pg_status>\
    <pg_payment_id>771889578</pg_payment_id><pg_redirect_url>https://freedompay.uz/pay.html?customer=8f</pg_redirect_url>\
    <pg_redirect_url_type>needdata</pg_redirect_url_type><pg_salt>v0</pg_salt><pg_sig>x</pg_sig></response>";
const FAILED: &str = "<response><pg_status>error</pg_status><pg_error_code>340</pg_error_code>\
    <pg_error_description>Платёж не найден</pg_error_description></response>";

#[test]
fn payments_are_signed_and_sent_once() {
    let start = || {
        let arguments = r#"{"orderId":"3552","amount":"200.00","description":"Заказ","autoClearing":true,"pg_result_url":"https://a/b"}"#;
        let arguments = Json::parse(arguments).expect("JSON");
        Call::receipt(Provider::Paybox, paid(GOODS, paybox::Form::Payment), &arguments).expect("a call")
    };
    let played = play(start(), &shop(), options(), &[Say(200, PAID)]);
    let [request] = &played.requests[..] else { panic!("one request") };
    assert_eq!(request.url, "https://api.freedompay.uz/init_payment.php");
    assert_eq!(request.header("authorization"), None);
    let body = Json::parse(&request.body).expect("JSON");
    let text = |name: &str| body.get(name).map(ToString::to_string).unwrap_or_default();
    assert_eq!(
        [
            text("pg_merchant_id"),
            text("pg_order_id"),
            text("pg_amount"),
            text("pg_auto_clearing"),
            text("pg_result_url")
        ],
        ["542088", "\"3552\"", "200", "1", "\"https://a/b\""]
    );
    assert_eq!(text("pg_sig"), format!("\"{}\"", paybox::sign(&body, "init_payment.php", SECRET)));
    assert_eq!(text("pg_salt").len(), 18);
    assert!(body.get("pg_receipt").is_some());
    assert_eq!(played.text("paymentId"), "771889578");
    assert_eq!(played.text("redirectUrlType"), "needdata");
    assert_eq!(played.outcome.as_ref().map(|answer| answer.get("sig").is_some()), Ok(false));

    for name in ["capture", "refund", "cancel"] {
        let make = || call(Provider::Paybox, name, r#"{"paymentId":77}"#);
        for failure in [Fail(Failure::Network), Fail(Failure::Timeout), Say(502, ""), Say(200, "<html"), Say(200, "")] {
            let played = play(make(), &shop(), options(), &[failure]);
            assert_eq!(
                (played.code(), played.next(), played.error().retryable),
                ("unknown_outcome", NextKind::PaymentStatus, false)
            );
            assert_eq!(played.error().next.as_ref().and_then(|next| next.get("paymentId")), Some("77"));
        }
        assert_eq!(play(make(), &shop(), options(), &[Crash(1)]).code(), "unknown_outcome");
        assert_eq!(play(make(), &shop(), options(), &[Abort]).code(), "unknown_outcome");
        // Nothing was done, certainly: then again.
        let played = play(make(), &shop(), options(), &[Fail(Failure::Refused), Say(429, ""), Say(200, PAID)]);
        assert_eq!(played.requests.len(), 3, "{name}");
        let played = play(make(), &shop(), options(), &[Say(200, FAILED)]);
        let error = played.error();
        assert_eq!((error.code, error.provider_code.as_deref()), (ErrorCode::Rejected, Some("340")));
        assert_eq!(error.provider_message.as_deref(), Some("Платёж не найден"));
    }
    let part = Json::parse(r#"{"paymentId":77,"amount":200}"#).expect("JSON");
    let part = Call::receipt(Provider::Paybox, paid(GOODS, paybox::Form::Capture), &part).expect("a call");
    let played = play(part, &shop(), options(), &[Say(200, PAID)]);
    assert!(played.requests[0].body.contains(r#""pg_clearing_amount":200"#), "{}", played.requests[0].body);
    for (name, arguments) in [
        ("initPayment", r#"{"orderId":1,"amount":1}"#),
        ("initPayment", r#"{"orderId":1,"amount":"1.001","description":"x"}"#),
        ("capture", "{}"),
        ("cancel", r#"{"paymentId":1,"amount":1}"#),
        ("refund", r#"{"paymentId":1,"sig":"x"}"#),
        ("refund", r#"{"paymentId":1,"pg_merchant_id":"2"}"#),
    ] {
        let arguments = Json::parse(arguments).expect("JSON");
        assert!(Call::new(Provider::Paybox, name, &arguments).is_err(), "{name} {arguments}");
    }
    // Reading goes on.
    let status = call(Provider::Paybox, "status", r#"{"paymentId":"77"}"#);
    let played = play(status, &shop(), options(), &[Say(500, ""), Fail(Failure::Timeout), Say(200, PAID)]);
    assert!(played.requests[2].url.ends_with("/get_status.php") && played.requests[2].body.contains("pg_sig"));
}

const RECEIPT: &str = r#"{"data":{"merchant_id":"542088","receipt_id":"bb93","operation_type":"sell","receipt_format":"ru_1_05",
    "status":"STATUS","fiscal_document_number":10605,"fiscal_storage_number":"9999078900006286","fiscal_attribute":923085333,
    "registered_at":"29.03.2023 17:37:00","positions":[{"name":"Tea","quantity":2,"price":100,"vat_code":"vat_20",
    "payment_method":"full_payment","payment_object":"goods","sum":200}],"total":200,"settlements":[{"type":"cashless",
    "sum":200}],"error":null,"payment_id":"77"}}"#;

#[test]
fn receipts_of_paybox() {
    let registered: &'static str = RECEIPT.replace("STATUS", "registered").leak();
    let pending: &'static str = r#"{"data":{"receipt_id":"bb93","status":"pending","error":null}}"#;
    let make = || Call::receipt(Provider::Paybox, paid(GOODS, paybox::Form::Separate), &Json::Null).expect("a call");
    let account = shop().with_jws("a.b.c");
    let played = play(make(), &account, options(), &[Say(201, pending)]);
    let request = &played.requests[0];
    assert_eq!(
        (request.url.as_str(), request.header("x-jws-signature")),
        ("https://api.freedompay.uz/v5/receipts", Some("a.b.c"))
    );
    assert!(!request.body.contains("pg_"));
    assert_eq!((played.text("id"), played.text("status")), ("bb93".into(), "pending".into()));
    let played = play(make(), &account, options(), &[Fail(Failure::Timeout)]);
    assert_eq!((played.code(), played.next()), ("unknown_outcome", NextKind::PaymentReceipts));
    assert_eq!(played.error().next.as_ref().and_then(|next| next.get("paymentId")), Some("77"));

    let wait = || call(Provider::Paybox, "waitForReceipt", r#"{"id":"bb93/.."}"#);
    let played = play(wait(), &account, options(), &[Say(200, pending), Say(503, ""), Say(200, registered)]);
    assert_eq!(played.requests[0].url, "https://api.freedompay.uz/v5/receipts/bb93%2F..");
    assert_eq!(played.requests[0].method.name(), "GET");
    let fiscal = played.outcome.as_ref().expect("a receipt").get("fiscal").expect("marks");
    assert_eq!(fiscal.get("fd").and_then(Json::as_str), Some("10605"));
    let failed = r#"{"data":{"receipt_id":"bb93","status":"error","error":"нет кассы"}}"#;
    let played = play(wait(), &account, options(), &[Say(200, pending), Say(200, failed)]);
    assert_eq!((played.code(), played.error().provider_message.as_deref()), ("rejected", Some("нет кассы")));
    let list: &'static str = format!(
        "{{\"data\":[{}]}}",
        registered.trim_start_matches("{\"data\":").trim_end_matches('}').to_owned() + "}"
    )
    .leak();
    let played = play(call(Provider::Paybox, "receipts", "{}"), &account, options(), &[Say(200, list)]);
    assert!(matches!(&played.outcome, Ok(Json::Array(rows)) if rows.len() == 1), "{played:?}");
}

fn keeper() -> Account {
    Account::pay_keeper("admin", SECRET, "https://demo.paykeeper.ru/")
}

fn print(options: paykeeper::EncodeOptions) -> Call {
    let receipt = parse_receipt(GOODS, &Default::default()).expect("a receipt");
    let encoded = paykeeper::encode(&receipt, &options).expect("a form");
    Call::receipt(Provider::PayKeeper, encoded, &Json::Null).expect("a call")
}

fn keyed() -> Call {
    print(paykeeper::EncodeOptions { receipt_key: Some("order_0001".into()), ..Default::default() })
}

const TOKEN: Reply = Say(200, r#"{"token":"tok/1"}"#);
const PRINTED: Reply = Say(200, r#"{"result":"success","receipt_id":"4201"}"#);
const THERE: Reply = Say(200, r#"{"result":"fail","msg":"Чек уже существует"}"#);
const FOUND: Reply = Say(
    200,
    r#"{"receipts":[{"id":"4202","status":"success","fop_receipt_key":"other1"},
    {"id":"4200","status":"failed","fop_receipt_key":"order_0001"},
    {"id":"4201","status":"created","fop_receipt_key":"order_0001"}],"counts":{}}"#,
);
const NOT_FOUND: Reply = Say(200, r#"{"receipts":[],"counts":{}}"#);

#[test]
fn paykeeper_prints_with_a_token() {
    let played = play(keyed(), &keeper(), options(), &[TOKEN, PRINTED]);
    let urls: Vec<_> = played.requests.iter().map(|request| request.url.as_str()).collect();
    assert_eq!(
        urls,
        ["https://demo.paykeeper.ru/info/settings/token/", "https://demo.paykeeper.ru/change/receipt/print/"]
    );
    let body = &played.requests[1].body;
    assert!(body.contains("&receipt_key=order_0001&token=tok%2F1") && body.contains("type=sale"), "{body}");
    assert_eq!(played.requests[1].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!((played.text("id"), played.text("receiptKey")), ("4201".into(), "order_0001".into()));
    // A key of the payment and the form, or of chance.
    let of = |payment: Option<&str>, random| {
        let call = print(paykeeper::EncodeOptions { payment_id: payment.map(str::to_owned), ..Default::default() });
        let exchange = Exchange::new(call, &keeper(), options(), NOW, [random; 16]).expect("a call");
        exchange.request_id().expect("a key").to_owned()
    };
    assert_eq!(of(Some("7"), 1), of(Some("7"), 2));
    assert_ne!(of(Some("7"), 1), of(Some("8"), 1));
    assert_ne!(of(None, 1), of(None, 2));
}

#[test]
fn paykeeper_is_asked_for_the_receipt_of_our_key() {
    // The answer was lost, and the second request is refused because of the first.
    let lost = [TOKEN, Fail(Failure::Timeout), TOKEN, THERE];
    let played = play(keyed(), &keeper(), options(), &[&lost[..], &[FOUND]].concat());
    assert_eq!((played.text("id"), played.text("receiptKey")), ("4201".into(), "order_0001".into()));
    let asked = &played.requests[4].url;
    assert!(asked.contains("info/receipts/bydate/?start=2026-11-17&end=2026-11-19&receipt_type[0]=sale"), "{asked}");
    // There is none: the refusal is one.
    let played = play(keyed(), &keeper(), options(), &[&lost[..], &[Say(500, ""), NOT_FOUND]].concat());
    assert_eq!((played.code(), played.error().provider_message.as_deref()), ("rejected", Some("Чек уже существует")));
    // It cannot be found out.
    let played = play(keyed(), &keeper(), options(), &[&lost[..], &[Say(401, "")]].concat());
    assert_eq!((played.code(), played.next()), ("unknown_outcome", NextKind::ReceiptKey));
    let next = played.error().next.clone().expect("next");
    assert_eq!([next.get("receiptKey"), next.get("start")], [Some("order_0001"), Some("2026-11-18")]);
    // By the payment where there is one, and after a restart.
    let of_payment = print(paykeeper::EncodeOptions {
        payment_id: Some("7".into()),
        receipt_key: Some("order_0001".into()),
        ..Default::default()
    });
    let list = Say(200, r#"[{"id":"1","status":"success","fop_receipt_key":"order_0001"}]"#);
    let played = play(of_payment, &keeper(), options(), &[TOKEN, Crash(99 * MINUTE), TOKEN, THERE, list]);
    assert_eq!(played.text("id"), "1");
    assert!(played.requests[4].url.ends_with("info/receipts/bypaymentid/?payment_id=7"));
    // A call that is made again finds the receipt of the first, and one that has nothing of its key is refused.
    assert_eq!(play(keyed(), &keeper(), options(), &[TOKEN, THERE, FOUND]).text("id"), "4201");
    assert_eq!(play(keyed(), &keeper(), options(), &[TOKEN, THERE, NOT_FOUND]).code(), "rejected");
    let unsent = [TOKEN, Fail(Failure::Refused), TOKEN, THERE, NOT_FOUND];
    assert_eq!(play(keyed(), &keeper(), options(), &unsent).code(), "rejected");
    // The key was given to another receipt: of another sum, or a return.
    for other in [
        r#"[{"id":"1","status":"success","type":"sale","sum_cashless":"7.00","fop_receipt_key":"order_0001"}]"#,
        r#"[{"id":"1","status":"success","type":"refund","fop_receipt_key":"order_0001"}]"#,
    ] {
        assert_eq!(play(keyed(), &keeper(), options(), &[TOKEN, THERE, Say(200, other)]).code(), "rejected");
    }
    // The token's own failures leave nothing open.
    for (reply, code) in [(Say(200, "<html>login"), "auth"), (Say(401, ""), "auth"), (Say(200, "{}"), "bad_answer")] {
        let once = ExchangeOptions { max_retries: 0, ..options() };
        assert_eq!(play(keyed(), &keeper(), once, &[reply]).code(), code);
    }
    let played = play(keyed(), &keeper(), options(), &[Say(500, ""), TOKEN, Say(500, ""), TOKEN, PRINTED]);
    assert_eq!(played.text("id"), "4201");
}

#[test]
fn paykeeper_is_asked() {
    let by_id = |id: &str| call(Provider::PayKeeper, "receiptById", &format!("{{\"id\":\"{id}\"}}"));
    let row = r#"{"id":"4201","payment_id":"7","type":"sale","status":"success","fpd":"1","fnd":"2","fn":"9999","cart":"[{\"name\":\"Tea\",\"price\":100,\"quantity\":1,\"sum\":100,\"tax\":\"vat20\"}]","fop_receipt_key":"k12345"}"#;
    let played = play(by_id("4201"), &keeper(), options(), &[Say(200, row)]);
    assert_eq!(played.requests[0].url, "https://demo.paykeeper.ru/info/receipts/byid/?id=4201");
    assert_eq!(
        [played.text("status"), played.text("paymentId"), played.text("receiptKey")],
        ["success", "7", "k12345"]
    );
    for nothing in ["", "null", "[]"] {
        assert_eq!(play(by_id("1"), &keeper(), options(), &[Say(200, nothing)]).outcome, Ok(Json::Null));
    }
    let rows: &[(&str, &str, &'static str, &str)] = &[
        ("receiptsByPayment", r#"{"paymentId":7}"#, "", "[]"),
        (
            "receiptsByPayment",
            r#"{"paymentId":7}"#,
            r#"[{"id":"1","status":"created"}]"#,
            r#"[{"id":"1","status":"created","final":false,"envelope":{"id":"1","status":"created","final":false}}]"#,
        ),
        (
            "receiptsByDate",
            r#"{"receiptType":"sale","sumType":["sum_cash"],"limit":100}"#,
            r#"{"receipts":[],"counts":{"totals.total":0}}"#,
            r#"{"receipts":[],"counts":{"totals.total":0}}"#,
        ),
        (
            "countByDate",
            r#"{"start":"2026-11-01","end":"2026-11-02"}"#,
            r#"{"status.created":4,"total":4}"#,
            r#"{"status.created":4,"total":4}"#,
        ),
        (
            "search",
            r#"{"start":"2026-11-01","end":"2026-11-02","query":"чай"}"#,
            r#"{"receipts":[],"counts":{}}"#,
            r#"{"receipts":[],"counts":{}}"#,
        ),
    ];
    for (name, arguments, answer, expected) in rows {
        let played =
            play(call(Provider::PayKeeper, name, arguments), &keeper(), options(), &[Say(502, ""), Say(200, answer)]);
        assert_eq!(played.outcome.as_ref().map(ToString::to_string), Ok((*expected).to_owned()), "{name}");
        assert_eq!(
            play(call(Provider::PayKeeper, name, arguments), &keeper(), options(), &[Say(200, "<html>")]).code(),
            "auth"
        );
    }
    let wait = || call(Provider::PayKeeper, "waitForReceipt", r#"{"id":"4201"}"#);
    let with = |status: &str, error: &str| -> Reply {
        let text = row.replace("\"status\":\"success\"", &format!("\"status\":\"{status}\",\"error\":\"{error}\""));
        Say(200, text.leak())
    };
    let played = play(
        wait(),
        &keeper(),
        options(),
        &[Say(200, ""), with("created", ""), with("request_sent", ""), Say(200, row)],
    );
    assert_eq!(played.statuses, ["notFound", "created", "request_sent"]);
    assert_eq!(played.text("status"), "success");
    let error = r#"{\"type\":\"print_error\",\"message\":\"нет бумаги\",\"error_id\":\"1\"}"#;
    let played = play(wait(), &keeper(), options(), &[with("failed", error)]);
    let told = played.error();
    assert_eq!(
        (told.code, told.provider_code.as_deref(), told.retryable),
        (ErrorCode::Rejected, Some("print_error"), true)
    );
    assert_eq!(told.provider_message.as_deref(), Some("нет бумаги"));
    let played = play(wait(), &keeper(), options(), &[with("timeout", "")]);
    assert_eq!((played.code(), played.next()), ("unknown_outcome", NextKind::ReceiptStatus));
    assert_eq!(played.error().next.as_ref().and_then(|next| next.get("id")), Some("4201"));
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    /// What may happen to a request, and whether it may have been carried out, and whether the answer says so itself.
    fn happening() -> impl Strategy<Value = (Reply, bool, bool)> {
        let open = [Fail(Failure::Network), Fail(Failure::Timeout), Say(500, ""), Say(200, "{"), Say(303, ""), Abort];
        let open = [&open[..], &[Crash(0), Crash(20 * MINUTE), Crash(3 * 60 * MINUTE)]].concat();
        let shut =
            vec![Fail(Failure::Refused), Say(429, ""), Later(429, "9"), Say(401, ""), Say(404, ""), Say(302, "")];
        prop_oneof![
            4 => prop::sample::select(open).prop_map(|reply| (reply, true, false)),
            2 => prop::sample::select(shut).prop_map(|reply| (reply, false, false)),
            1 => prop::sample::select(vec![TAKEN, REFUSED]).prop_map(|reply| (reply, true, true)),
        ]
    }

    fn calls() -> impl Strategy<Value = (Call, Account)> {
        prop::sample::select(vec![
            (tea(), kassir()),
            (create(TEA, None), kassir()),
            (
                call(
                    Provider::CloudKassir,
                    "setState",
                    r#"{"deviceNumber":"1","fiscalNumber":"2","onMaintenance":true}"#,
                ),
                kassir(),
            ),
            (call(Provider::Paybox, "refund", r#"{"paymentId":77}"#), shop()),
            (keyed(), keeper()),
        ])
    }

    proptest! {
        /// Whatever happens: one key, nothing after its time, nothing twice without one, and what is open is said to be.
        #[test]
        fn one_key_and_an_honest_end(
            (call, account) in calls(),
            happenings in prop::collection::vec((happening(), any::<u64>(), 0..40_u64), 0..24),
            retries in 0..6_u32,
            deadline in prop::option::of(0..200_000_u64),
        ) {
            let options = ExchangeOptions { max_retries: retries, deadline, ..options() };
            let mut exchange = Exchange::new(call.clone(), &account, options, NOW, [3; 16]).expect("a call");
            let key = exchange.request_id().map(str::to_owned);
            let (mut event, mut now, mut happenings) = (Event::Start, NOW, happenings.into_iter());
            let (mut first, mut open, mut sent) = (None, false, 0);
            let outcome = loop {
                let text = exchange.to_text();
                prop_assert_eq!(Exchange::from_text(&text).expect("a state").to_text(), text);
                let (((reply, may, word), random, seconds), more) = match happenings.next() {
                    Some(one) => (one, true),
                    None => (((Abort, true, false), 0, 0), false),
                };
                match exchange.step(&account, event, now, random) {
                    Step::Done(outcome) => break outcome,
                    Step::Wait { ms } => {
                        prop_assert!(ms <= 6 * MINUTE);
                        now += ms;
                        event = if more { Event::Waited } else { Event::Aborted };
                    }
                    Step::Send { request, timeout } => {
                        prop_assert!(timeout <= 30_000 && deadline.is_none_or(|deadline| timeout <= deadline));
                        prop_assert!(!exchange.to_text().contains(SECRET));
                        let main = request.method.name() == "POST";
                        let reply = if word && request.url.ends_with("token/") { TOKEN } else { reply };
                        if main {
                            sent += 1;
                            prop_assert_eq!(exchange.request_id(), key.as_deref());
                            if account.provider() == Provider::CloudKassir {
                                prop_assert_eq!(request.header("x-request-id"), key.as_deref());
                                prop_assert!(!open || now - first.unwrap_or(now) < 55 * MINUTE);
                            }
                            prop_assert!(!(open && account.provider() == Provider::Paybox), "a second one");
                            first = if open { first } else { Some(now) };
                        }
                        open |= main && may;
                        now += seconds * 1_000;
                        event = match reply {
                            Say(status, body) => Event::Answered(Response { status, headers: Vec::new(), body: body.into() }),
                            Later(status, after) => Event::Answered(Response {
                                status,
                                headers: vec![("retry-after".into(), after.into())],
                                body: Vec::new(),
                            }),
                            Fail(failure) => Event::Failed(failure),
                            Abort => Event::Aborted,
                            Crash(ms) => {
                                exchange = Exchange::from_text(&exchange.to_text()).expect("a state");
                                now += ms;
                                Event::Start
                            }
                        };
                        // The provider's own word closes what was open, but PayKeeper's, which is looked into.
                        if word && main && account.provider() == Provider::CloudKassir {
                            open = false;
                        }
                    }
                }
            };
            match outcome {
                Ok(_) => prop_assert!(sent > 0),
                Err(error) => {
                    let known = account.provider() == Provider::CloudKassir && error.code == ErrorCode::Rejected;
                    prop_assert_eq!(error.code == ErrorCode::UnknownOutcome, open && !known, "{:?}", error);
                    prop_assert_eq!(error.next.is_some(), error.code == ErrorCode::UnknownOutcome);
                }
            }
        }
    }
}

#[test]
fn a_text_that_was_cut_or_changed_is_no_state() {
    let mut exchange = Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call");
    exchange.step(&kassir(), Event::Start, NOW, 0);
    let text = exchange.to_text();
    for at in text.char_indices().map(|(at, _)| at) {
        let (head, tail) = text.split_at(at);
        let shorter: String = tail.chars().skip(1).collect();
        assert!(Exchange::from_text(&(head.to_owned() + &shorter)).is_err(), "without the sign at {at}");
        assert!(Exchange::from_text(head).is_err(), "cut at {at}");
    }
    assert!(Exchange::from_text(&text.replacen("149.9", "149.8", 1)).is_err());
    assert!(Exchange::from_text(&text).is_ok());
}

#[test]
fn marks_are_what_a_fiscal_receipt_has() {
    let get = call(Provider::CloudKassir, "getReceipt", r#"{"id":"4c33"}"#);
    let once = ExchangeOptions { max_retries: 0, ..options() };
    let bare = Say(200, r#"{"Model":{"Items":[],"AdditionalData":{"Id":"4c33"}},"Success":true}"#);
    assert_eq!(play(get, &kassir(), once, &[bare]).code(), "bad_answer");
}

#[test]
fn a_state_is_of_an_address() {
    let mut exchange = Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call");
    let elsewhere = kassir().with_base_url("https://sandbox.example");
    let step = exchange.step(&elsewhere, Event::Start, NOW, 0);
    assert!(matches!(step, Step::Done(Err(error)) if error.code == ErrorCode::Auth));
}

#[test]
fn a_long_receipt_says_how_many_it_becomes() {
    let line = r#"{ "name": "Tea", "price": 1, "quantity": 1, "vat": "vat22" }"#;
    let order = format!(
        r#"{{ "operation": "income", "taxation": "osn", "items": [{}], "customer": {{ "email": "b@example.com" }} }}"#,
        vec![line; 201].join(",")
    );
    let played = play(create(&order, Some("order 1")), &kassir(), options(), &[TAKEN]);
    assert_eq!(played.text("parts"), "3");
}

#[test]
fn a_call_whose_time_is_over_before_it_is_sent() {
    let limited = ExchangeOptions { deadline: Some(5_000), ..options() };
    let mut exchange = Exchange::new(tea(), &kassir(), limited, NOW, [0; 16]).expect("a call");
    assert_eq!((exchange.left(NOW + 2_000), exchange.left(NOW + 9_000)), (Some(3_000), Some(0)));
    let Step::Done(Err(error)) = exchange.step(&kassir(), Event::Expired, NOW, 0) else { panic!("over") };
    assert_eq!((error.code, error.next), (ErrorCode::Timeout, None));
    // On its way, it may have been carried out.
    let mut exchange = Exchange::new(tea(), &kassir(), options(), NOW, [0; 16]).expect("a call");
    assert_eq!(exchange.left(NOW), None);
    exchange.step(&kassir(), Event::Start, NOW, 0);
    let Step::Done(Err(error)) = exchange.step(&kassir(), Event::Expired, NOW, 0) else { panic!("over") };
    assert_eq!((error.code, error.cause), (ErrorCode::UnknownOutcome, Some(ErrorCode::Timeout)));
}
