//! A receipt as the form of `/change/receipt/print/`.

use super::{DIALECT, LABEL, fields, limits};
use crate::bytes::base64;
use crate::draft::excerpt;
use crate::issue::{Findings, IssueCode, ReceiptError, Severity, Trail};
use crate::json::Json;
use crate::mark;
use crate::money::Money;
use crate::provider::{CallError, Encoded, unsupported};
use crate::receipt::{Draft, Receipt};
use crate::record::{OwnRecord, Record, bit};
use crate::vocab::{CorrectionKind, Operation, Unit};
use std::borrow::Cow;

/// What the form holds beside the receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncodeOptions {
    /// Number of the payment in PayKeeper. Sent empty where there is none: a receipt of its own.
    pub payment_id: Option<String>,
    /// Number of the refund within the payment, 1, 2.. Sent empty where there is none.
    pub refund_id: Option<String>,
    /// Unique key of the receipt, at least 6 characters, best of `a-z A-Z 0-9 _ -`; a part of the address of its page.
    /// A second receipt with the same payment, refund, `post_sale`, type and key is refused.
    pub receipt_key: Option<String>,
    /// Whether it is the receipt of final settlement. Not sent with returns.
    pub post_sale: Option<bool>,
    /// What the documents do not publish the names of, in PayKeeper's own form.
    pub opaque: Opaque,
}

/// JSON that is sent as it is: the tables 12.2..12.5, which the caller has from PayKeeper and we do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opaque {
    /// The object of `receipt_properties`.
    pub receipt_properties: Option<Json<'static>>,
    /// Objects whose members go into the cart's positions, by index: `agent`, `supplier`, `industry_attribute`,
    /// `measure`, `item_id`.. Null or nothing where a position has none. What the receipt says itself cannot be
    /// said again.
    pub items: Vec<Json<'static>>,
}

/// Puts a receipt into PayKeeper's form: every field a string, `cart` and `receipt_properties` JSON text. No rules run
/// here: check it first. The `token` that every POST carries is the caller's to add.
///
/// # Errors
/// [`CallError::Receipt`] where the form would say something else than the receipt: a term that PayKeeper has no word
/// for, a correction before FFD 1.2, a receipt key of less than 6 characters. [`CallError::Argument`] where
/// [`Opaque`] says what the receipt says.
pub fn encode(receipt: &Receipt, options: &EncodeOptions) -> Result<Encoded, CallError> {
    encode_draft(receipt.put(), options)
}

pub(crate) fn encode_draft(mut draft: Draft<'_>, options: &EncodeOptions) -> Result<Encoded, CallError> {
    let (mut lost, root) = (Findings::default(), Trail::ROOT);
    limits(&draft, &mut lost);
    beside(&draft, options, &mut lost);
    one_place(&mut draft, &options.opaque);
    mark::whole_codes(&mut draft);
    DIALECT.losses(fields::REQUEST, &draft, &root, &mut lost);
    let Json::Object(mut said) = DIALECT.encode(fields::REQUEST, &draft, &root, &mut lost) else {
        unreachable!("a table gives an object")
    };
    if lost.any_error() {
        return Err(ReceiptError { issues: lost.all() }.into());
    }
    for (key, value) in &mut said {
        if let ("cart", Json::Array(cart)) = (&**key, value) {
            marks(cart);
            merge(cart, &options.opaque)?;
        }
    }
    let mut body: Vec<(Cow<'static, str>, Json<'static>)> = Vec::new();
    for row in fields::REQUEST {
        let found = said.iter().position(|(key, _)| key == row.wire).map(|at| said.swap_remove(at).1);
        let value = match row.model.strip_prefix('@') {
            Some(name) => option(name, &draft, options),
            None => found.map(text),
        };
        if let Some(value) = value {
            body.push((row.wire.into(), Json::String(value.into())));
        }
    }
    let losses = lost.all();
    Ok(Encoded { path: "change/receipt/print/", body: Json::Object(body), losses })
}

fn is_return(draft: &Draft<'_>) -> bool {
    matches!(draft.operation, Some(Operation::IncomeReturn | Operation::ExpenseReturn))
}

