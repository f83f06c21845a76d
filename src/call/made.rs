//! The calls that make receipts of orders and receipts, and what they add up to.

use super::{Answer, list, number, object, record, text, told};
use crate::draft::{self, Purpose};
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Step, Trail};
use crate::json::{Json, Kind, unmarked};
use crate::message::Lang;
use crate::options::{CheckOptions, shown};
use crate::order::{Order, OrderLine, build_receipt};
use crate::price::Pricing;
use crate::receipt::{Correction, Item, Receipt};
use crate::record::OwnRecord;
use crate::refund::{RefundOptions, refund_receipt};
use crate::settle::{SettleOptions, settle_receipt};
use crate::vocab::{Ffd, Term};
use crate::{capture_receipts, correct_receipt, split_receipt, totals};

/// Makes receipts: `call` is the name of the function, `first` and `second` the receipts it is given (`second` may be
/// empty), `options` the rest. As JSON text, `{value}`, `{issues}` or `{error}`: JavaScript makes long receipts of text
/// several times faster than one call a value would.
pub fn make(call: &str, first: &str, second: &str, options: &str) -> String {
    let mut options = match Json::parse(unmarked(options)) {
        Ok(Json::Object(members)) => members,
        Ok(Json::Null) => Vec::new(),
        _ => return refused("options are not an object"),
    };
    let lang = match options.iter().rev().find(|(name, _)| name == "lang").map(|(_, lang)| lang.as_str()) {
        None | Some(Some("ru")) => Lang::Ru,
        Some(Some("en")) => Lang::En,
        _ if options.iter().all(|(name, lang)| name != "lang" || *lang == Json::Null) => Lang::Ru,
        Some(_) => return refused("no such lang; there are ru, en"),
    };
    options.retain(|(name, value)| name != "lang" && *value != Json::Null);
    let made = match call {
        "build" => build(first, options, lang),
        "totals" => receipt(first, Purpose::Sum, &[]).map(|receipt| sums(&receipt)),
        "split" => split(first, &options),
        "refund" => refund(first, &options),
        "capture" => capture(first, second),
        "settle" => settle(first, &options),
        "correct" => correct(first, second, &options),
        _ => return refused("no such call"),
    };
    let answer = match made {
        Ok(value) => object([("value", Some(value))]),
        Err(error) => object([("issues", Some(told(&error.issues, lang)))]),
    };
    answer.to_string()
}

fn refused(message: &str) -> String {
    let error = object([("code", Some(text("bad_argument"))), ("message", Some(text(message)))]);
    object([("error", Some(error))]).to_string()
}

type Made = Result<Answer, ReceiptError>;
type Members<'a> = [(std::borrow::Cow<'a, str>, Json<'a>)];

/// What is wrong with all that a call is given.
#[derive(Default)]
struct Faults(Vec<Issue>);

impl Faults {
    fn keep<T>(&mut self, read: Result<T, ReceiptError>) -> Option<T> {
        read.map_err(|error| self.0.extend(error.issues)).ok()
    }

    fn error(self) -> ReceiptError {
        ReceiptError { issues: self.0 }
    }
}

fn written(receipt: &Receipt) -> Answer {
    record(&receipt.put()).into_owned()
}

/// A receipt that a call is given, or what is wrong with it; `at` is where it stands among several.
fn receipt(text: &str, purpose: Purpose, at: &[Step]) -> Result<Receipt, ReceiptError> {
    let mut findings = Findings::default();
    let receipt = draft::receipt(text, purpose, &mut findings);
    receipt.ok_or_else(|| {
        let mut issues = findings.settle(Receipt::SHAPE, &|_| None, usize::MAX).0;
        issues.iter_mut().for_each(|issue| drop(issue.path.splice(..0, at.iter().cloned())));
        ReceiptError { issues }
    })
}

fn key(name: &str) -> Step {
    Step::Key(name.into())
}

/// Reads options as a record of the model.
fn options<T: OwnRecord>(members: &Members<'_>) -> Result<T, ReceiptError> {
    let text = Json::Object(members.to_vec()).to_string();
    let (mut draft, mut findings) = (T::Draft::default(), Findings::default());
    draft::read_record(&text, &mut draft, &mut findings);
    crate::check::options(&draft, &mut findings);
    findings.fail()?;
    T::take(&draft).ok_or_else(|| findings.error())
}

