//! The door to JavaScript, tried from inside wasm, in Node and in a browser.
#![cfg(target_arch = "wasm32")]

use chek54::wasm::{check, decode, encode, inn, issue_codes, read, vocabulary};
use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const COFFEE: &str = include_str!("../examples/coffee.json");
const COFFEE_OUT: &str = include_str!("../examples/out/coffee.json");
const TYPOS: &str = include_str!("../examples/typos.json");
const TYPOS_OUT: &str = include_str!("../examples/out/typos.json");

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).expect("an object")
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).expect("a plain value").into()
}

/// Input, options and answer of a case.
fn parts(case: &str, out: &str) -> (String, String, JsValue) {
    let case = JSON::parse(case).expect("a case");
    (text(&get(&case, "input")), text(&get(&case, "options")), JSON::parse(out).expect("an answer"))
}

#[wasm_bindgen_test]
fn answers_are_those_of_the_native_library() {
    for (case, out) in [(COFFEE, COFFEE_OUT), (TYPOS, TYPOS_OUT)] {
        let (input, options, expected) = parts(case, out);
        let answer = check(&input, &options);
        assert_eq!(text(&get(&answer, "ok")), text(&get(&expected, "ok")));
        assert_eq!(text(&get(&answer, "issues")), text(&get(&expected, "issues")));
        if get(&answer, "ok").is_truthy() {
            assert_eq!(read(&input), text(&get(&expected, "receipt")));
        }
    }
}

#[wasm_bindgen_test]
fn bodies_have_numbers_where_javascript_expects_them() {
    let (input, _, _) = parts(COFFEE, COFFEE_OUT);
    let outcome = get(&encode(&input, "cloudkassir", r#"{"inn":"7708806062"}"#), "value");
    let body = get(&outcome, "body");
    assert_eq!(
        text(&body),
        concat!(
            r#"{"Inn":"7708806062","Type":"Income","CustomerReceipt":{"Items":[{"Label":"Кофе","Price":150,"#,
            r#""Quantity":1,"Amount":150,"Vat":22,"Method":4,"Object":1,"UnitCode":0}],"Amounts":{"Electronic":150}}}"#
        )
    );
    let decoded = get(&decode(&text(&body), "cloudkassir", "{}"), "value");
    let items = get(&get(&decoded, "receipt"), "items");
    assert_eq!(text(&get(&get(&items, "0"), "price")), "\"150.00\"");
}

#[wasm_bindgen_test]
fn lists_are_plain_values() {
    let rows = vocabulary("vat");
    assert!(rows.is_instance_of::<js_sys::Array>());
    assert_eq!(text(&get(&get(&rows, "0"), "cloudkassir")), "null");
    assert!(vocabulary("nothing").is_undefined());
    assert!(js_sys::Array::from(&issue_codes()).length() > 20);
    assert_eq!(text(&inn("7708806062")), r#"{"valid":true,"kind":"organization"}"#);
}

#[wasm_bindgen_test]
fn refusals_leave_the_memory_as_it_was() {
    let size = || get(&get(&wasm_bindgen::memory(), "buffer"), "byteLength").as_f64().expect("a number");
    let (input, options, _) = parts(TYPOS, TYPOS_OUT);
    let refuse = |times: usize| (0..times).for_each(|_| drop(check(&input, &options)));
    refuse(200);
    let before = size();
    refuse(20_000);
    assert_eq!(size(), before);
}
