//! Rules of settlements over the internet: the buyer's contact and the site (order ЕД-7-20/236@).

use super::Checker;
use crate::issue::{IssueCode, Trail};

pub(super) fn internet(checker: &mut Checker<'_, '_>) {
    if checker.draft.internet != Some(true) {
        return;
    }
    let reads = checker.reads();
    let customer = checker.draft.customer.as_deref();
    if !customer.is_some_and(|customer| customer.gave("email") || customer.gave("phone")) {
        checker.add(IssueCode::ContactRequired, &Trail::ROOT.key("customer"), 1008).warning_if(reads);
    }
    if !checker.draft.place.as_ref().is_some_and(|place| place.gave("site")) {
        checker.add(IssueCode::SiteRequired, &Trail::ROOT.key("place"), 1187);
    }
}
