//! What stands where: the tags of each document and nested structure, version by version, in the tables' order.
//!
//! Order ЕД-7-20/662@, tables 10, 15..33 (1.05), 49..69 (1.1), 87..150 (1.2). The tags of 2025 (1115: ЕД-7-20/1038@;
//! 1011, 1125, 1234: ЕД-7-20/236@) stand beside their like: where exactly the orders put them is not known to us, and
//! the order of tags has no meaning. `structure.tsv` has a line a structure: where (forms of document, tags), versions
//! (1: 1.05, 2: 1.1, 4: 1.2, added up), tags. Behind a tag: `!` has to be there, `?` has to be there in certain cases,
//! `*` repeats, `~` is printed only. What may be left out is sometimes what the registration report has already said.

use super::tags::{self, TagInfo, tag};
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
    /// The tag.
    pub tag: u16,
    /// Whether it has to be there.
    pub need: Need,
    /// Whether there may be more than one.
    pub repeats: bool,
    /// Whether it is on paper only, not in the electronic document.
    pub printed: bool,
}

/// The structures: where they stand, in which versions, the tags.
fn rows() -> impl Iterator<Item = (&'static str, u8, &'static str)> {
    TABLE.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?.parse().ok()?, cells.next()?))
    })
}

fn is_of(places: &str, parent: u16) -> bool {
    places.split(',').any(|place| place.parse() == Ok(parent))
}

fn has(versions: u8, ffd: Ffd) -> bool {
    versions & (1 << ffd.index()) != 0
}

fn places(tags: &'static str) -> impl Iterator<Item = Place> {
    tags.split(' ').filter_map(|text| {
        let tag = text.trim_end_matches(['!', '?', '*', '~']);
        let need = match () {
            () if text.contains('!') => Need::Required,
            () if text.contains('?') => Need::Conditional,
            () => Need::Optional,
        };
        Some(Place { tag: tag.parse().ok()?, need, repeats: text.contains('*'), printed: text.contains('~') })
    })
}

/// What stands in a document or a tag, in the order of its table; nothing where the version has no such structure.
pub(super) fn within(parent: u16, ffd: Ffd) -> impl Iterator<Item = Place> {
    rows()
        .filter(move |(of, versions, _)| is_of(of, parent) && has(*versions, ffd))
        .flat_map(|(_, _, tags)| places(tags))
}

/// The places of a tag: where, in which versions, and how.
fn places_of(tag: u16) -> impl Iterator<Item = (&'static str, u8, Place)> {
    rows().filter_map(move |(of, versions, tags)| {
        let place = places(tags).find(|place| place.tag == tag)?;
        Some((of, versions, place))
    })
}

pub(super) fn parents(tag: u16) -> Vec<u16> {
    let mut found: Vec<u16> = Vec::new();
    for parent in places_of(tag).flat_map(|(of, _, _)| of.split(',').filter_map(|place| place.parse().ok())) {
        // In order and once each; there are a dozen at most.
        if let Err(at) = found.binary_search(&parent) {
            found.insert(at, parent);
        }
    }
    found
}

pub(super) fn versions(tag: u16) -> Vec<Ffd> {
    let places = places_of(tag).map(|(_, versions, _)| versions);
    let documents = rows().filter(|(of, _, _)| is_of(of, tag)).map(|(_, versions, _)| versions);
    let all = match places.fold(0, |all, versions| all | versions) {
        0 => documents.fold(0, |all, versions| all | versions),
        all => all,
    };
    // What stands in no table that we have (1208) is of all.
    Ffd::all().filter(|ffd| all == 0 || has(all, *ffd)).collect()
}

pub(super) fn repeats(tag: u16) -> bool {
    places_of(tag).any(|(_, _, place)| place.repeats)
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
    let Some(document) = document else {
        let of_version = |info: &TagInfo| ffd.is_none_or(|ffd| info.ffd().contains(&ffd));
        return tags::all().filter(of_version).map(|info| (info, None)).collect();
    };
    let mut found = Vec::new();
    let versions: Vec<_> = Ffd::all().filter(|own| ffd.is_none_or(|ffd| ffd == *own)).collect();
    for version in versions.into_iter().rev() {
        below(document, version, &mut found);
    }
    found
}

/// The tables nest no tag in itself, so this ends.
fn below(parent: u16, ffd: Ffd, found: &mut Vec<(TagInfo, Option<Need>)>) {
    for place in within(parent, ffd) {
        if let Some(info) = tag(place.tag).filter(|info| found.iter().all(|(known, _)| known != info)) {
            found.push((info, Some(place.need)));
        }
        below(place.tag, ffd, found);
    }
}
