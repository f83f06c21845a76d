//! По-русски.

use super::Text;
use crate::diff::DifferenceKind;
use crate::issue::IssueCode::{self, *};

pub(super) fn text(code: IssueCode) -> Text {
    match code {
        InvalidJson => ("Это не JSON: ошибка в строке {line}, позиции {column}", &[]),
        InvalidXml => ("Это не XML: ошибка в строке {line}, позиции {column}", &[]),
        TooLarge => ("Текст длиннее {max} байт", &[]),
        TooDeep => ("Вложенность больше {max} уровней", &[]),
        InvalidTlv => {
            ("Это не теги фискального документа: байт {offset}", &["Заявлено байт: {said}, осталось: {left}"])
        }
        InvalidOption => (
            "Неверный параметр вызова «{option}»: {value}",
            &["Ожидается: {expected}", "Такого параметра нет; есть {known}"],
        ),
        Required => ("Не указано обязательное поле «{field}»", &["{why}", "Возможные значения: {expected}"]),
        InvalidType => {
            ("В поле «{field}» ожидается {expected}, получено: {got}", &["Вероятно, имелось в виду {suggestion}"])
        }
        InvalidValue => (
            "Недопустимое значение поля «{field}»: {value}",
            &["Вероятно, имелось в виду {suggestion}", "Возможные значения: {expected}", "Например, {example}"],
        ),
        InvalidScale => ("В поле «{field}» больше {scale} знаков после точки: {value}", &["Округлите до {suggestion}"]),
        UnknownField => {
            ("Неизвестное поле «{field}»", &["Вероятно, имелось в виду «{suggestion}»", "Поле есть в модели: {place}"])
        }
        DuplicateField => ("Поле «{field}» указано дважды", &["Учтено последнее значение"]),
        OutOfRange => (
            "Значение поля «{field}» вне пределов: {value}",
            &["Допустимо от {min} до {max}", "Допустимо больше {above}", "Допустимо не позже {latest}"],
        ),
        TooLong => ("Текст в поле «{field}» длиннее {max} знаков: {length}", &[]),
        EmptyText => ("Поле «{field}» пустое", &["Не передавайте поле, если значения нет"]),
        InvalidFormat => (
            "Неверный формат поля «{field}»: {value}",
            &["Вероятно, имелось в виду {suggestion}", "Ожидается {expected}"],
        ),
        InvalidChecksum => ("Контрольная цифра ИНН не сходится: {value}", &["Проверьте цифры: вероятна опечатка"]),
        NotEncodable => (
            "В поле «{field}» есть символы, которых нет в чеке (CP866): {characters}",
            &["Замените на {suggestion}", "Касса заменит их пробелами или отбросит"],
        ),
        AmountMismatch => (
            "Сумма позиции {amount} не равна цене, умноженной на количество: {expected}",
            &[
                "{why}",
                "Цена с учётом скидки или наценки: {suggestion}",
                "Цена в чеке указывается с учётом скидок и наценок",
            ],
        ),
        AmountInexact => (
            "Цена, умноженная на количество, содержит доли копейки: {value}",
            &["{provider} умножает сам и не сообщает, как округляет: укажите цену или количество без долей"],
        ),
        PaymentsMismatch => ("Сумма оплат {paid} не равна итогу чека {total}", &["Разница {difference}"]),
        CashlessMismatch => (
            "Сведения о безналичных оплатах составляют {paid}, а безналичными оплачено {total}",
            &["Разница {difference}"],
        ),
        TotalNotPositive => ("Итог чека должен быть больше нуля: {total}", &[]),
        TotalRoundedDown => (
            "Итог {paid} меньше суммы позиций {total}: копейки отброшены",
            &["Отбрасывать копейки итога закон разрешает, округлять вверх — нет"],
        ),
        VatNotInForce => (
            "Ставка {vat} не действует на {date}",
            &[
                "Действует с {since}. На эту дату: {suggestion}",
                "Действует с {since}",
                "Действовала по {until}; остаётся верной для возвратов, коррекций и оплаты кредита. Сейчас: {suggestion}",
                "Действовала по {until}",
            ],
        ),
        VatMismatch => (
            "В документе указано {sum} по ставке {vat}; по строкам выходит {byLines}, округлением от их суммы {bySum}",
            &["Разница {difference}"],
        ),
        VatNotCalculated => {
            ("При предоплате обычно указывают расчётную ставку, а не {vat}", &["Расчётная ставка: {suggestion}"])
        }
        TaxationNotInForce => {
            ("Система налогообложения {taxation} не действует на {date}", &["Действовала по {until}"])
        }
        NotInFfd => ("«{what}» нет в ФФД {ffd}", &["Есть в ФФД {versions}"]),
        UnsupportedByProvider => {
            ("{provider} не принимает: {what}", &["Есть в версиях: {versions}", "Есть: {known}", "{why}"])
        }
        UnpublishedName => (
            "{provider} не публикует имя поля «{field}»; передано как {name}",
            &["Проверьте на тестовом чеке или не передавайте поле"],
        ),
        TooManyItems => ("Позиций {count}, а в одном чеке не больше {max}", &["{why}", "Разделите чек на части"]),
        ValueTruncated => ("Передано будет только начало: {what}", &["Помещается {max}"]),
        AgentDataRequired => ("Для агента «{agent}» не указано поле «{field}»", &[]),
        SupplierRequired => ("Для агента «{agent}» не указаны данные поставщика: {field}", &[]),
        DiscountTooLarge => (
            "Скидка {discount} больше, чем здесь можно снять: {most}",
            &["В каждой оплаченной строке остаётся не меньше копейки за штуку"],
        ),
        ExceedsOriginal => ("{value} — больше, чем осталось от исходного чека: {left}", &[]),
        NothingLeft => ("Всё уже возвращено", &[]),
        NotOfOriginal => (
            "В исходном чеке нет такой строки: {value}",
            &["В прежних возвратах те же названия, ставки и способы расчёта, что в продаже"],
        ),
        MarkRequired => ("Для предмета расчёта «{object}» нужен код маркировки", &["Без кода укажите {suggestion}"]),
        MarkUnexpected => {
            ("Код маркировки не ожидается: {what}", &["Вероятно, имелся в виду предмет расчёта {suggestion}"])
        }
        MarkInvalid => (
            "Неверные данные маркировки: {what}",
            &[
                "Символ {character} в позиции {position}: в кодах только латиница, цифры и знаки; проверьте раскладку сканера",
                "Длина {length}, а помещается {max}",
                "{hex}: нужно чётное число цифр 0-9 и букв a-f",
                "{why}",
            ],
        ),
        DuplicateMark => {
            ("Этот код маркировки уже есть в позиции {item}", &["Один код — одна позиция с количеством 1"])
        }
        ContactRequired => (
            "При расчёте в интернете нужен e-mail или телефон покупателя",
            &["Укажите customer.email или customer.phone"],
        ),
        SiteRequired => ("При расчёте в интернете указывают адрес сайта", &["Укажите place.site"]),
        UnitRequired => ("Для дробного количества укажите единицу измерения", &["Например, unit: \"kilogram\""]),
        UnitMismatch => (
            "Количество {quantity} не целое, а единица измерения — штука",
            &["Укажите единицу измерения или unit: \"other\""],
        ),
    }
}

pub(super) fn difference(kind: DifferenceKind, told: bool) -> &'static str {
    match kind {
        DifferenceKind::Changed => "{field}: отправлено {sent}, в чеке {fiscal}",
        DifferenceKind::Missing if told => "{field}: отправлено {sent}, в чеке этого нет",
        DifferenceKind::Missing => "{field}: отправлено {sent}, в фискальном документе для этого нет места",
        DifferenceKind::Unexpected => "{field}: в чеке {fiscal}, а отправлено не было",
        DifferenceKind::Added => "{field}: добавлено кассой или сервисом: {fiscal}",
        DifferenceKind::Rounded => "{field}: {sent} стало {fiscal}, копейки отброшены",
        DifferenceKind::Reworded => {
            "{field}: отправлено {sent}, в чеке {fiscal}: тот же НДС, обычная ставка и расчётная"
        }
    }
}
