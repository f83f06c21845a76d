//! A line whose amount is given: which price it then has, and into which lines it falls where no single one fits.

use crate::money::{Money, Quantity};
use crate::receipt::Item;

/// How prices meet the amounts of their lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pricing {
    /// Prices are net: price x quantity is within a kopeck of the amount on every line, as registers ask; a line is
    /// split only where it must be.
    #[default]
    Net,
    /// Price x quantity, rounded half-up, is the amount exactly; lines are split for it (Paybox sends no amounts).
    Exact,
    /// Prices stay what they are and only the amounts fall (CloudKassir takes that).
    List,
}

const KOPECK: Money = Money::from_kopecks(1);

impl Pricing {
    const fn tolerance(self) -> i64 {
        match self {
            Self::Exact => 0,
            Self::Net => 1,
            Self::List => i64::MAX,
        }
    }

    /// How the lines that are there are priced: what is made of them then follows suit.
    pub(crate) fn of(items: &[Item]) -> Self {
        let off =
            |item: &Item| item.price.times(item.quantity).map_or(i64::MAX, |sum| (sum - item.amount).kopecks().abs());
        match items.iter().map(off).max() {
            None | Some(0) => Self::Exact,
            Some(1) => Self::Net,
            Some(_) => Self::List,
        }
    }

    /// The least that a paid line can cost: a kopeck, or a kopeck for each where prices have to make up the amount.
    pub(crate) fn floor(self, quantity: Quantity) -> i64 {
        let each = KOPECK.times(quantity).map_or(1, Money::kopecks);
        match self {
            Self::List => 1,
            Self::Net => (each - 1).max(1),
            Self::Exact => each.max(1),
        }
    }
}

/// The price at which a quantity makes up an amount, the one that comes nearest within the tolerance; `keep` before
/// others that come as near.
fn price(amount: Money, quantity: Quantity, keep: Money, tolerance: i64) -> Option<Money> {
    let off = |price: Money| price.times(quantity).map(|sum| (sum - amount).kopecks().abs());
    if free(amount) {
        let kept = Some(keep).filter(|keep| free(*keep) || quantity < Quantity::ONE && off(*keep) == Some(0));
        return Some(kept.unwrap_or_default());
    }
    let near = amount.share(Quantity::ONE.millionths(), quantity.millionths())?;
    let candidates = [keep, near, near - KOPECK, near + KOPECK].into_iter().filter(|price| *price > Money::ZERO);
    let (off, price) = candidates.filter_map(|price| Some((off(price)?, price))).min_by_key(|(off, _)| *off)?;
    (off <= tolerance).then_some(price)
}

fn free(money: Money) -> bool {
    money == Money::ZERO
}

/// Whether a line can become two: a mark stands for one line.
pub(crate) fn divides(item: &Item) -> bool {
    item.mark.is_none() && item.quantity > Quantity::ONE
}

/// The lines that an item becomes when it is sold for `amount`: one wherever a price fits, else two, of which the second
/// is a single one. `None` where no prices fit: a line that cannot be divided, or less than a kopeck for each.
pub(crate) fn priced(item: &Item, amount: Money, pricing: Pricing) -> Option<Vec<Item>> {
    let line = |quantity, price, amount| Item { quantity, price, amount, ..item.clone() };
    let fits = || Pricing::of(std::slice::from_ref(item)).tolerance() <= pricing.tolerance();
    if pricing == Pricing::List || amount == item.amount && fits() {
        return Some(vec![line(item.quantity, item.price, amount)]);
    }
    if let Some(price) = price(amount, item.quantity, item.price, pricing.tolerance()) {
        return Some(vec![line(item.quantity, price, amount)]);
    }
    if !divides(item) {
        return None;
    }
    let first = most(item.quantity);
    let second = Quantity::from_millionths(item.quantity.millionths() - first.millionths());
    let near = amount.share(Quantity::ONE.millionths(), item.quantity.millionths())?;
    // The two prices that lie closest together.
    let apart = |parts: &[Item; 2]| (parts[0].price - parts[1].price).kopecks().abs();
    let parts = [near, near - KOPECK].into_iter().filter_map(|each| {
        let share = each.times(first)?;
        let rest = amount - share;
        let paid = each > Money::ZERO && share > Money::ZERO && rest > Money::ZERO;
        paid.then(|| Some([line(first, each, share), line(second, price(rest, second, each, 0)?, rest)]))?
    });
    parts.min_by_key(apart).map(|parts| split_excise(item, parts).into())
}

/// The same for an amount that has to be made up, whatever the prices: where it is less than a kopeck for each, one of
/// them has it all. A mark is not divided: its line has the price that comes nearest.
pub(crate) fn priced_anyhow(item: &Item, amount: Money, pricing: Pricing) -> Vec<Item> {
    if let Some(lines) = priced(item, amount, pricing) {
        return lines;
    }
    if divides(item) {
        let rest = Quantity::from_millionths(item.quantity.millionths() - Quantity::ONE.millionths());
        let (zero, excise) = (Money::ZERO, item.excise.map(|_| Money::ZERO));
        let free = Item { quantity: rest, price: zero, amount: zero, excise, ..item.clone() };
        return vec![free, Item { quantity: Quantity::ONE, price: amount, amount, ..item.clone() }];
    }
    let near = amount.share(Quantity::ONE.millionths(), item.quantity.millionths()).unwrap_or(item.price);
    vec![Item { price: near, amount, ..item.clone() }]
}

/// All but one; of less than two a half, in the decimals that the quantity has.
fn most(quantity: Quantity) -> Quantity {
    let (all, one) = (quantity.millionths(), Quantity::ONE.millionths());
    if all >= 2 * one {
        return Quantity::from_millionths(all - one);
    }
    let mut step = one;
    while all % step != 0 {
        step /= 10;
    }
    Quantity::from_millionths(all / 2 / step * step)
}

/// The excise is of the whole line: each part has its share.
fn split_excise(item: &Item, mut parts: [Item; 2]) -> [Item; 2] {
    if let Some(excise) = item.excise {
        let first = part_of(excise, parts[0].quantity, item.quantity);
        parts[0].excise = Some(first);
        parts[1].excise = Some(excise - first);
    }
    parts
}

/// What falls on a part of a quantity, half-up.
pub(crate) fn part_of(sum: Money, part: Quantity, whole: Quantity) -> Money {
    sum.share(part.millionths(), whole.millionths()).unwrap_or(sum)
}
