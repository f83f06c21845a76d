//! What a caller may say about a check: mode, provider, date, language, severities.

use crate::date::Date;
use crate::issue::{Findings, IssueCode, Level, Trail};
use crate::json::Json;
use crate::message::Lang;
use crate::provider::Provider;
use crate::provider::cloudkassir::Version;

/// How strict a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A receipt that is going to be sent.
    #[default]
    Build,
    /// A receipt that was made by somebody: what is odd there is only said.
    Read,
}

/// Options of [`check_receipt`](crate::check_receipt).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckOptions {
    /// Strict or tolerant.
    pub mode: Mode,
    /// Whose rules come on top of the law's.
    pub provider: Option<Provider>,
    /// The version of CloudKassir's documents.
    pub version: Version,
    /// The day of the settlement; rules that depend on it are left out when it is not given.
    pub at: Option<Date>,
    /// The language of the texts.
    pub lang: Lang,
    /// Severities other than the usual ones. Codes of the shape keep theirs.
    pub severity: Vec<(IssueCode, Level)>,
    /// The most findings that are returned.
    pub max_issues: usize,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            provider: None,
            version: Version::default(),
            at: None,
            lang: Lang::default(),
            severity: Vec::new(),
            max_issues: 100,
        }
    }
}

impl CheckOptions {
    /// What the caller wants of a code.
    pub(crate) fn level(&self, code: IssueCode) -> Option<Level> {
        self.severity.iter().rev().find(|(wanted, _)| *wanted == code).map(|(_, level)| *level)
    }

    /// From the JSON text of the options object; what is not an option is found, and the rest is used. `more` are the
    /// options of the call besides these, which it has taken out.
    pub(crate) fn parse(text: &str, more: &str, findings: &mut Findings) -> Self {
        let mut options = Self::default();
        let given = match Json::parse(text) {
            Ok(Json::Object(members)) => members,
            Ok(Json::Null) => return options,
            other => {
                let value = other.unwrap_or(Json::Null);
                refuse(findings, "options", &value, "expected", "object");
                return options;
            }
        };
        for (key, value) in &given {
            if *value == Json::Null {
                continue;
            }
            let taken = match &**key {
                "mode" => word(value, MODES).map(|mode| options.mode = mode).ok_or(names(MODES)),
                "lang" => word(value, LANGS).map(|lang| options.lang = lang).ok_or(names(LANGS)),
                "provider" => {
                    let known = Provider::ALL.map(|provider| (provider.name(), provider));
                    word(value, &known).map(|provider| options.provider = Some(provider)).ok_or(names(&known))
                }
                "version" => {
                    let known = Version::ALL.map(|version| (version.name(), version));
                    word(value, &known).map(|version| options.version = version).ok_or(names(&known))
                }
                "at" => match value.as_str().and_then(Date::parse) {
                    Some(date) => {
                        options.at = Some(date);
                        Ok(())
                    }
                    None => Err("YYYY-MM-DD".into()),
                },
                "maxIssues" => match value {
                    Json::Number(text) => {
                        text.parse().map(|most| options.max_issues = most).map_err(|_| "0, 1, 2..".into())
                    }
                    _ => Err("0, 1, 2..".into()),
                },
                "severity" => severities(value, &mut options.severity),
                _ => {
                    refuse(findings, key, value, "known", &[OPTIONS, more].concat());
                    continue;
                }
            };
            if let Err(expected) = taken {
                refuse(findings, key, value, "expected", &expected);
            }
        }
        options
    }
}

const OPTIONS: &str = "mode, provider, version, at, lang, severity, maxIssues";
const MODES: &[(&str, Mode)] = &[("build", Mode::Build), ("read", Mode::Read)];
const LANGS: &[(&str, Lang)] = &[("ru", Lang::Ru), ("en", Lang::En)];
const LEVELS: &[(&str, Level)] = &[("error", Level::Error), ("warning", Level::Warning), ("off", Level::Off)];

fn word<T: Copy>(value: &Json<'_>, known: &[(&str, T)]) -> Option<T> {
    known.iter().find(|(name, _)| value.as_str() == Some(name)).map(|(_, meant)| *meant)
}

fn names<T>(known: &[(&str, T)]) -> String {
    known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn severities(value: &Json<'_>, levels: &mut Vec<(IssueCode, Level)>) -> Result<(), String> {
    let Json::Object(members) = value else { return Err("{code: \"error\" | \"warning\" | \"off\"}".into()) };
    for (name, level) in members {
        match (IssueCode::from_name(name), word(level, LEVELS)) {
            (Some(code), Some(level)) => levels.push((code, level)),
            _ => return Err("{code: \"error\" | \"warning\" | \"off\"}".into()),
        }
    }
    Ok(())
}

fn refuse(findings: &mut Findings, option: &str, value: &Json<'_>, what: &'static str, list: &str) {
    findings
        .add(IssueCode::InvalidOption, &Trail::ROOT, 0)
        .with("option", option.to_owned())
        .with("value", shown(value))
        .with(what, list.to_owned());
}

/// The value of an option as it is told; what JSON has no text for came in a mark of its own.
pub(crate) fn shown(value: &Json<'_>) -> String {
    let marked = value.get("\0chek54").and_then(Json::as_str);
    let shown = marked.map_or_else(|| value.to_string(), str::to_owned);
    shown.chars().take(60).collect()
}
