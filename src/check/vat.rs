//! Rules of VAT and of the tax system: what is in force on the day, and which rate a prepayment has.

use super::Checker;
use crate::issue::{IssueCode, Trail};
use crate::receipt::ItemDraft;
use crate::vocab::{FfdSet, Operation, PaymentMethod, Row, Term, Vat};

pub(super) fn taxation(checker: &mut Checker<'_, '_>) {
    let (Some(taxation), Some(day)) = (checker.draft.taxation, checker.day.clone()) else { return };
    let row = taxation.row();
    if let Some(until) = row.until.filter(|until| **until < *day) {
        let issue = checker.add(IssueCode::TaxationNotInForce, &Trail::ROOT.key("taxation"), 1055);
        issue.with("taxation", row.name).with("date", day).with("until", until);
    }
}

pub(super) fn rate(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    let Some(vat) = item.vat else { return };
    let here = at.key("vat");
    // An operation that is missing or misspelt is most likely income.
    let ordinary = checker.draft.operation.is_none_or(|operation| operation == Operation::Income)
        && checker.draft.correction.is_none()
        && item.method != Some(PaymentMethod::CreditPayment);
    in_force(checker, vat, ordinary, &here);
    if vat.code().is_none() && checker.options.provider.is_none() {
        // Kazakhstan's rate: a register of its own takes it, no fiscal document of FFD does.
        super::field::not_in_ffd(checker, &here, 1199, vat.name(), FfdSet::NONE);
        checker.findings.last().severity(crate::Severity::Warning);
    }
    let before =
        matches!(item.method, Some(PaymentMethod::FullPrepayment | PaymentMethod::Prepayment | PaymentMethod::Advance));
    if before && let Some(calculated) = vat.calculated_twin().filter(|twin| *twin != vat) {
        let issue = checker.add(IssueCode::VatNotCalculated, &here, 1199);
        issue.with("vat", vat.name()).with("suggestion", calculated.name());
    }
}

/// The one rate of a correction of FFD 1.05.
pub(super) fn correction(checker: &mut Checker<'_, '_>) {
    if let Some(vat) = checker.draft.correction.as_ref().and_then(|correction| correction.vat) {
        in_force(checker, vat, false, &Trail::ROOT.key("correction").key("vat"));
    }
}

/// A rate before its day is wrong whatever the receipt; one after its day only looks so in ordinary income: returns,
/// corrections and credit payments keep the rate of their sale (letter of the FNS АБ-4-20/11248@ of 15.12.2025).
fn in_force(checker: &mut Checker<'_, '_>, vat: Vat, ordinary: bool, at: &Trail<'_>) {
    let Some(day) = checker.day.as_deref() else { return };
    let (row, bit): (&Row, u32) = (vat.row(), 1 << vat.index());
    if checker.in_force & bit != 0 || row.in_force(day) {
        checker.in_force |= bit;
        return;
    }
    let date = day.to_owned();
    if let Some(since) = row.since.filter(|since| **since > *date) {
        let then = vat.successor(&date);
        let issue = checker.add(IssueCode::VatNotInForce, at, 1199);
        issue.with("vat", row.name).with("date", date).with("since", since);
        if let Some(then) = then {
            issue.with("suggestion", then.name());
        }
    } else if let Some(until) = row.until.filter(|_| ordinary) {
        let now = vat.successor(&date);
        let issue = checker.add(IssueCode::VatNotInForce, at, 1199).severity(crate::Severity::Warning);
        issue.with("vat", row.name).with("date", date).with("until", until);
        if let Some(now) = now {
            issue.with("suggestion", now.name());
        }
    }
}
