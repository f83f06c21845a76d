//! What providers' codes and statuses mean: whose fault it is, whether to try again, what to do.
//!
//! A table a provider, in `provider/<name>/codes.rs`; one walk over them.

use crate::message::Lang;
use crate::provider::Provider;
use crate::provider::{cloudkassir, paybox, paykeeper};

/// Where a code says that something has to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// In what was sent.
    Data,
    /// At the cash register: its storage, its link, its settings.
    Register,
    /// In the account with the provider.
    Account,
    /// Nowhere: it passes, or all is well.
    Temporary,
}

impl Fault {
    /// As callers see it: `data`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Register => "register",
            Self::Account => "account",
            Self::Temporary => "temporary",
        }
    }
}

/// A code of a provider's list.
#[derive(Debug)]
pub(crate) struct Row {
    /// The list: a number means one thing in one list and another thing in the next.
    pub list: &'static str,
    /// The code, numbers in digits.
    pub code: &'static str,
    /// Where it lies.
    pub fault: Fault,
    /// Whether a program may send the same again by itself.
    pub retry: bool,
    /// Of a status, whether it stays.
    pub end: Option<bool>,
    /// What it means and what to do, in Russian, the provider's own words first.
    pub ru: [&'static str; 2],
    /// The same in English.
    pub en: [&'static str; 2],
}

/// A code that says what is wrong.
pub(crate) const fn code(
    list: &'static str,
    code: &'static str,
    fault: Fault,
    ru: [&'static str; 2],
    en: [&'static str; 2],
) -> Row {
    Row { list, code, fault, retry: false, end: None, ru, en }
}

/// A status, and whether it stays.
pub(crate) const fn status(
    list: &'static str,
    code: &'static str,
    fault: Fault,
    end: bool,
    ru: [&'static str; 2],
    en: [&'static str; 2],
) -> Row {
    Row { list, code, fault, retry: false, end: Some(end), ru, en }
}

impl Row {
    /// The same again may be sent by itself.
    pub const fn again(self) -> Self {
        Self { retry: true, ..self }
    }
}

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The list it was found in: `error`, `warning`, `status`..
    pub list: &'static str,
    /// The code, numbers in digits.
    pub code: &'static str,
    /// What it means.
    pub message: &'static str,
    /// Where it lies.
    pub fault: Fault,
    /// Whether a program may send the same again by itself.
    pub retry: bool,
    /// Of a status, whether it stays.
    pub is_final: Option<bool>,
    /// What to do.
    pub hint: &'static str,
}

/// Explains a code or status; `None` where the provider's documents do not have it.
///
/// Lists are numbered apart, so a number is of `list`, and of `error` where none is named; a word is looked up in every
/// list where none is named.
///
/// ```
/// use chek54::{Lang, Provider, explain};
/// let full = explain(Provider::CloudKassir, "8", None, Lang::En).expect("a code");
/// assert_eq!((full.list, full.fault.name(), full.retry), ("error", "register", false));
/// let status = explain(Provider::PayKeeper, "request_sent", None, Lang::En).expect("a status");
/// assert_eq!(status.is_final, Some(false));
/// assert_eq!(explain(Provider::CloudKassir, "1", None, Lang::En), None);
/// ```
pub fn explain(provider: Provider, code: &str, list: Option<&str>, lang: Lang) -> Option<Explanation> {
    let rows = match provider {
        Provider::CloudKassir => cloudkassir::codes::CODES,
        Provider::Paybox => paybox::codes::CODES,
        Provider::PayKeeper => paykeeper::codes::CODES,
    };
    let Row { list, code, fault, retry, end, ru, en } = row(rows, code, list)?;
    let [message, hint] = if lang == Lang::Ru { ru } else { en };
    Some(Explanation { list, code, message, fault: *fault, retry: *retry, is_final: *end, hint })
}

/// The row of a code.
pub(crate) fn row(rows: &'static [Row], code: &str, list: Option<&str>) -> Option<&'static Row> {
    let is_number = code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let list = list.or(is_number.then_some("error"));
    rows.iter().find(|row| row.code == code && list.is_none_or(|list| row.list == list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let tables = [cloudkassir::codes::CODES, paybox::codes::CODES, paykeeper::codes::CODES];
        for rows in tables {
            for (at, row) in rows.iter().enumerate() {
                let place = format!("{} {}", row.list, row.code);
                let twin = |other: &Row| other.list == row.list && other.code == row.code;
                assert!(!rows[..at].iter().any(twin), "{place} stands twice");
                assert!(row.ru.iter().chain(&row.en).all(|text| !text.is_empty() && !text.ends_with('.')), "{place}");
                let russian = |text: &&str| text.chars().any(|c| matches!(c, 'а'..='я'));
                assert!(row.ru.iter().all(russian) && !row.en.iter().any(russian), "{place}");
                assert!(!row.retry || row.fault != Fault::Data, "{place}: wrong data stay wrong");
                assert_eq!(row.end.is_some(), row.list.ends_with("tatus"), "{place}");
            }
        }
    }

    /// Which lists a number is of, as the documents count them.
    #[test]
    fn lists_number_separately() {
        let of = |list| {
            let found = |code: &i32| explain(Provider::CloudKassir, &code.to_string(), Some(list), Lang::Ru).is_some();
            (-2..40).filter(found).collect::<Vec<_>>()
        };
        assert_eq!(of("error"), [vec![-1], (2..=27).collect()].concat());
        assert_eq!(of("warning"), [1, 2, 3, 4, 5]);
        assert_eq!(of("receiptWarning"), [1, 2]);
        assert_eq!(of("registerWarning"), [1, 2, 3, 4]);
        assert_eq!(of("registerStatus"), [1, 2, 3]);
        let warning = explain(Provider::CloudKassir, "2", Some("warning"), Lang::Ru).map(|found| found.message);
        assert_eq!(warning, Some("Срок действия фискального накопителя истёк"));
        assert_eq!(explain(Provider::PayKeeper, "success", Some("error"), Lang::Ru), None);
    }
}
