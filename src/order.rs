//! A shop's order becomes a receipt: discounts and what was really paid are spread over the lines to the kopeck.

use crate::check::Check;
#[cfg(doc)]
use crate::check_receipt;
use crate::draft::{self, Purpose};
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Step, Trail};
use crate::json::{Json, MAX_BYTES, unmarked};
use crate::money::{AmountError, Money, Percent, Quantity};
use crate::nearest::nearest;
use crate::options::CheckOptions;
use crate::price::{Pricing, divides, priced};
use crate::provider::Provider;
use crate::receipt::{Item, Payments, Receipt};
use crate::record::OwnRecord;
use crate::spread::spread;
use std::borrow::Cow;

/// What is taken off a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// A part of it, 0..=100 %.
    Percent(Percent),
    /// So many roubles of it.
    Amount(Money),
}

/// An order at list prices, and what was taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The receipt without any discount. Of its payments `prepaid`, `credit` and `provision` are paid besides what is
    /// paid now; `cash` and `electronic` say how that is paid (default: electronically).
    pub receipt: Receipt,
    /// The discounts of single items, in their order; a shorter list says nothing of the rest.
    pub discounts: Vec<Option<Discount>>,
    /// The discount of the order: it falls on the items, not on the delivery.
    pub discount: Option<Discount>,
    /// The delivery, which becomes the last item, and a discount of its own.
    pub delivery: Option<(Item, Option<Discount>)>,
    /// What the customer really paid now. The difference falls on the items and, only if they cannot carry it, on the
    /// delivery. More than the order costs it may be by the kopecks of rounding alone: one for each piece.
    pub paid: Option<Money>,
}

/// A receipt made of an order, and what was done to each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The receipt.
    pub receipt: Receipt,
    /// Line by line, the delivery last.
    pub lines: Vec<OrderLine>,
    /// What the check of the receipt warns of, at the places of the order.
    pub issues: Vec<Issue>,
}

/// What was done to a line of an order. `listed - own - shared - settled` is `amount`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Which item of the order; none for the delivery.
    pub item: Option<usize>,
    /// What it costs without discounts.
    pub listed: Money,
    /// Its own discount.
    pub own: Money,
    /// Its share of the order's discount.
    pub shared: Money,
    /// Its share of the difference to what was paid; below zero where more was paid.
    pub settled: Money,
    /// What is paid for it. Tag 1043.
    pub amount: Money,
    /// Its items in the receipt: the first, and how many. More than one where no single price gives the amount.
    pub items: (usize, usize),
}

/// A line on its way.
struct Line {
    item: Item,
    told: OrderLine,
}

impl Line {
    fn left(&self) -> i64 {
        self.told.amount.kopecks()
    }

    /// How much more can be taken off: a line that is paid stays one.
    fn room(&self, pricing: Pricing) -> i64 {
        if self.left() == 0 { 0 } else { (self.left() - pricing.floor(self.item.quantity)).max(0) }
    }
}

