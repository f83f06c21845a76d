//! The goods of a prepayment are handed over: the receipt that sets the prepayment off.

use crate::date::Date;
use crate::issue::{Findings, IssueCode, ReceiptError, Trail};
use crate::money::Money;
use crate::price::{Pricing, priced};
use crate::receipt::{Item, Payments, Receipt};
use crate::record::{Form, Rule, record};
use crate::refund::mismatch;
use crate::vocab::{Operation, PaymentMethod, Term};

record! {
    /// How a prepayment is set off.
    #[derive(Default)]
    SettleOptions, SettleOptionsDraft {
        /// What is handed over. Default: what was prepaid; after an advance, which names no goods, it has to be given.
        "items" items: Option<Vec<Item>> = 1059, Rule::ANY;
        /// How the rest is paid, or all of it. Default: the prepayments set off, the rest electronic.
        "payments" payments: Option<Payments> = 0, Rule::ANY;
        /// The day the goods are handed over: the VAT rates are those of this day.
        "at" at: Option<String> = 0, Rule::ANY.form(Form::Day);
    }
}

/// Makes the receipt of the final settlement after one or several prepayments of it.
///
/// Its items are settled in full (tag 1214 = 4) at plain rates: 20/120 becomes 20% and, on a day of 2026 or later, 22%
/// (letter of the FNS АБ-4-20/11248@ of 15.12.2025: the rate is that of the day of the delivery, whatever the rate of
/// the prepayment). The prepayments are set off (tag 1215) up to the total; what they do not cover is electronic unless
/// `payments` says otherwise. Prepayments of the same goods are added up line by line.
///
/// # Errors
/// `required` for items after an advance, and for `at`; `invalid_value` for prepayments that are no income or expense;
/// `payments_mismatch`.
pub fn settle_receipt(prepaid: &[Receipt], options: &SettleOptions) -> Result<Receipt, ReceiptError> {
    let mut findings = Findings::default();
    let root = Trail::ROOT;
    let at = options.at.as_deref().and_then(Date::parse);
    if at.is_none() {
        findings.add(IssueCode::Required, &root.key("at"), 0);
    }
    let list = root.key("prepaid");
    let first = prepaid.first();
    if first.is_none() {
        findings.add(IssueCode::Required, &list, 0);
    }
    for (index, receipt) in prepaid.iter().enumerate() {
        let ours = first.is_none_or(|first| first.operation == receipt.operation);
        if !ours || !matches!(receipt.operation, Operation::Income | Operation::Expense) {
            let issue = findings.add(IssueCode::InvalidValue, &list.index(index).key("operation"), 1054);
            issue.with("value", format!("\"{}\"", receipt.operation.name())).with("expected", "income, expense");
        }
    }
    let goods = || prepaid.iter().flat_map(|receipt| &receipt.items);
    if options.items.is_none() && goods().any(|item| item.method == PaymentMethod::Advance) {
        findings.add(IssueCode::Required, &root.key("items"), 1059);
    }
    let (Some(first), Some(at)) = (first, at) else { return Err(findings.error()) };
    findings.fail()?;

    let mut items = options.items.clone().unwrap_or_else(|| merged(prepaid, at));
    for item in &mut items {
        item.method = PaymentMethod::FullPayment;
        item.vat = item.vat.plain().on(at);
    }
    let total: Money = items.iter().map(|item| item.amount).sum();
    let set_off = prepaid.iter().map(Receipt::total).sum::<Money>().min(total);
    let given = options.payments.clone().unwrap_or_default();
    let prepaid = given.prepaid.or(Some(set_off)).filter(|sum| *sum > Money::ZERO);
    let mut payments = Payments { prepaid, ..given };
    if options.payments.is_none() {
        payments.electronic = Some(total - set_off).filter(|rest| *rest > Money::ZERO);
    }
    mismatch(total, &payments, &mut findings);
    if total <= Money::ZERO {
        findings.add(IssueCode::TotalNotPositive, &root.key("items"), 1020).with("total", total.to_string());
    }
    findings.fail()?;
    Ok(Receipt { items, payments, cashless: None, correction: None, fiscal: None, ..first.clone() })
}

/// The goods of all prepayments: what was prepaid in parts is one line, its parts added up.
fn merged(prepaid: &[Receipt], at: Date) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for receipt in prepaid {
        // Two equal lines of one prepayment are two lines of goods.
        let mut before: Vec<usize> = (0..items.len()).collect();
        for item in &receipt.items {
            let same = |known: &Item| {
                (known.name == item.name && known.object == item.object && known.quantity == item.quantity)
                    && known.method == PaymentMethod::Prepayment
                    && item.method == PaymentMethod::Prepayment
                    && known.vat.plain().on(at) == item.vat.plain().on(at)
            };
            let Some(place) = before.iter().position(|known| same(&items[*known])) else {
                items.push(item.clone());
                continue;
            };
            let known = &mut items[before.swap_remove(place)];
            let amount = known.amount + item.amount;
            let whole = priced(known, amount, Pricing::Net).filter(|lines| lines.len() == 1);
            *known = whole.and_then(|lines| lines.into_iter().next()).unwrap_or_else(|| {
                // No round price: the sum of the prices comes nearest.
                Item { amount, price: known.price + item.price, ..known.clone() }
            });
        }
    }
    items
}
