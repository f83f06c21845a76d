//! PayKeeper's side.

use super::Sandbox;
use super::answer::response;
use super::route::Call;
use crate::http::Response;

impl Sandbox {
    pub(super) fn paykeeper(&mut self, _: &Call<'_>) -> Response {
        response(501, "text/plain; charset=utf-8", String::new())
    }

    pub(super) fn notify_paykeeper(&mut self, _: usize) {}
}
