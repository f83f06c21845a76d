//! The fields of CloudKassir's documents, in the documents' order and spelling: the only place that names them.

use super::{SINCE_3_3_7, SINCE_3_4_5, Version};
use crate::provider::map::{Row, Take, row};

/// `kkt/receipt`.
pub(crate) static REQUEST: &[Row] = &[
    row("Inn", "seller.inn"),
    row("Type", "operation"),
    row("CustomerReceipt", "").rows(CUSTOMER_RECEIPT),
    row("InvoiceId", "@invoiceId"),
    row("AccountId", "@accountId"),
];

/// `CustomerReceipt`: what the widget's `data` takes as well.
static CUSTOMER_RECEIPT: &[Row] = &[
    row("Items", "items").rows(ITEM),
    row("TaxationSystem", "taxation"),
    row("Amounts.Electronic", "payments.electronic"),
    row("Amounts.AdvancePayment", "payments.prepaid"),
    row("Amounts.Credit", "payments.credit"),
    row("Amounts.Provision", "payments.provision"),
    // No table has it for receipts; the examples of 3.4.5 do, and those of corrections since 3.3.7.
    row("Amounts.Cash", "payments.cash").of(SINCE_3_3_7),
    row("Amounts.Sum", "").take(Take::Ignore),
    row("CalculationPlace", "place.site"),
    row("Email", "customer.email"),
    row("Phone", "customer.phone"),
    row("CustomerInfo", "customer.name"),
    row("CustomerInn", "customer.inn"),
    row("IsBso", "bso"),
    row("AgentSign", "agent.kind"),
    row("Items[].AgentData.AgentOperationName", "agent.operation").take(Take::Carried),
    row("Items[].AgentData.PaymentAgentPhone", "agent.phones").take(Take::Carried),
    row("Items[].AgentData.PaymentReceiverOperatorPhone", "agent.receiverPhones").take(Take::Carried),
    row("Items[].AgentData.TransferOperatorPhone", "agent.transfer.phones").take(Take::Carried),
    row("Items[].AgentData.TransferOperatorName", "agent.transfer.name").take(Take::Carried),
    row("Items[].AgentData.TransferOperatorAddress", "agent.transfer.address").take(Take::Carried),
    row("Items[].AgentData.TransferOperatorInn", "agent.transfer.inn").take(Take::Carried),
    row("Items[].PurveyorData.Phone", "supplier.phones").take(Take::Carried),
    row("CashierName", "cashier.name").of(SINCE_3_3_7),
    row("CashierInn", "cashier.inn").of(SINCE_3_4_5),
    row("AdditionalReceiptInfos", "infos").of(SINCE_3_3_7),
    row("AdditionalReceiptRequisite", "requisite").of(SINCE_3_3_7),
    row("CustomerBirthday", "customer.birthday").of(SINCE_3_3_7),
    row("CustomerStateCode", "customer.citizenship").of(SINCE_3_3_7),
    row("CustomerDocType", "customer.documentKind").of(SINCE_3_3_7),
    row("CustomerDoc", "customer.document").of(SINCE_3_3_7),
    row("CustomerPlace", "customer.address").of(SINCE_3_3_7),
    row("UserRequisiteData.RequisiteKey", "userRequisite.key").of(SINCE_3_3_7),
    row("UserRequisiteData.RequisiteValue", "userRequisite.value").of(SINCE_3_3_7),
    row("OperationReceiptRequisite.OperationIdentifier", "operationRequisite.id").of(SINCE_3_3_7),
    row("OperationReceiptRequisite.OperationDate", "operationRequisite.date").of(SINCE_3_3_7),
    row("OperationReceiptRequisite.OperationData", "operationRequisite.data").of(SINCE_3_3_7),
    row("IndustryRequisiteCollection", "industryRequisites").rows(INDUSTRY_REQUISITE).of(SINCE_3_3_7),
    row("IsInternetPayment", "internet").of(SINCE_3_4_5),
    row("RussiaTimeZone", "timeZone").of(SINCE_3_4_5),
    row("NonCashPayments", "cashless").rows(NON_CASH_PAYMENT).of(SINCE_3_4_5),
];

