//! Receipts written as the tax service exports them, by a writer that knows nothing of the library's tables, and read
//! again: the same receipt, for all that the export carries.

mod answer;

use answer::value;
use proptest::prelude::*;
use serde_json::{Value, json};

/// One of a word's codes in the fiscal document, as the orders number them.
fn code(words: &[(&str, u64)], word: &Value) -> u64 {
    words.iter().find(|(name, _)| *word == *name).map(|(_, code)| *code).expect("a known word")
}

const OPERATIONS: &[(&str, u64)] = &[("income", 1), ("incomeReturn", 2), ("expense", 3), ("expenseReturn", 4)];
const TAXATIONS: &[(&str, u64)] =
    &[("osn", 1), ("usnIncome", 2), ("usnIncomeExpense", 4), ("envd", 8), ("eshn", 16), ("patent", 32)];
const METHODS: &[(&str, u64)] = &[("fullPrepayment", 1), ("advance", 3), ("fullPayment", 4), ("creditPayment", 7)];
const OBJECTS: &[(&str, u64)] = &[("commodity", 1), ("service", 4), ("payment", 10), ("another", 13)];
const UNITS: &[(&str, u64)] = &[("piece", 0), ("kilogram", 11), ("liter", 41), ("other", 255)];
const AGENTS: &[(&str, u64)] = &[("bankPayingAgent", 1), ("payingAgent", 4), ("agent", 64)];
/// With the percent of each; a document of before 2019 has 18% under 1 and 3.
const RATES: &[(&str, u64, i64)] = &[
    ("vat18", 1, 18),
    ("vat118", 3, 18),
    ("vat20", 1, 20),
    ("vat120", 3, 20),
    ("vat10", 2, 10),
    ("vat110", 4, 10),
    ("vat0", 5, 0),
    ("none", 6, 0),
    ("vat5", 7, 5),
    ("vat7", 8, 7),
    ("vat105", 9, 5),
    ("vat107", 10, 7),
    ("vat22", 11, 22),
    ("vat122", 12, 22),
];

fn roubles(kopecks: i64) -> String {
    format!("{}.{:02}", kopecks / 100, kopecks % 100)
}

fn kopecks(roubles: &Value) -> Value {
    let text = roubles.as_str().expect("a sum");
    text.replace('.', "").parse::<i64>().expect("kopecks").into()
}

fn number(quantity: &Value) -> Value {
    serde_json::from_str(quantity.as_str().expect("a quantity")).expect("a number")
}

/// Which key has a field: that of now, or an older one.
struct Dialect {
    old: bool,
    unix: bool,
    wrapper: u8,
}

