//! Tags and their bytes: the vectors of the format, round trips of receipts, and noise.

mod answer;

use answer::{parsed, plain, value};
use chek54::ffd::{TagNode, TagValue, decode, decode_tlv, encode_tlv, tag};
use proptest::prelude::*;
use serde_json::{Value, json};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter(|c| *c != ' ').collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect("hex")).collect()
}

fn number(tag: u16, value: u64) -> TagNode {
    TagNode::new(tag, TagValue::Number(value))
}

fn text(tag: u16, text: &str) -> TagNode {
    TagNode::new(tag, TagValue::Text(text.into()))
}

fn decimal(tag: u16, digits: u64, point: u8) -> TagNode {
    TagNode::new(tag, TagValue::Decimal(digits, point))
}

fn nested(tag: u16, nodes: Vec<TagNode>) -> TagNode {
    TagNode::new(tag, TagValue::Nested(nodes))
}

/// Order ЕД-7-20/662@: each kind of value, and an item as registers write it.
#[test]
fn vectors_of_the_format() {
    let item = nested(
        1059,
        vec![
            text(1030, "Чай"),
            number(1079, 10_000),
            decimal(1023, 2, 0),
            number(1043, 20_000),
            number(1199, 11),
            number(1200, 3607),
            number(1212, 1),
            number(1214, 4),
            number(2108, 0),
        ],
    );
    let rates = nested(1115, vec![nested(1119, vec![number(1199, 11), number(1120, 3607)])]);
    for (node, expected) in [
        (number(1054, 1), "1E 04 01 00 01"),
        (number(1055, 1), "1F 04 01 00 01"),
        (number(1020, 12_345), "FC 03 02 00 39 30"),
        (number(1031, 0), "07 04 01 00 00"),
        (number(1081, 9_999_999_999), "39 04 05 00 FF E3 0B 54 02"),
        (decimal(1023, 1, 0), "FF 03 02 00 00 01"),
        (decimal(1023, 15, 1), "FF 03 02 00 01 0F"),
        (decimal(1023, 1500, 3), "FF 03 03 00 03 DC 05"),
        (decimal(1023, 1, 3), "FF 03 02 00 03 01"),
        (decimal(1023, 0x12_3456, 5), "FF 03 04 00 05 56 34 12"),
        (number(1020, 0x12_3456), "FC 03 03 00 56 34 12"),
        (number(1020, 0x1234_5678), "FC 03 04 00 78 56 34 12"),
        (text(1030, "Чай №1"), "06 04 06 00 97 A0 A9 20 FC 31"),
        (number(1012, 1_767_616_200), "F4 03 04 00 C8 AE 5B 69"),
        (text(1018, "7708806062"), "FA 03 0C 00 37 37 30 38 38 30 36 30 36 32 20 20"),
        (text(1037, "0000000370021655"), "0D 04 14 00 30 30 30 30 30 30 30 33 37 30 30 32 31 36 35 35 20 20 20 20"),
        (TagNode::new(1077, TagValue::Bytes(bytes("31 04 49 96 02 D2"))), "35 04 06 00 31 04 49 96 02 D2"),
        (
            item,
            "23 04 33 00 06 04 03 00 97 A0 A9 37 04 02 00 10 27 FF 03 02 00 00 02 13 04 02 00 20 4E AF 04 01 00 0B \
             B0 04 02 00 17 0E BC 04 01 00 01 BE 04 01 00 04 3C 08 01 00 00",
        ),
        (rates, "5B 04 0F 00 5F 04 0B 00 AF 04 01 00 0B 60 04 02 00 17 0E"),
    ] {
        let expected = bytes(expected);
        assert_eq!(hex(&encode_tlv(std::slice::from_ref(&node)).expect("bytes")), hex(&expected), "{node:?}");
        assert_eq!(decode_tlv(&expected), Ok(vec![node]));
    }
}

