//! The QR code of a fiscal receipt: `t=20181205T185000&s=99.00&fn=9999078900005430&i=157347&fp=1016954666&n=1`.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The modules of a text's code, row by row, true for dark, without the quiet zone; `None` of a text that is too long.
pub(crate) fn matrix(text: &str) -> Option<Vec<Vec<bool>>> {
    // Bytes alone: the texts of receipts have small letters, and the other modes are code.
    let segment = [QrSegment::make_bytes(text.as_bytes())];
    let code =
        QrCode::encode_segments_advanced(&segment, QrCodeEcc::Low, Version::MIN, Version::MAX, None, true).ok()?;
    let size = code.size();
    Some((0..size).map(|y| (0..size).map(|x| code.get_module(x, y)).collect()).collect())
}

/// The text of a code that stands in the address of its picture: `...?q=t%3d2018...`.
pub(crate) fn of_url(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let q = query.split('&').find_map(|pair| pair.strip_prefix("q="))?;
    let text = unescaped(q)?;
    field(&text, "fn").is_some().then_some(text)
}

/// The register's wall clock: `t` as YYYY-MM-DDTHH:MM:SS.
pub(crate) fn date_time(text: &str) -> Option<String> {
    let t = field(text, "t")?;
    let (day, clock) = t.split_once('T')?;
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(day, 8) || !(digits(clock, 4) || digits(clock, 6)) {
        return None;
    }
    let seconds = clock.get(4..).filter(|seconds| !seconds.is_empty()).unwrap_or("00");
    let [year, month, day] = [day.get(..4)?, day.get(4..6)?, day.get(6..)?];
    Some(format!("{year}-{month}-{day}T{}:{}:{seconds}", clock.get(..2)?, clock.get(2..4)?))
}

/// A field of the code, in any order.
pub(crate) fn field<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (char::from(rest.next()?).to_digit(16)?, char::from(rest.next()?).to_digit(16)?);
                (high * 16 + low) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_s_example() {
        let url = "https://qr.cloudpayments.ru/receipt?q=t%3d20181205T185000%26s%3d99.00%26fn%3d9999078900005430%26i%3d157347%26fp%3d1016954666%26n%3d1";
        let text = of_url(url).expect("a code");
        assert_eq!(text, "t=20181205T185000&s=99.00&fn=9999078900005430&i=157347&fp=1016954666&n=1");
        assert_eq!(date_time(&text).as_deref(), Some("2018-12-05T18:50:00"));
        assert_eq!(date_time("n=1&t=20181205T1850&fn=1").as_deref(), Some("2018-12-05T18:50:00"));
        assert_eq!(date_time("t=2018-12-05"), None);
        assert_eq!(of_url("https://x/?q=%zz"), None);
        assert_eq!(of_url("https://x/?q=hello"), None);
    }
}
