//! The QR code of a fiscal receipt: `t=20181205T185000&s=99.00&fn=9999078900005430&i=157347&fp=1016954666&n=1`
//! (order ЕД-7-20/662@, tag 1196): read in any order, written, and drawn.

use crate::date::Date;
use crate::draft::excerpt;
use crate::form;
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Severity, Trail};
use crate::json::Json;
use crate::money::Money;
use crate::provider::{CallError, Decoded};
use crate::receipt::{Draft, FiscalDraft};
use crate::vocab::{Operation, Term};
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use std::borrow::Cow;

/// What the code of a receipt says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedQr {
    /// Its fields as they stand: `t`, `s`, `fn`, `i`, `fp`, `n`. What is written comes of them, where they are not empty.
    pub fields: [String; 6],
    /// The register's wall clock, YYYY-MM-DDTHH:MM:SS (tag 1012).
    pub date_time: String,
    /// Total of the receipt (tag 1020).
    pub total: Money,
    /// Number of the fiscal storage (tag 1041).
    pub fn_: String,
    /// Number of the fiscal document (tag 1040).
    pub fd: String,
    /// Fiscal sign (tag 1077).
    pub fp: String,
    /// Sign of settlement (tag 1054).
    pub operation: Operation,
}

/// A field: its key in the code, that of the model, and its tag.
struct Key {
    key: &'static str,
    name: &'static str,
    tag: u16,
    example: &'static str,
}

/// In the order that registers print them in.
static KEYS: [Key; 6] = [
    Key { key: "t", name: "dateTime", tag: 1012, example: "20181205T185000" },
    Key { key: "s", name: "total", tag: 1020, example: "99.00" },
    Key { key: "fn", name: "fn", tag: 1041, example: "9999078900005430" },
    Key { key: "i", name: "fd", tag: 1040, example: "157347" },
    Key { key: "fp", name: "fp", tag: 1077, example: "1016954666" },
    Key { key: "n", name: "operation", tag: 1054, example: "1" },
];

/// As much as a code says.
#[derive(Default)]
struct Said {
    fields: [Option<String>; 6],
    date_time: Option<String>,
    total: Option<Money>,
    operation: Option<Operation>,
    /// Keys that no code of a receipt has, and what was said otherwise before.
    others: Vec<(String, String)>,
}

impl Said {
    /// The fields of a text: of the code itself, of an address with it behind the question mark, or of one with it in
    /// a field, escaped.
    #[inline(never)]
    fn of(text: &str, findings: &mut Findings) -> Self {
        let mut said = Self::default();
        for (key, value) in pairs(text) {
            let low = key.to_ascii_lowercase();
            let Some(at) = KEYS.iter().position(|known| known.key == low) else {
                said.others.push((key, value));
                continue;
            };
            match said.fields[at].take().filter(|first| *first != value) {
                None => {}
                Some(first) => {
                    let issue = findings.add(IssueCode::DuplicateField, &Trail::ROOT.key(KEYS[at].key), KEYS[at].tag);
                    issue.severity(Severity::Warning);
                    said.others.push((key, first));
                }
            }
            said.fields[at] = Some(value);
        }
        for (at, key) in KEYS.iter().enumerate() {
            said.look(at, key.key, findings);
        }
        said
    }

