//! What a provider sent or takes, one or a list, read into the model.

use super::{Decoded, Envelope};
use crate::check;
use crate::draft::unreadable;
use crate::form;
use crate::issue::{Findings, IssueCode, Step, Trail};
use crate::json::{Json, MAX_BYTES, unmarked};
use crate::options::CheckOptions;
use crate::receipt::Draft;
use crate::xml;

/// What has no place in the model, with its place in the payload.
pub(super) type Extra = Vec<(Vec<Step>, Json<'static>)>;

/// What one payload holds: the receipt, what stands around it, and what has no place in either.
pub(super) type Read = (Draft<'static>, Envelope, Extra);

/// The value of a JSON text, if it is one.
pub(super) fn parse(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    json(sized(text, findings)?, findings)
}

/// The value of JSON, XML or a form with nested names, whichever a text looks like.
pub(super) fn message(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    let text = sized(text, findings)?;
    match text.trim_start().as_bytes().first() {
        Some(b'<') => xml::read(text, findings),
        Some(b'{' | b'[' | b'"') => json(text, findings),
        _ if text.bytes().any(|byte| byte == b'=') => Some(form::nested(text.trim())),
        _ => json(text, findings),
    }
}

fn sized<'t>(text: &'t str, findings: &mut Findings) -> Option<&'t str> {
    let text = unmarked(text);
    if text.len() > MAX_BYTES {
        findings.add(IssueCode::TooLarge, &Trail::ROOT, 0).show("max", &MAX_BYTES);
        return None;
    }
    Some(text)
}

fn json(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    match Json::parse(text) {
        Ok(value) => Some(value.into_owned()),
        Err(fault) => {
            unreadable(text, fault, &Trail::ROOT, findings);
            None
        }
    }
}

/// The elements of a list, or the one payload that there is; `nothing` says of an empty list that it is none.
pub(super) fn elements(
    value: Option<Json<'static>>,
    decoded: &mut Decoded,
    nothing: fn(&mut Findings),
    findings: &mut Findings,
) -> Vec<Json<'static>> {
    match value {
        Some(Json::Array(elements)) => {
            decoded.is_list = true;
            if elements.is_empty() {
                nothing(findings);
            }
            elements
        }
        value => value.into_iter().collect(),
    }
}

/// Reads payloads that stand at a place.
pub(super) fn each(
    decoded: &mut Decoded,
    payloads: Vec<Json<'static>>,
    place: &Trail<'_>,
    mut findings: Findings,
    read: &dyn Fn(Json<'static>, &mut Findings) -> Read,
) {
    for (index, value) in payloads.into_iter().enumerate() {
        let element = place.index(index);
        let here = if decoded.is_list { &element } else { place };
        let mut own = Findings::default();
        let (receipt, envelope, extra) = read(value, &mut own);
        findings.append(own, here);
        decoded.extra.extend(extra.into_iter().map(|(path, value)| ([here.steps(), path].concat(), value)));
        decoded.receipts.push((receipt, envelope));
    }
    decoded.issues = findings.all();
    decoded.issues.truncate(CheckOptions::default().max_issues);
}

/// Looks at what was read with the rules of a provider.
pub(super) fn look(receipt: &Draft<'static>, options: &CheckOptions, findings: &mut Findings) {
    // A status or a refusal has no receipt that rules could be about.
    if receipt.items.is_some() || receipt.correction.is_some() {
        check::rules(receipt, options, findings);
    }
    // What was asked for is as much of a receipt as there is: an answer need not have its marks or its operation.
    findings.forgive(&["fiscal", "operation", "correction"]);
}

/// A text of an envelope.
#[inline(never)]
pub(super) fn text<'e>(envelope: &'e Envelope, name: &str) -> Option<&'e str> {
    let (_, value) = envelope.iter().find(|(known, _)| *known == name)?;
    value.as_str()
}

/// Takes a value out of an envelope.
#[inline(never)]
pub(super) fn take(envelope: &mut Envelope, name: &str) -> Option<Json<'static>> {
    let at = envelope.iter().position(|(known, _)| *known == name)?;
    Some(envelope.remove(at).1)
}
