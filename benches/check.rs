//! How long a full check takes natively, beside serde_json building a tree of the same text. `cargo bench`.

use chek54::{CheckOptions, Date, Provider, check_receipt};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn receipt(count: usize) -> String {
    let item = |index: usize| {
        let (quantity, price) = (index % 3 + 1, 9990 + index * 100);
        format!(
            r#"{{"name":"Чай чёрный №{index} листовой, 100 г","price":"{}.{:02}","quantity":{quantity},"amount":"{}.{:02}","vat":"vat22","method":"fullPayment","object":"commodity","unit":"piece"}}"#,
            price / 100,
            price % 100,
            price * quantity / 100,
            price * quantity % 100
        )
    };
    let items: Vec<_> = (0..count).map(item).collect();
    format!(
        r#"{{"operation":"income","taxation":"osn","items":[{}],"customer":{{"email":"buyer@example.com"}}}}"#,
        items.join(",")
    )
}

fn median(mut call: impl FnMut()) -> Duration {
    const REPEATS: u32 = 200;
    let mut times: Vec<_> = (0..61)
        .map(|_| {
            let start = Instant::now();
            (0..REPEATS).for_each(|_| call());
            start.elapsed() / REPEATS
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let options =
        CheckOptions { provider: Some(Provider::CloudKassir), at: Date::new(2026, 11, 21), ..Default::default() };
    for count in [3, 100] {
        let text = receipt(count);
        assert!(check_receipt(&text, &options).ok, "the receipt of the bench is not right");
        let tree = median(|| drop(black_box(serde_json::from_str::<serde_json::Value>(black_box(&text)))));
        let check = median(|| drop(black_box(check_receipt(black_box(&text), &options))));
        let ratio = check.as_secs_f64() / tree.as_secs_f64();
        println!("{count} items: check {check:?}, serde_json::Value {tree:?}, ratio {ratio:.2}");
    }
}
