//! A receipt as `pg_receipt` within a payment, or as the body of `v5/receipts`.

use super::{LABEL, dialect, exact, fields, refusals, unequal, unpublished};
use crate::issue::{Findings, IssueCode, ReceiptError, Severity, Trail};
use crate::json::Json;
use crate::money::Money;
use crate::provider::map::short;
use crate::provider::{CallError, Encoded, name_known, unsupported};
use crate::receipt::{AgentDraft, Draft, Receipt, SupplierDraft};
use crate::record::{OwnRecord, Record, View};
use crate::vocab::{Ffd, Operation, PAYMENT_FORM, PaymentMethod, System, Term, Wire};
use std::borrow::Cow;

/// Which request a receipt goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// A payment, of one stage or of two: `init_payment.php`.
    #[default]
    Payment,
    /// A partial capture: `do_capture.php`. A full one takes no receipt.
    Capture,
    /// A partial refund: `revoke.php`. A full one takes no receipt.
    Refund,
    /// A receipt by itself: `v5/receipts`.
    Separate,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Payment, Self::Capture, Self::Refund, Self::Separate];

    /// As callers write it.
    pub const fn name(self) -> &'static str {
        ["payment", "capture", "refund", "separate"][self as usize]
    }

    /// The path of the request, below the base address.
    pub const fn path(self) -> &'static str {
        ["init_payment.php", "do_capture.php", "revoke.php", "v5/receipts"][self as usize]
    }

    /// The name of the sum that has to be the receipt's total.
    pub(super) const fn sum(self) -> &'static str {
        ["pg_amount", "pg_clearing_amount", "pg_refund_amount", ""][self as usize]
    }

    /// What the receipt within such a payment is.
    pub(super) const fn operation(self) -> Option<Operation> {
        match self {
            Self::Payment | Self::Capture => Some(Operation::Income),
            Self::Refund => Some(Operation::IncomeReturn),
            Self::Separate => None,
        }
    }
}

/// What a body holds beside the receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncodeOptions {
    /// Which request it is for.
    pub form: Form,
    /// The shop's number at Paybox.
    pub merchant_id: Option<String>,
    /// The payment that is captured or refunded, or that the separate receipt is of.
    pub payment_id: Option<String>,
    /// The refund or cancellation that the separate receipt of a return is of.
    pub refund_id: Option<String>,
    /// Whether it offsets an earlier prepayment; only for separate receipts of income.
    pub offset: bool,
    /// The sum that is paid, captured or refunded. It has to be the receipt's total, and goes into the body.
    pub amount: Option<Money>,
}

/// Puts a receipt into Paybox's form. No rules run here: check it first.
///
/// # Errors
/// [`CallError::Argument`] where the options contradict each other; [`CallError::Receipt`] where the form would say
/// something else than the receipt: a VAT rate without a published name, a return in a payment, cash, an expense, a
/// correction, amounts that are not price x quantity.
pub fn encode(receipt: &Receipt, options: &EncodeOptions) -> Result<Encoded, CallError> {
    let mut draft = receipt.put();
    draft.fiscal = None;
    draft.complete();
    encode_draft(draft, options)
}

pub(crate) fn encode_draft(mut draft: Draft<'_>, options: &EncodeOptions) -> Result<Encoded, CallError> {
    let (form, root) = (options.form, Trail::ROOT);
    let separate = form == Form::Separate;
    if options.offset && !separate {
        return Err(CallError::Argument("offset is an option of form \"separate\"".into()));
    }
    if options.amount.is_some() && separate {
        return Err(CallError::Argument("amount is an option of the forms payment, capture and refund".into()));
    }
    let mut lost = Findings::default();
    meaning(&draft, options, &mut lost);
    sums(&draft, options, &mut lost);
    if separate {
        numbers(&draft, options, &mut lost);
    }
    for_items(&mut draft);
    let dialect = dialect(separate, draft.ffd.unwrap_or_default());
    dialect.losses(fields::RECEIPT, &draft, &root, &mut lost);
    unpublished(&draft, &mut lost);
    let mut receipt = dialect.encode(fields::RECEIPT, &draft, &root, &mut lost);
    if lost.any_error() {
        return Err(ReceiptError { issues: lost.all() }.into());
    }
    if let Json::Object(members) = &mut receipt {
        contributions(members, draft.ffd == Some(Ffd::V1_2));
        if separate {
            members.push(("settlements".into(), settlements(&draft)));
        }
    }
    let path = form.path();
    let body = around(receipt, options);
    Ok(Encoded { path, body, losses: lost.all() })
}

