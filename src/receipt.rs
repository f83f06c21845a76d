//! The model: one receipt, exact and complete, of any FFD version; every field with its tag.
//!
//! The rows are the only place that names a field: its JSON name, tag, limits and versions (order ЕД-7-20/662@,
//! tables 20..28 for receipts, 29..34 for corrections; order ЕД-7-20/236@ for the fields since September 2025).

use crate::money::{Money, Quantity};
use crate::record::{Form, Rule, record};
use crate::vocab::{
    self, AgentKind, CorrectionKind, Ffd, FfdSet, Operation, PaymentMethod, PaymentObject, Taxation, Unit, Vat,
};

const OLD: FfdSet = FfdSet::UP_TO_1_1;
const NEW: FfdSet = FfdSet::ONLY_1_2;
const PHONE: Rule = Rule::text(19).form(Form::Phone);
const INN: Rule = Rule::ANY.form(Form::Inn);

record! {
    /// A receipt (document 3), a strict reporting form (4), or with `correction` a correction receipt (31).
    Receipt, Draft {
        /// Version of the fiscal document format. Default: 1.2. Tag 1209.
        "ffd" ffd: Ffd = 1209, Rule::ANY.defaulted();
        /// Sign of settlement. Tag 1054.
        "operation" operation: Operation = 1054, Rule::ANY;
        /// Tax system applied; may be left out where the register has one system only. Tag 1055.
        "taxation" taxation: Option<Taxation> = 1055, Rule::ANY;
        /// The lines. At least one, but for a correction in FFD 1.05, which may have none. Tag 1059.
        "items" items: Vec<Item> = 1059, Rule::ANY.defaulted();
        /// How it was paid. Default: the total, electronically.
        "payments" payments: Payments = 0, Rule::ANY.defaulted();
        /// The buyer.
        "customer" customer: Option<Customer> = 0, Rule::ANY;
        /// The organisation that issues the receipt.
        "seller" seller: Option<Seller> = 0, Rule::ANY;
        /// Who rang it up.
        "cashier" cashier: Option<Cashier> = 0, Rule::ANY;
        /// Where it was settled.
        "place" place: Option<Place> = 0, Rule::ANY;
        /// Whether it is a strict reporting form (БСО) rather than a cash receipt.
        "bso" bso: Option<bool> = 0, Rule::ANY;
        /// The seller as an agent, for the whole receipt; in FFD 1.2 agents stand at their items. Tag 1057.
        "agent" agent: Option<Agent> = 1057, Rule::ANY.ffd(OLD);
        /// Whether it was settled over the internet. Tag 1125, since 2025-09-01.
        "internet" internet: Option<bool> = 1125, Rule::ANY;
        /// Time zone of the place of settlement, 1 (UTC+2) to 11 (UTC+12). Tag 1011, since 2025-09-01.
        "timeZone" time_zone: Option<u64> = 1011, Rule::range(1, 11);
        /// The cashless payments one by one. Tags 1234, 1235, since 2025-09-01.
        "cashless" cashless: Option<Vec<Cashless>> = 1234, Rule::ANY;
        /// Additional requisite of the receipt, up to 16 characters. Tag 1192.
        "requisite" requisite: Option<String> = 1192, Rule::text(16);
        /// Lines of text for the whole receipt (CloudKassir's AdditionalReceiptInfos). No tag.
        "infos" infos: Option<Vec<String>> = 0, Rule::ANY;
        /// Additional requisite of the user. Tag 1084.
        "userRequisite" user_requisite: Option<UserRequisite> = 1084, Rule::ANY;
        /// Operational requisite. FFD 1.2. Tag 1270.
        "operationRequisite" operation_requisite: Option<OperationRequisite> = 1270, Rule::ANY.ffd(NEW);
        /// Industry requisites of the receipt. FFD 1.2. Tag 1261.
        "industryRequisites" industry_requisites: Option<Vec<IndustryRequisite>> = 1261, Rule::ANY.ffd(NEW);
        /// The supplier, for the whole receipt; in FFD 1.2 suppliers stand at their items.
        "supplier" supplier: Option<ReceiptSupplier> = 0, Rule::ANY.ffd(OLD);
        /// What makes it a correction receipt.
        "correction" correction: Option<Correction> = 0, Rule::ANY;
        /// What the register made of it, once it is fiscal.
        "fiscal" fiscal: Option<Fiscal> = 0, Rule::ANY;
    }
}

