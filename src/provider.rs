//! The provider systems: bodies both ways, and what each cannot carry.

pub mod cloudkassir;
pub mod fns;
mod map;

use crate::draft::unreadable;
use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Step, Trail};
use crate::json::{Json, MAX_BYTES, unmarked};
use crate::options::CheckOptions;
use crate::receipt::{Draft, Receipt};
use crate::record::{OwnRecord, Record, View};
use crate::vocab::{Ffd, System, Wire};

/// A provider system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// CloudKassir of CloudPayments.
    CloudKassir,
    /// Paybox, FreedomPay.
    Paybox,
    /// PayKeeper.
    PayKeeper,
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 3] = [Self::CloudKassir, Self::Paybox, Self::PayKeeper];

    /// As callers write it: `cloudkassir`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CloudKassir => "cloudkassir",
            Self::Paybox => "paybox",
            Self::PayKeeper => "paykeeper",
        }
    }

    /// As people write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CloudKassir => "CloudKassir",
            Self::Paybox => "Paybox",
            Self::PayKeeper => "PayKeeper",
        }
    }

    const fn system(self) -> System {
        match self {
            Self::CloudKassir => System::CloudKassir,
            Self::Paybox => System::Paybox,
            Self::PayKeeper => System::PayKeeper,
        }
    }

    /// What this provider asks beyond the law.
    pub(crate) fn rules(self, draft: &Draft<'_>, options: &CheckOptions, findings: &mut Findings) {
        match self {
            Self::CloudKassir => cloudkassir::rules(draft, options, findings),
            Self::Paybox | Self::PayKeeper => spellings(self, draft, &Trail::ROOT, findings),
        }
    }
}

/// Finds terms that a provider has no spelling of, in the lists that it has spellings of.
fn spellings(provider: Provider, record: &dyn Record<'_>, at: &Trail<'_>, findings: &mut Findings) {
    let system = provider.system();
    for (index, field) in record.shape().fields.iter().enumerate() {
        let here = at.key(field.name);
        match record.view(index) {
            View::Term(list, row)
                if list.rows[row].wire(system) == Wire::Unknown
                    && list.rows.iter().any(|row| row.wire(system) != Wire::Unknown) =>
            {
                unsupported(provider.label(), list.rows[row].name, findings, &here, field.tag);
            }
            View::Record(inner) => spellings(provider, inner, &here, findings),
            View::Records(list) => {
                for index in 0..list.count() {
                    spellings(provider, list.at(index), &here.index(index), findings);
                }
            }
            _ => {}
        }
    }
}

/// Says that a provider, `who`, has no place or no code for something.
fn unsupported<'f>(
    who: &'static str,
    what: &str,
    findings: &'f mut Findings,
    at: &Trail<'_>,
    tag: u16,
) -> &'f mut Issue {
    let issue = findings.add(IssueCode::UnsupportedByProvider, at, tag);
    issue.with("provider", who).with("what", what.to_owned())
}

/// A receipt in a provider's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The path of the method, below the provider's base address.
    pub path: &'static str,
    /// What is sent there.
    pub body: Json<'static>,
    /// What the form could not carry.
    pub losses: Vec<Issue>,
}

/// What stands around a receipt, by name.
pub type Envelope = Vec<(&'static str, Json<'static>)>;

/// A provider's payload in the model.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The receipt, as far as it was there, with what stands around it: order, account, ids, status, error. One,
    /// unless the payload is a list.
    pub receipts: Vec<(Draft<'static>, Envelope)>,
    /// Whether the payload is a list.
    pub is_list: bool,
    /// What neither the model nor the envelope has a place for, with its place in the payload.
    pub extra: Vec<(Vec<Step>, Json<'static>)>,
    /// What is odd about it.
    pub issues: Vec<Issue>,
}

/// What one payload holds: the receipt, what stands around it, and what has no place in either.
type Read = (Draft<'static>, Envelope, Vec<(Vec<Step>, Json<'static>)>);

/// The most findings about one text.
const MOST: usize = 100;

/// Reads a payload, or each of a list of them; `nothing` says of an empty list that it is none.
fn each_payload(
    text: &str,
    nothing: fn(&mut Findings),
    read: &mut dyn FnMut(Json<'static>, &mut Findings) -> Read,
) -> Decoded {
    let mut findings = Findings::default();
    let mut decoded = Decoded::default();
    let (text, root) = (unmarked(text), Trail::ROOT);
    let payloads = match if text.len() > MAX_BYTES { None } else { Some(Json::parse(text)) } {
        Some(Ok(Json::Array(elements))) => {
            decoded.is_list = true;
            if elements.is_empty() {
                nothing(&mut findings);
            }
            elements
        }
        Some(Ok(value)) => vec![value],
        Some(Err(fault)) => {
            unreadable(text, fault, &mut findings);
            Vec::new()
        }
        None => {
            findings.add(IssueCode::TooLarge, &root, 0).with("max", MAX_BYTES.to_string());
            Vec::new()
        }
    };
    for (index, value) in payloads.into_iter().enumerate() {
        let place = root.index(index);
        let place = if decoded.is_list { &place } else { &root };
        let mut own = Findings::default();
        let (receipt, envelope, extra) = read(value.into_owned(), &mut own);
        findings.append(own, place);
        decoded.extra.extend(extra.into_iter().map(|(path, value)| ([place.steps(), path].concat(), value)));
        decoded.receipts.push((receipt, envelope));
    }
    decoded.issues = findings.settle(Receipt::SHAPE, |_| None, MOST).0;
    decoded
}

/// Whether a record has what only FFD 1.2 knows.
fn is_new(record: &dyn Record<'_>) -> bool {
    record.shape().fields.iter().enumerate().any(|(index, field)| match record.view(index) {
        View::None => false,
        _ if !field.rule.ffd.has(Ffd::V1_05) && field.rule.ffd.has(Ffd::V1_2) => true,
        View::Term(list, row) => field.name != "ffd" && !list.rows[row].ffd.has(Ffd::V1_05),
        View::Record(inner) => is_new(inner),
        View::Records(list) => (0..list.count()).any(|index| is_new(list.at(index))),
        // A whole scan is what 1.2 takes; 1.05 takes the code in hex.
        _ => field.tag == 2000,
    })
}

/// Why a call was refused, where it is not the receipt's fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// An argument that cannot be.
    #[error("{0}")]
    Argument(String),
    /// A receipt that is not well-shaped.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
}
