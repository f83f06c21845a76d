//! In English.

use super::Text;
use crate::diff::DifferenceKind;
use crate::issue::IssueCode::{self, *};

pub(super) fn text(code: IssueCode) -> Text {
    match code {
        InvalidJson => ("Not JSON: line {line}, column {column}", &[]),
        InvalidXml => ("Not XML: line {line}, column {column}", &[]),
        TooLarge => ("The text is longer than {max} bytes", &[]),
        TooDeep => ("Nested deeper than {max} levels", &[]),
        InvalidTlv => ("Not the tags of a fiscal document: byte {offset}", &["{said} bytes are said, {left} are left"]),
        InvalidOption => (
            "Option \"{option}\" is not right: {value}",
            &["Expected: {expected}", "There is no such option; there are {known}"],
        ),
        Required => ("Required field \"{field}\" is missing", &["{why}", "It can be: {expected}"]),
        InvalidType => ("Field \"{field}\" takes {expected}, not {got}", &["Did you mean {suggestion}?"]),
        InvalidValue => (
            "Field \"{field}\" cannot be {value}",
            &["Did you mean {suggestion}?", "It can be: {expected}", "For example {example}"],
        ),
        InvalidScale => ("Field \"{field}\" has more than {scale} decimals: {value}", &["Round it to {suggestion}"]),
        UnknownField => {
            ("Unknown field \"{field}\"", &["Did you mean \"{suggestion}\"?", "The model has it as {place}"])
        }
        DuplicateField => ("Field \"{field}\" is given twice", &["The last value counts"]),
        OutOfRange => (
            "Field \"{field}\" is out of range: {value}",
            &["It can be from {min} to {max}", "It has to be above {above}", "{latest} at the latest"],
        ),
        TooLong => ("The text of \"{field}\" is longer than {max} characters: {length}", &[]),
        EmptyText => ("Field \"{field}\" is empty", &["Leave the field out when there is no value"]),
        InvalidFormat => {
            ("Field \"{field}\" is not well-formed: {value}", &["Did you mean {suggestion}?", "Expected: {expected}"])
        }
        InvalidChecksum => {
            ("The check digit of the INN is wrong: {value}", &["Check the digits: it looks like a typo"])
        }
        NotEncodable => (
            "Field \"{field}\" has characters that receipts cannot hold (CP866): {characters}",
            &["Write {suggestion} instead", "The register will drop them or put spaces"],
        ),
        AmountMismatch => (
            "The amount {amount} of the line is not price times quantity: {expected}",
            &[
                "{why}",
                "The price after discounts and markups: {suggestion}",
                "The price of a receipt is the one after discounts",
            ],
        ),
        AmountInexact => (
            "Price times quantity has parts of a kopeck: {value}",
            &["{provider} multiplies by itself and does not say how it rounds: give a price or quantity without them"],
        ),
        PaymentsMismatch => ("The payments {paid} are not the total {total}", &["The difference is {difference}"]),
        CashlessMismatch => (
            "The cashless payments one by one are {paid}, but {total} was paid cashless",
            &["The difference is {difference}"],
        ),
        TotalNotPositive => ("The total has to be above zero: {total}", &[]),
        TotalRoundedDown => (
            "The total {paid} is below the sum of the items {total}: its kopecks are dropped",
            &["The law allows dropping the kopecks of the total, not rounding up"],
        ),
        VatNotInForce => (
            "VAT rate {vat} is not in force on {date}",
            &[
                "In force since {since}. On that day: {suggestion}",
                "In force since {since}",
                "In force until {until}; still right for returns, corrections and credit payments. Now: {suggestion}",
                "In force until {until}",
            ],
        ),
        RnmMismatch => (
            "Registration number {value} is not that of a register of INN {inn} with factory number {serial}",
            &["Numbers of test registers do not agree; else check the three numbers"],
        ),
        VatMismatch => (
            "The document says {sum} of {vat}; by its lines it is {byLines}, rounded once over their sum {bySum}",
            &["The difference is {difference}"],
        ),
        VatNotCalculated => {
            ("A prepayment usually has the calculated rate, not {vat}", &["The calculated rate: {suggestion}"])
        }
        TaxationNotInForce => ("Tax system {taxation} is not in force on {date}", &["In force until {until}"]),
        NotInFfd => ("FFD {ffd} does not have \"{what}\"", &["FFD {versions} has it"]),
        UnsupportedByProvider => {
            ("{provider} does not take: {what}", &["These versions do: {versions}", "There are: {known}", "{why}"])
        }
        UnpublishedName => (
            "{provider} has not published what it calls \"{field}\"; sent as {name}",
            &["Try it on a test receipt, or leave the field out"],
        ),
        TooManyItems => ("{count} items, but a receipt takes {max} at most", &["{why}", "Split the receipt"]),
        ValueTruncated => ("Only the beginning will be sent: {what}", &["There is room for {max}"]),
        AgentDataRequired => ("Agent \"{agent}\" has to give \"{field}\"", &[]),
        SupplierRequired => ("Agent \"{agent}\" has to name the supplier: {field}", &[]),
        DiscountTooLarge => (
            "The discount {discount} is greater than {most}, the most that can be taken off here",
            &["Every paid line keeps at least a kopeck for each piece"],
        ),
        ExceedsOriginal => ("{value} is more than is left of the original: {left}", &[]),
        NothingLeft => ("All of it is given back already", &[]),
        NotOfOriginal => (
            "The original has no such line: {value}",
            &["Earlier refunds have the names, rates and methods of the sale"],
        ),
        MarkRequired => ("Subject \"{object}\" needs a marking code", &["Without a code it is {suggestion}"]),
        MarkUnexpected => ("No marking code is expected: {what}", &["Did you mean the subject {suggestion}?"]),
        MarkInvalid => (
            "The marking cannot be right: {what}",
            &[
                "Character {character} at {position}: codes are Latin letters, digits and signs; check the scanner's layout",
                "It has {length}, and there is room for {max}",
                "{hex}: it takes an even number of digits 0-9 and letters a-f",
                "The check digit of {gtin} has to be {digit}: it looks like a typo",
                "No known field begins at character {strange}",
                "{why}",
            ],
        ),
        MarkSeparator => (
            "The marking code has lost a group separator (GS, U+001D): {what}",
            &[
                "It is put back as character {places}",
                "Its place cannot be told: set the scanner to send the separators",
            ],
        ),
        DuplicateMark => ("Item {item} has this marking code already", &["One code is one item of quantity 1"]),
        ContactRequired => (
            "A settlement over the internet needs the buyer's e-mail or phone",
            &["Give customer.email or customer.phone"],
        ),
        SiteRequired => ("A settlement over the internet names the address of the site", &["Give place.site"]),
        UnitRequired => ("A quantity that is not whole needs a unit", &["For example unit: \"kilogram\""]),
        UnitMismatch => {
            ("Quantity {quantity} is not whole, but the unit is a piece", &["Give its unit, or unit: \"other\""])
        }
    }
}

pub(super) fn difference(kind: DifferenceKind, told: bool) -> &'static str {
    match kind {
        DifferenceKind::Changed => "{field}: {sent} was sent, {fiscal} is in the receipt",
        DifferenceKind::Missing if told => "{field}: {sent} was sent, and is not in the receipt",
        DifferenceKind::Missing => "{field}: {sent} was sent, and has no place in the fiscal document",
        DifferenceKind::Unexpected => "{field}: {fiscal} is in the receipt, and was not sent",
        DifferenceKind::Added => "{field}: added by the register or the provider: {fiscal}",
        DifferenceKind::Rounded => "{field}: {sent} became {fiscal}, kopecks dropped",
        DifferenceKind::Reworded => {
            "{field}: {sent} was sent, {fiscal} is in the receipt: the same VAT, plain and calculated"
        }
    }
}
