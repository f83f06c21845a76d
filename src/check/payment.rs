//! Rules of the payments: together they are the total, and the total is above zero.

use super::Checker;
use crate::issue::{IssueCode, Trail};
use crate::money::Money;

pub(super) fn payments(checker: &mut Checker<'_, '_>) {
    let at = Trail::ROOT.key("payments");
    let Some(payments) = &checker.draft.payments else { return };
    let Some(paid) = payments.total() else { return };
    // A correction of FFD 1.05 has no items: its payments are its total.
    let itemless = checker.is_old_correction() && checker.draft.items.as_ref().is_none_or(Vec::is_empty);
    let Some(total) = (if itemless { Some(paid) } else { checker.draft.items_total() }) else { return };
    if total.kopecks() <= 0 {
        let at = if itemless { at } else { Trail::ROOT.key("items").to_owned() };
        let empty = !itemless && checker.draft.items.as_ref().is_none_or(Vec::is_empty);
        if !empty {
            checker.add(IssueCode::TotalNotPositive, &at, 1020).show("total", &total);
        }
        return;
    }
    let off = paid - total;
    if off == Money::ZERO {
        return;
    }
    if checker.reads() && is_rounded_down(paid, total) {
        let issue = checker.add(IssueCode::TotalRoundedDown, &at, 1020);
        issue.show("paid", &paid).show("total", &total).show("difference", &off);
        return;
    }
    // What is more than the total can be cash that change was given of; only memory says so, hence no error.
    let change = off > Money::ZERO
        && payments.cash.is_some_and(|cash| cash >= off)
        && !checker.is_for(crate::Provider::CloudKassir);
    let severity = checker.sums();
    let issue = checker.add(IssueCode::PaymentsMismatch, &at, 1020);
    issue.severity(severity).warning_if(change);
    issue.show("paid", &paid).show("total", &total).show("difference", &off);
}

/// Whether a total is less than it was by kopecks alone: its roubles are the same (order ЕД-7-20/662@, tag 1020).
pub(crate) fn is_rounded_down(less: Money, total: Money) -> bool {
    less >= Money::ZERO && less < total && less.kopecks() / 100 == total.kopecks() / 100
}

/// The total that the register printed (1020) is the sum of the items, its kopecks dropped at most.
pub(super) fn fiscal_total(checker: &mut Checker<'_, '_>) {
    let total = checker.draft.fiscal.as_ref().and_then(|fiscal| fiscal.total);
    let (Some(printed), Some(total)) = (total, checker.draft.items_total()) else { return };
    if printed == total || checker.draft.items.as_ref().is_none_or(Vec::is_empty) {
        return;
    }
    let root = Trail::ROOT;
    let fiscal = root.key("fiscal");
    let code = if is_rounded_down(printed, total) { IssueCode::TotalRoundedDown } else { IssueCode::PaymentsMismatch };
    let issue = checker.add(code, &fiscal.key("total"), 1020).severity(crate::Severity::Warning);
    issue.show("paid", &printed).show("total", &total);
    issue.show("difference", &(printed - total));
}

/// The single cashless payments (1082) make up the cashless sum (1081). From memory only, so a warning.
pub(super) fn cashless(checker: &mut Checker<'_, '_>) {
    let Some(parts) = checker.draft.cashless.as_ref().filter(|parts| !parts.is_empty()) else { return };
    let Some(electronic) = checker.draft.payments.as_ref().and_then(|payments| payments.electronic) else { return };
    let Some(sums) = parts.iter().map(|part| part.amount).collect::<Option<Vec<_>>>() else { return };
    let paid = sums.into_iter().try_fold(0_i64, |sum, part| sum.checked_add(part.kopecks()));
    let Some(paid) = paid.map(Money::from_kopecks) else { return };
    if paid != electronic {
        let issue = checker.add(IssueCode::CashlessMismatch, &Trail::ROOT.key("cashless"), 1234);
        issue.show("paid", &paid);
        issue.show("total", &electronic).show("difference", &(paid - electronic));
    }
}
