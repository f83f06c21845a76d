//! Rules of single fields, read off the model's tables: there at all, length, form, range, FFD version.

use super::Checker;
use crate::cp866;
use crate::date;
use crate::draft::excerpt;
use crate::inn::inn;
use crate::issue::{IssueCode, Trail};
use crate::provider::Provider;
use crate::record::{Field, FieldKind, Form, Record, View, places};
use crate::vocab::{Ffd, FfdSet, Row, Spelling, Term};

pub(super) fn fields(checker: &mut Checker<'_, '_>) {
    record(checker, checker.draft, &Trail::ROOT);
}

pub(super) fn record(checker: &mut Checker<'_, '_>, of: &dyn Record<'_>, at: &Trail<'_>) {
    let (shape, given) = (of.shape(), of.given());
    let ffd = checker.draft.ffd.unwrap_or_default();
    for index in places(shape.required & !given) {
        let field = &shape.fields[index];
        let issue = checker.add(IssueCode::Required, &at.key(field.name), field.tag);
        if let FieldKind::Term(list) = field.kind {
            issue.with("expected", list.rows.iter().map(|row| row.name).collect::<Vec<_>>().join(", "));
        }
    }
    for index in places(given) {
        let (field, view) = (&shape.fields[index], of.view(index));
        if let View::None = view {
            continue;
        }
        let here = at.key(field.name);
        let exists = field.rule.ffd.has(ffd);
        if !exists {
            not_in_ffd(checker, &here, field.tag, field.name, field.rule.ffd);
        }
        match view {
            View::None | View::Bool(_) => {}
            View::Text(value) => text(checker, field, value, &here),
            View::Texts(values) => {
                for (index, value) in values.iter().enumerate() {
                    text(checker, field, value, &here.index(index));
                }
            }
            View::Money(money) if money.kopecks() < 0 => {
                let issue = checker.add(IssueCode::OutOfRange, &here, field.tag);
                issue.show("value", &money).with("min", "0").show("max", &crate::Money::MAX);
            }
            View::Quantity(quantity) if quantity.millionths() <= 0 => {
                let issue = checker.add(IssueCode::OutOfRange, &here, field.tag);
                issue.show("value", &quantity).with("above", "0");
            }
            View::Money(_) | View::Quantity(_) => {}
            View::Int(value) => {
                let (from, to) = field.rule.range;
                if value < from || value > to {
                    let issue = checker.add(IssueCode::OutOfRange, &here, field.tag).show("value", &value);
                    if to == u64::MAX {
                        issue.show("above", &(from - 1));
                    } else {
                        issue.show("min", &from).show("max", &to);
                    }
                }
            }
            View::Term(list, row) => {
                let row: &Row = &list.rows[row];
                // The version itself is a list too, each row of which exists in its own version only.
                if exists && !row.ffd.has(ffd) && field.name != "ffd" {
                    not_in_ffd(checker, &here, field.tag, row.name, row.ffd);
                }
            }
            View::Record(inner) => record(checker, inner, &here),
            View::Records(list) => {
                for index in 0..list.count() {
                    record(checker, list.at(index), &here.index(index));
                }
            }
        }
    }
}

pub(super) fn not_in_ffd(checker: &mut Checker<'_, '_>, at: &Trail<'_>, tag: u16, what: &'static str, has: FfdSet) {
    let ffd = checker.draft.ffd.unwrap_or_default().name();
    let versions = has.iter().map(Ffd::name).collect::<Vec<_>>().join(", ");
    let reads = checker.reads();
    let issue = checker.add(IssueCode::NotInFfd, at, tag);
    issue.with("what", what).with("ffd", ffd).warning_if(reads);
    if !versions.is_empty() {
        issue.with("versions", versions);
    }
}

fn text(checker: &mut Checker<'_, '_>, field: &Field, value: &str, at: &Trail<'_>) {
    // What is empty was found when it was read.
    if value.chars().all(char::is_whitespace)
        || !form(checker, field, value, at)
        || field.tag == 0
        || value.len() <= usize::from(field.rule.max) && value.is_ascii()
    {
        return;
    }
    if !cp866::holds(value) {
        let strange: String = value.chars().filter(|c| cp866::byte(*c).is_none()).collect();
        let plain: String = value.chars().map(plain).collect();
        let issue = checker.add(IssueCode::NotEncodable, at, field.tag);
        issue.with("characters", excerpt(&visible(&strange)));
        if cp866::holds(&plain) {
            issue.quote("suggestion", &excerpt(&plain));
        }
    }
    let max = usize::from(field.rule.max);
    // Never fewer bytes than characters: a short text needs no count.
    if max == 0 || value.len() <= max {
        return;
    }
    let length = value.chars().count();
    if length > max {
        // CloudKassir cuts the name of an item; everything else is refused.
        let cut = field.tag == 1030 && checker.is_for(Provider::CloudKassir);
        let code = if cut { IssueCode::ValueTruncated } else { IssueCode::TooLong };
        let issue = checker.add(code, at, field.tag);
        issue.show("max", &max).show("length", &length).with("what", field.name);
    }
}

