//! Receipts out to Paybox and in again: whatever it can carry comes back as it was.

mod answer;

use answer::value;
use chek54::{
    AgentKind, Ffd, Operation, PaymentMethod, PaymentObject, Receipt, Taxation, Term, Unit, Vat, paybox, vocab::Wire,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The names of the terms that Paybox has a word for, in an FFD version.
fn names<T: Term>(ffd: &str) -> Vec<&'static str> {
    let ffd = Ffd::from_name(ffd).expect("a version");
    let known = |term: &T| term.row().paybox != Wire::Unknown && term.row().ffd.has(ffd);
    T::all().filter(known).map(Term::name).collect()
}

fn choice<T: Term>(ffd: &str) -> impl Strategy<Value = &'static str> + use<T> {
    prop::sample::select(names::<T>(ffd))
}

fn text() -> impl Strategy<Value = String> {
    "[A-Za-zА-Яа-я0-9№\"&<;=%+]{1,12}( [а-я]{1,8})?"
}

fn item(ffd: &'static str) -> impl Strategy<Value = Value> {
    let terms = (choice::<Vat>(ffd), choice::<PaymentMethod>(ffd), choice::<PaymentObject>(ffd));
    let agent = prop::option::of(choice::<AgentKind>(ffd));
    let supplier = prop::option::of((text(), "\\+7[0-9]{10}"));
    // Whole kopecks whatever the quantity: hundredths of roubles by the thousand and thousandths of pieces.
    let amounts = (1..9_000_i64, 1..90_000_i64, any::<bool>());
    let unit = (names::<Unit>("1.2").into_iter().next()).map(|_| choice::<Unit>("1.2"));
    (text(), amounts, terms, agent, supplier, unit.expect("units")).prop_map(
        move |(name, (price, quantity, whole), (vat, method, object), agent, supplier, unit)| {
            let (price, quantity) = if whole {
                (format!("{}.{:02}", price / 100, price % 100), format!("{}", quantity % 100 + 1))
            } else {
                (format!("{}", price * 10), format!("{}.{:03}", quantity / 1_000, quantity % 1_000))
            };
            let mut item = json!({
                "name": name, "price": price, "quantity": quantity, "vat": vat, "method": method, "object": object,
            });
            if ffd == "1.2" {
                item["unit"] = unit.into();
                item["industryRequisites"] =
                    json!([{ "code": "030", "documentDate": "2023-11-21", "documentNumber": "1944", "value": name }]);
            }
            if let Some(kind) = agent {
                item["agent"] = json!({ "kind": kind });
            }
            if let Some((name, phone)) = supplier {
                item["supplier"] = json!({ "name": name, "inn": "7710140679", "phones": [phone] });
            }
            item
        },
    )
}

fn receipt() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["1.05", "1.1", "1.2"]).prop_flat_map(|ffd| {
        let parts = (prop::collection::vec(item(ffd), 1..6), choice::<Operation>(ffd));
        (parts, prop::option::of(choice::<Taxation>(ffd)), any::<[bool; 3]>(), text()).prop_map(
            move |((items, operation), taxation, [phone, split, requisites], word)| {
                let mut receipt = json!({
                    "ffd": ffd, "operation": operation, "items": items, "customer": { "email": "buyer@example.com" },
                });
                if let Some(taxation) = taxation {
                    receipt["taxation"] = taxation.into();
                }
                if phone {
                    receipt["customer"]["phone"] = "+79991234567".into();
                }
                if requisites {
                    receipt["userRequisite"] = json!({ "key": word, "value": word });
                }
                let mut receipt = completed(&receipt);
                // Of what is left, a kopeck each.
                let total = receipt["payments"]["electronic"].as_str().expect("a total").replace('.', "");
                let total: i64 = total.parse().expect("kopecks");
                if split && total > 3 {
                    let electronic = format!("{}.{:02}", (total - 3) / 100, (total - 3) % 100);
                    receipt["payments"] =
                        json!({ "electronic": electronic, "prepaid": "0.01", "credit": "0.01", "provision": "0.01" });
                }
                receipt
            },
        )
    })
}

/// With everything that has a default.
fn completed(receipt: &Value) -> Value {
    serde_json::from_str(&chek54::call::read(&receipt.to_string())).expect("JSON")
}

fn there_and_back(receipt: &Value, options: &Value) -> Value {
    let encoded = value(&chek54::call::encode(&receipt.to_string(), "paybox", &options.to_string()));
    let body = &encoded["value"]["body"];
    assert!(body.is_object(), "{receipt:#} {encoded:#}");
    let lost = encoded["value"]["losses"].as_array().expect("losses");
    assert!(lost.iter().all(|issue| issue["code"] != "unsupported_by_provider"), "{encoded:#}");
    let decoded = value(&chek54::call::decode(&body.to_string(), "paybox", "{}"))["value"].clone();
    assert_eq!(decoded["extra"], json!([]), "{body:#}");
    decoded
}

