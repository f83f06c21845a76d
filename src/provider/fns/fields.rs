//! The keys of receipts as the tax service and the operators of fiscal data export them. The names are those of the
//! service's own export (order ЕД-7-20/662@ numbers the tags, the keys are its JSON names); older ones are of exports
//! of 2018 to 2020.

use crate::provider::map::{Row, Take, row};
use crate::vocab::{Term, Vat};

/// An older name of a field.
const fn older(wire: &'static str, model: &'static str) -> Row {
    row(wire, model).take(Take::Older)
}

/// A text padded to a fixed length.
const fn padded(wire: &'static str, model: &'static str) -> Row {
    row(wire, model).take(Take::Padded)
}

/// What the model has no place for.
const fn aside(wire: &'static str) -> Row {
    row(wire, "").take(Take::Aside)
}

/// What a document stands in, each a way down to it, with the kind of document that the name says (0: none).
pub(super) static WRAPPERS: &[(&str, i64)] = &[
    ("ticket", 0),
    ("document", 0),
    ("receipt", 0),
    ("bso", 4),
    ("receiptCorrection", 31),
    ("bsoCorrection", 41),
    ("data", 0),
    ("json", 0),
    ("content", 0),
];

/// What stands beside a document on the way down to it.
pub(super) static BESIDE: &[Row] = &[
    row("_id", "@id"),
    row("id", "@id"),
    row("qr", "fiscal.qr"),
    row("createdAt", "@createdAt"),
    row("status", "@status"),
    aside("code"),
    aside("first"),
    aside("html"),
    aside("kind"),
    aside("operation"),
    aside("organization"),
    aside("process"),
    aside("query"),
    aside("request"),
    aside("seller"),
    aside("statusDescription"),
];

/// A document: receipt (3), strict reporting form (4), their corrections (31, 41).
pub(super) static DOCUMENT: &[Row] = &[
    row("code", "@code"),
    older("receiptCode", "@code"),
    row("fiscalDocumentFormatVer", "ffd"),
    older("protocolVersion", "ffd"),
    row("operationType", "operation"),
    row("appliedTaxationType", "taxation").take(Take::UnlessZero),
    older("taxationType", "taxation"),
    row("items", "items").rows(ITEM),
    row("cashTotalSum", "payments.cash"),
    row("ecashTotalSum", "payments.electronic"),
    row("prepaidSum", "payments.prepaid"),
    row("creditSum", "payments.credit"),
    row("provisionSum", "payments.provision"),
    older("prepaymentSum", "payments.prepaid"),
    older("postpaymentSum", "payments.credit"),
    older("counterSubmissionSum", "payments.provision"),
    row("buyerPhoneOrAddress", "customer.email"),
    row("buyerPhoneOrAddress", "customer.phone"),
    older("buyerAddress", "customer.email"),
    older("buyerAddress", "customer.phone"),
    row("buyer", "customer.name"),
    padded("buyerInn", "customer.inn"),
    row("buyerInformation", "").rows(BUYER),
    padded("userInn", "seller.inn"),
    row("user", "seller.name"),
    row("sellerAddress", "seller.email"),
    older("senderAddress", "seller.email"),
    row("operator", "cashier.name"),
    padded("operatorInn", "cashier.inn"),
    row("retailPlaceAddress", "place.address"),
    older("retailAddress", "place.address"),
    row("retailPlace", "place.site"),
    row("internetPayment", "internet"),
    older("internetSign", "internet"),
    row("timeZone", "timeZone"),
    row("allECashProp.ecashProp", "cashless").rows(CASHLESS),
    row("propertiesData", "requisite"),
    row("properties.propertyName", "userRequisite.key"),
    row("properties.propertyValue", "userRequisite.value"),
    older("properties.key", "userRequisite.key"),
    older("properties.value", "userRequisite.value"),
    older("userProperty.propertyName", "userRequisite.key"),
    older("userProperty.propertyValue", "userRequisite.value"),
    older("userProperty.key", "userRequisite.key"),
    older("userProperty.value", "userRequisite.value"),
    row("operationalDetails.operationId", "operationRequisite.id"),
    row("operationalDetails.dateTime", "operationRequisite.date"),
    row("operationalDetails.operationData", "operationRequisite.data"),
    row("industryReceiptDetails", "industryRequisites").rows(INDUSTRY_REQUISITE),
    row("paymentAgentType", "agent.kind").take(Take::UnlessZero),
    older("operatorToReceivePhone", "agent.receiverPhones"),
    older("operatorPhoneToReceive", "agent.receiverPhones"),
    older("operatorTransferName", "agent.transfer.name"),
    older("operatorTransferInn", "agent.transfer.inn"),
    older("operatorTransferAddress", "agent.transfer.address"),
    older("operatorPhoneToTransfer", "agent.transfer.phones"),
    row("providerPhone", "supplier.phones"),
    row("correctionType", "correction.kind"),
    row("correctionBase", "").rows(CORRECTION_BASE),
    // So in two sources that do not depend on each other: the first letter is Cyrillic.
    row("сorrectionBase", "").rows(CORRECTION_BASE),
    older("correctionDocumentDate", "correction.date"),
    older("correctionDocumentNumber", "correction.number"),
    padded("fiscalDriveNumber", "fiscal.fn"),
    row("fiscalDocumentNumber", "fiscal.fd"),
    row("fiscalSign", "fiscal.fp"),
    padded("kktRegId", "fiscal.rnm"),
    padded("numberKkt", "fiscal.serial"),
    older("kktNumber", "fiscal.serial"),
    older("machineNumber", "fiscal.serial"),
    row("shiftNumber", "fiscal.shift"),
    row("requestNumber", "fiscal.number"),
    row("dateTime", "fiscal.dateTime"),
    row("totalSum", "fiscal.total"),
    row("qr", "fiscal.qr"),
    older("qrCode", "fiscal.qr"),
    row("amountsReceiptNds.amountsNds", "@amountsNds"),
    row("messageFiscalSign", "@messageFiscalSign"),
    row("metadata.ofdId", "@ofdId"),
    row("ofdInn", "@ofdInn"),
    row("fnsUrl", "@fnsUrl"),
    older("fnsSite", "@fnsUrl"),
    older("authorityUri", "@fnsUrl"),
    row("id", "@id"),
    row("_id", "@id"),
    aside("addressToCheckFiscalSign"),
    aside("checkingLabeledProdResult"),
    aside("correctionName"),
    aside("discount"),
    aside("discountSum"),
    aside("markup"),
    aside("markupSum"),
    aside("message"),
    aside("metadata.address"),
    aside("metadata.id"),
    aside("metadata.receiveDate"),
    aside("metadata.subtype"),
    aside("modifiers"),
    aside("rawData"),
    aside("redefine_mask"),
    aside("region"),
    aside("reqDocDate"),
    aside("rqId"),
    aside("stornoItems"),
];

