//! Paybox (FreedomPay): receipts within payments (`pg_receipt` of `init_payment.php`, `do_capture.php`, `revoke.php`)
//! and by themselves (`v5/receipts`), its signature, its notifications, and the order in which it wants all that.

mod answer;
mod body;
pub(crate) mod codes;
pub(super) mod fields;
mod flow;
mod notification;
mod signature;

pub use answer::decode;
pub(crate) use answer::decode_value;
pub(crate) use body::encode_draft;
pub use body::{EncodeOptions, Form, encode};
pub use flow::{Mode, Scenario, Step, flow};
#[cfg(feature = "sandbox")]
pub(crate) use notification::signed;
pub(crate) use notification::{event, kind, reply};
pub use signature::sign;

use super::map::{Dialect, seek};
use super::{Provider, name_known, spellings, unsupported};
use crate::issue::{Findings, Issue, IssueCode, Severity, Trail};
use crate::money::{Money, Quantity};
use crate::options::{self, CheckOptions};
use crate::receipt::{Draft, ItemDraft};
use crate::record::View;
use crate::vocab::{Ffd, List, PAYMENT_FORM, System};

const LABEL: &str = Provider::Paybox.label();

/// Bits of the tables: within a payment or by itself, up to FFD 1.1 or of FFD 1.2.
const PAYMENT: u8 = 0b0011;
const SEPARATE: u8 = 0b1100;
const NEW: u8 = 0b1010;

fn dialect(separate: bool, ffd: Ffd) -> Dialect {
    let version = if separate { SEPARATE } else { PAYMENT } & if ffd == Ffd::V1_2 { NEW } else { !NEW };
    Dialect { system: System::Paybox, label: LABEL, version, has }
}

/// Whether the documents have a term for an FFD version: some subjects of settlement are there from 1.2 on.
fn has(list: &'static List, row: usize, version: u8) -> bool {
    list.tag != 1212 || version & NEW != 0 || list.rows[row].ffd.has(Ffd::V1_05)
}

/// What a caller who is told that sums are not exact can do about it.
const EXACT: &str = "buildReceipt(order, { exactPrices: true })";

/// What Paybox asks beyond the law: exact sums, all of them above zero, and only what it has a name for.
pub(super) fn rules(draft: &Draft<'_>, options: &CheckOptions, findings: &mut Findings) {
    let (root, reads) = (Trail::ROOT, options.mode == options::Mode::Read);
    let items = root.key("items");
    for (index, item) in draft.items.iter().flatten().enumerate() {
        let at = items.index(index);
        exact(item, 1, reads, &at, findings);
        positive(item, reads, &at, findings);
    }
    if reads {
        return;
    }
    let customer = draft.customer.as_deref();
    // Over the internet it is the law that asks for it.
    if !customer.is_some_and(|customer| customer.gave("email") || customer.gave("phone"))
        && draft.internet != Some(true)
    {
        findings.add(IssueCode::ContactRequired, &root.key("customer"), 1008).severity(Severity::Warning);
    }
    spellings(Provider::Paybox, draft, &root, findings);
    refusals(draft, findings);
    dialect(true, draft.ffd.unwrap_or_default()).losses(fields::RECEIPT, draft, &root, findings);
    unpublished(draft, findings);
}

/// Positions have no sum of their own: Paybox multiplies. Says what is at most so many kopecks off: the rest of it is
/// found by the law's own rule.
fn exact(item: &ItemDraft<'_>, most: i64, reads: bool, at: &Trail<'_>, findings: &mut Findings) {
    let (Some(price), Some(quantity), Some(amount)) = (item.price, item.quantity, item.amount) else { return };
    let Some(product) = price.times(quantity) else { return };
    let here = at.key("amount");
    let off = (product - amount).kopecks().abs();
    if (1..=most).contains(&off) {
        let issue = findings.add(IssueCode::AmountMismatch, &here, 1043).warning_if(reads);
        issue.with("amount", amount.to_string()).with("expected", product.to_string()).with("why", EXACT);
    } else if off == 0 && !reads && rest(price, quantity) != 0 {
        // Nothing says which way Paybox rounds, nor whether each line or only the sum.
        let issue = findings.add(IssueCode::AmountInexact, &here, 1043);
        issue.with("provider", LABEL).with("value", format!("{price} x {quantity}"));
    }
}

/// What price x quantity has beyond whole kopecks, in millionths of one.
fn rest(price: Money, quantity: Quantity) -> i64 {
    const MICRO: i64 = 1_000_000;
    (price.kopecks() % MICRO) * (quantity.millionths() % MICRO) % MICRO
}

fn positive(item: &ItemDraft<'_>, reads: bool, at: &Trail<'_>, findings: &mut Findings) {
    let sums = [("price", 1079, item.price), ("amount", 1043, item.amount)];
    if let Some((name, tag, _)) = sums.into_iter().find(|(_, _, sum)| *sum == Some(Money::ZERO)) {
        let issue = findings.add(IssueCode::OutOfRange, &at.key(name), tag).warning_if(reads);
        issue.with("value", Money::ZERO.to_string()).with("above", "0");
    }
}

/// What Paybox makes no receipts of: corrections, cash.
fn refusals(draft: &Draft<'_>, findings: &mut Findings) {
    let root = Trail::ROOT;
    if draft.correction.is_some() {
        unsupported(LABEL, "correction", findings, &root.key("correction"), 0);
    }
    let payments = root.key("payments");
    if draft.payments.as_ref().and_then(|payments| payments.cash).is_some_and(|cash| cash > Money::ZERO) {
        let issue = unsupported(LABEL, "cash", findings, &payments.key("cash"), 1031);
        name_known(issue, &PAYMENT_FORM, System::Paybox);
    }
}

/// Says that a sum is not the total of the receipt.
#[inline(never)]
fn unequal<'f>(findings: &'f mut Findings, at: &Trail<'_>, tag: u16, sum: Money, total: Money) -> &'f mut Issue {
    let issue = findings.add(IssueCode::PaymentsMismatch, at, tag);
    issue.with("paid", sum.to_string()).with("total", total.to_string());
    issue.with("difference", (sum - total).to_string())
}

/// Says what is sent by names that are not published, each once.
fn unpublished(draft: &Draft<'_>, findings: &mut Findings) {
    let root = Trail::ROOT;
    let items = root.key("items");
    let version = dialect(true, draft.ffd.unwrap_or_default()).version;
    let mut say = |name: &'static str, view: View<'_, '_>, at: &Trail<'_>, tag: u16| {
        let there = match view {
            View::None => false,
            View::Records(list) => list.count() > 0,
            _ => true,
        };
        if there {
            let issue = findings.add(IssueCode::UnpublishedName, at, tag);
            issue.with("provider", LABEL).with("name", name);
        }
        there
    };
    for (place, name) in fields::UNPUBLISHED {
        seek(draft, place, &root, &mut |view, field, at| {
            // What the FFD version does not have is not sent.
            if field.rule.ffd.has(Ffd::V1_05) || version & NEW != 0 {
                say(name, view, at, field.tag);
            }
        });
    }
    for (place, name) in fields::UNPUBLISHED_OF_ITEMS {
        let mut said = false;
        for (index, item) in draft.items.iter().flatten().enumerate() {
            let at = items.index(index);
            seek(item, place, &at, &mut |view, field, at| {
                let is_sent = field.rule.ffd.has(Ffd::V1_05) || version & NEW != 0;
                said = said || is_sent && say(name, view, at, field.tag);
            });
            if said {
                break;
            }
        }
    }
}
