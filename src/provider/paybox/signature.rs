//! `pg_sig`: md5 over script;values;secret, the values in the order of their flattened names.
//!
//! Sources: "Signature generation" of the merchant API; the same algorithm in Paybox's modules for four shops. A nested
//! value is named by the way to it, each step with its place among its siblings in three digits: `pg_receipt007
//! customer002email001`. `pg_sig` itself is left out wherever it stands.

use crate::bytes::small_hex;
use crate::json::Json;
use crate::money::Quantity;
use md5::{Digest, Md5};
use std::collections::BinaryHeap;

/// The `pg_sig` of a message: the value of a request, an answer or a notification; what of it already is `pg_sig` does not
/// count. `script` is the last part of the address that is called, `init_payment.php`, or the whole of it.
///
/// ```
/// use chek54::{Json, paybox};
/// let message = Json::parse(r#"{"pg_amount":10,"pg_merchant_id":500,"pg_order_id":23,"pg_salt":"abc"}"#).unwrap();
/// assert_eq!(paybox::sign(&message, "init_payment.php", "secret"), "50c1582eda4f61c1e36d61f0f7b54719");
/// ```
pub fn sign(message: &Json<'_>, script: &str, secret: &str) -> String {
    let mut values = Vec::new();
    flatten(message, &mut String::new(), &mut values);
    // A heap rather than a sort: this one is there already.
    let order: BinaryHeap<(&str, usize)> = values.iter().enumerate().map(|(at, (name, _))| (&**name, at)).collect();
    // From the last / to the end or ?.
    let script = script.split('?').next().unwrap_or_default();
    let mut joined = script.rsplit('/').next().unwrap_or_default().to_owned();
    for (_, at) in order.into_sorted_vec() {
        joined.push(';');
        joined.push_str(&values[at].1);
    }
    joined.push(';');
    joined.push_str(secret);
    small_hex(&Md5::digest(joined.as_bytes()))
}

/// The plain values in a value, each by the way to it; `name` is the way so far.
fn flatten(value: &Json<'_>, name: &mut String, values: &mut Vec<(String, String)>) {
    let count = match value {
        Json::Object(members) => members.len(),
        Json::Array(elements) => elements.len(),
        plain => return values.push((name.clone(), text_of(plain))),
    };
    let above = name.len();
    for at in 0..count {
        let place = at.to_string();
        let inner = match value {
            Json::Object(members) if members[at].0 == "pg_sig" => continue,
            Json::Object(members) => {
                name.push_str(&members[at].0);
                &members[at].1
            }
            Json::Array(elements) => {
                name.push_str(&place);
                &elements[at]
            }
            _ => continue,
        };
        let digits = (at + 1).to_string();
        name.push_str(["", "00", "0", ""][digits.len().min(3)]);
        name.push_str(&digits);
        flatten(inner, name, values);
        name.truncate(above);
    }
}