/// The VAT sums of a document with the code (tag 1199) that each is of. `nds18` kept its name when the rate became 20%.
/// Those of codes 5 and 6 are turnovers. An item of an older export has one of them instead of its rate.
pub(super) static VAT_SUMS: &[Row] = &[
    row("nds18", "@vat.1"),
    row("nds20", "@vat.1"),
    row("nds10", "@vat.2"),
    row("nds18118", "@vat.3"),
    row("nds20120", "@vat.3"),
    row("ndsCalculated18", "@vat.3"),
    row("ndsCalculated20", "@vat.3"),
    row("nds10110", "@vat.4"),
    row("ndsCalculated10", "@vat.4"),
    row("nds0", "@vat.5"),
    row("ndsNo", "@vat.6"),
];

/// `items[]`, tag 1059.
static ITEM: &[Row] = &[
    row("name", "name"),
    row("price", "price"),
    row("quantity", "quantity"),
    row("sum", "amount"),
    row("nds", "vat").take(Take::UnlessZero),
    older("ndsRate", "vat"),
    row("paymentType", "method").take(Take::UnlessZero),
    older("calculationTypeSign", "method"),
    row("productType", "object").take(Take::UnlessZero),
    older("calculationSubjectSign", "object"),
    row("itemsQuantityMeasure", "unit"),
    row("unit", "unitName"),
    older("measure", "unitName"),
    row("exciseDuty", "excise"),
    padded("originCountryCode", "countryCode"),
    row("customEntryNum", "customsDeclaration"),
    row("propertiesItem", "requisite"),
    row("itemsIndustryDetails", "industryRequisites").rows(INDUSTRY_REQUISITE),
    row("nomenclatureCode", "mark.hex"),
    older("productCode", "mark.hex"),
    row("productCodeNew", "").rows(PRODUCT_CODE),
    row("labeledProdFractionalQuantity.numerator", "mark.part.numerator"),
    row("labeledProdFractionalQuantity.denominator", "mark.part.denominator"),
    aside("labeledProdFractionalQuantity.fractionalPart"),
    row("paymentAgentByProductType", "agent.kind").take(Take::UnlessZero),
    row("paymentAgentData", "").rows(AGENT),
    padded("providerInn", "supplier.inn"),
    row("providerData.providerName", "supplier.name"),
    row("providerData.providerPhone", "supplier.phones"),
    aside("barcode"),
    aside("checkingProdInformationResult"),
    aside("controlCode"),
    aside("labelCodeProcesMode"),
    aside("modifiers"),
    aside("nds0"),
    aside("nds10"),
    aside("nds10110"),
    aside("nds18"),
    aside("nds18118"),
    aside("nds20"),
    aside("nds20120"),
    aside("ndsCalculated10"),
    aside("ndsCalculated18"),
    aside("ndsCalculated20"),
    aside("ndsNo"),
    aside("ndsSum"),
    aside("productCodeData"),
    aside("productCodeDataError"),
    aside("properties"),
    aside("storno"),
    aside("unitNds"),
];

