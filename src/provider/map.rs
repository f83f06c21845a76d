//! Providers' bodies as tables: which wire field is which model field, walked both ways.

use crate::date;
use crate::draft::{excerpt, unreadable};
use crate::issue::{Findings, IssueCode, Trail};
use crate::json::{Json, Kind};
use crate::money::{AmountError, Money, Quantity, whole};
use crate::receipt::Draft;
use crate::record::{Field, FieldKind, Form, Record, Slot, View, places};
use crate::vocab::{Ffd, List, Spelling, System, Wire};
use std::borrow::Cow;
use std::collections::BinaryHeap;

/// One field of a body. Paths are dotted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Its place in the body: `AgentData.AgentOperationName`.
    pub wire: &'static str,
    /// Its place in the model: `agent.operation`; `@name` in the envelope; nothing for the same record.
    pub model: &'static str,
    /// The versions of the documents that have it, as bits.
    pub versions: u8,
    /// How its value is taken.
    pub take: Take,
    /// The rows of the object or of each element of the list there.
    pub rows: &'static [Row],
}

/// How a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    /// Both ways as the model's kind says.
    Both,
    /// Only read: answers spell it so.
    Read,
    /// Zero is "not said".
    UnlessZero,
    /// One text for the first of a list.
    First,
    /// A term by its FFD code.
    Code,
    /// Known, and of no meaning in the model.
    Ignore,
    /// Known, and without a place in the model: it is kept beside the receipt.
    Keep,
    /// JSON text within a string, read as what it says.
    Text,
    /// Whether or not, in words or digits.
    Flag,
    /// Not a field of its own, and read and written by code: what the model says once for all stands at every item,
    /// say. Its wire name is only where it goes; it has none where the request itself says it, or refuses it.
    Carried,
    /// A text that fiscal documents pad to its length with spaces.
    Padded,
    /// Only read, an older name: where no other one says it, and zero is "not said".
    Older,
    /// Only read, known, and without a place in the model: it stays in `extra`, and is no finding.
    Aside,
}

/// A field of all versions.
pub(crate) const fn row(wire: &'static str, model: &'static str) -> Row {
    Row { wire, model, versions: u8::MAX, take: Take::Both, rows: &[] }
}

impl Row {
    pub const fn of(self, versions: u8) -> Self {
        Self { versions, ..self }
    }
    pub const fn take(self, take: Take) -> Self {
        Self { take, ..self }
    }
    pub const fn rows(self, rows: &'static [Row]) -> Self {
        Self { rows, ..self }
    }
    const fn writes(&self, version: u8) -> bool {
        let read = matches!(self.take, Take::Read | Take::Ignore | Take::Keep | Take::Older | Take::Aside);
        self.versions & version != 0 && !read
    }
}

/// Whose words are written and read, in which version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialect {
    /// A provider's words and sums in roubles; or the fiscal document's own: its codes, kopecks, and seconds.
    pub system: System,
    /// The provider and the version, for messages.
    pub label: &'static str,
    /// The version's bit.
    pub version: u8,
    /// Whether a term exists in this version.
    pub has: fn(&'static List, usize, u8) -> bool,
}

impl Dialect {
    pub fn spelling(&self, list: &'static List, row: usize, take: Take) -> Wire {
        let system = if take == Take::Code { System::Ffd } else { self.system };
        if (self.has)(list, row, self.version) { list.rows[row].wire(system) } else { Wire::Unknown }
    }

    fn money(&self, text: &str) -> Result<Money, AmountError> {
        if self.system == System::Ffd { Money::read_kopecks(text) } else { Money::read(text) }
    }

    fn term(&self, list: &'static List, take: Take, value: &Json<'static>) -> Option<usize> {
        let system = if take == Take::Code { System::Ffd } else { self.system };
        match value {
            Json::Null => list.by(system, Spelling::Null),
            Json::String(text) if text.is_empty() => list.by(system, Spelling::Null),
            Json::Number(text) => list.by(system, Spelling::Number(whole(text)?)),
            Json::String(text) => {
                list.by(system, Spelling::Text(text)).or_else(|| list.by(system, Spelling::Number(whole(text.trim())?)))
            }
            _ => None,
        }
    }