    /// Whether a field is what it has to be; `name` is what the caller calls it.
    #[inline(never)]
    fn look(&mut self, at: usize, name: &str, findings: &mut Findings) {
        let (key, root) = (&KEYS[at], Trail::ROOT);
        let Some(value) = self.fields[at].as_deref().filter(|value| !value.is_empty()) else {
            findings.add(IssueCode::Required, &root.key(name), key.tag);
            return;
        };
        let is_number = |most: u64| number(value).is_some_and(|number| number <= most);
        let right = match key.key {
            "t" => {
                self.date_time = clock(value);
                self.date_time.is_some()
            }
            "s" => {
                self.total = Money::read(&value.replace(',', ".")).ok().filter(|total| *total >= Money::ZERO);
                self.total.is_some()
            }
            "n" => {
                self.operation = number(value).and_then(|code| u16::try_from(code).ok()).and_then(Operation::from_code);
                self.operation.is_some()
            }
            "fn" => value.len() == 16 && is_number(u64::MAX),
            _ => value.len() <= 10 && is_number(u32::MAX.into()),
        };
        if !right {
            let issue = findings.add(IssueCode::InvalidFormat, &root.key(name), key.tag);
            issue.quote("value", &excerpt(value)).with("expected", key.example);
            // A number of another length is a number still.
            issue.warning_if(key.key == "fn" && value.len() <= 20 && is_number(u64::MAX));
        }
    }

    fn settle(self, findings: Findings) -> Result<ParsedQr, ReceiptError> {
        findings.fail()?;
        let (Some(date_time), Some(total), Some(operation)) = (self.date_time, self.total, self.operation) else {
            return Err(findings.error());
        };
        let fields = self.fields.map(Option::unwrap_or_default);
        let [_, _, fn_, fd, fp, _] = fields.clone();
        Ok(ParsedQr { fields, date_time, total, fn_, fd, fp, operation })
    }
}

impl ParsedQr {
    /// The fields as they stand, by their keys.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        KEYS.iter().map(|key| key.key).zip(self.fields.iter().map(String::as_str))
    }
}

/// Reads the text of a receipt's code: its fields in any order and case, alone or in the address of a page.
///
/// # Errors
/// Everything that is missing or malformed, at the field's key (`t`, `s`, `fn`, `i`, `fp`, `n`).
///
/// ```
/// use chek54::{Operation, parse_qr};
///
/// let qr = parse_qr("fn=9999078900005430&i=157347&fp=1016954666&n=1&t=20181205T1850&s=99")?;
/// assert_eq!((qr.date_time.as_str(), qr.total.to_string().as_str()), ("2018-12-05T18:50:00", "99.00"));
/// assert_eq!(qr.operation, Operation::Income);
/// assert_eq!(parse_qr("t=20181205T1850&s=99").unwrap_err().issues.len(), 4);
/// # Ok::<(), chek54::ReceiptError>(())
/// ```
pub fn parse_qr(text: &str) -> Result<ParsedQr, ReceiptError> {
    let mut findings = Findings::default();
    Said::of(text, &mut findings).settle(findings)
}

/// Writes the text of a receipt's code: `t`, `s`, `fn`, `i`, `fp`, `n`, the sum with its kopecks. Time has seconds
/// where `t` or `dateTime` has them.
///
/// # Errors
/// The parts that no code can hold.
pub fn format_qr(qr: &ParsedQr) -> Result<String, ReceiptError> {
    let fields = qr.fields.each_ref().map(|field| Some(field.clone()).filter(|field| !field.is_empty()));
    let mut said = Said { fields, ..Said::default() };
    let given = [
        qr.date_time.clone(),
        qr.total.to_string(),
        qr.fn_.clone(),
        qr.fd.clone(),
        qr.fp.clone(),
        code_of(qr.operation),
    ];
    for (hole, given) in said.fields.iter_mut().zip(given) {
        hole.get_or_insert(given);
    }
    written(said, &KEYS.each_ref().map(|key| key.key))
}

/// The same of an object: of what [`parse_qr`] says, of its parts by their names in the model, or of a fiscal receipt.
pub(crate) fn format_json(given: &Json<'_>) -> Result<String, ReceiptError> {
    let (mut said, mut names) = (Said::default(), [""; 6]);
    for (at, key) in KEYS.iter().enumerate() {
        let look = |name: &'static str| {
            let value = given.get(name).or_else(|| given.get("fiscal").and_then(|fiscal| fiscal.get(name)));
            value.filter(|value| **value != Json::Null).map(|value| (name, value))
        };
        let Some((name, value)) = look(key.key).or_else(|| look(key.name)) else {
            names[at] = key.name;
            continue;
        };
        names[at] = name;
        let text = match value {
            Json::String(text) if name == "operation" => match Operation::from_name(text) {
                Some(operation) => code_of(operation),
                None => text.to_string(),
            },
            Json::String(text) | Json::Number(text) => text.to_string(),
            other => other.to_string(),
        };
        said.fields[at] = Some(text);
    }
    written(said, &names)
}

