//! From provider to provider: what both can carry survives, and whatever does not is told.

mod answer;

use answer::value;
use chek54::vocab::{System, Term, Wire};
use chek54::{
    AgentKind, CorrectionKind, Ffd, Operation, PaymentMethod, PaymentObject, Provider, Taxation, Unit, Vat, call,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const FFDS: [&str; 3] = ["1.05", "1.1", "1.2"];

fn system(provider: Provider) -> System {
    match provider {
        Provider::CloudKassir => System::CloudKassir,
        Provider::Paybox => System::Paybox,
        Provider::PayKeeper => System::PayKeeper,
    }
}

/// The names of terms of a version that both have a word for; of a list that one has no field for, all: that is a loss.
fn names<T: Term>(pair: [Provider; 2], ffd: &str) -> Vec<&'static str> {
    let ffd = Ffd::from_name(ffd).expect("a version");
    let known = |term: &T| {
        let spelled = |provider: Provider| {
            let of = |term: &T| term.row().wire(system(provider));
            of(term) != Wire::Unknown || T::all().all(|other| of(&other) == Wire::Unknown)
        };
        term.row().ffd.has(ffd) && pair.into_iter().all(spelled)
    };
    T::all().filter(known).map(Term::name).collect()
}

fn choice<T: Term>(pair: [Provider; 2], ffd: &str) -> impl Strategy<Value = &'static str> + use<T> {
    prop::sample::select(names::<T>(pair, ffd))
}

fn text() -> impl Strategy<Value = String> {
    "[A-Za-zА-Яа-я0-9№\"&<;=%+]{1,12}( [а-я]{1,8})?"
}

fn phone() -> impl Strategy<Value = String> {
    "\\+7[0-9]{10}"
}

type Maybe = BoxedStrategy<Option<Value>>;

fn maybe<T: Into<Value> + std::fmt::Debug + 'static>(strategy: impl Strategy<Value = T> + 'static) -> Maybe {
    let there = |value: &Value| value.as_object().is_none_or(|members| !members.is_empty());
    prop::option::weighted(0.3, strategy.prop_map(Into::into)).prop_map(move |value| value.filter(there)).boxed()
}

fn always<T: Into<Value> + std::fmt::Debug + 'static>(strategy: impl Strategy<Value = T> + 'static) -> Maybe {
    strategy.prop_map(|value| Some(value.into())).boxed()
}