/// What registers write that we do not.
#[test]
fn forms_of_real_registers() {
    for (written, read) in [
        ("07 04 00 00", number(1031, 0)),
        ("07 04 08 00 00 00 00 00 00 00 00 00", number(1031, 0)),
        ("07 04 0A 00 39 30 00 00 00 00 00 00 00 00", number(1031, 12_345)),
        ("FF 03 00 00", decimal(1023, 0, 0)),
        ("FF 03 08 00 03 DC 05 00 00 00 00 00", decimal(1023, 1500, 3)),
        ("06 04 05 00 97 A0 A9 20 20", text(1030, "Чай")),
        ("DD 04 02 00 32 00", text(1245, "2")),
        ("11 04 10 00 39 39 39 39 30 37 38 39 30 30 30 30 35 34 33 30", text(1041, "9999078900005430")),
        ("10 27 02 00 AB CD", TagNode::new(10_000, TagValue::Bytes(vec![0xab, 0xcd]))),
        ("07 04 09 00 01 01 01 01 01 01 01 01 01", TagNode::new(1031, TagValue::Bytes(vec![1; 9]))),
    ] {
        assert_eq!(decode_tlv(&bytes(written)), Ok(vec![read]), "{written}");
    }
}

#[test]
fn what_is_no_tlv_is_an_error() {
    let fault = |hex: &str| decode_tlv(&bytes(hex)).expect_err(hex).to_string();
    assert_eq!(fault("1E"), "TLV: tag 0 at byte 0: 4 bytes are said, 1 are left");
    assert_eq!(fault("1E 04 01 00 01 1E 04 02 00 01"), "TLV: tag 1054 at byte 5: 2 bytes are said, 1 are left");
    assert_eq!(fault("23 04 05 00 06 04 09 00 41"), "TLV: tag 1030 at byte 4: 9 bytes are said, 1 are left");
    let deep = (0..20).fold(Vec::new(), |inner: Vec<u8>, _| {
        [&1059_u16.to_le_bytes()[..], &(inner.len() as u16).to_le_bytes(), &inner].concat()
    });
    assert_eq!(
        decode_tlv(&deep).expect_err("deep").to_string(),
        "TLV: tag 1059 at byte 64: nested deeper than 16 levels"
    );
    assert!(decode_tlv(&vec![0; (1 << 20) + 1]).is_err());
}

#[test]
fn what_has_no_room_is_an_error() {
    let fault = |node: TagNode| encode_tlv(&[node]).expect_err("no room").to_string();
    assert_eq!(fault(text(1018, "1234567890123")), "TLV: tag 1018: more than 12 bytes");
    assert_eq!(fault(text(1030, "Чай «Лисма»")), "TLV: tag 1030: CP866 has no '«'");
    assert_eq!(fault(number(1054, 256)), "TLV: tag 1054: more than 1 bytes");
    assert_eq!(fault(text(1030, &"a".repeat(70_000))), "TLV: tag 1030: more than 65535 bytes");
}

