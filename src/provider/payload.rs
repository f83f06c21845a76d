//! Payloads as they come: JSON text, forms, XML, all as one kind of value; and the frame of every provider's reading.

use super::{Decoded, Envelope};
use crate::check;
use crate::draft::{excerpt, unreadable};
use crate::issue::{Findings, IssueCode, Severity, Step, Trail};
use crate::json::{Fault, FaultKind, Json, MAX_BYTES, MAX_DEPTH, unmarked};
use crate::options::CheckOptions;
use crate::qr::unescaped;
use crate::receipt::{Draft, Receipt};
use crate::record::OwnRecord;
use std::borrow::Cow;

/// What one payload holds: the receipt, what stands around it, and what has no place in either.
pub(crate) type Read = (Draft<'static>, Envelope, Vec<(Vec<Step>, Json<'static>)>);

type Members = Vec<(Cow<'static, str>, Json<'static>)>;

/// JSON text as a value; where it is none, that is found.
pub(crate) fn json(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    let text = sized(text, findings)?;
    Json::parse(text).map(Json::into_owned).map_err(|fault| unreadable(text, fault, findings)).ok()
}

/// JSON, a form or XML, whichever a text looks like.
pub(crate) fn message(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    let inner = sized(text, findings)?;
    match inner.trim_start().as_bytes().first() {
        Some(b'<') => xml(inner, findings),
        Some(b'{' | b'[' | b'"') => json(inner, findings),
        _ if inner.contains('=') => Some(form(inner)),
        _ => json(inner, findings),
    }
}

fn sized<'t>(text: &'t str, findings: &mut Findings) -> Option<&'t str> {
    if text.len() > MAX_BYTES {
        findings.add(IssueCode::TooLarge, &Trail::ROOT, 0).with("max", MAX_BYTES.to_string());
        return None;
    }
    Some(unmarked(text))
}

/// A form as an object of texts; `a[b]` is the member `b` of `a`, and of `a[0]`, `a[1]` a list is made, as PHP has it.
pub(crate) fn form(text: &str) -> Json<'static> {
    let plain = |text: &str| unescaped(text).unwrap_or_else(|| text.to_owned());
    let mut members = Members::new();
    for pair in text.trim().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (plain(name), Json::String(plain(value).into()));
        match name.split_once('[') {
            Some((first, rest)) if rest.ends_with(']') && rest.split('[').count() < usize::from(MAX_DEPTH) => {
                nest(&mut members, first, &mut rest.split('[').map(|key| key.trim_end_matches(']')), value);
            }
            _ => members.push((name.into(), value)),
        }
    }
    listed(Json::Object(members))
}

fn nest(members: &mut Members, name: &str, rest: &mut dyn Iterator<Item = &str>, value: Json<'static>) {
    let Some(next) = rest.next() else { return members.push((name.to_owned().into(), value)) };
    let there = members.iter().position(|(known, inner)| known == name && matches!(inner, Json::Object(_)));
    let at = there.unwrap_or_else(|| {
        members.push((name.to_owned().into(), Json::Object(Vec::new())));
        members.len() - 1
    });
    if let Json::Object(inner) = &mut members[at].1 {
        let count = inner.len().to_string();
        nest(inner, if next.is_empty() { &count } else { next }, rest, value);
    }
}

