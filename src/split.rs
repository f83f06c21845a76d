//! A receipt that is too long, in parts: registers and providers take 100 items.

use crate::issue::{IssueCode, ReceiptError, Trail};
use crate::receipt::Receipt;
use crate::spread::Purse;

/// The most items that every provider here takes.
pub const MAX_ITEMS: usize = 100;

/// Splits a receipt into parts of at most `max_items` items, in their order; one that is short enough stays whole.
///
/// Items, payments of every kind (of cash without the change) and VAT by lines of the parts add up to those of the
/// receipt. The order is stable: the
/// same receipt splits the same way again, so each part can have its own request id. Every part keeps the customer and
/// all else that is said of the receipt; fiscal marks it has none.
///
/// # Errors
/// `total_not_positive` where a part would hold free items only, `out_of_range` for no items a part.
pub fn split_receipt(receipt: &Receipt, max_items: usize) -> Result<Vec<Receipt>, ReceiptError> {
    if max_items == 0 {
        let refused = |issue: &mut crate::Issue| {
            issue.with("value", "0").with("above", "0");
        };
        return Err(ReceiptError::one(IssueCode::OutOfRange, &Trail::ROOT.key("maxItems"), 0, refused));
    }
    if receipt.items.len() <= max_items {
        return Ok(vec![Receipt { fiscal: None, ..receipt.clone() }]);
    }
    let (bare, mut purse) = (receipt.bare(), Purse::of(receipt));
    let mut cards = receipt.cashless.clone().unwrap_or_default();
    let mut parts = Vec::new();
    for items in receipt.items.chunks(max_items) {
        let part = bare.with_items(items.to_vec(), &mut purse, &mut cards);
        if part.total().kopecks() == 0 {
            let (root, first) = (Trail::ROOT, parts.len() * max_items);
            let refused = |issue: &mut crate::Issue| {
                issue.with("total", "0.00");
            };
            return Err(ReceiptError::one(IssueCode::TotalNotPositive, &root.key("items").index(first), 1020, refused));
        }
        parts.push(part);
    }
    Ok(parts)
}