/// A text with the numbers of the characters that nobody would see.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if is_hidden(character) {
            shown.push_str(&format!("U+{:04X}", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether nobody would see a character.
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}'
    ) || character.is_whitespace()
        || character.is_control()
}

/// The character of CP866 that typesetters' one stands for.
pub(crate) fn plain(character: char) -> char {
    match character {
        '«' | '»' | '“' | '”' | '„' => '"',
        '‘' | '’' | '`' => '\'',
        '–' | '—' | '−' | '‑' => '-',
        '×' | '✕' => 'x',
        '\u{202f}' | '\u{2009}' => ' ',
        other => other,
    }
}

/// Whether a text is of its field's form; if not, it is found.
fn form(checker: &mut Checker<'_, '_>, field: &Field, value: &str, at: &Trail<'_>) -> bool {
    let (expected, suggestion) = match field.rule.form {
        Form::Free => return true,
        Form::Email if is_email(value) => return true,
        Form::Email => ("name@example.com", None),
        Form::Phone if is_phone(value) && value.starts_with('+') => return true,
        Form::Phone => ("+79991234567", phone_of(value)),
        Form::Inn | Form::OwnInn => match inn(value) {
            seen if seen.valid => return true,
            seen if seen.kind.is_none() => {
                let digits: String = value.chars().filter(char::is_ascii_digit).collect();
                ("7708806062 / 500100732259", inn(&digits).valid.then_some(digits))
            }
            _ => {
                let own = matches!(field.rule.form, Form::OwnInn) && !checker.reads();
                let issue = checker.add(IssueCode::InvalidChecksum, at, field.tag);
                issue.with("value", value.to_owned());
                if own {
                    issue.severity(crate::Severity::Error);
                }
                return true;
            }
        },
        Form::Date | Form::Day if date::moment(value).is_some() => return true,
        Form::Date | Form::Day => ("YYYY-MM-DD", date::dotted(value).map(|date| date.to_string())),
        Form::DocumentDate if date::moment(value).is_some() || date::dotted(value).is_some() => return true,
        Form::DocumentDate => ("YYYY-MM-DD, DD.MM.YYYY", None),
        Form::Country if value.len() == 3 && value.bytes().all(|b| b.is_ascii_digit()) => return true,
        Form::Country => ("643", None),
        Form::Listed(list) if list.by_code(Spelling::Text(value)).is_some() => return true,
        Form::Listed(list) => {
            let reads = checker.reads();
            let expected = format!("vocabulary(\"{}\")", list.name);
            let issue = checker.add(IssueCode::InvalidValue, at, field.tag);
            issue.quote("value", &excerpt(value)).with("expected", expected).warning_if(reads);
            return false;
        }
    };
    // CloudKassir's own example has "RUS" for tag 1244.
    let letters = value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase());
    let tolerated = match field.rule.form {
        Form::Country => letters && checker.is_for(Provider::CloudKassir),
        // Without its plus a number is understood, though not as the order has it.
        Form::Phone => is_phone(value),
        _ => false,
    };
    let reads = checker.reads();
    let issue = checker.add(IssueCode::InvalidFormat, at, field.tag);
    issue.quote("value", &excerpt(value)).with("expected", expected).warning_if(reads || tolerated);
    if let Some(suggestion) = suggestion {
        issue.quote("suggestion", &suggestion);
    }
    false
}

/// One `@`, something before it, a host with a dot or two behind it, no spaces.
fn is_email(value: &str) -> bool {
    let Some((name, host)) = value.rsplit_once('@') else { return false };
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>' | '(' | ')' | '"');
    let labels = host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    !name.is_empty()
        && !name.contains(odd)
        && !host.contains(odd)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && labels
        && host.contains('.')
}

/// A plus, if any, and 5 to 18 digits.
fn is_phone(value: &str) -> bool {
    let digits = value.strip_prefix('+').unwrap_or(value);
    (5..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The number of a phone written with brackets and hyphens.
fn phone_of(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let joined = value.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | ' ' | '.' | '\u{a0}'));
    let number = match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 => format!("+7{rest}"),
        _ => format!("+{digits}"),
    };
    (joined && is_phone(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.ru", "имя@почта.рф", "first.last+tag@sub.example-shop.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.ru", "a@@b.ru", "a b@c.ru", "a@b..ru", "a@-b.ru", "a@b.ru,c@d.ru", ".a@b.ru"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn phones() {
        assert!(is_phone("+79991234567") && is_phone("79991234567") && !is_phone("+7(999)1234567") && !is_phone("123"));
        assert_eq!(phone_of("8 (999) 123-45-67").as_deref(), Some("+79991234567"));
        assert_eq!(phone_of("+7 999 123 45 67").as_deref(), Some("+79991234567"));
        assert_eq!(phone_of("call me"), None);
    }
}