impl Dialect {
    fn key(&self, now: &'static str, then: &'static str) -> &'static str {
        if self.old { then } else { now }
    }

    fn put(&self, document: &mut Value, now: &'static str, then: &'static str, value: Value) {
        if !value.is_null() {
            document[self.key(now, then)] = value;
        }
    }

    fn document(&self, receipt: &Value, seconds: u32) -> Value {
        let fiscal = &receipt["fiscal"];
        let mut document = json!({
            "operationType": code(OPERATIONS, &receipt["operation"]),
            "totalSum": kopecks(&fiscal["total"]),
            "fiscalDriveNumber": fiscal["fn"],
            "fiscalDocumentNumber": fiscal["fd"].as_str().and_then(|fd| fd.parse::<u64>().ok()),
            "fiscalSign": fiscal["fp"].as_str().and_then(|fp| fp.parse::<u64>().ok()),
            "kktRegId": format!("{:<20}", fiscal["rnm"].as_str().expect("a number")),
            "shiftNumber": fiscal["shift"],
            "requestNumber": fiscal["number"],
            "userInn": format!("{:<12}", receipt["seller"]["inn"].as_str().expect("an INN")),
            "user": receipt["seller"]["name"],
            "retailPlaceAddress": receipt["place"]["address"],
            "items": receipt["items"].as_array().expect("items").iter().map(|item| self.item(item)).collect::<Vec<_>>(),
        });
        document["dateTime"] = if self.unix { json!(seconds) } else { fiscal["dateTime"].clone() };
        self.put(&mut document, "code", "receiptCode", json!(if receipt["bso"] == true { 4 } else { 3 }));
        let version = code(&[("1.05", 2), ("1.1", 3), ("1.2", 4)], &receipt["ffd"]);
        self.put(&mut document, "fiscalDocumentFormatVer", "protocolVersion", json!(version));
        let taxation = code(TAXATIONS, &receipt["taxation"]);
        self.put(&mut document, "appliedTaxationType", "taxationType", json!(taxation));
        for (now, then, name) in [
            ("cashTotalSum", "cashTotalSum", "cash"),
            ("ecashTotalSum", "ecashTotalSum", "electronic"),
            ("prepaidSum", "prepaymentSum", "prepaid"),
            ("creditSum", "postpaymentSum", "credit"),
            ("provisionSum", "counterSubmissionSum", "provision"),
        ] {
            let sum = receipt["payments"].get(name).map_or(json!(0), kopecks);
            self.put(&mut document, now, then, sum);
        }
        let contact = receipt["customer"].get("email").or(receipt["customer"].get("phone"));
        self.put(&mut document, "buyerPhoneOrAddress", "buyerAddress", contact.cloned().unwrap_or_default());
        match self.wrapper {
            0 => document,
            1 => json!({ "ticket": { "document": { "receipt": document } } }),
            2 => json!({ "document": { "receipt": document } }),
            _ => json!({ "data": { "json": document } }),
        }
    }

    fn item(&self, item: &Value) -> Value {
        let mut line = json!({
            "name": item["name"],
            "price": kopecks(&item["price"]),
            "quantity": number(&item["quantity"]),
            "sum": kopecks(&item["amount"]),
        });
        let rate = RATES.iter().find(|(name, ..)| item["vat"] == *name).expect("a rate");
        self.put(&mut line, "nds", "ndsRate", json!(rate.1));
        self.put(&mut line, "paymentType", "calculationTypeSign", json!(code(METHODS, &item["method"])));
        self.put(&mut line, "productType", "calculationSubjectSign", json!(code(OBJECTS, &item["object"])));
        self.put(&mut line, "unit", "measure", item["unitName"].clone());
        if item["unit"].is_string() {
            line["itemsQuantityMeasure"] = code(UNITS, &item["unit"]).into();
        }
        if item["agent"].is_object() {
            line["paymentAgentByProductType"] = code(AGENTS, &item["agent"]["kind"]).into();
            line["paymentAgentData"] = json!({ "paymentAgentPhone": item["agent"]["phones"] });
            line["providerData"] = json!({ "providerName": item["supplier"]["name"] });
            line["providerInn"] = format!("{:<12}", item["supplier"]["inn"].as_str().expect("an INN")).into();
        }
        line
    }
}

fn word(words: &'static [(&'static str, u64)]) -> impl Strategy<Value = &'static str> {
    (0..words.len()).prop_map(|at| words[at].0)
}

prop_compose! {
    fn items(new: bool, year: i32)(
        name in "[а-яА-ЯёЁa-zA-Z0-9№ ,.]{0,20}[а-яa-z]",
        price in 1..10_000_000_i64,
        micro in 1..5_000_000_i64,
        rate in 0..RATES.len(),
        method in word(METHODS),
        object in word(OBJECTS),
        unit in word(UNITS),
        agent in prop::option::of(word(AGENTS)),
    ) -> Value {
        let product = (i128::from(price) * i128::from(micro) * 2 + 1_000_000) / 2_000_000;
        let amount = i64::try_from(product).expect("kopecks");
        // The rate of the document's day; those of 2025 and 2026 have codes of their own.
        let (vat, code, _) = RATES[rate];
        let vat = match (code, year < 2019) {
            (1, true) => "vat18",
            (3, true) => "vat118",
            (1, false) => "vat20",
            (3, false) => "vat120",
            _ => vat,
        };
        let quantity = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
        let quantity = quantity.trim_end_matches('0').trim_end_matches('.');
        let mut item = json!({
            "name": name, "price": roubles(price), "quantity": quantity, "amount": roubles(amount), "vat": vat,
            "method": method, "object": object,
        });
        if new {
            item["unit"] = unit.into();
        } else {
            item["unitName"] = "шт".into();
        }
        if let Some(kind) = agent {
            item["agent"] = json!({ "kind": kind, "phones": ["+79991112233"] });
            item["supplier"] = json!({ "name": "ООО Поставщик", "inn": "5544332219" });
        }
        item
    }
}

