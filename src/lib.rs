//! Russian fiscal receipts (54-FZ, FFD 1.05 / 1.1 / 1.2), right before they are sent.
//!
//! ```
//! use chek54::{CheckOptions, Date, Lang, Provider, check_receipt, cloudkassir};
//!
//! let order = r#"{
//!     "operation": "income", "taxation": "osn",
//!     "items": [
//!         { "name": "Tea", "price": "149.90", "quantity": 2, "vat": "vat22" },
//!         { "name": "Delivery", "price": 300, "quantity": 1, "vat": "vat20", "object": "servise" }
//!     ],
//!     "customer": { "email": "buyer@example.com" }
//! }"#;
//! let options = CheckOptions { provider: Some(Provider::CloudKassir), at: Date::new(2026, 11, 21), ..Default::default() };
//!
//! // Everything that is wrong, at once, with place, tag and hint.
//! let check = check_receipt(order, &options);
//! let told: Vec<_> = check.issues.iter().map(|issue| format!("{} {}", issue.place(), issue.code)).collect();
//! assert_eq!(told, ["items[1].vat vat_not_in_force", "items[1].object invalid_value"]);
//! assert_eq!(check.issues[1].hint(Lang::En).as_deref(), Some("Did you mean \"service\"?"));
//!
//! // Put right, it is exact, complete, and becomes the provider's body.
//! let order = order.replace("servise", "service").replace("vat20", "vat22");
//! let receipt = check_receipt(&order, &options).receipt()?;
//! assert_eq!(receipt.items[0].amount.to_string(), "299.80");
//! let options = cloudkassir::EncodeOptions { inn: Some("7708806062".into()), ..Default::default() };
//! let encoded = cloudkassir::encode(&receipt, &options)?;
//! assert_eq!(encoded.path, "kkt/receipt");
//! assert!(encoded.body.to_string().contains(r#""Amounts":{"Electronic":599.8}"#));
//! # Ok::<(), chek54::CallError>(())
//! ```

mod bytes;
#[doc(hidden)]
pub mod call;
mod capture;
mod check;
mod correct;
mod cp866;
mod date;
mod diff;
mod draft;
#[cfg(feature = "client")]
pub mod exchange;
mod explain;
pub mod ffd;
mod form;
mod http;
mod inn;
mod issue;
mod json;
mod mark;
mod message;
mod money;
mod nearest;
mod options;
mod order;
#[cfg(feature = "preview")]
mod preview;
mod price;
mod provider;
mod qr;
mod receipt;
#[doc(hidden)]
pub mod record;
mod refund;
mod rnm;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod settle;
mod split;
mod spread;
mod totals;
mod vat;
pub mod vocab;
// The sandbox is a wasm of its own, with its own door.
#[cfg(all(target_arch = "wasm32", not(feature = "sandbox")))]
#[doc(hidden)]
pub mod wasm;
mod xml;

pub use capture::capture_receipts;
pub use check::{Check, check_receipt, parse_receipt};
pub use correct::correct_receipt;
pub use date::Date;
pub use diff::{Difference, DifferenceKind, diff_receipts};
pub use explain::{Explanation, Fault, explain};
pub use http::{Method, Request, Response};
pub use inn::{Inn, InnKind, inn};
pub use issue::{Issue, IssueCode, Level, ReceiptError, Severity, Step};
pub use json::Json;
pub use mark::{MarkKind, ParsedMark, parse_mark};
pub use message::Lang;
pub use money::{AmountError, Money, Percent, Quantity};
pub use options::{CheckOptions, Mode};
pub use order::{Built, Discount, Order, OrderLine, build_receipt};
#[cfg(feature = "preview")]
pub use preview::{PreviewForm, PreviewOptions, PreviewWidth, Theme, preview};
pub use price::Pricing;
pub use provider::{CallError, Decoded, Encoded, Provider, cloudkassir, fns, notification, paybox, paykeeper};
pub use qr::{ParsedQr, QrSvg, decode_qr, format_qr, parse_qr, qr_svg};
pub use receipt::*;
pub use refund::{RefundLine, RefundOptions, refund_receipt};
pub use rnm::registration_number_agrees;
pub use settle::{SettleOptions, settle_receipt};
pub use split::{MAX_ITEMS, split_receipt};
pub use totals::{LineTotal, RateTotal, Totals, totals};
pub use vocab::{AgentKind, CorrectionKind, Ffd, Operation, PaymentMethod, PaymentObject, Taxation, Term, Unit, Vat};
