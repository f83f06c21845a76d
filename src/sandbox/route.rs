//! Which provider's method a request is for: its path tells, whatever host it was sent to.

use super::answer::response;
use crate::form;
use crate::http::{Method, Request, Response};
use crate::json::Json;
use crate::nearest::nearest;
use crate::provider::Provider;

/// A request, and the method that it is for.
#[derive(Debug)]
pub(super) struct Call<'r> {
    pub provider: Provider,
    /// As the provider's documents write it; what stands for an id is `{id}`.
    pub route: &'static str,
    /// What stood for the id.
    pub id: &'r str,
    /// The parameters behind the `?`.
    pub query: Json<'static>,
    pub request: &'r Request,
}

use Method::{Get, Post};
use Provider::{CloudKassir, PayKeeper, Paybox};

static ROUTES: &[(Provider, Method, &str)] = &[
    (CloudKassir, Post, "test"),
    (CloudKassir, Post, "kkt/fiscalize"),
    (CloudKassir, Post, "kkt/receipt"),
    (CloudKassir, Post, "kkt/receipt/status/get"),
    (CloudKassir, Post, "kkt/receipt/get"),
    (CloudKassir, Post, "kkt/correction-receipt"),
    (CloudKassir, Post, "kkt/correction-receipt/status/get"),
    (CloudKassir, Post, "kkt/correction-receipt/get"),
    (CloudKassir, Post, "kkt/validate-mark-code"),
    (CloudKassir, Post, "kkt/validate-mark-codes"),
    (CloudKassir, Post, "kkt/state"),
    (CloudKassir, Post, "kkt/state/get"),
    (CloudKassir, Post, "kkt/merchant-devices-warnings"),
    (Paybox, Post, "init_payment.php"),
    (Paybox, Post, "do_capture.php"),
    (Paybox, Post, "revoke.php"),
    (Paybox, Post, "cancel.php"),
    (Paybox, Post, "get_status.php"),
    (Paybox, Post, "v5/receipts"),
    (Paybox, Get, "v5/receipts"),
    (Paybox, Get, "v5/receipts/{id}"),
    (PayKeeper, Get, "info/settings/token"),
    (PayKeeper, Post, "change/receipt/print"),
    (PayKeeper, Get, "info/receipts/bydate"),
    (PayKeeper, Get, "info/receipts/bydatecount"),
    (PayKeeper, Get, "info/receipts/bypaymentid"),
    (PayKeeper, Get, "info/receipts/byid"),
    (PayKeeper, Get, "info/receipts/search"),
    (PayKeeper, Get, "receipt/{id}"),
];

impl<'r> Call<'r> {
    /// The method, or the answer that there is none.
    pub fn of(request: &'r Request) -> Result<Self, Response> {
        let url = request.url.split('#').next().unwrap_or_default();
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let path = path.trim_matches('/');
        let found = |route: &'static str| match route.strip_suffix("/{id}") {
            None => ends_with(path, route).then_some(""),
            Some(parent) => path.rsplit_once('/').filter(|(head, _)| ends_with(head, parent)).map(|(_, id)| id),
        };
        // Longer ones first: the end of one is another.
        let mut named: Vec<_> = ROUTES.iter().filter_map(|row| found(row.2).map(|id| (row, id))).collect();
        named.sort_by_key(|((_, _, route), id)| (!id.is_empty(), usize::MAX - route.len()));
        let most = named.first().map(|((_, _, route), _)| *route);
        named.retain(|((_, _, route), _)| Some(*route) == most);
        let Some(((provider, _, route), id)) = named.iter().find(|((_, method, _), _)| *method == request.method)
        else {
            let (status, text) = if named.is_empty() { (404, "Not Found") } else { (405, "Method Not Allowed") };
            return Err(response(status, "text/plain; charset=utf-8", text.to_owned()));
        };
        Ok(Self { provider: *provider, route, id, query: form::nested(query), request })
    }
}

/// Whether a fault's path is a method of a provider, or which it may have been meant to be.
pub(super) fn known_path(path: &str) -> Result<(), String> {
    let path = path.trim_matches('/');
    if ROUTES.iter().any(|(_, _, route)| *route == path) {
        return Ok(());
    }
    let mut known: Vec<_> = ROUTES.iter().map(|row| row.2).collect();
    known.dedup();
    let there_are = match nearest(path, &known) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", known.join(", ")),
    };
    Err(format!("no provider has the path \"{path}\" of a fault; {there_are}"))
}

/// Whether a path is a route, below any base.
fn ends_with(path: &str, route: &str) -> bool {
    path.strip_suffix(route).is_some_and(|base| base.is_empty() || base.ends_with('/'))
}
