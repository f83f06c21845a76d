//! What was settled without the register, or wrongly, put right.

use crate::issue::{Findings, IssueCode, ReceiptError, Trail};
use crate::money::Money;
use crate::receipt::{Correction, Receipt};
use crate::refund::{RefundOptions, refund_receipt};
use crate::spread::Purse;
use crate::totals::totals;
use crate::vocab::{CorrectionKind, Ffd, Operation, Term, Unit};

/// Makes the receipts that put a settlement right, in the order in which they are sent.
///
/// - `wrong` is none, the register was not used: a correction receipt, in FFD 1.05 one for each VAT rate, without items.
/// - `wrong` was made: in FFD 1.05 its ordinary return and then the right ordinary receipt; in FFD 1.1 and 1.2 a
///   correction with the opposite operation and then one that is right. `right` is none: only what was wrong is undone.
///
/// `requisite` (tag 1192) becomes the fiscal sign of the wrong receipt, where that is known. The VAT rates stay those of
/// the settlement, whatever today's are. Methodical recommendations of the FNS, letters ЕД-4-20/15929 and АБ-4-20/7434@;
/// for rates АБ-4-20/11248@ of 15.12.2025.
///
/// # Errors
/// `required` when there is neither, and for the number of an order, in FFD 1.05 of every correction; `not_in_ffd` for a return in FFD 1.05, whose corrections are of income or expense.
/// What is right has still to be checked: [`check_receipt`](crate::check_receipt).
pub fn correct_receipt(
    wrong: Option<&Receipt>,
    right: Option<&Receipt>,
    correction: &Correction,
) -> Result<Vec<Receipt>, ReceiptError> {
    let Some(ffd) = right.or(wrong).map(|receipt| receipt.ffd) else {
        return Err(ReceiptError::one(IssueCode::Required, &Trail::ROOT.key("right"), 0, |_| {}));
    };
    let corrects = ffd != Ffd::V1_05 || wrong.is_none();
    if corrects && correction.number.is_none() && (ffd == Ffd::V1_05 || correction.kind == CorrectionKind::Order) {
        return Err(ReceiptError::one(IssueCode::Required, &Trail::ROOT.key("number"), 1179, |_| {}));
    }
    let sign = wrong.and_then(|receipt| receipt.fiscal.as_ref()).map(|fiscal| fiscal.fp.clone());
    let mut receipts = match (wrong, right) {
        (None, Some(right)) if ffd == Ffd::V1_05 => return by_rates(right, correction),
        (Some(wrong), right) => {
            // The registers of today print their own version, whatever the wrong receipt had.
            let back = refund_receipt(&in_version(wrong, ffd), &RefundOptions::default())?;
            std::iter::once(back).chain(right.cloned()).collect()
        }
        (None, right) => right.into_iter().cloned().collect::<Vec<_>>(),
    };
    for receipt in &mut receipts {
        receipt.fiscal = None;
        receipt.correction = (ffd != Ffd::V1_05).then(|| Correction { vat: None, ..correction.clone() });
        receipt.requisite = sign.clone().or(receipt.requisite.take());
    }
    Ok(receipts)
}

/// Corrections of FFD 1.05: sums and one rate each.
fn by_rates(right: &Receipt, correction: &Correction) -> Result<Vec<Receipt>, ReceiptError> {
    if !matches!(right.operation, Operation::Income | Operation::Expense) {
        let mut findings = Findings::default();
        let issue = findings.add(IssueCode::NotInFfd, &Trail::ROOT.key("right").key("operation"), 1054);
        issue.with("what", right.operation.name()).with("ffd", Ffd::V1_05.name()).with("versions", "1.1, 1.2");
        return Err(findings.error());
    }
    let (bare, mut purse) = (right.bare(), Purse::of(right));
    let mut cards = right.cashless.clone().unwrap_or_default();
    let rates = totals(right).vat.into_iter().filter(|rate| rate.base > Money::ZERO);
    let each = rates.map(|rate| {
        let payments = purse.pay(rate.base);
        let cashless = crate::spread::cashless(&mut cards, payments.electronic);
        let correction = Some(Correction { vat: Some(rate.vat), ..correction.clone() });
        Receipt { payments, cashless, correction, ..bare.clone() }
    });
    Ok(each.collect())
}

/// The same receipt in the words of another version.
fn in_version(receipt: &Receipt, ffd: Ffd) -> Receipt {
    let mut receipt = Receipt { ffd, ..receipt.clone() };
    let new = ffd == Ffd::V1_2;
    // What stood there for the whole receipt stands at its items now.
    let agent = receipt.agent.take_if(|_| new);
    let phones = receipt.supplier.take_if(|_| new).and_then(|supplier| supplier.phones);
    for item in &mut receipt.items {
        if new {
            item.unit_name = None;
            item.unit = item.unit.or(item.quantity.is_whole().then_some(Unit::Piece));
            item.agent = item.agent.take().or(agent.clone());
            if phones.is_some() {
                let supplier = item.supplier.get_or_insert_default();
                supplier.phones = supplier.phones.take().or(phones.clone());
            }
            // A code of 1.05 is not the scan that 1.2 takes.
            if item.mark.as_ref().is_some_and(|mark| mark.code.is_none()) {
                item.mark = None;
            }
        } else {
            item.unit = None;
        }
    }
    receipt
}