    /// A text as the model has it, where it is another one: fiscal documents count seconds, print days as DD.MM.YYYY,
    /// and pad.
    fn text(&self, text: &str, row: &Row, form: Form, is_number: bool) -> Option<String> {
        let day = |clock: String| clock.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(clock);
        match (form, whole(text)) {
            _ if self.system != System::Ffd => None,
            (Form::Date, Some(seconds)) => date::of_seconds(seconds),
            (Form::Day, Some(seconds)) => date::of_seconds(seconds).map(day),
            (Form::DocumentDate, Some(seconds)) if is_number => date::of_seconds(seconds).map(day),
            (Form::Date | Form::Day, None) => match date::dotted(text) {
                Some(date) => Some(date.to_string()),
                None if matches!(form, Form::Day) => date::clock(text).map(day),
                None => date::clock(text),
            },
            (_, Some(number)) if is_number => Some(number.to_string()),
            _ if row.take == Take::Padded => Some(text.trim_end_matches(PADDING).to_owned()),
            _ => None,
        }
    }

    /// Whether a value read so says what is there already.
    fn says(&self, row: &Row, view: View<'_, '_>, value: &Json<'static>) -> bool {
        match (view, value) {
            (View::Term(list, term), value) => self.term(list, row.take, value) == Some(term),
            (View::Money(money), Json::Number(text) | Json::String(text)) => self.money(text) == Ok(money),
            (View::Text(said), Json::String(text)) => said == text.trim_end_matches(PADDING),
            _ => false,
        }
    }