/// `Items[]`. The second spelling of `AgentData` is that of the answers of `kkt/receipt/get`.
pub(crate) static ITEM: &[Row] = &[
    row("Label", "name"),
    row("Price", "price"),
    row("Quantity", "quantity"),
    row("Amount", "amount"),
    row("Vat", "vat"),
    row("Method", "method").take(Take::UnlessZero),
    row("Object", "object").take(Take::UnlessZero),
    row("MeasurementUnit", "unitName"),
    row("Excise", "excise"),
    row("CountryOriginCode", "countryCode"),
    row("CustomsDeclarationNumber", "customsDeclaration"),
    row("AgentSign", "agent.kind"),
    row("AgentData.AgentOperationName", "agent.operation"),
    row("AgentData.PaymentAgentPhone", "agent.phones").take(Take::First),
    row("AgentData.PaymentReceiverOperatorPhone", "agent.receiverPhones").take(Take::First),
    row("AgentData.TransferOperatorPhone", "agent.transfer.phones").take(Take::First),
    row("AgentData.TransferOperatorName", "agent.transfer.name"),
    row("AgentData.TransferOperatorAddress", "agent.transfer.address"),
    row("AgentData.TransferOperatorInn", "agent.transfer.inn"),
    row("AgentData.PayingAgentOperation", "agent.operation").take(Take::Read),
    row("AgentData.PayingAgentPhone", "agent.phones").take(Take::Read),
    row("AgentData.ReceivePaymentsOperatorPhone", "agent.receiverPhones").take(Take::Read),
    row("AgentData.MoneyTransferOperatorPhone", "agent.transfer.phones").take(Take::Read),
    row("AgentData.MoneyTransferOperatorName", "agent.transfer.name").take(Take::Read),
    row("AgentData.MoneyTransferOperatorAddress", "agent.transfer.address").take(Take::Read),
    row("AgentData.MoneyTransferOperatorVATIN", "agent.transfer.inn").take(Take::Read),
    row("PurveyorData.Phone", "supplier.phones").take(Take::First),
    row("PurveyorData.Name", "supplier.name"),
    row("PurveyorData.Inn", "supplier.inn"),
    row("AdditionalPositionInfo", "info").of(SINCE_3_3_7),
    row("SaleObjectData", "requisite").of(SINCE_3_3_7),
    row("IndustryRequisiteCollection", "industryRequisites").rows(INDUSTRY_REQUISITE).of(SINCE_3_3_7),
    row("ProductCodeData.CodeProductNomenclature", "mark.hex"),
    row("MarkPartQuantity.Numerator", "mark.part.numerator").of(SINCE_3_3_7),
    row("MarkPartQuantity.Denominator", "mark.part.denominator").of(SINCE_3_3_7),
    row("RawMarkCode", "mark.code").of(SINCE_3_3_7),
    row("GroupSeparator", "").take(Take::Ignore),
    row("UnitCode", "unit").of(SINCE_3_3_7),
    row("ExpectedMarkItemStatus", "mark.status").of(SINCE_3_4_5),
];

/// `IndustryRequisiteCollection[]`, and `IndustryRequisites[]` of a correction.
static INDUSTRY_REQUISITE: &[Row] = &[
    row("Code", "code"),
    row("DocumentDate", "documentDate"),
    row("DocumentNumber", "documentNumber"),
    row("RequisiteValue", "value"),
];

/// `NonCashPayments[]`.
static NON_CASH_PAYMENT: &[Row] =
    &[row("Amount", "amount"), row("PaymentMethod", "method"), row("PaymentId", "id"), row("AdditionalInfo", "info")];

/// `kkt/correction-receipt`.
pub(crate) static CORRECTION_REQUEST: &[Row] =
    &[row("CorrectionReceiptData", "").rows(CORRECTION).of(SINCE_3_3_7), row("InvoiceId", "@invoiceId")];

