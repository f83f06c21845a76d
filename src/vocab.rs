//! The closed lists of a receipt: operation, taxation, VAT, units, agents and the rest.
//!
//! One table a list, one row a value: its name in the model, the code the fiscal document carries, the days it is in
//! force, the wording in both languages and how each provider spells it. A new VAT rate is one row, a new provider is
//! one column. Lists whose values the model holds as an enum have it made from the same table ([`Term`]).
//!
//! Columns: the variant (where there is an enum), name, code, ru, en, since, until, FFD versions, CloudKassir, Paybox,
//! PayKeeper; the line `columns` says whether code and providers write numbers or text.
//! Signs in the tables: `-` nothing known, or no bound; `null` the JSON null. A `-` in a provider's column is the one
//! cell to change when the provider publishes a word.

use std::fmt;

use serde::{Serialize, Serializer};

/// The order that sets the fiscal document formats.
const FFD_ORDER: &str = "приказ ФНС России от 14.09.2020 № ЕД-7-20/662@";

/// How one system spells a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// No spelling is known: the value does not exist there, or was never published.
    Unknown,
    /// JSON null (CloudKassir: no VAT).
    Null,
    /// A number.
    Number(u16),
    /// A word, compared exactly.
    Text(&'static str),
}

impl Wire {
    /// Whether this is how the value that was read is written. `Unknown` is nothing's spelling.
    pub fn is(self, spelling: Spelling<'_>) -> bool {
        match (self, spelling) {
            (Wire::Null, Spelling::Null) => true,
            (Wire::Number(own), Spelling::Number(read)) => i64::from(own) == read,
            (Wire::Text(own), Spelling::Text(read)) => own == read,
            _ => false,
        }
    }

    /// The number, where it is one.
    pub const fn number(self) -> Option<u16> {
        if let Wire::Number(number) = self { Some(number) } else { None }
    }

    /// The word, where it is one.
    pub const fn text(self) -> Option<&'static str> {
        if let Wire::Text(text) = self { Some(text) } else { None }
    }
}

/// A value as it was read from a body, to be looked up in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling<'a> {
    /// JSON null.
    Null,
    /// A number.
    Number(i64),
    /// A word.
    Text(&'a str),
}

/// Whose spelling is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// The fiscal document itself: the column `code`.
    Ffd,
    /// CloudKassir.
    CloudKassir,
    /// Paybox (FreedomPay).
    Paybox,
    /// PayKeeper.
    PayKeeper,
}

/// FFD versions whose documents may hold a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FfdSet(u8);

impl FfdSet {
    /// Every version.
    pub const ALL: FfdSet = FfdSet(0b111);
    /// No version.
    pub const NONE: FfdSet = FfdSet(0);
    /// 1.05 and 1.1.
    pub const UP_TO_1_1: FfdSet = FfdSet(0b011);
    /// 1.1 and 1.2.
    pub const FROM_1_1: FfdSet = FfdSet(0b110);
    /// 1.05 alone.
    pub const ONLY_1_05: FfdSet = FfdSet(0b001);
    /// 1.1 alone.
    pub const ONLY_1_1: FfdSet = FfdSet(0b010);
    /// 1.2 alone.
    pub const ONLY_1_2: FfdSet = FfdSet(0b100);

    /// Whether the version is in the set.
    pub const fn has(self, ffd: Ffd) -> bool {
        self.0 & (1 << ffd as u8) != 0
    }

    /// The versions of the set, the oldest first.
    pub fn iter(self) -> impl Iterator<Item = Ffd> {
        Ffd::all().filter(move |ffd| self.has(*ffd))
    }
}

/// One row of a closed list.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The name in the model, `"vat20"`. Where the model holds a number (time zone, mark status), its digits.
    pub name: &'static str,
    /// The value in the fiscal document; of a bit list the bit's value. `Unknown`: FFD has none, as for `vat12`.
    pub code: Wire,
    /// The wording in Russian.
    pub ru: &'static str,
    /// The wording in English.
    pub en: &'static str,
    /// The first day in force, `YYYY-MM-DD`; absent: before all receipts of 54-FZ.
    pub since: Option<&'static str>,
    /// The last day in force, `YYYY-MM-DD`; absent: still in force.
    pub until: Option<&'static str>,
    /// FFD versions whose documents may hold it.
    pub ffd: FfdSet,
    /// CloudKassir's spelling.
    pub cloudkassir: Wire,
    /// Paybox's spelling.
    pub paybox: Wire,
    /// PayKeeper's spelling.
    pub paykeeper: Wire,
}

impl Row {
    /// The spelling of one system.
    pub const fn wire(&self, system: System) -> Wire {
        match system {
            System::Ffd => self.code,
            System::CloudKassir => self.cloudkassir,
            System::Paybox => self.paybox,
            System::PayKeeper => self.paykeeper,
        }
    }

    /// Whether the row is in force on a day, `YYYY-MM-DD`.
    pub fn in_force(&self, day: &str) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A closed list: what `vocabulary(name)` returns.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// The list's name, `"vat"`.
    pub name: &'static str,
    /// The FFD tag whose values these are (the first where there are two); 0 where no one tag has them.
    pub tag: u16,
    /// The rows, in the order of the TypeScript unions.
    pub rows: &'static [Row],
    /// The order or document the list stands in.
    pub source: &'static str,
}

impl List {
    /// The row of a name, compared exactly.
    pub fn find(&self, name: &str) -> Option<usize> {
        // The last letters first: names of one length begin alike, `vat20` and `vat22`, and a whole comparison is a call.
        let last = name.as_bytes().last();
        self.rows.iter().position(|row| row.name.as_bytes().last() == last && row.name == name)
    }

    /// The row that a system spells so. Where two rows share a spelling, the one that came into force later:
    /// FFD's VAT code 1 was 18% and is 20%, 3 was 18/118 and is 20/120.
    pub fn by(&self, system: System, spelling: Spelling<'_>) -> Option<usize> {
        let mut found: Option<usize> = None;
        for (index, row) in self.rows.iter().enumerate() {
            if row.wire(system).is(spelling) && found.is_none_or(|earlier| row.since > self.rows[earlier].since) {
                found = Some(index);
            }
        }
        found
    }

    /// The row of a code in the fiscal document; of two with one code the later, as [`List::by`] has it.
    pub fn by_code(&self, code: Spelling<'_>) -> Option<usize> {
        self.by(System::Ffd, code)
    }
}

