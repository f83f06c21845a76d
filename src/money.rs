//! Exact amounts: kopecks, quantities to six decimals, percents. No float anywhere near them.
//!
//! [`Money`], [`Quantity`] and [`Percent`] are integers underneath, so sums are exact and cheap; every crossing to
//! and from other decimal types goes through [`rust_decimal::Decimal`]. Rounding is half-up (away from zero) to the
//! kopeck: the only way that about 1,100 published receipts agree with (order ЕД-7-20/662@ leaves it open).

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

/// The greatest sum a fiscal document can hold: VLN of six bytes, 2^48 - 1 kopecks.
const MAX_KOPECKS: i64 = (1 << 48) - 1;
/// The greatest quantity at six decimals: the same six bytes of mantissa (tag 1023).
const MAX_MICRO: i64 = (1 << 48) - 1;
const MICRO: i64 = 1_000_000;

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a decimal number: letters, a comma, an empty text.
    #[error("not a decimal number")]
    Format,
    /// More decimals than the field has: two for money, six for quantities.
    #[error("more than {0} decimals")]
    Scale(u8),
    /// Greater than the field can hold.
    #[error("greater than {0}")]
    Range(&'static str),
}

/// A sum in roubles and kopecks, as tags 1020, 1043, 1079 hold it: up to 2 814 749 767 106.55 either way.
///
/// ```
/// use chek54::Money;
/// let price: Money = "33.33".parse()?;
/// assert_eq!(price + Money::from_kopecks(1), "33.34".parse()?);
/// assert_eq!(price.to_string(), "33.33");
/// # Ok::<(), chek54::AmountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// A quantity with up to six decimals (tag 1023): up to 281 474 976.710655 either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

/// A percentage with up to six decimals: `"12.5%".parse()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The greatest sum: 2 814 749 767 106.55.
    pub const MAX: Self = Self(MAX_KOPECKS);

    /// A sum given in kopecks; what lies beyond [`Money::MAX`] is brought back to it.
    pub const fn from_kopecks(kopecks: i64) -> Self {
        match kopecks {
            k if k > MAX_KOPECKS => Self(MAX_KOPECKS),
            k if k < -MAX_KOPECKS => Self(-MAX_KOPECKS),
            k => Self(k),
        }
    }

    /// The sum in kopecks.
    pub const fn kopecks(self) -> i64 {
        self.0
    }

    /// This price times a quantity, half-up to the kopeck; `None` beyond [`Money::MAX`].
    pub fn times(self, quantity: Quantity) -> Option<Self> {
        let small = self.0.unsigned_abs() < 1 << 31 && quantity.0.unsigned_abs() < 1 << 31;
        let kopecks = if small && quantity.is_whole() {
            self.0.wrapping_mul(i64::from(quantity.0 as i32 / MICRO as i32))
        } else if small {
            // Nearly every product: 128 bits, checked or not, cost wasm ten times as much.
            let product = self.0.wrapping_mul(quantity.0);
            (product + MICRO / 2 * product.signum()) / MICRO
        } else {
            i64::try_from(div_half_up(i128::from(self.0) * i128::from(quantity.0), i128::from(MICRO))).ok()?
        };
        (kopecks.abs() <= MAX_KOPECKS).then_some(Self(kopecks))
    }

    /// This share of the sum, half-up to the kopeck.
    pub fn percent(self, percent: Percent) -> Option<Self> {
        self.share(percent.0, 100 * MICRO)
    }

    /// `numerator / denominator` of the sum, half-up to the kopeck; `None` for a zero denominator or beyond the limit.
    pub fn share(self, numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let (top, bottom) = (i128::from(self.0) * i128::from(numerator), i128::from(denominator));
        let kopecks = i64::try_from(div_half_up(top * bottom.signum(), bottom.abs())).ok()?;
        (kopecks.abs() <= MAX_KOPECKS).then_some(Self(kopecks))
    }

    /// The sum as a decimal of roubles.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    pub(crate) fn read(text: &str) -> Result<Self, AmountError> {
        scaled(text, 2, MAX_KOPECKS, "2814749767106.55").map(Self)
    }

    /// The same of a text in kopecks, as fiscal documents count: whole ones only.
    pub(crate) fn read_kopecks(text: &str) -> Result<Self, AmountError> {
        scaled(text, 0, MAX_KOPECKS, "281474976710655").map(Self)
    }
}

