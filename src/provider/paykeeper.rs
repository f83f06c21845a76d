//! PayKeeper: `/change/receipt/print/` and the queries of `/info/receipts/`, documents 8.1..8.13.
//!
//! The page names tables 12.1..12.5 and prints none of them. The cart's fields are known from published clients; what
//! stands within agents, suppliers, industry requisites and `receipt_properties` is not, so it is carried as the JSON
//! that the caller gives ([`Opaque`]), and else told as a loss.

mod answer;
mod body;
pub(crate) mod codes;
pub(crate) mod fields;
mod query;

pub use answer::decode;
pub(crate) use answer::decode_value;
pub(crate) use body::encode_draft;
pub use body::{EncodeOptions, Opaque, encode};
pub use query::{Query, query};

use super::map::Dialect;
use super::{Provider, spellings, unsupported};
use crate::Severity;
use crate::issue::{Findings, Trail};
use crate::options::{CheckOptions, Mode};
use crate::receipt::Draft;
use crate::vocab::{CorrectionKind, Ffd, System};

const LABEL: &str = Provider::PayKeeper.label();

/// There is one version of the documents.
const DIALECT: Dialect = Dialect { system: System::PayKeeper, label: LABEL, version: 1, has: |_, _, _| true };

/// What PayKeeper asks beyond the law: words for every term, and only what its form has a place for.
pub(super) fn rules(draft: &Draft<'_>, options: &CheckOptions, findings: &mut Findings) {
    spellings(Provider::PayKeeper, draft, &Trail::ROOT, findings);
    if options.mode == Mode::Build {
        limits(draft, findings);
        let mut draft = draft.clone();
        body::one_place(&mut draft, &Opaque::default());
        DIALECT.losses(fields::REQUEST, &draft, &Trail::ROOT, findings);
    }
}

/// What the form has a place for, yet not in this receipt.
fn limits(draft: &Draft<'_>, findings: &mut Findings) {
    let root = Trail::ROOT;
    let (customer, correction) = (root.key("customer"), root.key("correction"));
    if let Some(given) = draft.customer.as_deref()
        && given.email.is_some()
        && given.phone.is_some()
    {
        let issue = unsupported(LABEL, "customer.phone", findings, &customer.key("phone"), 1008);
        issue.severity(Severity::Warning).with("why", "contact: customer.email");
    }
    if let Some(given) = draft.correction.as_deref() {
        let ffd = draft.ffd.unwrap_or_default();
        if ffd != Ffd::V1_2 {
            let what = if ffd == Ffd::V1_1 { "correction, FFD 1.1" } else { "correction, FFD 1.05" };
            unsupported(LABEL, what, findings, &correction, 0).with("why", "is_correction: FFD 1.2");
        }
        if given.kind == Some(CorrectionKind::Own) && given.number.is_some() {
            let issue = unsupported(LABEL, "correction.number", findings, &correction.key("number"), 1179);
            issue.severity(Severity::Warning).with("why", "correction_document_number: by_order");
        }
    }
}