    /// Writes a record as an object.
    pub fn encode(&self, rows: &[Row], record: &dyn Record<'_>, at: &Trail<'_>, lost: &mut Findings) -> Json<'static> {
        let mut members = Vec::new();
        let own = |row: &&Row| row.writes(self.version) && !row.model.starts_with('@') && row.take != Take::Carried;
        for row in rows.iter().filter(own) {
            if row.model.is_empty() {
                insert(&mut members, row.wire, self.encode(row.rows, record, at, lost));
                continue;
            }
            seek(record, row.model, at, &mut |view, field, at| {
                let Some(value) = self.written(row, view, field, at, lost) else { return };
                if !insert(&mut members, row.wire, value) {
                    self.no_place(field.name, at, field, lost);
                }
            });
        }
        Json::Object(members)
    }

    fn no_place(&self, what: &str, at: &Trail<'_>, field: &Field, lost: &mut Findings) {
        super::unsupported(self.label, what, lost, at, field.tag).severity(crate::Severity::Warning);
    }

    fn written(
        &self,
        row: &Row,
        view: View<'_, '_>,
        field: &Field,
        at: &Trail<'_>,
        lost: &mut Findings,
    ) -> Option<Json<'static>> {
        let number = |value: String| Json::Number(value.into());
        Some(match view {
            View::None | View::Text("") => return None,
            View::Records(list) if list.count() == 0 => return None,
            View::Text(text) => Json::String(match field.rule.form {
                Form::Day => date::moment(text).map_or(text.to_owned(), |moment| moment.date.to_string()).into(),
                Form::DocumentDate => date::dotted(text).map_or(text.to_owned(), |date| date.to_string()).into(),
                _ => text.to_owned().into(),
            }),
            View::Money(money) if self.system == System::Ffd => number(money.kopecks().to_string()),
            View::Money(money) => number(short(money.to_string())),
            View::Quantity(quantity) => number(quantity.to_string()),
            View::Bool(value) => Json::Bool(value),
            View::Int(value) => number(value.to_string()),
            View::Term(list, term) => match self.spelling(list, term, row.take) {
                Wire::Null => Json::Null,
                Wire::Number(value) => number(value.to_string()),
                Wire::Text(text) => Json::String(text.into()),
                Wire::Unknown => {
                    // Left out, it would say something else: no VAT rate is "no VAT", no subject is goods.
                    let issue = super::unsupported(self.label, list.rows[term].name, lost, at, field.tag);
                    if list.rows[term].wire(self.system) == Wire::Unknown {
                        super::name_known(issue, list, self.system);
                    }
                    return None;
                }
            },
            View::Texts(texts) if row.take == Take::First => {
                Json::String(texts.first().filter(|text| !text.is_empty())?.to_string().into())
            }
            View::Texts(texts) => Json::Array(texts.iter().map(|text| Json::String(text.to_string().into())).collect()),
            View::Record(record) => self.encode(row.rows, record, at, lost),
            View::Records(list) => Json::Array(
                (0..list.count()).map(|index| self.encode(row.rows, list.at(index), &at.index(index), lost)).collect(),
            ),
        })
    }

    /// Finds what the caller gave and no row writes.
    pub fn losses(&self, rows: &[Row], record: &dyn Record<'_>, at: &Trail<'_>, lost: &mut Findings) {
        self.walk(rows, record, "", &mut Written::default(), at, lost);
    }

    fn walk(
        &self,
        rows: &[Row],
        record: &dyn Record<'_>,
        prefix: &str,
        written: &mut Written,
        at: &Trail<'_>,
        lost: &mut Findings,
    ) {
        let fields = record.shape().fields;
        // Of a list's records nearly all have the same fields, known to be written since the first of them.
        for index in places(record.given() & !written.yes) {
            let field = &fields[index];
            // The version is the register's own, and its marks are not sent to it.
            if matches!(field.name, "ffd" | "fiscal") {
                continue;
            }
            let nested = matches!(field.kind, FieldKind::Record(_) | FieldKind::Records(_) | FieldKind::Texts);
            let is_written = || writer(rows, prefix, field.name, self.version).is_some();
            if !nested && written.is(index, is_written) {
                continue;
            }
            let here = at.key(field.name);
            match record.view(index) {
                View::None | View::Text("") => {}
                View::Texts(texts) => match writer(rows, prefix, field.name, self.version).map(|row| row.take) {
                    Some(Take::First) if texts.len() > 1 => self.no_place(&texts[1], &here.index(1), field, lost),
                    Some(_) => {}
                    None => self.no_place(field.name, &here, field, lost),
                },
                View::Record(inner) => {
                    let path = format!("{prefix}{}.", field.name);
                    self.walk(rows, inner, &path, &mut Written::default(), &here, lost);
                }
                View::Records(list) => match writer(rows, prefix, field.name, self.version) {
                    Some(row) => {
                        let mut written = Written::default();
                        for index in 0..list.count() {
                            self.walk(row.rows, list.at(index), "", &mut written, &here.index(index), lost);
                        }
                    }
                    None if list.count() > 0 => self.no_place(field.name, &here, field, lost),
                    None => {}
                },
                _ => self.no_place(&format!("{prefix}{}", field.name), &here, field, lost),
            }
        }
    }
}

/// Which fields of a record are written, worked out once for all records of a list.
#[derive(Default)]
struct Written {
    known: u32,
    yes: u32,
}

impl Written {
    fn is(&mut self, field: usize, look: impl FnOnce() -> bool) -> bool {
        let bit = 1 << field;
        if self.known & bit == 0 {
            self.known |= bit;
            self.yes |= if look() { bit } else { 0 };
        }
        self.yes & bit != 0
    }
}

/// The row that writes a field of the model, `prefix` being the dotted way to it.
fn writer<'r>(rows: &'r [Row], prefix: &str, name: &str, version: u8) -> Option<&'r Row> {
    rows.iter().filter(|row| row.writes(version)).find_map(|row| match row.model {
        "" => writer(row.rows, prefix, name, version),
        // Lengths first: nearly all rows are told apart by them.
        model if model.len() != prefix.len() + name.len() => None,
        model => (model.starts_with(prefix) && model.ends_with(name)).then_some(row),
    })
}

/// A sum as people write it in JSON: `100`, `99.5`.
pub(crate) fn short(text: String) -> String {
    let text = text.trim_end_matches('0');
    text.strip_suffix('.').unwrap_or(text).to_owned()
}

