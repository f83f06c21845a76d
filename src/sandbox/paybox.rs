//! Paybox's side.

use super::Sandbox;
use super::answer::response;
use super::route::Call;
use crate::http::Response;

/// A payment.
#[derive(Debug)]
pub(super) struct Payment {
    /// When it is paid.
    pub pays: Option<u64>,
}

impl Sandbox {
    pub(super) fn paybox(&mut self, _: &Call<'_>) -> Response {
        response(501, "text/plain; charset=utf-8", String::new())
    }

    pub(super) fn pay(&mut self) {}
}
