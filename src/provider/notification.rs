//! What providers tell a shop by itself: signed, read and answered. One door for all; each provider's own is in its
//! folder.

use super::{CallError, Decoded, Provider, paybox};

/// What a caller has beside the body of a message.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// The name of the script that is called, or its address: Paybox signs it too.
    pub script: Option<String>,
    /// What only the shop and the provider know.
    pub secret: Option<String>,
    /// Random characters of a signed reply.
    pub salt: Option<String>,
    /// What a reply says.
    pub status: Option<String>,
    /// Why, for people.
    pub description: Option<String>,
}

/// A notification that was read.
#[derive(Debug)]
pub struct Notice {
    /// What it is about: `payment`, `receipt`, `refund`, `check`.
    pub kind: &'static str,
    /// The provider's number of that.
    pub id: Option<String>,
    /// What became of it.
    pub status: Option<String>,
    /// The same for the same event, however often it is told.
    pub dedupe_key: String,
    /// All that it says.
    pub decoded: Decoded,
}

/// What the shop answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The HTTP headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: String,
}

/// What a call says of a provider that it does not know yet.
fn none(provider: Provider) -> CallError {
    CallError::Argument(format!("not for provider: {}", provider.name()))
}

/// The signature of a message: the twin of [`verify`], for senders and tests.
///
/// # Errors
/// [`CallError::Argument`] where something that the provider signs with is missing.
pub fn sign(provider: Provider, body: &str, letter: &Letter) -> Result<String, CallError> {
    match provider {
        Provider::Paybox => {
            let (script, secret) = (needed(&letter.script, "script")?, needed(&letter.secret, "secret")?);
            let refused = || CallError::Argument("body is no object, form or XML".into());
            paybox::sign(body, script, secret).ok_or_else(refused)
        }
        other => Err(none(other)),
    }
}

/// Whether a message's signature is right. The comparison tells nothing by its time.
///
/// # Errors
/// [`CallError::Argument`] where something that the provider signs with is missing; a message without a signature, or
/// one that cannot be read, is only not right.
pub fn verify(provider: Provider, body: &str, letter: &Letter) -> Result<bool, CallError> {
    match provider {
        Provider::Paybox => {
            let (script, secret) = (needed(&letter.script, "script")?, needed(&letter.secret, "secret")?);
            Ok(paybox::verify(body, script, secret))
        }
        other => Err(none(other)),
    }
}

/// Reads a notification: JSON, form or XML text.
///
/// # Errors
/// [`CallError::Argument`] where the provider sends none.
pub fn read(provider: Provider, body: &str) -> Result<Notice, CallError> {
    match provider {
        Provider::Paybox => Ok(paybox::notification::read(body)),
        other => Err(none(other)),
    }
}

/// The answer to a notification.
///
/// # Errors
/// [`CallError::Argument`] where something that it is signed with is missing.
pub fn reply(provider: Provider, letter: &Letter) -> Result<Reply, CallError> {
    match provider {
        Provider::Paybox => paybox::notification::reply(letter),
        other => Err(none(other)),
    }
}

pub(crate) fn needed<'l>(value: &'l Option<String>, name: &str) -> Result<&'l str, CallError> {
    let missing = || CallError::Argument(format!("option {name} is needed"));
    value.as_deref().filter(|text| !text.is_empty()).ok_or_else(missing)
}
