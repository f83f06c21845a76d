//! Rules of correction receipts: what each FFD version has them hold.

use super::{Checker, each_item};
use crate::date::Date;
use crate::issue::{IssueCode, Trail};
use crate::vocab::{CorrectionKind, Ffd, FfdSet, Operation, Term};

pub(super) fn correction(checker: &mut Checker<'_, '_>) {
    let Some(correction) = checker.draft.correction.as_deref() else { return };
    let at = Trail::ROOT.key("correction");
    let old = checker.is_old_correction();
    let reads = checker.reads();
    if let Some(operation) =
        checker.draft.operation.filter(|operation| old && !matches!(operation, Operation::Income | Operation::Expense))
    {
        super::field::not_in_ffd(checker, &Trail::ROOT.key("operation"), 1054, operation.name(), FfdSet::FROM_1_1);
    }
    let ordered = correction.kind == Some(CorrectionKind::Order);
    if (ordered || old) && correction.number.is_none() && !correction.gave("number") {
        let why = if ordered { "kind: \"order\" (1173 = 1)" } else { "FFD 1.05" };
        checker.add(IssueCode::Required, &at.key("number"), 1179).with("why", why).warning_if(reads);
    }
    if old && correction.vat.is_none() && !correction.gave("vat") {
        let issue = checker.add(IssueCode::Required, &at.key("vat"), 0);
        issue.show("why", &format_args!("FFD {}: 1102..1107", Ffd::V1_05.name())).warning_if(reads);
    }
    if let Some(vat) = correction.vat.filter(|_| old) {
        each_item(checker, |checker, item, at| {
            if let Some(other) = item.vat.filter(|other| *other != vat) {
                let issue = checker.add(IssueCode::InvalidValue, &at.key("vat"), 1199).warning_if(reads);
                issue.quote("value", other.name()).with("expected", vat.name());
            }
        });
    }
    if let (Some(day), Some(now)) = (correction.date.as_deref().and_then(Date::parse), checker.options.at)
        && day > now
    {
        // That it may not lie ahead is from memory, hence no error.
        let issue = checker.add(IssueCode::OutOfRange, &at.key("date"), 1178);
        issue.severity(crate::Severity::Warning);
        issue.show("value", &day).show("latest", &now);
    }
}
