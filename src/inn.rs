//! INN, the taxpayer number: 10 digits for organisations, 12 for people, one or two check digits.

use serde::Serialize;

/// Whose number it is, by its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum InnKind {
    /// Ten digits.
    Organization,
    /// Twelve digits: a person or a sole trader.
    Person,
}

/// What a text says as an INN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Inn {
    /// Right length, digits only, check digits agree, not all zeros.
    pub valid: bool,
    /// By the length; `null` where the text cannot be an INN at all.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "InnKind | null"))]
    pub kind: Option<InnKind>,
}

/// The weights of the twelfth digit; each shorter check takes their tail.
const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// Looks at an INN: its form and its check digits.
///
/// ```
/// use chek54::{InnKind, inn};
/// assert!(inn("7708806062").valid);
/// assert_eq!(inn("500100732259").kind, Some(InnKind::Person));
/// assert!(!inn("1234567890").valid);
/// ```
pub fn inn(text: &str) -> Inn {
    let digits = text.as_bytes();
    if !digits.iter().all(u8::is_ascii_digit) {
        return Inn { valid: false, kind: None };
    }
    let check = |count: usize| {
        let weights = &WEIGHTS[WEIGHTS.len() - count..];
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        sum % 11 % 10 == u32::from(digits[count] - b'0')
    };
    let (kind, right) = match digits.len() {
        10 => (Some(InnKind::Organization), check(9)),
        12 => (Some(InnKind::Person), check(10) && check(11)),
        _ => (None, false),
    };
    // Zeros pass the sum, and stand for "no INN" in some registers.
    Inn { valid: right && digits.iter().any(|digit| *digit != b'0'), kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers() {
        let good = "7708806062 7710140679 4703148343 5544332219 7725327863 500100732259 123456789047";
        for text in good.split(' ') {
            assert!(inn(text).valid, "{text}");
        }
        for text in "1234567890 123456789012 7719889500 7708806063 0000000000 000000000000".split(' ') {
            assert!(!inn(text).valid, "{text}");
            assert!(inn(text).kind.is_some(), "{text}");
        }
        for text in ["", "77088060622", "770880606a", "７７０８８０６０６２", " 7708806062"] {
            assert_eq!(inn(text), Inn { valid: false, kind: None }, "{text}");
        }
    }
}
