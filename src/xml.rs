//! XML as the same kind of value as JSON: Paybox answers in it.

use crate::draft::{excerpt, unreadable};
use crate::issue::{Findings, IssueCode, Severity, Trail};
use crate::json::{Fault, FaultKind, Json, MAX_DEPTH};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use std::borrow::Cow;

/// What has been read of an element: its name, the elements in it, its text.
type Open = (String, Vec<(Cow<'static, str>, Json<'static>)>, String);

/// The root element: an element with elements in it is an object, any other its text; what is no XML is found.
///
/// Attributes are passed over: what answers in XML here uses none. A document type, and with it entities of its own, is
/// refused.
pub(crate) fn read(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    let mut reader = Reader::from_str(text);
    // The first stands for the document itself.
    let mut open: Vec<Open> = vec![Open::default()];
    let mut kind = FaultKind::Xml;
    let mut at = 0;
    let root = loop {
        at = reader.buffer_position().max(at);
        let Ok(event) = reader.read_event() else { break None };
        let (depth, outside) = (open.len(), open.len() == 1);
        let Some((_, members, said)) = open.last_mut() else { break None };
        match event {
            Event::Start(_) | Event::Empty(_) if outside && !members.is_empty() => break None,
            Event::Start(_) if depth >= usize::from(MAX_DEPTH) => {
                kind = FaultKind::Depth;
                break None;
            }
            Event::Start(tag) => open.push((tag.name().as_ref().to_owned(), Vec::new(), String::new())),
            Event::Empty(tag) => members.push((tag.name().as_ref().to_owned().into(), Json::String("".into()))),
            Event::End(_) => {
                let Some((name, members, said)) = open.pop() else { break None };
                let value = if members.is_empty() { Json::String(said.into()) } else { Json::Object(members) };
                let Some((_, above, _)) = open.last_mut() else { break None };
                above.push((name.into(), value));
            }
            Event::Text(piece) if outside && piece.bytes().all(|byte| byte.is_ascii_whitespace()) => {}
            Event::Text(piece) if !outside => said.push_str(&piece),
            Event::CData(piece) if !outside => said.push_str(&piece),
            Event::GeneralRef(name) if !outside => match (name.resolve_char_ref(), resolve_xml_entity(&name)) {
                (Ok(Some(character)), _) => said.push(character),
                (Ok(None), Some(text)) => said.push_str(text),
                _ => break None,
            },
            // The document's own example has lost its spaces: <?xmlversion="1.0"encoding="utf-8"?>.
            Event::PI(instruction) if instruction.starts_with("xml") => {
                let issue = findings.add(IssueCode::InvalidFormat, &Trail::ROOT, 0).severity(Severity::Warning);
                let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
                issue.with("value", excerpt(&instruction)).with("expected", expected);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if outside => break members.pop().map(|(_, root)| root),
            _ => break None,
        }
    };
    if root.is_none() {
        unreadable(text, Fault { at: at as usize, kind }, &Trail::ROOT, findings);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<Json<'static>> {
        let mut findings = Findings::default();
        let value = read(text, &mut findings);
        assert_eq!(value.is_none(), findings.any_error(), "{text}");
        value
    }

    /// A name, and what is in it: text, or elements.
    #[derive(Debug, Clone)]
    enum Element {
        Text(String),
        Elements(Vec<(String, Element)>),
    }

    impl Element {
        fn json(&self) -> Json<'static> {
            match self {
                Self::Text(text) => Json::String(text.clone().into()),
                Self::Elements(inner) => {
                    Json::Object(inner.iter().map(|(name, inner)| (name.clone().into(), inner.json())).collect())
                }
            }
        }

        /// As XML, each character and gap in one of the ways that it can be written.
        fn write(&self, name: &str, way: &mut dyn FnMut(usize) -> usize, out: &mut String) {
            let attributes = ["", " a=\"1 > 0\"", " a='\"/' b=\"'\"", "\n"][way(4)];
            out.extend(["<", name, attributes, ">"]);
            match self {
                Self::Text(text) => {
                    for character in text.chars() {
                        match (character, way(3)) {
                            ('&', 0) => out.push_str("&amp;"),
                            ('<', 0) => out.push_str("&lt;"),
                            ('&' | '<', 1) => out.extend(["<![CDATA[", &character.to_string(), "]]>"]),
                            ('&' | '<', _) | (_, 0) => out.push_str(&format!("&#x{:x};", u32::from(character))),
                            (_, 1) => out.push_str(&format!("&#{};", u32::from(character))),
                            (plain, _) => out.push(plain),
                        }
                    }
                }
                Self::Elements(inner) => {
                    for (name, inner) in inner {
                        out.push_str(["", "\n  ", "<!-- a > b -->", "<?pi a?>"][way(4)]);
                        inner.write(name, way, out);
                    }
                }
            }
            out.extend(["</", name, [">", " >"][way(2)]]);
        }
    }

    fn element() -> impl Strategy<Value = Element> {
        let leaf = "[а-яa-z0-9 .№<&>\"';]{0,12}".prop_map(Element::Text);
        leaf.prop_recursive(4, 24, 5, |inner| {
            prop::collection::vec(("[a-zа-я_][a-z0-9_.:-]{0,8}", inner), 1..5).prop_map(Element::Elements)
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(element in element(), ways in prop::collection::vec(any::<u8>(), 1..64)) {
            let mut at = 0;
            let mut way = |of: usize| {
                at += 1;
                usize::from(ways[at % ways.len()]) % of
            };
            let mut text = ["", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", "<!-- x -->"][way(3)].to_owned();
            element.write("response", &mut way, &mut text);
            text.push('\n');
            prop_assert_eq!(value(&text), Some(element.json()), "{}", text);
        }

        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,60}|[<>/&;=\\[\\]{}a\"?!x%0-9 -]{0,60}") {
            let _ = value(&text);
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
            "<a></a><b></b>",
            "<a/>x",
            "<a/>&amp;",
            "<a>&b;</a>",
            "<a>&amp</a>",
            "<a>&#0;</a>",
            "<a>&#xd800;</a>",
            "<a b='/>",
            "<!DOCTYPE a><a/>",
            "<a><!DOCTYPE a></a>",
            "<a><!-- </a>",
            "<a><![CDATA[ </a>",
            "<?xml",
            "<a>&;</a>",
            "<a>&#;</a>",
            "<!ENTITY a 'b'><a/>",
            "<![CDATA[x]]>",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(value(&nested(63)).is_some());
        assert_eq!(value(&nested(64)), None);
        assert_eq!(value(&nested(100_000)), None);
    }

    #[test]
    fn the_place_of_a_fault() {
        let mut findings = Findings::default();
        assert_eq!(read("<a>\n  <b>&c;</b>\n</a>", &mut findings), None);
        let issue = &findings.all()[0];
        assert_eq!(issue.code, IssueCode::InvalidXml);
        assert_eq!(issue.message(crate::Lang::En), "Not XML: line 2, column 6");
    }
}
