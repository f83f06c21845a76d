//! The texts of findings: one module a language, each an exhaustive match, so a missing text does not compile.

mod en;
mod ru;

use crate::diff::DifferenceKind;
use crate::issue::{Issue, IssueCode, Step};

/// The language of texts for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Lang {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

/// The message of a code and its hints, the most telling first, with `{name}` where a parameter goes.
pub(crate) type Text = (&'static str, &'static [&'static str]);

pub(crate) fn text(code: IssueCode, lang: Lang) -> Text {
    match lang {
        Lang::Ru => ru::text(code),
        Lang::En => en::text(code),
    }
}

pub(crate) fn hints(code: IssueCode, lang: Lang) -> &'static [&'static str] {
    text(code, lang).1
}

/// Puts a finding's parameters into a template; `None` where it asks for one that the finding does not have.
///
/// `{field}` is the name of the field that the path leads to.
pub(crate) fn fill(template: &str, issue: &Issue, lang: Lang) -> Option<String> {
    let field = issue.path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let field = field.unwrap_or(if lang == Lang::Ru { "чек" } else { "receipt" });
    filled(template, &|name| {
        let param = issue.params.iter().find(|(param, _)| *param == name).map(|(_, value)| value.as_ref());
        let value = param.or((name == "field").then_some(field))?;
        Some(if matches!(name, "expected" | "got") { word(value, lang) } else { value })
    })
}

/// Puts values into a template; `None` where it asks for one that there is not.
pub(crate) fn filled<'v>(template: &str, value: &dyn Fn(&str) -> Option<&'v str>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}')?;
        filled.push_str(before);
        filled.push_str(value(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// The text of a difference; `told` where it has a severity.
pub(crate) fn difference(kind: DifferenceKind, told: bool, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => ru::difference(kind, told),
        Lang::En => en::difference(kind, told),
    }
}

/// Names of types are the same in every finding; people read them in their language.
fn word(value: &str, lang: Lang) -> &str {
    match (lang, value) {
        (Lang::Ru, "string") => "строка",
        (Lang::Ru, "number") => "число",
        (Lang::Ru, "string or number") => "строка или число",
        (Lang::Ru, "boolean") => "логическое значение",
        (Lang::Ru, "object") => "объект",
        (Lang::Ru, "array") => "массив",
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_text_in_both_languages_with_the_same_parameters() {
        let params = |text: &str| {
            let mut names: Vec<_> =
                text.split('{').skip(1).map(|rest| rest.split_once('}').expect("closed").0.to_owned()).collect();
            names.sort();
            names
        };
        for code in IssueCode::ALL {
            let ((ru, ru_hints), (en, en_hints)) = (text(*code, Lang::Ru), text(*code, Lang::En));
            assert!(!ru.is_empty() && !en.is_empty(), "{code}");
            assert_eq!(params(ru), params(en), "{code}");
            assert_eq!(ru_hints.len(), en_hints.len(), "{code}");
            for (ru, en) in ru_hints.iter().zip(en_hints) {
                assert_eq!(params(ru), params(en), "{code}");
            }
        }
    }
}