/// A closed list that the model has as an enum.
pub trait Term: Copy + Eq + 'static {
    /// The rows, in the order of the variants.
    const LIST: &'static List;

    /// The number of the value's row.
    fn index(self) -> usize;

    /// The value of a row.
    fn at(index: usize) -> Option<Self>;

    /// The value's row.
    fn row(self) -> &'static Row {
        &Self::LIST.rows[self.index()]
    }

    /// The name in the model, `"vat20"`.
    fn name(self) -> &'static str {
        self.row().name
    }

    /// The value of a name, compared exactly.
    fn from_name(name: &str) -> Option<Self> {
        Self::LIST.find(name).and_then(Self::at)
    }

    /// The value in the fiscal document; of a bit list the bit's value. None where FFD has none, as for `vat12`.
    fn code(self) -> Option<u16> {
        self.row().code.number()
    }

    /// The value of a code in the fiscal document. VAT codes 1 and 3 give the later rates, 20% and 20/120;
    /// whether a receipt before 2019 meant 18% is for the caller to say.
    fn from_code(code: u16) -> Option<Self> {
        Self::from_wire(System::Ffd, Spelling::Number(code.into()))
    }

    /// How a system spells the value.
    fn wire(self, system: System) -> Wire {
        self.row().wire(system)
    }

    /// The value that a system spells so.
    fn from_wire(system: System, spelling: Spelling<'_>) -> Option<Self> {
        Self::LIST.by(system, spelling).and_then(Self::at)
    }

    /// All values, in the order of the rows.
    fn all() -> impl Iterator<Item = Self> {
        (0..Self::LIST.rows.len()).filter_map(Self::at)
    }
}

/// A cell of a provider's or of the code's column; the column says which kind its values are.
macro_rules! wire {
    ($kind:ident -) => {
        Wire::Unknown
    };
    ($kind:ident null) => {
        Wire::Null
    };
    ($kind:ident $value:tt) => {
        Wire::$kind($value)
    };
}

/// A cell that may be empty.
macro_rules! maybe {
    (-) => {
        None
    };
    ($value:tt) => {
        Some($value)
    };
}