record! {
    /// One line of a receipt. Tag 1059.
    Item, ItemDraft {
        /// What is sold, up to 128 characters. Tag 1030.
        "name" name: String = 1030, Rule::text(128);
        /// Price of one after discounts, roubles, at most two decimals. Tag 1079.
        "price" price: Money = 1079, Rule::ANY;
        /// How many, above zero, at most six decimals. Tag 1023.
        "quantity" quantity: Quantity = 1023, Rule::ANY;
        /// Sum of the line after discounts, roubles. Default: price x quantity, half-up. Tag 1043.
        "amount" amount: Money = 1043, Rule::ANY.defaulted();
        /// VAT rate; `none` is not the same as `vat0`. Tag 1199.
        "vat" vat: Vat = 1199, Rule::ANY;
        /// Sign of the method of settlement. Default: fullPayment. Tag 1214.
        "method" method: PaymentMethod = 1214, Rule::ANY.defaulted();
        /// Sign of the subject of settlement. Default: commodity. Tag 1212.
        "object" object: PaymentObject = 1212, Rule::ANY.defaulted();
        /// Measure of the quantity. FFD 1.2; default there: piece for whole quantities. Tag 2108.
        "unit" unit: Option<Unit> = 2108, Rule::ANY.ffd(NEW);
        /// Unit of measure in words, up to 16 characters. FFD 1.05 and 1.1. Tag 1197.
        "unitName" unit_name: Option<String> = 1197, Rule::text(16).ffd(OLD);
        /// Excise duty included in the price, roubles. Tag 1229.
        "excise" excise: Option<Money> = 1229, Rule::ANY;
        /// Country of origin, three digits of OKSM. Tag 1230.
        "countryCode" country_code: Option<String> = 1230, Rule::text(3).form(Form::Country);
        /// Number of the customs declaration, up to 32 characters. Tag 1231.
        "customsDeclaration" customs_declaration: Option<String> = 1231, Rule::text(32);
        /// Text printed with the line (CloudKassir's AdditionalPositionInfo). No tag.
        "info" info: Option<String> = 0, Rule::ANY;
        /// Additional requisite of the line, up to 64 characters. Tag 1191.
        "requisite" requisite: Option<String> = 1191, Rule::text(64);
        /// Industry requisites of the line. FFD 1.2. Tag 1260.
        "industryRequisites" industry_requisites: Option<Vec<IndustryRequisite>> = 1260, Rule::ANY.ffd(NEW);
        /// Marking of the goods. Tags 1162 (FFD 1.05, 1.1), 1163 and 2000 (FFD 1.2).
        "mark" mark: Option<Mark> = 0, Rule::ANY;
        /// Sold as an agent of somebody. Tags 1222, 1223.
        "agent" agent: Option<Agent> = 1222, Rule::ANY;
        /// Whose goods are sold. Tag 1224.
        "supplier" supplier: Option<Supplier> = 1224, Rule::ANY;
    }
}

record! {
    /// How a receipt was paid, roubles. The parts make up its total.
    #[derive(Default)]
    Payments, PaymentsDraft {
        /// In cash. Tag 1031.
        "cash" cash: Option<Money> = 1031, Rule::ANY;
        /// Cashless. Tag 1081.
        "electronic" electronic: Option<Money> = 1081, Rule::ANY;
        /// Set off against an earlier prepayment or advance. Tag 1215.
        "prepaid" prepaid: Option<Money> = 1215, Rule::ANY;
        /// To be paid later. Tag 1216.
        "credit" credit: Option<Money> = 1216, Rule::ANY;
        /// By counter-provision: certificates, barter. Tag 1217.
        "provision" provision: Option<Money> = 1217, Rule::ANY;
    }
}

