//! What to send for a payment and in which order, and where no receipt goes: the scenarios of the page on receipts.

use super::body::Form;
use crate::message::Lang;
use crate::vocab::Operation;

/// What happens to a payment. A payment of two stages is [`Scenario::TwoStage`], then a capture or [`Scenario::Cancel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// The money is taken at once.
    OneStage,
    /// The first of two stages: the money is held.
    TwoStage,
    /// The second stage: all that was held is taken.
    FullCapture,
    /// The second stage: less than was held is taken.
    PartialCapture,
    /// The held money is let go.
    Cancel,
    /// All that was paid is returned.
    FullRefund,
    /// Part of what was paid is returned.
    PartialRefund,
    /// All that a partial capture took is returned.
    RefundAfterPartialCapture,
    /// The goods of an earlier prepayment are handed over.
    Offset,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: [Self; 9] = [
        Self::OneStage,
        Self::TwoStage,
        Self::FullCapture,
        Self::PartialCapture,
        Self::Cancel,
        Self::FullRefund,
        Self::PartialRefund,
        Self::RefundAfterPartialCapture,
        Self::Offset,
    ];

    /// As callers write it: `partialCapture`.
    pub const fn name(self) -> &'static str {
        FLOWS[self as usize].0
    }
}

/// How the shop has set up its receipts in Paybox's cabinet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// "Чек вместе с платежом": the receipt goes inside the payment.
    WithPayment,
    /// "Чек отдельно от платежа": the receipt is sent by itself, when the payment is done.
    Separately,
}

impl Mode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::WithPayment, Self::Separately];

    /// As callers write it: `separately`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WithPayment => "withPayment",
            Self::Separately => "separately",
        }
    }
}

/// One request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The path, below the base address.
    pub path: &'static str,
    /// The form of the receipt that goes along; none: no receipt may be sent.
    pub receipt: Option<Form>,
    /// What that receipt is.
    pub operation: Option<Operation>,
    /// Whether it is an offset.
    pub offset: bool,
    /// A field of the request and its value: a field that an earlier answer had, or a plain number.
    pub set: Option<(&'static str, &'static str)>,
    /// The field of the answer that a later step needs.
    pub keep: Option<&'static str>,
    /// The field of the answer and the value it has to have before one goes on; asked again until then.
    pub until: Option<(&'static str, &'static str)>,
    ru: &'static str,
    en: &'static str,
}

impl Step {
    /// What it is for.
    pub const fn note(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => self.ru,
            Lang::En => self.en,
        }
    }

    const fn to(path: &'static str, ru: &'static str, en: &'static str) -> Self {
        Self { path, receipt: None, operation: None, offset: false, set: None, keep: None, until: None, ru, en }
    }
    const fn receipt(self, form: Form, operation: Operation) -> Self {
        Self { receipt: Some(form), operation: Some(operation), ..self }
    }
    const fn sell(ru: &'static str, en: &'static str) -> Self {
        let step = Self::to("v5/receipts", ru, en).receipt(Form::Separate, Operation::Income);
        step.set("payment_id", "pg_payment_id")
    }
    const fn sell_refund(id: &'static str, ru: &'static str, en: &'static str) -> Self {
        let step = Self::to("v5/receipts", ru, en).receipt(Form::Separate, Operation::IncomeReturn);
        step.set("refund_id", id)
    }
    const fn set(self, field: &'static str, value: &'static str) -> Self {
        Self { set: Some((field, value)), ..self }
    }
    const fn keep(self, field: &'static str) -> Self {
        Self { keep: Some(field), ..self }
    }
    const fn until(self, value: &'static str) -> Self {
        Self { until: Some(("pg_transaction_status", value)), ..self }
    }
}

/// The requests of a scenario, in their order.
///
/// ```
/// use chek54::paybox::{Mode, Scenario, flow};
/// // Who captures the whole sum sends no receipt again.
/// assert!(flow(Scenario::FullCapture, Mode::WithPayment).iter().all(|step| step.receipt.is_none()));
/// ```
pub const fn flow(scenario: Scenario, mode: Mode) -> &'static [Step] {
    let (_, with_payment, separately) = FLOWS[scenario as usize];
    match mode {
        Mode::WithPayment => with_payment,
        Mode::Separately => separately,
    }
}

