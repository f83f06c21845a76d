//! Carts at random against an oracle of plain integers: what is spread, split, refunded, captured and settled closes to
//! the kopeck, whatever the prices, quantities and discounts.

use chek54::{
    Cashless, CheckOptions, Discount, Item, Money, Operation, Order, PaymentMethod, PaymentObject, Payments, Pricing,
    Provider, Quantity, Receipt, RefundLine, RefundOptions, SettleOptions, Unit, Vat, build_receipt, capture_receipts,
    refund_receipt, settle_receipt, split_receipt, totals,
};
use proptest::prelude::*;

const CASES: u32 = 10_000;

/// Price x quantity, half-up, in kopecks: the oracle's own arithmetic.
fn product(price: i64, quantity: i64) -> i64 {
    let exact = i128::from(price) * i128::from(quantity);
    ((2 * exact + 1_000_000) / 2_000_000) as i64
}

fn kopecks(receipt: &Receipt) -> i64 {
    receipt.items.iter().map(|item| item.amount.kopecks()).sum()
}

fn kinds(payments: &Payments) -> [i64; 5] {
    let Payments { cash, electronic, prepaid, credit, provision } = payments;
    [cash, electronic, prepaid, credit, provision].map(|kind| kind.map_or(0, Money::kopecks))
}

fn item(number: usize, price: i64, quantity: i64, vat: Vat) -> Item {
    let json = format!(
        r#"{{"operation":"income","items":[{{"name":"Item {number}","price":"{}","quantity":"{}","vat":"{}"}}]}}"#,
        Money::from_kopecks(price),
        Quantity::from_millionths(quantity),
        vat,
    );
    let mut item = Item { name: format!("Item {number}"), ..template(&json) };
    item.price = Money::from_kopecks(price);
    item.quantity = Quantity::from_millionths(quantity);
    item.amount = Money::from_kopecks(product(price, quantity));
    item.vat = vat;
    item.unit = Some(if item.quantity.is_whole() { Unit::Piece } else { Unit::Kilogram });
    item
}

fn template(json: &str) -> Item {
    thread_local!(static ITEM: std::cell::OnceCell<Item> = const { std::cell::OnceCell::new() });
    ITEM.with(|item| {
        let read = || {
            let plain = json.replace("\"0.00\"", "\"1.00\"");
            chek54::parse_receipt(&plain, &CheckOptions::default()).expect("right").items.remove(0)
        };
        item.get_or_init(read).clone()
    })
}

fn receipt(items: Vec<Item>) -> Receipt {
    let json = r#"{"operation":"income","taxation":"osn","customer":{"email":"a@b.ru"},
        "items":[{"name":"x","price":1,"quantity":1,"vat":"none"}]}"#;
    let mut receipt = chek54::parse_receipt(json, &CheckOptions::default()).expect("right");
    receipt.items = items;
    receipt.payments = Payments::default();
    receipt
}

fn quantities() -> impl Strategy<Value = i64> {
    prop_oneof![
        5 => (1..=12_i64).prop_map(|whole| whole * 1_000_000),
        1 => (13..=500_i64).prop_map(|whole| whole * 1_000_000),
        2 => (1..=9_999_i64).prop_map(|thousandths| thousandths * 1_000),
        1 => 1..=30_000_000_i64,
    ]
}

fn lines(most: usize) -> impl Strategy<Value = Vec<Item>> {
    let price = prop_oneof![1 => Just(0_i64), 4 => 1..=100_i64, 10 => 101..=50_000_i64, 3 => 50_001..=9_000_000_i64];
    let vat = prop::sample::select(vec![Vat::None, Vat::Vat0, Vat::Vat10, Vat::Vat22, Vat::Vat5, Vat::Vat122]);
    prop::collection::vec((price, quantities(), vat), 1..=most).prop_map(|lines| {
        let lines = lines.into_iter().enumerate();
        lines.map(|(number, (price, quantity, vat))| item(number, price, quantity, vat)).collect()
    })
}

/// An order, and how much of it is taken off, in millionths of what can be.
fn orders(most: usize) -> impl Strategy<Value = (Order, i64, bool)> {
    (lines(most), 0..=1_000_000_i64, any::<bool>(), prop::option::of(1..=100_000_i64)).prop_map(
        |(items, part, paid, delivery)| {
            let mut delivered = item(0, delivery.unwrap_or(1), 1_000_000, Vat::Vat22);
            delivered.name = "Delivery".into();
            let order = Order {
                receipt: receipt(items),
                discounts: Vec::new(),
                discount: None,
                delivery: delivery.map(|_| (delivered, None)),
                paid: None,
            };
            (order, part, paid)
        },
    )
}

