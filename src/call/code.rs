//! The calls about codes: the marking code of goods, the QR code of a receipt.

use super::{Answer, Arguments, number, object, text, told};
use crate::json::Json;
use crate::mark::{ParsedMark, parse_mark};
use crate::message::Lang;
use crate::provider::CallError;
use crate::qr::{self, ParsedQr, QrSvg};
use crate::vocab::Term;

/// `parseMark`, `parseQr`, `formatQr`, `qrSvg`; `None` of any other call. `given` is the text, `arguments` the options,
/// or of `formatQr` the parts.
pub(super) fn ask(call: &str, given: &str, arguments: &str) -> Option<Result<Answer, (CallError, Lang)>> {
    let known: &[&str] = match call {
        "parseMark" | "parseQr" => &["lang"],
        "formatQr" => return Some(written(arguments)),
        "qrSvg" => &["size", "margin", "ecc", "color", "background", "title"],
        _ => return None,
    };
    let wrong = |message| (CallError::Argument(message), Lang::default());
    Some(Arguments::parse(arguments, known).map_err(wrong).and_then(|options| {
        if call == "qrSvg" {
            return options.drawn(given).map_err(|error| (error, Lang::default()));
        }
        let lang = options.lang().map_err(wrong)?;
        match call {
            "parseMark" => Ok(marked(&parse_mark(given), lang)),
            _ => qr::parse_qr(given).map(|qr| read(&qr)).map_err(|error| (error.into(), lang)),
        }
    }))
}

fn marked(mark: &ParsedMark, lang: Lang) -> Answer {
    let part = |part: &Option<String>| Some(part.as_deref().map_or(Json::Null, text));
    let fields = mark.ai.iter().map(|(ai, value)| (ai.clone().into(), text(value))).collect();
    let (tag, value) = &mark.tag_1163;
    object([
        ("gtin", part(&mark.gtin)),
        ("serial", part(&mark.serial)),
        ("ai", Some(Json::Object(fields))),
        ("kind", Some(text(mark.kind.name()))),
        ("issues", Some(told(&mark.issues, lang))),
        ("tag1162Hex", Some(text(&mark.tag_1162_hex))),
        ("tag1163", Some(object([("tag", Some(number(tag))), ("value", Some(text(value)))]))),
        ("raw", Some(text(&mark.raw))),
    ])
}

fn read(qr: &ParsedQr) -> Answer {
    let mut members: Vec<_> = qr.pairs().map(|(key, value)| (key.into(), text(value))).collect();
    members.push(("dateTime".into(), text(&qr.date_time)));
    members.push(("total".into(), text(&qr.total.to_string())));
    members.push(("operation".into(), text(qr.operation.name())));
    Json::Object(members)
}

fn written(given: &str) -> Result<Answer, (CallError, Lang)> {
    let wrong = || (CallError::Argument("formatQr takes an object".to_owned()), Lang::default());
    match Json::parse(given) {
        Ok(parts @ Json::Object(_)) => {
            qr::format_json(&parts).map(|code| text(&code)).map_err(|error| (error.into(), Lang::default()))
        }
        _ => Err(wrong()),
    }
}

impl Arguments {
    fn drawn(&self, of: &str) -> Result<Answer, CallError> {
        let mut how = QrSvg::default();
        let some = |name: &str| self.text(name).map_err(CallError::Argument);
        let whole = |name: &str| match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Number(digits)) if digits.parse::<u32>().is_ok_and(|n| n <= 100_000) => Ok(digits.parse().ok()),
            Some(_) => Err(CallError::Argument(["option ", name, " is a whole number"].concat())),
        };
        how.size = whole("size")?;
        how.margin = whole("margin")?.unwrap_or(how.margin);
        if let Some(ecc) = some("ecc")? {
            let mut signs = ecc.chars();
            how.ecc = signs.next().filter(|_| signs.next().is_none()).unwrap_or_default().to_ascii_uppercase();
        }
        how.color = some("color")?.unwrap_or(how.color);
        how.background = some("background")?.unwrap_or(how.background);
        how.title = some("title")?;
        qr::qr_svg(of, &how).map(|svg| text(&svg))
    }
}