/// Makes the receipt of an order, checked by `options`.
///
/// Sums are spread by largest remainder in proportion to the lines: they close to the kopeck, and no line goes below
/// 0.01 (where prices have to fit, below a kopeck for each piece). A line given as free, or with a discount of 100 %,
/// stays free; 100 % off the order makes all items free where a delivery is paid for. Paybox takes exact prices alone, so for it [`Pricing::Net`] means [`Pricing::Exact`].
///
/// # Errors
/// All that [`check_receipt`] finds in the result, at the places of the order, and before that `discount_too_large`
/// for what the lines cannot carry and `payments_mismatch` for payments that are not the total.
///
/// ```
/// use chek54::{CheckOptions, Order, Pricing, build_receipt};
/// let order = Order::read(r#"{"operation":"income","discount":"10%","items":[
///     {"name":"Tea","price":"33.33","quantity":3,"vat":"vat22"}, {"name":"Cup","price":"250","quantity":1,"vat":"vat22"}
/// ]}"#)?;
/// let built = build_receipt(&order, Pricing::Net, &CheckOptions::default())?;
/// let amounts: Vec<_> = built.receipt.items.iter().map(|item| item.amount.to_string()).collect();
/// assert_eq!(amounts, ["89.99", "225.00"]);
/// # Ok::<(), chek54::ReceiptError>(())
/// ```
pub fn build_receipt(order: &Order, pricing: Pricing, options: &CheckOptions) -> Result<Built, ReceiptError> {
    let exact = options.provider == Some(Provider::Paybox) && pricing == Pricing::Net;
    let pricing = if exact { Pricing::Exact } else { pricing };
    let mut findings = Findings::default();
    order.amounts(options, &mut findings);
    findings.fail()?;
    let mut lines = order.lines(pricing, &mut findings);
    findings.fail()?;
    order.take_off(&mut lines, pricing, &mut findings);
    findings.fail()?;
    order.meet_paid(&mut lines, pricing, &mut findings);
    findings.fail()?;
    fit_marked(&mut lines, pricing, &mut findings);
    findings.fail()?;
    let mut built = Built { receipt: order.receipt.bare(), lines: Vec::new(), issues: Vec::new() };
    built.receipt.cashless = order.receipt.cashless.clone();
    for Line { item, mut told } in lines {
        let Some(parts) = priced(&item, told.amount, pricing) else {
            let issue = findings.add(IssueCode::AmountMismatch, &Trail::ROOT.key("items"), 1043);
            issue.with("amount", told.amount.to_string()).with("expected", told.listed.to_string());
            continue;
        };
        told.items = (built.receipt.items.len(), parts.len());
        built.receipt.items.extend(parts);
        built.lines.push(told);
    }
    findings.fail()?;
    built.receipt.payments = order.payments(built.receipt.total(), &mut findings);
    findings.fail()?;
    let Check { ok, mut issues, .. } = built.receipt.check(options);
    issues.iter_mut().for_each(|issue| built.place_in_order(&mut issue.path));
    if !ok {
        return Err(ReceiptError { issues });
    }
    built.issues = issues;
    Ok(built)
}

impl Built {
    /// Names the line of the order instead of the item that it became.
    fn place_in_order(&self, path: &mut Vec<Step>) {
        let [Step::Key(list), Step::Index(index), ..] = path.as_slice() else { return };
        let of = |line: &&OrderLine| (line.items.0..line.items.0 + line.items.1).contains(index);
        if list != "items" {
            return;
        }
        match self.lines.iter().find(of).map(|line| line.item) {
            Some(Some(item)) => path[1] = Step::Index(item),
            Some(None) => drop(path.splice(..2, [Step::Key("delivery".into())])),
            None => {}
        }
    }
}

/// Finds a discount that is greater than what can be taken off.
fn too_large(findings: &mut Findings, at: &Trail<'_>, discount: i64, most: i64) {
    let issue = findings.add(IssueCode::DiscountTooLarge, at, 0);
    issue.with("discount", Money::from_kopecks(discount).to_string());
    issue.with("most", Money::from_kopecks(most).to_string());
}

impl Discount {
    /// What it is of a sum.
    fn of(self, sum: Money) -> Money {
        match self {
            Self::Percent(percent) => sum.percent(percent).unwrap_or(sum),
            Self::Amount(amount) => amount,
        }
    }

    fn is_all(self, sum: Money) -> bool {
        match self {
            Self::Percent(percent) => percent >= Percent::HUNDRED,
            Self::Amount(amount) => amount >= sum,
        }
    }
}

impl Order {
    /// The lines with their own discounts taken off.
    fn lines(&self, pricing: Pricing, findings: &mut Findings) -> Vec<Line> {
        let root = Trail::ROOT;
        let list = root.key("items");
        let mut lines = Vec::new();
        let given = self.receipt.items.iter().enumerate();
        for (at, item) in given {
            let discount = self.discounts.get(at).copied().flatten();
            let here = list.index(at);
            lines.push(line(item, Some(at), discount, pricing, findings, &here));
        }
        if let Some((item, discount)) = &self.delivery {
            lines.push(line(item, None, *discount, pricing, findings, &root.key("delivery")));
        }
        lines
    }

