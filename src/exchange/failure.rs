//! What a call ends in where it does not end well, and what settles an outcome that is not known.

use crate::message::Lang;
use crate::provider::Provider;
use std::fmt;

/// The table of ends: name, what they mean.
macro_rules! words {
    ($(#[$of:meta])* $name:ident { $( $(#[$doc:meta])* $variant:ident $word:literal $ru:literal $en:literal; )* }) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[$doc])* $variant, )*
        }

        impl $name {
            const TABLE: &'static [(Self, &'static str, &'static str, &'static str)] =
                &[$((Self::$variant, $word, $ru, $en)),*];

            /// As callers see it.
            pub const fn name(self) -> &'static str {
                Self::TABLE[self as usize].1
            }

            /// What it means, in a sentence.
            pub const fn told(self, lang: Lang) -> &'static str {
                let row = &Self::TABLE[self as usize];
                match lang {
                    Lang::Ru => row.2,
                    Lang::En => row.3,
                }
            }

            /// By its name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
            }
        }
    };
}

#[rustfmt::skip]
words! {
    /// Why a call did not end well.
    ErrorCode {
        /// The provider refused: nothing was carried out.
        Rejected "rejected" "отказано" "refused";
        /// The credentials are wrong or missing.
        Auth "auth" "неверные логин или секрет" "the credentials are wrong";
        /// Too many requests.
        RateLimited "rate_limited" "слишком много запросов" "too many requests";
        /// The server failed.
        Server "server" "ошибка на стороне сервера" "the server failed";
        /// There was no way to the server, or it broke off.
        Network "network" "не удалась связь с сервером" "the connection to the server failed";
        /// It took too long.
        Timeout "timeout" "истекло время ожидания" "it took too long";
        /// The caller gave up, before anything was sent that could have been carried out.
        Aborted "aborted" "вызов прерван" "the call was aborted";
        /// It may have been carried out or not; [`ExchangeError::next`] says what settles it.
        UnknownOutcome "unknown_outcome" "неизвестно, выполнен ли запрос" "it is not known whether the request was carried out";
        /// The answer cannot be read.
        BadAnswer "bad_answer" "ответ не читается" "the answer cannot be read";
    }
}

#[rustfmt::skip]
words! {
    /// What settles an outcome that is not known.
    NextKind {
        /// The same call with `requestId` and `until`, before that time: the answer is that of the first one.
        SameRequest "sameRequest"
            "Повторите тот же вызов с теми же requestId и until до указанного времени: второго чека не будет"
            "Make the same call with this requestId and until, before that time: there will be no second receipt";
        /// The notification of the receipt, of order `invoiceId` where it has one.
        Notification "notification"
            "Дождитесь уведомления о чеке этого заказа или найдите чек в личном кабинете, прежде чем отправлять снова"
            "Await the notification of this order's receipt, or look for it in the account, before sending another";
        /// The list of receipts in the account: nothing that can be asked tells.
        Account "account"
            "Найдите чек в личном кабинете, прежде чем отправлять снова"
            "Look for the receipt in the account before sending another";
        /// The state of register `deviceNumber`.
        RegisterState "registerState"
            "Спросите состояние кассы" "Ask for the state of the register";
        /// A receipt of `receiptKey` among those from `start` to `end`, or of `paymentId`.
        ReceiptKey "receiptKey"
            "Найдите чек с этим receiptKey среди чеков за эти дни; повтор с тем же ключом второго чека не создаст"
            "Look for the receipt of this receiptKey among those of these days; the same key makes no second receipt";
        /// The status of payment `paymentId`, or of order `orderId`.
        PaymentStatus "paymentStatus"
            "Спросите статус платежа, прежде чем повторять" "Ask for the status of the payment before doing it again";
        /// The receipts of `paymentId` or `refundId`.
        PaymentReceipts "paymentReceipts"
            "Посмотрите чеки этого платежа, прежде чем отправлять чек снова"
            "Look at the receipts of this payment before sending another";
        /// The status of receipt `id`, later.
        ReceiptStatus "receiptStatus"
            "Спросите о чеке снова позже: он ещё может оказаться напечатанным"
            "Ask about the receipt again later: it may yet turn out to be printed";
    }
}

/// What to ask or to do so that an outcome is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// What.
    pub kind: NextKind,
    /// Of which: `requestId`, `until` (RFC 3339, UTC), `invoiceId`..; those that are known.
    pub of: Vec<(&'static str, String)>,
}

impl Next {
    /// A value by its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.of.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }
}

/// Why a call did not end well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeError {
    /// What it is.
    pub code: ErrorCode,
    /// Whom it was asked of.
    pub provider: Provider,
    /// Which method, `createReceipt`.
    pub method: &'static str,
    /// The last HTTP status.
    pub status: Option<u16>,
    /// The request id that was sent.
    pub request_id: Option<String>,
    /// The provider's own code.
    pub provider_code: Option<String>,
    /// The provider's own words.
    pub provider_message: Option<String>,
    /// Whether the same call may end otherwise. Where `code` is `unknown_outcome`: whether making it again with the same
    /// request id or receipt key is safe.
    pub retryable: bool,
    /// Of `unknown_outcome`, what the last failure was.
    pub cause: Option<ErrorCode>,
    /// Of `unknown_outcome`, what settles it.
    pub next: Option<Next>,
    /// The language of the texts.
    pub lang: Lang,
}

impl std::error::Error for ExchangeError {}

/// A sentence: what happened, why, what to do.
impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pieces = vec![self.provider.label(), " ", self.method, ": ", self.code.told(self.lang)];
        if let Some(cause) = self.cause {
            pieces.extend_from_slice(&[" (", cause.told(self.lang), ")"]);
        }
        let status = self.status.filter(|status| *status >= 300).map(|status| status.to_string());
        let said = [(", HTTP ", &status), (", ", &self.provider_code), (": ", &self.provider_message)];
        for (before, text) in &said {
            if let Some(text) = text {
                pieces.extend_from_slice(&[before, text]);
            }
        }
        if let Some(next) = &self.next {
            pieces.extend_from_slice(&[". ", next.kind.told(self.lang)]);
        }
        f.write_str(&super::joined(&pieces))
    }
}

/// A failure of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: ErrorCode,
    /// Whether it is sure that this request was not carried out.
    pub certain: bool,
    /// Whether it is the provider's own word on what was asked, under the same key on all that was.
    pub final_word: bool,
    /// Whether another one may go otherwise.
    pub retry: bool,
    /// After how many milliseconds, where the server says.
    pub after: Option<u64>,
    pub status: Option<u16>,
    pub provider_code: Option<String>,
    pub provider_message: Option<String>,
}

impl Fault {
    #[inline(never)]
    pub fn new(code: ErrorCode, certain: bool, retry: bool) -> Box<Self> {
        let (provider_code, provider_message) = (None, None);
        let (final_word, after, status) = (false, None, None);
        Box::new(Self { code, certain, final_word, retry, after, status, provider_code, provider_message })
    }

    /// The provider's refusal.
    pub fn refused(code: Option<String>, message: Option<String>, retry: bool) -> Box<Self> {
        let mut fault = Self::new(ErrorCode::Rejected, true, retry);
        (fault.final_word, fault.provider_code, fault.provider_message) = (true, code, message);
        fault
    }

    pub fn unreadable() -> Box<Self> {
        Self::new(ErrorCode::BadAnswer, false, true)
    }
}
