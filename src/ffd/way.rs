//! Where in the model the value of a tag stands: found by the tags that the model's rows name, both ways.
//!
//! The document and the model are cut differently in a few places only: the receipt's single tags stand in records of
//! the model that have no tag (payments, customer, seller), an agent is a sign (1057, 1222) and data (1223), and the
//! supplier's INN (1226) stands beside its data (1224).

use crate::record::{Field, FieldKind, Record, Shape, Slot, View};

/// Steps from a record to a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    steps: [u8; 3],
    length: usize,
    /// The field that it ends in.
    pub field: &'static Field,
}

/// Structures that the model has a record for without naming their tag.
const NAMED: &[(u16, &str)] = &[(1223, "agent"), (1256, "customer"), (1174, "correction")];

/// The way to a tag's value, or with `nested` to the record of what stands in it.
pub(super) fn way(shape: &'static Shape, tag: u16, nested: bool) -> Option<Way> {
    // The model has one row for the kind of an agent.
    let wanted = if tag == 1057 { 1222 } else { tag };
    let direct = |field: &Field| match field.kind {
        FieldKind::Record(_) | FieldKind::Records(_) => {
            let named = NAMED.iter().any(|(number, name)| *number == tag && *name == field.name);
            nested && (named || field.tag == tag && field.name != "agent")
        }
        _ => !nested && field.tag == wanted,
    };
    if let Some(at) = shape.fields.iter().position(direct) {
        return Some(Way { steps: [at as u8, 0, 0], length: 1, field: &shape.fields[at] });
    }
    shape.fields.iter().enumerate().find_map(|(at, field)| {
        let FieldKind::Record(inner) = field.kind else { return None };
        // What stands in a tag of its own is looked for there; but for what the document has beside it.
        if nested && field.tag != 0 {
            return None;
        }
        let behind = way(inner, tag, nested).filter(|behind| behind.length < 3)?;
        Some(Way {
            steps: [at as u8, behind.steps[0], behind.steps[1]],
            length: behind.length + 1,
            field: behind.field,
        })
    })
}

impl Way {
    /// Looks at the value.
    pub fn view<'s, 'a>(&self, record: &'s dyn Record<'a>) -> View<'s, 'a> {
        let mut view = View::Record(record);
        for step in &self.steps[..self.length] {
            view = match view {
                View::Record(record) => record.view((*step).into()),
                _ => View::None,
            };
        }
        view
    }

    /// Makes what is on the way, and the field one that is given; `put` gets the place for its value.
    pub fn reach<'a>(&self, record: &mut dyn Record<'a>, put: &mut dyn FnMut(Slot<'_, 'a>)) {
        step(&self.steps[..self.length], record, put);
    }
}

fn step<'a>(steps: &[u8], record: &mut dyn Record<'a>, put: &mut dyn FnMut(Slot<'_, 'a>)) {
    let [first, rest @ ..] = steps else { return };
    *record.given_mut() |= 1 << first;
    match record.slot((*first).into()) {
        slot if rest.is_empty() => put(slot),
        Slot::Record(hole) => step(rest, hole.fill(), put),
        _ => {}
    }
}