    /// An amount that is given is price x quantity, as on a receipt; CloudKassir takes lower ones.
    fn amounts(&self, options: &CheckOptions, findings: &mut Findings) {
        let root = Trail::ROOT;
        let list = root.key("items");
        let lower = options.provider == Some(Provider::CloudKassir);
        let delivery = self.delivery.iter().map(|(item, _)| (item, None));
        for (item, at) in self.receipt.items.iter().zip((0..).map(Some)).chain(delivery) {
            let product = item.price.times(item.quantity).unwrap_or(Money::MAX);
            if (product - item.amount).kopecks().abs() > 1 && !(lower && item.amount < product) {
                let here = at.map_or(root.key("delivery"), |at| list.index(at));
                let issue = findings.add(IssueCode::AmountMismatch, &here.key("amount"), 1043);
                issue.show("amount", &item.amount).show("expected", &product);
            }
        }
    }

    /// Takes off the discount of the order.
    fn take_off(&self, lines: &mut [Line], pricing: Pricing, findings: &mut Findings) {
        let Some(discount) = self.discount else { return };
        let items: Vec<&mut Line> = lines.iter_mut().filter(|line| line.told.item.is_some()).collect();
        let sum = items.iter().map(|line| line.told.amount).sum();
        let off = discount.of(sum).kopecks();
        if discount == Discount::Percent(Percent::HUNDRED) && self.delivery.is_some() {
            for line in items {
                (line.told.shared, line.told.amount) = (line.told.amount, Money::ZERO);
            }
            return;
        }
        let room: i64 = items.iter().map(|line| line.room(pricing)).sum();
        let rooms = |line: &&mut Line| line.room(pricing);
        let Some(shares) = spread(off, &lefts(&items), &items.iter().map(rooms).collect::<Vec<_>>()) else {
            too_large(findings, &Trail::ROOT.key("discount"), off, room);
            return;
        };
        for (line, share) in items.into_iter().zip(shares) {
            line.told.shared = Money::from_kopecks(share);
            line.told.amount = line.told.amount - line.told.shared;
        }
    }

    /// Brings the sum of the lines to what was paid.
    fn meet_paid(&self, lines: &mut [Line], pricing: Pricing, findings: &mut Findings) {
        let Some(paid) = self.paid else { return };
        let at = Trail::ROOT.key("paid");
        if paid < Money::ZERO {
            out_of_range(findings, &at, &paid.to_string(), &Money::MAX.to_string());
            return;
        }
        let Payments { prepaid, credit, provision, .. } = &self.receipt.payments;
        let besides: Money = [prepaid, credit, provision].into_iter().flatten().copied().sum();
        let total: Money = lines.iter().map(|line| line.told.amount).sum();
        let off = (total - paid - besides).kopecks();
        let goods = |line: &Line| line.told.item.is_some();
        if off < 0 {
            // A price of thirds: three at 33.33 are paid with 100. What is free weighs nothing, and stays free.
            let pieces = |line: &Line| match pricing {
                Pricing::List => 1,
                _ => (line.item.quantity.millionths() + 999_999) / 1_000_000,
            };
            let caps: Vec<_> = lines.iter().map(pieces).collect();
            match spread(-off, &lefts(lines), &caps) {
                Some(shares) => settle(lines, &shares, -1),
                None => {
                    let issue = findings.add(IssueCode::PaymentsMismatch, &at, 0);
                    issue.with("paid", (paid + besides).to_string()).with("total", total.to_string());
                    issue.with("difference", Money::from_kopecks(-off).to_string());
                }
            }
            return;
        }
        let room = |of: &dyn Fn(&Line) -> bool| -> Vec<i64> {
            lines.iter().map(|line| if of(line) { line.room(pricing) } else { 0 }).collect()
        };
        let (items, delivery) = (room(&goods), room(&|line| !goods(line)));
        let (most, more): (i64, i64) = (items.iter().sum(), delivery.iter().sum());
        let first = off.min(most);
        let shares = [(first, items), (off - first, delivery)].map(|(sum, caps)| spread(sum, &lefts(lines), &caps));
        match shares {
            [Some(on_items), Some(on_delivery)] => {
                settle(lines, &on_items, 1);
                settle(lines, &on_delivery, 1);
            }
            _ => too_large(findings, &at, off, most + more),
        }
    }

