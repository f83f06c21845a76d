//! Rules of an item: its sum, its measure, how many there may be.

use super::Checker;
use crate::issue::{IssueCode, Trail};
use crate::money::Money;
use crate::provider::Provider;
use crate::receipt::ItemDraft;
use crate::vocab::{Ffd, Unit};

/// At least one item, and at most what one receipt takes: 100 with every provider here, about 250 in FFD itself.
pub(super) fn count(checker: &mut Checker<'_, '_>) {
    let root = Trail::ROOT;
    let at = root.key("items");
    let count = checker.draft.items.as_ref().map_or(0, Vec::len);
    let unreadable = checker.draft.items.is_none() && checker.draft.gave("items");
    if count == 0 && !checker.is_old_correction() && !unreadable {
        checker.add(IssueCode::Required, &at, 1059);
    }
    if count > 100 {
        let splits = checker.is_for(Provider::CloudKassir);
        let refuses = checker.options.provider.is_some() && !splits;
        let issue = checker.add(IssueCode::TooManyItems, &at, 1059);
        issue.show("count", &count).with("max", "100").warning_if(!refuses);
    }
}

pub(super) fn item(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    amount(checker, item, at);
    measure(checker, item, at);
}

/// Tag 1043 is 1079 x 1023, half-up; registers let it be a kopeck off.
fn amount(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    let (Some(price), Some(quantity)) = (item.price, item.quantity) else { return };
    let Some(product) = price.times(quantity) else {
        let max = Money::MAX.to_string();
        let issue = checker.add(IssueCode::OutOfRange, &at.key("amount"), 1043);
        issue.show("value", &format_args!("{price} x {quantity}")).with("min", "0").with("max", max).fixed();
        return;
    };
    let Some(amount) = item.amount.filter(|amount| (product - *amount).kopecks().abs() > 1) else { return };
    let discounted = amount < product && checker.is_for(Provider::CloudKassir);
    let severity = checker.sums();
    let issue = checker.add(IssueCode::AmountMismatch, &at.key("amount"), 1043);
    issue.severity(severity).warning_if(discounted);
    issue.show("amount", &amount).show("expected", &product);
    // The net price, where there is one that gives the sum to the kopeck.
    let net = amount.share(1_000_000, quantity.millionths()).filter(|net| *net > Money::ZERO);
    if let Some(net) = net.filter(|net| net.times(quantity).is_some_and(|sum| (sum - amount).kopecks().abs() <= 1)) {
        issue.show("suggestion", &format_args!("price: \"{net}\""));
    }
}

/// What cannot be held is no receipt at all: a product, or a sum of all items, beyond the limit of tags 1043 and 1020.
pub(super) fn limits(checker: &mut Checker<'_, '_>) {
    let root = Trail::ROOT;
    let items = || checker.draft.items.iter().flatten();
    if items().all(|item| item.amount.is_some())
        && checker.draft.items.is_some()
        && checker.draft.items_total().is_none()
    {
        let max = Money::MAX.to_string();
        let issue = checker.add(IssueCode::OutOfRange, &root.key("items"), 1020);
        issue.show("value", &format_args!("> {max}")).with("min", "0").with("max", max).fixed();
    }
}

/// Tag 2108 stands on every item of FFD 1.2, and pieces are whole.
fn measure(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    let Some(quantity) = item.quantity else { return };
    let here = at.key("unit");
    match item.unit {
        None if checker.draft.ffd == Some(Ffd::V1_2)
            && !quantity.is_whole()
            && item.unit_name.is_none()
            && !item.gave("unit") =>
        {
            checker.add(IssueCode::UnitRequired, &here, 2108);
        }
        Some(Unit::Piece) if !quantity.is_whole() => {
            checker.add(IssueCode::UnitMismatch, &here, 2108).show("quantity", &quantity);
        }
        _ => {}
    }
}