/// A list from its table.
macro_rules! list {
    (
        $(#[$meta:meta])*
        $vis:vis $static:ident: $list:literal, tag $tag:literal, from $source:expr;
        columns $code_kind:ident $cloudkassir_kind:ident $paybox_kind:ident $paykeeper_kind:ident;
        $($name:tt $code:tt $ru:tt $en:tt $since:tt $until:tt $ffd:ident $cloudkassir:tt $paybox:tt $paykeeper:tt;)+
    ) => {
        $(#[$meta])*
        $vis static $static: List = List {
            name: $list,
            tag: $tag,
            rows: &[$(Row {
                name: $name,
                code: wire!($code_kind $code),
                ru: $ru,
                en: $en,
                since: maybe!($since),
                until: maybe!($until),
                ffd: FfdSet::$ffd,
                cloudkassir: wire!($cloudkassir_kind $cloudkassir),
                paybox: wire!($paybox_kind $paybox),
                paykeeper: wire!($paykeeper_kind $paykeeper),
            }),+],
            source: $source,
        };
    };
}

/// An enum of the model and its list from one table.
macro_rules! term {
    (
        $(#[$meta:meta])*
        $enum:ident: $list:literal, tag $tag:literal, from $source:expr;
        columns $code_kind:ident $cloudkassir_kind:ident $paybox_kind:ident $paykeeper_kind:ident;
        $($(#[$mark:meta])* $variant:ident $name:tt $code:tt $ru:tt $en:tt $since:tt $until:tt $ffd:ident
          $cloudkassir:tt $paybox:tt $paykeeper:tt;)+
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        pub enum $enum {
            $(
                #[doc = concat!("`", $name, "`: ", $en, " (", $ru, ").")]
                #[cfg_attr(target_arch = "wasm32", serde(rename = $name))]
                $(#[$mark])*
                $variant,
            )+
        }

        impl Term for $enum {
            const LIST: &'static List = {
                list! {
                    LIST: $list, tag $tag, from $source;
                    columns $code_kind $cloudkassir_kind $paybox_kind $paykeeper_kind;
                    $($name $code $ru $en $since $until $ffd $cloudkassir $paybox $paykeeper;)+
                }
                &LIST
            };

            fn index(self) -> usize {
                self as usize
            }

            fn at(index: usize) -> Option<Self> {
                const VALUES: &[$enum] = &[$($enum::$variant),+];
                VALUES.get(index).copied()
            }
        }

        impl fmt::Display for $enum {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl Serialize for $enum {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

/// The VAT table: [`term!`] with two columns more, the percent and whether the rate is plain or calculated.
macro_rules! vat {
    (
        $(#[$meta:meta])*
        $enum:ident: $list:literal, tag $tag:literal, from $source:expr;
        columns $($kind:ident)+;
        $($variant:ident $name:tt $code:tt $percent:tt $form:ident $ru:tt $en:tt $since:tt $until:tt $ffd:ident
          $cloudkassir:tt $paybox:tt $paykeeper:tt;)+
    ) => {
        term! {
            $(#[$meta])*
            $enum: $list, tag $tag, from $source;
            columns $($kind)+;
            $($variant $name $code $ru $en $since $until $ffd $cloudkassir $paybox $paykeeper;)+
        }

        /// Percent and form, row by row.
        static RATES: &[(Option<u16>, Form)] = &[$((maybe!($percent), Form::$form)),+];
    };
}

mod industry;
pub(crate) mod slang;
pub use industry::INDUSTRY_BODY;

#[rustfmt::skip]
term! {
    /// The version of the fiscal document format, FFD tag 1209. Order ЕД-7-20/662@.
    #[derive(PartialOrd, Ord, Default)]
    Ffd: "ffd", tag 1209, from FFD_ORDER;
    columns Number Number Text Text;
    V1_05  "1.05"  2  "ФФД 1.05"  "FFD 1.05"  -  -  ONLY_1_05  -  "ru_1_05"  -;
    V1_1   "1.1"   3  "ФФД 1.1"   "FFD 1.1"   -  -  ONLY_1_1   -  "ru_1_1"   -;
    #[default]
    V1_2   "1.2"   4  "ФФД 1.2"   "FFD 1.2"   -  -  ONLY_1_2   -  "ru_1_2"   -;
}

#[rustfmt::skip]
term! {
    /// What the settlement is, FFD tag 1054. Order ЕД-7-20/662@. CloudKassir's words are those of a receipt; its
    /// correction receipts carry the FFD code. Paybox makes no receipts of expense.
    Operation: "operation", tag 1054, from FFD_ORDER;
    columns Number Text Text Text;
    Income         "income"         1  "приход"           "income"          -  -  ALL  "Income"         "sell"         "sale";
    IncomeReturn   "incomeReturn"   2  "возврат прихода"  "income return"   -  -  ALL  "IncomeReturn"   "sell_refund"  "refund";
    Expense        "expense"        3  "расход"           "expense"         -  -  ALL  "Expense"        -              "expense";
    ExpenseReturn  "expenseReturn"  4  "возврат расхода"  "expense return"  -  -  ALL  "ExpenseReturn"  -              "expense-refund";
}

#[rustfmt::skip]
term! {
    /// The tax system, FFD tag 1055 (as a set 1062). Order ЕД-7-20/662@. The code is the bit's value, CloudKassir's
    /// number that of the bit.
    Taxation: "taxation", tag 1055, from FFD_ORDER;
    columns Number Number Text Text;
    Osn               "osn"               1   "ОСН"                 "general (OSN)"                           -  -             ALL  0  "osn"                 -;
    UsnIncome         "usnIncome"         2   "УСН доход"           "simplified, income (USN)"                -  -             ALL  1  "usn_income"          -;
    UsnIncomeExpense  "usnIncomeExpense"  4   "УСН доход - расход"  "simplified, income minus expense (USN)"  -  -             ALL  2  "usn_income_outcome"  -;
    Envd              "envd"              8   "ЕНВД"                "imputed income (ENVD)"                   -  "2020-12-31"  ALL  3  "envd"                -;
    Eshn              "eshn"              16  "ЕСХН"                "agricultural (ESHN)"                     -  -             ALL  4  "esn"                 -;
    Patent            "patent"            32  "Патент"              "patent"                                  -  -             ALL  5  "patent"              -;
}

/// Whether a rate is added to a net amount, taken out of a gross one (20/120), or there is none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Calculated,
}

// The code of 18% went to 20%, that of 18/118 to 20/120: List::by gives the later. PayKeeper's "vat18" and "vat118" are
// old words from memory, kept to read old receipts. CloudKassir had 12 (Kazakhstan) up to document 3.3.7; FFD has no
// code for it, and its set of versions says only that no version forbids it. Paybox published no words for 5, 7 and 22.
#[rustfmt::skip]
vat! {
    /// The VAT rate, FFD tag 1199. Order ЕД-7-20/662@; 5% and 7% by ЕД-7-20/1038@ of 15.11.2024, 22% by
    /// ЕД-7-20/1050@ of 08.12.2025. `vat12` is of Kazakhstan and has no code in FFD.
    Vat: "vat", tag 1199, from "приказы ФНС России от 14.09.2020 № ЕД-7-20/662@, от 15.11.2024 № ЕД-7-20/1038@, от 08.12.2025 № ЕД-7-20/1050@";
    columns Number Number Text Text;
    //      name   code percent and form   ru            en            since         until         ffd  CloudKassir, Paybox, PayKeeper
    None    "none"    6   -   Plain       "без НДС"     "no VAT"      -             -             ALL  null  "none"     "none";
    Vat0    "vat0"    5   0   Plain       "НДС 0%"      "VAT 0%"      -             -             ALL  0     "vat_0"    "vat0";
    Vat5    "vat5"    7   5   Plain       "НДС 5%"      "VAT 5%"      "2025-01-01"  -             ALL  5     -          "vat5";
    Vat7    "vat7"    8   7   Plain       "НДС 7%"      "VAT 7%"      "2025-01-01"  -             ALL  7     -          "vat7";
    Vat10   "vat10"   2   10  Plain       "НДС 10%"     "VAT 10%"     -             -             ALL  10    "vat_10"   "vat10";
    Vat18   "vat18"   1   18  Plain       "НДС 18%"     "VAT 18%"     -             "2018-12-31"  ALL  -     -          "vat18";
    Vat20   "vat20"   1   20  Plain       "НДС 20%"     "VAT 20%"     "2019-01-01"  "2025-12-31"  ALL  20    "vat_20"   "vat20";
    Vat22   "vat22"   11  22  Plain       "НДС 22%"     "VAT 22%"     "2026-01-01"  -             ALL  22    -          "vat22";
    Vat105  "vat105"  9   5   Calculated  "НДС 5/105"   "VAT 5/105"   "2025-01-01"  -             ALL  105   -          "vat105";
    Vat107  "vat107"  10  7   Calculated  "НДС 7/107"   "VAT 7/107"   "2025-01-01"  -             ALL  107   -          "vat107";
    Vat110  "vat110"  4   10  Calculated  "НДС 10/110"  "VAT 10/110"  -             -             ALL  110   "vat_110"  "vat110";
    Vat118  "vat118"  3   18  Calculated  "НДС 18/118"  "VAT 18/118"  -             "2018-12-31"  ALL  -     -          "vat118";
    Vat120  "vat120"  3   20  Calculated  "НДС 20/120"  "VAT 20/120"  "2019-01-01"  "2025-12-31"  ALL  120   "vat_120"  "vat120";
    Vat122  "vat122"  12  22  Calculated  "НДС 22/122"  "VAT 22/122"  "2026-01-01"  -             ALL  122   -          "vat122";
    Vat12   "vat12"   -   12  Plain       "НДС 12%"     "VAT 12%"     -             -             ALL  12    "vat_12"   -;
}

impl Vat {
    /// The percent of the rate: 20 for 20% and for 20/120; none without VAT.
    pub fn percent(self) -> Option<u16> {
        RATES[self.index()].0
    }

    /// Whether the rate is a calculated one, 20/120: for money received before the goods are handed over.
    pub fn calculated(self) -> bool {
        RATES[self.index()].1 == Form::Calculated
    }

    /// The plain rate: 20% for 20/120, a plain rate itself.
    pub fn plain(self) -> Self {
        self.twin(Form::Plain).unwrap_or(self)
    }

    /// The calculated rate of the same percent: 20/120 for 20%, a calculated rate itself; none for 0%, for no VAT and
    /// for the rate of Kazakhstan.
    pub fn calculated_twin(self) -> Option<Self> {
        self.twin(Form::Calculated)
    }

    /// The rate of the same percent in a form.
    fn twin(self, form: Form) -> Option<Self> {
        let percent = self.percent()?;
        RATES.iter().position(|rate| *rate == (Some(percent), form)).and_then(Self::at)
    }
}

#[rustfmt::skip]
term! {
    /// How the settlement is made, FFD tag 1214. Order ЕД-7-20/662@.
    PaymentMethod: "paymentMethod", tag 1214, from FFD_ORDER;
    columns Number Number Text Text;
    FullPrepayment  "fullPrepayment"  1  "предоплата 100%"            "full prepayment"             -  -  ALL  1  "full_prepayment"     "prepay";
    Prepayment      "prepayment"      2  "предоплата"                 "partial prepayment"          -  -  ALL  2  "partial_prepayment"  "part_prepay";
    Advance         "advance"         3  "аванс"                      "advance"                     -  -  ALL  3  "advance"             "advance";
    FullPayment     "fullPayment"     4  "полный расчёт"              "full settlement"             -  -  ALL  4  "full_payment"        "full";
    PartialPayment  "partialPayment"  5  "частичный расчёт и кредит"  "partial settlement, credit"  -  -  ALL  5  "partial_payment"     "part_credit";
    Credit          "credit"          6  "передача в кредит"          "handed over on credit"       -  -  ALL  6  "credit"              "credit";
    CreditPayment   "creditPayment"   7  "оплата кредита"             "credit payment"              -  -  ALL  7  "credit_payment"      "credit_payment";
}

// Paybox writes 16 as "insurance_contributions" in 1.05 and 1.1, in 1.2 as "others"; what its "insurance_collection"
// stands for (same Russian wording) is not known. CloudKassir's 0 (unknown) is read as 1 by the OFD.
#[rustfmt::skip]
term! {
    /// What is settled for, FFD tag 1212. Order ЕД-7-20/662@. From `cashWithdrawal` on FFD 1.2 alone.
    PaymentObject: "paymentObject", tag 1212, from FFD_ORDER;
    columns Number Number Text Text;
    Commodity             "commodity"             1   "товар"                                                          "goods"                                      -  -  ALL       1   "goods"                    "goods";
    Excise                "excise"                2   "подакцизный товар"                                              "excise goods"                               -  -  ALL       2   "excise_goods"             "excise";
    Job                   "job"                   3   "работа"                                                         "work"                                       -  -  ALL       3   "job"                      "work";
    Service               "service"               4   "услуга"                                                         "service"                                    -  -  ALL       4   "service"                  "service";
    GamblingBet           "gamblingBet"           5   "ставка азартной игры"                                           "gambling bet"                               -  -  ALL       5   "gambling_bet"             -;
    GamblingPrize         "gamblingPrize"         6   "выигрыш азартной игры"                                          "gambling prize"                             -  -  ALL       6   "gambling_win"             -;
    Lottery               "lottery"               7   "лотерейный билет"                                               "lottery ticket"                             -  -  ALL       7   "lottery_ticket"           -;
    LotteryPrize          "lotteryPrize"          8   "выигрыш лотереи"                                                "lottery prize"                              -  -  ALL       8   "lottery_win"              -;
    IntellectualActivity  "intellectualActivity"  9   "предоставление РИД"                                             "intellectual property"                      -  -  ALL       9   "intellectual_activity"    "ip";
    Payment               "payment"               10  "платёж"                                                         "payment"                                    -  -  ALL       10  "payment"                  "payment";
    AgentCommission       "agentCommission"       11  "агентское вознаграждение"                                       "agent's commission"                         -  -  ALL       11  "agent_commission"         "agent";
    Payout                "payout"                12  "выплата"                                                        "payout"                                     -  -  ALL       12  "payout"                   -;
    Another               "another"               13  "иной предмет расчёта"                                           "other"                                      -  -  ALL       13  "another_subject"          "other";
    PropertyRight         "propertyRight"         14  "имущественное право"                                            "property right"                             -  -  ALL       14  "property_right"           "property_right";
    NonOperatingGain      "nonOperatingGain"      15  "внереализационный доход"                                        "non-operating income"                       -  -  ALL       15  "non_operating_income"     "non_operating";
    OtherContribution     "otherContribution"     16  "иные платежи и взносы"                                          "other payments and contributions"           -  -  ALL       16  "insurance_contributions"  -;
    TradeFee              "tradeFee"              17  "торговый сбор"                                                  "trade fee"                                  -  -  ALL       17  "trade_collection"         "sales_tax";
    ResortFee             "resortFee"             18  "курортный сбор, туристический налог"                            "resort fee, tourist tax"                    -  -  ALL       18  "resort_collection"        "resort_fee";
    Deposit               "deposit"               19  "залог"                                                          "pledge"                                     -  -  ALL       19  "pledge"                   -;
    Expense               "expense"               20  "расход"                                                         "expense"                                    -  -  ALL       20  "expense"                  -;
    PensionInsuranceIp    "pensionInsuranceIp"    21  "взносы на обязательное пенсионное страхование ИП"               "pension insurance, sole trader"             -  -  ALL       21  "pension_insurance_ip"     -;
    PensionInsurance      "pensionInsurance"      22  "взносы на обязательное пенсионное страхование"                  "pension insurance"                          -  -  ALL       22  "pension_insurance"        -;
    MedicalInsuranceIp    "medicalInsuranceIp"    23  "взносы на обязательное медицинское страхование ИП"              "medical insurance, sole trader"             -  -  ALL       23  "health_insurance_ip"      -;
    MedicalInsurance      "medicalInsurance"      24  "взносы на обязательное медицинское страхование"                 "medical insurance"                          -  -  ALL       24  "health_insurance"         -;
    SocialInsurance       "socialInsurance"       25  "взносы на обязательное социальное страхование"                  "social insurance"                           -  -  ALL       25  "social_insurance"         -;
    CasinoPayment         "casinoPayment"         26  "платёж казино"                                                  "casino payment"                             -  -  ALL       26  "casino"                   -;
    CashWithdrawal        "cashWithdrawal"        27  "выдача денежных средств"                                        "cash withdrawal"                            -  -  ONLY_1_2  27  "money_withdrawals"        -;
    ExciseUnmarked        "exciseUnmarked"        30  "подакцизный товар, подлежащий маркировке, без кода маркировки"  "excise goods to be marked, without a mark"  -  -  ONLY_1_2  30  "non_marked_excise_goods"  "exc_uncoded";
    ExciseMarked          "exciseMarked"          31  "подакцизный товар, подлежащий маркировке, с кодом маркировки"   "excise goods to be marked, with a mark"     -  -  ONLY_1_2  31  "marked_excise_goods"      "exc_coded";
    CommodityUnmarked     "commodityUnmarked"     32  "товар, подлежащий маркировке, без кода маркировки"              "goods to be marked, without a mark"         -  -  ONLY_1_2  32  "non_marked_goods"         "goods_uncoded";
    CommodityMarked       "commodityMarked"       33  "товар, подлежащий маркировке, с кодом маркировки"               "goods to be marked, with a mark"            -  -  ONLY_1_2  33  "marked_goods"             "goods_coded";
}

#[rustfmt::skip]
term! {
    /// The unit of the quantity, FFD tag 2108. Order ЕД-7-20/662@. A code in FFD 1.2 alone: before that the unit is
    /// text, tag 1197. What PayKeeper takes is not published.
    Unit: "unit", tag 2108, from FFD_ORDER;
    columns Number Number Text Text;
    Piece             "piece"             0    "шт. или ед."  "pcs or units"  -  -  ONLY_1_2  0    "piece"              -;
    Gram              "gram"              10   "г"            "g"             -  -  ONLY_1_2  10   "gram"               -;
    Kilogram          "kilogram"          11   "кг"           "kg"            -  -  ONLY_1_2  11   "kilogram"           -;
    Ton               "ton"               12   "т"            "t"             -  -  ONLY_1_2  12   "ton"                -;
    Centimeter        "centimeter"        20   "см"           "cm"            -  -  ONLY_1_2  20   "centimeter"         -;
    Decimeter         "decimeter"         21   "дм"           "dm"            -  -  ONLY_1_2  21   "decimeter"          -;
    Meter             "meter"             22   "м"            "m"             -  -  ONLY_1_2  22   "meter"              -;
    SquareCentimeter  "squareCentimeter"  30   "кв. см"       "sq. cm"        -  -  ONLY_1_2  30   "square_centimeter"  -;
    SquareDecimeter   "squareDecimeter"   31   "кв. дм"       "sq. dm"        -  -  ONLY_1_2  31   "square_decimeter"   -;
    SquareMeter       "squareMeter"       32   "кв. м"        "sq. m"         -  -  ONLY_1_2  32   "square_meter"       -;
    Milliliter        "milliliter"        40   "мл"           "ml"            -  -  ONLY_1_2  40   "milliliter"         -;
    Liter             "liter"             41   "л"            "l"             -  -  ONLY_1_2  41   "liter"              -;
    CubicMeter        "cubicMeter"        42   "куб. м"       "cu. m"         -  -  ONLY_1_2  42   "cubic_meter"        -;
    KilowattHour      "kilowattHour"      50   "кВт·ч"        "kWh"           -  -  ONLY_1_2  50   "kilowatt_hour"      -;
    Gigacalorie       "gigacalorie"       51   "Гкал"         "Gcal"          -  -  ONLY_1_2  51   "gigacalorie"        -;
    Day               "day"               70   "сутки"        "day"           -  -  ONLY_1_2  70   "day"                -;
    Hour              "hour"              71   "час"          "hour"          -  -  ONLY_1_2  71   "hour"               -;
    Minute            "minute"            72   "мин"          "min"           -  -  ONLY_1_2  72   "minute"             -;
    Second            "second"            73   "с"            "s"             -  -  ONLY_1_2  73   "second"             -;
    Kilobyte          "kilobyte"          80   "Кбайт"        "KB"            -  -  ONLY_1_2  80   "kilobyte"           -;
    Megabyte          "megabyte"          81   "Мбайт"        "MB"            -  -  ONLY_1_2  81   "megabyte"           -;
    Gigabyte          "gigabyte"          82   "Гбайт"        "GB"            -  -  ONLY_1_2  82   "gigabyte"           -;
    Terabyte          "terabyte"          83   "Тбайт"        "TB"            -  -  ONLY_1_2  83   "terabyte"           -;
    Other             "other"             255  "иная мера"    "other"         -  -  ONLY_1_2  255  "rest"               -;
}

#[rustfmt::skip]
term! {
    /// What kind of agent sells, FFD tags 1057 (receipt) and 1222 (item). Order ЕД-7-20/662@. The code is the bit's
    /// value, CloudKassir's number that of the bit.
    AgentKind: "agent", tag 1057, from FFD_ORDER;
    columns Number Number Text Text;
    BankPayingAgent     "bankPayingAgent"     1   "банковский платёжный агент"     "bank paying agent"     -  -  ALL  0  "bank_payment_agent"     -;
    BankPayingSubagent  "bankPayingSubagent"  2   "банковский платёжный субагент"  "bank paying subagent"  -  -  ALL  1  "bank_payment_subagent"  -;
    PayingAgent         "payingAgent"         4   "платёжный агент"                "paying agent"          -  -  ALL  2  "payment_agent"          -;
    PayingSubagent      "payingSubagent"      8   "платёжный субагент"             "paying subagent"       -  -  ALL  3  "payment_subagent"       -;
    Attorney            "attorney"            16  "поверенный"                     "attorney"              -  -  ALL  4  "attorney"               -;
    CommissionAgent     "commissionAgent"     32  "комиссионер"                    "commission agent"      -  -  ALL  5  "commissioner"           -;
    Agent               "agent"               64  "агент"                          "agent"                 -  -  ALL  6  "agent"                  -;
}

#[rustfmt::skip]
term! {
    /// Why a correction is made, FFD tag 1173. Order ЕД-7-20/662@. Paybox makes no corrections.
    CorrectionKind: "correctionKind", tag 1173, from FFD_ORDER;
    columns Number Number Text Text;
    Own    "self"   0  "самостоятельно"  "of one's own accord"          -  -  ALL  0  -  "self";
    Order  "order"  1  "по предписанию"  "by order of the tax service"  -  -  ALL  1  -  "by_order";
}

#[rustfmt::skip]
list! {
    /// Identity documents of a customer, FFD tag 1245 (two digits, FFD 1.2). Order ЕД-7-20/662@.
    pub DOCUMENT_KIND: "documentKind", tag 1245, from FFD_ORDER;
    columns Text Text Text Text;
    "21"  "21"  "паспорт гражданина РФ"                                             "passport of a citizen of Russia"                                    -  -  ONLY_1_2  "21"  "21"  -;
    "22"  "22"  "паспорт гражданина РФ для выезда за границу"                       "passport of a citizen of Russia for travel abroad"                  -  -  ONLY_1_2  "22"  "22"  -;
    "26"  "26"  "временное удостоверение личности гражданина РФ"                    "temporary identity card of a citizen of Russia"                     -  -  ONLY_1_2  "26"  "26"  -;
    "27"  "27"  "свидетельство о рождении гражданина РФ (до 14 лет)"                "birth certificate of a citizen of Russia (under 14)"                -  -  ONLY_1_2  "27"  "27"  -;
    "28"  "28"  "иной документ гражданина РФ"                                       "other document of a citizen of Russia"                              -  -  ONLY_1_2  "28"  "28"  -;
    "31"  "31"  "паспорт иностранного гражданина"                                   "passport of a foreign citizen"                                      -  -  ONLY_1_2  "31"  "31"  -;
    "32"  "32"  "иной документ иностранного гражданина"                             "other document of a foreign citizen"                                -  -  ONLY_1_2  "32"  "32"  -;
    "33"  "33"  "документ лица без гражданства, выданный иностранным государством"  "document of a stateless person issued by a foreign state"           -  -  ONLY_1_2  "33"  "33"  -;
    "34"  "34"  "вид на жительство (для лиц без гражданства)"                       "residence permit (stateless person)"                                -  -  ONLY_1_2  "34"  "34"  -;
    "35"  "35"  "разрешение на временное проживание (для лиц без гражданства)"      "temporary residence permit (stateless person)"                      -  -  ONLY_1_2  "35"  "35"  -;
    "36"  "36"  "свидетельство о рассмотрении ходатайства о признании беженцем"     "certificate of examining a refugee application"                     -  -  ONLY_1_2  "36"  "36"  -;
    "37"  "37"  "удостоверение беженца"                                             "refugee certificate"                                                -  -  ONLY_1_2  "37"  "37"  -;
    "38"  "38"  "иной документ лица без гражданства"                                "other document of a stateless person"                               -  -  ONLY_1_2  "38"  "38"  -;
    "40"  "40"  "документ на период рассмотрения заявления о гражданстве РФ"        "document while an application for Russian citizenship is examined"  -  -  ONLY_1_2  "40"  "40"  -;
}

#[rustfmt::skip]
list! {
    /// Fiscal data operators as CloudKassir names them when a register is registered.
    pub OFD: "ofd", tag 0, from "CloudKassir API 3.4.5, kkt/fiscalize";
    columns Number Text Text Text;
    "Element"         -  "ОФД Группа Элемент"                 "OFD Gruppa Element"          -  -  ALL  "Element"         -  -;
    "PeterService"    -  "ООО «ПЕТЕР-СЕРВИС Спецтехнологии»"  "Peter-Service STC, LLC"      -  -  ALL  "PeterService"    -  -;
    "FirstOfd"        -  "Первый ОФД"                         "First OFD"                   -  -  ALL  "FirstOfd"        -  -;
    "Taxcom"          -  "Такском"                            "Taxcom"                      -  -  ALL  "Taxcom"          -  -;
    "PlatformaOfd"    -  "Платформа ОФД"                      "Platforma OFD"               -  -  ALL  "PlatformaOfd"    -  -;
    "OfdYa"           -  "ОФД-Я"                              "OFD-Ya"                      -  -  ALL  "OfdYa"           -  -;
    "OfdYandex"       -  "Яндекс ОФД"                         "Yandex OFD"                  -  -  ALL  "OfdYandex"       -  -;
    "Garantexpress"   -  "Гарант ОФД"                         "Garant OFD"                  -  -  ALL  "Garantexpress"   -  -;
    "OfdAstralNalog"  -  "Астрал ОФД"                         "Astral OFD"                  -  -  ALL  "OfdAstralNalog"  -  -;
    "Sbis"            -  "ООО «Компания «ТЕНЗОР»"             "Tensor Company, LLC (SBIS)"  -  -  ALL  "Sbis"            -  -;
    "Esphere"         -  "КОРУС ОФД"                          "KORUS OFD"                   -  -  ALL  "Esphere"         -  -;
    "Kontur"          -  "Контур.ОФД"                         "Kontur.OFD"                  -  -  ALL  "Kontur"          -  -;
    "Magnit"          -  "ОФД АО «Тандер»"                    "OFD of Tander, JSC"          -  -  ALL  "Magnit"          -  -;
    "InitPro"         -  "ИнитПро ОФД"                        "InitPro OFD"                 -  -  ALL  "InitPro"         -  -;
    "KonturNtt"       -  "ОФД Контур НТТ"                     "OFD Kontur NTT"              -  -  ALL  "KonturNtt"       -  -;
    "KazakhTelecom"   -  "ОФД - АО «Казахтелеком»"            "OFD of Kazakhtelecom, JSC"   -  -  ALL  "KazakhTelecom"   -  -;
}

#[rustfmt::skip]
list! {
    /// Time zones of Russia, FFD tag 1011 in its meaning since 1 September 2025. Order ЕД-7-20/236@ of 26.03.2025.
    pub TIME_ZONE: "timeZone", tag 1011, from "приказ ФНС России от 26.03.2025 № ЕД-7-20/236@";
    columns Number Number Text Text;
    "1"   1   "UTC+2, Калининград"                         "UTC+2, Kaliningrad"                        "2025-09-01"  -  ALL  1   -  -;
    "2"   2   "UTC+3, Волгоград, Москва, Санкт-Петербург"  "UTC+3, Volgograd, Moscow, St. Petersburg"  "2025-09-01"  -  ALL  2   -  -;
    "3"   3   "UTC+4, Ижевск, Самара"                      "UTC+4, Izhevsk, Samara"                    "2025-09-01"  -  ALL  3   -  -;
    "4"   4   "UTC+5, Екатеринбург"                        "UTC+5, Yekaterinburg"                      "2025-09-01"  -  ALL  4   -  -;
    "5"   5   "UTC+6, Новосибирск"                         "UTC+6, Novosibirsk"                        "2025-09-01"  -  ALL  5   -  -;
    "6"   6   "UTC+7, Красноярск"                          "UTC+7, Krasnoyarsk"                        "2025-09-01"  -  ALL  6   -  -;
    "7"   7   "UTC+8, Иркутск"                             "UTC+8, Irkutsk"                            "2025-09-01"  -  ALL  7   -  -;
    "8"   8   "UTC+9, Якутск"                              "UTC+9, Yakutsk"                            "2025-09-01"  -  ALL  8   -  -;
    "9"   9   "UTC+10, Владивосток, Магадан"               "UTC+10, Vladivostok, Magadan"              "2025-09-01"  -  ALL  9   -  -;
    "10"  10  "UTC+11, Чокурдах"                           "UTC+11, Chokurdakh"                        "2025-09-01"  -  ALL  10  -  -;
    "11"  11  "UTC+12, Анадырь, Петропавловск-Камчатский"  "UTC+12, Anadyr, Petropavlovsk-Kamchatsky"  "2025-09-01"  -  ALL  11  -  -;
}

#[rustfmt::skip]
list! {
    /// What becomes of marked goods, FFD tag 2003 (planned) and 2110 (assigned), FFD 1.2 alone. Order ЕД-7-20/662@.
    pub MARK_STATUS: "markStatus", tag 2003, from FFD_ORDER;
    columns Number Number Text Text;
    "1"    1    "штучный товар реализован"           "piece goods sold"                      -  -  ONLY_1_2  1    -  -;
    "2"    2    "мерный товар в стадии реализации"   "measured goods in the course of sale"  -  -  ONLY_1_2  2    -  -;
    "3"    3    "штучный товар возвращён"            "piece goods returned"                  -  -  ONLY_1_2  3    -  -;
    "4"    4    "часть товара возвращена"            "part of the goods returned"            -  -  ONLY_1_2  4    -  -;
    "5"    5    "штучный товар в стадии реализации"  "piece goods in the course of sale"     -  -  ONLY_1_2  5    -  -;
    "6"    6    "мерный товар реализован"            "measured goods sold"                   -  -  ONLY_1_2  6    -  -;
    "255"  255  "статус товара не изменился"         "status of the goods unchanged"         -  -  ONLY_1_2  255  -  -;
}

#[rustfmt::skip]
list! {
    /// Forms of payment. Order ЕД-7-20/662@. Each is an FFD tag of its own, which stands as the code; the spellings
    /// are the providers' field names (Paybox: settlement types; it has none for cash).
    pub PAYMENT_FORM: "paymentForm", tag 0, from FFD_ORDER;
    columns Number Text Text Text;
    "cash"        1031  "наличными"                  "cash"               -  -  ALL  "Cash"            -                    "sum_cash";
    "electronic"  1081  "безналичными"               "electronic"         -  -  ALL  "Electronic"      "cashless"           "sum_cashless";
    "prepaid"     1215  "зачёт предоплаты (аванса)"  "prepaid (advance)"  -  -  ALL  "AdvancePayment"  "prepayment"         "sum_advance";
    "credit"      1216  "постоплата (в кредит)"      "credit"             -  -  ALL  "Credit"          "postpayment"        "sum_credit";
    "provision"   1217  "встречное предоставление"   "counter-provision"  -  -  ALL  "Provision"       "counter_providing"  "sum_counter_payment";
}

/// All closed lists.
pub fn lists() -> &'static [&'static List] {
    const LISTS: &[&List] = &[
        Ffd::LIST,
        Operation::LIST,
        Taxation::LIST,
        Vat::LIST,
        PaymentMethod::LIST,
        PaymentObject::LIST,
        Unit::LIST,
        AgentKind::LIST,
        CorrectionKind::LIST,
        &PAYMENT_FORM,
        &DOCUMENT_KIND,
        &INDUSTRY_BODY,
        &MARK_STATUS,
        &OFD,
        &TIME_ZONE,
    ];
    LISTS
}

/// The list of a name, `"vat"`.
pub fn list(name: &str) -> Option<&'static List> {
    lists().iter().copied().find(|list| list.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the public types, list by list.
    const NAMES: &[(&str, &str)] = &[
        ("ffd", "1.05 1.1 1.2"),
        ("operation", "income incomeReturn expense expenseReturn"),
        ("taxation", "osn usnIncome usnIncomeExpense envd eshn patent"),
        ("vat", "none vat0 vat5 vat7 vat10 vat18 vat20 vat22 vat105 vat107 vat110 vat118 vat120 vat122 vat12"),
        ("paymentMethod", "fullPrepayment prepayment advance fullPayment partialPayment credit creditPayment"),
        (
            "paymentObject",
            "commodity excise job service gamblingBet gamblingPrize lottery lotteryPrize intellectualActivity payment \
             agentCommission payout another propertyRight nonOperatingGain otherContribution tradeFee resortFee deposit \
             expense pensionInsuranceIp pensionInsurance medicalInsuranceIp medicalInsurance socialInsurance \
             casinoPayment cashWithdrawal exciseUnmarked exciseMarked commodityUnmarked commodityMarked",
        ),
        (
            "unit",
            "piece gram kilogram ton centimeter decimeter meter squareCentimeter squareDecimeter squareMeter milliliter \
             liter cubicMeter kilowattHour gigacalorie day hour minute second kilobyte megabyte gigabyte terabyte other",
        ),
        ("agent", "bankPayingAgent bankPayingSubagent payingAgent payingSubagent attorney commissionAgent agent"),
        ("correctionKind", "self order"),
        ("paymentForm", "cash electronic prepaid credit provision"),
        ("documentKind", "21 22 26 27 28 31 32 33 34 35 36 37 38 40"),
        ("markStatus", "1 2 3 4 5 6 255"),
        ("timeZone", "1 2 3 4 5 6 7 8 9 10 11"),
        (
            "ofd",
            "Element PeterService FirstOfd Taxcom PlatformaOfd OfdYa OfdYandex Garantexpress OfdAstralNalog Sbis \
             Esphere Kontur Magnit InitPro KonturNtt KazakhTelecom",
        ),
    ];

    const SYSTEMS: [System; 4] = [System::Ffd, System::CloudKassir, System::Paybox, System::PayKeeper];

    fn spelling(wire: Wire) -> Option<Spelling<'static>> {
        match wire {
            Wire::Unknown => None,
            Wire::Null => Some(Spelling::Null),
            Wire::Number(number) => Some(Spelling::Number(number.into())),
            Wire::Text(text) => Some(Spelling::Text(text)),
        }
    }

    fn codes<T: Term>() -> Vec<Option<u16>> {
        T::all().map(T::code).collect()
    }

    fn round_trip<T: Term + fmt::Debug + fmt::Display + Serialize>() {
        assert_eq!(T::all().count(), T::LIST.rows.len());
        assert_eq!(T::at(T::LIST.rows.len()), None);
        for (index, value) in T::all().enumerate() {
            assert_eq!(value.index(), index);
            assert_eq!(T::from_name(value.name()), Some(value));
            assert_eq!(value.to_string(), value.name());
            assert_eq!(serde_json::to_value(value).unwrap(), value.name());
            for system in SYSTEMS {
                let read = spelling(value.wire(system)).and_then(|spelling| T::from_wire(system, spelling));
                match (system, value.name()) {
                    (System::Ffd, "vat18") => assert_eq!(read, T::from_name("vat20")),
                    (System::Ffd, "vat118") => assert_eq!(read, T::from_name("vat120")),
                    _ if value.wire(system) == Wire::Unknown => assert_eq!(read, None),
                    _ => assert_eq!(read, Some(value), "{system:?}"),
                }
            }
        }
        assert_eq!(T::from_name(""), None);
        assert_eq!(T::from_code(999), None);
    }

    #[test]
    fn values_survive_the_way_there_and_back() {
        round_trip::<Ffd>();
        round_trip::<Operation>();
        round_trip::<Taxation>();
        round_trip::<Vat>();
        round_trip::<PaymentMethod>();
        round_trip::<PaymentObject>();
        round_trip::<Unit>();
        round_trip::<AgentKind>();
        round_trip::<CorrectionKind>();
    }

    #[test]
    fn every_public_name_is_there() {
        for (name, expected) in NAMES {
            let rows = list(name).unwrap().rows;
            assert_eq!(rows.iter().map(|row| row.name).collect::<Vec<_>>().join(" "), *expected);
        }
        let bodies: Vec<String> = (1..=72).map(|number| format!("{number:03}")).collect();
        assert!(INDUSTRY_BODY.rows.iter().map(|row| row.name).eq(bodies.iter().map(String::as_str)));
        assert_eq!(lists().len(), NAMES.len() + 1);
        assert!(list("vats").is_none());
    }

    #[test]
    fn lists_hold_nothing_twice() {
        for (at, list) in lists().iter().enumerate() {
            assert!(lists()[..at].iter().all(|other| other.name != list.name));
            assert!(!list.rows.is_empty() && !list.source.is_empty());
            for (index, row) in list.rows.iter().enumerate() {
                let earlier = &list.rows[..index];
                assert!(earlier.iter().all(|other| other.name != row.name), "{}: {}", list.name, row.name);
                assert!(
                    earlier.iter().all(|other| other.ru != row.ru && other.en != row.en),
                    "{}: {}",
                    list.name,
                    row.ru
                );
                for system in SYSTEMS {
                    let wire = row.wire(system);
                    let twin = earlier.iter().find(|other| wire != Wire::Unknown && other.wire(system) == wire);
                    if let Some(twin) = twin {
                        // One code for two rates, one after the other, and for nothing else.
                        assert_eq!((list.name, system), ("vat", System::Ffd));
                        assert!(twin.until.unwrap() < row.since.unwrap());
                    }
                }
            }
        }
    }

    #[test]
    fn wordings_are_there() {
        for row in lists().iter().flat_map(|list| list.rows) {
            for text in [row.name, row.ru, row.en] {
                assert!(!text.is_empty() && text.trim() == text && !text.contains("  "), "{text:?}");
            }
            assert!(row.en.is_ascii(), "{}", row.en);
        }
    }

    #[test]
    fn days_are_days_in_order() {
        for row in lists().iter().flat_map(|list| list.rows) {
            for day in row.since.iter().chain(&row.until) {
                let parts: Vec<&str> = day.split('-').collect();
                assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [4, 2, 2], "{day}");
                let numbers: Vec<u32> = parts.iter().map(|part| part.parse().unwrap()).collect();
                assert!(
                    (2018..2100).contains(&numbers[0]) && (1..=12).contains(&numbers[1]) && numbers[2] <= 31,
                    "{day}"
                );
            }
            if let (Some(since), Some(until)) = (row.since, row.until) {
                assert!(since < until, "{}", row.name);
            }
        }
    }

    #[test]
    fn codes_are_those_of_the_format() {
        assert_eq!(codes::<Ffd>(), [2, 3, 4].map(Some));
        assert_eq!(codes::<Operation>(), [1, 2, 3, 4].map(Some));
        assert_eq!(codes::<Taxation>(), [1, 2, 4, 8, 16, 32].map(Some));
        assert_eq!(codes::<PaymentMethod>(), [1, 2, 3, 4, 5, 6, 7].map(Some));
        assert_eq!(codes::<AgentKind>(), [1, 2, 4, 8, 16, 32, 64].map(Some));
        assert_eq!(codes::<CorrectionKind>(), [0, 1].map(Some));
        assert_eq!(codes::<PaymentObject>(), (1..=27).chain(30..=33).map(Some).collect::<Vec<_>>());
        let units = [0, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 70, 71, 72, 73, 80, 81, 82, 83, 255];
        assert_eq!(codes::<Unit>(), units.map(Some));
        let mut vat: Vec<u16> = Vat::all().filter_map(Vat::code).collect();
        vat.sort_unstable();
        assert_eq!(vat, [1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }

    #[test]
    fn cloudkassir_numbers_are_those_of_the_bits() {
        fn bits<T: Term>() {
            for value in T::all() {
                let bit = value.wire(System::CloudKassir).number().unwrap();
                assert_eq!(value.code(), Some(1 << bit));
            }
        }
        bits::<Taxation>();
        bits::<AgentKind>();
    }

    #[test]
    fn vat_codes_and_spellings() {
        assert_eq!(Vat::from_code(1), Some(Vat::Vat20));
        assert_eq!(Vat::from_code(3), Some(Vat::Vat120));
        assert_eq!(Vat::from_code(0), None);
        assert_eq!(Vat::Vat12.code(), None);
        assert_eq!(Vat::from_wire(System::CloudKassir, Spelling::Null), Some(Vat::None));
        assert_eq!(Vat::from_wire(System::CloudKassir, Spelling::Number(0)), Some(Vat::Vat0));
        assert_eq!(Vat::from_wire(System::CloudKassir, Spelling::Number(18)), None);
        assert_eq!(Vat::from_wire(System::CloudKassir, Spelling::Number(-1)), None);
        assert_eq!(Vat::from_wire(System::CloudKassir, Spelling::Number(65536)), None);
        assert_eq!(Vat::from_wire(System::Paybox, Spelling::Text("vat_120")), Some(Vat::Vat120));
        assert_eq!(Vat::from_wire(System::Paybox, Spelling::Text("VAT_120")), None);
        assert_eq!(Vat::from_wire(System::PayKeeper, Spelling::Text("vat18")), Some(Vat::Vat18));
        assert_eq!(Vat::LIST.by_code(Spelling::Text("1")), None);
    }

    #[test]
    fn vat_forms() {
        let twins: Vec<_> =
            Vat::all().filter_map(|vat| Some((vat, vat.calculated_twin().filter(|twin| *twin != vat)?))).collect();
        let expected = [
            (Vat::Vat5, Vat::Vat105),
            (Vat::Vat7, Vat::Vat107),
            (Vat::Vat10, Vat::Vat110),
            (Vat::Vat18, Vat::Vat118),
            (Vat::Vat20, Vat::Vat120),
            (Vat::Vat22, Vat::Vat122),
        ];
        assert_eq!(twins, expected);
        for (plain, calculated) in expected {
            assert!(calculated.calculated() && !plain.calculated());
            assert_eq!((calculated.plain(), plain.plain()), (plain, plain));
            assert_eq!(calculated.calculated_twin(), Some(calculated));
            assert_eq!(calculated.percent(), plain.percent());
        }
        for vat in [Vat::None, Vat::Vat0, Vat::Vat12] {
            assert_eq!((vat.plain(), vat.calculated_twin()), (vat, None));
        }
        assert_eq!((Vat::None.percent(), Vat::Vat0.percent(), Vat::Vat12.percent()), (None, Some(0), Some(12)));
    }

    #[test]
    fn rates_begin_and_end() {
        let in_force = |vat: Vat, day: &str| vat.row().in_force(day);
        assert!(in_force(Vat::Vat18, "2018-12-31") && !in_force(Vat::Vat18, "2019-01-01"));
        assert!(!in_force(Vat::Vat20, "2018-12-31") && in_force(Vat::Vat20, "2019-01-01"));
        assert!(in_force(Vat::Vat20, "2025-12-31") && !in_force(Vat::Vat20, "2026-01-01"));
        assert!(!in_force(Vat::Vat122, "2025-12-31") && in_force(Vat::Vat122, "2026-01-01"));
        assert!(!in_force(Vat::Vat5, "2024-12-31") && in_force(Vat::Vat107, "2025-01-01"));
        assert!(in_force(Vat::Vat10, "2017-07-01") && in_force(Vat::None, "2030-01-01"));
        assert!(!Taxation::Envd.row().in_force("2021-01-01"));
    }

    #[test]
    fn ffd_sets() {
        let versions = |set: FfdSet| set.iter().map(Ffd::name).collect::<Vec<_>>();
        assert_eq!(versions(FfdSet::ALL), ["1.05", "1.1", "1.2"]);
        assert_eq!(versions(FfdSet::UP_TO_1_1), ["1.05", "1.1"]);
        assert_eq!(versions(FfdSet::FROM_1_1), ["1.1", "1.2"]);
        for ffd in Ffd::all() {
            assert_eq!(ffd.row().ffd.iter().collect::<Vec<_>>(), [ffd]);
        }
        assert!(Ffd::V1_05 < Ffd::V1_1 && Ffd::V1_1 < Ffd::V1_2);
        assert_eq!(Ffd::default(), Ffd::V1_2);
        for object in PaymentObject::all() {
            assert_eq!(object.row().ffd.has(Ffd::V1_1), object.code().unwrap() < 27, "{object}");
        }
        assert!(Unit::all().all(|unit| unit.row().ffd == FfdSet::ONLY_1_2));
        assert!(MARK_STATUS.rows.iter().all(|row| row.ffd == FfdSet::ONLY_1_2));
    }
}