record! {
    /// The buyer. Tag 1256 in FFD 1.2, single tags before.
    #[derive(Default)]
    Customer, CustomerDraft {
        /// Where the receipt is sent to; up to 64 characters. Tag 1008.
        "email" email: Option<String> = 1008, Rule::text(64).form(Form::Email);
        /// Where a link to the receipt is sent to: `+79991234567`. Tag 1008.
        "phone" phone: Option<String> = 1008, PHONE;
        /// Organisation, or full name with the passport's series and number; up to 256 characters. Tag 1227.
        "name" name: Option<String> = 1227, Rule::text(256);
        /// INN of the buyer. Tag 1228.
        "inn" inn: Option<String> = 1228, INN;
        /// Date of birth. FFD 1.2. Tag 1243.
        "birthday" birthday: Option<String> = 1243, Rule::ANY.form(Form::Date).ffd(NEW);
        /// Citizenship, three digits of OKSM. FFD 1.2. Tag 1244.
        "citizenship" citizenship: Option<String> = 1244, Rule::text(3).form(Form::Country).ffd(NEW);
        /// Kind of the identity document, two digits: `vocabulary("documentKind")`. FFD 1.2. Tag 1245.
        "documentKind" document_kind: Option<String> = 1245, Rule::ANY.form(Form::Listed(&vocab::DOCUMENT_KIND)).ffd(NEW);
        /// Series and number of the identity document, up to 64 characters. FFD 1.2. Tag 1246.
        "document" document: Option<String> = 1246, Rule::text(64).ffd(NEW);
        /// Address of the buyer, up to 256 characters. FFD 1.2. Tag 1254.
        "address" address: Option<String> = 1254, Rule::text(256).ffd(NEW);
    }
}

record! {
    /// The organisation that issues the receipt.
    #[derive(Default)]
    Seller, SellerDraft {
        /// Its INN. Tag 1018.
        "inn" inn: Option<String> = 1018, Rule::ANY.form(Form::OwnInn);
        /// Its name, up to 256 characters. Tag 1048.
        "name" name: Option<String> = 1048, Rule::text(256);
        /// The sender of the electronic receipt, up to 64 characters. Tag 1117.
        "email" email: Option<String> = 1117, Rule::text(64).form(Form::Email);
        /// Its phone. No tag.
        "phone" phone: Option<String> = 0, PHONE;
    }
}

record! {
    /// Who rang it up.
    #[derive(Default)]
    Cashier, CashierDraft {
        /// Position and name, up to 64 characters. Tag 1021.
        "name" name: Option<String> = 1021, Rule::text(64);
        /// INN of the cashier. Tag 1203.
        "inn" inn: Option<String> = 1203, INN;
    }
}

record! {
    /// Where it was settled.
    #[derive(Default)]
    Place, PlaceDraft {
        /// Address, up to 256 characters. Tag 1009.
        "address" address: Option<String> = 1009, Rule::text(256);
        /// Place of settlement; for the internet the address of the site; up to 256 characters. Tag 1187.
        "site" site: Option<String> = 1187, Rule::text(256);
    }
}

record! {
    /// Acting for somebody else, with the data that the kind of agent asks for. Tag 1223.
    Agent, AgentDraft {
        /// What kind of agent. Tag 1222 at an item, 1057 for the receipt.
        "kind" kind: AgentKind = 1222, Rule::ANY;
        /// Operation of the bank paying agent, up to 24 characters. Tag 1044.
        "operation" operation: Option<String> = 1044, Rule::text(24);
        /// Phones of the paying agent. Tag 1073.
        "phones" phones: Option<Vec<String>> = 1073, PHONE;
        /// Phones of the operator that receives payments. Tag 1074.
        "receiverPhones" receiver_phones: Option<Vec<String>> = 1074, PHONE;
        /// The operator that transfers the money.
        "transfer" transfer: Option<TransferOperator> = 0, Rule::ANY;
    }
}

