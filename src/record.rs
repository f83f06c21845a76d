//! What the model is made of: records of named fields, each described once.
//!
//! `record!` declares a record; out of its rows come the owned structure for Rust users, the draft
//! (every field optional, strings borrowed) that callers' text is read into, and the [`Shape`]: names, tags, kinds
//! and limits as data. Reading, checking of single fields, printing and the providers' maps walk shapes through
//! [`Record`], so a new field is one row and no code.

use crate::money::{Money, Quantity};
use crate::vocab::{FfdSet, List, Term};
use std::borrow::Cow;

/// A record as data.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the TypeScript declarations.
    pub name: &'static str,
    /// Its fields in the model's order, 32 at most.
    pub fields: &'static [Field],
    /// Those that the caller has to give, as bits.
    pub required: u32,
}

impl Shape {
    /// All its fields, as bits.
    pub const fn all(&self) -> u32 {
        u32::MAX >> (32 - self.fields.len())
    }

    /// A record of these fields.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        assert!(fields.len() <= 32, "the bits of a record are 32");
        let (mut required, mut at) = (0, 0);
        while at < fields.len() {
            if fields[at].required {
                required |= 1 << at;
            }
            at += 1;
        }
        Self { name, fields, required }
    }
}

/// The places of the bits that are set.
pub(crate) fn places(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (place < 32).then_some(place as usize)
    })
}