/// What has to stay on a line, as the documentation says it.
fn floor(item: &Item, pricing: Pricing) -> i64 {
    let each = product(1, item.quantity.millionths());
    match pricing {
        _ if item.amount.kopecks() == 0 => 0,
        Pricing::List => 1,
        Pricing::Net => (each - 1).max(1),
        Pricing::Exact => each.max(1),
    }
    .min(item.amount.kopecks())
}

/// Whether one price makes up an amount.
fn one_price(amount: i64, quantity: i64, tolerance: i64) -> bool {
    let near = i128::from(amount) * 1_000_000 / i128::from(quantity);
    (near as i64 - 2..=near as i64 + 2).any(|price| price > 0 && (product(price, quantity) - amount).abs() <= tolerance)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn discounts_close_to_the_kopeck((order, part, by_paid) in orders(200), pricing in 0..3_usize) {
        let pricing = [Pricing::Net, Pricing::Exact, Pricing::List][pricing];
        let mut order = order;
        let listed: i64 = kopecks(&order.receipt);
        let delivery = order.delivery.as_ref().map_or(0, |(item, _)| item.amount.kopecks());
        prop_assume!(listed > 0);
        let room: i64 = order.receipt.items.iter().map(|item| item.amount.kopecks() - floor(item, pricing)).sum();
        let off = (i128::from(room) * i128::from(part) / 1_000_000) as i64;
        if by_paid {
            order.paid = Some(Money::from_kopecks(listed + delivery - off));
        } else {
            order.discount = Some(Discount::Amount(Money::from_kopecks(off)));
        }
        let provider = match pricing {
            Pricing::Net => None,
            Pricing::Exact => None,
            Pricing::List => Some(Provider::CloudKassir),
        };
        let options = CheckOptions { provider, ..Default::default() };
        let built = build_receipt(&order, pricing, &options).map_err(|error| TestCaseError::fail(error.to_string()))?;

        // The sum closes, the delivery is untouched, and payments are the total.
        prop_assert_eq!(kopecks(&built.receipt), listed + delivery - off);
        prop_assert_eq!(kinds(&built.receipt.payments), [0, listed + delivery - off, 0, 0, 0]);
        for line in &built.lines {
            let (first, count) = line.items;
            let parts = &built.receipt.items[first..first + count];
            let source = match line.item {
                Some(at) => &order.receipt.items[at],
                None => &order.delivery.as_ref().expect("there").0,
            };
            let (was, quantity) = (source.amount.kopecks(), source.quantity.millionths());
            let amount: i64 = parts.iter().map(|part| part.amount.kopecks()).sum();
            prop_assert_eq!(amount, line.amount.kopecks());
            prop_assert_eq!(parts.iter().map(|part| part.quantity.millionths()).sum::<i64>(), quantity);
            prop_assert!((floor(source, pricing)..=was).contains(&amount), "{} of {}", amount, was);
            // Within a kopeck of the exact share, unless some line reached the least it can cost.
            if line.item.is_some() && part < 900_000 && built.lines.iter().all(|line| {
                line.item.is_none_or(|at| line.amount.kopecks() > floor(&order.receipt.items[at], pricing) || line.listed.kopecks() == 0)
            }) {
                let exact = i128::from(was - amount) * i128::from(listed) - i128::from(off) * i128::from(was);
                prop_assert!(exact.abs() < i128::from(listed));
            }
            let tolerance = match pricing { Pricing::Net => 1, Pricing::Exact => 0, Pricing::List => i64::MAX };
            for part in parts {
                let sum = product(part.price.kopecks(), part.quantity.millionths());
                prop_assert!((sum - part.amount.kopecks()).abs() <= tolerance);
                prop_assert!(part.amount.kopecks() > 0 || was == 0);
            }
            // As few lines as possible.
            prop_assert!(count <= 2);
            if count == 2 {
                prop_assert!(!one_price(amount, quantity, tolerance), "{amount} {quantity} {tolerance}");
            }
        }
        // A kopeck more than there is room for is refused.
        order.paid = None;
        order.discount = Some(Discount::Amount(Money::from_kopecks(room + 1)));
        prop_assert!(build_receipt(&order, pricing, &options).is_err());
    }

    #[test]
    fn refunds_in_pieces_end_at_the_sale(
        items in lines(12), steps in prop::collection::vec((0..4_u8, 0..12_usize, 1..=1_000_000_i64), 0..10),
        mix in prop::collection::vec(0..=100_i64, 5), turn in 0..10_usize, excise in any::<bool>(),
    ) {
        let mut sale = receipt(items);
        let total = kopecks(&sale);
        prop_assume!(total > 0);
        sale.payments = mixed(total, &mix);
        let electronic = sale.payments.electronic.unwrap_or_default().kopecks();
        let card = |id: &str, sum| Cashless { amount: Money::from_kopecks(sum), method: 1, id: id.into(), info: None };
        sale.cashless = (electronic > 1).then(|| vec![card("a", electronic / 3 + 1), card("b", electronic - electronic / 3 - 1)]);
        if excise {
            sale.items.iter_mut().for_each(|item| item.excise = Some(Money::from_kopecks(item.amount.kopecks() / 7)));
        }
        let (mut earlier, mut back): (Vec<Receipt>, i64) = (Vec::new(), 0);
        // Which pieces of which line came back.
        let mut pieces = vec![0; sale.items.len()];
        for (kind, line, part) in steps {
            let at = line % sale.items.len();
            let quantity = sale.items[at].quantity.millionths();
            let piece = Quantity::from_millionths((i128::from(quantity) * i128::from(part) / 1_000_000).max(1) as i64);
            let some = Money::from_kopecks((i128::from(total) * i128::from(part) / 3_000_000).max(1) as i64);
            let mut options = RefundOptions { earlier: Some(earlier.clone()), ..Default::default() };
            let line = |quantity, amount| Some(vec![RefundLine { item: at as u64, quantity, amount }]);
            match kind {
                0 | 1 => options.lines = line(Some(piece), None),
                2 => options.lines = line(None, Some(some)),
                _ => options.amount = Some(some),
            }
            // What is more than there is left of, or comes to nothing, is refused and changes nothing.
            let Ok(refund) = refund_receipt(&sale, &options) else { continue };
            prop_assert_eq!(refund.operation, Operation::IncomeReturn);
            prop_assert_eq!(kinds(&refund.payments).iter().sum::<i64>(), kopecks(&refund));
            let check = refund.check(&CheckOptions::default());
            prop_assert!(check.ok, "{:?}", check.issues);
            if kind == 3 {
                prop_assert_eq!(kopecks(&refund), some.kopecks());
            }
            back += kopecks(&refund);
            prop_assert!(back <= total);
            // What comes back is taken: a reduction that leaves nothing is a return of all.
            let all = kind == 3 && back == total;
            for (at, item) in sale.items.iter().enumerate() {
                let of = refund.items.iter().filter(|line| line.name == item.name && line.excise.is_some() == excise);
                let goods = kind < 2 || all || excise;
                pieces[at] += if goods { of.map(|line| line.quantity.millionths()).sum::<i64>() } else { 0 };
            }
            earlier.push(refund);
            // The order in which they are given is of no account.
            let count = earlier.len();
            earlier.rotate_left(turn % count);
        }
        let closed = back < total;
        if closed {
            let last = refund_receipt(&sale, &RefundOptions { earlier: Some(earlier.clone()), ..Default::default() });
            let last = last.map_err(|error| TestCaseError::fail(error.to_string()))?;
            // Of goods that cost kopecks, what a kopeck means is nobody's guess.
            let cheap = |item: &Item, line: &Item| line.name == item.name && line.amount.kopecks() < 10;
            let told = |item: &Item| {
                excise && item.amount.kopecks() >= 1_000 && !earlier.iter().any(|r| r.items.iter().any(|line| cheap(item, line)))
            };
            for (item, pieces) in sale.items.iter().zip(&pieces).filter(|(item, _)| told(item)) {
                let of = last.items.iter().filter(|line| line.name == item.name && line.excise.is_some());
                let rest = of.map(|line| line.quantity.millionths()).sum::<i64>();
                prop_assert_eq!(pieces + rest, item.quantity.millionths(), "{} {:#?}", item.name, earlier);
            }
            earlier.push(last);
        }
        prop_assert_eq!(earlier.iter().map(kopecks).sum::<i64>(), total);
        let paid = earlier.iter().map(|refund| kinds(&refund.payments));
        let paid = paid.fold([0; 5], |sum, kinds| std::array::from_fn(|kind| sum[kind] + kinds[kind]));
        prop_assert_eq!(paid, kinds(&sale.payments));
        for card in sale.cashless.iter().flatten() {
            let parts = earlier.iter().flat_map(|refund| refund.cashless.iter().flatten());
            let back = parts.filter(|part| part.id == card.id).map(|part| part.amount.kopecks()).sum::<i64>();
            prop_assert_eq!(back, card.amount.kopecks());
        }
        // Nothing is left.
        let more = RefundOptions { earlier: Some(earlier), ..Default::default() };
        prop_assert!(refund_receipt(&sale, &more).is_err());
    }

    #[test]
    fn parts_add_up(items in lines(200), most in 1..=120_usize, mix in prop::collection::vec(0..=100_i64, 5)) {
        let mut whole = receipt(items);
        let total = kopecks(&whole);
        whole.payments = mixed(total, &mix);
        let free = whole.items.chunks(most).any(|items| items.iter().all(|item| item.amount.kopecks() == 0));
        let split = split_receipt(&whole, most);
        if free && whole.items.len() > most {
            prop_assert!(split.is_err());
            return Ok(());
        }
        let parts = split.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let items: Vec<Item> = parts.iter().flat_map(|part| part.items.clone()).collect();
        prop_assert_eq!(&items, &whole.items);
        let mut paid = [0; 5];
        for part in &parts {
            prop_assert!(part.items.len() <= most);
            let kinds = kinds(&part.payments);
            prop_assert_eq!(kinds.iter().sum::<i64>(), kopecks(part));
            paid = std::array::from_fn(|kind| paid[kind] + kinds[kind]);
        }
        prop_assert_eq!(paid, kinds(&whole.payments));
        let vat = |receipt: &Receipt, rate| {
            totals(receipt).vat.iter().filter(|row| row.vat == rate).map(|row| row.sum_by_lines.kopecks()).sum::<i64>()
        };
        for rate in totals(&whole).vat {
            prop_assert_eq!(parts.iter().map(|part| vat(part, rate.vat)).sum::<i64>(), rate.sum_by_lines.kopecks());
        }
    }

    #[test]
    fn vat_is_half_up_in_both_ways(items in lines(60)) {
        let receipt = receipt(items);
        let half_up = |gross: i64, percent: i64| {
            let (gross, percent) = (i128::from(gross), i128::from(percent));
            ((2 * gross * percent + 100 + percent) / (2 * (100 + percent))) as i64
        };
        let sums = totals(&receipt);
        prop_assert_eq!(sums.total.kopecks(), kopecks(&receipt));
        prop_assert_eq!(sums.vat.iter().map(|rate| rate.base.kopecks()).sum::<i64>(), kopecks(&receipt));
        for rate in sums.vat {
            let percent = i64::from(rate.vat.percent().unwrap_or(0));
            let lines = || receipt.items.iter().filter(|item| item.vat == rate.vat).map(|item| item.amount.kopecks());
            prop_assert_eq!(rate.base.kopecks(), lines().sum::<i64>());
            prop_assert_eq!(rate.sum.kopecks(), half_up(lines().sum(), percent));
            prop_assert_eq!(rate.sum_by_lines.kopecks(), lines().map(|gross| half_up(gross, percent)).sum::<i64>());
        }
    }

    #[test]
    fn captures_return_all_and_sell_what_was_sold(
        items in lines(40), keep in prop::collection::vec(any::<bool>(), 40), mix in prop::collection::vec(0..=100_i64, 5),
    ) {
        let mut hold = receipt(items);
        hold.payments = mixed(kopecks(&hold), &mix);
        prop_assume!(kopecks(&hold) > 0);
        let sold: Vec<Item> = hold.items.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(item, _)| item.clone()).collect();
        let worth: i64 = sold.iter().map(|item| item.amount.kopecks()).sum();
        let captured = capture_receipts(&hold, &sold);
        if worth == 0 {
            prop_assert!(captured.is_err());
            return Ok(());
        }
        let [back, sale] = captured.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!((kopecks(&back), kinds(&back.payments)), (kopecks(&hold), kinds(&hold.payments)));
        prop_assert_eq!((back.operation, &back.items), (Operation::IncomeReturn, &hold.items));
        prop_assert_eq!((sale.operation, &sale.items), (Operation::Income, &sold));
        prop_assert_eq!(kinds(&sale.payments).iter().sum::<i64>(), worth);
        prop_assert!(kinds(&sale.payments).iter().zip(kinds(&hold.payments)).all(|(paid, held)| *paid <= held));
        prop_assert!(sale.check(&CheckOptions::default()).ok);
    }

    #[test]
    fn prepayments_are_set_off_to_the_kopeck(items in lines(40), parts in prop::collection::vec(1..=100_i64, 1..5)) {
        let goods = receipt(items);
        let total = kopecks(&goods);
        prop_assume!(total > 0);
        // Paid in parts: the same lines, each time a part of their amounts; the last part closes them.
        let share: i64 = parts.iter().sum();
        let mut left: Vec<i64> = goods.items.iter().map(|item| item.amount.kopecks()).collect();
        let mut prepaid = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            let mut receipt = goods.clone();
            for (item, left) in receipt.items.iter_mut().zip(&mut left) {
                let all = number + 1 == parts.len();
                let paid = if all { *left } else { (item.amount.kopecks() * part / share).min(*left) };
                *left -= paid;
                item.amount = Money::from_kopecks(paid);
                item.price = item.amount;
                item.method = if parts.len() > 1 { PaymentMethod::Prepayment } else { PaymentMethod::FullPrepayment };
                item.vat = item.vat.calculated_twin().unwrap_or(item.vat);
            }
            receipt.payments.electronic = Some(Money::from_kopecks(kopecks(&receipt)));
            prepaid.push(receipt);
        }
        let at = Some("2026-03-01".to_owned());
        let settled = settle_receipt(&prepaid, &SettleOptions { at: at.clone(), ..Default::default() });
        let settled = settled.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(kopecks(&settled), total);
        prop_assert_eq!(kinds(&settled.payments), [0, 0, total, 0, 0]);
        let check = settled.check(&CheckOptions::default());
        prop_assert!(parts.len() == 1 || check.ok, "{:?}", check.issues);
        prop_assert!(settled.items.iter().all(|item| item.method == PaymentMethod::FullPayment && !item.vat.calculated()));
        // Only the first part paid: the rest is electronic.
        let whole = SettleOptions { items: Some(goods.items.clone()), at, ..Default::default() };
        let settled = settle_receipt(&prepaid[..1], &whole).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let first = kopecks(&prepaid[0]);
        prop_assert_eq!(kinds(&settled.payments), [0, total - first, first, 0, 0]);
        prop_assert!(settled.check(&CheckOptions::default()).ok);
    }
}