/// Puts a value at a dotted place; `false` where there is one already.
fn insert(members: &mut Vec<(Cow<'static, str>, Json<'static>)>, wire: &'static str, value: Json<'static>) -> bool {
    let (key, rest) = wire.split_once('.').map_or((wire, None), |(key, rest)| (key, Some(rest)));
    let at = members.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
        members.push((key.into(), if rest.is_some() { Json::Object(Vec::new()) } else { Json::Null }));
        members.len() - 1
    });
    let last = at + 1 == members.len();
    match (rest, &mut members[at].1) {
        (Some(rest), Json::Object(inner)) => insert(inner, rest, value),
        (None, hole @ Json::Null) if last => {
            *hole = value;
            true
        }
        _ => false,
    }
}

/// Goes to a dotted place of the model and looks at the value there.
pub(crate) fn seek(
    record: &dyn Record<'_>,
    path: &str,
    at: &Trail<'_>,
    look: &mut dyn FnMut(View<'_, '_>, &'static Field, &Trail<'_>),
) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let fields = record.shape().fields;
    let Some(index) = fields.iter().position(|field| field.name == name) else { return };
    let here = at.key(name);
    match (rest, record.view(index)) {
        (None, view) => look(view, &fields[index], &here),
        (Some(rest), View::Record(inner)) => seek(inner, rest, &here, look),
        _ => {}
    }
}

/// Goes to a dotted place of the model, making what is on the way, and puts a value there.
pub(crate) fn reach<'a>(
    record: &mut dyn Record<'a>,
    path: &str,
    at: &Trail<'_>,
    put: &mut dyn FnMut(Slot<'_, 'a>, &'static Field, &Trail<'_>),
) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let fields = record.shape().fields;
    let Some(index) = fields.iter().position(|field| field.name == name) else { return };
    *record.given_mut() |= 1 << index;
    let here = at.key(name);
    match (rest, record.slot(index)) {
        (None, slot) => put(slot, &fields[index], &here),
        (Some(rest), Slot::Record(hole)) => reach(hole.fill(), rest, &here, put),
        _ => {}
    }
}

/// Reads a body by its table.
pub(crate) struct Reading<'f> {
    pub dialect: Dialect,
    pub findings: &'f mut Findings,
    pub envelope: super::Envelope,
    pub extra: Vec<(Vec<crate::issue::Step>, Json<'static>)>,
}

