//! The registration number of a register (tag 1037): ten digits in sequence, and six of their check.

/// Whether a registration number is that of this organisation's register: its last six digits are the CRC-16 (CCITT,
/// from FFFF) of its first ten, the INN in twelve digits and the factory number (1013) in twenty. `None` where one of
/// the three cannot be such a number. Numbers of test registers do not agree.
///
/// ```
/// use chek54::registration_number_agrees;
/// assert_eq!(registration_number_agrees("0000000370021655", "7708806062", "01801810008669"), Some(true));
/// assert_eq!(registration_number_agrees("0000000370021656", "7708806062", "01801810008669"), Some(false));
/// ```
pub fn registration_number_agrees(rnm: &str, inn: &str, serial: &str) -> Option<bool> {
    let (rnm, inn) = (rnm.trim_end(), inn.trim_end());
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if rnm.len() != 16 || !is_digits(rnm) || inn.len() > 12 || !is_digits(inn) || serial.len() > 20 || serial.is_empty()
    {
        return None;
    }
    let (sequence, digits) = rnm.split_at_checked(10)?;
    Some(digits.parse() == Ok(u32::from(check(sequence, inn, serial))))
}

/// The check of a sequence of ten digits, an INN of at most twelve and a factory number of at most twenty.
pub(crate) fn check(sequence: &str, inn: &str, serial: &str) -> u16 {
    let padding = |text: &str, length: usize| "0".repeat(length.saturating_sub(text.len()));
    crc16([sequence, &padding(inn, 12), inn, &padding(serial, 20), serial].concat().as_bytes())
}

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| crc << 1 ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_public_receipts() {
        for (rnm, inn, serial) in [
            ("0000000370021655", "7708806062", "01801810008669"),
            ("0000000480013321    ", "7708806062  ", "01801810008669"),
            ("0007993537061927", "4703148343", "00106925180632"),
        ] {
            assert_eq!(registration_number_agrees(rnm, inn, serial), Some(true), "{rnm}");
            assert_eq!(registration_number_agrees(rnm, "7710140679", serial), Some(false), "{rnm}");
        }
        for (rnm, serial) in [("0000000004030311", "00000000000000000001"), ("0000000400054952", "0")] {
            assert_eq!(registration_number_agrees(rnm, "7708806062", serial), Some(false), "{rnm}");
        }
        for (rnm, inn, serial) in
            [("", "1", "1"), ("0", "1", "1"), ("000000037002165x", "1", "1"), ("0000000370021655", "", "1")]
        {
            assert_eq!(registration_number_agrees(rnm, inn, serial), None, "{rnm}");
        }
        // CRC-16/CCITT-FALSE of its catalogue.
        assert_eq!(crc16(b"123456789"), 0x29b1);
    }
}