/// Vectors of the tags that a receipt becomes.
fn tags_of(receipt: &Value) -> Vec<Value> {
    let answer = parsed(&chek54::call::receipt_tags(&receipt.to_string(), r#"{"lang":"en"}"#));
    assert!(answer["value"].is_array(), "{answer:#}");
    answer["value"].as_array().cloned().unwrap_or_default()
}

fn find(tags: &[Value], tag: u16) -> &Value {
    tags.iter().find(|node| node["tag"] == tag).unwrap_or(&Value::Null)
}

/// Tag 1162 of goods of which only the number is known, and of a whole code.
#[test]
fn product_codes_before_1_2() {
    for (code, expected) in [
        ("04601234567890", "490E042F4EF3B2D2"),
        ("010460043993125621JgXJ5.", "444D042F1F9681784A67584A352E"),
        ("010460043993125621JgXJ5.\u{1d}93dGVz", "444D042F1F9681784A67584A352E"),
    ] {
        let item = json!({ "name": "x", "price": 1, "quantity": 1, "vat": "none", "mark": { "code": code } });
        let tags = tags_of(&json!({ "ffd": "1.05", "operation": "income", "items": [item] }));
        let item = find(&tags, 1059)["children"].as_array().expect("an item");
        assert_eq!(find(item, 1162)["value"], expected);
    }
}

/// Half-up, line by line; what real receipts have.
#[test]
fn vat_of_a_line() {
    for (amount, rate, sum) in
        [("807.30", "vat22", 14_558), ("100.00", "vat105", 476), ("0.99", "vat20", 17), ("0.01", "vat22", 0)]
    {
        let item = json!({ "name": "x", "price": amount, "quantity": 1, "vat": rate });
        let tags = tags_of(&json!({ "operation": "income", "items": [item] }));
        let item = find(&tags, 1059)["children"].as_array().expect("an item");
        assert_eq!(find(item, 1200)["value"], sum, "{amount} {rate}");
    }
}

/// JavaScript holds fifteen digits exactly; what is longer stays text.
#[test]
fn long_numbers_are_texts() {
    let values = |hex: &str| -> Vec<Value> {
        let answer = parsed(&chek54::call::decode_tlv(hex, "{}"));
        answer["value"].as_array().expect("tags").iter().map(|node| node["value"].clone()).collect()
    };
    assert_eq!(values("FF03070006FFFFFFFFFFFF"), [json!(281_474_976.710_655)]);
    assert_eq!(values("FC030600FFFFFFFFFFFF"), [json!(281_474_976_710_655_u64)]);
    assert_eq!(values("0D050800FFFFFFFFFFFFFFFF"), [json!("18446744073709551615")]);
}

/// A text that a tag can hold as it is: no spaces at its end, CP866 alone.
fn words(max: usize) -> impl Strategy<Value = String> {
    let letters = prop::sample::select("абвЖЯ ёЁ№°azAZ09-/.,\"'()+".chars().collect::<Vec<_>>());
    prop::collection::vec(letters, 1..=max).prop_map(|letters| {
        let text: String = letters.into_iter().collect();
        let text = text.trim();
        if text.is_empty() { "x".to_owned() } else { text.to_owned() }
    })
}

fn money() -> impl Strategy<Value = String> {
    (0_u64..100_000_000, 0_u64..100).prop_map(|(roubles, kopecks)| format!("{roubles}.{kopecks:02}"))
}

fn phones() -> impl Strategy<Value = Value> {
    prop::collection::vec("\\+7[0-9]{10}", 1..3).prop_map(|phones| json!(phones))
}

fn clock() -> impl Strategy<Value = String> {
    (2019_u32..2106, 1_u32..13, 1_u32..29, 0_u32..86_400).prop_map(|(year, month, day, second)| {
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    })
}

fn day() -> impl Strategy<Value = String> {
    clock().prop_map(|clock| clock.split('T').next().expect("a day").to_owned())
}

/// A member of an object, or nothing.
fn maybe<V: Into<Value> + Clone + std::fmt::Debug>(
    name: &'static str,
    value: impl Strategy<Value = V>,
) -> impl Strategy<Value = (&'static str, Value)> {
    prop::option::of(value).prop_map(move |value| (name, value.map_or(Value::Null, Into::into)))
}

fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, v)| (name.into(), v)).collect())
}

/// An object of the members, or null where there is none: an empty record is nothing in a document.
fn filled(value: Value) -> Value {
    if value.as_object().is_some_and(serde_json::Map::is_empty) { Value::Null } else { value }
}

fn agent() -> impl Strategy<Value = Value> {
    const KINDS: &[&str] = &["bankPayingAgent", "payingSubagent", "attorney", "commissionAgent", "agent"];
    let transfer =
        (maybe("name", words(64)), maybe("inn", "[0-9]{10}"), maybe("address", words(60)), maybe("phones", phones()))
            .prop_map(|(name, inn, address, phones)| filled(object([name, inn, address, phones])));
    (
        prop::sample::select(KINDS),
        maybe("operation", words(24)),
        maybe("phones", phones()),
        maybe("receiverPhones", phones()),
        transfer,
    )
        .prop_map(|(kind, operation, phones, receivers, transfer)| {
            object([("kind", kind.into()), operation, phones, receivers, ("transfer", transfer)])
        })
}