impl Reading<'_> {
    /// Reads the members of an object into a record. `wire` is where the object is in the payload, `at` in the model.
    pub fn object(
        &mut self,
        value: &Json<'static>,
        tables: &[&[Row]],
        record: &mut dyn Record<'static>,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        self.members(value, "", tables, record, wire, at);
    }

    fn members(
        &mut self,
        value: &Json<'static>,
        prefix: &str,
        tables: &[&[Row]],
        record: &mut dyn Record<'static>,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        let Json::Object(members) = value else { return };
        let (mut older, repeated) = (Vec::new(), repeated(members));
        for (index, (key, value)) in members.iter().enumerate() {
            let (path, here) = (format!("{prefix}{key}"), wire.key(key));
            if repeated.binary_search(&index).is_ok() {
                self.findings.add(IssueCode::DuplicateField, &here, 0).severity(crate::Severity::Warning);
                self.extra.push((here.steps(), value.clone()));
                continue;
            }
            let beneath = |row: &&Row| {
                row.wire
                    .split_at_checked(path.len())
                    .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(&path) && rest.starts_with('.'))
            };
            let is_named = |row: &&Row| row.take != Take::Carried && row.wire.eq_ignore_ascii_case(&path);
            let mut named = tables.iter().copied().flatten().filter(is_named);
            let of_version = named.clone().filter(|row| row.versions & self.dialect.version != 0);
            // A field of another version is read all the same.
            let row = of_version.clone().find(|row| fits(row, record, value)).or_else(|| named.next());
            if let Some(row) = row {
                if row.take == Take::Older {
                    older.push((key, row, value));
                } else {
                    self.member(row, value, record, &here, at);
                }
            } else if self.is_absent(value) {
                // Nothing is lost of nothing.
            } else if tables.iter().copied().flatten().any(|row| beneath(&row)) && only(value).kind() == Kind::Object {
                self.members(only(value), &format!("{path}."), tables, record, &here, at);
            } else {
                self.unknown(value, &here);
            }
        }
        for (key, row, value) in older {
            self.older(row, value, record, &wire.key(key), at);
        }
    }

    /// Null, and in exports a list of nothing: providers' empty lists and texts are findings.
    fn is_absent(&self, value: &Json<'_>) -> bool {
        *value == Json::Null || self.dialect.system == System::Ffd && value.kind() == Kind::Array && is_nothing(value)
    }

    /// A field by an older name, once all others are read.
    fn older(
        &mut self,
        row: &Row,
        value: &Json<'static>,
        record: &mut dyn Record<'static>,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        if self.is_absent(value) || value.kind() == Kind::Number && is_zero(value) {
            return;
        }
        let mut said = None;
        if let Some(name) = row.model.strip_prefix('@') {
            said = self.envelope.iter().find(|(other, _)| *other == name).map(|(_, other)| other == value);
        } else {
            seek(record, row.model, at, &mut |view, _, _| {
                said = (!matches!(view, View::None)).then(|| self.dialect.says(row, view, value));
            });
        }
        match said {
            None => self.member(row, value, record, wire, at),
            Some(true) => {}
            Some(false) => self.extra.push((wire.steps(), value.clone())),
        }
    }

    pub fn unknown(&mut self, value: &Json<'static>, wire: &Trail<'_>) {
        self.findings.add(IssueCode::UnknownField, wire, 0).severity(crate::Severity::Warning);
        self.extra.push((wire.steps(), value.clone()));
    }

    fn member(
        &mut self,
        row: &Row,
        value: &Json<'static>,
        record: &mut dyn Record<'static>,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        match row.take {
            Take::Ignore => return,
            _ if row.model.starts_with('@') && is_nothing(value) => return,
            // A null of a field is for the record to see.
            _ if self.is_absent(value) && (*value != Json::Null || row.model.is_empty() || row.take == Take::Aside) => {
                return;
            }
            Take::Keep | Take::Aside => return self.extra.push((wire.steps(), value.clone())),
            Take::Text if value.kind() == Kind::String => return self.within(row, value, record, wire, at),
            _ => {}
        }
        if let Some(name) = row.model.strip_prefix('@') {
            let value = match truth(value) {
                Some(said) if row.take == Take::Flag => Json::Bool(said),
                _ => identified(name, value.clone()),
            };
            self.envelope.push((name, value));
            return;
        }
        if row.model.is_empty() {
            return match only(value) {
                value @ Json::Object(_) => self.members(value, "", &[row.rows], record, wire, at),
                Json::Null => {}
                _ => self.unknown(value, wire),
            };
        }
        let padding: &[char] = if row.take == Take::Padded { PADDING } else { &[] };
        let nothing =
            matches!(value, Json::Null) || value.as_str().is_some_and(|text| text.trim_matches(padding).is_empty());
        if nothing && !has_null(row, record, self.dialect.system) {
            return;
        }
        if row.take == Take::UnlessZero && is_zero(value) {
            return;
        }
        reach(record, row.model, at, &mut |slot, field, at| self.put(row, value, slot, field, wire, at));
    }

    /// Reads what a string says in JSON; PHP writes an object without members as an empty list.
    fn within(
        &mut self,
        row: &Row,
        value: &Json<'static>,
        record: &mut dyn Record<'static>,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        let text = value.as_str().unwrap_or_default();
        match Json::parse(text) {
            _ if text.is_empty() => {}
            Ok(inner) if is_nothing(&inner) => {}
            Ok(inner) => self.member(&row.take(Take::Both), &inner.into_owned(), record, wire, at),
            Err(fault) => {
                unreadable(text, fault, wire, self.findings);
                self.extra.push((wire.steps(), value.clone()));
            }
        }
    }

    fn put(
        &mut self,
        row: &Row,
        value: &Json<'static>,
        slot: Slot<'_, 'static>,
        field: &'static Field,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        let text = match value {
            Json::Number(text) | Json::String(text) => Some(text),
            _ => None,
        };
        let expected = match (slot, text) {
            (Slot::Text(hole), Some(text)) => {
                let is_number = matches!(value, Json::Number(_));
                let other = self.dialect.text(text, row, field.rule.form, is_number);
                *hole = Some(other.map_or_else(|| text.clone(), Cow::Owned));
                return;
            }
            (Slot::Money(hole), Some(text)) => match self.dialect.money(text) {
                Ok(money) => {
                    *hole = Some(money);
                    return;
                }
                Err(error) => return self.bad_amount(error, text, field, value, wire, at),
            },
            (Slot::Quantity(hole), Some(text)) => match Quantity::read(text) {
                Ok(quantity) => {
                    *hole = Some(quantity);
                    return;
                }
                Err(error) => return self.bad_amount(error, text, field, value, wire, at),
            },
            (Slot::Int(hole), Some(text)) => match whole(text).map(u64::try_from) {
                Some(Ok(value)) => {
                    *hole = Some(value);
                    return;
                }
                _ => {
                    let issue = self.findings.add(IssueCode::InvalidValue, at, field.tag);
                    issue.with("value", excerpt(text)).with("example", "1");
                    self.extra.push((wire.steps(), value.clone()));
                    return;
                }
            },
            (Slot::Bool(hole), _) => {
                if let Some(said) = truth(value) {
                    *hole = Some(said);
                    return;
                }
                "boolean"
            }
            (Slot::Term(hole), _) => {
                let FieldKind::Term(list) = field.kind else { return };
                if let Some(term) = self.dialect.term(list, row.take, value) {
                    hole.set(term);
                    return;
                }
                let issue = self.findings.add(IssueCode::InvalidValue, at, field.tag);
                // By an older name something else may have been meant: the systems a register has, not the one applied.
                issue.with("value", excerpt(&value.to_string())).warning_if(row.take == Take::Older);
                self.extra.push((wire.steps(), value.clone()));
                return;
            }
            (Slot::Texts(hole), Some(text)) => {
                hole.get_or_insert_default().push(text.clone());
                return;
            }
            (Slot::Texts(hole), None) => match value {
                Json::Array(elements) => {
                    let texts = hole.get_or_insert_default();
                    for (index, element) in elements.iter().enumerate() {
                        match element {
                            Json::String(text) | Json::Number(text) => texts.push(text.clone()),
                            other => self.unknown(other, &wire.index(index)),
                        }
                    }
                    return;
                }
                _ => "array",
            },
            (Slot::Records(hole), _) => match value {
                Json::Array(elements) => {
                    hole.start();
                    for (index, element) in elements.iter().enumerate() {
                        let (wire, at) = (wire.index(index), at.index(index));
                        let record = hole.push();
                        match element {
                            Json::Object(_) => self.members(element, "", &[row.rows], record, &wire, &at),
                            other => self.unknown(other, &wire),
                        }
                    }
                    return;
                }
                Json::Object(_) if self.dialect.system == System::Ffd => {
                    hole.start();
                    return self.members(value, "", &[row.rows], hole.push(), wire, &at.index(0));
                }
                _ => "array",
            },
            (Slot::Record(hole), _) => match only(value) {
                value @ Json::Object(_) => return self.members(value, "", &[row.rows], hole.fill(), wire, at),
                _ => "object",
            },
            (Slot::Text(_), None) => "string",
            (Slot::Money(_) | Slot::Quantity(_) | Slot::Int(_), None) => "number",
        };
        let issue = self.findings.add(IssueCode::InvalidType, at, field.tag);
        issue.with("expected", expected).with("got", value.kind().name());
        self.extra.push((wire.steps(), value.clone()));
    }

    fn bad_amount(
        &mut self,
        error: AmountError,
        text: &str,
        field: &Field,
        value: &Json<'static>,
        wire: &Trail<'_>,
        at: &Trail<'_>,
    ) {
        self.extra.push((wire.steps(), value.clone()));
        let (code, shown) = (IssueCode::InvalidValue, excerpt(text));
        match error {
            AmountError::Format => self.findings.add(code, at, field.tag).with("value", shown),
            AmountError::Scale(scale) => {
                let issue = self.findings.add(IssueCode::InvalidScale, at, field.tag);
                issue.show("scale", &scale).with("value", shown)
            }
            AmountError::Range(max) => {
                let issue = self.findings.add(IssueCode::OutOfRange, at, field.tag);
                issue.with("value", shown).with("min", "0").with("max", max).fixed()
            }
        };
    }
}

