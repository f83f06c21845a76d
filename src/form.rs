//! Form text, `key=value&key=value`: queries, and bodies of `application/x-www-form-urlencoded`.

use crate::json::Json;
use std::borrow::Cow;

/// The most fields that are told apart; the rest stays one text in the last of them.
pub(crate) const MAX_FIELDS: usize = 1_000;

/// The fields of a form, all strings, repeated ones kept; an object as JSON would have it.
pub(crate) fn read(text: &str) -> Json<'static> {
    let pairs = text.trim_start_matches('?').splitn(MAX_FIELDS, '&').filter(|pair| !pair.is_empty());
    let member = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (said(key), Json::String(said(value)))
    };
    Json::Object(pairs.map(member).collect())
}

fn said(text: &str) -> Cow<'static, str> {
    String::from_utf8_lossy(&unescaped(text)).into_owned().into()
}

/// The bytes that an escaped text stands for: `+` is a space, `%XX` a byte; a `%` that escapes nothing stays.
pub(crate) fn unescaped(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        out.push(match (byte, digit(at), digit(at + 1)) {
            (b'%', Some(high), Some(low)) => {
                at += 2;
                (high * 16 + low) as u8
            }
            (b'+', ..) => b' ',
            _ => byte,
        });
    }
    out
}

/// Appends a field to a query. Brackets of a list's index stay, as PayKeeper's documents print them.
pub(crate) fn push(query: &mut String, key: &str, value: &str) {
    query.push_str(if query.is_empty() { "" } else { "&" });
    query.push_str(key);
    query.push('=');
    escape(query, value);
}

/// Appends a text with all that is not unreserved (RFC 3986) escaped.
pub(crate) fn escape(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields() {
        for (text, json) in [
            ("", "{}"),
            ("a=1&b=%D0%A7%D0%B0%D0%B9+%2B&c=", r#"{"a":"1","b":"Чай +","c":""}"#),
            ("?a=1&&b&a=2", r#"{"a":"1","b":"","a":"2"}"#),
            ("a=100%&b=%zz&c=%4", r#"{"a":"100%","b":"%zz","c":"%4"}"#),
            ("a=b=c", r#"{"a":"b=c"}"#),
        ] {
            assert_eq!(read(text).to_string(), json, "{text}");
        }
        let many = "a=1&".repeat(MAX_FIELDS * 2);
        let Json::Object(members) = read(&many) else { panic!("an object") };
        assert_eq!(members.len(), MAX_FIELDS);
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read(text in any::<String>()) {
            let mut query = String::new();
            push(&mut query, "q", &text);
            prop_assert!(query.is_ascii());
            let form = read(&query);
            prop_assert_eq!(form.get("q").and_then(Json::as_str), Some(text.as_str()));
        }

        #[test]
        fn any_text_is_an_answer(text in "[%+&=?a-f0-9Ж]{0,40}") {
            let _ = (read(&text), unescaped(&text));
        }
    }
}