/// `productCodeNew`, tag 1163: one of its kinds (1300..1309, 1320..1325).
static PRODUCT_CODE: &[Row] = &[
    row("gs1m", "").rows(RAW_CODE),
    row("gs10", "").rows(RAW_CODE),
    row("gs1", "").rows(RAW_CODE),
    row("ean8", "").rows(RAW_CODE),
    row("ean13", "").rows(RAW_CODE),
    row("itf14", "").rows(RAW_CODE),
    row("undefined", "").rows(RAW_CODE),
    row("kmk", "").rows(RAW_CODE),
    row("mi", "").rows(RAW_CODE),
    row("egais2", "").rows(RAW_CODE),
    row("egais3", "").rows(RAW_CODE),
    row("f1", "").rows(RAW_CODE),
    row("f2", "").rows(RAW_CODE),
    row("f3", "").rows(RAW_CODE),
    row("f4", "").rows(RAW_CODE),
    row("f5", "").rows(RAW_CODE),
    row("f6", "").rows(RAW_CODE),
];

/// A product code; beside it the parts that it consists of.
static RAW_CODE: &[Row] =
    &[older("rawProductCode", "mark.code"), aside("gtin"), aside("sernum"), aside("productIdType")];

/// `paymentAgentData` of an item, tag 1223; before FFD 1.2 the same stands in the document itself.
pub(super) static AGENT: &[Row] = &[
    row("paymentAgentOperation", "agent.operation"),
    row("paymentAgentPhone", "agent.phones"),
    row("paymentOperatorPhone", "agent.receiverPhones"),
    row("transferOperatorName", "agent.transfer.name"),
    padded("transferOperatorInn", "agent.transfer.inn"),
    row("transferOperatorAddress", "agent.transfer.address"),
    row("transferOperatorPhone", "agent.transfer.phones"),
];

/// `buyerInformation`, tag 1256.
static BUYER: &[Row] = &[
    row("buyer", "customer.name"),
    padded("buyerInn", "customer.inn"),
    row("buyerBirthday", "customer.birthday"),
    padded("buyerCitizenship", "customer.citizenship"),
    padded("buyerDocumentCode", "customer.documentKind"),
    row("buyerDocumentData", "customer.document"),
    row("buyerAddress", "customer.address"),
];

/// `allECashProp.ecashProp[]`, tag 1235.
static CASHLESS: &[Row] =
    &[row("ecashSum", "amount"), row("ecashSign", "method"), row("ecashIdent", "id"), row("ecashAddInfo", "info")];

/// `itemsIndustryDetails[]` and `industryReceiptDetails[]`, tags 1260 and 1261.
static INDUSTRY_REQUISITE: &[Row] = &[
    row("idFoiv", "code"),
    row("foundationDocDateTime", "documentDate"),
    row("foundationDocNumber", "documentNumber"),
    row("industryPropValue", "value"),
];

/// `correctionBase`, tag 1174.
static CORRECTION_BASE: &[Row] =
    &[row("correctionDocumentDate", "correction.date"), row("correctionDocumentNumber", "correction.number")];

/// The tag of a rate's sum in a document: 1102..1107, and 1120 for the rates since 2025.
pub(super) fn tag_of(vat: Vat) -> u16 {
    match vat.code() {
        Some(1) => 1102,
        Some(2) => 1103,
        Some(3) => 1106,
        Some(4) => 1107,
        Some(5) => 1104,
        Some(6) => 1105,
        _ => 1120,
    }
}