    /// The payments of a total: what is paid besides, and the rest now.
    fn payments(&self, total: Money, findings: &mut Findings) -> Payments {
        let mut payments = self.receipt.payments.clone();
        let given = payments.total();
        // What nothing is said of is electronic.
        if payments.electronic.is_none() && given < total {
            payments.electronic = Some(total - given);
        } else {
            crate::refund::mismatch(total, &payments, findings);
        }
        payments
    }
}

fn lefts(lines: &[impl std::borrow::Borrow<Line>]) -> Vec<i64> {
    lines.iter().map(|line| line.borrow().left()).collect()
}

fn settle(lines: &mut [Line], shares: &[i64], sign: i64) {
    for (line, share) in lines.iter_mut().zip(shares) {
        let share = Money::from_kopecks(share * sign);
        line.told.settled = line.told.settled + share;
        line.told.amount = line.told.amount - share;
    }
}

/// A line with its own discount taken off.
fn line(
    item: &Item,
    at: Option<usize>,
    discount: Option<Discount>,
    pricing: Pricing,
    findings: &mut Findings,
    here: &Trail<'_>,
) -> Line {
    let listed = item.amount;
    let mut own = discount.map_or(Money::ZERO, |discount| discount.of(listed));
    let all = discount.is_some_and(|discount| discount.is_all(listed));
    let most = (listed.kopecks() - pricing.floor(item.quantity)).max(0);
    if own > listed {
        too_large(findings, &here.key("discount"), own.kopecks(), listed.kopecks());
    } else if !all && own.kopecks() > most {
        // Rounding must not make a line free that is not.
        let rounded = own.kopecks() - most <= 1 && matches!(discount, Some(Discount::Percent(_)));
        if rounded {
            own = Money::from_kopecks(most);
        } else {
            too_large(findings, &here.key("discount"), own.kopecks(), most);
        }
    }
    let zero = Money::ZERO;
    let told = OrderLine { item: at, listed, own, shared: zero, settled: zero, amount: listed - own, items: (0, 0) };
    Line { item: item.clone(), told }
}

/// A line with a mark is not divided: kopecks that no price of it can hold go to a line that can hold them.
fn fit_marked(lines: &mut [Line], pricing: Pricing, findings: &mut Findings) {
    for at in 0..lines.len() {
        let Line { item, told } = &lines[at];
        if item.mark.is_none() || priced(item, told.amount, pricing).is_some() {
            continue;
        }
        let each = told.amount.share(Quantity::ONE.millionths(), item.quantity.millionths()).unwrap_or(told.amount);
        let fits = [each, each - Money::from_kopecks(1)].into_iter().filter_map(|price| price.times(item.quantity));
        let below = fits.filter(|sum| *sum <= told.amount && *sum > Money::ZERO).max();
        let Some(below) = below else { continue };
        let over = told.amount - below;
        let takes = |other: &usize| *other != at && lines[*other].left() > 0 && divides_or_is_one(&lines[*other].item);
        let Some(other) = (0..lines.len()).find(takes) else {
            let root = Trail::ROOT;
            let list = root.key("items");
            let issue = findings.add(IssueCode::AmountMismatch, &list.index(at).key("amount"), 1043);
            issue.with("amount", told.amount.to_string()).with("expected", below.to_string());
            continue;
        };
        for (line, share) in [(at, over), (other, -over)] {
            lines[line].told.settled = lines[line].told.settled + share;
            lines[line].told.amount = lines[line].told.amount - share;
        }
    }
}