/// Reads items, each with its defaults: those of a receipt that is nothing else.
fn items(items: &str, ffd: Ffd) -> Result<Vec<Item>, ReceiptError> {
    let list = Json::parse(unmarked(items)).ok().filter(|list| list.kind() == Kind::Array);
    let Some(list) = list else {
        let refused = |issue: &mut crate::Issue| {
            issue.with("expected", "array").with("got", if items.is_empty() { "undefined" } else { "object" });
        };
        return Err(ReceiptError::one(IssueCode::InvalidType, &Trail::ROOT.key("items"), 1059, refused));
    };
    let head =
        [("ffd", Json::String(ffd.name().into())), ("operation", Json::String("income".into())), ("items", list)];
    let whole = Json::Object(head.into_iter().map(|(name, value)| (name.into(), value)).collect());
    receipt(&whole.to_string(), Purpose::Sale, &[]).map(|receipt| receipt.items)
}

fn build(order: &str, mut options: Vec<(std::borrow::Cow<'_, str>, Json<'_>)>, lang: Lang) -> Made {
    let mut findings = Findings::default();
    let mut pricing = Pricing::Net;
    for (name, meant) in [("exactPrices", Pricing::Exact), ("listPrices", Pricing::List)] {
        let Some(at) = options.iter().position(|(known, _)| known == name) else { continue };
        match options.remove(at).1 {
            Json::Bool(true) if pricing == Pricing::Net => pricing = meant,
            Json::Bool(false) => {}
            other => {
                let issue = findings.add(IssueCode::InvalidOption, &Trail::ROOT.key(name), 0).with("option", name);
                issue.with("value", shown(&other)).with("expected", "exactPrices: true | listPrices: true");
            }
        }
    }
    let mut settings =
        CheckOptions::parse(&Json::Object(options).to_string(), ", exactPrices, listPrices", &mut findings);
    settings.lang = lang;
    findings.fail()?;
    let built = build_receipt(&Order::read(order)?, pricing, &settings)?;
    Ok(object([
        ("receipt", Some(written(&built.receipt))),
        ("lines", Some(list(&built.lines, line))),
        ("issues", Some(told(&built.issues, lang))),
    ]))
}

fn line(line: &OrderLine) -> Answer {
    let (first, count) = line.items;
    object([
        ("item", Some(line.item.map_or(Json::Null, number))),
        ("listed", Some(text(&line.listed.to_string()))),
        ("own", Some(text(&line.own.to_string()))),
        ("shared", Some(text(&line.shared.to_string()))),
        ("settled", Some(text(&line.settled.to_string()))),
        ("amount", Some(text(&line.amount.to_string()))),
        ("items", Some(list(first..first + count, number))),
    ])
}

fn sums(receipt: &Receipt) -> Answer {
    let sums = totals(receipt);
    let money = |money: crate::Money| Some(text(&money.to_string()));
    object([
        ("total", money(sums.total)),
        ("items", Some(list(&sums.items, |line| object([("amount", money(line.amount)), ("vat", money(line.vat))])))),
        (
            "vat",
            Some(list(&sums.vat, |rate| {
                object([
                    ("vat", Some(text(rate.vat.name()))),
                    ("base", money(rate.base)),
                    ("sum", money(rate.sum)),
                    ("sumByLines", money(rate.sum_by_lines)),
                ])
            })),
        ),
        ("payments", Some(record(&sums.payments.put()).into_owned())),
        ("count", Some(number(sums.count))),
    ])
}

fn split(text: &str, options: &Members<'_>) -> Made {
    let mut most = crate::MAX_ITEMS;
    for (name, value) in options {
        let given = match value {
            Json::Number(digits) if name == "maxItems" => digits.parse().ok().filter(|most| *most > 0),
            _ => None,
        };
        let Some(given) = given else {
            let refused = |issue: &mut crate::Issue| {
                issue.with("option", name.clone().into_owned()).with("value", shown(value));
                if name == "maxItems" {
                    issue.with("expected", "1, 2..")
                } else {
                    issue.with("known", "maxItems, lang")
                };
            };
            return Err(ReceiptError::one(IssueCode::InvalidOption, &Trail::ROOT.key(name), 0, refused));
        };
        most = given;
    }
    Ok(list(&split_receipt(&receipt(text, Purpose::Sale, &[])?, most)?, written))
}

