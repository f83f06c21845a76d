//! What shops ask for: receipts of every provider, refunds of one order, corrections; some that are refused.

use crate::dice::Dice;
use chek54::exchange::{Account, Call, ExchangeOptions};
use chek54::{CheckOptions, Json, Lang, Money, Provider, Receipt, cloudkassir, parse_receipt, paybox, paykeeper};

pub const SECRET: &str = "s3cret-of-the-shop";
const INN: &str = "7708806062";
/// Nobody's: refused.
const WRONG_INN: &str = "7777777777";

pub struct Wanted {
    pub provider: Provider,
    /// What is sold is named by it: so the register's receipts are told apart, whatever ids they came under.
    pub goods: String,
    pub call: Call,
    /// Whether it is asked for with something that is refused.
    pub refused: bool,
    pub total: Money,
    /// How many receipts it becomes.
    pub receipts: usize,
    pub options: ExchangeOptions,
}

pub fn account(provider: Provider) -> Account {
    match provider {
        Provider::CloudKassir => Account::cloud_kassir("pk_1", SECRET).with_inn(INN),
        Provider::Paybox => Account::paybox("500", SECRET),
        Provider::PayKeeper => Account::pay_keeper("demo", SECRET, "https://demo.paykeeper.ru"),
    }
}

pub fn call(provider: Provider, method: &str, arguments: &str) -> Call {
    Call::new(provider, method, &Json::parse(arguments).expect("JSON")).expect("a call")
}

fn receipt(dice: &mut Dice, goods: &str, operation: &str, correction: bool, rates: &[&str]) -> Receipt {
    let count = if dice.percent(3) { dice.within(101, 130) } else { dice.within(1, 4) };
    let mut items = String::new();
    for at in 0..count {
        let (price, quantity) = (dice.within(100, 500_000), dice.within(1, 3));
        let vat = dice.pick(rates);
        let comma = if at == 0 { "" } else { "," };
        items += &format!(
            r#"{comma}{{"name":"{goods}","price":"{}.{:02}","quantity":{quantity},"vat":"{vat}"}}"#,
            price / 100,
            price % 100
        );
    }
    let correction = if correction { r#","correction":{"kind":"self","date":"2026-10-01"}"# } else { "" };
    let text = format!(
        r#"{{"operation":"{operation}","taxation":"osn","items":[{items}],"customer":{{"email":"buyer@example.com"}},
            "place":{{"address":"Москва","site":"example.com"}}{correction}}}"#
    );
    let options = CheckOptions { lang: Lang::En, ..CheckOptions::default() };
    parse_receipt(&text, &options).expect("a receipt")
}

fn options(dice: &mut Dice) -> ExchangeOptions {
    ExchangeOptions {
        timeout: dice.pick(&[2_000, 30_000]),
        deadline: dice.pick(&[None, None, Some(20_000), Some(300_000)]),
        max_retries: dice.within(0, 5) as u32,
        lang: Lang::En,
    }
}

/// One order, or two equal refunds of one, or two orders of the same.
pub fn orders(dice: &mut Dice, number: usize) -> Vec<Wanted> {
    let (goods, invoice) = (format!("Goods {number}"), format!("order-{number}"));
    let kind = dice.within(0, 9);
    let (provider, parts, operation) = match kind {
        0..=1 => (Provider::CloudKassir, 1, "income"),
        2 => (Provider::CloudKassir, 2, "income"),
        3 => (Provider::CloudKassir, 1, "income"),
        4 => (Provider::CloudKassir, 2, "incomeReturn"),
        5..=6 => (Provider::PayKeeper, 1, "income"),
        7 => (Provider::PayKeeper, 1, "incomeReturn"),
        _ => (Provider::Paybox, 1, "income"),
    };
    let is_correction = kind == 3;
    // Paybox has published no name of the rates of 2026.
    let rates: &[&str] = if provider == Provider::Paybox { &["none", "vat10"] } else { &["none", "vat10", "vat22"] };
    let receipt = receipt(dice, &goods, operation, is_correction, rates);
    let refused = provider == Provider::CloudKassir && dice.percent(8);
    let numbered = dice.percent(70);
    let mut wanted = Vec::new();
    for part in 0..parts {
        let invoice = if kind == 2 { format!("{invoice}-{part}") } else { invoice.clone() };
        let encoded = match provider {
            Provider::CloudKassir => {
                let options = cloudkassir::EncodeOptions {
                    inn: Some(if refused { WRONG_INN } else { INN }.into()),
                    invoice_id: (numbered || parts > 1).then(|| invoice.clone()),
                    ..Default::default()
                };
                cloudkassir::encode(&receipt, &options)
            }
            Provider::PayKeeper => {
                let (paid, keyed) = (dice.percent(50), dice.percent(50));
                let options = paykeeper::EncodeOptions {
                    payment_id: (paid || operation == "incomeReturn").then(|| (1000 + number).to_string()),
                    refund_id: (operation == "incomeReturn").then(|| "1".into()),
                    receipt_key: keyed.then(|| invoice.clone()),
                    ..Default::default()
                };
                paykeeper::encode(&receipt, &options)
            }
            Provider::Paybox => {
                let options = paybox::EncodeOptions {
                    form: paybox::Form::Separate,
                    merchant_id: Some("500".into()),
                    payment_id: Some((5000 + number).to_string()),
                    refund_id: None,
                    offset: false,
                    amount: None,
                };
                paybox::encode(&receipt, &options)
            }
        };
        let mut call = Call::receipt(provider, encoded.expect("a body"), &Json::Null).expect("a call");
        if is_correction && numbered {
            call = call.invoice(&invoice);
        }
        if kind == 4 {
            call = call.part(&part.to_string());
        }
        let splits = provider == Provider::CloudKassir;
        wanted.push(Wanted {
            provider,
            goods: goods.clone(),
            call,
            refused,
            total: receipt.total(),
            receipts: if splits { receipt.items.len().div_ceil(100) } else { 1 },
            options: options(dice),
        });
    }
    wanted
}