fn divides_or_is_one(item: &Item) -> bool {
    item.quantity <= Quantity::ONE || divides(item)
}

/// The fields of an order beyond those of a receipt.
const OWN: [&str; 3] = ["discount", "delivery", "paid"];

impl Order {
    /// Reads an order from JSON text: `Order` of the TypeScript declarations.
    ///
    /// # Errors
    /// All that is wrong with its shape, at once.
    pub fn read(text: &str) -> Result<Self, ReceiptError> {
        let mut findings = Findings::default();
        let order = if text.len() > MAX_BYTES { None } else { Json::parse(unmarked(text)).ok() };
        let Some(Json::Object(mut members)) = order else {
            // No object at all: the reader of receipts says what it is.
            draft::read(text, &mut findings);
            // Of a text that breaks off, no field is said to be unknown.
            findings.only_unreadable();
            return Err(findings.error());
        };
        let root = Trail::ROOT;
        let mut own = OWN.map(|name| out(&mut members, name, &root, &mut findings));
        let [discount, delivery, paid] = &mut own;
        let mut discounts = Vec::new();
        if let Some((_, Json::Array(items))) = members.iter_mut().rev().find(|(name, _)| name == "items") {
            for (at, item) in items.iter_mut().enumerate() {
                let (list, mut given) = (root.key("items"), None);
                let here = list.index(at);
                if let Json::Object(members) = item {
                    given = out(members, "discount", &here, &mut findings);
                }
                discounts.push(take(given.as_ref(), &here.key("discount"), &mut findings));
            }
        }
        let discount = take(discount.as_ref(), &root.key("discount"), &mut findings);
        let paid = paid.as_ref().and_then(|paid| sum(paid, &root.key("paid"), &mut findings));
        let of_delivery = match delivery {
            Some(Json::Object(members)) => {
                let given = out(members, "discount", &root.key("delivery"), &mut findings);
                take(given.as_ref(), &root.key("delivery").key("discount"), &mut findings)
            }
            _ => None,
        };
        // Read as one item more, and found at its own place.
        let items = members.iter_mut().rev().find_map(|(name, value)| match value {
            Json::Array(items) if name == "items" => Some(items),
            _ => None,
        });
        let mut delivered = false;
        if let (Some(delivery), Some(items)) = (delivery.take(), items) {
            items.push(delivery);
            delivered = true;
        }
        let mut receipt = draft::receipt(&Json::Object(members).to_string(), Purpose::Order, &mut findings);
        let last = receipt.as_ref().map_or(discounts.len(), |receipt| receipt.items.len().saturating_sub(1));
        let mut issues = findings.settle(Receipt::SHAPE, &|_| None, usize::MAX).0;
        for issue in &mut issues {
            rename(issue, if delivered { last } else { usize::MAX });
        }
        match receipt.as_mut() {
            Some(_) if issues.iter().any(|issue| issue.severity == crate::Severity::Error) => {}
            Some(receipt) => {
                let delivery = if delivered { receipt.items.pop().map(|item| (item, of_delivery)) } else { None };
                return Ok(Self { receipt: receipt.clone(), discounts, discount, delivery, paid });
            }
            None => {}
        }
        Err(ReceiptError { issues })
    }
}

/// A finding in the words of the order.
fn rename(issue: &mut crate::Issue, delivery: usize) {
    let own: &[&str] = match issue.path.len() {
        1 => &OWN,
        3 => &["discount"],
        _ => &[],
    };
    if issue.code == IssueCode::UnknownField
        && let Some(Step::Key(key)) = issue.path.last()
        && let Some(meant) = nearest(key, own).filter(|meant| meant != key)
    {
        issue.params.retain(|(name, _)| *name != "suggestion");
        issue.with("suggestion", meant);
    }
    if matches!(issue.path.as_slice(), [Step::Key(list), Step::Index(at), ..] if list == "items" && *at == delivery) {
        issue.path.splice(..2, [Step::Key("delivery".into())]);
    }
}

