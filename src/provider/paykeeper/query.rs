//! The queries of `/info/receipts/`, 8.1..8.5, and the address of a receipt's page.

use crate::date::Date;
use crate::form;
use crate::json::Json;
use crate::provider::CallError;
use crate::provider::map::is_nothing;

/// What is asked of PayKeeper: GET of the path with the query behind a `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Below the server's address.
    pub path: String,
    /// Without its `?`.
    pub query: String,
}

/// One parameter: its name with callers, its name in the query, whether it has to be there, what it can be.
struct Param(&'static str, &'static str, bool, Form);

/// What a parameter can be.
enum Form {
    /// YYYY-MM-DD.
    Day,
    /// A whole number.
    Count,
    /// Any text or number.
    Text,
    /// One of these.
    Word(&'static [&'static str]),
    /// Some of these.
    Words(&'static [&'static str]),
}

/// A kind of query, its path, its parameters.
type Kind = (&'static str, &'static str, &'static [Param]);

static KINDS: &[Kind] = &[
    (
        "bydate",
        "info/receipts/bydate/",
        &[
            Param("start", "start", false, Form::Day),
            Param("end", "end", false, Form::Day),
            Param("status", "status", false, Form::Words(STATUS)),
            Param("receiptType", "receipt_type", true, Form::Words(&["sale", "refund", "correction"])),
            Param("sumType", "sum_type", true, Form::Words(&["sum_cashless", "sum_cash", "sum_advance", "sum_credit"])),
            Param(
                "sort",
                "sort",
                false,
                Form::Word(&["payment_id", "refund_id", "request_datetime", "obtain_datetime", "status"]),
            ),
            Param("direction", "direction", false, Form::Word(&["ASC", "DESC"])),
            Param("from", "from", false, Form::Count),
            Param("limit", "limit", false, Form::Count),
        ],
    ),
    (
        "bydatecount",
        "info/receipts/bydatecount/",
        &[Param("start", "start", true, Form::Day), Param("end", "end", true, Form::Day)],
    ),
    ("bypaymentid", "info/receipts/bypaymentid/", &[Param("paymentId", "payment_id", true, Form::Text)]),
    ("byid", "info/receipts/byid/", &[Param("id", "id", true, Form::Text)]),
    (
        "search",
        "info/receipts/search/",
        &[
            Param("start", "start", true, Form::Day),
            Param("end", "end", true, Form::Day),
            Param("query", "query", true, Form::Text),
        ],
    ),
    // 8.4: https://server/receipt/KEY/?rc_id=ID
    ("page", "receipt/", &[Param("receiptKey", "", true, Form::Text), Param("id", "rc_id", true, Form::Text)]),
];

/// Table 8.1.1 has no `sending` and no `rejected`; table 8.4.3 of the statuses does, and filters by them are let pass.
const STATUS: &[&str] = &["created", "sending", "rejected", "request_sent", "success", "failed", "timeout"];

/// The request that asks for receipts or their counts.
///
/// `kind` is the last part of the document's path: `bydate`, `bydatecount`, `bypaymentid`, `byid`, `search`; or `page`,
/// the address at which a buyer sees the receipt. `params` is an object of the document's parameters in camelCase;
/// lists take one value as well.
///
/// ```
/// use chek54::{Json, paykeeper};
/// let params = Json::parse(r#"{"receiptType":["sale"],"sumType":"sum_cash","start":"2026-01-28"}"#).unwrap();
/// let asked = paykeeper::query("bydate", &params)?;
/// assert_eq!(asked.path, "info/receipts/bydate/");
/// assert_eq!(asked.query, "start=2026-01-28&receipt_type[0]=sale&sum_type[0]=sum_cash");
/// # Ok::<(), chek54::CallError>(())
/// ```
///
/// # Errors
/// [`CallError::Argument`]: no such kind or parameter, one that has to be there and is not, a value that cannot be.
pub fn query(kind: &str, params: &Json<'_>) -> Result<Query, CallError> {
    let refuse = |text: String| Err(CallError::Argument(text));
    let Some((_, path, known)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
        return refuse(format!("no such query: {kind}; there are {}", names(KINDS.iter().map(|(name, ..)| *name))));
    };
    let none = Vec::new();
    let given = match params {
        Json::Object(members) => members,
        Json::Null => &none,
        _ => return refuse(format!("parameters of {kind} are an object")),
    };
    if let Some((name, _)) = given.iter().find(|(name, _)| !known.iter().any(|param| param.0 == name)) {
        return refuse(format!("{kind} has no parameter {name}; it has {}", names(known.iter().map(|param| param.0))));
    }
    let mut asked = Query { path: (*path).to_owned(), query: String::new() };
    for Param(name, wire, required, form) in *known {
        let value = params.get(name).filter(|value| !is_nothing(value));
        let Some(value) = value else {
            if *required {
                return refuse(format!("{kind} needs {name}"));
            }
            continue;
        };
        if !put(&mut asked, wire, form, value) {
            return refuse(format!("{name} of {kind} cannot be {value}; it can be {}", form.told()));
        }
    }
    Ok(asked)
}

/// The address of a receipt's page, below the server's.
pub(super) fn page(key: &str, id: &str) -> String {
    let mut page = "receipt/".to_owned();
    form::escape(&mut page, key);
    page.push_str("/?");
    let mut query = String::new();
    form::push(&mut query, "rc_id", id);
    page + &query
}

/// Puts a value in; `false` where the parameter cannot have it.
fn put(asked: &mut Query, wire: &str, form: &Form, value: &Json<'_>) -> bool {
    let (Json::String(text) | Json::Number(text)) = value else {
        let (Json::Array(elements), Form::Words(words)) = (value, form) else { return false };
        for (index, element) in elements.iter().enumerate() {
            let Some(word) = element.as_str().filter(|word| words.contains(word)) else { return false };
            form::push(&mut asked.query, &format!("{wire}[{index}]"), word);
        }
        return true;
    };
    match form {
        Form::Day if text.len() != 10 || Date::parse(text).is_none() => return false,
        Form::Count if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) => return false,
        Form::Word(words) if !words.contains(&&**text) => return false,
        Form::Words(_) => return put(asked, wire, form, &Json::Array(vec![value.clone()])),
        Form::Text if wire.is_empty() => {
            form::escape(&mut asked.path, text);
            asked.path.push('/');
        }
        _ => form::push(&mut asked.query, wire, text),
    }
    true
}

impl Form {
    fn told(&self) -> String {
        match self {
            Self::Day => "YYYY-MM-DD".into(),
            Self::Count => "0, 1, 2..".into(),
            Self::Text => "a text or a number".into(),
            Self::Word(words) | Self::Words(words) => names(words.iter().copied()),
        }
    }
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