/// Finds where the request means something else than the receipt.
fn meaning(draft: &Draft<'_>, options: &EncodeOptions, lost: &mut Findings) {
    let root = Trail::ROOT;
    refusals(draft, lost);
    let Some(operation) = draft.operation else { return };
    let at = root.key("operation");
    let meant = if options.offset { Some(Operation::Income) } else { options.form.operation() };
    if let Wire::Unknown = operation.row().paybox {
        // Written, the operation of a separate receipt is found to have no word.
        if options.form != Form::Separate {
            let issue = unsupported(LABEL, operation.name(), lost, &at, 1054);
            name_known(issue, Operation::LIST, System::Paybox);
        }
    } else if let Some(meant) = meant.filter(|meant| *meant != operation) {
        let issue = lost.add(IssueCode::InvalidValue, &at, 1054);
        let form = format!("\"{}\" (form: \"{}\")", operation.name(), options.form.name());
        issue.with("value", form).with("expected", meant.name());
    }
}

/// Finds sums that the request cannot say: positions have none, and a payment is of its whole total and cashless.
fn sums(draft: &Draft<'_>, options: &EncodeOptions, lost: &mut Findings) {
    let (root, items) = (Trail::ROOT, Trail::ROOT);
    let items = items.key("items");
    for (index, item) in draft.items.iter().flatten().enumerate() {
        exact(item, i64::MAX, false, &items.index(index), lost);
    }
    let Some(total) = draft.items_total() else { return };
    if let Some(amount) = options.amount.filter(|amount| *amount != total) {
        unequal(lost, &root.key(options.form.sum()), 1020, amount, total);
    }
    let (Some(payments), true) = (&draft.payments, options.form != Form::Separate) else { return };
    let at = root.key("payments");
    let electronic = payments.electronic.unwrap_or_default();
    let others = [("prepaid", payments.prepaid), ("credit", payments.credit), ("provision", payments.provision)];
    let mut any = payments.cash.is_some_and(|cash| cash > Money::ZERO);
    for (name, _) in others.into_iter().filter(|(_, sum)| sum.is_some_and(|sum| sum > Money::ZERO)) {
        any = true;
        unsupported(LABEL, name, lost, &at.key(name), 0).with("why", "form: \"separate\"");
    }
    if !any && electronic != total {
        unequal(lost, &at.key("electronic"), 1081, electronic, total);
    }
}

/// Says which number a separate receipt lacks, and what an offset is.
fn numbers(draft: &Draft<'_>, options: &EncodeOptions, lost: &mut Findings) {
    let root = Trail::ROOT;
    let returns = draft.operation == Some(Operation::IncomeReturn);
    let (name, id, wire) = match returns {
        true => ("refundId", &options.refund_id, "operation_type sell_refund: refund_id"),
        false => ("paymentId", &options.payment_id, "operation_type sell: payment_id"),
    };
    if options.merchant_id.is_none() {
        missing(lost, &root.key("merchantId"), "merchant_id");
    }
    if id.is_none() {
        missing(lost, &root.key(name), wire);
    }
    let prepaid = draft.payments.as_ref().and_then(|payments| payments.prepaid).is_some_and(|sum| sum > Money::ZERO);
    if prepaid && !returns && !options.offset {
        missing(lost, &root.key("offset"), "settlements: prepayment");
    }
    if !options.offset {
        return;
    }
    if !prepaid {
        let payments = root.key("payments");
        missing(lost, &payments.key("prepaid"), "offset: true");
    }
    let items = root.key("items");
    for (index, item) in draft.items.iter().flatten().enumerate() {
        if let Some(method) = item.method.filter(|method| *method != PaymentMethod::FullPayment) {
            let at = items.index(index);
            let issue = lost.add(IssueCode::InvalidValue, &at.key("method"), 1214).severity(Severity::Warning);
            issue.with("value", format!("\"{}\" (offset: true)", method.name())).with("expected", "fullPayment");
        }
    }
}

