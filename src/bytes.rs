//! Bytes as text, in hex and in base64, and back.

use base64ct::{Base64, Base64Unpadded, Encoding};

/// In hex, two capital digits each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    base16ct::upper::encode_string(bytes)
}

/// The same in small letters, as digests are written.
pub(crate) fn small_hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// From hex of either case, with spaces or colons between the digits or not.
pub(crate) fn of_hex(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '\n' | '\r' | '\t' | ':')).collect();
    base16ct::mixed::decode_vec(digits).ok()
}

/// In base64 with padding (RFC 4648, 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// From base64, padded or not at all.
pub(crate) fn of_base64(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).or_else(|_| Base64Unpadded::decode_vec(text)).ok()
}

/// Bytes that came as text: in hex where it is nothing but hex, else in base64 of either alphabet, in lines or not.
pub(crate) fn of_text(text: &str) -> Option<Vec<u8>> {
    let signs = text.trim_end_matches(|c: char| c == '=' || c.is_ascii_whitespace()).chars();
    let signs = signs.filter(|c| !matches!(c, '\n' | '\r')).map(|c| match c {
        '-' => '+',
        '_' => '/',
        c => c,
    });
    of_hex(text).or_else(|| of_base64(&signs.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
    fn text_of_either_kind() {
        for text in ["fb ff:0A\n", "FBFF0A", "+/8K", "-_8K", "-_\r\n8K\n", "+/8K=="] {
            assert_eq!(of_text(text).as_deref(), Some(&[0xfb, 0xff, 0x0a][..]), "{text}");
        }
        for bad in ["f", "0x+1.", "Ж", "A B C", "Z"] {
            assert_eq!(of_text(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn bytes_survive(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(of_hex(&hex(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(of_hex(&small_hex(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(of_base64(&base64(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,40}|[0-9a-zA-Z+/=_ -]{0,40}") {
            let _ = (of_hex(&text), of_base64(&text), of_text(&text));
        }
    }
}
