//! docs/tags.md is what the dictionary says. `UPDATE=1 cargo test --test tags` writes it anew.

use chek54::ffd::{Need, Place, TagInfo, documents, places, tag};
use chek54::{Ffd, Lang, Term};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const HEAD: &str = "# Tags of fiscal documents

What stands in which document, by version of the format. Written by `UPDATE=1 cargo test --test tags` from the tables in
`src/ffd/`, which hold what the orders of the Federal Tax Service say: ЕД-7-20/662@ (FFD 1.05, 1.1, 1.2), ЕД-7-20/1038@
(5% and 7%: tags 1115, 1119, 1120), ЕД-7-20/236@ (tags of September 2025), ЕД-7-20/1050@ (22%).

In the columns of the versions: **must** it has to be there, **case** it has to be there in certain cases, **may** it may
be there; `×n` it repeats; `paper` it is printed and not in the electronic document. What may be left out has sometimes
been said in the registration report. Types: VLN and FVLN are integers and decimals of any length, STLV holds tags; a
length with `≤` is the greatest, without it the only one. Sums are kopecks.
";

/// A structure in every version.
fn columns(parent: u16) -> Vec<(u16, Vec<Option<Place>>)> {
    let versions: Vec<Vec<Place>> =
        Ffd::all().map(|ffd| places(ffd).into_iter().filter(|place| place.parent == parent).collect()).collect();
    // The newest version's order, with what only older ones have behind what it follows there.
    let mut order: Vec<u16> = Vec::new();
    for version in versions.iter().rev() {
        let mut before = 0;
        for place in version {
            before = match order.iter().position(|tag| *tag == place.tag) {
                Some(at) => at + 1,
                None => {
                    order.insert(before, place.tag);
                    before + 1
                }
            };
        }
    }
    let of = |tag: u16| versions.iter().map(|version| version.iter().find(|place| place.tag == tag).copied()).collect();
    order.into_iter().map(|tag| (tag, of(tag))).collect()
}

fn cell(place: Option<Place>) -> String {
    let Some(place) = place else { return String::new() };
    let need = match place.need {
        Need::Required => "must",
        Need::Conditional => "case",
        Need::Optional => "may",
    };
    format!("{need}{}{}", if place.repeats { " ×n" } else { "" }, if place.printed { " paper" } else { "" })
}

fn kind(info: TagInfo) -> String {
    match info.length {
        Some(length) => format!("{} {}{length}", info.kind.name(), if info.fixed { "" } else { "≤" }),
        None => info.kind.name().to_owned(),
    }
}

fn reference() -> String {
    let mut text = HEAD.to_owned();
    let mut parents: Vec<u16> = documents().iter().map(|(_, code)| *code).collect();
    let mut nested: Vec<u16> = Ffd::all().flat_map(places).map(|place| place.parent).collect();
    nested.sort_unstable();
    nested.dedup();
    nested.retain(|parent| !parents.contains(parent));
    parents.extend(nested);
    while let Some(parent) = parents.first().copied() {
        let rows = columns(parent);
        let (alike, rest): (Vec<_>, Vec<_>) = parents.into_iter().partition(|other| {
            let plain = |rows: Vec<(u16, Vec<Option<Place>>)>| -> Vec<_> {
                rows.into_iter().map(|(tag, cells)| (tag, cells.into_iter().map(cell).collect::<Vec<_>>())).collect()
            };
            plain(columns(*other)) == plain(rows.clone())
        });
        parents = rest;
        let infos: Vec<_> = alike.iter().filter_map(|parent| tag(*parent)).collect();
        let all = |name: fn(&TagInfo) -> String| infos.iter().map(name).collect::<Vec<_>>().join("; ");
        let numbers = all(|info| info.tag.to_string());
        writeln!(text, "\n## {numbers} {}\n\n{}.\n", all(|info| info.ru.to_owned()), all(|info| info.en.to_owned()))
            .expect("text");
        text.push_str("| tag | | | JSON | type | 1.05 | 1.1 | 1.2 |\n|---|---|---|---|---|---|---|---|\n");
        for (number, cells) in rows {
            let info = tag(number).expect("a known tag");
            let since = info.since.map_or_else(String::new, |since| format!(" (since {since})"));
            let key = info.key.map_or_else(String::new, |key| format!("`{key}`"));
            let (ru, en) = (info.name(Lang::Ru), info.name(Lang::En));
            let cells = cells.into_iter().map(cell).collect::<Vec<_>>().join(" | ");
            writeln!(text, "| {number} | {ru}{since} | {en} | {key} | {} | {cells} |", kind(info)).expect("text");
        }
    }
    text
}

#[test]
fn the_reference_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tags.md");
    let text = reference();
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(&path, &text).expect("writable");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/tags.md is stale: UPDATE=1 cargo test --test tags");
}
