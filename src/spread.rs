//! A sum spread over others in proportion, by largest remainder: whatever the sums, it closes to the kopeck.

use crate::check::is_rounded_down;
use crate::money::Money;
use crate::receipt::{Cashless, Item, Payments, Receipt};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What of `sum` falls on each of the `weights`, in proportion and none of it above its cap; `None` where the caps
/// cannot hold the sum. All are at or above zero. Of equal remainders the first gets the kopeck.
pub(crate) fn spread(sum: i64, weights: &[i64], caps: &[i64]) -> Option<Vec<i64>> {
    let mut shares = vec![0; weights.len()];
    let mut open: Vec<usize> = (0..weights.len()).filter(|at| weights[*at] > 0 && caps[*at] > 0).collect();
    let room: i128 = open.iter().map(|at| i128::from(caps[*at])).sum();
    if i128::from(sum) > room {
        return None;
    }
    let mut rest = i128::from(sum);
    let whole = loop {
        let whole: i128 = open.iter().map(|at| i128::from(weights[*at])).sum();
        // What would get more than it can hold is filled, and the others share what is left.
        let full = |at: &usize| rest * i128::from(weights[*at]) > i128::from(caps[*at]) * whole;
        let (filled, others): (Vec<usize>, Vec<usize>) = open.iter().partition(|at| full(at));
        for at in &filled {
            shares[*at] = caps[*at];
            rest -= i128::from(caps[*at]);
        }
        open = others;
        if filled.is_empty() {
            break whole;
        }
    };
    let mut remainders = BinaryHeap::new();
    let mut left = rest;
    for at in open {
        let exact = rest * i128::from(weights[at]);
        let share = exact / whole;
        shares[at] = i64::try_from(share).ok()?;
        left -= share;
        remainders.push((exact % whole, Reverse(at)));
    }
    for _ in 0..left {
        let (_, Reverse(at)) = remainders.pop()?;
        shares[at] += 1;
    }
    Some(shares)
}

/// Payments as they are taken apart: the five kinds in kopecks, in the order of the model.
#[derive(Debug, Clone)]
pub(crate) struct Purse {
    kinds: [i64; 5],
    /// Whether the total was paid without its kopecks, as the law allows: then nobody owes them.
    rounded: bool,
}

impl Purse {
    /// What was paid for a receipt: of cash, without the change.
    pub fn of(receipt: &Receipt) -> Self {
        let (mut kinds, total) = (kinds(&receipt.payments), receipt.total());
        let paid = kinds.iter().sum::<i64>();
        let change = (paid - total.kopecks()).clamp(0, kinds[0]);
        kinds[0] -= change;
        Self { kinds, rounded: is_rounded_down(Money::from_kopecks(paid), total) }
    }

    /// Takes out what was paid already. What was paid in another way than it had come is taken from the other kinds.
    pub fn take(&mut self, payments: &Payments) {
        let mut owed = 0;
        for (left, paid) in self.kinds.iter_mut().zip(kinds(payments)) {
            let out = paid.min(*left);
            *left -= out;
            owed += paid - out;
        }
        for left in &mut self.kinds {
            let out = owed.min(*left);
            *left -= out;
            owed -= out;
        }
    }

    /// Takes out a sum in proportion to what is there. What is not there is electronic.
    pub fn pay(&mut self, sum: Money) -> Payments {
        let covered = sum.kopecks().min(self.kinds.iter().sum());
        let mut shares = spread(covered, &self.kinds, &self.kinds).unwrap_or_else(|| vec![0; 5]);
        for (left, share) in self.kinds.iter_mut().zip(&shares) {
            *left -= share;
        }
        if !self.rounded {
            shares[1] += sum.kopecks() - covered;
        }
        let kind = |at: usize| (shares[at] > 0).then(|| Money::from_kopecks(shares[at]));
        Payments { cash: kind(0), electronic: kind(1), prepaid: kind(2), credit: kind(3), provision: kind(4) }
    }
}

fn kinds(payments: &Payments) -> [i64; 5] {
    let Payments { cash, electronic, prepaid, credit, provision } = payments;
    [cash, electronic, prepaid, credit, provision].map(|kind| kind.map_or(0, Money::kopecks))
}

impl Payments {
    /// The sum of all kinds.
    pub fn total(&self) -> Money {
        kinds(self).into_iter().map(Money::from_kopecks).sum()
    }
}

/// Takes a sum out of the single cashless payments, the first one first: `None` where there are none.
pub(crate) fn cashless(left: &mut [Cashless], sum: Option<Money>) -> Option<Vec<Cashless>> {
    let mut rest = sum?;
    let mut taken = Vec::new();
    for part in left.iter_mut() {
        let amount = part.amount.min(rest);
        if amount > Money::ZERO {
            taken.push(Cashless { amount, ..part.clone() });
            part.amount = part.amount - amount;
            rest = rest - amount;
        }
    }
    (!taken.is_empty()).then_some(taken)
}

impl Receipt {
    /// The sum of the items (tag 1020); of a correction that has none, the sum of the payments.
    pub fn total(&self) -> Money {
        if self.items.is_empty() { self.payments.total() } else { self.items.iter().map(|item| item.amount).sum() }
    }

    /// The same receipt without items, single cashless payments and fiscal marks: what others are made of.
    pub(crate) fn bare(&self) -> Self {
        let mut bare = self.clone();
        (bare.items, bare.cashless, bare.fiscal) = (Vec::new(), None, None);
        bare
    }

    /// A bare receipt with items, paid out of a purse.
    pub(crate) fn with_items(&self, items: Vec<Item>, purse: &mut Purse, cards: &mut [Cashless]) -> Self {
        let mut receipt = Self { items, ..self.clone() };
        receipt.payments = purse.pay(receipt.items.iter().map(|item| item.amount).sum());
        receipt.cashless = cashless(cards, receipt.payments.electronic);
        receipt
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

        #[test]
        fn closes_to_the_kopeck_and_stays_within_a_kopeck_of_its_share(
            lines in prop::collection::vec((1..1_i64 << 40, 0..100_u8), 1..200), part in 0..=1_000_000_i64,
        ) {
            let weights: Vec<_> = lines.iter().map(|(weight, _)| *weight).collect();
            let caps: Vec<_> = lines.iter().map(|(w, tight)| if *tight < 20 { w / 10 } else { *w }).collect();
            let room: i128 = caps.iter().map(|cap| i128::from(*cap)).sum();
            let sum = (room * i128::from(part) / 1_000_000) as i64;
            let shares = spread(sum, &weights, &caps).expect("there is room");
            prop_assert_eq!(shares.iter().sum::<i64>(), sum);
            prop_assert!(shares.iter().zip(&caps).all(|(share, cap)| (0..=*cap).contains(share)));
            prop_assert_eq!(spread(room as i64 + 1, &weights, &caps), None);
            // By quota: each within a kopeck of its exact share, unless a cap stood in the way.
            if caps == weights {
                let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
                for (share, weight) in shares.iter().zip(&weights) {
                    let off = i128::from(*share) * whole - i128::from(sum) * i128::from(*weight);
                    prop_assert!(off.abs() < whole);
                }
            }
        }
    }

    #[test]
    fn of_equal_remainders_the_first_gets_the_kopeck() {
        assert_eq!(spread(100, &[1, 1, 1], &[100, 100, 100]), Some(vec![34, 33, 33]));
        assert_eq!(spread(5, &[100, 100], &[1, 99]), Some(vec![1, 4]));
        assert_eq!(spread(0, &[], &[]), Some(vec![]));
        assert_eq!(spread(1, &[0], &[5]), None);
    }
}