/// Only a warning: the body is a body without it, and the caller may put it in.
#[inline(never)]
fn missing(lost: &mut Findings, at: &Trail<'_>, why: &'static str) {
    lost.add(IssueCode::Required, at, 0).severity(Severity::Warning).with("why", why);
}

/// Writes at every item what the model says once for all, and the phone as Paybox has it.
fn for_items(draft: &mut Draft<'_>) {
    let kind = draft.agent.as_ref().and_then(|agent| agent.kind);
    let phones = draft.supplier.as_ref().and_then(|supplier| supplier.phones.clone());
    for item in draft.items.iter_mut().flatten() {
        if let (Some(kind), None) = (kind, &item.agent) {
            item.agent = Some(Box::new(AgentDraft { kind: Some(kind), ..AgentDraft::default() }));
        }
        if let Some(phones) = &phones {
            let supplier: &mut SupplierDraft<'_> = item.supplier.get_or_insert_default();
            supplier.phones.get_or_insert_with(|| phones.clone());
        }
    }
    if let Some(phone) = draft.customer.as_mut().and_then(|customer| customer.phone.as_mut())
        && let Some(digits) = phone.strip_prefix('+')
    {
        *phone = Cow::Owned(digits.to_owned());
    }
}

/// Contributions have another word in FFD 1.2.
fn contributions(members: &mut [(Cow<'static, str>, Json<'static>)], new: bool) {
    let positions = members.iter_mut().find(|(key, _)| key == "positions");
    let Some((_, Json::Array(positions))) = positions.filter(|_| new) else { return };
    for position in positions {
        if let Json::Object(fields) = position
            && let Some((_, Json::String(word))) = fields.iter_mut().find(|(key, _)| key == "payment_object")
            && word == fields::CONTRIBUTIONS.0
        {
            *word = fields::CONTRIBUTIONS.1.into();
        }
    }
}

/// The payments, each by its kind.
fn settlements(draft: &Draft<'_>) -> Json<'static> {
    let Some(payments) = draft.payments.as_deref() else { return Json::Array(Vec::new()) };
    let fields = payments.shape().fields;
    let of = |row: &crate::vocab::Row| {
        let at = fields.iter().position(|field| field.name == row.name)?;
        let (View::Money(sum), Wire::Text(word)) = (payments.view(at), row.paybox) else { return None };
        let settlement = vec![("type".into(), Json::String(word.into())), ("sum".into(), roubles(sum))];
        (sum > Money::ZERO).then_some(Json::Object(settlement))
    };
    Json::Array(PAYMENT_FORM.rows.iter().filter_map(of).collect())
}

/// Puts the receipt and what stands around it together.
fn around(receipt: Json<'static>, options: &EncodeOptions) -> Json<'static> {
    let id = |name: &'static str, id: &Option<String>| id.as_deref().map(|id| (Cow::from(name), number(id)));
    if options.form == Form::Separate {
        let Json::Object(members) = receipt else { return receipt };
        let mut whole = Vec::new();
        for (key, value) in members {
            whole.push((key, value));
            if whole.len() > 1 {
                continue;
            }
            // Behind the format of the receipt, as the examples have it.
            whole.extend(id("merchant_id", &options.merchant_id));
            whole.extend(id("payment_id", &options.payment_id));
            whole.extend(id("refund_id", &options.refund_id));
            whole.extend(options.offset.then_some((Cow::from("offset"), Json::Bool(true))));
        }
        return Json::Object(whole);
    }
    let mut whole = Vec::new();
    whole.extend(id("pg_merchant_id", &options.merchant_id));
    whole.extend(id("pg_payment_id", &options.payment_id));
    whole.extend(options.amount.map(|amount| (Cow::from(options.form.sum()), roubles(amount))));
    whole.push(("pg_receipt".into(), receipt));
    Json::Object(whole)
}

fn roubles(sum: Money) -> Json<'static> {
    Json::Number(short(sum.to_string()).into())
}

/// A number of Paybox's: the examples write it without quotes.
fn number(id: &str) -> Json<'static> {
    let plain = (1..=15).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()) && !id.starts_with('0');
    if plain { Json::Number(id.to_owned().into()) } else { Json::String(id.to_owned().into()) }
}
