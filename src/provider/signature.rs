//! Signatures of notifications: HMAC-SHA256, and a comparison that tells nothing by its time.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::small_hex;

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
            assert_eq!(small_hex(&hmac_sha256(key, message.as_bytes())), mac);
        }
    }

    #[test]
    fn comparison() {
        assert!(same("", "") && same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a") && !same("Abc", "abc"));
    }
}