const INIT: &str = "init_payment.php";
const CAPTURE: &str = "do_capture.php";
const REVOKE: &str = "revoke.php";

const PAID: Step =
    Step::to("get_status.php", "Убедитесь, что платёж завершён успешно.", "Make sure that the payment is done.")
        .until("ok");
const REFUNDED: Step =
    Step::to("get_status.php", "Убедитесь, что возврат завершён успешно.", "Make sure that the refund is done.")
        .until("refunded");
const SOLD: Step = Step::sell("Чек прихода по этому платежу.", "The receipt of income of this payment.");
const RETURNED: Step = Step::sell_refund(
    "pg_revoke_payment_id",
    "Чек возврата прихода с тем, что вернули.",
    "The receipt of income return, with what was returned.",
);
const REVOKED_ALONE: Step = Step::to(
    REVOKE,
    "Возврат без pg_receipt: в этом режиме он не учитывается.",
    "The refund without pg_receipt, which does not count in this mode.",
)
.keep("pg_revoke_payment_id");
const OFFSET: &[Step] = &[Step {
    offset: true,
    ..Step::sell(
        "Чек зачёта при передаче товара, в любом режиме: позиции с полным расчётом, в settlements — prepayment.",
        "The receipt of offset when the goods are handed over, in either mode: items of full payment, settlements of \
         prepayment.",
    )
}];
const REFUND_WITH_RECEIPT: &[Step] = &[Step::to(
    REVOKE,
    "Чек возврата прихода в pg_receipt; Paybox отправит его в кассу после возврата.",
    "The receipt of income return in pg_receipt; Paybox sends it to the register when the refund is done.",
)
.receipt(Form::Refund, Operation::IncomeReturn)];
const SEPARATE_REFUND: &[Step] = &[REVOKED_ALONE, REFUNDED, RETURNED];