/// Makes lists of objects whose members are 0, 1, 2...
fn listed(value: Json<'static>) -> Json<'static> {
    let Json::Object(members) = value else { return value };
    let counted = !members.is_empty() && members.iter().enumerate().all(|(at, (key, _))| *key == at.to_string());
    let members = members.into_iter().map(|(key, value)| (key, listed(value)));
    if counted { Json::Array(members.map(|(_, value)| value).collect()) } else { Json::Object(members.collect()) }
}

/// XML as an object: an element with elements in it is an object, any other its text. Attributes are passed over: the
/// providers that answer in XML use none. A document type is refused, and with it entities of its own.
///
/// By hand, since parsers are large: quick-xml makes the whole wasm a tenth larger, and is the oracle of the tests here.
pub(crate) fn xml(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    // Of each open element: its name, the elements in it so far, and its text.
    let mut open: Vec<(&str, Members, String)> = vec![("", Vec::new(), String::new())];
    let mut rest = text;
    let fault = loop {
        let kind = if open.len() > usize::from(MAX_DEPTH) { FaultKind::Depth } else { FaultKind::Xml };
        let fault = Some(Fault { at: text.len() - rest.len(), kind });
        if kind == FaultKind::Depth {
            break fault;
        }
        let (outside, (name, members, said)) = match open.as_mut_slice() {
            [.., last] => (last.0.is_empty(), last),
            [] => break fault,
        };
        let Some((plain, behind)) = rest.split_at_checked(rest.bytes().take_while(|byte| *byte != b'<').count()) else {
            break fault;
        };
        if outside && !plain.trim().is_empty() || !resolve(plain, said) {
            break fault;
        }
        let Some(tag) = behind.strip_prefix('<') else {
            // The root element is only a wrapper, and there is one of it.
            match (outside, members.pop(), members.is_empty()) {
                (true, Some((_, root)), true) => return Some(root),
                _ => break Some(Fault { at: text.len(), kind }),
            }
        };
        let mut after = None;
        if let Some(inner) = tag.strip_prefix("!--") {
            after = until(inner, b"-->").map(|(_, after)| after);
        } else if let Some(inner) = tag.strip_prefix("![CDATA[").filter(|_| !outside) {
            after = until(inner, b"]]>").map(|(data, after)| {
                said.push_str(data);
                after
            });
        } else if let Some(inner) = tag.strip_prefix('?') {
            let named = |(instruction, _): &(&str, &str)| instruction.get(..1).is_some_and(is_name);
            let Some((instruction, behind)) = until(inner, b"?>").filter(named) else { break fault };
            // The document's own example has lost its spaces: <?xmlversion="1.0"encoding="utf-8"?>.
            if instruction.strip_prefix("xml").is_some_and(|rest| !rest.starts_with([' ', '\t', '\r', '\n'])) {
                let issue = findings.add(IssueCode::InvalidFormat, &Trail::ROOT, 0).severity(Severity::Warning);
                issue
                    .with("value", excerpt(instruction))
                    .with("expected", "<?xml version=\"1.0\" encoding=\"utf-8\"?>");
            }
            after = Some(behind);
        } else if let Some(inner) = tag.strip_prefix('/').filter(|_| !outside) {
            let closed = until(inner, b">").filter(|(closed, _)| closed.trim_end() == *name);
            let (Some((_, behind)), Some((name, members, said))) = (closed, open.pop()) else { break fault };
            let value = if members.is_empty() { Json::String(said.into()) } else { Json::Object(members) };
            if let Some((_, above, _)) = open.last_mut() {
                above.push((name.to_owned().into(), value));
            }
            after = Some(behind);
        } else if let Some((inner, behind)) = start(tag) {
            let empty = inner.strip_suffix('/');
            let inner = empty.unwrap_or(inner);
            let name = inner.split(char::is_whitespace).next().filter(|name| is_name(name));
            match (name, empty) {
                (Some(name), None) => open.push((name, Vec::new(), String::new())),
                (Some(name), Some(_)) => members.push((name.to_owned().into(), Json::String("".into()))),
                (None, _) => break fault,
            }
            after = Some(behind);
        }
        match after {
            Some(behind) => rest = behind,
            None => break fault,
        }
    };
    if let Some(fault) = fault {
        unreadable(text, fault, findings);
    }
    None
}

/// What stands before an end, and what behind it.
fn until<'t>(text: &'t str, end: &[u8]) -> Option<(&'t str, &'t str)> {
    let at = text.as_bytes().windows(end.len()).position(|window| window == end)?;
    Some((text.get(..at)?, text.get(at + end.len()..)?))
}

/// What stands in a tag, and what behind it; within quotes a `>` ends nothing.
fn start(tag: &str) -> Option<(&str, &str)> {
    let mut quote = 0;
    let at = tag.bytes().position(|byte| {
        match byte {
            b'"' | b'\'' if quote == 0 => quote = byte,
            _ if byte == quote => quote = 0,
            _ => {}
        }
        byte == b'>' && quote == 0
    })?;
    Some((tag.get(..at)?, tag.get(at + 1..)?))
}

