//! The return of a sale: whole, by lines and quantities, or in roubles; what went back before is counted, so that any
//! sequence of refunds ends exactly at the sale.

mod earlier;

use crate::issue::{Findings, IssueCode, ReceiptError, Trail};
use crate::money::{Money, Quantity};
use crate::price::{Pricing, part_of, priced_anyhow};
use crate::receipt::{Item, Payments, Receipt};
use crate::record::{Rule, record};
use crate::spread::{Purse, spread};
use crate::vocab::{Operation, PaymentObject};

record! {
    /// What is given back. Without lines and amount: all that is left.
    #[derive(Default)]
    RefundOptions, RefundOptionsDraft {
        /// The lines that come back.
        "lines" lines: Option<Vec<RefundLine>> = 0, Rule::ANY;
        /// So many roubles in all, over all lines: a price reduction, the goods stay; unless it is all that is left.
        "amount" amount: Option<Money> = 0, Rule::ANY;
        /// How it is paid back. Default: as the sale was paid, in proportion to what is left of each kind.
        "payments" payments: Option<Payments> = 0, Rule::ANY;
        /// The refunds of this sale that were made before.
        "earlier" earlier: Option<Vec<Receipt>> = 0, Rule::ANY;
    }
}

record! {
    /// What comes back of a line: a quantity, or roubles of it, or all that is left.
    RefundLine, RefundLineDraft {
        /// Which item of the sale, counted from 0.
        "item" item: u64 = 0, Rule::ANY;
        /// How many come back; their share of the amount is paid unless `amount` says otherwise.
        "quantity" quantity: Option<Quantity> = 1023, Rule::ANY;
        /// How many roubles. Without a quantity it is a price reduction, unless it is all that is left; with one it is what
        /// so many are worth, to the kopeck: a fee that is withheld is a sale of its own.
        "amount" amount: Option<Money> = 1043, Rule::ANY;
    }
}

impl Operation {
    /// The operation that undoes this one.
    pub const fn opposite(self) -> Self {
        match self {
            Self::Income => Self::IncomeReturn,
            Self::IncomeReturn => Self::Income,
            Self::Expense => Self::ExpenseReturn,
            Self::ExpenseReturn => Self::Expense,
        }
    }
}

/// What is left of a line to give back.
#[derive(Debug, Clone, Copy)]
struct Left {
    quantity: Quantity,
    amount: Money,
    excise: Money,
}

const NONE: Quantity = Quantity::from_millionths(0);

impl Left {
    /// What a quantity of it is worth: its part of what is left, so the last piece takes the last kopeck.
    fn worth(self, quantity: Quantity) -> Money {
        part_of(self.amount, quantity, self.quantity)
    }

    fn take(&mut self, quantity: Quantity, amount: Money) -> Money {
        let excise = part_of(self.excise, quantity, self.quantity);
        self.quantity = Quantity::from_millionths((self.quantity.millionths() - quantity.millionths()).max(0));
        self.amount = self.amount - amount;
        self.excise = self.excise - excise;
        excise
    }
}

/// A part of a line that goes back.
struct Back {
    item: usize,
    /// Of how many: the goods that come back, or those that stay and become cheaper.
    quantity: Quantity,
    goods: bool,
    amount: Money,
    excise: Money,
}

