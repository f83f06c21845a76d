//! What a receipt adds up to: its total, its payments, and the VAT of each rate in both ways the law allows.

use crate::money::Money;
use crate::receipt::{Payments, Receipt};
use crate::vocab::{Term, Vat};

/// The sums of a receipt, in roubles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The sum of the items. Tag 1020.
    pub total: Money,
    /// Line by line, in the receipt's order.
    pub items: Vec<LineTotal>,
    /// Rate by rate, in the order of `vocabulary("vat")`; only rates that occur.
    pub vat: Vec<RateTotal>,
    /// How it was paid.
    pub payments: Payments,
    /// How many items there are.
    pub count: usize,
}

/// The sums of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTotal {
    /// What it costs, VAT included. Tag 1043.
    pub amount: Money,
    /// The VAT in it; zero without VAT. Tag 1200.
    pub vat: Money,
}

/// The sums of a VAT rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateTotal {
    /// The rate.
    pub vat: Vat,
    /// The amounts at this rate, VAT included: what both sums are taken of. Tags 1104 and 1105 are this sum.
    pub base: Money,
    /// The VAT, rounded once over the base. Tags 1102, 1103, 1106, 1107, 1120.
    pub sum: Money,
    /// The VAT, rounded line by line and summed. Registers do the one or the other; both are right.
    pub sum_by_lines: Money,
}

/// Adds a receipt up.
///
/// ```
/// use chek54::{CheckOptions, parse_receipt, totals};
/// let text = r#"{"operation":"income","items":[
///     {"name":"Tea","price":"0.99","quantity":1,"vat":"vat22"}, {"name":"Cup","price":"0.99","quantity":1,"vat":"vat22"}
/// ]}"#;
/// let totals = totals(&parse_receipt(text, &CheckOptions::default())?);
/// assert_eq!(totals.vat[0].sum.to_string(), "0.36");
/// assert_eq!(totals.vat[0].sum_by_lines.to_string(), "0.36");
/// # Ok::<(), chek54::ReceiptError>(())
/// ```
pub fn totals(receipt: &Receipt) -> Totals {
    let items: Vec<_> =
        receipt.items.iter().map(|item| LineTotal { amount: item.amount, vat: item.vat.sum(item.amount) }).collect();
    let total = receipt.total();
    let rate = |vat: Vat| {
        let lines = || receipt.items.iter().zip(&items).filter(move |(item, _)| item.vat == vat).map(|(_, line)| line);
        let (mut base, mut by_lines) = (lines().map(|line| line.amount).sum(), lines().map(|line| line.vat).sum());
        // A correction of FFD 1.05 has one rate and no items.
        let whole = receipt.items.is_empty() && receipt.correction.as_ref().and_then(|why| why.vat) == Some(vat);
        if whole {
            (base, by_lines) = (total, vat.sum(total));
        }
        (whole || lines().next().is_some()).then(|| RateTotal { vat, base, sum: vat.sum(base), sum_by_lines: by_lines })
    };
    let vat = Vat::all().filter_map(rate).collect();
    Totals { total, vat, payments: receipt.payments.clone(), count: items.len(), items }
}
