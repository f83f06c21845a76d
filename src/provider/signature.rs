//! Signatures of notifications: HMAC-SHA256, its two spellings, and a comparison that tells nothing by its time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HMAC-SHA256 of a message.
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Whether two texts are equal; how long it takes depends on their lengths alone.
pub(super) fn same(one: &str, other: &str) -> bool {
    let mut differ = one.len() ^ other.len();
    for (a, b) in one.bytes().zip(other.bytes()) {
        differ |= usize::from(std::hint::black_box(a ^ b));
    }
    differ == 0
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648, 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().chain([&0; 2]).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in 0..4_usize {
            let index = (bits >> (18 - 6 * place)) as usize & 63;
            out.push(if place <= chunk.len() { char::from(BASE64[index]) } else { '=' });
        }
    }
    out
}

/// What base64 stands for, padded or not; `None` where it is none.
pub(super) fn of_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    if padding > 2 || padding > 0 && !text.len().is_multiple_of(4) || digits.len() % 4 == 1 {
        return None;
    }
    let (mut out, mut bits, mut count) = (Vec::with_capacity(digits.len()), 0_u32, 0);
    for byte in digits.bytes() {
        let value = BASE64.iter().position(|digit| *digit == byte)?;
        (bits, count) = ((bits & 0xffff) << 6 | value as u32, count + 6);
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 4231, test cases 1, 2 and 6: a short key, a key of words, a key longer than a block.
    #[test]
    fn vectors_of_the_standard() {
        for (key, message, mac) in [
            (&[0x0b; 20][..], "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            assert_eq!(hex(&hmac_sha256(key, message.as_bytes())), mac);
        }
    }

    #[test]
    fn base64_of_the_standard() {
        for (text, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(text.as_bytes()), coded);
            assert_eq!(of_base64(coded).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(of_base64("Zg").as_deref(), Some(&b"f"[..]));
        for bad in ["Z", "Zg=", "Zg===", "Z g=", "Zm9vY", "====", "Zm9v=", "-_-_"] {
            assert_eq!(of_base64(bad), None, "{bad}");
        }
    }

    #[test]
    fn comparison() {
        assert!(same("", "") && same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a") && !same("Abc", "abc"));
    }

    proptest! {
        #[test]
        fn bytes_survive(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(of_base64(&base64(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_an_answer(text in "[A-Za-z0-9+/=]{0,20}|\\PC{0,20}") {
            let _ = of_base64(&text);
        }
    }
}
