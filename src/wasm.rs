//! The door to JavaScript: text in, values out, nothing decided here.

use crate::call;
use crate::json::Json;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const DECIMALS: &str = r#"
/** Roubles as text with two decimals: `"100.00"`. */
export type Money = string;
/** Text with up to six decimals and no trailing zeros: `"2.5"`. */
export type Quantity = string;
"#;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

fn value(answer: &Json<'_>) -> JsValue {
    answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// `checkReceipt` without its receipt.
#[wasm_bindgen]
pub fn check(text: &str, options: &str) -> JsValue {
    value(&call::check(text, options))
}

/// The receipt of a text that was found right, as JSON text.
#[wasm_bindgen]
pub fn read(text: &str) -> String {
    call::read(text)
}

/// The calls that make receipts of orders and receipts, as JSON text.
#[wasm_bindgen]
pub fn make(call: &str, first: &str, second: &str, options: &str) -> String {
    call::make(call, first, second, options)
}

/// `encode`.
#[wasm_bindgen]
pub fn encode(text: &str, provider: &str, options: &str) -> JsValue {
    value(&call::encode(text, provider, options))
}

/// `decode`.
#[wasm_bindgen]
pub fn decode(text: &str, from: &str, options: &str) -> JsValue {
    value(&call::decode(text, from, options))
}

/// `diffReceipts`.
#[wasm_bindgen]
pub fn diff(sent: &str, fiscal: &str, options: &str) -> JsValue {
    value(&call::diff(sent, fiscal, options))
}

/// `explain`, `verifyNotification` and the other calls of [`call::ask`], by name.
#[wasm_bindgen]
pub fn ask(name: &str, provider: &str, arguments: &str) -> JsValue {
    value(&call::ask(name, provider, arguments))
}

/// `vocabulary`; undefined where there is no such list.
#[wasm_bindgen]
pub fn vocabulary(list: &str) -> JsValue {
    call::vocabulary(list).map_or(JsValue::UNDEFINED, |rows| value(&rows))
}

/// `vocabularyLists`.
#[wasm_bindgen(js_name = vocabularyLists)]
pub fn vocabulary_lists() -> JsValue {
    value(&call::vocabulary_lists())
}

/// `issueCodes`.
#[wasm_bindgen(js_name = issueCodes)]
pub fn issue_codes() -> JsValue {
    value(&call::issue_codes())
}

/// `inn`.
#[wasm_bindgen]
pub fn inn(text: &str) -> JsValue {
    value(&call::inn(text))
}

/// `receiptTags`, as JSON text.
#[wasm_bindgen(js_name = receiptTags)]
pub fn receipt_tags(text: &str, options: &str) -> String {
    call::receipt_tags(text, options)
}

/// `encodeTlv`, the bytes in hex.
#[wasm_bindgen(js_name = encodeTlv)]
pub fn encode_tlv(text: &str) -> JsValue {
    value(&call::encode_tlv(text))
}

/// `decodeTlv` of bytes in hex or base64, as JSON text.
#[wasm_bindgen(js_name = decodeTlv)]
pub fn decode_tlv(bytes: &str, options: &str) -> String {
    call::decode_tlv(bytes, options)
}

/// `tag`, as JSON text.
#[wasm_bindgen]
pub fn tag(number: u16) -> String {
    call::tag(number)
}

/// `tags`, as JSON text.
#[wasm_bindgen]
pub fn tags(options: &str) -> String {
    call::tags(options)
}

/// `preview`, as JSON text.
#[cfg(feature = "preview")]
#[wasm_bindgen]
pub fn preview(text: &str, options: &str) -> String {
    call::preview(text, options)
}

/// A step of an exchange with a provider, as JSON text.
#[cfg(feature = "client")]
#[wasm_bindgen]
pub fn exchange(state: &str, account: &str, event: &str, now: f64, random: &str) -> String {
    call::exchange(state, account, event, now, random)
}

/// The longest text that is read, in bytes.
#[wasm_bindgen(js_name = maxInput)]
pub fn max_input() -> u32 {
    crate::json::MAX_BYTES as u32
}
