//! The provider systems: bodies both ways, and what each cannot carry.

pub mod cloudkassir;
pub mod fns;
pub(crate) mod map;
pub mod notification;
pub mod paybox;
pub mod paykeeper;
mod payload;
#[cfg(test)]
mod reference;
mod signature;

use crate::issue::{Findings, Issue, IssueCode, ReceiptError, Step, Trail};
use crate::json::Json;
use crate::options::CheckOptions;
use crate::receipt::Draft;
use crate::record::{Record, View};
use crate::vocab::{List, System, Wire};

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
            Self::Paybox => paybox::rules(draft, options, findings),
            Self::PayKeeper => paykeeper::rules(draft, options, findings),
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
                let issue = unsupported(provider.label(), list.rows[row].name, findings, &here, field.tag);
                name_known(issue, list, system);
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

/// Names the words that a system has for a list, but for those that no fiscal document of FFD has a code for.
fn name_known(issue: &mut Issue, list: &'static List, system: System) {
    let mut words = String::new();
    for word in list.rows.iter().filter(|row| row.code != Wire::Unknown).filter_map(|row| row.wire(system).text()) {
        words.push_str(if words.is_empty() { "" } else { ", " });
        words.push_str(word);
    }
    if !words.is_empty() {
        issue.with("known", words);
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
    /// What stands around the whole of a list: counts.
    pub around: Envelope,
    /// What neither the model nor the envelope has a place for, with its place in the payload.
    pub extra: Vec<(Vec<Step>, Json<'static>)>,
    /// What is odd about it.
    pub issues: Vec<Issue>,
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
