//! Rules of agents: which data each kind has to give, and the supplier that all of them name.
//!
//! The table is that of CloudKassir 3.3.7 and 3.4.5 (AgentData, PurveyorData), the only provider that prints one.

use super::Checker;
use crate::issue::{IssueCode, Trail};
use crate::receipt::{AgentDraft, ItemDraft};
use crate::record::{Record, View};
use crate::vocab::{AgentKind, Term};

/// What is asked for: the path below `agent`, its tag, and of which kinds (CloudKassir's numbers 0..6).
const DATA: &[(&[&str], u16, &[u8])] = &[
    (&["operation"], 1044, &[0, 1]),
    (&["phones"], 1073, &[0, 1, 2, 3]),
    (&["receiverPhones"], 1074, &[2, 3]),
    (&["transfer", "phones"], 1075, &[0, 1]),
    (&["transfer", "name"], 1026, &[0, 1]),
    (&["transfer", "address"], 1005, &[0, 1]),
    (&["transfer", "inn"], 1016, &[0, 1]),
];

/// The same of the supplier; the name and the INN of every agent, the phone of those who take payments.
const SUPPLIER: &[(&str, u16, &[u8])] =
    &[("name", 1225, &[0, 1, 2, 3, 4, 5, 6]), ("inn", 1226, &[0, 1, 2, 3, 4, 5, 6]), ("phones", 1171, &[0, 1, 2, 3])];

pub(super) fn receipt(checker: &mut Checker<'_, '_>) {
    let whole = checker.draft.agent.as_deref();
    if let Some(agent) = whole {
        // In the data of its items the receipt's agent may be described as well.
        let described = checker.draft.items.iter().flatten().any(|item| item.agent.is_some());
        if !described {
            data(checker, agent, &Trail::ROOT.key("agent"));
        }
    }
}

pub(super) fn item(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, at: &Trail<'_>) {
    if let Some(agent) = &item.agent {
        data(checker, agent, &at.key("agent"));
    }
    let kind = item.agent.as_ref().and_then(|agent| agent.kind);
    if let Some(kind) = kind.or(checker.draft.agent.as_ref().and_then(|agent| agent.kind)) {
        supplier(checker, item, kind, at);
    }
}

fn asks(kinds: &[u8], kind: AgentKind) -> bool {
    kinds.contains(&(kind.index() as u8))
}

fn data(checker: &mut Checker<'_, '_>, agent: &AgentDraft<'_>, at: &Trail<'_>) {
    let Some(kind) = agent.kind else { return };
    let reads = checker.reads();
    for (path, tag, kinds) in DATA {
        if !asks(kinds, kind) || has(agent, path) {
            continue;
        }
        let first = at.key(path[0]);
        let second = path.get(1).map(|name| first.key(name));
        let issue = checker.add(IssueCode::AgentDataRequired, second.as_ref().unwrap_or(&first), *tag);
        issue.with("agent", kind.name()).warning_if(reads);
    }
}

fn supplier(checker: &mut Checker<'_, '_>, item: &ItemDraft<'_>, kind: AgentKind, at: &Trail<'_>) {
    let here = at.key("supplier");
    let reads = checker.reads();
    let Some(supplier) = item.supplier.as_deref() else {
        if !item.gave("supplier") {
            let issue = checker.add(IssueCode::SupplierRequired, &here, 1224);
            issue.with("agent", kind.name()).warning_if(reads);
        }
        return;
    };
    let phones_for_all = checker.draft.supplier.as_ref().is_some_and(|supplier| has(&**supplier, &["phones"]));
    for (name, tag, kinds) in SUPPLIER {
        if asks(kinds, kind) && !has(supplier, &[name]) && !(*name == "phones" && phones_for_all) {
            let issue = checker.add(IssueCode::SupplierRequired, &here.key(name), *tag);
            issue.with("agent", kind.name()).warning_if(reads);
        }
    }
}

/// Whether a field is there, or at least was given: its own faults are found elsewhere.
fn has(record: &dyn Record<'_>, path: &[&str]) -> bool {
    let fields = record.shape().fields;
    let Some(at) = fields.iter().position(|field| field.name == path[0]) else { return false };
    match record.view(at) {
        View::None => record.given() & (1 << at) != 0,
        View::Record(inner) => path.len() < 2 || has(inner, &path[1..]),
        View::Texts(texts) => !texts.is_empty(),
        _ => true,
    }
}
