//! The return of a sale: whole, by lines and quantities, or in roubles; what went back before is counted, so that any
//! sequence of refunds ends exactly at the sale.

use crate::issue::{Findings, IssueCode, ReceiptError, Trail};
use crate::money::{Money, Quantity};
use crate::price::{Pricing, divides, part_of, priced};
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
        /// So many roubles in all, over all lines: a price reduction, the goods stay.
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
        /// How many roubles. Without a quantity it is a price reduction, unless it is all that is left.
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
}

impl Left {
    /// What a quantity of it is worth: the last piece takes the last kopeck.
    fn worth(self, quantity: Quantity) -> Money {
        if quantity >= self.quantity { self.amount } else { part_of(self.amount, quantity, self.quantity) }
    }

    fn take(&mut self, quantity: Quantity, amount: Money) {
        self.quantity = Quantity::from_millionths(self.quantity.millionths() - quantity.millionths());
        self.amount = self.amount - amount;
    }
}

/// A part of a line that goes back: goods, or with no quantity only money.
struct Back {
    item: usize,
    quantity: Option<Quantity>,
    amount: Money,
}

/// Makes the receipt that gives back a sale or a part of it: the opposite operation, the VAT rates of the sale whatever
/// today's are, its agents, suppliers and, where goods come back, their marks.
///
/// A price reduction keeps the quantity and has the price of the difference; where that is no round price, it is one
/// of the difference. It carries no mark, since the goods do not come back.
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
    let mut left: Vec<_> =
        sale.items.iter().map(|item| Left { quantity: item.quantity, amount: item.amount }).collect();
    let mut purse = Purse::of(&sale.payments);
    for (at, refund) in options.earlier.iter().flatten().enumerate() {
        count(sale, refund, &mut left, &mut findings, &Trail::ROOT.key("earlier").index(at));
        purse.take(&refund.payments);
    }
    let back = what(&mut left, options, &mut findings);
    findings.fail()?;

    let pricing = Pricing::of(&sale.items);
    let items: Vec<Item> = back.iter().flat_map(|back| lines(&sale.items[back.item], back, pricing)).collect();
    let total: Money = items.iter().map(|item| item.amount).sum();
    if total <= Money::ZERO {
        findings.add(IssueCode::TotalNotPositive, &Trail::ROOT, 1020).with("total", total.to_string());
        findings.fail()?;
    }
    let mut cards = sale.cashless.clone().unwrap_or_default();
    let mut refund = Receipt { correction: None, ..sale.with_items(items, &mut purse, &mut cards) };
    refund.operation = sale.operation.opposite();
    if let Some(payments) = &options.payments {
        refund.payments = payments.clone();
        mismatch(total, payments, &mut findings);
        refund.cashless = crate::spread::cashless(&mut sale.cashless.clone().unwrap_or_default(), payments.electronic);
    }
    findings.fail()?;
    Ok(refund)
}

/// Finds payments that are not the total.
pub(crate) fn mismatch(total: Money, payments: &Payments, findings: &mut Findings) {
    let paid = Money::from_kopecks(Purse::of(payments).total());
    if paid != total {
        let issue = findings.add(IssueCode::PaymentsMismatch, &Trail::ROOT.key("payments"), 1020);
        issue.with("paid", paid.to_string()).with("total", total.to_string());
        issue.with("difference", (paid - total).to_string());
    }
}

fn exceeds(findings: &mut Findings, at: &Trail<'_>, wanted: impl ToString, left: impl ToString) {
    findings.add(IssueCode::ExceedsOriginal, at, 0).with("value", wanted.to_string()).with("left", left.to_string());
}

/// Counts a refund that was made before.
fn count(sale: &Receipt, refund: &Receipt, left: &mut [Left], findings: &mut Findings, at: &Trail<'_>) {
    if refund.operation != sale.operation.opposite() {
        let issue = findings.add(IssueCode::InvalidValue, &at.key("operation"), 1054);
        issue.with("value", format!("\"{}\"", crate::Term::name(refund.operation)));
        issue.with("expected", crate::Term::name(sale.operation.opposite()));
    }
    let list = at.key("items");
    for (index, item) in refund.items.iter().enumerate() {
        let same = |at: &usize| same_goods(&sale.items[*at], item);
        // Of equal goods the line whose price comes nearest and that has enough left.
        let off = |at: &usize| (left[*at].worth(item.quantity) - item.amount).kopecks().abs();
        let holds = |at: &usize| item.amount <= left[*at].amount;
        let Some(of) = (0..left.len()).filter(same).filter(holds).min_by_key(off) else {
            let here = list.index(index);
            match (0..left.len()).find(same) {
                Some(of) => exceeds(findings, &here.key("amount"), item.amount, left[of].amount),
                None => {
                    findings.add(IssueCode::NotOfOriginal, &here, 1059).with("value", item.name.clone());
                }
            }
            continue;
        };
        // Less than so many are worth is a price reduction: the goods stayed. A kopeck for each is rounding: of a line
        // that was divided, one part has the lower price.
        let rounding = item.quantity.millionths() / Quantity::ONE.millionths() + 2;
        let worth = left[of].worth(item.quantity);
        let goods = item.quantity <= left[of].quantity && (worth - item.amount).kopecks() <= rounding;
        left[of].take(if goods { item.quantity } else { Quantity::from_millionths(0) }, item.amount);
    }
}

/// Whether a line of a refund is of the goods of a line of the sale.
fn same_goods(sold: &Item, back: &Item) -> bool {
    let code = |item: &Item| item.mark.as_ref().map(|mark| (mark.code.clone(), mark.hex.clone()));
    sold.name == back.name
        && sold.vat == back.vat
        && sold.method == back.method
        && (sold.object == back.object || without_mark(sold.object) == back.object)
        && (back.mark.is_none() || code(sold) == code(back))
}

