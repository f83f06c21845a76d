//! Previews of receipts whose texts hold anything: lines as wide as the paper and no wider, every amount there, markup
//! whose elements are ours alone.
#![cfg(feature = "preview")]

use chek54::{CheckOptions, PreviewForm, PreviewOptions, PreviewWidth, parse_receipt, preview};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The call, which runs no rules: of texts as odd as these few would be kept.
fn shown(receipt: &str, options: Value) -> String {
    let answer: Value = serde_json::from_str(&chek54::call::preview(receipt, &options.to_string())).expect("JSON");
    answer["value"].as_str().unwrap_or_else(|| panic!("{answer}\n{receipt}")).to_owned()
}

/// Texts of signs that have broken something somewhere.
fn text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => "[a-zA-Zа-яёЁ0-9 .,-]",
        2 => "[<>&\"'=/;`^~|{}\\[\\]\\\\]",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{a0}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}\u{fffe}\u{ffff}]",
        1 => "[茶한ガש א😀👩🏽🇷🇺\u{300}\u{fe0f}\u{20e3}]",
        1 => prop::char::any().prop_map(String::from),
        1 => Just("<script>alert(1)</script>".to_owned()),
        1 => Just("\" onload=\"x".to_owned()),
    ];
    prop::collection::vec(sign, 1..40)
        .prop_map(|signs| signs.concat())
        .prop_filter("blank", |text| text.chars().any(|sign| !sign.is_whitespace() && !sign.is_control()))
}

fn amount() -> impl Strategy<Value = String> {
    prop_oneof![1..100_000_u64, 1..40_000_000_000_000_u64]
        .prop_map(|kopecks| format!("{}.{:02}", kopecks / 100, kopecks % 100))
}

/// Columns as they are measured where all signs are of one width, and the upper bound of those of two.
fn columns(line: &str) -> usize {
    line.chars().count()
}

/// The names of elements, in order; none where the markup is not well-formed: no entity but ours, no sign that XML has not.
fn elements(markup: &str) -> Option<Vec<String>> {
    let (mut open, mut all, mut rest) = (Vec::new(), Vec::new(), markup);
    while let Some((text, behind)) = rest.split_once('<') {
        well_formed(text)?;
        let (tag, after) = behind.split_once('>')?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            (open.pop()? == name).then_some(())?;
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name = tag.split(' ').next()?.to_owned();
        // Every attribute is in double quotes, and nothing else is.
        (tag.matches('"').count() % 2 == 0).then_some(())?;
        for value in tag.split('"').skip(1).step_by(2) {
            well_formed(value)?;
        }
        let names = tag.get(name.len()..)?.split('"').step_by(2).filter(|part| !part.is_empty());
        for attribute in names {
            let attribute = attribute.trim_start().strip_suffix('=')?;
            attribute.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-').then_some(())?;
            (!attribute.starts_with("on")).then_some(())?;
        }
        all.push(name.clone());
        if !closed {
            open.push(name);
        }
    }
    (open.is_empty() && rest.is_empty()).then_some(all)
}

fn well_formed(text: &str) -> Option<()> {
    let is_sign = |sign: char| !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}');
    let entities = text.split('&').skip(1);
    let known = |rest: &str| ["amp;", "lt;", "gt;", "quot;", "apos;"].iter().any(|entity| rest.starts_with(entity));
    let bidi = |sign: char| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (text.chars().all(|sign| is_sign(sign) && !bidi(sign)) && entities.into_iter().all(known)).then_some(())
}

