//! The goods of a prepayment are handed over: the receipt that sets the prepayment off.

use crate::date::Date;
use crate::issue::{Findings, IssueCode, ReceiptError, Trail};
use crate::money::Money;
use crate::price::{Pricing, priced_anyhow};
use crate::receipt::{Item, Payments, Receipt};
use crate::record::{Form, Rule, record};
use crate::refund::mismatch;
use crate::vocab::{Operation, PaymentMethod, PaymentObject, Term};

record! {
    /// How a prepayment is set off.
    #[derive(Default)]
    SettleOptions, SettleOptionsDraft {
        /// What is handed over, at its full price. Default: what was prepaid, at what was prepaid for it; after an advance,
        /// which names no goods, it has to be given.
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
/// `payments` says otherwise; what they have above it stays for a later receipt. Part prepayments of the same goods are
/// added up line by line. With a rest on credit the items are settled in part (1214 = 5).
///
/// # Errors
/// `required` for `at`, and for items after an advance (1214 = 3, or 1212 = 10), which names no goods; `invalid_value` for what is no prepayment, and for another tax system; `exceeds_original` for setting
/// off more than was prepaid; `payments_mismatch`.
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
            issue.quote("value", receipt.operation.name()).with("expected", "income, expense");
        }
        if let Some(other) = receipt.taxation.filter(|other| first.is_some_and(|first| first.taxation != Some(*other)))
        {
            findings
                .add(IssueCode::InvalidValue, &list.index(index).key("taxation"), 1055)
                .quote("value", other.name());
        }
        let place = list.index(index);
        let items = place.key("items");
        for (at, item) in receipt.items.iter().enumerate() {
            use PaymentMethod::{Advance, FullPrepayment, Prepayment};
            if !matches!(item.method, FullPrepayment | Prepayment | Advance) {
                let issue = findings.add(IssueCode::InvalidValue, &items.index(at).key("method"), 1214);
                issue.quote("value", item.method.name()).with("expected", "fullPrepayment, prepayment, advance");
            }
        }
    }
    let goods = || prepaid.iter().flat_map(|receipt| &receipt.items);
    let nameless = |item: &Item| item.method == PaymentMethod::Advance || item.object == PaymentObject::Payment;
    if options.items.is_none() && goods().any(nameless) {
        findings.add(IssueCode::Required, &root.key("items"), 1059).with("why", "1214 = 3, 1212 = 10");
    }
    let before: i64 = prepaid.iter().fold(0, |sum, receipt| sum.saturating_add(receipt.total().kopecks()));
    if before > Money::MAX.kopecks() {
        let issue = findings.add(IssueCode::OutOfRange, &list, 1020).with("value", "> 2814749767106.55");
        issue.with("min", "0").show("max", &Money::MAX);
    }
    let (Some(first), Some(at)) = (first, at) else { return Err(findings.error()) };
    findings.fail()?;

    let due = |item: &Item| Item { vat: item.vat.plain().on(at), ..item.clone() };
    let given = options.items.as_ref().map(|items| items.iter().map(due).collect());
    let mut items: Vec<Item> = given.unwrap_or_else(|| merged(prepaid, due));
    let given = options.payments.clone().unwrap_or_default();
    let on_credit = given.credit.is_some_and(|credit| credit > Money::ZERO);
    for item in &mut items {
        item.method = if on_credit { PaymentMethod::PartialPayment } else { PaymentMethod::FullPayment };
    }
    let total: Money = items.iter().map(|item| item.amount).sum();
    let before = Money::from_kopecks(before);
    let set_off = before.min(total);
    if let Some(more) = given.prepaid.filter(|prepaid| *prepaid > before) {
        let issue = findings.add(IssueCode::ExceedsOriginal, &root.key("payments").key("prepaid"), 1215);
        issue.show("value", &more).show("left", &before);
    }
    let prepaid = given.prepaid.or(Some(set_off)).filter(|sum| *sum > Money::ZERO);
    let mut payments = Payments { prepaid, ..given };
    if options.payments.is_none() {
        payments.electronic = Some(total - set_off).filter(|rest| *rest > Money::ZERO);
    }
    mismatch(total, &payments, &mut findings);
    if total <= Money::ZERO {
        findings.add(IssueCode::TotalNotPositive, &root.key("items"), 1020).show("total", &total);
    }
    findings.fail()?;
    Ok(Receipt { items, payments, correction: None, ..first.bare() })
}

/// The goods of all prepayments: what was prepaid in parts is one line, its parts added up.
fn merged(prepaid: &[Receipt], due: impl Fn(&Item) -> Item) -> Vec<Item> {
    let mut items: Vec<(Item, bool)> = Vec::new();
    for receipt in prepaid {
        // Two equal lines of one prepayment are two lines of goods.
        let mut before: Vec<usize> = (0..items.len()).collect();
        for item in &receipt.items {
            let item = due(item);
            let same = |known: &Item| {
                (&known.name, known.object, known.quantity) == (&item.name, item.object, item.quantity)
                    && known.vat == item.vat
                    && (known.unit, &known.unit_name, &known.mark) == (item.unit, &item.unit_name, &item.mark)
                    && (&known.agent, &known.supplier) == (&item.agent, &item.supplier)
                    && [known.method, item.method] == [PaymentMethod::Prepayment; 2]
            };
            match before.iter().position(|known| same(&items[*known].0)) {
                Some(place) => {
                    let (known, added) = &mut items[before.remove(place)];
                    known.amount = known.amount + item.amount;
                    known.excise = known.excise.max(item.excise);
                    *added = true;
                }
                None => items.push((item, false)),
            }
        }
    }
    let priced = |(item, added): (Item, bool)| match added {
        true => priced_anyhow(&item, item.amount, Pricing::Exact),
        false => vec![item],
    };
    items.into_iter().flat_map(priced).collect()
}