impl Quantity {
    /// One.
    pub const ONE: Self = Self(MICRO);
    /// The greatest quantity: 281 474 976.710655.
    pub const MAX: Self = Self(MAX_MICRO);

    /// A quantity given in millionths; what lies beyond [`Quantity::MAX`] is brought back to it.
    pub const fn from_millionths(millionths: i64) -> Self {
        match millionths {
            m if m > MAX_MICRO => Self(MAX_MICRO),
            m if m < -MAX_MICRO => Self(-MAX_MICRO),
            m => Self(m),
        }
    }

    /// The quantity in millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Whether it counts whole things.
    pub const fn is_whole(self) -> bool {
        self.is_multiple_of(MICRO as u32)
    }

    /// Whether it is so many millionths, once or more.
    pub(crate) const fn is_multiple_of(self, millionths: u32) -> bool {
        // 32 bits hold nearly every quantity; to divide 64 takes wasm ten times as long.
        if self.0 >> 32 == 0 { (self.0 as u32).is_multiple_of(millionths) } else { self.0 % millionths as i64 == 0 }
    }

    /// The quantity as a decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, 6).normalize()
    }

    pub(crate) fn read(text: &str) -> Result<Self, AmountError> {
        scaled(text, 6, MAX_MICRO, "281474976.710655").map(Self)
    }
}

impl Percent {
    /// None of it.
    pub const ZERO: Self = Self(0);
    /// All of it.
    pub const HUNDRED: Self = Self(100 * MICRO);

    /// The number before the sign, as a decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, 6).normalize()
    }
}

/// Division rounded half away from zero; `by` is positive.
fn div_half_up(value: i128, by: i128) -> i128 {
    let half = if value < 0 { -by } else { by };
    (2 * value + half) / (2 * by)
}

/// The text of a decimal number as an integer of `scale` decimals.
///
/// Taken: a sign, digits, a point with digits, an exponent (a JSON number may have one). Trailing zeros beyond the
/// scale are no loss and pass; any other digit there is [`AmountError::Scale`], never rounded away.
pub(crate) fn scaled(text: &str, scale: u8, max: i64, max_text: &'static str) -> Result<i64, AmountError> {
    let bytes = text.as_bytes();
    let (negative, mut at) = match bytes.first() {
        Some(b'-') => (true, 1),
        _ => (false, 0),
    };
    let (start, mut value, mut seen, mut point) = (at, 0_i64, 0_i32, None);
    // Digits past the 18th are only followed for being zeros: the limits have 15.
    let mut dropped = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                if value < 100_000_000_000_000_000 {
                    // Seventeen digits and one more fit; a checked product is 128 bits in wasm.
                    value = value.wrapping_mul(10) + i64::from(byte - b'0');
                    seen += i32::from(point.is_some());
                } else {
                    dropped |= byte != b'0';
                    seen -= i32::from(point.is_none());
                }
            }
            b'.' if point.is_none() && at > start => point = Some(at),
            _ => break,
        }
        at += 1;
    }
    if at == start || point == Some(at - 1) {
        return Err(AmountError::Format);
    }
    let mut exponent = -seen;
    if let Some(b'e' | b'E') = bytes.get(at) {
        exponent += text.get(at + 1..).and_then(exponent_of).ok_or(AmountError::Format)?;
    } else if at != bytes.len() {
        return Err(AmountError::Format);
    }
    if value == 0 {
        return Ok(0);
    }
    let mut shift = exponent + i32::from(scale);
    while shift < 0 && value % 10 == 0 {
        value /= 10;
        shift += 1;
    }
    if shift < 0 || (dropped && shift <= 0) {
        return Err(AmountError::Scale(scale));
    }
    while shift > 0 {
        if value > max / 10 {
            return Err(AmountError::Range(max_text));
        }
        value = value.wrapping_mul(10);
        shift -= 1;
    }
    if value > max {
        return Err(AmountError::Range(max_text));
    }
    Ok(if negative { -value } else { value })
}