proptest! {
    #[test]
    fn a_receipt_by_itself_comes_back(receipt in receipt()) {
        let options = json!({ "form": "separate", "merchantId": 1, "paymentId": "2", "refundId": "A3" });
        let decoded = there_and_back(&receipt, &options);
        prop_assert_eq!(&decoded["receipt"], &receipt);
        let ids = json!({ "merchantId": "1", "paymentId": "2", "refundId": "A3" });
        prop_assert_eq!(&decoded["envelope"], &ids);
    }

    #[test]
    fn a_receipt_within_a_payment_comes_back(mut receipt in receipt()) {
        // A payment is of the whole sum, and cashless.
        receipt.as_object_mut().expect("an object").remove("payments");
        let receipt = completed(&receipt);
        let total = &receipt["payments"]["electronic"];
        let (form, sum) = match receipt["operation"].as_str() {
            Some("income") => ("capture", "clearingAmount"),
            _ => ("refund", "refundAmount"),
        };
        let decoded = there_and_back(&receipt, &json!({ "form": form, "amount": total }));
        prop_assert_eq!(&decoded["receipt"], &receipt);
        prop_assert_eq!(&decoded["envelope"], &json!({ sum: total }));
    }

    #[test]
    fn what_is_signed_as_an_object_is_verified_as_a_form(receipt in receipt(), salt in "[a-z0-9]{1,16}") {
        let options = json!({ "form": "separate" });
        let encoded = value(&chek54::call::encode(&receipt.to_string(), "paybox", &options.to_string()));
        let mut message = json!({ "pg_receipt": encoded["value"]["body"], "pg_salt": salt });
        let signature = asked("sign", &message.to_string());
        message["pg_sig"] = signature.clone();
        prop_assert_eq!(asked("verifyNotification", &message.to_string()), json!(true));
        let mut form = String::new();
        fields(&message, "", &mut form);
        prop_assert_eq!(asked("sign", &form), signature);
        prop_assert_eq!(asked("verifyNotification", &form), json!(true), "{}", form);
        let other = form.replacen("%31", "%32", 1);
        prop_assert_eq!(asked("verifyNotification", &other), json!(false));
    }

    #[test]
    fn any_text_is_an_answer(text in "\\PC{0,80}|[<>/&;=\\[\\]{}a\":?!x,0-9 -]{0,80}") {
        let _ = chek54::call::decode(&text, "paybox", "{}");
        let _ = chek54::call::ask("parseNotification", "paybox", &json!({ "body": text }).to_string());
    }

    #[test]
    fn any_answer_is_read(value in hostile()) {
        let _ = chek54::call::decode(&value.to_string(), "paybox", "{}");
        let _ = chek54::call::ask("parseNotification", "paybox", &json!({ "body": value.to_string() }).to_string());
    }
}

/// What a call about a message says, given the script and the secret.
fn asked(call: &str, body: &str) -> Value {
    let given = json!({ "body": body, "script": "init_payment.php", "secret": "secret" });
    value(&chek54::call::ask(call, "paybox", &given.to_string()))["value"].clone()
}

/// A form as PHP writes it.
fn fields(value: &Value, name: &str, form: &mut String) {
    let inner = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}[{key}]") };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| fields(value, &inner(key), form)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(at, value)| fields(value, &inner(&at.to_string()), form));
        }
        plain => {
            let text = plain.as_str().map_or_else(|| plain.to_string(), str::to_owned);
            let escaped: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            form.push_str(&format!("{name}={escaped}&"));
        }
    }
}

/// Values of any kind under the names that answers have.
fn hostile() -> impl Strategy<Value = Value> {
    let names = [
        "data",
        "pg_receipt",
        "positions",
        "settlements",
        "type",
        "sum",
        "price",
        "quantity",
        "amount",
        "total",
        "registered_at",
        "created_at",
        "link",
        "error",
        "customer",
        "phone",
        "company",
        "pg_amount",
        "pg_result",
        "fiscal_attribute",
        "receipt_format",
        "operation_type",
        "measure",
        "mark_quantity",
        "numerator",
        "status",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}|[0-9.:?&=sn ]{0,24}|cashless|[0-9]{12}\\.[0-9]{2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(names.to_vec()), inner), 0..6)
                .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

#[test]
fn rust_users_have_the_same() {
    let text =
        r#"{"ffd":"1.05","operation":"income","items":[{"name":"Чай","price":"10.00","quantity":1,"vat":"vat10"}]}"#;
    let receipt: Receipt = chek54::parse_receipt(text, &chek54::CheckOptions::default()).expect("right");
    let options = paybox::EncodeOptions { form: paybox::Form::Payment, ..Default::default() };
    let encoded = paybox::encode(&receipt, &options).expect("a body");
    assert_eq!(encoded.path, "init_payment.php");
    let decoded = paybox::decode(&encoded.body.to_string(), None);
    assert_eq!(decoded.receipts.len(), 1);
    assert!(decoded.issues.is_empty(), "{:?}", decoded.issues);
}