fn written(mut said: Said, names: &[&str; 6]) -> Result<String, ReceiptError> {
    let mut findings = Findings::default();
    for (at, name) in names.iter().enumerate() {
        said.look(at, name, &mut findings);
    }
    let seconds = said.fields[0].as_deref().is_some_and(|time| digits_of(time).len() > 12);
    let qr = said.settle(findings)?;
    let mut time = digits_of(&qr.date_time);
    time.truncate(if seconds { 14 } else { 12 });
    time.insert(8.min(time.len()), 'T');
    let [_, _, fn_, fd, fp, _] = &qr.fields;
    let code = code_of(qr.operation);
    Ok(["t=", &time, "&s=", &qr.total.to_string(), "&fn=", fn_, "&i=", fd, "&fp=", fp, "&n=", &code].concat())
}

/// Reads a code as a receipt: its operation and fiscal marks; what else the address holds goes to `extra`.
pub fn decode_qr(text: &str) -> Decoded {
    let (mut findings, mut decoded) = (Findings::default(), Decoded::default());
    let said = Said::of(text, &mut findings);
    let mut draft = Draft::default();
    let clean: Vec<_> =
        KEYS.iter().zip(&said.fields).filter_map(|(key, value)| Some((key.key, value.as_ref()?))).collect();
    let mut qr = String::new();
    for (key, value) in &clean {
        let and = if qr.is_empty() { "" } else { "&" };
        put(&mut qr, &[and, key, "=", value]);
    }
    let is = |at: usize| {
        let wrong = |issue: &Issue| issue.severity == Severity::Error && issue.tag == Some(KEYS[at].tag);
        if findings.any(&wrong) { None } else { said.fields[at].clone().map(Cow::Owned) }
    };
    let mut fiscal = FiscalDraft {
        fn_: is(2),
        fd: is(3),
        fp: is(4),
        date_time: said.date_time.clone().map(Cow::Owned),
        total: said.total,
        qr: (!clean.is_empty()).then_some(Cow::Owned(qr)),
        ..FiscalDraft::default()
    };
    fiscal.given = crate::record::present(&fiscal);
    if fiscal.given != 0 {
        draft.fiscal = Some(Box::new(fiscal));
    }
    draft.operation = said.operation;
    draft.given = crate::record::present(&draft);
    for (key, value) in said.others {
        decoded.extra.push((Trail::ROOT.key(&key).steps(), Json::String(value.into())));
    }
    decoded.receipts.push((draft, Vec::new()));
    decoded.issues = findings.all();
    decoded
}

