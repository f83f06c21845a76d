//! Form text, `key=value&key=value`: queries, and bodies of `application/x-www-form-urlencoded`.

use crate::json::{Json, MAX_DEPTH};
use std::borrow::Cow;

/// The most fields that are told apart; the rest stays one text in the last of them.
pub(crate) const MAX_FIELDS: usize = 1_000;

/// The same of forms with nested names: a hundred positions of a receipt have a dozen fields each.
const MAX_NESTED: usize = 10_000;

pub(crate) type Members = Vec<(Cow<'static, str>, Json<'static>)>;

/// The fields of a form, all strings, repeated ones kept; an object as JSON would have it.
pub(crate) fn read(text: &str) -> Json<'static> {
    Json::Object(fields(text, MAX_FIELDS))
}

/// The same, with names in brackets as PHP has them: `a[b]` is the member `b` of `a`; of `a[0]`, `a[1]` a list is made.
pub(crate) fn nested(text: &str) -> Json<'static> {
    nest_names(fields(text, MAX_NESTED))
}

/// The same of fields that something else has told apart.
pub(crate) fn nest_names(fields: Members) -> Json<'static> {
    let mut members = Members::new();
    for (name, value) in fields {
        match name.split_once('[') {
            Some((first, rest)) if rest.ends_with(']') && rest.split('[').count() < usize::from(MAX_DEPTH) => {
                nest(&mut members, first, &mut rest.split('[').map(|key| key.trim_end_matches(']')), value);
            }
            _ => members.push((name, value)),
        }
    }
    listed(members)
}

fn fields(text: &str, most: usize) -> Members {
    let pairs = text.trim_start_matches('?').splitn(most, '&').filter(|pair| !pair.is_empty());
    let member = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (said(key), Json::String(said(value)))
    };
    pairs.map(member).collect()
}

fn nest(members: &mut Members, name: &str, rest: &mut dyn Iterator<Item = &str>, value: Json<'static>) {
    let Some(next) = rest.next() else { return members.push((name.to_owned().into(), value)) };
    // From the end: the fields of one object mostly stand together.
    let there = members.iter().rposition(|(known, inner)| known == name && matches!(inner, Json::Object(_)));
    let at = there.unwrap_or_else(|| {
        members.push((name.to_owned().into(), Json::Object(Vec::new())));
        members.len() - 1
    });
    if let Json::Object(inner) = &mut members[at].1 {
        let count = inner.len().to_string();
        nest(inner, if next.is_empty() { &count } else { next }, rest, value);
    }
}

/// Makes lists of objects whose members are 0, 1, 2..
fn listed(members: Members) -> Json<'static> {
    let counted = !members.is_empty() && members.iter().enumerate().all(|(at, (key, _))| *key == at.to_string());
    let listed = |value| if let Json::Object(inner) = value { listed(inner) } else { value };
    let members = members.into_iter().map(|(key, value)| (key, listed(value)));
    if counted { Json::Array(members.map(|(_, value)| value).collect()) } else { Json::Object(members.collect()) }
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

    #[test]
    fn names_nest_as_php_has_them() {
        let deep = format!("a{}=1", "[b]".repeat(100));
        let flat = format!("{{\"a{}\":\"1\"}}", "[b]".repeat(100));
        for (text, json) in [
            ("a=1&b=x+y%2B&&c", r#"{"a":"1","b":"x y+","c":""}"#),
            ("a[b]=1&a[c][]=2&a[c][]=3", r#"{"a":{"b":"1","c":["2","3"]}}"#),
            ("a[1]=x&b[0]=y&b[2]=z", r#"{"a":{"1":"x"},"b":{"0":"y","2":"z"}}"#),
            ("a=1&a=2&a[b]=3&x]=4&y[=5", r#"{"a":"1","a":"2","a":{"b":"3"},"x]":"4","y[":"5"}"#),
            (&deep, &flat),
        ] {
            assert_eq!(nested(text).to_string(), json, "{text}");
        }
        let many: String = (0..MAX_NESTED * 2).map(|at| format!("a[{at}]=1&")).collect();
        let many = nested(&many);
        let Some(Json::Array(elements)) = many.get("a") else { panic!("a list") };
        assert_eq!(elements.len(), MAX_NESTED);
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
        fn any_text_is_an_answer(text in "[%+&=?a-f0-9Ж\\[\\]]{0,40}") {
            let _ = (read(&text), nested(&text), unescaped(&text));
        }
    }
}