/// A field as data.
#[derive(Debug)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// The same as it stands between two fields: `,"name":`.
    pub key: &'static str,
    /// Its FFD tag; 0 where the format has none.
    pub tag: u16,
    /// What it holds.
    pub kind: FieldKind,
    /// What its value has to keep to.
    pub rule: Rule,
    /// Whether the caller has to give it.
    pub required: bool,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FieldKind {
    Text,
    Money,
    Quantity,
    Bool,
    Int,
    Term(&'static List),
    Record(&'static Shape),
    Texts,
    Records(&'static Shape),
}

/// Limits of a field's value.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The longest text in CP866 characters; 0 is no limit.
    pub max: u16,
    /// The form of a text.
    pub form: Form,
    /// The least and the greatest number.
    pub range: (u64, u64),
    /// The FFD versions that have the field.
    pub ffd: FfdSet,
    /// Whether it has a default when the caller leaves it out.
    pub defaulted: bool,
}

/// The form of a text.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Anything.
    Free,
    /// An e-mail address.
    Email,
    /// A phone number: `+` and digits.
    Phone,
    /// An INN of somebody.
    Inn,
    /// The INN of the organisation that issues the receipt.
    OwnInn,
    /// A day: YYYY-MM-DD, a wall clock, or RFC 3339.
    Date,
    /// The same, of which only the day counts.
    Day,
    /// The same, or DD.MM.YYYY as tag 1263 prints it.
    DocumentDate,
    /// A three-digit country code (OKSM).
    Country,
    /// A code of a closed list.
    Listed(&'static List),
}

impl Rule {
    /// No limit.
    pub const ANY: Self = Self { max: 0, form: Form::Free, range: (0, u64::MAX), ffd: FfdSet::ALL, defaulted: false };

    /// A text of at most so many characters.
    pub const fn text(max: u16) -> Self {
        Self { max, ..Self::ANY }
    }

    /// A number between two, both included.
    pub const fn range(from: u64, to: u64) -> Self {
        Self { range: (from, to), ..Self::ANY }
    }

    /// A text of this form.
    pub const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// Only in these FFD versions.
    pub const fn ffd(self, ffd: FfdSet) -> Self {
        Self { ffd, ..self }
    }

    /// Filled in when left out.
    pub const fn defaulted(self) -> Self {
        Self { defaulted: true, ..self }
    }
}

/// A draft of a record: a structure whose fields can be walked.
pub trait Record<'a> {
    /// What it is a draft of.
    fn shape(&self) -> &'static Shape;
    /// The place for the value of a field.
    fn slot(&mut self, field: usize) -> Slot<'_, 'a>;
    /// The value of a field.
    fn view(&self, field: usize) -> View<'_, 'a>;
    /// The fields that the caller gave, readable or not, as bits.
    fn given(&self) -> u32;
    /// The same, to be changed.
    fn given_mut(&mut self) -> &mut u32;
}

/// The name in a [`Field::key`]: the same bytes, not a copy.
pub(crate) const fn bare(key: &'static str) -> &'static str {
    key.split_at(2).1.split_at(key.len() - 4).0
}

/// The bit of a field in [`Record::given`]; none of a name that the record does not have.
#[inline(never)]
pub(crate) fn bit(shape: &'static Shape, name: &str) -> u32 {
    shape.fields.iter().position(|field| field.name == name).map_or(0, |at| 1 << at)
}

/// The place for a value.
#[expect(missing_docs, reason = "the names are those of FieldKind")]
pub enum Slot<'s, 'a> {
    Text(&'s mut Option<Cow<'a, str>>),
    Money(&'s mut Option<Money>),
    Quantity(&'s mut Option<Quantity>),
    Bool(&'s mut Option<bool>),
    Int(&'s mut Option<u64>),
    Term(&'s mut dyn TermSlot),
    Record(&'s mut dyn RecordSlot<'a>),
    Texts(&'s mut Option<Vec<Cow<'a, str>>>),
    Records(&'s mut dyn RecordsSlot<'a>),
}

impl Slot<'_, '_> {
    /// Takes out what is there.
    pub(crate) fn clear(self) {
        match self {
            Self::Text(hole) => *hole = None,
            Self::Money(hole) => *hole = None,
            Self::Quantity(hole) => *hole = None,
            Self::Bool(hole) => *hole = None,
            Self::Int(hole) => *hole = None,
            Self::Texts(hole) => *hole = None,
            Self::Term(hole) => hole.clear(),
            Self::Record(hole) => hole.clear(),
            Self::Records(hole) => hole.clear(),
        }
    }
}

/// A value, if there is one.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the names are those of FieldKind")]
pub enum View<'s, 'a> {
    None,
    Text(&'s str),
    Money(Money),
    Quantity(Quantity),
    Bool(bool),
    Int(u64),
    Term(&'static List, usize),
    Record(&'s dyn Record<'a>),
    Texts(&'s [Cow<'a, str>]),
    Records(&'s dyn RecordsView<'a>),
}

/// The place for a term of a closed list.
pub trait TermSlot {
    /// Puts in the term of this row.
    fn set(&mut self, row: usize);
    /// Takes out what is there.
    fn clear(&mut self);
}

/// The place for a record.
pub trait RecordSlot<'a> {
    /// The record there, made if there was none.
    fn fill(&mut self) -> &mut dyn Record<'a>;
    /// Takes out what is there.
    fn clear(&mut self);
}

/// The place for a list of records.
pub trait RecordsSlot<'a> {
    /// Makes it a list, empty if there was none.
    fn start(&mut self);
    /// A new last record.
    fn push(&mut self) -> &mut dyn Record<'a>;
    /// Takes out what is there.
    fn clear(&mut self);
}

/// A list of records.
pub trait RecordsView<'a> {
    /// How many.
    fn count(&self) -> usize;
    /// One of them.
    fn at(&self, index: usize) -> &dyn Record<'a>;
}

/// A type that a field of the draft can have.
pub trait Drafted<'a>: Sized {
    /// The place for it.
    fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a>;
    /// Its value.
    fn view(&self) -> View<'_, 'a>;
}

/// A type that a field of the model can have.
pub trait Own: Sized {
    /// As data.
    const KIND: FieldKind;
    /// The same in a draft.
    type Draft<'a>: Drafted<'a>;
    /// From a draft; `None` where something required is missing inside.
    fn own(draft: &Self::Draft<'_>) -> Option<Self>;
    /// As a draft that borrows.
    fn lend(&self) -> Self::Draft<'_>;
}

/// What stands in a structure: an [`Own`] type where the model requires it, an `Option` of one where not.
pub trait Held: Sized {
    /// The type inside.
    type Inner: Own;
    /// Whether the model requires it.
    const MUST: bool;
    /// From the draft's field.
    fn take(hole: &Option<<Self::Inner as Own>::Draft<'_>>) -> Option<Self>;
    /// Into the draft's field.
    fn put(&self) -> Option<<Self::Inner as Own>::Draft<'_>>;
}

/// The draft type of a structure's field.
pub type Hole<'a, T> = Option<<<T as Held>::Inner as Own>::Draft<'a>>;

impl<T: Own> Held for T {
    type Inner = T;
    const MUST: bool = true;
    fn take(hole: &Option<T::Draft<'_>>) -> Option<Self> {
        T::own(hole.as_ref()?)
    }
    fn put(&self) -> Option<T::Draft<'_>> {
        Some(self.lend())
    }
}

impl<T: Own> Held for Option<T> {
    type Inner = T;
    const MUST: bool = false;
    fn take(hole: &Option<T::Draft<'_>>) -> Option<Self> {
        match hole {
            Some(draft) => T::own(draft).map(Some),
            None => Some(None),
        }
    }
    fn put(&self) -> Option<T::Draft<'_>> {
        self.as_ref().map(T::lend)
    }
}

impl<'a> Drafted<'a> for Cow<'a, str> {
    fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a> {
        Slot::Text(hole)
    }
    fn view(&self) -> View<'_, 'a> {
        View::Text(self)
    }
}

impl Own for String {
    const KIND: FieldKind = FieldKind::Text;
    type Draft<'a> = Cow<'a, str>;
    fn own(draft: &Cow<'_, str>) -> Option<Self> {
        Some(draft.clone().into_owned())
    }
    fn lend(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl<'a> Drafted<'a> for Vec<Cow<'a, str>> {
    fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a> {
        Slot::Texts(hole)
    }
    fn view(&self) -> View<'_, 'a> {
        View::Texts(self)
    }
}

impl Own for Vec<String> {
    const KIND: FieldKind = FieldKind::Texts;
    type Draft<'a> = Vec<Cow<'a, str>>;
    fn own(draft: &Vec<Cow<'_, str>>) -> Option<Self> {
        draft.iter().map(String::own).collect()
    }
    fn lend(&self) -> Vec<Cow<'_, str>> {
        self.iter().map(String::lend).collect()
    }
}

/// Types that are the same in the model and in a draft.
macro_rules! plain {
    ($($type:ty => $kind:ident),*) => {$(
        impl<'a> Drafted<'a> for $type {
            fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a> {
                Slot::$kind(hole)
            }
            fn view(&self) -> View<'_, 'a> {
                View::$kind(*self)
            }
        }

        impl Own for $type {
            const KIND: FieldKind = FieldKind::$kind;
            type Draft<'a> = Self;
            fn own(draft: &Self) -> Option<Self> {
                Some(*draft)
            }
            fn lend(&self) -> Self {
                *self
            }
        }
    )*};
}

plain! { Money => Money, Quantity => Quantity, bool => Bool, u64 => Int }

impl<T: Term> TermSlot for Option<T> {
    fn set(&mut self, row: usize) {
        *self = T::at(row);
    }
    fn clear(&mut self) {
        *self = None;
    }
}

/// Terms of closed lists as fields.
macro_rules! terms {
    ($($type:ident),*) => {$(
        impl<'a> Drafted<'a> for crate::vocab::$type {
            fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a> {
                Slot::Term(hole)
            }
            fn view(&self) -> View<'_, 'a> {
                View::Term(Self::LIST, self.index())
            }
        }

        impl Own for crate::vocab::$type {
            const KIND: FieldKind = FieldKind::Term(<Self as Term>::LIST);
            type Draft<'a> = Self;
            fn own(draft: &Self) -> Option<Self> {
                Some(*draft)
            }
            fn lend(&self) -> Self {
                *self
            }
        }
    )*};
}

terms! { Ffd, Operation, Taxation, Vat, PaymentMethod, PaymentObject, Unit, AgentKind, CorrectionKind }

/// A record of the model: what `record!` makes.
pub trait OwnRecord: Sized {
    /// Its fields as data.
    const FIELDS: &'static [Field];
    /// The same with what is worked out of them.
    const SHAPE: &'static Shape;
    /// Its draft.
    type Draft<'a>: Record<'a> + Default;
    /// From a draft; `None` where something required is missing.
    fn take(draft: &Self::Draft<'_>) -> Option<Self>;
    /// As a draft that borrows.
    fn put(&self) -> Self::Draft<'_>;
}

impl<R: OwnRecord> Own for R {
    const KIND: FieldKind = FieldKind::Record(R::SHAPE);
    type Draft<'a> = Box<R::Draft<'a>>;
    fn own(draft: &Box<R::Draft<'_>>) -> Option<Self> {
        R::take(draft)
    }
    fn lend(&self) -> Box<R::Draft<'_>> {
        Box::new(self.put())
    }
}

impl<R: OwnRecord> Own for Vec<R> {
    const KIND: FieldKind = FieldKind::Records(R::SHAPE);
    type Draft<'a> = Vec<R::Draft<'a>>;
    fn own(draft: &Vec<R::Draft<'_>>) -> Option<Self> {
        draft.iter().map(R::take).collect()
    }
    fn lend(&self) -> Vec<R::Draft<'_>> {
        self.iter().map(R::put).collect()
    }
}

impl<'a, D: Record<'a> + Default> RecordSlot<'a> for Option<Box<D>> {
    fn fill(&mut self) -> &mut dyn Record<'a> {
        &mut **self.get_or_insert_default()
    }
    fn clear(&mut self) {
        *self = None;
    }
}

