//! Refunds that were made before: which lines of the sale they gave back, and whether goods came back or only money.
//!
//! A receipt does not say it. What so many pieces are worth is a return of them; less than that for all that the buyer
//! keeps is a price reduction. What fits is counted first, so that the order in which refunds are given does not matter.

use super::{Left, NONE, exceeds, without_mark};
use crate::diff::folded;
use crate::issue::{Findings, IssueCode, Trail};
use crate::mark::Code;
use crate::money::{Money, Quantity};
use crate::receipt::{Cashless, Item, Mark, Receipt};
use crate::vocab::{PaymentMethod, PaymentObject, Term, Vat};

/// What makes goods the same: registers change quotes and drop characters of names.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Goods {
    name: String,
    vat: usize,
    method: usize,
    object: usize,
}

impl Goods {
    fn of(item: &Item) -> Self {
        let Item { vat, method, object, .. } = item;
        let mut name = folded(&item.name);
        name.retain(|character| character != '"');
        Self {
            name: name.trim().to_owned(),
            vat: Vat::index(*vat),
            method: PaymentMethod::index(*method),
            object: PaymentObject::index(without_mark(*object)),
        }
    }
}

/// The lines of one refund that are of the same goods.
struct Claim<'r> {
    /// Which refund, and the first of its lines.
    at: (usize, usize),
    items: Vec<&'r Item>,
}

impl Claim<'_> {
    fn quantity(&self) -> i64 {
        self.items.iter().fold(0, |sum, item| sum.saturating_add(item.quantity.millionths()))
    }

    fn amount(&self) -> Money {
        self.items.iter().map(|item| item.amount).sum()
    }
}

/// How much of which line goes.
struct Taken {
    line: usize,
    quantity: Quantity,
    amount: Money,
}

/// Takes out what went back before.
pub(super) fn count(sale: &Receipt, earlier: &[Receipt], left: &mut [Left], findings: &mut Findings) {
    let root = Trail::ROOT;
    let list = root.key("earlier");
    let mut sold: Vec<(Goods, usize)> = sale.items.iter().enumerate().map(|(at, item)| (Goods::of(item), at)).collect();
    let mut claimed = Vec::new();
    for (at, refund) in earlier.iter().enumerate() {
        if refund.operation != sale.operation.opposite() {
            let issue = findings.add(IssueCode::InvalidValue, &list.index(at).key("operation"), 1054);
            issue.quote("value", refund.operation.name()).with("expected", sale.operation.opposite().name());
        }
        claimed.extend(refund.items.iter().enumerate().map(|(index, item)| (Goods::of(item), (at, index), item)));
    }
    if claimed.is_empty() {
        return;
    }
    sold.sort_unstable();
    claimed.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    for group in claimed.chunk_by(|one, other| one.0 == other.0) {
        let goods = &group[0].0;
        let first = sold.partition_point(|(other, _)| other < goods);
        let alike = sold.get(first..).unwrap_or_default().iter().take_while(|(other, _)| other == goods);
        let alike: Vec<usize> = alike.map(|(_, at)| *at).collect();
        let claims = group.chunk_by(|one, other| one.1.0 == other.1.0);
        let claims =
            claims.map(|lines| Claim { at: lines[0].1, items: lines.iter().map(|(_, _, item)| *item).collect() });
        of_goods(sale, &alike, claims.collect(), left, findings);
    }
}

/// Counts all refunds of the same goods: those that fit first.
fn of_goods(sale: &Receipt, alike: &[usize], mut claims: Vec<Claim<'_>>, left: &mut [Left], findings: &mut Findings) {
    let root = Trail::ROOT;
    let list = root.key("earlier");
    if alike.is_empty() {
        for Claim { at: (refund, item), items } in claims {
            let (refund, at) = (list.index(refund), item);
            findings
                .add(IssueCode::NotOfOriginal, &refund.key("items").index(at), 1059)
                .with("value", items[0].name.clone());
        }
        return;
    }
    while !claims.is_empty() {
        // To the kopeck before by a kopeck: others round in their own way.
        let fitting =
            |off| claims.iter().enumerate().find_map(|(at, claim)| Some((at, fit(sale, alike, claim, left, off)?)));
        let fits = fitting(0).or_else(|| fitting(1));
        let (at, taken) = match fits {
            Some(fits) => fits,
            None => (0, anyhow(alike, &claims[0], left)),
        };
        let claim = claims.remove(at);
        let mut rest = claim.amount();
        for Taken { line, quantity, amount } in taken {
            left[line].take(quantity, amount);
            rest = rest - amount;
        }
        if rest != Money::ZERO {
            let (refund, item) = claim.at;
            let whole = alike.iter().map(|line| left[*line].amount).sum::<Money>() + claim.amount() - rest;
            exceeds(findings, &list.index(refund).key("items").index(item).key("amount"), &claim.amount(), &whole);
        }
    }
}