/// Makes the receipt that gives back a sale or a part of it: the opposite operation, the VAT rates of the sale whatever
/// today's are, its agents, suppliers and, where goods come back, their marks.
///
/// A price reduction has the quantity that the buyer keeps, at the difference of the price; it carries no mark and no
/// excise, since the goods do not come back. That is how earlier ones are told from returns, in whatever order they come;
/// of goods that are alike in all but their price, a reduction is counted where most is left.
///
/// # Errors
/// `exceeds_original` for more than is left, `not_of_original` for an earlier refund of something else,
/// `payments_mismatch` for payments that are not the sum given back, `total_not_positive` when nothing would be.
///
/// ```
/// use chek54::{CheckOptions, RefundLine, RefundOptions, parse_receipt, refund_receipt};
/// let sale = r#"{"operation":"income","items":[{"name":"Tea","price":"67.00","quantity":3,"vat":"vat22"}]}"#;
/// let sale = parse_receipt(sale, &CheckOptions::default())?;
/// let one = RefundLine { item: 0, quantity: Some("1".parse().unwrap()), amount: None };
/// let refund = refund_receipt(&sale, &RefundOptions { lines: Some(vec![one]), ..Default::default() })?;
/// assert_eq!(refund.operation, chek54::Operation::IncomeReturn);
/// assert_eq!(refund.total().to_string(), "67.00");
/// # Ok::<(), chek54::ReceiptError>(())
/// ```
pub fn refund_receipt(sale: &Receipt, options: &RefundOptions) -> Result<Receipt, ReceiptError> {
    let mut findings = Findings::default();
    if sale.items.is_empty() {
        return Err(ReceiptError::one(IssueCode::Required, &Trail::ROOT.key("items"), 1059, |_| {}));
    }
    let excise = |item: &Item| item.excise.unwrap_or_default();
    let left = |item: &Item| Left { quantity: item.quantity, amount: item.amount, excise: excise(item) };
    let mut left: Vec<_> = sale.items.iter().map(left).collect();
    let (mut purse, mut cards) = (Purse::of(sale), sale.cashless.clone().unwrap_or_default());
    let before = options.earlier.as_deref().unwrap_or_default();
    earlier::count(sale, before, &mut left, &mut findings);
    for refund in before {
        purse.take(&refund.payments);
        earlier::charge(&mut cards, refund);
    }
    findings.fail()?;
    let back = what(&mut left, options, &mut findings);
    findings.fail()?;

    let pricing = Pricing::of(&sale.items);
    let items: Vec<Item> = back.iter().flat_map(|back| lines(&sale.items[back.item], back, pricing)).collect();
    let total: Money = items.iter().map(|item| item.amount).sum();
    if total <= Money::ZERO {
        let issue = findings.add(IssueCode::TotalNotPositive, &Trail::ROOT, 1020);
        issue.show("total", &total);
    }
    let mut refund = sale.bare();
    if let Some(payments) = &options.payments {
        mismatch(total, payments, &mut findings);
        refund.cashless = crate::spread::cashless(&mut cards, payments.electronic);
        (refund.items, refund.payments) = (items, payments.clone());
    } else {
        refund = refund.with_items(items, &mut purse, &mut cards);
    }
    findings.fail()?;
    refund.operation = sale.operation.opposite();
    refund.correction = None;
    Ok(refund)
}

/// Finds payments that are not the total.
pub(crate) fn mismatch(total: Money, payments: &Payments, findings: &mut Findings) {
    let paid = payments.total();
    if paid != total {
        let issue = findings.add(IssueCode::PaymentsMismatch, &Trail::ROOT.key("payments"), 1020);
        issue.show("paid", &paid).show("total", &total).show("difference", &(paid - total));
    }
}

fn exceeds(findings: &mut Findings, at: &Trail<'_>, wanted: &dyn std::fmt::Display, left: &dyn std::fmt::Display) {
    findings.add(IssueCode::ExceedsOriginal, at, 0).show("value", wanted).show("left", left);
}

/// What goes back now, taken out of what is left.
fn what(left: &mut [Left], options: &RefundOptions, findings: &mut Findings) -> Vec<Back> {
    let rest: Money = left.iter().map(|line| line.amount).sum();
    let root = Trail::ROOT;
    if rest <= Money::ZERO {
        findings.add(IssueCode::NothingLeft, &root, 0);
        return Vec::new();
    }
    match (&options.lines, options.amount) {
        (Some(lines), None) => {
            let list = root.key("lines");
            if lines.is_empty() {
                findings.add(IssueCode::Required, &list, 0);
            }
            let some = lines.iter().enumerate();
            some.filter_map(|(at, line)| of_line(left, line, findings, &list.index(at))).collect()
        }
        (Some(_), Some(amount)) => {
            let issue = findings.add(IssueCode::InvalidOption, &root.key("amount"), 0);
            issue.with("option", "amount").show("value", &amount).with("expected", "lines | amount");
            Vec::new()
        }
        (None, Some(amount)) if amount > rest => {
            exceeds(findings, &root.key("amount"), &amount, &rest);
            Vec::new()
        }
        (None, Some(amount)) if amount <= Money::ZERO => {
            above_zero(findings, &root.key("amount"), &amount);
            Vec::new()
        }
        (None, Some(amount)) if amount < rest => {
            let weights: Vec<_> = left.iter().map(|line| line.amount.kopecks()).collect();
            let shares = spread(amount.kopecks(), &weights, &weights).unwrap_or_default();
            let paid = shares.into_iter().enumerate().filter(|(_, share)| *share > 0);
            paid.map(|(item, share)| reduction(item, &mut left[item], Money::from_kopecks(share))).collect()
        }
        _ => {
            let there = |line: &&mut Left| line.quantity > NONE || line.amount > Money::ZERO;
            let all = left.iter_mut().enumerate().filter(|(_, line)| there(line));
            all.map(|(item, line)| goods(item, line, line.quantity, line.amount)).collect()
        }
    }
}

