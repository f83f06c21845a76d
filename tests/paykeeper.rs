//! PayKeeper's form out and in again: whatever its form has a place for survives, as an object and as form text.

#[cfg(not(target_arch = "wasm32"))]
mod answer;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::answer::value;
    use chek54::call;
    use chek54::notification::{Delivery, parse_notification, sign, verify_notification};
    use chek54::vocab::{Term, Wire};
    use chek54::{Json, Operation, PaymentMethod, PaymentObject, Provider, Vat, paykeeper};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Names of terms that PayKeeper has a word for.
    fn terms<T: Term>() -> Vec<&'static str> {
        T::all().filter(|term| term.row().paykeeper != Wire::Unknown).map(T::name).collect()
    }

    fn pick<T: Term>() -> impl Strategy<Value = &'static str> {
        prop::sample::select(terms::<T>())
    }

    fn sum() -> impl Strategy<Value = String> {
        (1_i64..10_000_000).prop_map(|kopecks| format!("{}.{:02}", kopecks / 100, kopecks % 100))
    }

    /// Members of an object, those that there are.
    fn object(members: Vec<(&str, Option<Value>)>) -> Value {
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    fn item() -> impl Strategy<Value = Value> {
        let quantity = (1_u32..100_000, 0_u32..3).prop_map(|(whole, scale)| {
            let unit = 10_u32.pow(scale);
            format!("{}.{:03}", whole / unit, whole % unit * 1000 / unit)
        });
        let mark = prop::option::of(("01[0-9]{14}21[A-Za-z0-9]{6}(\u{1d}93[A-Za-z0-9+/]{4})?", any::<bool>()));
        let words = (pick::<Vat>(), pick::<PaymentObject>(), pick::<PaymentMethod>());
        let more = (prop::option::of(sum()), prop::option::of("[0-9]{3}"), prop::option::of("[0-9/]{1,32}"), mark);
        ("[А-Яа-яA-Za-z0-9«»\"\\\\&=+%; ]{0,40}я", sum(), quantity, sum(), words, more).prop_map(
            |(name, price, quantity, amount, (vat, subject, method), (excise, country, declaration, mark))| {
                object(vec![
                    ("name", Some(name.into())),
                    ("price", Some(price.into())),
                    ("quantity", Some(quantity.into())),
                    ("amount", Some(amount.into())),
                    ("vat", Some(vat.into())),
                    ("method", Some(method.into())),
                    ("object", Some(subject.into())),
                    ("excise", excise.map(Value::from)),
                    ("countryCode", country.map(Value::from)),
                    ("customsDeclaration", declaration.map(Value::from)),
                    (
                        "mark",
                        mark.map(|(code, part)| {
                            let part = part.then(|| json!({ "numerator": 1, "denominator": 20 }));
                            object(vec![("code", Some(code.into())), ("part", part)])
                        }),
                    ),
                ])
            },
        )
    }

    fn receipt() -> impl Strategy<Value = Value> {
        let customer = prop_oneof![
            Just(None),
            "[a-z]{1,8}@[a-z]{1,8}\\.ru".prop_map(|email| Some(json!({ "email": email }))),
            "\\+7[0-9]{10}".prop_map(|phone| Some(json!({ "phone": phone }))),
        ];
        let correction = prop_oneof![
            3 => Just(None),
            1 => Just(Some(json!({ "kind": "self", "date": "2026-03-01" }))),
            1 => "[0-9А-Яа-я/-]{1,32}"
                .prop_map(|number| Some(json!({ "kind": "order", "date": "2026-03-01", "number": number }))),
        ];
        let payments = prop::collection::btree_map(
            prop::sample::select(vec!["cash", "electronic", "prepaid", "credit", "provision"]),
            sum(),
            1..5,
        );
        (pick::<Operation>(), prop::collection::vec(item(), 1..5), payments, customer, correction).prop_map(
            |(operation, items, payments, customer, correction)| {
                object(vec![
                    ("ffd", Some("1.2".into())),
                    ("operation", Some(operation.into())),
                    ("items", Some(items.into())),
                    ("payments", Some(json!(payments))),
                    ("customer", customer),
                    ("correction", correction),
                ])
            },
        )
    }

    fn completed(receipt: &Value) -> Value {
        serde_json::from_str(&call::read(&receipt.to_string())).expect("JSON")
    }

    /// Form text as browsers write it; by hand, so that ours has another to be compared with.
    fn form_text(body: &Value) -> String {
        let escaped = |text: &str| {
            let byte = |byte: u8| match byte {
                b' ' => "+".to_owned(),
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("%{byte:02x}"),
            };
            text.bytes().map(byte).collect::<String>()
        };
        let fields = body.as_object().expect("an object").iter();
        let pairs = fields.map(|(key, value)| format!("{key}={}", escaped(value.as_str().expect("a string"))));
        pairs.collect::<Vec<_>>().join("&")
    }

    proptest! {
        #[test]
        fn what_the_form_carries_survives(receipt in receipt(), post_sale: bool) {
            let returns = receipt["operation"].as_str().is_some_and(|name| name.ends_with("Return"));
            let options = json!({
                "paymentId": 2211, "refundId": "", "receiptKey": "order-1042", "postSale": post_sale && !returns,
            });
            let encoded = value(&call::encode(&receipt.to_string(), "paykeeper", &options.to_string()));
            prop_assert_eq!(&encoded["value"]["losses"], &json!([]), "{}", encoded);
            let body = &encoded["value"]["body"];
            prop_assert!(body.as_object().expect("a form").values().all(Value::is_string));
            prop_assert_eq!(&body["refund_id"], "");
            prop_assert_eq!(body.get("is_post_sale").is_none(), returns);
            for payload in [body.to_string(), form_text(body)] {
                let decoded = value(&call::decode(&payload, "paykeeper", r#"{"ffd":"1.2"}"#))["value"].clone();
                prop_assert_eq!(completed(&decoded["receipt"]), completed(&receipt), "{}", payload);
                prop_assert_eq!(&decoded["extra"], &json!([]));
                prop_assert_eq!(&decoded["envelope"]["paymentId"], "2211");
                prop_assert_eq!(&decoded["envelope"]["receiptKey"], "order-1042");
                if !returns {
                    prop_assert_eq!(&decoded["envelope"]["postSale"], post_sale);
                }
            }
        }

        #[test]
        fn what_is_signed_is_authentic_and_nothing_else(
            fields in prop::collection::btree_map("[a-z_]{1,6}", "\\PC{0,12}", 1..8),
            at: prop::sample::Index,
            secret in "\\PC{1,8}",
        ) {
            let body = |fields: &std::collections::BTreeMap<String, String>| Delivery {
                body: Some(Json::Object(
                    fields.iter().map(|(key, value)| (key.clone().into(), Json::String(value.clone().into()))).collect(),
                )),
                ..Delivery::default()
            };
            let (provider, mut fields) = (Provider::PayKeeper, fields);
            fields.remove("sign");
            prop_assume!(!fields.is_empty());
            let signature = sign(provider, &body(&fields), &secret).expect("a secret");
            let mut signed = fields.clone();
            signed.insert("sign".into(), signature.as_str().expect("a text").into());
            prop_assert_eq!(verify_notification(provider, &body(&signed), &secret), Ok(true));
            let key = fields.keys().nth(at.index(fields.len())).expect("a field");
            signed.get_mut(key).expect("a field").push('0');
            prop_assert_eq!(verify_notification(provider, &body(&signed), &secret), Ok(false));
        }

        #[test]
        fn any_text_is_an_answer(text in "[\\[\\]{}\",:=&%+0-9a-z_]{0,40}|\\PC{0,40}|[^=&]{0,4}=\\PC{0,20}") {
            let _ = paykeeper::decode(&text, None);
            for provider in [Provider::CloudKassir, Provider::PayKeeper] {
                let delivery = Delivery { body: Some(Json::String(text.clone().into())), ..Delivery::default() };
                let parsed = parse_notification(provider, &delivery).expect("a provider that is known");
                let again = parse_notification(provider, &delivery).expect("a provider that is known");
                prop_assert_eq!(parsed.dedupe_key, again.dedupe_key);
                prop_assert!(verify_notification(provider, &delivery, "x").is_ok());
            }
        }

        /// The fields that there are, with values that they cannot have.
        #[test]
        fn odd_answers_are_read(
            fields in prop::collection::vec(
                (
                    prop::sample::select(vec![
                        "id", "status", "type", "cart", "receipt_properties", "custom_params", "error", "fop_url", "ts",
                        "fop_receipt_key", "is_correction", "sum_cash", "contact", "fn", "receipts", "counts", "sum_type",
                    ]),
                    prop::sample::select(vec![
                        "null", "\"\"", "1", "true", "[]", "{}", "[[]]", "\"{\"", "\"[{}]\"", "\"[{\\\"item_code_b64\\\":\\\"==\\\"}]\"",
                        "[{\"item_code_b64\":\"MDE=\",\"item_code\":1}]", "\"t=20260305T1850&fn=1&s=x\"", "\"?fn\"", "\"20260305T1\"",
                        "{\"type\":1}", "[{\"id\":{}}, 1, null]",
                    ]),
                ),
                0..6,
            ),
        ) {
            let members: Vec<_> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            let text = format!("{{{}}}", members.join(","));
            let decoded = value(&call::decode(&text, "paykeeper", "{}"));
            prop_assert!(decoded["value"].is_object(), "{}", text);
        }
    }
}
