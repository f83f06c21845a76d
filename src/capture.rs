//! A hold of which only a part is captured.

use crate::issue::{Findings, IssueCode, ReceiptError, Trail};
use crate::receipt::{Item, Receipt};
use crate::refund::{RefundOptions, refund_receipt};
use crate::spread::Purse;
use crate::vocab::{Operation, Term};

/// The two receipts of a partial capture: the return of all that the receipt of the hold had, then the income of what
/// was sold, paid in the proportion of the hold.
///
/// Only where the hold already has a receipt: Paybox in the mode "receipt apart from the payment" wants both, in the
/// mode "with the payment" the second alone (it makes the first itself). CloudKassir makes one receipt, of what was
/// sold, when the payment is confirmed: there this function has no place.
///
/// # Errors
/// `exceeds_original` when more was sold than was held; `total_not_positive` when nothing was sold: then the return
/// alone is needed, `refund_receipt(hold)`.
pub fn capture_receipts(hold: &Receipt, items: &[Item]) -> Result<[Receipt; 2], ReceiptError> {
    if !matches!(hold.operation, Operation::Income | Operation::Expense) {
        return Err(ReceiptError::one(IssueCode::InvalidValue, &Trail::ROOT.key("operation"), 1054, |issue| {
            issue.quote("value", hold.operation.name()).with("expected", "income, expense");
        }));
    }
    let back = refund_receipt(hold, &RefundOptions::default())?;
    let (mut purse, mut cards) = (Purse::of(hold), hold.cashless.clone().unwrap_or_default());
    let sold = hold.bare().with_items(items.to_vec(), &mut purse, &mut cards);
    let (total, held) = (sold.total(), hold.total());
    let mut findings = Findings::default();
    let at = Trail::ROOT;
    if total > held {
        let issue = findings.add(IssueCode::ExceedsOriginal, &at.key("items"), 1020);
        issue.show("value", &total).show("left", &held);
    } else if items.is_empty() || total.kopecks() <= 0 {
        findings.add(IssueCode::TotalNotPositive, &at.key("items"), 1020).with("total", "0.00");
    }
    findings.fail()?;
    Ok([back, sold])
}
