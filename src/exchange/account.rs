//! Who calls: the only place where secrets are.

use super::joined;
use crate::bytes::base64;
use crate::provider::{CallError, Provider};
use std::fmt;

/// An account with a provider, and where that provider is.
///
/// Neither `Debug` nor anything an [`Exchange`](super::Exchange) gives out shows the secret. An account without login and
/// secret is one that a server of the caller's own adds them for: requests go to its address unsigned.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub(super) provider: Provider,
    pub(super) login: String,
    pub(super) secret: String,
    pub(super) base: String,
    pub(super) jws: Option<String>,
    /// INN of the register's user: CloudKassir's methods that want one take it from here.
    pub inn: Option<String>,
}

impl Account {
    /// CloudKassir: Public ID and API Secret, at `https://api.cloudpayments.ru`.
    pub fn cloud_kassir(public_id: &str, api_secret: &str) -> Self {
        Self::new(Provider::CloudKassir, public_id, api_secret, "https://api.cloudpayments.ru")
    }

    /// Paybox: the shop's number and the secret key, at `https://api.freedompay.uz`; other countries have other
    /// addresses.
    pub fn paybox(merchant_id: &str, secret: &str) -> Self {
        Self::new(Provider::Paybox, merchant_id, secret, "https://api.freedompay.uz")
    }

    /// PayKeeper: user and password of the cabinet, and its address: `https://name.server.paykeeper.ru`.
    pub fn pay_keeper(user: &str, password: &str, base_url: &str) -> Self {
        Self::new(Provider::PayKeeper, user, password, base_url)
    }

    fn new(provider: Provider, login: &str, secret: &str, base: &str) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self { provider, login: login.to_owned(), secret: secret.to_owned(), base, jws: None, inn: None }
    }

    /// With the INN of the register's user.
    #[must_use]
    pub fn with_inn(self, inn: &str) -> Self {
        Self { inn: Some(inn.to_owned()), ..self }
    }

    /// At another address: a sandbox, a server of one's own.
    #[must_use]
    pub fn with_base_url(self, base_url: &str) -> Self {
        Self { base: base_url.trim_end_matches('/').to_owned(), ..self }
    }

    /// With the `X-JWS-Signature` that Paybox wants of `v5/receipts`. How it is made is not published; one that depends
    /// on the request is put into its headers by whoever sends it.
    #[must_use]
    pub fn with_jws(self, jws: &str) -> Self {
        Self { jws: Some(jws.to_owned()), ..self }
    }

    /// The provider.
    pub fn provider(&self) -> Provider {
        self.provider
    }

    /// Finds what would end in a request to nobody, or in headers of two lines.
    pub(super) fn check(&self) -> Result<(), CallError> {
        let refuse = |text: &str| Err(CallError::Argument(text.to_owned()));
        let Some(rest) = ["https://", "http://", "/"].iter().find_map(|start| self.base.strip_prefix(start)) else {
            return refuse("baseUrl is no address: https://..");
        };
        if rest.bytes().any(|byte| byte <= b' ' || matches!(byte, b'?' | b'#' | b'@')) {
            return refuse("baseUrl has neither query nor credentials");
        }
        let tokens = [&self.login, self.jws.as_ref().unwrap_or(&self.login)];
        if tokens.iter().any(|text| text.bytes().any(|byte| byte < b' ' || byte == 0x7f)) {
            return refuse("credentials have control characters");
        }
        if self.provider != Provider::Paybox && self.login.contains(':') {
            return refuse("a login has no colon");
        }
        Ok(())
    }

    /// The value of `Authorization`, where there is one.
    pub(super) fn basic(&self) -> Option<String> {
        let is_ours = self.provider != Provider::Paybox && !self.secret.is_empty();
        is_ours.then(|| joined(&["Basic ", &base64(joined(&[&self.login, ":", &self.secret]).as_bytes())]))
    }

    /// A text of the provider's, without the secret should it have come back in it. By hand, as of the separators of
    /// codes: the library's search costs kilobytes.
    pub(super) fn redacted(&self, text: &str) -> String {
        let (mut whole, mut rest) = (String::new(), text.chars());
        loop {
            if let Some(behind) = rest.as_str().strip_prefix(&*self.secret).filter(|_| self.secret.len() > 3) {
                whole.push_str("***");
                rest = behind.chars();
            } else if let Some(sign) = rest.next() {
                whole.push(sign);
            } else {
                return whole;
            }
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("provider", &self.provider).field("base", &self.base).finish_non_exhaustive()
    }
}

/// The provider and its address.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&[self.provider.label(), " ", &self.base]))
    }
}