impl<'a, D: Record<'a> + Default> Drafted<'a> for Box<D> {
    fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a> {
        Slot::Record(hole)
    }
    fn view(&self) -> View<'_, 'a> {
        View::Record(&**self)
    }
}

impl<'a, D: Record<'a> + Default> RecordsSlot<'a> for Option<Vec<D>> {
    fn start(&mut self) {
        self.get_or_insert_default();
    }
    fn push(&mut self) -> &mut dyn Record<'a> {
        let list = self.get_or_insert_default();
        list.push(D::default());
        let last = list.len() - 1;
        &mut list[last]
    }
    fn clear(&mut self) {
        *self = None;
    }
}

impl<'a, D: Record<'a>> RecordsView<'a> for Vec<D> {
    fn count(&self) -> usize {
        self.len()
    }
    fn at(&self, index: usize) -> &dyn Record<'a> {
        &self[index]
    }
}

impl<'a, D: Record<'a> + Default> Drafted<'a> for Vec<D> {
    fn slot(hole: &mut Option<Self>) -> Slot<'_, 'a> {
        Slot::Records(hole)
    }
    fn view(&self) -> View<'_, 'a> {
        View::Records(self)
    }
}

/// Declares a record of the model.
///
/// A row: the name in JSON, the field, its type (an `Option` where the model does not require it), the FFD tag
/// (0: none), and its [`Rule`].
macro_rules! record {
    // Fields that need not be there are optional in TypeScript too, which wants an attribute of their own.
    (@rows $head:tt [$($done:tt)*]
        $(#[$doc:meta])* $json:literal $field:ident: Option<$inner:ty> = $tag:literal, $rule:expr; $($rest:tt)*
    ) => {
        $crate::record::record! { @rows $head [$($done)*
            { [$(#[$doc])* #[cfg_attr(target_arch = "wasm32", tsify(optional))]]
              $json $field: (Option<$inner>) = $tag, $rule }
        ] $($rest)* }
    };
    (@rows $head:tt [$($done:tt)*]
        $(#[$doc:meta])* $json:literal $field:ident: $type:ty = $tag:literal, $rule:expr; $($rest:tt)*
    ) => {
        $crate::record::record! { @rows $head [$($done)* { [$(#[$doc])*] $json $field: ($type) = $tag, $rule }] $($rest)* }
    };
    (@rows { $($head:tt)* } [$($rows:tt)*]) => {
        $crate::record::record! { @items $($head)* $($rows)* }
    };
    (@items
        [$(#[$meta:meta])*] $name:ident, $draft:ident
        $( { [$($attribute:tt)*] $json:literal $field:ident: ($type:ty) = $tag:literal, $rule:expr } )*
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        pub struct $name {
            $(
                $($attribute)*
                #[serde(rename = $json, skip_serializing_if = "crate::record::absent")]
                pub $field: $type,
            )*
        }

        #[doc = concat!("A [`", stringify!($name), "`] as callers send it: every field optional, strings borrowed.")]
        #[derive(Debug, Clone, Default)]
        pub struct $draft<'a> {
            $( #[doc = concat!("See [`", stringify!($name), "::", stringify!($field), "`].")]
               pub $field: $crate::record::Hole<'a, $type>, )*
            /// The fields that the caller gave, readable or not, as bits in the order above.
            pub given: u32,
        }

        impl $draft<'_> {
            /// Whether the caller gave this field, readable or not.
            #[allow(dead_code)]
            pub(crate) fn gave(&self, name: &str) -> bool {
                self.given & $crate::record::bit(<$name as $crate::record::OwnRecord>::SHAPE, name) != 0
            }

            /// Makes a field one that the caller gave.
            #[allow(dead_code)]
            pub(crate) fn give(&mut self, name: &str) {
                self.given |= $crate::record::bit(<$name as $crate::record::OwnRecord>::SHAPE, name);
            }
        }

        impl<'a> $crate::record::Record<'a> for $draft<'a> {
            fn shape(&self) -> &'static $crate::record::Shape {
                <$name as $crate::record::OwnRecord>::SHAPE
            }

            #[allow(unused_assignments)]
            fn slot(&mut self, field: usize) -> $crate::record::Slot<'_, 'a> {
                let mut at = 0;
                $(
                    if field == at {
                        return $crate::record::Drafted::slot(&mut self.$field);
                    }
                    at += 1;
                )*
                unreachable!("a field of another record")
            }

            #[allow(unused_assignments)]
            fn view(&self, field: usize) -> $crate::record::View<'_, 'a> {
                let mut at = 0;
                $(
                    if field == at {
                        return self.$field.as_ref().map_or($crate::record::View::None, $crate::record::Drafted::view);
                    }
                    at += 1;
                )*
                $crate::record::View::None
            }

            fn given(&self) -> u32 {
                self.given
            }

            fn given_mut(&mut self) -> &mut u32 {
                &mut self.given
            }
        }

        impl $crate::record::OwnRecord for $name {
            const FIELDS: &'static [$crate::record::Field] = &[$(
                $crate::record::Field {
                    name: $crate::record::bare(concat!(",\"", $json, "\":")),
                    key: concat!(",\"", $json, "\":"),
                    tag: $tag,
                    kind: <<$type as $crate::record::Held>::Inner as $crate::record::Own>::KIND,
                    rule: $rule,
                    required: <$type as $crate::record::Held>::MUST && !$rule.defaulted,
                },
            )*];
            const SHAPE: &'static $crate::record::Shape =
                &$crate::record::Shape::new(stringify!($name), Self::FIELDS);
            type Draft<'a> = $draft<'a>;

            fn take(draft: &$draft<'_>) -> Option<Self> {
                Some(Self { $( $field: $crate::record::Held::take(&draft.$field)?, )* })
            }

            fn put(&self) -> $draft<'_> {
                let mut draft = $draft { $( $field: $crate::record::Held::put(&self.$field), )* given: 0 };
                draft.given = $crate::record::present(&draft);
                draft
            }
        }
    };
    ($(#[$meta:meta])* $name:ident, $draft:ident { $($rows:tt)* }) => {
        $crate::record::record! { @rows { [$(#[$meta])*] $name, $draft } [] $($rows)* }
    };
}
pub(crate) use record;

/// The fields that have a value, as bits.
pub fn present(record: &dyn Record<'_>) -> u32 {
    let there = |at: &usize| !matches!(record.view(*at), View::None);
    (0..record.shape().fields.len()).filter(there).fold(0, |bits, at| bits | 1 << at)
}

/// Whether a field of the model is left out of its JSON.
pub(crate) fn absent<T: Held>(held: &T) -> bool {
    held.put().is_none()
}
