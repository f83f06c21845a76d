//! The fields of PayKeeper's documents (8.1..8.13), in the documents' order: the only place that names them.

use crate::provider::map::{Row, Take, row};

/// `/change/receipt/print/`, table 8.11.1. All are sent as strings; what the model does not hold comes from options.
pub(crate) static REQUEST: &[Row] = &[
    row("payment_id", "@paymentId"),
    row("type", "operation"),
    row("is_post_sale", "@postSale").take(Take::Flag),
    row("is_correction", "@isCorrection").take(Take::Flag),
    row("correction_type", "correction.kind"),
    row("correction_operation_date", "correction.date"),
    row("correction_document_number", "correction.number"),
    row("refund_id", "@refundId"),
    row("contact", "customer.email"),
    row("contact", "customer.phone"),
    row("sum_cashless", "payments.electronic"),
    row("sum_cash", "payments.cash"),
    row("sum_advance", "payments.prepaid"),
    row("sum_credit", "payments.credit"),
    row("sum_counter_payment", "payments.provision"),
    row("cart", "items").take(Take::Text).rows(CART),
    row("receipt_properties", "@receiptProperties").take(Take::Text),
    row("receipt_key", "@receiptKey"),
];

/// `cart`, table 12.1, which the page names and does not print: the fields are those of PayKeeper's published clients.
/// What stands within `agent`, `supplier` and `industry_attribute` (12.2..12.4), and the words of `measure`, are not
/// published; `measure` is read as the unit's name.
pub(super) static CART: &[Row] = &[
    row("name", "name"),
    row("price", "price"),
    row("quantity", "quantity"),
    row("sum", "amount"),
    row("tax", "vat"),
    row("item_type", "object"),
    row("payment_type", "method"),
    row("item_code", "mark.code"),
    // By their meaning; no document says which is which.
    row("items_sold_from_package", "mark.part.numerator"),
    row("items_in_package", "mark.part.denominator"),
    row("measure", "unitName"),
    row("item_country", "countryCode"),
    row("customs_declaration", "customsDeclaration"),
    row("excise", "excise"),
    row(CODE_B64, "").take(Take::Keep),
    row("item_code_validated", "").take(Take::Keep),
    row("item_id", "").take(Take::Keep),
    row("tax_sum", "").take(Take::Keep),
    row("agent", "").take(Take::Keep),
    row("supplier", "").take(Take::Keep),
    row("industry_attribute", "").take(Take::Keep),
];

/// A mark that has group separators goes here, so that they are not lost on the way.
pub(super) const CODE_B64: &str = "item_code_b64";

/// What the caller may give in PayKeeper's own form, and the model's field that is then said by it.
pub(in crate::provider) static OPAQUE: &[(&str, &str)] =
    &[("agent", "agent"), ("supplier", "supplier"), ("industry_attribute", "industryRequisites"), ("measure", "unit")];

/// What answers and the callback have beyond the request, tables 8.1.2 and 8.4.2.
pub(crate) static ANSWER: &[Row] = &[
    row("id", "@id"),
    row("status", "@status"),
    row("fpd", "fiscal.fp"),
    row("fnd", "fiscal.fd"),
    row("fn", "fiscal.fn"),
    row("ts", "@ts"),
    row("rnkkt", "fiscal.rnm"),
    row("shift_number", "fiscal.shift"),
    row("receipt_number", "fiscal.number"),
    row("obtain_datetime", "@obtainDateTime"),
    row("request_datetime", "@requestDateTime"),
    row("fop_receipt_key", "@receiptKey"),
    row("fop_uuid", "@uuid"),
    row("fop_url", "@fopUrl"),
    row("custom_params", "").take(Take::Text).rows(CUSTOM_PARAMS),
    row("error", "@error"),
    row("sign", "@sign"),
    row("token", "@token"),
    // What is answered to a request to print, and to one that is refused.
    row("receipt_id", "@id"),
    row("result", "@result"),
    row("msg", "@message"),
];

/// `custom_params` of a correction receipt, 28.1..28.3.
static CUSTOM_PARAMS: &[Row] = &[
    row("correction_type", "correction.kind"),
    row("correction_operation_date", "correction.date"),
    row("correction_document_number", "correction.number"),
];