prop_compose! {
    fn receipts_of(ffd: &'static str, year: i32)(
        items in prop::collection::vec(items(ffd == "1.2", year), 1..6),
        day in 0..365_u32,
        clock in 0..86_400_u32,
        operation in word(OPERATIONS),
        taxation in word(TAXATIONS),
        paid in prop::sample::subsequence(vec!["cash", "electronic", "prepaid", "credit", "provision"], 1..5),
        contact in prop::option::of(prop::sample::select(vec![("email", "a@example.com"), ("phone", "+79991234567")])),
        bso: bool,
    ) -> (Value, u32) {
        let leap_days = (1970..year).filter(|year| year % 4 == 0).count() as u32;
        let seconds = ((year as u32 - 1970) * 365 + leap_days + day) * 86_400 + clock;
        let months = [31, 28 + u32::from(year % 4 == 0), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let (mut month, mut rest) = (0, day);
        while rest >= months[month] {
            rest -= months[month];
            month += 1;
        }
        let date_time = format!(
            "{year}-{:02}-{:02}T{:02}:{:02}:{:02}", month + 1, rest + 1, clock / 3600, clock / 60 % 60, clock % 60
        );
        let total: i64 = items.iter().map(|item| kopecks(&item["amount"]).as_i64().expect("kopecks")).sum();
        let mut payments = json!({});
        for (at, name) in paid.iter().enumerate() {
            let part = if at + 1 == paid.len() { total - total / 7 * at as i64 } else { total / 7 };
            if part > 0 {
                payments[*name] = roubles(part).into();
            }
        }
        let mut receipt = json!({
            "ffd": ffd, "operation": operation, "taxation": taxation, "items": items, "payments": payments,
            "seller": { "inn": "7725327863", "name": "ООО Ромашка" }, "place": { "address": "Москва, ул. Мира" },
            "fiscal": {
                "fn": "9960440300000001", "fd": "2154", "fp": "81276461", "rnm": "0003218182040203", "shift": 106,
                "number": 160, "dateTime": date_time, "total": roubles(total),
            },
        });
        if let Some((name, contact)) = contact {
            receipt["customer"] = json!({ name: contact });
        }
        if bso {
            receipt["bso"] = true.into();
        }
        (receipt, seconds)
    }
}

fn receipts() -> impl Strategy<Value = (Value, u32)> {
    (word(&[("1.05", 2), ("1.1", 3), ("1.2", 4)]), 2017..2027_i32).prop_flat_map(|(ffd, year)| receipts_of(ffd, year))
}

/// Members in one order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(sorted).collect()),
        other => other,
    }
}