/// What the options ask for that cannot be.
fn beside(draft: &Draft<'_>, options: &EncodeOptions, lost: &mut Findings) {
    let root = Trail::ROOT;
    if options.post_sale == Some(true) && is_return(draft) {
        let issue = unsupported(LABEL, "postSale", lost, &root.key("postSale"), 0);
        issue.severity(Severity::Warning).with("why", "is_post_sale: type sale, expense");
    }
    if let Some(key) = options.receipt_key.as_deref().filter(|key| !key.is_empty()) {
        let short = key.chars().count() < 6;
        if short || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            let issue = lost.add(IssueCode::InvalidFormat, &root.key("receiptKey"), 0).warning_if(!short);
            issue.with("value", format!("\"{}\"", excerpt(key))).with("expected", "a-z A-Z 0-9 _ -, 6+");
        }
    }
}

/// Leaves of two values for one place the one that is sent, and of the items what the caller does not say himself.
pub(super) fn one_place(draft: &mut Draft<'_>, opaque: &Opaque) {
    if let Some(customer) = draft.customer.as_mut().filter(|customer| customer.email.is_some()) {
        customer.phone = None;
    }
    if let Some(correction) = draft.correction.as_mut().filter(|given| given.kind == Some(CorrectionKind::Own)) {
        correction.number = None;
    }
    for (index, item) in draft.items.iter_mut().flatten().enumerate() {
        // Pieces are what is sold unless something else is said.
        if item.unit == Some(Unit::Piece) && item.quantity.is_none_or(|quantity| quantity.is_whole()) {
            item.given &= !bit(item.shape(), "unit");
        }
        for (wire, model) in fields::OPAQUE {
            if opaque.items.get(index).is_some_and(|own| own.get(wire).is_some()) {
                item.given &= !bit(item.shape(), model);
            }
        }
    }
}

/// Marks with separators in base64: as they stand, control characters do not survive a form.
fn marks(cart: &mut [Json<'static>]) {
    for position in cart {
        let Json::Object(members) = position else { continue };
        for (key, value) in members {
            if key == "item_code"
                && let Some(code) = value.as_str().filter(|code| code.contains(char::is_control))
            {
                (*key, *value) = (fields::CODE_B64.into(), Json::String(base64(code.as_bytes()).into()));
            }
        }
    }
}

/// Puts in what the caller says in PayKeeper's own form.
fn merge(cart: &mut [Json<'static>], opaque: &Opaque) -> Result<(), CallError> {
    let argument = |text: String| Err(CallError::Argument(text));
    if opaque.items.len() > cart.len() {
        return argument(format!("opaque.items has {} objects for {} items", opaque.items.len(), cart.len()));
    }
    for (index, (position, own)) in cart.iter_mut().zip(&opaque.items).enumerate() {
        let (Json::Object(members), Json::Object(own)) = (position, own) else { continue };
        for (key, value) in own {
            if members.iter().any(|(known, _)| known == key) {
                return argument(format!("opaque.items[{index}].{key} is said by the receipt"));
            }
            members.push((key.clone(), value.clone()));
        }
    }
    Ok(())
}

/// A field that does not come from the receipt; those that are sent empty are.
fn option(name: &str, draft: &Draft<'_>, options: &EncodeOptions) -> Option<String> {
    let id = |id: &Option<String>| Some(id.clone().unwrap_or_default());
    match name {
        "paymentId" => id(&options.payment_id),
        "refundId" => id(&options.refund_id),
        "postSale" => (!is_return(draft)).then(|| (options.post_sale == Some(true)).to_string()),
        "isCorrection" => Some(draft.correction.is_some().to_string()),
        "receiptProperties" => Some(options.opaque.receipt_properties.as_ref().map_or("{}".into(), Json::to_string)),
        _ => options.receipt_key.clone().filter(|key| !key.is_empty()),
    }
}

/// A value as a form has it: sums with their kopecks, lists as JSON text.
fn text(value: Json<'static>) -> String {
    match value {
        Json::String(text) => text.into_owned(),
        Json::Number(digits) => Money::read(&digits).map_or(digits.into_owned(), |money| money.to_string()),
        value => value.to_string(),
    }
}