fn refund(text: &str, given: &Members<'_>) -> Made {
    let mut faults = Faults::default();
    let sale = faults.keep(receipt(text, Purpose::Sale, &[]));
    let mut rest = given.to_vec();
    let mut earlier = Some(Vec::new());
    // Each is read as a receipt of its own, with its defaults.
    if let Some(at) = rest.iter().position(|(name, value)| name == "earlier" && value.kind() == Kind::Array) {
        earlier = faults.keep(receipts(&rest.remove(at).1, "earlier"));
    }
    let options = faults.keep(options::<RefundOptions>(&rest));
    let (Some(sale), Some(options), true) = (sale, options, earlier.is_some()) else { return Err(faults.error()) };
    Ok(written(&refund_receipt(&sale, &RefundOptions { earlier, ..options })?))
}

fn receipts(list: &Json<'_>, name: &str) -> Result<Vec<Receipt>, ReceiptError> {
    let Json::Array(elements) = list else { return Ok(Vec::new()) };
    let (mut faults, mut read) = (Faults::default(), Vec::new());
    for (at, element) in elements.iter().enumerate() {
        // They may be JSON texts themselves.
        let text = element.as_str().map_or_else(|| element.to_string(), str::to_owned);
        read.extend(faults.keep(receipt(&text, Purpose::Sale, &[key(name), Step::Index(at)])));
    }
    if read.len() == elements.len() { Ok(read) } else { Err(faults.error()) }
}

fn capture(hold: &str, sold: &str) -> Made {
    let mut faults = Faults::default();
    let hold = faults.keep(receipt(hold, Purpose::Sale, &[]));
    let sold = faults.keep(items(sold, hold.as_ref().map_or(Ffd::default(), |hold| hold.ffd)));
    let (Some(hold), Some(sold)) = (hold, sold) else { return Err(faults.error()) };
    Ok(list(&capture_receipts(&hold, &sold)?, written))
}

/// The prepayments come as one receipt or as a list of them.
fn settle(prepaid: &str, given: &Members<'_>) -> Made {
    let mut faults = Faults::default();
    let prepaid = match Json::parse(unmarked(prepaid)) {
        Ok(several @ Json::Array(_)) => faults.keep(receipts(&several, "prepaid")),
        _ => faults.keep(receipt(prepaid, Purpose::Sale, &[])).map(|one| vec![one]),
    };
    let mut rest = given.to_vec();
    let mut goods = None;
    if let Some(at) = rest.iter().position(|(name, _)| name == "items") {
        let first = prepaid.as_ref().and_then(|prepaid| prepaid.first());
        let ffd = first.map_or(Ffd::default(), |first| first.ffd);
        goods = Some(faults.keep(items(&rest.remove(at).1.to_string(), ffd)));
    }
    let options = faults.keep(options::<SettleOptions>(&rest));
    let (Some(prepaid), Some(options), None | Some(Some(_))) = (prepaid, options, &goods) else {
        return Err(faults.error());
    };
    Ok(written(&settle_receipt(&prepaid, &SettleOptions { items: goods.flatten(), ..options })?))
}

fn correct(wrong: &str, right: &str, given: &Members<'_>) -> Made {
    let mut faults = Faults::default();
    let mut some = |text: &str, name: &str| {
        let none = text.is_empty() || unmarked(text).trim() == "null";
        (!none).then(|| faults.keep(receipt(text, Purpose::Correction, &[key(name)])))
    };
    let (wrong, right) = (some(wrong, "wrong"), some(right, "right"));
    let correction = faults.keep(options::<Correction>(given));
    // Either may be left out; one that is given has to be readable.
    let (None | Some(Some(_)), None | Some(Some(_)), Some(correction)) = (&wrong, &right, correction) else {
        return Err(faults.error());
    };
    Ok(list(&correct_receipt(wrong.flatten().as_ref(), right.flatten().as_ref(), &correction)?, written))
}