/// An object of the members that there are.
fn object(members: Vec<(&'static str, Maybe)>) -> BoxedStrategy<Value> {
    let (names, values): (Vec<_>, Vec<_>) = members.into_iter().unzip();
    values
        .prop_map(move |values| {
            let members = names.iter().zip(values);
            members.filter_map(|(name, value)| Some(((*name).to_owned(), value?))).collect::<Map<_, _>>().into()
        })
        .boxed()
}

fn industry() -> BoxedStrategy<Value> {
    object(vec![
        ("code", always(prop::sample::select(vec!["001", "030"]))),
        ("documentDate", always(Just("2023-11-21"))),
        ("documentNumber", always("[0-9]{1,8}")),
        ("value", always(text())),
    ])
}

fn item(pair: [Provider; 2], ffd: &'static str) -> BoxedStrategy<Value> {
    let new = ffd == "1.2";
    let of = |ffd: bool, strategy: Maybe| if ffd { strategy } else { Just(None).boxed() };
    let transfer = object(vec![
        ("name", always(text())),
        ("inn", always(Just("7710140679"))),
        ("address", always(text())),
        ("phones", maybe(prop::collection::vec(phone(), 1..3))),
    ]);
    let agent = object(vec![
        ("kind", always(choice::<AgentKind>(pair, ffd))),
        ("operation", maybe(text())),
        ("phones", maybe(prop::collection::vec(phone(), 1..3))),
        ("receiverPhones", maybe(prop::collection::vec(phone(), 1..3))),
        ("transfer", maybe(transfer)),
    ]);
    let supplier = object(vec![
        ("name", always(text())),
        ("inn", always(Just("7710140679"))),
        ("phones", maybe(prop::collection::vec(phone(), 1..3))),
    ]);
    let part = object(vec![("numerator", always(1..9_u64)), ("denominator", always(10..99_u64))]);
    let mark = object(match new {
        true => vec![
            ("code", always("01[0-9]{14}21[A-Za-z0-9]{6}(\u{1d}93[A-Za-z0-9+/]{4})?")),
            ("part", maybe(part)),
            ("status", maybe(1..6_u64)),
        ],
        false => vec![("hex", always("444D(3[0-9]){8}"))],
    });
    object(vec![
        ("name", always(text())),
        ("price", always((1..900_000_i64).prop_map(|kopecks| format!("{}.{:02}", kopecks / 100, kopecks % 100)))),
        // Sums are whole kopecks: Paybox multiplies by itself.
        ("quantity", always((1..99_u32).prop_map(|quantity| quantity.to_string()))),
        ("vat", always(choice::<Vat>(pair, ffd))),
        ("method", always(choice::<PaymentMethod>(pair, ffd))),
        ("object", always(choice::<PaymentObject>(pair, ffd))),
        ("unit", of(new, maybe(choice::<Unit>(pair, "1.2")))),
        ("unitName", of(!new, maybe("[а-я]{1,8}"))),
        ("excise", maybe("[1-9][0-9]{0,3}\\.[0-9]{2}")),
        ("countryCode", maybe("[0-9]{3}")),
        ("customsDeclaration", maybe("[0-9/]{1,32}")),
        ("info", maybe(text())),
        ("requisite", maybe(text())),
        ("industryRequisites", of(new, maybe(prop::collection::vec(industry(), 1..3)))),
        ("mark", maybe(mark)),
        ("agent", maybe(agent)),
        ("supplier", maybe(supplier)),
    ])
}

fn receipt(pair: [Provider; 2], ffd: &'static str) -> BoxedStrategy<Value> {
    let new = ffd == "1.2";
    let of = |ffd: bool, strategy: Maybe| if ffd { strategy } else { Just(None).boxed() };
    let customer = object(vec![
        ("email", maybe("[a-z]{1,8}@[a-z]{1,8}\\.ru")),
        ("phone", maybe(phone())),
        ("name", maybe(text())),
        ("inn", maybe(Just("500100732259"))),
        ("birthday", of(new, maybe(Just("1990-03-01")))),
        ("citizenship", of(new, maybe("[0-9]{3}"))),
        ("documentKind", of(new, maybe(prop::sample::select(vec!["21", "28"])))),
        ("document", of(new, maybe("[0-9 ]{4,10}[0-9]"))),
        ("address", of(new, maybe(text()))),
    ]);
    let operating = object(vec![
        ("id", always(0..255_u64)),
        ("date", always(Just("2026-03-01T12:00:00"))),
        ("data", always(text())),
    ]);
    let correction = object(vec![
        ("kind", always(Just(CorrectionKind::Order.name()))),
        ("date", always(Just("2026-03-01"))),
        ("number", always("[0-9/-]{1,32}")),
    ]);
    let cashless = object(vec![
        ("amount", always(Just("1.00"))),
        ("method", always(0..255_u64)),
        ("id", always("[a-z0-9]{1,20}")),
        ("info", maybe(text())),
    ]);
    let seller = object(vec![("name", maybe(text())), ("email", maybe(Just("shop@example.com")))]);
    let place = object(vec![("site", maybe(text())), ("address", maybe(text()))]);
    let cashier = object(vec![("name", always(text())), ("inn", maybe(Just("500100732259")))]);
    let user = object(vec![("key", always(text())), ("value", always(text()))]);
    let paybox = pair.contains(&Provider::Paybox);
    let whole = object(vec![
        ("ffd", always(Just(ffd))),
        ("operation", always(choice::<Operation>(pair, ffd))),
        ("taxation", maybe(choice::<Taxation>(pair, ffd))),
        ("items", always(prop::collection::vec(item(pair, ffd), 1..4))),
        ("customer", maybe(customer)),
        ("seller", maybe(seller)),
        ("cashier", maybe(cashier)),
        ("place", maybe(place)),
        ("bso", maybe(any::<bool>())),
        ("internet", maybe(any::<bool>())),
        ("timeZone", maybe(1..11_u64)),
        ("cashless", maybe(prop::collection::vec(cashless, 1..3))),
        ("requisite", maybe("[а-я]{1,16}")),
        ("infos", maybe(prop::collection::vec(text(), 1..3))),
        ("userRequisite", maybe(user)),
        ("operationRequisite", of(new, maybe(operating))),
        ("industryRequisites", of(new, maybe(prop::collection::vec(industry(), 1..3)))),
        // Paybox makes none, PayKeeper none before 1.2: that is no loss, but another receipt.
        ("correction", of(new && !paybox, maybe(correction))),
    ]);
    let kinds = if paybox {
        vec!["electronic", "prepaid", "credit", "provision"]
    } else {
        vec!["cash", "electronic", "prepaid", "credit", "provision"]
    };
    (whole, prop::sample::subsequence(kinds, 1..4))
        .prop_map(|(whole, kinds)| {
            let mut receipt = completed(&whole);
            let total = &receipt["payments"]["electronic"];
            let total: i64 = total.as_str().expect("a total").replace('.', "").parse().expect("kopecks");
            // A kopeck each, and the rest the first.
            let others = kinds.len() as i64 - 1;
            if total > others {
                let sum = |kopecks: i64| Value::from(format!("{}.{:02}", kopecks / 100, kopecks % 100));
                let of = |at: usize| if at == 0 { sum(total - others) } else { sum(1) };
                receipt["payments"] = kinds.iter().enumerate().map(|(at, kind)| ((*kind).to_owned(), of(at))).collect();
            }
            receipt
        })
        .boxed()
}

/// With everything that has a default.
fn completed(receipt: &Value) -> Value {
    serde_json::from_str(&call::read(&receipt.to_string())).expect("JSON")
}

/// What a provider's request is made with.
fn options(provider: Provider) -> Value {
    match provider {
        Provider::CloudKassir => json!({ "inn": "7708806062" }),
        Provider::Paybox => json!({ "form": "separate", "merchantId": 1, "paymentId": 2, "refundId": 3 }),
        Provider::PayKeeper => json!({ "paymentId": 2 }),
    }
}

/// The body, and where in the receipt something has no place in it.
fn encoded(receipt: &Value, provider: Provider) -> (Value, Vec<Vec<Value>>) {
    let answer = value(&call::encode(&receipt.to_string(), provider.name(), &options(provider).to_string()));
    let issues = answer["issues"].as_array().or(answer["value"]["losses"].as_array()).expect("losses");
    let told = |issue: &&Value| {
        !(issue["severity"] == "warning" && ["unpublished_name", "required"].iter().any(|code| issue["code"] == *code))
    };
    let lost = issues.iter().filter(told);
    let path = |issue: &Value| {
        assert_eq!(issue["code"], "unsupported_by_provider", "{} {receipt} {issue}", provider.name());
        issue["path"].as_array().expect("a path").clone()
    };
    (answer["value"]["body"].clone(), lost.map(path).collect())
}

fn decoded(body: &Value, provider: Provider, ffd: &Value) -> Value {
    let text = body.to_string();
    let answer = value(&call::decode(&text, provider.name(), &json!({ "ffd": ffd }).to_string()))["value"].clone();
    assert_eq!(answer["extra"], json!([]), "{text}");
    let mut receipt = answer["receipt"].clone();
    // The INN stands in CloudKassir's options.
    if provider == Provider::CloudKassir {
        assert_eq!(receipt["seller"], json!({ "inn": "7708806062" }));
        receipt.as_object_mut().expect("a receipt").remove("seller");
    }
    receipt
}

/// Takes what stands at a path out, with what is empty without it.
fn remove(value: &mut Value, path: &[Value]) {
    let [step, rest @ ..] = path else { return };
    let inner = match step {
        Value::String(key) => value.get_mut(key),
        step => value.get_mut(step.as_u64().expect("an index") as usize),
    };
    let Some(inner) = inner else { return };
    remove(inner, rest);
    let empty = inner.as_object().is_some_and(Map::is_empty) || inner.as_array().is_some_and(Vec::is_empty);
    if !rest.is_empty() && !empty {
        return;
    }
    match (value, step) {
        (Value::Object(members), Value::String(key)) => drop(members.remove(key)),
        (Value::Array(elements), step) => drop(elements.remove(step.as_u64().expect("an index") as usize)),
        _ => {}
    }
}

/// What is left of a receipt without what a provider said that it loses.
fn without_losses(mut receipt: Value, provider: Provider) -> Value {
    let (_, mut lost) = encoded(&receipt, provider);
    // From the last on, so that places in lists stay what they are.
    lost.sort_by_key(|path| Value::from(path.clone()).to_string());
    lost.iter().rev().for_each(|path| remove(&mut receipt, path));
    // Without a rate there is no receipt.
    for item in receipt["items"].as_array_mut().expect("items").iter_mut().filter(|item| item["vat"].is_null()) {
        item["vat"] = Vat::Vat10.name().into();
    }
    receipt
}

fn pairs() -> impl Strategy<Value = ([Provider; 2], &'static str)> {
    let all = Provider::ALL;
    let pairs: Vec<_> = all.into_iter().flat_map(|one| all.map(|other| [one, other])).filter(|[a, b]| a != b).collect();
    (prop::sample::select(pairs), prop::sample::select(FFDS.to_vec()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_both_carry_survives(
        (pair, receipt) in pairs().prop_flat_map(|(pair, ffd)| (Just(pair), receipt(pair, ffd))),
    ) {
        let [from, to] = pair;
        // The first takes what it has a place for: nothing that it did not say is missing, nothing is another.
        let first = without_losses(receipt, from);
        let (body, lost) = encoded(&first, from);
        prop_assert!(lost.is_empty(), "{} {} {:?}", from.name(), first, lost);
        let there = decoded(&body, from, &first["ffd"]);
        prop_assert_eq!(completed(&there), completed(&first), "{} {}", from.name(), body);
        // So does the second, of what the first has read.
        let both = without_losses(there, to);
        let (body, lost) = encoded(&both, to);
        prop_assert!(lost.is_empty(), "{} {} {:?}", to.name(), both, lost);
        let back = decoded(&body, to, &both["ffd"]);
        prop_assert_eq!(completed(&back), completed(&both), "{} {}", to.name(), body);
        // And of what both carry, the way back takes nothing.
        let (body, lost) = encoded(&back, from);
        prop_assert!(lost.is_empty(), "{} {} {:?}", from.name(), back, lost);
        prop_assert_eq!(completed(&decoded(&body, from, &back["ffd"])), completed(&both));
    }
}