fn industry() -> impl Strategy<Value = Value> {
    let one = ("0[0-6][1-9]", day(), words(32), words(100)).prop_map(|(code, date, number, value)| {
        json!({ "code": code, "documentDate": date, "documentNumber": number, "value": value })
    });
    prop::collection::vec(one, 1..3).prop_map(Value::Array)
}

fn customer(new: bool) -> impl Strategy<Value = Value> {
    let contact = prop::option::of(prop_oneof![
        "[a-z]{1,10}@[a-z]{1,10}\\.ru".prop_map(|email| ("email", Value::from(email))),
        "\\+7[0-9]{10}".prop_map(|phone| ("phone", Value::from(phone))),
    ]);
    let plain = (contact, maybe("name", words(100)), maybe("inn", "[0-9]{10}([0-9]{2})?"));
    let identity = (
        maybe("birthday", day()),
        maybe("citizenship", "[0-9]{3}"),
        maybe("documentKind", prop::sample::select(vec!["21", "31", "40"])),
        maybe("document", words(64)),
        maybe("address", words(100)),
    );
    (plain, identity).prop_map(move |((contact, name, inn), (birthday, citizenship, kind, document, address))| {
        let mut members: Vec<_> = contact.into_iter().chain([name, inn]).collect();
        if new {
            members.extend([birthday, citizenship, kind, document, address]);
        }
        filled(object(members))
    })
}

fn item(new: bool) -> impl Strategy<Value = Value> {
    const RATES: &[&str] =
        &["none", "vat0", "vat5", "vat7", "vat10", "vat20", "vat22", "vat105", "vat107", "vat110", "vat120", "vat122"];
    const METHODS: &[&str] =
        &["fullPrepayment", "prepayment", "advance", "fullPayment", "partialPayment", "credit", "creditPayment"];
    const OBJECTS: &[&str] = &["commodity", "excise", "service", "payment", "agentCommission", "casinoPayment"];
    let must = (
        words(128),
        money(),
        (1_u64..10_000_000_000)
            .prop_map(|millionths| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)),
        money(),
        prop::sample::select(RATES),
        prop::sample::select(METHODS),
        prop::sample::select(OBJECTS),
    );
    let unit = if new {
        maybe("unit", prop::sample::select(vec!["gram", "kilogram", "other"]).prop_map(str::to_owned)).boxed()
    } else {
        maybe("unitName", words(16)).boxed()
    };
    let mark = if new {
        maybe("mark", "01[0-9]{14}21[A-Za-z0-9!\"%&'*+./_,:;=<>?-]{1,20}".prop_map(|code| json!({ "code": code })))
            .boxed()
    } else {
        maybe("mark", "([0-9A-F]{2}){1,32}".prop_map(|hex| json!({ "hex": hex }))).boxed()
    };
    let more = (
        unit,
        mark,
        maybe("excise", money()),
        maybe("countryCode", "[0-9]{3}"),
        maybe("customsDeclaration", words(32)),
        maybe("requisite", words(64)),
        maybe("agent", agent()),
        (maybe("name", words(100)), maybe("inn", "[0-9]{12}"), maybe("phones", phones()))
            .prop_map(|(name, inn, phones)| ("supplier", filled(object([name, inn, phones])))),
        maybe("industryRequisites", industry()),
    );
    (must, more).prop_map(move |((name, price, quantity, amount, vat, method, thing), more)| {
        let (unit, mark, excise, country, customs, requisite, agent, supplier, industry) = more;
        let industry = if new { industry } else { ("industryRequisites", Value::Null) };
        let must = [
            ("name", name.into()),
            ("price", price.into()),
            ("quantity", quantity.into()),
            ("amount", amount.into()),
            ("vat", vat.into()),
            ("method", method.into()),
            ("object", thing.into()),
        ];
        let more = [unit, mark, excise, country, customs, requisite, agent, supplier, industry];
        object(must.into_iter().chain(more))
    })
}