/// Tag 1054.
fn code_of(operation: Operation) -> String {
    operation.code().unwrap_or_default().to_string()
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(14).collect()
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Longer texts are no code, nor the address of one.
const LONGEST: usize = 4096;

/// The fields of a code, wherever in the text it stands.
#[inline(never)]
fn pairs(text: &str) -> Vec<(String, String)> {
    let text = text.trim();
    let behind = text.split_once('?').map_or(text, |(_, query)| query);
    if text.len() > LONGEST {
        return Vec::new();
    }
    let list = |text: &str| {
        let both =
            |pair: &str| pair.split_once('=').map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
        text.split('&').filter_map(both).collect::<Vec<_>>()
    };
    let is_code = |pairs: &[(String, String)]| pairs.iter().any(|(key, _)| key.eq_ignore_ascii_case("fn"));
    let plain = list(behind);
    if is_code(&plain) {
        let clear = |value: String| unescaped(&value).unwrap_or(value);
        return plain
            .into_iter()
            .map(|(key, value)| (key, if value.contains('%') { clear(value) } else { value }))
            .collect();
    }
    // In a field of the address, or escaped as a whole.
    let inside =
        plain.iter().filter_map(|(_, value)| unescaped(value)).chain(unescaped(behind)).map(|text| list(&text));
    inside.into_iter().find(|pairs| is_code(pairs)).unwrap_or(plain)
}

/// The modules of a text's code, row by row, true for dark, without the quiet zone; `None` of a text that is too long.
#[cfg(feature = "preview")]
pub(crate) fn matrix(text: &str) -> Option<Vec<Vec<bool>>> {
    // Bytes alone: the texts of receipts have small letters, and the other modes are code.
    let segment = [QrSegment::make_bytes(text.as_bytes())];
    let code =
        QrCode::encode_segments_advanced(&segment, QrCodeEcc::Low, Version::MIN, Version::MAX, None, true).ok()?;
    let size = code.size();
    Some((0..size).map(|y| (0..size).map(|x| code.get_module(x, y)).collect()).collect())
}

/// The text of a code that stands in the address of its picture: `...?q=t%3d2018...`.
pub(crate) fn of_url(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let q = query.split('&').find_map(|pair| pair.strip_prefix("q="))?;
    let text = unescaped(q)?;
    field(&text, "fn").is_some().then_some(text)
}

/// The register's wall clock: `t` as YYYY-MM-DDTHH:MM:SS.
pub(crate) fn date_time(text: &str) -> Option<String> {
    clock(field(text, "t")?)
}

/// A time as codes have it, `YYYYMMDDTHHMM[SS]`, or with the signs between its parts.
#[inline(never)]
fn clock(t: &str) -> Option<String> {
    let (day, time) = t.split_once(['T', 't', ' '])?;
    let is = |text: &str, sign: char, length: usize| {
        text.chars().all(|c| c.is_ascii_digit() || c == sign) && text.len() <= length
    };
    // A zone behind it says nothing: the code has the register's clock.
    let time = time.split(['Z', 'z', '+', '-', '.']).next()?;
    let (day_digits, time_digits) = (digits_of(day), digits_of(time));
    if !is(day, '-', 10) || !is(time, ':', 8) || day_digits.len() != 8 || !matches!(time_digits.len(), 4 | 6) {
        return None;
    }
    let seconds = time_digits.get(4..).filter(|seconds| !seconds.is_empty()).unwrap_or("00");
    let [year, month, day] = [day_digits.get(..4)?, day_digits.get(4..6)?, day_digits.get(6..)?];
    let date = [year, "-", month, "-", day].concat();
    let clock = [&date, "T", time_digits.get(..2)?, ":", time_digits.get(2..4)?, ":", seconds].concat();
    Date::parse(&clock).map(|_| clock)
}

/// A field of the code, in any order.
pub(crate) fn field<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

fn unescaped(text: &str) -> Option<String> {
    String::from_utf8(form::unescaped(text)).ok()
}

/// How a code is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrSvg {
    /// Width and height in pixels; `None`: as large as what it stands in.
    pub size: Option<u32>,
    /// The quiet zone around it, in modules, 0..64. Four are the standard's.
    pub margin: u32,
    /// How much of it may be lost: `L` 7%, `M` 15%, `Q` 25%, `H` 30%.
    pub ecc: char,
    /// Of the modules: a colour of CSS, `currentColor` and `var(--name)` among them.
    pub color: String,
    /// Behind them; `none` leaves it clear.
    pub background: String,
    /// What it is, for those who do not see it; `None` where that is said beside it.
    pub title: Option<String>,
}

impl Default for QrSvg {
    fn default() -> Self {
        Self { size: None, margin: 4, ecc: 'M', color: "#000".to_owned(), background: "#fff".to_owned(), title: None }
    }
}

