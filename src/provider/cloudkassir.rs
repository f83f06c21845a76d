//! CloudKassir (CloudPayments): `kkt/receipt` and `kkt/correction-receipt`, documents 3.0, 3.3.7 and 3.4.5.

mod answer;
mod body;
pub(crate) mod codes;
pub(crate) mod fields;

pub use answer::decode;
pub(crate) use answer::decode_value;
pub(crate) use body::encode_draft;
pub use body::{EncodeOptions, encode};

use super::map::{Dialect, Take};
use super::unsupported;
use crate::issue::{Findings, IssueCode, Trail};
use crate::options::{CheckOptions, Mode};
use crate::receipt::Draft;
use crate::vocab::{List, PaymentObject, System, Term, Vat, Wire};

/// A version of CloudKassir's documents. Where they disagree, each is followed as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(target_arch = "wasm32", tsify(type_prefix = "CloudKassir"))]
pub enum Version {
    /// The English page of 2019-03-15.
    #[serde(rename = "3.0")]
    V3_0,
    /// The Russian page of 2022-06-10.
    #[serde(rename = "3.3.7")]
    V3_3_7,
    /// The current page, 2025-12-19.
    #[default]
    #[serde(rename = "3.4.5")]
    V3_4_5,
}

impl Version {
    /// Every version, the oldest first.
    pub const ALL: [Self; 3] = [Self::V3_0, Self::V3_3_7, Self::V3_4_5];

    /// As the documents number it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_3_7 => "3.3.7",
            Self::V3_4_5 => "3.4.5",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }

    const fn dialect(self) -> Dialect {
        let label = match self {
            Self::V3_0 => "CloudKassir 3.0",
            Self::V3_3_7 => "CloudKassir 3.3.7",
            Self::V3_4_5 => "CloudKassir 3.4.5",
        };
        Dialect { system: System::CloudKassir, label, version: self.bit(), has }
    }
}

/// Versions from 3.3.7 on, as bits.
const SINCE_3_3_7: u8 = Version::V3_3_7.bit() | Version::V3_4_5.bit();
/// The current version, as bits.
const SINCE_3_4_5: u8 = Version::V3_4_5.bit();

/// Whether a version of the documents has a term: 3.4.5 brought the VAT rates of 2025 and 2026 and dropped that of
/// Kazakhstan; 3.0 knows the subjects of settlement up to 13.
fn has(list: &'static List, row: usize, version: u8) -> bool {
    let newest = version == SINCE_3_4_5;
    match (list.tag, list.rows[row].cloudkassir) {
        (1199, Wire::Number(12)) => !newest,
        (1199, Wire::Number(5 | 7 | 22 | 105 | 107 | 122)) => newest,
        (1212, Wire::Number(object)) => version != Version::V3_0.bit() || object <= 13,
        _ => true,
    }
}

/// What CloudKassir asks beyond the law: two decimals everywhere, and only what the version has a place for.
pub(super) fn rules(draft: &Draft<'_>, options: &CheckOptions, findings: &mut Findings) {
    let root = Trail::ROOT;
    let items = root.key("items");
    for (index, item) in draft.items.iter().flatten().enumerate() {
        if let Some(quantity) = item.quantity.filter(|quantity| !quantity.is_multiple_of(10_000)) {
            let at = items.index(index);
            let issue = findings.add(IssueCode::InvalidScale, &at.key("quantity"), 1023);
            issue.severity(crate::Severity::Warning).with("scale", "2").show("value", &quantity);
        }
    }
    if options.mode == Mode::Build {
        let dialect = options.version.dialect();
        terms(draft, dialect, findings);
        dialect.losses(body::rows(draft), draft, &root, findings);
    }
}

/// Finds what the version has no number for: rates and subjects of settlement; all else is the same in every version.
fn terms(draft: &Draft<'_>, dialect: Dialect, findings: &mut Findings) {
    let root = Trail::ROOT;
    let items = root.key("items");
    // Whether it is carried.
    let mut look = |term: Option<(&'static List, usize)>, at: &Trail<'_>, tag: u16| {
        let Some((list, row)) = term else { return true };
        let lost = list.rows[row].cloudkassir == Wire::Unknown || !has(list, row, dialect.version);
        if lost {
            let issue = unsupported(dialect.label, list.rows[row].name, findings, at, tag);
            let others = Version::ALL
                .into_iter()
                .filter(|other| other.dialect().spelling(list, row, Take::Both) != Wire::Unknown);
            let others = others.map(Version::name).collect::<Vec<_>>().join(", ");
            if !others.is_empty() {
                issue.with("versions", others);
            }
        }
        !lost
    };
    // Of one kind of goods are nearly all.
    let mut carried = None;
    for (index, item) in draft.items.iter().flatten().enumerate() {
        if carried == Some((item.vat, item.object)) {
            continue;
        }
        let at = items.index(index);
        let vat = look(item.vat.map(|vat| (Vat::LIST, vat.index())), &at.key("vat"), 1199);
        let object = look(item.object.map(|object| (PaymentObject::LIST, object.index())), &at.key("object"), 1212);
        carried = (vat && object).then_some((item.vat, item.object));
    }
    let vat = draft.correction.as_ref().and_then(|correction| correction.vat);
    look(vat.map(|vat| (Vat::LIST, vat.index())), &root.key("correction").key("vat"), 0);
}