/// Receipts of every version with all that a document carries.
fn receipts() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["1.05", "1.1", "1.2"]).prop_flat_map(|ffd| {
        let new = ffd == "1.2";
        let must = (
            prop::sample::select(vec!["income", "incomeReturn", "expense", "expenseReturn"]),
            maybe("taxation", prop::sample::select(vec!["osn", "usnIncome", "eshn", "patent"])),
            prop::collection::vec(item(new), 1..4),
            (maybe("cash", money()), maybe("electronic", money()), maybe("prepaid", money()), maybe("credit", money()), maybe("provision", money())),
            customer(new),
        );
        let people = (
            (maybe("inn", "[0-9]{10}"), maybe("name", words(100)), maybe("email", "[a-z]{1,9}@[a-z]{1,9}\\.ru")),
            (maybe("name", words(64)), maybe("inn", "[0-9]{12}")),
            (maybe("address", words(100)), maybe("site", words(100))),
            maybe("agent", agent()),
            maybe("supplier", phones().prop_map(|phones| json!({ "phones": phones }))),
        );
        let cashless = (money(), 0_u64..256, words(100), maybe("info", words(100)))
            .prop_map(|(amount, method, id, info)| object([("amount", amount.into()), ("method", method.into()), ("id", id.into()), info]));
        let more = (
            maybe("internet", any::<bool>()),
            maybe("timeZone", 1_u64..12),
            maybe("cashless", prop::collection::vec(cashless, 1..3)),
            maybe("requisite", words(16)),
            maybe("userRequisite", (words(64), words(100)).prop_map(|(key, value)| json!({ "key": key, "value": value }))),
            maybe("operationRequisite", (0_u64..256, clock(), words(64)).prop_map(|(id, date, data)| json!({ "id": id, "date": date, "data": data }))),
            maybe("industryRequisites", industry()),
            maybe("correction", (prop::sample::select(vec!["self", "order"]), day(), words(32)).prop_map(|(kind, date, number)| json!({ "kind": kind, "date": date, "number": number }))),
            maybe("fiscal", ("[0-9]{16}", any::<u32>(), any::<u32>(), "[0-9]{16}", any::<u32>(), any::<u32>(), clock(), money()).prop_map(|(storage, fd, fp, rnm, shift, number, clock, total)| {
                json!({ "fn": storage, "fd": fd.to_string(), "fp": format!("{fp:010}"), "rnm": rnm, "shift": shift, "number": number, "dateTime": clock, "total": total })
            })),
        );
        (must, people, more).prop_map(move |(must, people, more)| {
            let (operation, taxation, items, payments, customer) = must;
            let (seller, cashier, place, agent, supplier) = people;
            let (internet, zone, cashless, requisite, user, mut operational, mut industry, correction, fiscal) = more;
            let (cash, electronic, prepaid, credit, provision) = payments;
            let (mut agent, mut supplier) = (agent, supplier);
            if new {
                (agent.1, supplier.1) = (Value::Null, Value::Null);
            } else {
                (operational.1, industry.1) = (Value::Null, Value::Null);
            }
            // Sums of zero are in every document: to have been paid so they need not be given.
            let paid = object([cash, electronic, prepaid, credit, provision].into_iter().filter(|(_, sum)| sum != "0.00"));
            object([
                ("ffd", ffd.into()),
                ("operation", operation.into()),
                taxation,
                ("items", Value::Array(items)),
                ("payments", if filled(paid.clone()).is_null() { json!({ "electronic": "1.00" }) } else { paid }),
                ("customer", customer),
                ("seller", filled(object([seller.0, seller.1, seller.2]))),
                ("cashier", filled(object([cashier.0, cashier.1]))),
                ("place", filled(object([place.0, place.1]))),
                agent,
                supplier,
                internet,
                zone,
                cashless,
                requisite,
                user,
                operational,
                industry,
                correction,
                fiscal,
            ])
        })
    })
}