fn receipt(texts: &[String], amounts: &[String], is_fiscal: bool) -> String {
    let text = |at: usize| &texts[at % texts.len()];
    let items: Vec<_> = amounts
        .iter()
        .enumerate()
        .map(|(at, amount)| {
            json!({
                "name": text(at), "price": amount, "quantity": "1.000001", "amount": amount, "vat": "vat22",
                "unitName": text(at + 1), "info": text(at + 2), "customsDeclaration": text(at + 3),
                "agent": { "kind": "agent" }, "supplier": { "name": text(at + 4), "phones": [text(at + 5)] },
            })
        })
        .collect();
    let fiscal = is_fiscal.then(|| {
        json!({
            "fn": text(0), "fd": text(1), "fp": text(2), "rnm": text(3), "ofd": text(4), "url": text(5), "shift": 1,
            "dateTime": "2026-11-21T18:50:00", "total": "1.00", "qr": text(6),
        })
    });
    json!({
        "ffd": "1.05", "operation": "income", "items": items, "seller": { "name": text(0), "email": text(1) },
        "cashier": { "name": text(2) }, "place": { "address": text(3), "site": text(4) }, "infos": [text(5)],
        "userRequisite": { "key": text(6), "value": text(7) }, "fiscal": fiscal,
    })
    .to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_texts_hold(
        texts in prop::collection::vec(text(), 8), amounts in prop::collection::vec(amount(), 1..6), is_fiscal: bool,
        english: bool,
    ) {
        let lang = if english { "en" } else { "ru" };
        let receipt = receipt(&texts, &amounts, is_fiscal);
        for count in [32, 42, 48] {
            let shown = shown(&receipt, json!({ "as": "text", "width": count, "lang": lang }));
            for line in shown.lines() {
                // What takes two columns is beyond the plain planes; what takes none only shortens.
                let plain = line.chars().all(|sign| u32::from(sign) < 0x300 || ('а'..='ё').contains(&sign));
                prop_assert!(!plain || columns(line) <= count, "{line:?} is wider than {count}");
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
            for amount in &amounts {
                prop_assert!(shown.lines().any(|line| line.ends_with(&format!("={amount}"))), "{amount} in\n{shown}");
            }
            let notice = if english { "NOT A FISCAL" } else { "НЕ ФИСКАЛЬНЫЙ" };
            prop_assert_eq!(shown.matches(notice).count() >= 2, !is_fiscal);

            let picture = self::shown(&receipt, json!({ "as": "svg", "width": count, "lang": lang, "theme": "dark" }));
            let found = elements(&picture);
            prop_assert!(found.is_some(), "not well-formed: {picture}");
            let ours = ["svg", "title", "path", "g", "text"];
            prop_assert!(found.into_iter().flatten().all(|name| ours.contains(&&*name)));
            for amount in &amounts {
                prop_assert!(picture.contains(&[">=", amount, "</text>"].concat()));
            }
        }
        let page = shown(&receipt, json!({ "as": "html", "lang": lang }));
        let style = page.find("<style>").zip(page.find("</style>")).expect("a style sheet");
        let behind = page.get(style.1 + "</style>".len()..).unwrap_or_default();
        let page = [page.get(..style.0).unwrap_or_default(), behind].concat();
        let found = elements(&page);
        prop_assert!(found.is_some(), "not well-formed: {page}");
        let ours = ["article", "p", "table", "caption", "tbody", "tr", "th", "td", "svg", "path"];
        prop_assert!(found.into_iter().flatten().all(|name| ours.contains(&&*name)));
        for amount in &amounts {
            prop_assert!(page.contains(&["<td>", amount, "</td>"].concat()));
        }
    }
}

#[test]
fn wide_signs_are_measured() {
    let name = "茶".repeat(40);
    let text = json!({ "operation": "income", "items": [{ "name": name, "price": 1, "quantity": 1, "vat": "none" }] });
    let receipt = parse_receipt(&text.to_string(), &CheckOptions::default()).expect("a receipt");
    let shown = preview(&receipt, &PreviewOptions { width: PreviewWidth::Narrow, ..Default::default() });
    let lengths: Vec<_> = shown.lines().filter(|line| line.contains('茶')).map(|line| line.chars().count()).collect();
    assert_eq!(lengths, [16, 16, 8]);
}

#[test]
fn a_picture_of_words_that_are_joined_has_no_empty_line() {
    // A sign that joins, alone: takes no column.
    let text = json!({ "operation": "income", "items": [{ "name": "\u{200d}\u{301}", "price": 1, "quantity": 1, "vat": "none" }] });
    let receipt = parse_receipt(&text.to_string(), &CheckOptions::default()).expect("a receipt");
    let shown = preview(&receipt, &PreviewOptions { form: PreviewForm::Svg, ..Default::default() });
    assert!(!shown.contains("textLength=\"0\""));
}
