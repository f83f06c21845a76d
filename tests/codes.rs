//! Marking codes and QR codes: the vectors, what has to hold for any of them, and noise.
#![cfg(not(target_arch = "wasm32"))]

use chek54::ffd::decode_tlv;
use chek54::{MarkKind, Operation, ParsedMark, QrSvg, decode_qr, format_qr, parse_mark, parse_qr, qr_svg};
use proptest::prelude::*;

const GS: char = '\u{1d}';

/// A product number with its check digit, by the definition.
fn gtin(digits: &str) -> String {
    let sum: u32 =
        digits.bytes().rev().enumerate().map(|(at, d)| u32::from(d - b'0') * if at % 2 == 0 { 3 } else { 1 }).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

fn codes(mark: &ParsedMark) -> Vec<&str> {
    mark.issues.iter().map(|issue| issue.code.name()).collect()
}

/// Rules 34, 35 of the facts; the worked examples are those of the operators' documents.
#[test]
fn vectors_of_tag_1162() {
    for (code, kind, hex) in [
        ("04601234567890", MarkKind::Itf14, "490E042F4EF3B2D2"),
        ("010460043993125621JgXJ5.", MarkKind::Gs1m, "444D042F1F9681784A67584A352E"),
        ("4607015232646", MarkKind::Ean13, "450D0430A781A486"),
        ("46070159", MarkKind::Ean8, "4508000002BEF98F"),
        ("00000046210654aB3_x9ZACQxKd8f", MarkKind::Short, "444D000002C11E5E6142335F78395A414351782020"),
        ("RU-430302-ABC1234567", MarkKind::Fur, "524652552D3433303330322D41424331323334353637"),
        ("hello", MarkKind::Unknown, "000068656C6C6F"),
    ] {
        let mark = parse_mark(code);
        assert_eq!((mark.kind, mark.tag_1162_hex.as_str()), (kind, hex), "{code}");
    }
}

#[test]
fn codes_of_cloudkassir_s_document() {
    for (code, serial, fields) in [
        ("010460043993125621JgXJ5.T\u{1d}8005112000\u{1d}930001\u{1d}923zbrLA==\u{1d}24014276281", "JgXJ5.T", 6),
        ("010462930887704421DzkcYt2\u{1d}8005177000\u{1d}93dGVz", "DzkcYt2", 4),
        ("0104670540176099215NNcM\u{1d}93dGVz", "5NNcM", 3),
    ] {
        let mark = parse_mark(code);
        assert_eq!((mark.serial.as_deref(), mark.ai.len(), codes(&mark)), (Some(serial), fields, vec![]), "{code}");
        assert_eq!(mark.raw, code);
    }
}

/// The lengths that marked goods have: of serials and of what stands behind them.
fn tails() -> impl Strategy<Value = (usize, &'static [(&'static str, usize)])> {
    prop::sample::select(vec![
        (13, &[("91", 4), ("92", 44)][..]),
        (13, &[("91", 4), ("92", 88)][..]),
        (13, &[("93", 4)][..]),
        (6, &[("93", 4)][..]),
        (7, &[("8005", 6), ("93", 4)][..]),
        (6, &[("93", 4), ("3103", 6)][..]),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// A code whose separators are lost is either put right, or said to be broken, and never taken apart otherwise
    /// without a word.
    #[test]
    fn separators_lost_are_put_back_or_told(
        digits in "0[0-9]{12}",
        (length, fields) in tails(),
        alphabet in "[A-Za-z0-9!\"%&'*+./_,:;=<>?-]{200}",
        numbers in "[0-9]{6}",
        prefix in prop::sample::select(vec!["", "]d2", "]d2\u{1d}", "\u{1d}", "]C1"]),
    ) {
        let mut rest = alphabet.chars();
        let mut code = format!("01{}21{}", gtin(&digits), rest.by_ref().take(length).collect::<String>());
        for (ai, length) in fields {
            let value: String = if *length == 6 { numbers.clone() } else { rest.by_ref().take(*length).collect() };
            code.push(GS);
            code.push_str(ai);
            code.push_str(&value);
        }
        let whole = parse_mark(&format!("{prefix}{code}"));
        prop_assert_eq!(&whole.raw, &code);
        prop_assert_eq!(codes(&whole), Vec::<&str>::new());
        prop_assert_eq!(whole.ai.len(), fields.len() + 2);

        let lost = parse_mark(&code.replace(GS, ""));
        prop_assert_eq!(codes(&lost), vec!["mark_separator"]);
        if lost.issues[0].params.iter().any(|(name, _)| *name == "places") {
            prop_assert_eq!(&lost.raw, &code);
            prop_assert_eq!(&lost.ai, &whole.ai);
            prop_assert_eq!(&lost.tag_1162_hex, &whole.tag_1162_hex);
        } else {
            prop_assert_eq!(&lost.raw, &code.replace(GS, ""));
        }
        // What it was made of stays as it is.
        let again = parse_mark(&lost.raw);
        prop_assert_eq!(again.raw, lost.raw);
        let written = parse_mark(&code.replace(GS, "␝"));
        prop_assert_eq!(written.raw, code);
    }

    /// Tag 1162 of any product number: its kind, the number in six bytes, the serial.
    #[test]
    fn tag_1162_holds_the_number(number in 0_u64..10_000_000_000_000, serial in "[A-Za-z0-9]{1,20}") {
        let gtin = gtin(&format!("{number:013}"));
        let value: u64 = gtin.parse().expect("a number");
        for (code, sign, behind) in [
            (gtin.clone(), "490E", ""),
            (format!("01{gtin}"), "444D", ""),
            (format!("01{gtin}21{serial}\u{1d}93abcd"), "444D", &serial),
        ] {
            let mark = parse_mark(&code);
            let hex: String = behind.bytes().map(|byte| format!("{byte:02X}")).collect();
            prop_assert_eq!(&mark.tag_1162_hex, &format!("{sign}{value:012X}{hex}"));
            prop_assert_eq!(mark.gtin.as_deref(), Some(gtin.as_str()));
            prop_assert!(mark.issues.is_empty());
        }
        // Another last digit is told, and nothing else changes.
        let typo = format!("{}{}", &gtin.get(..13).expect("digits"), (value + 1) % 10);
        let mark = parse_mark(&typo);
        prop_assert_eq!((mark.kind, codes(&mark)), (MarkKind::Itf14, vec!["mark_invalid"]));
    }

    /// A QR code is the same in any order, and what is read is written as it was.
    #[test]
    fn qr_codes_are_read_in_any_order(
        seconds in 0_u32..4_000_000_000,
        kopecks in 0_i64..100_000_000_000,
        storage in "[0-9]{16}",
        document: u32,
        sign: u32,
        operation in 1_u8..=4,
        with_seconds: bool,
        order in Just([0, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let date = 20_000_101 + seconds % 28 + seconds / 28 % 12 * 100 + seconds / 400 % 90 * 10_000;
        let clock = format!("{:02}{:02}", seconds / 7 % 24, seconds / 11 % 60);
        let t = if with_seconds { format!("{date}T{clock}59") } else { format!("{date}T{clock}") };
        let parts = [
            format!("t={t}"),
            format!("s={}.{:02}", kopecks / 100, kopecks % 100),
            format!("fn={storage}"),
            format!("i={document}"),
            format!("fp={sign:010}"),
            format!("n={operation}"),
        ];
        let text = parts.join("&");
        let qr = parse_qr(&text).expect("a code");
        prop_assert_eq!(qr.total.kopecks(), kopecks);
        prop_assert_eq!(qr.operation as u8 + 1, operation);
        prop_assert_eq!(format_qr(&qr).expect("parts"), text.clone());
        let shuffled = order.map(|at| parts[at].clone()).join("&");
        prop_assert_eq!(parse_qr(&shuffled).expect("a code"), qr.clone());
        let escaped = shuffled.replace('=', "%3D").replace('&', "%26");
        prop_assert_eq!(parse_qr(&format!("https://check.example/a?q={escaped}")).expect("a code"), qr.clone());
        // The same as a receipt, and its own text again.
        let decoded = decode_qr(&shuffled);
        prop_assert!(decoded.issues.is_empty() && decoded.extra.is_empty());
        let fiscal = decoded.receipts[0].0.fiscal.clone().expect("marks");
        prop_assert_eq!(fiscal.qr.as_deref(), Some(text.as_str()));
        prop_assert_eq!(fiscal.date_time.as_deref(), Some(qr.date_time.as_str()));
        // Without its fields as they stood, it is written from what they mean.
        let bare = chek54::ParsedQr { fields: Default::default(), ..qr.clone() };
        let written = format_qr(&bare).expect("parts");
        prop_assert_eq!(parse_qr(&written).expect("a code").date_time, qr.date_time);
        // One part less is one finding.
        let fewer = parts[1..].join("&");
        prop_assert_eq!(parse_qr(&fewer).unwrap_err().issues.len(), 1);
    }
}

#[test]
fn pictures_are_safe_and_right() {
    let svg = qr_svg("t=20181205T185000&s=99.00", &QrSvg::default()).expect("a picture");
    assert_eq!(svg.matches("<path").count(), 1);
    // The finder in the upper left corner: seven modules, behind a margin of four.
    assert!(svg.contains("d=\"M4,4h7v1h-7z"), "{svg}");
    let title = Some("</title><script>alert('1')</script>\0".to_owned());
    let svg = qr_svg("x", &QrSvg { title, background: "none".into(), ..QrSvg::default() }).expect("a picture");
    assert!(!svg.contains("<script") && !svg.contains("<rect") && !svg.contains('\0'), "{svg}");
    for wrong in [
        QrSvg { color: "url(#a)".into(), ..QrSvg::default() },
        QrSvg { color: "\"onload=\"x".into(), ..QrSvg::default() },
        QrSvg { background: String::new(), ..QrSvg::default() },
        QrSvg { ecc: 'X', ..QrSvg::default() },
        QrSvg { margin: 65, ..QrSvg::default() },
    ] {
        assert!(qr_svg("x", &wrong).is_err(), "{wrong:?}");
    }
    assert!(qr_svg(&"1".repeat(7089), &QrSvg { ecc: 'L', ..QrSvg::default() }).is_ok());
    assert!(qr_svg(&"1".repeat(7090), &QrSvg { ecc: 'L', ..QrSvg::default() }).is_err());
    assert!(qr_svg(&"я".repeat(2000), &QrSvg::default()).is_err());
}

#[test]
fn operations_are_those_of_tag_1054() {
    let of =
        |n: u8| parse_qr(&format!("t=20260101T0000&s=1&fn=9999078900005430&i=1&fp=1&n={n}")).expect("a code").operation;
    assert_eq!(
        [1, 2, 3, 4].map(of),
        [Operation::Income, Operation::IncomeReturn, Operation::Expense, Operation::ExpenseReturn]
    );
}

/// A generator of bytes with a seed, xorshift: the same bytes on every machine.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Pieces of what is right, put together wrong, with random characters between them.
    fn text(&mut self, pieces: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..self.below(12) {
            match self.below(4) {
                0 => text.extend(char::from_u32(self.next() as u32 % 0x11_0000)),
                1 => text.push(char::from(self.below(128) as u8)),
                _ => text.push_str(pieces[self.below(pieces.len())]),
            }
        }
        text
    }

    fn bytes(&mut self) -> Vec<u8> {
        let mut bytes: Vec<u8> = Vec::new();
        // Tags that nest, with lengths that mostly lie a little.
        for _ in 0..self.below(10) {
            let tag = [1059_u16, 1115, 1119, 1224, 1162, 1163, 1023, 1020, 1012, 1030, 3, 77][self.below(12)];
            bytes.extend_from_slice(&tag.to_le_bytes());
            bytes.extend_from_slice(&(self.below(24) as u16).to_le_bytes());
            for _ in 0..self.below(12) {
                bytes.push(self.next() as u8);
            }
        }
        bytes
    }
}

const MARKS: &[&str] = &[
    "01",
    "04600439931256",
    "21",
    "JgXJ5.T",
    "k3LInNbH_oG0Q",
    "\u{1d}",
    "93dGVz",
    "91EE06",
    "92",
    "8005112000",
    "3103000353",
    "240",
    "]d2",
    "(01)",
    "(21)",
    "␝",
    "<GS>",
    "0000000000000",
    "RU-430302-ABC1234567",
    "10",
    "17",
    "è",
    "00",
    "ABCDEFGH",
    "YXiyKfiHjE4YE8b+YVMC1O5r8VtpplA3AwcCqrcG9Dk=",
];
const QRS: &[&str] = &[
    "t=",
    "20181205T185000",
    "20181205T1850",
    "&",
    "s=",
    "99.00",
    "fn=",
    "9999078900005430",
    "i=",
    "157347",
    "fp=",
    "1016954666",
    "n=",
    "1",
    "?",
    "q=",
    "%26",
    "%3D",
    "%",
    "=",
    "2018-12-05T18:50:00Z",
    "T",
    "9999999999999999999",
    "-",
    "я",
];

/// Any input is an answer, and the answer holds together.
fn fuzz(count: usize, seed: u64) {
    let mut noise = Noise(seed);
    for _ in 0..count {
        let text = noise.text(MARKS);
        let mark = parse_mark(&text);
        let again = parse_mark(&mark.raw);
        assert_eq!((again.kind, &again.raw), (mark.kind, &mark.raw), "{text:?}");
        assert!(
            mark.tag_1162_hex.len() <= 64 && mark.ai.iter().all(|(ai, value)| !ai.is_empty() && !value.is_empty()),
            "{text:?}"
        );
    }
    for _ in 0..count {
        let text = noise.text(QRS);
        if let Ok(qr) = parse_qr(&text) {
            let written = format_qr(&qr).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(
                parse_qr(&written).map(|again| (again.date_time, again.total)),
                Ok((qr.date_time, qr.total)),
                "{text:?}"
            );
        }
        let _ = decode_qr(&text);
    }
    for _ in 0..count {
        let _ = decode_tlv(&noise.bytes());
    }
}

#[test]
fn noise_is_an_answer() {
    fuzz(200_000, 0x5eed_c0de);
}

/// `CHEK54_FUZZ=10000000 cargo test --release --test codes -- --ignored`
#[test]
#[ignore = "as long as CHEK54_FUZZ says"]
fn much_noise_is_an_answer() {
    let count = std::env::var("CHEK54_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    fuzz(count, 0x0bad_5eed);
    println!("{count} inputs each of parse_mark, parse_qr, decode_tlv");
}
