//! Statuses of Paybox (FreedomPay): those of receipts and of payments that its document on receipts names.

use crate::explain::Fault::Temporary;
use crate::explain::{Row, status};

// `pending` is not in the document: one other page of the provider's has it.
#[rustfmt::skip]
pub(crate) static CODES: &[Row] = &[
    status("status", "pending", Temporary, false,
        ["Чек принят и ещё не зарегистрирован; фискальные поля пусты", "Спросите о чеке снова позже"],
        ["The receipt is accepted and not registered yet; its fiscal fields are empty", "Ask again later"]),
    status("status", "registered", Temporary, true,
        ["Чек зарегистрирован", "Сохраните фискальные признаки чека"],
        ["The receipt is registered", "Keep its fiscal marks"]),
    status("transactionStatus", "ok", Temporary, false,
        ["Платёж завершён успешно", "Если чеки передаются отдельно, отправьте чек прихода сейчас; платёж ещё может быть возвращён"],
        ["The payment is complete", "Where receipts are sent separately, send that of income now; the payment may still be refunded"]),
    status("transactionStatus", "revoked", Temporary, true,
        ["Платёж отменён до клиринга", "Если чек прихода уже создан отдельно, отправьте чек возврата прихода"],
        ["The payment was cancelled before clearing", "Where a receipt of income was made separately, send its return"]),
    status("transactionStatus", "refunded", Temporary, true,
        ["Платёж возвращён", "Если чеки передаются отдельно, отправьте чек возврата прихода"],
        ["The payment was refunded", "Where receipts are sent separately, send the return of income"]),
];