/// The lines that a refund is plainly of, if there are such.
fn fit(sale: &Receipt, alike: &[usize], claim: &Claim<'_>, left: &[Left], off: i64) -> Option<Vec<Taken>> {
    let (quantity, amount) = (Quantity::from_millionths(claim.quantity()), claim.amount());
    if let [item] = claim.items.as_slice()
        && item.mark.is_some()
    {
        // A mark is of one line, and comes back with its goods.
        let line = alike.iter().copied().find(|line| same_mark(&sale.items[*line], item))?;
        let fits = quantity <= left[line].quantity && amount <= left[line].amount;
        return fits.then(|| vec![Taken { line, quantity, amount }]);
    }
    if let Some(one) = of_one(alike, quantity, amount, left, off) {
        return Some(vec![one]);
    }
    let whole = alike.iter().fold(0_i64, |sum, line| sum.saturating_add(left[*line].quantity.millionths()));
    let worth: Money = alike.iter().map(|line| left[*line].amount).sum();
    if alike.len() > 1 && quantity.millionths() == whole && amount <= worth {
        return Some(of_all(alike, amount, worth, left));
    }
    if claim.items.len() < 2 {
        return None;
    }
    // Line by line, each as if the others had gone before it.
    let mut after = left.to_vec();
    let mut taken = Vec::new();
    for item in &claim.items {
        let one = of_one(alike, item.quantity, item.amount, &after, off)?;
        after[one.line].take(one.quantity, one.amount);
        taken.push(one);
    }
    Some(taken)
}

/// The one line that goods are of, or whose price was reduced.
fn of_one(alike: &[usize], quantity: Quantity, amount: Money, left: &[Left], most: i64) -> Option<Taken> {
    let off = |line: &usize| (left[*line].worth(quantity) - amount).kopecks().abs();
    let holds = |line: &&usize| quantity <= left[**line].quantity && amount <= left[**line].amount;
    let goods = alike.iter().filter(holds).min_by_key(|line| off(line));
    let kept = alike.iter().filter(|line| quantity == left[**line].quantity && amount < left[**line].amount);
    let kept = kept.max_by_key(|line| left[**line].amount);
    match (goods.map(|line| (line, off(line))), kept) {
        (Some((line, 0)), _) => Some(Taken { line: *line, quantity, amount }),
        (_, Some(line)) => Some(Taken { line: *line, quantity: NONE, amount }),
        (Some((line, off)), None) if off <= most => Some(Taken { line: *line, quantity, amount }),
        _ => None,
    }
}

/// All that is left of goods that stand on several lines: come back, or reduced in price together.
fn of_all(alike: &[usize], amount: Money, worth: Money, left: &[Left]) -> Vec<Taken> {
    let rounding = i64::try_from(alike.len()).unwrap_or(i64::MAX);
    let goods = (worth - amount).kopecks() <= rounding;
    let weights: Vec<_> = alike.iter().map(|line| left[*line].amount.kopecks()).collect();
    let shares = crate::spread::spread(amount.kopecks(), &weights, &weights).unwrap_or_default();
    let each = alike.iter().zip(shares);
    each.map(|(line, share)| {
        let quantity = if goods { left[*line].quantity } else { NONE };
        Taken { line: *line, quantity, amount: Money::from_kopecks(share) }
    })
    .collect()
}

/// What was refunded by nobody's rule: its roubles count, and its pieces where they are paid in full.
fn anyhow(alike: &[usize], claim: &Claim<'_>, left: &[Left]) -> Vec<Taken> {
    let (mut pieces, mut rest) = (claim.quantity(), claim.amount());
    let whole = alike.iter().fold(0_i64, |sum, line| sum.saturating_add(left[*line].quantity.millionths()));
    let worth: Money = alike.iter().map(|line| left[*line].amount).sum();
    let all = (Quantity::from_millionths(pieces), Quantity::from_millionths(whole));
    let part = if pieces >= whole { worth } else { super::part_of(worth, all.0, all.1) };
    if rest < part - Money::from_kopecks(1) && claim.items.iter().all(|item| item.mark.is_none()) {
        pieces = 0;
    }
    let mut taken = Vec::new();
    for line in alike {
        let there = &left[*line];
        let quantity = Quantity::from_millionths(pieces.min(there.quantity.millionths()));
        let amount = if quantity > NONE { there.worth(quantity).min(rest) } else { Money::ZERO };
        pieces -= quantity.millionths();
        rest = rest - amount;
        taken.push(Taken { line: *line, quantity, amount });
    }
    // The roubles that the pieces do not explain.
    for one in &mut taken {
        let more = rest.min(left[one.line].amount - one.amount);
        one.amount = one.amount + more;
        rest = rest - more;
    }
    taken
}

/// Of a scan, registers keep what names the piece; the check codes behind it are gone.
fn same_mark(sold: &Item, back: &Item) -> bool {
    let (Some(sold), Some(back)) = (&sold.mark, &back.mark) else { return false };
    let named = |mark: &Mark| mark.code.as_deref().map(|code| Code::of(code).identification());
    named(sold) == named(back) && sold.hex == back.hex
}

/// Takes what went back out of the single cashless payments: by their ids, else the first one first.
pub(super) fn charge(cards: &mut [Cashless], refund: &Receipt) {
    let mut rest = refund.payments.electronic.unwrap_or_default();
    let mut out = |card: &mut Cashless, most: Money| {
        let amount = card.amount.min(most).min(rest);
        card.amount = card.amount - amount;
        rest = rest - amount;
    };
    for part in refund.cashless.iter().flatten() {
        if let Some(card) = cards.iter_mut().find(|card| card.id == part.id && card.method == part.method) {
            out(card, part.amount);
        }
    }
    cards.iter_mut().for_each(|card| out(card, Money::MAX));
}
