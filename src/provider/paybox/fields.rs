//! The fields of Paybox's documents, in the documents' order and spelling: the only place that names them.
//!
//! Source: "Формирование чеков" (the page on receipts, its examples and its lists of values). Of the nested objects
//! that its API reference names, the inner names are published for `federal_id` alone; the others are those of an API
//! with the same objects, and whatever is sent by them is said ([`UNPUBLISHED`]).

use super::{NEW, PAYMENT, SEPARATE};
use crate::provider::map::{Row, Take, row};

/// `pg_receipt`, the request of `v5/receipts`, and the receipt of its answers.
pub(in crate::provider) static RECEIPT: &[Row] = &[
    row("receipt_format", "ffd"),
    row("merchant_id", "@merchantId"),
    row("payment_id", "@paymentId"),
    row("refund_id", "@refundId"),
    row("offset", "@offset"),
    row("receipt_id", "@id"),
    row("operation_type", "operation").of(SEPARATE),
    // Within a payment the method says what the receipt is.
    row("", "operation").of(PAYMENT).take(Take::Carried),
    row("tax_system", "taxation"),
    row("customer.email", "customer.email"),
    row("customer.phone", "customer.phone"),
    row("document_code", "customer.documentKind").of(NEW),
    row("customer.document_code", "customer.documentKind").take(Take::Read),
    row("positions", "items").rows(POSITION),
    // Settlements are read and written in answer.rs and body.rs: there the kind of payment is a value.
    row("", "payments.cash").take(Take::Carried),
    row("settlements[]", "payments.electronic").take(Take::Carried),
    row("settlements[]", "payments.prepaid").take(Take::Carried),
    row("settlements[]", "payments.credit").take(Take::Carried),
    row("settlements[]", "payments.provision").take(Take::Carried),
    // Refused as a whole.
    row("", "correction.kind").take(Take::Carried),
    row("", "correction.date").take(Take::Carried),
    row("", "correction.number").take(Take::Carried),
    row("", "correction.vat").take(Take::Carried),
    // Written at the positions.
    row("positions[].agent_type", "agent.kind").take(Take::Carried),
    row("positions[].supplier.phone", "supplier.phones").take(Take::Carried),
    row("additional_user_props.name", "userRequisite.key"),
    row("additional_user_props.value", "userRequisite.value"),
    row("receipt_industry_details", "industryRequisites").of(NEW).rows(INDUSTRY_DETAILS),
    row("receipt_operating_details.operation_id", "operationRequisite.id").of(NEW),
    row("receipt_operating_details.created_at", "operationRequisite.date").of(NEW),
    row("receipt_operating_details.value", "operationRequisite.data").of(NEW),
    row("status", "@status"),
    row("fiscal_document_number", "fiscal.fd").take(Take::Read),
    row("fiscal_storage_number", "fiscal.fn").take(Take::Read),
    row("fiscal_attribute", "fiscal.fp").take(Take::Read),
    row("registered_at", "fiscal.dateTime").take(Take::Read),
    row("created_at", "@createdAt"),
    row("fiscal_provider_id", "@fiscalProviderId"),
    row("total", "fiscal.total").take(Take::Read),
    row("company.inn", "seller.inn").take(Take::Read),
    row("company.email", "seller.email").take(Take::Read),
    row("company.tax_system", "taxation").take(Take::Read),
    row("company.payment_address", "place.site").take(Take::Read),
    row("receipt_method", "@receiptMethod"),
    row("error", "@error"),
    row("link", "fiscal.url").take(Take::Read),
];

/// `positions[]`. Requests have no sum: it is price x quantity.
static POSITION: &[Row] = &[
    row("price", "price"),
    row("name", "name"),
    row("quantity", "quantity"),
    row("vat_code", "vat"),
    row("payment_method", "method"),
    row("payment_object", "object"),
    row("measure", "unit").of(NEW),
    row("agent_type", "agent.kind"),
    row("supplier.name", "supplier.name"),
    row("supplier.inn", "supplier.inn"),
    row("supplier.phone", "supplier.phones").take(Take::First),
    row("mark_quantity.numerator", "mark.part.numerator").of(NEW),
    row("mark_quantity.denominator", "mark.part.denominator").of(NEW),
    row("payment_object_industry_details", "industryRequisites").of(NEW).rows(INDUSTRY_DETAILS),
    row("sum", "amount").take(Take::Read),
    row("", "amount").take(Take::Carried),
];

/// `receipt_industry_details[]` and `positions[].payment_object_industry_details[]`.
static INDUSTRY_DETAILS: &[Row] = &[
    row("federal_id", "code"),
    row("document_date", "documentDate"),
    row("document_number", "documentNumber"),
    row("value", "value"),
];

/// What is sent by names that no document of Paybox's has: the place in the receipt, and the name.
pub(super) static UNPUBLISHED: &[(&str, &str)] = &[
    ("customer.documentKind", "document_code"),
    ("userRequisite", "additional_user_props"),
    ("operationRequisite", "receipt_operating_details"),
    ("industryRequisites", "receipt_industry_details"),
];

/// The same of an item.
pub(super) static UNPUBLISHED_OF_ITEMS: &[(&str, &str)] = &[
    ("industryRequisites", "positions.payment_object_industry_details"),
    ("mark.part", "positions.mark_quantity"),
    ("supplier", "positions.supplier"),
];

/// One value of the model that the documents spell otherwise in FFD 1.2: of `payment_object`, tag 1212 = 16.
pub(super) const CONTRIBUTIONS: (&str, &str) = ("insurance_contributions", "others");

/// Fields of requests, answers and notifications about payments, as they stand in the envelope: `orderId` is
/// `pg_order_id`. Beyond the page on receipts, the names are those that several shops' modules read and write; whatever
/// else begins with `pg_` is kept in `extra`.
pub(super) static PAYMENT_FIELDS: &str = "\
    orderId merchantId paymentId refundId amount clearingAmount refundAmount netAmount psAmount \
    psFullAmount currency psCurrency paymentSystem paymentMethod description autoClearing result status \
    transactionStatus paymentStatus cancelPaymentId revokePaymentId refundPayments refundDate refundType \
    paymentDate createDate canReject captured testingMode userPhone userContactEmail \
    needPhoneNotification needEmailNotification cardPan cardExp cardOwner cardBrand authCode reference \
    failureCode failureDescription redirectUrl redirectUrlType errorCode errorDescription salt sig";
