//! What stands on a receipt, in the order that registers print it.
//!
//! Everything comes from the tags of the fiscal document (order ЕД-7-20/662@), so what a version does not have is not
//! shown, and what has no place of its own here still is, by the dictionary's name. VAT comes from the sums, line by line
//! as there: rates without a code have no tag. Personal data that FFD 1.2 keeps off the paper are shown: most of these
//! receipts are never printed.

use super::fill;
use crate::ffd::{TagNode, TagValue, receipt_tags};
use crate::message::Lang;
use crate::receipt::{Item, Receipt};
use crate::totals;
use crate::vocab::{PAYMENT_FORM, Row as Listed, Term, Wire};

/// What is to be painted.
pub(super) struct Layout {
    pub lang: Lang,
    /// Whether a register has made a fiscal document of it.
    pub is_fiscal: bool,
    /// What the document is, in a line.
    pub name: String,
    /// What is written across one that is not fiscal.
    pub stamp: &'static str,
    pub rows: Vec<Row>,
}

/// A row of a receipt; texts are clean, whatever they came from.
pub(super) struct Row {
    pub kind: Kind,
    /// The text, or what is on the left.
    pub left: String,
    /// What is on the right; may be empty.
    pub right: String,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A part of the receipt begins, `left` being its name.
    Section,
    /// Whose receipt it is; in the middle.
    Head,
    /// What receipt it is; in the middle.
    Title,
    /// Of an item: what is sold.
    Name,
    /// Of an item: price and quantity, amount.
    Sum,
    /// More about an item.
    Detail,
    /// The total.
    Total,
    /// A sum with its name.
    Money,
    /// A value with its name.
    Pair,
    /// A line of the shop's own.
    Text,
    /// It is not fiscal; across the receipt.
    Notice,
    /// What is still to come; in the middle.
    Note,
    /// A code, `left` being its text.
    Qr,
}

impl Kind {
    /// The name of its class in markup.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Head => "head",
            Self::Title => "title",
            Self::Name => "name",
            Self::Sum => "sum",
            Self::Detail => "detail",
            Self::Total => "total",
            Self::Money => "money",
            Self::Pair => "pair",
            Self::Text => "text",
            Self::Notice => "notice",
            Self::Note => "note",
            Self::Qr => "qr",
        }
    }
}

/// In Russian and, behind the stroke, in English: one text, since each costs a table's row of its own.
type Words = &'static str;

fn said(words: Words, lang: Lang) -> &'static str {
    let (ru, en) = words.split_once('|').unwrap_or((words, words));
    if lang == Lang::Ru { ru } else { en }
}

const fn listed(row: &Listed, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => row.ru,
        Lang::En => row.en,
    }
}

/// By strict reporting form, and by correction.
const DOCUMENTS: [Words; 4] = [
    "КАССОВЫЙ ЧЕК|CASH RECEIPT",
    "БЛАНК СТРОГОЙ ОТЧЁТНОСТИ|STRICT REPORTING FORM",
    "КАССОВЫЙ ЧЕК КОРРЕКЦИИ|CORRECTION RECEIPT",
    "БСО КОРРЕКЦИИ|CORRECTION STRICT REPORTING FORM",
];
const NOTICE: Words = "ПРЕДПРОСМОТР: НЕ ФИСКАЛЬНЫЙ ЧЕК|PREVIEW: NOT A FISCAL RECEIPT";
const STAMP: Words = "НЕ ФИСКАЛЬНЫЙ|NOT FISCAL";
const TO_COME: Words = "ФН, ФД, ФПД, дата и QR-код появятся, когда чек пробьёт касса|Numbers, fiscal sign, date and QR code come when the register issues the receipt";
const ITEMS: Words = "Предметы расчёта|Items";
const SUMS: Words = "Итог, оплата и НДС|Total, payment and VAT";
const TOTAL: Words = "ИТОГ|TOTAL";
const REQUISITES: Words = "Реквизиты|Details";
const FISCAL: Words = "Фискальные данные|Fiscal data";
const SERIAL: Words = "ЗН ККТ|Register's serial number";
const OPERATOR: Words = "ОФД|OFD";
const COPY: Words = "Копия чека|Copy of the receipt";
/// 54-FZ, article 4.7, has the site stand on every receipt.
const SITE: Words = "Сайт ФНС|Tax service";
const NO_VAT: Words = "Сумма без НДС|Amount without VAT";
const VAT_0: Words = "Сумма с НДС 0%|Amount with VAT 0%";
const OF_VAT: Words = "Сумма |Sum of ";

