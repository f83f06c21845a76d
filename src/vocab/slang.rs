//! What shops, and the interfaces they come from, call fields and values: for hints alone, nothing is read by it.

/// A line a meaning: the name in the model, then the words for it, folded as [`fold`] does. What a word means depends on
/// where it stands: `tax` of an item is its rate, of a receipt its system.
static WORDS: &str = "\
quantity qty count количество колво
amount sum сумма стоимость
price cost цена
name title label название наименование
vat tax nds ндс vatrate taxrate
taxation tax sno сно taxsystem taxationsystem
items goods products positions lines cart товары позиции
operation type тип
unit measure uom едизм
object subject paymentobject paymentsubject
method paymentmethod
customer buyer client покупатель
electronic card cashless безнал безналичные
cash наличные
piece шт штук штука ед pcs pc
gram g гр
kilogram kg
meter m
liter l литр
hour h ч
squareMeter м2 m2 м² m²
cubicMeter м3 m3 м³ m³
none novat withoutvat no
vat105 5105
vat107 7107
vat110 10110
vat120 20120
vat122 22122
osn осно osno
usnIncome усндоходы усн6
usnIncomeExpense усндоходырасходы усндоходыминусрасходы усндоходминусрасход усн15
patent псн psn
income продажа
incomeReturn return возврат
commodity product
service услуги
credit кредит
";

/// The name among those known that a word is slang for.
pub(crate) fn meaning<'n>(word: &str, known: &[&'n str]) -> Option<&'n str> {
    let word = fold(word);
    WORDS.lines().find_map(|line| {
        let (name, words) = line.split_once(' ')?;
        words.split(' ').find(|slang| *slang == word)?;
        known.iter().copied().find(|known| *known == name)
    })
}

/// A text without case, spaces and punctuation, `ё` as `е`: what people type for the same.
pub(crate) fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_ascii_punctuation() && !matches!(c, ' ' | '\u{a0}' | '·'));
    let plain = letters.take(40).map(|c| match c {
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        'Ё' | 'ё' => 'е',
        c => c.to_ascii_lowercase(),
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::{WORDS, fold, meaning};
    use crate::receipt::Receipt;
    use crate::record::{FieldKind, OwnRecord, Shape};
    use crate::vocab::lists;

    /// Every name there is in the model.
    fn names(shape: &'static Shape, all: &mut Vec<&'static str>) {
        for field in shape.fields {
            all.push(field.name);
            if let FieldKind::Record(inner) | FieldKind::Records(inner) = field.kind {
                names(inner, all);
            }
        }
    }

    #[test]
    fn words_are_folded_and_mean_what_there_is() {
        let mut known: Vec<_> = lists().iter().flat_map(|list| list.rows.iter().map(|row| row.name)).collect();
        names(Receipt::SHAPE, &mut known);
        for line in WORDS.lines() {
            let (name, words) = line.split_once(' ').expect("words");
            assert!(known.contains(&name), "{name}");
            for word in words.split(' ') {
                assert_eq!(fold(word), word);
                assert_eq!(meaning(word, &[name]), Some(name));
            }
        }
        assert_eq!(fold(" Кв. М "), "квм");
        assert_eq!(fold("Расчёт №1"), "расчет№1");
    }
}
