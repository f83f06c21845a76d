//! docs/fields.md: every field of the model beside those of every provider, out of the providers' own tables.
//! `UPDATE=1 cargo test --lib reference` writes it anew.

use super::map::{Row, Take};
use super::{cloudkassir, paybox, paykeeper};
use crate::receipt::Receipt;
use crate::record::{FieldKind, OwnRecord, Shape};
use crate::vocab::{self, Ffd, List, System, Term, Wire};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const HEAD: &str = "# Fields and words, provider by provider

Where each field of a receipt goes. Written by `UPDATE=1 cargo test --lib reference` from the tables that `encode` and
`decode` walk. An empty cell: the provider has no place for it, and `encode` says so in `losses`.

- `←` only read, from answers and notifications; `→` what the receipt says once goes there, to every item or into a list;
  (first): of several only the first; (opaque): PayKeeper has not published its form, and gets what you give in the option
  `opaque`; 3.3.7+: since that version of CloudKassir's documents.
- CloudKassir: the fields of `kkt/receipt` stand in `CustomerReceipt`, but for `Inn` and `Type`; those of
  `kkt/correction-receipt`, which came with 3.3.7, in `CorrectionReceiptData`. The register's clock and the text of the QR
  code come from `QrCodeUrl`.
- Paybox: `operation_type` and `settlements` are of `v5/receipts`; a payment says both by itself. A position has no sum in
  requests: it is price x quantity. Corrections and cash are refused. Some names are
  [not published](paybox.md#names-that-are-not-published).
- PayKeeper: of an e-mail and a phone only the e-mail goes. The register's clock and the text of the QR code come from
  `fop_url`.

What the tax service calls the fields: [tags.md](tags.md).
";

/// One way of a model's field into a body.
struct Place {
    wire: String,
    row: Row,
    versions: u8,
}

/// All places of a dotted field, lists and records between being walked on both sides.
fn places(rows: &[Row], model: &str, wire: &str, versions: u8, found: &mut Vec<Place>) {
    for row in rows {
        let (versions, many) = (versions & row.versions, if row.model.is_empty() { "" } else { "[]" });
        let here = if wire.is_empty() { row.wire.to_owned() } else { format!("{wire}.{}", row.wire) };
        let rest = if row.model.is_empty() { Some(model) } else { model.strip_prefix(row.model) };
        match rest {
            Some("") => found.push(Place { wire: here, row: *row, versions }),
            Some(rest) if !row.rows.is_empty() && (row.model.is_empty() || rest.starts_with("[].")) => {
                let rest = rest.strip_prefix("[].").unwrap_or(rest);
                places(row.rows, rest, &format!("{here}{many}"), versions, found);
            }
            _ => {}
        }
    }
}

fn cell(tables: &[&[Row]], model: &str, note: fn(u8) -> &'static str) -> String {
    let (mut found, mut text) = (Vec::new(), String::new());
    for table in tables {
        places(table, model, "", u8::MAX, &mut found);
    }
    let is_read = |place: &Place| matches!(place.row.take, Take::Read | Take::Older);
    let has_own = found.iter().any(|place| !is_read(place) && place.row.take != Take::Carried);
    found.retain(|place| !place.row.wire.is_empty() && (!has_own || !is_read(place)));
    // Once in one form and once in another, by version.
    found.reverse();
    while let Some(place) = found.pop() {
        let (same, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|other| other.wire == place.wire);
        found = rest;
        let sign = match place.row.take {
            Take::Carried => "→ ",
            _ if is_read(&place) => "← ",
            _ => "",
        };
        let first = if place.row.take == Take::First { " (first)" } else { "" };
        let versions = same.iter().fold(place.versions, |all, other| all | other.versions);
        let wrappers = ["CustomerReceipt.", "CorrectionReceiptData.", "Receipt."];
        let wire = wrappers.iter().find_map(|outer| place.wire.strip_prefix(outer)).unwrap_or(&place.wire);
        text.push_str(if text.is_empty() { "" } else { ", " });
        write!(text, "{sign}`{wire}`{first}{}", note(versions)).expect("text");
    }
    text
}

fn cloudkassir_note(versions: u8) -> &'static str {
    match versions & 0b111 {
        0b110 => " 3.3.7+",
        0b100 => " 3.4.5+",
        _ => "",
    }
}

fn paybox_note(versions: u8) -> &'static str {
    match versions & 0b1111 {
        0b1010 => " FFD 1.2",
        _ => "",
    }
}