record! {
    /// The operator that transfers money for a bank paying agent.
    #[derive(Default)]
    TransferOperator, TransferOperatorDraft {
        /// Its name, up to 64 characters. Tag 1026.
        "name" name: Option<String> = 1026, Rule::text(64);
        /// Its INN. Tag 1016.
        "inn" inn: Option<String> = 1016, INN;
        /// Its address, up to 256 characters. Tag 1005.
        "address" address: Option<String> = 1005, Rule::text(256);
        /// Its phones. Tag 1075.
        "phones" phones: Option<Vec<String>> = 1075, PHONE;
    }
}

record! {
    /// Whose goods an agent sells. Tag 1224.
    #[derive(Default)]
    Supplier, SupplierDraft {
        /// Its name, up to 256 characters. Tag 1225.
        "name" name: Option<String> = 1225, Rule::text(256);
        /// Its INN. Tag 1226.
        "inn" inn: Option<String> = 1226, INN;
        /// Its phones. Tag 1171.
        "phones" phones: Option<Vec<String>> = 1171, PHONE;
    }
}

record! {
    /// The supplier of a whole receipt. FFD 1.05 and 1.1.
    #[derive(Default)]
    ReceiptSupplier, ReceiptSupplierDraft {
        /// Its phones. Tag 1171.
        "phones" phones: Option<Vec<String>> = 1171, PHONE;
    }
}

record! {
    /// The marking of goods ("Chestny ZNAK" and its forerunners).
    #[derive(Default)]
    Mark, MarkDraft {
        /// The whole scan, group separators (U+001D) kept. Becomes tag 1163 and 2000 (FFD 1.2) or 1162 (before).
        "code" code: Option<String> = 2000, Rule::ANY;
        /// A ready product code in hex, up to 32 bytes. FFD 1.05 and 1.1. Tag 1162.
        "hex" hex: Option<String> = 1162, Rule::ANY.ffd(OLD);
        /// A part of a marked whole. FFD 1.2. Tag 1291.
        "part" part: Option<MarkPart> = 1291, Rule::ANY.ffd(NEW);
        /// Planned status of the goods: 1..6 or 255. FFD 1.2. Tag 2003.
        "status" status: Option<u64> = 2003, Rule::range(1, 255).ffd(NEW);
    }
}

record! {
    /// A part of a marked whole. Tag 1291.
    MarkPart, MarkPartDraft {
        /// How many of the parts are sold. Tag 1293.
        "numerator" numerator: u64 = 1293, Rule::range(1, u64::MAX);
        /// How many parts the whole has. Tag 1294.
        "denominator" denominator: u64 = 1294, Rule::range(1, u64::MAX);
    }
}

record! {
    /// One cashless payment. Tag 1235, since 2025-09-01.
    Cashless, CashlessDraft {
        /// Its sum, roubles. Tag 1082.
        "amount" amount: Money = 1082, Rule::ANY;
        /// Sign of the way it was paid, 0..255. Tag 1236.
        "method" method: u64 = 1236, Rule::range(0, 255);
        /// Identifiers of the payment, up to 256 characters. Tag 1237.
        "id" id: String = 1237, Rule::text(256);
        /// More about it, up to 256 characters. Tag 1238.
        "info" info: Option<String> = 1238, Rule::text(256);
    }
}

record! {
    /// Additional requisite of the user. Tag 1084.
    UserRequisite, UserRequisiteDraft {
        /// Its name, up to 64 characters. Tag 1085.
        "key" key: String = 1085, Rule::text(64);
        /// Its value, up to 256 characters. Tag 1086.
        "value" value: String = 1086, Rule::text(256);
    }
}