/// Where a tag stands on the receipt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Above the title.
    Head,
    /// Under the title.
    Correction,
    Requisites,
    Fiscal,
    /// Within another.
    Inner,
}

/// Tags in the order of the receipt, as registers word them; a tag that is not here goes by the dictionary's name.
const PLACES: &[(Part, u16, Words)] = &[
    (Part::Head, 1048, ""),
    (Part::Head, 1009, ""),
    (Part::Head, 1187, ""),
    (Part::Head, 1018, "ИНН|INN"),
    (Part::Correction, 1173, "Тип коррекции|Correction"),
    (Part::Correction, 1174, ""),
    (Part::Inner, 1178, "Дата корр. расчёта|Settlement of"),
    (Part::Inner, 1179, "№ предписания|Order No."),
    (Part::Requisites, 1055, "СНО|Taxation"),
    (Part::Requisites, 1021, "Кассир|Cashier"),
    (Part::Requisites, 1203, "ИНН кассира|Cashier's INN"),
    (Part::Requisites, 1057, "Агент|Agent"),
    (Part::Inner, 1222, "Агент|Agent"),
    (Part::Requisites, 1073, "Тел. плат. агента|Paying agent's phone"),
    (Part::Requisites, 1044, "Операция агента|Agent's operation"),
    (Part::Requisites, 1074, "Тел. оп. по приёму плат.|Payment operator's phone"),
    (Part::Requisites, 1026, "Оператор перевода|Transfer operator"),
    (Part::Requisites, 1016, "ИНН оп. перевода|Transfer operator's INN"),
    (Part::Requisites, 1005, "Адрес оп. перевода|Transfer operator's address"),
    (Part::Requisites, 1075, "Тел. оп. перевода|Transfer operator's phone"),
    (Part::Inner, 1225, "Поставщик|Supplier"),
    (Part::Inner, 1226, "ИНН поставщика|Supplier's INN"),
    (Part::Requisites, 1171, "Тел. поставщика|Supplier's phone"),
    (Part::Requisites, 1256, ""),
    (Part::Requisites, 1227, "Покупатель|Buyer"),
    (Part::Requisites, 1228, "ИНН покупателя|Buyer's INN"),
    (Part::Inner, 1243, "Дата рождения|Date of birth"),
    (Part::Inner, 1245, "Документ|Document"),
    (Part::Inner, 1246, "Данные документа|Document's data"),
    (Part::Inner, 1254, "Адрес покупателя|Buyer's address"),
    (Part::Requisites, 1008, "Эл. адр. покупателя|Buyer's address"),
    (Part::Requisites, 1117, "Эл. адр. отправителя|Sender's address"),
    (Part::Requisites, 1125, "Расчёт в интернете|Over the internet"),
    (Part::Requisites, 1011, "Часовая зона|Time zone"),
    (Part::Requisites, 1234, ""),
    (Part::Inner, 1082, "Безналичная оплата|Cashless payment"),
    (Part::Inner, 1236, "Способ оплаты|Way of payment"),
    (Part::Inner, 1237, "Ид. оплаты|Payment's id"),
    (Part::Inner, 1238, "Об оплате|About the payment"),
    (Part::Requisites, 1192, "Доп. реквизит чека|Additional requisite"),
    (Part::Requisites, 1084, ""),
    (Part::Requisites, 1270, "Операционный реквизит|Operational requisite"),
    (Part::Requisites, 1261, "Отраслевой реквизит|Industry requisite"),
    (Part::Requisites, 1209, "Формат документа|Document format"),
    (Part::Inner, 1162, "Код товара|Product code"),
    (Part::Inner, 1163, "Код товара|Product code"),
    (Part::Inner, 1229, "Акциз|Excise"),
    (Part::Inner, 1230, "Страна происхождения|Country of origin"),
    (Part::Inner, 1231, "№ декларации|Declaration No."),
    (Part::Inner, 1291, "Часть целого|Part of the whole"),
    (Part::Inner, 1260, "Отраслевой реквизит|Industry requisite"),
    (Part::Inner, 1191, "Доп. реквизит|Additional requisite"),
    (Part::Fiscal, 1012, "Дата|Date"),
    (Part::Fiscal, 1038, "Смена №|Shift No."),
    (Part::Fiscal, 1042, "Чек №|Receipt No."),
    (Part::Fiscal, 1037, "РН ККТ|Register's reg. number"),
    (Part::Fiscal, 1041, "ФН|Fiscal storage (FN)"),
    (Part::Fiscal, 1040, "ФД|Document (FD)"),
    (Part::Fiscal, 1077, "ФПД|Fiscal sign (FP)"),
];

