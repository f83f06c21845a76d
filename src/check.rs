//! The checker: everything that is wrong with a receipt, at once and in the model's order.
//!
//! One function a rule, called in document order; nothing registers itself. Rules see a completed [`Draft`], so a
//! field that is missing or misspelt stands in no other rule's way.

mod agent;
mod correction;
mod field;
mod fiscal;
mod internet;
mod item;
mod mark;
mod payment;
mod vat;

use crate::draft;
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Severity, Trail};
use crate::options::{CheckOptions, Mode};
use crate::provider::Provider;
use crate::receipt::{Draft, Receipt};
use crate::record::{OwnRecord, Record};
pub(crate) use field::{is_hidden, plain};
pub(crate) use payment::is_rounded_down;

/// What a check found, and what was read.
#[derive(Debug, Clone)]
pub struct Check<'a> {
    /// Whether there is no finding of severity error.
    pub ok: bool,
    /// The findings, in the order of the model.
    pub issues: Vec<Issue>,
    /// How many more there are than [`CheckOptions::max_issues`].
    pub omitted: usize,
    /// What was read, defaults filled in.
    pub draft: Draft<'a>,
}

impl Check<'_> {
    /// The receipt, or all that is wrong with it.
    pub fn receipt(&self) -> Result<Receipt, ReceiptError> {
        let receipt = if self.ok { Receipt::take(&self.draft) } else { None };
        receipt.ok_or_else(|| ReceiptError { issues: self.issues.clone() })
    }
}

/// Checks the JSON text of a receipt.
///
/// ```
/// use chek54::{CheckOptions, IssueCode, check_receipt};
/// let text = r#"{"operation":"income","items":[{"name":"Tea","price":"33.333","quantity":3,"vat":"vat22"}]}"#;
/// let check = check_receipt(text, &CheckOptions::default());
/// assert_eq!(check.issues[0].code, IssueCode::InvalidScale);
/// assert_eq!(check.issues[0].place(), "items[0].price");
/// ```
pub fn check_receipt<'a>(text: &'a str, options: &CheckOptions) -> Check<'a> {
    check_with(text, options, Findings::default())
}

/// The same on top of findings about the options.
pub(crate) fn check_with<'a>(text: &'a str, options: &CheckOptions, mut findings: Findings) -> Check<'a> {
    let mut draft = draft::read(text, &mut findings);
    if options.mode == Mode::Read {
        findings.tolerate();
    }
    // A text that breaks off is no receipt with fields missing.
    if !findings.is_unreadable() {
        draft.complete();
        rules(&draft, options, &mut findings);
    }
    settle(draft, options, findings)
}

pub(crate) fn settle<'a>(draft: Draft<'a>, options: &CheckOptions, findings: Findings) -> Check<'a> {
    let (issues, omitted, ok) = findings.settle(Receipt::SHAPE, &|code| options.level(code), options.max_issues);
    Check { ok, issues, omitted, draft }
}

/// Reads and checks: the receipt, or a [`ReceiptError`] with all findings.
pub fn parse_receipt(text: &str, options: &CheckOptions) -> Result<Receipt, ReceiptError> {
    check_receipt(text, options).receipt()
}

impl Receipt {
    /// Checks a receipt that was built in Rust.
    pub fn check(&self, options: &CheckOptions) -> Check<'_> {
        let (draft, mut findings) = (self.put(), Findings::default());
        rules(&draft, options, &mut findings);
        settle(draft, options, findings)
    }
}

/// All rules, over a completed draft.
pub(crate) fn rules(draft: &Draft<'_>, options: &CheckOptions, findings: &mut Findings) {
    let day = options.at.map(|at| at.to_string());
    let mut checker = Checker { draft, options, findings, day, in_force: 0 };
    field::fields(&mut checker);
    correction::correction(&mut checker);
    item::count(&mut checker);
    item::limits(&mut checker);
    vat::taxation(&mut checker);
    vat::correction(&mut checker);
    agent::receipt(&mut checker);
    each_item(&mut checker, |checker, item, at| {
        item::item(checker, item, at);
        vat::rate(checker, item, at);
        mark::mark(checker, item, at);
        mark::permit(checker, item, at);
        agent::item(checker, item, at);
    });
    mark::duplicates(&mut checker);
    payment::payments(&mut checker);
    payment::cashless(&mut checker);
    payment::fiscal_total(&mut checker);
    fiscal::registration_number(&mut checker);
    internet::internet(&mut checker);
    if let Some(provider) = options.provider {
        provider.rules(draft, options, checker.findings);
    }
}

/// What has to be there for a receipt to be built at all: the findings of [`rules`] without its opinions.
pub(crate) fn shape(draft: &Draft<'_>, findings: &mut Findings) {
    let mut all = Findings::default();
    let options = CheckOptions::default();
    let mut checker = Checker { draft, options: &options, findings: &mut all, day: None, in_force: 0 };
    field::fields(&mut checker);
    item::count(&mut checker);
    each_item(&mut checker, item::item);
    item::limits(&mut checker);
    findings.take_needed(all);
}

