//! What stands where: the tags of each document and nested structure, version by version, in the tables' order.
//!
//! Order ЕД-7-20/662@, tables 10, 15..33 (1.05), 49..69 (1.1), 87..150 (1.2). The tags of 2025 (1115: ЕД-7-20/1038@;
//! 1011, 1125, 1234: ЕД-7-20/236@) stand beside their like: where exactly the orders put them is not known to us, and
//! the order of tags has no meaning. `structure.tsv` has a line a structure: where (forms of document, tags), versions
//! (1: 1.05, 2: 1.1, 4: 1.2, added up), tags. Behind a tag: `!` has to be there, `?` has to be there in certain cases,
//! `*` repeats, `~` is printed only. What may be left out is sometimes what the registration report has already said.

use super::tags::{self, TagInfo, tag};
use crate::json::{add, write_string};
use crate::vocab::{Ffd, Term};

const TABLE: &str = include_str!("structure.tsv");

/// The forms of documents by name.
const DOCUMENTS: &[(&str, u16)] = &[
    ("receipt", 3),
    ("bso", 4),
    ("correction", 31),
    ("correctionBso", 41),
    ("registration", 1),
    ("registrationChange", 11),
    ("shiftOpening", 2),
    ("state", 21),
    ("shiftClosing", 5),
    ("storageClosing", 6),
    ("confirmation", 7),
    ("markRequest", 81),
    ("markNotification", 82),
    ("markResponse", 83),
    ("markAcknowledgement", 84),
];

/// Whether a tag has to be where it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// In the cases that the order names.
    Conditional,
    /// It may be left out.
    Optional,
}

impl Need {
    /// As callers read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Conditional => "conditional",
            Self::Optional => "optional",
        }
    }
}

/// A tag in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where: a form of document, or a tag.
    pub parent: u16,
    /// The tag.
    pub tag: u16,
    /// Whether it has to be there.
    pub need: Need,
    /// Whether there may be more than one.
    pub repeats: bool,
    /// Whether it is on paper only, not in the electronic document.
    pub printed: bool,
}

/// Walks the table: the versions of a structure as bits, and each place in it. By hand, byte by byte: the library's
/// ways of splitting texts would be several times this in wasm.
fn walk(visit: &mut dyn FnMut(u8, Place)) {
    let empty = Place { parent: 0, tag: 0, need: Need::Optional, repeats: false, printed: false };
    let (mut parents, mut versions, mut place) = (Vec::new(), None, empty);
    for byte in TABLE.bytes() {
        match byte {
            b'0'..=b'9' => place.tag = place.tag.wrapping_mul(10).wrapping_add((byte - b'0').into()),
            b'!' => place.need = Need::Required,
            b'?' => place.need = Need::Conditional,
            b'*' => place.repeats = true,
            b'~' => place.printed = true,
            _ => {
                match versions {
                    // Before the first tab the places, before the second the versions.
                    None => parents.push(place.tag),
                    Some(0) => versions = Some(place.tag as u8),
                    Some(versions) => {
                        parents.iter().for_each(|parent| visit(versions, Place { parent: *parent, ..place }))
                    }
                }
                place = empty;
                match byte {
                    b'\t' if versions.is_none() => versions = Some(0),
                    b'\n' => {
                        versions = None;
                        parents.clear();
                    }
                    _ => {}
                }
            }
        }
    }
}

const fn has(versions: u8, ffd: Ffd) -> bool {
    versions & (1 << ffd as u8) != 0
}

/// Every place of a version, those of one structure together and in its order.
pub fn places(ffd: Ffd) -> Vec<Place> {
    let mut places = Vec::new();
    walk(&mut |versions, place| {
        if has(versions, ffd) {
            places.push(place);
        }
    });
    places
}

/// Where a tag stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uses {
    /// The documents and tags, in the order of numbers.
    pub parents: Vec<u16>,
    /// The versions.
    pub ffd: Vec<Ffd>,
    /// Whether it can stand in one place more than once.
    pub repeats: bool,
}

/// Every place of every version, with the versions as bits.
pub(crate) fn everywhere() -> Vec<(u8, Place)> {
    let mut places = Vec::new();
    walk(&mut |versions, place| places.push((versions, place)));
    places
}

