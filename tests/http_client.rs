//! The exchange over plain sockets: what a Rust user's loop looks like, against a server that answers once in a while.
#![cfg(all(feature = "client", feature = "getrandom"))]

use chek54::exchange::{Account, Call, Event, Exchange, ExchangeOptions, Failure, Step, random};
use chek54::{Json, Provider, Request, Response, cloudkassir, parse_receipt};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// One request over a socket. With any HTTP library it is the same: method, URL, headers and body as they are, no
/// redirects, all of it within the timeout.
fn send(request: &Request, timeout: Duration) -> Result<Response, Failure> {
    let rest = request.url.strip_prefix("http://").ok_or(Failure::Refused)?;
    let (host, path) = rest.split_once('/').ok_or(Failure::Refused)?;
    // Only before the connection is there is it certain that nothing was sent.
    let mut stream = TcpStream::connect(host).map_err(|_| Failure::Refused)?;
    let broken = |error: std::io::Error| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Failure::Timeout,
        _ => Failure::Network,
    };
    stream.set_read_timeout(Some(timeout)).map_err(broken)?;
    let mut head = format!("{} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n", request.method.name());
    for (name, value) in &request.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("content-length: {}\r\n\r\n{}", request.body.len(), request.body);
    stream.write_all(head.as_bytes()).map_err(broken)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(broken)?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").ok_or(Failure::Network)?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or(Failure::Network)?;
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(Response { status, headers: lines.filter_map(header).collect(), body: body.into() })
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64)
}

/// The loop: send, wait, until it is over. `keep` is given the state before each request, to go on from after a crash.
fn run(mut exchange: Exchange, account: &Account, mut keep: impl FnMut(String)) -> Result<Json<'static>, String> {
    let mut event = Event::Start;
    loop {
        event = match exchange.step(account, event, now(), now().rotate_left(32)) {
            Step::Send { request, timeout } => {
                keep(exchange.to_text());
                send(&request, Duration::from_millis(timeout)).map_or_else(Event::Failed, Event::Answered)
            }
            Step::Wait { ms } => {
                thread::sleep(Duration::from_millis(ms));
                Event::Waited
            }
            Step::Done(answer) => return answer.map_err(|error| error.to_string()),
        };
    }
}

/// A server that answers so, request by request; an empty answer is a connection that breaks.
fn server(answers: Vec<String>) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().expect("a connection");
            let mut reader = BufReader::new(stream);
            let (mut text, mut length) = (String::new(), 0);
            while !text.ends_with("\r\n\r\n") {
                let from = text.len();
                reader.read_line(&mut text).expect("a head");
                let line = text.get(from..).unwrap_or_default();
                length = line.strip_prefix("content-length: ").map_or(length, |n| n.trim().parse().expect("a length"));
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            tell.send(text + &String::from_utf8_lossy(&body)).expect("a listener");
            reader.into_inner().write_all(answer.as_bytes()).expect("an answer");
        }
    });
    (address, told)
}

fn said(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{body}")
}

#[test]
fn a_receipt_through_a_server_that_fails_first() {
    let order = r#"{ "operation": "income", "taxation": "osn",
        "items": [{ "name": "Чай", "price": "149.90", "quantity": 1, "vat": "vat22" }], "customer": { "email": "b@example.com" } }"#;
    let receipt = parse_receipt(order, &Default::default()).expect("a receipt");
    let options = cloudkassir::EncodeOptions {
        inn: Some("7708806062".into()),
        invoice_id: Some("order 1".into()),
        ..Default::default()
    };
    let encoded = cloudkassir::encode(&receipt, &options).expect("a body");
    let call = Call::receipt(Provider::CloudKassir, encoded, &Json::Null).expect("a call");
    let (address, told) = server(vec![
        String::new(),
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\n\r\n".into(),
        said(r#"{"Success":true,"Message":"Queued","Model":{"Id":"17b6","ErrorCode":0}}"#),
        said(r#"{"Model":"Queued","Success":true}"#),
        said(r#"{"Model":"Processed","Success":true}"#),
        said(r#"{"Model":{"Items":[],"AdditionalData":{"FiscalSign":"13223","DocumentNumber":"7"}},"Success":true}"#),
    ]);
    let account = Account::cloud_kassir("pk_1", "secret").with_base_url(&address);
    let random = random().expect("random bytes");
    let exchange = Exchange::new(call, &account, ExchangeOptions::default(), now(), random).expect("an exchange");
    let mut states = Vec::new();
    let answer = run(exchange, &account, |state| states.push(state)).expect("an answer");
    assert_eq!(answer.get("id").and_then(Json::as_str), Some("17b6"));
    let requests: Vec<_> = told.iter().take(3).collect();
    assert_eq!(states.len(), 3);
    let id = format!("x-request-id: {}\r\n", answer.get("requestId").and_then(Json::as_str).expect("an id"));
    for request in &requests {
        assert!(request.starts_with("POST /kkt/receipt HTTP/1.1\r\n") && request.contains(&id), "{request}");
        assert!(request.contains("authorization: Basic cGtfMTpzZWNyZXQ=\r\n") && request.contains("Чай"), "{request}");
    }

    let wait = Json::parse(r#"{"id":"17b6"}"#).expect("JSON");
    let call = Call::new(Provider::CloudKassir, "waitForReceipt", &wait).expect("a call");
    let exchange = Exchange::new(call, &account, ExchangeOptions::default(), now(), random).expect("an exchange");
    let receipt = run(exchange, &account, |_| ()).expect("a receipt");
    assert_eq!(receipt.get("fiscal").and_then(|fiscal| fiscal.get("fp")).and_then(Json::as_str), Some("13223"));

    // Nobody is there any more.
    drop(told);
    let call = Call::new(Provider::CloudKassir, "test", &Json::Null).expect("a call");
    let options = ExchangeOptions { max_retries: 1, ..ExchangeOptions::default() };
    let exchange = Exchange::new(call, &account, options, now(), random).expect("an exchange");
    let error = run(exchange, &account, |_| ()).expect_err("no server");
    assert_eq!(error, "CloudKassir test: не удалась связь с сервером");
}