proptest! {
    #[test]
    fn what_is_exported_is_read_as_it_was((receipt, seconds) in receipts(), old: bool, unix: bool, wrapper in 0..4_u8) {
        prop_assume!(receipt["payments"].as_object().is_some_and(|paid| !paid.is_empty()));
        let document = Dialect { old, unix, wrapper }.document(&receipt, seconds);
        let decoded = value(&chek54::call::decode(&document.to_string(), "fns", "{}"))["value"].clone();
        prop_assert_eq!(sorted(decoded["receipt"].clone()), sorted(receipt.clone()), "{}", document);
        prop_assert_eq!(&decoded["extra"], &json!([]));
        // In a list it is the same.
        let list = json!([document, document]).to_string();
        let listed = value(&chek54::call::decode(&list, "fns", "{}"))["value"].clone();
        prop_assert_eq!(&listed["receipts"], &json!([decoded["receipt"], decoded["receipt"]]));
        // And it does not differ from what was sent.
        let differences = value(&chek54::call::diff(&receipt.to_string(), &decoded["receipt"].to_string(), "{}"));
        prop_assert_eq!(&differences["value"], &json!([]));
    }

    /// The VAT sums of a document, worked out here, are recognised whichever way they were rounded.
    #[test]
    fn the_way_of_rounding_is_told(
        lines in prop::collection::vec((1..1_000_000_i64, 0..RATES.len()), 1..30),
        by_lines: bool,
        off in prop::option::of(3..50_i64),
    ) {
        let tax = |amount: i64, percent: i64| {
            if percent == 0 { amount } else { (2 * amount * percent + 100 + percent) / (2 * (100 + percent)) }
        };
        // A code has one rate on the day.
        let rates: Vec<_> = RATES.iter().filter(|(name, ..)| !name.ends_with("18")).collect();
        let lines: Vec<_> = lines.into_iter().map(|(amount, at)| (amount, *rates[at % rates.len()])).collect();
        let (mut sums, mut both) = (Vec::new(), true);
        for (_, code, percent) in &rates {
            let own = || lines.iter().filter(|line| line.1.1 == *code).map(|line| line.0);
            let (lined, summed) = (own().map(|amount| tax(amount, *percent)).sum::<i64>(), tax(own().sum(), *percent));
            if own().next().is_some() {
                both &= lined == summed;
                sums.push(json!({ "nds": code, "ndsSum": if by_lines { lined } else { summed } }));
            }
        }
        let total: i64 = lines.iter().map(|line| line.0).sum();
        if let Some(off) = off {
            // Neither way is off by more than half a kopeck a line.
            sums[0]["ndsSum"] = (sums[0]["ndsSum"].as_i64().expect("a sum") + off + lines.len() as i64).into();
        }
        let items: Vec<_> = lines
            .iter()
            .map(|(amount, rate)| json!({ "name": "x", "price": amount, "quantity": 1, "sum": amount, "nds": rate.1 }))
            .collect();
        let document = json!({
            "code": 3, "fiscalDocumentFormatVer": 4, "operationType": 2, "dateTime": "2026-06-01T10:00:00",
            "items": items, "ecashTotalSum": total, "totalSum": total, "amountsReceiptNds": { "amountsNds": sums },
            "fiscalDriveNumber": "9960440300000001", "fiscalDocumentNumber": 1, "fiscalSign": 1,
        });
        let decoded = value(&chek54::call::decode(&document.to_string(), "fns", "{}"))["value"].clone();
        let expected = match (off.is_some(), both, by_lines) {
            (true, ..) => "neither",
            (_, true, _) => "both",
            (_, _, true) => "byLines",
            _ => "bySum",
        };
        prop_assert_eq!(&decoded["envelope"]["vatMethod"], expected);
        let told = decoded["issues"].as_array().expect("issues").iter().any(|issue| issue["code"] == "vat_mismatch");
        prop_assert_eq!(told, off.is_some());
    }

    /// Whatever stands there is an answer.
    #[test]
    fn any_value_of_a_known_key_is_an_answer(
        keys in prop::collection::vec(prop::sample::select(KEYS.to_vec()), 1..8),
        values in prop::collection::vec(prop::sample::select(VALUES.to_vec()), 8),
    ) {
        let members: Vec<String> = keys.iter().zip(&values).map(|(key, value)| format!("{key:?}:{value}")).collect();
        let item = format!("{{{}}}", members.join(","));
        let text = format!(r#"{{"items":[{item},{item}],"totalSum":100,{}}}"#, members.join(","));
        let _ = value(&chek54::call::decode(&text, "fns", "{}"));
        let _ = value(&chek54::call::decode(&item, "fns", "{}"));
    }
}

const KEYS: &[&str] = &[
    "code",
    "protocolVersion",
    "taxationType",
    "appliedTaxationType",
    "items",
    "nds",
    "ndsRate",
    "nds18",
    "ndsNo",
    "amountsReceiptNds",
    "dateTime",
    "totalSum",
    "ecashTotalSum",
    "sum",
    "price",
    "quantity",
    "correctionBase",
    "сorrectionBase",
    "properties",
    "userProperty",
    "productCodeNew",
    "nomenclatureCode",
    "providerInn",
    "userInn",
    "providerData",
    "paymentAgentData",
    "allECashProp",
    "ticket",
    "data",
    "json",
    "document",
    "operationalDetails",
    "buyerInformation",
    "messageFiscalSign",
    "fiscalSign",
    "correctionType",
    "internetSign",
    "labeledProdFractionalQuantity",
];

const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "1",
    "-1",
    "3",
    "31",
    "4",
    "1.5",
    "1e30",
    "-281474976710655",
    "281474976710655",
    "\"\"",
    "\"   \"",
    "\"2018-01-01\"",
    "1514764800",
    "99999999999",
    "[]",
    "[{}]",
    "[[{}]]",
    "{}",
    "{\"json\":{\"nds\":1}}",
    "\"444D\"",
    "{\"amountsNds\":[{\"nds\":1,\"ndsSum\":-5},{\"nds\":null}]}",
    "{\"correctionDocumentDate\":1}",
    "[{\"key\":1,\"key\":2}]",
    "{\"gs1m\":{\"rawProductCode\":\"x\"},\"mi\":{\"rawProductCode\":\"y\"}}",
    "{\"propertyName\":[1]}",
    "\"сто\"",
];