/// Draws any text as a QR code: an SVG element of one path, on edges of pixels, with nothing in it that could run.
///
/// # Errors
/// [`CallError::Argument`]: a text longer than a code holds, or a colour that is none.
pub fn qr_svg(text: &str, how: &QrSvg) -> Result<String, CallError> {
    let wrong = |what: &str| Err(CallError::Argument(what.to_owned()));
    let ecc = match how.ecc {
        'L' => QrCodeEcc::Low,
        'M' => QrCodeEcc::Medium,
        'Q' => QrCodeEcc::Quartile,
        'H' => QrCodeEcc::High,
        _ => return wrong("option ecc is one of L, M, Q, H"),
    };
    for colour in [&how.color, &how.background] {
        let sign =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '(' | ')' | ',' | '.' | '%' | '-' | '/' | ' ');
        if colour.is_empty() || colour.len() > 64 || !colour.chars().all(sign) || colour.contains("url") {
            return wrong("options color and background are colours of CSS");
        }
    }
    if how.margin > 64 {
        return wrong("option margin is 0..64 modules");
    }
    // Longer than any code holds: not to be turned into modules first.
    let segments = if text.len() > 7089 { Vec::new() } else { QrSegment::make_segments(text) };
    let code = QrCode::encode_segments_advanced(&segments, ecc, Version::MIN, Version::MAX, None, true);
    let Some(code) = code.ok().filter(|_| text.is_empty() || !segments.is_empty()) else {
        return wrong("the text is longer than a QR code holds");
    };
    let side = code.size();
    let whole = (side + 2 * how.margin as i32).to_string();
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    put(&mut out, &[&whole, " ", &whole, "\" shape-rendering=\"crispEdges\""]);
    if let Some(size) = how.size {
        let size = size.to_string();
        put(&mut out, &[" width=\"", &size, "\" height=\"", &size, "\""]);
    }
    match &how.title {
        Some(title) => {
            out.push_str(" role=\"img\"><title>");
            // What XML has no place for is left out.
            let drawn: String =
                title.chars().filter(|c| !c.is_ascii_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
            out.push_str(&quick_xml::escape::escape(&*drawn));
            out.push_str("</title>");
        }
        None => out.push_str(" aria-hidden=\"true\">"),
    }
    if how.background != "none" {
        put(&mut out, &["<rect width=\"", &whole, "\" height=\"", &whole, "\" fill=\"", &how.background, "\"/>"]);
    }
    put(&mut out, &["<path fill=\"", &how.color, "\" d=\""]);
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let from = x;
            while x < side && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let margin = how.margin as i32;
                let (left, top, run) = ((from + margin).to_string(), (y + margin).to_string(), (x - from).to_string());
                put(&mut out, &["M", &left, ",", &top, "h", &run, "v1h-", &run, "z"]);
            }
            x += 1;
        }
    }
    out.push_str("\"/></svg>");
    Ok(out)
}

/// One function for all: a loop over an array of each length has its price.
#[inline(never)]
fn put(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_s_example() {
        let url = "https://qr.cloudpayments.ru/receipt?q=t%3d20181205T185000%26s%3d99.00%26fn%3d9999078900005430%26i%3d157347%26fp%3d1016954666%26n%3d1";
        let text = of_url(url).expect("a code");
        assert_eq!(text, "t=20181205T185000&s=99.00&fn=9999078900005430&i=157347&fp=1016954666&n=1");
        assert_eq!(date_time(&text).as_deref(), Some("2018-12-05T18:50:00"));
        assert_eq!(date_time("n=1&t=20181205T1850&fn=1").as_deref(), Some("2018-12-05T18:50:00"));
        assert_eq!(date_time("t=2018-12-05"), None);
        assert_eq!(of_url("https://x/?q=%zz"), None);
        assert_eq!(of_url("https://x/?q=hello"), None);
        assert_eq!(parse_qr(url), parse_qr(&text));
        assert_eq!(format_qr(&parse_qr(url).expect("a code")).as_ref(), Ok(&text));
    }
}