/// By scenario: its name, the steps with the receipt in the payment, and those with the receipt by itself.
const FLOWS: [(&str, &[Step], &[Step]); 9] = [
    (
        "oneStage",
        &[Step::to(
            INIT,
            "Чек прихода в pg_receipt; Paybox отправит его в кассу после оплаты.",
            "The receipt of income in pg_receipt; Paybox sends it to the register when the payment is done.",
        )
        .receipt(Form::Payment, Operation::Income)
        .set("pg_auto_clearing", "1")],
        &[
            Step::to(
                INIT,
                "Платёж без pg_receipt: в этом режиме он не учитывается.",
                "The payment without pg_receipt, which does not count in this mode.",
            )
            .set("pg_auto_clearing", "1")
            .keep("pg_payment_id"),
            PAID,
            SOLD,
        ],
    ),
    (
        "twoStage",
        &[Step::to(
            INIT,
            "Чек прихода в pg_receipt; Paybox отправит его в кассу, когда деньги заблокированы.",
            "The receipt of income in pg_receipt; Paybox sends it to the register when the money is held.",
        )
        .receipt(Form::Payment, Operation::Income)
        .set("pg_auto_clearing", "0")],
        &[
            Step::to(
                INIT,
                "Платёж без pg_receipt: в этом режиме он не учитывается.",
                "The payment without pg_receipt, which does not count in this mode.",
            )
            .set("pg_auto_clearing", "0")
            .keep("pg_payment_id"),
            PAID,
            SOLD,
        ],
    ),
    (
        "fullCapture",
        &[Step::to(
            CAPTURE,
            "Без чека: после первого этапа набор позиций не менялся.",
            "No receipt: the items are those of the first stage.",
        )],
        &[Step::to(
            CAPTURE,
            "Без чека: чек прихода уже создан после первого этапа.",
            "No receipt: that of income was made after the first stage.",
        )],
    ),
    (
        "partialCapture",
        &[Step::to(
            CAPTURE,
            "Чек прихода с тем, что продано; чек возврата на прежние позиции Paybox создаст сам.",
            "The receipt of what was sold; that of the return of the former items Paybox makes by itself.",
        )
        .receipt(Form::Capture, Operation::Income)],
        &[
            Step::to(
                CAPTURE,
                "Клиринг без pg_receipt: в этом режиме он не учитывается.",
                "The capture without pg_receipt, which does not count in this mode.",
            ),
            Step::to(
                "get_status.php",
                "Убедитесь, что клиринг завершён успешно.",
                "Make sure that the capture is done.",
            ),
            Step::sell_refund(
                "pg_payment_id",
                "Чек возврата прихода на полную сумму, с позициями первого этапа.",
                "The receipt of income return of the whole sum, with the items of the first stage.",
            ),
            Step::sell("Чек прихода с тем, что продано.", "The receipt of what was sold."),
        ],
    ),
    (
        "cancel",
        &[Step::to(
            "cancel.php",
            "Без чека: Paybox создаст чек возврата сам, когда платёж станет revoked.",
            "No receipt: Paybox makes that of the return by itself when the payment is revoked.",
        )],
        &[
            Step::to("cancel.php", "Отмена без pg_receipt.", "The cancellation without pg_receipt.")
                .keep("pg_cancel_payment_id"),
            Step::to(
                "get_status.php",
                "Убедитесь, что отмена завершена успешно.",
                "Make sure that the cancellation is done.",
            )
            .until("revoked"),
            Step::sell_refund(
                "pg_cancel_payment_id",
                "Чек возврата прихода, если чек прихода уже был создан.",
                "The receipt of income return, if that of income was made already.",
            ),
        ],
    ),
    (
        "fullRefund",
        &[Step::to(
            REVOKE,
            "Без чека: Paybox создаст чек возврата сам, когда платёж станет refunded.",
            "No receipt: Paybox makes that of the return by itself when the payment is refunded.",
        )],
        SEPARATE_REFUND,
    ),
    ("partialRefund", REFUND_WITH_RECEIPT, SEPARATE_REFUND),
    // After a partial capture the refund of all that was taken counts as a partial one.
    ("refundAfterPartialCapture", REFUND_WITH_RECEIPT, SEPARATE_REFUND),
    ("offset", OFFSET, OFFSET),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_scenarios() {
        let names = Scenario::ALL.map(Scenario::name);
        for (scenario, name) in Scenario::ALL.into_iter().zip(names) {
            let written = format!("{scenario:?}");
            assert_eq!(written.to_ascii_lowercase(), name.to_ascii_lowercase());
        }
    }

    #[test]
    fn what_a_step_takes_from_an_answer_an_earlier_one_kept() {
        for (scenario, mode) in Scenario::ALL.into_iter().flat_map(|scenario| Mode::ALL.map(|mode| (scenario, mode))) {
            // The number of the payment is known since it was made.
            let mut known = vec!["pg_payment_id"];
            for step in flow(scenario, mode) {
                if let Some((_, value)) = step.set.filter(|(_, value)| value.starts_with("pg_")) {
                    assert!(known.contains(&value), "{scenario:?} {mode:?} {value}");
                }
                known.extend(step.keep);
                assert_eq!(step.receipt.is_some(), step.operation.is_some());
                assert!(step.receipt.is_none_or(|form| form.path() == step.path));
                let meant = step.receipt.and_then(Form::operation);
                assert!(meant.is_none_or(|meant| Some(meant) == step.operation));
                // What does not count in a mode is not sent in it.
                let within = step.receipt.is_some_and(|form| form != Form::Separate);
                assert!(!within || mode == Mode::WithPayment, "{scenario:?} {mode:?}");
            }
        }
    }

    #[test]
    fn no_receipt_where_paybox_makes_it_or_none_is_due() {
        for scenario in [Scenario::FullCapture, Scenario::FullRefund, Scenario::Cancel] {
            assert!(flow(scenario, Mode::WithPayment).iter().all(|step| step.receipt.is_none()), "{scenario:?}");
        }
        assert!(flow(Scenario::FullCapture, Mode::Separately).iter().all(|step| step.receipt.is_none()));
    }
}