/// What has a place of its own: the settlement, items, sums, and what a line of an item is made of. The mode that codes
/// are processed in (2102) is always the same.
const OWN: &[u16] = &[
    1054, 1059, 1020, 1031, 1081, 1215, 1216, 1217, 1102, 1103, 1104, 1105, 1106, 1107, 1115, 1030, 1079, 1023, 2108,
    1197, 1043, 1199, 1200, 1212, 1214, 2102,
];

fn words(tag: u16) -> Option<Words> {
    PLACES.iter().find(|(_, number, _)| *number == tag).map(|(_, _, words)| *words)
}

/// Whether a tag has neither a place nor a name here.
fn is_other(node: &TagNode) -> bool {
    words(node.tag).is_none() && !OWN.contains(&node.tag)
}

fn find(nodes: &[TagNode], tag: u16) -> Option<&TagNode> {
    nodes.iter().find(|node| node.tag == tag)
}

impl Layout {
    #[inline(never)]
    pub fn of(receipt: &Receipt, lang: Lang) -> Self {
        let nodes = receipt_tags(receipt);
        let kind = usize::from(receipt.bso == Some(true)) + 2 * usize::from(receipt.correction.is_some());
        let title = said(DOCUMENTS[kind], lang);
        let operation = raised(listed(receipt.operation.row(), lang));
        let total = find(&nodes, 1020).map_or_else(String::new, |node| node.text(lang));
        let name = filled("^, ^, ^", &[title, &operation, &total]);
        let (is_fiscal, stamp) = (receipt.fiscal.is_some(), said(STAMP, lang));
        let mut layout = Self { lang, is_fiscal, name, stamp, rows: Vec::new() };
        layout.part(Part::Head, &nodes);
        layout.push(Kind::Title, title, "");
        layout.push(Kind::Title, &operation, "");
        if !is_fiscal {
            layout.push(Kind::Notice, said(NOTICE, lang), "");
        }
        layout.part(Part::Correction, &nodes);
        layout.items(receipt, &nodes);
        layout.push(Kind::Section, said(SUMS, lang), "");
        layout.push(Kind::Total, said(TOTAL, lang), &total);
        layout.sums(receipt, &nodes);
        layout.push(Kind::Section, said(REQUISITES, lang), "");
        layout.part(Part::Requisites, &nodes);
        for node in nodes.iter().filter(|node| is_other(node)) {
            layout.node(Kind::Pair, node);
        }
        for info in receipt.infos.iter().flatten() {
            layout.push(Kind::Text, info, "");
        }
        layout.push(Kind::Section, said(FISCAL, lang), "");
        layout.fiscal(receipt, &nodes);
        layout
    }

    #[inline(never)]
    fn push(&mut self, kind: Kind, left: &str, right: &str) {
        self.rows.push(Row { kind, left: clean(left), right: clean(right) });
    }

