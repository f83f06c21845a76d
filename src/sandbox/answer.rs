//! Answers: JSON values, and the fields of a receipt by a provider's own table.

use crate::http::Response;
use crate::json::Json;
use crate::provider::map::{Row, Take, seek, short};
use crate::record::{Record, View};
use crate::vocab::{System, Wire};
use crate::{date, issue::Trail};
use std::borrow::Cow;

pub(super) type Members = Vec<(Cow<'static, str>, Json<'static>)>;

pub(super) fn text(text: impl Into<String>) -> Json<'static> {
    Json::String(Cow::Owned(text.into()))
}

/// A text, or null for none.
pub(super) fn maybe(value: Option<&str>) -> Json<'static> {
    value.map_or(Json::Null, text)
}

pub(super) fn number(number: impl ToString) -> Json<'static> {
    Json::Number(number.to_string().into())
}

pub(super) fn object<const N: usize>(members: [(&'static str, Json<'static>); N]) -> Json<'static> {
    Json::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// A member by its name in any case, as CloudKassir looks for its parameters.
pub(super) fn member<'v>(value: &'v Json<'static>, name: &str) -> Option<&'v Json<'static>> {
    let Json::Object(members) = value else { return None };
    let found = members.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && *value != Json::Null);
    found.map(|(_, value)| value)
}

/// The same as text; numbers by their digits, nothing for an empty one.
pub(super) fn word<'v>(value: &'v Json<'static>, name: &str) -> Option<&'v str> {
    match member(value, name)? {
        Json::String(text) | Json::Number(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

pub(super) fn response(status: u16, kind: &str, body: String) -> Response {
    Response { status, headers: vec![("content-type".into(), kind.into())], body: body.into_bytes() }
}

pub(super) fn json(status: u16, body: &Json<'_>) -> Response {
    response(status, "application/json; charset=utf-8", body.to_string())
}

/// What stands around a receipt, by the names of the provider's table.
pub(super) type Around<'a> = [(&'static str, Json<'static>)];

/// Fields of an answer by their wire names and in their order: of the record where the table has them in the model, else
/// of what stands around it; null where there is nothing.
pub(super) fn fields(
    names: &[&'static str],
    table: &[Row],
    system: System,
    record: &dyn Record<'_>,
    around: &Around<'_>,
) -> Members {
    let value = |name: &str| {
        let rows = table.iter().filter(|row| row.wire == name);
        rows.map(|row| said(row, system, record, around)).find(|value| *value != Json::Null).unwrap_or(Json::Null)
    };
    names.iter().map(|name| ((*name).into(), value(name))).collect()
}

fn said(row: &Row, system: System, record: &dyn Record<'_>, around: &Around<'_>) -> Json<'static> {
    if let Some(name) = row.model.strip_prefix('@') {
        let found = around.iter().find(|(known, _)| *known == name);
        return found.map_or(Json::Null, |(_, value)| value.clone());
    }
    let mut said = Json::Null;
    seek(record, row.model, &Trail::ROOT, &mut |view, _, _| said = plain(view, system, row.take));
    said
}

/// A single value in the provider's form: sums are numbers, all else that a register counts is text.
fn plain(view: View<'_, '_>, system: System, take: Take) -> Json<'static> {
    match view {
        View::Text(value) => text(value),
        View::Money(sum) => number(short(sum.to_string())),
        View::Quantity(quantity) => number(quantity),
        View::Bool(value) => Json::Bool(value),
        View::Int(value) => text(value.to_string()),
        View::Term(list, row) => match list.rows[row].wire(if take == Take::Code { System::Ffd } else { system }) {
            Wire::Number(value) => number(value),
            Wire::Text(word) => text(word),
            Wire::Null | Wire::Unknown => Json::Null,
        },
        _ => Json::Null,
    }
}

/// Puts the named members first, null where there are none, and leaves the others behind them.
pub(super) fn led(value: Json<'static>, names: &[&'static str]) -> Json<'static> {
    let Json::Object(mut members) = value else { return value };
    let mut all: Members = Vec::new();
    for name in names {
        let found = members.iter().position(|(key, _)| key == name).map(|at| members.remove(at).1);
        all.push(((*name).into(), found.unwrap_or(Json::Null)));
    }
    all.extend(members);
    Json::Object(all)
}

/// Seconds since 1970 that a text can be made of.
fn seconds(now: u64, zone: u64) -> String {
    let seconds = (now / 1000).saturating_add(zone).min(u32::MAX.into());
    date::of_seconds(seconds as i64).unwrap_or_default()
}

/// The clock in UTC, YYYY-MM-DDTHH:MM:SS.
pub(super) fn utc(now: u64) -> String {
    seconds(now, 0)
}

/// The register's clock: Moscow, UTC+3 all year round.
pub(super) fn moscow(now: u64) -> String {
    seconds(now, 3 * 3600)
}

/// YYYY-MM-DDTHH:MM:SS as another form, `d.m.Y H:i:s` for one (PHP's letters).
pub(super) fn printed(clock: &str, form: &str) -> String {
    let part = |range| clock.get(range).unwrap_or_default();
    let mut out = String::new();
    for letter in form.chars() {
        match letter {
            'Y' => out.push_str(part(0..4)),
            'm' => out.push_str(part(5..7)),
            'd' => out.push_str(part(8..10)),
            'H' => out.push_str(part(11..13)),
            'i' => out.push_str(part(14..16)),
            's' => out.push_str(part(17..19)),
            other => out.push(other),
        }
    }
    out
}