fn is_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'_' | b':');
    let sign = |byte: u8| letter(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    name.bytes().next().is_some_and(letter) && name.bytes().all(sign)
}

/// Adds a text with its references resolved; whether all of them could be.
fn resolve(text: &str, said: &mut String) -> bool {
    for (at, piece) in text.split('&').enumerate() {
        let Some((name, plain)) = (if at == 0 { Some(("", piece)) } else { piece.split_once(';') }) else {
            return false;
        };
        let character = match (name, name.strip_prefix("#x"), name.strip_prefix('#')) {
            ("", ..) if at == 0 => None,
            ("lt", ..) => Some('<'),
            ("gt", ..) => Some('>'),
            ("amp", ..) => Some('&'),
            ("quot", ..) => Some('"'),
            ("apos", ..) => Some('\''),
            (_, Some(hex), _) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32),
            (_, _, Some(digits)) => digits.parse().ok().and_then(char::from_u32),
            _ => None,
        };
        if at > 0 && character.is_none_or(|character| character == '\0') {
            return false;
        }
        said.extend(character);
        said.push_str(plain);
    }
    true
}

/// Reads a payload, or each of a list of them. `at` is where in the payload the list stands.
pub(crate) fn decode(
    root: Option<Json<'static>>,
    at: &Trail<'_>,
    options: &CheckOptions,
    mut findings: Findings,
    read: &mut dyn FnMut(Json<'static>, &mut Findings) -> Read,
) -> Decoded {
    let mut decoded = Decoded { is_list: matches!(root, Some(Json::Array(_))), ..Decoded::default() };
    let payloads = match root {
        Some(Json::Array(elements)) => elements,
        root => root.into_iter().collect(),
    };
    for (index, value) in payloads.into_iter().enumerate() {
        let (place, within) = (Trail::ROOT.index(index), at.index(index));
        let (place, within) = if decoded.is_list { (&place, &within) } else { (&Trail::ROOT, at) };
        let mut own = Findings::default();
        let (receipt, envelope, extra) = read(value, &mut own);
        // A status or a refusal has no receipt that rules could be about.
        if receipt.items.is_some() || receipt.correction.is_some() {
            check::rules(&receipt, options, &mut own);
        }
        // What was asked for is as much of a receipt as there is: an answer need not have its marks or its operation.
        own.forgive(&["fiscal", "operation", "correction"]);
        findings.append(own, place);
        decoded.extra.extend(extra.into_iter().map(|(path, value)| ([within.steps(), path].concat(), value)));
        decoded.receipts.push((receipt, envelope));
    }
    decoded.issues = findings.settle(Receipt::SHAPE, |_| None, options.max_issues).0;
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::escape::resolve_xml_entity;
    use quick_xml::events::Event;

    fn ours(text: &str) -> Option<Json<'static>> {
        let mut findings = Findings::default();
        let value = xml(text, &mut findings);
        assert_eq!(value.is_none(), findings.any_error(), "{text}");
        value
    }

    /// The same by quick-xml.
    fn theirs(text: &str) -> Option<Json<'static>> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<(String, Members, String)> = vec![Default::default()];
        loop {
            let event = reader.read_event().ok()?;
            let (_, members, said) = open.last_mut()?;
            match event {
                Event::Start(tag) => open.push((tag.name().as_ref().to_owned(), Vec::new(), String::new())),
                Event::Empty(tag) => members.push((tag.name().as_ref().to_owned().into(), Json::String("".into()))),
                Event::End(_) => {
                    let (name, members, said) = open.pop()?;
                    let value = if members.is_empty() { Json::String(said.into()) } else { Json::Object(members) };
                    open.last_mut()?.1.push((name.into(), value));
                }
                Event::Text(piece) => said.push_str(&piece),
                Event::CData(piece) => said.push_str(&piece),
                Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                    Some(character) => said.push(character),
                    None => said.push_str(resolve_xml_entity(&name)?),
                },
                Event::Eof if open.len() > 1 => return None,
                Event::Eof => return open.pop()?.1.pop().map(|(_, value)| value),
                _ => {}
            }
        }
    }

    /// Elements within elements, with all that may stand between them.
    fn document() -> impl Strategy<Value = String> {
        let text = "([а-яa-z0-9 .№\n]|&amp;|&lt;|&gt;|&quot;|&apos;|&#1078;|&#x416;|<!-- a > b -->|<!\\[CDATA\\[<x> & \\]\\]>){0,6}";
        let name = "[a-zа-я_][a-z0-9_.:-]{0,8}";
        let attributes = prop::sample::select(vec!["", " a=\"1 > 0\"", " a='\"/' b=\"'\"", "\n"]);
        let leaf = (name, text, attributes.clone()).prop_map(|(name, text, attributes)| match text.len() {
            0 => format!("<{name}{attributes}/>"),
            _ => format!("<{name}{attributes}>{text}</{name} >"),
        });
        let tree = leaf.prop_recursive(4, 24, 5, move |inner| {
            (name, prop::collection::vec((inner, "[ \n]{0,3}"), 0..5), attributes.clone()).prop_map(
                |(name, elements, attributes)| {
                    let inner: String = elements.into_iter().map(|(element, space)| space + &element).collect();
                    format!("<{name}{attributes}>{inner}</{name}>")
                },
            )
        });
        let head =
            prop::sample::select(vec!["", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", "<!-- x -->", "<?pi a?>"]);
        (head, tree).prop_map(|(head, tree)| head.to_owned() + &tree + "\n")
    }

    proptest! {
        #[test]
        fn reads_as_quick_xml_does(text in document()) {
            let value = ours(&text);
            prop_assert!(value.is_some(), "{}", text);
            prop_assert_eq!(value, theirs(&text));
        }

        #[test]
        fn what_is_taken_quick_xml_takes(text in document(), at in any::<prop::sample::Index>(), sign in "[<>/&;a\" !?]?") {
            // One character changed or gone.
            let mut characters: Vec<_> = text.chars().collect();
            let at = at.index(characters.len());
            characters.splice(at..=at, sign.chars());
            let text: String = characters.into_iter().collect();
            if let Some(value) = ours(&text) {
                prop_assert_eq!(Some(value), theirs(&text), "{}", text);
            }
        }

        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,60}|[<>/&;=\\[\\]{}a\"?!x%0-9 -]{0,60}") {
            let _ = (ours(&text), form(&text), message(&text, &mut Findings::default()));
        }
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        for text in [
            "",
            "a",
            "<a",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "<a>&b;</a>",
            "<a>&amp</a>",
            "<a>&#0;</a>",
            "<a>&#xd800;</a>",
            "<1/>",
            "< a/>",
            "<a b='/>",
            "<!DOCTYPE a><a/>",
            "<a><!-- </a>",
            "<a><![CDATA[ </a>",
            "<?xml",
            "<a>&;</a>",
            "<a>&#;</a>",
            "<a>&#x;</a>",
            "<!ENTITY a 'b'><a/>",
            "<![CDATA[x]]>",
        ] {
            assert_eq!(ours(text), None, "{text}");
        }
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(ours(&nested(63)).is_some());
        assert_eq!(ours(&nested(64)), None);
        assert_eq!(ours(&nested(100_000)), None);
    }

    #[test]
    fn forms_nest_as_php_has_them() {
        let read = |text: &str| form(text).to_string();
        assert_eq!(read("a=1&b=x+y%2B&&c"), r#"{"a":"1","b":"x y+","c":""}"#);
        assert_eq!(read("a[b]=1&a[c][]=2&a[c][]=3"), r#"{"a":{"b":"1","c":["2","3"]}}"#);
        assert_eq!(read("a[1]=x&b[0]=y&b[2]=z"), r#"{"a":{"1":"x"},"b":{"0":"y","2":"z"}}"#);
        assert_eq!(read("a=1&a=2&a[b]=3&x]=4&y[=5"), r#"{"a":"1","a":"2","a":{"b":"3"},"x]":"4","y[":"5"}"#);
        assert_eq!(read("a=%zz&b=%ff"), r#"{"a":"%zz","b":"%ff"}"#);
        let deep = format!("a{}=1", "[b]".repeat(100));
        assert_eq!(read(&deep), format!("{{\"a{}\":\"1\"}}", "[b]".repeat(100)));
    }
}