    #[inline(never)]
    fn part(&mut self, part: Part, nodes: &[TagNode]) {
        for (_, tag, _) in PLACES.iter().filter(|(own, _, _)| *own == part) {
            for node in nodes.iter().filter(|node| node.tag == *tag) {
                self.node(if part == Part::Head { Kind::Head } else { Kind::Pair }, node);
            }
        }
    }

    /// A tag with its name, or what stands in it.
    #[inline(never)]
    fn node(&mut self, kind: Kind, node: &TagNode) {
        let text = match node.tag {
            // Named by the shop itself.
            1084 => {
                let part = |tag| find(node.children(), tag).map_or_else(String::new, |part| part.text(self.lang));
                let (key, value) = (part(1085), part(1086));
                return self.push(kind, &key, &value);
            }
            1163 | 1260 | 1261 | 1270 => joined(node.children(), ", ", self.lang),
            1291 => joined(node.children(), "/", self.lang),
            1012 | 1178 => dated(&node.text(self.lang), self.lang),
            _ if matches!(node.value, TagValue::Nested(_)) => {
                return node.children().iter().for_each(|inner| self.node(kind, inner));
            }
            _ => node.text(self.lang),
        };
        let name = words(node.tag).map_or_else(|| node.name(self.lang), |words| said(words, self.lang).to_owned());
        match kind {
            Kind::Head => self.push(kind, &filled("^ ^", &[&name, &text]), ""),
            kind => self.push(kind, &name, &text),
        }
    }

    #[inline(never)]
    fn items(&mut self, receipt: &Receipt, nodes: &[TagNode]) {
        let lines = nodes.iter().filter(|node| node.tag == 1059);
        for (at, (item, node)) in receipt.items.iter().zip(lines).enumerate() {
            if at == 0 {
                self.push(Kind::Section, said(ITEMS, self.lang), "");
            }
            self.item(item, node.children());
        }
    }

    #[inline(never)]
    fn item(&mut self, item: &Item, nodes: &[TagNode]) {
        let lang = self.lang;
        self.push(Kind::Name, &item.name, "");
        let unit =
            [2108, 1197].iter().find_map(|tag| find(nodes, *tag)).map_or_else(String::new, |node| node.text(lang));
        // "pcs or units" is too long for a receipt.
        let unit = unit
            .split_once([' '])
            .filter(|_| item.unit.is_some_and(|unit| unit.code() == Some(0)))
            .map_or(&*unit, |(piece, _)| piece);
        let left = filled("^ × ^ ^", &[&item.price.to_string(), &item.quantity.to_string(), unit]);
        self.push(Kind::Sum, &left, &item.amount.to_string());
        let tax =
            if item.vat.percent().unwrap_or(0) > 0 { item.vat.sum(item.amount).to_string() } else { String::new() };
        self.push(Kind::Detail, &capital(listed(item.vat.row(), lang)), &tax);
        let what = filled("^, ^", &[&capital(listed(item.object.row(), lang)), listed(item.method.row(), lang)]);
        self.push(Kind::Detail, &what, "");
        // The data of agents and suppliers stand beside their sign.
        let flat = |node: &'_ TagNode| matches!(node.tag, 1223 | 1224);
        let all = || {
            nodes
                .iter()
                .filter(move |node| !flat(node))
                .chain(nodes.iter().filter(move |node| flat(node)).flat_map(TagNode::children))
        };
        for (_, tag, _) in PLACES {
            for node in all().filter(|node| node.tag == *tag) {
                self.node(Kind::Detail, node);
            }
        }
        for node in all().filter(|node| is_other(node)) {
            self.node(Kind::Detail, node);
        }
        if let Some(info) = &item.info {
            self.push(Kind::Detail, info, "");
        }
    }

    /// How it was paid, and the VAT in it.
    #[inline(never)]
    fn sums(&mut self, receipt: &Receipt, nodes: &[TagNode]) {
        let lang = self.lang;
        for row in PAYMENT_FORM.rows {
            let sum = nodes.iter().find(|node| row.code == Wire::Number(node.tag));
            if let Some(node) = sum.filter(|node| node.value != TagValue::Number(0)) {
                self.push(Kind::Money, &capital(listed(row, lang)), &node.text(lang));
            }
        }
        for rate in totals(receipt).vat {
            let (before, words, sum) = match rate.vat.percent() {
                None => (NO_VAT, "", rate.base),
                Some(0) => (VAT_0, "", rate.base),
                Some(_) => (OF_VAT, listed(rate.vat.row(), lang), rate.sum_by_lines),
            };
            self.push(Kind::Money, &filled("^^", &[said(before, lang), words]), &sum.to_string());
        }
    }

