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

/// `sign`, `verifyNotification`, `parseNotification`, `notificationReply`, by their `call`.
#[wasm_bindgen]
pub fn letter(call: &str, body: &str, provider: &str, options: &str, salt: &str) -> JsValue {
    value(&crate::call::letter(call, body, provider, options, salt))
}

/// `payboxFlow`.
#[wasm_bindgen(js_name = payboxFlow)]
pub fn paybox_flow(options: &str) -> JsValue {
    value(&call::paybox_flow(options))
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

/// The longest text that is read, in bytes.
#[wasm_bindgen(js_name = maxInput)]
pub fn max_input() -> u32 {
    crate::json::MAX_BYTES as u32
}