/// The receipt with everything filled in that has a default.
fn completed(receipt: &Value) -> Value {
    plain(serde_json::from_str(&chek54::call::read(&receipt.to_string())).expect("JSON"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_receipt_comes_back_from_its_bytes(receipt in receipts()) {
        let text = receipt.to_string();
        let encoded = value(&chek54::call::encode_tlv(&text));
        let hex = encoded["value"].as_str().unwrap_or_else(|| panic!("{encoded:#}\n{receipt:#}"));
        // The bytes are those of the tags, and the tags come back from them.
        let tags = parsed(&chek54::call::receipt_tags(&text, "{}"))["value"].clone();
        let again = value(&chek54::call::encode_tlv(&tags.to_string()));
        prop_assert_eq!(again["value"].as_str(), Some(hex));
        prop_assert_eq!(&parsed(&chek54::call::decode_tlv(hex, "{}"))["value"], &tags);
        let decoded = value(&chek54::call::decode(hex, "tlv", "{}"))["value"].clone();
        prop_assert_eq!(completed(&decoded["receipt"]), completed(&receipt));
        prop_assert_eq!(&decoded["extra"], &json!([]));
    }

    #[test]
    fn values_of_every_kind_come_back(number in any::<u64>(), point in 0_u8..19, words in words(60)) {
        let nodes = vec![
            TagNode::new(1293, TagValue::Number(number)),
            TagNode::new(1023, TagValue::Decimal(number, point)),
            TagNode::new(1030, TagValue::Text(words.clone())),
            TagNode::new(9999, TagValue::Bytes(number.to_le_bytes().to_vec())),
        ];
        let bytes = encode_tlv(&nodes).expect("bytes");
        prop_assert_eq!(decode_tlv(&bytes).expect("tags"), nodes);
    }
}

/// Numbers that look random and are the same every time (xorshift).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

fn count(nodes: &[TagNode]) -> usize {
    nodes.iter().map(|node| 1 + count(node.children())).sum()
}

/// Random bytes, and documents with some bytes changed, cut out or doubled: an answer, and no more nodes than bytes.
#[test]
fn noise_is_an_answer() {
    let case: Value = serde_json::from_str(include_str!("../examples/tags-fiscal.json")).expect("JSON");
    let encoded = value(&chek54::call::encode_tlv(&case["input"].to_string()));
    let whole = bytes(encoded["value"].as_str().expect("bytes"));
    assert!(decode_tlv(&whole).is_ok() && decode(&whole, None).extra.is_empty());
    let (mut noise, mut read, mut refused) = (Noise(54), 0, 0);
    for round in 0..200_000 {
        let mut input = if round % 4 == 0 {
            // Lengths small enough to be kept now and then, tags of the dictionary.
            let elements = noise.below(12);
            (0..elements)
                .flat_map(|_| {
                    let (tag, length) = (1000 + noise.below(330) as u16, noise.below(9) as u16);
                    let value: Vec<_> = (0..length).map(|_| noise.next() as u8).collect();
                    [&tag.to_le_bytes()[..], &length.to_le_bytes(), &value].concat()
                })
                .collect()
        } else {
            whole.clone()
        };
        for _ in 0..=noise.below(6) {
            let at = noise.below(input.len() + 1);
            match noise.below(4) {
                0 if at < input.len() => input[at] = noise.next() as u8,
                1 => input.truncate(at),
                2 => input.insert(at, noise.next() as u8),
                _ if at < input.len() => {
                    let end = at + noise.below((input.len() - at).min(40));
                    let part = input[at..end].to_vec();
                    input.splice(at..at, part);
                }
                _ => {}
            }
        }
        match decode_tlv(&input) {
            Ok(nodes) => {
                assert!(count(&nodes) * 4 <= input.len());
                read += 1;
            }
            Err(_) => refused += 1,
        }
        if round % 8 == 0 {
            drop(decode(&input, None));
        }
    }
    assert!(read > 10_000 && refused > 10_000, "{read} read, {refused} refused");
    assert!(tag(1059).is_some());
}