/// The text of a whole number, `2.0` among them.
pub(crate) fn whole(text: &str) -> Option<i64> {
    scaled(text, 0, i64::MAX / 10, "").ok()
}

fn exponent_of(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // An exponent of five digits is out of every range anyway.
    let size = digits.trim_start_matches('0').get(..5).map_or_else(|| digits.parse().unwrap_or(0), |_| 99_999);
    Some(if text.starts_with('-') { -size } else { size })
}

/// Writes `value / 10^scale`, keeping at least `keep` decimals.
fn write_scaled(f: &mut fmt::Formatter<'_>, value: i64, scale: u32, keep: u32) -> fmt::Result {
    let unit = 10_u64.pow(scale);
    let (whole, mut rest, mut places) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit, scale);
    while places > keep && rest % 10 == 0 {
        rest /= 10;
        places -= 1;
    }
    write!(f, "{}{whole}", if value < 0 { "-" } else { "" })?;
    if places > 0 { write!(f, ".{rest:0width$}", width = places as usize) } else { Ok(()) }
}

/// Roubles with two decimals: `100.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, 2, 2)
    }
}

/// Without trailing zeros: `2.5`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, 6, 0)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, 6, 0)?;
        f.write_str("%")
    }
}

/// From roubles: `"100"`, `"100.5"`, `"1e3"`; more than two decimals are refused, not rounded.
impl FromStr for Money {
    type Err = AmountError;
    fn from_str(text: &str) -> Result<Self, AmountError> {
        Self::read(text)
    }
}

/// From a decimal: `"2"`, `"0.355"`; more than six decimals are refused, not rounded.
impl FromStr for Quantity {
    type Err = AmountError;
    fn from_str(text: &str) -> Result<Self, AmountError> {
        Self::read(text)
    }
}

/// From `"10"`, `"12.5"` or the same with a percent sign behind it; more than six decimals are refused, not rounded.
impl FromStr for Percent {
    type Err = AmountError;
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let number = text.strip_suffix('%').unwrap_or(text).trim_end();
        scaled(number, 6, MAX_MICRO, "281474976.710655").map(Self)
    }
}

/// Half-up to the kopeck.
impl TryFrom<Decimal> for Money {
    type Error = AmountError;
    fn try_from(roubles: Decimal) -> Result<Self, AmountError> {
        let range = AmountError::Range("2814749767106.55");
        let kopecks = roubles.checked_mul(Decimal::ONE_HUNDRED).ok_or(range)?;
        let kopecks =
            kopecks.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().ok_or(range)?;
        if kopecks.abs() <= MAX_KOPECKS { Ok(Self(kopecks)) } else { Err(range) }
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::ZERO, Add::add)
    }
}

impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl serde::Serialize for Quantity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_reads_what_is_exact_and_refuses_the_rest() {
        let kopecks = |text: &str| Money::read(text).map(Money::kopecks);
        for (text, value) in [
            ("0", 0),
            ("-0.00", 0),
            ("100", 10_000),
            ("100.5", 10_050),
            ("100.500000000000000000000", 10_050),
            ("1e3", 100_000),
            ("1.5E+2", 15_000),
            ("1500e-2", 1_500),
            ("0.01", 1),
            ("-7.70", -770),
            ("2814749767106.55", MAX_KOPECKS),
            ("0e99999999999", 0),
            ("00100.00", 10_000),
        ] {
            assert_eq!(kopecks(text), Ok(value), "{text}");
        }
        for text in ["", "-", ".", "1.", ".5", "1,5", "abc", "1e", "1e+", "+1", "1 000", "0x10", "NaN", "1.2.3"] {
            assert_eq!(kopecks(text), Err(AmountError::Format), "{text}");
        }
        for text in ["0.001", "0.30000000000000004", "1e-3", "1.23456789012345678901234567890"] {
            assert_eq!(kopecks(text), Err(AmountError::Scale(2)), "{text}");
        }
        for text in ["2814749767106.56", "1e21", "99999999999999999999999999", "1e99999999999"] {
            assert_eq!(kopecks(text), Err(AmountError::Range("2814749767106.55")), "{text}");
        }
    }

    #[test]
    fn prints_as_it_goes_out() {
        for (kopecks, text) in [(0, "0.00"), (1, "0.01"), (-5, "-0.05"), (10_000, "100.00"), (123_456, "1234.56")] {
            assert_eq!(Money(kopecks).to_string(), text);
        }
        for (micro, text) in [(0, "0"), (2_500_000, "2.5"), (1, "0.000001"), (-1_000_000, "-1"), (10_000_000, "10")] {
            assert_eq!(Quantity(micro).to_string(), text);
        }
        assert_eq!("12.50%".parse::<Percent>().map(|p| p.to_string()), Ok("12.5%".into()));
    }

    #[test]
    fn multiplies_half_up() {
        let times = |price: &str, quantity: &str| {
            let (price, quantity) = (price.parse::<Money>().unwrap(), quantity.parse::<Quantity>().unwrap());
            price.times(quantity).map(|sum| sum.to_string())
        };
        assert_eq!(times("33.33", "3"), Some("99.99".into()));
        assert_eq!(times("10.01", "0.5"), Some("5.01".into()));
        assert_eq!(times("-10.01", "0.5"), Some("-5.01".into()));
        assert_eq!(times("2814749767106.55", "2"), None);
        assert_eq!(Money(1).share(1, 2), Some(Money(1)));
        assert_eq!(Money(-1).share(1, 2), Some(Money(-1)));
        assert_eq!(Money(100).share(-1, -3), Some(Money(33)));
        assert_eq!(Money(100).share(1, 0), None);
        assert_eq!(Money(10_000).percent("12.345".parse().unwrap()), Some(Money(1_235)));
    }

    proptest! {
        #[test]
        fn text_and_value_are_one(kopecks in -MAX_KOPECKS..=MAX_KOPECKS, micro in -MAX_MICRO..=MAX_MICRO) {
            prop_assert_eq!(Money(kopecks).to_string().parse(), Ok(Money(kopecks)));
            prop_assert_eq!(Quantity(micro).to_string().parse(), Ok(Quantity(micro)));
            prop_assert_eq!(Money(kopecks).to_string(), format!("{:.2}", Decimal::new(kopecks, 2)));
            prop_assert_eq!(Quantity(micro).to_string(), Decimal::new(micro, 6).normalize().to_string());
        }

        #[test]
        fn reading_agrees_with_rust_decimal(text in "-?[0-9]{1,14}(\\.[0-9]{1,9})?") {
            let oracle = Decimal::from_str_exact(&text).unwrap().normalize();
            match Money::read(&text) {
                Ok(money) => prop_assert_eq!(money.decimal().normalize(), oracle),
                Err(AmountError::Scale(_)) => prop_assert!(oracle.scale() > 2),
                Err(error) => prop_assert!(oracle.abs() > Money::MAX.decimal(), "{}", error),
            }
        }

        #[test]
        fn products_agree_with_rust_decimal(kopecks in 0..=99_999_999_i64, micro in 0..=99_999_999_i64) {
            let oracle = Decimal::new(kopecks, 2) * Decimal::new(micro, 6);
            let oracle = oracle.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            prop_assert_eq!(Money(kopecks).times(Quantity(micro)).map(Money::decimal), Some(oracle));
        }

        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,40}") {
            let _ = (Money::read(&text), Quantity::read(&text), text.parse::<Percent>());
        }
    }
}