/// Sums and quantities below zero: nothing can be made of such a receipt.
pub(crate) fn ranges(draft: &Draft<'_>, findings: &mut Findings) {
    let mut all = Findings::default();
    options(draft, &mut all);
    findings.take_of(IssueCode::OutOfRange, &[1023, 1031, 1043, 1079, 1081, 1082, 1215, 1216, 1217], all);
}

/// The rules of single fields, over a record that is no receipt: the options of a call.
pub(crate) fn options(record: &dyn Record<'_>, findings: &mut Findings) {
    let (draft, options) = (Draft::default(), CheckOptions::default());
    let mut checker = Checker { draft: &draft, options: &options, findings, day: None, in_force: 0 };
    field::record(&mut checker, record, &Trail::ROOT);
}

/// What a rule sees.
pub(crate) struct Checker<'c, 'a> {
    pub draft: &'c Draft<'a>,
    pub options: &'c CheckOptions,
    pub findings: &'c mut Findings,
    /// The day of the settlement as the tables write days.
    pub day: Option<String>,
    /// The VAT rates found to be in force on it, as bits of their rows: a receipt has few, and every item one.
    pub in_force: u32,
}

impl Checker<'_, '_> {
    fn add(&mut self, code: IssueCode, at: &Trail<'_>, tag: u16) -> &mut Issue {
        self.findings.add(code, at, tag)
    }

    /// How grave it is that sums do not agree: a receipt that was made is only looked at.
    fn sums(&self) -> Severity {
        if self.reads() { Severity::Warning } else { Severity::Error }
    }

    fn reads(&self) -> bool {
        self.options.mode == Mode::Read
    }

    fn is_for(&self, provider: Provider) -> bool {
        self.options.provider == Some(provider)
    }

    /// Whether it is a correction receipt of FFD 1.05, which has one sum and one rate and no items.
    fn is_old_correction(&self) -> bool {
        self.draft.correction.is_some() && self.draft.ffd == Some(crate::vocab::Ffd::V1_05)
    }
}

/// Visits each item with its place.
fn each_item<'c, 'a>(
    checker: &mut Checker<'c, 'a>,
    rule: impl Fn(&mut Checker<'c, 'a>, &'c crate::receipt::ItemDraft<'a>, &Trail<'_>),
) {
    let (root, draft) = (Trail::ROOT, checker.draft);
    let list = root.key("items");
    for (index, item) in draft.items.iter().flatten().enumerate() {
        rule(checker, item, &list.index(index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Receipts that are nearly right, in every way that sums can go wrong.
    fn texts() -> impl Strategy<Value = String> {
        let amount = prop_oneof![
            "[0-9]{1,5}(\\.[0-9]{1,2})?",
            "[0-9]{10,13}(\\.[0-9]{2})?",
            Just("2814749767106.55".to_owned()),
            Just("-1".to_owned()),
        ];
        let extra = prop::sample::select(vec![
            "",
            r#","unit":"kilogram""#,
            r#","method":"advance""#,
            r#","mark":{"code":"x"}"#,
        ]);
        let item = (amount.clone(), "[0-9]{1,3}(\\.[0-9]{1,6})?", prop::option::of(amount.clone()), extra).prop_map(
            |(price, quantity, amount, extra)| {
                let amount = amount.map_or_else(String::new, |amount| format!(r#","amount":"{amount}""#));
                format!(r#"{{"name":"x","price":"{price}","quantity":"{quantity}","vat":"vat22"{amount}{extra}}}"#)
            },
        );
        let payments = prop::option::of(amount)
            .prop_map(|cash| cash.map_or_else(String::new, |cash| format!(r#","payments":{{"cash":"{cash}"}}"#)));
        (prop::collection::vec(item, 0..5), payments, prop::sample::select(vec!["1.05", "1.1", "1.2"])).prop_map(
            |(items, payments, ffd)| {
                format!(r#"{{"ffd":"{ffd}","operation":"income","items":[{}]{payments}}}"#, items.join(","))
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_right_is_a_receipt_and_stays_one(text in texts(), lenient: bool) {
            let mut options = CheckOptions::default();
            if lenient {
                options.severity = IssueCode::ALL.iter().map(|code| (*code, crate::Level::Off)).collect();
            }
            let check = check_receipt(&text, &options);
            prop_assert_eq!(check.ok, check.receipt().is_ok());
            if let Ok(receipt) = check.receipt() {
                let again = receipt.check(&options);
                prop_assert_eq!(&again.issues, &check.issues);
                prop_assert_eq!(again.receipt(), Ok(receipt));
            }
        }
    }
}
