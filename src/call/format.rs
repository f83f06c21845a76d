//! The calls of the fiscal format: tag tree, TLV, dictionary.

use super::{Answer, Arguments, language, receipt_of, refused, settled};
use crate::bytes;
use crate::ffd::{self, TagNode};
use crate::json::{Json, MAX_BYTES, unmarked};
use crate::message::Lang;
use crate::provider::CallError;

/// `receiptTags`: `{value}`, or `{issues}` of the receipt, or an `{error}` of the call; as JSON text.
pub fn receipt_tags(text: &str, options: &str) -> String {
    told_tags(language(options).and_then(|lang| {
        let (draft, _) = receipt_of(text, |_| ()).map_err(|error| (error.into(), lang))?;
        Ok((ffd::of_draft(&draft), lang))
    }))
}

/// `decodeTlv`: the same, of bytes in hex or base64.
pub fn decode_tlv(bytes: &str, options: &str) -> String {
    told_tags(language(options).and_then(|lang| {
        let bytes = bytes::of_text(unmarked(bytes)).ok_or_else(|| refused("TLV: not hex, not base64".into()))?;
        Ok((ffd::decode_tlv(&bytes).map_err(|error| refused(error.to_string()))?, lang))
    }))
}

fn told_tags(result: Result<(Vec<TagNode>, Lang), (CallError, Lang)>) -> String {
    let mut text = String::from("{\"value\":");
    match result {
        Ok((nodes, lang)) => ffd::write_all(&nodes, lang, &mut text),
        Err(error) => return settled(Err(error)).to_string(),
    }
    text.push('}');
    text
}

/// `encodeTlv`: the bytes in hex; of a list of tags, or of a receipt.
pub fn encode_tlv(text: &str) -> Answer {
    settled(try_encode_tlv(text))
}

fn try_encode_tlv(text: &str) -> Result<Answer, (CallError, Lang)> {
    let wrong = |error: ffd::TlvError| refused(error.to_string());
    let read = if text.len() > MAX_BYTES { None } else { Json::parse(unmarked(text)).ok() };
    let tags = match read {
        Some(Json::Array(elements)) => TagNode::list_of_json(&elements).map_err(wrong)?,
        _ => ffd::of_draft(&receipt_of(text, |_| ()).map_err(|error| (error.into(), Lang::default()))?.0),
    };
    Ok(super::text(&bytes::hex(&ffd::encode_tlv(&tags).map_err(wrong)?)))
}

/// `tag`, as JSON text; null where there is no such tag.
pub fn tag(number: u16) -> String {
    let mut text = String::new();
    match ffd::tag(number) {
        Some(info) => ffd::write_info(&info, None, &ffd::everywhere(), &mut text),
        None => text.push_str("null"),
    }
    text
}

/// `tags`: `{value}` or `{error}`, as JSON text.
pub fn tags(options: &str) -> String {
    try_tags(options).unwrap_or_else(|message| settled(Err(refused(message))).to_string())
}

fn try_tags(options: &str) -> Result<String, String> {
    let given = Arguments::parse(options, &["ffd", "document"])?;
    let document = match given.0.get("document") {
        None | Some(Json::Null) => None,
        Some(name) => {
            let text = name.to_string();
            let found = name.as_str().and_then(ffd::document).or_else(|| {
                let code = |(_, code): &&(&str, u16)| code.to_string() == text;
                ffd::documents().iter().find(code).map(|(_, code)| *code)
            });
            Some(found.ok_or_else(|| ["no such document: ", &text].concat())?)
        }
    };
    let (mut text, everywhere) = (String::from("{\"value\":["), ffd::everywhere());
    for (at, (info, need)) in ffd::tags(given.ffd()?, document).iter().enumerate() {
        text.push_str(if at == 0 { "" } else { "," });
        ffd::write_info(info, *need, &everywhere, &mut text);
    }
    text.push_str("]}");
    Ok(text)
}