record! {
    /// Operational requisite of a receipt. FFD 1.2. Tag 1270.
    OperationRequisite, OperationRequisiteDraft {
        /// Identifier of the operation, 0..255. Tag 1271.
        "id" id: u64 = 1271, Rule::range(0, 255);
        /// Date and time of the operation. Tag 1273.
        "date" date: String = 1273, Rule::ANY.form(Form::Date);
        /// Data of the operation, up to 64 characters. Tag 1272.
        "data" data: String = 1272, Rule::text(64);
    }
}

record! {
    /// Industry requisite. FFD 1.2. Tag 1260 at an item, 1261 for the receipt.
    IndustryRequisite, IndustryRequisiteDraft {
        /// The federal body, `001`..`072`: `vocabulary("industryBody")`. Tag 1262.
        "code" code: String = 1262, Rule::ANY.form(Form::Listed(&vocab::INDUSTRY_BODY));
        /// Date of its document: YYYY-MM-DD or DD.MM.YYYY. Tag 1263.
        "documentDate" document_date: String = 1263, Rule::ANY.form(Form::DocumentDate);
        /// Number of its document, up to 32 characters. Tag 1264.
        "documentNumber" document_number: String = 1264, Rule::text(32);
        /// The value that the document asks for, up to 256 characters. Tag 1265.
        "value" value: String = 1265, Rule::text(256);
    }
}

record! {
    /// Why a receipt corrects: tags 1173 and 1174.
    Correction, CorrectionDraft {
        /// On one's own, or by order of the tax authority. Tag 1173.
        "kind" kind: CorrectionKind = 1173, Rule::ANY;
        /// The day of the settlement that is corrected. Tag 1178.
        "date" date: String = 1178, Rule::ANY.form(Form::Day);
        /// Number of the order, up to 32 characters. Required by order, and in FFD 1.05. Tag 1179.
        "number" number: Option<String> = 1179, Rule::text(32);
        /// The one VAT rate of a correction in FFD 1.05, which has no items. Tags 1102..1107.
        "vat" vat: Option<Vat> = 0, Rule::ANY.ffd(FfdSet::ONLY_1_05);
    }
}

record! {
    /// What the register made of a receipt. Identifiers are texts: leading zeros stay.
    Fiscal, FiscalDraft {
        /// Number of the fiscal storage, 16 digits. Tag 1041.
        "fn" fn_: String = 1041, Rule::text(16);
        /// Number of the fiscal document. Tag 1040.
        "fd" fd: String = 1040, Rule::text(10);
        /// Fiscal sign, up to ten digits. Tag 1077.
        "fp" fp: String = 1077, Rule::text(10);
        /// Registration number of the register. Tag 1037.
        "rnm" rnm: Option<String> = 1037, Rule::text(20);
        /// Factory number of the register. Tag 1013.
        "serial" serial: Option<String> = 1013, Rule::text(20);
        /// Number of the shift. Tag 1038.
        "shift" shift: Option<u64> = 1038, Rule::ANY;
        /// Number of the receipt in the shift. Tag 1042.
        "number" number: Option<u64> = 1042, Rule::ANY;
        /// The register's wall clock, YYYY-MM-DDTHH:MM:SS. Tag 1012.
        "dateTime" date_time: String = 1012, Rule::ANY.form(Form::Date);
        /// Total of the receipt, roubles. Tag 1020.
        "total" total: Money = 1020, Rule::ANY;
        /// Name of the fiscal data operator. Tag 1046.
        "ofd" ofd: Option<String> = 1046, Rule::text(256);
        /// Where a copy of the receipt is shown.
        "url" url: Option<String> = 0, Rule::ANY;
        /// Text of the QR code: `t=..&s=..&fn=..&i=..&fp=..&n=..`. Tag 1196.
        "qr" qr: Option<String> = 1196, Rule::ANY;
        /// The provider's id of the receipt.
        "id" id: Option<String> = 0, Rule::ANY;
    }
}