/// Ids are texts, though an answer may print their digits alone.
pub(crate) fn identified(name: &str, value: Json<'static>) -> Json<'static> {
    match value {
        Json::Number(digits) if name.ends_with("Id") || name == "id" => Json::String(digits),
        value => value,
    }
}

/// What fixed-length texts of fiscal documents are filled up with.
const PADDING: &[char] = &[' ', '\0'];

/// The object of a list that holds nothing else: some write one record as a list of one.
fn only<'v>(value: &'v Json<'static>) -> &'v Json<'static> {
    match value {
        Json::Array(elements) if elements.len() == 1 && elements[0].kind() == Kind::Object => &elements[0],
        value => value,
    }
}

/// The members whose key, in any case, stood before. Sorted, so that a hostile object takes no time squared.
fn repeated(members: &[(Cow<'_, str>, Json<'_>)]) -> Vec<usize> {
    let keys: Vec<String> = members.iter().map(|(key, _)| key.to_ascii_lowercase()).collect();
    let keys = keys.iter().enumerate().map(|(index, key)| (key.as_str(), index)).collect::<BinaryHeap<_>>();
    let keys = keys.into_sorted_vec();
    let again = keys.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1);
    again.collect::<BinaryHeap<_>>().into_sorted_vec()
}

fn is_zero(value: &Json<'_>) -> bool {
    matches!(value, Json::Number(text) | Json::String(text) if Money::read(text) == Ok(Money::ZERO))
}

