//! Answers of the library as `serde_json` values, so that tests compare what JavaScript would see.

#![allow(dead_code, reason = "not every test needs all of it")]

use serde_json::{Map, Value, json};

pub fn value(answer: &chek54::Json<'_>) -> Value {
    parsed(&answer.to_string())
}

/// The same of an answer that is text already.
pub fn parsed(answer: &str) -> Value {
    plain(serde_json::from_str(answer).expect("JSON"))
}

/// Whole numbers as integers, as JavaScript prints them.
pub fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 9e15 => json!(whole as i64),
            _ => Value::Number(number),
        },
        Value::Array(elements) => Value::Array(elements.into_iter().map(plain).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(key, value)| (key, plain(value))).collect::<Map<_, _>>())
        }
        other => other,
    }
}
