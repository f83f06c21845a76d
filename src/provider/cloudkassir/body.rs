//! A receipt as the body of `kkt/receipt` or `kkt/correction-receipt`.

use super::{Version, fields};
use crate::bytes::small_hex;
use crate::draft::excerpt;
use crate::inn::inn;
use crate::issue::{Findings, IssueCode, ReceiptError, Severity, Trail};
use crate::json::Json;
use crate::mark;
use crate::provider::map::Row;
use crate::provider::{CallError, Encoded, unsupported};
use crate::receipt::{AgentDraft, Draft, Receipt, SupplierDraft};
use crate::record::OwnRecord;
use crate::vocab::Ffd;
use std::borrow::Cow;

/// What a body holds beside the receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncodeOptions {
    /// The version of the documents to follow.
    pub version: Version,
    /// INN that the register is registered to; else the receipt's `seller.inn`.
    pub inn: Option<String>,
    /// Number of the order in the caller's system.
    pub invoice_id: Option<String>,
    /// The buyer's id in the caller's system.
    pub account_id: Option<String>,
    /// Factory number of the register: corrections up to 3.3.7 require it.
    pub device_number: Option<String>,
}

/// Puts a receipt into CloudKassir's form. No rules run here: check it first.
///
/// # Errors
/// [`CallError::Receipt`] where the form would say something else than the receipt: no INN, a VAT rate that the
/// version has no number for, a correction in 3.0.
pub fn encode(receipt: &Receipt, options: &EncodeOptions) -> Result<Encoded, CallError> {
    encode_draft(receipt.put(), options)
}

pub(crate) fn encode_draft(mut draft: Draft<'_>, options: &EncodeOptions) -> Result<Encoded, CallError> {
    let mut lost = Findings::default();
    let (root, dialect) = (Trail::ROOT, options.version.dialect());
    let correction = draft.correction.is_some();
    if correction && options.version == Version::V3_0 {
        let what = "kkt/correction-receipt";
        let issue = unsupported(dialect.label, what, &mut lost, &root.key("correction"), 0);
        issue.with("versions", "3.3.7, 3.4.5");
        return Err(refused(lost));
    }
    register(&mut draft, correction, options, &mut lost);
    if let Some(number) = options.invoice_id.as_ref().or(options.account_id.as_ref()).filter(|_| correction) {
        let what = format!("invoiceId, accountId: {number}");
        unsupported(dialect.label, &what, &mut lost, &root.key("invoiceId"), 0).severity(Severity::Warning);
    }
    for_items(&mut draft);
    let rows = rows(&draft);
    dialect.losses(rows, &draft, &root, &mut lost);
    let mut body = dialect.encode(rows, &draft, &root, &mut lost);
    around(&mut body, correction, options);
    separators(&mut body);
    if lost.any_error() {
        return Err(refused(lost));
    }
    let path = if correction { "kkt/correction-receipt" } else { "kkt/receipt" };
    Ok(Encoded { path, body, losses: lost.all() })
}

fn refused(lost: Findings) -> CallError {
    ReceiptError { issues: lost.all() }.into()
}

/// Whose register it is, and up to 3.3.7 for a correction, which one.
fn register(draft: &mut Draft<'_>, correction: bool, options: &EncodeOptions, lost: &mut Findings) {
    let root = Trail::ROOT;
    if let Some(inn) = &options.inn {
        draft.seller.get_or_insert_default().inn = Some(Cow::Owned(inn.clone()));
    }
    let seller = root.key("seller");
    let at = seller.key("inn");
    match draft.seller.as_ref().and_then(|seller| seller.inn.as_deref()).map(str::trim) {
        None | Some("") => {
            lost.add(IssueCode::Required, &at, 1018).with("why", "{ inn }, seller.inn");
        }
        Some(text) if inn(text).kind.is_none() => {
            let issue = lost.add(IssueCode::InvalidFormat, &at, 1018);
            issue.quote("value", &excerpt(text)).with("expected", "7708806062 / 500100732259");
        }
        // No rules run here, but a typo in the INN of the register is nowhere else to be seen.
        Some(text) if !inn(text).valid => {
            lost.add(IssueCode::InvalidChecksum, &at, 1018).with("value", text.to_owned());
        }
        Some(_) => {}
    }
    if correction && options.version == Version::V3_3_7 && options.device_number.is_none() {
        let issue = lost.add(IssueCode::Required, &root.key("deviceNumber"), 0);
        issue.with("why", "CorrectionReceiptData.DeviceNumber, 3.3.7");
    }
}

/// The table of the body that a receipt goes into.
pub(super) fn rows(draft: &Draft<'_>) -> &'static [Row] {
    if draft.correction.is_some() { fields::CORRECTION_REQUEST } else { fields::REQUEST }
}

/// Writes where CloudKassir looks for it what the model says once for all: the data of the receipt's agent and
/// supplier stand at every item, and before FFD 1.2 the code of the goods is hex.
fn for_items(draft: &mut Draft<'_>) {
    let ffd = draft.ffd.unwrap_or_default();
    let agent = draft.agent.as_deref().map(|agent| AgentDraft { kind: None, ..agent.clone() });
    mark::whole_codes(draft);
    let phones = draft.supplier.as_ref().and_then(|supplier| supplier.phones.clone());
    for item in draft.items.iter_mut().flatten() {
        if let (Some(agent), None) = (&agent, &item.agent) {
            item.agent = Some(Box::new(agent.clone()));
        }
        if let Some(phones) = &phones {
            let supplier: &mut SupplierDraft<'_> = item.supplier.get_or_insert_default();
            supplier.phones.get_or_insert_with(|| phones.clone());
        }
        if let Some(mark) = item.mark.as_mut().filter(|mark| ffd < Ffd::V1_2 && mark.hex.is_none())
            && let Some(code) = mark.code.take()
        {
            mark.hex = Some(small_hex(code.as_bytes()).into());
        }
    }
}

/// Puts in what stands beside the receipt.
fn around(body: &mut Json<'static>, correction: bool, options: &EncodeOptions) {
    let put = |body: &mut Json<'static>, key: &'static str, value: &Option<String>| {
        if let (Json::Object(members), Some(value)) = (body, value) {
            members.push((key.into(), Json::String(value.clone().into())));
        }
    };
    if correction {
        if options.version == Version::V3_3_7
            && let Json::Object(members) = &mut *body
            && let Some((_, data)) = members.first_mut()
        {
            put(data, "DeviceNumber", &options.device_number);
        }
    } else {
        put(body, "InvoiceId", &options.invoice_id);
        put(body, "AccountId", &options.account_id);
    }
}

/// Names the separator of codes that have one.
fn separators(body: &mut Json<'static>) {
    let Json::Object(members) = body else { return };
    if let Some(at) = members.iter().position(|(key, _)| key == "RawMarkCode") {
        if members[at].1.as_str().is_some_and(|code| code.contains(mark::GS)) {
            members.insert(at + 1, ("GroupSeparator".into(), Json::String(mark::GS.to_string().into())));
        }
        return;
    }
    for (_, value) in members {
        match value {
            Json::Array(elements) => elements.iter_mut().for_each(separators),
            inner => separators(inner),
        }
    }
}