pub(super) fn uses(tag: u16, everywhere: &[(u8, Place)]) -> Uses {
    let (mut parents, mut all, mut repeats) = (Vec::new(), 0, false);
    for (versions, place) in everywhere {
        // A form of document stands nowhere: it has the versions of what stands in it.
        if place.parent == tag || place.tag == tag {
            all |= versions;
        }
        if place.tag == tag {
            repeats |= place.repeats;
            if !parents.contains(&place.parent) {
                let at = parents.iter().take_while(|parent| **parent < place.parent).count();
                parents.insert(at, place.parent);
            }
        }
    }
    // What stands in no table that we have (1208) is of all.
    Uses { parents, ffd: Ffd::all().filter(|ffd| all == 0 || has(all, *ffd)).collect(), repeats }
}

/// The form of document of a name: `receipt` is 3.
pub fn document(name: &str) -> Option<u16> {
    DOCUMENTS.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

/// The names of the forms of documents, with their numbers.
pub const fn documents() -> &'static [(&'static str, u16)] {
    DOCUMENTS
}

/// The tags of a version, or of all; of a document, or of all. Those of a document come in its order, each before what
/// stands in it, and with the need for it; where no version is given, by the newest that has it there.
pub fn tags(ffd: Option<Ffd>, document: Option<u16>) -> Vec<(TagInfo, Option<Need>)> {
    let mut found = Vec::new();
    match document {
        Some(document) => {
            let versions: Vec<_> = Ffd::all().filter(|own| ffd.is_none_or(|ffd| ffd == *own)).collect();
            for version in versions.into_iter().rev() {
                below(document, &places(version), &mut found);
            }
        }
        None => {
            let everywhere = everywhere();
            for info in tags::all() {
                if ffd.is_none_or(|ffd| uses(info.tag, &everywhere).ffd.contains(&ffd)) {
                    found.push((info, None));
                }
            }
        }
    }
    found
}

/// The tables nest no tag in itself, so this ends.
fn below(parent: u16, places: &[Place], found: &mut Vec<(TagInfo, Option<Need>)>) {
    for place in places.iter().filter(|place| place.parent == parent) {
        if let Some(info) = tag(place.tag).filter(|info| found.iter().all(|(known, _)| known.tag != info.tag)) {
            found.push((info, Some(place.need)));
        }
        below(place.tag, places, found);
    }
}

