//! Findings: what is wrong with a receipt, where, and how it could be put right.

use crate::message::{self, Lang};
use crate::record::{FieldKind, Shape};
use std::borrow::Cow;
use std::collections::BinaryHeap;
use std::fmt;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The receipt is not right, or would be refused.
    Error,
    /// It may be right, or would be taken; worth a look.
    Warning,
}

/// The table of codes: name, severity where a rule says nothing else, whether it is about the shape, source.
macro_rules! codes {
    ($( $(#[$doc:meta])* $variant:ident $name:literal $severity:ident $shape:literal $source:literal; )*) => {
        /// What kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[serde(rename_all = "snake_case")]
        pub enum IssueCode {
            $( $(#[$doc])* $variant, )*
        }

        impl IssueCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As it is written: `amount_mismatch`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The severity unless the rule says another one.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// Whether it is about the shape: then no receipt can be built, and it cannot be turned off.
            pub const fn is_shape(self) -> bool {
                match self { $(Self::$variant => $shape),* }
            }

            /// Where the rule comes from.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$variant => $source),* }
            }
        }
    };
}

#[rustfmt::skip]
codes! {
    /// The text is not JSON.
    InvalidJson "invalid_json" Error true "RFC 8259";
    /// The text is not XML.
    InvalidXml "invalid_xml" Error true "XML 1.0";
    /// The text is longer than is read.
    TooLarge "too_large" Error true "chek54";
    /// The text is nested deeper than is read.
    TooDeep "too_deep" Error true "chek54";
    /// The bytes are not tags of a fiscal document.
    InvalidTlv "invalid_tlv" Error true "приказ ФНС ЕД-7-20/662@";
    /// An option of the call is not one.
    InvalidOption "invalid_option" Error true "chek54";
    /// A field that has to be there is not.
    Required "required" Error true "приказ ФНС ЕД-7-20/662@";
    /// A value of another type.
    InvalidType "invalid_type" Error true "chek54";
    /// A value that is none of those it can be.
    InvalidValue "invalid_value" Error true "приказ ФНС ЕД-7-20/662@";
    /// More decimals than the field has.
    InvalidScale "invalid_scale" Error true "приказ ФНС ЕД-7-20/662@";
    /// A field that the model does not have.
    UnknownField "unknown_field" Error false "chek54";
    /// A field given twice.
    DuplicateField "duplicate_field" Error false "RFC 8259";
    /// A number below or above what it can be.
    OutOfRange "out_of_range" Error false "приказ ФНС ЕД-7-20/662@";
    /// A text longer than its tag.
    TooLong "too_long" Error false "приказ ФНС ЕД-7-20/662@";
    /// An optional text without a character in it.
    EmptyText "empty_text" Warning false "chek54";
    /// A text that is not of the form its field has.
    InvalidFormat "invalid_format" Error false "приказ ФНС ЕД-7-20/662@";
    /// A number whose check digits do not agree.
    InvalidChecksum "invalid_checksum" Warning false "контрольные цифры ИНН";
    /// Characters that CP866, the page of fiscal documents, does not have.
    NotEncodable "not_encodable" Warning false "приказ ФНС ЕД-7-20/662@, CP866";
    /// The sum of a line is not price x quantity.
    AmountMismatch "amount_mismatch" Error false "приказ ФНС ЕД-7-20/662@, тег 1043";
    /// Price x quantity is no whole number of kopecks, where the provider multiplies by itself.
    AmountInexact "amount_inexact" Warning false "Paybox";
    /// The payments do not make up the total.
    PaymentsMismatch "payments_mismatch" Error false "CloudKassir 3.4.5, 5.9; коды ошибок 13, 14";
    /// The cashless payments one by one do not make up the cashless sum.
    CashlessMismatch "cashless_mismatch" Warning false "приказ ФНС ЕД-7-20/236@, теги 1082, 1081";
    /// Nothing is paid.
    TotalNotPositive "total_not_positive" Error false "CloudKassir 3.4.5, 1";
    /// The kopecks of the total were dropped, as the law allows.
    TotalRoundedDown "total_rounded_down" Warning false "приказ ФНС ЕД-7-20/662@, тег 1020";
    /// A VAT rate that is not in force on the day.
    VatNotInForce "vat_not_in_force" Error false "законы 176-ФЗ, 425-ФЗ; письмо ФНС АБ-4-20/11248@";
    /// The registration number of the register is not made of its organisation's INN and its factory number.
    RnmMismatch "rnm_mismatch" Warning false "CRC-16 регистрационного номера ККТ, тег 1037";
    /// A VAT sum of the document that neither legal way of rounding gives.
    VatMismatch "vat_mismatch" Warning false "приказ ФНС ЕД-7-20/662@, теги 1102..1107; ЕД-7-20/1038@, тег 1120";
    /// A plain VAT rate under a prepayment, where the calculated one is usual.
    VatNotCalculated "vat_not_calculated" Warning false "НК РФ, ст. 164 п. 4";
    /// A tax system that is not in force on the day.
    TaxationNotInForce "taxation_not_in_force" Warning false "ЕНВД отменён с 2021-01-01 (тег 1055)";
    /// A field or value that this FFD version does not have.
    NotInFfd "not_in_ffd" Error false "приказ ФНС ЕД-7-20/662@";
    /// Something the provider has no place or no code for.
    UnsupportedByProvider "unsupported_by_provider" Error false "документация провайдера";
    /// Something that is sent under a name which the provider has not published.
    UnpublishedName "unpublished_name" Warning false "документация провайдера";
    /// More items than one receipt takes.
    TooManyItems "too_many_items" Error false "CloudKassir 3.4.5, 1; Paybox";
    /// A text that the provider cuts off.
    ValueTruncated "value_truncated" Warning false "CloudKassir 3.4.5, 1";
    /// Data that this kind of agent has to give.
    AgentDataRequired "agent_data_required" Error false "CloudKassir 3.4.5, 5.3; коды ошибок 4, 9";
    /// The supplier that every agent has to name.
    SupplierRequired "supplier_required" Error false "CloudKassir 3.4.5, 5.3; коды ошибок 5, 7";
    /// A discount greater than what it falls on can carry.
    DiscountTooLarge "discount_too_large" Error false "chek54";
    /// More is given back, or captured, than is left of the original.
    ExceedsOriginal "exceeds_original" Error false "chek54";
    /// All that was sold is given back already.
    NothingLeft "nothing_left" Error false "chek54";
    /// An earlier refund of something that the receipt does not have.
    NotOfOriginal "not_of_original" Error false "chek54";
    /// Goods sold as marked, without a mark.
    MarkRequired "mark_required" Error false "приказ ФНС ЕД-7-20/662@, тег 1212";
    /// A mark where the subject of settlement says there is none.
    MarkUnexpected "mark_unexpected" Warning false "приказ ФНС ЕД-7-20/662@, тег 1212";
    /// A mark, or a part of one, that cannot be right.
    MarkInvalid "mark_invalid" Error false "CloudKassir 3.4.5, 5.3; приказ ФНС ЕД-7-20/662@, тег 1291";
    /// A separator of a mark's groups is lost.
    MarkSeparator "mark_separator" Warning false "GS1 General Specifications; CloudKassir 3.4.5, 5.3 GroupSeparator";
    /// One mark on two items.
    DuplicateMark "duplicate_mark" Error false "приказ ФНС ЕД-7-20/662@, тег 1163";
    /// No e-mail and no phone where the receipt has to be sent to the buyer.
    ContactRequired "contact_required" Error false "приказ ФНС ЕД-7-20/236@, теги 1125, 1008";
    /// No site where the settlement is over the internet.
    SiteRequired "site_required" Warning false "приказ ФНС ЕД-7-20/236@, теги 1125, 1187";
    /// No measure, and the quantity is not whole.
    UnitRequired "unit_required" Warning false "приказ ФНС ЕД-7-20/662@, тег 2108";
    /// Pieces that are not whole.
    UnitMismatch "unit_mismatch" Warning false "приказ ФНС ЕД-7-20/662@, тег 2108";
}

impl IssueCode {
    /// The code of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for IssueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A field.
    Key(String),
    /// An element of a list.
    Index(usize),
}

/// A path while it is walked: a step and what it hangs on.
#[derive(Debug, Clone, Copy)]
pub struct Trail<'t> {
    parent: Option<&'t Trail<'t>>,
    key: &'t str,
    index: usize,
}

impl<'t> Trail<'t> {
    /// The whole receipt.
    pub const ROOT: Trail<'static> = Trail { parent: None, key: "", index: 0 };

    /// A field of it.
    pub const fn key(&'t self, key: &'t str) -> Trail<'t> {
        Trail { parent: Some(self), key, index: usize::MAX }
    }

    /// An element of it.
    pub const fn index(&'t self, index: usize) -> Trail<'t> {
        Trail { parent: Some(self), key: "", index }
    }

    /// The path from the receipt to here.
    pub fn steps(&self) -> Vec<Step> {
        let Some(parent) = self.parent else { return Vec::new() };
        let mut steps = parent.steps();
        steps.push(if self.index == usize::MAX { Step::Key(self.key.into()) } else { Step::Index(self.index) });
        steps
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What kind.
    pub code: IssueCode,
    /// How grave.
    pub severity: Severity,
    /// Where.
    pub path: Vec<Step>,
    /// What the texts are filled with.
    pub params: Vec<(&'static str, Cow<'static, str>)>,
    /// The FFD tag of the field, if it has one.
    pub tag: Option<u16>,
    /// Whether it leaves nothing to build from, so that its severity stays.
    pub(crate) fixed: bool,
}

impl Issue {
    /// Fills in a part of the text.
    #[inline(never)]
    pub(crate) fn with(&mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> &mut Self {
        self.push(name, value.into())
    }

    /// Fills in what prints itself.
    #[inline(never)]
    pub(crate) fn show(&mut self, name: &'static str, value: &dyn fmt::Display) -> &mut Self {
        self.push(name, value.to_string().into())
    }

    /// Fills in a text between quotes.
    #[inline(never)]
    pub(crate) fn quote(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.show(name, &format_args!("\"{text}\""))
    }

    /// Findings are rare and rules are many: in one place, this and [`Findings::add`] keep the wasm a tenth smaller.
    #[inline(never)]
    fn push(&mut self, name: &'static str, value: Cow<'static, str>) -> &mut Self {
        self.params.push((name, value));
        self
    }

    /// Sets how grave it is.
    pub(crate) fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Makes it a warning if so.
    pub(crate) fn warning_if(&mut self, so: bool) -> &mut Self {
        if so { self.severity(Severity::Warning) } else { self }
    }

    /// Makes its severity stay.
    pub(crate) fn fixed(&mut self) -> &mut Self {
        self.fixed = true;
        self
    }

    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        message::fill(message::text(self.code, lang).0, self, lang).unwrap_or_default()
    }

    /// How it could be put right, where that is known.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        message::hints(self.code, lang).iter().find_map(|hint| message::fill(hint, self, lang))
    }

    /// The path as it is read: `items[0].price`.
    pub fn place(&self) -> String {
        place(&self.path)
    }
}

/// A path as it is read: `items[0].price`.
pub(crate) fn place(path: &[Step]) -> String {
    let mut place = String::new();
    for step in path {
        match step {
            Step::Key(key) if place.is_empty() => place.push_str(key),
            Step::Key(key) => place.extend([".", key]),
            Step::Index(index) => place.extend(["[", &index.to_string(), "]"]),
        }
    }
    place
}

/// In English: `items[0].price: out_of_range: ...`.
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place();
        write!(f, "{place}{}{}: {}", if place.is_empty() { "" } else { ": " }, self.code, self.message(Lang::En))
    }
}

