//! What the register made of a receipt: its own number.

use super::Checker;
use crate::issue::{IssueCode, Trail};
use crate::rnm::registration_number_agrees;

/// Tag 1037 is made of the INN (1018) and the factory number (1013). Test registers have any number, so a warning.
pub(super) fn registration_number(checker: &mut Checker<'_, '_>) {
    let draft = checker.draft;
    let (Some(fiscal), Some(seller)) = (&draft.fiscal, &draft.seller) else { return };
    let (Some(rnm), Some(serial), Some(inn)) = (&fiscal.rnm, &fiscal.serial, &seller.inn) else { return };
    if registration_number_agrees(rnm, inn, serial) == Some(false) {
        let root = Trail::ROOT;
        let issue = checker.add(IssueCode::RnmMismatch, &root.key("fiscal").key("rnm"), 1037);
        issue.with("value", rnm.trim_end().to_owned()).with("inn", inn.to_string()).with("serial", serial.to_string());
    }
}