/// A tag of the dictionary as callers get it, in JSON.
pub(crate) fn write_info(info: &TagInfo, need: Option<Need>, everywhere: &[(u8, Place)], out: &mut String) {
    let uses = uses(info.tag, everywhere);
    let text = |out: &mut String, before: &str, value: Option<&str>| {
        add(out, before);
        match value {
            Some(value) => write_string(out, value),
            None => out.push_str("null"),
        }
    };
    let list = |out: &mut String, before: &str, values: &mut dyn Iterator<Item = String>| {
        let mut comma = before;
        for value in values {
            add(out, comma);
            add(out, &value);
            comma = ",";
        }
        add(out, if comma == before { before } else { "" });
    };
    add(out, "{\"tag\":");
    add(out, &info.tag.to_string());
    text(out, ",\"name\":{\"ru\":", Some(info.ru));
    text(out, ",\"en\":", Some(info.en));
    text(out, "},\"key\":", info.key);
    text(out, ",\"type\":", Some(info.kind.name()));
    add(out, ",\"length\":");
    add(out, &info.length.map_or_else(|| "null".to_owned(), |length| length.to_string()));
    add(out, if info.fixed { ",\"fixed\":true" } else { ",\"fixed\":false" });
    list(out, ",\"parents\":[", &mut uses.parents.iter().map(u16::to_string));
    list(out, "],\"ffd\":[", &mut uses.ffd.iter().map(|ffd| ["\"", ffd.name(), "\""].concat()));
    add(out, if uses.repeats { "],\"repeats\":true" } else { "],\"repeats\":false" });
    if let Some(since) = info.since {
        text(out, ",\"since\":", Some(since));
    }
    if let Some(need) = need {
        text(out, ",\"requirement\":", Some(need.name()));
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::super::tags::TagKind;
    use super::super::way::way;
    use super::*;
    use crate::receipt::{Item, Receipt};
    use crate::record::{Field, FieldKind, OwnRecord, Shape};

    #[test]
    fn the_table_is_of_known_tags_and_nests_none_in_itself() {
        for ffd in Ffd::all() {
            let places = places(ffd);
            for place in &places {
                assert!(tag(place.tag).is_some() && tag(place.parent).is_some(), "{place:?}");
                let twice =
                    places.iter().filter(|other| (other.parent, other.tag) == (place.parent, place.tag)).count();
                // 11 holds what 1 does, and more.
                assert!(twice == 1 || place.parent == 11, "{place:?} in {ffd} {twice} times");
            }
        }
        // Every line is read to its end.
        let written = TABLE.lines().map(|line| {
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            cells[0].split(',').count() * cells[2].split(' ').count()
        });
        let mut read = 0;
        walk(&mut |_, _| read += 1);
        assert_eq!(read, written.sum::<usize>());
        for (_, code) in DOCUMENTS {
            assert!(!super::tags(None, Some(*code)).is_empty(), "{code}");
        }
    }

    /// The tag whose structure a record of the model stands for, if it has one.
    fn structure_of(shape: &'static Shape, field: &'static Field, parents: &[u16]) -> Option<u16> {
        let mut all = Ffd::all().flat_map(places).filter(|place| parents.contains(&place.parent));
        let place = all.find(|place| way(shape, place.tag, true).is_some_and(|way| std::ptr::eq(way.field, field)))?;
        // Each cashless payment stands in a tag within the one of all.
        Some(if place.tag == 1234 { 1235 } else { place.tag })
    }

    /// Says where the model and the table of a version disagree on a field. `allowed`: what is above it is there.
    fn disagreements(
        shape: &'static Shape,
        parents: &[u16],
        ffd: Ffd,
        allowed: bool,
        found: &mut Vec<String>,
    ) -> usize {
        let places = places(ffd);
        let electronic = places.iter().filter(|place| !place.printed && parents.contains(&place.parent));
        let holds = |tag: u16| electronic.clone().any(|place| place.tag == tag);
        let mut seen = 0;
        for field in shape.fields {
            let said = allowed && field.rule.ffd.has(ffd);
            let mut compare = |tag: u16| {
                seen += 1;
                if holds(tag) != said {
                    found.push(format!("{}.{} {tag} in {}", shape.name, field.name, ffd.name()));
                }
            };
            match field.kind {
                FieldKind::Record(inner) | FieldKind::Records(inner) => {
                    let own = structure_of(shape, field, parents);
                    if field.tag != 0 {
                        compare(field.tag);
                    }
                    // Some of what a record has stands beside its structure: 1226 beside 1224.
                    let beside = if matches!(field.kind, FieldKind::Records(_)) { &[] } else { parents };
                    let within: Vec<_> = beside.iter().copied().chain(own).collect();
                    seen += disagreements(inner, &within, ffd, said, found);
                }
                _ if field.tag == 0 => {}
                // Not in a receipt's document: on paper, in other documents, in the request for a marking code.
                _ if matches!(field.tag, 1013 | 1046 | 1196 | 2000 | 2003) => assert!(!holds(field.tag)),
                // The model has one row for the sign of an agent.
                _ if field.tag == 1222 && parents.contains(&3) => compare(1057),
                _ => compare(field.tag),
            }
        }
        seen
    }

    /// What the checker holds of versions (`Rule::ffd`) is what the tables say.
    #[test]
    fn versions_of_the_model_are_those_of_the_tables() {
        let mut found = Vec::new();
        for ffd in Ffd::all() {
            let seen = disagreements(Receipt::SHAPE, &[3, 31], ffd, true, &mut found);
            assert!(seen >= 100, "only {seen} fields");
        }
        assert!(found.is_empty(), "{found:#?}");
    }

    /// What a document has to hold is what the model requires or fills in, what is worked out, or the register's.
    #[test]
    fn what_has_to_be_there_is_known() {
        let of_register = [1012, 1037, 1038, 1040, 1041, 1042, 1077];
        for ffd in Ffd::all() {
            for (parent, shape) in [(3, Receipt::SHAPE), (31, Receipt::SHAPE), (1059, Item::SHAPE)] {
                let required =
                    places(ffd).into_iter().filter(|place| place.parent == parent && place.need == Need::Required);
                for place in required.filter(|place| !place.printed && !of_register.contains(&place.tag)) {
                    let nested = tag(place.tag).is_some_and(|info| info.kind == TagKind::Stlv);
                    let field = way(shape, place.tag, nested).map(|way| way.field);
                    let given = field.is_some_and(|field| field.required || field.rule.defaulted);
                    // The total is worked out. Address and place (1.2), and the grounds of a correction, have rules of
                    // their own or are what the register was registered with.
                    assert!(given || matches!(place.tag, 1020 | 1009 | 1187 | 1174), "{place:?} in {ffd}");
                }
            }
        }
    }
}
