//! The fiscal document format itself (orders ЕД-7-20/662@, 1038@, 236@, 1050@): the dictionary of tags, what stands in
//! which document, the tags that a receipt becomes, and their bytes.
//!
//! ```
//! use chek54::{CheckOptions, Lang, check_receipt, ffd};
//!
//! let text = r#"{"operation":"income","items":[{"name":"Чай","price":100,"quantity":2,"vat":"vat22"}]}"#;
//! let receipt = check_receipt(text, &CheckOptions::default()).receipt()?;
//! let tags = ffd::receipt_tags(&receipt);
//! let total = tags.iter().find(|node| node.tag == 1020).expect("a total");
//! assert_eq!((total.name(Lang::En).as_str(), total.text(Lang::En).as_str()), ("Total of the receipt", "200.00"));
//! let bytes = ffd::encode_tlv(&tags)?;
//! assert_eq!(ffd::decode_tlv(&bytes)?, tags);
//! let decoded = ffd::decode(&bytes, None);
//! assert_eq!(decoded.receipts[0].0.items.as_ref().map(Vec::len), Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod document;
mod reading;
mod structure;
mod tags;
mod tlv;
mod tree;
mod way;

pub use reading::decode;
pub use structure::{Need, Place, Uses, document, documents, places, tags};
pub use tags::{TagInfo, TagKind, tag};
pub use tlv::{TlvError, TlvFault, decode_tlv, encode_tlv};
pub use tree::{TagNode, TagValue};

pub(crate) use document::of_draft;
pub(crate) use reading::decode_text;
pub(crate) use structure::{everywhere, write_info};
pub(crate) use tree::write_all;

use crate::receipt::Receipt;
use crate::record::OwnRecord;

/// The tags that the fiscal document of a receipt holds, in the order of the format's tables. What the register adds
/// (number, fiscal sign, clock) is there when the receipt has its `fiscal` part.
pub fn receipt_tags(receipt: &Receipt) -> Vec<TagNode> {
    of_draft(&receipt.put())
}
