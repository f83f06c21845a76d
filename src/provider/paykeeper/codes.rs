//! Types of error and statuses of PayKeeper, document 8.4: its table of errors and table 8.4.3.

use crate::explain::Fault::{Data, Register, Temporary};
use crate::explain::{Row, code, status};

#[rustfmt::skip]
pub(crate) static CODES: &[Row] = &[
    code("error", "syntax_error", Data,
        ["Запрос содержит синтаксические ошибки в значении одного или нескольких параметров; отказ до отправки в ФН", "Исправьте параметры: что именно не так, сказано в message"],
        ["The request has syntax errors in the value of one or more parameters; refused before the fiscal storage", "Correct the parameters: message says what is wrong"]),
    code("error", "ffd_error", Data,
        ["Запрос содержит теги или сочетания тегов, не допустимые согласно ФФД кассового устройства; отказ при отправке в ФН", "Проверьте чек по версии ФФД, с которой работает касса"],
        ["The request has tags or combinations of tags that the register's FFD version does not allow; refused by the fiscal storage", "Check the receipt against the FFD version that the register works with"]),
    code("error", "item_code_error", Data,
        ["Код «Честный знак» не прошёл проверку, а касса настроена отклонять чеки с такими кодами", "Проверьте код маркировки; товар с таким кодом продавать нельзя"],
        ["The marking code of an item did not pass validation, and the register is set to refuse such receipts", "Check the marking code; goods with such a code must not be sold"]),
    code("error", "print_error", Register,
        ["Общая ошибка без указания причины на этапе обработки запроса в ККТ", "Проверьте кассу; такой же запрос можно отправить снова: неуспешный чек этому не мешает"],
        ["A general error, without a cause, while the register handled the request", "Look at the register; the same request may be sent again: a failed receipt does not stand in its way"]).again(),
    code("error", "queue_error", Temporary,
        ["Ошибка постановки чека в очередь, до передачи запроса в ККТ", "Повторите запрос позже"],
        ["The receipt could not be put into the queue; the register has not seen it", "Send the request again later"]).again(),
    status("status", "created", Temporary, false,
        ["Запрос на печать чека принят, ожидается отправка в сервис-балансировщик", "Спросите о чеке снова через две минуты или дождитесь уведомления"],
        ["The request to print is accepted and waits to be sent to the balancing service", "Ask again in two minutes, or wait for the callback"]),
    status("status", "sending", Temporary, false,
        ["Запрос отправляется в сервис-балансировщик", "Спросите о чеке снова позже или дождитесь уведомления"],
        ["The request is on its way to the balancing service", "Ask again later, or wait for the callback"]),
    status("status", "rejected", Data, true,
        ["Сервис-балансировщик отказал в принятии чека; повторять без изменения чека или настроек подключения бесполезно", "Смотрите error, исправьте чек или настройки, отправьте новый чек"],
        ["The balancing service refused the receipt; sending it again is of no use unless the receipt or the settings change", "See error, correct the receipt or the settings, send a new one"]),
    status("status", "request_sent", Temporary, false,
        ["Запрос принят сервисом-балансировщиком и будет передан в ККТ", "Спросите о чеке снова позже или дождитесь уведомления"],
        ["The balancing service has the request and will hand it to the register", "Ask again later, or wait for the callback"]),
    status("status", "success", Temporary, true,
        ["Чек сформирован", "Сохраните фискальные признаки чека"],
        ["The receipt is made", "Keep its fiscal marks"]),
    status("status", "timeout", Register, true,
        ["Чек долго был в очереди на печать без результата и выброшен из неё; вероятно, ККТ не подключена или не готова", "Проверьте кассу. Чек ещё может оказаться напечатанным: сначала найдите его, и только потом отправляйте с новым receipt_key"],
        ["The receipt was in the queue for long without a result and was dropped; the register is probably not connected or not ready", "Look at the register. The receipt may yet turn out to be printed: look it up first, and only then send it with a new receipt_key"]),
    status("status", "failed", Register, true,
        ["От ККТ получен отказ в печати чека", "Смотрите error: причина может быть и в чеке, и в кассе"],
        ["The register refused to print the receipt", "See error: the cause may be in the receipt or at the register"]),
];