/// Findings while they are made.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Issue>,
    beyond: usize,
}

/// More than this are only counted: hostile input shall not fill the memory.
const KEPT: usize = 2_000;

impl Findings {
    /// A finding at a place; the rule then says the rest of it.
    #[inline(never)]
    pub fn add(&mut self, code: IssueCode, at: &Trail<'_>, tag: u16) -> &mut Issue {
        if self.list.len() == KEPT {
            self.list.pop();
            self.beyond += 1;
        }
        let tag = (tag != 0).then_some(tag);
        let (path, params) = (at.steps(), Vec::new());
        self.list.push(Issue { code, severity: code.severity(), path, params, tag, fixed: false });
        self.last()
    }

    /// The finding added last.
    pub fn last(&mut self) -> &mut Issue {
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Takes over another list's findings, at their place below this one.
    pub fn append(&mut self, other: Self, at: &Trail<'_>) {
        let above = at.steps();
        self.list.extend(other.list.into_iter().map(|mut issue| {
            issue.path.splice(0..0, above.iter().cloned());
            issue
        }));
        self.beyond += other.beyond;
    }

    /// Takes over what another list says no receipt can be built without.
    pub fn take_needed(&mut self, other: Self) {
        self.list.extend(other.list.into_iter().filter(|issue| issue.fixed || issue.code == IssueCode::Required));
    }

    /// Takes over the findings of a code that are about these tags.
    pub fn take_of(&mut self, code: IssueCode, tags: &[u16], other: Self) {
        let wanted = |issue: &Issue| issue.code == code && issue.tag.is_some_and(|tag| tags.contains(&tag));
        self.list.extend(other.list.into_iter().filter(wanted));
    }

    /// Drops what is said to be missing below these fields of the receipt.
    pub fn forgive(&mut self, fields: &[&str]) {
        let below = |issue: &Issue| matches!(issue.path.first(), Some(Step::Key(key)) if fields.contains(&&**key));
        self.list.retain(|issue| issue.code != IssueCode::Required || !below(issue));
    }

    /// Whether the text broke off, so that nothing can be said of what is not there.
    pub fn is_unreadable(&self) -> bool {
        use IssueCode::{InvalidJson, InvalidXml, TooDeep, TooLarge};
        self.list.iter().any(|issue| matches!(issue.code, InvalidJson | InvalidXml | TooDeep | TooLarge))
    }

    /// Drops all else where the text broke off.
    pub fn only_unreadable(&mut self) {
        use IssueCode::{InvalidJson, TooDeep, TooLarge};
        if self.is_unreadable() {
            self.list.retain(|issue| matches!(issue.code, InvalidJson | TooDeep | TooLarge));
        }
    }

    /// Makes warnings of what only matters to those who build.
    pub fn tolerate(&mut self) {
        let strict = [IssueCode::UnknownField, IssueCode::DuplicateField];
        let harmless = self.list.iter_mut().filter(|issue| strict.contains(&issue.code));
        harmless.for_each(|issue| issue.severity = Severity::Warning);
    }

    /// Goes on, or not, if there is any error.
    pub fn fail(&self) -> Result<(), ReceiptError> {
        if self.any_error() { Err(ReceiptError { issues: self.list.clone() }) } else { Ok(()) }
    }

    /// All of it as an error.
    pub fn error(self) -> ReceiptError {
        ReceiptError { issues: self.list }
    }

    /// Whether there is such a finding.
    pub fn any(&self, such: &dyn Fn(&Issue) -> bool) -> bool {
        self.list.iter().any(such)
    }

    /// Takes out the findings of a code.
    pub fn drop(&mut self, code: IssueCode) {
        self.list.retain(|issue| issue.code != code);
    }

    /// Makes warnings of all: what is fiscal already is only looked at.
    pub fn soften(&mut self) {
        self.list.iter_mut().for_each(|issue| issue.severity = Severity::Warning);
    }

    /// Whether there is any error so far.
    pub fn any_error(&self) -> bool {
        self.list.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// All of them, in the order of the model.
    #[inline(never)]
    pub fn all(self) -> Vec<Issue> {
        self.settle(<crate::receipt::Receipt as crate::record::OwnRecord>::SHAPE, &|_| None, usize::MAX).0
    }

    /// In the order of the model, with severities as the caller wants them; also how many are left out beyond `most`.
    pub fn settle(
        mut self,
        shape: &'static Shape,
        wanted: &dyn Fn(IssueCode) -> Option<Level>,
        most: usize,
    ) -> (Vec<Issue>, usize, bool) {
        self.list.retain_mut(|issue| {
            if issue.fixed || issue.code.is_shape() {
                return true;
            }
            match wanted(issue.code) {
                Some(Level::Off) => return false,
                Some(Level::Error) => issue.severity = Severity::Error,
                Some(Level::Warning) => issue.severity = Severity::Warning,
                None => {}
            }
            true
        });
        let ok = self.beyond == 0 && !self.any_error();
        let omitted = self.beyond + self.list.len().saturating_sub(most);
        // A heap rather than a sort: a tenth of its code, and findings are few.
        let ranked = self.list.iter().enumerate().map(|(at, issue)| (rank(shape, &issue.path), at));
        let order = ranked.collect::<BinaryHeap<_>>().into_sorted_vec();
        let mut list: Vec<_> = self.list.into_iter().map(Some).collect();
        let sorted = order.iter().take(most).filter_map(|(_, at)| list[*at].take()).collect();
        (sorted, omitted, ok)
    }
}

/// What a caller wants of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// Not reported.
    Off,
}

/// Where a path stands in the model: fields in their order, unknown ones last.
fn rank(shape: &'static Shape, path: &[Step]) -> Vec<usize> {
    let mut shape = Some(shape);
    path.iter()
        .map(|step| match step {
            Step::Index(index) => *index,
            Step::Key(key) => {
                let place = shape.and_then(|shape| shape.fields.iter().position(|field| field.name == key));
                shape = match place.zip(shape).map(|(at, shape)| shape.fields[at].kind) {
                    Some(FieldKind::Record(inner) | FieldKind::Records(inner)) => Some(inner),
                    _ => None,
                };
                place.unwrap_or(usize::MAX)
            }
        })
        .collect()
}

/// A receipt that is not right, with everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", told(.issues))]
pub struct ReceiptError {
    /// All findings, warnings among them.
    pub issues: Vec<Issue>,
}

impl ReceiptError {
    /// One finding, of which the rest is said by `tell`.
    pub(crate) fn one(code: IssueCode, at: &Trail<'_>, tag: u16, tell: impl FnOnce(&mut Issue)) -> Self {
        let mut findings = Findings::default();
        tell(findings.add(code, at, tag));
        findings.error()
    }
}

fn told(issues: &[Issue]) -> String {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
    let more = errors.clone().count().saturating_sub(1);
    let first = errors.clone().next().or(issues.first()).map(Issue::to_string).unwrap_or_default();
    if more == 0 { first } else { format!("{first} (and {more} more)") }
}