    #[inline(never)]
    fn fiscal(&mut self, receipt: &Receipt, nodes: &[TagNode]) {
        let lang = self.lang;
        let Some(fiscal) = &receipt.fiscal else {
            self.push(Kind::Note, said(TO_COME, lang), "");
            self.push(Kind::Notice, said(NOTICE, lang), "");
            return;
        };
        self.part(Part::Fiscal, nodes);
        for (words, value) in [(SERIAL, &fiscal.serial), (OPERATOR, &fiscal.ofd), (COPY, &fiscal.url)] {
            if let Some(value) = value {
                self.push(Kind::Pair, said(words, lang), value);
            }
        }
        self.push(Kind::Pair, said(SITE, lang), "www.nalog.gov.ru");
        let code = fiscal.qr.clone().filter(|code| !code.is_empty()).or_else(|| {
            let minute = fiscal.date_time.get(..16)?;
            let clock: String = minute.chars().filter(|sign| !matches!(sign, '-' | ':')).collect();
            let operation = receipt.operation.code()?.to_string();
            let total = fiscal.total.to_string();
            let parts = [&clock, &total, &fiscal.fn_, &fiscal.fd, &fiscal.fp, &operation].map(|part| &**part);
            Some(filled("t=^&s=^&fn=^&i=^&fp=^&n=^", &parts))
        });
        if let Some(code) = code {
            self.push(Kind::Qr, &code, "");
        }
    }
}

#[inline(never)]
fn filled(template: &str, texts: &[&str]) -> String {
    let mut out = String::new();
    fill(&mut out, template, &[], texts);
    out
}

/// Texts of tags in a line, that of a federal body by its number.
fn joined(nodes: &[TagNode], between: &str, lang: Lang) -> String {
    let mut all = String::new();
    for node in nodes {
        if !all.is_empty() {
            all.push_str(between);
        }
        match (&node.value, node.tag) {
            (TagValue::Text(code), 1262) => all.push_str(code),
            (_, 1273) => all.push_str(&dated(&node.text(lang), lang)),
            _ => all.push_str(&node.text(lang)),
        }
    }
    all
}

/// `2026-11-21 10:30:00` as it is read in Russia: `21.11.2026 10:30`.
fn dated(text: &str, lang: Lang) -> String {
    let dotted = || Some([text.get(8..10)?, ".", text.get(5..7)?, ".", text.get(..4)?].concat());
    let clock = text.get(10..16).unwrap_or_default();
    match (lang, dotted()) {
        (Lang::Ru, Some(day)) => day + clock,
        _ => [text.get(..10).unwrap_or(text), clock].concat(),
    }
}

/// Capital letters of the two alphabets that the words here are of, without Unicode's tables.
const fn large(letter: char) -> char {
    match letter {
        'a'..='z' | 'а'..='я' => match char::from_u32(letter as u32 - 32) {
            Some(large) => large,
            None => letter,
        },
        'ё' => 'Ё',
        letter => letter,
    }
}

fn raised(words: &str) -> String {
    words.chars().map(large).collect()
}

fn capital(words: &str) -> String {
    words.chars().enumerate().map(|(at, letter)| if at == 0 { large(letter) } else { letter }).collect()
}

/// A text without what is no sign: white space of any kind becomes one space, and signs that command a device or turn the
/// direction of writing become U+FFFD.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\t'..='\r' | ' ' | '\u{2028}' | '\u{2029}' => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' => clean.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => clean.push('\u{fffd}'),
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => clean.push('\u{fffd}'),
            sign => clean.push(sign),
        }
    }
    if clean.ends_with(' ') {
        clean.pop();
    }
    clean
}