fn above_zero(findings: &mut Findings, at: &Trail<'_>, value: &dyn std::fmt::Display) {
    findings.add(IssueCode::OutOfRange, at, 0).show("value", value).with("above", "0");
}

fn goods(item: usize, left: &mut Left, quantity: Quantity, amount: Money) -> Back {
    // Where only money is left of the line, it goes back as such.
    let goods = left.quantity > NONE;
    let excise = left.take(quantity, amount);
    Back { item, quantity: if goods { quantity } else { Quantity::ONE }, goods, amount, excise }
}

fn reduction(item: usize, left: &mut Left, amount: Money) -> Back {
    // What would take all of a line is its return.
    if amount >= left.amount {
        return goods(item, left, left.quantity, amount);
    }
    let quantity = if left.quantity > NONE { left.quantity } else { Quantity::ONE };
    left.amount = left.amount - amount;
    Back { item, quantity, goods: false, amount, excise: Money::ZERO }
}

fn of_line(left: &mut [Left], line: &RefundLine, findings: &mut Findings, at: &Trail<'_>) -> Option<Back> {
    let known = left.len();
    let item = usize::try_from(line.item).ok().filter(|item| *item < known);
    let Some(item) = item else {
        let issue = findings.add(IssueCode::OutOfRange, &at.key("item"), 0).show("value", &line.item);
        issue.with("min", "0").show("max", &known.saturating_sub(1));
        return None;
    };
    let rest = &mut left[item];
    if let Some(quantity) = line.quantity.filter(|quantity| *quantity > rest.quantity || *quantity <= NONE) {
        let here = at.key("quantity");
        if quantity <= NONE {
            above_zero(findings, &here, &quantity);
        } else {
            exceeds(findings, &here, &quantity, &rest.quantity);
        }
        return None;
    }
    let here = at.key("amount");
    if let Some(amount) = line.amount.filter(|amount| *amount > rest.amount || *amount <= Money::ZERO) {
        if amount <= Money::ZERO {
            above_zero(findings, &here, &amount);
        } else {
            exceeds(findings, &here, &amount, &rest.amount);
        }
        return None;
    }
    match (line.quantity, line.amount) {
        (None, Some(amount)) if amount < rest.amount => Some(reduction(item, rest, amount)),
        (Some(quantity), Some(amount)) if (rest.worth(quantity) - amount).kopecks().abs() > 1 => {
            let issue = findings.add(IssueCode::AmountMismatch, &here, 1043);
            issue.show("amount", &amount).show("expected", &rest.worth(quantity));
            None
        }
        (quantity, amount) => {
            let quantity = quantity.unwrap_or(rest.quantity);
            let amount = amount.unwrap_or_else(|| rest.worth(quantity));
            if rest.quantity <= NONE && amount <= Money::ZERO {
                exceeds(findings, at, &"1", &rest.quantity);
                return None;
            }
            Some(goods(item, rest, quantity, amount))
        }
    }
}

/// The lines of the refund.
fn lines(sold: &Item, back: &Back, pricing: Pricing) -> Vec<Item> {
    let excise = sold.excise.and(Some(back.excise)).filter(|_| back.goods);
    let mut line = Item { quantity: back.quantity, amount: back.amount, excise, ..sold.clone() };
    if back.goods {
        return priced_anyhow(&line, back.amount, pricing);
    }
    line.mark = None;
    line.object = without_mark(sold.object);
    // The price of a reduction is a difference: no list has it.
    priced_anyhow(&line, back.amount, if pricing == Pricing::List { Pricing::Net } else { pricing })
}

/// The subject of goods whose mark is not named.
fn without_mark(object: PaymentObject) -> PaymentObject {
    match object {
        PaymentObject::CommodityMarked => PaymentObject::CommodityUnmarked,
        PaymentObject::ExciseMarked => PaymentObject::ExciseUnmarked,
        other => other,
    }
}