/// Takes a member out; of a repeated one the last counts, as in a receipt.
fn out<'a>(
    members: &mut Vec<(Cow<'a, str>, Json<'a>)>,
    name: &str,
    at: &Trail<'_>,
    findings: &mut Findings,
) -> Option<Json<'a>> {
    let mut found = None;
    members.retain_mut(|(key, value)| {
        let own = key == name;
        if own && found.replace(std::mem::replace(value, Json::Null)).is_some() {
            findings.add(IssueCode::DuplicateField, &at.key(name), 0);
        }
        !own
    });
    found.filter(|value| *value != Json::Null)
}

/// The forms of a discount.
const FORMS: &str = "\"10%\", 100, {percent}, {amount}";

/// A discount as callers write it.
fn take(given: Option<&Json<'_>>, at: &Trail<'_>, findings: &mut Findings) -> Option<Discount> {
    let given = given?;
    let amount = |value: &Json<'_>, at: &Trail<'_>, findings: &mut Findings| {
        let amount = sum(value, at, findings)?;
        if amount < Money::ZERO {
            out_of_range(findings, at, &amount.to_string(), &Money::MAX.to_string());
            return None;
        }
        Some(Discount::Amount(amount))
    };
    match given {
        Json::String(text) if text.trim_end().ends_with('%') => percent(text, at, findings),
        Json::Object(members) => match members.as_slice() {
            [(name, Json::String(value) | Json::Number(value))] if name == "percent" => {
                percent(value, &at.key("percent"), findings)
            }
            [(name, value)] if name == "amount" => amount(value, &at.key("amount"), findings),
            _ => wrong(given, at, FORMS, findings),
        },
        Json::String(_) | Json::Number(_) => amount(given, at, findings),
        _ => wrong(given, at, FORMS, findings),
    }
}

fn percent(text: &str, at: &Trail<'_>, findings: &mut Findings) -> Option<Discount> {
    match text.trim().parse::<Percent>() {
        Ok(percent) if !(Percent::ZERO..=Percent::HUNDRED).contains(&percent) => {
            out_of_range(findings, at, text, "100");
            None
        }
        Ok(percent) => Some(Discount::Percent(percent)),
        Err(_) => {
            let issue = findings.add(IssueCode::InvalidFormat, at, 0);
            issue.with("value", draft::excerpt(text)).with("expected", "\"10%\"");
            None
        }
    }
}

fn out_of_range(findings: &mut Findings, at: &Trail<'_>, value: &str, max: &str) {
    let issue = findings.add(IssueCode::OutOfRange, at, 0);
    issue.with("value", value.to_owned()).with("min", "0").with("max", max.to_owned());
}

fn wrong<T>(given: &Json<'_>, at: &Trail<'_>, expected: &'static str, findings: &mut Findings) -> Option<T> {
    // What JSON has no text for came in a mark of its own.
    let marked = given.get("\0chek54").and_then(Json::as_str).map(str::to_owned);
    let got = marked.unwrap_or_else(|| given.kind().name().to_owned());
    findings.add(IssueCode::InvalidType, at, 0).with("expected", expected).with("got", got);
    None
}

/// A sum of roubles.
fn sum(given: &Json<'_>, at: &Trail<'_>, findings: &mut Findings) -> Option<Money> {
    let (Json::Number(text) | Json::String(text)) = given else {
        return wrong(given, at, "string or number", findings);
    };
    let issue = match Money::read(text) {
        Ok(sum) => return Some(sum),
        Err(AmountError::Scale(scale)) => findings.add(IssueCode::InvalidScale, at, 0).with("scale", scale.to_string()),
        Err(AmountError::Range(max)) => findings.add(IssueCode::OutOfRange, at, 0).with("min", "0").with("max", max),
        Err(AmountError::Format) => findings.add(IssueCode::InvalidFormat, at, 0).with("expected", "\"100.00\""),
    };
    issue.with("value", draft::excerpt(text));
    None
}