/// Whether a value says nothing.
pub(crate) fn is_nothing(value: &Json<'_>) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(elements) => elements.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Whether or not, as JSON, forms and PHP write it.
fn truth(value: &Json<'_>) -> Option<bool> {
    match value {
        Json::Bool(said) => Some(*said),
        Json::String(text) | Json::Number(text) => match &*text.to_ascii_lowercase() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Of two rows for one wire field, an e-mail and a phone, the one whose form the value has.
fn fits(row: &Row, record: &dyn Record<'_>, value: &Json<'_>) -> bool {
    let mut shape = record.shape();
    for name in row.model.split('.') {
        let Some(field) = shape.fields.iter().find(|field| field.name == name) else { return true };
        match (field.kind, field.rule.form) {
            (FieldKind::Record(inner), _) => shape = inner,
            (_, Form::Email) => return value.as_str().is_none_or(|text| text.contains('@')) || row.wire == "Email",
            _ => return true,
        }
    }
    true
}

/// Whether nothing is a value of the row's list: CloudKassir's VAT null.
fn has_null(row: &Row, record: &dyn Record<'_>, system: System) -> bool {
    let mut shape = record.shape();
    for name in row.model.split('.') {
        let Some(field) = shape.fields.iter().find(|field| field.name == name) else { return false };
        match field.kind {
            FieldKind::Record(inner) => shape = inner,
            FieldKind::Term(list) => return list.by(system, Spelling::Null).is_some(),
            _ => return false,
        }
    }
    false
}

/// Whether a draft has what only FFD 1.2 knows.
pub(crate) fn is_new(draft: &Draft<'_>) -> bool {
    fn any(record: &dyn Record<'_>) -> bool {
        record.shape().fields.iter().enumerate().any(|(index, field)| match record.view(index) {
            View::None => false,
            _ if !field.rule.ffd.has(Ffd::V1_05) && field.rule.ffd.has(Ffd::V1_2) => true,
            View::Term(list, row) => field.name != "ffd" && !list.rows[row].ffd.has(Ffd::V1_05),
            View::Record(inner) => any(inner),
            View::Records(list) => (0..list.count()).any(|index| any(list.at(index))),
            // A whole scan is what 1.2 takes; 1.05 takes the code in hex.
            _ => field.tag == 2000,
        })
    }
    any(draft)
}