/// What a provider's cell says where no row does.
fn paykeeper_cell(model: &str) -> String {
    let own = cell(&[paykeeper::fields::REQUEST], model, |_| "");
    if !own.is_empty() {
        return own;
    }
    let item = model.strip_prefix("items[].");
    let opaque = paykeeper::fields::OPAQUE.iter().find(|(_, field)| {
        item.and_then(|rest| rest.strip_prefix(field))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    });
    match opaque {
        Some((wire, _)) => format!("`cart[].{wire}` (opaque)"),
        None => read(cell(&[paykeeper::fields::ANSWER], model, |_| "")),
    }
}

/// What stands in answers alone.
fn read(cell: String) -> String {
    if cell.is_empty() || cell.starts_with('←') { cell } else { format!("← {}", cell.replace(", `", ", ← `")) }
}

fn cloudkassir_cell(model: &str) -> String {
    let own = cell(&[cloudkassir::fields::REQUEST], model, cloudkassir_note);
    if own.is_empty() { read(cell(cloudkassir::fields::NOTIFICATION, model, |_| "")) } else { own }
}

/// There were none before 3.3.7.
fn correction_cell(model: &str) -> String {
    let since = |versions| if versions & 0b110 == 0b110 { "" } else { cloudkassir_note(versions) };
    cell(&[cloudkassir::fields::CORRECTION_REQUEST], model, since)
}

fn walk(shape: &'static Shape, prefix: &str, versions: &[Ffd], text: &mut String) {
    for field in shape.fields {
        let model = format!("{prefix}{}", field.name);
        let versions: Vec<_> = versions.iter().copied().filter(|ffd| field.rule.ffd.has(*ffd)).collect();
        match field.kind {
            FieldKind::Record(inner) => walk(inner, &format!("{model}."), &versions, text),
            FieldKind::Records(inner) => walk(inner, &format!("{model}[]."), &versions, text),
            _ => {
                let tag = if field.tag == 0 { String::new() } else { field.tag.to_string() };
                let cells = [
                    cloudkassir_cell(&model),
                    correction_cell(&model),
                    cell(&[paybox::fields::RECEIPT], &model, paybox_note),
                    paykeeper_cell(&model),
                ];
                let every = versions.len() == Ffd::all().count();
                let ffd = if every {
                    String::new()
                } else {
                    versions.iter().map(|ffd| ffd.name()).collect::<Vec<_>>().join(", ")
                };
                writeln!(text, "| `{model}` | {tag} | {ffd} | {} |", cells.join(" | ")).expect("text");
            }
        }
    }
}

fn words(list: &List, text: &mut String) {
    let spelled = |wire: Wire| match wire {
        Wire::Unknown => String::new(),
        Wire::Null => "null".to_owned(),
        Wire::Number(number) => number.to_string(),
        Wire::Text(word) => format!("`{word}`"),
    };
    let systems = [System::CloudKassir, System::Paybox, System::PayKeeper];
    // Countries, federal bodies: the providers take their codes as they are.
    let is_other = |row: &vocab::Row, wire| wire != Wire::Unknown && spelled(wire).trim_matches('`') != row.name;
    if !list.rows.iter().any(|row| systems.iter().any(|system| is_other(row, row.wire(*system)))) {
        return;
    }
    let tag = if list.tag == 0 { String::new() } else { format!(", tag {}", list.tag) };
    writeln!(text, "\n### {}{tag}\n", list.name).expect("text");
    text.push_str("| word | FFD | | CloudKassir | Paybox | PayKeeper |\n|---|---|---|---|---|---|\n");
    for row in list.rows {
        let cells = systems.map(|system| spelled(row.wire(system))).join(" | ");
        writeln!(text, "| `{}` | {} | {} | {cells} |", row.name, spelled(row.code), row.en).expect("text");
    }
}

fn reference() -> String {
    let mut text = HEAD.to_owned();
    text.push_str(
        "\n## Fields\n\n| field | tag | FFD | CloudKassir `kkt/receipt` | CloudKassir `kkt/correction-receipt` ",
    );
    text.push_str("| Paybox | PayKeeper |\n|---|---|---|---|---|---|---|\n");
    walk(Receipt::SHAPE, "", &Ffd::all().collect::<Vec<_>>(), &mut text);
    text.push_str(
        "\n## Words\n\nAs `vocabulary` lists them; FFD is the code in the fiscal document. What a provider has no word for is \
         refused\n(`unsupported_by_provider`), unless it has no field for it at all.\n",
    );
    for list in vocab::lists() {
        words(list, &mut text);
    }
    text
}

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fields.md");
    let text = reference();
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).expect("writable");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/fields.md is stale: UPDATE=1 cargo test --lib reference");
}
