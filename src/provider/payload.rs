//! What a provider sent or takes, one or a list, read into the model.

use super::{Decoded, Envelope};
use crate::check;
use crate::draft::unreadable;
use crate::issue::{Findings, IssueCode, Step, Trail};
use crate::json::{Json, MAX_BYTES, unmarked};
use crate::options::CheckOptions;
use crate::receipt::Draft;

/// What has no place in the model, with its place in the payload.
pub(super) type Extra = Vec<(Vec<Step>, Json<'static>)>;

/// What one payload holds: the receipt, what stands around it, and what has no place in either.
pub(super) type Read = (Draft<'static>, Envelope, Extra);

/// The value of a JSON text, if it is one.
pub(super) fn parse(text: &str, findings: &mut Findings) -> Option<Json<'static>> {
    let text = unmarked(text);
    if text.len() > MAX_BYTES {
        findings.add(IssueCode::TooLarge, &Trail::ROOT, 0).with("max", MAX_BYTES.to_string());
        return None;
    }
    match Json::parse(text) {
        Ok(value) => Some(value.into_owned()),
        Err(fault) => {
            unreadable(text, fault, &Trail::ROOT, findings);
            None
        }
    }
}

/// Reads payloads that stand at a place, and looks at what they say with the rules of the options.
pub(super) fn decode(
    decoded: &mut Decoded,
    payloads: Vec<Json<'static>>,
    place: &Trail<'_>,
    options: &CheckOptions,
    mut findings: Findings,
    read: &dyn Fn(Json<'static>, &mut Findings) -> Read,
) {
    for (index, value) in payloads.into_iter().enumerate() {
        let element = place.index(index);
        let here = if decoded.is_list { &element } else { place };
        let mut own = Findings::default();
        let (receipt, envelope, extra) = read(value, &mut own);
        // A status or a refusal has no receipt that rules could be about.
        if receipt.items.is_some() || receipt.correction.is_some() {
            check::rules(&receipt, options, &mut own);
        }
        // What was asked for is as much of a receipt as there is: an answer need not have its marks or its operation.
        own.forgive(&["fiscal", "operation", "correction"]);
        findings.append(own, here);
        for (path, value) in extra {
            let mut whole = here.steps();
            whole.extend(path);
            decoded.extra.push((whole, value));
        }
        decoded.receipts.push((receipt, envelope));
    }
    decoded.issues = findings.all();
    decoded.issues.truncate(options.max_issues);
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