/// `CorrectionReceiptData`. `VatRate` is numbered as tag 1199 up to 3.3.7 and as `Vat` from 3.4.5 on.
pub(crate) static CORRECTION: &[Row] = &[
    row("OrganizationInn", "seller.inn"),
    row("VatRate", "correction.vat").of(Version::V3_3_7.bit()).take(Take::Code),
    row("VatRate", "correction.vat").of(SINCE_3_4_5),
    row("TaxationSystem", "taxation"),
    row("DeviceNumber", "@deviceNumber"),
    row("CorrectionReceiptType", "operation").take(Take::Code),
    row("CauseCorrection.CorrectionDate", "correction.date"),
    row("CauseCorrection.CorrectionNumber", "correction.number"),
    row("CorrectionDate", "correction.date").take(Take::Read),
    row("CorrectionNumber", "correction.number").take(Take::Read),
    row("Amounts.Electronic", "payments.electronic"),
    row("Amounts.Cash", "payments.cash"),
    row("Amounts.AdvancePayment", "payments.prepaid"),
    row("Amounts.Credit", "payments.credit"),
    row("Amounts.Provision", "payments.provision"),
    row("Amounts.Sum", "").take(Take::Ignore),
    row("Items", "items").rows(ITEM),
    row("IndustryRequisites", "industryRequisites").rows(INDUSTRY_REQUISITE),
    row("UserRequisiteData.RequisiteKey", "userRequisite.key"),
    row("UserRequisiteData.RequisiteValue", "userRequisite.value"),
    row("OperationReceiptRequisite.OperationIdentifier", "operationRequisite.id"),
    row("OperationReceiptRequisite.OperationDate", "operationRequisite.date"),
    row("OperationReceiptRequisite.OperationData", "operationRequisite.data"),
    row("CustomerInfo", "customer.name"),
    row("CustomerInn", "customer.inn"),
    row("CustomerBirthday", "customer.birthday"),
    row("CustomerStateCode", "customer.citizenship"),
    row("CustomerDocType", "customer.documentKind"),
    row("CustomerDoc", "customer.document"),
    row("CustomerPlace", "customer.address"),
    row("CustomerContactAddress", "customer.email"),
    row("CustomerContactAddress", "customer.phone"),
    row("CashierName", "cashier.name"),
    row("CashierInn", "cashier.inn"),
    row("PaymentPlace", "place.site"),
    row("PaymentAddress", "place.address"),
    row("CorrectionType", "correction.kind").take(Take::Code),
    row("AdditionalReceiptRequisite", "requisite"),
    row("IsBso", "bso").of(SINCE_3_4_5),
    row("IsInternetPayment", "internet").of(SINCE_3_4_5),
    row("RussiaTimeZone", "timeZone").of(SINCE_3_4_5),
];

/// What every answer has around its `Model`, which is read by tables of its own.
pub(super) static ANSWER: &[Row] = &[
    row("Model", "").take(Take::Ignore),
    row("Success", "@success"),
    row("Message", "@message"),
    row("Warning", "@warning"),
    row("WarningCodes", "@warningCodes"),
    row("Warnings", "@warnings"),
    row("InnerResult", "@innerResult"),
];

/// `Model` of an accepted or refused receipt, and the ids of any.
pub(super) static MODEL: &[Row] =
    &[row("Id", "@id"), row("ErrorCode", "@errorCode"), row("ReceiptLocalUrl", "@receiptLocalUrl")];

/// `Model` of `kkt/receipt/get`.
pub(super) static RECEIPT_DETAILS: &[&[Row]] = &[CUSTOMER_RECEIPT, &[row("AdditionalData", "").rows(FISCAL)]];

/// `Model` of `kkt/correction-receipt/get`: the marks stand beside the receipt's fields.
pub(super) static CORRECTION_DETAILS: &[&[Row]] = &[
    &[row("Status", "@status"), row("ErrorCode", "@errorCode"), row("ErrorMessage", "@errorMessage")],
    FISCAL,
    CORRECTION,
];

/// A Receipt notification: the marks flat, the receipt inside.
pub(in crate::provider) static NOTIFICATION: &[&[Row]] =
    &[FISCAL, &[row("Receipt", "").take(Take::Text).rows(CUSTOMER_RECEIPT)]];

/// `AdditionalData` of `kkt/receipt/get`; the other answers and the notification have the same by names of their own.
pub(crate) static FISCAL: &[Row] = &[
    row("Id", "fiscal.id"),
    row("DocumentNumber", "fiscal.fd"),
    row("SessionNumber", "fiscal.shift"),
    row("SessionCheckNumber", "fiscal.number"),
    row("Number", "fiscal.number"),
    row("FiscalSign", "fiscal.fp"),
    row("DeviceNumber", "fiscal.serial"),
    row("RegNumber", "fiscal.rnm"),
    row("FiscalNumber", "fiscal.fn"),
    row("Inn", "seller.inn"),
    row("OrganizationInn", "seller.inn"),
    row("Type", "operation"),
    row("Ofd", "fiscal.ofd"),
    row("OfdName", "fiscal.ofd"),
    row("OfdInn", "@ofdInn"),
    row("Url", "fiscal.url"),
    row("OfdReceiptUrl", "fiscal.url"),
    row("QrCodeUrl", "@qrCodeUrl"),
    row("TransactionId", "@transactionId"),
    row("Amount", "fiscal.total"),
    row("DateTime", "@dateTime"),
    row("InvoiceId", "@invoiceId"),
    row("AccountId", "@accountId"),
    row("CalculationPlace", "place.site"),
    row("CashierName", "cashier.name"),
    row("SettlePlace", "place.address"),
    row("SenderEmail", "seller.email"),
];