/// What goes back now, taken out of what is left.
fn what(left: &mut [Left], options: &RefundOptions, findings: &mut Findings) -> Vec<Back> {
    let rest: Money = left.iter().map(|line| line.amount).sum();
    let all = |(item, line): (usize, &mut Left)| {
        let back = Back { item, quantity: Some(line.quantity), amount: line.amount };
        (line.quantity.millionths() > 0 || line.amount > Money::ZERO).then_some(back)
    };
    let root = Trail::ROOT;
    match (&options.lines, options.amount) {
        (Some(lines), None) => {
            let list = root.key("lines");
            let some = lines.iter().enumerate();
            some.filter_map(|(at, line)| of_line(left, line, findings, &list.index(at))).collect()
        }
        (Some(_), Some(amount)) => {
            let issue = findings.add(IssueCode::InvalidOption, &root.key("amount"), 0);
            issue.with("option", "amount").with("value", amount.to_string()).with("expected", "lines | amount");
            Vec::new()
        }
        (None, Some(amount)) if amount > rest || amount <= Money::ZERO => {
            exceeds(findings, &root.key("amount"), amount, rest);
            Vec::new()
        }
        (None, Some(amount)) if amount < rest => {
            let weights: Vec<_> = left.iter().map(|line| line.amount.kopecks()).collect();
            let shares = spread(amount.kopecks(), &weights, &weights).unwrap_or_default();
            let paid = shares.into_iter().enumerate().filter(|(_, share)| *share > 0);
            paid.map(|(item, share)| Back { item, quantity: None, amount: Money::from_kopecks(share) }).collect()
        }
        _ => {
            if rest <= Money::ZERO {
                exceeds(findings, &root, rest, rest);
            }
            left.iter_mut().enumerate().filter_map(all).collect()
        }
    }
}

fn of_line(left: &mut [Left], line: &RefundLine, findings: &mut Findings, at: &Trail<'_>) -> Option<Back> {
    let known = left.len();
    let item = usize::try_from(line.item).ok().filter(|item| *item < known);
    let Some(item) = item else {
        let issue = findings.add(IssueCode::OutOfRange, &at.key("item"), 0).with("value", line.item.to_string());
        issue.with("min", "0").with("max", known.saturating_sub(1).to_string());
        return None;
    };
    let rest = &mut left[item];
    if let Some(quantity) = line.quantity.filter(|quantity| *quantity > rest.quantity || quantity.millionths() <= 0) {
        exceeds(findings, &at.key("quantity"), quantity, rest.quantity);
        return None;
    }
    if let Some(amount) = line.amount.filter(|amount| *amount > rest.amount || *amount <= Money::ZERO) {
        exceeds(findings, &at.key("amount"), amount, rest.amount);
        return None;
    }
    let (quantity, amount) = match (line.quantity, line.amount) {
        (None, Some(amount)) if amount < rest.amount => (None, amount),
        (quantity, amount) => {
            let quantity = quantity.unwrap_or(rest.quantity);
            (Some(quantity), amount.unwrap_or_else(|| rest.worth(quantity)))
        }
    };
    if quantity.is_some_and(|quantity| quantity.millionths() == 0) && amount == Money::ZERO {
        exceeds(findings, at, rest.amount, rest.amount);
        return None;
    }
    rest.take(quantity.unwrap_or(Quantity::from_millionths(0)), amount);
    Some(Back { item, quantity, amount })
}

/// The lines of the refund.
fn lines(sold: &Item, back: &Back, pricing: Pricing) -> Vec<Item> {
    let excise = |sum: Money| sum.share(back.amount.kopecks(), sold.amount.kopecks()).unwrap_or(Money::ZERO);
    let mut line = Item { excise: sold.excise.map(excise), amount: back.amount, ..sold.clone() };
    // Goods of which all roubles but no pieces are left come back as roubles.
    if let Some(quantity) = back.quantity.filter(|quantity| quantity.millionths() > 0) {
        line.quantity = quantity;
        if let Some(lines) = priced(&line, back.amount, pricing) {
            return lines;
        }
        // Price reductions left less than a kopeck for each: one of them has it all.
        if divides(&line) {
            let rest = Quantity::from_millionths(quantity.millionths() - Quantity::ONE.millionths());
            let free = Item { quantity: rest, price: Money::ZERO, amount: Money::ZERO, excise: None, ..line.clone() };
            return vec![free, Item { quantity: Quantity::ONE, price: back.amount, ..line }];
        }
        // A mark is not divided: the price that comes nearest.
        line.price = back.amount.share(Quantity::ONE.millionths(), quantity.millionths()).unwrap_or(line.price);
        return vec![line];
    }
    line.mark = None;
    line.object = without_mark(sold.object);
    let each = back.amount.share(Quantity::ONE.millionths(), sold.quantity.millionths());
    match each.filter(|each| *each > Money::ZERO && each.times(sold.quantity) == Some(back.amount)) {
        Some(each) => line.price = each,
        None => (line.quantity, line.price) = (Quantity::ONE, back.amount),
    }
    vec![line]
}

/// The subject of goods whose mark is not named.
fn without_mark(object: PaymentObject) -> PaymentObject {
    match object {
        PaymentObject::CommodityMarked => PaymentObject::CommodityUnmarked,
        PaymentObject::ExciseMarked => PaymentObject::ExciseUnmarked,
        other => other,
    }
}