/// A value as PHP makes text of it: 200.00 is "200", true "1", false and null nothing.
fn text_of(value: &Json<'_>) -> String {
    match value {
        Json::Bool(true) => "1".into(),
        Json::String(text) => text.clone().into_owned(),
        Json::Number(text) if text.contains(['e', 'E']) => {
            Quantity::read(text).map_or_else(|_| text.clone().into_owned(), |number| number.to_string())
        }
        Json::Number(text) if text.contains('.') => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        Json::Number(text) => text.clone().into_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::issue::Findings;
    use crate::json::Json;
    use crate::provider::Provider;
    use crate::provider::notification::{self, Delivery};
    use crate::provider::payload;
    use md5::{Digest, Md5};

    fn sign(body: &str, script: &str, secret: &str) -> Option<String> {
        let message = payload::message(body, &mut Findings::default())?;
        matches!(message, Json::Object(_)).then(|| super::sign(&message, script, secret))
    }

    fn verify(body: &str, script: &str, secret: &str) -> bool {
        let delivery =
            Delivery { body: Some(Json::String(body.into())), script: Some(script.into()), ..Delivery::default() };
        notification::verify_notification(Provider::Paybox, &delivery, secret).expect("script and secret")
    }

    #[test]
    fn the_published_order_of_values() {
        // "Signature generation": 'init_payment.php;25;test;{{merchant_id}};23;molbulak;{{secret_key}}'.
        let joined = "init_payment.php;25;test;500;23;molbulak;secret";
        let hex: String = Md5::digest(joined).iter().map(|byte| format!("{byte:02x}")).collect();
        for body in [
            r#"{"pg_order_id":"23","pg_merchant_id":500,"pg_amount":25.00,"pg_description":"test","pg_salt":"molbulak"}"#,
            "pg_order_id=23&pg_merchant_id=500&pg_amount=25&pg_description=test&pg_salt=molbulak&pg_sig=any",
            "<response><pg_order_id>23</pg_order_id><pg_merchant_id>500</pg_merchant_id><pg_amount>25</pg_amount>\
             <pg_description>test</pg_description><pg_salt>molbulak</pg_salt><pg_sig>any</pg_sig></response>",
        ] {
            assert_eq!(
                sign(body, "https://api.freedompay.uz/init_payment.php?a=/b", "secret"),
                Some(hex.clone()),
                "{body}"
            );
        }
    }

    #[test]
    fn nested_values_follow_the_way_to_them() {
        let md5 = |joined: &str| Md5::digest(joined).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let body = r#"{"pg_salt":"s","pg_receipt":{"receipt_format":"ru_1_05","customer":{"email":"a@b.ru"},"positions":
            [{"price":50.50,"name":"Б"},{"price":1,"name":"А"}]},"pg_amount":51.5,"pg_flag":true,"pg_no":false}"#;
        // pg_amount003, pg_flag004, pg_no005, pg_receipt002 {customer002 {email}, positions003 {0001 {name, price}, 1002
        // {name, price}}, receipt_format001}, pg_salt001.
        let joined = "x.php;51.5;1;;a@b.ru;Б;50.5;А;1;ru_1_05;s;k";
        assert_eq!(sign(body, "x.php", "k"), Some(md5(joined)));
        // As a form the numbers are texts, and stay as they are written.
        let form = "pg_salt=s&pg_receipt%5Breceipt_format%5D=ru_1_05&pg_receipt[customer][email]=a%40b.ru\
            &pg_receipt[positions][0][price]=50.5&pg_receipt[positions][0][name]=%D0%91\
            &pg_receipt[positions][1][price]=1&pg_receipt[positions][1][name]=%D0%90\
            &pg_amount=51.5&pg_flag=1&pg_no=";
        assert_eq!(sign(form, "x.php", "k"), Some(md5(joined)));
        // From the eleventh element on the order is that of texts: 10011 stands before 1002.
        let list = r#"{"a":["0","1","2","3","4","5","6","7","8","9","10"]}"#;
        assert_eq!(sign(list, "x.php", "k"), Some(md5("x.php;0;10;1;2;3;4;5;6;7;8;9;k")));
    }

    #[test]
    fn what_is_signed_is_verified_and_nothing_else() {
        let body = |signature: &str| format!("pg_order_id=23&pg_result=1&pg_salt=s&pg_sig={signature}");
        let right = sign(&body(""), "result", "secret").unwrap();
        assert!(verify(&body(&right), "result", "secret"));
        assert!(!verify(&body(&right), "result.php", "secret"));
        assert!(!verify(&body(&right), "result", "other"));
        assert!(!verify(&body(&right).replace("23", "24"), "result", "secret"));
        for wrong in ["", "0", right.get(..31).unwrap(), &format!("{right}0")] {
            assert!(!verify(&body(wrong), "result", "secret"), "{wrong}");
        }
        for nothing in ["", "{}", "pg_order_id", "[1]", "<a", "<a/>", "null"] {
            assert!(!verify(nothing, "result", "secret"), "{nothing}");
        }
        assert_eq!(sign("[]", "x", "k"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,60}|[<>/&;=\\[\\]{}a\"?!x%0-9 -]{0,60}") {
            let signed = sign(&text, "x", "k");
            proptest::prop_assert!(signed.is_none_or(|hex| hex.len() == 32));
        }
    }
}