/// A total in five kinds, in some proportion.
fn mixed(total: i64, mix: &[i64]) -> Payments {
    let whole: i64 = mix.iter().sum();
    let mut left = total;
    let mut kinds = [0; 5];
    for (kind, part) in kinds.iter_mut().zip(mix) {
        let paid = if whole == 0 { 0 } else { (i128::from(total) * i128::from(*part) / i128::from(whole)) as i64 };
        *kind = paid.min(left);
        left -= *kind;
    }
    kinds[1] += left;
    let kind = |at: usize| (kinds[at] > 0).then(|| Money::from_kopecks(kinds[at]));
    Payments { cash: kind(0), electronic: kind(1), prepaid: kind(2), credit: kind(3), provision: kind(4) }
}

#[test]
fn an_item_of_a_test_is_what_the_library_reads() {
    let read = item(0, 6_700, 3_000_000, Vat::Vat22);
    assert_eq!(
        (read.object, read.method, read.amount.kopecks()),
        (PaymentObject::Commodity, PaymentMethod::FullPayment, 20_100)
    );
}

#[test]
fn nothing_is_no_quantity_and_no_sum() {
    let mut sale = receipt(vec![item(0, 6_700, 3_000_000, Vat::Vat22)]);
    sale.payments.electronic = Some(Money::from_kopecks(20_100));
    for (quantity, amount, place) in [
        (Some(Quantity::from_millionths(0)), None, "lines[0].quantity"),
        (Some(Quantity::from_millionths(-1)), None, "lines[0].quantity"),
        (None, Some(Money::ZERO), "lines[0].amount"),
    ] {
        let lines = Some(vec![RefundLine { item: 0, quantity, amount }]);
        let error = refund_receipt(&sale, &RefundOptions { lines, ..Default::default() }).expect_err("refused");
        assert_eq!((error.issues[0].code, &*error.issues[0].place()), (chek54::IssueCode::OutOfRange, place));
    }
}
